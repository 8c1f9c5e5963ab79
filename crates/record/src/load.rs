//! From the text of casebook files to a [`Record`].

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use biblatex::Bibliography;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::date::{When, Window};
use crate::entities::*;
use crate::event::{Confidence, Event, EventKind, Office};
use crate::names::{Entity, Gazetteer, NameKind, nearest};
use crate::problem::{Problem, Severity, line_column};
use crate::sources::{Citation, Source, SourceId, parse_bib, read_bib};
use crate::table::{Cell, Table};
use crate::wars::War;

/// The files of a casebook: path inside the folder, with `/`, to contents.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Largest file a casebook may hold, in bytes.
const FILE_BYTES_MAX: usize = 20_000_000;
/// Problems listed at most; a file of garbage should not print a book.
const PROBLEMS_MAX: usize = 200;

/// What [`load`] returns: the record if it can be used, and every problem found.
#[derive(Debug)]
pub struct Loaded {
    /// The record; absent if there is any error.
    pub record: Option<Record>,
    /// All problems, errors first, then in order of file and line.
    pub problems: Vec<Problem>,
}

/// Reads a casebook from the text of its files.
pub fn load(files: &Files) -> Loaded {
    let mut reader = Reader { texts: BTreeMap::new(), problems: Vec::new() };
    for (path, bytes) in files {
        reader.take_file(path, bytes);
    }
    let record = if reader.problems.is_empty() {
        reader.record(hash(files))
    } else {
        parse(&reader.texts, &mut reader.problems);
        if reader.texts.contains_key("casebook.toml") {
            casebook_file(&reader.texts, &mut reader.problems);
        }
        None
    };
    let mut problems = reader.problems;
    if let Some(record) = &record {
        problems.extend(crate::check::check(record));
    }
    problems.sort_by(|a, b| {
        (a.severity, &a.file, a.line, a.column).cmp(&(b.severity, &b.file, b.line, b.column))
    });
    let dropped = problems.len().saturating_sub(PROBLEMS_MAX);
    let usable = !problems.iter().any(|p| p.severity == Severity::Error);
    if dropped > 0 {
        problems.truncate(PROBLEMS_MAX);
        problems.push(Problem::file("casebook", format!("{dropped} further problems are not shown")));
    }
    Loaded { record: record.filter(|_| usable), problems }
}

