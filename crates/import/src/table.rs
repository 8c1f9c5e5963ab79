//! Tables of data sets: cells by column name, and problems that name file, line and column.

use std::collections::HashMap;
use std::str::FromStr;

use jonbar_record::Problem;

/// Problems listed for one file at most.
const PROBLEMS_MAX: usize = 20;

/// A file of a data set.
pub(crate) struct Table {
    pub(crate) file: String,
    columns: HashMap<String, usize>,
    rows: Vec<(u64, csv::StringRecord)>,
}

/// One row of a [`Table`].
#[derive(Clone, Copy)]
pub(crate) struct Row<'t> {
    table: &'t Table,
    line: u64,
    cells: &'t csv::StringRecord,
}

/// The column names of a file, without a byte-order mark; empty if it is not a table.
pub(crate) fn header(bytes: &[u8]) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(without_mark(bytes));
    reader.headers().map(|h| h.iter().map(str::to_owned).collect()).unwrap_or_default()
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// What is wrong with a line, without its place, which the problem has already.
fn reason(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} cells where the header has {expected_len} (a broken quotation mark?)")
        }
        csv::ErrorKind::Utf8 { .. } => "not UTF-8 text".to_owned(),
        _ => error.to_string(),
    }
}

impl Table {
    /// Reads a table whose columns have been recognised, and the lines that are not of its form: not UTF-8, or with
    /// another number of cells than the header.
    pub(crate) fn read(file: &str, bytes: &[u8]) -> (Table, Vec<Problem>) {
        let mut reader = csv::ReaderBuilder::new().from_reader(without_mark(bytes));
        let refused = |e: &csv::Error| {
            let line = e.position().map_or(0, csv::Position::line);
            Problem::at(file, line, 0, format!("not a line of this table: {}", reason(e)))
        };
        let mut problems = Vec::new();
        let columns = match reader.headers() {
            Ok(names) => names.iter().enumerate().map(|(i, n)| (n.to_owned(), i)).collect(),
            Err(e) => {
                problems.push(refused(&e));
                HashMap::new()
            }
        };
        let mut rows = Vec::new();
        for record in reader.records() {
            match record {
                Ok(cells) => rows.push((cells.position().map_or(0, csv::Position::line), cells)),
                Err(e) => problems.push(refused(&e)),
            }
        }
        (Table { file: file.to_owned(), columns, rows }, problems)
    }

    /// Reads every row with `read`; rows that cannot be read are all reported.
    pub(crate) fn each(
        &self,
        mut read: impl FnMut(Row<'_>) -> Result<(), Problem>,
    ) -> Result<(), Vec<Problem>> {
        let mut problems = Vec::new();
        for (line, cells) in &self.rows {
            if let Err(problem) = read(Row { table: self, line: *line, cells }) {
                problems.push(problem);
                if problems.len() >= PROBLEMS_MAX {
                    break;
                }
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }
}

impl Row<'_> {
    /// The text of a cell; empty where the column is missing.
    pub(crate) fn text(&self, column: &str) -> &str {
        let cell = self.table.columns.get(column).and_then(|&i| self.cells.get(i)).unwrap_or("").trim();
        if cell == "NA" { "" } else { cell }
    }

    /// A problem with a cell.
    pub(crate) fn problem(&self, column: &str, message: impl Into<String>) -> Problem {
        let place = self.table.columns.get(column).map_or(0, |&i| i as u64 + 1);
        Problem::at(&self.table.file, self.line, 0, message).help(format!("column {place} (`{column}`)"))
    }

    /// A number.
    pub(crate) fn number<T: FromStr>(&self, column: &str) -> Result<T, Problem> {
        let text = self.text(column);
        text.parse().map_err(|_| self.problem(column, format!("`{text}` is not a number")))
    }

    /// A number, or nothing where the cell is empty.
    pub(crate) fn optional<T: FromStr>(&self, column: &str) -> Result<Option<T>, Problem> {
        if self.text(column).is_empty() { Ok(None) } else { self.number(column).map(Some) }
    }

    /// Whether an obligation or the like is coded 1.
    pub(crate) fn yes(&self, column: &str) -> bool {
        self.text(column) == "1"
    }

    /// A date in three columns; a day or month that is not known (0, negative, empty) leaves a longer stretch. `None` if
    /// the year is not known.
    pub(crate) fn date(&self, year: &str, month: &str, day: &str) -> Result<Option<Date>, Problem> {
        let part = |column: &str| self.optional::<i32>(column).map(|n| n.filter(|n| *n > 0));
        let Some(y) = part(year)? else { return Ok(None) };
        let (m, d) = (part(month)?, part(day)?);
        let date = Date { year: y, month: m, day: m.and(d) };
        if date.first().is_none() {
            return Err(self.problem(day, format!("there is no {date}")));
        }
        Ok(Some(date))
    }
}

/// A date as a data set gives it: to the day, the month or the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Date {
    year: i32,
    month: Option<i32>,
    day: Option<i32>,
}

impl Date {
    /// To the day.
    pub(crate) fn day(year: i32, month: i32, day: i32) -> Date {
        Date { year, month: Some(month), day: Some(day) }
    }

    /// Year and month.
    pub(crate) fn month(year: i32, month: i32) -> Date {
        Date { year, month: Some(month), day: None }
    }

    /// The first day it may mean, or `None` if there is no such date.
    pub(crate) fn first(self) -> Option<jonbar_record::Day> {
        jonbar_record::Window::parse(&self.to_string()).ok().map(|w| w.from)
    }

    /// The last day it may mean.
    pub(crate) fn last(self) -> Option<jonbar_record::Day> {
        jonbar_record::Window::parse(&self.to_string()).ok().map(|w| w.to)
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}
