//! DU010: what narratives count (procurement, vehicles, projects) adds up from the units to the department.

use super::Verdicts;
use crate::bundle::{Department, Value, View};
use mingzhang_model::finding::Related;
use mingzhang_model::rule::Outcome;
use mingzhang_model::set::Member;
use mingzhang_model::statistic::Statistic;

pub(crate) fn check(view: &View<'_>) -> Outcome {
    let mut verdicts = Verdicts::of("DU010");
    let mut lacks = None;
    for department in view.departments() {
        if department.is_complete() {
            sums(&mut verdicts, &department);
        } else if !department.lacking.is_empty() && department.only().is_none() {
            lacks.get_or_insert_with(|| department.lacks());
        }
    }
    match lacks.filter(|_| verdicts.is_untouched()) {
        Some(lacks) => Outcome::Undecided(format!("{lacks}，不能核对部门与各单位之和")),
        None => verdicts.outcome("没有部门与它的几家预算单位的文件"),
    }
}

fn sums(verdicts: &mut Verdicts, department: &Department<'_>) {
    let units: Vec<_> = department.units.iter().map(|(unit, part)| (*unit, *part, part.statistics())).collect();
    for (statistic, (mention, value)) in department.whole.statistics() {
        if statistic == Statistic::SubordinateUnits {
            continue;
        }
        let stated: Option<Vec<(usize, Value)>> =
            units.iter().map(|(_, _, all)| all.get(&statistic).copied()).collect();
        // A unit that does not state it may have some all the same.
        let Some(stated) = stated else { continue };
        let sum = stated.iter().skip(1).try_fold(stated[0].1, |sum, (_, value)| sum.plus(*value));
        let Some(sum) = sum else { continue };
        if value.agrees(sum) {
            verdicts.pass();
            continue;
        }
        let parts: Vec<String> = units.iter().zip(&stated).map(|((_, part, _), (m, _))| part.words(*m)).collect();
        let message = format!(
            "部门的{}写为 {}，不等于各预算单位之和（{}）",
            statistic.term(),
            department.whole.words(mention),
            parts.join(" + ")
        );
        let what = format!("{}:{}", department.whole.called(), statistic.word());
        let finding = verdicts.fail(department.whole.said(mention), &what, message);
        let related = units
            .iter()
            .zip(&stated)
            .map(|((unit, part, _), (mention, _))| Related { label: unit.name.clone(), location: part.said(*mention) });
        finding.related = related.collect();
    }
}
