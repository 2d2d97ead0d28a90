//! What a document says it is: whose, of which year.

use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::{Disclosure, DisclosureKind, Facts, Slot};
use mingzhang_standard::form::Form;
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
    Disclosure {
        body: cover_name(document).or_else(|| table_name(facts)),
        year,
        kind: form.map(|form| form.kind).or_else(|| titled_kind(document)),
        form: form.map(|form| form.id),
    }
}

/// 预算主管部门：X on the cover.
fn cover_name(document: &Document) -> Option<String> {
    const COVER: usize = 40;
    const LABELS: [&str; 6] = ["预算主管部门:", "预算单位:", "部门名称:", "单位名称:", "编制部门:", "编制单位:"];
    document.blocks.iter().take(COVER).find_map(|block| {
        let Block::Paragraph(paragraph) = block else { return None };
        let folded = words::fold(&paragraph.text);
        let name = LABELS.iter().find_map(|label| folded.strip_prefix(label))?;
        let name = name.split("单位:").next().unwrap_or(name);
        (!name.is_empty()).then(|| name.to_string())
    })
}

/// The name that the tables carry.
fn table_name(facts: &Facts) -> Option<String> {
    facts.statements.iter().find_map(|statement| match &statement.name_slot {
        Slot::Filled(name) => Some(name.text.clone()),
        Slot::Absent | Slot::Blank(_) => None,
    })
}
