//! Printed lines to paragraphs.
//!
//! A line goes on in the next one when it had no room left for the next one's first word, or when it comes
//! near the margin in the middle of a sentence, and the next one is neither indented nor numbered. Where
//! that is not certain they stay two paragraphs: whoever reads sentences can bear a break too many better
//! than two titles in one.

use super::page::{Leaf, Piece, PrintedLine};
use mingzhang_model::document::{Line, Paragraph, Place};

/// Where running text begins and ends on a page.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Margins {
    /// The left edge of a line that is not indented.
    pub left: f32,
    /// The right edge of a full line.
    pub right: f32,
}

/// A page with fewer long lines than this borrows the margins of pages of its width.
const ENOUGH: usize = 6;
/// A line is long when it takes this share of the page's width.
const LONG: f32 = 0.55;

/// The margins of each page.
pub(super) fn margins(leaves: &[Leaf]) -> Vec<Margins> {
    let mut by_width: Vec<(i32, Vec<(f32, f32)>)> = Vec::new();
    let lines: Vec<Vec<(f32, f32)>> = leaves.iter().map(long_lines).collect();
    for (leaf, lines) in leaves.iter().zip(&lines) {
        let width = leaf.width.round() as i32;
        match by_width.iter_mut().find(|(w, _)| *w == width) {
            Some((_, all)) => all.extend(lines),
            None => by_width.push((width, lines.clone())),
        }
    }
    let common: Vec<(i32, Margins)> = by_width.into_iter().map(|(w, mut all)| (w, typical(&mut all))).collect();
    leaves
        .iter()
        .zip(lines)
        .map(|(leaf, mut own)| {
            let width = leaf.width.round() as i32;
            let shared = common.iter().find(|(w, _)| *w == width).map_or_else(Margins::default, |(_, m)| *m);
            if own.len() >= ENOUGH { typical(&mut own) } else { shared }
        })
        .collect()
}

fn long_lines(leaf: &Leaf) -> Vec<(f32, f32)> {
    let long = leaf.pieces.iter().filter_map(|piece| match piece {
        Piece::Line(line) if line.upright => Some((line.rect.x0, line.rect.x1)),
        _ => None,
    });
    long.filter(|(x0, x1)| x1 - x0 > LONG * leaf.width).collect()
}

/// Most full lines end at the margin; of the beginnings, the first lines of paragraphs are indented.
fn typical(lines: &mut [(f32, f32)]) -> Margins {
    if lines.is_empty() {
        return Margins::default();
    }
    lines.sort_by(|a, b| a.0.total_cmp(&b.0));
    let left = lines[lines.len() / 4].0;
    lines.sort_by(|a, b| a.1.total_cmp(&b.1));
    Margins { left, right: lines[lines.len() * 5 / 8].1 }
}

/// Whether a paragraph that ends with line `last` goes on with line `next`.
pub(super) fn goes_on(last: &PrintedLine, next: &PrintedLine, margins: Margins, new_page: bool) -> bool {
    let em = last.size();
    let pitch = next.rect.y0 - last.rect.y0;
    last.upright
        && next.upright
        && margins.right > 0.0
        && (next.size() - em).abs() < 0.28 * em
        && (new_page || (pitch > 0.5 * em && pitch < 2.6 * em))
        && (last.rect.x1 + first_word(next) > margins.right + 0.3 * em || is_ragged(last, next, margins))
        && last.rect.x1 - last.rect.x0 > 0.5 * (margins.right - margins.left)
        && next.rect.x0 < margins.left + 1.2 * em
        && next.rect.x0 < last.rect.x0 + 0.5 * em
        && !has_columns(&last.text)
        && !has_columns(&next.text)
        && !is_numbered(&next.text)
}

/// True for a line that ends in the middle of a sentence a few characters before the margin, above a line
/// that begins at the margin: not every layout fills its lines.
fn is_ragged(last: &PrintedLine, next: &PrintedLine, margins: Margins) -> bool {
    let em = last.size();
    // A numbered line without a comma or a stop that leaves room is a heading, however long it is.
    let room = last.rect.x1 < margins.right - 0.5 * em && !next.text.starts_with(['（', '(']);
    let heading = room
        && is_numbered(&last.text)
        && !last.text.contains(['，', '。', '；', '：', ','])
        && !last.text.ends_with('、');
    !heading
        && !last.text.trim_end().ends_with(['。', '！', '？', '；', '：', ':', ';', '.'])
        && last.rect.x1 > margins.right - 3.5 * em
        && next.rect.x0 < margins.left + 0.5 * em
}

/// The width of what could not stand alone at the end of a line: one character, or a Latin word.
fn first_word(line: &PrintedLine) -> f32 {
    let mut count = 0;
    for (i, char) in line.text.chars().enumerate() {
        if i > 0 && (char == ' ' || char >= '\u{2000}') {
            // Closing punctuation may not begin a line and goes with the word before it.
            count = i + usize::from("，。；：、）”％%》」".contains(char));
            break;
        }
        count = i + 1;
        if char >= '\u{2000}' && !"（“《「".contains(char) {
            break;
        }
    }
    let edge = line.edges.get(count).or(line.edges.last()).copied().unwrap_or(line.rect.x1);
    edge - line.rect.x0
}

/// Leader dots of a table of contents, or parts set far apart: not running text.
fn has_columns(text: &str) -> bool {
    text.contains("  ") || text.contains("......") || text.contains("…………") || text.contains("······")
}

/// Whether a line begins with a number of an enumeration: `一、`, `（一）`, `1.`, `1、`, `(1)`, `第一部分`.
fn is_numbered(text: &str) -> bool {
    let is_numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let rest = text.trim_start_matches(['（', '(', '第']);
    let opened = rest.len() < text.len();
    let after = rest.trim_start_matches(is_numeral);
    if after.len() == rest.len() {
        return false;
    }
    let mut chars = after.chars();
    match chars.next() {
        Some('、' | '．') => true,
        Some('.') => chars.next().is_none_or(|c| !c.is_ascii_digit()),
        Some('）' | ')') => opened,
        Some('部' | '章' | '条') => text.starts_with('第'),
        _ => false,
    }
}

/// A paragraph of printed lines.
pub(super) fn paragraph(printed: Vec<(u32, PrintedLine)>) -> Paragraph {
    let mut paragraph = Paragraph::default();
    let count = printed.len();
    for (i, (page, mut line)) in printed.into_iter().enumerate() {
        let start = paragraph.text.len();
        if i > 0 && needs_space(&paragraph.text, &line.text) {
            // The space belongs to the line before, so that every line begins with its own first character.
            paragraph.text.push(' ');
            if let Some(last) = paragraph.lines.last_mut() {
                last.edges.extend(last.edges.last().copied());
            }
        }
        let start = start.max(paragraph.text.len());
        if i == 0 && count == 1 {
            paragraph.text = std::mem::take(&mut line.text);
        } else {
            paragraph.text.push_str(&line.text);
        }
        let place = Place { page: Some(page), rect: Some(line.rect), line: None };
        paragraph.lines.push(Line { start, place, edges: line.edges });
    }
    paragraph
}

/// Only between two words of letters did the line break stand for a space.
fn needs_space(before: &str, after: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    letter(before.chars().next_back()) && letter(after.chars().next())
}
