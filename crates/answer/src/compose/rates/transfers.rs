//! Land that changed hands: who took it from whom, and whether by force or after a demand.

use jonbar_question::{Cases, Says};
use jonbar_record::{ActorId, Day, Event, EventKind};

use super::cases::{FORCE, WAR, WITHIN_A_YEAR, acts, date, name};
use super::tally::{Noun, Tally, sort_told, table};
use crate::answer::Datum;
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::words;

/// A land passes from one state to another.
pub(super) struct Transfer<'s> {
    pub(super) event: &'s Event,
    pub(super) by: ActorId,
    pub(super) from: ActorId,
    day: Day,
    /// Force or war between the two in the year before.
    pub(super) force: Option<&'s Event>,
    war: bool,
    /// A demand for it in the year before.
    pub(super) demand: Option<&'s Event>,
}

pub(super) fn transfers<'s>(study: &'s Study, of: &Cases) -> Vec<Transfer<'s>> {
    let record = study.record;
    record
        .events
        .iter()
        .filter(|e| e.kind == EventKind::TerritoryCeded)
        .filter_map(|event| {
            let (&by, &from) = (event.actors.first()?, event.targets.first()?);
            let day = event.when.reading();
            if !(of.window.is_none_or(|w| w.contains(day)) && acts(study, of, by, from, day)) {
                return None;
            }
            let before = |e: &&Event| e.when.reading() <= day && e.when.reading() >= day.plus(-WITHIN_A_YEAR);
            let between = |e: &&Event| e.sets_against(&[by], &[from]);
            let near = || record.events.iter().filter(before).filter(between);
            let demand = near().find(|e| {
                e.kind == EventKind::TerritorialDemand
                    && e.actors.contains(&by)
                    && e.territories.iter().any(|t| event.territories.contains(t))
            });
            let force = near().find(|e| FORCE.contains(&e.kind));
            let war = near().any(|e| WAR.contains(&e.kind));
            Some(Transfer { event, by, from, day, force, war, demand })
        })
        .collect()
}

type Definition = (&'static str, fn(&Transfer) -> bool);

fn definitions(says: Says) -> Vec<Definition> {
    match says {
        Says::Fought { war: true } => vec![
            ("made with war between the two in the year before", |t| t.war),
            ("made with force or war between the two in the year before", |t| t.force.is_some()),
        ],
        Says::Fought { war: false } => vec![
            ("made with force or war between the two in the year before", |t| t.force.is_some()),
            ("made with war between the two in the year before", |t| t.war),
        ],
        Says::Peaceful { .. } => vec![
            ("made without force or war between the two in the year before", |t| t.force.is_none()),
            ("made without war between the two in the year before", |t| !t.war),
        ],
        Says::Warned => vec![
            ("made within a year of a demand for the land", |t| t.demand.is_some()),
            ("made within a year of a demand for the land, without force before", |t| {
                t.demand.is_some() && t.force.is_none()
            }),
        ],
        Says::Unwarned => {
            vec![("made without a demand for the land in the year before", |t| t.demand.is_none())]
        }
        _ => Vec::new(),
    }
}

/// What one case is called, and several.
const NOUN: Noun = ("change of holder", "changes of holder");

pub(super) fn tally(study: &Study, (of, whole): (&Cases, &Cases), says: Says, citer: &mut Citer) -> Tally {
    let (all, which) = sort_told(study, of, whole);
    let joined = says == Says::Joined;
    let counted = if joined { &all } else { of };
    let list = transfers(study, counted);
    let told = |label: String, is: &dyn Fn(&Transfer) -> bool| {
        (label, list.iter().map(|t| Some(is(t))).collect::<Vec<_>>())
    };
    let definitions = if joined {
        vec![told(which, &|t| acts(study, of, t.by, t.from, t.day))]
    } else {
        definitions(says).into_iter().map(|(label, is)| told(label.to_owned(), &is)).collect()
    };
    let rows = list
        .iter()
        .map(|t| {
            vec![
                Datum::Entry(
                    words::capital(&words::lands(study.record, &t.event.territories)),
                    t.event.id.clone(),
                ),
                Datum::Text(t.event.when.text.clone()),
                Datum::Text(words::name(study, t.from)),
                Datum::Text(words::name(study, t.by)),
                date(t.demand),
                date(t.force),
                Datum::Text(citer.marks(&t.event.citations)),
            ]
        })
        .collect();
    Tally {
        name: name(study, counted),
        noun: NOUN,
        ids: list.iter().map(|t| t.event.id.clone()).collect(),
        days: list.iter().map(|t| t.day).collect(),
        definitions,
        table: table(
            NOUN,
            &[
                "land",
                "when",
                "from",
                "to",
                "demand in the year before",
                "force in the year before",
                "source",
            ],
            rows,
            &[
                "Every entry of a land that passes from one state to another counts once, whatever its size; a front that moves to and fro \
                 counts each time.",
            ],
        ),
        mind: Vec::new(),
    }
}
