//! [`Xml`]: marked-up text, every element of it closed.
//!
//! Our own and not a library's, because it is this short and because libraries escape but pass on characters that
//! XML 1.0 forbids, which makes a file that Word refuses to open. Here such a character becomes U+FFFD: what stood
//! there is seen to be missing. It never fails, and knows no element by name.

use std::fmt::{self, Display, Write};

/// Text with elements in it.
#[derive(Default)]
pub(super) struct Xml(String);

/// Names of attributes and what they are set to.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a dyn Display)];

impl Xml {
    /// A document: the declaration.
    pub(super) fn document() -> Xml {
        Xml("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned())
    }

    /// An element and what `inside` writes into it.
    pub(super) fn element(&mut self, name: &str, attributes: Attributes, inside: impl FnOnce(&mut Xml)) {
        self.start(name, attributes);
        self.0.push('>');
        inside(self);
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// An element with nothing in it.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes) {
        self.start(name, attributes);
        self.0.push_str("/>");
    }

    /// An element that says one thing, in `w:val`.
    pub(super) fn value(&mut self, name: &str, value: impl Display) {
        self.empty(name, &[("w:val", &value)]);
    }

    /// Characters.
    pub(super) fn text(&mut self, text: impl Display) {
        write!(Escaped(&mut self.0), "{text}").expect("a string takes every character");
    }

    /// What was written elsewhere.
    pub(super) fn append(&mut self, other: &Xml) {
        self.0.push_str(&other.0);
    }

    /// As a part of a package.
    pub(super) fn into_string(self) -> String {
        self.0
    }

    fn start(&mut self, name: &str, attributes: Attributes) {
        self.0.push('<');
        self.0.push_str(name);
        for (attribute, value) in attributes {
            self.0.push(' ');
            self.0.push_str(attribute);
            self.0.push_str("=\"");
            self.text(value);
            self.0.push('"');
        }
    }
}

struct Escaped<'a>(&'a mut String);

impl Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                // A reader would turn them into spaces where they stand in an attribute.
                '\t' | '\n' | '\r' => write!(self.0, "&#{};", u32::from(c))?,
                '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => self.0.push(char::REPLACEMENT_CHARACTER),
                c => self.0.push(c),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_escaped_and_forbidden_characters_are_seen_to_be_missing() {
        let mut xml = Xml::default();
        xml.element("a", &[("b", &"\"<\n"), ("c", &7)], |xml| xml.text("1 < 2 & 3 > 2\u{0}\u{b}\u{ffff}。"));
        xml.value("d", "e");
        let expected =
            "<a b=\"&quot;&lt;&#10;\" c=\"7\">1 &lt; 2 &amp; 3 &gt; 2\u{fffd}\u{fffd}\u{fffd}。</a><d w:val=\"e\"/>";
        assert_eq!(xml.into_string(), expected);
    }
}
