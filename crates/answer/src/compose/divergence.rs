//! From what a question wants changed to moments of the record at which it could have been.

use jonbar_counterfactual::Action;
use jonbar_model::{Kind, Mark};
use jonbar_question::{Change, Focus};
use jonbar_record::{ActorId, Day, Event, EventId, EventKind, Office, PactType, PersonId, Window};

use super::study::Study;
use super::words;

/// A moment at which the change could have been made, with the actions that make it.
#[derive(Clone, Debug)]
pub struct Divergence {
    /// Heading, such as `talks failed, 20 January 1932`.
    pub label: String,
    /// Day of the first action.
    pub day: Day,
    /// What is changed.
    pub actions: Vec<Action>,
    /// The changes in words.
    pub sentence: String,
    /// Recorded events that show it was on the table.
    pub documented: Vec<EventId>,
    /// What was assumed.
    pub assumed: Vec<String>,
}

/// Events up to this many days apart belong to one moment.
const MOMENT_DAYS: i32 = 50;
/// A question that names a day means events up to this many days from it.
const NEAR_DAYS: i32 = 75;
/// Years for which a person is kept in office when the question does not say.
const KEPT_YEARS: i32 = 3;

/// Every documented moment for the changes of a what-if, the one to show first in front; and what could not be
/// resolved.
pub fn divergences(study: &Study, changes: &[Change], focus: &Focus) -> (Vec<Divergence>, Vec<String>) {
    let mut problems = Vec::new();
    let mut combined: Vec<Divergence> = Vec::new();
    for change in changes {
        let found = match change {
            Change::Sign { pact, actors, pairs } => sign(study, *pact, actors, pairs, focus),
            Change::NoPact { pact, named, actors, pairs } => {
                no_pacts(study, *pact, *named, actors, pairs, focus)
            }
            Change::Move { pact, named, actors, days } => {
                one(moved(study, *pact, *named, actors, *days, focus))
            }
            Change::NoCoup { state } => one(no_coup(study, *state, focus)),
            Change::Answer { holder, claimant, mark } => one(answer(study, *holder, *claimant, mark, focus)),
            Change::NoDemand { claimant, holder } => one(no_demand(study, *claimant, *holder, focus)),
            Change::Keep { person } => one(keep(study, *person, focus)),
            Change::Fight { by, on } => one(fight(study, *by, *on, focus)),
            Change::Attack { by, on } => one(attack(study, *by, *on, focus)),
            Change::NoAttack { by, on } => one(no_attack(study, *by, *on, focus)),
            Change::Relations { actors } => one(two(study, actors, Kind::RelationsOpened, focus)),
            Change::Break { by, towards } => one(breach(study, *by, *towards, focus)),
            Change::NoBreak { by, towards } => one(no_breach(study, *by, *towards, focus)),
            Change::Cede { land, from, to } => one(cede(study, *land, *from, *to, focus)),
        };
        match found {
            Ok(found) if combined.is_empty() => combined = found,
            Ok(found) => {
                // Several changes in one question are made together; one that has a single moment joins each.
                let with = &found[0];
                for d in &mut combined {
                    d.actions.extend(with.actions.clone());
                    d.day = d.day.min(with.day);
                    d.sentence = format!("{}; {}", d.sentence, with.sentence);
                    d.documented.extend(&with.documented);
                    d.assumed.extend(with.assumed.clone());
                }
            }
            Err(problem) => problems.push(problem),
        }
    }
    (combined, problems)
}

fn one(found: Result<Divergence, String>) -> Result<Vec<Divergence>, String> {
    found.map(|d| vec![d])
}

/// A question that names where or by whom something was agreed means entries that mention it.
fn mentions(focus: &Focus, event: &Event) -> bool {
    focus.labels.is_empty() || focus.labels.iter().any(|l| event.summary.contains(l.as_str()))
}

/// Entries that mention the places named, or all if none does.
fn prefer_mentioned(study: &Study, focus: &Focus, events: Vec<EventId>) -> Vec<EventId> {
    let named: Vec<EventId> =
        events.iter().copied().filter(|id| mentions(focus, &study.record.events[id.0])).collect();
    if named.is_empty() { events } else { named }
}

/// A day inside the casebook for a window that overlaps it.
fn day_within(study: &Study, window: Option<Window>) -> Result<Day, String> {
    let span = study.record.span;
    let Some(w) = window else { return Err("When? Name a date, as in \"in 1933\".".to_owned()) };
    if w.to < span.from || w.from > span.to {
        return Err(format!(
            "{} to {} is outside the casebook ({} to {}).",
            w.from, w.to, span.from, span.to
        ));
    }
    let (from, to) = (w.from.max(span.from.plus(1)), w.to.min(span.to.plus(-1)));
    Ok(Day(from.0 + (to.0 - from.0) / 2))
}

