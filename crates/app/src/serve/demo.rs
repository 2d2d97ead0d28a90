//! The demonstration: five example offices with their books and the disclosures written from them, an account for
//! every role, and a batch of disclosures under review, one of them with mistakes put in.

use std::collections::BTreeSet;

use mingzhang_books::entry::Publication;
use mingzhang_books::names::{Person, UnitCode};
use mingzhang_books::offices::{Example, offices};
use mingzhang_books::pivot::Scope;
use mingzhang_desk::entry::{About, Grant, Upload};
use mingzhang_desk::journal::Hand;
use mingzhang_standard::form::form;
use mingzhang_write::manuscript::{CellRole, Manuscript, Piece};
use mingzhang_write::pdf::{self, Faces};

use super::house::House;
use super::problem::Problem;
use super::secret;
use crate::books::exchange::bring_examples;
use crate::cli::Stop;
use crate::date;
use crate::messages::Lang;
use crate::write::{Drafted, Words};

/// An account of the demonstration.
pub(crate) struct Account {
    pub(crate) login: &'static str,
    pub(crate) zh: &'static str,
    pub(crate) en: &'static str,
    grant: Option<Grant>,
}

/// The password of every account of the demonstration, which is told on the page.
pub(crate) const PASSWORD: &str = "mingzhang-demo-2024";

/// The reviewer of the demonstration.
const INSPECTOR: &str = "检查";

/// The accounts of the demonstration: persons of the example books, a reviewer, an administrator.
pub(crate) const ACCOUNTS: &[Account] = &[
    Account {
        login: INSPECTOR,
        zh: "财政审核：检查各部门的公开文件",
        en: "Inspector: checks disclosures",
        grant: Some(Grant::Inspector),
    },
    Account {
        login: "经办",
        zh: "经办：编预算、记台账、写公开文件",
        en: "Handler: budget, registers, disclosure",
        grant: None,
    },
    Account {
        login: "审核",
        zh: "财务审核：复核经办提交的内容",
        en: "Reviewer: reviews what handlers submit",
        grant: None,
    },
    Account { login: "出纳", zh: "出纳：支付", en: "Cashier: pays", grant: None },
    Account {
        login: "广州经办",
        zh: "驻广州办事处的经办：只看得到本单位",
        en: "Handler of the Guangzhou office: sees its own unit only",
        grant: None,
    },
    Account {
        login: "广州审核", zh: "驻广州办事处的财务审核", en: "Reviewer of the Guangzhou office", grant: None
    },
    Account {
        login: "昆明经办", zh: "驻昆明办事处的经办", en: "Handler of the Kunming office", grant: None
    },
    Account { login: "保密", zh: "保密审查", en: "Secrecy review", grant: None },
    Account { login: "负责人", zh: "单位负责人：签发", en: "Head of the unit: signs", grant: None },
    Account { login: "主管", zh: "主管部门", en: "Department in charge", grant: None },
    Account { login: "财政", zh: "财政部门：批复、下达", en: "Finance: approves and allots", grant: None },
    Account {
        login: "管理",
        zh: "管理员：账号与职责",
        en: "Administrator: accounts and roles",
        grant: Some(Grant::Administrator),
    },
];

/// Fills a house that is empty; one that was filled before is left as it is.
///
/// # Errors
/// Where a store fails.
pub(crate) fn set_up(house: &House) -> Result<(), Problem> {
    if house.desk().accounts().next().is_some() {
        return Ok(());
    }
    let brought = house.with_ledger(|ledger| bring_examples(ledger, Lang::Zh));
    brought.map_err(|stop| match stop {
        Stop::Said(words) => Problem::internal(words),
        Stop::NobodyReads => Problem::internal(""),
    })?;
    let hand = Hand { by: None, at: date::now(), from: String::new() };
    let hash = secret::hashed(PASSWORD).map_err(Problem::internal)?;
    for account in ACCOUNTS {
        let (login, grants) = (person(account.login)?, account.grant.into_iter().collect::<BTreeSet<_>>());
        house.record(&hand, |desk| desk.open_account(login, hash.clone(), grants))?;
    }
    let disclosures = disclosures(house)?;
    let reviewer = Hand { by: Some(person(INSPECTOR)?), ..hand };
    for (upload, example) in &disclosures {
        let about = About { place: place(example).map(str::to_owned), ..About::default() };
        house.record(&reviewer, |desk| desk.release(&upload.sha256, about))?;
    }
    let mut files: Vec<Upload> = disclosures.into_iter().map(|(upload, _)| upload).collect();
    files.extend(spoiled(house)?);
    house.record(&reviewer, |desk| desk.open_batch("部门预决算公开检查（演示）", None, files))?;
    Ok(())
}

