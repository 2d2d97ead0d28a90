//! Text to lines: where a line may end, and how its letters are spread.
//!
//! Closing marks do not begin a line and opening ones do not end it; a number stays whole and with its unit; a
//! line does not begin with what looks like the number of a list, for it would be taken for a new item, by people
//! and by programs. A line of running text is made flush by squeezing its punctuation or by spreading its letters,
//! whichever changes less.
//!
//! Absent on purpose: hyphens, and breaks that look at a whole paragraph at once.

use super::faces::Letter;

/// How much of its width a full-width mark can lose, in ems.
const SQUEEZE: f32 = 0.2;
/// A gap between letters grows by no more than this, in ems: programs take more for a space.
const SPREAD: f32 = 0.095;
/// A gap after a mark, and between Chinese and a number, grows by so much more where a line needs it.
const SPREAD_MORE: f32 = 0.3;
/// A line that is no fuller than this breaks within what should stay together.
const LOOSE: f32 = 0.91;
/// The same for a line whose letters stand as they come.
const HALF: f32 = 0.5;

/// A line of letters.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Line {
    /// The letters, with the distances at which they are printed.
    pub letters: Vec<Letter>,
    /// From the left edge of the first to the right edge of the last, in ems.
    pub width: f32,
}

/// How the lines of a text fill their width.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fill {
    /// Every line but the last is flush on both sides.
    Flush,
    /// The letters stand as they come.
    Ragged,
}

/// Marks that do not begin a line.
const NOT_FIRST: &str = "，。、；：？！,.;:?!）】》〉」』〕］｝”’)]}%％‰℃…—·～";
/// Marks that do not end a line.
const NOT_LAST: &str = "（【《〈「『〔［｛“‘([{¥￥＄$№第";
/// Full-width marks with blank space at their right.
const CLOSING: &str = "，。、；：？！）】》〉」』〕］｝";
/// Full-width marks with blank space at their left.
const OPENING: &str = "（【《〈「『〔［｛";
/// What a number is followed by and stays with.
const UNITS: &str = "万亿元年月日个人名次件台套辆户项种家倍米亩吨批场期度岁号";

/// The width of letters, in ems.
pub(super) fn width(letters: &[Letter]) -> f32 {
    letters.iter().map(|letter| letter.advance).sum()
}

/// Breaks a text into lines of this width; the first is shorter by `indent`. At least one line, maybe empty.
pub(super) fn lines(letters: &[Letter], measure: f32, indent: f32, fill: Fill) -> Vec<Line> {
    let mut lines = Vec::new();
    for part in letters.split(|letter| letter.char == '\n') {
        let mut start = 0;
        loop {
            let room = if lines.is_empty() { measure - indent } else { measure };
            let end = start + line_end(&part[start..], room, fill);
            // The last line of a paragraph is flush only where it had to be squeezed to be the last.
            let filled = end < part.len() || width(&part[start..]) > room;
            lines.push(line(&part[start..end], room, if filled { fill } else { Fill::Ragged }));
            start = end + part[end..].iter().take_while(|letter| is_space(letter.char)).count();
            if start >= part.len() {
                break;
            }
        }
    }
    lines
}

/// The same number of lines in the least width: a title over two lines is not one long and one short.
pub(super) fn balanced(letters: &[Letter], measure: f32) -> Vec<Line> {
    let best = lines(letters, measure, 0.0, Fill::Ragged);
    if best.len() < 2 {
        return best;
    }
    let (mut narrow, mut wide) = (0.0, measure);
    for _ in 0..8 {
        let middle = (narrow + wide) / 2.0;
        let tried = lines(letters, middle, 0.0, Fill::Ragged);
        let fits = tried.len() == best.len() && tried.iter().all(|line| line.width <= middle + 0.01);
        if fits { wide = middle } else { narrow = middle }
    }
    lines(letters, wide, 0.0, Fill::Ragged)
}

/// The width of the widest stretch that does not break.
pub(super) fn widest_piece(letters: &[Letter]) -> f32 {
    let (mut widest, mut start) = (0.0_f32, 0);
    for end in 1..=letters.len() {
        if end == letters.len() || may_break(letters, end) == Break::Free || letters[end].char == '\n' {
            widest = widest.max(width(trimmed(&letters[start..end])));
            start = end;
        }
    }
    widest
}

