//! The coupled walk: record and alternative forward together, touching only what differs.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use jonbar_model::{
    ActorSet, Cell, CellValue, Change, Facts, Fit, Item, Kind, Mark, Mask, ModelSpec, Orientation, Panel,
    SLOTS, SavedState, State, TermSpec, Timeline, World,
};

use crate::noise::{Noise, Purpose, name_of};
use crate::outcome::Outcome;
use crate::prefix::{Prefix, PrefixRates};
use crate::walk::{Fate, Room, Walk};
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

/// No parent: the divergence itself.
pub(crate) const DIRECT: Cause = Cause { parent: None, term: None, shift: 0.0 };

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
    /// Coefficients set by hand, by the name of their effect, in place of draws: for questions of sensitivity.
    pub fixed: Vec<(String, f64)>,
    /// What is added to coefficients of a kind, by the name of their effect: for questions of hidden causes.
    pub shifted: Vec<(Kind, &'static str, f64)>,
    /// Set from elsewhere when nobody waits for the trajectories any more: an ensemble then stops short.
    pub stop: Option<&'a AtomicBool>,
    /// By cell: slots whose units are held at the record, as bits: none of their recorded events is lost, and none added.
    pub(crate) held: Vec<u16>,
    /// By item: cell, slot and value just before it, if it is of a modelled kind.
    pub(crate) units: Vec<Option<(usize, usize, &'a CellValue)>>,
    /// By item: actors it concerns in any history.
    pub(crate) reach: Vec<ActorSet>,
    /// By item: position in `besides` of the sorts of fact it moves in any history, and those beside them. What it does to
    /// pacts that only an alternative has is left out.
    pub(crate) beside: Vec<usize>,
    /// Sets of sorts of fact that items move, with those beside them, each once.
    pub(crate) besides: Vec<Facts>,
    pub(crate) slot_names: Vec<[u64; SLOTS.len()]>,
    pub(crate) item_names: Vec<u64>,
    /// Actors that exist at any time or that any item of the record touches.
    in_play: ActorSet,
}

/// Coefficients of one draw.
#[derive(Clone, Debug)]
pub(crate) struct Beta {
    pub kinds: Vec<Vec<f64>>,
    pub demand: [Vec<f64>; 2],
    pub conquest: Vec<f64>,
}

/// The state at the divergence, the items still to come, and what all trajectories begin with.
pub(crate) struct Prepared {
    pub state: State,
    /// The same, for walks to begin with.
    pub saved: SavedState,
    /// Actors about whom anything can change: those of the engine, and those of the intervention.
    pub in_play: ActorSet,
    pub first_item: usize,
    /// By item: the intervention has a say in it.
    pub spoken_for: Vec<bool>,
    /// By outcome: the items of the record that make it true.
    pub recorded: Vec<Vec<usize>>,
    pub prefix: Option<Prefix>,
}

/// What becomes of a recorded item in an alternative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It happens as recorded.
    Kept,
    /// It does not happen.
    Gone,
    /// The demand is made and answered differently.
    Answered(Mark),
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
        let cells = &panel.cells;
        let mut units = vec![None; timeline.items.len()];
        for (item, cell, slot, value) in &panel.events {
            units[*item] = Some((*cell, *slot, value));
        }
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
        let (beside, besides) = beside(timeline, panel);
        Engine {
            world,
            timeline,
            panel,
            spec,
            fit,
            exhaustive: false,
            fixed: Vec::new(),
            shifted: Vec::new(),
            stop: None,
            held: vec![0; cells.len()],
            units,
            reach: timeline
                .items
                .iter()
                .zip(&panel.touched)
                .map(|(item, touched)| reach(item, touched))
                .collect(),
            beside,
            besides,
            slot_names,
            in_play: in_play(world, timeline, panel),
            item_names: timeline
                .items
                .iter()
                .enumerate()
                .map(|(i, item)| name_of(&["item", &item_name(i, item)]))
                .collect(),
        }
    }

    /// Holds a unit at the record: a path of consequences through it is cut.
    pub fn hold(&mut self, kind: Kind, a: usize, b: usize, claim: Option<usize>) {
        let (cell, slot) = self.panel.cells.slot(kind, a, b, claim);
        self.held[cell] |= 1 << slot;
    }

    /// Holds all units of a kind at the record.
    pub fn hold_kind(&mut self, kind: Kind) {
        for (index, held) in self.held.iter_mut().enumerate() {
            let is_claim = matches!(self.panel.cells.at(index), Cell::Claim(_));
            if is_claim && kind.orientation() == Orientation::Claim {
                *held |= 1;
            } else if !is_claim {
                for (slot, _) in SLOTS.iter().enumerate().filter(|(_, s)| s.kind == kind) {
                    *held |= 1 << slot;
                }
            }
        }
    }

    /// The state of the record just before a time, and the first item at or after it.
    pub(crate) fn prepare(&self, intervention: &Intervention, outcomes: &[Outcome]) -> Prepared {
        let start = intervention.start;
        let mut state = self.timeline.state_before(self.world, start);
        let first_item = self.timeline.items.partition_point(|i| i.time < start);
        state.set_now(start.max(self.timeline.window.0));
        let imposed = intervention.added.iter().fold(ActorSet::EMPTY, |all, i| all.or(&i.parties));
        let in_play = self.in_play.or(&imposed);
        Prepared {
            saved: state.save(&in_play),
            in_play,
            state,
            first_item,
            spoken_for: (0..)
                .zip(&self.timeline.items)
                .map(|(i, item)| intervention.concerns(i, item))
                .collect(),
            recorded: outcomes.iter().map(|o| o.recorded(self.timeline)).collect(),
            prefix: None,
        }
    }

    /// Coefficients of draw number `draw`; the modes themselves if `at_mode`.
    pub(crate) fn draw(&self, seed: u64, draw: u32, at_mode: bool) -> Beta {
        let noise = Noise::new(seed, draw);
        let from = |posterior: &jonbar_model::Posterior, terms: &TermSpec, kind: &str| {
            let mut beta = if at_mode {
                posterior.mode.clone()
            } else {
                let z: Vec<f64> = terms
                    .terms
                    .iter()
                    .map(|t| noise.normal(Purpose::Parameters, name_of(&[kind, &t.name]), 0))
                    .collect();
                posterior.draw(&z)
            };
            for (b, term) in beta.iter_mut().zip(&terms.terms) {
                if let Some((_, value)) = self.fixed.iter().find(|(name, _)| *name == term.name) {
                    *b = *value;
                }
                let shifts =
                    self.shifted.iter().filter(|(k, name, _)| k.name() == kind && *name == term.name);
                *b += shifts.map(|(_, _, by)| by).sum::<f64>();
            }
            beta
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
        let (kind, reversed) = cell.unit(slot);
        let eta = self.spec.of(kind).predict(value, kind.orientation(), reversed, &beta.kinds[kind as usize]);
        libm::exp(eta)
    }

    /// By how much the intensity in the alternative exceeds the recorded one; zero if it does not. `recorded` is
    /// `None` where the record offers no such unit, and comes with the statistics in which the two differ: most slots
    /// read none of those and are spared their exponentials.
    #[inline]
    pub(crate) fn excess(
        &self,
        beta: &Beta,
        cell: Cell,
        slot: usize,
        alternative: &CellValue,
        recorded: Option<(&CellValue, Mask)>,
    ) -> f64 {
        if alternative.risk >> slot & 1 == 0 {
            return 0.0;
        }
        let (kind, reversed) = cell.unit(slot);
        let (terms, beta) = (self.spec.of(kind), &beta.kinds[kind as usize]);
        let recorded = recorded.filter(|(r, _)| r.risk >> slot & 1 == 1);
        if recorded.is_some_and(|(_, difference)| !terms.reads_any(difference)) {
            return 0.0;
        }
        let above = terms.predict(alternative, kind.orientation(), reversed, beta);
        match recorded {
            None => libm::exp(above),
            Some((recorded, _)) => {
                let below = terms.predict(recorded, kind.orientation(), reversed, beta);
                if above <= below { 0.0 } else { libm::exp(above) - libm::exp(below) }
            }
        }
    }

    /// Rates of new events of the slots of a cell that are marked in `chosen`; `recorded` is `None` where the record is forgotten.
    pub(crate) fn excesses(
        &self,
        beta: &Beta,
        cell: usize,
        (alternative, recorded): (&CellValue, Option<&CellValue>),
        chosen: u16,
        excesses: &mut [f64; SLOTS.len()],
    ) {
        let place = self.panel.cells.at(cell);
        let claim = matches!(place, Cell::Claim(_));
        let n_slots = if claim { 1 } else { SLOTS.len() };
        let same = recorded.is_some_and(|r| r == alternative);
        let below = recorded.filter(|r| r.holder == alternative.holder);
        let below = below.map(|r| (r, alternative.difference(r, claim)));
        for (slot, excess) in
            excesses.iter_mut().enumerate().take(n_slots).filter(|(slot, _)| chosen >> slot & 1 == 1)
        {
            let held = self.held[cell] >> slot & 1 == 1;
            *excess = if same || held { 0.0 } else { self.excess(beta, place, slot, alternative, below) };
        }
    }

    /// The slots of a dyad whose rate can have changed, as bits, when the alternative went from one value to another, and the
    /// record too.
    pub(crate) fn stirred(
        &self,
        alternative: (&CellValue, &CellValue),
        recorded: (&CellValue, &CellValue),
    ) -> u16 {
        let risks = (alternative.0.risk ^ alternative.1.risk) | (recorded.0.risk ^ recorded.1.risk);
        let [a, b] = [alternative, recorded].map(|(before, after)| before.difference(after, false));
        let reads = |kind: Kind| self.spec.of(kind).reads_any(a) || self.spec.of(kind).reads_any(b);
        SLOTS.iter().enumerate().filter(|(_, slot)| reads(slot.kind)).fold(risks, |all, (i, _)| all | 1 << i)
    }

    /// How likely a recorded item of a modelled kind is to happen where the alternative differs.
    fn chance(&self, beta: &Beta, index: usize, alternative: &CellValue) -> f64 {
        let Some((cell, slot, recorded)) = self.units[index] else { return 1.0 };
        if self.held[cell] >> slot & 1 == 1 {
            return 1.0;
        }
        let place = self.panel.cells.at(cell);
        let before = self.intensity(beta, place, slot, recorded);
        let after = if alternative.holder == recorded.holder {
            self.intensity(beta, place, slot, alternative)
        } else {
            0.0
        };
        // An event the model held impossible when it was recorded carries no information and is kept.
        if before > 0.0 { (after / before).min(1.0) } else { 1.0 }
    }

    /// The same, where nothing but that is at stake; `None` if its answer may be another too.
    pub(crate) fn stays(&self, beta: &Beta, index: usize, alternative: &CellValue) -> Option<f64> {
        let answered = self.timeline.items[index].mark.is_some();
        (!answered).then(|| self.chance(beta, index, alternative))
    }

    /// What becomes of a recorded item of a modelled kind where the alternative differs.
    pub(crate) fn verdict(
        &self,
        beta: &Beta,
        noise: &Noise,
        index: usize,
        alternative: &CellValue,
    ) -> Verdict {
        let Some((cell, slot, recorded)) = self.units[index] else { return Verdict::Kept };
        if self.held[cell] >> slot & 1 == 1 {
            return Verdict::Kept;
        }
        let name = self.item_names[index];
        if noise.uniform(Purpose::Survival, name, 0) >= self.chance(beta, index, alternative) {
            return Verdict::Gone;
        }
        match self.timeline.items[index].mark {
            Some(was) => match self.counterfactual_mark(beta, noise, name, was, recorded, alternative) {
                mark if mark == was => Verdict::Kept,
                mark => Verdict::Answered(mark),
            },
            None => Verdict::Kept,
        }
    }

    /// Probabilities of the answers to a demand.
    pub(crate) fn mark_odds(&self, beta: &Beta, value: &CellValue) -> [f64; 3] {
        let odds = |i: usize| {
            libm::exp(self.spec.demand[i].predict(value, Orientation::Claim, false, &beta.demand[i]))
        };
        let weights = [1.0, odds(0), odds(1)];
        let total: f64 = weights.iter().sum();
        weights.map(|w| w / total)
    }

    /// The mark in the alternative given the recorded one: Gumbel noise drawn from its posterior, top down
    /// (Oberst and Sontag 2019, section 3; Maddison and Tarlow 2017), then added to the new log-probabilities.
    fn counterfactual_mark(
        &self,
        beta: &Beta,
        noise: &Noise,
        name: u64,
        was: Mark,
        recorded: &CellValue,
        alternative: &CellValue,
    ) -> Mark {
        let (p, q) = (self.mark_odds(beta, recorded), self.mark_odds(beta, alternative));
        let gumbel = |counter: u32| -libm::log(noise.exponential(Purpose::Mark, name, counter));
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

    /// One alternative history, from the common beginning on.
    pub(crate) fn run(
        &self,
        prepared: &Prepared,
        intervention: &Intervention,
        outcomes: &[Outcome],
        (beta, noise, rates): (&Beta, Noise, Option<&PrefixRates>),
        mode: Mode,
        room: &mut Room,
    ) -> (Vec<Difference>, Vec<bool>, Vec<Option<f64>>) {
        let prefix = prepared.prefix.as_ref().filter(|_| mode == Mode::Hindsight && !self.exhaustive);
        let walk = if let Some((prefix, rates)) = prefix.zip(rates) {
            let (mut walk, ended) = prefix.follow(self, prepared, (beta, noise, rates), room);
            if !ended {
                walk.forward(intervention, outcomes);
            }
            walk
        } else {
            let mut walk = Walk::new(self, prepared, intervention, outcomes, (beta, noise), mode, room);
            if mode == Mode::FreshNoise {
                walk.forget_the_record();
            }
            walk.forward(intervention, outcomes);
            walk
        };
        let (values, times) = outcomes_of(self, outcomes, &prepared.recorded, &walk);
        (walk.leave(), values, times)
    }
}

/// Actors about whom anything can change in any history of this record: all others stand in every state as in the first.
fn in_play(world: &World, timeline: &Timeline, panel: &Panel) -> ActorSet {
    let everybody = |item: &Item| item.changes.iter().any(|c| matches!(c, Change::NewYear));
    let items = timeline.items.iter().zip(&panel.touched).filter(|(item, _)| !everybody(item));
    items.fold(world.existing(), |all, (item, touched)| all.or(&reach(item, touched)))
}

/// Actors that an item concerns in any history: what touches nobody in the record may in another.
fn reach(item: &Item, touched: &ActorSet) -> ActorSet {
    let mut reach = item.parties.or(touched);
    for change in &item.changes {
        if let Change::Stances { actor }
        | Change::Office { actor, .. }
        | Change::SphereOver { to: actor, .. } = *change
        {
            reach.insert(actor);
        }
    }
    reach
}

/// By item: sorts of fact it moves in any history, and those beside them, by their position among all such sets.
fn beside(timeline: &Timeline, panel: &Panel) -> (Vec<usize>, Vec<Facts>) {
    let mut class_of = BTreeMap::new();
    let begins = |change: &Change| match *change {
        Change::PactBegins { class, pact: Some(pact), .. } => Some((pact, class.facts())),
        _ => None,
    };
    class_of.extend(timeline.initial.pacts.iter().filter_map(|p| Some((p.pact?, p.class.facts()))));
    class_of.extend(timeline.items.iter().flat_map(|i| &i.changes).filter_map(begins));
    let moves = |change: &Change| match change {
        Change::PactEnds { pact } => {
            class_of.get(pact).map_or(Facts::NONE, |class| class.and(Facts::GREAT_TIES))
        }
        Change::NewPactsEnd { .. } => Facts::NONE,
        // What these do depends on more than they move.
        Change::PactBegins { .. } | Change::War { .. } | Change::Holder { .. } => {
            change.moves().and(Facts::FATES)
        }
        Change::SphereOver { .. } => change.moves().and(Facts::HOLDERS),
        Change::Defeat { .. } => change.moves().and(Facts::WARS),
        _ => change.moves(),
    };
    let of_item = |item: &Item| item.changes.iter().fold(Facts::NONE, |all, c| all.and(moves(c)));
    let mut sets: Vec<Facts> = Vec::new();
    let mut position = |set: Facts| {
        sets.iter().position(|s| *s == set).unwrap_or_else(|| {
            sets.push(set);
            sets.len() - 1
        })
    };
    let beside = timeline.items.iter().map(|item| position(panel.cells.beside(of_item(item)))).collect();
    (beside, sets)
}

fn outcomes_of(
    engine: &Engine,
    outcomes: &[Outcome],
    recorded: &[Vec<usize>],
    walk: &Walk,
) -> (Vec<bool>, Vec<Option<f64>>) {
    let kept = |item: usize| walk.fates[item] != Fate::Removed;
    let mut values = Vec::with_capacity(outcomes.len());
    let mut times = Vec::with_capacity(outcomes.len());
    for (i, outcome) in outcomes.iter().enumerate() {
        let (value, time) = match walk.probes[i] {
            Some(value) => (value, None),
            None => outcome.judge(engine.timeline, &recorded[i], kept, &walk.differences),
        };
        values.push(value);
        times.push(time);
    }
    (values, times)
}
