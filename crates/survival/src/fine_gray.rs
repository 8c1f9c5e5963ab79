//! Regression of the cumulative incidence of one cause.

use nalgebra::{DMatrix, DVector};

use crate::newton::maximise;
use crate::poisson::errors_of;
use crate::spell::{Spell, check, event_times};

/// A regression of the subdistribution hazard.
#[derive(Clone, Debug)]
pub struct FineGrayFit {
    /// Coefficients: logarithms of subdistribution hazard ratios.
    pub coefficients: Vec<f64>,
    /// Standard errors that allow for the weights being estimated (Fine and Gray 1999, equation 7 and appendix).
    pub se: Vec<f64>,
    /// Logarithm of the weighted partial likelihood.
    pub log_likelihood: f64,
    /// The same with all coefficients zero.
    pub log_likelihood_null: f64,
}

/// Fits the proportional subdistribution hazards model (Fine and Gray 1999, Journal of the American Statistical
/// Association 94: 496-509) of cause 1, all other causes competing. A unit that a competing cause has ended stays at risk
/// with the weight of not having been censored since. Ties are taken as Breslow did.
///
/// # Errors
/// If a spell has no length or begins late, rows differ in length, cause 1 never ends a spell, or a covariate is collinear
/// or runs away.
pub fn fine_gray(spells: &[Spell], x: &[Vec<f64>]) -> Result<FineGrayFit, String> {
    check(spells)?;
    let k = x.first().map_or(0, Vec::len);
    if k == 0 || x.len() != spells.len() || x.iter().any(|row| row.len() != k) {
        return Err("every spell needs the same number of covariates".to_owned());
    }
    if spells.iter().any(|s| s.entry != 0.0) {
        return Err("weights for late entry are not known to this method: spells must begin at 0".to_owned());
    }
    let times = event_times(spells, |s| s.outcome == 1);
    if times.is_empty() {
        return Err("cause 1 ends no spell".to_owned());
    }
    let centre: Vec<f64> = (0..k).map(|j| x.iter().map(|row| row[j]).sum::<f64>() / x.len() as f64).collect();
    let rows: Vec<DVector<f64>> =
        x.iter().map(|row| DVector::from_fn(k, |j, _| row[j] - centre[j])).collect();
    let data = Data { spells, rows: &rows, times: &times, uncensored: uncensored(spells) };
    let fit = maximise(&vec![0.0; k], |beta, gradient, hessian| data.likelihood(beta, gradient, hessian));
    let (inverse, _) = errors_of(&fit)?;
    let zero = vec![0.0; k];
    let log_likelihood_null = data.likelihood(&zero, &mut zero.clone(), &mut DMatrix::zeros(k, k));
    let middle = data.scores(&fit.beta).iter().fold(DMatrix::zeros(k, k), |sum, s| sum + s * s.transpose());
    let covariance = &inverse * middle * &inverse;
    Ok(FineGrayFit {
        se: (0..k).map(|j| covariance[(j, j)].sqrt()).collect(),
        coefficients: fit.beta,
        log_likelihood: fit.value,
        log_likelihood_null,
    })
}

/// Probability of not yet being censored just before each spell's end and each event, as steps: time and value from it on.
fn uncensored(spells: &[Spell]) -> Vec<(f64, f64)> {
    let mut value = 1.0;
    event_times(spells, |s| s.outcome == 0)
        .into_iter()
        .map(|time| {
            let at_risk = spells.iter().filter(|s| s.exit >= time).count() as f64;
            let censored = spells.iter().filter(|s| s.outcome == 0 && s.exit == time).count() as f64;
            value *= 1.0 - censored / at_risk;
            (time, value)
        })
        .collect()
}

struct Data<'d> {
    spells: &'d [Spell],
    rows: &'d [DVector<f64>],
    /// Times at which cause 1 ends a spell.
    times: &'d [f64],
    uncensored: Vec<(f64, f64)>,
}

/// What a sweep knows at one event time.
struct Moment {
    mean: DVector<f64>,
    hazard: f64,
}

