//! Verbs, of one word and of several, and what each would change.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a verb would change, or how it bends the verb after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    /// Sign, conclude, reach.
    Sign,
    /// Have, exist: a pact that is there.
    Have,
    /// Talks that end in something.
    Result,
    /// Ratify what was signed, or approve of it.
    Ratify,
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
    /// Give something up, such as a pact.
    Drop,
    /// Drive somebody out, of an office or of a land.
    Expel,
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
    /// Take: land, if that is what is taken.
    Take,
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
            _ if stem(&["ratif"]) || is(&["approve", "approves", "approved"]) => Verb::Ratify,
            _ if stem(&["join", "acced", "adher"]) => Verb::Join,
            _ if stem(&[
                "accept", "conced", "grant", "yield", "compli", "comply", "submit", "acquiesc", "swallow",
            ]) =>
            {
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
                "reneg", "flout", "dishono", "terminat", "rescind", "revok",
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
            _ if stem(&["cede", "ceding", "surrender", "relinquish", "evacuat", "leased", "leasing"])
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
    ("cave", &[], Verb::Accept),
    ("cave", &["in"], Verb::Accept),
    ("blink", &[], Verb::Accept),
    ("knuckle", &["under"], Verb::Accept),
    ("take", &["the", "deal"], Verb::Accept),
    ("take", &["the", "offer"], Verb::Accept),
    ("take", &["the", "terms"], Verb::Accept),
    ("climb", &["down"], Verb::Accept),
    ("bow", &["to"], Verb::Accept),
    ("take", &["up"], Verb::Accept),
    ("consent", &["to"], Verb::Ratify),
    ("get", &["the", "job"], Verb::Appoint),
    ("get", &["the", "premiership"], Verb::Appoint),
    ("get", &["the", "chancellorship"], Verb::Appoint),
    ("say", &["yes"], Verb::Accept),
    ("answer", &["yes"], Verb::Accept),
    ("turn", &["down"], Verb::Refuse),
    ("vote", &["down"], Verb::Refuse),
    ("throw", &["out"], Verb::Refuse),
    ("say", &["no"], Verb::Refuse),
    ("answer", &["no"], Verb::Refuse),
    ("stand", &["firm"], Verb::Refuse),
    ("stand", &["fast"], Verb::Refuse),
    ("hold", &["firm"], Verb::Refuse),
    ("dig", &["in"], Verb::Refuse),
    ("stand", &["up", "to"], Verb::Defy),
    ("call", &["the", "bluff"], Verb::Defy),
    ("give", &["up"], Verb::Cede),
    ("hand", &[], Verb::Cede),
    ("hand", &["over"], Verb::Cede),
    ("hand", &["back"], Verb::Cede),
    ("part", &["with"], Verb::Cede),
    ("let", &["go", "of"], Verb::Cede),
    ("give", &["back"], Verb::Cede),
    ("go", &["to", "war"], Verb::Fight),
    ("enter", &["the", "war"], Verb::Fight),
    ("join", &["the", "war"], Verb::Fight),
    ("join", &["in"], Verb::Fight),
    ("come", &["in", "on"], Verb::Fight),
    ("fight", &["back"], Verb::Fight),
    ("kick", &[], Verb::Expel),
    ("drive", &[], Verb::Expel),
    ("declare", &["war"], Verb::Attack),
    ("move", &["against"], Verb::Attack),
    ("move", &["into"], Verb::Attack),
    ("march", &["into"], Verb::Attack),
    ("march", &["on"], Verb::Attack),
    ("stay", &["out"], Verb::StayOut),
    ("keep", &["out"], Verb::StayOut),
    ("keep", &["its", "hands", "off"], Verb::StayOut),
    ("keep", &["their", "hands", "off"], Verb::StayOut),
    ("keep", &["his", "hands", "off"], Verb::StayOut),
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
    ("crush", &[], Verb::Fail),
    ("foil", &[], Verb::Fail),
    ("suppress", &[], Verb::Fail),
    ("put", &["down"], Verb::Fail),
    ("come", &["back"], Verb::Appoint),
    ("break", &["down"], Verb::Fail),
    ("come", &["to", "nothing"], Verb::Fail),
    ("tear", &["up"], Verb::Break),
    ("rip", &["up"], Verb::Break),
    ("pull", &["out", "of"], Verb::Break),
    ("walk", &["out", "on"], Verb::Break),
    ("withdraw", &["from"], Verb::Break),
    ("opt", &["out", "of"], Verb::Break),
    ("drop", &[], Verb::Drop),
    ("remove", &[], Verb::Dismiss),
    ("open", &["legations"], Verb::Recognise),
    ("open", &["embassies"], Verb::Recognise),
    ("open", &["relations"], Verb::Recognise),
    ("exchange", &["ministers"], Verb::Recognise),
    ("exchange", &["ambassadors"], Verb::Recognise),
    ("exchange", &["envoys"], Verb::Recognise),
    ("scrap", &[], Verb::Drop),
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
    ("hold", &["up"], Verb::Keep),
    ("recover", &[], Verb::Keep),
    ("hang", &["on"], Verb::Keep),
    ("cling", &["on"], Verb::Keep),
    ("stay", &["on"], Verb::Keep),
    ("pull", &["through"], Verb::Keep),
    ("wound", &[], Verb::Keep),
    ("into", &["the", "war"], Verb::Fight),
    ("take", &["place"], Verb::Happen),
    ("take", &[], Verb::Take),
    ("come", &["to", "pass"], Verb::Happen),
    ("happen", &[], Verb::Happen),
    ("ally", &["with"], Verb::Guarantee),
    ("ally", &["to"], Verb::Guarantee),
    ("ally", &["itself", "with"], Verb::Guarantee),
    ("blow", &["up"], Verb::Die),
    ("fall", &[], Verb::Dismiss),
    ("fall", &["from", "power"], Verb::Dismiss),
    ("force", &["out"], Verb::Dismiss),
    ("force", &["out", "of", "office"], Verb::Dismiss),
    ("force", &["from", "office"], Verb::Dismiss),
    ("push", &["out"], Verb::Dismiss),
    ("push", &["out", "of", "office"], Verb::Dismiss),
    ("vote", &["out"], Verb::Dismiss),
    ("vote", &["out", "of", "office"], Verb::Dismiss),
    ("throw", &["out", "of", "office"], Verb::Dismiss),
    ("turn", &["out", "of", "office"], Verb::Dismiss),
    ("drive", &["from", "office"], Verb::Dismiss),
    ("drive", &["from", "power"], Verb::Dismiss),
    ("drive", &["out", "of", "office"], Verb::Dismiss),
    ("leave", &["office"], Verb::Dismiss),
    ("step", &["down"], Verb::Dismiss),
    ("quit", &[], Verb::Dismiss),
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
    ("removing", "remove"),
    ("threw", "throw"),
    ("thrown", "throw"),
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
    ("shot", "shoot"),
    ("laid", "lay"),
    ("rose", "rise"),
    ("risen", "rise"),
    ("struck", "strike"),
    ("got", "get"),
    ("getting", "get"),
    ("won", "win"),
    ("became", "become"),
    ("met", "meet"),
    ("told", "tell"),
    ("swore", "swear"),
    ("sworn", "swear"),
    ("overran", "overrun"),
    ("brought", "bring"),
    ("dying", "die"),
];

