//! Claims near to a sentence that could not be read as one: each is put together from what the sentence names, and can be
//! read.

use jonbar_record::{Office, Record};

use super::cases::{pact_noun, sorts};
use super::{Claim, Sort, claim};
use crate::lexicon::office_at;
use crate::reading::Focus;
use crate::sentence::Sentence;

/// How many are offered.
const OFFERED: usize = 3;

/// What can be said of pacts, and the beginnings of words that hint at it.
const SAID: [(&str, &[&str]); 7] = [
    ("were kept", &["kept", "keep", "honour", "honor", "held", "word", "faith", "stood"]),
    ("were followed by war", &["war", "attack", "invad", "invas", "fight", "fought", "aggress"]),
    (
        "were followed by annexation",
        &["annex", "independen", "swallow", "disappear", "absorb", "lost", "los"],
    ),
    (
        "were broken",
        &["brok", "break", "broke", "tore", "torn", "betray", "violat", "worth", "paper", "ignor", "useless"],
    ),
    ("lasted five years", &["last", "delay", "long", "short", "time", "year", "surviv", "lifespan"]),
    ("were renewed", &["renew", "prolong", "extend"]),
    ("were denounced", &["denounc", "cancel", "repudiat", "leader", "power"]),
];

/// What can be said of demands for land.
pub(super) const DEMANDED: [(&str, &[&str]); 4] = [
    ("were followed by another demand", &["appetite", "another", "next", "again", "more"]),
    (
        "were met",
        &[
            "work",
            "success",
            "succeed",
            "accept",
            "met",
            "paid",
            "effective",
            "obey",
            "obtain",
            "cave",
            "gave",
            "yield",
            "submit",
            "compl",
            "conced",
            "knuckl",
            "swallow",
        ],
    ),
    ("were refused", &["refus", "reject", "fail", "resist"]),
    ("led to war", &["war", "force", "attack", "fight", "fought"]),
];

/// What can be said of claims to land.
const CLAIMED: [(&str, &[&str]); 2] = [
    ("led to force", &["war", "force", "attack", "fight", "fought", "violen", "blood"]),
    ("were won", &["won", "win", "satisf", "regain", "recover", "success", "succeed"]),
];

/// What can be said of attacks.
const ATTACKED: [(&str, &[&str]); 4] = [
    ("were on small states", &["small", "weak", "minor", "lesser", "size"]),
    ("were on neighbours", &["neighbo", "next door", "border"]),
    ("were on states with a pact", &["partner", "friend", "ally", "allies"]),
    ("came without warning", &["warn", "surprise", "sudden"]),
];

/// What can be said of changes of holder.
const TRANSFERRED: [(&str, &[&str]); 2] = [
    (
        "were made by force",
        &[
            "war", "force", "attack", "fight", "fought", "seiz", "grab", "violen", "conquer", "gun", "arms",
            "sword",
        ],
    ),
    ("were peaceful", &["peace", "agree", "negotiat", "treaty", "talk", "conference"]),
];

/// What can be said of breaks of diplomatic relations.
const RUPTURED: [(&str, &[&str]); 3] = [
    ("led to war", &["war"]),
    ("led to force", &["fight", "fought", "force", "shoot", "blows", "attack"]),
    ("were healed", &["heal", "restor", "resum", "back", "reconcil", "patch", "mend"]),
];

/// What can be said of how long somebody is in office.
pub(super) const IN_OFFICE: [(&str, &[&str]); 2] = [
    ("lasted less than a year", &["short", "brief", "fleeting", "revolving", "turnover", "months", "moment"]),
    ("lasted three years", &["long", "years", "last", "endur"]),
];

