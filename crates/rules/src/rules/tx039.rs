//! TX039: where an item's rate of completion cannot be computed, the text says so, as it does elsewhere.

use crate::text;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

/// How a document says that there is no rate.
const SAID: [&str; 2] = ["无法计算", "不可比"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let says = |words: &[&str]| text::passages(document).any(|p| words.iter().any(|word| p.text().contains(word)));
    // Only a document that has both sentences shows by itself that one of them is missing.
    if !says(&SAID) || !says(&["完成年初预算", "完成预算"]) {
        return Outcome::NotApplicable("文中没有说明无法计算完成率的写法".into());
    }
    text::habits(
        "TX039",
        document,
        facts,
        |passage| silent(passage.text()),
        |passage, bytes| {
            format!("“{}”年初预算为零而没有写明无法计算完成率，文中他处写了，应一致", &passage.text()[bytes.clone()])
        },
    )
}

/// 年初预算为0万元，支出决算为27.38万元 in a paragraph that says nothing of completion.
fn silent(text: &str) -> Option<Range<usize>> {
    if text.contains("完成") || SAID.iter().any(|said| text.contains(said)) {
        return None;
    }
    let at = text.find("年初预算")?;
    let figure = |rest: &str| {
        let digits = rest.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).count();
        (digits > 0 && rest[digits..].starts_with("万元"))
            .then(|| (digits, rest[..digits].contains(|c| ('1'..='9').contains(&c))))
    };
    let rest = text[at..].strip_prefix("年初预算")?.trim_start_matches('数').trim_start_matches('为');
    let (digits, some) = figure(rest)?;
    let behind = rest[digits + "万元".len()..].strip_prefix('，')?.strip_prefix("支出决算")?;
    let behind = behind.trim_start_matches('数').trim_start_matches('为');
    let (spent, spends) = figure(behind)?;
    (!some && spends).then(|| at..text.len() - behind.len() + spent + "万元".len())
}
