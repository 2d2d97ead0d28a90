//! TA028: row numbers (行次) and column numbers (栏次) run on without gap or repeat.

use super::{Verdicts, words_of};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("TA028");
    for statement in &facts.statements {
        for (list, numbers) in statement.ordinals.iter().enumerate() {
            for (i, (number, text)) in numbers.iter().enumerate() {
                let expected = i as u32 + 1;
                if *number == Some(expected) {
                    verdicts.pass();
                    continue;
                }
                let message = format!("《{}》的序号在这里是“{}”，应为 {expected}", statement.title.text, text.text);
                let what = format!("{}:{list}", statement.code);
                verdicts.fail(words_of(statement, text), &what, message).expected = Some(expected.to_string());
                // One gap puts every number after it out of step: say it once.
                break;
            }
        }
    }
    verdicts.outcome("表里没有行次、栏次")
}
