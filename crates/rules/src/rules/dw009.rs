//! DW009: what is said to stay within its budget does not exceed it.

use super::Verdicts;
use crate::prose::Prose;
use crate::reading::compared::executed;
use crate::text::{Hit, Passage, passages, places_of, report};
use mingzhang_model::amount::Interval;
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Fact, Facts};
use mingzhang_model::key::Stage;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

const CLAIMS: [&str; 8] = [
    "控制在预算",
    "控制在年初预算",
    "未超预算",
    "未超出预算",
    "没有超过预算",
    "未超过预算",
    "未突破预算",
    "控制在年度预算",
];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("DW009");
    for passage in passages(document) {
        for bytes in places_of(passage.text(), &CLAIMS) {
            let Some((spent, planned, words)) = amounts(&prose, &passage, &bytes) else { continue };
            if !spent.exceeds(planned) {
                verdicts.pass();
                continue;
            }
            let message = format!("写的是“{}”，但{words}，已经超出", &passage.text()[bytes.clone()]);
            report(&mut verdicts, facts, &passage, Hit { bytes, message });
        }
    }
    verdicts.outcome("文中没有写支出控制在预算以内，或者没有写出决算数和预算数")
}

/// What was spent, what was planned, and the words about them: of the sentence, or for 三公 of its table.
fn amounts(prose: &Prose<'_>, passage: &Passage<'_>, bytes: &Range<usize>) -> Option<(Interval, Interval, String)> {
    let text = passage.text();
    let sentence = text[..bytes.start].rsplit('。').next().unwrap_or_default();
    if let Some(pair) = executed(prose, passage, bytes.start)
        && prose.facts.prose.mentions[pair.budget].span.bytes.start + sentence.len() >= bytes.start
    {
        let words = format!("决算数是 {}，预算数是 {}", prose.words(pair.outturn), prose.words(pair.budget));
        return Some((prose.interval(pair.outturn)?, prose.interval(pair.budget)?, words));
    }
    let about_all = sentence.contains("三公") && !sentence.contains("接待费总额") && !sentence.contains("年初预算");
    let spent = total(prose.facts, |stage| stage == Stage::FinalAccounts).filter(|_| about_all)?;
    let planned = total(prose.facts, |stage| stage != Stage::FinalAccounts)?;
    let cell = |fact: &Fact| prose.facts.locator(fact).quote.unwrap_or_default();
    let words = format!("“三公”经费表的决算数是 {}，预算数是 {}", cell(spent), cell(planned));
    Some((spent.interval(), planned.interval(), words))
}

/// The total of 三公 in its table.
fn total(facts: &Facts, is_stage: impl Fn(Stage) -> bool) -> Option<&Fact> {
    let of_table =
        |fact: &&Fact| facts.statements[fact.statement].concept == "three_public" && is_stage(fact.key.stage);
    facts.facts.iter().filter(of_table).max_by_key(|fact| fact.key.economic.codes().len())
}
