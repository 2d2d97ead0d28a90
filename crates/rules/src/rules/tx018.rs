//! TX018: one thing has one name throughout a document.

use crate::rules::Verdicts;
use crate::text::{self, Hit, Passage, is_han};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::finding::Related;
use mingzhang_model::locator::Locator;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;
use std::ops::Range;

/// Two names of one thing: the one that the header of a table may lack a part of, and the whole.
const HEADERS: [(&str, &str); 3] = [
    ("公务用车购置及运行费", "公务用车购置及运行维护费"),
    ("公务用车购置和运行费", "公务用车购置和运行维护费"),
    ("公务用车运行费", "公务用车运行维护费"),
];

/// Two ways of saying one thing that do not go together in one paragraph.
const PAIRS: [(&str, &str); 2] = [("新增配置", "新增配备"), ("通用设备", "公用设备")];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("TX018");
    headers(&mut verdicts, document, facts);
    for passage in text::passages(document) {
        let text = passage.text();
        for (one, other) in PAIRS {
            let (Some(at), Some(_)) = (text.find(one), text.find(other)) else { continue };
            let bytes = at..at + one.len();
            let message = format!("“{}”处用“{one}”，同一段里又用“{other}”，应统一", passage.around(&bytes));
            text::report(&mut verdicts, facts, &passage, Hit { bytes, message });
        }
    }
    named_twice(&mut verdicts, document, facts);
    verdicts.pass();
    verdicts.outcome("")
}

/// A header that lacks a part of the name which the text always prints.
fn headers(verdicts: &mut Verdicts, document: &Document, facts: &Facts) {
    let count =
        |name: &str| text::passages(document).map(|p| words::fold(p.text()).matches(name).count()).sum::<usize>();
    for (short, whole) in HEADERS {
        if count(whole) == 0 || count(short) > 0 {
            continue;
        }
        let tables = document.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Paragraph(_) => None,
        });
        let cell = tables.flat_map(|table| table.cells()).find(|cell| words::label_key(&cell.text) == short);
        let Some(cell) = cell else { continue };
        let quote = Some(cell.text.split_whitespace().collect());
        let location = Locator { place: cell.place, quote, ..Locator::default() };
        let message = format!("表内写作“{short}”，正文写作“{whole}”，应统一");
        let finding = verdicts.fail(location, short, message);
        let said = text::passages(document).find_map(|p| Some((p, p.text().find(whole)?)));
        finding.related.extend(said.map(|(passage, at)| Related {
            label: "正文的写法".into(),
            location: passage.locate(facts, at..at + whole.len()),
        }));
        // The header over 购置费 and 运行费 and the one of 运行费 are one decision.
        return;
    }
}

/// An item of a list and its amount as printed.
struct Named<'d> {
    passage: Passage<'d>,
    name: &'d str,
    amount: &'d str,
    bytes: Range<usize>,
}

/// 工会经费0.6万元 here and 工会经费及福利费0.6万元 there: one amount under two names, one inside the other.
fn named_twice(verdicts: &mut Verdicts, document: &Document, facts: &Facts) {
    const JOINTS: [char; 4] = ['及', '和', '与', '、'];
    let items: Vec<Named<'_>> = text::passages(document).flat_map(items).collect();
    for long in &items {
        let short = |other: &&Named<'_>| {
            other.amount == long.amount
                && long.name.strip_prefix(other.name).is_some_and(|rest| rest.starts_with(JOINTS))
        };
        // Where the longer or the shorter name has other amounts too, these are two things.
        let only = |name: &str| items.iter().filter(|item| item.name == name).all(|item| item.amount == long.amount);
        let Some(short) = items.iter().find(short).filter(|short| only(short.name) && only(long.name)) else {
            continue;
        };
        let quote = &long.passage.text()[long.bytes.clone()];
        let other = &short.passage.text()[short.bytes.clone()];
        let message = format!("“{quote}”与另一处的“{other}”金额相同而名称不同，请核对包含的内容");
        let location = long.passage.locate(facts, long.bytes.clone());
        let finding = verdicts.fail(location, quote, message);
        let location = short.passage.locate(facts, short.bytes.clone());
        finding.related.push(Related { label: "另一处的名称".into(), location });
    }
}

/// The items of the lists of a paragraph: 、办公费0.8万元.
fn items(passage: Passage<'_>) -> impl Iterator<Item = Named<'_>> {
    let text = passage.text();
    text.match_indices("万元").filter_map(move |(end, unit)| {
        const DIGITS: &str = "0123456789.,";
        let number = text[..end].trim_end();
        let start = number.len() - number.chars().rev().take_while(|c| DIGITS.contains(*c)).count();
        let words = text[..start].trim_end();
        let name = words.char_indices().rev().take_while(|(_, c)| is_han(*c)).last().map(|(at, _)| &words[at..])?;
        let begins = text[..words.len() - name.len()].trim_end().ends_with(['、', '，', '：', '；']);
        let name = name.trim_end_matches("支出");
        let amount = number[start..].trim_start_matches(['.', ',']);
        let length = name.chars().count();
        let from = words.len() - words[..].chars().rev().take_while(|c| is_han(*c)).map(char::len_utf8).sum::<usize>();
        let nonzero = amount.contains(|c: char| ('1'..='9').contains(&c));
        (begins && nonzero && (3..=14).contains(&length) && name.ends_with('费')).then_some(Named {
            passage,
            name,
            amount,
            bytes: from..end + unit.len(),
        })
    })
}
