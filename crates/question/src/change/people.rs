//! People kept alive or in office, gone from it, or never come to it.

use super::*;

/// Kept alive or in office, or gone from it.
pub(super) fn of_people(record: &Record, s: &Sentence, c: &Clause, verb: Verb) -> Option<Meaning> {
    let quoted = s.quote(&c.span);
    let people = concerned(s, c);
    // "King Carol had kept Titulescu": the one kept comes last; "had been kept by" would turn it round.
    let person = *people.last()?;
    // "Two years in exile" are none in office.
    let away = c.span.clone().any(|i| matches!(s.folded[i].as_str(), "exile" | "prison" | "jail" | "hiding"));
    if away || !of_office(record, s, c, person) {
        return Some(Refused(format!("\"{quoted}\" was not read as leaving or taking an office.")));
    }
    let stay = stay(s, &c.span);
    match verb {
        Verb::Expel if !c.passive => None,
        Verb::Die | Verb::Dismiss | Verb::Overthrow | Verb::Expel if c.denied => {
            let each = people.iter().map(|&person| Change::Keep { person, stay });
            Some(Meaning::Changes(each.collect(), Vec::new()))
        }
        Verb::Die | Verb::Dismiss | Verb::Overthrow | Verb::Expel => {
            let each = people.iter().map(|&person| Change::Leave { person });
            Some(Meaning::Changes(each.collect(), Vec::new()))
        }
        // "Had not taken over Austria": a land, and no office.
        Verb::Appoint if takes_land(s, c) => None,
        Verb::Appoint if c.denied => Some(change(Change::Bar { person })),
        // "Kept out of office."
        Verb::StayOut if c.passive && !c.denied => Some(change(Change::Bar { person })),
        Verb::Appoint => {
            // "Instead of Churchill", and whoever is succeeded or replaced.
            let follows = ["succe", "replac"].iter().any(|stem| s.folded[c.at].starts_with(stem));
            let other = |g: &&Group| g.part == Part::Aside || follows && g.span.start > c.at;
            let others = c.groups.iter().filter(other).flat_map(|g| g.people.iter().copied());
            let instead = others.into_iter().find(|p| *p != person);
            Some(change(Change::Appoint { person, instead }))
        }
        // "Is only wounded", "had been fatally wounded"
        Verb::Keep
            if s.folded[c.at] == "wounded" && matches!(s.before(c.at, 1), "only" | "merely" | "just") =>
        {
            Some(change(Change::Keep { person, stay: None }))
        }
        Verb::Keep if matches!(s.before(c.at, 1), "fatally" | "mortally") && !c.denied => {
            Some(change(Change::Leave { person }))
        }
        // "Keeps Corfu": a land, and no office.
        Verb::Keep
            if c.groups
                .iter()
                .any(|g| !g.lands.is_empty() && (c.at + 1..=c.at + 2).contains(&g.span.start)) =>
        {
            None
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
                    "ministry",
                    "wilhelmstrasse",
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
            // "Survived the shooting at Marseilles": whatever it was.
            let survives =
                s.folded.get(c.at).is_some_and(|w| w.starts_with("surviv") || w.starts_with("lived"));
            if out || elsewhere && !survives || names_after && s.has(&["side"]) {
                Some(Refused(format!("\"{quoted}\" was not read as staying in office.")))
            } else {
                Some(change(Change::Keep { person, stay }))
            }
        }
        _ => None,
    }
}

/// Whether a verb that means an office only by itself stands so: "had fallen in 1938", but not "had fallen ill", "had fallen out with",
/// "had quit the talks", "had come back to Geneva".
fn of_office(record: &Record, s: &Sentence, c: &Clause, person: PersonId) -> bool {
    let verb = s.folded.get(c.at).map_or("", String::as_str);
    let doubtful =
        ["fell", "fall", "quit", "push", "vote", "come", "came"].iter().any(|t| verb.starts_with(t));
    if !doubtful {
        return true;
    }
    let own = record.people[person.0].actor;
    let behind = c.at + 1..c.span.end;
    let timed = behind.clone().find(|&i| {
        matches!(s.folded[i].as_str(), "after" | "when" | "at" | "before" | "once" | "right" | "soon")
            || s.in_date(i)
    });
    (behind.start..timed.unwrap_or(behind.end)).all(|i| {
        let home = s
            .names
            .iter()
            .any(|n| n.span.contains(&i) && matches!(n.entity, Entity::Actor(a) if Some(a) == own));
        home || matches!(
            s.folded[i].as_str(),
            "out"
                | "of"
                | "from"
                | "office"
                | "power"
                | "back"
                | "to"
                | "in"
                | "on"
                | "the"
                | "his"
                | "her"
                | "government"
                | "premiership"
                | "early"
                | "again"
        )
    })
}

