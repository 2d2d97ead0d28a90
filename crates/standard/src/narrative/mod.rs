//! [`Narrative`]: what a disclosure says beside its tables, as a form prescribes it: the order of its parts, its
//! headings, its sentences with their slots.
//!
//! The files `data/forms/*.prose` are the narratives, one beside each form. A line is a paragraph; what stands in
//! braces is a slot, filled from facts, registers and a person's words. `data/forms/README.md` tells the language.
//! A slot says *what* is printed (this money, more than last year by so much) and never how much: every number,
//! direction word and share of a disclosure is computed.
//!
//! Absent on purpose: amounts, layout, and any sentence that only a person could write. Those are places for words.

mod parse;
mod parts;

use crate::filter::Filter;
use mingzhang_model::key::Stage;
use std::sync::LazyLock;

/// What a disclosure says, piece by piece.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Narrative {
    /// The pieces, in order.
    pub pieces: Vec<Piece>,
}

/// A piece of a narrative.
#[derive(Clone, PartialEq, Debug)]
pub enum Piece {
    /// A page with these lines in its middle.
    Cover(Vec<Text>),
    /// The table of contents.
    Contents,
    /// What follows begins on a new page.
    Break,
    /// From here on, money is printed with so many decimals.
    Decimals(u8),
    /// A statutory table of the form, by its code; where in the outline it stands.
    Table {
        /// The short code.
        code: String,
        /// The level and whether the contents number it.
        outline: (u8, bool),
    },
    /// A heading.
    Heading {
        /// 1 to 5.
        level: u8,
        /// True when it is numbered among its like.
        numbered: bool,
        /// The words.
        text: Text,
    },
    /// A paragraph.
    Paragraph {
        /// How it stands.
        style: Style,
        /// The level of the list that it is an item of.
        item: Option<u8>,
        /// The words.
        text: Text,
    },
    /// Pieces that stand only under a condition.
    If {
        /// The condition.
        condition: Condition,
        /// The pieces where it holds.
        then: Vec<Piece>,
        /// The pieces where it does not.
        otherwise: Vec<Piece>,
    },
    /// Pieces that stand once for each entry of a list.
    Each {
        /// The list.
        list: List,
        /// The pieces.
        pieces: Vec<Piece>,
    },
    /// A table of free layout, such as one of goals.
    Sheet(Sheet),
}

/// How a paragraph stands on the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// Running text.
    Body,
    /// In the middle.
    Centred,
    /// At the right edge.
    Right,
    /// Small, as under a table.
    Note,
}

/// A table whose cells are written out in the narrative.
#[derive(Clone, PartialEq, Debug)]
pub struct Sheet {
    /// The title over it.
    pub title: Text,
    /// The level at which it stands in the outline; 0 where it does not.
    pub outline: u8,
    /// True when it is too wide for an upright page.
    pub landscape: bool,
    /// How many of its rows stand again on every page.
    pub header_rows: u32,
    /// Its rows, some of them under a condition or once for each entry of a list.
    pub rows: Vec<SheetRow>,
    /// Printed under it.
    pub notes: Vec<Text>,
}

/// A row of a [`Sheet`], or rows of a list.
#[derive(Clone, PartialEq, Debug)]
pub enum SheetRow {
    /// One row.
    Cells(Vec<SheetCell>),
    /// Rows for each entry of a list.
    Each(List, Vec<SheetRow>),
}

/// A cell of a [`Sheet`].
#[derive(Clone, PartialEq, Debug)]
pub enum SheetCell {
    /// A cell with words; a title where they are marked as one.
    Words {
        /// The words.
        text: Text,
        /// True for a title: `!单位`.
        head: bool,
        /// True when it is one cell with the one above if both say the same: `={field first}`.
        same: bool,
    },
    /// Part of the cell at the left: `<`.
    Left,
    /// Part of the cell above: `^`.
    Above,
}

/// Words with slots.
pub type Text = Vec<Span>;

/// A stretch of a text.
#[derive(Clone, PartialEq, Debug)]
pub enum Span {
    /// Words as they are.
    Words(String),
    /// What is computed or asked for.
    Slot(Slot),
    /// Words that stand only under a condition.
    If(Condition, Text),
    /// Words that stand once for each entry of a list.
    Each {
        /// The list.
        list: List,
        /// What stands between two.
        separator: String,
        /// The words.
        text: Text,
    },
}

/// Money of a form: a filter, in the year of the disclosure or one before.
#[derive(Clone, PartialEq, Debug)]
pub struct Sum {
    /// Which money.
    pub filter: Filter,
    /// True when it is narrowed to the entry of the list that stands around it.
    pub here: bool,
    /// The words of the filter, for messages.
    pub words: String,
}

