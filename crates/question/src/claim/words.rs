//! The words of a sentence about how often things happen: which were made use of, what it compares, denies and whose acts it means.

use std::cell::RefCell;
use std::ops::Range;

use jonbar_record::{Entity, Record};

use super::cases::{pact_noun, sorts};
use super::{Denial, Whose};
use crate::lexicon::{Verb, auxiliary, denies_verb, is_demand_noun, is_quiet};
use crate::sentence::Sentence;
use crate::vague::Vague;

/// A sentence asked for what it says.
pub(super) struct Words<'s> {
    pub(super) s: &'s Sentence,
    /// The time it speaks of was told by words taken out before.
    pub(super) timed_before: bool,
    /// Words that some rule made use of.
    used: RefCell<Vec<bool>>,
}

impl<'s> Words<'s> {
    pub(super) fn of(s: &'s Sentence, timed_before: bool) -> Words<'s> {
        Words { s, timed_before, used: RefCell::new(vec![false; s.folded.len()]) }
    }

    /// Notes denials as made use of.
    pub(super) fn uses_denials(&self) {
        (0..self.s.folded.len())
            .filter(|&i| denies_verb(&self.s.folded[i]))
            .for_each(|i| self.uses(i..i + 1));
    }

    /// Notes words as made use of.
    pub(super) fn uses(&self, words: Range<usize>) {
        self.used.borrow_mut()[words].fill(true);
    }

    /// Words that say something and of which nothing was made.
    pub(super) fn unused(&self) -> Vec<&'s str> {
        let (s, used) = (self.s, self.used.borrow());
        let known = |i: usize| {
            let word = s.folded[i].as_str();
            let pact = (i.saturating_sub(2)..=i)
                .any(|j| pact_noun(&s.folded[j..]).is_some_and(|(_, taken)| j + taken > i));
            used[i]
                || pact
                || s.in_date(i)
                || is_quiet(word)
                || auxiliary(word).is_some()
                || number(word).is_some()
                || is_demand_noun(word)
                || FILLERS.contains(&word)
                || s.in_name(i)
                || s.in_group(i)
        };
        (0..s.folded.len()).filter(|&i| !known(i)).map(|i| s.words[i].raw.as_str()).collect()
    }

    /// Whether any of these phrases occurs; a word ending in `*` stands for all that begin so.
    pub(super) fn any(&self, phrases: &[&str]) -> bool {
        let fits = |word: &String, pattern: &str| match pattern.strip_suffix('*') {
            Some(stem) => word.starts_with(stem),
            None => word == pattern,
        };
        // Every phrase is looked for, so that all that is said the same way counts as made use of.
        phrases.iter().fold(false, |found, phrase| {
            let pattern: Vec<&str> = phrase.split(' ').collect();
            let here = |i: &usize| self.s.folded[*i..].iter().zip(&pattern).all(|(w, p)| fits(w, p));
            let last = (self.s.folded.len() + 1).saturating_sub(pattern.len());
            let at = (0..last).find(here);
            if let Some(i) = at {
                self.uses(i..i + pattern.len());
            }
            found || at.is_some()
        })
    }

    pub(super) fn verb(&self, verbs: &[Verb]) -> bool {
        let at = self.s.folded.iter().position(|w| Verb::of(w).is_some_and(|v| verbs.contains(&v)));
        at.inspect(|&i| self.uses(i..i + 1)).is_some()
    }

