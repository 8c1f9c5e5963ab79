//! Why: chains of differences, and the log-intensity taken apart.

use super::*;

/// Chains of cause and effect shown at most.
pub(super) const PATHS_MAX: usize = 6;

pub(super) fn concerns_row(study: &Study, outcome: &Outcome, d: &Difference) -> bool {
    if !matches!(d.what, What::Imposed { .. }) && outcome.turns_on(&study.timeline, d) {
        return true;
    }
    let Some(Subject { kind, a, b, territory, claim }) = outcome.subject() else { return false };
    let pair = |x: usize, y: usize| {
        let fits = |x: usize, y: usize| a.is_none_or(|a| a == x) && b.is_none_or(|b| b == y);
        fits(x, y) || fits(y, x)
    };
    let land = |c: Option<usize>| match (claim, territory) {
        (Some(claim), _) => c == Some(claim),
        (None, Some(t)) => c.is_some_and(|c| study.world.claims[c].territory == t),
        (None, None) => true,
    };
    match &d.what {
        What::Removed { item } | What::Answered { item, .. } => {
            let item = &study.timeline.items[*item];
            item.unit.is_some_and(|(k, x, y)| k == kind && pair(x, y)) && land(item.claim)
        }
        What::Added { kind: k, a: x, b: y, claim, .. } => *k == kind && pair(*x, *y) && land(*claim),
        What::Derived { changes } => changes.iter().any(|c| match c {
            StateChange::Holder { territory: t, .. } => territory == Some(*t),
            _ => false,
        }),
        What::Imposed { .. } => false,
    }
}

pub(super) fn paths(study: &Study, ensemble: &Ensemble, outcome: &Outcome, row: &OutcomeRow) -> Section {
    let runs = ensemble.settings.runs;
    let mut found = causal_paths(
        &ensemble.trajectories,
        |d| concerns_row(study, outcome, d),
        |d| words::difference(study, d),
        PATHS_MAX,
    );
    // A chain in one run of a hundred explains nothing.
    let some = !found.is_empty();
    found.retain(|p| p.count * 100 >= runs);
    let intro = if found.is_empty() && some {
        "No chain of cause and effect that touches this occurs in as many as one run in a hundred.".to_owned()
    } else if found.is_empty() {
        format!(
            "In no run did anything about this change: \"{}\" depends on nothing that the divergence touches in the model.",
            row.label
        )
    } else {
        "Each line is a chain of differences from our timeline, each the cause of the next, with the runs it occurs in.".to_owned()
    };
    Section::Paths(Paths {
        title: format!("Why: {}", row.label),
        intro,
        runs,
        paths: found.into_iter().map(|p| PathShown { steps: p.steps, count: p.count }).collect(),
    })
}

/// The log-intensity of the recorded event behind an outcome, with and without the change.
pub(super) fn decomposition(
    study: &Study,
    outcome: &Outcome,
    row: &OutcomeRow,
    actions: &[Action],
) -> Option<Section> {
    let Subject { kind, a, b, territory, claim } = outcome.subject()?;
    let (a, b) = (a?, b?);
    let claim = match (kind, claim, territory) {
        (Kind::TerritorialDemand, Some(claim), _) => Some(claim),
        (Kind::TerritorialDemand, None, Some(t)) => {
            Some(study.world.claims.iter().position(|c| c.claimant == a && c.territory == t)?)
        }
        (Kind::TerritorialDemand, None, None) => return None,
        _ => None,
    };
    // The moment of the recorded event, or the end of the year after the divergence if there was none.
    let recorded = study.timeline.items.iter().rev().find(|i| {
        i.unit.is_some_and(|(k, x, y)| k == kind && ((x, y) == (a, b) || (y, x) == (a, b)))
            && i.claim == claim
    });
    let start = jonbar_counterfactual::Intervention::of(actions, &study.timeline, study.record).start;
    let (time, when) = match recorded.filter(|i| i.time > start) {
        Some(item) => (item.time, format!("just before {}", words::day(item.time).long())),
        None => {
            let time = (start + 365.0).min(study.timeline.window.1 - 1.0);
            (time, format!("on {}", words::day(time).long()))
        }
    };
    fitted::decompose(
        study,
        format!("What made it likely: {}", words::unit(study, kind, a, b, claim)),
        format!(
            "The fitted log-rate of this event {when}, term by term, in our timeline and with the change alone. It bears on: {}.",
            row.label
        ),
        (kind, a, b, claim),
        time,
        Some(actions),
    )
}
