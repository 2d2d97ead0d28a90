//! The example books against the documents whose figures they take over: the tables cell for cell, the
//! numbers of the sentences one by one. Where a document contradicts itself, the number that the books
//! have stands here with the one that is printed beside it in words.

mod load;
mod sentences;

use load::load;
use mingzhang_books::facts;
use mingzhang_books::offices::{Example, File, offices};
use mingzhang_books::pivot::Scope;
use mingzhang_model::date::Date;
use mingzhang_model::fact::{Facts, Printed};
use mingzhang_standard::form;
use mingzhang_standard::performance::{self, Points};
use mingzhang_standard::register;
use mingzhang_testkit::shared;
use std::collections::BTreeMap;
use std::path::Path;

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

/// What stands here for a cell in which nothing is printed.
const BLANK: &str = "（空）";

/// Every cell of the tables: code, key, what is printed.
type Cells = BTreeMap<(String, String, String), usize>;

fn cells(facts: &Facts) -> Cells {
    let mut cells = Cells::new();
    for fact in &facts.facts {
        let printed = match fact.printed {
            Printed::Figure(figure) => figure.to_string(),
            Printed::Nil => "无".into(),
            Printed::Dash => "-".into(),
            Printed::Blank => BLANK.into(),
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

/// The tables of an office, filled.
fn tables(office: &Example) -> Cells {
    let ledger = load(office);
    let form = form::form(office.form.unwrap()).unwrap();
    cells(&facts::draft(ledger.books(), &scope(office), office.year, form).facts)
}

/// The tables of the books against those of the document; the codes of tables that the document lacks
/// are left out.
fn same_tables(id: &str, word: &str, lacking: &[&str]) {
    let mut books = tables(office(id));
    books.retain(|(code, ..), _| !lacking.contains(&code.as_str()));
    for path in shared::files("seeds", word) {
        let document = mingzhang_read::read(&std::fs::read(path).unwrap()).unwrap();
        let document = cells(&mingzhang_extract::extract(&document));
        let told = differences(&books, &document);
        assert!(told.is_empty(), "{} cells differ:\n{}", told.len(), told.join("\n"));
        println!("{id}: {} cells", document.values().sum::<usize>());
    }
    // What was read from the document once is kept beside these tests: the cells that are not blank.
    books.retain(|(.., printed), _| printed != BLANK);
    let told = differences(&books, &golden(word));
    assert!(told.is_empty(), "{} cells differ:\n{}", told.len(), told.join("\n"));
}

/// The cells that a golden of the statements lists.
fn golden(word: &str) -> Cells {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let files = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    let path = files.into_iter().find(|path| shared::name(path).starts_with(word)).unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    let mut cells = Cells::new();
    for line in text.lines().skip(1).filter(|line| !line.starts_with('#')) {
        let [code, key, printed] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        *cells.entry((code.to_owned(), key.to_owned(), printed.to_owned())).or_default() += 1;
    }
    cells
}

#[test]
fn the_nine_tables_of_the_accounts_come_out_cell_for_cell() {
    same_tables("huaihua_beijing_2022", "003_", &[]);
}

#[test]
fn the_tables_of_the_department_budget_come_out_cell_for_cell() {
    same_tables("shanghai_cooperation_2024", "004_", &["B04", "B09"]);
}

#[test]
fn one_yuan_more_on_one_line_is_seen_in_every_table_that_shows_it() {
    let office = office("shanghai_cooperation_2024");
    let changed = |file: &File| match file.table {
        "budget" => {
            let line = "批复,140,2024,一般公共预算,2010301,30203,基本支出,,23000";
            assert!(file.text.contains(line));
            let text = file.text.replace(line, &line.replace("23000", "23001"));
            File { table: file.table, text: Box::leak(text.into_boxed_str()) }
        }
        _ => *file,
    };
    let files: Vec<File> = office.files.iter().map(changed).collect();
    let more = tables(&Example { files: Box::leak(files.into_boxed_slice()), ..*office });
    let told = differences(&more, &tables(office));
    let mut seen: Vec<&str> = told.iter().map(|line| &line[..3]).collect();
    seen.dedup();
    // B09 prints 万元, where one yuan does not show.
    assert_eq!(seen, ["B01", "B02", "B03", "B04", "B05", "B08"], "{told:#?}");
}

/// What the rules say of the drafts, by office: nothing is an error.
const FINDINGS: [(&str, &[&str]); 2] = [
    // Contributions that lie under other functions, savings of 三公, and projects whose budget grew after
    // their goals were set: each is in the document.
    ("huaihua_beijing_2022", &["hint CD011", "hint CD011", "hint HT002", "hint PF010", "hint PF012", "hint PF026"]),
    // 9.96 of 78.86 for the smallest; 1,528.15 of 1,701.26 with goals.
    ("shanghai_cooperation_2024", &["hint OP010", "hint PF012"]),
];

#[test]
fn the_rules_find_no_error_in_the_drafts() {
    for (id, expected) in FINDINGS {
        let office = office(id);
        let ledger = load(office);
        let form = form::form(office.form.unwrap()).unwrap();
        let draft = facts::draft(ledger.books(), &scope(office), office.year, form);
        let report = mingzhang_rules::check(&draft.document, &draft.facts);
        let mut found: Vec<String> =
            report.findings().map(|finding| format!("{} {}", finding.severity.word(), finding.rule)).collect();
        found.sort();
        assert_eq!(found, expected, "{id}");
    }
}

#[test]
fn a_stated_score_of_98_is_more_than_the_books_give() {
    let office = office("huaihua_beijing_2022");
    let ledger = load(office);
    let system = performance::system("hunan_whole_unit").unwrap();
    let scale = performance::scale(&system.scale).unwrap();
    let evaluation = ledger.books().evaluation(&scope(office), 2022, system, scale);
    let rate = |code: &str| evaluation.items().iter().find(|item| item.code == code).and_then(|item| item.percent());
    assert_eq!(rate("three_public_control").as_deref(), Some("49.67%"));
    // Above 30% by the additions of the books as by the printed 31.06%: no points either way.
    assert_eq!(rate("budget_control").as_deref(), Some("42.36%"));
    assert_eq!(evaluation.total().map(|total| total.high()), Points::parse("93"));
    assert_eq!(evaluation.stated(Points::parse("98"), Some("优")).len(), 1);
}

#[test]
fn what_the_evaluations_of_projects_state_is_what_their_indicators_add_up_to() {
    let office = office("huaihua_beijing_2022");
    let ledger = load(office);
    let system = performance::system("project").unwrap();
    let scale = performance::scale(&system.scale).unwrap();
    for (project, score) in [("P2022-01", "95.31"), ("P2022-02", "98.5")] {
        let unit = scope(office).unit().clone();
        let evaluation = ledger.books().project_evaluation(&unit, 2022, project, system, scale);
        assert_eq!(evaluation.score(), Points::parse(score), "{project}");
        assert_eq!(evaluation.grade(), Some("优"));
        let rows = ledger.books().rows_in(&unit, "evaluations");
        let (_, row) = rows.into_iter().find(|(row, _)| row.as_str() == project).unwrap();
        let evaluations = register::register("evaluations").unwrap();
        let computed = mingzhang_books::register::computed(evaluations, row);
        let points = computed.into_iter().find(|(name, ..)| *name == "points").unwrap().2;
        assert_eq!(points.as_deref(), Some(score), "{project}");
    }
}
