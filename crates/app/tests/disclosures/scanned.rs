//! A disclosure that was printed and scanned: what is recognised is the disclosure, and nobody is accused of what a
//! recogniser misread.
//!
//! Where tesseract with simplified Chinese is absent the tests that need it say so and pass.

use crate::program::Desk;
use crate::support::{Format, published, read};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use mingzhang_model::document::{Document, NoteKind, Rect};
use mingzhang_model::fact::{Facts, Printed};
use mingzhang_model::recognition::{Recognition, Word};
use mingzhang_model::rule::Outcome;
use mingzhang_scan::Pages;
use std::io::Write;
use std::process::Command;

/// A PDF of pages that are pictures of A4.
fn scan(pictures: &[Vec<u8>]) -> Vec<u8> {
    let mut objects: Vec<Vec<u8>> = vec![b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), Vec::new()];
    let mut kids = String::new();
    for pgm in pictures {
        let mut fields = pgm.splitn(4, |byte| byte.is_ascii_whitespace());
        let mut next = || fields.next().expect("a grey map has a head and dots");
        let (_, width, height) = (next(), next().to_vec(), next().to_vec());
        let dots = next().strip_prefix(b"255\n").expect("the dots follow");
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(dots).unwrap();
        let packed = encoder.finish().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let at = objects.len() + 1;
        kids += &format!("{at} 0 R ");
        objects.push(
            format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R/Resources<</XObject<</X {} 0 R>>>>>>",
                at + 1,
                at + 2
            )
            .into_bytes(),
        );
        objects.push(stream("", b"595 0 0 842 0 0 cm /X Do"));
        let picture = format!(
            "/Type/XObject/Subtype/Image/Width {}/Height {}\
             /BitsPerComponent 8/ColorSpace/DeviceGray/Filter/FlateDecode",
            text(width),
            text(height)
        );
        objects.push(stream(&picture, &packed));
    }
    objects[1] = format!("<</Type/Pages/Count {}/Kids[{kids}]>>", pictures.len()).into_bytes();
    file(&objects)
}

fn stream(entries: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("<<{entries}/Length {}>>\nstream\n", content.len());
    [head.as_bytes(), content, b"\nendstream"].concat()
}

fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut index = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (i, object) in objects.iter().enumerate() {
        index += &format!("{:010} 00000 n \n", bytes.len());
        bytes.extend(format!("{} 0 obj\n", i + 1).bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    let end = format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    bytes.extend(index.bytes().chain(end.bytes()));
    bytes
}

/// A page of which these lines were recognised, each of words with their confidence.
fn recognised(lines: &[&[(&str, u8)]]) -> Document {
    let paper = scan(&[b"P5\n1 1\n255\n\xff".to_vec()]);
    let mut words = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let (mut x0, y0) = (60.0, 60.0 + 20.0 * i as f32);
        for (text, confidence) in *line {
            let x1 = x0 + text.chars().map(|char| if char.is_ascii() { 5.0 } else { 10.0 }).sum::<f32>();
            let rect = Rect { x0, y0, x1, y1: y0 + 10.0 };
            words.push(Word { text: (*text).to_owned(), rect, confidence: *confidence });
            x0 = x1;
        }
    }
    let mut found = Some(Recognition { words, rules: Vec::new() });
    mingzhang_read::read_recognised(&paper, &mut |_| found.take()).unwrap()
}

/// What the rules say of a sentence whose rate is wrong, when the rate was read with this confidence.
fn judged(confidence: u8) -> (Document, Vec<(String, Outcome)>) {
    let document = recognised(&[
        &[("某局2024年部门预算", 95)],
        &[
            ("2024年本年收入", 95),
            ("330.00", 96),
            ("万元，比上年增加", 95),
            ("30.00", 96),
            ("万元，增长", 95),
            ("12.00%", confidence),
            ("。", 95),
        ],
    ]);
    let facts = mingzhang_extract::extract(&document);
    let report = mingzhang_rules::check(&document, &facts);
    (document, report.outcomes)
}

