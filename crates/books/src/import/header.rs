//! Which table a sheet is, where its header stands, which column is which, and in what unit money is.

use super::column::{Is, Need};
use super::complaint::{Complaint, Complaints};
use super::table::{Table, table, tables};
use super::value::said;
use mingzhang_model::amount::Unit;
use mingzhang_model::sheet::{Cell, Sheet, column_name};
use mingzhang_standard::platform::{self, PlatformField};
use mingzhang_standard::words::{fold, label_key};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Titles and notes may stand above the header, which is one of so many rows.
const HEADER_WITHIN: usize = 10;

/// How many tables a complaint names that a sheet could be.
const LIKELY: usize = 3;

/// A sheet whose table and columns are known.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Its name.
    pub sheet: String,
    /// Which table it is.
    pub table: &'static Table,
    /// The row of its header, counted from 0.
    pub header: usize,
    /// Where each column of the table stands in the sheet.
    at: Vec<Option<usize>>,
    /// The unit of money of each.
    units: Vec<Unit>,
    /// The columns of the sheet with a header, by position.
    pub(super) headed: Vec<bool>,
}

impl Layout {
    /// Where a column stands in the sheet, from 0.
    pub fn place(&self, is: Is) -> Option<usize> {
        self.at[self.position(is)?]
    }

    pub(super) fn unit(&self, is: Is) -> Unit {
        self.position(is).map_or(Unit::Yuan, |position| self.units[position])
    }

    fn position(&self, is: Is) -> Option<usize> {
        self.table.columns.iter().position(|column| column.is == is)
    }

    /// The letter and the title of a column, as a complaint names them.
    pub fn named(&self, is: Is) -> Option<(String, String)> {
        let title = self.table.column(is)?.title.clone();
        Some((column_name(self.place(is)?), title))
    }
}

/// A row seen as the header of a table.
struct Seen {
    row: usize,
    at: Vec<Option<usize>>,
    units: Vec<Option<Unit>>,
    /// Columns that stand twice: the position in the sheet, the header.
    twice: Vec<(usize, String)>,
    /// Columns of the platform that the books do not need.
    aside: Vec<String>,
    /// Columns that nobody knows.
    unknown: Vec<(usize, String)>,
}

impl Seen {
    fn matched(&self) -> usize {
        self.at.iter().flatten().count()
    }
}

/// The positions of a table's columns by all names that they have, folded.
type Names = HashMap<String, usize>;

static NAMES: LazyLock<HashMap<&'static str, Names>> = LazyLock::new(|| {
    let names = |table: &'static Table| {
        let columns = table.columns.iter().enumerate();
        let names = columns.flat_map(|(position, column)| {
            let own = [column.word.as_str(), column.title.as_str()].into_iter().chain(column.aliases.iter().copied());
            own.map(move |name| (label_key(name).to_lowercase(), position)).collect::<Vec<_>>()
        });
        (table.id, names.collect())
    };
    tables().iter().map(names).collect()
});

static PLATFORM: LazyLock<HashMap<String, Vec<(usize, &'static PlatformField)>>> = LazyLock::new(|| {
    let mut known: HashMap<String, Vec<(usize, &PlatformField)>> = HashMap::new();
    for (rank, field) in platform::fields().iter().enumerate() {
        for name in field.other_names.iter().chain([&field.field, &field.name]).filter(|name| !name.is_empty()) {
            known.entry(label_key(name).to_lowercase()).or_default().push((rank, field));
        }
    }
    known
});

/// The sheet's table and columns; none for an empty sheet or one that is complained of.
pub(super) fn identify(sheet: &Sheet, complaints: &mut Complaints, notes: &mut Vec<String>) -> Option<Layout> {
    if sheet.rows.iter().flatten().all(Cell::is_empty) {
        return None;
    }
    let (table, seen) = match table(&sheet.name) {
        Some(table) => (table, best(sheet, table).or_else(|| no_header(sheet, table, complaints))?),
        None => recognised(sheet, complaints)?,
    };
    let mut sound = true;
    let mut fault = |row: usize, column: Option<(usize, &str)>, message: String| {
        sound = false;
        let column = column.map(|(column, title)| (column_name(column), title.to_owned()));
        complaints.push(Complaint { sheet: sheet.name.clone(), row: row + 1, column, message });
    };
    for row in other_headers(sheet, table, &seen) {
        let message = format!("第 {} 行和第 {} 行都像表头，请只留一行表头", seen.row + 1, row + 1);
        fault(row, None, message);
    }
    let missing = missing(table, &seen);
    if !missing.is_empty() {
        let message = format!("“{}”缺少栏目：{}；请按模板补上", table.title, missing.join("、"));
        fault(seen.row, None, message);
    }
    for (column, title) in &seen.twice {
        fault(seen.row, Some((*column, title)), "同一栏目出现两次，请只留一列".to_owned());
    }
    for (column, title) in &seen.unknown {
        let message = format!("“{}”没有这一栏，请删去该列或按模板改名", table.title);
        fault(seen.row, Some((*column, title)), message);
    }
    let units = match units(sheet, &seen) {
        Ok(units) => units,
        Err(message) => {
            fault(seen.row, None, message);
            return None;
        }
    };
    if !seen.aside.is_empty() {
        let (count, names) = (seen.aside.len(), seen.aside.join("、"));
        notes.push(format!("工作表“{}”有 {count} 栏不需要，已略过：{names}", sheet.name));
    }
    let width = sheet.rows.get(seen.row).map_or(0, Vec::len);
    let headed = (0..width).map(|column| !sheet.rows[seen.row][column].is_empty()).collect();
    sound.then(|| Layout { sheet: sheet.name.clone(), table, header: seen.row, at: seen.at, units, headed })
}

