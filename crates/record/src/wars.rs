//! Wars as wholes: who attacked, who joined, and how each fight in it ended.

use std::collections::BTreeSet;

use crate::entities::{ActorId, EventId, Record};
use crate::event::EventKind;

/// A war called by a name.
#[derive(Clone, Debug)]
pub struct War {
    /// Its name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// The attack that began it.
    pub begun: EventId,
}

/// What the record tells of one war.
#[derive(Clone, Debug)]
pub struct WarCourse {
    /// The attack that began it.
    pub begun: EventId,
    /// Attacks and declarations of those who joined.
    pub joined: Vec<EventId>,
    /// Each end of a fight in it, as far as the record has it.
    pub ended: Vec<EventId>,
    /// Two that fought in it still do when the casebook ends.
    pub goes_on: bool,
}

impl WarCourse {
    /// The same, of two states alone.
    pub fn between(self, record: &Record, a: ActorId, b: ActorId) -> WarCourse {
        let both = |id: &EventId| record.events[id.0].joins(a, b);
        let ended: Vec<EventId> = self.ended.into_iter().filter(both).collect();
        let goes_on = ended.is_empty();
        WarCourse { begun: self.begun, joined: Vec::new(), ended, goes_on }
    }

    /// The end of the fight that began it, if the record has one.
    pub fn end_of_first(&self, record: &Record) -> Option<EventId> {
        let begun = &record.events[self.begun.0];
        let ends = |id: &EventId| begun.opposed().any(|(a, b)| record.events[id.0].joins(a, b));
        self.ended.iter().copied().find(ends)
    }
}

impl Record {
    /// The course of the war that an attack began: whoever joined because of it, fought one of its parties too, or, once others had joined,
    /// was attacked by one of them; and the peace of every two that fought in it. Of one who joined, that fight alone.
    pub fn war_course(&self, begun: EventId) -> WarCourse {
        let mut course = WarCourse { begun, joined: Vec::new(), ended: Vec::new(), goes_on: false };
        let mut open: BTreeSet<(ActorId, ActorId)> = BTreeSet::new();
        let alone = self.events[begun.0].kind == EventKind::WarJoined;
        for (i, e) in self.events.iter().enumerate().skip(begun.0) {
            let fought = |state: &ActorId| open.iter().any(|(a, b)| a == state || b == state);
            match e.kind {
                EventKind::WarBegun | EventKind::WarJoined if i == begun.0 => open.extend(e.opposed()),
                EventKind::WarBegun | EventKind::WarJoined if alone => {}
                EventKind::WarBegun if !course.joined.is_empty() && e.actors.iter().any(fought) => {
                    course.joined.push(EventId(i));
                    open.extend(e.opposed());
                }
                EventKind::WarJoined
                    if e.follows == Some(begun) || e.follows.is_none() && e.targets.iter().any(fought) =>
                {
                    course.joined.push(EventId(i));
                    open.extend(e.opposed());
                }
                EventKind::WarEnded => {
                    let before = open.len();
                    open.retain(|(a, b)| !e.joins(*a, *b));
                    if open.len() < before {
                        course.ended.push(EventId(i));
                    }
                }
                _ => {}
            }
        }
        course.goes_on = !open.is_empty();
        course
    }

    /// The attacks that began a fight between two states, in order.
    pub fn attacks_between(&self, a: ActorId, b: ActorId) -> Vec<EventId> {
        let between = |id: &EventId| {
            let e = &self.events[id.0];
            matches!(e.kind, EventKind::WarBegun | EventKind::WarJoined)
                && e.opposed().any(|pair| pair == (a, b) || pair == (b, a))
        };
        (0..self.events.len()).map(EventId).filter(between).collect()
    }
}
