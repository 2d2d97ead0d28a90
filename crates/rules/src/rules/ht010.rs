//! HT010: what a guest costs.

use super::{Verdicts, ht009};
use crate::prose::Prose;
use mingzhang_model::amount::Unit;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use mingzhang_model::statistic::Statistic;
use std::ops::Range;

/// Costs that need no hint, in fen: 20 to 300 yuan for a guest.
const USUAL: Range<i64> = 2_000..30_001;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let per =
        ht009::Per { what: "公务接待费", economic: "30217", each: "每人次", unit: Unit::Yuan, usual: USUAL };
    ht009::each(Verdicts::of("HT010"), &prose, &per, Statistic::ReceptionGuests)
}
