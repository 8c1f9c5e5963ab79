//! One alternative history walked forward beside the record.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use jonbar_model::{
    ActorSet, Cell, CellValue, Change, Facts, Item, ItemSource, Kind, Mark, Orientation, PactClass, Pairs,
    Parted, SLOTS, SavedState, State, TermSpec, Turned, expiries,
};

use crate::engine::{Beta, Cause, DIRECT, Difference, Engine, Mode, Prepared, Verdict, What};
use crate::noise::{Noise, Purpose, name_of};
use crate::outcome::Outcome;
use crate::prefix::Update;
use crate::soonest::Soonest;
use crate::whatif::Intervention;

/// What became of a recorded item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Kept,
    Removed,
    AnsweredDifferently,
}

#[derive(Clone, Debug)]
pub(crate) enum Planned {
    /// Part of the divergence.
    Impose(crate::whatif::Imposed),
    /// Consequence of a difference.
    Follow { changes: Vec<Change>, parent: usize },
    /// A time window closes.
    Expire(Change),
    /// Look at a state for an outcome.
    Look(usize),
}

#[derive(Clone)]
pub(crate) struct Appointment {
    pub(crate) time: f64,
    pub(crate) sequence: u32,
    pub(crate) planned: Planned,
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

/// When a slot fires: the waiting time of a unit exponential is used up at the rate of new events.
#[derive(Clone, Copy)]
pub(crate) struct Clock {
    /// Rate of new events: the alternative intensity above the recorded one.
    pub(crate) excess: f64,
    /// What was left of the waiting time when the rate last changed; negative if not yet drawn.
    pub(crate) left: f64,
    /// When the slot fires if its rate stays as it is. Untouched while it does, so that looking at a cell more often does not move its
    /// events by rounding.
    pub(crate) fires: f64,
}

impl Clock {
    /// Not drawn yet, and standing still.
    pub(crate) const STILL: Clock = Clock { excess: 0.0, left: -1.0, fires: f64::INFINITY };

    /// Goes on at another rate from now on; `wait` draws the waiting time if there is none yet.
    pub(crate) fn turn(&mut self, now: f64, excess: f64, wait: impl FnOnce() -> f64) {
        if excess == self.excess && !(excess > 0.0 && self.fires == f64::INFINITY) {
            return;
        }
        if self.fires < f64::INFINITY {
            self.left = ((self.fires - now) * self.excess).max(0.0);
        }
        self.fires = f64::INFINITY;
        if excess > 0.0 {
            if self.left < 0.0 {
                self.left = wait();
            }
            self.fires = now + self.left / excess;
        }
        self.excess = excess;
    }
}

/// A cell in which record and alternative differ, or did.
pub(crate) struct Entry {
    pub(crate) cell: usize,
    pub(crate) place: Cell,
    pub(crate) alternative: CellValue,
    /// Position of the recorded segment it was last compared with.
    pub(crate) segment: usize,
    pub(crate) clocks: [Clock; SLOTS.len()],
    /// By slot: waiting times used up.
    pub(crate) drawn: [u32; SLOTS.len()],
    pub(crate) next: f64,
    pub(crate) next_slot: usize,
    /// A slot has fired and waits for its next clock.
    pub(crate) just_fired: bool,
    /// Record and alternative differ here now.
    pub(crate) differs: bool,
}

impl Entry {
    /// A cell in which the two histories part.
    pub(crate) fn new(cell: usize, place: Cell, alternative: CellValue, segment: usize) -> Entry {
        Entry {
            cell,
            place,
            alternative,
            segment,
            just_fired: false,
            differs: true,
            clocks: [Clock::STILL; SLOTS.len()],
            drawn: [0; SLOTS.len()],
            next: f64::INFINITY,
            next_slot: 0,
        }
    }

