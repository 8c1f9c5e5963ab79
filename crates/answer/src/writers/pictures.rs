//! Pictures of statistics: shares under several definitions, survival curves, rates by period, forecasts by probability. Each
//! comes with the same as a table, which the other formats show.

use maud::{Markup, html};

use super::blocks::{clean, strings};
use super::format;
use super::svg::{bounded, diamond, finite, px, short, whisker_path};
use super::{cases, graph, map, spread};
use crate::answer::{Curve, Datum, Forest, Rates, Reliability, ReliabilityGroup, Section, Table};

/// The picture of a section, if it has one.
pub(super) fn picture(section: &Section) -> Option<Markup> {
    match section {
        Section::Forest(forest) if !forest.rows.is_empty() => Some(forest_chart(forest)),
        Section::Curve(curve) if !curve.points.is_empty() => Some(curve_chart(curve)),
        Section::Incidence(incidence) => cases::stack(incidence),
        Section::Graph(drawn) => Some(graph::picture(drawn)),
        Section::Spread(drawn) => spread::picture(drawn),
        Section::Strip(strip) if !strip.cases.is_empty() => Some(cases::strip(strip)),
        Section::Rates(rates) if !rates.rows.is_empty() => Some(rates_chart(rates)),
        Section::Reliability(r) if !r.groups.is_empty() => Some(reliability(r)),
        _ => None,
    }
}

/// The same as a table; `bars` are shares to draw beside the rows, where that helps.
pub(super) fn table(section: &Section) -> Option<(Table, Vec<f64>)> {
    Some(match section {
        Section::Forest(forest) => (forest_table(forest), forest.rows.iter().map(|r| r.share).collect()),
        Section::Curve(curve) => (curve_table(curve), Vec::new()),
        Section::Incidence(incidence) => (cases::incidence_table(incidence), Vec::new()),
        Section::Graph(drawn) => (graph::table(drawn), Vec::new()),
        Section::Spread(drawn) => (spread::table(drawn), drawn.rows.iter().map(|y| y.as_it_did).collect()),
        Section::Strip(strip) => (cases::strip_table(strip), Vec::new()),
        Section::Holders(holders) => (map::holders_table(holders), Vec::new()),
        Section::Rates(rates) => {
            let most = rates.rows.iter().map(|r| r.rate).fold(0.0, f64::max).max(1e-9);
            (rates_table(rates), rates.rows.iter().map(|r| r.rate / most).collect())
        }
        Section::Reliability(reliability) => (reliability_table(reliability), Vec::new()),
        _ => return None,
    })
}

fn forest_table(forest: &Forest) -> Table {
    let bounds = forest.rows.iter().any(|r| r.interval.is_some());
    let row = |r: &crate::answer::ForestRow| {
        let mut row = vec![
            Datum::Text(r.label.clone()),
            Datum::Count(r.count),
            Datum::Count(r.of),
            Datum::Share(r.share),
        ];
        if bounds {
            let (low, high) = r.interval.unzip();
            row.extend([low, high].map(|end| end.map_or(Datum::None, Datum::Share)));
        }
        row.extend(forest.word.is_some().then_some(Datum::Flag(r.holds)));
        row
    };
    let mut columns = strings(&["definition", "cases", "of", "share"]);
    if bounds {
        columns.extend(strings(&["from", "to"]));
    }
    columns.extend(forest.word.iter().map(|word| format!("{word}?")));
    Table {
        title: forest.title.clone(),
        intro: forest.intro.clone(),
        columns,
        rows: forest.rows.iter().map(row).collect(),
        notes: Vec::new(),
    }
}

fn curve_table(curve: &Curve) -> Table {
    let row = |p: &crate::answer::CurvePoint| {
        vec![
            Datum::Number(p.time, 2),
            Datum::Count(p.at_risk),
            Datum::Share(p.survival),
            p.interval.map_or(Datum::NotApplicable, |(low, _)| Datum::Share(low)),
            p.interval.map_or(Datum::NotApplicable, |(_, high)| Datum::Share(high)),
        ]
    };
    let watched =
        curve.at_risk.iter().map(|(t, n)| format!("{n} after {t:.0}")).collect::<Vec<_>>().join(", ");
    Table {
        title: curve.title.clone(),
        intro: curve.intro.clone(),
        columns: strings(&["years", "at risk", "share", "from", "to"]),
        rows: curve.points.iter().map(row).collect(),
        notes: vec![format!("Still watched, by years since the beginning: {watched}.")],
    }
}

fn rates_table(rates: &Rates) -> Table {
    let row = |r: &crate::answer::RateRow| {
        vec![
            Datum::Text(r.label.clone()),
            Datum::Count(r.events),
            Datum::Number(r.rate, 1),
            Datum::Number(r.interval.0, 1),
            Datum::Number(r.interval.1, 1),
        ]
    };
    Table {
        title: rates.title.clone(),
        intro: rates.intro.clone(),
        columns: strings(&["", "events", &rates.unit, "from", "to"]),
        rows: rates.rows.iter().map(row).collect(),
        notes: Vec::new(),
    }
}

