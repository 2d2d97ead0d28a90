//! What the columns of a grid hold: the evidence from which merged cells are inferred.
//!
//! Only shapes are looked at. A cell is a number or it is words; the rows above the first number are a header;
//! a column of numbers right of words holds values; digits that stand before words, all of one length or in
//! ascending order, are codes.

use super::scan::{Grid, Raw, Style, filled};
use std::collections::HashMap;

/// Where the header of a grid begins and where it ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Zones {
    /// The first row of the header; titles stand above it.
    pub(super) header: usize,
    /// The first row below the header.
    pub(super) body: usize,
}

/// What a column holds, in the rows below the header.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Nothing.
    Blank,
    /// Words.
    Words,
    /// Numbers that name the words to their right.
    Code,
    /// Numbers.
    Value,
}

/// What is known of a grid before its cells are placed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Shape {
    pub(super) zones: Zones,
    /// How many columns it has.
    pub(super) columns: usize,
    /// What each column holds.
    pub(super) kinds: Vec<Kind>,
    /// How many leading columns name the row; none if that cannot be seen.
    pub(super) stub: Option<usize>,
}

/// Whether a text is one number: digits, with separators, a sign or a percent sign.
pub(super) fn is_number(text: &str) -> bool {
    let text = text.trim();
    let text = text.strip_prefix(['-', '−', '－', '+']).unwrap_or(text);
    let text = text.strip_suffix(['%', '％']).unwrap_or(text);
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    !whole.is_empty()
        && whole.starts_with(|c: char| c.is_ascii_digit())
        && whole.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '，'))
        && digits(fraction)
}

impl Zones {
    /// Finds the header of rows.
    pub(super) fn of(rows: &[Vec<Raw>], style: Style) -> Zones {
        let widest = rows.iter().map(Vec::len).max().unwrap_or(0);
        let full = rows.iter().position(|row| filled(row) >= widest.min(3)).unwrap_or(0);
        let belongs = |row: &Vec<Raw>| match style {
            Style::Merged => row.len() > 1 && filled(row) == row.len() && row.len() < rows[full].len(),
            Style::Padded => filled(row) > 1,
        };
        let is_body = |row: &Vec<Raw>| {
            let alone = filled(row) == 1 && row.first().is_some_and(|cell| !cell.is_empty());
            alone || row.iter().any(|cell| is_number(&cell.text))
        };
        // A row without text right above the body belongs too: every cell of the row above goes on in it.
        let blank = |i: usize| style == Style::Padded && filled(&rows[i]) == 0;
        let joins = |i: &usize| belongs(&rows[*i]) || blank(*i) && (blank(*i + 1) || is_body(&rows[*i + 1]));
        let header = (0..full).rev().take_while(joins).last().unwrap_or(full);
        let header = (header..full).find(|&i| !blank(i)).unwrap_or(full);
        let first_body = rows[header..].iter().position(is_body).map(|i| header + i);
        Zones { header, body: first_body.unwrap_or(rows.len().min(header + 1)) }
    }
}

impl Shape {
    /// The shapes of all grids of one file. A table without numbers, as an empty form is, learns the width of
    /// its stub from another table of the file with the same header.
    pub(super) fn of_all<'a>(grids: impl Iterator<Item = &'a Grid> + Clone) -> Vec<Shape> {
        let mut shapes: Vec<Shape> = grids.clone().map(Shape::of).collect();
        let mut known: HashMap<(usize, Vec<String>), usize> = HashMap::new();
        for (shape, grid) in shapes.iter().zip(grids.clone()) {
            if let (Some(stub), Some(header)) = (shape.stub, shape.fullest_header(grid)) {
                known.entry((shape.columns, header)).or_insert(stub);
            }
        }
        for (shape, grid) in shapes.iter_mut().zip(grids) {
            if let (None, Some(header)) = (shape.stub, shape.fullest_header(grid)) {
                shape.stub = known.get(&(shape.columns, header)).copied();
            }
        }
        shapes
    }

    fn of(grid: &Grid) -> Shape {
        let zones = Zones::of(&grid.rows, grid.style);
        let columns = columns(&grid.rows[..zones.header], &grid.rows[zones.header..], grid.style);
        let body = &grid.rows[zones.body..];
        let kinds = kinds(body, columns, grid.style);
        let stub = stub_of_kinds(&kinds).or_else(|| stub_of_rows(body, columns));
        Shape { zones, columns, kinds, stub }
    }

    fn fullest_header(&self, grid: &Grid) -> Option<Vec<String>> {
        let header = grid.rows[self.zones.header..self.zones.body].iter();
        header.max_by_key(|row| filled(row)).map(|row| super::scan::words(row))
    }

    /// The columns, other than the first, where words begin again after values: a second table side by side.
    pub(super) fn blocks(&self) -> impl Iterator<Item = usize> + '_ {
        let names = |kind: Kind| matches!(kind, Kind::Words | Kind::Code);
        (1..self.columns).filter(move |&c| names(self.kinds[c]) && self.kinds[c - 1] == Kind::Value)
    }
}

/// How many columns rows have: the widest that several rows agree on, and never fewer than a row has texts.
fn columns(above: &[Vec<Raw>], rows: &[Vec<Raw>], style: Style) -> usize {
    let used = |row: &Vec<Raw>| match style {
        Style::Merged => filled(row),
        Style::Padded => row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |i| i + 1),
    };
    let mut widths: HashMap<usize, usize> = HashMap::new();
    for row in rows {
        *widths.entry(row.len()).or_default() += 1;
    }
    let enough = (rows.len() / 10).max(2);
    let agreed = widths.iter().filter(|(_, count)| **count >= enough).map(|(width, _)| *width).max();
    let widest = agreed.or_else(|| widths.keys().copied().max()).unwrap_or(0);
    // A title above the header may have a cell further right than any row below it: it has a column too.
    above.iter().chain(rows).map(used).max().unwrap_or(0).max(widest).max(1)
}

