//! Trajectories in files: they say what the answer says, and a run that is broken off can be finished to the same bytes.

mod common;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use common::{jonbar, stderr, stdout};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Row;

const RUNS: &str = "2300";

fn rows(path: &Path) -> Vec<Row> {
    let reader = SerializedFileReader::new(std::fs::File::open(path).unwrap()).unwrap();
    reader.get_row_iter(None).unwrap().map(Result::unwrap).collect()
}

/// Everything under a folder by name.
fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            all.extend(bytes(&entry.path()).into_iter().map(|(n, b)| (format!("{name}/{n}"), b)));
        } else {
            all.insert(name, std::fs::read(entry.path()).unwrap());
        }
    }
    all
}

#[test]
fn the_files_say_what_the_answer_says() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("riga");
    let done = jonbar(&["run", "riga-1932", "--runs", "1100", "--out", out.to_str().unwrap()]);
    assert!(done.status.success(), "{}", stderr(&done));
    assert!(stdout(&done).contains("1100 trajectories in 2 pieces"), "{}", stdout(&done));
    let answer = jonbar(&["run", "riga-1932", "--runs", "1100", "--json"]);
    let answer: serde_json::Value = serde_json::from_slice(&answer.stdout).unwrap();
    let sections = answer["answers"][0]["sections"].as_array().unwrap();
    let outcomes = sections.iter().find(|s| s["section"] == "outcomes").unwrap()["rows"].as_array().unwrap();
    let parts: Vec<_> = ["part-00000", "part-00001"].iter().map(|p| out.join(p)).collect();
    let mut told: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for row in parts.iter().flat_map(|p| rows(&p.join("outcomes.parquet"))) {
        let columns: BTreeMap<String, String> =
            row.get_column_iter().map(|(n, v)| (n.clone(), v.to_string())).collect();
        let one = told.entry(columns["outcome"].trim_matches('"').to_owned()).or_default();
        one.0 += 1.0;
        one.1 += f64::from(u8::from(columns["true"] == "true"));
    }
    assert_eq!(told.len(), outcomes.len());
    for outcome in outcomes {
        let (n, hits) = told[outcome["ask"].as_str().unwrap()];
        assert_eq!(n, 1100.0);
        assert!((hits / n - outcome["with"].as_f64().unwrap()).abs() < 1e-12, "{outcome}");
    }
    // Every trajectory begins with the change, and every cause comes before what it caused.
    let events: Vec<Row> = parts.iter().flat_map(|p| rows(&p.join("events.parquet"))).collect();
    let mut first = 0;
    for row in &events {
        let columns: BTreeMap<String, String> =
            row.get_column_iter().map(|(n, v)| (n.clone(), v.to_string())).collect();
        let number: i64 = columns["number"].parse().unwrap();
        if number == 0 {
            first += 1;
            assert_eq!(columns["status"], "\"imposed\"");
            assert_eq!(columns["day"], "1932-01-20");
            assert_eq!((&columns["actor"][..], &columns["target"][..]), ("\"RUS\"", "\"ROM\""));
        }
        if columns["cause"] != "null" {
            assert!(columns["cause"].parse::<i64>().unwrap() < number, "{columns:?}");
        }
    }
    assert_eq!(first, 1100);
}

#[test]
fn a_run_broken_off_is_finished_to_the_same_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let (whole, broken) = (dir.path().join("whole"), dir.path().join("broken"));
    let run = |out: &Path, more: &[&str]| {
        let base = ["run", "montreux-1936", "--runs", RUNS, "--out", out.to_str().unwrap()];
        jonbar(&[&base[..], more].concat())
    };
    assert!(run(&whole, &["--threads", "2"]).status.success());
    let mut child = Command::new(env!("CARGO_BIN_EXE_jonbar"))
        .args(["run", "montreux-1936", "--runs", RUNS, "--out"])
        .arg(&broken)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    for _ in 0..6_000 {
        if broken.join("part-00000").exists() {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // What is there under its name is whole.
    let left = bytes(&broken);
    let expected = bytes(&whole);
    for (name, bytes) in left.iter().filter(|(n, _)| n.starts_with("part-")) {
        assert_eq!(bytes, &expected[name], "{name}");
    }
    assert!(left.len() < expected.len(), "it was not broken off in time; nothing is tested");
    // Without being told to go on, nothing is touched; and another run is not mixed in.
    let refused = run(&broken, &[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("--resume"), "{}", stderr(&refused));
    let other = run(&broken, &["--resume", "--seed", "5"]);
    assert!(stderr(&other).contains("the seed differs"), "{}", stderr(&other));
    let resumed = run(&broken, &["--resume", "--threads", "1"]);
    assert!(resumed.status.success(), "{}", stderr(&resumed));
    assert_eq!(bytes(&broken), expected);
}
