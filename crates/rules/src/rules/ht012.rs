//! HT012: more persons than posts, or the retired counted with those present.

use super::Verdicts;
use crate::prose::Prose;
use crate::reading::performance::told;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic::{StaffActual, StaffPresent, StaffQuota, StaffRetired};

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("HT012");
    for list in told(&prose) {
        let count = |statistic| list.count(&prose, statistic);
        let (quota, actual, present) = (count(StaffQuota), count(StaffActual), count(StaffPresent));
        // The retired are no staff: 实有7人，其中在职5人，退休2人.
        if let (Some((at, all)), Some((here, on)), Some((gone, off))) = (actual, present, count(StaffRetired))
            && off > 0
            && on + off == all
            && at < here
        {
            let message = format!(
                "实有人数 {all} 人里包括退休人员 {off} 人，退休人员不占编制，请关注实有人数是否应为在职的 {on} 人"
            );
            prose.fail(&mut verdicts, Severity::Hint, at, &[here, gone], message);
            continue;
        }
        let (Some((posts, quota)), Some((at, persons))) = (quota, actual.or(present)) else { continue };
        if persons <= quota {
            verdicts.pass();
            continue;
        }
        let message = format!("实有（在职）人数 {persons} 人多于编制 {quota} 人，请关注超编或口径不一致的原因");
        prose.fail(&mut verdicts, Severity::Hint, at, &[posts], message);
    }
    verdicts.outcome("文中没有编制数和实有人数")
}
