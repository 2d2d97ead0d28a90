//! Which budget units a department is made of, as its document lists them: the entries, and the numbers of them that
//! the sentences before the list state.
//!
//! A list is numbered paragraphs, a table with a column 单位名称, or names in one sentence behind 包括. A list that
//! cannot be taken apart with certainty is none.

use crate::text::{ListNumber, Passage, passages};
use mingzhang_model::document::{Block, Document, Table};
use mingzhang_model::fact::Facts;
use mingzhang_model::locator::Locator;
use mingzhang_standard::{name, words};

/// A unit of the list.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Unit {
    /// The name as printed, without what is said about it.
    pub(crate) name: String,
    /// It is the department's own office: 本级, 本部, 机关.
    pub(crate) own_level: bool,
    /// It is said to have no budget of its own: 不单列预算, 并入本部.
    pub(crate) merged: bool,
    pub(crate) location: Locator,
}

/// Of what a number of units is stated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Counted {
    /// 下属5家预算单位: all but the department's own office.
    Subordinate,
    /// 预算单位共计42家.
    All,
    /// 行政单位1家: units of one kind.
    Kind,
}

/// A number of units that a sentence states.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Count {
    pub(crate) what: Counted,
    pub(crate) number: usize,
    pub(crate) location: Locator,
}

/// The units of a department.
#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct Composition {
    pub(crate) units: Vec<Unit>,
    pub(crate) counts: Vec<Count>,
}

/// How a sentence introduces the list.
const OPENS: [&str; 6] = ["具体包括", "范围的单位包括", "决算单位包括", "预算单位包括", "二级预算单位共", "单位有:"];

/// What the sentence speaks of: units with budgets, not the offices inside one.
const ABOUT: [&str; 5] = ["预算单位", "行政单位", "事业单位", "编制范围", "决算单位"];

/// How many blocks behind the sentence the list may begin.
const NEAR: usize = 3;

/// The longest name, in characters.
const LONGEST_NAME: usize = 40;

/// What is said of a unit without a budget of its own.
const MERGED: [&str; 8] =
    ["不单列", "并入", "未单列", "不单独编制", "未单独编制", "不独立编制", "未独立编制", "不单独核算"];

impl Composition {
    /// The list that a document prints; empty where it prints none that can be taken apart.
    pub(crate) fn of(document: &Document, facts: &Facts) -> Composition {
        let opening = passages(document).find(|passage| {
            let folded = words::fold(passage.text());
            let says = |words: &[&str]| words.iter().any(|word| folded.contains(word));
            says(&OPENS) && says(&ABOUT) && !folded.contains("内设机构")
        });
        let Some(opening) = opening else { return Composition::default() };
        let mut units = numbered(document, facts, opening.block)
            .or_else(|| tabled(document, opening.block))
            .or_else(|| inline(opening.text(), &opening.locate(facts, 0..opening.text().len())))
            .unwrap_or_default();
        // A department that lists itself means its own office.
        let own = facts.disclosure.body.as_deref().map(|body| name::marked(body).0);
        for unit in &mut units {
            unit.own_level |= own.is_some() && own.as_ref() == Some(&name::marked(&unit.name).0);
        }
        let first = opening.block.saturating_sub(NEAR - 1);
        let near = passages(document).filter(|passage| (first..=opening.block).contains(&passage.block));
        let counts = near.flat_map(|passage| {
            counts(passage.text()).into_iter().map(move |(what, number, bytes)| {
                let location = passage.locate(facts, bytes);
                Count { what, number, location }
            })
        });
        Composition { counts: counts.collect(), units }
    }

    /// How many units the list holds besides the department's own office.
    pub(crate) fn subordinates(&self) -> usize {
        self.units.iter().filter(|unit| !unit.own_level).count()
    }

    /// The numbers stated of one thing.
    pub(crate) fn stated(&self, what: Counted) -> impl Iterator<Item = &Count> {
        self.counts.iter().filter(move |count| count.what == what)
    }

    /// The units that are not said to have no budget of their own.
    pub(crate) fn with_budget(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter().filter(|unit| !unit.merged)
    }
}

/// One entry: 2.下属事业单位X不单列预算，并入本部。
fn unit(text: &str, note: &str, location: Locator) -> Option<Unit> {
    let folded = words::fold(text);
    let folded = folded.trim_start_matches("下属").trim_start_matches("所属");
    let folded = folded.strip_prefix("事业单位").or_else(|| folded.strip_prefix("行政单位")).unwrap_or(folded);
    let ends = MERGED.iter().chain(&[",", "。", ";", ":"]);
    let end = ends.filter_map(|end| folded.find(end)).min().unwrap_or(folded.len());
    let name = folded[..end].trim_end_matches(['(', '、']);
    let own = ["本级", "本部", "机关", "(本级)", "(本部)", "(机关)", "本级)", "局机关"];
    let own_level = own.iter().any(|word| name.ends_with(word));
    let merged = MERGED.iter().any(|word| folded.contains(word) || words::fold(note).contains(word));
    // 商务委本部 and its like are the department's own office under a short name.
    let sound = own_level && name.chars().count() <= LONGEST_NAME || name::is_body(name);
    sound.then(|| Unit { name: name.to_string(), own_level, merged, location })
}

