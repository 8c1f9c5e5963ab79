//! Two histories side by side: about whom, and in what, they differ.

use crate::actor_set::ActorSet;
use crate::facts::Facts;
use crate::state::{PactClass, State, Until};
use crate::world::World;

/// By sort of fact: the actors about whom such a fact differs between two histories, or can come to differ by a step
/// that is alike in both.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Parted([ActorSet; Facts::COUNT]);

impl Parted {
    /// Actors with a differing fact of any of these sorts.
    #[inline]
    pub fn of(&self, sorts: Facts) -> ActorSet {
        sorts.positions().fold(ActorSet::EMPTY, |all, sort| all.or(&self.0[sort]))
    }

    /// Brings it up to date after a step that touched these actors and moved facts of these sorts in either history.
    pub fn update(
        &mut self,
        world: &World,
        (alternative, recorded): (&State, &State),
        touched: &ActorSet,
        moved: Facts,
    ) {
        for (position, sort) in moved.sorts() {
            if sort == Facts::HOLDERS {
                self.0[position] = holders_parted(world, alternative, recorded);
                continue;
            }
            for actor in touched.iter() {
                let parted = is_parted(world, alternative, recorded, sort, actor);
                self.0[position].set(actor, parted);
            }
        }
    }
}

/// Two histories at one time, or one alone.
#[derive(Clone, Copy)]
pub struct Histories<'a> {
    /// What both share.
    pub world: &'a World,
    /// The one.
    pub alternative: &'a State,
    /// The other; without it, whatever is the case counts as differing from nothing.
    pub recorded: Option<&'a State>,
    /// Where they differ.
    pub parted: &'a Parted,
}

impl Histories<'_> {
    /// States that exist in either: nothing can happen with any other.
    pub(crate) fn alive(&self) -> ActorSet {
        self.recorded.map_or(self.alternative.alive, |r| r.alive.or(&self.alternative.alive))
    }

    /// Whether something comes out differently in the two.
    #[inline]
    pub(crate) fn differ<T: PartialEq>(&self, of: impl Fn(&State) -> T) -> bool {
        self.recorded.is_none_or(|recorded| of(self.alternative) != of(recorded))
    }
}

fn is_parted(world: &World, here: &State, there: &State, sort: Facts, actor: usize) -> bool {
    let (one, other) = (&here.actors[actor], &there.actors[actor]);
    let until = |here_until: f64, there_until: f64| differs_by(here_until, there_until, here.now());
    let bonds = |class: Option<PactClass>| here.bonds(class, actor) != there.bonds(class, actor);
    match sort {
        Facts::NONAGGRESSION => bonds(Some(PactClass::Nonaggression)),
        Facts::CONSULTATION => bonds(Some(PactClass::Consultation)),
        Facts::DEFENCE => bonds(Some(PactClass::Defence)),
        // A tie with a great power is a fact about the other party.
        Facts::GREAT_TIES => bonds(None),
        Facts::WAVES => until(one.wave_until, other.wave_until),
        Facts::BREACHES => until(one.breach_until, other.breach_until),
        Facts::TALKS => {
            one.talks != other.talks || recent_differs(&here.talks_until, &there.talks_until, actor)
        }
        Facts::RELATIONS => one.relations != other.relations,
        Facts::WARS => one.wars != other.wars,
        Facts::FORCE => {
            let demand = |c: usize| differs_by(here.demand_until[c], there.demand_until[c], here.now());
            one.recent_force != other.recent_force
                || recent_differs(&here.force_until, &there.force_until, actor)
                || world.claims_of(actor).any(demand)
        }
        Facts::BORDERS => one.neighbours != other.neighbours,
        Facts::SPHERES => {
            let over = |s: &State, x: usize| s.actors[x].spheres.contains(actor);
            one.spheres != other.spheres || (0..world.n_actors).any(|x| over(here, x) != over(there, x))
        }
        Facts::OFFICES => {
            one.seeks != other.seeks
                || one.opposes != other.opposes
                || one.revisionist != other.revisionist
                || one.offices != other.offices
        }
        Facts::FATES | Facts::BIRTHS => {
            here.alive.contains(actor) != there.alive.contains(actor)
                || here.defeated.contains(actor) != there.defeated.contains(actor)
        }
        _ => false,
    }
}

/// Whether two ends of a window differ of which at least one is still to come.
fn differs_by(here: f64, there: f64, now: f64) -> bool {
    here != there && (here > now || there > now)
}

fn recent_differs(here: &[Until], there: &[Until], actor: usize) -> bool {
    let lacks =
        |one: &[Until], other: &[Until]| one.iter().filter(|u| u.concerns(actor)).any(|u| !other.contains(u));
    here != there && (lacks(here, there) || lacks(there, here))
}

/// Actors with a gain of land or a holding that differs, and those with a claim to land in different hands.
fn holders_parted(world: &World, here: &State, there: &State) -> ActorSet {
    let mut parted = ActorSet::EMPTY;
    for actor in 0..world.n_actors {
        if differs_by(here.actors[actor].gain_until, there.actors[actor].gain_until, here.now()) {
            parted.insert(actor);
        }
    }
    for (territory, (one, other)) in here.holders.iter().zip(&there.holders).enumerate() {
        if one != other {
            [one, other].into_iter().flatten().for_each(|&holder| parted.insert(holder));
            parted = parted.or(&world.claimants[territory]);
        }
    }
    parted
}
