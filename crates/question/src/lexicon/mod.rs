//! The words the reader knows besides names and dates.

mod verbs;

use jonbar_record::{Office, PactType};

pub(crate) use verbs::{Verb, irregular_forms, is_form_of, may_be_noun};

/// What stands before a noun or a name and gives its part in the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// No preposition: subject or object.
    Bare,
    /// `with`: the other party.
    With,
    /// `by`: who acts, in the passive.
    By,
    /// `on`, `to`, `towards`, `upon`: to whom it is done.
    On,
    /// `of`, `between`, `among`: parties of the noun before.
    Of,
    /// `against`, `over`, `instead of`, `without`, ...: spoken of, but no party.
    Aside,
    /// `in`, `at`, `near`: where.
    At,
}

impl Part {
    /// The part that a preposition gives, and how many words it takes.
    pub(crate) fn of(words: &[String]) -> Option<(Part, usize)> {
        let word = |i: usize| words.get(i).map_or("", String::as_str);
        Some(match (word(0), word(1)) {
            ("instead" | "because" | "ahead" | "independently", "of") | ("rather", "than") => {
                (Part::Aside, 2)
            }
            ("with", _) => (Part::With, 1),
            ("by", _) => (Part::By, 1),
            ("on" | "to" | "towards" | "toward" | "upon", _) => (Part::On, 1),
            ("of" | "between" | "among", _) => (Part::Of, 1),
            (
                "against" | "alongside" | "beside" | "besides" | "over" | "from" | "without" | "despite"
                | "through" | "for" | "like" | "about" | "under" | "after" | "before" | "than" | "via",
                _,
            ) => (Part::Aside, 1),
            ("in" | "at" | "near" | "into", _) => (Part::At, 1),
            _ => return None,
        })
    }
}

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
                | "conventions"
                | "draft"
                | "protocol"
                | "accord"
                | "accords"
                | "deal"
                | "deals"
        )
    };
    let tail = |n: usize| n + usize::from(is_pact(word(n)));
    let first = word(0);
    if matches!(first, "nap" | "naps") {
        return Some((Some(PactType::Nonaggression), 1));
    }
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

/// Agreements that are no political obligation: the casebook has none of them.
pub(crate) fn is_unpolitical(word: &str) -> bool {
    matches!(
        word,
        "naval"
            | "trade"
            | "commercial"
            | "economic"
            | "cultural"
            | "postal"
            | "railway"
            | "credit"
            | "arbitration"
    )
}

/// A demand spoken of as a thing.
pub(crate) fn is_demand_noun(word: &str) -> bool {
    matches!(
        word,
        "ultimatum" | "ultimatums" | "terms" | "demand" | "demands" | "award" | "claim" | "claims" | "note"
    )
}

/// What a noun tells of that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Happening {
    Attack,
    /// Of a life or an office.
    End,
    /// A government overthrown.
    Coup,
    Demand,
}

impl Happening {
    /// What a word tells of, if it is such a noun.
    pub(crate) fn of(word: &str) -> Option<Happening> {
        Some(match word {
            "attack" | "invasion" | "seizure" | "annexation" | "occupation" | "conquest" | "aggression"
            | "takeover" | "march" => Happening::Attack,
            "death" | "murder" | "assassination" | "killing" | "suicide" | "dismissal" | "resignation"
            | "sacking" => Happening::End,
            "coup" | "putsch" | "overthrow" => Happening::Coup,
            "ultimatum" | "demand" | "demands" => Happening::Demand,
            _ => return None,
        })
    }
}

/// A house in which treaties are voted on.
pub(crate) fn is_parliament(word: &str) -> bool {
    matches!(
        word,
        "chamber"
            | "senate"
            | "parliament"
            | "sejm"
            | "diet"
            | "reichstag"
            | "commons"
            | "deputies"
            | "congress"
            | "majlis"
            | "skupstina"
            | "riksdag"
            | "bundesrat"
    )
}

/// Talks, and offers made in them.
pub(crate) fn is_talks_noun(word: &str) -> bool {
    matches!(
        word,
        "talks"
            | "negotiations"
            | "negotiation"
            | "conference"
            | "meeting"
            | "offer"
            | "offers"
            | "proposal"
            | "proposals"
    )
}

