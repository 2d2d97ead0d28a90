//! TX022: a named member of the staff is not told of in a published text.
//!
//! Only where the words themselves say that it is one of the office's own people; who must be named by law, such as
//! the leaders, is not called so.

use crate::text;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

/// How an office speaks of itself.
const OWN: [&str; 12] =
    ["我处", "我局", "我委", "我办", "我院", "我部", "我校", "我中心", "我单位", "本单位", "本部门", "我部门"];

/// Words that stand before 同志 and are no name.
const PLAIN: [&str; 16] = [
    "全体",
    "各位",
    "班子",
    "老",
    "离退休",
    "退休",
    "党员",
    "干部",
    "在职",
    "女",
    "年轻",
    "青年",
    "困难",
    "部分",
    "名",
    "位",
];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    text::habits(
        "TX022",
        document,
        facts,
        |passage| named(passage.text()),
        |passage, bytes| format!("“{}”写到职工个人姓名，公开前应核对是否必要", passage.around(bytes)),
    )
}

/// 我处某某某同志
fn named(text: &str) -> Option<Range<usize>> {
    text.match_indices("同志").find_map(|(end, word)| {
        let own = OWN.iter().filter_map(|own| text[..end].rfind(own).map(|at| (at, at + own.len())));
        let (at, from) = own.max_by_key(|(_, from)| *from)?;
        let name = &text[from..end];
        let is_name = (2..=3).contains(&name.chars().count()) && name.chars().all(text::is_han);
        (is_name && !PLAIN.iter().any(|plain| name.contains(plain))).then_some(at..end + word.len())
    })
}
