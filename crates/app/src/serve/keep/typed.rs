//! [`Typed`]: rows of a table as a person typed or pasted them, and the sheet that they are to the import.
//!
//! Nothing is judged here. The unit and the year of the page and the persons who have signed are put in, whatever
//! was typed for them; the rest is the import's to read.

use mingzhang_books::Hand;
use mingzhang_books::import::{Column, Is, Table};
use mingzhang_books::names::Person;
use mingzhang_model::sheet::{Cell, Sheet};
use mingzhang_standard::words::label_key;
use schemars::JsonSchema;
use serde::Serialize;

use super::place::Place;
use crate::serve::problem::Problem;

/// The most rows that a page takes; more come as a file.
pub(super) const MOST_ROWS: usize = 1_000;

/// Rows as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, JsonSchema)]
pub(super) struct Typed {
    /// The titles of the columns.
    pub(super) header: Vec<String>,
    /// The rows; each has a cell for every column.
    pub(super) rows: Vec<Vec<String>>,
}

impl Typed {
    /// The columns that a page asks for, and so many empty rows.
    pub(super) fn blank(table: &Table, rows: usize) -> Typed {
        let header: Vec<String> = asked(table).map(|column| column.title.clone()).collect();
        let rows = vec![vec![String::new(); header.len()]; rows];
        Typed { header, rows }
    }

    /// The cells of a form, row after row.
    pub(super) fn of_cells(header: Vec<String>, cells: &[String]) -> Result<Typed, Problem> {
        if header.is_empty() || !cells.len().is_multiple_of(header.len()) {
            return Err(Problem::bad(
                "提交的格子与列数对不上，请刷新页面后重新填写",
                "The number of cells is no multiple of the number of columns",
            ));
        }
        narrow_enough(header.len())?;
        let rows: Vec<Vec<String>> = cells.chunks(header.len()).map(<[String]>::to_vec).collect();
        few_enough(rows.len())?;
        Ok(Typed { header, rows })
    }

    /// Rows copied from a spreadsheet. Where the first of them is a header it says which column is which, else the
    /// columns are those of the page, in their order.
    pub(super) fn pasted(table: &Table, text: &str) -> Result<Typed, Problem> {
        let mut rows = tabbed(text);
        rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
        few_enough(rows.len())?;
        let is_header = rows.first().is_some_and(|row| {
            let known = row.iter().filter(|title| table.columns.iter().any(|column| is_titled(column, title))).count();
            known > 0 && known * 2 >= row.iter().filter(|title| !title.is_empty()).count()
        });
        let header = if is_header { rows.remove(0) } else { Typed::blank(table, 0).header };
        let widest = rows.iter().map(Vec::len).max().unwrap_or(0);
        if widest > header.len() {
            return Err(Problem::bad(
                format!("粘贴的内容有 {widest} 列，表只有 {} 列：{}", header.len(), header.join("、")),
                format!("There are {widest} columns; the table has {}: {}", header.len(), header.join(", ")),
            ));
        }
        narrow_enough(header.len())?;
        rows.iter_mut().for_each(|row| row.resize(header.len(), String::new()));
        Ok(Typed { header, rows })
    }

    /// The same in the columns that the page asks for. None where something stands in another column.
    pub(super) fn in_columns_of(&self, blank: &Typed, table: &Table) -> Option<Typed> {
        let place = |title: &String| {
            let column = table.columns.iter().find(|column| is_titled(column, title))?;
            blank.header.iter().position(|own| *own == column.title)
        };
        let places: Vec<Option<usize>> = self.header.iter().map(place).collect();
        let mut rows = Vec::new();
        for row in &self.rows {
            let mut own = vec![String::new(); blank.header.len()];
            for (cell, place) in row.iter().zip(&places) {
                match place {
                    Some(at) => own[*at].clone_from(cell),
                    None if cell.is_empty() => {}
                    None => return None,
                }
            }
            rows.push(own);
        }
        Some(Typed { header: blank.header.clone(), rows })
    }

