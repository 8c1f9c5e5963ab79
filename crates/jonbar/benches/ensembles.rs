//! How long 100 alternatives of each shipped what-if take, on one thread and on two.

#[path = "../tests/common/mod.rs"]
mod common;

use jonbar_answer::Study;
use jonbar_counterfactual::{Intervention, Mode, Settings, parse_whatif, run_ensemble};
use jonbar_model::parse_spec;

fn main() {
    divan::main();
}

const WHATIFS: [&str; 6] =
    ["barthou-1934", "geneva-1932", "montreux-1936", "no-molotov-ribbentrop", "riga-1932", "ultimatum-1940"];

#[divan::bench(args = WHATIFS, consts = [1, 2], sample_count = 10)]
fn hundred_alternatives<const THREADS: usize>(bencher: divan::Bencher, name: &str) {
    let record = common::record();
    let files = common::files();
    let text = |file: &str| std::str::from_utf8(&files[file]).unwrap().to_owned();
    let spec = parse_spec(&text("model.toml")).unwrap();
    let study = Study::new(&record, spec).unwrap();
    let file = format!("whatifs/{name}.toml");
    let whatif = parse_whatif(&file, &text(&file), &record, &study.world).unwrap();
    let intervention = Intervention::of(&whatif.actions, &study.timeline, &record);
    let engine = study.engine();
    let settings = Settings { runs: 100, seed: 5, mode: Mode::Hindsight, at_mode: false };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(THREADS).build().unwrap();
    bencher.bench(|| pool.install(|| run_ensemble(&engine, &intervention, &[], settings, &|_| {})));
}
