//! Small legacy files, made here: a header, one text in two pieces, and a page each of runs and of paragraphs.

use super::sprm::code;
use mingzhang_model::document::{Block, Document, Format, NoteKind, Table};
use std::io::{Cursor, Write};

/// Where the text begins in the main stream: behind the header.
const TEXT: usize = 2048;
/// Where the pages of properties begin.
const PAGES: usize = 16 * 512;

/// A stretch of text and its properties: of its characters, and, where it ends a paragraph, of that.
#[derive(Clone)]
struct Stretch {
    text: String,
    characters: Vec<u8>,
    paragraph: Option<Vec<u8>>,
}

fn sprm(code: u16, operand: &[u8]) -> Vec<u8> {
    [&code.to_le_bytes(), operand].concat()
}

fn run(text: &str, characters: &[u8]) -> Stretch {
    Stretch { text: text.into(), characters: characters.to_vec(), paragraph: None }
}

/// A text with the mark that ends its paragraph.
fn ended(text: &str, mark: char, paragraph: &[u8]) -> Stretch {
    Stretch { text: format!("{text}{mark}"), characters: Vec::new(), paragraph: Some(paragraph.to_vec()) }
}

fn paragraph(text: &str) -> Stretch {
    ended(text, '\r', &[])
}

/// A page of properties: the places between them, and for each what stands on the page.
fn page(places: &[u32], entry: usize, properties: &[Vec<u8>]) -> Vec<u8> {
    let mut page = vec![0; 512];
    for (at, place) in places.iter().enumerate() {
        page[4 * at..4 * at + 4].copy_from_slice(&place.to_le_bytes());
    }
    let mut free = 510;
    for (at, own) in properties.iter().enumerate() {
        free = (free - own.len()) & !1;
        assert!(free > 4 * places.len() + entry * properties.len(), "the page is full");
        page[free..free + own.len()].copy_from_slice(own);
        page[4 * places.len() + entry * at] = (free / 2) as u8;
    }
    page[511] = properties.len() as u8;
    page
}

/// A file of these stretches. `lengths` are the lengths of the texts, in order; parts of the table stream go by their
/// numbers. The first `narrow` characters are kept as bytes.
fn file(stretches: &[Stretch], narrow: usize, lengths: &[u32], parts: &[(usize, Vec<u8>)]) -> Vec<u8> {
    let units: Vec<u16> = stretches.iter().flat_map(|stretch| stretch.text.encode_utf16()).collect();
    let wide_at = (TEXT + narrow).next_multiple_of(2);
    let kept = |at: usize| if at < narrow { TEXT + at } else { wide_at + 2 * (at - narrow) };
    let mut main = vec![0; PAGES + 1024];
    for (at, unit) in units.iter().enumerate() {
        match at < narrow {
            true => main[kept(at)] = u8::try_from(*unit).unwrap(),
            false => main[kept(at)..kept(at) + 2].copy_from_slice(&unit.to_le_bytes()),
        }
    }
    let (mut runs, mut run_ends, mut papx, mut paragraph_ends) = (vec![], vec![TEXT as u32], vec![], vec![TEXT as u32]);
    let mut at = 0;
    for stretch in stretches {
        at += stretch.text.encode_utf16().count();
        run_ends.push(kept(at - 1) as u32 + if at <= narrow { 1 } else { 2 });
        runs.push([&[stretch.characters.len() as u8], stretch.characters.as_slice()].concat());
        if let Some(own) = &stretch.paragraph {
            paragraph_ends.push(run_ends[run_ends.len() - 1]);
            // A style of 0, then the properties, filled up to an odd number of bytes behind the count.
            let mut own = [&[0, 0], own.as_slice()].concat();
            own.resize(own.len().next_multiple_of(2), 0);
            papx.push([&[0, (own.len() / 2) as u8], own.as_slice()].concat());
        }
    }
    main[PAGES..PAGES + 512].copy_from_slice(&page(&run_ends, 1, &runs));
    main[PAGES + 512..].copy_from_slice(&page(&paragraph_ends, 13, &papx));
    let number = |n: usize| (n as u32).to_le_bytes();
    let mut pieces = [number(0), number(narrow), number(units.len())].concat();
    pieces.extend([&[0, 0], number((TEXT * 2) | 0x4000_0000).as_slice(), &[0, 0]].concat());
    pieces.extend([&[0, 0], number(wide_at).as_slice(), &[0, 0]].concat());
    let clx = [&[2], number(pieces.len()).as_slice(), &pieces].concat();
    let table_of = |page: usize| [number(0), number(1 << 20), number(PAGES / 512 + page)].concat();
    let mut all = vec![(33, clx), (12, table_of(0)), (13, table_of(1))];
    all.extend(parts.iter().cloned());
    let mut table = vec![0];
    main[..4].copy_from_slice(&[0xec, 0xa5, 0xc1, 0x00]);
    main[0x98] = 93;
    for (at, length) in lengths.iter().enumerate() {
        main[0x4c + 4 * at..0x50 + 4 * at].copy_from_slice(&length.to_le_bytes());
    }
    for (part, content) in all {
        let at = 0x9a + 8 * part;
        main[at..at + 4].copy_from_slice(&number(table.len()));
        main[at + 4..at + 8].copy_from_slice(&number(content.len()));
        table.extend(content);
    }
    compound(&[("WordDocument", &main), ("0Table", &table)])
}

fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, content) in streams {
        file.create_stream(name).unwrap().write_all(content).unwrap();
    }
    file.into_inner().into_inner()
}

fn count(stretches: &[Stretch]) -> u32 {
    stretches.iter().map(|stretch| stretch.text.encode_utf16().count() as u32).sum()
}

fn body(stretches: &[Stretch]) -> Document {
    let document = crate::read(&file(stretches, 0, &[count(stretches)], &[])).unwrap();
    assert_eq!(document.format, Format::Doc);
    document
}

fn paragraphs(document: &Document) -> Vec<&str> {
    fn text(block: &Block) -> &str {
        match block {
            Block::Paragraph(paragraph) => paragraph.text.as_str(),
            Block::Table(_) => "表",
        }
    }
    document.blocks.iter().map(text).collect()
}

fn notes(document: &Document) -> Vec<(NoteKind, Option<u32>, &str)> {
    document.notes.iter().map(|note| (note.kind, note.place.paragraph, note.detail.as_str())).collect()
}

#[test]
fn pieces_of_both_widths_are_one_text() {
    let text = [paragraph("Budget 1,2"), paragraph("34.56\u{a0}万元\u{b}二\t三\u{1e}")];
    let document = crate::read(&file(&text, 5, &[count(&text)], &[])).unwrap();
    assert_eq!(paragraphs(&document), ["Budget 1,2", "34.56 万元", "二  三-"]);
    assert_eq!(document.blocks.len(), 3);
    let Block::Paragraph(last) = &document.blocks[2] else { panic!("a paragraph") };
    assert_eq!(last.place().paragraph, Some(2));
}

#[test]
fn codes_of_fields_go_and_results_stay() {
    let code = "\u{13} TOC \\o \u{14}收入\u{13}PAGEREF _T\u{14}3\u{15}";
    let document = body(&[paragraph(code), paragraph("支出4\u{15}完"), paragraph("\u{13}eq \\o\\ac(○,2)\u{15}")]);
    assert_eq!(paragraphs(&document), ["收入3", "支出4完", "②"]);
}

#[test]
fn changes_and_hidden_text_are_notes() {
    let deleted = sprm(code::C_F_R_MARK_DEL, &[1]);
    let document = body(&[
        run("收入", &[]),
        run("12", &deleted),
        run("34", &sprm(code::C_F_R_MARK_INS, &[1])),
        run("内部", &sprm(code::C_F_VANISH, &[1])),
        paragraph("万元"),
        run("前", &[]),
        Stretch { characters: deleted, ..paragraph("") },
        paragraph("后"),
    ]);
    assert_eq!(paragraphs(&document), ["收入34万元", "前后"]);
    assert_eq!(
        notes(&document),
        [
            (NoteKind::TrackedChange, Some(1), "删除“12”"),
            (NoteKind::TrackedChange, Some(1), "插入“34”"),
            (NoteKind::Hidden, Some(1), "隐藏文字“内部”"),
        ]
    );
}

