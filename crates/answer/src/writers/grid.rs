//! Tables of fixed-width text.

use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Row, Table, TableStyle, Width,
};

use super::blocks::Grid;
use super::format;

const BAR_WIDTH: usize = 20;

/// The two glyphs of a bar.
#[derive(Clone, Copy)]
pub(super) struct Glyphs {
    pub(super) full: char,
    pub(super) empty: char,
}

/// The same table with each text passed through `change`.
pub(super) fn mapped(grid: &Grid, change: fn(&str) -> String) -> Grid {
    Grid {
        caption: change(&grid.caption),
        columns: grid.columns.iter().map(|text| change(text)).collect(),
        numeric: grid.numeric.clone(),
        rows: grid.rows.iter().map(|row| row.iter().map(|text| change(text)).collect()).collect(),
        bars: grid.bars.clone(),
        entries: grid.entries.clone(),
    }
}

/// Draws a table. It can come out wider than `width` where the columns leave no choice.
pub(super) fn draw(grid: &Grid, width: usize, style: TableStyle, glyphs: Glyphs) -> Vec<String> {
    let mut table = Table::new();
    // Rules between rows double the length of a table and say nothing.
    table.load_style(style.row_separator(LineStyle::none()));
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    table.set_header(Row::from(grid.columns.clone()));
    for (i, row) in grid.rows.iter().enumerate() {
        let mut cells = row.clone();
        if let (Some(p), Some(first)) = (grid.bars.get(i), cells.first_mut()) {
            let bar = format::bar(*p, BAR_WIDTH, glyphs.full, glyphs.empty);
            *first = format!("{first}\n{bar}");
        }
        table.add_row(Row::from(cells));
    }
    for (i, numeric) in grid.numeric.iter().enumerate() {
        if *numeric && let Some(column) = table.column_mut(i) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    if !grid.bars.is_empty()
        && let Some(column) = table.column_mut(0)
    {
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(BAR_WIDTH as u16 + 2)));
    }
    table.lines().map(|line| line.trim_end().to_string()).collect()
}
