//! Pieces of a narrative to pieces of a manuscript: headings and items numbered, tables placed.

use super::Composer;
use crate::manuscript::{Heading, Paragraph, Piece};
use crate::tables;
use mingzhang_standard::narrative::{self, Style};

/// Headings down to this level stand in the contents.
const LISTED: u8 = 2;

impl Composer<'_> {
    /// Puts pieces down, in order.
    pub(super) fn pieces(&mut self, pieces: &[narrative::Piece]) {
        pieces.iter().for_each(|piece| self.piece(piece));
    }

    fn piece(&mut self, piece: &narrative::Piece) {
        match piece {
            narrative::Piece::Cover(lines) => {
                let lines = lines.iter().map(|line| self.words(line)).collect();
                self.manuscript.pieces.push(Piece::Cover(lines));
            }
            narrative::Piece::Contents => self.manuscript.pieces.push(Piece::Contents),
            narrative::Piece::Break => self.manuscript.pieces.push(Piece::PageBreak),
            narrative::Piece::Decimals(decimals) => self.printing.decimals = *decimals,
            narrative::Piece::Table { code, outline } => self.table(code, *outline),
            narrative::Piece::Heading { level, numbered, text } => self.heading(*level, *numbered, text),
            narrative::Piece::Paragraph { style, item, text } => self.paragraph(*style, *item, text),
            narrative::Piece::If { condition, then, otherwise } => {
                let pieces = if self.holds(condition) { then } else { otherwise };
                self.pieces(pieces);
            }
            narrative::Piece::Each { list, pieces } => {
                for entry in self.entered(list) {
                    self.around.push(entry);
                    self.pieces(pieces);
                    self.around.pop();
                }
            }
            narrative::Piece::Sheet(sheet) => self.sheet(sheet),
        }
    }

    /// The next number of a level; those of lower levels begin again.
    fn next(&mut self, level: u8) -> u32 {
        let at = self.counter(level);
        self.counters[at] += 1;
        self.counters[at + 1..].fill(0);
        self.counters[at]
    }

    fn counter(&self, level: u8) -> usize {
        usize::from(level).min(self.counters.len() - 1)
    }

    fn heading(&mut self, level: u8, numbered: bool, text: &narrative::Text) {
        let ordinal = if numbered {
            Some(self.next(level))
        } else {
            let at = self.counter(level);
            self.counters[at..].fill(0);
            None
        };
        let text = self.words(text);
        self.section.clone_from(&text);
        self.manuscript.pieces.push(Piece::Heading(Heading { level, ordinal, text, listed: level <= LISTED }));
    }

    fn paragraph(&mut self, style: Style, item: Option<u8>, text: &narrative::Text) {
        let runs = self.text(text);
        // A paragraph whose every word stood under a condition is none.
        if runs.is_empty() {
            return;
        }
        let item = item.map(|level| (level, self.next(level)));
        self.manuscript.pieces.push(Piece::Paragraph(Paragraph { style, item, runs }));
    }

    fn table(&mut self, code: &str, (level, numbered): (u8, bool)) {
        let facts = self.material.facts;
        let Some(table) = self.material.form.tables.iter().find(|table| table.code == code) else { return };
        let Some(statement) = facts.statements.iter().position(|statement| statement.code == code) else { return };
        let (shelf, supply) = (&mut self.shelf, self.material.supply);
        let mut grid = tables::grid(facts, statement, table, &mut |fact| {
            let row = &facts.statements[fact.statement].rows[fact.row];
            shelf.put(&row.name, supply.behind(&fact.key))
        });
        let ordinal = numbered.then(|| self.next(level));
        grid.outline = Some((level, ordinal));
        self.manuscript.pieces.push(Piece::Grid(grid));
    }
}
