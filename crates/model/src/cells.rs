//! Cells: units that share their covariates, and how their values follow from the state.
//!
//! All units of an unordered dyad are one *cell*; each claim is another.

use crate::actor_set::ActorSet;
use crate::effects::{self, INDICATOR, N_CLAIM, N_NUMBERS, NUMBERS, View};
use crate::facts::Facts;
use crate::histories::Histories;
use crate::kinds::{Kind, SLOTS};
use crate::pairs::{Pairs, RISK};
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

impl Cell {
    /// The kind of one of its slots, and whether it runs from the second actor to the first.
    #[inline]
    pub fn unit(self, slot: usize) -> (Kind, bool) {
        match self {
            Cell::Claim(_) => (Kind::TerritorialDemand, false),
            Cell::Dyad(..) => (SLOTS[slot].kind, SLOTS[slot].reversed),
        }
    }
}

/// Statistics of an ordered pair: indicators as bits, the few others as numbers. Small on purpose: a run compares
/// thousands of these with the recorded ones.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Row {
    bits: u64,
    numbers: [f32; N_NUMBERS],
}

impl Row {
    /// The value of the pair effect at a position of [`effects::all`]; in the second row of a claim, of the claim
    /// effect at a position of [`effects::all_claim`].
    #[inline]
    pub fn get(&self, effect: usize) -> f64 {
        match effects::NUMBER_OF[effect] {
            INDICATOR => self.bit(effect),
            place => f64::from(self.numbers[usize::from(place)]),
        }
    }

    /// The indicator at a position.
    #[inline]
    pub(crate) fn bit(&self, effect: usize) -> f64 {
        f64::from((self.bits >> effect & 1) as u32)
    }

    #[inline]
    fn set(&mut self, effect: usize, value: f64) {
        match effects::NUMBER_OF[effect] {
            INDICATOR => self.set_bit(effect, value != 0.0),
            place => self.numbers[usize::from(place)] = value as f32,
        }
    }

    #[inline]
    fn set_bit(&mut self, effect: usize, on: bool) {
        self.bits = self.bits & !(1 << effect) | u64::from(on) << effect;
    }
}

/// Statistics that a linear predictor reads, as bits.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mask {
    bits: u64,
    numbers: u64,
    /// Claim effects, in the second row of a claim.
    pub(crate) claim: u64,
}

impl Mask {
    /// The statistics in which two values of a dyad differ in either direction, or two values of a claim.
    #[inline]
    pub(crate) fn difference(a: &CellValue, b: &CellValue, claim: bool) -> Mask {
        let numbers = |x: &Row, y: &Row| {
            (0..N_NUMBERS).fold(0, |all, i| all | u64::from(x.numbers[i] != y.numbers[i]) << i)
        };
        let (ahead, back) = (a.forward.bits ^ b.forward.bits, a.backward.bits ^ b.backward.bits);
        let ahead_numbers = numbers(&a.forward, &b.forward);
        if claim {
            Mask { bits: ahead, numbers: ahead_numbers, claim: back }
        } else {
            Mask { bits: ahead | back, numbers: ahead_numbers | numbers(&a.backward, &b.backward), claim: 0 }
        }
    }

    /// Whether any statistic is marked in both.
    #[inline]
    pub(crate) fn meets(self, other: Mask) -> bool {
        self.bits & other.bits | self.numbers & other.numbers | self.claim & other.claim != 0
    }

    /// Indicators marked that are set in one row, or in either of two.
    #[inline]
    pub(crate) fn indicators(self, row: &Row, other: Option<&Row>) -> u64 {
        (row.bits | other.map_or(0, |o| o.bits)) & self.bits
    }

    /// Claim effects marked that are set in the second row of a claim.
    #[inline]
    pub(crate) fn claims(self, row: &Row) -> u64 {
        row.bits & self.claim
    }

    /// Marks a pair effect.
    pub(crate) fn read_pair(&mut self, effect: usize) {
        match effects::NUMBER_OF[effect] {
            INDICATOR => self.bits |= 1 << effect,
            place => self.numbers |= 1 << place,
        }
    }
}

/// Covariates and risk flags of a cell at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CellValue {
    /// Bit `s` is set if slot `s` of [`SLOTS`] is at risk (for a claim: bit 0).
    pub risk: u16,
    /// Pair effects from the first actor to the second; for a claim, from claimant to holder.
    pub forward: Row,
    /// Pair effects from the second to the first; for a claim, its claim effects.
    pub backward: Row,
    /// Holder of the claimed land, for claims.
    pub holder: Option<u16>,
}

