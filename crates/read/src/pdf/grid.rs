//! Ruled lines to grids: where the tables are, and how their cells divide them.
//!
//! The pieces of rules are merged into lines; lines that cross form a region; the lines of a region give
//! the levels of a grid, and a cell is the largest stretch of the grid that no rule divides. A cell that
//! spans rows or columns is simply one whose inner rules are absent.
//!
//! Real rules are drawn carelessly: as a piece for each cell, doubled, a point off, short of the corner, or
//! not at all at the outer edge. Everything here is tolerant by about the width of a thick rule, and no
//! more: two text lines are never that close.

use super::sheet::{Rule, Sheet};
use super::text::Run;
use super::{MAX_CELLS, MAX_LINES};
use mingzhang_model::document::Rect;

/// Pieces closer than this on the other axis lie on one line.
const SAME_LINE: f32 = 1.2;
/// Pieces closer than this along the line continue each other.
const SMALL_GAP: f32 = 3.0;
/// A line shorter than this is a dot.
const SHORTEST: f32 = 4.0;
/// Lines that miss each other by less than this cross.
const REACH: f32 = 3.0;
/// Lines closer than this give one level of the grid.
const SAME_LEVEL: f32 = 3.0;
/// A rule must go beyond the outermost line by this much to show that the outer edge is missing.
const OPEN_EDGE: f32 = 8.0;
/// A lone rule closes a table when the two have this share of the higher one's height in common.
const AS_HIGH: f32 = 0.9;
/// An outer column that only a lone rule closes is no wider than this.
const WIDEST_OUTER: f32 = 150.0;
/// Two levels closer than this (columns, rows) are one if no row or column shows both.
const SLIVER: (f32, f32) = (12.0, 5.0);

/// A cell of a grid: the positions it covers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Area {
    /// Topmost row.
    pub row: usize,
    /// Leftmost column.
    pub column: usize,
    /// How many rows.
    pub rows: usize,
    /// How many columns.
    pub columns: usize,
}

/// A region of crossing rules, divided into cells.
#[derive(Debug)]
pub(super) struct Grid {
    /// The column edges, from left to right: one more than there are columns.
    pub xs: Vec<f32>,
    /// The row edges, from top to bottom: one more than there are rows.
    pub ys: Vec<f32>,
    /// The cells, which tile the grid.
    pub areas: Vec<Area>,
    /// The cell that covers each position, row by row.
    pub owner: Vec<u32>,
}

impl Grid {
    /// The outline of the whole grid.
    pub(super) fn rect(&self) -> Rect {
        Rect { x0: self.xs[0], y0: self.ys[0], x1: self.xs[self.xs.len() - 1], y1: self.ys[self.ys.len() - 1] }
    }

    /// How many columns it has.
    pub(super) fn columns(&self) -> usize {
        self.xs.len() - 1
    }

    /// How many rows it has.
    pub(super) fn rows(&self) -> usize {
        self.ys.len() - 1
    }

    /// The outline of a cell.
    pub(super) fn outline(&self, area: &Area) -> Rect {
        Rect {
            x0: self.xs[area.column],
            y0: self.ys[area.row],
            x1: self.xs[area.column + area.columns],
            y1: self.ys[area.row + area.rows],
        }
    }
}

/// Whether a point lies inside a rectangle.
pub(super) fn contains(rect: Rect, x: f32, y: f32) -> bool {
    x >= rect.x0 && x < rect.x1 && y >= rect.y0 && y < rect.y1
}

/// Finds the grids of a page with at least two cells. Grids inside another one are left out. `None` when
/// there are too many lines to look at.
pub(super) fn grids(sheet: &Sheet, runs: &[Run]) -> Option<Vec<Grid>> {
    let across = merged(&sheet.across);
    let down = merged(&sheet.down);
    if across.len() > MAX_LINES || down.len() > MAX_LINES {
        return None;
    }
    let mut grids: Vec<Grid> = Vec::new();
    for (rows, columns) in regions(&across, &down, runs) {
        if let Some(grid) = grid(&rows, &columns, runs)?
            && grid.areas.len() > 1
        {
            grids.push(grid);
        }
    }
    let size = |g: &Grid| (g.rect().x1 - g.rect().x0) * (g.rect().y1 - g.rect().y0);
    grids.sort_by(|a, b| size(b).total_cmp(&size(a)));
    let mut outer: Vec<Grid> = Vec::new();
    for grid in grids {
        let rect = grid.rect();
        let inside = |g: &Grid| contains(g.rect(), (rect.x0 + rect.x1) / 2.0, (rect.y0 + rect.y1) / 2.0);
        if !outer.iter().any(inside) {
            outer.push(grid);
        }
    }
    Some(outer)
}

