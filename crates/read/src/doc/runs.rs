//! [`Runs`]: which properties the text at a place of the main stream has.
//!
//! They are kept on pages of 512 bytes: at the front the places where runs begin, and from the back the properties.

use super::bytes::{slice, u8_at, u16_at, u32_at};

/// Runs beyond this many are not read.
const MAX_RUNS: usize = 4_000_000;

/// A run: where it begins and ends, and its properties.
#[derive(Clone, Copy)]
pub(super) struct Run<'f> {
    pub(super) from: u32,
    pub(super) to: u32,
    /// Of paragraphs, the style.
    pub(super) style: u16,
    pub(super) sprms: &'f [u8],
}

/// All runs, by where they begin.
pub(super) struct Runs<'f>(Vec<Run<'f>>);

impl<'f> Runs<'f> {
    /// The runs of characters that stand on these pages.
    pub(super) fn of_characters(pages: impl Iterator<Item = &'f [u8]>) -> Runs<'f> {
        Runs::of(pages, 1, |page, entry| {
            let at = 2 * usize::from(entry);
            let sprms = slice(page, at + 1, usize::from(u8_at(page, at)?))?;
            Some((0, sprms))
        })
    }

    /// The paragraphs that stand on these pages.
    pub(super) fn of_paragraphs(pages: impl Iterator<Item = &'f [u8]>) -> Runs<'f> {
        const ENTRY: usize = 13;
        Runs::of(pages, ENTRY, |page, entry| {
            let at = 2 * usize::from(entry);
            let (from, length) = match u8_at(page, at)? {
                0 => (at + 2, 2 * usize::from(u8_at(page, at + 1)?)),
                half => (at + 1, 2 * usize::from(half) - 1),
            };
            let properties = slice(page, from, length)?;
            Some((u16_at(properties, 0)?, properties.get(2..)?))
        })
    }

    fn of(
        pages: impl Iterator<Item = &'f [u8]>,
        entry: usize,
        properties: impl Fn(&'f [u8], u8) -> Option<(u16, &'f [u8])>,
    ) -> Runs<'f> {
        let mut runs: Vec<Run<'f>> = Vec::new();
        for page in pages {
            let count = usize::from(page.last().copied().unwrap_or(0));
            for number in 0..count {
                let (from, to) = (u32_at(page, 4 * number), u32_at(page, 4 * number + 4));
                let (Some(from), Some(to)) = (from, to) else { break };
                let place = u8_at(page, 4 * (count + 1) + entry * number);
                let said = place.filter(|place| *place > 0).and_then(|place| properties(page, place));
                let (style, sprms) = said.unwrap_or_default();
                runs.push(Run { from, to, style, sprms });
            }
            if runs.len() > MAX_RUNS {
                break;
            }
        }
        runs.sort_by_key(|run| run.from);
        Runs(runs)
    }

    /// The run at a place.
    pub(super) fn at(&self, place: u32) -> Option<Run<'f>> {
        let after = self.0.partition_point(|run| run.from <= place);
        self.0.get(after.checked_sub(1)?).filter(|run| place < run.to).copied()
    }
}