impl CellValue {
    /// The statistics in which it differs from another value of the same cell.
    #[inline]
    pub fn difference(&self, other: &CellValue, claim: bool) -> Mask {
        Mask::difference(self, other, claim)
    }
}

const _: () = assert!(N_CLAIM <= 64, "claim effects are marked as bits of one word");

/// Numbering of cells, and which facts decide their values.
#[derive(Clone, Debug)]
pub struct Cells {
    n_actors: usize,
    n_claims: usize,
    dyads: Reach,
    claims: Reach,
    /// By sort of fact: what is read together with it by any effect.
    beside: [Facts; Facts::COUNT],
}

/// What the values of one sort of cell depend on.
#[derive(Clone, Debug)]
struct Reach {
    /// Pair effects that some kind reads, as bits; the others stay zero and make no spells.
    effects: u64,
    /// By sort of fact: the pair effects among them that read it.
    reading: [u64; Facts::COUNT],
}

impl Reach {
    fn new(bits: u64) -> Reach {
        let used = || effects::all().enumerate().filter(move |(i, _)| bits >> i & 1 == 1);
        Reach {
            effects: bits,
            reading: Facts::each(|sort| {
                used().filter(|(_, e)| e.reads.meets(sort)).fold(0, |bits, (i, _)| bits | 1 << i)
            }),
        }
    }
}

/// With whom cells of an actor can have turned.
#[derive(Clone, Copy, Debug)]
pub struct Turned {
    /// The other actor of a dyad.
    pub dyads: ActorSet,
    /// Holders of land it claims, and claimants of land it holds.
    pub claims: ActorSet,
}

/// Sorts of fact that decide whether units of a dyad are at risk.
const DYAD_RISK: Facts = Facts::FATES.and(Facts::WARS).and(Facts::PACTS).and(Facts::RELATIONS);

impl Cells {
    /// The cells of a world under a model.
    pub fn of(world: &World, spec: &ModelSpec) -> Cells {
        let (in_dyads, in_claims) = spec.pair_effects();
        let of_claims = effects::all_claim();
        Cells {
            n_actors: world.n_actors,
            n_claims: world.claims.len(),
            dyads: Reach::new(in_dyads),
            claims: Reach::new(in_claims),
            beside: Facts::each(|sort| {
                let used = effects::all().enumerate().filter(|(i, _)| (in_dyads | in_claims) >> i & 1 == 1);
                let reads = used.map(|(_, e)| e.reads).chain(of_claims.iter().map(|e| e.reads));
                reads.filter(|r| r.meets(sort)).fold(sort, |all, r| all.and(r))
            }),
        }
    }

    /// Brings the statistics of an actor's pairs up to date after a step that touched these actors and moved facts of these
    /// sorts, in one history or in either of two: `pairs` holds between whom they are set, or differ. `fated`: whether its
    /// fate came to differ, or to agree, with this step.
    pub fn turn(
        &self,
        histories: &Histories,
        pairs: &mut Pairs,
        (actor, fated): (usize, bool),
        touched: &ActorSet,
        moved: Facts,
    ) -> Turned {
        let Histories { world, alternative, recorded, parted } = *histories;
        let mut others = histories.alive();
        if moved.meets(Facts::FATES) {
            // Those that cease to exist with this step turn with it.
            others = others.or(touched);
        }
        others.remove(actor);
        let whole = fated || moved.meets(Facts::BIRTHS);
        let (mut dyads, mut claims) = (ActorSet::EMPTY, ActorSet::EMPTY);
        let chosen = if whole {
            self.dyads.effects | self.claims.effects
        } else {
            gathered(&self.dyads.reading, moved) | gathered(&self.claims.reading, moved)
        };
        for k in each_bit(chosen) {
            let effect = &effects::LIST[k];
            // Where no fact that it reads differs, neither does it.
            let apart = recorded.map(|_| parted.of(effect.reads));
            if apart.is_some_and(|a| a.is_empty()) && !pairs.has_any(k) {
                continue;
            }
            let turned = if NUMBERS >> k & 1 == 1 {
                let near = apart.filter(|a| !a.contains(actor)).map(|a| a.or(pairs.row(k, actor)));
                let mut turned = ActorSet::EMPTY;
                for j in near.map_or(others, |n| n.and(&others)).iter() {
                    let differs = histories.differ(|s| effect.value(world, s, actor, j))
                        || histories.differ(|s| effect.value(world, s, j, actor));
                    if pairs.set(k, actor, j, differs) || differs {
                        turned.insert(j);
                    }
                }
                turned
            } else {
                let mut rows = effect.rows(world, alternative, actor, &others);
                if let Some(recorded) = recorded {
                    let there = effect.rows(world, recorded, actor, &others);
                    rows = [rows[0].xor(&there[0]), rows[1].xor(&there[1])];
                }
                pairs.turn(k, actor, rows.map(|r| r.and(&others)))
            };
            if self.dyads.effects >> k & 1 == 1 {
                dyads = dyads.or(&turned);
            }
            if self.claims.effects >> k & 1 == 1 {
                claims = claims.or(&turned);
            }
        }
        if whole || moved.meets(DYAD_RISK) {
            // A war in both hides which relations and pacts two histories have, or that a state is gone from one; its end shows it.
            let gone = parted.of(Facts::FATES);
            let near = recorded.filter(|_| !whole && !gone.contains(actor)).map(|recorded| {
                let risks = parted.of(if moved.meets(Facts::WARS) { DYAD_RISK } else { DYAD_RISK.of(moved) });
                let known = pairs.row(RISK, actor).or(&gone);
                let near = if risks.contains(actor) { known.or(&risks) } else { known };
                near.or(&effects::at_war(alternative, actor).xor(&effects::at_war(recorded, actor)))
            });
            // Beside no record: what two sign or break off is between them, and only a war changes what third parties may do.
            let between = recorded.is_none() && !whole && !moved.meets(Facts::WARS);
            let near = if between { Some(*touched) } else { near };
            for j in near.map_or(others, |n| n.and(&others)).iter() {
                let differs = histories.differ(|s| dyad_risk(s, actor, j));
                if pairs.set(RISK, actor, j, differs) || differs {
                    dyads.insert(j);
                }
            }
        }
        if whole {
            claims = others;
        } else if moved.meets(Facts::WARS) {
            let wars = recorded.map_or(ActorSet::EMPTY, |r| r.actors[actor].wars);
            claims = claims.or(&alternative.actors[actor].wars.xor(&wars)).or(touched);
        }
        Turned { dyads, claims }
    }