/// How many letters stand on the first line: at least one where there are any.
fn line_end(letters: &[Letter], room: f32, fill: Fill) -> usize {
    let (fits, squeezed) = capacity(letters, room, fill);
    if squeezed == letters.len() {
        return squeezed;
    }
    let full = |end: usize| width(trimmed(&letters[..end])) / room;
    let back = |from: usize, least: Break| (1..=from).rev().find(|end| may_break(letters, *end) >= least);
    let tight = back(squeezed, Break::Free).filter(|end| *end > fits);
    let loose = back(fits, Break::Free);
    if let Some(end) = tight.filter(|end| full(*end) - 1.0 <= 1.0 - loose.map_or(0.0, full)) {
        return end;
    }
    let least = if fill == Fill::Flush { LOOSE } else { HALF };
    loose.filter(|end| full(*end) > least).or_else(|| back(fits, Break::Unwelcome)).unwrap_or(fits.max(1))
}

/// How many letters fit into this width as they come, and how many when the marks among them are squeezed.
fn capacity(letters: &[Letter], room: f32, fill: Fill) -> (usize, usize) {
    let (mut at, mut fits, mut squeezed) = (0.0, 0, 0);
    for (i, letter) in letters.iter().enumerate() {
        let end = if is_space(letter.char) { at } else { at + letter.advance };
        at += letter.advance;
        if end <= room + 0.001 {
            fits = i + 1;
        }
        let give = if fill == Fill::Flush { squeezable(&letters[..=i]) } else { 0.0 };
        if end <= room + 0.001 + give {
            squeezed = i + 1;
        } else if end > room + 4.0 {
            break;
        }
    }
    (fits, squeezed)
}

/// A line of these letters.
fn line(letters: &[Letter], room: f32, fill: Fill) -> Line {
    let mut letters = trimmed(letters).to_vec();
    let natural = width(&letters);
    if fill == Fill::Flush {
        if natural > room { squeeze(&mut letters, natural - room) } else { spread(&mut letters, room - natural) }
    }
    Line { width: width(&letters), letters }
}

fn trimmed(letters: &[Letter]) -> &[Letter] {
    let end = letters.iter().rposition(|letter| !is_space(letter.char)).map_or(0, |last| last + 1);
    &letters[..end]
}

/// Takes blank space from marks: after closing ones, before opening ones. The last mark keeps its own.
fn squeeze(letters: &mut [Letter], excess: f32) {
    let share = excess / squeezable_count(letters).max(1) as f32;
    for i in 1..letters.len() {
        for _ in 0..squeezes(letters[i - 1].char, letters[i].char) {
            letters[i - 1].advance -= share;
        }
    }
}

/// How many marks have blank space between these two letters.
fn squeezes(before: char, after: char) -> usize {
    usize::from(CLOSING.contains(before)) + usize::from(OPENING.contains(after))
}

fn squeezable_count(letters: &[Letter]) -> usize {
    letters.windows(2).map(|pair| squeezes(pair[0].char, pair[1].char)).sum()
}

fn squeezable(letters: &[Letter]) -> f32 {
    squeezable_count(letters) as f32 * SQUEEZE
}

/// Widens the gaps between letters, never within a word or a number: all of them a little, and those where a
/// reader pauses anyway by what is left then.
fn spread(letters: &mut [Letter], slack: f32) {
    let inner = |before: char, after: char| is_narrow(before) && is_narrow(after);
    let left = widen(letters, slack, SPREAD, |before, after| !inner(before, after));
    let pause = |before: char, after: char| {
        is_space(before) || CLOSING.contains(before) || OPENING.contains(after) || is_narrow(before) != is_narrow(after)
    };
    if left > 0.0 {
        widen(letters, left, SPREAD_MORE, pause);
    }
}

/// Widens some of the gaps by up to `most` each. Returns what is left of the slack.
fn widen(letters: &mut [Letter], slack: f32, most: f32, wanted: impl Fn(char, char) -> bool) -> f32 {
    let gaps: Vec<usize> = (1..letters.len()).filter(|i| wanted(letters[i - 1].char, letters[*i].char)).collect();
    let share = (slack / gaps.len().max(1) as f32).min(most);
    gaps.iter().for_each(|i| letters[i - 1].advance += share);
    slack - share * gaps.len() as f32
}

/// Whether a line may end between two letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Break {
    /// Never, unless nothing else is possible.
    No,
    /// Only where there is no other: the next line would begin like an item of a list.
    Misleading,
    /// Rather not: between a number and its unit.
    Unwelcome,
    /// Yes.
    Free,
}

