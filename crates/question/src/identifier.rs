//! Entries of the record asked about by the name they have in the casebook: "What if 1938-vienna-award had not happened?"

use jonbar_record::{EventId, EventKind, Record, Window};

use crate::change::Change;
use crate::reading::{Focus, Form, Reading};
use crate::sentence::Sentence;

/// A what-if about one entry, or `None` if no entry is named by its identifier or nothing is supposed of it.
pub(crate) fn by_identifier(record: &Record, s: &Sentence) -> Option<Reading> {
    let event = named(record, &s.text)?;
    let e = &record.events[event.0];
    let has = |stems: &[&str]| s.folded.iter().any(|w| stems.iter().any(|stem| w.starts_with(stem)));
    let denied = s.has(&["not", "never", "without", "no", "hadnt"]);
    let (accepted, refused) = (has(&["accept", "conced"]), has(&["refus", "reject", "resist"]));
    let demand = e.kind == EventKind::TerritorialDemand && accepted != refused;
    let window = Window { from: e.when.earliest, to: e.when.latest };
    let mut focus = Focus { window: Some(window), ..Focus::default() };
    let change = if demand {
        focus.territories.clone_from(&e.territories);
        let mark = if accepted != denied { "conceded" } else { "resisted" };
        Change::Answer { holder: e.targets.first().copied(), claimant: e.actors.first().copied(), mark }
    } else if denied {
        Change::Prevent { event }
    } else {
        return None;
    };
    let (assumed, not_understood) = (Vec::new(), Vec::new());
    let form = Form::WhatIf { changes: vec![change], asked: Vec::new(), focus };
    Some(Reading { text: s.text.clone(), form, assumed, not_understood })
}

fn named(record: &Record, text: &str) -> Option<EventId> {
    let words = text.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()));
    let mut identifiers = words.filter(|w| w.contains('-') && w.starts_with(|c: char| c.is_ascii_digit()));
    identifiers.find_map(|id| record.events.iter().position(|e| e.id == id)).map(EventId)
}
