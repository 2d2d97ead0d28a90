//! [`Columns`]: how wide the columns of a table are and how small its letters.
//!
//! Every column gets what its longest number or word needs unbroken, and the rest is shared out by how much more
//! would be used. Letters shrink until that fits. All is counted in whole twips from rough widths of characters:
//! fonts are not known here, so nothing rests on them.

use crate::manuscript::{CellRole, Grid, GridCell};

/// Space at the left and at the right edge of a cell.
const MARGIN: u32 = 45;
/// For borders.
const SLACK: u32 = 10;
/// How wide a digit is thought to be, in twentieths of an em. Times New Roman has 10; what stands in for it where it
/// is missing is wider, and a number is not to be broken there.
const DIGIT: u32 = 13;
/// What is tried, from the most comfortable on: the first that fits is taken, and the last where nothing does.
const TRIALS: [Trial; 7] = [
    Trial { size: 21, lines: 2 },
    Trial { size: 18, lines: 2 },
    Trial { size: 18, lines: 3 },
    Trial { size: 15, lines: 3 },
    Trial { size: 15, lines: 4 },
    Trial { size: 13, lines: 4 },
    Trial { size: 11, lines: 4 },
];
/// A column is never narrower than this many tenths of an em.
const NARROWEST: u32 = 20;
/// A column does not ask for more than this many tenths of an em: longer texts are broken into lines.
const WIDEST: u32 = 220;
/// As much of a name as is thought of, in tenths of an em: what is longer stands in more lines.
const NAME: u32 = 320;
/// What a number would use besides its own width, in tenths of an em.
const AIR: u32 = 15;

/// Widths in twips that add up to the width of the table, and the size of letters in half points.
pub(super) struct Columns {
    /// From the left.
    pub(super) widths: Vec<u32>,
    /// In half points.
    pub(super) size: u32,
}

/// How a table may be laid out.
#[derive(Clone, Copy)]
struct Trial {
    /// Half points: 五号, 小五, 六号, 小六, 七号.
    size: u32,
    /// In how many lines names stand at most, if they are not very long.
    lines: u32,
}

/// What a column needs and what it would use, in tenths of an em.
#[derive(Clone, Copy)]
struct Wish {
    needed: u32,
    wanted: u32,
}

impl Columns {
    /// The columns of a table that is so wide.
    pub(super) fn of(grid: &Grid, total: u32) -> Columns {
        let [.., last] = TRIALS;
        let wishes = |trial| (trial, wishes(grid, trial));
        let fits = |(trial, wishes): &(Trial, Vec<Wish>)| sum(wishes, |wish| twips(wish.needed, trial.size)) <= total;
        let (trial, wishes) = TRIALS.into_iter().map(wishes).find(fits).unwrap_or_else(|| wishes(last));
        Columns { widths: share(&wishes, trial.size, total), size: trial.size }
    }

    /// How wide a cell is.
    pub(super) fn width(&self, cell: &GridCell) -> u32 {
        let from = cell.column as usize;
        self.widths[from..from + cell.column_span as usize].iter().sum()
    }

    /// About how high a cell is, in twips.
    pub(super) fn height(&self, cell: &GridCell) -> u32 {
        let room = self.width(cell).saturating_sub(2 * MARGIN + indent(cell) * self.size).max(1);
        let lines = |line: &str| (measure(line, digit(cell)) * self.size).div_ceil(room).max(1);
        cell.text.lines().map(lines).fold(0, u32::saturating_add).clamp(1, 1_000) * self.size * 15
    }
}

fn sum(wishes: &[Wish], of: impl Fn(&Wish) -> u32) -> u32 {
    wishes.iter().map(of).sum()
}

/// A tenth of an em has as many twips as the letters have half points.
fn twips(tenths: u32, size: u32) -> u32 {
    tenths * size + 2 * MARGIN + SLACK
}

fn wishes(grid: &Grid, trial: Trial) -> Vec<Wish> {
    let mut wishes = vec![Wish { needed: NARROWEST, wanted: NARROWEST }; grid.columns as usize];
    let (single, spanning): (Vec<_>, Vec<_>) = grid.cells.iter().partition(|cell| cell.column_span == 1);
    for cell in single {
        let wish = &mut wishes[cell.column as usize];
        let of = wish_of(cell, trial);
        *wish = Wish { needed: wish.needed.max(of.needed), wanted: wish.wanted.max(of.wanted) };
    }
    for cell in spanning {
        let columns = &mut wishes[cell.column as usize..][..cell.column_span as usize];
        let of = wish_of(cell, trial);
        let missing = |whole: u32, there: u32| whole.saturating_sub(there).div_ceil(cell.column_span);
        let needed = missing(of.needed, sum(columns, |wish| wish.needed));
        let wanted = missing(of.wanted, sum(columns, |wish| wish.wanted));
        for wish in columns {
            wish.needed += needed;
            wish.wanted = (wish.wanted + wanted).max(wish.needed);
        }
    }
    wishes
}

