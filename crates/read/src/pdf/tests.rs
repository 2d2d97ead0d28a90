//! Tables from drawn geometry: rules and words put on a page by hand, without any file around them.

use super::sheet::{Glyph, Rule, Sheet, Turn};
use super::{flow, page};
use mingzhang_model::document::{Block, Note, Table};

/// The size of all type here.
const EM: f32 = 10.0;

/// A page of 600 by 800 points.
fn sheet() -> Sheet {
    Sheet { width: 600.0, height: 800.0, ..Sheet::default() }
}

/// Prints a word from its left edge and the top of its letters; digits are half as wide as the rest.
fn print(sheet: &mut Sheet, x: f32, top: f32, word: &str) {
    let mut x0 = x;
    for (i, char) in word.chars().enumerate() {
        let x1 = x0 + if char.is_ascii() { EM / 2.0 } else { EM };
        let (turn, bottom) = (Turn::Upright, top + EM);
        let seen = ((x0 + x1) / 2.0, (top + bottom) / 2.0);
        sheet.glyphs.push(Glyph { x0, x1, top, bottom, char, spaced: false, starts: i == 0, turn, seen });
        x0 = x1;
    }
}

fn across(sheet: &mut Sheet, at: f32, from: f32, to: f32) {
    sheet.across.push(Rule { at, from, to });
}

fn down(sheet: &mut Sheet, at: f32, from: f32, to: f32) {
    sheet.down.push(Rule { at, from, to });
}

/// Rules all edges of a table and prints its cells, row by row.
fn ruled(sheet: &mut Sheet, xs: &[f32], ys: &[f32], rows: &[&[&str]]) {
    for &y in ys {
        across(sheet, y, xs[0], xs[xs.len() - 1]);
    }
    for &x in xs {
        down(sheet, x, ys[0], ys[ys.len() - 1]);
    }
    words(sheet, xs, ys, rows);
}

/// Prints the cells of a table, row by row.
fn words(sheet: &mut Sheet, xs: &[f32], ys: &[f32], rows: &[&[&str]]) {
    for (words, y) in rows.iter().zip(ys) {
        for (word, x) in words.iter().zip(xs) {
            print(sheet, x + 3.0, y + 5.0, word);
        }
    }
}

struct Seen {
    tables: Vec<Table>,
    paragraphs: Vec<String>,
    repeated: u32,
    notes: Vec<Note>,
}

fn seen(sheets: Vec<Sheet>) -> Seen {
    let mut notes = Vec::new();
    let mut leaves = Vec::new();
    for (i, mut sheet) in sheets.into_iter().enumerate() {
        leaves.push(page::leaf(i as u32 + 1, &mut sheet, &mut notes));
    }
    let (blocks, repeated) = flow::blocks(leaves, &mut notes);
    let (mut tables, mut paragraphs) = (Vec::new(), Vec::new());
    for block in blocks {
        match block {
            Block::Table(table) => tables.push(table),
            Block::Paragraph(paragraph) => paragraphs.push(paragraph.text),
        }
    }
    Seen { tables, paragraphs, repeated, notes }
}

fn texts(table: &Table) -> Vec<Vec<&str>> {
    (0..table.rows()).map(|row| table.row(row).map(|cell| cell.text.as_str()).collect()).collect()
}

const XS: [f32; 4] = [50.0, 150.0, 250.0, 350.0];
const YS: [f32; 3] = [100.0, 120.0, 140.0];
const HEAD: &[&str] = &["项目", "预算数", "决算数"];

#[test]
fn a_ruled_table_is_its_cells() {
    let mut page = sheet();
    ruled(&mut page, &XS, &YS, &[HEAD, &["合计", "1.00", "2.00"]]);
    let seen = seen(vec![page]);
    assert_eq!(texts(&seen.tables[0]), [["项目", "预算数", "决算数"], ["合计", "1.00", "2.00"]]);
    assert!(seen.paragraphs.is_empty() && seen.notes.is_empty());
}

#[test]
fn where_no_rule_divides_cells_they_are_one() {
    let mut page = sheet();
    // The first column is one cell over both rows, and the first row one cell over the last two columns.
    for (y, from) in [(100.0, 50.0), (120.0, 150.0), (140.0, 50.0)] {
        across(&mut page, y, from, 350.0);
    }
    for (x, from) in [(50.0, 100.0), (150.0, 100.0), (250.0, 120.0), (350.0, 100.0)] {
        down(&mut page, x, from, 140.0);
    }
    words(&mut page, &XS, &YS, &[&["项目", "决算数"], &["", "基本支出", "项目支出"]]);
    let table = &seen(vec![page]).tables[0];
    let spans = |row, column| table.cell(row, column).map(|c| (c.row_span, c.column_span, c.text.as_str()));
    assert_eq!(spans(1, 0), Some((2, 1, "项目")));
    assert_eq!(spans(0, 2), Some((1, 2, "决算数")));
    assert_eq!(spans(1, 2), Some((1, 1, "项目支出")));
}

