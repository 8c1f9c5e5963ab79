//! One row of a file, read cell by cell; what is wrong in it is noted with its line and column.

use super::Parsed;
use crate::date::{When, Window};
use crate::entities::*;
use crate::event::Confidence;
use crate::names::nearest;
use crate::problem::Problem;
use crate::sources::{Citation, Source, SourceId};
use crate::table::{Cell, Table};

/// A row being read: its table, and where problems go.
pub(super) struct RowReader<'t, 'p> {
    pub(super) table: &'t Table<'t>,
    pub(super) row: &'t crate::table::Row<'t>,
    pub(super) problems: &'p mut Vec<Problem>,
}

pub(super) fn each_row(
    parsed: &Parsed,
    file: &str,
    problems: &mut Vec<Problem>,
    mut read: impl FnMut(&mut RowReader) -> Option<()>,
) {
    let Some(table) = parsed.tables.get(file) else { return };
    for row in &table.rows {
        // A row that cannot be read has reported its problems and is left out.
        let _ = read(&mut RowReader { table, row, problems });
    }
}

impl<'t> RowReader<'t, '_> {
    pub(super) fn cell(&self, column: &str) -> Cell<'t> {
        self.table.cell(self.row, column)
    }

    pub(super) fn text(&self, column: &str) -> String {
        self.cell(column).text.to_owned()
    }

    pub(super) fn list(&self, column: &str) -> Vec<String> {
        self.cell(column).parts().map(|c| c.text.to_owned()).collect()
    }

    pub(super) fn place(&self) -> (String, u64) {
        (self.table.file.to_owned(), self.row.line)
    }

    /// A unique, non-empty id.
    pub(super) fn id(&mut self, taken: impl Fn(&str) -> bool) -> Option<String> {
        let cell = self.cell("id");
        if cell.text.is_empty() {
            self.problems.push(cell.problem("the id is empty"));
            return None;
        }
        if taken(cell.text) {
            self.problems.push(
                cell.problem(format!("the id `{}` is used twice", cell.text))
                    .help("give one of the two rows another id"),
            );
            return None;
        }
        Some(cell.text.to_owned())
    }

    /// One of a closed list of words.
    pub(super) fn word<T: Copy>(
        &mut self,
        cell: Cell,
        all: &[T],
        name: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let found = all.iter().copied().find(|t| name(*t) == cell.text);
        if found.is_none() {
            let names: Vec<&str> = all.iter().map(|t| name(*t)).collect();
            let near = nearest(cell.text, names.iter().copied(), 1);
            let help = match near.first() {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write one of: {}", names.join(", ")),
            };
            self.problems.push(cell.problem(format!("`{}` is not known here", cell.text)).help(help));
        }
        found
    }

    pub(super) fn when(&mut self, cell: Cell) -> Option<When> {
        When::parse(cell.text).map_err(|message| self.problems.push(cell.problem(message))).ok()
    }

    pub(super) fn window(&mut self, cell: Cell) -> Option<Window> {
        Window::parse(cell.text).map_err(|message| self.problems.push(cell.problem(message))).ok()
    }

    /// A window written in two columns, either of which may be `..`.
    pub(super) fn window_between(&mut self, from: &str, to: &str) -> Option<Window> {
        let (a, b) = (self.cell(from), self.cell(to));
        let start =
            if a.text == ".." || a.text.is_empty() { crate::Day::DISTANT_PAST } else { self.window(a)?.from };
        let end =
            if b.text == ".." || b.text.is_empty() { crate::Day::DISTANT_FUTURE } else { self.window(b)?.to };
        if start > end {
            self.problems.push(b.problem(format!("ends ({}) before it begins ({})", b.text, a.text)));
            return None;
        }
        Some(Window { from: start, to: end })
    }

    pub(super) fn number(&mut self, column: &str) -> Option<f64> {
        let cell = self.cell(column);
        match cell.text.parse::<f64>() {
            Ok(x) if x.is_finite() => Some(x),
            _ => {
                self.problems.push(cell.problem(format!("`{}` is not a number", cell.text)));
                None
            }
        }
    }

    pub(super) fn actor_named(&mut self, record: &Record, cell: Cell) -> Option<ActorId> {
        let found = record.actor(cell.text);
        if found.is_none() {
            let by_name = record.actors.iter().find(|a| {
                a.name.eq_ignore_ascii_case(cell.text)
                    || a.aliases.iter().any(|n| n.eq_ignore_ascii_case(cell.text))
            });
            let help = match by_name {
                Some(actor) => format!("write `{}` for {}", actor.code, actor.name),
                None => {
                    let codes = record.actors.iter().map(|a| a.code.as_str());
                    let near = nearest(cell.text, codes, 3);
                    if near.is_empty() {
                        "add it to actors.csv, or use one of the codes there".to_owned()
                    } else {
                        format!("nearest: {}", near.join(", "))
                    }
                }
            };
            self.problems.push(cell.problem(format!("unknown actor `{}`", cell.text)).help(help));
        }
        found
    }

    pub(super) fn actor_in(&mut self, record: &Record, column: &str) -> Option<ActorId> {
        self.actor_named(record, self.cell(column))
    }

    pub(super) fn actors_in(&mut self, record: &Record, column: &str) -> Option<Vec<ActorId>> {
        let cells: Vec<Cell> = self.cell(column).parts().collect();
        let found: Vec<Option<ActorId>> = cells.into_iter().map(|c| self.actor_named(record, c)).collect();
        found.into_iter().collect()
    }

    pub(super) fn territory_named(&mut self, record: &Record, cell: Cell) -> Option<TerritoryId> {
        let found = record.territory(cell.text);
        if found.is_none() {
            let near = nearest(cell.text, record.territories.iter().map(|t| t.id.as_str()), 3);
            self.problems.push(
                cell.problem(format!("unknown territory `{}`", cell.text))
                    .help(advice(&near, "territories.csv")),
            );
        }
        found
    }

    pub(super) fn person_named(&mut self, record: &Record, cell: Cell) -> Option<PersonId> {
        let found = record.person(cell.text);
        if found.is_none() {
            let near = nearest(cell.text, record.people.iter().map(|p| p.id.as_str()), 3);
            self.problems.push(
                cell.problem(format!("unknown person `{}`", cell.text)).help(advice(&near, "people.csv")),
            );
        }
        found
    }

    pub(super) fn citations(&mut self, record: &Record, column: &str) -> Option<Vec<Citation>> {
        let cells: Vec<Cell> = self.cell(column).parts().collect();
        let mut citations = Vec::new();
        let mut complete = true;
        for cell in cells {
            let (key, locator) = cell.text.split_once(':').unwrap_or((cell.text, ""));
            match record.source(key.trim()) {
                Some(source) => citations.push(Citation { source, locator: locator.trim().to_owned() }),
                None => {
                    let near = nearest(key, record.sources.iter().map(|s: &Source| s.key.as_str()), 3);
                    let help = if near.is_empty() {
                        format!("add an entry @book{{{key}, ...}} to sources.bib")
                    } else {
                        format!("nearest: {}; or add an entry to sources.bib", near.join(", "))
                    };
                    self.problems.push(cell.problem(format!("unknown source `{key}`")).help(help));
                    complete = false;
                }
            }
        }
        complete.then_some(citations)
    }

    pub(super) fn position(&mut self) -> Option<Option<(f64, f64)>> {
        if self.cell("lat").text.is_empty() {
            return Some(None);
        }
        let (lat, lon) = (self.number("lat")?, self.number("lon")?);
        if lat.abs() > 90.0 || lon.abs() > 180.0 {
            self.problems.push(self.cell("lat").problem("latitude or longitude is out of range"));
            return None;
        }
        Some(Some((lat, lon)))
    }

    pub(super) fn positive(&mut self, column: &str) -> Option<f64> {
        let number = self.number(column)?;
        if number > 0.0 {
            return Some(number);
        }
        self.problems.push(self.cell(column).problem(format!("`{number}` must be above zero")));
        None
    }

    pub(super) fn confidence(&mut self) -> Option<Confidence> {
        let all = [Confidence::High, Confidence::Medium, Confidence::Low];
        self.word(self.cell("confidence"), &all, Confidence::name)
    }

    pub(super) fn also_dated(&mut self, record: &Record) -> Option<Vec<(When, SourceId)>> {
        let cells: Vec<Cell> = self.cell("also_dated").parts().collect();
        let mut dates = Vec::new();
        for cell in cells {
            let Some((date, key)) = cell.text.split_once('@') else {
                self.problems.push(
                    cell.problem(format!("`{}` names no source", cell.text))
                        .help("write the other date and its source: 1932-01-22@langer1948"),
                );
                return None;
            };
            let when = self.when(Cell { text: date, ..cell })?;
            let Some(source) = record.source(key) else {
                self.problems.push(cell.problem(format!("unknown source `{key}`")));
                return None;
            };
            dates.push((when, source));
        }
        Some(dates)
    }
}

/// The nearest names, or where to add one.
pub(super) fn advice(near: &[&str], file: &str) -> String {
    if near.is_empty() {
        format!("add a row to {file}")
    } else {
        format!("nearest: {}; or add a row to {file}", near.join(", "))
    }
}
