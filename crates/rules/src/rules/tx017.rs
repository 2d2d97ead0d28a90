//! TX017: terms that the state has retired are not used.

use crate::text::{self, Hit, Passage};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

/// A term, the first budget year that no longer has it, and what is said instead.
struct Retired {
    term: &'static str,
    since: u16,
    now: &'static str,
}

const RETIRED: [Retired; 6] = [
    Retired { term: "用事业基金弥补收支差额", since: 2020, now: "使用非财政拨款结余" },
    Retired { term: "医疗卫生与计划生育支出", since: 2019, now: "卫生健康支出" },
    Retired { term: "国土海洋气象等支出", since: 2019, now: "自然资源海洋气象等支出" },
    Retired { term: "公共财政预算", since: 2016, now: "一般公共预算" },
    Retired { term: "预算外资金", since: 2012, now: "财政专户管理资金" },
    Retired {
        term: "行政事业单位离退休（款）", since: 2021, now: "行政事业单位养老支出（款）"
    },
];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let Some(year) = text::year(document, facts) else {
        return Outcome::Undecided("没有读到年度".into());
    };
    text::search("TX017", document, facts, |passage, hits| find(passage, year, hits))
}

fn find(passage: &Passage<'_>, year: u16, hits: &mut Vec<Hit>) {
    for Retired { term, now, .. } in RETIRED.iter().filter(|retired| year >= retired.since) {
        let Some(at) = passage.text().find(term).filter(|at| !is_title(passage.text(), *at)) else { continue };
        let message = format!("“{term}”是已停用的说法，{year}年度应写作“{now}”");
        hits.push(Hit { bytes: at..at + term.len(), message });
    }
}

/// Titles of documents keep the words that they were issued with.
fn is_title(text: &str, at: usize) -> bool {
    text[..at].rfind('《').is_some_and(|open| !text[open..at].contains('》'))
}
