//! Changes that a noun tells of, and agreements and wars called by a name of their own.

use super::*;

/// What is changed where a noun says it: "without the seizure of Albania", "no Anschluss", "the murder of King Alexander".
pub(super) fn of_noun(record: &Record, s: &Sentence, c: &Clause, none: bool) -> Option<Meaning> {
    let noun = c.span.clone().find_map(|i| {
        let inside = s.in_date(i) || s.in_name(i);
        (!inside).then(|| Happening::of(&s.folded[i])).flatten().map(|happening| (i, happening))
    });
    let people = c.people();
    let Some((at, happening)) = noun else {
        let alive = c.span.clone().any(|i| s.folded[i] == "alive");
        let person = people.last().filter(|_| alive && !none)?;
        return Some(change(Change::Keep { person: *person, stay: stay(s, &c.span) }));
    };
    match happening {
        Happening::Attack => {
            let land = matches!(s.folded[at].as_str(), "seizure" | "annexation" | "occupation" | "takeover");
            let (mut by, mut on): (Vec<ActorId>, Vec<ActorId>) = (Vec::new(), Vec::new());
            for group in &c.groups {
                let acts = group.span.end <= at || group.part == Part::By;
                if acts { &mut by } else { &mut on }.extend(group.states(record));
            }
            if none {
                return (!by.is_empty() || !on.is_empty())
                    .then(|| each(&by, &on, |by, on| Change::NoAttack { by, on, land }));
            }
            let pairs = by.iter().flat_map(|&by| on.iter().map(move |&on| Change::Attack { by, on }));
            let pairs: Vec<Change> = pairs.collect();
            (!pairs.is_empty()).then_some(Meaning::Changes(pairs, Vec::new()))
        }
        Happening::End => {
            let person = *people.last()?;
            Some(change(if none { Change::Keep { person, stay: None } } else { Change::Leave { person } }))
        }
        Happening::Coup if none => {
            // "The coup in Belgrade": where, of the capital named.
            let capital = |i: usize| {
                record.gazetteer.find(&s.folded[i]).iter().find_map(|(entity, _)| match entity {
                    Entity::Actor(a) => Some(*a),
                    _ => None,
                })
            };
            let there = || c.span.clone().filter(|&i| !s.in_name(i) && !s.in_date(i)).find_map(capital);
            let state = c.everybody(record).first().or(c.inherited.first()).copied().or_else(there)?;
            Some(change(Change::NoCoup { state }))
        }
        Happening::Demand if none => {
            let claimant = *c.everybody(record).first()?;
            let holder = c.everybody(record).into_iter().find(|a| *a != claimant);
            Some(change(Change::NoDemand { claimant, holder }))
        }
        Happening::Demand | Happening::Coup => None,
    }
}

/// The agreement that the words of a clause call by the place it is named after; which there are, if several.
pub(super) fn called_after(record: &Record, s: &Sentence, c: &Clause) -> Option<Result<PactId, String>> {
    let named = |i: usize| {
        s.labels.contains(&i) || s.strangers.contains(&i) || i == c.span.start + 1 && !s.in_name(i)
    };
    // "The first Vienna award", "the Munich putsch": no agreement is called so.
    let other = |i: usize| {
        let next = s.folded.get(i + 1).map_or("", String::as_str);
        matches!(next, "award" | "awards") || Happening::of(next).is_some()
    };
    let words: Vec<&str> = c
        .span
        .clone()
        .filter(|&i| named(i) && !other(i))
        .map(|i| s.folded[i].as_str())
        .filter(|w| w.len() >= 5)
        .collect();
    // Whoever is named has a part in it, by himself or for his state.
    let states = distinct(s.actors().into_iter().chain(c.everybody(record)));
    let found = called(record, &words, &states);
    // Of several that of the time named.
    let window = close_time(s, c);
    let then: Vec<PactId> = found
        .iter()
        .copied()
        .filter(|p| {
            let signed = &record.pacts[p.0].signed;
            window.is_some_and(|w| signed.meets(w))
        })
        .collect();
    let found = if then.is_empty() { found } else { then };
    match found[..] {
        [] => None,
        [only] => Some(Ok(only)),
        _ => {
            let names: Vec<String> = found
                .iter()
                .map(|p| &record.pacts[p.0])
                .map(|p| format!("the {} ({})", p.name, p.signed.text))
                .collect();
            Some(Err(format!("Which one? The record has {}; name the states.", names.join(", "))))
        }
    }
}

/// Agreements with one of these words in their name, between the states named. "Munich" is the Munich Agreement before it is a
/// declaration made there.
fn called(record: &Record, words: &[&str], actors: &[ActorId]) -> Vec<PactId> {
    let said = |p: &PactId| {
        let pact = &record.pacts[p.0];
        let said =
            pact.names().flat_map(|n| n.split(' ')).any(|part| words.contains(&part.to_lowercase().as_str()));
        said && actors.iter().all(|a| pact.parties.contains(a))
    };
    let found: Vec<PactId> = (0..record.pacts.len()).map(PactId).filter(said).collect();
    let begins = |p: &&PactId| {
        let first = record.pacts[p.0].name.split(' ').next().unwrap_or_default().to_lowercase();
        words.contains(&first.as_str())
    };
    let begin: Vec<PactId> = found.iter().filter(begins).copied().collect();
    if begin.len() == 1 { begin } else { found }
}

/// The one agreement that some words call by its name or by the place it is named after.
pub fn agreement_called(words: &str, record: &Record) -> Option<PactId> {
    let s = Sentence::of(words, record);
    let capital = |i: &usize| s.words[*i].raw.starts_with(char::is_uppercase) && s.folded[*i].len() >= 5;
    let places: Vec<&str> = (0..s.words.len()).filter(capital).map(|i| s.folded[i].as_str()).collect();
    let found = || match called(record, &places, &s.actors())[..] {
        [only] => Some(only),
        _ => None,
    };
    s.named_pact().or_else(found)
}

/// The beginning of the great war, if some words tell of it: "the war started".
pub fn war_begins(words: &str, record: &Record) -> Option<EventId> {
    let words: Vec<String> = crate::text::words_of(words).into_iter().map(|w| w.folded).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|w| *w != "the").collect();
    let begins = matches!(
        words[..],
        ["war" | "ww2" | "wwii", "started" | "began" | "begins" | "starts"]
            | ["war" | "ww2" | "wwii", "broke" | "breaks", "out"]
            | ["second", "world", "war", "started" | "began" | "starts" | "begins"]
            | ["second", "world", "war", "broke" | "breaks", "out"]
            | ["outbreak", "of", "war" | "ww2" | "wwii"]
    );
    great_war(record).filter(|_| begins)
}

/// The war of the record that most other states joined.
pub(crate) fn great_war(record: &Record) -> Option<EventId> {
    let mut joined = vec![0_usize; record.events.len()];
    for e in record.events.iter().filter(|e| e.kind == EventKind::WarJoined) {
        if let Some(cause) = e.follows {
            joined[cause.0] += 1;
        }
    }
    let begun = record.events.iter().enumerate().filter(|(_, e)| e.kind == EventKind::WarBegun);
    begun.max_by_key(|(i, _)| (joined[*i], std::cmp::Reverse(*i))).map(|(i, _)| EventId(i))
}
