//! The partial likelihood.

use nalgebra::{DMatrix, DVector};

use crate::newton::maximise;
use crate::poisson::errors_of;
use crate::spell::{Spell, check};

/// What is done about events at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ties {
    /// All of them at risk of each (Breslow 1974).
    Breslow,
    /// One after the other in unknown order, on average (Efron 1977).
    Efron,
}

/// A Cox regression.
#[derive(Clone, Debug)]
pub struct CoxFit {
    /// Coefficients: logarithms of hazard ratios.
    pub coefficients: Vec<f64>,
    /// Standard errors from the information.
    pub se: Vec<f64>,
    /// Standard errors that allow for dependence within clusters (Lin and Wei 1989).
    pub robust_se: Vec<f64>,
    /// Covariance from the information.
    pub covariance: DMatrix<f64>,
    /// Logarithm of the partial likelihood.
    pub log_likelihood: f64,
    /// The same with all coefficients zero.
    pub log_likelihood_null: f64,
    /// Times of events, with the cumulative hazard up to them at covariates zero, by stratum.
    pub baseline: Vec<(u32, Vec<(f64, f64)>)>,
}

impl CoxFit {
    /// Cumulative baseline hazard of a stratum up to a time.
    pub fn baseline_at(&self, stratum: u32, time: f64) -> f64 {
        let steps = self.baseline.iter().find(|(s, _)| *s == stratum).map(|(_, steps)| steps);
        steps.and_then(|s| s[..s.partition_point(|(t, _)| *t <= time)].last()).map_or(0.0, |(_, h)| *h)
    }
}

/// Fits the proportional hazards model (Cox 1972, 1975) to spells, any outcome but 0 being the event, with a row of
/// covariates for each. Spells may enter late and one unit may have several, so that covariates may change over time
/// (Andersen and Gill 1982). With one event per stratum and one time it is the conditional logit of a choice among the
/// spells of the stratum (McFadden 1974).
///
/// # Errors
/// If a spell has no length, rows differ in length, nothing happens, or a covariate is collinear or runs away.
pub fn cox(spells: &[Spell], x: &[Vec<f64>], ties: Ties) -> Result<CoxFit, String> {
    check(spells)?;
    let k = x.first().map_or(0, Vec::len);
    if k == 0 || x.len() != spells.len() || x.iter().any(|row| row.len() != k) {
        return Err("every spell needs the same number of covariates".to_owned());
    }
    if spells.iter().all(|s| s.outcome == 0) {
        return Err("a Cox model needs at least one event".to_owned());
    }
    // Centred covariates keep the exponentials near one; differences are all that counts.
    let centre: Vec<f64> = (0..k).map(|j| x.iter().map(|row| row[j]).sum::<f64>() / x.len() as f64).collect();
    let strata = Stratum::all(spells);
    // Made in the order in which a sweep meets them, so that they lie side by side in memory.
    let mut rows: Vec<Vec<f64>> = vec![Vec::new(); x.len()];
    for &i in strata.iter().flat_map(|s| &s.leaving) {
        rows[i] = x[i].iter().zip(&centre).map(|(x, c)| x - c).collect();
    }
    let fit = maximise(&vec![0.0; k], |beta, gradient, hessian| {
        let mut value = 0.0;
        for stratum in &strata {
            value += stratum.likelihood(spells, &rows, beta, ties, gradient, hessian, None);
        }
        value
    });
    let (covariance, se) = errors_of(&fit)?;
    let (mut gradient, mut hessian) = (vec![0.0; k], DMatrix::zeros(k, k));
    let zero = vec![0.0; k];
    let log_likelihood_null = strata
        .iter()
        .map(|s| s.likelihood(spells, &rows, &zero, ties, &mut gradient, &mut hessian, None))
        .sum();
    let shift: f64 = fit.beta.iter().zip(&centre).map(|(b, c)| b * c).sum();
    let mut baseline = Vec::new();
    let mut scores = vec![vec![0.0; k]; spells.len()];
    for stratum in &strata {
        let mut hazard = 0.0;
        let mut steps: Vec<(f64, f64)> = Vec::new();
        let mut moments: Vec<Moment> = Vec::new();
        stratum.likelihood(spells, &rows, &fit.beta, ties, &mut gradient, &mut hessian, Some(&mut moments));
        // The sweep runs backwards in time.
        moments.reverse();
        for m in &moments {
            hazard += m.hazard.iter().sum::<f64>();
            steps.push((m.time, hazard * libm::exp(-shift)));
        }
        baseline.push((stratum.number, steps));
        stratum.scores(spells, &rows, &fit.beta, &moments, &mut scores);
    }
    let robust_se = robust(spells, &scores, &covariance);
    Ok(CoxFit {
        coefficients: fit.beta,
        se,
        robust_se,
        covariance,
        log_likelihood: fit.value,
        log_likelihood_null,
        baseline,
    })
}

