//! Fields and grids for rows of a table, made from its columns: what to choose from, what to write, what is wrong.

use std::collections::BTreeMap;

use maud::{Markup, html};
use mingzhang_books::import::{Column, Holds, Is, Need, Table};
use mingzhang_books::register::{Value, words_of};
use mingzhang_books::registers::{PROCUREMENT, PROJECTS};
use mingzhang_books::state::Books;
use mingzhang_model::code::Level;
use mingzhang_model::date::Date;
use mingzhang_standard::codes::{economic_codes, functional_codes};
use mingzhang_standard::register::{FieldKind, register, registers};

use super::place::Place;
use super::trial::Fault;
use super::typed::Typed;
use crate::messages::Lang;

/// The most words that a list suggests.
const MOST_SUGGESTED: usize = 500;

/// Words to choose from, each with what it means.
pub(super) type Suggested = Vec<(String, String)>;

/// The lists that the fields of a table suggest words from, by their names.
pub(super) fn suggestions(table: &Table, books: &Books, place: &Place) -> BTreeMap<String, Suggested> {
    let mut lists = BTreeMap::new();
    for column in &table.columns {
        if let Some((name, words)) = suggested(table, column, books, place) {
            lists.entry(name).or_insert(words);
        }
    }
    lists
}

/// The name of the list of a column.
fn list_of(table: &Table, column: &Column) -> Option<String> {
    Some(match column.is {
        Is::Function => "functions".to_owned(),
        Is::Economic if column.holds == Holds::Code => "economics".to_owned(),
        Is::Project => "projects".to_owned(),
        Is::Register => "registers".to_owned(),
        Is::Contract => "contracts".to_owned(),
        Is::Reservation => "reservations".to_owned(),
        Is::Id if table.id == "releases" => "reservations".to_owned(),
        Is::Counterparty | Is::From => "units".to_owned(),
        Is::Field(position) => match &register(table.id)?.fields.get(usize::from(position))?.kind {
            FieldKind::Reference(to) => format!("rows-{to}"),
            _ => return None,
        },
        _ => return None,
    })
}

fn suggested(table: &Table, column: &Column, books: &Books, place: &Place) -> Option<(String, Suggested)> {
    let name = list_of(table, column)?;
    let year = books.year(&place.unit, place.year);
    let words: Suggested = match name.as_str() {
        "functions" => {
            let items = functional_codes().into_iter().filter(|(code, _)| code.level() == Level::Item);
            items.map(|(code, entry)| (code.to_string(), entry.name.to_owned())).collect()
        }
        "economics" => {
            let codes = economic_codes().into_iter().filter(|(code, _)| code.to_string().len() == 5);
            codes.map(|(code, entry)| (code.to_string(), entry.name.to_owned())).collect()
        }
        "registers" => registers().iter().map(|register| (register.title.clone(), register.row.clone())).collect(),
        "units" => books.units().map(|unit| (unit.code.to_string(), unit.name.clone())).collect(),
        "reservations" => {
            let open = year.map(|year| year.open_reservations()).unwrap_or_default();
            open.into_iter().map(|(id, held)| (id.to_string(), super::money(held.left))).collect()
        }
        "projects" => keys(books, place, PROJECTS),
        "contracts" => {
            books.rows_in(&place.unit, PROCUREMENT).map(|(id, row)| (id.to_string(), title(PROCUREMENT, row))).collect()
        }
        rows => keys(books, place, rows.strip_prefix("rows-").unwrap_or(rows)),
    };
    let most = if matches!(name.as_str(), "functions" | "economics") { usize::MAX } else { MOST_SUGGESTED };
    Some((name, words.into_iter().take(most).collect()))
}

/// The keys of the rows of a register that the unit may refer to: its own, and those of the units above it.
fn keys(books: &Books, place: &Place, id: &str) -> Suggested {
    let Some(key) = register(id).and_then(|register| register.key.as_ref()) else { return Vec::new() };
    let rows = books.ancestors(&place.unit).flat_map(|unit| books.rows_in(unit, id));
    let mut keys = Suggested::new();
    for (_, row) in rows {
        if let Some(Value::Text(own)) = row.get(key)
            && !keys.iter().any(|(known, _)| known == own)
        {
            keys.push((own.clone(), title(id, row)));
        }
    }
    keys
}

/// The first words of a row that are no code.
fn title(id: &str, row: &mingzhang_books::register::Row) -> String {
    let Some(register) = register(id) else { return String::new() };
    let field = register.fields.iter().find(|field| field.kind == FieldKind::Text && !field.secret);
    field.and_then(|field| Some(words_of(row.get(&field.name)?, Some(field)))).unwrap_or_default()
}

/// The lists themselves.
pub(super) fn lists(lists: &BTreeMap<String, Suggested>) -> Markup {
    html! {
        @for (name, words) in lists {
            datalist id=(name) { @for (word, about) in words { option value=(word) { (word) " " (about) } } }
        }
    }
}

/// Rows to be filled in: one as a form, several as a grid.
pub(super) struct Filling<'a> {
    pub(super) lang: Lang,
    pub(super) table: &'static Table,
    pub(super) typed: &'a Typed,
    pub(super) faults: &'a [Fault],
}

