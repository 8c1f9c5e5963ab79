//! Who plays which part in a clause, and whether it denies or supposes what it says.

use std::ops::Range;

use jonbar_record::{ActorId, Entity, EventKind, NameKind, PersonId, Record};

use super::times::Time;
use super::triggers::Found;
use crate::lexicon::{auxiliary, denies_thing, denies_verb, is_quiet, office_at};
use crate::sentence::{Name, Sentence, distinct};
use crate::text::is_possessive;

/// How often a clause denies what it speaks of: a denial stands before its verb, or "no" before its noun.
pub(super) fn denials(s: &Sentence, clause: &Range<usize>, hits: &[&Found]) -> usize {
    let verb = hits.first().map_or(clause.end, |h| h.at);
    // "Don't forget the guarantee", "not only": these deny nothing of what follows.
    let empty = |i: usize| {
        let next = s.folded.get(i + 1).map_or("", String::as_str);
        matches!(next, "forget" | "only" | "just" | "merely" | "to" | "mention" | "least")
    };
    let before_verb = |from: usize| {
        let before = from.max(clause.start).max(verb.saturating_sub(5))..verb.min(clause.end);
        before.filter(|&i| denies_verb(&s.folded[i]) && !empty(i)).count()
    };
    let of_thing = (clause.start..clause.end.saturating_sub(1))
        .filter(|&i| {
            let (word, next) = (&s.words[i], &s.words[i + 1]);
            let apart = s.gap(i + 1).contains([',', '.', '!', ';']);
            // "... and there were no further talks": that denies the talks, not what was told before.
            let there = i >= 2 && s.folded[i - 2] == "there" && verb < i;
            // "... signed the Entente, but it had no teeth".
            let besides = verb < i && (verb..i).any(|j| s.folded[j] == "but" && s.gap(j).contains(','));
            let early = (word.folded == "no" || i < verb) && !there && !besides;
            denies_thing(&word.folded)
                && early
                && !apart
                && !matches!(next.folded.as_str(), "one" | "longer" | "less" | "doubt")
        })
        .count();
    // "It is not true that they signed": that "not" is counted here, and not with the verb's.
    let untrue =
        ["not true that", "is false that", "is untrue that", "a myth that"].iter().find_map(|phrase| {
            let parts: Vec<&str> = phrase.split(' ').collect();
            let here =
                |i: &usize| s.folded[*i..].iter().map(String::as_str).take(3).eq(parts.iter().copied());
            (clause.start..verb.min(clause.end)).find(here)
        });
    let of_verb = match untrue {
        Some(at) => before_verb(at + 3),
        None => before_verb(clause.start),
    };
    // "Lithuania signed none at that time."
    let none = verb + 1 < clause.end && s.folded[verb + 1] == "none";
    of_verb + of_thing + usize::from(untrue.is_some()) + usize::from(none)
}

/// Where a sentence supposes: "if they had signed", "had Roumania fought".
pub(super) fn conditional(s: &Sentence, clause: &Range<usize>) -> bool {
    let words = &s.folded[clause.clone()];
    words
        .iter()
        .any(|w| matches!(w.as_str(), "if" | "unless" | "suppose" | "imagine" | "assuming" | "supposing"))
        || clause.start == 0
            && matches!(words.first().map(String::as_str), Some("had"))
            && s.folded.iter().any(|w| matches!(w.as_str(), "would" | "could" | "might"))
}

