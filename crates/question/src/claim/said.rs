//! What a claim says of its cases.

use jonbar_record::{Entity, PactType};

use super::cases::{pact_noun, sorts};
use super::words::{Words, number};
use super::{Aftermath, Says, Unit};
use crate::lexicon::{Verb, auxiliary, pact_at};
use crate::read::Focus;
use crate::vague::Vague;

impl Words<'_> {
    /// What is said of which things; `None` if this is no sentence about how often things happen.
    pub(super) fn told(&self, focus: &Focus) -> Option<(Unit, Says)> {
        let s = self.s;
        let question = s.is_question();
        let asks_which = question && ["which", "who", "when", "why"].iter().any(|w| s.starts(&[w]));
        let exact = s.dates.iter().any(|d| d.exact);
        if asks_which || exact || !s.territories().is_empty() {
            return None;
        }
        // "Never before were pacts broken so often" compares with times that no casebook covers.
        if self.any(&[
            "never before",
            "the only one",
            "the only country",
            "the only state",
            "the only power",
            "per head",
            "per capita",
        ]) {
            return None;
        }
        // The League is no state, and seasons are not counted.
        let season = |i: usize| {
            matches!(s.folded[i].as_str(), "spring" | "summer" | "autumn" | "winter")
                && !s.folded[i + 1..].iter().any(|w| w.parse::<u16>().is_ok())
        };
        if s.has(&["league"]) || (0..s.folded.len()).any(season) {
            return None;
        }
        let unit = self.unit(focus);
        let condition = !question && ["if", "once", "whoever"].iter().any(|w| s.starts(&[w]));
        if unit != Unit::Pacts {
            let vague = Vague::find(&s.folded).is_some();
            let bound = unit == Unit::Attacks && self.names_pact();
            let general = vague || self.asked() || !question && (self.plural(unit) || condition || bound);
            if !general || question && !vague && !self.asked() {
                return None;
            }
        }
        match unit {
            // "If a pact was renewed once, it ..." is about some of the cases only.
            Unit::Pacts if condition => None,
            Unit::Pacts => self.of_pacts(focus),
            Unit::Demands => Some((unit, self.of_demands()?)),
            Unit::Claims => Some((unit, self.of_claims()?)),
            Unit::Attacks => Some((unit, self.of_attacks()?)),
            Unit::Breaches => Some((unit, self.of_breaches()?)),
            Unit::Transfers => Some((unit, self.of_transfers()?)),
        }
    }

    /// Whether a pact is spoken of; "the Western Allies" are states.
    fn names_pact(&self) -> bool {
        let in_group = |i: usize| self.s.groups.iter().any(|(_, words)| words.contains(&i));
        (0..self.s.folded.len()).any(|i| !in_group(i) && pact_noun(&self.s.folded[i..]).is_some())
    }

    /// "They would break it right before an invasion": what is broken can only be a pact.
    fn breaks_it(&self) -> bool {
        self.verb(&[Verb::Break]) && self.s.has(&["before"]) && self.s.has(&["it", "them", "would"])
    }

    /// What the cases are.
    fn unit(&self, focus: &Focus) -> Unit {
        let s = self.s;
        let breaks = self.breaks_it();
        let pact = self.names_pact();
        if pact || breaks {
            return if self.of_the_attacked() {
                Unit::Attacks
            } else if self.breaches_told() {
                Unit::Breaches
            } else {
                Unit::Pacts
            };
        }
        if self.any(&["breaches", "violations"]) {
            return Unit::Breaches;
        }
        if self.any(TRANSFERS) {
            return Unit::Transfers;
        }
        let they = s.has(&["they", "such"]) && (focus.pact.is_some() || self.omen(false).is_some());
        let about_them = they && s.actors().is_empty();
        if self.preceded() {
            return Unit::Attacks;
        }
        let answered = self.verb(&[Verb::Accept, Verb::Refuse]) && sorts(s, 0..s.folded.len()).len() >= 2;
        if s.has(&["ultimatum", "ultimatums", "demand", "demands"]) || answered {
            Unit::Demands
        } else if about_them {
            Unit::Pacts
        } else if s.has(&["claim", "claims", "dispute"])
            && self.verb(&[Verb::Attack])
            && self.of_any_attacker()
        {
            Unit::Attacks
        } else if s.has(&["dispute", "disputes", "quarrel", "quarrels", "claims", "claim", "irredentism"]) {
            Unit::Claims
        } else if self.verb(&[Verb::Attack])
            || self.any(ATTACKS)
            || self.any(&["went to war", "go to war", "going to war", "fought"])
        {
            Unit::Attacks
        } else {
            Unit::Pacts
        }
    }

    /// "Wars were preceded by an ultimatum", "attacks usually followed a demand".
    fn preceded(&self) -> bool {
        let folded = &self.s.folded;
        let noun = folded.iter().position(|w| ATTACKS.contains(&w.as_str()));
        let demand = folded
            .iter()
            .position(|w| matches!(w.as_str(), "ultimatum" | "demand" | "demands" | "ultimatums"));
        noun.zip(demand).is_some_and(|(noun, demand)| noun < demand)
            && self.any(&[
                "preceded by",
                "came after",
                "began with",
                "started with",
                "followed",
                "announced by",
                "without a",
                "without an",
            ])
    }

    /// "Whoever invaded", "invaders", "states that attacked": of attacks in general, and not of one state's.
    fn of_any_attacker(&self) -> bool {
        let folded = &self.s.folded;
        let attack = folded.iter().position(|w| Verb::of(w) == Some(Verb::Attack));
        let who = |w: &String| {
            matches!(
                w.as_str(),
                "whoever" | "who" | "that" | "attackers" | "invaders" | "aggressors" | "attacker" | "invader"
            )
        };
        attack.is_some_and(|verb| folded[..=verb].iter().any(who))
    }

    /// Cases in the plural, or in general.
    fn plural(&self, unit: Unit) -> bool {
        match unit {
            Unit::Demands => {
                let general =
                    |w: &String| matches!(w.as_str(), "a" | "an" | "any" | "each" | "every" | "one");
                let one = |w: &String| w == "demand" || w == "ultimatum";
                let before = |i: usize| self.s.folded[i.saturating_sub(3)..i].iter().any(general);
                self.s.has(&["ultimatums", "demands"])
                    || (0..self.s.folded.len()).any(|i| one(&self.s.folded[i]) && before(i))
                        && self.s.dates.is_empty()
            }
            Unit::Claims => self.any(&["disputes", "quarrels", "claims"]),
            Unit::Attacks => {
                self.any(&["wars", "attacks", "invasions", "annexations", "occupations", "conflicts"])
            }
            Unit::Pacts | Unit::Breaches | Unit::Transfers => true,
        }
    }

    /// "Nearly everyone it later attacked had a pact with it", "signed with you right before attacking": of attacks, how many
    /// were on states with a pact.
    fn of_the_attacked(&self) -> bool {
        let folded = &self.s.folded;
        let attack = |i: usize| {
            matches!(Verb::of(&folded[i]), Some(Verb::Attack | Verb::Seize)) || folded[i] == "attacking"
        };
        let whom = |w: &String| {
            matches!(
                w.as_str(),
                "one"
                    | "anyone"
                    | "countries"
                    | "states"
                    | "country"
                    | "state"
                    | "those"
                    | "neighbours"
                    | "neighbors"
                    | "victims"
                    | "whom"
                    | "nations"
                    | "powers"
            )
        };
        let they =
            |w: &String| matches!(w.as_str(), "it" | "they" | "he" | "hitler" | "stalin" | "mussolini");
        let after_whom = (0..folded.len()).filter(|&i| whom(&folded[i])).any(|i| {
            let next: Vec<usize> = (i + 1..folded.len().min(i + 5)).collect();
            next.iter().any(|&j| they(&folded[j])) && next.iter().any(|&j| attack(j))
        });
        let signed = folded.iter().position(|w| matches!(Verb::of(w), Some(Verb::Sign)));
        let before = folded.iter().position(|w| w == "before");
        let signs_first = signed.zip(before).is_some_and(|(sign, before)| {
            sign < before && (before..folded.len()).any(attack) && !self.verb(&[Verb::Break])
        });
        // "Most attacks by Germany were on states with a pact", "wars followed pacts".
        let noun = folded
            .iter()
            .take(4)
            .any(|w| matches!(w.as_str(), "wars" | "attacks" | "invasions" | "annexations" | "occupations"));
        let began = noun
            && self.any(&[
                "preceded by",
                "came after",
                "began with",
                "followed",
                "with a pact",
                "with a treaty",
                "had a pact",
                "had a treaty",
                "on partners",
            ]);
        // "Attacked states with which they had a pact", "attacked their own partners".
        let verb = (0..folded.len()).find(|&i| attack(i));
        let passive = |verb: usize| folded[..verb].iter().rev().take(3).any(|w| auxiliary(w) == Some(true));
        let pact_after = verb.is_some_and(|verb| {
            let bound = |i: usize| {
                matches!(folded[i].as_str(), "which" | "whom" | "that")
                    && folded[i..].iter().any(|w| pact_at(std::slice::from_ref(w)).is_some())
            };
            let partner = |w: &String| w == "partner" || w == "partners";
            let had = |i: usize| {
                whom(&folded[i])
                    && folded.get(i + 1).is_some_and(they)
                    && folded[i..].iter().take(4).any(|w| matches!(w.as_str(), "had" | "signed"))
                    && folded[i..].iter().any(|w| pact_at(std::slice::from_ref(w)).is_some())
            };
            // "When an ally was attacked, its partners ..." is about help.
            let active = !passive(verb);
            (verb..folded.len()).any(had)
                || active && (verb..folded.len()).any(bound)
                || active && folded[verb + 1..].iter().take(3).any(partner)
        });
        after_whom || signs_first || began || pact_after
    }

    /// "Most pacts were broken by great powers", "it was usually the stronger side that broke pacts", "nobody denounced a pact
    /// before breaking it", "most breaches": of breaches, by whom and how.
    fn breaches_told(&self) -> bool {
        let folded = &self.s.folded;
        let broke = |w: &String| {
            matches!(Verb::of(w), Some(Verb::Break)) && !w.starts_with("denounc") || w == "breaking"
        };
        // "Denounced a pact before invading", "denounced it first and attacked later".
        let attacks = |w: &String| {
            matches!(Verb::of(w), Some(Verb::Attack | Verb::Seize))
                || matches!(w.as_str(), "invading" | "attacking" | "marching")
        };
        let denounced = folded.iter().position(|w| w.starts_with("denounc"));
        let then = folded.iter().position(|w| w == "before" || w == "first");
        let denounced_first = denounced.zip(then).is_some_and(|(denounced, then)| {
            denounced < then && folded[then..].iter().any(|w| broke(w) || attacks(w))
        });
        if denounced_first {
            return true;
        }
        let Some(verb) = folded.iter().position(broke) else { return false };
        let by = folded.get(verb + 1).is_some_and(|w| w == "by");
        let vague = Vague::find(folded).is_some();
        let sorted = !sorts(self.s, verb..folded.len()).is_empty();
        // "Pacts between small states were rarely broken by great powers" is not said.
        let by_a_sort = by && vague && sorted && !folded.iter().any(|w| w == "than");
        let it_was = self.s.starts(&["it", "was"])
            && vague
            && folded[..verb].iter().any(|w| w == "that" || w == "who")
            && !sorts(self.s, 0..folded.len()).is_empty();
        let noun = self.any(&["breaches", "violations", "broken pacts", "broken treaties"]);
        by_a_sort || it_was || noun
    }

    fn of_demands(&self) -> Option<Says> {
        let s = self.s;
        if s.actors().len() > 1
            && !self.s.has(&["and"])
            && self.than().is_none()
            && !self.any(&["on", "to", "of"])
        {
            return None;
        }
        let met =
            self.verb(&[Verb::Accept]) || self.any(&["met", "satisfied", "worked", "succeeded", "paid off"]);
        let refused = self.verb(&[Verb::Refuse]);
        let fought = self.fought();
        let lost = self.any(&["annex*", "absor*", "swallow*", "independence"]);
        let again = self.any(&[
            "further demand*",
            "new demand*",
            "another demand*",
            "next demand*",
            "another one",
            "the next one",
        ]) && self
            .any(&["led", "lead", "followed", "invited", "brought", "meant", "got", "faced", "asked"]);
        if again {
            return Some(Says::Followed { by: Aftermath::Demand, years: self.years() });
        }
        if self.any(PEACEFULLY) && !lost {
            return Some(Says::Peaceful);
        }
        if (met || refused) && (fought || lost) {
            return Some(if lost {
                Says::Followed { by: Aftermath::Annexation, years: None }
            } else {
                Says::Fought
            });
        }
        Some(if met {
            Says::Met
        } else if refused {
            Says::Refused
        } else if fought {
            Says::Fought
        } else if lost {
            Says::Followed { by: Aftermath::Annexation, years: None }
        } else {
            return self.timed();
        })
    }

    /// Of demands, whether only those met or refused are spoken of: "refused demands led to war".
    pub(super) fn answered(&self, says: Says) -> Option<bool> {
        let then = matches!(says, Says::Fought | Says::Followed { .. });
        let first = self.s.folded.iter().find_map(|w| match Verb::of(w) {
            Some(Verb::Accept) => Some(true),
            Some(Verb::Refuse) => Some(false),
            _ => (w == "met").then_some(true),
        });
        first.filter(|_| then)
    }

    /// War or fighting spoken of as what happened; "the war" and "the First World War" are times.
    fn fought(&self) -> bool {
        let folded = &self.s.folded;
        // "To avoid war", "instead of force"
        if self.any(&[
            "avoid war",
            "avoid force",
            "instead of war",
            "instead of force",
            "without war",
            "without force",
        ]) {
            return false;
        }
        let war = |i: &usize| (folded[*i] == "war" || folded[*i] == "wars") && !self.is_time(*i);
        let at = (0..folded.len()).find(war);
        at.inspect(|&i| self.uses(i..i + 1)).is_some()
            | self.any(&["force", "attack*", "inva*", "bloodshed", "fighting", "violen*"])
            | self.verb(&[Verb::Fight])
    }

    fn of_claims(&self) -> Option<Says> {
        let peaceful = self.any(PEACEFULLY);
        let won = self.any(&[
            "won",
            "win",
            "satisfied",
            "fulfilled",
            "regained",
            "recovered",
            "got the land",
            "succeeded",
        ]) || self.verb(&[Verb::Cede, Verb::Seize]);
        let fought = self.fought();
        Some(match (won, fought, peaceful) {
            // "Won by force"
            (true, true, false) => return None,
            (true, _, without_force) => Says::Won { without_force },
            (_, _, true) => Says::Peaceful,
            (_, true, _) => Says::Fought,
            _ => return None,
        })
    }

    fn of_attacks(&self) -> Option<Says> {
        // Declarations are not recorded.
        if self.any(&["declaration*", "declared", "undeclared"]) {
            return None;
        }
        // "Germany never attacked Poland" is one case.
        if self.s.actors().len() >= 2 && !self.plural(Unit::Attacks) {
            return None;
        }
        if self.names_pact() {
            let soon =
                self.any(&["right before", "just before", "shortly before", "right after", "months before"]);
            return Some(Says::Bound { years: self.years().or(soon.then_some(1.0)) });
        }
        if self.any(&[
            "without warning",
            "surprise",
            "out of the blue",
            "unannounced",
            "without a demand",
            "without an ultimatum",
        ]) {
            return Some(Says::Unwarned);
        }
        if self.preceded() {
            return Some(Says::Warned);
        }
        if let Some(timed) = self.timed() {
            return Some(timed);
        }
        // "Germany usually attacked" is not that most attacks were Germany's.
        let whose = !sorts(self.s, 0..self.s.folded.len()).is_empty()
            || self.any(&["by", "started", "neighbour*", "neighbor*", "claim", "claims", "rival*"]);
        (Vague::find(&self.s.folded).is_some() && whose).then_some(Says::Joined)
    }

    fn of_breaches(&self) -> Option<Says> {
        let folded = &self.s.folded;
        if self.any(&["denounc*"]) && folded.iter().any(|w| w == "before" || w == "first") {
            return Some(Says::Warned);
        }
        if let Some(timed) = self.timed() {
            return Some(timed);
        }
        let whose =
            !sorts(self.s, 0..folded.len()).is_empty() || !self.s.actors().is_empty() || self.s.has_people();
        whose.then_some(Says::Joined)
    }

    fn of_transfers(&self) -> Option<Says> {
        if self.any(PEACEFULLY) {
            return Some(Says::Peaceful);
        }
        if self.any(&["demand*", "ultimatum*", "threat*", "blackmail"]) {
            return Some(Says::Warned);
        }
        if let Some(timed) = self.timed() {
            return Some(timed);
        }
        if self.fought() || self.any(&["conquest", "violently"]) {
            return Some(Says::Fought);
        }
        let whose = !sorts(self.s, 0..self.s.folded.len()).is_empty()
            || self.any(&["by", "to", "neighbour*", "neighbor*"]);
        whose.then_some(Says::Joined)
    }

    /// When most of the cases fell, or when they were more frequent: "mostly made after 1938", "came more often in the 1920s".
    fn timed(&self) -> Option<Says> {
        let s = self.s;
        let when = !s.dates.is_empty() || self.anchored();
        let share = Vague::find(&s.folded).is_some();
        let rate = self.compares()
            || self.than().is_some() && s.has(&["more", "fewer"])
            || self.any(&[
                "came more",
                "came fewer",
                "more came",
                "fewer came",
                "more were",
                "fewer were",
                "multipli*",
                "rare",
                "scarce",
                "uncommon",
                "plentiful",
            ]);
        (when && (share || rate)).then_some(Says::Timed)
    }

    /// "After Munich", "since Hitler came to power": a time told by what happened.
    pub(super) fn anchored(&self) -> bool {
        self.timed_before
            || self
                .s
                .folded
                .windows(2)
                .any(|w| matches!(w[0].as_str(), "after" | "before" | "since") && w[1].len() > 2)
    }

    fn of_pacts(&self, focus: &Focus) -> Option<(Unit, Says)> {
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
        let general =
            vague || comparing || self.asked() || self.bare_plural() && (!question || s.actors().is_empty());
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
    pub(super) fn is_time(&self, i: usize) -> bool {
        let before = |n: usize| i.checked_sub(n).map_or("", |j| self.s.folded[j].as_str());
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

/// Without fighting.
const PEACEFULLY: &[&str] = &[
    "peaceful*",
    "without force",
    "without war",
    "without bloodshed",
    "without fighting",
    "to avoid war",
    "bloodless*",
];

/// What changes of holder are called.
const TRANSFERS: &[&str] = &[
    "land changed hands",
    "territory changed hands",
    "territories changed hands",
    "provinces changed hands",
    "border changes",
    "changes of border",
    "territorial changes",
    "transfers of territory",
    "territorial transfers",
    "cessions",
    "land grabs",
];

/// What attacks are called.
const ATTACKS: &[&str] = &[
    "invasion",
    "wars",
    "war",
    "attacks",
    "attack",
    "invasions",
    "annexations",
    "occupations",
    "aggression",
    "conflicts",
];
