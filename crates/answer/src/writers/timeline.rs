//! Dated entries as JSON for TimelineJS 3 (Knight Lab): the record, and the sample histories of a what-if beside it.
//!
//! The format takes dates as years, months and days that may be missing, a heading and a text in HTML, and groups that are drawn as
//! rows of their own.

use jonbar_record::{Day, When};
use maud::html;
use serde_json::{Value, json};

use super::blocks::clean;
use crate::answer::{Answer, Datum, ENTRY_COLUMNS, History, RecordEntry, Section};

/// Writes the dated entries of answers; `None` if there are none.
pub(super) fn write(answers: &[Answer]) -> Option<String> {
    let mut events: Vec<Value> = Vec::new();
    for answer in answers {
        // Beside an alternative the record is one row; alone it has a row for each kind.
        let alternative = answer.run.is_some();
        for section in &answer.sections {
            match section {
                Section::Record(list) => {
                    events.extend(list.entries.iter().filter_map(|e| entry(e, answer, alternative)));
                }
                Section::Table(table) if table.columns == ENTRY_COLUMNS => {
                    events.extend(table.rows.iter().filter_map(|row| looked_up(row, answer)));
                }
                Section::Histories(histories) => {
                    events.extend(histories.samples.iter().flat_map(history));
                }
                _ => {}
            }
        }
    }
    if events.is_empty() {
        return None;
    }
    let title = answers.first().map_or(String::new(), |a| clean(&a.question));
    let document = json!({
        "title": { "text": {
            "headline": escaped(&title),
            "text": if answers.iter().any(|a| a.run.is_some()) {
                "Our timeline is recorded; the alternatives are computed, not recorded."
            } else {
                ""
            },
        } },
        "events": events,
    });
    // A value in memory always serialises.
    Some(serde_json::to_string_pretty(&document).unwrap_or_default() + "\n")
}

fn entry(entry: &RecordEntry, answer: &Answer, alternative: bool) -> Option<Value> {
    let when = When::parse(&entry.edtf).ok()?;
    let sources: Vec<String> =
        entry.cites.iter().filter_map(|(number, place)| source(answer, *number, place)).collect();
    let group = if alternative { "our timeline" } else { &entry.kind };
    Some(event(&when, &entry.id, group, &entry.kind, &entry.text, &sources.join("; ")))
}

/// A row of a table of entries; its sources stand as numbers with places: `[1, vol. 5; 2]`.
fn looked_up(row: &[Datum], answer: &Answer) -> Option<Value> {
    let text = |i: usize| match row.get(i) {
        Some(Datum::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    let when = When::parse(text(0)?).ok()?;
    let marks = text(4).unwrap_or_default().trim_matches(['[', ']']);
    let sources: Vec<String> = marks
        .split("; ")
        .filter_map(|mark| {
            let (number, place) = mark.split_once(", ").unwrap_or((mark, ""));
            source(answer, number.parse().ok()?, place)
        })
        .collect();
    Some(event(&when, text(5)?, text(1)?, text(1)?, text(2)?, &sources.join("; ")))
}

/// A work by its number in an answer, with the place in it.
fn source(answer: &Answer, number: usize, place: &str) -> Option<String> {
    let work = answer.sources.get(number.checked_sub(1)?)?;
    Some(if place.is_empty() { work.full.clone() } else { format!("{}, {place}", work.full) })
}

fn event(when: &When, id: &str, group: &str, headline: &str, text: &str, sources: &str) -> Value {
    let (start, end) = dates(when);
    let mut event = json!({
        "unique_id": id,
        "start_date": start,
        "display_date": clean(&when.long()),
        "group": clean(group),
        "text": {
            "headline": escaped(headline),
            "text": html! { p { (clean(text)) } @if !sources.is_empty() { p { (clean(sources)) } } }.into_string(),
        },
    });
    if let Some(end) = end {
        event["end_date"] = end;
    }
    event
}

fn history(history: &History) -> Vec<Value> {
    let group = format!("with the change, {} (run {})", history.label, history.run);
    history
        .lines
        .iter()
        .enumerate()
        .filter_map(|(i, line)| {
            let (start, _) = dates(&When::parse(&line.date).ok()?);
            Some(json!({
                "unique_id": format!("run-{}-{i}", history.run),
                "start_date": start,
                "group": clean(&group),
                "text": {
                    "headline": escaped(&format!("{} ({})", line.text, line.status)),
                    "text": html! { p { (clean(&line.why)) } p { "Computed, not recorded." } }.into_string(),
                },
            }))
        })
        .collect()
}

/// First and last day as far as they are known: a month alone has no day.
fn dates(when: &When) -> (Value, Option<Value>) {
    let ((y0, m0, d0), (y1, m1, d1)) = (when.earliest.ymd(), when.latest.ymd());
    let whole_month = d0 == 1 && when.latest.plus(1).ymd().2 == 1;
    if when.earliest == when.latest {
        (day(when.earliest), None)
    } else if y0 == y1 && (m0, d0, m1, d1) == (1, 1, 12, 31) {
        (json!({ "year": y0 }), None)
    } else if y0 == y1 && m0 == m1 && whole_month {
        (json!({ "year": y0, "month": m0 }), None)
    } else {
        (day(when.earliest), Some(day(when.latest)))
    }
}

fn day(day: Day) -> Value {
    let (year, month, day) = day.ymd();
    json!({ "year": year, "month": month, "day": day })
}

fn escaped(text: &str) -> String {
    html! { (clean(text)) }.into_string()
}
