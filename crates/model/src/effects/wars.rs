//! Force, wars, and what they mean for states beside them.

use super::{Effect, indicator, Scope, Values, View};
use crate::actor_set::ActorSet;
use crate::facts::Facts;
use crate::state::PactClass;

pub(super) const EFFECTS: &[Effect] = &[
    Effect {
        name: "recent_force",
        gloss: "force was used between the two within the last five years",
        reads: Facts::FORCE,
        scope: Scope::Pair,
        values: Values::Indicator,
        statistic: |v, i, j| indicator(v.state.recent_force[i].contains(j)),
    },
    Effect {
        name: "common_enemy",
        gloss: "a third state used force against, or fought, both within the last five years",
        reads: Facts::FORCE.and(Facts::WARS),
        scope: Scope::Wide,
        values: Values::Indicator,
        statistic: |v, i, j| indicator(adversaries(v, i).meets(&adversaries(v, j))),
    },
    Effect {
        name: "rivals_ally",
        gloss: "the other state is bound to help an adversary of the acting state",
        reads: Facts::DEFENCE.and(Facts::FORCE).and(Facts::WARS),
        scope: Scope::Wide,
        values: Values::Indicator,
        statistic: |v, i, j| indicator(allies(v, j).meets(&adversaries(v, i))),
    },
    Effect {
        name: "actor_at_war",
        gloss: "the acting state is at war with a third",
        reads: Facts::WARS,
        scope: Scope::Wide,
        values: Values::Indicator,
        statistic: |v, i, j| indicator(v.state.at_war_elsewhere(i, j)),
    },
    Effect {
        name: "target_at_war",
        gloss: "the other state is at war with a third",
        reads: Facts::WARS,
        scope: Scope::Wide,
        values: Values::Indicator,
        statistic: |v, i, j| indicator(v.state.at_war_elsewhere(j, i)),
    },
    Effect {
        name: "ally_fights",
        gloss: "an ally of the acting state is at war with the other",
        reads: Facts::DEFENCE.and(Facts::WARS),
        scope: Scope::Wide,
        values: Values::Indicator,
        statistic: |v, i, j| indicator(allies(v, i).meets(&v.state.wars[j])),
    },
    Effect {
        name: "patron_down",
        gloss: "a great power bound to help the other state has been beaten or is gone",
        reads: Facts::DEFENCE.and(Facts::CONSULTATION).and(Facts::FATES),
        scope: Scope::Wide,
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
