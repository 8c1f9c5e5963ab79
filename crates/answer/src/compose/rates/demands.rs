//! What became of demands for land.

use jonbar_question::{Claim, Reading, Says, Vague};
use jonbar_record::{Event, EventKind};

use super::cases::{FORCE, WAR, WITHIN_A_YEAR, fits, name};
use super::definitions::saying;
use super::{shares, span};
use crate::answer::{Answer, Datum, ForestRow, Section, Table};
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::{blank, finish, words};

/// Who demands land of whom, and what came of it.
struct Demand<'s> {
    event: &'s Event,
    met: bool,
    /// Land handed over within a year, by whatever means.
    land: Option<&'s Event>,
    force: Option<&'s Event>,
    war: Option<&'s Event>,
}

fn cases<'s>(study: &'s Study, claim: &Claim) -> Vec<Demand<'s>> {
    let record = study.record;
    let of = &claim.of;
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
            Demand { event, met: event.mark == "conceded", land, force: first(FORCE), war: first(WAR) }
        })
        .collect()
}

type Definition = (&'static str, fn(&Demand) -> bool);

fn definitions(says: Says) -> Vec<Definition> {
    match says {
        Says::Met => vec![
            ("conceded", |d| d.met),
            ("conceded without force within a year", |d| d.met && d.force.is_none()),
            ("followed by the land changing hands within a year, by whatever means", |d| d.land.is_some()),
        ],
        Says::Refused => vec![
            ("not conceded", |d| !d.met),
            ("not conceded, and no land changed hands within a year", |d| !d.met && d.land.is_none()),
            ("answered by war or resistance with force within a year", |d| !d.met && d.force.is_some()),
        ],
        _ => vec![
            ("followed by force or war within a year", |d| d.force.is_some()),
            ("followed by war within a year", |d| d.war.is_some()),
            ("answered by war at once", |d| d.event.mark == "war"),
        ],
    }
}

pub(super) fn answer(study: &Study, reading: &Reading, claim: &Claim) -> Answer {
    let demands = cases(study, claim);
    let mut citer = Citer::new(study.record);
    let mut answer = blank(
        reading,
        "base rate",
        format!("How often were {} {}, {}?", name(study, &claim.of), saying(claim.says), span(study)),
    );
    if demands.is_empty() {
        answer.summary.push("The casebook has no such demand.".to_owned());
        return answer;
    }
    let vague = claim.word.unwrap_or_else(Vague::usual);
    let rows: Vec<ForestRow> = definitions(claim.says)
        .iter()
        .map(|(label, is)| shares::row((*label).to_owned(), demands.iter().map(|d| Some(is(d))), vague))
        .collect();
    answer.summary.push(format!("{} of {} such demands were {}.", rows[0].count, rows[0].of, rows[0].label));
    if claim.word.is_some() {
        answer.summary.push(shares::verdict(vague, &saying(claim.says), &rows));
    }
    answer.summary.push(
        "The casebook counts every demand for land from one government to another, whether or not it set a date; it does not \
         mark ultimatums apart."
            .to_owned(),
    );
    answer.sections.push(Section::Forest(shares::forest(vague, rows)));
    let date = |e: Option<&Event>| e.map_or(Datum::None, |e| Datum::Text(e.when.text.clone()));
    let rows = demands
        .iter()
        .map(|d| {
            let lands: Vec<String> =
                d.event.territories.iter().map(|t| study.record.territories[t.0].name.clone()).collect();
            let title = format!(
                "{} of {}",
                words::capital(&words::names(study, &d.event.actors)),
                words::names(study, &d.event.targets)
            );
            vec![
                Datum::Entry(title, d.event.id.clone()),
                Datum::Text(d.event.when.text.clone()),
                Datum::Text(words::list(&lands)),
                Datum::Text(d.event.mark.clone()),
                date(d.land),
                date(d.force),
                Datum::Text(citer.marks(&d.event.citations)),
            ]
        })
        .collect();
    answer.sections.push(Section::Table(Table {
        title: "The cases".to_owned(),
        intro: format!("{}.", words::counted(demands.len(), "demand", "demands")),
        columns: ["demand", "made", "land", "answer", "land handed over", "force within a year", "source"]
            .map(str::to_owned)
            .to_vec(),
        rows,
        notes: vec![
            "A state asks for land when it expects to get it, or wants to be refused: the shares say what became of the demands that were made, not what a demand brings."
                .to_owned(),
        ],
    }));
    finish(answer, citer)
}
