//! [`FlatRow`]: every number of every document as a row of one flat table, for whoever takes the data home.
//!
//! Each dimension of the key stands there twice: as the word of the forms, for programs, and as the term, for people.
//! What is not filtered is empty.

use crate::amount::{proof_word, yuan};
use crate::catalogue::Catalogue;
use crate::holding::{Entry, Holding, quote};
use crate::place::Bbox;
use mingzhang_model::detail::Detail;
use mingzhang_model::fact::Printed;
use mingzhang_model::key::{Function, Key};
use mingzhang_model::set::{Member, Set};
use mingzhang_standard::codes;
use serde::Serialize;

/// One number of one document.
#[derive(Clone, PartialEq, Serialize, Debug)]
pub struct FlatRow {
    /// The body; empty where the document names none.
    pub body: String,
    /// Whose money the document counts: `department`, `unit` or `unstated`.
    pub scope: &'static str,
    /// The place of the body.
    pub place: String,
    /// The year that the document is of.
    pub document_year: Option<u16>,
    /// `budget` or `accounts`.
    pub document_kind: &'static str,
    /// The short code of the table: B01; empty for running text.
    pub table_code: String,
    /// The title of the table, or of the section of the running text.
    pub table: String,
    /// The name of the row.
    pub row: String,
    /// The name of the column.
    pub column: String,
    /// The budget year of the number; none where the document does not say.
    pub year: Option<u16>,
    /// `initial`, `adjusted` or `final_accounts`.
    pub stage: &'static str,
    /// 年初预算, 调整预算 or 决算
    pub stage_term: &'static str,
    /// The movements: `income+opening`.
    pub measures: String,
    /// 本年收入、年初结转和结余
    pub measures_term: String,
    /// The funds; empty for all.
    pub funds: String,
    /// Their names.
    pub funds_term: String,
    /// The kinds of expenditure; empty for all.
    pub kinds: String,
    /// Their names.
    pub kinds_term: String,
    /// The kinds of unit; empty for all.
    pub units: String,
    /// Their names.
    pub units_term: String,
    /// The functional code; empty for all.
    pub function: String,
    /// Its name.
    pub function_term: String,
    /// The economic codes, joined by `+`; empty for all.
    pub economic: String,
    /// Their names.
    pub economic_term: String,
    /// What names narrow it to, beyond what has codes: `unit=121/121001 project=数字化`; empty for nothing.
    pub details: String,
    /// The same in words: 单位：121／121001；项目：数字化.
    pub details_term: String,
    /// The amount in yuan with two decimals; a blank, a dash and 无 are 0.00.
    pub amount_yuan: String,
    /// The number as it is printed.
    pub printed: String,
    /// How it is printed: `figure`, `blank`, `dash` or `nil`.
    pub printed_as: &'static str,
    /// The unit it is printed in.
    pub unit: &'static str,
    /// `proven`, `unproven` or `contradicted`.
    pub proof: &'static str,
    /// The page, counted from 1.
    pub page: Option<u32>,
    /// The line of a text file, counted from 1.
    pub line: Option<u32>,
    /// The rectangle on the page, in points from its top left corner.
    pub bbox: Option<Bbox>,
    /// The SHA-256 of the document.
    pub document: String,
    /// Where it was published, or what its file is called.
    pub source: String,
}

impl FlatRow {
    /// The names of the columns, in their order: those of the JSON.
    pub const COLUMNS: [&str; 36] = [
        "body",
        "scope",
        "place",
        "document_year",
        "document_kind",
        "table_code",
        "table",
        "row",
        "column",
        "year",
        "stage",
        "stage_term",
        "measures",
        "measures_term",
        "funds",
        "funds_term",
        "kinds",
        "kinds_term",
        "units",
        "units_term",
        "function",
        "function_term",
        "economic",
        "economic_term",
        "details",
        "details_term",
        "amount_yuan",
        "printed",
        "printed_as",
        "unit",
        "proof",
        "page",
        "line",
        "bbox",
        "document",
        "source",
    ];

