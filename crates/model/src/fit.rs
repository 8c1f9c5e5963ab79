//! Posterior of the coefficients.
//!
//! With covariates constant over spells the log-likelihood of a kind is exact: the sum over events of
//! `beta . x` minus the sum over spells of `exp(beta . x)` times exposure in days (Poisson regression on spells;
//! Holford 1980, Biometrics 36: 299-305; Laird and Olivier 1981, JASA 76: 231-240). With independent normal
//! priors the log-posterior is strictly concave; the mode is found by Newton's method, and the Laplace
//! approximation takes the inverse of the negative Hessian there as covariance (Tierney and Kadane 1986,
//! JASA 81: 82-86).

use std::collections::BTreeMap;

use jonbar_record::Window;
use jonbar_survival::maximise;
use nalgebra::DMatrix;
use rayon::prelude::*;

use crate::cells::{Cell, CellValue};
use crate::kinds::{Kind, Orientation, SLOTS};
use crate::panel::Panel;
use crate::spec::{ModelSpec, Prior, TermSpec, mark_index};
use crate::timeline::{Change, Mark, Timeline};

/// A coefficient with its uncertainty.
#[derive(Clone, Debug)]
pub struct Coefficient {
    /// Effect name or `intercept`.
    pub name: String,
    /// Posterior mode.
    pub mode: f64,
    /// Posterior standard deviation (Laplace).
    pub sd: f64,
}

/// Posterior of one linear predictor: mode and a square root of the covariance.
#[derive(Clone, Debug)]
pub struct Posterior {
    /// Mode, in the order of the terms.
    pub mode: Vec<f64>,
    /// Lower-triangular `L` with covariance `L L^T`, by rows.
    pub factor: Vec<Vec<f64>>,
}

impl Posterior {
    /// A draw, given one standard normal number per coefficient.
    pub fn draw(&self, z: &[f64]) -> Vec<f64> {
        self.mode
            .iter()
            .zip(&self.factor)
            .map(|(m, row)| m + row.iter().zip(z).map(|(l, z)| l * z).sum::<f64>())
            .collect()
    }

    /// Mean and standard deviation of the linear predictor with covariates `x`.
    pub fn linear(&self, x: &[f64]) -> (f64, f64) {
        let mean = self.mode.iter().zip(x).map(|(m, x)| m * x).sum();
        let along = |j: usize| self.factor.iter().zip(x).map(|(row, x)| row[j] * x).sum::<f64>();
        (mean, (0..x.len()).map(|j| along(j) * along(j)).sum::<f64>().sqrt())
    }

    /// Posterior standard deviations.
    pub fn sds(&self) -> Vec<f64> {
        self.factor.iter().map(|row| row.iter().map(|l| l * l).sum::<f64>().sqrt()).collect()
    }
}

/// The fit of one kind.
#[derive(Clone, Debug)]
pub struct KindFit {
    /// Which kind.
    pub kind: Kind,
    /// Posterior of its coefficients.
    pub posterior: Posterior,
    /// Events in the window fitted.
    pub events: usize,
    /// Unit-days at risk in that window.
    pub exposure: f64,
    /// Distinct covariate patterns.
    pub patterns: usize,
    /// Log-likelihood at the mode, exposure in days, without the constant of the event times.
    pub log_likelihood: f64,
    /// Newton steps taken.
    pub steps: usize,
    /// What to be careful about.
    pub warnings: Vec<String>,
}

/// The fit of a categorical mark.
#[derive(Clone, Debug)]
pub struct MarkFit {
    /// Posteriors, one per category other than the reference.
    pub posteriors: Vec<Posterior>,
    /// Events with each category, the reference first.
    pub counts: Vec<usize>,
    /// What to be careful about.
    pub warnings: Vec<String>,
}

/// Everything fitted.
#[derive(Clone, Debug)]
pub struct Fit {
    /// By position in [`Kind::ALL`].
    pub kinds: Vec<KindFit>,
    /// Answer to a demand: conceded and war against resisted.
    pub demand: MarkFit,
    /// Whether an attacker takes the land it claims.
    pub conquest: MarkFit,
    /// Median days from a conceded demand to the change of holder in the record.
    pub cession_lag: f64,
    /// Median days from an attack to the change of holder in the record.
    pub conquest_lag: f64,
    /// Median length of the recorded wars that ended, in days.
    pub war_length: f64,
}

