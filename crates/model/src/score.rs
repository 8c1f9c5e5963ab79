//! The model's track record: forecasts from each year's past, held against what followed.
//!
//! Rolling origin: for every year the coefficients of a kind are estimated from the days before 1 January alone,
//! each unit then at risk gets a probability of an event within the horizon, and the record says whether one came.
//! Two rivals forecast the same units: a constant rate, and the logit on unit-years with the same covariates that
//! is usual in the field (Beck, Katz and Tucker 1998, American Journal of Political Science 42: 1260-1288).

use std::collections::BTreeMap;

use jonbar_record::{Day, Window};
use rayon::prelude::*;

use crate::cells::Cell;
use crate::fit::{Posterior, fit_kind, logit, slots_of};
use crate::kinds::{Kind, Orientation};
use crate::panel::Panel;
use crate::spec::{ModelSpec, Prior};
use crate::timeline::Timeline;

/// Years that the first forecast may look back on.
const YEARS_BEFORE: i32 = 5;

/// Weakly informative priors of the rival logit (scale of Gelman et al. 2008, Annals of Applied Statistics 2:
/// 1360-1383): it knows nothing of the model's reasons.
const LOGIT_INTERCEPT: Prior = Prior { mean: 0.0, sd: 10.0 };
const LOGIT_SLOPE: Prior = Prior { mean: 0.0, sd: 2.5 };

/// What was forecast for one unit on 1 January, and whether it happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// The year that begins on the day of the forecast.
    pub year: i32,
    /// Probability by the model.
    pub model: f64,
    /// Probability by a constant rate.
    pub constant: f64,
    /// Probability by the logit on unit-years; not a number where it was not asked for.
    pub logit: f64,
    /// Whether it happened within the horizon.
    pub happened: bool,
}

/// All forecasts of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct TrackRecord {
    /// Which kind.
    pub kind: Kind,
    /// Years that a forecast looks ahead.
    pub horizon: i32,
    /// In order of years.
    pub forecasts: Vec<Forecast>,
    /// Units with an event within the horizon that were not yet at risk on the day of the forecast.
    pub unforeseen: usize,
}

/// How much better one forecaster did than another by the logarithmic score (Good 1952, JRSS B 14: 107-114).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gain {
    /// Difference of the sums of log-probabilities given to what happened, in nats.
    pub nats: f64,
    /// Its standard error, from the spread between years.
    pub standard_error: f64,
    /// Years in which the first did better.
    pub years_better: usize,
    /// Years in all.
    pub years: usize,
}

/// Forecasts of similar probability, for a reliability diagram.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Probabilities from here.
    pub from: f64,
    /// Up to and without this.
    pub to: f64,
    /// Forecasts.
    pub forecasts: usize,
    /// Events expected: the sum of their probabilities.
    pub expected: f64,
    /// Events that happened.
    pub happened: usize,
    /// Count of events between which 90 % would fall if the probabilities were right and the units independent.
    pub band: (usize, usize),
}

impl TrackRecord {
    /// Events among the units forecast.
    pub fn happened(&self) -> usize {
        self.forecasts.iter().filter(|f| f.happened).count()
    }

    /// How much better the first forecaster did than the second.
    pub fn gain(&self, first: impl Fn(&Forecast) -> f64, second: impl Fn(&Forecast) -> f64) -> Gain {
        let log = |p: f64, happened: bool| if happened { libm::log(p) } else { libm::log1p(-p) };
        let mut by_year: BTreeMap<i32, f64> = BTreeMap::new();
        for f in &self.forecasts {
            *by_year.entry(f.year).or_default() += log(first(f), f.happened) - log(second(f), f.happened);
        }
        let years = by_year.len();
        let nats: f64 = by_year.values().sum();
        let mean = nats / years.max(1) as f64;
        let squares: f64 = by_year.values().map(|d| (d - mean) * (d - mean)).sum();
        let variance = if years > 1 { squares / (years - 1) as f64 } else { f64::NAN };
        Gain {
            nats,
            standard_error: (variance * years as f64).sqrt(),
            years_better: by_year.values().filter(|d| **d > 0.0).count(),
            years,
        }
    }

