//! HI008: codes ascend. 201, 20101, 2010101, 20102: a code comes after what it lies under.

use super::{Verdicts, hi005, row_of};
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, RowCode};
use mingzhang_model::rule::Outcome;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("HI008");
    for statement in &facts.statements {
        let coded: Vec<_> = statement.rows.iter().filter(|row| row.code.is_some()).collect();
        for pair in coded.windows(2) {
            let (Some(above), Some(below)) = (pair[0].code, pair[1].code) else { continue };
            // Blocks printed side by side each begin anew at a 类.
            let begins_anew = matches!(below, RowCode::Economic(code) if code.is_class());
            if begins_anew || hi005::text(above) < hi005::text(below) || above == below {
                verdicts.pass();
            } else {
                let (above, below) = (hi005::text(above), hi005::text(below));
                let message = format!("《{}》里科目 {below} 排在 {above} 之后，应按编码升序", statement.title.text);
                verdicts.fail(row_of(statement, pair[1], &below), &format!("{}:{below}", statement.code), message);
            }
        }
    }
    verdicts.outcome("没有带科目编码的表")
}
