//! The sheets without a table: what there is, and the running text, a paragraph a row.

use super::{grid, looks, measure};
use crate::manuscript::{Grid, Manuscript, Piece, Style};
use crate::text::{in_one_line, printable};
use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};

/// The width of the running text, and of the titles in the contents.
const TEXT: f64 = 80.0;
const TITLES: f64 = 70.0;

/// True when there is running text at all.
pub(super) fn any(manuscript: &Manuscript) -> bool {
    manuscript.pieces.iter().any(|piece| !rows(piece).is_empty())
}

/// Writes what there is, each table a link to its sheet.
pub(super) fn contents(
    sheet: &mut Worksheet,
    manuscript: &Manuscript,
    grids: &[&Grid],
    names: &[String],
    words: Option<&str>,
) -> Result<(), XlsxError> {
    for (column, width) in [(0, 8.0), (1, TITLES), (2, 14.0)] {
        sheet.set_column_width(column, width)?;
    }
    let title = in_one_line(&manuscript.title);
    let height = measure::height(&title, (TITLES + 22.0) / 1.5) * 1.5;
    sheet.set_row_height(0, height.clamp(36.0, measure::HIGHEST))?;
    sheet.merge_range(0, 0, 0, 2, "", &looks::title())?.write_string_with_format(0, 0, title, &looks::title())?;
    for (column, text) in (0..).zip(["序号", "表名", "编号"]) {
        sheet.write_string_with_format(1, column, text, &looks::head())?;
    }
    let tables = grids.iter().zip(names).map(|(grid, name)| {
        let title = [in_one_line(&grid.title), name.clone()].into_iter().find(|title| !title.is_empty());
        (title.unwrap_or_default(), grid.number.as_deref().unwrap_or(&grid.code), name.as_str())
    });
    let others = words.map(|name| (name.to_owned(), "", name));
    let plain = looks::cell(&crate::manuscript::CellRole::Code);
    for (at, (title, number, name)) in (2u32..).zip(tables.chain(others)) {
        let place = format!("internal:'{}'!A1", name.replace('\'', "''"));
        sheet.write_string_with_format(at, 0, (at - 1).to_string(), &plain)?;
        sheet.write_url_with_options(at, 1, place.as_str(), &title, "", Some(&looks::link()))?;
        sheet.write_string_with_format(at, 2, in_one_line(number), &plain)?;
        sheet.set_row_height(at, measure::height(&title, TITLES))?;
    }
    grid::page(sheet, false);
    sheet.set_freeze_panes(2, 0)?;
    let last = u32::try_from(grids.len()).unwrap_or(u32::MAX - 2) + 2;
    sheet.ignore_error_range(1, 0, last, 2, rust_xlsxwriter::IgnoreError::NumberStoredAsText)?;
    Ok(())
}

/// Writes the running text.
pub(super) fn write(sheet: &mut Worksheet, manuscript: &Manuscript) -> Result<(), XlsxError> {
    sheet.set_column_width(0, TEXT)?;
    for (at, (text, format)) in (0..).zip(manuscript.pieces.iter().flat_map(rows)) {
        sheet.write_string_with_format(at, 0, &text, &format)?;
        // A little air, for headings are set in larger type.
        sheet.set_row_height(at, measure::height(&text, TEXT) + 3.0)?;
    }
    grid::page(sheet, false);
    Ok(())
}

/// The rows of a piece of running text, and how they look.
fn rows(piece: &Piece) -> Vec<(String, Format)> {
    let centred = || looks::wrapped().set_align(FormatAlign::Center);
    let rows: Vec<(String, Format)> = match piece {
        Piece::Cover(lines) => lines.iter().map(|line| (in_one_line(line), centred().set_bold())).collect(),
        Piece::Heading(heading) => vec![(in_one_line(&heading.printed()), looks::heading(heading.level))],
        Piece::Paragraph(paragraph) => {
            let format = match paragraph.style {
                Style::Body | Style::Note => looks::wrapped(),
                Style::Centred => centred(),
                Style::Right => looks::wrapped().set_align(FormatAlign::Right),
            };
            vec![(printable(&paragraph.printed()), format)]
        }
        Piece::Contents | Piece::Grid(_) | Piece::PageBreak => Vec::new(),
    };
    rows.into_iter().filter(|(text, _)| !text.trim().is_empty()).collect()
}
