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
    /// Claims of the first state of the pair to land that the second holds.
    pub claims: Claims,
}

/// What claims one state has to land that another holds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Claims {
    /// Any, open or latent.
    pub live: bool,
    /// Any that no treaty has settled.
    pub unsettled: bool,
    /// Any stated openly now.
    pub asserted: bool,
}

impl Effect {
    /// Its value for an ordered pair in a state.
    pub fn value(&self, world: &World, state: &State, i: usize, j: usize) -> f64 {
        (self.statistic)(View::of(world, state, i, j), i, j)
    }
}

impl<'a> View<'a> {
    /// The view of an ordered pair.
    pub(crate) fn of(world: &'a World, state: &'a State, i: usize, j: usize) -> View<'a> {
        View { world, state, claims: claims::between(world, state, i, j) }
    }

    /// The view for statistics that do not read the claims of a pair.
    pub(crate) fn without_claims(world: &'a World, state: &'a State) -> View<'a> {
        View { world, state, claims: Claims::default() }
    }
}

/// Whose facts a statistic of a pair reads.
#[derive(Clone, Copy)]
pub enum Scope {
    /// What holds between the two, or what the calendar alone decides. Where the two do not both have such a fact that
    /// differs between two histories, the statistic does not differ either.
    Pair,
    /// What holds of one of them, or between one of them and others. Two sets of actors tell, for the first actor, with
    /// whom the statistic may come out differently in another state of the world: where both sets agree, only facts
    /// about the other actor can make a difference.
    Wide(fn(View, usize) -> [ActorSet; 2]),
}

/// What values a statistic takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    /// 0 or 1.
    Indicator,
    /// Any number.
    Number,
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
    /// Whether it is the same from either side.
    pub mutual: bool,
    /// What it can be.
    pub values: Values,
    /// Its value.
    pub statistic: fn(View, usize, usize) -> f64,
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

const _: () = assert!(N_PAIR <= 64, "pair effects are marked as bits of one word");

/// Number of pair effects that are numbers and not indicators.
pub const N_NUMBERS: usize = {
    let (mut n, mut i) = (0, 0);
    while i < N_PAIR {
        n += (matches!(ALL[i].values, Values::Number)) as usize;
        i += 1;
    }
    n
};

/// By pair effect: its place among those that are numbers, or [`INDICATOR`].
pub(crate) const NUMBER_OF: [u8; N_PAIR] = {
    let mut places = [INDICATOR; N_PAIR];
    let (mut n, mut i) = (0, 0);
    while i < N_PAIR {
        if matches!(ALL[i].values, Values::Number) {
            places[i] = n;
            n += 1;
        }
        i += 1;
    }
    places
};

/// Pair effects that are the same from either side, as bits.
pub(crate) const MUTUAL: u64 = {
    let (mut bits, mut i) = (0, 0);
    while i < N_PAIR {
        bits |= (ALL[i].mutual as u64) << i;
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

/// Everybody if true, nobody otherwise: a fact about an actor that counts towards all others.
fn all_or_none(v: View, truth: bool) -> [ActorSet; 2] {
    [if truth { ActorSet::of(0..v.world.n_actors) } else { ActorSet::EMPTY }, ActorSet::EMPTY]
}

/// All actors in the sets of these actors.
fn united(actors: &ActorSet, of: &[ActorSet]) -> ActorSet {
    actors.iter().fold(ActorSet::EMPTY, |all, k| all.or(&of[k]))
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
