//! CM022: a table carries the number that its form gives it.

use super::{Verdicts, form_of};
use mingzhang_model::document::{Block, Document, Place};
use mingzhang_model::fact::{Facts, Statement};
use mingzhang_model::locator::Locator;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("CM022");
    for statement in &facts.statements {
        let Some(number) = form_of(facts, statement).and_then(|form| form.number.as_deref()) else { continue };
        let Some((printed, place)) = printed(document, statement) else { continue };
        if printed == number {
            verdicts.pass();
            continue;
        }
        let title = &statement.title.text;
        let message = format!("《{title}》标的表号是“{printed}”，表式规定是“{number}”");
        let location = Locator { place, table: Some(title.clone()), quote: Some(printed), ..Locator::default() };
        verdicts.fail(location, statement.code, message).expected = Some(number.to_string());
    }
    verdicts.outcome("表式没有规定表号，或表上没有印表号")
}

/// The number at the head of a table: in its first rows, or in the lines right before it.
fn printed(document: &Document, statement: &Statement) -> Option<(String, Place)> {
    const ROWS: u32 = 4;
    const LINES: usize = 4;
    let block = *statement.blocks.first()?;
    let Block::Table(table) = document.blocks.get(block)? else { return None };
    let mut cells = table.cells().iter().filter(|cell| cell.row < ROWS);
    if let Some(found) = cells.find_map(|cell| number_in(&cell.text).map(|number| (number, cell.place))) {
        return Some(found);
    }
    document.blocks[..block].iter().rev().take(LINES).find_map(|before| match before {
        Block::Paragraph(paragraph) => number_in(&paragraph.text).map(|number| (number, paragraph.place())),
        Block::Table(_) => None,
    })
}

/// 公开07表 where it stands alone.
fn number_in(text: &str) -> Option<String> {
    let folded = words::fold(&words::without_bookmarks(text));
    let at = folded.find("公开")?;
    let rest = &folded[at + "公开".len()..];
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    (digits == 2 && rest[digits..].starts_with('表')).then(|| format!("公开{}表", &rest[..digits]))
}
