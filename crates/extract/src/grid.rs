//! [`Grid`]: a table seen as a statutory table: furniture on top, a header, rows of data; and its
//! columns grouped into blocks, each a stub and the money columns that follow it.
//!
//! Nothing is taken by position: a column is what its header path says, and where the header ends is
//! told by the rows themselves. The row and column numbers (行次, 栏次) that some forms print are kept
//! aside, they are neither header nor data.

use crate::number;
use mingzhang_model::document::{Cell, Table};
use mingzhang_standard::form::TableForm;
use mingzhang_standard::{codes, words};
use std::ops::Range;

/// A table seen as a statutory table.
pub(crate) struct Grid<'t> {
    pub(crate) table: &'t Table,
    /// The rows above the header: a title, the office, the unit.
    pub(crate) furniture: Range<u32>,
    /// The rows of data, without rows of column numbers.
    pub(crate) data: Vec<u32>,
    /// The rows of column numbers.
    pub(crate) numbering: Vec<u32>,
    /// The columns, block by block.
    pub(crate) blocks: Vec<Block>,
}

/// Columns that share a stub.
#[derive(Debug, Default)]
pub(crate) struct Block {
    /// The columns that name a row.
    pub(crate) stub: Vec<StubColumn>,
    /// The columns that hold money.
    pub(crate) values: Vec<ValueColumn>,
}

/// A column that names a row.
#[derive(Debug)]
pub(crate) struct StubColumn {
    pub(crate) column: u32,
    pub(crate) role: Role,
}

/// What a stub column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    /// A name, or a code, or a part of a code.
    Name,
    /// The row's number.
    Ordinal,
}

/// A column that holds money.
#[derive(Debug)]
pub(crate) struct ValueColumn {
    pub(crate) column: u32,
    /// The folded headers over it, from the top.
    pub(crate) path: Vec<String>,
    /// The same as printed.
    pub(crate) printed: Vec<String>,
}