/// SHA-256 over names and contents of all files, hexadecimal.
fn hash(files: &Files) -> String {
    let mut sha = Sha256::new();
    for (path, bytes) in files {
        sha.update((path.len() as u64).to_le_bytes());
        sha.update(path.as_bytes());
        sha.update((bytes.len() as u64).to_le_bytes());
        sha.update(bytes);
    }
    sha.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CasebookFile {
    format: u32,
    id: String,
    title: String,
    span: String,
    licence: String,
    /// The day that a map shows first.
    #[serde(default)]
    first_map: Option<String>,
    #[serde(default)]
    coverage: BTreeMap<String, CoverageFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CoverageFile {
    span: String,
    note: String,
}

const ACTORS: &[&str] = &[
    "id",
    "name",
    "exists",
    "great_power",
    "names",
    "demonyms",
    "metonyms",
    "capital",
    "lat",
    "lon",
    "sources",
];
const PEOPLE: &[&str] = &["id", "name", "aliases", "actor", "sources"];
const TERRITORIES: &[&str] = &["id", "name", "aliases", "holder", "lat", "lon", "note", "sources"];
const PLACES: &[&str] = &["name", "aliases", "kind", "territories", "sources"];
const CLAIMS: &[&str] = &[
    "id",
    "territory",
    "claimant",
    "start",
    "end",
    "asserted",
    "settled",
    "settled_by",
    "salience",
    "basis",
    "end_kind",
    "note",
    "sources",
];
const GROUPS: &[&str] = &["name", "aliases", "members"];
const WARS: &[&str] = &["name", "aliases", "begun"];
const BORDERS: &[&str] = &["a", "b", "from", "to", "kind"];
const PACTS: &[&str] = &[
    "id",
    "name",
    "aliases",
    "types",
    "parties",
    "signed",
    "term_years",
    "conditions",
    "end",
    "end_kind",
    "ended_by",
    "atop",
    "sources",
    "notes",
];
const EVENTS: &[&str] = &[
    "id",
    "date",
    "kind",
    "actors",
    "targets",
    "about",
    "pact",
    "person",
    "office",
    "mark",
    "follows",
    "also_dated",
    "summary",
    "sources",
    "confidence",
];
const STANCES: &[&str] =
    &["id", "person", "actor", "towards", "stance", "from", "to", "summary", "sources", "confidence"];
const CAPABILITIES: &[&str] =
    &["actor", "year", "population_thousands", "output_millions_1990_dollars", "basis", "sources"];
/// The columns where a casebook gives an index of capabilities instead of population and output.
const CAPABILITY_INDEX: &[&str] = &["actor", "year", "index", "basis", "sources"];
const REGIMES: &[&str] = &["actor", "from", "to", "regime", "sources"];
const RELATIONS_START: &[&str] = &["a", "b", "note"];

struct Reader {
    texts: BTreeMap<String, String>,
    problems: Vec<Problem>,
}

impl Reader {
    fn take_file(&mut self, path: &str, bytes: &[u8]) {
        if bytes.len() > FILE_BYTES_MAX {
            let size = bytes.len() / 1_000_000;
            self.problems
                .push(Problem::file(path, format!("{size} MB is more than a casebook file may hold")).help(
                    format!("the limit is {} MB; is this the right file?", FILE_BYTES_MAX / 1_000_000),
                ));
            return;
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => {
                self.texts.insert(path.to_owned(), text.strip_prefix('\u{feff}').unwrap_or(text).to_owned());
            }
            Err(error) => {
                let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
                let (line, column) = line_column(&before, before.len());
                self.problems.push(
                    Problem::at(path, line, column, "not UTF-8 text")
                        .help("save the file as UTF-8 (in a spreadsheet: \"CSV UTF-8\")"),
                );
            }
        }
    }

    fn record(&mut self, hash: String) -> Option<Record> {
        let texts = std::mem::take(&mut self.texts);
        let problems = &mut self.problems;
        // A file that cannot be read makes every name in it unknown to the others: then only the causes are told, of all files.
        let parsed = parse(&texts, problems);
        let head = casebook_file(&texts, problems)?;
        let mut record = head.into_record(hash, problems)?;
        let mut parsed = parsed?;
        problems.append(&mut parsed.rows);
        read_sources(&parsed, &mut record, problems);
        each_row(&parsed, "actors.csv", problems, |r| r.actor(&mut record));
        each_row(&parsed, "people.csv", problems, |r| r.person(&mut record));
        each_row(&parsed, "territories.csv", problems, |r| r.territory(&mut record));
        each_row(&parsed, "places.csv", problems, |r| r.landmark(&mut record));
        each_row(&parsed, "claims.csv", problems, |r| r.claim(&mut record));
        each_row(&parsed, "borders.csv", problems, |r| r.border(&mut record));
        each_row(&parsed, "pacts.csv", problems, |r| r.pact(&mut record));
        each_row(&parsed, "stances.csv", problems, |r| r.stance(&mut record));
        each_row(&parsed, "capabilities.csv", problems, |r| r.capability(&mut record));
        each_row(&parsed, "regimes.csv", problems, |r| r.regime(&mut record));
        each_row(&parsed, "groups.csv", problems, |r| {
            let members = r.actors_in(&record, "members")?;
            // "The Andean states" are spoken of with their article anyway.
            let name = r.text("name");
            let name = name.strip_prefix("the ").or(name.strip_prefix("The ")).unwrap_or(&name).to_owned();
            record.groups.push(Group { name, aliases: r.list("aliases"), members });
            Some(())
        });
        each_row(&parsed, "relations_start.csv", problems, |r| {
            let pair = (r.actor_in(&record, "a")?, r.actor_in(&record, "b")?);
            record.no_relations_at_start.push(pair);
            Some(())
        });
        if let Some(text) = texts.get(crate::shapes::FILE) {
            crate::shapes::read_shapes(text, &mut record, problems);
        }
        read_events(&parsed, &mut record, problems);
        each_row(&parsed, "wars.csv", problems, |r| r.war(&mut record));
        record.gazetteer = gazetteer(&record);
        Some(record)
    }
}

fn casebook_file(texts: &BTreeMap<String, String>, problems: &mut Vec<Problem>) -> Option<CasebookFile> {
    const FILE: &str = "casebook.toml";
    let Some(text) = texts.get(FILE) else {
        if !problems.iter().any(|p| p.file == FILE) {
            problems.push(
                Problem::file(FILE, "no such file: this folder is not a casebook").help(
                    "a casebook is a folder with casebook.toml, actors.csv, events/*.csv and sources.bib",
                ),
            );
        }
        return None;
    };
    match toml::from_str::<CasebookFile>(text) {
        Ok(head) if head.format == 1 => Some(head),
        Ok(head) => {
            problems.push(
                Problem::file(FILE, format!("format {} is not known here", head.format))
                    .help("write format = 1"),
            );
            None
        }
        Err(error) => {
            let (line, column) = error.span().map_or((0, 0), |s| line_column(text, s.start));
            problems.push(Problem::at(FILE, line, column, error.message().to_owned()));
            None
        }
    }
}

impl CasebookFile {
    fn into_record(self, hash: String, problems: &mut Vec<Problem>) -> Option<Record> {
        let mut window = |text: &str| match Window::parse(text) {
            Ok(window) => Some(window),
            Err(message) => {
                problems.push(Problem::file("casebook.toml", message));
                None
            }
        };
        let span = window(&self.span)?;
        let first_map = self.first_map.as_deref().and_then(&mut window).map(|w| w.from);
        let mut coverage = Vec::new();
        for (kind, c) in self.coverage {
            coverage.push(Coverage { kind, window: window(&c.span)?, note: c.note });
        }
        Some(Record {
            id: self.id,
            title: self.title,
            span,
            licence: self.licence,
            hash,
            actors: Vec::new(),
            people: Vec::new(),
            territories: Vec::new(),
            places: Vec::new(),
            claims: Vec::new(),
            pacts: Vec::new(),
            shapes: Vec::new(),
            map_credit: String::new(),
            events: Vec::new(),
            stances: Vec::new(),
            borders: Vec::new(),
            capabilities: Vec::new(),
            regimes: Vec::new(),
            groups: Vec::new(),
            wars: Vec::new(),
            first_map,
            no_relations_at_start: Vec::new(),
            sources: Vec::new(),
            coverage,
            gazetteer: Gazetteer::default(),
        })
    }
}

fn read_sources(parsed: &Parsed, record: &mut Record, problems: &mut Vec<Problem>) {
    for (path, text, bibliography) in &parsed.bibliographies {
        let known = record.sources.len();
        read_bib(path, text, bibliography, &mut record.sources, problems);
        for i in known..record.sources.len() {
            let key = record.sources[i].key.clone();
            if record.sources[..i].iter().any(|s| s.key == key) {
                problems.push(Problem::file(path, format!("source `{key}` is defined twice")));
            }
        }
    }
}

fn has_index(texts: &BTreeMap<String, String>) -> bool {
    let header = texts.get("capabilities.csv").and_then(|t| t.lines().next()).unwrap_or("");
    header.split(',').any(|column| column.trim() == "index")
}

/// A row being read: its table, and where problems go.
struct RowReader<'t, 'p> {
    table: &'t Table<'t>,
    row: &'t crate::table::Row<'t>,
    problems: &'p mut Vec<Problem>,
}

fn each_row(
    parsed: &Parsed,
    file: &str,
    problems: &mut Vec<Problem>,
    mut read: impl FnMut(&mut RowReader) -> Option<()>,
) {
    let Some(table) = parsed.tables.get(file) else { return };
    for row in &table.rows {
        // A row that cannot be read has reported its problems and is left out.
        let _ = read(&mut RowReader { table, row, problems });
    }
}

/// The files of a casebook as far as each can be read without the others.
struct Parsed<'t> {
    tables: BTreeMap<&'t str, Table<'t>>,
    /// Path, text and entries.
    bibliographies: Vec<(&'t str, &'t str, Bibliography)>,
    /// Of rows that do not have the columns of their table.
    rows: Vec<Problem>,
}

/// Every table and bibliography, each read once. `None` if one cannot be read, has not its columns, or is missing and must be there;
/// all that are so are told of.
fn parse<'t>(texts: &'t BTreeMap<String, String>, problems: &mut Vec<Problem>) -> Option<Parsed<'t>> {
    let before = problems.len();
    let told = problems.iter().any(|p| p.file == "actors.csv");
    if !texts.contains_key("actors.csv") && !told {
        problems.push(Problem::file("actors.csv", "no such file in the casebook"));
    }
    let capabilities = if has_index(texts) { CAPABILITY_INDEX } else { CAPABILITIES };
    let tables: [(&str, &[&str]); 13] = [
        ("actors.csv", ACTORS),
        ("people.csv", PEOPLE),
        ("territories.csv", TERRITORIES),
        ("places.csv", PLACES),
        ("claims.csv", CLAIMS),
        ("borders.csv", BORDERS),
        ("pacts.csv", PACTS),
        ("stances.csv", STANCES),
        ("capabilities.csv", capabilities),
        ("regimes.csv", REGIMES),
        ("groups.csv", GROUPS),
        ("wars.csv", WARS),
        ("relations_start.csv", RELATIONS_START),
    ];
    let events = texts
        .keys()
        .filter(|p| p.starts_with("events/") && p.ends_with(".csv"))
        .map(|p| (p.as_str(), EVENTS));
    let mut parsed = Parsed { tables: BTreeMap::new(), bibliographies: Vec::new(), rows: Vec::new() };
    for (file, columns) in tables.into_iter().chain(events) {
        let Some(text) = texts.get(file) else { continue };
        let mut found = Vec::new();
        match Table::read(file, text, columns, &mut found) {
            Some(table) => {
                parsed.tables.insert(file, table);
                parsed.rows.append(&mut found);
            }
            None => problems.append(&mut found),
        }
    }
    for (path, text) in texts.iter().filter(|(p, _)| p.ends_with(".bib")) {
        match parse_bib(path, text) {
            Ok(bibliography) => parsed.bibliographies.push((path, text, bibliography)),
            Err(problem) => problems.push(problem),
        }
    }
    (problems.len() == before).then_some(parsed)
}

