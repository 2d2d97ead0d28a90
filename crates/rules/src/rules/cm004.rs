//! CM004: a table without data keeps its form, and the document says that there is none.
//!
//! Most forms want a note under the table; where the form prints none, a sentence of the narrative
//! that puts the fund at nothing says the same.

use super::{Verdicts, form_of, is_empty, title_of};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("CM004");
    for (i, statement) in facts.statements.iter().enumerate() {
        let Some(subject) = form_of(facts, statement).and_then(|form| form.note_when_empty.as_deref()) else {
            continue;
        };
        if !is_empty(facts, i) {
            continue;
        }
        if statement.notes.iter().any(|note| says_empty(&note.text)) || is_put_at_nothing(document, subject) {
            verdicts.pass();
        } else {
            let message = format!(
                "《{}》没有数据，也没有说明为什么是空表；应在表下注明无此项收支、本表为空表",
                statement.title.text
            );
            verdicts.fail(title_of(statement), statement.code, message);
        }
    }
    verdicts.outcome("没有空表")
}

/// A clause such as 政府性基金拨款支出预算0万元.
fn is_put_at_nothing(document: &Document, subject: &str) -> bool {
    let paragraphs = document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(words::fold(&paragraph.text)),
        Block::Table(_) => None,
    });
    let says = |clause: &str| {
        let after = clause.find(subject).map(|at| &clause[at..]);
        after.is_some_and(|text| says_empty(text) || says_zero(text))
    };
    paragraphs.into_iter().any(|text| text.split(['。', ';', ',']).any(says))
}

/// 0万元, 0.00万元, 零.
fn says_zero(text: &str) -> bool {
    let Some(at) = text.find(|c: char| c.is_ascii_digit()) else { return text.contains("为零") };
    let number: String = text[at..].chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    number.chars().all(|c| c == '0' || c == '.')
}

/// 故本表为空表, 故本表无数据, 没有政府性基金收入, 不涉及.
pub(crate) fn says_empty(note: &str) -> bool {
    ["空表", "无数据", "没有", "不涉及", "未安排"].iter().any(|word| note.contains(word))
}
