//! Import: sheets of budget lines, accounts, registers and earlier figures become commands.
//!
//! [`read`] says what stands in the sheets, or everything that is wrong with them, with the row and the
//! column of each; [`preview()`](preview::preview) decides it against the books and says what would change. What is
//! carried out is one request: all of it or nothing. Rows that the books already have are left out, so a
//! file may be imported again.
//!
//! Absent on purpose: files and their formats. A sheet is rows of cells, wherever it came from.

mod build;
mod codes;
mod column;
mod complaint;
mod header;
pub mod preview;
pub(crate) mod registers;
mod row;
pub(crate) mod subject;
mod table;
mod template;
mod value;

pub use column::{Column, Holds, Is, Need};
pub use complaint::{Complaint, Complaints, MOST_COMPLAINTS};
pub use header::Layout;
pub(crate) use table::REVERSED;
pub use table::{Table, table, tables};
pub use template::{Template, template};

use crate::command::Command;
use crate::entry::Adjustment;
use crate::names::UnitCode;
use crate::state::Books;
use mingzhang_model::date::Date;
use mingzhang_model::sheet::{Cell, Sheet, column_name};
use mingzhang_standard::words::fold;
use row::{RowReader, UnitNames};
use std::collections::HashMap;
use subject::Subject;

/// The most rows of one import.
pub const MOST_ROWS: usize = 500_000;

/// With these words begins the line of help below the header of a template.
pub const HELP_MARK: &str = "说明：";

/// Where a command came from: which sheet of the reading, which row of it, both from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    /// Which of [`Reading::layouts`].
    pub layout: u32,
    /// Which row of the sheet, from 0.
    pub row: u32,
}

/// What stands in some sheets.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The sheets that are tables.
    pub layouts: Vec<Layout>,
    /// The commands, in the order in which they are carried out, with their places. A row that is already
    /// in the books is still among them: only the journal knows.
    pub commands: Vec<(Place, Command)>,
    /// What is wrong. While there is anything, nothing is carried out.
    pub complaints: Complaints,
    /// What a person should know: columns that were left aside.
    pub notes: Vec<String>,
}

impl Reading {
    /// The name of a sheet and the row as the spreadsheet numbers it.
    pub fn named(&self, place: Place) -> (&str, usize) {
        let sheet = self.layouts.get(place.layout as usize).map_or("", |layout| layout.sheet.as_str());
        (sheet, place.row as usize + 1)
    }

    pub(super) fn complaint(&self, place: Place, is: Option<Is>, message: String) -> Complaint {
        let column = is.and_then(|is| self.layouts.get(place.layout as usize)?.named(is));
        let (sheet, row) = self.named(place);
        Complaint { sheet: sheet.to_owned(), row, column, message }
    }
}

/// Reads sheets. The books are asked for the names of units only.
pub fn read(sheets: &[Sheet], books: &Books) -> Reading {
    let mut reading = Reading::default();
    let rows = sheets.iter().flat_map(|sheet| &sheet.rows).filter(|row| !row.iter().all(Cell::is_empty)).count();
    // Titles, headers and lines of help are not rows of data.
    if rows > MOST_ROWS + 12 * sheets.len() {
        let message = format!("共有 {rows} 行，一次最多导入 {MOST_ROWS} 行，请分几次导入");
        reading.complaints.push(Complaint { sheet: String::new(), row: 0, column: None, message });
        return reading;
    }
    let mut found: Vec<(&Sheet, Layout)> = Vec::new();
    for sheet in sheets {
        if let Some(layout) = header::identify(sheet, &mut reading.complaints, &mut reading.notes) {
            found.push((sheet, layout));
        }
    }
    // The order of the tables, whatever that of the sheets: the names of new units are known first.
    found.sort_by_key(|(_, layout)| rank(layout.table));
    let mut reader = SheetReader { reading, units: unit_names(books), seen: HashMap::new(), made: Vec::new() };
    for (sheet, layout) in found {
        reader.sheet(sheet, layout);
    }
    let Some(depths) = reader.parents(books) else { return reader.finish(&HashMap::new()) };
    reader.finish(&depths)
}

fn rank(table: &Table) -> usize {
    tables().iter().position(|other| other.id == table.id).unwrap_or(usize::MAX)
}

fn unit_names(books: &Books) -> UnitNames {
    let mut names = UnitNames::new();
    for unit in books.units() {
        names.entry(fold(&unit.name)).or_default().push(unit.code.clone());
    }
    names
}

/// A row that became a command.
struct Made {
    place: Place,
    order: Option<u64>,
    command: Command,
}

/// Reads sheet after sheet.
struct SheetReader {
    reading: Reading,
    units: UnitNames,
    /// Where each thing was first told, and whether by a row of a history.
    seen: HashMap<Subject, (Place, Option<u64>)>,
    made: Vec<Made>,
}

