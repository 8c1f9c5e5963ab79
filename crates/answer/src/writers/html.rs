//! One web page that needs nothing from outside.

use jonbar_record::Record;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::blocks::{self, Block, Grid, Item, Part, clean, table_part};
use super::css::CSS;
use super::map::{self, MAP_STYLE};
use super::svg::Breadth;
use super::{pictures, svg};
use crate::answer::{Answer, Decomposition, Holders, Outcomes, RunCard, Section, SourceShown, Table};

/// What the page of these answers is called.
pub(super) fn title(answers: &[Answer]) -> String {
    // One question may be answered at several moments, and what it takes for granted be checked beside it.
    let mut questions = answers.iter().filter(|a| a.reading.form != "statement").map(|a| &a.question);
    match (questions.next(), answers.first()) {
        (Some(first), _) if questions.clone().all(|q| q == first) => clean(first),
        (None, Some(only)) => clean(&only.question),
        _ => format!("Answers to {} questions", questions.count() + 1),
    }
}

/// What an answer among several is called: its question, or how it was read where several answer the same.
fn name(answers: &[Answer], index: usize) -> String {
    let answer = &answers[index];
    let same = answers.iter().filter(|a| a.question == answer.question).count();
    clean(if same > 1 { &answer.reading.sentence } else { &answer.question })
}

/// The answers alone, to stand in a page.
pub(super) fn body(answers: &[Answer], atlas: Option<&Record>, linked: bool) -> Markup {
    html! {
        @if answers.len() > 1 { (contents(answers)) }
        @for (i, answer) in answers.iter().enumerate() {
            (article(answers, i, answer, atlas, linked))
        }
    }
}

/// Writes answers as a page.
pub(super) fn write(answers: &[Answer], atlas: Option<&Record>) -> String {
    let title = title(answers);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(CSS)) @if atlas.is_some() { (PreEscaped(MAP_STYLE)) } }
            }
            body {
                a class="skip" href="#main" { "Skip to the answer" }
                header { h1 { (title) } }
                main id="main" { (body(answers, atlas, false)) }
            }
        }
    };
    format!("{}\n", page.into_string())
}

fn contents(answers: &[Answer]) -> Markup {
    html! {
        nav aria-label="Answers" {
            ol {
                @for i in 0..answers.len() {
                    li {
                        a href={ "#answer-" (i + 1) } { (name(answers, i)) }
                        @if let Some(found) = answers[i].summary.first() { " " (clean(found)) }
                    }
                }
            }
        }
    }
}

fn article(
    answers: &[Answer],
    index: usize,
    answer: &Answer,
    atlas: Option<&Record>,
    linked: bool,
) -> Markup {
    // With one answer its question is the title of the page, so its sections are one level up.
    let single = answers.len() == 1;
    let level: u8 = if single { 2 } else { 3 };
    let parts = blocks::parts(answer);
    let place = Place { answer: index + 1, level, atlas, linked };
    html! {
        article id={ "answer-" (index + 1) } {
            @if !single { h2 { (name(answers, index)) } }
            @for sentence in &answer.summary { p class="summary" { (clean(sentence)) } }
            @if let Some(notice) = blocks::notice(answers, index) {
                p class="notice" { (notice) }
            }
            @for block in blocks::reading(answer) { (block_markup(&block, &place)) }
            @for (section, part) in answer.sections.iter().zip(&parts) {
                (part_markup(section, part, &place))
            }
            (sources(&answer.sources, &place))
            @if let Some(run) = &answer.run { (run_card(run, &place)) }
        }
    }
}

/// Where in the page something stands: number of the answer, and level of its section headings.
struct Place<'r> {
    answer: usize,
    level: u8,
    /// The casebook, for its map.
    atlas: Option<&'r Record>,
    /// Whether entries of the record have pages of their own, under `/record/`.
    linked: bool,
}

