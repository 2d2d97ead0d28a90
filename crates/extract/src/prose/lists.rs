//! Lists of amounts that run over paragraphs: a whole, and its parts as the items below it.
//!
//! 收入总计9万元。包括： / 1.本年收入合计8万元。 / （1）拨款收入5万元；（2）其他收入3万元 … / 2.上年结转1万元。
//! The numbering says what is part of what. A list is a claim only when its items are numbered one after
//! the other, or are lines without numbers directly below a colon, and every item has its amount.

use super::outline::{number_of, numbered};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::prose::{Claim, Mention, Quantity};
use mingzhang_standard::words;

/// The longest name of an item, in characters.
const LONGEST_NAME: usize = 40;

/// A line without number and amount that is longer than this is running text and ends a list.
const LONGEST_FURNITURE: usize = 40;

/// Every list of the document, in reading order of its whole.
pub(super) fn lists(document: &Document, mentions: &[Mention]) -> Vec<Claim> {
    let mut reader = Reader { open: Vec::new(), claims: Vec::new() };
    for (block, content) in document.blocks.iter().enumerate() {
        let Block::Paragraph(paragraph) = content else { continue };
        reader.next(&Item::of(&paragraph.text, block, mentions));
    }
    reader.close(0);
    reader.claims.sort_by_key(|claim| match claim {
        Claim::Parts { whole, .. } => *whole,
        _ => 0,
    });
    reader.claims
}

/// A paragraph as an item of a list.
struct Item {
    /// The level of its number and the number; none for a line without.
    number: Option<(u8, u32)>,
    /// The amount that its name directly leads to.
    amount: Option<usize>,
    /// True when it says that its parts follow.
    announces: bool,
    /// True for a line that may stand between items without ending the list: a page number, a head.
    is_furniture: bool,
}

impl Item {
    fn of(text: &str, block: usize, mentions: &[Mention]) -> Item {
        let folded = words::fold(text);
        let number = numbered(&folded).and_then(|(level, number)| Some((level, number_of(number)?)));
        let first = mentions.partition_point(|mention| mention.span.block < block);
        let own = mentions.get(first).filter(|mention| mention.span.block == block);
        let amount = own.filter(|mention| leads_directly(mention, text)).map(|_| first);
        let tail = folded.trim_end_matches('。');
        let colon = folded.ends_with(':');
        let total = amount.is_some_and(|m| {
            let lead = words::fold(&mentions[m].lead);
            lead.ends_with("合计") || lead.ends_with("总计")
        });
        let announces = colon || ["包括", "其中"].iter().any(|word| tail.ends_with(word)) || total;
        let is_furniture = own.is_none() && folded.chars().count() <= LONGEST_FURNITURE;
        Item { number, amount, announces, is_furniture }
    }
}

/// True when a number is what its paragraph begins by naming: no comparison, no other sentence before.
fn leads_directly(mention: &Mention, text: &str) -> bool {
    let lead = words::fold(&mention.lead);
    let before = words::fold(text.get(..mention.span.bytes.start).unwrap_or_default());
    matches!(mention.quantity, Quantity::Money { .. })
        && before.chars().count() <= LONGEST_NAME
        && !["比", "较", "上年预算", "去年", "增加", "减少", "增长", "下降"].iter().any(|word| lead.contains(word))
}

/// A whole whose parts are being collected.
struct Whole {
    level: u8,
    mention: Option<usize>,
    announced: bool,
    /// The level of its parts: none until the first, 0 for lines without number.
    parts_level: Option<u8>,
    parts: Vec<usize>,
    next: u32,
    /// False once a part had no amount or a number was skipped.
    whole: bool,
}

struct Reader {
    open: Vec<Whole>,
    claims: Vec<Claim>,
}

/// The level of a line without number: below all numbered ones.
const UNNUMBERED: u8 = u8::MAX;

impl Reader {
    fn next(&mut self, item: &Item) {
        match item.number {
            Some((level, number)) => {
                self.close(level);
                self.part(level, number, item.amount);
                self.push(level, item);
            }
            None if item.is_furniture => {}
            None if item.announces && item.amount.is_some() => {
                // A sentence of its own that announces a list: it belongs to no list above.
                self.close_lines();
                let level = self.open.last().map_or(0, |whole| whole.level);
                self.push(level, item);
            }
            None if item.amount.is_some() && self.takes_lines() => self.part(UNNUMBERED, 0, item.amount),
            None => self.close_lines(),
        }
    }

