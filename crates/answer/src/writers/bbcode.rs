//! BBCode for forums, with the tags that common boards share.

use comfy_table::presets;

use super::blocks::{self, Block, Grid, Item, clean};
use super::grid::{self, Glyphs};
use crate::answer::{Answer, RunCard, SourceShown};

/// Boards scroll code blocks sideways, so a table may be wider than a terminal.
const TABLE_WIDTH: usize = 100;
const ZERO_WIDTH_SPACE: char = '\u{200b}';

/// Writes answers as BBCode.
pub(super) fn write(answers: &[Answer]) -> String {
    let mut out = String::new();
    for (i, answer) in answers.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        write_answer(&mut out, answer, blocks::notice(answers, i));
    }
    out
}

/// Characters that a post may have on common boards, with some to spare.
const POST_MAX: usize = 9_500;

/// Writes answers as one post: what was found of each, then as many of the other parts as there is room for, and how to get the rest.
pub(super) fn post(answers: &[Answer]) -> String {
    let whole = write(answers);
    let long = |text: &str| text.chars().count();
    if long(&whole) <= POST_MAX {
        return whole;
    }
    let (mut heads, mut cited) = (Vec::new(), String::new());
    for (i, answer) in answers.iter().enumerate() {
        let mut head = String::new();
        if let Some(notice) = blocks::notice(answers, i) {
            paragraph(&mut head, &format!("[I]{}[/I]", escape(&notice)));
        }
        // One question answered for several days: which day is in how it was read.
        let several = answers.iter().filter(|a| a.question == answer.question).count() > 1;
        let title = if several { &answer.reading.sentence } else { &answer.question };
        paragraph(&mut head, &format!("[B]{}[/B]", escape(title)));
        // The answer of a discussion of a dozen questions is told in its first sentences.
        for sentence in answer.summary.iter().take(if answers.len() > 4 { 1 } else { usize::MAX }) {
            paragraph(&mut head, &escape(sentence));
        }
        heads.push(head);
    }
    if let Some(run) = answers.iter().find_map(|a| a.run.as_ref()) {
        paragraph(
            &mut cited,
            &escape(&format!(
                "Computed by {}, casebook {} ({}), {} runs, seed {}.",
                run.program,
                run.casebook,
                run.casebook_hash.get(..12).unwrap_or_default(),
                run.runs,
                run.seed
            )),
        );
    }
    let closing = if answers.iter().all(|a| a.question == answers[0].question) {
        format!("The whole answer: jonbar ask \"{}\"{}", question(answers), settings(answers))
    } else {
        "The whole answer, with every case, history and source, is that of jonbar to the same text."
            .to_owned()
    };
    paragraph(&mut cited, &format!("[I]Shortened to fit a post.[/I] {}", escape(&closing)));
    let mut room = POST_MAX.saturating_sub(long(&cited) + 200);
    let mut shown: Vec<(usize, String)> = Vec::new();
    let mut left = 0;
    for (i, head) in heads.into_iter().enumerate() {
        match room.checked_sub(long(&head) + 1) {
            Some(rest) => {
                shown.push((i, head));
                room = rest;
            }
            None => left += 1,
        }
    }
    // Each answer's parts stand under its own first sentences.
    for (i, told) in &mut shown {
        for part in &blocks::parts(&answers[*i]) {
            let mut text = String::new();
            paragraph(&mut text, &format!("[B]{}[/B]", escape(&part.title)));
            part.blocks.iter().for_each(|block| write_block(&mut text, block));
            // Marks of sources mean nothing where the list of them is left out.
            if let Some(rest) = room.checked_sub(long(&text) + 1).filter(|_| !cites(&text)) {
                told.push_str(&text);
                room = rest;
            }
        }
    }
    let mut out = shown.into_iter().fold(String::new(), |out, (_, told)| out + &told + "\n");
    if left > 0 {
        paragraph(&mut out, &format!("[I]{left} more answers are left out here.[/I]"));
    }
    out.push_str(&cited);
    out
}

/// Runs and seed as options of the command line.
fn settings(answers: &[Answer]) -> String {
    let run = answers.iter().find_map(|a| a.run.as_ref());
    run.map_or(String::new(), |r| format!(" --runs {} --seed {}", r.runs, r.seed))
}

