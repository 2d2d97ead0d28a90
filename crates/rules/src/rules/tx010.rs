//! TX010: the office is called by its name.
//!
//! The names are those that the document itself prints where a name belongs: on the cover, over the tables, in the
//! title of its own part, in the sentence on whose budget is included.

use crate::reading::spelling;
use crate::rules::Verdicts;
use crate::text::{self, Hit, Passage, is_han};
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, Slot};
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_standard::words;
use std::collections::BTreeSet;
use std::ops::Range;

/// The shortest name in which a slip can be told from another name, in characters.
const SHORTEST: usize = 8;

/// The longest name, in characters.
const LONGEST: usize = 40;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let names = names(document, facts);
    if names.is_empty() {
        return Outcome::Undecided("没有读到单位名称".into());
    }
    let mut verdicts = Verdicts::of("TX010");
    for passage in text::passages(document) {
        let words = passage.text();
        for name in &names {
            for bytes in spelling::misses_of(words, name) {
                let wrong = &words[bytes.clone()];
                if names.contains(wrong) || is_other_name(document, wrong) {
                    continue;
                }
                let message = format!("“{}”处的“{wrong}”与单位名称“{name}”差字，请核对", passage.around(&bytes));
                text::report(&mut verdicts, facts, &passage, Hit { bytes, message });
            }
        }
        if let Some((bytes, message)) = short(document, &passage, &names) {
            let what = words::fold(&words[bytes.clone()]);
            verdicts.fail_as(Severity::Note, passage.locate(facts, bytes), &what, message);
        }
    }
    verdicts.pass();
    verdicts.outcome("")
}

/// A name that stands more than twice is no slip.
fn is_other_name(document: &Document, wrong: &str) -> bool {
    const OFTEN: usize = 2;
    text::passages(document).map(|passage| passage.text().matches(wrong).count()).sum::<usize>() > OFTEN
}

/// The names of the office, each of which stands at least twice in the document.
fn names(document: &Document, facts: &Facts) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = facts.disclosure.body.iter().cloned().collect();
    for statement in &facts.statements {
        if let Slot::Filled(slot) = &statement.name_slot {
            let name = slot.text.rsplit(['：', ':']).next().unwrap_or_default();
            names.insert(words::fold(name));
        }
    }
    for passage in text::passages(document) {
        let text = passage.text().trim();
        names.extend(text.strip_suffix("概况").map(str::to_string));
        names.extend(included(text).map(|(name, _)| name.to_string()));
        names.extend(text.split_once("作为一级").map(|(before, _)| last_words(before).to_string()));
    }
    names.retain(|name| {
        let length = name.chars().count();
        let stands = || text::passages(document).map(|passage| passage.text().matches(name.as_str()).count()).sum();
        (SHORTEST..=LONGEST).contains(&length) && name.chars().all(is_han) && {
            let times: usize = stands();
            times > 1
        }
    });
    names
}

/// The Chinese characters that a text ends in.
fn last_words(text: &str) -> &str {
    let start = text.char_indices().rev().take_while(|(_, c)| is_han(*c)).last().map_or(text.len(), |(at, _)| at);
    &text[start..]
}

/// The name in 纳入2024年某某部门预算编制范围的包括：, and the bytes of what is included.
fn included(text: &str) -> Option<(&str, Range<usize>)> {
    let at = text.find("编制范围的")?;
    let before = &text[text[..at].rfind('入').map_or(0, |i| i + '入'.len_utf8())..at];
    let name = before.trim_end_matches("预算").trim_end_matches("决算").trim_end_matches("汇总");
    let name = name.trim_end_matches("部门").trim_end_matches("单位");
    let rest = &text[at + "编制范围的".len()..];
    let trimmed = rest.trim_start_matches("预算单位").trim_start_matches("单位");
    let trimmed = ["包括", "只有", "仅有", "仅包括", "为", "是", "有"]
        .iter()
        .find_map(|word| trimmed.strip_prefix(word))?
        .trim_start_matches(['：', ':', ' ']);
    let length = trimmed.find("本级").filter(|end| trimmed[..*end].chars().all(is_han))?;
    let from = text.len() - trimmed.len();
    let name = last_words(name).trim_start_matches(['年', '度']).trim_start_matches("本部门");
    Some((name, from..from + length))
}

/// An office in its own list of units under a name that is shorter than its own and was not declared.
fn short(document: &Document, passage: &Passage<'_>, names: &BTreeSet<String>) -> Option<(Range<usize>, String)> {
    let text = passage.text();
    let (_, bytes) = included(text)?;
    let printed = text[bytes.clone()].trim_end_matches("部门").trim_end_matches("机关");
    let declared = |passage: Passage<'_>| {
        let said = passage.text();
        said.match_indices("简称").any(|(at, _)| said[at..].chars().take(20).collect::<String>().contains(printed))
    };
    let generic = printed.chars().count() < 3 || ["本部门", "本单位", "我部门", "我单位"].contains(&printed);
    if generic || names.contains(printed) || text::passages(document).any(declared) {
        return None;
    }
    let full = names.iter().max_by_key(|name| name.chars().count())?;
    let bytes = bytes.start..bytes.end + "本级".len();
    let message = format!("“{}”用的不是全称“{full}”，文中也没有说明简称，应写全称", &text[bytes.clone()]);
    Some((bytes, message))
}
