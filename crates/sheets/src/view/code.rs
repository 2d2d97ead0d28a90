//! Format codes: how a spreadsheet shows a number, as in `#,##0.00_ ;[Red]\-#,##0.00\ `.
//!
//! A code has up to four sections, for what is above nothing, below, nothing, and text. A section is a row of
//! tokens: places for digits, parts of dates, and words that stand as they are. What it will not do: colours,
//! widths, fractions and the numerals of other scripts; a number in such a code is shown as digits.

use super::digits::Decimal;
use super::moment::Moment;
use crate::number::{self, Days};

/// How a number is shown.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Code {
    sections: Vec<Section>,
}

#[derive(Clone, PartialEq, Debug, Default)]
struct Section {
    condition: Option<Condition>,
    tokens: Vec<Token>,
}

/// A comparison in brackets, as `[>=10000]`.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Condition {
    order: Order,
    bound: f64,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Order {
    Less,
    AtMost,
    More,
    AtLeast,
    Equal,
    Unequal,
}

/// A piece of a section.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Token {
    /// Words that stand as they are.
    Words(String),
    /// The place of a digit: `0`, `#` or `?`.
    Digit(char),
    /// The point before the decimals.
    Point,
    /// A comma: between digits it parts thousands, behind them it divides by a thousand.
    Comma,
    /// A percent sign.
    Percent,
    /// The mark before an exponent.
    Exponent,
    /// The slash of a fraction.
    Slash,
    /// A number as it is shown without a code.
    General,
    /// The place of text.
    At,
    /// A part of a date or time: its letter, and how often it stands there.
    Part(char, usize),
    /// All hours, minutes or seconds that have gone by.
    Elapsed(char),
    /// The half of the day.
    Half(&'static str, &'static str),
}

impl Code {
    /// Reads a code.
    pub(crate) fn parse(code: &str) -> Code {
        let mut sections = vec![Section::default()];
        let mut rest = code;
        while let Some(first) = rest.chars().next() {
            if first == ';' {
                rest = &rest[1..];
                sections.push(Section::default());
                continue;
            }
            // There is always a last one.
            let Some(section) = sections.last_mut() else { break };
            rest = section.token(first, rest);
        }
        sections.truncate(4);
        Code { sections }
    }

    /// The code that a program knows under a number without it being written in the file, as Chinese editions do.
    pub(crate) fn built_in(id: u32) -> Code {
        Code::parse(match id {
            1 => "0",
            2 => "0.00",
            3 | 37 | 38 => "#,##0",
            4 | 39 | 40 => "#,##0.00",
            5 | 6 => r##""¥"#,##0;"¥"\-#,##0"##,
            7 | 8 => r##""¥"#,##0.00;"¥"\-#,##0.00"##,
            9 => "0%",
            10 => "0.00%",
            11 => "0.00E+00",
            14 => "yyyy/m/d",
            15 => "d-mmm-yy",
            16 => "d-mmm",
            17 => "mmm-yy",
            18 => "h:mm AM/PM",
            19 => "h:mm:ss AM/PM",
            20 => "h:mm",
            21 => "h:mm:ss",
            22 => "yyyy/m/d h:mm",
            27 | 36 | 50 | 52 | 57 => r#"yyyy"年"m"月""#,
            28 | 29 | 51 | 53 | 54 | 58 => r#"m"月"d"日""#,
            30 => "m-d-yy",
            31 => r#"yyyy"年"m"月"d"日""#,
            32 => r#"h"时"mm"分""#,
            33 => r#"h"时"mm"分"ss"秒""#,
            34 | 55 => r#"上午/下午h"时"mm"分""#,
            35 | 56 => r#"上午/下午h"时"mm"分"ss"秒""#,
            41 => r#"_ * #,##0_ ;_ * \-#,##0_ ;_ * "-"_ ;_ @_ "#,
            42 => r#"_ "¥"* #,##0_ ;_ "¥"* \-#,##0_ ;_ "¥"* "-"_ ;_ @_ "#,
            43 => r#"_ * #,##0.00_ ;_ * \-#,##0.00_ ;_ * "-"??_ ;_ @_ "#,
            44 => r#"_ "¥"* #,##0.00_ ;_ "¥"* \-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ "#,
            45 => "mm:ss",
            46 => "[h]:mm:ss",
            47 => "mm:ss.0",
            48 => "##0.0E+0",
            49 => "@",
            _ => "General",
        })
    }

