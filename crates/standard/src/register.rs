//! [`Register`]: what an office writes down, row by row, so that its disclosed counts can be computed.
//!
//! The files in `data/registers/` are the registers: the fields of a row, what must hold in it, which
//! payments must name one, and which figures it yields. A new register, or another definition of a count,
//! is a change of a file and never an `if` in code.
//!
//! Absent on purpose: rows. They belong to the books, which check them and work out the figures.

pub mod expression;
mod file;
mod tokens;

use expression::{Expression, Type};
use mingzhang_model::code::EconomicCode;
use mingzhang_model::statistic::Statistic;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A register.
#[derive(Clone, PartialEq, Debug)]
pub struct Register {
    /// The name of its file.
    pub id: &'static str,
    /// Its name in Chinese.
    pub title: String,
    /// What one row is, in Chinese: 一份公函一行.
    pub row: String,
    /// The functions of the system that it serves, by the numbers of the list of requirements.
    pub requirements: Vec<u8>,
    /// No field of it can name anybody: it holds counts, days and choices only.
    pub totals_only: bool,
    /// What a row holds, in the order of the form.
    pub fields: Vec<Field>,
    /// What follows from the fields and is never typed.
    pub computed: Vec<Computed>,
    /// What must hold in every row.
    pub checks: Vec<Check>,
    /// What a person should look at, though it can be right.
    pub remarks: Vec<Check>,
    /// What must hold between rows that share some fields.
    pub groups: Vec<GroupCheck>,
    /// What a person should look at when the figures of a year do not stand so to each other.
    pub agreements: Vec<Check>,
    /// The economic codes whose payments must name a row.
    pub pays: Vec<EconomicCode>,
    /// The fields that tell rows apart; empty where two rows may be equal.
    pub unique: Vec<String>,
    /// The field by which other registers name a row.
    pub key: Option<String>,
    /// The figures that it yields.
    pub figures: Vec<FigureForm>,
}

impl Register {
    /// The field of a name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The figure of a name.
    pub fn figure(&self, name: &str) -> Option<&FigureForm> {
        self.figures.iter().find(|figure| figure.name == name)
    }
}

/// A field of a row.
#[derive(Clone, PartialEq, Debug)]
pub struct Field {
    /// Its name in expressions and files.
    pub name: String,
    /// Its name in Chinese, the header of its column.
    pub title: String,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether a row without it is incomplete.
    pub required: bool,
    /// What it holds where nothing is written, as a person would type it.
    pub default: Option<String>,
    /// Never disclosed, and in no message.
    pub secret: bool,
    /// What to write, in Chinese; may be empty.
    pub help: String,
}

/// What a field holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FieldKind {
    /// Words.
    Text,
    /// A number or code that is not reckoned with, such as that of a letter.
    Code,
    /// A day.
    Date,
    /// Money, in fen.
    Money,
    /// How many, from 0.
    Count,
    /// A number with at most four decimals: a score, a target.
    Decimal,
    /// One of some words, each with its Chinese name.
    Choice(Vec<(String, String)>),
    /// Yes or no.
    YesNo,
    /// A fiscal year.
    Year,
    /// The key of a row of another register.
    Reference(String),
}

impl FieldKind {
    /// What it is in expressions.
    pub fn of(&self) -> Type {
        match self {
            FieldKind::Text | FieldKind::Code | FieldKind::Reference(_) => Type::Text,
            FieldKind::Date => Type::Date,
            FieldKind::Money => Type::Money,
            FieldKind::Count | FieldKind::Decimal | FieldKind::Year => Type::Number,
            FieldKind::Choice(words) => Type::Choice(words.iter().map(|(word, _)| word.clone()).collect()),
            FieldKind::YesNo => Type::YesNo,
        }
    }

