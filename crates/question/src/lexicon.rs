//! The words the reader knows besides names and dates.

use jonbar_record::{Office, PactType};

/// What a verb would change, or how it bends the verb after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    /// Sign, conclude, reach.
    Sign,
    /// Have, exist: a pact that is there.
    Have,
    /// Talks that end in something.
    Result,
    /// Join a pact of others.
    Join,
    /// Accept a demand or an offer.
    Accept,
    /// Refuse; bends the verb after it.
    Refuse,
    /// Fail, or prevent; bends the verb after it.
    Fail,
    /// Agree, decide, manage: leaves the verb after it as it is.
    Agree,
    /// Almost, hesitate, delay, persuade: neither done nor undone.
    Hedge,
    /// Denounce or break a pact.
    Break,
    /// Honour a pact.
    Honour,
    /// A pact runs out.
    Expire,
    /// A pact is renewed.
    Renew,
    /// Attack or invade.
    Attack,
    /// Fight, march, go to war.
    Fight,
    /// Take land.
    Seize,
    /// Give land up.
    Cede,
    /// Demand land.
    Demand,
    /// Die by violence.
    Die,
    /// Lose an office.
    Dismiss,
    /// Stay, live, keep.
    Keep,
    /// Stay out of a war or a pact, stay neutral.
    StayOut,
    /// Happen at all.
    Happen,
    /// Stand up to somebody: refuse what is demanded, or fight.
    Defy,
    /// Overthrow a government.
    Overthrow,
    /// Come to an office.
    Appoint,
    /// Recognise, open relations.
    Recognise,
    /// Promise help.
    Guarantee,
    /// Propose, offer, negotiate.
    Propose,
}

impl Verb {
    /// The verb a word is a form of.
    pub(crate) fn of(word: &str) -> Option<Verb> {
        let stem = |stems: &[&str]| stems.iter().any(|s| word.starts_with(s));
        let is = |words: &[&str]| words.contains(&word);
        Some(match word {
            "signal" | "signals" | "significant" | "agreement" | "agreements" | "formal" | "formally"
            | "former" => {
                return None;
            }
            _ if is(&[
                "sign", "signs", "signed", "signing", "signd", "made", "make", "makes", "making", "formed",
                "form", "forms", "given", "gave", "give", "gives",
            ]) || stem(&["conclud", "initiall", "obtain", "reach", "seal"]) =>
            {
                Verb::Sign
            }
            _ if stem(&["exist"]) && word != "existing" => Verb::Have,
            _ if is(&["ended", "led", "succeeded", "resulted", "brought", "leads", "ends", "succeed"])
                || stem(&["produc"]) =>
            {
                Verb::Result
            }
            _ if stem(&["join", "acced", "adher"]) => Verb::Join,
            _ if stem(&["accept", "conced", "grant", "yield", "compli", "comply", "submit", "acquiesc"]) => {
                Verb::Accept
            }
            _ if stem(&["refus", "reject", "resist", "defied", "defy", "declin", "rebuff", "spurn"]) => {
                Verb::Refuse
            }
            _ if stem(&["fail", "collaps", "prevent", "block"])
                || is(&["avoided", "avoids", "forbidden"]) =>
            {
                Verb::Fail
            }
            _ if is(&[
                "manages",
                "decides",
                "chooses",
                "agree",
                "agreed",
                "agrees",
                "agreeing",
                "decided",
                "managed",
                "chosen",
                "consented",
            ]) =>
            {
                Verb::Agree
            }
            _ if stem(&["hesitat", "delay", "postpon", "persuad", "convinc"])
                || is(&["almost", "nearly"]) =>
            {
                Verb::Hedge
            }
            _ if stem(&[
                "denounc", "broke", "violat", "abrogat", "repudiat", "annul", "betray", "cancel", "breach",
                "reneg", "flout", "dishono",
            ]) || is(&["break", "breaks", "breaking", "tore", "torn", "renounced", "renounce"]) =>
            {
                Verb::Break
            }
            _ if stem(&["honour", "honor", "respect", "uphold", "upheld", "observ"]) => Verb::Honour,
            _ if stem(&["expir", "laps"]) => Verb::Expire,
            _ if stem(&["renew", "extend", "prolong"]) => Verb::Renew,
            _ if stem(&["attack", "invad", "bomb"]) || is(&["struck"]) => Verb::Attack,
            _ if is(&[
                "fought",
                "fight",
                "fights",
                "fighting",
                "marched",
                "march",
                "marches",
                "intervened",
                "intervenes",
                "intervene",
                "mobilises",
                "mobilizes",
                "mobilised",
                "mobilized",
            ]) =>
            {
                Verb::Fight
            }
            _ if stem(&["annex", "seiz", "occup", "conquer", "absorb", "grab"]) => Verb::Seize,
            _ if stem(&["cede", "ceding", "surrender", "relinquish", "evacuat"])
                || is(&["returned", "returns"]) =>
            {
                Verb::Cede
            }
            _ if stem(&["demand", "claim"]) => Verb::Demand,
            _ if stem(&["kill", "murder", "assassinat", "perish"])
                || is(&["died", "dies", "die", "dying", "shot"]) =>
            {
                Verb::Die
            }
            _ if stem(&["dismiss", "resign", "oust", "depos", "sack"])
                || is(&["fired", "retires", "retired"]) =>
            {
                Verb::Dismiss
            }
            _ if is(&["kept", "keep", "keeps", "keeping", "lived", "lives", "stayed", "stay", "stays"])
                || stem(&["surviv", "remain", "retain"]) =>
            {
                Verb::Keep
            }
            _ if stem(&["overthr", "toppl"]) => Verb::Overthrow,
            _ if is(&["become", "becomes", "became", "appointed", "elected", "succeeds", "replaces"]) => {
                Verb::Appoint
            }
            _ if stem(&["recogni"])
                || is(&[
                    "opened",
                    "opens",
                    "established",
                    "establishes",
                    "establish",
                    "restored",
                    "restores",
                ]) =>
            {
                Verb::Recognise
            }
            _ if is(&["guaranteed", "guaranteeing"]) => Verb::Guarantee,
            _ if stem(&["propos", "suggest", "negotiat"])
                || is(&["offered", "sought", "seek", "approached"]) =>
            {
                Verb::Propose
            }
            _ => return None,
        })
    }

