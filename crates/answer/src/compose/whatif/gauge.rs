//! How likely the change was, and what conflicts with it.

use super::*;

/// Days around a change in which talks of the two count as talks about it.
const TALKS_NEAR: i32 = 366;

/// How likely the change was: the fitted probability of the added events around the documented talks, or of the
/// prevented ones not happening.
pub(super) fn gauge(study: &Study, whatif: &WhatIf, moment: &Divergence) -> Gauge {
    let record = study.record;
    let mut kinds: Vec<EventKind> = moment.documented.iter().map(|id| record.events[id.0].kind).collect();
    for action in &whatif.actions {
        let Action::Add { a, b, day, .. } = action else { continue };
        let near = |e: &&jonbar_record::Event| (e.when.reading().0 - day.0).abs() <= TALKS_NEAR;
        let talks =
            record.events.iter().filter(|e| e.kind.is_negotiation() && e.joins(ActorId(*a), ActorId(*b)));
        kinds.extend(talks.filter(near).map(|e| e.kind));
    }
    let documented = if kinds.contains(&EventKind::DraftAgreed) {
        "a draft was agreed"
    } else if kinds.iter().any(|k| matches!(k, EventKind::NegotiationOpened | EventKind::NegotiationFailed)) {
        "it was negotiated"
    } else if kinds.contains(&EventKind::Proposal) {
        "it was proposed"
    } else if kinds.is_empty() {
        "no trace in the casebook"
    } else {
        "the record has the opposite"
    };
    let mut probability: Option<f64> = None;
    let mut interval = None;
    let mut parts = Vec::new();
    let mut window = String::new();
    for action in &whatif.actions {
        let (kind, a, b, claim) = match action {
            Action::Add { kind, a, b, claim, .. } => (*kind, *a, *b, *claim),
            Action::Prevent { event } => {
                let Some(item) = study.timeline.items_of(event.0).next() else { continue };
                let item = &study.timeline.items[item];
                let Some((kind, a, b)) = item.unit else { continue };
                let rate = fitted::rate(study, kind, a, b, item.claim, item.time - 1e-6);
                probability = Some(probability.unwrap_or(1.0) * libm::exp(-rate));
                window = "that it would not happen in a year at the fitted rate of that day".to_owned();
                continue;
            }
            Action::Answer { event, mark } => {
                let Some(item) = study.timeline.items_of(event.0).next() else { continue };
                let p = study.mark_probability(item, *mark);
                probability = Some(probability.unwrap_or(1.0) * p);
                window = "that this demand, once made, is answered so".to_owned();
                continue;
            }
            _ => continue,
        };
        let at = f64::from(whatif.day.0);
        let rate = fitted::rate(study, kind, a, b, claim, at);
        probability = Some(probability.unwrap_or(1.0) * (1.0 - libm::exp(-rate)));
        window = "that it happens within a year, at the fitted rate of that day".to_owned();
        let (cell, slot) = study.panel.cells.slot(kind, a, b, claim);
        let value = study.panel.value_at(cell, at);
        if value.risk >> slot & 1 == 1 {
            let mut x = Vec::new();
            study.spec.of(kind).gather(value, kind.orientation(), fitted::reversed(kind, slot), &mut x);
            let coefficients = study.fit.coefficients(&study.spec, kind);
            let (_, sd) = study.fit.of(kind).posterior.linear(&x);
            interval = Some((
                1.0 - libm::exp(-rate * libm::exp(-1.645 * sd)),
                1.0 - libm::exp(-rate * libm::exp(1.645 * sd)),
            ));
            for (c, v) in coefficients.iter().zip(&x).skip(1).filter(|(_, v)| **v != 0.0) {
                parts.push(GaugePart {
                    effect: c.name.clone(),
                    gloss: jonbar_model::TermSpec::gloss(&c.name).to_owned(),
                    factor: libm::exp(c.mode * v),
                });
            }
            parts.sort_by(|p, q| libm::log(q.factor).abs().total_cmp(&libm::log(p.factor).abs()));
        }
    }
    let band = match probability {
        None => "held at the record by the model: granted by the question",
        Some(p) if p > 0.2 => "ordinary (more than 1 in 5)",
        Some(p) if p > 0.02 => "a stretch (1 in 5 to 1 in 50)",
        Some(p) if p > 0.001 => "a long shot (1 in 50 to 1 in 1,000)",
        Some(_) => "very unlikely (rarer than 1 in 1,000)",
    };
    Gauge {
        change: moment.sentence.clone(),
        window,
        probability,
        interval: interval.filter(|_| whatif.actions.len() == 1),
        band: band.to_owned(),
        documented: documented.to_owned(),
        parts,
        conflicts: conflicts(study, whatif),
    }
}

/// What the record has on that day that sits badly with the change.
pub(super) fn conflicts(study: &Study, whatif: &WhatIf) -> Vec<String> {
    let record = study.record;
    let mut out = Vec::new();
    for action in &whatif.actions {
        let Action::Add { kind, a, b, day, .. } = action else { continue };
        let (x, y) = (ActorId(*a), ActorId(*b));
        let value = study.panel.value_at(study.panel.cells.dyad(*a, *b), f64::from(day.0));
        let (_, slot) = study.panel.cells.slot(*kind, *a, *b, None);
        if *kind != Kind::TerritorialDemand && value.risk >> slot & 1 == 0 {
            out.push(format!(
                "By the record this could not happen on that day: {} and {} were already so bound, at war, or one of them was gone.",
                words::name(study, x),
                words::name(study, y)
            ));
        }
        let index = jonbar_model::effects::all().position(|e| e.name == "relations");
        if index.is_some_and(|i| value.forward.get(i) == 0.0) && value.risk != 0 {
            out.push(format!(
                "{} and {} had no diplomatic relations on that day.",
                words::name(study, x),
                words::name(study, y)
            ));
        }
        for pact in record.pacts.iter().filter(|p| p.in_force(*day)) {
            if pact.binds(x, y)
                && !pact.is_bilateral()
                && pact.types.contains(&jonbar_record::PactType::Nonaggression)
            {
                out.push(format!("Both were already bound by the {}.", pact.name));
            }
        }
    }
    out
}
