//! What the tests of all groups need: an example office with the numbers that are asked of it, and rows
//! of registers for small offices.

use mingzhang_books::command::{Command, Request};
use mingzhang_books::entry::{RowName, Version};
use mingzhang_books::facts::{self, Draft};
use mingzhang_books::import;
use mingzhang_books::import::preview::preview;
use mingzhang_books::ledger::Ledger;
use mingzhang_books::line::Purpose;
use mingzhang_books::names::{RegisterId, RequestId, RowId, UnitCode};
use mingzhang_books::offices::{Example, SENDER, offices};
use mingzhang_books::pivot::{Pivot, Scope};
use mingzhang_books::register::{Measured, Row, Value, parse_value};
use mingzhang_books::state::Books;
use mingzhang_books::store::Memory;
use mingzhang_model::amount::{Amount, Figure};
use mingzhang_model::code::FunctionalCode;
use mingzhang_model::date::Date;
use mingzhang_model::key::{Function, Key, Measure, Stage};
use mingzhang_model::set::{Member, Set};
use mingzhang_standard::compare::{Change, Completion, SENTENCE, Share};
use mingzhang_standard::filter::Filter;
use mingzhang_standard::form;
use mingzhang_standard::register::{register, registers};
use mingzhang_testkit::office::{Office, person};

pub(crate) const SHANGHAI: &str = "huaihua_shanghai_2024";
pub(crate) const ZHUZHOU: &str = "zhuzhou_beijing_2024";
pub(crate) const CITY: &str = "huaihua_office_2024";
pub(crate) const BEIJING: &str = "huaihua_beijing_2022";
pub(crate) const COOPERATION: &str = "shanghai_cooperation_2024";

/// An example office, brought in, and all of its money.
pub(crate) struct Shown {
    pub(crate) office: &'static Example,
    pub(crate) ledger: Ledger<Memory>,
    pub(crate) pivot: Pivot,
}

/// Brings an example office in as the program does: its whole folder as one request.
pub(crate) fn example(id: &str) -> Shown {
    let office = offices().iter().find(|office| office.id == id).unwrap();
    let mut ledger = Ledger::open(Memory::default()).unwrap();
    let mut sheets = Vec::new();
    for file in office.files {
        let workbook = mingzhang_sheets::read(&format!("{}.csv", file.table), file.text.as_bytes()).unwrap();
        sheets.extend(workbook.sheets);
    }
    let reading = import::read(&sheets, ledger.books());
    assert!(reading.complaints.told().is_empty(), "{id}: {:?}", reading.complaints.told());
    let previewed = preview(&mut ledger, &reading, &person(SENDER)).unwrap();
    assert!(previewed.complaints.told().is_empty(), "{id}: {:?}", previewed.complaints.told());
    let request = RequestId::new(&format!("example-{id}")).unwrap();
    ledger.post(&previewed.request(request, person(SENDER), 1_700_000_000)).unwrap();
    let pivot = Pivot::of(ledger.books(), &Scope::Consolidated(UnitCode::new(office.unit).unwrap()));
    Shown { office, ledger, pivot }
}

/// A key in the words of a form's filter: expenditure of the initial budget unless they say otherwise.
pub(crate) fn key(year: u16, words: &str, function: &str) -> Key {
    let mut key = Key::everything(year, Stage::Initial, Set::only(Measure::Expenditure));
    Filter::parse(words, Set::EMPTY, Set::EMPTY).unwrap().narrow(&mut key);
    if !function.is_empty() {
        key.function = Function::Code(FunctionalCode::parse(function).unwrap());
    }
    key
}

/// What a sentence prints for a key; none where neither its year is kept nor the number known.
fn printed(pivot: &Pivot, key: &Key) -> Option<Figure> {
    pivot.knows(key).then(|| SENTENCE.figure(pivot.amount(key)))
}

/// The change of a key on the year before.
pub(crate) fn change_on_year_before(pivot: &Pivot, key: &Key) -> Option<Change> {
    let before = Key { year: key.year - 1, ..key.clone() };
    Some(Change::of(printed(pivot, key)?, printed(pivot, &before)?))
}

/// The share of one key in another.
pub(crate) fn share_in_books(pivot: &Pivot, part: &Key, whole: &Key) -> Option<Share> {
    Some(Share::of(printed(pivot, part)?, printed(pivot, whole)?))
}

/// What came of a key's budget at a stage.
pub(crate) fn completion_in_books(pivot: &Pivot, key: &Key, budget: Stage) -> Option<Completion> {
    let at = |stage| printed(pivot, &Key { stage, ..key.clone() });
    Some(Completion::of(at(Stage::FinalAccounts)?, at(budget)?))
}

