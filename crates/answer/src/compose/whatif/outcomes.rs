//! What is asked of every trajectory, and what came of it.

use super::*;

/// What to ask when the question names no outcome: the lands between the parties, war, force, breach, relations
/// and closer ties; and for each party that lost its independence or land in the record, whether it still does.
pub(crate) fn default_outcomes(study: &Study, actions: &[Action], day: Day) -> Vec<OutcomeSpec> {
    let record = study.record;
    let code = |a: usize| record.actors[a].code.clone();
    let name = |a: usize| words::name(study, ActorId(a));
    let involved = parties(study, actions);
    let mut specs = Vec::new();
    let mut push =
        |ask: String, label: String| specs.push(OutcomeSpec { ask, label: words::capital(&label) });
    let pairs: Vec<(usize, usize)> = involved
        .iter()
        .enumerate()
        .flat_map(|(i, a)| involved[i + 1..].iter().map(move |b| (*a, *b)))
        .collect();
    // An alliance is asked about the wars its parties fought in the years after it.
    let alliance = actions.iter().any(|x| matches!(x, Action::Add { kind: Kind::DefencePact, .. }));
    if alliance {
        let wars = study.timeline.items.iter().filter_map(|item| {
            let soon = f64::from(day.0) < item.time && item.time < f64::from(day.plus_years(2).0);
            item.unit.filter(|(k, a, b)| {
                let party = involved.contains(a) || involved.contains(b);
                soon && party && matches!(k, Kind::WarBegun | Kind::WarJoined)
            })
        });
        for (_, a, b) in wars.take(4) {
            push(
                format!("war({}, {})", code(a), code(b)),
                format!("War between {} and {}", name(a), name(b)),
            );
        }
    }
    for &(a, b) in pairs.iter().take(3) {
        for c in study.claims_between(ActorId(a), ActorId(b)) {
            let claim = &record.claims[c];
            let holder = if claim.claimant.0 == a { b } else { a };
            let land = &record.territories[claim.territory.0];
            let held = record.holder(claim.territory, day).map(|h| h.0) == Some(holder);
            if held && claim.live.to > day && claim.salience >= 2 {
                push(
                    format!("territory_ceded({}, {} -> {})", land.id, code(holder), code(claim.claimant.0)),
                    format!("{} loses {} to {}", name(holder), land.name, name(claim.claimant.0)),
                );
            }
        }
        push(format!("war({}, {})", code(a), code(b)), format!("War between {} and {}", name(a), name(b)));
        push(
            format!("armed_dispute({}, {})", code(a), code(b)),
            format!("Force short of war between {} and {}", name(a), name(b)),
        );
        let adds_pact = actions
            .iter()
            .any(|x| matches!(x, Action::Add { kind, .. } if matches!(kind, Kind::NonaggressionPact | Kind::ConsultationPact | Kind::DefencePact)));
        if adds_pact {
            push(
                format!("pact_broken({}, {})", code(a), code(b)),
                format!("{} or {} breaks or denounces the pact", name(a), name(b)),
            );
            push(
                format!("pact_broken({}, {}) within 5 years", code(a), code(b)),
                "The pact is broken or denounced within five years".to_owned(),
            );
        }
        let related = !record.no_relations_at_start.contains(&(ActorId(a), ActorId(b)))
            && !record.no_relations_at_start.contains(&(ActorId(b), ActorId(a)));
        if !related {
            push(
                format!("relations_opened({}, {})", code(a), code(b)),
                format!("{} and {} open diplomatic relations (or open them anew)", name(a), name(b)),
            );
        }
        push(
            format!("defence_pact({}, {})", code(a), code(b)),
            format!("{} and {} sign a mutual-assistance pact", name(a), name(b)),
        );
    }
    // A person kept in office acts through the stances on record: the pacts with those they concern.
    for action in actions {
        let (Action::Keep { person, actor, .. } | Action::Leave { person, actor, .. }) = action else {
            continue;
        };
        let mut towards: Vec<usize> = Vec::new();
        for s in record.stances.iter().filter(|s| s.person == *person && s.actor.0 == *actor) {
            if !towards.contains(&s.towards.0) && s.towards.0 != *actor {
                towards.push(s.towards.0);
            }
        }
        for &b in towards.iter().take(3) {
            let (a, b) = (*actor, b);
            for kind in [Kind::NonaggressionPact, Kind::DefencePact] {
                push(
                    format!("{}({}, {})", kind.name(), code(a), code(b)),
                    format!("{} and {} sign a {}", name(a), name(b), kind.label()),
                );
            }
            push(
                format!("war({}, {})", code(a), code(b)),
                format!("War between {} and {}", name(a), name(b)),
            );
        }
        if towards.is_empty() {
            push(format!("territory_ceded({} -> *)", code(*actor)), format!("{} loses land", name(*actor)));
        }
    }
    for &a in &involved {
        let ever = record.events.iter().any(|e| {
            e.kind == EventKind::IndependenceLost
                && e.targets.contains(&ActorId(a))
                && e.when.reading() >= day
        });
        // A state that another of those involved claims whole.
        let claimed = record.claims.iter().enumerate().any(|(i, c)| {
            let land = study.world.claims[i].territory;
            study.world.homeland_of[land] == Some(a) && involved.contains(&c.claimant.0) && c.live.to > day
        });
        if ever || claimed {
            push(format!("independence_lost({})", code(a)), format!("{} loses its independence", name(a)));
        }
    }
    // What followed in the record from what is changed is asked about too.
    for action in actions {
        if let Action::Prevent { event } | Action::Answer { event, .. } = action {
            specs.extend(followers(study, *event));
        }
    }
    let mut seen: Vec<String> = Vec::new();
    specs.retain(|s| {
        let new = !seen.contains(&s.ask);
        seen.push(s.ask.clone());
        new && s.resolve(study.record, &study.world, day).is_ok()
    });
    // Fewer rows are read; the first are about the lands and wars of the parties. The loss of a whole state is never cut.
    while specs.len() > 12 {
        match specs.iter().rposition(|s| !s.ask.starts_with("independence_lost")) {
            Some(last) => drop(specs.remove(last)),
            None => specs.truncate(12),
        }
    }
    specs
}

