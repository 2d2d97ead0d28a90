//! Text in columns of a terminal, where a Chinese character is two columns wide.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many columns a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// The text, filled up with spaces to so many columns; longer texts stay as they are.
pub(crate) fn padded(text: &str, columns: usize) -> String {
    let missing = columns.saturating_sub(width(text));
    format!("{text}{}", " ".repeat(missing))
}

/// The same with the spaces in front: numbers stand to the right.
pub(crate) fn padded_left(text: &str, columns: usize) -> String {
    let missing = columns.saturating_sub(width(text));
    format!("{}{text}", " ".repeat(missing))
}

/// Breaks a line into pieces of at most so many columns (at least one character each).
pub(crate) fn folded(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide > columns && used > 0 {
            lines.push(String::new());
            used = 0;
        }
        used += wide;
        if let Some(line) = lines.last_mut() {
            line.push(c);
        }
    }
    lines
}

/// Never at the beginning of a line.
const CLOSING: &str = "，。、；：！？）》”’】」』,.;:!?)%…—";
/// Never at the end of a line.
const OPENING: &str = "（《“‘【「『(";

/// Breaks running text into lines of at most so many columns, as Chinese is set: between any two characters,
/// but not inside a number or a word, not before a closing mark and not after an opening one.
pub(crate) fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in pieces(text) {
        let Some(line) = lines.last_mut() else { break };
        if line.is_empty() || width(line) + width(piece.trim_end()) <= columns {
            line.push_str(piece);
        } else {
            line.truncate(line.trim_end().len());
            lines.push(piece.trim_start().to_owned());
        }
    }
    lines
}

/// The pieces of a text between which a line may end.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        if before.is_some_and(|before| may_break(before, c)) {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    pieces.push(&text[start..]);
    pieces
}

fn may_break(before: char, after: char) -> bool {
    let is_word = |c: char| c.is_ascii_graphic();
    !(OPENING.contains(before) || CLOSING.contains(after) || is_word(before) && is_word(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_character_takes_two_columns() {
        assert_eq!(width("合计 1"), 6);
        assert_eq!(padded("合计", 6), "合计  ");
        assert_eq!(padded_left("12", 4), "  12");
        assert_eq!(padded("合计", 2), "合计");
    }

    #[test]
    fn folding_never_splits_a_wide_character() {
        assert_eq!(folded("财政拨款", 5), ["财政", "拨款"]);
        assert_eq!(folded("款", 1), ["款"]);
        assert_eq!(folded("", 3), [""]);
    }

    #[test]
    fn lines_end_where_chinese_allows_it() {
        let text = "写为 10,340,000，应为（1,250,000）";
        assert_eq!(wrapped(text, 100), [text]);
        assert_eq!(wrapped(text, 16), ["写为", "10,340,000，应为", "（1,250,000）"]);
        assert_eq!(wrapped("", 10), [""]);
        assert_eq!(wrapped("支出预算，总表", 8), ["支出预", "算，总表"]);
    }
}
