//! The outcomes a question asks for: "..., would Germany have attacked it anyway?"

use jonbar_counterfactual::OutcomeSpec;
use jonbar_question::{Asked, Change};
use jonbar_record::{ActorId, Day, PactType};

use super::super::study::Study;
use super::super::words;

/// What to ask of every alternative, in the order of the question. Whether it asks that something does or does not happen is the
/// same question.
pub(super) fn asked_outcomes(study: &Study, asked: &[Asked]) -> Vec<OutcomeSpec> {
    let record = study.record;
    let code = |a: &Option<ActorId>| a.map_or("*".to_owned(), |a| record.code(a).to_owned());
    let name = |a: &Option<ActorId>| a.map_or("anybody".to_owned(), |a| words::name(study, a));
    let spec = |ask: String, label: String| OutcomeSpec { ask, label: words::capital(&label) };
    let war = |a: &Option<ActorId>, b: &Option<ActorId>| {
        spec(format!("war({}, {})", code(a), code(b)), format!("War between {} and {}", name(a), name(b)))
    };
    let pacts = |pact: &Option<PactType>, pairs: &[(ActorId, ActorId)]| -> Vec<OutcomeSpec> {
        let kind = match pact {
            Some(PactType::Defence | PactType::Guarantee) => "defence_pact",
            Some(PactType::Friendship | PactType::Consultation) => "consultation_pact",
            _ => "nonaggression_pact",
        };
        let label = pact.unwrap_or(PactType::Nonaggression).label();
        let one = |(a, b): &(ActorId, ActorId)| {
            let (a, b) = (Some(*a), Some(*b));
            spec(
                format!("{kind}({}, {})", code(&a), code(&b)),
                format!("{} and {} sign a {label}", name(&a), name(&b)),
            )
        };
        pairs.iter().map(one).collect()
    };
    let land_lost = |land: Option<&str>, from: &Option<ActorId>, to: &Option<ActorId>, what: &str| {
        let place = land.map_or(String::new(), |id| format!("{id}, "));
        spec(
            format!("territory_ceded({place}{} -> {})", code(from), code(to)),
            match to {
                Some(_) => format!("{} loses {what} to {}", name(from), name(to)),
                None => format!("{} loses {what}", name(from)),
            },
        )
    };
    // A state of affairs is looked at while the casebook still tells of it.
    let seen_on = |by: Option<Day>| by.unwrap_or(record.span.to).min(record.span.to.plus(-1));
    // Whether somebody is in a pact of several is a state of affairs, and not a pact that two sign.
    let member = |(a, b): (ActorId, ActorId), pact: &Option<PactType>, by: Option<Day>| {
        let class = match pact {
            Some(PactType::Defence | PactType::Guarantee) => "defence",
            Some(PactType::Friendship | PactType::Consultation) => "consultation",
            _ => "nonaggression",
        };
        let day = seen_on(by);
        let label = pact.unwrap_or(PactType::Nonaggression).label();
        OutcomeSpec {
            ask: format!("in_force({class}, {}, {}) on {day}", record.code(a), record.code(b)),
            label: format!(
                "{} is bound to {} by a {label} on {}",
                words::capital(&words::name(study, a)),
                words::name(study, b),
                day.long()
            ),
        }
    };
    let of = |change: &Change, by: Option<Day>, stands: bool| -> Vec<OutcomeSpec> {
        match change {
            Change::Sign { pact, pairs, .. }
                if !pairs.is_empty()
                    && (stands || pairs.len() > 1 && pairs.iter().all(|p| p.0 == pairs[0].0)) =>
            {
                vec![member(pairs[0], pact, by)]
            }
            Change::Attack { by, on } => vec![war(&Some(*by), &Some(*on))],
            Change::NoAttack { by, on, .. } => vec![war(by, on)],
            Change::Fight { by, on, .. } => vec![war(&Some(*by), on)],
            Change::Sign { pact, pairs, .. } | Change::NoPact { pact, pairs, .. } => pacts(pact, pairs),
            Change::Break { by, towards } | Change::NoBreak { by, towards } => vec![spec(
                format!("pact_broken({} -> {})", code(&Some(*by)), code(towards)),
                format!("{} breaks or denounces a pact with {}", name(&Some(*by)), name(towards)),
            )],
            Change::Cede { land, from, to } => {
                let territory = &record.territories[land.0];
                vec![land_lost(Some(&territory.id), from, to, &territory.name)]
            }
            Change::KeepLand { land, holder } => {
                let territory = &record.territories[land.0];
                vec![land_lost(Some(&territory.id), holder, &None, &territory.name)]
            }
            Change::Answer { holder, claimant, .. } => vec![land_lost(None, holder, claimant, "land")],
            Change::KeepIndependence { state } => vec![spec(
                format!("independence_lost({})", record.code(*state)),
                format!("{} loses its independence", words::name(study, *state)),
            )],
            Change::NoDemand { claimant, holder } => vec![spec(
                format!("territorial_demand({} -> {})", code(&Some(*claimant)), code(holder)),
                format!("{} demands land of {}", name(&Some(*claimant)), name(holder)),
            )],
            Change::Relations { actors } => match actors[..] {
                [a, b] => {
                    let day = seen_on(by);
                    let (one, other) = (words::name(study, a), words::name(study, b));
                    vec![spec(
                        format!("relations({}, {}) on {day}", record.code(a), record.code(b)),
                        format!("{one} and {other} have diplomatic relations on {}", day.long()),
                    )]
                }
                _ => Vec::new(),
            },
            Change::Move { .. }
            | Change::Told { .. }
            | Change::Prevent { .. }
            | Change::NoCoup { .. }
            | Change::Keep { .. }
            | Change::Leave { .. }
            | Change::Appoint { .. }
            | Change::Bar { .. } => Vec::new(),
        }
    };
    let dated = |a: &Asked| {
        let by = a.by.filter(|day| *day < record.span.to);
        of(&a.what, a.by, a.stands).into_iter().map(move |o| match by {
            // A state of affairs has its day already.
            Some(day) if !o.ask.contains(") on ") => OutcomeSpec {
                ask: format!("{} before {}", o.ask, day.plus(1)),
                label: format!("{} by {}", o.label, day.long()),
            },
            _ => o,
        })
    };
    asked.iter().flat_map(dated).collect()
}
