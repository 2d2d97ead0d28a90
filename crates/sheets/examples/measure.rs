//! How long a million rows of ten columns take, as csv and as xlsx. The amounts are small, so that both files stay
//! within the limit of bytes: `cargo run --release -p mingzhang-sheets --example measure`.

use std::time::Instant;

use mingzhang_model::sheet::{Cell, Sheet};
use mingzhang_sheets::{Page, read, write_csv, write_xlsx};

const ROWS: usize = 1_000_000;

fn main() {
    let rows: Vec<Vec<Cell>> = (0..ROWS).map(row).collect();
    let sheet = Sheet { name: "明细".to_owned(), rows };
    let csv = timed("csv written", || write_csv(&sheet).expect("within the limits"));
    println!("csv: {} MB", csv.len() >> 20);
    timed("csv read", || count(&csv));
    drop(csv);
    let page = Page { sheet, ..Page::default() };
    let xlsx = timed("xlsx written", || write_xlsx(std::slice::from_ref(&page)).expect("within the limits"));
    drop(page);
    println!("xlsx: {} MB", xlsx.len() >> 20);
    timed("xlsx read", || count(&xlsx));
}

fn row(index: usize) -> Vec<Cell> {
    let mut cells = vec![Cell::Text(format!("款{}", index % 5000))];
    cells.extend((1..9).map(|column| {
        let fen = index * 7919 * column % 10_000;
        let written = format!("{}.{:02}", fen / 100, fen % 100);
        Cell::Number(written)
    }));
    cells.push(Cell::Text("基本".to_owned()));
    cells
}

fn count(bytes: &[u8]) -> usize {
    match read("明细", bytes) {
        Ok(book) => {
            assert_eq!(book.sheets[0].rows.len(), ROWS);
            book.sheets[0].rows.iter().map(Vec::len).sum()
        }
        Err(refusal) => {
            println!("{refusal}");
            0
        }
    }
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    println!("{what}: {:.2} s", start.elapsed().as_secs_f64());
    done
}
