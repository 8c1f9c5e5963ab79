//! Writers: they turn [`Answer`] values into text, forum posts, web pages and JSON.
//!
//! All writers of prose render the same blocks, and every number they show passes through one module, so two
//! formats cannot tell different stories.

mod ansi;
mod bbcode;
mod blocks;
mod cases;
mod css;
mod format;
mod graph;
mod grid;
mod html;
mod map;
mod markdown;
mod pictures;
mod spread;
mod svg;
mod tables;
mod terminal;
#[cfg(test)]
mod tests;
mod timeline;

use jonbar_record::Record;
use serde::Serialize;

use crate::answer::Answer;

pub use html::table_markup;
pub use tables::CsvFile;

pub use map::{
    MAP_STYLE, MapLayers, holders_map, holders_on_table, map_file, map_geojson, map_svg, map_table,
};

/// A form in which answers can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text for a terminal.
    Terminal(TerminalStyle),
    /// Markdown.
    Markdown,
    /// BBCode for forums.
    Bbcode,
    /// One self-contained web page.
    Html,
    /// JSON for programs.
    Json,
}

/// How text for a terminal looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TerminalStyle {
    /// Columns at which lines are wrapped; fewer than 20 count as 20.
    pub width: usize,
    /// Bold, dim and coloured text; ignored when `plain` is set.
    pub color: bool,
    /// Simple lines without drawn tables and bars, for screen readers and for searching.
    pub plain: bool,
}

impl Default for TerminalStyle {
    fn default() -> Self {
        TerminalStyle { width: 80, color: false, plain: false }
    }
}

/// Writes answers in a given format.
pub fn write(answers: &[Answer], format: &Format) -> String {
    match format {
        Format::Terminal(style) => terminal(answers, style),
        Format::Markdown => markdown(answers),
        Format::Bbcode => bbcode(answers),
        Format::Html => html(answers),
        Format::Json => json(answers),
    }
}

/// Writes answers as text for a terminal.
pub fn terminal(answers: &[Answer], style: &TerminalStyle) -> String {
    terminal::write(answers, style)
}

/// Writes answers as Markdown.
pub fn markdown(answers: &[Answer]) -> String {
    markdown::write(answers)
}

/// Writes answers as BBCode, with long parts under spoilers.
pub fn bbcode(answers: &[Answer]) -> String {
    bbcode::write(answers)
}

/// Writes answers as BBCode short enough for one post of common boards.
pub fn forum_post(answers: &[Answer]) -> String {
    bbcode::post(answers)
}

/// Writes answers as one web page that needs nothing from outside.
pub fn html(answers: &[Answer]) -> String {
    html::write(answers, None)
}

/// The same with maps of the alternatives, drawn on the map of the casebook.
pub fn html_with_map(answers: &[Answer], record: &Record) -> String {
    html::write(answers, Some(record))
}

/// Writes every table of the answers as a CSV file.
pub fn csv(answers: &[Answer]) -> Vec<CsvFile> {
    tables::write(answers)
}

/// Writes the dated entries of answers, and the sample histories of what-ifs beside them, as a timeline for TimelineJS; `None` if nothing
/// in them has a date.
pub fn timeline(answers: &[Answer]) -> Option<String> {
    timeline::write(answers)
}

/// The parts of a web page with answers, for a program that puts them into a frame of its own.
pub struct PageParts {
    /// What the page is called, as plain text.
    pub title: String,
    /// The answers as HTML; headings begin at the second level.
    pub body: String,
}

/// The style sheet of pages with answers.
pub const STYLE: &str = css::CSS;

/// Writes answers as the parts of a web page, with maps of the alternatives drawn on the map of the casebook,
/// and entries of the record linked to `/record/ID`.
pub fn page_parts(answers: &[Answer], record: &Record) -> PageParts {
    PageParts { title: html::title(answers), body: html::body(answers, Some(record), true).into_string() }
}

/// Writes answers as JSON: an object with the list `answers`, and a newline at the end.
pub fn json(answers: &[Answer]) -> String {
    #[derive(Serialize)]
    struct Envelope<'a> {
        answers: &'a [Answer],
    }
    // Text in memory cannot fail to take JSON; should it ever, the reader must see an error and no empty list.
    let text = serde_json::to_string_pretty(&Envelope { answers })
        .unwrap_or_else(|error| format!("{{\n  \"error\": {:?}\n}}", error.to_string()));
    text + "\n"
}
