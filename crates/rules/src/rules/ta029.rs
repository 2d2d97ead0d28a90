//! TA029: a money cell holds a number that is not negative, or nothing.

use super::Verdicts;
use mingzhang_model::detail::Aspect;
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, Why};
use mingzhang_model::rule::Outcome;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    if facts.statements.is_empty() {
        return Outcome::Undecided("没有识别到法定表格".into());
    }
    let mut verdicts = Verdicts::of("TA029");
    for fact in &facts.facts {
        // What is more or less than the year before may well be less.
        if fact.printed.amount().0 >= 0 || fact.key.details.along(Aspect::Change).is_some() {
            verdicts.pass();
            continue;
        }
        let location = facts.locator(fact);
        let message =
            format!("{}是负数 {}，请核对", crate::wording::cell(&location), location.quote.clone().unwrap_or_default());
        let what = format!("{}:{}", facts.statements[fact.statement].code, fact.key);
        verdicts.fail(location, &what, message);
    }
    for cell in facts.unkeyed.iter().filter(|cell| cell.why == Why::NotANumber) {
        let quote = cell.locator.quote.clone().unwrap_or_default();
        let message = format!("{}的内容“{quote}”不是数字", crate::wording::cell(&cell.locator));
        let what = format!("{}:{}", facts.statements[cell.statement].code, crate::wording::cell(&cell.locator));
        verdicts.fail(cell.locator.clone(), &what, message);
    }
    verdicts.outcome("没有金额")
}
