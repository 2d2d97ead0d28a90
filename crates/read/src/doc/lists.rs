//! The lists of a legacy file.

use super::bytes::{slice, u8_at, u16_at, u32_at, utf16};
use super::file::{File, Part};
use crate::word::lists::{self, Follow, LEVELS, Legal, Level, List, Lists};
use crate::word::numeral::Numeral;
use std::collections::BTreeMap;

/// Lists beyond this many are not read.
const MAX_LISTS: usize = 100_000;

/// All lists, by their numbers from 1; as many as can be read.
pub(super) fn lists(file: &File) -> Lists {
    let mut lists = Lists::default();
    let Some(numbers) = shapes(file, &mut lists) else { return lists };
    let _ = uses(file.part(Part::Lists), &numbers, &mut lists);
    lists
}

/// Reads the shapes; the identifier of each.
fn shapes(file: &File, lists: &mut Lists) -> Option<Vec<u32>> {
    const SHAPE: usize = 28;
    let (from, _) = file.place(Part::ListShapes)?;
    let table = file.table.get(from..)?;
    let count = usize::from(u16_at(table, 0)?).min(MAX_LISTS);
    let shapes = slice(table, 2, count * SHAPE)?;
    // The levels stand behind the shapes, and are not counted as part of them.
    let mut at = 2 + count * SHAPE;
    let mut numbers = Vec::with_capacity(count);
    for (number, shape) in (0..).zip(shapes.chunks_exact(SHAPE)) {
        numbers.push(u32_at(shape, 0)?);
        let is_simple = u8_at(shape, 26)? & 1 == 1;
        let mut levels = Vec::with_capacity(LEVELS);
        for _ in 0..if is_simple { 1 } else { LEVELS } {
            let Some(level) = level(table, &mut at) else { return Some(numbers) };
            levels.push(level);
        }
        levels.resize(LEVELS, Level::default());
        lists.shapes.insert(number, levels);
    }
    Some(numbers)
}

/// A level, and the place behind it.
fn level(table: &[u8], at: &mut usize) -> Option<Level> {
    const FIXED: usize = 28;
    let head = slice(table, *at, FIXED)?;
    let (characters, paragraphs) = (usize::from(u8_at(head, 24)?), usize::from(u8_at(head, 25)?));
    let text_at = *at + FIXED + characters + paragraphs;
    let count = usize::from(u16_at(table, text_at)?);
    let units =
        slice(table, text_at + 2, 2 * count)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    *at = text_at + 2 + 2 * count;
    let flags = u8_at(head, 5)?;
    // Levels stand in the text as characters that nobody types.
    let text = utf16(units.map(|unit| if usize::from(unit) < LEVELS { LEVEL + unit } else { unit }));
    Some(Level {
        start: u32_at(head, 0)?,
        numeral: Numeral::coded(u8_at(head, 4)?),
        text: parts(&text),
        restart: if flags & 8 != 0 { Some(usize::from(u8_at(head, 26)?)) } else { None },
        legal: if flags & 4 != 0 { Legal::Yes } else { Legal::No },
        follow: match u8_at(head, 15)? {
            1 => Follow::Space,
            2 => Follow::Nothing,
            _ => Follow::Tab,
        },
    })
}

/// What stands for level 0 while a text is taken apart: a noncharacter, and the next eight are some as well.
const LEVEL: u16 = 0xfdd0;

fn parts(text: &str) -> Vec<lists::Part> {
    let mut parts = Vec::new();
    for char in text.chars() {
        let level = u32::from(char).checked_sub(u32::from(LEVEL)).filter(|level| (*level as usize) < LEVELS);
        match (level, parts.last_mut()) {
            (Some(level), _) => parts.push(lists::Part::Number(level as usize)),
            (None, Some(lists::Part::Words(words))) => words.push(char),
            (None, _) => parts.push(lists::Part::Words(char.to_string())),
        }
    }
    parts
}

/// Reads which list uses which shape, and what it says differently.
fn uses(table: &[u8], shapes: &[u32], lists: &mut Lists) -> Option<()> {
    const USE: usize = 16;
    let count = (u32_at(table, 0)? as usize).min(MAX_LISTS);
    let heads = slice(table, 4, count * USE)?;
    let mut at = 4 + count * USE;
    for (number, head) in (1..).zip(heads.chunks_exact(USE)) {
        let id = u32_at(head, 0)?;
        let shape = shapes.iter().position(|own| *own == id).unwrap_or(usize::MAX) as u32;
        let list = List { shape, overrides: BTreeMap::new() };
        let list = lists.lists.entry(number).or_insert(list);
        // Behind the heads, for each use, a place and then what it says of levels.
        at += 4;
        for _ in 0..u8_at(head, 12)? {
            let (start, flags) = (u32_at(table, at)?, u32_at(table, at + 4)?);
            at += 8;
            let own = if flags & 0x20 != 0 { Some(level(table, &mut at)?) } else { None };
            let start = match &own {
                _ if flags & 0x10 == 0 => None,
                Some(level) => Some(level.start),
                None => Some(start),
            };
            list.overrides.insert((flags & 0xf) as usize, (start, own));
        }
    }
    Some(())
}
