//! Sheets under construction: every cell of every reader passes here and is held to the [`limits`].

use mingzhang_model::sheet::{Cell, Sheet, column_name};

use crate::{Refusal, limits};

/// What the cells of a workbook may still take, all its sheets together.
pub(crate) struct Room {
    /// The cells and the bytes of text that it may hold.
    most: (usize, usize),
    cells: usize,
    text: usize,
}

impl Room {
    pub(crate) fn new() -> Room {
        Room::of(limits::CELLS, limits::TEXT)
    }

    /// For a workbook that becomes a document.
    pub(crate) fn for_view() -> Room {
        Room::of(limits::SHOWN_CELLS, limits::SHOWN_TEXT)
    }

    fn of(cells: usize, text: usize) -> Room {
        Room { most: (cells, text), cells, text }
    }

    fn take(&mut self, cells: usize, text: usize) -> Result<(), Refusal> {
        let (Some(cells), Some(text)) = (self.cells.checked_sub(cells), self.text.checked_sub(text)) else {
            let (cells, text) = (self.most.0 / 10_000, self.most.1 >> 20);
            return Err(Refusal::new(format!(
                "内容超过 {cells} 万个单元格或 {text} MB 文字的上限，请删去多余的空行空列，或拆成几个文件后分别提交"
            )));
        };
        (self.cells, self.text) = (cells, text);
        Ok(())
    }
}

/// A sheet that grows.
pub(crate) struct Grid {
    sheet: Sheet,
}

impl Grid {
    pub(crate) fn new(name: &str) -> Grid {
        Grid { sheet: Sheet { name: name.to_owned(), rows: Vec::new() } }
    }

    /// Puts a cell at its place; an empty one needs no place.
    pub(crate) fn put(&mut self, room: &mut Room, row: usize, column: usize, cell: Cell) -> Result<(), Refusal> {
        if cell == Cell::Empty {
            return Ok(());
        }
        self.check(row, column, &cell)?;
        let rows = &mut self.sheet.rows;
        if rows.len() <= row {
            room.take(row + 1 - rows.len(), 0)?;
            // Rows are mostly as long as the one before.
            let likely = rows.last().map_or(0, Vec::len);
            rows.resize_with(row + 1, Vec::new);
            rows[row].reserve_exact(likely.max(column + 1));
        }
        let cells = &mut rows[row];
        let more = (column + 1).saturating_sub(cells.len());
        room.take(more, text_of(&cell))?;
        if more > 0 {
            cells.resize(column, Cell::Empty);
            cells.push(cell);
        } else {
            cells[column] = cell;
        }
        Ok(())
    }

    fn check(&self, row: usize, column: usize, cell: &Cell) -> Result<(), Refusal> {
        let name = &self.sheet.name;
        if row >= limits::ROWS {
            let limit = limits::ROWS;
            return Err(Refusal::new(format!("工作表“{name}”超过 {limit} 行的上限，请拆成几张表后再提交")));
        }
        if column >= limits::COLUMNS {
            let (limit, last) = (limits::COLUMNS, column_name(limits::COLUMNS - 1));
            let place = format!("{}{}", column_name(column), row + 1);
            return Err(Refusal::new(format!(
                "工作表“{name}”的 {place} 有内容，超过 {limit} 列（{last} 列）的上限，请删去多余的列后再提交"
            )));
        }
        if text_of(cell) > limits::CHARACTERS && cell.words().chars().count() > limits::CHARACTERS {
            let (limit, place) = (limits::CHARACTERS, format!("{}{}", column_name(column), row + 1));
            return Err(Refusal::new(format!(
                "工作表“{name}”的 {place} 超过 {limit} 个字的上限，请检查引号是否配对，或缩短这一格的文字"
            )));
        }
        Ok(())
    }

    /// The cell at a place, where there is one.
    pub(crate) fn at(&mut self, row: usize, column: usize) -> Option<&mut Cell> {
        self.sheet.rows.get_mut(row)?.get_mut(column)
    }

    /// How many rows there are.
    pub(crate) fn height(&self) -> usize {
        self.sheet.rows.len()
    }

    /// How long a row is.
    pub(crate) fn width(&self, row: usize) -> usize {
        self.sheet.rows.get(row).map_or(0, Vec::len)
    }

    /// The sheet, without the empty cells and rows at its ends.
    pub(crate) fn finish(mut self) -> Sheet {
        for row in &mut self.sheet.rows {
            let length = row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
            row.truncate(length);
        }
        let height = self.sheet.rows.iter().rposition(|row| !row.is_empty()).map_or(0, |last| last + 1);
        self.sheet.rows.truncate(height);
        self.sheet
    }
}

