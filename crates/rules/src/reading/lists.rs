//! Lists that a sentence announces with their number: 内设3个科室：甲科、乙科、丙科。

use crate::text::{ListNumber, Passage};
use mingzhang_model::document::{Block, Document, Table};
use mingzhang_standard::words;
use std::ops::Range;

/// A list and the number that announces it.
pub(crate) struct Listed {
    /// The number with its noun.
    pub(crate) bytes: Range<usize>,
    pub(crate) number: usize,
    /// What is counted: 科室, 预算单位.
    pub(crate) noun: String,
    /// How many names are listed, if 甲和乙 is one name or two.
    pub(crate) fewest: usize,
    pub(crate) most: usize,
    /// The list ends in 等.
    pub(crate) open: bool,
}

const NOUNS: [&str; 16] = [
    "内设机构",
    "职能处室",
    "处室",
    "科室",
    "机构",
    "部门",
    "预算单位",
    "基层单位",
    "事业单位",
    "下属单位",
    "所属单位",
    "直属单位",
    "单位",
    "项目",
    "方面",
    "处",
];

/// The words between a noun and the colon that opens its list.
const OPENERS: [&str; 14] = [
    "",
    "分别",
    "分别是",
    "分别为",
    "包括",
    "具体包括",
    "具体为",
    "具体是",
    "即",
    "为",
    "是",
    "具体如下",
    "依次为",
    "名称分别为",
];

/// The lists that a paragraph announces.
pub(crate) fn listed(document: &Document, passage: &Passage<'_>) -> Vec<Listed> {
    let text = passage.text();
    let mut found = Vec::new();
    for (at, mark) in text.match_indices(['：', ':']) {
        let Some((bytes, number, noun)) = announced(text, at) else { continue };
        let behind = &text[at + mark.len()..];
        let names = if behind.trim().is_empty() {
            below(document, passage.block + 1)
        } else {
            inside(document, passage.block, behind)
        };
        if let Some((fewest, most, open)) = names {
            found.push(Listed { bytes, number, noun, fewest, most, open });
        }
    }
    // 内设22个处室，分别是甲处、乙处: no colon.
    for opener in ["分别为", "分别是", "具体为", "具体是"] {
        for (at, _) in text.match_indices(opener) {
            let behind = &text[at + opener.len()..];
            if behind.starts_with(['：', ':']) {
                continue;
            }
            if let Some((bytes, number, noun)) = announced(text, at)
                && let Some((fewest, most, open)) = inside(document, passage.block, behind)
            {
                found.push(Listed { bytes, number, noun, fewest, most, open });
            }
        }
    }
    found
}

/// The number and the noun that announce what stands behind `end`.
fn announced(text: &str, end: usize) -> Option<(Range<usize>, usize, String)> {
    let before = text[..end].trim_end();
    let opened = OPENERS.iter().filter(|opener| before.ends_with(*opener)).max_by_key(|opener| opener.len())?;
    let rest = before[..before.len() - opener_length(before, opened)].trim_end().trim_end_matches(['，', ',', ' ']);
    let rest = rest.trim_end();
    // 内设机构25个： the noun stands before its number; otherwise behind it.
    if let Some(counted) = rest.strip_suffix(['个', '家']) {
        let (start, number) = number_at_end(counted)?;
        let noun =
            NOUNS.iter().find(|noun| text[..start].trim_end_matches(['共', '有', '为', ' ']).ends_with(*noun))?;
        let more = counted_before(&text[..start]).filter(|more| *more == 0 || noun.ends_with("单位"))?;
        return Some((start..rest.len(), number + more, noun.to_string()));
    }
    let noun = NOUNS.iter().find(|noun| rest.ends_with(*noun))?;
    let counted = &rest[..rest.len() - noun.len()];
    let counted = ["二级", "所属", "下属", "直属", "下级", "内设", "职能", "基层", "行政"]
        .iter()
        .find_map(|word| counted.strip_suffix(word))
        .unwrap_or(counted);
    let (start, number) = number_at_end(counted.strip_suffix(['个', '家'])?)?;
    let counted = counted_before(&text[..start])?;
    (counted == 0).then(|| (start..rest.len(), number, noun.to_string()))
}

