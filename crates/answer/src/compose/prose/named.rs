//! Statements about a pact, or an office, that the record can answer by itself: whether it stood, how it ended, who signed it, who held it.

use jonbar_record::{ActorId, Day, Event, EventKind, Office, PactEnd, PersonId, Window};

use super::{DAYS_MAX, Index, Said, Verdict, days_apart, joins, meets};

/// Days after the time named within which land that was said to pass then may have passed.
const LATER: i32 = 31;

/// Days for which a government that has resigned may carry on.
const WEEKS: i32 = 21;

/// Whether somebody took an office about when he is said to have held it since: "since April 1936", "since 1926".
fn near_beginning(window: Window, event: &Event) -> bool {
    // A year alone begins on its first day.
    let slack = if window.from.ymd().1 == 1 && window.from.ymd().2 == 1 { 366 } else { LATER };
    event.when.latest >= window.from.plus(-LATER) && event.when.earliest <= window.from.plus(slack)
}

impl Index<'_> {
    /// All the rest agrees, but somebody is called by an office that another held then.
    pub(super) fn wrong_title(&self, a: &Said, verdict: &Verdict) -> Option<Verdict> {
        let (person, office) = a.titled?;
        let state = self.record.people[person.0].actor?;
        let event = &self.record.events[*verdict.events.first()?];
        // Whoever takes an office or leaves it that day may be called by it.
        let days = [event.when.earliest.plus(-1), event.when.latest];
        let holds = |o: Office| days.iter().any(|d| self.record.office_holder(state, o, *d) == Some(person));
        if let Some(other) = a.office_of.filter(|other| *other != state && holds(office)) {
            return Some(self.of_another_state(person, office, other, verdict.events.clone()));
        }
        // A president who governs is recorded as head of government alone.
        let filled = days.iter().any(|d| self.record.office_holder(state, office, *d).is_some());
        if holds(office) || !filled || a.kinds.first() == Some(&EventKind::OfficeTaken) {
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

    /// Somebody said to hold an office of a state that is not his or her own.
    fn of_another_state(
        &self,
        person: PersonId,
        office: Office,
        other: ActorId,
        events: Vec<usize>,
    ) -> Verdict {
        let person = &self.record.people[person.0];
        let own = person.actor.map_or(String::new(), |a| self.record.actors[a.0].in_sentence());
        let other = self.record.actors[other.0].in_sentence();
        let explanation =
            format!("By the record {} was {} of {own}, not of {other}.", person.name, office.label());
        Verdict { word: "disagrees", explanation, events }
    }

    /// Pacts meant: called by name, or of the states named.
    pub(super) fn pacts(&self, a: &Said) -> Vec<usize> {
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
    pub(super) fn standing_pact(&self, a: &Said) -> Option<Verdict> {
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
    pub(super) fn end_of_pact(&self, a: &Said) -> Option<Verdict> {
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

    /// Land said to come by a state that did not get it then.
    pub(super) fn passed_to_another(&self, a: &Said) -> Option<Verdict> {
        // "Assigned to Turkey", or whoever is said to have taken it.
        let takes =
            a.kinds.first() == Some(&EventKind::TerritoryCeded) && Self::gives_takes(a) == (false, true);
        let receivers = if a.receivers.is_empty() && takes { &a.agents } else { &a.receivers };
        let ([land], [receiver]) = (&a.territories[..], &receivers[..]) else { return None };
        let window = a.time.as_ref()?.windows.first()?;
        // What was agreed or promised then may have passed much later.
        let later_on = a.words.iter().any(|w| {
            ["agree", "promis", "undertook", "offer", "propos", "demand", "decid"]
                .iter()
                .any(|t| w.starts_with(t))
        });
        if a.denied || later_on || window.to.0 - window.from.0 > 400 {
            return None;
        }
        let later = window.to.plus(LATER);
        // What is awarded to a state that is still to come is held by another for it.
        if !self.record.is_independent(*receiver, later) {
            return None;
        }
        let lands = |e: &Event| e.kind == EventKind::TerritoryCeded && e.territories.contains(land);
        let here = |e: &Event| e.when.latest >= window.from && e.when.earliest <= later;
        let (mut got, mut other) = (false, None);
        for (i, event) in self.record.events.iter().enumerate().filter(|(_, e)| lands(e) && here(e)) {
            got |= event.actors.contains(receiver);
            other = other.or(Some(i));
        }
        let Some(holder) = self.record.holder(*land, later) else {
            let named = !got && !a.receivers.is_empty();
            return named.then(|| Verdict {
                word: "disagrees",
                explanation: format!(
                    "By the record no state of the casebook held {} on {}.",
                    self.record.territories[land.0].name,
                    later.long()
                ),
                events: other.into_iter().collect(),
            });
        };
        // Who only occupied a land for a while held it in no entry: where another came to hold it, no such thing is meant.
        if got || holder == *receiver || a.receivers.is_empty() && other.is_none() {
            return None;
        }
        Some(Verdict {
            word: "disagrees",
            explanation: format!(
                "By the record {} held {} on {}.",
                self.names(&[holder]),
                self.record.territories[land.0].name,
                later.long()
            ),
            events: other.into_iter().collect(),
        })
    }

    /// A pact said to have been honoured.
    pub(super) fn kept_pact(&self, a: &Said) -> Option<Verdict> {
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
    pub(super) fn ratification(&self, a: &Said) -> Option<Verdict> {
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
        let party = a.actors.iter().all(|x| self.parties[signed].contains(x));
        (!party).then(|| Verdict {
            word: "disagrees",
            explanation: "By the record it was not among the parties.".to_owned(),
            events: vec![signed],
        })
    }

    /// A pact called by its name said to have been signed, by some or at some time.
    pub(super) fn signature(&self, a: &Said) -> Option<Verdict> {
        if a.denied || a.kinds.first() != Some(&EventKind::PactSigned) || a.pacts.is_empty() {
            return None;
        }
        let of = |i: &usize| {
            let e = &self.record.events[*i];
            e.kind == EventKind::PactSigned && e.pact.is_some_and(|p| self.is_of(a, p))
        };
        // "Italy joined it": its own accession, and not that of another to which it was a party.
        let own = |i: &usize| {
            let pact = self.record.events[*i].pact.map(|p| &self.record.pacts[p.0]);
            matches!(a.by_name[..], [one] if pact.is_some_and(|p| p.parties.first() == Some(&one)))
                && self.record.events[*i].pact.is_some_and(|p| !a.pacts.contains(&p))
        };
        let has_own = joins(a) && (0..self.record.events.len()).any(|i| of(&i) && own(&i));
        let of = |i: &usize| of(i) && (!has_own || own(i));
        let signed = (0..self.record.events.len()).filter(of).min_by_key(|&i| {
            let absent = a.actors.iter().filter(|x| !self.has_part(**x, i)).count();
            (absent, days_apart(a, &self.record.events[i]))
        })?;
        let event = &self.record.events[signed];
        let at = event.when.long();
        if let Some(acceded) = self.accession(a) {
            return Some(acceded);
        }
        // Whom the sentence before spoke of need have no part in it.
        let absent = |x: &ActorId| a.by_name.contains(x) && !self.has_part(*x, signed);
        let absent: Vec<ActorId> = a.actors.iter().copied().filter(absent).collect();
        let timely = meets(a, event) || self.also_meets(a, event);
        let other = self.other_person(a, signed).or_else(|| self.other_signer(a, signed));
        let other = other.filter(|_| timely && !a.refused);
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

    /// A pact of many that somebody is said to have acceded to, where the record tells of that as of a step of its own.
    fn accession(&self, a: &Said) -> Option<Verdict> {
        let says = joins(a) && !a.denied && !a.refused;
        let dated = a.time.as_ref().is_some_and(|t| t.windows.iter().all(|w| w.to.0 - w.from.0 <= 366));
        let steps = [EventKind::Statement, EventKind::PactExtended, EventKind::PactRatified];
        let step = |e: &Event| {
            steps.contains(&e.kind)
                && e.pact.is_some_and(|p| self.is_of(a, p))
                && !a.by_name.is_empty()
                && a.by_name.iter().all(|x| e.actors.contains(x))
                && meets(a, e)
        };
        let i = self.record.events.iter().position(step).filter(|_| says && dated)?;
        let explanation = format!("The record has it: {}.", self.record.events[i].when.long());
        Some(Verdict { word: "agrees", explanation, events: vec![i] })
    }

    /// The entry of somebody's taking an office on a day.
    fn taking(&self, person: PersonId, office: Office, day: Day) -> Option<usize> {
        self.record
            .events
            .iter()
            .position(|e| e.office == Some(office) && e.people.contains(&person) && e.when.reading() == day)
    }

    /// Somebody said to have come after another in an office, where by the record somebody else did.
    pub(super) fn another_came(&self, a: &Said) -> Option<Verdict> {
        if let Some(unknown) = a.stranger.as_deref().filter(|_| a.taker.is_none() && !a.denied && !a.refused)
        {
            return self.unknown_came(a, unknown);
        }
        let taker = a.taker.filter(|_| !a.denied && !a.refused)?;
        let state = self.record.people[taker.0].actor?;
        let window = a.time.as_ref().and_then(|t| t.windows.first()).copied().or(a.around)?;
        // A month or a day says who came next; a year may have seen several.
        let short = window.to.0 - window.from.0 <= 2 * LATER;
        let (from, to) = (window.from.plus(-LATER), window.to.plus(2 * LATER));
        let near = |day: Day| from <= day && day <= to;
        let began = |office: Office| {
            self.record.tenures(state, office).into_iter().filter(|(_, w)| near(w.from)).collect::<Vec<_>>()
        };
        if Office::ALL.iter().any(|o| began(*o).iter().any(|(p, _)| *p == taker)) || !short {
            return None;
        }
        // Who held it already did not come to it then.
        let held = |office: Office| {
            let tenures = self.record.tenures(state, office);
            tenures.into_iter().find(|(p, w)| *p == taker && w.from < from && window.to < w.to)
        };
        if let Some((office, (_, tenure))) = a.office.and_then(|office| Some((office, held(office)?))) {
            let events = self.taking(taker, office, tenure.from);
            return Some(Verdict {
                word: "disagrees",
                explanation: format!(
                    "By the record {} had become {} on {}.",
                    self.record.people[taker.0].name,
                    office.label(),
                    tenure.from.long()
                ),
                events: events.into_iter().collect(),
            });
        }
        // Of the office named, or of the one that somebody named left then.
        let left = |office: &Office| {
            let tenures = self.record.tenures(state, *office);
            // "He was replaced by Vyshinsky": whoever left on that very day.
            let on_it =
                |day: Day| a.time.as_ref().is_some_and(|t| t.exact) && (day.0 - window.from.0).abs() <= 1;
            let he = a.people.len() == 1 && a.text.contains("replaced by");
            tenures
                .iter()
                .any(|(p, w)| *p != taker && (a.people.contains(p) && near(w.to) || he && on_it(w.to)))
        };
        let office = a.office.or_else(|| Office::ALL.into_iter().find(left))?;
        let (next, tenure) = began(office).into_iter().next()?;
        let events = self.taking(next, office, tenure.from);
        Some(Verdict {
            word: "disagrees",
            explanation: format!(
                "By the record {} became {} of {} then ({}).",
                self.record.people[next.0].name,
                office.label(),
                self.record.actors[state.0].in_sentence(),
                tenure.from.long()
            ),
            events: events.into_iter().collect(),
        })
    }

    /// Whether a person is named for what is his: "Litvinov's deputy".
    fn in_possessive(&self, a: &Said, who: PersonId) -> bool {
        let surname = self.record.people[who.0]
            .name
            .split([' ', ','])
            .any(|w| w.len() > 2 && ["'s", "’s"].iter().any(|s| a.text.contains(&format!("{w}{s}"))));
        surname || a.text.contains("whose")
    }

    /// Somebody said to have been replaced by one whom the casebook does not know, where it knows who came.
    fn unknown_came(&self, a: &Said, unknown: &str) -> Option<Verdict> {
        let said = ["replaced by", "succeeded by"].iter().any(|w| a.text.contains(w));
        let window =
            a.time.as_ref().and_then(|t| t.windows.first()).filter(|w| w.to.0 - w.from.0 <= 2 * LATER)?;
        // Whoever is replaced held that office till then: his deputy and an ambassador the record need not know.
        let &[who] = &a.subjects[..] else { return None };
        let state = self.record.people[who.0].actor.filter(|_| said && !self.in_possessive(a, who))?;
        let left = |office: Office| {
            let near = |to: Day| window.from.plus(-LATER) <= to && to <= window.to.plus(LATER);
            self.record.tenures(state, office).iter().any(|(p, w)| *p == who && near(w.to))
        };
        // "Edward Wood" may be Edward Wood, Lord Halifax.
        let called = |p: PersonId| {
            let name = &self.record.people[p.0].name;
            name.split([' ', ',']).any(|w| unknown.split(' ').any(|u| u == w))
        };
        let came = |e: &Event| {
            e.kind == EventKind::OfficeTaken
                && e.actors.contains(&state)
                && e.office.is_some_and(left)
                && e.when.earliest <= window.to.plus(LATER)
                && window.from.plus(-LATER) <= e.when.latest
                && e.people.iter().all(|p| !a.people.contains(p) && !called(*p))
        };
        let i = self.record.events.iter().position(came)?;
        let event = &self.record.events[i];
        let known: Vec<String> = event.people.iter().map(|p| self.record.people[p.0].name.clone()).collect();
        Some(Verdict {
            word: "disagrees",
            explanation: format!(
                "The record names {} and knows no {unknown} ({}).",
                crate::compose::words::list(&known),
                event.when.long()
            ),
            events: vec![i],
        })
    }

    /// Somebody said to have left office, who by the record did within weeks: the record tells of it where the next one comes.
    pub(super) fn left_office(&self, a: &Said) -> Option<Verdict> {
        if a.denied || a.refused || a.kinds.first() != Some(&EventKind::OfficeLeft) {
            return None;
        }
        let person = *a.people.last().filter(|_| a.people.len() == 1)?;
        let state = self.record.people[person.0].actor?;
        let time = a.time.as_ref().filter(|t| t.windows.iter().all(|w| w.to.0 - w.from.0 <= 31))?;
        let left = |office: Office| {
            let tenures = self.record.tenures(state, office);
            let ended = tenures.into_iter().filter(|(p, w)| *p == person && w.to < self.record.span.to);
            let soon = |to: Day| time.windows.iter().any(|w| w.from.plus(-3) <= to && to <= w.to.plus(WEEKS));
            ended.map(|(_, w)| (office, w.to)).find(|(_, to)| soon(*to))
        };
        let (office, day) =
            Office::ALL.into_iter().filter(|o| a.office.is_none_or(|x| x == *o)).find_map(left)?;
        let next =
            self.record.events.iter().position(|e| {
                e.office == Some(office) && e.actors.contains(&state) && e.when.reading() == day
            });
        Some(Verdict {
            word: "agrees",
            explanation: format!(
                "By the record {} was {} of {} until {}.",
                self.record.people[person.0].name,
                office.label(),
                self.record.actors[state.0].in_sentence(),
                day.long()
            ),
            events: next.into_iter().collect(),
        })
    }

    /// Somebody said to hold an office.
    pub(super) fn tenure(&self, a: &Said) -> Option<Verdict> {
        let (person, office) = (*a.people.first()?, a.office?);
        if !a.lasting || a.denied {
            return None;
        }
        let window = *a.time.as_ref().and_then(|t| t.windows.first()).or(a.around.as_ref())?;
        // "Until 4 February 1938" he held it the day before.
        let until = a.time.as_ref().is_some_and(|t| t.until);
        let window = if until { Window { from: window.from.plus(-1), ..window } } else { window };
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
        let Some(holder) = self.record.office_holder(state, office, day) else {
            // Nobody is recorded in that office, and the one named in another.
            let other = Office::ALL
                .into_iter()
                .find(|o| self.record.office_holder(state, *o, day) == Some(person))?;
            let (name, label) = (&self.record.people[person.0].name, other.label());
            return Some(Verdict {
                word: "disagrees",
                explanation: format!("By the record {name} was {label} then, not {}.", office.label()),
                events: Vec::new(),
            });
        };
        let taken = self.record.events.iter().rposition(|e| {
            e.kind == EventKind::OfficeTaken
                && e.office == Some(office)
                && e.people.contains(&holder)
                && e.when.earliest <= day
        });
        if let (Some(other), true) = (a.office_of.filter(|other| *other != state), holder == person) {
            return Some(self.of_another_state(person, office, other, taken.into_iter().collect()));
        }
        // "Prime minister since April 1936"
        let since = a.text.split_whitespace().any(|w| w.eq_ignore_ascii_case("since"));
        if let Some(event) =
            taken.map(|i| &self.record.events[i]).filter(|_| since && holder == person && a.time.is_some())
            && !near_beginning(window, event)
        {
            let (name, when) = (&self.record.people[person.0].name, event.when.long());
            return Some(Verdict {
                word: "disagrees",
                explanation: format!("By the record {name} has been {} since {when}.", office.label()),
                events: taken.into_iter().collect(),
            });
        }
        let name = &self.record.people[holder.0].name;
        let what = format!("{} of {}", office.label(), self.record.actors[state.0].in_sentence());
        Some(Verdict {
            word: if holder == person { "agrees" } else { "disagrees" },
            explanation: format!("By the record {name} was {what} on {}.", day.long()),
            events: taken.into_iter().collect(),
        })
    }
}
