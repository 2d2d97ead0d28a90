//! TX024: what the text says there is none of has no amount elsewhere in it.

use crate::prose::Prose;
use crate::rules::Verdicts;
use crate::text;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Quantity;
use mingzhang_model::rule::{Outcome, Severity};
use std::ops::Range;

/// What a document may say it has none of.
const SUBJECTS: [&str; 2] = ["项目支出", "基本支出"];

/// How it says so.
const NONE: [&str; 10] =
    ["没有列支", "没有安排", "没有发生", "没有", "未列支", "未安排", "未发生", "不安排", "无", "均无"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("TX024");
    let prose = Prose { document, facts };
    for passage in text::passages(document) {
        for subject in SUBJECTS {
            let Some(bytes) = denied(passage.text(), subject) else { continue };
            let Some(mention) = amount(&prose, subject) else {
                verdicts.pass();
                continue;
            };
            let message = format!(
                "“{}”说没有{subject}，而文中另一处写有{subject}{}，两处矛盾",
                passage.around(&bytes),
                prose.words(mention)
            );
            let location = passage.locate(facts, bytes);
            let finding = verdicts.fail_as(Severity::Error, location, subject, message);
            let quote = Some(prose.words(mention).to_string());
            let location = mingzhang_model::locator::Locator { quote, ..prose.locator(mention) };
            finding.related.push(mingzhang_model::finding::Related { label: "另一处的金额".into(), location });
        }
    }
    verdicts.outcome("文中没有说哪一类支出为零")
}

/// 我单位没有列支项目支出，: the whole of it, in a sentence that names no year and no other part.
fn denied(text: &str, subject: &str) -> Option<Range<usize>> {
    text.match_indices(subject).find_map(|(at, word)| {
        let before = &text[..at];
        let none = NONE.iter().filter(|none| before.ends_with(**none)).max_by_key(|none| none.len())?;
        let start = at - none.len();
        let clause = before[..start].rsplit(['，', '。', '；', '：']).next().unwrap_or_default();
        // 上年没有, 除某某外没有, 政府性基金预算没有 speak of something else.
        let whole = clause.chars().count() <= 8 && !clause.contains(|c: char| c.is_ascii_digit());
        let general = ["单位", "部门", "处", "局", "我"].iter().any(|own| clause.contains(own)) || clause.is_empty();
        let ends = text[at + word.len()..].trim_start_matches("预算").starts_with(['，', '。', '；']);
        (whole && general && ends).then(|| start..at + word.len())
    })
}

/// The first amount that the text gives as the document's own of that kind.
fn amount(prose: &Prose<'_>, subject: &str) -> Option<usize> {
    const OTHER: [&str; 8] = ["上年", "上一年", "增加", "减少", "政府性基金", "国有资本", "比", "下属"];
    let own = |lead: &str| {
        let folded = mingzhang_standard::words::fold(lead);
        let tail = folded.rsplit([',', ';', '。']).next().unwrap_or_default();
        let behind = tail.rfind(subject).map(|at| &tail[at + subject.len()..]);
        behind.is_some_and(|behind| matches!(behind, "" | "为" | "预算" | "预算为" | "预算数为" | "预算安排" | "支出"))
            && !OTHER.iter().any(|other| tail.contains(other))
    };
    prose.facts.prose.mentions.iter().position(|mention| match mention.quantity {
        Quantity::Money { figure, .. } => !figure.amount.is_zero() && own(&mention.lead),
        Quantity::Percent(_) | Quantity::Count { .. } => false,
    })
}
