//! PF017: the rate of control of staff is those present over the posts.

use super::Verdicts;
use crate::prose::{Prose, Ratio, print, ratio, should_be};
use crate::reading::performance::told;
use crate::reading::rates;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Percent;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic;

const NAMES: &[&str] = &["在职人员控制率", "人员控制率", "财政供养人员控制率"];

/// Two counts that make a rate: those present and the posts.
struct Staff {
    present: usize,
    quota: usize,
    counts: [u64; 2],
}

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("PF017");
    let staff = staff(&prose);
    for at in rates::percentages(&prose, NAMES) {
        let Some(printed) = prose.percent(at) else { continue };
        let held = staff.iter().filter_map(|staff| {
            let [present, quota] = staff.counts.map(rates::exactly);
            let held = ratio(present, quota, printed)?;
            // What it should be is told to two places, however roughly it is printed.
            let fine = Percent { digits: printed.digits * 100, decimals: printed.decimals + 2 };
            Some((staff, held, ratio(present, quota, fine)?))
        });
        let held: Vec<(&Staff, Ratio, Ratio)> = held.collect();
        if held.iter().any(|(_, held, _)| matches!(held, Ratio::Fits | Ratio::Tail(_))) {
            verdicts.pass();
            continue;
        }
        let Some((staff, _, Ratio::Off(due))) = held.first() else { continue };
        let due = print(*due);
        let message = format!(
            "在职人员控制率写为 {}，按编制 {}、在职 {} 计算应为 {due}；若分母不是全部编制，应写明口径",
            prose.words(at),
            prose.words(staff.quota),
            prose.words(staff.present)
        );
        // The counts stand elsewhere, and may be of another day or of other posts.
        let mentions = &facts.prose.mentions;
        let together = mentions[staff.quota].span.block == mentions[at].span.block;
        let severity = if together { Severity::Error } else { Severity::Warning };
        let finding = prose.fail(&mut verdicts, severity, at, &[staff.quota, staff.present], message);
        should_be(finding, due);
        finding.culprit = None;
    }
    verdicts.outcome("文中没有在职人员控制率，或没有写出编制和在职人数")
}

/// The posts and those present, where one section tells both.
fn staff(prose: &Prose<'_>) -> Vec<Staff> {
    let lists = told(prose);
    let pairs = lists.iter().flat_map(|list| {
        let quota = list.count(prose, Statistic::StaffQuota).filter(|(_, count)| *count > 0);
        let present = [Statistic::StaffPresent, Statistic::StaffActual].into_iter();
        present.filter_map(move |statistic| {
            let (quota, posts) = quota?;
            let (present, persons) = list.count(prose, statistic)?;
            Some(Staff { present, quota, counts: [persons, posts] })
        })
    });
    pairs.collect()
}
