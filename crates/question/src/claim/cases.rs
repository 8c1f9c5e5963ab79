//! Which cases a claim is about: pacts, demands, claims to land or attacks, and of whom.

use std::ops::Range;

use jonbar_record::{ActorId, Day, Entity, PactType, PersonId, Record, Window};

use super::{Cases, Pair, Sort, Unit};
use crate::lexicon::{Verb, auxiliary, is_demand_noun, pact_at};
use crate::reading::Focus;
use crate::sentence::Sentence;
use crate::text::{is_possessive, words_of};

/// The cases spoken of in a range of words.
pub(super) fn cases(record: &Record, s: &Sentence, range: Range<usize>, focus: &Focus) -> Cases {
    let folded = &s.folded[range.clone()];
    let pact = range
        .clone()
        .filter(|&i| !s.in_group(i))
        .filter_map(|i| pact_noun(&s.folded[i..range.end]))
        .find_map(|(kind, _)| kind)
        .or(if focus.pact.is_some() && s.pact().flatten().is_none() { focus.pact } else { None });
    let named = s.mentions().into_iter().find(|(i, _)| range.contains(i)).map(|(_, a)| a);
    // A person stands for the state.
    let person = || {
        let people = s.focus(record).people;
        people.first().filter(|_| named.is_none()).and_then(|p| record.people[p.0].actor)
    };
    let whole = range.start == 0;
    let has = |list: &[&str]| folded.iter().any(|w| list.contains(&w.as_str()));
    let stem = |list: &[&str]| folded.iter().any(|w| list.iter().any(|t| w.starts_with(t)));
    let sorts: Vec<Sort> = sorts(s, range.clone()).into_iter().map(|(_, sort)| sort).collect();
    let both = has(&["between", "among", "amongst"]);
    let sides = match sorts[..] {
        [] => [None; 2],
        // "Between the Baltic states and the Soviet Union".
        [one] if both && named.is_none() => [Some(one); 2],
        [one] => [Some(one), None],
        [one, other, ..] => [Some(one), Some(other)],
    };
    let border = has(&["border", "frontier"]) && stem(&["shar", "common"]);
    let apart =
        has(&["distant", "faraway"]) || border && has(&["no", "without", "not", "didnt", "dont", "doesnt"]);
    Cases {
        pact,
        party: named.or_else(|| whole.then(person).flatten()),
        sides,
        pair: if apart {
            Some(Pair::Distant)
        } else if border || stem(&["neighbour", "neighbor", "bordering", "adjacent"]) {
            Some(Pair::Neighbours)
        } else if stem(&["rival", "enem", "quarrel", "disput"]) || has(&["hostile"]) {
            Some(Pair::Rivals)
        } else {
            None
        },
        many: stem(&["multilateral", "collective"]),
        fixed_term: match (
            has(&["fixedterm", "limited"]),
            has(&["openended", "unlimited", "indefinite", "permanent"]),
        ) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        },
        unit: Unit::Pacts,
        answered: None,
        window: s.window_in(&range).or(if whole { focus.window } else { None }).map(|w| {
            // "Signed by 1935" is signed up to then.
            let by =
                s.dates.iter().any(|d| d.window == w && d.words.0 > 0 && s.folded[d.words.0 - 1] == "by");
            let from = if by { record.span.from } else { w.from };
            Window { from, ..w }.within(record.span)
        }),
        target: None,
    }
}

/// A word that names a sort of state or of pair.
pub(super) fn is_sort_word(word: &str) -> bool {
    const STEMS: [&str; 24] = [
        "great",
        "major",
        "big",
        "large",
        "strong",
        "small",
        "minor",
        "little",
        "weak",
        "lesser",
        "power",
        "state",
        "countr",
        "nation",
        "neighbo",
        "democra",
        "dictator",
        "autocra",
        "authoritarian",
        "totalitarian",
        "multilateral",
        "bilateral",
        "border",
        "shar",
    ];
    const MORE: [&str; 15] = [
        "rival",
        "enem",
        "quarrel",
        "disput",
        "territorial",
        "collective",
        "common",
        "frontier",
        "hostile",
        "distant",
        "openended",
        "fixedterm",
        "unlimited",
        "indefinite",
        "permanent",
    ];
    let word = word.to_lowercase();
    STEMS.iter().chain(&MORE).any(|stem| word.starts_with(stem))
}

