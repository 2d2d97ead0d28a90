//! Where the places of findings are in the document: which cell, or which stretch of which paragraph.
//!
//! A place with a rectangle is the cell or line of that rectangle. A line of a text file holds several cells:
//! the one that prints what the finding quotes is meant, below the header that the finding names.

use std::collections::BTreeMap;
use std::ops::Range;

use mingzhang_model::document::{Block, Cell, Document, Paragraph, Place, Rect, Table};
use mingzhang_model::finding::Finding;
use mingzhang_model::locator::Locator;

/// What a place is to a finding.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Role {
    /// It is what is wrong.
    Here,
    /// It is what that was compared with.
    There,
}

/// A finding, by its number, and what the place is to it.
pub(crate) type Mark = (Role, usize);

/// A place in the document.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Spot {
    /// A cell: block, row and column.
    Cell(usize, u32, u32),
    /// A stretch of a paragraph, in bytes.
    Stretch(usize, usize, usize),
}

impl Spot {
    /// The name of the place within the page, for the document of this number.
    pub(crate) fn id(&self, document: usize) -> String {
        match self {
            Spot::Cell(block, row, column) => format!("d{document}b{block}r{row}c{column}"),
            Spot::Stretch(block, start, _) => format!("d{document}b{block}t{start}"),
        }
    }
}

/// The places of all findings of a document.
pub(crate) struct Spots {
    /// What each place is to which findings.
    pub(crate) marks: BTreeMap<Spot, Vec<Mark>>,
    /// For each finding its place, then the places that it was compared with.
    pub(crate) of: Vec<Vec<Option<Spot>>>,
}

impl Spots {
    /// Looks for the places of these findings.
    pub(crate) fn find(document: &Document, findings: &[&Finding]) -> Spots {
        let places = |finding: &&Finding| {
            let related = finding.related.iter().map(|related| &related.location);
            let locators = std::iter::once(&finding.location).chain(related);
            locators.map(|locator| spot(document, locator)).collect()
        };
        let of: Vec<Vec<Option<Spot>>> = findings.iter().map(places).collect();
        let mut spots = Spots { marks: BTreeMap::new(), of: apart(of) };
        for (number, found) in spots.of.iter().enumerate() {
            for (i, spot) in found.iter().enumerate() {
                let role = if i == 0 { Role::Here } else { Role::There };
                let Some(spot) = spot else { continue };
                let marks = spots.marks.entry(spot.clone()).or_default();
                if marks.iter().all(|(_, other)| *other != number) {
                    marks.push((role, number));
                }
            }
        }
        spots.marks.values_mut().for_each(|marks| marks.sort_unstable());
        spots
    }

    /// The marked stretches of a paragraph, from left to right.
    pub(crate) fn stretches(&self, block: usize) -> Vec<(Range<usize>, &Spot, &[Mark])> {
        let all = self.marks.range(Spot::Stretch(block, 0, 0)..Spot::Stretch(block + 1, 0, 0));
        all.filter_map(|(spot, marks)| match spot {
            Spot::Stretch(_, start, end) => Some((*start..*end, spot, marks.as_slice())),
            Spot::Cell(..) => None,
        })
        .collect()
    }
}

/// Stretches that touch the same characters become one: marks cannot overlap.
fn apart(mut of: Vec<Vec<Option<Spot>>>) -> Vec<Vec<Option<Spot>>> {
    let mut stretches: Vec<(usize, usize, usize)> = Vec::new();
    for spot in of.iter().flatten().flatten() {
        if let Spot::Stretch(block, start, end) = *spot {
            stretches.push((block, start, end));
        }
    }
    stretches.sort_unstable();
    let mut merged: Vec<(usize, usize, usize)> = Vec::new();
    for (block, start, end) in stretches {
        match merged.last_mut() {
            Some((before, _, last)) if *before == block && start < *last => *last = end.max(*last),
            _ => merged.push((block, start, end)),
        }
    }
    for spot in of.iter_mut().flatten().flatten() {
        if let Spot::Stretch(block, start, end) = *spot {
            let holds = |(b, s, e): &&(usize, usize, usize)| *b == block && *s <= start && end <= *e;
            if let Some((block, start, end)) = merged.iter().find(holds) {
                *spot = Spot::Stretch(*block, *start, *end);
            }
        }
    }
    of
}

/// Where in the document a place is; none where it has no such line or rectangle.
pub(crate) fn spot(document: &Document, locator: &Locator) -> Option<Spot> {
    let place = locator.place;
    if place.page.is_none() && place.line.is_none() && place.paragraph.is_none() {
        return None;
    }
    let mut best: Option<(f32, Spot)> = None;
    for (block, content) in document.blocks.iter().enumerate() {
        let candidate = match content {
            Block::Table(table) => in_table(block, table, locator),
            Block::Paragraph(paragraph) => in_paragraph(block, paragraph, locator),
        };
        if let Some((badness, spot)) = candidate
            && best.as_ref().is_none_or(|(least, _)| badness < *least)
        {
            best = Some((badness, spot));
        }
    }
    best.map(|(_, spot)| spot)
}

/// How badly something at `there` fits a place: nothing where they are the same, else its size, and none where it
/// lies elsewhere.
fn badness(place: Place, there: Place) -> Option<f32> {
    if place == there {
        return Some(0.0);
    }
    match (place.rect, there.rect) {
        _ if (place.page, place.line, place.paragraph) != (there.page, there.line, there.paragraph) => None,
        (Some(rect), Some(around)) => holds(around, rect).then_some(area(around)),
        _ => place.line.or(place.paragraph).map(|_| 1.0),
    }
}

