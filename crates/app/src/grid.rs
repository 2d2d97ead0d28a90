//! Draws a table as text, in boxes, with its spans, for a terminal in which a Chinese character is two
//! columns wide.

use mingzhang_model::document::{Cell, Table};

use crate::wide;

/// A column of one cell's text is folded beyond this width.
const WIDEST: usize = 36;

/// The drawing, line by line.
pub(crate) fn drawn(table: &Table) -> Vec<String> {
    let layout = Layout::of(table);
    let mut lines = Vec::new();
    for row in 0..=table.rows() {
        if layout.needs_rule(row) {
            lines.push(layout.rule(row));
        }
        if row < table.rows() {
            for line in 0..layout.heights[row as usize] {
                lines.push(layout.content(row, line));
            }
        }
    }
    lines
}

struct Layout<'a> {
    table: &'a Table,
    widths: Vec<usize>,
    heights: Vec<usize>,
    /// The folded text of each cell, in the order of the table's cells.
    texts: Vec<Vec<String>>,
}

impl<'a> Layout<'a> {
    fn of(table: &'a Table) -> Layout<'a> {
        let widths = widths(table);
        let mut layout = Layout { table, widths, heights: vec![1; table.rows() as usize], texts: Vec::new() };
        layout.texts = table.cells().iter().map(|cell| layout.folded(cell)).collect();
        layout.heights = layout.heights();
        layout
    }

    fn folded(&self, cell: &Cell) -> Vec<String> {
        let room = self.width_of(cell);
        cell.text.lines().flat_map(|line| wide::folded(line.trim(), room)).collect()
    }

    /// The columns that a cell covers, and the rules between them.
    fn width_of(&self, cell: &Cell) -> usize {
        let columns = cell.column as usize..(cell.column + cell.column_span) as usize;
        self.widths[columns].iter().sum::<usize>() + cell.column_span as usize - 1
    }

    /// Rows are as high as their highest cell; a cell over several rows may stretch the last of them.
    fn heights(&self) -> Vec<usize> {
        let mut heights = vec![1; self.table.rows() as usize];
        let mut by_span: Vec<(&Cell, usize)> = self.table.cells().iter().zip(self.texts.iter().map(Vec::len)).collect();
        by_span.sort_by_key(|(cell, _)| cell.row_span);
        for (cell, needed) in by_span {
            let rows = cell.row as usize..(cell.row + cell.row_span) as usize;
            let have = heights[rows.clone()].iter().sum::<usize>() + cell.row_span as usize - 1;
            heights[rows.end - 1] += needed.saturating_sub(have);
        }
        heights
    }

    /// A line of text of a row.
    fn content(&self, row: u32, line: usize) -> String {
        let mut text = String::from("│");
        for cell in self.table.row(row) {
            let above: usize = (cell.row..row).map(|r| self.heights[r as usize] + 1).sum();
            text.push_str(&self.text_line(cell, above + line));
            text.push('│');
        }
        text
    }

    /// One line of a cell, as wide as the cell.
    fn text_line(&self, cell: &Cell, line: usize) -> String {
        let index = self.table.cells().partition_point(|c| (c.row, c.column) < (cell.row, cell.column));
        let text = self.texts[index].get(line).map_or("", String::as_str);
        let room = self.width_of(cell);
        if is_number(&cell.text) { wide::padded_left(text, room) } else { wide::padded(text, room) }
    }

    /// Rows of single lines and of the same columns need no rule between them. A rule stays below the first
    /// row, where headers are, and where cells span rows or text is folded, so that nothing runs together.
    fn needs_rule(&self, row: u32) -> bool {
        if row < 2 || row == self.table.rows() {
            return true;
        }
        let is_single =
            |row: u32| self.heights[row as usize] == 1 && self.table.row(row).all(|cell| cell.row_span == 1);
        let columns = |row: u32| self.table.row(row).map(|cell| cell.column);
        !is_single(row - 1) || !is_single(row) || !columns(row - 1).eq(columns(row))
    }

    /// The rule above a row, or below the last: a cell over several rows goes through it.
    fn rule(&self, row: u32) -> String {
        let mut text = String::from(self.joint(row, 0));
        let mut column = 0;
        while column < self.table.columns() {
            match self.through(row, column) {
                Some(cell) => {
                    let above: usize = (cell.row..row).map(|r| self.heights[r as usize] + 1).sum();
                    text.push_str(&self.text_line(cell, above - 1));
                    column = cell.column + cell.column_span;
                }
                None => {
                    text.push_str(&"─".repeat(self.widths[column as usize]));
                    column += 1;
                }
            }
            text.push_str(self.joint(row, column));
        }
        text
    }

    /// The cell that covers a column both above and below a rule.
    fn through(&self, row: u32, column: u32) -> Option<&'a Cell> {
        let above = self.table.cell(row.checked_sub(1)?, column)?;
        (above.row + above.row_span > row).then_some(above)
    }

