//! TX019: both brackets of a pair have one width, and punctuation among Chinese words is full-width.

use crate::rules::Verdicts;
use crate::text::{self, Passage, is_han};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::finding::Related;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

/// How many more places a finding names.
const MOST: usize = 8;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("TX019");
    let mut pairs = 0;
    // A habit of the typist is one fault: one finding for each of the two mixtures.
    let mut mixed: [Vec<(Passage<'_>, Range<usize>)>; 2] = [Vec::new(), Vec::new()];
    for passage in text::passages(document) {
        for (bytes, mixture) in of_paragraph(passage.text()) {
            match mixture {
                None => pairs += 1,
                Some(mixture) => mixed[mixture].push((passage, bytes)),
            }
        }
    }
    for (mixture, places) in mixed.iter().enumerate() {
        let Some((passage, bytes)) = places.first() else { continue };
        let quote = &passage.text()[bytes.clone()];
        let count = if places.len() > 1 { format!("，全文共 {} 处", places.len()) } else { String::new() };
        let message = format!("括号“{quote}”一半全角、一半半角{count}，应统一用全角");
        let related = places.iter().skip(1).take(MOST).map(|(passage, bytes)| Related {
            label: "同样的括号".into(),
            location: passage.locate(facts, bytes.clone()),
        });
        let related = related.collect();
        let what = ["full-half", "half-full"][mixture];
        verdicts.fail(passage.locate(facts, bytes.clone()), what, message).related = related;
    }
    let places = text::each(document, |passage| half_width(passage.text()));
    text::habit(&mut verdicts, facts, &places, |passage, bytes| {
        let count = if half_widths(passage.text()).count() > 1 { "（本段不止一处）" } else { "" };
        format!("“{}”处用了半角标点，应用全角{count}", passage.around(bytes))
    });
    (0..pairs.min(1)).for_each(|_| verdicts.pass());
    verdicts.outcome("正文里没有括号和半角标点")
}

/// The first half-width mark among Chinese words, with its neighbours.
fn half_width(text: &str) -> Option<Range<usize>> {
    const NEIGHBOURS: usize = 4;
    let at = half_widths(text).next()?;
    let before: usize = text[..at].chars().rev().take(NEIGHBOURS).map(char::len_utf8).sum();
    let after: usize = text[at..].chars().take(NEIGHBOURS + 1).map(char::len_utf8).sum();
    Some(at - before..at + after)
}

/// Where half-width commas, semicolons, colons, question and exclamation marks stand between Chinese words. A mark
/// that a figure or a Latin word follows may be part of it; between a word and a figure, a comma is none.
fn half_widths(text: &str) -> impl Iterator<Item = usize> + '_ {
    const LABEL: usize = 9;
    let prose = text.contains('。');
    text.match_indices([',', ';', ':', '?', '!'])
        .filter(move |(at, mark)| {
            // 单位:万元 and 注: are labels, in whose width nobody is led astray.
            *mark != ":" || prose && *at > LABEL
        })
        .map(|(at, _)| at)
        .filter(move |at| {
            let before = text[..*at].chars().next_back();
            let after = text[at + 1..].trim_start().chars().next();
            let comma = matches!(text.as_bytes()[*at], b',' | b';');
            before.is_some_and(|c| is_han(c) || matches!(c, '）' | '”' | '%') || c.is_ascii_digit())
                && after.is_some_and(|c| is_han(c) || matches!(c, '“' | '（'))
                || comma && prose && before.is_some_and(is_han) && after.is_some_and(|c| c.is_ascii_digit())
        })
}

/// The pairs of round brackets of a paragraph; 0 where the first is full-width and the second is not.
fn of_paragraph(text: &str) -> Vec<(Range<usize>, Option<usize>)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut pairs = Vec::new();
    for (at, c) in text.match_indices(['（', '(', '）', ')']).filter_map(|(at, s)| Some((at, s.chars().next()?))) {
        match c {
            '（' | '(' => open.push((at, c)),
            _ => {
                let Some((from, first)) = open.pop() else { continue };
                let mixture = match (first, c) {
                    ('（', ')') => Some(0),
                    ('(', '）') => Some(1),
                    _ => None,
                };
                pairs.push((from..at + c.len_utf8(), mixture));
            }
        }
    }
    pairs
}
