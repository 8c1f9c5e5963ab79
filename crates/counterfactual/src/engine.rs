//! The coupled walk: record and alternative forward together, touching only what differs.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

use jonbar_model::{
    ActorSet, Cell, CellValue, Change, Fit, Item, ItemSource, Kind, Mark, ModelSpec, Orientation, PactClass,
    Panel, SLOTS, Segment, State, TermSpec, Timeline, World, evaluate, expiries,
};

use crate::noise::{Noise, Purpose, name_of};
use crate::outcome::Outcome;
use crate::whatif::Intervention;

/// How the alternative uses the record after the divergence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Everything the change does not touch stays as recorded (the coupling).
    Hindsight,
    /// Fresh noise from the divergence on: recorded events of modelled kinds are forgotten.
    FreshNoise,
}

/// Something in which an alternative differs from the record.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Day and fraction.
    pub time: f64,
    /// What.
    pub what: What,
    /// Why.
    pub cause: Cause,
    /// States involved.
    pub parties: ActorSet,
}

/// The sorts of difference.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the fields are named after what they hold")]
pub enum What {
    /// Part of the divergence the user asked for.
    Imposed { unit: Option<(Kind, usize, usize)>, claim: Option<usize>, changes: Vec<Change> },
    /// A recorded item that does not happen.
    Removed { item: usize },
    /// A recorded demand that is answered differently.
    Answered { item: usize, mark: Mark, imposed: bool },
    /// An event that the record does not have.
    Added { kind: Kind, a: usize, b: usize, claim: Option<usize>, mark: Option<Mark>, changes: Vec<Change> },
    /// A consequence of such an event.
    Derived { changes: Vec<Change> },
}

/// Why a difference arose.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cause {
    /// The earlier difference that moved it, by position in the trajectory; `None` for the divergence itself.
    pub parent: Option<usize>,
    /// The effect through which it did, by position among the terms of the kind; `None` for a direct consequence
    /// or a change of the risk set.
    pub term: Option<(Kind, usize)>,
    /// How far that effect moved the log-intensity.
    pub shift: f64,
}

const DIRECT: Cause = Cause { parent: None, term: None, shift: 0.0 };

/// One alternative history.
#[derive(Clone, Debug)]
pub struct Trajectory {
    /// Its number in the ensemble.
    pub index: u32,
    /// Differences from the record in order of time; the first are the divergence.
    pub differences: Vec<Difference>,
    /// Value of each outcome.
    pub outcomes: Vec<bool>,
    /// Day on which each dated outcome came true in this trajectory, if it did.
    pub first_times: Vec<Option<f64>>,
}

/// Everything a run needs that does not depend on the trajectory.
pub struct Engine<'a> {
    /// The fixed part of the world.
    pub world: &'a World,
    /// The record.
    pub timeline: &'a Timeline,
    /// Its spells.
    pub panel: &'a Panel,
    /// The model.
    pub spec: &'a ModelSpec,
    /// Its fit.
    pub fit: &'a Fit,
    /// Re-evaluate every cell after every step instead of only those that can have changed: slow, for tests.
    pub exhaustive: bool,
    /// By item: cell, slot and value just before it, for items of modelled kinds.
    units: BTreeMap<usize, (usize, usize, &'a CellValue)>,
    slot_names: Vec<[u64; SLOTS.len()]>,
    item_names: Vec<u64>,
}

/// Coefficients of one draw.
#[derive(Clone, Debug)]
pub(crate) struct Beta {
    pub kinds: Vec<Vec<f64>>,
    pub demand: [Vec<f64>; 2],
    pub conquest: Vec<f64>,
}

/// The state at the divergence and the items still to come.
pub(crate) struct Prepared {
    state: State,
    first_item: usize,
}

