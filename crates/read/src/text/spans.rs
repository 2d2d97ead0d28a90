//! From raw cells to a [`Table`]: which cells were merged, and over how many rows and columns.
//!
//! Every row becomes a list of slots that cover all columns from left to right; then header slots without text
//! join the slot above them. Four solvers make slots, each for one kind of row:
//!
//! - [`fit`] places a body row with fewer cells than columns so that its numbers stand in value columns;
//! - [`padded`] takes the other body rows as they stand, but a total that covers the columns of codes and names;
//! - [`cover`] places a header row whose merged cells appear once over the row below it: an empty cell below
//!   continues the cell above, and a stretch of cells with text below is covered by cells above;
//! - [`stretch`] places a header row whose merged cells are followed by empty ones.
//!
//! What it will not do: drop text. Empty cells that are too many go, empty slots fill what is missing.

use super::evidence::{Kind, Shape, is_number};
use super::scan::{Grid, Raw, Style};
use mingzhang_model::document::{Cell, Table, Untiled};
use std::ops::Range;

/// A stretch of columns in one row, and the raw cell that fills it.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Slot<'a> {
    columns: Range<usize>,
    raw: Option<&'a Raw>,
}

impl Slot<'_> {
    fn is_empty(&self) -> bool {
        self.raw.is_none_or(Raw::is_empty)
    }

    fn text(&self) -> &str {
        self.raw.map_or("", |raw| raw.text.as_str())
    }
}

/// Makes the table of a grid.
pub(super) fn tile(grid: &Grid, shape: &Shape) -> Result<Table, Untiled> {
    let mut rows: Vec<Vec<Slot>> = Vec::with_capacity(grid.rows.len());
    let mut stub = None;
    for (i, row) in grid.rows.iter().enumerate() {
        let header = (shape.zones.header..shape.zones.body).contains(&i);
        if grid.style == Style::Padded && i == shape.zones.body {
            stub = headed_stub(&rows[shape.zones.header..], &grid.rows[i..], shape);
        }
        let slots = match grid.style {
            Style::Padded if header => {
                let above = (i > shape.zones.header).then(|| rows[i - 1].as_slice());
                stretch(row, above, grid.rows.get(i + 1), shape)
            }
            Style::Padded if i < shape.zones.header => stretch(row, None, None, shape),
            Style::Padded => padded(row, stub, shape),
            Style::Merged => fit(row, shape),
        };
        rows.push(slots);
    }
    if grid.style == Style::Merged {
        for i in (shape.zones.header..shape.zones.body).rev() {
            let below = rows.get(i + 1).filter(|_| i + 1 < shape.zones.body);
            rows[i] = cover(&grid.rows[i], below.map(Vec::as_slice), shape);
        }
    }
    Table::tiled(rows.len() as u32, shape.columns as u32, cells(&rows, shape, grid))
}

/// The cells of all slots, header slots without text merged with the slot above that has their columns.
fn cells(rows: &[Vec<Slot>], shape: &Shape, grid: &Grid) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    let mut above: Vec<usize> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        let mut here = vec![0; shape.columns];
        let may_continue = (shape.zones.header + 1..shape.zones.body).contains(&i);
        let line = grid.rows[i].first().map_or(grid.line(), |raw| raw.line);
        for slot in row {
            let upper = above.get(slot.columns.start).copied().filter(|_| may_continue && slot.is_empty());
            let continued = upper.filter(|&upper| {
                let cell = &cells[upper];
                let columns = cell.column as usize..(cell.column + cell.column_span) as usize;
                columns == slot.columns && !cell.text.is_empty()
            });
            let index = continued.unwrap_or(cells.len());
            match continued {
                Some(upper) => cells[upper].row_span += 1,
                None => cells.push(Cell {
                    row: i as u32,
                    column: slot.columns.start as u32,
                    row_span: 1,
                    column_span: slot.columns.len() as u32,
                    text: slot.text().to_owned(),
                    place: super::place(slot.raw.map_or(line, |raw| raw.line)),
                }),
            }
            here[slot.columns.clone()].fill(index);
        }
        above = here;
    }
    cells
}

/// Slots of the given widths, side by side.
fn slots<'a>(row: &[&'a Raw], widths: &[usize]) -> Vec<Slot<'a>> {
    let mut start = 0;
    let place = |(raw, width): (&&'a Raw, &usize)| {
        start += width;
        Slot { columns: start - width..start, raw: Some(*raw) }
    };
    row.iter().zip(widths).map(place).collect()
}

