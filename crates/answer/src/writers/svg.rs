//! Charts. Each has a name, a description, real text, and shapes that can be told apart without colour.

use maud::{Markup, html};

use super::blocks::{clean, named};
use super::format;
use crate::answer::{Decomposition, DecompositionRow, OutcomeRow, Outcomes};

/// Burned into every picture of an alternative, because pictures travel without their page.
pub(super) const STAMP: &str = "alternative, computed, not recorded";
const WITH: &str = "with the change";
const WITHOUT: &str = "our timeline";
const BARS_WIDTH: f64 = 640.0;

/// How broad a chart is drawn: a page has both, and shows the one that fits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Breadth {
    /// For a desk.
    Wide,
    /// For a telephone: nothing beyond 300.
    Narrow,
}

impl Breadth {
    fn class(self) -> &'static str {
        match self {
            Breadth::Wide => "wide",
            Breadth::Narrow => "narrow",
        }
    }

    fn pick<T>(self, wide: T, narrow: T) -> T {
        match self {
            Breadth::Wide => wide,
            Breadth::Narrow => narrow,
        }
    }
}

/// A hundred dots for an outcome with the change, and a hundred without.
pub(super) fn dots(row: &OutcomeRow, runs: u32) -> Markup {
    let (with, without) = (share_text(row, runs), without_text(row, runs));
    let title = format!("{}: 100 dots with the change and 100 in our timeline", clean(&row.label));
    let description = format!("Filled dots: {with} with the change, {without} in our timeline. {STAMP}.");
    html! {
        svg class="fit" role="img" aria-label=(title) width="340" height="258" viewBox="0 0 340 258" {
            title { (title) }
            desc { (description) }
            text x="0" y="16" { (WITH) }
            text x="0" y="34" { (with) }
            text x="180" y="16" { (WITHOUT) }
            text x="180" y="34" { (without) }
            (dot_field(0.0, format::dots(row.with), "with-fill"))
            (dot_field(180.0, format::dots(row.without), "without-dot"))
            circle class="with-fill" cx="6" cy="223" r="6" {}
            text class="small" x="18" y="227" { "comes true" }
            rect class="empty" x="112" y="220" width="6" height="6" {}
            text class="small" x="124" y="227" { "does not" }
            text class="small" x="0" y="250" { (STAMP) }
        }
    }
}

fn dot_field(left: f64, filled: usize, class: &str) -> Markup {
    html! {
        @for i in 0..100usize {
            @let x = left + 7.0 + 16.0 * (i % 10) as f64;
            @let y = 52.0 + 16.0 * (i / 10) as f64;
            @if i < filled {
                circle class=(class) cx=(px(x)) cy=(px(y)) r="6" {}
            } @else {
                rect class="empty" x=(px(x - 3.0)) y=(px(y - 3.0)) width="6" height="6" {}
            }
        }
    }
}

