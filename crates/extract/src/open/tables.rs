//! Which concept each table of a document shows: by the title above it or in its first rows, by words of its
//! header where it has no title, or as the continuation of the table before it.

use crate::recognise::{Titled, titled_tables};
use mingzhang_model::document::{Document, Place, Table};
use mingzhang_model::fact::{Facts, OtherTable, Text};
use mingzhang_standard::filter::Filter;
use mingzhang_standard::vocabulary::{self, Concept};
use mingzhang_standard::words;

/// A table whose concept is known.
pub(crate) struct Found<'d> {
    pub(crate) block: usize,
    pub(crate) table: &'d Table,
    pub(crate) concept: &'static Concept,
    /// The money that the title speaks of.
    pub(crate) filter: Filter,
    /// The title as printed; empty where the header told the concept.
    pub(crate) title: Text,
    /// It goes on from the one before it.
    pub(crate) continues: bool,
}

/// The tables of a document whose concept is known, in reading order.
pub(crate) fn found(document: &Document) -> Vec<Found<'_>> {
    let mut all: Vec<Found<'_>> = Vec::new();
    for titled in titled_tables(document) {
        let found = by_header(&titled, &OWN_WORDS)
            .or_else(|| by_title(&titled))
            .or_else(|| by_header(&titled, &HEADERS))
            .or_else(|| list_of_units(&titled))
            .or_else(|| key_projects(&titled))
            .or_else(|| continuing(all.last(), &titled));
        let Some(mut found) = found else { continue };
        if let Some(last) = all.last().filter(|last| last.block + 1 == found.block) {
            found.continues |= last.title.text == found.title.text && last.concept.id == found.concept.id;
        }
        all.push(found);
    }
    all
}

/// The tables without money among those that no statement was read from.
pub(crate) fn others(found: &[Found<'_>], facts: &Facts) -> Vec<OtherTable> {
    let read = |table: &&Found<'_>| !facts.statements.iter().any(|statement| statement.blocks.contains(&table.block));
    let plain = found.iter().filter(|table| table.concept.filter.is_none()).filter(read);
    plain
        .map(|table| OtherTable { concept: table.concept.id, title: table.title.clone(), block: table.block })
        .collect()
}

/// A concept, and words of which its header says one.
type Headers = (&'static str, &'static [&'static str]);

/// Words that no other table prints, anywhere in it.
const OWN_WORDS: [Headers; 2] = [
    (
        "performance_targets",
        &[
            "一级指标",
            "二级指标",
            "三级指标",
            "绩效指标",
            "年度总体目标",
            "产出指标",
            "效益指标",
            "满意度指标",
            "数量指标",
            "质量指标",
            "时效指标",
            "社会效益指标",
            "可持续影响指标",
            "服务对象满意度指标",
        ],
    ),
    ("table_index", &["报表名称", "是否空表"]),
];

/// Words of headers of tables that often have no title.
const HEADERS: [Headers; 2] = [
    ("training", &["培训名称", "会议名称"]),
    ("units", &["拟变动情况", "变动情况", "单位性质", "所属单位名称", "下属单位名称", "预算单位名称"]),
];

/// Tables that their headers tell.
fn by_header<'d>(titled: &Titled<'d>, headers: &[Headers]) -> Option<Found<'d>> {
    // No such word is longer; most cells of large tables are numbers, and long texts.
    const LONGEST: usize = 120;
    let texts = titled.table.cells().iter().map(|cell| &cell.text).filter(|text| text.len() <= LONGEST);
    let told = |text: &String| {
        let folded = words::fold(text);
        headers.iter().position(|(_, any)| any.contains(&folded.as_str()))
    };
    let (id, _) = headers[texts.filter_map(told).min()?];
    plain(titled, id)
}

/// 序号、单位名称、备注: nothing but the names of units.
fn list_of_units<'d>(titled: &Titled<'d>) -> Option<Found<'d>> {
    let head: Vec<String> = titled.table.row(0).map(|cell| words::fold(&cell.text)).collect();
    let names = head.iter().any(|text| text.contains("单位名称"));
    let plain_words = ["序号", "备注", "单位性质", "级次", "说明"];
    let only = head.iter().all(|text| text.contains("单位名称") || plain_words.contains(&text.as_str()));
    (names && only).then(|| plain(titled, "units")).flatten()
}

