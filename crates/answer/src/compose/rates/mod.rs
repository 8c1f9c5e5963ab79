//! How often, whether a sign of worse, right before what, and more or less over time: sentences people argue about, each
//! answered under its definitions, with the cases.

mod attack;
mod broken;
mod omen;
mod trend;
mod vague;

use jonbar_question::{BaseRate, Focus, Reading};
use jonbar_record::{ActorId, Day, Event, EventKind, Pact, PactEnd, PactType};

use super::cite::Citer;
use super::study::Study;
use super::words;
use crate::answer::{Answer, Datum};

pub(crate) use trend::trend;

/// Days in a year.
const YEAR: f64 = 365.25;

/// Level of all intervals.
const LEVEL: f64 = 0.90;

pub(crate) fn base_rate(
    study: &Study,
    reading: &Reading,
    claim: BaseRate,
    by: Option<ActorId>,
    focus: &Focus,
) -> Answer {
    match claim {
        BaseRate::Broken => broken::answer(study, reading, by, focus),
        BaseRate::BrokenBeforeAttack => attack::answer(study, reading, by, focus),
        BaseRate::Omen => omen::answer(study, reading, focus),
    }
}

/// Bilateral pacts of the type asked about (non-aggression and neutrality unless said), of one party if named.
fn cases<'s>(study: &'s Study, pact: Option<PactType>, by: Option<ActorId>) -> Vec<&'s Pact> {
    let wanted = pact.unwrap_or(PactType::Nonaggression);
    study
        .record
        .pacts
        .iter()
        .filter(|p| {
            p.is_bilateral()
                && p.end_kind != PactEnd::NeverInForce
                // A clause in a peace treaty is no pact of this type.
                && p.main_type() != PactType::Peace
                && p.types.iter().any(|t| Study::same_class(*t, wanted))
                && by.is_none_or(|a| p.parties.contains(&a))
        })
        .collect()
}

/// First event that matches between two states after a day and up to another.
fn first_between<'s>(
    study: &'s Study,
    pact: &Pact,
    by: Option<ActorId>,
    kinds: &[EventKind],
    from: Day,
    to: Day,
) -> Option<&'s Event> {
    let [a, b] = pact.parties[..] else { return None };
    let acts = |e: &Event| by.is_none_or(|by| e.actors.contains(&by));
    study.record.events.iter().find(|e| {
        let facing = (e.actors.contains(&a) && e.targets.contains(&b))
            || (e.actors.contains(&b) && e.targets.contains(&a));
        kinds.contains(&e.kind) && facing && acts(e) && e.when.reading() > from && e.when.reading() <= to
    })
}

const FORCE: &[EventKind] =
    &[EventKind::ArmedDispute, EventKind::WarBegun, EventKind::WarJoined, EventKind::IndependenceLost];
/// Attack, occupation or annexation.
const ATTACK: &[EventKind] = &[EventKind::WarBegun, EventKind::WarJoined, EventKind::IndependenceLost];
const WAR: &[EventKind] = &[EventKind::WarBegun, EventKind::WarJoined];

struct Fate<'s> {
    pact: &'s Pact,
    /// By the state asked about, if one is.
    violated: bool,
    denounced: bool,
    force_before_end: Option<&'s Event>,
    force_in_five_years: Option<&'s Event>,
    war_before_or_soon: Option<&'s Event>,
    attack: Option<&'s Event>,
}

fn fate<'s>(study: &'s Study, pact: &'s Pact, by: Option<ActorId>) -> Fate<'s> {
    let start = pact.signed.reading();
    let end = pact.end.as_ref().map_or(study.record.span.to, |e| e.reading());
    let by_them = by.is_none_or(|a| pact.ended_by.contains(&a));
    // An incident just before a war is part of it; the attack is the war or the occupation.
    let attack = first_between(study, pact, by, ATTACK, end.plus(-30), end.plus(366));
    Fate {
        pact,
        violated: pact.end_kind == PactEnd::Violated && by_them,
        denounced: pact.end_kind == PactEnd::Denounced && by_them,
        force_before_end: first_between(study, pact, by, FORCE, start, end),
        force_in_five_years: first_between(study, pact, by, FORCE, start, start.plus((5.0 * YEAR) as i32)),
        war_before_or_soon: first_between(study, pact, by, WAR, start, end.plus(366)),
        attack,
    }
}

fn case_rows(study: &Study, fates: &[Fate], citer: &mut Citer) -> Vec<Vec<Datum>> {
    fates
        .iter()
        .map(|f| {
            let cites = citer.marks(&f.pact.citations);
            let event = |e: Option<&Event>| e.map_or(Datum::None, |e| Datum::Text(e.when.text.clone()));
            vec![
                Datum::Text(words::names(study, &f.pact.parties)),
                Datum::Text(f.pact.signed.text.clone()),
                Datum::Text(format!(
                    "{}{}",
                    f.pact.end_kind.label(),
                    f.pact.end.as_ref().map(|e| format!(" {}", e.text)).unwrap_or_default()
                )),
                if f.pact.ended_by.is_empty() {
                    Datum::None
                } else {
                    Datum::Text(words::names(study, &f.pact.ended_by))
                },
                event(f.force_before_end),
                event(f.war_before_or_soon),
                Datum::Text(cites),
            ]
        })
        .collect()
}

const CASE_COLUMNS: [&str; 7] =
    ["parties", "signed", "end", "by", "force before the end", "war before or within a year", "source"];

/// "1918 to 1941", the years of the casebook.
fn span(study: &Study) -> String {
    format!("{} to {}", study.record.span.from.year(), study.record.span.to.year())
}