#[test]
fn outer_edges_that_are_not_drawn_are_found() {
    let mut page = sheet();
    for y in YS {
        across(&mut page, y, 50.0, 350.0);
    }
    down(&mut page, 150.0, 100.0, 140.0);
    down(&mut page, 250.0, 100.0, 140.0);
    words(&mut page, &XS, &YS, &[HEAD, &["合计", "1.00", "2.00"]]);
    let seen = seen(vec![page]);
    assert_eq!(texts(&seen.tables[0])[1], ["合计", "1.00", "2.00"]);
    assert_eq!(seen.tables[0].columns(), 3);
}

#[test]
fn a_line_that_its_row_cuts_off_stays_in_its_row() {
    let mut page = sheet();
    ruled(&mut page, &XS, &YS, &[HEAD, &["合计", "1.00", "2.00"]]);
    let first = page.glyphs.len();
    print(&mut page, 53.0, 117.0, "二行");
    page.glyphs[first..].iter_mut().for_each(|glyph| glyph.seen.1 = 118.5);
    let seen = seen(vec![page]);
    assert_eq!(texts(&seen.tables[0])[0][0], "项目\n二行");
}

#[test]
fn a_lone_rule_beside_a_table_closes_its_outer_column() {
    let mut page = sheet();
    ruled(&mut page, &[150.0, 250.0, 350.0], &YS, &[&["预算数", "决算数"], &["1.00", "2.00"]]);
    down(&mut page, 50.0, 100.0, 140.0);
    print(&mut page, 53.0, 110.0, "项目");
    let seen = seen(vec![page]);
    assert_eq!(texts(&seen.tables[0])[0], ["项目", "预算数", "决算数"]);
    assert_eq!(seen.tables[0].cell(1, 0).unwrap().row_span, 2);
}

#[test]
fn broken_doubled_and_slightly_shifted_rules_are_one_line() {
    let mut page = sheet();
    for y in YS {
        for (i, pair) in XS.windows(2).enumerate() {
            across(&mut page, y + 0.4 * i as f32, pair[0] + 1.0, pair[1] - 1.0);
        }
        across(&mut page, y + 1.8, 50.0, 350.0);
    }
    for x in XS {
        down(&mut page, x, 99.0, 121.0);
        down(&mut page, x + 0.7, 122.0, 141.0);
    }
    words(&mut page, &XS, &YS, &[HEAD, &["合计", "1.00", "2.00"]]);
    let seen = seen(vec![page]);
    assert_eq!(texts(&seen.tables[0]), [["项目", "预算数", "决算数"], ["合计", "1.00", "2.00"]]);
}

#[test]
fn a_number_too_wide_for_its_cell_stays_one_number() {
    let mut page = sheet();
    ruled(&mut page, &[50.0, 90.0, 130.0], &[100.0, 120.0, 140.0], &[&["甲", "乙"], &["", "5.00"]]);
    print(&mut page, 40.0, 125.0, "1,234,567.89");
    let table = &seen(vec![page]).tables[0];
    assert_eq!(table.cell(1, 0).unwrap().text, "1,234,567.89");
    assert_eq!(table.cell(1, 1).unwrap().text, "5.00");
}

#[test]
fn a_frame_around_one_text_is_no_table() {
    let mut page = sheet();
    ruled(&mut page, &[50.0, 150.0, 250.0], &[100.0, 120.0], &[&["说明"]]);
    let seen = seen(vec![page]);
    assert!(seen.tables.is_empty());
    assert_eq!(seen.paragraphs, ["说明"]);
}

fn two_pages(title: Option<&str>, xs: &[f32], rows: &[&[&str]]) -> Seen {
    let (mut first, mut next) = (sheet(), sheet());
    print(&mut first, 100.0, 60.0, "收入决算表");
    ruled(&mut first, &XS, &YS, &[HEAD, &["甲", "1.00", "2.00"]]);
    if let Some(title) = title {
        print(&mut next, 100.0, 60.0, title);
    }
    let ys: Vec<f32> = (0..=rows.len()).map(|i| 100.0 + 20.0 * i as f32).collect();
    ruled(&mut next, xs, &ys, rows);
    seen(vec![first, next])
}

