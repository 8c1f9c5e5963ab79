//! The map page: who held what on a day, with a date that can be typed, slid and stepped.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use jonbar_answer::map_report;
use jonbar_answer::writers::{self, MapLayers};
use jonbar_record::{Day, EventKind, Record};
use maud::{PreEscaped, html};

use super::pages;
use super::query::Query;

/// The link of a day with the same layers.
fn link(query: &Query, day: Day) -> String {
    let mut link = format!("/map?at={day}");
    for layer in ["claims", "pacts"] {
        if query.get(layer).is_some() {
            link.push_str(&format!("&{layer}=1"));
        }
    }
    link
}

/// The day shown first: the eve of Munich.
const FIRST: (i32, u8, u8) = (1938, 9, 28);

/// The page of a day.
pub(super) fn page(record: &Record, query: &Query) -> Response {
    if record.shapes.is_empty() {
        return pages::error(StatusCode::NOT_FOUND, "This casebook has no map.");
    }
    let (first, last) = (record.span.from, record.span.to);
    let asked = match query.get("at") {
        None => Day::from_ymd(FIRST.0, FIRST.1, FIRST.2).unwrap_or(first),
        Some(text) => match jonbar_record::Window::parse(text) {
            Ok(window) if window.from == window.to => window.from,
            _ => {
                return pages::error(
                    StatusCode::BAD_REQUEST,
                    "The date of a map is a day, written like 1938-09-28.",
                );
            }
        },
    };
    let day = asked.max(first).min(last);
    let layers = MapLayers { claims: query.get("claims").is_some(), pacts: query.get("pacts").is_some() };
    let turns = turns(record);
    let before = turns.iter().rev().find(|d| **d < day);
    let after = turns.iter().find(|d| **d > day);
    let changed: Vec<&str> = record
        .events
        .iter()
        .filter(|e| moves_land(e.kind) && e.when.reading() == day)
        .map(|e| e.summary.as_str())
        .collect();
    let table = writers::page_parts(&[map_report(record, day)], record);
    let part = html! {
        figure {
            div class="scroll" tabindex="0" role="region" aria-label="Map" { (writers::map_svg(record, day, layers)) }
            @if !changed.is_empty() {
                figcaption { "On this day: " (changed.join(" ")) }
            }
        }
        nav class="take" aria-label="Other days" {
            @if let Some(d) = before { a class="button" rel="prev" href=(link(query, *d)) { "Change before: " (d.long()) } }
            @if let Some(d) = after { a class="button" rel="next" href=(link(query, *d)) { "Next change: " (d.long()) } }
        }
        details {
            summary { h2 { "The same as a table" } }
            (PreEscaped(table.body))
        }
    };
    if query.get("part").is_some() {
        return Html(part.into_string()).into_response();
    }
    let content = html! {
        header {
            p { a class="site" href="/" { "jonbar: what would have followed?" } }
            h1 { "Who held what" }
        }
        main id="main" {
            form class="ask" method="get" action="/map" data-map="" data-first=(first.0) data-last=(last.0) {
                div class="row" {
                    label { "Day" br; input type="date" name="at" min=(first) max=(last) value=(day); }
                    label { input type="checkbox" name="claims" value="1" checked[layers.claims]; " open claims as stripes" }
                    label { input type="checkbox" name="pacts" value="1" checked[layers.pacts]; " pacts as ties" }
                    button type="submit" { "Show" }
                }
                p role="status" data-day="" { (day.long()) }
            }
            div id="map" { (part) }
        }
    };
    Html(pages::page(&format!("Map of {}", day.long()), content).into_string()).into_response()
}

fn moves_land(kind: EventKind) -> bool {
    matches!(kind, EventKind::TerritoryCeded | EventKind::IndependenceLost | EventKind::IndependenceRegained)
}

/// Days on which land changes hands.
fn turns(record: &Record) -> Vec<Day> {
    let mut days: Vec<Day> =
        record.events.iter().filter(|e| moves_land(e.kind)).map(|e| e.when.reading()).collect();
    days.sort_unstable();
    days.dedup();
    days.retain(|d| record.span.contains(*d));
    days
}
