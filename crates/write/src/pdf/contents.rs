//! The table of contents, and which pieces stand in it and in the outline of the file.

use super::breaking::{self, Fill};
use super::faces::{Cast, Weight};
use super::flow::Flow;
use super::sheet::{ASCENT, Kind, Leader, Mark, Text};
use super::words;
use crate::manuscript::{Manuscript, Piece};

const SIZE: f32 = 12.0;
const PITCH: f32 = 23.0;
/// The width kept free at the right for dots and a number, in ems.
const NUMBER: f32 = 4.0;

/// A heading or a grid with a place in the outline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Entry {
    /// Which of the manuscript's pieces.
    pub piece: usize,
    /// Its level.
    pub level: u8,
    /// Its words.
    pub text: String,
    /// True when it stands in the contents; all stand in the outline.
    pub listed: bool,
}

/// All entries in order.
pub(super) fn entries(manuscript: &Manuscript) -> Vec<Entry> {
    let entry = |(piece, it): (usize, &Piece)| match it {
        Piece::Heading(heading) => {
            Some(Entry { piece, level: heading.level, text: heading.printed(), listed: heading.listed })
        }
        Piece::Grid(grid) => {
            let (level, _) = grid.outline?;
            Some(Entry { piece, level, text: grid.listed(), listed: true })
        }
        _ => None,
    };
    manuscript.pieces.iter().enumerate().filter_map(entry).collect()
}

/// Lays out the contents on pages of their own.
pub(super) fn lay_out(manuscript: &Manuscript, cast: &Cast, flow: &mut Flow) {
    flow.end_page();
    flow.begin_upright();
    let heading = flow.tree.add(None, Kind::Paragraph);
    flow.centred(&breaking::balanced(&cast.set(words::CONTENTS, Weight::Bold), 20.0), 22.0, 44.0, heading);
    flow.space(10.0);
    let listed: Vec<Entry> = entries(manuscript).into_iter().filter(|entry| entry.listed).collect();
    // Levels that do not occur take no indent.
    let mut levels: Vec<u8> = listed.iter().map(|entry| entry.level).collect();
    levels.sort_unstable();
    levels.dedup();
    let contents = flow.tree.add(None, Kind::Contents);
    for entry in listed {
        let depth = levels.iter().position(|level| *level == entry.level).unwrap_or(0);
        let letters = cast.set(&entry.text, Weight::Text);
        let node = flow.tree.add(Some(contents), Kind::Entry(entry.text));
        let indent = depth as f32 * 1.5;
        let room = flow.frame.measure() / SIZE - indent - NUMBER;
        let lines = breaking::lines(&letters, room, 0.0, Fill::Ragged);
        flow.ensure_upright(PITCH * lines.len() as f32);
        let (x, corner) = (flow.frame.left + indent * SIZE, (flow.frame.left, flow.y));
        let mut from = x;
        for line in lines {
            let y = flow.y + (PITCH - SIZE) / 2.0 + ASCENT * SIZE;
            from = x + line.width * SIZE;
            flow.mark(Mark::Text(Text { x, y, size: SIZE, line, node: Some(node) }));
            flow.y += PITCH;
        }
        let y = flow.y - PITCH + (PITCH - SIZE) / 2.0 + ASCENT * SIZE;
        let leader = Leader { from, to: flow.frame.right, y, size: SIZE, piece: entry.piece, corner, node };
        flow.mark(Mark::Leader(leader));
    }
    flow.end_page();
}
