//! Every figure of the five documents whose books the examples are, beside the disclosure that the books write.
//!
//! A figure of a table stands beside the one of the same table and key; a number of a sentence beside the one that our
//! sentences say is the same thing, or, where nobody says what it is, beside an equal one of our sentences or tables.
//! What has no equal is listed with its reason in `differences.tsv`, next to this file: an error of the document, or
//! numbers that it adds up otherwise. The whole comparison is `docs/disclosures/figures.tsv`.
//!
//! `UPDATE_GOLDEN=1 cargo test -p mingzhang --test beside` writes that table anew.

#[path = "../program/mod.rs"]
mod program;

use mingzhang_model::fact::{Fact, Facts, Printed};
use mingzhang_model::prose::{Claim, Mention, Quantity};
use mingzhang_model::set::Member;
use mingzhang_testkit::shared;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// A document and the disclosure that stands beside it: unit, form, year.
const PAIRS: [(&str, &str, &str, &str); 5] = [
    ("000", "101008", "hunan_budget", "2024"),
    ("001", "101012", "hunan_budget", "2024"),
    ("002", "101001", "hunan_budget", "2024"),
    ("003", "101009", "hunan_accounts", "2022"),
    ("004", "140", "shanghai_city_budget", "2024"),
];

/// A document read: its facts, and what a number's heading is.
struct Side {
    facts: Facts,
}

impl Side {
    fn read(bytes: &[u8]) -> Side {
        let document = mingzhang_read::read(bytes).unwrap();
        Side { facts: mingzhang_extract::extract(&document) }
    }

    fn heading(&self, mention: &Mention) -> String {
        let section = self.facts.prose.section_of.get(mention.span.block).copied().flatten();
        section.map_or_else(String::new, |at| {
            let section = &self.facts.prose.sections[at];
            format!("{}{}", section.number, section.title)
        })
    }

    fn line(mention: &Mention) -> u32 {
        mention.place.line.unwrap_or_default()
    }
}

fn printed(quantity: &Quantity) -> String {
    match quantity {
        Quantity::Money { figure, .. } => format!("{figure}{}", figure.unit.word()),
        Quantity::Percent(percent) => {
            let decimals = usize::from(percent.decimals);
            let digits = format!("{:0width$}", percent.digits, width = decimals + 1);
            let (whole, fraction) = digits.split_at(digits.len() - decimals);
            if decimals == 0 { format!("{whole}%") } else { format!("{whole}.{fraction}%") }
        }
        Quantity::Count { number, unit } => format!("{number}{unit}"),
    }
}