fn area(rect: Rect) -> f32 {
    (rect.x1 - rect.x0) * (rect.y1 - rect.y0)
}

/// True when the middle of `rect` lies in `around`.
fn holds(around: Rect, rect: Rect) -> bool {
    let (x, y) = ((rect.x0 + rect.x1) / 2.0, (rect.y0 + rect.y1) / 2.0);
    (around.x0..=around.x1).contains(&x) && (around.y0..=around.y1).contains(&y)
}

fn in_table(block: usize, table: &Table, locator: &Locator) -> Option<(f32, Spot)> {
    let candidates = table.cells().iter().filter_map(|cell| Some((badness(locator.place, cell.place)?, cell)));
    let scored = candidates.map(|(badness, cell)| (badness + doubt(table, cell, locator), cell));
    let (badness, cell) = scored.min_by(|a, b| a.0.total_cmp(&b.0))?;
    Some((badness, Spot::Cell(block, cell.row, cell.column)))
}

/// How much speaks against a cell of the right line: that it prints something else, that it stands below other
/// headers.
fn doubt(table: &Table, cell: &Cell, locator: &Locator) -> f32 {
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let quote = locator.quote.as_deref().map(bare);
    let other_words = quote.is_some_and(|quote| bare(&cell.text) != quote);
    let head = locator.column.as_deref().and_then(|column| column.rsplit('·').next()).map(bare);
    let above =
        |head: &String| (0..cell.row).filter_map(|row| table.cell(row, cell.column)).any(|c| bare(&c.text) == *head);
    let other_column = head.is_some_and(|head| !above(&head));
    f32::from(u8::from(other_words)) * 0.5 + f32::from(u8::from(other_column)) * 0.25
}

fn in_paragraph(block: usize, paragraph: &Paragraph, locator: &Locator) -> Option<(f32, Spot)> {
    let candidates = paragraph.lines.iter().filter_map(|line| Some((badness(locator.place, line.place)?, line.start)));
    let (badness, start) = candidates.min_by(|a, b| a.0.total_cmp(&b.0))?;
    let quote = locator.quote.as_deref().filter(|quote| !quote.is_empty());
    let found = quote.and_then(|quote| {
        let at = paragraph.text.get(start..).and_then(|rest| rest.find(quote)).map(|at| start + at);
        let at = at.or_else(|| paragraph.text.find(quote))?;
        Some(Spot::Stretch(block, at, at + quote.len()))
    });
    Some((badness, found.unwrap_or(Spot::Stretch(block, 0, paragraph.text.len()))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingzhang_model::document::{Format, Line};

    fn at(line: u32) -> Place {
        Place { line: Some(line), ..Place::default() }
    }

    fn document() -> Document {
        let cell = |row: u32, column: u32, text: &str| Cell {
            row,
            column,
            row_span: 1,
            column_span: 1,
            text: text.into(),
            place: at(row + 2),
        };
        let cells = ["合计", "基本支出", "10", "10"];
        let cells = cells.iter().enumerate().map(|(i, text)| cell(i as u32 / 2, i as u32 % 2, text)).collect();
        let line = Line { start: 0, place: at(1), edges: Vec::new() };
        let paragraph = Paragraph { text: "占比为 71.73%。".into(), lines: vec![line] };
        Document {
            format: Format::Text,
            pages: Vec::new(),
            blocks: vec![Block::Paragraph(paragraph), Block::Table(Table::tiled(2, 2, cells).unwrap())],
            notes: Vec::new(),
        }
    }

    fn locator(line: u32, column: Option<&str>, quote: &str) -> Locator {
        Locator { place: at(line), column: column.map(Into::into), quote: Some(quote.into()), ..Locator::default() }
    }

    #[test]
    fn cells_of_one_line_are_told_apart_by_their_headers() {
        let document = document();
        let of = |column| spot(&document, &locator(3, Some(column), "10"));
        assert_eq!(of("支出·合计"), Some(Spot::Cell(1, 1, 0)));
        assert_eq!(of("支出·基本支出"), Some(Spot::Cell(1, 1, 1)));
    }

    #[test]
    fn a_quote_is_a_stretch_of_its_paragraph() {
        let document = document();
        assert_eq!(spot(&document, &locator(1, None, "71.73%")), Some(Spot::Stretch(0, 10, 16)));
        assert_eq!(spot(&document, &locator(1, None, "别的")), Some(Spot::Stretch(0, 0, 19)));
        assert_eq!(spot(&document, &locator(9, None, "x")), None);
    }

    #[test]
    fn stretches_that_touch_become_one() {
        let stretch = |start, end| Some(Spot::Stretch(3, start, end));
        let of = vec![vec![stretch(0, 6), stretch(9, 12)], vec![stretch(3, 9), None, Some(Spot::Cell(3, 0, 0))]];
        let expected = vec![vec![stretch(0, 9), stretch(9, 12)], vec![stretch(0, 9), None, Some(Spot::Cell(3, 0, 0))]];
        assert_eq!(apart(of), expected);
    }

    #[test]
    fn the_smallest_rectangle_around_a_place_is_meant() {
        let rect = |x0: f32, x1: f32| Rect { x0, y0: 0.0, x1, y1: 10.0 };
        let there = |rect| Place { page: Some(1), rect: Some(rect), ..Place::default() };
        assert_eq!(badness(there(rect(4.0, 6.0)), there(rect(0.0, 10.0))), Some(100.0));
        assert_eq!(badness(there(rect(4.0, 6.0)), there(rect(6.0, 10.0))), None);
    }
}
