//! The map pages: who held what on a day, with a date that can be typed, slid and stepped, and the same of the alternatives beside
//! it.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use jonbar_answer::writers::{self, MapLayers};
use jonbar_answer::{Answer, Holders, Section, map_report};
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

/// The page of a day.
pub(super) fn page(record: &Record, query: &Query) -> Response {
    if record.shapes.is_empty() {
        return pages::error(StatusCode::NOT_FOUND, "This casebook has no map.");
    }
    let (first, last) = (record.span.from, record.span.to);
    let asked = match query.get("at") {
        None => record.first_map.unwrap_or(Day((first.0 + last.0) / 2)),
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

/// The map of the alternatives beside that of the record, at the end of each year. `link`: the page of the answer.
pub(super) fn alternatives(record: &Record, answers: &[Answer], query: &Query, link: &str) -> Response {
    let of = |a: &Answer| {
        a.sections.iter().find_map(|s| if let Section::Holders(h) = s { Some(h.clone()) } else { None })
    };
    let Some(holders) = answers.iter().find_map(of).filter(|_| !record.shapes.is_empty()) else {
        return pages::error(
            StatusCode::NOT_FOUND,
            "No land changes hands otherwise in these alternatives, so that there is no other map to show.",
        );
    };
    let asked = query.get("at");
    let at = asked.and_then(|day| holders.days.iter().position(|on| on.day == day));
    let shown = holders.shown().map(|on| on.day.clone());
    let at = at.or_else(|| holders.days.iter().position(|on| Some(&on.day) == shown.as_ref())).unwrap_or(0);
    let show = query.get("show").unwrap_or("both");
    let part = side_by_side(record, &holders, at, show, link);
    if query.get("part").is_some() {
        return Html(part.into_string()).into_response();
    }
    let (path, settings) = link.split_once('?').unwrap_or((link, ""));
    let content = html! {
        header {
            p { a class="site" href="/" { "jonbar: what would have followed?" } }
            h1 { "Who holds what, with the change and without" }
        }
        main id="main" {
            form class="ask" method="get" action=(path) data-years="" {
                @for (name, value) in form_urlencoded::parse(settings.as_bytes()) {
                    input type="hidden" name=(name) value=(value);
                }
                input type="hidden" name="as" value="map";
                div class="row" {
                    label { "Day" br;
                        select name="at" {
                            @for (i, on) in holders.days.iter().enumerate() {
                                option value=(on.day) selected[i == at] { (long(&on.day)) ": " (on.rows.len()) " lands otherwise" }
                            }
                        }
                    }
                    @for (value, label) in [("both", "both"), ("record", "our timeline"), ("alternative", "the alternatives")] {
                        label { input type="radio" name="show" value=(value) checked[show == value]; " " (label) }
                    }
                    button type="submit" { "Show" }
                }
                p role="status" data-day="" { (long(&holders.days[at].day)) }
            }
            div id="map" { (part) }
            p { a href=(link) { "Back to the answer" } }
        }
    };
    Html(pages::page("Map of the alternatives", content).into_string()).into_response()
}

fn long(day: &str) -> String {
    jonbar_record::Window::parse(day).map_or(day.to_owned(), |w| w.from.long())
}

fn side_by_side(record: &Record, holders: &Holders, at: usize, show: &str, link: &str) -> maud::Markup {
    let on = &holders.days[at];
    let day = jonbar_record::Window::parse(&on.day).map_or(record.span.to, |w| w.from);
    let to = |i: usize| format!("{link}&as=map&show={show}&at={}", holders.days[i].day);
    let layers = MapLayers::default();
    let table = writers::holders_on_table(on, holders.runs);
    html! {
        div class="maps" {
            @if show != "alternative" {
                figure {
                    div class="scroll" tabindex="0" role="region" aria-label="Map of our timeline" { (writers::map_svg(record, day, layers)) }
                    figcaption { "Our timeline, " (day.long()) }
                }
            }
            @if show != "record" {
                @if let Some(map) = writers::holders_map(record, on, holders.runs) {
                    figure {
                        div class="scroll" tabindex="0" role="region" aria-label="Map of the alternatives" { (map) }
                        figcaption { "The alternatives, " (day.long()) ", of " (holders.runs) " histories" }
                    }
                }
            }
        }
        nav class="take" aria-label="Other days" {
            @if at > 0 { a class="button" rel="prev" href=(to(at - 1)) { "Before: " (long(&holders.days[at - 1].day)) } }
            @if at + 1 < holders.days.len() { a class="button" rel="next" href=(to(at + 1)) { "Next: " (long(&holders.days[at + 1].day)) } }
        }
        @if table.rows.is_empty() {
            p { "On that day no land is otherwise in one alternative of a hundred." }
        } @else {
            h2 { "The same as a table" }
            (writers::table_markup(&table))
        }
    }
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