/// Days from a window to a day; none inside it.
fn distance(window: Window, day: Day) -> i32 {
    (window.from.0 - day.0).max(day.0 - window.to.0).max(0)
}

fn near(window: Option<Window>, event: &Event) -> bool {
    window.is_none_or(|w| {
        event.when.earliest <= w.to.plus(NEAR_DAYS) && event.when.latest >= w.from.plus(-NEAR_DAYS)
    })
}

/// A window that is narrower than two years names a moment; a wider one names a period.
fn is_moment(window: Option<Window>) -> bool {
    window.is_some_and(|w| w.to.0 - w.from.0 < 730)
}

fn sign(
    study: &Study,
    pact: Option<PactType>,
    actors: &[ActorId],
    pairs: &[(ActorId, ActorId)],
    focus: &Focus,
) -> Result<Vec<Divergence>, String> {
    let record = study.record;
    if let Some(w) = focus.window.filter(|w| w.to < record.span.from || w.from > record.span.to) {
        return Err(format!(
            "{} to {} is outside the casebook ({} to {}).",
            w.from, w.to, record.span.from, record.span.to
        ));
    }
    let wanted = pact.unwrap_or(PactType::Nonaggression);
    let fits = |e: &Event| {
        let mark = PactType::parse(&e.mark);
        let type_fits = match (pact, mark) {
            (Some(p), Some(m)) => Study::same_class(p, m) || e.kind == EventKind::DraftAgreed,
            (Some(_), None) => false,
            (None, m) => m.is_some(),
        };
        e.kind.is_negotiation() && type_fits && actors.iter().all(|a| e.parties().any(|p| p == *a))
    };
    let mut events: Vec<EventId> = (0..record.events.len())
        .map(EventId)
        .filter(|id| {
            let e = &record.events[id.0];
            fits(e) && near(focus.window, e) && record.span.contains(e.when.reading())
        })
        .collect();
    let mut assumed = Vec::new();
    events = prefer_mentioned(study, focus, events);
    let mut pairs = pairs.to_vec();
    if pairs.is_empty() {
        // Without two named parties, the talks of the moment say who they are; that needs a date or a place.
        let told_apart = focus.window.is_some() || !focus.labels.is_empty() || !focus.people.is_empty();
        let best = events.iter().filter(|_| told_apart).min_by_key(|id| {
            let e = &record.events[id.0];
            let distance = focus.window.map_or(0, |w| (e.when.reading().0 - w.from.0).abs());
            (distance, e.actors.len() + e.targets.len())
        });
        let Some(id) = best else {
            return Err("Who signs? Name both states; the record has no talks at that date and place from which to tell."
                .to_owned());
        };
        let e = &record.events[id.0];
        let mut parties: Vec<ActorId> = e.actors.iter().chain(&e.targets).copied().collect();
        parties.dedup();
        assumed.push(format!(
            "The question does not name {}; the talks of {} were between {}.",
            if actors.is_empty() { "the states" } else { "both states" },
            e.when.long(),
            words::names(study, &parties)
        ));
        pairs = parties
            .iter()
            .enumerate()
            .flat_map(|(i, a)| parties[i + 1..].iter().map(|b| (*a, *b)))
            .filter(|(a, b)| actors.is_empty() || actors.contains(a) || actors.contains(b))
            .collect();
    }
    pairs.retain(|(a, b)| a != b);
    // Allies need not become allies again.
    if pairs.len() > 1
        && let Some(w) = focus.window
    {
        let bound = |(a, b): &(ActorId, ActorId)| {
            record.pacts.iter().any(|p| {
                p.is_bilateral()
                    && p.binds(*a, *b)
                    && p.in_force(w.from)
                    && p.types.iter().any(|t| Study::same_class(*t, wanted))
            })
        };
        let (already, rest): (Vec<_>, Vec<_>) = pairs.iter().copied().partition(bound);
        if !rest.is_empty() {
            for (a, b) in already {
                assumed.push(format!(
                    "{} had such a pact already, so nothing is added there.",
                    words::names(study, &[a, b])
                ));
            }
            pairs = rest;
        }
    }
    if pairs.is_empty() {
        return Err("A pact needs two states; name both.".to_owned());
    }
    events.retain(|id| {
        let e = &record.events[id.0];
        pairs.iter().all(|(a, b)| e.parties().any(|p| p == *a) && e.parties().any(|p| p == *b))
    });
    let mut moments = moments(study, &events);
    // Talks that ended in a pact binding both were no missed moment.
    moments.retain(|group| {
        let last = record.events[group[group.len() - 1].0].when.latest;
        !record.pacts.iter().any(|p| {
            let gap = p.signed.reading().0 - last.0;
            pairs.iter().all(|(a, b)| p.binds(*a, *b)) && (0..=90).contains(&gap)
        })
    });
    if pact.is_none() {
        assumed.push(
            "No type of pact is named: read as a non-aggression pact unless the talks say otherwise."
                .to_owned(),
        );
    }
    let mut found = Vec::new();
    let named_day = focus.window.filter(|w| w.from == w.to).map(|w| w.from);
    for moment in &moments {
        let last = &record.events[moment[moment.len() - 1].0];
        let mark = moment.iter().find_map(|id| PactType::parse(&record.events[id.0].mark)).unwrap_or(wanted);
        let type_here = pact.filter(|p| Study::same_class(*p, mark)).unwrap_or(mark);
        let Some(kind) = Study::pact_kind(type_here) else { continue };
        let day = named_day.filter(|_| moments.len() == 1).unwrap_or(last.when.latest.min(record.span.to));
        let mut notes = assumed.clone();
        if pact.is_some_and(|p| !Study::same_class(p, mark)) {
            notes.push(format!(
                "What was on the table then was a {}, so that is what is added.",
                mark.label()
            ));
        }
        let label = format!("{}, {}", last.kind.label(), last.when.long());
        found.push(signing(study, kind, &pairs, day, label, moment.clone(), notes));
    }
    if found.is_empty() {
        let Some(kind) = Study::pact_kind(wanted) else {
            return Err(format!(
                "The model does not sign a {}; ask about a non-aggression, neutrality, consultation or mutual-assistance pact.",
                wanted.label()
            ));
        };
        let day = undocumented_day(study, kind, pairs[0], focus.window);
        let mut notes = assumed;
        notes.push(format!(
            "The record has no talks on this at that time; it is dated {}, {}.",
            day.long(),
            if is_moment(focus.window) {
                "as the question says"
            } else {
                "when the model finds it likeliest"
            }
        ));
        let label = format!("no talks recorded, {}", day.long());
        found.push(signing(study, kind, &pairs, day, label, Vec::new(), notes));
    }
    // First the moment at which talks went furthest on exactly this pact; the earliest of equals.
    let rank = |d: &Divergence| {
        let same = d
            .actions
            .iter()
            .any(|a| matches!(a, Action::Add { kind, .. } if Some(*kind) == Study::pact_kind(wanted)));
        let far = d
            .documented
            .iter()
            .map(|id| match record.events[id.0].kind {
                EventKind::DraftAgreed => 3,
                EventKind::NegotiationFailed => 2,
                EventKind::NegotiationOpened => 1,
                _ => 0,
            })
            .max()
            .unwrap_or(0);
        (!same, -far, d.day)
    };
    found.sort_by_key(rank);
    if found.len() > 1 {
        let why = format!(
            "The question names no single date: answered for each of the {} moments at which it was on the table. First comes the \
             earliest of those at which talks on this type of pact got furthest.",
            found.len()
        );
        found[0].assumed.push(why);
    }
    Ok(found)
}

