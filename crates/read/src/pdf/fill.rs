//! Puts the runs of a page into the cells of its grids.
//!
//! A run goes as a whole into the cell that holds most of it: a number that is too wide for its cell stays
//! one number. Only a run that was painted across an edge with a gap there is cut, at that gap.

use super::grid::{Grid, contains};
use super::sheet::Glyph;
use super::text::{self, Doubled, Run};
use mingzhang_model::document::Rect;

/// A gap at a cell's edge that is wider than this (in ems) divides a run; within one text operator, where
/// a wide gap may be mere spacing, it takes more.
const CUT: (f32, f32) = (0.1, 0.4);
/// Text that reaches beyond its cell by more than this (in ems) overflows.
const OVERFLOW: f32 = 0.3;

/// A table of one page: a grid and the text of its cells.
#[derive(Debug)]
pub(super) struct PageTable {
    /// The grid.
    pub grid: Grid,
    /// The text of each cell of the grid, its lines separated by `\n`.
    pub texts: Vec<String>,
    /// How many characters stand in each cell.
    pub counts: Vec<u32>,
    /// Text that lies over text of another cell, and where.
    pub overlaps: Vec<(String, Rect)>,
}

/// Divides the runs between the grids and the rest of the page. Grids that hold text in fewer than two
/// cells are no tables: their text goes to the rest. Runs that were printed twice are added to `doubled`.
pub(super) fn fill(
    grids: Vec<Grid>,
    runs: Vec<Run>,
    glyphs: &[Glyph],
    doubled: &mut Vec<Doubled>,
) -> (Vec<PageTable>, Vec<Run>) {
    let mut inside: Vec<Vec<(u32, Run)>> = vec![Vec::new(); grids.len()];
    let mut rest = Vec::new();
    for run in runs {
        match grids.iter().position(|grid| contains(grid.rect(), run.center(), run.seen)) {
            Some(i) => assign(&grids[i], run, glyphs, &mut inside[i]),
            None => rest.push(run),
        }
    }
    let mut tables = Vec::new();
    for (grid, mut runs) in grids.into_iter().zip(inside) {
        runs.sort_by_key(|(cell, _)| *cell);
        let inhabited = runs.chunk_by(|a, b| a.0 == b.0).count();
        if inhabited < 2 {
            rest.extend(runs.into_iter().map(|(_, run)| run));
        } else {
            tables.push(table(grid, runs, glyphs, doubled));
        }
    }
    (tables, rest)
}

/// Finds the cell of a run, or of its parts.
fn assign(grid: &Grid, run: Run, glyphs: &[Glyph], found: &mut Vec<(u32, Run)>) {
    let row = band(&grid.ys, run.seen);
    let (from, to) = (band(&grid.xs, run.rect.x0), band(&grid.xs, run.rect.x1));
    let owner = |column: usize| grid.owner[row * grid.columns() + column];
    if owner(from) == owner(to) {
        found.push((owner(from), run));
        return;
    }
    for part in cut(grid, row, run, glyphs) {
        found.push((best(grid, row, &part), part));
    }
}

/// The band between two edges that holds this coordinate; the nearest one when it lies outside.
fn band(edges: &[f32], at: f32) -> usize {
    edges.partition_point(|&edge| edge <= at).clamp(1, edges.len() - 1) - 1
}

