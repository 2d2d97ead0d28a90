//! Facts to [`Grid`]s: a statutory table as its form prints it.
//!
//! Which rows there are and what their cells hold, the facts say; the form says how they are headed, numbered and
//! laid side by side.

use crate::manuscript::{CellRole, Grid, GridCell, chinese};
use mingzhang_model::code::{EconomicCode, Level};
use mingzhang_model::fact::{Fact, Facts, Printed, RowCode, Slot, Statement};
use mingzhang_standard::form::{BlockForm, Numbered, TableForm, TablePrint};

/// The row numbers of a form (行次) and its column numbers (栏次).
const ROW_NUMBER: &str = "行次";
const COLUMN_NUMBER: &str = "栏次";

/// The table of a form as it is printed. `evidence` says what stands behind a number.
pub fn grid(
    facts: &Facts,
    statement: usize,
    table: &TableForm,
    evidence: &mut dyn FnMut(&Fact) -> Option<usize>,
) -> Grid {
    let printed = &facts.statements[statement];
    let own: Vec<&Fact> = facts.facts.iter().filter(|fact| fact.statement == statement).collect();
    let mut left = 0;
    let blocks = table.blocks.iter().map(|block| {
        let columns = left..left + block.columns.len();
        left = columns.end;
        let facts = own.iter().copied().filter(|fact| columns.contains(&fact.column)).collect();
        Block::new(block, facts, printed, columns.start)
    });
    let strips: Vec<Strip> = blocks.flat_map(|block| block.strips(&table.print)).collect();
    let mut laying = Laying { cells: Vec::new(), evidence };
    let header_rows = laying.header(&strips, &table.print);
    let rows = laying.body(&strips, header_rows);
    let year = facts.disclosure.year.unwrap_or_default();
    Grid {
        code: table.code.clone(),
        title: table.print.titled(year),
        outline: None,
        number: table.number.clone(),
        slot: match &printed.name_slot {
            Slot::Filled(text) | Slot::Blank(text) => text.text.clone(),
            Slot::Absent => String::new(),
        },
        unit: printed.unit_note.as_ref().map_or_else(String::new, |note| note.text.clone()),
        columns: strips.iter().map(Strip::width).sum(),
        rows,
        header_rows,
        cells: laying.cells,
        notes: table.print.notes.iter().cloned().chain(printed.notes.iter().map(|note| note.text.clone())).collect(),
        landscape: table.print.landscape,
    }
}

/// A block of the form and its part of the facts.
struct Block<'a> {
    form: &'a BlockForm,
    /// Row by row: its place among the statement's rows, then the facts of its cells.
    rows: Vec<(usize, Vec<&'a Fact>)>,
    statement: &'a Statement,
}

impl<'a> Block<'a> {
    fn new(form: &'a BlockForm, facts: Vec<&'a Fact>, statement: &'a Statement, first: usize) -> Block<'a> {
        let mut rows: Vec<(usize, Vec<&Fact>)> = Vec::new();
        for fact in facts {
            match rows.last_mut().filter(|(row, _)| *row == fact.row) {
                Some((_, cells)) => cells.push(fact),
                None => rows.push((fact.row, vec![fact])),
            }
        }
        for (_, cells) in &mut rows {
            cells.sort_by_key(|fact| fact.column - first);
        }
        Block { form, rows, statement }
    }

    /// The block as strips of columns: one, or several side by side.
    fn strips(&self, table: &TablePrint) -> Vec<Strip<'a>> {
        let (stub, heads) = (self.form.print.stub.clone(), self.form.print.heads.clone());
        let lines = self.lines();
        if self.form.print.sides.is_empty() {
            let foot = self.form.print.foot.len();
            let numbered = table.ordinals && stub.len() == 1;
            return vec![Strip { stub, heads, lines, foot, numbered }];
        }
        let sides = &self.form.print.sides;
        let last = sides.len() - 1;
        let mut strips: Vec<Strip<'a>> = sides
            .iter()
            .map(|_| Strip { stub: stub.clone(), heads: heads.clone(), lines: Vec::new(), foot: 1, numbered: false })
            .collect();
        for line in &lines {
            let Some(class) = line.code.as_ref().and_then(|code| code.first()) else { continue };
            let side = sides.iter().position(|classes| classes.iter().any(|own| class.starts_with(own)));
            // A class that no side names is money all the same: it stands on the last.
            strips[side.unwrap_or(last)].lines.push(line.clone());
        }
        // The totals: the first under the first side, the last under the last.
        let totals: Vec<&Line<'a>> = lines.iter().filter(|line| line.code.is_none()).collect();
        for (at, strip) in strips.iter_mut().enumerate() {
            let total = if at == 0 { totals.first() } else { totals.last().filter(|_| at == last) };
            strip.lines.push(total.map_or_else(Line::gap, |line| (*line).clone()));
        }
        strips
    }