/// Cumulative shares of one outcome by the end of each year as two lines; `None` without at least two years.
pub(super) fn steps(row: &OutcomeRow, runs: u32, breadth: Breadth) -> Option<Markup> {
    // Beside the lines stands what they end at, in full or as a number.
    let (width, beside) = breadth.pick((620.0, 200.0), (300.0, 90.0));
    let (first, last) = (row.by_year.first()?.year, row.by_year.last()?.year);
    if last <= first {
        return None;
    }
    // Where a year begins; a share by its end stands where the next begins.
    let at = |years: f64| 40.0 + (width - beside) * years / f64::from(last + 1 - first);
    let x = |year: i32| at(f64::from(year - first));
    let y = |p: f64| 220.0 - 170.0 * bounded(p);
    let edge = |of: fn(&crate::answer::ByYear) -> f64| -> Vec<(f64, f64)> {
        let ends = row.by_year.iter().map(|b| (x(b.year + 1), y(of(b))));
        std::iter::once((x(first), y(0.0))).chain(ends).collect()
    };
    let with = edge(|b| b.with);
    // Of our timeline the day is known.
    let day = row.record_date.as_ref().and_then(|d| jonbar_record::When::parse(d).ok()).map(|w| w.reading());
    let begins = |year: i32| jonbar_record::Day::from_ymd(year, 1, 1);
    // A forecast of our timeline has shares and no day.
    let known = row.by_year.iter().all(|b| b.without == 0.0 || b.without == 1.0);
    let came = day.filter(|_| known).and_then(|d| {
        let year = d.year();
        let into = f64::from(d.0 - begins(year)?.0) / 365.25;
        Some(at(f64::from(year - first) + into).clamp(x(first), x(last + 1)))
    });
    let without = match came {
        Some(came) => vec![(x(first), y(0.0)), (came, y(0.0)), (came, y(1.0)), (x(last + 1), y(1.0))],
        None => edge(|b| b.without),
    };
    // Up along the upper ends of the intervals, and back along the lower.
    let (above, mut below) = (edge(|b| b.interval.1), edge(|b| b.interval.0));
    below.reverse();
    let band = format!("{}{}Z", line_path(&above), line_path(&below).replacen('M', "L", 1));
    let spacing = ((last - first) / breadth.pick(6, 3) + 1).max(1);
    let years: Vec<i32> = row.by_year.iter().map(|b| b.year).filter(|y| (y - first) % spacing == 0).collect();
    let (with_end, without_end) = row.by_year.last().map_or((0.0, 0.0), |b| (b.with, b.without));
    let (with_y, without_y) = apart(y(with_end), y(without_end));
    let title = format!("{}: share that came true by the end of each year", clean(&row.label));
    let description = format!(
        "By the end of {last}: {} with the change, {} in our timeline. {STAMP}.",
        format::share(with_end, runs),
        format::without(without_end, runs, row.record_date.is_some())
    );
    let wide = breadth == Breadth::Wide;
    let end = |share: f64, of: &str| {
        if wide { format!("{} {of}", format::of_hundred(share)) } else { format::of_hundred(share) }
    };
    Some(html! {
        svg class=(breadth.class()) role="img" aria-label=(title) width=(width) height="272" viewBox={ "0 0 " (width) " 272" } {
            title { (title) }
            desc { (description) }
            @if wide {
                path class="with-line" d="M40 14H70" {}
                text class="small" x="76" y="18" { (WITH) " (solid), shaded: 90 % interval" }
                path class="without-line" d="M410 14H440" {}
                text class="small" x="446" y="18" { (WITHOUT) " (dashed)" }
            } @else {
                path class="with-line" d="M4 8H24" {}
                text class="small" x="28" y="12" { (WITH) }
                path class="without-line" d="M158 8H178" {}
                text class="small" x="182" y="12" { (WITHOUT) }
            }
            @for level in [0u32, 25, 50, 75, 100] {
                @let at = y(f64::from(level) / 100.0);
                path class="axis" d={ "M36 " (px(at)) "H" (px(x(last + 1))) } {}
                text class="small" x="30" y=(px(at + 4.0)) text-anchor="end" { (level) }
            }
            text class="small" x="0" y="36" { "of 100" }
            @for year in years {
                path class="axis" d={ "M" (px(x(year))) " 220V226" } {}
                text class="small" x=(px((x(year) + x(year + 1)) / 2.0)) y="242" text-anchor="middle" { (year) }
            }
            path class="axis" d={ "M" (px(x(last + 1))) " 220V226" } {}
            path class="band" d=(band) {}
            path class="without-line" d=(line_path(&without)) {}
            path class="with-line" d=(line_path(&with)) {}
            text x=(px(x(last + 1) + 8.0)) y=(px(with_y + 4.0)) { (end(with_end, WITH)) }
            text x=(px(x(last + 1) + 8.0)) y=(px(without_y + 4.0)) { (end(without_end, WITHOUT)) }
            text class="small" x="40" y="264" { (STAMP) }
        }
    })
}

/// A line from point to point.
fn line_path(points: &[(f64, f64)]) -> String {
    let part = |(i, (x, y)): (usize, &(f64, f64))| {
        format!("{}{} {}", if i == 0 { "M" } else { "L" }, px(*x), px(*y))
    };
    points.iter().enumerate().map(part).collect()
}

/// Moves two labels apart where they would overlap.
fn apart(a: f64, b: f64) -> (f64, f64) {
    let gap = 17.0;
    if (a - b).abs() >= gap {
        return (a, b);
    }
    let middle = (a + b) / 2.0;
    if a <= b { (middle - gap / 2.0, middle + gap / 2.0) } else { (middle + gap / 2.0, middle - gap / 2.0) }
}

