//! Whether a text speaks of many things, and not of one.

use super::cases::pact_noun;
use crate::text::words_of;
use crate::vague::Vague;

/// Whether a text speaks of pacts at all.
pub fn speaks_of_pacts(text: &str) -> bool {
    let words: Vec<String> = words_of(text).into_iter().map(|w| w.folded).collect();
    (0..words.len()).any(|i| pact_noun(&words[i..]).is_some())
}

/// Whether a text says how often something happens, compares, or speaks of states in general.
pub fn says_how_often(text: &str) -> bool {
    let words: Vec<String> = words_of(text).into_iter().map(|w| w.folded).collect();
    Vague::find(&words).is_some() || words.iter().any(|w| w == "than") || speaks_of_many(text)
}

/// Whether a text counts or compares: "most land", "more often than", "nobody", "how many". "All of Austria" is one land.
pub fn counts(text: &str) -> bool {
    const COUNTS: [&str; 17] = [
        "as many",
        "only once",
        "just once",
        "exactly once",
        "no state",
        "no country",
        "no neighbour",
        "most",
        "every",
        "nobody",
        "no one",
        "how many",
        "more often",
        "less often",
        "more frequently",
        "hardly any",
        "the majority",
    ];
    let words: Vec<String> = words_of(text).into_iter().map(|w| w.folded).collect();
    let phrase = |phrase: &str| {
        let long = phrase.split(' ').count();
        words.windows(long).any(|w| w.iter().map(String::as_str).eq(phrase.split(' ')))
    };
    // "A few weeks before".
    let few = words.windows(2).any(|w| {
        w[0] == "few" && !["hour", "day", "week", "month", "year"].iter().any(|t| w[1].starts_with(t))
    });
    let more =
        words.iter().any(|w| matches!(w.as_str(), "more" | "fewer")) && words.iter().any(|w| w == "than");
    few || more && !phrase("more than") || COUNTS.iter().any(|c| phrase(c)) && !phrase("the most")
}

/// Whether a text speaks of states or wars in general: "countries that signed", and not "between the wars" or "the Baltic states".
pub fn speaks_of_many(text: &str) -> bool {
    const MANY: [&str; 7] =
        ["countries", "states", "nations", "powers", "democracies", "dictatorships", "wars"];
    const CERTAIN: [&str; 8] = ["the", "both", "united", "baltic", "balkan", "central", "western", "axis"];
    let words: Vec<String> = words_of(text).into_iter().map(|w| w.folded).collect();
    let word = |i: usize| words.get(i).map_or("", String::as_str);
    (0..words.len()).any(|i| {
        let before = i.checked_sub(1).map_or("", word);
        let told = matches!(word(i + 1), "that" | "who" | "which" | "with");
        MANY.contains(&word(i)) && (told || !CERTAIN.contains(&before))
    })
}

/// Whether a text speaks of what happens often, seldom, or more than something else, or of pacts in general: a rule, and no
/// statement of one event.
pub fn is_rule(text: &str) -> bool {
    const MANY: [&str; 14] = [
        "states",
        "countries",
        "nations",
        "powers",
        "neighbours",
        "neighbors",
        "democracies",
        "dictatorships",
        "pacts",
        "treaties",
        "alliances",
        "guarantees",
        "wars",
        "ultimatums",
    ];
    const RULES: [&str; 10] = [
        "only",
        "more",
        "less",
        "longer",
        "likelier",
        "than",
        "median",
        "nobody",
        "increasingly",
        "steadily",
    ];
    let words: Vec<String> = words_of(text).into_iter().map(|w| w.folded).collect();
    // "A pact with Germany was ...", "Guarantees from Paris were ...": of no pact in particular.
    let general = words.first().is_some_and(|first| {
        let rest = if first == "a" || first == "an" { &words[1..] } else { &words[..] };
        let dated = text.contains(|c: char| c.is_ascii_digit());
        pact_noun(rest).is_some_and(|(_, taken)| rest.len() < words.len() || rest[taken - 1].ends_with('s'))
            && !dated
    });
    // "Small states that signed lost their independence", with no date: of many.
    let many = !text.contains(|c: char| c.is_ascii_digit())
        && text.trim_end_matches(['.', '!', ' ']).matches(['.', '!', '?']).count() == 0
        && words.iter().any(|w| MANY.contains(&w.as_str()));
    let nobody = words.windows(2).any(|w| {
        w[0] == "no" && matches!(w[1].as_str(), "country" | "state" | "power" | "nation" | "government")
    });
    general
        || many
        || nobody
        || Vague::find(&words).is_some()
        || words.iter().any(|w| RULES.contains(&w.as_str()))
}
