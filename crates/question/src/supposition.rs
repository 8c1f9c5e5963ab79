//! What a text supposes, where no rule reads a change out of it: its words, and whether they say that something comes or that it does not.
//! The record has to tell what that is.

use std::ops::Range;

use jonbar_record::Record;

use crate::clause::clauses;
use crate::identifier::calls_an_entry;
use crate::lexicon::{Verb, auxiliary, denies};
use crate::sentence::Sentence;
use crate::supposing::{Supposed, supposed, told_in_the_present};
use crate::vague::Vague;

/// What is supposed in words alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supposition {
    /// The words that say it.
    pub text: String,
    /// They say that something does not come: it is denied, refused, prevented.
    pub undoes: bool,
    /// They say that somebody or something stays.
    pub keeps: bool,
    /// They say that somebody is beaten, or that something peters out: it is tried all the same.
    pub beaten: bool,
}

/// Words, beside verbs that the lexicon knows, which say that something comes to nothing.
const UNDOING: &[&[&str]] = &[
    &["flop"],
    &["flops"],
    &["flopped"],
    &["fizzle"],
    &["fizzles"],
    &["fizzled"],
    &["misfire"],
    &["misfires"],
    &["misfired"],
    &["goes", "nowhere"],
    &["gone", "nowhere"],
    &["went", "nowhere"],
    &["go", "nowhere"],
    &["beaten"],
    &["thwarted"],
    &["averted"],
    &["stopped"],
    &["stops"],
    &["halted"],
    &["repulsed"],
    &["defeated"],
    &["turned", "back"],
    &["lose", "their", "nerve"],
    &["loses", "his", "nerve"],
    &["loses", "its", "nerve"],
    &["lost", "his", "nerve"],
    &["lost", "their", "nerve"],
    &["lost", "its", "nerve"],
    &["get", "cold", "feet"],
    &["gets", "cold", "feet"],
    &["got", "cold", "feet"],
    &["stick", "their"],
    &["skips"],
    &["misses"],
    &["missed"],
    &["shelved"],
    &["dropped"],
    &["unharmed"],
    &["unhurt"],
    &["alive"],
    &["goes", "wrong"],
    &["gone", "wrong"],
    &["cannot"],
    &["scratch"],
    &["scratched"],
];

/// Days of two years: a time as long is no moment.
const YEARS_TWO: i32 = 731;

/// Beginnings of words for a defeat.
const BEATEN: [&str; 9] = ["crush", "beat", "repuls", "defeat", "repel", "rout", "driven", "fizzl", "peter"];

/// What a lone sentence supposes: of several clauses the one that says what does not come, or else all together. Nothing, if it supposes
/// nothing or calls an entry by its identifier.
pub fn supposition(text: &str, record: &Record) -> Option<Supposition> {
    if calls_an_entry(text, record) {
        return None;
    }
    let s = Sentence::of(text, record);
    // What compares or says how often is a claim.
    let often = Vague::find(&s.folded).is_some_and(|(v, _)| {
        !matches!(v.word, "never" | "none" | "half" | "every" | "all" | "few" | "a few")
    });
    if often || s.has(&["than"]) && !s.is_question() {
        return None;
    }
    // What was is not supposed, whatever a noun looks like: "The occupation was a failure".
    let decades = s.window().is_some_and(|w| w.to.0 - w.from.0 > YEARS_TWO);
    let past = decades || s.has(&["was", "were", "did", "had"]);
    let present = || told_in_the_present(&s).filter(|_| !past);
    let Supposed { range, without, who, .. } =
        supposed(&s, true).or_else(present).or_else(|| headline(&s))?;
    let said = |words: Range<usize>, part: Range<usize>, without: bool| {
        let (undoes, end) = comes_to_nothing(&s.folded[words.clone()]);
        // Of what does not come only that is told: "France does nothing when Hitler marches".
        let part = if undoes && !without { part.start..words.start + end } else { part };
        Supposition {
            // "Could Poland have kept ...": it had.
            text: s.quote(&part).replacen(
                " have ",
                " had ",
                usize::from(s.starts(&["could"]) || s.starts(&["might"])),
            ),
            undoes: without || undoes,
            keeps: words.clone().any(|i| verb(&s.folded[i..]) == Some(Verb::Keep)),
            beaten: words.into_iter().any(|i| BEATEN.iter().any(|stem| s.folded[i].starts_with(stem))),
        }
    };
    let whole = if who.is_empty() { range.clone() } else { who.start..range.end };
    let parts: Vec<Supposition> =
        clauses(&s, range.clone()).into_iter().map(|c| said(c.clone(), c, false)).collect();
    let several = parts.iter().any(|p| !p.undoes);
    // "The Winter War had not happened and Germany had signed a pact": of a war and something else.
    if several && parts.iter().any(|p| p.undoes) && !s.wars.is_empty() {
        return None;
    }
    // Where only one clause says that something does not come, the others do not.
    let undone = parts.into_iter().find(|p| p.undoes).filter(|_| several);
    Some(undone.unwrap_or_else(|| said(range, whole, without)))
}

