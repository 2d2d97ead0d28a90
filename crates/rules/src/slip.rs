//! Slips of the hand: what a number can become when it is typed.

use mingzhang_model::amount::Amount;

/// A slip of the hand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Slip {
    /// The point, or the unit: so many zeros too many or too few.
    Shift(u8),
    /// Two neighbouring digits in each other's place.
    Transposed,
    /// One digit is another.
    Digit,
    /// One digit is missing or too many.
    Length,
    /// Minus for plus.
    Sign,
}

impl Slip {
    /// The rule that speaks of such slips.
    pub(crate) fn rule(self) -> Option<&'static str> {
        match self {
            Slip::Shift(1..=3) | Slip::Length => Some("UM006"),
            Slip::Transposed => Some("UM007"),
            Slip::Shift(_) | Slip::Digit | Slip::Sign => None,
        }
    }
}

/// The rules that speak of slips. They find nothing by themselves: where a number is wrong and a slip
/// explains it, the finding names them too.
pub(crate) const RULES: [&str; 2] = ["UM006", "UM007"];

/// The slip that makes the one number of the other.
pub(crate) fn between(found: Amount, value: Amount) -> Option<Slip> {
    if found.is_zero() || value.is_zero() || found == value {
        return None;
    }
    if found.0 == -value.0 {
        return Some(Slip::Sign);
    }
    let (a, b) = (found.0.unsigned_abs(), value.0.unsigned_abs());
    let (small, large) = (a.min(b), a.max(b));
    let zeros = (1..=4).find(|zeros| large == small.saturating_mul(10u64.pow(*zeros)));
    let (a, b) = (a.to_string(), b.to_string());
    match zeros {
        Some(zeros) => Some(Slip::Shift(zeros as u8)),
        None if is_transposition(&a, &b) => Some(Slip::Transposed),
        None if !is_one_digit(&a, &b) => None,
        None if a.len() == b.len() => Some(Slip::Digit),
        None => Some(Slip::Length),
    }
}

/// Two neighbouring digits stand in each other's place.
fn is_transposition(a: &str, b: &str) -> bool {
    let differing: Vec<usize> =
        a.bytes().zip(b.bytes()).enumerate().filter(|(_, (x, y))| x != y).map(|(i, _)| i).collect();
    let (a, b) = (a.as_bytes(), b.as_bytes());
    match differing.as_slice() {
        [i, j] => a.len() == b.len() && j - i == 1 && a[*i] == b[*j] && a[*j] == b[*i],
        _ => false,
    }
}

/// One digit differs, is missing or is too many. Trailing zeros come from the unit and do not count.
fn is_one_digit(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() == long.len() {
        return short.bytes().zip(long.bytes()).filter(|(x, y)| x != y).count() == 1;
    }
    let (short, long) = (short.trim_end_matches('0').as_bytes(), long.trim_end_matches('0').as_bytes());
    short.len() + 1 == long.len() && (0..long.len()).any(|gap| [&long[..gap], &long[gap + 1..]].concat() == short)
}

/// Every amount from which one slip can have made a printed one. `digit` is one unit of its last digit.
pub(crate) fn near(printed: Amount, digit: i64) -> Vec<Amount> {
    let digit = digit.max(1);
    let number = (printed.0.unsigned_abs() / digit.unsigned_abs()).to_string();
    let digits = number.as_bytes();
    let mut found: Vec<Vec<u8>> = Vec::new();
    for (at, own) in digits.iter().enumerate() {
        let other = |d: &u8| *d != *own;
        found.extend((b'0'..=b'9').filter(other).map(|d| [&digits[..at], &[d], &digits[at + 1..]].concat()));
        found.push([&digits[..at], &digits[at + 1..]].concat());
        found.extend((b'0'..=b'9').map(|d| [&digits[..at], &[d], &digits[at..]].concat()));
        if let Some(next) = digits.get(at + 1).filter(|next| *next != own) {
            found.push([&digits[..at], &[*next, *own], &digits[at + 2..]].concat());
        }
    }
    let amount = |digits: Vec<u8>| {
        let number: i64 = String::from_utf8(digits).ok()?.parse().ok()?;
        number.checked_mul(digit).map(Amount)
    };
    let mut near: Vec<Amount> = found.into_iter().filter_map(amount).chain(shifted(printed)).collect();
    near.retain(|amount| !amount.is_zero() && *amount != printed);
    near.sort_unstable();
    near.dedup();
    near
}

/// An amount with its point moved by one to four digits.
fn shifted(amount: Amount) -> impl Iterator<Item = Amount> {
    (1..=4).map(|zeros| 10i64.pow(zeros)).flat_map(move |factor| {
        let up = amount.0.checked_mul(factor).map(Amount);
        let down = (amount.0 % factor == 0).then_some(Amount(amount.0 / factor));
        up.into_iter().chain(down)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_hand_are_known() {
        for (found, meant) in [(1243, 1234), (1334, 1234), (12340, 1234), (123, 1234), (12234, 1234), (-1234, 1234)] {
            assert!(between(Amount(found), Amount(meant)).is_some(), "{found} for {meant}");
        }
        assert_eq!(between(Amount(9876), Amount(1234)), None);
    }

    #[test]
    fn every_slip_is_among_those_that_are_near() {
        let near = near(Amount(1_234_000), 1_000);
        for meant in [1_243_000, 1_334_000, 12_340_000, 123_000, 12_234_000, 12_340_000_000, 1_234] {
            let slip = between(Amount(1_234_000), Amount(meant));
            assert_eq!(near.contains(&Amount(meant)), slip.is_some(), "{meant}: {slip:?}");
        }
        assert!(near.iter().all(|meant| between(Amount(1_234_000), *meant).is_some()));
    }
}