/// Whether two printed numbers say the same: amounts and rates as far as the coarser of them goes.
fn says_the_same(one: &Quantity, other: &Quantity) -> bool {
    match (one, other) {
        (Quantity::Money { figure: a, .. }, Quantity::Money { figure: b, .. }) => {
            let (a, b) = (a.interval(a.decimals), b.interval(b.decimals));
            !a.exceeds(b) && !b.exceeds(a)
        }
        (Quantity::Percent(a), Quantity::Percent(b)) => {
            let coarser = a.decimals.min(b.decimals);
            let cut = |digits: i64, decimals: u8| {
                let step = 10i64.pow(u32::from(decimals - coarser));
                (digits + step / 2) / step
            };
            cut(a.digits, a.decimals) == cut(b.digits, b.decimals)
        }
        (Quantity::Count { number: a, .. }, Quantity::Count { number: b, .. }) => a == b,
        _ => false,
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/beside")
}

/// A line of the comparison: document, line, heading, what it prints, what we print, where, the difference's reason.
type Row = [String; 7];

/// The reasons of what has no equal: document, line, what is printed.
fn reasons() -> Vec<(String, String, String, String)> {
    let text = std::fs::read_to_string(folder().join("differences.tsv")).unwrap_or_default();
    let rows = text.lines().skip(1).filter(|line| !line.is_empty() && !line.starts_with('#'));
    rows.map(|row| {
        let fields: Vec<&str> = row.split('\t').collect();
        let [document, line, printed, why] = fields.as_slice() else { panic!("differences.tsv: {row}") };
        (document.to_string(), line.to_string(), printed.to_string(), why.to_string())
    })
    .collect()
}

#[test]
fn every_figure_of_the_documents_is_ours_or_explained() {
    let seeds = shared::files("seeds", ".txt");
    if seeds.is_empty() {
        return;
    }
    let home = std::env::temp_dir().join(format!("mingzhang-beside-{}", std::process::id()));
    std::fs::create_dir_all(&home).unwrap();
    let books = home.join("books.db");
    let books = books.to_str().unwrap();
    assert_eq!(program::run(&["books", "examples", "--books", books]).code, 0);
    let (mut rows, mut used): (Vec<Row>, BTreeSet<usize>) = (Vec::new(), BTreeSet::new());
    let reasons = reasons();
    for (id, unit, form, year) in PAIRS {
        let out = home.join(format!("{id}.txt"));
        let to = out.to_str().unwrap();
        let ran = program::run(&["write", "--books", books, "--unit", unit, "--form", form, "--year", year, "-o", to]);
        assert_eq!(ran.code, 0, "{id}: {}", ran.stderr);
        let ours = Side::read(&std::fs::read(&out).unwrap());
        let path = seeds.iter().find(|path| shared::name(path).starts_with(id)).unwrap();
        let theirs = Side::read(&std::fs::read(path).unwrap());
        tables(id, &theirs, &ours, &mut rows);
        sentences(id, &theirs, &ours, &mut rows);
    }
    std::fs::remove_dir_all(&home).unwrap();
    for row in rows.iter_mut().filter(|row| row[4].is_empty()) {
        let own =
            |reason: &&(String, String, String, String)| reason.0 == row[0] && reason.1 == row[1] && reason.2 == row[3];
        if let Some(at) = reasons.iter().position(|reason| own(&reason)) {
            used.insert(at);
            row[6].clone_from(&reasons[at].3);
        }
    }
    let open: Vec<&Row> = rows.iter().filter(|row| row[4].is_empty() && row[6].is_empty()).collect();
    for row in &open {
        println!("{}\t{}\t{}\t({})", row[0], row[1], row[3], row[2]);
    }
    let idle: Vec<_> = (0..reasons.len()).filter(|at| !used.contains(at)).map(|at| &reasons[at]).collect();
    let (all, explained) = (rows.len(), used.len());
    println!("{all} figures: {} ours, {explained} explained, {} open", all - explained - open.len(), open.len());
    compare(&rows);
    assert!(
        open.is_empty() && idle.is_empty(),
        "{} figures without a reason, reasons without a figure: {idle:?}",
        open.len()
    );
}

/// The cells of the tables, by table and key.
fn tables(id: &str, theirs: &Side, ours: &Side, rows: &mut Vec<Row>) {
    let code = |facts: &Facts, at: usize| facts.statements[at].code;
    for fact in &theirs.facts.facts {
        let Printed::Figure(figure) = fact.printed else { continue };
        let table = code(&theirs.facts, fact.statement);
        let same = ours.facts.facts.iter().find(|own| code(&ours.facts, own.statement) == table && own.key == fact.key);
        let equal = same.and_then(|own| match own.printed {
            Printed::Figure(own) if own == figure => Some(own.to_string()),
            _ => None,
        });
        let locator = theirs.facts.locator(fact);
        let head = format!("{table} {}·{}", locator.row.unwrap_or_default(), locator.column.unwrap_or_default());
        let line = fact.place.line.unwrap_or_default().to_string();
        let place = equal.as_ref().map_or_else(String::new, |_| table.to_owned());
        rows.push([id.into(), line, head, figure.to_string(), equal.unwrap_or_default(), place, String::new()]);
    }
}

/// What a claim says that a number is: a statistic, or the money of a key.
fn said_to_be(side: &Side, mention: usize) -> Option<String> {
    side.facts.prose.claims.iter().find_map(|claim| match claim {
        Claim::Stated { mention: own, statistic } if *own == mention => Some(statistic.word().to_owned()),
        Claim::Named { mention: own, key, .. } if *own == mention => Some(key.to_string()),
        _ => None,
    })
}

/// The numbers of the sentences. Where both sides say that a number is the same thing, those two are compared; else
/// any equal number of ours will do.
fn sentences(id: &str, theirs: &Side, ours: &Side, rows: &mut Vec<Row>) {
    let named: Vec<Option<String>> = (0..ours.facts.prose.mentions.len()).map(|at| said_to_be(ours, at)).collect();
    for (at, mention) in theirs.facts.prose.mentions.iter().enumerate() {
        let own = &ours.facts.prose.mentions;
        let said = said_to_be(theirs, at);
        let of_one_name: Vec<&Mention> =
            own.iter().zip(&named).filter(|(_, name)| said.is_some() && **name == said).map(|(own, _)| own).collect();
        let candidates = if of_one_name.is_empty() { own.iter().collect() } else { of_one_name.clone() };
        let same = candidates.into_iter().find(|own| says_the_same(&mention.quantity, &own.quantity));
        let found = same.map(|own| (printed(&own.quantity), ours.heading(own)));
        let found = found.or_else(|| of_one_name.is_empty().then(|| cell(ours, &mention.quantity)).flatten());
        let (quote, place) = found.unwrap_or_default();
        let line = Side::line(mention).to_string();
        rows.push([id.into(), line, theirs.heading(mention), printed(&mention.quantity), quote, place, String::new()]);
    }
}

/// A cell of our tables that prints an equal amount.
fn cell(ours: &Side, quantity: &Quantity) -> Option<(String, String)> {
    let Quantity::Money { .. } = quantity else { return None };
    let equal = |own: &&Fact| match own.printed {
        Printed::Figure(figure) => says_the_same(quantity, &Quantity::Money { figure, bare: false }),
        _ => false,
    };
    let locator = ours.facts.locator(ours.facts.facts.iter().find(equal)?);
    Some((locator.quote.unwrap_or_default(), locator.table.unwrap_or_default()))
}

fn compare(rows: &[Row]) {
    let mut text = String::from("document\tline\theading\tprinted\tours\tour place\twhy not\n");
    for row in rows {
        writeln!(text, "{}", row.join("\t")).unwrap();
    }
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/disclosures/figures.tsv");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(golden.parent().unwrap()).unwrap();
        return std::fs::write(golden, text).unwrap();
    }
    let expected = std::fs::read_to_string(&golden).unwrap_or_default();
    let changed = expected.lines().zip(text.lines()).find(|(one, other)| one != other);
    assert_eq!((changed, expected.lines().count()), (None, text.lines().count()), "docs/disclosures/figures.tsv");
}
