//! What must be true of whatever is read, whatever the bytes.
//!
//! A target hands bytes to a reader; what comes back is held against the promises of the nouns here: tables are tiled,
//! places resolve, nothing visible is lost, and the same bytes give the same value. What follows from the document,
//! facts and findings, is held against theirs.
//!
//! Absent on purpose: seeds, and the fuzzer itself.

use mingzhang_model::document::{Block, Document, Format, NoteKind, Paragraph, Place, Rect, Table};
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use mingzhang_read::Unreadable;

pub mod archive;
pub mod words;

/// Makes every panic of ours a crash, also where a reader would catch it. Panics of libraries that a reader catches are
/// what it catches them for; those that it does not catch are crashes all the same.
pub fn panics() {
    std::panic::set_hook(Box::new(|info| {
        let file = info.location().map_or("", |at| at.file());
        let foreign = file.contains("/registry/") || file.starts_with("/rustc/");
        if !foreign {
            eprintln!("{info}");
            std::process::abort();
        }
    }));
}

/// Reads bytes twice and looks at what came of it.
pub fn read(reader: impl Fn(&[u8]) -> Result<Document, Unreadable>, bytes: &[u8]) {
    let first = reader(bytes);
    let again = reader(bytes);
    match (&first, &again) {
        // A place that is no number at all is not equal to itself: that is caught below, in words.
        (Ok(one), Ok(two)) => same(one, two),
        (one, two) => assert_eq!(one.as_ref().err(), two.as_ref().err(), "the same bytes, another refusal"),
    }
    match first {
        Ok(document) => {
            holds(&document);
            follows(&document);
        }
        Err(why) => assert!(!why.to_string().is_empty(), "a refusal without a word"),
    }
}

/// Two results from the same input, which are one; where they are not, where they begin to differ.
fn same<T: std::fmt::Debug>(one: &T, two: &T) {
    let (one, two) = (format!("{one:?}"), format!("{two:?}"));
    if one == two {
        return;
    }
    let at = one.bytes().zip(two.bytes()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| at.saturating_sub(200)..text.len().min(at + 200);
    let shown = |text: &str| String::from_utf8_lossy(&text.as_bytes()[around(text)]).into_owned();
    panic!("the same input, another result:\n{}\n{}", shown(&one), shown(&two));
}

/// What a document promises.
pub fn holds(document: &Document) {
    for (i, page) in document.pages.iter().enumerate() {
        assert_eq!(page.number as usize, i + 1, "pages are numbered in order");
        assert!(page.width.is_finite() && page.height.is_finite(), "a page without a size: {page:?}");
    }
    for note in &document.notes {
        resolves(document, &note.place);
    }
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => paragraph_holds(document, paragraph),
            Block::Table(table) => table_holds(document, table),
        }
    }
    let limited = document.notes.iter().any(|note| note.kind == NoteKind::Limit);
    // Headers that a page prints again are counted on it and stand in the table once.
    let goes_on = |block: &Block| matches!(block, Block::Table(table) if table.parts.len() > 1);
    let repeats = match document.format {
        Format::Pdf => true,
        Format::Text => document.blocks.iter().any(goes_on),
        _ => false,
    };
    let (shown, counted) = (characters(document), document.pages.iter().map(|page| page.characters as usize).sum());
    match (repeats, limited) {
        (true, _) => assert!(shown <= counted, "{shown} characters in blocks, {counted} on the pages"),
        (false, true) => {}
        (false, false) => assert_eq!(shown, counted, "characters in blocks, and on the pages"),
    }
}

fn characters(document: &Document) -> usize {
    let visible = |text: &str| text.chars().filter(|char| !char.is_whitespace()).count();
    let of_block = |block: &Block| match block {
        Block::Paragraph(paragraph) => visible(&paragraph.text),
        Block::Table(table) => table.cells().iter().map(|cell| visible(&cell.text)).sum(),
    };
    document.blocks.iter().map(of_block).sum()
}

fn resolves(document: &Document, place: &Place) {
    if let Some(page) = place.page {
        assert!((1..=document.pages.len()).contains(&(page as usize)), "page {page} of {}", document.pages.len());
    }
    if let Some(rect) = place.rect {
        let Rect { x0, y0, x1, y1 } = rect;
        assert!(place.page.is_some(), "a rectangle on no page");
        assert!([x0, y0, x1, y1].iter().all(|side| side.is_finite()), "{rect:?} is nowhere");
        assert!(x0 <= x1 && y0 <= y1, "{rect:?} is turned inside out");
    }
    assert_ne!(place.line, Some(0), "lines are counted from 1");
}

