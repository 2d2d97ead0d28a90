//! Tables of performance indicators: goals of a budget, and what came of them.
//!
//! No form prescribes them all; what a column holds is told by its header: 三级指标, 指标值, 权重 or
//! 分值, 得分. A table may hold several projects, and several tables may stand in one.

use crate::reading::performance::Points;
use mingzhang_model::document::{Block, Cell, Document, Table};
use mingzhang_model::locator::Locator;
use mingzhang_standard::words;

/// The indicators of one project, or of the whole.
pub(crate) struct Sheet<'d> {
    /// The nearest words over the table that name it.
    pub(crate) title: String,
    /// The project, where the table names it.
    pub(crate) project: Option<String>,
    pub(crate) columns: Columns,
    pub(crate) rows: Vec<Indicator<'d>>,
    /// The number of points that the header promises: 分值权重（90分）.
    pub(crate) declared: Option<Points>,
    /// The row of the total: its points and its score.
    pub(crate) total: Option<[Option<Mark<'d>>; 2]>,
    /// The row that says how much of the money was spent.
    pub(crate) execution: Option<Execution<'d>>,
    /// True when the table gives points to the rate of execution somewhere.
    pub(crate) names_execution: bool,
    /// True when a page break before or behind it may have cut it.
    pub(crate) cut: bool,
}

/// Which column holds what.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Columns {
    pub(crate) first: Option<u32>,
    pub(crate) second: Option<u32>,
    pub(crate) name: u32,
    pub(crate) sign: Option<u32>,
    pub(crate) target: Option<u32>,
    pub(crate) unit: Option<u32>,
    pub(crate) actual: Option<u32>,
    pub(crate) weight: Option<u32>,
    pub(crate) score: Option<u32>,
    project: Option<u32>,
}

/// An indicator: a row.
pub(crate) struct Indicator<'d> {
    pub(crate) name: &'d Cell,
    /// 产出指标, 效益指标
    pub(crate) first: String,
    /// 数量指标, 质量指标
    pub(crate) second: String,
    /// ≥, where it has a column of its own.
    pub(crate) sign: String,
    pub(crate) target: Option<&'d Cell>,
    pub(crate) unit: String,
    pub(crate) actual: Option<&'d Cell>,
    pub(crate) weight: Option<Mark<'d>>,
    pub(crate) score: Option<Mark<'d>>,
}

/// A number of points and the cell that prints it.
#[derive(Clone, Copy)]
pub(crate) struct Mark<'d> {
    pub(crate) points: Points,
    pub(crate) cell: &'d Cell,
}

/// The row of the money: budget, spent, points, score.
pub(crate) struct Execution<'d> {
    pub(crate) budget: Option<Mark<'d>>,
    pub(crate) spent: Option<Mark<'d>>,
    pub(crate) weight: Option<Mark<'d>>,
    pub(crate) score: Option<Mark<'d>>,
}

/// The points that the rate of execution takes where it has some.
const EXECUTION: Points = Points(1_000);

impl<'d> Sheet<'d> {
    /// Where a cell of it stands.
    pub(crate) fn locate(&self, cell: &Cell, row: Option<&Cell>) -> Locator {
        Locator {
            place: cell.place,
            table: Some(self.title.clone()),
            row: row.map(|row| flat(&row.text)),
            quote: Some(flat(&cell.text)),
            ..Locator::default()
        }
    }

