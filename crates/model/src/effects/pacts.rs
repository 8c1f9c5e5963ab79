//! Pacts, relations, and what third parties' pacts mean for two states.

use super::{Effect, Scope, Values, View, all_or_none, indicator, united};
use crate::actor_set::ActorSet;
use crate::facts::Facts;
use crate::state::PactClass;

pub(super) const EFFECTS: &[Effect] = &[
    Effect {
        name: "relations",
        gloss: "the two have diplomatic relations",
        reads: Facts::RELATIONS,
        scope: Scope::Pair,
        mutual: true,
        values: Values::Indicator,
        statistic: |v, i, j| indicator(v.state.relations[i].contains(j)),
    },
    Effect {
        name: "nonaggression_in_force",
        gloss: "a non-aggression or neutrality pact of the two alone is in force",
        reads: Facts::NONAGGRESSION,
        scope: Scope::Pair,
        mutual: true,
        values: Values::Indicator,
        statistic: |v, i, j| indicator(v.state.bilateral_of_class(i, j, PactClass::Nonaggression)),
    },
    Effect {
        name: "nonaggression_among_several",
        gloss: "a non-aggression pact of several states binds the two",
        reads: Facts::NONAGGRESSION,
        scope: Scope::Pair,
        mutual: true,
        values: Values::Indicator,
        statistic: |v, i, j| indicator(v.state.among_several[i].contains(j)),
    },
    Effect {
        name: "consultation_in_force",
        gloss: "a consultation or friendship pact binds the two",
        reads: Facts::CONSULTATION,
        scope: Scope::Pair,
        mutual: true,
        values: Values::Indicator,
        statistic: |v, i, j| indicator(tied(v, PactClass::Consultation, i).contains(j)),
    },
    Effect {
        name: "defence_in_force",
        gloss: "a pact of mutual assistance or guarantee binds the two",
        reads: Facts::DEFENCE,
        scope: Scope::Pair,
        mutual: true,
        values: Values::Indicator,
        statistic: |v, i, j| indicator(tied(v, PactClass::Defence, i).contains(j)),
    },
    Effect {
        name: "alliance_in_force",
        gloss: "a pact of mutual assistance binds the two, and neither is left to the other's sphere",
        reads: Facts::DEFENCE.and(Facts::SPHERES),
        scope: Scope::Pair,
        mutual: true,
        values: Values::Indicator,
        statistic: |v, i, j| {
            let spheres = &v.state.spheres;
            let free = !spheres[i].contains(j) && !spheres[j].contains(i);
            indicator(free && tied(v, PactClass::Defence, i).contains(j))
        },
    },
    Effect {
        name: "talks",
        gloss: "the two talked about a pact within the last year",
        reads: Facts::TALKS,
        scope: Scope::Pair,
        mutual: true,
        values: Values::Indicator,
        statistic: |v, i, j| indicator(v.state.talks[i].contains(j)),
    },
    Effect {
        name: "common_ally",
        gloss: "a third state is bound to help both",
        reads: Facts::DEFENCE,
        scope: Scope::Wide(|v, i| {
            [united(tied(v, PactClass::Defence, i), ties(v, PactClass::Defence)), ActorSet::EMPTY]
        }),
        mutual: true,
        values: Values::Indicator,
        statistic: |v, i, j| indicator(tied(v, PactClass::Defence, i).meets(tied(v, PactClass::Defence, j))),
    },
    Effect {
        name: "patron_pull",
        gloss: "a great power bound to help one side has itself a pact with the other",
        reads: Facts::GREAT_TIES,
        scope: Scope::Wide(|v, i| {
            let clients_of =
                |p: usize| tied(v, PactClass::Defence, p).or(tied(v, PactClass::Consultation, p));
            let partners_of = |p: usize| clients_of(p).or(tied(v, PactClass::Nonaggression, p));
            let (mut ahead, mut back) = (ActorSet::EMPTY, ActorSet::EMPTY);
            for p in v.world.great.iter() {
                if clients_of(p).contains(i) {
                    ahead = ahead.or(&partners_of(p));
                }
                if partners_of(p).contains(i) {
                    back = back.or(&clients_of(p));
                }
            }
            [ahead, back]
        }),
        mutual: true,
        values: Values::Indicator,
        statistic: |v, i, j| {
            let pull = |client: usize, other: usize| {
                let mut patrons = tied(v, PactClass::Defence, client)
                    .or(tied(v, PactClass::Consultation, client))
                    .and(&v.world.great);
                patrons.remove(other);
                patrons.iter().any(|p| PactClass::ALL.iter().any(|&c| tied(v, c, p).contains(other)))
            };
            indicator(pull(i, j) || pull(j, i))
        },
    },
    Effect {
        name: "pact_wave",
        gloss: "share of the two that signed another non-aggression pact within the last two years",
        reads: Facts::WAVES,
        scope: Scope::Wide(|v, i| all_or_none(v, v.state.now() < v.state.wave_until[i])),
        mutual: true,
        values: Values::Number,
        statistic: |v, i, j| {
            let signed = |a: usize| indicator(v.state.now() < v.state.wave_until[a]);
            0.5 * (signed(i) + signed(j))
        },
    },
    Effect {
        name: "recent_breach",
        gloss: "the acting state broke a pact within the last five years",
        reads: Facts::BREACHES,
        scope: Scope::Wide(|v, i| all_or_none(v, v.state.now() < v.state.breach_until[i])),
        mutual: false,
        values: Values::Indicator,
        statistic: |v, i, _| indicator(v.state.now() < v.state.breach_until[i]),
    },
    Effect {
        name: "seeks_pact",
        gloss: "office-holders on record as seeking an agreement, less those resisting one (-1 to 1)",
        reads: Facts::OFFICES,
        scope: Scope::Wide(|v, i| [v.state.seeks[i], v.state.opposes[i]]),
        mutual: true,
        values: Values::Number,
        statistic: |v, i, j| {
            let will = |a: usize, b: usize| {
                indicator(v.state.seeks[a].contains(b)) - indicator(v.state.opposes[a].contains(b))
            };
            0.5 * (will(i, j) + will(j, i))
        },
    },
    Effect {
        name: "revisionist",
        gloss: "an office-holder of the acting state on record as wanting borders changed at the other's expense",
        reads: Facts::OFFICES,
        scope: Scope::Wide(|v, i| [v.state.revisionist[i], ActorSet::EMPTY]),
        mutual: false,
        values: Values::Indicator,
        statistic: |v, i, j| indicator(v.state.revisionist[i].contains(j)),
    },
];

fn ties(v: View<'_>, class: PactClass) -> &[ActorSet] {
    &v.state.ties[class as usize]
}

fn tied(v: View<'_>, class: PactClass, actor: usize) -> &ActorSet {
    &v.state.ties[class as usize][actor]
}