/// The properties of the end of a row whose cells have these edges, and flags of what they are one with.
fn row_end(edges: &[i16], flags: &[u16]) -> Vec<u8> {
    let mut operand = vec![flags.len() as u8];
    operand.extend(edges.iter().flat_map(|edge| edge.to_le_bytes()));
    // What is as usual may be left out at the end.
    let said = flags.iter().rposition(|flag| *flag != 0).map_or(0, |last| last + 1);
    operand.extend(flags[..said].iter().flat_map(|flag| [flag.to_le_bytes().as_slice(), &[0; 18]].concat()));
    let length = (operand.len() as u16 + 1).to_le_bytes();
    let table = sprm(code::T_DEF_TABLE, &[length.as_slice(), &operand].concat());
    [sprm(code::P_F_IN_TABLE, &[1]), sprm(code::P_F_TTP, &[1]), table].concat()
}

fn cells(texts: &[&str]) -> Vec<Stretch> {
    texts.iter().map(|text| ended(text, '\u{7}', &sprm(code::P_F_IN_TABLE, &[1]))).collect()
}

fn cell_at(table: &Table, row: u32, column: u32) -> (u32, u32, &str) {
    let cell = table.cell(row, column).unwrap();
    (cell.row_span, cell.column_span, cell.text.as_str())
}

#[test]
fn edges_and_flags_make_spans() {
    const BEGINS: u16 = 3 << 5;
    const CONTINUES: u16 = 1 << 5;
    let rows = [
        cells(&["项目", "金额", ""]),
        vec![ended("", '\u{7}', &row_end(&[-108, 900, 1900, 2900], &[BEGINS, 1, 2]))],
        cells(&["", "收入", "支出"]),
        vec![ended("", '\u{7}', &row_end(&[-108, 905, 1900, 2900], &[CONTINUES, 0, 0]))],
        vec![ended("甲", '\r', &sprm(code::P_F_IN_TABLE, &[1]))],
        cells(&["乙", "1,234.56"]),
        vec![ended("", '\u{7}', &row_end(&[-108, 900, 2900], &[0, 0]))],
        vec![paragraph("注：完")],
    ];
    let document = body(&rows.concat());
    let Block::Table(table) = &document.blocks[0] else { panic!("{:?}", document.blocks) };
    assert_eq!((table.rows(), table.columns()), (3, 3));
    assert_eq!(cell_at(table, 1, 0), (2, 1, "项目"));
    assert_eq!(cell_at(table, 0, 1), (1, 2, "金额"));
    assert_eq!(cell_at(table, 1, 2), (1, 1, "支出"));
    assert_eq!(cell_at(table, 2, 0), (1, 1, "甲\n乙"));
    assert_eq!(cell_at(table, 2, 2), (1, 2, "1,234.56"));
    assert_eq!(paragraphs(&document)[1], "注：完");
}

#[test]
fn a_table_within_a_cell_is_a_table_of_its_own() {
    let inner = |text: &str, code: u16| {
        let own = [sprm(code::P_F_IN_TABLE, &[1]), sprm(code::P_ITAP, &[2, 0, 0, 0]), sprm(code, &[1])].concat();
        ended(text, '\r', &own)
    };
    let (cell, end) = (code::P_F_INNER_TABLE_CELL, code::P_F_INNER_TTP);
    let text = [
        vec![
            inner("甲", cell),
            inner("乙", cell),
            inner("", end),
            inner("丙", cell),
            inner("丁", cell),
            inner("", end),
        ],
        cells(&["外", "边"]),
        vec![ended("", '\u{7}', &row_end(&[0, 900, 1900], &[0, 0]))],
        vec![paragraph("")],
    ];
    let document = body(&text.concat());
    let tables: Vec<String> = document
        .blocks
        .iter()
        .map(|block| match block {
            Block::Table(table) => table.cells().iter().map(|cell| cell.text.as_str()).collect(),
            Block::Paragraph(_) => String::new(),
        })
        .collect();
    assert_eq!(tables, ["外边", "甲乙丙丁"]);
}

