//! 查阅 Read: what was published, for everybody: search, a body's years, comparison, one item across all bodies, the
//! page that prints a number, and all of it to take home.
//!
//! Every number is a link to the place that prints it. What is shown is what the catalogue answers, so a page and its
//! JSON cannot differ.
//!
//! Absent on purpose: documents that do not lie open, an opinion whether a document is right, and numbers that nobody
//! printed, but for shares, rates and quartiles, which say what they were computed from.

mod amounts;
mod body;
mod compare;
mod document;
mod export;
mod items;
mod pictures;
mod search;
mod tables;

use mingzhang_catalogue::{BodyPage, Period};
use mingzhang_model::key::Stage;
use mingzhang_model::set::Member;

use super::access::Access;
use super::outgoing::encoded;
use super::problem::Problem;
use super::route::{Route, XLSX};

pub(super) const ROUTES: &[Route] = &[
    Route::get("/read", Access::Public, search::search, "The bodies that are searched for")
        .asks::<search::Asked>()
        .gives::<search::SearchPage>(),
    Route::get("/read/bodies/{body}", Access::Public, body::show, "A body over the years")
        .asks::<body::Asked>()
        .gives::<BodyPage>(),
    Route::get("/read/compare", Access::Public, compare::show, "Several bodies side by side")
        .asks::<compare::Asked>()
        .gives::<compare::ComparePage>(),
    Route::get("/read/items", Access::Public, items::list, "What can be looked for in every body")
        .gives::<items::Items>(),
    Route::get("/read/items/{item}", Access::Public, items::show, "One item across all bodies")
        .asks::<items::Asked>()
        .gives::<items::ItemView>(),
    Route::get("/read/documents/{document}", Access::Public, document::show, "A document, open at a page or a number")
        .asks::<document::Asked>()
        .gives::<document::DocumentPage>(),
    Route::get("/read/documents/{document}/original", Access::Public, document::original, "The document as published")
        .gives_file("application/octet-stream"),
    Route::get(
        "/read/figures.csv",
        Access::Public,
        export::csv,
        "Every number as csv; what could begin a formula has an apostrophe before it",
    )
    .asks::<export::Asked>()
    .gives_file(export::CSV),
    Route::get("/read/figures.json", Access::Public, export::json, "Every number as a list of JSON objects")
        .asks::<export::Asked>()
        .gives_file(export::JSON),
    Route::get("/read/figures.xlsx", Access::Public, export::xlsx, "Every number as a workbook, without formulas")
        .asks::<export::Asked>()
        .gives_file(XLSX),
    Route::get("/read/figures.parquet", Access::Public, export::parquet, "Every number as Parquet, with typed columns")
        .asks::<export::Asked>()
        .gives_file(export::PARQUET),
];

/// The address of a body's page.
fn body_at(address: &str) -> String {
    format!("/read/bodies/{}", encoded(address))
}

/// A year of a query; none where nothing is said.
fn year(words: &str) -> Result<Option<u16>, Problem> {
    match words.trim() {
        "" => Ok(None),
        some => some.parse().map(Some).map_err(|_| {
            Problem::bad(
                format!("“{some}”不是年度，请写四位数字"),
                format!("“{some}” is no year; please write four digits"),
            )
        }),
    }
}

/// A stage of a query; none where nothing is said.
fn stage(word: &str) -> Result<Option<Stage>, Problem> {
    match word {
        "" => Ok(None),
        some => Stage::ALL.iter().copied().find(|stage| stage.word() == some).map(Some).ok_or_else(|| {
            Problem::bad(
                format!("没有阶段“{some}”，应为 initial、adjusted 或 final_accounts"),
                format!("There is no stage “{some}”; it is initial, adjusted or final_accounts"),
            )
        }),
    }
}

/// The period that is asked for, or else the latest of those there are that fits what is asked for.
fn period(year: Option<u16>, stage: Option<Stage>, there: &[Period]) -> Option<Period> {
    if let (Some(year), Some(stage)) = (year, stage) {
        return Some(Period { year, stage });
    }
    let fits = |period: &&Period| {
        year.is_none_or(|year| period.year == year) && stage.is_none_or(|stage| period.stage == stage)
    };
    there.iter().rev().find(fits).copied()
}
