//! [`Recognition`]: what some program read off the picture of a page.
//!
//! A word that was recognised is a guess with a confidence. It becomes text of a document like any other, and where
//! the confidence is low the document says so: nothing may be held against such a word.
//!
//! Absent on purpose: how anything is recognised, and pictures.

use crate::document::Rect;

/// A word with a lower confidence than this is doubtful: no number of it accuses, and none is accused.
pub const DOUBTFUL_BELOW: u8 = 90;

/// What was read off the picture of one page, in points from the top left corner of the page.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Recognition {
    /// The words, in the order in which the program read them.
    pub words: Vec<Word>,
    /// The ruled lines of the picture.
    pub rules: Vec<Ruled>,
}

/// A word, or a piece of a line that the program took for one.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Word {
    /// Its characters.
    pub text: String,
    /// Where it stands; the height is that of its line.
    pub rect: Rect,
    /// How sure the program is of it, in per cent.
    pub confidence: u8,
}

impl Word {
    /// True where nothing may rest on it: the program is not sure, or what it read as a number is none. 1$2 and
    /// 4.197.93 are figures misread, however sure it is.
    pub fn is_doubtful(&self) -> bool {
        self.confidence < DOUBTFUL_BELOW || self.numbers().any(|number| !is_number(number))
    }

    /// True where it holds a number, or what may be one.
    pub fn holds_number(&self) -> bool {
        self.numbers().next().is_some()
    }

    /// The stretches of Latin letters, digits and marks that hold a digit.
    fn numbers(&self) -> impl Iterator<Item = &str> {
        let stretches = self.text.split(|char: char| !char.is_ascii_graphic() || "()[]:;/\"".contains(char));
        stretches.filter(|stretch| stretch.contains(|char: char| char.is_ascii_digit()))
    }
}

/// 12, 1,234.56, -3.2, 71.65%; behind it, or before it, there may be the end of a sentence, for full stops and commas
/// are read as Latin ones.
fn is_number(text: &str) -> bool {
    let text = text.trim_matches(['.', ',']);
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let text = text.strip_suffix('%').unwrap_or(text);
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let grouped = whole.contains(',');
    digits(first)
        && (!grouped || first.len() <= 3)
        && groups.all(|group| digits(group) && group.len() == 3)
        && digits(decimals)
}

/// A straight line along one axis.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Ruled {
    /// From left to right: how far from the top, from where, to where.
    Across(f32, f32, f32),
    /// From top to bottom: how far from the left, from where, to where.
    Down(f32, f32, f32),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, confidence: u8) -> Word {
        Word { text: text.into(), confidence, ..Word::default() }
    }

    #[test]
    fn what_is_no_number_is_doubtful_however_sure_the_program_is() {
        for text in
            ["12", "1,234.56", "-3.20", "71.65%", "2024年", "（3）", "3.", "增长12.5%,", ".2022", "预算", "12/30"]
        {
            assert!(!word(text, 95).is_doubtful(), "{text}");
            assert!(word(text, 89).is_doubtful(), "{text}");
        }
        for text in ["4.197.93", "1$2", "24.6%6", "$05", "1,23", "1234,567", "l2.5", "76%4."] {
            assert!(word(text, 100).is_doubtful(), "{text}");
        }
        assert!(word("共2项", 95).holds_number() && !word("两项", 95).holds_number());
    }
}
