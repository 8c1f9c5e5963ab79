//! Cells: units that share their covariates, and how their values follow from the state.
//!
//! All units of an unordered dyad are one *cell*; each claim is another.

use crate::effects::{self, N_CLAIM, N_PAIR, View};
use crate::facts::Facts;
use crate::kinds::{Kind, SLOTS};
use crate::spec::ModelSpec;
use crate::state::{PactClass, State};
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

/// Numbering of cells, and which facts decide their values.
#[derive(Clone, Debug)]
pub struct Cells {
    n_actors: usize,
    n_claims: usize,
    dyads: Reach,
    claims: Reach,
    /// Claim effects that read a sort of fact, as bits.
    claim_effects: [u64; Facts::COUNT],
}

/// What the values of one sort of cell depend on.
#[derive(Clone, Debug)]
struct Reach {
    /// Pair effects that some kind reads, as bits; the others stay zero and make no spells.
    effects: u64,
    /// By sort of fact: the pair effects among them that read it.
    reading: [u64; Facts::COUNT],
    /// By sort of fact: what is read together with it by some effect or risk set.
    beside: [Facts; Facts::COUNT],
}

impl Reach {
    /// `others`: what is read by anything but the pair effects. `revealing`: sorts of fact that can put a unit at
    /// risk whoever else is concerned, and so bring every covariate into play.
    fn new(bits: u64, others: &[Facts], revealing: Facts) -> Reach {
        let used = || effects::all().enumerate().filter(|(i, _)| bits >> i & 1 == 1);
        let reads: Vec<Facts> = used().map(|(_, e)| e.reads).chain(others.iter().copied()).collect();
        Reach {
            effects: bits,
            reading: Facts::each(|sort| {
                used().filter(|(_, e)| e.reads.meets(sort)).fold(0, |bits, (i, _)| bits | 1 << i)
            }),
            beside: Facts::each(|sort| {
                let shared = reads.iter().filter(|r| r.meets(sort)).fold(sort, |all, r| all.and(*r));
                if revealing.meets(sort) { Facts::ALL } else { shared }
            }),
        }
    }
}

/// Sorts of fact that decide whether units of a dyad are at risk.
const DYAD_RISK: Facts = Facts::FATES.and(Facts::WARS).and(Facts::PACTS).and(Facts::RELATIONS);
/// Sorts of fact that decide whether a claim can be demanded, and of whom.
const CLAIM_RISK: Facts = Facts::FATES.and(Facts::WARS).and(Facts::HOLDERS);

impl Cells {
    /// The cells of a world under a model.
    pub fn of(world: &World, spec: &ModelSpec) -> Cells {
        let (in_dyads, in_claims) = spec.pair_effects();
        let risks: Vec<Facts> = SLOTS.iter().map(|s| risk_reads(s.kind)).collect();
        let of_claims: Vec<Facts> = effects::all_claim().iter().map(|e| e.reads).collect();
        Cells {
            n_actors: world.n_actors,
            n_claims: world.claims.len(),
            dyads: Reach::new(in_dyads, &risks, Facts::FATES),
            claims: Reach::new(in_claims, &of_claims, Facts::FATES.and(Facts::HOLDERS)),
            claim_effects: Facts::each(|sort| {
                (0..N_CLAIM).filter(|&i| of_claims[i].meets(sort)).fold(0, |bits, i| bits | 1 << i)
            }),
        }
    }

    /// When facts of these sorts move alike in two histories: the sorts in which the histories must differ already
    /// for a new difference to show in a dyad, and in a claim. Not covered: a dyad or claim both of whose actors are
    /// touched by a war or a pact, which may come to be at risk.
    pub fn beside(&self, moved: Facts) -> (Facts, Facts) {
        moved.positions().fold((Facts::NONE, Facts::NONE), |(dyads, claims), i| {
            (dyads.and(self.dyads.beside[i]), claims.and(self.claims.beside[i]))
        })
    }

