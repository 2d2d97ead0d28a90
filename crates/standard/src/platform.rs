//! [`PlatformField`]: the fields of the platform of integrated budget management, as its exports head them.
//!
//! A file from the platform has dozens of columns, of which the books need a few. Which field is which
//! column of an import, `data/platform.tsv` says; every other field is listed too, so that its column is
//! known and left aside, while a column that nobody knows is told.

use crate::words;
use std::sync::LazyLock;

/// A field of the platform.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlatformField {
    /// Its name in the platform's tables.
    pub field: &'static str,
    /// Its Chinese name; may be empty.
    pub name: &'static str,
    /// Other Chinese names that it is printed under.
    pub other_names: Vec<&'static str>,
    /// The columns that it is: a column of every table, or `table.column`. Empty where the books have none.
    pub columns: Vec<&'static str>,
}

impl PlatformField {
    /// True when a header, folded by [`words::label_key`], is this field.
    pub fn is_headed(&self, key: &str) -> bool {
        let mut names = self.other_names.iter().chain([&self.name]).filter(|name| !name.is_empty());
        key.eq_ignore_ascii_case(self.field) || names.any(|name| words::label_key(name) == key)
    }

    /// The word of its column in a table.
    pub fn column(&self, table: &str) -> Option<&'static str> {
        self.columns.iter().find_map(|column| match column.split_once('.') {
            None => Some(*column),
            Some((own, column)) => (own == table).then_some(column),
        })
    }
}

/// Every field; of several that are the same column, the one to be preferred stands first.
pub fn fields() -> &'static [PlatformField] {
    static FIELDS: LazyLock<Vec<PlatformField>> = LazyLock::new(|| {
        let lines = include_str!("../data/platform.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
        lines.filter_map(parse).collect()
    });
    &FIELDS
}

fn parse(line: &'static str) -> Option<PlatformField> {
    let mut cells = line.split('\t');
    let (field, name) = (cells.next()?, cells.next()?);
    let other_names = cells.next()?.split('|').filter(|name| !name.is_empty()).collect();
    let columns = cells.next()?.split_whitespace().collect();
    Some(PlatformField { field, name, other_names, columns })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_field_and_no_field_stands_twice() {
        let lines = include_str!("../data/platform.tsv").lines().filter(|line| !line.starts_with('#')).count() - 1;
        let mut names: Vec<&str> = fields().iter().map(|field| field.field).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!((fields().len(), names.len()), (lines, lines));
        assert!(lines > 250, "{lines}");
    }

    #[test]
    fn a_field_is_found_by_any_of_its_names_and_is_a_column_of_its_table() {
        let headed = |text: &str| fields().iter().find(|field| field.is_headed(&words::label_key(text)));
        let money = headed("实际支付金额").unwrap();
        assert_eq!((money.field, money.column("payments"), money.column("plans")), ("xpay_amt", Some("amount"), None));
        assert_eq!(headed("FISCAL_YEAR").and_then(|field| field.column("budget")), Some("year"));
        assert_eq!(headed("币种代码").map(|field| field.columns.is_empty()), Some(true));
        assert!(headed("从未有过的栏目").is_none());
    }
}
