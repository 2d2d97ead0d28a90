//! SG019: where vehicles are bought, the text says which they replace or that the quota allows them.

use super::Verdicts;
use crate::reading::stated::{Money, Stated};
use crate::text;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    const REASONS: [&str; 9] = ["报废", "更新", "处置", "淘汰", "编制", "老化", "置换", "替换", "达到使用年限"];
    let stated = Stated::of(document, facts);
    let mut verdicts = Verdicts::of("SG019");
    let bought = stated.all(Statistic::VehiclePurchase).find(|mention| stated.is_positive(Money::Said(*mention)));
    if let Some(mention) = bought {
        // The glossary says 编制内公务车辆的报废更新 in every document.
        let told = text::passages(document).any(|passage| {
            let text = passage.text();
            let about = ["购置", "新增", "车辆"].iter().any(|word| text.contains(word));
            about && !is_explanation(text) && REASONS.iter().any(|word| text.contains(word))
        });
        if told {
            verdicts.pass();
        } else {
            let message = format!(
                "提示：公务用车购置费 {}，请关注是否写明更新了哪些已报废的车辆，或编制内有空缺",
                stated.prose.words(mention)
            );
            stated.fail_at(&mut verdicts, Severity::Hint, mention, &[], message);
        }
    }
    verdicts.outcome("没有购置公务用车")
}

/// A paragraph of the glossary: 公务用车购置及运行费反映…, or of the duties of the office.
fn is_explanation(text: &str) -> bool {
    ["反映", "是指", "指单位", "主要安排", "指部门", "负责", "职责"].iter().any(|word| text.contains(word))
}