    /// Sets rates and waiting times anew after the alternative or the recorded value changed; `recorded` is `None`
    /// where the record is forgotten. `stirred` are the slots whose rate can have changed, as bits.
    pub(crate) fn settle(
        &mut self,
        engine: &Engine,
        beta: &Beta,
        noise: &Noise,
        now: f64,
        recorded: Option<&CellValue>,
        stirred: u16,
    ) {
        let mut excesses = self.clocks.map(|clock| clock.excess);
        engine.excesses(beta, self.cell, (&self.alternative, recorded), stirred, &mut excesses);
        self.next = f64::INFINITY;
        for (slot, excess) in excesses.into_iter().enumerate() {
            let name = engine.slot_names[self.cell][slot];
            let drawn = self.drawn[slot];
            self.clocks[slot].turn(now, excess, || noise.exponential(Purpose::Waiting, name, drawn));
            self.fires_in(slot);
        }
    }

    /// Notes that a slot may be the first to fire.
    pub(crate) fn fires_in(&mut self, slot: usize) {
        if self.clocks[slot].fires < self.next {
            (self.next, self.next_slot) = (self.clocks[slot].fires, slot);
        }
    }
}

/// Where walks keep what has one place per cell, so that a walk costs what differs in it and not what exists. One walk
/// at a time.
pub(crate) struct Room {
    /// By cell: position of its entry, or `u32::MAX`.
    pub(crate) entry_of: Vec<u32>,
    /// By cell: the step it was last looked at in.
    pub(crate) stamp_of: Vec<u64>,
    pub(crate) stamp: u64,
    /// In which statistics of pairs the two histories differ; with the record forgotten, which are set.
    pub(crate) pairs: Pairs,
    /// Counts how often the facts that differ, or links between actors, changed.
    pub(crate) watched: u64,
    /// By group of items that count together with the same sorts of fact: as of which count, and about whom any of those
    /// differs or who is linked to them.
    pub(crate) beside: Vec<(u64, ActorSet)>,
    /// When each entry fires.
    pub(crate) soonest: Soonest,
    /// By cell of a dyad: the last difference that both have a part in, or `u32::MAX`; and the cells that have one.
    pub(crate) last: Vec<u32>,
    pub(crate) with_last: Vec<usize>,
    /// Room to note with whom pairs of each actor turn in a step.
    pub(crate) turned: Vec<(usize, Turned)>,
    /// What the last walk left behind to be used again.
    pub(crate) spare: Spare,
}

/// Containers that a walk fills and the next one fills again. All but the states are empty; those are restored before use.
#[derive(Default)]
pub(crate) struct Spare {
    /// Of both histories.
    states: Option<(State, State)>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) apart: Vec<ActorSet>,
    pub(crate) alone: Vec<ActorSet>,
    pub(crate) parts: Vec<Vec<u32>>,
}

impl Spare {
    /// Both states as they were saved.
    pub(crate) fn states(
        &mut self,
        prepared: &Prepared,
        saved: (&SavedState, &SavedState),
    ) -> (State, State) {
        let states = self.states.take();
        let mut states = states.unwrap_or_else(|| (prepared.state.clone(), prepared.state.clone()));
        states.0.restore(saved.0);
        states.1.restore(saved.1);
        states
    }
}

impl Room {
    /// Room for walks in this world.
    pub(crate) fn new(engine: &Engine) -> Room {
        let cells = engine.panel.cells.len();
        Room {
            entry_of: vec![u32::MAX; cells],
            stamp_of: vec![0; cells],
            stamp: 0,
            pairs: Pairs::new(engine.world.n_actors),
            watched: 0,
            beside: vec![(u64::MAX, ActorSet::EMPTY); engine.besides.len()],
            soonest: Soonest::default(),
            last: vec![u32::MAX; cells],
            with_last: Vec::new(),
            turned: Vec::new(),
            spare: Spare {
                apart: vec![ActorSet::EMPTY; engine.world.n_actors],
                alone: vec![ActorSet::EMPTY; engine.world.n_actors],
                parts: vec![Vec::new(); engine.world.n_actors],
                ..Spare::default()
            },
        }
    }

