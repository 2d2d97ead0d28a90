//! UM009: the separators of an amount stand where they belong.

use crate::text::{self, Hit, Passage};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    text::search("UM009", document, facts, find)
}

fn find(passage: &Passage<'_>, hits: &mut Vec<Hit>) {
    let text = passage.text();
    let wrong = |bytes: &Range<usize>| !is_well_formed(&text[bytes.clone()]);
    for bytes in amounts(text).into_iter().filter(wrong) {
        let message = format!("金额“{}”的千分位或小数点写错了，请核对", &text[bytes.clone()]);
        hits.push(Hit { bytes, message });
    }
}

/// Runs of digits, commas and points that end before 元, 万元 or 亿元.
fn amounts(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(|c: char| c.is_ascii_digit()).map(|i| from + i) {
        let end = text[at..].find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').map_or(text.len(), |i| at + i);
        let unit = ["元", "万元", "亿元"].iter().any(|unit| text[end..].trim_start().starts_with(unit));
        // A number glued to a list number or a code is not read.
        let alone = !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '，' | '、' | '-'));
        if unit && alone {
            found.push(at..end);
        }
        from = end;
    }
    found
}

/// 1,234,567.89: at most one point; groups of three behind the first comma.
fn is_well_formed(number: &str) -> bool {
    let number = number.trim_end_matches([',', '.']);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if fraction.contains(['.', ',']) {
        return false;
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default().len();
    let rest: Vec<usize> = groups.map(str::len).collect();
    rest.is_empty() || ((1..=3).contains(&first) && rest.iter().all(|length| *length == 3))
}

#[cfg(test)]
mod tests {
    use super::is_well_formed;

    #[test]
    fn commas_separate_thousands() {
        for right in ["1,234.56", "12", "1,234,567", "0.5", "1234.5"] {
            assert!(is_well_formed(right), "{right}");
        }
        for wrong in ["1,541.50.00", "12,34.5", "1234,567", "1,2345", "1,,234"] {
            assert!(!is_well_formed(wrong), "{wrong}");
        }
    }
}