impl<'t> Grid<'t> {
    /// Sees a table as one of a form's tables; none when it has no header or nothing under it.
    pub(crate) fn of(table: &'t Table, form: &TableForm) -> Option<Grid<'t>> {
        let first_header = (0..table.rows()).find(|row| !is_furniture(table, *row, form))?;
        let rest = first_header..table.rows();
        let first_data = rest.clone().find(|row| is_data(table, *row, form)).unwrap_or(table.rows());
        let (numbering, data): (Vec<u32>, Vec<u32>) = rest
            .filter(|row| *row >= first_data || is_numbering(table, *row))
            .filter(|row| !is_note_row(table, *row))
            .partition(|row| is_numbering(table, *row));
        let header: Vec<u32> = (first_header..first_data).filter(|row| !numbering.contains(row)).collect();
        let blocks = blocks(table, &header);
        (!header.is_empty() && blocks.iter().any(|block| !block.values.is_empty())).then_some(Grid {
            table,
            furniture: 0..first_header,
            data,
            numbering,
            blocks,
        })
    }

    /// The money columns of every block, from left to right.
    pub(crate) fn values(&self) -> impl Iterator<Item = &ValueColumn> {
        self.blocks.iter().flat_map(|block| &block.values)
    }
}

/// The folded texts of a row's cells that are not blank.
pub(crate) fn texts(table: &Table, row: u32) -> Vec<String> {
    let own = table.row(row).filter(|cell| cell.row == row);
    own.map(|cell| words::label_key(&cell.text)).filter(|text| !text.is_empty()).collect()
}

/// A title, the office, the unit, or nothing: what stands above the header.
fn is_furniture(table: &Table, row: u32, form: &TableForm) -> bool {
    let texts = texts(table, row);
    let says =
        |text: &String| text.contains("单位:") || text.contains("部门:") || text == "部门" || is_table_number(text);
    let is_title = |line: &str| {
        let key = words::title_key(line);
        form.title_keys.iter().any(|title| key.ends_with(title.as_str()))
    };
    let titled = |cell: &Cell| cell.text.lines().any(is_title);
    texts.is_empty() || texts.iter().any(says) || table.row(row).any(titled)
}

/// 公开01表, 附表2, 表一.
fn is_table_number(text: &str) -> bool {
    let number = |text: &str| text.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十-".contains(c));
    let inner = text.strip_prefix("公开").or_else(|| text.strip_prefix("附")).unwrap_or(text);
    inner.strip_suffix('表').is_some_and(|rest| !rest.is_empty() && number(rest))
        || inner.strip_prefix('表').is_some_and(|rest| !rest.is_empty() && number(rest))
}

/// A row that holds nothing but a note to the table.
pub(crate) fn is_note_row(table: &Table, row: u32) -> bool {
    let mut words = table.row(row).map(|cell| cell.text.trim()).filter(|text| !text.is_empty());
    words.next().is_some_and(is_note) && words.next().is_none()
}

/// 注：, 说明：, 备注：
pub(crate) fn is_note(text: &str) -> bool {
    let folded = words::fold(text);
    ["注:", "注1", "备注:", "说明:"].iter().any(|mark| folded.starts_with(mark))
}

/// Column numbers: 栏次 1 2 3, or only 1 2 3.
pub(crate) fn is_numbering(table: &Table, row: u32) -> bool {
    let texts = texts(table, row);
    let numbers: Vec<u32> = texts.iter().filter_map(|text| text.parse().ok()).collect();
    // ** stands over names where the numbers of columns stand over amounts.
    let is_mark = |text: &&String| matches!(text.as_str(), "栏次" | "行次" | "**");
    let named = texts.iter().any(|text| is_mark(&text));
    let rest_is_words = texts.len() - numbers.len() - texts.iter().filter(is_mark).count();
    let runs_on = numbers.len() >= 3 && numbers[0] == 1 && numbers.windows(2).all(|w| w[1] == w[0] + 1);
    rest_is_words == 0 && (named && !numbers.is_empty() || runs_on)
}

/// A row of data: it holds a number or a code, or it is named as rows are.
fn is_data(table: &Table, row: u32, form: &TableForm) -> bool {
    if is_numbering(table, row) {
        return false;
    }
    let texts = texts(table, row);
    let Some(first) = texts.first() else { return false };
    let names_row = |text: &String| {
        form.blocks.iter().any(|block| {
            block.classes && codes::class_named(text).is_some() || block.rows.iter().any(|r| r.keys.contains(text))
        })
    };
    let is_total = (first.ends_with("合计") || first.ends_with("总计")) && texts[1..].iter().all(names_row);
    let own_cells = || table.row(row).filter(|cell| cell.row == row);
    let listed = own_cells().any(|cell| is_listed(&cell.text) && names_row(&words::label_key(&cell.text)));
    texts.iter().any(|text| number::is_number(text)) || is_total && starts_left(table, row) || listed
}

/// True for a name with a list number: 一、财政拨款收入.
fn is_listed(text: &str) -> bool {
    let folded = words::fold(text);
    folded.len() != words::label_key(text).len() && folded.starts_with(|c: char| !c.is_ascii_alphabetic())
}

/// True when the row's first cell that holds words is its leftmost.
fn starts_left(table: &Table, row: u32) -> bool {
    table.row(row).next().is_some_and(|cell| cell.row == row && !words::fold(&cell.text).is_empty())
}

/// Groups the columns by what the header says of them: a stub after money opens a new block.
fn blocks(table: &Table, header: &[u32]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for column in 0..table.columns() {
        let printed = path(table, header, column);
        let path: Vec<String> = printed.iter().map(|text| words::header_key(text)).collect();
        match stub_role(&path) {
            Some(role) => {
                if blocks.last().is_none_or(|block| !block.values.is_empty()) {
                    blocks.push(Block::default());
                }
                if let Some(block) = blocks.last_mut() {
                    block.stub.push(StubColumn { column, role });
                }
            }
            None => {
                if blocks.is_empty() {
                    blocks.push(Block::default());
                }
                if let Some(block) = blocks.last_mut() {
                    block.values.push(ValueColumn { column, path, printed });
                }
            }
        }
    }
    blocks
}

/// The headers over a column, from the top, each cell once, blanks left out.
pub(crate) fn path(table: &Table, header: &[u32], column: u32) -> Vec<String> {
    let mut path = Vec::new();
    let mut last: Option<(u32, u32)> = None;
    for row in header {
        let Some(cell) = table.cell(*row, column) else { continue };
        let corner = Some((cell.row, cell.column));
        if corner != last && !words::fold(&cell.text).is_empty() {
            path.push(cell.text.split_whitespace().collect::<String>());
        }
        last = corner;
    }
    path
}

/// What a column under these headers holds of a stub; `None` for money. Every header counts, not only
/// the lowest: some forms print the total's name in the last row of the header.
fn stub_role(path: &[String]) -> Option<Role> {
    path.iter().find_map(|header| match header.as_str() {
        "行次" | "序号" => Some(Role::Ordinal),
        name if is_stub_word(name) => Some(Role::Name),
        _ => None,
    })
}

/// True for a header over names or codes.
pub(crate) fn is_stub_word(folded: &str) -> bool {
    matches!(folded, "项目" | "类" | "款" | "项" | "栏次" | "编码" | "名称")
        || folded.contains("科目")
        || folded.contains("编码")
}
