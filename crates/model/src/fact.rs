//! [`Fact`]: one printed number, its key and its place; [`Facts`]: all that one document states.
//!
//! Two facts may have one key: that is how a contradiction is seen. A computed number is never a
//! fact. Blank, dash, 0, 0.00 and 无 are five different things here, though all count as nothing.

use crate::amount::{Amount, Figure, Interval, Unit};
use crate::code::{EconomicCode, FunctionalCode};
use crate::document::Place;
use crate::key::{Fund, Key, Kind, Measure};
use crate::locator::Locator;
use crate::members;
use crate::prose::Prose;
use crate::set::Set;
use std::collections::BTreeSet;

/// What stands in a cell that should hold a number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Printed {
    /// Nothing at all.
    Blank,
    /// A dash.
    Dash,
    /// The word 无.
    Nil,
    /// A number; 0 and 0.00 differ in their decimals.
    Figure(Figure),
}

impl Printed {
    /// The amount; blank, dash and 无 are nothing.
    pub fn amount(self) -> Amount {
        match self {
            Printed::Figure(figure) => figure.amount,
            Printed::Blank | Printed::Dash | Printed::Nil => Amount::ZERO,
        }
    }
}

/// One printed number with its key and its place.
#[derive(Clone, PartialEq, Debug)]
pub struct Fact {
    /// Which money it is about.
    pub key: Key,
    /// What was printed.
    pub printed: Printed,
    /// The unit of its table.
    pub unit: Unit,
    /// The most decimals that any cell of its column shows: the precision of the column.
    pub decimals: u8,
    /// Which of [`Facts::statements`] it stands in.
    pub statement: usize,
    /// Which of the statement's rows.
    pub row: usize,
    /// Which of the statement's columns.
    pub column: usize,
    /// The cell of the document that prints it.
    pub cell: CellRef,
    /// Where that cell stands.
    pub place: Place,
}

/// A cell of a document: the block, and the row and column of its upper left corner.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct CellRef {
    /// Which of the document's blocks.
    pub block: usize,
    /// Counted from 0.
    pub row: u32,
    /// Counted from 0.
    pub column: u32,
}

impl Fact {
    /// What the true amount can be. A printed zero is exactly nothing here; see [`Fact::loosely`].
    pub fn interval(&self) -> Interval {
        if self.printed.amount().is_zero() { Interval::ZERO } else { self.loosely() }
    }

    /// The same, but a printed zero may be an amount too small to show in the column.
    pub fn loosely(&self) -> Interval {
        match self.printed {
            Printed::Figure(figure) => figure.interval(self.decimals),
            Printed::Blank | Printed::Dash | Printed::Nil => Interval::ZERO,
        }
    }
}

/// A cell that should hold money but could not be given a key, or could not be read.
#[derive(Clone, PartialEq, Debug)]
pub struct Unkeyed {
    /// Which of [`Facts::statements`] it stands in.
    pub statement: usize,
    /// Where it stands and what it prints.
    pub locator: Locator,
    /// Why it is no fact.
    pub why: Why,
}

/// Why a money cell is no fact.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Why {
    /// The cell holds no number, dash, blank or 无.
    NotANumber,
    /// The row's name or code says no functional, economic or income line that the form knows.
    UnknownRow,
    /// The table prints no unit and its form knows none.
    UnknownUnit,
    /// The headers over it say nothing known.
    UnknownColumn,
}

/// Words with their place.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Text {
    /// The words.
    pub text: String,
    /// Where they stand.
    pub place: Place,
}

/// A slot of the form that a person fills in, such as 编制部门：.
#[derive(Clone, PartialEq, Debug)]
pub enum Slot {
    /// The slot is not printed.
    Absent,
    /// The slot is printed and empty.
    Blank(Text),
    /// The slot is printed and filled.
    Filled(Text),
}

/// The code at the head of a row.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RowCode {
    /// A functional code.
    Functional(FunctionalCode),
    /// An economic code.
    Economic(EconomicCode),
}

/// A row of a statement, of one of its blocks of columns.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// The name, as printed.
    pub name: String,
    /// Its code, where the form has codes.
    pub code: Option<RowCode>,
    /// The code as printed, where it is printed in another width than the form's.
    pub misprinted_code: Option<String>,
    /// Where its name stands.
    pub place: Place,
}

/// A money column of a statement.
#[derive(Clone, PartialEq, Debug)]
pub struct Column {
    /// The header path, from the top: 本年支出, 基本支出.
    pub path: Vec<String>,
}

impl Column {
    /// The name that tells the column from its neighbours: the lowest header, with the one above it
    /// where that is needed to tell 小计 from 小计.
    pub fn name(&self) -> String {
        match self.path.as_slice() {
            [] => String::new(),
            [only] => only.clone(),
            [.., above, last] => format!("{above}·{last}"),
        }
    }
}

/// Which movements come in and which go out in the form of a statement, and what it can hold: the
/// meaning of “all” in its keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Domain {
    /// The movements whose sum is the total that comes in.
    pub incoming: Set<Measure>,
    /// The movements whose sum is the total that goes out.
    pub outgoing: Set<Measure>,
    /// The funds that the form knows.
    pub funds: Set<Fund>,
    /// The kinds of expenditure that the form knows.
    pub kinds: Set<Kind>,
}

/// How it is known what the cells of a statement show.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Reading {
    /// A form lists its cells.
    Form,
    /// Its words say it: the title, the headers, the names of rows. Whether they mean what they mean elsewhere,
    /// the numbers have to confirm.
    Words,
}

