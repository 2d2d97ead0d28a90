//! DU009: every unit with a budget of its own has its own document.

use super::Verdicts;
use crate::bundle::View;
use mingzhang_model::finding::Related;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(view: &View<'_>) -> Outcome {
    let mut verdicts = Verdicts::of("DU009");
    let mut lacks = None;
    for department in view.departments() {
        if department.only().is_some() {
            verdicts.pass();
            continue;
        }
        (0..department.units.len()).for_each(|_| verdicts.pass());
        // Only where documents of other units were handed in too is the absence of one a sign.
        let others = department.units.iter().find(|(unit, _)| !unit.own_level);
        let Some((known, part)) = others else {
            if !department.lacking.is_empty() {
                lacks.get_or_insert_with(|| department.lacks());
            }
            continue;
        };
        for unit in &department.lacking {
            let message =
                format!("清单列了预算单位“{}”，检查的文件里没有它的{}，请确认已经公开", unit.name, part.called());
            let place = department.whole.here(unit.location.clone());
            let finding = verdicts.fail(place, &unit.name, message);
            finding.related = vec![Related { label: known.name.clone(), location: part.front() }];
        }
    }
    match lacks.filter(|_| verdicts.is_untouched()) {
        Some(lacks) => Outcome::Undecided(format!("{lacks}，不能判断所属单位是否都已公开")),
        None => verdicts.outcome("没有列出预算单位的部门文件"),
    }
}
