//! Assumptions moved by hand: each does what it says, is said in the answer, and is kept with the run.

mod common;

use common::table;
use common::{jonbar, stderr, stdout};
use jonbar_answer::{Answer, Datum, Outcomes, Section, Study};
use jonbar_counterfactual::{Assumptions, Intervention, Mode, Settings, What, parse_whatif, run_ensemble};
use jonbar_model::Kind;

fn run(args: &[&str]) -> Answer {
    let output = jonbar(&[&["run", "riga-1932", "--json"], args].concat());
    assert!(output.status.success(), "{}", stderr(&output));
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    serde_json::from_value(value["answers"][0].clone()).unwrap()
}

fn outcomes(answer: &Answer) -> &Outcomes {
    let found = answer.sections.iter().find_map(|s| match s {
        Section::Outcomes(o) => Some(o),
        _ => None,
    });
    found.unwrap()
}

fn shares(answer: &Answer) -> Vec<f64> {
    outcomes(answer).rows.iter().map(|r| r.with).collect()
}

/// What is held at the record is neither lost nor new, in any run; with everything held only the change itself is left.
#[test]
fn a_kind_held_at_the_record_stays_as_it_was() {
    let record = common::record();
    let spec =
        jonbar_model::parse_spec(std::str::from_utf8(&common::files()["model.toml"]).unwrap()).unwrap();
    let study = Study::new(&record, spec).unwrap();
    for name in ["whatifs/riga-1932.toml", "whatifs/montreux-1936.toml"] {
        let text = String::from_utf8(common::files()[name].clone()).unwrap();
        let whatif = parse_whatif(name, &text, &record, &study.world).unwrap();
        let changed = Intervention::of(&whatif.actions, &study.timeline, &record);
        let settings = Settings { runs: 60, seed: 4, mode: Mode::Hindsight, at_mode: false };
        let differences = |held: &[Kind]| {
            let mut engine = study.engine();
            Assumptions { held: held.to_vec(), ..Assumptions::default() }.apply(&mut engine);
            let ensemble = run_ensemble(&engine, &changed, &[], settings, &|_| {});
            let all = ensemble.trajectories.into_iter().flat_map(|t| t.differences);
            all.map(|d| match d.what {
                What::Added { kind, .. } => Some(kind),
                // What follows from something lost is lost with it, held or not.
                What::Removed { item } | What::Answered { item, .. } => {
                    let item = &study.timeline.items[item];
                    item.unit.filter(|_| item.follows.is_none()).map(|(kind, ..)| kind)
                }
                What::Imposed { .. } | What::Derived { .. } => None,
            })
            .collect::<Vec<Option<Kind>>>()
        };
        for kind in [Kind::TerritorialDemand, Kind::DefencePact, Kind::ArmedDispute] {
            assert!(
                differences(&[]).contains(&Some(kind)),
                "{name}: {kind:?} never moves; nothing is tested"
            );
            assert!(!differences(&[kind]).contains(&Some(kind)), "{name}: {kind:?}");
        }
        assert!(differences(&Kind::ALL).iter().all(Option::is_none), "{name}");
    }
}

/// The table of sensitivity says what the same run with the effect set by hand says.
#[test]
fn the_effect_of_a_pact_set_by_hand_is_that_of_the_sensitivity_table() {
    let fitted = run(&["--runs", "240"]);
    let table = table(&fitted, "If such a pact worked otherwise");
    for (row, effect) in table.rows.iter().zip(["none", "fitted", "strong"]) {
        let by_hand = run(&["--runs", "240", "--pact-effect", effect]);
        let share = shares(&by_hand)[0];
        assert_eq!(row[1], Datum::Share(share), "{effect}");
        let said = by_hand.reading.assumed.iter().any(|a| a.starts_with("Effect of a pact in force"));
        assert_eq!(said, effect != "fitted", "{:?}", by_hand.reading.assumed);
    }
    // A hidden cause that made pacts look dangerous leaves them more restraining than fitted, the stronger the more.
    let share = |row: usize| match table.rows[row][1] {
        Datum::Share(x) => x,
        ref other => panic!("{other:?}"),
    };
    let (fitted, two, three) = (share(1), share(3), share(4));
    assert!(fitted >= two && two >= three && fitted > three, "{fitted} {two} {three}");
}