/// Words that deny the verb they stand with.
pub(crate) fn denies_verb(word: &str) -> bool {
    matches!(
        word,
        "not"
            | "never"
            | "hadnt"
            | "didnt"
            | "wasnt"
            | "werent"
            | "couldnt"
            | "wouldnt"
            | "havent"
            | "hasnt"
            | "isnt"
            | "arent"
            | "dont"
            | "doesnt"
            | "cannot"
            | "cant"
    )
}

/// Words that deny a thing: `no pact`, `nothing`, `neither`.
pub(crate) fn denies_thing(word: &str) -> bool {
    matches!(word, "no" | "none" | "nothing" | "neither" | "nobody")
}

/// Words that deny a verb or a thing.
pub(crate) fn denies(word: &str) -> bool {
    denies_verb(word) || denies_thing(word)
}

/// Auxiliaries. `true` for those that make a passive.
pub(crate) fn auxiliary(word: &str) -> Option<bool> {
    Some(match word {
        "been" | "was" | "were" | "be" | "being" | "is" | "are" | "wasnt" | "werent" | "isnt" | "arent"
        | "got" | "gotten" | "gets" | "getting" => true,
        "had" | "has" | "have" | "hadnt" | "havent" | "hasnt" | "did" | "didnt" | "would" | "wouldnt"
        | "could" | "couldnt" | "do" | "does" | "dont" | "doesnt" | "will" | "might" | "should"
        | "having" => false,
        _ => return None,
    })
}

/// `they`, `both sides`: the states spoken of before.
pub(crate) fn is_they(word: &str) -> bool {
    matches!(
        word,
        "them"
            | "they"
            | "their"
            | "either"
            | "both"
            | "these"
            | "two"
            | "sides"
            | "side"
            | "parties"
            | "each"
    )
}

/// `it`, `one`, `that`: the thing spoken of before.
pub(crate) fn is_it(word: &str) -> bool {
    matches!(word, "one" | "it" | "that" | "this" | "they" | "term" | "them" | "its" | "such")
}

/// An office spoken of by its title, and how many words that takes.
pub(crate) fn office_at(words: &[String]) -> Option<(Office, usize)> {
    let word = |i: usize| words.get(i).map_or("", String::as_str);
    match (word(0), word(1)) {
        ("foreign", "minister" | "secretary" | "commissar" | "ministers" | "secretaries" | "policy")
        | ("political", "department")
        | ("foreign", "office" | "ministry" | "commissariat" | "affairs") => {
            Some((Office::ForeignMinister, 2))
        }
        ("quai", "dorsay") => Some((Office::ForeignMinister, 2)),
        ("wilhelmstrasse" | "ballhausplatz", _) => Some((Office::ForeignMinister, 1)),
        ("commissariat", _) => Some((Office::ForeignMinister, 1)),
        ("premiership" | "chancellorship" | "chancellery", _) => Some((Office::HeadOfGovernment, 1)),
        ("prime", "minister" | "ministers") | ("head", "of")
            if word(2) == "government" || word(0) == "prime" =>
        {
            Some((Office::HeadOfGovernment, if word(0) == "head" { 3 } else { 2 }))
        }
        ("head", "of") if word(2) == "state" => Some((Office::HeadOfState, 3)),
        ("premier" | "premiers" | "chancellor" | "chancellors" | "pm" | "pms", _) => {
            Some((Office::HeadOfGovernment, 1))
        }
        ("president" | "presidents" | "king" | "kings" | "regent" | "emperor", _) => {
            Some((Office::HeadOfState, 1))
        }
        ("leader" | "dictator", _) => Some((Office::Leader, 1)),
        _ => None,
    }
}

/// Words without weight of their own: leaving them out changes nothing.
pub(crate) fn is_quiet(word: &str) -> bool {
    word.len() <= 1
        || word.ends_with("ly") && word.len() > 4
        || word.starts_with(|c: char| c.is_ascii_digit())
        || QUIET.contains(&word)
}

