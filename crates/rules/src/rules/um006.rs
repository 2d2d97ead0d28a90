//! UM006: no digit too many or too few. The right amount is known from elsewhere.

use crate::digits::{self, Slip};
use crate::tables::Trial;
use mingzhang_model::document::Document;
use mingzhang_model::rule::{Outcome, Severity};

pub(crate) fn check(document: &Document, trial: &Trial<'_>) -> Outcome {
    digits::check("UM006", document, trial, Slip::Length, Severity::Error)
}
