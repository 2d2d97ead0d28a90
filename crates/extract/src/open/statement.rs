//! Turning tables whose concept is known into statements and facts.
//!
//! Two passes: the first sees every table and learns what the document shows (its units, and which movements
//! it tells apart), the second gives each cell its key.

use super::layout::{self, Label};
use super::rows;
use super::rows::{Head, Heads, Known, Lists, Says, Total, Unit};
use super::sheet::{Column, Holds, Money, Sheet};
use super::tables::Found;
use super::units;
use crate::number;
use crate::statement::{name_slot, notes_of, text_of, unit_note, unit_of};
use mingzhang_model::detail::Aspect;
use mingzhang_model::document::{Block as DocBlock, Document};
use mingzhang_model::fact::{CellRef, Domain, Fact, Facts, OtherTable, Printed, Slot, Statement, Text, Unkeyed, Why};
use mingzhang_model::key::{Fund, Key, Kind, Measure, Stage};
use mingzhang_model::locator::Locator;
use mingzhang_model::set::Set;
use mingzhang_standard::vocabulary::{self, Concept, Stub};
use mingzhang_standard::words;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Reads the tables of one document.
pub(crate) struct Reader<'a, 'd> {
    document: &'d Document,
    found: &'a [Found<'d>],
    sheets: Vec<Option<Sheet<'d>>>,
    units: HashSet<String>,
    year: u16,
    stage: Stage,
    domain: Domain,
    /// The unit that every table prints which prints one.
    unit: Option<mingzhang_model::amount::Unit>,
}