    /// Mean squared error of the probabilities (Brier 1950, Monthly Weather Review 78: 1-3).
    pub fn brier(&self, of: impl Fn(&Forecast) -> f64) -> f64 {
        let error = |f: &Forecast| of(f) - f64::from(u8::from(f.happened));
        self.forecasts.iter().map(|f| error(f) * error(f)).sum::<f64>() / self.forecasts.len().max(1) as f64
    }

    /// Area under the ROC curve: the probability that a unit with an event had been given more than one without,
    /// ties counted half (Hanley and McNeil 1982, Radiology 143: 29-36). `None` without both sorts.
    pub fn roc_area(&self, of: impl Fn(&Forecast) -> f64) -> Option<f64> {
        let (mut without_below, mut area) = (0_usize, 0.0);
        let groups = self.by_probability(of);
        for &(yes, no) in groups.iter().rev() {
            area += yes as f64 * (without_below as f64 + 0.5 * no as f64);
            without_below += no;
        }
        let with = self.happened();
        (with > 0 && without_below > 0).then(|| area / (with as f64 * without_below as f64))
    }

    /// Average precision: the area under the precision-recall curve by steps. `None` without an event.
    pub fn precision_area(&self, of: impl Fn(&Forecast) -> f64) -> Option<f64> {
        let (mut yes_above, mut above, mut area) = (0, 0, 0.0);
        for (yes, no) in self.by_probability(of) {
            yes_above += yes;
            above += yes + no;
            area += yes as f64 * yes_above as f64 / above as f64;
        }
        (yes_above > 0).then(|| area / yes_above as f64)
    }

    /// Events and non-events among the units given the same probability, the highest first.
    fn by_probability(&self, of: impl Fn(&Forecast) -> f64) -> Vec<(usize, usize)> {
        let mut sorted: Vec<(f64, bool)> = self.forecasts.iter().map(|f| (of(f), f.happened)).collect();
        sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
        sorted
            .chunk_by(|a, b| a.0 == b.0)
            .map(|group| {
                let yes = group.iter().filter(|(_, happened)| *happened).count();
                (yes, group.len() - yes)
            })
            .collect()
    }

    /// Forecasts of the model in bins of probability, without the empty ones.
    pub fn bins(&self, edges: &[f64]) -> Vec<Bin> {
        edges
            .windows(2)
            .filter_map(|edge| {
                let inside: Vec<&Forecast> =
                    self.forecasts.iter().filter(|f| edge[0] <= f.model && f.model < edge[1]).collect();
                let expected: f64 = inside.iter().map(|f| f.model).sum();
                (!inside.is_empty()).then(|| Bin {
                    from: edge[0],
                    to: edge[1],
                    forecasts: inside.len(),
                    expected,
                    happened: inside.iter().filter(|f| f.happened).count(),
                    band: count_band(inside.iter().map(|f| f.model), expected),
                })
            })
            .collect()
    }
}

/// The 5 % and 95 % quantiles of the number of events among independent units with these probabilities
/// (Poisson binomial distribution, by adding one unit at a time).
fn count_band(probabilities: impl Iterator<Item = f64>, expected: f64) -> (usize, usize) {
    // Nothing of weight lies above: the count has at most the variance of its mean.
    let cut = (expected + 12.0 * expected.sqrt() + 20.0) as usize;
    let mut density = vec![0.0; cut + 1];
    density[0] = 1.0;
    for p in probabilities {
        for k in (0..=cut).rev() {
            let below = if k > 0 { density[k - 1] } else { 0.0 };
            density[k] = density[k] * (1.0 - p) + below * p;
        }
    }
    let quantile = |q: f64| {
        let mut sum = 0.0;
        density.iter().position(|d| {
            sum += d;
            sum >= q
        })
    };
    (quantile(0.05).unwrap_or(0), quantile(0.95).unwrap_or(cut))
}

