//! From what a question wants changed to moments of the record at which it could have been.

mod demands;
mod offices;
mod pacts;
mod supposed;

use jonbar_counterfactual::Action;
use jonbar_model::{Kind, Mark};
use jonbar_question::{Change, Focus, Otherwise, Stay};
use jonbar_record::{
    ActorId, Day, Event, EventId, EventKind, Office, PactType, PersonId, TerritoryId, Window,
};

use super::prose::{clearly_nearest, entries_like};
use super::study::Study;
use super::{fitted, words};
use demands::{answer, attack, cede, fight, keep_independence, keep_land, no_attack, no_demand};
use offices::{appoint, bar, keep, leave, no_coup};
use pacts::{breach, moved, no_breach, no_pacts, sign};
pub(crate) use supposed::supposed_by_words;

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

/// A question that names a day means events up to this many days from it.
const NEAR_DAYS: i32 = 75;

/// Every documented moment for the changes of a what-if, the one to show first in front; and what could not be
/// resolved.
pub fn divergences(study: &Study, changes: &[Change], focus: &Focus) -> (Vec<Divergence>, Vec<String>) {
    let mut problems = Vec::new();
    let mut combined: Vec<Divergence> = Vec::new();
    // Who is fought that is not named: the partner of a pact that is refused.
    let mut refused: Vec<ActorId> = Vec::new();
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
            Change::Keep { person, stay } => one(keep(study, *person, *stay, focus)),
            Change::Leave { person } => one(leave(study, *person, focus)),
            Change::KeepLand { land, holder } => one(keep_land(study, *land, *holder, focus)),
            Change::KeepIndependence { state } => one(keep_independence(study, *state, focus)),
            Change::Fight { by, on, beside } => {
                // What is fought over, or then, may be against somebody else.
                let plain = focus.territories.is_empty();
                let partner =
                    refused.iter().copied().find(|a| a != by).filter(|_| plain && refused.contains(by));
                one(fight(study, *by, on.or(partner.filter(|_| beside.is_none())), *beside, focus))
            }
            Change::Appoint { person, instead } => one(appoint(study, *person, *instead, focus)),
            Change::Bar { person } => one(bar(study, *person, focus)),
            Change::Attack { by, on } => one(attack(study, *by, *on, focus)),
            Change::NoAttack { by, on, land } => one(no_attack(study, *by, *on, *land, focus)),
            Change::Relations { actors } => one(two(study, actors, Kind::RelationsOpened, focus)),
            Change::Break { by, towards } => one(breach(study, *by, *towards, focus)),
            Change::NoBreak { by, towards } => one(no_breach(study, *by, *towards, focus)),
            Change::Cede { land, from, to } => one(cede(study, *land, *from, *to, focus)),
            Change::Prevent { event } => one(entry_prevented(study, *event)),
            Change::Told { how, actors, people, lands, words, text, why } => {
                let found = found_by_words(study, (actors, people, lands), (words, text), *how, focus);
                one(found.unwrap_or_else(|| Err(why.clone())))
            }
        };
        if let (Change::NoPact { .. }, Ok(found)) = (change, &found)
            && let Some(pact) = found[0].documented.first().and_then(|id| study.record.events[id.0].pact)
        {
            refused.clone_from(&study.record.pacts[pact.0].parties);
        }
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
    // Of the pacts of two states those of the two alone come first, and peace treaties with many last.
    let of_many = |id: &EventId| {
        let pact = record.events[id.0].pact.map(|p| &record.pacts[p.0]);
        pact.map_or(0, |p| {
            u8::from(!p.is_bilateral()) + u8::from(p.main_type() == jonbar_record::PactType::Peace)
        })
    };
    let anchor = focus.window;
    let best = found.iter().copied().min_by_key(|id| {
        let day = record.events[id.0].when.reading();
        (of_many(id), weight(id), anchor.map_or(day.0, |w| distance(w, day)))
    });
    let Some(event) = best else {
        return Err(format!("The record has no {what} at that time to take away."));
    };
    let mut assumed = Vec::new();
    let rank = |id: &EventId| (of_many(id), weight(id));
    let same = found.iter().filter(|id| rank(id) == rank(&event)).count();
    if same > 1 && anchor.is_none() {
        assumed.push(format!(
            "The record has {same} such events; the first is taken away. Give a year for another."
        ));
    }
    Ok(prevented(study, event, assumed))
}

/// What goes when a recorded event is taken away: itself, and with a change of regime the changes of office that it brought.
pub(crate) fn undone_with(study: &Study, event: EventId) -> Vec<EventId> {
    /// Days within which offices change hands with a regime.
    const WITH_IT: i32 = 5;
    let record = study.record;
    let e = &record.events[event.0];
    if e.kind != EventKind::RegimeChange {
        return vec![event];
    }
    let brought = |id: &EventId| {
        let other = &record.events[id.0];
        let office = matches!(other.kind, EventKind::OfficeTaken | EventKind::OfficeLeft);
        let days = other.when.reading().0 - e.when.reading().0;
        office && (0..=WITH_IT).contains(&days) && other.actors == e.actors && study.moves(*id)
    };
    std::iter::once(event).chain((0..record.events.len()).map(EventId).filter(brought)).collect()
}

