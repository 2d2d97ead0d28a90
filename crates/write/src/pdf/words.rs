//! Every text that a manuscript prints, with its weight and its place in words.

use super::faces::Weight;
use super::table;
use crate::manuscript::{Grid, Manuscript, Piece};

/// What stands over the contents.
pub(super) const CONTENTS: &str = "目　录";
/// The characters that pages print of their own accord: numbers and dots.
const OWN: &str = "0123456789— .";

/// The number at the foot of a page.
pub(super) fn page_number(page: usize) -> String {
    format!("— {} —", page + 1)
}

/// All texts in the order in which they are printed.
pub(super) fn printed(manuscript: &Manuscript) -> Vec<(String, Weight, String)> {
    let mut texts = vec![(OWN.to_owned(), Weight::Text, "页码".to_owned())];
    for piece in &manuscript.pieces {
        match piece {
            Piece::Cover(lines) => {
                for (i, line) in lines.iter().enumerate() {
                    let weight = if i == 0 { Weight::Bold } else { Weight::Text };
                    texts.push((line.clone(), weight, format!("封面第 {} 行", i + 1)));
                }
            }
            Piece::Contents => texts.push((CONTENTS.to_owned(), Weight::Bold, "目录".to_owned())),
            Piece::Heading(heading) => {
                let printed = heading.printed();
                let place = format!("标题“{printed}”");
                texts.push((printed.clone(), Weight::Bold, place.clone()));
                texts.push((printed, Weight::Text, place));
            }
            Piece::Paragraph(paragraph) => {
                let printed = paragraph.printed();
                let place = format!("段落“{}”", beginning(&printed));
                texts.push((printed, Weight::Text, place));
            }
            Piece::Grid(grid) => grid_texts(grid, &mut texts),
            Piece::PageBreak => {}
        }
    }
    texts
}

fn grid_texts(grid: &Grid, texts: &mut Vec<(String, Weight, String)>) {
    let around = |part: &str| format!("表“{}”的{part}", grid.title);
    texts.push((grid.title.clone(), Weight::Bold, around("标题")));
    texts.push((grid.listed(), Weight::Text, around("标题")));
    let number = grid.number.clone().unwrap_or_default();
    let beside = [(number, "编号"), (grid.slot.clone(), "左上角"), (grid.unit.clone(), "计量单位")];
    texts.extend(beside.into_iter().map(|(text, part)| (text, Weight::Text, around(part))));
    for cell in &grid.cells {
        let place = format!("表“{}”第 {} 行第 {} 列", grid.title, cell.row + 1, cell.column + 1);
        texts.push((cell.text.clone(), table::weight(cell), place));
    }
    texts.extend(grid.notes.iter().map(|note| (note.clone(), Weight::Text, around("附注"))));
}

/// The first words of a text, to name it by.
fn beginning(text: &str) -> String {
    const SHOWN: usize = 20;
    let more = if text.chars().count() > SHOWN { "……" } else { "" };
    text.chars().take(SHOWN).chain(more.chars()).collect()
}
