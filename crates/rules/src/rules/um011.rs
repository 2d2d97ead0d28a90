//! UM011: vehicles are counted in 辆 throughout.

use super::Verdicts;
use crate::prose::{Prose, should_be};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::{Mention, Quantity};
use mingzhang_model::rule::{Outcome, Severity};

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("UM011");
    let in_liang = |mention: &Mention| {
        matches!(&mention.quantity, Quantity::Count { unit, .. } if unit == "辆") && mention.lead.contains('车')
    };
    // Some places count vehicles in 台 throughout: only a mixture is a fault.
    let Some(other) = facts.prose.mentions.iter().position(in_liang) else {
        return Outcome::NotApplicable("文中没有以“辆”计数的车辆".into());
    };
    for (i, mention) in facts.prose.mentions.iter().enumerate() {
        let Quantity::Count { number, unit } = &mention.quantity else { continue };
        let clause = mention.lead.rsplit(['，', '；', '。', '、', ',', ';']).next().unwrap_or_default();
        let vehicle = ["车辆", "公务用车", "用车"].iter().any(|word| clause.ends_with(word));
        match unit.as_str() {
            "辆" if clause.contains('车') => verdicts.pass(),
            "台" | "套" if vehicle => {
                let message = format!(
                    "车辆的数写作“{}”，文中另一处写作“{}”，计数单位应统一为“辆”",
                    prose.words(i),
                    prose.words(other)
                );
                let finding = prose.fail(&mut verdicts, Severity::Note, i, &[other], message);
                // The words before the number tell which count it is.
                let quote = format!("{clause}{}", prose.words(i));
                should_be(finding, format!("{number}辆"));
                finding.location.quote = Some(quote);
            }
            _ => {}
        }
    }
    verdicts.outcome("文中没有车辆的数")
}
