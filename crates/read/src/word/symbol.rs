//! Characters of symbol fonts, which stand where Unicode has no character of its own.
//!
//! What a person sees of them is in the font. The few that stand in official documents are known: boxes to tick,
//! ticks and signs of lists.

/// Where symbol fonts have their characters.
const PRIVATE: std::ops::RangeInclusive<char> = '\u{e000}'..='\u{f8ff}';

/// The characters of Wingdings and Wingdings 2 that stand for something, by their code.
const KNOWN: [(&str, u32, char); 16] = [
    ("Wingdings", 0x6c, '●'),
    ("Wingdings", 0x6e, '■'),
    ("Wingdings", 0x6f, '□'),
    ("Wingdings", 0x71, '□'),
    ("Wingdings", 0x75, '◆'),
    ("Wingdings", 0xa8, '□'),
    ("Wingdings", 0xd8, '➢'),
    ("Wingdings", 0xfb, '✗'),
    ("Wingdings", 0xfc, '✓'),
    ("Wingdings", 0xfd, '☒'),
    ("Wingdings", 0xfe, '☑'),
    ("Wingdings 2", 0x4f, '✗'),
    ("Wingdings 2", 0x50, '✓'),
    ("Wingdings 2", 0x51, '☒'),
    ("Wingdings 2", 0x52, '☑'),
    ("Wingdings 2", 0xa3, '□'),
];

/// A character of a symbol font; none where nobody knows what it shows.
pub(crate) fn of(font: &str, code: u32) -> Option<char> {
    let low = if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
    if let Some((.., char)) = KNOWN.iter().find(|(own, at, _)| own.eq_ignore_ascii_case(font) && *at == low) {
        return Some(*char);
    }
    char::from_u32(code).filter(|char| !PRIVATE.contains(char) && !char.is_control())
}

/// What a list prints, its signs of symbol fonts as a round bullet.
pub(crate) fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    super::push_seen(&mut shown, &text.replace(|char| PRIVATE.contains(&char), "•"));
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_and_ticks_are_known_and_the_rest_is_not_guessed() {
        assert_eq!([of("Wingdings 2", 0xf052), of("Wingdings", 0xfe)], [Some('☑'); 2]);
        assert_eq!((of("Wingdings", 0xf0aa), of("宋体", 0x4e00)), (None, Some('一')));
        assert_eq!(shown("\u{f06c}甲"), "•甲");
    }
}
