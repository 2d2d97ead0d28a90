//! TX025: a reason says what happened, not only that something did.

use crate::text;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

/// Reasons that would fit any office and any year.
const EMPTY: [&str; 22] = [
    "项目调整",
    "政策性调整",
    "政策调整",
    "口径调整",
    "预算口径调整",
    "预算调整",
    "科目调整",
    "业务量增加",
    "业务量减少",
    "业务增加",
    "业务减少",
    "工作量增加",
    "工作量减少",
    "工作需要",
    "业务需要",
    "项目支出增加",
    "项目支出减少",
    "基本支出增加",
    "基本支出减少",
    "项目增加",
    "项目减少",
    "实际需要",
];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    text::habits(
        "TX025",
        document,
        facts,
        |passage| reason(passage.text()),
        |passage, bytes| {
            format!("提示：“{}”没有说明具体事项，请关注是否需要补充事项和金额", &passage.text()[bytes.clone()])
        },
    )
}

/// 主要原因是项目调整。
fn reason(text: &str) -> Option<Range<usize>> {
    text.match_indices("主要原因").find_map(|(at, word)| {
        let rest = text[at + word.len()..].trim_start_matches(['是', '为', '：', ':', ' ']);
        let rest = rest.strip_prefix("由于").or_else(|| rest.strip_prefix('因')).unwrap_or(rest);
        let said = rest.split(['。', '；', '，']).next()?;
        let ends = rest[said.len()..].starts_with(['。', '；']);
        (ends && EMPTY.contains(&said.trim())).then(|| at..text.len() - rest.len() + said.len())
    })
}
