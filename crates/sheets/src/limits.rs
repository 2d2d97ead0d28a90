//! The limits of a file that is read or written. Reaching one is a [`crate::Refusal`], never a silent cut.

/// The size of a file that is read, in bytes.
pub const BYTES: usize = 64 << 20;
/// The size of all parts of a zip together once they are inflated, in bytes.
pub const INFLATED: u64 = 600 << 20;
/// The parts of a zip.
pub const PARTS: usize = 4096;
/// The sheets of a workbook, hidden ones included.
pub const SHEETS: usize = 64;
/// The rows of a sheet: as many as Excel has.
pub const ROWS: usize = 1_048_576;
/// The columns of a sheet: A to IV.
pub const COLUMNS: usize = 256;
/// The characters of a cell: as many as Excel allows.
pub const CHARACTERS: usize = 32_767;
/// The cells of a workbook, empty ones before the last of a row included; a row counts as one more.
pub const CELLS: usize = 20_000_000;
/// The text of all cells together, in bytes of UTF-8.
pub const TEXT: usize = 512 << 20;
/// The size of all parts of a workbook together that is read as a person sees it, once they are inflated, in bytes.
pub const SHOWN_INFLATED: u64 = 64 << 20;
/// The cells of a workbook that is read as a person sees it, which is a document and no store of data.
pub const SHOWN_CELLS: usize = 500_000;
/// The text of all its cells together, in bytes of UTF-8.
pub const SHOWN_TEXT: usize = 32 << 20;
