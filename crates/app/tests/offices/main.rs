//! The example books against the documents whose figures they take over: the tables cell for cell, the
//! numbers of the sentences one by one. Where a document contradicts itself, the number that the books
//! have stands here with the one that is printed beside it in words.

mod load;
mod sentences;

use load::load;
use mingzhang_books::facts;
use mingzhang_books::offices::{Example, offices};
use mingzhang_books::pivot::Scope;
use mingzhang_model::date::Date;
use mingzhang_model::fact::{Facts, Printed};
use mingzhang_standard::form;
use mingzhang_testkit::shared;
use std::collections::BTreeMap;

fn office(id: &str) -> &'static Example {
    offices().iter().find(|office| office.id == id).unwrap()
}

fn scope(office: &Example) -> Scope {
    Scope::Consolidated(mingzhang_books::names::UnitCode::new(office.unit).unwrap())
}

#[test]
fn every_office_is_carried_out_without_a_refusal() {
    for office in offices() {
        let ledger = load(office);
        let books = ledger.books();
        assert_eq!(books.unit(scope(office).unit()).unwrap().name, office.name);
        assert!(books.year(scope(office).unit(), office.year).is_some());
        println!("{}: {} entries", office.id, books.count());
    }
}

/// Remarks that the documents' own figures bring with them, by office, register and how many.
const LOOKED_AT: [(&str, &str, usize); 7] = [
    // Nothing is reserved for small enterprises, or too little for the smallest.
    ("zhuzhou_beijing_2024", "procurement", 1),
    ("huaihua_office_2024", "procurement", 1),
    ("shanghai_cooperation_2024", "procurement", 1),
    // 3,624.85 yuan are left of 16.7 million.
    ("huaihua_beijing_2022", "assets", 1),
    // The village's loan was applied for and has not yielded.
    ("huaihua_beijing_2022", "rural", 1),
    // 三公 were saved, and both projects are excellent.
    ("huaihua_beijing_2022", "evaluations", 2),
    // 28 projects have goals, 1,528.15 of 1,701.26.
    ("shanghai_cooperation_2024", "projects", 5),
];

#[test]
fn the_registers_ask_a_person_to_look_at_nothing_but_what_the_documents_state() {
    let mut found = BTreeMap::new();
    for office in offices() {
        let ledger = load(office);
        let cutoff = Date::new(office.year, 12, 31).unwrap();
        for (register, rows, complaint) in ledger.books().remarks(&scope(office), office.year, cutoff) {
            println!("{} {} {rows:?} {}", office.id, register.id, complaint.message);
            *found.entry((office.id, register.id)).or_insert(0) += 1;
        }
    }
    assert_eq!(found, LOOKED_AT.iter().map(|(office, register, count)| ((*office, *register), *count)).collect());
}

/// Every cell of the tables: code, key, what is printed.
type Cells = BTreeMap<(String, String, String), usize>;

fn cells(facts: &Facts) -> Cells {
    let mut cells = Cells::new();
    for fact in &facts.facts {
        let printed = match fact.printed {
            Printed::Figure(figure) => figure.to_string(),
            Printed::Nil => "无".into(),
            Printed::Dash => "-".into(),
            Printed::Blank => "（空）".into(),
        };
        let code = facts.statements[fact.statement].code.to_owned();
        *cells.entry((code, fact.key.to_string(), printed)).or_default() += 1;
    }
    cells
}

fn differences(books: &Cells, document: &Cells) -> Vec<String> {
    let mut told = Vec::new();
    for (cell, count) in books {
        let other = document.get(cell).copied().unwrap_or(0);
        if *count > other {
            told.push(format!("{} {} | only the books print {}", cell.0, cell.1, cell.2));
        }
    }
    for (cell, count) in document {
        let other = books.get(cell).copied().unwrap_or(0);
        if *count > other {
            told.push(format!("{} {} | only the document prints {}", cell.0, cell.1, cell.2));
        }
    }
    told.sort();
    told
}

/// The tables of the books against those of the document; the codes of tables that the document lacks
/// are left out.
fn same_tables(id: &str, word: &str, lacking: &[&str]) {
    let office = office(id);
    let ledger = load(office);
    let form = form::form(office.form.unwrap()).unwrap();
    let draft = facts::draft(ledger.books(), &scope(office), office.year, form);
    for path in shared::files("seeds", word) {
        let document = mingzhang_read::read(&std::fs::read(path).unwrap()).unwrap();
        let mut books = cells(&draft.facts);
        books.retain(|(code, ..), _| !lacking.contains(&code.as_str()));
        let document = cells(&mingzhang_extract::extract(&document));
        let told = differences(&books, &document);
        assert!(told.is_empty(), "{} cells differ:\n{}", told.len(), told.join("\n"));
        println!("{id}: {} cells", document.values().sum::<usize>());
    }
}

#[test]
fn the_nine_tables_of_the_accounts_come_out_cell_for_cell() {
    same_tables("huaihua_beijing_2022", "003_", &[]);
}

#[test]
fn the_tables_of_the_department_budget_come_out_cell_for_cell() {
    same_tables("shanghai_cooperation_2024", "004_", &["B04", "B09"]);
}
