//! `jonbar record`: queries that people guess right, and three different ways of finding nothing.

mod common;

fn shown(args: &[&str]) -> String {
    let out = common::jonbar(&[&["record"], args, &["--plain"]].concat());
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

fn refused(args: &[&str]) -> String {
    let out = common::jonbar(&[&["record"], args].concat());
    assert_eq!(out.status.code(), Some(2));
    assert!(out.stdout.is_empty(), "nothing half-printed");
    String::from_utf8(out.stderr).unwrap()
}

#[test]
fn events_are_found_by_state_kind_land_and_time() {
    let pacts = shown(&["--between", "USSR", "Romania", "--kind", "pact signed"]);
    assert!(pacts.contains("1929-02-09") && pacts.contains("1933-07-03"), "{pacts}");
    // Old spellings, codes and casebook names are the same query.
    let same = |text: &str| text.split("Events\n").nth(1).map(str::to_owned);
    assert_eq!(same(&pacts), same(&shown(&["--between", "RUS", "Rumania", "--kind", "pact_signed"])));
    let talks = shown(&["--about", "Bessarabia", "--during", "1932-01"]);
    assert!(talks.contains("Stomonyakov and Sturdza"), "{talks}");
    assert!(!talks.contains("1940-06-28"), "{talks}");
    let whole = shown(&["--about", "Bessarabia", "--during", "1932..1940"]);
    assert!(whole.contains("1940-06-28"), "{whole}");
}

#[test]
fn nothing_in_the_record_is_told_from_nothing_known_and_from_nothing_possible() {
    let none = shown(&["--between", "USSR", "Romania", "--kind", "war_begun", "--during", "1925"]);
    assert!(none.contains("None: the casebook declares itself complete"), "{none}");
    let unknown = shown(&["--between", "Portugal", "Norway", "--kind", "statement", "--during", "1925"]);
    assert!(unknown.contains("Not known"), "{unknown}");
    let before = shown(&["--of", "Romania", "--during", "1850"]);
    assert!(before.contains("Not applicable: the casebook covers"), "{before}");
    assert!(shown(&["--as-of", "1950-01-01"]).contains("Not applicable"));
}

/// Titulescu left and Antonescu came on one day; whichever is written first, somebody is in office afterwards.
#[test]
fn the_state_of_the_world_on_a_day_has_pacts_claims_and_who_was_in_office() {
    let day = shown(&["--as-of", "1936-09-01", "--of", "Romania"]);
    for part in
        ["Polish-Romanian alliance", "Bessarabia", "Carol II", "Gheorghe Tătărescu", "Victor Antonescu"]
    {
        assert!(day.contains(part), "{part} is missing: {day}");
    }
    let in_office =
        |text: &str| text.split("In office").nth(1).unwrap().split("Sources").next().unwrap().to_owned();
    assert!(!in_office(&day).contains("Titulescu"), "{day}");
    let before = shown(&["--as-of", "1936-08-28", "--of", "Romania"]);
    assert!(in_office(&before).contains("Titulescu"), "{before}");
    let war = shown(&["--as-of", "1939-12-24", "--of", "Finland"]);
    assert!(war.contains("the Soviet Union and Finland"), "{war}");
}

#[test]
fn what_cannot_be_read_is_refused_with_the_nearest_that_can() {
    assert!(refused(&["--of", "Rumainia"]).contains("romania"));
    assert!(refused(&["--about", "Besarabia"]).to_lowercase().contains("bessarabia"));
    assert!(refused(&["--kind", "pact_sined"]).contains("pact_signed"));
    assert!(refused(&["--during", "yesterday"]).contains("1932..1936"));
    assert!(refused(&["--as-of", "1936"]).contains("more than a day"));
}

#[test]
fn tables_are_written_whole_as_csv() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tables");
    shown(&["--between", "USSR", "Finland", "--csv", path.to_str().unwrap()]);
    let text = std::fs::read_to_string(path.join("01-01-events.csv")).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("date,kind,what,confidence,source,id"));
    assert!(lines.count() > 10);
    assert!(path.join("01-sources.csv").exists());
    assert_eq!(std::fs::read_dir(&path).unwrap().count(), 2, "no temporary file is left");
}

/// The dated entries as a timeline: every entry with its id, a date as precise as the record's and no more, and a row for each kind;
/// beside a what-if the record is one row, and sample histories are others.
#[test]
fn entries_are_written_as_a_timeline() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("timeline.json");
    let written = |args: &[&str]| -> serde_json::Value {
        let output = common::jonbar(&[args, &["--timeline", file.to_str().unwrap()]].concat());
        assert!(output.status.success(), "{}", common::stderr(&output));
        serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap()
    };
    let record = written(&["record", "--between", "USSR", "Romania", "--during", "1932"]);
    let events = record["events"].as_array().unwrap();
    let find =
        |id: &str| events.iter().find(|e| e["unique_id"] == id).unwrap_or_else(|| panic!("{id}: {events:?}"));
    let riga =
        events.iter().find(|e| e["text"]["text"].as_str().unwrap().contains("The Riga talks fail")).unwrap();
    assert_eq!(riga["start_date"], serde_json::json!({ "year": 1932, "month": 1, "day": 20 }));
    assert_eq!(riga["group"], "talks failed");
    assert_eq!(
        riga["text"]["text"].as_str().unwrap().matches("<p>").count(),
        2,
        "the entry and its sources: {riga}"
    );
    let geneva = events.iter().find(|e| e["display_date"] == "September 1932").unwrap();
    assert_eq!(geneva["start_date"], serde_json::json!({ "year": 1932, "month": 9 }), "no day is made up");
    assert!(
        !find(geneva["unique_id"].as_str().unwrap())["text"]["text"].as_str().unwrap().contains("<script")
    );
    let whatif = written(&["run", "riga-1932", "--runs", "40"]);
    let groups: std::collections::BTreeSet<&str> =
        whatif["events"].as_array().unwrap().iter().map(|e| e["group"].as_str().unwrap()).collect();
    assert!(
        groups.contains("our timeline") && groups.iter().any(|g| g.starts_with("with the change, typical")),
        "{groups:?}"
    );
    let nothing = common::jonbar(&["fit", "--timeline", file.to_str().unwrap()]);
    assert_eq!(nothing.status.code(), Some(2));
}
