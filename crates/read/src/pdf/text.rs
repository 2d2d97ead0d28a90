//! Glyphs to runs, runs to lines, lines to characters.
//!
//! A run is what was painted in one go: it is the unit that is put into a cell, so that a number is never
//! torn in two. A line is the runs that share a baseline, loosely: a figure may sit a little higher than
//! its name. Spaces are made from the gaps; a space that was printed only lowers the gap that counts as one.

use super::sheet::{Glyph, Turn};
use mingzhang_model::document::Rect;

/// Glyphs that were painted next to each other, by their positions in the sheet.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Run {
    /// The first glyph.
    pub first: u32,
    /// One past the last glyph.
    pub end: u32,
    /// The box around them.
    pub rect: Rect,
    /// The middle, from the top, of what a person sees of it.
    pub seen: f32,
}

impl Run {
    /// A run of these glyphs of the page.
    pub(super) fn new(glyphs: &[Glyph], first: usize, end: usize) -> Run {
        let mut rect = Rect { x0: f32::INFINITY, y0: f32::INFINITY, x1: f32::NEG_INFINITY, y1: f32::NEG_INFINITY };
        for glyph in &glyphs[first..end] {
            rect = rect.around(Rect { x0: glyph.x0, y0: glyph.top, x1: glyph.x1, y1: glyph.bottom });
        }
        Run { first: first as u32, end: end as u32, rect, seen: glyphs[first].seen.1 }
    }

    /// Its glyphs.
    pub(super) fn glyphs<'g>(&self, glyphs: &'g [Glyph]) -> &'g [Glyph] {
        &glyphs[self.first as usize..self.end as usize]
    }

    /// The height of its box.
    pub(super) fn size(&self) -> f32 {
        self.rect.y1 - self.rect.y0
    }

    /// The middle of its box, from the left.
    pub(super) fn center(&self) -> f32 {
        (self.rect.x0 + self.rect.x1) / 2.0
    }

    /// The middle of its box, from the top.
    pub(super) fn middle(&self) -> f32 {
        (self.rect.y0 + self.rect.y1) / 2.0
    }
}

/// Groups the glyphs of a page, in the order of painting, into runs.
pub(super) fn runs(glyphs: &[Glyph]) -> Vec<Run> {
    let mut runs = Vec::with_capacity(glyphs.len() / 4);
    let mut first = 0;
    for i in 1..=glyphs.len() {
        if i == glyphs.len() || !continues(&glyphs[i - 1], &glyphs[i]) {
            runs.push(Run::new(glyphs, first, i));
            first = i;
        }
    }
    runs
}

fn continues(last: &Glyph, next: &Glyph) -> bool {
    if last.turn != Turn::Upright || next.turn != Turn::Upright {
        return false;
    }
    let em = last.size();
    let gap = next.x0 - last.x1;
    let far = if next.starts { 0.5 * em } else { em };
    (last.bottom - next.bottom).abs() < 0.2 * em && (em - next.size()).abs() < 0.3 * em && gap > -0.5 * em && gap < far
}

/// A run that prints once more what another one prints at the same place: a way to embolden.
#[derive(Clone, Copy, Debug)]
pub(super) struct Doubled {
    /// The run, which is not read.
    pub run: Run,
    /// The run that is.
    pub of: Run,
}

/// How many characters are not read because they stand there twice.
pub(super) fn characters(doubled: &[Doubled]) -> u32 {
    doubled.iter().map(|doubled| doubled.run.end - doubled.run.first).sum()
}

/// Runs that stand on one line, from left to right.
#[derive(Debug)]
pub(super) struct Line {
    /// The runs.
    pub runs: Vec<Run>,
    /// The box around them.
    pub rect: Rect,
}

/// How many lines back a run may belong to: lines are found from top to bottom, and only the last few can
/// still overlap the next run.
const OPEN_LINES: usize = 4;

