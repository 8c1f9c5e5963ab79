//! Answers to what-ifs.

use std::collections::BTreeMap;

use jonbar_counterfactual::{
    Action, Difference, Engine, Ensemble, Intervention, Mode, Outcome, OutcomeSpec, Settings, Subject,
    Trajectory, What, WhatIf, causal_paths, run_ensemble,
};
use jonbar_model::{Change as StateChange, ItemSource, Kind};
use jonbar_question::{Change, Focus, Reading};
use jonbar_record::{ActorId, Day, EventId, EventKind};

use super::cite::Citer;
use super::divergence::{Divergence, divergences};
use super::study::{Options, Study};
use super::{blank, finish, fitted, limits, words};
use crate::answer::*;

/// Runs used to work out a gauge's interval and the sample of an explanation stay in step with the ensemble.
const PATHS_MAX: usize = 6;
/// Recorded entries listed at most.
const RECORD_MAX: usize = 40;
/// Recorded events and new events listed at most under "what else moves".
const RIPPLES_MAX: usize = 10;

/// Answers a what-if at every documented moment, the one to show first in front; `each` is called with every answer
/// as soon as it is there.
pub(crate) fn answer(
    study: &Study,
    reading: &Reading,
    changes: &[Change],
    focus: &Focus,
    options: &Options,
    each: &mut dyn FnMut(Answer),
) {
    let (moments, problems) = divergences(study, changes, focus);
    if moments.is_empty() {
        let mut answer =
            blank(reading, "what if", "This what-if could not be placed in the record.".to_owned());
        answer.reading.not_understood.extend(problems);
        answer.summary.push("Nothing was computed: the change could not be dated or located.".to_owned());
        return each(answer);
    }
    for (i, moment) in moments.iter().enumerate() {
        let whatif = WhatIf {
            id: "asked".to_owned(),
            title: moment.sentence.clone(),
            question: reading.text.clone(),
            note: String::new(),
            day: moment.day,
            actions: moment.actions.clone(),
            outcomes: default_outcomes(study, &moment.actions, moment.day),
        };
        let mut reading = reading.clone();
        reading.not_understood.extend(problems.clone());
        reading.assumed.extend(moment.assumed.clone());
        each(compose(study, &whatif, moment, &reading, options, i == 0));
    }
}

/// Answers a what-if read from a file.
pub fn answer_whatif(study: &Study, whatif: &WhatIf, options: &Options) -> Answer {
    let reading = Reading {
        text: whatif.question.clone(),
        form: jonbar_question::Form::NotUnderstood { focus: Focus::default() },
        assumed: Vec::new(),
        not_understood: Vec::new(),
    };
    let documented = whatif
        .actions
        .iter()
        .filter_map(|a| match a {
            Action::Prevent { event } | Action::Answer { event, .. } | Action::Move { event, .. } => {
                Some(*event)
            }
            _ => None,
        })
        .collect();
    let moment = Divergence {
        label: whatif.title.clone(),
        day: whatif.day,
        actions: whatif.actions.clone(),
        sentence: actions_sentence(study, &whatif.actions),
        documented,
        assumed: Vec::new(),
    };
    let mut whatif = whatif.clone();
    if whatif.outcomes.is_empty() {
        whatif.outcomes = default_outcomes(study, &whatif.actions, whatif.day);
    }
    compose(study, &whatif, &moment, &reading, options, true)
}