impl<'t> RowReader<'t, '_> {
    fn cell(&self, column: &str) -> Cell<'t> {
        self.table.cell(self.row, column)
    }

    fn text(&self, column: &str) -> String {
        self.cell(column).text.to_owned()
    }

    fn list(&self, column: &str) -> Vec<String> {
        self.cell(column).parts().map(|c| c.text.to_owned()).collect()
    }

    fn place(&self) -> (String, u64) {
        (self.table.file.to_owned(), self.row.line)
    }

    /// A unique, non-empty id.
    fn id(&mut self, taken: impl Fn(&str) -> bool) -> Option<String> {
        let cell = self.cell("id");
        if cell.text.is_empty() {
            self.problems.push(cell.problem("the id is empty"));
            return None;
        }
        if taken(cell.text) {
            self.problems.push(
                cell.problem(format!("the id `{}` is used twice", cell.text))
                    .help("give one of the two rows another id"),
            );
            return None;
        }
        Some(cell.text.to_owned())
    }

    /// One of a closed list of words.
    fn word<T: Copy>(&mut self, cell: Cell, all: &[T], name: impl Fn(T) -> &'static str) -> Option<T> {
        let found = all.iter().copied().find(|t| name(*t) == cell.text);
        if found.is_none() {
            let names: Vec<&str> = all.iter().map(|t| name(*t)).collect();
            let near = nearest(cell.text, names.iter().copied(), 1);
            let help = match near.first() {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write one of: {}", names.join(", ")),
            };
            self.problems.push(cell.problem(format!("`{}` is not known here", cell.text)).help(help));
        }
        found
    }

    fn when(&mut self, cell: Cell) -> Option<When> {
        When::parse(cell.text).map_err(|message| self.problems.push(cell.problem(message))).ok()
    }

    fn window(&mut self, cell: Cell) -> Option<Window> {
        Window::parse(cell.text).map_err(|message| self.problems.push(cell.problem(message))).ok()
    }

    /// A window written in two columns, either of which may be `..`.
    fn window_between(&mut self, from: &str, to: &str) -> Option<Window> {
        let (a, b) = (self.cell(from), self.cell(to));
        let start =
            if a.text == ".." || a.text.is_empty() { crate::Day::DISTANT_PAST } else { self.window(a)?.from };
        let end =
            if b.text == ".." || b.text.is_empty() { crate::Day::DISTANT_FUTURE } else { self.window(b)?.to };
        if start > end {
            self.problems.push(b.problem(format!("ends ({}) before it begins ({})", b.text, a.text)));
            return None;
        }
        Some(Window { from: start, to: end })
    }

    fn number(&mut self, column: &str) -> Option<f64> {
        let cell = self.cell(column);
        match cell.text.parse::<f64>() {
            Ok(x) if x.is_finite() => Some(x),
            _ => {
                self.problems.push(cell.problem(format!("`{}` is not a number", cell.text)));
                None
            }
        }
    }

    fn actor_named(&mut self, record: &Record, cell: Cell) -> Option<ActorId> {
        let found = record.actor(cell.text);
        if found.is_none() {
            let by_name = record.actors.iter().find(|a| {
                a.name.eq_ignore_ascii_case(cell.text)
                    || a.aliases.iter().any(|n| n.eq_ignore_ascii_case(cell.text))
            });
            let help = match by_name {
                Some(actor) => format!("write `{}` for {}", actor.code, actor.name),
                None => {
                    let codes = record.actors.iter().map(|a| a.code.as_str());
                    let near = nearest(cell.text, codes, 3);
                    if near.is_empty() {
                        "add it to actors.csv, or use one of the codes there".to_owned()
                    } else {
                        format!("nearest: {}", near.join(", "))
                    }
                }
            };
            self.problems.push(cell.problem(format!("unknown actor `{}`", cell.text)).help(help));
        }
        found
    }

    fn actor_in(&mut self, record: &Record, column: &str) -> Option<ActorId> {
        self.actor_named(record, self.cell(column))
    }

    fn actors_in(&mut self, record: &Record, column: &str) -> Option<Vec<ActorId>> {
        let cells: Vec<Cell> = self.cell(column).parts().collect();
        let found: Vec<Option<ActorId>> = cells.into_iter().map(|c| self.actor_named(record, c)).collect();
        found.into_iter().collect()
    }

    fn territory_named(&mut self, record: &Record, cell: Cell) -> Option<TerritoryId> {
        let found = record.territory(cell.text);
        if found.is_none() {
            let near = nearest(cell.text, record.territories.iter().map(|t| t.id.as_str()), 3);
            self.problems.push(
                cell.problem(format!("unknown territory `{}`", cell.text))
                    .help(advice(&near, "territories.csv")),
            );
        }
        found
    }

    fn person_named(&mut self, record: &Record, cell: Cell) -> Option<PersonId> {
        let found = record.person(cell.text);
        if found.is_none() {
            let near = nearest(cell.text, record.people.iter().map(|p| p.id.as_str()), 3);
            self.problems.push(
                cell.problem(format!("unknown person `{}`", cell.text)).help(advice(&near, "people.csv")),
            );
        }
        found
    }

    fn citations(&mut self, record: &Record, column: &str) -> Option<Vec<Citation>> {
        let cells: Vec<Cell> = self.cell(column).parts().collect();
        let mut citations = Vec::new();
        let mut complete = true;
        for cell in cells {
            let (key, locator) = cell.text.split_once(':').unwrap_or((cell.text, ""));
            match record.source(key.trim()) {
                Some(source) => citations.push(Citation { source, locator: locator.trim().to_owned() }),
                None => {
                    let near = nearest(key, record.sources.iter().map(|s: &Source| s.key.as_str()), 3);
                    let help = if near.is_empty() {
                        format!("add an entry @book{{{key}, ...}} to sources.bib")
                    } else {
                        format!("nearest: {}; or add an entry to sources.bib", near.join(", "))
                    };
                    self.problems.push(cell.problem(format!("unknown source `{key}`")).help(help));
                    complete = false;
                }
            }
        }
        complete.then_some(citations)
    }

    fn position(&mut self) -> Option<Option<(f64, f64)>> {
        if self.cell("lat").text.is_empty() {
            return Some(None);
        }
        let (lat, lon) = (self.number("lat")?, self.number("lon")?);
        if lat.abs() > 90.0 || lon.abs() > 180.0 {
            self.problems.push(self.cell("lat").problem("latitude or longitude is out of range"));
            return None;
        }
        Some(Some((lat, lon)))
    }

    fn actor(&mut self, record: &mut Record) -> Option<()> {
        let code = self.id(|id| record.actors.iter().any(|a| a.code == id))?;
        let cells: Vec<Cell> = self.cell("exists").parts().collect();
        let exists: Option<Vec<Window>> = cells.into_iter().map(|c| self.window(c)).collect();
        record.actors.push(Actor {
            code,
            name: self.text("name"),
            exists: exists?,
            great_power: self.cell("great_power").text == "yes",
            aliases: self.list("names"),
            demonyms: self.list("demonyms"),
            metonyms: self.list("metonyms"),
            capital: self.text("capital"),
            position: self.position()?,
        });
        Some(())
    }

    fn person(&mut self, record: &mut Record) -> Option<()> {
        let id = self.id(|id| record.people.iter().any(|p| p.id == id))?;
        let actor =
            if self.cell("actor").text.is_empty() { None } else { Some(self.actor_in(record, "actor")?) };
        record.people.push(Person { id, name: self.text("name"), aliases: self.list("aliases"), actor });
        Some(())
    }

    fn territory(&mut self, record: &mut Record) -> Option<()> {
        let id = self.id(|id| record.territories.iter().any(|t| t.id == id))?;
        let holder =
            if self.cell("holder").text.is_empty() { None } else { Some(self.actor_in(record, "holder")?) };
        record.territories.push(Territory {
            id,
            name: self.text("name"),
            aliases: self.list("aliases"),
            holder,
            position: self.position()?,
            note: self.text("note"),
        });
        Some(())
    }

    fn landmark(&mut self, record: &mut Record) -> Option<()> {
        let cells: Vec<Cell> = self.cell("territories").parts().collect();
        let territories: Option<Vec<TerritoryId>> =
            cells.into_iter().map(|c| self.territory_named(record, c)).collect();
        record.places.push(Place {
            name: self.text("name"),
            aliases: self.list("aliases"),
            kind: self.text("kind"),
            territories: territories?,
        });
        Some(())
    }

    fn claim(&mut self, record: &mut Record) -> Option<()> {
        let id = self.id(|id| record.claims.iter().any(|c| c.id == id))?;
        let cells: Vec<Cell> = self.cell("asserted").parts().collect();
        let asserted: Option<Vec<Window>> = cells.into_iter().map(|c| self.window(c)).collect();
        let settled =
            if self.cell("settled").text.is_empty() { None } else { Some(self.when(self.cell("settled"))?) };
        let salience = match self.cell("salience").text {
            "low" => 1,
            "medium" => 2,
            "high" => 3,
            other => {
                let cell = self.cell("salience");
                self.problems.push(
                    cell.problem(format!("`{other}` is not a salience")).help("write low, medium or high"),
                );
                return None;
            }
        };
        record.claims.push(Claim {
            id,
            territory: self.territory_named(record, self.cell("territory"))?,
            claimant: self.actor_in(record, "claimant")?,
            live: self.window_between("start", "end")?,
            asserted: asserted?,
            settled,
            settled_by: self.text("settled_by"),
            salience,
            basis: self.text("basis"),
            note: self.text("note"),
            citations: self.citations(record, "sources")?,
            place: self.place(),
        });
        Some(())
    }

    fn border(&mut self, record: &mut Record) -> Option<()> {
        record.borders.push(Border {
            a: self.actor_in(record, "a")?,
            b: self.actor_in(record, "b")?,
            window: self.window_between("from", "to")?,
            land: self.cell("kind").text == "land",
        });
        Some(())
    }

    fn pact(&mut self, record: &mut Record) -> Option<()> {
        let id = self.id(|id| record.pacts.iter().any(|p| p.id == id))?;
        let cells: Vec<Cell> = self.cell("types").parts().collect();
        let types: Option<Vec<PactType>> =
            cells.into_iter().map(|c| self.word(c, &PactType::ALL, PactType::name)).collect();
        let end_cell = self.cell("end");
        let end = match end_cell.text {
            "" | ".." => None,
            _ => Some(self.when(end_cell)?),
        };
        let term_years =
            if self.cell("term_years").text.is_empty() { None } else { Some(self.number("term_years")?) };
        record.pacts.push(Pact {
            id,
            name: self.text("name"),
            types: types?,
            parties: self.actors_in(record, "parties")?,
            signed: self.when(self.cell("signed"))?,
            term_years,
            aliases: self.list("aliases"),
            conditions: self.text("conditions"),
            end,
            end_kind: self.word(self.cell("end_kind"), &PactEnd::ALL, PactEnd::name)?,
            ended_by: self.actors_in(record, "ended_by")?,
            atop: self.text("atop"),
            notes: self.text("notes"),
            citations: self.citations(record, "sources")?,
            place: self.place(),
        });
        Some(())
    }

    fn stance(&mut self, record: &mut Record) -> Option<()> {
        record.stances.push(Stance {
            person: self.person_named(record, self.cell("person"))?,
            actor: self.actor_in(record, "actor")?,
            towards: self.actor_in(record, "towards")?,
            kind: self.word(self.cell("stance"), &StanceKind::ALL, StanceKind::name)?,
            window: self.window_between("from", "to")?,
            summary: self.text("summary"),
            citations: self.citations(record, "sources")?,
            confidence: self.confidence()?,
        });
        Some(())
    }

    fn capability(&mut self, record: &mut Record) -> Option<()> {
        let (actor, year) = (self.actor_in(record, "actor")?, self.number("year")? as i32);
        let index = if self.table.has("index") {
            self.positive("index")?
        } else {
            (self.positive("population_thousands")? * self.positive("output_millions_1990_dollars")?).sqrt()
        };
        record.capabilities.push(Capability { actor, year, index });
        Some(())
    }

    fn regime(&mut self, record: &mut Record) -> Option<()> {
        let democracy = match self.cell("regime").text {
            "democracy" => true,
            "other" => false,
            text => {
                let problem = self.cell("regime").problem(format!("`{text}` is not a sort of regime"));
                self.problems.push(problem.help("write democracy or other"));
                return None;
            }
        };
        record.regimes.push(Regime {
            actor: self.actor_in(record, "actor")?,
            window: self.window_between("from", "to")?,
            democracy,
        });
        Some(())
    }

    fn positive(&mut self, column: &str) -> Option<f64> {
        let number = self.number(column)?;
        if number > 0.0 {
            return Some(number);
        }
        self.problems.push(self.cell(column).problem(format!("`{number}` must be above zero")));
        None
    }

    fn confidence(&mut self) -> Option<Confidence> {
        let all = [Confidence::High, Confidence::Medium, Confidence::Low];
        self.word(self.cell("confidence"), &all, Confidence::name)
    }

    fn war(&mut self, record: &mut Record) -> Option<()> {
        let cell = self.cell("begun");
        let found = record.event(cell.text);
        let begins = |id: &EventId| record.events[id.0].kind == EventKind::WarBegun;
        let Some(begun) = found.filter(begins) else {
            let known = record.events.iter().filter(|e| e.kind == EventKind::WarBegun).map(|e| e.id.as_str());
            let near = nearest(cell.text, known, 3).join(", ");
            let message = match found {
                Some(_) => format!("`{}` is no war_begun", cell.text),
                None => format!("unknown event `{}`", cell.text),
            };
            let help = if near.is_empty() {
                "name the war_begun event by its id".to_owned()
            } else {
                format!("nearest: {near}")
            };
            self.problems.push(cell.problem(message).help(help));
            return None;
        };
        record.wars.push(War { name: self.text("name"), aliases: self.list("aliases"), begun });
        Some(())
    }

    /// Everything of an event but `follows`, which may point forward.
    fn event(&mut self, record: &Record) -> Option<Event> {
        let when = self.when(self.cell("date"));
        let kind = self.word(self.cell("kind"), EventKind::ALL, EventKind::name);
        let actors = self.actors_in(record, "actors");
        let targets = self.actors_in(record, "targets");
        let (mut territories, mut about) = (Vec::new(), Vec::new());
        let about_cells: Vec<Cell> = self.cell("about").parts().collect();
        for cell in about_cells {
            match record.actor(cell.text) {
                Some(actor) => about.push(actor),
                None => territories.push(self.territory_named(record, cell)?),
            }
        }
        let pact_cell = self.cell("pact");
        let pact = record.pact(pact_cell.text);
        if pact.is_none() && !pact_cell.text.is_empty() {
            let near = nearest(pact_cell.text, record.pacts.iter().map(|p| p.id.as_str()), 3);
            self.problems.push(
                pact_cell
                    .problem(format!("unknown pact `{}`", pact_cell.text))
                    .help(advice(&near, "pacts.csv")),
            );
        }
        let person_cells: Vec<Cell> = self.cell("person").parts().collect();
        let people: Option<Vec<PersonId>> =
            person_cells.into_iter().map(|c| self.person_named(record, c)).collect();
        let office_cell = self.cell("office");
        let office = if office_cell.text.is_empty() {
            None
        } else {
            Some(self.word(office_cell, &Office::ALL, Office::name)?)
        };
        let also_dated = self.also_dated(record)?;
        let citations = self.citations(record, "sources");
        let confidence = self.confidence();
        Some(Event {
            id: self.text("id"),
            when: when?,
            kind: kind?,
            actors: actors?,
            targets: targets?,
            territories,
            about,
            pact,
            people: people?,
            office,
            mark: self.text("mark"),
            follows: None,
            also_dated,
            summary: self.text("summary"),
            citations: citations?,
            confidence: confidence?,
            place: self.place(),
        })
    }

    fn also_dated(&mut self, record: &Record) -> Option<Vec<(When, SourceId)>> {
        let cells: Vec<Cell> = self.cell("also_dated").parts().collect();
        let mut dates = Vec::new();
        for cell in cells {
            let Some((date, key)) = cell.text.split_once('@') else {
                self.problems.push(
                    cell.problem(format!("`{}` names no source", cell.text))
                        .help("write the other date and its source: 1932-01-22@langer1948"),
                );
                return None;
            };
            let when = self.when(Cell { text: date, ..cell })?;
            let Some(source) = record.source(key) else {
                self.problems.push(cell.problem(format!("unknown source `{key}`")));
                return None;
            };
            dates.push((when, source));
        }
        Some(dates)
    }
}