/// Who acts: named before an active verb, or behind "by".
pub(super) fn agents(
    s: &Sentence,
    clause: &Range<usize>,
    placed: &[(usize, ActorId)],
    hits: &[&Found],
    resolved: &[ActorId],
) -> Vec<ActorId> {
    let word = |i: usize| s.folded[i].as_str();
    // "Metaxas presented an ultimatum": the noun says what, the verb before it who.
    let brought = |noun: usize| {
        (clause.start..noun).rev().take(4).find(|&i| {
            matches!(
                word(i),
                "presented"
                    | "sent"
                    | "delivered"
                    | "issued"
                    | "handed"
                    | "made"
                    | "addressed"
                    | "served"
                    | "gave"
            )
        })
    };
    let told = hits.iter().find(|h| !h.noun).map(|h| h.at);
    let Some(verb) = told.or_else(|| hits.iter().find_map(|h| brought(h.at))) else { return Vec::new() };
    // "March 1939 - Prague occupied": the notes of a chronicle leave out "was".
    let note = s.in_date(clause.start) && word(verb).ends_with("ed");
    if note && !placed.iter().any(|(at, _)| *at > verb) {
        return Vec::new();
    }
    // "Austria occupied without a shot by the Wehrmacht."
    let by_somebody = (verb + 1..clause.end).any(|i| {
        word(i) == "by" && placed.iter().any(|(at, _)| *at > i && *at <= i + 3) && !s.in_date(i + 1)
    });
    let participle =
        word(verb).ends_with("ed") && by_somebody && !placed.iter().any(|(at, _)| *at == verb + 1);
    let passive = participle || (clause.start..verb).rev().take(3).any(|i| auxiliary(word(i)) == Some(true));
    if passive {
        let by = (verb..clause.end).find(|&i| word(i) == "by");
        return by.map_or(Vec::new(), |by| {
            distinct(placed.iter().filter(|(at, _)| *at > by && *at <= by + 4).map(|(_, a)| *a))
        });
    }
    // A name behind a preposition is no subject.
    let governed = |at: usize| {
        // "In the autumn of 1935 Ethiopia": the date is governed, not the state.
        (clause.start..at).rev().take(2).take_while(|&i| !s.in_date(i)).any(|i| {
            matches!(
                word(i),
                "with" | "to" | "from" | "of" | "against" | "by" | "between" | "for" | "over" | "at" | "in"
            )
        })
    };
    let subject = distinct(placed.iter().filter(|(at, _)| *at < verb && !governed(*at)).map(|(_, a)| *a));
    if subject.is_empty() { resolved.to_vec() } else { subject }
}

/// Who is said to have taken an office or signed, or which land to have been taken, if no name of the casebook stands there: the
/// capitalised word before the verb, or behind it.
pub(super) fn stranger(
    s: &Sentence,
    clause: &Range<usize>,
    hits: &[&Found],
    times: &[Time],
) -> Option<String> {
    let raw = |at: usize| s.words[at].raw.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    // "Was replaced by Andrey Vyshinsky": the last of the names behind.
    let behind = clause.clone().find_map(|i| {
        let by = s.folded.get(i + 1).is_some_and(|w| w == "by");
        let follows = matches!(word_of(s, i), "replaced" | "succeeded") && by;
        let name = (i + 2..clause.end.min(i + 5)).take_while(|j| s.strangers.contains(j)).last();
        name.filter(|_| follows)
    });
    if let Some(name) = behind {
        return Some(raw(name));
    }
    if let Some(took) = hits.iter().find(|h| !h.noun && h.kinds.first() == Some(&EventKind::TerritoryCeded)) {
        let mut behind = took.at + 1..clause.end.min(took.at + 5);
        let small =
            |i: &usize| matches!(s.folded[*i].as_str(), "the" | "of" | "part" | "most" | "all" | "city");
        if let Some(at) = behind.find(|i| !small(i)).filter(|at| s.strangers.contains(at)) {
            return Some(raw(at));
        }
    }
    let verb = hits.iter().find(|h| {
        !h.noun && matches!(h.kinds.first(), Some(EventKind::OfficeTaken | EventKind::PactSigned))
    })?;
    // "was appointed", "had signed"
    let at = (clause.start..verb.at).rev().find(|&i| auxiliary(&s.folded[i]).is_none())?;
    let dated = times.iter().any(|t| (t.words.0..t.words.1).contains(&at));
    let first = at == 0 && s.words[0].raw.starts_with(char::is_uppercase);
    let first = first && !s.in_name(0) && !is_quiet(&s.folded[0]);
    let first = first && s.folded[0].len() > 3 && !denies_thing(&s.folded[0]);
    ((s.strangers.contains(&at) || first) && !dated).then(|| raw(at))
}

