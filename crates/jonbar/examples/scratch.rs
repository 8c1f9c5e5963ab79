use std::collections::BTreeMap;
fn walk(dir: &std::path::Path, root: &std::path::Path, out: &mut BTreeMap<String, Vec<u8>>) {
    for e in std::fs::read_dir(dir).unwrap() {
        let p = e.unwrap().path();
        if p.is_dir() {
            walk(&p, root, out)
        } else {
            out.insert(
                p.strip_prefix(root).unwrap().to_str().unwrap().to_owned(),
                std::fs::read(&p).unwrap(),
            );
        }
    }
}
fn main() {
    let root = std::path::Path::new("casebooks/interwar");
    let mut files = BTreeMap::new();
    walk(root, root, &mut files);
    let record = jonbar_record::load(&files).record;
    let record = record.unwrap();
    let spec = jonbar_model::parse_spec(std::str::from_utf8(&files["model.toml"]).unwrap()).unwrap();
    let t = std::time::Instant::now();
    let study = jonbar_answer::Study::new(&record, spec).unwrap();
    println!("study {:?}", t.elapsed());
    let engine = study.engine();
    for (path, bytes) in files.iter().filter(|(p, _)| p.starts_with("whatifs/")) {
        let whatif = jonbar_counterfactual::parse_whatif(
            path,
            std::str::from_utf8(bytes).unwrap(),
            &record,
            &study.world,
        )
        .unwrap();
        let changed = jonbar_counterfactual::Intervention::of(&whatif.actions, &study.timeline, &record);
        let outcomes: Vec<_> =
            whatif.outcomes.iter().map(|o| o.resolve(&record, &study.world, whatif.day).unwrap()).collect();
        let settings = jonbar_counterfactual::Settings {
            runs: 2000,
            seed: 11,
            mode: jonbar_counterfactual::Mode::Hindsight,
            at_mode: false,
        };
        let t = std::time::Instant::now();
        let e = jonbar_counterfactual::run_ensemble(&engine, &changed, &outcomes, settings, &|_| {});
        let el = t.elapsed();
        let mut n: Vec<usize> = e.trajectories.iter().map(|t| t.differences.len()).collect();
        n.sort();
        let first = study.timeline.items.partition_point(|i| i.time < f64::from(whatif.day.0));
        println!(
            "{path}: {el:?} items {} diffs mean {} median {} p90 {} max {}",
            study.timeline.items.len() - first,
            n.iter().sum::<usize>() as f64 / n.len() as f64,
            n[n.len() / 2],
            n[n.len() * 9 / 10],
            n[n.len() - 1]
        );
        for (k, v) in std::mem::take(&mut *jonbar_counterfactual::C.lock().unwrap()) {
            println!(
                "   {k} n {:.1} reconsiders {:.0} touched {:.1} hot {:.1}",
                v.0 as f64 / 2000.0,
                v.1 as f64 / 2000.0,
                v.2 as f64 / v.0 as f64,
                v.3 as f64 / v.0 as f64
            );
        }
    }
}