/// Whether a text tells of something that did not come: a refusal, a failure.
pub fn tells_of_failure(text: &str) -> bool {
    let words: Vec<String> = crate::text::words_of(text).into_iter().map(|w| w.folded).collect();
    let at = |i: usize| words.get(i).map_or("", String::as_str);
    let fails = |i: usize| {
        matches!(verb(&words[i..]), Some(Verb::Refuse | Verb::Fail))
            || matches!(
                (at(i), at(i + 1)),
                ("give" | "gives", "up") | ("will", "not") | ("without", "result") | ("falls", "short")
            )
    };
    (0..words.len()).any(fails)
}

fn verb(words: &[String]) -> Option<Verb> {
    Verb::phrase(words).map(|(verb, _)| verb)
}

/// Whether some words say that something does not come. What stands behind "but", "instead" or "when" is said of something else, and who does
/// not refuse accepts. With where that ends.
fn comes_to_nothing(words: &[String]) -> (bool, usize) {
    const APART: [&str; 12] = [
        "but", "except", "when", "while", "before", "after", "without", "if", "though", "although",
        "instead", "despite",
    ];
    let at = |i: usize| words.get(i).map_or("", String::as_str);
    let apart = |i: &usize| APART.contains(&at(*i)) || matches!((at(*i), at(*i + 1)), ("with" | "and", "no"));
    let end = (1..words.len()).find(apart).unwrap_or(words.len());
    let begins = |i: usize, phrase: &&[&str]| {
        phrase.iter().enumerate().all(|(n, w)| words.get(i + n).is_some_and(|x| x == w))
    };
    let denied = (0..end).any(|i| denies(at(i)));
    let refused = (0..end).any(|i| {
        matches!(verb(&words[i..]), Some(Verb::Refuse | Verb::Fail | Verb::StayOut | Verb::Defy))
            || UNDOING.iter().any(|phrase| begins(i, phrase))
    });
    (denied != refused, end)
}

/// What is told without a verb, or only in a participle: "Halifax instead of Churchill", "Hitler stopped by the French army", "Poland and
/// Germany, but without the declaration".
fn headline(s: &Sentence) -> Option<Supposed> {
    let end = (s.opening() + 1..s.folded.len()).find(|&i| s.gap(i).contains(':')).unwrap_or(s.folded.len());
    let all = s.opening()..end;
    let word = |i: usize| s.folded.get(i).map_or("", String::as_str);
    // "Germany attacked Poland without a declaration of war" tells what was.
    let told = all.clone().any(|i| {
        let done = verb(&s.folded[i..]).is_some() && !s.in_name(i) && word(i + 1) != "by";
        auxiliary(word(i)).is_some() || done
    });
    let asked = end == s.folded.len() && s.is_question();
    let in_place = s.has_phrase(&["instead", "of"]);
    let without = s.has_phrase(&["but", "without"]) || s.has_phrase(&["but", "no"]);
    let stopped = all.clone().any(|i| word(i + 1) == "by" && comes_to_nothing(&s.folded[i..=i]).0);
    let head = !asked && !told && (in_place || without || stopped);
    head.then(|| Supposed { without: true, ..Supposed::said(all) })
}
