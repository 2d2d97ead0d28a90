//! Lines to running text and grids of raw cells.
//!
//! Two shapes of table survive when a document is saved as text. In one, every cell is a line of its own behind
//! a tab, a cell that wrapped goes on in lines without one, and a blank line ends the row: [`Style::Merged`],
//! because merged cells appear once. In the other, a row is a line, a tab ends a cell and a blank line ends the
//! table: [`Style::Padded`], because empty cells follow a merged one.
//!
//! What it will not do: drop text. Lines that turn out not to make a table are running text; the only lines
//! left out are header rows that a page break had repeated, and [`Grid::parts`] remembers where they stood.

use super::evidence::{Zones, is_number};
use mingzhang_model::document::TablePart;
use std::ops::Range;

/// Notes below a table that were typed as rows of one cell: at most this many still belong to it.
const MAX_NOTES: usize = 3;

/// Half of the cells of a table are shorter than this; indented paragraphs are longer.
const MAX_MEDIAN_CELL: usize = 30;

/// A piece of the file in reading order.
#[derive(Debug)]
pub(super) enum Item {
    /// A line of running text, by its number counted from 1.
    Text(usize),
    /// Rows of cells.
    Grid(Grid),
}

/// What became of cells that were merged across columns.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Style {
    /// They appear once, so their row has fewer cells than the table has columns.
    Merged,
    /// Empty cells stand in for the columns that they cover.
    Padded,
}

/// Rows of cells as the file has them, before it is known which were merged.
#[derive(Debug)]
pub(super) struct Grid {
    pub(super) style: Style,
    pub(super) rows: Vec<Vec<Raw>>,
    pub(super) parts: Vec<TablePart>,
    span: Range<usize>,
}

/// One cell as the file has it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Raw {
    /// Its lines without the space around them, separated by `\n`.
    pub(super) text: String,
    /// The number of the line where its text begins.
    pub(super) line: usize,
}

impl Raw {
    fn new(line: usize, text: &str) -> Raw {
        Raw { text: text.trim().to_owned(), line }
    }

