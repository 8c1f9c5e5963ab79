//! A text held against the record: every statement in it about an event, with a verdict.
//!
//! For each assertion the entries of the record are scored by how much they share with it: the sort of event, the states,
//! people and lands, the time, and rare words. The best entry decides: it agrees, or differs in its date, its parties or who
//! acted. Every weight stands in [`score`]; nothing is learnt.

use std::collections::{BTreeSet, HashMap};

use jonbar_question::{Assertion, assertions, only_talk, related};
use jonbar_record::{
    ActorId, Day, Entity, Event, EventKind, Office, PactEnd, PactId, PactType, PersonId, Record, TerritoryId,
    Window, fold,
};

use super::cite::Citer;
use super::words::{capital, list};
use super::{blank, finish};
use crate::answer::{Answer, Notes, Section, StatementShown, Statements};

/// What a statement comes to.
struct Verdict {
    word: &'static str,
    explanation: String,
    events: Vec<usize>,
}

/// Letters of a word that are compared: "denounced" and "denunciation" share their first six.
const STEM: usize = 6;
/// An entry that scores less than this has too little in common with a statement to decide it.
const ENOUGH: f64 = 5.2;
/// Between a statement and an entry that agree in all but the date, so many days may lie.
const DAYS_MAX: i32 = 5 * 365;

fn stem(word: &str) -> &str {
    word.char_indices().nth(STEM).map_or(word, |(i, _)| &word[..i])
}

/// An assertion with the numbers of its stems, and their weights together.
struct Said<'s> {
    assertion: &'s Assertion,
    stems: Vec<u32>,
    weight: f64,
}

impl std::ops::Deref for Said<'_> {
    type Target = Assertion;

    fn deref(&self) -> &Assertion {
        self.assertion
    }
}

/// The entries of the record by what they share with a text.
struct Index<'a> {
    record: &'a Record,
    /// Entries by state.
    of_actor: Vec<Vec<usize>>,
    /// Stems of the words of entries, numbered.
    numbers: HashMap<String, u32>,
    /// How telling each stem is: the log of how few entries have it.
    weights: Vec<f64>,
    /// Stems of each entry, in order.
    stems: Vec<Vec<u32>>,
    /// States of each entry, those of its people included.
    parties: Vec<BTreeSet<usize>>,
    /// People of each entry, those that only its sentence names included.
    people: Vec<Vec<PersonId>>,
}

