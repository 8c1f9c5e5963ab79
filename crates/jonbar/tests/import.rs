//! `jonbar import` through the program, and the published data sets where they lie beside the repository.

mod common;

use std::path::Path;

use common::{data, jonbar, stderr, stdout};
use jonbar_record::{EventKind, Files, PactEnd, PactType, Record, load};

/// A casebook made of the real data.
fn world() -> Option<(tempfile::TempDir, String)> {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("world").to_string_lossy().into_owned();
    let made = jonbar(&["import", &data()?.to_string_lossy(), "--skip-damaged", "--out", &out]);
    assert!(made.status.success(), "{}", stderr(&made));
    Some((folder, out))
}

fn read(folder: &str) -> Record {
    let mut files = Files::new();
    for part in ["", "events"] {
        for entry in std::fs::read_dir(Path::new(folder).join(part)).unwrap().flatten() {
            if entry.path().is_file() {
                let name = entry.file_name().to_string_lossy().into_owned();
                let key = if part.is_empty() { name } else { format!("{part}/{name}") };
                files.insert(key, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    load(&files).record.unwrap()
}

#[test]
fn what_is_wrong_is_said_and_nothing_is_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    std::fs::write(path("a.csv"), "x,y\n1,2\n").unwrap();
    let out = path("out");
    for (args, says) in [
        (vec!["import", &path("a.csv"), "--out", &out], "has not the columns of any data set"),
        (vec!["import", &path("none.csv"), "--out", &out], "none.csv"),
        (vec!["import", &path(""), "--out", &out], "no file with the columns of COW state system membership"),
        (vec!["import", &path(""), "--out", &path("a.csv")], "is there already"),
        (vec!["import", &path(""), "--out", &out, "--from", "1900", "--to", "1890"], "is after"),
    ] {
        let output = jonbar(&args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr(&output).contains(says), "{args:?}: {}", stderr(&output));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "{args:?} leaves nothing");
    }
}

#[test]
fn the_published_sets_become_a_casebook_of_two_centuries() {
    let Some((_folder, out)) = world() else { return };
    let record = read(&out);
    // States of the list that existed from 1816 on: 217 (243 rows are spells).
    assert_eq!(record.actors.len(), 217);
    assert_eq!(record.claims.len(), 848, "every claim-dyad of the file");
    let checked = jonbar(&["check", &out]);
    assert!(stdout(&checked).contains("0 errors, 0 warnings"), "{}", stdout(&checked));
    let licence = std::fs::read_to_string(Path::new(&out).join("LICENCE.md")).unwrap();
    assert!(licence.contains("not for commercial use"), "{licence}");
}

/// ATOP's bilateral pacts of 1918-1939 with a promise of non-aggression and none of help: 32, of which ATOP says that a
/// member violated 12 (38 %), and 21 (66 %) saw that or force at level 4 between the members before their end.
#[test]
fn shares_of_broken_interwar_pacts_are_those_computed_from_atop_and_mid_elsewhere() {
    let Some((_folder, out)) = world() else { return };
    let record = read(&out);
    let pacts: Vec<_> = record
        .pacts
        .iter()
        .filter(|p| {
            p.is_bilateral()
                && p.types.contains(&PactType::Nonaggression)
                && !p.types.contains(&PactType::Defence)
                && (1918..=1939).contains(&p.signed.reading().year())
        })
        .collect();
    assert_eq!(pacts.len(), 32);
    let violated = |p: &jonbar_record::Pact| p.end_kind == PactEnd::Violated;
    assert_eq!(pacts.iter().filter(|p| violated(p)).count(), 12);
    let force = |p: &jonbar_record::Pact| {
        record.events.iter().any(|e| {
            matches!(e.kind, EventKind::ArmedDispute | EventKind::WarBegun | EventKind::WarJoined)
                && e.joins(p.parties[0], p.parties[1])
                && e.when.latest >= p.signed.earliest
                && p.end.as_ref().is_none_or(|end| e.when.earliest <= end.latest)
        })
    };
    assert_eq!(pacts.iter().filter(|p| violated(p) || force(p)).count(), 21);
}

/// The same commands on the imported casebook: fit, claims, look-ups.
#[test]
fn commands_work_unchanged_on_an_imported_casebook() {
    let Some((_folder, out)) = world() else { return };
    let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let fitted = words(stdout(&jonbar(&["fit", "--casebook", &out, "--plain"])));
    assert!(fitted.contains("armed_dispute") && fitted.contains("both_democracies"), "{fitted}");
    assert!(
        fitted.contains("the casebook does not declare this kind covered"),
        "demands are in none of the sets: {fitted}"
    );
    let claim = jonbar(&["claim", "Interwar nonaggression pacts were broken regularly", "--casebook", &out]);
    let text = words(stdout(&claim));
    assert!(text.contains("signed from 11 November 1918 to 31 August 1939"), "{text}");
    let record = jonbar(&["record", "--between", "USSR", "Finland", "--during", "1939", "--casebook", &out]);
    assert!(stdout(&record).contains("1939-11-30"), "{}", stdout(&record));
}

/// The shares that Berkemeier and Fuhrmann (2018, Research & Politics) print: 50 % of 146 commitments honoured, 66 % of 92 before
/// 1945, 22 % of 54 later, 41 % of 102 of defence and 37 % of 49 of non-aggression.
#[test]
fn published_shares_of_honoured_commitments_come_out() {
    let Some(data) = data() else { return };
    let file = data.join("reliability/berkemeier_fuhrmann_2018.csv").to_string_lossy().into_owned();
    let json: serde_json::Value =
        serde_json::from_str(&stdout(&jonbar(&["commitments", &file, "--json"]))).unwrap();
    let rows = json["answers"][0]["sections"][0]["rows"].as_array().unwrap().clone();
    let counted = |label: &str| {
        let row = rows.iter().find(|r| r[0]["value"] == label).unwrap();
        (row[1]["value"].as_u64().unwrap(), row[2]["value"].as_u64().unwrap())
    };
    assert_eq!(counted("all"), (73, 146));
    assert_eq!(counted("before 1945"), (61, 92));
    assert_eq!(counted("1945 and later"), (12, 54));
    assert_eq!(counted("with a promise of defence"), (42, 102));
    assert_eq!(counted("with a promise of non-aggression"), (18, 49));
    assert_eq!(counted("defence, before 1945"), (36, 59));
    assert_eq!(counted("defence, 1945 and later"), (6, 43));
    let wrong = jonbar(&["commitments", &data.join("cow/states2016.csv").to_string_lossy()]);
    assert!(stderr(&wrong).contains("missing column"), "{}", stderr(&wrong));
}
