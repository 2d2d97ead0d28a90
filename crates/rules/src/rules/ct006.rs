//! CT006: what accounts carry over at the beginning of a year is what the year before closed with.

use super::Verdicts;
use crate::bundle::{View, overlap};
use crate::wording;
use mingzhang_model::fact::DisclosureKind;
use mingzhang_model::finding::Related;
use mingzhang_model::key::{Key, Measure};
use mingzhang_model::rule::Outcome;
use mingzhang_model::set::Set;

pub(crate) fn check(view: &View<'_>) -> Outcome {
    let mut verdicts = Verdicts::of("CT006");
    let pairs = view.successive();
    for (earlier, later) in pairs.iter().filter(|(_, later)| later.kind() == Some(DisclosureKind::Accounts)) {
        let closings = earlier.cells();
        for (key, openings) in later.cells() {
            if key.measures != Set::only(Measure::Opening) {
                continue;
            }
            let last = Key { year: key.year - 1, measures: Set::only(Measure::Closing), ..key.clone() };
            let Some(closed) = closings.get(&last) else { continue };
            let agree = openings.iter().any(|o| closed.iter().any(|c| overlap(o.loosely(), c.loosely())));
            // An adjustment that the document tells of explains the difference.
            if agree || later.opening_adjusted {
                verdicts.pass();
                continue;
            }
            let (opening, closing) = (openings[0], closed[0]);
            let here = later.place(opening);
            let message = format!(
                "{}{}{}，而上年决算的年末数{}{}；不一致的应当说明调整原因",
                wording::cell(&here),
                wording::found(opening),
                opening.unit.word(),
                wording::found(closing),
                closing.unit.word(),
            );
            let finding = verdicts.fail(here, &format!("{}:{key}", later.called()), message);
            finding.expected = Some(wording::amount(opening, closing.printed.amount()));
            finding.related = vec![Related { label: earlier.called(), location: earlier.place(closing) }];
        }
    }
    verdicts.outcome("没有同一部门（单位）相连两年的决算")
}
