//! The tables of a year: what stands in each, and rows to be added, put right or taken back.
//!
//! Every page is made from a [`Table`] of the import, every form is rows of it; what is wrong is told at the cell
//! where it was typed, and what was typed stays.

mod view;

pub(super) use view::{rows_table, summary};

use mingzhang_books::entry::{Budgeted, Event, Version};
use mingzhang_books::export::{Standing, Stood, rows, told};
use mingzhang_books::import::{Column, Holds, Is, Need, Table, table};
use mingzhang_books::names::{RegisterId, RowId};
use mingzhang_books::pivot::Scope;
use mingzhang_books::register::computed;
use mingzhang_books::state::Books;
use mingzhang_desk::entry::Proposal;
use mingzhang_model::amount::Amount;
use mingzhang_model::date::Date;
use mingzhang_standard::register::register;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fields::{Suggested, suggestions};
use super::place::{Place, unit_path};
use super::signing;
use super::trial::{Fault, Fence, Trial, trial};
use super::typed::{Typed, asked};
use crate::serve::call::Call;
use crate::serve::problem::Problem;
use crate::serve::reply::Reply;

/// How many rows of a table a page shows.
const PAGE: usize = 50;

/// How many rows a grid has at first, and how many more are added.
const GRID: usize = 5;

/// True for the tables that a year's pages have. What is no unit's year has pages of its own: units and persons are
/// the administrator's, publications have their steps.
pub(super) fn is_kept(table: &Table) -> bool {
    !matches!(table.id, "units" | "persons" | "dismissals" | "years" | "closed_units" | "disclosures")
}

fn asked_table(call: &Call<'_>) -> Result<&'static Table, Problem> {
    table(call.param("table")).filter(|table| is_kept(table)).ok_or_else(Problem::missing)
}

/// What a table's page is asked.
#[derive(Deserialize, JsonSchema, Default)]
pub(super) struct Asked {
    /// How many empty rows; one is a form.
    #[serde(default)]
    rows: Option<usize>,
    /// The number of an entry whose row is filled in, to be put right or repeated.
    #[serde(default)]
    from: Option<u64>,
    /// The line of the budget that is filled in: its place in the overview, from 0.
    #[serde(default)]
    line: Option<usize>,
    /// The place of an explanation that is filled in.
    #[serde(default)]
    place: Option<String>,
    /// How many rows are passed over, the newest first.
    #[serde(default)]
    skip: usize,
}

/// What is wanted of rows.
#[derive(Deserialize, JsonSchema, Default, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(super) enum Step {
    /// To know what they would do.
    #[default]
    Preview,
    /// To carry them out.
    Post,
    /// More empty rows.
    More,
}

/// Rows for a table.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Entered {
    #[serde(default)]
    step: Step,
    /// The titles of the columns.
    #[serde(default)]
    header: Vec<String>,
    /// The cells, row after row, as many in each as there are titles.
    #[serde(default)]
    cell: Vec<String>,
    /// Or a block with tabs, as spreadsheets copy it.
    #[serde(default)]
    paste: String,
    /// Where to go on afterwards: an address of this server.
    #[serde(default)]
    back: String,
}

/// A table of a year.
#[derive(Serialize, JsonSchema)]
pub(super) struct TablePage {
    unit: String,
    year: u16,
    table: &'static str,
    title: String,
    /// What one row is.
    row: String,
    /// The columns.
    columns: Vec<ColumnRow>,
    /// The rows that stand, the newest first.
    rows: Vec<RowThere>,
    /// How many there are.
    count: usize,
    /// How many newer ones are passed over.
    skip: usize,
    /// What is counted from a register.
    figures: Vec<FigureRow>,
    /// What a person should look at in a register.
    remarks: Vec<String>,
    /// What was typed.
    typed: Typed,
    /// What it would do; none before it was asked.
    trial: Option<Trial>,
    /// Who signs, column by column; none where the sender alone answers.
    signers: Vec<String>,
    #[serde(skip)]
    place: Place,
    /// The reservations of which something is left.
    #[serde(skip)]
    open: Vec<String>,
    #[serde(skip)]
    suggested: std::collections::BTreeMap<String, Suggested>,
}

/// A column of a table.
#[derive(Serialize, JsonSchema)]
struct ColumnRow {
    word: String,
    title: String,
    help: String,
    needed: bool,
    choices: Vec<String>,
}

/// A row that stands.
#[derive(Serialize, JsonSchema)]
struct RowThere {
    /// The number of its entry.
    number: u64,
    by: String,
    at: u64,
    /// True where it was taken back.
    reversed: bool,
    /// Its cells, as the columns of the export.
    cells: Vec<String>,
    /// What is worked out from them: title and value.
    computed: Vec<(String, String)>,
}

/// A number that is counted from a register.
#[derive(Serialize, JsonSchema)]
struct FigureRow {
    title: String,
    value: String,
    unit: String,
}

