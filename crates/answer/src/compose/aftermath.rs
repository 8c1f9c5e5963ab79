//! What came after an event: what followed from it, and what else its parties did with each other or with its land.

use jonbar_question::{Focus, Reading};
use jonbar_record::{Event, EventKind};

use super::cite::Citer;
use super::study::Study;
use super::{blank, event_told, finish, not_understood, words};
use crate::answer::{Answer, RecordList, Section};

/// Days after the event that count.
const DAYS: i32 = 366;
/// Entries told in the summary.
const TOLD: usize = 3;
/// Entries shown at most.
const ENTRIES_MAX: usize = 30;

/// The event is told in words and looked for in the record.
pub(crate) fn answer(study: &Study, reading: &Reading, of: &str, focus: &Focus) -> Answer {
    let record = study.record;
    let Some(id) = event_told(study, focus, of) else {
        let mut reading = reading.clone();
        reading.not_understood.push(format!("\"{of}\" was not found in the record."));
        return not_understood(&reading);
    };
    let event = &record.events[id.0];
    let parties: Vec<_> = event.parties().collect();
    // Of what happened within one state, what else that state did or met with.
    let several = parties.len().clamp(1, 2);
    let of_both = |e: &Event| e.parties().filter(|p| parties.contains(p)).count() >= several;
    let of_land = |e: &Event| {
        e.kind == EventKind::TerritoryCeded && e.territories.iter().any(|t| event.territories.contains(t))
    };
    // What states did with each other before, such as a pact now broken, is not told apart from what came of this.
    let after = |e: &Event| {
        let days = e.when.reading().0 - event.when.reading().0;
        (0..=DAYS).contains(&days)
    };
    let mut found: Vec<&Event> = record
        .events
        .iter()
        .enumerate()
        .filter(|(i, e)| {
            *i != id.0
                && e.kind != EventKind::Motive
                && (e.follows == Some(id) || after(e) && (of_both(e) || of_land(e)))
        })
        .map(|(_, e)| e)
        .collect();
    found.sort_by_key(|e| e.when.reading());
    let mut citer = Citer::new(record);
    let mut answer = blank(
        reading,
        "fact",
        format!(
            "What followed within a year from this: {}, {}?",
            event.summary.trim_end_matches('.'),
            event.when.long()
        ),
    );
    answer.summary = found.iter().take(TOLD).map(|e| words::dated(e)).collect();
    match found.len() {
        0 => answer.summary.push("The record has nothing that followed from it within a year.".to_owned()),
        n if n > TOLD => answer
            .summary
            .push(format!("{} more below.", words::capital(&words::counted(n - TOLD, "entry", "entries")))),
        _ => {}
    }
    let n = found.len();
    found.truncate(ENTRIES_MAX);
    let shown = if n > ENTRIES_MAX {
        format!("{ENTRIES_MAX} of {n} entries")
    } else {
        words::counted(n, "entry", "entries")
    };
    let shown = if n == 0 { String::new() } else { format!(", then {shown} of the year after it") };
    let entries = std::iter::once(event).chain(found).map(|e| citer.entry(e)).collect();
    answer.sections.push(Section::Record(RecordList {
        title: "The record".to_owned(),
        intro: format!(
            "The event itself{shown}: what the record says followed from it, and what passed between those who had a part in it or \
             became of its land. That one thing came after another does not say it came of it."
        ),
        entries,
    }));
    finish(answer, citer)
}
