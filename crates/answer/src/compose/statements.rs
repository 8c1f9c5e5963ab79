//! Statements in a text held against the record.
//!
//! Each rule looks for one sort of statement and is independent of any particular text: talks called a mere prelude, "no further
//! attempts", a claim called dormant, a place put beside a territory it does not belong to, and the premise that two states "had
//! no pact" when a multilateral one bound them. What else is said of an event with a date is judged as running text is (`prose`).

use jonbar_question::{Form, Reading, Statement};
use jonbar_record::{ActorId, Day, Event, EventKind, PactType, nearest};

use super::cite::Citer;
use super::prose::judged;
use super::study::Study;
use super::{finish, words};
use crate::answer::{ANSWER_VERSION, Answer, ReadingShown, Section, StatementShown, Statements};

struct Verdict<'e> {
    verdict: &'static str,
    explanation: String,
    events: Vec<&'e Event>,
}

/// Holds premises and statements against the record; `None` if the text makes none that can be checked.
pub(crate) fn check(study: &Study, readings: &[Reading], statements: &[Statement]) -> Option<Answer> {
    let record = study.record;
    let mut citer = Citer::new(record);
    let mut shown: Vec<StatementShown> = Vec::new();
    let mut said: Vec<String> = Vec::new();
    for reading in readings {
        // The same premise behind several questions is corrected once.
        if let Some(v) = premise(study, reading).filter(|v| !said.contains(&v.explanation)) {
            said.push(v.explanation.clone());
            shown.push(v.shown(&reading.text, &mut citer));
        }
    }
    // A sentence that names no state of its own speaks of those named before it.
    let mut parties: Vec<ActorId> = Vec::new();
    let mut last_day: Option<Day> = None;
    // Read together, for "they" and "that year", and told sentence by sentence.
    let (mut text, mut ends) = (String::new(), Vec::new());
    for s in statements {
        text.push_str(&s.text);
        text.push('\n');
        ends.push(text.len());
    }
    // A sentence of a discussion that gives no date is more often an opinion than a statement of one event.
    let dated = |s: &Statement| !s.dates.is_empty() && !jonbar_question::counts(&s.text);
    let events = if statements.iter().any(dated) { judged(record, &text) } else { Vec::new() };
    for (n, s) in statements.iter().enumerate() {
        if s.focus.actors.len() >= 2 {
            parties = s.focus.actors.clone();
        }
        if let Some(d) = s.dates.last() {
            last_day = Some(d.window.to);
        }
        let ruled = rules(study, s, &parties, last_day);
        if dated(s) {
            let start = n.checked_sub(1).map_or(0, |before| ends[before]);
            let here = events.iter().filter(|e| (start..ends[n]).contains(&e.span.start));
            // Beside what a rule has to say of the sentence, only what it gets wrong is worth a line.
            let told = here.filter(|e| ruled.is_empty() || e.disagrees());
            shown.extend(told.map(|e| e.shown(None, record, &mut citer)));
        }
        for v in ruled {
            shown.push(v.shown(&s.text, &mut citer));
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

impl Verdict<'_> {
    fn shown(self, text: &str, citer: &mut Citer) -> StatementShown {
        StatementShown {
            excerpt: excerpt(text),
            span: None,
            verdict: self.verdict.to_owned(),
            explanation: self.explanation,
            entries: self.events.iter().take(12).map(|e| citer.entry(e)).collect(),
        }
    }
}

/// The first words of a long sentence.
fn excerpt(text: &str) -> String {
    const WORDS: usize = 24;
    let words: Vec<&str> = text.split_whitespace().collect();
    let more = if words.len() > WORDS { " ..." } else { "" };
    format!("{}{more}", words[..words.len().min(WORDS)].join(" "))
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
            verdict: "agrees",
            explanation: "The record has none after that either.".to_owned(),
            events,
        }
    } else {
        Verdict {
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
