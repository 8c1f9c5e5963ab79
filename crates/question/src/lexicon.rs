//! The words the reader knows besides names and dates.

use jonbar_record::PactType;

/// A kind of pact spoken of: its type, and the words it takes.
pub(crate) fn pact_at(words: &[String]) -> Option<(Option<PactType>, usize)> {
    let word = |i: usize| words.get(i).map_or("", String::as_str);
    let is_pact = |w: &str| {
        matches!(
            w,
            "pact"
                | "pacts"
                | "treaty"
                | "treaties"
                | "agreement"
                | "agreements"
                | "convention"
                | "draft"
                | "protocol"
        )
    };
    let tail = |n: usize| n + usize::from(is_pact(word(n)));
    let first = word(0);
    let nonaggression = first.starts_with("nonag") || first.starts_with("non-ag");
    if nonaggression && (first.contains("gres") || first.contains("aggr")) {
        return Some((Some(PactType::Nonaggression), tail(1)));
    }
    if first == "non" && word(1).starts_with("ag") && word(1).contains("gres") {
        return Some((Some(PactType::Nonaggression), tail(2)));
    }
    match (first, word(1)) {
        ("mutual", "assistance" | "aid" | "defence" | "defense") => Some((Some(PactType::Defence), tail(2))),
        ("defence" | "defense" | "defensive" | "military", w) if is_pact(w) || w == "alliance" => {
            Some((Some(PactType::Defence), 2))
        }
        ("alliance" | "alliances", _) => Some((Some(PactType::Defence), 1)),
        ("neutrality", w) if is_pact(w) => Some((Some(PactType::Neutrality), 2)),
        ("neutrality", _) => Some((Some(PactType::Neutrality), 1)),
        ("guarantee" | "guarantees", _) => Some((Some(PactType::Guarantee), 1)),
        ("friendship", w) if is_pact(w) => Some((Some(PactType::Friendship), 2)),
        ("consultation" | "consultative", w) if is_pact(w) => Some((Some(PactType::Consultation), 2)),
        ("peace", "treaty" | "treaties") => Some((Some(PactType::Peace), 2)),
        (w, _) if is_pact(w) => Some((None, 1)),
        _ => None,
    }
}

/// Verbs and nouns that say what is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    Sign,
    Accept,
    Refuse,
    Fight,
    Die,
    Dismiss,
    Keep,
    Overthrow,
    Denounce,
    Recognise,
    Demand,
    Attack,
    Lose,
    Ratify,
}

pub(crate) fn verb_of(word: &str) -> Option<Verb> {
    let stem = |stems: &[&str]| stems.iter().any(|s| word.starts_with(s));
    if stem(&["sign", "conclud", "produc", "initial", "agreed", "agree", "join", "obtain"])
        && word != "signal"
    {
        Some(Verb::Sign)
    } else if stem(&["accept", "conced", "grant", "yield", "gave", "taken", "complied", "comply"]) {
        Some(Verb::Accept)
    } else if stem(&["refus", "reject", "resist", "defied", "defy", "declin", "rebuff"]) {
        Some(Verb::Refuse)
    } else if stem(&["fought", "fight", "march", "interven"]) {
        Some(Verb::Fight)
    } else if stem(&["kill", "murder", "assassinat", "died", "die", "shot"]) {
        Some(Verb::Die)
    } else if stem(&["dismiss", "sacked", "fired", "removed", "ousted", "resign"]) {
        Some(Verb::Dismiss)
    } else if matches!(word, "kept" | "keep" | "lived" | "survived" | "stayed" | "remained" | "retained") {
        Some(Verb::Keep)
    } else if stem(&["overthr", "topple", "coup"]) {
        Some(Verb::Overthrow)
    } else if stem(&["denounc", "renounc", "broke", "break", "violat", "abrogat", "tore"]) {
        Some(Verb::Denounce)
    } else if stem(&["recogni"]) {
        Some(Verb::Recognise)
    } else if stem(&["demand", "ultimatum", "claim"]) {
        Some(Verb::Demand)
    } else if stem(&["attack", "invad", "declared"]) {
        Some(Verb::Attack)
    } else if matches!(word, "lost" | "lose" | "losses") {
        Some(Verb::Lose)
    } else if stem(&["ratif"]) {
        Some(Verb::Ratify)
    } else {
        None
    }
}

/// Words that deny what follows.
pub(crate) fn is_negation(word: &str) -> bool {
    matches!(
        word,
        "not" | "never" | "no" | "without" | "hadnt" | "didnt" | "wasnt" | "werent" | "couldnt" | "failed"
    )
}

/// A demand spoken of without its verb.
pub(crate) fn is_demand_noun(word: &str) -> bool {
    matches!(word, "ultimatum" | "ultimatums" | "terms" | "demand" | "demands" | "award" | "claim" | "claims")
}