    /// A number as the sheet shows it.
    pub(crate) fn number(&self, value: f64, days: Days) -> String {
        let Some((section, is_signed)) = self.section(value) else { return general(value) };
        let sign = if is_signed && value < 0.0 { "-" } else { "" };
        let tokens = &section.tokens;
        if tokens.iter().any(|token| matches!(token, Token::Part(..) | Token::Elapsed(_))) {
            return Moment::of(value, days).map_or_else(|| general(value), |moment| moment.shown(tokens));
        }
        let has = |wanted: &[Token]| tokens.iter().any(|token| wanted.contains(token));
        if tokens.is_empty() && self.sections.len() == 1 || has(&[Token::Slash, Token::At]) {
            return general(value);
        }
        let shown = if has(&[Token::Exponent]) { scientific(tokens, value.abs()) } else { digits(tokens, value.abs()) };
        format!("{sign}{shown}").trim().to_owned()
    }

    /// Text as the sheet shows it.
    pub(crate) fn text(&self, words: &str) -> String {
        let Some(section) = self.sections.get(3).filter(|section| section.tokens.contains(&Token::At)) else {
            return words.to_owned();
        };
        let shown = section.tokens.iter().map(|token| match token {
            Token::At => words,
            Token::Words(words) => words,
            _ => "",
        });
        shown.collect::<String>().trim().to_owned()
    }

    /// The section for a number, and whether a minus sign is put before what it shows.
    fn section(&self, value: f64) -> Option<(&Section, bool)> {
        let numbers = &self.sections[..self.sections.len().min(3)];
        if numbers.iter().any(|section| section.condition.is_some()) {
            let holds = |section: &&Section| section.condition.is_none_or(|condition| condition.holds(value));
            let found = numbers.iter().find(holds).or(numbers.last())?;
            let says_below = found.condition.is_some_and(|c| matches!(c.order, Order::Less | Order::AtMost));
            return Some((found, !says_below));
        }
        match numbers {
            [] => None,
            [only] => Some((only, true)),
            [_, below, ..] if value < 0.0 => Some((below, false)),
            [_, _, nothing] if value == 0.0 => Some((nothing, false)),
            [above, ..] => Some((above, false)),
        }
    }
}

impl Condition {
    fn parse(text: &str) -> Option<Condition> {
        let orders = [
            ("<=", Order::AtMost),
            (">=", Order::AtLeast),
            ("<>", Order::Unequal),
            ("<", Order::Less),
            (">", Order::More),
            ("=", Order::Equal),
        ];
        let (sign, order) = orders.into_iter().find(|(sign, _)| text.starts_with(sign))?;
        Some(Condition { order, bound: text[sign.len()..].trim().parse().ok()? })
    }

    fn holds(self, value: f64) -> bool {
        match (self.order, value.partial_cmp(&self.bound)) {
            (Order::Less, order) => order.is_some_and(|order| order.is_lt()),
            (Order::AtMost, order) => order.is_some_and(|order| order.is_le()),
            (Order::More, order) => order.is_some_and(|order| order.is_gt()),
            (Order::AtLeast, order) => order.is_some_and(|order| order.is_ge()),
            (Order::Equal, order) => order.is_some_and(|order| order.is_eq()),
            (Order::Unequal, order) => order.is_some_and(|order| order.is_ne()),
        }
    }
}