impl<'a> Engine<'a> {
    /// Gathers what runs share. `item_names` gives each item of the timeline a stable name (the event id).
    pub fn new(
        world: &'a World,
        timeline: &'a Timeline,
        panel: &'a Panel,
        spec: &'a ModelSpec,
        fit: &'a Fit,
        item_name: impl Fn(usize, &Item) -> String,
    ) -> Engine<'a> {
        let cells = panel.cells;
        let slot_names = (0..cells.len())
            .map(|index| match cells.at(index) {
                Cell::Dyad(a, b) => std::array::from_fn(|s| {
                    let (x, y) = if SLOTS[s].reversed { (b, a) } else { (a, b) };
                    // An unordered pair is named in alphabetical order, whatever its positions are.
                    let (mut p, mut q) = (&world.codes[x], &world.codes[y]);
                    if SLOTS[s].kind.orientation() == Orientation::Unordered && p > q {
                        std::mem::swap(&mut p, &mut q);
                    }
                    name_of(&[SLOTS[s].kind.name(), p, q])
                }),
                Cell::Claim(c) => {
                    let claim = &world.claims[c];
                    let name = name_of(&[
                        Kind::TerritorialDemand.name(),
                        &world.codes[claim.claimant],
                        &world.territories[claim.territory],
                    ]);
                    [name; SLOTS.len()]
                }
            })
            .collect();
        Engine {
            world,
            timeline,
            panel,
            spec,
            fit,
            exhaustive: false,
            units: panel.events.iter().map(|(item, cell, slot, v)| (*item, (*cell, *slot, v))).collect(),
            slot_names,
            item_names: timeline
                .items
                .iter()
                .enumerate()
                .map(|(i, item)| name_of(&["item", &item_name(i, item)]))
                .collect(),
        }
    }

    /// The state of the record just before a time, and the first item at or after it.
    pub(crate) fn prepare(&self, start: f64) -> Prepared {
        let mut state = self.timeline.initial.clone();
        let first_item = self.timeline.items.partition_point(|i| i.time < start);
        for item in &self.timeline.items[..first_item] {
            state.set_now(item.time);
            item.changes.iter().for_each(|c| state.apply(self.world, c, &mut ActorSet::default()));
        }
        state.set_now(start.max(self.timeline.window.0));
        Prepared { state, first_item }
    }

    /// Coefficients of draw number `draw`; the modes themselves if `at_mode`.
    pub(crate) fn draw(&self, seed: u64, draw: u32, at_mode: bool) -> Beta {
        let noise = Noise::new(seed, draw);
        let from = |posterior: &jonbar_model::Posterior, terms: &TermSpec, kind: &str| {
            if at_mode {
                return posterior.mode.clone();
            }
            let z: Vec<f64> = terms
                .terms
                .iter()
                .map(|t| noise.normal(Purpose::Parameters, name_of(&[kind, &t.name]), 0))
                .collect();
            posterior.draw(&z)
        };
        Beta {
            kinds: Kind::ALL
                .iter()
                .map(|&k| from(&self.fit.of(k).posterior, self.spec.of(k), k.name()))
                .collect(),
            demand: std::array::from_fn(|i| {
                from(&self.fit.demand.posteriors[i], &self.spec.demand[i], ["conceded", "war"][i])
            }),
            conquest: from(&self.fit.conquest.posteriors[0], &self.spec.conquest, "conquest"),
        }
    }

    /// Intensity per day of a slot of a cell with this value; zero when not at risk.
    pub(crate) fn intensity(&self, beta: &Beta, cell: Cell, slot: usize, value: &CellValue) -> f64 {
        if value.risk >> slot & 1 == 0 {
            return 0.0;
        }
        let (kind, reversed) = match cell {
            Cell::Claim(_) => (Kind::TerritorialDemand, false),
            Cell::Dyad(..) => (SLOTS[slot].kind, SLOTS[slot].reversed),
        };
        let eta = self.spec.of(kind).predict(value, kind.orientation(), reversed, &beta.kinds[kind as usize]);
        libm::exp(eta)
    }

    /// By how much the intensity in the alternative exceeds the recorded one; zero if it does not. `recorded` is
    /// `None` where the record offers no such unit. Saves the exponentials of slots that do not differ.
    fn excess(
        &self,
        beta: &Beta,
        cell: Cell,
        slot: usize,
        alternative: &CellValue,
        recorded: Option<&CellValue>,
    ) -> f64 {
        if alternative.risk >> slot & 1 == 0 {
            return 0.0;
        }
        let (kind, reversed) = match cell {
            Cell::Claim(_) => (Kind::TerritorialDemand, false),
            Cell::Dyad(..) => (SLOTS[slot].kind, SLOTS[slot].reversed),
        };
        let (terms, beta) = (self.spec.of(kind), &beta.kinds[kind as usize]);
        let above = terms.predict(alternative, kind.orientation(), reversed, beta);
        match recorded.filter(|r| r.risk >> slot & 1 == 1) {
            None => libm::exp(above),
            Some(recorded) => {
                let below = terms.predict(recorded, kind.orientation(), reversed, beta);
                if above <= below { 0.0 } else { libm::exp(above) - libm::exp(below) }
            }
        }
    }

    /// One alternative history.
    pub(crate) fn run(
        &self,
        prepared: &Prepared,
        intervention: &Intervention,
        outcomes: &[Outcome],
        beta: &Beta,
        noise: Noise,
        mode: Mode,
    ) -> (Vec<Difference>, Vec<bool>, Vec<Option<f64>>) {
        let mut walk = Walk {
            engine: self,
            beta,
            noise,
            mode,
            state: prepared.state.clone(),
            divergent: ActorSet::EMPTY,
            divergent_fate: ActorSet::EMPTY,
            entries: Vec::new(),
            entry_of: vec![u32::MAX; self.panel.cells.len()],
            stamp_of: vec![0; self.panel.cells.len()],
            segment_of: vec![u16::MAX; self.panel.cells.len()],
            stamp: 0,
            agenda: BinaryHeap::new(),
            sequence: 0,
            fates: vec![Fate::Kept; self.timeline.items.len()],
            differences: Vec::new(),
            probes: vec![None; outcomes.len()],
        };
        for imposed in &intervention.added {
            walk.schedule(imposed.time, Planned::Impose(imposed.clone()));
        }
        for (i, outcome) in outcomes.iter().enumerate() {
            if let Some(time) = outcome.probe_time() {
                walk.schedule(time.max(walk.state.now()), Planned::Look(i));
            }
        }
        if mode == Mode::FreshNoise {
            walk.refresh_everything();
        }
        walk.forward(prepared.first_item, intervention, outcomes);
        outcomes_of(self, outcomes, &walk)
    }
}

