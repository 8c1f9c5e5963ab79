//! Competing risks.

use crate::spell::{Spell, check, event_times};

/// Shares after one event time.
#[derive(Clone, Debug, PartialEq)]
pub struct IncidenceStep {
    /// Time.
    pub time: f64,
    /// Spells at risk just before it.
    pub at_risk: usize,
    /// Probability that nothing has happened yet.
    pub none: f64,
    /// Its standard error.
    pub none_se: f64,
    /// By cause, from cause 1: probability that this cause came first.
    pub share: Vec<f64>,
    /// Standard errors.
    pub se: Vec<f64>,
}

/// Cumulative incidence of each cause.
#[derive(Clone, Debug, PartialEq)]
pub struct CumulativeIncidence {
    /// Steps in order of time.
    pub steps: Vec<IncidenceStep>,
}

impl CumulativeIncidence {
    /// The step in force at a time; `None` before the first event.
    pub fn at(&self, time: f64) -> Option<&IncidenceStep> {
        self.steps[..self.steps.partition_point(|s| s.time <= time)].last()
    }
}

/// The share of units that each cause has ended by each time, all causes in play (Aalen and Johansen 1978). Standard
/// errors are from the infinitesimal jackknife: the sum over clusters of the squared effect of a cluster's weight on the
/// share, which holds when a unit has several spells.
///
/// # Errors
/// If a spell has no length.
pub fn cumulative_incidence(spells: &[Spell]) -> Result<CumulativeIncidence, String> {
    check(spells)?;
    let causes = spells.iter().map(|s| s.outcome).max().unwrap_or(0) as usize;
    let mut clusters: Vec<u32> = spells.iter().map(|s| s.cluster).collect();
    clusters.sort_unstable();
    clusters.dedup();
    let cluster_of: Vec<usize> =
        spells.iter().map(|s| clusters.partition_point(|&c| c < s.cluster)).collect();
    // State 0: nothing yet. Beside the states the derivative of each with respect to the weight of each cluster, and what the
    // cluster's spells at risk move at one time, both in rows of one number for each state.
    let width = causes + 1;
    let mut states = vec![0.0; width];
    states[0] = 1.0;
    let mut influence = vec![0.0; width * clusters.len()];
    let mut moved = vec![0.0; width * clusters.len()];
    let mut hazard = vec![0.0; width];
    let mut steps = Vec::new();
    for time in event_times(spells, |s| s.outcome > 0) {
        let is_at_risk = |s: &Spell| s.entry < time && time <= s.exit;
        let at_risk = spells.iter().filter(|s| is_at_risk(s)).count();
        let n = at_risk as f64;
        hazard.fill(0.0);
        for s in spells.iter().filter(|s| s.outcome > 0 && s.exit == time) {
            hazard[s.outcome as usize] += 1.0 / n;
        }
        moved.fill(0.0);
        for (s, &c) in spells.iter().zip(&cluster_of).filter(|(s, _)| is_at_risk(s)) {
            let row = &mut moved[c * width..(c + 1) * width];
            for k in 1..width {
                let own = f64::from(u8::from(s.exit == time && s.outcome as usize == k));
                row[k] += (own - hazard[k]) / n;
            }
        }
        let total: f64 = hazard.iter().sum();
        for (d, m) in influence.chunks_exact_mut(width).zip(moved.chunks_exact(width)) {
            let leaving: f64 = m.iter().sum();
            for k in 1..width {
                d[k] += d[0] * hazard[k] + states[0] * m[k];
            }
            d[0] = d[0] * (1.0 - total) - states[0] * leaving;
        }
        for k in 1..width {
            states[k] += states[0] * hazard[k];
        }
        states[0] *= 1.0 - total;
        let mut squares = vec![0.0; width];
        for d in influence.chunks_exact(width) {
            squares.iter_mut().zip(d).for_each(|(sum, d)| *sum += d * d);
        }
        steps.push(IncidenceStep {
            time,
            at_risk,
            none: states[0],
            none_se: squares[0].sqrt(),
            share: states[1..].to_vec(),
            se: squares[1..].iter().map(|s| s.sqrt()).collect(),
        });
    }
    Ok(CumulativeIncidence { steps })
}