impl Shown {
    pub(crate) fn books(&self) -> &Books {
        self.ledger.books()
    }

    pub(crate) fn unit(&self) -> UnitCode {
        UnitCode::new(self.office.unit).unwrap()
    }

    pub(crate) fn scope(&self) -> Scope {
        Scope::Consolidated(self.unit())
    }

    /// The rows of the first unit's register, with their names.
    pub(crate) fn rows(&self, register: &str) -> std::vec::IntoIter<(&RowId, &Row)> {
        let unit = self.unit();
        let rows: Vec<_> = self.books().rows_in(&unit, register).collect();
        rows.into_iter()
    }

    /// The money of the published year.
    pub(crate) fn amount(&self, words: &str, function: &str) -> Amount {
        self.pivot.amount(&key(self.office.year, words, function))
    }

    /// The same as a sentence prints it: 万元 with two decimals.
    pub(crate) fn money(&self, words: &str, function: &str) -> String {
        SENTENCE.figure(self.amount(words, function)).plain()
    }

    /// The change on the year before: the printed difference, the direction's word, the rate.
    pub(crate) fn change(&self, words: &str) -> (String, &'static str, String) {
        let change = change_on_year_before(&self.pivot, &key(self.office.year, words, "")).unwrap();
        (change.difference.plain(), change.direction.term(), change.rate.to_string())
    }

    /// What came of a stage's budget, in per cent.
    pub(crate) fn completion(&self, words: &str, function: &str, budget: Stage) -> String {
        let key = key(self.office.year, words, function);
        completion_in_books(&self.pivot, &key, budget).unwrap().rate.to_string()
    }

    /// A part of a whole, in per cent; either in the words of a filter and a functional code.
    pub(crate) fn share(&self, part: (&str, &str), whole: (&str, &str)) -> String {
        let of = |(words, function): (&str, &str)| key(self.office.year, words, function);
        share_in_books(&self.pivot, &of(part), &of(whole)).unwrap().rate.to_string()
    }

    /// A figure of the registers at a day.
    pub(crate) fn figure_at(&self, name: &str, cutoff: &str) -> String {
        figure(self.books(), &self.scope(), self.office.year, cutoff, name)
    }

    /// A figure of the registers at the end of the year.
    pub(crate) fn figure(&self, name: &str) -> String {
        self.figure_at(name, &format!("{}-12-31", self.office.year))
    }

    /// The tables of the office's own form, filled.
    pub(crate) fn draft(&self) -> Draft {
        let form = form::form(self.office.form.unwrap()).unwrap();
        facts::draft(self.books(), &self.scope(), self.office.year, form)
    }

    /// A number that the narrative of the office's own form states; money in 万元.
    pub(crate) fn stated(&self, statistic: &str) -> Option<String> {
        let form = form::form(self.office.form.unwrap()).unwrap();
        let all = facts::statistics(self.books(), &self.scope(), self.office.year, form);
        let found = all.into_iter().find(|one| one.statistic.word() == statistic)?;
        Some(match found.value {
            Measured::Money(amount) => SENTENCE.figure(amount).plain(),
            other => other.to_string(),
        })
    }

    /// Projects in the order of units and codes: name, amount of the approved lines in 万元.
    pub(crate) fn projects(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for unit in self.scope().units(self.books()) {
            for (code, row) in self.books().rows_in(&unit, "projects") {
                let lines = self.books().year(&unit, self.office.year).unwrap().version(Version::Approved);
                let own = lines.filter(
                    |(line, _)| matches!(&line.purpose, Purpose::Project(own) if own.as_str() == code.as_str()),
                );
                let amount = Amount(own.map(|(_, amount)| amount.0).sum());
                assert_eq!(row.get("budget"), Some(&Value::Money(amount)), "{code}: the card and the lines");
                found.push((text(row, "words").to_owned(), SENTENCE.figure(amount).plain()));
            }
        }
        found
    }

    /// What the registers ask a person to look at, of one register.
    pub(crate) fn remarks(&self, register: &str) -> Vec<String> {
        remarks(self.books(), &self.scope(), self.office.year, register)
    }

    /// What is said to a command that must be refused: the reason's word and the words. Nothing is written.
    pub(crate) fn refused(&self, command: Command) -> (&'static str, String) {
        let id = RequestId::new("refused").unwrap();
        let request = Request { id, by: person("审核"), at: 1_700_000_001, commands: vec![command] };
        let (_, refusals) = self.ledger.preview(&request);
        let (_, refusal) = refusals.first().expect("it is not refused");
        (refusal.reason.word(), refusal.to_string())
    }

