//! PF025: one set of words for the grades.

use super::Verdicts;
use crate::text::{self, Hit};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

/// The words of the lower two grades in one set and in another.
const SETS: [&[&str]; 2] = [&["中", "差"], &["合格", "不合格"]];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("PF025");
    for passage in text::passages(document) {
        let text = passage.text();
        if !["绩效", "自评", "评价", "评级"].iter().any(|word| text.contains(word)) {
            continue;
        }
        let labels = labels(text);
        let of = |set: &[&str]| labels.iter().find(|bytes| set.contains(&&text[(*bytes).clone()])).cloned();
        match SETS.map(of) {
            [Some(first), Some(second)] => {
                let bytes = first.start.min(second.start)..first.end.max(second.end);
                let message = format!(
                    "等级词混用：同一段里既有“{}”又有“{}”，应统一用“优、良、中、差”或“优、良、合格、不合格”中的一套",
                    &text[first], &text[second]
                );
                text::report(&mut verdicts, facts, &passage, Hit { bytes, message });
            }
            [None, None] => {}
            _ => verdicts.pass(),
        }
    }
    verdicts.outcome("文中没有绩效等级")
}

/// The grades that are printed in quotation marks, or in a list such as 优、良、中、差.
fn labels(text: &str) -> Vec<Range<usize>> {
    const WORDS: [&str; 6] = ["优", "良", "中", "差", "合格", "不合格"];
    let is_label = |bytes: &Range<usize>| WORDS.contains(&&text[bytes.clone()]);
    let quoted = text.match_indices('“').filter_map(|(at, mark)| {
        let start = at + mark.len();
        Some(start..start + text[start..].find('”')?)
    });
    let mut found: Vec<Range<usize>> = quoted.filter(is_label).collect();
    let mut at = 0;
    let mut run: Vec<Range<usize>> = Vec::new();
    for part in text.split('、') {
        let bytes = at..at + part.len();
        at = bytes.end + '、'.len_utf8();
        // The first and the last of a list touch other words.
        let touching = |word: &&&str| if run.is_empty() { part.ends_with(**word) } else { part.starts_with(**word) };
        let longest = WORDS.iter().filter(touching).max_by_key(|word| word.len());
        match longest {
            Some(word) if run.is_empty() => run.push(bytes.end - word.len()..bytes.end),
            Some(word) => run.push(bytes.start..bytes.start + word.len()),
            None => {}
        }
        if longest.is_none_or(|word| run.len() > 1 && *word != part) {
            close(&mut run, &mut found);
        }
    }
    close(&mut run, &mut found);
    found
}

/// A list of three grades and more is one.
fn close(run: &mut Vec<Range<usize>>, found: &mut Vec<Range<usize>>) {
    if run.len() >= 3 {
        found.append(run);
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_labels_in_quotes_and_in_lists() {
        let read = |text: &str| -> Vec<String> { labels(text).into_iter().map(|b| text[b].to_string()).collect() };
        assert_eq!(read("等级分为优、良、中、不合格四档"), ["优", "良", "中", "不合格"]);
        assert_eq!(read("评为“优”的项目1个，“合格”的0个"), ["优", "合格"]);
        assert!(read("高、中、低三档，差、旅").is_empty());
    }
}
