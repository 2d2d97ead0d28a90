//! The body of the document: pieces one after another, in sections of upright and of wide pages.
//!
//! A section ends in the last paragraph it has, so no empty paragraph is left to spill onto a page of its own; only
//! where a table is last there is one, a point high. A new page is a property of what begins it, for the same reason.

use super::DocxFault;
use super::contents::{Contents, level};
use super::numbering::{List, Numbering};
use super::paragraph::{Numbered, Page, Paragraph};
use super::table;
use super::xml::{Attributes, Xml};
use crate::manuscript::{self, Grid, Heading, Numeral, Piece, Style};

/// The pages of a section.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Layout {
    /// Upright, the first page without its number.
    Cover,
    Upright,
    Wide,
}

/// The sides of A4, in twips.
const LONG: u32 = 16_838;
const SHORT: u32 = 11_906;
/// Margins of pages, in twips: top, right, bottom, left. Those of upright pages are those of official documents.
const UPRIGHT: [u32; 4] = [2_098, 1_474, 1_984, 1_588];
const WIDE: [u32; 4] = [1_134; 4];

/// So many rows below the header stand where there is room.
const FEW: u32 = 6;

struct Flow<'a> {
    contents: &'a Contents,
    numbering: &'a mut Numbering,
    xml: Xml,
    /// The last paragraph, while a section may still end in it.
    last: Option<Paragraph>,
    layout: Layout,
    /// Where the next paragraph stands.
    page: Page,
    /// True when nothing stands in the section yet: its first page needs no break.
    empty: bool,
}

/// The part of the package that holds the text.
pub(super) fn part(pieces: &[Piece], contents: &Contents, numbering: &mut Numbering) -> Result<String, DocxFault> {
    let layouts = layouts(pieces);
    let layout = layouts.iter().flatten().next().copied().unwrap_or(Layout::Upright);
    let xml = Xml::default();
    let mut flow = Flow { contents, numbering, xml, last: None, layout, page: Page::Same, empty: true };
    for (index, (piece, layout)) in pieces.iter().zip(layouts).enumerate() {
        if let Some(layout) = layout {
            flow.turn_to(layout);
        }
        if let (Piece::Grid(grid), Some(Piece::Grid(_))) = (piece, index.checked_sub(1).map(|before| &pieces[before])) {
            flow.part_from_the_table_before(grid);
        }
        flow.piece(index, piece)?;
    }
    flow.end();
    let mut document = Xml::document();
    let spaces: Attributes = &[("xmlns:w", &super::NAMESPACE), ("xmlns:r", &super::RELATIONSHIPS)];
    document.element("w:document", spaces, |xml| xml.element("w:body", &[], |xml| xml.append(&flow.xml)));
    Ok(document.into_string())
}

/// Which pages each piece stands on; a break stands on none. Headings stand with the table they lead to, not on a
/// page of their own.
fn layouts(pieces: &[Piece]) -> Vec<Option<Layout>> {
    let mut layouts = Vec::with_capacity(pieces.len());
    let mut below = None;
    for piece in pieces.iter().rev() {
        below = match piece {
            Piece::Cover(_) => Some(Layout::Cover),
            Piece::Grid(Grid { landscape: true, .. }) => Some(Layout::Wide),
            Piece::Heading(_) if below == Some(Layout::Wide) => below,
            Piece::PageBreak => None,
            Piece::Contents | Piece::Heading(_) | Piece::Paragraph(_) | Piece::Grid(_) => Some(Layout::Upright),
        };
        layouts.push(below);
    }
    layouts.reverse();
    layouts
}

impl Layout {
    fn text_width(self) -> u32 {
        let (width, [_, right, _, left]) = match self {
            Layout::Wide => (LONG, WIDE),
            Layout::Cover | Layout::Upright => (SHORT, UPRIGHT),
        };
        width - right - left
    }
}

