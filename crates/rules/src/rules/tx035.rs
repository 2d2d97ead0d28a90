//! TX035: a heading has something under it, where its siblings have.

use crate::reading::siblings::{self, Item};
use crate::rules::Verdicts;
use crate::text::{self, Hit};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

/// The longest heading, in characters.
const HEADING: usize = 20;

/// The longest title sentence that opens an item.
const TITLE: usize = 22;

/// What an item has at least, where its siblings open with a title sentence, in characters.
const TEXT: usize = 25;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    // On a page the order of blocks is the reader's: what stands under a heading may have been put elsewhere.
    if !document.format.keeps_paragraphs() {
        return Outcome::NotApplicable("只查文本文件和 Word 文件".into());
    }
    let mut verdicts = Verdicts::of("TX035");
    for list in siblings::lists(document) {
        for item in empty(document, &list) {
            let words = item.passage.text().trim();
            let message = format!("“{words}”只有标题没有内容，同级各条都有，应补写");
            text::report(&mut verdicts, facts, &item.passage, Hit { bytes: 0..item.passage.text().len(), message });
        }
        verdicts.pass();
    }
    verdicts.outcome("没有编号的段落")
}

/// The items of a list that are bare while all others have text.
fn empty<'l, 'd>(document: &'d Document, list: &'l [Item<'d>]) -> Vec<&'l Item<'d>> {
    let short =
        |item: &&Item<'_>| item.words().chars().count() <= HEADING && !item.words().contains(['。', '；', '：']);
    let bare = |item: &&Item<'_>| short(item) && !item.has_body(document) && opens_none(document, item);
    let full = |item: &&Item<'_>| short(item) && item.has_body(document);
    let (bare, rest): (Vec<_>, Vec<_>) = list.iter().partition(bare);
    if bare.len() == 1 && !rest.is_empty() && rest.iter().all(full) {
        return bare;
    }
    // （1）坚持学习。… : a title sentence, then the text.
    const OTHERS: usize = 3;
    let titled = |item: &&Item<'_>| {
        let first = item.words().find('。').map_or(usize::MAX, |at| item.words()[..at].chars().count());
        first <= TITLE
    };
    let only =
        |item: &&Item<'_>| titled(item) && item.words().ends_with('。') && item.words().matches('。').count() == 1;
    let (bare, rest): (Vec<_>, Vec<_>) = list.iter().partition(|item| only(item) && !item.has_body(document));
    let text = |item: &&Item<'_>| titled(item) && item.words().chars().count() >= TEXT && !only(item);
    if bare.len() == 1 && rest.len() > OTHERS && rest.iter().all(text) { bare } else { Vec::new() }
}

/// True unless items of a deeper level stand under it.
fn opens_none(document: &Document, item: &Item<'_>) -> bool {
    let next = text::passages(document).find(|passage| passage.block == item.until);
    next.and_then(|next| text::ListNumber::of(next.text())).is_none_or(|number| number.level <= item.number.level)
}
