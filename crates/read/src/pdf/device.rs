//! The painter's ear: listens to the painting of a page and fills a [`Sheet`].
//!
//! It never asks for an outline, never decodes a picture and never hashes a name: a glyph costs one lookup
//! of its Unicode and one of its advance. Patterns, shadings, masks and blending are of no interest.
//!
//! What a clip hides, a person does not see. A glyph that is hidden almost wholly is dropped and counted;
//! a rule is cut to the clip. Clips that are not rectangles count as the rectangle around them.

use super::sheet::{ASCENT, CLIPPED_SHOWN, Glyph, Rule, Sheet, Turn};
use super::{MAX_GLYPHS, MAX_SEGMENTS, MAX_STEPS};
use hayro_interpret::font::{Glyph as FontGlyph, GlyphRun, PositionedGlyph};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{self, Affine, BezPath, PathEl, Point, Shape};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask};
use mingzhang_model::document::Rect;

/// A filled shape is a rule when it is no thicker than this; anything thicker is a background.
const THICKEST_RULE: f32 = 3.0;

/// The share of a glyph's box that must be visible, in each direction.
const VISIBLE_SHARE: f32 = 0.15;

/// A second printing of the same character closer than this (in ems) thickens it: it is no second one.
pub(super) const SAME_PLACE: f32 = 0.15;

/// A clip counts as so many steps: every form that is painted sets one, and a form costs more than a stroke.
const CLIP_STEPS: usize = 8;

/// Fills a sheet while a page is painted.
pub(super) struct Listener<'s> {
    sheet: &'s mut Sheet,
    clips: Vec<Rect>,
    clip: Rect,
    hidden: Vec<Glyph>,
    spaced: bool,
    starts: bool,
    last_run: (Point, usize),
    segments: usize,
    steps: usize,
}

impl<'s> Listener<'s> {
    /// Listens for one page of the size that the sheet has.
    pub(super) fn new(sheet: &'s mut Sheet) -> Self {
        let clip = Rect { x0: 0.0, y0: 0.0, x1: sheet.width, y1: sheet.height };
        Listener {
            sheet,
            clips: Vec::new(),
            clip,
            hidden: Vec::new(),
            spaced: false,
            starts: false,
            last_run: (Point::ZERO, 0),
            segments: 0,
            steps: 0,
        }
    }

    /// Ends the page. Text that is painted invisibly counts only where nothing else is readable: it is
    /// the recognised text under a scan.
    pub(super) fn finish(self) {
        if self.sheet.glyphs.is_empty() {
            self.sheet.glyphs = self.hidden;
        }
    }

    /// What the page shows of what is painted now.
    pub(super) fn clip(&self) -> Rect {
        self.clip
    }

    /// How many visible glyphs there are so far, and how many that are painted invisibly.
    pub(super) fn counts(&self) -> [usize; 2] {
        [self.sheet.glyphs.len(), self.hidden.len()]
    }

    /// Begins a run of glyphs. Not so when it is only the stroke around the run before: text that is filled and then
    /// stroked is painted twice and stands there once.
    pub(super) fn begin_run(&mut self, run: &GlyphRun<'_, '_>, transform: Affine, mode: &DrawMode) -> Begun {
        self.step(1);
        let first = run.glyphs().first().map_or(Point::ZERO, |g| transform * origin(g.transform()));
        let this_run = (first, run.glyphs().len());
        if matches!(mode, DrawMode::Stroke(_)) && this_run == self.last_run {
            return Begun::Again;
        }
        self.last_run = this_run;
        self.starts = true;
        Begun::Anew
    }

    /// Takes one glyph of a run.
    pub(super) fn placed(&mut self, placed: &PositionedGlyph<'_>, transform: Affine, mode: &DrawMode) {
        let text = placed.as_unicode();
        self.glyph(transform * placed.transform(), advance(placed), text, !matches!(mode, DrawMode::Invisible));
    }

