//! What became of demands for land.

use jonbar_question::{Aftermath, Cases, Says};
use jonbar_record::{Event, EventKind};

use super::cases::{FORCE, WAR, WITHIN_A_YEAR, date, fits, name};
use super::tally::{Noun, Tally, table};
use super::{SOON, YEAR};
use crate::answer::Datum;
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::words;

/// Who demands land of whom, and what came of it.
struct Demand<'s> {
    event: &'s Event,
    met: bool,
    /// Land handed over within a year, by whatever means.
    land: Option<&'s Event>,
    force: Option<&'s Event>,
    war: Option<&'s Event>,
    /// Days to the next demand of the same two within five years.
    again: Option<i32>,
    /// The state asked loses its independence to whoever asked within five years.
    end: Option<&'s Event>,
}

fn cases<'s>(study: &'s Study, of: &Cases) -> Vec<Demand<'s>> {
    let record = study.record;
    record
        .events
        .iter()
        .filter(|e| e.kind == EventKind::TerritorialDemand && !e.mark.is_empty())
        .filter(|e| {
            let day = e.when.reading();
            let (Some(&by), Some(&on)) = (e.actors.first(), e.targets.first()) else { return false };
            of.window.is_none_or(|w| w.contains(day))
                && of.party.is_none_or(|a| e.actors.contains(&a))
                && of.target.is_none_or(|a| e.targets.contains(&a))
                && fits(study, of, by, on, day)
        })
        .map(|event| {
            let day = event.when.reading();
            let soon = |kinds: &[EventKind], e: &Event| {
                kinds.contains(&e.kind)
                    && e.when.reading() >= day
                    && e.when.reading() <= day.plus(WITHIN_A_YEAR)
            };
            let between = |e: &Event| e.sets_against(&event.actors, &event.targets);
            let first = |kinds: &[EventKind]| record.events.iter().find(|e| soon(kinds, e) && between(e));
            let land = record.events.iter().find(|e| {
                soon(&[EventKind::TerritoryCeded], e)
                    && between(e)
                    && e.actors.iter().any(|a| event.actors.contains(a))
                    && e.territories.iter().any(|t| event.territories.contains(t))
            });
            // Acts of the same on the same within five years.
            let later = |kind: EventKind| {
                record.events.iter().filter(move |e| {
                    let days = e.when.reading().0 - day.0;
                    e.kind == kind
                        && days > 0
                        && days <= FIVE_YEARS
                        && e.actors.iter().any(|a| event.actors.contains(a))
                        && e.targets.iter().any(|a| event.targets.contains(a))
                })
            };
            let end = later(EventKind::IndependenceLost).next();
            let again = later(EventKind::TerritorialDemand).map(|e| e.when.reading().0 - day.0).min();
            let met = event.mark == "conceded";
            Demand { event, met, land, force: first(FORCE), war: first(WAR), again, end }
        })
        .collect()
}

/// A label, whether it is true of a demand, and the days after it that must have been watched to say that it is not.
type Definition = (&'static str, fn(&Demand) -> bool, i32);

/// Days of five years.
const FIVE_YEARS: i32 = (SOON * YEAR) as i32;

fn definitions(says: Says) -> Vec<Definition> {
    const YEAR: i32 = WITHIN_A_YEAR;
    match says {
        Says::Met => vec![
            ("conceded", |d| d.met, 0),
            ("conceded without force within a year", |d| d.met && d.force.is_none(), 0),
            (
                "followed by the land changing hands within a year, by whatever means",
                |d| d.land.is_some(),
                YEAR,
            ),
        ],
        Says::Refused => vec![
            ("not conceded", |d| !d.met, 0),
            ("not conceded, and no land changed hands within a year", |d| !d.met && d.land.is_none(), 0),
            ("answered by war or resistance with force within a year", |d| !d.met && d.force.is_some(), YEAR),
        ],
        Says::Peaceful { war: true } => vec![
            ("followed by no war within a year", |d| d.war.is_none(), 0),
            ("followed by neither force nor war within a year", |d| d.force.is_none(), 0),
        ],
        Says::Peaceful { war: false } => vec![
            ("met without force within a year", |d| d.met && d.force.is_none(), 0),
            ("followed by neither force nor war within a year", |d| d.force.is_none(), 0),
            ("followed by no war within a year", |d| d.war.is_none(), 0),
        ],
        Says::Followed { by: Aftermath::Demand, .. } => vec![
            (
                "followed by another demand of the same state within a year",
                |d| d.again.is_some_and(|x| x <= YEAR),
                YEAR,
            ),
            (
                "followed by another demand of the same state within five years",
                |d| d.again.is_some(),
                FIVE_YEARS,
            ),
        ],
        Says::Followed { by: Aftermath::Annexation, .. } => vec![
            (
                "followed within five years by the end of independence at the hands of who asked",
                |d| d.end.is_some(),
                FIVE_YEARS,
            ),
            (
                "followed within five years by that or another demand of the same state",
                |d| d.end.is_some() || d.again.is_some(),
                FIVE_YEARS,
            ),
        ],
        Says::Fought { war: true } => vec![
            ("followed by war within a year", |d| d.war.is_some(), YEAR),
            ("answered by war at once", |d| d.event.mark == "war", 0),
            ("followed by force or war within a year", |d| d.force.is_some(), YEAR),
        ],
        _ => vec![
            ("followed by force or war within a year", |d| d.force.is_some(), YEAR),
            ("followed by war within a year", |d| d.war.is_some(), YEAR),
            ("answered by war at once", |d| d.event.mark == "war", 0),
        ],
    }
}

/// What one case is called, and several.
const NOUN: Noun = ("demand", "demands");

pub(super) fn tally(study: &Study, of: &Cases, says: Says, citer: &mut Citer) -> Tally {
    let mut demands = cases(study, of);
    demands.retain(|d| of.answered.is_none_or(|met| d.met == met));
    let rows = demands
        .iter()
        .map(|d| {
            let title = format!(
                "{} of {}",
                words::capital(&words::names(study, &d.event.actors)),
                words::names(study, &d.event.targets)
            );
            vec![
                Datum::Entry(title, d.event.id.clone()),
                Datum::Text(d.event.when.text.clone()),
                Datum::Text(words::lands(study.record, &d.event.territories)),
                Datum::Text(d.event.mark.clone()),
                date(d.land),
                date(d.force),
                date(d.end),
                Datum::Text(citer.marks(&d.event.citations)),
            ]
        })
        .collect();
    Tally {
        name: name(study, of),
        noun: NOUN,
        ids: demands.iter().map(|d| d.event.id.clone()).collect(),
        days: demands.iter().map(|d| d.event.when.reading()).collect(),
        definitions: definitions(says)
            .into_iter()
            .map(|(label, is, watch)| {
                // Seen is seen; not seen counts only where it was looked for long enough.
                let last = study.record.span.to;
                let known = |d: &Demand| is(d).then_some(true).or_else(|| {
                    (d.event.when.reading().plus(watch) <= last).then_some(false)
                });
                (label.to_owned(), demands.iter().map(known).collect())
            })
            .collect(),
        table: table(NOUN, &[
                "demand",
                "made",
                "land",
                "answer",
                "land handed over",
                "force within a year",
                "independence lost to it",
                "source",
            ], rows, &[
                "A state asks for land when it expects to get it, or wants to be refused: the shares say what became of the demands that were made, not what a demand brings.",
            ]),
        mind: vec![
            "The casebook counts every demand for land from one government to another, whether or not it set a date; it does not \
             mark ultimatums apart."
                .to_owned(),
        ],
    }
}
