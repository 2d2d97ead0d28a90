//! CT012: one comparison speaks of one stage of the budget: of the budget of the year's beginning, or of
//! the whole year's with its adjustments.

use super::Verdicts;
use crate::text::{self, Hit, Passage, passages};
use mingzhang_model::document::Document;
use mingzhang_model::fact::{DisclosureKind, Facts};
use mingzhang_model::prose::{Mention, Quantity};
use mingzhang_model::rule::Outcome;
use std::ops::Range;

/// What the outturn is compared with at the end of an item.
const COMPARED: [&str; 4] = ["完成年初预算", "大于年初预算", "小于年初预算", "与年初预算数持平"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    if facts.disclosure.kind != Some(DisclosureKind::Accounts) {
        return Outcome::NotApplicable("不是决算".into());
    }
    let mut verdicts = Verdicts::of("CT012");
    for passage in passages(document) {
        let text = passage.text();
        let whole = text.find("全年预算").filter(|at| text[*at..].contains("决算"));
        let opening =
            COMPARED.iter().filter_map(|word| text.find(word).map(|at| at..at + word.len())).min_by_key(|r| r.start);
        match (whole, opening) {
            // Both amounts given: the paragraph tells the two stages apart.
            (Some(at), Some(bytes)) if at < bytes.start && !text[..bytes.start].contains("年初预算") => {
                let quote = passage.around(&bytes);
                let message = format!("前面写的是“全年预算”，这里却说“{quote}”；完成率和比较应当用同一个预算数");
                text::report(&mut verdicts, facts, &passage, Hit { bytes, message });
            }
            (_, Some(bytes)) if rate_of_nothing(facts, &passage, &bytes) => {
                let end = text[bytes.end..].find('%').map_or(bytes.end, |at| bytes.end + at + 1);
                let bytes = bytes.start..end;
                let message =
                    format!("年初预算写为0，不能有“{}”；完成率应当对全年预算数计算", text[bytes.clone()].trim());
                text::report(&mut verdicts, facts, &passage, Hit { bytes, message });
            }
            (Some(_), _) | (_, Some(_)) => verdicts.pass(),
            (None, None) => {}
        }
    }
    adjusted(&mut verdicts, document, facts);
    verdicts.outcome("文中没有预算数与决算数的比较")
}

/// 年初预算为0万元，…完成年初预算的95.89%: nothing has no rate.
fn rate_of_nothing(facts: &Facts, passage: &Passage<'_>, compared: &Range<usize>) -> bool {
    let text = passage.text();
    let sentence = text::sentence(text, compared.start);
    let own = facts
        .prose
        .mentions
        .iter()
        .filter(|mention| mention.span.block == passage.block && sentence.contains(&mention.span.bytes.start));
    let mentions: Vec<&Mention> = own.collect();
    let is_budget = |mention: &&&Mention| {
        mention.span.bytes.start < compared.start && mention.lead.trim_end_matches('为').ends_with("年初预算")
    };
    let nothing =
        mentions.iter().rev().find(is_budget).is_some_and(
            |budget| matches!(&budget.quantity, Quantity::Money { figure, .. } if figure.amount.is_zero()),
        );
    let nothing = nothing || is_nothing(&text[sentence.start..compared.start]);
    let rate = mentions.iter().find(|mention| mention.span.bytes.start >= compared.end);
    let some =
        rate.is_some_and(|mention| matches!(mention.quantity, Quantity::Percent(percent) if percent.digits != 0));
    nothing && some && text[compared.clone()].contains("完成")
}

/// 年初预算为0，: nothing needs no unit.
fn is_nothing(text: &str) -> bool {
    text.rmatch_indices("年初预算").next().is_some_and(|(at, word)| {
        let said = text[at + word.len()..].trim_start_matches(['数', '为', '是', ' ']);
        let zero = said.trim_start_matches(['0', '.', '零']);
        zero.len() < said.len() && zero.trim_start_matches(['万', '元', ' ']).starts_with(['，', ',', '；', '、'])
    })
}

/// The table's note says that its budget is the whole year's, and the text calls it the year's opening one.
fn adjusted(verdicts: &mut Verdicts, document: &Document, facts: &Facts) {
    let says = |text: &str| text.contains("全年预算数") || text.contains("调整后的预算数");
    let table = facts
        .statements
        .iter()
        .find(|statement| statement.concept == "three_public" && statement.notes.iter().any(|note| says(&note.text)));
    let Some(table) = table else { return };
    for passage in passages(document) {
        let section = facts.prose.section_of.get(passage.block).copied().flatten();
        let mut titles = std::iter::successors(section, |at| facts.prose.sections[*at].parent);
        let text = passage.text();
        let about = titles.any(|at| facts.prose.sections[at].title.contains("三公"));
        let Some(bytes) = COMPARED.iter().find_map(|word| text.find(word).map(|at| at..at + word.len())) else {
            continue;
        };
        if !about {
            continue;
        }
        let from = text[..bytes.start].rfind(['，', '。', '；']).map_or(0, |at| at + '。'.len_utf8());
        let bytes = from..text[bytes.end..].find(['，', '。', '；', '：', ':']).map_or(bytes.end, |at| bytes.end + at);
        let message = format!(
            "“{}”说的是年初预算，而《{}》的表注说明预算数是全年（调整后）预算数，请统一口径",
            text[bytes.clone()].trim(),
            table.title.text
        );
        text::report(verdicts, facts, &passage, Hit { bytes, message });
        return;
    }
}
