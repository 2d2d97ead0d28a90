//! `mingzhang facts`: every number of a document with its key, for people who compute with them.
//!
//! A field of the key that filters nothing out is null in JSON and empty in CSV. Amounts are exact: yuan,
//! as decimal text.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::time::Duration;

use mingzhang_model::amount::{Unit, render};
use mingzhang_model::fact::{Disclosure, Fact, Facts, Printed, Proof, Row, RowCode, Statement, Unkeyed};
use mingzhang_model::key::{Function, Key};
use mingzhang_model::set::{Member, Set};
use serde::Serialize;

use crate::cli::{Exit, FactsArgs, FactsFormat, Stop};
use crate::messages::{Lang, Message};
use crate::ocr::Scans;
use crate::output::{Output, aside};
use crate::pipeline::{self, Detail, Failure, Opened};
use crate::shapes::{DisclosureShape, LocationShape, MissingShape, bbox, why_word};
use crate::walk::{self, Source};
use crate::{check, csv, parallel};

/// Runs the command.
pub(crate) fn run(args: &FactsArgs, lang: Lang) -> Result<Exit, Stop> {
    let found = walk::walk(&args.paths);
    let file = args.output_file.as_ref();
    check::refuse_to_overwrite(&found.sources, file.map(AsRef::as_ref), lang)?;
    if found.passed_over > 0 && !args.run.quiet {
        aside(&lang.say(&Message::PassedOver(found.passed_over)));
    }
    let scans = Scans::asked(args.run.ocr, lang)?;
    let cannot_write = |error: io::Error| Stop::writing(&error, file, lang);
    let mut output = Output::open(file.map(AsRef::as_ref)).map_err(cannot_write)?;
    let failed = print_all(args, scans, lang, found.sources, output.writer()).map_err(cannot_write)?;
    output.finish().map_err(cannot_write)?;
    Ok(if failed > 0 { Exit::Failed } else { Exit::Clean })
}

/// A file, and its facts as they will be printed.
struct Rendered {
    path: String,
    result: Result<Vec<u8>, Failure>,
}

/// Prints every file in order, and returns how many could not be read.
fn print_all(
    args: &FactsArgs,
    scans: Scans,
    lang: Lang,
    sources: Vec<Source>,
    out: &mut dyn Write,
) -> io::Result<usize> {
    let progress = check::progress(sources.len(), &args.run, lang);
    let (format, limit) = (args.output_format, args.run.limit());
    let mut written = begin(format, out);
    let (mut failed, mut separator) = (0, "");
    let work = |source| rendered(source, format, scans, limit);
    parallel::in_order(sources, args.run.jobs(), work, |rendered| {
        progress.inc(1);
        if let Err(failure) = &rendered.result {
            failed += 1;
            let line = lang.say(&Message::CannotRead(failure));
            progress.suspend(|| aside(&format!("{}: {line}", rendered.path)));
        }
        if written.is_ok() {
            written = print(out, &rendered, format, separator, lang);
        }
        separator = ",\n";
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    progress.finish_and_clear();
    written.and_then(|()| end(format, out)).map(|()| failed)
}

fn print(out: &mut dyn Write, rendered: &Rendered, format: FactsFormat, separator: &str, lang: Lang) -> io::Result<()> {
    if format == FactsFormat::Json {
        out.write_all(separator.as_bytes())?;
    }
    match (&rendered.result, format) {
        (Ok(bytes), _) => out.write_all(bytes),
        (Err(failure), FactsFormat::Json) => unreadable(out, &rendered.path, lang.say(&Message::CannotRead(failure))),
        (Err(_), FactsFormat::Csv) => Ok(()),
    }
}

/// Prints the facts of one source that is no file.
pub(crate) fn print_facts(format: FactsFormat, name: &str, facts: &Facts, out: &mut dyn Write) -> io::Result<()> {
    let proofs = mingzhang_rules::proofs(facts);
    begin(format, out)?;
    match format {
        FactsFormat::Json => json(out, name, None, facts, &proofs)?,
        FactsFormat::Csv => rows(out, name, facts, &proofs)?,
    }
    end(format, out)
}

fn begin(format: FactsFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        FactsFormat::Json => out.write_all(b"{\"documents\": [\n"),
        FactsFormat::Csv => csv::record(out, HEADER),
    }
}

fn end(format: FactsFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        FactsFormat::Json => out.write_all(b"\n]}\n"),
        FactsFormat::Csv => Ok(()),
    }
}

