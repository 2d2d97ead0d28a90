//! Pages to blocks: what a page break cut in two is joined again.
//!
//! What stands in the margin of every page (page numbers, running headers) is furniture: it stays in the
//! document as paragraphs of its own, but nothing that joins looks at it. [`join`] says whether a table
//! goes on, [`wrap`] whether a line does.

use super::furniture;
use super::join::{self, Draft};
use super::page::{Leaf, Piece, PrintedLine};
use super::wrap::{self, Margins};
use mingzhang_model::document::{Block, Note};

/// A block in the making.
enum Unfinished {
    Paragraph(Vec<(u32, PrintedLine)>),
    Table(Box<Draft>),
}

/// The blocks of all pages in reading order, and how many characters of repeated header rows were dropped.
pub(super) fn blocks(leaves: Vec<Leaf>, notes: &mut Vec<Note>) -> (Vec<Block>, u32) {
    let bodies = furniture::bodies(&leaves);
    let margins = wrap::margins(&leaves);
    let mut flow = Flow::default();
    for ((leaf, body), margins) in leaves.into_iter().zip(bodies).zip(margins) {
        flow.leaf(leaf, body, margins);
    }
    let mut blocks = Vec::with_capacity(flow.done.len());
    for unfinished in flow.done {
        match unfinished {
            Unfinished::Paragraph(lines) => blocks.push(Block::Paragraph(wrap::paragraph(lines))),
            Unfinished::Table(draft) => blocks.extend(draft.finish(notes)),
        }
    }
    (blocks, flow.repeated)
}

#[derive(Default)]
struct Flow {
    done: Vec<Unfinished>,
    /// The last block that is no furniture: the only one that may go on.
    open: Option<usize>,
    repeated: u32,
}

impl Flow {
    fn leaf(&mut self, leaf: Leaf, body: std::ops::Range<usize>, margins: Margins) {
        let before = self.open;
        let mut first_table = true;
        let mut title: Vec<String> = Vec::new();
        for (i, piece) in leaf.pieces.into_iter().enumerate() {
            match piece {
                Piece::Line(line) if !body.contains(&i) => {
                    self.done.push(Unfinished::Paragraph(vec![(leaf.number, line)]));
                }
                Piece::Line(line) => {
                    title.push(join::folded(&line.text));
                    self.line(leaf.number, line, margins, i == body.start);
                }
                Piece::Table(table) => {
                    let draft = Box::new(Draft::new(leaf.number, table, std::mem::take(&mut title)));
                    self.table(draft, before.filter(|_| first_table));
                    first_table = false;
                }
            }
        }
    }

    fn line(&mut self, number: u32, line: PrintedLine, margins: Margins, new_page: bool) {
        if let Some(open) = self.open
            && let Unfinished::Paragraph(lines) = &mut self.done[open]
            && let Some((_, last)) = lines.last()
            && wrap::goes_on(last, &line, margins, new_page)
        {
            lines.push((number, line));
            return;
        }
        self.open = Some(self.done.len());
        self.done.push(Unfinished::Paragraph(vec![(number, line)]));
    }

    /// Joins a table to the one that the page before ended with (`before`), if it goes on with it.
    fn table(&mut self, draft: Box<Draft>, before: Option<usize>) {
        if let Some(i) = before
            && let Unfinished::Table(table) = &mut self.done[i]
            && let Some(continuation) = table.continuation(&draft)
        {
            self.repeated += table.append(*draft, &continuation);
            self.open = Some(i);
            return;
        }
        self.open = Some(self.done.len());
        self.done.push(Unfinished::Table(draft));
    }
}
