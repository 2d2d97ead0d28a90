//! HT014: assets that are nearly written off.

use super::Verdicts;
use crate::prose::Prose;
use crate::reading::hints;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};

/// Per cent of the original value.
const LOW: i128 = 5;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("HT014");
    let mut original: Option<usize> = None;
    for (i, mention) in facts.prose.mentions.iter().enumerate() {
        let Some(figure) = prose.figure(i) else { continue };
        if mention.lead.contains("原值") {
            original = Some(i);
        } else if mention.lead.contains("净值") {
            let same = |at: &usize| hints::sentence(&prose, *at) == hints::sentence(&prose, i);
            let same_block = |at: &usize| facts.prose.mentions[*at].span.block == mention.span.block;
            let Some(at) = original.take().filter(|at| same_block(at) && same(at)) else { continue };
            let Some(whole) = prose.figure(at).filter(|whole| whole.amount.0 > 0) else { continue };
            if i128::from(figure.amount.0) * 100 >= i128::from(whole.amount.0) * LOW {
                verdicts.pass();
                continue;
            }
            let message =
                format!("资产净值 {} 不到原值 {} 的 {LOW}%，请关注资产清查和处置", prose.words(i), prose.words(at));
            prose.fail(&mut verdicts, Severity::Hint, i, &[at], message);
        }
    }
    verdicts.outcome("文中没有资产的原值和净值")
}
