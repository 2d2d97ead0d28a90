//! Characters of a disclosure as they may stand in HTML that is well-formed XML too.

use crate::text::{in_one_line, printable};

/// Running text: an end of a line stays one.
pub(super) fn text(text: &str) -> String {
    escaped(&printable(text).replace('\t', " ")).replace('\n', "<br/>")
}

/// Text in one line, also within the quotes of an attribute.
pub(super) fn line(text: &str) -> String {
    escaped(&in_one_line(text))
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_ends_a_text_or_an_attribute() {
        assert_eq!(text("<b>&'\"\n\u{0}\u{b}x"), "&lt;b&gt;&amp;&#39;&quot;<br/>x");
        assert_eq!(line(" 甲\n\"乙\" "), "甲 &quot;乙&quot;");
    }
}
