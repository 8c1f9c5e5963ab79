//! The works a record rests on, and how an event points into them.

use biblatex::{Bibliography, ChunksExt, Entry, Person};

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

/// Reads a BibLaTeX file.
pub(crate) fn read_bib(file: &str, text: &str, sources: &mut Vec<Source>, problems: &mut Vec<Problem>) {
    let bibliography = match Bibliography::parse(text) {
        Ok(bibliography) => bibliography,
        Err(error) => {
            let (line, column) = line_column(text, error.span.start);
            problems.push(Problem::at(file, line, column, format!("not BibLaTeX: {}", error.kind)));
            return;
        }
    };
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
    }
}

fn join_names(people: &[Person]) -> String {
    let surname = |p: &Person| {
        if p.prefix.is_empty() { p.name.clone() } else { format!("{} {}", p.prefix, p.name) }
    };
    match people {
        [] => String::new(),
        [one] => surname(one),
        [one, two] => format!("{} and {}", surname(one), surname(two)),
        [one, ..] => format!("{} and others", surname(one)),
    }
}
