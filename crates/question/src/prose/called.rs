//! Agreements called after a place.

use std::ops::Range;

use jonbar_record::{Pact, PactId, Record, fold};

use super::times::Time;
use crate::sentence::Sentence;

/// The words of what a pact is called.
fn words_of_names(pact: &Pact) -> impl Iterator<Item = &str> {
    pact.names().flat_map(|name| name.split(' '))
}

/// The agreement called after the place where some words have it signed: of several those of the time named.
pub(super) fn signed_there(
    record: &Record,
    s: &Sentence,
    clause: &Range<usize>,
    time: Option<&Time>,
) -> Option<PactId> {
    let at = clause.clone().find(|&i| {
        let name = s.words[i].raw.starts_with(char::is_uppercase) && s.folded[i].len() >= 5;
        name && s.before(i, 1) == "at" && !s.in_name(i) && !s.in_date(i)
    })?;
    let place = &s.folded[at];
    let called = |p: &PactId| words_of_names(&record.pacts[p.0]).any(|w| fold(w) == *place);
    let found: Vec<PactId> = (0..record.pacts.len()).map(PactId).filter(called).collect();
    let then = |p: &&PactId| {
        let signed = &record.pacts[p.0].signed;
        time.is_some_and(|t| t.meets(signed.earliest, signed.latest))
    };
    let mut of_then = found.iter().filter(then);
    match (&found[..], of_then.next(), of_then.next()) {
        ([only], ..) => Some(*only),
        (_, Some(one), None) => Some(*one),
        _ => None,
    }
}

/// "The Rapallo treaty of November 1920": of the pacts called after that place the one of that time, where the other is of years later.
pub(super) fn namesake(
    record: &Record,
    s: &Sentence,
    clause: &Range<usize>,
    pact: PactId,
    time: Option<&Time>,
) -> Option<PactId> {
    let time = time.filter(|t| !t.leaning)?;
    let then = |p: &PactId| {
        let pact = &record.pacts[p.0];
        time.meets(pact.signed.earliest, pact.signed.latest)
    };
    let called = |p: &PactId, word: &str| {
        let mut words = words_of_names(&record.pacts[p.0]);
        words.any(|w| w.starts_with(char::is_uppercase) && fold(w) == word)
    };
    if then(&pact) || record.pacts[pact.0].in_force(time.windows.first()?.from) {
        return None;
    }
    let place = clause.clone().find(|&i| {
        let capital = s.words[i].raw.starts_with(char::is_uppercase) && !s.in_date(i);
        let agreement = crate::lexicon::pact_at(&s.folded[i..]).is_some();
        capital && !agreement && s.folded[i].len() >= 4 && called(&pact, &s.folded[i])
    })?;
    let mut others = (0..record.pacts.len()).map(PactId).filter(|p| then(p) && called(p, &s.folded[place]));
    others.next().filter(|_| others.next().is_none())
}

/// The place behind "signed at".
pub(super) fn signed_at(s: &Sentence, clause: &Range<usize>) -> Option<String> {
    let signed = |i: &usize| {
        let at = matches!(s.before(*i, 1), "at" | "in") && s.before(*i, 2) == "signed";
        at && s.words[*i].raw.starts_with(char::is_uppercase) && !s.in_date(*i)
    };
    clause.clone().find(signed).map(|i| s.folded[i].clone())
}
