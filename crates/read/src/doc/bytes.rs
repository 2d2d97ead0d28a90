//! Little-endian numbers at places that a file names, and that may not be there.

pub(super) fn u8_at(bytes: &[u8], at: usize) -> Option<u8> {
    bytes.get(at).copied()
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// So many bytes from a place.
pub(super) fn slice(bytes: &[u8], at: usize, length: usize) -> Option<&[u8]> {
    bytes.get(at..at.checked_add(length)?)
}

/// A text of 16-bit units, as far as it is text.
pub(super) fn utf16(units: impl IntoIterator<Item = u16>) -> String {
    char::decode_utf16(units).map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// The places at the front of a table of places, and how many entries of a size stand behind them.
pub(super) fn places(table: &[u8], entry: usize) -> Vec<u32> {
    let count = table.len().saturating_sub(4) / (4 + entry);
    (0..=count).map_while(|at| u32_at(table, at * 4)).collect()
}