/// Sorts of state spoken of in a range of words, with their places.
pub(crate) fn sorts(s: &Sentence, range: Range<usize>) -> Vec<(usize, Sort)> {
    let folded = &s.folded[..range.end];
    let groups = s.groups.iter().filter(|g| range.contains(&g.span.start));
    let mut found: Vec<(usize, Sort)> = groups.map(|g| (g.span.start, Sort::Group(g.group))).collect();
    for (i, w) in folded.iter().enumerate().filter(|(i, _)| *i >= range.start && !s.in_group(*i)) {
        let state = |w: &String| {
            ["power", "state", "countr", "nation", "neighbo", "one"].iter().any(|t| w.starts_with(t))
        };
        let next = folded.get(i + 1).is_some_and(state);
        let side = folded.get(i + 1).is_some_and(|w| matches!(w.as_str(), "side" | "party" | "partner"));
        let sort = match w.as_str() {
            "stronger" | "bigger" if side => Sort::Great,
            "weaker" | "smaller" if side => Sort::Small,
            "great" | "major" | "big" | "large" | "strong" | "stronger" | "bigger" if next => Sort::Great,
            "small" | "minor" | "little" | "weak" | "weaker" | "lesser" | "smaller" if next => Sort::Small,
            "democratic" | "parliamentary" => Sort::Democracy,
            _ if w.starts_with("democrac") => Sort::Democracy,
            _ if ["dictator", "autocra", "authoritarian", "totalitarian"]
                .iter()
                .any(|t| w.starts_with(t)) =>
            {
                Sort::Dictatorship
            }
            _ => continue,
        };
        found.push((i, sort));
    }
    found.sort_by_key(|(i, _)| *i);
    found
}

/// Words for pacts that elsewhere mean other things.
pub(crate) fn pact_noun(words: &[String]) -> Option<(Option<PactType>, usize)> {
    let loose = |w: &String| {
        matches!(
            w.as_str(),
            "commitments" | "commitment" | "word" | "obligations" | "deals" | "promises" | "promise"
        )
    };
    let allies =
        |w: &String| matches!(w.as_str(), "ally" | "allies" | "guarantors" | "guarantor" | "guaranteed");
    let kind = |w: &String| if allies(w) { Some(PactType::Defence) } else { None };
    pact_at(words).or_else(|| words.first().filter(|w| loose(w) || allies(w)).map(|w| (kind(w), 1)))
}

/// Who acts in the cases spoken of in a range of words, and on whom. Returns the part of it that says which cases are meant, where
/// the rest says of which sort they were: "small states were attacked" of "... by great powers".
pub(super) fn direct(s: &Sentence, range: &Range<usize>, of: &mut Cases) -> Cases {
    let unit = of.unit;
    let upon = |i: usize| match unit {
        Unit::Demands => is_asked(s, i),
        Unit::Attacks => is_attacked(s, i),
        Unit::Transfers => gives(s, i),
        Unit::Breaches | Unit::Ruptures => suffers_breach(s, i),
        Unit::Pacts | Unit::Claims => stands_after_onto(s, i),
    };
    let mentions: Vec<(usize, ActorId)> =
        s.mentions().into_iter().filter(|(i, _)| range.contains(i)).collect();
    let named = |on: bool| mentions.iter().find(|(i, _)| upon(*i) == on).copied();
    let (target, party) = (named(true), named(false));
    of.target = target.map(|(_, a)| a);
    // A person stands for the state.
    of.party = party.map(|(_, a)| a).or(of.party.filter(|p| Some(*p) != of.target));
    let found = sorts(s, range.clone());
    let each = s.has_phrase(&["each", "other"]) || s.has_phrase(&["one", "another"]);
    let between = |i: usize| {
        s.folded[..i].iter().rev().take(2).any(|w| matches!(w.as_str(), "between" | "among" | "amongst"))
    };
    let sort = |on: bool| found.iter().find(|(i, _)| upon(*i) == on).copied();
    let placed = match found[..] {
        [(i, one)] if each => [Some((i, one)), Some((s.folded.len(), one))],
        [one @ (i, _)] if between(i) && mentions.is_empty() => [Some(one); 2],
        [one @ (i, _), other, ..] if between(i) => [Some(one), Some(other)],
        _ => [sort(false), sort(true)],
    };
    of.sides = placed.map(|p| p.map(|(_, sort)| sort));
    // A dispute is between rivals anyway.
    if unit == Unit::Claims && of.pair == Some(Pair::Rivals) {
        of.pair = None;
    }
    // What stands before the verb says which cases are meant.
    let is = |i: &usize| auxiliary(&s.folded[*i]) == Some(true);
    let does = |i: &usize| {
        matches!(
            Verb::of(&s.folded[*i]),
            Some(Verb::Attack | Verb::Seize | Verb::Fight | Verb::Break | Verb::Cede)
        )
    };
    let mut words = range.clone();
    let verb = words.find(is).or_else(|| range.clone().find(does));
    let verb = verb.unwrap_or(range.end);
    let early = |at: Option<usize>| at.is_some_and(|i| i < verb);
    let sides = placed.map(|p| p.filter(|(i, _)| *i < verb).map(|(_, sort)| sort));
    let near = (range.start..verb).any(|i| is_pair_word(&s.folded[i]));
    Cases {
        party: of.party.filter(|_| early(party.map(|(i, _)| i))),
        target: of.target.filter(|_| early(target.map(|(i, _)| i))),
        sides,
        pair: of.pair.filter(|_| near),
        ..of.clone()
    }
}

