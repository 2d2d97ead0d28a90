//! NT007: the names of 类, 款 and 项 in the narrative are names of one item of the table.

use super::Verdicts;
use crate::prose::Prose;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::locator::Locator;
use mingzhang_model::prose::Claim;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("NT007");
    for claim in prose.claims() {
        match claim {
            Claim::Named { table: "B05" | "A05", .. } => verdicts.pass(),
            Claim::Unplaced { mention, names: [class, subclass, item], table } => {
                let title = facts.statements.iter().find(|s| s.code == *table).map_or("", |s| s.title.text.as_str());
                let quote = format!("{subclass}（款）{item}（项）");
                let location = Locator { quote: Some(quote.clone()), ..prose.locator(*mention) };
                let message = format!("文中的科目“{class}（类）{quote}”在《{title}》里没有，请核对类、款、项名称");
                verdicts.fail(location, &quote, message);
            }
            _ => {}
        }
    }
    verdicts.outcome("文中没有逐项写出类、款、项")
}
