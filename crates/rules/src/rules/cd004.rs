//! CD004: economic codes are known. The code table has gaps, so an unknown code is only a note.

use super::{Verdicts, cd001};
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, RowCode};
use mingzhang_model::rule::Outcome;
use mingzhang_standard::codes;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    cd001::unknown(Verdicts::of("CD004"), facts, |code| match code {
        RowCode::Economic(code) => Some((codes::economic(code).is_some(), code.to_string())),
        RowCode::Functional(_) => None,
    })
}