    /// What compares cases, with the words it takes: `than`, `outlived`, `twice as long as`.
    pub(super) fn than(&self) -> Option<Range<usize>> {
        let folded = &self.s.folded;
        if let Some(i) = folded.iter().position(|w| w == "outlived" || w == "outlasted") {
            return Some(i..i + 1);
        }
        let as_as = (0..folded.len()).find(|&i| {
            folded[i] == "as"
                && folded.get(i + 2).is_some_and(|w| w == "as")
                && matches!(
                    folded[i + 1].as_str(),
                    "long"
                        | "often"
                        | "likely"
                        | "reliable"
                        | "durable"
                        | "many"
                        | "readily"
                        | "easily"
                        | "frequently"
                        | "quickly"
                )
        });
        if let Some(i) = as_as {
            return Some(i + 2..i + 3);
        }
        if let Some(contrast) = self.contrast() {
            return Some(contrast);
        }
        let i = folded.iter().position(|w| w == "than")?;
        let after = folded.get(i + 1).map_or("", String::as_str);
        // "more than half", "less than five years", "more often than not" compare nothing.
        let amount = number(after).is_some() || matches!(after, "half" | "a" | "not" | "two");
        (!amount).then_some(i..i + 1)
    }

    /// "Democracies kept theirs, dictatorships didn't", "... while dictatorships broke them": what stands against the first half,
    /// with the words that lead to it.
    pub(super) fn contrast(&self) -> Option<Range<usize>> {
        let folded = &self.s.folded;
        let named = |from: usize| {
            let rest = &folded[from..];
            !sorts(self.s, from..folded.len()).is_empty()
                || (0..rest.len()).any(|i| pact_noun(&rest[i..]).is_some())
                || self.s.names.iter().any(|n| n.span.start >= from)
        };
        let turn = folded.iter().position(|w| matches!(w.as_str(), "while" | "whereas" | "unlike"));
        // "While a pact was in force" is a time.
        let in_force = self.s.has_phrase(&["in", "force"]) || self.s.has_phrase(&["in", "effect"]);
        if let Some(i) = turn.filter(|i| *i > 0 && !in_force && named(i + 1)) {
            return Some(i..i + 1);
        }
        let last = folded.last()?;
        let denies = denies_verb(last) && last != "never";
        let comma = (1..folded.len()).rev().find(|&i| self.s.gap(i).contains([',', ';']))?;
        let second = comma + usize::from(matches!(folded[comma].as_str(), "but" | "and"));
        (denies && named(second)).then_some(comma..second)
    }

    pub(super) fn halves(&self) -> (Range<usize>, Option<Range<usize>>) {
        let end = self.s.folded.len();
        match self.than() {
            Some(than) => (0..than.start, Some(than.end..end)),
            None => (0..end, None),
        }
    }

    pub(super) fn compares(&self) -> bool {
        self.any(&[
            "likelier",
            "oftener",
            "longer",
            "shorter",
            "less long",
            "faster",
            "sooner",
            "more often",
            "less often",
            "more likely",
            "less likely",
            "more durable",
            "less durable",
            "more reliable",
            "less reliable",
            "more stable",
            "less stable",
            "more frequent",
            "less frequent",
            "more common",
            "less common",
            "more frequently",
            "less frequently",
            "more prone",
            "less prone",
        ])
    }

    /// "By anyone it had a pact with", "by their partners": not by whatever state.
    pub(super) fn by_the_partner(&self) -> bool {
        self.s.folded.iter().position(|w| w == "by").is_some_and(|by| {
            let rest = &self.s.folded[by..];
            rest.iter().any(|w| {
                matches!(w.as_str(), "partner" | "partners" | "ally" | "allies" | "signatory" | "signatories")
            }) || rest.last().is_some_and(|w| w == "with")
                && rest.iter().any(|w| matches!(w.as_str(), "had" | "signed" | "has"))
        })
    }

    /// "About as often as": neither more nor less.
    pub(super) fn equally(&self) -> bool {
        let folded = &self.s.folded;
        let times = |w: &str| {
            matches!(w, "twice" | "half" | "third" | "quarter" | "times" | "thrice" | "not" | "never")
        };
        self.than().is_some_and(|than| {
            folded[than.start] == "as" && than.start >= 2 && {
                let before = than.start.checked_sub(3).map_or("", |i| folded[i].as_str());
                !times(before) && !denies_verb(before)
            }
        })
    }

