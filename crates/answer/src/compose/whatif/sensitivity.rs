//! How the answer moves when the effect it rests on is set by hand.

use jonbar_counterfactual::without_hidden_cause;

use super::*;

/// Runs of each row of the sensitivity table at most.
pub(super) const SENSITIVITY_RUNS: u32 = 240;

/// Strengths of the hidden causes tried.
const HIDDEN: [f64; 2] = [2.0, 3.0];

/// Fewer runs are a first look, which does without.
const SENSITIVITY_RUNS_MIN: u32 = 120;

/// How the answer moves when the effect of a pact in force is none, as fitted, or as strong as the most hopeful reading of the
/// literature has it; and when a hidden cause is taken off the fitted one.
pub(super) fn sensitivity(
    study: &Study,
    whatif: &WhatIf,
    intervention: &Intervention,
    outcomes: &[Outcome],
    rows: &[OutcomeRow],
    options: &Options,
) -> Option<Section> {
    let pact =
        |a: &Action| matches!(a, Action::Add { kind: Kind::NonaggressionPact | Kind::DefencePact, .. });
    if !whatif.actions.iter().any(pact) {
        return None;
    }
    if whatif.assumptions.pact_effect != PactEffect::Fitted {
        return None;
    }
    let shown: Vec<usize> = (0..rows.len()).filter(|&i| !rows[i].imposed).take(3).collect();
    if shown.is_empty() || options.mode != Mode::Hindsight || options.runs < SENSITIVITY_RUNS_MIN {
        return None;
    }
    let runs = options.runs.min(SENSITIVITY_RUNS);
    let settings = Settings { runs, seed: options.seed, mode: options.mode, at_mode: false };
    let shares = |set: &dyn Fn(&mut Engine)| -> Vec<Datum> {
        let mut engine = study.engine();
        engine.stop = options.stop;
        set(&mut engine);
        let ensemble = run_ensemble(&engine, intervention, outcomes, settings, &|_| {});
        shown.iter().map(|&i| Datum::Share(ensemble.tallies[i].share.share)).collect()
    };
    let mut table: Vec<Vec<Datum>> = [PactEffect::None, PactEffect::Fitted, PactEffect::Strong]
        .into_iter()
        .map(|effect| {
            let told = if effect == PactEffect::Fitted {
                shown.iter().map(|&i| Datum::Share(rows[i].with)).collect()
            } else {
                let assumptions = Assumptions { pact_effect: effect, ..whatif.assumptions.clone() };
                shares(&|engine| assumptions.apply(engine))
            };
            [vec![Datum::Text(effect.label().to_owned())], told].concat()
        })
        .collect();
    for strength in HIDDEN {
        let told = shares(&|engine| {
            whatif.assumptions.apply(engine);
            without_hidden_cause(engine, strength);
        });
        let label = format!("as fitted, less a hidden cause of strength {strength:.0}");
        table.push([vec![Datum::Text(label)], told].concat());
    }
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
        notes: vec![
            "A hidden cause of strength 2 made both a pact, and demands, force and war, twice as likely, so that pacts look more \
             dangerous than they are: at most by a factor of 1.33, which is taken off here (1.8 for strength 3)."
                .to_owned(),
        ],
    }))
}
