//! The tree of a page to what is read of it, in order: lines of running text, tables, and notes.
//!
//! A table holds data, or it only lays out a page. One that lays out is not there for a reader: what is in its cells
//! is read one after the other, and tables in them are tables of their own.

use super::form::{Formed, Group, Written, form};
use super::looks::{self, Look, is_wide, is_zero_width};
use super::print::Unprinted;
use super::tree::{Content, Element, Id, ROOT, Tree};
use mingzhang_model::document::NoteKind;

/// Elements nested deeper are read as the text that they hold.
const MAX_DEPTH: usize = 200;
/// Of a text that is not shown, a note tells so many characters.
const MAX_TOLD: usize = 120;
/// A cell of more characters in a table of two columns is running text that was put beside something.
const LONG: usize = 500;

/// A piece of a page.
#[derive(Debug)]
pub(super) enum Item {
    /// A line, or a paragraph that the browser breaks into lines.
    Line(String),
    /// A table of data.
    Table(Formed),
    /// What was not read here, and why.
    Note(NoteKind, String),
}

/// What is read of a page.
pub(super) struct Read {
    pub(super) items: Vec<Item>,
    pub(super) pictures: u32,
}

/// Reads a page.
pub(super) fn flow(tree: &Tree) -> Read {
    let read = flow_without(tree, &Unprinted::of(tree));
    // A page that prints nothing keeps people from printing it; it is still what they see.
    let is_read = read.items.iter().any(|item| !matches!(item, Item::Note(..)));
    if is_read { read } else { flow_without(tree, &Unprinted::default()) }
}

fn flow_without(tree: &Tree, unprinted: &Unprinted) -> Read {
    let mut flow = Flow { tree, unprinted, lines: Lines::default(), lists: Vec::new(), pictures: 0, pre: 0 };
    flow.children(ROOT, 0);
    let (items, pictures) = (flow.lines.finish(), flow.pictures);
    Read { items, pictures }
}

/// The lines of the items of a cell, tables in it row by row.
pub(super) fn lines(items: Vec<Item>) -> Vec<String> {
    let mut out = Vec::new();
    for item in items {
        match item {
            Item::Line(line) => out.push(line),
            Item::Table(table) => out.extend(rows(table)),
            Item::Note(..) => {}
        }
    }
    out
}

/// A table as lines: for each row the texts that begin in it.
pub(super) fn rows(table: Formed) -> Vec<String> {
    let mut rows = vec![Vec::new(); table.rows as usize];
    for cell in table.cells {
        rows[cell.row as usize].extend(lines(cell.items));
    }
    rows.into_iter().filter(|row| !row.is_empty()).map(|row| row.join(" ")).collect()
}

struct Flow<'t> {
    tree: &'t Tree,
    unprinted: &'t Unprinted,
    lines: Lines,
    lists: Vec<List>,
    pictures: u32,
    /// How many elements around keep the lines of the source.
    pre: usize,
}

/// A list that prints numbers before its items.
struct List {
    kind: String,
    next: i64,
    step: i64,
}

