//! [`Numbering`]: numbers that Word counts itself, and that are those of the manuscript all the same.
//!
//! The manuscript says which number stands where; Word counts. So the counting is done here a second time, and
//! where Word would show another number the list is begun anew with the one that is wanted. Programs differ on
//! two questions, and neither is ever asked: whether a new beginning goes on with the counters of the levels it does
//! not name, and what a level shows that was skipped when a level below it was used. A level in doubt begins anew.
//!
//! Headings and items of running text are two lists: the levels of the first belong to the styles of headings, so
//! that a heading somebody types in Word is numbered as well.

use super::xml::{Attributes, Xml};
use crate::manuscript::Numeral;

/// Levels of a list.
pub(super) const LEVELS: u8 = 5;
/// The list of headings as the styles begin it.
const HEADINGS: u32 = 1;
/// The list of items as it begins.
const ITEMS: u32 = 2;
/// As many beginnings of lists as are written; the numbers after that are written as text. Word takes more, and gets
/// slow.
const BEGINNINGS: usize = 2_000;
/// Chinese numerals are written alike by every program up to here; above it some write 一百零一 and some 一○一.
const CHINESE: u32 = 99;
/// The greatest number a list may begin with.
const DECIMAL: u32 = 32_767;

/// Which of the two lists.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum List {
    /// Of headings.
    Headings,
    /// Of numbered paragraphs that are none.
    Items,
}

/// How the number of a paragraph comes to be printed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Number {
    /// Word counts: the list and the level, from 0.
    Counted { list: u32, level: u8 },
    /// No list shows it: it stands as text.
    Written(String),
}

/// The counters of both lists, and the beginnings they needed.
pub(super) struct Numbering {
    headings: Counters,
    items: Counters,
    beginnings: Vec<Beginning>,
}

/// A list that begins anew at one level.
struct Beginning {
    of: List,
    level: usize,
    start: u32,
}

struct Counters {
    list: u32,
    levels: [Level; LEVELS as usize],
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Level {
    /// Not used since the list or a level above it began.
    Fresh,
    /// Showed this number last.
    At(u32),
    /// Not used, and a level below it was: programs differ on what it shows next.
    Skipped,
}

impl Default for Numbering {
    fn default() -> Numbering {
        let counters = |list| Counters { list, levels: [Level::Fresh; LEVELS as usize] };
        Numbering { headings: counters(HEADINGS), items: counters(ITEMS), beginnings: Vec::new() }
    }
}

impl Numbering {
    /// The next number of a list.
    pub(super) fn number(&mut self, list: List, numeral: Numeral) -> Number {
        let level = numeral.level.clamp(1, LEVELS) - 1;
        let at = usize::from(level);
        let greatest = if level < 3 { CHINESE } else { DECIMAL };
        if !(1..=greatest).contains(&numeral.ordinal) {
            return Number::Written(numeral.to_string());
        }
        let counters = match list {
            List::Headings => &mut self.headings,
            List::Items => &mut self.items,
        };
        let shown = match counters.levels[at] {
            Level::Fresh => Some(1),
            Level::At(last) => Some(last + 1),
            Level::Skipped => None,
        };
        if shown != Some(numeral.ordinal) {
            if self.beginnings.len() == BEGINNINGS {
                return Number::Written(numeral.to_string());
            }
            self.beginnings.push(Beginning { of: list, level: at, start: numeral.ordinal });
            counters.list = ITEMS + self.beginnings.len() as u32;
            counters.levels = [Level::Fresh; LEVELS as usize];
        }
        counters.levels[at] = Level::At(numeral.ordinal);
        counters.levels[at + 1..].fill(Level::Fresh);
        for above in &mut counters.levels[..at] {
            if *above == Level::Fresh {
                *above = Level::Skipped;
            }
        }
        Number::Counted { list: counters.list, level }
    }

