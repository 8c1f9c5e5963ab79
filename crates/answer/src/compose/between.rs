//! Which of two events came first, and how long lay between them.

use jonbar_question::{Reading, kinds_told, spoken_of};
use jonbar_record::{EventId, EventKind, Record, Window};

use super::cite::Citer;
use super::study::Study;
use super::{blank, finish, prose, words};
use crate::answer::{Answer, RecordList, Section};

/// The two events are told as words; each is looked for in the record.
pub(crate) fn answer(study: &Study, reading: &Reading, (one, other): (&str, &str)) -> Answer {
    let record = study.record;
    let mut citer = Citer::new(record);
    let mut answer =
        blank(reading, "fact", format!("When were \"{one}\" and \"{other}\", and how far apart?"));
    let mut found = Vec::new();
    for (said, entry) in [one, other].into_iter().zip(together(record, [one, other])) {
        match entry {
            Some(event) => found.push(&record.events[event.0]),
            None => answer.summary.push(format!("\"{said}\" was not found in the record.")),
        }
    }
    if found.len() < 2 {
        // What both halves speak of may still be near.
        answer
            .sections
            .extend(super::facts::near_by_words(record, &reading.text, &mut citer).map(Section::Record));
    }
    if let [a, b] = found[..] {
        let (first, last) = if a.when.reading() <= b.when.reading() { (a, b) } else { (b, a) };
        let days = last.when.reading().0 - first.when.reading().0;
        let known = |e: &jonbar_record::Event| e.when.earliest == e.when.latest;
        let about = if known(first) && known(last) { "" } else { "about " };
        answer.summary.push(if days == 0 {
            format!("Both are dated {}.", first.when.long())
        } else {
            format!(
                "First came {}: {}. The other followed {about}{} later ({}).",
                first.when.long(),
                first.summary.trim_end_matches('.'),
                words::counted(days.unsigned_abs() as usize, "day", "days"),
                words::years_or_months(days)
            )
        });
    }
    found.sort_by_key(|e| e.when.reading());
    let intro = match found.len() {
        0 => "No entry matches.".to_owned(),
        1 => "One matching entry.".to_owned(),
        n => format!("{n} matching entries."),
    };
    let entries = found.into_iter().map(|e| citer.entry(e)).collect();
    answer.sections.push(Section::Record(RecordList { title: "The record".to_owned(), intro, entries }));
    finish(answer, citer)
}

/// The entries that two texts tell of. Where they lie years apart, one may be meant of which there are several: the one near the other.
fn together(record: &Record, texts: [&str; 2]) -> [Option<EventId>; 2] {
    const APART: i32 = 366;
    // Of attacks and pacts of the two states named there may be several: those that lie closest together are meant.
    let [several, others] = texts.map(|text| plainly_told(record, text));
    let pairs = several.iter().flat_map(|a| others.iter().map(move |b| (*a, *b)));
    let apart = |(a, b): &(EventId, EventId)| {
        (record.events[a.0].when.reading().0 - record.events[b.0].when.reading().0).abs()
    };
    if let Some((one, other)) = pairs.filter(|(a, b)| a != b).min_by_key(apart) {
        return [Some(one), Some(other)];
    }
    let found = prose::entries_of(record, texts);
    let found = [0, 1].map(|n| {
        found[n].filter(|id| fits(record, texts[n], *id)).or_else(|| nearest_that_fits(record, texts[n]))
    });
    let [Some(one), Some(other)] = found else { return found };
    let day = |id: EventId| record.events[id.0].when.reading();
    if (day(one).0 - day(other).0).abs() <= APART {
        return found;
    }
    let near = |text: &str, to: EventId| {
        let window = Window { from: day(to).plus(-APART), to: day(to).plus(APART) };
        prose::the_nearest(record, text, window).filter(|id| *id != to)
    };
    let pairs =
        [near(texts[0], other).map(|first| (first, other)), near(texts[1], one).map(|second| (one, second))];
    let closest = pairs.into_iter().flatten().min_by_key(|(a, b)| (day(*a).0 - day(*b).0).abs());
    closest.map_or(found, |(a, b)| [Some(a), Some(b)])
}

/// Whether all states that a text names have a part in an entry.
fn fits(record: &Record, text: &str, event: EventId) -> bool {
    let e = &record.events[event.0];
    let parties = record.concerned(e);
    let kinds = kinds_told(text);
    // "Thrown out of the League" is no office left.
    let of_sort = !kinds.contains(&EventKind::LeagueLeft) || e.kind == EventKind::LeagueLeft;
    of_sort && spoken_of(text, record).actors.iter().all(|a| parties.contains(a))
}

/// Attacks of one state on another, pacts of two alone, and their relations, that a text tells of.
fn plainly_told(record: &Record, text: &str) -> Vec<EventId> {
    let kinds = kinds_told(text);
    let of = spoken_of(text, record);
    let [a, b] = of.actors[..] else { return Vec::new() };
    let wanted = |id: &EventId| {
        let e = &record.events[id.0];
        let told = match e.kind {
            // Who joins a war attacks too.
            EventKind::WarBegun | EventKind::WarJoined => kinds.contains(&EventKind::WarBegun),
            EventKind::RelationsOpened | EventKind::RelationsBroken => kinds.contains(&e.kind),
            EventKind::PactSigned => {
                kinds.contains(&e.kind) && e.pact.is_some_and(|p| record.pacts[p.0].is_bilateral())
            }
            _ => false,
        };
        told && of.named.is_none() && e.joins(a, b)
    };
    (0..record.events.len()).map(EventId).filter(wanted).collect()
}

fn nearest_that_fits(record: &Record, text: &str) -> Option<EventId> {
    /// Looked at, the nearest first.
    const NEAR: usize = 5;
    prose::entries_near(record, text, NEAR).into_iter().find(|id| fits(record, text, *id))
}