impl Flow<'_> {
    fn children(&mut self, id: Id, depth: usize) {
        let tree = self.tree;
        for child in tree.children(id) {
            match tree.content(child) {
                Content::Text(text) if self.pre > 0 => self.lines.push_kept(text),
                Content::Text(text) => self.lines.push(text),
                Content::Element(element) => self.element(child, element, depth + 1),
                Content::Nothing => {}
            }
        }
    }

    fn element(&mut self, id: Id, element: &Element, depth: usize) {
        if self.is_aside(element) {
            return;
        }
        match looks::look(element) {
            Look::Unseen => {}
            Look::Hidden => self.hidden(id),
            _ if self.unprinted.has(element) => self.left_out(id, NoteKind::Unprinted),
            _ if depth > MAX_DEPTH => self.flat(id),
            Look::Inline => self.children(id, depth),
            Look::Block => {
                self.lines.end();
                self.block(id, element, depth);
                self.lines.end();
            }
        }
    }

    /// What is no text: pictures, fields, ends of lines, other files shown within this one.
    fn is_aside(&mut self, element: &Element) -> bool {
        match element.name() {
            "br" => self.lines.end(),
            "img" => self.pictures += u32::from(looks::look(element) != Look::Hidden),
            "frame" | "iframe" | "embed" | "object" => {
                let shown = element.attribute("src").or(element.attribute("data")).unwrap_or_default().trim();
                if !shown.is_empty() && looks::look(element) != Look::Hidden && shown != "about:blank" {
                    self.lines.note(NoteKind::Elsewhere, shown.chars().take(MAX_TOLD).collect());
                }
            }
            "input" => {
                let kind = element.attribute("type").unwrap_or("text").to_ascii_lowercase();
                let shows = !["hidden", "password", "checkbox", "radio", "image", "file"].contains(&kind.as_str());
                if shows && looks::look(element) != Look::Hidden {
                    self.lines.push(element.attribute("value").unwrap_or_default());
                }
            }
            _ => return false,
        }
        true
    }

    fn block(&mut self, id: Id, element: &Element, depth: usize) {
        match element.name() {
            "table" => self.table(id, element, depth),
            "ol" | "ul" | "menu" | "dir" => {
                self.lists.push(list(self.tree, id, element));
                self.children(id, depth);
                self.lists.pop();
            }
            "li" => {
                self.item(element);
                self.children(id, depth);
                self.lines.marker = None;
            }
            "pre" | "textarea" => {
                self.pre += 1;
                self.children(id, depth);
                self.pre -= 1;
            }
            _ => self.children(id, depth),
        }
    }

    fn item(&mut self, element: &Element) {
        let Some(list) = self.lists.last_mut() else { return };
        let number = element.number("value").unwrap_or(list.next);
        list.next = number + list.step;
        let kind = looks::list_style(element);
        self.lines.marker = looks::marker(kind.as_deref().unwrap_or(&list.kind), number);
    }

    fn hidden(&mut self, id: Id) {
        self.left_out(id, NoteKind::Hidden);
    }

    fn left_out(&mut self, id: Id, kind: NoteKind) {
        let words = text(self.tree, id);
        if !words.is_empty() {
            self.lines.note(kind, words.chars().take(MAX_TOLD).collect());
        }
    }

    fn flat(&mut self, id: Id) {
        self.lines.note(NoteKind::Limit, format!("elements nested more than {MAX_DEPTH} deep"));
        let words = text(self.tree, id);
        self.lines.push(&words);
        self.lines.end();
    }

    /// What `read` reads, apart from the lines around it.
    fn within(&mut self, read: impl FnOnce(&mut Self)) -> Vec<Item> {
        let (around, lists) = (std::mem::take(&mut self.lines), std::mem::take(&mut self.lists));
        read(self);
        self.lists = lists;
        std::mem::replace(&mut self.lines, around).finish()
    }

    fn table(&mut self, id: Id, element: &Element, depth: usize) {
        let tree = self.tree;
        for caption in tree.children_named(id, "caption") {
            if let Some(element) = tree.element(caption) {
                self.element(caption, element, depth + 1);
            }
        }
        let groups = self.groups(id, depth);
        let mut formed = form(groups, &hidden_columns(tree, id));
        for words in lines(std::mem::take(&mut formed.hidden)) {
            self.lines.note(NoteKind::Hidden, words.chars().take(MAX_TOLD).collect());
        }
        let is_presentation = element.attribute("role").is_some_and(|role| matches!(role, "presentation" | "none"));
        let shape = Shape::of(&formed);
        if formed.over {
            let (rows, columns) = (formed.rows, formed.columns);
            self.lines.note(NoteKind::Limit, format!("a table of {rows} rows and {columns} columns"));
            rows_of(formed).into_iter().for_each(|line| self.lines.items.push(line));
        } else if is_presentation || shape.only_lays_out() {
            self.lines.items.extend(formed.cells.into_iter().flat_map(|cell| cell.items));
        } else {
            self.lines.items.extend(notes(&formed).into_iter().map(|(kind, words)| Item::Note(kind, words)));
            self.lines.items.push(Item::Table(formed));
        }
    }

    /// The rows, in groups: the head first and the foot last, wherever they are written.
    fn groups(&mut self, id: Id, depth: usize) -> Vec<Group> {
        let tree = self.tree;
        let (mut head, mut foot, mut groups) = (None, None, Vec::new());
        for part in tree.children(id) {
            let Some(element) = tree.element(part) else { continue };
            if !matches!(element.name(), "thead" | "tbody" | "tfoot") {
                continue;
            }
            if looks::look(element) == Look::Hidden {
                self.hidden(part);
                continue;
            }
            let group = self.group(part, depth + 1);
            match element.name() {
                "thead" if head.is_none() => head = Some(group),
                "tfoot" if foot.is_none() => foot = Some(group),
                _ => groups.push(group),
            }
        }
        head.into_iter().chain(groups).chain(foot).collect()
    }

    fn group(&mut self, id: Id, depth: usize) -> Group {
        let tree = self.tree;
        let mut group = Group::new();
        for row in tree.children_named(id, "tr") {
            if tree.element(row).is_some_and(|element| looks::look(element) == Look::Hidden) {
                self.hidden(row);
                continue;
            }
            let cells = tree.children(row).filter_map(|id| Some((id, tree.element(id)?)));
            let cells = cells.filter(|(_, element)| matches!(element.name(), "td" | "th"));
            let cells: Vec<Written> = cells.filter_map(|(id, element)| self.cell(id, element, depth + 2)).collect();
            group.push(cells);
        }
        group
    }

    fn cell(&mut self, id: Id, element: &Element, depth: usize) -> Option<Written> {
        if looks::look(element) == Look::Hidden {
            self.hidden(id);
            return None;
        }
        let items = self.within(|flow| if depth > MAX_DEPTH { flow.flat(id) } else { flow.children(id, depth) });
        let span = |name| element.number(name).and_then(|span| u32::try_from(span).ok());
        let (row_span, column_span) = (span("rowspan").unwrap_or(1), span("colspan").unwrap_or(1));
        Some(Written { row_span, column_span, items })
    }
}

