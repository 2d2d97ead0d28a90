//! PF018: the rate of control of the three public expenses is what was spent over the budget.

use super::Verdicts;
use crate::prose::{Prose, Ratio, print, ratio, should_be};
use crate::reading::rates::{self, Rate};
use mingzhang_model::amount::Interval;
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Fact, Facts};
use mingzhang_model::finding::Related;
use mingzhang_model::key::Stage;
use mingzhang_model::rule::{Outcome, Severity};

const RATE: Rate = Rate {
    names: &["三公经费控制率"],
    part: (&["支出", "决算", "实际", "执行"], &["预算"]),
    whole: (&["预算"], &["实际", "决算", "支出决算"]),
};

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("PF018");
    match spent_and_budget(facts) {
        Some(cells) => hold_table(&prose, &mut verdicts, cells),
        None => rates::hold(&prose, &mut verdicts, &RATE, &[]),
    }
    verdicts.outcome("文中没有“三公”经费控制率，或没有写出预算数和支出数")
}

/// The totals of the table of the three public expenses of the accounts: spent, and budgeted.
pub(crate) fn spent_and_budget(facts: &Facts) -> Option<[&Fact; 2]> {
    let total = |stage: Stage| {
        let of_table = |fact: &&Fact| facts.statements[fact.statement].code == "A07" && fact.key.stage == stage;
        let cells = facts.facts.iter().filter(of_table);
        cells.max_by_key(|fact| fact.key.economic.codes().len()).filter(|fact| fact.key.economic.codes().len() >= 5)
    };
    Some([total(Stage::FinalAccounts)?, total(Stage::Adjusted).or_else(|| total(Stage::Initial))?])
}

fn hold_table(prose: &Prose<'_>, verdicts: &mut Verdicts, [spent, budget]: [&Fact; 2]) {
    let near = |at: usize| -> Option<[Interval; 2]> {
        let own = prose.facts.prose.mentions[at].span.block;
        let mentions = rates::neighbours(&prose.facts.prose.mentions, at);
        let figures: Vec<usize> = mentions.filter(|i| *i < at && prose.figure(*i).is_some()).collect();
        let [.., a, b] = figures.as_slice() else { return None };
        let same = prose.facts.prose.mentions[*a].span.block == own;
        same.then_some([prose.interval(*b)?, prose.interval(*a)?])
    };
    for at in rates::percentages(prose, RATE.names) {
        let Some(printed) = prose.percent(at) else { continue };
        let fits =
            |part: Interval, whole: Interval| matches!(ratio(part, whole, printed), Some(Ratio::Fits | Ratio::Tail(_)));
        if fits(spent.interval(), budget.interval()) || near(at).is_some_and(|[a, b]| fits(a, b) || fits(b, a)) {
            verdicts.pass();
            continue;
        }
        let Some(Ratio::Off(due)) = ratio(spent.interval(), budget.interval(), printed) else { continue };
        let due = print(due);
        let cell = |fact: &Fact| prose.facts.locator(fact).quote.unwrap_or_default();
        let message = format!(
            "“三公”经费控制率写为 {}，按表中决算数 {} 与预算数 {} 计算应为 {due}",
            prose.words(at),
            cell(spent),
            cell(budget)
        );
        let finding = prose.fail(verdicts, Severity::Error, at, &[], message);
        for fact in [spent, budget] {
            finding.related.push(Related { label: "表内的数".into(), location: prose.facts.locator(fact) });
        }
        should_be(finding, due);
    }
}
