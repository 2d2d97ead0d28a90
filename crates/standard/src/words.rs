//! Folding printed words so that equal things compare equal.
//!
//! Offices space characters out, mix full and half width, and put list numbers before names. None
//! of that changes what a title, a header or a row is.

use std::borrow::Cow;

/// Half-width, without white space and quotation marks: `因 公 出 国（境）费` is `因公出国(境)费`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    // What stays as it is is copied in one piece.
    let mut kept = 0;
    for (at, char) in text.char_indices() {
        let fold = fold_char(char);
        if fold != Some(char) {
            folded.push_str(&text[kept..at]);
            folded.extend(fold);
            kept = at + char.len_utf8();
        }
    }
    folded.push_str(&text[kept..]);
    folded
}

/// What one character is when folded; none for white space and quotation marks.
pub fn fold_char(c: char) -> Option<char> {
    match c {
        // Most of what is written: han characters, digits and small letters.
        '\u{4e00}'..='\u{9fff}' | '0'..='9' | 'a'..='z' => Some(c),
        c if c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' => None,
        '“' | '”' | '"' | '‘' | '’' | '\'' | '＂' | '＇' | '「' | '」' => None,
        '〔' | '【' => Some('['),
        '〕' | '】' => Some(']'),
        // U+FF01 to U+FF5E are the full-width forms of U+0021 to U+007E.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0),
        _ => Some(c),
    }
}

/// What makes a title this title: folded, without list number, year, table number, bookmarks of the
/// word processor, and the words 部门 and 单位 by which departments' and units' forms differ.
pub fn title_key(text: &str) -> String {
    let folded = fold(&without_bookmarks(text));
    let mut key = without_list_number(&folded).to_string();
    for word in ["预算单位", "部门", "单位", "本级"] {
        key = key.replace(word, "");
    }
    without_year(&key)
}

/// What makes a row's name or a header this one: folded, without list number and trailing colon.
pub fn label_key(text: &str) -> String {
    let folded = fold(&without_bookmarks(text));
    let name = without_list_number(&folded);
    let name = name.strip_prefix("其中:").unwrap_or(name);
    name.trim_end_matches([':', '、', ',']).to_string()
}

/// What makes a column's header this one: a label without the year that some forms put before it.
pub fn header_key(text: &str) -> String {
    without_year(&label_key(text))
}

/// Without the `[bookmark: …]` that a word processor's export leaves in the text.
pub fn without_bookmarks(text: &str) -> Cow<'_, str> {
    // Most texts have no bracket, and to look for one character is quick.
    if !text.contains('[') || !text.contains("[bookmark") {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("[bookmark") {
        kept.push_str(&rest[..start]);
        rest = rest[start..].find(']').map_or("", |end| &rest[start + end + 1..]);
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// Without a leading 一、 or 1. or (一) or 表1: what follows the number of a list.
fn without_list_number(text: &str) -> &str {
    const HAN: &str = "一二三四五六七八九十";
    let rest = text.strip_prefix('(').unwrap_or(text);
    let rest = rest.strip_prefix(['表', '第']).unwrap_or(rest);
    let digits = rest.trim_start_matches(|c: char| HAN.contains(c) || c.is_ascii_digit());
    if digits.len() == rest.len() {
        return text;
    }
    let after = digits.trim_start_matches(['、', '.', ')', ':', ',', '·']);
    // A number followed at once by a word is part of the name: 三公, 2024年.
    if after.len() == digits.len() { text } else { after }
}

/// Without 2024年 or 2024年度 at the front.
fn without_year(text: &str) -> String {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let (digits, rest) = (text.len() - rest.len(), rest);
    match rest.strip_prefix('年') {
        Some(rest) if digits == 4 => rest.strip_prefix('度').unwrap_or(rest).to_string(),
        _ => text.to_string(),
    }
}

/// The year that a text names first: 2024年, ２０２４年度, from 2000 to 2099.
pub fn year_in(text: &str) -> Option<u16> {
    let folded = fold(text);
    folded.match_indices('年').find_map(|(end, _)| {
        let digits = folded[..end]
            .rfind(|c: char| !c.is_ascii_digit())
            .map_or(0, |i| i + folded[i..].chars().next().map_or(1, char::len_utf8));
        let year = &folded[digits..end];
        (year.len() == 4).then(|| year.parse().ok()).flatten().filter(|y| (2000..2100).contains(y))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_fold_to_what_they_are() {
        let key = title_key("2024年部门“三公”经费和机关运行经费预算表");
        assert_eq!(key, "三公经费和机关运行经费预算表");
        assert_eq!(title_key("9．2026年单位“三公”经费和机关运行经费预算表"), key);
        assert_eq!(title_key(" 一、收入支出决算总表"), title_key("[bookmark: RANGE!A1:F16]收入支出决算总表"));
        assert_ne!(title_key("收入决算表"), title_key("支出决算表"));
    }

    #[test]
    fn what_is_folded_stays_folded() {
        for text in ["＂三公＂", "＇三公＇", "【１】", "〔２〕（３）", "　甲\u{200b}乙"] {
            let folded = fold(text);
            assert_eq!(fold(&folded), folded, "{text}");
        }
    }

    #[test]
    fn row_names_lose_their_list_numbers_and_nothing_else() {
        assert_eq!(label_key("一、财政拨款收入"), "财政拨款收入");
        assert_eq!(label_key("二十一、国有资本经营预算支出"), "国有资本经营预算支出");
        assert_eq!(label_key("1.一般公共预算（资金）"), "一般公共预算(资金)");
        assert_eq!(label_key("（三）公务接待费"), "公务接待费");
        assert_eq!(label_key("三公经费"), "三公经费");
        assert_eq!(label_key("合 计"), "合计");
    }

    #[test]
    fn years_are_four_digits_before_年() {
        assert_eq!(year_in("上海市２０２４年市级部门预算"), Some(2024));
        assert_eq!(year_in("第12年、2025 年度"), Some(2025));
        assert_eq!(year_in("五年规划"), None);
    }
}