/// Groups runs into lines, from top to bottom. Runs that print what another run prints at the same place
/// are dropped and added to `doubled`.
pub(super) fn lines(mut runs: Vec<Run>, glyphs: &[Glyph], doubled: &mut Vec<Doubled>) -> Vec<Line> {
    runs.sort_by(|a, b| a.middle().total_cmp(&b.middle()).then(a.rect.x0.total_cmp(&b.rect.x0)));
    let mut lines: Vec<Line> = Vec::new();
    for run in runs {
        let open = lines.len().saturating_sub(OPEN_LINES);
        let best = lines[open..]
            .iter_mut()
            .map(|line| (shared_height(line.rect, run.rect), line))
            .filter(|(share, _)| *share > 0.5)
            .max_by(|a, b| a.0.total_cmp(&b.0));
        match best {
            Some((_, line)) => {
                line.rect = grown(line.rect, run.rect);
                line.runs.push(run);
            }
            None => lines.push(Line { rect: run.rect, runs: vec![run] }),
        }
    }
    for line in &mut lines {
        line.runs.sort_by(|a, b| a.rect.x0.total_cmp(&b.rect.x0));
        drop_doubles(line, glyphs, doubled);
    }
    lines
}

/// The share of the lower box's height that two boxes have in common.
fn shared_height(a: Rect, b: Rect) -> f32 {
    let common = a.y1.min(b.y1) - a.y0.max(b.y0);
    common / (a.y1 - a.y0).min(b.y1 - b.y0).max(0.1)
}

/// A line grows to the side with every run, but in height only with a taller one: else a staircase of
/// slightly shifted runs would swallow its neighbours.
fn grown(line: Rect, run: Rect) -> Rect {
    let taller = if run.y1 - run.y0 > line.y1 - line.y0 { run } else { line };
    Rect { x0: line.x0.min(run.x0), x1: line.x1.max(run.x1), y0: taller.y0, y1: taller.y1 }
}

fn drop_doubles(line: &mut Line, glyphs: &[Glyph], doubled: &mut Vec<Doubled>) {
    line.runs.dedup_by(|next, last| {
        let near = 0.15 * next.size();
        let same = (next.rect.x0 - last.rect.x0).abs() < near
            && (next.rect.x1 - last.rect.x1).abs() < near
            && (next.rect.y0 - last.rect.y0).abs() < near
            && next.end - next.first == last.end - last.first
            && next.glyphs(glyphs).iter().zip(last.glyphs(glyphs)).all(|(a, b)| a.char == b.char);
        if same {
            doubled.push(Doubled { run: *next, of: *last });
        }
        same
    });
}

/// Writes a line's characters, with spaces for its gaps.
pub(super) fn write(line: &Line, glyphs: &[Glyph], text: &mut String) {
    let mut last: Option<&Glyph> = None;
    for glyph in line.runs.iter().flat_map(|run| run.glyphs(glyphs)) {
        for _ in 0..last.map_or(0, |last| spaces(last, glyph)) {
            text.push(' ');
        }
        text.push(glyph.char);
        last = Some(glyph);
    }
}

/// The left edge of every character that [`write`] writes, and the right edge of the last.
pub(super) fn edges(line: &Line, glyphs: &[Glyph]) -> Vec<f32> {
    let mut edges = Vec::new();
    let mut last: Option<&Glyph> = None;
    for glyph in line.runs.iter().flat_map(|run| run.glyphs(glyphs)) {
        if let Some(last) = last {
            let count = spaces(last, glyph);
            let step = (glyph.x0 - last.x1) / count.max(1) as f32;
            edges.extend((0..count).map(|i| last.x1 + step * i as f32));
        }
        edges.push(glyph.x0);
        last = Some(glyph);
    }
    edges.extend(last.map(|last| last.x1));
    edges
}

/// How many spaces stand for the gap between two neighbours: none, one between words, two for a gap that
/// separates columns.
pub(super) fn spaces(last: &Glyph, next: &Glyph) -> usize {
    let em = last.size().min(next.size());
    let gap = next.x0 - last.x1;
    let word = if next.spaced {
        0.12
    } else if is_narrow(last.char) && is_narrow(next.char) {
        0.28
    } else {
        0.6
    };
    if gap > 1.9 * em { 2 } else { usize::from(gap > word * em) }
}

/// Letters, digits and signs of the Latin half: they stand close within a word.
fn is_narrow(char: char) -> bool {
    char < '\u{2000}'
}