/// Cuts a run at the cell edges that lie in one of its gaps. A number that is too wide for its cell keeps its
/// decimals; what another operator prints behind it is the next cell's.
fn cut(grid: &Grid, row: usize, run: Run, glyphs: &[Glyph]) -> Vec<Run> {
    let cell = |glyph: &Glyph| {
        let x = (glyph.x0 + glyph.x1) / 2.0;
        grid.owner[row * grid.columns() + band(&grid.xs, x)]
    };
    let mut parts = Vec::new();
    let mut first = run.first as usize;
    for i in run.first as usize + 1..run.end as usize {
        let (last, next) = (&glyphs[i - 1], &glyphs[i]);
        if last.char.is_ascii_digit() && next.char == '.' {
            continue;
        }
        let gap = next.x0 - last.x1;
        let least = if next.starts || next.spaced { CUT.0 } else { CUT.1 };
        let beyond = next.starts && next.char.is_ascii_digit() && holds_point(&glyphs[first..i]);
        let ends = if beyond { cell(&glyphs[first]) != cell(next) } else { gap > least * last.size() };
        if ends && (beyond || cell(last) != cell(next)) {
            parts.push(Run::new(glyphs, first, i));
            first = i;
        }
    }
    parts.push(Run::new(glyphs, first, run.end as usize));
    parts
}

/// True for a number that has its decimals.
fn holds_point(glyphs: &[Glyph]) -> bool {
    let behind = glyphs.iter().rev().take_while(|glyph| glyph.char.is_ascii_digit()).count();
    behind >= 2 && glyphs.iter().rev().nth(behind).is_some_and(|glyph| glyph.char == '.')
}

/// The cell of a row that holds most of a run; of equals, the first.
fn best(grid: &Grid, row: usize, run: &Run) -> u32 {
    let mut best = (grid.owner[row * grid.columns() + band(&grid.xs, run.rect.x0)], 0.0);
    let mut column = 0;
    while column < grid.columns() {
        let owner = grid.owner[row * grid.columns() + column];
        let rect = grid.outline(&grid.areas[owner as usize]);
        let share = rect.x1.min(run.rect.x1) - rect.x0.max(run.rect.x0);
        if share > best.1 {
            best = (owner, share);
        }
        column = grid.areas[owner as usize].column + grid.areas[owner as usize].columns;
    }
    best.0
}

/// Writes the cells of a grid from its runs, which are sorted by cell.
fn table(grid: Grid, runs: Vec<(u32, Run)>, glyphs: &[Glyph], doubled: &mut Vec<Doubled>) -> PageTable {
    let overlaps = overlaps(&grid, &runs, glyphs);
    let mut texts = vec![String::new(); grid.areas.len()];
    let mut counts = vec![0; grid.areas.len()];
    for group in runs.chunk_by(|a, b| a.0 == b.0) {
        let cell = group[0].0 as usize;
        let count: u32 = group.iter().map(|(_, run)| run.end - run.first).sum();
        let before = doubled.len();
        let lines = text::lines(group.iter().map(|(_, run)| *run).collect(), glyphs, doubled);
        counts[cell] = count - text::characters(&doubled[before..]);
        for (i, line) in lines.iter().enumerate() {
            if i > 0 {
                texts[cell].push('\n');
            }
            text::write(line, glyphs, &mut texts[cell]);
        }
    }
    PageTable { grid, texts, counts, overlaps }
}

/// Runs that reach out of their cell and into the text of another one.
fn overlaps(grid: &Grid, runs: &[(u32, Run)], glyphs: &[Glyph]) -> Vec<(String, Rect)> {
    let mut found = Vec::new();
    for (cell, run) in runs {
        let outline = grid.outline(&grid.areas[*cell as usize]);
        let reach = OVERFLOW * run.size();
        if run.rect.x0 >= outline.x0 - reach && run.rect.x1 <= outline.x1 + reach {
            continue;
        }
        let covers = |other: &Run| {
            let across = run.rect.x1.min(other.rect.x1) - run.rect.x0.max(other.rect.x0);
            let down = run.rect.y1.min(other.rect.y1) - run.rect.y0.max(other.rect.y0);
            across > reach && down > 0.5 * other.size()
        };
        if runs.iter().any(|(other, its)| other != cell && covers(its)) {
            found.push((run.glyphs(glyphs).iter().map(|g| g.char).collect(), run.rect));
        }
        if found.len() >= MOST_OVERLAPS {
            break;
        }
    }
    found
}

/// How many overlaps one table reports; more say nothing new.
const MOST_OVERLAPS: usize = 20;
