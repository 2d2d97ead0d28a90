//! Two files that are the halves of one disclosure, read as one document: the text first, then the tables.
//!
//! The halves are put together before their facts are taken, so that every law and every rule of one document holds for
//! them; what is told of it afterwards is what neither half could show alone. Places are those of the files again.

use mingzhang_model::document::{Document, Page};
use mingzhang_model::finding::Finding;
use mingzhang_model::locator::Locator;
use mingzhang_model::rule::{Outcome, Report};

/// Two files as one document.
pub struct Joined {
    /// The two, one behind the other.
    pub document: Document,
    names: [String; 2],
    pages: u32,
    lines: u32,
}

/// Puts the tables behind the text.
pub fn joined(text: (&str, Document), tables: (&str, Document)) -> Joined {
    let ((first, mut document), (second, tables)) = (text, tables);
    let pages = document.pages.iter().map(|page| page.number).max().unwrap_or(0);
    let lines = last_line(&document);
    let moved = moved(tables, pages, lines);
    document.pages.extend(moved.pages);
    document.blocks.extend(moved.blocks);
    document.notes.extend(moved.notes);
    Joined { document, names: [first.to_string(), second.to_string()], pages, lines }
}

/// A document whose pages and lines are counted on.
fn moved(mut document: Document, pages: u32, lines: u32) -> Document {
    use mingzhang_model::document::{Block, Place};
    // Where there are pages or sheets, lines and rows are counted on each of them.
    let on = |place: &mut Place| match place.page {
        Some(page) => place.page = Some(page + pages),
        None => place.line = place.line.map(|line| line + lines),
    };
    document.pages.iter_mut().for_each(|page: &mut Page| page.number += pages);
    document.notes.iter_mut().for_each(|note| on(&mut note.place));
    for block in &mut document.blocks {
        match block {
            Block::Paragraph(paragraph) => paragraph.lines.iter_mut().for_each(|line| on(&mut line.place)),
            Block::Table(table) => {
                table.parts.iter_mut().for_each(|part| on(&mut part.place));
                table.each_place(on);
            }
        }
    }
    document
}

fn last_line(document: &Document) -> u32 {
    use mingzhang_model::document::Block;
    let lines = document.blocks.iter().flat_map(|block| match block {
        Block::Paragraph(paragraph) => paragraph.lines.iter().filter_map(|line| line.place.line).max(),
        Block::Table(table) => table.cells().iter().filter_map(|cell| cell.place.line).max(),
    });
    lines.max().unwrap_or(0)
}

impl Joined {
    /// What the rules said about the two together that concerns both: the findings that name a place in each, with the
    /// file of every place.
    pub fn across(&self, report: Report) -> Report {
        let outcomes = report.outcomes.into_iter().filter_map(|(code, outcome)| {
            let Outcome::Failed { findings, passed } = outcome else { return None };
            let findings: Vec<Finding> = findings.into_iter().filter_map(|finding| self.told(finding)).collect();
            (!findings.is_empty()).then_some((code, Outcome::Failed { findings, passed }))
        });
        Report { outcomes: outcomes.collect() }
    }

    fn told(&self, mut finding: Finding) -> Option<Finding> {
        let own = self.put(&mut finding.location);
        let others: Vec<usize> = finding.related.iter_mut().map(|related| self.put(&mut related.location)).collect();
        others.iter().any(|other| *other != own).then_some(finding)
    }

    /// Names the file of a place and counts its page and line from there; which of the two it is.
    fn put(&self, locator: &mut Locator) -> usize {
        let place = &mut locator.place;
        let behind = match (place.page, place.line) {
            (Some(page), _) => page > self.pages,
            (None, Some(line)) => line > self.lines,
            (None, None) => false,
        };
        match (behind, place.page) {
            (true, Some(page)) => place.page = Some(page - self.pages),
            (true, None) => place.line = place.line.map(|line| line - self.lines),
            (false, _) => {}
        }
        let which = usize::from(behind);
        locator.document = Some(self.names[which].clone());
        which
    }
}
