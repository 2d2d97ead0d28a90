//! [`Value`]: what a field of a row holds, read from what people type.

use mingzhang_model::amount::{Amount, Unit, render};
use mingzhang_model::date::Date;
use mingzhang_model::sheet::Cell;
use mingzhang_standard::fraction::Fraction;
use mingzhang_standard::register::expression::Datum;
use mingzhang_standard::register::{Field, FieldKind};
use mingzhang_standard::words;
use serde::{Deserialize, Serialize};

/// How long words may be.
pub const MAX_CHARACTERS: usize = 2_000;

/// Decimals are kept in ten-thousandths.
const DECIMALS: u8 = 4;

/// What a field holds. In JSON it is one pair that says what it is: `{"money":12345}`, `{"date":"2022-12-31"}`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub enum Value {
    /// Words, a code, the key of a row of another register.
    Text(String),
    /// How many; a year.
    Count(u64),
    /// Money.
    Money(Amount),
    /// A number in ten-thousandths.
    Decimal(i64),
    /// A day.
    Date(Date),
    /// The word of a choice.
    Choice(String),
    /// Yes or no.
    YesNo(bool),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Wire {
    Text(String),
    Count(u64),
    Money(i64),
    Decimal(String),
    Date(String),
    Choice(String),
    YesNo(bool),
}

impl From<Value> for Wire {
    fn from(value: Value) -> Wire {
        match value {
            Value::Text(text) => Wire::Text(text),
            Value::Count(count) => Wire::Count(count),
            Value::Money(amount) => Wire::Money(amount.0),
            Value::Decimal(parts) => Wire::Decimal(decimal_words(parts)),
            Value::Date(date) => Wire::Date(date.to_string()),
            Value::Choice(word) => Wire::Choice(word),
            Value::YesNo(yes) => Wire::YesNo(yes),
        }
    }
}

impl TryFrom<Wire> for Value {
    type Error = String;
    fn try_from(wire: Wire) -> Result<Value, String> {
        Ok(match wire {
            Wire::Text(text) => Value::Text(text),
            Wire::Count(count) => Value::Count(count),
            Wire::Money(fen) => Value::Money(Amount(fen)),
            Wire::Decimal(text) => {
                Value::Decimal(scaled(&text, DECIMALS).ok_or_else(|| format!("“{text}”不是最多四位小数的数"))?)
            }
            Wire::Date(text) => Value::Date(Date::parse(&text).ok_or_else(|| format!("“{text}”不是日期"))?),
            Wire::Choice(word) => Value::Choice(word),
            Wire::YesNo(yes) => Value::YesNo(yes),
        })
    }
}

impl Value {
    /// True where a field of this kind can hold it.
    pub fn fits(&self, kind: &FieldKind) -> bool {
        match (self, kind) {
            (Value::Text(_), FieldKind::Text | FieldKind::Code | FieldKind::Reference(_))
            | (Value::Count(_), FieldKind::Count | FieldKind::Year)
            | (Value::Money(_), FieldKind::Money)
            | (Value::Decimal(_), FieldKind::Decimal)
            | (Value::Date(_), FieldKind::Date)
            | (Value::YesNo(_), FieldKind::YesNo) => true,
            (Value::Choice(word), FieldKind::Choice(choices)) => choices.iter().any(|(known, _)| known == word),
            _ => false,
        }
    }

    /// What it is in expressions.
    pub(super) fn datum(&self) -> Datum {
        match self {
            Value::Text(text) => Datum::Text(text.clone()),
            Value::Count(count) => match Fraction::new(i128::from(*count), 1) {
                Some(number) => Datum::Number(number),
                None => Datum::Number(Fraction::ZERO),
            },
            Value::Money(amount) => Datum::Money(Fraction::whole(amount.0)),
            // Ten to the fourth is not nothing and no number of 64 bits lacks an opposite in 128.
            Value::Decimal(parts) => Datum::Number(Fraction::new(i128::from(*parts), 10_000).unwrap_or(Fraction::ZERO)),
            Value::Date(date) => Datum::Date(*date),
            Value::Choice(word) => Datum::Choice(word.clone()),
            Value::YesNo(yes) => Datum::YesNo(*yes),
        }
    }
}

