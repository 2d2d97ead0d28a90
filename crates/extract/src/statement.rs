//! Turning a recognised table into a [`Statement`] and its facts.

use crate::grid::{Block, Role, is_note};
use crate::number;
use crate::recognise::Recognised;
use crate::rows::{Head, Meaning, Reader};
use mingzhang_model::amount::Unit;
use mingzhang_model::document::{Block as DocBlock, Cell, Document, Paragraph, Table};
use mingzhang_model::fact::{CellRef, Column, Fact, Facts, Printed, Slot, Statement, Text, Unkeyed, Why};
use mingzhang_model::key::{Key, Stage};
use mingzhang_model::locator::Locator;
use mingzhang_model::set::Set;
use mingzhang_standard::form::{BlockForm, ColumnForm, Stub};
use mingzhang_standard::words;
use std::collections::HashMap;

/// Adds a recognised table to the facts: as a statement of its own, or as more of the last one.
pub(crate) fn add(facts: &mut Facts, document: &Document, table: &Recognised<'_>, year: u16, stage: Stage) {
    let index = match facts.statements.last_mut() {
        Some(last) if table.continues && last.code == table.form.code => {
            last.blocks.push(table.block);
            facts.statements.len() - 1
        }
        _ => {
            facts.statements.push(opened(document, table));
            facts.statements.len() - 1
        }
    };
    let mut reading = Reading { facts, table, index, year, stage, last_column: HashMap::new() };
    reading.columns();
    reading.rows();
    reading.ordinals();
    let notes = notes_of(document, table.block, table.grid.table);
    facts.statements[index].notes.extend(notes);
}

/// How many rows that print numbers the form knows, and how many it does not.
pub(crate) fn known_rows(table: &Recognised<'_>) -> (usize, usize) {
    let grid = &table.grid;
    let (mut known, mut unknown) = (0, 0);
    for (block, (form, _)) in grid.blocks.iter().zip(&table.columns.blocks) {
        let mut reader = Reader::new(form);
        for row in &grid.data {
            let printed = |column| grid.table.cell(*row, column).is_some_and(|cell| number::is_number(&cell.text));
            if !block.values.iter().any(|value| printed(value.column)) {
                continue;
            }
            match reader.head(grid.table, *row, block) {
                Some(Head { meaning: Some(_), .. }) => known += 1,
                _ => unknown += 1,
            }
        }
    }
    (known, unknown)
}

/// The statement before its rows are read: title, unit, office.
fn opened(document: &Document, table: &Recognised<'_>) -> Statement {
    let lines = lines_above(document, table);
    let unit_note = lines.iter().find_map(unit_note);
    let unit = unit_note.as_ref().and_then(|note| unit_of(&note.text)).or(table.form.unit);
    Statement {
        code: &table.form.code,
        concept: &table.form.concept,
        reading: mingzhang_model::fact::Reading::Form,
        title: table.title.clone(),
        unit_note,
        unit,
        name_slot: lines.iter().find_map(name_slot).unwrap_or(Slot::Absent),
        notes: Vec::new(),
        rows: Vec::new(),
        columns: Vec::new(),
        missing_columns: table.columns.missing(table.form),
        ordinals: Vec::new(),
        closed: true,
        domain: table.form.domain,
        blocks: vec![table.block],
    }
}

/// The lines between the title and the header, outside the table and in its first rows.
fn lines_above(document: &Document, table: &Recognised<'_>) -> Vec<Text> {
    const LINES: usize = 6;
    let above = document.blocks[..table.block].iter().rev().take(LINES).map_while(|block| match block {
        DocBlock::Paragraph(paragraph) => Some(text_of(paragraph)),
        DocBlock::Table(_) => None,
    });
    let mut lines: Vec<Text> = Vec::new();
    for line in above {
        let is_title = words::title_key(&line.text).ends_with(&words::title_key(&table.title.text));
        lines.push(line);
        if is_title {
            break;
        }
    }
    for row in table.grid.furniture.clone() {
        let cells = table.grid.table.row(row).filter(|cell| cell.row == row);
        lines.extend(
            cells.flat_map(|cell| cell.text.lines().map(|line| Text { text: line.to_string(), place: cell.place })),
        );
    }
    lines
}

pub(crate) fn text_of(paragraph: &Paragraph) -> Text {
    Text { text: words::without_bookmarks(&paragraph.text).trim().to_string(), place: paragraph.place() }
}