    /// What it is called in Chinese.
    pub fn title(&self) -> &'static str {
        match self {
            FieldKind::Text => "文字",
            FieldKind::Code => "编号",
            FieldKind::Date => "日期",
            FieldKind::Money => "金额",
            FieldKind::Count => "整数",
            FieldKind::Decimal => "数值",
            FieldKind::Choice(_) => "选项",
            FieldKind::YesNo => "是否",
            FieldKind::Year => "年度",
            FieldKind::Reference(_) => "引用",
        }
    }
}

/// A value that follows from the fields of its row.
#[derive(Clone, PartialEq, Debug)]
pub struct Computed {
    /// Its name in expressions.
    pub name: String,
    /// Its name in Chinese.
    pub title: String,
    /// How it follows.
    pub value: Expression,
}

/// A condition and what to tell a person where it does not hold.
#[derive(Clone, PartialEq, Debug)]
pub struct Check {
    /// What must hold. Where a field that decides it is empty, nothing is said.
    pub that: Expression,
    /// What is wrong and what to do.
    pub message: Message,
}

/// Words with slots.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message(pub Vec<Piece>);

/// A part of a message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Words as they stand.
    Words(String),
    /// The value of a field, a computed value, or a figure.
    Slot(String),
}

impl Message {
    /// The first name that it prints.
    pub fn first_slot(&self) -> Option<&str> {
        self.0.iter().find_map(|piece| match piece {
            Piece::Slot(name) => Some(name.as_str()),
            Piece::Words(_) => None,
        })
    }
}

/// What must hold between rows that share some fields.
#[derive(Clone, PartialEq, Debug)]
pub struct GroupCheck {
    /// The fields that rows of one group share.
    pub by: Vec<String>,
    /// What is added up over a group; a condition calls it `total`.
    pub sum: Expression,
    /// What must hold of `total`.
    pub check: Check,
}

/// A figure that a register yields.
#[derive(Clone, PartialEq, Debug)]
pub struct FigureForm {
    /// Its name: that of the statistic, or its own.
    pub name: String,
    /// The number of a disclosure that it is, where the nouns have it.
    pub statistic: Option<Statistic>,
    /// Its name in Chinese.
    pub title: String,
    /// What is counted: 辆, 批次; 元 for money, % for a ratio.
    pub unit: String,
    /// How it is counted.
    pub counted: Counted,
    /// Which rows count; none for all.
    pub filter: Option<Expression>,
    /// At which time rows count.
    pub moment: Moment,
    /// A count from 1 to below this is not told: so few could point at somebody.
    pub suppress_below: Option<u64>,
    /// The figure by kinds that it is one of. Where one of them is not told, a second is not either,
    /// lest the first follow from the total.
    pub family: Option<String>,
    /// Decimals of a ratio or a mean.
    pub decimals: u8,
}

/// How a figure is counted.
#[derive(Clone, PartialEq, Debug)]
pub enum Counted {
    /// Rows.
    Rows,
    /// The sum of a number over rows.
    Sum(Expression),
    /// The sum of money over rows.
    Money(Expression),
    /// Different values of a field.
    Distinct(String),
    /// The mean of a number over rows.
    Mean(Expression),
    /// One figure in percent of another, by their names.
    Ratio(String, String),
}

/// At which time a row counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Moment {
    /// Its day, or its year, lies in the year asked for.
    Year(String),
    /// It began on the cut-off day or before, and has not ended by then.
    Cutoff {
        /// The day from which it counts.
        from: String,
        /// The day from which it no longer counts, where there is one.
        until: Option<String>,
    },
    /// It is the last on or before the cut-off day among those that share the other unique fields: what
    /// was counted at a day stands until it is counted again.
    Latest(String),
    /// Always: the filter says which.
    Any,
}

