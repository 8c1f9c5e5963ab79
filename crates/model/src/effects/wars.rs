//! Force, wars, and what they mean for states beside them.

use super::{Effect, Scope, Values, View, all_or_none, indicator, united};
use crate::actor_set::ActorSet;
use crate::facts::Facts;
use crate::state::{PactClass, State};

pub(super) const EFFECTS: &[Effect] = &[
    Effect {
        name: "recent_force",
        gloss: "force was used between the two within the last five years",
        reads: Facts::FORCE,
        scope: Scope::Pair,
        mutual: true,
        values: Values::Indicator,
        statistic: |v, i, j| indicator(v.state.recent_force[i].contains(j)),
    },
    Effect {
        name: "common_enemy",
        gloss: "a third state used force against, or fought, both within the last five years",
        reads: Facts::FORCE.and(Facts::WARS),
        scope: Scope::Wide(|v, i| [enemies_of(v, &adversaries(v, i)), ActorSet::EMPTY]),
        mutual: true,
        values: Values::Indicator,
        statistic: |v, i, j| indicator(adversaries(v, i).meets(&adversaries(v, j))),
    },
    Effect {
        name: "rivals_ally",
        gloss: "the other state is bound to help an adversary of the acting state",
        reads: Facts::DEFENCE.and(Facts::FORCE).and(Facts::WARS),
        scope: Scope::Wide(|v, i| {
            let friends = &v.state.ties[PactClass::Defence as usize];
            [united(&adversaries(v, i), friends), enemies_of(v, allies(v, i))]
        }),
        mutual: false,
        values: Values::Indicator,
        statistic: |v, i, j| indicator(allies(v, j).meets(&adversaries(v, i))),
    },
    Effect {
        name: "actor_at_war",
        gloss: "the acting state is at war with a third",
        reads: Facts::WARS,
        scope: Scope::Wide(at_war_row),
        mutual: false,
        values: Values::Indicator,
        statistic: |v, i, j| indicator(v.state.at_war_elsewhere(i, j)),
    },
    Effect {
        name: "target_at_war",
        gloss: "the other state is at war with a third",
        reads: Facts::WARS,
        scope: Scope::Wide(at_war_row),
        mutual: false,
        values: Values::Indicator,
        statistic: |v, i, j| indicator(v.state.at_war_elsewhere(j, i)),
    },
    Effect {
        name: "ally_fights",
        gloss: "an ally of the acting state is at war with the other",
        reads: Facts::DEFENCE.and(Facts::WARS),
        scope: Scope::Wide(|v, i| {
            let friends = &v.state.ties[PactClass::Defence as usize];
            [united(allies(v, i), &v.state.wars), united(&v.state.wars[i], friends)]
        }),
        mutual: false,
        values: Values::Indicator,
        statistic: |v, i, j| indicator(allies(v, i).meets(&v.state.wars[j])),
    },
    Effect {
        name: "patron_down",
        gloss: "a great power bound to help the other state has been beaten or is gone",
        reads: Facts::DEFENCE.and(Facts::CONSULTATION).and(Facts::FATES),
        scope: Scope::Wide(|v, i| {
            let beaten = v.world.great.and(&v.state.defeated);
            let ties = |class: PactClass| &v.state.ties[class as usize];
            let clients =
                united(&beaten, ties(PactClass::Defence)).or(&united(&beaten, ties(PactClass::Consultation)));
            [
                if v.state.defeated.contains(i) { ActorSet::EMPTY } else { clients },
                all_or_none(v, clients.contains(i))[0],
            ]
        }),
        mutual: false,
        values: Values::Indicator,
        statistic: |v, i, j| {
            let patrons =
                allies(v, j).or(&v.state.ties[PactClass::Consultation as usize][j]).and(&v.world.great);
            indicator(patrons.meets(&v.state.defeated) && !v.state.defeated.contains(i))
        },
    },
];

fn allies<'a>(v: View<'a>, actor: usize) -> &'a ActorSet {
    &v.state.ties[PactClass::Defence as usize][actor]
}

fn adversaries(v: View, actor: usize) -> ActorSet {
    v.state.recent_force[actor].or(&v.state.wars[actor])
}

fn enemies_of(v: View, actors: &ActorSet) -> ActorSet {
    actors.iter().fold(ActorSet::EMPTY, |all, k| all.or(&adversaries(v, k)))
}

fn at_war_row(v: View, i: usize) -> [ActorSet; 2] {
    [at_war(v.state, i), ActorSet::EMPTY]
}

/// Towards whom an actor counts as being at war with a third: all but its only enemy.
pub(crate) fn at_war(state: &State, i: usize) -> ActorSet {
    let everybody = ActorSet::of(0..state.wars.len());
    let mut enemies = state.wars[i].iter();
    match (enemies.next(), enemies.next()) {
        (None, _) => ActorSet::EMPTY,
        (Some(only), None) => everybody.xor(&ActorSet::of([only])),
        _ => everybody,
    }
}
