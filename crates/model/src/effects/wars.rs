//! Force, wars, and what they mean for states beside them.

use super::{Effect, Scope, Statistic, View, everybody, if_so, united, whose};
use crate::actor_set::ActorSet;
use crate::facts::Facts;
use crate::state::{PactClass, State};

pub(super) const EFFECTS: &[Effect] = &[
    Effect {
        name: "recent_force",
        gloss: "force was used between the two within the last five years",
        reads: Facts::FORCE,
        scope: Scope::Pair,
        statistic: Statistic::Mutual(|v, i| v.state.actors[i].recent_force),
    },
    Effect {
        name: "common_enemy",
        gloss: "a third state used force against, or fought, both within the last five years",
        reads: Facts::FORCE.and(Facts::WARS),
        scope: Scope::Wide,
        statistic: Statistic::Mutual(|v, i| enemies_of(v, &adversaries(v, i))),
    },
    Effect {
        name: "rivals_ally",
        gloss: "the other state is bound to help an adversary of the acting state",
        reads: Facts::DEFENCE.and(Facts::FORCE).and(Facts::WARS),
        scope: Scope::Wide,
        statistic: Statistic::Directed(|v, i| {
            [united(&adversaries(v, i), |k| allies(v, k)), enemies_of(v, allies(v, i))]
        }),
    },
    Effect {
        name: "actor_at_war",
        gloss: "the acting state is at war with a third",
        reads: Facts::WARS,
        scope: Scope::Wide,
        statistic: Statistic::Directed(|v, i| {
            [at_war(v.state, i), whose(v, |x| v.state.at_war_elsewhere(x, i))]
        }),
    },
    Effect {
        name: "target_at_war",
        gloss: "the other state is at war with a third",
        reads: Facts::WARS,
        scope: Scope::Wide,
        statistic: Statistic::Directed(|v, i| {
            [whose(v, |x| v.state.at_war_elsewhere(x, i)), at_war(v.state, i)]
        }),
    },
    Effect {
        name: "ally_fights",
        gloss: "an ally of the acting state is at war with the other",
        reads: Facts::DEFENCE.and(Facts::WARS),
        scope: Scope::Wide,
        statistic: Statistic::Directed(|v, i| {
            let wars = |x: usize| &v.state.actors[x].wars;
            [united(allies(v, i), wars), united(wars(i), |k| allies(v, k))]
        }),
    },
    Effect {
        name: "patron_down",
        gloss: "a great power bound to help the other state has been beaten or is gone",
        reads: Facts::DEFENCE.and(Facts::CONSULTATION).and(Facts::FATES),
        scope: Scope::Wide,
        statistic: Statistic::Directed(|v, i| {
            let beaten = v.world.great.and(&v.state.defeated);
            let bound = |class: PactClass| united(&beaten, |k| &v.state.actors[k].ties[class as usize]);
            let clients = bound(PactClass::Defence).or(&bound(PactClass::Consultation));
            [
                if_so(!v.state.defeated.contains(i), clients),
                if_so(clients.contains(i), everybody(v).without(&v.state.defeated)),
            ]
        }),
    },
];

fn allies(v: View<'_>, actor: usize) -> &ActorSet {
    &v.state.actors[actor].ties[PactClass::Defence as usize]
}

fn adversaries(v: View, actor: usize) -> ActorSet {
    v.state.actors[actor].recent_force.or(&v.state.actors[actor].wars)
}

fn enemies_of(v: View, actors: &ActorSet) -> ActorSet {
    actors.iter().fold(ActorSet::EMPTY, |all, k| all.or(&adversaries(v, k)))
}

/// Towards whom an actor counts as being at war with a third: all but its only enemy.
pub(crate) fn at_war(state: &State, i: usize) -> ActorSet {
    let everybody = ActorSet::first(state.actors.len());
    let mut enemies = state.actors[i].wars.iter();
    match (enemies.next(), enemies.next()) {
        (None, _) => ActorSet::EMPTY,
        (Some(only), None) => everybody.xor(&ActorSet::of([only])),
        _ => everybody,
    }
}
