//! What a claim is about, and what it says of demands, claims to land, attacks, breaches and changes of land; of pacts, in `pacts.rs`.

use super::cases::{pact_noun, sorts};
use super::words::Words;
use super::{Aftermath, Says, Unit};
use crate::lexicon::{Verb, auxiliary, pact_at};
use crate::reading::Focus;
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
            // Of states that signed nothing no case tells.
            "stayed out of",
            "stay out of",
            "staying out of",
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
            Unit::Ruptures => Some((unit, self.of_ruptures()?)),
        }
    }

    /// Whether a pact is spoken of; "the Western Allies" are states.
    pub(super) fn names_pact(&self) -> bool {
        (0..self.s.folded.len()).any(|i| !self.s.in_group(i) && pact_noun(&self.s.folded[i..]).is_some())
    }

    /// "They would break it right before an invasion": what is broken can only be a pact.
    pub(super) fn breaks_it(&self) -> bool {
        self.verb(&[Verb::Break]) && self.s.has(&["before"]) && self.s.has(&["it", "them", "would"])
    }

    /// What the cases are.
    fn unit(&self, focus: &Focus) -> Unit {
        let s = self.s;
        let breaks = self.breaks_it();
        let pact = self.names_pact();
        let ruptures = ["broke*", "break*", "sever*", "ruptur*", "cut*", "suspend*"];
        if !pact && s.has(&["relations"]) && self.any(&ruptures) {
            self.any(&["relations"]);
            self.any(&["diplomatic"]);
            self.any(&["off"]);
            return Unit::Ruptures;
        }
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
            || self.names_attacks()
            || self.any(&["went to war", "go to war", "going to war", "fought"])
        {
            Unit::Attacks
        } else {
            Unit::Pacts
        }
    }

    /// Attacks or wars spoken of as such; "the First World War" and "the war" are times.
    fn names_attacks(&self) -> bool {
        let folded = &self.s.folded;
        let named = (0..folded.len()).find(|&i| ATTACKS.contains(&folded[i].as_str()) && !self.is_time(i));
        named.inspect(|&i| self.uses(i..i + 1)).is_some()
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
            Unit::Pacts | Unit::Breaches | Unit::Transfers | Unit::Ruptures => true,
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
        // "Governments were met with demands": demands are what they met with.
        if s.has_phrase(&["met", "with"]) {
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
            return Some(Says::Peaceful { war: false });
        }
        if (met || refused) && (fought || lost) {
            return Some(if lost {
                Says::Followed { by: Aftermath::Annexation, years: None }
            } else {
                self.fought_how()
            });
        }
        Some(if met {
            Says::Met
        } else if refused {
            Says::Refused
        } else if fought {
            self.fought_how()
        } else if lost {
            Says::Followed { by: Aftermath::Annexation, years: None }
        } else {
            return self.timed();
        })
    }

    /// Of demands, whether only those met or refused are spoken of: "refused demands led to war".
    pub(super) fn answered(&self, says: Says) -> Option<bool> {
        let then = matches!(says, Says::Fought { .. } | Says::Followed { .. });
        let first = self.s.folded.iter().find_map(|w| match Verb::of(w) {
            Some(Verb::Accept) => Some(true),
            Some(Verb::Refuse) => Some(false),
            _ => (w == "met").then_some(true),
        });
        first.filter(|_| then)
    }

    /// War or fighting spoken of as what happened; "the war" and "the First World War" are times.
    pub(super) fn fought(&self) -> bool {
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

    fn fought_how(&self) -> Says {
        let war = |i: usize| matches!(self.s.folded[i].as_str(), "war" | "wars") && !self.is_time(i);
        Says::Fought { war: (0..self.s.folded.len()).any(war) }
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
            (_, _, true) => Says::Peaceful { war: false },
            (_, true, _) => self.fought_how(),
            _ => return None,
        })
    }

    fn of_attacks(&self) -> Option<Says> {
        // Declarations are not recorded.
        if self.any(&["declaration*", "declared", "undeclared"]) {
            return None;
        }
        // How long they lasted is no matter of who began them.
        if self.any(&["lasted", "lasts", "last"]) && self.years().is_some() {
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

    fn of_ruptures(&self) -> Option<Says> {
        // A year and five years are what is counted.
        let within = self.s.folded.iter().position(|w| w == "within");
        let span =
            within.map(|i| self.s.folded[i + 1..].iter().take(3).map(String::as_str).collect::<Vec<_>>());
        let counted = |words: &Vec<&str>| {
            matches!(
                words[..],
                ["a" | "one" | "the", "year", ..]
                    | ["five", "years", ..]
                    | ["a", "few", "years"]
                    | ["few", "years", ..]
            )
        };
        if span.is_some_and(|words| !counted(&words)) {
            return None;
        }
        let healed = [
            "restor*",
            "resum*",
            "mend*",
            "heal*",
            "reopen*",
            "renew*",
            "patched up",
            "made up",
            "reconcil*",
        ];
        if self.any(&healed) {
            self.any(&["within"]);
            // "War followed sooner than reconciliation" compares two things.
            return (!self.s.has(&["sooner", "than"])).then_some(Says::Renewed);
        }
        if self.any(PEACEFULLY) {
            return Some(Says::Peaceful { war: false });
        }
        if let Some(timed) = self.timed() {
            return Some(timed);
        }
        self.fought().then(|| self.fought_how())
    }

    fn of_transfers(&self) -> Option<Says> {
        if self.any(PEACEFULLY) {
            return Some(Says::Peaceful { war: false });
        }
        // "Most land that changed hands in 1940 went to Germany": to whom, of that time.
        if self.any(&["went to", "fell to", "passed to"]) {
            return Some(Says::Joined);
        }
        if self.any(&["demand*", "ultimatum*", "threat*", "blackmail"]) {
            return Some(Says::Warned);
        }
        if let Some(timed) = self.timed() {
            return Some(timed);
        }
        if self.fought() || self.any(&["conquest", "violently"]) {
            return Some(self.fought_how());
        }
        let whose = !sorts(self.s, 0..self.s.folded.len()).is_empty()
            || self.any(&["by", "to", "neighbour*", "neighbor*"]);
        whose.then_some(Says::Joined)
    }

    /// When most of the cases fell, or when they were more frequent: "mostly made after 1938", "came more often in the 1920s".
    pub(super) fn timed(&self) -> Option<Says> {
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
}

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
    "border moved",
    "borders moved",
    "border changed",
    "borders changed",
    "border shifted",
    "borders shifted",
    "frontier moved",
    "frontiers moved",
    "frontier changed",
    "frontiers changed",
    "land that changed hands",
    "territory that changed hands",
    "border changed hands",
    "borders changed hands",
    "borders were changed",
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
