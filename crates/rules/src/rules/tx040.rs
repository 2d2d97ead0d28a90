//! TX040: no comma between the name of an item and its amount.

use crate::text;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

/// What the names of items end in.
const ENDS: [&str; 3] = ["支出", "经费", "费"];

/// What stands before an item in a list.
const BEFORE: [char; 6] = ['；', '：', '、', ';', ':', '。'];

/// One comma may part two clauses; a list of several such items shows the slip.
const FEWEST: usize = 2;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    text::search("TX040", document, facts, |passage, hits| {
        let text = passage.text();
        let places: Vec<std::ops::Range<usize>> =
            text.match_indices(['，', ',']).filter_map(|(at, mark)| item(text, at, mark.len())).collect();
        if places.len() >= FEWEST {
            let told =
                |first: &std::ops::Range<usize>| format!("“{}”的名称和金额之间多了逗号，应删去", &text[first.clone()]);
            text::first_of(&places, told, hits);
        }
    })
}

/// The item whose comma stands at a byte: its name, the comma and the amount.
fn item(text: &str, comma: usize, length: usize) -> Option<std::ops::Range<usize>> {
    const LONGEST_NAME: usize = 14;
    let before = &text[..comma];
    let from = before.rfind(BEFORE).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let name = before[from..].trim();
    let is_name = name.chars().count() <= LONGEST_NAME
        && ENDS.iter().any(|end| name.ends_with(end))
        && !name.contains(['，', ',', '年', '共', '增', '减']);
    let after = text[comma + length..].trim_start();
    let digits = after.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(after.len());
    let unit = after[digits..].trim_start().strip_prefix("万元").or(after[digits..].trim_start().strip_prefix('元'))?;
    let closed = unit.is_empty() || unit.starts_with(['；', ';', '、', '。', '等', '，']);
    (is_name && digits > 0 && closed).then(|| from..text.len() - unit.len())
}