/// 单位：万元
pub(crate) fn unit_note(line: &Text) -> Option<Text> {
    let folded = words::fold(&line.text);
    // 预算单位：X 单位：元: the office's own label may come first.
    let mut said = folded.match_indices("单位:").map(|(at, label)| &folded[at + label.len()..]);
    said.find_map(unit_of).map(|unit| Text { text: format!("单位：{}", unit.word()), place: line.place })
}

pub(crate) fn unit_of(text: &str) -> Option<Unit> {
    let folded = words::fold(text);
    let word = folded.strip_prefix("单位:").unwrap_or(&folded);
    let word = word.strip_prefix("人民币").unwrap_or(word);
    [Unit::WanYuan, Unit::YiYuan, Unit::Yuan].into_iter().find(|unit| word.starts_with(unit.word()))
}

/// 编制部门：X, 部门：X, 编制单位：X: the name that the office fills in.
pub(crate) fn name_slot(line: &Text) -> Option<Slot> {
    const LABELS: [&str; 7] = ["编制部门:", "编制单位:", "预算部门:", "预算单位:", "单位名称:", "填报单位:", "部门:"];
    let folded = words::fold(&line.text);
    let (at, label) = LABELS.iter().find_map(|label| folded.find(label).map(|at| (at, label)))?;
    let rest = &folded[at + label.len()..];
    // The unit, or the table's number, often stands on the same line.
    let end = [rest.find("单位:"), rest.find("金额单位"), rest.find("公开")].into_iter().flatten().min();
    let name = rest[..end.unwrap_or(rest.len())].to_string();
    let slot = Text { text: name, place: line.place };
    Some(if slot.text.is_empty() { Slot::Blank(slot) } else { Slot::Filled(slot) })
}

/// 注： and 说明： in the last rows of the table and under it, up to the next table or its title.
pub(crate) fn notes_of(document: &Document, block: usize, grid: &Table) -> Vec<Text> {
    const LINES: usize = 8;
    let below = document.blocks[block + 1..].iter().take(LINES).map_while(|block| match block {
        DocBlock::Paragraph(paragraph) => Some(text_of(paragraph)),
        DocBlock::Table(_) => None,
    });
    let last_rows = grid.cells().iter().filter(|cell| cell.row + 4 >= grid.rows());
    let inside = last_rows.map(|cell| Text { text: cell.text.trim().to_string(), place: cell.place });
    inside.filter(|text| is_note(&text.text)).chain(noted(below)).collect()
}

/// The notes among the lines under a table, and the numbered lines that go on from one.
fn noted(lines: impl Iterator<Item = Text>) -> Vec<Text> {
    let mut notes: Vec<Text> = Vec::new();
    let mut goes_on = false;
    for line in lines.take_while(|line| unit_note(line).is_none()) {
        goes_on = is_note(&line.text) || goes_on && words::fold(&line.text).starts_with(|c: char| c.is_ascii_digit());
        if goes_on {
            notes.push(line);
        }
    }
    notes
}

/// One table being read into one statement.
struct Reading<'a, 'd> {
    facts: &'a mut Facts,
    table: &'a Recognised<'d>,
    index: usize,
    year: u16,
    stage: Stage,
    /// For each column of the table: the statement's column.
    last_column: HashMap<u32, usize>,
}

impl Reading<'_, '_> {
    fn statement(&mut self) -> &mut Statement {
        &mut self.facts.statements[self.index]
    }

    /// Registers the recognised money columns; a continuation finds those of the first part again.
    fn columns(&mut self) {
        let known: Vec<(u32, Vec<String>)> = self.recognised_columns().map(|(c, _, path)| (c, path)).collect();
        let fresh = self.statement().columns.is_empty();
        for (i, (column, path)) in known.into_iter().enumerate() {
            let statement = self.statement();
            if fresh || i >= statement.columns.len() {
                statement.columns.push(Column { path });
            }
            self.last_column.insert(column, i);
        }
    }

