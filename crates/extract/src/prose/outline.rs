//! The tree of headings.
//!
//! A heading is a short paragraph that begins with a number of one of the five styles of official
//! documents, or is 第…部分, and does not end as a sentence does. The numbered lines of the contents
//! are headings too; the body's own come later and take their place, with their number or without it.

use mingzhang_model::document::{Block, Document};
use mingzhang_model::prose::Section;
use mingzhang_standard::words;

/// The longest heading, in characters.
const LONGEST: usize = 45;

/// The headings, and for each block of the document the section it stands in.
pub(super) fn outline(document: &Document) -> (Vec<Section>, Vec<Option<usize>>) {
    let mut sections: Vec<Section> = Vec::new();
    let mut section_of = Vec::with_capacity(document.blocks.len());
    let mut open: Vec<usize> = Vec::new();
    for (block, content) in document.blocks.iter().enumerate() {
        if let Block::Paragraph(paragraph) = content
            && let Some((level, number, title)) =
                heading(&paragraph.text).or_else(|| announced(&paragraph.text, &sections))
        {
            while open.last().is_some_and(|last| sections[*last].level >= level) {
                open.pop();
            }
            sections.push(Section { level, number, title, block, parent: open.last().copied() });
            open.push(sections.len() - 1);
        }
        section_of.push(open.last().copied());
    }
    (sections, section_of)
}

/// A heading without its number that the contents announce with it: 2024年部门预算编制说明 for
/// 四、部门预算编制说明.
fn announced(text: &str, contents: &[Section]) -> Option<(u8, String, String)> {
    const CHAPTER: u8 = 2;
    const SHORTEST: usize = 4;
    let folded = words::fold(&words::without_bookmarks(text));
    if folded.chars().count() > LONGEST || folded.contains(['。', '；', ';', ',', ':']) {
        return None;
    }
    let said = |section: &&Section| {
        let long = section.title.chars().count() >= SHORTEST;
        section.level == CHAPTER && long && folded.ends_with(section.title.as_str())
    };
    contents.iter().find(said).map(|_| (CHAPTER, String::new(), folded.clone()))
}

/// The level, number and title of a heading.
fn heading(text: &str) -> Option<(u8, String, String)> {
    let folded = words::fold(&words::without_bookmarks(text));
    let ends = |mark: &[char]| folded.ends_with(mark);
    if folded.chars().count() > LONGEST || ends(&['。', ';', ',', '!']) {
        return None;
    }
    // - 四、: the contents of a text file.
    let folded = folded.trim_start_matches('-');
    let (level, number) = numbered(folded)?;
    let title = folded[number.len()..].trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '…');
    Some((level, number.to_string(), title.to_string()))
}

/// The level of a list number at the front of a folded text, and the number with its mark.
pub(super) fn numbered(folded: &str) -> Option<(u8, &str)> {
    const HAN: &str = "一二三四五六七八九十";
    let is_han = |c: char| HAN.contains(c);
    let is_digit = |c: char| c.is_ascii_digit();
    let run = |rest: &str, of: &dyn Fn(char) -> bool| rest.len() - rest.trim_start_matches(of).len();
    if let Some(rest) = folded.strip_prefix('第') {
        let count = run(rest, &is_han);
        let part = rest[count..].starts_with("部分") && count > 0;
        return part.then(|| (1, &folded[.."第".len() + count + "部分".len()]));
    }
    if let Some(rest) = folded.strip_prefix('(') {
        let (level, count) = if rest.starts_with(is_han) { (3, run(rest, &is_han)) } else { (5, run(rest, &is_digit)) };
        return (count > 0 && rest[count..].starts_with(')')).then(|| (level, &folded[..count + 2]));
    }
    let (level, count) =
        if folded.starts_with(is_han) { (2, run(folded, &is_han)) } else { (4, run(folded, &is_digit)) };
    let mark = folded[count..].chars().next()?;
    let fits = if level == 2 { mark == '、' } else { matches!(mark, '、' | '.') };
    // 1.5万元 is no list number.
    let decimal = level == 4 && folded[count + mark.len_utf8()..].starts_with(is_digit);
    (count > 0 && fits && !decimal).then(|| (level, &folded[..count + mark.len_utf8()]))
}

/// The value of a list number with its mark: 12 for （十二）; none for a part, 第二部分.
pub(super) fn number_of(number: &str) -> Option<u32> {
    let digits = number.trim_matches(|c: char| "(（)）、.．".contains(c));
    if let Ok(value) = digits.parse() {
        return Some(value);
    }
    let one = |c: char| "一二三四五六七八九".chars().position(|han| han == c).map(|at| at as u32 + 1);
    let all = |text: &str| text.chars().try_fold(0, |sum, c| Some(sum * 10 + one(c)?));
    match digits.split_once('十') {
        None => all(digits).filter(|_| !digits.is_empty()),
        Some((tens, units)) => Some(if tens.is_empty() { 10 } else { all(tens)? * 10 } + all(units)?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingzhang_model::document::{Format, Paragraph};

    #[test]
    fn headings_make_a_tree() {
        let lines = ["第二部分 部门决算表", "三、支出决算情况说明", "（一）总体情况", "支出为1.5万元。", "四、其他"];
        let paragraph = |text: &&str| Block::Paragraph(Paragraph { text: text.to_string(), ..Paragraph::default() });
        let blocks = lines.iter().map(paragraph).collect();
        let document = Document { format: Format::Text, pages: vec![], blocks, notes: vec![] };
        let (sections, section_of) = outline(&document);
        let levels: Vec<u8> = sections.iter().map(|section| section.level).collect();
        assert_eq!(levels, [1, 2, 3, 2]);
        assert_eq!(sections[2].parent, Some(1));
        assert_eq!(section_of, [Some(0), Some(1), Some(2), Some(2), Some(3)]);
        assert_eq!((sections[2].number.as_str(), sections[2].title.as_str()), ("(一)", "总体情况"));
    }

    #[test]
    fn a_heading_of_the_contents_may_come_back_without_its_number() {
        let lines = ["- 四、部门预算编制说明", "1.甲科", "某局2024年部门预算编制说明", "收入3万元。"];
        let paragraph = |text: &&str| Block::Paragraph(Paragraph { text: text.to_string(), ..Paragraph::default() });
        let blocks = lines.iter().map(paragraph).collect();
        let document = Document { format: Format::Text, pages: vec![], blocks, notes: vec![] };
        let (sections, section_of) = outline(&document);
        assert_eq!((sections[2].level, sections[2].title.as_str()), (2, "某局2024年部门预算编制说明"));
        assert_eq!(section_of[3], Some(2));
    }

    #[test]
    fn list_numbers_have_values() {
        let values = ["（十二）", "二十、", "3．", "（1）", "九、", "第二部分"].map(number_of);
        assert_eq!(values, [Some(12), Some(20), Some(3), Some(1), Some(9), None]);
    }

    #[test]
    fn sentences_and_amounts_are_no_headings() {
        for text in ["一、支出为3万元，其中基本支出2万元。", "1.5万元", "三公经费", "第一次会议", "二〇二四年"]
        {
            assert_eq!(heading(text), None, "{text}");
        }
    }
}
