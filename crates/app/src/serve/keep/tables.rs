//! The tables of a year: what stands in each, and rows to be added, put right or taken back.
//!
//! Every page is made from a [`Table`] of the import, every form is rows of it; what is wrong is told at the cell
//! where it was typed, and what was typed stays.

use maud::{Markup, html};
use mingzhang_books::entry::{Budgeted, Event, Version};
use mingzhang_books::export::{Standing, Stood, counts, rows, told};
use mingzhang_books::import::{Column, Holds, Is, Need, Table, table, tables};
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

use super::fields::{Filling, Suggested, lists, suggestions};
use super::place::{Place, unit_path};
use super::trial::{Fault, Fence, Trial, trial};
use super::typed::{Typed, asked, is_titled};
use super::{money_cell, signing};
use crate::serve::call::Call;
use crate::serve::layout::{moment, token};
use crate::serve::problem::Problem;
use crate::serve::reply::{Reply, View};

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

/// The tables of a year.
#[derive(Serialize, JsonSchema)]
pub(super) struct TablesPage {
    unit: String,
    year: u16,
    tables: Vec<TableRow>,
    #[serde(skip)]
    place: Place,
}

/// A table.
#[derive(Serialize, JsonSchema)]
struct TableRow {
    id: &'static str,
    title: String,
    /// What one row is.
    row: String,
    /// budget, year, registers or end.
    group: &'static str,
    /// How many rows of it the unit has in this year.
    rows: usize,
    /// True where its rows wait for further signatures.
    signed: bool,
}

fn group(table: &Table) -> &'static str {
    match table.id {
        _ if table.is_register() => "registers",
        "removals" => "registers",
        "known" | "counts" | "explanations" | "ceilings" | "budget" | "versions" | "allotments" | "plans" => "budget",
        "closings" | "approvals" => "end",
        _ => "year",
    }
}

pub(super) fn index(call: &Call<'_>) -> Result<Reply, Problem> {
    let place = Place::of(call)?;
    let counts = counts(&mut *call.house.ledger(), &place.unit, place.year)?;
    let row = |table: &Table| TableRow {
        id: table.id,
        title: table.title.clone(),
        row: table.row.clone(),
        group: group(table),
        rows: counts.get(table.id).copied().unwrap_or(0),
        signed: table.hands().next().is_some(),
    };
    let tables = tables().iter().filter(|table| is_kept(table)).map(row).collect();
    Reply::view(TablesPage { unit: place.unit.to_string(), year: place.year, tables, place })
}

impl View for TablesPage {
    fn title(&self, call: &Call<'_>) -> String {
        call.lang.of("账表与台账", "Tables and registers").to_owned()
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        let groups = [
            ("budget", lang.of("预算", "Budget")),
            ("year", lang.of("全年收支", "The year")),
            ("registers", lang.of("台账", "Registers")),
            ("end", lang.of("年终", "End of the year")),
        ];
        html! {
            (self.place.crumbs(lang, &[("", &View::title(self, call))]))
            h1 { (View::title(self, call)) }
            p.actions {
                a.button href=(format!("{}/import?year={}", unit_path(&self.place.unit), self.year)) {
                    (lang.of("从文件导入", "Import files"))
                }
            }
            @for (group, words) in groups {
                h2 { (words) }
                ul.cards {
                    @for table in self.tables.iter().filter(|table| table.group == group) {
                        li.card {
                            h3 { a href=(self.place.table_path(table.id)) { (table.title) } }
                            p.muted { (table.row) }
                            p {
                                (table.rows) (lang.of(" 行", " rows"))
                                @if table.signed { " " span.chip { (lang.of("多人签字", "several sign")) } }
                            }
                        }
                    }
                }
            }
        }
    }
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
        let more = typed.rows.len() + GRID;
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
        suggested: suggestions(table, &books, &place),
        place,
    })
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

impl View for TablePage {
    fn title(&self, _: &Call<'_>) -> String {
        format!("{} {} {}", self.title, self.place.name, self.year)
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        let tables = format!("{}/tables", self.place.path());
        html! {
            (self.place.crumbs(lang, &[(&tables, lang.of("账表与台账", "Tables")), ("", &self.title)]))
            h1 { (self.title) }
            p.lead { (self.row) }
            (self.entering(call))
            (self.there(call))
            @if !self.figures.is_empty() { (self.counts(call)) }
        }
    }
}

