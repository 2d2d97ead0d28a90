//! A workbook: a sheet with links, a sheet for every table, a sheet with the running text.
//!
//! No cell holds a formula: what begins with an equals sign is written as text. Money is written as a number
//! that shows exactly the printed digits, else as text, so that no digit is lost. The workbook says nothing
//! about when it was made: the same manuscript gives the same bytes.
//!
//! What it will not do: say what a number rests on, or keep the order of text and tables: a sheet has no pages.

mod grid;
mod looks;
mod measure;
mod names;
mod number;
mod words;

use crate::manuscript::{Grid, Manuscript, Piece};
use crate::text::in_one_line;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use std::fmt;

/// The first sheet: what there is.
const CONTENTS: &str = "目录";
/// The last sheet: the running text.
const WORDS: &str = "文字说明";

/// Why a disclosure cannot be a workbook: a limit of the format, as characters of a cell or rows of a sheet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    message: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}

/// Writes a disclosure as a workbook.
///
/// # Errors
/// A text, a table or their number is over a limit of the format.
pub fn write(manuscript: &Manuscript) -> Result<Vec<u8>, Refusal> {
    let message = |error: XlsxError| format!("写不成工作簿（{error}），请改用其他格式");
    workbook(manuscript).map_err(|error| Refusal { message: message(error) })
}

fn workbook(manuscript: &Manuscript) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let never = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new()
        .set_title(in_one_line(&manuscript.title))
        .set_author(in_one_line(&manuscript.body))
        .set_creation_datetime(&never);
    book.set_properties(&properties);
    let grids: Vec<&Grid> = manuscript
        .pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Grid(grid) => Some(grid),
            _ => None,
        })
        .collect();
    let names = names::of(&grids, &[CONTENTS, WORDS]);
    let has_words = words::any(manuscript);
    let contents = book.add_worksheet();
    contents.set_name(CONTENTS)?;
    words::contents(contents, manuscript, &grids, &names, has_words.then_some(WORDS))?;
    for (grid, name) in grids.iter().zip(&names) {
        let sheet = book.add_worksheet();
        sheet.set_name(name)?;
        grid::write(sheet, grid)?;
    }
    if has_words {
        let sheet = book.add_worksheet();
        sheet.set_name(WORDS)?;
        words::write(sheet, manuscript)?;
    }
    book.save_to_buffer()
}
