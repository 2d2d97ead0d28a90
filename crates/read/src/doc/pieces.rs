//! [`Pieces`]: the text of a legacy file, put together of the stretches in which it is kept.
//!
//! A program that saves quickly appends what is new and says in a table which stretches make up the text. In some a
//! character is a byte of Western Windows, in the others a unit of UTF-16.

use super::bytes::{places, slice, u16_at, u32_at};
use encoding_rs::WINDOWS_1252;

/// Characters beyond this many are not read.
pub(super) const MAX_CHARACTERS: usize = 64 << 20;

/// A stretch of the text.
struct Piece {
    /// The first character, counted over the whole text.
    first: u32,
    /// Where it is kept.
    from: u32,
    /// How many bytes a character takes.
    width: u32,
    /// Changes to the properties of all its text.
    change: Vec<u8>,
}

/// The text and where each character is kept.
pub(super) struct Pieces {
    pub(super) text: Vec<u16>,
    pieces: Vec<Piece>,
    /// Whether there is more text than is read.
    pub(super) is_cut: bool,
}

impl Pieces {
    pub(super) fn of(table: &[u8], main: &[u8]) -> Option<Pieces> {
        // First come changes that pieces refer to, then the table of pieces.
        let (mut at, mut changes) = (0, Vec::new());
        while *table.get(at)? == 1 {
            let length = usize::from(u16_at(table, at + 1)?);
            changes.push(slice(table, at + 3, length)?);
            at += 3 + length;
        }
        let length = u32_at(table, at + 1)? as usize;
        let table = table.get(at + 5..)?;
        let table = &table[..length.min(table.len())];
        let firsts = places(table, 8);
        let mut pieces = Pieces { text: Vec::new(), pieces: Vec::new(), is_cut: false };
        for (number, ends) in firsts.windows(2).enumerate() {
            let entry = slice(table, firsts.len() * 4 + number * 8, 8)?;
            let count = ends[1].saturating_sub(ends[0]) as usize;
            pieces.add(entry, count, main, &changes);
        }
        Some(pieces)
    }

    fn add(&mut self, entry: &[u8], count: usize, main: &[u8], changes: &[&[u8]]) {
        let (Some(place), Some(change)) = (u32_at(entry, 2), u16_at(entry, 6)) else { return };
        let is_narrow = place & 0x4000_0000 != 0;
        let (from, width) = if is_narrow { ((place & 0x3fff_ffff) / 2, 1) } else { (place & 0x3fff_ffff, 2) };
        let left = MAX_CHARACTERS - self.text.len();
        self.is_cut |= count > left;
        let kept = main.get(from as usize..).unwrap_or_default();
        let bytes = &kept[..kept.len().min(count.min(left) * width as usize)];
        self.is_cut |= bytes.len() < count.min(left) * width as usize;
        let first = self.text.len() as u32;
        if is_narrow {
            // Each byte is one character, so that places in the text stay what they are.
            self.text.extend(bytes.iter().flat_map(|byte| {
                let (text, ..) = WINDOWS_1252.decode(std::slice::from_ref(byte));
                text.encode_utf16().collect::<Vec<_>>()
            }));
        } else {
            self.text.extend(bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])));
        }
        self.pieces.push(Piece { first, from, width, change: changed(change, changes) });
    }

    fn piece(&self, character: u32) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.first <= character);
        self.pieces.get(after.checked_sub(1)?)
    }

    /// Where a character is kept in the main stream.
    pub(super) fn kept(&self, character: u32) -> Option<u32> {
        let piece = self.piece(character)?;
        piece.from.checked_add((character - piece.first).checked_mul(piece.width)?)
    }

    /// How the properties of a character are changed with those of its piece.
    pub(super) fn change(&self, character: u32) -> &[u8] {
        self.piece(character).map_or(&[], |piece| &piece.change)
    }
}

/// The change that a piece names: one of those in the table, or a single property in short.
fn changed(change: u16, changes: &[&[u8]]) -> Vec<u8> {
    if change & 1 != 0 {
        return changes.get(usize::from(change >> 1)).map(|change| change.to_vec()).unwrap_or_default();
    }
    let code: u16 = match (change >> 1) & 0x7f {
        0x18 => 0x2416,
        0x19 => 0x2417,
        0x41 => 0x0800,
        0x42 => 0x0801,
        _ => return Vec::new(),
    };
    let [low, high] = code.to_le_bytes();
    vec![low, high, (change >> 8) as u8]
}
