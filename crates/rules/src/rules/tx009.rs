//! TX009: the numbers of headings and items run on: none twice, none left out, one style among siblings.
//!
//! A number that was not seen is looked for in the text between before it is called missing: a heading
//! may stand in a table or behind a sentence. Contents are passed over.

use crate::rules::Verdicts;
use crate::text::{self, ListNumber, Passage};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_standard::words;

/// The deepest styles that are followed: 一、 and （一）. Arabic numbers stand in too many places.
const FOLLOWED: [u8; 2] = [2, 3];

/// An item of a list.
struct Item<'d> {
    passage: Passage<'d>,
    number: ListNumber,
}

/// What is wrong between an item and the one before it on its level.
enum Fault {
    Repeated,
    Skipped(u32),
    Style,
    /// A heading directly under 一、 that is numbered (1), where others under 一、 are numbered （一）.
    Deep,
}

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("TX009");
    let items: Vec<Item<'_>> = text::passages(document).filter_map(item).collect();
    let mut last: [Option<usize>; 6] = [None; 6];
    for (i, item) in items.iter().enumerate() {
        let level = usize::from(item.number.level);
        let before = last[level];
        if item.number.level == 3 && item.passage.text()[item.number.length..].trim_start().starts_with('、') {
            marked(&mut verdicts, facts, item);
        }
        match fault(document, &items, &last, i) {
            Some(Fault::Skipped(missing)) => {
                let from = before.map_or(item.passage.block, |b| items[b].passage.block);
                match unnumbered(document, from, item.passage.block) {
                    Some(heading) => {
                        unnumbered_heading(&mut verdicts, facts, heading, &label(item.number.level, missing))
                    }
                    None => report(&mut verdicts, facts, item, &Fault::Skipped(missing)),
                }
            }
            Some(fault) => report(&mut verdicts, facts, item, &fault),
            None if sinks(&items, &last, i) => report(&mut verdicts, facts, item, &Fault::Deep),
            None if before.is_some_and(|b| items[b].number.value + 1 == item.number.value) => verdicts.pass(),
            None => {}
        }
        last[level] = Some(i);
        last[level + 1..].fill(None);
    }
    glued(&mut verdicts, document, facts);
    lonely(&mut verdicts, document, facts);
    verdicts.outcome("没有编号的段落")
}