fn rows_of(table: Formed) -> Vec<Item> {
    rows(table).into_iter().map(Item::Line).collect()
}

/// The notes in the cells of a table: its cells keep only text.
fn notes(table: &Formed) -> Vec<(NoteKind, String)> {
    let mut found = Vec::new();
    for item in table.cells.iter().flat_map(|cell| &cell.items) {
        match item {
            Item::Note(kind, words) => found.push((*kind, words.clone())),
            Item::Table(table) => found.extend(notes(table)),
            Item::Line(_) => {}
        }
    }
    found
}

/// Which columns a table says are not shown.
fn hidden_columns(tree: &Tree, id: Id) -> Vec<bool> {
    const MOST: usize = 1_000;
    let mut hidden = Vec::new();
    let mut column = |element: &Element| {
        let span = element.number("span").and_then(|span| usize::try_from(span).ok()).unwrap_or(1);
        let length = (hidden.len() + span.clamp(1, MOST)).min(MOST);
        hidden.resize(length, looks::look(element) == Look::Hidden);
    };
    for part in tree.children(id) {
        match tree.element(part) {
            Some(element) if element.name() == "col" => column(element),
            Some(element) if element.name() == "colgroup" => {
                let mut columns = tree.children_named(part, "col").filter_map(|id| tree.element(id)).peekable();
                if columns.peek().is_none() {
                    column(element);
                }
                columns.for_each(&mut column);
            }
            _ => {}
        }
    }
    hidden
}

fn list(tree: &Tree, id: Id, element: &Element) -> List {
    let kind = match looks::list_style(element) {
        Some(kind) => kind,
        None if element.name() != "ol" => "none".to_owned(),
        None => element.attribute("type").unwrap_or("decimal").to_owned(),
    };
    let is_reversed = element.attribute("reversed").is_some();
    let count = || tree.children_named(id, "li").count() as i64;
    let first = element.number("start").unwrap_or_else(|| if is_reversed { count() } else { 1 });
    List { kind, next: first, step: if is_reversed { -1 } else { 1 } }
}