/// The cells of a row that has at most as many as there are columns: surplus empty ones go, the first ones first.
fn trimmed(row: &[Raw], columns: usize) -> Vec<&Raw> {
    let mut surplus = row.len().saturating_sub(columns);
    let keep = |cell: &&Raw| {
        let goes = surplus > 0 && cell.is_empty();
        surplus -= usize::from(goes);
        !goes
    };
    row.iter().filter(keep).collect()
}

// Body rows.

/// How many leading columns a total covers with its name: those under one title of the header whose first
/// holds codes, so that a word in it names the row and not a column's entry. None where that cannot be seen.
fn headed_stub(header: &[Vec<Slot>], body: &[Vec<Raw>], shape: &Shape) -> Option<usize> {
    let stub = shape.stub?;
    let over = |slot: &Slot| !slot.is_empty() && slot.columns == (0..stub);
    let titled = header.iter().any(|row| row.first().is_some_and(over));
    let divided = header.last()?.first().is_some_and(|slot| slot.columns.len() < stub);
    let mut words = body.iter().filter(|row| row.first().is_some_and(is_word));
    let alone = words.clone().all(|row| covers(row, stub));
    let coded = shape.kinds[0] == Kind::Code || words.nth(1).is_none();
    (titled && divided && alone && coded).then_some(stub)
}

fn is_word(cell: &Raw) -> bool {
    !cell.is_empty() && !is_number(&cell.text)
}

/// Whether a row begins with a word and empty cells up to the end of the stub.
fn covers(row: &[Raw], stub: usize) -> bool {
    row.first().is_some_and(is_word) && row.iter().take(stub).skip(1).all(Raw::is_empty)
}

/// A row of a padded grid, as it stands; short rows are fitted if their numbers would miss the value columns,
/// and a word that stands alone in a stub of codes covers it.
fn padded<'a>(row: &'a [Raw], stub: Option<usize>, shape: &Shape) -> Vec<Slot<'a>> {
    let row = &row[..row.len().min(shape.columns)];
    let off = |(cell, kind): (&Raw, &Kind)| is_number(&cell.text) && *kind == Kind::Words;
    if row.len() < shape.columns && row.iter().zip(&shape.kinds).any(off) {
        return fit(row, shape);
    }
    let slot = |i| Slot { columns: i..i + 1, raw: row.get(i) };
    match stub.filter(|&stub| covers(row, stub)) {
        Some(stub) => {
            let name = Slot { columns: 0..stub, raw: row.first() };
            std::iter::once(name).chain((stub..shape.columns).map(slot)).collect()
        }
        None => (0..shape.columns).map(slot).collect(),
    }
}

/// Places a row with fewer cells than columns, at the least cost in displaced numbers and widened cells.
fn fit<'a>(row: &'a [Raw], shape: &Shape) -> Vec<Slot<'a>> {
    let row = trimmed(row, shape.columns);
    let (count, columns) = (row.len(), shape.columns);
    if count == 0 {
        return vec![Slot { columns: 0..columns, raw: None }];
    }
    let costs = Costs::of(&row, shape);
    // best[i][c]: the least cost of the cells from i on when they cover the columns from c on.
    let mut best = vec![vec![u32::MAX; columns + 1]; count + 1];
    let mut width = vec![vec![0; columns + 1]; count];
    best[count][columns] = 0;
    for i in (0..count).rev() {
        for start in i..columns {
            for end in (start + 1..=columns - (count - 1 - i)).rev() {
                let rest = best[i + 1][end];
                let cost = rest.saturating_add(costs.of_cell(i, start..end));
                if rest < u32::MAX && cost < best[i][start] {
                    best[i][start] = cost;
                    width[i][start] = end - start;
                }
            }
        }
    }
    let mut start = 0;
    let mut widths = Vec::with_capacity(count);
    for choices in &width {
        widths.push(choices[start]);
        start += choices[start];
    }
    slots(&row, &widths)
}

/// What it costs to place the cells of one row.
struct Costs<'r> {
    row: &'r [&'r Raw],
    shape: &'r Shape,
    /// For each cell that is a number: which of the numbers it is.
    ordinals: Vec<Option<usize>>,
    /// For each column: how many value columns stand before it.
    values: Vec<usize>,
    first_words: Option<usize>,
}

impl<'r> Costs<'r> {
    fn of(row: &'r [&'r Raw], shape: &'r Shape) -> Costs<'r> {
        let mut numbers = 0;
        let ordinal = |cell: &&Raw| {
            let number = is_number(&cell.text);
            numbers += usize::from(number);
            number.then(|| numbers - 1)
        };
        let ordinals = row.iter().map(ordinal).collect();
        let before = |c: usize| shape.kinds[..c].iter().filter(|kind| **kind == Kind::Value).count();
        let values = (0..=shape.columns).map(before).collect();
        let first_words = row.iter().position(|cell| !cell.is_empty() && !is_number(&cell.text));
        Costs { row, shape, ordinals, values, first_words }
    }

