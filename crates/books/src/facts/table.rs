//! One table of a form, filled: its rows, its columns, and a fact for every cell.

use super::Print;
use super::rows::{self, Planned};
use crate::pivot::Pivot;
use mingzhang_model::amount::{Amount, Figure, Unit};
use mingzhang_model::document::{self, Block, TablePart};
use mingzhang_model::fact::{CellRef, Column, Fact, Printed, Row, Slot, Statement, Text};
use mingzhang_model::key::Key;
use mingzhang_model::set::Set;
use mingzhang_standard::form::{BlockForm, Form, TableForm, Zero};

/// Fills one table.
pub(super) struct Filling<'a> {
    pub(super) print: &'a mut Print,
    pub(super) pivot: &'a Pivot,
    pub(super) form: &'static Form,
    pub(super) table: &'static TableForm,
    pub(super) year: u16,
}

/// The cells of one block, row by row.
struct Filled {
    rows: Vec<(String, Option<mingzhang_model::fact::RowCode>)>,
    columns: Vec<Vec<String>>,
    cells: Vec<Vec<(Key, Amount)>>,
}

impl Filling<'_> {
    pub(super) fn fill(mut self) {
        let blocks: Vec<Filled> = self.table.blocks.iter().map(|block| self.block(block)).collect();
        let unit = self.table.unit.unwrap_or(Unit::WanYuan);
        let amounts = || blocks.iter().flat_map(|block| block.cells.iter().flatten()).map(|(_, amount)| *amount);
        let is_empty = amounts().all(Amount::is_zero);
        // 元 are printed whole where all of them are whole.
        let decimals = if unit == Unit::Yuan && amounts().all(|amount| amount.0 % 100 == 0) { 0 } else { 2 };
        let printed = |amount: Amount| match (is_empty, self.form.zero, amount.is_zero()) {
            (true, _, _) | (false, Zero::Blank, true) => Printed::Blank,
            _ => Printed::Figure(Figure::rounded(amount, unit, decimals)),
        };
        let title = self.print.paragraph(self.title());
        let name_slot = Slot::Filled(self.print.paragraph(format!("{}{}", self.table.print.slot, self.print.body)));
        let unit_note = self.print.paragraph(format!("单位：{}", unit.word()));
        let index = self.print.facts.statements.len();
        let mut statement = self.statement(title, name_slot, unit_note, unit);
        self.lay(&blocks, &mut statement, (index, unit, decimals), printed);
        if let Some(what) = self.table.note_when_empty.as_ref().filter(|_| is_empty) {
            statement.notes.push(self.print.paragraph(self.table.print.emptied(self.year, what)));
        }
        self.print.facts.statements.push(statement);
    }

    /// A block's rows, columns and amounts.
    fn block(&self, block: &'static BlockForm) -> Filled {
        let mut over = Key::everything(self.year, self.form.stage, Set::EMPTY);
        block.filter.narrow(&mut over);
        let keys: Vec<Key> = block
            .columns
            .iter()
            .map(|column| {
                let mut key = over.clone();
                column.filter.narrow(&mut key);
                key
            })
            .collect();
        let rows = rows::planned(block, &keys, self.pivot);
        let cell = |row: &Planned<'_>, column: usize| {
            let mut key = over.clone();
            row.narrow(&mut key);
            block.columns[column].filter.narrow(&mut key);
            // A row may say another movement than its block, and a column another than its row.
            let amount = if key.is_empty() { Amount::ZERO } else { self.pivot.amount(&key) };
            (key, amount)
        };
        let cells = rows.iter().map(|row| (0..keys.len()).map(|column| cell(row, column)).collect()).collect();
        let header = (!block.header.is_empty()).then(|| block.header.clone());
        let path = |name: &str| header.iter().cloned().chain(name.split('·').map(str::to_owned)).collect();
        Filled {
            rows: rows.into_iter().map(|row| (row.name, row.code)).collect(),
            columns: block.columns.iter().map(|column| path(&column.name)).collect(),
            cells,
        }
    }

    fn title(&self) -> String {
        let title = self.table.print.titled(self.year);
        match &self.table.number {
            Some(number) => format!("{title}（{number}）"),
            None => title,
        }
    }

    fn statement(&self, title: Text, name_slot: Slot, unit_note: Text, unit: Unit) -> Statement {
        Statement {
            reading: mingzhang_model::fact::Reading::Form,
            code: &self.table.code,
            concept: &self.table.concept,
            title,
            unit_note: Some(unit_note),
            unit: Some(unit),
            name_slot,
            notes: Vec::new(),
            rows: Vec::new(),
            columns: Vec::new(),
            missing_columns: Vec::new(),
            ordinals: Vec::new(),
            closed: true,
            domain: self.table.domain,
            blocks: Vec::new(),
        }
    }

    /// Lays the blocks side by side into one table of the document, a line for each row.
    fn lay(
        &mut self,
        blocks: &[Filled],
        statement: &mut Statement,
        (index, unit, decimals): (usize, Unit, u8),
        printed: impl Fn(Amount) -> Printed,
    ) {
        let block_number = self.print.blocks.len();
        statement.blocks.push(block_number);
        let header = self.print.place();
        let height = blocks.iter().map(|block| block.rows.len()).max().unwrap_or(0);
        let places: Vec<_> = (0..height).map(|_| self.print.place()).collect();
        let (mut cells, mut left) = (Vec::new(), 0);
        for block in blocks {
            let (first_row, first_column) = (statement.rows.len(), statement.columns.len());
            cells.push(cell(0, left, "项目".into(), header));
            for (c, path) in block.columns.iter().enumerate() {
                cells.push(cell(0, left + 1 + c as u32, path.join("·"), header));
                statement.columns.push(Column { path: path.clone() });
            }
            for (r, place) in places.iter().enumerate() {
                let row = r as u32 + 1;
                let Some((name, code)) = block.rows.get(r) else {
                    let blank = 0..=block.columns.len() as u32;
                    cells.extend(blank.map(|c| cell(row, left + c, String::new(), *place)));
                    continue;
                };
                cells.push(cell(row, left, name.clone(), *place));
                let head = Row { name: name.clone(), code: *code, misprinted_code: None, place: *place };
                statement.rows.push(head);
                for (c, (key, amount)) in block.cells[r].iter().enumerate() {
                    let column = left + 1 + c as u32;
                    let what = printed(*amount);
                    let text = match what {
                        Printed::Figure(figure) => figure.to_string(),
                        Printed::Blank | Printed::Dash | Printed::Nil => String::new(),
                    };
                    cells.push(cell(row, column, text, *place));
                    self.print.facts.facts.push(Fact {
                        key: key.clone(),
                        printed: what,
                        unit,
                        decimals,
                        statement: index,
                        row: first_row + r,
                        column: first_column + c,
                        cell: CellRef { block: block_number, row, column },
                        place: *place,
                    });
                }
            }
            left += 1 + block.columns.len() as u32;
        }
        // The cells tile the table by their making; if ever they did not, the facts would still stand.
        if let Ok(mut table) = document::Table::tiled(height as u32 + 1, left, cells) {
            table.parts = vec![TablePart { first_row: 0, place: header }];
            self.print.blocks.push(Block::Table(table));
        }
    }
}

fn cell(row: u32, column: u32, text: String, place: document::Place) -> document::Cell {
    document::Cell { row, column, row_span: 1, column_span: 1, text, place }
}
