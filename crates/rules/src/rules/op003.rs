//! OP003: where every unit of a department is an organ or managed as one, its operating funds are all of its
//! running costs.

use super::Verdicts;
use crate::prose::like;
use crate::reading::stated::Stated;
use crate::text;
use mingzhang_model::amount::{Agreement, Figure};
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Fact, Facts};
use mingzhang_model::finding::Related;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::set::Set;
use mingzhang_model::statistic::Statistic;
use mingzhang_standard::filter::Filter;
use mingzhang_standard::words;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let stated = Stated::of(document, facts);
    let mut verdicts = Verdicts::of("OP003");
    if let (true, Some(mention), Some(cell)) =
        (only_organs(document), stated.amount(Statistic::OperatingFunds), running_costs(facts))
        && let (Some(said), Some(figure)) = (stated.prose.interval(mention), stated.prose.figure(mention))
    {
        let shown = cell.interval();
        // More than the running costs: OP002.
        if !matches!(said.agreement(shown), Agreement::Off(_)) || said.exceeds(shown) {
            verdicts.pass();
        } else {
            let expected = like(Figure { decimals: 2.max(figure.decimals), ..figure }, shown.middle());
            let message = format!(
                "本部门只有行政单位和参公单位，机关运行经费应当等于公用经费 {expected}，文中写为 {}，请核对",
                stated.prose.words(mention)
            );
            let related = Related { label: "公用经费".into(), location: facts.locator(cell) };
            let finding = stated.fail_at(&mut verdicts, Severity::Warning, mention, &[], message);
            finding.related.push(related);
        }
    }
    verdicts.outcome("没有写明本部门只有行政单位和参公单位，或者没有两个数")
}

/// True when the text lists the kinds of units of the department, and none is a plain service unit.
fn only_organs(document: &Document) -> bool {
    text::passages(document).any(|passage| {
        let folded = words::fold(passage.text());
        let Some(at) = folded.find("本部门中,") else { return false };
        let list = folded[at..].split(['。', ';']).next().unwrap_or_default();
        let organs = units(list, "行政单位").or(units(list, "机关")).is_some_and(|count| count > 0);
        let plain = units(list, "事业单位").unwrap_or(0) - units(list, "参公事业单位").unwrap_or(0);
        organs && plain == 0
    })
}

/// The number behind a kind of unit: 行政单位6家.
pub(crate) fn units(list: &str, kind: &str) -> Option<u64> {
    let (_, behind) = list.split_once(kind)?;
    let digits: String = behind.chars().take_while(|c| c.is_ascii_digit()).collect();
    digits.parse().ok().filter(|_| behind[digits.len()..].starts_with(['家', '个']))
}

/// The running costs of the basic expenditure, in the total row of the table of economic items.
fn running_costs(facts: &Facts) -> Option<&Fact> {
    let operating = Filter::parse("operating", Set::EMPTY, Set::EMPTY).ok()?.economic?;
    facts.facts.iter().find(|fact| {
        matches!(facts.statements[fact.statement].code, "B08" | "A06")
            && fact.key.economic == operating
            && fact.key.units == Set::all()
            && facts.is_plain(fact)
    })
}
