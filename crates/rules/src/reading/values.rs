//! The values of indicators: ≥60次, 100%, 显著.

use crate::reading::indicators::Indicator;
use mingzhang_standard::words;

/// How an actual value is held against its target.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sign {
    /// ≥, 不少于
    AtLeast,
    /// ≤, 不超过
    AtMost,
    /// = or nothing
    Equal,
}

/// A value with a number.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Value {
    pub(crate) sign: Option<Sign>,
    /// The number, in ten-thousandths.
    pub(crate) number: i64,
    /// What stands behind the number.
    pub(crate) unit: String,
}

/// The words and marks of the signs.
const SIGNS: [(&str, Sign); 21] = [
    ("≥", Sign::AtLeast),
    (">=", Sign::AtLeast),
    ("＞", Sign::AtLeast),
    (">", Sign::AtLeast),
    ("不少于", Sign::AtLeast),
    ("不低于", Sign::AtLeast),
    ("不小于", Sign::AtLeast),
    ("大于等于", Sign::AtLeast),
    ("大于", Sign::AtLeast),
    ("达到", Sign::AtLeast),
    ("≤", Sign::AtMost),
    ("<=", Sign::AtMost),
    ("＜", Sign::AtMost),
    ("<", Sign::AtMost),
    ("不超过", Sign::AtMost),
    ("不高于", Sign::AtMost),
    ("不大于", Sign::AtMost),
    ("小于等于", Sign::AtMost),
    ("小于", Sign::AtMost),
    ("=", Sign::Equal),
    ("等于", Sign::Equal),
];

/// The sign that a text begins with, and what follows it.
pub(crate) fn sign(text: &str) -> Option<(Sign, &str)> {
    SIGNS.iter().find_map(|(word, sign)| Some((*sign, text.strip_prefix(word)?)))
}

/// A value that is one number with its sign and unit; none for words, ranges and several numbers.
pub(crate) fn value(text: &str) -> Option<Value> {
    let folded = words::fold(text);
    let (sign, rest) = sign(&folded).map_or((None, folded.as_str()), |(sign, rest)| (Some(sign), rest));
    let length = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(rest.len());
    let (digits, unit) = rest.split_at(length);
    let digits = digits.replace(',', "");
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let plain = !whole.is_empty() && whole.len() <= 9 && fraction.len() <= 4 && !fraction.contains('.');
    if !plain || unit.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some(Value { sign, number: format!("{whole}{fraction:0<4}").parse().ok()?, unit: unit.to_string() })
}

impl Indicator<'_> {
    /// The target, with the sign of its own column.
    pub(crate) fn target_value(&self) -> Option<Value> {
        let mut value = value(&self.target?.text)?;
        value.sign = value.sign.or_else(|| sign(&self.sign).map(|(sign, _)| sign));
        Some(value)
    }

    /// The actual value.
    pub(crate) fn actual_value(&self) -> Option<Value> {
        value(&self.actual?.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_one_number_with_a_sign_and_a_unit() {
        let read = |text: &str| value(text).map(|value| (value.sign, value.number, value.unit));
        assert_eq!(read("≥60次"), Some((Some(Sign::AtLeast), 600_000, "次".into())));
        assert_eq!(read("＜＝1.5%"), Some((Some(Sign::AtMost), 15_000, "%".into())));
        assert_eq!(read("100"), Some((None, 1_000_000, String::new())));
        assert_eq!([read("显著"), read("10-20次"), read("≥较好")], [None, None, None]);
    }
}
