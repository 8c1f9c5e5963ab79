//! How the answer moves when the effect it rests on is set by hand.

use super::*;

/// Runs of each row of the sensitivity table at most.
pub(super) const SENSITIVITY_RUNS: u32 = 240;

/// How the answer moves when the effect of the pact that the change adds is none, as fitted, or twice that of the most
/// hopeful reading of the literature.
pub(super) fn sensitivity(
    study: &Study,
    whatif: &WhatIf,
    intervention: &Intervention,
    outcomes: &[Outcome],
    rows: &[OutcomeRow],
    options: &Options,
) -> Option<Section> {
    let effect = whatif.actions.iter().find_map(|a| match a {
        Action::Add { kind: Kind::NonaggressionPact, .. } => Some("nonaggression_in_force"),
        Action::Add { kind: Kind::DefencePact, .. } => Some("alliance_in_force"),
        _ => None,
    })?;
    let shown: Vec<usize> = (0..rows.len()).filter(|&i| !rows[i].imposed).take(3).collect();
    if shown.is_empty() || options.mode != Mode::Hindsight {
        return None;
    }
    let runs = options.runs.min(SENSITIVITY_RUNS);
    let settings = Settings { runs, seed: options.seed, mode: options.mode, at_mode: false };
    let variants: [(&str, Option<f64>); 3] = [
        ("none: the pact changes no rate", Some(0.0)),
        ("as fitted", None),
        ("strong: halves every rate it bears on", Some(libm::log(0.5))),
    ];
    let table = variants
        .into_iter()
        .map(|(label, fixed)| {
            let mut row = vec![Datum::Text(label.to_owned())];
            let Some(value) = fixed else {
                row.extend(shown.iter().map(|&i| Datum::Share(rows[i].with)));
                return row;
            };
            let mut engine = study.engine();
            engine.fixed = vec![(effect.to_owned(), value)];
            let ensemble = run_ensemble(&engine, intervention, outcomes, settings, &|_| {});
            row.extend(shown.iter().map(|&i| Datum::Share(ensemble.tallies[i].share.share)));
            row
        })
        .collect();
    let mut columns = vec!["effect of the pact".to_owned()];
    columns.extend(shown.iter().map(|&i| rows[i].label.clone()));
    Some(Section::Table(Table {
        title: "If such a pact worked otherwise".to_owned(),
        intro: format!(
            "The same what-if with the effect of a pact in force set by hand, {runs} runs each (as fitted: all runs). That effect is the part of the \
             answer that rests on fewest cases."
        ),
        columns,
        rows: table,
        notes: Vec::new(),
    }))
}
