//! UM010: numbers are written in half-width digits, without letters that look like digits.

use crate::text::{self, Hit, Passage};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

const UNITS: [&str; 4] = ["万元", "元", "%", "％"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    text::search("UM010", document, facts, find)
}

fn find(passage: &Passage<'_>, hits: &mut Vec<Hit>) {
    let text = passage.text();
    let mut places: Vec<Range<usize>> = Vec::new();
    for (at, _) in UNITS.iter().flat_map(|unit| text.match_indices(unit)) {
        let before = text[..at].trim_end();
        let from = before.char_indices().rev().take_while(|(_, c)| is_part(*c)).last().map_or(before.len(), |(i, _)| i);
        let number = &before[from..];
        let cut = number.len() - number.trim_start_matches(|c: char| !is_digit(c)).len();
        if is_odd(&number[cut..]) {
            places.push(from + cut..before.len());
        }
    }
    places.sort_by_key(|place| place.start);
    places.dedup();
    let told = |place: &Range<usize>| {
        format!("数字“{}”里有全角数字，或有形似数字的字母、符号，应改用半角阿拉伯数字", &text[place.clone()])
    };
    text::first_of(&places, told, hits);
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// What a number, rightly or wrongly written, is made of.
fn is_part(c: char) -> bool {
    is_digit(c) || matches!(c, ',' | '.' | '．' | '。' | 'O' | 'o' | 'l' | 'I' | '〇')
}

/// A full-width digit, or a look-alike between digits.
fn is_odd(number: &str) -> bool {
    let chars: Vec<char> = number.chars().collect();
    let full = chars.iter().any(|c| ('０'..='９').contains(c));
    let inside = |i: usize| i > 0 && (is_digit(chars[i - 1]) || chars[i - 1] == '.');
    let alike = (0..chars.len()).any(|i| match chars[i] {
        'O' | 'o' | 'l' | 'I' | '〇' => inside(i),
        // A stop between digits is a decimal point only where digits follow at once: 12。5万元.
        '。' => inside(i) && chars.get(i + 1).is_some_and(|c| is_digit(*c)) && chars.len() - i <= 3,
        _ => false,
    });
    full || alike
}
