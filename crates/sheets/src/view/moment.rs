//! [`Moment`]: a day and a time of day, shown by the parts of a format code.

use super::code::Token;
use crate::number::{self, Days};
use mingzhang_model::date::Date;

/// A day and a time of day.
pub(super) struct Moment {
    serial: f64,
    /// None for a time of day without a day, which counts from the day before the first.
    date: Option<Date>,
    seconds: u64,
}

const DAY: u64 = 86_400;
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const CHINESE_DAYS: [&str; 7] = ["日", "一", "二", "三", "四", "五", "六"];

impl Moment {
    /// The moment of a serial number; none where it is none.
    pub(super) fn of(serial: f64, days: Days) -> Option<Moment> {
        let seconds = ((serial - serial.floor()) * DAY as f64).round() as u64;
        // The last half second of a day is shown as the next one.
        let (serial, seconds) = if seconds >= DAY { (serial.floor() + 1.0, 0) } else { (serial, seconds) };
        let date = number::day(serial, days).map(|(date, _)| date);
        (date.is_some() || (0.0..1.0).contains(&serial)).then_some(Moment { serial, date, seconds })
    }

    /// The moment in the tokens of a code.
    pub(super) fn shown(&self, tokens: &[Token]) -> String {
        let has_halves = tokens.iter().any(|token| matches!(token, Token::Half(..)));
        let mut out = String::new();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                Token::Words(words) => out.push_str(words),
                Token::Part('m', length) if *length < 3 && is_of_time(tokens, at) => {
                    out.push_str(&padded(self.seconds / 60 % 60, *length));
                }
                Token::Part('h', length) => {
                    let hour = self.seconds / 3600;
                    let hour = if has_halves { (hour + 11) % 12 + 1 } else { hour };
                    out.push_str(&padded(hour, *length));
                }
                Token::Part('s', length) => out.push_str(&padded(self.seconds % 60, *length)),
                Token::Part(letter, length) => out.push_str(&self.of_day(*letter, *length)),
                Token::Elapsed(letter) => {
                    let all = (self.serial.floor().max(0.0) as u64) * DAY + self.seconds;
                    let unit = [('h', 3600), ('m', 60)].into_iter().find(|(l, _)| l == letter).map_or(1, |(_, n)| n);
                    out.push_str(&(all / unit).to_string());
                }
                Token::Half(before, after) => out.push_str(if self.seconds < DAY / 2 { before } else { after }),
                Token::Comma => out.push(','),
                Token::Slash => out.push('/'),
                // The point before tenths of a second, which are not shown.
                _ => {}
            }
        }
        out.trim().to_owned()
    }

    fn of_day(&self, letter: char, length: usize) -> String {
        // Without a day, programs show the day before the first: the nought of January 1900.
        let (year, month, day) = self.date.map_or((1900, 1, 0), |date| {
            let text = date.to_string();
            let part = |range: std::ops::Range<usize>| text.get(range).and_then(|p| p.parse().ok()).unwrap_or(0);
            (part(0..4), part(5..7), part(8..10))
        });
        let weekday = self.date.map_or(6, |date| (date.since_epoch() + 4).rem_euclid(7) as usize);
        match (letter, length) {
            ('y', ..3) => format!("{:02}", year % 100),
            ('y' | 'e', _) => year.to_string(),
            ('m', ..3) => padded(month, length),
            ('m', 3) => MONTHS[(month as usize).clamp(1, 12) - 1][..3].to_owned(),
            ('m', _) => MONTHS[(month as usize).clamp(1, 12) - 1].to_owned(),
            ('d', ..3) => padded(day, length),
            ('d', 3) => DAYS[weekday][..3].to_owned(),
            ('d', _) => DAYS[weekday].to_owned(),
            ('a', 3) => CHINESE_DAYS[weekday].to_owned(),
            ('a', _) => format!("星期{}", CHINESE_DAYS[weekday]),
            _ => String::new(),
        }
    }
}

/// True for an m that stands behind hours or before seconds.
fn is_of_time(tokens: &[Token], at: usize) -> bool {
    let is_part = |token: &&Token| matches!(token, Token::Part(..) | Token::Elapsed(_));
    let before = tokens[..at].iter().rev().find(is_part);
    let after = tokens[at + 1..].iter().find(is_part);
    matches!(before, Some(Token::Part('h', _) | Token::Elapsed('h'))) || matches!(after, Some(Token::Part('s', _)))
}

fn padded(number: u64, length: usize) -> String {
    if length < 2 { number.to_string() } else { format!("{number:02}") }
}

#[cfg(test)]
mod tests {
    use crate::number::Days;
    use crate::view::code::Code;

    #[test]
    fn days_and_times_are_shown_as_their_code_says() {
        let known = [
            ("yyyy/m/d", 46_023.0, "2026/1/1"),
            ("yyyy\"年\"m\"月\"d\"日\"", 46_058.0, "2026年2月5日"),
            ("yyyy-mm-dd;@", 46_023.0, "2026-01-01"),
            ("[$-804]aaaa", 46_023.0, "星期四"),
            ("d-mmm-yy", 46_023.0, "1-Jan-26"),
            ("h:mm", 0.5, "12:00"),
            ("yyyy/m/d h:mm:ss", 46_023.25, "2026/1/1 6:00:00"),
            ("上午/下午h\"时\"mm\"分\"", 0.75, "下午6时00分"),
            ("[h]:mm", 1.25, "30:00"),
            ("mm:ss", 0.000_706, "01:01"),
        ];
        for (code, serial, text) in known {
            assert_eq!(Code::parse(code).number(serial, Days::Since1900), text, "{code}");
        }
        assert_eq!(Code::parse("yyyy/m/d").number(-1.0, Days::Since1900), "-1");
    }
}
