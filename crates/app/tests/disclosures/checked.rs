//! The disclosures of the example offices pass the rules in every format that can be read back, and read as they
//! were drafted.

use crate::support::{Disclosure, FORMATS, Format, counted, findings, is_grave, mentioned, published, stated};
use std::collections::BTreeMap;

/// The offices, and which rules have a hint for each: the office's own choices, not faults of the writing.
const OFFICES: [(&str, &[(&str, usize)]); 5] = [
    ("140", &[("CM028", 1), ("OP010", 1), ("PF012", 1)]),
    ("101008", &[("CD011", 1), ("HT007", 2)]),
    ("101012", &[("HT015", 1)]),
    ("101001", &[("HT011", 1)]),
    ("101009", &[("CD011", 2), ("HT002", 1), ("HT003", 1), ("HT014", 1)]),
];

#[test]
fn the_examples_are_published_without_fault() {
    for (unit, hints) in OFFICES {
        let disclosure = published(unit);
        assert_eq!(disclosure.composed.lacks, [], "{unit}");
        for format in FORMATS {
            let (document, facts) = format.read_back(disclosure.manuscript());
            let found = findings(&document, &facts);
            let grave: Vec<_> = found.iter().filter(|finding| is_grave(finding)).collect();
            assert!(grave.is_empty(), "{unit} {format:?}: {grave:#?}");
            let expected: BTreeMap<String, usize> = hints.iter().map(|(rule, n)| ((*rule).to_owned(), *n)).collect();
            assert_eq!(counted(&found), expected, "{unit} {format:?}: {found:#?}");
        }
    }
}

/// What is said in sentences is the same in every format, in the same order: a page of the web has no page breaks, a
/// workbook has its text on a sheet of its own.
#[test]
fn the_sentences_say_the_same_in_every_format() {
    for (unit, _) in OFFICES {
        let disclosure = published(unit);
        let said = |format: Format| {
            let (_, facts) = format.read_back(disclosure.manuscript());
            let said: Vec<String> = facts.prose.mentions.iter().map(|m| format!("{:?}", m.quantity)).collect();
            said
        };
        let text = said(Format::Text);
        assert!(!text.is_empty(), "{unit}");
        for format in [Format::Docx, Format::Html, Format::Workbook] {
            assert_eq!(said(format), text, "{unit} {format:?}");
        }
    }
}

#[test]
fn the_examples_state_the_same_in_every_format() {
    for (unit, _) in OFFICES {
        let disclosure = published(unit);
        let (_, of_pages) = Format::Pdf.read_back(disclosure.manuscript());
        let (_, of_word) = Format::Docx.read_back(disclosure.manuscript());
        assert_eq!(stated(&of_word), stated(&of_pages), "{unit}");
        assert_eq!(mentioned(&of_word), mentioned(&of_pages), "{unit}");
        assert_eq!(of_word.disclosure, of_pages.disclosure, "{unit}");
        assert!(mentioned(&of_word).len() > 10, "{unit}: the narrative states numbers");
    }
}

#[test]
fn the_examples_read_back_as_they_were_drafted() {
    for (unit, _) in OFFICES {
        let disclosure: Disclosure = published(unit);
        for format in FORMATS {
            let (_, facts) = format.read_back(disclosure.manuscript());
            let (codes, cells) = stated(&facts);
            assert_eq!(codes, disclosure.tables(), "{unit} {format:?}");
            assert_eq!(cells, stated(&disclosure.facts).1, "{unit} {format:?}");
        }
    }
}
