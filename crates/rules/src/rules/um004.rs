//! UM004: every table of money says its unit. Where the other tables of the document do and this one
//! prints none anywhere near its head, the unit is missing.

use super::{Verdicts, title_of};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::{Facts, Statement};
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;

/// A unit is looked for in so many blocks before a table and rows of it.
const NEAR: usize = 4;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("UM004");
    let with = facts.statements.iter().filter(|statement| statement.unit_note.is_some()).count();
    if facts.statements.is_empty() {
        return Outcome::NotApplicable("没有识别到法定表格".into());
    }
    if with * 2 < facts.statements.len() {
        return Outcome::Undecided("多数表格没有读到单位，可能是没有读出来".into());
    }
    for statement in &facts.statements {
        if statement.unit_note.is_some() {
            verdicts.pass();
        } else if !is_unit_near(document, statement) && !is_clipped(document, statement) {
            let message = format!(
                "《{}》没有写金额单位，其他表都写了；应在表头右上方写明“单位：元”或“单位：万元”",
                statement.title.text
            );
            verdicts.fail(title_of(statement), statement.code, message);
        }
    }
    verdicts.outcome("没有表格可查")
}

/// True when some words of a unit stand at the head of a table, though the extraction did not take them.
fn is_unit_near(document: &Document, statement: &Statement) -> bool {
    // A sentence that ends in an amount is no head of a table.
    const SHORT: usize = 30;
    let says = |text: &str| {
        let folded = words::fold(text);
        let short = folded.chars().count() <= SHORT;
        folded.contains("单位:元")
            || folded.contains("单位:万元")
            || short && folded.trim_end_matches(')').ends_with('元')
    };
    let in_head = |block: &Block| match block {
        Block::Paragraph(paragraph) => says(&paragraph.text),
        Block::Table(table) => {
            table.cells().iter().any(|cell| cell.row < NEAR as u32 && words::fold(&cell.text).contains('元'))
        }
    };
    statement.blocks.iter().any(|block| {
        // What stands before the table before belongs to that one.
        let before = document.blocks[..*block].iter().rev().take(NEAR);
        let mut lines = before.take_while(|near| matches!(near, Block::Paragraph(_)));
        let behind =
            document.blocks.get(block + 1).is_some_and(|near| matches!(near, Block::Paragraph(_)) && in_head(near));
        in_head(&document.blocks[*block]) || lines.any(in_head) || behind
    })
}

/// True when the page of a table hides characters: the unit may be among them.
fn is_clipped(document: &Document, statement: &Statement) -> bool {
    document.notes.iter().any(|note| note.place.page.is_some() && note.place.page == statement.title.place.page)
}
