//! How cells look: the fonts of statutory tables, thin borders, each kind of cell at its edge.

use crate::manuscript::{CellRole, GridCell};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The type of text, and that of titles.
const SONG: &str = "宋体";
const HEI: &str = "黑体";
/// A program indents no cell further.
const MAX_INDENT: u8 = 15;

/// Text without borders.
pub(super) fn text() -> Format {
    Format::new().set_font_name(SONG).set_font_size(11).set_align(FormatAlign::VerticalCenter)
}

/// Text that breaks its lines.
pub(super) fn wrapped() -> Format {
    text().set_text_wrap()
}

/// The title over a table or a sheet.
pub(super) fn title() -> Format {
    let centred = Format::new().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
    centred.set_font_name(HEI).set_font_size(16).set_text_wrap()
}

/// A heading of the running text.
pub(super) fn heading(level: u8) -> Format {
    let size = match level {
        ..=1 => 14,
        2 => 12,
        3.. => 11,
    };
    wrapped().set_font_name(HEI).set_bold().set_font_size(size)
}

/// A link to a sheet.
pub(super) fn link() -> Format {
    cell(&CellRole::Words)
        .set_font_color(Color::RGB(0x0006_3a8a))
        .set_underline(rust_xlsxwriter::FormatUnderline::Single)
}

/// A title of columns.
pub(super) fn head() -> Format {
    let base = cell(&CellRole::ColumnHead).set_bold();
    base.set_background_color(Color::RGB(0x00f2_efe7))
}

/// A cell of the body of a table.
pub(super) fn cell(role: &CellRole) -> Format {
    let base = text().set_border(FormatBorder::Thin);
    match role {
        CellRole::ColumnHead | CellRole::Code => base.set_align(FormatAlign::Center).set_text_wrap(),
        CellRole::RowHead { indent: 0 } | CellRole::Words => base.set_align(FormatAlign::Left).set_text_wrap(),
        CellRole::RowHead { indent } => {
            base.set_align(FormatAlign::Left).set_text_wrap().set_indent((*indent).min(MAX_INDENT))
        }
        CellRole::Money => base.set_align(FormatAlign::Right),
    }
}

/// The look of a cell of a table.
pub(super) fn of(what: &GridCell, header_rows: u32) -> Format {
    match (what.row < header_rows, what.strong) {
        (true, _) => head(),
        (false, true) => cell(&what.role).set_bold(),
        (false, false) => cell(&what.role),
    }
}