/// Shares with their intervals, one line for each outcome.
pub(super) fn whiskers(outcomes: &Outcomes, breadth: Breadth) -> Markup {
    // On a narrow chart labels take two lines, and the numbers stand below.
    let (width, plot, row_height) = breadth.pick((600.0, 360.0, 46.0), (300.0, 270.0, 82.0));
    let label = |text: &str| breadth.pick([String::new(), short(text, 62)], two_lines(text, 38));
    let top = breadth.pick(66.0, 84.0);
    let title = format!("{}: shares with 90 % intervals", clean(&outcomes.title));
    let count = outcomes.rows.len();
    let height = top + 20.0 + row_height * count as f64;
    let bottom = height - 46.0;
    let x = |p: f64| 10.0 + plot * bounded(p);
    let spoken: Vec<String> = outcomes
        .rows
        .iter()
        .map(|row| {
            format!(
                "{}: {}, interval {}",
                clean(&row.label),
                share_text(row, outcomes.runs),
                interval_text(row)
            )
        })
        .collect();
    html! {
        svg class=(breadth.class()) role="img" aria-label=(title) width=(width) height=(px(height))
            viewBox={ "0 0 " (width) " " (px(height)) } {
            title { (title) }
            desc { (spoken.join(". ")) ". " (STAMP) "." }
            @let key = breadth.pick(300.0, 214.0);
            circle class="with-fill" cx="16" cy="14" r="6" {}
            text class="small" x="28" y="18" { (WITH) (breadth.pick(", line: 90 % interval", " (line: 90 %)")) }
            path class="without-fill" d=(diamond(key, 14.0)) {}
            text class="small" x=(key + 14.0) y="18" { (WITHOUT) }
            @for (i, row) in outcomes.rows.iter().enumerate() {
                @let y = top + row_height * i as f64;
                @for (line, text) in label(&row.label).iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                    text x="10" y=(px(y - 32.0 + 18.0 * line as f64)) { (text) }
                }
                path class="with-line" d=(whisker_path(x(row.interval.0), x(row.interval.1), y)) {}
                circle class="with-fill" cx=(px(x(row.with))) cy=(px(y)) r="6" {}
                path class="without-fill" d=(diamond(x(row.without), y)) {}
                @let (text_x, text_y) = breadth.pick((386.0, y + 4.0), (10.0, y + 22.0));
                text class="small" x=(text_x) y=(px(text_y)) {
                    (format::of_hundred(row.with)) " (" (interval_text(row)) ")"
                }
            }
            path class="axis" d={ "M10 " (px(bottom)) "H" (px(10.0 + plot)) } {}
            @for level in [0u32, 25, 50, 75, 100] {
                @let at = x(f64::from(level) / 100.0);
                path class="axis" d={ "M" (px(at)) " " (px(bottom)) "v6" } {}
                text class="small" x=(px(at)) y=(px(bottom + 20.0)) text-anchor="middle" { (level) }
            }
            text class="small" x="10" y=(px(height - 6.0)) { "of 100; " (STAMP) }
        }
    }
}

pub(super) fn whisker_path(low: f64, high: f64, y: f64) -> String {
    let (low, high, top, foot) = (px(low), px(high), px(y - 5.0), px(y + 5.0));
    format!("M{low} {top}V{foot}M{low} {}H{high}M{high} {top}V{foot}", px(y))
}

pub(super) fn diamond(x: f64, y: f64) -> String {
    let (left, right, top, foot) = (px(x - 8.0), px(x + 8.0), px(y - 8.0), px(y + 8.0));
    format!("M{} {top}L{right} {}L{} {foot}L{left} {}Z", px(x), px(y), px(x), px(y))
}

