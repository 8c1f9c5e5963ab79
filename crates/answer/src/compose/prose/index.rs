//! The entries of the record by what they share with a text, and how much an entry shares with a statement.

use std::collections::HashMap;

use jonbar_question::{Assertion, related};
use jonbar_record::{ActorId, Day, Entity, Event, EventKind, Pact, PactId, PactType, Record, Window, fold};
use rust_stemmers::{Algorithm, Stemmer};

use super::differences::numbered;
use super::{Index, Said, days_apart};
use crate::compose::words::{is_ultimatum, list};

/// Letters of a stem that are compared: "denounced" and "denouncement" share their first six.
const STEM: usize = 6;

/// What is alike in the forms of a word (Porter 2001, English): "leaves" and "leaving", "expels" and "expelled".
fn stem(word: &str) -> String {
    thread_local! {
        static ENGLISH: Stemmer = Stemmer::create(Algorithm::English);
    }
    ENGLISH.with(|english| english.stem(word).chars().take(STEM).collect())
}

impl<'a> Index<'a> {
    pub(super) fn new(record: &'a Record) -> Index<'a> {
        let mut of_actor = vec![Vec::new(); record.actors.len()];
        let (mut parties, mut people) = (Vec::new(), Vec::new());
        let mut numbers: HashMap<String, u32> = HashMap::new();
        // Forms that the record itself has need not be brought to their stems again.
        let mut forms: HashMap<String, u32> = HashMap::new();
        let mut having: Vec<Vec<usize>> = Vec::new();
        for (i, event) in record.events.iter().enumerate() {
            let mut text = format!("{} {} {}", event.id.replace('-', " "), event.summary, event.mark);
            if let Some(p) = event.pact {
                text.push_str(&format!(
                    " {} {}",
                    record.pacts[p.0].name,
                    record.pacts[p.0].aliases.join(" ")
                ));
            }
            for p in &event.people {
                text.push_str(&format!(" {}", record.people[p.0].name));
            }
            let mut own: Vec<u32> = text
                .split(|c: char| !c.is_alphanumeric())
                .map(fold)
                .filter(|w| w.len() > 3)
                .map(|w| {
                    if let Some(number) = forms.get(&w) {
                        return *number;
                    }
                    let next = numbers.len() as u32;
                    let number = *numbers.entry(stem(&w)).or_insert(next);
                    forms.insert(w, number);
                    number
                })
                .collect();
            own.sort_unstable();
            own.dedup();
            having.resize(numbers.len(), Vec::new());
            own.iter().for_each(|s| having[*s as usize].push(i));
            let mut all = record.concerned(event);
            all.sort_unstable();
            all.dedup();
            all.iter().for_each(|a| of_actor[a.0].push(i));
            parties.push(all);
            let mut named = event.people.clone();
            for word in event
                .summary
                .split(|c: char| !c.is_alphabetic())
                .filter(|w| w.starts_with(char::is_uppercase))
            {
                let found = record.gazetteer.find(word).iter().filter_map(|(entity, _)| match entity {
                    Entity::Person(p) => Some(*p),
                    _ => None,
                });
                named.extend(found.collect::<Vec<_>>());
            }
            people.push(named);
        }
        let n = record.events.len() as f64;
        let weights = having.iter().map(|entries| libm::log(n / entries.len() as f64)).collect();
        let numbered = record.events.iter().map(|e| numbered(&e.summary)).collect();
        Index { record, of_actor, numbers, forms, weights, having, parties, numbered, people }
    }

    /// Entries that share a state, a land, a person or a pact with the assertion.
    pub(super) fn candidates(&self, a: &Said) -> Vec<usize> {
        let states = if a.actors.is_empty() { &a.spoken_of } else { &a.actors };
        let mut found: Vec<usize> = Vec::new();
        for actor in states.iter().take(4) {
            found.extend(&self.of_actor[actor.0]);
        }
        if !(a.territories.is_empty() && a.pacts.is_empty() && a.people.is_empty()) && found.is_empty() {
            found.extend((0..self.record.events.len()).filter(|&i| {
                let e = &self.record.events[i];
                e.territories.iter().any(|t| a.territories.contains(t))
                    || e.pact.is_some_and(|p| a.pacts.contains(&p))
                    || e.people.iter().any(|p| a.people.contains(p))
            }));
        }
        // Nobody named: whatever happened at that time.
        if let (true, Some(time)) = (a.actors.is_empty(), &a.time)
            && time.windows.iter().all(|w| w.to.0 - w.from.0 < if a.kinds.is_empty() { 40 } else { 100 })
        {
            found.extend((0..self.record.events.len()).filter(|&i| {
                let when = &self.record.events[i].when;
                time.meets(when.earliest, when.latest)
            }));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The number of a word's stem, if any entry has it.
    pub(super) fn number(&self, word: &str) -> Option<u32> {
        self.forms.get(word).or_else(|| self.numbers.get(&stem(word))).copied()
    }

    /// Whether an entry has a stem of this number.
    pub(super) fn has(&self, number: Option<u32>, i: usize) -> bool {
        number.is_some_and(|s| self.having[s as usize].binary_search(&i).is_ok())
    }

    /// Whether an entry has a word, or one of the same stem.
    pub(super) fn has_word(&self, word: &str, i: usize) -> bool {
        self.has(self.number(word), i)
    }

    /// States that have a part in an entry. To have signed something is more than to be spoken of in it.
    pub(super) fn has_part(&self, actor: ActorId, i: usize) -> bool {
        let event = &self.record.events[i];
        if event.kind == EventKind::PactSigned && event.actors.len() > 1 {
            let people = event.people.iter().any(|p| self.record.people[p.0].actor == Some(actor));
            return event.actors.contains(&actor) || event.targets.contains(&actor) || people;
        }
        self.parties[i].contains(&actor)
    }

    /// An assertion with its words held against those of every entry.
    pub(super) fn said<'s>(&self, assertion: &'s Assertion) -> Said<'s> {
        let likeness = self.likeness(&assertion.words);
        Said { assertion, likeness, numbered: numbered(&assertion.text) }
    }

    /// By entry: how much of what some words tell it tells too, from 0 to 1.
    pub(super) fn likeness(&self, words: &[String]) -> Vec<f64> {
        let (mut likeness, mut weight) = (vec![0.0; self.parties.len()], 0.0);
        for word in words {
            match self.number(word) {
                Some(s) => {
                    let own = self.weights[s as usize];
                    self.having[s as usize].iter().for_each(|i| likeness[*i] += own);
                    weight += own;
                }
                // A word that no entry has tells a little against all of them.
                None => weight += 2.0,
            }
        }
        if weight > 0.0 {
            likeness.iter_mut().for_each(|shared| *shared /= weight);
        }
        likeness
    }

    /// The weight of those of some stems that an entry has.
    pub(super) fn shared(&self, numbers: &[Option<u32>], i: usize) -> f64 {
        numbers.iter().filter(|n| self.has(**n, i)).flatten().map(|s| self.weights[*s as usize]).sum()
    }

    /// Whether a pact is one that the statement calls by its name, or an accession to it.
    pub(super) fn is_of(&self, a: &Said, pact: PactId) -> bool {
        a.pacts.iter().any(|p| self.record.is_same_instrument(*p, pact))
    }

    pub(super) fn class(pact: PactType) -> u8 {
        match pact {
            PactType::Nonaggression | PactType::Neutrality => 0,
            PactType::Consultation | PactType::Friendship => 1,
            PactType::Defence | PactType::Guarantee => 2,
            PactType::Peace => 3,
            PactType::Other => 4,
        }
    }

    /// Whether a pact obliges to anything that a statement says it does.
    pub(super) fn obliges(pact: &Pact, a: &Said) -> bool {
        pact.types.iter().any(|t| a.types.iter().any(|said| Self::class(*t) == Self::class(*said)))
    }

    pub(super) fn score(&self, a: &Said, i: usize) -> f64 {
        let event = &self.record.events[i];
        let mut score = match a.kinds.iter().position(|k| *k == event.kind) {
            Some(0) => 3.0,
            Some(_) => 2.6,
            None if a.kinds.iter().any(|k| related(*k, event.kind)) => 1.0,
            None if a.kinds.is_empty() => 1.2,
            None => -1.5,
        };
        if !a.actors.is_empty() {
            let n = a.actors.len() as f64;
            let shared = a.actors.iter().filter(|x| self.parties[i].contains(x)).count() as f64;
            score += 2.5 * shared / n - 1.2 * (n - shared);
        }
        // An ultimatum that was for no land stands in the record as what was said or done.
        if !a.kinds.contains(&event.kind)
            && a.words.iter().any(|w| w.starts_with("ultimatum"))
            && is_ultimatum(event)
        {
            score += if event.kind == EventKind::Statement { 1.6 } else { 4.1 };
        }
        score += a.spoken_of.iter().filter(|x| self.parties[i].contains(x)).take(2).count() as f64 * 0.4;
        if !a.territories.is_empty() {
            let shared = event.territories.iter().any(|t| a.territories.contains(t));
            score += if shared {
                2.0
            } else if event.territories.is_empty() {
                0.0
            } else {
                -1.0
            };
        }
        if self.people[i].iter().any(|p| a.people.contains(p)) {
            score += 1.5;
        }
        if let Some(p) = event.pact {
            let pact = &self.record.pacts[p.0];
            if self.is_of(a, p) {
                score += 2.5;
            } else if a.pact.is_some() {
                score += if Self::obliges(pact, a) { 0.8 } else { -1.6 };
            }
        }
        if let (Some(x), Some(y)) = (a.office, event.office) {
            score += if x == y { 0.8 } else { -0.8 };
        }
        score += match &a.time {
            Some(time) => {
                let length = time.windows.iter().map(|w| w.to.0 - w.from.0).max().unwrap_or(0);
                if time.meets(event.when.earliest, event.when.latest) || self.also_meets(a, event) {
                    // That something went on for months on which a day falls says little of that day.
                    if length <= 40 && event.when.latest.0 - event.when.earliest.0 > 100 {
                        1.2
                    } else if length <= 40 {
                        3.0
                    } else if length <= 400 {
                        2.2
                    } else {
                        1.0
                    }
                } else {
                    -0.4 - 0.8 * f64::from(days_apart(a, event).min(1200)) / 365.0
                }
            }
            None => match a.around {
                Some(w) => {
                    let years = f64::from((event.when.reading().0 - w.from.0).abs()) / 365.0;
                    if years < 1.3 { 0.8 } else { -0.6 * (years - 1.3).min(5.0) }
                }
                None => 0.0,
            },
        };
        // Who acts in an entry is who takes, and whoever "gave up" something lost it.
        if !(a.agents.is_empty() || event.targets.is_empty()) {
            score += if self.acts(a, event) { 0.5 } else { -0.5 };
        }
        score + 3.0 * a.likeness[i]
    }

    pub(super) fn also_meets(&self, a: &Said, event: &Event) -> bool {
        let Some(time) = &a.time else { return false };
        // "Soviet troops enter; annexed in August": an entry can tell of a later month of its year.
        let month = |day: Day| day.long().split_whitespace().nth(1).map(str::to_owned);
        let in_summary = |w: &Window| {
            !time.exact
                && w.from.year() == event.when.reading().year()
                && w.to.0 - w.from.0 < 31
                && month(w.from).is_some_and(|m| event.summary.split([' ', '.', ',']).any(|word| word == m))
        };
        event.also_dated.iter().any(|(w, _)| time.meets(w.earliest, w.latest))
            || time.windows.iter().any(in_summary)
    }

    /// States in a sentence.
    pub(super) fn names(&self, states: &[ActorId]) -> String {
        let names: Vec<String> = states.iter().map(|x| self.record.actors[x.0].in_sentence()).collect();
        list(&names)
    }
}