    /// Sorts of fact that together with these decide a statistic. Where two histories do not differ in any of them, a step
    /// that moves these alike in both moves every statistic alike.
    pub fn beside(&self, moved: Facts) -> Facts {
        moved.positions().fold(moved, |all, sort| all.and(self.beside[sort]))
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

    /// Index of a cell.
    #[inline]
    pub fn index(&self, cell: Cell) -> usize {
        match cell {
            Cell::Dyad(a, b) => self.dyad(a, b),
            Cell::Claim(claim) => self.claim(claim),
        }
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
        let mut value = CellValue::default();
        // Covariates of a unit at no risk are never read; leaving them zero saves spells.
        match cell {
            Cell::Dyad(a, b) => {
                value.risk = dyad_risk(state, a, b);
                if value.risk != 0 {
                    fill_dyad(world, state, (a, b), self.dyads.effects, &mut value);
                }
            }
            Cell::Claim(c) => {
                if let Some(h) = target(world, state, c) {
                    value.risk = 1;
                    value.holder = Some(h as u16);
                    let claimant = world.claims[c].claimant;
                    for k in each_bit(self.claims.effects) {
                        value.forward.set(k, effects::LIST[k].value(world, state, claimant, h));
                    }
                    fill_claim(world, state, c, &mut value.backward);
                }
            }
        }
        value
    }

    /// The value of a cell, given the recorded one and in which statistics the two histories differ; or, with nothing
    /// recorded, given which statistics are set. Equal to [`Cells::evaluate`], but looks only at what differs.
    pub fn value(
        &self,
        (world, state): (&World, &State),
        cell: Cell,
        recorded: Option<&CellValue>,
        pairs: &Pairs,
    ) -> CellValue {
        match cell {
            Cell::Dyad(a, b) => {
                let bits = pairs.of_dyad(a, b);
                let mut value = recorded.copied().unwrap_or_default();
                let hidden = recorded.is_some() && value.risk == 0;
                if recorded.is_none() || bits[0] >> RISK & 1 == 1 {
                    value.risk = dyad_risk(state, a, b);
                }
                if value.risk == 0 {
                    return CellValue::default();
                }
                if hidden {
                    fill_dyad(world, state, (a, b), self.dyads.effects, &mut value);
                    return value;
                }
                let shown = self.dyads.effects & !NUMBERS;
                value.forward.bits ^= bits[0] & shown;
                value.backward.bits ^= bits[1] & shown;
                let numbers = if recorded.is_some() { bits[0] } else { u64::MAX };
                fill_dyad(world, state, (a, b), self.dyads.effects & NUMBERS & numbers, &mut value);
                value
            }
            Cell::Claim(c) => {
                let Some(h) = target(world, state, c) else { return CellValue::default() };
                if recorded.is_some_and(|r| r.holder != Some(h as u16)) {
                    return self.evaluate(world, state, cell);
                }
                let mut value = recorded.copied().unwrap_or_default();
                (value.risk, value.holder) = (1, Some(h as u16));
                let claimant = world.claims[c].claimant;
                let bits = pairs.towards(claimant, h);
                value.forward.bits ^= bits & self.claims.effects & !NUMBERS;
                let numbers = if recorded.is_some() { bits } else { u64::MAX };
                for k in each_bit(self.claims.effects & NUMBERS & numbers) {
                    value.forward.set(k, effects::LIST[k].value(world, state, claimant, h));
                }
                fill_claim(world, state, c, &mut value.backward);
                value
            }
        }
    }

    /// Brings the value of a dyad up to date of which the record tells nothing, after facts of these sorts moved.
    pub fn revise(
        &self,
        world: &World,
        state: &State,
        (a, b): (usize, usize),
        moved: Facts,
        value: &mut CellValue,
    ) {
        let before = value.risk;
        value.risk = dyad_risk(state, a, b);
        if value.risk == 0 {
            *value = CellValue::default();
        } else if before == 0 {
            fill_dyad(world, state, (a, b), self.dyads.effects, value);
        } else {
            fill_dyad(world, state, (a, b), gathered(&self.dyads.reading, moved), value);
        }
    }
}

/// Writes statistics of a dyad, in both directions.
fn fill_dyad(world: &World, state: &State, (a, b): (usize, usize), chosen: u64, value: &mut CellValue) {
    let other = ActorSet::of([b]);
    for k in each_bit(chosen) {
        let effect = &effects::LIST[k];
        if NUMBERS >> k & 1 == 1 {
            value.forward.set(k, effect.value(world, state, a, b));
            value.backward.set(k, effect.value(world, state, b, a));
        } else {
            let [ahead, back] = effect.rows(world, state, a, &other);
            value.forward.set_bit(k, ahead.contains(b));
            value.backward.set_bit(k, back.contains(b));
        }
    }
}

/// Writes the statistics of a claim.
fn fill_claim(world: &World, state: &State, claim: usize, row: &mut Row) {
    let view = View { world, state, others: &ActorSet::EMPTY };
    for (i, effect) in effects::all_claim().iter().enumerate() {
        row.set_bit(i, (effect.statistic)(view, claim) != 0.0);
    }
}

/// What any of these sorts of fact stands for, together.
fn gathered(by_sort: &[u64; Facts::COUNT], moved: Facts) -> u64 {
    moved.positions().fold(0, |bits, i| bits | by_sort[i])
}

/// Positions of the bits that are set.
pub(crate) fn each_bit(bits: u64) -> impl Iterator<Item = usize> {
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
            && !state.actors[claim.claimant].wars.contains(h)
    })
}