    /// True where nothing was typed.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.iter().flatten().all(|cell| cell.trim().is_empty())
    }

    /// Without the rows in which nothing was typed.
    pub(super) fn filled(self) -> Typed {
        let rows = self.rows.into_iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty())).collect();
        Typed { rows, ..self }
    }

    /// The column of the table that stands somewhere.
    pub(super) fn column<'t>(&self, table: &'t Table, at: usize) -> Option<&'t Column> {
        let title = self.header.get(at)?;
        table.columns.iter().find(|column| is_titled(column, title))
    }

    /// As a sheet for the import: row for row below its header, so that a complaint finds its row.
    pub(super) fn sheet(&self, table: &Table, place: &Place, signed: &[(Hand, Person)]) -> Sheet {
        let typed: Vec<Option<&Column>> = (0..self.header.len()).map(|at| self.column(table, at)).collect();
        let is_typed = |is: Is| typed.iter().flatten().any(|column| column.is == is);
        let mut header: Vec<Cell> = Vec::new();
        let mut given: Vec<Cell> = Vec::new();
        let ours = [(Is::Unit, place.unit.to_string()), (Is::Year, place.year.to_string())];
        for (is, words) in ours {
            if let Some(column) = table.column(is).filter(|_| !is_typed(is)) {
                header.push(Cell::Text(column.title.clone()));
                given.push(Cell::Text(words));
            }
        }
        for (hand, column) in table.hands() {
            let person = signed.iter().find(|(own, _)| *own == hand).map(|(_, person)| person.to_string());
            header.push(Cell::Text(column.title.clone()));
            given.push(person.map_or(Cell::Empty, Cell::Text));
        }
        let kept: Vec<usize> =
            (0..typed.len()).filter(|at| typed[*at].is_none_or(|column| column.hand().is_none())).collect();
        header.extend(kept.iter().map(|at| Cell::Text(self.header[*at].trim().to_owned())));
        let mut rows = vec![header];
        for row in &self.rows {
            if row.iter().all(|cell| cell.trim().is_empty()) {
                rows.push(Vec::new());
                continue;
            }
            let cells = kept.iter().map(|at| match row.get(*at).map(|cell| cell.trim()).unwrap_or_default() {
                "" => Cell::Empty,
                words => Cell::Text(words.to_owned()),
            });
            rows.push(given.iter().cloned().chain(cells).collect());
        }
        Sheet { name: table.title.clone(), rows }
    }
}

/// The columns that a page asks for: not the unit, the year and the persons, which it knows.
pub(super) fn asked(table: &Table) -> impl Iterator<Item = &Column> {
    table.shown().filter(|column| match column.is {
        Is::Order | Is::Unit => false,
        // Earlier figures are of another year than that of the page.
        Is::Year => matches!(table.id, "known" | "counts"),
        _ => column.hand().is_none(),
    })
}

/// True where words are a title of the column.
pub(super) fn is_titled(column: &Column, words: &str) -> bool {
    let key = label_key(words).to_lowercase();
    let names = [column.title.as_str(), column.word.as_str()].into_iter().chain(column.aliases.iter().copied());
    names.into_iter().any(|name| label_key(name).to_lowercase() == key)
}

/// The cells of a block as spreadsheets copy it: tabs and line breaks; what holds either stands in quotes.
fn tabbed(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut is_quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let Some(row) = rows.last_mut() else { return rows };
        let Some(cell) = row.last_mut() else { return rows };
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            '"' if cell.is_empty() => is_quoted = true,
            '\t' if !is_quoted => row.push(String::new()),
            '\n' if !is_quoted => rows.push(vec![String::new()]),
            '\r' => {}
            other => cell.push(other),
        }
    }
    rows.iter_mut().flatten().for_each(|cell| *cell = cell.trim().to_owned());
    rows
}

/// The most columns that are typed or pasted; no table has nearly as many.
const MOST_COLUMNS: usize = 200;

fn narrow_enough(columns: usize) -> Result<(), Problem> {
    if columns > MOST_COLUMNS {
        return Err(Problem::bad(
            format!("有 {columns} 列，最多 {MOST_COLUMNS} 列；请只复制表内的列"),
            format!("There are {columns} columns, at most {MOST_COLUMNS} are taken"),
        ));
    }
    Ok(())
}