/// A table of the document, recognised as one of a form's or by its words.
#[derive(Clone, PartialEq, Debug)]
pub struct Statement {
    /// The short code of the table within budgets (B01) or accounts (A01), as the rules name it.
    pub code: &'static str,
    /// What the table is about, in the words of DESIGN §9: `revenue`, `three_public`.
    pub concept: &'static str,
    /// How it was read.
    pub reading: Reading,
    /// The title as printed, or the form's where the table was recognised by its header alone.
    pub title: Text,
    /// The printed note of the unit.
    pub unit_note: Option<Text>,
    /// The unit that its numbers were read in.
    pub unit: Option<Unit>,
    /// 编制部门： and its like.
    pub name_slot: Slot,
    /// 注： and 说明： under the table.
    pub notes: Vec<Text>,
    /// The rows, block by block.
    pub rows: Vec<Row>,
    /// The money columns, from left to right.
    pub columns: Vec<Column>,
    /// The form's columns that the header does not show.
    pub missing_columns: Vec<&'static str>,
    /// Row numbers (行次) and column numbers (栏次) as printed, each list in the order of the form.
    pub ordinals: Vec<Vec<(Option<u32>, Text)>>,
    /// True when the rows list every code in use, so that a code without a row has no money.
    pub closed: bool,
    /// What “all” means in it.
    pub domain: Domain,
    /// Which of the document's blocks it was read from.
    pub blocks: Vec<usize>,
}

/// Budget or accounts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DisclosureKind {
    /// 预算
    Budget,
    /// 决算
    Accounts,
}

members! {
    /// Whose money a document counts.
    Scope {
        Department = "department", "部门";
        Unit = "unit", "单位";
        Unstated = "unstated", "未注明";
    }
}

impl Default for Scope {
    /// What a document says of which nothing is known.
    fn default() -> Scope {
        Scope::Unstated
    }
}

/// What the document says it is.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Disclosure {
    /// The department or unit, as printed.
    pub body: Option<String>,
    /// Whether it counts the money of a department with all its units, or that of one unit.
    pub scope: Scope,
    /// The budget year.
    pub year: Option<u16>,
    /// Budget or accounts.
    pub kind: Option<DisclosureKind>,
    /// The form it follows: the name of the form's file.
    pub form: Option<&'static str>,
}

/// A table that the form prescribes and the document does not show as a table.
#[derive(Clone, PartialEq, Debug)]
pub struct Missing {
    /// Its short code.
    pub code: &'static str,
    /// Its title in the form.
    pub title: &'static str,
    /// Where the document names it, for instance in its contents.
    pub named: Option<Text>,
}

/// A table whose concept is known and that shows no money as a statement does: targets, units, an index.
#[derive(Clone, PartialEq, Debug)]
pub struct OtherTable {
    /// What it is about, as [`Statement::concept`].
    pub concept: &'static str,
    /// The title as printed; empty where its words told what it is.
    pub title: Text,
    /// Which of the document's blocks it is.
    pub block: usize,
}

/// A sum that the layout of a table states: 小计 over what stands beside it, a total over the rows of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LayoutSum {
    /// The total: an index into [`Facts::facts`].
    pub whole: usize,
    /// What adds up to it.
    pub parts: Vec<usize>,
    /// The sums of one kind in one table: whether the layout means what it seems to, they say together.
    pub group: usize,
}

/// All that one document states.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Facts {
    /// What the document says it is.
    pub disclosure: Disclosure,
    /// The statutory tables, in reading order.
    pub statements: Vec<Statement>,
    /// The prescribed tables that were not found.
    pub missing: Vec<Missing>,
    /// The numbers, statement by statement, row by row.
    pub facts: Vec<Fact>,
    /// Sums that the layout of tables states, where no form does.
    pub sums: Vec<LayoutSum>,
    /// Money cells that are no facts.
    pub unkeyed: Vec<Unkeyed>,
    /// Tables whose concept is known and that show no money as a statement does.
    pub other_tables: Vec<OtherTable>,
    /// Tables of the document of which it is not known what they are: their blocks.
    pub unrecognised: Vec<usize>,
    /// What the running text holds.
    pub prose: Prose,
    /// Which of the numbers may have been misread.
    pub doubts: Doubts,
}

/// Numbers that were recognised on a picture without certainty: what does not agree with them decides nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Doubts {
    /// Indices into [`Facts::facts`]: the number itself is doubtful, or the head of its row.
    pub facts: BTreeSet<usize>,
    /// Indices into [`Prose::mentions`].
    pub mentions: BTreeSet<usize>,
}

impl Facts {
    /// True for money of the document's own year that no name narrows: of the body as a whole.
    pub fn is_plain(&self, fact: &Fact) -> bool {
        fact.key.details.is_none() && fact.key.year == self.disclosure.year.unwrap_or(0)
    }

    /// Where a fact stands, in a person's terms too.
    pub fn locator(&self, fact: &Fact) -> Locator {
        let statement = &self.statements[fact.statement];
        let row = &statement.rows[fact.row];
        let quote = match fact.printed {
            Printed::Figure(figure) => figure.to_string(),
            Printed::Nil => "无".into(),
            Printed::Dash => "-".into(),
            Printed::Blank => String::new(),
        };
        Locator {
            document: None,
            place: fact.place,
            section: None,
            table: Some(statement.title.text.clone()),
            row: (!row.name.is_empty()).then(|| row.name.clone()),
            column: Some(statement.columns[fact.column].name()),
            quote: Some(quote),
        }
    }
}

/// What is known of a number once the laws have been tried.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Proof {
    /// It stands in an identity that holds, or twice.
    Proven,
    /// No identity covers it.
    Unproven,
    /// It stands in an identity that does not hold, and is the likely culprit.
    Contradicted,
}
