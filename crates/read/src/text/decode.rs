//! Bytes to text: which encoding a file is in, and whether it is text at all.
//!
//! Valid UTF-8 wins, because no Chinese text in GB18030 of any length is valid UTF-8 by chance; UTF-8 with a
//! damaged byte or two is still UTF-8, so that one bad byte does not turn a whole file into rubbish; the rest is
//! GB18030, or no text.

use super::note;
use crate::Unreadable;
use encoding_rs::{Encoding, GB18030, UTF_8};
use mingzhang_model::document::{Note, NoteKind};

/// A file is no text if more than one in this many of its characters is broken or a control character.
const BROKEN_PER: usize = 100;

/// The text of a file.
pub(super) struct Decoded {
    /// The text, without a byte order mark, its lines ended by `\n`.
    pub(super) text: String,
    /// What could not be decoded.
    pub(super) notes: Vec<Note>,
}

/// Decodes a file, or refuses it as no text.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, Unreadable> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned(),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => damaged_utf8_or_gb18030(bytes),
        },
    };
    let total = text.chars().count();
    if total == 0 {
        return Err(Unreadable::Empty);
    }
    let controls = text.chars().filter(|&c| is_control(c)).count();
    if (broken(&text) + controls) * BROKEN_PER > total {
        return Err(Unreadable::Unknown);
    }
    let text = with_plain_line_ends(text);
    let notes = broken_lines(&text);
    Ok(Decoded { text: text.replace(is_control, ""), notes })
}

/// UTF-8 if nearly all that is not ASCII is valid in it: bytes of GB18030 are so only here and there.
pub(crate) fn damaged_utf8_or_gb18030(bytes: &[u8]) -> String {
    let utf8 = UTF_8.decode_without_bom_handling(bytes).0;
    let wide = utf8.chars().filter(|c| !c.is_ascii()).count();
    if broken(&utf8) * 10 < wide {
        utf8.into_owned()
    } else {
        GB18030.decode_without_bom_handling(bytes).0.into_owned()
    }
}

fn broken(text: &str) -> usize {
    text.chars().filter(|&c| c == char::REPLACEMENT_CHARACTER).count()
}

/// Control characters that no line of text needs. Form feeds and vertical tabs are spaces of a kind: word
/// processors write them for page and line breaks.
fn is_control(c: char) -> bool {
    c.is_control() && !c.is_whitespace()
}

fn with_plain_line_ends(text: String) -> String {
    if text.contains('\n') || !text.contains('\r') { text } else { text.replace('\r', "\n") }
}

fn broken_lines(text: &str) -> Vec<Note> {
    let lines = text.lines().enumerate().filter(|(_, line)| broken(line) > 0);
    lines.map(|(i, line)| note(NoteKind::Undecodable, i + 1, line.trim().to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "部门收支总表\r\n合计\t295.12\r\n";

    fn text(bytes: &[u8]) -> String {
        decode(bytes).unwrap().text
    }

    #[test]
    fn each_encoding_gives_the_same_text() {
        assert_eq!(text(SAMPLE.as_bytes()), SAMPLE);
        assert_eq!(text(format!("\u{feff}{SAMPLE}").as_bytes()), SAMPLE);
        assert_eq!(text(&GB18030.encode(SAMPLE).0), SAMPLE);
        let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(SAMPLE.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(text(&wide), SAMPLE);
    }

    #[test]
    fn lines_ended_by_carriage_returns_alone_are_lines() {
        assert_eq!(text("甲\r乙\r".as_bytes()), "甲\n乙\n");
    }

    #[test]
    fn one_damaged_byte_is_a_note_and_not_another_encoding() {
        let mut bytes = SAMPLE.repeat(40).into_bytes();
        bytes.pop();
        bytes.extend([0xe4, 0xb8]);
        let decoded = decode(&bytes).unwrap();
        assert!(decoded.text.starts_with(SAMPLE));
        assert_eq!(decoded.notes.len(), 1);
        assert_eq!((decoded.notes[0].kind, decoded.notes[0].place.line), (NoteKind::Undecodable, Some(80)));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let noise: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(matches!(decode(&noise), Err(Unreadable::Unknown)));
        assert!(matches!(decode(b"PK\x03\x04\x14\x00\x06\x00\x08\x00"), Err(Unreadable::Unknown)));
        assert!(matches!(decode("\u{feff}".as_bytes()), Err(Unreadable::Empty)));
    }
}
