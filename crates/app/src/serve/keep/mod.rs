//! The room “记账 Keep”: the year of a unit, from the first line of its budget to the published disclosure.
//!
//! The tables of the import are data, and every form and every grid here is made from one of them. Whatever is sent,
//! a form's one row, a grid's many, a block pasted from a spreadsheet, or files, becomes sheets, is read and judged
//! by the import, and is posted as one request. So there is no second validation, and what may happen is the books'
//! own decision.
//!
//! Absent on purpose: arithmetic with money, a list of fields, a word of law. What goes through several hands waits
//! on the desk (`signing`) until all have signed.

mod disclosure;
mod draft;
mod explanations;
mod fields;
mod import;
mod index;
mod place;
mod signing;
mod steps;
mod tables;
mod todo;
mod trail;
mod trial;
mod typed;
mod units;
mod versions;
mod year;

use mingzhang_model::amount::{Amount, Unit, render};

use super::access::Access;
use super::route::{Route, XLSX};

/// Everybody who has a role at the unit may look; who may write, the books decide.
const THEIRS: Access = Access::Unit(&[]);

pub(crate) const ROUTES: &[Route] = &[
    Route::get("/units", Access::Signed, units::page, "The units that the account belongs to, and what waits for it")
        .gives::<units::UnitsPage>(),
    Route::post("/units/{unit}/years", THEIRS, units::open_year, "Begin a year of a unit").takes::<units::NewYear>(),
    Route::get("/units/{unit}/todo", THEIRS, todo::page, "What waits for signatures at the unit and below it")
        .gives::<todo::TodoPage>(),
    Route::post("/units/{unit}/todo/{proposal}/sign", THEIRS, todo::sign, "Sign rows; the last signature enters them"),
    Route::post("/units/{unit}/todo/{proposal}/return", THEIRS, todo::send_back, "Send rows back, with a reason")
        .takes::<todo::Returned>(),
    Route::post("/units/{unit}/todo/{proposal}/withdraw", THEIRS, todo::withdraw, "Take one's own rows back"),
    Route::get("/units/{unit}/import", THEIRS, import::page, "Bring files of several tables")
        .asks::<import::Asked>()
        .gives::<import::ImportPage>(),
    Route::post("/units/{unit}/import", THEIRS, import::bring, "Try files, or enter them in the books")
        .takes_files()
        .takes::<import::Brought>()
        .gives::<import::ImportPage>(),
    Route::get("/units/{unit}/templates.xlsx", THEIRS, import::template, "A workbook of empty tables to fill in")
        .gives_file(XLSX),
    Route::get("/units/{unit}/trail", THEIRS, trail::page, "Who did what in the books of the unit and below it")
        .asks::<trail::Asked>()
        .gives::<trail::TrailPage>(),
    Route::get("/units/{unit}/trail.csv", THEIRS, trail::csv, "The same as a file").gives_file("text/csv"),
    Route::get("/units/{unit}/{year}", THEIRS, year::page, "A year: its budget and what became of it")
        .asks::<year::Asked>()
        .gives::<year::YearPage>(),
    Route::get("/units/{unit}/{year}/tables", THEIRS, index::page, "The tables and registers of a year")
        .gives::<index::TablesPage>(),
    Route::get("/units/{unit}/{year}/tables/{table}", THEIRS, tables::page, "The rows of a table, and a form for more")
        .asks::<tables::Asked>()
        .gives::<tables::TablePage>(),
    Route::post(
        "/units/{unit}/{year}/tables/{table}",
        THEIRS,
        tables::enter,
        "Try rows of a table, or enter them in the books",
    )
    .takes::<tables::Entered>()
    .gives::<tables::TablePage>(),
    Route::post("/units/{unit}/{year}/versions", THEIRS, versions::copy, "Begin a version with the lines of another")
        .takes::<versions::Copied>(),
    Route::get("/units/{unit}/{year}/explanations", THEIRS, explanations::page, "The words that a disclosure asks for")
        .asks::<explanations::Asked>()
        .gives::<explanations::ExplanationsPage>(),
    Route::get(
        "/units/{unit}/{year}/disclosures/{publication}",
        THEIRS,
        disclosure::page,
        "A disclosure on its way: draft, what it lacks, findings, steps",
    )
    .asks::<draft::InForm>()
    .gives::<disclosure::DisclosurePage>(),
    Route::get(
        "/units/{unit}/{year}/disclosures/{publication}/draft/{format}",
        THEIRS,
        disclosure::download,
        "The draft as docx, pdf, xlsx or html",
    )
    .asks::<draft::InForm>()
    .gives_file("application/octet-stream"),
    Route::get(
        "/units/{unit}/{year}/disclosures/{publication}/files/{sha256}",
        THEIRS,
        disclosure::file,
        "A file that was laid down for the publication",
    )
    .gives_file("application/octet-stream"),
    Route::post(
        "/units/{unit}/{year}/disclosures/{publication}/steps",
        THEIRS,
        steps::take,
        "Take a step: drafted, checked, reviewed, secrecy_reviewed, signed, published, returned",
    )
    .takes_files()
    .takes::<steps::Taken>()
    .asks::<draft::InForm>()
    .gives::<disclosure::DisclosurePage>(),
];

/// Money in yuan with separators.
fn money(amount: Amount) -> String {
    render(amount, Unit::Yuan, 2, true)
}

/// Money as it was typed or written, with separators where it is an amount.
fn money_cell(words: &str) -> String {
    let (sign, size) = words.strip_prefix('-').map_or(("", words), |size| ("-", size));
    let (whole, rest) = size.split_once('.').map_or((size, String::new()), |(whole, rest)| (whole, format!(".{rest}")));
    if whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return words.to_owned();
    }
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{rest}")
}

#[cfg(test)]
mod tests {
    use super::money_cell;

    #[test]
    fn separators_stand_in_amounts_only() {
        for (words, shown) in [
            ("1234567.80", "1,234,567.80"),
            ("-1000", "-1,000"),
            ("999", "999"),
            ("12,000.00", "12,000.00"),
            ("待定", "待定"),
            ("", ""),
        ] {
            assert_eq!(money_cell(words), shown);
        }
    }
}
