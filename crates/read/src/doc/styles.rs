//! What styles of a legacy file say that a reader must know: the list of a paragraph, and whether text is hidden.

use super::bytes::{slice, u16_at};
use super::sprm::{code, sprms};

/// A chain of styles that stand on each other is followed so far.
const MAX_CHAIN: usize = 32;
/// A style that stands on none.
const NONE: u16 = 0x0fff;

/// What is said of the list of a paragraph: its number, and the level from 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Listed {
    pub(super) list: Option<u16>,
    pub(super) level: Option<u8>,
}

impl Listed {
    /// What properties of a paragraph say.
    pub(super) fn of(list: &[u8]) -> Listed {
        let mut listed = Listed::default();
        for sprm in sprms(list) {
            match sprm.code {
                code::P_ILFO => listed.list = Some(sprm.word()),
                code::P_ILVL => listed.level = Some(sprm.byte()),
                _ => {}
            }
        }
        listed
    }

    fn or(self, other: Listed) -> Listed {
        Listed { list: self.list.or(other.list), level: self.level.or(other.level) }
    }
}

#[derive(Clone, Copy, Default)]
struct Style {
    on: u16,
    listed: Listed,
    hidden: Option<bool>,
}

/// All styles, by their numbers.
#[derive(Default)]
pub(super) struct Styles(Vec<Option<Style>>);

impl Styles {
    pub(super) fn of(part: &[u8]) -> Styles {
        Styles::parsed(part).unwrap_or_default()
    }

    fn parsed(part: &[u8]) -> Option<Styles> {
        let head = usize::from(u16_at(part, 0)?);
        let (count, base) = (u16_at(part, 2)?, usize::from(u16_at(part, 4)?));
        let mut at = 2 + head;
        let mut styles = Vec::new();
        for _ in 0..count {
            let Some(length) = u16_at(part, at).map(usize::from) else { break };
            let Some(own) = slice(part, at + 2, length) else { break };
            styles.push(style(own, base));
            at += 2 + length + length % 2;
        }
        Some(Styles(styles))
    }

    fn chain(&self, style: u16) -> impl Iterator<Item = &Style> {
        let of = |number: u16| self.0.get(usize::from(number)).and_then(Option::as_ref);
        std::iter::successors(of(style), move |style| if style.on == NONE { None } else { of(style.on) })
            .take(MAX_CHAIN)
    }

    /// The list that a style puts its paragraphs into.
    pub(super) fn listed(&self, style: u16) -> Listed {
        self.chain(style).fold(Listed::default(), |listed, style| listed.or(style.listed))
    }

    /// Whether a style hides its text.
    pub(super) fn hides(&self, style: u16) -> bool {
        self.chain(style).find_map(|style| style.hidden).unwrap_or(false)
    }
}

/// A style of paragraphs or of characters.
fn style(own: &[u8], base: usize) -> Option<Style> {
    let (kind, on) = (u16_at(own, 2)? & 0xf, u16_at(own, 2)? >> 4);
    let name = usize::from(u16_at(own, base)?);
    let mut at = base + 2 + 2 * name + 2;
    let mut style = Style { on, ..Style::default() };
    let mut next = || {
        let length = usize::from(u16_at(own, at)?);
        let list = slice(own, at + 2, length)?;
        at += 2 + length + length % 2;
        Some(list)
    };
    if kind == 1 {
        // The first two bytes are the style's own number.
        style.listed = Listed::of(next()?.get(2..)?);
    }
    if kind == 1 || kind == 2 {
        let hides = |list| sprms(list).find(|sprm| sprm.code == code::C_F_VANISH).map(|sprm| sprm.byte() & 1 == 1);
        style.hidden = next().and_then(hides);
    }
    Some(style)
}
