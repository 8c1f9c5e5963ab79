//! Diplomatic relations broken off: whether war followed, and whether they were taken up again.

use jonbar_question::{Cases, Says};
use jonbar_record::{ActorId, Day, Event, EventKind};

use super::cases::{FORCE, WAR, WITHIN_A_YEAR, acts, date, name};
use super::tally::{Noun, Tally, table};
use crate::answer::Datum;
use crate::compose::cite::Citer;
use crate::compose::study::Study;
use crate::compose::words;

/// Days in five years.
const FIVE_YEARS: i32 = 1826;
/// A war that begins this many days after a break, or began before it, did not grow out of the break.
const SAME_WEEK: i32 = 7;

/// One state breaks off relations with another.
struct Rupture<'s> {
    event: &'s Event,
    by: ActorId,
    with: ActorId,
    day: Day,
    /// The first war between the two from that day on.
    war: Option<&'s Event>,
    /// The first use of force or war between the two from that day on.
    force: Option<&'s Event>,
    /// When relations were opened again.
    healed: Option<&'s Event>,
    /// The last day of the casebook.
    end: Day,
}

impl Rupture<'_> {
    /// Whether something came so many days after the break, or sooner; unknown where the casebook ends before.
    fn within(&self, event: Option<&Event>, days: i32) -> Option<bool> {
        let came = event.is_some_and(|e| e.when.reading() <= self.day.plus(days));
        (came || self.day.plus(days) <= self.end).then_some(came)
    }
}

fn ruptures<'s>(study: &'s Study, of: &Cases) -> Vec<Rupture<'s>> {
    let record = study.record;
    let broken = record.events.iter().filter(|e| e.kind == EventKind::RelationsBroken);
    broken
        .filter_map(|event| {
            let mut parties = event.actors.iter().chain(&event.targets).copied();
            let (by, with) = (parties.next()?, parties.next()?);
            let day = event.when.reading();
            // Of two states that break with each other either may be the one meant.
            let meant =
                acts(study, of, by, with, day) || event.targets.is_empty() && acts(study, of, with, by, day);
            if !(of.window.is_none_or(|w| w.contains(day)) && meant) {
                return None;
            }
            let later = |e: &&Event| e.when.reading() >= day;
            let between = |e: &&Event| e.sets_against(&[by], &[with]) || e.sets_against(&[with], &[by]);
            let first = |kinds: &[EventKind]| {
                record.events.iter().filter(later).filter(between).find(|e| kinds.contains(&e.kind))
            };
            let healed = record.events.iter().filter(later).find(|e| {
                e.kind == EventKind::RelationsOpened
                    && [by, with].iter().all(|x| e.actors.contains(x) || e.targets.contains(x))
            });
            let (war, force) = (first(WAR), first(FORCE));
            Some(Rupture { event, by, with, day, war, force, healed, end: record.span.to })
        })
        .collect()
}

type Definition = (&'static str, fn(&Rupture) -> Option<bool>);

fn definitions(says: Says) -> Vec<Definition> {
    match says {
        Says::Fought { war: true } => vec![
            ("followed by war between the two within a year", |r| r.within(r.war, WITHIN_A_YEAR)),
            ("followed by war within five years", |r| r.within(r.war, FIVE_YEARS)),
            ("followed by war within a year, but not within the week", |r| {
                let soon = r.war.is_some_and(|e| e.when.reading() <= r.day.plus(SAME_WEEK));
                r.within(r.war, WITHIN_A_YEAR).map(|came| came && !soon)
            }),
        ],
        Says::Fought { war: false } => vec![
            ("followed by force or war between the two within a year", |r| r.within(r.force, WITHIN_A_YEAR)),
            ("followed by force or war within five years", |r| r.within(r.force, FIVE_YEARS)),
        ],
        Says::Peaceful { .. } => vec![
            ("followed by no war between the two within a year", |r| {
                r.within(r.war, WITHIN_A_YEAR).map(|came| !came)
            }),
            ("followed by no force or war within a year", |r| {
                r.within(r.force, WITHIN_A_YEAR).map(|came| !came)
            }),
        ],
        Says::Renewed => vec![
            ("healed within five years", |r| r.within(r.healed, FIVE_YEARS)),
            ("healed within a year", |r| r.within(r.healed, WITHIN_A_YEAR)),
            ("healed before the casebook ends", |r| Some(r.healed.is_some())),
        ],
        _ => Vec::new(),
    }
}

/// What one case is called, and several.
const NOUN: Noun = ("break of relations", "breaks of relations");

pub(super) fn tally(study: &Study, of: &Cases, says: Says, citer: &mut Citer) -> Tally {
    let list = ruptures(study, of);
    let rows = list
        .iter()
        .map(|r| {
            vec![
                Datum::Entry(words::name(study, r.by), r.event.id.clone()),
                Datum::Text(words::name(study, r.with)),
                Datum::Text(r.event.when.text.clone()),
                date(r.war),
                date(r.force),
                date(r.healed),
                Datum::Text(citer.marks(&r.event.citations)),
            ]
        })
        .collect();
    Tally {
        name: name(study, of),
        noun: NOUN,
        ids: list.iter().map(|r| r.event.id.clone()).collect(),
        days: list.iter().map(|r| r.day).collect(),
        definitions: definitions(says)
            .into_iter()
            .map(|(label, is)| (label.to_owned(), list.iter().map(is).collect()))
            .collect(),
        table: table(
            NOUN,
            &["by", "with", "when", "first war after", "first force after", "relations again", "source"],
            rows,
            &[
                "Every entry of relations broken off counts once. War makes an end of relations without an entry of its own: a break is what a \
                 state did before a war, or without one.",
            ],
        ),
        mind: if matches!(says, Says::Fought { .. } | Says::Peaceful { .. }) {
            vec![
                "That war followed does not say that the break led to it: both may come of the same quarrel."
                    .to_owned(),
            ]
        } else {
            Vec::new()
        },
    }
}
