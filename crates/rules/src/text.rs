//! Running text as the rules of wording read it: paragraphs, and where their words stand.

use crate::rules::Verdicts;
use mingzhang_model::document::{Block, Document, Paragraph};
use mingzhang_model::fact::Facts;
use mingzhang_model::finding::{Finding, Related};
use mingzhang_model::locator::Locator;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;
use std::ops::Range;

/// How many characters of the words around a fault are told with it.
const CONTEXT: usize = 12;

/// A numbered paragraph of fewer characters is taken for a heading.
const HEADING: usize = 30;

/// The marks that end a sentence.
pub(crate) const STOPS: [char; 3] = ['。', '！', '？'];

/// A paragraph and the block that it is.
#[derive(Clone, Copy)]
pub(crate) struct Passage<'d> {
    pub(crate) block: usize,
    pub(crate) paragraph: &'d Paragraph,
}

/// Words at fault, and what is told of them.
pub(crate) struct Hit {
    pub(crate) bytes: Range<usize>,
    pub(crate) message: String,
}

impl<'d> Passage<'d> {
    pub(crate) fn text(&self) -> &'d str {
        &self.paragraph.text
    }

    /// Where words of it stand.
    pub(crate) fn locate(&self, facts: &Facts, bytes: Range<usize>) -> Locator {
        let quote = self.text()[bytes.clone()].trim().to_string();
        let place = self.paragraph.places(bytes).first().copied().unwrap_or_else(|| self.paragraph.place());
        Locator { place, section: section(facts, self.block), quote: Some(quote), ..Locator::default() }
    }

    /// The words with some of those around them: 比上年增加（减少）4万元.
    pub(crate) fn around(&self, bytes: &Range<usize>) -> String {
        around(self.text(), bytes)
    }
}

/// Some words with their neighbours, within their sentence.
pub(crate) fn around(text: &str, bytes: &Range<usize>) -> String {
    text[neighbours(text, bytes)].trim().to_string()
}

/// The bytes of some words and of those around them.
pub(crate) fn neighbours(text: &str, bytes: &Range<usize>) -> Range<usize> {
    let before = text[..bytes.start].char_indices().rev();
    let start = before.take(CONTEXT).take_while(|(_, c)| !STOPS.contains(c)).last().map_or(bytes.start, |(at, _)| at);
    let after = text[bytes.end..].char_indices();
    let last = after.take(CONTEXT).take_while(|(_, c)| !STOPS.contains(c)).last();
    start..bytes.end + last.map_or(0, |(at, c)| at + c.len_utf8())
}

/// The heading over a block.
fn section(facts: &Facts, block: usize) -> Option<String> {
    let section = &facts.prose.sections[(*facts.prose.section_of.get(block)?)?];
    Some(format!("{}{}", section.number, section.title))
}

/// The paragraphs, in reading order.
pub(crate) fn passages(document: &Document) -> impl Iterator<Item = Passage<'_>> {
    document.blocks.iter().enumerate().filter_map(|(block, content)| match content {
        Block::Paragraph(paragraph) => Some(Passage { block, paragraph }),
        Block::Table(_) => None,
    })
}

/// True when a paragraph is whole: it ends as a sentence does, and what stands before it has ended too.
/// A paragraph that a page break cuts in two is not.
pub(crate) fn is_whole(document: &Document, passage: &Passage<'_>) -> bool {
    let begins = ListNumber::of(passage.text()).is_some()
        || match passage.block.checked_sub(1).map(|before| &document.blocks[before]) {
            // A short line with a number is a heading.
            Some(Block::Paragraph(before)) => {
                let text = before.text.trim_end();
                text.ends_with(['。', '！', '？', '；', '：', ':', ';'])
                    || ListNumber::of(text).is_some() && text.chars().count() < HEADING
            }
            Some(Block::Table(_)) => false,
            None => true,
        };
    begins && passage.text().trim_end().ends_with(STOPS)
}

/// The number of a list item: 一、 or （一） or 1. or (1).
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct ListNumber {
    /// 1 for 第一部分, 2 for 一、, 3 for （一）, 4 for 1. and 5 for (1).
    pub(crate) level: u8,
    pub(crate) value: u32,
    /// How many bytes of the text it takes, its mark included.
    pub(crate) length: usize,
}

impl ListNumber {
    /// The number that a text begins with.
    pub(crate) fn of(text: &str) -> Option<ListNumber> {
        let body = text.trim_start();
        let inner = body.strip_prefix(['（', '(']);
        let part = body.strip_prefix('第');
        let rest = inner.or(part).unwrap_or(body).trim_start();
        let count = rest.find(|c: char| !is_number(c)).unwrap_or(rest.len());
        let value = value(&rest[..count])?;
        let (han, after) = (!rest.starts_with(|c: char| c.is_ascii_digit()), rest[count..].trim_start());
        let (level, after) = match (part.is_some(), inner.is_some(), han) {
            (true, _, true) => (1, after.strip_prefix("部分")?),
            (true, _, false) => return None,
            (_, true, true) => (3, after.strip_prefix(['）', ')'])?),
            (_, true, false) => (5, after.strip_prefix(['）', ')'])?),
            (_, false, true) => (2, after.strip_prefix('、')?),
            (_, false, false) => (4, after.strip_prefix(['.', '．', '、'])?),
        };
        // 1.5万元 is no list number.
        let decimal = level == 4 && after.starts_with(|c: char| c.is_ascii_digit());
        (!decimal).then_some(ListNumber { level, value, length: text.len() - after.len() })
    }
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit() || HAN.contains(&c)
}

