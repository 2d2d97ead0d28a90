//! Bytes to words of the field: a fuzzer that has to find 公务接待费 letter by letter finds nothing.
//!
//! Each byte picks a word, a figure or a mark; what it picks is fixed, so a seed stays what it is.

use mingzhang_model::document::{Block, Cell, Document, Format, Line, Page, Paragraph, Place, Table};

/// The words that sentences and tables are made of. New ones go to the end of their list.
const WORDS: [&str; 128] = [
    "收入",
    "支出",
    "预算",
    "决算",
    "本年",
    "上年",
    "年初",
    "合计",
    "总计",
    "其中",
    "一般公共预算",
    "政府性基金预算",
    "国有资本经营预算",
    "财政拨款",
    "基本支出",
    "项目支出",
    "人员经费",
    "公用经费",
    "“三公”经费",
    "公务接待费",
    "因公出国（境）费",
    "公务用车购置及运行费",
    "公务用车购置费",
    "公务用车运行维护费",
    "会议费",
    "培训费",
    "机关运行经费",
    "政府采购",
    "货物",
    "工程",
    "服务",
    "中小企业",
    "小微企业",
    "占",
    "比上年",
    "增加",
    "减少",
    "下降",
    "增长",
    "持平",
    "主要原因是",
    "主要用于",
    "完成预算的",
    "结转",
    "结余",
    "年末",
    "教育支出",
    "科学技术支出",
    "社会保障和就业支出",
    "卫生健康支出",
    "住房保障支出",
    "一般公共服务支出",
    "行政运行",
    "事业运行",
    "工资福利支出",
    "商品和服务支出",
    "对个人和家庭的补助",
    "资本性支出",
    "国内",
    "批次",
    "人次",
    "辆",
    "台（套）",
    "万元",
    "元",
    "%",
    "个百分点",
    "，",
    "。",
    "；",
    "、",
    "：",
    "（",
    "）",
    "《",
    "》",
    "一、",
    "二、",
    "三、",
    "（一）",
    "（二）",
    "1.",
    "2.",
    "第一部分",
    "第二部分",
    "目录",
    "名词解释",
    "收支总表",
    "收入总表",
    "支出总表",
    "财政拨款收支总表",
    "无",
    "没有",
    "为",
    "2024年",
    "2025年",
    "2023年",
    "度",
    "部门",
    "单位",
    "局",
    "公开",
    "说明",
    "情况",
    "单位：万元",
    "单位：元",
    "金额",
    "项目",
    "科目编码",
    "科目名称",
    "功能分类",
    "经济分类",
    "小计",
    "201",
    "2010101",
    "20805",
    "301",
    "30101",
    "绩效目标",
    "指标值",
    "权重",
    "与",
    "共",
    "净",
    "含",
    "-",
    "—",
    "年",
];

/// The figures, by their digits and decimals.
const FIGURES: [&str; 32] = [
    "0",
    "0.00",
    "1",
    "1.00",
    "12.30",
    "100",
    "100.00",
    "1,234.56",
    "1234.56",
    "99999.99",
    "0.01",
    "-3.20",
    "50.5",
    "33.33",
    "66.67",
    "7.5",
    "20",
    "3",
    "326.72",
    "326.715",
    "10000",
    "999999999999999999",
    "0.000001",
    "1,2,3",
    "１２",
    "十二",
    "百分之五",
    "2.",
    ".5",
    "1e9",
    "+4",
    "(5.00)",
];

/// The text that bytes stand for: below 128 a word, below 160 a figure, others a digit, a mark or the end of a line.
pub fn text(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| word(*byte)).collect()
}

fn word(byte: u8) -> &'static str {
    const MARKS: [&str; 16] = ["\n", " ", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", ".", ",", "\t", "\n"];
    match byte {
        0..128 => WORDS[byte as usize],
        128..160 => FIGURES[byte as usize - 128],
        _ => MARKS[byte as usize % MARKS.len()],
    }
}

/// A document of paragraphs and tables: a line of text is a paragraph, and lines with tabs that follow each other are a
/// table. A cell whose text is `^` or `<` belongs to the one above or to the left, where that can be.
pub fn document(text: &str) -> Document {
    let mut blocks = Vec::new();
    let mut rows: Vec<(u32, Vec<&str>)> = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let number = i as u32 + 1;
        if line.contains('\t') {
            rows.push((number, line.split('\t').take(12).collect()));
            continue;
        }
        blocks.extend(table(&std::mem::take(&mut rows)));
        if !line.trim().is_empty() {
            let place = Place { line: Some(number), ..Place::default() };
            let lines = vec![Line { start: 0, place, edges: Vec::new() }];
            blocks.push(Block::Paragraph(Paragraph { text: line.trim().to_owned(), lines }));
        }
    }
    blocks.extend(table(&rows));
    let mut document = Document { format: Format::Text, pages: Vec::new(), blocks, notes: Vec::new() };
    let characters = crate::characters(&document) as u32;
    document.pages.push(Page { number: 1, characters, ..Page::default() });
    document
}

fn table(rows: &[(u32, Vec<&str>)]) -> Option<Block> {
    let columns = rows.iter().map(|(_, cells)| cells.len()).max()?;
    let mut cells: Vec<Cell> = Vec::new();
    for (row, (line, texts)) in rows.iter().enumerate() {
        let mut column = 0;
        while column < columns {
            let mut end = column + 1;
            while texts.get(end) == Some(&"<") {
                end += 1;
            }
            let place = Place { line: Some(*line), ..Place::default() };
            let (row_span, column_span) = (1, (end - column) as u32);
            let text = texts.get(column).copied().unwrap_or_default().trim().to_owned();
            cells.push(Cell { row: row as u32, column: column as u32, row_span, column_span, text, place });
            column = end;
        }
    }
    Table::tiled(rows.len() as u32, columns as u32, cells).ok().map(Block::Table)
}
