//! NT023: the number of units is that of the units listed.

use super::na015::each;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    each(document, facts, "NT023", |noun| noun.ends_with("单位"))
}