/// States of the time that a casebook of Europe may well not know; one that it knows is a name of its own, and none of these.
const COUNTRIES: [&str; 26] = [
    "abyssinia",
    "arabia",
    "argentina",
    "australia",
    "brazil",
    "canada",
    "chile",
    "cuba",
    "egypt",
    "egyptians",
    "hejaz",
    "iceland",
    "india",
    "ireland",
    "liberia",
    "manchukuo",
    "mexico",
    "nepal",
    "peru",
    "siam",
    "syria",
    "thailand",
    "uruguay",
    "vatican",
    "venezuela",
    "yemen",
];

/// What is named that no entry can be of which does not have the name: a state unknown to the casebook ("with Siam", "the Holy See"), or
/// what an agreement is called ("the Lateran Treaty").
pub(super) fn unheard(s: &Sentence, clause: &Range<usize>) -> Vec<String> {
    let word = |i: usize| s.folded.get(i).map_or("", String::as_str);
    let agreement =
        |w: &str| matches!(w, "treaty" | "pact" | "protocol" | "accord" | "accords" | "agreement");
    let called = |i: &usize| {
        let capital = |i: usize| s.words.get(i).is_some_and(|w| w.raw.starts_with(char::is_uppercase));
        let country = COUNTRIES.contains(&word(*i)) || word(*i) == "holy" && word(i + 1) == "see";
        // "Fled to Egypt", "from Canada": where to, and not with whom.
        let place =
            matches!(s.before(*i, 1), "in" | "from" | "to" | "into" | "via" | "through" | "near" | "at");
        let name = capital(*i) && capital(i + 1) && agreement(word(i + 1)) && s.labels.contains(i);
        !s.in_name(*i) && (country && !place || name)
    };
    clause.clone().filter(called).map(|i| s.folded[i].clone()).collect()
}

fn word_of(s: &Sentence, i: usize) -> &str {
    s.folded[i].as_str()
}

/// To whom land is said to pass: "assigned to Turkey", "went to the Bulgarians".
pub(super) fn receivers(s: &Sentence, clause: &Range<usize>, placed: &[(usize, ActorId)]) -> Vec<ActorId> {
    const PASSING: [&str; 14] = [
        "assign",
        "award",
        "ceded",
        "cede",
        "transferred",
        "transfers",
        "handed",
        "goes",
        "went",
        "returned",
        "passed",
        "gave",
        "given",
        "restored",
    ];
    let passes = clause.clone().find(|&i| PASSING.iter().any(|stem| s.folded[i].starts_with(stem)));
    let Some(verb) = passes else { return Vec::new() };
    // What is given is words: "gave an ultimatum to Lithuania over Memel".
    const WORDS: [&str; 14] = [
        "ultimatum",
        "ultimatums",
        "note",
        "notice",
        "guarantee",
        "guarantees",
        "terms",
        "reply",
        "answer",
        "warning",
        "promise",
        "assurance",
        "assurances",
        "help",
    ];
    if clause.clone().any(|i| WORDS.contains(&word_of(s, i))) {
        return Vec::new();
    }
    let to = |at: usize| {
        (verb..at).rev().take(2).find(|&i| s.folded[i] != "the").is_some_and(|i| s.folded[i] == "to")
    };
    distinct(placed.iter().filter(|(at, _)| *at > verb && to(*at)).map(|(_, a)| *a))
}

/// Whose sphere is spoken of: "the Soviet sphere", "the sphere of Germany".
pub(super) fn sphere(s: &Sentence, clause: &Range<usize>) -> Option<ActorId> {
    let at = clause.clone().find(|&i| matches!(word_of(s, i), "sphere" | "spheres" | "orbit"))?;
    let actor = |n: &Name| if let Entity::Actor(a) = n.entity { Some(a) } else { None };
    let behind = |n: &&Name| (at + 2..=at + 4).contains(&n.span.start) && s.before(n.span.start, 1) != "and";
    let of = s.folded.get(at + 1).is_some_and(|w| w == "of");
    let before = s.names.iter().find(|n| n.span.end == at).and_then(actor);
    before.or_else(|| s.names.iter().filter(|_| of).find(behind).and_then(actor))
}

