//! Geography, weight and period: what no event of the model changes, borders after a conquest excepted.

use super::{Effect, Scope, Values, View, indicator, united};
use crate::facts::Facts;

pub(super) const EFFECTS: &[Effect] = &[
    Effect {
        name: "contiguous",
        gloss: "the two share a border or a narrow sea",
        reads: Facts::BORDERS,
        scope: Scope::Pair,
        mutual: true,
        values: Values::Indicator,
        statistic: |v, i, j| indicator(v.state.neighbours[i].contains(j)),
    },
    Effect {
        name: "common_neighbour",
        gloss: "the two do not touch but have a neighbour in common",
        reads: Facts::BORDERS,
        scope: Scope::Wide(|v, i| {
            [v.state.neighbours[i], united(&v.state.neighbours[i], &v.state.neighbours)]
        }),
        mutual: true,
        values: Values::Indicator,
        statistic: |v, i, j| {
            let (a, b) = (&v.state.neighbours[i], &v.state.neighbours[j]);
            indicator(!a.contains(j) && a.meets(b))
        },
    },
    Effect {
        name: "one_great_power",
        gloss: "exactly one of the two is a great power",
        reads: Facts::NONE,
        scope: Scope::Pair,
        mutual: true,
        values: Values::Indicator,
        statistic: |v, i, j| indicator(v.world.great.contains(i) != v.world.great.contains(j)),
    },
    Effect {
        name: "both_great_powers",
        gloss: "both are great powers",
        reads: Facts::NONE,
        scope: Scope::Pair,
        mutual: true,
        values: Values::Indicator,
        statistic: |v, i, j| indicator(v.world.great.contains(i) && v.world.great.contains(j)),
    },
    Effect {
        name: "actor_great_power",
        gloss: "the acting state is a great power",
        reads: Facts::NONE,
        scope: Scope::Pair,
        mutual: false,
        values: Values::Indicator,
        statistic: |v, i, _| indicator(v.world.great.contains(i)),
    },
    Effect {
        name: "log_capability_ratio",
        gloss: "how much stronger the acting state is (log of the ratio of population and output)",
        reads: Facts::YEAR,
        scope: Scope::Pair,
        mutual: false,
        values: Values::Number,
        statistic: |v, i, j| {
            let year = v.state.year();
            v.world.log_capability(i, year) - v.world.log_capability(j, year)
        },
    },
    Effect {
        name: "both_democracies",
        gloss: "both are democracies",
        reads: Facts::REGIMES,
        scope: Scope::Pair,
        mutual: true,
        values: Values::Indicator,
        statistic: |v, i, j| indicator(democracy(v, i) && democracy(v, j)),
    },
    Effect {
        name: "one_democracy",
        gloss: "exactly one of the two is a democracy",
        reads: Facts::REGIMES,
        scope: Scope::Pair,
        mutual: true,
        values: Values::Indicator,
        statistic: |v, i, j| indicator(democracy(v, i) != democracy(v, j)),
    },
    Effect {
        name: "period_1918_24",
        gloss: "the years 1918 to 1924",
        reads: Facts::YEAR,
        scope: Scope::Pair,
        mutual: true,
        values: Values::Indicator,
        statistic: |v, _, _| indicator(v.state.year() <= 1924),
    },
    Effect {
        name: "period_1933_38",
        gloss: "the years 1933 to 1938",
        reads: Facts::YEAR,
        scope: Scope::Pair,
        mutual: true,
        values: Values::Indicator,
        statistic: |v, _, _| indicator((1933..=1938).contains(&v.state.year())),
    },
    Effect {
        name: "period_1939_41",
        gloss: "the years 1939 to 1941",
        reads: Facts::YEAR,
        scope: Scope::Pair,
        mutual: true,
        values: Values::Indicator,
        statistic: |v, _, _| indicator(v.state.year() >= 1939),
    },
];

fn democracy(v: View<'_>, actor: usize) -> bool {
    v.world.democracies[actor].iter().any(|w| w.contains(v.state.today()))
}