/// What is printed in a slot.
#[derive(Clone, PartialEq, Debug)]
pub enum Slot {
    /// `{body}`: who publishes.
    Body,
    /// `{year}`, `{year-1}`: the year, counted back.
    Year(u16),
    /// `{cutoff}`: the day at which what the office holds is counted.
    Cutoff,
    /// `{money S}`: 130.99万元
    Money(Sum),
    /// `{change S}`: 增加101.68万元, 减少…, 持平: beside the year before.
    Change(Sum),
    /// `{rate S}`: 增长43.70%, 下降…, 持平: beside the year before.
    Rate(Sum),
    /// `{plain S}`: 130.99, where the unit stands elsewhere.
    Plain(Sum),
    /// `{compared S}`: 比2023年预算增加101.68万元, 与2023年预算持平.
    Compared(Sum),
    /// `{share S of S}`: 99.98%
    Share(Sum, Sum),
    /// `{done S of STAGE}`: what was spent of a budget: 131.92%
    Done(Sum, Stage),
    /// `{beyond S of STAGE}`: 增加69.94万元，增长31.06%: accounts beside a budget.
    Beyond(Sum, Stage),
    /// `{larger S of STAGE}`: 大于, 小于 or 等于: accounts beside a budget.
    Larger(Sum, Stage),
    /// `{figure NAME}`: 11辆, 87.56万元
    Figure(String),
    /// `{number NAME}`: the same without its unit.
    Number(String),
    /// `{exact NAME}`: money of a register to the fen: 3,624.85元
    Exact(String),
    /// `{ordinal}`: which entry of the list around it is, from 1.
    Ordinal,
    /// `{count LIST}`: how many entries a list has.
    Count(List),
    /// `{words PLACE}`: a person's words, which have to be there.
    Words(String),
    /// `{field NAME}`: a field of the row of the list around it.
    Field(String),
    /// `{name}`: the name of the code of the list around it.
    Name,
    /// `{code}`: the code itself.
    Code,
    /// `{path}`: 类（类）款（款）项（项） of the code.
    Path,
}

/// A list that pieces or words stand once for each of.
#[derive(Clone, PartialEq, Debug)]
pub enum List {
    /// `classes in S`: the functional classes (类) with such money.
    Classes(Sum),
    /// `items in S`: the functional items (项).
    Items(Vec<Sum>),
    /// `economics in S`: the economic items (款).
    Economics(Sum),
    /// `rows NAME`: the rows of a register; `with FIELD=FIELD` those whose field is that of the row around.
    Rows {
        /// The register.
        name: String,
        /// Pairs of a field of the rows and a field of the row around, or a quoted word.
        with: Vec<(String, String)>,
    },
}

/// A condition, and whether it is to fail.
#[derive(Clone, PartialEq, Debug)]
pub struct Condition {
    /// True for `no …`.
    pub negated: bool,
    /// What is asked.
    pub test: Test,
}

/// What a condition asks.
#[derive(Clone, PartialEq, Debug)]
pub enum Test {
    /// `money S`: there is such money.
    Money(Sum),
    /// `last S`: the year before is known.
    Last(Sum),
    /// `changed S`: it is printed as another amount than the year before's.
    Changed(Sum),
    /// `more S`: it is printed as more than the year before's.
    More(Sum),
    /// `differs S of STAGE`: the accounts are printed as another amount than a budget.
    Differs(Sum, Stage),
    /// `figure NAME`: a figure is known and not nothing.
    Figure(String),
    /// `known NAME`: a figure is known.
    Known(String),
    /// `words PLACE`: a person has given words.
    Words(String),
    /// `rows …`, `items in …`: a list has entries.
    Any(List),
    /// `many rows …`: a list has two entries or more.
    Many(List),
    /// `first`: it is the first entry of the list around.
    First,
    /// `field NAME`, `field NAME=WORD`: the row around has the field, or has it filled with this.
    Field(String, Option<String>),
}

macro_rules! files {
    ($ending:literal: $($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../data/forms/", $name, ".", $ending)))),*]
    };
}

/// The narratives compiled in: name of the form, text of the file.
const FILES: &[(&str, &str)] = files! { "prose":
    "shanghai_city_budget" "shanghai_budget_department" "shanghai_budget_unit" "shanghai_accounts" "hunan_budget"
    "hunan_accounts"
};

/// What several narratives share, compiled in.
const PARTS: &[(&str, &str)] = files! { "parts": "accounts" "hunan_budget" "shanghai_budget" };

static NARRATIVES: LazyLock<Vec<(&'static str, Narrative)>> = LazyLock::new(|| {
    let parsed = FILES.iter().map(|(form, text)| {
        // The files are part of the program and a test parses each: a fault here is ours, at build time.
        (*form, Narrative::parse(form, text, PARTS).unwrap_or_else(|fault| panic!("data/forms/{form}.prose: {fault}")))
    });
    parsed.collect()
});

/// The narrative of a form.
pub fn narrative(form: &str) -> Option<&'static Narrative> {
    NARRATIVES.iter().find(|(id, _)| *id == form).map(|(_, narrative)| narrative)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::forms;

    #[test]
    fn every_form_has_a_narrative_that_places_each_of_its_tables_once() {
        for form in forms() {
            let narrative = narrative(form.id).unwrap_or_else(|| panic!("{} has no narrative", form.id));
            let mut placed: Vec<&str> = narrative.pieces.iter().filter_map(table).collect();
            let mut own: Vec<&str> = form.tables.iter().map(|table| table.code.as_str()).collect();
            placed.sort_unstable();
            own.sort_unstable();
            assert_eq!(placed, own, "{}", form.id);
        }
    }

    fn table(piece: &Piece) -> Option<&str> {
        match piece {
            Piece::Table { code, .. } => Some(code),
            _ => None,
        }
    }

    #[test]
    fn every_file_of_the_folder_is_compiled_in() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/forms");
        let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut there: Vec<String> =
            names.filter(|name| name.ends_with(".prose") || name.ends_with(".parts")).collect();
        let mut known: Vec<String> = FILES.iter().map(|(name, _)| format!("{name}.prose")).collect();
        known.extend(PARTS.iter().map(|(name, _)| format!("{name}.parts")));
        there.sort();
        known.sort();
        assert_eq!(there, known);
    }
}
