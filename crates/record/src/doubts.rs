//! Events that do not follow from those before them: a peace without a war, a second break of relations, a resignation of somebody
//! not in office. The casebook can be used as it is, so these are warnings.

use std::collections::BTreeSet;

use crate::date::Day;
use crate::entities::{ActorId, Record};
use crate::event::{Event, EventKind};
use crate::problem::Problem;

/// Every event that the course of events before it makes doubtful.
pub(crate) fn doubts(record: &Record) -> Vec<Problem> {
    let mut problems = Vec::new();
    wars(record, &mut problems);
    relations(record, &mut problems);
    offices(record, &mut problems);
    league(record, &mut problems);
    for event in &record.events {
        marks(record, event, &mut problems);
    }
    problems
}

fn doubt(event: &Event, message: String, help: &str) -> Problem {
    Problem::at(&event.place.0, event.place.1, 0, format!("`{}`: {message}", event.id)).help(help).warning()
}

fn pair(a: ActorId, b: ActorId) -> (ActorId, ActorId) {
    (a.min(b), a.max(b))
}

/// A war ends that has not begun, or begins again before it ended.
fn wars(record: &Record, problems: &mut Vec<Problem>) {
    let mut at_war: BTreeSet<(ActorId, ActorId)> = BTreeSet::new();
    for event in &record.events {
        match event.kind {
            EventKind::WarBegun | EventKind::WarJoined => {
                for (a, b) in event.opposed() {
                    if !at_war.insert(pair(a, b)) {
                        problems.push(doubt(
                            event,
                            format!("{} and {} are at war already", record.name(a), record.name(b)),
                            "add the war_ended between, or make it a war_joined of the one who came new",
                        ));
                    }
                }
            }
            EventKind::WarEnded => {
                let before = at_war.len();
                at_war.retain(|(a, b)| !event.joins(*a, *b));
                if at_war.len() == before {
                    problems.push(doubt(
                        event,
                        "no two of its parties are at war then".to_owned(),
                        "check the parties and the date; a war is begun by war_begun or war_joined",
                    ));
                }
            }
            _ => {}
        }
    }
}

/// Relations broken that were broken, or opened that were open. War breaks them too.
fn relations(record: &Record, problems: &mut Vec<Problem>) {
    let start = record.no_relations_at_start.iter().map(|&(a, b)| pair(a, b));
    let mut broken: BTreeSet<(ActorId, ActorId)> = start.collect();
    // What stands before the span is in relations_start.csv too.
    for event in record.events.iter().filter(|e| e.when.latest >= record.span.from) {
        let sides = || event.opposed().map(|(a, b)| pair(a, b));
        match event.kind {
            EventKind::WarBegun | EventKind::WarJoined => broken.extend(sides()),
            EventKind::RelationsBroken => {
                for (a, b) in sides() {
                    if !broken.insert((a, b)) {
                        problems.push(doubt(
                            event,
                            format!("{} and {} have no relations to break then", record.name(a), record.name(b)),
                            "add the relations_opened before it; a war ends relations, and a peace does not open them again",
                        ));
                    }
                }
            }
            EventKind::RelationsOpened => {
                broken.retain(|(a, b)| !event.joins(*a, *b));
            }
            _ => {}
        }
    }
}

/// Offices left by somebody who does not hold them, or held for a state that is not the person's own.
fn offices(record: &Record, problems: &mut Vec<Problem>) {
    for event in &record.events {
        let leaves = event.kind == EventKind::OfficeLeft;
        if !(leaves || event.kind == EventKind::OfficeTaken) {
            continue;
        }
        let (Some(&state), Some(&person), Some(office)) =
            (event.actors.first(), event.people.first(), event.office)
        else {
            continue;
        };
        let who = &record.people[person.0];
        if who.actor.is_some_and(|own| own != state) {
            problems.push(doubt(
                event,
                format!(
                    "{} holds an office of {}, and stands in people.csv under another state",
                    who.name,
                    record.name(state)
                ),
                "correct the actors column, or the actor of people.csv",
            ));
        }
        let held = record
            .tenures(state, office)
            .iter()
            .any(|(p, w)| *p == person && w.from <= event.when.latest && event.when.earliest <= w.to);
        if leaves && !held && event.when.reading() > record.span.from {
            problems.push(doubt(
                event,
                format!("{} is not {} of {} then", who.name, office.label(), record.name(state)),
                "add the office_taken before it, or correct the date",
            ));
        }
    }
}

/// Whoever leaves the League twice has come back between.
fn league(record: &Record, problems: &mut Vec<Problem>) {
    let mut left: Vec<(ActorId, Day)> = Vec::new();
    for event in &record.events {
        for &state in &event.actors {
            match event.kind {
                EventKind::LeagueEntered => left.retain(|(a, _)| *a != state),
                EventKind::LeagueLeft => {
                    if let Some((_, day)) = left.iter().find(|(a, _)| *a == state) {
                        problems.push(doubt(
                            event,
                            format!("{} left already on {}", record.name(state), day.long()),
                            "add the league_entered between, or make one of them a statement",
                        ));
                    }
                    left.push((state, event.when.reading()));
                }
                _ => {}
            }
        }
    }
}

/// The winner of a war is one of its parties.
fn marks(record: &Record, event: &Event, problems: &mut Vec<Problem>) {
    let ends = event.kind == EventKind::WarEnded && !event.mark.is_empty() && event.mark != "settlement";
    if ends && !event.parties().any(|p| record.code(p) == event.mark) {
        problems.push(doubt(
            event,
            format!("the winner \"{}\" is none of the parties", event.mark),
            "write the code of a party in the mark column, or settlement",
        ));
    }
}
