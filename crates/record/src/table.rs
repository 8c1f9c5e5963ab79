//! CSV tables whose every cell knows its file, line and column.

use crate::problem::Problem;

/// A table with checked header.
pub(crate) struct Table<'a> {
    pub file: &'a str,
    header: Vec<String>,
    pub rows: Vec<Row<'a>>,
}

/// One line of a table.
pub(crate) struct Row<'a> {
    raw: &'a str,
    pub line: u64,
    cells: Vec<String>,
}

/// A cell with its place, ready to report a problem.
#[derive(Clone, Copy)]
pub(crate) struct Cell<'t> {
    pub text: &'t str,
    pub file: &'t str,
    pub line: u64,
    pub column: u64,
}

impl<'t> Cell<'t> {
    pub(crate) fn problem(self, message: impl Into<String>) -> Problem {
        Problem::at(self.file, self.line, self.column, message)
    }

    /// The parts between semicolons, trimmed, each with its own column.
    pub(crate) fn parts(self) -> impl Iterator<Item = Cell<'t>> {
        let mut column = self.column;
        self.text.split(';').filter_map(move |part| {
            let lead = part.chars().take_while(|c| c.is_whitespace()).count() as u64;
            let cell = Cell { text: part.trim(), column: column + lead, ..self };
            column += part.chars().count() as u64 + 1;
            (!cell.text.is_empty()).then_some(cell)
        })
    }
}

impl<'a> Table<'a> {
    /// Reads a table that must have exactly these columns, in any order.
    pub(crate) fn read(
        file: &'a str,
        text: &'a str,
        columns: &[&str],
        problems: &mut Vec<Problem>,
    ) -> Option<Table<'a>> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let header: Vec<String> = match reader.headers() {
            Ok(h) => h.iter().map(str::to_owned).collect(),
            Err(e) => {
                problems.push(Problem::file(file, format!("not a CSV table: {e}")));
                return None;
            }
        };
        let missing: Vec<&str> = columns.iter().copied().filter(|c| !header.iter().any(|h| h == c)).collect();
        if !missing.is_empty() {
            problems.push(
                Problem::at(file, 1, 1, format!("missing column {}", missing.join(", ")))
                    .help(format!("the first line must be: {}", columns.join(","))),
            );
            return None;
        }
        if let Some(extra) = header.iter().find(|h| !columns.contains(&h.as_str())) {
            let mut problem = Problem::at(file, 1, 1, format!("unknown column `{extra}`"));
            if let Some(near) = crate::names::nearest(extra, columns.iter().copied(), 1).first() {
                problem = problem.help(format!("did you mean `{near}`?"));
            }
            problems.push(problem);
            return None;
        }
        let rows = read_rows(file, text, header.len(), &mut reader, problems);
        Some(Table { file, header, rows })
    }

    /// Whether the table has a column.
    pub(crate) fn has(&self, column: &str) -> bool {
        self.header.iter().any(|h| h == column)
    }

    /// The cell of a row in a named column. The column must be one of those passed to [`Table::read`].
    pub(crate) fn cell<'t>(&'t self, row: &'t Row<'a>, column: &str) -> Cell<'t> {
        let index = self.header.iter().position(|h| h == column);
        debug_assert!(index.is_some(), "column {column} was not asked for");
        let index = index.unwrap_or(0);
        Cell {
            text: row.cells.get(index).map_or("", |c| c.trim()),
            file: self.file,
            line: row.line,
            column: column_of(row.raw, index),
        }
    }
}

fn read_rows<'a>(
    file: &str,
    text: &'a str,
    width: usize,
    reader: &mut csv::Reader<&[u8]>,
    problems: &mut Vec<Problem>,
) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for result in reader.records() {
        let record = match result {
            Ok(record) => record,
            Err(e) => {
                let line = e.position().map_or(0, |p| p.line());
                problems.push(Problem::at(file, line, 0, format!("not a CSV line: {e}")));
                break;
            }
        };
        let (line, start) = record.position().map_or((0, 0), |p| (p.line(), p.byte() as usize));
        let raw = text.get(start..).unwrap_or("").trim_start_matches(['\r', '\n']);
        if record.len() != width {
            problems.push(
                Problem::at(
                    file,
                    line,
                    column_of(raw, record.len().min(width)),
                    format!("{} columns where the header has {width}", record.len()),
                )
                .help("put text that contains commas between double quotes"),
            );
            continue;
        }
        rows.push(Row { raw, line, cells: record.iter().map(str::to_owned).collect() });
    }
    rows
}

/// Column, in characters from 1, at which the text of a cell begins in a raw CSV line.
fn column_of(raw: &str, index: usize) -> u64 {
    let mut commas = 0;
    let mut quoted = false;
    let mut column = 1;
    let mut chars = raw.chars().peekable();
    while commas < index {
        match chars.next() {
            Some('"') => quoted = !quoted,
            Some(',') if !quoted => commas += 1,
            Some('\n') if !quoted => return 0,
            None => return 0,
            Some(_) => {}
        }
        column += 1;
    }
    if chars.peek() == Some(&'"') { column + 1 } else { column }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_know_their_place_even_behind_quotes() {
        let text = "id,note,date\na,\"one, two\",1932\nb,x,1933;1934\n";
        let mut problems = Vec::new();
        let table = Table::read("t.csv", text, &["id", "note", "date"], &mut problems).unwrap();
        let cell = table.cell(&table.rows[0], "date");
        assert_eq!((cell.text, cell.line, cell.column), ("1932", 2, 14));
        let parts: Vec<_> =
            table.cell(&table.rows[1], "date").parts().map(|c| (c.text.to_owned(), c.column)).collect();
        assert_eq!(parts, [("1933".to_owned(), 5), ("1934".to_owned(), 10)]);
        assert!(problems.is_empty());
    }

    #[test]
    fn a_missing_column_is_named() {
        let mut problems = Vec::new();
        assert!(Table::read("t.csv", "id,dat\n", &["id", "date"], &mut problems).is_none());
        assert!(problems[0].message.contains("missing column date"), "{}", problems[0]);
    }
}
