//! Answers from the record alone.

use jonbar_question::{Ask, Focus, Reading};
use jonbar_record::{ActorId, Event, EventKind, PactType};

use super::cite::Citer;
use super::study::Study;
use super::{blank, finish, words};
use crate::answer::{Answer, RecordList, Section};

/// Entries shown at most.
const ENTRIES_MAX: usize = 30;

/// A fact question: what the record says, or that it says nothing and whether that means nothing happened.
pub(crate) fn answer(study: &Study, reading: &Reading, ask: Ask, focus: &Focus) -> Answer {
    let record = study.record;
    let found: Vec<&Event> = record.events.iter().filter(|e| matches(study, e, ask, focus)).collect();
    let mut citer = Citer::new(record);
    let about = subject(study, focus);
    let mut answer = blank(reading, "fact", format!("What does the record say of {} {about}?", asked(ask)));
    answer.summary = summary(study, ask, focus, &found);
    let mut shown = found.clone();
    if shown.len() > ENTRIES_MAX {
        shown.retain(|e| e.confidence != jonbar_record::Confidence::Low);
        shown.truncate(ENTRIES_MAX);
    }
    let intro = match (found.len(), shown.len()) {
        (0, _) => "No entry matches.".to_owned(),
        (n, m) if m < n => format!("{m} of {n} matching entries."),
        (n, _) => format!("{n} matching entries."),
    };
    let entries = shown.into_iter().map(|e| citer.entry(e)).collect();
    answer.sections.push(Section::Record(RecordList { title: "The record".to_owned(), intro, entries }));
    finish(answer, citer)
}

fn asked(ask: Ask) -> &'static str {
    match ask {
        Ask::Proposed => "proposals and talks",
        Ask::Signed => "pacts",
        Ask::Broken => "broken pacts",
        Ask::Force => "force and war",
        Ask::Relations => "diplomatic relations",
        Ask::Office => "offices",
        Ask::Territory => "territory",
        Ask::Anything => "everything",
    }
}

pub(crate) fn subject(study: &Study, focus: &Focus) -> String {
    let mut parts = Vec::new();
    if focus.actors.len() >= 2 {
        parts.push(format!("between {}", words::names(study, &focus.actors)));
    } else if let Some(a) = focus.actors.first() {
        parts.push(format!("involving {}", words::name(study, *a)));
    }
    if !focus.territories.is_empty() {
        let names: Vec<String> =
            focus.territories.iter().map(|t| study.record.territories[t.0].name.clone()).collect();
        parts.push(format!("about {}", words::list(&names)));
    }
    if !focus.people.is_empty() {
        let names: Vec<String> = focus.people.iter().map(|p| study.record.people[p.0].name.clone()).collect();
        parts.push(format!("naming {}", words::list(&names)));
    }
    if let Some(pact) = focus.pact {
        parts.push(format!("on a {}", pact.label()));
    }
    if let Some(w) = focus.window {
        parts.push(format!("from {} to {}", w.from, w.to));
    }
    parts.join(", ")
}

pub(crate) fn concerns(study: &Study, e: &Event, focus: &Focus) -> bool {
    let actors = match &focus.actors[..] {
        [] => true,
        [one] => e.parties().any(|p| p == *one),
        several => several.iter().filter(|a| e.parties().any(|p| p == **a)).count() >= 2,
    };
    let land = focus.territories.is_empty() || e.territories.iter().any(|t| focus.territories.contains(t));
    let people = focus.people.is_empty() || e.people.iter().any(|p| focus.people.contains(p));
    let when = focus.window.is_none_or(|w| e.when.earliest <= w.to && w.from <= e.when.latest);
    let _ = study;
    actors && land && people && when
}

fn pact_fits(study: &Study, e: &Event, wanted: Option<PactType>) -> bool {
    let Some(wanted) = wanted else { return true };
    let types: Vec<PactType> = match e.pact {
        Some(p) => study.record.pacts[p.0].types.clone(),
        None if e.mark == "other" => return false,
        None => PactType::parse(&e.mark).into_iter().collect(),
    };
    types.is_empty() || types.iter().any(|t| Study::same_class(*t, wanted))
}

fn matches(study: &Study, e: &Event, ask: Ask, focus: &Focus) -> bool {
    use EventKind::*;
    let kind = match ask {
        Ask::Proposed => e.kind.is_negotiation(),
        Ask::Signed => e.kind == PactSigned || e.kind == PactExtended || e.kind == PactRatified,
        Ask::Broken => e.kind.ends_pact(),
        Ask::Force => matches!(e.kind, ArmedDispute | WarBegun | WarJoined | WarEnded | TerritorialDemand),
        Ask::Relations => matches!(e.kind, RelationsOpened | RelationsBroken),
        Ask::Office => matches!(e.kind, OfficeTaken | OfficeLeft | RegimeChange),
        Ask::Territory => {
            matches!(e.kind, TerritoryCeded | TerritorialDemand | ClaimAsserted | ClaimRenounced)
        }
        Ask::Anything => e.kind != Motive,
    };
    kind && concerns(study, e, focus)
        && (!matches!(ask, Ask::Proposed | Ask::Signed | Ask::Broken) || pact_fits(study, e, focus.pact))
}

/// Yes or no first, then the count and the span. Where nothing is found, whether that means that nothing happened.
fn summary(study: &Study, ask: Ask, focus: &Focus, found: &[&Event]) -> Vec<String> {
    let (Some(first), Some(last)) = (found.first(), found.last()) else {
        let covered = match ask {
            Ask::Signed => study.record.coverage.iter().find(|c| c.kind == "nonaggression_pact"),
            Ask::Force => study.record.coverage.iter().find(|c| c.kind == "war_begun"),
            Ask::Relations => study.record.coverage.iter().find(|c| c.kind == "relations_opened"),
            _ => None,
        };
        return vec![match covered {
            Some(c) => format!(
                "None is recorded, and the casebook declares this kind complete for {} to {}: {}",
                c.window.from, c.window.to, c.note
            ),
            None => "None is recorded. The casebook does not declare this kind complete, so that is not proof that there was none."
                .to_owned(),
        }];
    };
    let mut out = Vec::new();
    let span = if found.len() == 1 {
        first.when.long()
    } else {
        format!("the first {}, the last {}", first.when.long(), last.when.long())
    };
    out.push(format!("Yes: {} in the casebook, {span}.", count(found.len())));
    if ask == Ask::Proposed {
        let by: Vec<ActorId> = focus
            .actors
            .iter()
            .copied()
            .filter(|a| found.iter().any(|e| e.kind == EventKind::Proposal && e.actors.contains(a)))
            .collect();
        if by.len() >= 2 {
            out.push(format!("Proposals came from {}.", words::names(study, &by)));
        } else if let Some(a) = by.first() {
            out.push(format!("The recorded proposals came from {}.", words::name(study, *a)));
        }
        let others: Vec<ActorId> = found
            .iter()
            .filter(|e| e.kind == EventKind::Proposal)
            .flat_map(|e| e.actors.iter().copied())
            .filter(|a| !focus.actors.contains(a))
            .fold(Vec::new(), |mut all, a| {
                if !all.contains(&a) {
                    all.push(a);
                }
                all
            });
        if !others.is_empty() {
            out.push(format!("Third states that proposed it: {}.", words::names(study, &others)));
        }
    }
    out
}

fn count(n: usize) -> String {
    if n == 1 { "one entry".to_owned() } else { format!("{n} entries") }
}
