//! Running text to sections, numbers and what is said of them.

mod claims;
mod mentions;
mod named;
mod outline;
mod stated;
mod three_public;

pub(crate) use named::named;

use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::{Disclosure, DisclosureKind};
use mingzhang_model::prose::Prose;
use mingzhang_standard::words;

/// All that the running text of a document holds.
pub(crate) fn prose(document: &Document, disclosure: &Disclosure) -> Prose {
    let (sections, section_of) = outline::outline(document);
    let mentions = mentions::mentions(document);
    let claims = claims::claims(document, &mentions);
    let mut prose = Prose { sections, section_of, mentions, claims };
    let stated = stated::stated(document, &prose);
    prose.claims.extend(stated);
    let kind = disclosure.kind.or_else(|| kind_by_title(document));
    let three_public = three_public::three_public(document, &prose, kind, disclosure.year);
    prose.claims.extend(three_public);
    prose
}

/// Budget or accounts, as the first title with a year says.
fn kind_by_title(document: &Document) -> Option<DisclosureKind> {
    const LONGEST_TITLE: usize = 60;
    document.blocks.iter().find_map(|block| {
        let Block::Paragraph(paragraph) = block else { return None };
        if paragraph.text.len() > 4 * LONGEST_TITLE {
            return None;
        }
        let folded = words::fold(&paragraph.text);
        let is_title = folded.chars().count() <= LONGEST_TITLE && words::year_in(&folded).is_some();
        match (is_title, folded.contains("预算"), folded.contains("决算")) {
            (true, true, false) => Some(DisclosureKind::Budget),
            (true, false, true) => Some(DisclosureKind::Accounts),
            _ => None,
        }
    })
}