    fn push(&mut self, level: u8, item: &Item) {
        self.open.push(Whole {
            level,
            mention: item.amount,
            announced: item.announces,
            parts_level: None,
            parts: Vec::new(),
            next: 1,
            whole: true,
        });
    }

    /// True when the innermost whole has announced lines, or collects them.
    fn takes_lines(&self) -> bool {
        let last = self.open.last();
        last.is_some_and(|whole| match whole.parts_level {
            None => whole.announced && whole.mention.is_some(),
            Some(level) => level == UNNUMBERED,
        })
    }

    /// Adds a part to the innermost whole above its level.
    fn part(&mut self, level: u8, number: u32, amount: Option<usize>) {
        let Some(whole) = self.open.last_mut() else { return };
        let first = whole.parts_level.is_none();
        if first {
            whole.parts_level = Some(level);
        }
        let in_order = level == UNNUMBERED || number == whole.next;
        match amount {
            Some(amount) if whole.parts_level == Some(level) && in_order => whole.parts.push(amount),
            _ if whole.parts_level == Some(level) || first => whole.whole = false,
            _ => {}
        }
        whole.next = number + 1;
    }

    /// A line of running text ends the lists of lines.
    fn close_lines(&mut self) {
        if self.open.last().is_some_and(|whole| whole.parts_level == Some(UNNUMBERED)) {
            self.finish();
        }
    }

    /// Ends every list whose whole stands at this level or below.
    fn close(&mut self, level: u8) {
        while self.open.last().is_some_and(|whole| whole.level >= level) {
            self.finish();
        }
    }

    fn finish(&mut self) {
        let Some(done) = self.open.pop() else { return };
        if let Some(whole) = done.mention.filter(|_| done.whole && done.parts.len() > 1) {
            self.claims.push(Claim::Parts { whole, parts: done.parts, exhaustive: done.announced });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::mentions::mentions;
    use mingzhang_model::document::{Format, Paragraph};

    fn sums(lines: &[&str]) -> Vec<String> {
        let paragraph = |text: &&str| Block::Paragraph(Paragraph { text: text.to_string(), ..Paragraph::default() });
        let blocks = lines.iter().map(paragraph).collect();
        let document = Document { format: Format::Text, pages: vec![], blocks, notes: vec![] };
        let mentions = mentions(&document);
        let say = |m: &usize| match &document.blocks[mentions[*m].span.block] {
            Block::Paragraph(paragraph) => paragraph.text[mentions[*m].span.bytes.clone()].replace("万元", ""),
            Block::Table(_) => String::new(),
        };
        let told = |claim: &Claim| match claim {
            Claim::Parts { whole, parts, exhaustive } => {
                let parts: Vec<String> = parts.iter().map(say).collect();
                format!("{} {} {}", say(whole), if *exhaustive { "=" } else { ">=" }, parts.join(" + "))
            }
            _ => String::new(),
        };
        lists(&document, &mentions).iter().map(told).collect()
    }

    #[test]
    fn numbered_lists_nest() {
        let lines = [
            "（一）收入总计9万元。包括：",
            "1．本年收入合计8万元。",
            "（1）拨款收入5万元，与上年相比增加1万元。",
            "- 25 -",
            "（2）其他收入3万元。",
            "2．上年结转1万元。",
            "（二）支出总计9万元。",
        ];
        assert_eq!(sums(&lines), ["9 = 8 + 1", "8 = 5 + 3"]);
    }

    #[test]
    fn lines_without_numbers_below_a_colon() {
        let lines =
            ["收入合计9万元，其中：", "本年收入8万元，占80%；", "其他收入1万元，占20%。", "收入比上年增加很多。"];
        assert_eq!(sums(&lines), ["9 = 8 + 1"]);
    }

    #[test]
    fn a_list_with_a_gap_is_none() {
        let gap = ["（一）收入总计9万元。包括：", "1．本年收入8万元。", "3．其他收入1万元。"];
        assert_eq!(sums(&gap), [""; 0]);
        let silent = ["（一）收入总计9万元。包括：", "1．本年收入较上年增加8万元。", "2．其他收入1万元。"];
        assert_eq!(sums(&silent), [""; 0]);
    }
}