/// A value as a person reads it; the title of a choice where the field is known to have it.
pub fn words_of(value: &Value, field: Option<&Field>) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Count(count) => count.to_string(),
        Value::Money(amount) => format!("{}元", render(*amount, Unit::Yuan, 2, true)),
        Value::Decimal(parts) => decimal_words(*parts),
        Value::Date(date) => date.to_string(),
        Value::Choice(word) => match field.map(|field| &field.kind) {
            Some(FieldKind::Choice(choices)) => {
                choices.iter().find(|(known, _)| known == word).map_or(word, |(_, title)| title).clone()
            }
            _ => word.clone(),
        },
        Value::YesNo(yes) => if *yes { "是" } else { "否" }.to_string(),
    }
}

/// Reads a cell of a sheet; nothing for an empty one.
pub fn parse_cell(field: &Field, cell: &Cell) -> Result<Option<Value>, String> {
    let title = &field.title;
    match (cell, &field.kind) {
        (Cell::Empty, _) => Ok(None),
        (Cell::Formula(text), _) => Err(format!("“{title}”是公式“{text}”，请先把公式转成数值再导入")),
        (Cell::Fault(text), _) => Err(format!("“{title}”是电子表格的错误值“{text}”，请改正后再导入")),
        (Cell::Date(date), FieldKind::Date) => Ok(Some(Value::Date(*date))),
        (Cell::Date(date), kind) if *kind != FieldKind::Text => {
            Err(format!("“{title}”应填{}，单元格里却是日期{date}，请检查单元格格式", kind.title()))
        }
        _ if cell.words().trim().is_empty() => Ok(None),
        _ => parse_value(field, &cell.words()).map(Some),
    }
}

/// Reads what somebody typed into a field. Money without a unit is yuan.
pub fn parse_value(field: &Field, typed: &str) -> Result<Value, String> {
    parse_in(field, typed, Unit::Yuan)
}

/// Reads what somebody typed into a field whose column says its unit.
pub(super) fn parse_in(field: &Field, typed: &str, unit: Unit) -> Result<Value, String> {
    let (title, typed) = (&field.title, typed.trim());
    let folded = words::fold(typed);
    if folded.is_empty() {
        return Err(format!("“{title}”没有填写"));
    }
    let read = match &field.kind {
        FieldKind::Text | FieldKind::Code | FieldKind::Reference(_) => return text(field, typed),
        FieldKind::Date => date(&folded).map(Value::Date).ok_or("应是日期，如2022-03-05或2022年3月5日"),
        FieldKind::Money => {
            money(&folded, unit).map(Value::Money).ok_or("应是金额，如1,234.50（元）或12.5万元，精确到分")
        }
        FieldKind::Count => count(&folded).map(Value::Count).ok_or("应是不小于0的整数"),
        FieldKind::Decimal => {
            let number = scaled(&without_separators(&folded).unwrap_or_default(), DECIMALS);
            number.map(Value::Decimal).ok_or("应是数，最多四位小数")
        }
        FieldKind::Year => {
            let digits = folded.trim_end_matches('度').trim_end_matches('年');
            let year = digits.parse().ok().filter(|year| digits.len() == 4 && (1949..=2200).contains(year));
            year.map(Value::Count).ok_or("应是四位年份，如2024")
        }
        FieldKind::YesNo => match folded.to_lowercase().as_str() {
            "是" | "有" | "yes" | "y" | "true" | "1" | "√" | "✓" => Ok(Value::YesNo(true)),
            "否" | "无" | "no" | "n" | "false" | "0" | "×" => Ok(Value::YesNo(false)),
            _ => Err("应填“是”或“否”"),
        },
        FieldKind::Choice(choices) => {
            let is_meant = |(word, title): &&(String, String)| *word == folded || words::fold(title) == folded;
            if let Some((word, _)) = choices.iter().find(is_meant) {
                return Ok(Value::Choice(word.clone()));
            }
            let titles: Vec<&str> = choices.iter().map(|(_, title)| title.as_str()).collect();
            return Err(format!("“{title}”填的是“{}”，只能填：{}", shortened(typed), titles.join("、")));
        }
    };
    read.map_err(|wanted| format!("“{title}”填的是“{}”，{wanted}", shortened(typed)))
}

fn text(field: &Field, typed: &str) -> Result<Value, String> {
    let (title, length) = (&field.title, typed.chars().count());
    if length > MAX_CHARACTERS {
        return Err(format!("“{title}”有{length}个字，最多{MAX_CHARACTERS}个，请精简或另附文件"));
    }
    if typed.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(format!("“{title}”含有看不见的控制字符，请重新录入"));
    }
    Ok(Value::Text(typed.to_string()))
}

