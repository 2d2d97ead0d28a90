//! [`Locator`]: where something stands, for a machine (page, rectangle, line, cell) and for a person.

use crate::document::Place;

/// A place in a document, in both a machine's and a person's terms. It always resolves: something
/// that is missing is located where it should have stood.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Locator {
    /// The document that it stands in, where that is not the one spoken of: in findings about several.
    pub document: Option<String>,
    /// Page, rectangle, line, paragraph or cell.
    pub place: Place,
    /// The title of the section.
    pub section: Option<String>,
    /// The title of the table.
    pub table: Option<String>,
    /// The name of the row.
    pub row: Option<String>,
    /// The name of the column.
    pub column: Option<String>,
    /// The words or the number that stand there.
    pub quote: Option<String>,
}

impl Locator {
    /// The place in words: 第 12 页，《财政拨款收入支出决算总表》，“住房保障支出”行，“决算数”列. The name of a document
    /// comes first.
    pub fn words(&self) -> String {
        let mut parts: Vec<String> = self.document.iter().cloned().collect();
        match (self.place.page, self.place.cell()) {
            (Some(sheet), Some(cell)) => parts.push(format!("第 {sheet} 张工作表 {cell}")),
            (page, _) => {
                parts.extend(page.map(|page| format!("第 {page} 页")));
                parts.extend(self.place.line.map(|line| format!("第 {line} 行")));
            }
        }
        if let Some(paragraph) = self.place.paragraph {
            parts.push(format!("第 {paragraph} 段"));
        }
        if let Some(table) = &self.table {
            parts.push(format!("《{table}》"));
        } else if let Some(section) = &self.section {
            parts.push(format!("“{section}”"));
        }
        if let Some(row) = &self.row {
            parts.push(format!("“{row}”行"));
        }
        if let Some(column) = &self.column {
            parts.push(format!("“{column}”列"));
        }
        parts.join("，")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_a_person_would_say() {
        let locator = Locator {
            place: Place { page: Some(12), ..Place::default() },
            table: Some("财政拨款收入支出决算总表".into()),
            row: Some("八、社会保障和就业支出".into()),
            column: Some("决算数".into()),
            ..Locator::default()
        };
        assert_eq!(locator.words(), "第 12 页，《财政拨款收入支出决算总表》，“八、社会保障和就业支出”行，“决算数”列");
        let place = Place { page: Some(4), line: Some(12), column: Some(28), ..Place::default() };
        let cell = Locator { place, row: None, ..locator };
        assert_eq!(cell.words(), "第 4 张工作表 AB12，《财政拨款收入支出决算总表》，“决算数”列");
    }
}
