//! [`vocabulary`](self): what the words of titles, headers and rows mean, whatever place prints them.
//!
//! A form says of one place which money each cell shows. Most places print the same concepts in other
//! orders and under slightly other names, and what a table shows can be put together from its words: the
//! title says the concept, the headers narrow it from the top down, the row narrows it once more. The
//! files in `data/vocabulary/` are those words.
//!
//! Absent on purpose: positions, places and years. A word that is not in the files has no meaning here,
//! and is not guessed.

use crate::filter::Filter;
use crate::words;
use foldhash::{HashMap, HashMapExt};
use mingzhang_model::code::EconomicCode;
use mingzhang_model::key::{Economic, Fund, Key, Measure, fiscal_appropriation};
use mingzhang_model::set::Set;
use std::sync::LazyLock;

/// What a header says of its column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Column {
    /// Money, narrowed so.
    Money(Filter),
    /// Money, as the headers above say.
    Total,
    /// The names of rows, or codes.
    Stub(Stub),
    /// Words, not money.
    Text,
    /// A percentage.
    Rate,
    /// A number of things.
    Count,
}

/// What a column of the stub holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stub {
    /// Names.
    Name,
    /// Functional or economic codes, or parts of them.
    Code,
    /// Codes or names of the government's own economic classification, beside the department's.
    Government,
    /// Names of units.
    Unit,
    /// Codes of units.
    UnitCode,
    /// Years.
    Year,
    /// The rows' numbers.
    Ordinal,
}

/// What the name of a row says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Row {
    /// Money, narrowed so.
    Money(Filter),
    /// As the rows above say.
    Total,
    /// The total of one side.
    Grand,
    /// A total, of this year alone where a grand total follows.
    Sum,
}

/// All movements that come in, and all that go out: a document may print fewer.
pub fn sides() -> (Set<Measure>, Set<Measure>) {
    let set = |measures: [Measure; 3]| measures.into_iter().collect();
    (
        set([Measure::Income, Measure::SurplusUse, Measure::Opening]),
        set([Measure::Expenditure, Measure::SurplusDistribution, Measure::Closing]),
    )
}

/// What a header says, folded as [`words::header_key`] does.
pub fn column(key: &str) -> Option<&'static Column> {
    static COLUMNS: LazyLock<HashMap<String, Column>> = LazyLock::new(|| {
        // The files are part of the program and a test parses each: a fault here is ours, at build time.
        lines(include_str!("../data/vocabulary/columns.tsv"), words::header_key, column_of)
            .unwrap_or_else(|fault| panic!("data/vocabulary/columns.tsv: {fault}"))
    });
    COLUMNS.get(key)
}

/// What the name of a row says, folded as [`words::label_key`] does.
pub fn row(key: &str) -> Option<&'static Row> {
    static ROWS: LazyLock<HashMap<String, Row>> = LazyLock::new(|| {
        lines(include_str!("../data/vocabulary/rows.tsv"), words::label_key, row_of)
            .unwrap_or_else(|fault| panic!("data/vocabulary/rows.tsv: {fault}"))
    });
    ROWS.get(key)
}

fn filter(meaning: &str) -> Result<Filter, String> {
    let (incoming, outgoing) = sides();
    Filter::parse(meaning, incoming, outgoing)
}

fn column_of(meaning: &str) -> Result<Column, String> {
    let stub = |kind| Ok(Column::Stub(kind));
    match meaning {
        "total" => Ok(Column::Total),
        "text" => Ok(Column::Text),
        "rate" => Ok(Column::Rate),
        "count" => Ok(Column::Count),
        "stub:name" => stub(Stub::Name),
        "stub:code" => stub(Stub::Code),
        "stub:government" => stub(Stub::Government),
        "stub:unit" => stub(Stub::Unit),
        "stub:unit_code" => stub(Stub::UnitCode),
        "stub:year" => stub(Stub::Year),
        "stub:ordinal" => stub(Stub::Ordinal),
        _ => filter(meaning).map(Column::Money),
    }
}

fn row_of(meaning: &str) -> Result<Row, String> {
    match meaning {
        "total" => Ok(Row::Total),
        "grand" => Ok(Row::Grand),
        "sum" => Ok(Row::Sum),
        _ => filter(meaning).map(Row::Money),
    }
}

/// The lines of a file: words parted by `|`, a tab, what they mean. A word stands once.
fn lines<M: Clone>(
    file: &str,
    fold: fn(&str) -> String,
    parse: fn(&str) -> Result<M, String>,
) -> Result<HashMap<String, M>, String> {
    let mut meanings = HashMap::new();
    for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (names, meaning) = line.split_once('\t').ok_or_else(|| format!("no tab in “{line}”"))?;
        let meaning = parse(meaning)?;
        for name in names.split('|') {
            if meanings.insert(fold(name), meaning.clone()).is_some() {
                return Err(format!("“{name}” stands twice"));
            }
        }
    }
    Ok(meanings)
}

