//! Answers to what-ifs.

mod asked;
mod causes;
mod course;
mod dates;
mod file;
mod gauge;
mod histories;
mod holders;
mod models;
mod outcomes;
mod record;
mod ripples;
mod sensitivity;
mod spread;
mod summary;

use std::collections::BTreeMap;

use jonbar_counterfactual::{
    Action, Assumptions, Difference, Engine, Ensemble, Intervention, Mode, Outcome, OutcomeSpec, PactEffect,
    Settings, Subject, Trajectory, What, WhatIf, causal_paths, run_ensemble, share as share_of,
};
use jonbar_model::{Change as StateChange, ItemSource, Kind};
use jonbar_question::{Asked, Change, Focus, Form, Reading};
use jonbar_record::{ActorId, Day, EventId, EventKind};

use super::cite::Citer;
use super::divergence::{Divergence, divergences, supposed_by_words};
use super::study::{Options, Study};
use super::{LEVEL, YEAR, blank, finish, fitted, limits, near_in_the_record, score, words};
use crate::answer::*;
use asked::asked_outcomes;
use causes::{decomposition, paths};
use dates::dates;
use file::whatif_toml;
use gauge::gauge;
use histories::histories;
use models::models;
pub(crate) use outcomes::default_outcomes;
use outcomes::{focus_row, outcome_notes, outcome_rows};
use record::{comparable, record_section};
use sensitivity::sensitivity;
use summary::summary;

/// Answers a what-if at every documented moment, the one to show first in front; `each` is called with every answer
/// as soon as it is there.
pub(crate) fn answer(
    study: &Study,
    reading: &Reading,
    (changes, asked): (&[Change], &[Asked]),
    focus: &Focus,
    options: &Options,
    each: &mut dyn FnMut(Answer),
) {
    let (moments, problems) = divergences(study, changes, focus);
    if moments.is_empty() {
        let happened = problems.iter().any(|p| p.starts_with("That is what happened"));
        if !happened && answer_by_words(study, reading, options, each) {
            return;
        }
        let mut answer =
            blank(reading, "what if", "This what-if could not be placed in the record.".to_owned());
        answer.reading.not_understood.extend(problems);
        answer.reading.not_understood.extend(near_in_the_record(study, &reading.text));
        answer.summary.push("Nothing was computed: the change could not be dated or located.".to_owned());
        return each(answer);
    }
    answer_moments(study, &moments, (reading, asked, &problems), options, each);
}

/// Answers what is supposed in words alone: of the entry of the record that shares most with them. Whether there is one.
pub(crate) fn answer_by_words(
    study: &Study,
    reading: &Reading,
    options: &Options,
    each: &mut dyn FnMut(Answer),
) -> bool {
    let Some(moment) = supposed_by_words(study, &reading.text) else { return false };
    // Why no rule reads it is said where nothing is answered.
    let reading = Reading { not_understood: Vec::new(), ..reading.clone() };
    answer_moments(study, &[moment], (&reading, &[], &[]), options, each);
    true
}

fn answer_moments(
    study: &Study,
    moments: &[Divergence],
    (reading, asked, problems): (&Reading, &[Asked], &[String]),
    options: &Options,
    each: &mut dyn FnMut(Answer),
) {
    // A day or a change chosen by hand is about the moment shown first.
    let by_hand = options.moved.day.is_some() || !options.moved.left_out.is_empty();
    for (i, moment) in moments.iter().take(if by_hand { 1 } else { usize::MAX }).enumerate() {
        let whatif = WhatIf {
            id: "asked".to_owned(),
            title: moment.sentence.clone(),
            question: reading.text.clone(),
            note: String::new(),
            day: moment.day,
            actions: moment.actions.clone(),
            assumptions: Assumptions::default(),
            outcomes: outcomes_of(study, asked, &moment.actions, moment.day),
        };
        let mut reading = reading.clone();
        reading.not_understood.extend(problems.iter().cloned());
        reading.assumed.extend(moment.assumed.clone());
        each(compose(study, &whatif, moment, &reading, options, i == 0));
    }
}

/// What a question asks for, and then what is asked of every change like it.
fn outcomes_of(study: &Study, asked: &[Asked], actions: &[Action], day: Day) -> Vec<OutcomeSpec> {
    let resolves = |spec: &OutcomeSpec| spec.resolve(study.record, &study.world, day).is_ok();
    let mut outcomes: Vec<OutcomeSpec> = asked_outcomes(study, asked).into_iter().filter(resolves).collect();
    // War between two is the same whoever is named first.
    let two = |ask: &str| {
        let mut parts: Vec<String> = ask.split(['(', ',', ')']).map(|p| p.trim().to_owned()).collect();
        parts.sort();
        parts
    };
    for usual in default_outcomes(study, actions, day) {
        if !outcomes.iter().any(|o| two(&o.ask) == two(&usual.ask)) {
            outcomes.push(usual);
        }
    }
    outcomes
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
    actions.iter().map(|a| action_sentence(study, a)).collect::<Vec<_>>().join("; ")
}

/// The changes of a what-if in words, in order.
pub fn changes_in_words(study: &Study, whatif: &WhatIf) -> Vec<String> {
    whatif.actions.iter().map(|a| action_sentence(study, a)).collect()
}

fn action_sentence(study: &Study, action: &Action) -> String {
    let record = study.record;
    match action {
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
        Action::Leave { person, actor, office, day } => format!(
            "{} is no longer {} of {} from {} on",
            record.people[person.0].name,
            office.label(),
            record.actors[*actor].name,
            day.long()
        ),
        Action::Set { change, day, .. } => format!("{} on {}", words::change(study, change), day.long()),
    }
}