const HAN: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/// 12, 十二 and 二十一 as numbers; numbers of three digits are none of a list.
fn value(digits: &str) -> Option<u32> {
    if digits.starts_with(|c: char| c.is_ascii_digit()) {
        return digits.parse().ok().filter(|n| (1..100).contains(n));
    }
    let one = |text: &str| -> Option<u32> {
        let mut chars = text.chars();
        let first = chars.next();
        let at = HAN.iter().position(|han| Some(*han) == first)?;
        (chars.next().is_none()).then_some(at as u32 + 1)
    };
    match digits.split_once('十') {
        None => one(digits),
        Some((tens, units)) => {
            let tens = if tens.is_empty() { 1 } else { one(tens)? };
            let units = if units.is_empty() { 0 } else { one(units)? };
            Some(tens * 10 + units)
        }
    }
}

/// A number as Chinese lists print it: 十二.
pub(crate) fn han(value: u32) -> String {
    let one = |n: u32| if n == 0 { String::new() } else { HAN[n as usize - 1].to_string() };
    match (value / 10, value % 10) {
        (0, units) => one(units),
        (1, units) => format!("十{}", one(units)),
        (tens, units) => format!("{}十{}", one(tens % 10), one(units)),
    }
}

/// The sentence around a byte of a text.
pub(crate) fn sentence(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind(STOPS).map_or(0, |i| i + '。'.len_utf8());
    let end = text[at..].find(STOPS).map_or(text.len(), |i| at + i + '。'.len_utf8());
    start..end
}

/// A rule that looks through every paragraph for what should not stand there.
pub(crate) fn search(
    code: &'static str,
    document: &Document,
    facts: &Facts,
    mut find: impl FnMut(&Passage<'_>, &mut Vec<Hit>),
) -> Outcome {
    let mut verdicts = Verdicts::of(code);
    let mut hits = Vec::new();
    let mut read = false;
    for passage in passages(document) {
        read = true;
        find(&passage, &mut hits);
        for hit in hits.drain(..) {
            report(&mut verdicts, facts, &passage, hit);
        }
    }
    // What is compared is the text as a whole with the list of faults: one comparison.
    if read {
        verdicts.pass();
    }
    verdicts.outcome("没有正文")
}

/// One finding about words of a paragraph. Its name is the words themselves with their neighbours.
pub(crate) fn report<'v>(
    verdicts: &'v mut Verdicts,
    facts: &Facts,
    passage: &Passage<'_>,
    hit: Hit,
) -> &'v mut Finding {
    let what = words::fold(&passage.around(&hit.bytes));
    verdicts.fail(passage.locate(facts, hit.bytes), &what, hit.message)
}

/// One hit for a paragraph, at the first of several places: a fault that is repeated is told once.
pub(crate) fn first_of(places: &[Range<usize>], told: impl Fn(&Range<usize>) -> String, hits: &mut Vec<Hit>) {
    let Some(first) = places.first() else { return };
    let mut message = told(first);
    if places.len() > 1 {
        message.push_str(&format!("（本段共 {} 处）", places.len()));
    }
    hits.push(Hit { bytes: first.clone(), message });
}

