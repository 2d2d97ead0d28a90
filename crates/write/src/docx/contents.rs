//! [`Contents`]: the table of contents, as a field that Word can work out again.
//!
//! What the field shows is written in full, for programs that show a field as it was left. Page numbers are another
//! matter: they are known when something has laid the document out, and nothing here does. The caller may know them
//! ([`Pages`]); where one is missing, none is invented, and the field is marked as out of date, so that Word offers
//! to work it out when it opens the file. With all of them there is nothing to ask, and nothing is asked.
//!
//! Worked out again, the field lists the same headings and tables. Only the numbers of tables are gone then: they
//! stand in the contents and not over the table, so that there is nothing Word could take them from.

use super::numbering::LEVELS;
use super::paragraph::{Page, Paragraph, field_code, field_mark, run};
use super::xml::{Attributes, Xml};
use crate::manuscript::{Heading, Manuscript, Piece};
use std::collections::BTreeMap;

/// On which page the pieces of a manuscript stand, the cover being page 1: what the contents say of them. A piece is
/// named by its place in [`Manuscript::pieces`], from 0.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Pages(BTreeMap<usize, u32>);

impl FromIterator<(usize, u32)> for Pages {
    fn from_iter<I: IntoIterator<Item = (usize, u32)>>(pages: I) -> Pages {
        Pages(pages.into_iter().collect())
    }
}

/// What the contents list.
pub(super) struct Contents {
    entries: BTreeMap<usize, Entry>,
    /// Headings of the levels down to this one are listed by their style.
    headings: u8,
    complete: bool,
}

struct Entry {
    level: u8,
    text: String,
    page: Option<u32>,
}

impl Contents {
    /// What the contents of a manuscript list.
    pub(super) fn of(manuscript: &Manuscript, pages: &Pages) -> Contents {
        let mut contents = Contents { entries: BTreeMap::new(), headings: 0, complete: true };
        for (index, piece) in manuscript.pieces.iter().enumerate() {
            let (level, text) = match piece {
                Piece::Heading(heading) if heading.listed => (level(heading.level), heading.printed()),
                Piece::Grid(grid) => match grid.outline {
                    Some((of_grid, _)) => (level(of_grid), grid.listed()),
                    None => continue,
                },
                _ => continue,
            };
            if matches!(piece, Piece::Heading(_)) {
                contents.headings = contents.headings.max(level);
            }
            let page = pages.0.get(&index).copied();
            contents.complete &= page.is_some();
            contents.entries.insert(index, Entry { level, text, page });
        }
        contents
    }

    /// The style of a heading. Word lists headings by style, so one that is not listed has a style of its own where
    /// others of its level are.
    pub(super) fn style(&self, heading: &Heading) -> String {
        let level = level(heading.level);
        let kind = if heading.listed || level > self.headings { "" } else { "Unlisted" };
        format!("{kind}Heading{level}")
    }

    /// The place that the entry of a piece points to.
    pub(super) fn bookmark(&self, piece: usize) -> Option<(usize, String)> {
        self.entries.contains_key(&piece).then(|| (piece, name(piece)))
    }

    /// The title and the entries, a block of its own that Word knows as the contents.
    pub(super) fn write(&self, xml: &mut Xml, page: Page) {
        xml.element("w:sdt", &[], |xml| {
            xml.element("w:sdtPr", &[], |xml| {
                xml.element("w:docPartObj", &[], |xml| {
                    xml.value("w:docPartGallery", "Table of Contents");
                    xml.empty("w:docPartUnique", &[]);
                });
            });
            xml.element("w:sdtContent", &[], |xml| {
                let title = Paragraph { page, ..Paragraph::new("TOCHeading", "目　录") };
                title.write(xml, None);
                let last = self.entries.len().saturating_sub(1);
                for (place, (piece, entry)) in self.entries.iter().enumerate() {
                    let mut line = Paragraph::new(format!("TOC{}", entry.level), "");
                    if place == 0 {
                        self.begin(&mut line.content);
                    }
                    entry.write(&mut line.content, &name(*piece));
                    if place == last {
                        field_mark(&mut line.content, &[("w:fldCharType", &"end")]);
                    }
                    line.write(xml, None);
                }
            });
        });
    }

    /// The beginning of the field: what Word lists when it works it out again.
    fn begin(&self, xml: &mut Xml) {
        let begins: Attributes = &[("w:fldCharType", &"begin"), ("w:dirty", &"true")];
        field_mark(xml, if self.complete { &begins[..1] } else { begins });
        let mut code = String::from(" TOC ");
        if self.headings > 0 {
            code += &format!("\\o \"1-{}\" ", self.headings);
        }
        let tables: Vec<String> = (1..=LEVELS).map(|n| format!("表标题{n},{n}")).collect();
        code += &format!("\\h \\z \\t \"{}\" ", tables.join(","));
        field_code(xml, code);
        field_mark(xml, &[("w:fldCharType", &"separate")]);
    }
}

impl Entry {
    fn write(&self, xml: &mut Xml, name: &str) {
        xml.element("w:hyperlink", &[("w:anchor", &name), ("w:history", &1)], |xml| {
            run(xml, &self.text, |_| ());
            xml.element("w:r", &[], |xml| xml.empty("w:tab", &[]));
            field_mark(xml, &[("w:fldCharType", &"begin")]);
            field_code(xml, format_args!(" PAGEREF {name} \\h "));
            field_mark(xml, &[("w:fldCharType", &"separate")]);
            if let Some(page) = self.page {
                run(xml, &page.to_string(), |_| ());
            }
            field_mark(xml, &[("w:fldCharType", &"end")]);
        });
    }
}

/// A level of the outline that Word and the styles have.
pub(super) fn level(level: u8) -> u8 {
    level.clamp(1, LEVELS)
}

fn name(piece: usize) -> String {
    format!("_Toc{piece:08}")
}