/// The nearest names, or where to add one.
fn advice(near: &[&str], file: &str) -> String {
    if near.is_empty() {
        format!("add a row to {file}")
    } else {
        format!("nearest: {}; or add a row to {file}", near.join(", "))
    }
}

fn read_events(parsed: &Parsed, record: &mut Record, problems: &mut Vec<Problem>) {
    let mut read: Vec<(Event, String, u64)> = Vec::new();
    let mut ids: HashMap<String, (String, u64)> = HashMap::new();
    for (path, table) in parsed.tables.iter().filter(|(p, _)| p.starts_with("events/")) {
        for row in &table.rows {
            let mut reader = RowReader { table, row, problems };
            let Some(id) = reader.id(|_| false) else { continue };
            if let Some((file, line)) = ids.insert(id.clone(), ((*path).to_owned(), row.line)) {
                reader.problems.push(
                    reader
                        .cell("id")
                        .problem(format!("the id `{id}` is used twice"))
                        .help(format!("the other row is {file}:{line}; give one of them another id")),
                );
                continue;
            }
            let follows = reader.cell("follows");
            if let Some(event) = reader.event(record) {
                read.push((event, follows.text.to_owned(), follows.column));
            }
        }
    }
    // A consequence comes after its cause even when both carry the same date; otherwise file order decides.
    let causes: HashMap<String, String> =
        read.iter().map(|(event, follows, _)| (event.id.clone(), follows.clone())).collect();
    let depth = |id: &str| {
        let chain = std::iter::successors(causes.get(id), |cause| causes.get(cause.as_str()));
        // A chain that returns to itself is reported by the check; here it must only end.
        chain.take(causes.len()).filter(|cause| !cause.is_empty()).count()
    };
    read.sort_by_cached_key(|(event, ..)| (event.when.reading(), depth(&event.id)));
    let position: HashMap<String, usize> =
        read.iter().enumerate().map(|(i, (e, _, _))| (e.id.clone(), i)).collect();
    for (mut event, follows, column) in read {
        if !follows.is_empty() {
            match position.get(&follows) {
                Some(&cause) => event.follows = Some(EventId(cause)),
                None => {
                    let near = nearest(&follows, ids.keys().map(String::as_str), 3);
                    problems.push(
                        Problem::at(
                            &event.place.0,
                            event.place.1,
                            column,
                            format!("follows `{follows}`, which is not an event of this casebook"),
                        )
                        .help(advice(&near, "a file in events/")),
                    );
                }
            }
        }
        record.events.push(event);
    }
}