fn signing(
    study: &Study,
    kind: Kind,
    pairs: &[(ActorId, ActorId)],
    day: Day,
    label: String,
    documented: Vec<EventId>,
    assumed: Vec<String>,
) -> Divergence {
    let actions = pairs
        .iter()
        .map(|(a, b)| Action::Add { kind, a: a.0.min(b.0), b: a.0.max(b.0), claim: None, mark: None, day })
        .collect();
    let who: Vec<String> = pairs
        .iter()
        .map(|(a, b)| format!("{} and {}", words::name(study, *a), words::name(study, *b)))
        .collect();
    let sentence = match &who[..] {
        [one] => format!("{one} sign a {} on {}", kind.label(), day.long()),
        several => format!("a {} is signed on {} by {}", kind.label(), day.long(), several.join("; by ")),
    };
    Divergence { label, day, actions, sentence, documented, assumed }
}

/// Groups talks into moments; a lone proposal that led to talks belongs to them.
fn moments(study: &Study, events: &[EventId]) -> Vec<Vec<EventId>> {
    let mut groups: Vec<Vec<EventId>> = Vec::new();
    for &id in events {
        let day = study.record.events[id.0].when.reading();
        match groups.last_mut() {
            Some(group)
                if group
                    .last()
                    .is_some_and(|l| day.0 - study.record.events[l.0].when.reading().0 <= MOMENT_DAYS) =>
            {
                group.push(id);
            }
            _ => groups.push(vec![id]),
        }
    }
    let all = |g: &Vec<EventId>, kind: EventKind| g.iter().all(|id| study.record.events[id.0].kind == kind);
    let any = |g: &Vec<EventId>, kind: EventKind| g.iter().any(|id| study.record.events[id.0].kind == kind);
    let close = |g: &Vec<EventId>, later: &Vec<EventId>| {
        let date = |g: &Vec<EventId>| study.record.events[g[0].0].when.reading().0;
        date(later) - date(g) <= 3 * MOMENT_DAYS
    };
    // A proposal that led to talks belongs to them; an offer that merely ran out was open when it was made.
    let keep: Vec<bool> = (0..groups.len())
        .map(|i| {
            let group = &groups[i];
            let led_on = groups.get(i + 1).is_some_and(|next| {
                close(group, next)
                    && (any(next, EventKind::NegotiationOpened) || any(next, EventKind::DraftAgreed))
            });
            let ran_out = i > 0 && all(&groups[i - 1], EventKind::Proposal) && close(&groups[i - 1], group);
            let superseded = all(group, EventKind::Proposal) && led_on
                || all(group, EventKind::NegotiationFailed) && ran_out;
            !superseded
        })
        .collect();
    groups.into_iter().zip(keep).filter(|(_, k)| *k).map(|(g, _)| g).collect()
}

