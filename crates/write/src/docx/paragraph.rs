//! [`Paragraph`]: a paragraph before it is marked up, and runs of text.
//!
//! The order of its properties is fixed by the format; here is the one place that knows it. How a paragraph looks is
//! the matter of its style, in `parts/styles.xml`.

use super::numbering::Number;
use super::xml::{Attributes, Xml};

/// A paragraph: its style, what differs from the style, and its runs.
#[derive(Default)]
pub(super) struct Paragraph {
    /// The id of its style.
    pub(super) style: String,
    /// Where it stands.
    pub(super) page: Page,
    /// Its number.
    pub(super) numbered: Numbered,
    /// Where its right tab stop is, in twips.
    pub(super) right_tab: Option<u32>,
    /// The number and the name that others point to it by.
    pub(super) bookmark: Option<(usize, String)>,
    /// Its runs.
    pub(super) content: Xml,
}

/// Where on a page a paragraph may stand.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Page {
    /// After what is before it.
    #[default]
    Same,
    /// At the top of a new one.
    New,
}

/// Whether Word counts a paragraph.
#[derive(Default)]
pub(super) enum Numbered {
    /// As its style says.
    #[default]
    AsStyle,
    /// It does not, whatever the style says.
    No,
    /// It does.
    Counted {
        /// The list.
        list: u32,
        /// From 0.
        level: u8,
    },
}

impl Paragraph {
    /// A paragraph of a style, with a text.
    pub(super) fn new(style: impl Into<String>, text: &str) -> Paragraph {
        let mut paragraph = Paragraph { style: style.into(), ..Paragraph::default() };
        paragraph.run(text);
        paragraph
    }

    /// Adds text.
    pub(super) fn run(&mut self, text: &str) {
        run(&mut self.content, text, |_| ());
    }

    /// Sets the number, as text where no list shows it.
    pub(super) fn number(&mut self, number: Number) {
        match number {
            Number::Counted { list, level } => self.numbered = Numbered::Counted { list, level },
            Number::Written(text) => {
                self.numbered = Numbered::No;
                self.run(&text);
            }
        }
    }

    /// Marks it up; a section that ends here is said in its properties.
    pub(super) fn write(&self, xml: &mut Xml, section: Option<&Xml>) {
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| {
                xml.value("w:pStyle", &self.style);
                if self.page == Page::New {
                    xml.empty("w:pageBreakBefore", &[]);
                }
                match self.numbered {
                    Numbered::AsStyle => {}
                    Numbered::No => list(xml, 0, 0),
                    Numbered::Counted { list: number, level } => list(xml, number, level),
                }
                if let Some(position) = self.right_tab {
                    xml.element("w:tabs", &[], |xml| {
                        xml.empty("w:tab", &[("w:val", &"right"), ("w:pos", &position)]);
                    });
                }
                if let Some(section) = section {
                    xml.append(section);
                }
            });
            match &self.bookmark {
                Some((number, name)) => {
                    xml.empty("w:bookmarkStart", &[("w:id", number), ("w:name", name)]);
                    xml.append(&self.content);
                    xml.empty("w:bookmarkEnd", &[("w:id", number)]);
                }
                None => xml.append(&self.content),
            }
        });
    }
}

fn list(xml: &mut Xml, number: u32, level: u8) {
    xml.element("w:numPr", &[], |xml| {
        xml.value("w:ilvl", level);
        xml.value("w:numId", number);
    });
}

/// A run of text with its properties; a tab and the end of a line are marks of their own.
pub(super) fn run(xml: &mut Xml, text: &str, properties: impl FnOnce(&mut Xml)) {
    if text.is_empty() {
        return;
    }
    xml.element("w:r", &[], |xml| {
        xml.element("w:rPr", &[], |xml| {
            if text.chars().any(is_of_two_scripts) {
                xml.empty("w:rFonts", &[("w:hint", &"eastAsia")]);
            }
            properties(xml);
        });
        let text = text.replace("\r\n", "\n");
        for (i, line) in text.split(['\n', '\r']).enumerate() {
            if i > 0 {
                xml.empty("w:br", &[]);
            }
            for (i, stretch) in line.split('\t').enumerate() {
                if i > 0 {
                    xml.empty("w:tab", &[]);
                }
                if !stretch.is_empty() {
                    xml.element("w:t", &[("xml:space", &"preserve")], |xml| xml.text(stretch));
                }
            }
        }
    });
}

/// Quotation marks, dashes, dots and signs that Word takes from the Latin font unless told otherwise: “三公” would
/// stand in narrow quotation marks.
fn is_of_two_scripts(c: char) -> bool {
    ('\u{a1}'..'\u{2e80}').contains(&c)
}

/// A run that begins, divides or ends a field.
pub(super) fn field_mark(xml: &mut Xml, attributes: Attributes) {
    xml.element("w:r", &[], |xml| xml.empty("w:fldChar", attributes));
}

/// A run that says what a field is.
pub(super) fn field_code(xml: &mut Xml, code: impl std::fmt::Display) {
    xml.element("w:r", &[], |xml| {
        xml.element("w:instrText", &[("xml:space", &"preserve")], |xml| xml.text(code));
    });
}
