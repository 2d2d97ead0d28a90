//! NT022: the narrative measures 三公 by the budget that the note of its table names.

use super::Verdicts;
use crate::text::{Hit, passages, places_of, report};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::{DisclosureKind, Facts};
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("NT022");
    if facts.disclosure.kind != Some(DisclosureKind::Accounts) || !is_adjusted(document) {
        return Outcome::NotApplicable("“三公”经费表没有注明预算数是全年预算数".into());
    }
    for passage in passages(document) {
        let mut section = facts.prose.section_of.get(passage.block).copied().flatten();
        let mut about = false;
        while let Some(own) = section.map(|section| &facts.prose.sections[section]) {
            about |= words::fold(&own.title).contains("三公");
            section = own.parent;
        }
        if !about {
            continue;
        }
        let places = places_of(passage.text(), &["年初预算数", "年初预算"]);
        if places.is_empty() {
            verdicts.pass();
        }
        for bytes in places.into_iter().take(1) {
            let message = format!(
                "“三公”经费表注明预算数是全年（调整）预算数，文中却按“{}”比较，口径不一",
                &passage.text()[bytes.clone()]
            );
            report(&mut verdicts, facts, &passage, Hit { bytes, message });
        }
    }
    verdicts.outcome("没有“三公”经费的说明")
}

/// True when a note of the table says that its budget is that of the whole year.
fn is_adjusted(document: &Document) -> bool {
    let says = |text: &str| {
        let folded = words::fold(text);
        folded.contains("三公经费全年预算数") || folded.contains("三公") && folded.contains("预算数为全年预算数")
    };
    document.blocks.iter().any(|block| match block {
        Block::Paragraph(paragraph) => says(&paragraph.text),
        Block::Table(table) => table.cells().iter().any(|cell| says(&cell.text)),
    })
}
