//! How long 100 alternatives of each shipped what-if take, on one thread and on two.

#[path = "../tests/common/mod.rs"]
mod common;

use jonbar_answer::Study;
use jonbar_counterfactual::{Intervention, Mode, Settings, parse_whatif, run_ensemble};
use jonbar_model::{ModelSpec, parse_spec};
use jonbar_record::Files;

fn main() {
    divan::main();
}

const WHATIFS: [&str; 6] =
    ["barthou-1934", "geneva-1932", "montreux-1936", "no-molotov-ribbentrop", "riga-1932", "ultimatum-1940"];

#[divan::bench(args = WHATIFS, consts = [1, 2], sample_count = 10)]
fn hundred_alternatives<const THREADS: usize>(bencher: divan::Bencher, name: &str) {
    let files = common::files();
    let record = common::record();
    let study = Study::new(&record, spec(&files)).unwrap();
    alternatives(bencher, &files, name, &study, &study, THREADS);
}

/// The same beside 150 states that have no part in anything, with the coefficients of the casebook without them, on one
/// thread. Those that exist can be drawn in, since effects such as a wave of pacts reach all pairs of a state; those that do
/// not exist yet cannot, and cost what it costs to have them in the world.
#[divan::bench(args = ["none", "150 not yet existing", "150 existing"], sample_count = 20)]
fn hundred_alternatives_beside_idle_states(bencher: divan::Bencher, idle: &str) {
    let files = common::files();
    let record = common::record();
    let study = Study::new(&record, spec(&files)).unwrap();
    let (states, since) = match idle {
        "none" => (0, 1900),
        "150 existing" => (150, 1900),
        _ => (150, 1950),
    };
    let larger_record =
        jonbar_record::load(&common::with_idle_states(files.clone(), states, since)).record.unwrap();
    let larger = Study::new(&larger_record, spec(&files)).unwrap();
    alternatives(bencher, &files, "riga-1932", &larger, &study, 1);
}

fn spec(files: &Files) -> ModelSpec {
    parse_spec(std::str::from_utf8(&files["model.toml"]).unwrap()).unwrap()
}

/// Times 100 alternatives of a what-if in a study, with the coefficients of another.
fn alternatives(
    bencher: divan::Bencher,
    files: &Files,
    name: &str,
    study: &Study,
    fitted: &Study,
    threads: usize,
) {
    let file = format!("whatifs/{name}.toml");
    let text = std::str::from_utf8(&files[&file]).unwrap();
    let whatif = parse_whatif(&file, text, study.record, &study.world).unwrap();
    let intervention = Intervention::of(&whatif.actions, &study.timeline, study.record);
    let mut engine = study.engine();
    engine.fit = &fitted.fit;
    let settings = Settings { runs: 100, seed: 5, mode: Mode::Hindsight, at_mode: false };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    bencher.bench(|| pool.install(|| run_ensemble(&engine, &intervention, &[], settings, &|_| {})));
}
