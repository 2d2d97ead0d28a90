//! UM014: the tables of one document are in the units that their form prescribes.

use super::{Verdicts, form_of, words_of};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("UM014");
    let of_form = |i: usize| {
        let statement = &facts.statements[i];
        let (own, form) = (statement.unit?, form_of(facts, statement)?.unit?);
        statement.unit_note.as_ref().map(|note| (own, form, note))
    };
    let all: Vec<_> = (0..facts.statements.len()).filter_map(|i| of_form(i).map(|units| (i, units))).collect();
    let usual = all.iter().filter(|(_, (own, form, _))| own == form).count();
    for (i, (own, form, note)) in &all {
        if own == form {
            verdicts.pass();
        } else if usual * 2 > all.len() {
            let statement = &facts.statements[*i];
            let message = format!(
                "《{}》以“{}”为单位，表式规定为“{}”，其他表也都按表式；同一文件不应混用",
                statement.title.text,
                own.word(),
                form.word()
            );
            verdicts.fail(words_of(statement, note), statement.code, message);
        }
    }
    verdicts.outcome("没有写明单位的法定表格")
}
