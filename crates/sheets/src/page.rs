//! [`Page`]: a sheet and how it looks in a workbook.

use mingzhang_model::sheet::{Cell, Sheet};

/// A sheet to be written, and its looks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Page {
    /// The cells.
    pub sheet: Sheet,
    /// How many rows at the top are its head: bold, shaded, and staying in sight when one scrolls.
    pub head: usize,
    /// The columns, from the first. What is missing is plain.
    pub columns: Vec<Column>,
    /// Words that show when one points at a cell.
    pub helps: Vec<Help>,
}

/// How a column looks below the head.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Column {
    /// The width in characters of the Latin alphabet; 0 for what the spreadsheet takes by itself.
    pub width: u8,
    /// The looks of its cells, also of those that are still to be filled in.
    pub style: Style,
    /// The values among which one chooses from a list; empty where anything may be written.
    pub choices: Vec<String>,
}

/// The looks of cells.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Style {
    /// As the spreadsheet shows it.
    #[default]
    Plain,
    /// A number with two decimals and separators of thousands.
    Money,
    /// Text, whatever it looks like: zeros in front and long numbers stay.
    Code,
    /// A day, as in 2026-01-31.
    Date,
    /// Text that goes on in the next line of its cell.
    Wrapped,
}

/// Words about a cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Help {
    /// The row, from 0.
    pub row: usize,
    /// The column, from 0.
    pub column: usize,
    /// The words.
    pub text: String,
}

impl Page {
    /// A page of words, one paragraph below another, such as the guide to a template.
    pub fn guide(name: &str, paragraphs: &[&str]) -> Page {
        let rows = paragraphs.iter().map(|words| vec![Cell::Text((*words).to_owned())]).collect();
        let columns = vec![Column { width: 100, style: Style::Wrapped, choices: Vec::new() }];
        Page { sheet: Sheet { name: name.to_owned(), rows }, head: 0, columns, helps: Vec::new() }
    }
}
