//! Planting errors: the slips that people make when they copy numbers into tables and sentences.

use mingzhang_model::document::{Block, Document, Line};
use mingzhang_model::fact::CellRef;
use std::ops::Range;

/// A slip of the hand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Slip {
    /// One digit is another.
    Digit,
    /// Two neighbouring digits change places.
    Transposition,
    /// The decimal point is one place too far right.
    TimesTen,
    /// The number stands in the next column, its own cell is blank.
    Shift,
    /// The number is left out.
    Drop,
    /// The number is one of 元 among numbers of 万元.
    TenThousandfold,
    /// The number is negative.
    Sign,
}

/// The slips of who copies a table.
pub const SLIPS: [Slip; 5] = [Slip::Digit, Slip::Transposition, Slip::TimesTen, Slip::Shift, Slip::Drop];

/// The slips that leave a number where it stands.
pub const CHANGES: [Slip; 4] = [Slip::Digit, Slip::Transposition, Slip::TenThousandfold, Slip::Sign];

/// The number that the slip makes of a printed number; none when it leaves it as it was. `turn` varies
/// which digit is hit.
pub fn slipped(printed: &str, slip: Slip, turn: usize) -> Option<String> {
    let digits: Vec<usize> = printed.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(i, _)| i).collect();
    if digits.is_empty() {
        return None;
    }
    let mut bytes = printed.as_bytes().to_vec();
    match slip {
        Slip::Digit => {
            let at = digits[turn % digits.len()];
            bytes[at] = b'0' + (bytes[at] - b'0' + 1 + (turn % 8) as u8) % 10;
        }
        Slip::Transposition => {
            let pairs: Vec<_> = digits.windows(2).filter(|w| bytes[w[0]] != bytes[w[1]]).collect();
            let pair = pairs.get(turn % pairs.len().max(1))?;
            bytes.swap(pair[0], pair[1]);
        }
        Slip::TimesTen => return Some(times_ten(printed)),
        Slip::TenThousandfold => return Some((0..4).fold(printed.to_owned(), |number, _| times_ten(&number))),
        Slip::Sign if printed.starts_with('-') => return Some(printed[1..].to_owned()),
        Slip::Sign => return Some(format!("-{printed}")),
        Slip::Shift | Slip::Drop => bytes.clear(),
    }
    String::from_utf8(bytes).ok()
}

/// The decimal point one place to the right, a zero behind. A word of unit behind the number stays.
fn times_ten(printed: &str) -> String {
    let end = printed.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.' | '-')).unwrap_or(printed.len());
    let (number, unit) = printed.split_at(end);
    let plain: String = number.chars().filter(|c| *c != ',').collect();
    match plain.split_once('.') {
        None => format!("{plain}0{unit}"),
        Some((whole, fraction)) => {
            let (first, rest) = fraction.split_at(fraction.len().min(1));
            format!("{whole}{first}.{rest}0{unit}")
        }
    }
}

/// The document with other texts in some cells.
pub fn with_cells(document: &Document, changes: &[(CellRef, String)]) -> Document {
    let mut planted = document.clone();
    for (at, text) in changes {
        if let Some(Block::Table(table)) = planted.blocks.get_mut(at.block) {
            let changed =
                table.clone().with_texts(|cell| ((cell.row, cell.column) == (at.row, at.column)).then(|| text.clone()));
            *table = changed;
        }
    }
    planted
}

/// The document with other words in one place of its running text.
pub fn with_words(document: &Document, block: usize, bytes: Range<usize>, words: &str) -> Document {
    let mut planted = document.clone();
    if let Some(Block::Paragraph(paragraph)) = planted.blocks.get_mut(block)
        && paragraph.text.get(bytes.clone()).is_some()
    {
        paragraph.text.replace_range(bytes, words);
        // The edges of characters no longer fit: the paragraph keeps its place as a whole.
        paragraph.lines = vec![Line { start: 0, place: paragraph.place(), edges: Vec::new() }];
    }
    planted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slip_changes_the_number() {
        assert_eq!(slipped("1,234.50", Slip::Digit, 0).as_deref(), Some("2,234.50"));
        assert_eq!(slipped("1,234.50", Slip::Transposition, 0).as_deref(), Some("2,134.50"));
        assert_eq!(slipped("1,234.50", Slip::TimesTen, 0).as_deref(), Some("12345.00"));
        assert_eq!(slipped("1,234.50", Slip::Drop, 0).as_deref(), Some(""));
        assert_eq!(slipped("12.34万元", Slip::TenThousandfold, 0).as_deref(), Some("123400.00万元"));
        assert_eq!(slipped("12.34", Slip::Sign, 0).as_deref(), Some("-12.34"));
        assert_eq!(slipped("11", Slip::Transposition, 0), None);
    }
}