fn wish_of(cell: &GridCell, trial: Trial) -> Wish {
    let indent = indent(cell);
    let whole = cell.text.lines().map(|line| measure(line, digit(cell))).max().unwrap_or(0) + indent;
    let unbroken = unbroken(&cell.text, digit(cell)) + indent;
    let needed = match cell.role {
        CellRole::Money => whole,
        CellRole::Code => unbroken.max(whole.min(60)),
        // Heads are short, and are not what a column is there for.
        CellRole::ColumnHead => unbroken.max((whole / 4).min(40)),
        CellRole::RowHead { .. } | CellRole::Words => unbroken.max(whole.min(NAME) / trial.lines),
    };
    let wanted = match cell.role {
        CellRole::ColumnHead => whole.min(80),
        CellRole::Money => whole + AIR,
        CellRole::Code | CellRole::RowHead { .. } | CellRole::Words => whole,
    };
    let needed = needed.min(WIDEST);
    Wish { needed, wanted: wanted.clamp(needed, WIDEST) }
}

/// How wide a digit of a cell is: one that stands out is wider.
fn digit(cell: &GridCell) -> u32 {
    DIGIT + u32::from(cell.strong)
}

/// The indent of a name, in tenths of an em.
fn indent(cell: &GridCell) -> u32 {
    match cell.role {
        CellRole::RowHead { indent } => u32::from(indent) * 10,
        _ => 0,
    }
}

/// The widest stretch between two places where a line may be broken.
fn unbroken(text: &str, digit: u32) -> u32 {
    let stretches = text.split(|c: char| c.is_whitespace() || !is_narrow(c));
    stretches.map(|stretch| measure(stretch, digit)).max().unwrap_or(0)
}

fn is_narrow(c: char) -> bool {
    c < '\u{2000}'
}

/// About how wide a line is, in tenths of an em.
fn measure(text: &str, digit: u32) -> u32 {
    let width = |c: char| match c {
        'A'..='Z' | '%' | '@' | 'm' | 'w' => 17,
        ',' | '.' | ' ' => digit / 2,
        c if is_narrow(c) => digit,
        _ => 20,
    };
    text.chars().map(width).fold(0, u32::saturating_add).div_ceil(2).min(1_000_000)
}

/// Widths that add up to the total: what is needed, and of the rest by what is wanted.
fn share(wishes: &[Wish], size: u32, total: u32) -> Vec<u32> {
    let needed: Vec<u64> = wishes.iter().map(|wish| twips(wish.needed, size).into()).collect();
    let wanted: Vec<u64> = wishes.iter().map(|wish| twips(wish.wanted, size).into()).collect();
    let (all_needed, all_wanted, total) = (needed.iter().sum::<u64>(), wanted.iter().sum::<u64>(), u64::from(total));
    let width = |(needed, wanted): (&u64, &u64)| {
        if all_wanted <= total || all_wanted == all_needed {
            wanted * total / all_wanted
        } else if all_needed <= total {
            needed + (wanted - needed) * (total - all_needed) / (all_wanted - all_needed)
        } else {
            needed * total / all_needed
        }
    };
    let mut widths: Vec<u32> = needed.iter().zip(&wanted).map(|pair| width(pair) as u32).collect();
    if let Some(last) = widths.last_mut() {
        *last = 0;
        let others: u64 = widths.iter().map(|width| u64::from(*width)).sum();
        let count = widths.len();
        widths[count - 1] = (total - others) as u32;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_add_up_and_what_is_needed_is_there() {
        let wishes = [(20, 20), (90, 90), (30, 220)].map(|(needed, wanted)| Wish { needed, wanted });
        for total in [3_000, 6_000, 20_000] {
            let widths = share(&wishes, 21, total);
            assert_eq!(widths.iter().sum::<u32>(), total);
            let fits = sum(&wishes, |wish| twips(wish.needed, 21)) <= total;
            let enough = wishes.iter().zip(&widths).all(|(wish, width)| *width >= twips(wish.needed, 21));
            assert_eq!(enough, fits, "{widths:?} of {total}");
        }
    }

    #[test]
    fn a_number_is_one_stretch_and_chinese_is_none() {
        assert_eq!(unbroken("其中：1,234,567.89元", 10), 53);
        assert_eq!(unbroken("行政运行", 10), 0);
        assert_eq!(measure("2025年", 10), 30);
    }
}