/// What can be said of one sort of cases, and the beginnings of words that hint at it.
pub(super) type Said = [(&'static str, &'static [&'static str])];

/// Of which cases a sentence speaks, as far as its words tell.
pub(super) struct Spoken {
    /// The cases, likeliest first, and what joins them to whose they are.
    pub(super) nouns: Vec<String>,
    pub(super) of: &'static str,
    /// What can be said of them.
    pub(super) said: &'static Said,
    /// The sentence names them.
    pub(super) named: bool,
}

/// Whether a word of a sentence begins so. "Between the wars" is a time.
pub(super) fn hinted(s: &Sentence, stems: &[&str]) -> bool {
    let time = |i: usize| s.folded[i] == "wars" && i > 1 && s.folded[i - 2] == "between";
    (0..s.folded.len()).any(|i| !time(i) && stems.iter().any(|t| s.folded[i].starts_with(t)))
}

pub(super) fn spoken_of(s: &Sentence) -> Spoken {
    let stem = |stems: &[&str]| hinted(s, stems);
    // "A good deal weaker" is no agreement.
    let much = s.has_phrase(&["good", "deal"]) || s.has_phrase(&["great", "deal"]);
    let words = || stem(&["sign", "pact", "treat", "allian", "ally", "allie", "guarant"]);
    let pacts = !much && (words() || (0..s.folded.len()).any(|i| pact_noun(&s.folded[i..]).is_some()));
    let of =
        |nouns: Vec<String>, of: &'static str, said: &'static Said| Spoken { nouns, of, said, named: true };
    let one = |noun: &str| vec![noun.to_owned()];
    if stem(&["relations", "ties"]) && stem(&["break", "broke", "sever", "cut", "ruptur"]) {
        return of(one("Breaks of diplomatic relations"), "of", &RUPTURED);
    }
    if let Some(office) = (0..s.folded.len()).find_map(|i| office_at(&s.folded[i..])).filter(|_| !pacts) {
        return of(one(offices(office.0)), "of", &IN_OFFICE);
    }
    if stem(&["ultimatum", "demand"]) {
        // Who gives in to demands is asked and does not ask.
        let asked = stem(&["gave", "cave", "yield", "submit", "bow", "conced", "handed"]);
        of(one("Demands"), if asked { "on" } else { "of" }, &DEMANDED)
    } else if pacts {
        of(vec![noun(s), "Non-aggression pacts".to_owned()], "of", &SAID)
    } else if stem(&["claim", "disput", "irredent", "revision"]) {
        of(one("Claims"), "of", &CLAIMED)
    } else if stem(&["land", "territor", "border", "frontier", "annex", "seiz", "province"]) {
        of(one("Changes of border"), "by", &TRANSFERRED)
    } else if stem(&["attack", "invad", "invas", "aggress", "fought", "fight", "war", "picked"]) {
        of(one("Attacks"), "by", &ATTACKED)
    } else {
        Spoken { named: false, ..of(vec![noun(s), "Non-aggression pacts".to_owned()], "of", &SAID) }
    }
}

pub(super) fn sentence(about: &str, often: &str, said: &str) -> String {
    match said.strip_prefix("were ") {
        Some(rest) => format!("{about} were {often} {rest}."),
        None => format!("{about} {often} {said}."),
    }
}

/// Sentences near to this one that are answered, the likeliest first.
pub fn nearest_claims(text: &str, record: &Record) -> Vec<String> {
    let s = Sentence::of(text, record);
    let Spoken { nouns, of, said, .. } = spoken_of(&s);
    let of = whose(&s, record, of);
    let (first, others): (Vec<_>, Vec<_>) = said.iter().partition(|(_, stems)| hinted(&s, stems));
    let often = if hinted(&s, &["never", "nobody", "none", "rare", "seldom", "hardly", "not", "didnt"]) {
        "rarely"
    } else {
        "usually"
    };
    let near = |about: &String| {
        let sentences =
            first.iter().chain(&others).map(|(said, _)| sentence(&format!("{about}{of}"), often, said));
        sentences.filter(|sentence| readable(sentence, record)).take(OFFERED).collect::<Vec<_>>()
    };
    nouns.iter().map(near).find(|found| !found.is_empty()).unwrap_or_default()
}

fn readable(sentence: &str, record: &Record) -> bool {
    let s = Sentence::of(sentence, record);
    let read: Option<Claim> = claim(record, &s, &Focus::default());
    read.is_some_and(|c| c.left_out.is_empty())
}

/// The sort of pact named, in the plural.
fn noun(s: &Sentence) -> String {
    let named = (0..s.folded.len()).filter_map(|i| pact_noun(&s.folded[i..])).find_map(|(kind, _)| kind);
    named.map_or("Pacts".to_owned(), |kind| capital(&format!("{}s", kind.label())))
}

/// Those who hold an office.
fn offices(office: Office) -> &'static str {
    match office {
        Office::HeadOfGovernment => "Prime ministers",
        Office::ForeignMinister => "Foreign ministers",
        Office::HeadOfState => "Heads of state",
        Office::Leader => "Leaders",
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// Whose cases, as far as the sentence says.
pub(super) fn whose(s: &Sentence, record: &Record, of: &str) -> String {
    let has = |stems: &[&str]| s.folded.iter().any(|w| stems.iter().any(|t| w.starts_with(t)));
    let people = s.focus(record).people.into_iter().find_map(|p| record.people[p.0].actor);
    if let Some(actor) = s.actors().first().copied().or(people) {
        return format!(" {of} {}", record.actors[actor.0].in_sentence());
    }
    if let Some((_, sort)) = sorts(s, 0..s.folded.len()).first() {
        return format!(" {of} {}", those_of(*sort, record));
    }
    if has(&["disput", "claim", "quarrel", "territor"]) {
        " between states with a territorial dispute".to_owned()
    } else if has(&["neighbo"]) && !s.folded.iter().any(|w| w.starts_with("attack")) {
        " between neighbours".to_owned()
    } else {
        String::new()
    }
}

/// The states of a sort, as a claim names them.
pub(super) fn those_of(sort: Sort, record: &Record) -> String {
    match sort {
        Sort::Great => "great powers".to_owned(),
        Sort::Small => "small states".to_owned(),
        Sort::Democracy => "democracies".to_owned(),
        Sort::Dictatorship => "dictatorships".to_owned(),
        Sort::Group(group) => format!("the {}", record.groups[group.0].name),
    }
}