    /// Notes a difference with its parties.
    pub(crate) fn note(&mut self, engine: &Engine, position: usize, parties: &ActorSet) {
        for a in parties.iter() {
            for b in parties.iter().filter(|b| *b > a) {
                let cell = engine.panel.cells.dyad(a, b);
                if self.last[cell] == u32::MAX {
                    self.with_last.push(cell);
                }
                self.last[cell] = position as u32;
            }
        }
    }

    /// Makes room again after a walk that left these entries.
    fn clear(&mut self, entries: &[Entry]) {
        entries.iter().for_each(|e| self.entry_of[e.cell] = u32::MAX);
        self.soonest.clear();
        self.with_last.drain(..).for_each(|cell| self.last[cell] = u32::MAX);
        self.pairs.clear();
        self.watched += 1;
    }
}

pub(crate) struct Walk<'e, 'a> {
    pub(crate) engine: &'e Engine<'a>,
    pub(crate) beta: &'e Beta,
    pub(crate) noise: Noise,
    pub(crate) mode: Mode,
    /// By item: the intervention has a say in it.
    pub(crate) spoken_for: &'e [bool],
    pub(crate) room: &'e mut Room,
    pub(crate) state: State,
    /// The state of the record at the same time.
    pub(crate) recorded: State,
    /// Items of the record met so far, counted from the first of all.
    pub(crate) met: usize,
    /// Items that both states have taken in. Those since are alike in both and wait until a state is needed.
    pub(crate) taken_in: usize,
    /// About whom the two states differ.
    pub(crate) parted: Parted,
    /// Actors about whom anything differs, in themselves or in a cell.
    pub(crate) near: ActorSet,
    pub(crate) entries: Vec<Entry>,
    /// By actor: with whom its dyad differs now.
    pub(crate) apart: Vec<ActorSet>,
    /// Actors with any such dyad.
    pub(crate) apart_actors: ActorSet,
    /// By actor: those among them that are at no risk in the record, which therefore does not tell when their
    /// covariates change.
    pub(crate) alone: Vec<ActorSet>,
    /// Claims that differ now.
    pub(crate) claims_apart: Vec<usize>,
    pub(crate) agenda: BinaryHeap<Appointment>,
    pub(crate) sequence: u32,
    pub(crate) fates: Vec<Fate>,
    pub(crate) differences: Vec<Difference>,
    /// By actor: the differences that it has a part in.
    pub(crate) parts: Vec<Vec<u32>>,
    pub(crate) probes: Vec<Option<bool>>,
    /// In the common beginning of all trajectories: what changed in the cells during the present step.
    pub(crate) log: Option<Vec<Update>>,
}

