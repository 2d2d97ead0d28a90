//! HT004: an item was spent far from its budget and nobody says why.

use super::Verdicts;
use crate::prose::Prose;
use crate::reading::hints;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Claim;
use mingzhang_model::rule::{Outcome, Severity};

const LOW: i64 = 80;
const HIGH: i64 = 120;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("HT004");
    for claim in prose.claims() {
        let Claim::Completion { budget, outturn, percent } = claim else { continue };
        let Some(rate) = prose.percent(*percent) else { continue };
        let scale = 10i64.pow(u32::from(rate.decimals));
        let within = (LOW * scale..=HIGH * scale).contains(&rate.digits);
        if within || is_explained(&prose, *percent) {
            verdicts.pass();
            continue;
        }
        let message = format!(
            "完成预算的 {}（{} ÷ {}），偏离较大而没有写原因，请关注并说明",
            prose.words(*percent),
            prose.words(*outturn),
            prose.words(*budget)
        );
        prose.fail(&mut verdicts, Severity::Hint, *percent, &[*outturn, *budget], message);
    }
    verdicts.outcome("文中没有预算完成率")
}

/// True when the rest of the paragraph, or the next one that a layout broke off, gives a reason.
pub(crate) fn is_explained(prose: &Prose<'_>, mention: usize) -> bool {
    const OPENING: usize = 20;
    let words = ["原因", "因为", "由于", "主要是", "主要系"];
    let gives = |text: &str| words.iter().any(|word| text.contains(word));
    let end = prose.facts.prose.mentions[mention].span.bytes.end;
    let Some(passage) = hints::passage(prose, mention) else { return true };
    let next = prose.document.blocks.get(passage.block + 1).map_or("", |block| match block {
        mingzhang_model::document::Block::Paragraph(paragraph) => paragraph.text.as_str(),
        mingzhang_model::document::Block::Table(_) => "",
    });
    let broken = !passage.text().trim_end().ends_with('。');
    let opening: String = next.chars().take(OPENING).collect();
    gives(&passage.text()[end..]) || broken || opening.contains("原因")
}
