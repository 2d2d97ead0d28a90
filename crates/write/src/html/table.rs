//! A statutory table as HTML: what stands around it, its header on every page, and for every cell the header cells
//! that say what it is.

use super::escape::{line, text};
use super::sources::Uses;
use crate::manuscript::{CellRole, Grid, GridCell};

/// From so many columns on, type is smaller on paper.
const DENSE: u32 = 9;
/// From so many rows on, the header of a table stays in sight while its rows move.
const TALL: u32 = 24;
/// Who moves by keyboard gets a way past a table with more links.
const MANY: usize = 20;
/// Names at the head of a row are indented by at most so many levels.
const MAX_INDENT: u8 = 5;

/// The table of the piece `at`, its title a heading of so high a rank.
pub(super) fn written(at: usize, rank: usize, grid: &Grid, uses: &mut Uses) -> String {
    let title = line(&grid.title);
    let number =
        grid.number.as_ref().map_or_else(String::new, |number| format!("<p class=\"number\">{}</p>", line(number)));
    let (heading, label) = match title.is_empty() {
        true => (format!("<span id=\"s{at}\"></span>"), format!("aria-label=\"表格 {}\"", line(&grid.code))),
        false => (format!("<h{rank} id=\"s{at}\">{title}</h{rank}>"), format!("aria-labelledby=\"s{at}\"")),
    };
    let (slot, unit) = (line(&grid.slot), line(&grid.unit));
    let (past, after) = match grid.cells.iter().filter(|cell| cell.evidence.is_some()).count() {
        ..=MANY => Default::default(),
        _ => (
            format!("<a class=\"skip\" href=\"#x{at}\">跳过本表</a>\n"),
            format!("<span id=\"x{at}\" tabindex=\"-1\"></span>\n"),
        ),
    };
    let edges = format!("<div class=\"edges\"><p>{slot}</p><p>{unit}</p></div>");
    let mut out = format!(
        "{past}<div class=\"box\" role=\"region\" {label} tabindex=\"0\">\n<table>\n\
         <caption><div class=\"caption\">{heading}{number}{edges}</div></caption>\n"
    );
    Cells::of(at, grid).rows(&mut out, uses);
    out.push_str(&format!("</table>\n</div>\n{after}"));
    for note in grid.notes.iter().map(|note| text(note)).filter(|note| !note.is_empty()) {
        out.push_str(&format!("<p class=\"note\">{note}</p>\n"));
    }
    out
}

/// The class of the element around a table.
pub(super) fn class(grid: &Grid) -> String {
    let mut class = String::from("grid");
    for (is, name) in [(grid.landscape, " wide"), (grid.columns >= DENSE, " dense"), (grid.rows >= TALL, " tall")] {
        class.push_str(if is { name } else { "" });
    }
    class
}

/// The cells of a table in reading order, and which of them say what others are.
struct Cells<'g> {
    at: usize,
    grid: &'g Grid,
    cells: Vec<&'g GridCell>,
    /// For each column, the header cells over it, from the top.
    over: Vec<Vec<usize>>,
    /// For each row below the header, its heads from the left.
    before: Vec<Vec<usize>>,
    /// True when scopes alone do not say which header belongs to which cell: a header is merged, or a row has
    /// more than one head.
    tells: bool,
}

