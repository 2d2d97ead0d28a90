//! TX023: basic and project expenditure are not taken for each other in words.

use crate::rules::{Verdicts, tx012};
use crate::text::{self, Hit, Passage};
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, RowCode};
use mingzhang_model::key::{Function, Kind, Measure};
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;
use std::ops::Range;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("TX023");
    for passage in text::passages(document) {
        if let Some(bytes) = counted(passage.text()) {
            let message = format!(
                "“{}”把“基本支出”“项目支出”当作项目来数，它们是支出的类别，应写具体项目",
                passage.around(&bytes)
            );
            text::report(&mut verdicts, facts, &passage, Hit { bytes, message });
        }
        described(&mut verdicts, facts, &passage);
    }
    verdicts.pass();
    verdicts.outcome("")
}

/// 项目2个，基本支出和项目支出
fn counted(text: &str) -> Option<Range<usize>> {
    text.match_indices("项目").find_map(|(at, word)| {
        let rest = text[at + word.len()..].trim_start_matches(['数', '共', '为', ' ']);
        let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let named = behind.strip_prefix('个').filter(|_| behind.len() < rest.len())?;
        let list =
            named.trim_start_matches(['，', '：', '（', ',', ':', '(', ' ', '即', '为', '分', '别', '是', '包', '括']);
        let both = [
            "基本支出和项目支出",
            "基本支出、项目支出",
            "项目支出和基本支出",
            "基本支出与项目支出",
            "基本支出及项目支出",
        ];
        let found = both.iter().find(|both| list.starts_with(**both))?;
        Some(at..text.len() - list.len() + found.len())
    })
}

/// The words for an item against the kinds of its row.
fn described(verdicts: &mut Verdicts, facts: &Facts, passage: &Passage<'_>) {
    let Some((own, said)) = tx012::item_and_text(passage, "主要用于") else { return };
    let words = &passage.text()[said.clone()];
    let (basic, project) = (words.find("基本支出"), words.find("项目支出"));
    let (at, wrong, right) = match (basic, project) {
        (Some(at), None) => (at, Kind::Basic, Kind::Project),
        (None, Some(at)) => (at, Kind::Project, Kind::Basic),
        _ => return,
    };
    let (Some(nothing), Some(something)) = (money(facts, &own, wrong), money(facts, &own, right)) else { return };
    if nothing || !something {
        return verdicts.pass();
    }
    let bytes = said.start + at..said.start + at + "基本支出".len();
    let message = format!("“{own}（项）”写作{}，表内这一项只有{}", word(wrong), word(right));
    text::report(verdicts, facts, passage, Hit { bytes, message });
}

fn word(kind: Kind) -> &'static str {
    if kind == Kind::Basic { "基本支出" } else { "项目支出" }
}

/// Whether the row of an item shows money of a kind; none where no one row of that name, or several, were found.
fn money(facts: &Facts, own: &str, kind: Kind) -> Option<bool> {
    let mut found = facts.facts.iter().filter(|fact| {
        let row = &facts.statements[fact.statement].rows[fact.row];
        matches!((row.code, fact.key.function), (Some(RowCode::Functional(code)), Function::Code(own)) if code == own)
            && words::label_key(&row.name).trim_end_matches("支出") == own
            && fact.key.kinds == [kind].into_iter().collect()
            && fact.key.measures == [Measure::Expenditure].into_iter().collect()
    });
    let first = found.next()?;
    let function = first.key.function;
    let some = !first.printed.amount().is_zero();
    found.all(|fact| fact.key.function == function && fact.printed.amount().is_zero() != some).then_some(some)
}
