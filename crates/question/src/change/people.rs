//! People kept alive or in office, gone from it, or never come to it.

use super::*;

/// Kept alive or in office, or gone from it.
pub(super) fn of_people(s: &Sentence, c: &Clause, verb: Verb) -> Option<Meaning> {
    let quoted = s.quote(&c.span);
    let people = concerned(c);
    // "King Carol had kept Titulescu": the one kept comes last; "had been kept by" would turn it round.
    let person = *people.last()?;
    let until = until(s, &c.span);
    match verb {
        Verb::Die | Verb::Dismiss | Verb::Overthrow if c.denied => {
            let each = people.iter().map(|&person| Change::Keep { person, until });
            Some(Meaning::Changes(each.collect(), Vec::new()))
        }
        Verb::Die | Verb::Dismiss | Verb::Overthrow => {
            let each = people.iter().map(|&person| Change::Leave { person });
            Some(Meaning::Changes(each.collect(), Vec::new()))
        }
        Verb::Appoint if c.denied => Some(change(Change::Bar { person })),
        // "Kept out of office."
        Verb::StayOut if c.passive && !c.denied => Some(change(Change::Bar { person })),
        Verb::Appoint => {
            let instead = c.people().into_iter().find(|p| *p != person);
            Some(change(Change::Appoint { person, instead }))
        }
        Verb::Keep if !c.denied && !c.gerund => {
            let about_office = |w: &String| {
                [
                    "in",
                    "as",
                    "on",
                    "office",
                    "power",
                    "alive",
                    "at",
                    "until",
                    "longer",
                    "beyond",
                    "post",
                    "to",
                    "minister",
                    "foreign",
                    "past",
                    "heart",
                    "head",
                    "helm",
                    "charge",
                    "assassination",
                    "attempt",
                    "putsch",
                    "coup",
                    "commissar",
                    "premier",
                    "chancellor",
                    "prime",
                    "king",
                    "dictator",
                    "leader",
                    "running",
                    "another",
                    "more",
                    "years",
                    "decade",
                    "few",
                    "ten",
                    "five",
                    "longer",
                ]
                .contains(&w.as_str())
            };
            let tail = c.at + 1..c.span.end;
            let out = s.has_phrase(&["out", "of"]);
            // "Survives Marseilles": where it happened.
            let place = |i: &usize| s.strangers.contains(i) || s.labels.contains(i);
            let elsewhere =
                tail.clone().any(|i| !about_office(&s.folded[i]) && c.left_out.contains(&i) && !place(&i));
            let names_after =
                c.groups.iter().any(|g| g.span.start > c.at && g.people.is_empty() && g.part != Part::Bare);
            if out || elsewhere || names_after && s.has(&["side"]) {
                Some(Refused(format!("\"{quoted}\" was not read as staying in office.")))
            } else {
                Some(change(Change::Keep { person, until }))
            }
        }
        _ => None,
    }
}

/// Whom a clause about life or office is about: where its verb has people before it and is no "A kept B", those; people beside them
/// (`together with`, `alongside`) are not.
pub(super) fn concerned(c: &Clause) -> Vec<PersonId> {
    let own = |g: &&crate::clause::Group| g.of.is_none() && !g.people.is_empty();
    let of = |groups: Vec<&crate::clause::Group>| {
        distinct(groups.into_iter().flat_map(|g| g.people.iter().copied()))
    };
    let before: Vec<_> =
        c.groups.iter().filter(own).filter(|g| g.span.start < c.at && g.part == Part::Bare).collect();
    let takes_object =
        !c.passive && matches!(c.verb, Some(Verb::Keep | Verb::Dismiss | Verb::Overthrow | Verb::Die));
    let after: Vec<_> =
        c.groups.iter().filter(own).filter(|g| g.span.start > c.at && g.part == Part::Bare).collect();
    match (before.is_empty(), takes_object && !after.is_empty()) {
        (_, true) => of(after),
        (false, false) => of(before),
        _ => c.people(),
    }
}

/// The day until which something is said to last: "until 1940", "to 1940", "past 1938".
pub(super) fn until(s: &Sentence, span: &std::ops::Range<usize>) -> Option<Day> {
    let date = s.dates.iter().find(|d| {
        let first = s.folded[d.words.0].as_str();
        let before = s.before(d.words.0, 1);
        let long = matches!(first, "until" | "till")
            || matches!(before, "until" | "till" | "to" | "past" | "beyond" | "through" | "into");
        span.contains(&d.words.0) && long
    })?;
    Some(date.window.to)
}
