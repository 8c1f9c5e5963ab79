//! What the alternatives have in common: which of the outcomes comes first in each, and which difference makes which.

use std::collections::{BTreeMap, BTreeSet};

use jonbar_survival::share_interval;

use super::*;

/// Bands of the stack, without the rest.
const BANDS_MAX: usize = 4;
/// An outcome that comes first in fewer histories than one in this many has no band.
const RARE: u32 = 50;
/// Differences drawn in the graph at most, without the change itself.
const NODES_MAX: usize = 14;
/// A difference in fewer histories than one in this many is not drawn.
const THIN: u32 = 50;

/// Every history in one band: the first of the outcomes that came true in it, by years since the change.
pub(super) fn first_to_come(
    study: &Study,
    whatif: &WhatIf,
    rows: &[OutcomeRow],
    ensemble: &Ensemble,
) -> Option<Section> {
    let start = f64::from(whatif.day.0);
    let last = (f64::from(study.end().to.0) - start) / YEAR;
    let runs = ensemble.trajectories.len() as u64;
    // By history: the outcome that came first, and when. What the change itself brings about tells nothing.
    let open: Vec<usize> = (0..rows.len()).filter(|i| !rows[*i].imposed).collect();
    let first = |among: &[usize], t: &Trajectory| {
        let dated = among.iter().filter_map(|i| t.first_times[*i].map(|time| (time, *i)));
        dated.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
    };
    let mut count = vec![0_u32; rows.len()];
    ensemble.trajectories.iter().filter_map(|t| first(&open, t)).for_each(|(_, i)| count[i] += 1);
    let mut chosen: Vec<usize> = open.into_iter().filter(|i| u64::from(count[*i] * RARE) >= runs).collect();
    chosen.sort_by_key(|i| (std::cmp::Reverse(count[*i]), *i));
    chosen.truncate(BANDS_MAX);
    if chosen.len() < 2 || last < 1.0 {
        return None;
    }
    let firsts: Vec<(f64, usize)> = ensemble
        .trajectories
        .iter()
        .filter_map(|t| first(&chosen, t))
        .map(|(time, i)| (((time - start) / YEAR).max(0.0), i))
        .collect();
    let by = |i: usize, years: f64| firsts.iter().filter(|(t, o)| *o == i && *t <= years).count() as u64;
    let quarters = (1..=(4.0 * last).ceil() as u32).map(|q| (f64::from(q) / 4.0).min(last));
    let years: Vec<f64> = [1.0, 2.0, 3.0, 5.0, 8.0].into_iter().filter(|y| *y < last).chain([last]).collect();
    let causes = chosen
        .iter()
        .map(|&i| Cause {
            label: rows[i].label.clone(),
            steps: quarters.clone().map(|t| (t, by(i, t) as f64 / runs as f64)).collect(),
            at_years: years
                .iter()
                .map(|t| {
                    let (low, high) = share_interval(by(i, *t), runs, LEVEL);
                    Some((by(i, *t) as f64 / runs as f64, low, high))
                })
                .collect(),
        })
        .collect();
    Some(Section::Incidence(Incidence {
        title: "Which of these comes first".to_owned(),
        intro: "Every alternative history stands in one band: that of the first of these to come true in it, or in none yet. Intervals \
                are of the number of runs alone."
            .to_owned(),
        years,
        causes,
        last,
        rest: "years since the change; the rest: none of these yet; alternative, computed, not recorded".to_owned(),
    }))
}

/// Which difference makes which, over all histories: the commonest, each with those it is a direct cause of.
pub(super) fn graph(study: &Study, ensemble: &Ensemble) -> Option<Section> {
    let runs = ensemble.trajectories.len() as u32;
    let mut words_of: BTreeMap<String, u32> = BTreeMap::new();
    let told: Vec<Vec<Option<String>>> = ensemble
        .trajectories
        .iter()
        .map(|t| {
            let said = |d: &Difference| d.cause.parent.map(|_| words::difference(study, d));
            let told: Vec<Option<String>> = t.differences.iter().map(said).collect();
            let own: BTreeSet<&String> = told.iter().flatten().collect();
            own.into_iter().for_each(|label| *words_of.entry(label.clone()).or_default() += 1);
            told
        })
        .collect();
    let mut kept: Vec<(String, u32)> = words_of.into_iter().filter(|(_, n)| n * THIN >= runs).collect();
    kept.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    kept.truncate(NODES_MAX);
    if kept.len() < 2 {
        return None;
    }
    let place: BTreeMap<&str, usize> =
        kept.iter().enumerate().map(|(i, (label, _))| (label.as_str(), i + 1)).collect();
    let mut links: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    for (t, told) in ensemble.trajectories.iter().zip(&told) {
        let at = |i: usize| told[i].as_deref().map_or(Some(0), |label| place.get(label).copied());
        let mut own = BTreeSet::new();
        for i in 0..told.len() {
            let Some(to) = at(i).filter(|to| *to > 0) else { continue };
            // A cause that is not drawn is passed over for its own.
            let mut cause = t.differences[i].cause.parent.filter(|p| *p < i);
            while let Some(p) = cause.filter(|p| at(*p).is_none_or(|from| from == to)) {
                cause = t.differences[p].cause.parent.filter(|q| *q < p);
            }
            if let Some(from) = cause.and_then(at) {
                own.insert((from, to));
            }
        }
        own.into_iter().for_each(|link| *links.entry(link).or_default() += 1);
    }
    links.retain(|_, n| *n * THIN >= runs);
    // A difference stands one column behind the commonest of its causes.
    let main_cause = |to: usize| {
        let causes = links.iter().filter(|((_, t), _)| *t == to);
        causes.max_by_key(|((from, _), n)| (**n, std::cmp::Reverse(*from))).map(|((from, _), _)| *from)
    };
    let depth = |node: usize| {
        let chain = std::iter::successors(Some(node), |at| main_cause(*at).filter(|_| *at > 0));
        chain.take(NODES_MAX).take_while(|at| *at > 0).count()
    };
    let change = GraphNode { label: "The change".to_owned(), count: runs, depth: 0 };
    let nodes = kept.into_iter().enumerate().map(|(i, (label, count))| GraphNode {
        label,
        count,
        depth: depth(i + 1),
    });
    Some(Section::Graph(Graph {
        title: "What makes what".to_owned(),
        intro: "The commonest differences from our timeline, each beside what brought it about; the thicker the line, the more of the \
                histories. \"no:\" stands before what happened in our timeline and does not happen here."
            .to_owned(),
        runs,
        nodes: std::iter::once(change).chain(nodes).collect(),
        links: links.into_iter().map(|((from, to), count)| GraphLink { from, to, count }).collect(),
    }))
}