fn reliability_table(reliability: &Reliability) -> Table {
    let row = |g: &ReliabilityGroup| {
        vec![
            Datum::Text(g.probability.clone()),
            Datum::Count(g.forecasts),
            Datum::Number(g.expected, 1),
            Datum::Count(g.came),
            Datum::Text(format!("{} to {}", g.band.0, g.band.1)),
            Datum::Text(g.reading.clone()),
        ]
    };
    Table {
        title: reliability.title.clone(),
        intro: String::new(),
        columns: strings(&["probability", "forecasts", "expected", "came true", "90 % range", "reading"]),
        rows: reliability.groups.iter().map(row).collect(),
        notes: Vec::new(),
    }
}

fn forest_chart(forest: &Forest) -> Markup {
    let height = 74.0 + 46.0 * forest.rows.len() as f64;
    let bottom = height - 46.0;
    let x = |p: f64| 20.0 + 350.0 * bounded(p);
    let spoken: Vec<String> =
        forest.rows.iter().map(|r| format!("{}: {} of {}", clean(&r.label), r.count, r.of)).collect();
    html! {
        svg role="img" aria-label=(clean(&forest.title)) width="540" height=(px(height)) viewBox={ "0 0 540 " (px(height)) } {
            title { (clean(&forest.title)) }
            desc { (spoken.join(". ")) "." }
            @if let (Some(word), Some(line)) = (&forest.word, forest.line) {
                path class="without-line" d={ "M" (px(x(line))) " 8V" (px(bottom)) } {}
                text class="small" x=(px(x(line) + 6.0)) y="18" { "\"" (clean(word)) "\" begins or ends here" }
            }
            @for (i, row) in forest.rows.iter().enumerate() {
                @let y = 54.0 + 46.0 * i as f64;
                text x="20" y=(px(y - 14.0)) { (short(&row.label, 66)) }
                @if let Some((low, high)) = row.interval {
                    path class="with-line" d=(whisker_path(x(low), x(high), y)) {}
                }
                circle class="with-fill" cx=(px(x(row.share))) cy=(px(y)) r="6" {}
                text class="small" x="386" y=(px(y + 4.0)) {
                    (row.count) " of " (row.of)
                    @if forest.word.is_some() { @if row.holds { ": true" } @else { ": false" } }
                }
            }
            path class="axis" d={ "M20 " (px(bottom)) "H370" } {}
            @for level in [0u32, 25, 50, 75, 100] {
                @let at = x(f64::from(level) / 100.0);
                path class="axis" d={ "M" (px(at)) " " (px(bottom)) "v6" } {}
                text class="small" x=(px(at)) y=(px(bottom + 20.0)) text-anchor="middle" { (level) " %" }
            }
            text class="small" x="20" y=(px(height - 6.0)) { "share of the cases" @if forest.rows.iter().any(|r| r.interval.is_some()) { "; line: 90 % interval" } }
        }
    }
}

fn curve_chart(curve: &Curve) -> Markup {
    let last = finite(curve.last).max(1e-9);
    let x = |t: f64| 44.0 + 440.0 * (finite(t) / last).clamp(0.0, 1.0);
    let y = |p: f64| 20.0 + 200.0 * (1.0 - bounded(p));
    // Steps: level from one event to the next.
    let steps = |of: &dyn Fn(&crate::answer::CurvePoint) -> f64| {
        let mut path = format!("M{} {}", px(x(0.0)), px(y(1.0)));
        for p in &curve.points {
            path.push_str(&format!("H{}V{}", px(x(p.time)), px(y(of(p)))));
        }
        path + &format!("H{}", px(x(last)))
    };
    let end = curve.points.last().map_or(1.0, |p| p.survival);
    html! {
        svg role="img" aria-label=(clean(&curve.title)) width="520" height="300" viewBox="0 0 520 300" {
            title { (clean(&curve.title)) }
            desc { "Falls from 100 % to " (format::number(100.0 * end, 0)) " % in " (format::number(last, 0)) " years." }
            path class="without-line" d=(steps(&|p| p.interval.map_or(p.survival, |i| i.0))) {}
            path class="without-line" d=(steps(&|p| p.interval.map_or(p.survival, |i| i.1))) {}
            path class="with-line" d=(steps(&|p| p.survival)) {}
            path class="axis" d="M44 20V220H484" {}
            @for level in [0u32, 50, 100] {
                text class="small" x="38" y=(px(y(f64::from(level) / 100.0) + 4.0)) text-anchor="end" { (level) " %" }
            }
            @for (t, n) in curve.at_risk.iter().filter(|(t, _)| *t <= last) {
                path class="axis" d={ "M" (px(x(*t))) " 220v6" } {}
                text class="small" x=(px(x(*t))) y="240" text-anchor="middle" { (format::number(*t, 0)) }
                text class="small" x=(px(x(*t))) y="276" text-anchor="middle" { (n) }
            }
            text class="small" x="484" y="240" text-anchor="end" { "years" }
            text class="small" x="44" y="258" { "still watched:" }
            text class="small" x="44" y="294" { "line: share; dashed: 90 % interval" }
        }
    }
}

