//! [`Sheet`]: a table seen without a form: furniture, header, rows of data, and what each column holds.
//!
//! Where the header ends is told by the rows: the first that prints a number, a code or the name of a row.
//! A column is what the headers over it say from the top down, each narrowing the money of the one above.

use super::rows;
use crate::grid::{is_note_row, is_numbering, path, texts};
use crate::number;
use mingzhang_model::amount::Unit;
use mingzhang_model::detail::Aspect;
use mingzhang_model::document::Table;
use mingzhang_model::key::{Key, Measure};
use mingzhang_model::set::Set;
use mingzhang_standard::filter::Filter;
use mingzhang_standard::vocabulary::{self, Stub};
use mingzhang_standard::words;

/// A table seen without a form.
pub(crate) struct Sheet<'t> {
    pub(crate) table: &'t Table,
    /// The rows above the header.
    pub(crate) furniture: std::ops::Range<u32>,
    /// The rows of data.
    pub(crate) data: Vec<u32>,
    /// The columns, from left to right.
    pub(crate) columns: Vec<Column>,
}

/// A column and what it holds.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// Its headers as printed, from the top.
    pub(crate) path: Vec<String>,
    pub(crate) holds: Holds,
    /// The unit that its header prints.
    pub(crate) unit: Option<Unit>,
}

/// What a column holds.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Holds {
    /// What heads the rows.
    Stub(Stub),
    /// Money, narrowed by each of the headers.
    Money(Money),
    /// Words, percentages, counts.
    Other,
    /// Numbers under headers that say nothing known.
    Unknown,
}

/// The money of a column.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Money {
    filters: Vec<Filter>,
    /// The lowest header is a total of what stands beside it.
    pub(crate) total: bool,
    /// A part that the header names with 其中, in words that have no other meaning.
    pub(crate) of_which: bool,
}

impl Money {
    /// Narrows a key by the headers; none when nothing is left of it.
    pub(crate) fn narrow(&self, key: &Key) -> Option<Key> {
        let mut key = key.clone();
        self.filters.iter().for_each(|filter| filter.narrow(&mut key));
        (!key.is_empty()).then_some(key)
    }

    /// True when the headers name a fund, a kind or a category: more than a side or a total.
    pub(crate) fn is_specific(&self) -> bool {
        let narrows =
            |f: &Filter| f.funds.is_some() || f.kinds.is_some() || f.economic.is_some() || !f.details.is_none();
        self.filters.iter().any(narrows)
    }

    /// The movement that the headers name, if they name one.
    pub(crate) fn measures(&self) -> Option<Set<Measure>> {
        self.filters.iter().rev().find_map(|filter| filter.measures)
    }
}

