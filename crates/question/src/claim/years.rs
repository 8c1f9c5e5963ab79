//! In which year there were most of some cases, and times in which there were none: read from the same sentence about most of them.

use jonbar_record::Record;

use super::{Claim, Says, Unit, said_plainly};
use crate::reading::Focus;
use crate::sentence::Sentence;
use crate::text::words_of;
use crate::vague::Vague;

/// Any year, to be asked about in the place of the one that is asked for.
const SOME_YEAR: &str = "1930";

/// "More pacts were signed in 1939 than in any other year", "In which year were most demands made?", "No border moved between 1926 and
/// 1929": `None` if a sentence says nothing of the sort.
pub(super) fn claim(record: &Record, s: &Sentence, focus: &Focus) -> Option<Claim> {
    // "..., by number of transfers": only said more closely.
    let asked = s.text.split(',').next().unwrap_or_default();
    peak(record, &plain_words(asked), focus).or_else(|| none(record, s, &plain_words(&s.text), focus))
}

/// Words in lower case, without what stands around them.
fn plain_words(text: &str) -> Vec<String> {
    let bare = |w: String| w.to_lowercase().trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    words_of(text).into_iter().map(|w| bare(w.raw)).collect()
}

/// The same cases in a sentence that most of them fell within a time.
fn timed(record: &Record, plainly: &str, focus: &Focus) -> Option<Claim> {
    let s = Sentence::of(plainly, record);
    let window = s.focus(record).window;
    let claim = said_plainly(record, &s, &Focus { window, ..focus.clone() })?;
    (claim.says == Says::Timed && claim.than.is_none()).then_some(claim)
}

fn peak(record: &Record, words: &[String], focus: &Focus) -> Option<Claim> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (of, done, year) = most_of_a_year(&words)?;
    let when = year.unwrap_or(SOME_YEAR);
    let verbs = if done { &[""][..] } else { &DONE };
    let read = |verb: &&str| timed(record, &format!("Most {of} {verb} in {when}."), focus);
    let mut claim = verbs.iter().find_map(read)?;
    // "Denounced" is no breach, and whatever was not weighed may change the year.
    let broken = ["broken", "violated", "breach"].iter().any(|w| of.contains(w));
    if claim.of.unit == Unit::Breaches && !broken || !claim.left_out.is_empty() {
        return None;
    }
    claim.says = Says::Peak;
    claim.of.window = claim.of.window.filter(|_| year.is_some());
    claim.word = None;
    claim.rarer = None;
    Some(claim)
}

/// Where the verb is left out, what is done with such things.
const DONE: [&str; 3] = ["were signed", "were made", "happened"];

/// What there was most of, whether a verb says what was done with it, and in which year, if it says so.
fn most_of_a_year<'w>(words: &[&'w str]) -> Option<(String, bool, Option<&'w str>)> {
    let is_year = |w: &&str| w.len() == 4 && w.chars().all(|c| c.is_ascii_digit());
    let verb = |of: &[&str]| {
        of.iter().any(|w| matches!(*w, "were" | "was" | "happened" | "changed" | "came" | "fell"))
    };
    // "More pacts were signed in 1939 than in any other year", "1939 saw more pacts than any other year"
    if let Some(than) = words.windows(2).position(|w| w == ["than", "any"] || w == ["than", "in"]) {
        let year = words[..than].iter().find(|w| is_year(w))?;
        let once = words.iter().filter(|w| is_year(w)).count() == 1;
        let any = words[than..].contains(&"any") && words.last() == Some(&"year");
        let head = words.first() == Some(&"more") || words.get(..3) == Some(&[*year, "saw", "more"]);
        let more = words[..than].iter().position(|w| *w == "more").filter(|_| once && any && head)?;
        let mut of: Vec<&str> = words[more + 1..than].iter().filter(|w| !is_year(w)).copied().collect();
        // "Were signed in 1939": the year stood behind.
        while matches!(of.last(), Some(&("in" | "during" | "the" | "year"))) {
            of.pop();
        }
        return Some((of.join(" "), verb(&of), Some(year)));
    }
    // "In which year were most pacts signed?", "Which year saw the most demands?"
    const ASKS: [&str; 14] = [
        "in", "which", "what", "single", "one", "calendar", "year", "were", "was", "did", "saw", "had",
        "the", "there",
    ];
    let most = words.iter().position(|w| *w == "most")?;
    let asks = words[..most].iter().all(|w| ASKS.contains(w)) && words[..most].contains(&"year");
    let of = words.get(most + 1..).filter(|of| asks && !of.is_empty() && !of.iter().any(is_year))?;
    // "did most land change hands", "were most pacts signed": the verb goes behind.
    let of: Vec<&str> = of.iter().map(|w| if *w == "change" { "changed" } else { w }).collect();
    let be = words[..most].iter().find(|w| matches!(**w, "were" | "was"));
    Some(match (be, of.split_last()) {
        (Some(be), Some((done, noun))) if !noun.is_empty() => {
            (format!("{} {be} {done}", noun.join(" ")), true, None)
        }
        _ => (of.join(" "), verb(&of), None),
    })
}

fn none(record: &Record, s: &Sentence, words: &[String], focus: &Focus) -> Option<Claim> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if s.dates.len() != 1 || s.is_question() {
        return None;
    }
    const NONE: [&[&str]; 5] =
        [&["not", "a", "single"], &["not", "one"], &["hardly", "any"], &["no", "single"], &["no"]];
    let (at, long) = NONE.iter().find_map(|none| {
        let at = words.windows(none.len()).position(|w| w == *none)?;
        Some((at, none.len()))
    })?;
    // At the head of the sentence, or behind its date; "no fewer than", "no doubt" and "No, ..." deny nothing.
    let head = at == 0 || s.dates[0].words.1 == at;
    let next = words.get(at + long).copied().unwrap_or_default();
    let idle = matches!(next, "fewer" | "less" | "more" | "doubt" | "wonder" | "matter")
        || s.gap(at + long).contains(',');
    if !head || idle {
        return None;
    }
    let few = words[at] == "hardly";
    let rest = [&words[..at], &["most"], &words[at + long..]].concat();
    let mut claim = timed(record, &format!("{}.", rest.join(" ")), focus)?;
    // A border of Poland moves by loss and by gain.
    if claim.of.unit == Unit::Transfers && (claim.of.party.is_some() || claim.of.target.is_some()) {
        return None;
    }
    if claim.of.unit == Unit::Transfers && words.iter().any(|w| w.starts_with("europe")) {
        claim.left_out.push("not weighed: \"Europe\"; changes anywhere are counted".to_owned());
    }
    claim.word = Vague::named(if few { "hardly any" } else { "never" });
    claim.of.window.is_some().then_some(claim)
}
