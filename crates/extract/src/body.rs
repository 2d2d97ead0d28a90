//! Whose document it is: the name of the body as it is printed, and whose money it counts.
//!
//! A name is taken where the document introduces itself: behind a label of the cover, in the title on the cover, in
//! the heading 第一部分 X概况, behind a label of a table. A place that names somebody without introducing the document,
//! such as a sentence or the head of a project's table, is none: better no name than another body's.

use mingzhang_model::document::{Block, Document, Table};
use mingzhang_model::fact::{Facts, Scope, Slot};
use mingzhang_standard::{name, words};

/// A body as a document names it.
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) scope: Scope,
}

/// The body that a document is about.
pub(crate) fn named(document: &Document, facts: &Facts) -> Option<Named> {
    let title = title(document);
    let found = labelled(document)
        .or_else(|| title.as_ref().and_then(Title::named))
        .or_else(|| of_statements(facts))
        .or_else(|| headed(document))
        .or_else(|| of_tables(document))?;
    let titled = title.map_or(Scope::Unstated, |title| title.scope);
    let (_, marked) = name::marked(&found.name);
    let scope = [marked, found.scope, titled].into_iter().find(|scope| *scope != Scope::Unstated);
    Some(Named { scope: scope.unwrap_or(Scope::Unstated), ..found })
}

/// How many blocks a cover has at most.
const COVER: usize = 40;

/// Behind which words a cover names the body, and whose money it then counts.
const LABELS: [(&str, Scope); 8] = [
    ("预算主管部门:", Scope::Department),
    ("预算单位:", Scope::Unit),
    ("部门名称:", Scope::Unstated),
    ("单位名称:", Scope::Unstated),
    ("编制部门:", Scope::Unstated),
    ("编制单位:", Scope::Unstated),
    ("部门(公章):", Scope::Unstated),
    ("单位(公章):", Scope::Unstated),
];

/// 预算主管部门：X on the cover.
fn labelled(document: &Document) -> Option<Named> {
    document.blocks.iter().take(COVER).find_map(|block| {
        let Block::Paragraph(paragraph) = block else { return None };
        let folded = words::fold(&paragraph.text);
        let (label, scope) = LABELS.iter().find(|(label, _)| folded.starts_with(label))?;
        let name = behind(&folded[label.len()..]);
        (!name.is_empty()).then(|| Named { name: name.to_string(), scope: *scope })
    })
}

/// A name without what stands behind it in one line: 单位：万元, 金额单位：元, a seal.
fn behind(text: &str) -> &str {
    const ENDS: [&str; 8] = ["金额单位", "单位:", "(公章)", "(盖章)", "(部门公章)", "(单位公章)", "公开0", "填报"];
    let end = ENDS.iter().filter_map(|end| text.find(end)).min().unwrap_or(text.len());
    text[..end].trim_end_matches(['.', ',', ';', '。', '、'])
}

/// The name that the tables carry.
fn of_statements(facts: &Facts) -> Option<Named> {
    facts.statements.iter().find_map(|statement| match &statement.name_slot {
        Slot::Filled(name) => Some(Named { name: name.text.clone(), scope: Scope::Unstated }),
        Slot::Absent | Slot::Blank(_) => None,
    })
}

/// The title on the cover: what stands before the words for its kind, without the year.
struct Title {
    before: String,
    scope: Scope,
}

/// The words for the kind of a disclosure, the longer first where one begins another.
const KINDS: [(&str, Scope); 11] = [
    ("部门综合预算", Scope::Unstated),
    ("部门预算", Scope::Unstated),
    ("部门决算", Scope::Unstated),
    ("单位综合预算", Scope::Unit),
    ("单位预算", Scope::Unit),
    ("单位决算", Scope::Unit),
    ("部门(单位)预算", Scope::Unstated),
    ("预算信息公开", Scope::Unstated),
    ("决算信息公开", Scope::Unstated),
    ("预算公开", Scope::Unstated),
    ("决算公开", Scope::Unstated),
];

/// The longest title, in characters.
const LONGEST_TITLE: usize = 60;

/// The title: the first lines of a document joined, for a title may be broken anywhere. A cover ends where the contents
/// begin, or a heading, or a sentence.
fn title(document: &Document) -> Option<Title> {
    const LINES: usize = 8;
    let mut joined = String::new();
    for block in document.blocks.iter().take(LINES) {
        let Block::Paragraph(paragraph) = block else { break };
        let line = words::fold(&words::without_bookmarks(&paragraph.text));
        let is_number = line.chars().all(|c| c.is_ascii_digit() || c.is_ascii_punctuation());
        let ends = ["目录", "目次", "一、", "(一)", "第一部分", "名词解释"].iter().any(|word| line.starts_with(word));
        if is_number || line.starts_with("附件") && line.chars().count() <= 4 {
            continue;
        }
        if ends || line.contains('。') || joined.chars().count() + line.chars().count() > LONGEST_TITLE * 2 {
            break;
        }
        joined.push_str(&line);
        if let Some(title) = split(&joined) {
            return Some(title);
        }
    }
    None
}

/// What stands before the words for the kind, the first of them.
fn split(joined: &str) -> Option<Title> {
    let first = KINDS.iter().filter_map(|(word, scope)| Some((joined.find(word)?, *scope)));
    let (at, scope) = first.min_by_key(|(at, _)| *at)?;
    let before = &joined[..at];
    (before.chars().count() <= LONGEST_TITLE).then(|| Title { before: without_year(before), scope })
}

