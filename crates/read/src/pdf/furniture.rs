//! Which lines of a page are furniture: page numbers, and what is repeated in the margin of page after page.

use super::join::folded;
use super::page::{Leaf, Piece, PrintedLine};
use std::ops::Range;

/// The part of the page's height, at the top and at the bottom, in which furniture stands.
const MARGIN: f32 = 0.14;
/// A running header is no longer than this.
const LONGEST: usize = 80;
/// How many lines of furniture a margin has at most.
const MOST: usize = 3;

/// For each page, the range of its pieces that is no furniture.
pub(super) fn bodies(leaves: &[Leaf]) -> Vec<Range<usize>> {
    let heads: Vec<Vec<String>> = leaves.iter().map(|leaf| margin(leaf, leaf.pieces.iter(), true)).collect();
    let feet: Vec<Vec<String>> = leaves.iter().map(|leaf| margin(leaf, leaf.pieces.iter().rev(), false)).collect();
    (0..leaves.len())
        .map(|i| {
            let count = leaves[i].pieces.len();
            let begin = count_furniture(&heads, i);
            let end = count - count_furniture(&feet, i).min(count);
            begin.min(end)..end
        })
        .collect()
}

/// The folded texts of the lines in one margin, from the outside inwards.
fn margin<'l>(leaf: &Leaf, pieces: impl Iterator<Item = &'l Piece>, head: bool) -> Vec<String> {
    let in_margin = |line: &PrintedLine| {
        if head { line.rect.y0 < leaf.height * MARGIN } else { line.rect.y1 > leaf.height * (1.0 - MARGIN) }
    };
    pieces
        .take(MOST)
        .map_while(|piece| match piece {
            Piece::Line(line) if in_margin(line) && line.text.len() <= 4 * LONGEST => Some(folded(&line.text)),
            _ => None,
        })
        .collect()
}

fn count_furniture(margins: &[Vec<String>], page: usize) -> usize {
    let own = &margins[page];
    own.iter().enumerate().take_while(|(i, text)| is_page_number(text) || is_repeated(margins, page, *i, text)).count()
}

/// Whether a neighbouring page, or the next but one (left and right pages differ), prints the same there.
fn is_repeated(margins: &[Vec<String>], page: usize, i: usize, text: &str) -> bool {
    let same = |other: Option<usize>| {
        other.and_then(|p| margins.get(p)).and_then(|lines| lines.get(i)).is_some_and(|its| its == text)
    };
    same(page.checked_sub(1)) || same(Some(page + 1)) || same(page.checked_sub(2)) || same(Some(page + 2))
}

/// Whether a text is a page number: `12`, `- 12 -`, `第12页`, `第12页共30页`, `12/30`.
pub(super) fn is_page_number(text: &str) -> bool {
    let mut digits = 0;
    for char in text.chars() {
        match char {
            '0'..='9' | '０'..='９' => digits += 1,
            '第' | '页' | '共' | '/' | '／' | '-' | '—' | '–' | '－' | '―' | '─' | '~' | '·' | '|' | '，' | ',' =>
                {}
            _ => return false,
        }
    }
    (1..=8).contains(&digits)
}