/// Who is said to come after somebody in an office: "was succeeded by Koryzis", "his place went to Molotov", "Halifax takes his place".
pub(super) fn taker(s: &Sentence, clause: &Range<usize>) -> Option<PersonId> {
    let person = |n: &&Name| clause.contains(&n.span.start) && matches!(n.entity, Entity::Person(_));
    let id = |n: &Name| if let Entity::Person(p) = n.entity { Some(p) } else { None };
    let people: Vec<&Name> = s.names.iter().filter(person).collect();
    let word = |i: usize| s.folded.get(i).map_or("", String::as_str);
    let place = clause.clone().any(|i| {
        office_at(&s.folded[i..clause.end]).is_some()
            || matches!(
                word(i),
                "post"
                    | "place"
                    | "office"
                    | "ministry"
                    | "portfolio"
                    | "chancellery"
                    | "premiership"
                    | "shoes"
            )
    });
    clause.clone().find_map(|i| {
        // The name behind, past "to M." or "by Baron von".
        let behind = |from: usize| people.iter().find(|n| (from..from + 4).contains(&n.span.start)).copied();
        let before = || people.iter().rfind(|n| n.span.end <= i && n.span.end + 2 > i).copied();
        let taken = match (word(i), word(i + 1)) {
            ("succeeded" | "replaced" | "followed", "by") => behind(i + 2),
            ("way", "for") if matches!(s.before(i, 1), "made" | "makes" | "make") => behind(i + 2),
            ("went" | "passed" | "fell" | "given" | "handed" | "entrusted" | "goes" | "passes", "to")
                if place =>
            {
                behind(i + 2)
            }
            ("takes" | "took" | "taking", "his" | "her" | "over") => before(),
            ("stepped" | "steps", _) if place => before(),
            // "Replaced Neurath with Ribbentrop": the one behind "with".
            ("replaced" | "replaces", _) if auxiliary(s.before(i, 1)).is_none() => {
                match (i + 1..clause.end.min(i + 7)).find(|&j| matches!(word(j), "with" | "by")) {
                    Some(with) => behind(with + 1),
                    None => before(),
                }
            }
            // "Succeeded in removing him" succeeds nobody.
            ("succeeds", next) if next != "in" => before(),
            ("succeeded", next) if next != "in" && auxiliary(s.before(i, 1)).is_none() => before(),
            ("became" | "becomes", _) => {
                let office =
                    (i + 1..i + 5).any(|j| j < clause.end && office_at(&s.folded[j..clause.end]).is_some());
                before().filter(|_| office)
            }
            _ => None,
        };
        taken.and_then(id)
    })
}

/// By whom something is said to have been signed: "signed for Italy by Ciano", "initialled by Bonnet and Ribbentrop".
pub(super) fn signers(s: &Sentence, clause: &Range<usize>) -> Vec<PersonId> {
    let signed = |i: &usize| {
        matches!(word_of(s, *i), "signed" | "sign" | "signs" | "initialled" | "initialed" | "concluded")
    };
    let Some(verb) = clause.clone().find(signed) else { return Vec::new() };
    let Some(by) = (verb + 1..clause.end.min(verb + 8)).find(|&i| word_of(s, i) == "by") else {
        return Vec::new();
    };
    let mut end = by + 1;
    let mut signers = Vec::new();
    for name in s.names.iter().filter(|n| n.span.start > by && clause.contains(&n.span.start)) {
        let Entity::Person(p) = name.entity else { continue };
        // "By M. Bonnet and Baron von Neurath", and nobody beyond them.
        if name.span.start > end + 3 {
            break;
        }
        signers.push(p);
        end = name.span.end;
    }
    signers
}