impl SheetReader {
    fn sheet(&mut self, sheet: &Sheet, layout: Layout) {
        let number = u32::try_from(self.reading.layouts.len()).unwrap_or(u32::MAX);
        self.reading.layouts.push(layout.clone());
        let mut before: Option<Place> = None;
        for (at, cells) in sheet.rows.iter().enumerate().skip(layout.header + 1) {
            if cells.iter().all(Cell::is_empty) || (at == layout.header + 1 && is_help(cells)) {
                continue;
            }
            let place = Place { layout: number, row: u32::try_from(at).unwrap_or(u32::MAX) };
            let mut row = RowReader::new(&layout, cells, &self.units);
            let made = read_row(&mut row, &sheet.rows[layout.header]);
            let faults = std::mem::take(&mut row.faults);
            for (is, message) in faults {
                // What is wanted may have no column in this sheet: then the column is what is missing.
                let absent = is.filter(|is| layout.place(*is).is_none()).and_then(|is| layout.table.column(is));
                let message = match absent {
                    Some(column) => format!("本表没有“{}”一列：{message}", column.title),
                    None => message,
                };
                let complaint = self.reading.complaint(place, is, message);
                self.reading.complaints.push(complaint);
            }
            if let Some((order, command)) = made {
                self.take(place, order, command, before);
            }
            before = Some(place);
        }
    }

    /// Takes a command in, unless what it is about was told before.
    fn take(&mut self, place: Place, order: Option<u64>, command: Command, before: Option<Place>) {
        if let Command::OpenUnit(unit) = &command {
            let codes = self.units.entry(fold(&unit.name)).or_default();
            if !codes.contains(&unit.code) {
                codes.push(unit.code.clone());
            }
        }
        let command = match command {
            Command::Adjust(adjustment) => match self.join(place, order, adjustment, before) {
                Some(first) => Command::Adjust(first),
                None => return,
            },
            other => other,
        };
        let Some(subject) = Subject::of(&command) else { return };
        let earlier = self.seen.get(&subject).copied();
        match earlier {
            // Rows of a history may tell one thing several times: it changed.
            Some((_, Some(earlier))) if order.is_some_and(|order| order != earlier) => {}
            Some((first, _)) => {
                let (sheet, row) = self.reading.named(first);
                let message = match first.layout == place.layout {
                    true => format!("{}已在第 {row} 行，请只留一行", subject.words()),
                    false => format!("{}已在工作表“{sheet}”第 {row} 行，请只留一行", subject.words()),
                };
                let complaint = self.reading.complaint(place, subject_column(&subject), message);
                self.reading.complaints.push(complaint);
                return;
            }
            None => {
                self.seen.insert(subject, (place, order));
            }
        }
        self.made.push(Made { place, order, command });
    }

    /// Rows of one adjustment that stand together are one command: a further row joins the one before.
    fn join(
        &mut self,
        place: Place,
        order: Option<u64>,
        adjustment: Adjustment,
        before: Option<Place>,
    ) -> Option<Adjustment> {
        let Some(Made { place: first, order: theirs, command: Command::Adjust(open) }) = self.made.last_mut() else {
            return Some(adjustment);
        };
        let new = &adjustment.moves[0].line;
        let same = open.moves.first().is_some_and(|one| one.line.unit == new.unit && one.line.year == new.year);
        let follows = before.is_some_and(|before| before.layout == first.layout);
        if open.id != adjustment.id || !same || !follows || *theirs != order {
            return Some(adjustment);
        }
        let alike = Adjustment { moves: open.moves.clone(), ..adjustment.clone() };
        if alike == *open {
            open.moves.extend(adjustment.moves);
            return None;
        }
        let row = first.row + 1;
        let message =
            format!("调整编号“{}”在第 {row} 行的类型、日期、文号、原因或人员与这一行不同，请改成一致", adjustment.id);
        let complaint = self.reading.complaint(place, Some(Is::Id), message);
        self.reading.complaints.push(complaint);
        None
    }

    /// How deep below the department's first each unit of the import is; none where a unit above is not
    /// there or lies below its own unit, which is told.
    fn parents(&mut self, books: &Books) -> Option<HashMap<UnitCode, usize>> {
        let mut above: HashMap<UnitCode, Option<UnitCode>> =
            books.units().map(|unit| (unit.code.clone(), unit.parent.clone())).collect();
        let opened = |made: &Made| match &made.command {
            Command::OpenUnit(unit) => Some((made.place, unit.code.clone(), unit.parent.clone())),
            _ => None,
        };
        let opened: Vec<_> = self.made.iter().filter_map(opened).collect();
        above.extend(opened.iter().map(|(_, code, parent)| (code.clone(), parent.clone())));
        let mut depths = HashMap::new();
        let mut faults = Vec::new();
        for (place, code, parent) in &opened {
            let mut path = vec![code];
            let mut next = parent.as_ref();
            while let Some(unit) = next {
                let Some(parent) = above.get(unit) else {
                    let message = format!("没有编码为 {unit} 的单位，请核对，或把它加进本表");
                    faults.extend((path.len() == 1).then_some((*place, message)));
                    break;
                };
                path.push(unit);
                if path[..path.len() - 1].contains(&unit) {
                    let words: Vec<&str> = path.iter().map(|unit| unit.as_str()).collect();
                    let message = format!("单位隶属关系成环：{}，请核对上级单位编码", words.join(" → "));
                    faults.extend((unit == code).then_some((*place, message)));
                    break;
                }
                next = parent.as_ref();
            }
            depths.insert(code.clone(), path.len());
        }
        let is_sound = faults.is_empty();
        for (place, message) in faults {
            let complaint = self.reading.complaint(place, Some(Is::Parent), message);
            self.reading.complaints.push(complaint);
        }
        is_sound.then_some(depths)
    }

