//! Claims near to a sentence that could not be read as one: each is put together from what the sentence names, and can be
//! read. Where it names both what is counted and what is said of it, the claim made of these is its gist.

use jonbar_record::Record;

use super::cases::{pact_noun, sorts};
use super::{Claim, Sort, claim, length_of_time};
use crate::lexicon::{denies_thing, denies_verb, office_at};
use crate::reading::Focus;
use crate::sentence::Sentence;
use crate::vague::Vague;

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
const DEMANDED: [(&str, &[&str]); 4] = [
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
    ("came without warning", &["warn", "surprise", "sudden", "declar"]),
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
const RUPTURED: [(&str, &[&str]); 2] = [
    ("led to war", &["war", "fight", "fought", "force", "shoot", "blows", "attack"]),
    ("were healed", &["heal", "restor", "resum", "back", "reconcil", "patch", "mend"]),
];

/// What can be said of how long somebody is in office.
const IN_OFFICE: [(&str, &[&str]); 2] = [
    ("lasted less than a year", &["short", "brief", "fleeting", "revolving", "turnover", "months", "moment"]),
    ("lasted three years", &["long", "years", "last", "endur"]),
];

/// What can be said of one sort of cases, and the beginnings of words that hint at it.
type Said = [(&'static str, &'static [&'static str])];

/// Of which cases a sentence speaks, as far as its words tell.
struct Spoken {
    /// The cases, likeliest first, and what joins them to whose they are.
    nouns: Vec<String>,
    of: &'static str,
    /// What can be said of them.
    said: &'static Said,
    /// The sentence names them.
    named: bool,
}

/// Whether a word of a sentence begins so. "Between the wars" is a time.
fn hinted(s: &Sentence, stems: &[&str]) -> bool {
    let time = |i: usize| s.folded[i] == "wars" && i > 1 && s.folded[i - 2] == "between";
    (0..s.folded.len()).any(|i| !time(i) && stems.iter().any(|t| s.folded[i].starts_with(t)))
}

fn spoken_of(s: &Sentence) -> Spoken {
    let stem = |stems: &[&str]| hinted(s, stems);
    let pacts = stem(&["sign", "pact", "treat", "allian", "ally", "allie", "guarant"])
        || (0..s.folded.len()).any(|i| pact_noun(&s.folded[i..]).is_some());
    let of =
        |nouns: Vec<String>, of: &'static str, said: &'static Said| Spoken { nouns, of, said, named: true };
    let one = |noun: &str| vec![noun.to_owned()];
    if stem(&["relations", "ties"]) && stem(&["break", "broke", "sever", "cut", "ruptur"]) {
        return of(one("Breaks of diplomatic relations"), "of", &RUPTURED);
    }
    if let Some(office) = (0..s.folded.len()).find_map(|i| office_at(&s.folded[i..])).filter(|_| !pacts) {
        return of(one(&format!("{}s", office.0.label())), "of", &IN_OFFICE);
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

fn sentence(about: &str, often: &str, said: &str) -> String {
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

/// The claim that a sentence comes to where no rule reads it whole: of the cases that it names, what its words say of them, as often as it
/// says. `None` where it does not name both, or compares what this cannot put.
pub(crate) fn gist(s: &Sentence, record: &Record) -> Option<String> {
    let spoken = spoken_of(s);
    if !spoken.named || s.actors().len() > 2 || s.dates.iter().any(|d| d.exact) {
        return None;
    }
    let about = &spoken.nouns[0];
    let compared =
        s.has(&["than", "whereas", "while", "unlike", "compared"]) || s.has_phrase(&["as", "often", "as"]);
    if compared {
        return in_office_compared(s, record, about).filter(|_| spoken.said[0].0 == IN_OFFICE[0].0);
    }
    let (said, _) = spoken.said.iter().find(|(_, stems)| hinted(s, stems))?;
    let denied = s.folded.iter().any(|w| denies_verb(w) || denies_thing(w));
    let often = match Vague::find(&s.folded) {
        Some((word, _)) => word.word,
        None if denied => "rarely",
        // One case is no rule.
        None if !plural(s) => return None,
        None => "mostly",
    };
    let of = whose(s, record, spoken.of);
    let within = length_of_time(s).filter(|_| said.starts_with("were followed"));
    let within = within.map_or(String::new(), |years| format!(" within {} months", (years * 12.0).round()));
    Some(sentence(&format!("{about}{of}"), often, &format!("{said}{within}")))
}

/// "French foreign ministers came and went much faster than their British opposite numbers."
fn in_office_compared(s: &Sentence, record: &Record, about: &str) -> Option<String> {
    let name = |a: &jonbar_record::ActorId| record.actors[a.0].in_sentence();
    let sort = |sort: &Sort| match sort {
        Sort::Great => "great powers".to_owned(),
        Sort::Small => "small states".to_owned(),
        Sort::Democracy => "democracies".to_owned(),
        Sort::Dictatorship => "dictatorships".to_owned(),
        Sort::Group(group) => format!("the {}", record.groups[group.0].name),
    };
    let whose: Vec<String> = match &s.actors()[..] {
        [one, other] => vec![name(one), name(other)],
        _ => sorts(s, 0..s.folded.len()).iter().map(|(_, x)| sort(x)).collect(),
    };
    let [one, other] = &whose[..] else { return None };
    let joint = s
        .folded
        .iter()
        .position(|w| matches!(w.as_str(), "than" | "whereas" | "while" | "unlike" | "compared"))?;
    let says = |stems: &[&str]| s.folded[..joint].iter().any(|w| stems.iter().any(|t| w.starts_with(t)));
    let denied = s.folded[..joint].iter().any(|w| denies_verb(w) || denies_thing(w));
    let (shorter, longer) = (
        says(&["fast", "quick", "short", "soon", "brief", "less"]),
        says(&["long", "slow", "years", "more"]),
    );
    let less = match (shorter, longer) {
        (true, false) => !denied,
        (false, true) => denied,
        _ => return None,
    };
    let how = if less { "less long" } else { "longer" };
    Some(format!("{about} of {one} lasted {how} than those of {other}."))
}

/// Whether a sentence speaks of many, or of whoever it may be.
fn plural(s: &Sentence) -> bool {
    let many = |w: &String| {
        let noun = [
            "pact",
            "treat",
            "allian",
            "guarantee",
            "ultimatum",
            "demand",
            "claim",
            "attack",
            "war",
            "state",
            "countr",
            "minister",
        ];
        w.ends_with('s') && noun.iter().any(|n| w.starts_with(n))
    };
    s.folded.iter().any(many)
        || s.folded.first().is_some_and(|w| w.ends_with("ing"))
        || s.has(&["whoever", "anyone", "a"])
}

fn readable(sentence: &str, record: &Record) -> bool {
    let s = Sentence::of(sentence, record);
    let read: Option<Claim> = claim(record, &s, &Focus::default());
    read.is_some_and(|c| c.left_out.is_empty())
}

/// The sort of pact named, in the plural.
fn noun(s: &Sentence) -> String {
    let named = (0..s.folded.len()).filter_map(|i| pact_noun(&s.folded[i..])).find_map(|(kind, _)| kind);
    named.map_or("Pacts".to_owned(), |kind| {
        let label = kind.label();
        let mut letters = label.chars();
        letters
            .next()
            .map_or(String::new(), |first| first.to_uppercase().chain(letters).chain(['s']).collect())
    })
}

/// Whose cases, as far as the sentence says.
fn whose(s: &Sentence, record: &Record, of: &str) -> String {
    let has = |stems: &[&str]| s.folded.iter().any(|w| stems.iter().any(|t| w.starts_with(t)));
    if let Some(actor) = s.actors().first() {
        return format!(" {of} {}", record.actors[actor.0].in_sentence());
    }
    match sorts(s, 0..s.folded.len()).first() {
        Some((_, Sort::Small)) => return format!(" {of} small states"),
        Some((_, Sort::Great)) => return format!(" {of} great powers"),
        Some((_, Sort::Democracy)) => return format!(" {of} democracies"),
        Some((_, Sort::Dictatorship)) => return format!(" {of} dictatorships"),
        Some((_, Sort::Group(group))) => return format!(" {of} the {}", record.groups[group.0].name),
        None => {}
    }
    if has(&["disput", "claim", "quarrel", "territor"]) {
        " between states with a territorial dispute".to_owned()
    } else if has(&["neighbo"]) {
        " between neighbours".to_owned()
    } else {
        String::new()
    }
}