impl TablePage {
    fn entering(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        let Some(table) = table(self.table) else { return html! {} };
        let faults = self.trial.as_ref().map_or(&[][..], |trial| &trial.complaints);
        let filling = Filling { lang, table, typed: &self.typed, faults };
        let own = self.place.table_path(self.table);
        let is_ready = self.trial.as_ref().is_some_and(Trial::changes_something);
        html! {
            section #enter {
                h2 { (lang.of("录入", "Enter")) }
                @if self.typed.rows.len() == 1 {
                    p { a href=(format!("{own}?rows={GRID}#enter")) { (lang.of("多行表格录入", "Several rows in a grid")) } }
                } @else {
                    p { a href=(format!("{own}#enter")) { (lang.of("逐行表单录入", "One row as a form")) } }
                }
                @if !self.signers.is_empty() {
                    p.muted { (lang.of(
                        &format!("这些行须由不同的人依次签字：{}。您提交即在第一栏签字，其余各栏由他人登录后签字。", self.signers.join("、")),
                        &format!("Different persons sign these rows in turn: {}. Handing in signs the first.", self.signers.join(", ")),
                    )) }
                }
                (self.outcome(call, &filling))
                form.entry method="post" action=(own) data-guard {
                    (token(call))
                    (filling.html())
                    div.actions {
                        button.primary[is_ready] name="step" value="post" {
                            @if self.signers.is_empty() { (lang.of("记账", "Enter in the books")) }
                            @else { (lang.of("提交签字", "Hand in for signing")) }
                        }
                        button.primary[!is_ready] name="step" value="preview" { (lang.of("先看结果", "Preview")) }
                        @if self.typed.rows.len() > 1 {
                            button name="step" value="more" { (lang.of("增加行", "More rows")) }
                        }
                    }
                }
                (lists(&self.suggested))
                details {
                    summary { (lang.of("从电子表格粘贴", "Paste from a spreadsheet")) }
                    form.stack.wide method="post" action=(own) {
                        (token(call))
                        div.field {
                            label for="paste" { (lang.of("在电子表格中选中若干行（可带表头）复制，粘贴到这里", "Copied rows, with or without their header")) }
                            textarea #paste name="paste" rows="6" spellcheck="false" {}
                            small { (lang.of("没有表头时按这些列的顺序：", "Without a header the columns are: ")) (Typed::blank(table, 0).header.join("、")) }
                        }
                        div.actions { button name="step" value="preview" { (lang.of("放入表格并检查", "Put into the grid and check")) } }
                    }
                }
            }
        }
    }

    fn outcome(&self, call: &Call<'_>, filling: &Filling<'_>) -> Markup {
        let lang = call.lang;
        let Some(trial) = &self.trial else { return html! {} };
        html! {
            @for fault in filling.elsewhere() {
                p.complaint role="alert" {
                    @if !fault.column.is_empty() { "“" (fault.column) "” " }
                    (fault.message)
                }
            }
            @if !trial.is_sound() {
                p.complaint role="alert" {
                    (lang.of("没有保存任何内容：", "Nothing was kept: "))
                    (trial.complaints.len() + trial.further)
                    (lang.of(" 处需要改正，已标在所填之处。", " things are to be put right, told where they stand."))
                }
            } @else if trial.commands.is_empty() {
                p.said role="status" { (lang.of("账上已有同样的内容，没有新的可记。", "The books say all of this already.")) }
            } @else {
                div.card role="status" { (summary(call, trial)) }
            }
            @for note in &trial.notes { p.muted { (note) } }
        }
    }

    fn there(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        let Some(table) = table(self.table) else { return html! {} };
        let columns: Vec<_> = table.shown().enumerate().filter(|(_, column)| column.is != Is::Order).collect();
        let is_used = |at: &usize| self.rows.iter().any(|row| row.cells.get(*at).is_some_and(|cell| !cell.is_empty()));
        let columns: Vec<_> = columns
            .into_iter()
            .filter(|(at, column)| !matches!(column.is, Is::Unit | Is::Year) && is_used(at))
            .collect();
        let computed: Vec<&str> = self
            .rows
            .first()
            .map(|row| row.computed.iter().map(|(title, _)| title.as_str()).collect())
            .unwrap_or_default();
        let own = self.place.table_path(self.table);
        html! {
            h2 { (lang.of("账上已有", "In the books")) " " span.muted { (self.count) (lang.of(" 行", " rows")) } }
            @if self.rows.is_empty() {
                p.muted { (lang.of("还没有。", "Nothing yet.")) }
            } @else {
                div.scroll tabindex="0" role="region" aria-label=(self.title) { table.dense {
                    thead { tr {
                        @for (_, column) in &columns { th scope="col" { (column.title) } }
                        @for title in computed { th scope="col" { (title) } }
                        th scope="col" { (lang.of("录入", "Entered")) }
                        th scope="col" { (lang.of("办理", "Do")) }
                    } }
                    tbody { @for row in &self.rows { tr.gone[row.reversed] {
                        @for (at, column) in &columns {
                            @let words = row.cells.get(*at).map(String::as_str).unwrap_or_default();
                            @let is_money = column.holds == Holds::Money;
                            td.n[is_money].long[column.holds == Holds::Words] { @if is_money { (money_cell(words)) } @else { (words) } }
                        }
                        @for (_, value) in &row.computed { td { (value) } }
                        td.muted { (row.by) " " (moment(row.at)) }
                        td { (self.deeds(call, table, row, &own)) }
                    } } }
                } }
                p.actions {
                    @if self.skip > 0 {
                        a href=(format!("{own}?skip={}", self.skip.saturating_sub(PAGE))) { (lang.of("较新的", "Newer")) }
                    }
                    @if self.skip + self.rows.len() < self.count {
                        a href=(format!("{own}?skip={}", self.skip + PAGE)) { (lang.of("较早的", "Older")) }
                    }
                }
            }
        }
    }

    /// What may be done with a row: put right, struck out, taken back, released.
    fn deeds(&self, call: &Call<'_>, table: &Table, row: &RowThere, own: &str) -> Markup {
        let lang = call.lang;
        let id = table.shown().position(|column| column.is == Is::Id).and_then(|at| row.cells.get(at));
        let id = id.map(String::as_str).unwrap_or_default();
        let is_replaced = table.is_register()
            || matches!(table.id, "budget" | "explanations" | "ceilings" | "plans" | "known" | "counts" | "openings");
        html! {
            @if row.reversed { span.chip { (lang.of("已冲销", "taken back")) } }
            @if is_replaced {
                a href=(format!("{own}?from={}#enter", row.number)) { (lang.of("更正", "Put right")) } " "
            }
            @if table.is_register() {
                (self.with_reason(call, "removals", &[("台账", &self.title), ("编号", id)], lang.of("删除", "Strike out")))
            }
            @if matches!(table.id, "payments" | "receipts") && !row.reversed {
                @let what = if table.id == "payments" { "支付" } else { "收入" };
                (self.with_reason(call, "reversals", &[("冲销对象", what), ("编号", id)], lang.of("冲销", "Take back")))
            }
            @if table.id == "reservations" && self.suggested.get("reservations").is_none_or(|open| open.iter().any(|(own, _)| own == id)) {
                form.inline method="post" action=(self.place.table_path("releases")) {
                    (token(call))
                    input type="hidden" name="step" value="post";
                    input type="hidden" name="header" value="预留编号";
                    input type="hidden" name="cell" value=(id);
                    button.quiet { (lang.of("释放", "Release")) }
                }
            }
        }
    }

    /// A deed that needs a reason is a row of another table.
    fn with_reason(&self, call: &Call<'_>, table: &str, cells: &[(&str, &str)], words: &str) -> Markup {
        let lang = call.lang;
        let label = lang.of("原因", "Reason");
        html! {
            details.reason {
                summary { (words) }
                form method="post" action=(self.place.table_path(table)) {
                    (token(call))
                    input type="hidden" name="step" value="post";
                    @for (title, _) in cells { input type="hidden" name="header" value=(title); }
                    input type="hidden" name="header" value="原因";
                    @for (_, cell) in cells { input type="hidden" name="cell" value=(cell); }
                    input name="cell" aria-label=(label) placeholder=(label) required maxlength="500";
                    button.danger { (words) }
                }
            }
        }
    }

    fn counts(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        html! {
            h2 { (lang.of("由台账得出的数", "Counted from this register")) }
            @for remark in &self.remarks { p.chip.warning { (remark) } }
            div.scroll tabindex="0" role="region" aria-label=(lang.of("由台账得出的数", "Counted")) { table.dense {
                thead { tr { th scope="col" { (lang.of("数", "Figure")) } th scope="col" { (lang.of("值", "Value")) } th scope="col" { (lang.of("单位", "Unit")) } } }
                tbody { @for figure in &self.figures { tr { th scope="row" { (figure.title) } td.n { (figure.value) } td { (figure.unit) } } } }
            } }
        }
    }
}