/// States named behind the verb as subjects of something else: neither what it is done to, nor in a list with others, nor
/// behind a preposition.
pub(super) fn bystanders(
    record: &Record,
    s: &Sentence,
    clause: &Range<usize>,
    hits: &[&Found],
    names: &[&Name],
) -> Vec<ActorId> {
    let Some(verb) = hits.iter().find(|h| !h.noun).map(|h| h.at) else {
        let told = hits.first().map_or(clause.end, |h| h.at);
        return beside(record, s, clause, told, names);
    };
    let stops = |i: usize| s.gap(i).contains([',', ';', ':']);
    let mut found = beside(record, s, clause, verb, names);
    for name in names.iter().filter(|n| n.span.start > verb + 1 && n.span.start > clause.start) {
        let (start, end) = (name.span.start, name.span.end);
        let actor = match name.entity {
            Entity::Actor(a) => a,
            // "Mussolini rushed troops": a person stands by for his state.
            Entity::Person(p) => match record.people[p.0].actor {
                Some(a) => a,
                None => continue,
            },
            _ => continue,
        };
        let before = s.folded[start - 1].as_str();
        let listed = matches!(before, "and" | "or" | "both" | "the" | "nor")
            || names.iter().any(|other| other.span.end == start || other.span.end + 1 == start);
        let object = start <= verb + 2 && !stops(start);
        let own = s.in_date(start - 1) || stops(start);
        // Something of its own follows: "Yugoslavia did nothing".
        let goes_on = end < clause.end
            && !stops(end)
            && !matches!(
                s.folded[end].as_str(),
                "and" | "or" | "in" | "on" | "at" | "by" | "with" | "from" | "to"
            )
            && !s.in_date(end);
        if own && goes_on && !listed && !object {
            found.push(actor);
        }
    }
    found
}

/// States of what goes along with what is told: "after the partition of Poland, ...", "with Italian support", "for its attack on
/// Finland", "and Bulgaria stayed outside".
fn beside(
    record: &Record,
    s: &Sentence,
    clause: &Range<usize>,
    verb: usize,
    names: &[&Name],
) -> Vec<ActorId> {
    let state = |n: &&&Name| match n.entity {
        Entity::Actor(a) => Some((n.span.clone(), a)),
        Entity::Person(p) => record.people[p.0].actor.map(|a| (n.span.clone(), a)),
        _ => None,
    };
    let word = |i: usize| s.folded.get(i).map_or("", String::as_str);
    // Where the first part ends that only says when or in spite of what.
    let opens = matches!(
        word(clause.start),
        "after" | "before" | "following" | "despite" | "since" | "with" | "when"
    );
    let opened = (clause.start + 1..verb.min(clause.end)).find(|&i| s.gap(i).contains(',')).filter(|_| opens);
    const HELP: [&str; 9] = [
        "support",
        "help",
        "backing",
        "consent",
        "approval",
        "aid",
        "mediation",
        "encouragement",
        "pressure",
    ];
    const AGAINST: [&str; 5] = ["attack", "war", "aggression", "invasion", "assault"];
    const MOVED: [&str; 10] = [
        "alarmed",
        "worried",
        "angered",
        "pleased",
        "shocked",
        "surprised",
        "frightened",
        "annoyed",
        "reassured",
        "unsettled",
    ];
    const ASIDE: [&str; 6] = ["stayed", "stood", "remained", "sulked", "kept", "abstained"];
    names
        .iter()
        .filter_map(|n| state(&n))
        .filter(|(span, _)| {
            let (start, end) = (span.start, span.end);
            let before = |n: usize| start.checked_sub(n).map_or("", |i| word(i));
            let first = opened.is_some_and(|comma| start < comma);
            let helped = before(1) == "with" && HELP.contains(&word(end));
            let reason =
                matches!(before(1), "on" | "against" | "of" | "with") && AGAINST.contains(&before(2)) && {
                    matches!(before(3), "its" | "the" | "their" | "his")
                        && matches!(before(4), "for" | "of" | "over" | "to" | "after" | "during")
                };
            // "Has resigned over his plan with Laval."
            let own = |n: usize| matches!(before(n), "his" | "her" | "its" | "their");
            let of_his = before(1) == "with"
                && own(3)
                && matches!(before(4), "over" | "after" | "for" | "about" | "of" | "by");
            let aside = of_his || start > verb && ASIDE.contains(&word(end));
            // "A year before the German one."
            let another = matches!(word(end), "one" | "ones");
            // "Without so much as phoning Paris"; "without warning" says how, and of nobody.
            const MANNER: [&str; 5] = ["warning", "hesitation", "delay", "provocation", "reason"];
            let object = |i: usize| (i + 1..start).any(|j| matches!(word(j), "a" | "an" | "pact" | "treaty"));
            let without = (start.saturating_sub(5).max(verb + 1)..start)
                .any(|i| word(i) == "without" && !MANNER.contains(&word(i + 1)) && !object(i));
            let whose = (verb + 1..start).any(|i| word(i) == "whose");
            // "Rathenau is murdered, two months after his handshake with Chicherin."
            let later = (verb + 1..start).any(|i| {
                matches!(word(i), "after" | "before")
                    && matches!(word(i + 1), "his" | "her" | "its" | "their" | "the" | "a")
                    && start - i <= 6
            });
            let moved = without
                || whose
                || later
                || MOVED.contains(&before(1))
                || before(1) == "the" && MOVED.contains(&before(2));
            first || helped || reason || aside || another || moved
        })
        .map(|(_, actor)| actor)
        .collect()
}