impl<'a> Index<'a> {
    fn new(record: &'a Record) -> Index<'a> {
        let mut of_actor = vec![Vec::new(); record.actors.len()];
        let (mut stems, mut parties, mut people) = (Vec::new(), Vec::new(), Vec::new());
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut counts: Vec<usize> = Vec::new();
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
                    let next = numbers.len() as u32;
                    *numbers.entry(stem(&w).to_owned()).or_insert(next)
                })
                .collect();
            own.sort_unstable();
            own.dedup();
            counts.resize(numbers.len(), 0);
            own.iter().for_each(|s| counts[*s as usize] += 1);
            stems.push(own);
            let of_people = event.people.iter().filter_map(|p| record.people[p.0].actor);
            let all: BTreeSet<usize> = event.parties().chain(of_people).map(|a| a.0).collect();
            all.iter().for_each(|a| of_actor[*a].push(i));
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
        let weights = counts.into_iter().map(|c| libm::log(n / c as f64)).collect();
        Index { record, of_actor, numbers, weights, stems, parties, people }
    }

    /// Entries that share a state, a land, a person or a pact with the assertion.
    fn candidates(&self, a: &Said) -> Vec<usize> {
        let states = if a.actors.is_empty() { &a.spoken_of } else { &a.actors };
        let mut found: BTreeSet<usize> = BTreeSet::new();
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
            && time.windows.iter().all(|w| w.to.0 - w.from.0 < 40)
        {
            found.extend((0..self.record.events.len()).filter(|&i| {
                let when = &self.record.events[i].when;
                time.meets(when.earliest, when.latest)
            }));
        }
        found.into_iter().collect()
    }

    /// States that have a part in an entry. To have signed something is more than to be spoken of in it.
    fn has_part(&self, actor: ActorId, i: usize) -> bool {
        let event = &self.record.events[i];
        if event.kind == EventKind::PactSigned && event.actors.len() > 1 {
            let people = event.people.iter().any(|p| self.record.people[p.0].actor == Some(actor));
            return event.actors.contains(&actor) || event.targets.contains(&actor) || people;
        }
        self.parties[i].contains(&actor.0)
    }

    /// A person named where the record names another of the same state.
    fn other_person(&self, a: &Said, i: usize) -> Option<&str> {
        let named = &self.people[i];
        let event = &self.record.events[i];
        let state_of = |p: &PersonId| self.record.people[p.0].actor;
        // "He followed Chicherin": of two office-holders the record names one.
        if matches!(event.kind, EventKind::OfficeTaken | EventKind::OfficeLeft) {
            let other =
                event.people.iter().find(|q| a.subjects.iter().any(|p| state_of(p) == state_of(q)))?;
            let meant = a.people.iter().any(|p| named.contains(p));
            return (!meant).then(|| self.record.people[other.0].name.as_str());
        }
        a.people.iter().find_map(|p| {
            let state = self.record.people[p.0].actor?;
            let other = named.iter().find(|q| self.record.people[q.0].actor == Some(state))?;
            // What a government concludes is also its head's doing.
            let signs = a.words.iter().any(|w| w == "signed");
            let in_office = !signs
                && Office::ALL
                    .iter()
                    .any(|o| self.record.office_holder(state, *o, event.when.reading()) == Some(*p));
            if a.by_name.contains(&state) || in_office {
                return None;
            }
            (!named.contains(p)).then(|| self.record.people[other.0].name.as_str())
        })
    }

    /// Somebody said to have come to an office whom the casebook does not know, where it knows who did.
    fn strange<'s>(&self, a: &'s Said, i: usize) -> Option<&'s str> {
        let event = &self.record.events[i];
        let taken = event.kind == EventKind::OfficeTaken && !event.people.is_empty();
        a.assertion
            .stranger
            .as_deref()
            .filter(|_| taken && a.people.iter().all(|p| !event.people.contains(p)))
    }

    /// A land said to have changed hands with others, where the record has only those.
    fn other_land(&self, a: &Said, i: usize) -> Option<String> {
        let event = &self.record.events[i];
        let ceded = |e: &Event| e.kind == EventKind::TerritoryCeded;
        if !ceded(event) || !event.territories.iter().any(|t| a.territories.contains(t)) {
            return None;
        }
        let with = |t: &TerritoryId| {
            self.record.events.iter().any(|e| {
                ceded(e)
                    && e.territories.contains(t)
                    && (e.when.reading().0 - event.when.reading().0).abs() < 100
                    && e.actors.iter().any(|x| event.actors.contains(x))
            })
        };
        let other = a.territories.iter().find(|t| !event.territories.contains(t) && !with(t))?;
        Some(self.record.territories[other.0].name.clone())
    }

    /// "The first Vienna award", where the record has the second.
    fn other_number(&self, a: &Said, i: usize) -> Option<String> {
        const NUMBERS: [&str; 4] = ["first", "second", "third", "fourth"];
        let numbered = |text: &str| -> Vec<(String, String)> {
            let words: Vec<String> =
                text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(fold).collect();
            words
                .windows(2)
                .filter(|w| NUMBERS.contains(&w[0].as_str()))
                .map(|w| (w[0].clone(), w[1].clone()))
                .collect()
        };
        let (said, recorded) = (numbered(&a.text), numbered(&self.record.events[i].summary));
        recorded.into_iter().find_map(|(number, what)| {
            let named = said.iter().any(|(n, w)| *w == what && *n != number);
            named.then(|| format!("{number} {}", capital(&what)))
        })
    }

    /// From when to when a war lasted that is said to have been fought at a time after its beginning.
    fn lasted(&self, a: &Said, i: usize) -> Option<(String, String)> {
        let begun = &self.record.events[i];
        let lasting = a.text.split_whitespace().any(|w| matches!(w, "fought" | "fighting" | "war"));
        if !lasting || meets(a, begun) || !matches!(begun.kind, EventKind::WarBegun | EventKind::WarJoined) {
            return None;
        }
        let sides: BTreeSet<ActorId> = begun.parties().collect();
        let ended = self.record.events[i..]
            .iter()
            .find(|e| e.kind == EventKind::WarEnded && sides.iter().all(|x| e.parties().any(|y| y == *x)))?;
        let time =
            a.time.as_ref().filter(|_| a.actors.len() > 1 && a.actors.iter().all(|x| sides.contains(x)))?;
        let within =
            time.windows.iter().any(|w| begun.when.earliest <= w.from && w.from <= ended.when.latest);
        within.then(|| (begun.when.long(), ended.when.long()))
    }

    /// The obligation that a statement gives to a pact, where the record gives another.
    fn other_obligation(&self, a: &Said, i: usize) -> Option<PactType> {
        let event = &self.record.events[i];
        let (said, pact) = (a.pact?, event.pact.filter(|_| event.kind == EventKind::PactSigned)?);
        let pact = &self.record.pacts[pact.0];
        let same = pact.types.iter().any(|t| Self::class(*t) == Self::class(said));
        (!same && a.pacts.is_empty()).then(|| pact.main_type())
    }

    /// How much of what the assertion says in other words an entry says too, from 0 to 1.
    fn likeness(&self, a: &Said, i: usize) -> f64 {
        let has = |s: &&u32| self.stems[i].binary_search(s).is_ok();
        let shared: f64 = a.stems.iter().filter(has).map(|s| self.weights[*s as usize]).sum();
        if a.weight > 0.0 { shared / a.weight } else { 0.0 }
    }

    /// An assertion with its words ready to be compared.
    fn said<'s>(&self, assertion: &'s Assertion) -> Said<'s> {
        let (mut stems, mut weight) = (Vec::new(), 0.0);
        for word in &assertion.words {
            match self.numbers.get(stem(word)) {
                Some(&s) => {
                    stems.push(s);
                    weight += self.weights[s as usize];
                }
                // A word that no entry has tells a little against all of them.
                None => weight += 2.0,
            }
        }
        Said { assertion, stems, weight }
    }

    /// Whether a pact is one that the statement calls by its name, or an accession to it.
    fn is_of(&self, a: &Said, pact: PactId) -> bool {
        a.pacts.iter().any(|p| self.record.is_same_instrument(*p, pact))
    }

    fn class(pact: PactType) -> u8 {
        match pact {
            PactType::Nonaggression | PactType::Neutrality => 0,
            PactType::Consultation | PactType::Friendship => 1,
            PactType::Defence | PactType::Guarantee => 2,
            PactType::Peace => 3,
            PactType::Other => 4,
        }
    }

    fn score(&self, a: &Said, i: usize) -> f64 {
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
            let shared = a.actors.iter().filter(|x| self.parties[i].contains(&x.0)).count() as f64;
            score += 2.5 * shared / n - 1.2 * (n - shared);
        }
        score += a.spoken_of.iter().filter(|x| self.parties[i].contains(&x.0)).take(2).count() as f64 * 0.4;
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
            } else if let Some(t) = a.pact {
                let same = pact.types.iter().any(|x| Self::class(*x) == Self::class(t));
                score += if same { 0.8 } else { -1.6 };
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
        if !(a.agents.is_empty() || event.targets.is_empty()) {
            let acts = a.agents.iter().any(|x| event.actors.contains(x));
            let suffers = a.agents.iter().all(|x| event.targets.contains(x));
            score += if acts {
                0.5
            } else if suffers {
                -0.5
            } else {
                0.0
            };
        }
        score + 3.0 * self.likeness(a, i)
    }

    fn also_meets(&self, a: &Said, event: &Event) -> bool {
        let Some(time) = &a.time else { return false };
        // "Soviet troops enter; annexed in August": an entry can tell of a later month of its year.
        let month = |day: Day| day.long().split_whitespace().nth(1).map(str::to_owned);
        let in_summary = |w: &Window| {
            w.from.year() == event.when.reading().year()
                && w.to.0 - w.from.0 < 31
                && month(w.from).is_some_and(|m| event.summary.split([' ', '.', ',']).any(|word| word == m))
        };
        event.also_dated.iter().any(|(w, _)| time.meets(w.earliest, w.latest))
            || time.windows.iter().any(in_summary)
    }

    fn judge(&self, a: &Said) -> Option<Verdict> {
        let special = self
            .standing_pact(a)
            .or_else(|| self.end_of_pact(a))
            .or_else(|| self.kept_pact(a))
            .or_else(|| self.ratification(a))
            .or_else(|| self.signature(a));
        let special = special.or_else(|| self.tenure(a));
        let general = self.by_likeness(a);
        // What is true of some entry on the day named is what the text means.
        let to_the_day = a.time.as_ref().is_some_and(|t| t.exact);
        let verdict = match (special, general) {
            (Some(s), Some(g)) if s.word == "disagrees" && g.word == "agrees" && to_the_day => Some(g),
            (Some(s), _) => Some(s),
            (None, g) => g,
        };
        match verdict {
            Some(v) if v.word == "agrees" => Some(self.wrong_title(a, &v).unwrap_or(v)),
            v => v,
        }
    }

    /// All the rest agrees, but somebody is called by an office that another held then.
    fn wrong_title(&self, a: &Said, verdict: &Verdict) -> Option<Verdict> {
        let (person, office) = a.titled?;
        let state = self.record.people[person.0].actor?;
        let event = &self.record.events[*verdict.events.first()?];
        // Whoever takes an office or leaves it that day may be called by it.
        let days = [event.when.earliest.plus(-1), event.when.latest];
        let holds = |o: Office| days.iter().any(|d| self.record.office_holder(state, o, *d) == Some(person));
        if holds(office) || a.kinds.first() == Some(&EventKind::OfficeTaken) {
            return None;
        }
        let held = Office::ALL.into_iter().find(|o| holds(*o))?;
        Some(Verdict {
            word: "disagrees",
            explanation: format!(
                "By the record {} was {} then, not {}.",
                self.record.people[person.0].name,
                held.label(),
                office.label()
            ),
            events: verdict.events.clone(),
        })
    }

    /// The verdict of the entry that shares most with a statement.
    fn by_likeness(&self, a: &Said) -> Option<Verdict> {
        let mut scored: Vec<(f64, usize)> =
            self.candidates(a).into_iter().map(|i| (self.score(a, i), i)).collect();
        scored.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        let Some(&(best, first)) = scored.first() else { return self.nothing(a) };
        let war = scored.iter().take(40).map(|(_, i)| *i).find_map(|i| Some((i, self.lasted(a, i)?)));
        if let Some((i, (from, to))) = war.filter(|_| !a.denied) {
            let explanation = format!("The record has it last from {from} to {to}.");
            return Some(Verdict { word: "agrees", explanation, events: vec![i] });
        }
        if let Some(i) = self.dated_otherwise(a, &scored) {
            let event = &self.record.events[i];
            let explanation = format!("The record dates it {}.", event.when.long());
            return Some(Verdict { word: "disagrees", explanation, events: vec![i] });
        }
        if best < ENOUGH {
            return self.nothing(a);
        }
        // The best entry that agrees in everything, if it is about as good as the best.
        let fits = |i: usize| self.agrees(a, i);
        let chosen =
            scored.iter().take(12).find(|(s, i)| best - s < 1.0 && fits(*i)).map_or(first, |(_, i)| *i);
        let event = &self.record.events[chosen];
        let at = event.when.long();
        let verdict = |word, explanation| Some(Verdict { word, explanation, events: vec![chosen] });
        // Of what happened nothing is understood but who and when: only an entry that fits in both says anything.
        if a.kinds.is_empty() && !fits(chosen) {
            return None;
        }
        let known = a.kinds.contains(&event.kind) || a.kinds.iter().any(|k| related(*k, event.kind));
        if a.denied {
            let definite = a.by_name.len() >= 2 || !a.pacts.is_empty();
            return if definite && fits(chosen) && a.kinds.contains(&event.kind) {
                verdict("disagrees", format!("The record has it: {at}."))
            } else {
                None
            };
        }
        const OUTSIDE: [&str; 12] = [
            "loan",
            "credit",
            "submarines",
            "customs",
            "tariff",
            "trade",
            "commercial",
            "naval",
            "fleets",
            "traffic",
            "cultural",
            "arbitration",
        ];
        let outside = a.words.iter().find(|w| OUTSIDE.contains(&w.as_str()));
        if outside.is_some_and(|w| !self.numbers.get(stem(w)).is_some_and(|s| self.stems[chosen].contains(s)))
        {
            return self.nothing(a);
        }
        if fits(chosen) {
            let length = event.when.latest.0 - event.when.earliest.0;
            if a.time.as_ref().is_some_and(|t| t.exact) && length > 5 {
                if length > 100 && !a.kinds.contains(&event.kind) {
                    return self.nothing(a);
                }
                return verdict("more precise than the record", format!("The record has only {at}."));
            }
            if self.also_meets(a, event) && !meets(a, event) {
                return verdict(
                    "agrees",
                    format!("Sources differ: the record reads {at}, and gives this date too."),
                );
            }
            return verdict("agrees", format!("The record has it: {at}."));
        }
        if !known {
            return self.nothing(a);
        }
        let timely = meets(a, event);
        let absent = |x: &ActorId| !self.has_part(*x, chosen) && !a.bystanders.contains(x);
        let missing: Vec<ActorId> = a.actors.iter().copied().filter(absent).collect();
        if missing.is_empty() && !timely && days_apart(a, event) < DAYS_MAX {
            return verdict("disagrees", format!("The record dates it {at}."));
        }
        if !missing.is_empty() && timely && missing.len() < a.actors.len() && a.kinds.contains(&event.kind) {
            // "closed the Yugoslav and the Norwegian legations": one entry for each.
            let others: Vec<(ActorId, usize)> = missing
                .iter()
                .filter_map(|x| {
                    let other = scored.iter().take(30).map(|(_, i)| *i).find(|&i| {
                        let other = &self.record.events[i];
                        other.kind == event.kind
                            && self.parties[i].contains(&x.0)
                            && (a.time.is_some()
                                || (other.when.reading().0 - event.when.reading().0).abs() < 45)
                            && self.parties[i].iter().any(|y| *y != x.0 && self.parties[chosen].contains(y))
                            && meets(a, other)
                    });
                    other.map(|i| (*x, i))
                })
                .collect();
            let events = std::iter::once(chosen).chain(others.iter().map(|o| o.1)).collect();
            let left: Vec<ActorId> =
                missing.into_iter().filter(|x| others.iter().all(|(y, _)| y != x)).collect();
            let (word, explanation) = if left.is_empty() {
                ("agrees", format!("The record has it: {at}."))
            } else {
                let has = if left.len() == 1 { "has" } else { "have" };
                ("disagrees", format!("In the record {} {has} no part in it ({at}).", self.names(&left)))
            };
            return Some(Verdict { word, explanation, events });
        }
        if missing.is_empty() && timely {
            if let Some(stranger) = self.strange(a, chosen) {
                let known: Vec<String> =
                    event.people.iter().map(|p| self.record.people[p.0].name.clone()).collect();
                let explanation =
                    format!("The record names {} and knows no {stranger} ({at}).", list(&known));
                return verdict("disagrees", explanation);
            }
            if let Some(land) = self.other_land(a, chosen) {
                let explanation = format!("The record has {land} no part of it ({at}).");
                return verdict("disagrees", explanation);
            }
            if let Some(number) = self.other_number(a, chosen) {
                return verdict("disagrees", format!("By the record it was the {number} ({at})."));
            }
            if let Some(other) = self.other_person(a, chosen) {
                return verdict("disagrees", format!("The record names {other} ({at})."));
            }
            if let Some(other) = self.other_obligation(a, chosen) {
                return verdict("disagrees", format!("The record has a {} ({at}).", other.label()));
            }
            if self.acts(a, event) {
                // "Bulgaria signed a pact", where the record has an offer refused.
                let other = a.time.is_some()
                    && !a.refused
                    && a.kinds.first().is_some_and(|k| only_talk(*k, event.kind));
                return if other {
                    verdict("disagrees", format!("The record has only: {} ({at}).", event.kind.label()))
                } else {
                    self.nothing(a)
                };
            }
            let who = self.names(&event.actors);
            let did = match event.kind {
                EventKind::TerritoryCeded => "that took the land",
                EventKind::IndependenceLost => "that took the whole state",
                _ => "that acted",
            };
            return verdict("disagrees", format!("By the record it was {who} {did} ({at})."));
        }
        self.nothing(a)
    }

    /// The one entry of the sort and of the parties named, if it lies some years from the time named and nothing else fits.
    fn dated_otherwise(&self, a: &Said, scored: &[(f64, usize)]) -> Option<usize> {
        let first = *a.kinds.first()?;
        let told = matches!(
            first,
            EventKind::WarBegun
                | EventKind::IndependenceLost
                | EventKind::TerritoryCeded
                | EventKind::PactSigned
                | EventKind::ArmedDispute
        );
        let land =
            matches!(first, EventKind::TerritoryCeded | EventKind::ArmedDispute) && !a.territories.is_empty();
        let definite = land || a.by_name.len() >= 2 && (first != EventKind::PactSigned || a.pact.is_some());
        if !told
            || !definite
            || a.denied
            || a.refused
            || a.time.is_none()
            || scored.iter().any(|(_, i)| self.agrees(a, *i))
        {
            return None;
        }
        let same: Vec<usize> = scored
            .iter()
            .map(|(_, i)| *i)
            .filter(|&i| {
                let event = &self.record.events[i];
                event.kind == first
                    && a.actors.iter().all(|x| event.actors.contains(x) || event.targets.contains(x))
                    && self.other_obligation(a, i).is_none()
                    && self.acts(a, event)
                    && (a.territories.is_empty()
                        || event.territories.iter().any(|t| a.territories.contains(t)))
            })
            .collect();
        match same[..] {
            [one] => (days_apart(a, &self.record.events[one]) < DAYS_MAX).then_some(one),
            _ => None,
        }
    }

    /// Pacts meant: called by name, or of the states named.
    fn pacts(&self, a: &Said) -> Vec<usize> {
        if !a.pacts.is_empty() {
            return a.pacts.iter().map(|p| p.0).collect();
        }
        let all = &self.record.pacts;
        let of = |i: &usize| {
            let class =
                a.pact.is_none_or(|t| all[*i].types.iter().any(|x| Self::class(*x) == Self::class(t)));
            class && all[*i].is_bilateral() && a.actors.iter().all(|x| all[*i].parties.contains(x))
        };
        if a.actors.len() == 2 { (0..all.len()).filter(of).collect() } else { Vec::new() }
    }

    /// Two states said to have a pact, or to have none, at some time: what counts is what was in force then.
    fn standing_pact(&self, a: &Said) -> Option<Verdict> {
        let mut words = a.text.split_whitespace();
        let has = words.any(|w| matches!(w, "had" | "have" | "has"))
            && words.next().is_some_and(|w| matches!(w, "a" | "an" | "no"));
        if !has || a.kinds.first() != Some(&EventKind::PactSigned) || a.by_name.len() != 2 || a.pact.is_none()
        {
            return None;
        }
        let stands = |p: &usize| {
            let pact = &self.record.pacts[*p];
            let end = pact.end.as_ref().map_or(self.record.span.to, |e| e.reading());
            pact.end_kind != PactEnd::NeverInForce
                && a.time
                    .as_ref()
                    .is_none_or(|t| t.windows.iter().any(|w| pact.signed.reading() <= w.to && w.from <= end))
        };
        let pact = &self.record.pacts[self.pacts(a).into_iter().find(stands)?];
        let signed = self.record.signature(pact)?.0;
        let ended = pact
            .end
            .as_ref()
            .map(|e| format!(", {} {}", pact.end_kind.label(), e.long()))
            .unwrap_or_default();
        Some(Verdict {
            word: if a.denied { "disagrees" } else { "agrees" },
            explanation: format!("The {}: signed {}{ended}.", pact.name, pact.signed.long()),
            events: vec![signed],
        })
    }

    /// A pact said to have ended in some way.
    fn end_of_pact(&self, a: &Said) -> Option<Verdict> {
        use EventKind::{PactDenounced, PactExpired, PactLapsed, PactReplaced, PactViolated};
        let ends = [PactDenounced, PactViolated, PactExpired, PactLapsed, PactReplaced];
        if a.denied || !a.kinds.first().is_some_and(|k| ends.contains(k)) {
            return None;
        }
        let pacts = self.pacts(a);
        let of_pacts: Vec<usize> = (0..self.record.events.len())
            .filter(|&i| {
                let e = &self.record.events[i];
                e.kind.ends_pact() && e.pact.is_some_and(|p| pacts.contains(&p.0))
            })
            .collect();
        let ending = of_pacts
            .iter()
            .copied()
            .min_by_key(|&i| (days_apart(a, &self.record.events[i]), !self.agrees(a, i)));
        let Some(i) = ending else {
            let pact = pacts
                .iter()
                .map(|p| &self.record.pacts[*p])
                .find(|p| a.time.as_ref().is_some_and(|t| t.windows.iter().any(|w| p.in_force(w.to))))?;
            return Some(Verdict {
                word: "disagrees",
                explanation: format!("By the record the {} was still in force then.", pact.name),
                events: self.record.signature(pact).map(|e| e.0).into_iter().collect(),
            });
        };
        let event = &self.record.events[i];
        let at = event.when.long();
        let (word, explanation) = if !meets(a, event) {
            ("disagrees", format!("The record has it end on {at} ({}).", event.kind.label()))
        } else if !a.kinds.contains(&event.kind) {
            ("disagrees", format!("The record has: {}, {at}.", event.kind.label()))
        } else if self.agrees(a, i) {
            ("agrees", format!("The record has it: {at}."))
        } else {
            let who = self.names(&event.actors);
            ("disagrees", format!("By the record it was {who} that acted ({at})."))
        };
        Some(Verdict { word, explanation, events: vec![i] })
    }

    /// A pact said to have been honoured.
    fn kept_pact(&self, a: &Said) -> Option<Verdict> {
        if !a.denied || a.kinds.first() != Some(&EventKind::PactViolated) {
            return None;
        }
        let pacts = self.pacts(a);
        let broken = (0..self.record.events.len()).find(|&i| {
            let e = &self.record.events[i];
            let acts = a.agents.is_empty() || a.agents.iter().any(|x| e.actors.contains(x));
            e.kind == EventKind::PactViolated
                && e.pact.is_some_and(|p| pacts.contains(&p.0))
                && meets(a, e)
                && acts
        });
        if let Some(i) = broken {
            let at = self.record.events[i].when.long();
            let explanation = format!("The record has it violated: {at}.");
            return Some(Verdict { word: "disagrees", explanation, events: vec![i] });
        }
        let standing = pacts
            .iter()
            .map(|p| &self.record.pacts[*p])
            .find(|p| a.time.as_ref().is_some_and(|t| t.windows.iter().any(|w| p.in_force(w.to))))?;
        Some(Verdict {
            word: "agrees",
            explanation: format!(
                "The {} was in force then, and the record has no breach of it.",
                standing.name
            ),
            events: self.record.signature(standing).map(|e| e.0).into_iter().collect(),
        })
    }

    /// A named pact said to have been ratified by somebody.
    fn ratification(&self, a: &Said) -> Option<Verdict> {
        if a.denied
            || a.kinds.first() != Some(&EventKind::PactRatified)
            || a.pacts.is_empty()
            || a.actors.is_empty()
        {
            return None;
        }
        let of = |e: &Event| e.pact.is_some_and(|p| a.pacts.contains(&p));
        let acts = |i: &usize| {
            let e = &self.record.events[*i];
            of(e) && e.kind == EventKind::PactRatified && a.actors.iter().any(|x| e.actors.contains(x))
        };
        if (0..self.record.events.len()).any(|i| acts(&i)) {
            return None;
        }
        let signed = self.record.events.iter().position(|e| of(e) && e.kind == EventKind::PactSigned)?;
        let party = a.actors.iter().all(|x| self.parties[signed].contains(&x.0));
        (!party).then(|| Verdict {
            word: "disagrees",
            explanation: "By the record it was not among the parties.".to_owned(),
            events: vec![signed],
        })
    }

    /// A pact called by its name said to have been signed, by some or at some time.
    fn signature(&self, a: &Said) -> Option<Verdict> {
        if a.denied || a.kinds.first() != Some(&EventKind::PactSigned) || a.pacts.is_empty() {
            return None;
        }
        let of = |i: &usize| {
            let e = &self.record.events[*i];
            e.kind == EventKind::PactSigned && e.pact.is_some_and(|p| self.is_of(a, p))
        };
        let signed = (0..self.record.events.len()).filter(of).min_by_key(|&i| {
            let absent = a.actors.iter().filter(|x| !self.has_part(**x, i)).count();
            (absent, days_apart(a, &self.record.events[i]))
        })?;
        let event = &self.record.events[signed];
        let at = event.when.long();
        let absent: Vec<ActorId> = a.actors.iter().copied().filter(|x| !self.has_part(*x, signed)).collect();
        let timely = meets(a, event) || self.also_meets(a, event);
        let other = self.other_person(a, signed).filter(|_| timely && !a.refused);
        let (word, explanation) = if let Some(other) = other {
            ("disagrees", format!("The record names {other} ({at})."))
        } else if !absent.is_empty() {
            // Who is only spoken of beside a pact need not have signed it.
            if a.agents.is_empty() && a.by_name.len() < 2 {
                return None;
            }
            ("disagrees", format!("By the record {} did not sign it ({at}).", self.names(&absent)))
        } else if a.refused {
            ("disagrees", format!("By the record it signed ({at})."))
        } else if timely {
            ("agrees", format!("The record has it: {at}."))
        } else if days_apart(a, event) < DAYS_MAX {
            ("disagrees", format!("The record dates it {at}."))
        } else {
            return None;
        };
        Some(Verdict { word, explanation, events: vec![signed] })
    }

    /// Somebody said to hold an office.
    fn tenure(&self, a: &Said) -> Option<Verdict> {
        let (person, office) = (*a.people.first()?, a.office?);
        if !a.lasting || a.denied {
            return None;
        }
        let window = *a.time.as_ref().and_then(|t| t.windows.first()).or(a.around.as_ref())?;
        let state = self.record.people[person.0].actor?;
        // "In 1940": at any time in it.
        let held = |day: Day| self.record.office_holder(state, office, day) == Some(person);
        let taking = |e: &Event| {
            e.kind == EventKind::OfficeTaken
                && e.office == Some(office)
                && e.people.contains(&person)
                && window.contains(e.when.reading())
        };
        let day = [window.from, window.to].into_iter().find(|d| held(*d));
        let day = day.or_else(|| self.record.events.iter().find(|e| taking(e)).map(|e| e.when.latest));
        let day = day.unwrap_or(window.from);
        let holder = self.record.office_holder(state, office, day)?;
        let taken = self.record.events.iter().rposition(|e| {
            e.kind == EventKind::OfficeTaken
                && e.office == Some(office)
                && e.people.contains(&holder)
                && e.when.earliest <= day
        });
        let name = &self.record.people[holder.0].name;
        let what = format!("{} of {}", office.label(), self.record.actors[state.0].in_sentence());
        Some(Verdict {
            word: if holder == person { "agrees" } else { "disagrees" },
            explanation: format!("By the record {name} was {what} on {}.", day.long()),
            events: taken.into_iter().collect(),
        })
    }

    /// Nothing in the statement contradicts the entry.
    fn agrees(&self, a: &Said, i: usize) -> bool {
        let event = &self.record.events[i];
        let same_day = a.time.as_ref().is_some_and(|t| t.exact);
        let untold = a.kinds.is_empty() && (same_day && event.when.is_exact() || self.likeness(a, i) > 0.2);
        // That something was said is true of much.
        let close = a.time.as_ref().is_some_and(|t| t.windows.iter().all(|w| w.to.0 - w.from.0 <= 31));
        let said = event.kind == EventKind::Statement && !close && !a.elliptic;
        let kind = a.kinds.contains(&event.kind) && (!said || self.likeness(a, i) > 0.2)
            || untold
            || a.kinds.iter().any(|k| related(*k, event.kind))
                && !a.kinds.first().is_some_and(|k| only_talk(*k, event.kind))
                && self.likeness(a, i) > if a.time.is_some() { 0.12 } else { 0.3 };
        let parties = a.actors.iter().all(|x| self.has_part(*x, i) || a.bystanders.contains(x))
            && self.strange(a, i).is_none()
            && self.other_land(a, i).is_none()
            && self.other_number(a, i).is_none()
            && self.other_person(a, i).is_none()
            && self.other_obligation(a, i).is_none();
        let time = match (&a.time, a.around) {
            (Some(t), _) => t.meets(event.when.earliest, event.when.latest) || self.also_meets(a, event),
            (None, Some(w)) => (event.when.reading().0 - w.from.0).abs() < 500 || !a.pacts.is_empty(),
            (None, None) => true,
        };
        let office = match (a.office, event.office) {
            (Some(x), Some(y)) => x == y || x == Office::Leader || event.kind != EventKind::OfficeTaken,
            _ => true,
        };
        // A pact called by its name is no other.
        let named = a.pacts.is_empty()
            || event.kind != EventKind::PactSigned
            || event.pact.is_none_or(|pact| self.is_of(a, pact));
        kind && parties && time && office && named && self.acts(a, event)
    }

    /// Who is said to act is not the one it was done to.
    fn acts(&self, a: &Said, event: &Event) -> bool {
        if matches!(event.kind, EventKind::TerritoryCeded | EventKind::IndependenceLost) {
            return Self::takes_or_gives(a, event);
        }
        let ordered = matches!(
            event.kind,
            EventKind::PactDenounced
                | EventKind::PactViolated
                | EventKind::TerritorialDemand
                | EventKind::WarBegun
                | EventKind::WarJoined
                | EventKind::Proposal
                | EventKind::RelationsBroken
                | EventKind::ArmedDispute
        );
        !ordered
            || a.agents.is_empty()
            || event.targets.is_empty()
            || !a.agents.iter().all(|x| event.targets.contains(x))
            || a.agents.iter().any(|x| event.actors.contains(x))
    }

    /// Of land that changed hands the record has who took it as actors and who lost it as targets: who is said to have
    /// taken it did not lose it, and who is said to have given it did not take it.
    fn takes_or_gives(a: &Said, event: &Event) -> bool {
        const GIVING: [&str; 12] = [
            "ceded",
            "cede",
            "ceding",
            "gave",
            "given",
            "handed",
            "lost",
            "surrendered",
            "returned",
            "transferred",
            "yielded",
            "relinquished",
        ];
        const TAKING: [&str; 11] = [
            "annex", "seiz", "occup", "grab", "took", "gained", "regained", "acquired", "conquer", "invad",
            "swallow",
        ];
        if a.agents.is_empty() || event.actors.is_empty() {
            return true;
        }
        let (gives, takes) = (
            a.words.iter().any(|w| GIVING.contains(&w.as_str())),
            a.words.iter().any(|w| TAKING.iter().any(|t| w.starts_with(t))),
        );
        let acts = |states: &[ActorId]| a.agents.iter().any(|x| states.contains(x));
        match (gives, takes) {
            (true, false) => !acts(&event.actors) || acts(&event.targets),
            (false, true) => acts(&event.actors) || !acts(&event.targets) && event.targets.is_empty(),
            _ => true,
        }
    }

    /// States in a sentence.
    fn names(&self, states: &[ActorId]) -> String {
        let names: Vec<String> = states.iter().map(|x| self.record.actors[x.0].in_sentence()).collect();
        list(&names)
    }

    /// No entry comes near: worth saying only of a statement that is definite.
    fn nothing(&self, a: &Said) -> Option<Verdict> {
        let span = self.record.span;
        let dated = a.time.as_ref().is_some_and(|t| t.meets(span.from, span.to));
        let named = !(a.by_name.is_empty() && a.people.is_empty());
        let definite = named && !a.denied && !a.refused && !a.elliptic;
        let event_like = !matches!(a.kinds.first(), None | Some(EventKind::Statement));
        if a.time.is_some() && !dated && definite && event_like {
            return Some(Verdict {
                word: "not checkable",
                explanation: format!("The record runs from {} to {}.", span.from.long(), span.to.long()),
                events: Vec::new(),
            });
        }
        let definite = definite && dated;
        (definite && event_like).then(|| Verdict {
            word: "not in the record",
            explanation: "The record has nothing like it at that time.".to_owned(),
            events: Vec::new(),
        })
    }
}