/// Merges the pieces of each line: broken, doubled and overlapping ones.
fn merged(pieces: &[Rule]) -> Vec<Rule> {
    let mut pieces = pieces.to_vec();
    pieces.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut lines = Vec::new();
    let mut start = 0;
    for i in 1..=pieces.len() {
        let ends = i == pieces.len()
            || pieces[i].at - pieces[i - 1].at > SAME_LINE
            || pieces[i].at - pieces[start].at > 2.0 * SAME_LINE;
        if ends {
            merge_along(&mut pieces[start..i], &mut lines);
            start = i;
        }
    }
    lines
}

fn merge_along(pieces: &mut [Rule], lines: &mut Vec<Rule>) {
    pieces.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut line: Option<(Rule, f32, f32)> = None;
    let mut keep = |line: Option<(Rule, f32, f32)>| {
        if let Some((rule, sum, weight)) = line
            && rule.to - rule.from >= SHORTEST
        {
            lines.push(Rule { at: sum / weight, ..rule });
        }
    };
    for piece in pieces {
        // Long pieces decide where the line lies.
        let weight = (piece.to - piece.from).max(0.01);
        match &mut line {
            Some((rule, sum, total)) if piece.from <= rule.to + SMALL_GAP => {
                rule.to = rule.to.max(piece.to);
                *sum += piece.at * weight;
                *total += weight;
            }
            _ => keep(line.replace((*piece, piece.at * weight, weight))),
        }
    }
    keep(line);
}

/// The lines of a region: those that run across, and those that run down.
type Region = (Vec<Rule>, Vec<Rule>);

/// Groups lines that cross each other, directly or through others.
fn regions(across: &[Rule], down: &[Rule], runs: &[Run]) -> Vec<Region> {
    let mut parent: Vec<usize> = (0..across.len() + down.len()).collect();
    for (j, column) in down.iter().enumerate() {
        // Lines across are sorted by where they lie: only those the column passes are looked at.
        let begin = across.partition_point(|row| row.at < column.from - REACH);
        for (i, row) in across.iter().enumerate().skip(begin) {
            if row.at > column.to + REACH {
                break;
            }
            if column.at >= row.from - REACH && column.at <= row.to + REACH {
                let (a, b) = (root(&mut parent, i), root(&mut parent, across.len() + j));
                parent[a.max(b)] = a.min(b);
            }
        }
    }
    let mut found: Vec<Region> = Vec::new();
    let mut slots = vec![usize::MAX; parent.len()];
    for i in 0..parent.len() {
        let root = root(&mut parent, i);
        if slots[root] == usize::MAX {
            slots[root] = found.len();
            found.push(Region::default());
        }
        let (rows, columns) = &mut found[slots[root]];
        if i < across.len() { rows.push(across[i]) } else { columns.push(down[i - across.len()]) }
    }
    let (mut found, rest): (Vec<Region>, Vec<Region>) =
        found.into_iter().partition(|(rows, columns)| !rows.is_empty() && !columns.is_empty());
    for lone in rest.into_iter().filter(|(rows, _)| rows.is_empty()).flat_map(|(_, columns)| columns) {
        if let Some((_, columns)) = found.iter_mut().find(|region| closes(&lone, region, runs)) {
            columns.push(lone);
        }
    }
    found
}

/// Whether a rule that crosses no other is the outer edge of a region: as high as it, with text between the
/// two. So it is where the outermost column is one cell that goes on over the page's end.
fn closes(lone: &Rule, (rows, columns): &Region, runs: &[Run]) -> bool {
    let (top, bottom) = extent(columns);
    let common = lone.to.min(bottom) - lone.from.max(top);
    if common < AS_HIGH * (bottom - top).max(lone.to - lone.from) {
        return false;
    }
    let (left, right) = extent(rows);
    let (from, to) = if lone.at < left { (lone.at, left) } else { (right, lone.at) };
    to - from < WIDEST_OUTER
        && runs.iter().any(|r| r.center() > from && r.center() < to && r.middle() > top && r.middle() < bottom)
}

