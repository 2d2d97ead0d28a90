//! The sums that the layout of a table states: 小计 is what stands beside it under the same header, a total is
//! the rows of a list under it.
//!
//! Keys say most sums; those that names make (units, projects, parts) they do not. A layout is weaker evidence
//! than a key, since a place may lay out its tables in a way of its own: so the sums of one kind are a
//! [`group`](LayoutSum::group), and who uses them looks first whether the group as a whole holds.

use super::rows::Total;
use super::sheet::{Column, Holds};
use mingzhang_model::detail::Aspect;
use mingzhang_model::fact::{Fact, LayoutSum};
use mingzhang_model::key::{Economic, Function, Key};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Totals among the columns: each row's total is the sum of what stands beside it.
pub(crate) fn across(
    columns: &[Column],
    known: &BTreeMap<usize, usize>,
    facts: &[Fact],
    from: usize,
    group: usize,
) -> Vec<LayoutSum> {
    let mut rows: BTreeMap<(u32, usize), HashMap<u32, usize>> = BTreeMap::new();
    for (i, fact) in facts.iter().enumerate().skip(from) {
        rows.entry((fact.cell.row, fact.row)).or_default().insert(fact.cell.column, i);
    }
    let mut found = Vec::new();
    for whole in known.keys().copied().filter(|i| is_total(&columns[*i])) {
        let Some(parts) = beside(columns, whole) else { continue };
        for cells in rows.values() {
            let cell = |i: &usize| cells.get(&(*i as u32)).copied();
            if let (Some(whole), Some(parts)) = (cell(&whole), parts.iter().map(cell).collect::<Option<Vec<_>>>()) {
                found.push(LayoutSum { whole, parts, group });
            }
        }
    }
    found
}

fn is_total(column: &Column) -> bool {
    matches!(&column.holds, Holds::Money(money) if money.total)
}

/// The columns that a total adds up: under the same header, each group by its own total where it has one.
fn beside(columns: &[Column], whole: usize) -> Option<Vec<usize>> {
    let path = &columns[whole].path;
    let above = &path[..path.len().checked_sub(1)?];
    let is_part = |i: usize| match &columns[i].holds {
        Holds::Money(money) => i != whole && !money.of_which,
        _ => false,
    };
    let inside: Vec<usize> = (0..columns.len())
        .filter(|i| is_part(*i) && columns[*i].path.len() > above.len() && columns[*i].path.starts_with(above))
        .filter(|i| near(columns, whole, *i))
        .collect();
    let mut groups: Vec<(&String, Vec<usize>)> = Vec::new();
    for i in inside {
        let name = &columns[i].path[above.len()];
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, members)) => members.push(i),
            None => groups.push((name, vec![i])),
        }
    }
    if groups.len() < 2 && groups.first().is_none_or(|(_, members)| members.len() < 2) {
        return None;
    }
    let of_group = |(_, members): &(&String, Vec<usize>)| {
        let total = members.iter().find(|i| is_total(&columns[**i]) && columns[**i].path.len() == above.len() + 2);
        total.map_or_else(|| members.clone(), |total| vec![*total])
    };
    Some(groups.iter().flat_map(of_group).collect())
}

/// True when no column of names stands between two columns.
fn near(columns: &[Column], a: usize, b: usize) -> bool {
    columns[a.min(b)..a.max(b)].iter().all(|column| !matches!(column.holds, Holds::Stub(_)))
}

/// Totals among the rows that names make: a total is its units, a unit its projects, a project what follows
/// it and adds up to it.
pub(crate) fn down(facts: &[Fact], from: usize, group: usize) -> Vec<LayoutSum> {
    let mut columns: BTreeMap<(usize, Key), Vec<usize>> = BTreeMap::new();
    for (i, fact) in facts.iter().enumerate().skip(from) {
        let mut key = fact.key.clone();
        if !key.details.is_none() {
            key.details = key.details.without(Aspect::Unit).without(Aspect::Project).without(Aspect::Procurement);
        }
        key.function = Function::All;
        columns.entry((fact.column, key)).or_default().push(i);
    }
    let mut found = leaves(facts, from, group + 1);
    for cells in columns.values() {
        for aspect in [Aspect::Unit, Aspect::Project, Aspect::Procurement] {
            if cells.iter().all(|i| facts[*i].key.details.along(aspect).is_none()) {
                continue;
            }
            found.extend(under_totals(facts, cells, aspect, group + 2 + aspect as usize));
        }
    }
    found
}

