mod common;
use jonbar_answer::Study;
use jonbar_counterfactual::*;
#[test]
fn zz() {
    let record = common::record();
    let spec =
        jonbar_model::parse_spec(std::str::from_utf8(&common::files()["model.toml"]).unwrap()).unwrap();
    let study = Study::new(&record, spec).unwrap();
    let engine = study.engine();
    let files = common::files();
    let whatif = parse_whatif(
        "r",
        std::str::from_utf8(&files["whatifs/riga-1932.toml"]).unwrap(),
        &record,
        &study.world,
    )
    .unwrap();
    let changed = Intervention::of(&whatif.actions, &study.timeline, &record);
    let settings = Settings { runs: 400, seed: 11, mode: Mode::Hindsight, at_mode: false };
    let t0 = std::time::Instant::now();
    let a = run_ensemble(&engine, &changed, &[], settings, &|_| {});
    eprintln!("time {:?}", t0.elapsed());
    let mut y: Vec<f64> = a
        .trajectories
        .iter()
        .map(|t| t.differences.get(1).map_or(1941.5, |d| 1900.0 + d.time / 365.25))
        .collect();
    y.sort_by(f64::total_cmp);
    eprintln!("first: {:?}", (0..10).map(|i| y[i * 40]).collect::<Vec<_>>());
    let items: Vec<f64> =
        study.timeline.items.iter().map(|i| 1900.0 + i.time / 365.25).filter(|t| *t > 1932.05).collect();
    for yr in 1932..1942 {
        eprintln!("{yr} {}", items.iter().filter(|t| t.floor() as i32 == yr).count());
    }
}