fn part_markup(section: &Section, part: &Part, place: &Place) -> Markup {
    let body = html! {
        @match section {
            Section::Outcomes(outcomes) => { (outcome_charts(outcomes)) }
            Section::Decomposition(decomposition) => { (decomposition_chart(decomposition)) }
            Section::Holders(holders) => { (alternative_map(holders, place.atlas)) }
            _ => { (picture(section, &part.title)) }
        }
        // The picture says what the characters say; its numbers are in the table of the cases.
        @let drawn = matches!(section, Section::Strip(_));
        @for block in part.blocks.iter().filter(|b| !(drawn && matches!(b, Block::Grid(_)))) {
            (block_markup(block, place))
        }
    };
    html! {
        section {
            @if part.long {
                details {
                    summary { (heading(place.level, &part.title)) }
                    (body)
                }
            } @else {
                (heading(place.level, &part.title))
                (body)
            }
        }
    }
}

fn alternative_map(holders: &Holders, atlas: Option<&Record>) -> Markup {
    let map = atlas
        .filter(|r| !r.shapes.is_empty())
        .zip(holders.shown())
        .and_then(|(r, on)| map::holders_map(r, on, holders.runs));
    html! {
        @if let Some(map) = map {
            figure {
                (scroll("Map of the alternatives", map))
                figcaption { "Every number of this map is in the table below." }
            }
        }
    }
}

fn outcome_charts(outcomes: &Outcomes) -> Markup {
    html! {
        @if let Some(first) = outcomes.rows.first() {
            figure {
                (svg::dots(first, outcomes.runs))
                figcaption { (clean(&first.label)) }
            }
            figure {
                (by_breadth("Chart: shares with intervals", |breadth| Some(svg::whiskers(outcomes, breadth))))
                figcaption { "Every number of this chart is in the tables below." }
            }
        }
        @for row in &outcomes.rows {
            @if row.by_year.len() > 1 {
                figure {
                    (by_breadth(&format!("Chart by year: {}", row.label), |breadth| svg::steps(row, outcomes.runs, breadth)))
                    figcaption { (clean(&row.label)) ": share by the end of each year" }
                    details {
                        summary { "The same as a table: " (clean(&row.label)) }
                        (grid_markup(&blocks::by_year_grid(row, outcomes.runs), false))
                    }
                }
            }
        }
    }
}

fn decomposition_chart(decomposition: &Decomposition) -> Markup {
    html! {
        @if !decomposition.rows.is_empty() {
            figure {
                (scroll("Chart: what raises and lowers the rate", svg::waterfall(decomposition)))
                figcaption { "Every number of this chart is in the table below." }
            }
        }
    }
}

fn picture(section: &Section, title: &str) -> Markup {
    html! {
        @if let Some(picture) = pictures::picture(section) {
            figure {
                (scroll(&format!("Picture: {title}"), picture))
                figcaption { "Every number of this picture is in the table below." }
            }
        }
    }
}

/// A table by itself, for a page of other things.
pub fn table_markup(table: &Table) -> Markup {
    let place = Place { answer: 0, level: 2, atlas: None, linked: true };
    html! { @for block in &table_part(table, Vec::new()).blocks { (block_markup(block, &place)) } }
}

fn block_markup(block: &Block, place: &Place) -> Markup {
    match block {
        Block::Para(text) if text.is_empty() => html! {},
        Block::Para(text) => html! { p { (clean(text)) } },
        Block::Labelled(label, text) if place.linked && *label == blocks::NOT_UNDERSTOOD => {
            html! { p { strong { (label) } " " (asked_instead(text)) } }
        }
        Block::Labelled(label, text) => html! { p { strong { (label) } " " (clean(text)) } },
        Block::Sub(title) => heading(place.level + 1, title),
        Block::List(items) => list(items, place.linked),
        Block::Grid(grid) => grid_markup(grid, place.linked),
    }
}

/// Sentences offered in place of one that could not be read, as links that ask them.
fn asked_instead(text: &str) -> Markup {
    let parts: Vec<&str> = text.split('"').collect();
    html! {
        @for (i, part) in parts.iter().enumerate() {
            @if i % 2 == 1 && i + 1 < parts.len() && part.ends_with(['?', '.']) {
                "\"" a href={ "/ask?q=" (percent_encoded(part)) } { (clean(part)) } "\""
            } @else if i % 2 == 1 {
                "\"" (clean(part)) "\""
            } @else {
                (clean(part))
            }
        }
    }
}