fn rates_chart(rates: &Rates) -> Markup {
    let most = rates.rows.iter().map(|r| finite(r.rate)).fold(0.0, f64::max).max(1e-9);
    let width = 460.0 / rates.rows.len() as f64;
    let height = |rate: f64| 180.0 * (finite(rate) / most).clamp(0.0, 1.0);
    let every = rates.rows.len().div_ceil(8);
    let spoken: Vec<String> =
        rates.rows.iter().map(|r| format!("{}: {}", clean(&r.label), format::number(r.rate, 1))).collect();
    html! {
        svg role="img" aria-label=(clean(&rates.title)) width="520" height="260" viewBox="0 0 520 260" {
            title { (clean(&rates.title)) }
            desc { (spoken.join(". ")) "." }
            @for (i, row) in rates.rows.iter().enumerate() {
                @let left = 44.0 + width * i as f64;
                @let tall = height(row.rate);
                rect class="with-fill" x=(px(left + 0.1 * width)) y=(px(210.0 - tall)) width=(px(0.8 * width)) height=(px(tall)) {}
                @if i % every == 0 {
                    text class="small" x=(px(left + 0.5 * width)) y="228" text-anchor="middle" { (short(&row.label, 12)) }
                }
            }
            path class="axis" d="M44 20V210H510" {}
            text class="small" x="38" y="214" text-anchor="end" { "0" }
            text class="small" x="38" y="34" text-anchor="end" { (format::number(most, 1)) }
            text class="small" x="44" y="252" { (clean(&rates.unit)) }
        }
    }
}

/// Forecasts by the probability given: how many events came, how many were expected, and the range of chance.
fn reliability(reliability: &Reliability) -> Markup {
    let title = clean(&reliability.title);
    let height = 86.0 + 46.0 * reliability.groups.len() as f64;
    let bottom = height - 46.0;
    // Counts of events differ much between groups; on a square-root scale all can be read.
    let most = reliability.groups.iter().map(|g| g.band.1.max(g.came)).max().unwrap_or(1).max(1);
    let x = |count: f64| 10.0 + 360.0 * (finite(count).max(0.0) / most as f64).sqrt();
    let spoken: Vec<String> = reliability
        .groups
        .iter()
        .map(|g| {
            let expected = format::number(g.expected, 1);
            format!(
                "{}: {} came, {expected} expected, chance {} to {}",
                g.probability, g.came, g.band.0, g.band.1
            )
        })
        .collect();
    let ticks: Vec<u64> = [0, 1, 5, 10, 20, 50, 100, 200, 500].into_iter().filter(|t| *t <= most).collect();
    html! {
        svg role="img" aria-label=(title) width="560" height=(px(height)) viewBox={ "0 0 560 " (px(height)) } {
            title { (title) }
            desc { (spoken.join(". ")) "." }
            circle class="with-fill" cx="16" cy="14" r="6" {}
            text class="small" x="28" y="18" { "events that came" }
            path class="without-fill" d="M160 6L168 14L160 22L152 14Z" {}
            text class="small" x="174" y="18" { "expected; line: 90 % of chance" }
            @for (i, group) in reliability.groups.iter().enumerate() {
                @let y = 66.0 + 46.0 * i as f64;
                text x="10" y=(px(y - 14.0)) {
                    (group.probability) ", " (format::count(group.forecasts)) " forecasts"
                }
                path class="without-line" d=(whisker_path(x(group.band.0 as f64), x(group.band.1 as f64), y)) {}
                path class="without-fill" d=(diamond(x(group.expected), y)) {}
                circle class="with-fill" cx=(px(x(group.came as f64))) cy=(px(y)) r="6" {}
                text class="small" x="392" y=(px(y + 4.0)) {
                    (format::count(group.came)) " of " (format::number(group.expected, 1)) ": " (group.reading)
                }
            }
            path class="axis" d={ "M10 " (px(bottom)) "H370" } {}
            @for tick in ticks {
                @let at = x(tick as f64);
                path class="axis" d={ "M" (px(at)) " " (px(bottom)) "v6" } {}
                text class="small" x=(px(at)) y=(px(bottom + 20.0)) text-anchor="middle" { (tick) }
            }
            text class="small" x="10" y=(px(height - 6.0)) { "events, square-root scale" }
        }
    }
}