fn rendered(source: Source, format: FactsFormat, scans: Scans, limit: Duration) -> Rendered {
    let path = source.shown();
    let shown = path.clone();
    let work = move || {
        let Opened { document, sha256 } = pipeline::open(&source, detail(format), scans)?;
        let facts = mingzhang_extract::extract(&document);
        let proofs = mingzhang_rules::proofs(&facts);
        let mut bytes = Vec::new();
        let printed = match format {
            FactsFormat::Json => json(&mut bytes, &shown, sha256, &facts, &proofs),
            FactsFormat::Csv => rows(&mut bytes, &shown, &facts, &proofs),
        };
        printed.map(|()| bytes).map_err(|error| Failure::of_io(&error))
    };
    Rendered { path, result: pipeline::within(limit, work) }
}

/// Only JSON prints the hash of the file.
fn detail(format: FactsFormat) -> Detail {
    match format {
        FactsFormat::Json => Detail::Everything,
        FactsFormat::Csv => Detail::Findings,
    }
}

/// The columns of CSV.
pub(crate) const HEADER: [&str; 27] = [
    "path",
    "table",
    "concept",
    "title",
    "row_code",
    "row",
    "column",
    "year",
    "stage",
    "measures",
    "funds",
    "kinds",
    "units",
    "function",
    "economic",
    "details",
    "printed",
    "amount_yuan",
    "unit",
    "decimals",
    "page",
    "line",
    "x0",
    "y0",
    "x1",
    "y1",
    "proof",
];

fn rows(out: &mut dyn Write, path: &str, facts: &Facts, proofs: &[Proof]) -> io::Result<()> {
    let text = |number: Option<u32>| number.map_or_else(String::new, |n| n.to_string());
    let joined = |words: Option<Vec<String>>| words.map_or_else(String::new, |words| words.join("+"));
    for (fact, proof) in facts.facts.iter().zip(proofs) {
        let shape = FactShape::new(facts, fact, *proof);
        let key = shape.key;
        let edges = shape.bbox.map_or_else(Default::default, |edges| edges.map(|edge| edge.to_string()));
        let [x0, y0, x1, y1]: [String; 4] = edges;
        let record: [String; HEADER.len()] = [
            path.into(),
            shape.table.into(),
            shape.concept.into(),
            shape.title.into(),
            shape.row_code.unwrap_or_default(),
            shape.row.into(),
            shape.column,
            key.year.to_string(),
            key.stage.into(),
            joined(key.measures),
            joined(key.funds),
            joined(key.kinds),
            joined(key.units),
            key.function.unwrap_or_default(),
            joined(key.economic),
            joined(key.details),
            shape.printed,
            shape.amount_yuan,
            shape.unit.into(),
            shape.decimals.to_string(),
            text(shape.page),
            text(shape.line),
            x0,
            y0,
            x1,
            y1,
            shape.proof.into(),
        ];
        csv::record(out, record)?;
    }
    Ok(())
}

/// A document with its facts.
#[derive(Serialize)]
struct DocumentShape<'a> {
    path: &'a str,
    sha256: Option<String>,
    #[serde(flatten)]
    disclosure: DisclosureShape,
    facts: Vec<FactShape<'a>>,
    unkeyed: Vec<UnkeyedShape<'a>>,
    missing: Vec<MissingShape>,
    unrecognised_tables: usize,
    error: Option<String>,
}

/// A number with its key and its place.
#[derive(Serialize)]
struct FactShape<'a> {
    table: &'static str,
    concept: &'static str,
    title: &'a str,
    row_code: Option<String>,
    row: &'a str,
    column: String,
    key: KeyShape,
    printed: String,
    amount_yuan: String,
    unit: &'static str,
    decimals: u8,
    page: Option<u32>,
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paragraph: Option<u32>,
    bbox: Option<[f64; 4]>,
    proof: &'static str,
}

