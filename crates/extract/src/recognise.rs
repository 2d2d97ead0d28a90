//! Recognising the statutory tables of a document: which form it follows, and which table is which.
//!
//! A table is known by its title and its header together. The title stands in the lines above the
//! table or in its first rows; the header must show the form's columns. A table without a title is
//! taken for one of the form's only when its header fits that table alone, or when it continues the
//! table before it.

use crate::grid::{Block, Grid};
use mingzhang_model::document::{Block as DocBlock, Cell, Document, Place, Table};
use mingzhang_model::fact::Text;
use mingzhang_standard::form::{BlockForm, ColumnForm, Form, TableForm, forms};
use mingzhang_standard::words;

/// A table of the document that is one of the form's.
pub(crate) struct Recognised<'d> {
    pub(crate) form: &'static TableForm,
    pub(crate) title: Text,
    pub(crate) grid: Grid<'d>,
    pub(crate) columns: ColumnMap,
    /// The document's block.
    pub(crate) block: usize,
    /// It goes on from the one before it.
    pub(crate) continues: bool,
}

/// For each block of the grid: the form's block, and for each of its money columns the form's column.
pub(crate) struct ColumnMap {
    pub(crate) blocks: Vec<(&'static BlockForm, Vec<Option<&'static ColumnForm>>)>,
}

impl ColumnMap {
    /// The form's columns that the header does not show.
    pub(crate) fn missing(&self, form: &'static TableForm) -> Vec<&'static str> {
        let shown: Vec<&ColumnForm> =
            self.blocks.iter().flat_map(|(_, columns)| columns.iter().flatten().copied()).collect();
        let all = form.blocks.iter().flat_map(|block| &block.columns);
        all.filter(|column| !shown.iter().any(|s| std::ptr::eq(*s, *column)))
            .map(|column| column.name.as_str())
            .collect()
    }

    fn matched(&self) -> usize {
        self.blocks.iter().flat_map(|(_, columns)| columns).flatten().count()
    }
}

/// A line above or in a table that may be its title.
pub(crate) struct Candidate {
    key: String,
    pub(crate) text: Text,
}

/// A table of the document with the lines that may be its title, the nearest first.
pub(crate) struct Titled<'d> {
    pub(crate) block: usize,
    pub(crate) table: &'d Table,
    pub(crate) candidates: Vec<Candidate>,
}

/// The form that the document follows, and its tables in reading order.
pub(crate) fn recognise(document: &Document) -> Option<(&'static Form, Vec<Recognised<'_>>)> {
    let tables = titled_tables(document);
    let fitting: Vec<_> = forms()
        .iter()
        .map(|form| (form, by_title(form, &tables)))
        .filter(|(_, found)| !found.is_empty())
        .map(|(form, found)| (fit_of(&found), form, found))
        .filter(|(fit, form, _)| fit * 100 >= form.least_fit * WHOLE * form.tables.len())
        .collect();
    let best = fitting.iter().map(|(fit, ..)| *fit).max()?;
    let mut rivals: Vec<_> = fitting.into_iter().filter(|(fit, ..)| *fit == best).collect();
    if rivals.len() > 1 {
        let words = folded_words(document);
        rivals.sort_by_key(|(_, form, _)| clues_said(form, &words));
    }
    let (_, form, found) = rivals.pop()?;
    Some((form, with_untitled(form, found, &tables)))
}

/// The fit of a table all of whose columns the document shows.
const WHOLE: usize = 1_000;

