//! What came after an event: what followed from it, and what else its parties did with each other or with its land.

use jonbar_question::{Focus, Reading, spoken_of};
use jonbar_record::{Event, EventKind, Record};

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

/// Words that no event of these sorts is told in, and whether the entry is of such a sort: "the death of" somebody is not his taking office.
fn speaks_of_another(record: &Record, of: &str, event: &Event) -> bool {
    use EventKind::{
        ArmedDispute, LeagueEntered, LeagueLeft, OfficeTaken, PactExtended, PactRatified, PactSigned,
        PactViolated, TerritoryCeded, WarBegun, WarJoined,
    };
    let said = spoken_of(of, record);
    let lower = of.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let any = |stems: &[&str]| words.iter().any(|w| stems.iter().any(|stem| w.starts_with(stem)));
    let is = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let kind = |kinds: &[EventKind]| kinds.contains(&event.kind);
    let years = event.when.earliest.year()..=event.when.latest.year();
    let another_year =
        words.iter().filter_map(|w| w.parse::<i32>().ok()).any(|y| y > 1900 && !years.contains(&y));
    let leaves = any(&["death", "died", "fall", "fell", "resign", "dismiss", "murder", "assassin"]);
    let came = kind(&[OfficeTaken]) && said.people.iter().any(|p| event.people.contains(p));
    let ends = is(&["ended", "end", "ends"]) && kind(&[WarBegun]);
    let left = is(&["left", "quit", "leaving", "withdrew"]) && kind(&[LeagueEntered]);
    let joined = any(&["join"]) && !kind(&[PactSigned, PactExtended, PactRatified, LeagueEntered, WarJoined]);
    let attacked = is(&["attacked", "invaded", "occupied", "annexed", "attack", "invasion"]);
    let no_attack = attacked && !kind(&[WarBegun, WarJoined, ArmedDispute, PactViolated, TerritoryCeded]);
    // "Italy invaded Albania": the first named is the one that did.
    let active = is(&["attacked", "invaded", "occupied", "annexed"]) && !is(&["was", "were", "by"]);
    let another = active && said.actors.first().is_some_and(|a| !event.actors.contains(a));
    is(&["not", "never", "no", "t"])
        || another_year
        || leaves && came
        || ends
        || left
        || joined
        || kind(&[LeagueLeft]) && any(&["join", "enter"])
        || no_attack
        || another
}

/// The event is told in words and looked for in the record.
pub(crate) fn answer(study: &Study, reading: &Reading, of: &str, focus: &Focus) -> Answer {
    let record = study.record;
    let told = event_told(study, focus, of);
    let Some(id) = told.filter(|id| !speaks_of_another(record, of, &record.events[id.0])) else {
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
        format!("What came after this: {}, {}?", event.summary.trim_end_matches('.'), event.when.long()),
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
