//! Residuals: whether events come when, and where, the fitted intensities say.
//!
//! Time rescaling (Papangelou 1972; Ogata 1988, Journal of the American Statistical Association 83: 9-27; Brown and
//! others 2002, Neural Computation 14: 325-346): measured in expected events instead of days, events of all units
//! together come as a Poisson process of rate one, so that the gaps between them are exponential. The coefficients were
//! estimated from the same events, which makes the fit look a little better than it is.

use jonbar_record::Window;

use crate::cells::Cell;
use crate::fit::{Fit, slots_of};
use crate::kinds::{Kind, Orientation};
use crate::panel::Panel;
use crate::spec::ModelSpec;
use crate::timeline::Timeline;

/// Residuals of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Residuals {
    /// Which kind.
    pub kind: Kind,
    /// Expected events of all units from one event to the next, in order of time, from the first day on.
    pub gaps: Vec<f64>,
    /// Expected events after the last one.
    pub rest: f64,
    /// Expected and seen events of every unit that was ever at risk.
    pub units: Vec<(f64, usize)>,
}

/// A test of gaps against the standard exponential distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GapTest {
    /// Largest distance between the distribution of the gaps and the exponential (Kolmogorov 1933).
    pub distance: f64,
    /// Probability of so large a distance if the model is right.
    pub p: f64,
    /// Correlation of each gap with the next, after both are made uniform: above zero, events come in bursts.
    pub bursts: f64,
}

impl Residuals {
    /// Tests the gaps; `None` with fewer than five.
    pub fn test(&self) -> Option<GapTest> {
        let n = self.gaps.len();
        if n < 5 {
            return None;
        }
        let uniform: Vec<f64> = self.gaps.iter().map(|g| -libm::expm1(-g)).collect();
        let mut sorted = uniform.clone();
        sorted.sort_by(f64::total_cmp);
        let count = n as f64;
        let distance = sorted.iter().enumerate().fold(0.0_f64, |far, (i, u)| {
            far.max((u - i as f64 / count).abs()).max((u - (i + 1) as f64 / count).abs())
        });
        let mean = uniform.iter().sum::<f64>() / count;
        let spread: f64 = uniform.iter().map(|u| (u - mean) * (u - mean)).sum();
        let beside: f64 = uniform.windows(2).map(|w| (w[0] - mean) * (w[1] - mean)).sum();
        let bursts = if spread > 0.0 { beside / spread } else { 0.0 };
        Some(GapTest { distance, p: kolmogorov(distance, count), bursts })
    }

    /// Units by how many events were expected of them, in groups between these edges: units, events expected, events seen.
    pub fn by_expectation(&self, edges: &[f64]) -> Vec<(usize, f64, usize)> {
        edges
            .windows(2)
            .map(|edge| {
                let inside = self.units.iter().filter(|(e, _)| edge[0] <= *e && *e < edge[1]);
                inside.fold((0, 0.0, 0), |(n, e, d), unit| (n + 1, e + unit.0, d + unit.1))
            })
            .collect()
    }
}

/// Probability that the distance of `n` uniform numbers from the uniform distribution is larger than this: Kolmogorov's
/// limit with the correction of Stephens (1970, JRSS B 32: 115-122).
fn kolmogorov(distance: f64, n: f64) -> f64 {
    let root = n.sqrt();
    let x = (root + 0.12 + 0.11 / root) * distance;
    let term = |k: i32| {
        let sign = if k % 2 == 0 { -1.0 } else { 1.0 };
        2.0 * sign * libm::exp(-2.0 * f64::from(k * k) * x * x)
    };
    if x < 0.2 { 1.0 } else { (1..=100).map(term).sum::<f64>().clamp(0.0, 1.0) }
}

