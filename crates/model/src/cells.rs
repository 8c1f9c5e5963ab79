//! Cells: units that share their covariates, and how their values follow from the state.
//!
//! All units of an unordered dyad are one *cell*; each claim is another.

use crate::actor_set::ActorSet;
use crate::effects::{self, INDICATOR, N_CLAIM, N_NUMBERS, Scope, Values, View};
use crate::facts::Facts;
use crate::histories::Histories;
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
            INDICATOR => self.set_bit(effect, value),
            place => self.numbers[usize::from(place)] = value as f32,
        }
    }

    #[inline]
    fn set_bit(&mut self, effect: usize, value: f64) {
        self.bits = self.bits & !(1 << effect) | u64::from(value != 0.0) << effect;
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
    /// What dyads read of one actor that counts towards others.
    wide: Facts,
    /// Claim effects that read a sort of fact, as bits.
    claim_effects: [u64; Facts::COUNT],
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

    /// With whom a statistic of `actor` that reads facts of these sorts differs between two histories; `known` need not
    /// be told again.
    fn strays(&self, histories: &Histories, actor: usize, known: &ActorSet, moved: Facts) -> ActorSet {
        let here = View::without_claims(histories.world, histories.alternative);
        let there = View::without_claims(histories.world, histories.recorded);
        let mut with = ActorSet::EMPTY;
        for k in each_bit(gathered(&self.reading, moved)) {
            let effect = &effects::LIST[k];
            let parted = histories.parted.of(effect.reads);
            if parted.is_empty() {
                continue;
            }
            if let Scope::Wide(row) = effect.scope {
                let (ours, theirs) = (row(here, actor), row(there, actor));
                with = with.or(&ours[0].xor(&theirs[0])).or(&ours[1].xor(&theirs[1]));
            }
            // What two actors add to a sum may have made up for each other until now.
            let pair = matches!(effect.scope, Scope::Pair) && parted.contains(actor);
            if !pair && effect.values != Values::Number {
                continue;
            }
            for j in parted.without(known).without(&with).iter().filter(|&j| j != actor) {
                let differs = |i: usize, j: usize| {
                    let value = |state| {
                        let view = if effect.reads.meets(Facts::HOLDERS) {
                            View::of(histories.world, state, i, j)
                        } else {
                            View::without_claims(histories.world, state)
                        };
                        (effect.statistic)(view, i, j)
                    };
                    value(histories.alternative) != value(histories.recorded)
                };
                if differs(actor, j) || differs(j, actor) {
                    with.insert(j);
                }
            }
        }
        with
    }
}

/// With whom cells of an actor can have come to differ between two histories.
#[derive(Clone, Copy, Debug)]
pub struct Strays {
    /// The other actor of a dyad.
    pub dyads: ActorSet,
    /// Holders of land it claims, and claimants of land it holds.
    pub claims: ActorSet,
}

/// Sorts of fact that decide whether units of a dyad are at risk.
const DYAD_RISK: Facts = Facts::FATES.and(Facts::WARS).and(Facts::PACTS).and(Facts::RELATIONS);
/// Sorts of fact that decide whether a claim can be demanded, and of whom.
const CLAIM_RISK: Facts = Facts::FATES.and(Facts::WARS).and(Facts::HOLDERS);

impl Cells {
    /// The cells of a world under a model.
    pub fn of(world: &World, spec: &ModelSpec) -> Cells {
        let (in_dyads, in_claims) = spec.pair_effects();
        let of_claims = effects::all_claim();
        Cells {
            n_actors: world.n_actors,
            n_claims: world.claims.len(),
            wide: effects::all()
                .enumerate()
                .filter(|(i, e)| in_dyads >> i & 1 == 1 && matches!(e.scope, Scope::Wide(_)))
                .fold(Facts::FATES.and(Facts::WARS).and(Facts::YEAR), |all, (_, e)| all.and(e.reads)),
            dyads: Reach::new(in_dyads),
            claims: Reach::new(in_claims),
            beside: Facts::each(|sort| {
                let used = effects::all().enumerate().filter(|(i, _)| (in_dyads | in_claims) >> i & 1 == 1);
                let reads = used.map(|(_, e)| e.reads).chain(of_claims.iter().map(|e| e.reads));
                reads.filter(|r| r.meets(sort)).fold(sort, |all, r| all.and(r))
            }),
            claim_effects: Facts::each(|sort| {
                (0..N_CLAIM).filter(|&i| of_claims[i].reads.meets(sort)).fold(0, |bits, i| bits | 1 << i)
            }),
        }
    }

