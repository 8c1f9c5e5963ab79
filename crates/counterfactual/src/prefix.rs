//! What all trajectories of a what-if begin with.
//!
//! Until chance first makes a difference, every trajectory is the record with the imposed changes and nothing else.
//! That common beginning is walked once; each trajectory then only asks, step by step, whether its own chance parts
//! from it, and walks on alone from there. Draws have addresses, so the result is the same as walking alone from the
//! start.

use std::collections::{BTreeMap, BinaryHeap};

use jonbar_model::{ActorSet, Cell, CellValue, ItemSource, Kind, Parted, SLOTS, SavedState};

use crate::engine::{Beta, Difference, Engine, Mode, Prepared, Verdict};
use crate::noise::{Noise, Purpose};
use crate::outcome::Outcome;
use crate::walk::{Appointment, Clock, Entry, Fate, Planned, Room, Spare, Walk};
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
    /// The recorded item, if it is of a modelled kind and its statistics differ, so that chance may take it away, and the
    /// alternative it is then judged by.
    trial: Option<(usize, CellValue)>,
}

/// What becomes of a cell in the common beginning.
struct Track {
    cell: usize,
    place: Cell,
    /// By step, in order: the alternative from it on, and the position of the recorded segment.
    updates: Vec<(usize, CellValue, usize)>,
}

impl Track {
    /// The last update before a step.
    fn before(&self, step: usize) -> Option<&(usize, CellValue, usize)> {
        self.updates[..self.updates.partition_point(|u| u.0 < step)].last()
    }
}

/// What one draw of the coefficients makes of the common beginning, for all trajectories that share it: the rates of new events,
/// and how likely each recorded event is to be lost.
pub(crate) struct PrefixRates {
    /// Slots with any such rate, by track.
    slots: Vec<Vec<SlotRates>>,
    /// In order of time.
    trials: Vec<Trial>,
}

struct SlotRates {
    slot: usize,
    name: u64,
    /// Step and time from which on a rate holds.
    turns: Vec<(usize, f64, f64)>,
    /// New events to be expected until the end of the casebook.
    total: f64,
}

/// A recorded event that chance may take away.
struct Trial {
    step: usize,
    item: usize,
    alternative: CellValue,
    /// How likely it is to stay; `None` where its answer is at stake too.
    stays: Option<f64>,
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
    alternative: SavedState,
    recorded: SavedState,
    taken_in: usize,
}