const QUIET: &[&str] = &[
    "the",
    "an",
    "morning",
    "night",
    "evening",
    "afternoon",
    "yes",
    "actually",
    "what",
    "if",
    "and",
    "or",
    "nor",
    "but",
    "so",
    "then",
    "there",
    "here",
    "wi",
    "ah",
    "ahc",
    "pc",
    "otl",
    "atl",
    "ttl",
    "pod",
    "suppose",
    "supposing",
    "imagine",
    "assume",
    "assuming",
    "say",
    "lets",
    "let",
    "some",
    "any",
    "all",
    "also",
    "ever",
    "even",
    "just",
    "only",
    "still",
    "already",
    "yet",
    "again",
    "once",
    "instead",
    "other",
    "another",
    "same",
    "own",
    "that",
    "this",
    "these",
    "those",
    "which",
    "who",
    "whom",
    "whose",
    "it",
    "its",
    "he",
    "his",
    "she",
    "her",
    "they",
    "them",
    "their",
    "we",
    "us",
    "our",
    "you",
    "your",
    "my",
    "me",
    "one",
    "ones",
    "two",
    "both",
    "each",
    "either",
    "such",
    "as",
    "than",
    "in",
    "on",
    "at",
    "to",
    "of",
    "by",
    "with",
    "from",
    "for",
    "into",
    "onto",
    "over",
    "under",
    "upon",
    "between",
    "among",
    "against",
    "after",
    "before",
    "during",
    "since",
    "until",
    "till",
    "about",
    "around",
    "near",
    "through",
    "towards",
    "toward",
    "without",
    "despite",
    "up",
    "down",
    "out",
    "off",
    "back",
    "away",
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "being",
    "had",
    "has",
    "have",
    "having",
    "did",
    "do",
    "does",
    "would",
    "could",
    "should",
    "might",
    "may",
    "will",
    "can",
    "must",
    "when",
    "while",
    "whereas",
    "because",
    "though",
    "although",
    "why",
    "how",
    "where",
    "period",
    "interwar",
    "inter",
    "war",
    "years",
    "year",
    "months",
    "month",
    "days",
    "day",
    "time",
    "times",
    "era",
    "date",
    "moment",
    "early",
    "late",
    "mid",
    "middle",
    "beginning",
    "end",
    "start",
    "autumn",
    "spring",
    "summer",
    "winter",
    "bilateral",
    "formal",
    "full",
    "proper",
    "real",
    "new",
    "old",
    "first",
    "second",
    "third",
    "last",
    "next",
    "great",
    "similar",
    "own",
    "sort",
    "kind",
    "type",
    "form",
    "text",
    "state",
    "states",
    "country",
    "countries",
    "nation",
    "nations",
    "power",
    "powers",
    "government",
    "governments",
    "side",
    "sides",
    "party",
    "parties",
    "ex",
    "post",
    "pre",
    "more",
    "much",
    "very",
    "too",
    "well",
    "now",
    "later",
    "earlier",
    "ago",
    "shape",
    "talks",
    "negotiations",
    "negotiation",
    "offer",
    "offers",
    "proposal",
    "proposals",
    "question",
    "please",
    "thanks",
    "hi",
    "guys",
    "curious",
    "wonder",
    "wondering",
    "always",
    "not",
    "no",
    "never",
    "neither",
    "none",
    "nothing",
    "hadnt",
    "didnt",
    "wasnt",
    "werent",
    "thing",
    "way",
    "timeline",
    "history",
    "historical",
    "world",
    "ii",
    "ww2",
    "wwii",
    "wars",
    "thus",
    "hence",
    "therefore",
    "between",
    "three",
    "four",
    "five",
    "multilateral",
    "successful",
    "secret",
    "mutual",
    "diplomatic",
    "relations",
    "european",
    "eastern",
    "western",
    "northern",
    "southern",
    "central",
    "king",
    "president",
    "marshal",
    "general",
    "colonel",
    "count",
    "prince",
    "sir",
    "lord",
    "mr",
    "dr",
    "foreign",
    "minister",
    "prime",
    "premier",
    "secretary",
    "commissar",
    "chancellor",
    "leader",
    "dictator",
    "office",
    "military",
    "officers",
    "league",
    "nations",
    "existing",
    "red",
    "army",
    "front",
    "bloc",
];