/// A rate taken apart, as a waterfall on a scale of factors: from our timeline to the alternative by the terms that differ between
/// them, or, where there is no alternative, from the rate without any of its terms to the rate itself.
pub(super) fn waterfall(decomposition: &Decomposition) -> Markup {
    let changed = decomposition.rate_alternative.is_some();
    let moves = |row: &DecompositionRow| match row.contribution_alternative {
        Some(alternative) => finite(alternative) - finite(row.contribution),
        None if changed => 0.0,
        None => finite(row.contribution),
    };
    let steps: Vec<(&DecompositionRow, f64)> = decomposition
        .rows
        .iter()
        .filter(|row| row.effect != "intercept")
        .map(|row| (row, moves(row)))
        .filter(|(_, by)| by.abs() > STEP_MIN)
        .collect();
    let total: f64 = steps.iter().map(|(_, by)| by).sum();
    let end = libm::log(decomposition.rate_alternative.unwrap_or(decomposition.rate_record).max(1e-9));
    let start = end - total;
    let mut levels = vec![start];
    for (_, by) in &steps {
        levels.push(levels[levels.len() - 1] + by);
    }
    let low = levels.iter().copied().fold(f64::MAX, f64::min);
    let high = levels.iter().copied().fold(f64::MIN, f64::max);
    let span = (high - low).max(0.1);
    let x = |level: f64| 40.0 + 470.0 * ((level - low) / span).clamp(0.0, 1.0);
    let height = 120.0 + 44.0 * steps.len() as f64;
    let (from, to) = if changed { (WITHOUT, WITH) } else { ("without any of these", WITHOUT) };
    let title = format!("{}: what raises and lowers the rate", clean(&decomposition.title));
    let rate = |level: f64| format::rate(libm::exp(level));
    html! {
        svg role="img" aria-label=(title) width=(BARS_WIDTH) height=(px(height))
            viewBox={ "0 0 " (BARS_WIDTH) " " (px(height)) } {
            title { (title) }
            desc { (from) ": " (rate(start)) "; " (to) ": " (rate(end)) ". " @if changed { (STAMP) "." } }
            text x="10" y="18" { (from) ": " (if changed { format::rate(decomposition.rate_record) } else { rate(start) }) }
            path class="axis" d={ "M" (px(x(start))) " 26V54" } {}
            @for (i, (row, by)) in steps.iter().enumerate() {
                @let y = 44.0 + 44.0 * i as f64;
                @let (left, right) = (x(levels[i].min(levels[i + 1])), x(levels[i].max(levels[i + 1])));
                text class="small" x="10" y=(px(y + 8.0)) { (short(&named(&row.gloss, &row.effect), 92)) }
                rect class=(if *by > 0.0 { "with-fill" } else { "without-fill" }) x=(px(left)) y=(px(y + 14.0))
                    width=(px((right - left).max(1.0))) height="12" {}
                text class="small" x=(px(right + 6.0)) y=(px(y + 24.0)) { "× " (format::number(libm::exp(*by), 2)) }
                // Where one ends the next begins.
                path class="axis" d={ "M" (px(x(levels[i + 1]))) " " (px(y + 26.0)) "v32" } {}
            }
            text x="10" y=(px(height - 42.0)) { (to) ": " (rate(end)) }
            text class="small" x="10" y=(px(height - 10.0)) {
                "filled raises the rate, hollow lowers it, on a scale of factors"
                @if changed { "; " (STAMP) }
            }
        }
    }
}

/// Smaller moves of the logarithm of a rate are not drawn.
const STEP_MIN: f64 = 0.005;

fn share_text(row: &OutcomeRow, runs: u32) -> String {
    format::share(row.with, runs)
}

fn without_text(row: &OutcomeRow, runs: u32) -> String {
    format::without(row.without, runs, row.record_date.is_some())
}

fn interval_text(row: &OutcomeRow) -> String {
    format::interval(row.interval)
}

/// Text on two lines, the second cut to fit; one that fits on one stands on the second.
fn two_lines(text: &str, longest: usize) -> [String; 2] {
    let text = clean(text);
    if text.chars().count() <= longest {
        return [String::new(), text];
    }
    let fits = |at: &usize| text[..*at].chars().count() <= longest;
    let cut = text.match_indices(' ').map(|(at, _)| at).take_while(fits).last();
    match cut {
        Some(at) => [text[..at].to_owned(), short(&text[at + 1..], longest)],
        None => [String::new(), short(&text, longest)],
    }
}

/// Text cut to fit a chart; the table beside the chart has all of it.
pub(super) fn short(text: &str, longest: usize) -> String {
    let text = clean(text);
    if text.chars().count() <= longest {
        return text;
    }
    let cut: String = text.chars().take(longest.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

/// A coordinate.
pub(super) fn px(x: f64) -> String {
    format!("{:.1}", finite(x))
}

pub(super) fn bounded(p: f64) -> f64 {
    finite(p).clamp(0.0, 1.0)
}

pub(super) fn finite(x: f64) -> f64 {
    if x.is_finite() { x } else { 0.0 }
}
