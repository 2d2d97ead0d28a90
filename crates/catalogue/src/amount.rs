//! [`Amount`]: a number as readers see it, with every place that prints it; [`Derived`]: a number that nobody printed,
//! with the amounts that it was computed from.
//!
//! No number leaves the catalogue without its source. Where documents print the same money differently, the number
//! shown is the one most likely right, and the others stand beside it: nothing is averaged and nothing dropped.

use crate::catalogue::Catalogue;
use crate::holding::{Entry, Holding, quote};
use crate::place::Bbox;
use mingzhang_model::amount::{self, Agreement, Interval, Unit};
use mingzhang_model::fact::{Printed, Proof};
use mingzhang_model::key::{Key, Stage};
use mingzhang_model::set::Member;
use mingzhang_standard::fraction::Fraction;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use std::borrow::Cow;

/// A year and the stage of its budget: a column of a body's page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Period {
    /// The budget year.
    pub year: u16,
    /// Budget, adjusted budget or accounts.
    pub stage: Stage,
}

/// A period as JSON.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Period")]
struct PeriodShape {
    /// The budget year.
    year: u16,
    /// `initial`, `adjusted` or `final_accounts`.
    stage: &'static str,
    /// 年初预算, 调整预算 or 决算
    term: &'static str,
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        PeriodShape { year: self.year, stage: self.stage.word(), term: self.stage.term() }.serialize(s)
    }
}

impl JsonSchema for Period {
    fn schema_name() -> Cow<'static, str> {
        PeriodShape::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        PeriodShape::json_schema(generator)
    }
}

/// Where a number is printed.
#[derive(Clone, PartialEq, Serialize, JsonSchema, Debug)]
pub struct Source {
    /// The SHA-256 of the document.
    pub document: String,
    /// Which number of the document it is, in reading order from 0.
    pub figure: usize,
    /// The page, counted from 1; none where the format has no pages.
    pub page: Option<u32>,
    /// The rectangle on it.
    pub bbox: Option<Bbox>,
    /// The line of a text file, counted from 1.
    pub line: Option<u32>,
    /// The paragraph of a file of a word processor, counted from 1 over those with text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<u32>,
    /// The title of the section, for a number in running text.
    pub section: Option<String>,
    /// The title of the table.
    pub table: Option<String>,
    /// The name of the row.
    pub row: Option<String>,
    /// The name of the column.
    pub column: Option<String>,
    /// The number as it is printed there.
    pub quote: String,
    /// The unit it is printed in.
    pub unit: &'static str,
    /// All of this in words: 第 12 页，《收入支出决算总表》，“总计”行，“决算数”列.
    pub words: String,
    /// `proven`, `unproven` or `contradicted`.
    pub proof: &'static str,
}

impl Source {
    pub(crate) fn of(holding: &Holding, figure: u32) -> Source {
        let entry = &holding.entries[figure as usize];
        let locator = holding.locator(entry);
        let words = locator.words();
        Source {
            document: holding.id().to_owned(),
            figure: figure as usize,
            page: locator.place.page,
            bbox: entry.spot.bbox(),
            line: locator.place.line,
            paragraph: locator.place.paragraph,
            section: locator.section,
            table: locator.table,
            row: locator.row,
            column: locator.column,
            quote: quote(entry),
            unit: entry.unit.word(),
            words,
            proof: proof_word(entry.proof),
        }
    }
}

/// The word of a proof state.
pub(crate) fn proof_word(proof: Proof) -> &'static str {
    match proof {
        Proof::Proven => "proven",
        Proof::Unproven => "unproven",
        Proof::Contradicted => "contradicted",
    }
}

/// Yuan with two decimals, without separators.
pub(crate) fn yuan(fen: i64) -> String {
    amount::render(amount::Amount(fen), Unit::Yuan, 2, false)
}

