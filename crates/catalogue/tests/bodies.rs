//! Whose document it is: how many of the shared documents say so, and whether any says it wrongly.
//!
//! The list beside the documents tells what is printed inside them. An entry that was guessed from the name of a file
//! (with a middle dot or an underscore) is no witness.

use mingzhang_standard::{name, words};
use mingzhang_testkit::shared;
use std::collections::BTreeMap;

/// At least so many of the documents whose list entry was printed inside name their body.
const FOUND: usize = 141;

/// Documents whose entry is not what they print: the file, what it prints, read in the document.
const PRINTS_OTHERWISE: [(&str, &str); 3] = [
    ("江苏省委办公厅2017年预算公开表格.pdf", "中国共产党江苏省委员会办公厅"),
    ("省人大办公厅2018预算公开.pdf", "江苏省人大常委会办公厅"),
    ("江苏省委办公厅2019年度部门预算公开表格.pdf", "中共江苏省委办公厅"),
];

#[test]
fn documents_name_their_body_and_none_another_one() {
    let Some(folder) = shared::folder("corpus") else { return };
    let Ok(index) = std::fs::read_to_string(folder.join("INDEX.tsv")) else { return };
    let expected: BTreeMap<&str, &str> = index
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut fields = line.split('\t');
            Some((fields.next()?, fields.nth(1)?))
        })
        .collect();
    let (mut found, mut silent, mut wrong) = (0, Vec::new(), Vec::new());
    for path in shared::files("corpus/pdf", ".pdf") {
        let file = shared::name(&path);
        let Ok(document) = mingzhang_read::read(&std::fs::read(&path).unwrap()) else { continue };
        let facts = mingzhang_extract::extract(&document);
        let entry = expected.get(format!("pdf/{file}").as_str()).filter(|entry| !entry.contains(['·', '_']));
        let otherwise = PRINTS_OTHERWISE.iter().find(|(end, _)| file.ends_with(end)).map(|(_, printed)| *printed);
        println!("{file}\t{:?}\t{:?}\t{entry:?}", facts.disclosure.body, facts.disclosure.scope);
        match (&facts.disclosure.body, otherwise.or(entry.copied())) {
            (None, Some(entry)) => silent.push(format!("{file}: {entry}")),
            (None, None) => {}
            (Some(_), None) => found += 1,
            (Some(body), Some(entry)) if same(body, entry) => found += 1,
            (Some(body), Some(entry)) => wrong.push(format!("{file}: {body}, not {entry}")),
        }
    }
    println!("{found} bodies found; not named: {silent:#?}");
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(found >= FOUND, "only {found} bodies were found; not named: {silent:#?}");
}

/// Whether two spellings are one name, the mark of the scope aside.
fn same(body: &str, entry: &str) -> bool {
    name::marked(body).0 == name::marked(&words::fold(entry)).0
}
