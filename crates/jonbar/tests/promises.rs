//! Promises of the program as a whole: same bytes, identity on every shipped what-if, replay, formats.

mod common;

use common::{jonbar, stderr, stdout};
use jonbar_answer::{Options, Section, Study, answer_whatif};
use jonbar_counterfactual::{Mode, Settings, What, parse_whatif, run_ensemble};

const QUESTION: &str = "What if the Soviets and Romanians had signed a nonaggression pact in January 1932?";

#[test]
fn the_same_seed_gives_the_same_bytes_on_any_number_of_threads() {
    let run = |threads: &str| {
        let output =
            jonbar(&["ask", QUESTION, "--runs", "200", "--seed", "7", "--json", "--threads", threads]);
        assert!(output.status.success(), "{}", stderr(&output));
        output.stdout
    };
    let one = run("1");
    assert!(one.len() > 5_000);
    assert_eq!(one, run("1"));
    assert_eq!(one, run("2"));
    assert_eq!(one, run("5"));
    let other = jonbar(&["ask", QUESTION, "--runs", "200", "--seed", "8", "--json"]);
    assert_ne!(one, other.stdout, "another seed gives another answer");
}

/// Every shipped what-if with its changes taken away: no trajectory differs from the record.
#[test]
fn identity_holds_on_every_shipped_whatif_with_its_change_removed() {
    let record = common::record();
    let spec =
        jonbar_model::parse_spec(std::str::from_utf8(&common::files()["model.toml"]).unwrap()).unwrap();
    let study = Study::new(&record, spec).unwrap();
    let engine = study.engine();
    let mut shipped = 0;
    for (path, bytes) in common::files().iter().filter(|(p, _)| p.starts_with("whatifs/")) {
        let text = std::str::from_utf8(bytes).unwrap();
        let whatif = parse_whatif(path, text, &record, &study.world).unwrap_or_else(|p| panic!("{p:?}"));
        let start = f64::from(whatif.day.0);
        let none = jonbar_counterfactual::Intervention::none(start);
        let outcomes: Vec<_> =
            whatif.outcomes.iter().map(|o| o.resolve(&record, &study.world, whatif.day).unwrap()).collect();
        let settings = Settings { runs: 100, seed: 3, mode: Mode::Hindsight, at_mode: false };
        let ensemble = run_ensemble(&engine, &none, &outcomes, settings, &|_| {});
        for t in &ensemble.trajectories {
            assert!(t.differences.is_empty(), "{path}, run {}: {:?}", t.index, t.differences);
        }
        for tally in &ensemble.tallies {
            assert_eq!(tally.share.share, f64::from(u8::from(tally.in_record)), "{path}");
        }
        // And with the change, it is made in every run.
        let changed = jonbar_counterfactual::Intervention::of(&whatif.actions, &study.timeline, &record);
        let ensemble = run_ensemble(&engine, &changed, &outcomes, settings, &|_| {});
        for t in &ensemble.trajectories {
            let first = &t.differences[0].what;
            assert!(
                matches!(
                    first,
                    What::Imposed { .. } | What::Removed { .. } | What::Answered { imposed: true, .. }
                ),
                "{path}: {first:?}"
            );
        }
        shipped += 1;
    }
    assert!(shipped >= 6, "six what-ifs are shipped; found {shipped}");
}

#[test]
fn a_saved_run_replays_identically_and_a_tampered_one_does_not() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.jonbar");
    let file = path.to_str().unwrap();
    let ask = jonbar(&["ask", QUESTION, "--runs", "100", "--seed", "5", "--save", file]);
    assert!(ask.status.success(), "{}", stderr(&ask));
    let replay = jonbar(&["replay", file, "--threads", "2"]);
    assert!(replay.status.success(), "{}", stderr(&replay));
    assert!(stdout(&replay).starts_with("identical"), "{}", stdout(&replay));
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("\"seed\": 5,\n  \"fresh", "\"seed\": 6,\n  \"fresh")).unwrap();
    let replay = jonbar(&["replay", file]);
    assert_eq!(replay.status.code(), Some(1));
    assert!(stderr(&replay).contains("different: answers[0]"), "{}", stderr(&replay));
}

#[test]
fn every_format_renders_the_same_answer() {
    let dir = tempfile::tempdir().unwrap();
    let html = dir.path().join("answer.html");
    let base = ["ask", QUESTION, "--runs", "100"];
    let with = |extra: &[&str]| {
        let args: Vec<&str> = base.iter().chain(extra).copied().collect();
        let output = jonbar(&args);
        assert!(output.status.success(), "{}", stderr(&output));
        stdout(&output)
    };
    let plain = with(&["--plain", "--html", html.to_str().unwrap()]);
    assert!(!plain.contains('\u{1b}') && !plain.contains('█'));
    let json: serde_json::Value = serde_json::from_str(&with(&["--json"])).unwrap();
    let summary = json["answers"][0]["summary"][0].as_str().unwrap().to_owned();
    let page = std::fs::read_to_string(&html).unwrap();
    let flat = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
    for text in [flat(&plain), flat(&with(&["--markdown"])), flat(&with(&["--bbcode"])), flat(&page)] {
        assert!(text.contains(&flat(&summary)), "{summary}\nis not in\n{}", &text[..text.len().min(2000)]);
    }
    assert!(!page.contains("<script src") && !page.contains("<link"), "the page asks for nothing outside");
}

