//! Militarized disputes and wars.

use std::collections::BTreeMap;

use jonbar_record::Problem;

use crate::book::{Book, Event, StateCode};
use crate::datasets::DataSet;
use crate::table::{Date, Table};

/// The file of both.
pub(crate) const FILE: &str = "events/force.csv";

/// Levels of hostility of the MID data: force used, and war.
const FORCE: i32 = 4;
const WAR: i32 = 5;

struct Participant {
    state: StateCode,
    begin: Date,
    end: Option<Date>,
    first_side: bool,
    hostility: i32,
    original: bool,
}

/// The level of hostility of a highest action, for the revision, which gives only the action.
fn level(action: i32) -> i32 {
    match action {
        20.. => WAR,
        13..=19 => FORCE,
        7..=12 => 3,
        1..=6 => 2,
        _ => 1,
    }
}

/// Uses of force. An event runs from each state that used force on the side that acted first, or on the other if only that
/// one did, to all its opponents then. Level 5 becomes a war if no list of wars says better.
pub(crate) fn disputes(
    book: &mut Book,
    (set, table): (DataSet, &Table),
    wars_too: bool,
) -> Result<(), Vec<Problem>> {
    let mut all: BTreeMap<u32, Vec<Participant>> = BTreeMap::new();
    table.each(|row| {
        let begin = row.date("styear", "stmon", "stday")?.ok_or_else(|| row.problem("styear", "no year"))?;
        let hostility = match set {
            DataSet::DisputesRevised => level(row.number("hiact")?),
            _ => row.number("hostlev")?,
        };
        all.entry(row.number("dispnum")?).or_default().push(Participant {
            state: row.number("ccode")?,
            begin,
            end: row.date("endyear", "endmon", "endday")?,
            first_side: row.yes("sidea"),
            hostility,
            original: row.yes("orig"),
        });
        Ok(())
    })?;
    for (number, participants) in &all {
        dispute(book, set, *number, participants, wars_too);
    }
    Ok(())
}

fn dispute(book: &mut Book, set: DataSet, number: u32, participants: &[Participant], wars_too: bool) {
    let used = |p: &&Participant| p.hostility >= FORCE;
    let key = set.described().key;
    let first_used = participants.iter().any(|p| p.first_side && p.hostility >= FORCE);
    for actor in participants.iter().filter(used).filter(|p| p.first_side == first_used) {
        let Some(code) = book.member(actor.state, actor.begin).map(str::to_owned) else {
            book.leave_out("uses of force by states not in the system");
            continue;
        };
        let overlaps = |p: &&Participant| {
            p.first_side != actor.first_side
                && p.end.and_then(Date::last) >= actor.begin.first()
                && actor.end.and_then(Date::last) >= p.begin.first()
        };
        // An opponent that enters later is met when it enters.
        let mut by_date: BTreeMap<String, (Date, Vec<&Participant>)> = BTreeMap::new();
        for p in participants.iter().filter(overlaps) {
            let date = if p.begin.first() > actor.begin.first() { p.begin } else { actor.begin };
            by_date.entry(date.to_string()).or_insert((date, Vec::new())).1.push(p);
        }
        for (i, (_, (date, opponents))) in by_date.iter().enumerate() {
            let war = |p: &&&Participant| p.hostility >= WAR && actor.hostility >= WAR;
            let (at_war, short): (Vec<&Participant>, Vec<&Participant>) =
                opponents.iter().partition(|p| war(p));
            let begun = if actor.original { "war_begun" } else { "war_joined" };
            for (kind, targets) in [(begun, at_war), ("armed_dispute", short)] {
                if kind != "armed_dispute" && !wars_too {
                    continue;
                }
                let codes: Vec<&str> = targets.iter().filter_map(|p| book.member(p.state, *date)).collect();
                if codes.is_empty() || !book.covers(*date) || book.member(actor.state, *date).is_none() {
                    continue;
                }
                let event = Event {
                    id: format!("mid-{number}-{}-{}-{i}", code.to_lowercase(), kind.replace('_', "-")),
                    date: date.to_string(),
                    kind,
                    actors: code.clone(),
                    targets: codes.join(";"),
                    summary: format!("Dispute {number} of the MID data."),
                    source: key,
                    ..Event::default()
                };
                book.event(FILE, &event);
                if let (true, Some(end)) = (kind != "armed_dispute", actor.end.filter(|d| book.covers(*d))) {
                    let event = Event {
                        id: format!("{}-ended", event.id),
                        date: end.to_string(),
                        kind: "war_ended",
                        summary: format!("Dispute {number} of the MID data ends for {code}."),
                        ..event
                    };
                    book.event(FILE, &event);
                }
            }
        }
    }
}

/// Wars of the Interstate War Data, from initiator to target. A war of several years has one row a year.
pub(crate) fn wars(book: &mut Book, table: &Table) -> Result<(), Vec<Problem>> {
    struct War {
        name: String,
        begin: Date,
        end: Option<Date>,
        joined: bool,
    }
    let mut wars: BTreeMap<(u32, StateCode, StateCode), War> = BTreeMap::new();
    table.each(|row| {
        let key = (row.number("init_war_id")?, row.number("init_ccode")?, row.number("target_ccode")?);
        let Some(begin) = row.date("year", "month_entry", "day_entry")? else {
            return Err(row.problem("year", "no year"));
        };
        let end = row.date("year", "month_exit", "day_exit")?;
        let war = wars.entry(key).or_insert(War {
            name: row.text("init_war_name").replace('_', " "),
            begin,
            end,
            joined: row.yes("joiner"),
        });
        if begin.first() < war.begin.first() {
            war.begin = begin;
        }
        if end.and_then(Date::last) > war.end.and_then(Date::last) {
            war.end = end;
        }
        Ok(())
    })?;
    let key = DataSet::Wars.described().key;
    for ((number, a, b), war) in &wars {
        let codes = [book.member(*a, war.begin), book.member(*b, war.begin)].map(|c| c.map(str::to_owned));
        let [Some(actor), Some(target)] = codes else {
            book.leave_out("wars of states not in the system");
            continue;
        };
        if !book.covers(war.begin) || a == b {
            book.leave_out("wars outside the casebook's time, or with one state on both sides");
            continue;
        }
        let event = Event {
            id: format!("iwd-{number}-{}-{}", actor.to_lowercase(), target.to_lowercase()),
            date: war.begin.to_string(),
            kind: if war.joined { "war_joined" } else { "war_begun" },
            actors: actor,
            targets: target,
            summary: format!("{}: war {number} of the Interstate War Data.", war.name),
            source: key,
            ..Event::default()
        };
        book.event(FILE, &event);
        if let Some(end) = war.end.filter(|d| book.covers(*d)) {
            let event = Event {
                id: format!("{}-ended", event.id),
                date: end.to_string(),
                kind: "war_ended",
                summary: format!("{}: war {number} of the Interstate War Data ends.", war.name),
                ..event
            };
            book.event(FILE, &event);
        }
    }
    Ok(())
}
