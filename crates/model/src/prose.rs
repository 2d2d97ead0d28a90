//! Running text as a value: the tree of [`Section`]s, the [`Mention`]s of numbers, and the [`Claim`]s
//! that sentences make about them.
//!
//! A claim relates numbers to each other: this is that share of that, this is more than last year by
//! so much. What a sentence says of numbers and could not be understood is kept as an unresolved
//! mention, counted and shown, never dropped.

use crate::amount::Figure;
use crate::document::Place;
use crate::key::Key;
use crate::statistic::Statistic;
use std::ops::Range;

/// All that the running text of a document holds.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Prose {
    /// The headings, in reading order.
    pub sections: Vec<Section>,
    /// For each of the document's blocks, the section that it stands in.
    pub section_of: Vec<Option<usize>>,
    /// The numbers, in reading order.
    pub mentions: Vec<Mention>,
    /// What is said of them.
    pub claims: Vec<Claim>,
}

impl Claim {
    /// The numbers that it speaks of, by index.
    pub fn mentions(&self) -> Vec<usize> {
        match self {
            Claim::Named { mention, .. }
            | Claim::Reported { mention, .. }
            | Claim::Stated { mention, .. }
            | Claim::Unplaced { mention, .. } => vec![*mention],
            Claim::Change { current, base, difference, rate, .. } => {
                [*current, *base, *difference, *rate].into_iter().flatten().collect()
            }
            Claim::Share { part, percent, .. } => vec![*part, *percent],
            Claim::Completion { budget, outturn, percent } => vec![*budget, *outturn, *percent],
            Claim::Parts { whole, parts, .. } | Claim::Total { whole, parts, .. } => {
                parts.iter().copied().chain([*whole]).collect()
            }
        }
    }
}

impl Prose {
    /// How many amounts and percentages there are: what a sentence can claim something of.
    pub fn amounts(&self) -> usize {
        self.mentions.iter().filter(|mention| !matches!(mention.quantity, Quantity::Count { .. })).count()
    }

    /// The amounts and percentages of which no claim says what they are: read, but not understood.
    pub fn unresolved(&self) -> Vec<usize> {
        let mut open: Vec<bool> =
            self.mentions.iter().map(|mention| !matches!(mention.quantity, Quantity::Count { .. })).collect();
        for mention in self.claims.iter().flat_map(Claim::mentions) {
            open[mention] = false;
        }
        (0..open.len()).filter(|mention| open[*mention]).collect()
    }
}

/// A heading and its place in the tree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Section {
    /// 1 for 第一部分, 2 for 一、, 3 for （一）, 4 for 1. and 5 for (1).
    pub level: u8,
    /// The number as printed: 一、
    pub number: String,
    /// The heading without its number.
    pub title: String,
    /// The document's block that it is.
    pub block: usize,
    /// The section above it.
    pub parent: Option<usize>,
}

/// A stretch of text: the document's block and the bytes of its text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Span {
    /// Which of the document's blocks; it is a paragraph.
    pub block: usize,
    /// Byte offsets in its text.
    pub bytes: Range<usize>,
}

/// A number in running text.
#[derive(Clone, PartialEq, Debug)]
pub struct Mention {
    /// The number with its unit.
    pub quantity: Quantity,
    /// Where it stands, unit included.
    pub span: Span,
    /// Where it stands on the page.
    pub place: Place,
    /// The words before it, from the number or the sentence before.
    pub lead: String,
}

/// A number with its unit.
#[derive(Clone, PartialEq, Debug)]
pub enum Quantity {
    /// 326.72万元. `bare` when 万 is printed without 元.
    Money {
        /// The amount as printed.
        figure: Figure,
        /// 万 without 元.
        bare: bool,
    },
    /// 71.65%
    Percent(Percent),
    /// 3辆, 26批次
    Count {
        /// How many.
        number: u64,
        /// The unit's word.
        unit: String,
    },
}

/// A percentage as printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Percent {
    /// The digits without the point: 7165 for 71.65%.
    pub digits: i64,
    /// How many of them stand after the point.
    pub decimals: u8,
}

/// More or less, as a word says it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Direction {
    /// 增加, 增长, 提高, 上升
    Up,
    /// 减少, 下降, 降低
    Down,
    /// 持平
    Level,
}

/// What prose says of numbers: indices of [`Prose::mentions`].
#[derive(Clone, PartialEq, Debug)]
pub enum Claim {
    /// The amount is the one that a table shows too.
    Named {
        /// The amount.
        mention: usize,
        /// The short code of the table.
        table: &'static str,
        /// Which money it is.
        key: Key,
    },
    /// The same, in a report that is appended to the disclosure.
    Reported {
        /// The amount.
        mention: usize,
        /// The short code of the table.
        table: &'static str,
        /// Which money it is.
        key: Key,
    },
    /// The number is one that only the narrative states.
    Stated {
        /// The number.
        mention: usize,
        /// What it counts.
        statistic: Statistic,
    },
    /// An item of the narrative whose names the table of items does not hold.
    Unplaced {
        /// Its amount.
        mention: usize,
        /// The names of 类, 款 and 项 as the sentence gives them.
        names: [String; 3],
        /// The short code of the table.
        table: &'static str,
    },
    /// `current`, more or less than `base` by `difference`, which is `rate` of the base.
    Change {
        /// The number of this year.
        current: Option<usize>,
        /// The number of last year, where it is printed.
        base: Option<usize>,
        /// The difference.
        difference: Option<usize>,
        /// The direction word of the difference.
        direction: Option<Direction>,
        /// The rate.
        rate: Option<usize>,
        /// The direction word of the rate.
        rate_direction: Option<Direction>,
    },
    /// `part` is `percent` of a whole.
    Share {
        /// The part.
        part: usize,
        /// The amounts that can be the whole, the nearest first: a sentence rarely says which.
        wholes: Vec<usize>,
        /// The percentage.
        percent: usize,
        /// Shares of one list have one whole: the first percentage of the list. None where the sentence
        /// names the whole of this share.
        list: Option<usize>,
    },
    /// `outturn` is `percent` of `budget`.
    Completion {
        /// The budget.
        budget: usize,
        /// What was spent.
        outturn: usize,
        /// The percentage.
        percent: usize,
    },
    /// `whole`, of which `parts`; all of them, or only some.
    Parts {
        /// The whole.
        whole: usize,
        /// The parts.
        parts: Vec<usize>,
        /// True when the sentence says or shows that these are all.
        exhaustive: bool,
    },
    /// `whole` is the sum of `parts`, or, for [`Total::BasicListed`], not less than it.
    Total {
        /// The whole.
        whole: usize,
        /// The parts.
        parts: Vec<usize>,
        /// What they are the parts of.
        what: Total,
    },
}

/// What the parts of a [`Claim::Total`] are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Total {
    /// 基本支出, 项目支出 and the other kinds of expenditure.
    Kinds,
    /// What 基本支出 is spent on, to the last item.
    Basic,
    /// Some of what 基本支出 is spent on.
    BasicListed,
    /// The budgets of the items (项) of the appropriation.
    ItemBudgets,
    /// Their outturns.
    ItemOutturns,
    /// Areas of buildings and land.
    Areas,
}