fn outcomes_of(
    engine: &Engine,
    outcomes: &[Outcome],
    walk: &Walk,
) -> (Vec<Difference>, Vec<bool>, Vec<Option<f64>>) {
    let kept = |item: usize| walk.fates[item] != Fate::Removed;
    let mut values = Vec::with_capacity(outcomes.len());
    let mut times = Vec::with_capacity(outcomes.len());
    for (i, outcome) in outcomes.iter().enumerate() {
        let (value, time) = match walk.probes[i] {
            Some(value) => (value, None),
            None => outcome.judge(engine.timeline, kept, &walk.differences),
        };
        values.push(value);
        times.push(time);
    }
    (walk.differences.clone(), values, times)
}

/// What became of a recorded item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Kept,
    Removed,
    AnsweredDifferently,
}

#[derive(Clone, Debug)]
enum Planned {
    /// Part of the divergence.
    Impose(crate::whatif::Imposed),
    /// Consequence of a difference.
    Follow { changes: Vec<Change>, parent: usize },
    /// A time window closes.
    Expire(Change),
    /// Look at a state for an outcome.
    Look(usize),
}

struct Appointment {
    time: f64,
    sequence: u32,
    planned: Planned,
}

impl PartialEq for Appointment {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Appointment {}
impl PartialOrd for Appointment {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Appointment {
    /// The heap gives the greatest first, so the earliest is the greatest.
    fn cmp(&self, other: &Self) -> Ordering {
        other.time.total_cmp(&self.time).then(other.sequence.cmp(&self.sequence))
    }
}

/// A cell in which record and alternative differ, or did.
struct Entry {
    cell: usize,
    place: Cell,
    alternative: CellValue,
    /// Start of the recorded segment it was last compared with.
    recorded_since: f64,
    /// Rate of new events by slot: the alternative intensity above the recorded one.
    excess: [f64; SLOTS.len()],
    /// What is left of the exponential waiting time of each slot whose excess is zero; negative if not yet drawn.
    clock: [f64; SLOTS.len()],
    /// When each slot fires if its excess stays as it is. Untouched while the excess does not change, so that
    /// looking at a cell more often does not move its events by rounding.
    fires: [f64; SLOTS.len()],
    drawn: [u32; SLOTS.len()],
    next: f64,
    next_slot: usize,
    /// A slot has fired and waits for its next clock.
    just_fired: bool,
    /// Record and alternative differ here now.
    differs: bool,
}

struct Walk<'e, 'a> {
    engine: &'e Engine<'a>,
    beta: &'e Beta,
    noise: Noise,
    mode: Mode,
    state: State,
    /// Actors with any fact that differs between record and alternative.
    divergent: ActorSet,
    /// Actors whose independence or defeat differs: that concerns their allies too.
    divergent_fate: ActorSet,
    entries: Vec<Entry>,
    entry_of: Vec<u32>,
    stamp_of: Vec<u32>,
    /// Position of the recorded segment last used, by cell.
    segment_of: Vec<u16>,
    stamp: u32,
    agenda: BinaryHeap<Appointment>,
    sequence: u32,
    fates: Vec<Fate>,
    differences: Vec<Difference>,
    probes: Vec<Option<bool>>,
}

impl<'e, 'a> Walk<'e, 'a> {
    fn schedule(&mut self, time: f64, planned: Planned) {
        self.sequence += 1;
        self.agenda.push(Appointment { time, sequence: self.sequence, planned });
    }

    fn forward(&mut self, first_item: usize, intervention: &Intervention, outcomes: &[Outcome]) {
        let end = self.engine.timeline.window.1;
        let items = &self.engine.timeline.items;
        let mut item = first_item;
        loop {
            let item_time = items.get(item).map_or(f64::INFINITY, |i| i.time);
            let agenda_time = self.agenda.peek().map_or(f64::INFINITY, |a| a.time);
            let (new_time, entry) = self.next_new();
            let now = item_time.min(agenda_time).min(new_time);
            if now >= end {
                break;
            }
            self.state.set_now(now);
            if agenda_time <= now {
                if let Some(appointment) = self.agenda.pop() {
                    self.keep_appointment(appointment.planned, outcomes);
                }
            } else if item_time <= now {
                self.meet(item, intervention);
                item += 1;
            } else {
                self.new_event(entry);
            }
        }
        // A look that falls on or after the last moment sees the last state.
        while let Some(appointment) = self.agenda.pop() {
            if let Planned::Look(i) = appointment.planned {
                self.state.set_now(self.state.now().max(end - 1e-6));
                self.probes[i] = Some(outcomes[i].look(&self.state));
            }
        }
    }

