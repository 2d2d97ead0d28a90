//! Documents that are being looked at: read, understood and judged anew from their files, and kept for a while.

use std::sync::Arc;

use mingzhang_model::finding::Finding;

use crate::pipeline::{self, Checkup, Detail, Failure};
use crate::report::in_order_of_place;
use crate::serve::house::House;
use crate::serve::problem::Problem;
use crate::serve::shelf::Shelf;

/// How many documents are kept in memory.
pub(crate) const KEPT: usize = 8;

/// A document, whole.
pub(crate) struct Examined {
    /// What was read and found; with the document in it.
    pub(crate) checkup: Checkup,
    /// The findings in the order of their places.
    pub(crate) findings: Vec<Finding>,
    /// True where the file has pages with geometry, which can be drawn.
    pub(crate) is_pdf: bool,
}

impl Examined {
    /// How many pages it has.
    pub(crate) fn pages(&self) -> usize {
        self.checkup.sheet.as_ref().map_or(0, |sheet| sheet.document.pages.len())
    }
}

/// The documents that were looked at last, by the hashes of their files.
pub(crate) type Documents = Shelf<String, Examined>;

/// A document by the hash of its file.
pub(crate) fn examined(house: &House, hash: &str) -> Result<Arc<Examined>, Problem> {
    house.documents.take(&hash.to_owned(), || examine(house, hash))
}

fn examine(house: &House, hash: &str) -> Result<Examined, Problem> {
    let bytes = house.files.bytes(hash)?;
    let is_pdf = bytes.starts_with(b"%PDF");
    let examined = pipeline::within(house.settings.time_limit, move || {
        let document = mingzhang_read::read(&bytes).map_err(|why| Failure::Unreadable(why.to_string()))?;
        let facts = mingzhang_extract::extract(&document);
        Ok(pipeline::judged(document, facts, None, Detail::Document))
    });
    let checkup = examined.map_err(|failure| {
        use crate::messages::Lang;
        Problem::bad(Lang::Zh.failure(&failure), Lang::En.failure(&failure))
    })?;
    let findings = in_order_of_place(&checkup).into_iter().cloned().collect();
    Ok(Examined { checkup, findings, is_pdf })
}
