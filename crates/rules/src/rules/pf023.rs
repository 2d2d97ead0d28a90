//! PF023: fewer and fewer remain from a visit to a settled project.

use super::Verdicts;
use crate::prose::Prose;
use crate::text;
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Quantity;
use mingzhang_model::rule::{Outcome, Severity};

/// The steps of winning an investor, and the words that lead to the number of each.
const STEPS: [(&str, &[&str]); 5] = [
    ("走访", &["走访", "拜访"]),
    ("意向", &["意向"]),
    ("在谈", &["在谈", "洽谈"]),
    ("签约", &["签约"]),
    ("落地", &["落地", "开工"]),
];

/// Units of firms and projects.
const UNITS: [&str; 3] = ["家", "个", "户"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("PF023");
    let mentions = &facts.prose.mentions;
    let mut last: Option<(usize, usize)> = None;
    for i in 0..mentions.len() {
        let Some(step) = step(&prose, i) else { continue };
        let before = last.replace((i, step));
        let Some((at, earlier)) = before.filter(|(at, earlier)| *earlier < step && together(&prose, *at, i)) else {
            continue;
        };
        let (Some(more), Some(fewer)) = (prose.count(at), prose.count(i)) else { continue };
        if fewer <= more {
            verdicts.pass();
            continue;
        }
        let message = format!(
            "{} {} 多于前一步{} {}，请核对（在后的环节一般不多于在前的环节）",
            STEPS[step].0,
            prose.words(i),
            STEPS[earlier].0,
            prose.words(at)
        );
        prose.fail(&mut verdicts, Severity::Warning, i, &[at], message);
    }
    verdicts.outcome("文中没有逐步写出走访、意向、在谈、签约、落地的个数")
}

/// The step that leads to a number of firms or projects: the last one that is named before it.
fn step(prose: &Prose<'_>, mention: usize) -> Option<usize> {
    let mention = &prose.facts.prose.mentions[mention];
    let Quantity::Count { unit, .. } = &mention.quantity else { return None };
    let last = |(_, words): &(&str, &[&str])| words.iter().filter_map(|word| mention.lead.rfind(word)).max();
    let steps = STEPS.iter().enumerate().filter_map(|(i, step)| Some((last(step)?, i)));
    steps.max().map(|(_, i)| i).filter(|_| UNITS.contains(&unit.as_str()))
}

/// True when two numbers stand in one sentence.
fn together(prose: &Prose<'_>, first: usize, second: usize) -> bool {
    let mentions = &prose.facts.prose.mentions;
    let (a, b) = (&mentions[first].span, &mentions[second].span);
    let Some(Block::Paragraph(paragraph)) = prose.document.blocks.get(a.block) else { return false };
    a.block == b.block && text::sentence(&paragraph.text, a.bytes.start).contains(&b.bytes.start)
}