#[test]
fn a_table_goes_on_and_its_repeated_header_is_dropped_and_counted() {
    let seen = two_pages(None, &XS, &[HEAD, &["乙", "3.00", "4.00"]]);
    assert_eq!(texts(&seen.tables[0])[2], ["乙", "3.00", "4.00"]);
    assert_eq!((seen.tables.len(), seen.tables[0].rows(), seen.repeated), (1, 3, 8));
    assert_eq!(seen.tables[0].parts[1].first_row, 2);
}

#[test]
fn rows_below_a_repeated_header_stay_though_they_equal_the_first_rows() {
    let rows = [["甲", "1.00", "2.00"], ["甲", "0", "0"], ["甲", "", ""], ["", "", ""], ["甲", "—", "—"]];
    for (first, numbers) in rows.iter().flat_map(|row| [(row, ["栏次", "1", "2"]), (row, ["栏次", "1=2", "2"])]) {
        let page = || {
            let mut page = sheet();
            let ys = [100.0, 120.0, 140.0, 160.0, 180.0];
            ruled(&mut page, &XS, &ys, &[HEAD, &numbers, first, first]);
            page
        };
        let seen = seen(vec![page(), page()]);
        assert_eq!((seen.tables.len(), seen.tables[0].rows()), (1, 6), "{first:?} below {numbers:?}");
        assert_eq!(texts(&seen.tables[0])[1..], [&numbers, first, first, first, first]);
        assert_eq!(seen.repeated as usize, [HEAD, &numbers].concat().concat().chars().count());
    }
}

#[test]
fn a_table_goes_on_without_a_header_and_on_a_page_with_another_margin() {
    let shifted = XS.map(|x| x + 30.0);
    let seen = two_pages(None, &shifted, &[&["乙", "3.00", "4.00"]]);
    assert_eq!((seen.tables.len(), seen.tables[0].rows(), seen.repeated), (1, 3, 0));
}

#[test]
fn a_page_with_the_row_of_totals_only_goes_on_though_it_has_fewer_edges() {
    let seen = two_pages(None, &[50.0, 250.0, 350.0], &[&["合计", "7.00"]]);
    let table = &seen.tables[0];
    assert_eq!((seen.tables.len(), table.columns()), (1, 3));
    let total = table.cell(2, 1).unwrap();
    assert_eq!((total.text.as_str(), total.column_span), ("合计", 2));
    assert_eq!(table.cell(2, 2).unwrap().text, "7.00");
}

#[test]
fn a_table_under_another_title_or_with_other_edges_is_another_table() {
    assert_eq!(two_pages(Some("支出决算表"), &XS, &[HEAD, &["乙", "3.00", "4.00"]]).tables.len(), 2);
    assert_eq!(two_pages(None, &[50.0, 200.0, 350.0], &[&["乙", "3.00"]]).tables.len(), 2);
    assert_eq!(two_pages(None, &XS, &[&["科目", "收入", "支出"], &["乙", "3.00", "4.00"]]).tables.len(), 2);
}

#[test]
fn a_table_under_the_same_title_with_the_same_header_goes_on() {
    let seen = two_pages(Some("收入决算表"), &XS, &[HEAD, &["乙", "3.00", "4.00"]]);
    assert_eq!((seen.tables.len(), seen.tables[0].rows()), (1, 3));
}

#[test]
fn a_page_set_sideways_is_turned() {
    let mut page = sheet();
    ruled(&mut page, &XS, &YS, &[HEAD, &["合计", "1.00", "2.00"]]);
    // Every point (x, y) goes to (y, 800 - x): the writing points up the page.
    let up = |g: &Glyph| {
        let seen = (g.seen.1, 800.0 - g.seen.0);
        Glyph { x0: g.top, x1: g.bottom, top: 800.0 - g.x1, bottom: 800.0 - g.x0, turn: Turn::Up, seen, ..*g }
    };
    page.glyphs = page.glyphs.iter().map(up).collect();
    let columns = page.across.iter().map(|r| Rule { at: r.at, from: 800.0 - r.to, to: 800.0 - r.from }).collect();
    let rows = page.down.iter().map(|r| Rule { at: 800.0 - r.at, ..*r }).collect();
    (page.down, page.across) = (columns, rows);
    assert_eq!(texts(&seen(vec![page]).tables[0]), [["项目", "预算数", "决算数"], ["合计", "1.00", "2.00"]]);
}