/// An amount of one body, year and stage, as documents print it.
#[derive(Clone, PartialEq, Serialize, JsonSchema, Debug)]
pub struct Amount {
    /// The amount in fen, for computing and drawing.
    #[serde(skip)]
    pub fen: i64,
    /// The amount in yuan with two decimals.
    pub yuan: String,
    /// Which money it is, in the words of the forms.
    pub key: String,
    /// True where nothing is printed but a blank, a dash or 无.
    pub blank: bool,
    /// Where it is printed, the most precise print first. There is at least one.
    pub sources: Vec<Source>,
    /// What documents print for the same money that cannot be the same amount.
    pub contradicted: Vec<Other>,
}

/// Another amount for the same money.
#[derive(Clone, PartialEq, Serialize, JsonSchema, Debug)]
pub struct Other {
    /// The amount in yuan with two decimals.
    pub yuan: String,
    /// True where a blank, a dash or 无 is printed in place of a number.
    pub blank: bool,
    /// Where it is printed. There is at least one.
    pub sources: Vec<Source>,
}

impl Amount {
    /// What the holdings print for a key; none where none of them prints anything.
    pub(crate) fn of(holdings: &[&Holding], key: &Key) -> Option<Amount> {
        let found = holdings
            .iter()
            .flat_map(|holding| holding.of_key(key).map(move |(figure, entry)| (*holding, figure, entry)));
        let mut prints: Vec<(&Holding, u32, &Entry)> = found.collect();
        // Stable: of equals the document and the place that come first.
        prints.sort_by_key(|(.., entry)| doubt(entry));
        let mut groups: Vec<(&Entry, Vec<Source>)> = Vec::new();
        for (holding, figure, entry) in prints {
            let same = |first: &Entry| !matches!(interval(entry).agreement(interval(first)), Agreement::Off(_));
            let source = Source::of(holding, figure);
            match groups.iter_mut().find(|(first, _)| same(first)) {
                Some((_, sources)) => sources.push(source),
                None => groups.push((entry, vec![source])),
            }
        }
        let mut groups = groups.into_iter().map(|(first, sources)| (first.printed, sources));
        let (printed, sources) = groups.next()?;
        let fen = printed.amount().0;
        let other = |(printed, sources): (Printed, Vec<Source>)| Other {
            yuan: yuan(printed.amount().0),
            blank: is_blank(printed),
            sources,
        };
        Some(Amount {
            fen,
            yuan: yuan(fen),
            key: key.to_string(),
            blank: is_blank(printed),
            sources,
            contradicted: groups.map(other).collect(),
        })
    }

    /// Where the most precise print of it stands.
    pub fn source(&self) -> Option<&Source> {
        self.sources.first()
    }
}

/// What orders prints of the same money: one that breaks an identity last, then blanks, then by precision.
fn doubt(entry: &Entry) -> (bool, bool, i64) {
    (entry.proof == Proof::Contradicted, is_blank(entry.printed), interval(entry).width())
}

fn is_blank(printed: Printed) -> bool {
    !matches!(printed, Printed::Figure(_))
}

/// What the true amount can be: a printed zero may be an amount too small to show.
fn interval(entry: &Entry) -> Interval {
    match entry.printed {
        Printed::Figure(figure) => figure.interval(entry.decimals),
        Printed::Blank | Printed::Dash | Printed::Nil => Interval::ZERO,
    }
}

/// An amount that another was computed from.
#[derive(Clone, PartialEq, Serialize, JsonSchema, Debug)]
pub struct Operand {
    /// What it is in the computation.
    pub role: &'static str,
    /// The amount in yuan with two decimals.
    pub yuan: String,
    /// Where its most precise print stands.
    pub source: Option<Source>,
}

impl Operand {
    pub(crate) fn of(role: &'static str, amount: &Amount) -> Operand {
        Operand { role, yuan: amount.yuan.clone(), source: amount.source().cloned() }
    }
}

/// A number that no document prints. It is computed from amounts as they are printed.
#[derive(Clone, PartialEq, Serialize, JsonSchema, Debug)]
pub struct Derived {
    /// Always true: what tells it from an [`Amount`] in JSON.
    pub derived: True,
    /// How: `accounts / budget`, `part / whole`, `median`.
    pub formula: &'static str,
    /// The number rounded to two decimals: `98.50%`, or yuan.
    pub value: String,
    /// The number itself, as a whole number or a fraction: `1441/1463`.
    pub exact: String,
    /// What it was computed from.
    pub from: Vec<Operand>,
}

