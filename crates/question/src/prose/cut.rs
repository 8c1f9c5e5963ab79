//! A sentence cut into clauses, each with something that it may assert.

use std::ops::Range;

use super::times::Time;
use super::triggers::Found;
use crate::lexicon::pact_at;
use crate::sentence::Sentence;

/// Clauses, each with something that it may assert.
pub(super) fn cut(s: &Sentence, found: &[Found], times: &[Time]) -> Vec<Range<usize>> {
    let n = s.folded.len();
    let in_time = |i: usize| times.iter().any(|t| t.words.0 < i && i < t.words.1);
    let in_name = |i: usize| s.names.iter().any(|name| name.span.start < i && i < name.span.end);
    let gap = |i: usize| s.gap(i);
    let verb = |r: Range<usize>| found.iter().any(|f| r.contains(&f.at) && !f.noun);
    let any = |r: Range<usize>| found.iter().any(|f| r.contains(&f.at));
    let who = |r: Range<usize>| s.names.iter().any(|name| r.contains(&name.span.start));
    let when = |r: Range<usize>| times.iter().any(|t| r.contains(&t.words.0));
    let full =
        |r: Range<usize>| verb(r.clone()) || any(r.clone()) && when(r.clone()) || who(r.clone()) && when(r);
    let mut bounds = vec![0];
    for i in 1..n {
        if in_time(i) || in_name(i) {
            continue;
        }
        let between = gap(i);
        // "Finland (21 January), Latvia (5 February)": a date in brackets belongs to the name before it.
        let dated = times.iter().any(|t| t.words.0 == i || t.words.0 + 1 == i && t.words.1 > i);
        let of_name = |at: usize| s.names.iter().any(|name| name.span.end == at);
        if between.contains('(') && dated && of_name(i) {
            continue;
        }
        let stop = between.contains(". ") && s.words[i - 1].raw.len() > 3;
        // What stands behind a semicolon is another matter.
        if between.contains(';') {
            bounds.push(i);
            continue;
        }
        let strong = stop || between.contains([';', ':', '—', '–', '(', ')', '[']) || between.contains(" - ");
        let soft = between.contains(',')
            || matches!(
                s.folded[i].as_str(),
                "and"
                    | "but"
                    | "while"
                    | "whereas"
                    | "which"
                    | "whose"
                    | "who"
                    | "when"
                    | "after"
                    | "before"
                    | "until"
                    | "because"
                    | "though"
                    | "although"
                    | "so"
                    | "n"
                    | "then"
            );
        if !(strong || soft) {
            continue;
        }
        let left = left_of(&bounds, i);
        // A list of names stays together, unless each part says what happened.
        let article =
            |j: usize| usize::from(j < n && matches!(s.folded[j].as_str(), "the" | "and" | "n" | "both"));
        let ahead = i + article(i) + article(i + article(i));
        let name_before = s.names.iter().any(|name| name.span.end == i);
        let name_after = s.names.iter().any(|name| name.span.start == ahead);
        if !strong && name_before && name_after && !verb(left.clone()) {
            continue;
        }
        if !strong && name_before && name_after && !when(left.clone()) && !verb_first(s, found, ahead) {
            continue;
        }
        // The next part goes to the next boundary of any sort.
        let next = (i + 1..n)
            .find(|&j| {
                !in_time(j)
                    && (gap(j).contains([',', ';', ':', '(', ')', '—'])
                        || matches!(s.folded[j].as_str(), "but" | "while")
                        // "To Latvia and Estonia on 16 June" is one part.
                        || s.folded[j] == "and"
                            && !(s.names.iter().any(|name| name.span.end == j)
                                && s.names.iter().any(|name| name.span.start == j + 1)))
            })
            .unwrap_or(n);
        // "And another pact, with Italy, two months later": all of it.
        let word = |j: usize| s.folded.get(j).map_or("", String::as_str);
        let another = word(i) == "and"
            && matches!(word(i + 1), "another" | "a" | "an")
            && (word(i + 1) == "another" || (i + 2..n.min(i + 5)).any(|j| pact_at(&s.folded[j..]).is_some()));
        let end = (i + 1..n).find(|&j| gap(j).contains([';', ':'])).unwrap_or(n);
        let right = if strong {
            i..n
        } else if another {
            i..end
        } else {
            i..next.max(i + 1)
        };
        // "He came home in June 1930, dropped Titulescu in August 1936": a verb of its own at once, and a time on each side.
        let goes_on = between.contains(',') && found.iter().any(|f| f.at == i && !f.noun);
        if goes_on && when(left.clone()) && when(right.clone()) {
            bounds.push(i);
            continue;
        }
        // "..., and the alliance with Prague was left to gather dust": another matter, of whatever sort.
        let also = between.contains(',') && matches!(s.folded[i].as_str(), "and" | "but");
        let other = also && {
            let of = i + 1..next.max(i + 1);
            let says =
                of.clone().find(|&j| matches!(s.folded[j].as_str(), "was" | "were" | "had" | "has" | "is"));
            says.is_some_and(|j| j > i + 1 && j <= i + 6) && who(of)
        };
        if other && any(left.clone()) && who(left.clone()) {
            bounds.push(i);
            continue;
        }
        // "On 7 June, Germany signed": a time in front belongs to what follows.
        if full(left.clone()) && (verb(left.clone()) || any(left.clone()) || who(left)) && full(right) {
            bounds.push(i);
        }
    }
    bounds.push(n);
    bounds.windows(2).map(|w| w[0]..w[1]).filter(|r| !r.is_empty()).collect()
}

/// From the last boundary to a word.
fn left_of(bounds: &[usize], i: usize) -> Range<usize> {
    bounds.last().copied().unwrap_or(0)..i
}

/// Whether a verb follows a name soon: "and Romania ceded".
fn verb_first(s: &Sentence, found: &[Found], from: usize) -> bool {
    let end = s.names.iter().filter(|n| n.span.start == from).map(|n| n.span.end).max().unwrap_or(from);
    found.iter().any(|f| !f.noun && f.at >= end && f.at <= end + 3)
}