impl<'a> FactShape<'a> {
    fn new(facts: &'a Facts, fact: &Fact, proof: Proof) -> Self {
        let statement: &Statement = &facts.statements[fact.statement];
        let row: &Row = &statement.rows[fact.row];
        FactShape {
            table: statement.code,
            concept: statement.concept,
            title: &statement.title.text,
            row_code: row.code.map(code_digits),
            row: &row.name,
            column: statement.columns[fact.column].name(),
            key: (&fact.key).into(),
            printed: printed(fact.printed),
            amount_yuan: render(fact.printed.amount(), Unit::Yuan, Unit::Yuan.fen_decimals(), false),
            unit: fact.unit.word(),
            decimals: fact.decimals,
            page: fact.place.page,
            line: fact.place.line,
            paragraph: fact.place.paragraph,
            bbox: bbox(fact.place.rect),
            proof: proof_word(proof),
        }
    }
}

/// The key of a number; null is no filter.
#[derive(Serialize)]
struct KeyShape {
    year: u16,
    stage: &'static str,
    measures: Option<Vec<String>>,
    funds: Option<Vec<String>>,
    kinds: Option<Vec<String>>,
    units: Option<Vec<String>>,
    function: Option<String>,
    economic: Option<Vec<String>>,
    /// What no code says: `unit=121001`, `project=…`, `change`.
    details: Option<Vec<String>>,
}

impl From<&Key> for KeyShape {
    fn from(key: &Key) -> Self {
        let detail = |detail: &mingzhang_model::detail::Detail| match &*detail.path {
            "" => detail.aspect.word().to_owned(),
            path => format!("{}={path}", detail.aspect.word()),
        };
        let details = || key.details.iter().map(detail).collect();
        let economic = || key.economic.codes().iter().map(ToString::to_string).collect();
        KeyShape {
            year: key.year,
            stage: key.stage.word(),
            measures: filter(key.measures),
            funds: filter(key.funds),
            kinds: filter(key.kinds),
            units: filter(key.units),
            function: match key.function {
                Function::All => None,
                Function::Code(code) => Some(code.to_string()),
            },
            economic: (!key.economic.is_all()).then(economic),
            details: (!key.details.is_none()).then(details),
        }
    }
}

fn filter<M: Member>(set: Set<M>) -> Option<Vec<String>> {
    (set != Set::all()).then(|| set.iter().map(|member| member.word().to_owned()).collect())
}

/// A money cell that is no fact, and why.
#[derive(Serialize)]
struct UnkeyedShape<'a> {
    table: &'static str,
    why: &'static str,
    location: LocationShape<'a>,
}

impl<'a> UnkeyedShape<'a> {
    fn new(facts: &Facts, unkeyed: &'a Unkeyed) -> Self {
        let table = facts.statements[unkeyed.statement].code;
        UnkeyedShape { table, why: why_word(unkeyed.why), location: (&unkeyed.locator).into() }
    }
}

fn json(out: &mut dyn Write, path: &str, sha256: Option<String>, facts: &Facts, proofs: &[Proof]) -> io::Result<()> {
    let shape = DocumentShape {
        path,
        sha256,
        disclosure: (&facts.disclosure).into(),
        facts: facts.facts.iter().zip(proofs).map(|(fact, proof)| FactShape::new(facts, fact, *proof)).collect(),
        unkeyed: facts.unkeyed.iter().map(|unkeyed| UnkeyedShape::new(facts, unkeyed)).collect(),
        missing: facts.missing.iter().map(Into::into).collect(),
        unrecognised_tables: facts.unrecognised.len(),
        error: None,
    };
    Ok(serde_json::to_writer(out, &shape)?)
}

/// A file without facts, and why.
fn unreadable(out: &mut dyn Write, path: &str, error: String) -> io::Result<()> {
    let shape = DocumentShape {
        path,
        sha256: None,
        disclosure: (&Disclosure::default()).into(),
        facts: Vec::new(),
        unkeyed: Vec::new(),
        missing: Vec::new(),
        unrecognised_tables: 0,
        error: Some(error),
    };
    Ok(serde_json::to_writer(out, &shape)?)
}

fn code_digits(code: RowCode) -> String {
    match code {
        RowCode::Functional(code) => code.to_string(),
        RowCode::Economic(code) => code.to_string(),
    }
}

/// Blank, dash, 无, 0 and 0.00 stay five different things.
fn printed(printed: Printed) -> String {
    match printed {
        Printed::Blank => String::new(),
        Printed::Dash => "-".to_owned(),
        Printed::Nil => "无".to_owned(),
        Printed::Figure(figure) => figure.to_string(),
    }
}

