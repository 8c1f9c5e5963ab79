//! Pictures of cases: each case as a line in time, and how many had come to each end.

use maud::{Markup, html};

use super::blocks::{Grid, clean, strings};
use super::format;
use super::svg::{bounded, diamond, finite, px, short};
use crate::answer::{Datum, Incidence, Strip, StripCase, Table};

const LEFT: f64 = 216.0;
const WIDE: f64 = 320.0;
/// Characters of a line drawn in a terminal.
const DRAWN: usize = 44;
const ROW: f64 = 18.0;

pub(super) fn strip_table(strip: &Strip) -> Table {
    let row = |c: &StripCase| {
        vec![
            Datum::Text(c.label.clone()),
            Datum::Number(c.from, 1),
            Datum::Number(c.to, 1),
            Datum::Text(c.ended.clone()),
            c.mark.map_or(Datum::None, |m| Datum::Number(m, 1)),
        ]
    };
    Table {
        title: strip.title.clone(),
        intro: strip.intro.clone(),
        columns: strings(&["case", "from", "to", "ended", &strip.mark]),
        rows: strip.cases.iter().map(row).collect(),
        notes: Vec::new(),
    }
}

/// The same in characters: `─` while it lasts, `!` where the mark stands, and the sign of its end.
pub(super) fn drawn(strip: &Strip) -> Grid {
    let (first, last) = bounds(strip);
    let at = |year: f64| {
        let share = ((finite(year) - first) / (last - first)).clamp(0.0, 1.0);
        (share * (DRAWN - 1) as f64).round() as usize
    };
    let line = |c: &StripCase| {
        let mut chars = vec![' '; DRAWN];
        chars[at(c.from)..=at(c.to).max(at(c.from))].fill('─');
        if let Some(mark) = c.mark {
            chars[at(mark)] = '!';
        }
        chars[at(c.to)] = match c.ended.as_str() {
            e if e.starts_with("violated") => '●',
            e if e.starts_with("denounced") => '◇',
            e if e.starts_with("in force") => '>',
            _ => '□',
        };
        chars.into_iter().collect::<String>().trim_end().to_owned()
    };
    Grid {
        caption: strip.title.clone(),
        columns: vec![
            "case".to_owned(),
            format!(
                "{first:.0} to {last:.0}; ● violated, ◇ denounced, □ any other end, > in force, ! {}",
                strip.mark
            ),
        ],
        numeric: vec![false, false],
        rows: strip.cases.iter().map(|c| vec![c.label.clone(), line(c)]).collect(),
        bars: Vec::new(),
        entries: Vec::new(),
    }
}

fn bounds(strip: &Strip) -> (f64, f64) {
    let first = strip.cases.iter().map(|c| finite(c.from)).fold(f64::MAX, f64::min).floor();
    let last = strip.cases.iter().map(|c| finite(c.to)).fold(f64::MIN, f64::max).ceil();
    (first, last.max(first + 1.0))
}

/// A line for each case from its beginning to its end, with a mark for how it ended.
pub(super) fn strip(strip: &Strip) -> Markup {
    let (first, last) = bounds(strip);
    let x = |year: f64| LEFT + WIDE * ((finite(year) - first) / (last - first)).clamp(0.0, 1.0);
    let height = 84.0 + ROW * strip.cases.len() as f64;
    let bottom = height - 40.0;
    let kinds: Vec<&str> = distinct(strip.cases.iter().map(|c| c.ended.as_str()));
    let spoken: Vec<String> = kinds
        .iter()
        .map(|k| format!("{k}: {}", strip.cases.iter().filter(|c| c.ended == *k).count()))
        .collect();
    let step = (((last - first) / 5.0).ceil() as usize).max(1);
    html! {
        svg role="img" aria-label=(clean(&strip.title)) width="560" height=(px(height)) viewBox={ "0 0 560 " (px(height)) } {
            title { (clean(&strip.title)) }
            desc { (strip.cases.len()) " cases. " (clean(&spoken.join(", "))) "." }
            (legend(&strip.mark))
            @for (i, case) in strip.cases.iter().enumerate() {
                @let y = 52.0 + ROW * i as f64;
                text class="small" x=(px(LEFT - 8.0)) y=(px(y + 4.0)) text-anchor="end" { (short(&case.label, 31)) }
                path class="axis" d={ "M" (px(x(case.from))) " " (px(y)) "H" (px(x(case.to))) } {}
                (ending(&case.ended, x(case.to), y))
                @if let Some(mark) = case.mark {
                    path class="without-dot" d={ "M" (px(x(mark))) " " (px(y - 6.0)) "v12" } {}
                }
            }
            path class="axis" d={ "M" (px(LEFT)) " " (px(bottom)) "H" (px(LEFT + WIDE)) } {}
            @for year in (first as i32..=last as i32).step_by(step) {
                @let at = x(f64::from(year));
                path class="axis" d={ "M" (px(at)) " " (px(bottom)) "v6" } {}
                text class="small" x=(px(at)) y=(px(bottom + 20.0)) text-anchor="middle" { (year) }
            }
        }
    }
}

fn legend(mark: &str) -> Markup {
    html! {
        circle class="with-fill" cx="8" cy="14" r="5" {}
        text class="small" x="18" y="18" { "violated" }
        path class="without-fill" d=(diamond(88.0, 14.0)) {}
        text class="small" x="100" y="18" { "denounced" }
        rect class="empty" x="176" y="9" width="10" height="10" {}
        text class="small" x="192" y="18" { "any other end" }
        path class="without-dot" d="M300 8v12" {}
        text class="small" x="308" y="18" { (short(mark, 36)) }
    }
}

