//! What stands in a cell, read as money, a day, a year, a code or one of some words.
//!
//! Every function says what it wants in Chinese where it cannot read; where the cell is, the caller knows.

use mingzhang_model::amount::{Amount, Unit};
use mingzhang_model::date::Date;
use mingzhang_model::key::{Fund, Kind};
use mingzhang_model::set::Member;
use mingzhang_model::sheet::Cell;
use mingzhang_standard::words::fold;

/// How much of what somebody typed a complaint repeats.
const REPEATED: usize = 40;

/// What stands in a cell, as a complaint repeats it.
pub(super) fn said(text: &str) -> String {
    if text.chars().count() <= REPEATED {
        return text.to_owned();
    }
    text.chars().take(REPEATED).chain(['…']).collect()
}

/// The words of a cell; none where it is empty, a complaint where a program left something in it.
pub(super) fn words(cell: &Cell) -> Result<Option<String>, String> {
    match cell {
        Cell::Empty => Ok(None),
        Cell::Formula(text) => Err(format!("公式单元格“{}”，请粘贴为数值", said(text))),
        Cell::Fault(text) => Err(format!("电子表格的错误值“{}”，请改正后再导入", said(text))),
        Cell::Text(text) | Cell::Number(text) => {
            let text = text.trim();
            Ok((!text.is_empty()).then(|| text.to_owned()))
        }
        Cell::Date(date) => Ok(Some(date.to_string())),
    }
}

/// Money in fen: digits with or without separators of thousands, of any width, no more than a fen.
pub(super) fn money(cell: &Cell, unit: Unit) -> Result<Option<Amount>, String> {
    if let Cell::Date(date) = cell {
        return Err(format!("应填金额，单元格里却是日期 {date}，请检查单元格格式"));
    }
    let Some(text) = words(cell)? else { return Ok(None) };
    let folded = fold(&text);
    let plain = folded.trim_start_matches(['¥', '￥']);
    let plain = plain.strip_suffix('元').filter(|rest| !rest.ends_with(['万', '亿', '千'])).unwrap_or(plain);
    match fen(plain, unit.fen_decimals()) {
        Digits::Fen(amount) => Ok(Some(Amount(amount))),
        Digits::TooFine => {
            let most = unit.fen_decimals();
            Err(format!("“{}”不能精确到分，以{}为单位最多 {most} 位小数", said(&text), unit.word()))
        }
        Digits::TooLarge => Err(format!("“{}”超出可以记录的金额，请核对单位", said(&text))),
        Digits::None => Err(format!("“{}”不是金额，应填数字，如 1234.50", said(&text))),
    }
}

enum Digits {
    Fen(i64),
    TooFine,
    TooLarge,
    None,
}

fn fen(text: &str, decimals: u8) -> Digits {
    let (sign, digits) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let Some(whole) = ungrouped(whole) else { return Digits::None };
    if whole.is_empty() && part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return Digits::None;
    }
    let kept = part.trim_end_matches('0');
    if kept.len() > usize::from(decimals) {
        return Digits::TooFine;
    }
    let mut value: i64 = 0;
    let zeros = std::iter::repeat_n(b'0', usize::from(decimals) - kept.len());
    for digit in whole.bytes().chain(kept.bytes()).chain(zeros) {
        let next = value.checked_mul(10).and_then(|value| value.checked_add(i64::from(digit - b'0')));
        let Some(next) = next else { return Digits::TooLarge };
        value = next;
    }
    Digits::Fen(sign * value)
}

/// Digits without their separators of thousands; none where commas stand elsewhere or it is not digits.
fn ungrouped(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !whole.contains(',') {
        return is_digits(whole).then(|| whole.to_owned());
    }
    let grouped = (1..=3).contains(&first.len()) && is_digits(first);
    (grouped && groups.all(|group| group.len() == 3 && is_digits(group))).then(|| whole.replace(',', ""))
}

