//! Made-up disclosures by the thousand: tables with codes or without, columns in groups of groups, one table or two
//! side by side, totals, running text between.

#![allow(dead_code)]

use mingzhang_model::amount::{Amount, Figure, Unit};
use mingzhang_write::manuscript::*;

/// Small numbers that are the same for the same seed.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `sides`.
    pub(crate) fn below(&mut self, sides: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 33) % u64::from(sides)) as u32
    }
}

const NAMES: [&str; 8] =
    ["基本工资", "行政运行", "档案事务", "住房公积金", "公务接待费", "办公费（含印刷）", "离休费", "其他支出"];
const HEADS: [&str; 10] = [
    "合计",
    "基本支出",
    "项目支出",
    "人员经费",
    "公用经费",
    "一般公共预算",
    "政府性基金",
    "小计",
    "上年结转",
    "其他收入",
];

/// A disclosure of a few paragraphs and tables.
pub(crate) fn manuscript(seed: u64) -> Manuscript {
    let dice = &mut Dice::new(seed + 1);
    let mut pieces = vec![Piece::Cover(vec!["云麓区2025年部门预算".into()]), Piece::Contents];
    for table in 0..1 + dice.below(3) {
        let ordinal = table + 1;
        pieces
            .push(Piece::Heading(Heading { level: 1, ordinal: Some(ordinal), text: "预算表".into(), listed: true }));
        for item in 0..dice.below(3) {
            pieces.push(Piece::Paragraph(Paragraph {
                item: Some((4, item + 1)),
                ..Paragraph::plain(Style::Body, format!("{}增加{}万元。", pick(dice, &NAMES), dice.below(900)))
            }));
        }
        let grid = if dice.below(4) == 0 { sides(dice) } else { form(dice) };
        pieces.push(Piece::Grid(Grid { outline: Some((4, Some(ordinal))), ..grid }));
    }
    Manuscript { title: "预算".into(), body: "云麓区档案馆".into(), pieces, evidence: Vec::new() }
}

fn pick(dice: &mut Dice, words: &[&str]) -> String {
    words[dice.below(words.len() as u32) as usize].to_owned()
}

fn cell(row: u32, column: u32, text: impl Into<String>, role: CellRole) -> GridCell {
    GridCell {
        row,
        column,
        row_span: 1,
        column_span: 1,
        text: text.into(),
        role,
        figure: None,
        evidence: None,
        strong: false,
    }
}

fn head(row: u32, column: u32, row_span: u32, column_span: u32, text: impl Into<String>) -> GridCell {
    GridCell { row_span, column_span, ..cell(row, column, text, CellRole::ColumnHead) }
}

fn money(dice: &mut Dice, row: u32, column: u32) -> GridCell {
    let amount = Amount(i64::from(dice.below(90_000_000)) - 100_000);
    let figure = Figure { amount, unit: Unit::WanYuan, decimals: 2 };
    GridCell { figure: Some(figure), ..cell(row, column, figure.to_string(), CellRole::Money) }
}

fn grid(columns: u32, rows: u32, header_rows: u32, cells: Vec<GridCell>) -> Grid {
    Grid {
        code: "B01".into(),
        title: "2025年部门收支预算总表".into(),
        outline: None,
        number: None,
        slot: "编制部门：云麓区档案馆".into(),
        unit: "单位：万元".into(),
        columns,
        rows,
        header_rows,
        cells,
        notes: vec!["注：本表反映部门收支情况。".into()],
        landscape: columns > 8,
    }
}

