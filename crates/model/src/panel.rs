//! Spells: stretches of time over which nothing a unit depends on changes.
//!
//! Units that share their covariates share a *cell*: all units of an unordered dyad are one cell, each claim is
//! another. A panel holds, for every cell, the values it takes over time; a value is noted only when it changes.

use crate::actor_set::ActorSet;
use crate::effects::{self, N_CLAIM, N_PAIR, View};
use crate::facts::Facts;
use crate::kinds::{Kind, SLOTS};
use crate::spec::ModelSpec;
use crate::state::{PactClass, State};
use crate::timeline::Timeline;
use crate::world::World;

/// What a cell is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cell {
    /// The dyad of two actors, the smaller position first.
    Dyad(usize, usize),
    /// A claim, by position.
    Claim(usize),
}

/// Covariates and risk flags of a cell at a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CellValue {
    /// Bit `s` is set if slot `s` of [`SLOTS`] is at risk (for a claim: bit 0).
    pub risk: u16,
    /// Pair effects from the first actor to the second; for a claim, from claimant to holder.
    pub forward: [f32; N_PAIR],
    /// Pair effects from the second to the first; for a claim, its claim effects, then zeros.
    pub backward: [f32; N_PAIR],
    /// Holder of the claimed land, for claims.
    pub holder: Option<u16>,
}

const _: () = assert!(N_CLAIM <= N_PAIR, "claim effects share the space of the backward pair effects");

/// A value and the time from which it holds.
#[derive(Clone, Debug)]
pub struct Segment {
    /// Day from which it holds, until the next segment of the cell.
    pub start: f64,
    /// The value.
    pub value: CellValue,
}

/// Numbering of cells.
#[derive(Clone, Copy, Debug)]
pub struct Cells {
    n_actors: usize,
    n_claims: usize,
    /// Pair effects that some kind of a dyad reads, as bits; the others stay zero and make no spells.
    dyad_effects: u64,
    /// Pair effects that demands read.
    claim_effects: u64,
    /// By sort of fact: what read together with it decides an effect or a risk set of a dyad.
    beside_in_dyads: [Facts; Facts::COUNT],
    /// The same for claims.
    beside_in_claims: [Facts; Facts::COUNT],
}

impl Cells {
    /// The cells of a world under a model.
    pub fn of(world: &World, spec: &ModelSpec) -> Cells {
        let (dyad_effects, claim_effects) = spec.pair_effects();
        let pair_reads = |bits: u64| {
            effects::all().enumerate().filter(move |(i, _)| bits >> i & 1 == 1).map(|(_, e)| e.reads)
        };
        let beside = |reads: &[Facts], revealing: Facts| {
            std::array::from_fn(|i| {
                let sort = Facts::at(i);
                let shared = reads.iter().filter(|r| r.meets(sort)).fold(sort, |all, r| all.and(*r));
                if revealing.meets(sort) { Facts::ALL } else { shared }
            })
        };
        let in_dyads: Vec<Facts> =
            SLOTS.iter().map(|s| risk_reads(s.kind)).chain(pair_reads(dyad_effects)).collect();
        let in_claims: Vec<Facts> =
            pair_reads(claim_effects).chain(effects::all_claim().iter().map(|e| e.reads)).collect();
        Cells {
            n_actors: world.n_actors,
            n_claims: world.claims.len(),
            dyad_effects,
            claim_effects,
            // What puts a unit at risk brings every covariate into play.
            beside_in_dyads: beside(&in_dyads, Facts::FATES),
            beside_in_claims: beside(&in_claims, Facts::FATES.and(Facts::HOLDERS)),
        }
    }

    /// When facts of these sorts move alike in two histories: the sorts in which the histories must differ already
    /// for a new difference to show in a dyad, and in a claim. A dyad both of whose actors are touched by a war or
    /// a pact is not covered: it may come to be at risk.
    pub fn beside(self, moved: Facts) -> (Facts, Facts) {
        moved.positions().fold((Facts::NONE, Facts::NONE), |(dyads, claims), i| {
            (dyads.and(self.beside_in_dyads[i]), claims.and(self.beside_in_claims[i]))
        })
    }

    /// Number of indices (dyads have one index per ordered pair, of which only the rising ones are used).
    pub fn len(self) -> usize {
        self.n_actors * self.n_actors + self.n_claims
    }

