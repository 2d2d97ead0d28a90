//! Values of the reader of workbooks to cells.

use calamine::{Data, DataRef};
use mingzhang_model::date::Date;
use mingzhang_model::sheet::{Cell, column_name};

use crate::number::{self, Days};

/// What was dropped from the cells of a sheet, for a note.
#[derive(Default)]
pub(crate) struct Dropped {
    times: usize,
    first: Option<(usize, usize)>,
}

impl Dropped {
    /// One more time of day.
    pub(crate) fn time(&mut self, row: usize, column: usize) {
        self.times += 1;
        self.first.get_or_insert((row, column));
    }

    /// Says what was dropped.
    pub(crate) fn note(&self, sheet: &str, notes: &mut Vec<String>) {
        if let Some((row, column)) = self.first {
            let place = format!("{}{}", column_name(column), row + 1);
            notes
                .push(format!("工作表“{sheet}”有 {} 个日期带有时刻（如 {place}）：只读入日期，时刻舍去。", self.times));
        }
    }
}

/// Words without the spaces around them, of any width, or nothing.
pub(crate) fn text(words: &str) -> Cell {
    match trim(words) {
        "" => Cell::Empty,
        words => Cell::Text(words.to_owned()),
    }
}

/// Without spaces at both ends: also the ideographic one, the one that does not break, and marks of no width.
pub(crate) fn trim(words: &str) -> &str {
    words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'))
}

/// A truth value, in words.
pub(crate) fn truth(is_true: &bool) -> Cell {
    Cell::Text(if *is_true { "是" } else { "否" }.to_owned())
}

/// A number, or a fault where the double is none.
pub(crate) fn double(value: f64) -> Cell {
    number::from_double(value).map_or_else(|| Cell::Fault("#NUM!".to_owned()), Cell::Number)
}

/// A day, perhaps with a time, as ISO 8601 writes it; anything else stays text.
pub(crate) fn iso(written: &str, at: (usize, usize), dropped: &mut Dropped) -> Cell {
    let written = trim(written);
    let (day, time) = written.split_once('T').unwrap_or((written, ""));
    match Date::parse(day) {
        Some(date) => {
            if time.bytes().any(|byte| matches!(byte, b'1'..=b'9')) {
                dropped.time(at.0, at.1);
            }
            Cell::Date(date)
        }
        None => text(written),
    }
}

/// The cell of a value at a row and a column.
pub(crate) fn cell(value: &DataRef<'_>, at: (usize, usize), days: Days, dropped: &mut Dropped) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(words) => text(words),
        DataRef::SharedString(words) => text(words),
        DataRef::Int(whole) => Cell::Number(whole.to_string()),
        DataRef::Float(value) => double(*value),
        DataRef::Bool(is_true) => truth(is_true),
        DataRef::Error(fault) => Cell::Fault(fault.to_string()),
        DataRef::DateTimeIso(written) => iso(written, at, dropped),
        DataRef::DurationIso(written) => text(written),
        DataRef::DateTime(moment) => {
            let serial = moment.as_f64();
            let as_time = |serial| number::clock(serial).map(Cell::Text);
            let found = if moment.is_duration() {
                as_time(serial)
            } else if let Some((date, has_time)) = number::day(serial, days) {
                if has_time {
                    dropped.time(at.0, at.1);
                }
                Some(Cell::Date(date))
            } else if serial > 0.0 && serial < 1.0 {
                as_time(serial)
            } else {
                None
            };
            // A number that looks like a day but is none, as 0, stays the number that it is.
            found.unwrap_or_else(|| double(serial))
        }
    }
}

/// The same value, borrowed.
pub(crate) fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Empty => DataRef::Empty,
        Data::String(words) => DataRef::SharedString(words),
        Data::Int(whole) => DataRef::Int(*whole),
        Data::Float(value) => DataRef::Float(*value),
        Data::Bool(is_true) => DataRef::Bool(*is_true),
        Data::Error(fault) => DataRef::Error(fault.clone()),
        Data::DateTimeIso(written) => DataRef::DateTimeIso(written.clone()),
        Data::DurationIso(written) => DataRef::DurationIso(written.clone()),
        Data::DateTime(moment) => DataRef::DateTime(*moment),
    }
}

/// A formula as a cell shows it.
pub(crate) fn formula(text: &str) -> Cell {
    Cell::Formula(format!("={text}"))
}
