//! What is missing, unknown, negative or very large: the program says what is to be done, or the document is right.

use crate::program::{Desk, Done};
use crate::support::{Disclosure, FORMATS, faces, stated};
use mingzhang_books::command::Command;
use mingzhang_books::offices::{File, offices};
use mingzhang_books::pivot::Scope;
use mingzhang_books::store::Memory;
use mingzhang_books::unit::{Nature, Unit};
use mingzhang_model::code::{FunctionalCode, Level};
use mingzhang_standard::codes;
use mingzhang_testkit::office::{Office, approved, budget, line, opening, unit};
use mingzhang_write::manuscript::Piece;
use mingzhang_write::{docx, html, pdf, xlsx};
use std::collections::BTreeSet;
use std::io::Read;

/// The books of an example office in `mingzhang.db`, but for some lines of its tables.
fn imported(desk: &Desk, unit: &str, keeps: impl Fn(&File, &str) -> bool) {
    let office = offices().iter().find(|office| office.unit == unit).unwrap();
    std::fs::create_dir_all(desk.path("tables")).unwrap();
    for file in office.files {
        let lines: Vec<&str> = file.text.lines().filter(|line| keeps(file, line)).collect();
        desk.put(&format!("tables/{}.csv", file.table), &(lines.join("\n") + "\n"));
    }
    let done = desk.run(&["books", "import", "tables", "--as", "建账"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
}

fn write(desk: &Desk, unit: &str, file: &str) -> Done {
    desk.run(&["write", "--unit", unit, "--form", "hunan_budget", "-o", file])
}

#[test]
fn a_missing_explanation_stops_the_writing_and_is_named_by_place_and_section() {
    let desk = Desk::new("missing-explanation");
    imported(&desk, "101008", |file, line| file.table != "explanations" || !line.contains(",reason/income,"));
    let done = write(&desk, "101008", "budget.docx");
    assert_eq!(done.code, 2, "{}", done.stderr);
    assert!(done.stderr.contains("还缺 1 项内容"), "{}", done.stderr);
    assert!(done.stderr.contains("说明 reason/income  [收入预算]"), "{}", done.stderr);
    assert!(done.stderr.contains("下降43.70%，主要原因是【待填：reason/income】"), "{}", done.stderr);
    assert!(done.stderr.contains("mingzhang books enter explanations 单位编码=101008"), "{}", done.stderr);
    assert!(!desk.path("budget.docx").exists(), "a file was written");
}

#[test]
fn a_format_that_nobody_knows_is_refused_with_those_that_are_known() {
    let desk = Desk::new("unknown-format");
    imported(&desk, "101008", |_, _| true);
    for file in ["budget.doc", "budget", "budget.pdf.zip"] {
        let done = write(&desk, "101008", file);
        assert_eq!(done.code, 2, "{file}: {}", done.stderr);
        assert!(done.stderr.contains("docx、pdf、xlsx、html、txt"), "{file}: {}", done.stderr);
        assert!(!desk.path(file).exists(), "{file} was written");
    }
    assert_eq!(write(&desk, "101008", "budget.PDF").code, 0, "an ending in capitals is the same ending");
}

/// An office with lines on functional items, so many yuan each and some fen.
fn office(functions: &[String]) -> Office<Memory> {
    let mut office = Office::in_memory();
    let lines: Vec<_> = functions.iter().map(|function| line(function, "30201")).collect();
    let amounts: Vec<(&mingzhang_books::line::Line, i64)> = lines.iter().zip((1..).map(|n| n * 1_234)).collect();
    let commands = budget(&amounts).into_iter().filter(|command| !matches!(command, Command::Allot(_)));
    office.send(commands.collect()).unwrap();
    office
}

fn disclosed(office: &mut Office<Memory>, form: &str) -> Disclosure {
    Disclosure::of(&mut office.ledger, &Scope::Consolidated(unit("101")), 2024, form)
}

fn reads_back(disclosure: &Disclosure) {
    for format in FORMATS {
        let (_, facts) = format.read_back(disclosure.manuscript());
        let (codes, cells) = stated(&facts);
        assert_eq!(codes, disclosure.tables(), "{format:?}");
        let drafted = stated(&disclosure.facts).1;
        let lost: Vec<_> = drafted.iter().filter(|(cell, n)| cells.get(*cell) != Some(n)).take(3).collect();
        assert_eq!((lost, cells.len()), (Vec::new(), drafted.len()), "{format:?}");
    }
}

#[test]
fn a_class_that_no_form_lists_is_a_row_of_its_own() {
    for form in ["hunan_budget", "shanghai_budget_department"] {
        let mut office = office(&["2010301".into(), "2300101".into()]);
        let disclosure = disclosed(&mut office, form);
        let rows = &disclosure.facts.statements[0].rows;
        assert!(rows.iter().any(|row| row.name == "转移性支出"), "{form}");
        reads_back(&disclosure);
    }
}

#[test]
fn money_that_is_less_than_nothing_is_refused_in_words() {
    let mut office = office(&["2010301".into()]);
    let line = line("2010301", "30201");
    let (reason, words) = office.refused(Command::BringForward(opening(&line, -1)));
    assert_eq!((reason, words.contains("年初结转和结余不能为负")), ("bad_amount", true), "{words}");
    let mut fresh = Office::in_memory();
    let (reason, words) = fresh.refused(approved(&line, -1));
    assert_eq!((reason, words.contains("预算金额不能为负")), ("bad_amount", true), "{words}");
    assert!(words.contains("追减"), "it says what to do: {words}");
}

#[test]
fn a_name_of_two_hundred_characters_is_printed_whole() {
    let mut office = office(&["2010301".into()]);
    let name = format!("云麓市{}办公室", "协调".repeat(97));
    assert_eq!(name.chars().count(), 200);
    let named = Unit { code: unit("101"), name: name.clone(), parent: None, nature: Nature::Administrative };
    office.send_as("管理", vec![Command::ChangeUnit(named)]).unwrap();
    let disclosure = disclosed(&mut office, "hunan_budget");
    reads_back(&disclosure);
    for format in FORMATS {
        let (_, facts) = format.read_back(disclosure.manuscript());
        assert_eq!(facts.disclosure.body.as_deref(), Some(name.as_str()), "{format:?}");
    }
    assert!(html::write(disclosure.manuscript()).contains(&name));
    assert!(docx_text(&docx::write(disclosure.manuscript()).unwrap()).contains(&name));
    assert!(!xlsx::write(disclosure.manuscript()).unwrap().is_empty());
}

/// The main part of a file of Word.
fn docx_text(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn three_thousand_rows_are_all_in_every_file() {
    let is_item = |code: &FunctionalCode| code.level() == Level::Item && codes::fund_of(*code).is_none();
    let named = codes::names().flat_map(|(name, _)| codes::functional_named(name));
    let functions: BTreeSet<String> = named.filter(is_item).map(|code| code.to_string()).collect();
    let functions: Vec<String> = functions.into_iter().collect();
    let mut office = office(&functions);
    let disclosure = disclosed(&mut office, "hunan_budget");
    let manuscript = disclosure.manuscript();
    let grids = || {
        manuscript.pieces.iter().filter_map(|piece| match piece {
            Piece::Grid(grid) => Some(grid),
            _ => None,
        })
    };
    let rows: usize = grids().map(|grid| grid.rows as usize).sum();
    assert!(rows >= 3_000, "only {rows} rows");
    reads_back(&disclosure);
    assert!(!pdf::write(manuscript, faces()).unwrap().is_empty());
    let word = docx_text(&docx::write(manuscript).unwrap());
    assert_eq!(word.matches("</w:tr>").count(), rows, "rows in docx");
    // Behind the tables stands a list of what their numbers rest on, a table of its own.
    let page = html::write(manuscript);
    let tables = page.split("<table class=\"lines\">").next().unwrap_or(&page);
    assert_eq!(tables.matches("<tr>").count(), rows, "rows in html");
    let sheets = mingzhang_sheets::read("budget.xlsx", &xlsx::write(manuscript).unwrap()).unwrap().sheets;
    for grid in grids().filter(|grid| !grid.code.is_empty()) {
        let sheet = sheets.iter().find(|sheet| sheet.name.starts_with(&grid.code)).unwrap();
        assert!(sheet.rows.len() >= grid.rows as usize, "{}: {} of {}", grid.code, sheet.rows.len(), grid.rows);
    }
}
