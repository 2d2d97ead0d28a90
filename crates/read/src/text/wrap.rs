//! Lines of one width to paragraphs.
//!
//! Text that is copied out of a page, or printed by a program that turns pages into text, has its paragraphs broken
//! where the page had: most lines are as long as a line can be and end in the middle of a sentence. Text that a word
//! processor saved has a paragraph in each line. Only where many lines are full, and none is much longer, are lines put
//! together, and then one that is full and ends in the middle of a sentence goes on in the next. As on a page, a break
//! too many is better than two titles in one.

use crate::lines::{ends_a_sentence, has_columns, is_numbered};

/// Lines narrower than this, in half-width characters, are no full lines.
const NARROWEST: usize = 48;

/// Lines wider than this are paragraphs, not lines of a page.
const WIDEST: usize = 150;

/// A full line may lack this much: what could not stand alone at the end of a line went to the next.
const ROOM: usize = 6;

/// How wide a mark is that may not begin a line.
const MARK: usize = 2;

/// Fewer full lines than this happen by chance.
const FEWEST: usize = 8;

/// What stands between the pages of text that a program made of them.
const PAGE_BREAK: char = '\u{c}';

/// How wide a full line is, in text whose paragraphs were broken into lines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Wrapping {
    full: usize,
}

impl Wrapping {
    /// Whether the lines of running text were broken at one width, and at which.
    pub(super) fn of<'l>(lines: impl Iterator<Item = &'l str>) -> Option<Wrapping> {
        let long: Vec<(usize, &str)> = lines
            .filter(|line| is_prose(line))
            .map(|line| (width(line), line))
            .filter(|(width, _)| *width >= NARROWEST)
            .collect();
        let mut widths: Vec<usize> = long.iter().map(|(width, _)| *width).collect();
        widths.sort_unstable();
        // The width that most lines come to: a few are wider, where a page break left two in one.
        let lines_near = |full: usize| {
            widths.partition_point(|width| *width <= full) - widths.partition_point(|width| *width + ROOM < full)
        };
        let full = widths.iter().copied().max_by_key(|full| lines_near(*full))?;
        let wider = widths.len() - widths.partition_point(|width| *width <= full + ROOM);
        let filled: Vec<&str> =
            long.iter().filter(|(width, _)| *width <= full && *width + ROOM >= full).map(|(_, line)| *line).collect();
        let cut = filled.iter().filter(|line| !ends_a_sentence(line)).count();
        let is_wrapped = full <= WIDEST
            && wider * 5 <= long.len()
            && cut >= FEWEST
            && filled.len() * 3 > long.len()
            && cut * 2 > filled.len();
        is_wrapped.then_some(Wrapping { full })
    }

    /// Whether a paragraph that ends with line `last` goes on with line `next`.
    pub(super) fn goes_on(self, last: &str, next: &str) -> bool {
        // A form feed before the first line of a page is no indent.
        let indent = |line: &str| width(line.trim_start_matches(PAGE_BREAK)) - width(line.trim_start());
        // The end of a page cuts a line where it stands.
        let is_cut = next.starts_with(PAGE_BREAK) && is_sentence(last) && is_prose(next);
        (is_cut || width(last) + ROOM.max(first_word(next) + 2 * MARK) >= self.full)
            && (!ends_a_sentence(last) || cuts_a_number(last, next))
            && !next.trim().is_empty()
            && indent(next) <= indent(last)
            && !is_numbered(next.trim())
            && !has_columns(last.trim())
            && !has_columns(next.trim())
    }
}

/// How wide the number or the Latin word is that a line begins with, which cannot be broken. Longer ones are: addresses
/// of the web stand on lines of their own.
fn first_word(line: &str) -> usize {
    const LONGEST: usize = 24;
    let word = line.trim_start().chars().take_while(char::is_ascii_graphic).count();
    if word > LONGEST { 0 } else { word }
}

/// 增加12. above 50万元: the point is that of a number.
fn cuts_a_number(last: &str, next: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    last.trim_end().strip_suffix('.').is_some_and(|number| number.ends_with(is_digit))
        && next.trim().starts_with(is_digit)
}

/// True for a line in the middle of sentences, which a heading is not: 二、收入、支出决算总体情况说明.
fn is_sentence(line: &str) -> bool {
    is_prose(line) && line.contains(['，', '。', '；']) && !line.trim_end().ends_with("说明")
}

/// True for a line with the marks of sentences.
fn is_prose(line: &str) -> bool {
    line.contains(['，', '。', '、', '；']) && !has_columns(line.trim())
}

/// How wide a line is, in half-width characters.
fn width(line: &str) -> usize {
    line.trim_end().chars().map(|c| if c >= '\u{2000}' { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A paragraph of sentences, broken at so many characters.
    fn broken(at: usize) -> Vec<String> {
        let text = "本年度收入总计比上年增加，主要原因是项目经费安排增加，".repeat(24);
        let chars: Vec<char> = text.chars().collect();
        chars.chunks(at).map(|line| line.iter().collect()).collect()
    }

    #[test]
    fn lines_of_one_width_go_on_in_each_other() {
        let lines = broken(28);
        let wrapping = Wrapping::of(lines.iter().map(String::as_str)).expect("broken lines");
        assert!(wrapping.goes_on(&lines[0], &lines[1]));
        assert!(!wrapping.goes_on(&lines[0], "二、机构设置"), "a number begins another paragraph");
        assert!(!wrapping.goes_on(&lines[0], "    其次"), "so does an indent");
        assert!(!wrapping.goes_on("收入总计增加", &lines[1]), "a short line has ended");
        let short = "项目经费增加，本年度收入总计比上年增加，支出收入";
        assert!(
            wrapping.goes_on(short, "105.00万元，支出具体情况如下：") && !wrapping.goes_on(short, "其中：项目支出")
        );
        let heading = "二、收入、支出决算总体情况说明";
        assert!(!wrapping.goes_on(heading, &format!("{PAGE_BREAK}{}", lines[1])), "a heading at the foot of a page");
        let number = format!("{}12.", &lines[0][..lines[0].len() - 2 * '，'.len_utf8()]);
        assert!(wrapping.goes_on(&number, "50万元，主要原因是项目增加"), "a number that is cut");
        assert!(wrapping.goes_on(&lines[0], &format!("{PAGE_BREAK}{}", lines[1])), "over the page");
        let full = format!("{}。", &lines[0][..lines[0].len() - '，'.len_utf8()]);
        assert!(!wrapping.goes_on(&full, &lines[1]), "so has a sentence");
    }

    #[test]
    fn paragraphs_in_lines_of_their_own_stay_so() {
        let lines: Vec<String> = (1..40).map(|n| "本单位负责气象科普工作，".repeat(n)).collect();
        assert_eq!(Wrapping::of(lines.iter().map(String::as_str)), None);
        assert_eq!(Wrapping::of(broken(28).iter().take(4).map(String::as_str)), None, "too few");
        assert_eq!(Wrapping::of(broken(200).iter().map(String::as_str)), None, "too wide");
    }
}
