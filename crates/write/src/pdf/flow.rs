//! Pieces to pages.
//!
//! A heading stays with what follows, down to the first rows of a table. A table that fits on one page is not
//! divided: it begins a new page where it does not fit on this one. A page turns when a table asks for it, and
//! the headings before such a table turn with it.
//!
//! Text stands on the page so that lines tell where a paragraph begins: its first line is indented by two
//! characters, and every line but the last is full.

use super::breaking::{self, Fill, Line};
use super::faces::{Cast, Letter, Weight};
use super::ruled::{Corner, Ruled};
use super::sheet::{ASCENT, Anchor, Frame, Kind, Mark, Sheet, Text, Tree, UPRIGHT};
use super::table::{self, Table};
use super::{PdfFault, contents};
use crate::manuscript::{Grid, Heading, Manuscript, Paragraph, Piece, Style};
use std::collections::HashMap;

const BODY: f32 = 14.0;
const BODY_PITCH: f32 = 26.0;
const NOTE: f32 = 9.0;
const NOTE_PITCH: f32 = 14.0;
/// The title over a table, and its distance from line to line.
const TITLE: (f32, f32) = (15.0, 24.0);
/// What stands at the edges over a table.
const BESIDE: (f32, f32) = (10.5, 18.0);
/// The sizes of the title on a cover and of the lines under it.
const COVER: (f32, f32) = (28.0, 17.0);
/// The indent of a first line, in ems.
const INDENT: f32 = 2.0;
/// The space over a table's title and under a table.
const AROUND: (f32, f32) = (8.0, 12.0);

/// The pages and what belongs to them.
pub(super) struct LaidOut {
    /// The pages.
    pub sheets: Vec<Sheet>,
    /// Where pieces begin.
    pub anchors: HashMap<usize, Anchor>,
    /// The parts of the document.
    pub tree: Tree,
}

/// Lays a manuscript out.
pub(super) fn lay_out(manuscript: &Manuscript, cast: &Cast) -> Result<LaidOut, PdfFault> {
    let mut flow = Flow::new();
    let settings = settings(manuscript, cast)?;
    for (i, piece) in manuscript.pieces.iter().enumerate() {
        match piece {
            Piece::Cover(lines) => flow.cover(lines, cast),
            Piece::Contents => contents::lay_out(manuscript, cast, &mut flow),
            Piece::PageBreak => flow.end_page(),
            Piece::Heading(_) | Piece::Paragraph(_) | Piece::Grid(_) => flow.piece(i, piece, &settings),
        }
    }
    Ok(LaidOut { sheets: flow.sheets, anchors: flow.anchors, tree: flow.tree })
}

/// A piece, set in lines or cells but not yet on a page.
enum Setting {
    /// A heading: it stays with what follows.
    Heading(Block),
    /// A paragraph.
    Paragraph(Block),
    /// A table with what stands around it.
    Table(Box<SetTable>),
    /// A piece that stands on pages of its own.
    Apart,
}

/// Lines of one size.
struct Block {
    lines: Vec<Line>,
    size: f32,
    pitch: f32,
    /// The indent of the first line.
    indent: f32,
}

struct SetTable {
    table: Table,
    title: Vec<Line>,
    number: Vec<Line>,
    slot: Vec<Line>,
    unit: Vec<Line>,
    notes: Vec<Block>,
}

fn settings(manuscript: &Manuscript, cast: &Cast) -> Result<Vec<Setting>, PdfFault> {
    let setting = |piece: &Piece| match piece {
        Piece::Heading(heading) => Ok(Setting::Heading(set_heading(heading, cast))),
        Piece::Paragraph(paragraph) => Ok(Setting::Paragraph(set_paragraph(paragraph, cast))),
        Piece::Grid(grid) => match SetTable::new(grid, cast) {
            Some(table) => Ok(Setting::Table(Box::new(table))),
            None => Err(PdfFault::Untiled(grid.title.clone())),
        },
        Piece::Cover(_) | Piece::Contents | Piece::PageBreak => Ok(Setting::Apart),
    };
    manuscript.pieces.iter().map(setting).collect()
}

fn set_heading(heading: &Heading, cast: &Cast) -> Block {
    let letters = cast.set(&heading.printed(), Weight::Bold);
    let (size, pitch) = match heading.level {
        ..=1 => (18.0, 34.0),
        2 => (16.0, 30.0),
        _ => (BODY, BODY_PITCH),
    };
    // A main heading stands in the middle. One that does not fit into a line stands as a paragraph does: in the
    // middle it would fall into two titles.
    let indent = if heading.level > 1 { INDENT * BODY } else { 0.0 };
    let lines = breaking::lines(&letters, UPRIGHT.measure() / size, indent / size, Fill::Flush);
    Block { lines, size, pitch, indent }
}