/// Codes, a name and groups of money columns.
fn form(dice: &mut Dice) -> Grid {
    let codes = [0, 1, 3][dice.below(3) as usize];
    let stub = codes + 1;
    let groups: Vec<Group> = (0..1 + dice.below(3)).map(|_| Group::thrown(dice)).collect();
    let columns = stub + groups.iter().map(|group| group.width).sum::<u32>();
    let stub_depth = [1, 2, 2, 3][codes as usize];
    let needed = groups.iter().map(Group::depth).max().unwrap_or(1).max(stub_depth);
    // Some headers end in a row in which every cell goes on from above.
    let depth = needed + u32::from(dice.below(5) == 0);
    let mut cells = stub_head(codes, depth);
    let mut column = stub;
    for (number, group) in groups.iter().enumerate() {
        group.head(dice, number, column, depth, &mut cells);
        column += group.width;
    }
    let body = 2 + dice.below(12);
    for row in depth..depth + body {
        let level = dice.below(3);
        let code = |at: u32| format!("{}", 10 + (row + at) % 80);
        cells.extend((0..codes).map(|at| {
            let blank = at > level && codes > 1;
            cell(row, at, if blank { String::new() } else { code(at) }, CellRole::Code)
        }));
        cells.push(cell(row, codes, pick(dice, &NAMES), CellRole::RowHead { indent: level as u8 }));
        for column in stub..columns {
            let blank = column > stub && dice.below(4) == 0;
            cells.push(if blank { cell(row, column, "", CellRole::Money) } else { money(dice, row, column) });
        }
    }
    let last = depth + body;
    cells.push(GridCell { strong: true, ..head(last, 0, 1, stub, "合计") });
    cells.extend((stub..columns).map(|column| money(dice, last, column)));
    grid(columns, last + 1, depth, cells)
}

/// The header over codes and names.
fn stub_head(codes: u32, depth: u32) -> Vec<GridCell> {
    let (over, below) = (head(0, 0, 1, codes + 1, "项目"), depth - 1);
    match codes {
        0 => vec![head(0, 0, depth, 1, "项目")],
        1 => vec![over, head(1, 0, below, 1, "科目编码"), head(1, 1, below, 1, "科目名称")],
        _ => {
            let short = (0..).zip(["类", "款", "项"]).map(|(column, text)| head(2, column, depth - 2, 1, text));
            [over, head(1, 0, 1, 3, "科目编码"), head(1, 3, below, 1, "科目名称")].into_iter().chain(short).collect()
        }
    }
}

/// Columns of money under one title; the first two may have one of their own.
struct Group {
    width: u32,
    inner: bool,
}

impl Group {
    fn thrown(dice: &mut Dice) -> Group {
        let width = 1 + dice.below(4);
        Group { width, inner: width > 2 && dice.below(2) == 0 }
    }

    fn depth(&self) -> u32 {
        1 + u32::from(self.width > 1) + u32::from(self.inner)
    }

    fn head(&self, dice: &mut Dice, number: usize, column: u32, depth: u32, cells: &mut Vec<GridCell>) {
        let title = format!("{}{}", pick(dice, &HEADS), number + 1);
        if self.width == 1 {
            return cells.push(head(0, column, depth, 1, title));
        }
        cells.push(head(0, column, 1, self.width, title));
        let inner = if self.inner { 2 } else { 0 };
        if self.inner {
            cells.push(head(1, column, 1, 2, format!("其中{number}")));
            cells.extend((0..2).map(|i| head(2, column + i, depth - 2, 1, format!("{}甲{i}", pick(dice, &HEADS)))));
        }
        let single = |i| head(1, column + i, depth - 1, 1, format!("{}乙{i}", pick(dice, &HEADS)));
        cells.extend((inner..self.width).map(single));
    }
}

/// Income at the left, expenditure at the right.
fn sides(dice: &mut Dice) -> Grid {
    let right = 1 + dice.below(3);
    let columns = 3 + right;
    let mut cells = vec![head(0, 0, 1, 2, "本年收入"), head(0, 2, 1, 1 + right, "本年支出")];
    cells.extend([head(1, 0, 1, 1, "项目"), head(1, 1, 1, 1, "预算数"), head(1, 2, 1, 1, "项目")]);
    cells.extend((0..right).map(|i| head(1, 3 + i, 1, 1, format!("预算数{i}"))));
    let body = 3 + dice.below(6);
    for row in 2..2 + body {
        cells.push(cell(row, 0, pick(dice, &NAMES), CellRole::RowHead { indent: 0 }));
        cells.push(money(dice, row, 1));
        cells.push(cell(row, 2, pick(dice, &NAMES), CellRole::RowHead { indent: 0 }));
        cells.extend((3..columns).map(|column| money(dice, row, column)));
    }
    grid(columns, 2 + body, 2, cells)
}
