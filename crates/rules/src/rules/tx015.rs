//! TX015: nothing that a word processor or a spreadsheet left behind is printed.

use crate::rules::Verdicts;
use crate::text::{self, Hit};
use mingzhang_model::document::{Block, Document, NoteKind};
use mingzhang_model::fact::Facts;
use mingzhang_model::locator::Locator;
use mingzhang_model::rule::{Outcome, Severity};

/// What programs write and no person does.
const RESIDUE: [&str; 14] = [
    "[bookmark:",
    "错误!",
    "错误！未",
    "#REF!",
    "#DIV/0!",
    "#VALUE!",
    "#NAME?",
    "#NUM!",
    "#N/A",
    "\\* MERGEFORMAT",
    "PAGEREF _",
    "HYPERLINK \"",
    "_GoBack",
    "OLE_LINK",
];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("TX015");
    let outcome = text::search("TX015", document, facts, |passage, hits| {
        let places = text::places_of(passage.text(), &RESIDUE);
        let Some(first) = places.first() else { return };
        hits.push(Hit { bytes: whole(passage.text(), first.clone()), message: told(&passage.text()[first.clone()]) });
    });
    for (block, table) in document.blocks.iter().enumerate().filter_map(|(i, block)| match block {
        Block::Table(table) => Some((i, table)),
        Block::Paragraph(_) => None,
    }) {
        for cell in table.cells() {
            let Some(first) = text::places_of(&cell.text, &RESIDUE).into_iter().next() else { continue };
            let statement = facts.statements.iter().find(|statement| statement.blocks.contains(&block));
            let location = Locator {
                place: cell.place,
                table: statement.map(|statement| statement.title.text.clone()),
                quote: Some(cell.text.clone()),
                ..Locator::default()
            };
            let what = format!("{}:{}:{}", statement.map_or("", |s| s.code), cell.row, cell.column);
            verdicts.fail(location, &what, told(&cell.text[first]));
        }
    }
    for note in document.notes.iter().filter(|note| note.kind == NoteKind::Residue) {
        let count = note.detail.matches(']').count();
        let first = &note.detail[whole(&note.detail, 0..1)];
        let more = if count > 1 { format!("（此处共 {count} 个）") } else { String::new() };
        let location = Locator { place: note.place, quote: Some(note.detail.clone()), ..Locator::default() };
        verdicts.fail_as(Severity::Note, location, &note.detail, told(first) + &more);
    }
    verdicts.join(outcome)
}

fn told(residue: &str) -> String {
    format!("“{residue}”是软件留下的标记或出错提示，应查明原处内容后改正或清除")
}

/// A mark in square brackets up to its end.
fn whole(text: &str, found: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let end = text[found.clone()].starts_with('[').then(|| text[found.start..].find(']')).flatten();
    found.start..end.map_or(found.end, |length| found.start + length + 1)
}