/// A day with any of the separators that people use; eight digits without any.
fn date(folded: &str) -> Option<Date> {
    let digits_only = folded.len() == 8 && folded.bytes().all(|b| b.is_ascii_digit());
    if digits_only {
        return Date::new(folded[..4].parse().ok()?, folded[4..6].parse().ok()?, folded[6..].parse().ok()?);
    }
    let trimmed = folded.strip_suffix(['日', '号']).unwrap_or(folded);
    let parts: Vec<&str> = trimmed.split(['-', '/', '.', '年', '月']).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    let is_plain =
        |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if year.len() != 4 || !is_plain(year, 4) || !is_plain(month, 2) || !is_plain(day, 2) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn money(folded: &str, unit: Unit) -> Option<Amount> {
    let plain = folded.trim_start_matches(['¥', '￥']);
    let units = [("亿元", Unit::YiYuan), ("万元", Unit::WanYuan), ("元", Unit::Yuan)];
    let (digits, unit) = units
        .into_iter()
        .find_map(|(word, unit)| plain.strip_suffix(word).map(|digits| (digits, unit)))
        .unwrap_or((plain, unit));
    scaled(&without_separators(digits)?, unit.fen_decimals()).map(Amount)
}

fn count(folded: &str) -> Option<u64> {
    let plain = without_separators(folded)?;
    // A spreadsheet may keep a whole number as 12.0.
    let whole = plain.split_once('.').map_or(Some(plain.as_str()), |(whole, part)| {
        (!part.is_empty() && part.bytes().all(|b| b == b'0')).then_some(whole)
    })?;
    let is_digits = !whole.is_empty() && whole.bytes().all(|b| b.is_ascii_digit());
    // More than this is a slip of the hand, and sums of such numbers must fit.
    is_digits.then(|| whole.parse().ok()).flatten().filter(|count| *count <= 1_000_000_000_000)
}

/// A number without its thousands separators; none where commas stand elsewhere.
fn without_separators(text: &str) -> Option<String> {
    if !text.contains(',') {
        return Some(text.to_string());
    }
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let whole = unsigned.split_once('.').map_or(unsigned, |(whole, _)| whole);
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let is_grouped = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    (is_grouped && text.matches(',').count() == whole.matches(',').count()).then(|| text.replace(',', ""))
}

/// A number with a sign and a point, times ten to so many decimals; none when more decimals are written.
fn scaled(text: &str, decimals: u8) -> Option<i64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let scale = Fraction::new(10i128.checked_pow(u32::from(decimals))?, 1)?;
    Fraction::parse(digits)?.times(scale)?.to_whole()?.checked_mul(sign)
}

