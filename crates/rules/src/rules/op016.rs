//! OP016: the vehicles to be bought by kind make up those to be bought in all.

use super::{Verdicts, op015};
use crate::prose::Prose;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    op015::vehicles(Verdicts::of("OP016"), &Prose { document, facts }, |lead| lead.contains("购置"))
}