/// Outcomes for the losses that states left to a sphere suffered after an event.
pub(super) fn followers(study: &Study, event: EventId) -> Vec<OutcomeSpec> {
    let record = study.record;
    let mut specs = Vec::new();
    for e in record.events.iter().filter(|e| e.follows == Some(event) && e.kind == EventKind::SphereConceded)
    {
        for over in &e.about {
            let (code, name) = (record.code(*over), words::name(study, *over));
            let lost = record
                .events
                .iter()
                .any(|x| x.kind == EventKind::IndependenceLost && x.targets.contains(over));
            if lost {
                specs.push(OutcomeSpec {
                    ask: format!("independence_lost({code})"),
                    label: format!("{name} loses its independence"),
                });
            } else {
                specs.push(OutcomeSpec {
                    ask: format!("territory_ceded({code} -> *)"),
                    label: format!("{name} loses land"),
                });
            }
        }
    }
    specs
}

pub(super) fn outcome_rows(
    study: &Study,
    whatif: &WhatIf,
    outcomes: &[Outcome],
    ensemble: &Ensemble,
    without: Option<&Ensemble>,
) -> Vec<OutcomeRow> {
    let years: Vec<i32> = (whatif.day.year()..=study.end().to.year()).collect();
    outcomes
        .iter()
        .enumerate()
        .map(|(i, outcome)| {
            let tally = &ensemble.tallies[i];
            let share = tally.share;
            let base = match without {
                Some(other) => other.tallies[i].share.share,
                None => f64::from(u8::from(tally.in_record)),
            };
            let n = f64::from(ensemble.settings.runs.max(1));
            let end = |year: i32| Day::from_ymd(year + 1, 1, 1).map_or(f64::INFINITY, |d| f64::from(d.0));
            let by = |times: &[f64], year: i32| times.iter().filter(|t| **t < end(year)).count() as f64 / n;
            let with_by = |year: i32| {
                let come = |t: &Trajectory| t.first_times[i].is_some_and(|time| time < end(year));
                share_of(&ensemble.trajectories.iter().map(come).collect::<Vec<bool>>())
            };
            let record_by = |year: i32| match without {
                Some(other) => by(&other.tallies[i].times, year),
                None => f64::from(u8::from(tally.record_time.is_some_and(|t| words::day(t).year() <= year))),
            };
            let quantile = |q: f64| {
                let index = ((tally.times.len() as f64 - 1.0) * q).round() as usize;
                words::day(tally.times[index]).to_string()
            };
            OutcomeRow {
                label: outcome.label.clone(),
                ask: outcome.ask.clone(),
                imposed: is_imposed(study, whatif, outcome),
                with: share.share,
                monte_carlo: share.monte_carlo,
                parameters: share.parameters,
                model_choice: None,
                dates_read: None,
                interval: share.interval(),
                without: base,
                difference: share.share - base,
                record_date: tally.record_time.map(|t| words::day(t).to_string()),
                dates: (!tally.times.is_empty()).then(|| (quantile(0.1), quantile(0.5), quantile(0.9))),
                by_year: if tally.times.is_empty() && tally.record_time.is_none() {
                    Vec::new()
                } else {
                    years
                        .iter()
                        .map(|&year| {
                            let with = with_by(year);
                            ByYear {
                                year,
                                with: with.share,
                                interval: with.interval(),
                                without: record_by(year),
                            }
                        })
                        .collect()
                },
            }
        })
        .collect()
}

