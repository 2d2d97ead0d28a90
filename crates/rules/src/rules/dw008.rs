//! DW008: an outturn that equals its budget is neither more nor less.

use super::dw003::each;
use crate::reading::compared::Order;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    each(document, facts, "DW008", |_, truly| truly == Order::Equal)
}
