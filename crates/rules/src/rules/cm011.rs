//! CM011: see `required`.

use super::required;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    required::check("CM011", document, facts)
}