/// Without talks to date it: the middle of a named moment, or the start of the year in which the fitted intensity of
/// the unit is highest.
fn undocumented_day(study: &Study, kind: Kind, pair: (ActorId, ActorId), window: Option<Window>) -> Day {
    let span = study.record.span;
    if let (true, Some(w)) = (is_moment(window), window) {
        return Day((w.from.0 + (w.to.0 - w.from.0) / 2).clamp(span.from.0 + 1, span.to.0 - 1));
    }
    let within = window.unwrap_or(span);
    (within.from.year().max(span.from.year() + 1)..=within.to.year().min(span.to.year()))
        .filter_map(|y| Day::from_ymd(y, 1, 2))
        .max_by(|x, y| {
            let rate = |d: &Day| super::fitted::rate(study, kind, pair.0.0, pair.1.0, None, f64::from(d.0));
            rate(x).total_cmp(&rate(y))
        })
        .unwrap_or(span.from.plus(1))
}

fn no_pact(
    study: &Study,
    pact: Option<PactType>,
    named: Option<jonbar_record::PactId>,
    actors: &[ActorId],
    focus: &Focus,
) -> Result<Divergence, String> {
    let record = study.record;
    let of_type = |p: &jonbar_record::Pact| {
        pact.is_none_or(|t| p.types.iter().any(|x| Study::same_class(*x, t)))
            && actors.iter().all(|a| p.parties.contains(a))
            // Taking away a pact of many takes more away than was asked.
            && (p.is_bilateral() || actors.len() > 2 && p.parties.len() == actors.len())
    };
    let found: Vec<EventId> = (0..record.events.len())
        .map(EventId)
        .filter(|id| {
            let e = &record.events[id.0];
            let wanted = e.pact.is_some_and(|p| match named {
                Some(named) => p == named,
                None => actors.len() >= 2 && of_type(&record.pacts[p.0]) && near(focus.window, e),
            });
            e.kind == EventKind::PactSigned && wanted
        })
        .collect();
    let found = prefer_mentioned(study, focus, found);
    // "the Molotov-Ribbentrop pact": the one signed while both were in office.
    let in_office = |id: &EventId| {
        let day = record.events[id.0].when.reading();
        focus.people.iter().all(|p| {
            record.people[p.0].actor.is_some_and(|state| {
                Office::ALL.iter().any(|o| record.office_holder(state, *o, day) == Some(*p))
            })
        })
    };
    let of_people: Vec<EventId> = found.iter().copied().filter(in_office).collect();
    let found = if of_people.is_empty() { found } else { of_people };
    if found.is_empty() {
        return Err(format!(
            "The record has no such pact of {} to take away at that time.",
            if actors.is_empty() { "the states named".to_owned() } else { words::names(study, actors) }
        ));
    }
    // A bare "no pact" with a date means the pact of that date; without one it must be clear which.
    let chosen = match focus.window {
        Some(w) => {
            found.iter().copied().min_by_key(|id| (record.events[id.0].when.reading().0 - w.from.0).abs())
        }
        None if found.len() == 1 || named.is_some() => found.first().copied(),
        None => {
            let which: Vec<String> = found
                .iter()
                .filter_map(|id| record.events[id.0].pact)
                .map(|p| format!("the {} ({})", record.pacts[p.0].name, record.pacts[p.0].signed.text))
                .collect();
            return Err(format!(
                "Which one? The record has {}; name it or give the year.",
                words::list(&which)
            ));
        }
    };
    let Some(event) = chosen else {
        return Err("The record has no such pact to take away.".to_owned());
    };
    let e = &record.events[event.0];
    let day = e.when.reading();
    Ok(Divergence {
        label: format!("not signed, {}", day.long()),
        day,
        actions: vec![Action::Prevent { event }],
        sentence: format!("this does not happen: {}", e.summary.trim_end_matches('.')),
        documented: vec![event],
        assumed: Vec::new(),
    })
}