    fn glyph(&mut self, at: Affine, advance: f32, text: Option<BfString>, shown: bool) {
        let [a, b, c, d, e, f] = at.as_coeffs().map(|v| v as f32);
        // One em is 1000 units, along the line of writing and across it.
        let along = (a * advance, b * advance);
        let up = (c * 1000.0, d * 1000.0);
        let (bounds, turn) = em_box((e, f), along, up);
        if !bounds.iter().all(|v| v.is_finite()) {
            return;
        }
        match text {
            Some(BfString::Char(char)) => self.place(char, bounds, turn, shown),
            Some(BfString::String(text)) => self.ligature(&text, bounds, turn, shown),
            None => {
                self.sheet.unmapped += 1;
                self.place(char::REPLACEMENT_CHARACTER, bounds, turn, shown);
            }
        }
    }

    /// A glyph that stands for several characters shares its box between them.
    fn ligature(&mut self, text: &str, bounds: [f32; 4], turn: Turn, shown: bool) {
        let count = text.chars().count().max(1) as f32;
        let width = (bounds[2] - bounds[0]) / count;
        for (i, char) in text.chars().enumerate() {
            let x0 = bounds[0] + width * i as f32;
            self.place(char, [x0, bounds[1], x0 + width, bounds[3]], turn, shown);
        }
    }

    fn place(&mut self, char: char, bounds: [f32; 4], turn: Turn, shown: bool) {
        if char.is_whitespace() || is_control(char) {
            self.spaced = true;
            return;
        }
        let [x0, top, x1, bottom] = bounds;
        let seen = self.seen_middle(bounds);
        let glyph = Glyph { x0, x1, top, bottom, char, spaced: self.spaced, starts: self.starts, turn, seen };
        (self.spaced, self.starts) = (false, false);
        if !self.visible(&glyph) {
            self.note_clipped(&glyph);
            return;
        }
        let glyphs = if shown { &mut self.sheet.glyphs } else { &mut self.hidden };
        if glyphs.len() >= MAX_GLYPHS {
            self.sheet.limit = Some("字符");
        } else if !glyphs.last().is_some_and(|last| same_place(last, &glyph)) {
            glyphs.push(glyph);
        }
    }

    fn seen_middle(&self, [x0, top, x1, bottom]: [f32; 4]) -> (f32, f32) {
        let clip = &self.clip;
        ((x0.max(clip.x0) + x1.min(clip.x1)) / 2.0, (top.max(clip.y0) + bottom.min(clip.y1)) / 2.0)
    }

    fn visible(&self, glyph: &Glyph) -> bool {
        let (width, height) = (glyph.x1 - glyph.x0, glyph.size() * 0.75);
        let (x0, x1) = (glyph.x0.max(self.clip.x0), glyph.x1.min(self.clip.x1));
        let base = glyph.top + glyph.size() * ASCENT;
        let (y0, y1) = ((base - height).max(self.clip.y0), base.min(self.clip.y1));
        x1 - x0 >= width * VISIBLE_SHARE && y1 - y0 >= height * VISIBLE_SHARE
    }

    fn note_clipped(&mut self, glyph: &Glyph) {
        let (text, count) = &mut self.sheet.clipped;
        if *count == 0 {
            self.sheet.clipped_at = Rect { x0: glyph.x0, y0: glyph.top, x1: glyph.x1, y1: glyph.bottom };
        }
        if (*count as usize) < CLIPPED_SHOWN {
            text.push(glyph.char);
        }
        *count += 1;
    }

    /// Counts one call of the painter. It has no way to be told to stop, so at the limit the page is left by
    /// unwinding; the reader of pages catches that.
    fn step(&mut self, count: usize) {
        self.steps += count;
        if self.steps > MAX_STEPS {
            self.sheet.limit = Some("绘图步骤");
            std::panic::resume_unwind(Box::new("more steps than a page may have"));
        }
    }

    fn push_clip(&mut self, bounds: kurbo::Rect) {
        self.step(CLIP_STEPS);
        self.clips.push(self.clip);
        let clip = &mut self.clip;
        clip.x0 = clip.x0.max(bounds.x0 as f32);
        clip.y0 = clip.y0.max(bounds.y0 as f32);
        clip.x1 = clip.x1.min(bounds.x1 as f32);
        clip.y1 = clip.y1.min(bounds.y1 as f32);
    }

