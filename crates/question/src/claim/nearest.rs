//! Claims near to a sentence that could not be read as one: each is put together from what the sentence names, and can be
//! read.

use jonbar_record::Record;

use super::cases::{pact_noun, sorts};
use super::{Claim, Sort, claim};
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
const DEMANDED: [(&str, &[&str]); 3] = [
    ("were met", &["work", "success", "succeed", "accept", "met", "paid", "effective", "obey", "obtain"]),
    ("were refused", &["refus", "reject", "fail", "resist"]),
    ("led to war", &["war", "force", "attack", "fight", "fought"]),
];

/// What can be said of claims to land.
const CLAIMED: [(&str, &[&str]); 2] = [
    ("led to force", &["war", "force", "attack", "fight", "fought", "violen", "blood"]),
    ("were won", &["won", "win", "satisf", "regain", "recover", "success", "succeed"]),
];

/// What can be said of attacks.
const ATTACKED: [(&str, &[&str]); 3] = [
    ("were on small states", &["small", "weak", "minor"]),
    ("were on states with a pact", &["partner", "friend", "ally", "allies"]),
    ("came without warning", &["warn", "surprise", "sudden", "declar"]),
];

/// What can be said of changes of holder.
const TRANSFERRED: [(&str, &[&str]); 2] = [
    (
        "were made by force",
        &["war", "force", "attack", "fight", "fought", "seiz", "grab", "violen", "conquer"],
    ),
    ("were peaceful", &["peace", "agree", "negotiat", "treaty"]),
];

/// What can be said of one sort of cases, and the beginnings of words that hint at it.
type Said = [(&'static str, &'static [&'static str])];

/// Sentences near to this one that are answered, the likeliest first.
pub fn nearest_claims(text: &str, record: &Record) -> Vec<String> {
    let s = Sentence::of(text, record);
    // "Between the wars" is a time.
    let time = |i: usize| s.folded[i] == "wars" && i > 1 && s.folded[i - 2] == "between";
    let stem = |stems: &[&str]| {
        (0..s.folded.len()).any(|i| !time(i) && stems.iter().any(|t| s.folded[i].starts_with(t)))
    };
    let pacts = stem(&["sign", "pact", "treat", "allian", "ally", "allie", "guarant"])
        || (0..s.folded.len()).any(|i| pact_noun(&s.folded[i..]).is_some());
    // Cases, what joins them to whose they are, and what can be said of them.
    let (nouns, of, table): (Vec<String>, &str, &Said) = if stem(&["ultimatum", "demand"]) {
        // Who gives in to demands is asked and does not ask.
        let of = if stem(&["gave", "cave", "yield", "submit", "bow"]) { "on" } else { "of" };
        (vec!["Demands".to_owned()], of, &DEMANDED)
    } else if pacts {
        (vec![noun(&s), "Non-aggression pacts".to_owned()], "of", &SAID)
    } else if stem(&["claim", "disput", "irredent", "revision"]) {
        (vec!["Claims".to_owned()], "of", &CLAIMED)
    } else if stem(&["land", "territor", "border", "frontier", "annex", "seiz", "province"]) {
        (vec!["Changes of border".to_owned()], "by", &TRANSFERRED)
    } else if stem(&["attack", "invad", "invas", "aggress", "fought", "fight", "war"]) {
        (vec!["Attacks".to_owned()], "by", &ATTACKED)
    } else {
        (vec![noun(&s), "Non-aggression pacts".to_owned()], "of", &SAID)
    };
    let of = whose(&s, record, of);
    let (hinted, others): (Vec<_>, Vec<_>) = table.iter().partition(|(_, stems)| stem(stems));
    let often = if stem(&["never", "nobody", "none", "rare", "seldom", "hardly", "not", "didnt"]) {
        "rarely"
    } else {
        "usually"
    };
    let near = |about: &String| {
        let sentences = hinted.iter().chain(&others).map(|(said, _)| match said.strip_prefix("were ") {
            Some(rest) => format!("{about}{of} were {often} {rest}."),
            None => format!("{about}{of} {often} {said}."),
        });
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
