//! [`Form`]: how one place prints a disclosure; [`TableForm`]: how it prints one table.
//!
//! The files in `data/forms/` are the forms. A file may extend another: tables of the same code
//! replace the other's, the rest are taken over.

mod print;

pub use print::{BlockPrint, Numbered, TablePrint};

use crate::filter::{Filter, funds, members};
use crate::words;
use mingzhang_model::amount::Unit;
use mingzhang_model::date::Date;
use mingzhang_model::fact::{DisclosureKind, Domain};
use mingzhang_model::key::{Measure, Stage};
use mingzhang_model::set::{Member, Set};
use print::{BlockPrintFile, TablePrintFile};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// How one place prints a disclosure.
#[derive(Clone, PartialEq, Debug)]
pub struct Form {
    /// The name of its file.
    pub id: &'static str,
    /// Its name in Chinese.
    pub name: String,
    /// The place that prescribes it.
    pub place: String,
    /// Budget or accounts.
    pub kind: DisclosureKind,
    /// The stage that its numbers stand at unless a column says otherwise.
    pub stage: Stage,
    /// Words that such a document prints.
    pub clues: Vec<String>,
    /// How much of its tables' columns a document has to show to be taken for one of this form, in per cent: a form
    /// whose titles are those of many places is known by all of its columns only.
    pub least_fit: usize,
    /// What it prints in a cell without money.
    pub zero: Zero,
    /// The month and day at which it counts what the office holds.
    pub assets_at: (u8, u8),
    /// Its tables, in the order of the form.
    pub tables: Vec<TableForm>,
}

impl Form {
    /// The day at which a disclosure of a year counts what the office holds: in that year for accounts, in
    /// the one before for a budget.
    pub fn cutoff(&self, year: u16) -> Date {
        let year = match self.kind {
            DisclosureKind::Budget => year.saturating_sub(1),
            DisclosureKind::Accounts => year,
        };
        let (month, day) = self.assets_at;
        // 29 February is refused when the form is read, so every year has the day.
        Date::new(year, month, day).unwrap_or(Date::after_epoch(0))
    }
}

/// What a form prints in a cell without money. A table without any money is left blank by all.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Zero {
    /// 0.00
    Figure,
    /// Nothing.
    Blank,
}

/// Where the total of a list of codes stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Total {
    /// Over the first code.
    First,
    /// Under the last.
    #[default]
    Last,
}

/// How a form prints one table.
#[derive(Clone, PartialEq, Debug)]
pub struct TableForm {
    /// The short code that rules use: B01 to B09, A01 to A09.
    pub code: String,
    /// What it is about: `revenue`, `three_public`.
    pub concept: String,
    /// The title without year, as a person reads it.
    pub title: String,
    /// The folded titles by which it is known.
    pub title_keys: Vec<String>,
    /// The printed table number, such as 公开01表.
    pub number: Option<String>,
    /// The unit when the table prints none.
    pub unit: Option<Unit>,
    /// The words that the note of an empty table must name; none where an empty table needs no note.
    pub note_when_empty: Option<String>,
    /// What “all” means in it.
    pub domain: Domain,
    /// Its blocks of columns, from left to right.
    pub blocks: Vec<BlockForm>,
    /// How it is printed.
    pub print: TablePrint,
}

/// What heads the rows of a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stub {
    /// A name.
    Label,
    /// A functional code and its name.
    Function,
    /// An economic code and its name.
    Economic,
    /// Nothing: the table is one row.
    None,
}

/// Columns that share a stub.
#[derive(Clone, PartialEq, Debug)]
pub struct BlockForm {
    /// What heads its rows.
    pub stub: Stub,
    /// The header over the whole block, folded; empty where none is printed.
    pub header: String,
    /// Which money it shows.
    pub filter: Filter,
    /// Rows may be functional classes, by name.
    pub classes: bool,
    /// The block is printed several times side by side, to save paper.
    pub repeats: bool,
    /// The codes that have a row even without money, as digits; the others have one where they have money.
    pub listed: Vec<String>,
    /// Where its named rows stand when its other rows are codes.
    pub total: Total,
    /// Its money columns.
    pub columns: Vec<ColumnForm>,
    /// Its named rows, in order.
    pub rows: Vec<RowForm>,
    /// How it is printed.
    pub print: BlockPrint,
}