/// Whether an entry falls into a statement's time; where it gives none, any does.
fn meets(a: &Said, event: &Event) -> bool {
    a.time.as_ref().is_none_or(|t| t.meets(event.when.earliest, event.when.latest))
}

/// Days between a statement's time and an entry; 0 where it gives none.
fn days_apart(a: &Said, event: &Event) -> i32 {
    let Some(time) = &a.time else { return 0 };
    let apart = |w: &Window| {
        (event.when.earliest.0 - w.to.0).max(if time.by { 0 } else { w.from.0 - event.when.latest.0 }).max(0)
    };
    time.windows.iter().map(apart).min().unwrap_or(0)
}

/// Holds every statement of a text against the record.
pub fn read_prose(record: &Record, text: &str) -> Answer {
    let index = Index::new(record);
    let mut citer = Citer::new(record);
    let mut shown = Vec::new();
    // Spans are given in characters, as editors count them.
    let (mut at_byte, mut at_char) = (0, 0);
    let mut characters = |byte: usize| {
        at_char += text.get(at_byte..byte).map_or(0, |t| t.chars().count());
        at_byte = byte;
        at_char
    };
    for a in assertions(text, record) {
        let Some(verdict) = index.judge(&index.said(&a)) else { continue };
        let quote = text.get(a.span.clone()).unwrap_or("");
        let from = characters(a.span.start);
        let entries = verdict.events.iter().map(|i| citer.entry(&record.events[*i])).collect();
        shown.push(StatementShown {
            excerpt: a.text,
            span: Some((from, from + quote.chars().count())),
            verdict: verdict.word.to_owned(),
            explanation: verdict.explanation,
            entries,
        });
    }
    let head = jonbar_question::Reading {
        text: "The text".to_owned(),
        form: jonbar_question::Form::NotUnderstood { focus: jonbar_question::Focus::default() },
        assumed: Vec::new(),
        not_understood: Vec::new(),
    };
    let mut answer = blank(
        &head,
        "statement",
        format!("What the text says happened, held against the record \"{}\".", record.title),
    );
    let count = |word: &str| shown.iter().filter(|s: &&StatementShown| s.verdict == word).count();
    answer.summary.push(format!(
        "{} found: {} agree with the record, {} disagree, {} are more precise than it, and {} are not in it.",
        match shown.len() {
            1 => "One statement about an event was".to_owned(),
            n => format!("{n} statements about events were"),
        },
        count("agrees"),
        count("disagrees"),
        count("more precise than the record"),
        count("not in the record")
    ));
    let outside = count("not checkable");
    if outside > 0 {
        answer.summary.push(format!(
            "{outside} {} not checkable: the record runs from {} to {}.",
            if outside == 1 { "is" } else { "are" },
            record.span.from.long(),
            record.span.to.long()
        ));
    }
    answer.summary.push("Questions, conditions, predictions and opinions are not judged.".to_owned());
    if !shown.is_empty() {
        answer.sections.push(Section::Statements(Statements {
            title: "Statement by statement".to_owned(),
            statements: shown,
        }));
    }
    let cited = citations(text);
    if !cited.is_empty() {
        answer.sections.push(Section::Notes(Notes {
            title: "What the text itself cites".to_owned(),
            points: true,
            text: cited,
        }));
    }
    finish(answer, citer)
}

/// Addresses, pages in brackets and footnote marks found in a text, each once.
fn citations(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut add = |s: &str| {
        let s = s.trim().trim_end_matches(['.', ',', ';', ')', '"', '”']).to_owned();
        if !s.is_empty() && !found.contains(&s) {
            found.push(s);
        }
    };
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '[' | ']' | '(' | '"')) {
        if word.starts_with("http://") || word.starts_with("https://") {
            add(word);
        }
    }
    for part in text.split('(').skip(1) {
        let inner = part.split(')').next().unwrap_or("");
        let pages =
            inner.rsplit([',', ' ']).next().is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()));
        if inner.len() < 120 && pages && (inner.contains(" p. ") || inner.contains(" pp. ")) {
            add(inner);
        }
    }
    for part in text.split('[').skip(1) {
        let inner = part.split(']').next().unwrap_or("");
        let mark = inner.strip_prefix('^').unwrap_or(inner);
        if !mark.is_empty() && mark.len() <= 3 && mark.chars().all(|c| c.is_ascii_digit()) {
            add(&format!("[{inner}]"));
        }
    }
    found
}
