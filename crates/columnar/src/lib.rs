//! A table of typed columns as Parquet bytes: what a researcher loads without guessing at types.
//!
//! Money is a decimal with two places, days are days, and every column may have gaps. Bytes go out as a value; the
//! same table gives the same bytes. The crate is apart from all others because the library behind it is large: nothing
//! that is tested a hundred times a day should wait for it.
//!
//! Absent on purpose: files, what a column means, nested columns, and Arrow, which would double what is compiled.

use mingzhang_model::amount::Amount;
use mingzhang_model::date::Date;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use std::collections::HashSet;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// The values of a column; none where there is no value.
#[derive(Clone, PartialEq, Debug)]
pub enum Values {
    /// Text in UTF-8.
    Text(Vec<Option<String>>),
    /// Whole numbers.
    Whole(Vec<Option<i64>>),
    /// Money, in yuan with two decimals.
    Money(Vec<Option<Amount>>),
    /// Days.
    Days(Vec<Option<Date>>),
}

impl Values {
    /// How many rows it has, gaps included.
    pub fn len(&self) -> usize {
        match self {
            Values::Text(values) => values.len(),
            Values::Whole(values) => values.len(),
            Values::Money(values) => values.len(),
            Values::Days(values) => values.len(),
        }
    }

    /// True without rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A column with its name.
#[derive(Clone, PartialEq, Debug)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its values.
    pub values: Values,
}

/// Columns of one length with names of their own.
#[derive(Clone, PartialEq, Debug)]
pub struct Table(Vec<Column>);

/// Why columns are no table, or a table could not be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// There is no column.
    NoColumns,
    /// A column has no name, or one that another has.
    Name(String),
    /// A column has another length than the first.
    Length {
        /// The column.
        column: String,
        /// Its length.
        has: usize,
        /// The first column's.
        wants: usize,
    },
    /// An amount has more than 18 digits.
    TooLarge {
        /// The column.
        column: String,
        /// Which row, counted from 0.
        row: usize,
    },
    /// A table has other columns than the first that was written to its file.
    Columns,
    /// The library failed; its words.
    Library(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::NoColumns => f.write_str("表没有列 (a table without columns)"),
            Refusal::Name(name) => write!(f, "列名“{name}”为空或重复 (the name is empty or stands twice)"),
            Refusal::Length { column, has, wants } => {
                write!(f, "列“{column}”有 {has} 行，第一列有 {wants} 行 (columns of different lengths)")
            }
            Refusal::TooLarge { column, row } => {
                write!(f, "列“{column}”第 {} 行的金额超过 18 位数字 (an amount of more than 18 digits)", row + 1)
            }
            Refusal::Columns => f.write_str("各表的列不相同 (tables of one file with different columns)"),
            Refusal::Library(why) => write!(f, "无法写出 Parquet：{why} (cannot be written)"),
        }
    }
}

impl std::error::Error for Refusal {}

impl From<ParquetError> for Refusal {
    fn from(error: ParquetError) -> Refusal {
        Refusal::Library(error.to_string())
    }
}

/// The most digits of a decimal that is kept in 64 bits.
const DIGITS: u32 = 18;
/// How many rows are written together: a reader holds as many at once.
const GROUP: usize = 100_000;

impl Table {
    /// A table, if every column has a name of its own and the length of the first.
    pub fn new(columns: Vec<Column>) -> Result<Table, Refusal> {
        let wants = columns.first().ok_or(Refusal::NoColumns)?.values.len();
        let mut names = HashSet::new();
        for Column { name, values } in &columns {
            if name.is_empty() || !names.insert(name.as_str()) {
                return Err(Refusal::Name(name.clone()));
            }
            if values.len() != wants {
                return Err(Refusal::Length { column: name.clone(), has: values.len(), wants });
            }
            let Values::Money(amounts) = values else { continue };
            let large = |amount: &Option<Amount>| amount.is_some_and(|a| a.0.unsigned_abs() >= 10u64.pow(DIGITS));
            if let Some(row) = amounts.iter().position(large) {
                return Err(Refusal::TooLarge { column: name.clone(), row });
            }
        }
        Ok(Table(columns))
    }