impl Section {
    /// Takes the token that `rest` begins with and gives what follows.
    fn token<'c>(&mut self, first: char, rest: &'c str) -> &'c str {
        let after = &rest[first.len_utf8()..];
        let beyond = |text: &'c str| text.get(text.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default();
        const HALVES: [(&str, &str, &str); 3] =
            [("AM/PM", "AM", "PM"), ("A/P", "A", "P"), ("上午/下午", "上午", "下午")];
        for (code, before_noon, after_noon) in HALVES {
            if rest.get(..code.len()).is_some_and(|start| start.eq_ignore_ascii_case(code)) {
                self.tokens.push(Token::Half(before_noon, after_noon));
                return &rest[code.len()..];
            }
        }
        if rest.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("general")) {
            self.tokens.push(Token::General);
            return &rest[7..];
        }
        match first {
            '"' => {
                let (words, after) = after.split_once('"').unwrap_or((after, ""));
                self.words(words);
                after
            }
            '\\' | '!' => {
                let end = beyond(after);
                self.words(&after[..after.len() - end.len()]);
                end
            }
            // As wide as the next character, and as often as there is room for it.
            '_' => {
                self.words(" ");
                beyond(after)
            }
            '*' => beyond(after),
            '[' => {
                let (inside, after) = after.split_once(']').unwrap_or((after, ""));
                self.bracket(inside);
                after
            }
            '0' | '#' | '?' => self.push(Token::Digit(first), after),
            '.' => self.push(Token::Point, after),
            ',' => self.push(Token::Comma, after),
            '%' => self.push(Token::Percent, after),
            '/' if self.tokens.iter().any(|token| matches!(token, Token::Digit(_))) => self.push(Token::Slash, after),
            '@' => self.push(Token::At, after),
            'E' | 'e' if after.starts_with(['+', '-']) => self.push(Token::Exponent, &after[1..]),
            'y' | 'm' | 'd' | 'h' | 's' | 'e' | 'g' | 'b' | 'a' | 'Y' | 'M' | 'D' | 'H' | 'S' => {
                let length = rest.chars().take_while(|c| c.eq_ignore_ascii_case(&first)).count();
                self.push(Token::Part(first.to_ascii_lowercase(), length), &rest[length..])
            }
            _ => {
                self.words(&rest[..first.len_utf8()]);
                after
            }
        }
    }

    fn push<'c>(&mut self, token: Token, after: &'c str) -> &'c str {
        self.tokens.push(token);
        after
    }

    fn words(&mut self, words: &str) {
        match self.tokens.last_mut() {
            Some(Token::Words(before)) => before.push_str(words),
            _ => self.tokens.push(Token::Words(words.to_owned())),
        }
    }

    /// What stands in brackets: a currency with its language, a condition, hours gone by; colours are dropped.
    fn bracket(&mut self, inside: &str) {
        if let Some(currency) = inside.strip_prefix('$') {
            self.words(currency.split('-').next().unwrap_or_default());
        } else if let Some(condition) = Condition::parse(inside) {
            self.condition = Some(condition);
        } else if let Some(first @ ('h' | 'm' | 's')) = inside.chars().next().map(|c| c.to_ascii_lowercase())
            && inside.chars().all(|c| c.eq_ignore_ascii_case(&first))
        {
            self.tokens.push(Token::Elapsed(first));
        }
    }
}

/// As many characters as a number without a code takes, its point counted.
const GENERAL: usize = 11;

/// A number as it is shown without a code: so many digits as fit, without zeros at the end.
fn general(value: f64) -> String {
    let Some(decimal) = Decimal::of(value.abs()) else { return "#NUM!".to_owned() };
    let whole = decimal.whole_digits().max(1);
    let rounded = decimal.rounded(GENERAL.saturating_sub(whole + 1));
    let (whole, part) = rounded.parts();
    let part = part.trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole.as_str() };
    let sign = if value < 0.0 && (part.bytes().any(|b| b != b'0') || whole != "0") { "-" } else { "" };
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// A number in the digits of a section.
fn digits(tokens: &[Token], value: f64) -> String {
    let is_digit = |token: &Token| matches!(token, Token::Digit(_));
    let point = tokens.iter().position(|token| *token == Token::Point).unwrap_or(tokens.len());
    let (first, last) = (tokens.iter().position(is_digit), tokens[..point].iter().rposition(is_digit));
    let commas = |range: std::ops::Range<usize>| tokens[range].iter().filter(|token| **token == Token::Comma).count();
    let parts_thousands = first.zip(last).is_some_and(|(first, last)| first < last && commas(first..last) > 0);
    // Commas right behind the digits before the point, or behind the last digit of all, divide.
    let behind = |at: usize, end: usize| tokens[at..end].iter().skip(1).take_while(|t| **t == Token::Comma).count();
    let all = tokens.iter().rposition(is_digit).filter(|all| *all > point);
    let thousands = last.map_or(0, |last| behind(last, point)) + all.map_or(0, |all| behind(all, tokens.len()));
    let percents = tokens.iter().filter(|token| **token == Token::Percent).count();
    let decimals = tokens[point..].iter().filter(|token| is_digit(token)).count();
    let Some(decimal) = Decimal::of(value) else { return "#NUM!".to_owned() };
    let decimal = decimal.shifted(2 * percents as i64 - 3 * thousands as i64).rounded(decimals);
    let (whole, part) = decimal.parts();
    let mut places = tokens[..point].iter().filter(|token| is_digit(token)).count();
    let mut is_begun = false;
    let mut part = part.chars();
    let mut out = String::new();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Words(words) => out.push_str(words),
            Token::Percent => out.push('%'),
            Token::General => out.push_str(&general(value)),
            Token::Point => {
                // Digits before the point are shown though the code has no place for them.
                out.push_str(if first.is_none_or(|first| first > at) { &whole } else { "" });
                out.push('.');
            }
            Token::Digit(kind) if at < point => {
                let from = if is_begun { whole.len().saturating_sub(places) } else { 0 };
                let to = (whole.len() + 1).saturating_sub(places).max(from);
                let own = &whole[from..to.min(whole.len())];
                is_begun = true;
                let own = match (own, kind) {
                    ("", '0') => "0",
                    ("", '?') => " ",
                    (own, _) => own,
                };
                for (i, digit) in own.chars().enumerate() {
                    out.push(digit);
                    let right = places - 1 + own.len() - 1 - i;
                    out.push_str(if parts_thousands && digit != ' ' && right > 0 && right % 3 == 0 { "," } else { "" });
                }
                places -= 1;
            }
            Token::Digit(kind) => {
                let is_idle = part.as_str().bytes().all(|digit| digit == b'0');
                let digit = part.next().unwrap_or('0');
                match (kind, is_idle) {
                    ('#', true) => {}
                    ('?', true) => out.push(' '),
                    _ => out.push(digit),
                }
            }
            _ => {}
        }
    }
    out
}

