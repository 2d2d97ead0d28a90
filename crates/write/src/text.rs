//! Plain text in UTF-8: a paragraph a line, a table as lines of cells between tabs.
//!
//! It is the shape that a word processor leaves when a disclosure is saved as text, so that every program that
//! reads such files reads these, ours among them. A cell merged over columns is followed by an empty cell for
//! every further column that it covers; one merged over rows, by empty cells below it.
//!
//! What it will not do: draw lines, align columns, break lines. What text cannot say is left out: fonts, pages,
//! what a number rests on. In a header the empty cells say what was merged, and in the body that a total covers the
//! columns of codes and names; elsewhere in the body they are read back as empty cells, and a table of one column or
//! of one row, as paragraphs.

use crate::manuscript::{Grid, Manuscript, Piece};

/// Writes a disclosure as plain text. A line ends with `\n`, an empty line parts what belongs to different pieces.
pub fn write(manuscript: &Manuscript) -> String {
    let mut text = String::new();
    let mut before: Option<&Piece> = None;
    for piece in &manuscript.pieces {
        let lines = lines(piece, manuscript);
        if lines.iter().all(String::is_empty) {
            continue;
        }
        if before.is_some_and(|before| !is_next_item(before, piece)) {
            text.push('\n');
        }
        for line in lines {
            text.push_str(&line);
            text.push('\n');
        }
        before = Some(piece);
    }
    text
}

/// Characters that can be printed: without control characters, other than tabs and ends of lines.
pub(crate) fn printable(text: &str) -> String {
    let kept = |c: char| !c.is_control() || matches!(c, '\t' | '\n');
    // XML knows no noncharacters, and nobody else prints them.
    text.replace("\r\n", "\n").chars().filter(|&c| kept(c) && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}

/// Characters that can be printed in one line: an end of a line and a tab are a space.
pub(crate) fn in_one_line(text: &str) -> String {
    printable(text).replace(['\n', '\t'], " ").trim().to_owned()
}

/// Items of one list follow one another without an empty line.
fn is_next_item(before: &Piece, piece: &Piece) -> bool {
    let level = |piece: &Piece| match piece {
        Piece::Paragraph(paragraph) => paragraph.item.map(|(level, _)| level),
        _ => None,
    };
    level(piece).is_some() && level(piece) == level(before)
}

fn lines(piece: &Piece, manuscript: &Manuscript) -> Vec<String> {
    match piece {
        Piece::Cover(lines) => apart(lines.iter().map(|line| in_one_line(line))),
        Piece::Contents => std::iter::once("目录".to_owned()).chain(listed(manuscript)).collect(),
        Piece::Heading(heading) => vec![in_one_line(&heading.printed())],
        Piece::Paragraph(paragraph) => vec![in_one_line(&paragraph.printed())],
        Piece::Grid(grid) => around(grid),
        Piece::PageBreak => Vec::new(),
    }
}

/// What stands in the contents.
fn listed(manuscript: &Manuscript) -> impl Iterator<Item = String> {
    manuscript.pieces.iter().filter_map(|piece| match piece {
        Piece::Heading(heading) if heading.listed => Some(in_one_line(&heading.printed())),
        Piece::Grid(grid) if grid.outline.is_some() => Some(in_one_line(&grid.listed())),
        _ => None,
    })
}

/// Lines with an empty line between them; empty ones go.
fn apart(lines: impl Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = lines.filter(|line| !line.is_empty()).flat_map(|line| [line, String::new()]).collect();
    all.pop();
    all
}

/// A table and what stands around it.
fn around(grid: &Grid) -> Vec<String> {
    let above = [Some(&grid.title), grid.number.as_ref(), Some(&grid.slot), Some(&grid.unit)];
    let above = apart(above.into_iter().flatten().map(|line| in_one_line(line)));
    let notes = apart(grid.notes.iter().map(|note| in_one_line(note)));
    let parts = [above, rows(grid), notes];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(&String::new())
}

/// The rows of a table. A number always stands in its own column: a row that wrote a merged cell without the empty
/// ones behind it would leave a reader to guess where its numbers belong.
fn rows(grid: &Grid) -> Vec<String> {
    let mut rows = vec![vec![String::new(); grid.columns as usize]; grid.rows as usize];
    for cell in &grid.cells {
        if let Some(place) = rows.get_mut(cell.row as usize).and_then(|row| row.get_mut(cell.column as usize)) {
            *place = in_one_line(&cell.text);
        }
    }
    rows.iter().map(|row| row.join("\t")).collect()
}