fn set_paragraph(paragraph: &Paragraph, cast: &Cast) -> Block {
    let letters = cast.set(&paragraph.printed(), Weight::Text);
    let (size, pitch) = if paragraph.style == Style::Note { (NOTE, NOTE_PITCH) } else { (BODY, BODY_PITCH) };
    let indent = if matches!(paragraph.style, Style::Body | Style::Note) { INDENT * size } else { 0.0 };
    let lines = breaking::lines(&letters, UPRIGHT.measure() / size, indent / size, Fill::Flush);
    Block { lines, size, pitch, indent }
}

impl Block {
    fn height(&self) -> f32 {
        self.lines.len() as f32 * self.pitch
    }

    /// The height of what must stand on the page where it begins.
    fn beginning(&self) -> f32 {
        let lines = if self.lines.len() > 3 { 2 } else { self.lines.len() };
        lines as f32 * self.pitch
    }

    /// How many of the last `left` lines stand on a page that has room for so many. No single line stands at the
    /// end of a page or at the beginning of one.
    fn share(&self, left: usize, room: usize) -> usize {
        let share = if left <= room {
            left
        } else if left - room == 1 {
            room - room.min(1)
        } else {
            room
        };
        if share == 1 && left == self.lines.len() && left > 1 { 0 } else { share }
    }
}

impl SetTable {
    fn new(grid: &Grid, cast: &Cast) -> Option<SetTable> {
        // What stands over the table is set for the narrower page first: only its height is wanted.
        let above = AROUND.0 + 3.0 * TITLE.1 + 2.0 * BESIDE.1;
        let table = table::set(grid, cast, above)?;
        let measure = table.frame.measure();
        let text = |text: &str| cast.set(text, Weight::Text);
        let beside = |text: &[Letter]| {
            if text.is_empty() { Vec::new() } else { breaking::lines(text, measure / BESIDE.0, 0.0, Fill::Ragged) }
        };
        let note = |note: &String| Block {
            lines: breaking::lines(&text(note), measure / NOTE, INDENT, Fill::Flush),
            size: NOTE,
            pitch: NOTE_PITCH,
            indent: INDENT * NOTE,
        };
        Some(SetTable {
            title: breaking::balanced(&cast.set(&grid.title, Weight::Bold), measure / TITLE.0),
            number: beside(&text(grid.number.as_deref().unwrap_or_default())),
            slot: beside(&text(&grid.slot)),
            unit: beside(&text(&grid.unit)),
            notes: grid.notes.iter().map(note).collect(),
            table,
        })
    }

    /// Whether slot and unit stand on one line.
    fn is_level(&self) -> bool {
        let widest = |lines: &[Line]| lines.iter().map(|line| line.width).fold(0.0, f32::max);
        let both = (widest(&self.slot) + widest(&self.unit) + 2.0) * BESIDE.0;
        self.slot.len() <= 1 && self.unit.len() <= 1 && both <= self.table.frame.measure()
    }

    fn above(&self) -> f32 {
        let beside =
            if self.is_level() { self.slot.len().max(self.unit.len()) } else { self.slot.len() + self.unit.len() };
        AROUND.0 + self.title.len() as f32 * TITLE.1 + (self.number.len() + beside) as f32 * BESIDE.1
    }

    fn below(&self) -> f32 {
        AROUND.1 + self.notes.iter().map(Block::height).sum::<f32>()
    }

    /// The height of it all.
    fn height(&self) -> f32 {
        self.above() + self.table.heights.iter().sum::<f32>() + self.below()
    }

    /// What must stand on one page where the table begins: all of it, if it fits on a page.
    fn need(&self) -> f32 {
        if self.height() <= self.table.frame.depth() { self.height() } else { self.first_rows() }
    }

    /// The height of what stands over the rows, and of the first two of them.
    fn first_rows(&self) -> f32 {
        let header = self.table.header;
        let rows = header..self.table.heights.len();
        let end = rows.clone().skip(2).find(|row| !self.table.joined[*row]).unwrap_or(rows.end);
        let height: f32 = self.table.heights[..end].iter().sum();
        (self.above() + height).min(self.table.frame.depth())
    }
}

/// The space over a heading and under it.
fn heading_space(heading: &Block) -> (f32, f32) {
    if heading.pitch > BODY_PITCH { (10.0, 6.0) } else { (0.0, 0.0) }
}