/// What a table is about, as its title says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Concept {
    /// The name of DESIGN §9.
    pub id: &'static str,
    /// The codes that rules use, in a budget and in accounts.
    pub codes: (String, String),
    /// Which money it shows; none for a table without money.
    pub filter: Option<Filter>,
    with: Vec<Vec<&'static str>>,
    without: Vec<&'static str>,
}

static CONCEPTS: LazyLock<Vec<Concept>> = LazyLock::new(|| {
    let file = include_str!("../data/vocabulary/concepts.tsv");
    concepts(file).unwrap_or_else(|fault| panic!("data/vocabulary/concepts.tsv: {fault}"))
});

fn concepts(file: &'static str) -> Result<Vec<Concept>, String> {
    let lines = file.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines
        .map(|line| {
            let fields: Vec<&'static str> = line.split('\t').collect();
            let [id, number, with, without, words] = fields[..] else { return Err(format!("“{line}”")) };
            let own = number.starts_with(|c: char| c.is_ascii_alphabetic());
            let code = |stage: &str| if own { number.to_owned() } else { format!("{stage}{number}") };
            Ok(Concept {
                id,
                codes: (code("B"), code("A")),
                filter: if words == "-" { None } else { Some(filter(words)?) },
                with: with.split('+').map(|any| any.split('/').collect()).collect(),
                without: without.split('/').filter(|word| !word.is_empty()).collect(),
            })
        })
        .collect()
}

/// The concept of an id.
pub fn concept(id: &str) -> Option<&'static Concept> {
    CONCEPTS.iter().find(|concept| concept.id == id)
}

/// What a title says its table is about: the concept, and the money. None for words that are no title.
pub fn titled(title: &str) -> Option<(&'static Concept, Filter)> {
    let key = words::title_key(title);
    let says = |words: &Vec<&str>| words.iter().any(|word| key.contains(word));
    let fits =
        |concept: &&Concept| concept.with.iter().all(says) && !concept.without.iter().any(|word| key.contains(word));
    let concept = CONCEPTS.iter().find(fits)?;
    let mut filter = concept.filter.clone().unwrap_or_default();
    if filter.funds.is_none() {
        filter.funds = fund_in(&key);
    }
    if filter.economic.is_none() {
        filter.economic = categories_in(&key);
    }
    Some((concept, filter))
}

/// The categories that a table of 三公 lists, where it lists nothing else.
fn categories_in(key: &str) -> Option<Economic> {
    const MORE: [(&str, &str); 2] = [("会议费", "30215"), ("培训费", "30216")];
    if !key.contains("三公") || key.contains("机关运行") || key.contains("行政经费") {
        return None;
    }
    let more = MORE.iter().filter(|(word, _)| key.contains(word)).map(|(_, code)| *code);
    let codes = ["30212", "30217", "30231", "31013", "30913"].into_iter().chain(more);
    Some(Economic::of(codes.filter_map(EconomicCode::parse)))
}

/// The fund that a title names.
fn fund_in(key: &str) -> Option<Set<Fund>> {
    const FUNDS: [(&str, Fund); 4] = [
        ("一般公共", Fund::GeneralPublic),
        ("公共财政预算", Fund::GeneralPublic),
        ("政府性基金", Fund::GovernmentManaged),
        ("国有资本经营", Fund::StateCapital),
    ];
    let named = FUNDS.iter().find(|(word, _)| key.contains(word)).map(|(_, fund)| Set::only(*fund));
    let fiscal = || (key.contains("财政拨款") || key.contains("三公")).then(fiscal_appropriation);
    named.or_else(fiscal)
}

/// Narrows a key by a filter whose words on funds, kinds or economic codes may contradict it: then nothing
/// is left of it, and it says so.
pub fn narrowed(key: &Key, filter: &Filter) -> Option<Key> {
    let mut key = key.clone();
    filter.narrow(&mut key);
    (!key.is_empty()).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_files_has_a_meaning() {
        assert!(matches!(column("一般公共预算拨款"), Some(Column::Money(_))));
        assert!(matches!(row("上年结转"), Some(Row::Money(_))));
        assert!(CONCEPTS.len() > 20);
    }

    #[test]
    fn titles_say_concept_and_fund() {
        let of = |title: &str| titled(title).map(|(concept, filter)| (concept.id, filter.funds.map(|f| f.to_string())));
        let fund = |word: &str| Some(word.to_owned());
        let fiscal = fund("general_public+government_managed+state_capital");
        let general = fund("general_public");
        assert_eq!(of("公开04表 财政拨款收支预算总表"), Some(("appropriation_summary", fiscal)));
        assert_eq!(of("表7 一般公共预算支出表（按功能分类）"), Some(("general_public_expenditure", general)));
        assert_eq!(of("部门综合预算收入总表"), Some(("revenue", None)));
        assert_eq!(of("2026年市级项目绩效目标表(一级项目)"), Some(("performance_targets", None)));
        assert_eq!(of("部门概况"), None);
    }
}
