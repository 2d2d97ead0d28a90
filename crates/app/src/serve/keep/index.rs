//! The tables of a year, with how many rows each has.

use maud::{Markup, html};
use mingzhang_books::export::counts;
use mingzhang_books::import::{Table, tables};
use schemars::JsonSchema;
use serde::Serialize;

use super::place::{Place, unit_path};
use super::tables::is_kept;
use crate::serve::call::Call;
use crate::serve::problem::Problem;
use crate::serve::reply::{Reply, View};

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

pub(super) fn page(call: &Call<'_>) -> Result<Reply, Problem> {
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