/// A pact taken away from each of several pairs.
fn no_pacts(
    study: &Study,
    pact: Option<PactType>,
    named: Option<jonbar_record::PactId>,
    actors: &[ActorId],
    pairs: &[(ActorId, ActorId)],
    focus: &Focus,
) -> Result<Vec<Divergence>, String> {
    if named.is_some() || pairs.len() < 2 {
        return one(no_pact(study, pact, named, actors, focus));
    }
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for &(a, b) in pairs {
        match no_pact(study, pact, None, &[a, b], focus) {
            Ok(d) => found.push(d),
            Err(why) => missing.push(why),
        }
    }
    let Some(mut first) = found.first().cloned() else { return Err(missing.join(" ")) };
    for d in &found[1..] {
        first.actions.extend(d.actions.clone());
        first.day = first.day.min(d.day);
        first.sentence = format!("{}; {}", first.sentence, d.sentence);
        first.documented.extend(&d.documented);
    }
    first.assumed.extend(missing);
    Ok(vec![first])
}

/// A recorded pact signed on another day.
fn moved(
    study: &Study,
    pact: Option<PactType>,
    named: Option<jonbar_record::PactId>,
    actors: &[ActorId],
    days: i32,
    focus: &Focus,
) -> Result<Divergence, String> {
    let mut found = no_pact(study, pact, named, actors, focus)?;
    let Some(&event) = found.documented.first() else { return Ok(found) };
    let e = &study.record.events[event.0];
    let day = e.when.reading().plus(days);
    if !study.record.span.contains(day) {
        return Err(format!("{} is outside the casebook.", day.long()));
    }
    found.day = found.day.min(day);
    found.label = format!("signed on {}", day.long());
    found.actions = vec![Action::Move { event, day }];
    found.sentence = format!("moved to {}: {}", day.long(), e.summary.trim_end_matches('.'));
    Ok(found)
}

fn no_coup(study: &Study, state: ActorId, focus: &Focus) -> Result<Divergence, String> {
    use EventKind::*;
    undone(study, &[RegimeChange, OfficeLeft], Some(state), None, focus, "such overthrow")
}

/// Recorded events of some kinds between two states that the question wants undone, nearest to its date.
fn undone(
    study: &Study,
    kinds: &[EventKind],
    by: Option<ActorId>,
    on: Option<ActorId>,
    focus: &Focus,
    what: &str,
) -> Result<Divergence, String> {
    let record = study.record;
    let found: Vec<EventId> = (0..record.events.len())
        .map(EventId)
        .filter(|id| {
            let e = &record.events[id.0];
            kinds.contains(&e.kind)
                && by.is_none_or(|a| e.actors.contains(&a))
                && on.is_none_or(|b| e.targets.contains(&b))
                && near(focus.window, e)
                && record.span.contains(e.when.reading())
                && (focus.territories.is_empty()
                    || e.territories.iter().any(|t| focus.territories.contains(t)))
        })
        .collect();
    let found = prefer_mentioned(study, focus, found);
    // Kinds are named in order of weight: the war before the incident.
    let weight =
        |id: &EventId| kinds.iter().position(|k| *k == record.events[id.0].kind).unwrap_or(kinds.len());
    let anchor = focus.window;
    let best = found.iter().copied().min_by_key(|id| {
        let day = record.events[id.0].when.reading();
        (weight(id), anchor.map_or(day.0, |w| distance(w, day)))
    });
    let Some(event) = best else {
        return Err(format!("The record has no {what} at that time to take away."));
    };
    let mut assumed = Vec::new();
    let same = found.iter().filter(|id| weight(id) == weight(&event)).count();
    if same > 1 && anchor.is_none() {
        assumed.push(format!(
            "The record has {same} such events; the first is taken away. Give a year for another."
        ));
    }
    let e = &record.events[event.0];
    let day = e.when.reading();
    Ok(Divergence {
        label: format!("{} does not happen, {}", e.kind.label(), day.long()),
        day,
        actions: vec![Action::Prevent { event }],
        sentence: format!("this does not happen: {}", e.summary.trim_end_matches('.')),
        documented: vec![event],
        assumed,
    })
}

fn no_attack(
    study: &Study,
    by: Option<ActorId>,
    on: Option<ActorId>,
    focus: &Focus,
) -> Result<Divergence, String> {
    use EventKind::*;
    undone(study, &[WarBegun, WarJoined, TerritoryCeded, ArmedDispute], by, on, focus, "such attack")
}

