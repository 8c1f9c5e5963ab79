//! The works a record rests on, and how an event points into them.

use biblatex::{Bibliography, ChunksExt, Entry, EntryType, Person};
use serde_json::{Map, Value, json};

use crate::problem::{Problem, line_column};

/// Position of a source in [`crate::Record::sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub usize);

/// A work: a treaty series, a document collection, a monograph, an article.
#[derive(Clone, Debug)]
pub struct Source {
    /// BibLaTeX key.
    pub key: String,
    /// Author or editor surnames, joined; may be empty for series.
    pub authors: String,
    /// Title.
    pub title: String,
    /// Year or years, as written.
    pub year: String,
    /// Publisher, journal or series, as far as given.
    pub published: String,
    /// Address on the web, if any.
    pub url: Option<String>,
    /// The entry as the bibliography has it.
    entry: Entry,
}

impl Source {
    /// Short form for a running text: `Ken and Rupasov 2000` or the title where there is no author.
    pub fn short(&self) -> String {
        let name = if self.authors.is_empty() { &self.title } else { &self.authors };
        if self.year.is_empty() || self.authors.is_empty() {
            name.clone()
        } else {
            format!("{name} {}", self.year)
        }
    }

    /// The entry as BibLaTeX.
    pub fn biblatex(&self) -> String {
        self.entry.to_biblatex_string()
    }

    /// The entry as an item of CSL-JSON (Citation Style Language 1.0.2), which Zotero and pandoc read.
    pub fn csl(&self) -> Value {
        let field = |name: &str| self.entry.get(name).map(|c| c.format_verbatim()).filter(|t| !t.is_empty());
        let kind = match self.entry.entry_type {
            EntryType::Article => "article-journal",
            EntryType::InCollection | EntryType::InBook => "chapter",
            EntryType::Thesis | EntryType::PhdThesis | EntryType::MastersThesis => "thesis",
            EntryType::Online => "webpage",
            EntryType::Dataset => "dataset",
            EntryType::Report | EntryType::TechReport => "report",
            _ => "book",
        };
        let mut item = Map::new();
        item.insert("id".to_owned(), json!(self.key));
        item.insert("type".to_owned(), json!(kind));
        let names = |people: &[Person]| -> Value {
            let name = |p: &Person| match p.given_name.as_str() {
                // An institution has one name.
                "" => json!({ "literal": p.name }),
                given => json!({ "family": join_prefix(p), "given": given }),
            };
            people.iter().map(name).collect()
        };
        if let Ok(authors) = self.entry.author()
            && !authors.is_empty()
        {
            item.insert("author".to_owned(), names(&authors));
        }
        if let Some((editors, _)) = self.entry.editors().ok().and_then(|groups| groups.into_iter().next()) {
            item.insert("editor".to_owned(), names(&editors));
        }
        for (theirs, ours) in [
            ("title", &["title"][..]),
            ("container-title", &["journaltitle", "journal", "booktitle"]),
            ("collection-title", &["series"]),
            ("publisher", &["publisher", "institution", "organization"]),
            ("publisher-place", &["location", "address"]),
            ("volume", &["volume"]),
            ("issue", &["number"]),
            ("page", &["pages"]),
            ("DOI", &["doi"]),
            ("URL", &["url"]),
        ] {
            if let Some(text) = ours.iter().find_map(|name| field(name)) {
                item.insert(theirs.to_owned(), json!(text));
            }
        }
        // "1909-1981": both years of a series.
        let years: Vec<i32> = self
            .year
            .split(|c: char| !c.is_ascii_digit())
            .filter(|part| part.len() == 4)
            .filter_map(|part| part.parse().ok())
            .collect();
        if !years.is_empty() {
            let parts: Vec<Vec<i32>> = years.iter().take(2).map(|y| vec![*y]).collect();
            item.insert("issued".to_owned(), json!({ "date-parts": parts }));
        }
        Value::Object(item)
    }

    /// Full form for a list of sources.
    pub fn full(&self) -> String {
        let mut parts: Vec<&str> = vec![&self.authors, &self.title, &self.published, &self.year];
        parts.retain(|p| !p.is_empty());
        parts.join(", ")
    }
}

/// A source and the place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The work.
    pub source: SourceId,
    /// Page, document or column; empty when the whole work is meant.
    pub locator: String,
}

/// Parses a BibLaTeX file, or tells why it cannot be.
pub(crate) fn parse_bib(file: &str, text: &str) -> Result<Bibliography, Problem> {
    Bibliography::parse(text).map_err(|error| {
        let (line, column) = line_column(text, error.span.start);
        Problem::at(file, line, column, format!("not BibLaTeX: {}", error.kind))
    })
}

/// Reads the sources of a bibliography.
pub(crate) fn read_bib(
    file: &str,
    text: &str,
    bibliography: &Bibliography,
    sources: &mut Vec<Source>,
    problems: &mut Vec<Problem>,
) {
    for entry in bibliography.iter() {
        let source = source_of(entry);
        if source.title.is_empty() {
            let place = text.find(&format!("{{{},", entry.key)).map_or((0, 0), |o| line_column(text, o + 1));
            problems.push(
                Problem::at(file, place.0, place.1, format!("source `{}` has no title", entry.key))
                    .help("add a line: title = {...},"),
            );
        }
        sources.push(source);
    }
}

fn source_of(entry: &Entry) -> Source {
    let field = |name: &str| entry.get(name).map(|chunks| chunks.format_verbatim()).unwrap_or_default();
    let people = entry
        .author()
        .ok()
        .filter(|people| !people.is_empty())
        .or_else(|| {
            entry.editors().ok().and_then(|groups| groups.into_iter().next()).map(|(people, _)| people)
        })
        .unwrap_or_default();
    let year = [field("year"), field("date")].into_iter().find(|s| !s.is_empty()).unwrap_or_default();
    let published = ["journaltitle", "journal", "publisher", "institution", "organization", "series"]
        .iter()
        .map(|name| field(name))
        .find(|s| !s.is_empty())
        .unwrap_or_default();
    let url = Some(field("url")).filter(|u| !u.is_empty());
    Source {
        key: entry.key.clone(),
        authors: join_names(&people),
        title: field("title"),
        year,
        published,
        url,
        entry: entry.clone(),
    }
}

/// A surname with its particle: "van Meurs".
fn join_prefix(p: &Person) -> String {
    if p.prefix.is_empty() { p.name.clone() } else { format!("{} {}", p.prefix, p.name) }
}

fn join_names(people: &[Person]) -> String {
    let surname = join_prefix;
    match people {
        [] => String::new(),
        [one] => surname(one),
        [one, two] => format!("{} and {}", surname(one), surname(two)),
        [one, ..] => format!("{} and others", surname(one)),
    }
}
