//! TX013: the reason given for an item is not another item's reason.

use super::{Verdicts, tx012};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    tx012::strangers(Verdicts::of("TX013"), document, facts, "主要原因", "增减原因")
}