fn no_demand(
    study: &Study,
    claimant: ActorId,
    holder: Option<ActorId>,
    focus: &Focus,
) -> Result<Divergence, String> {
    undone(study, &[EventKind::TerritorialDemand], Some(claimant), holder, focus, "such demand")
}

fn no_breach(
    study: &Study,
    by: ActorId,
    towards: Option<ActorId>,
    focus: &Focus,
) -> Result<Divergence, String> {
    use EventKind::*;
    undone(study, &[PactViolated, PactDenounced], Some(by), towards, focus, "such breach")
}

fn attack(study: &Study, by: ActorId, on: ActorId, focus: &Focus) -> Result<Divergence, String> {
    let day = day_within(study, focus.window)?;
    if !(study.record.is_independent(by, day) && study.record.is_independent(on, day)) {
        return Err(format!("On {} not both were independent states.", day.long()));
    }
    Ok(Divergence {
        label: format!("war, {}", day.long()),
        day,
        actions: vec![Action::Add { kind: Kind::WarBegun, a: by.0, b: on.0, claim: None, mark: None, day }],
        sentence: format!(
            "{} goes to war against {} on {}",
            words::name(study, by),
            words::name(study, on),
            day.long()
        ),
        documented: Vec::new(),
        assumed: Vec::new(),
    })
}

/// A breach of a pact that binds the two alone on that day.
fn breach(study: &Study, by: ActorId, towards: Option<ActorId>, focus: &Focus) -> Result<Divergence, String> {
    let day = day_within(study, focus.window)?;
    let record = study.record;
    let partners: Vec<ActorId> = record
        .pacts
        .iter()
        .filter(|p| p.is_bilateral() && p.in_force(day) && p.parties.contains(&by))
        .filter(|p| focus.pact.is_none_or(|t| p.types.iter().any(|x| Study::same_class(*x, t))))
        .flat_map(|p| p.parties.iter().copied())
        .filter(|a| *a != by)
        .collect();
    let Some(towards) = towards else {
        return Err(format!(
            "Towards whom? On {} {} had pacts with {}.",
            day.long(),
            words::name(study, by),
            words::names(study, &partners)
        ));
    };
    if !partners.contains(&towards) {
        return Err(format!(
            "On {} no such pact bound {} alone, so none could be broken.",
            day.long(),
            words::names(study, &[by, towards])
        ));
    }
    two(study, &[by, towards], Kind::PactBroken, focus)
}

fn cede(
    study: &Study,
    land: jonbar_record::TerritoryId,
    from: Option<ActorId>,
    to: Option<ActorId>,
    focus: &Focus,
) -> Result<Divergence, String> {
    let record = study.record;
    let day = day_within(study, focus.window)?;
    let name = &record.territories[land.0].name;
    let holder = record.holder(land, day);
    if let (Some(from), Some(holder)) = (from, holder)
        && from != holder
    {
        return Err(format!("On {} {name} was held by {}.", day.long(), words::name(study, holder)));
    }
    // Without a taker, whoever claimed it then.
    let claimants: Vec<ActorId> = record
        .claims
        .iter()
        .filter(|c| c.territory == land && c.live.contains(day) && Some(c.claimant) != holder)
        .map(|c| c.claimant)
        .collect();
    let to = match (to, &claimants[..]) {
        (Some(to), _) => to,
        (None, [only]) => *only,
        _ => return Err(format!("To whom would {name} be given? Name the state.")),
    };
    let parties = jonbar_model::ActorSet::of(holder.iter().chain([&to]).map(|a| a.0));
    Ok(Divergence {
        label: format!("{name} given up, {}", day.long()),
        day,
        actions: vec![Action::Set {
            change: jonbar_model::Change::Holder {
                territory: land.0,
                from: holder.map(|h| h.0),
                to: Some(to.0),
            },
            day,
            parties,
            words: format!("{name} passes to {}", words::name(study, to)),
        }],
        sentence: format!("{name} passes to {} on {}", words::name(study, to), day.long()),
        documented: Vec::new(),
        assumed: Vec::new(),
    })
}

