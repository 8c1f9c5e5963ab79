//! Run files: what was asked and what came out, so that it can be repeated and compared.

use std::path::Path;

use jonbar_answer::{Answer, Study};
use jonbar_counterfactual::Moved;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Failure;
use crate::ask::{self, Setup};
use crate::casebook;
use crate::cli::Source;

/// Largest run file read, in bytes.
const RUN_BYTES_MAX: u64 = 200_000_000;

/// What was asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Asked {
    /// A question or discussion.
    Text(String),
    /// A what-if file: its name and text.
    WhatIf { file: String, text: String },
}

/// A saved run.
#[derive(Serialize, Deserialize)]
pub(crate) struct RunFile {
    jonbar_run: u32,
    program: String,
    casebook: String,
    casebook_hash: String,
    asked: Asked,
    runs: u32,
    seed: u64,
    fresh_noise: bool,
    #[serde(default)]
    models: bool,
    #[serde(default)]
    dates: bool,
    #[serde(default)]
    moved: Moved,
    answers: Vec<Answer>,
}

impl RunFile {
    pub(crate) fn new(study: &Study, asked: Asked, setup: &Setup, answers: &[Answer]) -> RunFile {
        RunFile {
            jonbar_run: 1,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            casebook: study.record.id.clone(),
            casebook_hash: study.record.hash.clone(),
            asked,
            runs: setup.runs,
            seed: setup.seed,
            fresh_noise: setup.fresh_noise,
            models: setup.models,
            dates: setup.dates,
            moved: setup.moved.clone(),
            answers: answers.to_vec(),
        }
    }

    pub(crate) fn to_json(&self) -> String {
        // The type holds only strings, numbers and lists, which always serialise.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

/// `jonbar replay`: identical, or the first difference.
pub(crate) fn replay(path: &Path, source: &Source, threads: Option<usize>) -> Result<(), Failure> {
    let name = path.display();
    let size = std::fs::metadata(path).map_err(|e| Failure::input(format!("{name}: {e}")))?.len();
    if size > RUN_BYTES_MAX {
        return Err(Failure::input(format!("{name}: too large to be a run file")));
    }
    let text = std::fs::read_to_string(path).map_err(|e| Failure::input(format!("{name}: {e}")))?;
    let saved: RunFile = serde_json::from_str(&text)
        .map_err(|e| Failure::input(format!("{name}:{}:{}: not a run file: {e}", e.line(), e.column())))?;
    if saved.jonbar_run != 1 {
        return Err(Failure::input(format!(
            "{name}: run file version {} is not known here",
            saved.jonbar_run
        )));
    }
    let casebook = casebook::open(source)?;
    let study = ask::study(&casebook)?;
    let mut notes = Vec::new();
    if saved.casebook_hash != study.record.hash {
        notes.push(format!(
            "the casebook has changed (saved {}..., here {}...)",
            saved.casebook_hash.get(..12).unwrap_or(""),
            &study.record.hash[..12]
        ));
    }
    if saved.program != env!("CARGO_PKG_VERSION") {
        notes.push(format!("saved by version {}, this is {}", saved.program, env!("CARGO_PKG_VERSION")));
    }
    let setup = Setup {
        runs: saved.runs,
        seed: saved.seed,
        fresh_noise: saved.fresh_noise,
        models: saved.models,
        dates: saved.dates,
        moved: saved.moved.clone(),
    };
    // Of another casebook the same question may not even be askable.
    let other = |failure: Failure| {
        if notes.is_empty() { failure } else { failure.with(&format!("{name}: {}", notes.join("; "))) }
    };
    let answers = ask::in_pool(threads, || ask::compute_answers(&study, &saved.asked, &setup, &mut |_| {}))?
        .map_err(other)?;
    let here = serde_json::to_value(&answers).map_err(|e| Failure::input(e.to_string()))?;
    // Compared as parsed text on both sides, so that no decimal is lost on one of them.
    let here: Value = serde_json::from_str(&here.to_string()).map_err(|e| Failure::input(e.to_string()))?;
    let there: Value = serde_json::to_value(&saved.answers).map_err(|e| Failure::input(e.to_string()))?;
    match first_difference(&there, &here, "answers") {
        None => {
            println!("identical: {} answers, {} runs, seed {}", answers.len(), saved.runs, saved.seed);
            Ok(())
        }
        Some(difference) => {
            let because = if notes.is_empty() { String::new() } else { format!("\n{}", notes.join("\n")) };
            Err(Failure::found(format!("different: {difference}{because}")))
        }
    }
}

/// Where two values first differ, in reading order.
fn first_difference(saved: &Value, here: &Value, path: &str) -> Option<String> {
    match (saved, here) {
        (Value::Object(a), Value::Object(b)) => {
            for (key, x) in a {
                match b.get(key) {
                    Some(y) => {
                        if let Some(d) = first_difference(x, y, &format!("{path}.{key}")) {
                            return Some(d);
                        }
                    }
                    None => return Some(format!("{path}.{key} was there and is missing now")),
                }
            }
            b.keys().find(|k| !a.contains_key(*k)).map(|k| format!("{path}.{k} is new"))
        }
        (Value::Array(a), Value::Array(b)) => {
            for (i, (x, y)) in a.iter().zip(b).enumerate() {
                if let Some(d) = first_difference(x, y, &format!("{path}[{i}]")) {
                    return Some(d);
                }
            }
            (a.len() != b.len()).then(|| format!("{path} had {} entries and has {} now", a.len(), b.len()))
        }
        _ if saved == here => None,
        _ => Some(format!("{path} was {saved} and is {here} now")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_named_by_its_path() {
        let a: Value = serde_json::from_str(r#"{"x":[1,{"y":2}],"z":3}"#).unwrap();
        let b: Value = serde_json::from_str(r#"{"x":[1,{"y":5}],"z":4}"#).unwrap();
        assert_eq!(first_difference(&a, &b, "r").unwrap(), "r.x[1].y was 2 and is 5 now");
        assert_eq!(first_difference(&a, &a, "r"), None);
    }
}
