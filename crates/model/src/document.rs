//! [`Document`]: what was on the page, as a value.
//!
//! Reading never fails on content: what could not be understood is a [`Note`] in the document, and
//! every limit that was reached is one too. A reader fails only on a file that is not its format, is
//! encrypted, or is over a limit of size. Geometry is in points (1/72 inch) from the top left corner.
//!
//! Absent on purpose: any word of budgets. A document does not know what its tables mean.

use crate::sheet::column_name;

/// The kind of file that a document was read from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Format {
    /// Portable Document Format.
    Pdf,
    /// Plain text, in UTF-8 or GB18030.
    Text,
    /// A document of Word in Office Open XML.
    Docx,
    /// A document of Word 97 to 2003, or of WPS Writer, in a compound file.
    Doc,
    /// A web page.
    Html,
    /// A workbook of a spreadsheet program: XLSX, XLS, ET or ODS.
    Workbook,
}

impl Format {
    /// Whether a paragraph is one of the source: what a person ended and spaced so. On a page the reader made
    /// paragraphs of printed lines, and spaces of gaps; in web pages and sheets much of both is layout.
    pub fn keeps_paragraphs(self) -> bool {
        match self {
            Format::Pdf | Format::Html | Format::Workbook => false,
            Format::Text | Format::Docx | Format::Doc => true,
        }
    }
}

/// What was on the page.
#[derive(Clone, PartialEq, Debug)]
pub struct Document {
    /// The kind of file it was read from.
    pub format: Format,
    /// The pages, in order. A text file or web page is one page without a size, and so is each sheet of a workbook.
    pub pages: Vec<Page>,
    /// Paragraphs and tables, in reading order.
    pub blocks: Vec<Block>,
    /// What the reader could not show, or was not sure of.
    pub notes: Vec<Note>,
}

impl Document {
    /// Where numbers stand that were recognised without certainty.
    pub fn doubts(&self) -> impl Iterator<Item = &Place> {
        self.notes.iter().filter(|note| note.kind == NoteKind::Doubtful).map(|note| &note.place)
    }

    /// True for a page whose text was recognised on a picture.
    pub fn is_recognised(&self, page: u32) -> bool {
        self.notes.iter().any(|note| note.kind == NoteKind::Recognised && note.place.page == Some(page))
    }
}

/// One page.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Page {
    /// Counted from 1.
    pub number: u32,
    /// Width in points; 0 where the format has no pages.
    pub width: f32,
    /// Height in points; 0 where the format has no pages.
    pub height: f32,
    /// How many visible characters other than spaces stand on it. Every one of them is in some block.
    pub characters: u32,
    /// How many pictures stand on it. A page of pictures without characters is a scan.
    pub pictures: u32,
}

/// A piece of a document in reading order.
#[derive(Clone, PartialEq, Debug)]
pub enum Block {
    /// A line or paragraph of running text.
    Paragraph(Paragraph),
    /// A table. One that continues over pages is one table.
    Table(Table),
}

/// A rectangle on a page, in points, from the top left corner of the page.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Rect {
    /// Left edge.
    pub x0: f32,
    /// Top edge.
    pub y0: f32,
    /// Right edge.
    pub x1: f32,
    /// Bottom edge.
    pub y1: f32,
}

impl Rect {
    /// The smallest rectangle around both.
    #[must_use]
    pub fn around(self, other: Rect) -> Rect {
        Rect {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }
}

/// Where something stands in its source.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Place {
    /// The page or the sheet, counted from 1; none where the format has none.
    pub page: Option<u32>,
    /// The rectangle on that page.
    pub rect: Option<Rect>,
    /// The line of a text file or web page, or the row of a sheet, counted from 1.
    pub line: Option<u32>,
    /// The paragraph of a file of a word processor, counted from 1 as its own statistics count them: only those
    /// that hold text, those in tables included.
    pub paragraph: Option<u32>,
    /// The column of a sheet, counted from 1. The sheet is the page.
    pub column: Option<u32>,
}

impl Place {
    /// The cell of a sheet as spreadsheets name it: `C12`.
    pub fn cell(&self) -> Option<String> {
        let column = self.column?.checked_sub(1)?;
        Some(format!("{}{}", column_name(column as usize), self.line?))
    }
}