fn person(login: &str) -> Result<Person, Problem> {
    Person::new(login).map_err(|why| Problem::internal(why.to_string()))
}

/// The place that an example office belongs to.
fn place(example: &Example) -> Option<&'static str> {
    let places = [("怀化", "湖南省怀化市"), ("株洲", "湖南省株洲市"), ("上海市", "上海市")];
    places.iter().find(|(name, _)| example.name.starts_with(name)).map(|(_, place)| *place)
}

/// The disclosures of the example offices, written from their books.
fn disclosures(house: &House) -> Result<Vec<(Upload, &'static Example)>, Problem> {
    let mut files = Vec::new();
    for example in offices() {
        let Some(manuscript) = manuscript(house, example)? else { continue };
        files.push((kept(house, &manuscript, &manuscript.title)?, example));
    }
    Ok(files)
}

fn manuscript(house: &House, example: &Example) -> Result<Option<Manuscript>, Problem> {
    let Some(form) = example.form.and_then(form) else { return Ok(None) };
    let unit = UnitCode::new(example.unit).map_err(|why| Problem::internal(why.to_string()))?;
    let (books, trail) = house.traced()?;
    let drafted = Drafted::of((&books, &trail), &Scope::Consolidated(unit), example.year, form, Words::Kept);
    Ok(drafted.map(|drafted| drafted.composed.manuscript))
}

fn kept(house: &House, manuscript: &Manuscript, name: &str) -> Result<Upload, Problem> {
    let faces = Faces::built_in().map_err(|fault| Problem::internal(fault.to_string()))?;
    let bytes = pdf::write(manuscript, &faces).map_err(|fault| Problem::internal(fault.to_string()))?;
    let (size, sha256) = (bytes.len() as u64, house.files.keep(&bytes)?);
    Ok(Upload { name: format!("{name}.pdf"), sha256, size, corrects: None })
}

/// One of the disclosures with two slips of the hand in it, as they happen: two digits of a table changed places, and
/// a percentage of a sentence was typed wrongly.
fn spoiled(house: &House) -> Result<Option<Upload>, Problem> {
    let accounts = offices().iter().find(|example| example.publication == Publication::Accounts);
    let Some(example) = accounts else { return Ok(None) };
    let Some(mut manuscript) = manuscript(house, example)? else { return Ok(None) };
    let mut grids = manuscript.pieces.iter_mut().filter_map(|piece| match piece {
        Piece::Grid(grid) => Some(grid),
        _ => None,
    });
    let cell = grids.nth(1).and_then(|grid| {
        let is_money = |cell: &&mut mingzhang_write::manuscript::GridCell| {
            cell.role == CellRole::Money && !cell.strong && transposed(&cell.text).is_some()
        };
        grid.cells.iter_mut().rev().find(is_money)
    });
    if let Some(cell) = cell {
        cell.text = transposed(&cell.text).unwrap_or_default();
        cell.figure = None;
    }
    let mut runs = manuscript.pieces.iter_mut().flat_map(|piece| match piece {
        Piece::Paragraph(paragraph) => paragraph.runs.as_mut_slice(),
        _ => &mut [],
    });
    let percentage = runs.find(|run| run.text.ends_with('%') && transposed(&run.text).is_some());
    if let Some(run) = percentage {
        run.text = transposed(&run.text).unwrap_or_default();
    }
    let name = format!("{}（错误示范）", manuscript.title);
    kept(house, &manuscript, &name).map(Some)
}

/// A number with its first two unequal digits in each other's place.
fn transposed(text: &str) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    let both_digits = |pair: &[u8]| pair.iter().all(u8::is_ascii_digit) && pair[0] != pair[1] && pair[1] != b'0';
    let at = bytes.windows(2).position(both_digits)?;
    bytes.swap(at, at + 1);
    String::from_utf8(bytes).ok()
}