    /// Takes a stretch between two points as a rule if it runs along an axis.
    fn stretch(&mut self, p: Point, q: Point) {
        let (px, py, qx, qy) = (p.x as f32, p.y as f32, q.x as f32, q.y as f32);
        let (dx, dy) = ((px - qx).abs(), (py - qy).abs());
        if dy <= 0.5 && dx > dy {
            self.across((py + qy) / 2.0, px.min(qx), px.max(qx));
        } else if dx <= 0.5 && dy > dx {
            self.down((px + qx) / 2.0, py.min(qy), py.max(qy));
        }
    }

    fn across(&mut self, at: f32, from: f32, to: f32) {
        let clip = self.clip;
        let (from, to) = (from.max(clip.x0), to.min(clip.x1));
        if at >= clip.y0 - 1.0 && at <= clip.y1 + 1.0 && from <= to && self.room() {
            self.sheet.across.push(Rule { at, from, to });
        }
    }

    fn down(&mut self, at: f32, from: f32, to: f32) {
        let clip = self.clip;
        let (from, to) = (from.max(clip.y0), to.min(clip.y1));
        if at >= clip.x0 - 1.0 && at <= clip.x1 + 1.0 && from <= to && self.room() {
            self.sheet.down.push(Rule { at, from, to });
        }
    }

    fn room(&mut self) -> bool {
        self.segments += 1;
        if self.segments > MAX_SEGMENTS {
            self.sheet.limit = Some("线条");
        }
        self.segments <= MAX_SEGMENTS
    }

    /// A filled rectangle is a rule when it is thin; a dot is a piece of both a rule across and one down.
    fn filled(&mut self, bounds: kurbo::Rect, paint: &Paint<'_>) {
        let (width, height) = (bounds.width() as f32, bounds.height() as f32);
        if width.min(height) > THICKEST_RULE || is_white(paint) {
            return;
        }
        let (x0, x1, y0, y1) = (bounds.x0 as f32, bounds.x1 as f32, bounds.y0 as f32, bounds.y1 as f32);
        if height <= THICKEST_RULE && (width > height || width <= THICKEST_RULE) {
            self.across((y0 + y1) / 2.0, x0, x1);
        }
        if width <= THICKEST_RULE && (height > width || height <= THICKEST_RULE) {
            self.down((x0 + x1) / 2.0, y0, y1);
        }
    }

    fn fill_path(&mut self, path: &BezPath, transform: Affine, paint: &Paint<'_>) {
        let mut bounds: Option<kurbo::Rect> = None;
        let mut corners = 0;
        let mut straight = true;
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(p) => {
                    self.fill_piece(bounds, corners, straight, paint);
                    bounds = Some(kurbo::Rect::from_points(transform * p, transform * p));
                    (corners, straight) = (1, true);
                }
                PathEl::LineTo(p) => {
                    bounds = bounds.map(|b| b.union_pt(transform * p));
                    corners += 1;
                }
                PathEl::ClosePath => {}
                _ => straight = false,
            }
        }
        self.fill_piece(bounds, corners, straight, paint);
    }

    fn fill_piece(&mut self, bounds: Option<kurbo::Rect>, corners: u32, straight: bool, paint: &Paint<'_>) {
        if let Some(bounds) = bounds
            && straight
            && (2..=6).contains(&corners)
        {
            self.filled(bounds, paint);
        }
    }

    fn stroke_path(&mut self, path: &BezPath, transform: Affine) {
        let mut start = Point::ZERO;
        let mut here = Point::ZERO;
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(p) => {
                    here = transform * p;
                    start = here;
                }
                PathEl::LineTo(p) => {
                    let next = transform * p;
                    self.stretch(here, next);
                    here = next;
                }
                PathEl::ClosePath => {
                    self.stretch(here, start);
                    here = start;
                }
                PathEl::QuadTo(_, p) | PathEl::CurveTo(_, _, p) => here = transform * p,
            }
        }
    }
}