/// A unit on a 1 January.
struct UnitYear {
    year: i32,
    x: Vec<f64>,
    happened: bool,
}

/// Forecasts a kind at every 1 January of `window` that has five years behind it and `horizon` years
/// before it. A forecast is the posterior mean of `1 - exp(-intensity * horizon)`, with everything that the
/// intensity depends on held at its value of 1 January. The logit takes most of the time and is fitted on request.
pub fn track_record(
    spec: &ModelSpec,
    panel: &Panel,
    timeline: &Timeline,
    kind: Kind,
    window: Window,
    horizon: i32,
    with_logit: bool,
) -> TrackRecord {
    let horizon = horizon.max(1);
    let first = if window.from.ymd().1 == 1 && window.from.ymd().2 == 1 {
        window.from.year()
    } else {
        window.from.year() + 1
    };
    let last = window.to.plus(1).year() - horizon;
    let (rows, unforeseen) = unit_years(spec, panel, timeline, kind, first..=last, horizon);
    let origins: Vec<i32> = (first + YEARS_BEFORE..=last).collect();
    let forecasts = origins
        .par_iter()
        .flat_map_iter(|&year| {
            let past = Window { from: window.from, to: january(year).plus(-1) };
            let fit = fit_kind(spec, panel, timeline, kind, past);
            let days = f64::from(january(year + horizon).0 - january(year).0);
            // Half an event more keeps the rate above zero (Jeffreys' prior of a Poisson rate).
            let rate = (fit.events as f64 + 0.5) / fit.exposure.max(1.0);
            let rival =
                with_logit.then(|| rival(spec, kind, rows.iter().filter(|r| r.year + horizon <= year)));
            let by_logit =
                |x: &[f64]| rival.as_ref().map(|r| expected(r, x, |eta| 1.0 / (1.0 + libm::exp(-eta))));
            rows.iter()
                .filter(|r| r.year == year)
                .map(|r| Forecast {
                    year,
                    model: expected(&fit.posterior, &r.x, |eta| -libm::expm1(-libm::exp(eta) * days)),
                    constant: -libm::expm1(-rate * days),
                    logit: by_logit(&r.x).unwrap_or(f64::NAN),
                    happened: r.happened,
                })
                .collect::<Vec<_>>()
        })
        .collect();
    let unforeseen = unforeseen.iter().filter(|year| origins.contains(year)).count();
    TrackRecord { kind, horizon, forecasts, unforeseen }
}

/// Weights of several forecasters whose mixture would have given most to what happened: stacking of predictive distributions (Yao,
/// Vehtari, Simpson and Gelman 2018, Bayesian Analysis 13: 917-1007), found by expectation and maximisation. `given` has for
/// each forecaster the probability it gave to what happened, case by case.
pub fn stacking(given: &[Vec<f64>]) -> Vec<f64> {
    let models = given.len();
    let cases = given.iter().map(Vec::len).min().unwrap_or(0);
    let mut weights = vec![1.0 / models.max(1) as f64; models];
    if cases == 0 {
        return weights;
    }
    for _ in 0..STACKING_STEPS {
        let mut next = vec![0.0; models];
        (0..cases).for_each(|case| {
            let mixed = |m: usize| weights[m] * given[m][case];
            let total: f64 = (0..models).map(mixed).sum();
            next.iter_mut().enumerate().for_each(|(m, n)| *n += mixed(m) / total.max(f64::MIN_POSITIVE));
        });
        let moved = (0..models).map(|m| (next[m] / cases as f64 - weights[m]).abs()).fold(0.0, f64::max);
        weights = next.into_iter().map(|w| w / cases as f64).collect();
        if moved < 1e-9 {
            break;
        }
    }
    weights
}