    /// The crossing of a rule and the left edge of a column, by the four lines that meet there.
    fn joint(&self, row: u32, column: u32) -> &'static str {
        let at = |up: u32, left: u32| {
            let (row, column) = (row.checked_sub(up)?, column.checked_sub(left)?);
            self.table.cell(row, column).map(|cell| (cell.row, cell.column))
        };
        let (above_left, above_right, below_left, below_right) = (at(1, 1), at(1, 0), at(0, 1), at(0, 0));
        let up = above_left != above_right;
        let down = below_left != below_right;
        let left = above_left != below_left;
        let right = above_right != below_right;
        match (up, down, left, right) {
            (true, true, true, true) => "┼",
            (true, true, true, false) => "┤",
            (true, true, false, true) => "├",
            (true, true, false, false) => "│",
            (true, false, true, true) => "┴",
            (false, true, true, true) => "┬",
            (true, false, true, false) => "┘",
            (true, false, false, true) => "└",
            (false, true, true, false) => "┐",
            (false, true, false, true) => "┌",
            _ => "─",
        }
    }
}

/// Columns are as wide as their widest line, up to a limit; a cell over several stretches them evenly.
fn widths(table: &Table) -> Vec<usize> {
    let mut widths = vec![1; table.columns() as usize];
    let mut by_span: Vec<&Cell> = table.cells().iter().collect();
    by_span.sort_by_key(|cell| cell.column_span);
    for cell in by_span {
        let (first, span) = (cell.column as usize, cell.column_span as usize);
        let longest = cell.text.lines().map(|line| wide::width(line.trim())).max().unwrap_or(0);
        let have = widths[first..first + span].iter().sum::<usize>() + span - 1;
        let missing = longest.min(WIDEST * span).saturating_sub(have);
        for (i, width) in widths[first..first + span].iter_mut().enumerate() {
            *width += (missing + span - 1 - i) / span;
        }
    }
    widths
}

/// True for a printed number, with or without signs and separators.
pub(crate) fn is_number(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || " \n,.-%".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(row: u32, column: u32, row_span: u32, column_span: u32, text: &str) -> Cell {
        Cell { row, column, row_span, column_span, text: text.into(), ..Cell::default() }
    }

    #[test]
    fn spans_go_through_rules_and_numbers_stand_to_the_right() {
        let cells = vec![
            cell(0, 0, 2, 1, "项目"),
            cell(0, 1, 1, 2, "支出预算"),
            cell(1, 1, 1, 1, "合计"),
            cell(1, 2, 1, 1, "基本支出"),
            cell(2, 0, 1, 1, "档案馆"),
            cell(2, 1, 1, 1, "1,234"),
            cell(2, 2, 1, 1, ""),
        ];
        let lines = drawn(&Table::tiled(3, 3, cells).unwrap());
        let expected = [
            "┌──────┬──────────────┐",
            "│项目  │支出预算      │",
            "│      ├─────┬────────┤",
            "│      │合计 │基本支出│",
            "├──────┼─────┼────────┤",
            "│档案馆│1,234│        │",
            "└──────┴─────┴────────┘",
        ];
        assert_eq!(lines, expected, "\n{}", lines.join("\n"));
    }

    #[test]
    fn plain_rows_stand_together() {
        let cell = |row, text| cell(row, 0, 1, 1, text);
        let cells = vec![cell(0, "项目"), cell(1, "1"), cell(2, "2"), cell(3, "三\n行"), cell(4, "4")];
        let lines = drawn(&Table::tiled(5, 1, cells).unwrap());
        let expected = [
            "┌────┐",
            "│项目│",
            "├────┤",
            "│   1│",
            "│   2│",
            "├────┤",
            "│三  │",
            "│行  │",
            "├────┤",
            "│   4│",
            "└────┘",
        ];
        assert_eq!(lines, expected, "\n{}", lines.join("\n"));
    }

    #[test]
    fn a_high_cell_stretches_its_rows() {
        let cells = vec![cell(0, 0, 2, 1, "一\n二\n三\n四"), cell(0, 1, 1, 1, "上"), cell(1, 1, 1, 1, "下")];
        let lines = drawn(&Table::tiled(2, 2, cells).unwrap());
        assert_eq!(lines, ["┌──┬──┐", "│一│上│", "│二├──┤", "│三│下│", "│四│  │", "└──┴──┘"], "\n{}", lines.join("\n"));
    }

    #[test]
    fn every_line_is_as_wide_as_the_table() {
        let long = "用于档案征集、整理、保管和利用的项目支出，以及馆藏档案数字化的外包服务费用等各项支出";
        let cells = vec![cell(0, 0, 1, 1, long), cell(0, 1, 1, 1, "1")];
        let lines = drawn(&Table::tiled(1, 2, cells).unwrap());
        assert!(lines.len() > 3 && lines.iter().all(|line| wide::width(line) == WIDEST + 4), "{lines:#?}");
    }
}
