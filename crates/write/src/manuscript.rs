//! [`Manuscript`]: a whole disclosure before it has a file format: cover, headings, paragraphs, tables,
//! every number with what it rests on.
//!
//! It says what is printed and never how wide or in which font: each writer lays it out in its own way, and
//! every writer prints the same characters in the same order. So a document read back says the same in each
//! format.
//!
//! Absent on purpose: money arithmetic, forms, file formats. Texts are final here: rounded, with separators,
//! units and numbers.

use mingzhang_model::amount::Figure;
use std::fmt;

pub use mingzhang_standard::narrative::Style;

/// A disclosure, ready to be laid out.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Manuscript {
    /// The title, for the properties of a file: 2025年度云麓区档案馆部门预算.
    pub title: String,
    /// Who publishes it.
    pub body: String,
    /// What is printed, in order.
    pub pieces: Vec<Piece>,
    /// What numbers rest on; runs and cells point here.
    pub evidence: Vec<Evidence>,
}

/// A piece of a manuscript.
#[derive(Clone, PartialEq, Debug)]
pub enum Piece {
    /// A page of its own with lines in its middle, the first line the largest.
    Cover(Vec<String>),
    /// The table of contents: every [`Heading`] with [`Heading::listed`] and every [`Grid`] with a place in the
    /// outline, with page numbers where the format has pages.
    Contents,
    /// A heading.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Paragraph),
    /// A statutory table.
    Grid(Grid),
    /// What follows begins on a new page.
    PageBreak,
}

/// A heading: bold or larger than text, in the outline of the file.
#[derive(Clone, PartialEq, Debug)]
pub struct Heading {
    /// 1 to 5; see [`Numeral`].
    pub level: u8,
    /// Its number in the list of its level, where it has one.
    pub ordinal: Option<u32>,
    /// The words after the number.
    pub text: String,
    /// True when it stands in the contents.
    pub listed: bool,
}

/// A paragraph of running text.
#[derive(Clone, PartialEq, Debug)]
pub struct Paragraph {
    /// How it stands on the page.
    pub style: Style,
    /// Its number where it is an item of a list: the level and the ordinal; see [`Numeral`].
    pub item: Option<(u8, u32)>,
    /// The text.
    pub runs: Vec<Run>,
}

/// A stretch of text, and what it rests on where it is a number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Run {
    /// The characters.
    pub text: String,
    /// Which of [`Manuscript::evidence`].
    pub evidence: Option<usize>,
}

/// A statutory table with what stands around it.
#[derive(Clone, PartialEq, Debug)]
pub struct Grid {
    /// The short code of the form, `A05`: the name of a worksheet begins with it.
    pub code: String,
    /// The title, printed over the table in its middle.
    pub title: String,
    /// Its place in the outline: the level, and the number in the list of that level where the contents give one.
    /// The title over the table is printed without the number.
    pub outline: Option<(u8, Option<u32>)>,
    /// Printed at the right under the title: 公开05表.
    pub number: Option<String>,
    /// Printed at the left over the table: 编制部门：云麓区档案馆.
    pub slot: String,
    /// Printed at the right over the table: 单位：万元.
    pub unit: String,
    /// How many columns.
    pub columns: u32,
    /// How many rows, header included.
    pub rows: u32,
    /// How many rows at the top are header and stand again on every page.
    pub header_rows: u32,
    /// The cells. They tile the table exactly: every position is covered once.
    pub cells: Vec<GridCell>,
    /// Printed under the table, a paragraph each.
    pub notes: Vec<String>,
    /// True when it is too wide for an upright page.
    pub landscape: bool,
}

/// A cell of a [`Grid`].
#[derive(Clone, PartialEq, Debug)]
pub struct GridCell {
    /// The topmost row it covers, counted from 0.
    pub row: u32,
    /// The leftmost column it covers, counted from 0.
    pub column: u32,
    /// How many rows it covers.
    pub row_span: u32,
    /// How many columns it covers.
    pub column_span: u32,
    /// What is printed.
    pub text: String,
    /// What it is.
    pub role: CellRole,
    /// The number that is printed, for formats that have numbers.
    pub figure: Option<Figure>,
    /// Which of [`Manuscript::evidence`].
    pub evidence: Option<usize>,
    /// True when it stands out: the total of a table.
    pub strong: bool,
}