    pub(super) fn less(&self) -> bool {
        self.s.has(&["less", "fewer", "shorter", "faster", "sooner", "quicker"])
            || self.any(&["half as", "third as", "quarter as"])
    }

    /// Whether anything is denied at all.
    pub(super) fn denies(&self) -> bool {
        let folded = &self.s.folded;
        let end = self.contrast().map_or(folded.len(), |turn| turn.start);
        (0..end).any(|i| (denies_verb(&folded[i]) && !self.of_a_border(i)) || folded[i] == "no")
    }

    /// "States that did not share a border": a denial of the cases, not of what became of them.
    fn of_a_border(&self, i: usize) -> bool {
        let border = |w: &String| ["border", "frontier", "neighbo"].iter().any(|stem| w.starts_with(stem));
        self.s.folded[i..].iter().take(5).any(border)
    }

    /// What the sentence denies beside its word of frequency.
    pub(super) fn denied(&self, found: Option<(&Vague, usize)>) -> Denial {
        let folded = &self.s.folded;
        let in_vague =
            |i: usize| found.is_some_and(|(v, at)| (at..at + v.word.split(' ').count()).contains(&i));
        let mut denial = Denial::None;
        let end = self.contrast().map_or(folded.len(), |turn| turn.start);
        for i in (0..end).filter(|&i| !in_vague(i)) {
            let before = &folded[..i];
            // "Nobody stood up to Hitler"
            if matches!(folded[i].as_str(), "nobody" | "noone") && found.is_none() {
                denial = Denial::Cases;
                self.uses(i..i + 1);
                continue;
            }
            if folded[i] == "no" {
                let counted = |w: &String| {
                    is_demand_noun(w)
                        || matches!(
                            w.as_str(),
                            "attack"
                                | "attacks"
                                | "war"
                                | "wars"
                                | "country"
                                | "state"
                                | "power"
                                | "great"
                                | "small"
                                | "government"
                        )
                };
                if folded.get(i + 1).is_some_and(counted) && found.is_none() {
                    denial = Denial::Cases;
                    continue;
                }
                // "No pact was kept"; "no more likely", "no less than" count otherwise.
                match pact_noun(folded.get(i + 1..).unwrap_or_default()) {
                    Some(_) if matches!(denial, Denial::None) && found.is_none() => denial = Denial::Cases,
                    Some(_) => return Denial::Unclear,
                    None if matches!(
                        folded.get(i + 1).map(String::as_str),
                        Some("more" | "less" | "fewer")
                    ) => {}
                    None => return Denial::Unclear,
                }
                continue;
            }
            if !denies_verb(&folded[i]) {
                continue;
            }
            let next = folded.get(i + 1).map_or("", String::as_str);
            // "States that did not share a border": of the cases, not of what became of them. "It is known that most were not ...": of
            // what became of them. Anything else after "that" might be either.
            let that = before.iter().rposition(|w| matches!(w.as_str(), "that" | "who" | "which"));
            if let Some(at) = that {
                let said = at.checked_sub(1).map_or("", |j| folded[j].as_str());
                if self.of_a_border(i) {
                    continue;
                }
                if !matches!(
                    said,
                    "known" | "true" | "clear" | "agreed" | "say" | "said" | "know" | "think" | "believe"
                ) {
                    return Denial::Unclear;
                }
            }
            if next == "by" || found.is_some_and(|(_, at)| at == i + 1) || !matches!(denial, Denial::None) {
                return Denial::Unclear;
            }
            denial = Denial::Verb;
        }
        denial
    }

    /// Whether a date says when something was broken or kept and not when it was signed: "were broken in 1939".
    pub(super) fn dated_otherwise(&self, head: &Range<usize>) -> bool {
        let s = self.s;
        let verb = s.folded[head.clone()].iter().position(|w| {
            matches!(
                Verb::of(w),
                Some(Verb::Break | Verb::Honour | Verb::Keep | Verb::Renew | Verb::Accept | Verb::Refuse)
            )
        });
        let Some(verb) = verb else { return false };
        let after = s.dates.iter().filter(|d| head.contains(&d.words.0) && d.words.0 > verb);
        // "Kept those signed in 1932", "the pacts of the 1920s".
        after.into_iter().any(|d| {
            let between = &s.folded[verb + 1..d.words.0];
            !between.iter().any(|w| Verb::of(w) == Some(Verb::Sign) || matches!(w.as_str(), "of" | "from"))
        })
    }