/// Whether an outcome is the change itself, or the breach of a pact that only the change brings about.
pub(super) fn is_imposed(study: &Study, whatif: &WhatIf, outcome: &Outcome) -> bool {
    if let Some(Subject { kind: Kind::TerritorialDemand, a: Some(taker), territory: Some(land), .. }) =
        outcome.subject()
    {
        // Land that the change itself gives away.
        return whatif.actions.iter().any(|action| match action {
            Action::Set { change: jonbar_model::Change::Holder { territory, to, .. }, .. } => {
                (*territory, *to) == (land, Some(taker))
            }
            _ => false,
        });
    }
    let Some(Subject { kind, a: Some(a), b: Some(b), .. }) = outcome.subject() else { return false };
    let dyad = (a.min(b), a.max(b));
    whatif.actions.iter().any(|action| match action {
        Action::Add { kind: added, a, b, day, .. } if (*a.min(b), *a.max(b)) == dyad => {
            let pact = matches!(added, Kind::NonaggressionPact | Kind::ConsultationPact | Kind::DefencePact);
            let other = || {
                let binds = |p: &jonbar_record::Pact| p.is_bilateral() && p.binds(ActorId(*a), ActorId(*b));
                study
                    .record
                    .pacts
                    .iter()
                    .any(|p| binds(p) && p.end.as_ref().is_none_or(|e| e.reading() > *day))
            };
            kind == *added || (pact && kind == Kind::PactBroken && !other())
        }
        _ => false,
    })
}

/// The row the answer is about: the first in which anything happens, with the change or without; the rows begin with
/// what the parties dispute, or what the author put first. The end of a state that moves about as much goes before a piece of
/// land that is lost with it.
pub(super) fn focus_row(rows: &[OutcomeRow]) -> Option<usize> {
    let tells = |r: &OutcomeRow| !r.imposed && (r.with > 0.005 || r.without > 0.005);
    let first = rows.iter().position(tells);
    let whole = rows.iter().position(|r| {
        let as_much = |f: usize| {
            rows[f].ask.starts_with("territory_ceded") && r.difference.abs() >= 0.9 * rows[f].difference.abs()
        };
        tells(r)
            && r.difference != 0.0
            && r.ask.starts_with("independence_lost")
            && first.is_some_and(as_much)
    });
    whole.or(first).or_else(|| rows.iter().position(|r| !r.imposed)).or(rows.first().map(|_| 0))
}

pub(super) fn outcome_notes(mode: Mode) -> Vec<String> {
    let mut notes = vec![
        "\"With\" counts alternative histories out of 100. ± runs is the standard error from the number of runs; ± model \
         is the spread between plausible coefficients; the interval (90 %) holds both."
            .to_owned(),
    ];
    notes.push(match mode {
        Mode::Hindsight => {
            "Without the change every run is our timeline itself, so that column says what happened.".to_owned()
        }
        Mode::FreshNoise => {
            "Fresh noise: both columns forget what really happened after the divergence and are forecasts from that day."
                .to_owned()
        }
    });
    notes
}