#[test]
fn a_moved_run_is_repeated_by_its_file_and_by_its_card() {
    let dir = tempfile::tempdir().unwrap();
    let (file, card) = (dir.path().join("moved.jonbar"), dir.path().join("moved.toml"));
    let moved = ["--pact-effect", "strong", "--hold", "war_begun", "--on", "1934-02-01", "--runs", "64"];
    let answer = run(&[&moved[..], &["--save", file.to_str().unwrap()]].concat());
    assert!(answer.reading.sentence.contains("1 February 1934"), "{}", answer.reading.sentence);
    let replay = jonbar(&["replay", file.to_str().unwrap()]);
    assert!(stdout(&replay).starts_with("identical"), "{}{}", stdout(&replay), stderr(&replay));
    std::fs::write(&card, &answer.run.as_ref().unwrap().whatif).unwrap();
    let again = jonbar(&["run", card.to_str().unwrap(), "--runs", "64", "--json"]);
    let value: serde_json::Value = serde_json::from_slice(&again.stdout).unwrap();
    let again: Answer = serde_json::from_value(value["answers"][0].clone()).unwrap();
    assert_eq!(shares(&again), shares(&answer));
    assert_ne!(shares(&run(&["--runs", "64"])), shares(&answer));
}

#[test]
fn what_cannot_be_moved_is_said() {
    let outside = run(&["--on", "1950-01-01", "--runs", "24"]);
    let said = outside.reading.not_understood.join(" ");
    assert!(said.contains("Not moved to 1 January 1950"), "{said}");
    let ninth = run(&["--leave-out", "9", "--runs", "24"]);
    assert!(ninth.reading.not_understood.join(" ").contains("no change number 9"));
    // Files of trajectories carry no such words, so nothing is written.
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let refused = jonbar(&["run", "riga-1932", "--on", "1950-01-01", "--out", out.to_str().unwrap()]);
    assert_eq!((refused.status.code(), out.exists()), (Some(2), false));
    assert!(stderr(&refused).contains("Not moved to 1 January 1950"), "{}", stderr(&refused));
    let nothing = run(&["--leave-out", "1", "--runs", "24"]);
    assert!(nothing.reading.not_understood.join(" ").contains("needs a change"));
    for (flag, value, help) in [
        ("--pact-effect", "huge", "write fitted, none or strong"),
        ("--hold", "wars", "write one of: nonaggression_pact"),
        ("--on", "someday", "--on someday"),
    ] {
        let output = jonbar(&["run", "riga-1932", flag, value]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(help), "{}", stderr(&output));
    }
}

/// Other sets of effects: each forecasts the record, the better the more it weighs, and the spread between them is told apart from
/// that of runs and coefficients.
#[test]
fn an_answer_is_averaged_over_sets_of_effects_by_how_well_they_forecast() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("models.jonbar");
    let answer = run(&["--models", "--runs", "200", "--save", file.to_str().unwrap()]);
    let rows = &outcomes(&answer).rows;
    assert!(rows.iter().all(|r| r.model_choice.is_some_and(|sd| (0.0..=0.5).contains(&sd))), "{rows:?}");
    let table = table(&answer, "With other sets of effects");
    let (sets, average) = (&table.rows[..table.rows.len() - 1], &table.rows[table.rows.len() - 1]);
    assert!(sets.len() >= 4, "the model and three others: {sets:?}");
    let share = |cell: &Datum| match cell {
        Datum::Share(x) => *x,
        other => panic!("{other:?}"),
    };
    let weights: Vec<f64> = sets.iter().map(|r| share(&r[2])).collect();
    assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{weights:?}");
    let mean: f64 = sets.iter().zip(&weights).map(|(r, w)| w * share(&r[3])).sum();
    assert!((mean - share(&average[3])).abs() < 1e-12);
    // The first set is the model itself, run as without the option.
    assert_eq!(share(&sets[0][3]), shares(&run(&["--runs", "200"]))[0]);
    let replay = jonbar(&["replay", file.to_str().unwrap()]);
    assert!(stdout(&replay).starts_with("identical"), "{}{}", stdout(&replay), stderr(&replay));
    // A set that leaves out what is not there is refused.
    let copy = dir.path().join("casebook");
    let made = jonbar(&["new", copy.to_str().unwrap()]);
    assert!(made.status.success(), "{}", stderr(&made));
    let model = copy.join("model.toml");
    let text = std::fs::read_to_string(&model).unwrap();
    std::fs::write(&model, text + "\n[alternatives.odd]\nwithout = [\"contigous\"]\nreason = \"x\"\n")
        .unwrap();
    let refused = jonbar(&["check", copy.to_str().unwrap()]);
    let said = stderr(&refused) + &stdout(&refused);
    assert!(
        said.contains("alternatives.odd leaves out `contigous`") && said.contains("contiguous"),
        "{said}"
    );
}

