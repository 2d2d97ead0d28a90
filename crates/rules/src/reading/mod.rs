//! What several rules look at, one module for each thing, so that all of them see it in one way: the numbers
//! that the narrative states, tables of indicators, lists, rates, headings of one list, near-misses of terms.

pub(crate) mod body;
pub(crate) mod compared;
pub(crate) mod composition;
pub(crate) mod hints;
pub(crate) mod indicators;
pub(crate) mod lists;
pub(crate) mod money;
pub(crate) mod percent;
pub(crate) mod performance;
pub(crate) mod projects;
pub(crate) mod rates;
pub(crate) mod siblings;
pub(crate) mod spelling;
pub(crate) mod stated;
pub(crate) mod three_public;
pub(crate) mod values;

use body::Body;
use indicators::Sheet;
use mingzhang_model::document::Document;
use std::cell::OnceCell;

/// A document, and of what several rules look at all that is dear to read: read once, when the first asks for it.
pub(crate) struct Reading<'d> {
    pub(crate) document: &'d Document,
    body: OnceCell<Body<'d>>,
    sheets: OnceCell<Vec<Sheet<'d>>>,
}

impl<'d> Reading<'d> {
    pub(crate) fn of(document: &'d Document) -> Reading<'d> {
        Reading { document, body: OnceCell::new(), sheets: OnceCell::new() }
    }

    /// The running text by its parts.
    pub(crate) fn body(&self) -> &Body<'d> {
        self.body.get_or_init(|| Body::of(self.document))
    }

    /// The tables of performance indicators.
    pub(crate) fn sheets(&self) -> &[Sheet<'d>] {
        self.sheets.get_or_init(|| indicators::sheets(self.document))
    }
}