/// A number as a power of ten and what it is multiplied with.
fn scientific(tokens: &[Token], value: f64) -> String {
    let mark = tokens.iter().position(|token| *token == Token::Exponent).unwrap_or(tokens.len());
    let point = tokens.iter().position(|token| *token == Token::Point).unwrap_or(mark);
    let count = |tokens: &[Token]| tokens.iter().filter(|token| matches!(token, Token::Digit(_))).count();
    let shown = format!("{value:.*e}", count(&tokens[point.min(mark)..mark]));
    let Some((digits, exponent)) = shown.split_once('e') else { return number::from_double(value).unwrap_or(shown) };
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let width = count(&tokens[mark..]).max(1);
    format!("{digits}E{}{:0width$}", if exponent < 0 { '-' } else { '+' }, exponent.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, value: f64) -> String {
        Code::parse(code).number(value, Days::Since1900)
    }

    #[test]
    fn numbers_are_shown_as_their_code_says() {
        let known = [
            ("General", 1234.5, "1234.5"),
            ("General", -1.0 / 3.0, "-0.333333333"),
            ("General", 1_234_567.891_234, "1234567.891"),
            ("0", 2.5, "3"),
            ("0.00", 1.005, "1.01"),
            ("0.00", -1234.5, "-1234.50"),
            ("#,##0.00", 1_234_567.891, "1,234,567.89"),
            ("#,##0.00", 0.5, "0.50"),
            ("#,##0.00_ ;[Red]\\-#,##0.00\\ ", -1234.5, "-1,234.50"),
            ("#,##0", 999.6, "1,000"),
            ("#,###.##", 0.25, ".25"),
            ("#.##", 5.0, "5."),
            ("0.00%", 0.716_5, "71.65%"),
            ("0%", 1.0, "100%"),
            ("#,##0.00,", 1_234_567.0, "1,234.57"),
            ("0.00\"万元\"", 12.345, "12.35万元"),
            ("[$¥-804]#,##0.0", 1234.56, "¥1,234.6"),
            ("0000", 7.0, "0007"),
            ("000-0000", 1_234_567.0, "123-4567"),
            ("0.00;-0.00;;@", 0.0, ""),
            ("[>=10000]0.00,\"千\";0.0", 12_345.0, "12.35千"),
            ("[>=10000]0.00,\"千\";0.0", -5.0, "-5.0"),
            ("(#,##0);(#,##0)", -5.0, "(5)"),
            ("0.00E+00", 12_345.0, "1.23E+04"),
            ("# ?/?", 0.5, "0.5"),
            ("@", 2_080_505.0, "2080505"),
        ];
        for (code, value, text) in known {
            assert_eq!(shown(code, value), text, "{code} of {value}");
        }
    }

    #[test]
    fn the_dash_of_an_account_is_a_dash() {
        for id in [41, 43] {
            assert_eq!(Code::built_in(id).number(0.0, Days::Since1900), "-");
        }
        assert_eq!(Code::built_in(43).number(-1234.5, Days::Since1900), "-1,234.50");
        assert_eq!(Code::built_in(43).number(1234.5, Days::Since1900), "1,234.50");
        assert_eq!(Code::built_in(44).number(0.0, Days::Since1900), "¥-");
        assert_eq!(Code::built_in(4).number(0.0, Days::Since1900), "0.00");
    }

    #[test]
    fn text_is_shown_as_text() {
        assert_eq!(Code::built_in(43).text("无"), "无");
        assert_eq!(Code::parse("0;0;0;\"合计：\"@").text("甲"), "合计：甲");
        assert_eq!(Code::parse("0.00").text("甲"), "甲");
    }
}
