//! OP011: what small and medium firms won, in reserved and in other projects, is within procurement in
//! all.

use super::Verdicts;
use crate::prose::Prose;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("OP011");
    let (mut total, mut reserved) = (None, None);
    for (i, mention) in facts.prose.mentions.iter().enumerate().filter(|(i, _)| prose.figure(*i).is_some()) {
        let lead = mention.lead.as_str();
        let won = lead.contains("中标") || lead.contains("成交");
        if lead.contains("政府采购") && !lead.contains("预留") && !won && !lead.contains("其他") {
            (total, reserved) = (Some(i), None);
        } else if won && lead.contains("中小企业供应商") && !lead.contains("其他") {
            reserved = Some(i);
        } else if won && lead.contains("其他") && lead.contains("中小企业") {
            let (Some(total), Some(reserved)) = (total, reserved.take()) else { continue };
            compare(&prose, &mut verdicts, total, reserved, i);
        }
    }
    verdicts.outcome("文中没有中小企业中标的金额")
}

fn compare(prose: &Prose<'_>, verdicts: &mut Verdicts, total: usize, reserved: usize, other: usize) {
    let (Some(whole), Some(a), Some(b)) = (prose.interval(total), prose.interval(reserved), prose.interval(other))
    else {
        return;
    };
    if !(a + b).exceeds(whole) {
        return verdicts.pass();
    }
    let message = format!(
        "中小企业在预留项目中标 {}，在其他项目中标 {}，合计超过政府采购总额 {}",
        prose.words(reserved),
        prose.words(other),
        prose.words(total)
    );
    prose.fail(verdicts, Severity::Error, other, &[reserved, total], message);
}