/// The row of the first ten that has the most of the table's columns.
fn best(sheet: &Sheet, table: &'static Table) -> Option<Seen> {
    let least = usize::min(2, table.shown().filter(|column| column.need == Need::Always).count());
    let rows = sheet.rows.iter().enumerate().take(HEADER_WITHIN);
    let seen = rows.map(|(row, cells)| see(row, cells, table)).filter(|seen| seen.matched() >= least);
    // The first of several that are equal.
    seen.reduce(|best, seen| if seen.matched() > best.matched() { seen } else { best })
}

fn other_headers(sheet: &Sheet, table: &'static Table, best: &Seen) -> Vec<usize> {
    let least = usize::max(2, best.matched() / 2 + 1);
    let rows = sheet.rows.iter().enumerate().take(HEADER_WITHIN).filter(|(row, _)| *row != best.row);
    rows.filter(|(row, cells)| see(*row, cells, table).matched() >= least).map(|(row, _)| row).collect()
}

fn see(row: usize, cells: &[Cell], table: &'static Table) -> Seen {
    let columns = table.columns.len();
    let mut seen = Seen {
        row,
        at: vec![None; columns],
        units: vec![None; columns],
        twice: Vec::new(),
        aside: Vec::new(),
        unknown: Vec::new(),
    };
    let mut foreign: Vec<(usize, usize, usize, String)> = Vec::new();
    let names = &NAMES[table.id];
    for (column, cell) in cells.iter().enumerate() {
        let Cell::Text(text) = cell else {
            if !cell.is_empty() {
                seen.unknown.push((column, cell.words()));
            }
            continue;
        };
        let key = label_key(text.trim_start_matches(['*', '＊'])).to_lowercase();
        let (plain, unit) = without_unit(&key);
        if let Some(position) = names.get(&key).or_else(|| names.get(plain)) {
            seen.units[*position] = unit;
            match seen.at[*position] {
                None => seen.at[*position] = Some(column),
                Some(_) => seen.twice.push((column, text.clone())),
            }
            continue;
        }
        let Some(fields) = PLATFORM.get(&key).or_else(|| PLATFORM.get(plain)) else {
            seen.unknown.push((column, text.clone()));
            continue;
        };
        let ours = fields.iter().find_map(|(rank, field)| Some((*rank, names.get(field.column(table.id)?)?)));
        match ours {
            Some((rank, position)) => foreign.push((rank, *position, column, text.clone())),
            None => seen.aside.push(text.clone()),
        }
    }
    // Our own titles come first, then the fields of the platform in the order of preference.
    foreign.sort();
    for (_, position, column, text) in foreign {
        match seen.at[position] {
            None => seen.at[position] = Some(column),
            Some(_) => seen.aside.push(text),
        }
    }
    seen
}

/// A header without the unit in brackets at its end.
fn without_unit(key: &str) -> (&str, Option<Unit>) {
    let units = [("(万元)", Unit::WanYuan), ("(亿元)", Unit::YiYuan), ("(元)", Unit::Yuan)];
    let found = units.into_iter().find_map(|(word, unit)| key.strip_suffix(word).map(|plain| (plain, Some(unit))));
    found.unwrap_or((key, None))
}

/// The titles of the columns that every row must have and that are not there.
fn missing(table: &'static Table, seen: &Seen) -> Vec<String> {
    let has = |is: Is| {
        let position = table.columns.iter().position(|column| column.is == is);
        position.is_some_and(|position| seen.at[position].is_some())
    };
    let needed = table.columns.iter().filter(|column| column.need == Need::Always && !has(column.is));
    let not_told_by_another = needed.filter(|column| match column.is {
        Is::Function => !has(Is::FunctionName),
        Is::Economic => !has(Is::EconomicName),
        Is::Unit => table.id == "units" || !has(Is::UnitName),
        _ => true,
    });
    not_told_by_another
        .map(|column| match column.is {
            Is::Fund if has(Is::FundCode) => {
                format!("{}（各地资金性质代码不一，请另加“资金性质名称”一列）", column.title)
            }
            _ => column.title.clone(),
        })
        .collect()
}