fn text_of(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) | Cell::Number(text) | Cell::Formula(text) | Cell::Fault(text) => text.len(),
        Cell::Empty | Cell::Date(_) => 0,
    }
}

/// Blanks what merged cells cover and says so. The value is at the upper left, as the spreadsheet shows it.
pub(crate) fn merge(grid: &mut Grid, merges: &[Area], notes: &mut Vec<String>) -> Result<(), Refusal> {
    if merges.is_empty() {
        return Ok(());
    }
    let name = grid.sheet.name.clone();
    // Areas of an honest sheet do not overlap, so together they are no more than the sheet.
    let mut steps = 2 * limits::CELLS;
    for area in merges {
        for row in area.top..=area.bottom.min(grid.height().saturating_sub(1)) {
            let columns = area.left..(area.right + 1).min(grid.width(row));
            steps = steps
                .checked_sub(1 + columns.len())
                .ok_or_else(|| Refusal::new(format!("工作表“{name}”的合并单元格互相重叠，请取消合并后再提交")))?;
            for column in columns.filter(|column| (row, *column) != (area.top, area.left)) {
                if let Some(cell) = grid.at(row, column) {
                    *cell = Cell::Empty;
                }
            }
        }
    }
    let some: Vec<String> = merges.iter().take(3).map(Area::words).collect();
    let more = if merges.len() > some.len() { "等" } else { "" };
    notes.push(format!(
        "工作表“{name}”有 {} 处合并单元格（{}{more}）：值只算在左上角一格，其余按空白读入。",
        merges.len(),
        some.join("、")
    ));
    Ok(())
}

/// A block of cells, first and last included, counted from 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Area {
    /// The first row.
    pub top: usize,
    /// The first column.
    pub left: usize,
    /// The last row.
    pub bottom: usize,
    /// The last column.
    pub right: usize,
}

impl Area {
    /// An area written as `B2:C7` or `B2`.
    pub(crate) fn parse(text: &str) -> Option<Area> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let ((top, left), (bottom, right)) = (place(first)?, place(last)?);
        (top <= bottom && left <= right).then_some(Area { top, left, bottom, right })
    }

    pub(crate) fn contains(&self, row: usize, column: usize) -> bool {
        (self.top..=self.bottom).contains(&row) && (self.left..=self.right).contains(&column)
    }

    fn words(&self) -> String {
        let (left, right) = (column_name(self.left), column_name(self.right));
        format!("{left}{}:{right}{}", self.top + 1, self.bottom + 1)
    }
}

/// Row and column of `B2` or `$B$2`, from 0.
pub(crate) fn place(text: &str) -> Option<(usize, usize)> {
    let text = text.replace('$', "");
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, row) = text.split_at(letters);
    if !(1..=3).contains(&letters) || row.len() > 7 {
        return None;
    }
    let column = name.bytes().fold(0, |sum, letter| sum * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    Some((row.parse::<usize>().ok()?.checked_sub(1)?, column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_read_as_spreadsheets_write_them() {
        let area = |top, left, bottom, right| Some(Area { top, left, bottom, right });
        assert_eq!(Area::parse("B2:C7"), area(1, 1, 6, 2));
        assert_eq!(Area::parse("$A$1"), area(0, 0, 0, 0));
        assert_eq!(Area::parse("XFD1048576"), area(1_048_575, 16_383, 1_048_575, 16_383));
        for wrong in ["", "B", "2", "B0", "C7:B2", "B2:", "ABCD1", "B99999999", "表1"] {
            assert_eq!(Area::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_workbook_has_room_for_so_many_cells_and_no_more() {
        let mut room = Room::of(10, 100);
        let mut grid = Grid::new("表");
        let cell = || Cell::Text("款".to_owned());
        // One row and its three cells, then a second row and five cells: ten.
        grid.put(&mut room, 0, 2, cell()).unwrap();
        grid.put(&mut room, 1, 4, cell()).unwrap();
        grid.put(&mut room, 1, 0, cell()).unwrap();
        assert!(grid.put(&mut room, 1, 5, cell()).unwrap_err().to_string().contains("单元格"));
        let mut room = Room::of(10, 5);
        grid.put(&mut room, 0, 0, cell()).unwrap();
        assert!(grid.put(&mut room, 0, 1, cell()).is_err());
    }
}
