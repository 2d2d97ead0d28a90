//! CM004: a table without data keeps its form and says that it is empty.

use super::{Verdicts, form_of, is_empty, title_of};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("CM004");
    for (i, statement) in facts.statements.iter().enumerate() {
        let needs_note = form_of(facts, statement).is_some_and(|form| form.note_when_empty.is_some());
        if !needs_note || !is_empty(facts, i) {
            continue;
        }
        if statement.notes.iter().any(|note| says_empty(&note.text)) {
            verdicts.pass();
        } else {
            let message = format!("《{}》没有数据，也没有说明为什么是空表；应在表下注明无此项收支、本表为空表", statement.title.text);
            verdicts.fail(title_of(statement), statement.code, message);
        }
    }
    verdicts.outcome("没有空表")
}

/// 故本表为空表, 故本表无数据, 没有政府性基金收入, 不涉及.
pub(crate) fn says_empty(note: &str) -> bool {
    ["空表", "无数据", "没有", "不涉及", "未安排"].iter().any(|word| note.contains(word))
}
