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
    // State 0: nothing yet. The derivative of each state with respect to each cluster's weight.
    let mut states = vec![0.0; causes + 1];
    states[0] = 1.0;
    let mut influence = vec![vec![0.0; causes + 1]; clusters.len()];
    let mut steps = Vec::new();
    for time in event_times(spells, |s| s.outcome > 0) {
        let at_risk = spells.iter().filter(|s| s.entry < time && time <= s.exit).count();
        let n = at_risk as f64;
        let mut hazard = vec![0.0; causes + 1];
        for s in spells.iter().filter(|s| s.outcome > 0 && s.exit == time) {
            hazard[s.outcome as usize] += 1.0 / n;
        }
        let mut moved = vec![vec![0.0; causes + 1]; clusters.len()];
        for (s, &c) in spells.iter().zip(&cluster_of).filter(|(s, _)| s.entry < time && time <= s.exit) {
            for k in 1..=causes {
                let own = f64::from(u8::from(s.exit == time && s.outcome as usize == k));
                moved[c][k] += (own - hazard[k]) / n;
            }
        }
        let total: f64 = hazard.iter().sum();
        for (d, m) in influence.iter_mut().zip(&moved) {
            let leaving: f64 = m.iter().sum();
            for k in 1..=causes {
                d[k] += d[0] * hazard[k] + states[0] * m[k];
            }
            d[0] = d[0] * (1.0 - total) - states[0] * leaving;
        }
        for k in 1..=causes {
            states[k] += states[0] * hazard[k];
        }
        states[0] *= 1.0 - total;
        let se = |k: usize| influence.iter().map(|d| d[k] * d[k]).sum::<f64>().sqrt();
        steps.push(IncidenceStep {
            time,
            at_risk,
            none: states[0],
            none_se: se(0),
            share: states[1..].to_vec(),
            se: (1..=causes).map(se).collect(),
        });
    }
    Ok(CumulativeIncidence { steps })
}