/// Whether the model knows of anything that goes with an event.
pub(crate) fn can_be_undone(study: &Study, event: EventId) -> bool {
    undone_with(study, event).into_iter().any(|id| study.moves(id))
}

/// A recorded event taken away.
fn prevented(study: &Study, event: EventId, mut assumed: Vec<String>) -> Divergence {
    let record = study.record;
    let e = &record.events[event.0];
    let gone = undone_with(study, event);
    let day = e.when.reading();
    let offices: Vec<&str> = gone[1..].iter().map(|id| record.events[id.0].summary.as_str()).collect();
    if !offices.is_empty() {
        assumed
            .push(format!("Nor do the changes of office of the days after it happen: {}", offices.join(" ")));
    }
    Divergence {
        label: format!("{} does not happen, {}", e.kind.label(), day.long()),
        day,
        actions: gone.into_iter().map(|event| Action::Prevent { event }).collect(),
        sentence: format!("this does not happen: {}", e.summary.trim_end_matches('.')),
        documented: vec![event],
        assumed,
    }
}

/// An entry taken away that the question calls by its identifier.
fn entry_prevented(study: &Study, event: EventId) -> Result<Divergence, String> {
    let e = &study.record.events[event.0];
    if !study.record.span.contains(e.when.reading()) {
        return Err(format!("`{}` is outside the years of the casebook.", e.id));
    }
    if !can_be_undone(study, event) {
        return Err(format!(
            "`{}` ({}) is told in the record, but changes nothing that the model knows of.",
            e.id,
            e.kind.label()
        ));
    }
    Ok(prevented(study, event, Vec::new()))
}

/// What some words tell of, undone, accepted or refused.
fn found_by_words(
    study: &Study,
    (states, people, lands): (&[ActorId], &[PersonId], &[TerritoryId]),
    (words, text): (&[String], &str),
    how: Otherwise,
    focus: &Focus,
) -> Option<Result<Divergence, String>> {
    let record = study.record;
    let read_as = |event: EventId| {
        format!(
            "\"{text}\" is no change of a known sort; it is read as the entry of {} that says most of it.",
            record.events[event.0].when.long()
        )
    };
    let mark = match how {
        Otherwise::Undone => {
            // The model knows of it, and the states named have a part in it.
            let knows_of = |id: EventId| {
                let event = &record.events[id.0];
                can_be_undone(study, id) && states.iter().all(|a| event.parties().any(|p| p == *a))
            };
            let event = match entries_like(record, (states, people, lands), focus.window, words)[..] {
                [event] => event,
                _ => clearly_nearest(record, (words, text), focus.window, knows_of)?,
            };
            return Some(
                entry_prevented(study, event).map(|d| Divergence { assumed: vec![read_as(event)], ..d }),
            );
        }
        Otherwise::Accepted => Mark::Conceded,
        Otherwise::Refused => Mark::Resisted,
    };
    // "Metaxas says yes to Grazzi": what was demanded of his state in his time.
    let of_people = people.iter().filter_map(|p| record.people[p.0].actor);
    let holder = of_people.chain(states.iter().copied()).next()?;
    let of = Focus { people: people.to_vec(), window: focus.window, ..Focus::default() };
    let answered = match answer(study, Some(holder), None, mark.name(), &of) {
        Ok(answered) => answered,
        // "Estonia turns down the Soviet bases": what the two signed then.
        Err(_) if how == Otherwise::Refused && states.len() == 2 && is_moment(focus.window) => {
            let then = Focus { window: focus.window, ..Focus::default() };
            let found = no_pacts(study, None, None, states, &[(states[0], states[1])], &then).ok()?;
            found.into_iter().next()?
        }
        Err(_) => return None,
    };
    // A demand that was fought over was refused.
    let fought = |id: &EventId| record.events[id.0].mark == Mark::War.name();
    if how == Otherwise::Refused && answered.documented.iter().any(fought) {
        return Some(Err("That is what happened: by the record the demand was refused.".to_owned()));
    }
    let read_as = answered.documented.first().map(|event| read_as(*event));
    Some(Ok(Divergence {
        assumed: read_as.into_iter().chain(answered.assumed.clone()).collect(),
        ..answered
    }))
}

fn two(study: &Study, actors: &[ActorId], kind: Kind, focus: &Focus) -> Result<Divergence, String> {
    let [a, b] = actors[..] else {
        return Err("Two states must be named for this.".to_owned());
    };
    let day = day_within(study, focus.window)?;
    Ok(Divergence {
        label: format!("{}, {}", kind.label(), day.long()),
        day,
        actions: vec![Action::Add { kind, a: a.0, b: b.0, claim: None, mark: None, day }],
        sentence: format!("{} on {}", words::unit(study, kind, a.0, b.0, None), day.long()),
        documented: Vec::new(),
        assumed: Vec::new(),
    })
}
