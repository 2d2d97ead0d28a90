//! [`Sheet`]: rows of cells as a spreadsheet or a csv file holds them, before anyone knows what they mean.
//!
//! What an accountant imports comes as sheets, and what is exported leaves as sheets. A cell keeps what
//! was typed: a number is its decimal digits, never a binary fraction, and a formula is a formula, not
//! the value that some program once computed for it.

use crate::date::Date;

/// A named grid of cells. Rows may differ in length; what is missing at the end is empty.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sheet {
    /// The name on the tab; the name of the file, without its extension, for csv.
    pub name: String,
    /// The rows, from the top.
    pub rows: Vec<Vec<Cell>>,
}

/// One cell.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Cell {
    /// Nothing, or only spaces.
    #[default]
    Empty,
    /// Words, spaces at both ends taken off.
    Text(String),
    /// A number: an optional sign, digits, and digits after a point, as in `-1234.5`.
    Number(String),
    /// A day.
    Date(Date),
    /// A formula, as it is written.
    Formula(String),
    /// A fault that a program left, such as `#REF!`.
    Fault(String),
}

impl Cell {
    /// The words of the cell as a person would read them; nothing for an empty cell.
    pub fn words(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) | Cell::Number(text) | Cell::Formula(text) | Cell::Fault(text) => text.clone(),
            Cell::Date(date) => date.to_string(),
        }
    }

    /// True when nothing stands in it.
    pub fn is_empty(&self) -> bool {
        *self == Cell::Empty
    }
}

/// The name that a spreadsheet gives a column, counted from 0: A, Z, AA.
pub fn column_name(column: usize) -> String {
    let mut name = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        name.push(b'A' + (rest % 26) as u8);
        rest /= 26;
    }
    name.reverse();
    String::from_utf8(name).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        let names: Vec<String> = [0, 25, 26, 51, 52, 701, 702].into_iter().map(column_name).collect();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