/// Residuals of a kind over a window, at the modes of the coefficients.
pub fn residuals(
    spec: &ModelSpec,
    panel: &Panel,
    timeline: &Timeline,
    fit: &Fit,
    kind: Kind,
    window: Window,
) -> Residuals {
    let (terms, orientation) = (spec.of(kind), kind.orientation());
    let beta = &fit.of(kind).posterior.mode;
    let (from, to) =
        (panel.window.0.max(f64::from(window.from.0)), panel.window.1.min(f64::from(window.to.0) + 1.0));
    let events: Vec<(f64, usize, usize)> = panel
        .events
        .iter()
        .filter(|(item, _, slot, value)| {
            let item = &timeline.items[*item];
            let ours = item.unit.is_some_and(|(k, ..)| k == kind);
            ours && value.risk >> slot & 1 == 1 && from <= item.time && item.time < to
        })
        .map(|(item, cell, slot, _)| (timeline.items[*item].time, *cell, *slot))
        .collect();
    // Where the intensity of all units together changes, and by how much.
    let mut changes: Vec<(f64, f64)> = Vec::new();
    let mut units = Vec::new();
    for (cell, list) in panel.segments.iter().enumerate() {
        let is_claim = matches!(panel.cells.at(cell), Cell::Claim(_));
        if is_claim != (orientation == Orientation::Claim) {
            continue;
        }
        for (slot, reversed) in slots_of(kind) {
            let mut expected = 0.0;
            for (i, segment) in list.iter().enumerate() {
                let end = list.get(i + 1).map_or(panel.window.1, |next| next.start).min(to);
                let start = segment.start.max(from);
                if end <= start || segment.value.risk >> slot & 1 == 0 {
                    continue;
                }
                let rate = libm::exp(terms.predict(&segment.value, orientation, reversed, beta));
                changes.extend([(start, rate), (end, -rate)]);
                expected += rate * (end - start);
            }
            let seen = events.iter().filter(|(_, c, s)| *c == cell && (is_claim || *s == slot)).count();
            if expected > 0.0 {
                units.push((expected, seen));
            }
        }
    }
    changes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut gaps, mut total, mut since, mut rate, mut now) = (Vec::new(), 0.0, 0.0, 0.0, from);
    let mut next = 0;
    for (time, ..) in events.iter().copied().chain([(to, 0, 0)]) {
        while next < changes.len() && changes[next].0 <= time {
            total += rate * (changes[next].0 - now);
            (now, rate) = (changes[next].0, rate + changes[next].1);
            next += 1;
        }
        total += rate * (time - now);
        now = time;
        gaps.push(total - since);
        since = total;
    }
    let rest = gaps.pop().unwrap_or(0.0);
    Residuals { kind, gaps, rest, units }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(gaps: Vec<f64>) -> Residuals {
        Residuals { kind: Kind::WarBegun, gaps, rest: 0.0, units: Vec::new() }
    }

    // The quantiles of the exponential itself are as near to it as 100 gaps can be.
    #[test]
    fn exponential_gaps_pass_and_even_ones_do_not() {
        let quantile = |i: usize| -(1.0 - (i as f64 + 0.5) / 100.0).ln();
        let fits = of((0..100).map(|i| quantile(i * 37 % 100)).collect()).test().unwrap();
        assert!((fits.distance - 0.005).abs() < 1e-12 && fits.p > 0.999, "{fits:?}");
        let even = of(vec![1.0; 100]).test().unwrap();
        assert!(even.p < 1e-6, "{even:?}");
        let sorted = of((0..100).map(quantile).collect()).test().unwrap();
        assert!(sorted.bursts > 0.9, "{sorted:?}");
        assert_eq!(of(vec![1.0; 4]).test(), None);
    }

    // Marsaglia, Tsang and Wang (2003, Journal of Statistical Software 8(18)): P(D < 0.274) for n = 10 is 0.62848.
    #[test]
    fn the_probability_of_a_distance_is_near_the_exact_one() {
        assert!((kolmogorov(0.274, 10.0) - 0.3715).abs() < 0.01, "{}", kolmogorov(0.274, 10.0));
    }
}
