//! Who holds what in an alternative.

use std::collections::BTreeSet;

use jonbar_model::{Change, Timeline};

use crate::engine::{Trajectory, What};

/// Who holds each territory (by its position in the record) at a time in one alternative, `None` for nobody. The record's
/// changes of holder that the alternative keeps and those that it adds are applied in order of time; one that needs a holder
/// who no longer has the land does nothing.
pub fn holders(timeline: &Timeline, trajectory: &Trajectory, time: f64) -> Vec<Option<usize>> {
    let mut holders = timeline.initial.holders.clone();
    let removed: BTreeSet<usize> = trajectory
        .differences
        .iter()
        .filter_map(|d| if let What::Removed { item } = d.what { Some(item) } else { None })
        .collect();
    let recorded = timeline
        .items
        .iter()
        .enumerate()
        .filter(|(i, item)| item.time < time && !removed.contains(i))
        .map(|(_, item)| (item.time, &item.changes));
    let differing = trajectory.differences.iter().filter(|d| d.time < time).filter_map(|d| match &d.what {
        What::Imposed { changes, .. } | What::Added { changes, .. } | What::Derived { changes } => {
            Some((d.time, changes))
        }
        What::Removed { .. } | What::Answered { .. } => None,
    });
    let moves = |(at, changes): (f64, &'_ Vec<Change>)| {
        changes
            .iter()
            .filter_map(|c| match *c {
                Change::Holder { territory, from, to } => Some((at, territory, from, to)),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
    let mut steps: Vec<(f64, usize, Option<usize>, Option<usize>)> =
        recorded.flat_map(moves).chain(differing.flat_map(moves)).collect();
    steps.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (_, territory, from, to) in steps {
        if from.is_none() || holders[territory] == from {
            holders[territory] = to;
        }
    }
    holders
}
