//! Statements in a text held against the record.
//!
//! Each rule looks for one sort of statement and is independent of any particular text: a date given for an event,
//! talks called a mere prelude, "no further attempts", a claim called dormant, a place put beside a territory it does
//! not belong to, and the premise that two states "had no pact" when a multilateral one bound them.

use jonbar_question::{Form, Reading, Statement};
use jonbar_record::{ActorId, Day, Event, EventKind, Office, PactType, nearest};

use super::cite::Citer;
use super::study::Study;
use super::{finish, words};
use crate::answer::{ANSWER_VERSION, Answer, ReadingShown, Section, StatementShown, Statements};

struct Verdict<'e> {
    /// Where in the sentence what is judged stands, from 0 to 1.
    at: f64,
    verdict: &'static str,
    explanation: String,
    events: Vec<&'e Event>,
}

/// Holds premises and statements against the record; `None` if the text makes none that can be checked.
pub(crate) fn check(study: &Study, readings: &[Reading], statements: &[Statement]) -> Option<Answer> {
    let record = study.record;
    let mut citer = Citer::new(record);
    let mut shown: Vec<StatementShown> = Vec::new();
    let mut add = |text: &str, v: Verdict, citer: &mut Citer| {
        let entries = v.events.iter().take(12).map(|e| citer.entry(e)).collect();
        shown.push(StatementShown {
            excerpt: excerpt(text, v.at),
            span: None,
            verdict: v.verdict.to_owned(),
            explanation: v.explanation,
            entries,
        });
    };
    let mut said: Vec<String> = Vec::new();
    for reading in readings {
        // The same premise behind several questions is corrected once.
        if let Some(v) = premise(study, reading).filter(|v| !said.contains(&v.explanation)) {
            said.push(v.explanation.clone());
            add(&reading.text, v, &mut citer);
        }
    }
    // A sentence that names no state of its own speaks of those named before it.
    let mut parties: Vec<ActorId> = Vec::new();
    let mut last_day: Option<Day> = None;
    for s in statements {
        if s.focus.actors.len() >= 2 {
            parties = s.focus.actors.clone();
        }
        if let Some(d) = s.dates.last() {
            last_day = Some(d.window.to);
        }
        for v in rules(study, s, &parties, last_day) {
            add(&s.text, v, &mut citer);
        }
    }
    if shown.is_empty() {
        return None;
    }
    let wrong = shown.iter().filter(|s| s.verdict != "agrees").count();
    let answer = Answer {
        version: ANSWER_VERSION,
        question: "Statements in the text".to_owned(),
        reading: ReadingShown {
            form: "statement".to_owned(),
            sentence: "What the text states or takes for granted, held against the record.".to_owned(),
            assumed: Vec::new(),
            not_understood: Vec::new(),
        },
        summary: vec![format!(
            "{} could be checked; {} with the record, {wrong} not or only in part.",
            match shown.len() {
                1 => "One statement".to_owned(),
                n => format!("{n} statements"),
            },
            match shown.len() - wrong {
                1 => "one agrees".to_owned(),
                n => format!("{n} agree"),
            }
        )],
        sections: vec![Section::Statements(Statements {
            title: "Where the text stands against the record".to_owned(),
            statements: shown,
        })],
        sources: Vec::new(),
        run: None,
    };
    Some(finish(answer, citer))
}

/// Words of a long sentence around the part that is judged.
fn excerpt(text: &str, at: f64) -> String {
    const WORDS: usize = 24;
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= WORDS {
        return words.join(" ");
    }
    let middle = (at * words.len() as f64) as usize;
    let from = middle.saturating_sub(WORDS / 2).min(words.len() - WORDS);
    let to = from + WORDS;
    format!(
        "{}{}{}",
        if from > 0 { "... " } else { "" },
        words[from..to].join(" "),
        if to < words.len() { " ..." } else { "" }
    )
}

