//! Tables of free layout: their cells filled, spans worked out.

use super::Composer;
use crate::manuscript::{CellRole, Grid, GridCell, Piece};
use mingzhang_standard::narrative::{Sheet, SheetCell, SheetRow};

/// A cell before its span is known.
#[derive(Clone)]
enum Filled {
    Words { text: String, head: bool, same: bool, evidence: Option<usize> },
    Left,
    Above,
}

impl Composer<'_> {
    pub(super) fn sheet(&mut self, sheet: &Sheet) {
        let title = self.words(&sheet.title);
        let mut rows = Vec::new();
        self.sheet_rows(&sheet.rows, &mut rows);
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        for row in &mut rows {
            // A short row ends in one wide cell.
            row.resize(columns, Filled::Left);
        }
        if rows.is_empty() || columns == 0 {
            return;
        }
        let notes = sheet.notes.iter().map(|note| self.words(note)).filter(|note| !note.is_empty()).collect();
        let numbered = sheet.outline > 0;
        let grid = Grid {
            code: String::new(),
            title,
            outline: numbered.then_some((sheet.outline, None)),
            number: None,
            slot: String::new(),
            unit: String::new(),
            columns: columns as u32,
            rows: rows.len() as u32,
            header_rows: sheet.header_rows.min(rows.len() as u32),
            cells: tiled(&rows, columns),
            notes,
            landscape: sheet.landscape,
        };
        self.manuscript.pieces.push(Piece::Grid(grid));
    }

    fn sheet_rows(&mut self, rows: &[SheetRow], filled: &mut Vec<Vec<Filled>>) {
        for row in rows {
            match row {
                SheetRow::Cells(cells) => {
                    let cells = cells.iter().map(|cell| self.sheet_cell(cell)).collect();
                    filled.push(cells);
                }
                SheetRow::Each(list, rows) => {
                    for entry in self.entered(list) {
                        self.around.push(entry);
                        self.sheet_rows(rows, filled);
                        self.around.pop();
                    }
                }
            }
        }
    }

    fn sheet_cell(&mut self, cell: &SheetCell) -> Filled {
        match cell {
            SheetCell::Left => Filled::Left,
            SheetCell::Above => Filled::Above,
            SheetCell::Words { text, head, same } => {
                let runs = self.text(text);
                let evidence = runs.iter().find_map(|run| run.evidence);
                let text = runs.into_iter().map(|run| run.text).collect();
                Filled::Words { text, head: *head, same: *same, evidence }
            }
        }
    }
}

/// The cells with their spans. A mark that would make a cell no rectangle is a cell of its own, empty.
fn tiled(rows: &[Vec<Filled>], columns: usize) -> Vec<GridCell> {
    let mut owner: Vec<Option<usize>> = vec![None; rows.len() * columns];
    let mut cells: Vec<GridCell> = Vec::new();
    for (r, row) in rows.iter().enumerate() {
        for (c, filled) in row.iter().enumerate() {
            let above = r.checked_sub(1).and_then(|r| owner[r * columns + c]);
            let left = c.checked_sub(1).and_then(|c| owner[r * columns + c]);
            let grown = match filled {
                Filled::Left => left.filter(|at| may_widen(&cells[*at], r)),
                Filled::Above => above.filter(|at| may_heighten(&cells[*at], r, c)),
                Filled::Words { text, same: true, .. } => {
                    above.filter(|at| cells[*at].text == *text && may_heighten(&cells[*at], r, c))
                }
                Filled::Words { .. } => None,
            };
            owner[r * columns + c] = Some(grown.unwrap_or(cells.len()));
            match grown {
                Some(at) if matches!(filled, Filled::Left) => {
                    cells[at].column_span = cells[at].column_span.max((c as u32 + 1) - cells[at].column);
                }
                Some(at) => cells[at].row_span = cells[at].row_span.max((r as u32 + 1) - cells[at].row),
                None => cells.push(cell(r as u32, c as u32, filled)),
            }
        }
    }
    cells
}

fn may_widen(cell: &GridCell, row: usize) -> bool {
    cell.row as usize == row || cell.row_span > (row as u32 - cell.row)
}

fn may_heighten(cell: &GridCell, row: usize, column: usize) -> bool {
    let is_left_edge = cell.column as usize == column;
    let has_row = cell.row + cell.row_span > row as u32;
    is_left_edge && cell.column_span == 1 || has_row
}

fn cell(row: u32, column: u32, filled: &Filled) -> GridCell {
    let (text, head, evidence) = match filled {
        Filled::Words { text, head, evidence, .. } => (text.clone(), *head, *evidence),
        Filled::Left | Filled::Above => (String::new(), false, None),
    };
    let role = if head { CellRole::ColumnHead } else { CellRole::Words };
    GridCell { row, column, row_span: 1, column_span: 1, text, role, figure: None, evidence, strong: false }
}