/// "neighbours", "rivals": what two states are to each other.
pub(super) fn is_pair_word(word: &str) -> bool {
    ["neighbour", "neighbor", "border", "rival", "enem", "quarrel", "disput"]
        .iter()
        .any(|t| word.starts_with(t))
}

/// Who gives land up: "from small states", "Romania lost", "cessions by Romania", "ceded by Romania".
fn gives(s: &Sentence, i: usize) -> bool {
    let before = |n: usize| s.before(i, n);
    let from = before(1) == "from" || before(2) == "from" && before(1) == "the";
    let loses = |w: &str| w == "lost" || Verb::of(w) == Some(Verb::Cede);
    let verb = s.folded.iter().position(|w| loses(w));
    let subject = verb.is_some_and(|v| i < v && !matches!(before(1), "to" | "by" | "on"));
    let by = |n: usize| matches!(before(n), "by" | "of");
    let cession = (by(1) || by(2))
        && s.folded[..i].iter().any(|w| w.starts_with("cession") || w == "ceded" || w == "surrendered");
    from || subject || cession
}

/// With whom a pact was broken: "against small states", "with Poland", "pacts of Poland were broken by Germany".
fn suffers_breach(s: &Sentence, i: usize) -> bool {
    let before = |n: usize| s.before(i, n);
    let by = matches!(before(1), "by") || before(2) == "by";
    let with = before(1) == "with" || before(2) == "with" && before(1) == "the";
    let passive_by =
        s.folded[i..].windows(2).any(|w| matches!(Verb::of(&w[0]), Some(Verb::Break)) && w[1] == "by");
    !by && (stands_after_onto(s, i) || with || passive_by)
}

/// "on Poland", "against small states".
fn stands_after_onto(s: &Sentence, i: usize) -> bool {
    let before = |n: usize| s.before(i, n);
    let onto = |w: &str| matches!(w, "on" | "to" | "against" | "upon" | "towards");
    onto(before(1)) || onto(before(2))
}

/// Of whom land is demanded: "on small states", "Poland refused", "refused by Poland"; not "a great power made a demand".
fn is_asked(s: &Sentence, i: usize) -> bool {
    let before = |n: usize| s.before(i, n);
    let answers = s.folded.iter().position(|w| matches!(Verb::of(w), Some(Verb::Accept | Verb::Refuse)));
    let answered_by = answers.is_some_and(|v| i > v) && (before(1) == "by" || before(2) == "by");
    // "Handed an ultimatum by a bigger one": not by the one it was handed.
    let by = s.folded[i + 1..].iter().take(7).any(|w| w == "by");
    let makes = s.folded[i + 1..].iter().take(3).any(|w| {
        matches!(w.as_str(), "made" | "makes" | "issued" | "presented")
            || !by && matches!(w.as_str(), "sent" | "sends" | "delivered" | "handed")
    }) || s.folded.get(i + 1).is_some_and(|w| is_demand_noun(w));
    // Whoever accepts or refuses is asked: not "Poland's demands were refused" or "the demands of Poland were".
    let passive = answers.is_some_and(|v| s.folded[..v].iter().any(|w| auxiliary(w) == Some(true)));
    let own = is_possessive(&s.words[i].raw);
    let answering = answers.is_some_and(|v| i < v)
        && !passive
        && !own
        && !makes
        && !matches!(before(1), "of" | "by" | "from");
    stands_after_onto(s, i) || answered_by || answering
}