#[test]
fn a_number_that_may_be_misread_accuses_nobody() {
    let failed = |outcomes: &[(String, Outcome)]| -> Vec<String> {
        let quotes = |outcome: &Outcome| match outcome {
            Outcome::Failed { findings, .. } => findings.iter().any(|finding| finding.message.contains("12.00%")),
            _ => false,
        };
        outcomes.iter().filter(|(_, outcome)| quotes(outcome)).map(|(code, _)| code.clone()).collect()
    };
    let (sure, outcomes) = judged(96);
    let rules = failed(&outcomes);
    assert!(!rules.is_empty(), "a wrong rate that was read well is found");
    assert!(sure.notes.iter().any(|note| note.kind == NoteKind::Recognised), "{:?}", sure.notes);
    assert_eq!(sure.doubts().count(), 0);
    let (unsure, outcomes) = judged(60);
    assert_eq!(unsure.doubts().count(), 1, "{:?}", unsure.notes);
    assert!(failed(&outcomes).is_empty(), "{outcomes:?}");
    let undecided =
        |code: &String| matches!(outcomes.iter().find(|(own, _)| own == code), Some((_, Outcome::Undecided(_))));
    assert!(rules.iter().any(undecided), "one of {rules:?} says that it cannot decide");
}

fn has_tesseract() -> bool {
    let listed = Command::new("tesseract").arg("--list-langs").output();
    let has = listed.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("chi_sim"));
    if !has {
        eprintln!("skipped: tesseract with simplified Chinese is not on this machine");
    }
    has
}

/// The amounts of a document, as printed.
fn amounts(facts: &Facts) -> Vec<String> {
    let figures = facts.facts.iter().filter_map(|fact| match fact.printed {
        Printed::Figure(figure) if !figure.amount.is_zero() => Some(figure.to_string()),
        _ => None,
    });
    figures.collect()
}

#[test]
fn a_scan_of_a_disclosure_is_read_and_has_no_mistakes_that_paper_has_not() {
    if !has_tesseract() {
        return;
    }
    let printed = Format::Pdf.bytes(published("101008").manuscript());
    let (document, facts) = read(&printed);
    let pages = Pages::of(&printed).unwrap();
    // The first pages with tables: recognition is slow.
    let first = facts.facts.iter().filter_map(|fact| fact.place.page).min().unwrap();
    let shown = first..first + 2;
    let pictures: Vec<Vec<u8>> = shown.clone().map(|page| pages.picture(page).unwrap().pgm()).collect();
    let desk = Desk::new("scan");
    std::fs::write(desk.path("scan.pdf"), scan(&pictures)).unwrap();
    let done = desk.run(&["facts", "--ocr", "--output-format", "csv", "scan.pdf"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    let on_pages = Facts {
        facts: facts
            .facts
            .iter()
            .filter(|fact| fact.place.page.is_some_and(|page| shown.contains(&page)))
            .cloned()
            .collect(),
        ..Facts::default()
    };
    let wanted = amounts(&on_pages);
    let read = desk.run(&["read", "--ocr", "scan.pdf"]);
    let found = wanted.iter().filter(|amount| read.stdout.contains(amount.as_str())).count();
    eprintln!("{found} of {} amounts of {} pages are recognised", wanted.len(), document.pages.len().min(2));
    assert!(10 * found >= 8 * wanted.len(), "only {found} of {}: {}", wanted.len(), read.stdout);
    let checked = desk.run(&["check", "--ocr", "--output-format", "json", "scan.pdf"]);
    assert!(checked.stdout.contains("\"recognised\""), "{}", checked.stdout);
    assert!(!checked.stdout.contains("\"severity\": \"error\""), "{}", checked.stdout);
}

#[test]
fn without_a_recogniser_a_line_says_what_to_install() {
    let desk = Desk::new("no-recogniser").with("a.txt", "收支总表\n");
    let output = Command::new(env!("CARGO_BIN_EXE_mingzhang"))
        .args(["check", "--ocr", "a.txt"])
        .current_dir(desk.path("."))
        .env("PATH", desk.path("nothing"))
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), said.lines().count()), (Some(2), 1), "{said}");
    assert!(said.contains("tesseract-ocr-chi-sim"), "{said}");
}