impl<'t> Sheet<'t> {
    /// Sees a table; none when it has no header or no money in its columns.
    pub(crate) fn of(table: &'t Table, year: u16) -> Option<Sheet<'t>> {
        let first = (0..table.rows()).find(|row| !is_furniture(table, *row))?;
        let data = (first..table.rows()).find(|row| is_data(table, *row)).unwrap_or(table.rows());
        let header: Vec<u32> = (first..data).filter(|row| !is_numbering(table, *row)).collect();
        let columns: Vec<Column> = (0..table.columns()).map(|c| column(table, &header, c, data, year)).collect();
        let rows = (data..table.rows()).filter(|row| !is_numbering(table, *row) && !is_note_row(table, *row));
        let has_money = columns.iter().any(|column| matches!(column.holds, Holds::Money(_)));
        (!header.is_empty() && has_money).then(|| Sheet { table, furniture: 0..first, data: rows.collect(), columns })
    }

    /// Sees a table that goes on from another and has no header of its own.
    pub(crate) fn going_on(table: &'t Table, columns: &[Column]) -> Option<Sheet<'t>> {
        let rows = (0..table.rows()).filter(|row| !is_numbering(table, *row) && !is_note_row(table, *row));
        let fits = columns.len() == table.columns() as usize;
        fits.then(|| Sheet { table, furniture: 0..0, data: rows.collect(), columns: columns.to_vec() })
    }

    /// The columns in groups: a stub and the money that follows it.
    pub(crate) fn blocks(&self) -> Vec<Vec<usize>> {
        let mut blocks: Vec<Vec<usize>> = Vec::new();
        let mut in_stub = false;
        for (i, column) in self.columns.iter().enumerate() {
            let stub = matches!(column.holds, Holds::Stub(kind) if kind != Stub::Government);
            if blocks.is_empty() || stub && !in_stub && self.has_money(&blocks[blocks.len() - 1]) {
                blocks.push(Vec::new());
            }
            in_stub = stub;
            if let Some(block) = blocks.last_mut() {
                block.push(i);
            }
        }
        blocks
    }

    fn has_money(&self, columns: &[usize]) -> bool {
        columns.iter().any(|i| matches!(self.columns[*i].holds, Holds::Money(_)))
    }
}

/// A title, the office, the unit, a table's number, one cell over the whole width, or nothing.
fn is_furniture(table: &Table, row: u32) -> bool {
    let texts = texts(table, row);
    let says = |text: &String| text.contains("单位:") || text.contains("部门:") || text.contains("编制:");
    let whole = table.columns() > 1 && table.row(row).any(|cell| cell.column_span == table.columns());
    texts.is_empty() || texts.iter().any(says) || whole && texts.len() == 1
}

/// A row of data: it prints a number or a code, or begins with the name of a row.
fn is_data(table: &Table, row: u32) -> bool {
    if is_numbering(table, row) {
        return false;
    }
    let own: Vec<String> = table.row(row).filter(|cell| cell.row == row).map(|cell| words::fold(&cell.text)).collect();
    let filled: Vec<&String> = own.iter().filter(|text| !text.is_empty()).collect();
    let Some(first) = filled.first() else { return false };
    let numeric = |text: &String| number::is_number(text) && !is_year(text);
    let blank_else = filled[1..].iter().all(|text| numeric(text) || is_dash(text));
    let total = rows::is_total(first) && blank_else;
    let listed = words::label_key(first).len() < first.len() && rows::is_known(first);
    filled.iter().any(|text| numeric(text)) || total || listed || filled.len() == 1 && rows::is_known(first)
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.starts_with("20")
}

fn is_dash(text: &str) -> bool {
    matches!(text, "-" | "--" | "—" | "——")
}

/// A header without the unit in brackets, and that unit: 预算数（单位：万元）.
fn without_unit(header: &str) -> (String, Option<Unit>) {
    const UNITS: [(&str, Unit); 4] =
        [("(单位:万元)", Unit::WanYuan), ("(万元)", Unit::WanYuan), ("(单位:元)", Unit::Yuan), ("(元)", Unit::Yuan)];
    let folded = words::fold(header);
    match UNITS.iter().find(|(words, _)| folded.contains(words)) {
        Some((words, unit)) => (folded.replace(words, ""), Some(*unit)),
        None => (folded, None),
    }
}

/// What a column holds, as the headers over it say.
fn column(table: &Table, header: &[u32], column: u32, first_data: u32, year: u16) -> Column {
    let printed = path(table, header, column);
    let mut money = Money::default();
    let (mut unit, mut unknown, mut holds) = (None, printed.is_empty(), None);
    for (i, text) in printed.iter().enumerate() {
        let lowest = i + 1 == printed.len();
        let (text, own_unit) = without_unit(text);
        unit = unit.or(own_unit);
        match vocabulary::column(&words::header_key(&text)).or_else(|| vocabulary::column(&without_brackets(&text))) {
            Some(vocabulary::Column::Stub(kind)) if lowest || !is_name(*kind) => holds = Some(Holds::Stub(*kind)),
            Some(vocabulary::Column::Text | vocabulary::Column::Rate | vocabulary::Column::Count) if lowest => {
                holds = Some(Holds::Other);
            }
            Some(vocabulary::Column::Money(filter)) => {
                // 其中：教育收费 under 事业收入 is a part of it, not the money of another fund.
                let apart = text.starts_with("其中") && money.filters.iter().any(|outer| are_apart(outer, filter));
                money.filters.push(if apart { part(&words::label_key(&text)) } else { filter.clone() });
                let named = filter.details.along(Aspect::Part).is_some() && text.starts_with("扣除");
                (money.of_which, money.total) = (money.of_which || apart || named, false);
            }
            Some(vocabulary::Column::Total) => money.total = true,
            Some(_) => {}
            None if text.starts_with("其中") => {
                money.filters.push(part(&words::label_key(&text)));
                (money.of_which, money.total) = (true, false);
            }
            None if is_bare_year(&text) => money.total = true,
            None => unknown = true,
        }
        money.filters.extend(back_to(&text, year));
    }
    let holds = holds.unwrap_or_else(|| match unknown {
        true if prints_money(table, column, first_data) => Holds::Unknown,
        true if printed.is_empty() => Holds::Stub(Stub::Name),
        true => Holds::Other,
        false => Holds::Money(money),
    });
    Column { path: printed, holds, unit }
}

/// Names may stand over money too: 项目 over its amounts. Codes and units never do.
fn is_name(kind: Stub) -> bool {
    matches!(kind, Stub::Name | Stub::Unit | Stub::Code | Stub::Government)
}

/// True when no money is of both.
fn are_apart(outer: &Filter, inner: &Filter) -> bool {
    outer.funds.zip(inner.funds).is_some_and(|(outer, inner)| outer.disjoint(inner))
}

fn part(name: &str) -> Filter {
    let details = mingzhang_model::detail::Details::none().with(Aspect::Part, name);
    Filter { details, ..Filter::default() }
}

/// The header without what stands in brackets behind it, as a key.
fn without_brackets(text: &str) -> String {
    let name = match (text.strip_suffix(')'), text.rfind('(')) {
        (Some(_), Some(open)) if open > 0 => &text[..open],
        _ => text,
    };
    words::header_key(name)
}

/// 2025年, and nothing more.
fn is_bare_year(text: &str) -> bool {
    words::year_in(text).is_some() && matches!(text.chars().nth(4), Some('年')) && text.chars().count() <= 6
}

/// A year before the document's own that a header names.
fn back_to(text: &str, year: u16) -> Option<Filter> {
    let named = words::year_in(text)?;
    (named < year && year - named <= 2).then(|| Filter { years_back: year - named, ..Filter::default() })
}

/// True when most of what a column prints under its header is money with decimals.
fn prints_money(table: &Table, column: u32, first_data: u32) -> bool {
    let own = (first_data..table.rows()).filter_map(|row| table.cell(row, column).filter(|cell| cell.row == row));
    let texts: Vec<String> = own.map(|cell| words::fold(&cell.text)).filter(|text| !text.is_empty()).collect();
    let money = texts.iter().filter(|text| number::is_number(text) && text.contains('.')).count();
    !texts.is_empty() && 2 * money > texts.len()
}
