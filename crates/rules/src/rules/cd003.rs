//! CD003: no functional code carries a name that it had in former years only.

use super::{Verdicts, row_of};
use crate::prose::should_be;
use crate::text::{self, passages};
use mingzhang_model::code::Level;
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, RowCode};
use mingzhang_model::rule::Outcome;
use mingzhang_standard::codes::{self, Retired};
use mingzhang_standard::words;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let Some(year) = text::year(document, facts) else {
        return Outcome::Undecided("没有读到年度".into());
    };
    let mut verdicts = Verdicts::of("CD003");
    let retired: Vec<&Retired> = codes::retired().iter().filter(|old| year >= old.since).collect();
    for statement in &facts.statements {
        for row in &statement.rows {
            let name = words::label_key(&row.name);
            let old = retired.iter().find(|old| match row.code {
                Some(RowCode::Functional(code)) => old.code == code && name == old.name,
                Some(RowCode::Economic(_)) => false,
                // Rows without a code name a 类.
                None => old.code.level() == Level::Class && name == old.name,
            });
            match old {
                Some(old) => {
                    let finding = verdicts.fail(row_of(statement, row, &row.name), statement.code, told(old));
                    should_be(finding, old.now.to_string());
                }
                None => verdicts.pass(),
            }
        }
    }
    for passage in passages(document) {
        let text = passage.text();
        for old in &retired {
            for (at, _) in text.match_indices(old.name) {
                let end = at + old.name.len();
                if is_cited(text, at) || !is_named(text, end, old) {
                    continue;
                }
                let location = passage.locate(facts, at..end);
                let what = format!("{}:{}", old.name, passage.block);
                should_be(verdicts.fail(location, &what, told(old)), old.now.to_string());
            }
        }
    }
    if verdicts.is_untouched() {
        verdicts.pass();
    }
    verdicts.outcome("没有科目名称")
}

fn told(old: &Retired) -> String {
    format!("科目名称“{}”自{}年起已不用，现在是“{}”", old.name, old.since, old.now)
}

/// True inside 《…》: the title of a document keeps its words.
fn is_cited(text: &str, at: usize) -> bool {
    text[..at].rfind('《').is_some_and(|open| !text[open..at].contains('》'))
}

/// True where the words are the name of a code: a 类 by its full name, others before （款） or （项）.
fn is_named(text: &str, end: usize, old: &Retired) -> bool {
    let behind = words::fold(&text[end..text[end..].char_indices().nth(6).map_or(text.len(), |(i, _)| end + i)]);
    old.name.ends_with("等支出")
        || old.name.ends_with("生育支出")
        || old.name.ends_with("传媒支出")
        || ["(款", "(项", "款)", "项)"].iter().any(|mark| behind.starts_with(mark))
}