    fn finish(mut self, depths: &HashMap<UnitCode, usize>) -> Reading {
        // A history is carried out as it was. Everything else goes by tables and rows, but a unit goes after
        // those above it, and what moves money goes by days: an addition of March may be allotted in March
        // and paid in April.
        self.made.sort_by_key(|made| {
            let depth = match &made.command {
                Command::OpenUnit(unit) => depths.get(&unit.code).copied().unwrap_or(0),
                _ => usize::MAX,
            };
            (made.order.unwrap_or(u64::MAX), turn(&made.command), depth)
        });
        self.reading.commands = self.made.into_iter().map(|made| (made.place, made.command)).collect();
        self.reading
    }
}

/// When a command without a place in a history is carried out among others: before the year's movements,
/// on its day among them, or after them. On one day a budget is changed before it is allotted, and money
/// comes in before it goes out.
fn turn(command: &Command) -> (u8, Option<Date>, u8) {
    let (day, within) = match command {
        Command::Adjust(adjustment) => (adjustment.on, 0),
        Command::Allot(allotment) => (allotment.on, 1),
        Command::Receive(receipt) => (receipt.on, 2),
        Command::Reserve(reservation) => (reservation.on, 3),
        Command::Pay(payment) => (payment.on, 4),
        Command::Move(moved) => (moved.on, 5),
        // A month's plan is made when the month begins.
        Command::Plan(plan) => return (1, Date::new(plan.line.year, plan.month.clamp(1, 12), 1), 2),
        Command::Release(..) | Command::ReversePayment(..) | Command::ReverseReceipt(..) => return (2, None, 0),
        Command::CloseYear(_) | Command::ApproveAccounts(_) | Command::Disclose(_) => return (3, None, 0),
        Command::RemoveRow(..) | Command::CloseUnit(_) | Command::Dismiss(..) => return (4, None, 0),
        _ => return (0, None, 0),
    };
    (1, Some(day), within)
}

fn is_help(cells: &[Cell]) -> bool {
    let first = cells.iter().find(|cell| !cell.is_empty());
    matches!(first, Some(Cell::Text(text)) if text.starts_with(HELP_MARK) || text.starts_with("说明:"))
}

/// The command of a row, and where it stood in the history; faults are left with the row.
fn read_row(row: &mut RowReader, header: &[Cell]) -> Option<(Option<u64>, Command)> {
    if row.is_total() {
        row.faults.push((None, "这是合计行，请删去：合计由账簿计算".to_owned()));
        return None;
    }
    if row.repeats(header) {
        row.faults.push((None, "表头又出现一次，请只在最上面留一行表头".to_owned()));
        return None;
    }
    if let Some(column) = row.without_header() {
        let letter = column_name(column);
        row.faults.push((None, format!("{letter} 列没有表头，却有内容，请删去该列或补上表头")));
        return None;
    }
    let (order, command) = (row.order(), build::command(row));
    // A fault anywhere in the row is a fault of the row.
    Some((order?, command?)).filter(|_| row.faults.is_empty())
}

/// The column that a complaint about a repeated subject points to.
fn subject_column(subject: &Subject) -> Option<Is> {
    match subject {
        Subject::Unit(_) | Subject::UnitClosed(_) | Subject::Year(..) => Some(Is::Unit),
        Subject::Role(..) => Some(Is::Person),
        Subject::Row(..) | Subject::Receipt(..) | Subject::Adjustment(..) | Subject::Reservation(..) => Some(Is::Id),
        Subject::Payment(..) | Subject::Release(..) => Some(Is::Id),
        Subject::PaymentReversed(..) | Subject::ReceiptReversed(..) => Some(Is::Id),
        Subject::Explanation(..) => Some(Is::Spot),
        Subject::Count(..) => Some(Is::Statistic),
        Subject::Ceiling(..) => Some(Is::Group),
        Subject::Version(..) => Some(Is::Version),
        Subject::Plan(..) => Some(Is::Month),
        _ => None,
    }
}