fn proof_word(proof: Proof) -> &'static str {
    match proof {
        Proof::Proven => "proven",
        Proof::Unproven => "unproven",
        Proof::Contradicted => "contradicted",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingzhang_model::amount::{Amount, Figure};
    use mingzhang_model::code::{EconomicCode, FunctionalCode};
    use mingzhang_model::document::{Place, Rect};
    use mingzhang_model::fact::{CellRef, Column, Domain, Slot, Text};
    use mingzhang_model::key::{Economic, Kind, Measure, Stage};
    use serde_json::{Value, json};

    fn sample() -> Facts {
        let code = FunctionalCode::parse("2012604").unwrap();
        let statement = Statement {
            code: "B03",
            concept: "expenditure",
            reading: mingzhang_model::fact::Reading::Form,
            title: Text { text: "2025年部门支出预算总表".into(), place: Place::default() },
            unit_note: None,
            unit: Some(Unit::Yuan),
            name_slot: Slot::Absent,
            notes: Vec::new(),
            rows: vec![Row {
                name: "档案馆".into(),
                code: Some(RowCode::Functional(code)),
                misprinted_code: None,
                place: Place::default(),
            }],
            columns: vec![Column { path: vec!["支出预算".into(), "基本支出".into()] }],
            missing_columns: Vec::new(),
            ordinals: Vec::new(),
            closed: true,
            domain: Domain { incoming: Set::EMPTY, outgoing: Set::all(), funds: Set::all(), kinds: Set::all() },
            blocks: vec![0],
        };
        let mut key = Key::everything(2025, Stage::Initial, Set::only(Measure::Expenditure));
        key.kinds = Set::only(Kind::Basic);
        key.function = Function::Code(code);
        key.economic = Economic::of(EconomicCode::parse("302"));
        let fact = Fact {
            key,
            printed: Printed::Figure(Figure { amount: Amount(123_400), unit: Unit::Yuan, decimals: 0 }),
            unit: Unit::Yuan,
            decimals: 2,
            statement: 0,
            row: 0,
            column: 0,
            cell: CellRef::default(),
            place: Place {
                page: Some(4),
                rect: Some(Rect { x0: 1.0, y0: 2.0, x1: 3.333, y1: 4.5 }),
                ..Place::default()
            },
        };
        Facts { statements: vec![statement], facts: vec![fact], ..Facts::default() }
    }

    #[test]
    fn a_fact_has_its_key_in_separate_fields() {
        let mut out = Vec::new();
        json(&mut out, "a.pdf", None, &sample(), &[Proof::Proven]).unwrap();
        let value: Value = serde_json::from_slice(&out).unwrap();
        let expected = json!({
            "table": "B03", "concept": "expenditure", "title": "2025年部门支出预算总表",
            "row_code": "2012604", "row": "档案馆", "column": "支出预算·基本支出",
            "key": {"year": 2025, "stage": "initial", "measures": ["expenditure"], "funds": null,
                "kinds": ["basic"], "units": null, "function": "2012604", "economic": ["302"],
                "details": null},
            "printed": "1,234", "amount_yuan": "1234.00", "unit": "元", "decimals": 2,
            "page": 4, "line": null, "bbox": [1.0, 2.0, 3.33, 4.5], "proof": "proven"});
        assert_eq!(value["facts"][0], expected);
    }

    #[test]
    fn csv_has_the_same_in_one_record() {
        let mut out = Vec::new();
        rows(&mut out, "a.pdf", &sample(), &[Proof::Contradicted]).unwrap();
        let expected = "a.pdf,B03,expenditure,2025年部门支出预算总表,2012604,档案馆,支出预算·基本支出,2025,initial,\
                        expenditure,,basic,,2012604,302,,\"1,234\",1234.00,元,2,4,,1,2,3.33,4.5,contradicted\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn an_unreadable_file_is_a_document_without_facts() {
        let mut out = Vec::new();
        unreadable(&mut out, "b.pdf", "无法读取".into()).unwrap();
        let value: Value = serde_json::from_slice(&out).unwrap();
        assert_eq!((&value["facts"], &value["error"]), (&json!([]), &json!("无法读取")));
    }
}
