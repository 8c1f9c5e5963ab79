//! The only place where numbers of an answer become words.

use crate::answer::Datum;

const NOT_KNOWN: &str = "not known";

/// A whole number with thousands separated by commas.
pub(super) fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A share, 0 to 1, as a frequency: "58 of 100", or "fewer than 1 in 2,000" where no run of 2,000 shows it.
pub(super) fn share(p: f64, runs: u32) -> String {
    if !p.is_finite() {
        return NOT_KNOWN.to_string();
    }
    let n = f64::from(runs);
    if runs > 0 && p * n < 0.5 {
        return format!("fewer than 1 in {}", count(u64::from(runs)));
    }
    if runs > 0 && (1.0 - p) * n < 0.5 {
        return format!("all of {}", count(u64::from(runs)));
    }
    let of_hundred = whole(100.0 * p);
    if of_hundred == 0 && p > 0.0 {
        return format!("about 1 in {}", two_digits(1.0 / p));
    }
    if of_hundred >= 100 && p < 1.0 {
        return "more than 99 of 100".to_string();
    }
    format!("{of_hundred} of 100")
}

/// The share without the change. Where nothing untouched can vary, it is a plain fact of the record.
pub(super) fn without(p: f64, runs: u32, in_record: bool) -> String {
    if p == 0.0 && !in_record {
        "did not happen".to_string()
    } else if p == 1.0 && in_record {
        "happened".to_string()
    } else if p == 1.0 {
        "it was so".to_string()
    } else {
        share(p, runs)
    }
}

/// A share as a short label for a chart: "58".
pub(super) fn of_hundred(p: f64) -> String {
    if p.is_finite() { whole(100.0 * p).to_string() } else { NOT_KNOWN.to_string() }
}

/// The interval of a share: "50 to 66 of 100".
pub(super) fn interval((low, high): (f64, f64)) -> String {
    format!("{} to {} of 100", of_hundred(low), of_hundred(high))
}

/// The difference of two shares in points of 100: "+5", "-13" or "0".
pub(super) fn difference(d: f64) -> String {
    if !d.is_finite() {
        return NOT_KNOWN.to_string();
    }
    let points = (100.0 * d).round();
    if points == 0.0 { "0".to_string() } else { format!("{points:+.0}") }
}

/// An uncertainty of a share in points of 100: "± 1.1".
pub(super) fn plus_minus(sd: f64) -> String {
    if sd.is_finite() { format!("± {:.1}", 100.0 * sd.abs()) } else { NOT_KNOWN.to_string() }
}

/// A probability in words: "about 1 in 12", or "about 3 in 4" when over a half.
pub(super) fn probability(p: f64) -> String {
    if !p.is_finite() {
        NOT_KNOWN.to_string()
    } else if p < 1e-6 {
        "fewer than 1 in 1,000,000".to_string()
    } else if p < 0.2 {
        format!("about 1 in {}", two_digits(1.0 / p))
    } else if p > 0.99 {
        "more than 99 in 100".to_string()
    } else if p > 0.975 {
        format!("about {} in 100", whole(100.0 * p))
    } else if p > 0.925 {
        "about 19 in 20".to_string()
    } else {
        let (numerator, denominator) = simple_fraction(p);
        format!("about {numerator} in {denominator}")
    }
}

/// A coefficient or contribution with its sign: "+0.42".
pub(super) fn coefficient(x: f64) -> String {
    if !x.is_finite() {
        NOT_KNOWN.to_string()
    } else if x.abs() < 0.005 {
        "0.00".to_string()
    } else {
        format!("{x:+.2}")
    }
}

/// A coefficient with its standard deviation: "+0.42 ± 0.10".
pub(super) fn coefficient_with_sd(x: f64, sd: f64) -> String {
    format!("{} ± {}", coefficient(x), number(sd, 2))
}

/// A factor: "x2.4".
pub(super) fn factor(x: f64) -> String {
    if !x.is_finite() {
        NOT_KNOWN.to_string()
    } else if x >= 9.95 {
        format!("x{}", count(whole(x)))
    } else if x >= 0.995 {
        format!("x{x:.1}")
    } else if x >= 0.095 {
        format!("x{x:.2}")
    } else if x >= 0.0005 {
        format!("x{x:.3}")
    } else {
        "less than x0.001".to_string()
    }
}

/// A rate in events per year, with the waiting time where that is easier to picture.
pub(super) fn rate(per_year: f64) -> String {
    if !per_year.is_finite() {
        NOT_KNOWN.to_string()
    } else if per_year >= 0.5 {
        format!("{per_year:.1} a year")
    } else if per_year >= 1e-6 {
        format!("about one in {} years", two_digits(1.0 / per_year))
    } else {
        "fewer than one in 1,000,000 years".to_string()
    }
}

/// A number with the given decimals.
pub(super) fn number(x: f64, decimals: u8) -> String {
    if !x.is_finite() {
        return NOT_KNOWN.to_string();
    }
    let text = format!("{:.*}", usize::from(decimals), x);
    let is_zero = text.chars().all(|c| matches!(c, '-' | '0' | '.'));
    if is_zero { text.trim_start_matches('-').to_string() } else { text }
}

