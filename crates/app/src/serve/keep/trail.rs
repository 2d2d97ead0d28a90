//! Who did what in the books of a unit and those below it: every entry, with its number, person, time and words.

use std::collections::VecDeque;

use maud::{Markup, html};
use mingzhang_books::entry::{Entry, Event};
use mingzhang_books::export::told;
use mingzhang_books::import::Is;
use mingzhang_books::names::UnitCode;
use mingzhang_model::sheet::{Cell, Sheet};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::place::{name_of, unit_path};
use crate::serve::call::Call;
use crate::serve::layout::{crumbs, moment};
use crate::serve::problem::Problem;
use crate::serve::reply::{Reply, View};

/// How many entries a page has.
const PAGE: usize = 100;

/// The most entries of a file.
const MOST: usize = 200_000;

/// Which entries.
#[derive(Deserialize, JsonSchema, Default)]
pub(super) struct Asked {
    /// Those before this number; the newest where nothing is said.
    #[serde(default)]
    before: Option<u64>,
}

/// Entries of a unit, the newest first.
#[derive(Serialize, JsonSchema)]
pub(super) struct TrailPage {
    unit: String,
    name: String,
    entries: Vec<EntryRow>,
    /// The number to ask for to see earlier ones.
    earlier: Option<u64>,
}

/// An entry.
#[derive(Serialize, JsonSchema)]
struct EntryRow {
    number: u64,
    by: String,
    at: u64,
    /// The title of its table.
    table: String,
    /// What it says, title by title.
    words: String,
}

pub(super) fn page(call: &Call<'_>) -> Result<Reply, Problem> {
    let (unit, Asked { before }) = (call.unit()?, call.asked()?);
    let mut entries = entries(call, &unit, before, PAGE + 1)?;
    let earlier = (entries.len() > PAGE).then(|| entries.remove(0)).map(|row| row.number + 1);
    entries.reverse();
    let name = name_of(&call.house.books(), &unit);
    Reply::view(TrailPage { unit: unit.to_string(), name, entries, earlier })
}

pub(super) fn csv(call: &Call<'_>) -> Result<Reply, Problem> {
    let unit = call.unit()?;
    let text = |words: &str| Cell::Text(words.to_owned());
    let mut rows = vec![["分录号", "时间", "人员", "事项", "内容"].map(text).to_vec()];
    for entry in entries(call, &unit, None, MOST)? {
        let number = Cell::Number(entry.number.to_string());
        rows.push(vec![number, text(&moment(entry.at)), text(&entry.by), text(&entry.table), text(&entry.words)]);
    }
    let sheet = Sheet { name: "操作记录".to_owned(), rows };
    let bytes = mingzhang_sheets::write_csv(&sheet).map_err(|refusal| Problem::internal(refusal.to_string()))?;
    Reply::save(format!("操作记录-{unit}.csv"), "text/csv; charset=utf-8", bytes)
}

/// The last entries before a number, the oldest first.
fn entries(call: &Call<'_>, unit: &UnitCode, before: Option<u64>, many: usize) -> Result<Vec<EntryRow>, Problem> {
    let mut ledger = call.house.ledger();
    let ours = ledger.books().department(unit);
    let mut kept: VecDeque<(u64, Entry)> = VecDeque::new();
    ledger.replay(|number, entry| {
        if before.is_none_or(|before| number < before) && concerns(&entry.event, &ours) {
            kept.push_back((number, entry));
            if kept.len() > many {
                kept.pop_front();
            }
        }
    })?;
    Ok(kept.into_iter().map(|(number, entry)| row(number, &entry)).collect())
}

fn concerns(event: &Event, ours: &[UnitCode]) -> bool {
    match event {
        Event::UnitOpened(unit) | Event::UnitChanged(unit) => ours.contains(&unit.code),
        other => mingzhang_books::export::unit_of(other).is_some_and(|unit| ours.contains(&unit)),
    }
}

fn row(number: u64, entry: &Entry) -> EntryRow {
    let (title, words) = match told(number, &entry.event) {
        Some((table, rows)) => {
            let columns: Vec<_> = table.shown().collect();
            let line = |cells: &Vec<Cell>| {
                let shown =
                    columns.iter().zip(cells).filter(|(column, cell)| column.is != Is::Order && !cell.is_empty());
                let said: Vec<String> =
                    shown.map(|(column, cell)| format!("{} {}", column.title, cell.words())).collect();
                said.join("，")
            };
            (table.title.clone(), rows.iter().map(line).collect::<Vec<_>>().join("；"))
        }
        None => Default::default(),
    };
    EntryRow { number, by: entry.by.to_string(), at: entry.at, table: title, words }
}

impl View for TrailPage {
    fn title(&self, call: &Call<'_>) -> String {
        format!("{} {}", call.lang.of("谁做了什么", "Who did what"), self.name)
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        let path = UnitCode::new(&self.unit).map(|unit| unit_path(&unit)).unwrap_or_default();
        html! {
            (crumbs(lang, &[("/units", lang.of("记账", "Keep")), ("", &self.name)]))
            h1 { (lang.of("谁做了什么", "Who did what")) }
            p.lead {
                (lang.of("账簿只增不改，每条分录都连着前一条的校验值。", "Entries are only added; each is bound to the one before it."))
            }
            p.actions { a.button href=(format!("{path}/trail.csv")) { (lang.of("导出 CSV", "As CSV")) } }
            div.scroll tabindex="0" role="region" aria-label=(lang.of("分录", "Entries")) { table.dense {
                thead { tr {
                    th scope="col" { (lang.of("分录", "Entry")) }
                    th scope="col" { (lang.of("时间", "When")) }
                    th scope="col" { (lang.of("人员", "Who")) }
                    th scope="col" { (lang.of("事项", "What")) }
                    th scope="col" { (lang.of("内容", "Words")) }
                } }
                tbody { @for entry in &self.entries { tr {
                    td.n { (entry.number) }
                    td.nowrap { (moment(entry.at)) }
                    td { (entry.by) }
                    td.nowrap { (entry.table) }
                    td.long { (entry.words) }
                } } }
            } }
            @if let Some(earlier) = self.earlier {
                p { a href=(format!("{path}/trail?before={earlier}")) { (lang.of("更早的", "Earlier")) } }
            }
        }
    }
}
