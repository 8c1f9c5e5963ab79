//! Attacks and occupations: by whom on whom, and what stood between the two before.

use jonbar_question::{Cases, Says};
use jonbar_record::{ActorId, Day, Event, EventKind, Pact, PactEnd, PactType};

use super::cases::{ATTACK, WITHIN_A_YEAR, acts, date, name};
use super::definitions::span_in_words;
use super::tally::{Noun, Tally, sort_told, table};
use super::{SOON, YEAR};
use crate::answer::Datum;
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::words;

/// One state attacks or occupies another. A war that follows within a year between the same two is part of it.
pub(super) struct Attack<'s> {
    pub(super) event: &'s Event,
    pub(super) by: ActorId,
    pub(super) on: ActorId,
    day: Day,
    /// Pacts of the two alone signed before, peace treaties left aside, with their last days, in order of signature.
    pacts: Vec<(&'s Pact, Day)>,
    /// The first demand for land by the attacker in the year before.
    demand: Option<&'s Event>,
}

pub(super) fn attacks<'s>(study: &'s Study, of: &Cases) -> Vec<Attack<'s>> {
    let record = study.record;
    let mut found: Vec<Attack> = Vec::new();
    for event in record.events.iter().filter(|e| ATTACK.contains(&e.kind)) {
        let day = event.when.reading();
        for (by, on) in event.opposed() {
            let same = |a: &&Attack| (a.by, a.on) == (by, on) || (a.on, a.by) == (by, on);
            let known = found.iter().rev().find(same).is_some_and(|a| day.0 - a.day.0 < WITHIN_A_YEAR);
            if known {
                continue;
            }
            let mut pacts: Vec<(&Pact, Day)> = record
                .pacts
                .iter()
                .filter(|p| p.main_type() != PactType::Peace && p.end_kind != PactEnd::NeverInForce)
                .filter(|p| p.is_bilateral() && p.binds(by, on) && p.signed.reading() < day)
                .filter(|p| of.pact.is_none_or(|t| p.types.iter().any(|x| Study::same_class(*x, t))))
                .map(|p| (p, p.end.as_ref().map_or(record.span.to, |e| e.reading())))
                .collect();
            pacts.sort_by_key(|(p, _)| p.signed.reading());
            let demand = record.events.iter().find(|e| {
                let asked = e.when.reading();
                e.kind == EventKind::TerritorialDemand
                    && asked <= day
                    && asked >= day.plus(-WITHIN_A_YEAR)
                    && e.actors.contains(&by)
                    && e.targets.contains(&on)
            });
            found.push(Attack { event, by, on, day, pacts, demand });
        }
    }
    // Only now: what is part of an earlier attack is so whoever is asked about.
    found.retain(|a| of.window.is_none_or(|w| w.contains(a.day)) && acts(study, of, a.by, a.on, a.day));
    found
}

/// Days before an attack in which a pact that ends still counts as one it broke.
pub(super) const JUST_ENDED: i32 = 30;

impl Attack<'_> {
    fn bound(&self) -> bool {
        self.pacts.iter().any(|(_, end)| *end >= self.day.plus(-JUST_ENDED))
    }

    fn denounced(&self) -> bool {
        let year = self.day.plus(-WITHIN_A_YEAR);
        self.pacts.iter().any(|(p, end)| p.end_kind == PactEnd::Denounced && *end >= year && *end <= self.day)
    }

    fn signed_within(&self, years: f64) -> bool {
        self.pacts.iter().any(|(p, _)| f64::from(self.day.0 - p.signed.reading().0) <= years * YEAR)
    }
}

/// What one case is called, and several.
const NOUN: Noun = ("attack", "attacks");

pub(super) fn tally(study: &Study, (of, whole): (&Cases, &Cases), says: Says, citer: &mut Citer) -> Tally {
    let (all, which) = sort_told(study, of, whole);
    let counted = if says == Says::Joined { &all } else { of };
    let attacks = attacks(study, counted);
    let told = |label: String, is: &dyn Fn(&Attack) -> bool| {
        (label, attacks.iter().map(|a| Some(is(a))).collect::<Vec<_>>())
    };
    let definitions = match says {
        Says::Bound { years } => {
            let soon = years.unwrap_or(SOON);
            vec![
                told(
                    "on a partner: a pact was in force on the day, or had ended in the 30 days before"
                        .to_owned(),
                    &|a| a.bound(),
                ),
                told(
                    format!(
                        "on a state with which a pact had been signed within {} before",
                        span_in_words(soon)
                    ),
                    &|a| a.signed_within(soon),
                ),
                told(
                    "on a state with which a pact had been signed at any time in the casebook before"
                        .to_owned(),
                    &|a| !a.pacts.is_empty(),
                ),
            ]
        }
        Says::Unwarned => vec![
            told("made with no demand for land in the year before".to_owned(), &|a| a.demand.is_none()),
            told(
                "made with no demand for land in the year before, and no pact denounced in it".to_owned(),
                &|a| a.demand.is_none() && !a.denounced(),
            ),
        ],
        Says::Warned => vec![
            told("made within a year of a demand for land".to_owned(), &|a| a.demand.is_some()),
            told(
                "made within a year of a demand for land, or with a pact denounced in the year before"
                    .to_owned(),
                &|a| a.demand.is_some() || a.denounced(),
            ),
        ],
        Says::Joined => vec![told(which, &|a| acts(study, of, a.by, a.on, a.day))],
        _ => Vec::new(),
    };
    let rows = attacks
        .iter()
        .map(|a| {
            let title =
                format!("{} on {}", words::capital(&words::name(study, a.by)), words::name(study, a.on));
            vec![
                Datum::Entry(title, a.event.id.clone()),
                Datum::Text(a.event.when.text.clone()),
                Datum::Text(a.event.kind.label().to_owned()),
                a.pacts
                    .last()
                    .map_or(Datum::None, |(p, _)| Datum::Text(format!("{} ({})", p.name, p.signed.text))),
                a.pacts.last().map_or(Datum::None, |(p, _)| Datum::Text(p.end_kind.label().to_owned())),
                date(a.demand),
                Datum::Text(citer.marks(&a.event.citations)),
            ]
        })
        .collect();
    Tally {
        name: name(study, counted),
        noun: NOUN,
        ids: attacks.iter().map(|a| format!("{} {} {}", a.event.id, a.by.0, a.on.0)).collect(),
        days: attacks.iter().map(|a| a.day).collect(),
        definitions,
        table: table(
            NOUN,
            &[
                "attack",
                "when",
                "what",
                "last pact before",
                "how it ended",
                "demand in the year before",
                "source",
            ],
            rows,
            &[
                "Attacks are wars begun or joined and losses of independence; an incident without war is none, and what follows within \
                 a year between the same two is part of the first.",
                "Pacts are those of the two alone: the Pact of Paris and the Covenant, which bound almost everybody, are left aside.",
            ],
        ),
        mind: vec![
            "Who attacked whom follows the record's entry: the side that opened the war, or joined it."
                .to_owned(),
        ],
    }
}
