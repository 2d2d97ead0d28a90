//! The numbers of running text as the rules see them: as intervals, as quotes, as places.

use crate::rules::Verdicts;
use mingzhang_model::amount::{Amount, Figure, Interval, render};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::finding::{Culprit, Finding, Related};
use mingzhang_model::locator::Locator;
use mingzhang_model::prose::{Claim, Percent, Prose as Numbers, Quantity};
use mingzhang_model::rule::Severity;

/// The running text of a document with its numbers.
pub(crate) struct Prose<'a> {
    pub(crate) document: &'a Document,
    pub(crate) facts: &'a Facts,
}

/// How a printed percentage stands to the ratio of two amounts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Ratio {
    /// It is a rounding of the ratio.
    Fits,
    /// It is off by no more than one last digit: cut instead of rounded, or adjusted to make 100%.
    Tail(Percent),
    /// It is not the ratio; this is.
    Off(Percent),
}

impl<'a> Prose<'a> {
    pub(crate) fn claims(&self) -> &'a [Claim] {
        &self.facts.prose.claims
    }

    /// The amount of a mention; none for a percentage or a count.
    pub(crate) fn figure(&self, mention: usize) -> Option<Figure> {
        figure(&self.facts.prose, mention)
    }

    pub(crate) fn percent(&self, mention: usize) -> Option<Percent> {
        match self.facts.prose.mentions[mention].quantity {
            Quantity::Percent(percent) => Some(percent),
            Quantity::Money { .. } | Quantity::Count { .. } => None,
        }
    }

    pub(crate) fn count(&self, mention: usize) -> Option<u64> {
        match self.facts.prose.mentions[mention].quantity {
            Quantity::Count { number, .. } => Some(number),
            Quantity::Money { .. } | Quantity::Percent(_) => None,
        }
    }

    /// What the true amount can be, see [`interval`].
    pub(crate) fn interval(&self, mention: usize) -> Option<Interval> {
        interval(&self.facts.prose, mention)
    }

    /// The most decimals of any amount of the same unit in the section of a mention.
    pub(crate) fn decimals(&self, mention: usize, figure: Figure) -> u8 {
        decimals(&self.facts.prose, mention, figure)
    }

    /// The words of a mention, as printed.
    pub(crate) fn words(&self, mention: usize) -> &'a str {
        let span = &self.facts.prose.mentions[mention].span;
        match self.document.blocks.get(span.block) {
            Some(Block::Paragraph(paragraph)) => paragraph.text.get(span.bytes.clone()).unwrap_or_default(),
            _ => "",
        }
    }

    /// The reason that is given directly behind a mention.
    pub(crate) fn reason_behind(&self, mention: usize) -> Option<String> {
        let span = &self.facts.prose.mentions[mention].span;
        reason_at(self.document, span.block, span.bytes.end)
    }

    pub(crate) fn locator(&self, mention: usize) -> Locator {
        let prose = &self.facts.prose;
        let mention = &prose.mentions[mention];
        let section = prose.section_of.get(mention.span.block).copied().flatten();
        let title = |s: usize| format!("{}{}", prose.sections[s].number, prose.sections[s].title);
        Locator { place: mention.place, section: section.map(title), ..Locator::default() }
    }

    /// Where a mention stands, with its words.
    pub(crate) fn quoted(&self, mention: usize) -> Locator {
        Locator { quote: Some(self.words(mention).to_string()), ..self.locator(mention) }
    }

    /// A finding about a mention, quoting it, with the other mentions that it was held against.
    pub(crate) fn fail<'v>(
        &self,
        verdicts: &'v mut Verdicts,
        severity: Severity,
        mention: usize,
        others: &[usize],
        message: String,
    ) -> &'v mut Finding {
        let quote = self.words(mention).to_string();
        let location = self.quoted(mention);
        let section = location.section.clone().unwrap_or_default();
        let related =
            others.iter().map(|other| Related { label: self.words(*other).to_string(), location: self.quoted(*other) });
        let related = related.collect();
        let finding = verdicts.fail_as(severity, location, &format!("{section}:{quote}"), message);
        finding.related = related;
        finding
    }
}