#[test]
fn numbers_are_counted_by_lists() {
    let level = |code: u8, text: &[u16]| {
        let mut level = vec![0; 28];
        (level[0], level[4], level[15]) = (1, code, 2);
        level.extend((text.len() as u16).to_le_bytes());
        level.extend(text.iter().flat_map(|unit| unit.to_le_bytes()));
        level
    };
    let text = |parts: &str| parts.encode_utf16().collect::<Vec<u16>>();
    let mut shapes = vec![1, 0];
    shapes.extend(7_u32.to_le_bytes());
    shapes.extend([0; 24]);
    shapes.extend(level(39, &text("第\u{0}部分 ")));
    shapes.extend(level(0, &text("\u{1}.")));
    (2..9).for_each(|_| shapes.extend(level(0, &[])));
    let mut uses = 1_u32.to_le_bytes().to_vec();
    uses.extend(7_u32.to_le_bytes());
    uses.extend([0; 12]);
    uses.extend([0xff; 4]);
    let listed = |level: u8| [sprm(code::P_ILFO, &[1, 0]), sprm(code::P_ILVL, &[level])].concat();
    let stretches = [
        ended("甲", '\r', &listed(0)),
        ended("乙", '\r', &listed(1)),
        ended("丙", '\r', &listed(1)),
        ended("丁", '\r', &listed(0)),
        ended("戊", '\r', &listed(1)),
        paragraph("己"),
    ];
    let bytes = file(&stretches, 0, &[count(&stretches)], &[(73, shapes), (74, uses)]);
    let document = crate::read(&bytes).unwrap();
    assert_eq!(paragraphs(&document), ["第一部分 甲", "1.乙", "2.丙", "第二部分 丁", "1.戊", "己"]);
}

#[test]
fn footnotes_margins_and_comments_come_behind_the_body() {
    let special = sprm(code::C_F_SPEC, &[1]);
    let texts = [
        vec![run("收入1", &[]), run("\u{2}\u{5}", &special), paragraph("万元")],
        vec![run("\u{2}", &special), paragraph("含结转"), paragraph("")],
        vec![paragraph("线"), paragraph("某局预算"), paragraph("— \u{13} PAGE \u{14}9\u{15} —"), paragraph("")],
        vec![run("\u{5}", &special), paragraph("再核"), paragraph("")],
    ];
    let places = |places: &[u32]| places.iter().flat_map(|place| place.to_le_bytes()).collect::<Vec<u8>>();
    let lengths = texts.each_ref().map(|text| count(text));
    let margins = places(&[0, 2, 2, 2, 2, 2, 2, 7, lengths[2] - 1, lengths[2] - 1]);
    let parts = [(3, places(&[0, lengths[1] - 1, lengths[1]])), (11, margins), (5, places(&[0, lengths[3] - 1]))];
    let bytes = file(&texts.concat(), 0, &[lengths[0], lengths[1], lengths[2], 0, lengths[3]], &parts);
    let document = crate::read(&bytes).unwrap();
    assert_eq!(paragraphs(&document), ["收入1万元", "[1] 含结转", "某局预算"]);
    assert_eq!(notes(&document), [(NoteKind::Comment, Some(1), "再核")]);
}

#[test]
fn what_cannot_be_read_is_refused_in_words() {
    let text = [paragraph("甲")];
    let mut whole = file(&text, 0, &[2], &[]);
    assert!(crate::read(&whole).is_ok());
    whole.truncate(700);
    assert!(matches!(crate::read(&whole), Err(crate::Unreadable::Damaged(_))));
    let header = |version: u8, flags: u8| {
        let mut main = vec![0; 2000];
        main[..4].copy_from_slice(&[0xec, 0xa5, version, 0]);
        main[11] = flags;
        compound(&[("WordDocument", &main)])
    };
    assert_eq!(crate::read(&header(0xc1, 1)), Err(crate::Unreadable::Encrypted));
    assert_eq!(crate::read(&header(0x68, 0)), Err(crate::Unreadable::TooOld));
    assert_eq!(crate::read(&compound(&[("EncryptedPackage", b"x")])), Err(crate::Unreadable::Encrypted));
    assert_eq!(crate::read(&compound(&[("CONTENTS", b"x")])), Err(crate::Unreadable::Unknown));
}

#[test]
fn no_changed_byte_ends_the_program() {
    let rows = [
        cells(&["甲", "乙"]),
        vec![ended("", '\u{7}', &row_end(&[0, 900, 1900], &[0, 0]))],
        vec![paragraph("\u{13}A\u{14}丙\u{15}")],
    ];
    let whole = file(&rows.concat(), 0, &[count(&rows.concat())], &[]);
    let mut refused = 0;
    for at in (0..whole.len()).filter(|at| whole[*at] != 0) {
        for value in [0, 0xff, whole[at] ^ 0x41] {
            let mut changed = whole.clone();
            changed[at] = value;
            refused += usize::from(crate::read(&changed).is_err());
        }
    }
    assert!(refused > 0, "some change makes the file unreadable");
}
