//! From the text of casebook files to a [`Record`].

mod cells;
mod columns;
mod rows;

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use biblatex::Bibliography;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::date::Window;
use crate::entities::*;
use crate::event::Event;
use crate::names::{Entity, Gazetteer, NameKind, nearest};
use crate::problem::{Problem, Severity, line_column};
use crate::sources::{parse_bib, read_bib};
use crate::table::Table;

use cells::{RowReader, advice, each_row};
use columns::*;

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
