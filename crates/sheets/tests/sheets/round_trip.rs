//! What is written and read again is the same, for thousands of sheets made by chance.

use mingzhang_model::date::Date;
use mingzhang_model::sheet::{Cell, Sheet};
use mingzhang_sheets::{Page, read, write_csv, write_xlsx};

/// Numbers by chance, the same on every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    fn words(&mut self) -> String {
        const SIGNS: [&str; 25] = [
            "款",
            "教育支出",
            "a",
            "Z",
            "0",
            "7",
            ".",
            ",",
            ";",
            "\"",
            "'",
            "=",
            "+",
            "-",
            "@",
            "\n",
            " ",
            "&",
            "<",
            "_x000D_",
            "\u{3000}",
            "％",
            "䶮",
            "\t",
            "😀",
        ];
        let length = 1 + self.below(8);
        let words: String = (0..length).map(|_| SIGNS[self.below(25) as usize]).collect();
        words.trim().to_owned()
    }

    fn number(&mut self) -> String {
        let sign = if self.below(3) == 0 { "-" } else { "" };
        let whole = self.below(10_u64.pow(1 + self.0 as u32 % 12));
        let part = self.below(100);
        let written = if part == 0 { whole.to_string() } else { format!("{whole}.{part:02}") };
        let written = if part == 0 { written } else { written.trim_end_matches('0').to_owned() };
        if written == "0" { written } else { format!("{sign}{written}") }
    }

    fn cell(&mut self) -> Cell {
        match self.below(8) {
            0 => Cell::Empty,
            1..4 => Cell::Number(self.number()),
            4 => Cell::Date(Date::after_epoch(self.below(80_000) as i64 - 25_567)),
            _ => match self.words() {
                words if words.is_empty() => Cell::Empty,
                words => Cell::Text(words),
            },
        }
    }

    fn sheet(&mut self) -> Sheet {
        let height = 1 + self.below(12);
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for _ in 0..height {
            let width = self.below(7);
            let mut row: Vec<Cell> = (0..width).map(|_| self.cell()).collect();
            while row.last().is_some_and(Cell::is_empty) {
                row.pop();
            }
            rows.push(row);
        }
        rows.push(vec![Cell::Text("末".to_owned())]);
        Sheet { name: "表".to_owned(), rows }
    }
}

#[test]
fn a_sheet_comes_back_from_xlsx() {
    let mut chance = Chance(2_463_534_242);
    for _ in 0..400 {
        let sheets: Vec<Sheet> = (0..3).map(|n| Sheet { name: format!("表{n}"), ..chance.sheet() }).collect();
        let pages: Vec<Page> = sheets.iter().map(|sheet| Page { sheet: sheet.clone(), ..Page::default() }).collect();
        let book = read("来回.xlsx", &write_xlsx(&pages).unwrap()).unwrap();
        assert_eq!(book.sheets, sheets);
        assert_eq!(book.notes, [""; 0]);
    }
}

/// What a csv file cannot tell: words that look like a number, a day or a fault. Everything else it can.
fn can_tell(cell: &Cell) -> bool {
    let Cell::Text(words) = cell else { return true };
    let is_number = words.trim_start_matches(['+', '-']).chars().all(|c| c.is_ascii_digit() || c == '.');
    !is_number && Date::parse(words).is_none()
}

#[test]
fn a_sheet_comes_back_from_csv() {
    let mut chance = Chance(88_172_645_463_325_252);
    let mut cells = 0;
    for _ in 0..4000 {
        let mut sheet = chance.sheet();
        for cell in sheet.rows.iter_mut().flatten().filter(|cell| !can_tell(cell)) {
            *cell = Cell::Text("字".to_owned());
        }
        let bytes = write_csv(&sheet).unwrap();
        let book = read("表.csv", &bytes).unwrap();
        assert_eq!(book.sheets, [sheet.clone()], "{}", String::from_utf8_lossy(&bytes));
        cells += sheet.rows.iter().map(Vec::len).sum::<usize>();
    }
    assert!(cells > 50_000, "{cells}");
}
