//! Counts over exposure.

use statrs::distribution::{Beta, ContinuousCDF, Discrete, Gamma, Hypergeometric};

/// The exact interval of a rate (Garwood 1936) for `events` in `exposure`, at a `level` such as 0.95. With no events the
/// lower end is zero.
pub fn rate_interval(events: u64, exposure: f64, level: f64) -> (f64, f64) {
    let tail = (1.0 - level) / 2.0;
    let quantile = |shape: f64, p: f64| Gamma::new(shape, 1.0).map_or(f64::NAN, |g| g.inverse_cdf(p));
    let n = events as f64;
    let lower = if events == 0 { 0.0 } else { quantile(n, tail) };
    (lower / exposure, quantile(n + 1.0, 1.0 - tail) / exposure)
}

/// The interval of a share: `k` of `n`, at a `level` such as 0.95. Quantiles of the posterior under Jeffreys' prior (Brown, Cai
/// and DasGupta 2001, Statistical Science 16: 101-133), with 0 and 1 for the ends where nothing or everything counts.
pub fn share_interval(k: u64, n: u64, level: f64) -> (f64, f64) {
    let tail = (1.0 - level) / 2.0;
    let quantile = |p: f64| {
        Beta::new(k as f64 + 0.5, n.saturating_sub(k) as f64 + 0.5).map_or(f64::NAN, |d| d.inverse_cdf(p))
    };
    (if k == 0 { 0.0 } else { quantile(tail) }, if k >= n { 1.0 } else { quantile(1.0 - tail) })
}

/// A ratio of two rates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateRatio {
    /// The first rate over the second; infinite if the second is zero, not a number if both are.
    pub ratio: f64,
    /// Lower end of the interval.
    pub lower: f64,
    /// Upper end of the interval.
    pub upper: f64,
    /// Probability of so uneven a split, either way, if the rates are the same.
    pub p: f64,
}

impl RateRatio {
    /// Whether the interval leaves out equal rates.
    pub fn differs(&self) -> bool {
        self.lower > 1.0 || self.upper < 1.0
    }
}

/// Probability of so uneven a split of successes between two groups, or a more uneven one, if both have one share (Fisher 1922;
/// two-sided, by the probabilities of the tables). Arguments are successes and cases of each.
pub fn fisher_exact(first: (u64, u64), second: (u64, u64)) -> f64 {
    let successes = first.0.min(first.1) + second.0.min(second.1);
    let Ok(tables) = Hypergeometric::new(first.1 + second.1, successes, first.1) else { return f64::NAN };
    let seen = tables.pmf(first.0.min(first.1));
    let low = successes.saturating_sub(second.1);
    let high = successes.min(first.1);
    // A hair of room: tables as probable as the one seen must not be lost to rounding.
    (low..=high).map(|k| tables.pmf(k)).filter(|p| *p <= seen * (1.0 + 1e-7)).sum::<f64>().min(1.0)
}

/// The ratio of two rates with its exact interval, from the share of all events that falls to the first, given how many
/// there are (Clopper and Pearson 1934 on that share). Arguments are events and exposure of each.
pub fn rate_ratio(first: (u64, f64), second: (u64, f64), level: f64) -> RateRatio {
    let (a, b) = (first.0 as f64, second.0 as f64);
    let tail = (1.0 - level) / 2.0;
    let quantile = |x: f64, y: f64, p: f64| Beta::new(x, y).map_or(f64::NAN, |d| d.inverse_cdf(p));
    let odds = |share: f64| share / (1.0 - share) * second.1 / first.1;
    let lower = if first.0 == 0 { 0.0 } else { odds(quantile(a, b + 1.0, tail)) };
    let upper = if second.0 == 0 { f64::INFINITY } else { odds(quantile(a + 1.0, b, 1.0 - tail)) };
    RateRatio { ratio: (a / first.1) / (b / second.1), lower, upper, p: binomial_p(first, second) }
}

/// Two-sided probability that a share of events as uneven as this arises when they fall by exposure alone: the smaller
/// tail doubled.
fn binomial_p(first: (u64, f64), second: (u64, f64)) -> f64 {
    let n = first.0 + second.0;
    let share = first.1 / (first.1 + second.1);
    let at_most = |k: u64| {
        if k >= n {
            return 1.0;
        }
        Beta::new((n - k) as f64, k as f64 + 1.0).map_or(f64::NAN, |d| d.cdf(1.0 - share))
    };
    let below = at_most(first.0);
    let above = if first.0 == 0 { 1.0 } else { 1.0 - at_most(first.0 - 1) };
    (2.0 * below.min(above)).min(1.0)
}

/// A point in time at which a rate changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChangePoint {
    /// First period of the new rate.
    pub index: usize,
    /// Rate before.
    pub before: f64,
    /// Rate from then on.
    pub after: f64,
    /// Twice the gain in log-likelihood over one rate throughout.
    pub gain: f64,
    /// Probability of so uneven a split at this point if the rate never changed, times the number of points it was chosen from
    /// (Bonferroni: never too small).
    pub p: f64,
}

/// The point at which one change of a rate explains counts over periods best; `None` if nothing happens or there are
/// fewer than two periods.
pub fn change_point(events: &[u64], exposure: &[f64]) -> Option<ChangePoint> {
    let points = 1..events.len().min(exposure.len());
    let split = |range: std::ops::Range<usize>| {
        (events[range.clone()].iter().sum::<u64>(), exposure[range].iter().sum::<f64>())
    };
    let all = split(0..points.end);
    if all.0 == 0 || points.is_empty() {
        return None;
    }
    let likelihood = |(d, t): (u64, f64)| match d {
        0 => 0.0,
        _ => d as f64 * libm::log(d as f64 / t) - d as f64,
    };
    let tests = points.len() as f64;
    let of = |index: usize| {
        let (before, after) = (split(0..index), split(index..points.end));
        let gain = 2.0 * (likelihood(before) + likelihood(after) - likelihood(all));
        let p = (binomial_p(before, after) * tests).min(1.0);
        ChangePoint { index, before: before.0 as f64 / before.1, after: after.0 as f64 / after.1, gain, p }
    };
    points.clone().map(of).max_by(|a, b| a.gain.total_cmp(&b.gain))
}
