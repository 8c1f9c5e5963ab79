//! Simulates a world in which relations between all pairs of states are opened and broken at constant rates, for the comparison with
//! general simulators in `bench/simulation.py`.
//!
//! usage: simulate STATES DAYS RUNS OPENED BROKEN: how many states, days and runs, and both rates per day. Prints one JSON object: for each
//! run the events of either kind, and the seconds that all runs took on one thread.

use std::time::Instant;

use jonbar_counterfactual::{Engine, Intervention, Mode, Settings, What, run_ensemble};
use jonbar_model::{Kind, ModelSpec, Panel, Timeline, World, fit, parse_spec};
use jonbar_record::{Day, Files, Record, load};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let numbers: Vec<f64> = std::env::args().skip(1).map(|a| a.parse()).collect::<Result<_, _>>()?;
    let &[states, days, runs, opened, broken] = &numbers[..] else {
        return Err("usage: simulate STATES DAYS RUNS OPENED BROKEN".into());
    };
    let record = world(states as usize, days as i32)?;
    let spec = spec(opened, broken)?;
    let world = World::from_record(&record)?;
    let timeline = Timeline::from_record(&record, &world);
    let panel = Panel::build(&world, &timeline, &spec);
    let fitted = fit(&spec, &panel, &timeline, |_| record.span);
    let engine = Engine::new(&world, &timeline, &panel, &spec, &fitted, |i, _| i.to_string());
    let settings = Settings { runs: runs as u32, seed: 1, mode: Mode::FreshNoise, at_mode: true };
    let nothing = Intervention::none(f64::from(record.span.from.0));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    let begun = Instant::now();
    let ensemble = pool.install(|| run_ensemble(&engine, &nothing, &[], settings, &|_| {}));
    let seconds = begun.elapsed().as_secs_f64();
    let count = |wanted: Kind| -> Vec<usize> {
        let of = |what: &What| matches!(what, What::Added { kind, .. } if *kind == wanted);
        ensemble.trajectories.iter().map(|t| t.differences.iter().filter(|d| of(&d.what)).count()).collect()
    };
    println!(
        "{{\"opened\": {:?}, \"broken\": {:?}, \"seconds\": {seconds}}}",
        count(Kind::RelationsOpened),
        count(Kind::RelationsBroken)
    );
    Ok(())
}

/// States that all have relations with each other, and a record without events.
fn world(states: usize, days: i32) -> Result<Record, String> {
    let mut files = Files::new();
    let first = Day::from_ymd(1900, 1, 1).ok_or("no such day")?;
    let mut put = |name: &str, text: String| files.insert(name.to_owned(), text.into_bytes());
    put(
        "casebook.toml",
        format!(
            "format = 1\nid = \"idle\"\ntitle = \"Idle\"\nspan = \"{first}/{}\"\nlicence = \"CC0-1.0\"\n",
            first.plus(days - 1)
        ),
    );
    let mut actors =
        "id,name,exists,great_power,names,demonyms,metonyms,capital,lat,lon,sources\n".to_owned();
    for i in 0..states {
        actors.push_str(&format!("S{i:03},State {i},1800/..,no,,,,,,,\n"));
    }
    put("actors.csv", actors);
    const EVENTS: &str = "id,date,kind,actors,targets,about,pact,person,office,mark,follows,also_dated,summary,sources,confidence\n";
    put("events/none.csv", EVENTS.to_owned());
    put("sources.bib", String::new());
    let loaded = load(&files);
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    loaded.record.ok_or_else(|| problems.join("\n"))
}

/// Two kinds at constant rates, and all others too rare to happen.
fn spec(opened: f64, broken: f64) -> Result<ModelSpec, String> {
    const NEVER: f64 = -80.0;
    let constant = |name: &str, log_rate: f64| {
        format!(
            "[{name}]\nintercept = {{ mean = {log_rate}, sd = 1e-9, reason = \"given\" }}\n[{name}.terms]\n"
        )
    };
    let kinds = Kind::ALL.iter().map(|kind| {
        let rate = match kind {
            Kind::RelationsOpened => opened.ln(),
            Kind::RelationsBroken => broken.ln(),
            _ => NEVER,
        };
        constant(&format!("kinds.{}", kind.name()), rate)
    });
    let marks = ["conceded", "war", "conquest"].iter().map(|mark| constant(&format!("marks.{mark}"), NEVER));
    let text = std::iter::once("format = 1\n".to_owned()).chain(kinds).chain(marks).collect::<String>();
    parse_spec(&text).map_err(|e| format!("{e:?}"))
}
