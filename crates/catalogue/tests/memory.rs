//! What a catalogue weighs. Alone in its file, so that no other test grows the process meanwhile.

use mingzhang_catalogue::{Catalogue, Holding};
use std::fmt::Write;

/// How many numbers a document has, each under a key and with a name of its own.
const NUMBERS: usize = 1_000;
const DOCUMENTS: usize = 200;

/// A document as it is kept.
fn document(id: usize) -> String {
    let (mut words, mut keys, mut figures) = (String::from("\"\""), String::new(), String::new());
    for i in 0..NUMBERS {
        let comma = if i == 0 { "" } else { "," };
        let (function, top, fen) = (2_010_001 + i, 100 * i, 10_000 * i);
        write!(words, ",\"第 {i} 项支出\"").unwrap();
        write!(keys, "{comma}\"2024/initial/expenditure function={function}\"").unwrap();
        write!(figures, "{comma}[{i},0,{},0,3,2,{fen},1,2,0,7,0,5000,{top},9000,{top}]", i + 1).unwrap();
    }
    format!(
        "{{\"version\":1,\"id\":\"{id}\",\"body\":\"第 {id} 中学\",\"printed_body\":null,\"scope\":null,\
         \"place\":null,\"source\":null,\"year\":2024,\"kind\":\"budget\",\"form\":null,\
         \"headings\":[[\"B03\",\"expenditure\",\"部门支出总表\"]],\"words\":[{words}],\"keys\":[{keys}],\
         \"figures\":[{figures}]}}"
    )
}

#[test]
fn a_million_numbers_fit_into_little_memory() {
    let Some(before) = resident() else { return eprintln!("skipped: this system does not say what a process weighs") };
    let mut catalogue = Catalogue::new();
    for id in 0..DOCUMENTS {
        catalogue.put(Holding::from_json(document(id).as_bytes()).unwrap());
    }
    let grown = resident().unwrap().saturating_sub(before);
    let of_a_million = grown * 1_000 / DOCUMENTS;
    println!("{} MB for a million numbers", of_a_million >> 20);
    assert!(of_a_million < 150 << 20, "{} MB for a million numbers", of_a_million >> 20);
    assert_eq!(catalogue.rows().count(), DOCUMENTS * NUMBERS);
    assert!(catalogue.holding("7").unwrap().to_json().len() < 150_000);
}

/// The bytes of memory that the process has.
fn resident() -> Option<usize> {
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?;
    Some(pages.split(' ').nth(1)?.parse::<usize>().ok()? * 4_096)
}