/// The total of a list of codes is all of its rows that no other row lies under.
fn leaves(facts: &[Fact], from: usize, group: usize) -> Vec<LayoutSum> {
    let bare = |key: &Key| {
        let mut key = key.clone();
        key.details = key.details.without(Aspect::Government);
        (key.function, key.economic) = (Function::All, Economic::all());
        key
    };
    let mut columns: BTreeMap<(usize, Key), Vec<usize>> = BTreeMap::new();
    for (i, fact) in facts.iter().enumerate().skip(from) {
        columns.entry((fact.column, bare(&fact.key))).or_default().push(i);
    }
    let mut found = Vec::new();
    for cells in columns.values() {
        let is_total = |i: &usize| {
            let key = &facts[*i].key;
            key.function == Function::All && key.details.along(Aspect::Government).is_none() && key.economic.is_all()
        };
        let (totals, rows): (Vec<usize>, Vec<usize>) = cells.iter().copied().partition(is_total);
        let keys: HashSet<&Key> = rows.iter().map(|i| &facts[*i].key).collect();
        let above = |i: &usize| keys.iter().any(|key| **key != facts[*i].key && key.within(&facts[*i].key));
        let parts: Vec<usize> = rows.iter().copied().filter(|i| !above(i)).collect();
        if parts.len() > 1 {
            found.extend(totals.into_iter().map(|whole| LayoutSum { whole, parts: parts.clone(), group }));
        }
    }
    found
}

/// For each cell without a name along an aspect, the cells that name one and agree with it in all else.
fn under_totals(facts: &[Fact], cells: &[usize], aspect: Aspect, group: usize) -> Vec<LayoutSum> {
    let mut found = Vec::new();
    let rest = |i: usize| {
        let mut key = facts[i].key.clone();
        key.details = key.details.without(aspect);
        if aspect != Aspect::Unit {
            key.function = Function::All;
        }
        key
    };
    let path = |i: usize| facts[i].key.details.along(aspect).unwrap_or("");
    let depth = |i: usize| match path(i) {
        "" => 0,
        path => 1 + path.matches('/').count(),
    };
    let rests: Vec<Key> = cells.iter().map(|i| rest(*i)).collect();
    let mut levels: HashMap<(&Key, usize), Vec<usize>> = HashMap::new();
    for (i, rest) in cells.iter().zip(&rests) {
        levels.entry((rest, depth(*i))).or_default().push(*i);
    }
    for (whole, rest) in cells.iter().zip(&rests) {
        let lower = levels.get(&(rest, depth(*whole) + 1)).map_or(&[][..], Vec::as_slice);
        let lower: Vec<usize> = lower.iter().copied().filter(|i| path(*i).starts_with(path(*whole))).collect();
        if lower.len() > 1 || lower.len() == 1 && aspect != Aspect::Unit {
            // Sums that the numbers themselves suggested say nothing of how the list is laid out.
            // Lists of goods mix levels that nothing tells apart: there each sum stands for itself.
            let group = if aspect == Aspect::Procurement { ALONE + *whole } else { group };
            let mut sums = tree(facts, *whole, &lower);
            let (whole, parts) = sums.pop().unwrap_or_default();
            found.push(LayoutSum { whole, parts, group: if sums.is_empty() { group } else { group + SUGGESTED } });
            let suggested = sums.into_iter();
            found.extend(suggested.map(|(whole, parts)| LayoutSum { whole, parts, group: group + SUGGESTED }));
        }
    }
    found
}

