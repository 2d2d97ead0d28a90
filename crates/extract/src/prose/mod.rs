//! Running text to sections, numbers and what is said of them.

mod claims;
mod mentions;
mod named;
mod outline;
mod reported;
mod stated;
mod subject;
mod totals;

pub(crate) use named::named;
pub(crate) use reported::reported;

use mingzhang_model::document::Document;
use mingzhang_model::prose::Prose;

/// All that the running text of a document holds.
pub(crate) fn prose(document: &Document) -> Prose {
    let (sections, section_of) = outline::outline(document);
    let mentions = mentions::mentions(document);
    let claims = claims::claims(document, &mentions);
    let mut prose = Prose { sections, section_of, mentions, claims };
    let stated = stated::stated(document, &prose);
    prose.claims.extend(stated);
    let totals = totals::totals(document, &prose);
    prose.claims.extend(totals);
    prose
}
