//! One page to pieces: printed lines and tables, in reading order.

use super::fill::{self, PageTable};
use super::grid;
use super::sheet::{Sheet, Turn};
use super::text::{self, Doubled};
use mingzhang_model::document::{Note, NoteKind, Place, Rect};

/// A piece of a page.
#[derive(Debug)]
pub(super) enum Piece {
    /// A printed line that stands in no table.
    Line(PrintedLine),
    /// A table, or the part of one that stands on this page.
    Table(PageTable),
}

impl Piece {
    /// Where it stands.
    pub(super) fn rect(&self) -> Rect {
        match self {
            Piece::Line(line) => line.rect,
            Piece::Table(table) => table.grid.rect(),
        }
    }
}

/// A line of running text.
#[derive(Clone, Debug)]
pub(super) struct PrintedLine {
    /// Its text.
    pub text: String,
    /// The left edge of each character, then the right edge of the last.
    pub edges: Vec<f32>,
    /// Where it stands.
    pub rect: Rect,
    /// It goes from left to right, as running text does.
    pub upright: bool,
}

impl PrintedLine {
    /// The size of its largest type.
    pub(super) fn size(&self) -> f32 {
        self.rect.y1 - self.rect.y0
    }
}

/// A page, taken apart.
#[derive(Debug)]
pub(super) struct Leaf {
    /// Counted from 1.
    pub number: u32,
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// How many characters other than spaces stand on it.
    pub characters: u32,
    /// The pieces in reading order.
    pub pieces: Vec<Piece>,
    /// The runs that are not read because they stand there twice.
    pub doubled: Vec<Doubled>,
    /// Where most of its writing pointed before it was turned upright.
    pub turned: Turn,
}

/// Takes a page apart.
pub(super) fn leaf(number: u32, sheet: &mut Sheet, notes: &mut Vec<Note>) -> Leaf {
    let turned = sheet.set_upright();
    let runs = text::runs(&sheet.glyphs);
    let place = |rect: Option<Rect>| Place { page: Some(number), rect, ..Place::default() };
    let grids = grid::grids(sheet, &runs).unwrap_or_else(|| {
        notes.push(Note {
            kind: NoteKind::Limit, place: place(None), detail: "线条过多，本页不识别表格".into()
        });
        Vec::new()
    });
    let mut doubled = Vec::new();
    let (tables, rest) = fill::fill(grids, runs, &sheet.glyphs, &mut doubled);
    for table in &tables {
        notes.extend(table.overlaps.iter().map(|(text, rect)| Note {
            kind: NoteKind::Overlapping,
            place: place(Some(*rect)),
            detail: text.clone(),
        }));
    }
    let mut pieces: Vec<Piece> = tables.into_iter().map(Piece::Table).collect();
    for line in text::lines(rest, &sheet.glyphs, &mut doubled) {
        let mut text = String::new();
        text::write(&line, &sheet.glyphs, &mut text);
        let upright = line.runs[0].glyphs(&sheet.glyphs)[0].turn == Turn::Upright;
        let edges = text::edges(&line, &sheet.glyphs);
        pieces.push(Piece::Line(PrintedLine { text, edges, rect: line.rect, upright }));
    }
    let pieces = in_reading_order(pieces);
    let characters = sheet.glyphs.len() as u32 - text::characters(&doubled);
    Leaf { number, width: sheet.width, height: sheet.height, characters, pieces, doubled, turned }
}

/// From top to bottom; pieces that stand side by side from left to right. A line stands beside a table when
/// its middle is between the table's edges.
fn in_reading_order(mut pieces: Vec<Piece>) -> Vec<Piece> {
    pieces.sort_by(|a, b| top(a).total_cmp(&top(b)));
    // Every piece gets the top of the band of overlapping tables that it stands in.
    let mut keyed: Vec<(f32, f32, Piece)> = Vec::with_capacity(pieces.len());
    let mut band: Option<(f32, f32)> = None;
    for piece in pieces {
        let rect = piece.rect();
        let (low, key) = match (&piece, band) {
            (Piece::Table(_), Some((key, low))) if rect.y0 < low - 0.5 * (rect.y1 - rect.y0).min(low - key) => {
                (low.max(rect.y1), key)
            }
            (Piece::Table(_), _) => (rect.y1, rect.y0),
            (Piece::Line(_), _) => {
                keyed.push((top(&piece), rect.x0, piece));
                continue;
            }
        };
        band = Some((key, low));
        keyed.push((key, rect.x0, piece));
    }
    keyed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    keyed.into_iter().map(|(_, _, piece)| piece).collect()
}

fn top(piece: &Piece) -> f32 {
    let rect = piece.rect();
    match piece {
        Piece::Line(_) => (rect.y0 + rect.y1) / 2.0,
        Piece::Table(_) => rect.y0,
    }
}