/// One finding for a habit that is seen all over a document: at its first place, with the count and some of the
/// others. Up to `APART` places are told one by one, for each is then its own slip.
pub(crate) fn habit<'d>(
    verdicts: &mut Verdicts,
    facts: &Facts,
    places: &[(Passage<'d>, Range<usize>)],
    told: impl Fn(&Passage<'d>, &Range<usize>) -> String,
) {
    const APART: usize = 5;
    const MOST: usize = 8;
    if places.len() <= APART {
        for (passage, bytes) in places {
            report(verdicts, facts, passage, Hit { bytes: bytes.clone(), message: told(passage, bytes) });
        }
        return;
    }
    let Some((passage, bytes)) = places.first() else { return };
    let message = format!("{}（全文共 {} 段有同样情形）", told(passage, bytes), places.len());
    let what = words::fold(&passage.around(bytes));
    let related = places.iter().skip(1).take(MOST).map(|(passage, bytes)| Related {
        label: passage.around(bytes),
        location: passage.locate(facts, bytes.clone()),
    });
    verdicts.fail(passage.locate(facts, bytes.clone()), &what, message).related = related.collect();
}

/// The first place in each paragraph that something finds.
pub(crate) fn each<'d>(
    document: &'d Document,
    find: impl Fn(&Passage<'d>) -> Option<Range<usize>>,
) -> Vec<(Passage<'d>, Range<usize>)> {
    passages(document).filter_map(|passage| find(&passage).map(|bytes| (passage, bytes))).collect()
}

/// A rule that tells a habit: what `find` sees in each paragraph.
pub(crate) fn habits<'d>(
    code: &'static str,
    document: &'d Document,
    facts: &Facts,
    find: impl Fn(&Passage<'d>) -> Option<Range<usize>>,
    told: impl Fn(&Passage<'d>, &Range<usize>) -> String,
) -> Outcome {
    let mut verdicts = Verdicts::of(code);
    habit(&mut verdicts, facts, &each(document, find), told);
    if passages(document).next().is_some() {
        verdicts.pass();
    }
    verdicts.outcome("没有正文")
}

/// A Chinese character.
pub(crate) fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// The document's year, unless the text names the year after it more often: then its title was misread.
pub(crate) fn year(document: &Document, facts: &Facts) -> Option<u16> {
    let year = facts.disclosure.year?;
    let named = |wanted: u16| {
        let years = passages(document).flat_map(|passage| years(passage.text()));
        years.filter(|(named, _)| *named == wanted).count()
    };
    (named(year + 1) <= named(year)).then_some(year)
}

/// Every place where one of some words stands, in order, none inside another.
pub(crate) fn places_of(text: &str, wanted: &[&str]) -> Vec<Range<usize>> {
    // One pass over the text: most characters begin none of the words, which one byte of them tells.
    let telling = |bytes: &[u8]| match bytes {
        [0xe0..=0xff, _, third, ..] => usize::from(*third),
        [first, ..] => usize::from(*first),
        [] => 0,
    };
    let mut begins = [false; 256];
    wanted.iter().for_each(|word| begins[telling(word.as_bytes())] = true);
    let mut places: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.char_indices() {
        let rest = &text.as_bytes()[at..];
        if begins[telling(rest)]
            && places.last().is_none_or(|last| last.end <= at)
            && let Some(word) = wanted.iter().find(|word| rest.starts_with(word.as_bytes()))
        {
            places.push(at..at + word.len());
        }
    }
    places
}

/// Every year that a text names, 2000 to 2099, with the bytes of its four digits.
pub(crate) fn years(text: &str) -> impl Iterator<Item = (u16, Range<usize>)> {
    text.match_indices('年').filter_map(|(at, _)| {
        let digits = text[..at].trim_end();
        let from = digits.char_indices().rev().take_while(|(_, c)| c.is_ascii_digit()).last()?.0;
        let year: u16 = digits[from..].parse().ok()?;
        (digits.len() - from == 4 && (2000..2100).contains(&year)).then_some((year, from..digits.len()))
    })
}

/// The years that a text compares with, 比2024年增加: each with the bytes from the word before it to the word
/// behind it. The longest word that fits is the one behind.
pub(crate) fn bases<'t>(
    text: &'t str,
    before: &'t [&str],
    behind: &'t [&str],
) -> impl Iterator<Item = (u16, Range<usize>)> + 't {
    years(text).filter_map(|(named, digits)| {
        let head = text[..digits.start].trim_end();
        let word = before.iter().find(|word| head.ends_with(**word))?;
        let tail = text[digits.end..].trim_start().trim_start_matches('年').trim_start_matches('度').trim_start();
        let change = behind.iter().filter(|change| tail.starts_with(**change)).map(|change| change.len()).max()?;
        Some((named, head.len() - word.len()..text.len() - tail.len() + change))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_with_their_neighbours_inside_the_sentence() {
        let text = "前一句。比上年增加（减少）4万元。后一句";
        let at = text.find('（').unwrap();
        assert_eq!(around(text, &(at..at + 3)), "比上年增加（减少）4万元");
        assert_eq!(&text[sentence(text, at)], "比上年增加（减少）4万元。");
    }

    #[test]
    fn list_numbers_have_a_style_and_a_value() {
        let of = |text| ListNumber::of(text).map(|number| (number.level, number.value));
        assert_eq!(of("第二部分 概况"), Some((1, 2)));
        assert_eq!(of("二十一、其他"), Some((2, 21)));
        assert_eq!(of(" （十）其他"), Some((3, 10)));
        assert_eq!((of("12.其他"), of("(3)其他")), (Some((4, 12)), Some((5, 3))));
        assert_eq!([of("1.5万元"), of("三公经费"), of("2024年"), of("（款）"), of("第3部分")], [None; 5]);
    }

    #[test]
    fn years_are_four_digits_and_places_do_not_overlap() {
        let found: Vec<u16> = years("2025年、20年、2024 年度，12024年").map(|(year, _)| year).collect();
        assert_eq!(found, [2025, 2024]);
        assert_eq!(places_of("其中其中其中", &["其中其中"]).len(), 1);
    }
}
