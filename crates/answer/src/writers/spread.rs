//! How far a change spreads, year by year: the histories whose year goes as it did, and below them the differences by whom they reach.

use maud::{Markup, html};

use super::blocks::{clean, strings};
use super::format;
use super::svg::{STAMP, bounded, finite, px};
use crate::answer::{Datum, Spread, SpreadYear, Table};

/// Whom differences reach, in the order of [`SpreadYear::reached`].
const REACHED: [&str; 3] = ["among those named", "with another", "among others"];
const CLASSES: [&str; 3] = ["stack-0", "stack-1", "stack-2"];
const LEFT: f64 = 44.0;
const WIDE: f64 = 440.0;

pub(super) fn table(spread: &Spread) -> Table {
    let row = |y: &SpreadYear| {
        let mut row = vec![Datum::Text(y.year.to_string()), Datum::Share(y.as_it_did)];
        row.extend(y.reached.map(|n| Datum::Number(n, 2)));
        row
    };
    let mut columns = strings(&["year", "goes as it did"]);
    columns.extend(strings(&REACHED));
    Table {
        title: spread.title.clone(),
        intro: spread.intro.clone(),
        columns,
        rows: spread.rows.iter().map(row).collect(),
        notes: spread.notes.clone(),
    }
}

pub(super) fn picture(spread: &Spread) -> Option<Markup> {
    let (first, last) = (spread.rows.first()?, spread.rows.last()?);
    let width = WIDE / spread.rows.len() as f64;
    let gap = (0.15 * width).min(1.5);
    let x = |i: usize| LEFT + width * i as f64;
    let total = |y: &SpreadYear| y.reached.iter().map(|n| finite(*n)).sum::<f64>();
    let most = spread.rows.iter().map(total).fold(0.0, f64::max).max(1e-9);
    let share = |p: f64| 130.0 - 90.0 * bounded(p);
    let height = |n: f64| 110.0 * finite(n) / most;
    let mut line = String::new();
    for (i, year) in spread.rows.iter().enumerate() {
        let y = px(share(year.as_it_did));
        line.push_str(&if i == 0 { format!("M{} {y}", px(x(0))) } else { format!("V{y}") });
        line.push_str(&format!("H{}", px(x(i + 1))));
    }
    let bars = |i: usize| {
        let mut foot = 290.0;
        spread.rows[i].reached.map(|n| {
            foot -= height(n);
            (foot, height(n))
        })
    };
    let step = spread.rows.len() / 8 + 1;
    let spoken = format!(
        "In {} {} of histories go as they did, in {} {}.",
        first.year,
        format::of_hundred(first.as_it_did),
        last.year,
        format::of_hundred(last.as_it_did)
    );
    Some(html! {
        svg role="img" aria-label=(clean(&spread.title)) width="640" height="342" viewBox="0 0 640 342" {
            title { (clean(&spread.title)) }
            desc { (spoken) " " (STAMP) "." }
            text class="small" x="0" y="18" { "histories in which the year goes as it did, of 100" }
            @for level in [0u32, 50, 100] {
                @let at = share(f64::from(level) / 100.0);
                path class="axis" d={ "M" (px(LEFT - 4.0)) " " (px(at)) "H" (px(LEFT + WIDE)) } {}
                text class="small" x="36" y=(px(at + 4.0)) text-anchor="end" { (level) }
            }
            path class="with-line" d=(line) {}
            text class="small" x="0" y="164" { "differences from our timeline for each history" }
            @for i in 0..spread.rows.len() {
                @for (part, (top, high)) in bars(i).into_iter().enumerate() {
                    @if high > 0.05 {
                        rect class=(CLASSES[part]) x=(px(x(i) + gap)) y=(px(top)) width=(px(width - 2.0 * gap)) height=(px(high)) {}
                    }
                }
            }
            path class="axis" d={ "M" (px(LEFT)) " 290H" (px(LEFT + WIDE)) } {}
            text class="small" x="36" y="294" text-anchor="end" { "0" }
            text class="small" x="36" y="184" text-anchor="end" { (format::number(most, 1)) }
            @for (part, label) in REACHED.iter().enumerate() {
                rect class=(CLASSES[part]) x="496" y=(px(200.0 + 24.0 * part as f64)) width="10" height="10" {}
                text class="small" x="512" y=(px(210.0 + 24.0 * part as f64)) { (label) }
            }
            @for (i, year) in spread.rows.iter().enumerate().step_by(step) {
                text class="small" x=(px(x(i) + width / 2.0)) y="310" text-anchor="middle" { (year.year) }
            }
            text class="small" x=(px(LEFT)) y="334" { (STAMP) }
        }
    })
}
