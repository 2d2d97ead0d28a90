//! CD012: the housing allowance is paid out of allowances: it cannot well be more than all of them.

use super::Verdicts;
use crate::reading::money;
use crate::wording;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::finding::Related;
use mingzhang_model::key::Kind;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("CD012");
    let allowance =
        money::functional(facts, "2210203", Some(Kind::Basic)).or(money::functional(facts, "2210203", None));
    let (Some(allowance), Some(all)) = (allowance, money::economic(facts, "30102")) else {
        return Outcome::NotApplicable("没有购房补贴，或没有津贴补贴".into());
    };
    if allowance.printed.amount() <= all.printed.amount() {
        verdicts.pass();
    } else {
        let (location, other) = (facts.locator(allowance), facts.locator(all));
        let message = format!(
            "请关注：购房补贴（2210203）{}{}，多于基本支出的津贴补贴（30102）{}{}；购房补贴通常列在津贴补贴里",
            location.quote.clone().unwrap_or_default(),
            allowance.unit.word(),
            other.quote.clone().unwrap_or_default(),
            all.unit.word()
        );
        let label = wording::cell(&other);
        verdicts.fail(location, "2210203", message).related.push(Related { label, location: other });
    }
    verdicts.outcome("没有购房补贴")
}
