//! Glyphs and their ink to lines of writing.
//!
//! What was painted one after the other goes on in one line while it keeps its face, size, colour and baseline and
//! does not jump. The order is that of painting, which is that of reading in nearly every file.

use super::super::sheet::Glyph;
use super::super::text::{Doubled, spaces};
use super::artist::{Ink, Painting};
use mingzhang_model::drawing::{Point, Weight, Writing};

/// How far a glyph may stand from where the one before it ended, in ems: a little back, some way on.
const JUMP: (f32, f32) = (-0.4, 3.0);
/// How far a baseline may differ within one line, in ems.
const LEVEL: f32 = 0.03;
/// How far directions may differ within one line, and from upright, as shares of an em.
const ALIKE: f32 = 0.02;

/// The lines of writing of a page. Runs that print once more what stands there are left out:
/// they made it bold.
pub(super) fn lines(glyphs: &[Glyph], painting: &mut Painting, doubled: &[Doubled]) -> Vec<Writing> {
    let mut dropped = vec![false; glyphs.len()];
    for Doubled { run, of } in doubled {
        dropped[run.first as usize..run.end as usize].fill(true);
        let twice = painting.inks.iter_mut().take(of.end as usize).skip(of.first as usize);
        twice.for_each(|ink| ink.face.weight = Weight::Bold);
    }
    let painting = &*painting;
    let mut lines: Vec<Writing> = Vec::new();
    let mut last: Option<(&Glyph, &Ink)> = None;
    let kept = glyphs.iter().zip(&painting.inks).zip(dropped).filter(|(_, dropped)| !dropped);
    for ((glyph, ink), _) in kept {
        match (last, lines.last_mut()) {
            (Some(last), Some(line)) if goes_on(last.1, ink) => go_on(line, last.0, (glyph, ink)),
            _ => lines.push(begin(glyph, ink, painting)),
        }
        last = Some((glyph, ink));
    }
    lines
}

fn size(ink: &Ink) -> f32 {
    ink.up.x.hypot(ink.up.y)
}

/// The directions along the line and down from it, for one point of the font's size.
fn directions(ink: &Ink) -> [Point; 2] {
    let size = size(ink).max(f32::MIN_POSITIVE);
    let scaled = |p: Point, by: f32| Point { x: p.x / by, y: p.y / by };
    [scaled(ink.along, size), scaled(ink.up, -size)]
}

fn alike(a: [Point; 2], b: [Point; 2]) -> bool {
    a.iter().zip(b).all(|(a, b)| (a.x - b.x).abs() <= ALIKE && (a.y - b.y).abs() <= ALIKE)
}

const UPRIGHT: [Point; 2] = [Point { x: 1.0, y: 0.0 }, Point { x: 0.0, y: 1.0 }];

/// How far along its line of writing, and how far off it, a point is from the origin of an ink; in points before
/// the line is turned or stretched.
fn from_origin(ink: &Ink, point: Point) -> (f32, f32) {
    let [right, down] = directions(ink);
    let (x, y) = (point.x - ink.origin.x, point.y - ink.origin.y);
    let area = right.x * down.y - right.y * down.x;
    if area.abs() < f32::MIN_POSITIVE {
        return (x, y);
    }
    ((x * down.y - y * down.x) / area, (y * right.x - x * right.y) / area)
}

fn goes_on(last: &Ink, next: &Ink) -> bool {
    let em = size(last);
    let same = last.face == next.face && last.colour == next.colour && (em - size(next)).abs() <= 0.01 * em;
    if !same || last.outline.is_some() || next.outline.is_some() || !alike(directions(last), directions(next)) {
        return false;
    }
    let (along, off) = from_origin(last, next.origin);
    let jump = along - last.advance * em;
    off.abs() <= LEVEL * em && jump >= JUMP.0 * em && jump <= JUMP.1 * em && along > 0.0
}

fn begin(glyph: &Glyph, ink: &Ink, painting: &Painting) -> Writing {
    let turn = directions(ink);
    let outline = ink.outline.and_then(|i| painting.outlines.get(i).cloned()).unwrap_or_default();
    Writing {
        text: glyph.char.to_string(),
        origin: ink.origin,
        offsets: vec![0.0, ink.advance * size(ink)],
        size: size(ink),
        face: ink.face,
        colour: ink.colour,
        turn: (!alike(turn, UPRIGHT)).then_some(turn),
        outline,
    }
}

fn go_on(line: &mut Writing, last: &Glyph, (glyph, ink): (&Glyph, &Ink)) {
    let reach = line.offsets.pop().unwrap_or_default();
    let back = Ink { origin: line.origin, ..*ink };
    let (along, _) = from_origin(&back, ink.origin);
    if spaces(last, glyph) > 0 {
        line.text.push(' ');
        line.offsets.push(reach.min(along));
    }
    line.text.push(glyph.char);
    line.offsets.extend([along, along + ink.advance * size(ink)]);
}