impl Place {
    /// Whether two rectangles of one page lie over each other: side by side on one line they do not, nor where one
    /// line touches the next.
    pub fn lies_over(&self, other: &Place) -> bool {
        let (Some(one), Some(two), true) = (self.rect, other.rect, self.page == other.page) else { return false };
        let across = one.x1.min(two.x1) - one.x0.max(two.x0);
        let down = one.y1.min(two.y1) - one.y0.max(two.y0);
        across > 0.0 && 2.0 * down > (one.y1 - one.y0).min(two.y1 - two.y0)
    }
}

/// A paragraph: its text, and where each of its lines stands.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Paragraph {
    /// The text, with the line breaks of the layout taken out.
    pub text: String,
    /// The printed lines that make it up, in order; they cover `text` without gaps.
    pub lines: Vec<Line>,
}

/// One printed line of a paragraph.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Line {
    /// Byte offset in the paragraph's text where this line begins.
    pub start: usize,
    /// Where the line stands.
    pub place: Place,
    /// The left edge of each character of the line, then the right edge of the last: one more than
    /// the line has characters. Empty where the format has no geometry.
    pub edges: Vec<f32>,
}

impl Paragraph {
    /// Where the paragraph begins.
    pub fn place(&self) -> Place {
        self.lines.first().map_or_else(Place::default, |line| line.place)
    }

    /// Where a stretch of the text (byte offsets) stands: one place for each printed line it touches,
    /// narrowed to its characters where the edges are known.
    pub fn places(&self, range: std::ops::Range<usize>) -> Vec<Place> {
        let mut places = Vec::new();
        for (i, line) in self.lines.iter().enumerate() {
            let end = self.lines.get(i + 1).map_or(self.text.len(), |next| next.start);
            let (from, to) = (range.start.max(line.start), range.end.min(end));
            if from < to {
                places.push(self.narrowed(line, from, to));
            }
        }
        places
    }

    fn narrowed(&self, line: &Line, from: usize, to: usize) -> Place {
        let count = |until: usize| self.text.get(line.start..until).map_or(0, |t| t.chars().count());
        let mut place = line.place;
        if let (Some(rect), Some(edges @ [first, ..])) = (place.rect.as_mut(), line.edges.get(count(from)..=count(to)))
        {
            // Letters that were set over each other may stand to the left of those before them.
            rect.x0 = edges.iter().copied().fold(*first, f32::min);
            rect.x1 = edges.iter().copied().fold(*first, f32::max);
        }
        place
    }
}

/// A table, tiled exactly by its cells.
#[derive(Clone, PartialEq, Debug)]
pub struct Table {
    rows: u32,
    columns: u32,
    cells: Vec<Cell>,
    owner: Vec<u32>,
    /// The pieces of the table, one for each page it stands on, in order.
    pub parts: Vec<TablePart>,
}

/// The piece of a table that stands on one page.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct TablePart {
    /// The first row of the table that stands on this piece.
    pub first_row: u32,
    /// Where the piece stands.
    pub place: Place,
}

/// A cell of a table.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Cell {
    /// The topmost row it covers, counted from 0.
    pub row: u32,
    /// The leftmost column it covers, counted from 0.
    pub column: u32,
    /// How many rows it covers, at least 1.
    pub row_span: u32,
    /// How many columns it covers, at least 1.
    pub column_span: u32,
    /// The text, its printed lines separated by `\n`.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// Why cells do not make a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Untiled {
    /// Two cells cover this row and column.
    Overlap(u32, u32),
    /// No cell covers this row and column.
    Gap(u32, u32),
    /// A cell reaches outside the table, or covers nothing.
    Outside(u32, u32),
    /// The table has no row or no column.
    Empty,
}

impl std::fmt::Display for Untiled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Untiled::Overlap(r, c) => write!(f, "two cells cover row {r}, column {c}"),
            Untiled::Gap(r, c) => write!(f, "no cell covers row {r}, column {c}"),
            Untiled::Outside(r, c) => write!(f, "the cell at row {r}, column {c} leaves the table"),
            Untiled::Empty => f.write_str("a table without rows or columns"),
        }
    }
}

