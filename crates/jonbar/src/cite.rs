//! `jonbar cite`: sources for a bibliography.

use jonbar_answer::Answer;
use jonbar_record::{Record, Source as Work, nearest};

use crate::cli::Source;
use crate::{Failure, casebook, output};

/// What --json writes.
#[derive(serde::Deserialize)]
struct Saved {
    answers: Vec<Answer>,
}

/// Prints the sources of answers, or those named.
pub(crate) fn cite(what: &[String], csl: bool, source: &Source) -> Result<(), Failure> {
    let casebook = casebook::open(source)?;
    let record = &casebook.record;
    let mut keys: Vec<String> = Vec::new();
    for item in what {
        if std::path::Path::new(item).is_file() {
            keys.extend(keys_of(item)?);
        } else {
            keys.push(item.clone());
        }
    }
    if what.is_empty() {
        keys = record.sources.iter().map(|s| s.key.clone()).collect();
    }
    let mut works: Vec<&Work> = Vec::new();
    for key in &keys {
        let work = find(record, key)?;
        if !works.iter().any(|w| w.key == work.key) {
            works.push(work);
        }
    }
    let text = if csl {
        let items: Vec<serde_json::Value> = works.iter().map(|w| w.csl()).collect();
        serde_json::to_string_pretty(&items).map_err(|e| Failure::input(e.to_string()))? + "\n"
    } else {
        works.iter().map(|w| w.biblatex() + "\n\n").collect()
    };
    output::print(&text)
}

fn find<'a>(record: &'a Record, key: &str) -> Result<&'a Work, Failure> {
    record.source(key).map(|id| &record.sources[id.0]).ok_or_else(|| {
        let near = nearest(key, record.sources.iter().map(|s| s.key.as_str()), 3).join(", ");
        let near = if near.is_empty() { String::new() } else { format!("; nearest: {near}") };
        Failure::input(format!("`{key}` is neither a file nor the key of a source{near}"))
    })
}

/// The keys of the sources in a file of answers.
fn keys_of(path: &str) -> Result<Vec<String>, Failure> {
    let text = std::fs::read_to_string(path).map_err(|e| Failure::input(format!("{path}: {e}")))?;
    let saved: Saved = serde_json::from_str(&text)
        .map_err(|e| Failure::input(format!("{path}: not answers written with --json: {e}")))?;
    Ok(saved.answers.into_iter().flat_map(|a| a.sources).map(|s| s.key).collect())
}
