//! The casebook being made: its tables, written as the reader of casebooks expects them.

use std::collections::{BTreeMap, BTreeSet};

use jonbar_record::{Day, Files, Window};

use crate::table::Date;

/// Code of a state in the Correlates of War numbering.
pub(crate) type StateCode = i32;

/// A state in the making.
pub(crate) struct State {
    /// Letter code.
    pub code: String,
    /// Days of membership in the state system.
    pub spells: Vec<Window>,
}

/// Tables of the casebook, by path, and what went into them.
pub(crate) struct Book {
    /// States by number.
    pub states: BTreeMap<StateCode, State>,
    /// First and last day of the casebook.
    pub span: Window,
    tables: BTreeMap<&'static str, csv::Writer<Vec<u8>>>,
    /// Rows of the data sets left out, by reason.
    pub left_out: BTreeMap<String, usize>,
}

/// An event of the casebook, with the columns that data sets can fill.
#[derive(Default)]
pub(crate) struct Event<'a> {
    pub id: String,
    pub date: String,
    pub kind: &'a str,
    pub actors: String,
    pub targets: String,
    pub pact: &'a str,
    pub person: &'a str,
    pub office: &'a str,
    pub about: &'a str,
    pub summary: String,
    pub source: &'a str,
}

impl Book {
    pub(crate) fn new(span: Window) -> Book {
        Book { states: BTreeMap::new(), span, tables: BTreeMap::new(), left_out: BTreeMap::new() }
    }

    /// Begins a table.
    pub(crate) fn table(&mut self, path: &'static str, columns: &str) {
        self.write(path, columns.split(','));
    }

    /// Adds a row.
    pub(crate) fn write<'a>(&mut self, path: &'static str, cells: impl IntoIterator<Item = &'a str>) {
        let writer = self.tables.entry(path).or_insert_with(|| csv::Writer::from_writer(Vec::new()));
        // Rows of one table have one length by construction, and writing to memory does not fail.
        let _ = writer.write_record(cells);
    }

    /// Adds an event to the file of its theme.
    pub(crate) fn event(&mut self, path: &'static str, e: &Event<'_>) {
        let row = [
            &e.id, &e.date, e.kind, &e.actors, &e.targets, e.about, e.pact, e.person, e.office, "", "", "",
            &e.summary, e.source, "medium",
        ];
        self.write(path, row);
    }

    /// Begins a file of events.
    pub(crate) fn events(&mut self, path: &'static str) {
        self.table(
            path,
            "id,date,kind,actors,targets,about,pact,person,office,mark,follows,also_dated,summary,sources,confidence",
        );
    }

    /// Counts a row that was left out.
    pub(crate) fn leave_out(&mut self, why: impl Into<String>) {
        *self.left_out.entry(why.into()).or_default() += 1;
    }

    /// The letter code of a state, if it is one of the casebook's and in the state system on some day of the date.
    pub(crate) fn member(&self, number: StateCode, date: Date) -> Option<&str> {
        let (first, last) = (date.first()?, date.last()?);
        let state = self.states.get(&number)?;
        state.spells.iter().any(|s| s.from <= last && first <= s.to).then_some(state.code.as_str())
    }

    /// Whether a date lies in the span of the casebook.
    pub(crate) fn covers(&self, date: Date) -> bool {
        date.first().is_some_and(|d| d >= self.span.from) && date.last().is_some_and(|d| d <= self.span.to)
    }

    /// The files written.
    pub(crate) fn into_files(self) -> Files {
        self.tables
            .into_iter()
            // A writer into memory always gives its memory back.
            .filter_map(|(path, writer)| Some((path.to_owned(), writer.into_inner().ok()?)))
            .collect()
    }
}

/// An id that no other row has, from the one that it would have, and takes it.
pub(crate) fn unused(taken: &mut BTreeSet<String>, base: &str) -> String {
    let mut id = base.to_owned();
    let mut n = 1;
    while !taken.insert(id.clone()) {
        n += 1;
        id = format!("{base}-{n}");
    }
    id
}

/// A window as two cells; a state still there when its data set ends goes on.
pub(crate) fn cells(window: Window) -> [String; 2] {
    let end = if window.to == Day::DISTANT_FUTURE { "..".to_owned() } else { window.to.to_string() };
    [window.from.to_string(), end]
}

/// A name as a readable id: lower case, letters and digits of ASCII, single hyphens.
pub(crate) fn slug(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            text.push(c.to_ascii_lowercase());
        } else if !text.ends_with('-') && !text.is_empty() {
            text.push('-');
        }
    }
    text.trim_end_matches('-').to_owned()
}