fn root(parent: &mut [usize], mut i: usize) -> usize {
    while parent[i] != i {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    i
}

/// One edge between columns or rows: the lines from `low` to `high` lie on it.
#[derive(Clone, Copy, Debug)]
struct Level {
    low: f32,
    high: f32,
    at: f32,
}

fn levels(lines: &[Rule]) -> Vec<Level> {
    let mut sorted: Vec<(f32, f32)> = lines.iter().map(|l| (l.at, l.to - l.from)).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut levels: Vec<Level> = Vec::new();
    let mut weights = 0.0;
    for (at, weight) in sorted {
        match levels.last_mut() {
            Some(level) if at - level.low <= SAME_LEVEL => {
                level.high = at;
                level.at = (level.at * weights + at * weight) / (weights + weight);
                weights += weight;
            }
            _ => {
                levels.push(Level { low: at, high: at, at });
                weights = weight;
            }
        }
    }
    levels
}

/// Where the outer edges are missing: beyond the first or last level of `levels`, if at least two of the
/// `lines` that cross them end there and text stands in between (`inhabited`).
fn open_edges(levels: &mut Vec<Level>, lines: &[Rule], inhabited: impl Fn(f32, f32) -> bool) {
    let (Some(first), Some(last)) = (levels.first().copied(), levels.last().copied()) else { return };
    let least = lines.iter().map(|l| l.from).fold(f32::INFINITY, f32::min);
    let most = lines.iter().map(|l| l.to).fold(f32::NEG_INFINITY, f32::max);
    let edge = |at| Level { low: at, high: at, at };
    let begins = lines.iter().filter(|l| l.from < least + OPEN_EDGE).count();
    if first.at - least > OPEN_EDGE && begins >= 2 && inhabited(least, first.at) {
        levels.insert(0, edge(least));
    }
    let ends = lines.iter().filter(|l| l.to > most - OPEN_EDGE).count();
    if most - last.at > OPEN_EDGE && ends >= 2 && inhabited(last.at, most) {
        levels.push(edge(most));
    }
}

/// Which stretches of each level are ruled: for `levels` along one axis and `bands` along the other.
/// Indexed by level, then band.
fn ruled(lines: &[Rule], levels: &[Level], bands: &[Level]) -> Vec<bool> {
    let count = bands.len() - 1;
    let mut covered = vec![0.0_f32; levels.len() * count];
    for line in lines {
        let level = levels.partition_point(|l| l.high < line.at - 0.001);
        if level >= levels.len() {
            continue;
        }
        let begin = bands.partition_point(|b| b.at < line.from).saturating_sub(1);
        for band in begin..count {
            let (from, to) = (bands[band].at, bands[band + 1].at);
            if from >= line.to {
                break;
            }
            covered[level * count + band] += (to.min(line.to) - from.max(line.from)).max(0.0) / (to - from).max(0.1);
        }
    }
    covered.into_iter().map(|share| share > 0.5).collect()
}

/// Joins neighbouring levels that are one edge drawn at slightly different places: no band shows both.
fn join_slivers(levels: &mut Vec<Level>, lines: &[Rule], bands: &[Level], sliver: f32) {
    if bands.len() < 2 {
        return;
    }
    let marks = ruled(lines, levels, bands);
    let count = bands.len() - 1;
    let mut joined: Vec<Level> = Vec::with_capacity(levels.len());
    let mut last_marks: Vec<bool> = Vec::new();
    for (i, level) in levels.iter().enumerate() {
        let own = &marks[i * count..(i + 1) * count];
        let own_any = own.iter().any(|&m| m);
        match joined.last_mut() {
            Some(last)
                if level.at - last.at < sliver
                    && own_any
                    && last_marks.iter().any(|&m| m)
                    && !own.iter().zip(&last_marks).any(|(a, b)| *a && *b) =>
            {
                last.high = level.high;
                last.at = (last.at + level.at) / 2.0;
                last_marks.iter_mut().zip(own).for_each(|(a, b)| *a |= *b);
            }
            _ => {
                joined.push(*level);
                last_marks = own.to_vec();
            }
        }
    }
    *levels = joined;
}

/// The grid of one region; the outer `None` is a limit that was reached.
fn grid(rows: &[Rule], columns: &[Rule], runs: &[Run]) -> Option<Option<Grid>> {
    let mut xs = levels(columns);
    let mut ys = levels(rows);
    let (top, bottom) = extent(columns);
    let (left, right) = extent(rows);
    open_edges(&mut xs, rows, |from, to| {
        runs.iter().any(|r| r.center() > from && r.center() < to && r.middle() > top && r.middle() < bottom)
    });
    open_edges(&mut ys, columns, |from, to| {
        runs.iter().any(|r| r.middle() > from && r.middle() < to && r.center() > left && r.center() < right)
    });
    join_slivers(&mut xs, columns, &ys, SLIVER.0);
    join_slivers(&mut ys, rows, &xs, SLIVER.1);
    if xs.len() < 2 || ys.len() < 2 {
        return Some(None);
    }
    if (xs.len() - 1) * (ys.len() - 1) > MAX_CELLS {
        return None;
    }
    let areas = divide(&ruled(columns, &xs, &ys), &ruled(rows, &ys, &xs), xs.len() - 1, ys.len() - 1);
    let at = |levels: Vec<Level>| levels.into_iter().map(|l| l.at).collect();
    Some(Some(compact(at(xs), at(ys), areas)))
}

fn extent(lines: &[Rule]) -> (f32, f32) {
    let from = lines.iter().map(|l| l.from).fold(f32::INFINITY, f32::min);
    let to = lines.iter().map(|l| l.to).fold(f32::NEG_INFINITY, f32::max);
    (from, to)
}

/// Divides a grid into cells. `walls` are the ruled stretches between columns (by edge, then row),
/// `floors` those between rows (by edge, then column). Each row is first cut at its walls; a piece goes on
/// with the piece of the same columns above it unless a floor lies between them. The result always tiles.
fn divide(walls: &[bool], floors: &[bool], columns: usize, rows: usize) -> Vec<Area> {
    let mut areas: Vec<Area> = Vec::new();
    // For each column, the cell of the row above that begins there.
    let mut above: Vec<Option<usize>> = vec![None; columns];
    for row in 0..rows {
        let mut here = vec![None; columns];
        let mut column = 0;
        while column < columns {
            let mut end = column + 1;
            while end < columns && !walls[end * rows + row] {
                end += 1;
            }
            let ruled = floors[row * columns + column..row * columns + end].iter().filter(|&&f| f).count();
            let open = row > 0 && ruled * 2 < end - column;
            let tall = above[column].filter(|&i| open && areas[i].columns == end - column);
            let index = tall.unwrap_or(areas.len());
            match tall {
                Some(i) => areas[i].rows += 1,
                None => areas.push(Area { row, column, rows: 1, columns: end - column }),
            }
            here[column] = Some(index);
            column = end;
        }
        above = here;
    }
    areas
}

/// Takes out the edges at which no cell begins.
fn compact(xs: Vec<f32>, ys: Vec<f32>, mut areas: Vec<Area>) -> Grid {
    let mut column_used = vec![false; xs.len()];
    let mut row_used = vec![false; ys.len()];
    for area in &areas {
        column_used[area.column] = true;
        row_used[area.row] = true;
    }
    let rank = |used: &[bool]| -> Vec<usize> {
        used.iter()
            .scan(0, |n, &u| {
                let rank = *n;
                *n += usize::from(u);
                Some(rank)
            })
            .collect()
    };
    let (column_rank, row_rank) = (rank(&column_used), rank(&row_used));
    for area in &mut areas {
        let (right, bottom) = (area.column + area.columns, area.row + area.rows);
        area.columns = column_rank[right] - column_rank[area.column];
        area.rows = row_rank[bottom] - row_rank[area.row];
        area.column = column_rank[area.column];
        area.row = row_rank[area.row];
    }
    let kept = |edges: Vec<f32>, used: &[bool]| -> Vec<f32> {
        let last = edges.len() - 1;
        edges.into_iter().enumerate().filter(|(i, _)| used[*i] || *i == last).map(|(_, at)| at).collect()
    };
    let (xs, ys) = (kept(xs, &column_used), kept(ys, &row_used));
    let columns = xs.len() - 1;
    let mut owner = vec![0; columns * (ys.len() - 1)];
    for (i, area) in areas.iter().enumerate() {
        for row in area.row..area.row + area.rows {
            owner[row * columns + area.column..row * columns + area.column + area.columns].fill(i as u32);
        }
    }
    Grid { xs, ys, areas, owner }
}
