//! The answer with other sets of effects, and averaged over them.

use super::*;

/// Runs with each set of effects at most.
const RUNS: u32 = 400;

/// The outcomes with each set of effects, averaged by how well each forecasts; and the spread between the sets of each outcome,
/// which goes into `rows`.
pub(super) fn models(
    study: &Study,
    whatif: &WhatIf,
    intervention: &Intervention,
    outcomes: &[Outcome],
    rows: &mut [OutcomeRow],
    options: &Options,
) -> Option<Section> {
    if !options.models || study.spec.alternatives.is_empty() {
        return None;
    }
    let runs = options.runs.min(RUNS);
    let settings = Settings { runs, seed: options.seed, mode: options.mode, at_mode: false };
    // By set of effects, the share of each outcome.
    let shares: Vec<Vec<f64>> = study
        .models()
        .iter()
        .map(|model| {
            let mut engine = study.engine_of(model);
            engine.stop = options.stop;
            whatif.assumptions.apply(&mut engine);
            let ensemble = run_ensemble(&engine, intervention, outcomes, settings, &|_| {});
            ensemble.tallies.iter().map(|t| t.share.share).collect()
        })
        .collect();
    let weights: Vec<f64> = study.models().iter().map(|m| m.weight).collect();
    let average = |o: usize| -> f64 { weights.iter().zip(&shares).map(|(w, s)| w * s[o]).sum() };
    for (o, row) in rows.iter_mut().enumerate() {
        let mean = average(o);
        // The sets share their noise, run by run, so that little of the spread between them is chance.
        let variance: f64 = weights.iter().zip(&shares).map(|(w, s)| w * (s[o] - mean) * (s[o] - mean)).sum();
        row.model_choice = Some(variance.sqrt());
    }
    let shown: Vec<usize> = (0..rows.len()).filter(|&i| !rows[i].imposed).take(3).collect();
    let mut table: Vec<Vec<Datum>> = study
        .models()
        .iter()
        .zip(&shares)
        .map(|(model, shares)| {
            let mut row = vec![
                Datum::Text(model.name()),
                Datum::Text(format!("{:+.1}", model.gain)),
                Datum::Share(model.weight),
            ];
            row.extend(shown.iter().map(|&i| Datum::Share(shares[i])));
            row
        })
        .collect();
    let mut mean =
        vec![Datum::Text("averaged".to_owned()), Datum::Text(String::new()), Datum::Text(String::new())];
    mean.extend(shown.iter().map(|&i| Datum::Share(average(i))));
    table.push(mean);
    let mut columns: Vec<String> = ["set of effects", "gain", "weight"].map(str::to_owned).to_vec();
    columns.extend(shown.iter().map(|&i| rows[i].label.clone()));
    Some(Section::Table(Table {
        title: "With other sets of effects".to_owned(),
        intro: format!(
            "The same what-if in models without some effects, {runs} runs each, averaged by weight. Gain and weight say how well each \
             forecasts the years of the record from the years before them (see `jonbar score`): gain in natural logarithms over the \
             model with all effects; weight in the mixture that would have forecast best."
        ),
        columns,
        rows: table,
        notes: study
            .spec
            .alternatives
            .iter()
            .map(|a| {
                format!(
                    "{}: without {}; {}.",
                    words::capital(&a.name.replace('_', " ")),
                    a.without.join(", "),
                    a.reason
                )
            })
            .collect(),
    }))
}