    fn recognised_columns(&self) -> impl Iterator<Item = (u32, &'static ColumnForm, Vec<String>)> + use<'_> {
        let forms = self.table.columns.blocks.iter().flat_map(|(_, columns)| columns);
        let values = self.table.grid.values().zip(forms);
        values.filter_map(|(value, form)| form.map(|form| (value.column, form, value.printed.clone())))
    }

    fn rows(&mut self) {
        let table = self.table;
        let blocks = table.grid.blocks.iter().zip(&table.columns.blocks);
        let mut precision: HashMap<usize, u8> = HashMap::new();
        let from = self.facts.facts.len();
        for (block, (form, columns)) in blocks {
            let mut reader = Reader::new(form);
            for row in &table.grid.data {
                self.row(&mut reader, *row, block, form, columns);
            }
        }
        for fact in &self.facts.facts[from..] {
            if let Printed::Figure(figure) = fact.printed {
                let decimals = precision.entry(fact.column).or_default();
                *decimals = (*decimals).max(figure.decimals);
            }
        }
        for fact in &mut self.facts.facts[from..] {
            fact.decimals = precision.get(&fact.column).copied().unwrap_or(0);
        }
    }

    fn row(
        &mut self,
        reader: &mut Reader<'_>,
        row: u32,
        block: &Block,
        form: &BlockForm,
        columns: &[Option<&'static ColumnForm>],
    ) {
        let grid = self.table.grid.table;
        let head = reader.head(grid, row, block);
        let cells: Vec<(&Cell, &'static ColumnForm)> = block
            .values
            .iter()
            .zip(columns)
            .filter_map(|(value, column)| Some((grid.cell(row, value.column)?, (*column)?, value.column)))
            .filter(|(cell, _, column)| cell.column == *column && cell.row == row)
            .map(|(cell, column, _)| (cell, column))
            .collect();
        let blank = cells.iter().all(|(cell, _)| words::fold(&cell.text).is_empty());
        match head {
            Some(Head { row: head, meaning: Some(meaning) }) if !(blank && form.stub == Stub::None) => {
                let statement = self.statement();
                statement.rows.push(head);
                let at = statement.rows.len() - 1;
                for (cell, column) in cells {
                    self.cell(cell, column, form, meaning, at);
                }
            }
            _ if blank => {}
            head => {
                let name = head.map(|head| head.row.name);
                self.statement().closed = false;
                for (cell, column) in cells.iter().filter(|(cell, _)| !words::fold(&cell.text).is_empty()) {
                    self.unkeyed(cell, column, name.clone(), Why::UnknownRow);
                }
            }
        }
    }

    fn cell(&mut self, cell: &Cell, column: &'static ColumnForm, form: &BlockForm, meaning: Meaning, row: usize) {
        let mut key = Key::everything(self.year, self.stage, Set::all());
        form.filter.narrow(&mut key);
        meaning.narrow(form, &mut key);
        column.filter.narrow(&mut key);
        let name = Some(self.facts.statements[self.index].rows[row].name.clone());
        let Some(unit) = self.facts.statements[self.index].unit else {
            return self.unkeyed(cell, column, name, Why::UnknownUnit);
        };
        let Some(printed) = number::printed(&cell.text, unit) else {
            return self.unkeyed(cell, column, name, Why::NotANumber);
        };
        let column = self.last_column.get(&cell.column).copied().unwrap_or_default();
        let place = cell.place;
        let cell = CellRef { block: self.table.block, row: cell.row, column: cell.column };
        self.facts.facts.push(Fact {
            key,
            printed,
            unit,
            decimals: 0,
            statement: self.index,
            row,
            column,
            cell,
            place,
        });
    }

    fn unkeyed(&mut self, cell: &Cell, column: &ColumnForm, row: Option<String>, why: Why) {
        let statement = &self.facts.statements[self.index];
        let locator = Locator {
            document: None,
            place: cell.place,
            section: None,
            table: Some(statement.title.text.clone()),
            row,
            column: Some(column.name.clone()),
            quote: Some(cell.text.split_whitespace().collect()),
        };
        self.facts.unkeyed.push(Unkeyed { statement: self.index, locator, why });
    }

    /// Row numbers from top to bottom, block by block, then column numbers from left to right.
    fn ordinals(&mut self) {
        let grid = &self.table.grid;
        let mut down: Vec<(Option<u32>, Text)> = Vec::new();
        for block in &grid.blocks {
            for stub in block.stub.iter().filter(|stub| stub.role == Role::Ordinal) {
                let cells = grid.data.iter().filter_map(|row| grid.table.cell(*row, stub.column));
                down.extend(cells.filter_map(ordinal));
            }
        }
        let across = grid.numbering.iter().flat_map(|row| grid.table.row(*row)).filter_map(ordinal).collect();
        let found = [down, across].into_iter().filter(|numbers: &Vec<_>| !numbers.is_empty());
        self.facts.statements[self.index].ordinals.extend(found);
    }
}

/// A printed row or column number; none for a blank cell and for the words 行次 and 栏次.
fn ordinal(cell: &Cell) -> Option<(Option<u32>, Text)> {
    let text = words::fold(&cell.text);
    let is_word = text == "行次" || text == "栏次" || text == "项目";
    (!text.is_empty() && !is_word).then(|| (text.parse().ok(), Text { text, place: cell.place }))
}
