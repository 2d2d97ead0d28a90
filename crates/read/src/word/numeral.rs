//! [`Numeral`]: how a number of a list is printed.

/// A way to print a number. The names are those of Office Open XML.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Numeral {
    /// 1
    #[default]
    Decimal,
    /// 01
    DecimalZero,
    /// １
    FullWidth,
    /// ①
    Circled,
    /// ㊀
    CircledChinese,
    /// ⑴
    Parenthesised,
    /// ⒈
    Stopped,
    /// - 1 -
    Dashed,
    /// 1st
    Ordinal,
    /// I
    UpperRoman,
    /// i
    LowerRoman,
    /// A
    UpperLetter,
    /// a
    LowerLetter,
    /// 一, 十一, 一百零一
    Chinese,
    /// 壹, 壹拾
    ChineseLegal,
    /// 一, 一〇, 一一
    ChineseDigits,
    /// 甲
    Stem,
    /// 子
    Branch,
    /// A sign that does not count.
    Bullet,
    /// Nothing.
    None,
}

/// The names of Office Open XML.
const NAMES: [(&str, Numeral); 34] = [
    ("decimal", Numeral::Decimal),
    ("decimalHalfWidth", Numeral::Decimal),
    ("decimalZero", Numeral::DecimalZero),
    ("decimalFullWidth", Numeral::FullWidth),
    ("decimalFullWidth2", Numeral::FullWidth),
    ("decimalEnclosedCircle", Numeral::Circled),
    ("decimalEnclosedCircleChinese", Numeral::Circled),
    ("decimalEnclosedParen", Numeral::Parenthesised),
    ("decimalEnclosedFullstop", Numeral::Stopped),
    ("numberInDash", Numeral::Dashed),
    ("ordinal", Numeral::Ordinal),
    ("upperRoman", Numeral::UpperRoman),
    ("lowerRoman", Numeral::LowerRoman),
    ("upperLetter", Numeral::UpperLetter),
    ("lowerLetter", Numeral::LowerLetter),
    ("chineseCounting", Numeral::Chinese),
    ("chineseCountingThousand", Numeral::Chinese),
    ("taiwaneseCounting", Numeral::Chinese),
    ("taiwaneseCountingThousand", Numeral::Chinese),
    ("japaneseCounting", Numeral::Chinese),
    ("koreanCounting", Numeral::Chinese),
    ("chineseLegalSimplified", Numeral::ChineseLegal),
    ("ideographLegalTraditional", Numeral::ChineseLegal),
    ("japaneseLegal", Numeral::ChineseLegal),
    ("ideographDigital", Numeral::ChineseDigits),
    ("japaneseDigitalTenThousand", Numeral::ChineseDigits),
    ("taiwaneseDigital", Numeral::ChineseDigits),
    ("koreanDigital2", Numeral::ChineseDigits),
    ("ideographTraditional", Numeral::Stem),
    ("ideographZodiac", Numeral::Branch),
    ("ideographEnclosedCircle", Numeral::CircledChinese),
    ("bullet", Numeral::Bullet),
    ("none", Numeral::None),
    ("ordinalText", Numeral::Ordinal),
];

/// The numbers that legacy files have for the same: the type MSONFC.
const CODES: [(u8, Numeral); 30] = [
    (0, Numeral::Decimal),
    (1, Numeral::UpperRoman),
    (2, Numeral::LowerRoman),
    (3, Numeral::UpperLetter),
    (4, Numeral::LowerLetter),
    (5, Numeral::Ordinal),
    (10, Numeral::ChineseDigits),
    (11, Numeral::Chinese),
    (14, Numeral::FullWidth),
    (15, Numeral::Decimal),
    (16, Numeral::ChineseLegal),
    (17, Numeral::ChineseDigits),
    (18, Numeral::Circled),
    (19, Numeral::FullWidth),
    (22, Numeral::DecimalZero),
    (23, Numeral::Bullet),
    (26, Numeral::Stopped),
    (27, Numeral::Parenthesised),
    (28, Numeral::Circled),
    (29, Numeral::CircledChinese),
    (30, Numeral::Stem),
    (31, Numeral::Branch),
    (33, Numeral::Chinese),
    (34, Numeral::ChineseLegal),
    (35, Numeral::Chinese),
    (36, Numeral::ChineseDigits),
    (37, Numeral::Chinese),
    (38, Numeral::ChineseLegal),
    (39, Numeral::Chinese),
    (57, Numeral::Dashed),
];

/// Chinese digits in words and in the forms that cannot be altered.
const PLAIN: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const LEGAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

impl Numeral {
    /// By the name of Office Open XML. One that is not known counts with digits.
    pub(crate) fn named(name: &str) -> Numeral {
        NAMES.iter().find(|(own, _)| *own == name).map_or(Numeral::Decimal, |(_, numeral)| *numeral)
    }

    /// By the number of legacy files.
    pub(crate) fn coded(code: u8) -> Numeral {
        match code {
            255 => Numeral::None,
            _ => CODES.iter().find(|(own, _)| *own == code).map_or(Numeral::Decimal, |(_, numeral)| *numeral),
        }
    }