    /// "How often", "how long": asks and claims nothing.
    pub(super) fn asked(&self) -> bool {
        ["many", "often", "long"].iter().any(|w| self.s.has_phrase(&["how", w]))
    }

    /// "than it kept": the other half of the same cases.
    pub(super) fn itself(&self, tail: &Range<usize>) -> bool {
        let folded = &self.s.folded[tail.clone()];
        let pronoun = folded.first().is_some_and(|w| matches!(w.as_str(), "it" | "they" | "he" | "were"));
        let verb = |w: &String| matches!(Verb::of(w), Some(Verb::Honour | Verb::Break | Verb::Keep));
        // "failed to declare war more often than they did"
        let did = folded.get(1).is_some_and(|w| matches!(w.as_str(), "did" | "didnt" | "were" | "not"))
            && folded.len() == 2;
        pronoun && (did || folded.iter().any(verb))
    }

    /// Years in "five years", "18 months", "a decade", "ninety days". A length before a pact ("ten-year pacts") is part of its name.
    pub(super) fn years(&self) -> Option<f64> {
        let folded = &self.s.folded;
        (0..folded.len()).find_map(|i| {
            let before = |n: usize| self.s.before(i, n);
            let unit = match folded[i].as_str() {
                "year" | "years" => 1.0,
                "month" | "months" => 1.0 / 12.0,
                "week" | "weeks" => 7.0 / 365.25,
                "day" | "days" => 1.0 / 365.25,
                "decade" | "decades" => 10.0,
                _ => return None,
            };
            if pact_noun(folded.get(i + 1..).unwrap_or_default()).is_some() || self.s.in_date(i) {
                return None;
            }
            if before(1) == "a" && before(2) == "half" {
                return Some(unit / 2.0);
            }
            if matches!(before(1), "a" | "single" | "first") {
                return Some(unit);
            }
            if before(1) == "one" && unit < 0.1 {
                return None;
            }
            let own = number(before(1))?;
            // "2.5 years" comes apart at the point, "twenty-five" at the hyphen; what stands otherwise beside a number is no part
            // of it: "1,000", "5-10", "1932 5".
            let Some(first) = i.checked_sub(2).and_then(|j| number(before(2)).map(|n| (j, n))) else {
                return Some(own * unit);
            };
            let (j, tens) = first;
            let between = self.s.gap(j + 1);
            let digits = |w: &str| w.chars().all(|c| c.is_ascii_digit());
            match between {
                "." if digits(before(2)) && digits(before(1)) => {
                    Some(format!("{}.{}", before(2), before(1)).parse::<f64>().ok()? * unit)
                }
                "-" | " " if tens >= 20.0 && own < 10.0 && !digits(before(2)) => Some((tens + own) * unit),
                _ => None,
            }
        })
    }

    /// Times and lengths that are spoken of and not weighed: "after the war", "ten-year pacts".
    pub(super) fn times_not_weighed(&self) -> Vec<String> {
        let s = self.s;
        let war = (2..s.folded.len()).filter(|&i| self.is_time(i)).map(|i| s.quote(&(i - 2..i + 1)));
        let unit = |w: &String| w == "year" || w == "month";
        let agreed = (1..s.folded.len()).filter(|&i| {
            unit(&s.folded[i])
                && number(&s.folded[i - 1]).is_some()
                && pact_noun(s.folded.get(i + 1..).unwrap_or_default()).is_some()
        });
        war.chain(agreed.map(|i| s.quote(&(i - 1..i + 1)))).map(|t| format!("\"{t}\"")).collect()
    }

