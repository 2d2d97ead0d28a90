//! The registers as tables of an import: the one place where import and export meet them.

use super::column::{Column, Holds, Is};
use super::row::RowReader;
use super::table::{self, Table};
use super::value;
use crate::register::{Row, Value, parse_cell, words_of};
use mingzhang_model::amount::{Amount, Unit, render};
use mingzhang_model::sheet::Cell;
use mingzhang_standard::register::{Field, FieldKind, Register, register, registers};
use mingzhang_standard::words::fold;

/// The table of each register: those first that others refer to, otherwise by their names.
pub(super) fn tables() -> Vec<Table> {
    let mut waiting: Vec<&'static Register> = registers().iter().collect();
    waiting.sort_by_key(|register| register.id);
    let mut placed: Vec<&'static Register> = Vec::new();
    while !waiting.is_empty() {
        let is_ready = |register: &&Register| {
            let mut wanted = register.fields.iter().filter_map(|field| match &field.kind {
                FieldKind::Reference(to) => Some(to.as_str()),
                _ => None,
            });
            wanted.all(|to| to == register.id || placed.iter().any(|placed| placed.id == to))
        };
        // Registers that refer to each other in a circle have no order; the first goes first.
        let next = waiting.iter().position(is_ready).unwrap_or(0);
        placed.push(waiting.remove(next));
    }
    placed.into_iter().map(table_of).collect()
}

fn table_of(register: &'static Register) -> Table {
    let columns = register.fields.iter().zip(0..).map(|(field, position)| column(field, position));
    table::of_register(register.id, &register.title, &register.row, columns.collect())
}

fn column(field: &Field, position: u16) -> Column {
    // The register of indicators has a field by the name of our column for the unit.
    let word = match field.name.as_str() {
        "unit" | "row" | "order" | "correction" => format!("field_{}", field.name),
        name => name.to_owned(),
    };
    let holds = match &field.kind {
        FieldKind::Text => Holds::Words,
        FieldKind::Code | FieldKind::Reference(_) => Holds::Code,
        FieldKind::Date => Holds::Day,
        FieldKind::Money => Holds::Money,
        FieldKind::Count => Holds::Count,
        FieldKind::Decimal => Holds::Words,
        FieldKind::Year => Holds::Year,
        FieldKind::YesNo => Holds::List(vec!["是".to_owned(), "否".to_owned()]),
        FieldKind::Choice(choices) => Holds::List(choices.iter().map(|(_, title)| title.clone()).collect()),
    };
    let mut help = field.help.clone();
    if let FieldKind::Reference(to) = &field.kind
        && let Some(to) = register(to)
        && help.is_empty()
    {
        help = format!("须已登记在“{}”台账", to.title);
    }
    if let (Some(default), true) = (&field.default, help.is_empty()) {
        help = format!("留空为{default}");
    }
    let column = Column::new(Is::Field(position), &word, &field.title, holds, &help);
    if field.required && field.default.is_none() { column } else { column.optional() }
}

/// The fields of a row.
pub(super) fn read(row: &mut RowReader, id: &str) -> Option<Row> {
    let register = register(id)?;
    let mut fields = Row::new();
    let mut sound = true;
    for (field, position) in register.fields.iter().zip(0..) {
        let is = Is::Field(position);
        let (cell, unit) = (row.cell(is), row.layout.unit(is));
        let read = match field.kind {
            FieldKind::Money => value::money(cell, unit).map(|amount| amount.map(Value::Money)),
            _ => parse_cell(field, cell),
        };
        match read {
            Ok(Some(value)) => {
                fields.insert(field.name.clone(), value);
            }
            Ok(None) if field.required && field.default.is_none() => {
                row.fault(is, "没有填写".to_owned());
                sound = false;
            }
            Ok(None) => {}
            Err(message) => {
                row.fault(is, message);
                sound = false;
            }
        }
    }
    sound.then_some(fields)
}

/// The name of a register by its title or its name.
pub(super) fn named(text: &str) -> Option<&'static str> {
    let folded = fold(text);
    registers().iter().find(|register| register.id == folded || fold(&register.title) == folded).map(|found| found.id)
}

/// The title of a register.
pub(crate) fn title(id: &str) -> &str {
    register(id).map_or(id, |register| register.title.as_str())
}

/// A field of a row as a cell that reads back as the same.
pub(crate) fn cell(id: &str, position: u16, row: &Row) -> Cell {
    let Some(field) = register(id).and_then(|register| register.fields.get(usize::from(position))) else {
        return Cell::Empty;
    };
    match row.get(&field.name) {
        None => Cell::Empty,
        Some(Value::Money(amount)) => yuan(*amount),
        Some(Value::Date(date)) => Cell::Date(*date),
        Some(value @ (Value::Count(_) | Value::Decimal(_))) => Cell::Number(words_of(value, Some(field))),
        Some(value) => Cell::Text(words_of(value, Some(field))),
    }
}

/// Money as a cell in yuan.
pub(crate) fn yuan(amount: Amount) -> Cell {
    Cell::Number(render(amount, Unit::Yuan, 2, false))
}
