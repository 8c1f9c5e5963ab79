//! Corrupt input of every sort is met with one clear message, a status other than zero, and no answer.

mod common;

use std::fs;
use std::path::Path;

use common::{jonbar, stderr, stdout};

/// A copy of the casebook in which one file is replaced.
fn with_file(name: &str, contents: &[u8]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, bytes) in common::files() {
        let target = dir.path().join(&path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
    fs::write(dir.path().join(name), contents).unwrap();
    dir
}

fn changed(name: &str, from: &str, to: &str) -> tempfile::TempDir {
    let text = String::from_utf8(common::files()[name].clone()).unwrap();
    assert!(text.contains(from), "{name} does not contain {from}");
    with_file(name, text.replacen(from, to, 1).as_bytes())
}

/// `check` names the place, and no question is answered from such a casebook.
fn refused(dir: &Path, expected: &[&str]) {
    let path = dir.to_str().unwrap();
    let check = jonbar(&["check", path]);
    let said = stdout(&check) + &stderr(&check);
    assert_eq!(check.status.code(), Some(1), "{said}");
    for words in expected {
        assert!(said.contains(words), "expected `{words}` in:\n{said}");
    }
    let ask = jonbar(&["ask", "--casebook", path, "Did Poland propose a pact to the Soviet Union?"]);
    assert_eq!(ask.status.code(), Some(2));
    assert!(stdout(&ask).is_empty(), "no partial answer: {}", stdout(&ask));
    assert!(!stderr(&ask).contains("panicked"), "{}", stderr(&ask));
}

#[test]
fn an_impossible_date_is_shown_with_file_line_and_column() {
    let dir = changed(
        "claims.csv",
        "bessarabia-rus,bessarabia,RUS,1918-11-11",
        "bessarabia-rus,bessarabia,RUS,1918-11-31",
    );
    refused(dir.path(), &["claims.csv:2:31: error: `1918-11-31` is not a date"]);
}

#[test]
fn an_unknown_actor_is_met_with_the_nearest_codes() {
    let dir = changed("borders.csv", ",ROM,", ",ROMA,");
    refused(dir.path(), &["unknown actor `ROMA`", "nearest: ROM"]);
}

#[test]
fn a_missing_column_is_named() {
    let dir = changed("claims.csv", "id,territory,claimant", "id,territory,claimer");
    refused(dir.path(), &["claims.csv:1:1: error: missing column claimant"]);
}

#[test]
fn text_that_is_not_utf8_is_located() {
    let dir = with_file("people.csv", b"id,name,aliases,actor,sources\nx,\xff\xfe,,,\n");
    refused(dir.path(), &["people.csv:2:3: error: not UTF-8 text"]);
}

#[test]
fn a_hundred_megabytes_of_garbage_are_refused_by_size() {
    let dir = with_file("claims.csv", &vec![b'x'; 100_000_000]);
    refused(dir.path(), &["claims.csv: error:", "MB is more than a casebook file may hold"]);
}

#[test]
fn an_event_without_a_known_source_is_reported() {
    let dir = with_file(
        "events/more.csv",
        b"id,date,kind,actors,targets,about,pact,person,office,mark,follows,also_dated,summary,sources,confidence\n\
          x1,1930-01-01,statement,RUS,,,,,,,,,Something.,nosuchbook1900:p. 3,high\n",
    );
    refused(dir.path(), &["events/more.csv:2:", "unknown source `nosuchbook1900`"]);
}

#[test]
fn contradictions_of_the_record_are_reported() {
    let header = "id,date,kind,actors,targets,about,pact,person,office,mark,follows,also_dated,summary,sources,confidence\n";
    let cases = [
        (
            "x1,1930-01-01,pact_violated,RUS,POL,,,,,,,,Broken.,lnts,high",
            "ends or extends a pact but names none",
        ),
        (
            "x1,1925-01-01,armed_dispute,IRQ,IRN,,,,,,,,Force.,lnts,high",
            "Iraq (IRQ) does not exist on 1925-01-01",
        ),
        (
            "x1,1930-01-01,territory_ceded,POL,GMY,bessarabia,,,,,,,Ceded.,lnts,high",
            "Bessarabia is taken from Germany, but by the record Romania holds it",
        ),
        (
            "x1,1930-01-01,statement,RUS,,,,,,,,,One.,lnts,high\nx1,1930-01-02,statement,RUS,,,,,,,,,Two.,lnts,high",
            "the id `x1` is used twice",
        ),
        (
            "x1,1930-01-01,statement,RUS,,,,,,,x2,,One.,lnts,high\nx2,1930-01-01,statement,RUS,,,,,,,x1,,Two.,lnts,high",
            "follows, by a chain, from itself",
        ),
    ];
    for (rows, expected) in cases {
        let dir = with_file("events/more.csv", format!("{header}{rows}\n").as_bytes());
        refused(dir.path(), &["events/more.csv:", expected]);
    }
}

/// What the events before make doubtful is told, and the casebook stays usable.
#[test]
fn events_that_do_not_follow_from_those_before_are_doubted() {
    let rows = [
        "d1,1925-01-01,war_ended,ROM;BUL,,,,,,settlement,,,A peace without a war.,lnts,low",
        "d2,1930-01-01,relations_broken,ROM,RUS,,,,,,,,Broken though never opened.,lnts,low",
        "d3,1931-01-01,office_taken,POL,,,,titulescu-nicolae,foreign_minister,,,,Of another state.,lnts,low",
        "d4,1931-02-01,office_left,BUL,,,,titulescu-nicolae,foreign_minister,,,,Never in it.,lnts,low",
        "d5,1929-01-01,league_left,GMY,,,,,,,,,Left a first time.,lnts,low",
        "d6,1940-03-14,war_ended,RUS;FIN,,,,,,MARS,1939-winter-war,,Won by nobody that fought.,lnts,low",
    ];
    let head = "id,date,kind,actors,targets,about,pact,person,office,mark,follows,also_dated,summary,sources,confidence";
    let text = format!("{head}\n{}\n", rows.join("\n"));
    let dir = with_file("events/more.csv", text.as_bytes());
    let check = jonbar(&["check", dir.path().to_str().unwrap()]);
    let said = stdout(&check) + &stderr(&check);
    for words in [
        "events/more.csv:2: warning: `d1`: no two of its parties are at war then",
        "`d2`: Romania and Soviet Union have no relations to break then",
        "a war ends relations, and a peace does not open them again",
        "`d3`: Nicolae Titulescu holds an office of Poland, and stands in people.csv under another state",
        "`d4`: Nicolae Titulescu is not foreign minister of Bulgaria then",
        "Germany left already on 1 January 1929",
        "the winner \"MARS\" is none of the parties",
    ] {
        assert!(said.contains(words), "expected `{words}` in:\n{said}");
    }
    assert_eq!(check.status.code(), Some(0), "{said}");
}

#[test]
fn a_bad_model_file_names_the_nearest_effect() {
    let dir = changed("model.toml", "\ncontiguous = ", "\ncontigous = ");
    let path = dir.path().to_str().unwrap();
    let ask = jonbar(&["fit", "--casebook", path]);
    assert_eq!(ask.status.code(), Some(2));
    assert!(stderr(&ask).contains("unknown effect `contigous`; nearest: contiguous"), "{}", stderr(&ask));
}

#[test]
fn bad_whatifs_are_refused_with_line_and_column() {
    let head = "format = 1\nid = \"x\"\ntitle = \"x\"\nquestion = \"x?\"\ndate = \"1932-01-20\"\n";
    let cases = [
        (
            "[[change]]\nadd = \"nonagression_pact\"\nbetween = [\"RUS\", \"ROM\"]\n",
            "unknown kind `nonagression_pact`",
            "nonaggression_pact",
        ),
        (
            "[[change]]\nadd = \"nonaggression_pact\"\nbetween = [\"RUS\", \"Rumania\"]\n",
            "unknown actor `Rumania`",
            "write ROM",
        ),
        ("[[change]]\nprevent = \"no-such-event\"\n", "unknown event `no-such-event`", ""),
        (
            "[[change]]\nadd = \"nonaggression_pact\"\nbetween = [\"RUS\", \"ROM\"]\ndate = \"1952-01-01\"\n",
            "outside the casebook",
            "1941-06-22",
        ),
        (
            "[[change]]\nadd = \"war_begun\"\nby = \"RUS\"\non = \"ROM\"\nprevent = \"x\"\n",
            "a change does one thing",
            "",
        ),
        ("", "must change something", ""),
        (
            "[[change]]\nadd = \"nonaggression_pact\"\nbetween = [\"RUS\", \"ROM\"]\n[[outcome]]\nask = \"war(RUS, XYZ)\"\n",
            "unknown actor `XYZ`",
            "",
        ),
        ("[[change]]\nadd = \n", "", ""),
    ];
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("bad.toml");
    for (body, expected, help) in cases {
        fs::write(&path, format!("{head}{body}")).unwrap();
        let run = jonbar(&["run", path.to_str().unwrap()]);
        let said = stderr(&run);
        assert_eq!(run.status.code(), Some(2), "{body}\n{said}");
        assert!(said.contains(expected) && said.contains(help), "{body}\n{said}");
        assert!(said.contains("bad.toml"), "{said}");
        assert!(stdout(&run).is_empty() && !said.contains("panicked"));
    }
}

#[test]
fn questions_that_cannot_be_read_are_met_with_suggestions() {
    let dir = tempfile::tempdir().unwrap();
    let latin1 = dir.path().join("latin1.txt");
    fs::write(&latin1, b"What if Rom\xe2nia had signed?").unwrap();
    let run = jonbar(&["ask", latin1.to_str().unwrap()]);
    assert_eq!(run.status.code(), Some(2));
    assert!(stderr(&run).contains("not UTF-8"), "{}", stderr(&run));
    let missing = jonbar(&["ask", "no/such/file.txt"]);
    assert!(stderr(&missing).contains("no such file"), "{}", stderr(&missing));
    let empty = jonbar(&["ask", "Hello there."]);
    assert!(stdout(&empty).contains("No question was found"), "{}", stdout(&empty));
    let unknown = jonbar(&["ask", "What is the best sandwich?"]);
    assert!(stdout(&unknown).contains("not understood"), "{}", stdout(&unknown));
}

/// Whoever mends one file should not learn only then of the next.
#[test]
fn problems_in_several_files_are_told_at_once() {
    let dir = changed("borders.csv", ",ROM,", ",ROMA,");
    let claims = String::from_utf8(common::files()["claims.csv"].clone()).unwrap();
    fs::write(dir.path().join("claims.csv"), claims.replacen("1918-11-11", "1918-11-31", 1)).unwrap();
    refused(dir.path(), &["borders.csv:", "unknown actor `ROMA`", "claims.csv:2:31: error: `1918-11-31`"]);
    let dir = with_file("people.csv", b"id,name,aliases,actor,sources\nx,\xff\xfe,,,\n");
    fs::write(dir.path().join("claims.csv"), "id,territory\n").unwrap();
    refused(dir.path(), &["people.csv:2:3: error: not UTF-8 text", "claims.csv:1:1: error: missing column"]);
}

#[test]
fn a_fault_of_the_head_file_hides_no_other() {
    let dir = with_file("casebook.toml", b"format = 1\ntitle = \n");
    fs::write(dir.path().join("claims.csv"), "id,territory\n").unwrap();
    refused(dir.path(), &["casebook.toml:2", "claims.csv:1:1: error: missing column"]);
}

#[test]
fn what_a_casebook_says_is_complete_must_be_a_kind_that_exists() {
    let dir = changed("casebook.toml", "[coverage.armed_dispute]", "[coverage.armed_disputes]");
    refused(dir.path(), &["armed_disputes"]);
}

#[test]
fn a_whatif_that_asks_after_nothing_is_still_answered() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("quiet.toml");
    let text = String::from_utf8(common::files()["whatifs/ultimatum-1940.toml"].clone()).unwrap();
    fs::write(&path, text.split("[[outcome]]").next().unwrap()).unwrap();
    for form in ["--plain", "--bbcode", "--markdown", "--json"] {
        let run = jonbar(&["run", path.to_str().unwrap(), "--runs", "100", form]);
        assert!(run.status.success(), "{form}: {}", stderr(&run));
        assert!(stdout(&run).contains("ultimatum") || stdout(&run).contains("Dniester"), "{form}");
    }
}

