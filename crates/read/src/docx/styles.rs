//! What styles say that a reader must know: the list of a paragraph, and whether text is hidden.

use super::xml::{Element, Xml};
use std::collections::HashMap;

/// A chain of styles that stand on each other is followed so far.
const MAX_CHAIN: usize = 32;

/// A list and a level of it, from 0; each where it is said.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Listed {
    pub(super) list: Option<u32>,
    pub(super) level: Option<usize>,
}

impl Listed {
    /// What the properties of a paragraph say.
    pub(super) fn of(properties: Option<Element<'_>>) -> Listed {
        let numbering = properties.and_then(|properties| properties.child("numPr"));
        let number = |name: &str| numbering.and_then(|numbering| numbering.child(name)).and_then(Element::number);
        Listed { list: number("numId"), level: number("ilvl").map(|level| level as usize) }
    }
}

/// Whether the properties of a run say that it is hidden.
pub(super) fn hidden(properties: Option<Element<'_>>) -> Option<bool> {
    properties?.child("vanish").map(Element::is_on)
}

/// A style.
#[derive(Default)]
struct Style {
    on: Option<String>,
    listed: Listed,
    hidden: Option<bool>,
}

/// All styles, by their identifiers.
#[derive(Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
}

impl Styles {
    pub(super) fn of(part: &Xml) -> Styles {
        let mut styles = Styles::default();
        for style in part.all().filter(|element| element.name() == "style") {
            let Some(id) = style.attribute("styleId") else { continue };
            let is_usual = matches!(style.attribute("default"), Some("1" | "true" | "on"));
            if is_usual && style.attribute("type") == Some("paragraph") {
                styles.usual = Some(id.to_owned());
            }
            let own = Style {
                on: style.child("basedOn").and_then(Element::value).map(str::to_owned),
                listed: Listed::of(style.child("pPr")),
                hidden: hidden(style.child("rPr")),
            };
            styles.styles.insert(id.to_owned(), own);
        }
        styles
    }

    /// The style of a paragraph.
    pub(super) fn of_paragraph<'s>(&'s self, properties: Option<Element<'s>>) -> Option<&'s str> {
        let named = properties.and_then(|properties| properties.child("pStyle")).and_then(Element::value);
        named.or(self.usual.as_deref())
    }

    fn chain<'s>(&'s self, style: Option<&'s str>) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let of = |name: &'s str| self.styles.get(name).map(|style| (name, style));
        let on = move |(_, style): &(&str, &'s Style)| style.on.as_deref().and_then(of);
        std::iter::successors(style.and_then(of), on).take(MAX_CHAIN)
    }

    /// The list that a style puts its paragraphs into, the level if it is said, and the style that says so.
    pub(super) fn listed<'s>(&'s self, style: Option<&'s str>) -> Option<(u32, Option<usize>, &'s str)> {
        self.chain(style).find_map(|(name, style)| Some((style.listed.list?, style.listed.level, name)))
    }

    /// Whether a style hides its text.
    pub(super) fn hides(&self, style: Option<&str>) -> Option<bool> {
        self.chain(style).find_map(|(_, style)| style.hidden)
    }
}
