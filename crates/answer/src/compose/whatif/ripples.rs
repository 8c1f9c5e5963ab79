//! How far a change spreads: how long the alternatives keep to our timeline, and whom the differences reach.

use jonbar_model::ActorSet;
use jonbar_survival::{Interval, Spell, kaplan_meier};

use super::*;

/// The curve of the histories that have kept to our timeline, the same for states that the change does not name, and the differences
/// by year and by whom they reach.
pub(super) fn sections(study: &Study, whatif: &WhatIf, ensemble: &Ensemble) -> Vec<Section> {
    // Without hindsight nothing is kept, and there is no course to leave.
    if ensemble.settings.mode != Mode::Hindsight {
        return Vec::new();
    }
    let own = ActorSet::of(parties(study, &whatif.actions));
    let mut sections = Vec::new();
    for (title, intro, counts) in [
        (
            "How long the alternatives keep to our timeline",
            "Share of the alternative histories in which nothing but the change has differed yet, by years since the change.",
            (|_, _| true) as fn(&Difference, ActorSet) -> bool,
        ),
        (
            "How long everybody else keeps to it",
            "The same for differences among states that the change does not name: the butterflies.",
            |d, own| reach(d, own) == 2,
        ),
    ] {
        sections.extend(curve(study, whatif, ensemble, title, intro, |d| counts(d, own)));
    }
    sections.push(by_year(study, whatif, ensemble, own));
    sections
}

/// Whom a difference reaches: 0 the states that the change names alone, 1 one of them and another, 2 others alone.
fn reach(d: &Difference, own: ActorSet) -> usize {
    let named = d.parties.iter().filter(|a| own.contains(*a)).count();
    match named {
        0 => 2,
        n if n == d.parties.iter().count() => 0,
        _ => 1,
    }
}

/// The change itself: what nothing else has moved.
fn is_asked(d: &Difference) -> bool {
    d.cause.parent.is_none()
}

fn curve(
    study: &Study,
    whatif: &WhatIf,
    ensemble: &Ensemble,
    title: &str,
    intro: &str,
    counts: impl Fn(&Difference) -> bool,
) -> Option<Section> {
    let start = f64::from(whatif.day.0);
    let last = (f64::from(study.end().to.0) - start).max(1.0) / YEAR;
    let spells: Vec<Spell> = ensemble
        .trajectories
        .iter()
        .map(|t| {
            let first = t.differences.iter().find(|d| !is_asked(d) && counts(d));
            let years = first.map(|d| ((d.time - start) / YEAR).max(1.0 / YEAR));
            Spell::simple(t.index, years.unwrap_or(last).min(last), years.is_some())
        })
        .collect();
    let curve = kaplan_meier(&spells, Interval::LogLog, LEVEL).ok()?;
    // The last step of each half-year: with a step for every history that leaves, a table would be as long as the ensemble.
    let mut points: Vec<CurvePoint> = Vec::new();
    for step in &curve.steps {
        let point = CurvePoint::from(step);
        match points.last_mut() {
            Some(before) if (before.time * 2.0).floor() == (step.time * 2.0).floor() => *before = point,
            _ => points.push(point),
        }
    }
    (!points.is_empty()).then(|| {
        Section::Curve(Curve {
            title: title.to_owned(),
            intro: intro.to_owned(),
            points,
            at_risk: [0.0, 1.0, 3.0, 5.0, 10.0]
                .into_iter()
                .filter(|t| *t < last)
                .map(|t| (t, spells.iter().filter(|s| s.exit > t).count() as u64))
                .collect(),
            last,
        })
    })
}

/// Differences by year and by whom they reach, and the histories that are back on course in it.
fn by_year(study: &Study, whatif: &WhatIf, ensemble: &Ensemble, own: ActorSet) -> Section {
    let n = f64::from(ensemble.settings.runs.max(1));
    let (first, last) = (whatif.day.year(), study.end().to.year());
    // By year: the differences by whom they reach, and the histories that have any.
    let mut years = vec![([0_u32; 3], 0_u32); (last - first + 1).max(0) as usize];
    for t in &ensemble.trajectories {
        let mut latest = None;
        for d in t.differences.iter().filter(|d| !is_asked(d)) {
            let year = words::day(d.time).year();
            let Some((reached, unquiet)) = usize::try_from(year - first).ok().and_then(|i| years.get_mut(i))
            else {
                continue;
            };
            reached[reach(d, own)] += 1;
            // Differences come in order of time.
            *unquiet += u32::from(latest != Some(year));
            latest = Some(year);
        }
    }
    let histories = ensemble.trajectories.len() as f64;
    let rows = (first..=last)
        .zip(years)
        .map(|(year, (reached, unquiet))| {
            let quiet = histories - f64::from(unquiet);
            SpreadYear { year, as_it_did: quiet / n, reached: reached.map(|x| f64::from(x) / n) }
        })
        .collect();
    Section::Spread(Spread {
        title: "How far it spreads, year by year".to_owned(),
        intro: "Histories in which the year goes as it did, and differences from our timeline for each history: among the states that \
                the change names, between one of them and another, and among others alone."
            .to_owned(),
        rows,
        notes: vec![
            "A year that goes as it did is no return for good: what was lost before is still lost.".to_owned(),
        ],
    })
}