fn gazetteer(record: &Record) -> Gazetteer {
    let mut g = Gazetteer::default();
    for (i, actor) in record.actors.iter().enumerate() {
        let entity = Entity::Actor(ActorId(i));
        g.add(&actor.name, entity, NameKind::Name);
        for (names, kind) in [
            (&actor.aliases, NameKind::Name),
            (&actor.demonyms, NameKind::Demonym),
            (&actor.metonyms, NameKind::Metonym),
        ] {
            names.iter().for_each(|name| g.add(name, entity, kind));
        }
        g.add(&actor.code, entity, NameKind::Code);
    }
    for (i, t) in record.territories.iter().enumerate() {
        for name in std::iter::once(&t.name).chain(&t.aliases) {
            g.add(name, Entity::Territory(TerritoryId(i)), NameKind::Name);
        }
    }
    for (i, p) in record.people.iter().enumerate() {
        for name in std::iter::once(&p.name).chain(&p.aliases) {
            g.add(name, Entity::Person(PersonId(i)), NameKind::Name);
        }
    }
    for (i, p) in record.pacts.iter().enumerate() {
        g.add(&p.name, Entity::Pact(PactId(i)), NameKind::Name);
    }
    // Of two pacts with one name, the one whose first name it is comes first.
    for (i, p) in record.pacts.iter().enumerate() {
        p.aliases.iter().for_each(|name| g.add(name, Entity::Pact(PactId(i)), NameKind::Name));
    }
    for (i, p) in record.places.iter().enumerate() {
        for name in std::iter::once(&p.name).chain(&p.aliases) {
            g.add(name, Entity::Place(i), NameKind::Name);
        }
    }
    g
}
