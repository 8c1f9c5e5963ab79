//! The verdict on a statement.

use jonbar_question::{only_talk, related};
use jonbar_record::{ActorId, Event, EventKind, Office, Pact, PactEnd, Window};

use super::{DAYS_MAX, Index, Said, Verdict, days_apart, joins, meets};
use crate::compose::words::{is_ultimatum, list};

/// An entry that scores less than this has too little in common with a statement to decide it.
const ENOUGH: f64 = 5.2;

/// Days in a year and a bit.
const YEAR: i32 = 400;

/// Days between an election and the office it gives.
const ELECTED_DAYS: i32 = 60;

/// Whether a statement has a state enter the League where an entry has it leave, or the other way round.
fn opposite(a: &Said, event: &Event) -> bool {
    use EventKind::{LeagueEntered, LeagueLeft};
    matches!(
        (a.kinds.first(), event.kind),
        (Some(LeagueEntered), LeagueLeft) | (Some(LeagueLeft), LeagueEntered)
    )
}

/// Whether an entry has anything signed or agreed, whatever its kind.
fn tells_of_agreement(event: &Event) -> bool {
    ["sign", "agreement", "conclude", "exchange", "promise"].iter().any(|w| event.summary.contains(w))
}

/// A statement and an entry that share so much of their words, by weight, may speak of the same matter; so much, and they do.
const LIKE: f64 = 0.12;
const MUCH: f64 = 0.3;