    fn next_new(&self) -> (f64, usize) {
        let mut best = (f64::INFINITY, 0);
        for (i, entry) in self.entries.iter().enumerate() {
            if entry.next < best.0 {
                best = (entry.next, i);
            }
        }
        best
    }

    fn keep_appointment(&mut self, planned: Planned, outcomes: &[Outcome]) {
        match planned {
            Planned::Look(i) => self.probes[i] = Some(outcomes[i].look(&self.state)),
            Planned::Expire(change) => {
                let mut touched = ActorSet::EMPTY;
                self.state.apply(self.engine.world, &change, &mut touched);
                self.refresh(touched, false);
            }
            Planned::Follow { changes, parent } => {
                let parties = self.differences[parent].parties;
                let cause = Cause { parent: Some(parent), ..DIRECT };
                self.happen(&changes, parties);
                self.differ(What::Derived { changes }, cause, parties);
            }
            Planned::Impose(imposed) => {
                let parent = self.differences.len();
                let mut changes = imposed.changes;
                match imposed.unit {
                    Some((Kind::WarBegun | Kind::WarJoined, a, b)) => changes.extend(self.war(a, b, parent)),
                    Some((Kind::TerritorialDemand, a, b)) => {
                        if let (Some(claim), Some(mark)) = (imposed.claim, imposed.mark) {
                            changes.extend(self.consequences(mark, a, b, claim, parent));
                        }
                    }
                    _ => {}
                }
                let what =
                    What::Imposed { unit: imposed.unit, claim: imposed.claim, changes: changes.clone() };
                self.differ(what, DIRECT, imposed.parties);
                self.happen(&changes, imposed.parties);
            }
        }
    }

    /// Applies changes that the record does not have.
    fn happen(&mut self, changes: &[Change], parties: ActorSet) {
        let mut touched = parties;
        let mut windows = Vec::new();
        for change in changes {
            self.state.apply(self.engine.world, change, &mut touched);
            expiries(change, self.state.now(), &mut windows);
            if let Change::Independence { actor, .. } | Change::Defeat { actor } = change {
                self.divergent_fate.insert(*actor);
            }
        }
        for (time, change) in windows {
            self.schedule(time, Planned::Expire(change));
        }
        self.divergent = self.divergent.or(&touched);
        self.refresh(touched, true);
    }

    fn differ(&mut self, what: What, cause: Cause, parties: ActorSet) {
        self.differences.push(Difference { time: self.state.now(), what, cause, parties });
    }

    /// Meets an item of the record: it happens here too, or not.
    fn meet(&mut self, index: usize, intervention: &Intervention) {
        let item = &self.engine.timeline.items[index];
        if item.source == ItemSource::Calendar {
            self.apply_recorded(index, item);
            return;
        }
        if intervention.prevents(index, item) {
            self.remove(index, item, DIRECT);
            return;
        }
        if let Some(cause) = item.follows
            && self.fates[cause] != Fate::Kept
        {
            let parent = self.position_of(cause);
            self.remove(index, item, Cause { parent, ..DIRECT });
            return;
        }
        let Some(&(cell, slot, recorded)) = self.engine.units.get(&index) else {
            self.apply_recorded(index, item);
            return;
        };
        if self.mode == Mode::FreshNoise {
            self.fates[index] = Fate::Removed;
            return;
        }
        let forced = intervention.answers.get(&index).copied();
        let entry = self.entry_of[cell];
        if entry == u32::MAX {
            match (forced, item.mark) {
                (Some(mark), Some(was)) if mark != was => self.answer(index, item, mark, true, DIRECT),
                _ => self.apply_recorded(index, item),
            }
            return;
        }
        let alternative = self.entries[entry as usize].alternative;
        let before = self.engine.intensity(self.beta, self.engine.panel.cells.at(cell), slot, recorded);
        let after = if alternative.holder == recorded.holder {
            self.engine.intensity(self.beta, self.engine.panel.cells.at(cell), slot, &alternative)
        } else {
            0.0
        };
        let name = self.engine.item_names[index];
        // An event the model held impossible when it was recorded carries no information and is kept.
        let survives =
            before <= 0.0 || self.noise.uniform(Purpose::Survival, name, 0) < (after / before).min(1.0);
        if !survives {
            let cause = self.why(cell, slot, recorded, &alternative, item.parties, -1.0);
            self.remove(index, item, cause);
            return;
        }
        match (item.mark, forced) {
            (Some(was), Some(mark)) if mark != was => self.answer(index, item, mark, true, DIRECT),
            (Some(was), None) => {
                let mark = self.counterfactual_mark(name, was, recorded, &alternative);
                if mark == was {
                    self.apply_recorded(index, item);
                } else {
                    let cause = self.why(cell, slot, recorded, &alternative, item.parties, 1.0);
                    self.answer(index, item, mark, false, cause);
                }
            }
            _ => self.apply_recorded(index, item),
        }
    }