/// What was moved by hand, one sentence each.
fn assumed(assumptions: &Assumptions) -> Vec<String> {
    let mut said = Vec::new();
    if assumptions.pact_effect != PactEffect::Fitted {
        said.push(format!("Effect of a pact in force set by hand: {}.", assumptions.pact_effect.label()));
    }
    if !assumptions.held.is_empty() {
        let kinds: Vec<String> = assumptions.held.iter().map(|k| k.label().to_owned()).collect();
        said.push(format!(
            "Held at the record (none new, and none lost but with its cause): {}.",
            words::list(&kinds)
        ));
    }
    said
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
            Action::Keep { actor, .. } | Action::Leave { actor, .. } => all.push(*actor),
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

/// Moves a what-if by hand, and leaves out the outcomes that cannot be asked of it then; returns what could not be done.
fn moved(study: &Study, whatif: &mut WhatIf, options: &Options) -> Vec<String> {
    let mut refused = options.moved.apply(whatif, study.record);
    let day = whatif.day;
    whatif.outcomes.retain(|o| match o.resolve(study.record, &study.world, day) {
        Ok(_) => true,
        Err(why) => {
            refused.push(format!("Not asked of the change on {}: {} ({why}).", day.long(), o.label));
            false
        }
    });
    refused
}

/// A what-if from a file as it is run: with the usual outcomes if it asks none, moved by hand, and as the file that repeats it.
///
/// # Errors
/// What could not be moved so, one sentence each.
pub fn prepared_whatif(
    study: &Study,
    whatif: &WhatIf,
    options: &Options,
) -> Result<(WhatIf, Vec<Outcome>, String), Vec<String>> {
    let mut whatif = whatif.clone();
    if whatif.outcomes.is_empty() {
        whatif.outcomes = default_outcomes(study, &whatif.actions, whatif.day);
    }
    let refused = moved(study, &mut whatif, options);
    if !refused.is_empty() {
        return Err(refused);
    }
    let outcomes = whatif
        .outcomes
        .iter()
        .filter_map(|o| o.resolve(study.record, &study.world, whatif.day).ok())
        .collect();
    let file = whatif_toml(study, &whatif);
    Ok((whatif, outcomes, file))
}

/// `whole`: with the record, cases and sample histories; the further moments of one question do without.
fn compose(
    study: &Study,
    whatif: &WhatIf,
    moment: &Divergence,
    reading: &Reading,
    options: &Options,
    whole: bool,
) -> Answer {
    let record = study.record;
    let (mut whatif, mut moment) = (whatif.clone(), moment.clone());
    let refused = moved(study, &mut whatif, options);
    if whatif.actions != moment.actions {
        moment.actions.clone_from(&whatif.actions);
        moment.day = whatif.day;
        moment.sentence = actions_sentence(study, &whatif.actions);
    }
    let (whatif, moment) = (&whatif, &moment);
    let mut engine = study.engine();
    engine.stop = options.stop;
    whatif.assumptions.apply(&mut engine);
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
    answer.reading.not_understood.extend(refused);
    answer.reading.assumed.extend(assumed(&whatif.assumptions));
    if !whatif.note.is_empty() {
        answer.sections.push(Section::Notes(Notes {
            title: "Background".to_owned(),
            points: false,
            text: vec![whatif.note.clone()],
        }));
    }
    let mut rows = outcome_rows(study, whatif, &outcomes, &ensemble, without.as_ref());
    let other_models =
        if whole { models(study, whatif, &intervention, &outcomes, &mut rows, options) } else { None };
    let other_dates = if whole { dates(study, whatif, &mut rows, options) } else { None };
    // What the question asks for is what it is answered with.
    let asked = match &reading.form {
        Form::WhatIf { asked, .. } => asked_outcomes(study, asked),
        _ => Vec::new(),
    };
    let asked = rows.iter().position(|r| asked.iter().any(|a| a.ask == r.ask));
    let focus = asked.or_else(|| focus_row(&rows));
    answer.summary = summary(study, whatif, &rows, focus, options.runs, options.mode, moment);
    answer.sections.push(Section::Outcomes(Outcomes {
        title: format!("By {}", study.end().to.long()),
        runs: options.runs,
        rows: {
            // What the first sentence is about comes first in the pictures too.
            let mut shown = rows.clone();
            if let Some(focus) = focus {
                shown[..=focus].rotate_right(1);
            }
            shown
        },
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
        answer.sections.extend(spread::graph(study, &ensemble));
        answer.sections.extend(spread::first_to_come(study, whatif, &rows, &ensemble));
        answer.sections.extend(other_models);
        answer.sections.extend(other_dates);
        answer.sections.extend(sensitivity(study, whatif, &intervention, &outcomes, &rows, options));
        answer.sections.push(course::section(study, whatif, &ensemble));
        answer.sections.push(record_section(study, whatif, moment, &ensemble, &engine, &mut citer));
        answer.sections.extend(holders::section(study, whatif, &ensemble));
        answer.sections.extend(ripples::sections(study, whatif, &ensemble));
        answer.sections.extend(comparable(study, whatif));
        answer.sections.push(histories(study, &ensemble));
    }
    if whole {
        // The kind that the answer turns on comes first.
        let first = focus.and_then(|f| outcomes[f].subject());
        let mut kinds: Vec<Kind> = Vec::new();
        for subject in first.into_iter().chain(outcomes.iter().filter_map(Outcome::subject)) {
            if !kinds.contains(&subject.kind) {
                kinds.push(subject.kind);
            }
        }
        answer.sections.extend(kinds.first().and_then(|&kind| score::beside(study, kind)));
        answer.sections.push(limits::section(study, &kinds));
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