/// How well a form fits: the shares of its tables' columns that the document shows, in thousandths.
fn fit_of(found: &[Recognised<'_>]) -> usize {
    found
        .iter()
        .map(|table| {
            let all: usize = table.form.blocks.iter().map(|block| block.columns.len()).sum();
            WHOLE * table.columns.matched().min(all) / all.max(1)
        })
        .sum()
}

/// What the document prints, folded, paragraph by paragraph and table by table.
fn folded_words(document: &Document) -> Vec<String> {
    let folded = document.blocks.iter().map(|block| match block {
        DocBlock::Paragraph(paragraph) => words::fold(&paragraph.text),
        DocBlock::Table(table) => table.cells().iter().map(|cell| words::fold(&cell.text)).collect(),
    });
    folded.collect()
}

/// The share of a form's clues that the document prints, in hundredths.
fn clues_said(form: &Form, document: &[String]) -> usize {
    let said = |clue: &&String| {
        let clue = words::fold(clue);
        document.iter().any(|text| text.contains(&clue))
    };
    form.clues.iter().filter(said).count() * 100 / form.clues.len().max(1)
}

/// Every table of the document with the lines above it, up to the table before.
pub(crate) fn titled_tables(document: &Document) -> Vec<Titled<'_>> {
    const LINES_ABOVE: usize = 8;
    let mut tables = Vec::new();
    for (block, content) in document.blocks.iter().enumerate() {
        let DocBlock::Table(table) = content else { continue };
        let mut candidates: Vec<Candidate> = first_rows(table).collect();
        let mut below: Option<String> = None;
        let above = document.blocks[..block].iter().rev().take(LINES_ABOVE).map_while(|block| match block {
            DocBlock::Paragraph(paragraph) => Some(paragraph),
            DocBlock::Table(_) => None,
        });
        for paragraph in above {
            let text = Text { text: paragraph.text.trim().to_string(), place: paragraph.place() };
            // A long title is printed on two lines.
            if let Some(below) = below.replace(paragraph.text.clone()) {
                let joined = Text { text: format!("{}{}", text.text, below.trim()), place: text.place };
                candidates.push(Candidate { key: words::title_key(&joined.text), text: joined });
            }
            candidates.push(Candidate { key: words::title_key(&text.text), text });
        }
        tables.push(Titled { block, table, candidates });
    }
    tables
}

fn first_rows(table: &Table) -> impl Iterator<Item = Candidate> {
    const ROWS: u32 = 4;
    let cells = (0..table.rows().min(ROWS)).flat_map(|row| table.row(row).filter(move |cell| cell.row == row));
    let whole_and_lines = |cell: &'_ Cell| {
        let lines = cell.text.lines().skip(usize::from(!cell.text.contains('\n')));
        std::iter::once(cell.text.as_str()).chain(lines).map(|text| (text.to_string(), cell.place)).collect::<Vec<_>>()
    };
    cells.filter(|cell| !cell.text.trim().is_empty()).flat_map(whole_and_lines).map(|(printed, place)| {
        let text = words::without_bookmarks(&printed).split_whitespace().collect();
        Candidate { key: words::title_key(&printed), text: Text { text, place } }
    })
}

/// The tables whose title and header are a table's of this form.
fn by_title<'d>(form: &'static Form, tables: &[Titled<'d>]) -> Vec<Recognised<'d>> {
    let mut found: Vec<Recognised<'d>> = Vec::new();
    for titled in tables {
        let Some((table_form, title)) = title_of(form, &titled.candidates) else { continue };
        let Some((grid, columns)) = fitted(table_form, titled.table) else { continue };
        let shown = columns.matched();
        let all: usize = columns.blocks.iter().map(|(block, _)| block.columns.len()).sum();
        if shown == 0 || 2 * shown < all {
            continue;
        }
        let continues = found.last().is_some_and(|last| std::ptr::eq(last.form, table_form));
        found.push(Recognised { form: table_form, title, grid, columns, block: titled.block, continues });
    }
    found
}

/// The form's table whose title one of the lines is, or ends in; the longest title that fits.
fn title_of(form: &'static Form, candidates: &[Candidate]) -> Option<(&'static TableForm, Text)> {
    candidates.iter().find_map(|candidate| {
        let fits = |table: &&'static TableForm| {
            table.title_keys.iter().filter(|key| candidate.key.ends_with(key.as_str())).map(String::len).max()
        };
        let best = form.tables.iter().max_by_key(fits)?;
        fits(&best).map(|_| (best, candidate.text.clone()))
    })
}

/// Adds the tables without a title of their own that can be told by their header or go on from the
/// table before them.
fn with_untitled<'d>(form: &'static Form, found: Vec<Recognised<'d>>, tables: &[Titled<'d>]) -> Vec<Recognised<'d>> {
    let mut all: Vec<Recognised<'d>> = Vec::new();
    let mut seen: Vec<&'static TableForm> = found.iter().map(|table| table.form).collect();
    let mut titled = found.into_iter().peekable();
    for table in tables {
        if let Some(next) = titled.next_if(|next| next.block == table.block) {
            all.push(next);
            continue;
        }
        let adjacent = all.last().filter(|last| last.block + 1 == table.block).map(|last| last.form);
        if let Some(more) = untitled(form, table, adjacent, &seen) {
            seen.push(more.form);
            all.push(more);
        }
    }
    all
}

