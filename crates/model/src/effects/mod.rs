//! Effects: named statistics of the state of the world that may enter a log-intensity.
//!
//! An effect is a value, not a type. To add one, write an entry in the list of its theme's file (or a new
//! file): its name, what it is, which facts it reads, and its function; model files can then name it.

mod claims;
mod pacts;
mod power;
mod wars;

use crate::actor_set::ActorSet;
use crate::facts::Facts;
use crate::state::State;
use crate::world::World;

pub(crate) use wars::at_war;

/// What a statistic may read.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The fixed part of the world.
    pub world: &'a World,
    /// The changing part.
    pub state: &'a State,
    /// The others who are asked about: of nobody else need anything be told.
    pub others: &'a ActorSet,
}

/// Whose facts a statistic of a pair reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// What holds between the two, or what the calendar alone decides.
    Pair,
    /// What holds of one of them, or between one of them and others.
    Wide,
}

/// How a statistic follows from the state of the world. Indicators are told for all pairs of an actor at once, as sets of the
/// others: what third parties do is looked up once for all.
#[derive(Clone, Copy)]
pub enum Statistic {
    /// 0 or 1, and the same from either side: the actors with whom it is 1.
    Mutual(fn(View, usize) -> ActorSet),
    /// 0 or 1: the actors towards whom it is 1, and those from whom it is 1.
    Directed(fn(View, usize) -> [ActorSet; 2]),
    /// Any number, from one actor to another.
    Number(fn(View, usize, usize) -> f64),
}

/// A statistic of an ordered pair of states, from `i` to `j`.
#[derive(Clone, Copy)]
pub struct Effect {
    /// Name in model files.
    pub name: &'static str,
    /// What it is, for a reader.
    pub gloss: &'static str,
    /// What events must move for it to change; a change of any other sort of fact leaves it as it is.
    pub reads: Facts,
    /// Whose facts those are.
    pub scope: Scope,
    /// Its value.
    pub statistic: Statistic,
}

impl Effect {
    /// Its value for an ordered pair in a state.
    pub fn value(&self, world: &World, state: &State, i: usize, j: usize) -> f64 {
        let view = View { world, state, others: &ActorSet::of([j]) };
        match self.statistic {
            Statistic::Mutual(row) => indicator(row(view, i).contains(j)),
            Statistic::Directed(rows) => indicator(rows(view, i)[0].contains(j)),
            Statistic::Number(value) => value(view, i, j),
        }
    }

    /// For an indicator: those among the others towards whom it is 1, and those from whom it is 1; whoever is not asked about
    /// may be in the sets or not. Nobody for a number.
    pub(crate) fn rows(&self, world: &World, state: &State, i: usize, others: &ActorSet) -> [ActorSet; 2] {
        let view = View { world, state, others };
        match self.statistic {
            Statistic::Mutual(row) => [row(view, i); 2],
            Statistic::Directed(rows) => rows(view, i),
            Statistic::Number(_) => [ActorSet::EMPTY; 2],
        }
    }

    const fn is_number(&self) -> bool {
        matches!(self.statistic, Statistic::Number(_))
    }
}

/// A statistic of a claim, whoever holds the land.
#[derive(Clone, Copy)]
pub struct ClaimEffect {
    /// Name in model files.
    pub name: &'static str,
    /// What it is, for a reader.
    pub gloss: &'static str,
    /// What events must move for it to change; a change of any other sort of fact leaves it as it is.
    pub reads: Facts,
    /// Its value.
    pub statistic: fn(View, usize) -> f64,
}

/// Number of pair effects.
pub const N_PAIR: usize =
    power::EFFECTS.len() + claims::EFFECTS.len() + pacts::EFFECTS.len() + wars::EFFECTS.len();

const _: () = assert!(N_PAIR < 64, "pair effects and the risk are marked as bits of one word");

/// Number of pair effects that are numbers and not indicators.
pub const N_NUMBERS: usize = {
    let (mut n, mut i) = (0, 0);
    while i < N_PAIR {
        n += ALL[i].is_number() as usize;
        i += 1;
    }
    n
};

/// By pair effect: its place among those that are numbers, or [`INDICATOR`].
pub(crate) const NUMBER_OF: [u8; N_PAIR] = {
    let mut places = [INDICATOR; N_PAIR];
    let (mut n, mut i) = (0, 0);
    while i < N_PAIR {
        if ALL[i].is_number() {
            places[i] = n;
            n += 1;
        }
        i += 1;
    }
    places
};

/// Pair effects that are numbers, as bits.
pub(crate) const NUMBERS: u64 = {
    let (mut bits, mut i) = (0, 0);
    while i < N_PAIR {
        bits |= (ALL[i].is_number() as u64) << i;
        i += 1;
    }
    bits
};

/// Marks an effect that is an indicator.
pub(crate) const INDICATOR: u8 = u8::MAX;

/// Number of claim effects.
pub const N_CLAIM: usize = claims::CLAIM_EFFECTS.len();

/// All pair effects, in the order of [`crate::CellValue`].
const ALL: [Effect; N_PAIR] = {
    let mut all = [power::EFFECTS[0]; N_PAIR];
    let lists = [power::EFFECTS, claims::EFFECTS, pacts::EFFECTS, wars::EFFECTS];
    let (mut n, mut l) = (0, 0);
    while l < lists.len() {
        let mut i = 0;
        while i < lists[l].len() {
            all[n] = lists[l][i];
            n += 1;
            i += 1;
        }
        l += 1;
    }
    all
};

/// All pair effects.
pub fn all() -> impl Iterator<Item = &'static Effect> {
    LIST.iter()
}

/// [`ALL`] at one place in memory.
pub(crate) static LIST: [Effect; N_PAIR] = ALL;

/// All claim effects.
pub fn all_claim() -> &'static [ClaimEffect] {
    claims::CLAIM_EFFECTS
}

/// All actors.
fn everybody(v: View) -> ActorSet {
    ActorSet::first(v.world.n_actors)
}

/// These actors if true, nobody otherwise.
fn if_so(truth: bool, actors: ActorSet) -> ActorSet {
    if truth { actors } else { ActorSet::EMPTY }
}

/// The others of whom something holds.
fn whose(v: View, holds: impl Fn(usize) -> bool) -> ActorSet {
    ActorSet::of(v.others.iter().filter(|&x| holds(x)))
}

/// A fact about the acting state alone: towards everybody if it holds of `i`, and from all of whom it holds.
fn of_the_actor(v: View, i: usize, holds: impl Fn(usize) -> bool) -> [ActorSet; 2] {
    [if_so(holds(i), everybody(v)), whose(v, holds)]
}

/// All actors in the sets of these actors.
fn united<'a>(actors: &ActorSet, of: impl Fn(usize) -> &'a ActorSet) -> ActorSet {
    actors.iter().fold(ActorSet::EMPTY, |all, k| all.or(of(k)))
}

/// 1 if true.
fn indicator(truth: bool) -> f64 {
    f64::from(u8::from(truth))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique_and_every_effect_says_what_it_is() {
        let names: Vec<&str> =
            super::all().map(|e| e.name).chain(super::all_claim().iter().map(|e| e.name)).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
        assert_eq!(super::all().count(), super::N_PAIR);
        assert!(super::all().all(|e| !e.gloss.is_empty()));
    }
}
