//! CT002: the title of a table names the document's year.

use super::{Verdicts, title_of};
use crate::text;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let Some(year) = text::year(document, facts) else {
        return Outcome::Undecided("没有读到年度".into());
    };
    let mut verdicts = Verdicts::of("CT002");
    for statement in &facts.statements {
        let title = words::fold(&statement.title.text);
        let Some((named, _)) = text::years(&title).next() else { continue };
        if named == year {
            verdicts.pass();
        } else {
            let message = format!("《{}》的年份是{named}年，而本文是{year}年度的", statement.title.text);
            verdicts.fail(title_of(statement), statement.code, message).expected = Some(format!("{year}年"));
        }
    }
    verdicts.outcome("表题没有写年份")
}