/// What rows would do, in words.
pub(super) fn summary(call: &Call<'_>, trial: &Trial) -> Markup {
    let lang = call.lang;
    html! {
        p { strong { (lang.of("没有问题。记账后：", "Nothing is wrong. In the books:")) } }
        ul {
            @for change in &trial.changes {
                li {
                    (change.title) ": "
                    (lang.of("新增 ", "new ")) (change.new) (lang.of("，变更 ", ", changed ")) (change.changed)
                    (lang.of("，已有 ", ", there already ")) (change.unchanged)
                }
            }
            @for budget in &trial.budgets { li { (budget) } }
        }
    }
}

/// The rows typed, under titles that the table has; for what waits to be signed.
pub(super) fn rows_table(typed: &Typed, table: &Table, label: &str) -> Markup {
    let is_used = |at: &usize| typed.rows.iter().any(|row| row.get(*at).is_some_and(|cell| !cell.is_empty()));
    let columns: Vec<usize> = (0..typed.header.len()).filter(is_used).collect();
    let is_money = |at: usize| {
        let column = table.columns.iter().find(|column| is_titled(column, &typed.header[at]));
        column.is_some_and(|column| column.holds == Holds::Money)
    };
    html! {
        div.scroll tabindex="0" role="region" aria-label=(label) { table.dense {
            thead { tr { @for at in &columns { th scope="col" { (typed.header[*at]) } } } }
            tbody { @for row in &typed.rows { tr {
                @for at in &columns {
                    @let words = row.get(*at).map(String::as_str).unwrap_or_default();
                    td.n[is_money(*at)] { @if is_money(*at) { (money_cell(words)) } @else { (words) } }
                }
            } } }
        } }
    }
}
