//! Survival curves.

use statrs::distribution::{ContinuousCDF, Normal};

use crate::spell::{Spell, check};

/// On which scale an interval is symmetric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interval {
    /// The survival probability itself.
    Plain,
    /// Its logarithm (what R's `survfit` does unless told otherwise).
    Log,
    /// The logarithm of the cumulative hazard: the interval stays between 0 and 1.
    LogLog,
}

/// A curve after one event time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurveStep {
    /// Time.
    pub time: f64,
    /// Spells at risk just before it.
    pub at_risk: usize,
    /// Events at it.
    pub events: usize,
    /// Probability of surviving beyond it.
    pub survival: f64,
    /// Cumulative hazard up to it.
    pub hazard: f64,
    /// Standard error of the survival probability (Greenwood 1926).
    pub se: f64,
    /// Standard error of the cumulative hazard.
    pub hazard_se: f64,
    /// Interval of the survival probability.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
}

/// A survival curve: one at first, with a step at every event time.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Steps in order of time.
    pub steps: Vec<CurveStep>,
    /// Number of spells.
    pub spells: usize,
    /// Last time at which anybody was watched.
    pub last: f64,
}

impl Curve {
    /// The step in force at a time; `None` before the first event.
    pub fn at(&self, time: f64) -> Option<&CurveStep> {
        self.steps[..self.steps.partition_point(|s| s.time <= time)].last()
    }

    /// The time by which a share `p` of units has had the event; `None` if the curve never falls that far. Where the
    /// curve is exactly level with `1 - p`, the middle of the level stretch, as is usual for a median.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        self.crossing(1.0 - p, |s| s.survival)
    }

    /// Interval of a quantile: where the ends of the curve's interval cross the same level (Brookmeyer and Crowley 1982).
    pub fn quantile_interval(&self, p: f64) -> (Option<f64>, Option<f64>) {
        (self.crossing(1.0 - p, |s| s.lower), self.crossing(1.0 - p, |s| s.upper))
    }

    fn crossing(&self, level: f64, of: impl Fn(&CurveStep) -> f64) -> Option<f64> {
        const CLOSE: f64 = 1e-9;
        let at = self.steps.iter().position(|s| of(s) < level + CLOSE)?;
        if of(&self.steps[at]) > level - CLOSE {
            // Level with it until the curve next falls.
            let below = self.steps[at..].iter().find(|s| of(s) < level - CLOSE).map_or(self.last, |s| s.time);
            return Some(0.5 * (self.steps[at].time + below));
        }
        Some(self.steps[at].time)
    }

    /// Mean time to the event within the first `until` units of time, and its standard error: the area under the curve
    /// (Irwin 1949; Klein and Moeschberger 2003, section 4.5).
    pub fn restricted_mean(&self, until: f64) -> (f64, f64) {
        let steps: Vec<&CurveStep> = self.steps.iter().filter(|s| s.time <= until).collect();
        let (mut mean, mut from, mut height) = (0.0, 0.0, 1.0);
        // Area under the curve to the right of each event time.
        let mut areas = vec![0.0; steps.len()];
        for (i, s) in steps.iter().enumerate() {
            let area = height * (s.time - from);
            mean += area;
            areas[..i].iter_mut().for_each(|a| *a += area);
            (from, height) = (s.time, s.survival);
        }
        let area = height * (until - from).max(0.0);
        mean += area;
        areas.iter_mut().for_each(|a| *a += area);
        let variance: f64 = steps
            .iter()
            .zip(&areas)
            .filter(|(s, _)| s.at_risk > s.events)
            .map(|(s, a)| {
                let (n, d) = (s.at_risk as f64, s.events as f64);
                a * a * d / (n * (n - d))
            })
            .sum();
        (mean, variance.sqrt())
    }
}