    /// Adds a wrapped line.
    fn wrap(&mut self, line: usize, text: &str) {
        if self.is_empty() {
            *self = Raw::new(line, text);
        } else if !text.trim().is_empty() {
            self.text.push('\n');
            self.text.push_str(text.trim());
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

impl Item {
    /// The rows of cells, if it is not running text.
    pub(super) fn grid(&self) -> Option<&Grid> {
        match self {
            Item::Text(_) => None,
            Item::Grid(grid) => Some(grid),
        }
    }

    /// The number of the line, if it is running text.
    pub(super) fn text(&self) -> Option<usize> {
        match self {
            Item::Text(number) => Some(*number),
            Item::Grid(_) => None,
        }
    }

    /// The numbers of all lines that it was made of, and of blank ones between them.
    pub(super) fn lines(&self) -> Range<usize> {
        match self {
            Item::Text(number) => *number..*number + 1,
            Item::Grid(grid) => grid.span.clone(),
        }
    }
}

impl Grid {
    fn new(style: Style, rows: Vec<Vec<Raw>>, span: Range<usize>) -> Grid {
        let parts = vec![TablePart { first_row: 0, place: super::place(span.start) }];
        Grid { style, rows, parts, span }
    }

    /// The number of its first line.
    pub(super) fn line(&self) -> usize {
        self.span.start
    }
}

/// How many cells of a row hold text.
pub(super) fn filled(row: &[Raw]) -> usize {
    row.iter().filter(|cell| !cell.is_empty()).count()
}

/// Sorts lines into running text and grids.
pub(super) fn scan(lines: &[String]) -> Vec<Item> {
    let mut items = Vec::new();
    let mut open = OpenGrid::default();
    for run in runs(lines) {
        let text = &lines[run.clone()];
        let Some(first) = text.iter().position(|line| line.contains('\t')) else {
            open.close(&mut items);
            items.extend(run.map(|i| Item::Text(i + 1)));
            continue;
        };
        let head = run.start..run.start + first;
        let body = run.start + first..run.end;
        if is_padded(&lines[body.clone()]) {
            open.close(&mut items);
            items.extend(head.map(|i| Item::Text(i + 1)));
            scan_padded(lines, body, &mut items);
        } else {
            if !head.is_empty() || open.end + 1 != run.start {
                open.close(&mut items);
            }
            items.extend(head.map(|i| Item::Text(i + 1)));
            open.push(lines, body);
        }
    }
    open.close(&mut items);
    join_continued(items)
}

/// Maximal stretches of lines that are not blank. A tab is not blank: it is an empty cell.
fn runs(lines: &[String]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        if line.trim().is_empty() && !line.contains('\t') {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.end == i => run.end = i + 1,
            _ => runs.push(i..i + 1),
        }
    }
    runs
}

/// Whether most lines with tabs are rows rather than single cells.
fn is_padded(lines: &[String]) -> bool {
    let (cells, rows): (Vec<_>, Vec<_>) = lines.iter().filter(|l| l.contains('\t')).partition(|line| is_cell(line));
    rows.len() >= cells.len().max(1)
}

/// A line that is one cell: nothing but space before its only tab.
fn is_cell(line: &str) -> bool {
    line.split_once('\t').is_some_and(|(before, after)| before.trim().is_empty() && !after.contains('\t'))
}

fn scan_padded(lines: &[String], run: Range<usize>, items: &mut Vec<Item>) {
    let last = run.clone().rev().find(|&i| lines[i].contains('\t')).unwrap_or(run.start);
    let rows: Vec<Vec<Raw>> =
        (run.start..=last).map(|i| lines[i].split('\t').map(|cell| Raw::new(i + 1, cell)).collect()).collect();
    if rows.len() < 2 || is_index(&rows) {
        items.extend((run.start..=last).map(|i| Item::Text(i + 1)));
    } else {
        items.push(Item::Grid(Grid::new(Style::Padded, rows, run.start + 1..last + 2)));
    }
    items.extend((last + 1..run.end).map(|i| Item::Text(i + 1)));
}

/// A list of contents: every row is a text and a page number, and the page numbers never go back.
fn is_index(rows: &[Vec<Raw>]) -> bool {
    let page = |row: &Vec<Raw>| -> Option<u32> {
        let [title, between @ .., page] = row.as_slice() else { return None };
        let only = !is_number(&title.text) && between.iter().all(Raw::is_empty);
        page.text.parse().ok().filter(|_| only)
    };
    rows.iter().map(page).collect::<Option<Vec<u32>>>().is_some_and(|pages| pages.is_sorted())
}

/// A table of one cell per line that may still go on.
#[derive(Default)]
struct OpenGrid {
    rows: Vec<Vec<Raw>>,
    /// The index after its last line.
    end: usize,
}

impl OpenGrid {
    /// Adds a row: each line with a tab begins a cell, each other line goes on with the last one.
    fn push(&mut self, lines: &[String], run: Range<usize>) {
        self.end = run.end;
        let mut row: Vec<Raw> = Vec::new();
        for i in run {
            let cell = Raw::new(i + 1, &lines[i]);
            match (lines[i].contains('\t'), row.last_mut()) {
                (false, Some(last)) => last.wrap(i + 1, &lines[i]),
                (true, _) if !is_cell(&lines[i]) => row.extend(lines[i].split('\t').map(|text| Raw::new(i + 1, text))),
                _ => row.push(cell),
            }
        }
        self.rows.push(row);
    }

    /// Ends the table, or the tables that nothing but a blank line had kept apart.
    fn close(&mut self, items: &mut Vec<Item>) {
        let mut rows = std::mem::take(&mut self.rows);
        let tables: Vec<_> = seams(&rows).into_iter().rev().map(|at| rows.split_off(at)).collect();
        emit(rows, items);
        for rows in tables.into_iter().rev() {
            emit(rows, items);
        }
    }
}

/// Where one table ends and the next begins within rows.
///
/// A note below a table and the title above the next one are rows of one cell, and a header without numbers
/// follows. That alone could be a heading within a table; it is a seam if one of them ends as a sentence does, if
/// there are several, or if the number of columns changes. The seam is after the last that is a sentence, because
/// titles are none.
fn seams(rows: &[Vec<Raw>]) -> Vec<usize> {
    let mut seams = Vec::new();
    let (mut widest_before, mut numbers_before) = (0, false);
    let mut at = 0;
    while at < rows.len() {
        let end = at + rows[at..].iter().take_while(|row| row.len() == 1).count();
        let next = end + rows[end..].iter().take_while(|row| row.len() > 1).count();
        let segment = &rows[end..next];
        if widest_before > 1 && !segment.is_empty() {
            let sentence = rows[at..end].iter().rposition(|row| is_sentence(&row[0].text));
            let header_follows = !has_number(&segment[0]);
            let changes = end - at > 1 || widest(segment) != widest_before;
            let begins = header_follows && (sentence.is_some() || (numbers_before && changes));
            if begins || (numbers_before && widest(segment) > widest_before) {
                seams.push(sentence.map_or(at, |last| at + last + 1));
                (widest_before, numbers_before) = (0, false);
            }
        }
        widest_before = widest_before.max(widest(segment));
        numbers_before |= segment.iter().any(|row| has_number(row));
        at = next;
    }
    seams
}

fn has_number(row: &[Raw]) -> bool {
    row.iter().any(|cell| is_number(&cell.text))
}

fn is_sentence(text: &str) -> bool {
    text.ends_with(['。', '；', '）', ')', '.']) && text.chars().count() > MAX_MEDIAN_CELL / 2
}

fn widest(rows: &[Vec<Raw>]) -> usize {
    rows.iter().map(Vec::len).max().unwrap_or(0)
}

/// Rows that make a table become one; others, indented paragraphs for example, become running text.
fn emit(mut rows: Vec<Vec<Raw>>, items: &mut Vec<Item>) {
    let notes = rows.iter().rev().take_while(|row| row.len() == 1).count();
    let tail = if notes > MAX_NOTES { rows.split_off(rows.len() - notes + 1) } else { Vec::new() };
    match (lines_of(&rows), is_table(&rows)) {
        (Some(lines), true) => items.push(Item::Grid(Grid::new(Style::Merged, rows, lines))),
        (Some(lines), false) => items.extend(lines.map(Item::Text)),
        (None, _) => {}
    }
    items.extend(lines_of(&tail).into_iter().flatten().map(Item::Text));
}

fn lines_of(rows: &[Vec<Raw>]) -> Option<Range<usize>> {
    let first = rows.first()?.first()?;
    let last = rows.last()?.last()?;
    Some(first.line..last.line + last.text.lines().count().max(1))
}

fn is_table(rows: &[Vec<Raw>]) -> bool {
    let mut lengths: Vec<usize> =
        rows.iter().flatten().filter(|cell| !cell.is_empty()).map(|cell| cell.text.chars().count()).collect();
    lengths.sort_unstable();
    let median = lengths.get(lengths.len() / 2).copied().unwrap_or(0);
    rows.iter().filter(|row| row.len() > 1).count() >= 2 && median <= MAX_MEDIAN_CELL
}

/// Joins a table with its continuation on the next page: rows that follow after blank lines only, with the
/// header repeated or with no header at all.
fn join_continued(items: Vec<Item>) -> Vec<Item> {
    let mut joined: Vec<Item> = Vec::new();
    let mut pattern = Pattern::default();
    for item in items {
        match (joined.last_mut(), item) {
            (Some(Item::Grid(first)), Item::Grid(next)) => {
                if let Some(repeated) = pattern.repeated_rows(&next) {
                    let part = TablePart { first_row: first.rows.len() as u32, place: super::place(next.line()) };
                    first.parts.push(part);
                    first.rows.extend(next.rows.into_iter().skip(repeated));
                    first.span.end = next.span.end;
                } else {
                    pattern = Pattern::of(&next);
                    joined.push(Item::Grid(next));
                }
            }
            (_, item) => {
                pattern = item.grid().map_or_else(Pattern::default, Pattern::of);
                joined.push(item);
            }
        }
    }
    joined
}

/// What the continuation of a table must look like. The default is like nothing.
#[derive(Default)]
struct Pattern {
    header: Vec<Vec<String>>,
    width: usize,
}

impl Pattern {
    fn of(grid: &Grid) -> Pattern {
        if grid.style == Style::Merged {
            return Pattern::default();
        }
        let header = &grid.rows[..Zones::of(&grid.rows, grid.style).body];
        Pattern { header: header.iter().map(|row| words(row)).collect(), width: widest(&grid.rows) }
    }

    /// How many rows at the top of a grid repeat the header, if it is a continuation.
    fn repeated_rows(&self, next: &Grid) -> Option<usize> {
        if next.style == Style::Merged {
            return None;
        }
        let repeats = |count: usize| {
            let ours = &self.header[self.header.len() - count..];
            ours.iter().zip(&next.rows).all(|(ours, row)| *ours == words(row))
        };
        let longest = self.header.len().min(next.rows.len().saturating_sub(1));
        let goes_on = || self.width == widest(&next.rows) && next.rows.first().is_some_and(|row| has_number(row));
        (1..=longest).rev().find(|&count| repeats(count)).or_else(|| goes_on().then_some(0))
    }
}

/// The words of a row without their spaces: a page break may have put one inside.
pub(super) fn words(row: &[Raw]) -> Vec<String> {
    let squeezed = row.iter().map(|cell| cell.text.chars().filter(|c| !c.is_whitespace()).collect::<String>());
    squeezed.filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grids(text: &str) -> Vec<Vec<usize>> {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let items = scan(&lines);
        items
            .iter()
            .filter_map(|item| match item {
                Item::Grid(grid) => Some(grid.rows.iter().map(Vec::len).collect()),
                Item::Text(_) => None,
            })
            .collect()
    }

    #[test]
    fn a_cell_goes_on_in_lines_without_a_tab() {
        let lines: Vec<String> = "\t公务用车\n购置费\n\t\n\n\t1\n\t2\n".lines().map(str::to_owned).collect();
        let items = scan(&lines);
        let Item::Grid(grid) = &items[0] else { panic!("a table") };
        assert_eq!(grid.rows[0][0], Raw { text: "公务用车\n购置费".into(), line: 1 });
        assert_eq!(grid.rows[0][1], Raw { text: String::new(), line: 3 });
    }

    #[test]
    fn two_blank_lines_and_plain_lines_end_a_table_of_cells() {
        let table = "\t甲\n\t乙\n\n\t1\n\t2\n";
        assert_eq!(grids(&format!("{table}\n\n{table}")), [[2, 2], [2, 2]]);
        assert_eq!(grids(&format!("{table}\n说明\n\n{table}")), [[2, 2], [2, 2]]);
    }

    #[test]
    fn a_note_and_a_title_part_two_tables_that_one_blank_line_separates() {
        let table = "\t甲\n\t乙\n\n\t1\n\t2\n\n";
        let note = "\t注：本表反映各项收入和支出的情况，金额为万元。\n\n";
        assert_eq!(grids(&format!("{table}{note}\t第二表\n\n{table}")), [vec![2, 2, 1], vec![1, 2, 2]]);
        assert_eq!(grids(&format!("{table}{note}{table}")), [vec![2, 2, 1], vec![2, 2]]);
        assert_eq!(grids(&format!("{table}\t第二表\n\n\t单位：万元\n\n{table}")), [vec![2, 2], vec![1, 1, 2, 2]]);
        assert_eq!(grids(&format!("{table}\t一、小计\n\n\t（一）甲\n\n\t3\n\t4\n")), [vec![2, 2, 1, 1, 2]]);
    }

    #[test]
    fn indented_paragraphs_are_running_text() {
        let paragraph = "\t本部门贯彻执行国家和省有关方针、政策，起草地方性法规、规章草案，并组织实施和监督检查。\n";
        assert!(grids(&paragraph.repeat(4)).is_empty());
        assert!(grids(&format!("{paragraph}{paragraph}\n{paragraph}{paragraph}\n")).is_empty());
    }

    #[test]
    fn a_list_of_contents_is_running_text() {
        assert!(grids("一、部门概况\t1\n二、决算表\t3\n三、说明\t12\n").is_empty());
        assert_eq!(grids("项目\t金额\n人员\t1\n公用\t3\n"), [[2, 2, 2]]);
    }

    #[test]
    fn a_table_goes_on_after_a_page_break_and_its_repeated_header_is_left_out() {
        let header = "项目\t\t金额\n编码\t名称\t\n";
        let text = format!("{header}201\t甲\t1.00\n\n{}202\t乙\t2.00\n", header.replace("名称", "名 称"));
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let items = scan(&lines);
        let [Item::Grid(grid)] = items.as_slice() else { panic!("one table") };
        assert_eq!(grid.rows.len(), 4);
        assert_eq!((grid.parts[1].first_row, grid.parts[1].place.line), (3, Some(5)));
    }

    #[test]
    fn another_header_begins_another_table() {
        assert_eq!(grids("项目\t金额\n甲\t1\n\n名称\t数量\n乙\t2\n"), [[2, 2], [2, 2]]);
    }
}