fn actions_sentence(study: &Study, actions: &[Action]) -> String {
    let record = study.record;
    let one = |a: &Action| match a {
        Action::Add { kind, a, b, claim, day, .. } => {
            format!("{} on {}", words::unit(study, *kind, *a, *b, *claim), day.long())
        }
        Action::Prevent { event } => {
            format!("this does not happen: {}", record.events[event.0].summary.trim_end_matches('.'))
        }
        Action::Move { event, day } => {
            format!("moved to {}: {}", day.long(), record.events[event.0].summary.trim_end_matches('.'))
        }
        Action::Answer { event, mark } => {
            format!("{}, but {}", record.events[event.0].summary.trim_end_matches('.'), words::mark(*mark))
        }
        Action::Keep { person, actor, office, from, until } => format!(
            "{} is {} of {} from {} to {}",
            record.people[person.0].name,
            office.label(),
            record.actors[*actor].name,
            from.long(),
            until.long()
        ),
        Action::Set { change, day, .. } => format!("{} on {}", words::change(study, change), day.long()),
    };
    actions.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// States that the changes involve.
fn parties(study: &Study, actions: &[Action]) -> Vec<usize> {
    let mut all = Vec::new();
    for action in actions {
        match action {
            Action::Add { a, b, .. } => all.extend([*a, *b]),
            Action::Prevent { event } | Action::Move { event, .. } | Action::Answer { event, .. } => {
                all.extend(study.record.events[event.0].actors.iter().map(|a| a.0));
                all.extend(study.record.events[event.0].targets.iter().map(|a| a.0));
            }
            Action::Keep { actor, .. } => all.push(*actor),
            Action::Set { parties, .. } => all.extend(parties.iter()),
        }
    }
    let mut seen = Vec::new();
    all.retain(|x| {
        let new = !seen.contains(x);
        seen.push(*x);
        new
    });
    all
}

/// What to ask when the question names no outcome: the lands between the parties, war, force, breach, relations
/// and closer ties; and for each party that lost its independence or land in the record, whether it still does.
fn default_outcomes(study: &Study, actions: &[Action], day: Day) -> Vec<OutcomeSpec> {
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
        let Action::Keep { person, actor, .. } = action else { continue };
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
        if ever {
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
    // Fewer rows are read; the first are about the lands and wars of the parties.
    specs.truncate(12);
    specs
}

/// Outcomes for the losses that states left to a sphere suffered after an event.
fn followers(study: &Study, event: EventId) -> Vec<OutcomeSpec> {
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

/// `whole`: with the record, ripples, cases and sample histories; the further moments of one question do without.
fn compose(
    study: &Study,
    whatif: &WhatIf,
    moment: &Divergence,
    reading: &Reading,
    options: &Options,
    whole: bool,
) -> Answer {
    let record = study.record;
    let engine = study.engine();
    let intervention = Intervention::of(&whatif.actions, &study.timeline, record);
    // Outcomes were checked when the what-if was read.
    let outcomes: Vec<Outcome> =
        whatif.outcomes.iter().filter_map(|o| o.resolve(record, &study.world, whatif.day).ok()).collect();
    let settings = Settings { runs: options.runs, seed: options.seed, mode: options.mode, at_mode: false };
    let ensemble = run_ensemble(&engine, &intervention, &outcomes, settings, options.progress);
    let without = match options.mode {
        Mode::Hindsight => None,
        Mode::FreshNoise => {
            let none = Intervention::none(intervention.start);
            Some(run_ensemble(&engine, &none, &outcomes, settings, options.progress))
        }
    };
    let mut citer = Citer::new(record);
    let sentence = format!("What if, {}?", moment.sentence);
    let mut answer = blank(reading, "what if", sentence);
    if !whatif.note.is_empty() {
        answer.sections.push(Section::Notes(Notes {
            title: "Background".to_owned(),
            points: false,
            text: vec![whatif.note.clone()],
        }));
    }
    let rows = outcome_rows(study, whatif, &outcomes, &ensemble, without.as_ref());
    let focus = focus_row(&rows);
    answer.summary = summary(study, whatif, &rows, focus, options.runs, options.mode, moment);
    answer.sections.push(Section::Outcomes(Outcomes {
        title: format!("By {}", study.end().to.long()),
        runs: options.runs,
        rows: rows.clone(),
        notes: outcome_notes(options.mode),
    }));
    answer.sections.push(Section::Gauge(gauge(study, whatif, moment)));
    if let Some(focus) = focus {
        answer.sections.push(paths(study, &ensemble, &outcomes[focus], &rows[focus]));
        if whole {
            answer.sections.extend(decomposition(study, &outcomes[focus], &rows[focus], &whatif.actions));
        }
    }
    if whole {
        answer.sections.extend(sensitivity(study, whatif, &intervention, &outcomes, &rows, options));
        answer.sections.push(record_section(study, whatif, moment, &ensemble, &engine, &mut citer));
        answer.sections.push(ripples(study, &ensemble));
        answer.sections.extend(comparable(study, whatif));
        answer.sections.push(histories(study, &ensemble));
    }
    let kinds: Vec<Kind> = outcomes.iter().filter_map(|o| o.subject().map(|s| s.kind)).collect();
    let mut distinct: Vec<Kind> = Vec::new();
    kinds.into_iter().for_each(|k| {
        if !distinct.contains(&k) {
            distinct.push(k);
        }
    });
    if whole {
        answer.sections.push(limits::section(study, &distinct));
    }
    answer.run = Some(RunCard {
        program: format!("jonbar {}", env!("CARGO_PKG_VERSION")),
        casebook: record.id.clone(),
        casebook_hash: record.hash.clone(),
        runs: options.runs,
        seed: options.seed,
        mode: match options.mode {
            Mode::Hindsight => "hindsight".to_owned(),
            Mode::FreshNoise => "fresh-noise".to_owned(),
        },
        whatif: whatif_toml(study, whatif),
    });
    finish(answer, citer)
}

fn outcome_rows(
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
            let spread =
                1.645 * (share.monte_carlo * share.monte_carlo + share.parameters * share.parameters).sqrt();
            let n = f64::from(ensemble.settings.runs.max(1));
            let by = |times: &[f64], year: i32| {
                let end = Day::from_ymd(year + 1, 1, 1).map_or(f64::INFINITY, |d| f64::from(d.0));
                times.iter().filter(|t| **t < end).count() as f64 / n
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
                interval: ((share.share - spread).max(0.0), (share.share + spread).min(1.0)),
                without: base,
                difference: share.share - base,
                record_date: tally.record_time.map(|t| words::day(t).to_string()),
                dates: (!tally.times.is_empty()).then(|| (quantile(0.1), quantile(0.5), quantile(0.9))),
                by_year: if tally.times.is_empty() && tally.record_time.is_none() {
                    Vec::new()
                } else {
                    years.iter().map(|&y| (y, by(&tally.times, y), record_by(y))).collect()
                },
            }
        })
        .collect()
}

/// Whether an outcome is the change itself, or the breach of a pact that only the change brings about.
fn is_imposed(study: &Study, whatif: &WhatIf, outcome: &Outcome) -> bool {
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
/// what the parties dispute, or what the author put first.
fn focus_row(rows: &[OutcomeRow]) -> Option<usize> {
    let tells = |r: &OutcomeRow| !r.imposed && (r.with > 0.005 || r.without > 0.005);
    rows.iter().position(tells).or_else(|| rows.iter().position(|r| !r.imposed)).or(rows.first().map(|_| 0))
}

fn per_hundred(share: f64) -> String {
    match (share * 100.0).round() as i64 {
        0 if share > 0.0 => "fewer than 1 in 100".to_owned(),
        100 if share < 1.0 => "more than 99 in 100".to_owned(),
        n => format!("{n} of 100"),
    }
}

fn summary(
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
            "What moves most: {} ({}; in our timeline {}).",
            other.label,
            per_hundred(other.with),
            if other.without >= 0.5 { "yes" } else { "no" }
        )),
        _ if row.difference.abs() < 0.05 => {
            out.push("In the model the change makes little difference to it.".to_owned());
        }
        _ => {}
    }
    out.extend(bound_already(study, whatif));
    let sure = row.parameters > row.monte_carlo;
    out.push(if row.interval.1 - row.interval.0 < 0.01 {
        format!(
            "Computed from {runs} runs that branch off on {}. Nothing that the model knows of would change this; see below \
             what it does not know.",
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

/// Pacts of several states that bound the two already: what a pact of the two alone adds is less than it seems.
fn bound_already(study: &Study, whatif: &WhatIf) -> Option<String> {
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

/// Runs of each row of the sensitivity table at most.
const SENSITIVITY_RUNS: u32 = 240;

/// How the answer moves when the effect of the pact that the change adds is none, as fitted, or twice that of the most
/// hopeful reading of the literature.
fn sensitivity(
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
        ("none: the pact restrains nobody", Some(0.0)),
        ("as fitted", None),
        ("strong: half as many demands, uses of force and wars", Some(libm::log(0.5))),
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
            "The same what-if with the effect of a pact in force set by hand, {runs} runs each. That effect is the part of the \
             answer that rests on fewest cases."
        ),
        columns,
        rows: table,
        notes: Vec::new(),
    }))
}