/// What decides whether a table holds data.
#[derive(Default)]
struct Shape {
    rows: u32,
    columns: u32,
    /// Cells with text of their own, and no table in them.
    own: usize,
    /// Cells with text of the tables in it.
    inner: usize,
    most_lines: usize,
    longest: usize,
}

impl Shape {
    fn of(table: &Formed) -> Shape {
        let mut shape = Shape { rows: table.rows, columns: table.columns, ..Shape::default() };
        for cell in &table.cells {
            let (mut lines, mut length, mut inner) = (0, 0, 0);
            for item in &cell.items {
                match item {
                    Item::Line(line) => (lines, length) = (lines + 1, length + line.chars().count()),
                    Item::Table(table) => inner += filled(table),
                    Item::Note(..) => {}
                }
            }
            shape.own += usize::from(lines > 0 && inner == 0);
            shape.inner += inner;
            shape.most_lines = shape.most_lines.max(lines);
            shape.longest = shape.longest.max(length);
        }
        shape
    }

    /// True for a table that puts things beside each other on the page and is none to a reader.
    fn only_lays_out(&self) -> bool {
        let has_columns_of_text = self.rows == 1 && self.most_lines > 2;
        let is_text_beside_text = self.columns == 2 && self.longest > LONG;
        self.columns <= 1
            || self.own + self.inner <= 1
            || self.inner > self.own
            || has_columns_of_text
            || is_text_beside_text
    }
}

/// How many cells of a table have text.
fn filled(table: &Formed) -> usize {
    let has_text = |item: &Item| !matches!(item, Item::Note(..));
    table.cells.iter().filter(|cell| cell.items.iter().any(has_text)).count()
}

/// The text in an element, without what is for programs.
fn text(tree: &Tree, id: Id) -> String {
    let mut lines = Lines::default();
    let mut is_first = true;
    tree.each(id, |content| {
        let first = std::mem::take(&mut is_first);
        match content {
            Content::Text(text) => lines.push(text),
            Content::Element(element) if !first => return looks::look(element) != Look::Unseen,
            Content::Element(_) | Content::Nothing => {}
        }
        true
    });
    self::lines(lines.finish()).concat()
}

/// Lines that are being read.
#[derive(Default)]
struct Lines {
    items: Vec<Item>,
    line: String,
    /// The space that stands before what comes next, if anything does.
    space: Option<Space>,
    /// The number of the item of a list whose first words are waited for.
    marker: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Space {
    /// A space between words.
    Word,
    /// The end of a line of the source.
    Line,
}

impl Lines {
    /// Text in which spaces and ends of lines are one space, or none between characters that need none.
    fn push(&mut self, text: &str) {
        for c in text.chars().filter(|c| !is_zero_width(*c)) {
            match c {
                '\n' | '\r' | '\u{2028}' | '\u{2029}' => self.space = Some(Space::Line),
                ' ' | '\t' | '\u{c}' => self.space = self.space.or(Some(Space::Word)),
                c => self.put(c),
            }
        }
    }

    /// Text whose lines are lines and whose spaces are spaces.
    fn push_kept(&mut self, text: &str) {
        for c in text.chars().filter(|c| !is_zero_width(*c) && *c != '\r') {
            match c {
                '\n' => self.end(),
                c => self.put(c),
            }
        }
    }

    fn put(&mut self, c: char) {
        let space = self.space.take().filter(|_| !self.line.is_empty());
        let is_wide_around = is_wide(c) && self.line.chars().next_back().is_some_and(is_wide);
        if space == Some(Space::Word) || space == Some(Space::Line) && !is_wide_around {
            self.line.push(' ');
        }
        if !c.is_whitespace()
            && let Some(marker) = self.marker.take()
        {
            self.line.insert_str(0, &marker);
        }
        self.line.push(if c == '\u{a0}' { ' ' } else { c });
    }

    fn end(&mut self) {
        self.space = None;
        let line = std::mem::take(&mut self.line);
        let line = line.trim();
        if !line.is_empty() {
            self.items.push(Item::Line(line.to_owned()));
        }
    }

    fn note(&mut self, kind: NoteKind, words: String) {
        self.items.push(Item::Note(kind, words));
    }

    fn finish(mut self) -> Vec<Item> {
        self.end();
        self.items
    }
}
