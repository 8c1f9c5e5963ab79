//! In which year there were most of some cases, and times in which there were none: read from the same sentence about most of them.

use jonbar_record::{Record, Window};

use super::{Claim, Says, said_plainly};
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
    let words = &words[..];
    let (of, year) = most_of_a_year(words)?;
    // Where the verb is left out, whatever is done with such things.
    const DONE: [&str; 5] = ["", "were signed", "were made", "were broken", "happened"];
    let when = year.unwrap_or(SOME_YEAR);
    let read = |done: &&str| timed(record, &format!("Most {of} {done} in {when}."), focus);
    let mut claim = DONE.iter().find_map(read)?;
    claim.says = Says::Peak;
    claim.of.window = claim.of.window.filter(|_| year.is_some());
    claim.word = None;
    claim.rarer = None;
    Some(claim)
}

/// What there was most of, and in which year, if it says so.
fn most_of_a_year<'w>(words: &[&'w str]) -> Option<(String, Option<&'w str>)> {
    let is_year = |w: &&str| w.len() == 4 && w.chars().all(|c| c.is_ascii_digit());
    // "... in 1939 than in any other year"
    let than = words.windows(2).position(|w| w == ["than", "any"] || w == ["than", "in"]);
    let any = |from: usize| words[from..].contains(&"any") && words.last() == Some(&"year");
    if let Some(than) = than.filter(|&t| any(t)) {
        let year = *words[..than].iter().find(|w| is_year(w))?;
        let more = words[..than].iter().position(|w| *w == "more")?;
        let rest = words[more + 1..than].iter().filter(|w| !is_year(w));
        let mut of: Vec<&str> = rest.copied().collect();
        // "Were signed in 1939": the year stood behind.
        while matches!(of.last(), Some(&("in" | "during" | "the" | "year"))) {
            of.pop();
        }
        return Some((of.join(" "), Some(year)));
    }
    // "In which year were most pacts signed?", "Which year saw the most demands?"
    let asks = words.iter().take(3).any(|w| matches!(*w, "which" | "what"));
    let year = words.iter().take(5).any(|w| *w == "year");
    let most = words.iter().position(|w| *w == "most").filter(|_| asks && year)?;
    let verb = words[..most].iter().rfind(|w| matches!(**w, "were" | "was"));
    let of = &words[most + 1..];
    // "did most land change hands", "were most pacts signed": the verb goes behind.
    let of: Vec<&str> = of.iter().map(|w| if *w == "change" { "changed" } else { w }).collect();
    let of = match (verb, of.split_last()) {
        (Some(verb), Some((done, noun))) if !noun.is_empty() => format!("{} {verb} {done}", noun.join(" ")),
        _ => of.join(" "),
    };
    Some((of, None))
}

fn none(record: &Record, s: &Sentence, words: &[String], focus: &Focus) -> Option<Claim> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if s.dates.is_empty() || s.is_question() {
        return None;
    }
    const NONE: [&[&str]; 5] =
        [&["not", "a", "single"], &["not", "one"], &["hardly", "any"], &["no", "single"], &["no"]];
    let (at, long) = NONE.iter().find_map(|none| {
        let at = words.windows(none.len()).position(|w| w == *none)?;
        Some((at, none.len()))
    })?;
    let few = words[at] == "hardly";
    let rest = [&words[..at], &["most"], &words[at + long..]].concat();
    let mut claim = timed(record, &format!("{}.", rest.join(" ")), focus)?;
    claim.word = Vague::named(if few { "hardly any" } else { "never" });
    let of: Option<Window> = claim.of.window;
    of.map(|_| claim)
}
