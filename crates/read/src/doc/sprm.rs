//! Properties of a legacy file: a code of two bytes, which says how long the operand is, and the operand.

use super::bytes::{slice, u16_at};

/// A property.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Sprm<'b> {
    pub(super) code: u16,
    pub(super) operand: &'b [u8],
}

/// Codes of properties. The names are those of the published format.
pub(super) mod code {
    pub(in crate::doc) const C_F_R_MARK_DEL: u16 = 0x0800;
    pub(in crate::doc) const C_F_R_MARK_INS: u16 = 0x0801;
    pub(in crate::doc) const C_F_OLE2: u16 = 0x080a;
    pub(in crate::doc) const C_F_VANISH: u16 = 0x083c;
    pub(in crate::doc) const C_F_SPEC: u16 = 0x0855;
    pub(in crate::doc) const C_SYMBOL: u16 = 0x6a09;
    pub(in crate::doc) const C_ISTD: u16 = 0x4a30;
    pub(in crate::doc) const P_ISTD: u16 = 0x4600;
    pub(in crate::doc) const P_ILVL: u16 = 0x260a;
    pub(in crate::doc) const P_ILFO: u16 = 0x460b;
    pub(in crate::doc) const P_F_IN_TABLE: u16 = 0x2416;
    pub(in crate::doc) const P_F_TTP: u16 = 0x2417;
    pub(in crate::doc) const P_F_INNER_TABLE_CELL: u16 = 0x244b;
    pub(in crate::doc) const P_F_INNER_TTP: u16 = 0x244c;
    pub(in crate::doc) const P_ITAP: u16 = 0x6649;
    pub(in crate::doc) const P_DTAP: u16 = 0x664a;
    pub(in crate::doc) const P_HUGE_PAPX: [u16; 3] = [0x6645, 0x6646, 0x646b];
    pub(in crate::doc) const P_CHG_TABS: u16 = 0xc615;
    pub(in crate::doc) const T_DEF_TABLE: u16 = 0xd608;
    pub(in crate::doc) const T_INSERT: u16 = 0x7621;
    pub(in crate::doc) const T_DELETE: u16 = 0x5622;
    pub(in crate::doc) const T_DXA_COL: u16 = 0x7623;
    pub(in crate::doc) const T_MERGE: u16 = 0x5624;
    pub(in crate::doc) const T_SPLIT: u16 = 0x5625;
    pub(in crate::doc) const T_VERT_MERGE: u16 = 0xd62b;
}

impl Sprm<'_> {
    pub(super) fn byte(&self) -> u8 {
        self.operand.first().copied().unwrap_or(0)
    }

    pub(super) fn word(&self) -> u16 {
        u16_at(self.operand, 0).unwrap_or(0)
    }

    pub(super) fn long(&self) -> u32 {
        super::bytes::u32_at(self.operand, 0).unwrap_or(0)
    }
}

/// The properties of a list of them, as far as it is whole.
pub(super) fn sprms(mut list: &[u8]) -> impl Iterator<Item = Sprm<'_>> {
    std::iter::from_fn(move || {
        let code = u16_at(list, 0)?;
        let (skipped, length) = operand(code, list.get(2..)?)?;
        let operand = slice(list, 2 + skipped, length)?;
        list = &list[2 + skipped + length..];
        Some(Sprm { code, operand })
    })
}

/// How many bytes say the length of an operand, and how long it is.
fn operand(code: u16, rest: &[u8]) -> Option<(usize, usize)> {
    Some(match code >> 13 {
        0 | 1 => (0, 1),
        2 | 4 | 5 => (0, 2),
        3 => (0, 4),
        7 => (0, 3),
        // Of this one the length counts a byte too many.
        _ if code == code::T_DEF_TABLE => (2, usize::from(u16_at(rest, 0)?).saturating_sub(1)),
        _ => match *rest.first()? {
            255 if code == code::P_CHG_TABS => {
                let deleted = usize::from(*rest.get(1)?);
                let added = usize::from(*rest.get(2 + 4 * deleted)?);
                (1, 2 + 4 * deleted + 3 * added)
            }
            length => (1, usize::from(length)),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operands_are_as_long_as_their_codes_say() {
        let list = [
            0x16, 0x24, 1, // a byte
            0x0b, 0x46, 2, 1, // two
            0x49, 0x66, 1, 0, 0, 0, // four
            0x08, 0xd6, 4, 0, 7, 8, 9, // a length of two bytes, one too many
            0x2b, 0xd6, 2, 5, 3,    // a length of one byte
            0x16, // cut short
        ];
        let read: Vec<(u16, &[u8])> = sprms(&list).map(|sprm| (sprm.code, sprm.operand)).collect();
        assert_eq!(
            read,
            [
                (code::P_F_IN_TABLE, [1].as_slice()),
                (code::P_ILFO, &[2, 1]),
                (code::P_ITAP, &[1, 0, 0, 0]),
                (code::T_DEF_TABLE, &[7, 8, 9]),
                (code::T_VERT_MERGE, &[5, 3]),
            ]
        );
    }
}