#[test]
fn fresh_noise_gives_both_columns_by_forecast() {
    let record = common::record();
    let spec =
        jonbar_model::parse_spec(std::str::from_utf8(&common::files()["model.toml"]).unwrap()).unwrap();
    let study = Study::new(&record, spec).unwrap();
    let text = String::from_utf8(common::files()["whatifs/riga-1932.toml"].clone()).unwrap();
    let whatif = parse_whatif("riga-1932.toml", &text, &record, &study.world).unwrap();
    let options = Options {
        runs: 48,
        seed: 1,
        mode: Mode::FreshNoise,
        moved: Default::default(),
        models: false,
        dates: false,
        stop: None,
        progress: &|_| {},
    };
    let answer = answer_whatif(&study, &whatif, &options);
    let outcomes = answer.sections.iter().find_map(|s| match s {
        Section::Outcomes(o) => Some(o),
        _ => None,
    });
    let outcomes = outcomes.expect("a what-if has outcomes");
    assert!(outcomes.rows.iter().any(|r| r.without > 0.0 && r.without < 1.0), "{:?}", outcomes.rows);
    assert_eq!(answer.run.unwrap().mode, "fresh-noise");
}

/// The walk that looks only where something can have changed equals the one that looks everywhere, on the real record.
#[test]
fn the_incremental_walk_equals_the_exhaustive_one_on_the_casebook() {
    let record = common::record();
    let spec =
        jonbar_model::parse_spec(std::str::from_utf8(&common::files()["model.toml"]).unwrap()).unwrap();
    let study = Study::new(&record, spec).unwrap();
    let quick = study.engine();
    let mut slow = study.engine();
    slow.exhaustive = true;
    for (path, bytes) in common::files().iter().filter(|(p, _)| p.starts_with("whatifs/")) {
        let whatif = parse_whatif(path, std::str::from_utf8(bytes).unwrap(), &record, &study.world).unwrap();
        let changed = jonbar_counterfactual::Intervention::of(&whatif.actions, &study.timeline, &record);
        let settings = Settings { runs: 24, seed: 11, mode: Mode::Hindsight, at_mode: false };
        let a = run_ensemble(&quick, &changed, &[], settings, &|_| {});
        let b = run_ensemble(&slow, &changed, &[], settings, &|_| {});
        for (x, y) in a.trajectories.iter().zip(&b.trajectories) {
            for (d, e) in x.differences.iter().zip(&y.differences) {
                assert_eq!(d, e, "{path}, run {}", x.index);
            }
            assert_eq!(x.differences.len(), y.differences.len(), "{path}, run {}", x.index);
        }
    }
}

/// The run card's what-if, given to `jonbar run`, is the same question: its outcomes come out the same.
#[test]
fn the_whatif_on_a_run_card_runs() {
    let asked = [
        "What if Romania had ceded Bessarabia to the Soviet Union in 1935?",
        "What if Romania had refused the Soviet ultimatum of 1940?",
        "What if the German-Soviet pact had been signed a year later?",
        "What if Titulescu had stayed foreign minister until 1940?",
        "What if Romania had recognised the Soviet Union in 1925?",
        "What if Germany had attacked Poland in 1936?",
    ];
    let options = |answer: &str| -> serde_json::Value { serde_json::from_str(answer).unwrap() };
    let outcomes = |v: &serde_json::Value| {
        let answer = &v["answers"][0];
        let rows = answer["sections"].as_array().unwrap().iter().find(|s| s["section"] == "outcomes");
        (rows.unwrap()["rows"].clone(), answer["run"]["whatif"].as_str().unwrap().to_owned())
    };
    let dir = tempfile::tempdir().unwrap();
    for question in asked {
        let output = common::jonbar(&["ask", question, "--runs", "24", "--json"]);
        let (rows, whatif) = outcomes(&options(std::str::from_utf8(&output.stdout).unwrap()));
        let file = dir.path().join("card.toml");
        std::fs::write(&file, &whatif).unwrap();
        let again = common::jonbar(&["run", file.to_str().unwrap(), "--runs", "24", "--json"]);
        assert!(again.status.success(), "{question}\n{whatif}\n{}", String::from_utf8_lossy(&again.stderr));
        let (rows_again, _) = outcomes(&options(std::str::from_utf8(&again.stdout).unwrap()));
        assert_eq!(rows, rows_again, "{question}\n{whatif}");
    }
}