/// Prints lines of running text from the top, each with the left edge where it begins.
fn printed(lines: &[(f32, String)]) -> Sheet {
    let mut page = sheet();
    for (i, (x, line)) in lines.iter().enumerate() {
        print(&mut page, *x, 60.0 + 16.0 * i as f32, line);
    }
    page
}

/// A sentence of so many characters.
fn sentence(length: usize) -> String {
    "本部门收入支出预算总额比上年增加".chars().cycle().take(length - 1).chain(['。']).collect()
}

/// Paragraphs of one line each, indented by two characters where a line has room for 42.
fn one_line_paragraphs() -> Vec<(f32, String)> {
    (0..20).map(|i| (110.0, sentence(34 + i * 3 % 7))).collect()
}

/// Three full paragraphs: lines of 42 characters, an indent of two and a last line that leaves room.
fn full_paragraphs() -> Vec<(f32, String)> {
    let middle = |x: f32, length: usize| (x, sentence(length + 1).replace('。', ""));
    let one = [middle(110.0, 40), middle(90.0, 42), middle(90.0, 42), (90.0, sentence(36))];
    one.into_iter().cycle().take(12).collect()
}

#[test]
fn paragraphs_of_one_line_stay_apart_though_no_line_shows_the_margin() {
    let lines = one_line_paragraphs();
    let wanted: Vec<String> = lines.iter().map(|(_, line)| line.clone()).collect();
    assert_eq!(seen(vec![printed(&lines)]).paragraphs, wanted);
    // Beside pages that show the margin, even a line without a stop ends where it leaves room.
    let lines: Vec<_> = lines.into_iter().map(|(x, line)| (x, line.replace('。', "额"))).collect();
    let wanted: Vec<String> = lines.iter().map(|(_, line)| line.clone()).collect();
    let both = seen(vec![printed(&full_paragraphs()), printed(&lines)]).paragraphs;
    assert_eq!(both[3..], wanted);
    assert_eq!(both[..3].iter().map(|text| text.chars().count()).collect::<Vec<_>>(), [160, 160, 160]);
}

#[test]
fn a_number_goes_on_with_a_sentence_that_is_cut_before_it() {
    let lengths = |cut: &str, numbered: &str| -> Vec<usize> {
        let mut lines = full_paragraphs();
        lines[1].1.replace_range(..cut.len(), cut);
        lines[2].1.replace_range(..numbered.len(), numbered);
        seen(vec![printed(&lines)]).paragraphs.iter().map(|text| text.chars().count()).collect()
    };
    assert_eq!(lengths("", "（一）"), [160, 160, 160]);
    assert_eq!(lengths("", "十二、"), [160, 160, 160]);
    // Two items of a list, the first of which fills its line.
    assert_eq!(lengths("十一、", "十二、"), [40, 42, 78, 160, 160]);
}

#[test]
fn a_list_that_is_set_in_as_a_whole_goes_on_in_its_lines() {
    // Lines that two pages have at the same place would be taken for running headers.
    let line = |length: usize| (110.0, format!("另{}", sentence(length).replace('。', "")));
    let item = [line(40), line(40), (110.0, sentence(20))];
    let list: Vec<_> = item.into_iter().cycle().take(12).collect();
    let paragraphs = seen(vec![printed(&full_paragraphs()), printed(&list)]).paragraphs;
    let lengths: Vec<_> = paragraphs.iter().map(|text| text.chars().count()).collect();
    assert_eq!(lengths, [160, 160, 160, 100, 100, 100, 100]);
}

#[test]
fn a_paragraph_without_an_indent_goes_on_in_the_middle_of_a_sentence() {
    let line = |length: usize| (90.0, sentence(length + 1).replace('。', ""));
    let lines = [line(42), line(42), (90.0, sentence(42)), line(42), line(42), line(42), (90.0, sentence(20))];
    let lengths: Vec<_> = seen(vec![printed(&lines)]).paragraphs.iter().map(|text| text.chars().count()).collect();
    assert_eq!(lengths, [126, 146]);
    // Among such lines, one that begins further left than the one before it shows that that one is indented.
    let lines = [&[(110.0, sentence(40))], &lines[..], &lines[..], &lines[..]].concat();
    let lengths: Vec<_> = seen(vec![printed(&lines)]).paragraphs.iter().map(|text| text.chars().count()).collect();
    assert_eq!(lengths, [166, 146, 126, 146, 126, 146]);
}
