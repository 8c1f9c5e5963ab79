//! What is supposed in words of which no rule makes a change: that the entry of the record which shares most with them goes otherwise.

use jonbar_question::{Supposition, spoken_of, supposition, tells_of_failure, war_called};

use super::super::prose::entries_told;
use super::super::{questions_about, with_questions};
use super::*;

/// Days within which entries tell of one matter.
const FEW_DAYS: i32 = 5;

/// Beginnings of words with which a war is said not to come.
const BEGUN: [&str; 12] = [
    "launch", "start", "begin", "began", "happen", "come", "came", "break", "avoid", "avert", "prevent",
    "cancel",
];

/// Ways to settle a claim that the model does not know.
const SETTLED: [&str; 5] = ["plebiscite", "referendum", "arbitrat", "mediat", "compromise"];

/// How an entry goes otherwise.
enum Otherwise {
    Undone,
    Answered(Mark),
}

/// The nearest entry that can go otherwise as the words say: what happened does not, and a demand that was refused is granted.
pub(crate) fn supposed_by_words(study: &Study, text: &str) -> Option<Divergence> {
    let then = spoken_of(text, study.record).window;
    gone_otherwise(study, &supposition(text, study.record)?, then)
}

fn gone_otherwise(study: &Study, supposed: &Supposition, then: Option<Window>) -> Option<Divergence> {
    let record = study.record;
    // A vote or an award in place of what was demanded is neither a yes nor a no.
    let settled = supposed.text.to_lowercase();
    if SETTLED.iter().any(|w| settled.contains(w)) && !supposed.undoes {
        return None;
    }
    // A war by its name is the attack that began it.
    let begun = |w: &str| BEGUN.iter().any(|stem| w.starts_with(stem));
    let of_war = supposed.text.to_lowercase().split_whitespace().any(begun);
    let war = war_called(&supposed.text, record).filter(|_| of_war);
    let near: Vec<EventId> = war.into_iter().chain(entries_told(record, &supposed.text, then)).collect();
    // The nearest, or another of the same days: one that lies elsewhere is another matter.
    let day = |id: EventId| record.events[id.0].when.reading().0;
    let first = *near.first()?;
    let same = near.iter().filter(|id| (day(**id) - day(first)).abs() <= FEW_DAYS);
    let (event, how) = same.copied().find_map(|id| Some((id, otherwise(study, id, supposed)?)))?;
    let e = &record.events[event.0];
    let divergence = match how {
        Otherwise::Undone => prevented(study, event, Vec::new()),
        Otherwise::Answered(mark) => {
            let window = Window { from: e.when.earliest, to: e.when.latest };
            let of = Focus { window: Some(window), territories: e.territories.clone(), ..Focus::default() };
            answer(study, e.targets.first().copied(), e.actors.first().copied(), mark.name(), &of).ok()?
        }
    };
    let others: Vec<String> =
        near.iter().filter(|id| **id != event).take(2).map(|id| with_questions(study, *id)).collect();
    let mut assumed = vec![format!(
        "\"{}\" is no change that the reader knows. It is read as the entry of the record that shares most with its words, that of {}; \
         nothing else in it is changed.",
        supposed.text,
        e.when.long()
    )];
    if !others.is_empty() {
        assumed.push(format!("If another was meant, these are near too: {}", others.join(" ")));
    }
    assumed.extend(divergence.assumed.clone());
    Some(Divergence { assumed, ..divergence })
}

/// How an entry goes otherwise, if it can.
fn otherwise(study: &Study, event: EventId, supposed: &Supposition) -> Option<Otherwise> {
    let e = &study.record.events[event.0];
    if questions_about(study, event).is_empty() {
        return None;
    }
    // What stays is not lost; who occupies and stays does so all the more.
    let lost = matches!(
        e.kind,
        EventKind::OfficeLeft
            | EventKind::RegimeChange
            | EventKind::TerritoryCeded
            | EventKind::IndependenceLost
    );
    let undoes = supposed.undoes || supposed.keeps && lost;
    if e.kind == EventKind::TerritorialDemand {
        return match (undoes, e.mark == Mark::Conceded.name()) {
            (true, true) => Some(Otherwise::Answered(Mark::Resisted)),
            (false, false) => Some(Otherwise::Answered(Mark::Conceded)),
            _ => None,
        };
    }
    // A war that is lost is fought all the same.
    let war = matches!(e.kind, EventKind::WarBegun | EventKind::WarJoined);
    if war && supposed.beaten {
        return None;
    }
    // A failure that succeeds is no failure that never was.
    (undoes && !tells_of_failure(&e.summary)).then_some(Otherwise::Undone)
}
