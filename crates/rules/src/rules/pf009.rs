//! PF009: issues found are issues mended and issues being mended.

use super::Verdicts;
use crate::prose::Prose;
use crate::reading::performance::told;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("PF009");
    for list in told(&prose) {
        let Some((at, found)) = list.count(&prose, Statistic::IssuesFound) else { continue };
        let mended = list.count(&prose, Statistic::IssuesMended);
        let open = list.count(&prose, Statistic::IssuesOpen);
        let told = mended.is_some() && open.is_some();
        let sum = mended.map_or(0, |(_, n)| n) + open.map_or(0, |(_, n)| n);
        let parts: Vec<usize> = [mended, open].iter().flatten().map(|(mention, _)| *mention).collect();
        if parts.is_empty() {
            continue;
        }
        if sum == found || (sum < found && !told) {
            verdicts.pass();
            continue;
        }
        let words: Vec<&str> = parts.iter().map(|part| prose.words(*part)).collect();
        let message = format!(
            "绩效自评发现问题 {found} 个，已经整改和正在整改的合计却是 {sum} 个（{}），请核对",
            words.join(" + ")
        );
        prose.fail(&mut verdicts, Severity::Error, at, &parts, message);
    }
    verdicts.outcome("文中没有发现问题和整改的个数")
}