impl std::error::Error for Untiled {}

impl Table {
    /// A table of `rows` by `columns` whose cells cover every position exactly once.
    pub fn tiled(rows: u32, columns: u32, mut cells: Vec<Cell>) -> Result<Table, Untiled> {
        const NOBODY: u32 = u32::MAX;
        if rows == 0 || columns == 0 {
            return Err(Untiled::Empty);
        }
        cells.sort_by_key(|cell| (cell.row, cell.column));
        let mut owner = vec![NOBODY; rows as usize * columns as usize];
        for (i, cell) in cells.iter().enumerate() {
            let (bottom, right) = (cell.row + cell.row_span, cell.column + cell.column_span);
            if cell.row_span == 0 || cell.column_span == 0 || bottom > rows || right > columns {
                return Err(Untiled::Outside(cell.row, cell.column));
            }
            for row in cell.row..bottom {
                for column in cell.column..right {
                    let slot = &mut owner[row as usize * columns as usize + column as usize];
                    if *slot != NOBODY {
                        return Err(Untiled::Overlap(row, column));
                    }
                    *slot = i as u32;
                }
            }
        }
        match owner.iter().position(|&o| o == NOBODY) {
            Some(i) => Err(Untiled::Gap(i as u32 / columns, i as u32 % columns)),
            None => Ok(Table { rows, columns, cells, owner, parts: Vec::new() }),
        }
    }

    /// How many rows it has.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// How many columns it has.
    pub fn columns(&self) -> u32 {
        self.columns
    }

    /// The cells, by row and column of their upper left corners.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The cell that covers a position.
    pub fn cell(&self, row: u32, column: u32) -> Option<&Cell> {
        let inside = row < self.rows && column < self.columns;
        inside.then(|| &self.cells[self.owner[(row * self.columns + column) as usize] as usize])
    }

    /// The cells that one row touches, from left to right, each once.
    pub fn row(&self, row: u32) -> impl Iterator<Item = &Cell> {
        let start = (row * self.columns) as usize;
        let owners = self.owner.get(start..start + self.columns as usize).unwrap_or(&[]);
        owners
            .iter()
            .enumerate()
            .filter(move |(i, o)| *i == 0 || owners[i - 1] != **o)
            .map(|(_, o)| &self.cells[*o as usize])
    }

    /// Changes where each cell is said to stand: for tables that are put into another document.
    pub fn each_place(&mut self, change: impl Fn(&mut Place)) {
        self.cells.iter_mut().for_each(|cell| change(&mut cell.place));
    }

    /// The same table with other texts in its cells: for tests that plant errors.
    #[must_use]
    pub fn with_texts(mut self, mut text: impl FnMut(&Cell) -> Option<String>) -> Table {
        for cell in &mut self.cells {
            if let Some(new) = text(cell) {
                cell.text = new;
            }
        }
        self
    }
}

/// What a reader was not sure of, or could not show.
#[derive(Clone, PartialEq, Debug)]
pub struct Note {
    /// What kind of trouble it is.
    pub kind: NoteKind,
    /// Where it is.
    pub place: Place,
    /// What exactly: the text concerned, the limit reached.
    pub detail: String,
}