    /// A number as it is printed. Where a way has no sign for a number, it is printed in digits.
    pub(crate) fn print(self, n: u32) -> String {
        let digits = || n.to_string();
        let one_of = |first: char, last: u32| match n {
            1.. if n <= last => char::from_u32(u32::from(first) + n - 1).map_or_else(digits, String::from),
            _ => digits(),
        };
        match self {
            Numeral::Decimal => digits(),
            Numeral::DecimalZero => format!("{n:02}"),
            Numeral::FullWidth => {
                digits().chars().filter_map(|c| char::from_u32(u32::from(c) - 0x30 + 0xff10)).collect()
            }
            Numeral::Circled if n == 0 => "⓪".into(),
            Numeral::Circled => one_of('①', 20),
            Numeral::CircledChinese => one_of('㊀', 10),
            Numeral::Parenthesised => one_of('⑴', 20),
            Numeral::Stopped => one_of('⒈', 20),
            Numeral::Dashed => format!("- {n} -"),
            Numeral::Ordinal => format!("{n}{}", ordinal(n)),
            Numeral::UpperRoman => roman(n),
            Numeral::LowerRoman => roman(n).to_lowercase(),
            Numeral::UpperLetter => letters(n, 'A'),
            Numeral::LowerLetter => letters(n, 'a'),
            Numeral::Chinese => chinese(n, &PLAIN, &['十', '百', '千']).unwrap_or_else(digits),
            Numeral::ChineseLegal => chinese(n, &LEGAL, &['拾', '佰', '仟']).unwrap_or_else(digits),
            Numeral::ChineseDigits => {
                let digit = |c: char| c.to_digit(10).map(|d| if d == 0 { '〇' } else { PLAIN[d as usize] });
                digits().chars().filter_map(digit).collect()
            }
            Numeral::Stem => cyclic(n, "甲乙丙丁戊己庚辛壬癸"),
            Numeral::Branch => cyclic(n, "子丑寅卯辰巳午未申酉戌亥"),
            Numeral::Bullet | Numeral::None => String::new(),
        }
    }
}

fn ordinal(n: u32) -> &'static str {
    match (n % 100, n % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

fn roman(n: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&n) {
        return n.to_string();
    }
    let (mut left, mut text) = (n, String::new());
    for (value, sign) in SIGNS {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    text
}

/// A to Z, then AA, BB and so on.
fn letters(n: u32, first: char) -> String {
    if !(1..=26 * 30).contains(&n) {
        return n.to_string();
    }
    let letter = char::from_u32(u32::from(first) + (n - 1) % 26).unwrap_or(first);
    std::iter::repeat_n(letter, (n as usize - 1) / 26 + 1).collect()
}

fn cyclic(n: u32, signs: &str) -> String {
    let count = signs.chars().count() as u32;
    match n.checked_sub(1).and_then(|at| signs.chars().nth((at % count) as usize)) {
        Some(sign) => sign.to_string(),
        None => n.to_string(),
    }
}

/// 一百零一; none from ten thousand on. In plain words ten to nineteen begin with 十.
fn chinese(n: u32, digits: &[char; 10], tens: &[char; 3]) -> Option<String> {
    if n >= 10_000 {
        return None;
    }
    let printed = n.to_string();
    let (mut text, mut skipped) = (String::new(), false);
    for (at, digit) in printed.chars().enumerate() {
        let (digit, power) = (digit.to_digit(10)? as usize, printed.len() - 1 - at);
        if digit == 0 {
            skipped = true;
            continue;
        }
        if skipped && !text.is_empty() {
            text.push(digits[0]);
        }
        skipped = false;
        let teen = digits == &PLAIN && printed.len() == 2 && power == 1 && digit == 1;
        if !teen {
            text.push(digits[digit]);
        }
        text.extend(power.checked_sub(1).map(|power| tens[power]));
    }
    if text.is_empty() {
        text.push(digits[0]);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_word_shows_them() {
        let printed = |name: &str, n| Numeral::named(name).print(n);
        let chinese = [1, 10, 11, 20, 21, 100, 101, 110, 1010].map(|n| printed("chineseCountingThousand", n));
        assert_eq!(chinese, ["一", "十", "十一", "二十", "二十一", "一百", "一百零一", "一百一十", "一千零一十"]);
        assert_eq!([10, 11].map(|n| printed("ideographDigital", n)), ["一〇", "一一"]);
        assert_eq!([10, 11].map(|n| printed("chineseLegalSimplified", n)), ["壹拾", "壹拾壹"]);
        assert_eq!([1, 20, 21].map(|n| printed("decimalEnclosedCircle", n)), ["①", "⑳", "21"]);
        assert_eq!([4, 9, 14].map(|n| printed("lowerRoman", n)), ["iv", "ix", "xiv"]);
        assert_eq!([1, 26, 27].map(|n| printed("upperLetter", n)), ["A", "Z", "AA"]);
        assert_eq!([1, 11].map(|n| printed("ideographTraditional", n)), ["甲", "甲"]);
        assert_eq!([printed("decimalZero", 7), printed("decimalFullWidth", 12)], ["07", "１２"]);
        assert_eq!([printed("bullet", 3), printed("none", 3), printed("unheardOf", 3)], ["", "", "3"]);
        assert_eq!([Numeral::coded(39).print(12), Numeral::coded(255).print(1)], ["十二", ""]);
    }
}