fn kinds(body: &[Vec<Raw>], columns: usize, style: Style) -> Vec<Kind> {
    let full: Vec<&Vec<Raw>> = body.iter().filter(|row| row.len() == columns || style == Style::Padded).collect();
    let texts = |column: usize| -> Vec<&str> {
        let cells = full.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).collect()
    };
    let mut kinds: Vec<Kind> = (0..columns)
        .map(|column| {
            let texts = texts(column);
            let numbers = texts.iter().filter(|text| is_number(text)).count();
            match texts.len() {
                0 => Kind::Blank,
                all if numbers * 2 > all => Kind::Value,
                _ => Kind::Words,
            }
        })
        .collect();
    let mut names_next = false;
    for column in (0..columns).rev() {
        let begins = column == 0 || kinds[column - 1] == Kind::Value;
        if kinds[column] == Kind::Value && names_next && begins && are_codes(&texts(column)) {
            kinds[column] = Kind::Code;
        }
        if kinds[column] != Kind::Blank {
            names_next = matches!(kinds[column], Kind::Words | Kind::Code);
        }
    }
    kinds
}

/// Digits only, none of them zero, all of one length or in ascending order.
fn are_codes(texts: &[&str]) -> bool {
    let numbers: Vec<&str> = texts.iter().copied().filter(|text| is_number(text)).collect();
    let bare = numbers
        .iter()
        .all(|text| text.len() > 1 && text.bytes().all(|b| b.is_ascii_digit()) && text.bytes().any(|b| b != b'0'));
    bare && (numbers.is_sorted() || numbers.windows(2).all(|pair| pair[0].len() == pair[1].len()))
}

fn stub_of_kinds(kinds: &[Kind]) -> Option<usize> {
    let names = kinds.iter().position(|kind| matches!(kind, Kind::Words | Kind::Code))?;
    let value = names + kinds[names..].iter().position(|&kind| kind == Kind::Value)?;
    kinds[..names].iter().all(|&kind| kind == Kind::Blank).then_some(value)
}

/// A row of one word and then numbers only, fewer than there are columns: the word covers the stub.
fn stub_of_rows(body: &[Vec<Raw>], columns: usize) -> Option<usize> {
    body.iter().find_map(|row| {
        let (first, rest) = row.split_first()?;
        let fits = !rest.is_empty() && rest.len() < columns;
        let shape = !first.is_empty() && !is_number(&first.text) && rest.iter().all(|cell| is_number(&cell.text));
        (fits && shape).then(|| columns - rest.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_by_their_digits() {
        for text in ["0", "295.12", "84,281,400", "-3.5", "71.73%", " 12 "] {
            assert!(is_number(text), "{text}");
        }
        for text in ["", "-", "——", "无", "2024年", "1.2.3", ".5", "公开01表", "1（甲）", ","] {
            assert!(!is_number(text), "{text}");
        }
    }

    fn grid(rows: &[&str]) -> Vec<Vec<Raw>> {
        let cell = |text: &str| Raw { text: text.replace('_', ""), line: 1 };
        rows.iter().map(|row| row.split(' ').map(cell).collect()).collect()
    }

    #[test]
    fn titles_stand_above_the_header_and_numbers_below_it() {
        let rows = grid(&["总表", "_ _ _ 公开", "部门 _ _ 万元", "收入 支出", "项目 金额 项目 金额", "甲 1 乙 2"]);
        assert_eq!(Zones::of(&rows, Style::Merged), Zones { header: 3, body: 5 });
        let rows = grid(&["项目 _ 收入 _", "编码 名称 合计 拨款", "类 款 _ _", "合计 _ _ _"]);
        assert_eq!(Zones::of(&rows, Style::Padded), Zones { header: 0, body: 3 });
    }

    #[test]
    fn a_header_may_end_in_a_row_without_text() {
        let rows = grid(&["总表 _ _", "项目 _ 金额", "_ _ _", "201 甲 1.0"]);
        assert_eq!(Zones::of(&rows, Style::Padded), Zones { header: 1, body: 3 });
        let rows = grid(&["总表 _ _", "项目 _ 金额", "_ _ _", "合计 _ 1.0", "201 甲 1.0"]);
        assert_eq!(Zones::of(&rows, Style::Padded), Zones { header: 1, body: 3 });
        let rows = grid(&["部门 _ _ 万元", "_ _ _ _", "科目 名称 合计 基本", "201 甲 1.0 2.0"]);
        assert_eq!(Zones::of(&rows, Style::Padded), Zones { header: 2, body: 3 });
    }

    #[test]
    fn codes_are_told_from_values() {
        use Kind::{Blank, Code, Value, Words};
        let of = |rows: &[&str]| {
            let rows = grid(rows);
            kinds(&rows, rows[0].len(), Style::Padded)
        };
        assert_eq!(of(&["201 03 _ 甲 1.0", "201 03 _ 乙 2.0"]), [Code, Code, Blank, Words, Value]);
        assert_eq!(of(&["甲 84 乙 2.0", "丙 120 丁 2.0"]), [Words, Value, Words, Value]);
        assert_eq!(
            of(&["301 甲 1.5 302 乙 2.0", "30101 甲 0.0 30201 乙 2.0"]),
            [Code, Words, Value, Code, Words, Value]
        );
        assert_eq!(of(&["行 1 295.05 支 2", "行 2 0.00 支 3"]), [Words, Value, Value, Words, Value]);
    }
}
