//! Names of sheets: the code of a table and as much of its title as a name may hold.

use crate::manuscript::Grid;
use crate::text::in_one_line;
use std::collections::BTreeSet;

/// As long as the name of a sheet may be, in units of UTF-16.
const LONGEST: usize = 31;

/// A name for every table, none like another or like a reserved one.
pub(super) fn of(grids: &[&Grid], reserved: &[&str]) -> Vec<String> {
    // Excel keeps this one for itself.
    let mut taken = BTreeSet::from(["history".to_owned()]);
    taken.extend(reserved.iter().map(|name| name.to_lowercase()));
    grids.iter().map(|grid| free(&wanted(grid), &mut taken)).collect()
}

/// The code and the title; where both are too long, the title without its year, which every table has.
fn wanted(grid: &Grid) -> String {
    let title = in_one_line(&grid.title);
    let full = legal(&format!("{} {title}", in_one_line(&grid.code)));
    match full.encode_utf16().count() {
        ..=LONGEST => full,
        _ => legal(&format!("{} {}", in_one_line(&grid.code), without_year(&title))),
    }
}

fn without_year(title: &str) -> &str {
    let rest = title.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = if title.len() - rest.len() == 4 { rest.strip_prefix('年') } else { None };
    rest.map_or(title, |rest| rest.strip_prefix('度').unwrap_or(rest))
}

fn legal(text: &str) -> String {
    let is_bad = |c: char| matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\');
    let text: String = text.chars().map(|c| if is_bad(c) { '_' } else { c }).collect();
    let text = trimmed(&text);
    if text.is_empty() { "表".to_owned() } else { text.to_owned() }
}

/// A name neither begins nor ends with an apostrophe.
fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c == '\'' || c.is_whitespace())
}

fn free(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let mut name = trimmed(shortened(wanted, LONGEST)).to_owned();
    let mut number = 2;
    while !taken.insert(name.to_lowercase()) {
        let end = format!("({number})");
        name = format!("{}{end}", shortened(wanted, LONGEST - end.len()));
        number += 1;
    }
    name
}

/// As many characters from the start as fit into so many units of UTF-16.
fn shortened(text: &str, units: usize) -> &str {
    let mut left = units;
    let fits = |(_, c): &(usize, char)| left.checked_sub(c.len_utf16()).inspect(|rest| left = *rest).is_some();
    let end = text.char_indices().take_while(fits).last().map_or(0, |(at, c)| at + c.len_utf8());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(code: &str, title: &str) -> Grid {
        Grid {
            code: code.into(),
            title: title.into(),
            outline: None,
            number: None,
            slot: String::new(),
            unit: String::new(),
            columns: 0,
            rows: 0,
            header_rows: 0,
            cells: Vec::new(),
            notes: Vec::new(),
            landscape: false,
        }
    }

    fn names(tables: &[(&str, &str)]) -> Vec<String> {
        let grids: Vec<Grid> = tables.iter().map(|(code, title)| grid(code, title)).collect();
        of(&grids.iter().collect::<Vec<_>>(), &["目录"])
    }

    #[test]
    fn a_name_is_the_code_and_the_title_as_far_as_it_fits() {
        assert_eq!(names(&[("B03", "2025年部门支出预算总表")]), ["B03 2025年部门支出预算总表"]);
        let long = "2025年度部门一般公共预算基本支出部门预算经济分类预算明细情况表";
        assert_eq!(names(&[("B08", long)]), ["B08 部门一般公共预算基本支出部门预算经济分类预算明细情况表"]);
        assert_eq!(names(&[("B08", &"表".repeat(200))]), [format!("B08 {}", "表".repeat(27))]);
    }

    #[test]
    fn names_are_legal_and_differ() {
        assert_eq!(names(&[("", ""), ("", "'"), ("A", "甲/乙:[丙]?*\\")]), ["表", "表(2)", "A 甲_乙__丙____"]);
        assert_eq!(names(&[("", "目录"), ("", "History"), ("", "history")]), ["目录(2)", "History(2)", "history(3)"]);
        let wide = "𠀀".repeat(20);
        assert!(names(&[("", &wide), ("", &wide)]).iter().all(|name| name.encode_utf16().count() <= LONGEST));
    }
}