    fn apply_recorded(&mut self, index: usize, item: &Item) {
        // The same step may touch more in one history than in the other.
        let mut touched = self.engine.panel.touched[index];
        for change in &item.changes {
            self.state.apply(self.engine.world, change, &mut touched);
        }
        if !touched.is_empty() {
            self.refresh(touched, false);
        }
    }

    fn remove(&mut self, index: usize, item: &Item, cause: Cause) {
        self.fates[index] = Fate::Removed;
        // What the record does here and the alternative does not.
        let touched = item.parties.or(&self.engine.panel.touched[index]);
        for change in &item.changes {
            if let Change::Independence { actor, .. } | Change::Defeat { actor } = change {
                self.divergent_fate.insert(*actor);
            }
        }
        self.differ(What::Removed { item: index }, cause, item.parties);
        self.divergent = self.divergent.or(&touched);
        self.refresh(touched, true);
    }

    /// A recorded demand is made here too but answered differently.
    fn answer(&mut self, index: usize, item: &Item, mark: Mark, imposed: bool, cause: Cause) {
        self.fates[index] = Fate::AnsweredDifferently;
        self.apply_recorded(index, item);
        self.differ(What::Answered { item: index, mark, imposed }, cause, item.parties);
        if let (Some((_, a, b)), Some(claim)) = (item.unit, item.claim) {
            let parent = self.differences.len() - 1;
            let changes = self.consequences(mark, a, b, claim, parent);
            self.happen(&changes, item.parties);
        }
    }

    /// Immediate consequences of an answer; later ones go on the agenda.
    fn consequences(&mut self, mark: Mark, a: usize, b: usize, claim: usize, parent: usize) -> Vec<Change> {
        match mark {
            Mark::Resisted => Vec::new(),
            Mark::Conceded => {
                let territory = self.engine.world.claims[claim].territory;
                let changes = self.transfer(territory, a, b);
                let time = self.state.now() + self.engine.fit.cession_lag;
                self.schedule(time, Planned::Follow { changes, parent });
                Vec::new()
            }
            Mark::War => self.war(a, b, parent),
        }
    }

    fn transfer(&self, territory: usize, to: usize, from: usize) -> Vec<Change> {
        let mut changes = vec![Change::Holder { territory, from: Some(from), to: Some(to) }];
        if self.engine.world.homeland_of[territory] == Some(from) {
            changes.push(Change::Independence { actor: from, by: Some(to), on: false });
        }
        changes
    }

    /// A new war: it begins now, may take the land claimed, and ends after the usual time.
    fn war(&mut self, a: usize, b: usize, parent: usize) -> Vec<Change> {
        let (now, fit) = (self.state.now(), self.engine.fit);
        let value =
            evaluate(self.engine.world, &self.state, self.engine.panel.cells, Cell::Dyad(a.min(b), a.max(b)));
        let terms = &self.engine.spec.conquest;
        let eta = terms.predict(&value, Orientation::Ordered, a > b, &self.beta.conquest);
        let codes = &self.engine.world.codes;
        let name = name_of(&["conquest", &codes[a], &codes[b]]);
        let taken =
            self.noise.uniform(Purpose::Conquest, name, parent as u32) < 1.0 / (1.0 + libm::exp(-eta));
        if taken {
            let lands: Vec<usize> = self
                .engine
                .world
                .claims_of(a)
                .map(|c| &self.engine.world.claims[c])
                .filter(|c| self.state.holders[c.territory] == Some(b) && c.live.contains(self.state.today()))
                .map(|c| c.territory)
                .collect();
            let changes: Vec<Change> = lands.into_iter().flat_map(|t| self.transfer(t, a, b)).collect();
            if !changes.is_empty() {
                self.schedule(now + fit.conquest_lag, Planned::Follow { changes, parent });
            }
        }
        let peace = vec![Change::War { a, b, on: false }];
        self.schedule(now + fit.war_length, Planned::Follow { changes: peace, parent });
        vec![Change::War { a, b, on: true }, Change::Force { a, b }]
    }

