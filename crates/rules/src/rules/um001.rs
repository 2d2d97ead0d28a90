//! UM001: 元 is not written for 万元.
//!
//! Where the same digits stand elsewhere in the document with 万元, both are tried with all that sentences say. Where
//! they do not, an amount that would be tiny, in a text that gives every other one in 万元, is told here.

use super::Verdicts;
use crate::prose::{Prose, figure};
use mingzhang_model::amount::{Amount, Figure, Unit};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};

/// An amount of a budget that is less than this, 100,000元, is a slip sooner than an amount.
const TINY: Amount = Amount(10_000_000);

/// So many amounts in 万元 stand beside each in 元 where 万元 is the unit of the text.
const BESIDE: usize = 12;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("UM001");
    let twins = pairs(facts);
    let figures = figures(facts);
    let in_yuan = figures.iter().filter(|(_, figure)| is_suspect(figure));
    let alone: Vec<&(usize, Figure)> = in_yuan.filter(|(i, _)| !twins.iter().any(|(own, _)| own == i)).collect();
    let in_wan = figures.iter().filter(|(_, figure)| figure.unit == Unit::WanYuan).count();
    let is_of_the_text = in_wan >= alone.len() * BESIDE;
    for (i, figure) in alone {
        if !is_of_the_text || figure.amount >= TINY || !is_of_a_budget(&facts.prose.mentions[*i].lead) {
            verdicts.pass();
            continue;
        }
        let quote = prose.words(*i);
        let message = format!("“{quote}”以元为单位，而文中其他金额都以万元为单位，像是漏写了“万”字，请核对");
        prose.fail(&mut verdicts, Severity::Warning, *i, &[], message);
    }
    verdicts.outcome("文中没有以元为单位、带小数的金额")
}

/// True for the words that lead to money of a budget or of accounts, and to no price or rate.
fn is_of_a_budget(lead: &str) -> bool {
    const ENDS: [&str; 14] = [
        "支出",
        "收入",
        "经费",
        "预算",
        "决算",
        "拨款",
        "资金",
        "项目",
        "运行费",
        "维护费",
        "购置费",
        "接待费",
        "会议费",
        "培训费",
    ];
    const PRICES: [&str; 7] = ["均", "每", "单价", "标准", "折合", "即", "利息"];
    let clause = lead.rsplit(['，', ',', '；', ';', '。']).next().unwrap_or(lead);
    let name = clause.trim_end_matches(['为', '共', '计', '数', '约', '是']);
    ENDS.iter().any(|end| name.ends_with(end)) && !PRICES.iter().any(|price| clause.contains(price))
}

/// The amounts in 元 whose digits stand elsewhere with 万元, each with the first of those.
pub(crate) fn pairs(facts: &Facts) -> Vec<(usize, usize)> {
    let figures = figures(facts);
    let twin = |own: &Figure| {
        let meant = Amount(own.amount.0.saturating_mul(10_000));
        figures.iter().find(|(_, other)| other.unit == Unit::WanYuan && other.amount == meant).map(|(i, _)| *i)
    };
    let suspects = figures.iter().filter(|(_, figure)| is_suspect(figure));
    suspects.filter_map(|(i, figure)| Some((*i, twin(figure)?))).collect()
}

fn figures(facts: &Facts) -> Vec<(usize, Figure)> {
    (0..facts.prose.mentions.len()).filter_map(|i| Some((i, figure(&facts.prose, i)?))).collect()
}

/// Whole numbers of 元 are prices and standards.
fn is_suspect(figure: &Figure) -> bool {
    figure.unit == Unit::Yuan && figure.decimals > 0 && !figure.amount.is_zero()
}