/// How far a change spreads: nothing leaves its course before the change, those not named leave it later than all, and with everything held
/// at the record they do not.
#[test]
fn ripples_begin_with_the_change_and_reach_others_last() {
    let answer = run(&["--runs", "200"]);
    let curve = |answer: &Answer, title: &str| {
        answer.sections.iter().find_map(|s| match s {
            Section::Curve(c) if c.title == title => Some(c.clone()),
            _ => None,
        })
    };
    let all = curve(&answer, "How long the alternatives keep to our timeline").unwrap();
    let others = curve(&answer, "How long everybody else keeps to it").unwrap();
    let at = |c: &jonbar_answer::Curve, years: f64| {
        c.points.iter().rfind(|p| p.time <= years).map_or(1.0, |p| p.survival)
    };
    for years in [0.5, 1.0, 2.0, 5.0, 9.0] {
        assert!(at(&all, years) <= at(&others, years) && at(&all, years) <= at(&all, years / 2.0), "{years}");
    }
    assert!(at(&all, 9.0) < 0.5, "nothing spreads: the test says nothing");
    let spread = answer.sections.iter().find_map(|s| if let Section::Spread(x) = s { Some(x) } else { None });
    let spread = spread.unwrap();
    assert_eq!(spread.rows.len(), 10, "1932 to 1941");
    // No year goes otherwise in fewer histories than have a difference in it.
    for row in &spread.rows {
        assert!(row.reached.iter().sum::<f64>() >= 1.0 - row.as_it_did - 1e-9, "{row:?}");
    }
    let kinds: Vec<&str> = Kind::ALL.iter().flat_map(|k| ["--hold", k.name()]).collect();
    let held = run(&[&["--runs", "60"], &kinds[..]].concat());
    // What is left are the consequences of the change itself: the new pact falls with the recorded attack.
    assert!(curve(&held, "How long everybody else keeps to it").is_none());
}

/// A date drawn anew is one that the entry may mean, and the same draw gives the same record; pacts still end after they begin.
#[test]
fn dates_are_read_anew_within_what_they_may_mean() {
    let record = common::record();
    let (redated, drawn) = jonbar_counterfactual::redated(&record, 1932, 3);
    assert!(drawn > 100, "{drawn} dates drawn");
    let days = |r: &jonbar_record::Record| -> Vec<_> { r.events.iter().map(|e| e.when.reading()).collect() };
    assert_eq!(days(&jonbar_counterfactual::redated(&record, 1932, 3).0), days(&redated));
    assert_ne!(days(&jonbar_counterfactual::redated(&record, 1932, 4).0), days(&redated));
    let mut from_others = 0;
    for (old, new) in record.events.iter().zip(&redated.events) {
        let day = new.when.reading();
        let may_be = |w: &jonbar_record::When| w.earliest <= day && day <= w.latest;
        assert!(may_be(&old.when) || old.also_dated.iter().any(|(w, _)| may_be(w)), "{}", old.id);
        from_others += usize::from(!may_be(&old.when));
        if let (Some(pact), true) = (new.pact, new.kind.ends_pact()) {
            let signed =
                redated.signature(&redated.pacts[pact.0]).map(|s| redated.events[s.0].when.reading());
            let in_order = record.signature(&record.pacts[pact.0]).map(|s| record.events[s.0].when.reading());
            if in_order.is_some_and(|s| s <= old.when.reading()) {
                assert!(signed.unwrap() <= day, "{} ends before it begins", new.id);
            }
        }
    }
    assert!(from_others > 10, "{from_others} dates of other sources");
}

/// The spread between readings of dates is told apart, and a run with it is repeated to the letter.
#[test]
fn an_answer_says_how_far_it_hangs_on_uncertain_dates() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("dates.jonbar");
    let answer = run(&["--dates", "--runs", "100", "--save", file.to_str().unwrap()]);
    let spread: Vec<Option<f64>> = outcomes(&answer).rows.iter().map(|r| r.dates_read).collect();
    assert!(spread.iter().all(|sd| sd.is_some_and(|sd| (0.0..=0.5).contains(&sd))), "{spread:?}");
    assert!(
        answer
            .sections
            .iter()
            .any(|s| matches!(s, Section::Table(t) if t.title == "With other readings of the dates"))
    );
    let replayed = jonbar(&["replay", file.to_str().unwrap()]);
    assert_eq!(replayed.status.code(), Some(0), "{}", stderr(&replayed));
    assert!(
        run(&["--runs", "24"])
            .sections
            .iter()
            .all(|s| !matches!(s, Section::Table(t) if t.title.contains("readings")))
    );
}
