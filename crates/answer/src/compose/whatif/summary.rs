//! The first sentences.

use super::*;

pub(super) fn per_hundred(share: f64) -> String {
    match (share * 100.0).round() as i64 {
        0 if share > 0.0 => "fewer than 1 in 100".to_owned(),
        100 if share < 1.0 => "more than 99 in 100".to_owned(),
        n => format!("{n} of 100"),
    }
}

pub(super) fn summary(
    study: &Study,
    whatif: &WhatIf,
    rows: &[OutcomeRow],
    focus: Option<usize>,
    runs: u32,
    mode: Mode,
    moment: &Divergence,
) -> Vec<String> {
    let Some(row) = focus.map(|f| &rows[f]) else {
        return vec!["No outcome was asked.".to_owned()];
    };
    let base = match (mode, row.without >= 1.0, &row.record_date) {
        (Mode::FreshNoise, ..) => format!("against {} without the change", per_hundred(row.without)),
        (_, true, Some(date)) => {
            let date = jonbar_record::When::parse(date).map_or(date.clone(), |when| when.long());
            format!("in our timeline it happened on {date}")
        }
        (_, true, None) => "in our timeline it was so".to_owned(),
        (_, false, _) => "in our timeline it did not happen".to_owned(),
    };
    let mut out = vec![format!("{}: {} alternative histories ({base}).", row.label, per_hundred(row.with))];
    let others = rows.iter().enumerate().filter(|(i, r)| Some(*i) != focus && !r.imposed);
    let moved: Vec<&OutcomeRow> = others.map(|(_, r)| r).filter(|r| r.difference.abs() >= 0.05).collect();
    let biggest = moved.iter().max_by(|a, b| a.difference.abs().total_cmp(&b.difference.abs()));
    match biggest {
        Some(other) if row.difference.abs() < other.difference.abs() => out.push(format!(
            "What moves most: {} ({}; {}).",
            other.label,
            per_hundred(other.with),
            match mode {
                Mode::FreshNoise => format!("without the change {}", per_hundred(other.without)),
                Mode::Hindsight if other.without >= 0.5 => "in our timeline yes".to_owned(),
                Mode::Hindsight => "in our timeline no".to_owned(),
            }
        )),
        _ if row.difference.abs() < 0.05 => {
            out.push("In the model the change makes little difference to it.".to_owned());
        }
        _ => {}
    }
    out.extend(without_effect(study, whatif));
    out.extend(bound_already(study, whatif));
    let sure = row.parameters > row.monte_carlo;
    out.push(if row.interval.1 - row.interval.0 < 0.01 {
        format!(
            "Computed from {runs} runs that branch off on {}. All of them come out alike in this; see below what the \
             model does not know.",
            moment.day.long()
        )
    } else {
        format!(
            "Computed from {runs} runs that branch off on {}; the 90 % interval is {} to {}, mostly from {}.",
            moment.day.long(),
            per_hundred(row.interval.0),
            per_hundred(row.interval.1),
            if sure { "what the record leaves open about the coefficients" } else { "the number of runs" }
        )
    });
    out
}

/// A pact of a type that no rate of the model depends on: adding it can change nothing.
fn without_effect(study: &Study, whatif: &WhatIf) -> Option<String> {
    let Action::Add { kind, .. } = whatif.actions.first()? else { return None };
    let effects: &[&str] = match kind {
        Kind::NonaggressionPact => &["nonaggression_in_force"],
        Kind::ConsultationPact => &["consultation_in_force"],
        Kind::DefencePact => &["defence_in_force", "alliance_in_force"],
        _ => return None,
    };
    let read =
        Kind::ALL.iter().any(|k| study.spec.of(*k).terms.iter().any(|t| effects.contains(&t.name.as_str())));
    (!read).then(|| {
        format!(
            "In the model of this casebook no rate depends on a {} in force, so it can change nothing by itself: name the effect {} \
             in model.toml.",
            kind.label(),
            effects[0]
        )
    })
}

/// Pacts of several states that bound the two already: what a pact of the two alone adds is less than it seems.
pub(super) fn bound_already(study: &Study, whatif: &WhatIf) -> Option<String> {
    let Action::Add { kind: Kind::NonaggressionPact, a, b, .. } = whatif.actions.first()? else {
        return None;
    };
    let (x, y) = (ActorId(*a), ActorId(*b));
    let pacts: Vec<String> = study
        .record
        .pacts
        .iter()
        .filter(|p| {
            p.binds(x, y) && !p.is_bilateral() && p.types.contains(&jonbar_record::PactType::Nonaggression)
        })
        .map(|p| format!("the {} ({})", p.name, p.signed.reading().year()))
        .collect();
    (!pacts.is_empty()).then(|| {
        format!(
            "{} were parties to {} anyway; the change adds a pact of the two alone.",
            words::capital(&words::names(study, &[x, y])),
            words::list(&pacts)
        )
    })
}
