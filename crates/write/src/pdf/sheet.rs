//! Pages before they are painted: letters, rules and entries at their places, and the tree of what they belong to.
//!
//! Distances are points from the top left corner. What belongs to no [`Node`] is furniture: rules, numbers of
//! pages, headers that are printed again. A reading machine passes over it.

use super::breaking::Line;

/// How much of the em lies above the baseline in faces with Chinese characters.
pub(super) const ASCENT: f32 = 0.88;

/// A page's size and the frame in which its text stands.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Frame {
    /// The width of the paper.
    pub width: f32,
    /// The height of the paper.
    pub height: f32,
    /// The left edge of text.
    pub left: f32,
    /// The right edge of text.
    pub right: f32,
    /// The upper edge of text.
    pub top: f32,
    /// The lower edge of text.
    pub bottom: f32,
}

/// A4, upright: 32 characters of 14 points in a line, 27 lines of 26 points.
pub(super) const UPRIGHT: Frame =
    Frame { width: 595.28, height: 841.89, left: 73.64, right: 521.64, top: 70.0, bottom: 772.0 };
/// A4 on its side, for wide tables.
pub(super) const SIDEWAYS: Frame =
    Frame { width: 841.89, height: 595.28, left: 62.0, right: 779.89, top: 62.0, bottom: 532.0 };

impl Frame {
    /// The width of a line.
    pub(super) fn measure(&self) -> f32 {
        self.right - self.left
    }

    /// The height of the text.
    pub(super) fn depth(&self) -> f32 {
        self.bottom - self.top
    }
}

/// Something on a page.
#[derive(Clone, Debug)]
pub(super) enum Mark {
    /// Letters on a baseline.
    Text(Text),
    /// Thin rules from a point to a point.
    Rules(Vec<[f32; 4]>),
    /// The end of an entry of the contents: dots and the number of a page. All of its lines lead there.
    Leader(Leader),
}

/// Letters on a baseline.
#[derive(Clone, Debug)]
pub(super) struct Text {
    /// The left edge.
    pub x: f32,
    /// The baseline.
    pub y: f32,
    /// The size of the type.
    pub size: f32,
    /// The letters.
    pub line: Line,
    /// What it belongs to.
    pub node: Option<usize>,
}

/// The end of an entry of the contents.
#[derive(Clone, Debug)]
pub(super) struct Leader {
    /// Where the words end.
    pub from: f32,
    /// Where the number ends.
    pub to: f32,
    /// The baseline.
    pub y: f32,
    /// The size of the type.
    pub size: f32,
    /// The piece it leads to.
    pub piece: usize,
    /// The upper left corner of the whole entry.
    pub corner: (f32, f32),
    /// What it belongs to.
    pub node: usize,
}

/// A page.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// Its size.
    pub frame: Frame,
    /// What stands on it.
    pub marks: Vec<Mark>,
    /// False for a cover, which prints no number.
    pub numbered: bool,
}

/// What a part of a document is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// The title on the cover.
    Title,
    /// A heading of a level, with its words.
    Heading(u8, String),
    /// A paragraph.
    Paragraph,
    /// The table of contents.
    Contents,
    /// An entry of it, with its words.
    Entry(String),
    /// A table.
    Table,
    /// A row of one.
    Row,
    /// A cell with titles of columns, and how many rows and columns it covers.
    Head(u32, u32),
    /// Another cell.
    Cell(u32, u32),
}

/// A part of a document.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// What it is.
    pub kind: Kind,
    /// Its parts.
    pub parts: Vec<usize>,
}

/// The parts of a document, in reading order.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    /// All of them.
    pub nodes: Vec<Node>,
    /// The outermost ones.
    pub roots: Vec<usize>,
}

impl Tree {
    /// Adds a part, to another one or at the end of the document.
    pub(super) fn add(&mut self, parent: Option<usize>, kind: Kind) -> usize {
        let node = self.nodes.len();
        self.nodes.push(Node { kind, parts: Vec::new() });
        match parent {
            Some(parent) => self.nodes[parent].parts.push(node),
            None => self.roots.push(node),
        }
        node
    }
}

/// Where a heading or a table begins.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Anchor {
    /// The page, counted from 0.
    pub page: usize,
    /// The upper edge.
    pub y: f32,
}
