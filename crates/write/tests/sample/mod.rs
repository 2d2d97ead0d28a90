//! A small disclosure of a made-up office, for the writers of every format: each kind of piece once, a table over
//! several pages, a wide one, an empty one, a long name.

#![allow(dead_code)]

use mingzhang_model::amount::{Amount, Figure, Unit};
use mingzhang_write::manuscript::*;

/// The disclosure.
pub(crate) fn manuscript() -> Manuscript {
    let mut pieces = vec![
        Piece::Cover(vec!["云麓区2025年部门预算".into(), "预算主管部门：云麓区档案馆".into(), "二〇二五年二月".into()]),
        Piece::Contents,
        heading(1, Some(1), "部门概况"),
        heading(2, Some(1), "主要职责"),
    ];
    let duties = ["收集和保管本区档案。", "开展档案编研，向社会提供查阅服务。", "完成区委、区政府交办的其他事项。"];
    pieces.extend((1..).zip(duties).map(|(ordinal, duty)| item(4, ordinal, duty)));
    pieces.push(heading(2, Some(2), "收支总体情况"));
    pieces.push(heading(3, Some(1), "收入预算"));
    pieces.push(Piece::Paragraph(Paragraph {
        style: Style::Body,
        item: None,
        runs: vec![
            plain("2025年收入预算"),
            Run { text: "1,034.00万元".into(), evidence: Some(0) },
            plain("，比2024年预算增加"),
            Run { text: "12.50万元".into(), evidence: Some(0) },
            plain(
                "，增长1.22%。主要原因是新馆投入使用，物业管理和设备运行支出相应增加，同时压减会议、差旅等一般性支出。",
            ),
        ],
    }));
    pieces.push(Piece::PageBreak);
    pieces.push(heading(1, Some(2), "部门预算表"));
    pieces.push(Piece::Grid(coded(60)));
    pieces.push(Piece::Grid(wide()));
    pieces.push(Piece::Grid(empty()));
    pieces.push(heading(1, Some(3), "名词解释"));
    pieces.push(item(2, 1, "财政拨款收入：指本年度从本级财政部门取得的财政预算资金。"));
    pieces.push(Piece::Paragraph(Paragraph::plain(Style::Right, "云麓区档案馆")));
    let part = |what: &str, amount: &str, entries: &[u64]| Part {
        what: what.into(),
        amount: amount.into(),
        entries: entries.to_vec(),
    };
    let evidence = vec![Evidence {
        what: "收入预算".into(),
        parts: vec![
            part("一般公共预算 2012604 档案馆 基本支出 30101 基本工资", "760.00万元", &[12, 13, 14, 40]),
            part("一般公共预算 2080505 养老保险 基本支出 30108", "274.00万元", &[15]),
        ],
    }];
    Manuscript {
        title: "云麓区档案馆2025年部门预算".into(), body: "云麓区档案馆".into(), pieces, evidence
    }
}

fn plain(text: &str) -> Run {
    Run { text: text.into(), evidence: None }
}

fn heading(level: u8, ordinal: Option<u32>, text: &str) -> Piece {
    Piece::Heading(Heading { level, ordinal, text: text.into(), listed: level < 3 })
}

fn item(level: u8, ordinal: u32, text: &str) -> Piece {
    Piece::Paragraph(Paragraph { style: Style::Body, item: Some((level, ordinal)), runs: vec![plain(text)] })
}