    /// Number of indices (dyads have one index per ordered pair, of which only the rising ones are used).
    pub fn len(&self) -> usize {
        self.n_actors * self.n_actors + self.n_claims
    }

    /// No cells at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Index of a dyad, in either order.
    #[inline]
    pub fn dyad(&self, a: usize, b: usize) -> usize {
        a.min(b) * self.n_actors + a.max(b)
    }

    /// Index of a claim.
    #[inline]
    pub fn claim(&self, claim: usize) -> usize {
        self.n_actors * self.n_actors + claim
    }

    /// The cell at an index.
    #[inline]
    pub fn at(&self, index: usize) -> Cell {
        match index.checked_sub(self.n_actors * self.n_actors) {
            Some(claim) => Cell::Claim(claim),
            None => Cell::Dyad(index / self.n_actors, index % self.n_actors),
        }
    }

    /// Index and slot of a unit.
    pub fn slot(&self, kind: Kind, a: usize, b: usize, claim: Option<usize>) -> (usize, usize) {
        match claim {
            Some(claim) => (self.claim(claim), 0),
            None => {
                let reversed = a > b && kind.orientation() == crate::Orientation::Ordered;
                let slot = SLOTS.iter().position(|s| s.kind == kind && s.reversed == reversed);
                (self.dyad(a, b), slot.unwrap_or(0))
            }
        }
    }

    /// Covariates and risk flags of a cell in a state.
    pub fn evaluate(&self, world: &World, state: &State, cell: Cell) -> CellValue {
        let mut value = CellValue { risk: 0, forward: [0.0; N_PAIR], backward: [0.0; N_PAIR], holder: None };
        // Covariates of a unit at no risk are never read; leaving them zero saves spells.
        match cell {
            Cell::Dyad(a, b) => {
                value.risk = dyad_risk(state, a, b);
                if value.risk != 0 {
                    let all = self.dyads.all();
                    all.fill(world, state, (a, b), &mut value.forward);
                    all.fill(world, state, (b, a), &mut value.backward);
                }
            }
            Cell::Claim(c) => {
                if let Some(h) = target(world, state, c) {
                    value.risk = 1;
                    value.holder = Some(h as u16);
                    self.claims.all().fill(world, state, (world.claims[c].claimant, h), &mut value.forward);
                    fill_claim(world, state, c, u64::MAX, &mut value.backward);
                }
            }
        }
        value
    }

    /// Brings the value of a cell up to date after facts of these sorts moved. Equal to [`Cells::evaluate`], but
    /// looks only at the effects concerned.
    pub fn revise(&self, world: &World, state: &State, cell: Cell, moved: Facts, value: &mut CellValue) {
        match cell {
            Cell::Dyad(a, b) => {
                let risk = if moved.meets(DYAD_RISK) { dyad_risk(state, a, b) } else { value.risk };
                if risk == 0 || value.risk == 0 {
                    if risk != value.risk {
                        *value = self.evaluate(world, state, cell);
                    }
                    return;
                }
                value.risk = risk;
                let some = self.dyads.reading(moved);
                some.fill(world, state, (a, b), &mut value.forward);
                some.fill(world, state, (b, a), &mut value.backward);
            }
            Cell::Claim(c) => match value.holder {
                _ if moved.meets(CLAIM_RISK) => *value = self.evaluate(world, state, cell),
                Some(h) => {
                    let pair = (world.claims[c].claimant, usize::from(h));
                    self.claims.reading(moved).fill(world, state, pair, &mut value.forward);
                    fill_claim(world, state, c, gathered(&self.claim_effects, moved), &mut value.backward);
                }
                None => {}
            },
        }
    }

