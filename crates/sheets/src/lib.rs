//! Sheets of xlsx, xls, ods and csv files, in and out.
//!
//! [`read`] takes the bytes of a file that an accountant imports and gives its visible sheets as cells, or
//! one sentence that says what is wrong with the file and what to do. [`view()`] gives a workbook as a person sees it,
//! for who checks what is published. [`write_xlsx`] and [`write_csv`] write exports and templates.
//!
//! Three promises of what is imported. A number is the decimal number that the spreadsheet shows, never a binary
//! fraction. A formula is a formula, also where a program left its last value beside it: whoever imports decides, and
//! nobody imports by accident what a formula once came to. And a file from outside costs no more time and
//! memory than the [`limits`] say, whatever it claims of itself; no file ends the program.
//!
//! Absent on purpose: files, clocks and networks (bytes come in, a value goes out), the evaluation of
//! formulas, and any word of budgets. What a column means is none of this crate's business.

pub mod limits;

mod compound;
mod convert;
mod delimited;
mod grid;
mod number;
mod ods;
mod page;
mod parts;
mod refusal;
mod view;
mod write;
mod xls;
mod xlsx;

pub use delimited::{harmless, write_csv};
pub use grid::Area;
pub use page::{Column, Help, Page, Style};
pub use refusal::{Kind, Refusal};
pub use view::{Remark, Shown, View, view, view_compound};
pub use write::write_xlsx;

use std::panic::{AssertUnwindSafe, catch_unwind};

use mingzhang_model::sheet::Sheet;

/// What a file holds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Workbook {
    /// The visible sheets, in the order of their tabs. Rows and cells that are empty at the end are left
    /// out; row 0 is always the first row of the sheet, and a blank line of a csv file is a row.
    pub sheets: Vec<Sheet>,
    /// What a reader of the sheets should know: sheets left out because they are hidden, merged cells,
    /// times of day that were dropped. Chinese sentences.
    pub notes: Vec<String>,
}

/// Reads a file. What it is, its first bytes say; `name`, the name of the file, is what messages call it
/// and what the only sheet of a csv file is called.
///
/// # Errors
/// One sentence, where the file is empty, damaged, encrypted, of another format, or over a limit.
pub fn read(name: &str, bytes: &[u8]) -> Result<Workbook, Refusal> {
    guarded(|| read_by_content(name, bytes)).map_err(|refusal| refusal.about(name))
}

/// The readers of workbooks, archives and compound files are other people's and were not written for hostile input:
/// one of them that panics on a damaged file has read a damaged file.
fn guarded<T>(read: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(xls::damaged()))
}

/// True for a zip or compound file that holds a workbook, whatever its state.
pub fn is_workbook(bytes: &[u8]) -> bool {
    match bytes {
        [b'P', b'K', 3 | 5 | 7, 4 | 6 | 8, ..] => guarded(|| Ok(parts::is_workbook(bytes))).unwrap_or(false),
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => {
            compound::Compound::open(bytes).is_some_and(|file| xls::workbook_stream(&file).is_ok())
        }
        _ => false,
    }
}

fn check_size(bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.len() <= limits::BYTES {
        return Ok(());
    }
    let limit = limits::BYTES >> 20;
    Err(Refusal::new(format!("文件超过 {limit} MB 的上限，请按年度或科目拆成几个文件后分别提交")))
}

fn read_by_content(name: &str, bytes: &[u8]) -> Result<Workbook, Refusal> {
    check_size(bytes)?;
    match bytes {
        [] => Err(Refusal::new("文件是空的，请检查是否选错了文件，或重新导出后再提交")),
        [b'P', b'K', 3 | 5 | 7, 4 | 6 | 8, ..] => match parts::look(bytes, limits::INFLATED)? {
            parts::Package::Xlsx(survey) => xlsx::read(bytes, &survey),
            parts::Package::Ods(content) => ods::read(&content),
        },
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => xls::read(bytes),
        [0xD0, 0xCF, ..] if bytes.len() < 8 => Err(xls::damaged()),
        _ => delimited::read(name, bytes),
    }
}