fn outcome_notes(mode: Mode) -> Vec<String> {
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

/// How likely the change was: the fitted probability of the added events around the documented talks, or of the
/// prevented ones not happening.
fn gauge(study: &Study, whatif: &WhatIf, moment: &Divergence) -> Gauge {
    let record = study.record;
    let kinds: Vec<EventKind> = moment.documented.iter().map(|id| record.events[id.0].kind).collect();
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
            let sd = study.linear_sd(kind, &x);
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
fn conflicts(study: &Study, whatif: &WhatIf) -> Vec<String> {
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

fn concerns_row(study: &Study, outcome: &Outcome, d: &Difference) -> bool {
    let Some(Subject { kind, a, b, territory }) = outcome.subject() else { return false };
    let pair = |x: usize, y: usize| {
        let fits = |x: usize, y: usize| a.is_none_or(|a| a == x) && b.is_none_or(|b| b == y);
        fits(x, y) || fits(y, x)
    };
    let land = |c: Option<usize>| match (territory, c) {
        (Some(t), Some(c)) => study.world.claims[c].territory == t || c == t,
        (Some(_), None) => false,
        (None, _) => true,
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

fn paths(study: &Study, ensemble: &Ensemble, outcome: &Outcome, row: &OutcomeRow) -> Section {
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
fn decomposition(study: &Study, outcome: &Outcome, row: &OutcomeRow, actions: &[Action]) -> Option<Section> {
    let Subject { kind, a, b, territory } = outcome.subject()?;
    let (a, b) = (a?, b?);
    let claim = match (kind, territory) {
        (Kind::TerritorialDemand, Some(t)) => {
            Some(study.world.claims.iter().position(|c| c.claimant == a && c.territory == t)?)
        }
        (Kind::TerritorialDemand, None) => return None,
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

/// Recorded entries between the parties from a few years before the divergence, with the share of runs in which
/// each still happens.
fn record_section(
    study: &Study,
    whatif: &WhatIf,
    moment: &Divergence,
    ensemble: &Ensemble,
    engine: &Engine,
    citer: &mut Citer,
) -> Section {
    let record = study.record;
    let involved: Vec<ActorId> = parties(study, &whatif.actions).into_iter().map(ActorId).collect();
    let mut removed: BTreeMap<usize, u32> = BTreeMap::new();
    for t in &ensemble.trajectories {
        for d in &t.differences {
            if let What::Removed { item } | What::Answered { item, .. } = d.what
                && let ItemSource::Event(e) = engine.timeline.items[item].source
                && engine.timeline.items_of(e).next() == Some(item)
            {
                *removed.entry(e).or_default() += 1;
            }
        }
    }
    let from = whatif.day.plus_years(-3);
    let mut chosen: Vec<usize> = (0..record.events.len())
        .filter(|&i| {
            let e = &record.events[i];
            let between = involved.len() >= 2
                && involved.iter().filter(|a| e.parties().any(|p| p == **a)).count() >= 2
                && e.when.reading() >= from;
            moment.documented.contains(&EventId(i)) || (between && e.kind != EventKind::Motive)
        })
        .collect();
    if chosen.len() > RECORD_MAX {
        // Keep what was on the table and the entries that matter most to the model.
        chosen.sort_by_key(|&i| {
            let e = &record.events[i];
            let modelled = study.timeline.items_of(i).any(|k| study.timeline.items[k].unit.is_some());
            let changes = study.timeline.items_of(i).next().is_some();
            let talk = e.kind.is_negotiation();
            (!moment.documented.contains(&EventId(i)), !modelled, !changes, !talk, i)
        });
        chosen.truncate(RECORD_MAX);
        chosen.sort_unstable();
    }
    let n = f64::from(ensemble.settings.runs.max(1));
    let mut entries = Vec::new();
    for i in chosen {
        let e = &record.events[i];
        let mut entry = citer.entry(e);
        let in_timeline = study.timeline.items_of(i).next().is_some();
        if in_timeline && e.when.reading() >= whatif.day && ensemble.settings.mode == Mode::Hindsight {
            entry.still_happens = Some(1.0 - f64::from(removed.get(&i).copied().unwrap_or(0)) / n);
        }
        entries.push(entry);
    }
    let intro = if entries.is_empty() {
        "The casebook has no entries between the states concerned.".to_owned()
    } else {
        "Dated and sourced. After the divergence each entry shows in how many alternative histories it still happens as it did.".to_owned()
    };
    Section::Record(RecordList { title: "What happened in our timeline".to_owned(), intro, entries })
}

/// What else the change moves: recorded events most often lost, and events most often new.
fn ripples(study: &Study, ensemble: &Ensemble) -> Section {
    let mut lost: BTreeMap<String, u32> = BTreeMap::new();
    let mut new: BTreeMap<String, u32> = BTreeMap::new();
    for t in &ensemble.trajectories {
        let mut seen = std::collections::BTreeSet::new();
        for d in &t.differences {
            let text = words::difference(study, d);
            let map = match d.what {
                What::Removed { item } => {
                    let when = words::day(study.timeline.items[item].time);
                    let text = format!("{} ({when})", words::item(study, item));
                    if seen.insert(text.clone()) {
                        *lost.entry(text).or_default() += 1;
                    }
                    continue;
                }
                What::Added { .. } | What::Answered { .. } => &mut new,
                What::Derived { .. } if !text.starts_with("peace") && !text.is_empty() => &mut new,
                _ => continue,
            };
            if seen.insert(text.clone()) {
                *map.entry(text).or_default() += 1;
            }
        }
    }
    let n = f64::from(ensemble.settings.runs.max(1));
    let top = |map: BTreeMap<String, u32>| {
        let mut all: Vec<(String, u32)> = map.into_iter().collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        all.truncate(RIPPLES_MAX);
        all
    };
    let mut rows = Vec::new();
    for (status, list) in [("does not happen as recorded", top(lost)), ("new", top(new))] {
        for (text, count) in list {
            rows.push(vec![
                Datum::Text(status.to_owned()),
                Datum::Text(text),
                Datum::Share(f64::from(count) / n),
            ]);
        }
    }
    Section::Table(Table {
        title: "What else moves".to_owned(),
        intro: if rows.is_empty() {
            "Nothing else differs from our timeline in any run.".to_owned()
        } else {
            "Recorded events most often lost, and events most often new, over all states.".to_owned()
        },
        columns: ["", "event", "share of runs"].map(str::to_owned).to_vec(),
        rows,
        notes: Vec::new(),
    })
}

/// Pacts of the same type that either party signed with others, and what became of them.
fn comparable(study: &Study, whatif: &WhatIf) -> Option<Section> {
    let (kind, a, b) = whatif.actions.iter().find_map(|x| match x {
        Action::Add { kind, a, b, .. } if *kind as usize <= Kind::DefencePact as usize => {
            Some((*kind, *a, *b))
        }
        _ => None,
    })?;
    let record = study.record;
    let mut rows = Vec::new();
    let great = if study.world.great.contains(a) { a } else { b };
    for pact in record.pacts.iter().filter(|p| p.is_bilateral() && p.parties.contains(&ActorId(great))) {
        if Study::pact_kind(pact.main_type()) != Some(kind) {
            continue;
        }
        let Some(&other) = pact.parties.iter().find(|p| p.0 != great) else { continue };
        let claims = study.claims_between(ActorId(great), other);
        let unsettled = claims.iter().any(|&c| {
            let claim = &record.claims[c];
            claim.claimant.0 == great && !claim.is_settled(pact.signed.reading())
        });
        let years = pact.end.as_ref().map(|e| f64::from(e.reading().0 - pact.signed.reading().0) / 365.25);
        rows.push(vec![
            Datum::Text(words::name(study, other)),
            Datum::Text(pact.signed.long()),
            if claims.is_empty() { Datum::NotApplicable } else { Datum::Flag(unsettled) },
            Datum::Text(pact.end_kind.label().to_owned()),
            years.map_or(Datum::None, |y| Datum::Number(y, 1)),
        ]);
    }
    (!rows.is_empty()).then(|| {
        Section::Table(Table {
            title: format!("Comparable cases: pacts of this type signed by {}", record.actors[great].name),
            intro: "The real cases nearest to this what-if, and how each pact ended.".to_owned(),
            columns: ["partner", "signed", "title to land unsettled", "end", "years"]
                .map(str::to_owned)
                .to_vec(),
            rows,
            notes: Vec::new(),
        })
    })
}

fn violence(t: &Trajectory) -> i64 {
    t.differences
        .iter()
        .map(|d| match &d.what {
            What::Added { kind: Kind::WarBegun | Kind::WarJoined | Kind::ArmedDispute, .. } => 1,
            What::Removed { .. } => 0,
            _ => 0,
        })
        .sum()
}

/// Five sample histories.
fn histories(study: &Study, ensemble: &Ensemble) -> Section {
    let all = &ensemble.trajectories;
    let mut samples: Vec<History> = Vec::new();
    let removed_wars = |t: &Trajectory| {
        t.differences
            .iter()
            .filter(|d| match d.what {
                What::Removed { item } => matches!(
                    study.timeline.items[item].unit,
                    Some((Kind::WarBegun | Kind::WarJoined | Kind::ArmedDispute, ..))
                ),
                _ => false,
            })
            .count() as i64
    };
    let mut lengths: Vec<usize> = all.iter().map(|t| t.differences.len()).collect();
    lengths.sort_unstable();
    let median = lengths.get(lengths.len() / 2).copied().unwrap_or(0);
    // A typical run has the commoner answer to every outcome, or to most, and a middling number of differences.
    let n_outcomes = all.first().map_or(0, |t| t.outcomes.len());
    let common: Vec<bool> =
        (0..n_outcomes).map(|o| all.iter().filter(|t| t.outcomes[o]).count() * 2 >= all.len()).collect();
    let unlike = |t: &Trajectory| t.outcomes.iter().zip(&common).filter(|(x, y)| x != y).count();
    let picks = [
        ("closest to our timeline", all.iter().min_by_key(|t| (t.differences.len(), t.index))),
        ("typical", all.iter().min_by_key(|t| (unlike(t), t.differences.len().abs_diff(median), t.index))),
        ("most peaceful", all.iter().min_by_key(|t| (violence(t) - removed_wars(t), t.index))),
        ("most violent", all.iter().max_by_key(|t| (violence(t) - removed_wars(t), u32::MAX - t.index))),
        ("first run", all.first()),
    ];
    for (label, pick) in picks {
        let Some(t) = pick else { continue };
        if let Some(same) = samples.iter_mut().find(|s| s.run == t.index) {
            same.label = format!("{}, {label}", same.label);
            continue;
        }
        samples.push(History { label: label.to_owned(), run: t.index, lines: lines(study, t) });
    }
    Section::Histories(Histories { title: "Sample histories".to_owned(), samples })
}

/// Differences shown per sample history.
const LINES_MAX: usize = 14;

fn lines(study: &Study, t: &Trajectory) -> Vec<HistoryLine> {
    let mut all: Vec<HistoryLine> = t
        .differences
        .iter()
        .filter_map(|d| {
            let text = words::difference(study, d);
            if text.is_empty() {
                return None;
            }
            let status = match d.what {
                What::Imposed { .. } => "imposed",
                What::Removed { .. } => "does not happen",
                What::Answered { .. } => "goes otherwise",
                What::Added { .. } => "new",
                What::Derived { .. } => "follows",
            };
            let text = text.strip_prefix("no: ").unwrap_or(&text).to_owned();
            Some(HistoryLine {
                date: words::day(d.time).to_string(),
                text,
                status: status.to_owned(),
                why: words::why(study, d, &t.differences),
            })
        })
        .collect();
    if all.len() > LINES_MAX {
        let rest = all.len() - LINES_MAX;
        let from = all[LINES_MAX].date.clone();
        all.truncate(LINES_MAX);
        all.push(HistoryLine {
            date: from,
            text: format!("and {rest} further differences"),
            status: "follows".to_owned(),
            why: String::new(),
        });
    }
    all
}

/// The what-if as a file that `jonbar run` reads, so that a run card repeats it exactly.
fn whatif_toml(study: &Study, whatif: &WhatIf) -> String {
    let record = study.record;
    let quote = |s: &str| format!("{s:?}");
    let mut out = format!(
        "format = 1\nid = {}\ntitle = {}\nquestion = {}\nnote = {}\ndate = \"{}\"\n",
        quote(&whatif.id),
        quote(&whatif.title),
        quote(&whatif.question),
        quote(&whatif.note),
        whatif.day
    );
    for action in &whatif.actions {
        out.push_str("\n[[change]]\n");
        let code = |a: usize| record.actors[a].code.clone();
        let text = match action {
            Action::Add { kind: Kind::TerritorialDemand, a, claim, mark, day, .. } => {
                let land = claim.map(|c| study.world.territories[study.world.claims[c].territory].clone());
                format!(
                    "add = \"territorial_demand\"\nby = \"{}\"\non = \"{}\"\nmark = \"{}\"\ndate = \"{day}\"\n",
                    code(*a),
                    land.unwrap_or_default(),
                    mark.map_or("resisted", |m| m.name())
                )
            }
            Action::Add { kind, a, b, day, .. } => {
                format!(
                    "add = \"{}\"\nby = \"{}\"\non = \"{}\"\ndate = \"{day}\"\n",
                    kind.name(),
                    code(*a),
                    code(*b)
                )
            }
            Action::Prevent { event } => format!("prevent = \"{}\"\n", record.events[event.0].id),
            Action::Move { event, day } => {
                format!("move = \"{}\"\nto = \"{day}\"\n", record.events[event.0].id)
            }
            Action::Answer { event, mark } => {
                format!("answer = \"{}\"\nmark = \"{}\"\n", record.events[event.0].id, mark.name())
            }
            Action::Keep { person, actor, office, from, until } => format!(
                "keep = \"{}\"\noffice = \"{}\"\nof = \"{}\"\ndate = \"{from}\"\nuntil = \"{until}\"\n",
                record.people[person.0].id,
                office.name(),
                code(*actor)
            ),
            Action::Set { change, day, words, .. } => match change {
                StateChange::Relations { a, b, .. } => {
                    format!(
                        "set = \"{words}\"\nby = \"{}\"\non = \"{}\"\ndate = \"{day}\"\n",
                        code(*a),
                        code(*b)
                    )
                }
                StateChange::Sphere { to, over } => {
                    format!(
                        "set = \"{words}\"\nof = \"{}\"\nover = \"{}\"\ndate = \"{day}\"\n",
                        code(*to),
                        code(*over)
                    )
                }
                StateChange::Holder { territory, to: Some(to), .. } => format!(
                    "set = \"{words}\"\nof = \"{}\"\non = \"{}\"\ndate = \"{day}\"\n",
                    code(*to),
                    study.world.territories[*territory]
                ),
                _ => String::new(),
            },
        };
        out.push_str(&text);
    }
    for o in &whatif.outcomes {
        out.push_str(&format!("\n[[outcome]]\nask = {}\nlabel = {}\n", quote(&o.ask), quote(&o.label)));
    }
    out
}
