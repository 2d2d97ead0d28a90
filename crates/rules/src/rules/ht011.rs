//! HT011: what is paid to staff stands under projects.

use super::Verdicts;
use crate::prose::Prose;
use crate::reading::hints;
use crate::text::{self, Hit};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;

/// What is paid to persons who work for the office.
const STAFF: [&str; 10] = [
    "临时人员经费",
    "临时人员工资",
    "临聘人员",
    "聘用人员经费",
    "聘用人员工资",
    "编外人员经费",
    "驻外补贴",
    "人员经费",
    "人员工资",
    "津贴补贴",
];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("HT011");
    for (i, mention) in facts.prose.mentions.iter().enumerate() {
        if prose.figure(i).is_none_or(|figure| figure.amount.is_zero()) {
            continue;
        }
        let Some(passage) = hints::passage(&prose, i) else { continue };
        let said = hints::before(&prose, i);
        let lead = words::fold(&mention.lead);
        if !speaks_of_projects(passage.text(), &said) {
            continue;
        }
        let clause = lead.rsplit([',', ';', ':', '、']).next().unwrap_or(&lead);
        let Some(staff) = STAFF.iter().find(|word| clause.contains(**word) && !clause.contains("基本支出")) else {
            verdicts.pass();
            continue;
        };
        let message = format!("项目支出里列了“{staff}”（{}），请关注是否应列入基本支出的人员经费", prose.words(i));
        let bytes = mention.span.bytes.clone();
        text::report(&mut verdicts, facts, &passage, Hit { bytes, message });
    }
    verdicts.outcome("文中没有逐项写出项目支出")
}

/// True when a paragraph opens with 项目支出 and its sentence has not come to 基本支出.
fn speaks_of_projects(paragraph: &str, said: &str) -> bool {
    const OPENING: usize = 20;
    let opening: String = words::fold(paragraph).chars().take(OPENING).collect();
    let basic = said.rfind("基本支出");
    let project = said.rfind("项目支出");
    match (project, basic) {
        (Some(project), Some(basic)) => project > basic,
        (Some(_), None) => true,
        (None, Some(_)) => false,
        (None, None) => opening.contains("项目支出") && !opening.contains("基本支出"),
    }
}