/// 项目、预算数、绩效目标: a few projects picked out in the narrative.
fn key_projects<'d>(titled: &Titled<'d>) -> Option<Found<'d>> {
    let head = |word: &str| titled.table.row(0).any(|cell| words::fold(&cell.text).starts_with(word));
    (head("预算") && head("绩效目标")).then(|| plain(titled, "key_projects")).flatten()
}

fn plain<'d>(titled: &Titled<'d>, id: &str) -> Option<Found<'d>> {
    let concept = vocabulary::concept(id)?;
    let title = titled.candidates.iter().find(|candidate| is_title(&candidate.text.text));
    let title = title.map_or_else(Text::default, |candidate| candidate.text.clone());
    let filter = concept.filter.clone().unwrap_or_default();
    Some(Found { block: titled.block, table: titled.table, concept, filter, title, continues: false })
}

fn by_title<'d>(titled: &Titled<'d>) -> Option<Found<'d>> {
    let (title, (concept, filter)) = titled.candidates.iter().find_map(|candidate| {
        let text = &candidate.text;
        is_title(&text.text).then(|| vocabulary::titled(&text.text)).flatten().map(|told| (text.clone(), told))
    })?;
    Some(Found { block: titled.block, table: titled.table, concept, filter, title, continues: false })
}

/// The next piece of the table before: no words of its own tell it, and it has as many columns, or it is more
/// of a list of targets, whose pieces differ.
fn continuing<'d>(last: Option<&Found<'d>>, titled: &Titled<'d>) -> Option<Found<'d>> {
    let last = last?;
    let as_wide = last.table.columns() == titled.table.columns();
    // What lies between the pieces of a long list may be words that fell out of its cells.
    let near = titled.block - last.block <= if last.concept.id == "key_projects" { FAR } else { NEAR };
    let continues = near && (as_wide || last.concept.filter.is_none());
    continues.then(|| Found {
        block: titled.block,
        table: titled.table,
        concept: last.concept,
        filter: last.filter.clone(),
        title: Text { text: last.title.text.clone(), place: Place::default() },
        continues: true,
    })
}

/// The pieces of one table have at most a page's number and head between them, and what fell out of its cells.
const NEAR: usize = 12;

/// The same for lists in the narrative whose cells run over pages.
const FAR: usize = 200;

/// The longest title, in characters.
const LONGEST: usize = 60;

/// True for words that can be the title of a table: few, no sentence, and they end in 表, apart from what
/// stands in brackets behind it.
fn is_title(text: &str) -> bool {
    let folded = words::fold(text);
    if folded.chars().count() > LONGEST || folded.contains(['。', '；', ';']) || folded.starts_with('注') {
        return false;
    }
    let mut name = folded.as_str();
    while let Some(inner) = name.strip_suffix(')') {
        let Some(open) = inner.rfind('(') else { break };
        name = inner[..open].trim_end();
    }
    name.ends_with('表') || name.ends_with("表格")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_end_in_a_word_for_table() {
        for title in
            ["表7 一般公共预算支出表（按功能分类）", "收支总表（预算表1）", "公开05表 财政拨款支出预算表(功能科目)"]
        {
            assert!(is_title(title), "{title}");
        }
        for other in
            ["注：本表金额转换时可能存在尾数误差。", "详见收支总表；", "部门名称：某某局 单位：万元", "一、收支情况"]
        {
            assert!(!is_title(other), "{other}");
        }
    }
}
