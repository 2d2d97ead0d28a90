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
}