/// True, and nothing else.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct True;

impl Serialize for True {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_bool(true)
    }
}

impl JsonSchema for True {
    fn schema_name() -> Cow<'static, str> {
        "True".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "boolean", "const": true })
    }
}

impl Derived {
    /// The part of a whole; none of nothing, and of less than nothing.
    pub fn share(part: &Amount, whole: &Amount) -> Option<Derived> {
        Derived::rate("part / whole", Operand::of("part", part), Operand::of("whole", whole), part.fen, whole.fen)
    }

    /// What came of a budget; none of a budget of nothing.
    pub(crate) fn execution(accounts: &Amount, budget: &Amount) -> Option<Derived> {
        let operands = (Operand::of("accounts", accounts), Operand::of("budget", budget));
        Derived::rate("accounts / budget", operands.0, operands.1, accounts.fen, budget.fen)
    }

    fn rate(formula: &'static str, part: Operand, whole: Operand, numerator: i64, denominator: i64) -> Option<Derived> {
        let rate = if denominator > 0 { Fraction::new(numerator.into(), denominator.into()) } else { None }?;
        let (value, exact) = (rate.percent(), rate.to_string());
        Some(Derived { derived: True, formula, value, exact, from: vec![part, whole] })
    }
}

/// A document, in short.
#[derive(Clone, PartialEq, Serialize, JsonSchema, Debug)]
pub struct DocumentHead {
    /// The SHA-256 of the file.
    pub id: String,
    /// The body, as it is printed or as a person named it.
    pub body: Option<String>,
    /// `department`, `unit` or `unstated`.
    pub scope: &'static str,
    /// The budget year that it says it is of.
    pub year: Option<u16>,
    /// `budget` or `accounts`.
    pub kind: Option<&'static str>,
    /// The name of the form that it follows.
    pub form: Option<String>,
    /// The place whose office it is.
    pub place: Option<String>,
    /// Where it was published, or what its file is called.
    pub source: Option<String>,
    /// How many numbers of it are known.
    pub figures: usize,
}

impl DocumentHead {
    pub(crate) fn of(holding: &Holding) -> DocumentHead {
        DocumentHead {
            id: holding.id().to_owned(),
            body: holding.body().map(str::to_owned),
            scope: holding.scope().word(),
            year: holding.year(),
            kind: holding.kind().map(crate::shape::kind_word),
            form: holding.form().map(str::to_owned),
            place: holding.place().map(str::to_owned),
            source: holding.source().map(str::to_owned),
            figures: holding.len(),
        }
    }
}

/// A row of a page: one amount for each of the page's columns.
#[derive(Clone, PartialEq, Serialize, JsonSchema, Debug)]
pub struct Row {
    /// The name of the concept, or the digits of the code.
    pub code: String,
    /// The name in Chinese.
    pub name: String,
    /// The name in English, for concepts.
    pub english: Option<&'static str>,
    /// The amounts, column by column; none where no document prints any.
    pub cells: Vec<Option<Amount>>,
    /// The code of the row that the shares are of; none for a row that is no part of another.
    pub whole: Option<&'static str>,
    /// The amounts in per cent of the whole, column by column; empty without a whole.
    pub shares: Vec<Option<Derived>>,
}

impl Row {
    /// True when some document prints a number in it.
    pub(crate) fn is_stated(&self) -> bool {
        self.cells.iter().flatten().any(|amount| !amount.blank)
    }
}

impl Catalogue {
    /// The document of an id, in short.
    pub fn document(&self, id: &str) -> Option<DocumentHead> {
        self.holding(id).map(DocumentHead::of)
    }

    /// What a number of a document is: the same money wherever documents of the body print it. None where the document
    /// has no such number.
    pub fn figure(&self, id: &str, figure: usize) -> Option<Amount> {
        let holding = self.holding(id)?;
        let key = &holding.keys[holding.entries.get(figure)?.key as usize];
        match self.address_of(id) {
            Some(address) => Amount::of(&self.of_body(&address), key),
            None => Amount::of(&[holding], key),
        }
    }
}
