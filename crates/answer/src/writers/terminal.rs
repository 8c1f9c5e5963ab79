//! Text for a terminal, drawn or plain.

use comfy_table::presets;
use textwrap::core::display_width;

use super::TerminalStyle;
use super::ansi::{ACCENT, BOLD, DIM, paint};
use super::blocks::{self, Block, Grid, Item, Part, clean};
use super::grid::{self, Glyphs};
use crate::answer::{Answer, RunCard, SourceShown};

const FULL: char = '█';
const EMPTY: char = '░';
const NARROWEST: usize = 20;
/// Below this many columns a drawn table is harder to read than a list.
const NARROWEST_TABLE: usize = 60;

/// Writes answers as text.
pub(super) fn write(answers: &[Answer], style: &TerminalStyle) -> String {
    let mut page = Page {
        width: style.width.max(NARROWEST),
        color: style.color && !style.plain,
        plain: style.plain,
        out: String::new(),
    };
    for (i, answer) in answers.iter().enumerate() {
        if i > 0 {
            page.line("");
            let rule = page.rule();
            page.line(&rule);
        }
        page.answer(answer, blocks::notice(answers, i));
    }
    page.out
}

struct Page {
    width: usize,
    color: bool,
    plain: bool,
    out: String,
}

impl Page {
    fn answer(&mut self, answer: &Answer, notice: Option<String>) {
        self.labelled("Q  ", "   ", "", &answer.question);
        if let Some(notice) = notice {
            self.dim("   ", &notice);
        }
        for block in blocks::reading(answer) {
            self.block(&block);
        }
        self.line("");
        for sentence in &answer.summary {
            self.wrapped("   ", "   ", sentence);
        }
        for part in blocks::parts(answer) {
            self.part(&part);
        }
        self.sources(&answer.sources);
        if let Some(run) = &answer.run {
            self.run(run);
        }
    }

    fn part(&mut self, part: &Part) {
        self.heading(&part.title);
        for block in &part.blocks {
            match block {
                // The heading has just said what the table is.
                Block::Grid(grid) if grid.caption == part.title => self.table(&grid::mapped(grid, clean)),
                _ => self.block(block),
            }
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Para(text) if text.is_empty() => {}
            Block::Para(text) => self.wrapped("   ", "   ", text),
            Block::Labelled(label, text) => self.labelled("   ", "     ", label, text),
            Block::Sub(title) => self.labelled("   ", "   ", &clean(title), ""),
            Block::List(items) => self.items(items, "   "),
            Block::Grid(grid) => self.grid(&grid::mapped(grid, clean)),
        }
    }

    fn items(&mut self, items: &[Item], indent: &str) {
        let first = format!("{indent}- ");
        let rest = format!("{indent}  ");
        for item in items {
            if item.lead.is_empty() {
                self.wrapped(&first, &rest, &item.text);
            } else {
                self.labelled(&first, &rest, &format!("{}:", clean(&item.lead)), &item.text);
            }
            self.items(&item.sub, &rest);
        }
    }

    fn grid(&mut self, grid: &Grid) {
        self.dim("   ", &grid.caption);
        self.table(grid);
    }

    fn table(&mut self, grid: &Grid) {
        if self.plain || self.width < NARROWEST_TABLE {
            return self.grid_as_list(grid);
        }
        let glyphs = Glyphs { full: FULL, empty: EMPTY };
        let lines = grid::draw(grid, self.width, presets::UTF8_HORIZONTAL_ONLY, glyphs);
        if lines.iter().any(|line| display_width(line) > self.width) {
            return self.grid_as_list(grid);
        }
        for line in lines {
            let line = if self.color { paint_bars(&line) } else { line };
            self.line(&line);
        }
    }

    /// A table as one short list for each row: the first cell, then "column: value".
    fn grid_as_list(&mut self, grid: &Grid) {
        for row in &grid.rows {
            if let Some(first) = row.first() {
                self.wrapped("   ", "     ", first);
            }
            for (column, cell) in grid.columns.iter().zip(row).skip(1) {
                self.wrapped("     ", "       ", &format!("{column}: {cell}"));
            }
        }
    }

    fn sources(&mut self, sources: &[SourceShown]) {
        if sources.is_empty() {
            return;
        }
        self.heading("Sources");
        for (i, source) in sources.iter().enumerate() {
            self.wrapped(&format!("   [{}] ", i + 1), "       ", &source.full);
            match &source.url {
                // Never wrapped, so that it can be clicked and copied.
                Some(url) if blocks::is_web_address(url) => self.line(&format!("       {url}")),
                Some(url) => self.wrapped("       ", "       ", url),
                None => {}
            }
        }
    }

    fn run(&mut self, run: &RunCard) {
        self.line("");
        for line in blocks::run_lines(run, true) {
            self.dim("   ", &line);
        }
        self.dim("   ", blocks::REPEAT);
    }

    fn heading(&mut self, title: &str) {
        self.line("");
        for line in wrap(self.width, "", "", &clean(title)) {
            let painted = paint(self.color, BOLD, &line);
            self.line(&painted);
        }
    }

    fn dim(&mut self, indent: &str, text: &str) {
        for line in wrap(self.width, indent, indent, &clean(text)) {
            let painted = paint(self.color, DIM, &line);
            self.line(&painted);
        }
    }

    fn wrapped(&mut self, first: &str, rest: &str, text: &str) {
        for line in wrap(self.width, first, rest, &clean(text)) {
            self.line(&line);
        }
    }

    /// A paragraph that starts with a label; the label stands out in colour.
    fn labelled(&mut self, first: &str, rest: &str, label: &str, text: &str) {
        let text = clean(&format!("{label} {text}"));
        for (i, line) in wrap(self.width, first, rest, text.trim()).into_iter().enumerate() {
            let line = match (i, label) {
                (0, "") => paint(self.color, BOLD, &line),
                (0, label) => line.replacen(label, &paint(self.color, ACCENT, label), 1),
                _ => line,
            };
            self.line(&line);
        }
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn rule(&self) -> String {
        let glyph = if self.plain { "-" } else { "─" };
        glyph.repeat(self.width)
    }
}

fn wrap(width: usize, first: &str, rest: &str, text: &str) -> Vec<String> {
    let options = textwrap::Options::new(width).initial_indent(first).subsequent_indent(rest);
    textwrap::wrap(text, options).into_iter().map(|line| line.into_owned()).collect()
}

fn paint_bars(line: &str) -> String {
    match (line.find(FULL), line.rfind(FULL)) {
        (Some(start), Some(last)) => {
            let end = last + FULL.len_utf8();
            format!("{}{}{}", &line[..start], paint(true, ACCENT, &line[start..end]), &line[end..])
        }
        _ => line.to_string(),
    }
}
