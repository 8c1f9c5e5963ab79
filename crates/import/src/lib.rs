//! Published data sets of interstate relations turned into a casebook.
//!
//! [`import`] takes the bytes of files that a researcher has and returns the files of a casebook. A file is recognised by
//! its columns. Nothing here opens a file.
//!
//! A casebook made so is no better than its sets: what they do not have (demands and their answers, diplomatic relations,
//! who broke a pact) it does not declare covered.

mod alliances;
mod book;
mod claims;
mod commitments;
mod datasets;
mod disputes;
mod leaders;
mod states;
mod table;

use std::collections::BTreeMap;

use jonbar_record::{Files, Problem, Severity, Window};

use book::Book;
pub use commitments::{Commitment, Kept, commitments};
pub use datasets::DataSet;
use table::Table;

/// The model of an imported casebook.
const MODEL: &str = include_str!("model.toml");

/// A casebook made from data sets.
#[derive(Debug)]
pub struct Imported {
    /// The files of the casebook.
    pub files: Files,
    /// Which file was taken as which data set.
    pub used: Vec<(String, DataSet)>,
    /// How many rows were left out, by reason.
    pub left_out: Vec<(String, usize)>,
}

/// Names of states that the casebook built in knows, to be recognised in questions: the text of its `actors.csv`.
pub(crate) struct Names(BTreeMap<String, BTreeMap<String, String>>);

/// The names of one state.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a>(&'a BTreeMap<String, String>);

impl<'a> Known<'a> {
    pub(crate) fn get(self, column: &str) -> &'a str {
        self.0.get(column).map_or("", String::as_str)
    }
}

impl Names {
    fn read(actors: &str) -> Names {
        let mut reader = csv::Reader::from_reader(actors.as_bytes());
        let rows = reader.deserialize::<BTreeMap<String, String>>().flatten();
        Names(rows.filter_map(|row| Some((row.get("id")?.clone(), row))).collect())
    }

    pub(crate) fn of(&self, code: &str) -> Option<Known<'_>> {
        self.0.get(code).map(Known)
    }
}

/// The files given, by data set.
pub(crate) struct Tables(BTreeMap<DataSet, Table>);

impl Tables {
    fn get(&self, set: DataSet) -> Option<&Table> {
        self.0.get(&set)
    }

    fn required(&self, set: DataSet) -> Result<&Table, Vec<Problem>> {
        self.get(set).ok_or_else(|| {
            vec![Problem::file("data", format!("no file with the columns of {}", set.name())).help(
                "without the list of states there is no casebook; give its file, or the folder it is in",
            )]
        })
    }
}