/// Text as it stands in the query of a link.
fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
        out
    })
}

/// A link to the entry of the record that something shows.
fn entry_link(id: Option<&String>, linked: bool, text: &str) -> Markup {
    match id.filter(|_| linked) {
        Some(id) => html! { a href={ "/record/" (id) } { (clean(text)) } },
        None => html! { (clean(text)) },
    }
}

fn list(items: &[Item], linked: bool) -> Markup {
    html! {
        @if !items.is_empty() {
            ul {
                @for item in items {
                    li {
                        @if !item.lead.is_empty() { strong { (entry_link(item.entry.as_ref(), linked, &item.lead)) ":" } " " }
                        (clean(&item.text))
                        (list(&item.sub, linked))
                    }
                }
            }
        }
    }
}

fn grid_markup(grid: &Grid, linked: bool) -> Markup {
    let table = html! {
        table {
            caption { (clean(&grid.caption)) }
            thead {
                tr {
                    @for (i, column) in grid.columns.iter().enumerate() {
                        // A column without a name heads nothing.
                        @if column.is_empty() {
                            td {}
                        } @else {
                            th scope="col" class=[cell_class(grid, i)] { (clean(column)) }
                        }
                    }
                }
            }
            tbody {
                @for (r, row) in grid.rows.iter().enumerate() {
                    @let entry = grid.entries.get(r).and_then(Option::as_ref);
                    tr {
                        @for (i, cell) in row.iter().enumerate() {
                            @if i == 0 {
                                th scope="row" { (entry_link(entry, linked, cell)) }
                            } @else {
                                td class=[cell_class(grid, i)] { (clean(cell)) }
                            }
                        }
                    }
                }
            }
        }
    };
    scroll(&format!("Table: {}", grid.caption), table)
}

fn cell_class(grid: &Grid, column: usize) -> Option<&'static str> {
    if grid.numeric.get(column).copied().unwrap_or(false) { Some("n") } else { None }
}

/// Something wide, in a region of its own that scrolls sideways, also by keyboard.
fn scroll(label: &str, content: Markup) -> Markup {
    html! {
        div class="scroll" role="region" tabindex="0" aria-label=(clean(label)) { (content) }
    }
}

/// A chart drawn twice; the style sheet shows the one that fits the screen.
fn by_breadth(label: &str, chart: impl Fn(Breadth) -> Option<Markup>) -> Markup {
    html! {
        div class="scroll wide" role="region" tabindex="0" aria-label=(clean(label)) { @if let Some(wide) = chart(Breadth::Wide) { (wide) } }
        @if let Some(narrow) = chart(Breadth::Narrow) { (narrow) }
    }
}

fn sources(sources: &[SourceShown], place: &Place) -> Markup {
    html! {
        @if !sources.is_empty() {
            section {
                (heading(place.level, "Sources"))
                ol {
                    @for (i, source) in sources.iter().enumerate() {
                        li id={ "answer-" (place.answer) "-source-" (i + 1) } { (source_markup(source)) }
                    }
                }
            }
        }
    }
}

fn source_markup(source: &SourceShown) -> Markup {
    match &source.url {
        Some(url) if blocks::is_web_address(url) => html! {
            a href=(url) rel="noreferrer" { (clean(&source.full)) }
        },
        Some(url) => html! { (clean(&source.full)) " " (clean(url)) },
        None => html! { (clean(&source.full)) },
    }
}

fn run_card(run: &RunCard, place: &Place) -> Markup {
    html! {
        section {
            (heading(place.level, "How to repeat this run"))
            @for line in blocks::run_lines(run, false) { p { (clean(&line)) } }
            p { "With the text below saved as FILE, " code { (blocks::REPEAT) } }
            details {
                summary { "The what-if as a file" }
                pre tabindex="0" role="region" aria-label="The what-if as a file" {
                    (blocks::clean_lines(&run.whatif))
                }
            }
        }
    }
}

fn heading(level: u8, text: &str) -> Markup {
    let text = clean(text);
    match level {
        0..=2 => html! { h2 { (text) } },
        3 => html! { h3 { (text) } },
        _ => html! { h4 { (text) } },
    }
}