fn answer(
    study: &Study,
    holder: Option<ActorId>,
    claimant: Option<ActorId>,
    mark: &str,
    focus: &Focus,
) -> Result<Divergence, String> {
    let record = study.record;
    let mark = Mark::parse(mark).unwrap_or(Mark::Resisted);
    let demands: Vec<EventId> = (0..record.events.len())
        .map(EventId)
        .filter(|id| {
            let e = &record.events[id.0];
            let holder_fits = holder.is_none_or(|h| e.targets.contains(&h));
            let claimant_fits = claimant.is_none_or(|c| e.actors.contains(&c));
            let named = focus.actors.is_empty()
                || holder.is_some()
                || e.targets.iter().chain(&e.actors).any(|a| focus.actors.contains(a));
            let land =
                focus.territories.is_empty() || e.territories.iter().any(|t| focus.territories.contains(t));
            e.kind == EventKind::TerritorialDemand
                && holder_fits
                && claimant_fits
                && named
                && land
                && near(focus.window, e)
        })
        .filter(|id| study.timeline.items_of(id.0).next().is_some())
        .collect();
    let demands = prefer_mentioned(study, focus, demands);
    if demands.is_empty() {
        return Err("The record has no demand or ultimatum to those named at that time whose answer could be changed.".to_owned());
    }
    // Without a date it must be clear which demand is meant.
    let first = record.events[demands[0].0].when.reading();
    let spread = demands.iter().any(|id| record.events[id.0].when.reading().0 - first.0 > 370);
    if focus.window.is_none()
        && spread
        && !demands.iter().any(|id| mentions(focus, &record.events[id.0]) && !focus.labels.is_empty())
    {
        let which: Vec<String> = demands
            .iter()
            .map(|id| &record.events[id.0])
            .map(|e| {
                format!(
                    "of {} on {} ({})",
                    words::names(study, &e.actors),
                    words::names(study, &e.targets),
                    e.when.long()
                )
            })
            .take(6)
            .collect();
        return Err(format!("Which demand? The record has those {}; give the year.", words::list(&which)));
    }
    // Of several demands at one time, the weightiest, unless the question says whose.
    let weight = |id: &EventId| {
        let e = &record.events[id.0];
        let salience = record
            .claims
            .iter()
            .filter(|c| e.actors.contains(&c.claimant) && e.territories.contains(&c.territory))
            .map(|c| c.salience)
            .max();
        let great = e.actors.iter().any(|a| record.actors[a.0].great_power);
        (great, salience.unwrap_or(0))
    };
    let anchor = focus.window.unwrap_or(Window { from: first, to: first });
    let distance = |id: &EventId| distance(anchor, record.events[id.0].when.reading());
    let nearest = demands.iter().map(distance).min().unwrap_or(0);
    let closest = demands
        .iter()
        .copied()
        .filter(|id| distance(id) <= nearest + 30)
        .min_by_key(|id| (std::cmp::Reverse(weight(id)), distance(id)))
        .unwrap_or(demands[0]);
    let nearest_day = record.events[closest.0].when.reading();
    // One note may ask for two lands: all demands of one claimant within a fortnight are answered together.
    let by = record.events[closest.0].actors.clone();
    let together: Vec<EventId> = demands
        .into_iter()
        .filter(|id| {
            let e = &record.events[id.0];
            (e.when.reading().0 - nearest_day.0).abs() <= 14 && e.actors == by && e.mark != mark.name()
        })
        .collect();
    if together.is_empty() {
        return Err(format!(
            "That is what happened: by the record the demand was answered so ({}).",
            record.events[closest.0].mark
        ));
    }
    let day = together.iter().map(|id| record.events[id.0].when.reading()).min().unwrap_or(nearest_day);
    let mut lands: Vec<String> = Vec::new();
    for t in together.iter().flat_map(|id| record.events[id.0].territories.iter()) {
        let land = &record.territories[t.0].name;
        if !lands.contains(land) {
            lands.push(land.clone());
        }
    }
    let sentence = format!(
        "the demand of {} on {} for {} is {}",
        words::names(study, &by),
        words::names(study, &record.events[closest.0].targets),
        words::list(&lands),
        match mark {
            Mark::Resisted => "refused",
            Mark::Conceded => "accepted",
            Mark::War => "refused and fought over",
        }
    );
    let mut assumed = Vec::new();
    if together.len() > 1 {
        assumed.push("Demands made by the same state within a fortnight are answered alike.".to_owned());
    }
    Ok(Divergence {
        label: format!("territorial demand, {}", day.long()),
        day,
        actions: together.iter().map(|id| Action::Answer { event: *id, mark }).collect(),
        sentence,
        documented: together,
        assumed,
    })
}