    /// The first event of a unit whose intensity here exceeds the recorded one.
    fn new_event(&mut self, entry: usize) {
        let (cell_index, slot) = (self.entries[entry].cell, self.entries[entry].next_slot);
        let cell = self.engine.panel.cells.at(cell_index);
        let alternative = self.entries[entry].alternative;
        let recorded = *self.engine.panel.value_at(cell_index, self.state.now());
        let (kind, a, b, claim) = match cell {
            Cell::Dyad(a, b) => {
                let (a, b) = if SLOTS[slot].reversed { (b, a) } else { (a, b) };
                (SLOTS[slot].kind, a, b, None)
            }
            Cell::Claim(c) => {
                let holder = alternative.holder.map_or(0, usize::from);
                (Kind::TerritorialDemand, self.engine.world.claims[c].claimant, holder, Some(c))
            }
        };
        // The waiting time of this slot is used up; the next one has its own address.
        let used = &mut self.entries[entry];
        used.drawn[slot] += 1;
        used.clock[slot] = -1.0;
        used.fires[slot] = f64::INFINITY;
        used.just_fired = true;
        let parties = ActorSet::of([a, b]);
        let cause = self.why(cell_index, slot, &recorded, &alternative, parties, 1.0);
        let parent = self.differences.len();
        let name = self.engine.slot_names[cell_index][slot];
        let mark = claim.map(|_| self.draw_mark(name, self.entries[entry].drawn[slot], &alternative));
        let changes = match (kind, claim, mark) {
            (Kind::NonaggressionPact, ..) => new_pact(PactClass::Nonaggression, parties),
            (Kind::ConsultationPact, ..) => new_pact(PactClass::Consultation, parties),
            (Kind::DefencePact, ..) => new_pact(PactClass::Defence, parties),
            (Kind::PactBroken, ..) => {
                vec![Change::BilateralPactsEnd { a, b }, Change::Breach { by: a }]
            }
            (Kind::TerritorialDemand, Some(c), Some(mark)) => {
                let mut changes = vec![Change::Demand { claim: c, by: a }];
                changes.extend(self.consequences(mark, a, b, c, parent));
                changes
            }
            (Kind::ArmedDispute, ..) => vec![Change::Force { a, b }],
            (Kind::WarBegun | Kind::WarJoined, ..) => self.war(a, b, parent),
            (Kind::RelationsOpened, ..) => vec![Change::Relations { a, b, on: true }],
            (Kind::RelationsBroken, ..) => vec![Change::Relations { a, b, on: false }],
            (Kind::TerritorialDemand, ..) => Vec::new(),
        };
        self.differ(What::Added { kind, a, b, claim, mark, changes: changes.clone() }, cause, parties);
        self.happen(&changes, parties);
    }

    fn mark_odds(&self, value: &CellValue) -> [f64; 3] {
        let odds = |i: usize| {
            libm::exp(self.engine.spec.demand[i].predict(
                value,
                Orientation::Claim,
                false,
                &self.beta.demand[i],
            ))
        };
        let weights = [1.0, odds(0), odds(1)];
        let total: f64 = weights.iter().sum();
        weights.map(|w| w / total)
    }

    fn draw_mark(&self, name: u64, counter: u32, value: &CellValue) -> Mark {
        let u = self.noise.uniform(Purpose::Mark, name, counter);
        let p = self.mark_odds(value);
        if u < p[0] {
            Mark::ALL[0]
        } else if u < p[0] + p[1] {
            Mark::ALL[1]
        } else {
            Mark::ALL[2]
        }
    }

    /// The mark in the alternative given the recorded one: Gumbel noise drawn from its posterior, top down
    /// (Oberst and Sontag 2019, section 3; Maddison and Tarlow 2017), then added to the new log-probabilities.
    fn counterfactual_mark(
        &self,
        name: u64,
        was: Mark,
        recorded: &CellValue,
        alternative: &CellValue,
    ) -> Mark {
        let (p, q) = (self.mark_odds(recorded), self.mark_odds(alternative));
        let gumbel = |counter: u32| -libm::log(self.noise.exponential(Purpose::Mark, name, counter));
        // The largest of log p + gumbel is itself Gumbel, because the probabilities sum to one.
        let top = gumbel(100);
        let mut best = (f64::NEG_INFINITY, was);
        for (k, mark) in Mark::ALL.into_iter().enumerate() {
            let perturbed = if mark == was {
                top
            } else {
                // A Gumbel at log p, truncated to lie below the top.
                let free = gumbel(101 + k as u32) + libm::log(p[k]);
                -libm::log(libm::exp(-free) + libm::exp(-top))
            };
            let value = perturbed - libm::log(p[k]) + libm::log(q[k]);
            if value > best.0 {
                best = (value, mark);
            }
        }
        best.1
    }

