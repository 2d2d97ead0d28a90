//! What a line of running text tells of the lines around it: shared by the readers that put lines together again.

/// True where a sentence, or what announces a list, ends with the line.
pub(crate) fn ends_a_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['。', '！', '？', '；', '：', ':', ';', '.'])
}

/// Leader dots of a table of contents, or parts set far apart: not running text.
pub(crate) fn has_columns(text: &str) -> bool {
    text.contains("  ") || text.contains("......") || text.contains("…………") || text.contains("······")
}

/// Whether a line begins with a number of an enumeration: `一、`, `（一）`, `1.`, `1、`, `(1)`, `第一部分`.
pub(crate) fn is_numbered(text: &str) -> bool {
    let is_numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let rest = text.trim_start_matches(['（', '(', '第']);
    let opened = rest.len() < text.len();
    let after = rest.trim_start_matches(is_numeral);
    if after.len() == rest.len() {
        return false;
    }
    let mut chars = after.chars();
    match chars.next() {
        Some('、' | '．') => true,
        Some('.') => chars.next().is_none_or(|c| !c.is_ascii_digit()),
        Some('）' | ')') => opened,
        Some('部' | '章' | '条') => text.starts_with('第'),
        _ => false,
    }
}

/// Only between two words of letters did the line break stand for a space.
pub(crate) fn needs_space(before: &str, after: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    letter(before.chars().next_back()) && letter(after.chars().next())
}
