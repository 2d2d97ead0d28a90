//! OP023: what is to be bought has money to be bought with.

use super::Verdicts;
use crate::reading::stated::Stated;
use mingzhang_model::document::Document;
use mingzhang_model::fact::{DisclosureKind, Facts};
use mingzhang_model::key::Kind;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::set::Set;
use mingzhang_model::statistic::Statistic;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let stated = Stated::of(document, facts);
    let mut verdicts = Verdicts::of("OP023");
    if facts.disclosure.kind == Some(DisclosureKind::Budget) {
        for planned in [Statistic::VehiclesPlanned, Statistic::EquipmentPlanned] {
            let Some((mention, number)) = stated.count(planned).filter(|(_, number)| *number > 0) else { continue };
            if has_money(facts) {
                verdicts.pass();
                continue;
            }
            let message = format!(
                "安排购置 {}（{number}），预算里既没有资本性支出，也没有项目支出，请核对资金从哪里来",
                stated.prose.words(mention)
            );
            stated.fail_at(&mut verdicts, Severity::Warning, mention, &[], message);
        }
    }
    verdicts.outcome("预算没有安排购置，或者没有识别到表")
}

/// True when some table shows project money or capital expenditure, or no table could show it.
fn has_money(facts: &Facts) -> bool {
    let is_project = |fact: &&mingzhang_model::fact::Fact| fact.key.kinds == Set::only(Kind::Project);
    let is_capital = |fact: &&mingzhang_model::fact::Fact| {
        let codes = fact.key.economic.codes();
        !fact.key.economic.is_all()
            && codes.iter().all(|code| ["309", "310"].iter().any(|c| code.to_string().starts_with(c)))
    };
    let mut shown = false;
    for fact in facts.facts.iter().filter(|fact| is_project(fact) || is_capital(fact)) {
        shown |= is_project(&fact);
        if !fact.printed.amount().is_zero() {
            return true;
        }
    }
    !shown
}