    /// No cells at all.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Index of a dyad, in either order.
    #[inline]
    pub fn dyad(self, a: usize, b: usize) -> usize {
        a.min(b) * self.n_actors + a.max(b)
    }

    /// Index of a claim.
    #[inline]
    pub fn claim(self, claim: usize) -> usize {
        self.n_actors * self.n_actors + claim
    }

    /// The cell at an index.
    #[inline]
    pub fn at(self, index: usize) -> Cell {
        match index.checked_sub(self.n_actors * self.n_actors) {
            Some(claim) => Cell::Claim(claim),
            None => Cell::Dyad(index / self.n_actors, index % self.n_actors),
        }
    }

    /// Index and slot of a unit.
    pub fn slot(self, kind: Kind, a: usize, b: usize, claim: Option<usize>) -> (usize, usize) {
        match claim {
            Some(claim) => (self.claim(claim), 0),
            None => {
                let reversed = a > b && kind.orientation() == crate::Orientation::Ordered;
                let slot = SLOTS.iter().position(|s| s.kind == kind && s.reversed == reversed);
                (self.dyad(a, b), slot.unwrap_or(0))
            }
        }
    }
}

/// Covariates and risk flags of a cell in a state.
pub fn evaluate(world: &World, state: &State, cells: Cells, cell: Cell) -> CellValue {
    let pair = |i: usize, j: usize, used: u64| {
        let view = View::of(world, state, i, j);
        let mut x = [0.0_f32; N_PAIR];
        let mut left = used;
        while left != 0 {
            let k = left.trailing_zeros() as usize;
            x[k] = (effects::ALL[k].statistic)(view, i, j) as f32;
            left &= left - 1;
        }
        x
    };
    match cell {
        Cell::Dyad(a, b) => {
            let risk = dyad_risk(state, a, b);
            // Covariates of a pair at no risk are never read; leaving them zero saves spells.
            if risk == 0 {
                return CellValue { risk, forward: [0.0; N_PAIR], backward: [0.0; N_PAIR], holder: None };
            }
            CellValue {
                risk,
                forward: pair(a, b, cells.dyad_effects),
                backward: pair(b, a, cells.dyad_effects),
                holder: None,
            }
        }
        Cell::Claim(c) => {
            let claim = &world.claims[c];
            let today = state.today();
            let holder = state.holders[claim.territory];
            let target = holder.filter(|&h| {
                h != claim.claimant
                    && claim.live.contains(today)
                    && state.alive.contains(h)
                    && state.alive.contains(claim.claimant)
                    && !state.wars[claim.claimant].contains(h)
            });
            let mut value =
                CellValue { risk: 0, forward: [0.0; N_PAIR], backward: [0.0; N_PAIR], holder: None };
            if let Some(h) = target {
                value.risk = 1;
                value.holder = Some(h as u16);
                value.forward = pair(claim.claimant, h, cells.claim_effects);
                let view = View::of(world, state, claim.claimant, h);
                for (slot, effect) in value.backward.iter_mut().zip(effects::all_claim()) {
                    *slot = (effect.statistic)(view, c) as f32;
                }
            }
            value
        }
    }
}

/// What decides whether a unit of a dyad is at risk; see [`dyad_risk`].
fn risk_reads(kind: Kind) -> Facts {
    let there = Facts::FATES.and(Facts::WARS);
    match kind {
        Kind::NonaggressionPact | Kind::ConsultationPact | Kind::DefencePact => there.and(Facts::PACTS),
        Kind::PactBroken => Facts::FATES.and(Facts::PACTS),
        Kind::ArmedDispute | Kind::WarBegun | Kind::WarJoined => there,
        Kind::RelationsOpened | Kind::RelationsBroken => there.and(Facts::RELATIONS),
        Kind::TerritorialDemand => Facts::NONE,
    }
}

