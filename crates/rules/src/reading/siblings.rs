//! Lists: items that stand under one heading with numbers of one style that run on.

use crate::text::{self, ListNumber, Passage};
use mingzhang_model::document::{Block, Document};

/// An item of a list.
#[derive(Clone)]
pub(crate) struct Item<'d> {
    pub(crate) passage: Passage<'d>,
    pub(crate) number: ListNumber,
    /// The block where the next item of any level, or the end of the document, stands.
    pub(crate) until: usize,
}

impl<'d> Item<'d> {
    /// The words behind the number.
    pub(crate) fn words(&self) -> &'d str {
        self.passage.text()[self.number.length..].trim()
    }

    /// True when text, another item's number aside, follows before the next item.
    pub(crate) fn has_body(&self, document: &Document) -> bool {
        document.blocks[self.passage.block + 1..self.until].iter().any(|block| match block {
            Block::Paragraph(paragraph) => !paragraph.text.trim().is_empty(),
            Block::Table(_) => true,
        })
    }
}

/// The lists of a document, each in the order of its numbers from the first to the last.
pub(crate) fn lists(document: &Document) -> Vec<Vec<Item<'_>>> {
    let mut items: Vec<Item<'_>> = text::passages(document)
        .filter_map(|passage| {
            let number = ListNumber::of(passage.text())?;
            Some(Item { passage, number, until: document.blocks.len() })
        })
        .collect();
    for i in 1..items.len() {
        items[i - 1].until = items[i].passage.block;
    }
    let mut open: [Vec<Item<'_>>; 6] = Default::default();
    let mut lists = Vec::new();
    for item in items {
        let level = usize::from(item.number.level);
        let goes_on = open[level].last().is_some_and(|last| last.number.value + 1 == item.number.value);
        let first = if goes_on { level + 1 } else { level };
        lists.extend(open[first..].iter_mut().map(std::mem::take).filter(|list| list.len() > 1));
        open[level].push(item);
    }
    lists.extend(open.into_iter().filter(|list| list.len() > 1));
    lists.sort_by_key(|list| list[0].passage.block);
    lists
}