/// What a cell of a table is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CellRole {
    /// A title of columns: centred.
    ColumnHead,
    /// A name at the head of a row: at the left, indented by so many characters for its level.
    RowHead {
        /// 0 for a class, 1 below it, 2 below that.
        indent: u8,
    },
    /// A code, a row number or another short word: centred.
    Code,
    /// Money or a count: at the right.
    Money,
    /// Running text: at the left.
    Words,
}

/// What a number rests on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Evidence {
    /// What the number is, in words: 一般公共预算 行政运行 基本支出.
    pub what: String,
    /// The lines of the ledger or the rows of a register that make it up.
    pub parts: Vec<Part>,
}

/// A line of the ledger or a row of a register behind a number.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Part {
    /// Which line or row, in words.
    pub what: String,
    /// How much of the number it is, with its unit.
    pub amount: String,
    /// The numbers of the journal's entries that made it what it is, ascending; empty where there are none.
    pub entries: Vec<u64>,
}

/// The written form of a number in a list, by its level: 第一部分, 一、, （一）, 1. and （1）.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Numeral {
    /// 1 to 5.
    pub level: u8,
    /// 1 and up.
    pub ordinal: u32,
}

impl fmt::Display for Numeral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ordinal = self.ordinal;
        match self.level {
            ..=1 => write!(f, "第{}部分　", chinese(ordinal)),
            2 => write!(f, "{}、", chinese(ordinal)),
            3 => write!(f, "（{}）", chinese(ordinal)),
            4 => write!(f, "{ordinal}."),
            5.. => write!(f, "（{ordinal}）"),
        }
    }
}

/// A whole number below 10,000 as it is spoken: 十二, 一百零三.
pub fn chinese(number: u32) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    const PLACES: [(u32, &str); 4] = [(1000, "千"), (100, "百"), (10, "十"), (1, "")];
    if number == 0 || number >= 10_000 {
        return number.to_string();
    }
    let (mut words, mut skipped) = (String::new(), false);
    for (place, word) in PLACES {
        match number / place % 10 {
            0 => skipped = !words.is_empty(),
            1 if place == 10 && words.is_empty() => words.push_str(word),
            digit => {
                if skipped {
                    words.push('零');
                }
                words.push(DIGITS[digit as usize]);
                words.push_str(word);
                skipped = false;
            }
        }
    }
    words
}

impl Heading {
    /// The number and the words, as printed.
    pub fn printed(&self) -> String {
        numbered(self.ordinal.map(|ordinal| (self.level, ordinal)), &self.text)
    }
}

impl Paragraph {
    /// A paragraph without numbers of a list.
    pub fn plain(style: Style, text: impl Into<String>) -> Paragraph {
        Paragraph { style, item: None, runs: vec![Run { text: text.into(), evidence: None }] }
    }

    /// The number and the text, as printed.
    pub fn printed(&self) -> String {
        let text: String = self.runs.iter().map(|run| run.text.as_str()).collect();
        numbered(self.item, &text)
    }
}

fn numbered(item: Option<(u8, u32)>, text: &str) -> String {
    match item {
        Some((level, ordinal)) => format!("{}{text}", Numeral { level, ordinal }),
        None => text.to_owned(),
    }
}

impl Grid {
    /// What the contents and bookmarks say of it.
    pub fn listed(&self) -> String {
        match self.outline {
            Some((level, Some(ordinal))) => format!("{}{}", Numeral { level, ordinal }, self.title),
            _ => self.title.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_lists_are_written_as_offices_write_them() {
        let written = |level, ordinal| Numeral { level, ordinal }.to_string();
        assert_eq!(written(1, 3), "第三部分　");
        assert_eq!(written(2, 14), "十四、");
        assert_eq!(written(3, 20), "（二十）");
        assert_eq!((written(4, 7), written(5, 11)), ("7.".into(), "（11）".into()));
    }

    #[test]
    fn whole_numbers_are_spoken() {
        let spoken = [1, 10, 11, 21, 100, 103, 110, 999, 1001, 1010, 1100].map(chinese);
        let expected = [
            "一",
            "十",
            "十一",
            "二十一",
            "一百",
            "一百零三",
            "一百一十",
            "九百九十九",
            "一千零一",
            "一千零一十",
            "一千一百",
        ];
        assert_eq!(spoken, expected);
    }
}