impl Fit {
    /// The fit of a kind.
    pub fn of(&self, kind: Kind) -> &KindFit {
        &self.kinds[kind as usize]
    }

    /// Coefficients of a kind with standard deviations.
    pub fn coefficients(&self, spec: &ModelSpec, kind: Kind) -> Vec<Coefficient> {
        let fit = self.of(kind);
        let sds = fit.posterior.sds();
        spec.of(kind)
            .terms
            .iter()
            .enumerate()
            .map(|(i, t)| Coefficient { name: t.name.clone(), mode: fit.posterior.mode[i], sd: sds[i] })
            .collect()
    }
}

/// Fits every kind over the part of the panel that its coverage declares complete.
pub fn fit(
    spec: &ModelSpec,
    panel: &Panel,
    timeline: &Timeline,
    coverage: impl Fn(Kind) -> Window + Sync,
) -> Fit {
    let kinds =
        Kind::ALL.par_iter().map(|&kind| fit_kind(spec, panel, timeline, kind, coverage(kind))).collect();
    let (demand, conquest) = (fit_demand(spec, panel, timeline), fit_conquest(spec, panel, timeline));
    Fit {
        kinds,
        demand,
        conquest,
        cession_lag: median_lag(timeline, |item| item.mark == Some(Mark::Conceded)).unwrap_or(30.0),
        conquest_lag: median_lag(timeline, |item| {
            matches!(item.unit, Some((Kind::WarBegun | Kind::WarJoined, ..)))
        })
        .unwrap_or(30.0),
        war_length: median_war(timeline).unwrap_or(180.0),
    }
}

/// Exposure and events of one covariate pattern.
#[derive(Clone, Copy, Default)]
struct Tally {
    exposure: f64,
    events: f64,
}

/// Covariate patterns in a fixed order, so that sums do not depend on hashing.
type Patterns = BTreeMap<Vec<u64>, Tally>;

fn key_of(x: &[f64]) -> Vec<u64> {
    x.iter().map(|v| v.to_bits()).collect()
}

/// Slots of a kind in its cells, and whether each runs from the second actor to the first.
pub(crate) fn slots_of(kind: Kind) -> Vec<(usize, bool)> {
    match kind.orientation() {
        Orientation::Claim => vec![(0, false)],
        _ => (0..SLOTS.len()).filter(|&s| SLOTS[s].kind == kind).map(|s| (s, SLOTS[s].reversed)).collect(),
    }
}

