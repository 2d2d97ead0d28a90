//! DU003: a unit's amount of last year is not its department's, where other units have money.

use super::Verdicts;
use crate::bundle::{View, bases};
use mingzhang_model::amount::Agreement;
use mingzhang_model::finding::Related;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(view: &View<'_>) -> Outcome {
    let mut verdicts = Verdicts::of("DU003");
    for department in view.departments() {
        if department.only().is_some() {
            continue;
        }
        let all = bases(department.whole);
        for (_, unit) in &department.units {
            for base in bases(unit) {
                let Some(outer) = all.iter().find(|outer| outer.key == base.key) else { continue };
                let (whole, own) = (department.whole.interval(outer.current), unit.interval(base.current));
                // The others have money of this kind this year; whether they had last year, nobody knows for certain.
                let others = whole.zip(own).is_some_and(|(whole, own)| whole.exceeds(own));
                let copied = base.interval.agreement(outer.interval) == Agreement::Exact;
                if !others || base.interval.middle().is_zero() {
                    continue;
                }
                if !copied {
                    verdicts.pass();
                    continue;
                }
                let message = format!(
                    "单位的上年数与部门的上年数相同（本年单位 {}，部门 {}，其他单位也有预算），疑为照抄部门的数",
                    unit.words(base.current),
                    department.whole.words(outer.current)
                );
                let finding = verdicts.fail(unit.said(base.told), &format!("{}:{}", unit.called(), base.key), message);
                let location = department.whole.said(outer.told);
                finding.related = vec![Related { label: department.whole.called(), location }];
            }
        }
    }
    verdicts.outcome("没有部门与它的几家预算单位的文件，或文中没有上年数")
}
