//! Claims to land, titles and spheres of influence.

use jonbar_record::Day;

use super::{ClaimEffect, Effect, Scope, Statistic, View, indicator, of_the_actor, whose};
use crate::actor_set::ActorSet;
use crate::facts::Facts;
use crate::world::ModelClaim;

pub(super) const EFFECTS: &[Effect] = &[
    Effect {
        name: "claim_live",
        gloss: "the acting state has a claim, open or latent, to land the other holds",
        reads: Facts::HOLDERS,
        scope: Scope::Pair,
        statistic: Statistic::Directed(|v, i| claims(v, i, |_, _| true)),
    },
    Effect {
        name: "title_unsettled",
        gloss: "a claim between the two that no treaty has settled",
        reads: Facts::HOLDERS,
        scope: Scope::Pair,
        statistic: Statistic::Directed(|v, i| claims(v, i, |claim, day| claim.settled_from > day)),
    },
    Effect {
        name: "claim_asserted",
        gloss: "the acting state openly claims land the other holds",
        reads: Facts::HOLDERS,
        scope: Scope::Pair,
        statistic: Statistic::Directed(|v, i| claims(v, i, is_asserted)),
    },
    Effect {
        name: "sphere_conceded",
        gloss: "another power has left the other state to the acting state's sphere",
        reads: Facts::SPHERES,
        scope: Scope::Pair,
        statistic: Statistic::Directed(|v, i| {
            [v.state.actors[i].spheres, whose(v, |x| v.state.actors[x].spheres.contains(i))]
        }),
    },
    Effect {
        name: "momentum",
        gloss: "the acting state gained land within the last two years",
        reads: Facts::HOLDERS,
        scope: Scope::Wide,
        statistic: Statistic::Directed(|v, i| {
            of_the_actor(v, i, |x| v.state.now() < v.state.actors[x].gain_until)
        }),
    },
];

pub(super) const CLAIM_EFFECTS: &[ClaimEffect] = &[
    ClaimEffect {
        name: "salience_high",
        gloss: "the land matters much to the claimant",
        reads: Facts::NONE,
        statistic: |v, c| indicator(v.world.claims[c].salience == 3),
    },
    ClaimEffect {
        name: "title_settled",
        gloss: "the claimant had accepted the loss by treaty",
        reads: Facts::HOLDERS,
        statistic: |v, c| indicator(v.world.claims[c].settled_from <= v.state.today()),
    },
    ClaimEffect {
        name: "openly_asserted",
        gloss: "the claim is stated openly",
        reads: Facts::HOLDERS,
        statistic: |v, c| indicator(is_asserted(&v.world.claims[c], v.state.today())),
    },
    ClaimEffect {
        name: "former_territory",
        gloss: "the land once belonged to the claimant",
        reads: Facts::NONE,
        statistic: |v, c| indicator(v.world.claims[c].former),
    },
    ClaimEffect {
        name: "recent_demand",
        gloss: "a demand on the same claim within the last two years",
        reads: Facts::FORCE,
        statistic: |v, c| indicator(v.state.now() < v.state.demand_until[c]),
    },
];

/// Who holds land that `i` has such a claim to, and who has such a claim to land that `i` holds.
fn claims(v: View, i: usize, such: fn(&ModelClaim, Day) -> bool) -> [ActorSet; 2] {
    let (world, state, day) = (v.world, v.state, v.state.today());
    let holders_of = |actor: usize| {
        world.claims_of(actor).map(|c| &world.claims[c]).filter_map(move |claim| {
            let live = claim.live.contains(day) && such(claim, day);
            state.holders[claim.territory].filter(|_| live)
        })
    };
    [
        ActorSet::of(holders_of(i)),
        whose(v, |x| state.may_claim_from(x).contains(i) && holders_of(x).any(|holder| holder == i)),
    ]
}

fn is_asserted(claim: &ModelClaim, day: Day) -> bool {
    claim.asserted.iter().any(|w| w.contains(day))
}