/// On which page a heading stands and how much room it needs there: for itself, the headings that follow, and
/// the beginning of what follows them.
fn wanted(settings: &[Setting], heading: usize) -> (Frame, f32) {
    let mut need = 0.0;
    for setting in &settings[heading..] {
        match setting {
            Setting::Heading(block) => {
                let (over, under) = heading_space(block);
                need += over + under + block.height();
            }
            Setting::Paragraph(block) => return (UPRIGHT, need + block.beginning()),
            Setting::Table(set) => {
                let (frame, all) = (set.table.frame, need + set.need());
                // Where headings and a table together are too much for a page, its first rows are enough.
                return (frame, if all <= frame.depth() { all } else { need + set.first_rows() });
            }
            Setting::Apart => break,
        }
    }
    (UPRIGHT, need)
}

/// Fills pages.
pub(super) struct Flow {
    sheets: Vec<Sheet>,
    anchors: HashMap<usize, Anchor>,
    /// The parts of the document.
    pub tree: Tree,
    /// The frame of the page that is filled.
    pub frame: Frame,
    /// Where the next line begins.
    pub y: f32,
    open: bool,
}

impl Flow {
    fn new() -> Flow {
        let (frame, y) = (UPRIGHT, UPRIGHT.top);
        Flow { sheets: Vec::new(), anchors: HashMap::new(), tree: Tree::default(), frame, y, open: false }
    }

    /// Ends the page: what follows begins a new one.
    pub(super) fn end_page(&mut self) {
        self.open = false;
    }

    /// Begins an upright page.
    pub(super) fn begin_upright(&mut self) {
        self.begin(UPRIGHT);
    }

    /// Makes room on an upright page.
    pub(super) fn ensure_upright(&mut self, height: f32) {
        self.ensure(UPRIGHT, height);
    }

    /// Leaves a space.
    pub(super) fn space(&mut self, height: f32) {
        if self.y > self.frame.top {
            self.y += height;
        }
    }

