//! Which rectangles of which pages belong to which findings.

use std::collections::BTreeMap;

use mingzhang_model::document::{Block, Document, Place, Rect};
use mingzhang_model::finding::Finding;
use mingzhang_model::locator::Locator;
use mingzhang_model::rule::Severity;

use crate::spots::{Role, Spot, spot};

/// One place of a finding on one page.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Mark {
    /// The number of the finding, counted from 1, as it is shown.
    pub(crate) finding: usize,
    /// Which of its places: 0 is what is wrong, the others are what that was compared with.
    pub(crate) place: usize,
    /// Which part of the place: one that goes on over a page break has one on each page.
    pub(crate) part: usize,
    /// What it is to the finding.
    pub(crate) role: Role,
    /// How bad the finding is.
    pub(crate) severity: Severity,
    /// What is marked: a cell, or the piece of each printed line.
    pub(crate) rects: Vec<Rect>,
    /// Where the mark leads.
    pub(crate) href: String,
    /// What it is, in words.
    pub(crate) label: String,
}

impl Mark {
    /// The name of the mark within a page that shows the whole document: `f3-0`.
    pub(crate) fn id(&self) -> String {
        match self.part {
            0 => place_id(self.finding, self.place),
            part => format!("{}-{part}", place_id(self.finding, self.place)),
        }
    }
}

/// The name of a place of a finding: what a link from the list of findings names.
pub(crate) fn place_id(finding: usize, place: usize) -> String {
    format!("f{finding}-{place}")
}

/// The marks of all findings, by page, the smallest last: it must be on top to be touched. Findings are numbered
/// from 1 in the order in which they are given. `leads_to` says where the mark of a place of a finding leads; by the
/// numbers of both.
pub(crate) fn marks_of(
    document: &Document,
    findings: &[&Finding],
    leads_to: impl Fn(usize, usize) -> String,
) -> BTreeMap<u32, Vec<Mark>> {
    let mut pages: BTreeMap<u32, Vec<Mark>> = BTreeMap::new();
    for (number, finding) in (1..).zip(findings) {
        let related = finding.related.iter().map(|related| (related.label.as_str(), &related.location));
        let places = std::iter::once((finding.message.as_str(), &finding.location)).chain(related);
        for (place, (words, locator)) in places.enumerate() {
            for (part, (page, rects)) in by_page(&places_of(document, locator)).into_iter().enumerate() {
                pages.entry(page).or_default().push(Mark {
                    finding: number,
                    place,
                    part,
                    role: if place == 0 { Role::Here } else { Role::There },
                    severity: finding.severity,
                    rects,
                    href: leads_to(number, place),
                    label: words.to_owned(),
                });
            }
        }
    }
    let area = |mark: &Mark| mark.rects.iter().map(|r| (r.x1 - r.x0) * (r.y1 - r.y0)).sum::<f32>();
    let on_top = |mark: &Mark| mark.role == Role::Here;
    for marks in pages.values_mut() {
        marks.sort_by(|a, b| on_top(a).cmp(&on_top(b)).then(area(b).total_cmp(&area(a))));
    }
    pages
}

/// The rectangles of a place, as narrow as is known: the cell, the characters that are quoted, else what the place
/// says itself.
fn places_of(document: &Document, locator: &Locator) -> Vec<Place> {
    let own = || vec![locator.place];
    match spot(document, locator) {
        Some(Spot::Cell(block, row, column)) => match document.blocks.get(block) {
            Some(Block::Table(table)) => table.cell(row, column).map_or_else(own, |cell| vec![cell.place]),
            _ => own(),
        },
        Some(Spot::Stretch(block, start, end)) => match document.blocks.get(block) {
            Some(Block::Paragraph(paragraph)) if paragraph.text.get(start..end) == locator.quote.as_deref() => {
                paragraph.places(start..end)
            }
            _ => own(),
        },
        None => own(),
    }
}

fn by_page(places: &[Place]) -> BTreeMap<u32, Vec<Rect>> {
    let mut pages: BTreeMap<u32, Vec<Rect>> = BTreeMap::new();
    for place in places {
        if let (Some(page), Some(rect)) = (place.page, place.rect) {
            pages.entry(page).or_default().push(rect);
        }
    }
    pages
}
