//! HT006: 其他 takes a large part of a 款.

use super::Verdicts;
use crate::reading::hints::{cell, percent};
use mingzhang_model::code::Level;
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Fact, Facts};
use mingzhang_model::finding::Related;
use mingzhang_model::key::{Function, Stage};
use mingzhang_model::rule::Outcome;

/// Per cent of the 款.
const LARGE: i64 = 30;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("HT006");
    // The tables of all expenditure by function; their total column.
    let cells: Vec<&Fact> = facts
        .facts
        .iter()
        .filter(|fact| ["B03", "A03"].contains(&facts.statements[fact.statement].code))
        .filter(|fact| fact.key.economic.is_all() && fact.key.stage != Stage::Adjusted)
        .collect();
    for item in &cells {
        let Some((code, subclass)) = other_of(item) else { continue };
        let same = |fact: &&&Fact| {
            fact.key.function == subclass && fact.statement == item.statement && fact.column == item.column
        };
        let widest =
            cells.iter().filter(|fact| fact.key.function == item.key.function).map(|fact| fact.key.kinds.len());
        if widest.max() != Some(item.key.kinds.len()) {
            continue;
        }
        let Some(whole) = cells.iter().find(same) else { continue };
        // A 款 that has nothing but its 其他 is the name of what it holds.
        let (part, total) = (item.printed.amount().0, whole.printed.amount().0);
        let Some(share) = percent(part, total).filter(|_| total > 0) else { continue };
        if share <= LARGE || part == total {
            verdicts.pass();
            continue;
        }
        let name = &facts.statements[item.statement].rows[item.row].name;
        let message = format!(
            "“{}”{} 占同款合计 {} 的 {share}%，请关注能否细化到具体科目",
            name.trim(),
            cell(facts, item),
            cell(facts, whole)
        );
        let finding = verdicts.fail(facts.locator(item), &code, message);
        finding.related.push(Related { label: "款的合计".into(), location: facts.locator(whole) });
    }
    verdicts.outcome("没有识别到按功能分类列出“其他”项的支出表")
}

/// The code of an item that is a 其他, and its 款.
fn other_of(fact: &Fact) -> Option<(String, Function)> {
    let Function::Code(code) = fact.key.function else { return None };
    let digits = code.to_string();
    let other = code.level() == Level::Item && digits.ends_with("99");
    other.then(|| Some((digits, Function::Code(code.parent()?)))).flatten()
}