/// Without every 2024年 and 2024年度, and without an annex's number at the front.
fn without_year(text: &str) -> String {
    let mut kept = text.to_string();
    while let Some(at) = kept.find('年') {
        let from = kept[..at].trim_end_matches(|c: char| c.is_ascii_digit()).len();
        if at - from != 4 {
            break;
        }
        let end = at + '年'.len_utf8();
        let end = if kept[end..].starts_with('度') { end + '度'.len_utf8() } else { end };
        kept.replace_range(from..end, "");
    }
    let kept = kept.trim_start_matches("附件").trim_start_matches(|c: char| c.is_ascii_digit());
    kept.trim_start_matches([':', '.', '-', '、']).to_string()
}

impl Title {
    fn named(&self) -> Option<Named> {
        let name = self.before.strip_suffix("部门").unwrap_or(&self.before);
        name::is_body(name).then(|| Named { name: name.to_string(), scope: self.scope })
    }
}

/// 第一部分 X概况, X主要职能: the headings that name the body.
fn headed(document: &Document) -> Option<Named> {
    const TAILS: [&str; 7] = ["概况", "基本情况", "主要职能", "主要职责", "机构设置", "单位职责", "部门职责"];
    document.blocks.iter().find_map(|block| {
        let Block::Paragraph(paragraph) = block else { return None };
        let folded = words::label_key(&words::without_bookmarks(&paragraph.text));
        let title = folded.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '…' | '·' | '-'));
        let title = title.split_once("部分").map_or(title, |(_, rest)| rest);
        let name = TAILS.iter().find_map(|tail| title.strip_suffix(tail))?;
        let name = name.strip_suffix("部门").or_else(|| name.strip_suffix("单位")).unwrap_or(name);
        name::is_body(name).then(|| Named { name: name.to_string(), scope: Scope::Unstated })
    })
}

/// The one name that labels inside the tables give: 部门名称 with the name in the same cell or the next.
fn of_tables(document: &Document) -> Option<Named> {
    let mut names = document.blocks.iter().flat_map(|block| match block {
        Block::Table(table) => in_cells(table),
        Block::Paragraph(paragraph) => in_line(&words::fold(&paragraph.text)).into_iter().collect(),
    });
    let first = names.next()?;
    // Where tables name several, none of them is the document's.
    names
        .all(|name| name::folded(&name) == name::folded(&first))
        .then_some(Named { name: first, scope: Scope::Unstated })
}

/// Labels that give the name of the body wherever they stand.
const TABLE_LABELS: [&str; 8] =
    ["部门名称", "单位名称", "编制部门", "编制单位", "部门(单位)名称", "单位(部门)名称", "填报单位", "部门"];

fn in_line(folded: &str) -> Option<String> {
    let rest = TABLE_LABELS.iter().find_map(|label| folded.strip_prefix(label)?.strip_prefix(':'))?;
    let name = behind(rest);
    name::is_body(name).then(|| name.to_string())
}

fn in_cells(table: &Table) -> Vec<String> {
    let mut names = Vec::new();
    for cell in table.cells() {
        let folded = words::fold(&cell.text);
        names.extend(in_line(&folded));
        let label = folded.trim_end_matches(':');
        // The bare word 部门 heads columns.
        if label != "部门" && TABLE_LABELS.contains(&label) {
            let next = table.cell(cell.row, cell.column + cell.column_span);
            let name = next.map_or(String::new(), |next| words::fold(&next.text));
            names.extend(Some(name).filter(|name| name::is_body(name)));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingzhang_model::document::{Format, Page, Paragraph};

    fn of(lines: &[&str]) -> Option<(String, Scope)> {
        let block = |line: &&str| Block::Paragraph(Paragraph { text: line.to_string(), lines: Vec::new() });
        let document = Document {
            format: Format::Text,
            pages: vec![Page::default()],
            blocks: lines.iter().map(block).collect(),
            notes: Vec::new(),
        };
        named(&document, &Facts::default()).map(|named| (named.name, named.scope))
    }

    fn found(name: &str, scope: Scope) -> Option<(String, Scope)> {
        Some((name.to_string(), scope))
    }

    #[test]
    fn a_title_names_the_body_wherever_it_is_broken() {
        let plain = found("青岚市档案局", Scope::Unstated);
        assert_eq!(of(&["青岚市档案局 2026 年度部门预算信息公开"]), plain);
        assert_eq!(of(&["2026年", "青岚市档案局部", "门预算"]), plain);
        assert_eq!(of(&["青岚市档案局部门2026年度部门预算"]), plain);
        assert_eq!(of(&["附件1：青岚市档案局2026年度部门决算"]), plain);
        assert_eq!(of(&[".", "青岚市档案局", "2026 年部门综合预算说明"]), plain);
    }

    #[test]
    fn marks_and_words_say_whose_money_it_is() {
        assert_eq!(of(&["2026年青岚市档案局（本级）部门预算"]), found("青岚市档案局(本级)", Scope::Unit));
        assert_eq!(of(&["青岚市档案局（汇总）2026年部门预算"]), found("青岚市档案局(汇总)", Scope::Department));
        assert_eq!(of(&["青岚市档案局2026年度单位预算"]), found("青岚市档案局", Scope::Unit));
        assert_eq!(
            of(&["青岚市2026年市级部门预算", "预算主管部门：青岚市档案局"]),
            found("青岚市档案局", Scope::Department)
        );
    }

    #[test]
    fn what_introduces_nobody_is_no_name() {
        assert_eq!(of(&["青岚市2026年市级部门预算"]), None);
        assert_eq!(of(&["青岚市XX局2026年度部门决算"]), None);
        assert_eq!(of(&["一、部门基本概况", "青岚市档案局负责档案。"]), None);
        assert_eq!(of(&["第一部分 部门概况"]), None);
        assert_eq!(of(&["第一部分 青岚市档案局概况"]), found("青岚市档案局", Scope::Unstated));
    }
}