fn keep(study: &Study, person: PersonId, focus: &Focus) -> Result<Divergence, String> {
    let record = study.record;
    let name = &record.people[person.0].name;
    // The offices the person held, each with the event that ended the tenure.
    let mut tenures: Vec<(ActorId, Office, EventId)> = Vec::new();
    for (i, e) in record.events.iter().enumerate() {
        let (Some(&actor), Some(office)) = (e.actors.first(), e.office) else { continue };
        let ends = match e.kind {
            EventKind::OfficeLeft => e.people.contains(&person),
            EventKind::OfficeTaken if !e.people.contains(&person) => record.events[..i]
                .iter()
                .rev()
                .find(|p| p.office == Some(office) && p.actors.first() == Some(&actor))
                .is_some_and(|p| p.kind == EventKind::OfficeTaken && p.people.contains(&person)),
            _ => false,
        };
        if ends {
            tenures.push((actor, office, EventId(i)));
        }
    }
    let anchor = focus.window.map(|w| w.from);
    let Some(&(actor, office, end)) = tenures.iter().min_by_key(|(_, office, id)| {
        let day = record.events[id.0].when.reading();
        let distance = anchor.map_or(-day.0, |a| (day.0 - a.0).abs());
        (distance, *office != Office::ForeignMinister)
    }) else {
        return Err(format!(
            "The record does not say when {name} left an office, so he or she cannot be kept in it."
        ));
    };
    let from = record.events[end.0].when.earliest.max(record.span.from.plus(1));
    let until = from.plus_years(KEPT_YEARS).min(record.span.to);
    Ok(Divergence {
        label: format!("{} of {} kept, {}", office.label(), words::name(study, actor), from.long()),
        day: from,
        actions: vec![Action::Keep { person, actor: actor.0, office, from, until }],
        sentence: format!(
            "{name} stays {} of {} on {}",
            office.label(),
            words::name(study, actor),
            from.long()
        ),
        documented: vec![end],
        assumed: vec![format!(
            "Kept in office until {}; how long he or she would have lasted is not in the model.",
            until.long()
        )],
    })
}

fn fight(study: &Study, by: ActorId, on: Option<ActorId>, focus: &Focus) -> Result<Divergence, String> {
    let record = study.record;
    // A state that fights where it gave way in the record answers a demand otherwise.
    let mut narrowed = focus.clone();
    narrowed.territories.clear();
    if on.is_none()
        && let Ok(d) = answer(study, Some(by), None, "war", &narrowed)
    {
        return Ok(d);
    }
    let provoked = (0..record.events.len()).map(EventId).find(|id| {
        let e = &record.events[id.0];
        matches!(
            e.kind,
            EventKind::ArmedDispute
                | EventKind::PactViolated
                | EventKind::WarBegun
                | EventKind::TerritorialDemand
        ) && e.targets.contains(&by)
            && focus
                .window
                .is_some_and(|w| e.when.earliest <= w.to.plus(15) && e.when.latest >= w.from.plus(-15))
    });
    let target = on.or_else(|| provoked.and_then(|id| record.events[id.0].actors.first().copied()));
    let Some(target) = target else {
        return Err(format!(
            "It is not clear whom {} would have fought; name the other state.",
            words::name(study, by)
        ));
    };
    let day = match (focus.window, provoked) {
        (Some(w), _) if w.from == w.to => w.from,
        (_, Some(id)) => record.events[id.0].when.latest,
        (Some(w), None) => Day(w.from.0 + (w.to.0 - w.from.0) / 2),
        (None, None) => return Err("When? Name a date, as in \"(1936-03-07)\".".to_owned()),
    };
    if !record.span.contains(day) {
        return Err(format!(
            "{} is outside the casebook ({} to {}).",
            day.long(),
            record.span.from,
            record.span.to
        ));
    }
    Ok(Divergence {
        label: format!("war, {}", day.long()),
        day,
        actions: vec![Action::Add {
            kind: Kind::WarBegun,
            a: by.0,
            b: target.0,
            claim: None,
            mark: None,
            day,
        }],
        sentence: format!(
            "{} goes to war against {} on {}",
            words::name(study, by),
            words::name(study, target),
            day.long()
        ),
        documented: provoked.into_iter().collect(),
        assumed: vec![
            "Marching or fighting is read as war; the model has no smaller step that answers force."
                .to_owned(),
        ],
    })
}

fn two(study: &Study, actors: &[ActorId], kind: Kind, focus: &Focus) -> Result<Divergence, String> {
    let [a, b] = actors[..] else {
        return Err("Two states must be named for this.".to_owned());
    };
    let Some(window) = focus.window else {
        return Err("When? Name a date, as in \"in 1933\".".to_owned());
    };
    let middle = Day(window.from.0 + (window.to.0 - window.from.0) / 2);
    let day = Day(middle.0.clamp(study.record.span.from.0 + 1, study.record.span.to.0 - 1));
    Ok(Divergence {
        label: format!("{}, {}", kind.label(), day.long()),
        day,
        actions: vec![Action::Add { kind, a: a.0, b: b.0, claim: None, mark: None, day }],
        sentence: format!("{} on {}", words::unit(study, kind, a.0, b.0, None), day.long()),
        documented: Vec::new(),
        assumed: Vec::new(),
    })
}