#[test]
fn a_damaged_run_file_is_not_replayed() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("run.jonbar");
    for text in ["", "{}", "[1,2", "{\"jonbar_run\": 9}"] {
        fs::write(&path, text).unwrap();
        let replay = jonbar(&["replay", path.to_str().unwrap()]);
        assert_eq!(replay.status.code(), Some(2), "{text}: {}", stderr(&replay));
        assert!(!stderr(&replay).contains("panicked"));
    }
}

#[test]
fn pairs_that_were_not_there_are_not_compared() {
    for (first, second, at, says) in [
        ("USSR-Poland", "USSR-Romania", "1800-01-01", "outside the casebook"),
        ("USSR-Poland", "Poland-USSR", "1932-07-25", "two pairs are the same"),
        ("Germany-Austria", "Germany-Poland", "1939-04-01", "was not an independent state"),
        ("USSR-Poland", "USSR-Romania", "1932", "--at: `1932` is more than a day"),
    ] {
        let refused = common::jonbar(&["compare", first, second, "--at", at]);
        assert_eq!(refused.status.code(), Some(2), "{first} {second} {at}");
        assert!(common::stderr(&refused).contains(says), "{}", common::stderr(&refused));
    }
    let compared = common::jonbar(&["compare", "USSR-Poland", "USSR-Romania", "--at", "25 July 1932"]);
    assert!(compared.status.success(), "{}", common::stderr(&compared));
}

/// A text of nothing but headings is read once and no deeper.
#[test]
fn headings_upon_headings_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("headings.txt");
    std::fs::write(&path, "In 1939. ".repeat(20_000)).unwrap();
    let out = common::jonbar(&["ask", path.to_str().unwrap()]);
    assert!(out.status.code().is_some(), "it ends by itself: {:?}", out.status);
    let short = common::jonbar(&["ask", &"In 1939. ".repeat(200)]);
    assert!(short.status.code().is_some());
}
