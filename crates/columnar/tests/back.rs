//! What is written is read back: by the library's own reader, and by another where one is installed.

use mingzhang_columnar::{Column, Refusal, Table, Values, Writer};
use mingzhang_model::amount::Amount;
use mingzhang_model::date::Date;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use std::io::Write;
use std::process::{Command, Stdio};

fn column(name: &str, values: Values) -> Column {
    Column { name: name.into(), values }
}

fn small() -> Table {
    Table::new(vec![
        column("单位", Values::Text(vec![Some("云麓区档案馆".into()), None, Some(String::new())])),
        column("year", Values::Whole(vec![Some(2024), Some(i64::MIN), None])),
        column("amount_yuan", Values::Money(vec![Some(Amount(1_037_000_050)), Some(Amount(-1)), None])),
        column("published", Values::Days(vec![Date::new(2025, 8, 20), None, Date::new(1969, 12, 31)])),
    ])
    .unwrap()
}

/// The rows as the library's reader shows them.
fn rows(bytes: Vec<u8>) -> Vec<Vec<Field>> {
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
    let rows = reader.get_row_iter(None).unwrap();
    rows.map(|row| row.unwrap().get_column_iter().map(|(_, field)| field.clone()).collect()).collect()
}

#[test]
fn values_and_gaps_are_read_back() {
    let rows = rows(small().to_parquet().unwrap());
    assert_eq!(rows.len(), 3);
    let text = |text: &str| Field::Str(text.into());
    assert_eq!((&rows[0][0], &rows[1][0], &rows[2][0]), (&text("云麓区档案馆"), &Field::Null, &text("")));
    assert_eq!((&rows[0][1], &rows[1][1], &rows[2][1]), (&Field::Long(2024), &Field::Long(i64::MIN), &Field::Null));
    let shown: Vec<String> = rows.iter().map(|row| row[2].to_string()).collect();
    assert_eq!(shown, ["10370000.50", "-0.01", "null"]);
    assert_eq!((&rows[0][3], &rows[1][3], &rows[2][3]), (&Field::Date(20_320), &Field::Null, &Field::Date(-1)));
}

#[test]
fn the_types_say_what_the_columns_are() {
    let reader = SerializedFileReader::new(bytes::Bytes::from(small().to_parquet().unwrap())).unwrap();
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let types: Vec<String> = schema.columns().iter().map(|c| format!("{:?}", c.logical_type_ref())).collect();
    assert!(types[0].contains("String") && types[1] == "None" && types[3].contains("Date"), "{types:?}");
    assert!(types[2].contains("Decimal") && types[2].contains("scale: 2"), "{types:?}");
}

#[test]
fn many_rows_go_into_several_groups_and_words_that_repeat_take_little_room() {
    const ROWS: usize = 250_000;
    let words = (0..ROWS).map(|i| Some(format!("一般公共服务支出{}", i % 100))).collect();
    let numbers = (0..ROWS).map(|i| Some(i as i64)).collect();
    let table = Table::new(vec![column("row", Values::Text(words)), column("i", Values::Whole(numbers))]).unwrap();
    let bytes = table.to_parquet().unwrap();
    assert!(bytes.len() < ROWS * 8, "{} bytes", bytes.len());
    assert_eq!(bytes, table.to_parquet().unwrap(), "the same table gives the same bytes");
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes.clone())).unwrap();
    assert_eq!((reader.num_row_groups(), reader.metadata().file_metadata().num_rows()), (3, ROWS as i64));
    let last = &rows(bytes)[ROWS - 1];
    assert_eq!(last[..], [Field::Str("一般公共服务支出99".into()), Field::Long(ROWS as i64 - 1)]);
}

#[test]
fn a_table_without_rows_is_a_table() {
    let table = Table::new(vec![column("a", Values::Text(Vec::new()))]).unwrap();
    assert_eq!((table.rows(), rows(table.to_parquet().unwrap()).len()), (0, 0));
}

#[test]
fn tables_one_after_the_other_are_one_file() {
    let part = |from: i64| Table::new(vec![column("a", Values::Whole((from..from + 3).map(Some).collect()))]).unwrap();
    let mut writer = Writer::new(&part(0)).unwrap();
    [0, 3, 6].iter().for_each(|from| writer.write(&part(*from)).unwrap());
    assert_eq!(writer.write(&small()), Err(Refusal::Columns));
    let text = Table::new(vec![column("a", Values::Text(Vec::new()))]).unwrap();
    assert_eq!(writer.write(&text), Err(Refusal::Columns), "the same name, another type");
    let whole = Table::new(vec![column("a", Values::Whole((0..9).map(Some).collect()))]).unwrap();
    assert_eq!(rows(writer.finish().unwrap()), rows(whole.to_parquet().unwrap()));
}

#[test]
fn what_is_no_table_is_refused() {
    let whole = |name: &str, rows: usize| column(name, Values::Whole(vec![None; rows]));
    assert_eq!(Table::new(Vec::new()), Err(Refusal::NoColumns));
    assert_eq!(Table::new(vec![whole("a", 1), whole("a", 1)]), Err(Refusal::Name("a".into())));
    assert_eq!(Table::new(vec![whole("", 1)]), Err(Refusal::Name(String::new())));
    let length = Refusal::Length { column: "b".into(), has: 1, wants: 2 };
    assert_eq!(Table::new(vec![whole("a", 2), whole("b", 1)]), Err(length));
    let large = column("a", Values::Money(vec![None, Some(Amount(10i64.pow(18)))]));
    assert_eq!(Table::new(vec![large]), Err(Refusal::TooLarge { column: "a".into(), row: 1 }));
    assert!(Table::new(vec![column("a", Values::Money(vec![Some(Amount(10i64.pow(18) - 1))]))]).is_ok());
}

#[test]
fn another_reader_reads_it_too() {
    const SCRIPT: &str = "import sys, io\ntry:\n import pyarrow.parquet as p\nexcept ImportError:\n sys.exit(9)\n\
        t = p.read_table(io.BytesIO(sys.stdin.buffer.read()))\n\
        print([list(map(str, c.to_pylist())) for c in t.columns])";
    let python = Command::new("python3").args(["-c", SCRIPT]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut python) = python else { return eprintln!("skipped: there is no python3") };
    // A reader that is not there does not read: what it says when it ends is what counts.
    let _ = python.stdin.take().unwrap().write_all(&small().to_parquet().unwrap());
    let output = python.wait_with_output().unwrap();
    if output.status.code() == Some(9) {
        return eprintln!("skipped: python3 has no pyarrow");
    }
    assert!(output.status.success());
    let columns = String::from_utf8(output.stdout).unwrap();
    let wanted = "[['云麓区档案馆', 'None', ''], ['2024', '-9223372036854775808', 'None'], \
        ['10370000.50', '-0.01', 'None'], ['2025-08-20', 'None', '1969-12-31']]";
    assert_eq!(columns.trim(), wanted);
}