/// Makes a casebook of these files (name and bytes) for a span of time. `actors` is the `actors.csv` of another casebook,
/// from which states with the same letter code take their names and capitals. `skip_damaged`: lines that are not of the
/// table's form (a broken quote, a missing cell) are left out instead of refused.
///
/// # Errors
/// Every row that cannot be read, with file and line; two files of one data set; no list of states; rows that contradict each
/// other, by their place in the casebook that they would have made.
pub fn import(
    inputs: &Files,
    span: Window,
    actors: &str,
    skip_damaged: bool,
) -> Result<Imported, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut tables: BTreeMap<DataSet, Table> = BTreeMap::new();
    let mut used: Vec<(String, DataSet)> = Vec::new();
    let mut damaged_lines = 0;
    for (file, bytes) in inputs {
        let Some(set) = DataSet::of_file(bytes) else { continue };
        if let Some((other, _)) = used.iter().find(|(_, s)| *s == set) {
            let message = format!("this file and {other} are both {}", set.name());
            problems.push(Problem::file(file, message).help("give only one of them"));
            continue;
        }
        match Table::read(file, bytes) {
            (table, damaged) if damaged.is_empty() || skip_damaged => {
                damaged_lines += damaged.len();
                tables.insert(set, table);
            }
            (_, damaged) => problems.extend(damaged),
        }
        used.push((file.clone(), set));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    // The revision is what its makers corrected the other to be; but it ends earlier, so the user chooses by what is given.
    if tables.contains_key(&DataSet::Disputes) && tables.remove(&DataSet::DisputesRevised).is_some() {
        used.retain(|(_, s)| *s != DataSet::DisputesRevised);
    }
    let tables = Tables(tables);
    let mut book = Book::new(span);
    (0..damaged_lines).for_each(|_| book.leave_out("damaged lines"));
    states::states(&mut book, &tables, &Names::read(actors))?;
    let mut take = |result: Result<(), Vec<Problem>>| problems.extend(result.err().into_iter().flatten());
    type Reader = fn(&mut Book, &Table) -> Result<(), Vec<Problem>>;
    let readers: [(DataSet, Reader); 6] = [
        (DataSet::Contiguity, states::borders),
        (DataSet::Capabilities, states::capabilities),
        (DataSet::Regimes, states::regimes),
        (DataSet::Alliances, alliances::alliances),
        (DataSet::Claims, claims::claims),
        (DataSet::Leaders, leaders::leaders),
    ];
    for (set, reader) in readers {
        if let Some(table) = tables.get(set) {
            take(reader(&mut book, table));
        }
    }
    book.events(disputes::FILE);
    let wars = tables.get(DataSet::Wars);
    for set in [DataSet::Disputes, DataSet::DisputesRevised] {
        if let Some(table) = tables.get(set) {
            take(disputes::disputes(&mut book, (set, table), wars.is_none()));
        }
    }
    if let Some(table) = wars {
        take(disputes::wars(&mut book, table));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let left_out = book.left_out.iter().map(|(why, n)| (why.clone(), *n)).collect();
    let mut files = book.into_files();
    let text = |files: &mut Files, path: &str, text: String| files.insert(path.to_owned(), text.into_bytes());
    text(&mut files, "casebook.toml", head(span, &tables));
    text(
        &mut files,
        "sources.bib",
        used.iter().map(|(_, s)| format!("{}\n\n", s.described().source)).collect(),
    );
    text(&mut files, "model.toml", MODEL.to_owned());
    text(&mut files, "LICENCE.md", licence(&used));
    // What the sets say may be of their form and yet not fit together (a number that stands for two pacts).
    let loaded = jonbar_record::load(&files);
    if loaded.record.is_none() {
        let errors = loaded.problems.into_iter().filter(|p| p.severity == Severity::Error);
        return Err(errors
            .map(|p| p.help("so it would stand in the casebook: look for these rows in the data"))
            .collect());
    }
    Ok(Imported { files, used, left_out })
}

/// The kinds that a data set covers, and what to know about that.
fn covered(set: DataSet) -> &'static [(&'static str, &'static str)] {
    match set {
        DataSet::Alliances => &[
            (
                "nonaggression_pact",
                "Alliances of ATOP with two members and a promise of non-aggression or neutrality first.",
            ),
            ("consultation_pact", "Alliances of ATOP with two members and a promise to consult first."),
            (
                "defence_pact",
                "Alliances of ATOP with two members and a promise of help, in attack or in defence.",
            ),
        ],
        DataSet::Disputes => &[(
            "armed_dispute",
            "Disputes of MID 5 at level 4 or above, from the states that used force on the side that acted first to all \
             opponents of that time, whether or not the two met. To 2014.",
        )],
        DataSet::DisputesRevised => &[(
            "armed_dispute",
            "Disputes of the GML revision whose highest action is a use of force, from the states that used it on the side \
             that acted first to all opponents of that time. To 2010.",
        )],
        DataSet::Wars => &[
            ("war_begun", "Wars of the Interstate War Data, revised, from initiator to target."),
            ("war_joined", "States that the Interstate War Data mark as joiners."),
        ],
        _ => &[],
    }
}

/// The last day to which a data set goes, where that is before the casebook ends.
fn last_year(set: DataSet) -> Option<i32> {
    match set {
        DataSet::Disputes => Some(2014),
        DataSet::DisputesRevised => Some(2010),
        DataSet::Wars => Some(2007),
        _ => None,
    }
}

fn head(span: Window, tables: &Tables) -> String {
    let years = format!("{} to {}", span.from.year(), span.to.year());
    let mut text = format!(
        "# Made by `jonbar import` from data sets that LICENCE.md names.\nformat = 1\nid = \"imported\"\ntitle = \
         \"Interstate relations, {years}\"\nspan = \"{}/{}\"\nlicence = \"see LICENCE.md\"\n",
        span.from, span.to
    );
    let mut declare = |kind: &str, window: String, note: &str| {
        let note = toml::Value::from(note);
        text.push_str(&format!("\n[coverage.{kind}]\nspan = \"{window}\"\nnote = {note}\n"));
    };
    let given = |set: DataSet| tables.get(set).is_some();
    let mut sets: Vec<DataSet> = DataSet::ALL.into_iter().filter(|s| given(*s)).collect();
    sets.retain(|s| !covered(*s).is_empty());
    for &set in &sets {
        let to = last_year(set)
            .and_then(|y| jonbar_record::Day::from_ymd(y, 12, 31))
            .map_or(span.to, |day| day.min(span.to));
        for (kind, note) in covered(set) {
            declare(kind, format!("{}/{to}", span.from), note);
        }
    }
    text
}

fn licence(used: &[(String, DataSet)]) -> String {
    let mut text = "# Where this casebook comes from\n\nIt was made on this computer by `jonbar import` from the files below. \
                    It holds their facts in another form, so the terms of each set apply to it. Keep it to yourself \
                    unless those terms let you pass it on, and cite every set.\n\n"
        .to_owned();
    for (file, set) in used {
        let d = set.described();
        let file =
            std::path::Path::new(file).file_name().map_or(file.as_str().into(), |f| f.to_string_lossy());
        text.push_str(&format!("- {} (`{file}`; `{}` in sources.bib). {}\n", d.name, d.key, d.terms));
    }
    text
}
