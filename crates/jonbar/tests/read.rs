//! `jonbar read`: how many of the statements that a careful reader marked by hand are found and judged as they were.

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jonbar_answer::{Section, StatementShown, read_prose};
use jonbar_record::Record;

fn passages() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/passages")
}

/// One statement marked by hand.
struct Marked {
    span: (usize, usize),
    quote: String,
    verdict: String,
}

fn marked(gold: &str, file: &str, text: &str) -> Vec<Marked> {
    let mut found = Vec::new();
    for line in gold.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        if cells[0] == file {
            let at = text.find(cells[1]).unwrap_or_else(|| panic!("{file}: {} is not in it", cells[1]));
            let from = text[..at].chars().count();
            found.push(Marked {
                span: (from, from + cells[1].chars().count()),
                quote: cells[1].to_owned(),
                verdict: cells[2].to_owned(),
            });
        }
    }
    found
}

fn statements(record: &Record, text: &str) -> Vec<StatementShown> {
    let answer = read_prose(record, text);
    answer
        .sections
        .into_iter()
        .find_map(|s| if let Section::Statements(s) = s { Some(s.statements) } else { None })
        .unwrap_or_default()
}

/// How a reader did on some texts.
#[derive(Default, Debug)]
struct Score {
    /// Statements reported.
    reported: usize,
    /// Of those, with the verdict of a marked statement that they overlap.
    right: usize,
    /// Statements marked, opinions and predictions apart.
    marked: usize,
    /// Of those, reported with their verdict.
    found: usize,
    /// Of those, reported with whatever verdict.
    touched: usize,
}

impl Score {
    fn precision(&self) -> f64 {
        self.right as f64 / self.reported.max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.found as f64 / self.marked.max(1) as f64
    }
}

fn overlap(a: (usize, usize), b: (usize, usize)) -> bool {
    a.0 < b.1 && b.0 < a.1
}

fn score(record: &Record, files: &[String], gold: &str, log: bool) -> Score {
    let mut score = Score::default();
    let mut wrong: BTreeMap<String, usize> = BTreeMap::new();
    for file in files {
        let text = std::fs::read_to_string(passages().join(file)).unwrap();
        let (reported, marks) = (statements(record, &text), marked(gold, file, &text));
        score.reported += reported.len();
        for r in &reported {
            let over: Vec<&Marked> = marks.iter().filter(|m| overlap(m.span, r.span.unwrap())).collect();
            let right = over.iter().any(|m| m.verdict == r.verdict);
            score.right += usize::from(right);
            if log && !right {
                let want = over.first().map_or("nothing", |m| m.verdict.as_str());
                *wrong.entry(format!("{} for {want}", r.verdict)).or_default() += 1;
                let entry = r.entries.first().map_or("", |e| e.id.as_str());
                println!(
                    "{file} FALSE {} (want {want}): {} | {} {entry}",
                    r.verdict, r.excerpt, r.explanation
                );
            }
        }
        for m in marks.iter().filter(|m| m.verdict != "not checkable") {
            let over: Vec<&StatementShown> =
                reported.iter().filter(|r| overlap(m.span, r.span.unwrap())).collect();
            score.marked += 1;
            score.touched += usize::from(!over.is_empty());
            score.found += usize::from(over.iter().any(|r| r.verdict == m.verdict));
            if log && over.is_empty() {
                println!("{file} MISSED {}: {}", m.verdict, m.quote);
            }
        }
    }
    if log {
        println!("{wrong:#?}");
    }
    score
}

fn files(part: &str) -> Vec<String> {
    let split = std::fs::read_to_string(passages().join("split.txt")).unwrap();
    let mut files: Vec<String> =
        split.lines().filter_map(|l| l.strip_prefix(part)).map(|f| f.trim().to_owned()).collect();
    files.sort();
    files
}

#[test]
fn passages_for_development() {
    let gold = std::fs::read_to_string(passages().join("gold.tsv")).unwrap();
    let s = score(&common::record(), &files("dev "), &gold, true);
    println!("dev: precision {:.2}, recall {:.2}; {s:?}", s.precision(), s.recall());
}

#[test]
fn passages_held_out() {
    let gold = std::fs::read_to_string(passages().join("gold.tsv")).unwrap();
    let s = score(&common::record(), &files("held "), &gold, false);
    println!("held: precision {:.2}, recall {:.2}; {s:?}", s.precision(), s.recall());
}