/// A table cell. "None", "not known" and "does not apply" are different things.
pub(super) fn datum(cell: &Datum) -> String {
    match cell {
        Datum::Text(text) | Datum::Entry(text, _) => text.clone(),
        Datum::Count(n) => count(*n),
        Datum::Number(x, decimals) => number(*x, *decimals),
        Datum::Share(p) if p.is_finite() => format!("{} %", whole(100.0 * p)),
        Datum::Share(_) | Datum::Unknown => NOT_KNOWN.to_string(),
        Datum::Flag(true) => "yes".to_string(),
        Datum::Flag(false) => "no".to_string(),
        Datum::None => "none".to_string(),
        Datum::NotApplicable => "does not apply".to_string(),
    }
}

/// Citation marks: "[1, vol. 136 p. 41; 3]"; empty without citations.
pub(super) fn cites(cites: &[(usize, String)]) -> String {
    if cites.is_empty() {
        return String::new();
    }
    let marks: Vec<String> = cites
        .iter()
        .map(|(n, place)| if place.is_empty() { n.to_string() } else { format!("{n}, {place}") })
        .collect();
    format!("[{}]", marks.join("; "))
}

/// A bar of `width` glyphs. Something that happens at all gets a glyph; something short of always lacks one.
pub(super) fn bar(p: f64, width: usize, full: char, empty: char) -> String {
    let p = if p.is_finite() { p.clamp(0.0, 1.0) } else { 0.0 };
    let mut filled = (p * width as f64).round() as usize;
    if p > 0.0 {
        filled = filled.max(1);
    }
    if p < 1.0 {
        filled = filled.min(width.saturating_sub(1));
    }
    let mut out = String::new();
    for i in 0..width {
        out.push(if i < filled { full } else { empty });
    }
    out
}

/// How many of 100 dots are filled for a share, by the rule of [`bar`].
pub(super) fn dots(p: f64) -> usize {
    bar(p, 100, '#', '.').chars().filter(|c| *c == '#').count()
}

/// Rounds to a whole number; negative numbers become 0.
fn whole(x: f64) -> u64 {
    x.round().max(0.0) as u64
}

/// A whole number of two significant digits: 667 becomes 670.
fn two_digits(x: f64) -> String {
    let mut unit: u64 = 1;
    while x / unit as f64 >= 99.5 && unit < 1_000_000_000 {
        unit *= 10;
    }
    count(whole(x / unit as f64).saturating_mul(unit))
}

/// The simplest fraction with a denominator up to 10 that is close to `p`.
fn simple_fraction(p: f64) -> (u64, u64) {
    let mut best = (1, 2);
    let mut best_error = f64::INFINITY;
    for denominator in 2..=10u64 {
        let numerator = whole(p * denominator as f64).clamp(1, denominator - 1);
        let error = (numerator as f64 / denominator as f64 - p).abs();
        if error + 0.015 < best_error {
            best = (numerator, denominator);
            best_error = error;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_read_as_frequencies() {
        assert_eq!(share(0.58, 2000), "58 of 100");
        assert_eq!(share(0.0, 2000), "fewer than 1 in 2,000");
        assert_eq!(share(0.0015, 2000), "about 1 in 670");
        assert_eq!(share(1.0, 2000), "all of 2,000");
        assert_eq!(share(0.0, 0), "0 of 100");
        assert_eq!(share(f64::NAN, 10), "not known");
        assert_eq!(without(1.0, 2000, true), "happened");
        assert_eq!(without(0.0, 2000, false), "did not happen");
    }

    #[test]
    fn differences_and_coefficients_carry_a_sign() {
        assert_eq!(difference(0.05), "+5");
        assert_eq!(difference(-0.13), "-13");
        assert_eq!(difference(-0.001), "0");
        assert_eq!(coefficient(0.421), "+0.42");
        assert_eq!(coefficient(-0.001), "0.00");
        assert_eq!(number(-0.001, 2), "0.00");
    }

    #[test]
    fn probabilities_read_as_odds() {
        assert_eq!(probability(1.0 / 12.0), "about 1 in 12");
        assert_eq!(probability(0.75), "about 3 in 4");
        assert_eq!(probability(0.5), "about 1 in 2");
        assert_eq!(probability(0.0), "fewer than 1 in 1,000,000");
    }

    #[test]
    fn factors_citations_and_bars() {
        assert_eq!(factor(2.4), "x2.4");
        assert_eq!(factor(0.42), "x0.42");
        assert_eq!(cites(&[(1, "vol. 136 p. 41".into()), (3, String::new())]), "[1, vol. 136 p. 41; 3]");
        assert_eq!(bar(0.5, 8, '#', '.'), "####....");
        assert_eq!(bar(0.001, 8, '#', '.'), "#.......");
        assert_eq!(dots(0.999), 99);
        assert_eq!(count(1_234_567), "1,234,567");
    }
}
