//! What the painting of one page leaves behind, in upright page coordinates: glyphs, ruled lines, pictures.
//!
//! A [`Sheet`] is geometry without any judgement. Which glyphs form a line, and which lines form a table,
//! is decided later; here a glyph is a character in a box, and a rule is a straight stretch that runs
//! along one of the two axes. Everything is in points from the top left corner of the page as it is read.

use mingzhang_model::document::Rect;

/// How much of the em lies above the baseline. Fonts differ; the box of a glyph only has to be good enough
/// to tell lines and cells apart, and the same share for all fonts keeps a mixed line level.
pub(super) const ASCENT: f32 = 0.88;

/// A character in its box.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    /// Left edge.
    pub x0: f32,
    /// Right edge: the left edge and the advance.
    pub x1: f32,
    /// Top of the em box.
    pub top: f32,
    /// Bottom of the em box.
    pub bottom: f32,
    /// The character.
    pub char: char,
    /// A space was printed just before it.
    pub spaced: bool,
    /// It is the first that one text operator shows.
    pub starts: bool,
    /// Where its line of writing points.
    pub turn: Turn,
    /// The middle of what the clip leaves of it. A row that is too low shows only the heads of its last line,
    /// and the middle of the whole letters lies in the row below.
    pub seen: (f32, f32),
}

impl Glyph {
    /// The height of the em box: the size of the font as printed.
    pub(super) fn size(&self) -> f32 {
        self.bottom - self.top
    }
}

/// Where a line of writing points.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Turn {
    /// To the right, as usual.
    Upright,
    /// Down the page: its head is at the right.
    Down,
    /// Up the page: its head is at the left.
    Up,
    /// To the left or askew, as a watermark.
    Askew,
}

/// A ruled stretch along one axis.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Rule {
    /// Where it lies on the other axis.
    pub at: f32,
    /// Where it begins.
    pub from: f32,
    /// Where it ends, not before it begins.
    pub to: f32,
}

/// What stands on one page.
#[derive(Default, Debug)]
pub(super) struct Sheet {
    /// Width of the page.
    pub width: f32,
    /// Height of the page.
    pub height: f32,
    /// The visible glyphs other than spaces, in the order of painting.
    pub glyphs: Vec<Glyph>,
    /// Rules that run from left to right.
    pub across: Vec<Rule>,
    /// Rules that run from top to bottom.
    pub down: Vec<Rule>,
    /// How many pictures were painted.
    pub pictures: u32,
    /// Characters that are clipped away, up to [`CLIPPED_SHOWN`] of them, and how many there are.
    pub clipped: (String, u32),
    /// Where the first clipped character would stand.
    pub clipped_at: Rect,
    /// How many glyphs have no Unicode.
    pub unmapped: u32,
    /// The limit that was reached, in words.
    pub limit: Option<&'static str>,
}

/// How many clipped characters a note shows.
pub(super) const CLIPPED_SHOWN: usize = 40;

impl Sheet {
    /// Empties it for the next page; the memory stays.
    pub(super) fn clear(&mut self, width: f32, height: f32) {
        let mut fresh = Sheet { width, height, ..Sheet::default() };
        std::mem::swap(&mut fresh.glyphs, &mut self.glyphs);
        std::mem::swap(&mut fresh.across, &mut self.across);
        std::mem::swap(&mut fresh.down, &mut self.down);
        fresh.glyphs.clear();
        fresh.across.clear();
        fresh.down.clear();
        *self = fresh;
    }

    /// True for a page of pictures without a single character. One that was left at a limit is not known to be one.
    pub(super) fn is_picture(&self) -> bool {
        self.glyphs.is_empty() && self.pictures > 0 && self.limit.is_none()
    }

    /// Turns the page so that most of its text is upright. A page may be set sideways without saying so in
    /// its rotation; a person turns the sheet, and so do we. Says where its text pointed before.
    pub(super) fn set_upright(&mut self) -> Turn {
        let count = |turn| self.glyphs.iter().filter(|g| g.turn == turn).count();
        let (down, up) = (count(Turn::Down), count(Turn::Up));
        let half = self.glyphs.len() / 2;
        let turned = match () {
            () if down > half => Turn::Down,
            () if up > half => Turn::Up,
            () => return Turn::Upright,
        };
        self.turn_quarter(turned);
        turned
    }

    fn turn_quarter(&mut self, reading: Turn) {
        let (width, height) = (self.width, self.height);
        let down = reading == Turn::Down;
        for glyph in &mut self.glyphs {
            let old = *glyph;
            (glyph.x0, glyph.x1, glyph.top, glyph.bottom) = if down {
                (old.top, old.bottom, width - old.x1, width - old.x0)
            } else {
                (height - old.bottom, height - old.top, old.x0, old.x1)
            };
            let (x, y) = old.seen;
            glyph.seen = if down { (y, width - x) } else { (height - y, x) };
            glyph.turn = if old.turn == reading { Turn::Upright } else { Turn::Askew };
        }
        std::mem::swap(&mut self.across, &mut self.down);
        // What ran across runs down now, and the other way round; of each, one coordinate is mirrored.
        let length = if down { width } else { height };
        self.across.iter_mut().for_each(|rule| flip(rule, length, down));
        self.down.iter_mut().for_each(|rule| flip(rule, length, !down));
        (self.width, self.height) = (height, width);
    }
}

/// Mirrors a rule on an axis of this length: the axis it lies on, or the one it runs along.
fn flip(rule: &mut Rule, length: f32, lies: bool) {
    if lies {
        rule.at = length - rule.at;
    } else {
        (rule.from, rule.to) = (length - rule.to, length - rule.from);
    }
}
