//! PF008: the projects of each grade make up the projects that were evaluated.

use super::Verdicts;
use crate::prose::{Prose, should_be};
use crate::reading::performance::told;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic;

const GRADES: [(Statistic, &str); 4] = [
    (Statistic::GradedExcellent, "优"),
    (Statistic::GradedGood, "良"),
    (Statistic::GradedFair, "中（合格）"),
    (Statistic::GradedPoor, "差（不合格）"),
];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("PF008");
    for list in told(&prose) {
        let Some((whole, total)) = list.count(&prose, Statistic::EvaluatedProjects) else { continue };
        let grades: Vec<(usize, u64, &str)> = GRADES
            .iter()
            .filter_map(|(grade, word)| list.count(&prose, *grade).map(|(mention, count)| (mention, count, *word)))
            .filter(|(mention, _, _)| *mention > whole)
            .collect();
        let sum: u64 = grades.iter().map(|(_, count, _)| count).sum();
        if grades.len() < 2 || sum == total {
            if grades.len() >= 2 {
                verdicts.pass();
            }
            continue;
        }
        // Who prints a grade without projects prints every grade that has some.
        let complete = sum > total || grades.len() == GRADES.len() || grades.iter().any(|(_, count, _)| *count == 0);
        let severity = if complete { Severity::Error } else { Severity::Warning };
        let words: Vec<String> = grades.iter().map(|(_, count, word)| format!("{word}{count}")).collect();
        let message = format!("绩效自评的项目写为 {total} 个，各等级合计却是 {sum} 个（{}），请核对", words.join("、"));
        let others: Vec<usize> = grades.iter().map(|(mention, _, _)| *mention).collect();
        let finding = prose.fail(&mut verdicts, severity, whole, &others, message);
        should_be(finding, prose.words(whole).replace(&total.to_string(), &sum.to_string()));
        finding.culprit = None;
    }
    verdicts.outcome("文中没有按等级列出的自评项目")
}
