//! DU006: a listed unit without a budget of its own is said to be part of the department's own office.

use super::Verdicts;
use crate::bundle::View;
use mingzhang_model::finding::Related;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(view: &View<'_>) -> Outcome {
    let mut verdicts = Verdicts::of("DU006");
    for department in view.departments() {
        // Its own office has all the department's money, so the others have no budget.
        let Some(own) = department.own().filter(|own| department.has_all(own)) else { continue };
        let merged = department.whole.composition.units.iter().filter(|unit| unit.merged).count();
        (0..merged).for_each(|_| verdicts.pass());
        for unit in &department.lacking {
            let message = format!("清单列了“{}”，而部门预算全部在本级，没有写明它不单列预算、并入本级", unit.name);
            let place = department.whole.here(unit.location.clone());
            let finding = verdicts.fail(place, &unit.name, message);
            finding.related = vec![Related { label: own.called(), location: own.front() }];
        }
    }
    verdicts.outcome("没有部门与它本级的文件，或本级不是部门的全部")
}
