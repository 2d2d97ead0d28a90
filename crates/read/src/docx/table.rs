//! Tables of a DOCX file: rows of cells on a grid of columns.

use super::Reader;
use super::xml::Element;
use crate::word::Piece;
use crate::word::draft::Track;
use crate::word::table::{Merge, Row, Slot};

/// What may stand between a table and its rows, and between a row and its cells, without being either.
const WRAPPERS: [&str; 6] = ["sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"];
/// A cell covers no more columns than this, whatever it says.
const MAX_SPAN: u32 = 1_000;

impl Reader {
    /// A table.
    pub(super) fn table(&mut self, table: Element<'_>) -> Piece {
        let columns = table.child("tblGrid").into_iter().flat_map(Element::children);
        let width = |column: Element<'_>| column.attribute("w").and_then(|width| width.trim().parse().ok());
        let widths = columns.filter(|column| column.name() == "gridCol").map(|column| width(column).unwrap_or(0));
        let widths = widths.take(MAX_SPAN as usize).collect();
        let rows = within(table, "tr").into_iter().filter_map(|row| self.row(row)).collect();
        Piece::Table(rows, widths)
    }

    /// A row; none where a tracked change deletes it.
    fn row(&mut self, row: Element<'_>) -> Option<Row> {
        let properties = row.child("trPr");
        let has = |name: &str| properties.is_some_and(|properties| properties.child(name).is_some());
        let number = |name: &str| properties.and_then(|p| p.child(name)).and_then(Element::number).unwrap_or(0);
        let before = self.track;
        if has("del") {
            self.track = Track::Deleted;
        }
        let mut edge = number("gridBefore").min(MAX_SPAN);
        let mut cells: Vec<Slot> = Vec::new();
        for cell in within(row, "tc") {
            if !self.flow.counts_cell() {
                break;
            }
            self.cell(cell, &mut edge, &mut cells);
        }
        self.track = before;
        (!has("del")).then_some(Row { cells })
    }

    fn cell(&mut self, cell: Element<'_>, edge: &mut u32, cells: &mut Vec<Slot>) {
        let properties = cell.child("tcPr");
        let property = |name: &str| properties.and_then(|properties| properties.child(name));
        let span = property("gridSpan").and_then(Element::number).unwrap_or(1).clamp(1, MAX_SPAN);
        let before = self.track;
        if property("cellDel").is_some() {
            self.track = Track::Deleted;
        }
        let pieces = self.blocks(cell);
        self.track = before;
        let (start, end) = (*edge, *edge + span);
        *edge = end;
        // An older way to say that a cell is one with the one before it.
        if property("hMerge").is_some_and(|merge| merge.value() != Some("restart"))
            && let Some(last) = cells.last_mut()
        {
            last.end = end;
            last.pieces.extend(pieces);
            return;
        }
        let merge = match property("vMerge").map(Element::value) {
            None => Merge::None,
            Some(Some("restart")) => Merge::Begins,
            Some(_) => Merge::Continues,
        };
        cells.push(Slot { start, end, merge, pieces });
    }
}

/// The elements of a name within another, also where something is wrapped around them.
fn within<'x>(parent: Element<'x>, name: &str) -> Vec<Element<'x>> {
    let mut found = Vec::new();
    for child in parent.children() {
        if child.name() == name {
            found.push(child);
        } else if WRAPPERS.contains(&child.name()) {
            found.extend(within(child, name));
        }
    }
    found
}
