//! TX033: small words that a sentence cannot do without are there.

use crate::rules::Verdicts;
use crate::text::{self, Passage, is_han};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

/// A pattern of prescribed text: the words before the small word, the small word, and whether a figure follows.
struct Pattern {
    before: &'static [&'static str],
    word: &'static str,
}

/// Patterns of which the full form must be the document's own habit.
const PATTERNS: [Pattern; 2] = [
    Pattern {
        before: &["完成年初预算", "完成全年预算", "完成预算", "完成调整预算"], word: "的"
    },
    Pattern { before: &["，支出决算", "，支出决算数", "，决算支出"], word: "为" },
];

/// What may rightly follow 主要原因.
const ANNOUNCE: &str = "是为有系一二三在如即包和与及或说主分详见由也均、，。：:；（(）)”》还都其的";

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("TX033");
    for pattern in &PATTERNS {
        let full = text::passages(document).map(|passage| places(passage.text(), pattern, true).len()).sum::<usize>();
        let bare: Vec<(Passage<'_>, Range<usize>)> =
            text::each(document, |passage| places(passage.text(), pattern, false).into_iter().next());
        (0..full.min(1)).for_each(|_| verdicts.pass());
        if full < bare.len() * 2 {
            continue;
        }
        text::habit(&mut verdicts, facts, &bare, |passage, bytes| {
            format!("“{}”漏了“{}”字，文中他处都有", &passage.text()[bytes.clone()], pattern.word)
        });
    }
    let reasons = text::each(document, |passage| unannounced(passage.text()));
    text::habit(&mut verdicts, facts, &reasons, |passage, bytes| {
        format!("“{}”处“主要原因”后漏了“是”或冒号", passage.around(bytes))
    });
    if text::passages(document).any(|passage| passage.text().contains("主要原因")) {
        verdicts.pass();
    }
    verdicts.outcome("文中没有这些句式")
}

/// Where the pattern stands with a figure behind it, with or without its small word.
fn places(text: &str, pattern: &Pattern, full: bool) -> Vec<Range<usize>> {
    let figure = |at: usize| {
        let rest = &text[at..];
        let rest = if full { rest.strip_prefix(pattern.word)? } else { rest };
        let trimmed = rest.trim_start();
        let digits: usize = trimmed.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).count();
        let unit: usize = trimmed[digits..].chars().take(2).map(char::len_utf8).sum();
        (digits > 0).then_some(text.len() - trimmed.len() + digits + unit)
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    for words in pattern.before {
        for (at, _) in text.match_indices(words) {
            if let Some(end) = figure(at + words.len()) {
                let start = at + if words.starts_with('，') { '，'.len_utf8() } else { 0 };
                found.push(start..end);
            }
        }
    }
    found.sort_by_key(|place| place.start);
    found
}

/// 主要原因绩效奖纳入预算: the reason begins without being announced.
fn unannounced(text: &str) -> Option<Range<usize>> {
    const SHOWN: usize = 5;
    let word = "主要原因";
    text.match_indices(word).map(|(at, _)| at).find_map(|at| {
        let begins = text[..at].trim_end().ends_with(['，', '；', '。', ',', '的']) || text[..at].trim().is_empty();
        let rest = &text[at + word.len()..];
        let next = rest.chars().next()?;
        let figure = next.is_ascii_digit() && rest.find('年') == Some(4);
        let open = (is_han(next) && !ANNOUNCE.contains(next)) || figure;
        let end = at + word.len() + rest.chars().take(SHOWN).map(char::len_utf8).sum::<usize>();
        (begins && open).then_some(at..end)
    })
}
