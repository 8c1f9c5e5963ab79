//! Contradictions inside a record that every single line would pass.

use std::collections::BTreeMap;

use crate::date::Day;
use crate::doubts::doubts;
use crate::entities::{ActorId, EventId, PactEnd, Record, TerritoryId};
use crate::event::{Event, EventKind};
use crate::problem::Problem;

/// Holds the whole record against itself: signatures by states that do not exist, breaches without a pact,
/// two holders of one territory, events outside the casebook's span, cycles of consequences.
pub fn check(record: &Record) -> Vec<Problem> {
    let mut problems = Vec::new();
    for event in &record.events {
        existence(record, event, &mut problems);
        shape(event, &mut problems);
        pact_events(record, event, &mut problems);
    }
    consequences(record, &mut problems);
    holders(record, &mut problems);
    pacts(record, &mut problems);
    names(record, &mut problems);
    problems.extend(doubts(record));
    problems
}

fn at(event: &Event, message: String) -> Problem {
    Problem::at(&event.place.0, event.place.1, 0, message)
}

fn existence(record: &Record, event: &Event, problems: &mut Vec<Problem>) {
    use EventKind::{IndependenceRegained, Motive, RegimeChange, Statement};
    if event.citations.is_empty() {
        problems.push(at(event, format!("`{}` cites no source", event.id)).help("fill the sources column"));
    }
    if event.when.latest < record.span.from && event.kind != EventKind::OfficeTaken && event.kind != Statement
    {
        problems.push(
            at(event, format!("`{}` ({}) is before the casebook begins", event.id, event.when.text))
                .warning(),
        );
    }
    if matches!(event.kind, Motive | Statement | RegimeChange | IndependenceRegained) {
        return;
    }
    let needs_founding = |actor: ActorId| {
        let windows = &record.actors[actor.0].exists;
        let alive = windows.iter().any(|w| w.from <= event.when.latest && event.when.earliest <= w.to);
        (!alive).then(|| windows.iter().map(|w| w.from).min().unwrap_or(Day::DISTANT_FUTURE))
    };
    for &actor in &event.actors {
        if let Some(founded) = needs_founding(actor) {
            problems.push(
                at(
                    event,
                    format!(
                        "{} ({}) does not exist on {}",
                        record.name(actor),
                        record.code(actor),
                        event.when.text
                    ),
                )
                .help(format!("actors.csv has it from {founded}; is the date or the actor wrong?")),
            );
        } else if event.kind == EventKind::PactSigned
            && !record.is_independent(actor, event.when.latest)
            && !record.is_independent(actor, event.when.earliest.plus(-1))
        {
            problems.push(at(
                event,
                format!(
                    "{} signs a pact on {} after losing its independence",
                    record.name(actor),
                    event.when.text
                ),
            ));
        }
    }
}

fn shape(event: &Event, problems: &mut Vec<Problem>) {
    use EventKind::{OfficeLeft, OfficeTaken, TerritorialDemand, TerritoryCeded};
    let mut need = |ok: bool, what: &str, help: &str| {
        if !ok {
            problems.push(at(event, format!("`{}` {what}", event.id)).help(help));
        }
    };
    need(!event.summary.is_empty(), "has no summary", "write one sentence in the summary column");
    match event.kind {
        TerritorialDemand => {
            need(event.targets.len() == 1, "needs one target", "name the holder in the targets column");
            need(event.territories.len() == 1, "needs one territory", "name it in the about column");
            need(
                matches!(event.mark.as_str(), "conceded" | "resisted" | "war"),
                "needs a mark",
                "write conceded, resisted or war in the mark column",
            );
        }
        TerritoryCeded => {
            let left = event.actors.is_empty() && event.targets.len() == 1;
            need(
                event.actors.len() == 1 || left,
                "needs one new holder",
                "name it in the actors column; where the land passes to no state of the casebook, name who leaves it as the target",
            );
            need(event.territories.len() == 1, "needs one territory", "name it in the about column");
        }
        OfficeTaken | OfficeLeft => {
            need(event.office.is_some(), "names no office", "fill the office column");
            need(!event.people.is_empty(), "names no person", "fill the person column");
            need(!event.actors.is_empty(), "names no state", "fill the actors column");
        }
        kind => need(
            !event.actors.is_empty() || kind == EventKind::Conference,
            "names no actor",
            "fill the actors column",
        ),
    }
}

fn pact_events(record: &Record, event: &Event, problems: &mut Vec<Problem>) {
    if event.kind == EventKind::PactSigned && event.pact.is_none() {
        problems.push(at(event, format!("`{}` names no pact", event.id)).help("fill the pact column"));
    }
    if !(event.kind.ends_pact() || event.kind == EventKind::PactExtended) {
        return;
    }
    let Some(pact) = event.pact.map(|p| &record.pacts[p.0]) else {
        problems.push(
            at(event, format!("`{}` ends or extends a pact but names none", event.id))
                .help("fill the pact column with an id of pacts.csv"),
        );
        return;
    };
    if event.when.latest < pact.signed.earliest {
        problems.push(at(
            event,
            format!("`{}` is dated before `{}` was signed ({})", event.id, pact.id, pact.signed.text),
        ));
    }
    if event.kind == EventKind::PactViolated || event.kind == EventKind::PactDenounced {
        for &actor in event.actors.iter().chain(&event.targets) {
            if !pact.parties.contains(&actor) {
                problems.push(
                    at(event, format!("{} is not a party to `{}`", record.name(actor), pact.id))
                        .help("only a party can break or denounce a pact, and only towards a party"),
                );
            }
        }
    }
}

