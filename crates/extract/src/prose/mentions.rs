//! The numbers of running text: amounts of money, percentages, counts.
//!
//! A number is taken with its unit; years, dates, document numbers and list numbers are not numbers of
//! anything. The words between a number and the one before it in the sentence are its lead: they say
//! what it is.

use mingzhang_model::amount::{Amount, Figure, Unit};
use mingzhang_model::document::{Block, Document, Paragraph};
use mingzhang_model::prose::{Mention, Percent, Quantity, Span};

/// Units of counts that disclosures use, the longest of a kind first; those of areas last.
const COUNTS: [&str; 19] = [
    "批次",
    "人次",
    "团组",
    "辆",
    "台",
    "套",
    "批",
    "人",
    "个",
    "项",
    "家",
    "次",
    "名",
    "场",
    "户",
    "件",
    "㎡",
    "平方米",
    "平米",
];

/// Every number of the document, in reading order.
pub(super) fn mentions(document: &Document) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for (block, content) in document.blocks.iter().enumerate() {
        if let Block::Paragraph(paragraph) = content {
            of_paragraph(block, paragraph, &mut mentions);
        }
    }
    mentions
}

fn of_paragraph(block: usize, paragraph: &Paragraph, mentions: &mut Vec<Mention>) {
    let text = paragraph.text.as_str();
    let (mut at, mut lead_from) = (0, 0);
    while let Some(c) = text[at..].chars().next() {
        if matches!(c, '。' | '！' | '？') {
            (at, lead_from) = (at + c.len_utf8(), at + c.len_utf8());
        } else if digit(c).is_some() {
            let (number, end) = number(text, at);
            if let Some((quantity, end)) = quantity(text, at, &number, end) {
                let place = paragraph.places(at..end).first().copied().unwrap_or_else(|| paragraph.place());
                let lead = text[lead_from..at].split_whitespace().collect();
                mentions.push(Mention { quantity, span: Span { block, bytes: at..end }, place, lead });
                (at, lead_from) = (end, end);
            } else {
                at = end;
            }
        } else {
            at += c.len_utf8();
        }
    }
}

/// The value of a digit of either width.
fn digit(c: char) -> Option<u8> {
    match c {
        '0'..='9' => Some(c as u8 - b'0'),
        '０'..='９' => Some((c as u32 - '０' as u32) as u8),
        _ => None,
    }
}

/// Digits with separators and a point, half-width; and where they end. White space that the layout put
/// between them is passed over.
fn number(text: &str, from: usize) -> (String, usize) {
    let mut number = String::new();
    let mut end = from;
    let mut rest = text[from..].char_indices().peekable();
    while let Some((i, c)) = rest.next() {
        let next_is_digit = rest.peek().is_some_and(|(_, next)| digit(*next).is_some());
        match (digit(c), c) {
            (Some(value), _) => number.push((b'0' + value) as char),
            (None, ',' | '，') if next_is_digit && groups(&text[from + i + c.len_utf8()..]) => {}
            (None, '.' | '．') if next_is_digit && !number.contains('.') => number.push('.'),
            _ => break,
        }
        end = from + i + c.len_utf8();
    }
    (number, end)
}

/// True when exactly three digits follow: what stands before them is a thousands separator.
fn groups(rest: &str) -> bool {
    rest.chars().take(4).take_while(|c| digit(*c).is_some()).count() == 3
}

/// The quantity that a number and the unit behind it make; none for a number without one.
fn quantity(text: &str, from: usize, number: &str, end: usize) -> Option<(Quantity, usize)> {
    let gap = text[end..].len() - text[end..].trim_start().len();
    let (unit_at, rest) = (end + gap, text[end..].trim_start());
    let before = text[..from].chars().next_back();
    // 〔2016〕143号, GB2260, 2024-08: parts of other things.
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '〔' | '[' | '-' | '/')) {
        return None;
    }
    // 1,541.50.00万元: what stands behind the second point is no number of its own.
    if text[..from].strip_suffix(['.', '．']).is_some_and(|rest| rest.ends_with(|c| digit(c).is_some())) {
        return None;
    }
    for (word, unit, bare) in [
        ("万元", Unit::WanYuan, false),
        ("亿元", Unit::YiYuan, false),
        ("元", Unit::Yuan, false),
        ("万", Unit::WanYuan, true),
    ] {
        if let Some(behind) = rest.strip_prefix(word) {
            // 3万人, 2万平方米 are no money.
            let other = bare && behind.starts_with(|c: char| "人户亩平立只株公吨字余多名家个".contains(c));
            let figure = (!other).then(|| figure(number, unit)).flatten()?;
            return Some((Quantity::Money { figure, bare }, unit_at + word.len()));
        }
    }
    if let Some(sign) = ['%', '％'].into_iter().find(|sign| rest.starts_with(*sign)) {
        return percent(number).map(|p| (Quantity::Percent(p), unit_at + sign.len_utf8()));
    }
    let unit = COUNTS.into_iter().find(|unit| rest.starts_with(unit))?;
    let count = number.parse().ok()?;
    Some((Quantity::Count { number: count, unit: unit.to_string() }, unit_at + unit.len()))
}

fn figure(number: &str, unit: Unit) -> Option<Figure> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let places = usize::from(unit.fen_decimals());
    if fraction.len() > places {
        return None;
    }
    let digits = format!("{whole}{fraction:0<places$}");
    Some(Figure { amount: Amount(digits.parse().ok()?), unit, decimals: fraction.len() as u8 })
}

fn percent(number: &str) -> Option<Percent> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = format!("{whole}{fraction}").parse().ok()?;
    (fraction.len() <= 6).then_some(Percent { digits, decimals: fraction.len() as u8 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingzhang_model::document::Line;

    fn numbers(text: &str) -> Vec<(String, String)> {
        let line = Line::default();
        let paragraph = Paragraph { text: text.to_string(), lines: vec![line] };
        let mut found = Vec::new();
        of_paragraph(0, &paragraph, &mut found);
        found.into_iter().map(|m| (text[m.span.bytes.clone()].to_string(), m.lead)).collect()
    }

    #[test]
    fn amounts_shares_and_counts_are_found_with_what_leads_to_them() {
        let found = numbers("2024年收入3,055.44万元，增长 7.5%；车辆3辆。其中：基本支出２万元");
        let texts: Vec<&str> = found.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(texts, ["3,055.44万元", "7.5%", "3辆", "２万元"]);
        assert_eq!((found[1].1.as_str(), found[3].1.as_str()), ("，增长", "其中：基本支出"));
    }

    #[test]
    fn what_is_no_quantity_is_left_alone() {
        assert_eq!(numbers("财预〔2016〕143号，2024年8月31日，1.总体情况，3万人，GB2260"), []);
    }

    #[test]
    fn an_enumeration_comma_is_no_thousands_separator() {
        let texts: Vec<String> = numbers("车辆2，其他3辆").into_iter().map(|(text, _)| text).collect();
        assert_eq!(texts, ["3辆"]);
    }
}
