//! Land that changed hands: who took it from whom, and whether by force or after a demand.

use jonbar_question::{Cases, Says};
use jonbar_record::{ActorId, Day, Event, EventKind};

use super::cases::{FORCE, WAR, WITHIN_A_YEAR, fits, name};
use super::tally::{Tally, sort_told};
use crate::answer::{Datum, Table};
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::words;

/// A land passes from one state to another.
struct Transfer<'s> {
    event: &'s Event,
    by: ActorId,
    from: ActorId,
    day: Day,
    /// Force or war between the two in the year before.
    force: Option<&'s Event>,
    war: bool,
    /// A demand for it in the year before.
    demand: Option<&'s Event>,
}

fn transfers<'s>(study: &'s Study, of: &Cases) -> Vec<Transfer<'s>> {
    let record = study.record;
    record
        .events
        .iter()
        .filter(|e| e.kind == EventKind::TerritoryCeded)
        .filter_map(|event| {
            let (&by, &from) = (event.actors.first()?, event.targets.first()?);
            let day = event.when.reading();
            let wanted = of.window.is_none_or(|w| w.contains(day))
                && of.party.is_none_or(|x| x == by)
                && of.target.is_none_or(|x| x == from)
                && fits(study, of, by, from, day);
            if !wanted {
                return None;
            }
            let before = |e: &&Event| e.when.reading() <= day && e.when.reading() >= day.plus(-WITHIN_A_YEAR);
            let between = |e: &&Event| e.sets_against(&[by], &[from]);
            let mut near = record.events.iter().filter(before).filter(between);
            let demand = record.events.iter().filter(before).filter(between).find(|e| {
                e.kind == EventKind::TerritorialDemand
                    && e.actors.contains(&by)
                    && e.territories.iter().any(|t| event.territories.contains(t))
            });
            let war = record.events.iter().filter(before).filter(between).any(|e| WAR.contains(&e.kind));
            Some(Transfer {
                event,
                by,
                from,
                day,
                force: near.find(|e| FORCE.contains(&e.kind)),
                war,
                demand,
            })
        })
        .collect()
}

type Definition = (&'static str, fn(&Transfer) -> bool);

fn definitions(says: Says) -> Vec<Definition> {
    match says {
        Says::Fought => vec![
            ("made with force or war between the two in the year before", |t| t.force.is_some()),
            ("made with war between the two in the year before", |t| t.war),
        ],
        Says::Peaceful => vec![
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

pub(super) fn tally(study: &Study, (of, whole): (&Cases, &Cases), says: Says, citer: &mut Citer) -> Tally {
    let (all, which) = sort_told(study, of, whole);
    let joined = says == Says::Joined;
    let counted = if joined { &all } else { of };
    let list = transfers(study, counted);
    let told = |label: String, is: &dyn Fn(&Transfer) -> bool| {
        (label, list.iter().map(|t| Some(is(t))).collect::<Vec<_>>())
    };
    let definitions = if joined {
        let fit = |t: &Transfer| {
            of.party.is_none_or(|p| p == t.by)
                && of.target.is_none_or(|p| p == t.from)
                && fits(study, of, t.by, t.from, t.day)
        };
        vec![told(which, &fit)]
    } else {
        definitions(says).into_iter().map(|(label, is)| told(label.to_owned(), &is)).collect()
    };
    let date = |e: Option<&Event>| e.map_or(Datum::None, |e| Datum::Text(e.when.text.clone()));
    let rows = list
        .iter()
        .map(|t| {
            let lands: Vec<String> =
                t.event.territories.iter().map(|l| study.record.territories[l.0].name.clone()).collect();
            vec![
                Datum::Entry(words::capital(&words::list(&lands)), t.event.id.clone()),
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
        noun: ("change of holder", "changes of holder"),
        ids: list.iter().map(|t| t.event.id.clone()).collect(),
        days: list.iter().map(|t| t.day).collect(),
        definitions,
        table: Table {
            title: "The cases".to_owned(),
            intro: format!("{}.", words::counted(list.len(), "change of holder", "changes of holder")),
            columns: ["land", "when", "from", "to", "demand in the year before", "force in the year before", "source"]
                .map(str::to_owned)
                .to_vec(),
            rows,
            notes: vec![
                "Every entry of a land that passes from one state to another counts once, whatever its size; a front that moves to and fro \
                 counts each time."
                    .to_owned(),
            ],
        },
        mind: Vec::new(),
    }
}
