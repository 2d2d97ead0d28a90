//! What the tests of disclosures share: an example office, a disclosure from books, the way back from a file.

use mingzhang_books::facts::{Kept, draft};
use mingzhang_books::import;
use mingzhang_books::import::preview::preview;
use mingzhang_books::ledger::Ledger;
use mingzhang_books::names::{RequestId, UnitCode};
use mingzhang_books::offices::{Example, SENDER, offices};
use mingzhang_books::pivot::Scope;
use mingzhang_books::store::Memory;
use mingzhang_books::trail::Trail;
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Fact, Facts, Printed};
use mingzhang_model::finding::Finding;
use mingzhang_model::rule::Severity;
use mingzhang_standard::form;
use mingzhang_standard::narrative::narrative;
use mingzhang_testkit::office::person;
use mingzhang_write::compose::{Composed, Material, compose};
use mingzhang_write::manuscript::{Manuscript, Piece};
use mingzhang_write::pdf::{self, Faces};
use mingzhang_write::{docx, html, text, xlsx};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A disclosure: what it states, and how it is said.
pub(crate) struct Disclosure {
    pub(crate) name: String,
    pub(crate) facts: Facts,
    pub(crate) composed: Composed,
}

impl Disclosure {
    /// The disclosure of a scope's year in a form.
    pub(crate) fn of(ledger: &mut Ledger<Memory>, scope: &Scope, year: u16, form: &str) -> Disclosure {
        let trail = Trail::of(ledger).unwrap();
        let (form, narrative) = (form::form(form).unwrap(), narrative(form).unwrap());
        let facts = draft(ledger.books(), scope, year, form).facts;
        let supply = Kept::new(ledger.books(), &trail, scope, year, form);
        let composed = compose(&Material { form, narrative, facts: &facts, supply: &supply });
        Disclosure { name: format!("{} {year} {}", scope.unit(), form.id), facts, composed }
    }

    pub(crate) fn manuscript(&self) -> &Manuscript {
        &self.composed.manuscript
    }

    /// The codes of its statutory tables in the order in which they are printed.
    pub(crate) fn tables(&self) -> Vec<&str> {
        let grids = self.manuscript().pieces.iter().filter_map(|piece| match piece {
            Piece::Grid(grid) if !grid.code.is_empty() => Some(grid.code.as_str()),
            _ => None,
        });
        grids.collect()
    }
}

/// A format that can be read back.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Format {
    Text,
    Pdf,
    Docx,
    Html,
    Workbook,
}

/// Every one of them.
pub(crate) const FORMATS: [Format; 5] = [Format::Text, Format::Pdf, Format::Docx, Format::Html, Format::Workbook];

/// The faces that the program has.
pub(crate) fn faces() -> &'static Faces {
    static FACES: LazyLock<Faces> = LazyLock::new(|| Faces::built_in().unwrap());
    &FACES
}

impl Format {
    /// The file.
    pub(crate) fn bytes(self, manuscript: &Manuscript) -> Vec<u8> {
        match self {
            Format::Text => text::write(manuscript).into_bytes(),
            Format::Pdf => pdf::write(manuscript, faces()).unwrap(),
            Format::Docx => docx::write(manuscript).unwrap(),
            Format::Html => html::write(manuscript).into_bytes(),
            Format::Workbook => xlsx::write(manuscript).unwrap(),
        }
    }

    /// What a reader gets from the file.
    pub(crate) fn read_back(self, manuscript: &Manuscript) -> (Document, Facts) {
        read(&self.bytes(manuscript))
    }
}

/// What a reader gets from a file.
pub(crate) fn read(bytes: &[u8]) -> (Document, Facts) {
    let document = mingzhang_read::read(bytes).unwrap();
    let facts = mingzhang_extract::extract(&document);
    (document, facts)
}

/// What the rules find.
pub(crate) fn findings(document: &Document, facts: &Facts) -> Vec<Finding> {
    mingzhang_rules::check(document, facts).findings().cloned().collect()
}

/// What a person has to look at.
pub(crate) fn is_grave(finding: &Finding) -> bool {
    finding.severity != Severity::Hint
}

/// How often each rule found something.
pub(crate) fn counted(findings: &[Finding]) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for finding in findings {
        *counted.entry(finding.rule.to_string()).or_default() += 1;
    }
    counted
}

/// The statements, and every printed number and blank with its key: what a round trip must keep. A row in which
/// nothing at all is printed is none.
pub(crate) fn stated(facts: &Facts) -> (Vec<&'static str>, BTreeMap<String, usize>) {
    let has_name = |fact: &Fact| !facts.statements[fact.statement].rows[fact.row].name.is_empty();
    let is_shown = |fact: &Fact| fact.printed != Printed::Blank || has_name(fact);
    let shown: BTreeSet<(usize, usize)> =
        facts.facts.iter().filter(|fact| is_shown(fact)).map(|fact| (fact.statement, fact.row)).collect();
    let mut cells = BTreeMap::new();
    for fact in facts.facts.iter().filter(|fact| shown.contains(&(fact.statement, fact.row))) {
        let code = facts.statements[fact.statement].code;
        *cells.entry(format!("{code} {} {:?}", fact.key, fact.printed)).or_default() += 1;
    }
    (facts.statements.iter().map(|statement| statement.code).collect(), cells)
}

/// The numbers of running text, as they are printed, each with how often: what must be alike in formats that break
/// lines in different places.
pub(crate) fn mentioned(facts: &Facts) -> BTreeMap<String, usize> {
    let mut mentioned = BTreeMap::new();
    for mention in &facts.prose.mentions {
        *mentioned.entry(format!("{:?}", mention.quantity)).or_default() += 1;
    }
    mentioned
}

/// The published disclosure of an example office.
pub(crate) fn published(unit: &str) -> Disclosure {
    let office = offices().iter().find(|office| office.unit == unit).unwrap();
    let scope = Scope::Consolidated(UnitCode::new(office.unit).unwrap());
    Disclosure::of(&mut example(office), &scope, office.year, office.form.unwrap())
}

/// The books of an example office, brought in as the program does: its whole folder as one request.
pub(crate) fn example(office: &Example) -> Ledger<Memory> {
    let mut ledger = Ledger::open(Memory::default()).unwrap();
    let read = |file: &mingzhang_books::offices::File| {
        mingzhang_sheets::read(&format!("{}.csv", file.table), file.text.as_bytes()).unwrap().sheets
    };
    let sheets: Vec<_> = office.files.iter().flat_map(read).collect();
    let reading = import::read(&sheets, ledger.books());
    let previewed = preview(&mut ledger, &reading, &person(SENDER)).unwrap();
    assert!(previewed.complaints.told().is_empty(), "{}: {:?}", office.id, previewed.complaints.told());
    let request = RequestId::new(&format!("example-{}", office.id)).unwrap();
    ledger.post(&previewed.request(request, person(SENDER), 1_700_000_000)).unwrap();
    ledger
}