    /// The values as text, in the order of [`FlatRow::COLUMNS`]; empty where there is none. The edges of the rectangle
    /// are joined by spaces.
    pub fn values(&self) -> [String; 36] {
        let some = |number: Option<u32>| number.map_or(String::new(), |number| number.to_string());
        let edges = |bbox: Bbox| bbox.map(|edge| edge.to_string()).join(" ");
        [
            self.body.clone(),
            self.scope.to_owned(),
            self.place.clone(),
            some(self.document_year.map(u32::from)),
            self.document_kind.to_owned(),
            self.table_code.clone(),
            self.table.clone(),
            self.row.clone(),
            self.column.clone(),
            some(self.year.map(u32::from)),
            self.stage.to_owned(),
            self.stage_term.to_owned(),
            self.measures.clone(),
            self.measures_term.clone(),
            self.funds.clone(),
            self.funds_term.clone(),
            self.kinds.clone(),
            self.kinds_term.clone(),
            self.units.clone(),
            self.units_term.clone(),
            self.function.clone(),
            self.function_term.clone(),
            self.economic.clone(),
            self.economic_term.clone(),
            self.details.clone(),
            self.details_term.clone(),
            self.amount_yuan.clone(),
            self.printed.clone(),
            self.printed_as.to_owned(),
            self.unit.to_owned(),
            self.proof.to_owned(),
            some(self.page),
            some(self.line),
            self.bbox.map_or(String::new(), edges),
            self.document.clone(),
            self.source.clone(),
        ]
    }

    fn of(holding: &Holding, entry: &Entry) -> FlatRow {
        let (key, heading) = (&holding.keys[entry.key as usize], holding.heading(entry));
        let (function, function_term) = function(key);
        let (economic, economic_term) = economic(key);
        let place = mingzhang_model::document::Place::from(entry.spot);
        FlatRow {
            body: holding.body().unwrap_or_default().to_owned(),
            scope: holding.scope().word(),
            place: holding.place().unwrap_or_default().to_owned(),
            document_year: holding.year(),
            document_kind: holding.kind().map_or("", crate::shape::kind_word),
            table_code: heading.code.to_string(),
            table: heading.title.to_string(),
            row: holding.word(entry.row).to_owned(),
            column: holding.word(entry.column).to_owned(),
            year: (key.year != 0).then_some(key.year),
            stage: key.stage.word(),
            stage_term: key.stage.term(),
            measures: key.measures.to_string(),
            measures_term: terms(key.measures),
            funds: unless_all(key.funds, Set::to_string),
            funds_term: unless_all(key.funds, |set| terms(*set)),
            kinds: unless_all(key.kinds, Set::to_string),
            kinds_term: unless_all(key.kinds, |set| terms(*set)),
            units: unless_all(key.units, Set::to_string),
            units_term: unless_all(key.units, |set| terms(*set)),
            function,
            function_term,
            economic,
            economic_term,
            details: key.details.to_string().trim_start().to_owned(),
            details_term: details_term(key),
            amount_yuan: yuan(entry.printed.amount().0),
            printed: quote(entry),
            printed_as: match entry.printed {
                Printed::Figure(_) => "figure",
                Printed::Blank => "blank",
                Printed::Dash => "dash",
                Printed::Nil => "nil",
            },
            unit: entry.unit.word(),
            proof: proof_word(entry.proof),
            page: place.page,
            line: place.line,
            bbox: entry.spot.bbox(),
            document: holding.id().to_owned(),
            source: holding.source().unwrap_or_default().to_owned(),
        }
    }
}

impl Holding {
    /// Every number of the document, tables first, in reading order.
    pub fn rows(&self) -> impl Iterator<Item = FlatRow> + '_ {
        self.entries.iter().map(|entry| FlatRow::of(self, entry))
    }
}

impl Catalogue {
    /// Every number of every document: documents by id, numbers in reading order.
    pub fn rows(&self) -> impl Iterator<Item = FlatRow> + '_ {
        self.holdings().flat_map(Holding::rows)
    }

    /// Every number of one body's documents.
    pub fn rows_of(&self, address: &str) -> impl Iterator<Item = FlatRow> + '_ {
        self.of_body(address).into_iter().flat_map(Holding::rows)
    }
}

fn terms<M: Member>(set: Set<M>) -> String {
    let terms: Vec<&str> = set.iter().map(Member::term).collect();
    terms.join("、")
}

fn unless_all<M: Member>(set: Set<M>, spell: impl Fn(&Set<M>) -> String) -> String {
    if set == Set::all() { String::new() } else { spell(&set) }
}

fn details_term(key: &Key) -> String {
    let term = |detail: &Detail| match &*detail.path {
        "" => detail.aspect.term().to_owned(),
        path => format!("{}：{}", detail.aspect.term(), path.replace('/', "／")),
    };
    key.details.iter().map(term).collect::<Vec<_>>().join("；")
}

fn function(key: &Key) -> (String, String) {
    match key.function {
        Function::All => (String::new(), String::new()),
        Function::Code(code) => {
            (code.to_string(), codes::functional(code).map_or(String::new(), |entry| entry.name.to_owned()))
        }
    }
}

fn economic(key: &Key) -> (String, String) {
    if key.economic.is_all() {
        return (String::new(), String::new());
    }
    let names = key.economic.codes().iter().filter_map(|code| codes::economic(*code)).map(|entry| entry.name);
    (key.economic.to_string(), names.collect::<Vec<_>>().join("、"))
}