pub(super) fn page(call: &Call<'_>) -> Result<Reply, Problem> {
    let (place, table, asked) = (Place::of(call)?, asked_table(call)?, call.asked::<Asked>()?);
    let typed = filled_in(call, table, &place, &asked)?;
    Reply::view(shown(call, place, table, typed, None, asked.skip)?)
}

/// The rows that the page begins with: empty, or filled in with what there is.
fn filled_in(call: &Call<'_>, table: &'static Table, place: &Place, asked: &Asked) -> Result<Typed, Problem> {
    let mut typed = Typed::blank(table, asked.rows.unwrap_or(1).clamp(1, super::typed::MOST_ROWS));
    let set = |typed: &mut Typed, is: Is, words: &str| {
        let at = table.column(is).and_then(|column| typed.header.iter().position(|title| *title == column.title));
        if let Some(at) = at {
            words.clone_into(&mut typed.rows[0][at]);
        }
    };
    for at in 0..typed.header.len() {
        let is_year = typed
            .column(table, at)
            .is_some_and(|column| matches!(column.is, Is::Field(_)) && column.holds == Holds::Year);
        if is_year {
            typed.rows.iter_mut().for_each(|row| row[at] = place.year.to_string());
        }
    }
    if let Some(words) = &asked.place {
        set(&mut typed, Is::Spot, words);
        let books = call.house.books();
        let given = books.year(&place.unit, place.year).and_then(|year| year.explanation(words));
        set(&mut typed, Is::Content, given.unwrap_or_default());
    }
    let mut source: Option<(&'static Table, Vec<mingzhang_model::sheet::Cell>)> = None;
    if let Some(number) = asked.from {
        let found = rows(&mut *call.house.ledger(), table, &place.unit, place.year)?;
        let found = found.into_iter().find(|row| row.number == number).ok_or_else(Problem::missing)?;
        source = Some((table, found.cells));
    } else if let Some(at) = asked.line {
        let books = call.house.books();
        let accounts = books.year(&place.unit, place.year).map_or(&[][..], |year| year.accounts());
        let line = accounts.get(at).ok_or_else(Problem::missing)?.line.clone();
        let event = Event::LineBudgeted(Budgeted { version: Version::Approved, line, amount: Amount::ZERO });
        source = told(0, &event).and_then(|(table, rows)| Some((table, rows.into_iter().next()?)));
    }
    if let Some((from, cells)) = source {
        let own = from.id == table.id;
        for (column, cell) in from.shown().zip(&cells) {
            let is_amount_of_line = !own && matches!(column.is, Is::Amount | Is::Version);
            if asked_here(table, column.is) && !is_amount_of_line {
                set(&mut typed, column.is, &cell.words());
            }
        }
    }
    Ok(typed)
}

fn asked_here(table: &Table, is: Is) -> bool {
    asked(table).any(|column| column.is == is)
}

pub(super) fn enter(call: &Call<'_>) -> Result<Reply, Problem> {
    let (place, table) = (Place::of(call)?, asked_table(call)?);
    let Entered { step, header, cell, paste, back } = call.input()?;
    let blank = Typed::blank(table, 0);
    let typed = if paste.trim().is_empty() {
        Typed::of_cells(if header.is_empty() { blank.header.clone() } else { header }, &cell)?
    } else {
        let pasted = Typed::pasted(table, &paste)?;
        pasted.in_columns_of(&blank, table).unwrap_or(pasted)
    };
    if step == Step::More {
        let mut typed = typed;
        let more = (typed.rows.len() + GRID).min(super::typed::MOST_ROWS);
        typed.rows.resize(more, vec![String::new(); typed.header.len()]);
        return Reply::view(shown(call, place, table, typed, None, 0)?);
    }
    let person = call.who.person()?.clone();
    if typed.is_empty() {
        let faults = vec![Fault::whole(call.lang.of("没有填写任何一行", "No row is filled in"))];
        let trial = Trial { complaints: faults, ..Trial::default() };
        return Reply::refused(shown(call, place, table, typed, Some(trial), 0)?);
    }
    let first = table.hands().min_by_key(|(hand, _)| *hand).map(|(_, column)| column.title.clone());
    let Some(first) = first else {
        let back = if back.is_empty() { place.table_path(table.id) } else { back };
        return alone(call, (place, table), typed, step, back);
    };
    let kept = typed.clone().filled();
    let what = Proposal {
        unit: place.unit.clone(),
        year: place.year,
        table: table.id.to_owned(),
        header: typed.header.clone(),
        rows: typed.rows.clone(),
    };
    let looked = signing::look(call.house, &what, &[(first.clone(), person)])?;
    if !looked.trial.is_sound() {
        return Reply::refused(shown(call, place, table, typed, Some(looked.trial), 0)?);
    }
    if step == Step::Preview || looked.trial.commands.is_empty() {
        return Reply::view(shown(call, place, table, typed, Some(looked.trial), 0)?);
    }
    call.record(|desk| desk.propose(Proposal { rows: kept.rows, ..what }, &first))?;
    let next = looked.next().map(|slot| slot.column.clone()).unwrap_or_default();
    Reply::go(
        format!("{}/todo", unit_path(&place.unit)),
        call.lang.of(
            &format!("已提交并在“{first}”签字，等待“{next}”签字"),
            &format!("Handed in and signed ({first}); {next} is to sign next"),
        ),
    )
}

/// Rows for which the sender alone answers.
fn alone(
    call: &Call<'_>,
    (place, table): (Place, &'static Table),
    typed: Typed,
    step: Step,
    back: String,
) -> Result<Reply, Problem> {
    let person = call.who.person()?;
    let fence = Fence { unit: &place.unit, year: Some(place.year) };
    let mut found = trial(call.house, fence, &[typed.sheet(table, &place, &[])], person)?;
    if !found.is_sound() {
        return Reply::refused(shown(call, place, table, typed, Some(found), 0)?);
    }
    if step == Step::Preview || found.commands.is_empty() {
        return Reply::view(shown(call, place, table, typed, Some(found), 0)?);
    }
    match call.post(std::mem::take(&mut found.commands)) {
        Ok(done) => Reply::go(
            back,
            call.lang.of(
                &format!("已记账，第 {} 至 {} 号分录", done.first, done.last),
                &format!("Entered: entries {} to {}", done.first, done.last),
            ),
        ),
        // Somebody else wrote meanwhile.
        Err(problem) => {
            found.complaints.push(Fault::whole(problem.words(call.lang)));
            Reply::refused(shown(call, place, table, typed, Some(found), 0)?)
        }
    }
}

fn shown(
    call: &Call<'_>,
    place: Place,
    table: &'static Table,
    typed: Typed,
    trial: Option<Trial>,
    skip: usize,
) -> Result<TablePage, Problem> {
    let books = call.house.books();
    let mut stood = rows(&mut *call.house.ledger(), table, &place.unit, place.year)?;
    stood.reverse();
    let count = stood.len();
    let there = stood.into_iter().skip(skip).take(PAGE).map(|row| row_there(row, table, &place, &books)).collect();
    let (figures, remarks) = counted(&books, table, &place);
    let column = |column: &Column| ColumnRow {
        word: column.word.clone(),
        title: column.title.clone(),
        help: column.help.clone(),
        needed: column.need == Need::Always,
        choices: column.choices().to_vec(),
    };
    Ok(TablePage {
        unit: place.unit.to_string(),
        year: place.year,
        table: table.id,
        title: table.title.clone(),
        row: table.row.clone(),
        columns: asked(table).map(column).collect(),
        rows: there,
        count,
        skip,
        figures,
        remarks,
        typed,
        trial,
        signers: table.hands().map(|(_, column)| column.title.clone()).collect(),
        open: open_reservations(&books, &place),
        suggested: suggestions(table, &books, &place),
        place,
    })
}

fn open_reservations(books: &Books, place: &Place) -> Vec<String> {
    let year = books.year(&place.unit, place.year);
    let open = year.map(|year| year.open_reservations()).unwrap_or_default();
    open.into_iter().map(|(id, _)| id.to_string()).collect()
}

fn row_there(row: Stood, table: &Table, place: &Place, books: &Books) -> RowThere {
    let id = table.shown().position(|column| column.is == Is::Id).and_then(|at| row.cells.get(at));
    let kept = id.and_then(|id| {
        let (register, id) = (RegisterId::new(table.id).ok()?, RowId::new(&id.words()).ok()?);
        books.row(&place.unit, &register, &id)
    });
    let computed = match (register(table.id), kept) {
        (Some(register), Some(kept)) => computed(register, kept)
            .into_iter()
            .map(|(_, title, value)| (title.to_owned(), value.unwrap_or_default()))
            .collect(),
        _ => Vec::new(),
    };
    RowThere {
        number: row.number,
        by: row.by.to_string(),
        at: row.at,
        reversed: row.standing == Standing::Reversed,
        cells: row.cells.iter().map(|cell| cell.words()).collect(),
        computed,
    }
}

/// What a register yields for the year, and what a person should look at in it.
fn counted(books: &Books, table: &Table, place: &Place) -> (Vec<FigureRow>, Vec<String>) {
    let Some(register) = register(table.id) else { return Default::default() };
    let scope = Scope::Own(place.unit.clone());
    let cutoff = Date::new(place.year, 12, 31).unwrap_or(Date::after_epoch(0));
    let figures = books.figures(&scope, register, place.year, cutoff).into_iter().map(|figure| FigureRow {
        title: figure.title,
        value: figure.value.to_string(),
        unit: figure.unit,
    });
    let remarks = books.remarks(&scope, place.year, cutoff).into_iter();
    let remarks = remarks.filter(|(own, ..)| own.id == register.id).map(|(_, rows, complaint)| {
        let rows: Vec<String> = rows.iter().map(|(_, row)| row.to_string()).collect();
        format!("{} {}", rows.join("、"), complaint.message)
    });
    (figures.collect(), remarks.collect())
}
