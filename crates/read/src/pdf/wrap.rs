//! Printed lines to paragraphs.
//!
//! A line goes on in the next one when it had no room left for the next one's first word, or when it comes
//! near the margin in the middle of a sentence, and the next one is neither indented nor numbered, unless the
//! sentence is cut right before the number. Where all lines begin at one edge an indent cannot be seen, and a
//! line that ends as a sentence does ends its paragraph, unless the next one begins further left. Where it is
//! not certain that two lines are one paragraph they stay two: whoever reads sentences can bear a break too many
//! better than two titles in one.

use super::page::{Leaf, Piece, PrintedLine};
use crate::lines::{ends_a_sentence, has_columns, is_numbered, needs_space};
use mingzhang_model::document::{Line, Paragraph, Place};

/// Where running text begins and ends on a page.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Margins {
    /// The left edge of a line that is not indented.
    pub left: f32,
    /// The right edge of a full line.
    pub right: f32,
    /// All lines begin there: nothing tells the first line of a paragraph from the others. Either no paragraph
    /// is indented, or every line is a paragraph.
    pub even: bool,
}

/// Where a long line begins and ends, and the size of its type.
#[derive(Clone, Copy)]
struct Extent {
    x0: f32,
    x1: f32,
    em: f32,
}

/// A page with fewer long lines than this borrows the margins of pages of its width.
const ENOUGH: usize = 6;
/// A line is long when it takes this share of the page's width.
const LONG: f32 = 0.55;
/// A line that begins this many ems from the margin begins elsewhere: half an indent and a little.
const ASIDE: f32 = 1.2;
/// When one of so many lines begins elsewhere, the lines are not even.
const EVEN: usize = 16;

/// The margins of each page.
pub(super) fn margins(leaves: &[Leaf]) -> Vec<Margins> {
    let pages: Vec<(i32, Vec<Extent>)> =
        leaves.iter().map(|leaf| (leaf.width.round() as i32, long_lines(leaf))).collect();
    let mut common: Vec<(i32, Margins)> = Vec::new();
    for (width, _) in &pages {
        if common.iter().all(|(w, _)| w != width) {
            common.push((*width, of_width(pages.iter().filter(|(w, _)| w == width).map(|(_, lines)| lines))));
        }
    }
    let shared = |width: &i32| common.iter().find(|(w, _)| w == width).map_or_else(Margins::default, |(_, m)| *m);
    pages.iter().map(|(width, lines)| of_page(lines, shared(width))).collect()
}

fn long_lines(leaf: &Leaf) -> Vec<Extent> {
    let long = leaf.pieces.iter().filter_map(|piece| match piece {
        Piece::Line(line) if line.upright => Some(Extent { x0: line.rect.x0, x1: line.rect.x1, em: line.size() }),
        _ => None,
    });
    long.filter(|line| line.x1 - line.x0 > LONG * leaf.width).collect()
}

/// The margins of pages of one width. Pages on which all lines begin at one edge do not say whether that is
/// the margin or the indent; they are asked only if there are no others.
fn of_width<'l>(pages: impl Iterator<Item = &'l Vec<Extent>> + Clone) -> Margins {
    let speaks = |lines: &&Vec<Extent>| lines.len() < ENOUGH || !typical(lines).even;
    let speaking: Vec<Extent> = pages.clone().filter(speaks).flatten().copied().collect();
    if speaking.len() >= ENOUGH { typical(&speaking) } else { typical(&pages.flatten().copied().collect::<Vec<_>>()) }
}

/// The margins of a page with these lines among pages with the margins `shared`.
fn of_page(lines: &[Extent], shared: Margins) -> Margins {
    if lines.len() < ENOUGH {
        return shared;
    }
    let own = typical(lines);
    let em = lines[0].em;
    let indented = !shared.even && own.left > shared.left + ASIDE * em && own.right < shared.right + 0.5 * em;
    if !(own.even && indented) {
        return Margins { even: own.even && shared.even, ..own };
    }
    // A list that is set in as a whole has margins of its own; paragraphs of one line have those of the others.
    if are_filled(lines) { own } else { shared }
}

/// Whether lines go on in each other: many end at one edge, which paragraphs of one line do by chance only.
fn are_filled(lines: &[Extent]) -> bool {
    let edge = lines.iter().map(|line| line.x1).fold(0.0, f32::max);
    lines.iter().filter(|line| line.x1 > edge - line.em).count() * 3 > lines.len()
}

/// Most full lines end at the margin; of the beginnings, the first lines of paragraphs are indented.
fn typical(lines: &[Extent]) -> Margins {
    if lines.is_empty() {
        return Margins::default();
    }
    let nth = |mut edges: Vec<f32>, n: usize| {
        edges.sort_by(f32::total_cmp);
        edges[n]
    };
    let left = nth(lines.iter().map(|line| line.x0).collect(), lines.len() / 4);
    let right = nth(lines.iter().map(|line| line.x1).collect(), lines.len() * 5 / 8);
    let aside = lines.iter().filter(|line| (line.x0 - left).abs() > ASIDE * line.em).count();
    Margins { left, right, even: aside * EVEN < lines.len() }
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
        && next.rect.x0 < margins.left + ASIDE * em
        && next.rect.x0 < last.rect.x0 + 0.5 * em
        && !has_columns(&last.text)
        && !has_columns(&next.text)
        && (!is_numbered(&next.text) || is_cut(last, next, margins))
        && !(margins.even && ends_a_sentence(&last.text) && next.rect.x0 > last.rect.x0 - 0.5 * em)
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
        && !ends_a_sentence(&last.text)
        && last.rect.x1 > margins.right - 3.5 * em
        && next.rect.x0 < margins.left + 0.5 * em
}

/// True for a line that ends in the middle of a sentence at the margin, above one at the margin: the number that
/// begins this one is part of the sentence, though an item of a list could begin so.
fn is_cut(last: &PrintedLine, next: &PrintedLine, margins: Margins) -> bool {
    let em = last.size();
    !margins.even
        && !is_numbered(&last.text)
        && !ends_a_sentence(&last.text)
        && last.rect.x1 > margins.right - 0.5 * em
        && next.rect.x0 < margins.left + 0.5 * em
        && last.rect.x0 < margins.left + 0.5 * em
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
        let place = Place { page: Some(page), rect: Some(line.rect), ..Place::default() };
        paragraph.lines.push(Line { start, place, edges: line.edges });
    }
    paragraph
}
