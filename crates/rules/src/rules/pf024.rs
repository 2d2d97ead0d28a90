//! PF024: no more cases are closed than were received, and the rate is their ratio.

use super::Verdicts;
use crate::prose::{Prose, Ratio, print, ratio, should_be};
use crate::reading::rates;
use crate::text;
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Quantity;
use mingzhang_model::rule::{Outcome, Severity};
use std::ops::Range;

const RECEIVED: [&str; 6] = ["受理", "收到", "接到", "交办", "登记", "接收"];
const CLOSED: [&str; 5] = ["办结", "化解", "结案", "办理完成", "办理完毕"];
const RATES: &[&str] = &["办结率", "化解率", "结案率"];
const UNITS: [&str; 8] = ["件", "起", "宗", "批", "名", "人", "个", "项"];

/// Words of cases that were received before: more of them can be closed than come in.
const OLDER: [&str; 8] = ["积案", "历年", "往年", "上年", "遗留", "结转", "存量", "去年"];

/// What a sentence counts.
struct Cases {
    received: Vec<usize>,
    closed: Vec<usize>,
}

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("PF024");
    for sentence in sentences(&prose) {
        let cases = cases(&prose, sentence.clone());
        let ([received], [closed]) = (cases.received.as_slice(), cases.closed.as_slice()) else { continue };
        let (Some(came), Some(went)) = (prose.count(*received), prose.count(*closed)) else { continue };
        // Cases beside persons: the two may count different things.
        let same_unit = unit(&prose, *received) == unit(&prose, *closed);
        let severity = if same_unit { Severity::Error } else { Severity::Warning };
        if went > came {
            let message = format!("办结 {} 多于受理 {}，请核对", prose.words(*closed), prose.words(*received));
            prose.fail(&mut verdicts, severity, *closed, &[*received], message);
            continue;
        }
        verdicts.pass();
        let rate = rates::percentages(&prose, RATES).into_iter().find(|rate| sentence.contains(rate));
        let Some((rate, printed)) = rate.and_then(|rate| Some((rate, prose.percent(rate)?))) else { continue };
        let Some(Ratio::Off(due)) = ratio(rates::exactly(went), rates::exactly(came), printed) else { continue };
        let due = print(due);
        let message = format!(
            "写为 {}，按 {} ÷ {} 计算应为 {due}",
            prose.words(rate),
            prose.words(*closed),
            prose.words(*received)
        );
        let finding = prose.fail(&mut verdicts, severity, rate, &[*closed, *received], message);
        should_be(finding, due);
    }
    verdicts.outcome("文中没有同时写出受理和办结的件数")
}

fn unit<'a>(prose: &Prose<'a>, mention: usize) -> &'a str {
    match &prose.facts.prose.mentions[mention].quantity {
        Quantity::Count { unit, .. } => unit,
        Quantity::Money { .. } | Quantity::Percent(_) => "",
    }
}

/// The runs of mentions that stand in one sentence.
fn sentences(prose: &Prose<'_>) -> Vec<Range<usize>> {
    let mentions = &prose.facts.prose.mentions;
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (i, mention) in mentions.iter().enumerate() {
        let joins = runs.last().is_some_and(|run| {
            let before = &mentions[run.start].span;
            let Some(Block::Paragraph(paragraph)) = prose.document.blocks.get(before.block) else { return false };
            before.block == mention.span.block
                && text::sentence(&paragraph.text, before.bytes.start).contains(&mention.span.bytes.start)
        });
        match runs.last_mut() {
            Some(run) if joins => run.end = i + 1,
            _ => runs.push(i..i + 1),
        }
    }
    runs
}

/// The cases of a sentence; none where it speaks of older ones too.
fn cases(prose: &Prose<'_>, sentence: Range<usize>) -> Cases {
    let mentions = &prose.facts.prose.mentions;
    let mut cases = Cases { received: Vec::new(), closed: Vec::new() };
    for i in sentence {
        let lead = mentions[i].lead.as_str();
        if OLDER.iter().any(|word| lead.contains(word)) {
            return Cases { received: Vec::new(), closed: Vec::new() };
        }
        if !UNITS.contains(&unit(prose, i)) {
            continue;
        }
        match (RECEIVED.iter().any(|word| lead.contains(word)), CLOSED.iter().any(|word| lead.contains(word))) {
            (true, false) => cases.received.push(i),
            (false, true) => cases.closed.push(i),
            _ => {}
        }
    }
    cases
}
