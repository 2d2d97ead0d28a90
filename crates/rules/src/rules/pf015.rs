//! PF015: 基本支出 and 项目支出 are kinds of expenditure, not projects.

use super::Verdicts;
use crate::prose::Prose;
use crate::text::{self, Hit, Passage};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Claim;
use mingzhang_model::rule::Outcome;
use mingzhang_model::statistic::Statistic;

/// What is listed as projects.
const KINDS: [&str; 5] =
    ["基本支出和项目支出", "基本支出、项目支出", "基本支出及项目支出", "基本支出与项目支出", "基本支出1个"];

/// The words that may stand between the number and the list, in bytes.
const BETWEEN: usize = 30;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("PF015");
    for claim in prose.claims() {
        let Claim::Stated { mention, statistic: Statistic::GoalProjects } = claim else { continue };
        let span = &facts.prose.mentions[*mention].span;
        let Some(Block::Paragraph(paragraph)) = document.blocks.get(span.block) else { continue };
        let passage = Passage { block: span.block, paragraph };
        let sentence = text::sentence(passage.text(), span.bytes.start);
        let listed = KINDS.iter().find_map(|kind| {
            let at = passage.text()[span.bytes.end..sentence.end].find(kind).filter(|at| *at <= BETWEEN)?;
            Some(span.bytes.end + at + kind.len())
        });
        let Some(end) = listed else {
            verdicts.pass();
            continue;
        };
        let message = format!(
            "“{}”把基本支出和项目支出各算作一个项目；它们是支出的类别，编报绩效目标的项目应按项目计数",
            &passage.text()[span.bytes.start..end]
        );
        text::report(&mut verdicts, facts, &passage, Hit { bytes: span.bytes.start..end, message });
    }
    verdicts.outcome("文中没有编报绩效目标的项目数")
}
