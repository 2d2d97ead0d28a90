//! CM021: the slot for the office's name in each table is filled, and with the name on the cover.

use super::{Verdicts, words_of};
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, Slot, Text};
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("CM021");
    for statement in &facts.statements {
        match &statement.name_slot {
            Slot::Absent => {}
            Slot::Blank(slot) => {
                let printed = Text { text: "部门：".into(), place: slot.place };
                let message = format!("《{}》表头的编制单位栏空着，应填写单位名称", statement.title.text);
                verdicts.fail(words_of(statement, &printed), statement.code, message);
            }
            Slot::Filled(name) => match &facts.disclosure.body {
                Some(body) if !is_same(&name.text, body) => {
                    let title = &statement.title.text;
                    let message = format!("《{title}》表头写的是“{}”，与封面的“{body}”不一致", name.text);
                    verdicts.fail(words_of(statement, name), statement.code, message).expected = Some(body.clone());
                }
                _ => verdicts.pass(),
            },
        }
    }
    verdicts.outcome("表头没有编制单位栏")
}

/// The same name, or one that adds the place or the level to the other: X（本级）.
fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (words::fold(a), words::fold(b));
    a.contains(&b) || b.contains(&a)
}
