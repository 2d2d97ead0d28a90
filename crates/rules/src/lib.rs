//! From facts to findings: the four laws, the document rules, the culprit.

use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, Proof};
use mingzhang_model::rule::{Report, Rule};

/// Every rule, in the order of its code.
pub fn registry() -> &'static [Rule] {
    &[]
}

/// What every rule says about one document.
pub fn check(_document: &Document, _facts: &Facts) -> Report {
    Report::default()
}

/// The proof state of each fact, in the order of the facts.
pub fn proofs(facts: &Facts) -> Vec<Proof> {
    vec![Proof::Unproven; facts.facts.len()]
}