/// Whom a clause about life or office is about: its object where the verb takes one, or else its subject; people beside them
/// (`together with`, `alongside`) are not.
fn concerned(s: &Sentence, c: &Clause) -> Vec<PersonId> {
    let own = |g: &&Group| g.of.is_none() && !g.people.is_empty() && g.part == Part::Bare;
    let of = |groups: Vec<&Group>| distinct(groups.into_iter().flat_map(|g| g.people.iter().copied()));
    let before: Vec<_> = c.groups.iter().filter(own).filter(|g| g.span.start < c.at).collect();
    let after: Vec<_> = c.groups.iter().filter(own).filter(|g| g.span.start > c.at).collect();
    let word = s.folded.get(c.at).map_or("", String::as_str);
    let alone = ["die", "dyi", "perish", "resign", "retire", "fall", "fell", "lose", "lost", "blow", "drop"];
    let takes_object = match c.verb {
        Some(Verb::Keep) => !after.is_empty(),
        Some(Verb::Die | Verb::Dismiss | Verb::Overthrow) => !alone.iter().any(|stem| word.starts_with(stem)),
        Some(Verb::Appoint) => matches!(word, "appointed" | "appoints" | "elected" | "elects"),
        _ => false,
    };
    if c.passive || !takes_object {
        return if before.is_empty() { c.people() } else { of(before) };
    }
    // "WI: Hitler shot in 1938": nothing else behind it, so it was done to him.
    // "Had not shot himself."
    let himself = c.span.clone().any(|i| matches!(s.folded[i].as_str(), "himself" | "herself"));
    let nothing_behind = himself
        || !c.groups.iter().any(|g| g.span.start > c.at && g.part == Part::Bare)
            && !c.left_out.iter().any(|i| *i > c.at);
    if after.is_empty() && nothing_behind && c.verb != Some(Verb::Appoint) { of(before) } else { of(after) }
}

/// Whether a state or a land is what is taken over.
pub(super) fn takes_land(s: &Sentence, c: &Clause) -> bool {
    let over = s.folded.get(c.at + 1).is_some_and(|w| w == "over");
    over && c
        .groups
        .iter()
        .any(|g| g.span.start > c.at && g.part == Part::Bare && !(g.actors.is_empty() && g.lands.is_empty()))
}

/// How long something is said to last: "until 1940", "another ten years".
pub(super) fn stay(s: &Sentence, span: &std::ops::Range<usize>) -> Option<Stay> {
    let years = |i: usize| {
        let n = match (s.folded[i].as_str(), s.before(i, 1)) {
            ("decade", _) => Some(10),
            ("years" | "year", "more" | "few") => None,
            ("years" | "year", word) => small_number(word),
            _ => None,
        }?;
        // "Three years earlier" and "in the year 1935" are times.
        let behind = s.folded.get(i + 1).map_or("", String::as_str);
        (!s.in_date(i) && !matches!(behind, "earlier" | "later" | "before" | "after" | "ago")).then_some(n)
    };
    until(s, span).map(Stay::Until).or_else(|| span.clone().find_map(years).map(Stay::Years))
}

/// The day until which something is said to last: "until 1940", "to 1940", "past 1938".
fn until(s: &Sentence, span: &std::ops::Range<usize>) -> Option<Day> {
    let date = s.dates.iter().find(|d| {
        let first = s.folded[d.words.0].as_str();
        // "Until at least the end of 1932"
        let idle = (1..=3).take_while(|n| matches!(s.before(d.words.0, *n), "the" | "at" | "least")).count();
        let before = s.before(d.words.0, 1 + idle);
        let long = matches!(first, "until" | "till")
            || matches!(before, "until" | "till" | "to" | "past" | "beyond" | "through" | "into");
        span.contains(&d.words.0) && long
    })?;
    Some(date.window.to)
}