    fn lines(&self) -> Vec<Line<'a>> {
        let (mut classes, mut named) = (0, 0);
        let mut lines: Vec<Line<'a>> = Vec::new();
        for (row, facts) in &self.rows {
            let head = &self.statement.rows[*row];
            let is_named = head.code.is_none() && self.form.rows.iter().any(|own| own.name == head.name);
            let name = if is_named && named < self.form.print.labels.len() {
                named += 1;
                self.form.print.labels[named - 1].clone()
            } else if head.code.is_none() && self.form.classes {
                classes += 1;
                numbered(self.form.print.numbered, classes, &head.name)
            } else {
                head.name.clone()
            };
            let (code, indent) = head.code.map_or((None, 0), |code| {
                let (parts, indent) = parts(code);
                (Some(parts), indent)
            });
            lines.push(Line { name, code, indent, facts: facts.clone(), is_total: is_named });
        }
        self.with_gaps(lines)
    }

    /// With the gaps that the form prints at its foot.
    fn with_gaps(&self, mut lines: Vec<Line<'a>>) -> Vec<Line<'a>> {
        let foot = &self.form.print.foot;
        let first = lines.len().saturating_sub(foot.iter().filter(|name| !name.is_empty()).count());
        for (at, _) in foot.iter().enumerate().filter(|(_, name)| name.is_empty()) {
            lines.insert((first + at).min(lines.len()), Line::gap());
        }
        lines
    }
}

fn numbered(style: Option<Numbered>, at: u32, name: &str) -> String {
    match style {
        Some(Numbered::Chinese) => format!("{}、{name}", chinese(at)),
        Some(Numbered::Arabic) => format!("{at}、{name}"),
        None => name.to_owned(),
    }
}

/// A code in its parts, 类, 款 and 项, and how deep it lies.
fn parts(code: RowCode) -> (Vec<String>, u8) {
    let (digits, depth) = match code {
        RowCode::Functional(code) => {
            let depth = match code.level() {
                Level::Class => 0,
                Level::Subclass => 1,
                Level::Item => 2,
            };
            (code.to_string(), depth)
        }
        RowCode::Economic(code) => (code.to_string(), u8::from(!EconomicCode::is_class(code))),
    };
    let part = |from: usize, to: usize| digits.get(from..to.min(digits.len())).unwrap_or("").to_owned();
    (vec![part(0, 3), part(3, 5), part(5, 7)], depth)
}

/// A row of a strip.
#[derive(Clone)]
struct Line<'a> {
    name: String,
    code: Option<Vec<String>>,
    indent: u8,
    facts: Vec<&'a Fact>,
    is_total: bool,
}

impl Line<'_> {
    fn gap() -> Self {
        Line { name: String::new(), code: None, indent: 0, facts: Vec::new(), is_total: false }
    }
}

/// Columns that share the head of their rows.
struct Strip<'a> {
    stub: Vec<Vec<String>>,
    heads: Vec<Vec<String>>,
    lines: Vec<Line<'a>>,
    /// How many lines stand at the foot.
    foot: usize,
    /// True when its rows are numbered.
    numbered: bool,
}

impl Strip<'_> {
    fn width(&self) -> u32 {
        (self.stub.len() + usize::from(self.numbered) + self.heads.len()) as u32
    }

    /// The header paths of its columns.
    fn paths(&self) -> Vec<Vec<String>> {
        let over = self.stub.first().map_or(&[][..], |path| &path[..path.len().saturating_sub(1)]);
        let ordinal = self.numbered.then(|| over.iter().cloned().chain([ROW_NUMBER.to_owned()]).collect());
        self.stub.iter().cloned().chain(ordinal).chain(self.heads.iter().cloned()).collect()
    }

    /// The line at a row of the body.
    fn line(&self, row: usize, height: usize) -> Option<&Line<'_>> {
        let body = self.lines.len() - self.foot.min(self.lines.len());
        match (row < body, row + (self.lines.len() - body) >= height) {
            (true, _) => self.lines.get(row),
            (_, true) => self.lines.get(body + row + (self.lines.len() - body) - height),
            _ => None,
        }
    }
}

struct Laying<'a> {
    cells: Vec<GridCell>,
    evidence: &'a mut dyn FnMut(&Fact) -> Option<usize>,
}

