//! TX012: what an item is said to be used for is not another item's use; TX013 says the same of its
//! reason.
//!
//! The names of the other items come from the document's own table. A text that shares four characters
//! with its own item is taken to speak of it.

use super::Verdicts;
use crate::text::{Passage, passages};
use mingzhang_model::code::Level;
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, RowCode};
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;
use std::collections::BTreeSet;

/// The shortest name that says of which item a text speaks.
const TELLING: usize = 5;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    strangers(Verdicts::of("TX012"), document, facts, "主要用于", "用途")
}

/// Goes over the items of the narrative and what follows `opening` in each, to the end of its sentence.
pub(crate) fn strangers(
    mut verdicts: Verdicts,
    document: &Document,
    facts: &Facts,
    opening: &str,
    what: &str,
) -> Outcome {
    let items = items(facts);
    for passage in passages(document) {
        let Some((own, said)) = item_and_text(&passage, opening) else { continue };
        let text = words::fold(&passage.text()[said.clone()]);
        let speaks_of = |name: &&String| text.contains(name.as_str()) && !own.contains(name.as_str());
        let stranger = items.iter().filter(|name| **name != own && !name.contains(&own)).find(speaks_of);
        match stranger.filter(|_| !shares(&text, &own)) {
            None => verdicts.pass(),
            Some(stranger) => {
                let message = format!("“{own}（项）”的{what}写的是“{stranger}”，像是从别的科目抄来的，请核对");
                verdicts.fail(passage.locate(facts, said), &own, message);
            }
        }
    }
    verdicts.outcome("文中没有逐项写出科目")
}

/// The names of the items of the document's tables.
fn items(facts: &Facts) -> BTreeSet<String> {
    let rows = facts.statements.iter().flat_map(|statement| &statement.rows);
    let item = |code: &RowCode| matches!(code, RowCode::Functional(code) if code.level() == Level::Item);
    let names = rows.filter(|row| row.code.as_ref().is_some_and(item)).map(|row| words::label_key(&row.name));
    names.map(|name| name.trim_end_matches("支出").to_string()).filter(|name| name.chars().count() >= TELLING).collect()
}

/// The name of the item that a paragraph is about, and the bytes of what follows the opening words.
pub(crate) fn item_and_text(passage: &Passage<'_>, opening: &str) -> Option<(String, std::ops::Range<usize>)> {
    let text = passage.text();
    let folded = words::fold(text);
    let (_, rest) = folded.split_once("(款)")?;
    let (own, _) = rest.split_once("(项)")?;
    let at = text.find(opening)? + opening.len();
    let end = text[at..].find('。').map_or(text.len(), |end| at + end);
    let start = end - text[at..end].trim_start_matches(['：', ':', '是', '为', ' ']).len();
    Some((words::label_key(own).trim_end_matches("支出").to_string(), start..end))
}

/// True when four characters in a row of the name stand in the text.
fn shares(text: &str, name: &str) -> bool {
    const RUN: usize = 4;
    // 事业单位 stands in many names and tells none of them.
    let name =
        ["机关事业单位", "行政事业单位", "事业单位", "行政单位"].iter().fold(name.to_string(), |n, w| n.replace(w, ""));
    let chars: Vec<char> = name.chars().collect();
    chars.windows(RUN.min(chars.len()).max(1)).any(|run| text.contains(&run.iter().collect::<String>()))
}
