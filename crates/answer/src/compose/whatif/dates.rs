//! How far an answer hangs on dates that sources give differently, or know to a month only.

use jonbar_counterfactual::redated;

use super::*;

/// Records with other dates.
const DRAWS: u32 = 8;
/// Runs with each at most.
const RUNS: u32 = 400;

/// The outcomes in records whose uncertain dates are read otherwise, each with spells and a fit of its own; and the spread between
/// them of each outcome, which goes into `rows`.
pub(super) fn dates(
    study: &Study,
    whatif: &WhatIf,
    rows: &mut [OutcomeRow],
    options: &Options,
) -> Option<Section> {
    if !options.dates {
        return None;
    }
    let settings =
        Settings { runs: options.runs.min(RUNS), seed: options.seed, mode: options.mode, at_mode: false };
    // By record: how many dates are drawn, and the share of each outcome.
    let mut drawn = 0;
    let mut shares: Vec<Vec<f64>> = Vec::new();
    for draw in 0..DRAWS {
        let (record, n) = redated(study.record, options.seed, draw);
        drawn = drawn.max(n);
        // Of as many states as the study has: that cannot fail.
        let Ok(other) = Study::new(&record, study.spec.clone()) else { return None };
        let mut engine = other.engine();
        engine.stop = options.stop;
        whatif.assumptions.apply(&mut engine);
        let intervention = Intervention::of(&whatif.actions, &other.timeline, &record);
        let outcomes: Vec<Outcome> = whatif
            .outcomes
            .iter()
            .filter_map(|o| o.resolve(&record, &other.world, whatif.day).ok())
            .collect();
        let ensemble = run_ensemble(&engine, &intervention, &outcomes, settings, &|_| {});
        shares.push(ensemble.tallies.iter().map(|t| t.share.share).collect());
    }
    let n = f64::from(DRAWS);
    let mut table = Vec::new();
    for (o, row) in rows.iter_mut().enumerate() {
        let own: Vec<f64> = shares.iter().filter_map(|s| s.get(o).copied()).collect();
        let mean = own.iter().sum::<f64>() / n;
        let variance = own.iter().map(|s| (s - mean) * (s - mean)).sum::<f64>() / (n - 1.0);
        row.dates_read = Some(variance.sqrt());
        let (least, most) = own.iter().fold((1.0_f64, 0.0_f64), |(l, m), s| (l.min(*s), m.max(*s)));
        table.push(vec![
            Datum::Text(row.label.clone()),
            Datum::Share(row.with),
            Datum::Share(mean),
            Datum::Share(least),
            Datum::Share(most),
        ]);
    }
    Some(Section::Table(Table {
        title: "With other readings of the dates".to_owned(),
        intro: format!(
            "The same what-if in {DRAWS} records in which {drawn} dates are drawn anew, {} runs each: where sources give different dates each is \
             as likely as the next, and where a month or a year is known any day of it. Spells and coefficients are fitted to each.",
            settings.runs
        ),
        columns: ["outcome", "as read here", "mean", "least", "most"].map(str::to_owned).to_vec(),
        rows: table,
        notes: vec![
            "The noise of events is the same in all, so that most of the spread is the dates' doing; some of it is chance.".to_owned(),
        ],
    }))
}
