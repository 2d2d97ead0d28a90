//! Reading the number in a cell.
//!
//! Money is parsed digit by digit into whole fen: no floating point. Blank, dash, 无 and a number
//! are kept apart; anything else is not a number and is said to be none.

use mingzhang_model::amount::{Amount, Figure, Unit};
use mingzhang_model::fact::Printed;

/// What stands in a cell of a table whose unit is known; `None` when it is no number.
pub(crate) fn printed(text: &str, unit: Unit) -> Option<Printed> {
    let folded = half_width(text);
    match folded.as_str() {
        "" => Some(Printed::Blank),
        "-" | "--" | "—" | "——" | "–" | "―" | "─" | "/" | "*" => Some(Printed::Dash),
        "无" => Some(Printed::Nil),
        digits => figure(digits, unit).map(Printed::Figure),
    }
}

/// True when a cell looks like money: digits with separators or decimals, whatever its unit.
pub(crate) fn is_number(text: &str) -> bool {
    let folded = half_width(text);
    !folded.is_empty() && figure(&folded, Unit::Yuan).is_some()
}

/// Half-width and without white space.
fn half_width(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{200b}')
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '−' | '﹣' => '-',
            other => other,
        })
        .collect()
}

/// `-1,234.50` or `(1,234.50)` in a unit. Separators may stand anywhere between digits: whether they
/// stand right is a rule's matter.
fn figure(text: &str, unit: Unit) -> Option<Figure> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => match text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            Some(rest) => (true, rest),
            None => (false, text),
        },
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let well_formed = whole.starts_with(|c: char| c.is_ascii_digit())
        && whole.ends_with(|c: char| c.is_ascii_digit())
        && whole.bytes().all(|b| b.is_ascii_digit() || b == b',')
        && fraction.bytes().all(|b| b.is_ascii_digit())
        && !(fraction.is_empty() && digits.contains('.'));
    if !well_formed || fraction.len() > 30 {
        return None;
    }
    let fen = fen(whole, fraction, unit)?;
    let amount = Amount(if negative { -fen } else { fen });
    Some(Figure { amount, unit, decimals: fraction.len() as u8 })
}

/// Digits before and after the point, in fen, rounded half up below the fen.
fn fen(whole: &str, fraction: &str, unit: Unit) -> Option<i64> {
    let places = usize::from(unit.fen_decimals());
    let kept = fraction.bytes().chain(std::iter::repeat(b'0')).take(places);
    let mut fen: i64 = 0;
    for digit in whole.bytes().filter(u8::is_ascii_digit).chain(kept) {
        fen = fen.checked_mul(10)?.checked_add(i64::from(digit - b'0'))?;
    }
    let round_up = fraction.as_bytes().get(places).is_some_and(|next| *next >= b'5');
    fen.checked_add(i64::from(round_up))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fen_of(text: &str, unit: Unit) -> Option<i64> {
        match printed(text, unit)? {
            Printed::Figure(figure) => Some(figure.amount.0),
            _ => None,
        }
    }

    #[test]
    fn money_becomes_whole_fen() {
        assert_eq!(fen_of("84,281,400", Unit::Yuan), Some(8_428_140_000));
        assert_eq!(fen_of("326.72", Unit::WanYuan), Some(326_720_000));
        assert_eq!(fen_of(" 1,182\n.775 4", Unit::WanYuan), Some(1_182_775_400));
        assert_eq!(fen_of("-3.20", Unit::Yuan), Some(-320));
        assert_eq!(fen_of("（3.20）", Unit::Yuan), Some(-320));
        assert_eq!(fen_of("１２.5", Unit::Yuan), Some(1_250));
        assert_eq!(fen_of("0.1234567", Unit::WanYuan), Some(123_457));
    }

    #[test]
    fn blank_dash_nil_and_the_zeros_are_five_things() {
        let unit = Unit::WanYuan;
        let kinds = ["", "—", "无", "0", "0.00"].map(|text| printed(text, unit).unwrap());
        for (i, kind) in kinds.iter().enumerate() {
            assert!(kind.amount().is_zero());
            assert!(kinds[i + 1..].iter().all(|other| other != kind));
        }
    }

    #[test]
    fn what_is_no_number_is_said_to_be_none() {
        for text in ["O.5", "12.", "1.2.3", "12.00\n13.00", ",5", "12万元", "合计", "9999999999999999999999"] {
            assert_eq!(printed(text, Unit::WanYuan), None, "{text}");
        }
    }
}