/// The common beginning: one snapshot before each step and one after the last, and one more at the end of the casebook
/// if it reaches that far.
pub(crate) struct Prefix {
    steps: Vec<Step>,
    tracks: Vec<Track>,
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
        let mut prefix = Prefix {
            steps: Vec::new(),
            tracks: Vec::new(),
            snapshots: Vec::new(),
            states: Vec::new(),
            ended: false,
        };
        let mut track_of: BTreeMap<usize, usize> = BTreeMap::new();
        prefix.note(&walk, &prepared.in_play);
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
            for update in walk.log.replace(Vec::new()).unwrap_or_default() {
                let track = *track_of.entry(update.cell).or_insert_with(|| {
                    let place = engine.panel.cells.at(update.cell);
                    prefix.tracks.push(Track { cell: update.cell, place, updates: Vec::new() });
                    prefix.tracks.len() - 1
                });
                prefix.tracks[track].updates.push((prefix.steps.len(), update.alternative, update.segment));
            }
            let trial = modelled.and_then(|item| {
                let (cell, ..) = engine.units[item]?;
                let track = &prefix.tracks[*track_of.get(&cell)?];
                let (_, alternative, segment) = track.before(prefix.steps.len())?;
                let differs = *alternative != engine.panel.segments[cell][*segment].value;
                differs.then_some((item, *alternative))
            });
            prefix.steps.push(Step { time: now, trial });
            prefix.note(&walk, &prepared.in_play);
        }
        walk.look_at_the_end(outcomes);
        prefix.note(&walk, &prepared.in_play);
        prefix.ended = true;
        prefix
    }

    /// Takes a snapshot.
    fn note(&mut self, walk: &Walk, in_play: &ActorSet) {
        let current = |s: &States| {
            s.taken_in == walk.taken_in
                && s.alternative.now() == walk.state.now()
                && s.recorded.now() == walk.recorded.now()
        };
        if !self.states.last().is_some_and(current) {
            self.states.push(states(walk, in_play));
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

    /// What a draw of the coefficients makes of it.
    pub(crate) fn rates(&self, engine: &Engine, beta: &Beta) -> PrefixRates {
        let end = engine.timeline.window.1;
        let slots = self
            .tracks
            .iter()
            .map(|track| {
                let mut turns: [Vec<(usize, f64, f64)>; SLOTS.len()] = Default::default();
                let mut known = [0.0; SLOTS.len()];
                for (step, alternative, segment) in &track.updates {
                    let recorded = &engine.panel.segments[track.cell][*segment].value;
                    let mut now = known;
                    engine.excesses(beta, track.cell, (alternative, Some(recorded)), u16::MAX, &mut now);
                    for slot in (0..SLOTS.len()).filter(|&slot| now[slot] != known[slot]) {
                        turns[slot].push((*step, self.steps[*step].time, now[slot]));
                    }
                    known = now;
                }
                let rates = turns.into_iter().enumerate().filter(|(_, turns)| !turns.is_empty());
                rates
                    .map(|(slot, turns)| {
                        let until = turns.iter().skip(1).map(|t| t.1).chain([end]);
                        let total =
                            turns.iter().zip(until).map(|((_, from, rate), to)| rate * (to - from)).sum();
                        SlotRates { slot, name: engine.slot_names[track.cell][slot], turns, total }
                    })
                    .collect()
            })
            .collect();
        let trials = self.steps.iter().enumerate().filter_map(|(step, s)| {
            let (item, alternative) = s.trial?;
            Some(Trial { step, item, alternative, stays: engine.stays(beta, item, &alternative) })
        });
        PrefixRates { slots, trials: trials.collect() }
    }

    /// Follows the common beginning as far as this trajectory's chance allows. Returns a walk at that point, and whether
    /// it is at the end: such a trajectory never parts from the common beginning.
    pub(crate) fn follow<'e, 'a>(
        &self,
        engine: &'e Engine<'a>,
        prepared: &'e Prepared,
        (beta, noise, rates): (&'e Beta, Noise, &PrefixRates),
        room: &'e mut Room,
    ) -> (Walk<'e, 'a>, bool) {
        let lost = |trial: &&Trial| match trial.stays {
            Some(stays) => noise.uniform(Purpose::Survival, engine.item_names[trial.item], 0) >= stays,
            None => engine.verdict(beta, &noise, trial.item, &trial.alternative) != Verdict::Kept,
        };
        let mut at = rates.trials.iter().find(lost).map_or(self.steps.len(), |trial| trial.step);
        let wait = |name: u64| noise.exponential(Purpose::Waiting, name, 0);
        let mut next = f64::INFINITY;
        for slot in rates.slots.iter().flatten() {
            let left = wait(slot.name);
            // Most wait longer than the casebook lasts; a little more than that, since sums round.
            if left > slot.total * (1.0 + 1e-9) {
                continue;
            }
            let mut clock = Clock::STILL;
            for (_, time, excess) in &slot.turns {
                if clock.fires < *time {
                    break;
                }
                clock.turn(*time, *excess, || left);
            }
            at = at.min(self.steps.partition_point(|step| step.time <= clock.fires));
            next = next.min(clock.fires);
        }
        let ended = self.ended && at == self.steps.len() && next >= engine.timeline.window.1;
        let mut entries = std::mem::take(&mut room.spare.entries);
        for (track, slots) in self.tracks.iter().zip(&rates.slots).filter(|_| !ended) {
            let Some(&(_, alternative, segment)) = track.before(at) else { continue };
            let mut entry = Entry::new(track.cell, track.place, alternative, segment);
            entry.differs = alternative != engine.panel.segments[track.cell][segment].value;
            for slot in slots {
                for (_, time, excess) in slot.turns.iter().take_while(|turn| turn.0 < at) {
                    entry.clocks[slot.slot].turn(*time, *excess, || wait(slot.name));
                }
                entry.fires_in(slot.slot);
            }
            room.entry_of[track.cell] = entries.len() as u32;
            entries.push(entry);
        }
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

fn states(walk: &Walk, in_play: &ActorSet) -> States {
    States {
        alternative: walk.state.save(in_play),
        recorded: walk.recorded.save(in_play),
        taken_in: walk.taken_in,
    }
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
    let (state, recorded) = room.spare.states(prepared, (&states.alternative, &states.recorded));
    let Spare { mut apart, mut alone, mut parts, .. } = std::mem::take(&mut room.spare);
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
    for (position, entry) in entries.iter().enumerate() {
        room.soonest.set(position, entry.next);
    }
    for (position, difference) in snapshot.differences.iter().enumerate() {
        difference.parties.iter().for_each(|actor| parts[actor].push(position as u32));
        room.note(engine, position, &difference.parties);
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
        state,
        recorded,
        met: snapshot.met,
        taken_in: states.taken_in,
        parted: snapshot.parted,
        near: snapshot.near,
        entries,
        apart,
        apart_actors,
        alone,
        claims_apart,
        agenda: snapshot.agenda.clone(),
        sequence: snapshot.sequence,
        fates: snapshot.fates.clone(),
        differences: snapshot.differences.clone(),
        parts,
        probes: snapshot.probes.clone(),
        log: None,
    }
}
