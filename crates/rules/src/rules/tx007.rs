//! TX007: brackets and quotation marks come in pairs.
//!
//! Only whole paragraphs are looked at: a page break or a table that could not be read cuts pairs in two.

use crate::text::{self, Hit};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    text::search("TX007", document, facts, |passage, hits| {
        let text = passage.text();
        if !text.contains(OPEN) && !text.contains(CLOSE) {
            return;
        }
        let Some((at, mark)) = odd(text) else { return };
        if !text::is_whole(document, passage) || goes_on(document, passage.block) {
            return;
        }
        let bytes = text::neighbours(text, &(at..at + mark.len_utf8()));
        let message = format!("“{}”处的{}没有配对，应补上或删去", text[bytes.clone()].trim(), name(mark));
        hits.push(Hit { bytes, message });
    })
}

/// True when the paragraph before lacks a partner too: the two may be one.
fn goes_on(document: &Document, block: usize) -> bool {
    match block.checked_sub(1).map(|before| &document.blocks[before]) {
        Some(Block::Paragraph(before)) => odd(&before.text).is_some(),
        Some(Block::Table(_)) | None => false,
    }
}

const OPEN: [char; 6] = ['（', '(', '“', '《', '〔', '【'];
const CLOSE: [char; 6] = ['）', ')', '”', '》', '〕', '】'];

/// The first mark that has no partner. Half and full width pair with each other: that is TX019.
fn odd(text: &str) -> Option<(usize, char)> {
    let shape = |marks: [char; 6], c: char| marks.iter().position(|mark| *mark == c).map(|i| i.max(1));
    // The bracket of a list number such as 1） has no partner.
    let skip = text.find([')', '）']).filter(|at| text[..*at].chars().all(|c| c.is_ascii_digit()));
    let mut open: Vec<(usize, char, usize)> = Vec::new();
    for (at, c) in text.char_indices().filter(|(at, _)| Some(*at) != skip) {
        if let Some(kind) = shape(OPEN, c) {
            open.push((at, c, kind));
        } else if let Some(kind) = shape(CLOSE, c) {
            match open.last() {
                Some((_, _, last)) if *last == kind => drop(open.pop()),
                // The mark above is the one without a partner where the one below fits.
                Some((at, mark, _)) if open.iter().any(|(_, _, below)| *below == kind) => return Some((*at, *mark)),
                _ => return Some((at, c)),
            }
        }
    }
    open.first().map(|(at, mark, _)| (*at, *mark))
}

fn name(mark: char) -> String {
    match mark {
        '“' => "前引号".into(),
        '”' => "后引号".into(),
        '《' | '》' => format!("书名号“{mark}”"),
        other => format!("括号“{other}”"),
    }
}

#[cfg(test)]
mod tests {
    use super::odd;

    #[test]
    fn the_mark_without_a_partner_is_named() {
        let mark = |text| odd(text).map(|(_, c)| c);
        assert_eq!(mark("安排“一般预算“三公”经费"), Some('“'));
        assert_eq!(mark("（一）因公出国(境)费"), None);
        assert_eq!(mark("设备（不含车辆"), Some('（'));
        assert_eq!(mark("1）设备（不含车辆)"), None);
        assert_eq!(mark("设备不含车辆）"), Some('）'));
    }
}