impl Index<'_> {
    pub(super) fn judge(&self, a: &Said) -> Option<Verdict> {
        self.weighed(a).filter(|v| v.word != "disagrees" || !self.supposed(a, v))
    }

    /// Whether a statement contradicts the record only by what the sentences before it lead one to suppose: by whom, where it names
    /// nobody, and when, where its time leans on theirs.
    fn supposed(&self, a: &Said, verdict: &Verdict) -> bool {
        // "They signed it on 24 August 1939": they, and a day.
        let they = !a.supplied.is_empty() && a.time.as_ref().is_some_and(|t| t.exact && !t.leaning);
        let states = they || a.actors.len() > a.supplied.len();
        let named = states || !(a.people.is_empty() && a.territories.is_empty() && a.pacts.is_empty());
        let events = || verdict.events.iter().map(|i| &self.record.events[*i]);
        let leans = a.time.as_ref().is_some_and(|t| t.leaning);
        let dated = leans && !verdict.events.is_empty() && events().all(|e| !meets(a, e));
        // Of no time at all: what lies far from what was spoken of is another matter.
        let far = |w: &Window| events().all(|e| (e.when.reading().0 - w.from.0).abs() > YEAR);
        let another_time = a.time.is_none() && a.pacts.is_empty() && a.around.as_ref().is_some_and(far);
        // "An armistice was signed at Mudanya", and the entry tells of another place.
        let place = |i: &usize| a.places.iter().any(|place| !self.has_word(place, *i));
        let another_place = a.pacts.is_empty()
            && a.by_name.is_empty()
            && !verdict.events.is_empty()
            && verdict.events.iter().all(|i| !meets(a, &self.record.events[*i]) && place(i));
        // That something was said is no other date of what was done.
        let said = a.kinds.first() != Some(&EventKind::Statement)
            && events().any(|e| e.kind == EventKind::Statement && !meets(a, e));
        !named || dated || another_place || said || another_time && !verdict.events.is_empty()
    }

    fn weighed(&self, a: &Said) -> Option<Verdict> {
        // "Romania lost land", said of no time: true of much.
        let named = a.actors.len() + a.people.len() + a.territories.len() + 2 * a.pacts.len();
        if a.time.is_none() && a.around.is_none() && named < 2 {
            return None;
        }
        // Who held a land is known on every day.
        if let Some(verdict) = self.passed_to_another(a) {
            return Some(verdict);
        }
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
        if let Some(other) = self.another_came(a) {
            return Some(other);
        }
        let missing = verdict.as_ref().is_none_or(|v| v.word == "not in the record");
        let otherwise = || self.left_office(a).or_else(|| self.that_very_day(a));
        // What is threatened is not done: an entry of its being done says nothing of it.
        let threatened = a.text.contains("threatened to ") || a.text.contains("threatens to ");
        let done = |v: &Verdict| {
            let talk = [EventKind::Statement, EventKind::TerritorialDemand, EventKind::Conference];
            v.events.iter().any(|i| !talk.contains(&self.record.events[*i].kind))
        };
        if threatened {
            return verdict.or_else(|| self.that_very_day(a)).filter(|v| !done(v));
        }
        match verdict {
            Some(v) if v.word == "agrees" => Some(self.wrong_title(a, &v).unwrap_or(v)),
            v if missing => otherwise().or(v),
            v => v,
        }
    }

    /// An entry of that very day about the very people named, or about the very land: whatever words tell of it, it is what is meant.
    fn that_very_day(&self, a: &Said) -> Option<Verdict> {
        let time = a.time.as_ref().filter(|t| t.exact && !a.denied && !a.refused)?;
        let about = |i: &usize| {
            let event = &self.record.events[*i];
            let day = event.when.is_exact() && time.meets(event.when.earliest, event.when.latest);
            let states = || a.by_name.iter().all(|x| self.speaks_of(*x, *i));
            let people = || a.people.iter().all(|p| self.people[*i].contains(p));
            let lands = || a.territories.iter().all(|t| event.territories.contains(t));
            day && states() && people() && lands() && !self.comes_or_goes(a, *i) && !self.unknown_name(a, *i)
        };
        let found: Vec<usize> = (0..self.record.events.len()).filter(about).collect();
        // Of a state alone something else may be told on one day.
        let telling = !a.people.is_empty()
            || !a.territories.is_empty()
            || (a.kinds.is_empty() || a.elliptic) && !a.by_name.is_empty() && found.len() == 1;
        let first = found.iter().copied().max_by(|x, y| a.likeness[*x].total_cmp(&a.likeness[*y]));
        let i = first.filter(|_| telling)?;
        let event = &self.record.events[i];
        // Where a word tells what happened, the entry must be of that sort; of a land alone, of no other.
        let close = |k: &EventKind| !a.people.is_empty() && related(*k, event.kind) || a.elliptic;
        let sort = a.kinds.iter().any(|k| *k == event.kind || related(*k, event.kind) && close(k));
        if !(a.kinds.is_empty() || sort) || opposite(a, event) {
            return None;
        }
        if let Some(otherwise) = self.turned_out_otherwise(a, i) {
            let explanation = format!("By the record it {otherwise} ({}).", event.when.long());
            return Some(Verdict { word: "disagrees", explanation, events: vec![i] });
        }
        if self.other_signer(a, i).is_some() || self.other_land(a, i).is_some() {
            return None;
        }
        let explanation = format!("The record has of that day: {}.", self.record.events[i].when.long());
        Some(Verdict { word: "agrees", explanation, events: vec![i] })
    }

    /// The verdict of the entry that shares most with a statement.
    pub(super) fn by_likeness(&self, a: &Said) -> Option<Verdict> {
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
        let fits = |i: usize| self.agrees(a, i);
        // "Ethiopia attacked Italy": the entry that is meant has it the other way round, whatever else is true of the two.
        let meant = &self.record.events[first];
        let reversed = a.kinds.contains(&meant.kind)
            && !a.denied
            && meets(a, meant)
            && a.actors.iter().all(|x| self.has_part(*x, first))
            && !self.acts(a, meant);
        let same_kind = |i: usize| self.record.events[i].kind == meant.kind;
        if reversed && !scored.iter().take(12).any(|(s, i)| best - s < 2.0 && same_kind(*i) && fits(*i)) {
            return Some(self.other_way_round(first));
        }
        // The best entry that agrees in everything, if it is about as good as the best.
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
        // "Never recognised the annexation" denies no annexation.
        let recognised = a.words.iter().any(|w| w.starts_with("recogni"));
        if a.denied && recognised && !matches!(event.kind, EventKind::RelationsOpened | EventKind::Statement)
        {
            return None;
        }
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
        if outside.is_some_and(|w| !self.has_word(w, chosen)) {
            return self.nothing(a);
        }
        // "The Treaty of Brest-Litovsk", where the entry is of another; land that the entry has nothing to do with.
        if self.unknown_name(a, chosen) || self.elsewhere(a, event) {
            return self.nothing(a);
        }
        // "Poland came in as a member in 1922": some pact of its own of that year says nothing of it.
        let vague = a.kinds.first() == Some(&EventKind::PactSigned)
            && a.actors.len() < 2
            && a.pacts.is_empty()
            && a.pact.is_none()
            && a.time.as_ref().is_none_or(|t| t.windows.iter().any(|w| w.to.0 - w.from.0 > 60));
        if vague && a.likeness[chosen] < MUCH {
            return None;
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
        let timely = meets(a, event) || self.also_meets(a, event);
        let absent = |x: &ActorId| {
            !self.has_part(*x, chosen) && !a.bystanders.contains(x) && !self.arbiter(a, *x, event)
        };
        // Whom only the sentences before name need have no part in it.
        let absent =
            |x: &ActorId| absent(x) && (!a.supplied.contains(x) || a.supplied.len() == a.actors.len());
        let missing: Vec<ActorId> = a.actors.iter().copied().filter(absent).collect();
        // Of fights that no land tells apart there may have been more than the record has.
        let meeting = matches!(a.kinds.first(), Some(EventKind::Conference | EventKind::NegotiationOpened));
        let fight = a.kinds.first() == Some(&EventKind::ArmedDispute) && a.territories.is_empty();
        let one_of_many = meeting || fight;
        if missing.is_empty() && !timely && !one_of_many && days_apart(a, event) < DAYS_MAX {
            if self.fought_then(a) {
                return None;
            }
            // Only the same matter can be dated otherwise, and only if nothing of those named lies in the time named.
            if !a.kinds.contains(&event.kind) || a.likeness[chosen] < LIKE {
                return self.nothing(a);
            }
            // Who is elected takes the office later; what went on until a day did not begin then.
            let elected = a.words.iter().any(|w| w == "elected") && days_apart(a, event) < ELECTED_DAYS;
            if elected || a.time.as_ref().is_some_and(|t| t.until) {
                return None;
            }
            return match self.then(a, &scored) {
                Some((likeness, i)) if likeness > MUCH => {
                    let at = self.record.events[i].when.long();
                    Some(Verdict {
                        word: "agrees",
                        explanation: format!("The record has it: {at}."),
                        events: vec![i],
                    })
                }
                Some(_) => None,
                None if self.something_that_day(a) => None,
                None => verdict("disagrees", format!("The record dates it {at}.")),
            };
        }
        if !missing.is_empty() && timely && missing.len() < a.actors.len() && a.kinds.contains(&event.kind) {
            // "closed the Yugoslav and the Norwegian legations": one entry for each.
            let others: Vec<(ActorId, usize)> = missing
                .iter()
                .filter_map(|x| {
                    let other = scored.iter().take(30).map(|(_, i)| *i).find(|&i| {
                        let other = &self.record.events[i];
                        let wars = [EventKind::WarBegun, EventKind::WarJoined];
                        (other.kind == event.kind || wars.contains(&other.kind) && wars.contains(&event.kind))
                            && self.parties[i].contains(x)
                            // What all have a part in is one entry, and was weighed before.
                            && (a.actors.len() > 2 || !a.actors.iter().all(|y| self.parties[i].contains(y)))
                            && (a.time.is_some()
                                || (other.when.reading().0 - event.when.reading().0).abs() < 45)
                            && (self.parties[i].len() == 1
                                || self.parties[i]
                                    .iter()
                                    .any(|y| y != x && self.parties[chosen].contains(y)))
                            && meets(a, other)
                    });
                    other.map(|i| (*x, i))
                })
                .collect();
            let events = std::iter::once(chosen).chain(others.iter().map(|o| o.1)).collect();
            let left: Vec<ActorId> =
                missing.into_iter().filter(|x| others.iter().all(|(y, _)| y != x)).collect();
            // One of two without the other, in a month or a year: that is another event, and contradicts nothing.
            let exact = a.time.as_ref().is_some_and(|t| t.exact);
            let of_two = a.actors.len() == 2 && event.actors.len() + event.targets.len() == 2;
            if !left.is_empty() && (a.kinds.first() != Some(&event.kind) || of_two && !exact) {
                return self.nothing(a);
            }
            let (word, explanation) = if left.is_empty() {
                ("agrees", format!("The record has it: {at}."))
            } else {
                let has = if left.len() == 1 { "has" } else { "have" };
                ("disagrees", format!("In the record {} {has} no part in it ({at}).", self.names(&left)))
            };
            return Some(Verdict { word, explanation, events });
        }
        if missing.is_empty() && timely {
            if self.comes_or_goes(a, chosen) && a.time.is_some() {
                let name = &self.record.people[a.people[0].0].name;
                let does = if event.kind == EventKind::OfficeTaken { "take" } else { "leave" };
                return verdict("disagrees", format!("The record has {name} {does} the office then ({at})."));
            }
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
            if let Some(power) = self.other_sphere(a, chosen) {
                return verdict("disagrees", format!("By the record it was left to {power} ({at})."));
            }
            if let Some(signer) = self.other_signer(a, chosen) {
                return verdict("disagrees", format!("The record names {signer} ({at})."));
            }
            if let Some(number) = self.other_number(a, chosen) {
                return verdict("disagrees", format!("By the record it was the {number} ({at})."));
            }
            if let Some(otherwise) = self.turned_out_otherwise(a, chosen) {
                return verdict("disagrees", format!("By the record it {otherwise} ({at})."));
            }
            if let Some(other) = self.other_person(a, chosen) {
                return verdict("disagrees", format!("The record names {other} ({at})."));
            }
            // What is left to the clause before is not said here.
            if a.elliptic {
                return None;
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
            return Some(self.other_way_round(chosen));
        }
        self.nothing(a)
    }

    /// The verdict where the record has another act.
    fn other_way_round(&self, i: usize) -> Verdict {
        let event = &self.record.events[i];
        let did = match event.kind {
            EventKind::TerritoryCeded => "that took the land",
            EventKind::IndependenceLost => "that took the whole state",
            _ => "that acted",
        };
        let who = self.names(&event.actors);
        let explanation = format!("By the record it was {who} {did} ({}).", event.when.long());
        Verdict { word: "disagrees", explanation, events: vec![i] }
    }

    /// The one entry of the sort and of the parties named, if it lies some years from the time named and nothing else fits.
    pub(super) fn dated_otherwise(&self, a: &Said, scored: &[(f64, usize)]) -> Option<usize> {
        let first = *a.kinds.first()?;
        let told = matches!(
            first,
            EventKind::WarBegun
                | EventKind::IndependenceLost
                | EventKind::TerritoryCeded
                | EventKind::PactSigned
                | EventKind::ArmedDispute
                | EventKind::RelationsOpened
                | EventKind::LeagueEntered
                | EventKind::LeagueLeft
        );
        let land =
            matches!(first, EventKind::TerritoryCeded | EventKind::ArmedDispute) && !a.territories.is_empty();
        let league = matches!(first, EventKind::LeagueEntered | EventKind::LeagueLeft) && a.actors.len() == 1;
        let definite =
            land || league || a.by_name.len() >= 2 && (first != EventKind::PactSigned || a.pact.is_some());
        if !told
            || !definite
            || a.denied
            || a.refused
            || a.time.is_none()
            || scored.iter().any(|(_, i)| self.agrees(a, *i))
            || self.fought_then(a)
            || self.something_that_day(a)
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
        // What happened to the land at that time, whatever sort of event it was, is what is meant.
        let then = |i: &usize| {
            let event = &self.record.events[*i];
            meets(a, event) && event.territories.iter().any(|t| a.territories.contains(t))
        };
        if first == EventKind::ArmedDispute && a.territories.is_empty()
            || (0..self.record.events.len()).any(|i| then(&i))
        {
            return None;
        }
        match same[..] {
            [one] => (days_apart(a, &self.record.events[one]) < DAYS_MAX).then_some(one),
            _ => None,
        }
    }

    /// Whether the record tells anything of all the states named on the very day named: then that day is not simply wrong.
    fn something_that_day(&self, a: &Said) -> bool {
        let time = a.time.as_ref().filter(|t| t.exact && !a.actors.is_empty());
        let on_it = |i: usize, time: &jonbar_question::Time| {
            // Of one state much may be told on one day.
            if a.actors.len() < 2 && a.likeness[i] < LIKE {
                return false;
            }
            let when = &self.record.events[i].when;
            when.is_exact()
                && time.meets(when.earliest, when.latest)
                && a.actors.iter().all(|x| self.speaks_of(*x, i))
        };
        time.is_some_and(|time| (0..self.record.events.len()).any(|i| on_it(i, time)))
    }

    /// Whether a state said to have been occupied was invaded by the other at that time: where an occupation begins is a matter of
    /// words.
    fn fought_then(&self, a: &Said) -> bool {
        let occupied = a.words.iter().any(|w| w.starts_with("occup") || w.starts_with("overr"));
        let fought = |i: &usize| {
            let event = &self.record.events[*i];
            matches!(event.kind, EventKind::WarBegun | EventKind::WarJoined | EventKind::ArmedDispute)
                && a.actors.len() == 2
                && a.actors.iter().all(|x| self.has_part(*x, *i))
                && meets(a, event)
        };
        occupied && a.time.is_some() && (0..self.record.events.len()).any(|i| fought(&i))
    }

    /// Nothing in the statement contradicts the entry.
    pub(super) fn agrees(&self, a: &Said, i: usize) -> bool {
        let event = &self.record.events[i];
        let same_day = a.time.as_ref().is_some_and(|t| t.exact);
        let untold = a.kinds.is_empty() && (same_day && event.when.is_exact() || a.likeness[i] > 0.2);
        // That something was said is true of much.
        let close = a.time.as_ref().is_some_and(|t| t.windows.iter().all(|w| w.to.0 - w.from.0 <= 31));
        let said = event.kind == EventKind::Statement && !close && !a.elliptic;
        // One that was for no land stands in the record as what was said.
        let says_ultimatum = a.words.iter().any(|w| w.starts_with("ultimatum"));
        let ultimatum = says_ultimatum && is_ultimatum(event);
        let kind = ultimatum && close
            || a.kinds.contains(&event.kind) && (!said || a.likeness[i] > 0.2)
            || untold
            || a.kinds.iter().any(|k| related(*k, event.kind))
                && !a.kinds.first().is_some_and(|k| only_talk(*k, event.kind))
                && a.likeness[i] > if a.time.is_some() { 0.12 } else { 0.3 };
        let parties = || {
            a.actors
                .iter()
                .all(|x| self.has_part(*x, i) || a.bystanders.contains(x) || self.arbiter(a, *x, event))
                && self.strange(a, i).is_none()
                && self.other_land(a, i).is_none()
                && self.other_number(a, i).is_none()
                && self.turned_out_otherwise(a, i).is_none()
                && self.other_person(a, i).is_none()
                && self.other_obligation(a, i).is_none()
                && self.other_signer(a, i).is_none()
                && self.other_sphere(a, i).is_none()
        };
        let time = match (&a.time, a.around) {
            (Some(t), _) => t.meets(event.when.earliest, event.when.latest) || self.also_meets(a, event),
            (None, Some(w)) => (event.when.reading().0 - w.from.0).abs() < 500 || !a.pacts.is_empty(),
            (None, None) => true,
        };
        // Who refused to join or to sign did not.
        let did = || {
            let told = ["refus", "declin", "reject"].iter().any(|stem| event.summary.contains(stem));
            [EventKind::PactSigned, EventKind::PactExtended, EventKind::PactRatified].contains(&event.kind)
                || joins(a) && !told
        };
        // Most entries fall here, and what is left to ask takes longer.
        if !(kind && time) || a.refused && did() {
            return false;
        }
        let office = match (a.office, event.office) {
            (Some(x), Some(y)) => x == y || x == Office::Leader || event.kind != EventKind::OfficeTaken,
            _ => true,
        };
        // "Paris answers with an ultimatum", of no time told: only one that the record calls so.
        let time = time && (a.time.is_some() || !says_ultimatum || ultimatum);
        // A pact called by its name is no other.
        let named = a.pacts.is_empty()
            || event.kind != EventKind::PactSigned
            || event.pact.is_none_or(|pact| self.is_of(a, pact));
        // Two states said to have signed such a pact mean the one of the two, if they had one, and none of many states.
        let of_many = event.kind == EventKind::PactSigned
            && event.actors.len() > 2
            && a.pacts.is_empty()
            && a.pact.is_some()
            && a.by_name.len() == 2
            && self.pacts(a).iter().any(|p| self.record.pacts[*p].end_kind != PactEnd::NeverInForce);
        // What is signed is signed by those named: a decision of one about another is no pact.
        let spoken = matches!(event.kind, EventKind::Statement | EventKind::Motive | EventKind::Conference);
        let signed = !spoken
            || a.kinds.first() != Some(&EventKind::PactSigned)
            || a.by_name.iter().all(|x| event.actors.contains(x) || a.bystanders.contains(x));
        // Nor is what was said of the League an entry into it or an exit.
        let league = matches!(a.kinds.first(), Some(EventKind::LeagueEntered | EventKind::LeagueLeft));
        // What one government said of another is no pact of the two, unless it says much the same.
        let sides = a.by_name.iter().filter(|x| !a.bystanders.contains(x)).count();
        let of_two = a.kinds.first() == Some(&EventKind::PactSigned) && sides >= 2;
        let signed = signed && (!of_two || !spoken || a.likeness[i] > MUCH && tells_of_agreement(event));
        let signed = signed && (!league || !spoken || same_day);
        parties()
            && !self.elsewhere(a, event)
            && !self.signed_elsewhere(a, i)
            && !self.numbered_elsewhere(a, i)
            && !of_many
            && time
            && office
            && named
            && signed
            && self.acts(a, event)
            && !self.comes_or_goes(a, i)
    }

    /// Somebody said to have left an office, where the record has the same person take one, or the other way round.
    fn comes_or_goes(&self, a: &Said, i: usize) -> bool {
        use EventKind::{OfficeLeft, OfficeTaken};
        let event = &self.record.events[i];
        let opposite = matches!(
            (a.kinds.first(), event.kind),
            (Some(OfficeLeft), OfficeTaken) | (Some(OfficeTaken), OfficeLeft)
        );
        let both = a.kinds.contains(&OfficeLeft) && a.kinds.contains(&OfficeTaken);
        // Who is replaced by somebody else does leave.
        let replaced = a.text.contains("replaced by") || a.text.contains("succeeded by");
        opposite && !both && !replaced && a.people.len() == 1 && event.people.contains(&a.people[0])
    }

    /// No entry comes near: worth saying only of a statement that is definite.
    pub(super) fn nothing(&self, a: &Said) -> Option<Verdict> {
        let span = self.record.span;
        let dated = a.time.as_ref().is_some_and(|t| t.meets(span.from, span.to));
        let named = !(a.by_name.is_empty() && a.people.is_empty());
        let definite = named && !a.denied && !a.refused && !a.elliptic && !self.fought_then(a);
        let event_like = !matches!(a.kinds.first(), None | Some(EventKind::Statement));
        if a.time.is_some() && !dated && definite && event_like {
            return Some(Verdict {
                word: "not checkable",
                explanation: format!("The record runs from {} to {}.", span.from.long(), span.to.long()),
                events: Vec::new(),
            });
        }
        let definite = definite && dated;
        let then = self.at_that_time(a).filter(|_| definite);
        if let Some((_, i)) = then.filter(|(likeness, _)| *likeness > MUCH) {
            let explanation = format!("The record has it: {}.", self.record.events[i].when.long());
            return Some(Verdict { word: "agrees", explanation, events: vec![i] });
        }
        // What may be told in other words of that time is not missing from the record.
        let definite = definite && then.is_none();
        (definite && event_like).then(|| Verdict {
            word: "not in the record",
            explanation: self
                .pacts_instead(a)
                .unwrap_or("The record has nothing like it at that time.".to_owned()),
            events: Vec::new(),
        })
    }

    /// Whether a state has a part in an entry, or is named in it: one that has lost its independence is a party to nothing.
    fn speaks_of(&self, state: ActorId, i: usize) -> bool {
        self.has_part(state, i) || self.record.events[i].summary.contains(&self.record.actors[state.0].name)
    }

    /// The entry most like a statement of those that lie in its time and in which all named have a part.
    fn then(&self, a: &Said, scored: &[(f64, usize)]) -> Option<(f64, usize)> {
        let fits = |i: &usize| {
            let event = &self.record.events[*i];
            let of_land = event.territories.is_empty()
                || a.territories.is_empty()
                || event.territories.iter().any(|t| a.territories.contains(t));
            let spoken = matches!(event.kind, EventKind::Statement | EventKind::Conference);
            let of_sort = spoken || a.kinds.iter().any(|k| *k == event.kind || related(*k, event.kind));
            meets(a, event) && of_land && of_sort && a.actors.iter().all(|x| self.has_part(*x, *i))
        };
        let like = scored.iter().map(|s| s.1).filter(fits).map(|i| (a.likeness[i], i));
        like.filter(|(likeness, _)| *likeness > LIKE).max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)))
    }

    /// An entry of that very day or month, of the same states, that says something alike in words, whatever sort of event it is; and how
    /// much of it.
    fn at_that_time(&self, a: &Said) -> Option<(f64, usize)> {
        let time = a.time.as_ref().filter(|t| t.windows.iter().all(|w| w.to.0 - w.from.0 <= 31))?;
        let events = self.record.events.iter().enumerate();
        // That two governments spoke of each other is no pact.
        let of_two = a.kinds.first() == Some(&EventKind::PactSigned) && a.by_name.len() >= 2;
        let fits = |e: &Event| !opposite(a, e) && (!of_two || tells_of_agreement(e));
        let that_day = events.filter(|(_, e)| fits(e)).filter(|(i, e)| {
            // Of a month only what was said in it: other sorts of event have words of their own.
            (if time.exact { e.when.is_exact() } else { e.kind == EventKind::Statement })
                && time.meets(e.when.earliest, e.when.latest)
                && a.actors.iter().all(|x| self.speaks_of(*x, *i) || a.bystanders.contains(x))
                && self.acts(a, e)
                && !self.unknown_name(a, *i)
                && self.other_addressee(a, *i).is_none()
                && self.other_person(a, *i).is_none()
        });
        that_day
            .map(|(i, _)| (a.likeness[i], i))
            .filter(|(likeness, _)| *likeness > LIKE)
            .max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)))
    }

    /// Of two states said to have signed something that the record does not have: which pacts it has of them.
    fn pacts_instead(&self, a: &Said) -> Option<String> {
        let [one, other] = a.by_name[..] else { return None };
        if a.bystanders.contains(&one) || a.bystanders.contains(&other) {
            return None;
        }
        let signs = a.agents.iter().all(|x| a.by_name.contains(x));
        if a.kinds.first() != Some(&EventKind::PactSigned) || !signs {
            return None;
        }
        let both = |p: &&Pact| p.parties.contains(&one) && p.parties.contains(&other) && p.is_bilateral();
        let pacts: Vec<String> = self
            .record
            .pacts
            .iter()
            .filter(both)
            .map(|p| format!("{} ({})", p.name, p.signed.long()))
            .collect();
        let names = self.names(&[one, other]);
        Some(if pacts.is_empty() {
            format!("The record has no pact of {names} alone at any time.")
        } else {
            format!("The record has none of {names} at that time. It has: {}.", pacts.join("; "))
        })
    }
}