/// The item that a paragraph is; a line of the contents, which ends in a page number, is none.
fn item(passage: Passage<'_>) -> Option<Item<'_>> {
    let number = ListNumber::of(passage.text())?;
    let rest = passage.text()[number.length..].trim();
    let contents = rest.contains("....") || rest.contains("……") || rest.contains("····");
    let paged = rest.ends_with(|c: char| c.is_ascii_digit()) && rest.chars().count() < 45;
    (!contents && !paged && !rest.is_empty()).then_some(Item { passage, number })
}

/// Compares an item with the one before it on its level and with the one after.
fn fault(document: &Document, items: &[Item<'_>], last: &[Option<usize>; 6], i: usize) -> Option<Fault> {
    let (item, level) = (&items[i], items[i].number.level);
    let (now, follower) = (item.number.value, follower(items, i));
    if level == 5 && is_other_style(items, last, i) {
        return Some(Fault::Style);
    }
    if !FOLLOWED.contains(&level) {
        return None;
    }
    let before = &items[last[usize::from(level)]?];
    let then = before.number.value;
    // What the next one says decides: 十、十、十一 repeats, 十、十一、十、十一 begins anew.
    let goes_on = follower.is_none_or(|next| next == now + 1 || next == now + 2);
    if now == then && now > 1 && goes_on {
        let other = words::fold(before.passage.text()) != words::fold(item.passage.text());
        return other.then_some(Fault::Repeated);
    }
    let repeated_before = then + 2 == now && follower_is_repeat(items, last, level);
    if now == then + 2 && !repeated_before && (follower.is_none() || follower == Some(now + 1)) {
        let missing = then + 1;
        let stands = |label: &str| between(document, before.passage.block, item.passage.block, label);
        // One that is numbered in another style is told as that.
        let seen = stands(&label(level, missing)) || stands(&format!("({missing})"));
        return (!seen).then_some(Fault::Skipped(missing));
    }
    None
}

/// （一） （二） (3) or (1) （二）: an item of the fifth style that belongs to the row of the third.
fn is_other_style(items: &[Item<'_>], last: &[Option<usize>; 6], i: usize) -> bool {
    let now = items[i].number.value;
    let after = items[i + 1..].iter().find(|item| item.number.level <= 3);
    match last[3] {
        Some(before) => now > 1 && last[5].is_none() && items[before].number.value + 1 == now,
        None => now == 1 && after.is_some_and(|next| next.number.level == 3 && next.number.value == 2),
    }
}

/// True for （1）收入预算 directly under 三、, where the document's other headings under 一、 begin with （一）.
fn sinks(items: &[Item<'_>], last: &[Option<usize>; 6], i: usize) -> bool {
    const LONGEST: usize = 12;
    const OTHERS: usize = 2;
    let is_heading = |item: &Item<'_>| {
        let title = item.passage.text()[item.number.length..].trim_start();
        let title = title.split(['。', '：', ':']).next().unwrap_or(title);
        title.chars().count() <= LONGEST && !title.contains(['，', '；'])
    };
    if items[i].number.level != 5 || last[2].is_none() || last[3].is_some() || last[4].is_some() {
        return false;
    }
    // The whole row from (1) on must be headings: a list of duties is numbered as it likes.
    let first = (i + 1).checked_sub(items[i].number.value as usize).filter(|first| *first > 0);
    let row = |first: usize| {
        let row =
            items[first..].iter().zip(1..).take_while(|(item, n)| item.number.level == 5 && item.number.value == *n);
        row.map(|(item, _)| item)
    };
    let whole = first.is_some_and(|first| {
        items[first - 1].number.level == 2 && row(first).count() > i - first && row(first).all(is_heading)
    });
    let regular = items.windows(2).filter(|pair| pair[0].number.level == 2 && pair[1].number.level == 3).count();
    whole && regular >= OTHERS
}

/// （四） behind the last sentence of （三）: a heading that should begin a paragraph. Only where lines are
/// paragraphs of the source: the layout of a page may have joined the two.
fn glued(verdicts: &mut Verdicts, document: &Document, facts: &Facts) {
    const LONGEST: usize = 20;
    for passage in text::passages(document).filter(|_| document.format.keeps_paragraphs()) {
        let text = passage.text();
        let Some(stop) = text.rfind('。').map(|at| at + '。'.len_utf8()) else { continue };
        let heading = text[stop..].trim();
        let is_heading = ListNumber::of(heading).is_some_and(|number| FOLLOWED.contains(&number.level))
            && (4..=LONGEST).contains(&heading.chars().count())
            && !heading.contains(['，', '；', '：', ':']);
        if is_heading {
            let start = stop - text[..stop].chars().rev().take(9).map(char::len_utf8).sum::<usize>();
            let message = format!("标题“{heading}”接在上一段的文字后面，应另起一段");
            verdicts.fail(passage.locate(facts, start..text.len()), &words::fold(heading), message);
        }
    }
}

/// 第一部分 without 第二部分.
fn lonely(verdicts: &mut Verdicts, document: &Document, facts: &Facts) {
    let first = text::passages(document)
        .find(|passage| ListNumber::of(passage.text()).is_some_and(|number| number.level == 1 && number.value == 1));
    let Some(first) = first else { return };
    if between(document, 0, document.blocks.len() - 1, "第二部分") {
        return;
    }
    let text = first.text().trim();
    let message = format!("有“{text}”而全文没有第二部分，请核对是否漏了内容，没有漏的应删去“第一部分”");
    verdicts.fail(first.locate(facts, 0..first.text().len()), "第一部分", message);
}

/// The number of the next item on the same level under the same heading.
fn follower(items: &[Item<'_>], i: usize) -> Option<u32> {
    let level = items[i].number.level;
    let next = items[i + 1..].iter().find(|item| item.number.level <= level)?;
    (next.number.level == level).then_some(next.number.value)
}

/// True when the item before was itself a repeat: then the gap after it is the same fault.
fn follower_is_repeat(items: &[Item<'_>], last: &[Option<usize>; 6], level: u8) -> bool {
    let Some(before) = last[usize::from(level)] else { return false };
    let earlier = items[..before].iter().rev().find(|item| item.number.level <= level);
    earlier.is_some_and(|e| e.number.level == level && e.number.value == items[before].number.value)
}

/// True when the number stands anywhere in the text between two blocks, their own included.
fn between(document: &Document, from: usize, to: usize, label: &str) -> bool {
    document.blocks[from..=to].iter().any(|block| match block {
        Block::Paragraph(paragraph) => words::fold(&paragraph.text).contains(label),
        Block::Table(table) => table.cells().iter().any(|cell| words::fold(&cell.text).contains(label)),
    })
}

/// The number as its level prints it, half-width: 六、 or (六).
fn label(level: u8, value: u32) -> String {
    let number = text::han(value);
    if level == 2 { format!("{number}、") } else { format!("({number})") }
}

/// The only line between two blocks that reads as a heading but has no number.
fn unnumbered(document: &Document, from: usize, to: usize) -> Option<Passage<'_>> {
    let mut headings = text::passages(document).filter(|passage| {
        let text = passage.text().trim();
        (from + 1..to).contains(&passage.block)
            && (4..=20).contains(&text.chars().count())
            && !text.contains(['，', '。', '；', '：', ':', '、', '.'])
            && ListNumber::of(text).is_none()
    });
    headings.next().filter(|_| headings.next().is_none())
}

fn unnumbered_heading(verdicts: &mut Verdicts, facts: &Facts, heading: Passage<'_>, label: &str) {
    let text = heading.text();
    let message = format!("标题“{}”前缺少序号“{label}”，前后各项都有序号", text.trim());
    verdicts.fail(heading.locate(facts, 0..text.len()), &words::fold(text), message);
}

/// （一）、: the bracket already is the mark.
fn marked(verdicts: &mut Verdicts, facts: &Facts, item: &Item<'_>) {
    let text = item.passage.text();
    let end = text.find('、').map_or(text.len(), |at| at + '、'.len_utf8());
    let title = text.char_indices().nth(24).map_or(text.len(), |(at, _)| at).max(end);
    let message = format!("“{}”的序号已有括号，后面不用再加顿号", text[..title].trim());
    let what = words::fold(&text[..title]);
    verdicts.fail_as(Severity::Note, item.passage.locate(facts, 0..title), &what, message);
}

fn report(verdicts: &mut Verdicts, facts: &Facts, item: &Item<'_>, fault: &Fault) {
    let text = item.passage.text();
    let end = text.char_indices().nth(24).map_or(text.len(), |(at, _)| at);
    let (number, quote) = (text[..item.number.length].trim(), text[..end].trim());
    let message = match fault {
        Fault::Repeated => format!("“{quote}”的序号“{number}”与前一项重复，应依次顺延"),
        Fault::Skipped(missing) => {
            format!("“{quote}”之前缺少序号“{}”，序号应连续", label(item.number.level, *missing))
        }
        Fault::Deep => {
            format!("“{quote}”直接在“一、”一级之下，序号却写作“{number}”，应与文中其他各处一样用“（一）”一级")
        }
        Fault::Style => format!("“{quote}”的序号“{number}”与前面各项的写法不同，同级序号应用同一种写法"),
    };
    let what = words::fold(quote);
    verdicts.fail(item.passage.locate(facts, 0..end), &what, message);
}
