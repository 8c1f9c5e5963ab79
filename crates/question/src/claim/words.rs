//! What a sentence about how often things happen says of its cases.

use std::cell::RefCell;
use std::ops::Range;

use jonbar_record::{Entity, PactType, Record};

use super::{Aftermath, Denial, Says, Whose, pact_noun, sorts};
use crate::lexicon::{Verb, auxiliary, denies_verb, is_demand_noun, is_quiet};
use crate::read::Focus;
use crate::sentence::Sentence;
use crate::vague::Vague;

/// A sentence asked for what it says.
pub(super) struct Words<'s> {
    s: &'s Sentence,
    /// Words that some rule made use of.
    used: RefCell<Vec<bool>>,
}

impl<'s> Words<'s> {
    pub(super) fn of(s: &'s Sentence) -> Words<'s> {
        Words { s, used: RefCell::new(vec![false; s.folded.len()]) }
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
                || s.names.iter().any(|n| n.span.contains(&i))
        };
        (0..s.folded.len()).filter(|&i| !known(i)).map(|i| s.words[i].raw.as_str()).collect()
    }

    /// Whether any of these phrases occurs; a word ending in `*` stands for all that begin so.
    fn any(&self, phrases: &[&str]) -> bool {
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

    fn verb(&self, verbs: &[Verb]) -> bool {
        let at = self.s.folded.iter().position(|w| Verb::of(w).is_some_and(|v| verbs.contains(&v)));
        at.inspect(|&i| self.uses(i..i + 1)).is_some()
    }

    /// What compares cases, with the words it takes: `than`, `outlived`, `twice as long as`.
    fn than(&self) -> Option<Range<usize>> {
        let folded = &self.s.folded;
        if let Some(i) = folded.iter().position(|w| w == "outlived" || w == "outlasted") {
            return Some(i..i + 1);
        }
        let as_as = (0..folded.len()).find(|&i| {
            folded[i] == "as"
                && folded.get(i + 2).is_some_and(|w| w == "as")
                && matches!(
                    folded[i + 1].as_str(),
                    "long" | "often" | "likely" | "reliable" | "durable" | "many"
                )
        });
        if let Some(i) = as_as {
            return Some(i + 2..i + 3);
        }
        let i = folded.iter().position(|w| w == "than")?;
        let after = folded.get(i + 1).map_or("", String::as_str);
        // "more than half", "less than five years", "more often than not" compare nothing.
        let amount = number(after).is_some() || matches!(after, "half" | "a" | "not" | "two");
        (!amount).then_some(i..i + 1)
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
            "more frequently",
            "less frequently",
            "more prone",
            "less prone",
        ])
    }

    /// "By anyone it had a pact with", "by their partners": not by whatever state.
    fn by_the_partner(&self) -> bool {
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
        self.s.folded.iter().any(|w| denies_verb(w) || w == "no")
    }

    /// What the sentence denies beside its word of frequency.
    pub(super) fn denied(&self, found: Option<(&Vague, usize)>) -> Denial {
        let folded = &self.s.folded;
        let in_vague =
            |i: usize| found.is_some_and(|(v, at)| (at..at + v.word.split(' ').count()).contains(&i));
        let mut denial = Denial::None;
        for i in (0..folded.len()).filter(|&i| !in_vague(i)) {
            let before = &folded[..i];
            if folded[i] == "no" {
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
                let border =
                    |w: &String| ["border", "frontier", "neighbo"].iter().any(|stem| w.starts_with(stem));
                let said = at.checked_sub(1).map_or("", |j| folded[j].as_str());
                if folded[i..].iter().take(5).any(border) {
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
    fn years(&self) -> Option<f64> {
        let folded = &self.s.folded;
        (0..folded.len()).find_map(|i| {
            let before = |n: usize| i.checked_sub(n).map_or("", |j| folded[j].as_str());
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
            let (left, right) = (&self.s.words[j], &self.s.words[j + 1]);
            let between = self.s.text.get(left.at + left.raw.len()..right.at).unwrap_or_default();
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
    fn uses_years(&self) {
        let unit = |w: &String| ["year", "month", "week", "day", "decade"].iter().any(|u| w.starts_with(u));
        (0..self.s.folded.len()).filter(|&i| unit(&self.s.folded[i])).for_each(|i| self.uses(i..i + 1));
    }

    /// What is said of which things; `None` if this is no sentence about how often things happen.
    pub(super) fn told(&self, focus: &Focus) -> Option<Says> {
        let s = self.s;
        let question = s.is_question();
        let vague = Vague::find(&s.folded).is_some();
        let comparing = self.than().is_some() || self.compares();
        // "They would break it right before an invasion": what is broken can only be a pact.
        let breaks = self.verb(&[Verb::Break]) && s.has(&["before"]) && s.has(&["it", "them", "would"]);
        let about_pacts = (0..s.folded.len()).any(|i| pact_noun(&s.folded[i..]).is_some())
            || focus.pact.is_some()
            || breaks
            || s.has(&["they", "omen", "omens"]) && self.omen(vague).is_some();
        let demand =
            s.has(&["ultimatum", "ultimatums", "demand", "demands"]) && s.pact().is_none() && !breaks;
        let exact = s.dates.iter().any(|d| d.exact);
        let asks_which =
            s.starts(&["which"]) || s.starts(&["who"]) || s.starts(&["when"]) || s.starts(&["why"]);
        let asks_which = asks_which && question;
        // "If a pact was renewed once, it ..." is about some of the cases only.
        if !question && (s.starts(&["if"]) || s.starts(&["once"]) || s.starts(&["whoever"])) {
            return None;
        }
        if asks_which || exact || !s.territories().is_empty() {
            return None;
        }
        // Named states are one case, unless the sentence says how often.
        let one_case = (question && s.has(&["did", "when", "who"])
            || s.actors().len() >= 2 && self.than().is_none())
            && !vague
            && (!self.asked() || s.has_phrase(&["how", "long"]) && s.actors().len() >= 2);
        let asked = self.asked();
        let general = vague
            || comparing && !asks_which
            || asked
            || self.bare_plural() && (!question || s.actors().is_empty());
        if demand {
            let said = if self.verb(&[Verb::Accept])
                || self.any(&["met", "satisfied", "worked", "succeeded", "paid off"])
            {
                Says::Met
            } else if self.verb(&[Verb::Refuse]) {
                Says::Refused
            } else if self.any(&["without a fight", "without fighting"]) {
                return None;
            } else if self.any(&["war*", "force", "attack*", "inva*", "bloodshed"])
                || self.verb(&[Verb::Fight])
            {
                Says::Fought
            } else {
                return None;
            };
            let plural = s.has(&["ultimatums", "demands"]) || vague;
            return (plural && (vague || !question || asked) && s.actors().len() < 2).then_some(said);
        }
        // "Never before were pacts broken so often" compares with times that no casebook covers.
        if self.any(&["never before"]) {
            return None;
        }
        // A state that declares itself neutral signs nothing.
        if !about_pacts
            || self.any(&["declared neutrality", "neutrality declaration*", "declaration* of neutrality"])
        {
            return None;
        }
        if let Some(omen) = self.omen(vague) {
            return Some(omen);
        }
        let years = self.years();
        if years.is_some() {
            self.uses_years();
        }
        let before = self.before_attack();
        let holds = self.verb(&[Verb::Honour])
            || self.any(&["held", "hold", "kept", "keep", "fulfilled", "abided", "faithful", "lived up to"]);
        let worthless = self.any(&[
            "worthless",
            "meaningless",
            "meant nothing",
            "unreliable",
            "useless",
            "hollow",
            "a joke",
            "scrap* of paper",
            "worth the paper",
            "worth about as much as the paper",
            "not worth",
            "worth nothing",
            "worth little",
            "ignored",
            "disregarded",
            "went nowhere",
        ]);
        let breaking =
            self.verb(&[Verb::Break]) || worthless || self.any(&["broken", "failed"]) | self.any(LEAVING);
        if breaking
            && before
            && (s.has_phrase(&["about", "to"]) || s.has(&["would", "always", "right", "just", "usually"]))
        {
            return Some(Says::BrokenBeforeAttack);
        }
        if !general || one_case {
            return None;
        }
        if let Some(said) = self.aid(focus) {
            return Some(said);
        }
        if let Some(said) = self.lasting(years, holds, breaking) {
            return Some(said);
        }
        if self.verb(&[Verb::Renew]) {
            return Some(Says::Renewed);
        }
        if let Some(by) = self.aftermath() {
            return Some(Says::Followed { by, years });
        }
        if breaking && !self.any(&["not broken", "not violated", "unbroken"]) {
            // Not `||`: what is said in both ways is made use of in both.
            let left = self.any(&["denounc*"]) | self.any(LEAVING);
            let denounced = left && !s.has(&["broken", "broke", "violated"]);
            return Some(if denounced { Says::Denounced } else { Says::Broken });
        }
        if holds
            || breaking
            || self.any(&["reliable", "unbroken", "worked", "intact", "surviv*", "succeeded"])
        {
            return Some(Says::Kept);
        }
        // "Mostly signed by neighbours": which of them were.
        if vague
            && !comparing
            && self.any(&[
                "signed by",
                "signed between",
                "made between",
                "made by",
                "were between",
                "concluded between",
                "concluded by",
            ])
        {
            return Some(Says::Joined);
        }
        let more = s.has(&["more", "fewer", "less", "likelier", "oftener", "as"]);
        (self.verb(&[Verb::Sign]) && comparing && more).then_some(Says::Signed)
    }

    /// "Pacts were ...", "a pact with Germany was ...", without "the" or "these": pacts in general.
    fn bare_plural(&self) -> bool {
        let folded = &self.s.folded;
        let first = |taken: usize| folded.first().is_some_and(|w| w == "a" || w == "an") && taken < 5;
        (0..folded.len()).any(|i| {
            let Some((_, taken)) = pact_noun(&folded[i..]) else { return false };
            let last = &folded[(i + taken - 1).min(folded.len() - 1)];
            let plural = last.ends_with('s');
            let counted = folded[..i].iter().rev().take(2).any(|w| {
                number(w).is_some() || matches!(w.as_str(), "the" | "these" | "those" | "both" | "other")
            });
            (plural || first(i) && self.s.dates.is_empty()) && !counted
        })
    }

    /// "Alliances were rarely honoured", "allies failed to come to the aid of ...": help when it was called for.
    fn aid(&self, focus: &Focus) -> Option<Says> {
        let s = self.s;
        let pact = (0..s.folded.len()).find_map(|i| pact_noun(&s.folded[i..]).and_then(|(kind, _)| kind));
        let defence = matches!(pact.or(focus.pact), Some(PactType::Defence | PactType::Guarantee));
        let stands = self.verb(&[Verb::Honour])
            || self.any(&[
                "rescue",
                "came to its aid",
                "come to its aid",
                "came to their aid",
                "help",
                "helped",
                "came to the aid",
                "come to the aid",
                "defended",
                "fulfilled",
                "stood by",
                "fought together",
                "declare* war",
                "went to war for",
                "joined the war",
            ]);
        let fails = self.any(&[
            "abandon*",
            "desert*",
            "let down",
            "failed to",
            "left alone",
            "worthless",
            "useless",
            "hollow",
            "meant nothing",
            "dead letter*",
            "worth the paper",
            "worth about as much as the paper",
            "not worth",
        ]);
        (defence
            && (fails || stands)
            && self.years().is_none()
            && self.halves().1.is_none_or(|tail| self.itself(&tail)))
        .then(|| Says::Aided { aided: !fails, victim: self.of_the_victim() })
    }

    /// "Poland's allies", "Poland was abandoned by", "came to Poland's aid": the state named is the one attacked.
    fn of_the_victim(&self) -> bool {
        let s = self.s;
        let Some(name) = s.names.iter().find(|n| matches!(n.entity, Entity::Actor(_))) else { return false };
        let raw = s.words.get(name.span.end.saturating_sub(1)).map_or("", |w| w.raw.as_str());
        let own = ["'s", "’s", "s'", "s’"].iter().any(|end| raw.ends_with(end));
        let next = s.folded.get(name.span.end).map_or("", String::as_str);
        let theirs =
            matches!(next, "ally" | "allies" | "partner" | "partners" | "guarantor" | "guarantors" | "aid");
        // "Poland was abandoned by its allies": the state is the subject, and others act.
        let verb =
            s.folded.iter().position(|w| ["abandon", "desert", "betray"].iter().any(|v| w.starts_with(v)));
        let by = verb.is_some_and(|v| {
            name.span.start < v
                && s.folded.get(v + 1).is_some_and(|w| w == "by")
                && s.folded[v.saturating_sub(2)..v].iter().any(|w| auxiliary(w).is_some())
        });
        own && theirs || by
    }

    fn omen(&self, vague: bool) -> Option<Says> {
        let sign = self.any(&["omen*", "harbinger*", "bad sign*", "warning sign*", "sign of trouble"])
            || !vague && self.any(&["prelude to war", "lead to war", "led to war"]);
        // "Those they were meant to protect" says nothing of whether they did.
        let meant = self.any(&["meant to", "supposed to", "designed to", "intended to"]);
        let guards = !meant
            && self.any(&[
                "prevent*",
                "deter*",
                "protect*",
                "discourag*",
                "safeguard*",
                "kept the peace",
                "keep the peace",
                "preserved peace",
                "preserved the peace",
                "out of war",
                "made war less",
                "made war more",
            ]);
        (sign || guards).then_some(Says::Omen)
    }

    /// "The war" as a time: "before the war", "since the war".
    fn is_time(&self, i: usize) -> bool {
        let before = |n: usize| i.checked_sub(n).map_or("", |j| self.s.folded[j].as_str());
        self.s.folded[i] == "war"
            && before(1) == "the"
            && matches!(before(2), "before" | "after" | "since" | "during" | "until" | "till" | "in")
    }

    fn before_attack(&self) -> bool {
        let s = self.s;
        const ATTACKS: [&str; 9] = [
            "invasion",
            "invasions",
            "demand",
            "attack",
            "attacks",
            "invading",
            "attacking",
            "war",
            "ultimatum",
        ];
        // "Before the war" is a time.
        let after = |i: usize| {
            (i + 1..s.folded.len()).any(|j| ATTACKS.contains(&s.folded[j].as_str()) && !self.is_time(j))
        };
        self.any(&["about to attack", "about to invade"])
            || s.folded.iter().position(|w| w == "before").is_some_and(after)
    }

    fn lasting(&self, years: Option<f64>, holds: bool, breaking: bool) -> Option<Says> {
        let full = self.any(&["term", "terms", "course"])
            && self.any(&["full", "ran", "run", "course", "end", "last*", "reach*", "surviv*", "serv*"])
            || self.any(&["expiry", "expiration"]);
        if full {
            return Some(Says::FullTerm);
        }
        let short =
            self.any(&["short lived", "soon ended", "ephemeral", "fell apart", "crumbled", "unravel*"]);
        let long = self.any(&["long lived", "durable", "enduring"]);
        let longer = self.any(&[
            "longer",
            "shorter",
            "less long",
            "outlived",
            "outlasted",
            "lifespan",
            "how long",
            "as long as",
        ]);
        let lasts = short
            || long
            || longer
            || self.any(&["last", "lasts", "lasted", "lasting", "endure*", "surviv*", "in force", "lived"]);
        let under_number = self.s.folded.windows(2).any(|w| w[0] == "under" && number(&w[1]).is_some());
        let within = under_number
            || self.any(&[
                "within",
                "inside",
                "less than",
                "fewer than",
                "no more than",
                "at most",
                "not more than",
            ]);
        let ends = self.any(&["end*", "dead", "die*", "expire*", "laps*", "over", "collaps*", "lifeless"]);
        let compared = longer
            || self.any(&["faster", "sooner", "quicker"]) && ends
            || (short || long) && self.than().is_some();
        match years {
            Some(years) if lasts || breaking || holds || ends && within => Some(Says::Lasted {
                years: Some(years),
                under: short || within && !self.any(&["no less"]) || breaking && !holds,
                unbroken: breaking || holds,
            }),
            None if compared => Some(Says::Lasted { years: None, under: false, unbroken: breaking || holds }),
            None if short || long => Some(Says::Lasted { years: Some(5.0), under: short, unbroken: false }),
            _ => None,
        }
    }

    /// "prelude to", "ended in", "followed by", "a death sentence".
    fn aftermath(&self) -> Option<Aftermath> {
        let passive = self.s.folded.iter().any(|w| auxiliary(w) == Some(true));
        let link = self.any(&[
            "prelude",
            "followed",
            "ended",
            "end",
            "led",
            "lead",
            "meant",
            "preceded",
            "before",
            "resulted",
            "foreshadowed",
            "announced",
            "precursor",
            "sealed",
            "became",
            "saved",
            "spared",
            "death sentence",
        ]);
        if !link && !passive {
            return None;
        }
        let annexed = self.any(&[
            "annex*",
            "absor*",
            "swallow*",
            "partition*",
            "dismember*",
            "conquer*",
            "conquest*",
            "annihil*",
            "extinct*",
            "death sentence",
            "lost its independence",
        ]);
        if annexed {
            Some(Aftermath::Annexation)
        } else if self.any(&["attacked", "invaded", "occupied"])
            && self.any(&["anyway", "were", "was", "got", "being"])
            && !self.by_the_partner()
        {
            Some(Aftermath::Attacked)
        } else if self.any(&["invad*", "invas*", "attack*", "occup*"]) {
            Some(Aftermath::Attack)
        } else if link
            && self.any(&["war", "wars", "fighting", "hostilities", "bloodshed"])
            && !(0..self.s.folded.len()).any(|i| self.is_time(i))
        {
            Some(Aftermath::War)
        } else {
            None
        }
    }

    /// Whose acts alone count: the subject of an active verb, or who stands after "by".
    pub(super) fn agent(&self, record: &Record) -> Option<Whose> {
        let s = self.s;
        let mut named: Vec<(usize, Whose)> =
            sorts(&s.folded).into_iter().map(|(i, sort)| (i, Whose::Sort(sort))).collect();
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

/// Ways to leave a pact.
const LEAVING: &[&str] = &["walked out", "walk* away from", "backed out", "pulled out", "withdrew", "quit"];

/// Words that add nothing which a count could weigh.
const FILLERS: [&str; 70] = [
    "than", "more", "less", "fewer", "often", "most", "few", "many", "every", "none", "half", "third",
    "quarter", "two", "thirds", "were", "been", "back", "really", "pretty", "such", "kind", "sort", "sorts",
    "anyway", "days", "time", "times", "period", "era", "interwar", "years", "how", "long", "like", "as",
    "when", "one", "ones", "between", "with", "into", "likely", "far", "much", "lot", "put", "signed",
    "prelude", "led", "lasted", "likelier", "partner", "partners", "itself", "together", "anyone", "anybody",
    "better", "simple", "see", "lived", "got", "europe", "european", "honest", "things", "thing", "ended",
    "end",
];

/// A small whole number in words or digits.
fn number(word: &str) -> Option<f64> {
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