    /// The columns.
    pub fn columns(&self) -> &[Column] {
        &self.0
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.0.first().map_or(0, |column| column.values.len())
    }

    /// The table as the bytes of a Parquet file.
    pub fn to_parquet(&self) -> Result<Vec<u8>, Refusal> {
        let mut writer = Writer::new(self)?;
        writer.write(self)?;
        writer.finish()
    }
}

/// A Parquet file under construction: tables of the same columns, one after the other, of which only the one that is
/// being written need be in memory.
pub struct Writer {
    columns: Vec<(String, Kind)>,
    file: SerializedFileWriter<Vec<u8>>,
}

/// What the values of a column are.
type Kind = std::mem::Discriminant<Values>;

impl Writer {
    /// A file with the columns of a table, without its rows.
    pub fn new(table: &Table) -> Result<Writer, Refusal> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by("mingzhang".to_owned())
            .build();
        let fields: Result<Vec<Arc<Type>>, ParquetError> = table.0.iter().map(field).collect();
        let schema = Type::group_type_builder("table").with_fields(fields?).build()?;
        let file = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
        Ok(Writer { columns: kinds(table), file })
    }

    /// More rows. The table has the columns of the first.
    pub fn write(&mut self, table: &Table) -> Result<(), Refusal> {
        if kinds(table) != self.columns {
            return Err(Refusal::Columns);
        }
        let rows = table.rows();
        for from in (0..rows).step_by(GROUP) {
            let mut group = self.file.next_row_group()?;
            for column in &table.0 {
                write(&mut group, &column.values, from..rows.min(from + GROUP))?;
            }
            group.close()?;
        }
        Ok(())
    }

    /// The bytes of the file.
    pub fn finish(self) -> Result<Vec<u8>, Refusal> {
        Ok(self.file.into_inner()?)
    }
}

fn kinds(table: &Table) -> Vec<(String, Kind)> {
    table.0.iter().map(|column| (column.name.clone(), std::mem::discriminant(&column.values))).collect()
}

fn field(column: &Column) -> Result<Arc<Type>, ParquetError> {
    let of = |physical, logical| {
        Type::primitive_type_builder(&column.name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
    };
    let field = match column.values {
        Values::Text(_) => of(Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Values::Whole(_) => of(Physical::INT64, None),
        Values::Money(_) => {
            let digits = DIGITS as i32;
            let decimal = LogicalType::decimal(2, digits);
            of(Physical::INT64, Some(decimal)).with_precision(digits).with_scale(2)
        }
        Values::Days(_) => of(Physical::INT32, Some(LogicalType::Date)),
    };
    Ok(Arc::new(field.build()?))
}

type Group<'a> = SerializedRowGroupWriter<'a, Vec<u8>>;

/// Writes some rows of a column.
fn write(group: &mut Group<'_>, values: &Values, rows: Range<usize>) -> Result<(), Refusal> {
    match values {
        Values::Text(all) => one::<_, ByteArrayType>(group, &all[rows], |text| ByteArray::from(text.as_str())),
        Values::Whole(all) => one::<_, Int64Type>(group, &all[rows], |number| *number),
        Values::Money(all) => one::<_, Int64Type>(group, &all[rows], |amount| amount.0),
        // A day of the years 0 to 65535 is less than 24 million days from 1970.
        Values::Days(all) => one::<_, Int32Type>(group, &all[rows], |day| day.since_epoch() as i32),
    }
}

/// What is there, and for each row whether it is there.
fn one<V, T: DataType>(group: &mut Group<'_>, values: &[Option<V>], of: impl Fn(&V) -> T::T) -> Result<(), Refusal> {
    let there: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
    let values: Vec<T::T> = values.iter().flatten().map(of).collect();
    let column = group.next_column()?;
    let mut column = column.ok_or_else(|| Refusal::Library("the schema has fewer columns than the table".into()))?;
    column.typed::<T>().write_batch(&values, Some(&there), None)?;
    Ok(column.close()?)
}