/// Who is attacked: the object of an active verb, the subject of a passive one.
fn is_attacked(s: &Sentence, i: usize) -> bool {
    let before = |n: usize| s.before(i, n);
    let word = |j: usize| s.folded.get(j).map_or("", |w| w.as_str());
    // "Attacks of Germany were ..." tells of acts by Germany, "invasions of Poland" of acts on Poland; neither is a verb.
    let onto = |w: &str| matches!(w, "of" | "by" | "on" | "upon" | "against") || auxiliary(w) == Some(true);
    let act = |j: usize| word(j).trim_end_matches('s');
    let of_attacker = |j: usize| matches!(act(j), "attack" | "war");
    let of_attacked =
        |j: usize| matches!(act(j), "invasion" | "annexation" | "occupation" | "conquest" | "seizure");
    let noun = |j: usize| (of_attacker(j) || of_attacked(j)) && onto(word(j + 1));
    let verb = (0..s.folded.len()).find(|&j| {
        let w = word(j);
        let acts = matches!(Verb::of(w), Some(Verb::Attack | Verb::Seize | Verb::Fight));
        (acts || w == "started" || w == "begun") && !noun(j)
    });
    let by = before(1) == "by" || before(2) == "by";
    let of = [1, 2, 3].into_iter().find(|n| before(*n) == "of").map(|n| i - n);
    if of.is_some_and(|j| j > 0 && of_attacked(j - 1)) && !by {
        return true;
    }
    let Some(verb) = verb else { return !by && stands_after_onto(s, i) };
    let passive = s.folded[..verb].iter().rev().take(3).any(|w| auxiliary(w) == Some(true));
    if by {
        false
    } else if passive {
        i < verb
    } else {
        i > verb || stands_after_onto(s, i)
    }
}

/// "After Munich", "since Hitler came to power", "once Germany left ...": a time told by a pact or a person's first day in office,
/// with a sentence that says so and the words that tell it.
pub(crate) fn anchor(record: &Record, s: &Sentence) -> Option<(Window, String, Range<usize>)> {
    let sides = ["after", "since", "before"];
    let at = s.folded.iter().position(|w| sides.contains(&w.as_str()))?;
    let word = s.folded.get(at + 1)?;
    let span = record.span;
    let side = |day: Day| match s.folded[at].as_str() {
        "before" => Window { from: span.from, to: day.plus(-1) },
        _ => Window { from: day, to: span.to },
    };
    let person = s.names.iter().find_map(|n| match n.entity {
        Entity::Person(p) if n.span.start > at && n.span.start <= at + 2 => Some((p, n.span.end)),
        _ => None,
    });
    if let Some((person, end)) = person {
        let day = in_office(record, person)?.from;
        let told = format!("{} came to office on {}.", record.people[person.0].name, day.long());
        let rest = s.folded[end..].iter().take_while(|w| {
            matches!(w.as_str(), "came" | "come" | "to" | "power" | "office" | "took" | "over")
        });
        let taken = rest.count();
        return Some((side(day), told, at..end + taken));
    }
    // "After German rearmament" names no pact.
    if s.names.iter().any(|n| matches!(n.entity, Entity::Actor(_)) && n.span.contains(&(at + 1))) {
        return None;
    }
    // The first pact known by that name: "Munich", "Locarno".
    let names = |name: &str| words_of(name).iter().take(1).any(|w| w.folded == *word);
    let pact = record
        .pacts
        .iter()
        .filter(|p| names(&p.name) || p.aliases.iter().any(|a| names(a)))
        .min_by_key(|p| p.signed.reading())?;
    let day = pact.signed.reading();
    let told = format!("{} stands for the {}, signed on {}.", s.words[at + 1].raw, pact.name, day.long());
    Some((side(day), told, at..at + 2))
}

/// When a person held any office, from the first to the last day of it within the casebook.
pub(crate) fn in_office(record: &Record, person: PersonId) -> Option<Window> {
    let windows = record.terms_of(person);
    let from = windows.iter().map(|w| w.from).min()?;
    let to = windows.iter().map(|w| w.to).max()?;
    Some(Window { from, to }.within(record.span))
}