    /// Re-evaluates the cells that a step touching these actors can have changed in one history and not the other.
    /// `differs`: the step itself is not in both.
    fn refresh(&mut self, touched: ActorSet, differs: bool) {
        if self.engine.exhaustive {
            self.refresh_everything();
            return;
        }
        self.stamp += 1;
        for i in 0..self.entries.len() {
            // Cells that agree again are found like any other.
            if !self.entries[i].differs {
                continue;
            }
            let near = match self.entries[i].place {
                Cell::Dyad(a, b) => touched.contains(a) || touched.contains(b),
                Cell::Claim(c) => self.claim_touches(c, &touched),
            };
            if near {
                self.reconsider(self.entries[i].cell);
            }
        }
        if self.mode == Mode::FreshNoise {
            return;
        }
        let hot = self.hot();
        if !differs && hot.is_empty() {
            return;
        }
        let cells = self.engine.panel.cells;
        let everybody = ActorSet::of(0..self.engine.world.n_actors);
        for a in touched.iter() {
            let with = if differs || hot.contains(a) { everybody } else { hot };
            for b in with.iter().filter(|&b| b != a) {
                self.reconsider(cells.dyad(a, b));
            }
        }
        for c in 0..self.engine.world.claims.len() {
            if self.claim_touches(c, &touched) && (differs || self.claim_touches(c, &hot)) {
                self.reconsider(cells.claim(c));
            }
        }
    }

    fn claim_touches(&self, claim: usize, actors: &ActorSet) -> bool {
        let claim = &self.engine.world.claims[claim];
        actors.contains(claim.claimant)
            || self.state.holders[claim.territory].is_some_and(|h| actors.contains(h))
    }

    /// Actors any of whose covariates may differ: those with a differing fact, and allies of those whose
    /// independence or defeat differs.
    fn hot(&self) -> ActorSet {
        let mut hot = self.divergent;
        if !self.divergent_fate.is_empty() {
            for class in [PactClass::Defence, PactClass::Consultation] {
                for (actor, ties) in self.state.ties[class as usize].iter().enumerate() {
                    if ties.meets(&self.divergent_fate) {
                        hot.insert(actor);
                    }
                }
            }
        }
        hot
    }

    fn refresh_everything(&mut self) {
        self.stamp += 1;
        let cells = self.engine.panel.cells;
        for a in 0..self.engine.world.n_actors {
            for b in a + 1..self.engine.world.n_actors {
                self.reconsider(cells.dyad(a, b));
            }
        }
        for c in 0..self.engine.world.claims.len() {
            self.reconsider(cells.claim(c));
        }
    }

    /// Compares the two histories in one cell and resets its waiting times.
    fn reconsider(&mut self, cell_index: usize) {
        if self.stamp_of[cell_index] == self.stamp {
            return;
        }
        self.stamp_of[cell_index] = self.stamp;
        let engine = self.engine;
        let cell = engine.panel.cells.at(cell_index);
        let alternative = evaluate(engine.world, &self.state, engine.panel.cells, cell);
        let fresh = self.mode == Mode::FreshNoise;
        let segment = self.segment(cell_index);
        let recorded = &segment.value;
        let position = self.entry_of[cell_index];
        if position != u32::MAX {
            let entry = &self.entries[position as usize];
            let unchanged = entry.recorded_since == segment.start && entry.alternative == alternative;
            // An event just happened if a slot waits for its next clock.
            if unchanged && !entry.just_fired {
                return;
            }
        }
        if position == u32::MAX {
            if !fresh && alternative == *recorded {
                return;
            }
            self.entry_of[cell_index] = self.entries.len() as u32;
            self.entries.push(Entry {
                cell: cell_index,
                place: cell,
                alternative,
                recorded_since: segment.start,
                just_fired: false,
                differs: true,
                excess: [0.0; SLOTS.len()],
                clock: [-1.0; SLOTS.len()],
                fires: [f64::INFINITY; SLOTS.len()],
                drawn: [0; SLOTS.len()],
                next: f64::INFINITY,
                next_slot: 0,
            });
        }
        let position = self.entry_of[cell_index] as usize;
        let same = !fresh && alternative == *recorded;
        let n_slots = if matches!(cell, Cell::Claim(_)) { 1 } else { SLOTS.len() };
        let now = self.state.now();
        let same_holder = alternative.holder == recorded.holder;
        let entry = &mut self.entries[position];
        entry.alternative = alternative;
        entry.recorded_since = segment.start;
        entry.just_fired = false;
        entry.differs = !same;
        entry.next = f64::INFINITY;
        for slot in 0..n_slots {
            let excess = if same {
                0.0
            } else {
                let below = (!fresh && same_holder).then_some(recorded);
                engine.excess(self.beta, cell, slot, &alternative, below)
            };
            if excess != entry.excess[slot] || (excess > 0.0 && entry.fires[slot] == f64::INFINITY) {
                if entry.fires[slot] < f64::INFINITY {
                    entry.clock[slot] = ((entry.fires[slot] - now) * entry.excess[slot]).max(0.0);
                }
                entry.fires[slot] = f64::INFINITY;
                if excess > 0.0 {
                    if entry.clock[slot] < 0.0 {
                        let name = engine.slot_names[cell_index][slot];
                        entry.clock[slot] = self.noise.exponential(Purpose::Waiting, name, entry.drawn[slot]);
                    }
                    entry.fires[slot] = now + entry.clock[slot] / excess;
                }
                entry.excess[slot] = excess;
            }
            if entry.fires[slot] < entry.next {
                (entry.next, entry.next_slot) = (entry.fires[slot], slot);
            }
        }
    }