/// Fits one kind over a window of time, by what is known until its last day.
pub(crate) fn fit_kind(
    spec: &ModelSpec,
    panel: &Panel,
    timeline: &Timeline,
    kind: Kind,
    window: Window,
) -> KindFit {
    let terms = spec.of(kind);
    let orientation = kind.orientation();
    let from = panel.window.0.max(f64::from(window.from.0));
    let to = panel.window.1.min(f64::from(window.to.0) + 1.0);
    let mut patterns = Patterns::new();
    let mut x = Vec::new();
    let slots = slots_of(kind);
    for (index, list) in panel.segments.iter().enumerate() {
        let is_claim = matches!(panel.cells.at(index), Cell::Claim(_));
        if is_claim != (orientation == Orientation::Claim) {
            continue;
        }
        for (i, segment) in list.iter().enumerate() {
            let end = list.get(i + 1).map_or(panel.window.1, |next| next.start).min(to);
            let exposure = end - segment.start.max(from);
            if exposure <= 0.0 {
                continue;
            }
            for &(_, reversed) in slots.iter().filter(|(slot, _)| segment.value.risk >> slot & 1 == 1) {
                terms.gather(&segment.value, orientation, reversed, &mut x);
                patterns.entry(key_of(&x)).or_default().exposure += exposure;
            }
        }
    }
    let mut events = 0;
    let mut outside = 0;
    for (item, _, slot, value) in &panel.events {
        let time = timeline.items[*item].time;
        let this = timeline.items[*item].unit.is_some_and(|(k, ..)| k == kind);
        if !this || time < from || time >= to {
            continue;
        }
        if value.risk >> slot & 1 == 0 {
            outside += 1;
            continue;
        }
        let reversed = orientation == Orientation::Ordered && SLOTS[*slot].reversed;
        terms.gather(value, orientation, reversed, &mut x);
        patterns.entry(key_of(&x)).or_default().events += 1.0;
        events += 1;
    }
    let rows: Vec<(Vec<f64>, Tally)> =
        patterns.iter().map(|(k, t)| (k.iter().map(|b| f64::from_bits(*b)).collect(), *t)).collect();
    let exposure = rows.iter().map(|(_, t)| t.exposure).sum();
    let outcome = newton(&terms.priors(), |beta, gradient, hessian| poisson(&rows, beta, gradient, hessian));
    let mut warnings = if to > from {
        cautions(terms, &rows, events, &outcome)
    } else {
        vec!["the casebook does not declare this kind covered: every coefficient is its prior".to_owned()]
    };
    if outside > 0 {
        warnings.push(format!(
            "{outside} recorded events left out: the unit was not at risk (for example a pact between states already bound by one)"
        ));
    }
    KindFit {
        kind,
        events,
        exposure,
        patterns: rows.len(),
        log_likelihood: outcome.log_likelihood,
        steps: outcome.steps,
        posterior: outcome.posterior,
        warnings,
    }
}

fn poisson(
    rows: &[(Vec<f64>, Tally)],
    beta: &[f64],
    gradient: &mut [f64],
    hessian: &mut DMatrix<f64>,
) -> f64 {
    let mut log_likelihood = 0.0;
    for (x, tally) in rows {
        let eta: f64 = x.iter().zip(beta).map(|(x, b)| x * b).sum();
        let mean = libm::exp(eta) * tally.exposure;
        log_likelihood += tally.events * eta - mean;
        for (i, xi) in x.iter().enumerate().filter(|(_, xi)| **xi != 0.0) {
            gradient[i] += (tally.events - mean) * xi;
            for (j, xj) in x.iter().enumerate().take(i + 1) {
                hessian[(i, j)] -= mean * xi * xj;
            }
        }
    }
    log_likelihood
}

fn cautions(terms: &TermSpec, rows: &[(Vec<f64>, Tally)], events: usize, outcome: &Outcome) -> Vec<String> {
    let mut warnings = Vec::new();
    let k = terms.terms.len();
    if events < k {
        warnings.push(format!("{events} events for {k} coefficients: the priors carry much of the answer"));
    }
    if !outcome.converged {
        warnings.push("Newton's method did not converge".to_owned());
    }
    // Separation: an indicator never seen with an event, or never without, would run off to infinity; the prior
    // holds it, and the reader should know.
    for (i, term) in terms.terms.iter().enumerate().skip(1) {
        let with: f64 = rows.iter().filter(|(x, _)| x[i] > 0.0).map(|(_, t)| t.events).sum();
        let without: f64 = rows.iter().filter(|(x, _)| x[i] <= 0.0).map(|(_, t)| t.events).sum();
        let seen = rows.iter().any(|(x, t)| x[i] > 0.0 && t.exposure > 0.0);
        if !seen {
            warnings.push(format!("`{}` never varies at risk: its coefficient is its prior", term.name));
        } else if with == 0.0 {
            warnings
                .push(format!("separation: no event with `{}`; the prior bounds the coefficient", term.name));
        } else if without == 0.0 {
            warnings.push(format!(
                "separation: every event has `{}`; the prior bounds the coefficient",
                term.name
            ));
        }
    }
    warnings
}

struct Outcome {
    posterior: Posterior,
    log_likelihood: f64,
    steps: usize,
    converged: bool,
}