fn consequences(record: &Record, problems: &mut Vec<Problem>) {
    for (i, event) in record.events.iter().enumerate() {
        let Some(cause) = event.follows else { continue };
        if cause == EventId(i) {
            problems.push(at(event, format!("`{}` follows itself", event.id)));
        } else if record.events[cause.0].when.earliest > event.when.latest {
            problems.push(at(
                event,
                format!(
                    "`{}` ({}) follows `{}`, which is later ({})",
                    event.id, event.when.text, record.events[cause.0].id, record.events[cause.0].when.text
                ),
            ));
        } else if follows_chain_returns(record, EventId(i)) {
            problems.push(at(event, format!("`{}` follows, by a chain, from itself", event.id)));
        }
    }
}

fn follows_chain_returns(record: &Record, start: EventId) -> bool {
    let mut here = record.events[start.0].follows;
    for _ in 0..record.events.len() {
        match here {
            Some(id) if id == start => return true,
            Some(id) => here = record.events[id.0].follows,
            None => return false,
        }
    }
    true
}

fn holders(record: &Record, problems: &mut Vec<Problem>) {
    let mut holder: BTreeMap<TerritoryId, Option<ActorId>> =
        record.territories.iter().enumerate().map(|(i, t)| (TerritoryId(i), t.holder)).collect();
    for event in record.events.iter().filter(|e| e.kind == EventKind::TerritoryCeded) {
        let Some(&territory) = event.territories.first() else { continue };
        let new = event.actors.first().copied();
        let now = holder.get(&territory).copied().flatten();
        if let (Some(now), Some(&from)) = (now, event.targets.first())
            && now != from
        {
            problems.push(
                at(
                    event,
                    format!(
                        "{} is taken from {}, but by the record {} holds it on {}",
                        record.territories[territory.0].name,
                        record.name(from),
                        record.name(now),
                        event.when.text
                    ),
                )
                .help("add the missing change of holder, or correct the targets column"),
            );
        }
        if let (None, Some(&from)) = (now, event.targets.first()) {
            problems.push(
                at(
                    event,
                    format!(
                        "{} is taken from {}, but by the record nobody holds it on {}",
                        record.territories[territory.0].name,
                        record.name(from),
                        event.when.text
                    ),
                )
                .help("name who held it first in territories.csv, or leave the targets column empty"),
            );
        }
        if let Some(new) = new.filter(|_| now == new) {
            problems.push(at(
                event,
                format!(
                    "{} already holds {} on {}",
                    record.name(new),
                    record.territories[territory.0].name,
                    event.when.text
                ),
            ));
        }
        holder.insert(territory, new);
    }
}

fn pacts(record: &Record, problems: &mut Vec<Problem>) {
    for (i, pact) in record.pacts.iter().enumerate() {
        let place = |message: String| Problem::at(&pact.place.0, pact.place.1, 0, message);
        if pact.parties.len() < 2 {
            problems.push(place(format!("`{}` has fewer than two parties", pact.id)));
        }
        if pact.types.is_empty() {
            problems.push(place(format!("`{}` has no type", pact.id)));
        }
        if let Some(end) = &pact.end
            && end.latest < pact.signed.earliest
        {
            problems.push(place(format!("`{}` ends ({}) before it is signed", pact.id, end.text)));
        }
        for &actor in &pact.ended_by {
            if !pact.parties.contains(&actor) {
                problems.push(place(format!(
                    "{} ended `{}` but is not a party",
                    record.name(actor),
                    pact.id
                )));
            }
        }
        let signed = record
            .events
            .iter()
            .find(|e| e.kind == EventKind::PactSigned && e.pact.is_some_and(|p| p.0 == i));
        match signed {
            None => problems.push(
                place(format!("no pact_signed event for `{}`", pact.id))
                    .help("add a row to a file in events/ with this id in the pact column"),
            ),
            Some(event) => {
                if !event.when.may_equal(&pact.signed) {
                    problems.push(place(format!(
                        "`{}` is signed {} here and {} in {}:{}",
                        pact.id, pact.signed.text, event.when.text, event.place.0, event.place.1
                    )));
                }
                for &actor in event.actors.iter().filter(|a| !pact.parties.contains(a)) {
                    problems.push(place(format!(
                        "{} signs `{}` in the events but is not a party here",
                        record.name(actor),
                        pact.id
                    )));
                }
            }
        }
        let ends = record.events.iter().any(|e| e.kind.ends_pact() && e.pact.is_some_and(|p| p.0 == i));
        if !ends && !matches!(pact.end_kind, PactEnd::InForce | PactEnd::NeverInForce) {
            problems.push(
                place(format!("`{}` is marked {} but no event ends it", pact.id, pact.end_kind.name())).help(
                    "add the pact_denounced, pact_violated, pact_expired, pact_replaced or pact_lapsed row",
                ),
            );
        }
    }
}

/// A name that stands for two states would make every question that uses it ambiguous.
fn names(record: &Record, problems: &mut Vec<Problem>) {
    for (i, a) in record.actors.iter().enumerate() {
        for b in &record.actors[i + 1..] {
            let clash = a.all_names().find(|name| b.all_names().any(|other| other == *name));
            if let Some(name) = clash {
                problems.push(Problem::file(
                    "actors.csv",
                    format!("`{name}` stands for both {} and {}", a.code, b.code),
                ));
            }
        }
    }
}