/// The rectangle around a glyph's em box, as left, top, right, bottom, and where its writing points.
fn em_box(origin: (f32, f32), along: (f32, f32), up: (f32, f32)) -> ([f32; 4], Turn) {
    let flat = along.1.abs() <= along.0.abs() * 0.1;
    let steep = along.0.abs() <= along.1.abs() * 0.1;
    let turn = match (flat, steep) {
        (true, false) if along.0 > 0.0 => Turn::Upright,
        (false, true) if along.1 > 0.0 => Turn::Down,
        (false, true) => Turn::Up,
        // Writing that runs down in upright letters has no advance to the side.
        (true, true) if up.1 < 0.0 => Turn::Upright,
        _ => Turn::Askew,
    };
    let low = (origin.0 - up.0 * (1.0 - ASCENT), origin.1 - up.1 * (1.0 - ASCENT));
    let high = (origin.0 + up.0 * ASCENT, origin.1 + up.1 * ASCENT);
    let xs = [low.0, high.0, low.0 + along.0, high.0 + along.0];
    let ys = [low.1, high.1, low.1 + along.1, high.1 + along.1];
    let least = |v: [f32; 4]| v.into_iter().fold(f32::INFINITY, f32::min);
    let most = |v: [f32; 4]| v.into_iter().fold(f32::NEG_INFINITY, f32::max);
    ([least(xs), least(ys), most(xs), most(ys)], turn)
}

/// What a run of glyphs is to the run before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Begun {
    /// Other text.
    Anew,
    /// The same text once more.
    Again,
}

/// How far a glyph moves the pen, in thousandths of an em.
pub(super) fn advance(placed: &PositionedGlyph<'_>) -> f32 {
    let advance = match &**placed {
        FontGlyph::Outline(glyph) => glyph.advance_width(),
        FontGlyph::Type3(glyph) => glyph.advance_width(),
    };
    advance.unwrap_or(500.0)
}

fn origin(transform: Affine) -> Point {
    transform.translation().to_point()
}

/// Characters that no one sees: controls, marks of direction and width, the byte order mark.
fn is_control(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

fn same_place(last: &Glyph, glyph: &Glyph) -> bool {
    let near = glyph.size() * SAME_PLACE;
    last.char == glyph.char && (last.x0 - glyph.x0).abs() < near && (last.top - glyph.top).abs() < near
}

fn is_white(paint: &Paint<'_>) -> bool {
    match paint {
        Paint::Color(color) => color.to_rgba().components()[..3].iter().all(|&c| c > 0.99),
        Paint::Pattern(_) => false,
    }
}

impl<'a> Device<'a> for Listener<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.step(1);
        match mode {
            DrawMode::Fill(_) => self.fill_path(path, props.transform, &props.paint),
            DrawMode::Stroke(_) | DrawMode::FillAndStroke(..) if !is_white(&props.paint) => {
                self.stroke_path(path, props.transform);
            }
            _ => {}
        }
    }

    fn draw_rect(&mut self, rect: &kurbo::Rect, props: DrawProps<'a>, mode: &DrawMode) {
        self.step(1);
        if let DrawMode::Fill(_) = mode {
            self.filled(props.transform.transform_rect_bbox(*rect), &props.paint);
        } else {
            self.draw_path(&rect.to_path(0.1), props, mode);
        }
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        if self.begin_run(run, props.transform, mode) == Begun::Anew {
            run.glyphs().iter().for_each(|placed| self.placed(placed, props.transform, mode));
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.step(1);
        self.sheet.pictures += 1;
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.push_clip(clip.path.bounding_box());
    }

    fn push_clip_rect(&mut self, rect: &kurbo::Rect) {
        self.push_clip(*rect);
    }

    fn pop_clip(&mut self) {
        if let Some(clip) = self.clips.pop() {
            self.clip = clip;
        }
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.step(1);
    }

    fn pop_transparency_group(&mut self) {}
}
