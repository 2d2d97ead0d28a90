//! A [`Grid`] as a table: merged cells, header rows that stand again on every page, rows that are not torn apart.
//!
//! A grid that is not tiled is refused: Word would show its cells in other columns, and nobody would notice.

use super::DocxFault;
use super::paragraph::run;
use super::widths::Columns;
use super::xml::Xml;
use crate::manuscript::{CellRole, Grid, GridCell};

/// As many columns as a table of Word has.
pub(super) const COLUMNS: u32 = 63;
/// As many rows as a table of Word has.
pub(super) const ROWS: u32 = 32_767;
/// A row higher than this may be torn apart: it would leave half a page empty, or not fit on any.
const TALL: u32 = 6_000;

/// Which cell stands at each place, row by row.
struct Tiles<'a> {
    grid: &'a Grid,
    owners: Vec<usize>,
}

/// Marks up a table that is so many twips wide.
pub(super) fn write(xml: &mut Xml, grid: &Grid, total: u32) -> Result<(), DocxFault> {
    let tiles = Tiles::of(grid)?;
    if tiles.owners.is_empty() {
        return Ok(());
    }
    let columns = Columns::of(grid, total);
    xml.element("w:tbl", &[], |xml| {
        properties(xml, grid, total);
        xml.element("w:tblGrid", &[], |xml| {
            columns.widths.iter().for_each(|width| xml.empty("w:gridCol", &[("w:w", width)]));
        });
        (0..grid.rows).for_each(|row| write_row(xml, &tiles, &columns, row));
    });
    Ok(())
}

impl<'a> Tiles<'a> {
    fn of(grid: &'a Grid) -> Result<Tiles<'a>, DocxFault> {
        if grid.columns > COLUMNS || grid.rows > ROWS {
            return Err(DocxFault::TooLarge { title: grid.title.clone(), rows: grid.rows, columns: grid.columns });
        }
        let untiled = |row, column| DocxFault::Untiled { title: grid.title.clone(), row, column };
        let mut owners = vec![usize::MAX; (grid.rows * grid.columns) as usize];
        for (index, cell) in grid.cells.iter().enumerate() {
            let ends = |from: u32, span: u32, end| from.checked_add(span).is_some_and(|to| from < to && to <= end);
            let inside = ends(cell.row, cell.row_span, grid.rows) && ends(cell.column, cell.column_span, grid.columns);
            if !inside {
                return Err(untiled(cell.row, cell.column));
            }
            for row in cell.row..cell.row + cell.row_span {
                for column in cell.column..cell.column + cell.column_span {
                    let owner = &mut owners[(row * grid.columns + column) as usize];
                    if *owner != usize::MAX {
                        return Err(untiled(row, column));
                    }
                    *owner = index;
                }
            }
        }
        match owners.iter().position(|owner| *owner == usize::MAX) {
            Some(place) => Err(untiled(place as u32 / grid.columns, place as u32 % grid.columns)),
            None => Ok(Tiles { grid, owners }),
        }
    }

    /// The cells of a row, those included that began above it.
    fn row(&self, row: u32) -> impl Iterator<Item = &GridCell> {
        let owners = &self.owners[(row * self.grid.columns) as usize..][..self.grid.columns as usize];
        let cells = (0..).zip(owners).map(|(column, owner)| (column, &self.grid.cells[*owner]));
        cells.filter(|(column, cell)| *column == cell.column).map(|(_, cell)| cell)
    }
}

fn properties(xml: &mut Xml, grid: &Grid, total: u32) {
    xml.element("w:tblPr", &[], |xml| {
        xml.value("w:tblStyle", "TableGrid");
        xml.empty("w:tblW", &[("w:w", &total), ("w:type", &"dxa")]);
        xml.value("w:jc", "center");
        xml.empty("w:tblLayout", &[("w:type", &"fixed")]);
        xml.empty("w:tblLook", &[("w:val", &"0020"), ("w:firstRow", &1), ("w:noHBand", &1), ("w:noVBand", &1)]);
        xml.value("w:tblCaption", &grid.title);
        let around = [grid.number.as_deref().unwrap_or(""), &grid.slot, &grid.unit];
        let around: Vec<&str> = around.into_iter().filter(|text| !text.is_empty()).collect();
        if !around.is_empty() {
            xml.value("w:tblDescription", around.join("　"));
        }
    });
}

fn write_row(xml: &mut Xml, tiles: &Tiles, columns: &Columns, row: u32) {
    let height = tiles.row(row).filter(|cell| cell.row_span == 1).map(|cell| columns.height(cell)).max().unwrap_or(0);
    let header = row < tiles.grid.header_rows && tiles.grid.header_rows < tiles.grid.rows;
    xml.element("w:tr", &[], |xml| {
        xml.element("w:trPr", &[], |xml| {
            if height <= TALL {
                xml.empty("w:cantSplit", &[]);
            }
            // Titles over several rows may need more than their rows have by themselves; where a header stands again
            // on the next page, some programs do not give it to them.
            let share = |cell: &GridCell| columns.height(cell) / cell.row_span + columns.size * 4;
            let titles = tiles.row(row).filter(|cell| header && cell.row_span > 1).map(share).max().unwrap_or(0);
            let least = titles.max(columns.size * 19);
            xml.empty("w:trHeight", &[("w:val", &least), ("w:hRule", &"atLeast")]);
            if header {
                xml.empty("w:tblHeader", &[]);
            }
        });
        for cell in tiles.row(row) {
            write_cell(xml, cell, columns, row, header);
        }
    });
}

fn write_cell(xml: &mut Xml, cell: &GridCell, columns: &Columns, row: u32, header: bool) {
    let style = match cell.role {
        CellRole::ColumnHead => "TableHead",
        CellRole::Code => "TableCode",
        CellRole::Money => "TableMoney",
        CellRole::RowHead { .. } | CellRole::Words => "TableText",
    };
    xml.element("w:tc", &[], |xml| {
        xml.element("w:tcPr", &[], |xml| {
            xml.empty("w:tcW", &[("w:w", &columns.width(cell)), ("w:type", &"dxa")]);
            if cell.column_span > 1 {
                xml.value("w:gridSpan", cell.column_span);
            }
            if cell.row_span > 1 {
                xml.value("w:vMerge", if row == cell.row { "restart" } else { "continue" });
            }
            xml.value("w:vAlign", "center");
        });
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| {
                xml.value("w:pStyle", style);
                // A header does not stand alone at the foot of a page.
                if header {
                    xml.empty("w:keepNext", &[]);
                }
                if let CellRole::RowHead { indent: indent @ 1.. } = cell.role {
                    let hundredths = u32::from(indent) * 100;
                    let twips = u32::from(indent) * columns.size * 10;
                    xml.empty("w:ind", &[("w:leftChars", &hundredths), ("w:left", &twips)]);
                }
                xml.element("w:rPr", &[], |xml| size(xml, columns.size));
            });
            if row == cell.row {
                run(xml, &cell.text, |xml| {
                    if cell.strong {
                        xml.empty("w:b", &[]);
                    }
                    size(xml, columns.size);
                });
            }
        });
    });
}

fn size(xml: &mut Xml, half_points: u32) {
    xml.value("w:sz", half_points);
    xml.value("w:szCs", half_points);
}