/// A list in which some rows are totals of the rows that follow them, as its numbers say: every total with
/// its parts. Where the numbers say nothing, the whole is all rows.
fn tree(facts: &[Fact], whole: usize, rows: &[usize]) -> Vec<(usize, Vec<usize>)> {
    let amount = |i: usize| facts[i].printed.amount().0;
    let flat: i64 = rows.iter().map(|i| amount(*i)).sum();
    if (flat - amount(whole)).abs() <= SLACK * rows.len() as i64 {
        return vec![(whole, rows.to_vec())];
    }
    let (mut found, mut at, mut top) = (Vec::new(), 0, Vec::new());
    while at < rows.len() {
        top.push(rows[at]);
        at = subtree(facts, rows, at, &mut found);
    }
    found.push((whole, top));
    found
}

/// Beyond the numbers of all groups.
const ALONE: usize = 1 << 32;

/// How far the group of sums that the numbers suggest lies behind that of the list.
const SUGGESTED: usize = 7;

/// Half a unit of the last digit of 万元 with two decimals, in fen, as much as one part can be off.
const SLACK: i64 = 5_000;

/// Reads the row at `at` and what adds up to it; gives the row behind.
fn subtree(facts: &[Fact], rows: &[usize], at: usize, found: &mut Vec<(usize, Vec<usize>)>) -> usize {
    let amount = |i: usize| facts[i].printed.amount().0;
    let whole = amount(rows[at]);
    let (mut sum, mut next, mut parts, mut below) = (0, at + 1, Vec::new(), Vec::new());
    while whole > 0 && next < rows.len() && sum < whole && amount(rows[next]) <= whole - sum + SLACK {
        let part = rows[next];
        sum += amount(part);
        parts.push(part);
        next = subtree(facts, rows, next, &mut below);
    }
    if parts.len() > 1 && (sum - whole).abs() <= SLACK * parts.len() as i64 {
        found.append(&mut below);
        found.push((rows[at], parts));
        next
    } else {
        at + 1
    }
}

/// A row of a block of names: how deep its list number is, whether it is a total, and its facts.
pub(crate) struct Label {
    pub(crate) level: u8,
    pub(crate) total: Total,
    /// It names a movement of its own, and lies under nothing.
    pub(crate) moves: bool,
    /// The fact in each column.
    pub(crate) facts: Vec<(usize, usize)>,
}

/// Totals among named rows: a total is the rows of the first level before it (or behind it, where it stands
/// first), a row is those of the next level that follow it.
pub(crate) fn labels(rows: &[Label], group: usize) -> Vec<LayoutSum> {
    let mut found = Vec::new();
    let depth = |row: &Label| if row.moves { 0 } else { row.level };
    let named = |row: &&(usize, &Label)| row.1.total == Total::No;
    let all: Vec<(usize, &Label)> = rows.iter().enumerate().collect();
    let top = |within: &[(usize, &Label)]| -> Vec<usize> {
        let named: Vec<&(usize, &Label)> = within.iter().filter(named).collect();
        let first = named.iter().filter(|(_, row)| !row.moves).map(|(_, row)| depth(row)).min();
        named.iter().filter(|(_, row)| row.moves || Some(depth(row)) == first).map(|(i, _)| *i).collect()
    };
    for (i, row) in rows.iter().enumerate() {
        let parts = if row.total == Total::No {
            let inside =
                all[i + 1..].iter().take_while(|(_, below)| depth(below) > depth(row) && below.total == Total::No);
            top(&inside.copied().collect::<Vec<_>>())
        } else {
            let sum = all[..i].iter().rev().find(|(_, above)| above.total == Total::Sum).map(|(at, _)| *at);
            match (row.total, sum) {
                (Total::Grand, Some(at)) => std::iter::once(at).chain(top(&all[at + 1..i])).collect(),
                _ if i == 0 => top(&all[1..]),
                _ => top(&all[..i]),
            }
        };
        found.extend(down_columns(rows, i, &parts, group));
    }
    found
}

fn down_columns(rows: &[Label], whole: usize, parts: &[usize], group: usize) -> Vec<LayoutSum> {
    let of = |row: usize, column: usize| rows[row].facts.iter().find(|(own, _)| *own == column).map(|(_, fact)| *fact);
    let sums = rows[whole].facts.iter().filter_map(|(column, whole)| {
        let parts: Vec<usize> = parts.iter().filter_map(|row| of(*row, *column)).collect();
        (!parts.is_empty()).then_some(LayoutSum { whole: *whole, parts, group })
    });
    sums.collect()
}