fn paragraph_holds(document: &Document, paragraph: &Paragraph) {
    let Paragraph { text, lines } = paragraph;
    assert!(lines.is_sorted_by_key(|line| line.start), "lines out of order");
    assert_eq!(lines.first().map_or(0, |line| line.start), 0, "text before the first line");
    for (i, line) in lines.iter().enumerate() {
        resolves(document, &line.place);
        let end = lines.get(i + 1).map_or(text.len(), |next| next.start);
        let Some(own) = text.get(line.start..end) else { panic!("{}..{end} cuts a character of {text:?}", line.start) };
        assert!(line.edges.is_empty() || line.edges.len() > own.trim_end().chars().count(), "edges of {line:?}");
    }
    for (at, _) in text.char_indices().take(64) {
        paragraph.places(0..at).iter().for_each(|place| resolves(document, place));
    }
}

fn table_holds(document: &Document, table: &Table) {
    let (rows, columns) = (table.rows(), table.columns());
    let mut covered = 0;
    for cell in table.cells() {
        resolves(document, &cell.place);
        assert!(cell.row_span > 0 && cell.column_span > 0, "an empty cell of space: {cell:?}");
        assert!(cell.row + cell.row_span <= rows && cell.column + cell.column_span <= columns, "{cell:?} sticks out");
        let owner = table.cell(cell.row, cell.column).expect("a position of the table");
        assert!(std::ptr::eq(owner, cell), "{cell:?} is not found at its own corner");
        covered += u64::from(cell.row_span) * u64::from(cell.column_span);
    }
    assert_eq!(covered, u64::from(rows) * u64::from(columns), "cells do not tile the table");
    assert!(table.parts.is_sorted_by_key(|part| part.first_row), "parts out of order");
    for part in &table.parts {
        assert!(part.first_row < rows, "a part below the table");
        resolves(document, &part.place);
    }
}

/// What facts and findings promise.
pub fn follows(document: &Document) {
    let facts = mingzhang_extract::extract(document);
    same(&facts, &mingzhang_extract::extract(document));
    facts_hold(document, &facts);
    let report = mingzhang_rules::check(document, &facts);
    same(&report, &mingzhang_rules::check(document, &facts));
    for (code, outcome) in &report.outcomes {
        match outcome {
            Outcome::NotApplicable(why) | Outcome::Undecided(why) => assert!(!why.is_empty(), "{code} says no reason"),
            Outcome::Failed { .. } | Outcome::Passed(_) => {}
        }
    }
    for finding in report.findings() {
        assert!(!finding.message.is_empty() && !finding.fingerprint.is_empty(), "{finding:?}");
        resolves(document, &finding.location.place);
        finding.related.iter().for_each(|related| resolves(document, &related.location.place));
    }
    assert_eq!(mingzhang_rules::proofs(&facts).len(), facts.facts.len());
}

fn facts_hold(document: &Document, facts: &Facts) {
    for fact in &facts.facts {
        let statement = &facts.statements[fact.statement];
        assert!(fact.row < statement.rows.len() && fact.column < statement.columns.len(), "{fact:?}");
        let Block::Table(table) = &document.blocks[fact.cell.block] else { panic!("a fact in no table: {fact:?}") };
        assert!(table.cell(fact.cell.row, fact.cell.column).is_some(), "a fact in no cell: {fact:?}");
        resolves(document, &fact.place);
        resolves(document, &facts.locator(fact).place);
    }
    for mention in &facts.prose.mentions {
        let Block::Paragraph(paragraph) = &document.blocks[mention.span.block] else { panic!("{mention:?}") };
        assert!(paragraph.text.get(mention.span.bytes.clone()).is_some(), "{mention:?} cuts a character");
        resolves(document, &mention.place);
    }
    let mentions = facts.prose.mentions.len();
    let claimed = facts.prose.claims.iter().flat_map(|claim| claim.mentions());
    claimed.for_each(|mention| assert!(mention < mentions, "a claim about no number"));
    let blocks = facts.unrecognised.iter().chain(facts.statements.iter().flat_map(|statement| &statement.blocks));
    blocks.for_each(|block| assert!(matches!(document.blocks[*block], Block::Table(_)), "a table that is none"));
}
