//! TX019: both brackets of a pair have one width.

use crate::rules::Verdicts;
use crate::text::{self, Passage};
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
    (0..pairs.min(1)).for_each(|_| verdicts.pass());
    verdicts.outcome("正文里没有括号")
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