/// Whether a line may end before this letter.
fn may_break(letters: &[Letter], at: usize) -> Break {
    if at >= letters.len() {
        return Break::Free;
    }
    let (before, after) = (letters[at - 1].char, letters[at].char);
    if is_space(after) || NOT_FIRST.contains(after) || NOT_LAST.contains(before) {
        Break::No
    } else if is_space(before) {
        if begins_item(&letters[at..]) { Break::Misleading } else { Break::Free }
    } else if is_narrow(before) && is_narrow(after) {
        Break::No
    } else if begins_item(&letters[at..]) {
        Break::Misleading
    } else if before.is_ascii_digit() && UNITS.contains(after)
        || matches!((before, after), ('万' | '亿', '元') | ('万', '亿'))
    {
        Break::Unwelcome
    } else {
        Break::Free
    }
}

/// Whether letters begin as an item of a list does: 一、 （一） 1. 1、 （1） 第一部分.
fn begins_item(letters: &[Letter]) -> bool {
    let mut chars = letters.iter().map(|letter| letter.char).peekable();
    let opened = chars.next_if(|c| "（(第".contains(*c));
    let mut numerals = 0;
    while chars.next_if(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c)).is_some() {
        numerals += 1;
    }
    numerals > 0
        && match chars.next() {
            Some('、' | '．') => true,
            Some('.') => chars.next().is_none_or(|c| !c.is_ascii_digit()),
            Some('）' | ')') => opened.is_some(),
            Some('部' | '章' | '条') => opened == Some('第'),
            _ => false,
        }
}

fn is_space(char: char) -> bool {
    matches!(char, ' ' | '\u{3000}')
}

/// Letters, digits and signs of the Latin half.
fn is_narrow(char: char) -> bool {
    char < '\u{2000}' && !is_space(char)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str) -> Vec<Letter> {
        let letter = |char| Letter { char, face: 0, glyph: 0, advance: if char < '\u{2000}' { 0.5 } else { 1.0 } };
        text.chars().map(letter).collect()
    }

    fn broken(text: &str, measure: f32, fill: Fill) -> Vec<String> {
        let lines = lines(&letters(text), measure, 0.0, fill);
        lines.iter().map(|line| line.letters.iter().map(|letter| letter.char).collect()).collect()
    }

    #[test]
    fn marks_do_not_stand_where_they_must_not() {
        assert_eq!(broken("收入预算，支出预算", 4.0, Fill::Ragged), ["收入预", "算，支出", "预算"]);
        assert_eq!(broken("因公出（境）费", 4.0, Fill::Ragged), ["因公出", "（境）费"]);
    }

    #[test]
    fn a_number_stays_whole_and_with_its_unit() {
        assert_eq!(broken("本年总收入1,034.00万元整", 8.0, Fill::Ragged), ["本年总收入", "1,034.00万元整"]);
        assert_eq!(broken("比上年增长12.5%左右", 7.0, Fill::Ragged), ["比上年增长", "12.5%左右"]);
    }

    #[test]
    fn a_line_does_not_begin_like_an_item_of_a_list() {
        assert_eq!(broken("包括工资（一）和其他", 4.0, Fill::Ragged), ["包括工", "资（一）", "和其他"]);
        assert_eq!(broken("完善了统一、规范", 4.0, Fill::Ragged), ["完善了", "统一、规", "范"]);
    }

    #[test]
    fn lines_of_running_text_are_flush_but_for_the_last() {
        let text = "2025年收入预算1,034.00万元，比2024年增加，增长1.22%。主要原因是新馆投入使用。";
        let set = lines(&letters(text), 16.0, 2.0, Fill::Flush);
        let widths: Vec<f32> = set.iter().map(|line| (line.width * 10.0).round() / 10.0).collect();
        assert_eq!(widths[..widths.len() - 1], [14.0, 16.0]);
        assert!(widths[2] < 16.0);
    }

    #[test]
    fn what_fits_nowhere_is_cut() {
        assert_eq!(broken("ABCDEFGH", 2.0, Fill::Ragged), ["ABCD", "EFGH"]);
        assert_eq!(broken("甲", 0.5, Fill::Ragged), ["甲"]);
        assert_eq!(broken("", 4.0, Fill::Ragged), [""]);
    }

    #[test]
    fn a_title_over_two_lines_is_balanced() {
        let lines = balanced(&letters("政府性基金预算财政拨款支出"), 10.0);
        assert_eq!(lines.iter().map(|line| line.letters.len()).collect::<Vec<_>>(), [7, 6]);
    }
}
