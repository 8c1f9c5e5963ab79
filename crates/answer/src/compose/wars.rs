//! What a war was: when, between whom, how it ended.

use jonbar_question::{Reading, WarAsk};
use jonbar_record::{ActorId, Event, EventId, EventKind, WarCourse};

use super::cite::Citer;
use super::study::Study;
use super::{blank, finish, words};
use crate::answer::{Answer, RecordList, Section};

/// The course of a war, what is asked first in front.
pub(crate) fn answer(
    study: &Study,
    reading: &Reading,
    (begun, between): (EventId, Option<(ActorId, ActorId)>),
    asks: WarAsk,
) -> Answer {
    let record = study.record;
    let mut citer = Citer::new(record);
    let course = record.war_course(begun);
    let of_many = between.is_some() && !course.joined.is_empty();
    let course = match between {
        Some((a, b)) => course.between(record, a, b),
        None => course,
    };
    let attack = &record.events[begun.0];
    let named = record.wars.iter().find(|w| w.begun == begun && !of_many);
    let title = match named {
        Some(war) => format!("the {}", war.name),
        None => format!(
            "the war of {} and {}",
            words::names(study, &attack.actors),
            words::names(study, &attack.targets)
        ),
    };
    let mut answer = blank(reading, "fact", format!("What does the record say of {title}?"));
    answer.summary = match asks {
        // Of a war of many that goes on, the end of one fight is not the end.
        WarAsk::Length | WarAsk::Winner(_) | WarAsk::End if course.goes_on => {
            let mut out = vec![unended(study)];
            out.extend(ends(study, &course).iter().map(|e| words::dated(e)));
            out
        }
        WarAsk::Length => length(study, &course),
        WarAsk::Winner(state) => vec![winner(study, &course, state)],
        WarAsk::Beginning => vec![words::dated(attack)],
        WarAsk::End => ends(study, &course).iter().map(|e| words::dated(e)).collect(),
        WarAsk::Parties => parties(study, &course),
        WarAsk::Part(state) => vec![part(study, &course, state)],
    };
    let mut events: Vec<EventId> = std::iter::once(begun).chain(course.joined).chain(course.ended).collect();
    events.sort_by_key(|id| record.events[id.0].when.reading());
    let intro =
        "The attack that began it, whoever joined, and the peace of every two that fought in it.".to_owned();
    let entries = events.into_iter().map(|id| citer.entry(&record.events[id.0])).collect();
    answer.sections.push(Section::Record(RecordList { title: "The record".to_owned(), intro, entries }));
    finish(answer, citer)
}

fn unended(study: &Study) -> String {
    format!("It has not ended when the record does, on {}.", study.record.span.to.long())
}

/// The ends of the fights in it, that of the two who began it first.
fn ends<'s>(study: &'s Study, course: &WarCourse) -> Vec<&'s Event> {
    let record = study.record;
    let first = course.end_of_first(record);
    let others = course.ended.iter().copied().filter(|id| Some(*id) != first);
    first.into_iter().chain(others).map(|id| &record.events[id.0]).collect()
}

/// How long it lasted between those who began it.
fn length(study: &Study, course: &WarCourse) -> Vec<String> {
    let record = study.record;
    let begun = &record.events[course.begun.0];
    let Some(end) = course.end_of_first(record).map(|id| &record.events[id.0]) else { return Vec::new() };
    let days = end.when.reading().0 - begun.when.reading().0;
    let about = if begun.when.is_exact() && end.when.is_exact() { "" } else { "About " };
    let mut out = vec![format!(
        "{about}{} ({}): from {} to {}.",
        words::counted(days.unsigned_abs() as usize, "day", "days"),
        words::years_or_months(days),
        begun.when.long(),
        end.when.long()
    )];
    out.push(words::dated(end));
    out
}

/// Who won, by the mark of its end; whether a state did.
fn winner(study: &Study, course: &WarCourse, state: Option<ActorId>) -> String {
    let record = study.record;
    let first = ends(study, course);
    // A state asked about has its own fight in it.
    let own = state.and_then(|s| first.iter().find(|e| e.parties().any(|p| p == s)));
    let Some(end) = own.or(first.first()) else { return String::new() };
    let won = record.actor(&end.mark);
    let lead = match (state, won) {
        (None, _) => "",
        (Some(s), Some(w)) if s == w => "Yes: ",
        // Whoever fought beside the winner won with it.
        (Some(s), Some(w))
            if sides(record, course).iter().any(|side| side.contains(&s) && side.contains(&w)) =>
        {
            "Yes: "
        }
        _ => "No: ",
    };
    match won {
        Some(w) => {
            format!(
                "{lead}{} won it, by the record. {}",
                lead_name(lead, &words::name(study, w)),
                words::dated(end)
            )
        }
        None if end.mark != "settlement" => {
            format!("The record does not say who won it. {}", words::dated(end))
        }
        None if lead.is_empty() => format!("Nobody: it ended by a settlement. {}", words::dated(end)),
        None => format!("{lead}it ended by a settlement. {}", words::dated(end)),
    }
}

/// A name that begins a sentence, where nothing stands before it.
fn lead_name(lead: &str, name: &str) -> String {
    if lead.is_empty() { words::capital(name) } else { name.to_owned() }
}

/// Those who attacked or joined them, and those who were attacked, as far as the first attack tells them apart.
fn sides(record: &jonbar_record::Record, course: &WarCourse) -> [Vec<ActorId>; 2] {
    let begun = &record.events[course.begun.0];
    let mut sides = [begun.actors.clone(), begun.targets.clone()];
    for id in &course.joined {
        let e = &record.events[id.0];
        // Whoever fights goes on fighting on his side; who fights one side is on the other.
        let fights_on = |side: usize| e.actors.iter().any(|a| sides[side].contains(a));
        let on = match (fights_on(0), fights_on(1)) {
            (true, false) => 0,
            (false, true) => 1,
            _ => usize::from(e.targets.iter().any(|t| sides[0].contains(t))),
        };
        for actor in &e.actors {
            if !sides[on].contains(actor) {
                sides[on].push(*actor);
            }
        }
        for target in &e.targets {
            if !sides[0].contains(target) && !sides[1].contains(target) {
                sides[1 - on].push(*target);
            }
        }
    }
    sides
}

fn parties(study: &Study, course: &WarCourse) -> Vec<String> {
    let [one, other] = sides(study.record, course);
    let begun = &study.record.events[course.begun.0];
    vec![
        format!("{} against {}.", words::capital(&words::names(study, &one)), words::names(study, &other)),
        words::dated(begun),
    ]
}

fn part(study: &Study, course: &WarCourse, state: ActorId) -> String {
    let record = study.record;
    let own = std::iter::once(course.begun)
        .chain(course.joined.iter().copied())
        .map(|id| &record.events[id.0])
        .find(|e| e.parties().any(|p| p == state));
    match own {
        Some(e) if e.kind == EventKind::WarJoined || e.actors.contains(&state) => {
            format!("Yes. {}", words::dated(e))
        }
        Some(e) => format!("Yes, as the one attacked. {}", words::dated(e)),
        None => format!("No: by the record {} did not fight in it.", words::name(study, state)),
    }
}