/// The spells of one stratum in the orders in which a sweep from the last time to the first meets them.
struct Stratum {
    number: u32,
    /// By falling exit.
    leaving: Vec<usize>,
    /// By falling entry.
    entering: Vec<usize>,
}

/// What happens at one event time: for each of the tied events in turn, the hazard and the mean covariates of those at
/// risk, with the share of the tied that has gone.
struct Moment {
    time: f64,
    gone: Vec<f64>,
    hazard: Vec<f64>,
    mean: Vec<Vec<f64>>,
}

/// Sums over a risk set: weights, weighted covariates, weighted products (the lower triangle, row after row).
#[derive(Clone)]
struct Sums {
    zero: f64,
    one: Vec<f64>,
    two: Vec<f64>,
}

impl Sums {
    fn new(k: usize) -> Sums {
        Sums { zero: 0.0, one: vec![0.0; k], two: vec![0.0; k * (k + 1) / 2] }
    }

    fn add(&mut self, weight: f64, x: &[f64]) {
        self.zero += weight;
        let mut row = 0;
        for (i, xi) in x.iter().enumerate() {
            let weighted = weight * xi;
            self.one[i] += weighted;
            for (sum, xj) in self.two[row..=row + i].iter_mut().zip(x) {
                *sum += weighted * xj;
            }
            row += i + 1;
        }
    }

    fn clear(&mut self) {
        self.zero = 0.0;
        self.one.fill(0.0);
        self.two.fill(0.0);
    }
}

impl Stratum {
    fn all(spells: &[Spell]) -> Vec<Stratum> {
        let mut order: Vec<usize> = (0..spells.len()).collect();
        order.sort_by(|&a, &b| {
            spells[a]
                .stratum
                .cmp(&spells[b].stratum)
                .then(spells[b].exit.total_cmp(&spells[a].exit))
                .then(a.cmp(&b))
        });
        order
            .chunk_by(|&a, &b| spells[a].stratum == spells[b].stratum)
            .map(|leaving| {
                let mut entering = leaving.to_vec();
                entering.sort_by(|&a, &b| spells[b].entry.total_cmp(&spells[a].entry).then(a.cmp(&b)));
                Stratum { number: spells[leaving[0]].stratum, leaving: leaving.to_vec(), entering }
            })
            .collect()
    }

    /// Adds to gradient and Hessian, returns the log partial likelihood, and notes each event time as it is met, from the
    /// last to the first, where moments are asked for.
    #[allow(clippy::too_many_arguments, reason = "one sweep serves likelihood, hazard and scores")]
    fn likelihood(
        &self,
        spells: &[Spell],
        x: &[Vec<f64>],
        beta: &[f64],
        ties: Ties,
        gradient: &mut [f64],
        hessian: &mut DMatrix<f64>,
        mut moments: Option<&mut Vec<Moment>>,
    ) -> f64 {
        let k = beta.len();
        let eta = |i: usize| x[i].iter().zip(beta).map(|(x, b)| x * b).sum::<f64>();
        let (mut risk, mut tied) = (Sums::new(k), Sums::new(k));
        let (mut seen, mut mean) = (vec![0.0; k], vec![0.0; k]);
        // The lower triangle, row after row, like the products of a risk set.
        let mut second = vec![0.0; k * (k + 1) / 2];
        let (mut value, mut left, mut entered) = (0.0, 0, 0);
        while left < self.leaving.len() {
            let time = spells[self.leaving[left]].exit;
            // Those who enter at or after this time are not at risk at it.
            while entered < self.entering.len() && spells[self.entering[entered]].entry >= time {
                let i = self.entering[entered];
                risk.add(-libm::exp(eta(i)), &x[i]);
                entered += 1;
            }
            tied.clear();
            let mut events = 0_usize;
            seen.fill(0.0);
            while left < self.leaving.len() && spells[self.leaving[left]].exit == time {
                let i = self.leaving[left];
                let score = eta(i);
                let weight = libm::exp(score);
                risk.add(weight, &x[i]);
                if spells[i].outcome > 0 {
                    events += 1;
                    tied.add(weight, &x[i]);
                    value += score;
                    seen.iter_mut().zip(&x[i]).for_each(|(s, x)| *s += x);
                }
                left += 1;
            }
            if events == 0 {
                continue;
            }
            gradient.iter_mut().zip(&seen).for_each(|(g, s)| *g += s);
            let mut moment = Moment { time, gone: Vec::new(), hazard: Vec::new(), mean: Vec::new() };
            for turn in 0..events {
                let gone = match ties {
                    Ties::Breslow => 0.0,
                    Ties::Efron => turn as f64 / events as f64,
                };
                let zero = risk.zero - gone * tied.zero;
                let hazard = 1.0 / zero;
                value -= libm::log(zero);
                for ((m, r), t) in mean.iter_mut().zip(&risk.one).zip(&tied.one) {
                    *m = (r - gone * t) * hazard;
                }
                let mut row = 0;
                for i in 0..k {
                    gradient[i] -= mean[i];
                    let here = row..=row + i;
                    let sums = risk.two[here.clone()].iter().zip(&tied.two[here.clone()]).zip(&mean);
                    for (s, ((r, t), m)) in second[here].iter_mut().zip(sums) {
                        *s += (r - gone * t) * hazard - mean[i] * m;
                    }
                    row += i + 1;
                }
                if moments.is_some() {
                    moment.gone.push(gone);
                    moment.hazard.push(hazard);
                    moment.mean.push(mean.clone());
                }
            }
            if let Some(moments) = &mut moments {
                moments.push(moment);
            }
        }
        let mut row = 0;
        for i in 0..k {
            for j in 0..=i {
                hessian[(i, j)] -= second[row + j];
            }
            row += i + 1;
        }
        value
    }

