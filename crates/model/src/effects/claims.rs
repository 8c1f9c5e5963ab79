//! Claims to land, titles and spheres of influence.

use jonbar_record::Day;

use super::{ClaimEffect, Claims, Effect, Scope, Values, all_or_none, indicator};
use crate::facts::Facts;
use crate::state::State;
use crate::world::{ModelClaim, World};

pub(super) const EFFECTS: &[Effect] = &[
    Effect {
        name: "claim_live",
        gloss: "the acting state has a claim, open or latent, to land the other holds",
        reads: Facts::HOLDERS,
        scope: Scope::Pair,
        mutual: false,
        values: Values::Indicator,
        statistic: |v, _, _| indicator(v.claims.live),
    },
    Effect {
        name: "title_unsettled",
        gloss: "a claim between the two that no treaty has settled",
        reads: Facts::HOLDERS,
        scope: Scope::Pair,
        mutual: false,
        values: Values::Indicator,
        statistic: |v, _, _| indicator(v.claims.unsettled),
    },
    Effect {
        name: "claim_asserted",
        gloss: "the acting state openly claims land the other holds",
        reads: Facts::HOLDERS,
        scope: Scope::Pair,
        mutual: false,
        values: Values::Indicator,
        statistic: |v, _, _| indicator(v.claims.asserted),
    },
    Effect {
        name: "sphere_conceded",
        gloss: "another power has left the other state to the acting state's sphere",
        reads: Facts::SPHERES,
        scope: Scope::Pair,
        mutual: false,
        values: Values::Indicator,
        statistic: |v, i, j| indicator(v.state.spheres[i].contains(j)),
    },
    Effect {
        name: "momentum",
        gloss: "the acting state gained land within the last two years",
        reads: Facts::HOLDERS,
        scope: Scope::Wide(|v, i| all_or_none(v, v.state.now() < v.state.gain_until[i])),
        mutual: false,
        values: Values::Indicator,
        statistic: |v, i, _| indicator(v.state.now() < v.state.gain_until[i]),
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

/// What claims `i` has to land that `j` holds; looked up once for all effects of a pair.
pub(super) fn between(world: &World, state: &State, i: usize, j: usize) -> Claims {
    let day = state.today();
    let mut found = Claims::default();
    if !state.may_claim_from(i).contains(j) {
        return found;
    }
    for claim in world.claims_of(i).map(|c| &world.claims[c]) {
        if state.holders[claim.territory] == Some(j) && claim.live.contains(day) {
            found.live = true;
            found.unsettled |= claim.settled_from > day;
            found.asserted |= is_asserted(claim, day);
        }
    }
    found
}

fn is_asserted(claim: &ModelClaim, day: Day) -> bool {
    claim.asserted.iter().any(|w| w.contains(day))
}
