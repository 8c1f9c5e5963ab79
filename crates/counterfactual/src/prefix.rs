//! What all trajectories of a what-if begin with.
//!
//! Until chance first makes a difference, every trajectory is the record with the imposed changes and nothing else.
//! That common beginning is walked once; each trajectory then only asks, step by step, whether its own chance parts
//! from it, and walks on alone from there. Draws have addresses, so the result is the same as walking alone from the
//! start.

use std::collections::BinaryHeap;

use jonbar_model::{ActorSet, Cell, CellValue, ItemSource, Kind, Parted, State};

use crate::engine::{Beta, Difference, Engine, Mode, Prepared, Verdict};
use crate::noise::Noise;
use crate::outcome::Outcome;
use crate::walk::{Appointment, Entry, Fate, Planned, Room, Walk};
use crate::whatif::Intervention;

/// A cell in which record and alternative differ from a step on, or agree again.
pub(crate) struct Update {
    pub cell: usize,
    pub alternative: CellValue,
    /// Position of the recorded segment.
    pub segment: usize,
}

/// A step of the common beginning.
struct Step {
    time: f64,
    /// The recorded item, if it is of a modelled kind and so may be lost by chance.
    item: Option<usize>,
    updates: Vec<Update>,
}

/// Everything needed to walk on alone from before a step.
struct Snapshot {
    /// Position in [`Prefix::states`].
    states: usize,
    parted: Parted,
    /// In which statistics the two histories differ, by dyad.
    pairs: Vec<(usize, usize, [u64; 2])>,
    near: ActorSet,
    fates: Vec<Fate>,
    differences: Vec<Difference>,
    agenda: BinaryHeap<Appointment>,
    sequence: u32,
    probes: Vec<Option<bool>>,
    met: usize,
}

/// Both states at some time, with how many items they have taken in.
struct States {
    alternative: State,
    recorded: State,
    taken_in: usize,
}

/// The common beginning: one snapshot before each step and one after the last, and one more at the end of the casebook
/// if it reaches that far.
pub(crate) struct Prefix {
    steps: Vec<Step>,
    snapshots: Vec<Snapshot>,
    states: Vec<States>,
    /// Whether the common beginning reaches the end of the casebook; otherwise a step that is itself a matter of chance
    /// comes next.
    ended: bool,
}

/// Items that states may be behind a snapshot, so that no trajectory has much to catch up with.
const BEHIND_MAX: usize = 24;

