//! HT007: basic expenditure pays insurance or housing fund, and the function's class has no money.

use super::Verdicts;
use crate::reading::hints::cell;
use mingzhang_model::code::EconomicCode;
use mingzhang_model::document::Document;
use mingzhang_model::fact::{DisclosureKind, Fact, Facts};
use mingzhang_model::key::Function;
use mingzhang_model::rule::Outcome;

/// The economic code, the class of the function, and what they are called.
const PAIRS: [(&str, &str, &str, &str); 3] = [
    ("30110", "210", "职工基本医疗保险缴费", "卫生健康支出"),
    ("30113", "221", "住房公积金", "住房保障支出"),
    ("30108", "208", "机关事业单位基本养老保险缴费", "社会保障和就业支出"),
];

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("HT007");
    let accounts = facts.disclosure.kind == Some(DisclosureKind::Accounts);
    let (basic, general) = if accounts { ("A06", "A05") } else { ("B08", "B05") };
    let of = |code: &'static str| facts.facts.iter().filter(move |fact| facts.statements[fact.statement].code == code);
    if of(general).next().is_none() {
        return verdicts.outcome("没有识别到一般公共预算支出表");
    }
    for (economic, class, what, name) in PAIRS {
        let Some(paid) = of(basic).find(|fact| is_only(fact, economic)) else { continue };
        if paid.printed.amount().0 <= 0 {
            continue;
        }
        let under = |fact: &&Fact| match fact.key.function {
            Function::Code(code) => code.to_string().starts_with(class) && !fact.printed.amount().is_zero(),
            Function::All => false,
        };
        if of(general).any(|fact| under(&fact)) {
            verdicts.pass();
            continue;
        }
        let message = format!(
            "基本支出里有“{what}”{}，按功能分类的表里却没有“{name}”（{class}），请核对科目使用",
            cell(facts, paid)
        );
        verdicts.fail(facts.locator(paid), economic, message);
    }
    verdicts.outcome("基本支出表里没有这些缴费")
}

fn is_only(fact: &Fact, economic: &str) -> bool {
    let codes = fact.key.economic.codes();
    codes.len() == 1 && EconomicCode::parse(economic).is_some_and(|code| codes[0] == code)
}