/// The mode of a log-posterior by Newton's method. `likelihood` adds its gradient and the lower triangle of its Hessian to
/// the arrays given and returns the log-likelihood.
fn newton(priors: &[Prior], likelihood: impl Fn(&[f64], &mut [f64], &mut DMatrix<f64>) -> f64) -> Outcome {
    let k = priors.len();
    let start: Vec<f64> = priors.iter().map(|p| p.mean).collect();
    let fit = maximise(&start, |beta, gradient, hessian| {
        let mut log_posterior = likelihood(beta, gradient, hessian);
        for i in 0..k {
            let z = (beta[i] - priors[i].mean) / priors[i].sd;
            log_posterior -= 0.5 * z * z;
            gradient[i] -= z / priors[i].sd;
            hessian[(i, i)] -= 1.0 / (priors[i].sd * priors[i].sd);
        }
        log_posterior
    });
    let log_likelihood = likelihood(&fit.beta, &mut vec![0.0; k], &mut DMatrix::zeros(k, k));
    let factor = covariance_factor(&fit.information);
    Outcome {
        posterior: Posterior { mode: fit.beta, factor },
        log_likelihood,
        steps: fit.steps,
        converged: fit.converged,
    }
}

/// Lower-triangular square root of the inverse of a precision matrix.
fn covariance_factor(precision: &DMatrix<f64>) -> Vec<Vec<f64>> {
    let k = precision.nrows();
    let covariance = precision.clone().cholesky().map(|c| c.inverse());
    // The prior precision is on the diagonal, so the matrix is positive definite and both factors exist.
    let lower = covariance.and_then(|c| c.cholesky()).map_or_else(|| DMatrix::zeros(k, k), |c| c.l());
    (0..k).map(|i| (0..k).map(|j| lower[(i, j)]).collect()).collect()
}

fn fit_demand(spec: &ModelSpec, panel: &Panel, timeline: &Timeline) -> MarkFit {
    let mut rows: Vec<(CellValue, Mark)> = Vec::new();
    for (item, _, _, value) in &panel.events {
        if let Some(mark) = timeline.items[*item].mark
            && value.risk & 1 == 1
        {
            rows.push((*value, mark));
        }
    }
    let counts = Mark::ALL.iter().map(|m| rows.iter().filter(|(_, r)| r == m).count()).collect();
    // Each log-odds is fitted against the reference alone (Begg and Gray 1984, Biometrika 71: 11-18): nearly as
    // efficient as the joint fit, and each stays a strictly concave problem of its own.
    let posteriors = [Mark::Conceded, Mark::War]
        .into_iter()
        .map(|mark| {
            let index = mark_index(mark).unwrap_or(0);
            let terms = &spec.demand[index];
            let mut x = Vec::new();
            let data: Vec<_> = rows
                .iter()
                .filter(|(_, m)| *m == mark || *m == Mark::Resisted)
                .map(|(value, m)| {
                    terms.gather(value, Orientation::Claim, false, &mut x);
                    one(&x, *m == mark)
                })
                .collect();
            logit(&terms.priors(), &data)
        })
        .collect();
    MarkFit { posteriors, counts, warnings: few(rows.len(), "demands") }
}

/// Whether the land claimed was taken: a `war_begun` or `war_joined` item that some change of holder follows.
fn fit_conquest(spec: &ModelSpec, panel: &Panel, timeline: &Timeline) -> MarkFit {
    let terms = &spec.conquest;
    let mut x = Vec::new();
    let mut data = Vec::new();
    let mut taken_in_all = 0;
    for (item, index, slot, value) in &panel.events {
        if !matches!(timeline.items[*item].unit, Some((Kind::WarBegun, ..)))
            || !matches!(panel.cells.at(*index), Cell::Dyad(..))
            || value.risk == 0
        {
            continue;
        }
        let taken = timeline.items.iter().any(|later| {
            later.follows == Some(*item)
                && later
                    .changes
                    .iter()
                    .any(|c| matches!(c, Change::Holder { .. } | Change::Independence { on: false, .. }))
        });
        terms.gather(value, Orientation::Ordered, SLOTS[*slot].reversed, &mut x);
        data.push(one(&x, taken));
        taken_in_all += usize::from(taken);
    }
    let warnings = few(data.len(), "wars");
    MarkFit {
        posteriors: vec![logit(&terms.priors(), &data)],
        counts: vec![data.len() - taken_in_all, taken_in_all],
        warnings,
    }
}

