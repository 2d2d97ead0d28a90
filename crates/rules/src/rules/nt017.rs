//! NT017: what the narrative says there is none of, the tables do not show.

use super::Verdicts;
use crate::text::{Hit, passages, report};
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Fact, Facts};
use mingzhang_model::key::{Fund, Measure, Stage};
use mingzhang_model::rule::Outcome;
use mingzhang_model::set::Set;
use std::ops::Range;

const FUNDS: [(&str, Fund); 2] = [("政府性基金", Fund::GovernmentManaged), ("国有资本经营", Fund::StateCapital)];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("NT017");
    let known = |fund: Fund| facts.facts.iter().any(|fact| fact.key.funds == Set::only(fund));
    for passage in passages(document) {
        for (name, fund) in FUNDS {
            let Some(bytes) = denied(passage.text(), name).filter(|_| known(fund)) else { continue };
            match shown(facts, fund) {
                None => verdicts.pass(),
                Some(fact) => {
                    let location = facts.locator(fact);
                    let message = format!(
                        "写的是“{}”，《{}》里却有 {}{}",
                        passage.text()[bytes.clone()].trim(),
                        location.table.unwrap_or_default(),
                        location.quote.unwrap_or_default(),
                        fact.unit.word()
                    );
                    report(&mut verdicts, facts, &passage, Hit { bytes, message });
                }
            }
        }
    }
    verdicts.outcome("文中没有写无政府性基金、国有资本经营收支，或者没有识别到这两张表")
}

/// 无政府性基金预算财政拨款收入和支出: a sentence that denies the fund as a whole. 无上年结转的 denies a
/// part of it only.
fn denied(text: &str, name: &str) -> Option<Range<usize>> {
    const PARTLY: [&str; 12] =
        ["结转", "当年", "新增", "如", "若", "的，", "部门，", "下属", "以下", "为空时", "转移支付", "变动"];
    let at = text.match_indices(name).map(|(at, _)| at).find(|at| {
        let before = text[..*at].trim_end();
        ["无", "没有", "未安排", "没有使用"].iter().any(|word| before.ends_with(word))
    })?;
    let start = text[..at]
        .rfind(['。', '；', '，', ','])
        .map_or(0, |mark| mark + text[mark..].chars().next().map_or(0, char::len_utf8));
    let end = text[at..].find(['。', '；', '，', ',']).map_or(text.len(), |end| at + end);
    let words = &text[start..end];
    let spent = ["支出", "收支", "预算"].iter().any(|word| text[at..end].contains(word));
    (spent && !PARTLY.iter().any(|word| words.contains(word)) && !words.starts_with('无')).then_some(start..end)
}

/// A cell that shows expenditure of the fund this year.
fn shown(facts: &Facts, fund: Fund) -> Option<&Fact> {
    let stage = |stage: Stage| matches!(stage, Stage::Initial | Stage::FinalAccounts);
    facts.facts.iter().find(|fact| {
        fact.key.funds == Set::only(fund)
            && fact.key.measures == Set::only(Measure::Expenditure)
            && stage(fact.key.stage)
            && Some(fact.key.year) == facts.disclosure.year
            && !fact.printed.amount().is_zero()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fund_is_denied_as_a_whole_or_not_at_all() {
        let of = |text: &'static str| denied(text, "政府性基金").map(|bytes| &text[bytes]);
        assert_eq!(of("本单位无政府性基金预算支出。"), Some("本单位无政府性基金预算支出"));
        assert_eq!(of("本部门无上年结转的政府性基金预算支出。"), None);
        assert_eq!(of("政府性基金预算支出3万元，无国有资本经营预算支出。"), None);
    }
}