impl Laying<'_> {
    fn put(&mut self, at: (u32, u32), span: (u32, u32), text: &str, role: CellRole) -> &mut GridCell {
        self.cells.push(GridCell {
            row: at.0,
            column: at.1,
            row_span: span.0,
            column_span: span.1,
            text: text.to_owned(),
            role,
            figure: None,
            evidence: None,
            strong: false,
        });
        let last = self.cells.len() - 1;
        &mut self.cells[last]
    }

    /// The titles of the columns; how many rows they take.
    fn header(&mut self, strips: &[Strip<'_>], print: &TablePrint) -> u32 {
        let paths: Vec<Vec<String>> = strips.iter().flat_map(Strip::paths).collect();
        let depth = paths.iter().map(Vec::len).max().unwrap_or(1) as u32;
        self.titles(&paths, 0, 0, depth);
        if !print.ordinals {
            return depth;
        }
        let (mut column, mut number) = (0, 0);
        for strip in strips {
            let stub = strip.stub.len() as u32;
            if stub > 0 {
                self.put((depth, column), (1, stub), COLUMN_NUMBER, CellRole::ColumnHead);
            }
            column += stub;
            if strip.numbered {
                self.put((depth, column), (1, 1), "", CellRole::ColumnHead);
                column += 1;
            }
            for _ in &strip.heads {
                number += 1;
                self.put((depth, column), (1, 1), &number.to_string(), CellRole::ColumnHead);
                column += 1;
            }
        }
        depth + 1
    }

    /// Titles of neighbouring columns, from one level of their paths down. Equal ones are one cell; the lowest
    /// reaches down to the rows.
    fn titles(&mut self, paths: &[Vec<String>], column: u32, level: u32, depth: u32) {
        let mut from = 0;
        while from < paths.len() {
            let title = paths[from].get(level as usize);
            let is_leaf = paths[from].len() as u32 == level + 1;
            let alike = |path: &&Vec<String>| !is_leaf && path.get(level as usize) == title;
            let count = paths[from..].iter().take_while(alike).count().max(1);
            let at = (level, column + from as u32);
            let rows = if is_leaf { depth - level } else { 1 };
            self.put(at, (rows, count as u32), title.map_or("", String::as_str), CellRole::ColumnHead);
            if !is_leaf {
                self.titles(&paths[from..from + count], at.1, level + 1, depth);
            }
            from += count;
        }
    }

    /// The rows below the header; how many rows the table has with it.
    fn body(&mut self, strips: &[Strip<'_>], top: u32) -> u32 {
        let body = strips.iter().map(|strip| strip.lines.len() - strip.foot.min(strip.lines.len())).max().unwrap_or(0);
        let height = body + strips.iter().map(|strip| strip.foot.min(strip.lines.len())).max().unwrap_or(0);
        for row in 0..height {
            let (mut column, mut ordinal) = (0, row + 1);
            for strip in strips {
                self.line((top + row as u32, column), strip, strip.line(row, height), ordinal);
                column += strip.width();
                ordinal += height;
            }
        }
        top + height as u32
    }

    /// One line of a strip.
    fn line(&mut self, at: (u32, u32), strip: &Strip<'_>, line: Option<&Line<'_>>, ordinal: usize) {
        let (row, mut column) = at;
        let stub = strip.stub.len() as u32;
        let name = line.map_or("", |line| line.name.as_str());
        match line.and_then(|line| line.code.as_ref().map(|code| (code, line.indent))) {
            Some((code, indent)) if stub > 1 => {
                let shown = match stub {
                    2 => vec![code.concat()],
                    parts => code.iter().take(parts as usize - 1).cloned().collect(),
                };
                for part in shown {
                    self.put((row, column), (1, 1), &part, CellRole::Code);
                    column += 1;
                }
                self.put((row, column), (1, 1), name, CellRole::RowHead { indent });
                column += 1;
            }
            _ if stub > 1 && name.is_empty() => {
                (0..stub).for_each(|c| {
                    self.put((row, column + c), (1, 1), "", CellRole::Code);
                });
                column += stub;
            }
            _ if stub > 0 => {
                let is_total = line.is_some_and(|line| line.is_total) && (stub > 1 || !name.contains('、'));
                let role = if is_total { CellRole::ColumnHead } else { CellRole::RowHead { indent: indent_of(name) } };
                self.put((row, column), (1, stub), name, role).strong = is_total;
                column += stub;
            }
            _ => {}
        }
        if strip.numbered {
            self.put((row, column), (1, 1), &ordinal.to_string(), CellRole::Code);
            column += 1;
        }
        for at in 0..strip.heads.len() {
            let fact = line.and_then(|line| line.facts.get(at).copied());
            self.money((row, column), fact, line.is_some_and(|line| line.is_total && stub > 1));
            column += 1;
        }
    }

    fn money(&mut self, at: (u32, u32), fact: Option<&Fact>, strong: bool) {
        let (text, figure) = match fact.map(|fact| fact.printed) {
            Some(Printed::Figure(figure)) => (figure.to_string(), Some(figure)),
            Some(Printed::Dash) => ("-".to_owned(), None),
            Some(Printed::Nil) => ("无".to_owned(), None),
            Some(Printed::Blank) | None => (String::new(), None),
        };
        let evidence = fact.filter(|_| figure.is_some()).and_then(|fact| (self.evidence)(fact));
        let cell = self.put(at, (1, 1), &text, CellRole::Money);
        (cell.figure, cell.evidence, cell.strong) = (figure, evidence, strong);
    }
}

/// Names under 1、 stand below those under 一、.
fn indent_of(name: &str) -> u8 {
    u8::from(name.starts_with(|c: char| c.is_ascii_digit()))
}
