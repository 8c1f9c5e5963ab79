//! The embedded casebook and the program itself, for end-to-end tests.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use jonbar_answer::{Answer, Section, Table};
use jonbar_record::{Files, Record, load};

/// The folder of the interwar casebook in this repository.
pub fn casebook_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../casebooks/interwar")
}

/// The casebook's files.
pub fn files() -> Files {
    let mut files = Files::new();
    let root = casebook_dir();
    for part in ["", "events", "whatifs"] {
        for entry in std::fs::read_dir(root.join(part)).unwrap().flatten() {
            if entry.path().is_file() {
                let name = entry.file_name().to_string_lossy().into_owned();
                let key = if part.is_empty() { name } else { format!("{part}/{name}") };
                files.insert(key, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    files
}

/// The casebook's files with so many states more that exist from a year on and have no part in anything.
pub fn with_idle_states(mut files: Files, states: usize, since: i32) -> Files {
    let actors = files.get_mut("actors.csv").unwrap();
    for i in 0..states {
        let code =
            format!("{}{}{}", 'X', char::from(b'A' + (i / 26) as u8), char::from(b'A' + (i % 26) as u8));
        let row = format!("{code},Idle {code},{since}/..,no,,,,,,,steiner2005lights\n");
        actors.extend_from_slice(row.as_bytes());
    }
    files
}

/// The record of the casebook, which must load without errors.
pub fn record() -> Record {
    let loaded = load(&files());
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    loaded.record.unwrap_or_else(|| panic!("{}", problems.join("\n")))
}

/// Runs the program with arguments and without colour.
pub fn jonbar(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jonbar"))
        .args(args)
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100")
        .output()
        .unwrap()
}

/// Standard output as text.
pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Standard error as text.
pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The researchers' files: `JONBAR_DATA`, or `shared/data` beside the repository.
pub fn data() -> Option<PathBuf> {
    let given = std::env::var_os("JONBAR_DATA").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let found = given.into_iter().chain([beside]).find(|p| p.join("cow").is_dir());
    if found.is_none() {
        eprintln!(
            "skipped: the data sets are not beside the repository, and JONBAR_DATA names no folder with them"
        );
    }
    found
}

/// The first answer to a question or a claim.
pub fn answer(said: &str) -> Answer {
    let out = jonbar(&["ask", said, "--json"]);
    let all: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    serde_json::from_value(all["answers"][0].clone()).unwrap()
}

/// The table of an answer that has this title.
pub fn table<'a>(answer: &'a Answer, title: &str) -> &'a Table {
    let found = answer.sections.iter().find_map(|s| match s {
        Section::Table(t) if t.title == title => Some(t),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("a table called {title}"))
}
