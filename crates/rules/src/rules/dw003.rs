//! DW003: 大于, 小于 and 持平 between an outturn and its budget go the way of the numbers.

use super::Verdicts;
use crate::prose::Prose;
use crate::reading::compared::{Comparison, Order, comparisons, order};
use crate::text::{Hit, Passage, passages, report};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    each(document, facts, "DW003", |said, truly| {
        !matches!((said.said, truly), (Order::More | Order::Less, Order::Equal))
    })
}

/// Tries the comparisons that a rule looks at: DW008 has those of equal amounts.
pub(crate) fn each(
    document: &Document,
    facts: &Facts,
    code: &'static str,
    is_own: fn(&Comparison, Order) -> bool,
) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of(code);
    for passage in passages(document) {
        for said in comparisons(&prose, &passage) {
            let pair = &said.pair;
            let (Some(spent), Some(planned)) = (prose.interval(pair.outturn), prose.interval(pair.budget)) else {
                continue;
            };
            let truly = order(spent, planned);
            if truly == Order::Open || said.roughly || !is_own(&said, truly) {
                continue;
            }
            if truly == said.said {
                verdicts.pass();
            } else {
                tell(&prose, &mut verdicts, &passage, &said, truly);
            }
        }
    }
    verdicts.outcome("文中没有写决算数与预算数的大小")
}

fn tell(prose: &Prose<'_>, verdicts: &mut Verdicts, passage: &Passage<'_>, said: &Comparison, truly: Order) {
    let (spent, planned) = (prose.words(said.pair.outturn), prose.words(said.pair.budget));
    let word = match truly {
        Order::More => "大于",
        Order::Less => "小于",
        Order::Equal | Order::Open => "等于",
    };
    let message = format!(
        "写的是“{}”，但决算数 {spent} {word}预算数 {planned}，二者必有一处写错",
        &passage.text()[said.bytes.clone()]
    );
    report(verdicts, prose.facts, passage, Hit { bytes: said.bytes.clone(), message });
}
