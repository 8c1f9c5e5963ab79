//! Causal paths: which chains of differences lead from the divergence to an outcome, and how often.

use std::collections::BTreeMap;

use crate::engine::{Difference, Trajectory};

/// A chain of differences found in several trajectories.
#[derive(Clone, Debug, PartialEq)]
pub struct CausalPath {
    /// The steps in words, the divergence first.
    pub steps: Vec<String>,
    /// Trajectories that contain it.
    pub count: u32,
}

/// Follows the parents of every difference that `concerns` accepts back to the divergence, names each step with
/// `words`, and counts equal chains; the most frequent first, at most `n`.
pub fn causal_paths(
    trajectories: &[Trajectory],
    concerns: impl Fn(&Difference) -> bool,
    words: impl Fn(&Difference) -> String,
    n: usize,
) -> Vec<CausalPath> {
    let mut counts: BTreeMap<Vec<String>, u32> = BTreeMap::new();
    for trajectory in trajectories {
        let mut seen = std::collections::BTreeSet::new();
        for (i, difference) in trajectory.differences.iter().enumerate() {
            if !concerns(difference) {
                continue;
            }
            let mut steps = Vec::new();
            let mut here = Some(i);
            while let Some(j) = here {
                let step = words(&trajectory.differences[j]);
                // A step that repeats the one before (two items of one event) adds nothing.
                if steps.last() != Some(&step) {
                    steps.push(step);
                }
                // Parents are earlier, so the walk ends.
                here = trajectory.differences[j].cause.parent.filter(|p| *p < j);
            }
            steps.reverse();
            seen.insert(steps);
        }
        for steps in seen {
            *counts.entry(steps).or_default() += 1;
        }
    }
    let mut paths: Vec<CausalPath> =
        counts.into_iter().map(|(steps, count)| CausalPath { steps, count }).collect();
    paths.sort_by(|a, b| {
        b.count.cmp(&a.count).then(a.steps.len().cmp(&b.steps.len())).then(a.steps.cmp(&b.steps))
    });
    paths.truncate(n);
    paths
}