/// The kinds of trouble that reading can have.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NoteKind {
    /// A page of pictures without a single character.
    NoTextLayer,
    /// A page of pictures whose text was recognised: it may have been misread.
    Recognised,
    /// A number that was recognised without certainty: nothing may rest on it.
    Doubtful,
    /// Characters that the font does not map to Unicode.
    Unmapped,
    /// Text that the page clips away, so that a person does not see it.
    Clipped,
    /// Text that lies over other text or over the edge of its table cell.
    Overlapping,
    /// Text inside a table's frame that belongs to none of its cells.
    Swallowed,
    /// A table whose cells could not be made to tile it; it was kept as paragraphs.
    Untiled,
    /// A part of the file is damaged; what could be read was read.
    Damaged,
    /// A limit was reached; what lies beyond was not read.
    Limit,
    /// Bytes that are no text in the file's encoding.
    Undecodable,
    /// A mark that a word processor or a converter left, taken out of the text.
    Residue,
    /// Text that the file holds and does not show.
    Hidden,
    /// Text that is shown on a screen and left out on paper, as the file itself says.
    Unprinted,
    /// A remark of somebody who worked on the file, attached to a place of it.
    Comment,
    /// A formula whose result the file does not hold: a program that computes would have to save it.
    Uncomputed,
    /// A part that lies in another file, such as a frame of a web page.
    Elsewhere,
    /// A change that was tracked and neither accepted nor rejected; text that it deletes is not read.
    TrackedChange,
    /// An object of another program: its picture is seen, what it holds is not read.
    Embedded,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(row: u32, column: u32, row_span: u32, column_span: u32) -> Cell {
        Cell { row, column, row_span, column_span, ..Cell::default() }
    }

    #[test]
    fn cells_tile_a_table_exactly() {
        let table = Table::tiled(2, 3, vec![cell(0, 0, 2, 1), cell(0, 1, 1, 2), cell(1, 1, 1, 1), cell(1, 2, 1, 1)]);
        let table = table.unwrap();
        assert_eq!(table.row(0).count(), 2);
        assert_eq!(table.row(1).count(), 3);
        assert_eq!(table.cell(1, 0).unwrap().row, 0);
        assert_eq!(table.cell(2, 0), None);
    }

    #[test]
    fn letters_that_go_back_have_a_place_from_left_to_right() {
        let rect = Some(Rect { x0: 0.0, y0: 0.0, x1: 60.0, y1: 10.0 });
        let line = Line { start: 0, place: Place { rect, ..Place::default() }, edges: vec![50.0, 60.0, 0.0, 20.0] };
        let paragraph = Paragraph { text: "abc".into(), lines: vec![line] };
        let at = |range| paragraph.places(range)[0].rect.map(|rect| (rect.x0, rect.x1));
        assert_eq!((at(1..3), at(0..3), at(2..3)), (Some((0.0, 60.0)), Some((0.0, 60.0)), Some((0.0, 20.0))));
    }

    #[test]
    fn places_lie_over_each_other_on_one_line_of_one_page() {
        let at = |page, x0, y0| Place {
            page: Some(page),
            rect: Some(Rect { x0, y0, x1: x0 + 10.0, y1: y0 + 10.0 }),
            ..Place::default()
        };
        let one = at(1, 0.0, 0.0);
        assert!(one.lies_over(&at(1, 9.0, 4.0)));
        let others = [at(2, 0.0, 0.0), at(1, 10.0, 0.0), at(1, 0.0, 6.0), Place { page: Some(1), ..Place::default() }];
        assert!(others.iter().all(|other| !one.lies_over(other) && !other.lies_over(&one)));
    }

    #[test]
    fn gaps_overlaps_and_strays_are_refused() {
        assert_eq!(Table::tiled(1, 2, vec![cell(0, 0, 1, 1)]), Err(Untiled::Gap(0, 1)));
        assert_eq!(Table::tiled(1, 1, vec![cell(0, 0, 1, 1), cell(0, 0, 1, 1)]), Err(Untiled::Overlap(0, 0)));
        assert_eq!(Table::tiled(1, 1, vec![cell(0, 0, 1, 2)]), Err(Untiled::Outside(0, 0)));
        assert_eq!(Table::tiled(0, 1, vec![]), Err(Untiled::Empty));
    }

    #[test]
    fn a_stretch_of_text_resolves_to_its_characters_on_each_line() {
        let line = |start, page, edges: &[f32]| Line {
            start,
            place: Place {
                page: Some(page),
                rect: Some(Rect { x0: 0.0, y0: 5.0, x1: 30.0, y1: 15.0 }),
                ..Place::default()
            },
            edges: edges.to_vec(),
        };
        let lines = vec![line(0, 1, &[0.0, 10.0, 20.0, 30.0]), line(9, 2, &[0.0, 10.0, 20.0])];
        let paragraph = Paragraph { text: "公务接待费".into(), lines };
        let places = paragraph.places(6..12);
        assert_eq!(places.len(), 2);
        assert_eq!((places[0].page, places[0].rect.unwrap().x0), (Some(1), 20.0));
        assert_eq!((places[1].page, places[1].rect.unwrap().x1), (Some(2), 10.0));
    }
}