    /// The weights, where every indicator has one that was read.
    pub(crate) fn weights(&self) -> Option<Vec<Mark<'d>>> {
        let marks: Option<Vec<Mark<'d>>> = self.rows.iter().map(|row| row.weight).collect();
        marks.filter(|marks| marks.len() >= 2)
    }

    /// What the weights may sum to: what the table itself says, or the full marks with or without those
    /// of the rate of execution.
    pub(crate) fn full_marks(&self, sum: Points) -> Vec<Points> {
        let without = |full: Points| Points(full.0 - EXECUTION.0);
        let own = self.execution.as_ref().and_then(|execution| execution.weight).map(|mark| mark.points);
        match (self.declared, own) {
            (Some(declared), _) if self.names_execution && declared == Points::FULL => {
                vec![without(declared), declared]
            }
            (Some(declared), _) => vec![declared],
            (None, Some(own)) => vec![Points(Points::FULL.0 - own.0), Points::FULL],
            // Fractions of one.
            (None, None) if sum.0 <= 200 => vec![Points(100)],
            (None, None) if self.names_execution => vec![without(Points::FULL), Points::FULL],
            (None, None) => vec![Points::FULL, without(Points::FULL)],
        }
    }

    /// True when the weights make up the full marks or, without weights, when output and effect are there.
    fn is_complete(&self) -> bool {
        let of_kind = |word: &str| self.rows.iter().any(|row| row.first.contains(word));
        self.weights().map_or_else(
            || of_kind("产出") && of_kind("效益"),
            |marks| {
                let sum = Points(marks.iter().map(|mark| mark.points.0).sum());
                self.full_marks(sum).contains(&sum)
            },
        )
    }

    /// True when it may be the rest of the sheet before: it names no project, or begins a page.
    fn may_go_on(&self, before: &Sheet<'_>) -> bool {
        let page = |row: Option<&Indicator<'_>>| row.and_then(|row| row.name.place.page);
        let begins_page = page(self.rows.first()) != page(before.rows.last());
        self.project.is_none() || self.columns.project.is_some() && before.columns.project.is_some() && begins_page
    }

    /// Takes in the rest of it.
    fn join(&mut self, rest: Self) {
        self.rows.extend(rest.rows);
        self.total = self.total.or(rest.total);
        self.names_execution |= rest.names_execution;
    }

    /// What tells its findings from those of another sheet.
    pub(crate) fn name(&self) -> String {
        match &self.project {
            Some(project) => project.clone(),
            None => self.title.clone(),
        }
    }
}

/// A text on one line.
pub(crate) fn flat(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Every sheet of indicators, in reading order.
pub(crate) fn sheets(document: &Document) -> Vec<Sheet<'_>> {
    let mut read = Vec::new();
    let mut title = String::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                let text = flat(&paragraph.text);
                if text.ends_with('表') && text.contains("绩效") {
                    title = text;
                }
            }
            Block::Table(table) => of_table(table, &title, &mut read),
        }
    }
    let mut sheets: Vec<Sheet<'_>> = Vec::new();
    for sheet in read {
        match sheets.last_mut() {
            // A page break cut it in two, and its header is repeated.
            Some(before) if sheet.may_go_on(before) && !before.is_complete() && !sheet.is_complete() => {
                before.join(sheet);
            }
            Some(before) if sheet.columns.project.is_some() && sheet.may_go_on(before) => {
                before.cut = true;
                sheets.push(Sheet { cut: true, ..sheet });
            }
            _ => sheets.push(sheet),
        }
    }
    sheets
}

fn of_table<'d>(table: &'d Table, title: &str, sheets: &mut Vec<Sheet<'d>>) {
    let headers: Vec<(u32, Columns)> = (0..table.rows()).filter_map(|row| Some((row, columns(table, row)?))).collect();
    let mut from = 0;
    for (i, (row, columns)) in headers.iter().enumerate() {
        let end = headers.get(i + 1).map_or(table.rows(), |(next, _)| top_of(table, *next));
        read(table, title, *columns, from..*row, *row..end, sheets);
        from = end;
    }
}

/// Where the project that a header belongs to begins: at the row that names it, if one does.
fn top_of(table: &Table, header: u32) -> u32 {
    let names = |row: &u32| table.row(*row).any(|cell| cell.row == *row && words::label_key(&cell.text) == "项目名称");
    (0..header).rev().take(15).find(names).unwrap_or(header)
}

/// The headers of a column of ≥ and ≤.
const SIGNS: [&str; 7] = ["指标值类型", "运算符号", "指标方向", "指标符号", "比较符号", "计算符号", "符号"];

/// The headers of the column of names.
const NAMES: [&str; 5] = ["三级指标", "指标名称", "三级指标名称", "绩效指标名称", "三级绩效指标"];