/// A money column.
#[derive(Clone, PartialEq, Debug)]
pub struct ColumnForm {
    /// The name in the form.
    pub name: String,
    /// The header paths by which it is known, folded: each ends in the column's own header.
    pub paths: Vec<Vec<String>>,
    /// Which money it shows.
    pub filter: Filter,
}

/// A row known by its name.
#[derive(Clone, PartialEq, Debug)]
pub struct RowForm {
    /// The name in the form, without number.
    pub name: String,
    /// The folded names by which it is known.
    pub keys: Vec<String>,
    /// Which money it shows.
    pub filter: Filter,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormFile {
    extends: Option<String>,
    name: String,
    place: Option<String>,
    disclosure: Option<String>,
    stage: Option<String>,
    clues: Vec<String>,
    incoming: Option<String>,
    outgoing: Option<String>,
    funds: Option<String>,
    kinds: Option<String>,
    zero: Option<Zero>,
    #[serde(default)]
    least_fit: usize,
    /// Month and day: 08-31. The last day of the year where it is not said.
    assets_at: Option<String>,
    /// How its tables are printed unless one says otherwise.
    #[serde(default)]
    print: TablePrintFile,
    /// The printed numbers of tables, by code, for those that the base describes without one.
    #[serde(default)]
    numbers: Vec<(String, String)>,
    /// The printed titles of tables, by code, where they are not made as usual.
    #[serde(default)]
    titles: Vec<(String, String)>,
    #[serde(rename = "table", default)]
    tables: Vec<TableFile>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct TableFile {
    code: String,
    concept: String,
    title: String,
    #[serde(default)]
    aliases: Vec<String>,
    number: Option<String>,
    unit: Option<String>,
    note_when_empty: Option<String>,
    incoming: Option<String>,
    outgoing: Option<String>,
    kinds: Option<String>,
    #[serde(default)]
    print: TablePrintFile,
    #[serde(rename = "block")]
    blocks: Vec<BlockFile>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct BlockFile {
    stub: Stub,
    #[serde(default)]
    header: String,
    #[serde(default)]
    filter: String,
    #[serde(default)]
    classes: bool,
    #[serde(default)]
    repeats: bool,
    #[serde(default)]
    listed: Vec<String>,
    #[serde(default)]
    total: Total,
    columns: Vec<(String, String)>,
    #[serde(default)]
    rows: Vec<(String, String)>,
    #[serde(default)]
    print: BlockPrintFile,
}

/// The forms compiled in: name of the file, text of the file.
const FILES: [(&str, &str); 6] = [
    ("shanghai_budget_department", include_str!("../../data/forms/shanghai_budget_department.toml")),
    ("shanghai_city_budget", include_str!("../../data/forms/shanghai_city_budget.toml")),
    ("shanghai_budget_unit", include_str!("../../data/forms/shanghai_budget_unit.toml")),
    ("shanghai_accounts", include_str!("../../data/forms/shanghai_accounts.toml")),
    ("hunan_budget", include_str!("../../data/forms/hunan_budget.toml")),
    ("hunan_accounts", include_str!("../../data/forms/hunan_accounts.toml")),
];

static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    // The files are part of the program and a test parses each: a fault here is ours, at build time.
    parse_all(&FILES).unwrap_or_else(|fault| panic!("data/forms: {fault}"))
});

/// Every form.
pub fn forms() -> &'static [Form] {
    &FORMS
}

/// The form of a name.
pub fn form(id: &str) -> Option<&'static Form> {
    FORMS.iter().find(|form| form.id == id)
}