/// How many units the sentence has counted so far: 行政单位1家，事业单位4家 are five. None where it counts
/// other things than units: 2个下属单位和3个内设机构 are two lists in one.
fn counted_before(text: &str) -> Option<usize> {
    let sentence = text.rsplit(['。', '；', ';']).next().unwrap_or_default().trim_end();
    if sentence.ends_with(['和', '及', '与', '、', '第', '上', '前']) {
        return None;
    }
    let mut sum = 0;
    for (at, mark) in sentence.match_indices(['个', '家']) {
        let Some((start, number)) = number_at_end(&sentence[..at]) else { continue };
        let before = sentence[..start].trim_end().trim_end_matches(['共', '有']);
        if mark != "家" || !before.ends_with("单位") {
            return None;
        }
        sum += number;
    }
    Some(sum)
}

fn opener_length(before: &str, opener: &str) -> usize {
    if before.ends_with(opener) { opener.len() } else { 0 }
}

/// The number that a text ends in, and where it begins.
fn number_at_end(text: &str) -> Option<(usize, usize)> {
    const HAN: &str = "一二三四五六七八九十";
    let text = text.trim_end();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_digit());
    if digits.len() < text.len() {
        return Some((digits.len(), text[digits.len()..].parse().ok()?));
    }
    let digits = text.trim_end_matches(|c: char| HAN.contains(c));
    let number = format!("{}、", &text[digits.len()..]);
    let value = ListNumber::of(&number).filter(|_| digits.len() < text.len())?.value;
    Some((digits.len(), usize::try_from(value).ok()?))
}

/// How many names a list in running text holds. A layout may have broken it into several paragraphs.
fn inside(document: &Document, block: usize, behind: &str) -> Option<(usize, usize, bool)> {
    const PARAGRAPHS: usize = 8;
    let mut list = behind.to_string();
    let mut next = block + 1;
    while !list.contains('。') && next <= block + PARAGRAPHS {
        let Some(Block::Paragraph(paragraph)) = document.blocks.get(next) else { return None };
        if ListNumber::of(&paragraph.text).is_some() {
            return None;
        }
        list.push_str(paragraph.text.trim());
        next += 1;
    }
    names(words::fold(list.split('。').next()?).as_str())
}

/// How many names a folded list holds; none where its punctuation does not tell.
fn names(list: &str) -> Option<(usize, usize, bool)> {
    const LONGEST: usize = 40;
    let mut depth = 0i32;
    let mut names = vec![String::new()];
    let mark = if outside(list, '、') { '、' } else { ',' };
    for c in list.chars() {
        match c {
            '(' | '[' | '《' => depth += 1,
            ')' | ']' | '》' => depth -= 1,
            ';' | ':' if depth == 0 => return None,
            ',' if depth == 0 && mark == '、' => return None,
            _ => {}
        }
        if c == mark && depth == 0 {
            names.push(String::new());
        } else if let (Some(name), 0) = (names.last_mut(), depth) {
            name.push(c);
        }
    }
    let last = names.last()?.clone();
    let open = last.ends_with('等') || last.contains("等单位") || last.contains("等部门");
    let joined = names.iter().map(|name| name.matches(['和', '及', '与', '兼']).count()).sum::<usize>();
    let plain = names.iter().all(|name| !name.is_empty() && name.chars().count() <= LONGEST);
    // 综合一处至综合九处 are nine.
    let range = names.iter().any(|name| name.contains('至') || name.contains('—'));
    let fewest = names.len().saturating_sub(aside(list, &names));
    (depth == 0 && plain && !range && names.len() > 1).then_some((fewest, names.len() + joined, open))
}