    /// A verb of one or more words, and how many words it takes.
    pub(crate) fn phrase(words: &[String]) -> Option<(Verb, usize)> {
        let word = |i: usize| words.get(i).map_or("", String::as_str);
        let base = base_of(word(0));
        let fits = |(verb, rest): &(&str, &[&str])| {
            *verb == base && rest.iter().enumerate().all(|(i, w)| word(i + 1) == *w)
        };
        let longest = PHRASES.iter().filter(|(verb, rest, _)| fits(&(verb, rest))).max_by_key(|p| p.1.len());
        longest.map(|(_, rest, verb)| (*verb, rest.len() + 1)).or_else(|| Verb::of(word(0)).map(|v| (v, 1)))
    }
}

/// Verbs of several words: the first in its plain form, the words behind it, and what they mean together.
const PHRASES: &[(&str, &[&str], Verb)] = &[
    ("give", &["in"], Verb::Accept),
    ("give", &["way"], Verb::Accept),
    ("back", &["down"], Verb::Accept),
    ("cave", &["in"], Verb::Accept),
    ("climb", &["down"], Verb::Accept),
    ("bow", &["to"], Verb::Accept),
    ("take", &["up"], Verb::Accept),
    ("say", &["yes"], Verb::Accept),
    ("answer", &["yes"], Verb::Accept),
    ("turn", &["down"], Verb::Refuse),
    ("say", &["no"], Verb::Refuse),
    ("answer", &["no"], Verb::Refuse),
    ("stand", &["firm"], Verb::Refuse),
    ("stand", &["fast"], Verb::Refuse),
    ("hold", &["firm"], Verb::Refuse),
    ("dig", &["in"], Verb::Refuse),
    ("stand", &["up", "to"], Verb::Defy),
    ("call", &["the", "bluff"], Verb::Defy),
    ("give", &["up"], Verb::Cede),
    ("hand", &["over"], Verb::Cede),
    ("hand", &["back"], Verb::Cede),
    ("give", &["back"], Verb::Cede),
    ("go", &["to", "war"], Verb::Fight),
    ("enter", &["the", "war"], Verb::Fight),
    ("join", &["the", "war"], Verb::Fight),
    ("join", &["in"], Verb::Fight),
    ("come", &["in", "on"], Verb::Fight),
    ("fight", &["back"], Verb::Fight),
    ("kick", &[], Verb::Fight),
    ("drive", &[], Verb::Fight),
    ("declare", &["war"], Verb::Attack),
    ("move", &["against"], Verb::Attack),
    ("move", &["into"], Verb::Attack),
    ("march", &["into"], Verb::Attack),
    ("march", &["on"], Verb::Attack),
    ("stay", &["out"], Verb::StayOut),
    ("keep", &["out"], Verb::StayOut),
    ("sit", &["out"], Verb::StayOut),
    ("stay", &["neutral"], Verb::StayOut),
    ("stay", &["home"], Verb::StayOut),
    ("stay", &["at", "home"], Verb::StayOut),
    ("keep", &["faith"], Verb::Honour),
    ("keep", &["its", "word"], Verb::Honour),
    ("keep", &["their", "word"], Verb::Honour),
    ("come", &["to", "the", "aid"], Verb::Honour),
    ("come", &["to", "the", "help"], Verb::Honour),
    ("remain", &["neutral"], Verb::StayOut),
    ("keep", &["neutral"], Verb::StayOut),
    ("stand", &["aside"], Verb::StayOut),
    ("leave", &["alone"], Verb::StayOut),
    ("run", &["out"], Verb::Expire),
    ("stick", &["to"], Verb::Honour),
    ("stick", &["by"], Verb::Honour),
    ("stand", &["by"], Verb::Honour),
    ("hold", &["to"], Verb::Honour),
    ("keep", &["to"], Verb::Honour),
    ("make", &["good", "on"], Verb::Honour),
    ("live", &["up", "to"], Verb::Honour),
    ("fall", &["through"], Verb::Fail),
    ("break", &["down"], Verb::Fail),
    ("come", &["to", "nothing"], Verb::Fail),
    ("tear", &["up"], Verb::Break),
    ("rip", &["up"], Verb::Break),
    ("pull", &["out", "of"], Verb::Break),
    ("walk", &["out", "on"], Verb::Break),
    ("withdraw", &["from"], Verb::Break),
    ("opt", &["out", "of"], Verb::Break),
    ("drop", &[], Verb::Break),
    ("scrap", &[], Verb::Break),
    ("ask", &["for"], Verb::Demand),
    ("come", &["to", "power"], Verb::Appoint),
    ("take", &["power"], Verb::Appoint),
    ("take", &["office"], Verb::Appoint),
    ("take", &["over"], Verb::Appoint),
    ("enter", &["into"], Verb::Sign),
    ("go", &["through"], Verb::Result),
    ("come", &["off"], Verb::Result),
    ("come", &["about"], Verb::Result),
    ("hold", &["out"], Verb::Keep),
    ("hold", &["on"], Verb::Keep),
    ("hang", &["on"], Verb::Keep),
    ("cling", &["on"], Verb::Keep),
    ("stay", &["on"], Verb::Keep),
    ("pull", &["through"], Verb::Keep),
    ("into", &["the", "war"], Verb::Fight),
    ("take", &["place"], Verb::Happen),
    ("come", &["to", "pass"], Verb::Happen),
    ("happen", &[], Verb::Happen),
    ("ally", &["with"], Verb::Guarantee),
    ("ally", &["to"], Verb::Guarantee),
    ("ally", &["itself", "with"], Verb::Guarantee),
    ("blow", &["up"], Verb::Die),
    ("fall", &["from", "power"], Verb::Dismiss),
    ("lose", &["power"], Verb::Dismiss),
    ("lose", &["office"], Verb::Dismiss),
    ("drop", &["dead"], Verb::Die),
];

