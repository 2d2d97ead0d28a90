//! TX021: no identity number, mobile number or bank account of a person is printed.
//!
//! What is found is never shown in full, neither in the message nor as the quote.

use crate::rules::Verdicts;
use crate::text::{self, Passage};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("TX021");
    let mut read = false;
    for passage in text::passages(document) {
        read = true;
        for (bytes, digits) in numbers(passage.text()) {
            if let Some(kind) = kind(&passage, bytes.start, &digits) {
                let masked = mask(&digits);
                let mut location = passage.locate(facts, bytes);
                location.quote = Some(masked.clone());
                let message = format!("正文印有{kind}“{masked}”，涉及个人信息，公开前应删去或遮盖");
                verdicts.fail(location, &masked, message);
            }
        }
    }
    if read {
        verdicts.pass();
    }
    verdicts.outcome("没有正文")
}

/// Runs of at least eleven digits, an X at the end included.
fn numbers(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(|c: char| c.is_ascii_digit()).map(|i| from + i) {
        let mut end = text[at..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |i| at + i);
        if end - at == 17 && text[end..].starts_with(['X', 'x']) {
            end += 1;
        }
        let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '-' | '_');
        let alone = !text[..at].ends_with(part) && !text[end..].starts_with(|c: char| c.is_ascii_alphabetic());
        if alone && end - at >= 11 && !text[end..].starts_with(['.', ',']) {
            found.push((at..end, text[at..end].to_uppercase()));
        }
        from = end.max(at + 1);
    }
    found
}

/// What kind of personal number it is.
fn kind(passage: &Passage<'_>, at: usize, digits: &str) -> Option<&'static str> {
    let before: String = passage.text()[..at].chars().rev().take(12).collect();
    let says = |word: &str| before.contains(&word.chars().rev().collect::<String>());
    let bytes = digits.as_bytes();
    match bytes.len() {
        18 if is_identity(bytes) => Some("身份证号"),
        11 if bytes[0] == b'1' && (b'3'..=b'9').contains(&bytes[1]) => Some("手机号码"),
        12..=23 if says("账号") || says("帐号") || says("卡号") => Some("银行账号"),
        _ => None,
    }
}

/// The check digit of GB 11643, and a date of birth of the last or this century.
fn is_identity(digits: &[u8]) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    if !digits[..17].iter().all(u8::is_ascii_digit) || !matches!(&digits[6..8], b"19" | b"20") {
        return false;
    }
    let sum: u32 = digits[..17].iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    digits[17] == CHECKS[(sum % 11) as usize]
}

/// The first three and the last two digits, the rest hidden.
fn mask(digits: &str) -> String {
    let last = digits.len() - 2;
    format!("{}{}{}", &digits[..3], "*".repeat(last - 3), &digits[last..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_number_needs_its_check_digit() {
        assert!(is_identity(b"11010519491231002X"));
        assert!(!is_identity(b"110105194912310021"));
        assert_eq!(mask("13812345678"), "138******78");
    }

    #[test]
    fn numbers_that_are_part_of_others_are_left_alone() {
        assert_eq!(numbers("项目11000022T000000451"), []);
        assert_eq!(numbers("合计138123456789.00元"), []);
        assert_eq!(numbers("电话13812345678。").len(), 1);
    }
}