impl<'a, 'd> Reader<'a, 'd> {
    pub(crate) fn new(document: &'d Document, found: &'a [Found<'d>], year: u16, stage: Stage) -> Reader<'a, 'd> {
        let mut sheets: Vec<Option<Sheet<'d>>> = Vec::new();
        for (i, table) in found.iter().enumerate() {
            let before = |sheets: &[Option<Sheet<'d>>]| {
                let columns = &sheets.last()?.as_ref()?.columns;
                (table.continues && found[i - 1].concept.id == table.concept.id)
                    .then(|| Sheet::going_on(table.table, columns))
                    .flatten()
            };
            let own = Sheet::of(table.table, year);
            let sheet = if table.concept.filter.is_none() { None } else { own.or_else(|| before(&sheets)) };
            sheets.push(sheet);
        }
        let units = unit_names(found, &sheets, year);
        let domain = domain(&sheets, Known { units: &units, year });
        let mut reader = Reader { document, found, sheets, units, year, stage, domain, unit: None };
        let printed: HashSet<_> = (0..found.len()).filter_map(|i| reader.opened(i).unit).collect();
        reader.unit = if printed.len() == 1 { printed.into_iter().next() } else { None };
        reader
    }

    /// Adds every table to the facts.
    pub(crate) fn read(&self, facts: &mut Facts) {
        for (i, table) in self.found.iter().enumerate() {
            if table.concept.filter.is_none() {
                let (concept, title, block) = (table.concept.id, table.title.clone(), table.block);
                facts.other_tables.push(OtherTable { concept, title, block });
                continue;
            }
            let continued = table.continues && facts.statements.last().is_some_and(|s| s.concept == table.concept.id);
            if continued {
                if let Some(last) = facts.statements.last_mut() {
                    last.blocks.push(table.block);
                }
            } else {
                facts.statements.push(self.opened(i));
            }
            if let Some(sheet) = &self.sheets[i] {
                Reading::new(self, facts, table, sheet).read();
            }
        }
    }

    /// The statement before its rows are read: title, unit, office.
    fn opened(&self, i: usize) -> Statement {
        let table = &self.found[i];
        let lines = self.lines_above(i);
        let note = lines.iter().find_map(unit_note);
        let in_header = || self.sheets[i].as_ref().and_then(|sheet| sheet.columns.iter().find_map(|c| c.unit));
        let unit = note.as_ref().and_then(|note| unit_of(&note.text)).or_else(in_header).or(self.unit);
        Statement {
            code: self.code(table.concept),
            concept: table.concept.id,
            reading: mingzhang_model::fact::Reading::Words,
            title: table.title.clone(),
            unit_note: note,
            unit,
            name_slot: lines.iter().find_map(name_slot).unwrap_or(Slot::Absent),
            notes: notes_of(self.document, table.block, table.table),
            rows: Vec::new(),
            columns: Vec::new(),
            missing_columns: Vec::new(),
            ordinals: Vec::new(),
            closed: lists(table.concept) != Lists::Things,
            domain: self.domain,
            blocks: vec![table.block],
        }
    }

    fn code(&self, concept: &'static Concept) -> &'static str {
        if self.stage == Stage::FinalAccounts { &concept.codes.1 } else { &concept.codes.0 }
    }

    /// The lines between the title and the header, outside the table and in its first rows.
    fn lines_above(&self, i: usize) -> Vec<Text> {
        const LINES: usize = 6;
        let table = &self.found[i];
        let above = self.document.blocks[..table.block].iter().rev().take(LINES).map_while(|block| match block {
            DocBlock::Paragraph(paragraph) => Some(text_of(paragraph)),
            DocBlock::Table(_) => None,
        });
        let furniture = self.sheets[i].as_ref().map_or(0..0, |sheet| sheet.furniture.clone());
        let inside = furniture.flat_map(|row| table.table.row(row).filter(move |cell| cell.row == row));
        let inside = inside.flat_map(|cell| {
            // A narrow cell breaks 单位：万元 over two lines.
            let lines = cell.text.lines().map(str::to_string).chain([cell.text.replace('\n', "")]);
            lines.map(|text| Text { text, place: cell.place }).collect::<Vec<_>>()
        });
        inside.chain(above).collect()
    }
}

/// The names of units: those in columns of units, and those of lists by unit.
fn unit_names(found: &[Found<'_>], sheets: &[Option<Sheet<'_>>], year: u16) -> HashSet<String> {
    let mut names = HashSet::new();
    for sheet in sheets.iter().flatten() {
        for (i, column) in sheet.columns.iter().enumerate() {
            if column.holds != Holds::Stub(Stub::Unit) {
                continue;
            }
            let cells = sheet.data.iter().filter_map(|row| sheet.table.cell(*row, i as u32));
            names.extend(cells.map(|cell| words::fold(&cell.text)).filter(|name| name.chars().count() > 3));
        }
    }
    let by_unit = found.iter().zip(sheets).filter(|(table, _)| lists(table.concept) == Lists::Units);
    for sheet in by_unit.filter_map(|(_, sheet)| sheet.as_ref()) {
        let none = HashSet::new();
        for block in sheet.blocks() {
            let mut heads = Heads::new(&sheet.columns, &block, Lists::Units, Known { units: &none, year });
            let heads = sheet.data.iter().filter_map(|row| heads.head(sheet.table, *row)?.says?.unit);
            names.extend(heads.map(|unit| unit.name).collect::<Vec<_>>());
        }
    }
    names
}

/// What the document tells apart: the movements, funds and kinds that some column or row of it names.
fn domain(sheets: &[Option<Sheet<'_>>], known: Known<'_>) -> Domain {
    let mut measures: Set<Measure> = [Measure::Income, Measure::Expenditure].into_iter().collect();
    let sides = vocabulary::sides();
    let mut add = |said: Option<Set<Measure>>| {
        if let Some(said) = said.filter(|said| said.len() == 1) {
            measures = measures.union(said);
        }
    };
    for sheet in sheets.iter().flatten() {
        for column in &sheet.columns {
            if let Holds::Money(money) = &column.holds {
                add(money.measures());
            }
        }
        for block in sheet.blocks() {
            let mut heads = Heads::new(&sheet.columns, &block, Lists::Nothing, known);
            for row in &sheet.data {
                add(heads.head(sheet.table, *row).and_then(|head| head.says).and_then(|says| says.measures()));
            }
        }
    }
    Domain {
        incoming: measures.intersection(sides.0),
        outgoing: measures.intersection(sides.1),
        funds: Set::<Fund>::all(),
        kinds: Set::<Kind>::all(),
    }
}

/// The kinds of sums that one table's layout states, at most.
const GROUPS: usize = 16;

/// One table being read into the last statement.
struct Reading<'r, 'a, 'd> {
    reader: &'r Reader<'a, 'd>,
    facts: &'r mut Facts,
    table: &'r Found<'d>,
    sheet: &'r Sheet<'d>,
    /// The statement.
    index: usize,
    /// For each column of the table, the statement's column.
    /// In order: what the columns state is listed in it.
    columns: BTreeMap<usize, usize>,
    /// Its columns or rows tell apart what was carried over.
    opens: bool,
}

/// A row that was read, before its units are known.
struct Line {
    row: u32,
    head: Head,
}

impl<'r, 'a, 'd> Reading<'r, 'a, 'd> {
    fn new(reader: &'r Reader<'a, 'd>, facts: &'r mut Facts, table: &'r Found<'d>, sheet: &'r Sheet<'d>) -> Self {
        let index = facts.statements.len() - 1;
        Reading { reader, facts, table, sheet, index, columns: BTreeMap::new(), opens: false }
    }

    fn read(mut self) {
        let opening = |said: Option<Set<Measure>>| said == Some(Set::only(Measure::Opening));
        self.opens = self.moneys().any(|(_, money)| opening(money.measures()));
        self.register_columns();
        let from = self.facts.facts.len();
        for block in self.sheet.blocks() {
            self.block(&block);
        }
        let mut decimals: HashMap<usize, u8> = HashMap::new();
        for fact in &self.facts.facts[from..] {
            if let Printed::Figure(figure) = fact.printed {
                let most = decimals.entry(fact.column).or_default();
                *most = (*most).max(figure.decimals);
            }
        }
        for fact in &mut self.facts.facts[from..] {
            fact.decimals = decimals.get(&fact.column).copied().unwrap_or(0);
        }
        let group = GROUPS * self.index;
        let across = layout::across(&self.sheet.columns, &self.columns, &self.facts.facts, from, group);
        let down = layout::down(&self.facts.facts, from, group);
        self.facts.sums.extend(across.into_iter().chain(down));
    }

    fn moneys(&self) -> impl Iterator<Item = (usize, &'r Money)> + use<'r, 'd> {
        let sheet: &'r Sheet<'d> = self.sheet;
        sheet.columns.iter().enumerate().filter_map(|(i, column)| match &column.holds {
            Holds::Money(money) => Some((i, money)),
            _ => None,
        })
    }

    /// Registers the money columns; a continuation finds those of the first part again.
    fn register_columns(&mut self) {
        let known: Vec<usize> = self.moneys().map(|(i, _)| i).collect();
        let statement = &mut self.facts.statements[self.index];
        for (n, i) in known.into_iter().enumerate() {
            if n >= statement.columns.len() {
                statement.columns.push(mingzhang_model::fact::Column { path: self.sheet.columns[i].path.clone() });
            }
            self.columns.insert(i, n);
        }
    }

    fn block(&mut self, block: &[usize]) {
        let lists = lists(self.table.concept);
        let known = Known { units: &self.reader.units, year: self.reader.year };
        let mut heads = Heads::new(&self.sheet.columns, block, lists, known);
        let values: Vec<usize> = block.iter().copied().filter(|i| self.columns.contains_key(i)).collect();
        if !heads.has_stub() {
            return self.without_stub(&values);
        }
        let (mut lines, mut unknown) = (Vec::new(), Vec::new());
        for row in &self.sheet.data {
            match heads.head(self.sheet.table, *row) {
                Some(head) if head.says.is_some() => lines.push(Line { row: *row, head }),
                other => unknown.push((*row, other.map(|head| head.row.name))),
            }
        }
        let grand = lines.iter().any(|line| line.says().total == Total::Grand);
        let opens = lines.iter().any(|line| line.says().measures() == Some(Set::only(Measure::Opening)));
        let paths = self.units(&lines, values.first().copied());
        let coded = lines.iter().any(|line| line.head.row.code.is_some() && line.says().level == rows::UNNUMBERED);
        let mut labels = Vec::new();
        for line in lines {
            let (level, total, moves) = (line.says().level, line.says().total, line.says().measures().is_some());
            let from = self.facts.facts.len();
            self.line(line, &values, &paths, Side { grand, opens: opens || self.opens });
            let facts = (from..self.facts.facts.len()).map(|i| (self.facts.facts[i].column, i)).collect();
            labels.push(Label { level, total, moves, facts });
        }
        if !coded && lists == Lists::Nothing {
            self.facts.sums.extend(layout::labels(&labels, GROUPS * self.index + GROUPS - 1));
        }
        for (row, name) in unknown {
            self.unknown_row(row, name, &values);
        }
        self.unknown_columns(block);
    }

    /// A table that is one row without a name.
    fn without_stub(&mut self, values: &[usize]) {
        for row in self.sheet.data.clone() {
            let blank =
                |i: &usize| self.sheet.table.cell(row, *i as u32).is_none_or(|cell| words::fold(&cell.text).is_empty());
            if values.iter().all(blank) {
                continue;
            }
            let place = self.sheet.table.row(row).next().map_or_else(Default::default, |cell| cell.place);
            let row_head = mingzhang_model::fact::Row { name: String::new(), code: None, misprinted_code: None, place };
            let line = Line { row, head: Head { row: row_head, says: Some(Says::default()) } };
            self.line(line, values, &HashMap::new(), Side { grand: false, opens: self.opens });
        }
    }

    /// The paths of the units that the rows name.
    fn units(&self, lines: &[Line], first: Option<usize>) -> HashMap<Unit, Option<String>> {
        let unit = self.unit_of_numbers();
        let amount = |row: u32| {
            let cell = self.sheet.table.cell(row, first? as u32)?;
            number::printed(&cell.text, unit).map(Printed::amount)
        };
        let totals = lines.iter().filter(|line| line.says().is_unit_total());
        let mut units: Vec<(Unit, _)> =
            totals.filter_map(|line| Some((line.says().unit.clone()?, amount(line.row)))).collect();
        units.extend(lines.iter().filter_map(|line| Some((line.says().unit.clone()?, None))));
        units::paths(&units, lines.iter().any(|line| line.says().total != Total::No))
    }

    fn unit_of_numbers(&self) -> mingzhang_model::amount::Unit {
        self.facts.statements[self.index].unit.unwrap_or(mingzhang_model::amount::Unit::WanYuan)
    }

    fn line(&mut self, line: Line, values: &[usize], paths: &HashMap<Unit, Option<String>>, side: Side) {
        let says = line.head.says.clone().unwrap_or_default();
        let statement = &mut self.facts.statements[self.index];
        statement.rows.push(line.head.row);
        let at = statement.rows.len() - 1;
        let path = says.unit.as_ref().and_then(|unit| paths.get(unit)).and_then(Option::as_deref);
        for i in values {
            let Some(cell) = self.sheet.table.cell(line.row, *i as u32) else { continue };
            if cell.row != line.row || cell.column != *i as u32 {
                continue;
            }
            match self.key(*i, &says, path, side) {
                Some(key) => self.cell(cell, key, *i, at),
                None => self.unkeyed(cell, *i, at, Why::UnknownRow),
            }
        }
    }

    /// The key of a cell; none when its row and column say nothing together.
    fn key(&self, column: usize, says: &Says, path: Option<&str>, side: Side) -> Option<Key> {
        let Holds::Money(money) = &self.sheet.columns[column].holds else { return None };
        let mut key = Key::everything(self.reader.year, self.reader.stage, Set::all());
        self.table.filter.narrow(&mut key);
        let mut key = money.narrow(&key)?;
        key = says.narrow(&key, self.aspect());
        if let Some(path) = path {
            key.details = key.details.with(Aspect::Unit, path);
        }
        self.settle(&mut key, money, says, side);
        Some(key)
    }

    fn aspect(&self) -> Aspect {
        match self.table.concept.id {
            "government_procurement" | "purchased_services" => Aspect::Procurement,
            _ => Aspect::Project,
        }
    }

    /// What comes in is what the document tells apart; the money of a fund is this year's where what was
    /// carried over stands apart.
    fn settle(&self, key: &mut Key, money: &Money, says: &Says, side: Side) {
        let (incoming, outgoing) = vocabulary::sides();
        let domain = self.reader.domain;
        if key.measures == Set::all() && says.total != Total::No {
            return;
        }
        let specific = money.is_specific() || says.is_specific();
        let this_year = specific && side.opens || says.total == Total::Sum && side.grand;
        if key.measures == incoming {
            key.measures = if this_year { Set::only(Measure::Income) } else { domain.incoming };
        } else if key.measures == outgoing
            || key.measures == Set::only(Measure::Expenditure) && says.total == Total::Grand
        {
            key.measures = domain.outgoing;
        }
    }

    fn cell(&mut self, cell: &mingzhang_model::document::Cell, key: Key, column: usize, row: usize) {
        let statement_unit = self.facts.statements[self.index].unit;
        let Some(unit) = self.sheet.columns[column].unit.or(statement_unit) else {
            return self.unkeyed(cell, column, row, Why::UnknownUnit);
        };
        let Some(printed) = number::printed(&cell.text, unit) else {
            return self.unkeyed(cell, column, row, Why::NotANumber);
        };
        self.facts.facts.push(Fact {
            key,
            printed,
            unit,
            decimals: 0,
            statement: self.index,
            row,
            column: self.columns[&column],
            cell: CellRef { block: self.table.block, row: cell.row, column: cell.column },
            place: cell.place,
        });
    }

    fn unkeyed(&mut self, cell: &mingzhang_model::document::Cell, column: usize, row: usize, why: Why) {
        let name = self.facts.statements[self.index].rows.get(row).map(|row| row.name.clone());
        self.unread(cell, column, name, why);
    }

    fn unread(&mut self, cell: &mingzhang_model::document::Cell, column: usize, row: Option<String>, why: Why) {
        if words::fold(&cell.text).is_empty() {
            return;
        }
        let Column { path, .. } = &self.sheet.columns[column];
        let locator = Locator {
            document: None,
            place: cell.place,
            section: None,
            table: Some(self.facts.statements[self.index].title.text.clone()),
            row,
            column: path.last().cloned(),
            quote: Some(cell.text.split_whitespace().collect()),
        };
        self.facts.unkeyed.push(Unkeyed { statement: self.index, locator, why });
    }

    fn unknown_row(&mut self, row: u32, name: Option<String>, values: &[usize]) {
        for i in values {
            let Some(cell) = self.sheet.table.cell(row, *i as u32) else { continue };
            if cell.row == row && cell.column == *i as u32 && number::is_number(&cell.text) {
                self.facts.statements[self.index].closed = false;
                self.unread(cell, *i, name.clone(), Why::UnknownRow);
            }
        }
    }

    fn unknown_columns(&mut self, block: &[usize]) {
        for i in block.iter().filter(|i| self.sheet.columns[**i].holds == Holds::Unknown) {
            for row in self.sheet.data.clone() {
                let Some(cell) = self.sheet.table.cell(row, *i as u32) else { continue };
                if cell.row == row && number::is_number(&cell.text) {
                    self.unread(cell, *i, None, Why::UnknownColumn);
                }
            }
        }
    }
}

/// What the rows of a concept list.
fn lists(concept: &Concept) -> Lists {
    const THINGS: [&str; 6] = [
        "project_expenditure",
        "key_projects",
        "government_procurement",
        "purchased_services",
        "carried_over_expenditure",
        "transfer_payments",
    ];
    match concept.id {
        "basic_expenditure" => Lists::Units,
        id if THINGS.contains(&id) => Lists::Things,
        _ => Lists::Nothing,
    }
}

/// What a block's rows say of its totals.
#[derive(Clone, Copy)]
struct Side {
    /// A grand total follows the totals.
    grand: bool,
    /// What was carried over stands apart.
    opens: bool,
}

impl Line {
    fn says(&self) -> &Says {
        static NOTHING: std::sync::LazyLock<Says> = std::sync::LazyLock::new(Says::default);
        self.head.says.as_ref().unwrap_or(&NOTHING)
    }
}
