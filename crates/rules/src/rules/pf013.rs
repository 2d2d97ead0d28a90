//! PF013: the amount under goals of the whole is basic and project expenditure.

use super::Verdicts;
use crate::prose::{Prose, like, should_be};
use crate::reading::rates::neighbours;
use mingzhang_model::amount::Agreement;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Claim;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic;
use mingzhang_standard::words;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("PF013");
    for claim in prose.claims() {
        let Claim::Stated { mention, statistic: Statistic::WholeGoalAmount } = claim else { continue };
        if let Some(parts) = parts(&prose, *mention) {
            sum(&prose, &mut verdicts, *mention, parts);
        }
    }
    verdicts.outcome("文中没有分别写出基本支出和项目支出的整体支出绩效目标金额")
}

/// The basic and the project expenditure that follow directly.
fn parts(prose: &Prose<'_>, whole: usize) -> Option<[usize; 2]> {
    let mentions = &prose.facts.prose.mentions;
    let range = neighbours(mentions, whole);
    let named = |at: usize, name: &str| {
        let led = range.contains(&at) && words::fold(&mentions[at].lead).trim_end_matches(['为', ':']).ends_with(name);
        led && prose.figure(at).is_some()
    };
    (named(whole + 1, "基本支出") && named(whole + 2, "项目支出")).then_some([whole + 1, whole + 2])
}

fn sum(prose: &Prose<'_>, verdicts: &mut Verdicts, whole: usize, parts: [usize; 2]) {
    let (Some(total), Some(basic), Some(project), Some(figure)) =
        (prose.interval(whole), prose.interval(parts[0]), prose.interval(parts[1]), prose.figure(whole))
    else {
        return;
    };
    let sum = basic + project;
    if !matches!(sum.agreement(total), Agreement::Off(_) | Agreement::Touching(_)) {
        return verdicts.pass();
    }
    let due = like(figure, sum.middle());
    let message = format!(
        "整体支出绩效目标的金额写为 {}，基本支出 {} 与项目支出 {} 之和却是 {due}，请核对三个数",
        prose.words(whole),
        prose.words(parts[0]),
        prose.words(parts[1])
    );
    let finding = prose.fail(verdicts, Severity::Error, whole, &parts, message);
    should_be(finding, due);
    finding.culprit = None;
}
