//! Markdown.

use super::blocks::{self, Block, Grid, Item, clean};
use crate::answer::{Answer, RunCard, SourceShown};

/// Writes answers as Markdown.
pub(super) fn write(answers: &[Answer]) -> String {
    let mut out = String::new();
    for (i, answer) in answers.iter().enumerate() {
        if i > 0 {
            out.push_str("---\n\n");
        }
        write_answer(&mut out, answer, blocks::notice(answers, i));
    }
    out
}

fn write_answer(out: &mut String, answer: &Answer, notice: Option<String>) {
    paragraph(out, &format!("# {}", escape(&answer.question)));
    if let Some(notice) = notice {
        paragraph(out, &format!("*{}*", escape(&notice)));
    }
    for block in blocks::reading(answer) {
        write_block(out, &block);
    }
    for sentence in &answer.summary {
        paragraph(out, &escape(sentence));
    }
    for part in blocks::parts(answer) {
        paragraph(out, &format!("## {}", escape(&part.title)));
        for block in &part.blocks {
            write_block(out, block);
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
        Block::Labelled(label, text) => paragraph(out, &format!("**{}** {}", escape(label), escape(text))),
        Block::Sub(title) => paragraph(out, &format!("### {}", escape(title))),
        Block::List(items) => {
            write_items(out, items, "");
            out.push('\n');
        }
        Block::Grid(grid) => write_grid(out, grid),
    }
}

fn write_items(out: &mut String, items: &[Item], indent: &str) {
    for item in items {
        let text = escape(&item.text);
        if item.lead.is_empty() {
            out.push_str(&format!("{indent}- {text}\n"));
        } else {
            out.push_str(&format!("{indent}- **{}:** {text}\n", escape(&item.lead)));
        }
        write_items(out, &item.sub, &format!("{indent}  "));
    }
}

fn write_grid(out: &mut String, grid: &Grid) {
    paragraph(out, &format!("*{}*", escape(&grid.caption)));
    if grid.columns.is_empty() {
        return;
    }
    out.push_str(&table_line(&grid.columns));
    out.push('|');
    for i in 0..grid.columns.len() {
        let numeric = grid.numeric.get(i).copied().unwrap_or(false);
        out.push_str(if numeric { " ---: |" } else { " --- |" });
    }
    out.push('\n');
    for row in &grid.rows {
        out.push_str(&table_line(row));
    }
    out.push('\n');
}

fn table_line(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| escape(cell)).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// A fenced block whose fence is longer than any run of backticks inside.
fn write_code(out: &mut String, text: &str) {
    let text = blocks::clean_lines(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    paragraph(out, &format!("{fence}\n{text}\n{fence}"));
}

fn write_sources(out: &mut String, sources: &[SourceShown]) {
    if sources.is_empty() {
        return;
    }
    paragraph(out, "## Sources");
    for (i, source) in sources.iter().enumerate() {
        out.push_str(&format!("{}. {}", i + 1, escape(&source.full)));
        match &source.url {
            Some(url) if blocks::is_web_address(url) => out.push_str(&format!(" <{url}>")),
            Some(url) => out.push_str(&format!(" {}", escape(url))),
            None => {}
        }
        out.push('\n');
    }
    out.push('\n');
}

fn write_run(out: &mut String, run: &RunCard) {
    paragraph(out, "## How to repeat this run");
    for line in blocks::run_lines(run, false) {
        paragraph(out, &escape(&line));
    }
    paragraph(out, &format!("With the following saved as FILE, {}", blocks::REPEAT));
    write_code(out, &run.whatif);
}

fn paragraph(out: &mut String, text: &str) {
    out.push_str(text);
    out.push_str("\n\n");
}

/// Text in which nothing is markup.
fn escape(text: &str) -> String {
    let cleaned = clean(text);
    let text = cleaned.trim();
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let mut out = String::new();
    for (i, c) in text.chars().enumerate() {
        let always = "\\`*_{}[]<>#|~&$".contains(c);
        // These start a list, or underline a heading, only at the beginning of a line.
        let at_start = (i == 0 && "-+=".contains(c)) || (digits > 0 && i == digits && ".)".contains(c));
        if always || at_start {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