/// The registers compiled in: name of the file, text of the file.
const FILES: [(&str, &str); 36] = [
    ("offices", include_str!("../data/registers/offices.toml")),
    ("duties", include_str!("../data/registers/duties.toml")),
    ("staff", include_str!("../data/registers/staff.toml")),
    ("vehicles", include_str!("../data/registers/vehicles.toml")),
    ("vehicle_costs", include_str!("../data/registers/vehicle_costs.toml")),
    ("equipment", include_str!("../data/registers/equipment.toml")),
    ("assets", include_str!("../data/registers/assets.toml")),
    ("receptions", include_str!("../data/registers/receptions.toml")),
    ("service_receptions", include_str!("../data/registers/service_receptions.toml")),
    ("trips", include_str!("../data/registers/trips.toml")),
    ("meetings", include_str!("../data/registers/meetings.toml")),
    ("trainings", include_str!("../data/registers/trainings.toml")),
    ("events", include_str!("../data/registers/events.toml")),
    ("procurement", include_str!("../data/registers/procurement.toml")),
    ("investment_leads", include_str!("../data/registers/investment_leads.toml")),
    ("chambers", include_str!("../data/registers/chambers.toml")),
    ("information", include_str!("../data/registers/information.toml")),
    ("research", include_str!("../data/registers/research.toml")),
    ("documents", include_str!("../data/registers/documents.toml")),
    ("supervision", include_str!("../data/registers/supervision.toml")),
    ("proposals", include_str!("../data/registers/proposals.toml")),
    ("hotline", include_str!("../data/registers/hotline.toml")),
    ("duty", include_str!("../data/registers/duty.toml")),
    ("petitions", include_str!("../data/registers/petitions.toml")),
    ("finance_risk", include_str!("../data/registers/finance_risk.toml")),
    ("assistance", include_str!("../data/registers/assistance.toml")),
    ("agencies", include_str!("../data/registers/agencies.toml")),
    ("rural", include_str!("../data/registers/rural.toml")),
    ("party", include_str!("../data/registers/party.toml")),
    ("projects", include_str!("../data/registers/projects.toml")),
    ("indicators", include_str!("../data/registers/indicators.toml")),
    ("evaluations", include_str!("../data/registers/evaluations.toml")),
    ("issues", include_str!("../data/registers/issues.toml")),
    ("works", include_str!("../data/registers/works.toml")),
    ("surveys", include_str!("../data/registers/surveys.toml")),
    ("awards", include_str!("../data/registers/awards.toml")),
];

static REGISTERS: LazyLock<Vec<Register>> = LazyLock::new(|| {
    // The files are part of the program and a test parses each: a fault here is ours, at build time.
    parse_all(&FILES).unwrap_or_else(|fault| panic!("data/registers: {fault}"))
});

/// Every register, in the order in which an office would list them.
pub fn registers() -> &'static [Register] {
    &REGISTERS
}

/// The register of a name.
pub fn register(id: &str) -> Option<&'static Register> {
    REGISTERS.iter().find(|register| register.id == id)
}

/// The registers of which a payment by an economic code must name a row.
pub fn paid_by(code: EconomicCode) -> impl Iterator<Item = &'static Register> {
    REGISTERS.iter().filter(move |register| register.pays.iter().any(|own| code.within(*own)))
}

fn parse_all(files: &[(&'static str, &str)]) -> Result<Vec<Register>, String> {
    let parse =
        |(id, text): &(&'static str, &str)| file::parse(id, text).map_err(|fault| format!("{id}.toml: {fault}"));
    let registers: Vec<Register> = files.iter().map(parse).collect::<Result<_, _>>()?;
    let mut statistics = BTreeSet::new();
    for register in &registers {
        for figure in register.figures.iter().filter(|figure| figure.statistic.is_some()) {
            if !statistics.insert(figure.name.clone()) {
                return Err(format!("{}.toml: “{}” is another register's figure", register.id, figure.name));
            }
        }
        for field in &register.fields {
            let FieldKind::Reference(id) = &field.kind else { continue };
            let has_key = registers.iter().any(|other| other.id == id && other.key.is_some());
            if !has_key {
                return Err(format!("{}.toml: “{}” refers to “{id}”, which has no key", register.id, field.name));
            }
        }
    }
    Ok(registers)
}

#[cfg(test)]
#[path = "register/register_tests.rs"]
mod tests;