/// Steps of expectation and maximisation at most.
const STACKING_STEPS: usize = 5_000;

fn january(year: i32) -> Day {
    // Years of a casebook are within the calendar.
    Day::from_ymd(year, 1, 1).unwrap_or(Day(0))
}

/// Every unit at risk on every 1 January; and the years in which a unit not at risk then had an event.
fn unit_years(
    spec: &ModelSpec,
    panel: &Panel,
    timeline: &Timeline,
    kind: Kind,
    years: std::ops::RangeInclusive<i32>,
    horizon: i32,
) -> (Vec<UnitYear>, Vec<i32>) {
    let mut events: BTreeMap<(usize, usize), Vec<f64>> = BTreeMap::new();
    for (item, cell, slot, _) in &panel.events {
        let item = &timeline.items[*item];
        if item.unit.is_some_and(|(k, ..)| k == kind) {
            events.entry((*cell, *slot)).or_default().push(item.time);
        }
    }
    let orientation = kind.orientation();
    let (mut rows, mut unforeseen, mut x) = (Vec::new(), Vec::new(), Vec::new());
    for year in years {
        let (from, to) = (f64::from(january(year).0), f64::from(january(year + horizon).0));
        for cell in 0..panel.segments.len() {
            let is_claim = matches!(panel.cells.at(cell), Cell::Claim(_));
            // A claim to what nobody has ever held has no spell.
            if is_claim != (orientation == Orientation::Claim) || panel.segments[cell].is_empty() {
                continue;
            }
            let value = panel.value_at(cell, from);
            for (slot, reversed) in slots_of(kind) {
                let times = events.get(&(cell, slot));
                // What is dated on the day itself is known by then.
                let happened = times.is_some_and(|times| times.iter().any(|t| from < *t && *t < to));
                if value.risk >> slot & 1 == 1 {
                    spec.of(kind).gather(value, orientation, reversed, &mut x);
                    rows.push(UnitYear { year, x: x.clone(), happened });
                } else if happened {
                    unforeseen.push(year);
                }
            }
        }
    }
    (rows, unforeseen)
}

/// The logit on past unit-years, equal rows taken together.
fn rival<'a>(spec: &ModelSpec, kind: Kind, past: impl Iterator<Item = &'a UnitYear>) -> Posterior {
    let mut counts: BTreeMap<Vec<u64>, (&[f64], f64, f64)> = BTreeMap::new();
    for row in past {
        let key = row.x.iter().map(|v| v.to_bits()).collect();
        let (_, yes, no) = counts.entry(key).or_insert((&row.x, 0.0, 0.0));
        *(if row.happened { yes } else { no }) += 1.0;
    }
    let data: Vec<_> = counts.into_values().map(|(x, yes, no)| (x.to_vec(), yes, no)).collect();
    let mut priors = vec![LOGIT_SLOPE; spec.of(kind).terms.len()];
    priors[0] = LOGIT_INTERCEPT;
    logit(&priors, &data)
}

