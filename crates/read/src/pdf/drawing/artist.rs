//! Stands before the reader's listener and keeps the ink of what it keeps.

use super::super::device::{Begun, Listener, SAME_PLACE, advance};
use super::super::sheet::{Sheet, Turn};
use super::faces::Names;
use super::{MAX_STROKES, shapes};
use hayro_interpret::font::{Glyph, GlyphRun, PositionedGlyph};
use hayro_interpret::kurbo::{self, Affine, BezPath, Shape as _};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask};
use mingzhang_model::drawing::{Colour, Face, Point, Shape, Step, Weight};

/// What a pattern or a gradient is drawn as: nobody needs to see it to read a page.
const PATTERN: Colour = Colour(232, 232, 232);

/// What is seen of one glyph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ink {
    /// Where it stands on its baseline.
    pub origin: Point,
    /// One em along its line of writing.
    pub along: Point,
    /// One em up from it.
    pub up: Point,
    /// How far it moves the pen, in ems.
    pub advance: f32,
    /// Its face.
    pub face: Face,
    /// Its colour.
    pub colour: Colour,
    /// Its outline, by its place in [`Painting::outlines`].
    pub outline: Option<usize>,
}

/// What was painted on a page.
#[derive(Default, Debug)]
pub(super) struct Painting {
    /// Rules, backgrounds, pictures, in the order of painting.
    pub shapes: Vec<Shape>,
    /// The ink of each glyph of the sheet, in its order.
    pub inks: Vec<Ink>,
    /// The outlines of signs that no font has.
    pub outlines: Vec<Vec<Step>>,
    /// How many strokes all shapes and outlines have, those that are not drawn included.
    pub strokes: usize,
}

impl Painting {
    /// Turns the page, whose size is given, as the sheet of its glyphs was turned.
    pub(super) fn turn(&mut self, from: Turn, (width, height): (f32, f32)) {
        let down = from == Turn::Down;
        let vector = |p: Point| if down { Point { x: p.y, y: -p.x } } else { Point { x: -p.y, y: p.x } };
        let point = |p: Point| {
            let p = vector(p);
            if down { Point { x: p.x, y: p.y + width } } else { Point { x: p.x + height, y: p.y } }
        };
        for ink in &mut self.inks {
            (ink.origin, ink.along, ink.up) = (point(ink.origin), vector(ink.along), vector(ink.up));
        }
        self.shapes.iter_mut().for_each(|shape| shapes::turn(shape, point));
        self.outlines.iter_mut().flatten().for_each(|step| shapes::turn_step(step, point));
    }
}

/// Draws a page while the listener reads it.
pub(super) struct Artist<'s> {
    listener: Listener<'s>,
    names: Names,
    painting: Painting,
    /// The ink of what is painted invisibly: it counts where nothing else does.
    hidden: Vec<Ink>,
    opacities: Vec<f32>,
    /// How many inks there were before the run that was painted last.
    last_run: [usize; 2],
}