/// Ten-thousandths as a number without needless zeros.
fn decimal_words(parts: i64) -> String {
    let size = parts.unsigned_abs();
    let text = format!("{}{}.{:04}", if parts < 0 { "-" } else { "" }, size / 10_000, size % 10_000);
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

fn shortened(typed: &str) -> String {
    const MOST: usize = 30;
    match typed.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &typed[..end]),
        None => typed.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(kind: FieldKind) -> Field {
        Field {
            name: "x".into(),
            title: "栏".into(),
            kind,
            required: false,
            default: None,
            secret: false,
            help: String::new(),
        }
    }

    fn choice() -> FieldKind {
        FieldKind::Choice(vec![("domestic".into(), "国内".into()), ("foreign".into(), "外宾（含港澳台）".into())])
    }

    #[test]
    fn what_people_type_is_understood() {
        let read = |kind: FieldKind, typed: &str| parse_value(&field(kind), typed).unwrap();
        let day = Value::Date(Date::new(2022, 3, 5).unwrap());
        for typed in
            ["2022/3/5", "2022-03-05", "2022.3.5", "2022年3月5日", "20220305", "２０２２/3/5", " 2022 年 3 月 5 日"]
        {
            assert_eq!(read(FieldKind::Date, typed), day, "{typed}");
        }
        for (typed, fen) in [
            ("1,234.50", 123_450),
            ("1234.5元", 123_450),
            ("￥12", 1_200),
            ("12.5万元", 12_500_000),
            ("-3", -300),
            ("1亿元", 10_000_000_000),
        ] {
            assert_eq!(read(FieldKind::Money, typed), Value::Money(Amount(fen)), "{typed}");
        }
        assert_eq!(read(FieldKind::Count, "1,200"), Value::Count(1_200));
        assert_eq!(read(FieldKind::Count, "12.0"), Value::Count(12));
        assert_eq!(read(FieldKind::Decimal, "-98.50"), Value::Decimal(-985_000));
        assert_eq!(read(FieldKind::Year, "2024年度"), Value::Count(2024));
        assert_eq!(read(FieldKind::YesNo, "是"), Value::YesNo(true));
        for typed in ["foreign", "外宾(含港澳台)", "外宾（含港澳台）"] {
            assert_eq!(read(choice(), typed), Value::Choice("foreign".into()));
        }
        assert_eq!(read(FieldKind::Text, " 调研 "), Value::Text("调研".into()));
    }

    #[test]
    fn what_is_not_understood_is_refused_with_the_words_typed() {
        for (kind, typed, why) in [
            (FieldKind::Date, "2022-02-29", "应是日期"),
            (FieldKind::Date, "22/3/5", "应是日期"),
            (FieldKind::Money, "1.234", "精确到分"),
            (FieldKind::Money, "12,34", "应是金额"),
            (FieldKind::Money, "约3万元", "约3万元"),
            (FieldKind::Money, "99999999999999999999", "应是金额"),
            (FieldKind::Count, "-1", "整数"),
            (FieldKind::Count, "3.5", "整数"),
            (FieldKind::Count, "180余", "“180余”"),
            (FieldKind::Decimal, "1.23456", "四位小数"),
            (FieldKind::Year, "24", "四位年份"),
            (FieldKind::YesNo, "也许", "“是”或“否”"),
            (choice(), "商务", "只能填：国内、外宾（含港澳台）"),
            (FieldKind::Text, "  ", "没有填写"),
            (FieldKind::Text, "a\u{7}b", "控制字符"),
        ] {
            let fault = parse_value(&field(kind), typed).unwrap_err();
            assert!(fault.contains(why) && fault.contains("“栏”"), "{typed}: {fault}");
        }
        let long = "字".repeat(MAX_CHARACTERS + 1);
        assert!(parse_value(&field(FieldKind::Text), &long).is_err());
    }

    #[test]
    fn cells_are_read_and_formulas_are_not_guessed() {
        let read = |kind: FieldKind, cell: Cell| parse_cell(&field(kind), &cell);
        let day = Date::new(2022, 12, 31).unwrap();
        assert_eq!(read(FieldKind::Date, Cell::Date(day)), Ok(Some(Value::Date(day))));
        assert_eq!(read(FieldKind::Count, Cell::Empty), Ok(None));
        assert_eq!(read(FieldKind::Money, Cell::Number("0.1".into())), Ok(Some(Value::Money(Amount(10)))));
        assert!(read(FieldKind::Money, Cell::Date(day)).unwrap_err().contains("单元格格式"));
        assert!(read(FieldKind::Money, Cell::Formula("=A1".into())).unwrap_err().contains("公式"));
        assert!(read(FieldKind::Money, Cell::Fault("#REF!".into())).unwrap_err().contains("#REF!"));
    }

    #[test]
    fn values_come_back_from_json_as_they_went() {
        let values = [
            (Value::Text("2022-12-31".into()), r#"{"text":"2022-12-31"}"#),
            (Value::Count(3), r#"{"count":3}"#),
            (Value::Money(Amount(-12_345)), r#"{"money":-12345}"#),
            (Value::Decimal(985_000), r#"{"decimal":"98.5"}"#),
            (Value::Decimal(-1), r#"{"decimal":"-0.0001"}"#),
            (Value::Date(Date::new(2022, 12, 31).unwrap()), r#"{"date":"2022-12-31"}"#),
            (Value::Choice("foreign".into()), r#"{"choice":"foreign"}"#),
            (Value::YesNo(false), r#"{"yes_no":false}"#),
        ];
        for (value, json) in values {
            assert_eq!(serde_json::to_string(&value).unwrap(), json);
            assert_eq!(serde_json::from_str::<Value>(json).unwrap(), value);
        }
        for wrong in [r#"{"date":"2022-13-01"}"#, r#"{"decimal":"1e3"}"#, r#""text""#, r#"{"count":-1}"#] {
            assert!(serde_json::from_str::<Value>(wrong).is_err(), "{wrong}");
        }
    }
}