/// The columns of a header row; none for any other row.
fn columns(table: &Table, row: u32) -> Option<Columns> {
    // Few rows are headers, so the others are not looked at closely.
    if !table.row(row).any(|cell| cell.text.contains('指') && NAMES.contains(&words::fold(&cell.text).as_str())) {
        return None;
    }
    let cells: Vec<(&Cell, String)> =
        table.row(row).filter(|cell| cell.row == row).map(|cell| (cell, words::fold(&cell.text))).collect();
    let find = |fits: &dyn Fn(&str) -> bool| cells.iter().find(|(_, text)| fits(text)).map(|(cell, _)| cell.column);
    let is = |names: &'static [&'static str]| move |text: &str| names.contains(&text);
    let name = find(&is(&NAMES))?;
    let weight = |text: &str| {
        let named = text.contains("权重") || text.starts_with("分值") || text.starts_with("指标分值");
        named && !text.contains("得分") && !text.contains("执行")
    };
    let behind = |fits: &dyn Fn(&str) -> bool| {
        cells.iter().find(|(cell, text)| cell.column > name && fits(text)).map(|(cell, _)| cell.column)
    };
    let columns = Columns {
        first: find(&|text| text.starts_with("一级指标")),
        second: find(&|text| text.starts_with("二级指标")),
        name,
        sign: find(&|text| text.ends_with("指标性质") || SIGNS.contains(&text)),
        target: find(&|text| text.ends_with("指标值") && !text.contains("完成") || text.ends_with("目标值")),
        unit: find(&|text| {
            text.ends_with("计量单位") || text.ends_with("度量单位") || ["单位", "指标单位"].contains(&text)
        }),
        actual: find(&is(&[
            "实际完成值",
            "完成值",
            "全年完成值",
            "实际完成指标值",
            "全年实际值",
            "实际值",
            "完成情况",
        ])),
        // Some tables give points to every level: those behind the name are the indicator's.
        weight: behind(&weight).or_else(|| find(&weight)),
        score: find(&is(&["得分", "自评得分", "评价得分", "实际得分"])),
        project: find(&is(&["项目名称", "单位(项目)名称", "项目"])),
    };
    (columns.target.is_some() || columns.weight.is_some() || columns.score.is_some()).then_some(columns)
}

/// Reads the sheets under one header: one for each project.
fn read<'d>(
    table: &'d Table,
    title: &str,
    columns: Columns,
    above: std::ops::Range<u32>,
    body: std::ops::Range<u32>,
    sheets: &mut Vec<Sheet<'d>>,
) {
    let header = body.start;
    let declared = columns.weight.and_then(|column| table.cell(header, column)).and_then(|cell| declared(&cell.text));
    let text_of = |rows: std::ops::Range<u32>| -> String {
        rows.flat_map(|row| table.row(row)).map(|cell| words::fold(&cell.text)).collect()
    };
    let names_execution = text_of(above.clone()).contains("执行率");
    let project = above.clone().find_map(|row| named_project(table, row));
    let execution = above.clone().find_map(|row| execution(table, row));
    let sheet = |project: Option<String>| Sheet {
        title: title.to_string(),
        project,
        columns,
        rows: Vec::new(),
        declared,
        total: None,
        execution: None,
        names_execution,
        cut: false,
    };
    let mut open = Sheet { execution, ..sheet(project) };
    let mut owner: Option<(u32, u32)> = None;
    for row in body {
        if is_total(table, row, columns) {
            open.total = Some([mark(table, row, columns.weight), mark(table, row, columns.score)]);
            continue;
        }
        let Some(indicator) = indicator(table, row, columns, header) else { continue };
        let cell = columns.project.and_then(|column| table.cell(row, column));
        let at = cell.map(|cell| (cell.row, cell.column));
        if at.is_some() && owner.is_some() && at != owner && cell.is_some_and(|cell| !flat(&cell.text).is_empty()) {
            sheets.push(std::mem::replace(&mut open, sheet(None)));
        }
        if at.is_some() && (owner.is_none() || open.rows.is_empty()) {
            open.project = cell.map(|cell| flat(&cell.text));
        }
        owner = at.or(owner);
        open.rows.push(indicator);
    }
    if !open.rows.is_empty() {
        sheets.push(open);
    }
}

/// The number in the header of the weights: 分值权重（90分）, 分值（90）.
fn declared(header: &str) -> Option<Points> {
    let folded = words::fold(header);
    let digits: String = folded.chars().filter(|c| c.is_ascii_digit()).collect();
    Points::parse(&digits).filter(|points| points.0 >= 5_000 && points.0 <= 12_000)
}

/// The cell to the right of 项目名称.
fn named_project(table: &Table, row: u32) -> Option<String> {
    let label = table.row(row).find(|cell| words::label_key(&cell.text) == "项目名称")?;
    let value = table.cell(row, label.column + label.column_span)?;
    Some(flat(&value.text)).filter(|name| !name.is_empty())
}

