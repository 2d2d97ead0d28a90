//! OP015: the vehicles by kind make up the vehicles in all; OP016 says the same of planned purchases.

use super::Verdicts;
use crate::prose::{Prose, should_be};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::{Claim, Quantity};
use mingzhang_model::rule::{Outcome, Severity};

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    vehicles(Verdicts::of("OP015"), &Prose { document, facts }, |lead| !lead.contains("购置"))
}

/// Holds the parts of each count of vehicles that `wanted` picks by the words that lead to it.
pub(crate) fn vehicles(mut verdicts: Verdicts, prose: &Prose<'_>, wanted: impl Fn(&str) -> bool) -> Outcome {
    for claim in prose.claims() {
        let Claim::Parts { whole, parts, .. } = claim else { continue };
        let mention = &prose.facts.prose.mentions[*whole];
        let is_vehicle = matches!(&mention.quantity, Quantity::Count { unit, .. } if unit == "辆");
        if !is_vehicle || !wanted(&mention.lead) {
            continue;
        }
        let counts: Option<Vec<u64>> = parts.iter().map(|part| prose.count(*part)).collect();
        let (Some(counts), Some(total)) = (counts, prose.count(*whole)) else { continue };
        let sum: u64 = counts.iter().sum();
        if sum == total {
            verdicts.pass();
            continue;
        }
        // A list that a line or a page breaks off is not all there.
        if parts.last().is_some_and(|last| is_broken_off(prose, *last)) {
            continue;
        }
        let message = format!("车辆共 {total} 辆，分类合计却是 {sum} 辆（{} 类）", counts.len());
        let finding = prose.fail(&mut verdicts, Severity::Error, *whole, parts, message);
        should_be(finding, format!("{sum}辆"));
    }
    verdicts.outcome("文中没有按类列出的车辆")
}

/// True where the paragraph ends behind a number without a stop: the list may go on in the next.
fn is_broken_off(prose: &Prose<'_>, last: usize) -> bool {
    let span = &prose.facts.prose.mentions[last].span;
    let Some(Block::Paragraph(paragraph)) = prose.document.blocks.get(span.block) else { return false };
    let behind = paragraph.text.get(span.bytes.end..).unwrap_or_default();
    !behind.contains(['。', '；', ';', '：'])
}