    /// Puts a mark on the page.
    pub(super) fn mark(&mut self, mark: Mark) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.marks.push(mark);
        }
    }

    /// Puts lines into the middle, one under the other.
    pub(super) fn centred(&mut self, lines: &[Line], size: f32, pitch: f32, node: usize) {
        for line in lines {
            let x = (self.frame.left + self.frame.right - line.width * size) / 2.0;
            self.line(line, x, size, pitch, node);
        }
    }

    fn begin(&mut self, frame: Frame) {
        self.sheets.push(Sheet { frame, marks: Vec::new(), numbered: true });
        (self.frame, self.y, self.open) = (frame, frame.top, true);
    }

    /// Makes room for so much on a page of this kind: a new one if need be.
    fn ensure(&mut self, frame: Frame, height: f32) {
        let fits = self.y + height <= self.frame.bottom + 0.01;
        if !self.open || self.frame != frame || !fits && self.y > self.frame.top {
            self.begin(frame);
        }
    }

    fn anchor(&mut self, piece: usize) {
        self.anchors.insert(piece, Anchor { page: self.sheets.len() - 1, y: self.y });
    }

    fn line(&mut self, line: &Line, x: f32, size: f32, pitch: f32, node: usize) {
        let y = self.y + (pitch - size) / 2.0 + ASCENT * size;
        if !line.letters.is_empty() {
            self.mark(Mark::Text(Text { x, y, size, line: line.clone(), node: Some(node) }));
        }
        self.y += pitch;
    }

    fn piece(&mut self, i: usize, piece: &Piece, settings: &[Setting]) {
        match (piece, &settings[i]) {
            (Piece::Heading(heading), Setting::Heading(block)) => {
                let (frame, need) = wanted(settings, i);
                self.ensure(frame, need);
                self.heading(i, heading, block);
            }
            (Piece::Paragraph(paragraph), Setting::Paragraph(block)) => self.paragraph(paragraph, block),
            (Piece::Grid(grid), Setting::Table(set)) => self.grid(i, grid, set),
            _ => {}
        }
    }

    fn cover(&mut self, lines: &[String], cast: &Cast) {
        self.end_page();
        self.begin(UPRIGHT);
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.numbered = false;
        }
        self.y = UPRIGHT.top + 0.24 * UPRIGHT.depth();
        let set = |line: &String, weight, size| breaking::balanced(&cast.set(line, weight), UPRIGHT.measure() / size);
        let Some((title, rest)) = lines.split_first() else { return self.end_page() };
        let node = self.tree.add(None, Kind::Title);
        self.centred(&set(title, Weight::Bold, COVER.0), COVER.0, 1.6 * COVER.0, node);
        let rest: Vec<Vec<Line>> = rest.iter().map(|line| set(line, Weight::Text, COVER.1)).collect();
        // They stand low on the page, and all of them on it.
        let count = rest.iter().map(Vec::len).sum::<usize>() as f32;
        let pitch = (2.0 * COVER.1).min((UPRIGHT.bottom - self.y) / count.max(1.0));
        self.y = self.y.max((UPRIGHT.top + 0.68 * UPRIGHT.depth()).min(UPRIGHT.bottom - count * pitch));
        for lines in rest {
            let node = self.tree.add(None, Kind::Paragraph);
            self.centred(&lines, COVER.1, pitch, node);
        }
        self.end_page();
    }

    fn heading(&mut self, piece: usize, heading: &Heading, block: &Block) {
        let (over, under) = heading_space(block);
        self.space(over);
        self.anchor(piece);
        let node = self.tree.add(None, Kind::Heading(heading.level, heading.printed()));
        if heading.level <= 1 && block.lines.len() == 1 {
            self.centred(&block.lines, block.size, block.pitch, node);
        } else {
            self.block(block, node);
        }
        self.y += under;
    }

    /// Lines from the left edge, the first indented, over as many pages as they need.
    fn block(&mut self, block: &Block, node: usize) {
        let frame = self.frame;
        let mut done = 0;
        while done < block.lines.len() {
            let room = ((frame.bottom - self.y + 0.01) / block.pitch).floor().max(0.0) as usize;
            let mut share = block.share(block.lines.len() - done, room);
            if share == 0 && self.y > frame.top {
                self.begin(frame);
                continue;
            }
            share = share.max(1);
            for (i, line) in block.lines[done..done + share].iter().enumerate() {
                let indent = if done + i == 0 { block.indent } else { 0.0 };
                self.line(line, frame.left + indent, block.size, block.pitch, node);
            }
            done += share;
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph, block: &Block) {
        let Block { lines, size, pitch, .. } = block;
        self.ensure(UPRIGHT, *pitch);
        let node = self.tree.add(None, Kind::Paragraph);
        match (paragraph.style, lines.as_slice()) {
            (Style::Centred, [line]) => self.centred(std::slice::from_ref(line), *size, *pitch, node),
            (Style::Right, [line]) => {
                // A signature stands two characters from the edge where it can.
                let x = self.frame.right - (line.width + INDENT) * size;
                self.line(line, x.max(self.frame.left), *size, *pitch, node);
            }
            _ => self.block(block, node),
        }
    }

    fn grid(&mut self, piece: usize, grid: &Grid, set: &SetTable) {
        let frame = set.table.frame;
        self.ensure(frame, set.need());
        self.space(AROUND.0);
        self.anchor(piece);
        self.over(set);
        let mut ruled = Ruled::begin(grid, &set.table, &mut self.tree);
        let (header, rows) = (set.table.header, set.table.heights.len());
        let mut from = header;
        while from < rows {
            let room = frame.bottom - self.y - set.table.header_height();
            let mut end = set.table.page_end(from, room);
            if end == from {
                if self.y > frame.top {
                    self.begin(frame);
                    continue;
                }
                end = from + 1;
            }
            let corner = Corner { x: frame.left, y: self.y };
            let Some(sheet) = self.sheets.last_mut() else { return };
            self.y = ruled.part(from..end, corner, &mut sheet.marks);
            from = end;
            if from < rows {
                self.begin(frame);
            }
        }
        self.y += 4.0;
        for note in &set.notes {
            let node = self.tree.add(None, Kind::Paragraph);
            self.block(note, node);
        }
        self.y += AROUND.1 - 4.0;
    }

    /// The title, the number, the slot and the unit over a table.
    fn over(&mut self, set: &SetTable) {
        let frame = self.frame;
        let title = self.tree.add(None, Kind::Paragraph);
        self.centred(&set.title, TITLE.0, TITLE.1, title);
        let (size, pitch) = BESIDE;
        let at_right = |flow: &mut Flow, lines: &[Line]| {
            let node = flow.tree.add(None, Kind::Paragraph);
            lines.iter().for_each(|line| flow.line(line, frame.right - line.width * size, size, pitch, node));
        };
        at_right(self, &set.number);
        let top = self.y;
        let slot = self.tree.add(None, Kind::Paragraph);
        set.slot.iter().for_each(|line| self.line(line, frame.left, size, pitch, slot));
        if set.is_level() && !set.unit.is_empty() {
            self.y = top;
        }
        at_right(self, &set.unit);
    }
}