    fn of_cell(&self, i: usize, columns: Range<usize>) -> u32 {
        let extra = (columns.len() - 1) as u32;
        if self.row[i].is_empty() {
            return 6 * extra;
        }
        let Some(ordinal) = self.ordinals[i] else {
            let covered = (self.values[columns.end] - self.values[columns.start]) as u32;
            return 4 * covered + if self.first_words == Some(i) { extra } else { 2 * extra };
        };
        let misplaced = match self.shape.kinds[columns.start] {
            Kind::Value => 0,
            Kind::Blank => 2,
            Kind::Code => 8,
            Kind::Words => 20,
        };
        // The last number stands in the last value column, the others in the order of the columns.
        let last = self.ordinals[i + 1..].iter().all(Option::is_none);
        let wanted = if last { self.values[self.shape.columns].saturating_sub(1) } else { ordinal };
        50 * extra + misplaced + 10 * self.values[columns.start].abs_diff(wanted) as u32
    }
}

// Header rows whose merged cells appear once.

/// Places a header row over the row below it, which is absent if that is a body row.
fn cover<'a>(row: &'a [Raw], below: Option<&[Slot]>, shape: &Shape) -> Vec<Slot<'a>> {
    let row = trimmed(row, shape.columns);
    let unit: Vec<Slot> = (0..shape.columns).map(|c| Slot { columns: c..c + 1, raw: None }).collect();
    let below = below.filter(|below| below.len() >= row.len()).unwrap_or(&unit);
    let mut stretches = stretches(below);
    if stretches.len() > row.len() {
        // Too few cells to continue each empty one; columns of body rows, which have no labels, come here too.
        stretches = std::iter::once(0..below.len()).collect();
    }
    let mut spare = row.len() - stretches.len();
    let mut widths = Vec::with_capacity(row.len());
    for (i, stretch) in stretches.iter().enumerate() {
        let slots = &below[stretch.clone()];
        let only = stretches.iter().enumerate().all(|(j, other)| j == i || other.len() == 1);
        let natural = if only { spare } else { natural_parts(slots, shape).saturating_sub(1) };
        let room = stretches[i + 1..].iter().map(|other| other.len() - 1).sum::<usize>();
        let extra = natural.clamp(spare.saturating_sub(room), spare.min(slots.len() - 1));
        spare -= extra;
        let mut at = 0;
        for count in split(slots, extra + 1, shape) {
            widths.push(slots[at + count - 1].columns.end - slots[at].columns.start);
            at += count;
        }
    }
    slots(&row, &widths)
}

/// The stretches of slots that one or more cells above cover: an empty slot is a stretch of its own.
fn stretches(below: &[Slot]) -> Vec<Range<usize>> {
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for (i, slot) in below.iter().enumerate() {
        match stretches.last_mut() {
            Some(last) if !slot.is_empty() && !below[i - 1].is_empty() => last.end = i + 1,
            _ => stretches.push(i..i + 1),
        }
    }
    stretches
}

/// Into how many parts a stretch falls by itself.
fn natural_parts(slots: &[Slot], shape: &Shape) -> usize {
    let repeats = (2..=slots.len() / 2).rev().find(|&parts| repeat(slots, parts));
    repeats.unwrap_or(1 + block_cuts(slots, shape).len())
}

/// Splits a stretch of slots among `parts` cells above it: how many slots each covers. Tried in this order:
/// the labels of the slots repeat; the first label comes back; words begin again after values; the cells that
/// name the row stand apart from the values; equal shares; and in the end the first cell takes what is over.
fn split(slots: &[Slot], parts: usize, shape: &Shape) -> Vec<usize> {
    let count = slots.len();
    if parts >= count {
        return vec![1; count];
    }
    if parts == 1 {
        return vec![count];
    }
    if let Some(shares) = repeating(slots, parts) {
        return shares;
    }
    let starts_over: Vec<usize> =
        (1..count).filter(|&i| !slots[i].is_empty() && slots[i].text() == slots[0].text()).collect();
    for cuts in [starts_over, block_cuts(slots, shape)] {
        if cuts.len() + 1 == parts {
            return widths_of(&cuts, count);
        }
    }
    if let Some(stub) = shape.stub.and_then(|stub| slots.iter().position(|slot| slot.columns.start == stub)) {
        let (names, values) = (stub, count - stub);
        if names > 0 && values.is_multiple_of(parts - 1) {
            return [vec![names], vec![values / (parts - 1); parts - 1]].concat();
        }
        if names > 0 && parts > names && values.is_multiple_of(parts - names) {
            return [vec![1; names], vec![values / (parts - names); parts - names]].concat();
        }
    }
    if count.is_multiple_of(parts) {
        return vec![count / parts; parts];
    }
    [vec![count - parts + 1], vec![1; parts - 1]].concat()
}

