//! Printed numbers as a spreadsheet stores them: binary fractions of 64 bits that show the printed digits.

/// A spreadsheet shows so many significant digits and no more.
const DIGITS: usize = 15;

/// The double that shows exactly what is printed, and the number format in which it does; none where there is no
/// such double, or where what is printed is no number.
pub(super) fn shown(printed: &str) -> Option<(f64, String)> {
    let (sign, digits) = match printed.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", printed),
    };
    let (whole, decimals) = match digits.split_once('.') {
        Some((whole, decimals)) if !decimals.is_empty() => (whole, decimals),
        Some(_) => return None,
        None => (digits, ""),
    };
    let bare = whole.replace(',', "");
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = !bare.is_empty() && all_digits(&bare) && all_digits(decimals);
    let has_idle_zero = bare.len() > 1 && bare.starts_with('0');
    let separated = bare.len() <= 3 || whole.contains(',');
    if !is_plain || has_idle_zero || (whole.contains(',') && whole != with_separators(&bare)) {
        return None;
    }
    let significant = format!("{bare}{decimals}");
    if significant.trim_start_matches('0').len() > DIGITS {
        return None;
    }
    let value: f64 = format!("{sign}{bare}.{decimals}").parse().ok()?;
    // A cell shows a negative nothing as nothing.
    if sign == "-" && value == 0f64 {
        return None;
    }
    let mut format = if separated { "#,##0" } else { "0" }.to_owned();
    if !decimals.is_empty() {
        format.push('.');
        format.extend(std::iter::repeat_n('0', decimals.len()));
    }
    Some((value, format))
}

fn with_separators(digits: &str) -> String {
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(printed: &str) -> Option<String> {
        shown(printed).map(|(_, format)| format)
    }

    #[test]
    fn money_is_a_number_with_the_printed_decimals_and_separators() {
        assert_eq!(shown("84,281,400"), Some((84_281_400f64, "#,##0".into())));
        assert_eq!(shown("-1,034.50"), Some((-1034.5, "#,##0.00".into())));
        assert_eq!(format("0.000000").as_deref(), Some("#,##0.000000"));
        assert_eq!(format("1034.5").as_deref(), Some("0.0"));
        assert_eq!(format("12").as_deref(), Some("#,##0"));
    }

    #[test]
    fn what_a_double_would_not_show_is_text() {
        assert!(shown("9,999,999,999,999.99").is_some());
        assert!(shown("99,999,999,999,999.99").is_none());
        for text in ["", "-", "——", "007", "1.", ".5", "1,03", "10,34.5", "-0.00", "12%", "=1", "1e3", "+1", "无"]
        {
            assert!(shown(text).is_none(), "{text}");
        }
    }
}
