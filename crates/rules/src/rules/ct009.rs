//! CT009: the period of a project touches the budget year.

use super::Verdicts;
use crate::text::{self, Hit};
use mingzhang_model::document::Document;
use mingzhang_model::fact::{DisclosureKind, Facts};
use mingzhang_model::rule::Outcome;

const HEADINGS: [&str; 3] = ["实施周期", "项目周期", "实施期限"];

/// What makes a year no end of a period: 2024年起, 2023年以来.
const OPEN: [&str; 5] = ["起", "以来", "开始", "长期", "每年"];

/// What only begins: 2025年10月开工，工期490天.
const BEGUN: [&str; 3] = ["开工", "启动", "工期"];

/// What ends, though its beginning is told too.
const ENDED: [&str; 4] = ["竣工", "完工", "完成", "至"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let (Some(year), Some(DisclosureKind::Budget)) = (text::year(document, facts), facts.disclosure.kind) else {
        return Outcome::NotApplicable("不是预算".into());
    };
    let mut verdicts = Verdicts::of("CT009");
    for passage in text::passages(document) {
        let section = facts.prose.section_of.get(passage.block).copied().flatten();
        let Some(section) = section.map(|i| &facts.prose.sections[i]) else { continue };
        if !HEADINGS.iter().any(|heading| section.title.contains(heading)) {
            continue;
        }
        let text = passage.text();
        let years: Vec<_> = text::years(text).collect();
        let (Some(first), Some(last)) = (years.iter().map(|y| y.0).min(), years.iter().map(|y| y.0).max()) else {
            continue;
        };
        let holds = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let open = holds(&OPEN) || holds(&BEGUN) && !holds(&ENDED);
        if (first..=last).contains(&year) || open {
            verdicts.pass();
            continue;
        }
        let bytes = years[0].1.start..years[years.len() - 1].1.end + "年".len();
        let message = format!("实施周期“{}”不包括{year}年，本年度预算不应安排这一周期的项目", passage.around(&bytes));
        text::report(&mut verdicts, facts, &passage, Hit { bytes, message });
    }
    verdicts.outcome("没有写明项目实施周期")
}