    /// The part of the package that says how both lists count.
    pub(super) fn part(&self) -> String {
        let mut xml = Xml::document();
        xml.element("w:numbering", &[("xmlns:w", &super::NAMESPACE)], |xml| {
            shape(xml, List::Headings);
            shape(xml, List::Items);
            for list in [List::Headings, List::Items] {
                xml.element("w:num", &[("w:numId", &list.first())], |xml| xml.value("w:abstractNumId", list.shape()));
            }
            for (number, beginning) in (ITEMS + 1..).zip(&self.beginnings) {
                xml.element("w:num", &[("w:numId", &number)], |xml| {
                    xml.value("w:abstractNumId", beginning.of.shape());
                    xml.element("w:lvlOverride", &[("w:ilvl", &beginning.level)], |xml| {
                        xml.value("w:startOverride", beginning.start);
                    });
                });
            }
        });
        xml.into_string()
    }
}

impl List {
    fn first(self) -> u32 {
        match self {
            List::Headings => HEADINGS,
            List::Items => ITEMS,
        }
    }

    /// The number of its description, from 0.
    fn shape(self) -> u32 {
        self.first() - HEADINGS
    }
}

/// How a list counts and what it prints, level by level.
fn shape(xml: &mut Xml, list: List) {
    const PRINTED: [(&str, &str); LEVELS as usize] = [
        ("chineseCountingThousand", "第%1部分　"),
        ("chineseCountingThousand", "%2、"),
        ("chineseCountingThousand", "（%3）"),
        ("decimal", "%4."),
        ("decimal", "（%5）"),
    ];
    xml.element("w:abstractNum", &[("w:abstractNumId", &list.shape())], |xml| {
        // Word tells lists apart by this when texts of two files are joined.
        xml.value("w:nsid", format_args!("4D5A000{}", list.first()));
        xml.value("w:multiLevelType", "multilevel");
        for (level, (format, text)) in PRINTED.into_iter().enumerate() {
            xml.element("w:lvl", &[("w:ilvl", &level)], |xml| {
                xml.value("w:start", 1);
                xml.value("w:numFmt", format);
                if list == List::Headings {
                    xml.value("w:pStyle", format_args!("Heading{}", level + 1));
                }
                xml.value("w:suff", "nothing");
                xml.value("w:lvlText", text);
                xml.value("w:lvlJc", "left");
                // The same indent as that of the styles: which of the two holds is another question programs differ on.
                let (characters, twips) = if level == 0 && list == List::Headings { (0, 0) } else { (200, 640) };
                xml.element("w:pPr", &[], |xml| {
                    let indent: Attributes =
                        &[("w:left", &0), ("w:firstLineChars", &characters), ("w:firstLine", &twips)];
                    xml.empty("w:ind", indent);
                });
            });
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(numerals: &[(u8, u32)]) -> Vec<Option<u32>> {
        let mut numbering = Numbering::default();
        let number = |&(level, ordinal): &(u8, u32)| match numbering.number(List::Headings, Numeral { level, ordinal })
        {
            Number::Counted { list, .. } => Some(list),
            Number::Written(_) => None,
        };
        numerals.iter().map(number).collect()
    }

    #[test]
    fn a_list_without_gaps_is_one_list() {
        assert_eq!(lists(&[(1, 1), (2, 1), (2, 2), (3, 1), (1, 2), (2, 1), (3, 1)]), [Some(1); 7]);
    }

    #[test]
    fn a_list_begins_anew_where_word_would_show_another_number() {
        assert_eq!(lists(&[(1, 2), (2, 1), (2, 3), (2, 4)]), [Some(3), Some(3), Some(4), Some(4)]);
    }

    #[test]
    fn a_skipped_level_is_never_counted_on() {
        assert_eq!(lists(&[(2, 1), (1, 1), (2, 1)]), [Some(1), Some(3), Some(3)]);
    }

    #[test]
    fn what_no_list_shows_alike_is_text() {
        assert_eq!(lists(&[(2, 0), (2, 100), (4, 100), (4, 40_000)]), [None, None, Some(3), None]);
    }
}