/// The amount of a mention; none for a percentage or a count.
pub(crate) fn figure(prose: &Numbers, mention: usize) -> Option<Figure> {
    match prose.mentions[mention].quantity {
        Quantity::Money { figure, .. } => Some(figure),
        Quantity::Percent(_) | Quantity::Count { .. } => None,
    }
}

/// What the true amount of a mention can be. A chapter is as precise as its most precise amount in that
/// unit: beside 6.25万元 stands 34万元 for 34.00. A printed zero is nothing.
pub(crate) fn interval(prose: &Numbers, mention: usize) -> Option<Interval> {
    let figure = figure(prose, mention)?;
    if figure.amount.is_zero() {
        return Some(Interval::ZERO);
    }
    Some(figure.interval(decimals(prose, mention, figure)))
}

/// The section of the highest level below the parts that a block stands in: 六、 and all of its （一）.
fn chapter(prose: &Numbers, block: usize) -> Option<usize> {
    const CHAPTER: u8 = 2;
    let mut at = prose.section_of.get(block).copied().flatten()?;
    while let Some(parent) = prose.sections[at].parent.filter(|parent| prose.sections[*parent].level >= CHAPTER) {
        at = parent;
    }
    Some(at)
}

/// The most decimals of any amount of the same unit in the chapter of a mention.
fn decimals(prose: &Numbers, mention: usize, own: Figure) -> u8 {
    let section = |m: usize| chapter(prose, prose.mentions[m].span.block);
    let here = section(mention);
    // No chapter holds as many; what does is no reason to look at all of them for each.
    const FARTHEST: usize = 2_000;
    let near = |step: &dyn Fn(usize) -> Option<usize>| {
        let mut most = 0;
        let mut at = step(mention);
        let is_near = |m: &usize| *m < prose.mentions.len() && m.abs_diff(mention) <= FARTHEST && section(*m) == here;
        while let Some(m) = at.filter(is_near) {
            if let Some(other) = figure(prose, m).filter(|other| other.unit == own.unit) {
                most = most.max(other.decimals);
            }
            at = step(m);
        }
        most
    };
    near(&|m| m.checked_sub(1)).max(near(&|m| Some(m + 1))).max(own.decimals)
}

/// The reason that begins directly behind a place in a paragraph, to the end of its sentence: from
/// 主要原因 or 原因, with nothing but punctuation, 其 and 主要 before it. A layout may have broken the
/// sentence into several paragraphs.
pub(crate) fn reason_at(document: &Document, block: usize, at: usize) -> Option<String> {
    const PARAGRAPHS: usize = 3;
    let mut text = String::new();
    for (i, content) in document.blocks.get(block..)?.iter().take(PARAGRAPHS).enumerate() {
        let Block::Paragraph(paragraph) = content else { break };
        let more = if i == 0 { paragraph.text.get(at..)? } else { paragraph.text.as_str() };
        text.push_str(more.trim());
        if text.ends_with('。') {
            break;
        }
    }
    let begins = text.find("原因")?;
    let before = text[..begins].trim_matches(|c: char| "，。；,;、（( ".contains(c));
    let before = before.trim_start_matches("其").trim_start_matches("主要");
    let said = &text[begins..];
    let end = end_of_reason(said);
    let directly = matches!(before, "" | "增加" | "减少" | "变动" | "增减" | "下降" | "增长");
    directly.then(|| format!("{}{}", text[..begins].trim_matches(|c: char| "，。；,;、 ".contains(c)), &said[..end]))
}

/// A reason ends with its sentence, or where a semicolon is followed by another subject than 二是, 三是.
fn end_of_reason(said: &str) -> usize {
    let goes_on =
        |rest: &str| ["二是", "三是", "四是", "五是", "六是", "(2", "2.", "2、"].iter().any(|w| rest.starts_with(w));
    let stop = |(at, c): (usize, char)| match c {
        '。' => Some(at),
        '；' | ';' => (!goes_on(said[at + c.len_utf8()..].trim_start())).then_some(at),
        _ => None,
    };
    said.char_indices().find_map(stop).unwrap_or(said.len())
}

