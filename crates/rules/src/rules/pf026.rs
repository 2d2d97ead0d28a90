//! PF026: full marks and nothing but the best grade.

use super::Verdicts;
use crate::prose::Prose;
use crate::reading::performance::{Points, scores, told};
use crate::text::{self, Hit};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic;

/// Fewer projects than these say nothing when all are excellent.
const SEVERAL: u64 = 2;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("PF026");
    for passage in text::passages(document) {
        for score in scores(&passage) {
            if score.points != Points::FULL {
                verdicts.pass();
                continue;
            }
            let message = format!("自评得分为满分（{}），请关注评分依据是否充分", passage.around(&score.bytes));
            text::report(&mut verdicts, facts, &passage, Hit { bytes: score.bytes, message });
        }
    }
    for list in told(&prose) {
        let (Some((_, total)), Some((at, best))) =
            (list.count(&prose, Statistic::EvaluatedProjects), list.count(&prose, Statistic::GradedExcellent))
        else {
            continue;
        };
        if best < total || total < SEVERAL {
            verdicts.pass();
            continue;
        }
        let message = format!("自评的 {total} 个项目全部评为优，请关注评分依据是否充分");
        prose.fail(&mut verdicts, Severity::Hint, at, &[], message);
    }
    verdicts.outcome("文中没有绩效得分和等级")
}
