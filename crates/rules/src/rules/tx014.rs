//! TX014: no long paragraph stands twice under one heading.
//!
//! Two headings may rightly say the same: last year's form does so for two kinds of expenditure.

use crate::rules::Verdicts;
use crate::text::{self, Hit};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;
use std::collections::HashMap;

/// The shortest paragraph that cannot be the same by chance, in characters.
const SHORTEST: usize = 40;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("TX014");
    let mut seen: HashMap<String, (Option<usize>, usize)> = HashMap::new();
    for passage in text::passages(document) {
        // Every character is at least one byte: what is shorter in bytes is shorter in characters.
        if passage.text().len() < SHORTEST || !passage.text().contains(['。', '；', '，']) {
            continue;
        }
        let folded = words::fold(passage.text());
        if folded.chars().count() < SHORTEST {
            continue;
        }
        let section = facts.prose.section_of.get(passage.block).copied().flatten();
        let here = (section, passage.block);
        match seen.insert(folded, here) {
            Some((before, block)) if before == section && !table_between(document, block, passage.block) => {
                let end = passage.text().char_indices().nth(SHORTEST).map_or(passage.text().len(), |(at, _)| at);
                let message = format!("“{}……”一段在同一标题下重复出现，应删去一段", &passage.text()[..end]);
                text::report(&mut verdicts, facts, &passage, Hit { bytes: 0..passage.text().len(), message });
            }
            _ => verdicts.pass(),
        }
    }
    verdicts.outcome("没有成段的文字")
}

/// A note is printed under each of its tables.
fn table_between(document: &Document, from: usize, to: usize) -> bool {
    document.blocks[from..to].iter().any(|block| matches!(block, Block::Table(_)))
}
