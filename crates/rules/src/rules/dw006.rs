//! DW006: what stayed level needs no reason why it rose or fell.

use super::Verdicts;
use crate::prose::reason_at;
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::locator::Locator;
use mingzhang_model::rule::Outcome;

const MOVED: [&str; 6] = ["增加", "减少", "增长", "下降", "压减", "提高"];

pub(crate) fn check(document: &Document, _: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("DW006");
    for (block, content) in document.blocks.iter().enumerate() {
        let Block::Paragraph(paragraph) = content else { continue };
        for (at, level) in paragraph.text.match_indices("持平") {
            let reason = reason_at(document, block, at + level.len());
            match reason.filter(|reason| MOVED.iter().any(|word| reason.contains(word))) {
                None => verdicts.pass(),
                Some(reason) => {
                    let places = paragraph.places(at..at + level.len());
                    let place = places.first().copied().unwrap_or_else(|| paragraph.place());
                    let location = Locator { place, quote: Some(level.to_string()), ..Locator::default() };
                    let message = format!("写的是“持平”，后面却说明了增减的原因：{reason}");
                    verdicts.fail(location, &reason, message);
                }
            }
        }
    }
    verdicts.outcome("文中没有“持平”")
}
