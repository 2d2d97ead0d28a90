//! [`Drawing`]: a page as a person sees it, so that it can be shown beside what is said about it.
//!
//! Geometry is that of the document's [`Place`](crate::document::Place)s: points from the top left corner of the
//! page as it is read. What is drawn is what is read: each visible character that the document counts on the page
//! stands in exactly one piece of [`Writing`].
//!
//! Absent on purpose: how a drawing is shown (SVG, pixels), what its words mean, the fonts' files, and pictures'
//! pixels: a picture is the rectangle that it covers.

use crate::document::{Note, Rect};

/// What stands on one page, in the order of painting: shapes first, and all writing on top of them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Drawing {
    /// The page, counted from 1.
    pub page: u32,
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// Rules, backgrounds, pictures.
    pub shapes: Vec<Shape>,
    /// The text.
    pub writing: Vec<Writing>,
    /// The limits that were reached, and damage.
    pub notes: Vec<Note>,
}

/// A point on the page, in points (1/72 inch).
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Point {
    /// From the left edge.
    pub x: f32,
    /// From the top edge.
    pub y: f32,
}

/// Red, green and blue, on white paper.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// The colour of ink.
    pub const BLACK: Colour = Colour(0, 0, 0);
    /// The colour of paper.
    pub const WHITE: Colour = Colour(255, 255, 255);
}

/// Something that is drawn and not written. It is already cut to what the page shows of it.
#[derive(Clone, PartialEq, Debug)]
pub enum Shape {
    /// A filled rectangle: a background, or a rule that was drawn as one.
    Area {
        /// What it covers.
        rect: Rect,
        /// Its colour.
        colour: Colour,
    },
    /// A straight stroke along one axis: a rule.
    Line {
        /// Where it begins.
        from: Point,
        /// Where it ends.
        to: Point,
        /// How thick it is, in points; 0 is as thin as can be seen.
        width: f32,
        /// Its colour.
        colour: Colour,
    },
    /// Any other form.
    Outline {
        /// Its outline.
        path: Vec<Step>,
        /// How it is painted.
        brush: Brush,
        /// Its colour.
        colour: Colour,
        /// The rectangle outside of which it is not seen, where it reaches out of one.
        within: Option<Rect>,
    },
    /// The place of a picture.
    Picture {
        /// What the page shows of it.
        rect: Rect,
    },
}

/// A step of an outline.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Step {
    /// Begins a new contour.
    Move(Point),
    /// A straight line to a point.
    Line(Point),
    /// A cubic curve: two control points, and where it ends.
    Curve(Point, Point, Point),
    /// Back to where the contour began.
    Close,
}

/// How an outline is painted.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Brush {
    /// Filled where it winds around.
    Fill,
    /// Filled where it winds around an odd number of times.
    FillEvenOdd,
    /// Stroked, so many points thick.
    Stroke(f32),
}

/// Characters of one face, size and colour on one line of writing.
#[derive(Clone, PartialEq, Debug)]
pub struct Writing {
    /// The characters, with a space for each gap that separates words.
    pub text: String,
    /// Where the writing begins, on its baseline.
    pub origin: Point,
    /// How far from the origin each character begins, along the line of writing, then where the last one ends: one
    /// more than the text has characters. In points before [`Writing::turn`].
    pub offsets: Vec<f32>,
    /// The size of the font in points.
    pub size: f32,
    /// The face.
    pub face: Face,
    /// The colour.
    pub colour: Colour,
    /// How the line is turned, slanted or stretched around its origin; none where it is upright: the images of a
    /// step to the right and of a step down.
    pub turn: Option<[Point; 2]>,
    /// The outlines of the characters on the page, where no other font has them: signs without a Unicode, which
    /// stand as `U+FFFD` in the text, and those of private areas. Empty for all other writing.
    pub outline: Vec<Step>,
}

/// What a font looks like, as far as another can stand in for it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Face {
    /// The style of its letters.
    pub family: Family,
    /// How heavy it is.
    pub weight: Weight,
}

/// The styles of letters that Chinese documents are set in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Family {
    /// 宋体: Chinese letters with serifs.
    #[default]
    Song,
    /// 黑体: Chinese letters without serifs.
    Hei,
    /// 楷体: regular script.
    Kai,
    /// 仿宋: imitation Song.
    FangSong,
    /// A Latin face with serifs.
    Roman,
    /// A Latin face without serifs.
    Sans,
}

/// How heavy a face is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Weight {
    /// As running text.
    #[default]
    Regular,
    /// Bold, or made bold by a stroke around it.
    Bold,
}

impl Drawing {
    /// How many characters other than spaces are written on it.
    pub fn characters(&self) -> usize {
        self.writing.iter().flat_map(|w| w.text.chars()).filter(|c| !c.is_whitespace()).count()
    }
}

impl Writing {
    /// The rectangle around each character, as left, top, right and bottom of its em box.
    pub fn boxes(&self) -> impl Iterator<Item = (char, Rect)> + '_ {
        let [right, down] = self.turn.unwrap_or([Point { x: 1.0, y: 0.0 }, Point { x: 0.0, y: 1.0 }]);
        let at = move |along: f32, below: f32| Point {
            x: self.origin.x + right.x * along + down.x * below,
            y: self.origin.y + right.y * along + down.y * below,
        };
        let ends = self.offsets.windows(2);
        self.text.chars().zip(ends).map(move |(char, ends)| {
            let (above, below) = (-ASCENT * self.size, (1.0 - ASCENT) * self.size);
            let corners = [at(ends[0], above), at(ends[1], above), at(ends[0], below), at(ends[1], below)];
            let boxed = corners.map(|p| Rect { x0: p.x, y0: p.y, x1: p.x, y1: p.y });
            (char, boxed.into_iter().reduce(Rect::around).unwrap_or_default())
        })
    }
}

/// How much of an em box lies above the baseline, as readers take it for all fonts.
const ASCENT: f32 = 0.88;

#[cfg(test)]
mod tests {
    use super::*;

    fn writing(turn: Option<[Point; 2]>) -> Writing {
        Writing {
            text: "a b".into(),
            origin: Point { x: 100.0, y: 50.0 },
            offsets: vec![0.0, 5.0, 7.0, 12.0],
            size: 10.0,
            face: Face::default(),
            colour: Colour::BLACK,
            turn,
            outline: Vec::new(),
        }
    }

    #[test]
    fn each_character_has_its_box() {
        let upright: Vec<(char, Rect)> = writing(None).boxes().collect();
        assert_eq!(upright[2], ('b', Rect { x0: 107.0, y0: 41.2, x1: 112.0, y1: 51.2 }));
        // A line that runs down the page: its right is down, its down is left.
        let down = writing(Some([Point { x: 0.0, y: 1.0 }, Point { x: -1.0, y: 0.0 }]));
        let (_, last) = down.boxes().last().unwrap();
        assert_eq!((last.y0, last.y1, last.x1), (57.0, 62.0, 108.8));
    }

    #[test]
    fn spaces_are_no_characters() {
        let drawing = Drawing { writing: vec![writing(None)], ..Drawing::default() };
        assert_eq!(drawing.characters(), 2);
    }
}