/// Numbered paragraphs behind the sentence.
fn numbered(document: &Document, facts: &Facts, opening: usize) -> Option<Vec<Unit>> {
    let behind = || passages(document).filter(|passage| passage.block > opening);
    let first = behind().take(NEAR).find_map(|passage| {
        let number = ListNumber::of(passage.text())?;
        (number.value == 1).then_some((passage.block, number.level))
    })?;
    let (mut units, mut expected) = (Vec::new(), 1);
    for passage in behind().filter(|passage| passage.block >= first.0) {
        let number = ListNumber::of(passage.text());
        let goes_on = number.as_ref().is_some_and(|n| n.level == first.1 && n.value == expected);
        let Some(number) = number.filter(|_| goes_on) else {
            // Where it goes on behind the foot of a page or a line of its own, the list is not clear.
            let goes_on = |behind: &Passage<'_>| {
                ListNumber::of(behind.text()).is_some_and(|n| n.level == first.1 && n.value == expected)
            };
            let near = |behind: &Passage<'_>| (passage.block + 1..=passage.block + NEAR).contains(&behind.block);
            if passages(document).filter(near).any(|behind| goes_on(&behind)) {
                return None;
            }
            break;
        };
        let text = &passage.text()[number.length..];
        units.push(unit(text, "", passage.locate(facts, 0..passage.text().len()))?);
        expected += 1;
    }
    (!units.is_empty()).then_some(units)
}

/// A table with a column 单位名称 behind the sentence.
fn tabled(document: &Document, opening: usize) -> Option<Vec<Unit>> {
    let blocks = document.blocks.iter().skip(opening + 1).take(NEAR);
    let table = blocks.filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Paragraph(_) => None,
    });
    table.into_iter().find_map(units_of)
}

fn units_of(table: &Table) -> Option<Vec<Unit>> {
    let head = table.row(0).find(|cell| words::fold(&cell.text) == "单位名称")?;
    let rows = 1..table.rows();
    let units = rows.filter_map(|row| {
        let cell = table.cell(row, head.column)?;
        let note: String = table.row(row).filter(|other| other.column > head.column).map(|c| c.text.as_str()).collect();
        let location = Locator { place: cell.place, quote: Some(words::fold(&cell.text)), ..Locator::default() };
        Some(unit(&cell.text, &note, location))
    });
    units.collect::<Option<Vec<Unit>>>().filter(|units| !units.is_empty())
}

/// Names in the sentence itself: 预算单位共计42家，具体包括：A，B，C。
fn inline(text: &str, location: &Locator) -> Option<Vec<Unit>> {
    let folded = words::fold(text);
    let at = folded.find("具体包括:").map(|at| at + "具体包括:".len())?;
    let list = folded[at..].trim_end_matches('。');
    if list.is_empty() || list.contains('。') {
        return None;
    }
    let (mut depth, mut names) = (0_i32, vec![String::new()]);
    for c in list.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' | '、' | ';' if depth == 0 => {
                names.push(String::new());
                continue;
            }
            _ => {}
        }
        names.last_mut()?.push(c);
    }
    names.iter().map(|name| unit(name, "", location.clone())).collect()
}

/// The numbers of units that a text states, each with its bytes.
fn counts(text: &str) -> Vec<(Counted, usize, std::ops::Range<usize>)> {
    let mut found = Vec::new();
    for (at, home) in text.match_indices('家') {
        let head = text[..at].trim_end();
        let from = head.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let Ok(number) = head[from..].parse::<usize>() else { continue };
        let before = words::fold(&text[..from]);
        let ends = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
        let what = if ends(&["下属", "所属", "下设"]) {
            Counted::Subordinate
        } else if ends(&["预算单位共计", "预算单位共", "单位共计", "决算单位共计"]) {
            Counted::All
        } else if ends(&["行政单位", "事业单位", "参公单位", "参公事业单位", "参照公务员法管理事业单位"])
        {
            Counted::Kind
        } else {
            continue;
        };
        found.push((what, number, from..at + home.len()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Composition {
        let line = |text: &str| {
            let lines = vec![mingzhang_model::document::Line::default()];
            Block::Paragraph(mingzhang_model::document::Paragraph { text: text.into(), lines })
        };
        let document = Document {
            format: mingzhang_model::document::Format::Text,
            pages: Vec::new(),
            blocks: text.lines().map(line).collect(),
            notes: Vec::new(),
        };
        Composition::of(&document, &Facts::default())
    }

    #[test]
    fn a_numbered_list_with_what_is_said_of_each() {
        let list = read(
            "某部门预算是包括青岚市档案局本部以及下属 2 家预算单位的综合收支计划。\n\
             本部门中，行政单位1家，事业单位2家，具体包括：\n\
             1.青岚市档案局本部。\n2.下属事业单位青岚市档案馆不单列预算，并入本部。\n3.青岚市修复中心。\n名词解释",
        );
        let names: Vec<(&str, bool, bool)> =
            list.units.iter().map(|u| (u.name.as_str(), u.own_level, u.merged)).collect();
        let expected =
            [("青岚市档案局本部", true, false), ("青岚市档案馆", false, true), ("青岚市修复中心", false, false)];
        assert_eq!(names, expected);
        assert_eq!(list.stated(Counted::Subordinate).map(|c| c.number).collect::<Vec<_>>(), [2]);
        assert_eq!(list.stated(Counted::Kind).map(|c| c.number).sum::<usize>(), 3);
    }

    #[test]
    fn names_in_one_sentence_and_none_where_the_list_is_unclear() {
        let list = read("纳入预算编制范围的预算单位共计2家，具体包括：青岚市档案局（本级），青岚市档案馆。");
        assert_eq!(list.units.len(), 2);
        assert_eq!(list.subordinates(), 1);
        assert_eq!(list.stated(Counted::All).map(|c| c.number).collect::<Vec<_>>(), [2]);
        assert!(read("本单位内设机构5个，具体包括：办公室、人事科。").units.is_empty());
    }
}