/// A day: a cell that is one, or words such as 2024-03-05, 2024/3/5, 2024年3月5日, 20240305.
pub(super) fn day(cell: &Cell) -> Result<Option<Date>, String> {
    if let Cell::Date(date) = cell {
        return Ok(Some(*date));
    }
    let Some(text) = words(cell)? else { return Ok(None) };
    let folded = fold(&text);
    let parts: Option<[u16; 3]> = if folded.len() == 8 && folded.bytes().all(|byte| byte.is_ascii_digit()) {
        numbers([&folded[..4], &folded[4..6], &folded[6..]])
    } else {
        let trimmed = folded.strip_suffix(['日', '号']).unwrap_or(&folded);
        let parts: Vec<&str> = trimmed.split(['-', '/', '.', '年', '月']).collect();
        <[&str; 3]>::try_from(parts).ok().and_then(numbers)
    };
    let Some([year, month, day]) = parts.filter(|[year, ..]| *year >= 1000) else {
        return Err(format!("“{}”不是日期，应填如 2024-03-05", said(&text)));
    };
    let date = u8::try_from(month).ok().zip(u8::try_from(day).ok());
    match date.and_then(|(month, day)| Date::new(year, month, day)) {
        Some(date) => Ok(Some(date)),
        None => Err(format!("“{}”：日历上没有这一天", said(&text))),
    }
}

fn numbers(parts: [&str; 3]) -> Option<[u16; 3]> {
    let number = |text: &str| {
        let plain = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse().ok()).flatten()
    };
    Some([number(parts[0])?, number(parts[1])?, number(parts[2])?])
}

/// A whole number from 0.
pub(super) fn count(cell: &Cell) -> Result<Option<u64>, String> {
    let Some(text) = words(cell)? else { return Ok(None) };
    let folded = fold(&text);
    let whole = folded.split_once('.').filter(|(_, part)| part.bytes().all(|byte| byte == b'0'));
    let digits = ungrouped(whole.map_or(folded.as_str(), |(whole, _)| whole)).filter(|digits| !digits.is_empty());
    match digits.and_then(|digits| digits.parse().ok()) {
        Some(count) => Ok(Some(count)),
        None => Err(format!("“{}”不是不小于 0 的整数", said(&text))),
    }
}

/// A year of four digits.
pub(super) fn year(cell: &Cell) -> Result<Option<u16>, String> {
    let Some(text) = words(cell)? else { return Ok(None) };
    let folded = fold(&text);
    let digits = folded.trim_end_matches('度').trim_end_matches('年');
    let year = digits.parse().ok().filter(|year| digits.len() == 4 && (1950..=2200).contains(year));
    year.map(Some).ok_or_else(|| format!("“{}”不是年度，应填四位年份，如 2024", said(&text)))
}

/// A month, 1 to 12; the platform writes 202403 too.
pub(super) fn month(cell: &Cell) -> Result<Option<u8>, String> {
    let Some(text) = words(cell)? else { return Ok(None) };
    let folded = fold(&text);
    let digits = folded.trim_end_matches(['月', '份']);
    let digits = if digits.len() == 6 && digits.is_ascii() { &digits[4..] } else { digits };
    let month = digits.parse().ok().filter(|month| (1..=12).contains(month));
    month.map(Some).ok_or_else(|| format!("“{}”不是月份，应填 1 至 12", said(&text)))
}

/// One of the members of a dimension, by its term, its word or another name.
pub(super) fn member<M: Member>(text: &str, others: &[(&str, M)]) -> Option<M> {
    // Most rows have the term as it is written.
    if let Some(member) = M::ALL.iter().copied().find(|member| member.term() == text) {
        return Some(member);
    }
    let folded = fold(text);
    let own = M::ALL.iter().copied().find(|member| fold(member.term()) == folded || member.word() == folded);
    own.or_else(|| others.iter().find(|(name, _)| fold(name) == folded).map(|(_, member)| *member))
}

/// What to choose from, for a complaint.
pub(super) fn terms<M: Member>() -> String {
    const LISTED: usize = 12;
    let terms: Vec<&str> = M::ALL.iter().take(LISTED).map(|member| member.term()).collect();
    let more = if M::ALL.len() > LISTED { "等，全部见模板" } else { "" };
    format!("{}{more}", terms.join("、"))
}

