//! What all trajectories of a what-if begin with.
//!
//! Until chance first makes a difference, every trajectory is the record with the imposed changes and nothing else.
//! That common beginning is walked once; each trajectory then only asks, step by step, whether its own chance parts
//! from it, and walks on alone from there. Draws have addresses, so the result is the same as walking alone from the
//! start.

use std::collections::BinaryHeap;

use jonbar_model::{ActorSet, Cell, CellValue, Facts, ItemSource, Kind, Segment, State};

use crate::engine::{Beta, Difference, Engine, Mode, Prepared, Verdict};
use crate::noise::Noise;
use crate::outcome::Outcome;
use crate::walk::{Appointment, Entry, Fate, Planned, Walk};
use crate::whatif::Intervention;

/// A cell in which record and alternative differ from a step on, or agree again.
pub(crate) struct Update<'a> {
    pub cell: usize,
    pub alternative: CellValue,
    pub segment: &'a Segment,
}

/// A step of the common beginning.
struct Step<'a> {
    time: f64,
    /// The recorded item, if it is of a modelled kind and so may be lost by chance.
    item: Option<usize>,
    updates: Vec<Update<'a>>,
}

/// Everything needed to walk on alone from before a step.
struct Snapshot {
    state: State,
    recorded: State,
    divergent: [ActorSet; Facts::COUNT],
    differs_until: Vec<f64>,
    divergent_fate: ActorSet,
    fates: Vec<Fate>,
    differences: Vec<Difference>,
    agenda: BinaryHeap<Appointment>,
    sequence: u32,
    probes: Vec<Option<bool>>,
    segment_of: Vec<u16>,
    next_item: usize,
}

/// The common beginning: one snapshot before each step, and one at its end.
pub(crate) struct Prefix<'a> {
    steps: Vec<Step<'a>>,
    snapshots: Vec<Snapshot>,
    /// The state at the very end, if the common beginning reaches the end of the casebook; otherwise a step that is
    /// itself a matter of chance comes next.
    end: Option<Snapshot>,
}

impl<'a> Prefix<'a> {
    /// Walks the common beginning of a what-if.
    pub(crate) fn build(
        engine: &Engine<'a>,
        prepared: &Prepared<'a>,
        intervention: &Intervention,
        outcomes: &[Outcome],
        beta: &Beta,
    ) -> Prefix<'a> {
        let mut walk =
            Walk::new(engine, prepared, intervention, outcomes, beta, Noise::new(0, 0), Mode::Hindsight);
        walk.log = Some(Vec::new());
        let items = &engine.timeline.items;
        let end = engine.timeline.window.1;
        let mut item = prepared.first_item;
        let mut prefix = Prefix { steps: Vec::new(), snapshots: Vec::new(), end: None };
        loop {
            prefix.snapshots.push(snapshot(&walk, item));
            let item_time = items.get(item).map_or(f64::INFINITY, |i| i.time);
            let agenda_time = walk.agenda.peek().map_or(f64::INFINITY, |a| a.time);
            let now = item_time.min(agenda_time);
            if now >= end {
                break;
            }
            let agenda_first = agenda_time <= now;
            let chance = if agenda_first {
                walk.agenda.peek().is_some_and(|a| draws(&a.planned))
            } else {
                intervention.answers.contains_key(&item)
            };
            if chance {
                return prefix;
            }
            walk.state.set_now(now);
            let mut modelled = None;
            if agenda_first {
                if let Some(appointment) = walk.agenda.pop() {
                    walk.keep_appointment(appointment.planned, outcomes);
                }
            } else {
                walk.meet(item, intervention);
                let kept = walk.fates[item] == Fate::Kept && items[item].source != ItemSource::Calendar;
                modelled = (kept && engine.units[item].is_some()).then_some(item);
                item += 1;
            }
            let updates = walk.log.replace(Vec::new()).unwrap_or_default();
            prefix.steps.push(Step { time: now, item: modelled, updates });
        }
        walk.look_at_the_end(outcomes);
        prefix.end = Some(snapshot(&walk, item));
        prefix
    }

    /// Follows the common beginning as far as this trajectory's chance allows. Returns a walk at that point and the
    /// item to go on from, or `None` if the trajectory never parts from it.
    pub(crate) fn follow<'e>(
        &self,
        engine: &'e Engine<'a>,
        beta: &'e Beta,
        noise: Noise,
    ) -> (Walk<'e, 'a>, Option<usize>) {
        let mut entries: Vec<Entry> = Vec::new();
        let mut entry_of = vec![u32::MAX; engine.panel.cells.len()];
        let mut next = f64::INFINITY;
        for (k, step) in self.steps.iter().enumerate() {
            let lost = |item: usize| {
                let entry = engine.units[item].map_or(u32::MAX, |(cell, ..)| entry_of[cell]);
                entries.get(entry as usize).is_some_and(|e| {
                    e.differs && engine.verdict(beta, &noise, item, &e.alternative) != Verdict::Kept
                })
            };
            if next < step.time || step.item.is_some_and(lost) {
                let from = &self.snapshots[k];
                return (from.walk(engine, beta, noise, entries, entry_of), Some(from.next_item));
            }
            for update in &step.updates {
                if entry_of[update.cell] == u32::MAX {
                    entry_of[update.cell] = entries.len() as u32;
                    let place = engine.panel.cells.at(update.cell);
                    entries.push(Entry::new(update.cell, place, update.alternative, update.segment.start));
                }
                let entry = &mut entries[entry_of[update.cell] as usize];
                entry.alternative = update.alternative;
                entry.recorded_since = update.segment.start;
                entry.differs = update.alternative != update.segment.value;
                entry.settle(engine, beta, &noise, step.time, Some(&update.segment.value));
            }
            if !step.updates.is_empty() {
                next = entries.iter().map(|e| e.next).fold(f64::INFINITY, f64::min);
            }
        }
        match &self.end {
            Some(end) if next >= engine.timeline.window.1 => {
                (end.walk(engine, beta, noise, entries, entry_of), None)
            }
            _ => {
                let last = &self.snapshots[self.steps.len()];
                (last.walk(engine, beta, noise, entries, entry_of), Some(last.next_item))
            }
        }
    }
}

