//! HT003: the budget was adjusted by a large part of it.

use super::{Verdicts, pf016};
use crate::prose::Prose;
use crate::reading::rates;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Percent;
use mingzhang_model::rule::{Outcome, Severity};

/// Where the scoring tables in use give no point any more, in per cent.
const HIGH: i64 = 30;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("HT003");
    let mut told: Vec<Percent> = Vec::new();
    for at in rates::percentages(&prose, pf016::NAMES) {
        let Some(rate) = prose.percent(at) else { continue };
        if rate.digits <= HIGH * 10i64.pow(u32::from(rate.decimals)) {
            verdicts.pass();
            continue;
        }
        // A rate that is told twice is one rate.
        if told.contains(&rate) {
            continue;
        }
        told.push(rate);
        let message = format!("预算调整率 {}，超过 {HIGH}%，请关注年初预算编制的准确性", prose.words(at));
        prose.fail(&mut verdicts, Severity::Hint, at, &[], message);
    }
    verdicts.outcome("文中没有预算调整率")
}