/// The product-limit estimate (Kaplan and Meier 1958) of the time to any event, with intervals of a `level` such as 0.95.
///
/// # Errors
/// If a spell has no length.
pub fn kaplan_meier(spells: &[Spell], interval: Interval, level: f64) -> Result<Curve, String> {
    let z = normal_quantile(0.5 + level / 2.0);
    let (mut survival, mut greenwood, mut hazard, mut hazard_variance) = (1.0, 0.0, 0.0, 0.0);
    build(spells, |time, at_risk, events| {
        let (n, d) = (at_risk as f64, events as f64);
        survival *= 1.0 - d / n;
        greenwood += if at_risk > events { d / (n * (n - d)) } else { f64::INFINITY };
        hazard += d / n;
        hazard_variance += d / (n * n);
        let se = if survival > 0.0 { survival * greenwood.sqrt() } else { f64::NAN };
        let (lower, upper) = ends(survival, greenwood.sqrt(), z, interval);
        CurveStep {
            time,
            at_risk,
            events,
            survival,
            hazard,
            se,
            hazard_se: f64::sqrt(hazard_variance),
            lower,
            upper,
        }
    })
}

/// The cumulative hazard (Nelson 1969; Aalen 1978) and the curve `exp(-hazard)` it implies (Fleming and Harrington 1984).
///
/// # Errors
/// If a spell has no length.
pub fn nelson_aalen(spells: &[Spell], interval: Interval, level: f64) -> Result<Curve, String> {
    let z = normal_quantile(0.5 + level / 2.0);
    let (mut hazard, mut variance) = (0.0, 0.0);
    build(spells, |time, at_risk, events| {
        let (n, d) = (at_risk as f64, events as f64);
        hazard += d / n;
        variance += d / (n * n);
        let (survival, hazard_se) = (libm::exp(-hazard), f64::sqrt(variance));
        let (lower, upper) = ends(survival, hazard_se, z, interval);
        CurveStep {
            time,
            at_risk,
            events,
            survival,
            hazard,
            se: survival * hazard_se,
            hazard_se,
            lower,
            upper,
        }
    })
}

fn build(spells: &[Spell], mut step: impl FnMut(f64, usize, usize) -> CurveStep) -> Result<Curve, String> {
    check(spells)?;
    // Sorted once, so that each time asks how many began before it and how many are over.
    let sorted = |of: fn(&Spell) -> f64, which: fn(&Spell) -> bool| {
        let mut times: Vec<f64> = spells.iter().filter(|s| which(s)).map(of).collect();
        times.sort_unstable_by(f64::total_cmp);
        times
    };
    let (entries, exits) = (sorted(|s| s.entry, |_| true), sorted(|s| s.exit, |_| true));
    let happened = sorted(|s| s.exit, |s| s.outcome > 0);
    let before = |times: &[f64], time: f64| times.partition_point(|t| *t < time);
    let steps = happened
        .chunk_by(|a, b| a == b)
        .map(|together| {
            let time = together[0];
            step(time, before(&entries, time) - before(&exits, time), together.len())
        })
        .collect();
    let last = spells.iter().map(|s| s.exit).fold(f64::NEG_INFINITY, f64::max);
    Ok(Curve { steps, spells: spells.len(), last })
}

/// Ends of the interval of a survival probability; `relative` is the standard error of its logarithm.
fn ends(survival: f64, relative: f64, z: f64, interval: Interval) -> (f64, f64) {
    if survival <= 0.0 {
        return (f64::NAN, f64::NAN);
    }
    let log = libm::log(survival);
    match interval {
        Interval::Plain => {
            let half = z * survival * relative;
            ((survival - half).max(0.0), (survival + half).min(1.0))
        }
        Interval::Log => (libm::exp(log - z * relative), libm::exp(log + z * relative).min(1.0)),
        Interval::LogLog => {
            let half = z * relative / log.abs();
            let end = |sign: f64| libm::exp(-libm::exp(libm::log(-log) + sign * half));
            (end(1.0), end(-1.0))
        }
    }
}

/// The standard normal quantile.
fn normal_quantile(p: f64) -> f64 {
    Normal::standard().inverse_cdf(p)
}
