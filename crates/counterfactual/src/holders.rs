//! Who holds what in an alternative.

use std::collections::BTreeSet;

use jonbar_model::{Change, Timeline};

use crate::engine::{Trajectory, What};

/// Who holds each territory (by its position in the record) just before each of these times, in rising order, in one
/// alternative, `None` for nobody. The record's changes of holder that the alternative keeps and those that it adds are applied
/// in order of time; one that needs a holder who no longer has the land does nothing.
pub fn holders(timeline: &Timeline, trajectory: &Trajectory, times: &[f64]) -> Vec<Vec<Option<usize>>> {
    let mut holders = timeline.initial.holders.clone();
    let last = times.last().copied().unwrap_or(f64::NEG_INFINITY);
    let removed: BTreeSet<usize> = trajectory
        .differences
        .iter()
        .filter_map(|d| if let What::Removed { item } = d.what { Some(item) } else { None })
        .collect();
    let recorded = timeline
        .items
        .iter()
        .enumerate()
        .filter(|(i, item)| item.time < last && !removed.contains(i))
        .map(|(_, item)| (item.time, &item.changes));
    let differing = trajectory.differences.iter().filter(|d| d.time < last).filter_map(|d| match &d.what {
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
    let mut steps = steps.into_iter().peekable();
    times
        .iter()
        .map(|&time| {
            while let Some((_, territory, from, to)) = steps.next_if(|step| step.0 < time) {
                if from.is_none() || holders[territory] == from {
                    holders[territory] = to;
                }
            }
            holders.clone()
        })
        .collect()
}
