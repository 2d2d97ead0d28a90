//! The document as HTML: paragraphs and tables in reading order, with the places of findings marked.

use std::fmt::Write as _;

use mingzhang_model::document::{Block, Cell, Document, Paragraph, Table};

use super::super::markup::escaped;
use crate::grid;
use crate::messages::html::Words;
use crate::messages::{Lang, Message};
use crate::pipeline::Sheet;
use crate::spots::{Mark, Role, Spot, Spots};

/// Prints the document of one number.
pub(super) struct Original<'a> {
    pub(super) number: usize,
    pub(super) lang: Lang,
    pub(super) words: &'static Words,
    pub(super) spots: &'a Spots,
}

impl Original<'_> {
    /// The document, page by page.
    pub(super) fn html(&self, sheet: &Sheet) -> String {
        let mut html = String::new();
        let mut page = None;
        for (i, block) in sheet.document.blocks.iter().enumerate() {
            let begins_on = page_of(block);
            if begins_on.is_some() && begins_on != page {
                page = begins_on;
                self.page(&mut html, begins_on.unwrap_or_default());
            }
            match block {
                Block::Paragraph(paragraph) => self.paragraph(&mut html, i, paragraph),
                Block::Table(table) => self.table(&mut html, i, table, sheet.titles.get(&i).map(String::as_str)),
            }
        }
        html
    }

    fn page(&self, html: &mut String, page: u32) {
        let words = self.lang.say(&Message::Page(page));
        // Writing to a String cannot fail.
        let _ = writeln!(html, "<p class=\"page\" id=\"d{}p{page}\"><span>{words}</span></p>", self.number);
    }

    fn paragraph(&self, html: &mut String, block: usize, paragraph: &Paragraph) {
        html.push_str("<p>");
        let mut from = 0;
        for (range, spot, marks) in self.spots.stretches(block) {
            html.push_str(&escaped(paragraph.text.get(from..range.start).unwrap_or_default()));
            let (id, class) = (spot.id(self.number), self.class(marks));
            let text = escaped(paragraph.text.get(range.clone()).unwrap_or_default());
            let _ = write!(html, "<mark id=\"{id}\" class=\"{class}\">{text}{}</mark>", self.tags(marks));
            from = range.end;
        }
        html.push_str(&escaped(paragraph.text.get(from..).unwrap_or_default()));
        html.push_str("</p>\n");
    }

    fn table(&self, html: &mut String, block: usize, table: &Table, title: Option<&str>) {
        let label = title.map_or_else(|| self.words.table.to_owned(), escaped);
        let _ = writeln!(html, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\"><table>");
        for row in 0..table.rows() {
            html.push_str("<tr>");
            for cell in table.row(row).filter(|cell| cell.row == row) {
                self.cell(html, block, cell);
            }
            html.push_str("</tr>\n");
        }
        html.push_str("</table></div>\n");
    }

    fn cell(&self, html: &mut String, block: usize, cell: &Cell) {
        let spot = Spot::Cell(block, cell.row, cell.column);
        let marks = self.spots.marks.get(&spot);
        html.push_str("<td");
        for (name, span) in [("colspan", cell.column_span), ("rowspan", cell.row_span)] {
            if span > 1 {
                let _ = write!(html, " {name}=\"{span}\"");
            }
        }
        let number = if grid::is_number(&cell.text) { "n" } else { "" };
        let class = format!("{number} {}", marks.map(|marks| self.class(marks)).unwrap_or_default());
        if !class.trim().is_empty() {
            let _ = write!(html, " class=\"{}\"", class.trim());
        }
        if marks.is_some() {
            let _ = write!(html, " id=\"{}\"", spot.id(self.number));
        }
        let tags = marks.map(|marks| self.tags(marks)).unwrap_or_default();
        let _ = write!(html, ">{}{tags}</td>", escaped(cell.text.trim()));
    }

    /// `here` or `there`, and the findings that the place belongs to.
    fn class(&self, marks: &[Mark]) -> String {
        let here = marks.iter().any(|(role, _)| *role == Role::Here);
        let of = marks.iter().map(|(_, finding)| format!(" of-d{}f{finding}", self.number));
        format!("{}{}", if here { "here" } else { "there" }, of.collect::<String>())
    }

    /// The ways from a place to the findings that it is the place of.
    fn tags(&self, marks: &[Mark]) -> String {
        let here = marks.iter().filter(|(role, _)| *role == Role::Here);
        here.map(|(_, finding)| {
            let label = format!("{} {}", self.words.number, finding + 1);
            let href = format!("#d{}f{finding}", self.number);
            format!("<a class=\"tag\" href=\"{href}\" aria-label=\"{label}\">{}</a>", finding + 1)
        })
        .collect()
    }
}

fn page_of(block: &Block) -> Option<u32> {
    match block {
        Block::Paragraph(paragraph) => paragraph.place().page,
        Block::Table(table) => table.parts.first().and_then(|part| part.place.page),
    }
}

/// True when the document has a block that begins on the page, so that the page has a name.
pub(super) fn has_page(document: &Document, page: u32) -> bool {
    document.blocks.iter().any(|block| page_of(block) == Some(page))
}