/// The shares if the labels repeat, after some leading slots that one cell covers or each its own.
fn repeating(slots: &[Slot], parts: usize) -> Option<Vec<usize>> {
    (0..slots.len()).find_map(|lead| {
        let heads = [vec![lead; lead.min(1)], vec![1; lead]];
        heads.into_iter().find_map(|mut shares| {
            let times = parts.checked_sub(shares.len()).filter(|&times| repeat(&slots[lead..], times))?;
            shares.extend(vec![(slots.len() - lead) / times; times]);
            Some(shares)
        })
    })
}

/// Whether the labels of slots are one sequence of at least two, `times` times over.
fn repeat(slots: &[Slot], times: usize) -> bool {
    let period = slots.len() / times.max(1);
    times > 1
        && period > 1
        && slots.len().is_multiple_of(times)
        && slots.iter().any(|slot| !slot.is_empty())
        && slots.iter().zip(&slots[period..]).all(|(a, b)| a.text() == b.text())
}

fn block_cuts(slots: &[Slot], shape: &Shape) -> Vec<usize> {
    let blocks = shape.blocks();
    blocks
        .filter_map(|start| slots.iter().position(|slot| slot.columns.start == start))
        .filter(|&cut| cut > 0)
        .collect()
}

fn widths_of(cuts: &[usize], count: usize) -> Vec<usize> {
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain(std::iter::once(count));
    starts.zip(ends).map(|(start, end)| end - start).collect()
}

// Header rows whose merged cells are followed by empty ones.

/// Places a header row by widening each text over the empty cells to its right, except where an empty cell
/// continues the cell above it.
fn stretch<'a>(row: &'a [Raw], above: Option<&[Slot]>, below: Option<&Vec<Raw>>, shape: &Shape) -> Vec<Slot<'a>> {
    let mut cells: Vec<Option<&Raw>> = (0..shape.columns).map(|column| row.get(column)).collect();
    if let Some((from, to)) = parted_stub(row, above, below, shape) {
        cells[to] = cells[from].take();
    }
    let empty = |column: usize| cells[column].is_none_or(Raw::is_empty);
    let continues = |slot: &Slot| !slot.is_empty() && slot.columns.clone().all(empty);
    let mut slots = Vec::new();
    let mut start = 0;
    while start < shape.columns {
        let over = slot_at(above, start);
        let mut end = start + 1;
        if let Some(whole) = over.filter(|slot| slot.columns.start == start && continues(slot)) {
            end = whole.columns.end;
        } else if !empty(start) {
            let limit = over.filter(|slot| slot.columns.len() > 1).map_or(shape.columns, |slot| slot.columns.end);
            while end < limit && empty(end) && !slot_at(above, end).is_some_and(continues) {
                end += 1;
            }
        }
        slots.push(Slot { columns: start..end, raw: cells[start] });
        start = end;
    }
    slots
}

fn slot_at<'s, 'a>(slots: Option<&'s [Slot<'a>]>, column: usize) -> Option<&'s Slot<'a>> {
    slots?.iter().find(|slot| slot.columns.contains(&column))
}

/// The column of a second cell that would part the columns that name the row, and where it belongs: programs
/// that write merged cells sometimes leave out one of the empty ones.
fn parted_stub(row: &[Raw], above: Option<&[Slot]>, below: Option<&Vec<Raw>>, shape: &Shape) -> Option<(usize, usize)> {
    let stub = shape.stub?;
    let filled: Vec<usize> = (0..row.len().min(shape.columns)).filter(|&i| !row[i].is_empty()).collect();
    let &[0, second, ref rest @ ..] = filled.as_slice() else { return None };
    let room = rest.first().is_none_or(|&third| third > stub);
    let edge_below = below?.get(stub).is_some_and(|cell| !cell.is_empty());
    // Below a cell of its own the column is not this row's to take.
    let free = slot_at(above, stub).is_none_or(|slot| slot.is_empty() || slot.columns.contains(&second));
    (second < stub && room && edge_below && free).then_some((second, stub))
}

#[cfg(test)]
#[path = "spans_tests.rs"]
mod tests;
