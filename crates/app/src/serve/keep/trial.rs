//! [`Trial`]: what rows would do to the books, or what is wrong with them and where. Nothing is written.
//!
//! Reading and judging are the import's; here is only the fence around a page: its rows are about its unit, and
//! those below it, and its year.

use mingzhang_books::command::Command;
use mingzhang_books::import::preview::preview;
use mingzhang_books::import::{Complaint, Reading, read};
use mingzhang_books::names::{Person, UnitCode};
use mingzhang_books::state::Books;
use mingzhang_model::sheet::Sheet;
use schemars::JsonSchema;
use serde::Serialize;

use super::typed::{Typed, is_titled};
use crate::serve::house::House;
use crate::serve::problem::Problem;
use mingzhang_books::import::Table;

/// What rows may be about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fence<'a> {
    /// This unit and those below it.
    pub(super) unit: &'a UnitCode,
    /// This year; none for any.
    pub(super) year: Option<u16>,
}

/// What rows would do.
#[derive(Clone, PartialEq, Debug, Default, Serialize, JsonSchema)]
pub(super) struct Trial {
    /// What is wrong, in order. While there is anything, nothing is carried out.
    pub(super) complaints: Vec<Fault>,
    /// How many more there are.
    pub(super) further: usize,
    /// What a person should know: columns that were left aside.
    pub(super) notes: Vec<String>,
    /// Table by table, how many rows are new, changed, or there already.
    pub(super) changes: Vec<Change>,
    /// The budgets before and after, in words.
    pub(super) budgets: Vec<String>,
    /// What would be sent.
    #[serde(skip)]
    pub(super) commands: Vec<Command>,
}

/// Something wrong.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub(super) struct Fault {
    /// The sheet; empty for the whole.
    pub(super) sheet: String,
    /// The row as the spreadsheet numbers it, from 1, with the header first; 0 for the sheet as a whole.
    pub(super) row: usize,
    /// The title of the column; empty where it is about the row.
    pub(super) column: String,
    /// What stands there, what is expected, what to do.
    pub(super) message: String,
}

/// How many rows of a table are new, changed, there already.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub(super) struct Change {
    /// The title of the table.
    pub(super) title: String,
    pub(super) new: usize,
    pub(super) changed: usize,
    pub(super) unchanged: usize,
}

impl Fault {
    fn of(complaint: &Complaint) -> Fault {
        Fault {
            sheet: complaint.sheet.clone(),
            row: complaint.row,
            column: complaint.column.as_ref().map(|(_, title)| title.clone()).unwrap_or_default(),
            message: complaint.message.clone(),
        }
    }

    /// One about everything.
    pub(super) fn whole(message: impl Into<String>) -> Fault {
        Fault { sheet: String::new(), row: 0, column: String::new(), message: message.into() }
    }

    /// Which of the typed rows it is about, and which of their columns, counted from 0.
    pub(super) fn spot(&self, typed: &Typed, table: &Table) -> (Option<usize>, Option<usize>) {
        // The header is the first row of the sheet.
        let row = self.row.checked_sub(2).filter(|row| *row < typed.rows.len());
        let column = table.columns.iter().find(|column| column.title == self.column);
        let column = column.and_then(|column| typed.header.iter().position(|title| is_titled(column, title)));
        (row, column)
    }
}

impl Trial {
    /// True where nothing is wrong.
    pub(super) fn is_sound(&self) -> bool {
        self.complaints.is_empty()
    }

    /// True where there is something to be carried out.
    pub(super) fn changes_something(&self) -> bool {
        self.is_sound() && !self.commands.is_empty()
    }
}

/// Reads sheets and decides them against the books, as if this person sent them.
///
/// # Errors
/// Where rows are about another unit or another year, or the store fails.
pub(super) fn trial(house: &House, fence: Fence<'_>, sheets: &[Sheet], by: &Person) -> Result<Trial, Problem> {
    let mut ledger = house.ledger();
    let reading = read(sheets, ledger.books());
    within(fence, &reading, ledger.books())?;
    let previewed = preview(&mut ledger, &reading, by)?;
    let complaints = if reading.complaints.is_empty() { &previewed.complaints } else { &reading.complaints };
    let change = |change: &mingzhang_books::import::preview::TableChange| Change {
        title: change.title.clone(),
        new: change.new,
        changed: change.changed,
        unchanged: change.unchanged,
    };
    Ok(Trial {
        complaints: complaints.told().iter().map(Fault::of).collect(),
        further: complaints.further(),
        notes: reading.notes.clone(),
        changes: previewed.tables.iter().map(change).collect(),
        budgets: previewed.budgets.iter().map(|budget| budget.words()).collect(),
        commands: previewed.commands,
    })
}

/// Refuses rows about what is not the page's.
fn within(fence: Fence<'_>, reading: &Reading, books: &Books) -> Result<(), Problem> {
    let ours = books.department(fence.unit);
    let mut opened: Vec<&UnitCode> = Vec::new();
    for (place, command) in &reading.commands {
        let (_, row) = reading.named(*place);
        let is_ours = |unit: &UnitCode| ours.contains(unit) || opened.contains(&unit);
        let stray = match command {
            Command::OpenUnit(unit) => {
                let is_below = is_ours(&unit.code) || unit.parent.as_ref().is_some_and(is_ours);
                if is_below {
                    opened.push(&unit.code);
                }
                (!is_below).then_some(&unit.code)
            }
            other => other.unit().filter(|unit| !is_ours(unit)),
        };
        if let Some(unit) = stray {
            let zh = format!("第 {row} 行的单位 {unit} 不是 {} 或其下级单位，没有保存任何内容", fence.unit);
            let en = format!("Row {row} is about the unit {unit}, which is not {} or below it", fence.unit);
            return Err(Problem::new(axum::http::StatusCode::FORBIDDEN, zh, en).logged());
        }
        // Figures of earlier years are entered on the page of the year that compares itself with them.
        let is_earlier = matches!(command, Command::RecordAmount(..) | Command::RecordCount(..));
        let wrong = fence.year.filter(|year| !is_earlier && command.year().is_some_and(|own| own != *year));
        if let (Some(year), Some(own)) = (wrong, command.year()) {
            let zh = format!("第 {row} 行是 {own} 年的，这里是 {year} 年；请到 {own} 年的页面录入，没有保存任何内容");
            return Err(Problem::bad(zh, format!("Row {row} is of {own}; this page is of {year}")));
        }
    }
    Ok(())
}
