//! PF011: the projects with goals are within the spending on projects; PF012 says how much of it they are.

use super::Verdicts;
use crate::prose::Prose;
use crate::reading::money;
use crate::reading::performance::told;
use mingzhang_model::amount::Interval;
use mingzhang_model::document::Document;
use mingzhang_model::fact::{DisclosureKind, Fact, Facts};
use mingzhang_model::finding::Related;
use mingzhang_model::key::Kind;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("PF011");
    for (at, said, cell) in amounts(&prose, Some(DisclosureKind::Budget)) {
        if !said.exceeds(cell.interval()) {
            verdicts.pass();
            continue;
        }
        let message = format!(
            "编报绩效目标的项目金额写为 {}，多于支出总表的项目支出 {}{}，请核对口径",
            prose.words(at),
            facts.locator(cell).quote.unwrap_or_default(),
            cell.unit.word()
        );
        let finding = prose.fail(&mut verdicts, Severity::Warning, at, &[], message);
        finding.related.push(Related { label: "表内的项目支出".into(), location: facts.locator(cell) });
    }
    verdicts.outcome("文中没有编报绩效目标的项目金额，或表中没有项目支出合计")
}

/// The amounts of the projects with goals, beside the table's spending on projects: in documents of one
/// kind only, or of either. The accounts print what was spent, not what was budgeted for the projects.
pub(crate) fn amounts<'a>(prose: &Prose<'a>, only: Option<DisclosureKind>) -> Vec<(usize, Interval, &'a Fact)> {
    let facts = prose.facts;
    let cell = money::expenditure(facts, Some(Kind::Project));
    let of_kind = only.is_none() || facts.disclosure.kind == only;
    let Some(cell) = cell.filter(|_| of_kind) else { return Vec::new() };
    let lists = told(prose);
    let said = lists.iter().filter_map(|list| list.mention(Statistic::GoalAmount));
    said.filter_map(|at| Some((at, prose.interval(at)?, cell))).collect()
}