fn ending(kind: &str, x: f64, y: f64) -> Markup {
    html! {
        @if kind.starts_with("violated") {
            circle class="with-fill" cx=(px(x)) cy=(px(y)) r="5" {}
        } @else if kind.starts_with("denounced") {
            path class="without-fill" d=(diamond(x, y)) {}
        } @else if !kind.starts_with("in force") {
            rect class="empty" x=(px(x - 4.0)) y=(px(y - 4.0)) width="8" height="8" {}
        }
    }
}

fn distinct<'a>(items: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut out: Vec<&str> = Vec::new();
    items.for_each(|item| {
        if !out.contains(&item) {
            out.push(item);
        }
    });
    out
}

pub(super) fn incidence_table(incidence: &Incidence) -> Table {
    let mut columns = vec!["end".to_owned()];
    columns.extend(
        incidence
            .years
            .iter()
            .map(|y| format!("{} year{}", format::number(*y, 0), if *y == 1.0 { "" } else { "s" })),
    );
    let rows = incidence
        .causes
        .iter()
        .map(|cause| {
            let mut row = vec![Datum::Text(cause.label.clone())];
            row.extend(cause.at_years.iter().map(|cell| match cell {
                None => Datum::NotApplicable,
                Some((share, low, high)) => {
                    let of = |x: f64| format::number(100.0 * x, 0);
                    Datum::Text(format!("{} ({} to {})", of(*share), of(*low), of(*high)))
                }
            }));
            row
        })
        .collect();
    Table { title: incidence.title.clone(), intro: incidence.intro.clone(), columns, rows, notes: Vec::new() }
}

/// Shares of cases that had come to each end, one on top of the other, by years since the beginning.
pub(super) fn stack(incidence: &Incidence) -> Option<Markup> {
    let last = finite(incidence.last).max(1e-9);
    let x = |t: f64| 44.0 + 300.0 * (finite(t) / last).clamp(0.0, 1.0);
    let y = |p: f64| 20.0 + 200.0 * (1.0 - bounded(p));
    let times: Vec<f64> = incidence.causes.first()?.steps.iter().map(|(t, _)| *t).collect();
    if times.is_empty() {
        return None;
    }
    // The top of each band: its own share and those below it.
    let mut below = vec![0.0; times.len()];
    let mut bands: Vec<(String, &str, f64, f64)> = Vec::new();
    for (i, cause) in incidence.causes.iter().enumerate() {
        let top: Vec<f64> = cause.steps.iter().zip(&below).map(|((_, p), b)| p + b).collect();
        let mut path = format!("M{} {}", px(x(0.0)), px(y(0.0)));
        for (t, p) in times.iter().zip(&top) {
            path.push_str(&format!("H{}V{}", px(x(*t)), px(y(*p))));
        }
        path.push_str(&format!("H{}", px(x(last))));
        let mut before = below.last().copied().unwrap_or(0.0);
        path.push_str(&format!("V{}", px(y(before))));
        for (j, t) in times.iter().enumerate().rev() {
            before = if j == 0 { 0.0 } else { below[j - 1] };
            path.push_str(&format!("H{}V{}", px(x(*t)), px(y(before))));
        }
        path.push_str(&format!("H{}Z", px(x(0.0))));
        let end = top.last().copied().unwrap_or(0.0);
        let start = below.last().copied().unwrap_or(0.0);
        bands.push((path, ["stack-0", "stack-1", "stack-2", "stack-3"][i % 4], start, end));
        below = top;
    }
    let spoken: Vec<String> = incidence
        .causes
        .iter()
        .zip(&bands)
        .map(|(c, b)| format!("{}: {} in 100", clean(&c.label), format::number(100.0 * (b.3 - b.2), 0)))
        .collect();
    // Labels beside their bands, pushed apart where bands are thin.
    let mut labels: Vec<f64> = bands.iter().map(|b| y(0.5 * (b.2 + b.3)) + 4.0).collect();
    for i in 1..labels.len() {
        labels[i] = labels[i].min(labels[i - 1] - 15.0);
    }
    Some(html! {
        svg role="img" aria-label=(clean(&incidence.title)) width="640" height="270" viewBox="0 0 640 270" {
            title { (clean(&incidence.title)) }
            desc { "After " (format::number(last, 0)) " years. " (spoken.join(". ")) "." }
            @for (path, class, ..) in &bands { path class=(class) d=(path) {} }
            path class="axis" d="M44 20V220H344" {}
            @for level in [0u32, 50, 100] {
                text class="small" x="38" y=(px(y(f64::from(level) / 100.0) + 4.0)) text-anchor="end" { (level) " %" }
            }
            @for (i, (cause, label)) in incidence.causes.iter().zip(&labels).enumerate() {
                rect class=(["stack-0", "stack-1", "stack-2", "stack-3"][i % 4]) x="352" y=(px(label - 9.0)) width="10" height="10" {}
                text class="small" x="368" y=(px(*label)) { (short(&cause.label, 40)) }
            }
            @for t in incidence.years.iter().filter(|t| **t <= last) {
                path class="axis" d={ "M" (px(x(*t))) " 220v6" } {}
                text class="small" x=(px(x(*t))) y="240" text-anchor="middle" { (format::number(*t, 0)) }
            }
            text class="small" x="44" y="262" { (clean(&incidence.rest)) }
        }
    })
}