/// Forms of the verbs of several words that do not end in `-s`, `-ed` or `-ing` alone, with their plain form.
const IRREGULAR: &[(&str, &str)] = &[
    ("gave", "give"),
    ("given", "give"),
    ("giving", "give"),
    ("took", "take"),
    ("taken", "take"),
    ("taking", "take"),
    ("said", "say"),
    ("went", "go"),
    ("gone", "go"),
    ("goes", "go"),
    ("came", "come"),
    ("coming", "come"),
    ("stood", "stand"),
    ("held", "hold"),
    ("kept", "keep"),
    ("dug", "dig"),
    ("digging", "dig"),
    ("sat", "sit"),
    ("sitting", "sit"),
    ("left", "leave"),
    ("leaving", "leave"),
    ("ran", "run"),
    ("running", "run"),
    ("stuck", "stick"),
    ("fell", "fall"),
    ("fallen", "fall"),
    ("broke", "break"),
    ("broken", "break"),
    ("tore", "tear"),
    ("torn", "tear"),
    ("ripped", "rip"),
    ("dropped", "drop"),
    ("dropping", "drop"),
    ("scrapped", "scrap"),
    ("scrapping", "scrap"),
    ("withdrew", "withdraw"),
    ("withdrawn", "withdraw"),
    ("opted", "opt"),
    ("hung", "hang"),
    ("clung", "cling"),
    ("fought", "fight"),
    ("made", "make"),
    ("making", "make"),
    ("declared", "declare"),
    ("declaring", "declare"),
    ("moved", "move"),
    ("moving", "move"),
    ("lived", "live"),
    ("living", "live"),
    ("caved", "cave"),
    ("caving", "cave"),
    ("blew", "blow"),
    ("blown", "blow"),
    ("allied", "ally"),
    ("allies", "ally"),
    ("drove", "drive"),
    ("driven", "drive"),
    ("lost", "lose"),
    ("losing", "lose"),
];

