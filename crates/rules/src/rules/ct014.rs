//! CT014: a department whose list of units is another than last year's says why.

use super::Verdicts;
use crate::bundle::{Part, View};
use mingzhang_model::finding::Related;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::name;
use std::collections::BTreeSet;

pub(crate) fn check(view: &View<'_>) -> Outcome {
    let mut verdicts = Verdicts::of("CT014");
    for (earlier, later) in view.successive() {
        let (before, now) = (units(earlier), units(later));
        if before.is_empty() || now.is_empty() {
            continue;
        }
        if before == now || later.reorganised {
            verdicts.pass();
            continue;
        }
        let named = |names: Vec<&String>| names.into_iter().map(String::as_str).collect::<Vec<_>>().join("、");
        let (gone, new) = (named(before.difference(&now).collect()), named(now.difference(&before).collect()));
        let gone = if gone.is_empty() { String::new() } else { format!("，少了{gone}") };
        let new = if new.is_empty() { String::new() } else { format!("，多了{new}") };
        let place = |part: &Part| part.composition.units.first().map(|unit| part.here(unit.location.clone()));
        let message = format!("预算单位清单与上年不同{gone}{new}，文中没有说明机构变动的原因");
        let finding = verdicts.fail(place(later).unwrap_or_default(), &later.called(), message);
        let location = place(earlier).unwrap_or_default();
        finding.related = vec![Related { label: earlier.called(), location }];
    }
    verdicts.outcome("没有同一部门相连两年的文件都列出预算单位")
}

/// The units besides the department's own office, whose name is written in many ways.
fn units(part: &Part) -> BTreeSet<String> {
    let others = part.composition.units.iter().filter(|unit| !unit.own_level);
    others.map(|unit| name::marked(&unit.name).0).collect()
}
