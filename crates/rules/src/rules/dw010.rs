//! DW010: 三公 that may only fall does not rise.

use super::Verdicts;
use crate::prose::Prose;
use crate::text::{Hit, passages, places_of, report, sentence};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::{Claim, Direction, Quantity};
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("DW010");
    for passage in passages(document) {
        for bytes in places_of(passage.text(), &["只减不增", "零增长"]) {
            let own = sentence(passage.text(), bytes.start);
            // The reason may be a sentence of its own: 增加4万元。主要是按只减不增原则.
            let earlier = own.start.checked_sub('。'.len_utf8()).map(|at| sentence(passage.text(), at));
            let opens = ["主要", "原因"].iter().any(|word| passage.text()[own.clone()].trim_start().starts_with(word));
            let from = earlier.filter(|_| opens).map_or(own.start, |earlier| earlier.start);
            let risen = prose.claims().iter().find_map(|claim| risen(&prose, claim, passage.block, from..own.end));
            match risen {
                None => verdicts.pass(),
                Some(by) => {
                    let said = &passage.text()[bytes.clone()];
                    let message = format!("写的是“{said}”，同时却比上年增加 {}，请核对数字或改写原因", prose.words(by));
                    report(&mut verdicts, facts, &passage, Hit { bytes, message });
                }
            }
        }
    }
    verdicts.outcome("文中没有写“只减不增”")
}

/// The amount by which something rose in some bytes of a paragraph.
fn risen(prose: &Prose<'_>, claim: &Claim, block: usize, bytes: std::ops::Range<usize>) -> Option<usize> {
    let Claim::Change { difference: Some(by), direction: Some(Direction::Up), .. } = claim else { return None };
    let mention = &prose.facts.prose.mentions[*by];
    let here = mention.span.block == block && bytes.contains(&mention.span.bytes.start);
    let some = matches!(mention.quantity, Quantity::Money { figure, .. } if !figure.amount.is_zero());
    (here && some).then_some(*by)
}