fn one(x: &[f64], yes: bool) -> (Vec<f64>, f64, f64) {
    (x.to_vec(), f64::from(u8::from(yes)), f64::from(u8::from(!yes)))
}

fn few(n: usize, what: &str) -> Vec<String> {
    if n < 30 { vec![format!("{n} {what} only: the priors carry much of the answer")] } else { Vec::new() }
}

/// Posterior of the log-odds of yes from `(covariates, yes, no)` counts.
pub(crate) fn logit(priors: &[Prior], data: &[(Vec<f64>, f64, f64)]) -> Posterior {
    newton(priors, |beta, gradient, hessian| {
        let mut log_likelihood = 0.0;
        for (x, yes, no) in data {
            let eta: f64 = x.iter().zip(beta).map(|(x, b)| x * b).sum();
            let p = 1.0 / (1.0 + libm::exp(-eta));
            log_likelihood -= yes * libm::log1p(libm::exp(-eta)) + no * libm::log1p(libm::exp(eta));
            for (i, xi) in x.iter().enumerate() {
                gradient[i] += (yes - (yes + no) * p) * xi;
                for (j, xj) in x.iter().enumerate().take(i + 1) {
                    hessian[(i, j)] -= (yes + no) * p * (1.0 - p) * xi * xj;
                }
            }
        }
        log_likelihood
    })
    .posterior
}

/// Median time from items that satisfy a condition to the changes of holder that follow them.
fn median_lag(timeline: &Timeline, is_cause: impl Fn(&crate::Item) -> bool) -> Option<f64> {
    let lags = timeline.items.iter().filter_map(|item| {
        let cause = &timeline.items[item.follows?];
        let moves = item.changes.iter().any(|c| matches!(c, Change::Holder { .. }));
        (moves && is_cause(cause)).then_some(item.time - cause.time)
    });
    median(lags.collect())
}

