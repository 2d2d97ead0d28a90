//! The part that says how lists count.

use super::xml::{Element, Xml};
use crate::word::lists::{self, Follow, LEVELS, Legal, Level, List, Lists};
use crate::word::numeral::Numeral;
use std::collections::{BTreeMap, HashMap};

/// Lists, and the levels that belong to styles.
#[derive(Default)]
pub(super) struct Numbering {
    pub(super) lists: Lists,
    /// The level of a shape, from 0, that belongs to a style.
    of_style: HashMap<(u32, String), usize>,
}

impl Numbering {
    pub(super) fn of(part: &Xml) -> Numbering {
        let mut numbering = Numbering::default();
        // Shapes that are kept with a style, and shapes that are another's: a style names the list.
        let (mut kept, mut borrowed) = (HashMap::new(), Vec::new());
        for shape in part.all().filter(|element| element.name() == "abstractNum") {
            let Some(id) = shape.attribute("abstractNumId").and_then(|id| id.trim().parse().ok()) else { continue };
            let mut levels = vec![Level::default(); LEVELS];
            for element in shape.children().filter(|child| child.name() == "lvl") {
                let Some(at) = level_of(element) else { continue };
                levels[at] = level(element);
                if let Some(style) = element.child("pStyle").and_then(Element::value) {
                    numbering.of_style.insert((id, style.to_owned()), at);
                }
            }
            numbering.lists.shapes.insert(id, levels);
            if let Some(style) = shape.child("styleLink").and_then(Element::value) {
                kept.insert(style, id);
            }
            if let Some(style) = shape.child("numStyleLink").and_then(Element::value) {
                borrowed.push((id, style));
            }
        }
        for (id, style) in borrowed {
            if let Some(levels) = kept.get(style).and_then(|of| numbering.lists.shapes.get(of)).cloned() {
                numbering.lists.shapes.insert(id, levels);
            }
        }
        numbering.read_lists(part);
        numbering
    }

    fn read_lists(&mut self, part: &Xml) {
        for list in part.all().filter(|element| element.name() == "num") {
            let id = list.attribute("numId").and_then(|id| id.trim().parse().ok());
            let Some((id, shape)) = id.zip(list.child("abstractNumId").and_then(Element::number)) else { continue };
            let said = list.children().filter(|child| child.name() == "lvlOverride").filter_map(|said| {
                let start = said.child("startOverride").and_then(Element::number);
                Some((level_of(said)?, (start, said.child("lvl").map(level))))
            });
            let overrides: BTreeMap<_, _> = said.collect();
            self.lists.lists.insert(id, List { shape, overrides });
        }
    }

    /// The level of a list that belongs to a style.
    pub(super) fn level_of_style(&self, list: u32, style: &str) -> Option<usize> {
        let shape = self.lists.lists.get(&list)?.shape;
        self.of_style.get(&(shape, style.to_owned())).copied()
    }
}

fn level_of(element: Element<'_>) -> Option<usize> {
    element.attribute("ilvl")?.trim().parse().ok().filter(|level| *level < LEVELS)
}

fn level(element: Element<'_>) -> Level {
    let value = |name: &str| element.child(name).and_then(Element::value);
    // Newer formats stand in a choice, the older beside it.
    let format = element.child("numFmt").or_else(|| element.at(&["AlternateContent", "Fallback", "numFmt"]));
    let numeral = format.and_then(Element::value).map_or(Numeral::Decimal, Numeral::named);
    let text = value("lvlText").unwrap_or_default();
    let is_legal = element.child("isLgl").is_some_and(Element::is_on);
    Level {
        // A level that does not say where it begins, begins at 0.
        start: element.child("start").map_or(0, |start| start.number().unwrap_or(1)),
        numeral,
        text: lists::parts(text),
        restart: element.child("lvlRestart").and_then(Element::number).map(|level| level as usize),
        legal: if is_legal { Legal::Yes } else { Legal::No },
        follow: match value("suff") {
            Some("nothing") => Follow::Nothing,
            Some("space") => Follow::Space,
            _ => Follow::Tab,
        },
    }
}
