//! Rates that are constant over each spell.

use std::collections::BTreeMap;

use nalgebra::{DMatrix, DVector};

use crate::newton::{Maximum, maximise};

/// A Poisson regression of counts on covariates, with exposure.
#[derive(Clone, Debug)]
pub struct PoissonFit {
    /// Coefficients of the logarithm of the rate.
    pub coefficients: Vec<f64>,
    /// Their standard errors.
    pub se: Vec<f64>,
    /// Standard errors that allow for dependence within clusters (the sandwich of Huber 1967 and White 1982).
    pub robust_se: Vec<f64>,
    /// Covariance of the coefficients.
    pub covariance: DMatrix<f64>,
    /// Log-likelihood of the event times: the sum of `events * log rate - exposure * rate`.
    pub log_likelihood: f64,
}

/// Fits `log rate = x . beta` to rows of covariates (with a column of ones for the intercept), events and exposure. For
/// covariates that are constant over spells (and so for covariates that change over time, with a row for each spell) this is the exact likelihood of the event times (Holford 1980; Laird and
/// Olivier 1981), and rows of one cluster with equal covariates may be added up
/// beforehand.
///
/// # Errors
/// If there are no events, the rows differ in length, or the covariates are collinear.
pub fn poisson_regression(
    x: &[Vec<f64>],
    events: &[f64],
    exposure: &[f64],
    clusters: &[u32],
) -> Result<PoissonFit, String> {
    let k = x.first().map_or(0, Vec::len);
    if k == 0
        || x.iter().any(|row| row.len() != k)
        || x.len() != events.len()
        || x.len() != exposure.len()
        || x.len() != clusters.len()
    {
        return Err(
            "every row needs the same number of covariates, its events, its exposure and its cluster"
                .to_owned(),
        );
    }
    let (n, time): (f64, f64) = (events.iter().sum(), exposure.iter().sum());
    if n <= 0.0 || time <= 0.0 {
        return Err("a rate needs at least one event and some exposure".to_owned());
    }
    let mut start = vec![0.0; k];
    // Start at the overall rate if the first column is the intercept; elsewhere zero will do.
    if x.iter().all(|row| row[0] == 1.0) {
        start[0] = libm::log(n / time);
    }
    let fit = maximise(&start, |beta, gradient, hessian| {
        let mut value = 0.0;
        for ((x, d), t) in x.iter().zip(events).zip(exposure) {
            let eta: f64 = x.iter().zip(beta).map(|(x, b)| x * b).sum();
            let mean = libm::exp(eta) * t;
            value += d * eta - mean;
            for i in 0..x.len() {
                gradient[i] += (d - mean) * x[i];
                for j in 0..=i {
                    hessian[(i, j)] -= mean * x[i] * x[j];
                }
            }
        }
        value
    });
    let (covariance, se) = errors_of(&fit)?;
    // What each cluster adds to the gradient; under the model these are independent and sum to zero.
    let mut scores: BTreeMap<u32, DVector<f64>> = BTreeMap::new();
    for (((x, d), t), cluster) in x.iter().zip(events).zip(exposure).zip(clusters) {
        let eta: f64 = x.iter().zip(&fit.beta).map(|(x, b)| x * b).sum();
        let left = d - libm::exp(eta) * t;
        let score = scores.entry(*cluster).or_insert_with(|| DVector::zeros(k));
        x.iter().enumerate().for_each(|(i, x)| score[i] += left * x);
    }
    let middle = scores.values().fold(DMatrix::zeros(k, k), |sum, s| sum + s * s.transpose());
    let robust = &covariance * middle * &covariance;
    let robust_se = (0..k).map(|i| robust[(i, i)].sqrt()).collect();
    Ok(PoissonFit { coefficients: fit.beta, se, robust_se, covariance, log_likelihood: fit.value })
}

/// Covariance and standard errors at a maximum.
pub(crate) fn errors_of(fit: &Maximum) -> Result<(DMatrix<f64>, Vec<f64>), String> {
    let covariance = fit.covariance().ok_or("the covariates are collinear")?;
    if !fit.converged {
        return Err(
            "the coefficients run away: some covariate tells events from no events without fail".to_owned()
        );
    }
    let se = (0..fit.beta.len()).map(|i| covariance[(i, i)].sqrt()).collect();
    Ok((covariance, se))
}