impl Filling<'_> {
    /// What is wrong at a cell; with no column, what is wrong with the row.
    fn told(&self, row: usize, column: Option<usize>) -> Vec<&str> {
        let here = |fault: &&Fault| fault.spot(self.typed, self.table) == (Some(row), column);
        self.faults.iter().filter(here).map(|fault| fault.message.as_str()).collect()
    }

    /// What is wrong and stands at no row.
    pub(super) fn elsewhere(&self) -> impl Iterator<Item = &Fault> {
        self.faults.iter().filter(|fault| fault.spot(self.typed, self.table).0.is_none())
    }

    /// The hidden fields that say which column is which, and the fields themselves.
    pub(super) fn html(&self) -> Markup {
        html! {
            @for title in &self.typed.header { input type="hidden" name="header" value=(title); }
            @if self.typed.rows.len() == 1 { (self.form()) } @else { (self.grid()) }
        }
    }

    fn form(&self) -> Markup {
        html! {
            @for message in self.told(0, None) { p.complaint { (message) } }
            div.fields {
                @for (at, value) in self.typed.rows[0].iter().enumerate() {
                    @let column = self.typed.column(self.table, at);
                    @let told = self.told(0, Some(at));
                    @let id = format!("field-{at}");
                    div.field.wide[column.is_some_and(is_long)] {
                        label for=(id) {
                            (self.title(at))
                            @if self.is_needed(at) {
                                span.needed title=(self.lang.of("必填", "required")) { "*" }
                            }
                        }
                        (self.input(at, &Spot { id: &id, value, label: None, told: &told, is_form: true }))
                        @if let Some(help) = column.map(|column| column.help.as_str()).filter(|help| !help.is_empty()) {
                            small { (help) }
                        }
                        @for message in &told { small.wrong id=(format!("{id}-wrong")) { (message) } }
                    }
                }
            }
        }
    }

    fn grid(&self) -> Markup {
        let lang = self.lang;
        html! {
            div.scroll tabindex="0" role="region" aria-label=(lang.of("多行录入", "Rows to be filled in")) {
                table.grid data-grid {
                    thead { tr {
                        th scope="col" { (lang.of("行", "Row")) }
                        @for at in 0..self.typed.header.len() {
                            th scope="col" title=[self.typed.column(self.table, at).map(|column| &column.help)] {
                                (self.title(at))
                                @if self.is_needed(at) {
                                    span.needed title=(lang.of("必填", "required")) { "*" }
                                }
                            }
                        }
                    } }
                    tbody { @for (row, cells) in self.typed.rows.iter().enumerate() { (self.row(row, cells)) } }
                }
            }
        }
    }

    fn row(&self, row: usize, cells: &[String]) -> Markup {
        let whole = self.told(row, None);
        html! {
            tr {
                th scope="row" { (row + 1) }
                @for (at, value) in cells.iter().enumerate() {
                    @let told = self.told(row, Some(at));
                    @let id = format!("cell-{row}-{at}");
                    @let label = format!("{} {}", self.title(at), row + 1);
                    td {
                        (self.input(at, &Spot { id: &id, value, label: Some(&label), told: &told, is_form: false }))
                        @for message in &told { small.wrong id=(format!("{id}-wrong")) { (message) } }
                    }
                }
            }
            @if !whole.is_empty() {
                tr.faulty { td colspan=(cells.len() + 1) { @for message in whole { p.complaint { (message) } } } }
            }
        }
    }

    fn is_needed(&self, at: usize) -> bool {
        self.typed.column(self.table, at).is_some_and(|column| column.need == Need::Always)
    }

    /// The title of a column: as the table has it, in English its word beside it.
    fn title(&self, at: usize) -> String {
        let title = self.typed.header[at].clone();
        match (self.lang, self.typed.column(self.table, at)) {
            (Lang::En, Some(column)) => format!("{} {title}", column.word.replace('_', " ")),
            _ => title,
        }
    }

    fn input(&self, at: usize, spot: &Spot<'_>) -> Markup {
        let Spot { id, value, label, told, is_form } = *spot;
        let column = self.typed.column(self.table, at);
        let wrong = (!told.is_empty()).then(|| format!("{id}-wrong"));
        let invalid = (!told.is_empty()).then_some("true");
        let holds = column.map_or(&Holds::Words, |column| &column.holds);
        let choices = column.map_or(&[][..], |column| column.choices());
        if !choices.is_empty() {
            let is_strange = !value.is_empty() && !choices.iter().any(|choice| choice == value);
            return html! {
                select id=(id) name="cell" aria-label=[label] aria-invalid=[invalid] aria-describedby=[wrong] {
                    option value="" {}
                    @if is_strange { option value=(value) selected { (value) } }
                    @for choice in choices { option value=(choice) selected[choice == value] { (choice) } }
                }
            };
        }
        if is_form && column.is_some_and(is_long) {
            return html! {
                textarea id=(id) name="cell" rows="5" aria-invalid=[invalid] aria-describedby=[wrong] { (value) }
            };
        }
        let is_day = *holds == Holds::Day && (value.is_empty() || Date::parse(value).is_some());
        let mode = match holds {
            Holds::Money => Some("decimal"),
            Holds::Count | Holds::Year => Some("numeric"),
            _ => None,
        };
        html! {
            input id=(id) name="cell" value=(value) type=(if is_day { "date" } else { "text" }) inputmode=[mode]
                list=[column.and_then(|column| list_of(self.table, column))] aria-label=[label]
                aria-invalid=[invalid] aria-describedby=[wrong] autocomplete="off"
                class=[matches!(holds, Holds::Money | Holds::Count).then_some("n")];
        }
    }
}

/// Where a value is typed.
#[derive(Clone, Copy)]
struct Spot<'a> {
    id: &'a str,
    value: &'a str,
    /// The label, where none stands on the page.
    label: Option<&'a str>,
    told: &'a [&'a str],
    is_form: bool,
}

/// True for words that need more than a line.
fn is_long(column: &Column) -> bool {
    matches!(column.is, Is::Content)
}