impl Prefix {
    /// Walks the common beginning of a what-if.
    pub(crate) fn build<'a>(
        engine: &Engine<'a>,
        prepared: &Prepared,
        intervention: &Intervention,
        outcomes: &[Outcome],
        beta: &Beta,
    ) -> Prefix {
        let mut room = Room::new(engine);
        let chance = (beta, Noise::new(0, 0));
        let mut walk =
            Walk::new(engine, prepared, intervention, outcomes, chance, Mode::Hindsight, &mut room);
        walk.log = Some(Vec::new());
        let items = &engine.timeline.items;
        let end = engine.timeline.window.1;
        let mut prefix =
            Prefix { steps: Vec::new(), snapshots: Vec::new(), states: Vec::new(), ended: false };
        prefix.note(&walk);
        loop {
            let item_time = items.get(walk.met).map_or(f64::INFINITY, |i| i.time);
            let agenda_time = walk.agenda.peek().map_or(f64::INFINITY, |a| a.time);
            let now = item_time.min(agenda_time);
            if now >= end {
                break;
            }
            let agenda_first = agenda_time <= now;
            let chance = if agenda_first {
                walk.agenda.peek().is_some_and(|a| draws(&a.planned))
            } else {
                intervention.answers.contains_key(&walk.met)
            };
            if chance {
                return prefix;
            }
            let mut modelled = None;
            if agenda_first {
                walk.keep_appointment(outcomes);
            } else {
                let item = walk.met;
                walk.meet(intervention);
                let kept = walk.fates[item] == Fate::Kept && items[item].source != ItemSource::Calendar;
                modelled = (kept && engine.units[item].is_some()).then_some(item);
            }
            if walk.met - walk.taken_in > BEHIND_MAX {
                walk.turn_to(now);
            }
            let updates = walk.log.replace(Vec::new()).unwrap_or_default();
            prefix.steps.push(Step { time: now, item: modelled, updates });
            prefix.note(&walk);
        }
        walk.look_at_the_end(outcomes);
        prefix.note(&walk);
        prefix.ended = true;
        prefix
    }

    /// Takes a snapshot.
    fn note(&mut self, walk: &Walk) {
        let current = |s: &States| {
            s.taken_in == walk.taken_in
                && s.alternative.now() == walk.state.now()
                && s.recorded.now() == walk.recorded.now()
        };
        if !self.states.last().is_some_and(current) {
            self.states.push(states(walk));
        }
        self.snapshots.push(Snapshot {
            states: self.states.len() - 1,
            parted: walk.parted,
            pairs: walk.room.pairs.list(),
            near: walk.near,
            fates: walk.fates.clone(),
            differences: walk.differences.clone(),
            agenda: walk.agenda.clone(),
            sequence: walk.sequence,
            probes: walk.probes.clone(),
            met: walk.met,
        });
    }

    /// Follows the common beginning as far as this trajectory's chance allows. Returns a walk at that point, and whether
    /// it is at the end: such a trajectory never parts from the common beginning.
    pub(crate) fn follow<'e, 'a>(
        &self,
        engine: &'e Engine<'a>,
        prepared: &'e Prepared,
        (beta, noise): (&'e Beta, Noise),
        room: &'e mut Room,
    ) -> (Walk<'e, 'a>, bool) {
        let mut entries: Vec<Entry> = Vec::new();
        let mut next = f64::INFINITY;
        let mut at = self.steps.len();
        for (k, step) in self.steps.iter().enumerate() {
            let lost = |item: usize| {
                let entry = engine.units[item].map_or(u32::MAX, |(cell, ..)| room.entry_of[cell]);
                entries.get(entry as usize).is_some_and(|e| {
                    e.differs && engine.verdict(beta, &noise, item, &e.alternative) != Verdict::Kept
                })
            };
            if next < step.time || step.item.is_some_and(lost) {
                at = k;
                break;
            }
            for update in &step.updates {
                if room.entry_of[update.cell] == u32::MAX {
                    room.entry_of[update.cell] = entries.len() as u32;
                    let place = engine.panel.cells.at(update.cell);
                    entries.push(Entry::new(update.cell, place, update.alternative, update.segment));
                }
                let entry = &mut entries[room.entry_of[update.cell] as usize];
                entry.alternative = update.alternative;
                let recorded = &engine.panel.segments[update.cell][update.segment].value;
                entry.segment = update.segment;
                entry.differs = update.alternative != *recorded;
                entry.settle(engine, beta, &noise, step.time, Some(recorded), u16::MAX);
            }
            if !step.updates.is_empty() {
                next = entries.iter().map(|e| e.next).fold(f64::INFINITY, f64::min);
            }
        }
        let ended = self.ended && at == self.steps.len() && next >= engine.timeline.window.1;
        let snapshot = &self.snapshots[at + usize::from(ended)];
        let states = &self.states[snapshot.states];
        (walk(engine, prepared, (beta, noise), room, entries, snapshot, states), ended)
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

fn states(walk: &Walk) -> States {
    States { alternative: walk.state.clone(), recorded: walk.recorded.clone(), taken_in: walk.taken_in }
}

/// A walk that goes on from a snapshot.
fn walk<'e, 'a>(
    engine: &'e Engine<'a>,
    prepared: &'e Prepared,
    (beta, noise): (&'e Beta, Noise),
    room: &'e mut Room,
    entries: Vec<Entry>,
    snapshot: &Snapshot,
    states: &States,
) -> Walk<'e, 'a> {
    let mut apart = vec![ActorSet::EMPTY; engine.world.n_actors];
    let mut alone = apart.clone();
    let mut claims_apart = Vec::new();
    for entry in entries.iter().filter(|e| e.differs) {
        match entry.place {
            Cell::Dyad(a, b) => {
                apart[a].insert(b);
                apart[b].insert(a);
                if engine.panel.segments[entry.cell][entry.segment].value.risk == 0 {
                    alone[a].insert(b);
                    alone[b].insert(a);
                }
            }
            Cell::Claim(c) => claims_apart.push(c),
        }
    }
    room.pairs.restore(&snapshot.pairs);
    room.watched += 1;
    let apart_actors = ActorSet::of((0..apart.len()).filter(|&a| !apart[a].is_empty()));
    Walk {
        engine,
        beta,
        noise,
        mode: Mode::Hindsight,
        spoken_for: &prepared.spoken_for,
        room,
        state: states.alternative.clone(),
        recorded: states.recorded.clone(),
        met: snapshot.met,
        taken_in: states.taken_in,
        parted: snapshot.parted,
        near: snapshot.near,
        entries,
        apart,
        apart_actors,
        alone,
        claims_apart,
        soonest: None,
        agenda: snapshot.agenda.clone(),
        sequence: snapshot.sequence,
        fates: snapshot.fates.clone(),
        differences: snapshot.differences.clone(),
        probes: snapshot.probes.clone(),
        log: None,
    }
}
