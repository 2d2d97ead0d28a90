//! Manuscripts that no one would think of: the pieces, sizes and texts are drawn by a generator from a seed.

use crate::sample::cell;
use mingzhang_write::manuscript::*;

/// A generator of numbers: the same seed, the same numbers.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(limit)) as u32
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len() as u32) as usize]
    }
}

/// The manuscript of a seed.
pub(crate) fn manuscript(seed: u64) -> Manuscript {
    let mut draw = Draw(seed.wrapping_mul(977).wrapping_add(1));
    draw.below(2);
    let mut pieces = Vec::new();
    if draw.below(2) == 0 {
        pieces.push(Piece::Cover(vec![format!("第{seed}号部门预算"), "二〇二五年".into()]));
        pieces.push(Piece::Contents);
    }
    let count = 3 + draw.below(9);
    for number in 1..=count {
        match draw.below(6) {
            0 => pieces.push(Piece::Heading(heading(&mut draw, number))),
            1..=3 => (0..1 + draw.below(3)).for_each(|_| pieces.push(Piece::Paragraph(paragraph(&mut draw)))),
            _ => pieces.push(Piece::Grid(grid(&mut draw, number))),
        }
    }
    Manuscript { title: format!("样本{seed}"), body: "云麓区档案馆".into(), pieces, evidence: Vec::new() }
}

fn heading(draw: &mut Draw, number: u32) -> Heading {
    let level = 1 + draw.below(5) as u8;
    let text = format!("关于{}情况的说明", words(draw, 2));
    Heading { level, ordinal: (draw.below(3) > 0).then_some(number), text, listed: draw.below(2) == 0 }
}

/// Running text, of one line or of many.
fn paragraph(draw: &mut Draw) -> Paragraph {
    let mut text = String::new();
    for _ in 0..1 + draw.below(17) {
        text.push_str(&words(draw, 3));
        match draw.below(6) {
            0 => text.push_str(&amount(draw)),
            1 => text.push_str(&format!("{}.{:02}%", draw.below(100), draw.below(100))),
            2 => text.push_str(&format!("（{}）", words(draw, 1))),
            3 => text.push_str(&format!("“{}”", words(draw, 1))),
            4 => text.push_str(draw.one(&["（一）", "一是", "2.其他", "第三部分", "、", "》"])),
            _ => {}
        }
        text.push_str(draw.one(&["，", "。", "；", "：", ""]));
    }
    text.push('。');
    Paragraph::plain(Style::Body, text)
}

fn words(draw: &mut Draw, most: u32) -> String {
    const WORDS: [&str; 12] = [
        "一般公共服务支出",
        "机关运行",
        "档案",
        "社会保障和就业",
        "费",
        "物业管理",
        "住房公积金",
        "的",
        "政府采购",
        "“三公”经费",
        "本年收入",
        "增加",
    ];
    (0..1 + draw.below(most)).map(|_| draw.one(&WORDS)).collect()
}

fn amount(draw: &mut Draw) -> String {
    let thousands = draw.below(1000);
    format!("{thousands},{:03}.{:02}万元", draw.below(1000), draw.below(100))
}

fn grid(draw: &mut Draw, number: u32) -> Grid {
    let columns = 2 + draw.below(9);
    let rows = 1 + draw.below(60) * draw.below(3);
    let mut cells = header(draw, columns);
    let header_rows = 2;
    for row in header_rows..header_rows + rows {
        // Each row differs from each other: a reader could not tell a first row from a header printed again.
        let name = format!("{}{row}", words(draw, 6));
        cells.push(cell(row, 0, &name, CellRole::RowHead { indent: draw.below(3) as u8 }));
        for column in 1..columns {
            let text = if draw.below(5) == 0 { String::new() } else { amount(draw).replace("万元", "") };
            cells.push(GridCell { strong: draw.below(9) == 0, ..cell(row, column, &text, CellRole::Money) });
        }
    }
    span_names(draw, &mut cells, header_rows, rows);
    Grid {
        code: "B01".into(),
        title: format!("表{number}：{}情况表", words(draw, 3)),
        outline: (draw.below(2) == 0).then_some((4, Some(number))),
        number: (draw.below(2) == 0).then(|| format!("公开{number:02}表")),
        slot: "编制部门：云麓区档案馆".into(),
        unit: "单位：万元".into(),
        columns,
        rows: header_rows + rows,
        header_rows,
        cells,
        notes: (0..draw.below(3)).map(|i| format!("注{number}-{}：{}。", i + 1, words(draw, 20))).collect(),
        landscape: draw.below(8) == 0,
    }
}

/// Two header rows: the first column's title spans both, the others stand under titles of up to three columns.
fn header(draw: &mut Draw, columns: u32) -> Vec<GridCell> {
    let mut cells = vec![GridCell { row_span: 2, ..cell(0, 0, "项目", CellRole::ColumnHead) }];
    let mut column = 1;
    while column < columns {
        let span = (1 + draw.below(3)).min(columns - column);
        let title = words(draw, 2);
        cells.push(GridCell { column_span: span, ..cell(0, column, &title, CellRole::ColumnHead) });
        for under in column..column + span {
            cells.push(cell(1, under, &words(draw, 2), CellRole::ColumnHead));
        }
        column += span;
    }
    cells
}

/// Some names span the row below theirs.
fn span_names(draw: &mut Draw, cells: &mut Vec<GridCell>, from: u32, rows: u32) {
    let mut row = from;
    while row + 1 < from + rows {
        if draw.below(6) == 0 {
            cells.retain(|cell| cell.row != row + 1 || cell.column != 0);
            if let Some(name) = cells.iter_mut().find(|cell| cell.row == row && cell.column == 0) {
                name.row_span = 2;
            }
            row += 1;
        }
        row += 1;
    }
}