/// Mean over the posterior of a function of the linear predictor, by Gauss-Hermite quadrature with five nodes
/// (Abramowitz and Stegun 1964, table 25.10, scaled to the standard normal).
fn expected(posterior: &Posterior, x: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    const NODES: [(f64, f64); 5] = [
        (-2.856_970_013_872_806, 0.011_257_411_327_720_69),
        (-1.355_626_179_974_266, 0.222_075_922_005_612_6),
        (0.0, 0.533_333_333_333_333_3),
        (1.355_626_179_974_266, 0.222_075_922_005_612_6),
        (2.856_970_013_872_806, 0.011_257_411_327_720_69),
    ];
    let (mean, sd) = posterior.linear(x);
    NODES.iter().map(|(z, weight)| weight * of(mean + z * sd)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(forecasts: &[(f64, bool)]) -> TrackRecord {
        let forecasts = forecasts
            .iter()
            .enumerate()
            .map(|(i, &(p, happened))| Forecast {
                year: 1930 + i as i32 % 2,
                model: p,
                constant: 0.5,
                logit: 0.5,
                happened,
            })
            .collect();
        TrackRecord { kind: Kind::WarBegun, horizon: 1, forecasts, unforeseen: 0 }
    }

    // Checked by hand: of the 2 x 3 pairs, (0.9: all three below), (0.4: one below, one tied, one above).
    #[test]
    fn roc_area_counts_ordered_pairs_and_halves_ties() {
        let r = record(&[(0.9, true), (0.6, false), (0.4, true), (0.4, false), (0.1, false)]);
        assert_eq!(r.roc_area(|f| f.model), Some((3.0 + 1.5) / 6.0));
        assert_eq!(r.roc_area(|f| f.constant), Some(0.5));
        assert_eq!(record(&[(0.2, false)]).roc_area(|f| f.model), None);
    }

    // Average precision as scikit-learn defines it: sum of (recall step) x precision.
    #[test]
    fn average_precision_steps_through_the_thresholds() {
        let r = record(&[(0.9, true), (0.6, false), (0.4, true), (0.1, false)]);
        let expected = 0.5 * 1.0 + 0.5 * 2.0 / 3.0;
        assert!((r.precision_area(|f| f.model).unwrap() - expected).abs() < 1e-15);
    }

    #[test]
    fn a_forecaster_gains_by_giving_what_happens_more() {
        let r = record(&[(0.8, true), (0.1, false), (0.7, true), (0.4, false)]);
        let gain = r.gain(|f| f.model, |f| f.constant);
        let expected: f64 = [0.8_f64, 0.9, 0.7, 0.6].iter().map(|p| (p / 0.5).ln()).sum();
        assert!((gain.nats - expected).abs() < 1e-12);
        assert_eq!((gain.years_better, gain.years), (2, 2));
        assert_eq!(r.gain(|f| f.logit, |f| f.constant).nats, 0.0);
        assert!((r.brier(|f| f.model) - (0.04 + 0.01 + 0.09 + 0.16) / 4.0).abs() < 1e-15);
    }

    // With equal probabilities the count is binomial: quantiles of Binomial(20, 0.1) are 0 and 4.
    #[test]
    fn the_band_of_a_count_is_that_of_the_binomial() {
        assert_eq!(count_band([0.1; 20].into_iter(), 2.0), (0, 4));
        assert_eq!(count_band([1.0; 3].into_iter(), 3.0), (3, 3));
    }

    // E[exp(z)] of a standard normal is exp(1/2); five nodes integrate polynomials up to degree nine exactly.
    #[test]
    fn quadrature_takes_the_mean_over_the_posterior() {
        let posterior = Posterior { mode: vec![0.0], factor: vec![vec![1.0]] };
        assert!((expected(&posterior, &[1.0], |eta| eta.powi(8)) - 105.0).abs() < 1e-9);
        assert!((expected(&posterior, &[1.0], libm::exp) - libm::exp(0.5)).abs() < 2e-3);
    }

    /// Two forecasters who are right in turn get their shares; one who knows nothing gets next to none.
    #[test]
    fn stacking_finds_the_mixture_that_made_the_data() {
        let mut given = vec![Vec::new(), Vec::new(), Vec::new()];
        for case in 0..1000 {
            let first = case % 10 < 7;
            given[0].push(if first { 0.9 } else { 0.05 });
            given[1].push(if first { 0.05 } else { 0.9 });
            given[2].push(0.3);
        }
        let weights = stacking(&given);
        assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        // The score is greatest where 0.7 (0.85 / p) = 0.3 (0.85 / q), with p and q what the mixture gives: at 0.724.
        assert!((weights[0] - 0.7235).abs() < 1e-3, "{weights:?}");
        assert!(weights[2] < 1e-3, "{weights:?}");
    }
}