/// A what-if or contrast that takes for granted that two states had no pact, when one of several parties bound them.
fn premise<'e>(study: &'e Study, reading: &Reading) -> Option<Verdict<'e>> {
    let record = study.record;
    let (a, b, pact) = match &reading.form {
        Form::Contrast { subject, focus, .. } => (subject.0, subject.1, focus.pact?),
        Form::WhatIf { changes, .. } => changes.iter().find_map(|c| match c {
            jonbar_question::Change::Sign { pact, actors, .. } if actors.len() == 2 => {
                Some((actors[0], actors[1], (*pact)?))
            }
            _ => None,
        })?,
        _ => return None,
    };
    let bound: Vec<&jonbar_record::Pact> = record
        .pacts
        .iter()
        .filter(|p| {
            !p.is_bilateral()
                && p.binds(a, b)
                && p.end_kind != jonbar_record::PactEnd::NeverInForce
                && p.types.iter().any(|t| Study::same_class(*t, pact))
        })
        .collect();
    if bound.is_empty() {
        return None;
    }
    let names: Vec<String> = bound.iter().map(|p| format!("the {} ({})", p.name, p.signed.long())).collect();
    let events = record
        .events
        .iter()
        .filter(|e| {
            e.kind == EventKind::PactSigned
                && e.pact.is_some_and(|p| bound.iter().any(|x| x.id == record.pacts[p.0].id))
        })
        .collect();
    Some(Verdict {
        at: 0.0,
        verdict: "incomplete",
        explanation: format!(
            "{} had no {} of the two alone, but both were parties to {}. What was missing was a bilateral pact.",
            words::capital(&words::names(study, &[a, b])),
            pact.label(),
            words::list(&names)
        ),
        events,
    })
}

fn rules<'e>(
    study: &'e Study,
    s: &Statement,
    parties: &[ActorId],
    last_day: Option<Day>,
) -> Vec<Verdict<'e>> {
    let mut out = Vec::new();
    out.extend(understated(study, s, parties));
    out.extend(no_further(study, s, parties, last_day));
    out.extend(dormant(study, s, parties));
    out.extend(misplaced(study, s));
    out.extend(dated(study, s, parties));
    out
}

fn joins_all(e: &Event, parties: &[ActorId]) -> bool {
    parties.len() >= 2 && parties.iter().take(2).all(|a| e.parties().any(|p| p == *a))
}

fn has(s: &Statement, words: &[&str]) -> bool {
    s.words.iter().any(|w| words.contains(&w.as_str()))
}

/// Talks called a prelude to a pact that by the record were about that very pact.
fn understated<'e>(study: &'e Study, s: &Statement, parties: &[ActorId]) -> Option<Verdict<'e>> {
    if !has(s, &["prelude", "preliminary", "preparation", "preparatory", "exploratory"]) {
        return None;
    }
    let record = study.record;
    let events: Vec<&Event> = record
        .events
        .iter()
        .filter(|e| {
            let of_type = match (s.focus.pact, PactType::parse(&e.mark)) {
                (Some(p), Some(m)) => Study::same_class(p, m),
                _ => false,
            };
            let near = s
                .dates
                .iter()
                .any(|d| e.when.earliest <= d.window.to.plus(10) && e.when.latest >= d.window.from.plus(-10));
            matches!(
                e.kind,
                EventKind::NegotiationOpened | EventKind::NegotiationFailed | EventKind::DraftAgreed
            ) && of_type
                && near
                && joins_all(e, parties)
        })
        .collect();
    (!events.is_empty()).then(|| Verdict {
        at: 0.0,
        verdict: "disagrees",
        explanation: format!(
            "They were not a prelude: by the record these talks were the negotiation of the {} itself.",
            s.focus.pact.map_or("pact", PactType::label)
        ),
        events,
    })
}