    /// Whether years are spoken of as a length of time.
    pub(super) fn uses_years(&self) {
        (0..self.s.folded.len())
            .filter(|&i| is_unit_of_time(&self.s.folded[i]))
            .for_each(|i| self.uses(i..i + 1));
    }

    /// Whose acts alone count: the subject of an active verb, or who stands after "by".
    pub(super) fn agent(&self, record: &Record) -> Option<Whose> {
        let s = self.s;
        let mut named: Vec<(usize, Whose)> =
            sorts(s, 0..s.folded.len()).into_iter().map(|(i, sort)| (i, Whose::Sort(sort))).collect();
        // A person stands for the state.
        named.extend(s.names.iter().filter_map(|n| match n.entity {
            Entity::Actor(a) => Some((n.span.start, Whose::Actor(a))),
            Entity::Person(p) => record.people[p.0].actor.map(|a| (n.span.start, Whose::Actor(a))),
            _ => None,
        }));
        named.sort_by_key(|(i, _)| *i);
        let verb = s.folded.iter().position(|w| {
            matches!(Verb::of(w), Some(Verb::Break | Verb::Honour | Verb::Keep)) || w == "held"
        })?;
        if let Some(by) = s.folded.iter().rposition(|w| w == "by").filter(|by| *by > verb) {
            return named.iter().find(|(i, _)| *i > by).map(|(_, whose)| *whose);
        }
        // "Italy's treaties were broken" does not say by whom.
        const PASSIVE: [&str; 8] = ["were", "was", "been", "be", "are", "get", "got", "is"];
        if s.folded[..verb].iter().any(|w| PASSIVE.contains(&w.as_str())) {
            return None;
        }
        let (at, whose) = named.into_iter().rev().find(|(i, _)| *i < verb)?;
        // "Pacts with Germany rarely held", "Germany's pacts rarely held": the pacts are the subject.
        let aside = s.folded[..at]
            .iter()
            .rev()
            .take(2)
            .any(|w| matches!(w.as_str(), "with" | "of" | "between" | "and"));
        let pact = (at..verb).any(|i| pact_noun(&s.folded[i..]).is_some());
        (!aside && !pact).then_some(whose)
    }
}

/// Words that add nothing which a count could weigh.
const FILLERS: [&str; 96] = [
    "than", "more", "less", "fewer", "often", "most", "few", "many", "every", "none", "half", "third",
    "quarter", "two", "thirds", "were", "been", "back", "really", "pretty", "such", "kind", "sort", "sorts",
    "anyway", "days", "time", "times", "period", "era", "interwar", "years", "how", "long", "like", "as",
    "when", "one", "ones", "between", "with", "into", "likely", "far", "much", "lot", "put", "signed",
    "prelude", "led", "lasted", "came", "made", "actual", "else", "breaking", "sign", "whenever", "followed",
    "broken", "attacked", "attack", "attacks", "other", "others", "rest", "started", "whoever", "first",
    "fell", "happened", "went", "goes", "least", "more", "longer", "likelier", "partner", "partners",
    "itself", "became", "together", "anyone", "anybody", "better", "simple", "see", "lived", "got", "europe",
    "european", "honest", "things", "thing", "ended", "end",
];

/// "Years", "yearly", "months".
pub(crate) fn is_unit_of_time(word: &str) -> bool {
    ["year", "month", "week", "day", "decade"].iter().any(|unit| word.starts_with(unit))
}

/// A small whole number in words or digits.
pub(crate) fn number(word: &str) -> Option<f64> {
    const WORDS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let tens = TENS.iter().position(|w| *w == word).map(|n| 10.0 * (n as f64 + 2.0));
    let spelt = WORDS.iter().position(|w| *w == word).map(|n| n as f64).or(tens);
    spelt.or_else(|| word.parse::<u16>().ok().filter(|n| *n < 200).map(f64::from))
}