/// A cell of one row and column.
pub(crate) fn cell(row: u32, column: u32, text: &str, role: CellRole) -> GridCell {
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

fn span(row: u32, column: u32, row_span: u32, column_span: u32, text: &str) -> GridCell {
    GridCell { row_span, column_span, ..cell(row, column, text, CellRole::ColumnHead) }
}

fn money(row: u32, column: u32, yuan: i64, strong: bool) -> GridCell {
    let figure = Figure { amount: Amount(yuan * 100), unit: Unit::Yuan, decimals: 0 };
    let evidence = Some(0);
    let base = cell(row, column, &figure.to_string(), CellRole::Money);
    GridCell { figure: Some(figure), evidence, strong, ..base }
}

/// Three columns of codes, a name, three of money, under a header of three rows, and a total.
pub(crate) fn coded(rows: u32) -> Grid {
    let mut cells = vec![
        span(0, 0, 1, 4, "项目"),
        span(0, 4, 1, 3, "支出预算"),
        span(1, 0, 1, 3, "功能分类科目编码"),
        span(1, 3, 2, 1, "功能分类科目名称"),
        span(1, 4, 2, 1, "合计"),
        span(1, 5, 2, 1, "基本支出"),
        span(1, 6, 2, 1, "项目支出"),
        span(2, 0, 1, 1, "类"),
        span(2, 1, 1, 1, "款"),
        span(2, 2, 1, 1, "项"),
    ];
    for r in 0..rows {
        let (row, level) = (r + 3, (r % 3) as u8);
        let codes = ["201", if level > 0 { "26" } else { "" }, if level > 1 { "04" } else { "" }];
        cells.extend((0..).zip(codes).map(|(column, code)| cell(row, column, code, CellRole::Code)));
        let name = ["一般公共服务支出", "档案事务", "机关事业单位基本养老保险缴费支出（名称很长需要折行显示）"]
            [usize::from(level)];
        cells.push(cell(row, 3, name, CellRole::RowHead { indent: level }));
        let basic = 100_000 + i64::from(r) * 1_234;
        cells.push(money(row, 4, basic, false));
        cells.push(money(row, 5, basic, false));
        cells.push(cell(row, 6, "", CellRole::Money));
    }
    let last = rows + 3;
    cells.push(GridCell { strong: true, column_span: 4, ..cell(last, 0, "合计", CellRole::ColumnHead) });
    cells.extend((4..7).map(|column| money(last, column, 84_281_400, true)));
    Grid {
        code: "B03".into(),
        title: "2025年部门支出预算总表".into(),
        outline: Some((4, Some(1))),
        number: None,
        slot: "编制部门：云麓区档案馆".into(),
        unit: "单位：元".into(),
        columns: 7,
        rows: last + 1,
        header_rows: 3,
        cells,
        notes: Vec::new(),
        landscape: false,
    }
}

/// Twelve columns of money in one row, under headers that span.
pub(crate) fn wide() -> Grid {
    let mut cells = Vec::new();
    for (half, title) in ["预算数", "决算数"].into_iter().enumerate() {
        let left = half as u32 * 6;
        cells.push(span(0, left, 1, 6, title));
        cells.push(span(1, left, 2, 1, "合计"));
        cells.push(span(1, left + 1, 2, 1, "因公出国（境）费"));
        cells.push(span(1, left + 2, 1, 3, "公务用车购置及运行维护费"));
        cells.push(span(2, left + 2, 1, 1, "小计"));
        cells.push(span(2, left + 3, 1, 1, "公务用车购置费"));
        cells.push(span(2, left + 4, 1, 1, "公务用车运行维护费"));
        cells.push(span(1, left + 5, 2, 1, "公务接待费"));
    }
    cells.extend((0..12).map(|column| money(3, column, 296_000, false)));
    Grid {
        code: "A07".into(),
        title: "财政拨款“三公”经费支出决算表".into(),
        outline: Some((4, Some(2))),
        number: Some("公开09表".into()),
        slot: "部门：云麓区档案馆".into(),
        unit: "单位：万元".into(),
        columns: 12,
        rows: 4,
        header_rows: 3,
        cells,
        notes: vec!["注：本表反映部门本年度“三公”经费支出预决算情况。".into()],
        landscape: true,
    }
}

/// A table without data, and the note that says so.
pub(crate) fn empty() -> Grid {
    let mut grid = coded(0);
    for cell in grid.cells.iter_mut().filter(|cell| cell.role == CellRole::Money) {
        (cell.text, cell.figure, cell.evidence) = (String::new(), None, None);
    }
    Grid {
        code: "B06".into(),
        title: "2025年部门政府性基金预算支出功能分类预算表".into(),
        outline: Some((4, Some(3))),
        notes: vec!["注：本部门2025年没有政府性基金预算收支，故本表为空表。".into()],
        ..grid
    }
}
