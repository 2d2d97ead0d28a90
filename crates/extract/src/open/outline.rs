//! Which place's outline a document follows, and which of its tables the document does not show.

use super::tables::Found;
use crate::named;
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Missing;
use mingzhang_standard::outline::{Listed, Outline, outlines};
use mingzhang_standard::words;

/// The outline whose titles the document shows most of; where several places print the same titles, the one
/// whose words it says.
pub(crate) fn outline(document: &Document, found: &[Found<'_>]) -> Option<&'static Outline> {
    /// A document that shows fewer of the titles, in per cent, follows something else.
    const LEAST: usize = 60;
    let keys: Vec<String> = found.iter().map(|table| words::title_key(&table.title.text)).collect();
    let shown = |outline: &Outline| {
        let shown = outline.tables.iter().filter(|listed| is_shown(listed, &keys)).count();
        100 * shown / outline.tables.len().max(1)
    };
    let fitting: Vec<(&Outline, usize)> =
        outlines().iter().map(|outline| (outline, shown(outline))).filter(|(_, shown)| *shown >= LEAST).collect();
    let said = said(document);
    fitting.into_iter().max_by_key(|(outline, shown)| (clues(outline, &said), *shown)).map(|(outline, _)| outline)
}

/// The tables of an outline that the document does not show, under that title or with that concept.
pub(crate) fn missing(outline: &'static Outline, found: &[Found<'_>], document: &Document) -> Vec<Missing> {
    let keys: Vec<String> = found.iter().map(|table| words::title_key(&table.title.text)).collect();
    let has_concept = |listed: &Listed| found.iter().any(|table| table.concept.id == listed.concept);
    let absent = outline.tables.iter().filter(|listed| !is_shown(listed, &keys) && !has_concept(listed));
    absent
        .map(|listed| Missing { code: &listed.code, title: &listed.title, named: named(document, &listed.keys) })
        .collect()
}

/// True when a title of the document is the listed one, or ends in it, or goes on in brackets.
fn is_shown(listed: &Listed, keys: &[String]) -> bool {
    let plain = |text: &str| text.split('(').next().unwrap_or_default().to_owned();
    let is = |key: &String, title: &String| key.ends_with(title.as_str()) || plain(key).ends_with(&plain(title));
    keys.iter().any(|key| listed.keys.iter().any(|title| is(key, title)))
}

fn clues(outline: &Outline, said: &[String]) -> usize {
    let says = |clue: &&String| said.iter().any(|text| text.contains(clue.as_str()));
    100 * outline.clues.iter().filter(says).count() / outline.clues.len().max(1)
}

/// What the document prints, folded.
fn said(document: &Document) -> Vec<String> {
    let said = document.blocks.iter().flat_map(|block| match block {
        Block::Paragraph(paragraph) => vec![words::fold(&paragraph.text)],
        Block::Table(table) => table.cells().iter().map(|cell| words::fold(&cell.text)).collect(),
    });
    said.collect()
}
