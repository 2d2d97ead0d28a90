//! TX020: an explained term says what the prescribed text says of it.

use crate::rules::Verdicts;
use crate::text::{self, Hit, ListNumber};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;

/// A term, what its explanation lists when it lists anything, and what must then be in it. Each part may be said in
/// several ways.
struct Explained {
    terms: &'static [&'static str],
    lists: &'static str,
    parts: &'static [&'static [&'static str]],
    /// Words without which the part does not matter to this document.
    when: &'static str,
    /// The first year whose prescribed text has all parts.
    since: u16,
}

const EXPLAINED: [Explained; 2] = [
    Explained {
        terms: &["财政拨款收入", "财政拨款", "一般公共预算财政拨款收入"],
        lists: "政府性基金",
        parts: &[&["国有资本经营"]],
        when: "国有资本经营预算",
        since: 2020,
    },
    Explained {
        terms: &["三公经费", "一般公共预算三公经费"],
        lists: "公务接待费",
        parts: &[&["因公出国", "出国(境)", "出国"], &["公务用车", "公务车", "公车"], &["公务接待"]],
        when: "三公",
        since: 2010,
    },
];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("TX020");
    let Some(year) = text::year(document, facts) else {
        return Outcome::Undecided("没有读到年度".into());
    };
    let says = |word: &str| text::passages(document).any(|passage| passage.text().contains(word));
    for passage in text::passages(document) {
        let body = &passage.text()[ListNumber::of(passage.text()).map_or(0, |number| number.length)..];
        let Some((term, told)) = body.split_once(['：', ':']) else { continue };
        let (term, told) = (words::fold(term), words::fold(told));
        let explained =
            EXPLAINED.iter().find(|e| year >= e.since && e.terms.contains(&term.as_str()) && told.contains(e.lists));
        // What is explained begins with 指, and a sentence with amounts explains nothing.
        let Some(explained) = explained.filter(|_| told.contains('指') && !told.contains("万元")) else { continue };
        let left_out = explained.parts.iter().find(|ways| !ways.iter().any(|way| told.contains(way)));
        match left_out.filter(|_| says(explained.when)) {
            None => verdicts.pass(),
            Some(ways) => {
                let text = passage.text();
                let message = format!("“{term}”的解释没有写到“{}”，与公开表式的释义不一致，应补上", ways[0]);
                text::report(&mut verdicts, facts, &passage, Hit { bytes: 0..text.trim_end().len(), message });
            }
        }
    }
    verdicts.outcome("没有这些名词的解释")
}