/// Whether a text has marks of sources: "[1; 2]".
fn cites(text: &str) -> bool {
    let mark = format!("[{ZERO_WIDTH_SPACE}");
    text.split(&mark).skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// The question that all answers are to, without signs that a shell would read.
fn question(answers: &[Answer]) -> String {
    let plain = |c: &char| !matches!(c, '"' | '\\' | '$' | '`' | '!');
    answers.first().map_or(String::new(), |a| a.question.chars().filter(plain).take(300).collect())
}

fn write_answer(out: &mut String, answer: &Answer, notice: Option<String>) {
    if let Some(notice) = notice {
        paragraph(out, &format!("[I]{}[/I]", escape(&notice)));
    }
    paragraph(out, &format!("[B]{}[/B]", escape(&answer.question)));
    for block in blocks::reading(answer) {
        write_block(out, &block);
    }
    out.push('\n');
    for sentence in &answer.summary {
        paragraph(out, &escape(sentence));
    }
    for part in blocks::parts(answer) {
        out.push('\n');
        if part.long {
            paragraph(out, &format!("[SPOILER={}]", attribute(&part.title)));
        } else {
            paragraph(out, &format!("[B]{}[/B]", escape(&part.title)));
        }
        for block in &part.blocks {
            write_block(out, block);
        }
        if part.long {
            paragraph(out, "[/SPOILER]");
        }
    }
    write_sources(out, &answer.sources);
    if let Some(run) = &answer.run {
        write_run(out, run);
    }
}

fn write_block(out: &mut String, block: &Block) {
    match block {
        Block::Para(text) if text.is_empty() => {}
        Block::Para(text) => paragraph(out, &escape(text)),
        Block::Labelled(label, text) => paragraph(out, &format!("[B]{}[/B] {}", escape(label), escape(text))),
        Block::Sub(title) => paragraph(out, &format!("[U]{}[/U]", escape(title))),
        Block::List(items) => write_items(out, items),
        Block::Grid(grid) => write_grid(out, grid),
    }
}

fn write_items(out: &mut String, items: &[Item]) {
    if items.is_empty() {
        return;
    }
    paragraph(out, "[LIST]");
    for item in items {
        let text = escape(&item.text);
        if item.lead.is_empty() {
            paragraph(out, &format!("[*]{text}"));
        } else {
            paragraph(out, &format!("[*][B]{}:[/B] {text}", escape(&item.lead)));
        }
        write_items(out, &item.sub);
    }
    paragraph(out, "[/LIST]");
}

fn write_grid(out: &mut String, grid: &Grid) {
    let grid = grid::mapped(grid, escape);
    paragraph(out, &format!("[I]{}[/I]", grid.caption));
    // Block glyphs are not of one width in every board's code font; these are.
    let glyphs = Glyphs { full: '#', empty: '.' };
    let lines = grid::draw(&grid, TABLE_WIDTH, presets::ASCII_NO_BORDERS, glyphs);
    paragraph(out, &format!("[CODE]\n{}\n[/CODE]", lines.join("\n")));
}

/// A code block. Tags inside do nothing there, so only what could end the block is broken up; the rest stays
/// as it is for copying.
fn write_code(out: &mut String, text: &str) {
    let text = blocks::clean_lines(text).replace("[/", &format!("[{ZERO_WIDTH_SPACE}/"));
    paragraph(out, &format!("[CODE]\n{text}\n[/CODE]"));
}

fn write_sources(out: &mut String, sources: &[SourceShown]) {
    if sources.is_empty() {
        return;
    }
    out.push('\n');
    paragraph(out, "[B]Sources[/B]");
    for (i, source) in sources.iter().enumerate() {
        let full = escape(&source.full);
        match &source.url {
            Some(url) if blocks::is_web_address(url) => {
                paragraph(out, &format!("{}. [URL={url}]{full}[/URL]", i + 1));
            }
            Some(url) => paragraph(out, &format!("{}. {full} {}", i + 1, escape(url))),
            None => paragraph(out, &format!("{}. {full}", i + 1)),
        }
    }
}

fn write_run(out: &mut String, run: &RunCard) {
    out.push('\n');
    for line in blocks::run_lines(run, false) {
        paragraph(out, &escape(&line));
    }
    paragraph(out, "[SPOILER=The what-if as a file]");
    write_code(out, &run.whatif);
    paragraph(out, "[/SPOILER]");
    paragraph(out, blocks::REPEAT);
}

fn paragraph(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

/// Text in which no bracket can start a tag.
fn escape(text: &str) -> String {
    clean(text).trim().replace('[', &format!("[{ZERO_WIDTH_SPACE}"))
}

/// Text for the value of a tag, where quotes and brackets would end it.
fn attribute(text: &str) -> String {
    clean(text).trim().replace(['[', ']', '"', '\''], " ")
}
