//! What stands before a premise and is no part of it: a date ("October 1939. ..."), a place and a date ("Hendaye, 23.10.1940: ..."), or
//! for whom it is written ("For my class: ..."). A land or a state named there says what the premise is about, and stays.

use jonbar_record::{Entity, Record, Window};

use crate::lexicon::{Verb, auxiliary, pact_at};
use crate::sentence::Sentence;

/// A heading is no longer than this, in bytes.
const LONG: usize = 80;
/// Words beside its date that may name a place.
const PLACE_MAX: usize = 4;

/// Words with which a heading begins that only says for whom or what a question is.
const ADDRESSES: [&str; 7] = ["for", "dear", "hi", "hello", "question", "homework", "exercise"];

/// The time that a heading gives, if any, and the text without it; `None` if a text has no heading.
pub(crate) fn heading(text: &str, record: &Record) -> Option<(Option<Window>, String)> {
    let mut start = 0;
    for (at, mark) in text.char_indices().take_while(|(at, _)| *at < LONG) {
        let ends = matches!(mark, ':' | '.') && text[at + 1..].starts_with(' ');
        if !ends {
            continue;
        }
        let head = Sentence::of(&text[start..at], record);
        let all = 0..head.folded.len();
        let says = |i: usize| {
            Verb::phrase(&head.folded[i..]).is_some()
                || auxiliary(&head.folded[i]).is_some()
                || pact_at(&head.folded[i..]).is_some()
        };
        let beside = all.clone().filter(|&i| !head.in_date(i));
        let told = beside.clone().any(says);
        // "POD: October 1939. ...": what announces a premise is no heading of it.
        let title = mark == ':' && head.dates.is_empty() && head.opening() == all.end;
        if title {
            start = at + 1;
            continue;
        }
        let place = |entity: &Entity| matches!(entity, Entity::Place(_));
        let rest = || format!("{}{}", &text[..start], text[at + 1..].trim_start());
        return match &head.dates[..] {
            [date] if !told && beside.count() <= PLACE_MAX && head.names.iter().all(|n| place(&n.entity)) => {
                Some((Some(date.window), rest()))
            }
            [] if !told
                && head.names.is_empty()
                && head.folded.first().is_some_and(|w| ADDRESSES.contains(&w.as_str())) =>
            {
                Some((None, rest()))
            }
            _ => None,
        };
    }
    None
}