/// "No further attempts", against talks the record has afterwards.
fn no_further<'e>(
    study: &'e Study,
    s: &Statement,
    parties: &[ActorId],
    last_day: Option<Day>,
) -> Option<Verdict<'e>> {
    let never = s
        .words
        .windows(2)
        .any(|w| w[0] == "no" && matches!(w[1].as_str(), "further" | "more" | "other" | "new"))
        || has(s, &["never"]) && has(s, &["again"]);
    let talks = has(
        s,
        &[
            "attempt",
            "attempts",
            "negotiations",
            "talks",
            "rapprochement",
            "approaches",
            "proposals",
            "efforts",
        ],
    );
    if !(never && talks) {
        return None;
    }
    let after = last_day?;
    let events: Vec<&Event> = study
        .record
        .events
        .iter()
        .filter(|e| {
            let tried =
                matches!(e.kind, EventKind::Proposal | EventKind::NegotiationOpened | EventKind::DraftAgreed);
            tried && joins_all(e, parties) && e.when.earliest > after
        })
        .collect();
    Some(if events.is_empty() {
        Verdict {
            at: 0.0,
            verdict: "agrees",
            explanation: "The record has none after that either.".to_owned(),
            events,
        }
    } else {
        Verdict {
            at: 0.0,
            verdict: "disagrees",
            explanation: format!(
                "Too strong: the record has {} after {}.",
                plural(events.len(), "approach", "approaches"),
                after.long()
            ),
            events,
        }
    })
}

fn plural(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("one {one}") } else { format!("{n} {many}") }
}

/// A claim called dormant or revived, against statements of it in the years before.
fn dormant<'e>(study: &'e Study, s: &Statement, parties: &[ActorId]) -> Option<Verdict<'e>> {
    if !has(s, &["dormant", "forgotten", "sleeping", "abandoned"]) || !has(s, &["claim", "claims"]) {
        return None;
    }
    let record = study.record;
    let territory = s.focus.territories.first()?;
    let date = s.dates.first()?.window.from;
    let claim = record.claims.iter().find(|c| {
        c.territory == *territory
            && (parties.contains(&c.claimant) || s.focus.actors.contains(&c.claimant) || parties.is_empty())
    })?;
    let events: Vec<&Event> = record
        .events
        .iter()
        .filter(|e| {
            e.when.reading() < date
                && e.territories.contains(territory)
                && e.actors.contains(&claim.claimant)
                && matches!(e.kind, EventKind::ClaimAsserted | EventKind::TerritorialDemand)
        })
        .collect();
    (!events.is_empty()).then(|| Verdict {
        at: 0.0,
        verdict: "incomplete",
        explanation: format!(
            "The claim of {} to {} was not dormant throughout: the record has it stated {} times before {}.",
            record.actors[claim.claimant.0].in_sentence(),
            record.territories[territory.0].name,
            events.len(),
            date.year()
        ),
        events,
    })
}

/// A river or city put together with a territory it does not touch, where one with a similar name does.
fn misplaced<'e>(study: &'e Study, s: &Statement) -> Option<Verdict<'e>> {
    let record = study.record;
    let territory = s.focus.territories.first()?;
    for &p in &s.places {
        let place = &record.places[p];
        if place.territories.contains(territory) {
            continue;
        }
        let right: Vec<&str> = record
            .places
            .iter()
            .filter(|x| x.kind == place.kind && x.territories.contains(territory))
            .map(|x| x.name.as_str())
            .collect();
        let near = nearest(&place.name, right.iter().copied(), 1);
        if let Some(name) = near.first() {
            return Some(Verdict {
                at: 0.0,
                verdict: "disagrees",
                explanation: format!(
                    "The {} does not touch {}; the {} {} does. Probably a slip of the pen or of the scan.",
                    place.name, record.territories[territory.0].name, place.kind, name
                ),
                events: Vec::new(),
            });
        }
    }
    None
}