fn dyad_risk(state: &State, a: usize, b: usize) -> u16 {
    if !(state.alive.contains(a) && state.alive.contains(b)) {
        return 0;
    }
    let at_war = state.wars[a].contains(b);
    let related = state.relations[a].contains(b);
    let pact = state.bilateral_pact(a, b);
    let free_of = |class| !(at_war || pact && state.bilateral_of_class(a, b, class));
    let mut risk = 0;
    for (bit, slot) in SLOTS.iter().enumerate() {
        let (from, to) = if slot.reversed { (b, a) } else { (a, b) };
        let at_risk = match slot.kind {
            Kind::NonaggressionPact => free_of(PactClass::Nonaggression),
            Kind::ConsultationPact => free_of(PactClass::Consultation),
            Kind::DefencePact => free_of(PactClass::Defence),
            Kind::PactBroken => pact,
            Kind::ArmedDispute | Kind::WarBegun => !at_war,
            Kind::WarJoined => !at_war && state.at_war_elsewhere(to, from),
            Kind::RelationsOpened => !related && !at_war,
            Kind::RelationsBroken => related && !at_war,
            Kind::TerritorialDemand => false,
        };
        risk |= u16::from(at_risk) << bit;
    }
    risk
}

/// The recorded history as spells, with the value of each unit just before each of its events.
#[derive(Clone, Debug)]
pub struct Panel {
    /// Segments by cell index, in order of time.
    pub segments: Vec<Vec<Segment>>,
    /// For each item of a modelled kind: item, cell index, slot, and the value just before it.
    pub events: Vec<(usize, usize, usize, CellValue)>,
    /// For each item: the actors whose cells it touched in the record.
    pub touched: Vec<ActorSet>,
    /// Numbering of the cells.
    pub cells: Cells,
    /// State at the end.
    pub last: State,
    /// First and last moment, in days.
    pub window: (f64, f64),
}

impl Panel {
    /// Walks the timeline once, re-evaluating only the cells that an item touches.
    pub fn build(world: &World, timeline: &Timeline, spec: &ModelSpec) -> Panel {
        let cells = Cells::of(world, spec);
        let mut state = timeline.initial.clone();
        let mut segments: Vec<Vec<Segment>> = vec![Vec::new(); cells.len()];
        let mut events = Vec::new();
        let mut all_touched = Vec::with_capacity(timeline.items.len());
        let everybody = ActorSet::of(0..world.n_actors);
        note(world, &state, cells, &everybody, &mut segments);
        for (i, item) in timeline.items.iter().enumerate() {
            state.set_now(item.time);
            if let Some((kind, a, b)) = item.unit {
                let (index, slot) = cells.slot(kind, a, b, item.claim);
                events.push((i, index, slot, evaluate(world, &state, cells, cells.at(index))));
            }
            let mut touched = ActorSet::EMPTY;
            item.changes.iter().for_each(|c| state.apply(world, c, &mut touched));
            if !touched.is_empty() {
                note(world, &state, cells, &touched, &mut segments);
            }
            all_touched.push(touched);
        }
        Panel { segments, events, touched: all_touched, cells, last: state, window: timeline.window }
    }

    /// The value of a cell at a time.
    pub fn value_at(&self, index: usize, time: f64) -> &CellValue {
        &self.segment_at(index, time).value
    }

    /// The segment of a cell at a time. Every cell has one from the first moment on.
    pub fn segment_at(&self, index: usize, time: f64) -> &Segment {
        let list = &self.segments[index];
        let next = list.partition_point(|s| s.start <= time);
        &list[next.saturating_sub(1)]
    }

    /// Number of segments in all.
    pub fn n_segments(&self) -> usize {
        self.segments.iter().map(Vec::len).sum()
    }
}

/// Notes the new value of every cell that touches one of these actors, where it changed.
fn note(world: &World, state: &State, cells: Cells, touched: &ActorSet, segments: &mut [Vec<Segment>]) {
    let mut update = |index: usize| {
        let value = evaluate(world, state, cells, cells.at(index));
        let list = &mut segments[index];
        match list.last_mut() {
            Some(last) if last.value == value => {}
            // Several items at one instant leave only the last value.
            Some(last) if last.start == state.now() => last.value = value,
            _ => list.push(Segment { start: state.now(), value }),
        }
    };
    for a in touched.iter() {
        for b in 0..world.n_actors {
            // A dyad of two touched actors is visited once.
            if b != a && !(b < a && touched.contains(b)) {
                update(cells.dyad(a, b));
            }
        }
    }
    for (c, claim) in world.claims.iter().enumerate() {
        let holder = state.holders[claim.territory];
        if touched.contains(claim.claimant) || holder.is_some_and(|h| touched.contains(h)) {
            update(cells.claim(c));
        }
    }
}