impl Flow<'_> {
    fn piece(&mut self, index: usize, piece: &Piece) -> Result<(), DocxFault> {
        match piece {
            Piece::Cover(lines) => {
                let styles = std::iter::once("Title").chain(std::iter::repeat("Subtitle"));
                lines.iter().zip(styles).for_each(|(line, style)| self.paragraph(Paragraph::new(style, line)));
            }
            Piece::Contents => {
                let page = self.begin_block();
                self.contents.write(&mut self.xml, page);
                self.page = Page::New;
            }
            Piece::Heading(heading) => self.heading(index, heading),
            Piece::Paragraph(paragraph) => self.running(paragraph),
            Piece::Grid(grid) => self.grid(index, grid)?,
            Piece::PageBreak => self.page = Page::New,
        }
        Ok(())
    }

    fn heading(&mut self, index: usize, heading: &Heading) {
        let mut paragraph = Paragraph::new(self.contents.style(heading), "");
        paragraph.numbered = Numbered::No;
        paragraph.bookmark = self.contents.bookmark(index);
        if let Some(ordinal) = heading.ordinal {
            paragraph.number(self.numbering.number(List::Headings, Numeral { level: heading.level, ordinal }));
        }
        paragraph.run(&heading.text);
        self.paragraph(paragraph);
    }

    fn running(&mut self, text: &manuscript::Paragraph) {
        let style = match text.style {
            Style::Body => "BodyTextFirstIndent",
            Style::Centred => "Centred",
            Style::Right => "Signature",
            Style::Note => "TableNote",
        };
        let mut paragraph = Paragraph::new(style, "");
        if let Some((level, ordinal)) = text.item {
            paragraph.number(self.numbering.number(List::Items, Numeral { level, ordinal }));
        }
        text.runs.iter().for_each(|run| paragraph.run(&run.text));
        self.paragraph(paragraph);
    }

    fn grid(&mut self, index: usize, grid: &Grid) -> Result<(), DocxFault> {
        let width = self.layout.text_width();
        let style = grid.outline.map_or("Caption".to_owned(), |(of, _)| format!("TableTitle{}", level(of)));
        let bookmark = self.contents.bookmark(index);
        self.paragraph(Paragraph { bookmark, ..Paragraph::new(style, &grid.title) });
        if let Some(number) = &grid.number {
            self.paragraph(Paragraph::new("TableNumber", number));
        }
        if !grid.slot.is_empty() || !grid.unit.is_empty() {
            let line = format!("{}\t{}", grid.slot, grid.unit);
            self.paragraph(Paragraph { right_tab: Some(width), ..Paragraph::new("TableSlots", &line) });
        }
        self.begin_block();
        table::write(&mut self.xml, grid, width)?;
        grid.notes.iter().for_each(|note| self.paragraph(Paragraph::new("TableNote", note)));
        Ok(())
    }

    /// A table of some length after another begins a page: at the foot of one it would be cut after a few rows.
    fn part_from_the_table_before(&mut self, grid: &Grid) {
        if grid.rows - grid.header_rows > FEW {
            self.page = Page::New;
        }
    }

    /// Turns to other pages. Every cover has pages of its own.
    fn turn_to(&mut self, layout: Layout) {
        if layout == self.layout && layout != Layout::Cover {
            return;
        }
        if !self.empty {
            let ended = self.last.take().unwrap_or_else(|| Paragraph::new("SectionEnd", ""));
            ended.write(&mut self.xml, Some(&section(self.layout)));
        }
        (self.layout, self.page, self.empty) = (layout, Page::Same, true);
    }

    fn paragraph(&mut self, mut paragraph: Paragraph) {
        paragraph.page = self.begin_block();
        self.last = Some(paragraph);
    }

    /// Writes what waits, and says where the block that comes now stands.
    fn begin_block(&mut self) -> Page {
        if let Some(last) = self.last.take() {
            last.write(&mut self.xml, None);
        }
        let page = if self.empty { Page::Same } else { self.page };
        (self.page, self.empty) = (Page::Same, false);
        page
    }

    /// Ends the document. After a table Word wants a paragraph.
    fn end(&mut self) {
        let last = self.last.take().unwrap_or_else(|| Paragraph::new("SectionEnd", ""));
        last.write(&mut self.xml, None);
        self.xml.append(&section(self.layout));
    }
}

/// The properties of a section. Numbers of pages go on from one to the next.
fn section(layout: Layout) -> Xml {
    let mut xml = Xml::default();
    xml.element("w:sectPr", &[], |xml| {
        xml.empty("w:footerReference", &[("w:type", &"default"), ("r:id", &"rId5")]);
        xml.value("w:type", "nextPage");
        match layout {
            Layout::Wide => {
                xml.empty("w:pgSz", &[("w:w", &LONG), ("w:h", &SHORT), ("w:orient", &"landscape")]);
                margins(xml, WIDE, 567);
            }
            Layout::Cover | Layout::Upright => {
                xml.empty("w:pgSz", &[("w:w", &SHORT), ("w:h", &LONG)]);
                margins(xml, UPRIGHT, 851);
            }
        }
        if layout == Layout::Cover {
            xml.empty("w:titlePg", &[]);
        }
    });
    xml
}

fn margins(xml: &mut Xml, [top, right, bottom, left]: [u32; 4], footer: u32) {
    let of_footer: [(&str, &dyn std::fmt::Display); 3] =
        [("w:header", &footer), ("w:footer", &footer), ("w:gutter", &0)];
    let edges: [(&str, &dyn std::fmt::Display); 4] =
        [("w:top", &top), ("w:right", &right), ("w:bottom", &bottom), ("w:left", &left)];
    xml.empty("w:pgMar", &[edges.as_slice(), &of_footer].concat());
}