/// The plain form of a word that may be a verb of several words.
fn base_of(word: &str) -> &str {
    if let Some((_, base)) = IRREGULAR.iter().find(|(form, _)| *form == word) {
        return base;
    }
    let known = |base: &&str| PHRASES.iter().any(|(verb, ..)| verb == base);
    let ends = ["s", "es", "ed", "ing"];
    ends.iter().filter_map(|end| word.strip_suffix(end)).find(known).unwrap_or(word)
}

/// Forms that are nouns unless something makes them verbs.
pub(crate) fn may_be_noun(word: &str) -> bool {
    matches!(
        word,
        "demand"
            | "demands"
            | "seizure"
            | "occupation"
            | "annexation"
            | "invasion"
            | "assassination"
            | "dismissal"
            | "resignation"
            | "sacking"
            | "killing"
            | "claim"
            | "claims"
            | "attack"
            | "attacks"
            | "break"
            | "fight"
            | "march"
            | "form"
            | "make"
            | "sign"
            | "grant"
            | "return"
            | "murder"
            | "yield"
            | "surrender"
            | "respect"
    )
}

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
    matches!(word, "ultimatum" | "ultimatums" | "terms" | "demand" | "demands" | "award" | "claim" | "claims")
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
        ("foreign", "minister" | "secretary" | "commissar" | "ministers") => {
            Some((Office::ForeignMinister, 2))
        }
        ("prime", "minister" | "ministers") | ("head", "of")
            if word(2) == "government" || word(0) == "prime" =>
        {
            Some((Office::HeadOfGovernment, if word(0) == "head" { 3 } else { 2 }))
        }
        ("head", "of") if word(2) == "state" => Some((Office::HeadOfState, 3)),
        ("premier" | "premiers" | "chancellor" | "pm", _) => Some((Office::HeadOfGovernment, 1)),
        ("president" | "king" | "regent" | "emperor", _) => Some((Office::HeadOfState, 1)),
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