    /// The recorded segment of a cell now. Time only moves on, so the search starts from the last one found.
    fn segment(&mut self, cell_index: usize) -> &'a Segment {
        let engine: &'e Engine<'a> = self.engine;
        let list = &engine.panel.segments[cell_index];
        let mut at = self.segment_of[cell_index] as usize;
        if at == usize::from(u16::MAX) {
            at = list.partition_point(|s| s.start <= self.state.now()).saturating_sub(1);
        }
        while list.get(at + 1).is_some_and(|next| next.start <= self.state.now()) {
            at += 1;
        }
        self.segment_of[cell_index] = at as u16;
        &list[at]
    }

    fn position_of(&self, item: usize) -> Option<usize> {
        self.differences.iter().rposition(|d| match d.what {
            What::Removed { item: i } | What::Answered { item: i, .. } => i == item,
            _ => false,
        })
    }

    /// The effect that moved a unit's log-intensity most in the given direction, and the latest earlier
    /// difference that can have moved that effect.
    fn why(
        &self,
        cell: usize,
        slot: usize,
        recorded: &CellValue,
        alternative: &CellValue,
        parties: ActorSet,
        direction: f64,
    ) -> Cause {
        use jonbar_model::effects::Reads;
        let (kind, reversed) = match self.engine.panel.cells.at(cell) {
            Cell::Claim(_) => (Kind::TerritorialDemand, false),
            Cell::Dyad(..) => (SLOTS[slot].kind, SLOTS[slot].reversed),
        };
        let terms = self.engine.spec.of(kind);
        let (mut x, mut y) = (Vec::new(), Vec::new());
        terms.gather(recorded, kind.orientation(), reversed, &mut x);
        terms.gather(alternative, kind.orientation(), reversed, &mut y);
        let beta = &self.beta.kinds[kind as usize];
        let both_at_risk = recorded.risk >> slot & 1 == 1 && alternative.risk >> slot & 1 == 1;
        let best = (0..beta.len())
            .map(|i| (i, beta[i] * (y[i] - x[i])))
            .filter(|(_, shift)| both_at_risk && shift * direction > 0.0)
            .max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
        let reads = best.map(|(i, _)| TermSpec::reads(&terms.terms[i].name));
        let fits = |d: &Difference| {
            d.parties.meets(&parties) && reads.is_none_or(|r| moves(self.engine, &d.what, r))
        };
        let parent = self
            .differences
            .iter()
            .rposition(fits)
            .or_else(|| self.differences.iter().rposition(|d| d.parties.meets(&parties)))
            .or(if self.differences.is_empty() { None } else { Some(0) });
        fn moves(engine: &Engine, what: &What, reads: Reads) -> bool {
            let changes: &[Change] = match what {
                What::Removed { item } | What::Answered { item, .. } => &engine.timeline.items[*item].changes,
                What::Imposed { changes, .. } | What::Added { changes, .. } | What::Derived { changes } => {
                    changes
                }
            };
            changes.iter().any(|c| match c {
                Change::PactBegins { .. } | Change::PactEnds { .. } | Change::BilateralPactsEnd { .. } => {
                    reads == Reads::Pacts
                }
                Change::Breach { .. } => reads == Reads::Breaches,
                Change::Force { .. } | Change::Demand { .. } => reads == Reads::Force,
                Change::War { .. } | Change::Defeat { .. } => {
                    reads == Reads::Wars || reads == Reads::Relations
                }
                Change::Relations { .. } => reads == Reads::Relations,
                Change::Holder { .. } | Change::Border { .. } => reads == Reads::Holders,
                Change::Independence { .. } => reads == Reads::Holders || reads == Reads::Wars,
                Change::Sphere { .. } | Change::SphereOver { .. } => reads == Reads::Spheres,
                Change::Office { .. } | Change::Stances { .. } => reads == Reads::Offices,
                Change::Founded { .. }
                | Change::ForceExpires { .. }
                | Change::Touch { .. }
                | Change::TouchAll => false,
            })
        }
        match best {
            Some((i, shift)) => Cause { parent, term: Some((kind, i)), shift },
            None => Cause { parent, ..DIRECT },
        }
    }
}

fn new_pact(class: PactClass, parties: ActorSet) -> Vec<Change> {
    vec![Change::PactBegins { class, parties, bilateral: true, pact: None }]
}
