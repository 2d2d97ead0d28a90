//! How a form prints a table, beyond which money it shows: the headers over the columns, the lines around the table,
//! where its totals stand.
//!
//! A reader needs none of it: it knows a table by its titles and headers wherever they stand. What is not said is
//! printed in the usual way.

use super::{BlockFile, Stub};
use serde::Deserialize;

/// How a table is printed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TablePrint {
    /// The title, with `{year}` for the year: see [`TablePrint::titled`].
    title: String,
    /// What stands before the name of the office at the left: 编制部门：
    pub slot: String,
    /// What stands under the table.
    pub notes: Vec<String>,
    /// What stands under it when it has no data: see [`TablePrint::emptied`].
    empty_note: String,
    /// True when it is too wide for an upright page.
    pub landscape: bool,
    /// True when its rows or columns are numbered (行次, 栏次).
    pub ordinals: bool,
}

impl TablePrint {
    /// The title of a year.
    pub fn titled(&self, year: u16) -> String {
        self.title.replace("{year}", &year.to_string())
    }

    /// The note under a table without data about something: 政府性基金.
    pub fn emptied(&self, year: u16, what: &str) -> String {
        self.empty_note.replace("{year}", &year.to_string()).replace("{what}", what)
    }
}

/// How a block of columns is printed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BlockPrint {
    /// The header paths over the columns at the head of the rows, from the top. One column is a name; two are a code
    /// and a name; more are a code in parts (类, 款, 项) and a name.
    pub stub: Vec<Vec<String>>,
    /// The header paths over the money columns.
    pub heads: Vec<Vec<String>>,
    /// The names of the named rows as they are printed, in their order: 一、财政拨款收入.
    pub labels: Vec<String>,
    /// The names of the last rows, which stand at the foot, level with those of the other block; an empty one is a
    /// gap.
    pub foot: Vec<String>,
    /// How the classes are numbered.
    pub numbered: Option<Numbered>,
    /// For a block that is printed several times side by side: the codes that stand in each.
    pub sides: Vec<Vec<String>>,
}

/// How rows are numbered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Numbered {
    /// 一、
    Chinese,
    /// 1、
    Arabic,
}

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TablePrintFile {
    pub(super) title: Option<String>,
    slot: Option<String>,
    #[serde(default)]
    notes: Vec<String>,
    empty_note: Option<String>,
    #[serde(default)]
    landscape: bool,
    ordinals: Option<bool>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BlockPrintFile {
    stub: Option<Vec<String>>,
    heads: Option<Vec<String>>,
    labels: Option<Vec<String>>,
    #[serde(default)]
    foot: Vec<String>,
    numbered: Option<Numbered>,
    #[serde(default)]
    sides: Vec<Vec<String>>,
}

impl TablePrintFile {
    /// What is said here, and for the rest what is usual.
    pub(super) fn or(&self, usual: Option<&TablePrintFile>) -> TablePrintFile {
        let mut said = self.clone();
        if let Some(usual) = usual {
            said.title = said.title.or_else(|| usual.title.clone());
            said.slot = said.slot.or_else(|| usual.slot.clone());
            said.empty_note = said.empty_note.or_else(|| usual.empty_note.clone());
            said.ordinals = said.ordinals.or(usual.ordinals);
        }
        said
    }

    pub(super) fn build(&self, title: &str) -> TablePrint {
        let said = |own: &Option<String>, usual: &str| own.clone().unwrap_or_else(|| usual.to_owned());
        TablePrint {
            title: said(&self.title, "{title}").replace("{title}", title),
            slot: said(&self.slot, "部门："),
            notes: self.notes.clone(),
            empty_note: said(&self.empty_note, "说明：本部门{year}年没有{what}收支，故本表无数据。"),
            landscape: self.landscape,
            ordinals: self.ordinals.unwrap_or(false),
        }
    }
}

impl BlockPrintFile {
    pub(super) fn build(&self, block: &BlockFile) -> Result<BlockPrint, String> {
        let split = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
        let over = |path: Vec<String>| match block.header.as_str() {
            "" => path,
            header => std::iter::once(header.to_owned()).chain(path).collect(),
        };
        let heads = match &self.heads {
            Some(heads) if heads.len() != block.columns.len() => {
                return Err(format!("{} printed heads over {} columns", heads.len(), block.columns.len()));
            }
            Some(heads) => heads.iter().map(|path| split(path)).collect(),
            None => {
                let first = |(names, _): &(String, String)| split(names.split('|').next().unwrap_or_default());
                block.columns.iter().map(|column| over(first(column))).collect()
            }
        };
        let stub = match (&self.stub, block.stub) {
            (Some(stub), _) => stub.iter().map(|path| split(path)).collect(),
            (None, Stub::None) => Vec::new(),
            (None, Stub::Label) => vec![over(split("项目"))],
            (None, Stub::Function) => vec![split("项目/功能分类科目编码"), split("项目/科目名称")],
            (None, Stub::Economic) => vec![split("经济分类科目编码"), split("科目名称")],
        };
        let name = |(names, _): &(String, String)| names.split('|').next().unwrap_or_default().to_owned();
        let labels = self.labels.clone().unwrap_or_else(|| block.rows.iter().map(name).collect());
        if labels.len() != block.rows.len() {
            return Err(format!("{} printed labels of {} rows", labels.len(), block.rows.len()));
        }
        let (foot, sides) = (self.foot.clone(), self.sides.clone());
        let standing: Vec<&String> = foot.iter().filter(|name| !name.is_empty()).collect();
        let last = block.rows.len().saturating_sub(standing.len());
        if !block.rows[last..].iter().map(name).eq(standing.into_iter().cloned()) {
            return Err(format!("what stands at the foot are not the last rows: {foot:?}"));
        }
        Ok(BlockPrint { stub, heads, labels, foot, numbered: self.numbered, sides })
    }
}
