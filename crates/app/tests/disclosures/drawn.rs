//! What is written is drawn as it is read: every character once, and the place of every finding over the characters
//! that it quotes.

use crate::support::{Format, findings, published, read};
use mingzhang_model::document::{Place, Rect};
use mingzhang_model::drawing::{Drawing, Shape, Writing};
use mingzhang_model::finding::Finding;

const UNITS: [&str; 5] = ["140", "101008", "101012", "101001", "101009"];

#[test]
fn the_examples_are_drawn_with_the_characters_that_are_read() {
    for unit in UNITS {
        let bytes = Format::Pdf.bytes(published(unit).manuscript());
        let (document, _) = read(&bytes);
        let drawings = mingzhang_read::drawings(&bytes).unwrap();
        let drawn: Vec<usize> = drawings.iter().map(Drawing::characters).collect();
        let counted: Vec<usize> = document.pages.iter().map(|page| page.characters as usize).collect();
        assert_eq!(drawn, counted, "{unit}");
        let sizes = drawings.iter().map(|drawing| (drawing.width, drawing.height));
        assert!(sizes.eq(document.pages.iter().map(|page| (page.width, page.height))), "{unit}");
        let is_rule = |shape: &Shape| matches!(shape, Shape::Line { .. } | Shape::Area { .. });
        assert!(drawings.iter().any(|drawing| drawing.shapes.iter().any(is_rule)), "{unit}: tables are ruled");
        let one = mingzhang_read::drawing(&bytes, 2).unwrap();
        assert_eq!(one.as_ref(), drawings.get(1), "{unit}");
    }
}

#[test]
fn the_places_of_findings_lie_over_what_they_quote() {
    let mut looked_at = 0;
    for unit in UNITS {
        let bytes = Format::Pdf.bytes(published(unit).manuscript());
        let (document, facts) = read(&bytes);
        let drawings = mingzhang_read::drawings(&bytes).unwrap();
        for finding in findings(&document, &facts) {
            looked_at += quotes(&finding).filter(|(place, quote)| is_drawn(&drawings, *place, quote, unit)).count();
        }
    }
    assert!(looked_at > 3, "only {looked_at} quotes with a place");
}

/// The places of a finding, each with what it quotes.
fn quotes(finding: &Finding) -> impl Iterator<Item = (Place, &str)> {
    let related = finding.related.iter().map(|related| &related.location);
    let locators = std::iter::once(&finding.location).chain(related);
    locators.filter_map(|locator| Some((locator.place, locator.quote.as_deref()?)))
}

/// True when the place has a rectangle; then it must lie on its page and over the characters of the quote.
fn is_drawn(drawings: &[Drawing], place: Place, quote: &str, unit: &str) -> bool {
    let (Some(page), Some(rect)) = (place.page, place.rect) else { return false };
    let drawing = &drawings[page as usize - 1];
    assert!(rect.x0 >= 0.0 && rect.x1 <= drawing.width, "{unit}, page {page}: {rect:?}");
    assert!(rect.y0 >= 0.0 && rect.y1 <= drawing.height, "{unit}, page {page}: {rect:?}");
    let within = |at: &Rect| at.x0 < rect.x1 && rect.x0 < at.x1 && at.y0 < rect.y1 && rect.y0 < at.y1;
    let boxes = drawing.writing.iter().flat_map(Writing::boxes).filter(|(_, at)| within(at));
    let there: String = boxes.map(|(char, _)| char).filter(|char| !char.is_whitespace()).collect();
    // A quote that goes on over the end of a line has the place of one of its lines.
    let mut ends = quote.split_whitespace().flat_map(|word| word.chars().next().into_iter().chain(word.chars().last()));
    let drawn = quote.trim().is_empty() || ends.any(|end| there.contains(end));
    assert!(drawn, "{unit}, page {page}: {quote:?} in {there:?}");
    true
}
