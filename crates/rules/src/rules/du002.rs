//! DU002: no unit has more than its department.

use super::Verdicts;
use crate::bundle::{Part, View, bases, narrowest};
use crate::wording;
use mingzhang_model::amount::Amount;
use mingzhang_model::fact::Fact;
use mingzhang_model::finding::Related;
use mingzhang_model::key::{Key, fiscal_appropriation};
use mingzhang_model::rule::Outcome;

pub(crate) fn check(view: &View<'_>) -> Outcome {
    let mut verdicts = Verdicts::of("DU002");
    for department in view.departments() {
        // Where one unit has all the money, the two must be equal, which is another rule's.
        if department.only().is_some() {
            continue;
        }
        for (_, unit) in &department.units {
            cells(&mut verdicts, department.whole, unit);
            last_year(&mut verdicts, department.whole, unit);
        }
    }
    verdicts.outcome("没有部门与它的几家预算单位的文件")
}

fn cells(verdicts: &mut Verdicts, whole: &Part, unit: &Part) {
    let all = whole.cells();
    let mut over = Vec::new();
    for (key, prints) in unit.cells().into_iter().filter(|(key, _)| key.funds.within(fiscal_appropriation())) {
        let Some(outer) = all.get(key) else { continue };
        let positive = outer.iter().all(|fact| fact.printed.amount() >= Amount::ZERO);
        if !positive || outer.iter().any(|outer| prints.iter().any(|fact| !fact.loosely().exceeds(outer.loosely()))) {
            verdicts.pass();
        } else {
            over.push((key, prints[0], outer[0]));
        }
    }
    let by = |fact: &Fact, outer: &Fact| Amount(fact.printed.amount().0 - outer.printed.amount().0);
    let told: Vec<(&Key, Amount)> = over.iter().map(|(key, fact, outer)| (*key, by(fact, outer))).collect();
    for (key, fact, outer) in narrowest(&told).into_iter().map(|i| over[i]) {
        let place = unit.place(fact);
        let message = format!(
            "单位的{}{}{}，超过了部门的 {}{}",
            wording::cell(&place),
            wording::found(fact),
            fact.unit.word(),
            wording::amount(outer, outer.printed.amount()),
            outer.unit.word()
        );
        let finding = verdicts.fail(place, &format!("{}:{key}", unit.called()), message);
        finding.related = vec![Related { label: whole.called(), location: whole.place(outer) }];
    }
}

fn last_year(verdicts: &mut Verdicts, whole: &Part, unit: &Part) {
    let all = bases(whole);
    for base in bases(unit).iter().filter(|base| base.key.funds.within(fiscal_appropriation())) {
        let Some(outer) = all.iter().find(|outer| outer.key == base.key) else { continue };
        if !base.interval.exceeds(outer.interval) || outer.interval.low() < Amount::ZERO {
            verdicts.pass();
            continue;
        }
        let message = format!(
            "按单位的文字，上年数（{}）超过了部门的上年数（{}）",
            worked(unit, base.told, &base.worked),
            worked(whole, outer.told, &outer.worked)
        );
        let finding = verdicts.fail(unit.said(base.told), &format!("{}:{}", unit.called(), base.key), message);
        finding.related = vec![Related { label: whole.called(), location: whole.said(outer.told) }];
    }
}

/// The amount, or how it was worked out.
fn worked(part: &Part, told: usize, worked: &str) -> String {
    if worked.is_empty() { part.words(told) } else { worked.to_string() }
}
