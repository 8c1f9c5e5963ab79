//! What a claim says of pacts: what became of them, how long they lasted, what followed, who signed them.

use jonbar_record::{Entity, PactType};

use super::cases::{pact_noun, sorts};
use super::words::{Words, number};
use super::{Aftermath, Says, Unit};
use crate::lexicon::{Verb, auxiliary};
use crate::reading::Focus;
use crate::text::is_possessive;
use crate::vague::Vague;

impl Words<'_> {
    pub(super) fn of_pacts(&self, focus: &Focus) -> Option<(Unit, Says)> {
        let s = self.s;
        let question = s.is_question();
        let vague = Vague::find(&s.folded).is_some();
        let comparing = self.than().is_some() || self.compares();
        let breaks = self.breaks_it();
        let about_pacts = self.names_pact()
            || focus.pact.is_some()
            || breaks
            || s.has(&["they", "omen", "omens"]) && self.omen(vague).is_some();
        // Named states are one case, unless the sentence says how often.
        let one_case = (question && s.has(&["did", "when", "who"])
            || s.actors().len() >= 2 && self.than().is_none())
            && !vague
            && (!self.asked() || s.has_phrase(&["how", "long"]) && s.actors().len() >= 2);
        // "They were worthless": pacts, where those were spoken of.
        let denied = s.folded.iter().any(|w| crate::lexicon::denies_verb(w));
        let they =
            !denied && s.actors().is_empty() && (s.starts(&["they", "were"]) || s.starts(&["they", "are"]));
        let general = they
            || vague
            || comparing
            || self.asked()
            || self.bare_plural() && (!question || s.actors().is_empty());
        // "They kept their word until 1939" speaks of all they gave it in.
        let until = self.any(&["until", "till"]) && !s.dates.is_empty() && s.actors().len() == 1;
        let said = self.said_of_pacts(focus, about_pacts, general && !one_case || until)?;
        // "They kept their word until 1939": no breach fell before.
        if said == Says::Kept && until {
            return Some((Unit::Breaches, Says::Timed));
        }
        // "Most pacts were broken in 1939": when breaches fell.
        let second = self.than().is_none_or(|than| s.dates.iter().any(|d| d.words.0 >= than.end));
        let when_broken = matches!(said, Says::Broken | Says::Denounced)
            && (vague || self.compares())
            && second
            && self.dated_otherwise(&(0..s.folded.len()));
        Some(if when_broken { (Unit::Breaches, Says::Timed) } else { (Unit::Pacts, said) })
    }

    fn said_of_pacts(&self, focus: &Focus, about_pacts: bool, general: bool) -> Option<Says> {
        let s = self.s;
        let vague = Vague::find(&s.folded).is_some();
        let comparing = self.than().is_some() || self.compares();
        // A state that declares itself neutral signs nothing.
        if !about_pacts
            || self.any(&["declared neutrality", "neutrality declaration*", "declaration* of neutrality"])
        {
            return None;
        }
        // "Attacked as often as countries without one": pairs with a pact beside pairs without.
        let without =
            self.any(&["without one", "without any", "without a pact", "without pacts", "without such"]);
        if without && (self.fought() || self.any(&["attacked", "invaded", "safer", "war", "fight"])) {
            return Some(Says::Omen);
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
            "of little use",
            "of no use",
            "of little value",
            "of no value",
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
        if !general {
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
        // "Expired quietly without anyone breaking them"
        let unbroken = s.has(&["without"]) && breaking && self.any(&["expir*", "ran out", "lapsed", "kept"]);
        if unbroken {
            return Some(Says::Kept);
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
        // "Mostly signed by neighbours", "mostly signed pacts with its neighbours": which of them were.
        let sorted = || {
            !sorts(s, 0..s.folded.len()).is_empty()
                || s.folded.iter().any(|w| {
                    ["neighbour", "neighbor", "rival", "disput", "quarrel", "enem"]
                        .iter()
                        .any(|t| w.starts_with(t))
                })
        };
        let who = self.any(&[
            "signed by",
            "signed between",
            "made between",
            "made by",
            "were between",
            "concluded between",
            "concluded by",
        ]);
        let with = self.verb(&[Verb::Sign]) && s.has(&["with", "between"]) && sorted();
        if vague && !comparing && (who || with) {
            return Some(Says::Joined);
        }
        if let Some(years) = self.term().filter(|_| vague && !comparing) {
            return Some(Says::Term { years });
        }
        let signs = self.verb(&[Verb::Sign]);
        let more = s.has(&["more", "fewer", "less", "likelier", "oftener", "as"]);
        if signs && comparing && more {
            return Some(Says::Signed);
        }
        (signs
            || self.any(&[
                "came",
                "belong*",
                "date from",
                "common",
                "rare",
                "scarce",
                "uncommon",
                "plentiful",
            ]))
        .then(|| self.timed())
        .flatten()
    }

    /// "Signed for five years", "for at least ten years": the time agreed, the shortest and the longest that is meant.
    fn term(&self) -> Option<(f64, f64)> {
        let folded = &self.s.folded;
        let signed = folded.iter().position(|w| Verb::of(w) == Some(Verb::Sign))?;
        let from = (signed..folded.len()).find(|&i| folded[i] == "for")?;
        let end = (from..folded.len()).find(|&i| folded[i].starts_with("year"))?;
        let years: Vec<f64> = folded[from..end].iter().filter_map(|w| number(w)).collect();
        let (low, high) = (years.iter().copied().reduce(f64::min)?, years.iter().copied().reduce(f64::max)?);
        self.uses(from..end + 1);
        let after = folded.get(end + 2).map_or("", String::as_str);
        let least = self.any(&["at least", "no less than"]) || after == "more" || after == "longer";
        let most = self.any(&["at most", "no more than"]) || after == "less";
        // "Over ten years", "less than five" shut the number itself out.
        if self.any(&["more than", "over", "less than", "under"]) {
            return None;
        }
        Some((if most { 0.0 } else { low }, if least { f64::INFINITY } else { high }))
    }

    /// "Pacts were ...", "a pact with Germany was ...", without "the" or "these": pacts in general.
    fn bare_plural(&self) -> bool {
        let folded = &self.s.folded;
        let article = |w: &String| w == "a" || w == "an";
        // "Having a pact with ..." speaks of any.
        let doing = folded.first().is_some_and(|w| w.ends_with("ing")) && folded.get(1).is_some_and(article);
        let first = |taken: usize| (folded.first().is_some_and(article) || doing) && taken < 5;
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
            "of little use",
            "of no use",
        ]);
        (defence
            && (fails || stands)
            && self.years().is_none()
            // "More often than non-aggression pacts": those promise no help.
            && self.halves().1.is_none_or(|tail| {
                self.itself(&tail) || !tail.clone().any(|i| pact_noun(&s.folded[i..]).is_some())
            }))
        .then(|| Says::Aided { aided: !fails, victim: self.of_the_victim() })
    }

    /// "Poland's allies", "Poland was abandoned by", "came to Poland's aid": the state named is the one attacked.
    fn of_the_victim(&self) -> bool {
        let s = self.s;
        let Some(name) = s.names.iter().find(|n| matches!(n.entity, Entity::Actor(_))) else { return false };
        let raw = s.words.get(name.span.end.saturating_sub(1)).map_or("", |w| w.raw.as_str());
        let own = is_possessive(raw);
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

    pub(super) fn omen(&self, vague: bool) -> Option<Says> {
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
    pub(super) fn is_time(&self, i: usize) -> bool {
        let before = |n: usize| self.s.before(i, n);
        before(1) == "world"
            || self.s.folded[i] == "war"
                && before(1) == "the"
                && matches!(before(2), "before" | "after" | "since" | "during" | "until" | "till" | "in")
    }

    fn before_attack(&self) -> bool {
        let s = self.s;
        const COMING: [&str; 9] = [
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
            (i + 1..s.folded.len()).any(|j| COMING.contains(&s.folded[j].as_str()) && !self.is_time(j))
        };
        self.any(&["about to attack", "about to invade"])
            || s.folded.iter().position(|w| w == "before").is_some_and(after)
    }

    fn lasting(&self, years: Option<f64>, holds: bool, breaking: bool) -> Option<Says> {
        // "Didn't make it to the end of the term" is told by the denial.
        let full = self.any(&["term", "terms", "course"])
            && self.any(&["full", "ran", "run", "course", "end", "last*", "reach*", "surviv*", "serv*"])
            || self.any(&["expiry", "expiration"]);
        if full {
            return Some(Says::FullTerm { short: false });
        }
        let short = self.any(&[
            "short lived",
            "soon ended",
            "ephemeral",
            "fell apart",
            "fall apart",
            "falls apart",
            "crumbled",
            "unravel*",
        ]);
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
        // "Broke fewer than Germany but broke them faster" compares first how many.
        let than = self.than().map_or(self.s.folded.len(), |than| than.start);
        let faster = self.s.folded[..than]
            .iter()
            .any(|w| matches!(w.as_str(), "faster" | "sooner" | "quicker" | "slower"));
        let compared = longer || faster && (ends || breaking) || (short || long) && self.than().is_some();
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
        } else if self.any(&["invad*", "invas*", "attack*", "occup*"])
            && self.any(&["protect*", "safety", "shield*", "guarantee", "guarantees"])
            && !self.by_the_partner()
        {
            // Whoever promises help is not whom it is promised against.
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
}

/// Ways to leave a pact.
const LEAVING: &[&str] = &["walked out", "walk* away from", "backed out", "pulled out", "withdrew", "quit"];
