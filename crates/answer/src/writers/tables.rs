//! The table behind every number, as CSV: one file for each table of an answer, with numbers as they are and not as they are
//! shown. An empty cell says that there is none; `unknown` that the casebook does not know; `n/a` that the question makes no
//! sense there.

use super::pictures;
use crate::answer::{Answer, Datum, Outcomes, Section, Table};

/// A table as a file.
pub struct CsvFile {
    /// A name without a folder, made of the number of the answer, the number of its section and its title.
    pub name: String,
    /// Contents.
    pub bytes: Vec<u8>,
}

/// All tables of these answers.
pub(super) fn write(answers: &[Answer]) -> Vec<CsvFile> {
    let mut files = Vec::new();
    for (a, answer) in answers.iter().enumerate() {
        for (s, section) in answer.sections.iter().enumerate() {
            let table = match section {
                Section::Table(table) => Some(table.clone()),
                Section::Outcomes(outcomes) => Some(outcomes_table(outcomes)),
                other => pictures::table(other).map(|(table, _)| table),
            };
            if let Some(table) = table {
                let name = format!("{:02}-{:02}-{}.csv", a + 1, s + 1, slug(&table.title));
                files.push(CsvFile { name, bytes: bytes(&table) });
            }
        }
        if !answer.sources.is_empty() {
            let name = format!("{:02}-sources.csv", a + 1);
            files.push(CsvFile { name, bytes: bytes(&sources_table(answer)) });
        }
    }
    files
}

fn slug(title: &str) -> String {
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    let slug = words.take(8).collect::<Vec<_>>().join("-").to_lowercase();
    if slug.is_empty() { "table".to_owned() } else { slug }
}

fn bytes(table: &Table) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory fails for no reason but want of memory.
    let mut put = |row: &[String]| {
        let _ = writer.write_record(row);
    };
    put(&table.columns);
    for row in &table.rows {
        put(&row.iter().map(cell).collect::<Vec<_>>());
    }
    writer.into_inner().unwrap_or_default()
}

fn cell(datum: &Datum) -> String {
    match datum {
        Datum::Text(text) | Datum::Entry(text, _) => text.clone(),
        Datum::Count(n) => n.to_string(),
        Datum::Number(x, _) | Datum::Share(x) => x.to_string(),
        Datum::Flag(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Datum::None => String::new(),
        Datum::Unknown => "unknown".to_owned(),
        Datum::NotApplicable => "n/a".to_owned(),
    }
}

/// What the numbers in brackets stand for.
fn sources_table(answer: &Answer) -> Table {
    let row = |(i, s): (usize, &crate::answer::SourceShown)| {
        vec![
            Datum::Count(i as u64 + 1),
            Datum::Text(s.key.clone()),
            Datum::Text(s.full.clone()),
            s.url.clone().map_or(Datum::None, Datum::Text),
        ]
    };
    Table {
        title: "Sources".to_owned(),
        intro: String::new(),
        columns: ["number", "key", "source", "url"].map(str::to_owned).to_vec(),
        rows: answer.sources.iter().enumerate().map(row).collect(),
        notes: Vec::new(),
    }
}

fn outcomes_table(outcomes: &Outcomes) -> Table {
    let columns = [
        "outcome",
        "ask",
        "with",
        "monte_carlo",
        "parameters",
        "model_choice",
        "dates_read",
        "from",
        "to",
        "without",
        "difference",
    ];
    let rows = outcomes
        .rows
        .iter()
        .map(|r| {
            vec![
                Datum::Text(r.label.clone()),
                Datum::Text(r.ask.clone()),
                Datum::Share(r.with),
                Datum::Share(r.monte_carlo),
                Datum::Share(r.parameters),
                r.model_choice.map_or(Datum::NotApplicable, Datum::Share),
                r.dates_read.map_or(Datum::NotApplicable, Datum::Share),
                Datum::Share(r.interval.0),
                Datum::Share(r.interval.1),
                Datum::Share(r.without),
                Datum::Share(r.difference),
            ]
        })
        .collect();
    Table {
        title: outcomes.title.clone(),
        intro: String::new(),
        columns: columns.map(str::to_owned).to_vec(),
        rows,
        notes: Vec::new(),
    }
}
