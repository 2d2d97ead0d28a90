//! CD006: the names of 类, 款 and 项 in the text stand on their own level.
//!
//! The code table has gaps; so a name is told only where it is known, and known on another level alone.

use super::Verdicts;
use crate::text::{self, Hit, Passage, passages};
use mingzhang_model::code::Level;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::codes;
use mingzhang_standard::words;
use std::ops::Range;

const MARKS: [(&str, Level, &str); 3] =
    [("类", Level::Class, "类"), ("款", Level::Subclass, "款"), ("项", Level::Item, "项")];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("CD006");
    for passage in passages(document).filter(|passage| passage.text().contains('款')) {
        for (name, bytes, level, mark) in names(&passage) {
            let found = codes::functional_named(&name);
            let own = found.iter().any(|code| code.level() == level);
            let other = found.first().map(|code| code.level());
            match other {
                Some(other) if !own => {
                    let message =
                        format!("“{name}”是{}级科目的名称，这里写作（{mark}），请核对类、款、项是否错位", word(other));
                    text::report(&mut verdicts, facts, &passage, Hit { bytes, message });
                }
                Some(_) => verdicts.pass(),
                None => {}
            }
        }
    }
    verdicts.outcome("文中没有写到类、款、项")
}

fn word(level: Level) -> &'static str {
    MARKS.iter().find(|(_, own, _)| *own == level).map_or("", |(.., word)| word)
}

/// The names before （类）, （款） and （项）, with their bytes and level.
fn names<'d>(passage: &Passage<'d>) -> Vec<(String, Range<usize>, Level, &'static str)> {
    let text = passage.text();
    let mut found = Vec::new();
    for (mark, level, word) in MARKS {
        for (at, _) in text.match_indices(mark) {
            let Some(before) = text[..at].strip_suffix(['（', '(']) else { continue };
            let closes = text[at + mark.len()..].starts_with(['）', ')']);
            let from = before
                .rfind(['）', ')', '“', '"', '，', '。', '、', '：', ':', '；', '.', '．', ' '])
                .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
            let name = words::fold(&before[from..]);
            // 政府办公厅（室）…: a bracket inside the name leaves only its end, which is no name.
            if closes && name.chars().count() >= 3 && !name.starts_with("及相关") {
                found.push((
                    name,
                    from..at + mark.len() + '）'.len_utf8().min(text.len() - at - mark.len()),
                    level,
                    word,
                ));
            }
        }
    }
    found.retain(|(_, bytes, ..)| text.is_char_boundary(bytes.end));
    found
}