fn median_war(timeline: &Timeline) -> Option<f64> {
    let mut open: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    let mut lengths = Vec::new();
    for item in &timeline.items {
        for change in &item.changes {
            if let Change::War { a, b, on } = *change {
                let dyad = (a.min(b), a.max(b));
                if on {
                    open.entry(dyad).or_insert(item.time);
                } else if let Some(start) = open.remove(&dyad) {
                    lengths.push(item.time - start);
                }
            }
        }
    }
    median(lengths)
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use rand_philox::philox4x32_10;

    use super::*;

    /// Calls among 84 students by four circumstances of the ordered pair, with pair-seconds (Madan and others 2012).
    const CALLS: [([f64; 4], f64, f64); 16] = [
        ([0., 0., 0., 0.], 24., 21435426732.),
        ([0., 0., 0., 1.], 7., 2560451055.),
        ([0., 0., 1., 0.], 18., 743019916.),
        ([0., 0., 1., 1.], 15., 494495933.),
        ([0., 1., 0., 0.], 2., 33907282.),
        ([0., 1., 0., 1.], 2., 6628653.),
        ([0., 1., 1., 0.], 8., 6853291.),
        ([0., 1., 1., 1.], 8., 9683391.),
        ([1., 0., 0., 0.], 52., 31652912.),
        ([1., 0., 0., 1.], 11., 4294957.),
        ([1., 0., 1., 0.], 61., 9107661.),
        ([1., 0., 1., 1.], 12., 12017087.),
        ([1., 1., 0., 0.], 1., 2466.),
        ([1., 1., 0., 1.], 6., 4512095.),
        ([1., 1., 1., 0.], 180., 14883580.),
        ([1., 1., 1., 1.], 32., 8925893.),
    ];

    fn rows() -> Vec<(Vec<f64>, Tally)> {
        let row = |(x, events, exposure): &([f64; 4], f64, f64)| {
            ([&[1.0], &x[..]].concat(), Tally { exposure: *exposure, events: *events })
        };
        CALLS.iter().map(row).collect()
    }

    const FLAT: Prior = Prior { mean: 0.0, sd: 100.0 };

    /// Posterior of the same rows by another program's sampler (nutpie 0.16.8, 8,000 draws, Monte Carlo error about a
    /// sixtieth of a standard deviation).
    const MEANS: [f64; 5] = [-19.6459, 5.8234, 0.7707, 1.7541, -0.8238];
    const SDS: [f64; 5] = [0.1161, 0.1639, 0.1224, 0.1552, 0.1203];

    #[test]
    fn laplace_is_near_the_posterior_of_another_sampler() {
        let rows = rows();
        let fit = newton(&[FLAT; 5], |beta, gradient, hessian| poisson(&rows, beta, gradient, hessian));
        let sds = fit.posterior.sds();
        for i in 0..5 {
            // A mode is not a mean: the posterior leans a little, by up to a tenth of its spread.
            let off = (fit.posterior.mode[i] - MEANS[i]) / SDS[i];
            assert!(off.abs() < 0.1, "coefficient {i}: {off:.3} standard deviations from the mean");
            assert!((sds[i] / SDS[i] - 1.0).abs() < 0.03, "coefficient {i}: sd {} and {}", sds[i], SDS[i]);
        }
    }

    /// Metropolis steps drawn from the Laplace approximation itself, so that the chain shows where it is wrong.
    #[test]
    fn laplace_and_a_sampler_of_the_exact_posterior_agree() {
        let rows = rows();
        let log_posterior = |beta: &[f64]| {
            let prior: f64 = beta.iter().map(|b| -0.5 * (b / FLAT.sd) * (b / FLAT.sd)).sum();
            poisson(&rows, beta, &mut [0.0; 5], &mut DMatrix::zeros(5, 5)) + prior
        };
        let fit =
            newton(&[FLAT; 5], |beta, gradient, hessian| poisson(&rows, beta, gradient, hessian)).posterior;
        let mut counter = 0;
        let mut uniform = || {
            counter += 1;
            let [a, ..] = philox4x32_10([counter, 0, 0, 0], [5, 0]);
            (f64::from(a) + 0.5) / 4_294_967_296.0
        };
        let (mut here, mut value) = (fit.mode.clone(), log_posterior(&fit.mode));
        let (mut sum, mut squares, mut kept) = ([0.0; 5], [0.0; 5], 0);
        const STEPS: usize = 60_000;
        for _ in 0..STEPS {
            let mut normal = || {
                let (u, v): (f64, f64) = (uniform(), uniform());
                libm::sqrt(-2.0 * libm::log(u)) * libm::cos(std::f64::consts::TAU * v)
            };
            // The best scale for a random walk in five dimensions is about 2.4 / sqrt(5) (Gelman and others 1996).
            let z: Vec<f64> = (0..5).map(|_| 1.07 * normal()).collect();
            let step: Vec<f64> = fit.draw(&z).iter().zip(&fit.mode).map(|(d, m)| d - m).collect();
            let there: Vec<f64> = here.iter().zip(&step).map(|(h, s)| h + s).collect();
            let new = log_posterior(&there);
            if libm::log(uniform()) < new - value {
                (here, value) = (there, new);
                kept += 1;
            }
            for i in 0..5 {
                sum[i] += here[i];
                squares[i] += here[i] * here[i];
            }
        }
        assert!((0.15..0.6).contains(&(f64::from(kept) / STEPS as f64)), "{kept} of {STEPS} steps taken");
        let n = STEPS as f64;
        for i in 0..5 {
            let (mean, sd) = (sum[i] / n, (squares[i] / n - (sum[i] / n) * (sum[i] / n)).sqrt());
            assert!(((mean - MEANS[i]) / SDS[i]).abs() < 0.06, "the chain itself, coefficient {i}: {mean}");
            assert!(
                ((fit.mode[i] - mean) / sd).abs() < 0.12,
                "coefficient {i}: mode {} mean {mean}",
                fit.mode[i]
            );
            assert!((fit.sds()[i] / sd - 1.0).abs() < 0.05, "coefficient {i}: {} and {sd}", fit.sds()[i]);
        }
    }
}
