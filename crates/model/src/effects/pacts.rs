//! Pacts, relations, and what third parties' pacts mean for two states.

use super::{Effect, Scope, Statistic, View, indicator, of_the_actor, united, whose};
use crate::actor_set::ActorSet;
use crate::facts::Facts;
use crate::state::PactClass;

pub(super) const EFFECTS: &[Effect] = &[
    Effect {
        name: "relations",
        gloss: "the two have diplomatic relations",
        reads: Facts::RELATIONS,
        scope: Scope::Pair,
        statistic: Statistic::Mutual(|v, i| v.state.actors[i].relations),
    },
    Effect {
        name: "nonaggression_in_force",
        gloss: "a non-aggression or neutrality pact of the two alone is in force",
        reads: Facts::NONAGGRESSION,
        scope: Scope::Pair,
        statistic: Statistic::Mutual(|v, i| *v.state.bilateral(i, PactClass::Nonaggression)),
    },
    Effect {
        name: "nonaggression_among_several",
        gloss: "a non-aggression pact of several states binds the two",
        reads: Facts::NONAGGRESSION,
        scope: Scope::Pair,
        statistic: Statistic::Mutual(|v, i| v.state.actors[i].among_several),
    },
    Effect {
        name: "consultation_in_force",
        gloss: "a consultation or friendship pact binds the two",
        reads: Facts::CONSULTATION,
        scope: Scope::Pair,
        statistic: Statistic::Mutual(|v, i| *tied(v, PactClass::Consultation, i)),
    },
    Effect {
        name: "defence_in_force",
        gloss: "a pact of mutual assistance or guarantee binds the two",
        reads: Facts::DEFENCE,
        scope: Scope::Pair,
        statistic: Statistic::Mutual(|v, i| *tied(v, PactClass::Defence, i)),
    },
    Effect {
        name: "alliance_in_force",
        gloss: "a pact of mutual assistance binds the two, and neither is left to the other's sphere",
        reads: Facts::DEFENCE.and(Facts::SPHERES),
        scope: Scope::Pair,
        statistic: Statistic::Mutual(|v, i| {
            let spheres = |x: usize| &v.state.actors[x].spheres;
            let allies = tied(v, PactClass::Defence, i).without(spheres(i));
            ActorSet::of(allies.iter().filter(|&j| !spheres(j).contains(i)))
        }),
    },
    Effect {
        name: "talks",
        gloss: "the two talked about a pact within the last year",
        reads: Facts::TALKS,
        scope: Scope::Pair,
        statistic: Statistic::Mutual(|v, i| v.state.actors[i].talks),
    },
    Effect {
        name: "common_ally",
        gloss: "a third state is bound to help both",
        reads: Facts::DEFENCE,
        scope: Scope::Wide,
        statistic: Statistic::Mutual(|v, i| {
            united(tied(v, PactClass::Defence, i), |k| tied(v, PactClass::Defence, k))
        }),
    },
    Effect {
        name: "patron_pull",
        gloss: "a great power bound to help one side has itself a pact with the other",
        reads: Facts::GREAT_TIES,
        scope: Scope::Wide,
        statistic: Statistic::Mutual(|v, i| {
            let clients_of =
                |p: usize| tied(v, PactClass::Defence, p).or(tied(v, PactClass::Consultation, p));
            let partners_of = |p: usize| clients_of(p).or(tied(v, PactClass::Nonaggression, p));
            let mut pulled = ActorSet::EMPTY;
            for patron in v.world.great.iter() {
                let (clients, partners) = (clients_of(patron), partners_of(patron));
                if clients.contains(i) {
                    pulled = pulled.or(&partners);
                }
                if partners.contains(i) {
                    pulled = pulled.or(&clients);
                }
            }
            pulled
        }),
    },
    Effect {
        name: "pact_wave",
        gloss: "share of the two that signed another non-aggression pact within the last two years",
        reads: Facts::WAVES,
        scope: Scope::Wide,
        statistic: Statistic::Number(|v, i, j| {
            let signed = |a: usize| indicator(v.state.now() < v.state.actors[a].wave_until);
            0.5 * (signed(i) + signed(j))
        }),
    },
    Effect {
        name: "recent_breach",
        gloss: "the acting state broke a pact within the last five years",
        reads: Facts::BREACHES,
        scope: Scope::Wide,
        statistic: Statistic::Directed(|v, i| {
            of_the_actor(v, i, |x| v.state.now() < v.state.actors[x].breach_until)
        }),
    },
    Effect {
        name: "seeks_pact",
        gloss: "office-holders on record as seeking an agreement, less those resisting one (-1 to 1)",
        reads: Facts::OFFICES,
        scope: Scope::Wide,
        statistic: Statistic::Number(|v, i, j| {
            let will = |a: usize, b: usize| {
                indicator(v.state.actors[a].seeks.contains(b))
                    - indicator(v.state.actors[a].opposes.contains(b))
            };
            0.5 * (will(i, j) + will(j, i))
        }),
    },
    Effect {
        name: "revisionist",
        gloss: "an office-holder of the acting state on record as wanting borders changed at the other's expense",
        reads: Facts::OFFICES,
        scope: Scope::Wide,
        statistic: Statistic::Directed(|v, i| {
            [v.state.actors[i].revisionist, whose(v, |x| v.state.actors[x].revisionist.contains(i))]
        }),
    },
];

fn tied(v: View<'_>, class: PactClass, actor: usize) -> &ActorSet {
    &v.state.actors[actor].ties[class as usize]
}