/// Other names of the funds, as the platform and the forms of accounts have them.
pub(super) const FUNDS: &[(&str, Fund)] = &[
    ("一般公共预算资金", Fund::GeneralPublic),
    ("一般公共预算财政拨款", Fund::GeneralPublic),
    ("政府性基金", Fund::GovernmentManaged),
    ("政府性基金预算资金", Fund::GovernmentManaged),
    ("政府性基金预算财政拨款", Fund::GovernmentManaged),
    ("国有资本经营预算资金", Fund::StateCapital),
    ("国有资本经营预算财政拨款", Fund::StateCapital),
    ("财政专户管理资金收入", Fund::SpecialAccount),
    ("上级补助收入资金", Fund::SuperiorSubsidy),
    ("事业收入资金", Fund::Service),
    ("事业单位经营收入资金", Fund::Business),
    ("经营收入", Fund::Business),
    ("附属单位上缴收入资金", Fund::AffiliateRemittance),
    ("其他收入资金", Fund::Other),
];

/// The platform's categories of projects, by which it holds all expenditure, basic expenditure too.
pub(super) const PLATFORM_KINDS: &[(&str, Kind)] = &[
    ("人员类", Kind::Basic),
    ("人员类项目", Kind::Basic),
    ("公用经费", Kind::Basic),
    ("公用经费项目", Kind::Basic),
    ("运转类公用经费项目", Kind::Basic),
    ("其他运转类", Kind::Project),
    ("其他运转类项目", Kind::Project),
    ("特定目标类", Kind::Project),
    ("特定目标类项目", Kind::Project),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn money_is_read_exactly_whatever_its_dress() {
        let yuan = |typed: &str| money(&text(typed), Unit::Yuan).map(|amount| amount.map(|amount| amount.0));
        for (typed, fen) in
            [("1,234.50", 123_450), ("１２３４．５", 123_450), ("-0.01", -1), ("¥5元", 500), ("7.10", 710)]
        {
            assert_eq!(yuan(typed), Ok(Some(fen)), "{typed}");
        }
        assert_eq!(money(&Cell::Number("0.000001".into()), Unit::WanYuan), Ok(Some(Amount(1))));
        assert_eq!(money(&Cell::Number("326.72".into()), Unit::WanYuan), Ok(Some(Amount(326_720_000))));
        assert_eq!(yuan("  "), Ok(None));
    }

    #[test]
    fn what_is_no_money_is_told_with_what_stands_there() {
        let fault = |cell: Cell| money(&cell, Unit::Yuan).unwrap_err();
        for (typed, said) in [
            ("1.234", "不能精确到分"),
            ("12,34", "“12,34”不是金额"),
            ("约三万", "“约三万”不是金额"),
            ("3万元", "不是金额"),
            ("-", "不是金额"),
            ("99999999999999999999", "超出"),
        ] {
            assert!(fault(text(typed)).contains(said), "{typed}: {}", fault(text(typed)));
        }
        assert!(fault(Cell::Formula("=B2+B3".into())).contains("公式单元格“=B2+B3”，请粘贴为数值"));
        assert!(fault(Cell::Fault("#REF!".into())).contains("#REF!"));
        assert!(fault(Cell::Date(Date::new(2024, 3, 5).unwrap())).contains("却是日期 2024-03-05"));
    }

    #[test]
    fn days_outside_the_calendar_are_told_apart_from_what_is_no_day() {
        for typed in ["2024-02-29", "2024/2/29", "2024年2月29日", "20240229", "2024.2.29"] {
            assert_eq!(day(&text(typed)).unwrap().unwrap().to_string(), "2024-02-29", "{typed}");
        }
        assert!(day(&text("2023-02-29")).unwrap_err().contains("没有这一天"));
        assert!(day(&text("2024-13-01")).unwrap_err().contains("没有这一天"));
        assert!(day(&text("三月五日")).unwrap_err().contains("不是日期"));
        assert!(day(&text("24/3/5")).unwrap_err().contains("不是日期"));
    }

    #[test]
    fn years_months_counts_and_members_are_read() {
        assert_eq!((year(&text("2024年度")), year(&text("２０２４"))), (Ok(Some(2024)), Ok(Some(2024))));
        assert!(year(&text("24")).is_err());
        assert_eq!((month(&text("3月")), month(&text("202412"))), (Ok(Some(3)), Ok(Some(12))));
        assert!(month(&text("13")).is_err());
        assert_eq!(count(&Cell::Number("12.0".into())), Ok(Some(12)));
        assert!(count(&text("-1")).is_err());
        assert_eq!(member("一般公共预算资金", FUNDS), Some(Fund::GeneralPublic));
        assert_eq!(member::<Fund>("公款", FUNDS), None);
    }
}
