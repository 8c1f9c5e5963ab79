//! The casebook held against published data sets, row by row.
//!
//! `casebooks/interwar/differences` says by which rules the comparison is made (`force.md`, `pacts.md`) and what came out of
//! it (`force.csv`, `pacts.csv`). Here it is made again. Every row of a data set within scope agrees by the rule of its set or
//! has a line, and every line is about a row that exists. The data sets are not part of the repository; where they are not at
//! hand, the tests that need them are skipped.

#![allow(clippy::unwrap_used, reason = "whatever cannot be read here fails the test")]

mod common;
#[path = "differences/force.rs"]
mod force;
#[path = "differences/pacts.rs"]
mod pacts;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::Path;

use common::data;
use csv::StringRecord;
use flate2::read::GzDecoder;
use jonbar_record::{ActorId, Record};

/// The numbers that the data sets give to the states of the casebook.
const STATES: [(i32, &str); 36] = [
    (2, "USA"),
    (200, "UKG"),
    (210, "NTH"),
    (211, "BEL"),
    (212, "LUX"),
    (220, "FRN"),
    (225, "SWZ"),
    (230, "SPN"),
    (235, "POR"),
    (255, "GMY"),
    (290, "POL"),
    (305, "AUS"),
    (310, "HUN"),
    (315, "CZE"),
    (325, "ITA"),
    (339, "ALB"),
    (345, "YUG"),
    (350, "GRC"),
    (355, "BUL"),
    (360, "ROM"),
    (365, "RUS"),
    (366, "EST"),
    (367, "LAT"),
    (368, "LIT"),
    (375, "FIN"),
    (380, "SWD"),
    (385, "NOR"),
    (390, "DEN"),
    (530, "ETH"),
    (630, "IRN"),
    (640, "TUR"),
    (645, "IRQ"),
    (700, "AFG"),
    (710, "CHN"),
    (712, "MON"),
    (740, "JPN"),
];

/// The actor with this number in the data sets.
fn state(record: &Record, number: i32) -> Option<ActorId> {
    let (_, code) = STATES.iter().find(|(n, _)| *n == number)?;
    record.actor(code)
}

/// A file of a data set.
struct Table {
    columns: BTreeMap<String, usize>,
    rows: Vec<StringRecord>,
}

impl Table {
    /// Reads a file of the data folder, unpacking it if its name ends in `.gz`.
    fn open(data: &Path, name: &str) -> Table {
        let path = data.join(name);
        let file = File::open(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        if name.ends_with(".gz") { Table::read(GzDecoder::new(file)) } else { Table::read(file) }
    }

    fn read(from: impl Read) -> Table {
        // In a few rows of Archigos the name is cut off, with its closing quote, and a cell is lost.
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(from);
        let columns = reader.headers().unwrap().iter().map(str::to_owned).zip(0..).collect();
        Table { columns, rows: reader.into_records().map(Result::unwrap).collect() }
    }

    fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.rows.iter().map(|cells| Entry { table: self, cells })
    }
}

/// One row of a [`Table`].
#[derive(Clone, Copy)]
struct Entry<'t> {
    table: &'t Table,
    cells: &'t StringRecord,
}

impl<'t> Entry<'t> {
    fn text(self, column: &str) -> &'t str {
        let place = self.table.columns.get(column).unwrap_or_else(|| panic!("no column `{column}`"));
        self.cells.get(*place).unwrap_or_default()
    }

    /// The number in a cell; -9, as in most of the sets, where there is none.
    fn number(self, column: &str) -> i32 {
        self.text(column).parse::<f64>().map_or(-9, |number| number as i32)
    }
}

/// A row of a data set within scope, or an entry of ours, and what the rule of its set says of it.
struct Row {
    id: String,
    /// Names and dates, for the reader of a complaint.
    about: String,
    /// How it differs; `None` if it agrees.
    differs: Option<String>,
}

/// A line of `force.csv` or `pacts.csv`.
#[derive(serde::Deserialize)]
struct Line {
    set: String,
    id: String,
    ours: String,
    verdict: String,
    why: String,
}

impl Line {
    fn ours(&self) -> impl Iterator<Item = &str> {
        self.ours.split(';').filter(|id| !id.is_empty())
    }

    /// Says that ours and theirs tell of the same thing.
    fn equates(&self) -> bool {
        matches!(self.verdict.as_str(), "same" | "added")
    }
}

/// One of the two files of differences.
struct Lines {
    file: &'static str,
    lines: Vec<Line>,
}

impl Lines {
    fn read(file: &'static str) -> Lines {
        let path = common::casebook_dir().join("differences").join(file);
        let reader = csv::Reader::from_path(path).unwrap();
        Lines { file, lines: reader.into_deserialize().map(Result::unwrap).collect() }
    }