fn few_enough(rows: usize) -> Result<(), Problem> {
    if rows <= MOST_ROWS {
        return Ok(());
    }
    Err(Problem::bad(
        format!("一页最多录入 {MOST_ROWS} 行，这次有 {rows} 行；请用“导入”上传文件"),
        format!("A page takes at most {MOST_ROWS} rows; please import a file"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingzhang_books::import::table;
    use mingzhang_books::names::UnitCode;

    fn place() -> Place {
        Place { unit: UnitCode::new("101").unwrap(), name: "甲".to_owned(), year: 2024 }
    }

    fn words(sheet: &Sheet, row: usize) -> Vec<String> {
        sheet.rows[row].iter().map(Cell::words).collect()
    }

    #[test]
    fn a_block_says_by_its_header_which_column_is_which() {
        let table = table("explanations").unwrap();
        let typed = Typed::pasted(table, "内容\t位置\n\"两行\n文字 \"\"引\"\"\"\ta/b\n\n").unwrap();
        assert_eq!(typed.header, ["内容", "位置"]);
        assert_eq!(typed.rows, [["两行\n文字 \"引\"", "a/b"]]);
        let own = typed.in_columns_of(&Typed::blank(table, 0), table).unwrap();
        assert_eq!(own.header, ["位置", "内容"]);
        assert_eq!(own.rows, [["a/b", "两行\n文字 \"引\""]]);
    }

    #[test]
    fn a_block_without_a_header_has_the_columns_of_the_page() {
        let table = table("explanations").unwrap();
        let typed = Typed::pasted(table, "a/b\t一\r\nc\r\n").unwrap();
        assert_eq!(typed.rows, [["a/b", "一"], ["c", ""]]);
        assert!(Typed::pasted(table, "a\tb\tc").is_err(), "more cells than columns");
        let other = Typed::pasted(table, "单位编码\t位置\t内容\n102\ta\tb").unwrap();
        assert_eq!(other.in_columns_of(&Typed::blank(table, 0), table), None, "the unit is not lost");
    }

    #[test]
    fn cells_that_fit_no_row_are_refused() {
        let header = vec!["位置".to_owned(), "内容".to_owned()];
        let cells = ["a".to_owned(), "b".to_owned(), "c".to_owned()];
        assert!(Typed::of_cells(header.clone(), &cells).is_err());
        assert_eq!(Typed::of_cells(header, &cells[..2]).unwrap().rows, [["a", "b"]]);
        assert!(Typed::of_cells(Vec::new(), &[]).is_err());
        let many = vec![String::new(); MOST_ROWS + 1];
        assert!(Typed::of_cells(vec!["位置".to_owned()], &many).is_err(), "more come as a file");
    }

    #[test]
    fn a_sheet_has_the_unit_the_year_and_those_who_signed_whatever_was_typed() {
        let table = table("closings").unwrap();
        let header = ["日期", "经办人"].map(str::to_owned).to_vec();
        let typed =
            Typed { header, rows: vec![vec![String::new(); 2], vec!["2024-12-31".to_owned(), "别人".to_owned()]] };
        let signed = [(Hand::Prepared, Person::new("甲").unwrap())];
        let sheet = typed.sheet(table, &place(), &signed);
        assert_eq!(words(&sheet, 0), ["单位编码", "年度", "经办人", "审批人", "日期"]);
        assert_eq!(words(&sheet, 1), [""; 0], "an empty row stays where it is");
        assert_eq!(words(&sheet, 2), ["101", "2024", "甲", "", "2024-12-31"]);
    }

    #[test]
    fn a_page_asks_neither_for_what_it_knows_nor_for_signatures() {
        let titles = |id: &str| asked(table(id).unwrap()).map(|column| column.title.clone()).collect::<Vec<_>>();
        let payment = titles("payments");
        for known in ["单位编码", "单位名称", "年度", "序号", "经办人", "审核人", "支付人"] {
            assert!(!payment.contains(&known.to_owned()), "{known}");
        }
        assert!(payment.contains(&"金额".to_owned()));
        assert!(titles("known").contains(&"年度".to_owned()), "an earlier year is not that of the page");
    }
}
