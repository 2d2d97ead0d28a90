//! OP012: accounts that report procurement say how much of it went to small and medium firms.

use super::Verdicts;
use crate::reading::stated::{Money, Stated};
use crate::text;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let stated = Stated::of(document, facts);
    let mut verdicts = Verdicts::of("OP012");
    let bought = stated.amount(Statistic::Procurement).filter(|mention| stated.is_positive(Money::Said(*mention)));
    if let Some(mention) = bought.filter(|_| stated.is_accounts()) {
        let named = ["中小企业", "小微企业", "小型和微型企业", "中小微"];
        if text::passages(document).any(|passage| named.iter().any(|word| passage.text().contains(word))) {
            verdicts.pass();
        } else {
            let message = format!(
                "政府采购 {}，没有写授予中小企业、小微企业的金额和比例；请补充面向中小企业采购的情况",
                stated.prose.words(mention)
            );
            stated.fail_at(&mut verdicts, Severity::Warning, mention, &[], message);
        }
    }
    verdicts.outcome("不是决算，或者没有政府采购支出")
}
