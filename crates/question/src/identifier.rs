//! Entries of the record asked about by the name they have in the casebook: "What if 1938-vienna-award had not happened?"

use jonbar_record::{EventId, EventKind, Record, Window};

use crate::change::Change;
use crate::reading::{Focus, Form, Reading};
use crate::sentence::Sentence;
use crate::text::words_of;

/// A what-if about one entry: its identifier, and that it had not happened or had been answered the other way. What stands behind a comma is
/// named as not read. `None` for any other sentence.
pub(crate) fn by_identifier(record: &Record, s: &Sentence) -> Option<Reading> {
    let (first, rest) = s.text.split_once(',').unwrap_or((&s.text, ""));
    let (event, before, after) = named(record, first)?;
    let folded = |text: &str| words_of(text).into_iter().map(|w| w.folded).collect::<Vec<_>>().join(" ");
    if !matches!(folded(before).as_str(), "what if" | "if" | "wi" | "suppose" | "imagine") {
        return None;
    }
    let e = &record.events[event.0];
    let refused = |why: String| {
        let form = Form::NotUnderstood { focus: Focus::default() };
        Some(Reading { text: s.text.clone(), form, assumed: Vec::new(), not_understood: vec![why] })
    };
    let demand = e.kind == EventKind::TerritorialDemand;
    let window = Window { from: e.when.earliest, to: e.when.latest };
    let mut focus = Focus { window: Some(window), ..Focus::default() };
    let change = match folded(after).as_str() {
        "had not happened" | "had never happened" | "hadnt happened" => Change::Prevent { event },
        "had been accepted" | "had been conceded" if demand && e.mark != "conceded" => {
            focus.territories.clone_from(&e.territories);
            answered(record, event, "conceded")
        }
        "had been refused" | "had been rejected" if demand && e.mark == "conceded" => {
            focus.territories.clone_from(&e.territories);
            answered(record, event, "resisted")
        }
        "had been accepted" | "had been conceded" | "had been refused" | "had been rejected" if demand => {
            return refused(format!("That is what happened: the answer to `{}` was \"{}\".", e.id, e.mark));
        }
        _ => {
            return refused(format!("Of `{}` it can be asked: \"What if {} had not happened?\"", e.id, e.id));
        }
    };
    let rest = rest.trim().trim_end_matches('?');
    let note = || {
        format!(
            "\"{rest}\" is not read as an outcome to ask for; what concerns the states involved is shown."
        )
    };
    let assumed = if rest.is_empty() { Vec::new() } else { vec![note()] };
    let form = Form::WhatIf { changes: vec![change], asked: Vec::new(), focus };
    Some(Reading { text: s.text.clone(), form, assumed, not_understood: Vec::new() })
}

fn answered(record: &Record, demand: EventId, mark: &'static str) -> Change {
    let e = &record.events[demand.0];
    Change::Answer { holder: e.targets.first().copied(), claimant: e.actors.first().copied(), mark }
}

/// Whether a text calls an entry by its identifier.
pub fn calls_an_entry(text: &str, record: &Record) -> bool {
    named(record, text).is_some()
}

/// The entry whose identifier stands in a text, and what stands before and behind it.
fn named<'t>(record: &Record, text: &'t str) -> Option<(EventId, &'t str, &'t str)> {
    let bare = |w: &'t str| w.trim_matches(|c: char| !c.is_alphanumeric());
    let mut identifiers = text.split_whitespace().map(bare);
    identifiers.find_map(|id| {
        let looks = id.contains('-') && id.starts_with(|c: char| c.is_ascii_digit());
        let event = looks.then(|| record.event(id))??;
        let at = text.find(id)?;
        Some((event, &text[..at], &text[at + id.len()..]))
    })
}