    /// The score of each spell: what it adds to the gradient, over and above what was expected of it (Therneau, Grambsch
    /// and Fleming 1990).
    fn scores(
        &self,
        spells: &[Spell],
        x: &[Vec<f64>],
        beta: &[f64],
        moments: &[Moment],
        scores: &mut [Vec<f64>],
    ) {
        let k = beta.len();
        // Cumulative hazard and hazard-weighted means, before each moment.
        let (mut hazards, mut means) = (vec![0.0], vec![vec![0.0; k]]);
        for m in moments {
            let (mut h, mut mean) = (hazards[hazards.len() - 1], means[means.len() - 1].clone());
            for (hazard, at) in m.hazard.iter().zip(&m.mean) {
                h += hazard;
                mean.iter_mut().zip(at).for_each(|(a, b)| *a += hazard * b);
            }
            hazards.push(h);
            means.push(mean);
        }
        for &i in &self.leaving {
            let s = &spells[i];
            let weight = libm::exp(x[i].iter().zip(beta).map(|(x, b)| x * b).sum::<f64>());
            let from = moments.partition_point(|m| m.time <= s.entry);
            let to = moments.partition_point(|m| m.time <= s.exit);
            for j in 0..k {
                let expected = x[i][j] * (hazards[to] - hazards[from]) - (means[to][j] - means[from][j]);
                scores[i][j] -= weight * expected;
            }
            if s.outcome > 0 {
                let m = &moments[to - 1];
                let n = m.hazard.len() as f64;
                for turn in 0..m.hazard.len() {
                    for j in 0..k {
                        let apart = x[i][j] - m.mean[turn][j];
                        // Of the tied, each has gone by some turns: there it is at risk only in part.
                        scores[i][j] += apart / n + weight * m.gone[turn] * m.hazard[turn] * apart;
                    }
                }
            }
        }
    }
}

/// Square roots of the diagonal of `V (sum over clusters of s s') V`.
fn robust(spells: &[Spell], scores: &[Vec<f64>], covariance: &DMatrix<f64>) -> Vec<f64> {
    let k = covariance.nrows();
    let mut order: Vec<usize> = (0..spells.len()).collect();
    order.sort_by_key(|&i| (spells[i].cluster, i));
    let mut middle = DMatrix::zeros(k, k);
    for cluster in order.chunk_by(|&a, &b| spells[a].cluster == spells[b].cluster) {
        let sum =
            DVector::from_iterator(k, (0..k).map(|j| cluster.iter().map(|&i| scores[i][j]).sum::<f64>()));
        middle += &sum * sum.transpose();
    }
    let sandwich = covariance * middle * covariance;
    (0..k).map(|i| sandwich[(i, i)].sqrt()).collect()
}