    fn of<'a>(&'a self, set: &'a str) -> impl Iterator<Item = &'a Line> {
        self.lines.iter().filter(move |line| line.set == set)
    }

    fn about(&self, set: &str, id: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.set == set && line.id == id)
    }

    /// Whether a line of the set names this entry of ours.
    fn names(&self, set: &str, ours: &str) -> bool {
        self.of(set).any(|line| line.ours().any(|id| id == ours))
    }

    /// Rows that differ and have no line, and lines about rows that are not there or not in scope.
    fn complaints(&self, set: &str, rows: &[Row]) -> Vec<String> {
        let file = self.file;
        let open = rows.iter().filter(|row| self.about(set, &row.id).is_none()).filter_map(|row| {
            let differs = row.differs.as_ref()?;
            Some(format!("{set} {} ({}): {differs}, and no line in differences/{file}", row.id, row.about))
        });
        let ids: BTreeSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        let stale = self.of(set).filter(|line| !ids.contains(line.id.as_str())).map(|line| {
            format!("{set} {}: a line in differences/{file}, but no such row within scope", line.id)
        });
        open.chain(stale).collect()
    }
}

/// Fails with every complaint on a line of its own.
#[track_caller]
fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}

/// A line names a set, an id and one of five verdicts, gives a reason unless it says `same`, and refers to entries of ours
/// that exist; no row has two lines.
#[test]
fn every_line_is_complete_and_refers_to_entries_that_exist() {
    let record = common::record();
    let known = |id: &str| {
        record.event(id).is_some()
            || record.claims.iter().any(|claim| claim.id == id)
            || record.pact(id).is_some()
            || record.person(id).is_some()
    };
    let mut complaints = Vec::new();
    for file in [Lines::read("force.csv"), Lines::read("pacts.csv")] {
        let mut seen = BTreeSet::new();
        for line in &file.lines {
            let mut wrong = |what: String| {
                complaints.push(format!("differences/{}, {} {}: {what}", file.file, line.set, line.id));
            };
            let verdict = line.verdict.as_str();
            if !["same", "added", "left out", "theirs differs", "only ours"].contains(&verdict) {
                wrong(format!("`{verdict}` is not a verdict"));
            }
            if (verdict == "only ours") != (line.set == "casebook") {
                wrong("the set `casebook` and the verdict `only ours` go together".to_owned());
            }
            if verdict != "same" && line.why.is_empty() {
                wrong("no reason".to_owned());
            }
            if line.equates() && line.ours().next().is_none() {
                wrong(format!("`{verdict}` names nothing of ours"));
            }
            if line.set == "casebook" && !known(&line.id) {
                wrong("no such entry of ours".to_owned());
            }
            for id in line.ours().filter(|id| !known(id)) {
                wrong(format!("`{id}` is no entry of ours"));
            }
            if !seen.insert((&line.set, &line.id)) {
                wrong("twice".to_owned());
            }
        }
    }
    none(&complaints);
}

/// The numbers used here are those of the Correlates of War list of states.
#[test]
fn states_have_the_numbers_of_the_cow_list_of_states() {
    let Some(data) = data() else { return };
    let record = common::record();
    let table = Table::open(&data, "cow/states2016.csv");
    let listed: BTreeSet<(i32, &str)> = table
        .entries()
        .map(|state| (state.number("ccode"), state.text("stateabb")))
        .filter(|(_, code)| record.actor(code).is_some())
        .collect();
    assert_eq!(listed, BTreeSet::from(STATES));
    assert_eq!(listed.len(), record.actors.len());
}

/// Without its line a row is reported, and so is a line without its row.
#[test]
fn a_missing_line_and_a_stale_line_are_reported() {
    let row = |id: &str, differs: Option<&str>| Row {
        id: id.to_owned(),
        about: "UKG-RUS".to_owned(),
        differs: differs.map(str::to_owned),
    };
    let rows = [row("1 200-365", Some("no event of ours")), row("2 200-365", None)];
    let line = |id: &str| Line {
        set: "mid".to_owned(),
        id: id.to_owned(),
        ours: String::new(),
        verdict: "left out".to_owned(),
        why: "Minor.".to_owned(),
    };
    let lines = |lines: Vec<Line>| Lines { file: "force.csv", lines };
    none(&lines(vec![line("1 200-365")]).complaints("mid", &rows));
    assert_eq!(
        lines(vec![]).complaints("mid", &rows),
        ["mid 1 200-365 (UKG-RUS): no event of ours, and no line in differences/force.csv"]
    );
    assert_eq!(
        lines(vec![line("1 200-365"), line("3 200-365")]).complaints("mid", &rows),
        ["mid 3 200-365: a line in differences/force.csv, but no such row within scope"]
    );
}