impl<'s> Artist<'s> {
    /// Draws one page of the size that the sheet has, with fonts of these names.
    pub(super) fn new(sheet: &'s mut Sheet, names: Names) -> Artist<'s> {
        Artist {
            listener: Listener::new(sheet),
            names,
            painting: Painting::default(),
            hidden: Vec::new(),
            opacities: Vec::new(),
            last_run: [0; 2],
        }
    }

    /// Ends the page.
    pub(super) fn finish(mut self) -> Painting {
        if self.painting.inks.is_empty() {
            self.painting.inks = self.hidden;
        }
        self.listener.finish();
        self.painting
    }

    /// The colour of paint as it looks on white paper; none where it leaves no trace.
    fn colour(&self, paint: &Paint<'_>) -> Option<Colour> {
        let opacity: f32 = self.opacities.iter().product();
        let [r, g, b, a] = match paint {
            Paint::Color(color) => color.to_rgba().components(),
            Paint::Pattern(_) => return Some(PATTERN),
        };
        let a = (a * opacity).clamp(0.0, 1.0);
        let on_paper = |v: f32| ((1.0 - a + v.clamp(0.0, 1.0) * a) * 255.0).round() as u8;
        (a > 0.004).then(|| Colour(on_paper(r), on_paper(g), on_paper(b)))
    }

    /// Counts strokes and says whether the page has room for them.
    fn room(&mut self, strokes: usize) -> bool {
        self.painting.strokes = self.painting.strokes.saturating_add(strokes);
        self.painting.strokes <= MAX_STROKES
    }

    fn shapes(&mut self, shapes: Vec<Shape>) {
        let strokes = |shape: &Shape| match shape {
            Shape::Outline { path, .. } => path.len(),
            _ => 1,
        };
        for shape in shapes {
            // On bare paper white leaves no trace.
            let bare = self.painting.shapes.is_empty() && matches!(&shape, Shape::Area { colour: Colour::WHITE, .. });
            if !bare && self.room(strokes(&shape)) {
                self.painting.shapes.push(shape);
            }
        }
    }

    fn path(&mut self, path: &BezPath, props: &DrawProps<'_>, mode: &DrawMode) {
        let Some(colour) = self.colour(&props.paint) else { return };
        let clip = self.listener.clip();
        if path.elements().len() > MAX_STROKES {
            self.room(path.elements().len());
            return;
        }
        match mode {
            DrawMode::Fill(rule) => self.shapes(shapes::filled(path, props.transform, *rule, colour, clip)),
            DrawMode::Stroke(stroke) => {
                self.shapes(shapes::stroked(path, props.transform, stroke.line_width, colour, clip));
            }
            DrawMode::FillAndStroke(rule, stroke) => {
                self.shapes(shapes::filled(path, props.transform, *rule, colour, clip));
                self.shapes(shapes::stroked(path, props.transform, stroke.line_width, colour, clip));
            }
            DrawMode::Invisible => {}
        }
    }

    /// The inks of the characters that the listener has kept of one glyph: of a ligature, several.
    fn ink(&mut self, placed: &PositionedGlyph<'_>, transform: Affine, looks: (Face, Colour), before: [usize; 2]) {
        let after = self.listener.counts();
        let added = [after[0] - before[0], after[1] - before[1]];
        let count = added[0] + added[1];
        let at = transform * placed.transform();
        let [a, b, c, d, e, f] = at.as_coeffs().map(|v| v as f32);
        if count == 0 {
            self.embolden((e, f));
            return;
        }
        let advance = advance(placed) / 1000.0 / count as f32;
        let along = Point { x: a * 1000.0, y: b * 1000.0 };
        let outline = self.outline(placed, at);
        for i in 0..count {
            let gone = advance * i as f32;
            let origin = Point { x: e + along.x * gone, y: f + along.y * gone };
            let up = Point { x: c * 1000.0, y: d * 1000.0 };
            let ink = Ink { origin, along, up, advance, face: looks.0, colour: looks.1, outline };
            if i < added[0] { self.painting.inks.push(ink) } else { self.hidden.push(ink) }
        }
    }

    /// A glyph that the listener did not keep is the last one once more, if it stands where that does.
    fn embolden(&mut self, (x, y): (f32, f32)) {
        if let Some(last) = self.painting.inks.last_mut() {
            let near = SAME_PLACE * last.up.x.hypot(last.up.y);
            if (last.origin.x - x).abs() < near && (last.origin.y - y).abs() < near {
                last.face.weight = Weight::Bold;
            }
        }
    }

    /// The outline of a sign that no other font has.
    fn outline(&mut self, placed: &PositionedGlyph<'_>, at: Affine) -> Option<usize> {
        let Glyph::Outline(glyph) = &**placed else { return None };
        let text = placed.as_unicode();
        let private = |c: char| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}');
        let strange = match text {
            Some(hayro_interpret::hayro_cmap::BfString::Char(char)) => private(char),
            Some(hayro_interpret::hayro_cmap::BfString::String(text)) => text.chars().all(private),
            None => true,
        };
        if !strange {
            return None;
        }
        let path = shapes::steps(&glyph.outline(), at);
        if path.is_empty() || !self.room(path.len()) {
            return None;
        }
        self.painting.outlines.push(path);
        Some(self.painting.outlines.len() - 1)
    }
}

impl<'a> Device<'a> for Artist<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.path(path, &props, mode);
        self.listener.draw_path(path, props, mode);
    }

    fn draw_rect(&mut self, rect: &kurbo::Rect, props: DrawProps<'a>, mode: &DrawMode) {
        self.path(&rect.to_path(0.1), &props, mode);
        self.listener.draw_rect(rect, props, mode);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        if self.listener.begin_run(run, props.transform, mode) == Begun::Again {
            let inks = self.painting.inks.iter_mut().skip(self.last_run[0]);
            inks.for_each(|ink| ink.face.weight = Weight::Bold);
            return;
        }
        self.last_run = [self.painting.inks.len(), self.hidden.len()];
        let face = run.glyphs().first().map_or_else(Face::default, |placed| self.names.face(placed));
        let colour = self.colour(&props.paint).unwrap_or(Colour::BLACK);
        for placed in run.glyphs() {
            let before = self.listener.counts();
            self.listener.placed(placed, props.transform, mode);
            self.ink(placed, props.transform, (face, colour), before);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let size = kurbo::Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let covered = shapes::cut(props.transform.transform_rect_bbox(size), self.listener.clip());
        if let Some(rect) = covered {
            self.shapes(vec![Shape::Picture { rect }]);
        }
        self.listener.draw_image(image, props);
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.listener.push_clip_path(clip);
    }

    fn push_clip_rect(&mut self, rect: &kurbo::Rect) {
        self.listener.push_clip_rect(rect);
    }

    fn pop_clip(&mut self) {
        self.listener.pop_clip();
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, blend: BlendMode) {
        self.opacities.push(opacity);
        self.listener.push_transparency_group(opacity, mask, blend);
    }

    fn pop_transparency_group(&mut self) {
        self.opacities.pop();
        self.listener.pop_transparency_group();
    }
}