    /// Adds one row to a copy of the books, which must be carried out.
    pub(crate) fn with(&self, commands: Vec<Command>) -> Books {
        let id = RequestId::new("with").unwrap();
        let request = Request { id, by: person("审核"), at: 1_700_000_001, commands };
        let (books, refusals) = self.ledger.preview(&request);
        assert!(refusals.is_empty(), "{refusals:?}");
        books
    }
}

/// A figure of the registers of some books.
pub(crate) fn figure(books: &Books, scope: &Scope, year: u16, cutoff: &str, name: &str) -> String {
    let cutoff = Date::parse(cutoff).unwrap();
    let found = registers().iter().find(|register| register.figure(name).is_some());
    let found = found.unwrap_or_else(|| panic!("no register has the figure {name}"));
    let figures = books.figures(scope, found, year, cutoff);
    figures.into_iter().find(|figure| figure.name == name).unwrap().value.to_string()
}

/// What a person is asked to look at, of one register at the end of a year.
pub(crate) fn remarks(books: &Books, scope: &Scope, year: u16, register: &str) -> Vec<String> {
    let told = books.remarks(scope, year, Date::new(year, 12, 31).unwrap());
    told.into_iter().filter(|(of, ..)| of.id == register).map(|(.., complaint)| complaint.message).collect()
}

/// A text of a row, or the word of a choice.
pub(crate) fn text<'a>(row: &'a Row, field: &str) -> &'a str {
    match row.get(field) {
        Some(Value::Text(text) | Value::Choice(text)) => text,
        other => panic!("{field}: {other:?}"),
    }
}

/// The row that `name=value` pairs between bars say.
pub(crate) fn row(id: &str, cells: &str) -> Row {
    let register = register(id).unwrap_or_else(|| panic!("no register {id}"));
    let cell = |cell: &str| {
        let (name, typed) = cell.split_once('=').unwrap();
        let field = register.field(name.trim()).unwrap_or_else(|| panic!("{id} has no field {name}"));
        (name.trim().to_owned(), parse_value(field, typed.trim()).unwrap())
    };
    cells.split('|').map(cell).collect()
}

/// Enters a row in a register of a unit.
pub(crate) fn add(unit: &str, id: &str, name: &str, cells: &str) -> Command {
    Command::AddRow(UnitCode::new(unit).unwrap(), row_name(id, name), row(id, cells))
}

/// A row's name.
pub(crate) fn row_name(id: &str, name: &str) -> RowName {
    RowName { register: RegisterId::new(id).unwrap(), row: RowId::new(name).unwrap() }
}

/// A row for which the register has no field: what it would take to enter something else.
pub(crate) fn with_field(command: Command, field: &str, words: &str) -> Command {
    let Command::AddRow(unit, name, mut row) = command else { panic!("not a row") };
    row.insert(field.to_owned(), Value::Text(words.to_owned()));
    Command::AddRow(unit, name, row)
}

/// The small office's rows: register, row, cells.
pub(crate) fn enter(office: &mut Office<Memory>, rows: &[(&str, &str, &str)]) {
    for (id, name, cells) in rows {
        office.must(add("101", id, name, cells));
    }
}

/// The figures of a small office at the end of 2024 against what was worked out by hand.
pub(crate) fn counts(office: &Office<Memory>, expected: &[(&str, &str)]) {
    let scope = Scope::Consolidated(UnitCode::new("101").unwrap());
    for (name, value) in expected {
        assert_eq!(figure(office.books(), &scope, 2024, "2024-12-31", name), *value, "{name}");
    }
}

/// A row that must be refused, and words of the complaint.
pub(crate) fn bad_row(office: &mut Office<Memory>, id: &str, cells: &str, says: &str) {
    let (reason, words) = office.refused(add("101", id, "bad", cells));
    assert_eq!(reason, "bad_row", "{words}");
    assert!(words.contains(says), "“{says}” in {words}");
}

/// The part of a count in per cent, with so many decimals.
pub(crate) fn percent(part: &str, whole: &str, decimals: u8) -> String {
    use mingzhang_standard::fraction::Fraction;
    let number = |text: &str| Fraction::parse(&text.replace(',', "")).unwrap();
    let rate = number(part).over(number(whole)).unwrap().times(Fraction::whole(100)).unwrap();
    format!("{}%", rate.fixed(decimals))
}

/// Pairs of words as owned pairs.
pub(crate) fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, amount)| ((*name).to_owned(), (*amount).to_owned())).collect()
}