/// How many names may be listed beside those that are counted: those of the party and the staff, and those
/// of which the list says that they do not count.
fn aside(list: &str, names: &[String]) -> usize {
    const ASIDE: [&str; 10] =
        ["党委", "党总支", "党支部", "纪委", "纪检", "工会", "团委", "妇委会", "离退休", "老干部"];
    let of_party = names.iter().filter(|name| ASIDE.iter().any(|word| name.contains(word))).count();
    of_party.max(list.matches("(不").count())
}

/// True when a mark stands outside all brackets.
fn outside(list: &str, mark: char) -> bool {
    let mut depth = 0i32;
    list.chars().any(|c| {
        match c {
            '(' | '[' | '《' => depth += 1,
            ')' | ']' | '》' => depth -= 1,
            _ => {}
        }
        c == mark && depth == 0
    })
}

/// How many names the numbered lines or the table below an announcement hold.
fn below(document: &Document, from: usize) -> Option<(usize, usize, bool)> {
    if let Some(Block::Table(table)) = document.blocks[from..].iter().find(|block| !is_furniture(block)) {
        let rows = numbered_rows(table)?;
        return Some((rows, rows, false));
    }
    let count = numbered_lines(document, from);
    (count > 1).then_some((count, count, false))
}

/// How many lines in a row are numbered 1, 2, 3; a line that a layout broke in two is one.
fn numbered_lines(document: &Document, from: usize) -> usize {
    const BROKEN: usize = 3;
    let number = |block: &Block| match block {
        Block::Paragraph(paragraph) => ListNumber::of(&paragraph.text),
        Block::Table(_) => None,
    };
    let (mut count, mut level, mut at) = (0u32, None, from);
    while let Some(next) = document.blocks[at..].iter().take(BROKEN).position(|block| {
        number(block).is_some_and(|own| own.value == count + 1 && level.is_none_or(|level| level == own.level))
    }) {
        // The first line stands directly below its announcement, or below a page number.
        if count == 0 && document.blocks[at..at + next].iter().any(|block| !is_furniture(block)) {
            break;
        }
        level = number(&document.blocks[at + next]).map(|own| own.level);
        (count, at) = (count + 1, at + next + 1);
    }
    count as usize
}

fn is_furniture(block: &Block) -> bool {
    match block {
        Block::Paragraph(paragraph) => paragraph.text.trim_matches(|c: char| "-—– 0123456789".contains(c)).is_empty(),
        Block::Table(_) => false,
    }
}

/// The rows of a table whose first column counts 1, 2, 3 to its end; none where it does not.
fn numbered_rows(table: &Table) -> Option<usize> {
    let mut numbers = Vec::new();
    for cell in table.cells().iter().filter(|cell| cell.column == 0) {
        let text = cell.text.trim();
        if let Ok(number) = text.parse::<usize>() {
            numbers.push(number);
        }
    }
    let in_order = numbers.iter().enumerate().all(|(i, number)| *number == i + 1);
    (in_order && numbers.len() > 1).then_some(numbers.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_announces_a_list_from_either_side_of_its_noun() {
        let of = |text: &str| {
            let end = text.find(['：', ':']).unwrap_or(text.len());
            announced(text, end).map(|(_, number, noun)| (number, noun))
        };
        assert_eq!(of("内设3个科室："), Some((3, "科室".into())));
        assert_eq!(of("内设机构25个，依次为："), Some((25, "内设机构".into())));
        assert_eq!(of("内设十个机构，分别是："), Some((10, "机构".into())));
        assert_eq!(of("包括2个下属单位和3个内设机构："), None);
        assert_eq!(of("行政单位1家，事业单位4家，具体包括："), Some((5, "事业单位".into())));
        assert_eq!(of("主要有以下几个方面："), None);
    }

    #[test]
    fn names_are_counted_outside_brackets() {
        assert_eq!(names("办公室(人事处、财务处)、综合科、信息科和督查科"), Some((3, 4, false)));
        assert_eq!(names("甲中心,乙中心,丙中心"), Some((3, 3, false)));
        assert_eq!(names("甲处、乙处,负责全面工作"), None);
    }
}