fn parse_all(files: &[(&'static str, &str)]) -> Result<Vec<Form>, String> {
    let mut parsed: BTreeMap<&str, FormFile> = BTreeMap::new();
    for (id, text) in files {
        parsed.insert(id, toml::from_str(text).map_err(|e| format!("{id}.toml: {e}"))?);
    }
    files.iter().map(|(id, _)| build(id, &parsed).map_err(|e| format!("{id}.toml: {e}"))).collect()
}

fn build(id: &'static str, files: &BTreeMap<&str, FormFile>) -> Result<Form, String> {
    let file = &files[id];
    let base = match &file.extends {
        Some(name) => Some(files.get(name.as_str()).ok_or_else(|| format!("extends the unknown form “{name}”"))?),
        None => None,
    };
    let said = |get: fn(&FormFile) -> &Option<String>, what: &str| {
        let own = get(file).as_deref();
        own.or_else(|| base.and_then(|b| get(b).as_deref())).ok_or_else(|| format!("does not say its {what}"))
    };
    let kind = match said(|f| &f.disclosure, "disclosure")? {
        "budget" => DisclosureKind::Budget,
        "accounts" => DisclosureKind::Accounts,
        other => return Err(format!("disclosure “{other}” is neither budget nor accounts")),
    };
    let stage = said(|f| &f.stage, "stage")?;
    let stage =
        Stage::ALL.iter().copied().find(|s| s.word() == stage).ok_or_else(|| format!("unknown stage “{stage}”"))?;
    let domain = Domain {
        incoming: measures(said(|f| &f.incoming, "incoming")?)?,
        outgoing: measures(said(|f| &f.outgoing, "outgoing")?)?,
        funds: funds(said(|f| &f.funds, "funds")?).ok_or("unknown word in funds")?,
        kinds: members(said(|f| &f.kinds, "kinds")?).ok_or("unknown word in kinds")?,
    };
    let mut tables = merged(base.map_or(&[], |b| &b.tables), &file.tables);
    for (code, number) in &file.numbers {
        let table = tables.iter_mut().find(|table| table.code == *code);
        table.ok_or_else(|| format!("numbers the unknown table “{code}”"))?.number = Some(number.clone());
    }
    for (code, title) in &file.titles {
        let table = tables.iter_mut().find(|table| table.code == *code);
        table.ok_or_else(|| format!("titles the unknown table “{code}”"))?.print.title = Some(title.clone());
    }
    let usual = file.print.or(base.map(|base| &base.print));
    let tables = tables.iter().map(|table| table.build(domain, &usual)).collect::<Result<_, _>>()?;
    let place = said(|f| &f.place, "place")?.to_string();
    let zero =
        file.zero.or_else(|| base.and_then(|b| b.zero)).ok_or("does not say what it prints for nothing: zero")?;
    let assets_at = said(|f| &f.assets_at, "assets_at").map_or(Ok((12, 31)), month_and_day)?;
    Ok(Form {
        id,
        name: file.name.clone(),
        place,
        kind,
        stage,
        clues: file.clues.clone(),
        least_fit: file.least_fit,
        zero,
        assets_at,
        tables,
    })
}

/// The base's tables with those of the same code replaced, and new ones added.
fn merged(base: &[TableFile], own: &[TableFile]) -> Vec<TableFile> {
    let mut tables = base.to_vec();
    for table in own {
        match tables.iter_mut().find(|t| t.code == table.code) {
            Some(old) => *old = table.clone(),
            None => tables.push(table.clone()),
        }
    }
    tables
}

fn month_and_day(text: &str) -> Result<(u8, u8), String> {
    let parts = text.split_once('-').and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
    let is_day = |(month, day): &(u8, u8)| Date::new(2023, *month, *day).is_some();
    parts.filter(is_day).ok_or_else(|| format!("assets_at “{text}” is no month and day"))
}

fn measures(text: &str) -> Result<Set<Measure>, String> {
    members(text).ok_or_else(|| format!("unknown word in “{text}”"))
}

fn unit(word: &str) -> Result<Unit, String> {
    let units = [Unit::Yuan, Unit::WanYuan, Unit::YiYuan];
    units.into_iter().find(|unit| unit.word() == word).ok_or_else(|| format!("unknown unit “{word}”"))
}

impl TableFile {
    fn build(&self, mut domain: Domain, usual: &TablePrintFile) -> Result<TableForm, String> {
        if let Some(text) = &self.incoming {
            domain.incoming = measures(text)?;
        }
        if let Some(text) = &self.outgoing {
            domain.outgoing = measures(text)?;
        }
        if let Some(text) = &self.kinds {
            domain.kinds = members(text).ok_or_else(|| format!("unknown word in “{text}”"))?;
        }
        let titles = std::iter::once(&self.title).chain(&self.aliases);
        Ok(TableForm {
            code: self.code.clone(),
            concept: self.concept.clone(),
            title: self.title.clone(),
            title_keys: titles.map(|title| words::title_key(title)).collect(),
            number: self.number.clone(),
            unit: self.unit.as_deref().map(unit).transpose()?,
            note_when_empty: self.note_when_empty.clone(),
            domain,
            blocks: self.blocks.iter().map(|block| block.build(domain)).collect::<Result<_, _>>()?,
            print: self.print.or(Some(usual)).build(&self.title),
        })
    }
}

impl BlockFile {
    fn build(&self, domain: Domain) -> Result<BlockForm, String> {
        let filter = |text: &str| Filter::parse(text, domain.incoming, domain.outgoing);
        let column = |(names, text): &(String, String)| {
            let paths: Vec<Vec<String>> =
                names.split('|').map(|path| path.split('/').map(words::label_key).collect()).collect();
            let name = names.split('|').next().unwrap_or_default().replace('/', "·");
            filter(text).map(|filter| ColumnForm { name, paths, filter })
        };
        let row = |(names, text): &(String, String)| {
            let name = names.split('|').next().unwrap_or_default().to_owned();
            filter(text).map(|filter| RowForm { name, keys: names.split('|').map(words::label_key).collect(), filter })
        };
        Ok(BlockForm {
            stub: self.stub,
            header: words::label_key(&self.header),
            filter: filter(&self.filter)?,
            classes: self.classes,
            repeats: self.repeats,
            listed: self.listed.clone(),
            total: self.total,
            columns: self.columns.iter().map(column).collect::<Result<_, _>>()?,
            rows: self.rows.iter().map(row).collect::<Result<_, _>>()?,
            print: self.print.build(self)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_has_its_nine_tables_with_distinct_codes_and_titles() {
        for form in forms() {
            let mut codes: Vec<_> = form.tables.iter().map(|t| &t.code).collect();
            codes.sort();
            codes.dedup();
            assert_eq!(codes.len(), 9, "{}", form.id);
            let mut titles: Vec<_> = form.tables.iter().flat_map(|t| &t.title_keys).collect();
            let count = titles.len();
            titles.sort();
            titles.dedup();
            assert_eq!(titles.len(), count, "{}: a title stands for two tables", form.id);
        }
    }

    #[test]
    fn every_file_in_the_folder_is_compiled_in() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/forms");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(".toml").map(str::to_owned))
            .collect();
        let mut known: Vec<&str> = FILES.iter().map(|(id, _)| *id).collect();
        files.sort();
        known.sort_unstable();
        assert_eq!(files, known);
    }

    #[test]
    fn faults_in_a_form_are_named() {
        let file = |body: &str| {
            let text = format!(
                "name='x'\nplace='x'\ndisclosure='budget'\nstage='initial'\nclues=[]\nincoming='income'\n\
                 outgoing='expenditure'\nfunds='fiscal'\nkinds='basic+project'\nzero='blank'\n{body}"
            );
            parse_all(&[("x", &text)]).unwrap_err()
        };
        assert!(file("extends='y'").contains("unknown form “y”"));
        assert!(file("colour='red'").contains("colour"));
        assert!(file("assets_at='02-29'").contains("02-29"));
        let table = "[[table]]\ncode='B01'\nconcept='c'\ntitle='t'\n[[table.block]]\nstub='none'\n";
        assert!(file(&format!("{table}columns=[['合计','bsic']]")).contains("bsic"));
        assert!(file(&format!("{table}columns=[]\nunit='角'")).contains("unit"));
    }
}