fn no_header(sheet: &Sheet, table: &'static Table, complaints: &mut Complaints) -> Option<Seen> {
    let titles: Vec<&str> =
        table.shown().filter(|column| column.need == Need::Always).map(|column| column.title.as_str()).collect();
    let message = format!("前 {HEADER_WITHIN} 行没有找到“{}”的表头，应有栏目：{}", table.title, titles.join("、"));
    complaints.push(Complaint { sheet: sheet.name.clone(), row: 0, column: None, message });
    None
}

/// The table of a sheet whose name says nothing.
fn recognised(sheet: &Sheet, complaints: &mut Complaints) -> Option<(&'static Table, Seen)> {
    let mut all: Vec<(&'static Table, Seen, Vec<String>)> = tables()
        .iter()
        .filter_map(|table| {
            let seen = best(sheet, table)?;
            let missing = missing(table, &seen);
            Some((table, seen, missing))
        })
        .collect();
    // What leaves the fewest columns missing first, then what has the most of them. A column that a table
    // does not know speaks against it as much as several that are missing: people leave columns out.
    let faults = |seen: &Seen, missing: &[String]| missing.len() + 4 * seen.unknown.len();
    all.sort_by_key(|(_, seen, missing)| (faults(seen, missing), std::cmp::Reverse(seen.matched()), seen.aside.len()));
    let rank = |(_, seen, missing): &(&Table, Seen, Vec<String>)| (faults(seen, missing), seen.matched());
    let is_clear = match all.as_slice() {
        [] => false,
        [one] => one.2.is_empty(),
        [first, second, ..] => first.2.is_empty() && rank(first) != rank(second),
    };
    if is_clear {
        let (table, seen, _) = all.swap_remove(0);
        return Some((table, seen));
    }
    let words: Vec<String> = all
        .iter()
        .take(LIKELY)
        .map(|(table, _, missing)| match missing.as_slice() {
            [] => format!("“{}”", table.title),
            missing => format!("“{}”（缺少：{}）", table.title, missing.join("、")),
        })
        .collect();
    let message = if words.is_empty() {
        "认不出是哪张表；请把工作表名改为表名，栏目按模板填写".to_owned()
    } else {
        format!("从工作表名认不出是哪张表，可能是{}；请把工作表名改为表名", words.join("、"))
    };
    complaints.push(Complaint { sheet: sheet.name.clone(), row: 0, column: None, message });
    None
}

/// The unit of money of each column: what the header says, else what a note above it says, else yuan.
fn units(sheet: &Sheet, seen: &Seen) -> Result<Vec<Unit>, String> {
    let mut noted: Option<Unit> = None;
    for cell in sheet.rows[..seen.row].iter().flatten() {
        let Cell::Text(text) = cell else { continue };
        for unit in noted_units(text)? {
            if noted.is_some_and(|noted| noted != unit) {
                return Err("表头上方写了两种金额单位，请只留一种".to_owned());
            }
            noted = Some(unit);
        }
    }
    for unit in seen.units.iter().flatten() {
        if noted.is_some_and(|noted| noted != *unit) {
            let noted = noted.map_or("", Unit::word);
            return Err(format!("表头上方写金额单位为{noted}，栏目里写{}，请改成一致", unit.word()));
        }
    }
    Ok(seen.units.iter().map(|unit| unit.or(noted).unwrap_or(Unit::Yuan)).collect())
}

/// The units of money that a note such as 金额单位：万元 names.
fn noted_units(text: &str) -> Result<Vec<Unit>, String> {
    let folded = fold(text);
    let mut units = Vec::new();
    for (at, word) in folded.match_indices("单位:") {
        let rest = &folded[at + word.len()..];
        let rest = rest.strip_prefix("人民币").unwrap_or(rest);
        let ends = |rest: &str| rest.chars().next().is_none_or(|next| !next.is_alphanumeric());
        let named =
            [("万元", Some(Unit::WanYuan)), ("亿元", Some(Unit::YiYuan)), ("元", Some(Unit::Yuan)), ("千元", None)];
        let found = named.into_iter().find(|(word, _)| rest.strip_prefix(word).is_some_and(ends));
        match found {
            Some((_, Some(unit))) => units.push(unit),
            Some((word, None)) => return Err(format!("金额单位“{}”不能用，请换成元或万元", said(word))),
            None => {}
        }
    }
    Ok(units)
}
