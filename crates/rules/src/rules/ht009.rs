//! HT009: what a vehicle costs to run; HT010 says what a guest costs.

use super::Verdicts;
use crate::prose::Prose;
use crate::reading::hints::cell;
use crate::reading::performance::told;
use mingzhang_model::amount::{Amount, Unit, render};
use mingzhang_model::code::EconomicCode;
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Fact, Facts};
use mingzhang_model::finding::Related;
use mingzhang_model::key::Stage;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic;
use std::ops::Range;

/// Costs that need no hint, in fen: up to 60 thousand yuan for a vehicle a year.
const USUAL: Range<i64> = 0..6_000_001;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let per = Per {
        what: "公务用车运行维护费", economic: "30231", each: "每辆", unit: Unit::WanYuan, usual: USUAL
    };
    each(Verdicts::of("HT009"), &prose, &per, Statistic::VehiclesKept)
}

/// A cost for each of something.
pub(crate) struct Per {
    pub(crate) what: &'static str,
    pub(crate) economic: &'static str,
    pub(crate) each: &'static str,
    pub(crate) unit: Unit,
    pub(crate) usual: Range<i64>,
}

/// Divides what the table of the three public expenses shows by what the text counts.
pub(crate) fn each(mut verdicts: Verdicts, prose: &Prose<'_>, per: &Per, of: Statistic) -> Outcome {
    let Some(spent) = spent(prose.facts, per.economic) else {
        return verdicts.outcome("没有识别到“三公”经费决算表");
    };
    let counts = told(prose).into_iter().filter_map(|list| list.count(prose, of)).filter(|(_, count)| *count > 0);
    for (at, count) in counts.take(1) {
        let cost = spent.printed.amount().0 / i64::try_from(count).unwrap_or(i64::MAX);
        if per.usual.contains(&cost) {
            verdicts.pass();
            continue;
        }
        let message = format!(
            "{} {}，{}，平均{}约 {}{}，请关注是否合理",
            per.what,
            cell(prose.facts, spent),
            prose.words(at),
            per.each,
            render(Amount(cost), per.unit, 2, false),
            per.unit.word()
        );
        let finding = prose.fail(&mut verdicts, Severity::Hint, at, &[], message);
        finding.related.push(Related { label: "表内的数".into(), location: prose.facts.locator(spent) });
    }
    verdicts.outcome("文中没有相应的数量")
}

/// The cell of what was spent on one economic code.
fn spent<'f>(facts: &'f Facts, economic: &str) -> Option<&'f Fact> {
    let code = EconomicCode::parse(economic)?;
    let fits = |fact: &&Fact| {
        facts.statements[fact.statement].code == "A07"
            && fact.key.stage == Stage::FinalAccounts
            && fact.key.economic.codes() == [code]
    };
    facts.facts.iter().find(fits).filter(|fact| fact.printed.amount().0 > 0)
}