impl<'g> Cells<'g> {
    fn of(at: usize, grid: &'g Grid) -> Cells<'g> {
        let mut cells: Vec<&GridCell> = grid.cells.iter().collect();
        cells.sort_by_key(|cell| (cell.row, cell.column));
        let mut over = vec![Vec::new(); grid.columns as usize];
        let mut before = vec![Vec::new(); grid.rows as usize];
        let mut tells = false;
        for (index, cell) in cells.iter().enumerate().filter(|(_, cell)| is_head(cell, grid)) {
            let (places, from, span, merged) = match cell.row < grid.header_rows {
                true => (&mut over, cell.column, cell.column_span, cell.column_span > 1),
                false => (&mut before, cell.row, cell.row_span, cell.row_span > 1),
            };
            for place in places.iter_mut().skip(from as usize).take(span as usize) {
                place.push(index);
            }
            tells |= merged;
        }
        tells |= before.iter().any(|heads: &Vec<usize>| heads.len() > 1);
        Cells { at, grid, cells, over, before, tells }
    }

    fn rows(&self, out: &mut String, uses: &mut Uses) {
        let (mut next, head) = (0, self.grid.header_rows.min(self.grid.rows));
        for row in 0..self.grid.rows {
            if row == 0 && head > 0 {
                out.push_str("<thead>\n");
            } else if row == head {
                out.push_str("<tbody>\n");
            }
            out.push_str("<tr>");
            while let Some(cell) = self.cells.get(next).filter(|cell| cell.row == row) {
                self.cell(next, cell, out, uses);
                next += 1;
            }
            out.push_str("</tr>\n");
            if row + 1 == head {
                out.push_str("</thead>\n");
            }
        }
        if self.grid.rows > head {
            out.push_str("</tbody>\n");
        }
    }

    fn cell(&self, index: usize, cell: &GridCell, out: &mut String, uses: &mut Uses) {
        let is_head = is_head(cell, self.grid);
        let element = if is_head { "th" } else { "td" };
        out.push_str(&format!("<{element} class=\"{}\"", class_of(cell)));
        if is_head && self.tells {
            out.push_str(&format!(" id=\"t{}c{index}\"", self.at));
        }
        if is_head {
            out.push_str(match (cell.row < self.grid.header_rows, cell.column_span, cell.row_span) {
                (true, 1, _) => " scope=\"col\"",
                (true, ..) => " scope=\"colgroup\"",
                (false, _, 1) => " scope=\"row\"",
                (false, ..) => " scope=\"rowgroup\"",
            });
        } else if self.tells && cell.row >= self.grid.header_rows {
            let heads: Vec<String> = self.heads(cell).map(|head| format!("t{}c{head}", self.at)).collect();
            if !heads.is_empty() {
                out.push_str(&format!(" headers=\"{}\"", heads.join(" ")));
            }
        }
        for (name, span) in [("colspan", cell.column_span), ("rowspan", cell.row_span)] {
            if span > 1 {
                out.push_str(&format!(" {name}=\"{span}\""));
            }
        }
        let words = uses.linked(text(&cell.text), cell.evidence, || self.place(cell));
        out.push_str(&format!(">{words}</{element}>"));
    }

    /// The header cells over a cell, and the heads of its row at its left: the nearest one, and those that it
    /// shares with other rows.
    fn heads(&self, cell: &GridCell) -> impl Iterator<Item = usize> {
        let over = self.over.get(cell.column as usize).into_iter().flatten();
        let before = self.before.get(cell.row as usize).into_iter().flatten();
        let left: Vec<usize> = before.copied().filter(|head| self.cells[*head].column < cell.column).collect();
        let nearest = left.last().copied();
        over.copied()
            .chain(left.into_iter().filter(move |head| Some(*head) == nearest || self.cells[*head].row_span > 1))
    }

    /// Where a cell is, in words: the table, the head of its row, the lowest header over it.
    fn place(&self, cell: &GridCell) -> String {
        let heads: Vec<usize> = self.heads(cell).collect();
        let (over, before): (Vec<_>, Vec<_>) =
            heads.iter().map(|head| self.cells[*head]).partition(|head| head.row < self.grid.header_rows);
        let words = [before.last(), over.last()].into_iter().flatten().map(|head| head.text.trim());
        format!("{} {}", self.grid.title, words.collect::<Vec<_>>().join("·"))
    }
}

/// True for a cell that says what others are.
fn is_head(cell: &GridCell, grid: &Grid) -> bool {
    let names = matches!(cell.role, CellRole::RowHead { .. } | CellRole::ColumnHead);
    (cell.row < grid.header_rows || names) && !text(&cell.text).trim().is_empty()
}

fn class_of(cell: &GridCell) -> String {
    let role = match cell.role {
        CellRole::ColumnHead => "h".to_owned(),
        CellRole::RowHead { indent: 0 } => "r".to_owned(),
        CellRole::RowHead { indent } => format!("r i{}", indent.min(MAX_INDENT)),
        CellRole::Code => "c".to_owned(),
        CellRole::Money => "m".to_owned(),
        CellRole::Words => "w".to_owned(),
    };
    if cell.strong { role + " s" } else { role }
}