    /// Whether two histories that agreed in a cell before a step still do after it. The step moved facts of these
    /// sorts; `before` and `after` are the values in the one, `state` is that of the other after the step.
    pub fn agrees(
        &self,
        world: &World,
        state: &State,
        cell: Cell,
        moved: Facts,
        (before, after): (&CellValue, &CellValue),
    ) -> bool {
        match cell {
            Cell::Dyad(a, b) => {
                let risk = if moved.meets(DYAD_RISK) { dyad_risk(state, a, b) } else { before.risk };
                if risk != after.risk {
                    return false;
                }
                if risk == 0 || before.risk == 0 {
                    return risk == 0 || self.evaluate(world, state, cell) == *after;
                }
                let some = self.dyads.reading(moved);
                some.equal(world, state, (a, b), &after.forward)
                    && some.equal(world, state, (b, a), &after.backward)
            }
            Cell::Claim(_) if moved.meets(CLAIM_RISK) => self.evaluate(world, state, cell) == *after,
            Cell::Claim(_) => {
                let mut value = *before;
                self.revise(world, state, cell, moved, &mut value);
                value == *after
            }
        }
    }
}

/// Pair effects to look at.
#[derive(Clone, Copy)]
struct Chosen {
    /// Their positions, as bits.
    bits: u64,
    /// Whether any of them reads claims, which are then looked up once for all.
    claims: bool,
}

impl Reach {
    fn all(&self) -> Chosen {
        Chosen { bits: self.effects, claims: true }
    }

    /// Those that read facts of these sorts.
    fn reading(&self, facts: Facts) -> Chosen {
        Chosen { bits: gathered(&self.reading, facts), claims: facts.meets(Facts::HOLDERS) }
    }
}

impl Chosen {
    fn view<'a>(self, world: &'a World, state: &'a State, i: usize, j: usize) -> View<'a> {
        if self.claims { View::of(world, state, i, j) } else { View::without_claims(world, state) }
    }

    /// Writes the statistics of an ordered pair.
    fn fill(self, world: &World, state: &State, (i, j): (usize, usize), x: &mut [f32; N_PAIR]) {
        let view = self.view(world, state, i, j);
        each_bit(self.bits).for_each(|k| x[k] = (effects::ALL[k].statistic)(view, i, j) as f32);
    }

    /// Whether the statistics of an ordered pair have these values.
    fn equal(self, world: &World, state: &State, (i, j): (usize, usize), x: &[f32; N_PAIR]) -> bool {
        let view = self.view(world, state, i, j);
        each_bit(self.bits).all(|k| (effects::ALL[k].statistic)(view, i, j) as f32 == x[k])
    }
}

/// Writes the statistics of a claim that are marked in `bits`.
fn fill_claim(world: &World, state: &State, claim: usize, bits: u64, x: &mut [f32; N_PAIR]) {
    let view = View::without_claims(world, state);
    for (i, effect) in effects::all_claim().iter().enumerate() {
        if bits >> i & 1 == 1 {
            x[i] = (effect.statistic)(view, claim) as f32;
        }
    }
}

/// What any of these sorts of fact stands for, together.
fn gathered(by_sort: &[u64; Facts::COUNT], moved: Facts) -> u64 {
    moved.positions().fold(0, |bits, i| bits | by_sort[i])
}

/// Positions of the bits that are set.
fn each_bit(bits: u64) -> impl Iterator<Item = usize> {
    std::iter::successors((bits != 0).then_some(bits), |left| {
        let rest = left & (left - 1);
        (rest != 0).then_some(rest)
    })
    .map(|left| left.trailing_zeros() as usize)
}

/// Of whom a claimed land can be demanded now.
fn target(world: &World, state: &State, claim: usize) -> Option<usize> {
    let claim = &world.claims[claim];
    state.holders[claim.territory].filter(|&h| {
        h != claim.claimant
            && claim.live.contains(state.today())
            && state.alive.contains(h)
            && state.alive.contains(claim.claimant)
            && !state.wars[claim.claimant].contains(h)
    })
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