    /// With whom cells of an actor can have come to differ between two histories, after a step that touched these actors
    /// and moved facts of these sorts in either. Those with whom its dyad is `known` to
    /// differ need not be told again; `fated`: whether its fate came to differ, or to agree, with this step.
    pub fn strays(
        &self,
        histories: &Histories,
        actor: usize,
        (known, fated): (&ActorSet, bool),
        touched: &ActorSet,
        moved: Facts,
    ) -> Strays {
        // Nothing can happen with a state that exists in neither history.
        let mut others = histories.alternative.alive.or(&histories.recorded.alive);
        others.remove(actor);
        if fated || moved.meets(Facts::BIRTHS) {
            return Strays { dyads: others, claims: others };
        }
        let mut dyads = self.dyads.strays(histories, actor, known, moved);
        let mut claims = self.claims.strays(histories, actor, &ActorSet::EMPTY, moved);
        let risks = histories.parted.of(DYAD_RISK.of(moved));
        if risks.contains(actor) {
            for j in risks.without(known).iter().filter(|&j| j != actor) {
                if dyad_risk(histories.alternative, actor, j) != dyad_risk(histories.recorded, actor, j) {
                    dyads.insert(j);
                }
            }
        }
        let wars = |state: &State| state.wars[actor];
        if moved.meets(Facts::WARS) {
            let at_war = |state: &State| effects::at_war(state, actor);
            dyads = dyads.or(&at_war(histories.alternative).xor(&at_war(histories.recorded)));
            claims = claims.or(&wars(histories.alternative).xor(&wars(histories.recorded)));
            // Where enemies come to be at risk of something, what differed while they were not shows now.
            dyads = dyads.or(touched);
            claims = claims.or(touched);
        } else if moved.meets(Facts::PACTS) {
            dyads = dyads.or(&touched.and(&wars(histories.alternative).or(&wars(histories.recorded))));
        }
        Strays { dyads: dyads.and(&others).without(known), claims }
    }

    /// Whether cells of an actor with others can change their values when facts of these sorts move that touch the actor
    /// alone.
    pub fn spreads(&self, moved: Facts) -> bool {
        self.wide.meets(moved)
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
                    let all = self.dyads.all();
                    all.fill_both(world, state, (a, b), &mut value);
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
                self.dyads.reading(moved).fill_both(world, state, (a, b), value);
            }
            Cell::Claim(c) => match value.holder {
                before if moved.meets(CLAIM_RISK) && target(world, state, c).map(|h| h as u16) != before => {
                    *value = self.evaluate(world, state, cell);
                }
                Some(h) => {
                    let pair = (world.claims[c].claimant, usize::from(h));
                    self.claims.reading(moved).fill(world, state, pair, &mut value.forward);
                    fill_claim(world, state, c, gathered(&self.claim_effects, moved), &mut value.backward);
                }
                None => {}
            },
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

    /// Writes the statistics of a dyad in both directions; those that are the same either way are computed once.
    fn fill_both(self, world: &World, state: &State, (a, b): (usize, usize), value: &mut CellValue) {
        let mutual = Chosen { bits: self.bits & effects::MUTUAL, claims: false };
        let view = View::without_claims(world, state);
        for k in each_bit(mutual.bits) {
            let x = (effects::LIST[k].statistic)(view, a, b);
            value.forward.set(k, x);
            value.backward.set(k, x);
        }
        let directed = Chosen { bits: self.bits & !effects::MUTUAL, ..self };
        if directed.bits != 0 {
            directed.fill(world, state, (a, b), &mut value.forward);
            directed.fill(world, state, (b, a), &mut value.backward);
        }
    }

    /// Writes the statistics of an ordered pair.
    fn fill(self, world: &World, state: &State, (i, j): (usize, usize), row: &mut Row) {
        let view = self.view(world, state, i, j);
        each_bit(self.bits).for_each(|k| row.set(k, (effects::LIST[k].statistic)(view, i, j)));
    }
}

/// Writes the statistics of a claim that are marked in `bits`.
fn fill_claim(world: &World, state: &State, claim: usize, bits: u64, row: &mut Row) {
    let view = View::without_claims(world, state);
    for (i, effect) in effects::all_claim().iter().enumerate() {
        if bits >> i & 1 == 1 {
            row.set_bit(i, (effect.statistic)(view, claim));
        }
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
            && !state.wars[claim.claimant].contains(h)
    })
}

fn dyad_risk(state: &State, a: usize, b: usize) -> u16 {
    if !(state.alive.contains(a) && state.alive.contains(b)) {
        return 0;
    }
    let at_war = state.wars[a].contains(b);
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
        let related = state.relations[a].contains(b);
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