/// 总分, 合计 before the points.
fn is_total(table: &Table, row: u32, columns: Columns) -> bool {
    let limit = columns.weight.or(columns.score).unwrap_or(columns.name);
    table.row(row).filter(|cell| cell.row == row && cell.column < limit).any(|cell| {
        let label = words::label_key(&cell.text);
        ["总分", "合计", "总计", "总得分", "得分合计"].contains(&label.as_str())
    })
}

fn indicator<'d>(table: &'d Table, row: u32, columns: Columns, header: u32) -> Option<Indicator<'d>> {
    let name = table.cell(row, columns.name).filter(|cell| cell.row == row && row > header)?;
    let head = table.cell(header, columns.name)?;
    let key = words::fold(&name.text);
    // A header of two rows, a header that the page repeats, a row that the form leaves open.
    if row < head.row + head.row_span || key.is_empty() || key == words::fold(&head.text) {
        return None;
    }
    let text = |column: Option<u32>| {
        column.and_then(|column| table.cell(row, column)).map(|cell| words::fold(&cell.text)).unwrap_or_default()
    };
    let own = |column: Option<u32>| column.and_then(|column| table.cell(row, column)).filter(|cell| cell.row == row);
    Some(Indicator {
        name,
        first: text(columns.first),
        second: text(columns.second),
        sign: text(columns.sign),
        target: own(columns.target),
        unit: text(columns.unit),
        actual: own(columns.actual),
        score: mark(table, row, columns.score),
        weight: mark(table, row, columns.weight),
    })
}

/// The points of a cell that begins in this row.
fn mark<'d>(table: &'d Table, row: u32, column: Option<u32>) -> Option<Mark<'d>> {
    let cell = table.cell(row, column?).filter(|cell| cell.row == row)?;
    points(&cell.text).map(|points| Mark { points, cell })
}

/// 10, 10分, 9.50, 20%.
pub(crate) fn points(text: &str) -> Option<Points> {
    let folded = words::fold(text);
    Points::parse(folded.trim_end_matches(['分', '%']).replace(',', "").as_str())
}

/// The row 年度资金总额 of a table that says how much was spent, with its points.
fn execution<'d>(table: &'d Table, row: u32) -> Option<Execution<'d>> {
    /// No table gives the rate of execution more points.
    const MOST: Points = Points(2_000);
    let label = table.row(row).find(|cell| words::label_key(&cell.text).contains("资金总额"))?;
    let heads = (0..row).rev().take(3).map(|above| heads(table, above)).find(|heads| {
        let says = |word: &str| heads.iter().any(|(_, text)| text.contains(word));
        says("执行率") && says("得分")
    })?;
    let values: Vec<&Cell> = table.row(row).filter(|cell| cell.column > label.column && !is_blank(cell)).collect();
    // A layout may shift the columns of the two rows against each other; their order stays.
    let ordered = values.len() == heads.len();
    let of = |names: &[&str]| {
        let at = heads.iter().position(|(_, text)| names.iter().any(|name| text.starts_with(name)))?;
        let in_column = || values.iter().find(|cell| cell.column == heads[at].0.column);
        let cell = if ordered { values.get(at) } else { in_column() }?;
        Some(Mark { points: points(&cell.text)?, cell })
    };
    let weight = of(&["分值", "权重"]).filter(|mark| mark.points <= MOST)?;
    Some(Execution {
        budget: of(&["全年预算数", "预算数"]),
        spent: of(&["全年执行数", "执行数"]),
        weight: Some(weight),
        score: of(&["得分"]),
    })
}

/// The headers of a row that are those of the money: budget, spent, points, rate, score.
fn heads(table: &Table, row: u32) -> Vec<(&Cell, String)> {
    const WORDS: [&str; 7] = ["年初预算", "全年预算", "全年执行", "预算数", "执行数", "分值", "权重"];
    let is_head = |text: &str| {
        WORDS.iter().any(|word| text.starts_with(word)) || text.starts_with("执行率") || text.starts_with("得分")
    };
    let cells = table.row(row).filter(|cell| cell.row == row).map(|cell| (cell, words::fold(&cell.text)));
    cells.filter(|(_, text)| is_head(text)).collect()
}

fn is_blank(cell: &Cell) -> bool {
    cell.text.trim().is_empty()
}