/// Whether keeping an appointment draws on chance.
fn draws(planned: &Planned) -> bool {
    match planned {
        Planned::Impose(imposed) => {
            matches!(imposed.unit, Some((Kind::WarBegun | Kind::WarJoined | Kind::TerritorialDemand, ..)))
        }
        Planned::Follow { .. } | Planned::Expire(_) | Planned::Look(_) => false,
    }
}

fn snapshot(walk: &Walk, next_item: usize) -> Snapshot {
    Snapshot {
        state: walk.state.clone(),
        recorded: walk.recorded.clone(),
        divergent: walk.divergent,
        differs_until: walk.differs_until.clone(),
        divergent_fate: walk.divergent_fate,
        fates: walk.fates.clone(),
        differences: walk.differences.clone(),
        agenda: walk.agenda.clone(),
        sequence: walk.sequence,
        probes: walk.probes.clone(),
        segment_of: walk.segment_of.clone(),
        next_item,
    }
}

impl Snapshot {
    fn walk<'e, 'a>(
        &self,
        engine: &'e Engine<'a>,
        beta: &'e Beta,
        noise: Noise,
        entries: Vec<Entry>,
        entry_of: Vec<u32>,
    ) -> Walk<'e, 'a> {
        let mut apart = vec![ActorSet::EMPTY; engine.world.n_actors];
        let mut claims_apart = Vec::new();
        for entry in &entries {
            match entry.place {
                Cell::Dyad(a, b) => {
                    apart[a].set(b, entry.differs);
                    apart[b].set(a, entry.differs);
                }
                Cell::Claim(c) => claims_apart.push(c),
            }
        }
        Walk {
            engine,
            beta,
            noise,
            mode: Mode::Hindsight,
            state: self.state.clone(),
            divergent: self.divergent,
            differs_until: self.differs_until.clone(),
            divergent_fate: self.divergent_fate,
            entries,
            apart,
            claims_apart,
            soonest: None,
            entry_of,
            stamp_of: vec![0; engine.panel.cells.len()],
            segment_of: self.segment_of.clone(),
            recorded: self.recorded.clone(),
            born_with: None,
            scratch: Vec::new(),
            turning: false,
            stamp: 0,
            agenda: self.agenda.clone(),
            sequence: self.sequence,
            fates: self.fates.clone(),
            differences: self.differences.clone(),
            probes: self.probes.clone(),
            log: None,
        }
    }
}