/// What sort of event a sentence with a date speaks of.
fn spoken_of(s: &Statement) -> Vec<EventKind> {
    let mut kinds = Vec::new();
    let stem = |stems: &[&str]| s.words.iter().any(|w| stems.iter().any(|t| w.starts_with(t)));
    if has(s, &["relations"]) && stem(&["establish", "open", "restor", "recogni"]) {
        kinds.push(EventKind::RelationsOpened);
    }
    if has(s, &["draft"]) && stem(&["agree", "initial"]) {
        kinds.push(EventKind::DraftAgreed);
    }
    if stem(&["dismiss", "sacked", "ousted", "resign"]) && !s.focus.people.is_empty() {
        kinds.extend([EventKind::OfficeLeft, EventKind::OfficeTaken]);
    }
    if stem(&["signed", "concluded"]) && !has(s, &["was", "be"]) {
        kinds.push(EventKind::PactSigned);
    }
    if stem(&["invade", "attacked", "declared"]) {
        kinds.extend([EventKind::WarBegun, EventKind::WarJoined, EventKind::ArmedDispute]);
    }
    if stem(&["annex", "cede", "ceded", "seiz"]) && !s.focus.territories.is_empty() {
        kinds.push(EventKind::TerritoryCeded);
    }
    if has(s, &["ultimatum"]) {
        kinds.push(EventKind::TerritorialDemand);
    }
    kinds
}

/// A dated event of a kind we know, compared with the record's date.
fn dated<'e>(study: &'e Study, s: &Statement, parties: &[ActorId]) -> Vec<Verdict<'e>> {
    let record = study.record;
    let kinds = spoken_of(s);
    let mut out = Vec::new();
    let two: Vec<ActorId> = if s.focus.actors.len() >= 2 { s.focus.actors.clone() } else { parties.to_vec() };
    for kind in kinds {
        // The date nearest to the word that names the event, by position in the sentence.
        let stem = match kind {
            EventKind::RelationsOpened => "relations",
            EventKind::DraftAgreed => "draft",
            EventKind::OfficeLeft | EventKind::OfficeTaken => "dismiss",
            _ => "",
        };
        let at = s.words.iter().position(|w| !stem.is_empty() && w.starts_with(stem));
        let Some(date) = s.dates.iter().min_by_key(|d| at.map_or(0, |a| a.abs_diff(d.words.0))) else {
            continue;
        };
        let fits = |e: &&Event| {
            if e.kind != kind {
                return false;
            }
            match kind {
                EventKind::OfficeLeft => {
                    e.people.iter().any(|p| s.focus.people.contains(p))
                        && e.office != Some(Office::HeadOfState)
                }
                EventKind::OfficeTaken => false,
                EventKind::TerritoryCeded => e.territories.iter().any(|t| s.focus.territories.contains(t)),
                _ => joins_all(e, &two),
            }
        };
        let Some(event) =
            record.events.iter().filter(fits).min_by_key(|e| (e.when.reading().0 - date.window.from.0).abs())
        else {
            continue;
        };
        let (earliest, latest) = (event.when.earliest, event.when.latest);
        let overlap = earliest <= date.window.to && date.window.from <= latest;
        let far = (earliest.0 - date.window.from.0).abs() > 3 * 366;
        if far {
            continue;
        }
        let (verdict, explanation) = if !overlap {
            let other = event
                .also_dated
                .iter()
                .any(|(w, _)| w.earliest <= date.window.to && date.window.from <= w.latest);
            if other {
                ("incomplete", format!("Sources differ: the record reads {}.", event.when.long()))
            } else {
                ("disagrees", format!("The record has {}.", event.when.long()))
            }
        } else if !event.when.is_exact() && date.exact {
            ("more precise than the record", format!("The record has only {}.", event.when.long()))
        } else {
            ("agrees", format!("The record has {}.", event.when.long()))
        };
        let at = date.words.0 as f64 / s.words.len().max(1) as f64;
        out.push(Verdict { at, verdict, explanation, events: vec![event] });
    }
    out
}