/// A state named for something else than its part in what is told: the town of a treaty ("the Treaty of Riga"), or against whom an
/// alliance is made.
pub(super) fn is_by_the_way(s: &Sentence, at: usize, entity: Entity) -> bool {
    if !matches!(entity, Entity::Actor(_)) {
        return false;
    }
    let before = |n: usize| at.checked_sub(n).map_or("", |i| s.folded[i].as_str());
    let agreement = |w: &str| {
        matches!(
            w,
            "treaty"
                | "peace"
                | "pact"
                | "pacts"
                | "protocol"
                | "accord"
                | "accords"
                | "agreement"
                | "convention"
        )
    };
    let bound = |w: &str| agreement(w) || matches!(w, "alliance" | "alliances" | "guarantee" | "entente");
    let town = s.names.iter().any(|n| n.span.start == at && n.kind == NameKind::Metonym);
    // "Austrian Nazis" are of Austria.
    let nazis = s.folded[at] == "nazis" && s.names.iter().any(|n| n.span.end == at);
    let after = s.folded.get(at + 1).map_or("", String::as_str);
    // "The Riga peace"
    let of_town = town && agreement(after);
    // "Was aimed at Russia"
    let aimed = matches!((before(1), before(2)), ("at" | "against", "aimed" | "directed" | "pointed"));
    // "Bela Kun's Soviet republic"
    let owned = s.names.iter().any(|n| n.span.end == at && is_possessive(&s.words[at - 1].raw));
    let republic = s.folded[at] == "soviet" && owned && matches!(after, "republic" | "regime" | "government");
    // "Gained Fiume by the Treaty of Rome with Yugoslavia": by what, and not with whom.
    let pact_before =
        |end: usize| s.names.iter().find(|n| n.span.end == end && matches!(n.entity, Entity::Pact(_)));
    let called = before(1) == "with" && before(3) == "of" && agreement(before(4));
    let called = called && (5..=6).any(|n| matches!(before(n), "by" | "under" | "through"));
    let by_pact = called
        || before(1) == "with"
            && at.checked_sub(1).and_then(pact_before).is_some_and(|n| {
                let the = usize::from(s.before(n.span.start, 1) == "the");
                matches!(s.before(n.span.start, 1 + the), "by" | "under" | "through" | "thanks")
            });
    let of_treaty = town && before(1) == "of" && agreement(before(2));
    let against = before(1) == "against" && (bound(before(2)) || bound(before(3)));
    of_treaty || of_town || aimed || republic || against || nazis || by_pact
}
