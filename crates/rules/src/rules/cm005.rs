//! CM005: the note of an empty table speaks of that table's fund and not of another's.

use super::{Verdicts, form_of, words_of};
use crate::rules::cm004::says_empty;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::form;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("CM005");
    let all: Vec<&str> = facts.disclosure.form.and_then(form::form).map_or_else(Vec::new, |form| {
        form.tables.iter().filter_map(|table| table.note_when_empty.as_deref()).collect()
    });
    for statement in &facts.statements {
        let Some(own) = form_of(facts, statement).and_then(|form| form.note_when_empty.as_deref()) else { continue };
        for note in statement.notes.iter().filter(|note| says_empty(&note.text)) {
            let other = all.iter().find(|subject| **subject != own && note.text.contains(**subject));
            match other {
                Some(other) if !note.text.contains(own) => {
                    let message = format!("《{}》下的说明写的是“{other}”，应写“{own}”", statement.title.text);
                    verdicts.fail(words_of(statement, note), statement.code, message);
                }
                _ => verdicts.pass(),
            }
        }
    }
    verdicts.outcome("没有空表说明")
}
