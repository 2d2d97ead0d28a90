//! CD007: codes of the government funds stand in the table of the funds, codes of state capital in its
//! own, and neither among the general public budget.

use super::{Verdicts, row_of};
use mingzhang_model::code::FunctionalCode;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::key::{Function, Fund};
use mingzhang_model::rule::Outcome;
use mingzhang_model::set::Set;
use mingzhang_standard::codes;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("CD007");
    let mut told: Vec<(usize, FunctionalCode)> = Vec::new();
    for fact in facts.facts.iter().filter(|fact| !fact.printed.amount().is_zero()) {
        let Function::Code(code) = fact.key.function else { continue };
        let Some(table) = only(fact.key.funds) else { continue };
        let own = codes::fund_of(code);
        let right = match own {
            Some(own) => own == table,
            // Offices and contributions are paid by no fund.
            None => table == Fund::GeneralPublic || !codes::is_general_only(code),
        };
        if right {
            verdicts.pass();
            continue;
        }
        // The item tells what its 款 and 类 would only repeat.
        let deeper = facts.facts.iter().any(|other| {
            other.statement == fact.statement
                && matches!(other.key.function, Function::Code(c) if c != code && c.within(code))
                && !other.printed.amount().is_zero()
        });
        if deeper || told.contains(&(fact.statement, code)) {
            continue;
        }
        told.push((fact.statement, code));
        let statement = &facts.statements[fact.statement];
        let row = &statement.rows[fact.row];
        let belongs = own.unwrap_or(Fund::GeneralPublic);
        let message = format!(
            "科目 {code}（{}）属于{}，不应列在《{}》里，请核对资金性质或科目",
            row.name,
            name(belongs),
            statement.title.text
        );
        verdicts.fail(row_of(statement, row, &row.name), &format!("{}:{code}", statement.code), message);
    }
    verdicts.outcome("没有按资金列出科目的表")
}

/// The one fund of a set, if it is one of the three budgets'.
fn only(funds: Set<Fund>) -> Option<Fund> {
    let mut all = funds.iter();
    let first = all.next().filter(|_| all.next().is_none())?;
    matches!(first, Fund::GeneralPublic | Fund::GovernmentManaged | Fund::StateCapital).then_some(first)
}

fn name(fund: Fund) -> &'static str {
    match fund {
        Fund::GovernmentManaged => "政府性基金预算",
        Fund::StateCapital => "国有资本经营预算",
        _ => "一般公共预算",
    }
}