impl<'e, 'a> Walk<'e, 'a> {
    /// At the divergence, with the imposed changes and the looks of the outcomes on the agenda.
    pub(crate) fn new(
        engine: &'e Engine<'a>,
        prepared: &'e Prepared,
        intervention: &Intervention,
        outcomes: &[Outcome],
        (beta, noise): (&'e Beta, Noise),
        mode: Mode,
        room: &'e mut Room,
    ) -> Walk<'e, 'a> {
        let (state, recorded) = room.spare.states(prepared, (&prepared.saved, &prepared.saved));
        let spare = std::mem::take(&mut room.spare);
        let mut walk = Walk {
            engine,
            beta,
            noise,
            mode,
            spoken_for: &prepared.spoken_for,
            room,
            state,
            recorded,
            met: prepared.first_item,
            taken_in: prepared.first_item,
            parted: Parted::default(),
            near: ActorSet::EMPTY,
            entries: spare.entries,
            apart: spare.apart,
            apart_actors: ActorSet::EMPTY,
            alone: spare.alone,
            claims_apart: Vec::new(),
            agenda: BinaryHeap::new(),
            sequence: 0,
            fates: vec![Fate::Kept; engine.timeline.items.len()],
            differences: Vec::new(),
            parts: spare.parts,
            probes: vec![None; outcomes.len()],
            log: None,
        };
        for imposed in &intervention.added {
            walk.schedule(imposed.time, Planned::Impose(imposed.clone()));
        }
        for (i, outcome) in outcomes.iter().enumerate() {
            if let Some(time) = outcome.probe_time() {
                walk.schedule(time.max(walk.state.now()), Planned::Look(i));
            }
        }
        walk
    }

    /// Leaves the room as it found it, with its containers for the next walk; what differed from the record.
    pub(crate) fn leave(mut self) -> Vec<Difference> {
        self.room.clear(&self.entries);
        for entry in &self.entries {
            if let Cell::Dyad(a, b) = entry.place {
                for actor in [a, b] {
                    (self.apart[actor], self.alone[actor]) = (ActorSet::EMPTY, ActorSet::EMPTY);
                }
            }
        }
        for actor in self.differences.iter().flat_map(|d| d.parties.iter()) {
            self.parts[actor].clear();
        }
        self.entries.clear();
        self.room.spare = Spare {
            states: Some((self.state, self.recorded)),
            entries: self.entries,
            apart: self.apart,
            alone: self.alone,
            parts: self.parts,
        };
        self.differences
    }

    pub(crate) fn schedule(&mut self, time: f64, planned: Planned) {
        self.sequence += 1;
        self.agenda.push(Appointment { time, sequence: self.sequence, planned });
    }

    pub(crate) fn forward(&mut self, intervention: &Intervention, outcomes: &[Outcome]) {
        let end = self.engine.timeline.window.1;
        let items = &self.engine.timeline.items;
        loop {
            let item_time = items.get(self.met).map_or(f64::INFINITY, |i| i.time);
            let agenda_time = self.agenda.peek().map_or(f64::INFINITY, |a| a.time);
            let (new_time, entry) = self.room.soonest.first();
            let now = item_time.min(agenda_time).min(new_time);
            if now >= end {
                break;
            }
            if agenda_time <= now {
                self.keep_appointment(outcomes);
            } else if item_time <= now {
                self.meet(intervention);
            } else {
                self.turn_to(now);
                self.new_event(entry);
            }
        }
        self.look_at_the_end(outcomes);
    }

    /// Brings both states up to date and sets the time.
    pub(crate) fn turn_to(&mut self, now: f64) {
        for item in &self.engine.timeline.items[self.taken_in..self.met] {
            for state in [&mut self.state, &mut self.recorded] {
                state.take_in(self.engine.world, item.time, &item.changes);
            }
        }
        self.taken_in = self.met;
        self.state.set_now(now);
    }

    /// A look that falls on or after the last moment sees the last state.
    pub(crate) fn look_at_the_end(&mut self, outcomes: &[Outcome]) {
        let end = self.engine.timeline.window.1;
        while let Some(appointment) = self.agenda.pop() {
            if let Planned::Look(i) = appointment.planned {
                self.turn_to(self.state.now().max(end - 1e-6));
                self.probes[i] = Some(outcomes[i].look(&self.state));
            }
        }
    }

    /// Keeps the next appointment.
    pub(crate) fn keep_appointment(&mut self, outcomes: &[Outcome]) {
        let Some(appointment) = self.agenda.pop() else { return };
        self.turn_to(appointment.time);
        match appointment.planned {
            Planned::Look(i) => self.probes[i] = Some(outcomes[i].look(&self.state)),
            Planned::Expire(change) => {
                let (touched, moved) = self.state.apply_all(self.engine.world, &[change]);
                self.compare(touched, moved, None);
            }
            Planned::Follow { changes, parent } => {
                let parties = self.differences[parent].parties;
                let cause = Cause { parent: Some(parent), ..DIRECT };
                let broken = self.pacts_broken_by(&changes);
                self.happen(&changes, parties);
                self.differ(What::Derived { changes }, cause, parties);
                self.note_broken(&broken, Some(self.differences.len() - 1));
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
                let broken = self.pacts_broken_by(&changes);
                self.differ(what, DIRECT, imposed.parties);
                self.happen(&changes, imposed.parties);
                self.note_broken(&broken, Some(parent));
            }
        }
    }

    /// Applies changes that the record does not have.
    fn happen(&mut self, changes: &[Change], parties: ActorSet) {
        let now = self.state.now();
        let (touched, moved) = self.state.apply_all(self.engine.world, changes);
        let mut windows = Vec::new();
        changes.iter().for_each(|change| expiries(change, now, &mut windows));
        for (time, change) in windows {
            self.schedule(time, Planned::Expire(change));
        }
        self.compare(touched.or(&parties), moved, None);
    }

    /// New pacts that these changes break: who breaks, towards whom.
    fn pacts_broken_by(&self, changes: &[Change]) -> Vec<(usize, usize)> {
        let pairs = changes.iter().filter_map(|c| match *c {
            Change::NewPactsEnd { by, with } if self.state.new_pact(by, with) => Some((by, with)),
            _ => None,
        });
        pairs.collect()
    }

    fn note_broken(&mut self, pairs: &[(usize, usize)], parent: Option<usize>) {
        for &(a, b) in pairs {
            let changes = vec![Change::BilateralPactsEnd { a, b }, Change::Breach { by: a }];
            self.differ(What::Derived { changes }, Cause { parent, ..DIRECT }, ActorSet::of([a, b]));
        }
    }

    fn differ(&mut self, what: What, cause: Cause, parties: ActorSet) {
        let position = self.differences.len();
        parties.iter().for_each(|actor| self.parts[actor].push(position as u32));
        self.room.note(self.engine, position, &parties);
        self.differences.push(Difference { time: self.state.now(), what, cause, parties });
    }

    /// Meets the next item of the record: it happens here too, or not.
    pub(crate) fn meet(&mut self, intervention: &Intervention) {
        let index = self.met;
        let item = &self.engine.timeline.items[index];
        let alike = self.compares()
            && !self.spoken_for[index]
            && item.follows.is_none_or(|cause| self.fates[cause] == Fate::Kept);
        if alike && self.passes(index, item) {
            self.met += 1;
            return;
        }
        self.turn_to(item.time);
        self.met += 1;
        self.taken_in += 1;
        self.recorded.set_now(item.time);
        self.recorded.apply_all(self.engine.world, &item.changes);
        self.decide(index, intervention);
    }

    /// Whether the walk keeps track of what differs from the record; otherwise it looks at everything.
    fn compares(&self) -> bool {
        self.mode == Mode::Hindsight && !self.engine.exhaustive
    }

    /// What becomes of an item of the record.
    fn decide(&mut self, index: usize, intervention: &Intervention) {
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
        let Some((cell, slot, recorded)) = self.engine.units[index] else {
            self.apply_recorded(index, item);
            return;
        };
        let forced = intervention.answers.get(&index).copied();
        if self.mode == Mode::FreshNoise {
            // Nothing recorded is known to come, but what the change answers is part of it.
            match (forced, item.mark) {
                (Some(mark), Some(was)) if mark != was => self.answer(index, item, mark, true, DIRECT),
                (Some(_), _) => self.apply_recorded(index, item),
                _ => self.fates[index] = Fate::Removed,
            }
            return;
        }
        if self.log.is_some() {
            // The common beginning keeps whatever is not prevented.
            self.apply_recorded(index, item);
            return;
        }
        let entry = self.room.entry_of[cell];
        if entry == u32::MAX || !self.entries[entry as usize].differs {
            match (forced, item.mark) {
                (Some(mark), Some(was)) if mark != was => self.answer(index, item, mark, true, DIRECT),
                _ => self.apply_recorded(index, item),
            }
            return;
        }
        let alternative = self.entries[entry as usize].alternative;
        match (self.engine.verdict(self.beta, &self.noise, index, &alternative), forced, item.mark) {
            (Verdict::Gone, ..) => {
                let cause = self.why(cell, slot, recorded, &alternative, item.parties, -1.0);
                self.remove(index, item, cause);
            }
            (_, Some(mark), Some(was)) if mark != was => self.answer(index, item, mark, true, DIRECT),
            (Verdict::Answered(mark), None, _) => {
                let cause = self.why(cell, slot, recorded, &alternative, item.parties, 1.0);
                self.answer(index, item, mark, false, cause);
            }
            _ => self.apply_recorded(index, item),
        }
    }

    fn apply_recorded(&mut self, index: usize, item: &Item) {
        let broken = self.pacts_broken_by(&item.changes);
        let (touched, moved) = self.state.apply_all(self.engine.world, &item.changes);
        if !broken.is_empty() {
            // The pact itself is why: without it there was nothing to break.
            let bound =
                |d: &Difference| broken.iter().all(|(a, b)| d.parties.contains(*a) && d.parties.contains(*b));
            let parent = self.differences.iter().rposition(bound);
            self.note_broken(&broken, parent);
        }
        if self.compares() && broken.is_empty() && self.moves_alike(index) {
            self.follow(index, moved);
            return;
        }
        let panel = self.engine.panel;
        self.compare(touched.or(&panel.touched[index]), moved.and(panel.moved[index]), Some(index));
    }

    fn remove(&mut self, index: usize, item: &Item, cause: Cause) {
        self.fates[index] = Fate::Removed;
        self.differ(What::Removed { item: index }, cause, item.parties);
        // What the record does here and the alternative does not.
        let panel = self.engine.panel;
        self.compare(item.parties.or(&panel.touched[index]), panel.moved[index], Some(index));
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
        let mut changes = vec![
            Change::Holder { territory, from: Some(from), to: Some(to) },
            Change::NewPactsEnd { by: to, with: from },
        ];
        if self.engine.world.homeland_of[territory] == Some(from) {
            // With the state goes whatever else it still holds.
            let rest = (0..self.state.holders.len())
                .filter(|&t| t != territory && self.state.holders[t] == Some(from))
                .map(|territory| Change::Holder { territory, from: Some(from), to: Some(to) });
            changes.extend(rest);
            changes.push(Change::Independence { actor: from, by: Some(to), on: false });
        }
        changes
    }

    /// A new war: it begins now, may take the land claimed, and ends after the usual time.
    fn war(&mut self, a: usize, b: usize, parent: usize) -> Vec<Change> {
        let (now, fit) = (self.state.now(), self.engine.fit);
        let value =
            self.engine.panel.cells.evaluate(self.engine.world, &self.state, Cell::Dyad(a.min(b), a.max(b)));
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
        vec![Change::War { a, b, on: true }, Change::Force { a, b }, Change::NewPactsEnd { by: a, with: b }]
    }

    /// The first event of a unit whose intensity here exceeds the recorded one.
    fn new_event(&mut self, entry: usize) {
        let (cell_index, slot) = (self.entries[entry].cell, self.entries[entry].next_slot);
        let cell = self.engine.panel.cells.at(cell_index);
        let alternative = self.entries[entry].alternative;
        let recorded = self.segment(&self.entries[entry]).value;
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
        used.clocks[slot] = Clock { left: -1.0, fires: f64::INFINITY, ..used.clocks[slot] };
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
        let broken = self.pacts_broken_by(&changes);
        self.happen(&changes, parties);
        self.differ(What::Added { kind, a, b, claim, mark, changes }, cause, parties);
        if self.entries[entry].just_fired {
            // Nothing in the cell turned, but its next clock is to be drawn.
            self.reconsider(cell_index, Facts::NONE);
        }
        self.note_broken(&broken, Some(parent));
    }

    fn draw_mark(&self, name: u64, counter: u32, value: &CellValue) -> Mark {
        let u = self.noise.uniform(Purpose::Mark, name, counter);
        let p = self.engine.mark_odds(self.beta, value);
        if u < p[0] {
            Mark::ALL[0]
        } else if u < p[0] + p[1] {
            Mark::ALL[1]
        } else {
            Mark::ALL[2]
        }
    }

    fn position_of(&self, item: usize) -> Option<usize> {
        self.differences.iter().rposition(|d| match d.what {
            What::Removed { item: i } | What::Answered { item: i, .. } => i == item,
            _ => false,
        })
    }

    /// The sorts of fact in which a difference parts the histories.
    fn moved_in(&self, what: &What) -> Facts {
        match what {
            What::Removed { item } | What::Answered { item, .. } => {
                moved_by(&self.engine.timeline.items[*item])
            }
            What::Imposed { changes, .. } | What::Added { changes, .. } | What::Derived { changes } => {
                moves(changes)
            }
        }
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
        let (kind, reversed) = self.engine.panel.cells.at(cell).unit(slot);
        let terms = self.engine.spec.of(kind);
        let beta = &self.beta.kinds[kind as usize];
        let both_at_risk = recorded.risk >> slot & 1 == 1 && alternative.risk >> slot & 1 == 1;
        let best = both_at_risk.then(|| {
            let x = terms.covariates(recorded, kind.orientation(), reversed);
            let y = terms.covariates(alternative, kind.orientation(), reversed);
            beta.iter()
                .zip(x.zip(y))
                .map(|(beta, (x, y))| beta * (y - x))
                .enumerate()
                .filter(|(_, shift)| shift * direction > 0.0)
                .max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))
        });
        let best = best.flatten();
        let name = best.map(|(i, _)| terms.terms[i].name.as_str());
        // What holds between two states only a difference about both can move.
        let pair = name.is_none_or(TermSpec::is_of_the_pair);
        let concerns = |d: &Difference| {
            if pair { parties.without(&d.parties).is_empty() } else { d.parties.meets(&parties) }
        };
        let moved = |d: &Difference| name.is_none_or(|n| TermSpec::reads(n).meets(self.moved_in(&d.what)));
        let latest = |fits: &dyn Fn(&Difference) -> bool| {
            // Each actor's last one that fits, and of those the last.
            let own = parties.iter().filter_map(|actor| {
                self.parts[actor].iter().rev().find(|&&d| fits(&self.differences[d as usize]))
            });
            own.max().map(|&d| d as usize)
        };
        // Mostly it is the last one that both have a part in; if they have none together, no other is about both.
        let of_both = match self.engine.panel.cells.at(cell) {
            Cell::Dyad(a, b) if pair && parties == ActorSet::of([a, b]) => Some(self.room.last[cell]),
            _ => None,
        };
        let last = of_both.filter(|d| *d != u32::MAX).map(|d| d as usize);
        let parent = last
            .filter(|&d| moved(&self.differences[d]))
            .or_else(|| {
                let any = of_both != Some(u32::MAX);
                any.then(|| latest(&|d| concerns(d) && moved(d))).flatten()
            })
            .or_else(|| latest(&moved))
            .or_else(|| latest(&|_| true))
            .or(if self.differences.is_empty() { None } else { Some(0) });
        match best {
            Some((i, shift)) => Cause { parent, term: Some((kind, i)), shift },
            None => Cause { parent, ..DIRECT },
        }
    }
}

/// The sorts of fact that an item can move.
fn moved_by(item: &Item) -> Facts {
    moves(&item.changes)
}

fn moves(changes: &[Change]) -> Facts {
    changes.iter().fold(Facts::NONE, |all, c| all.and(c.moves()))
}

fn new_pact(class: PactClass, parties: ActorSet) -> Vec<Change> {
    vec![Change::PactBegins { class, parties, bilateral: true, pact: None }]
}