/// The plain form of a word that may be a verb of several words.
fn base_of(word: &str) -> &str {
    if let Some(base) = irregular(word) {
        return base;
    }
    let known = |base: &&str| PHRASES.iter().any(|(verb, ..)| verb == base);
    let ends = ["s", "es", "ed", "d", "ing"];
    ends.iter().filter_map(|end| word.strip_suffix(end)).find(known).unwrap_or(word)
}

/// The irregular forms of a verb.
pub(crate) fn irregular_forms(verb: &str) -> impl Iterator<Item = &'static str> {
    IRREGULAR.iter().filter(move |(_, base)| *base == verb).map(|(form, _)| *form)
}

/// The verb that a word is an irregular form of.
fn irregular(word: &str) -> Option<&'static str> {
    static BASES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| IRREGULAR.iter().copied().collect());
    BASES.get(word).copied()
}

/// Whether a word is a form of a verb: "marched", "marches", "marching", "march" of "march".
pub(crate) fn is_form_of(word: &str, verb: &str) -> bool {
    if word == verb {
        return true;
    }
    // Most words are no form of most verbs, and that is seen by their first letter.
    if word.as_bytes().first() != verb.as_bytes().first() {
        return irregular(word) == Some(verb);
    }
    let ends = |end: &str| matches!(end, "s" | "es" | "ed" | "d" | "ing");
    // "Dropped": the last letter twice.
    let doubled = |end: &str| end.as_bytes().first() == verb.as_bytes().last() && ends(&end[1..]);
    let bare = |last: char| verb.strip_suffix(last).and_then(|stem| word.strip_prefix(stem));
    word.strip_prefix(verb).is_some_and(|end| ends(end) || end.is_char_boundary(1) && doubled(end))
        || bare('e') == Some("ing")
        || matches!(bare('y'), Some("ies" | "ied"))
        || irregular(word) == Some(verb)
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
