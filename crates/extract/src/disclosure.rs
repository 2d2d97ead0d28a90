//! What a document says it is: whose, of which year.

use crate::body;
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::{Disclosure, DisclosureKind, Facts, Scope};
use mingzhang_standard::form::Form;
use mingzhang_standard::name::scope_of_form;
use mingzhang_standard::words;

/// The budget year that the document's titles say most often, the first of equals: one title may be
/// wrong, or broken over two lines.
pub(crate) fn year(document: &Document) -> Option<u16> {
    let mut named: Vec<(u16, usize)> = Vec::new();
    let titles = document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => stated_year(&paragraph.text),
        Block::Table(table) => table.cells().iter().take(6).find_map(|cell| stated_year(&cell.text)),
    });
    for year in titles {
        match named.iter_mut().find(|(own, _)| *own == year) {
            Some((_, times)) => *times += 1,
            None => named.push((year, 1)),
        }
    }
    let most = named.iter().map(|(_, times)| *times).max()?;
    named.into_iter().find(|(_, times)| *times == most).map(|(year, _)| year)
}

/// The longest title, in characters. Prose about other years is longer.
const LONGEST_TITLE: usize = 60;

/// The year of a title: 2024年市级部门预算, 2022年度部门决算.
fn stated_year(text: &str) -> Option<u16> {
    let folded = words::fold(text);
    let is_title = folded.chars().count() <= LONGEST_TITLE && (folded.contains("预算") || folded.contains("决算"));
    is_title.then(|| words::year_in(&folded)).flatten()
}

/// Budget or accounts, as the first title with a year says that speaks of one of them only.
pub(crate) fn titled_kind(document: &Document) -> Option<DisclosureKind> {
    document.blocks.iter().find_map(|block| {
        let Block::Paragraph(paragraph) = block else { return None };
        let folded = words::fold(&paragraph.text);
        let is_title = folded.chars().count() <= LONGEST_TITLE && words::year_in(&folded).is_some();
        match (is_title, folded.contains("预算"), folded.contains("决算")) {
            (true, true, false) => Some(DisclosureKind::Budget),
            (true, false, true) => Some(DisclosureKind::Accounts),
            _ => None,
        }
    })
}

/// What the document says it is, once its tables are read.
pub(crate) fn stated(document: &Document, form: Option<&'static Form>, year: Option<u16>, facts: &Facts) -> Disclosure {
    let form_id = form.map(|form| form.id);
    let named = body::named(document, facts);
    let (body, said) = named.map_or((None, Scope::Unstated), |named| (Some(named.name), named.scope));
    let scope = if said == Scope::Unstated { scope_of_form(form_id) } else { said };
    let kind = form.map(|form| form.kind).or_else(|| titled_kind(document));
    Disclosure { body, scope, year, kind, form: form_id }
}