fn dyad_risk(state: &State, a: usize, b: usize) -> u16 {
    if !(state.alive.contains(a) && state.alive.contains(b)) {
        return 0;
    }
    let at_war = state.actors[a].wars.contains(b);
    let class = |class: PactClass| state.bilateral_of_class(a, b, class);
    let (nonaggression, consultation, defence) =
        (class(PactClass::Nonaggression), class(PactClass::Consultation), class(PactClass::Defence));
    let mut risk = 0;
    let mut at_risk = |kind: Kind, forward: bool, backward: bool| {
        let [ahead, back] = SLOT_BITS[kind as usize];
        risk |= if forward { ahead } else { 0 } | if backward { back } else { 0 };
    };
    let pact = nonaggression || consultation || defence;
    at_risk(Kind::PactBroken, pact, pact);
    if !at_war {
        at_risk(Kind::NonaggressionPact, !nonaggression, false);
        at_risk(Kind::ConsultationPact, !consultation, false);
        at_risk(Kind::DefencePact, !defence, false);
        at_risk(Kind::ArmedDispute, true, true);
        at_risk(Kind::WarBegun, true, true);
        at_risk(Kind::WarJoined, state.at_war_elsewhere(b, a), state.at_war_elsewhere(a, b));
        let related = state.actors[a].relations.contains(b);
        at_risk(Kind::RelationsOpened, !related, false);
        at_risk(Kind::RelationsBroken, related, false);
    }
    risk
}

/// By kind: the risk bits of its slot from the first actor of a dyad to the second, and the other way.
const SLOT_BITS: [[u16; 2]; Kind::ALL.len()] = {
    let mut bits = [[0; 2]; Kind::ALL.len()];
    let mut slot = 0;
    while slot < SLOTS.len() {
        bits[SLOTS[slot].kind as usize][SLOTS[slot].reversed as usize] = 1 << slot;
        slot += 1;
    }
    bits
};
