//! Geography, weight and period: what no event of the model changes, borders after a conquest excepted.

use super::{Effect, Scope, Statistic, View, everybody, if_so, united};
use crate::actor_set::ActorSet;
use crate::facts::Facts;

pub(super) const EFFECTS: &[Effect] = &[
    Effect {
        name: "contiguous",
        gloss: "the two share a border or a narrow sea",
        reads: Facts::BORDERS,
        scope: Scope::Pair,
        statistic: Statistic::Mutual(|v, i| v.state.actors[i].neighbours),
    },
    Effect {
        name: "common_neighbour",
        gloss: "the two do not touch but have a neighbour in common",
        reads: Facts::BORDERS,
        scope: Scope::Wide,
        statistic: Statistic::Mutual(|v, i| {
            let neighbours = |x: usize| &v.state.actors[x].neighbours;
            united(neighbours(i), neighbours).without(neighbours(i))
        }),
    },
    Effect {
        name: "one_great_power",
        gloss: "exactly one of the two is a great power",
        reads: Facts::NONE,
        scope: Scope::Pair,
        statistic: Statistic::Mutual(|v, i| {
            if v.world.great.contains(i) { everybody(v).without(&v.world.great) } else { v.world.great }
        }),
    },
    Effect {
        name: "both_great_powers",
        gloss: "both are great powers",
        reads: Facts::NONE,
        scope: Scope::Pair,
        statistic: Statistic::Mutual(|v, i| if_so(v.world.great.contains(i), v.world.great)),
    },
    Effect {
        name: "actor_great_power",
        gloss: "the acting state is a great power",
        reads: Facts::NONE,
        scope: Scope::Pair,
        statistic: Statistic::Directed(|v, i| {
            [if_so(v.world.great.contains(i), everybody(v)), v.world.great]
        }),
    },
    Effect {
        name: "log_capability_ratio",
        gloss: "how much stronger the acting state is (log of the ratio of population and output)",
        reads: Facts::YEAR,
        scope: Scope::Pair,
        statistic: Statistic::Number(|v, i, j| {
            let year = v.state.year();
            v.world.log_capability(i, year) - v.world.log_capability(j, year)
        }),
    },
    Effect {
        name: "both_democracies",
        gloss: "both are democracies",
        reads: Facts::REGIMES,
        scope: Scope::Pair,
        statistic: Statistic::Mutual(|v, i| if_so(is_democracy(v, i), democracies(v))),
    },
    Effect {
        name: "one_democracy",
        gloss: "exactly one of the two is a democracy",
        reads: Facts::REGIMES,
        scope: Scope::Pair,
        statistic: Statistic::Mutual(|v, i| {
            let democracies = democracies(v);
            if is_democracy(v, i) { everybody(v).without(&democracies) } else { democracies }
        }),
    },
    Effect {
        name: "period_1918_24",
        gloss: "the years 1918 to 1924",
        reads: Facts::YEAR,
        scope: Scope::Pair,
        statistic: Statistic::Mutual(|v, _| if_so(v.state.year() <= 1924, everybody(v))),
    },
    Effect {
        name: "period_1933_38",
        gloss: "the years 1933 to 1938",
        reads: Facts::YEAR,
        scope: Scope::Pair,
        statistic: Statistic::Mutual(|v, _| if_so((1933..=1938).contains(&v.state.year()), everybody(v))),
    },
    Effect {
        name: "period_1939_41",
        gloss: "the years 1939 to 1941",
        reads: Facts::YEAR,
        scope: Scope::Pair,
        statistic: Statistic::Mutual(|v, _| if_so(v.state.year() >= 1939, everybody(v))),
    },
];

fn democracies(v: View) -> ActorSet {
    ActorSet::of((0..v.world.n_actors).filter(|&actor| is_democracy(v, actor)))
}

fn is_democracy(v: View, actor: usize) -> bool {
    v.world.democracies[actor].iter().any(|w| w.contains(v.state.today()))
}
