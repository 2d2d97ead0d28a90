//! CD005: an economic code carries its own name.

use super::{Verdicts, cd002};
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, RowCode};
use mingzhang_model::rule::Outcome;
use mingzhang_standard::codes;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    cd002::names(Verdicts::of("CD005"), facts, |code| match code {
        RowCode::Economic(code) => {
            let entry = codes::economic(code)?;
            Some((entry, code.to_string(), Box::new(|_| false)))
        }
        RowCode::Functional(_) => None,
    })
}
