//! Whether survival curves differ.

use nalgebra::{DMatrix, DVector};
use statrs::distribution::{ChiSquared, ContinuousCDF};

use crate::spell::{Spell, check, event_times};

/// A log-rank test.
#[derive(Clone, Debug, PartialEq)]
pub struct LogRank {
    /// By group: events seen, weighted.
    pub observed: Vec<f64>,
    /// By group: events expected if all groups shared one hazard, weighted.
    pub expected: Vec<f64>,
    /// The statistic, chi-squared with one degree of freedom less than there are groups.
    pub chi_squared: f64,
    /// Probability of so large a statistic if the curves do not differ.
    pub p: f64,
}

/// Compares the groups of spells by the test of Harrington and Fleming (1982) with weights `S(t-)^rho`: 0 is the log-rank
/// test, 1 that of Peto and Peto. `groups` gives the group of each spell, from 0.
///
/// # Errors
/// If a spell has no length, there are fewer than two groups, or nothing happens.
pub fn log_rank(spells: &[Spell], groups: &[usize], rho: f64) -> Result<LogRank, String> {
    check(spells)?;
    let k = groups.iter().max().map_or(0, |g| g + 1);
    if k < 2 || groups.len() != spells.len() {
        return Err("a comparison needs two groups and the group of every spell".to_owned());
    }
    let (mut observed, mut expected) = (vec![0.0; k], vec![0.0; k]);
    let mut variance = DMatrix::<f64>::zeros(k, k);
    let mut survival = 1.0;
    for time in event_times(spells, |s| s.outcome > 0) {
        let (mut at_risk, mut events) = (vec![0.0; k], vec![0.0; k]);
        for (s, &group) in spells.iter().zip(groups) {
            if s.entry < time && time <= s.exit {
                at_risk[group] += 1.0;
                events[group] += f64::from(u8::from(s.outcome > 0 && s.exit == time));
            }
        }
        let (n, d): (f64, f64) = (at_risk.iter().sum(), events.iter().sum());
        let weight = libm::pow(survival, rho);
        for i in 0..k {
            observed[i] += weight * events[i];
            expected[i] += weight * d * at_risk[i] / n;
            if n > 1.0 {
                let scale = weight * weight * d * (n - d) / (n - 1.0) * at_risk[i] / n;
                for j in 0..k {
                    variance[(i, j)] += scale * (f64::from(u8::from(i == j)) - at_risk[j] / n);
                }
            }
        }
        survival *= 1.0 - d / n;
    }
    // The differences add up to zero, so that one group is left out.
    let z = DVector::from_iterator(k - 1, (0..k - 1).map(|i| observed[i] - expected[i]));
    let rest = variance.view((0, 0), (k - 1, k - 1)).into_owned();
    let solved = rest.cholesky().map(|c| c.solve(&z)).ok_or("nothing happens in the groups compared")?;
    let chi_squared = z.dot(&solved);
    let p = ChiSquared::new((k - 1) as f64).map_or(f64::NAN, |c| c.sf(chi_squared));
    Ok(LogRank { observed, expected, chi_squared, p })
}