impl Data<'_> {
    /// Not censored just before a time.
    fn open(&self, time: f64) -> f64 {
        self.uncensored[..self.uncensored.partition_point(|(t, _)| *t < time)].last().map_or(1.0, |(_, g)| *g)
    }

    /// Weight of a spell at an event time.
    fn weight(&self, i: usize, time: f64) -> f64 {
        let s = &self.spells[i];
        if s.exit >= time {
            1.0
        } else if s.outcome > 1 {
            self.open(time) / self.open(s.exit)
        } else {
            0.0
        }
    }

    fn likelihood(&self, beta: &[f64], gradient: &mut [f64], hessian: &mut DMatrix<f64>) -> f64 {
        let k = beta.len();
        let beta = DVector::from_column_slice(beta);
        let risk: Vec<f64> = self.rows.iter().map(|z| libm::exp(z.dot(&beta))).collect();
        let mut value = 0.0;
        for &time in self.times {
            let (mut s0, mut s1, mut s2) = (0.0, DVector::zeros(k), DMatrix::zeros(k, k));
            for (i, z) in self.rows.iter().enumerate() {
                let w = self.weight(i, time) * risk[i];
                if w > 0.0 {
                    s0 += w;
                    s1.axpy(w, z, 1.0);
                    s2.ger(w, z, z, 1.0);
                }
            }
            let mean = &s1 / s0;
            let spread = s2 / s0 - &mean * mean.transpose();
            let ended = self.spells.iter().zip(self.rows).filter(|(s, _)| s.outcome == 1 && s.exit == time);
            for (_, z) in ended {
                value += z.dot(&beta) - libm::log(s0);
                for j in 0..k {
                    gradient[j] += z[j] - mean[j];
                    for l in 0..=j {
                        hessian[(j, l)] -= spread[(j, l)];
                    }
                }
            }
        }
        value
    }

    fn moments(&self, risk: &[f64]) -> Vec<Moment> {
        self.times
            .iter()
            .map(|&time| {
                let (mut s0, mut s1) = (0.0, DVector::zeros(self.rows[0].len()));
                for (i, z) in self.rows.iter().enumerate() {
                    let w = self.weight(i, time) * risk[i];
                    s0 += w;
                    s1.axpy(w, z, 1.0);
                }
                let events = self.spells.iter().filter(|s| s.outcome == 1 && s.exit == time).count() as f64;
                Moment { mean: s1 / s0, hazard: events / s0 }
            })
            .collect()
    }

    /// The influence of each spell on the score: its own part, and the part it has in the weights.
    fn scores(&self, beta: &[f64]) -> Vec<DVector<f64>> {
        let k = beta.len();
        let b = DVector::from_column_slice(beta);
        let risk: Vec<f64> = self.rows.iter().map(|z| libm::exp(z.dot(&b))).collect();
        let moments = self.moments(&risk);
        let mut scores: Vec<DVector<f64>> = vec![DVector::zeros(k); self.rows.len()];
        // Sums over competing spells that ended before a censoring time, of what they add at event times from then on.
        let censorings = event_times(self.spells, |s| s.outcome == 0);
        let mut pull: Vec<DVector<f64>> = vec![DVector::zeros(k); censorings.len()];
        for (i, z) in self.rows.iter().enumerate() {
            let spell = &self.spells[i];
            for (m, &time) in moments.iter().zip(self.times) {
                if spell.outcome == 1 && spell.exit == time {
                    scores[i] += z - &m.mean;
                }
                let w = self.weight(i, time);
                if w == 0.0 {
                    continue;
                }
                let part = (z - &m.mean) * (w * risk[i] * m.hazard);
                scores[i] -= &part;
                if spell.outcome > 1 && spell.exit < time {
                    // Every censoring between its end and this event had a part in the weight.
                    let from = censorings.partition_point(|u| *u <= spell.exit);
                    let to = censorings.partition_point(|u| *u <= time);
                    for sum in pull.iter_mut().take(to).skip(from) {
                        *sum += &part;
                    }
                }
            }
        }
        let at_risk = |u: f64| self.spells.iter().filter(|s| s.exit >= u).count() as f64;
        let mut running = DVector::zeros(k);
        let mut compensated: Vec<DVector<f64>> = Vec::with_capacity(censorings.len());
        for (q, &u) in pull.iter().zip(&censorings) {
            let n = at_risk(u);
            let censored = self.spells.iter().filter(|s| s.outcome == 0 && s.exit == u).count() as f64;
            running += q * (censored / (n * n));
            compensated.push(running.clone());
        }
        for (i, spell) in self.spells.iter().enumerate() {
            let last = censorings.partition_point(|u| *u <= spell.exit);
            if spell.outcome == 0 {
                scores[i] += &pull[last - 1] / at_risk(spell.exit);
            }
            if last > 0 {
                scores[i] -= &compensated[last - 1];
            }
        }
        scores
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Ties, cox};

    /// Without competing ends it is the Cox model with Breslow's ties and robust errors.
    #[test]
    fn without_competing_causes_it_is_coxs_model() {
        let spells: Vec<Spell> =
            (0..40).map(|i| Spell::simple(i, f64::from(i % 13) + 1.0, i % 3 != 0)).collect();
        let x: Vec<Vec<f64>> = (0..40).map(|i| vec![f64::from(i * 7 % 11), f64::from(i % 2)]).collect();
        let (ours, theirs) = (fine_gray(&spells, &x).unwrap(), cox(&spells, &x, Ties::Breslow).unwrap());
        for j in 0..2 {
            assert!((ours.coefficients[j] - theirs.coefficients[j]).abs() < 1e-9);
            assert!(
                (ours.se[j] - theirs.robust_se[j]).abs() < 1e-9,
                "{} {}",
                ours.se[j],
                theirs.robust_se[j]
            );
        }
        assert!((ours.log_likelihood - theirs.log_likelihood).abs() < 1e-9);
    }

    #[test]
    fn what_it_cannot_weigh_is_refused() {
        let mut spells = vec![Spell::simple(0, 1.0, true), Spell::simple(1, 2.0, false)];
        assert!(fine_gray(&spells, &[vec![1.0]]).is_err());
        spells[0].entry = 0.5;
        assert!(fine_gray(&spells, &[vec![1.0], vec![2.0]]).unwrap_err().contains("begin at 0"));
    }
}
