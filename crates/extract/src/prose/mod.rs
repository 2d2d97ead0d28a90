//! Running text to sections, numbers and what is said of them.

mod claims;
mod lists;
mod mentions;
mod named;
mod outline;
mod reported;
mod slots;
mod stated;
mod subject;
mod three_public;
mod totals;

pub(crate) use named::named;
pub(crate) use reported::reported;
pub(crate) use slots::slots;

use mingzhang_model::document::Document;
use mingzhang_model::fact::Disclosure;
use mingzhang_model::prose::Prose;

/// All that the running text of a document holds.
pub(crate) fn prose(document: &Document, disclosure: &Disclosure) -> Prose {
    let (sections, section_of) = outline::outline(document);
    let mentions = mentions::mentions(document);
    let mut claims = claims::claims(document, &mentions, disclosure.year);
    claims.extend(lists::lists(document, &mentions));
    let mut prose = Prose { sections, section_of, mentions, claims };
    let stated = stated::stated(document, &prose);
    prose.claims.extend(stated);
    let three_public = three_public::three_public(document, &prose, disclosure.kind, disclosure.year);
    prose.claims.extend(three_public);
    let totals = totals::totals(document, &prose);
    prose.claims.extend(totals);
    prose
}