fn untitled<'d>(
    form: &'static Form,
    table: &Titled<'d>,
    adjacent: Option<&'static TableForm>,
    seen: &[&'static TableForm],
) -> Option<Recognised<'d>> {
    let whole = |table_form: &'static TableForm| {
        let (grid, columns) = fitted(table_form, table.table)?;
        columns.missing(table_form).is_empty().then_some((grid, columns))
    };
    let recognised = |table_form: &'static TableForm, continues: bool| {
        let (grid, columns) = whole(table_form)?;
        let title = Text { text: table_form.title.clone(), place: Place::default() };
        Some(Recognised { form: table_form, title, grid, columns, block: table.block, continues })
    };
    if let Some(more) = adjacent.and_then(|table_form| recognised(table_form, true)) {
        return Some(more);
    }
    let mut fits = form
        .tables
        .iter()
        .filter(|t| !seen.iter().any(|s| std::ptr::eq(*s, *t)))
        .filter(|t| t.blocks.iter().all(|block| !block.header.is_empty()))
        .filter(|t| whole(t).is_some_and(|(grid, columns)| headed(&grid, &columns)));
    match (fits.next(), fits.next()) {
        (Some(only), None) => recognised(only, false),
        _ => None,
    }
}

/// True when every block's own header stands over its money columns.
fn headed(grid: &Grid<'_>, columns: &ColumnMap) -> bool {
    grid.blocks.iter().zip(&columns.blocks).all(|(block, (form, _))| under_header(block, form))
}

fn under_header(block: &Block, form: &BlockForm) -> bool {
    block.values.iter().all(|value| value.path.iter().any(|text| text.contains(&form.header)))
}

/// The table seen as one of the form's, with its columns told apart; none when the blocks differ.
fn fitted<'d>(form: &'static TableForm, table: &'d Table) -> Option<(Grid<'d>, ColumnMap)> {
    let grid = Grid::of(table, form)?;
    let forms: Vec<&'static BlockForm> = match form.blocks.as_slice() {
        [only] if only.repeats => vec![only; grid.blocks.len()],
        blocks if blocks.len() == grid.blocks.len() => blocks.iter().collect(),
        _ => return None,
    };
    let blocks = grid.blocks.iter().zip(forms).map(|(block, form)| (form, columns_of(block, form))).collect();
    Some((grid, ColumnMap { blocks }))
}

/// The form's column for each money column of a block: the one whose longest path fits, each once.
fn columns_of(block: &Block, form: &'static BlockForm) -> Vec<Option<&'static ColumnForm>> {
    let mut taken: Vec<&ColumnForm> = Vec::new();
    let mut columns = Vec::new();
    for value in &block.values {
        let free = form.columns.iter().filter(|c| !taken.iter().any(|t| std::ptr::eq(*t, *c)));
        let best = free.filter_map(|c| fit(c, &value.path).map(|fit| (fit, c))).max_by_key(|(fit, _)| *fit);
        taken.extend(best.map(|(_, c)| c));
        columns.push(best.map(|(_, c)| c));
    }
    columns
}

/// How well a form's column fits a header path: none unless its own header is the lowest and every
/// header that the form names above it is there. A header that is the form's word for word, and that
/// stands nearer, fits better: under 公务用车购置及运行费 stands 小计 as well as 运行费.
fn fit(column: &ColumnForm, path: &[String]) -> Option<usize> {
    let (leaf, above) = path.split_last()?;
    let ancestor = |name: &String| {
        let nearest = |same: &dyn Fn(&String) -> bool| above.iter().rposition(same).map(|i| i + 1);
        let exact = nearest(&|text: &String| text == name).map(|near| near + 2 * path.len());
        exact.or_else(|| nearest(&|text: &String| text.contains(name.as_str())))
    };
    let fits = |names: &Vec<String>| {
        let (last, ancestors) = names.split_last()?;
        let near: Option<usize> = ancestors.iter().map(ancestor).sum();
        (leaf == last).then_some(near? + 4 * path.len() * ancestors.len())
    };
    column.paths.iter().filter_map(fits).max()
}
