//! Claims to land, titles and spheres of influence.

use jonbar_record::Day;

use super::{ClaimEffect, Effect, Reads, View, indicator};
use crate::state::{DEMAND_YEARS, GAIN_YEARS};
use crate::world::ModelClaim;

pub(super) const EFFECTS: &[Effect] = &[
    Effect {
        name: "claim_live",
        gloss: "the acting state has a claim, open or latent, to land the other holds",
        reads: Reads::Holders,
        statistic: |v, i, j| indicator(claims_on(v, i, j).next().is_some()),
    },
    Effect {
        name: "title_unsettled",
        gloss: "a claim between the two that no treaty has settled",
        reads: Reads::Holders,
        statistic: |v, i, j| indicator(claims_on(v, i, j).any(|c| c.settled_from > v.state.today())),
    },
    Effect {
        name: "claim_asserted",
        gloss: "the acting state openly claims land the other holds",
        reads: Reads::Holders,
        statistic: |v, i, j| indicator(claims_on(v, i, j).any(|c| is_asserted(c, v.state.today()))),
    },
    Effect {
        name: "sphere_conceded",
        gloss: "another power has left the other state to the acting state's sphere",
        reads: Reads::Spheres,
        statistic: |v, i, j| indicator(v.state.spheres[i].contains(j)),
    },
    Effect {
        name: "momentum",
        gloss: "the acting state gained land within the last two years",
        reads: Reads::Holders,
        statistic: |v, i, _| indicator(v.state.within(v.state.last_gain[i], GAIN_YEARS)),
    },
];

pub(super) const CLAIM_EFFECTS: &[ClaimEffect] = &[
    ClaimEffect {
        name: "salience_high",
        gloss: "the land matters much to the claimant",
        reads: Reads::Given,
        statistic: |v, c| indicator(v.world.claims[c].salience == 3),
    },
    ClaimEffect {
        name: "title_settled",
        gloss: "the claimant had accepted the loss by treaty",
        reads: Reads::Given,
        statistic: |v, c| indicator(v.world.claims[c].settled_from <= v.state.today()),
    },
    ClaimEffect {
        name: "openly_asserted",
        gloss: "the claim is stated openly",
        reads: Reads::Given,
        statistic: |v, c| indicator(is_asserted(&v.world.claims[c], v.state.today())),
    },
    ClaimEffect {
        name: "former_territory",
        gloss: "the land once belonged to the claimant",
        reads: Reads::Given,
        statistic: |v, c| indicator(v.world.claims[c].former),
    },
    ClaimEffect {
        name: "recent_demand",
        gloss: "a demand on the same claim within the last two years",
        reads: Reads::Force,
        statistic: |v, c| indicator(v.state.within(v.state.last_demand[c], DEMAND_YEARS)),
    },
];

/// Live claims of `i` to land that `j` holds.
fn claims_on<'a>(v: View<'a>, i: usize, j: usize) -> impl Iterator<Item = &'a ModelClaim> {
    let day = v.state.today();
    v.world
        .claims_of(i)
        .map(|c| &v.world.claims[c])
        .filter(move |c| v.state.holders[c.territory] == Some(j) && c.live.contains(day))
}

fn is_asserted(claim: &ModelClaim, day: Day) -> bool {
    claim.asserted.iter().any(|w| w.contains(day))
}
