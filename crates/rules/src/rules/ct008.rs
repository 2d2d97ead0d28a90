//! CT008: what was executed is not more than the budget of the whole year, adjustments included.

use super::Verdicts;
use crate::prose::Prose;
use crate::text;
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};

/// What the budget with all its adjustments is called.
const WHOLE: [&str; 4] = ["全年预算数为", "全年预算为", "调整预算数为", "调整后预算数为"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("CT008");
    for i in 1..facts.prose.mentions.len() {
        let (budget, executed) = (&facts.prose.mentions[i - 1], &facts.prose.mentions[i]);
        let Some(Block::Paragraph(paragraph)) = document.blocks.get(executed.span.block) else { continue };
        let one = budget.span.block == executed.span.block
            && text::sentence(&paragraph.text, budget.span.bytes.start).contains(&executed.span.bytes.start);
        let is_budget = WHOLE.iter().any(|word| budget.lead.trim_end_matches(['：', ':']).ends_with(word));
        let is_executed =
            ["执行数为", "支出决算为", "执行数", "决算数为"].iter().any(|word| executed.lead.ends_with(word));
        let (Some(planned), Some(spent)) = (prose.interval(i - 1), prose.interval(i)) else { continue };
        if !one || !is_budget || !is_executed {
            continue;
        }
        if !spent.exceeds(planned) {
            verdicts.pass();
            continue;
        }
        let message = format!(
            "执行数 {} 大于全年（调整）预算数 {}；预算没有安排的不得支出，请核对两数",
            prose.words(i),
            prose.words(i - 1)
        );
        prose.fail(&mut verdicts, Severity::Warning, i, &[i - 1], message);
    }
    verdicts.outcome("文中没有全年预算数与执行数")
}
