//! HI013: a table of functional codes has a row of totals.

use super::{Verdicts, facts_of, title_of};
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, Reading, RowCode};
use mingzhang_model::key::Function;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("HI013");
    for (i, statement) in facts.statements.iter().enumerate() {
        // What words alone tell, a row of another kind may total.
        let coded = statement.rows.iter().any(|row| matches!(row.code, Some(RowCode::Functional(_))));
        if !coded || statement.reading == Reading::Words {
            continue;
        }
        if facts_of(facts, i).any(|fact| fact.key.function == Function::All) {
            verdicts.pass();
        } else {
            let message = format!("《{}》没有识别到合计行", statement.title.text);
            verdicts.fail(title_of(statement), statement.code, message);
        }
    }
    verdicts.outcome("没有按功能分类列示的表")
}
