//! Another program's eyes: the file of Word, made a PDF by LibreOffice, is read as the books say; the workbook opens.
//!
//! Where LibreOffice is absent the tests say so in one line and pass.

use crate::support::{Disclosure, mentioned, published, read, stated};
use mingzhang_model::document::{Block, Document};
use mingzhang_testkit::folder::Folder;
use mingzhang_write::manuscript::Piece;
use mingzhang_write::{docx, xlsx};
use std::process::Command;

/// Every sheet of a workbook as csv in UTF-8.
const CSV: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";

/// Converts a file in a folder; false, with a line, where LibreOffice is absent.
fn converts(folder: &Folder, file: &str, bytes: &[u8], to: &str) -> bool {
    converts_into(folder, file, bytes, to, folder)
}

/// The same, into another folder.
fn converts_into(folder: &Folder, file: &str, bytes: &[u8], to: &str, target: &Folder) -> bool {
    std::fs::write(folder.join(file), bytes).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let run = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", to, "--outdir"])
        .arg(target.path())
        .arg(folder.join(file))
        .output();
    let Ok(output) = run else {
        eprintln!("skipped: LibreOffice (soffice) is not on this machine");
        return false;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    true
}

#[test]
fn a_file_of_word_is_read_as_the_books_say() {
    for unit in ["101009", "140"] {
        let folder = Folder::new("libreoffice");
        let disclosure = published(unit);
        let bytes = docx::write(disclosure.manuscript()).unwrap();
        if !converts(&folder, "disclosure.docx", &bytes, "pdf") {
            return;
        }
        let (document, facts) = read(&std::fs::read(folder.join("disclosure.pdf")).unwrap());
        let (codes, cells) = stated(&facts);
        assert_eq!(codes, disclosure.tables(), "{unit}");
        let drafted = stated(&disclosure.facts).1;
        let lost: Vec<_> = drafted.iter().filter(|(cell, n)| cells.get(*cell) != Some(n)).take(5).collect();
        assert!(lost.is_empty(), "{unit}: {lost:#?}");
        assert_eq!(cells.len(), drafted.len(), "{unit}: more than was drafted");
        has_headings(&disclosure, &document);
    }
}

/// What LibreOffice makes of the file of Word, in the old format and in the new one anew, states what the file states.
#[test]
fn files_of_word_that_another_program_wrote_state_the_same() {
    for unit in ["101009", "101008"] {
        let folder = Folder::new("libreoffice-word");
        let disclosure = published(unit);
        let bytes = docx::write(disclosure.manuscript()).unwrap();
        let (_, ours) = read(&bytes);
        for ending in ["doc", "docx"] {
            let file = format!("from-{ending}.docx");
            let to = if ending == "doc" { "doc".to_owned() } else { "docx:MS Word 2007 XML".to_owned() };
            let target = Folder::new(&format!("libreoffice-{ending}"));
            if !converts_into(&folder, &file, &bytes, &to, &target) {
                return;
            }
            let written = std::fs::read(target.join(&format!("from-{ending}.{ending}"))).unwrap();
            let (document, facts) = read(&written);
            assert_eq!(stated(&facts), stated(&ours), "{unit} {ending}");
            assert_eq!(mentioned(&facts), mentioned(&ours), "{unit} {ending}");
            assert_eq!(facts.disclosure, ours.disclosure, "{unit} {ending}");
            assert!(document.notes.is_empty(), "{unit} {ending}: {:?}", document.notes);
            has_headings(&disclosure, &document);
        }
    }
}

fn has_headings(disclosure: &Disclosure, document: &Document) {
    let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let texts = document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(squeezed(&paragraph.text)),
        _ => None,
    });
    let text: String = texts.collect();
    for piece in &disclosure.manuscript().pieces {
        if let Piece::Heading(heading) = piece {
            let printed = squeezed(&heading.printed());
            assert!(text.contains(&printed), "{}: no heading {printed}", disclosure.name);
        }
    }
}

/// The workbook in the format before 2007 and in that of OpenDocument: another program's numbers in their formats, its
/// merged cells, its texts.
#[test]
fn a_workbook_of_another_program_is_read_as_the_books_say() {
    for unit in ["101009", "140"] {
        let folder = Folder::new("libreoffice-workbooks");
        let disclosure = published(unit);
        let bytes = xlsx::write(disclosure.manuscript()).unwrap();
        for ending in ["xls", "ods"] {
            if !converts(&folder, "disclosure.xlsx", &bytes, ending) {
                return;
            }
            let converted = std::fs::read(folder.join(&format!("disclosure.{ending}"))).unwrap();
            assert_eq!(mingzhang_read::ending(&converted), ending);
            let (document, facts) = read(&converted);
            let (codes, cells) = stated(&facts);
            assert_eq!(codes, disclosure.tables(), "{unit} {ending}");
            assert_eq!(cells, stated(&disclosure.facts).1, "{unit} {ending}");
            has_headings(&disclosure, &document);
        }
    }
}

#[test]
fn a_workbook_opens() {
    let folder = Folder::new("libreoffice-xlsx");
    let disclosure = published("101009");
    let bytes = xlsx::write(disclosure.manuscript()).unwrap();
    if !converts(&folder, "disclosure.xlsx", &bytes, CSV) {
        return;
    }
    let entries = std::fs::read_dir(folder.path()).unwrap().flatten().map(|entry| entry.path());
    let sheets: Vec<String> = entries
        .filter(|path| path.extension().is_some_and(|ending| ending == "csv"))
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    // The contents, the tables and the running text.
    assert!(sheets.len() > disclosure.tables().len(), "only {} sheets", sheets.len());
    let total = sheets.iter().find(|sheet| sheet.contains("收入支出决算总表") && sheet.contains("295.12"));
    assert!(total.is_some(), "no sheet holds the total of the accounts");
}
