//! NT016: an economic item that the narrative lists has money in the table of basic expenditure.

use super::Verdicts;
use mingzhang_model::document::{Block, Document, Paragraph, Place};
use mingzhang_model::fact::{Facts, RowCode};
use mingzhang_model::locator::Locator;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;
use std::collections::HashMap;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("NT016");
    let listed = items(facts);
    if !listed.values().any(|has_money| *has_money) {
        return Outcome::NotApplicable("没有识别到按经济分类列示的基本支出表".into());
    }
    let about_basic = |block: usize| {
        let section = facts.prose.section_of.get(block).copied().flatten();
        section.is_some_and(|s| facts.prose.sections[s].title.contains("基本支出"))
    };
    for (block, content) in document.blocks.iter().enumerate() {
        if let Block::Paragraph(paragraph) = content
            && about_basic(block)
        {
            names(document, block, paragraph, |name, place| match listed.get(&words::label_key(name)) {
                Some(true) => verdicts.pass(),
                Some(false) => {
                    let location = Locator { place, quote: Some(name.to_string()), ..Locator::default() };
                    let message = format!("文中列有“{name}”，基本支出表里这一科目没有数");
                    verdicts.fail(location, name, message);
                }
                // A name in short, or another's: the table does not say.
                None => {}
            });
        }
    }
    verdicts.outcome("文中没有列举基本支出的经济科目")
}

/// The names of the economic items of the table, and whether they have money.
fn items(facts: &Facts) -> HashMap<String, bool> {
    let mut items = HashMap::new();
    for fact in &facts.facts {
        let statement = &facts.statements[fact.statement];
        let row = &statement.rows[fact.row];
        if statement.concept == "general_public_basic_expenditure" && matches!(row.code, Some(RowCode::Economic(_))) {
            *items.entry(words::label_key(&row.name)).or_insert(false) |= !fact.printed.amount().is_zero();
        }
    }
    items
}

/// Goes over the names behind 主要包括：, with the place of each. A layout may have broken the list into
/// several paragraphs.
fn names(document: &Document, block: usize, paragraph: &Paragraph, mut each: impl FnMut(&str, Place)) {
    const PARAGRAPHS: usize = 4;
    const ENDS: [char; 3] = ['。', '；', ';'];
    for (at, opening) in paragraph.text.match_indices("主要包括") {
        let from = at + opening.len();
        let mut list = paragraph.text[from..].to_string();
        // Where each paragraph begins in the list, and the byte of the paragraph that stands there.
        let mut pieces = vec![(0, from, paragraph)];
        for next in document.blocks[block + 1..].iter().take(PARAGRAPHS) {
            let Block::Paragraph(next) = next else { break };
            if list.contains(ENDS) {
                break;
            }
            pieces.push((list.len(), 0, next));
            list.push_str(&next.text);
        }
        let list = &list[..list.find(ENDS).unwrap_or(list.len())];
        let mut offset = 0;
        for name in list.split('、') {
            let trimmed = name.trim_start_matches(['：', ':', ' ']).trim_end_matches('等').trim();
            let start = offset + name.find(trimmed).unwrap_or(0);
            if let Some((begins, byte, piece)) = pieces.iter().rev().find(|(begins, ..)| *begins <= start)
                && !trimmed.is_empty()
            {
                let local = start - begins + byte;
                let end = (local + trimmed.len()).min(piece.text.len());
                let place = piece.places(local..end).first().copied();
                each(trimmed, place.unwrap_or_else(|| piece.place()));
            }
            offset += name.len() + "、".len();
        }
    }
}
