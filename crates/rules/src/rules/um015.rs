//! UM015: amounts that no count explains: so much for one vehicle, so much for one guest.

use super::Verdicts;
use crate::prose::Prose;
use mingzhang_model::amount::Amount;
use mingzhang_model::code::EconomicCode;
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Fact, Facts};
use mingzhang_model::finding::Related;
use mingzhang_model::key::{Function, Stage};
use mingzhang_model::prose::Claim;
use mingzhang_model::rule::Outcome;
use mingzhang_model::statistic::Statistic;

/// What an amount is divided by, and how much of it one unit hardly needs.
struct Measure {
    code: &'static str,
    name: &'static str,
    statistic: Statistic,
    one: &'static str,
    most: Amount,
}

const WAN: i64 = 1_000_000;

const MEASURES: [Measure; 2] = [
    Measure {
        code: "30231",
        name: "公务用车运行维护费",
        statistic: Statistic::VehiclesKept,
        one: "每辆车",
        most: Amount(50 * WAN),
    },
    Measure {
        code: "30217",
        name: "公务接待费",
        statistic: Statistic::ReceptionGuests,
        one: "每人次",
        most: Amount(WAN),
    },
];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("UM015");
    for measure in &MEASURES {
        let Some(fact) = spent(facts, measure.code) else { continue };
        let counts = prose.claims().iter().filter_map(|claim| match claim {
            Claim::Stated { mention, statistic } if *statistic == measure.statistic => Some(*mention),
            _ => None,
        });
        let counted: Vec<(usize, u64)> = counts.filter_map(|m| prose.count(m).map(|n| (m, n))).collect();
        let [(mention, count)] = counted.as_slice() else { continue };
        let amount = fact.printed.amount();
        let share = i64::try_from(*count).ok().filter(|count| *count > 0).map(|count| amount.0 / count);
        if share.is_none_or(|share| share <= measure.most.0) {
            verdicts.pass();
            continue;
        }
        let cell = facts.locator(fact);
        let message = format!(
            "请关注：{}{}{}，{} {}，{}平均超过 {} 万元，请核对金额单位和数量",
            measure.name,
            cell.quote.clone().unwrap_or_default(),
            fact.unit.word(),
            measure.statistic_name(),
            prose.words(*mention),
            measure.one,
            measure.most.0 / WAN
        );
        let mut location = prose.locator(*mention);
        location.quote = Some(prose.words(*mention).to_string());
        let finding = verdicts.fail(location, measure.code, message);
        finding.related.push(Related { label: "表内的数".into(), location: cell });
    }
    verdicts.outcome("没有可以相除的金额和数量")
}

impl Measure {
    fn statistic_name(&self) -> &'static str {
        match self.statistic {
            Statistic::VehiclesKept => "保有",
            _ => "接待",
        }
    }
}

/// The document's own amount of one economic code in the table of the three public expenses.
fn spent<'f>(facts: &'f Facts, code: &str) -> Option<&'f Fact> {
    let code = EconomicCode::parse(code)?;
    facts.facts.iter().find(|fact| {
        facts.statements[fact.statement].concept == "three_public"
            && fact.key.stage != Stage::Adjusted
            && fact.key.function == Function::All
            && fact.key.economic.codes() == [code]
            && !fact.printed.amount().is_zero()
    })
}
