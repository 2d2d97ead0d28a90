//! CT003: a heading about the budget or the accounts names the document's year.

use super::Verdicts;
use crate::text::{self, Passage};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::{DisclosureKind, Facts};
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;

/// What another year's heading may rightly be about.
const OTHERS: [&str; 13] =
    ["执行", "上年", "绩效", "评价", "调整", "规划", "较", "比", "同期", "工作总结", "任务", "截至", "回顾"];

/// What only the document's own year has.
const OWN: [&str; 10] =
    ["说明", "安排情况", "总体情况", "收支", "编制", "报表", "预算表", "决算表", "预算情况", "决算情况"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let (Some(year), Some(kind)) = (text::year(document, facts), facts.disclosure.kind) else {
        return Outcome::Undecided("没有读到年度".into());
    };
    let (word, other) = match kind {
        DisclosureKind::Budget => ("预算", "决算"),
        DisclosureKind::Accounts => ("决算", "预算"),
    };
    let mut verdicts = Verdicts::of("CT003");
    for section in &facts.prose.sections {
        let title = section.title.as_str();
        let about = title.contains(word)
            && !title.contains(other)
            && OWN.iter().any(|own| title.contains(own))
            && !OTHERS.iter().any(|word| title.contains(word));
        let mut named = text::years(title).map(|(named, _)| named);
        let (Some(named), None) = (named.next(), named.next()) else { continue };
        if !about || named == year {
            verdicts.pass();
            continue;
        }
        let Block::Paragraph(paragraph) = &document.blocks[section.block] else { continue };
        let passage = Passage { block: section.block, paragraph };
        let message = format!("标题“{}{title}”写的是{named}年，而本文是{year}年度的", section.number);
        let location = passage.locate(facts, 0..passage.text().len());
        verdicts.fail(location, &words::fold(title), message).expected = Some(format!("{year}年"));
    }
    verdicts.outcome("标题没有写年份")
}