/// Says that a mention should read otherwise.
pub(crate) fn should_be(finding: &mut Finding, expected: String) {
    let quote = finding.location.quote.clone().unwrap_or_default();
    finding.expected = Some(expected.clone());
    finding.culprit = Some(Culprit { quote, suggested: expected });
}

/// An amount as a figure of the same unit and decimals would print it, with its unit.
pub(crate) fn like(figure: Figure, amount: Amount) -> String {
    format!("{}{}", render(amount, figure.unit, figure.decimals, false), figure.unit.word())
}

/// A percentage as printed.
pub(crate) fn print(percent: Percent) -> String {
    let (digits, places) = (percent.digits.unsigned_abs().to_string(), usize::from(percent.decimals));
    let sign = if percent.digits < 0 { "-" } else { "" };
    let padded = format!("{digits:0>width$}", width = places + 1);
    let (whole, fraction) = padded.split_at(padded.len() - places);
    let point = if places > 0 { "." } else { "" };
    format!("{sign}{whole}{point}{fraction}%")
}

/// Holds a printed percentage against `part` of `whole`; none when the whole may be nothing.
pub(crate) fn ratio(part: Interval, whole: Interval, printed: Percent) -> Option<Ratio> {
    let bounds = |interval: Interval| (i128::from(interval.low().0), i128::from(interval.high().0));
    let ((part_low, part_high), (whole_low, whole_high)) = (bounds(part), bounds(whole));
    if whole_low <= 0 || part_low < 0 {
        return None;
    }
    let scale = 100 * 10i128.pow(u32::from(printed.decimals));
    let digits = i128::from(printed.digits);
    // Twice the last digit, so that half of it is an integer.
    let within = |slack: i128| {
        2 * part_low * scale <= (2 * digits + slack) * whole_high
            && 2 * part_high * scale >= (2 * digits - slack) * whole_low
    };
    if within(1) {
        return Some(Ratio::Fits);
    }
    let (part, whole) = (part_low + part_high, whole_low + whole_high);
    let exact = (2 * part * scale + whole) / (2 * whole);
    let expected = Percent { digits: i64::try_from(exact).ok()?, decimals: printed.decimals };
    Some(if within(3) { Ratio::Tail(expected) } else { Ratio::Off(expected) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingzhang_model::amount::Unit;

    fn wan(hundredths: i64) -> Interval {
        Figure { amount: Amount(hundredths * 10_000), unit: Unit::WanYuan, decimals: 2 }.interval(2)
    }

    fn percent(digits: i64) -> Percent {
        Percent { digits, decimals: 2 }
    }

    #[test]
    fn a_percentage_fits_where_some_true_amounts_give_it() {
        // 2106.66 of 2940.05 is 71.654%.
        assert_eq!(ratio(wan(210_666), wan(294_005), percent(7_165)), Some(Ratio::Fits));
        assert_eq!(ratio(wan(210_666), wan(294_005), percent(7_166)), Some(Ratio::Tail(percent(7_165))));
        assert_eq!(ratio(wan(210_666), wan(294_005), percent(7_173)), Some(Ratio::Off(percent(7_165))));
        // Small amounts leave room: from 0.50 to 0.62 is anything from 21.8% to 26.3%.
        assert_eq!(ratio(wan(62) - wan(50), wan(50), percent(2_222)), Some(Ratio::Fits));
        assert_eq!(ratio(wan(12), Interval::ZERO, percent(10_000)), None);
    }

    #[test]
    fn percentages_print_as_they_were() {
        assert_eq!(print(percent(7_165)), "71.65%");
        assert_eq!(print(percent(5)), "0.05%");
        assert_eq!(print(Percent { digits: 75, decimals: 0 }), "75%");
    }
}
