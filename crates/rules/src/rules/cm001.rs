//! CM001: every table of the form is there.
//!
//! Not parsed is not “not published”: a table that the document names is at most a warning. A document
//! that shows only a few tables decides nothing: tables and text are often separate files.

use super::Verdicts;
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, Reading, Text};
use mingzhang_model::locator::Locator;
use mingzhang_model::rule::{Outcome, Severity};

/// A document that shows at least this many tables of nine is taken to be meant whole.
const MEANT_WHOLE: usize = 5;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    let shown = facts.statements.len();
    if shown < MEANT_WHOLE {
        return Outcome::Undecided(format!("只识别到 {shown} 张法定表格，不能判断是否齐全"));
    }
    let mut verdicts = Verdicts::of("CM001");
    facts.statements.iter().for_each(|_| verdicts.pass());
    for missing in &facts.missing {
        let title = missing.title;
        match &missing.named {
            Some(Text { text, place }) => {
                let location = Locator { place: *place, quote: Some(text.clone()), ..Locator::default() };
                let message = format!("文中提到《{title}》，但正文里没有识别到这张表，请核对是否漏附或未能读出");
                verdicts.fail_as(Severity::Warning, location, missing.code, message);
            }
            None if facts.statements.iter().any(|statement| statement.reading == Reading::Words) => {
                // A table whose words say something else is not missing: it was not understood.
                let location = facts.statements.last().map(super::title_of).unwrap_or_default();
                let location = Locator { quote: None, table: Some(title.to_string()), ..location };
                let message = format!("没有识别到《{title}》，请核对是否漏附或未能读出");
                verdicts.fail_as(Severity::Warning, location, missing.code, message);
            }
            None => {
                let location = facts.statements.last().map(super::title_of).unwrap_or_default();
                let location = Locator { quote: None, table: Some(title.to_string()), ..location };
                let message = format!("缺少《{title}》；没有数据的表也应当列出空表并说明");
                verdicts.fail(location, missing.code, message);
            }
        }
    }
    verdicts.outcome("没有识别到法定表格")
}
