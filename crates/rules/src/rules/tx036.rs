//! TX036: what the text refers the reader to is attached.

use crate::text::{self, Hit, Passage};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;

/// How the text refers to something attached.
const REFERENCES: [&str; 8] =
    ["详见附件", "详见附表", "详见报表", "见附件", "见附表", "详见公开报表", "详见公开表格", "详见公开附表"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let attached = document.blocks.iter().any(|block| match block {
        Block::Table(_) => true,
        Block::Paragraph(paragraph) => {
            let folded = words::fold(&paragraph.text);
            folded.starts_with("附件") || folded.starts_with("附表")
        }
    });
    if attached {
        return Outcome::NotApplicable("文中有附表或附件".into());
    }
    text::search("TX036", document, facts, find)
}

fn find(passage: &Passage<'_>, hits: &mut Vec<Hit>) {
    let text = passage.text();
    let places = text::places_of(text, &REFERENCES);
    let told = |place: &std::ops::Range<usize>| {
        format!("“{}”所指的附件、报表在本文件里没有，请核对是否一并公开", passage.around(place))
    };
    text::first_of(&places, told, hits);
}
