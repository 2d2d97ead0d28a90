//! Tables of a body's page: rows of amounts with the years side by side.

use maud::{Markup, html};
use mingzhang_catalogue::{Amount, Execution, FunctionRow, Period, Row};

use super::amounts;
use crate::messages::Lang;
use crate::serve::outgoing::encoded;

/// Rows with a column for each period in which one of them has an amount.
pub(super) fn rows(lang: Lang, caption: &str, periods: &[Period], rows: &[Row]) -> Markup {
    let there = |at: &usize| rows.iter().any(|row| row.cells.get(*at).is_some_and(Option::is_some));
    let columns: Vec<usize> = (0..periods.len()).filter(there).collect();
    let is_part = |row: &Row| row.whole.is_some_and(|whole| rows.iter().any(|other| other.code == whole));
    html! {
        (framed(lang, caption, &html! {
            (head(lang, &columns, periods))
            tbody { @for row in rows { tr {
                th scope="row" class=[is_part(row).then_some("part")] {
                    a.item href=(item(&row.code, periods, &columns)) { (amounts::name(lang, row)) }
                }
                @for at in &columns {
                    @let amount = row.cells.get(*at).and_then(Option::as_ref);
                    @let share = row.shares.get(*at).and_then(Option::as_ref);
                    (amounts::cell(lang, amount, share))
                }
            } } }
        }))
    }
}

fn framed(lang: Lang, caption: &str, table: &Markup) -> Markup {
    let unit = lang.of("单位：万元", "10,000 yuan");
    html! {
        div.scroll tabindex="0" role="region" aria-label=(caption) {
            table.money { caption { span.visually-hidden { (caption) } (unit) } (table) }
        }
    }
}

fn head(lang: Lang, columns: &[usize], periods: &[Period]) -> Markup {
    html! {
        thead { tr {
            th scope="col" { (lang.of("项目", "Item")) }
            @for at in columns { th.n scope="col" { (amounts::period(lang, periods[*at])) } }
        } }
    }
}

/// The page of an item in the last of the periods that are shown.
fn item(code: &str, periods: &[Period], columns: &[usize]) -> String {
    let query = columns.last().map_or_else(String::new, |at| {
        format!("?year={}&stage={}", periods[*at].year, mingzhang_model::set::Member::word(periods[*at].stage))
    });
    format!("/read/items/{}{query}", encoded(code))
}

/// The classes, and under each what it is made of.
pub(super) fn functions(lang: Lang, caption: &str, periods: &[Period], tree: &[FunctionRow]) -> Markup {
    let there = |at: &usize| tree.iter().any(|row| has(row, *at));
    let columns: Vec<usize> = (0..periods.len()).filter(there).collect();
    html! {
        (framed(lang, caption, &html! {
            (head(lang, &columns, periods))
            tbody { @for row in tree { (function(lang, row, periods, &columns)) } }
        }))
        @for class in tree.iter().filter(|class| !class.children.is_empty()) {
            details.branch {
                summary { (class.code) " " (class.name) " " span.muted { (lang.of("各款、项", "in parts")) } }
                (framed(lang, &class.name, &html! {
                    (head(lang, &columns, periods))
                    tbody { @for subclass in &class.children {
                        (function(lang, subclass, periods, &columns))
                        @for item in &subclass.children { (function(lang, item, periods, &columns)) }
                    } }
                }))
            }
        }
    }
}

/// True where a code or one under it has an amount.
fn has(row: &FunctionRow, at: usize) -> bool {
    row.cells.get(at).is_some_and(Option::is_some) || row.children.iter().any(|child| has(child, at))
}

fn function(lang: Lang, row: &FunctionRow, periods: &[Period], columns: &[usize]) -> Markup {
    html! {
        tr class=(row.level) {
            th scope="row" {
                a.item href=(item(&row.code, periods, columns)) { span.code { (row.code) } " " (row.name) }
            }
            @for at in columns { (amounts::cell(lang, row.cells.get(*at).and_then(Option::as_ref), None)) }
        }
    }
}

/// What came of the budgets of a year.
pub(super) fn execution(lang: Lang, caption: &str, rows: &[&Execution]) -> Markup {
    let is_adjusted = rows.iter().any(|row| row.adjusted.is_some());
    let of = |amount: &Option<Amount>| amounts::cell(lang, amount.as_ref(), None);
    html! {
        (framed(lang, caption, &html! {
            thead { tr {
                th scope="col" { (lang.of("项目", "Item")) }
                th.n scope="col" { (lang.of("年初预算", "Budget")) }
                @if is_adjusted { th.n scope="col" { (lang.of("调整预算", "Adjusted")) } }
                th.n scope="col" { (lang.of("决算", "Accounts")) }
                th.n scope="col" { (lang.of("决算为年初预算的", "Of the budget")) }
                @if is_adjusted { th.n scope="col" { (lang.of("决算为调整预算的", "Of the adjusted")) } }
            } }
            tbody { @for row in rows { tr {
                th scope="row" {
                    a.item href=(format!("/read/items/{}?year={}&stage=final_accounts", encoded(&row.code), row.year)) {
                        @if row.code.starts_with(|first: char| first.is_ascii_digit()) { span.code { (row.code) } " " }
                        (amounts::named(lang, &row.code, &row.name))
                    }
                }
                (of(&row.initial))
                @if is_adjusted { (of(&row.adjusted)) }
                (amounts::cell(lang, Some(&row.accounts), None))
                td.n { @if let Some(rate) = &row.rate { (amounts::rate(rate)) } @else { "—" } }
                @if is_adjusted {
                    td.n { @if let Some(rate) = &row.rate_of_adjusted { (amounts::rate(rate)) } @else { "—" } }
                }
            } } }
        }))
    }
}
