//! [`RowReader`]: one row of a sheet, read column by column. What cannot be read is kept as a fault, and
//! reading goes on, so that a person is told everything at once.

use super::codes;
use super::column::{Holds, Is};
use super::header::Layout;
use super::value::{self, said};
use crate::entry::{Approval, Pot};
use crate::line::{Line, Purpose, Source};
use crate::names::{NotAName, Person, UnitCode};
use mingzhang_model::amount::Amount;
use mingzhang_model::date::Date;
use mingzhang_model::key::{Fund, Kind};
use mingzhang_model::set::Member;
use mingzhang_model::sheet::Cell;
use mingzhang_standard::words::{fold, label_key};
use std::collections::HashMap;

/// The codes of the units by their names, folded: of the books, and of the import itself.
pub(super) type UnitNames = HashMap<String, Vec<UnitCode>>;

/// The words that a row of totals begins with.
const TOTALS: [&str; 7] = ["合计", "总计", "小计", "累计", "共计", "本页合计", "本页小计"];

static EMPTY: Cell = Cell::Empty;

/// One row.
pub(super) struct RowReader<'a> {
    pub(super) layout: &'a Layout,
    cells: &'a [Cell],
    units: &'a UnitNames,
    /// What is wrong: in which column, and what.
    pub(super) faults: Vec<(Option<Is>, String)>,
}

impl<'a> RowReader<'a> {
    pub(super) fn new(layout: &'a Layout, cells: &'a [Cell], units: &'a UnitNames) -> RowReader<'a> {
        RowReader { layout, cells, units, faults: Vec::new() }
    }

    /// The cell of a column; empty where the sheet has no such column.
    pub(super) fn cell(&self, is: Is) -> &'a Cell {
        self.layout.place(is).and_then(|column| self.cells.get(column)).unwrap_or(&EMPTY)
    }

    /// True for a row that sums up others.
    pub(super) fn is_total(&self) -> bool {
        let is_total = |cell: &Cell| match cell {
            Cell::Text(text) if text.len() <= 48 && text.contains('计') => {
                TOTALS.contains(&label_key(text).trim_matches(['(', ')']))
            }
            _ => false,
        };
        self.cells.iter().any(is_total)
    }

    /// True for a row that is the header once more.
    pub(super) fn repeats(&self, header: &[Cell]) -> bool {
        let same = |(cell, title): &(&Cell, &Cell)| matches!(cell, Cell::Text(_)) && cell == title;
        self.cells.iter().zip(header).filter(same).take(2).count() == 2
    }

    /// A column that has something in this row and no header.
    pub(super) fn without_header(&self) -> Option<usize> {
        let headed = |column: usize| self.layout.headed.get(column).copied().unwrap_or(false);
        self.cells
            .iter()
            .enumerate()
            .find(|(column, cell)| !cell.is_empty() && !headed(*column))
            .map(|(column, _)| column)
    }

    pub(super) fn fault(&mut self, is: Is, message: String) {
        self.faults.push((Some(is), message));
    }

    /// What was read: none after a fault, none inside where the cell is empty.
    pub(super) fn optional<T>(&mut self, is: Is, read: Result<Option<T>, String>) -> Option<Option<T>> {
        read.map_err(|message| self.fault(is, message)).ok()
    }

    /// What was read, which must be there.
    pub(super) fn needed<T>(&mut self, is: Is, read: Result<Option<T>, String>) -> Option<T> {
        match read {
            Ok(Some(value)) => Some(value),
            Ok(None) => {
                self.fault(is, "没有填写".to_owned());
                None
            }
            Err(message) => {
                self.fault(is, message);
                None
            }
        }
    }

    fn name_in<N>(&self, is: Is, new: fn(&str) -> Result<N, NotAName>) -> Result<Option<N>, String> {
        let cell = self.cell(is);
        if let Cell::Date(date) = cell {
            return Err(format!("应填编号，单元格里却是日期 {date}，请把单元格格式设为文本"));
        }
        let Some(text) = value::words(cell)? else { return Ok(None) };
        new(&text).map(Some).map_err(|fault| format!("“{}”：{fault}", said(&text)))
    }

    /// A name that must be there.
    pub(super) fn name<N>(&mut self, is: Is, new: fn(&str) -> Result<N, NotAName>) -> Option<N> {
        let read = self.name_in(is, new);
        self.needed(is, read)
    }

    /// A name that may be there.
    pub(super) fn maybe_name<N>(&mut self, is: Is, new: fn(&str) -> Result<N, NotAName>) -> Option<Option<N>> {
        let read = self.name_in(is, new);
        self.optional(is, read)
    }

    /// Words that must be there.
    pub(super) fn words(&mut self, is: Is) -> Option<String> {
        let read = value::words(self.cell(is));
        self.needed(is, read)
    }

    /// Words; none are no words.
    pub(super) fn maybe_words(&mut self, is: Is) -> Option<String> {
        let read = value::words(self.cell(is));
        self.optional(is, read).map(Option::unwrap_or_default)
    }

    pub(super) fn amount(&mut self) -> Option<Amount> {
        let read = value::money(self.cell(Is::Amount), self.layout.unit(Is::Amount));
        self.needed(Is::Amount, read)
    }

    pub(super) fn on(&mut self) -> Option<Date> {
        let read = value::day(self.cell(Is::On));
        self.needed(Is::On, read)
    }

    pub(super) fn year(&mut self, is: Is) -> Option<u16> {
        let read = value::year(self.cell(is));
        self.needed(is, read)
    }

    pub(super) fn order(&mut self) -> Option<Option<u64>> {
        let read = value::count(self.cell(Is::Order));
        self.optional(Is::Order, read)
    }

    /// A member of a dimension; the words that may stand there are those of the column's list.
    fn member_in<M: Member>(&self, is: Is, others: &[(&str, M)]) -> Result<Option<M>, String> {
        let Some(text) = value::words(self.cell(is))? else { return Ok(None) };
        let listed = |member: &M| match self.layout.table.column(is).map(|column| &column.holds) {
            Some(Holds::List(words)) => words.iter().any(|word| word == member.term()),
            _ => true,
        };
        value::member(&text, others).filter(listed).map(Some).ok_or_else(|| {
            let choices = match self.layout.table.column(is).map(|column| column.choices()) {
                Some(words) if !words.is_empty() && words.len() < M::ALL.len() => words.join("、"),
                _ => value::terms::<M>(),
            };
            format!("“{}”不在列表中，只能填：{choices}", said(&text))
        })
    }

    pub(super) fn member<M: Member>(&mut self, is: Is, others: &[(&str, M)]) -> Option<M> {
        let read = self.member_in(is, others);
        self.needed(is, read)
    }

    pub(super) fn maybe_member<M: Member>(&mut self, is: Is, others: &[(&str, M)]) -> Option<Option<M>> {
        let read = self.member_in(is, others);
        self.optional(is, read)
    }

    /// The unit, by its code or by a name that only one has; a name beside a code must be that unit's.
    pub(super) fn unit(&mut self) -> Option<UnitCode> {
        let code = self.maybe_name(Is::Unit, UnitCode::new)?;
        let name = self.maybe_words(Is::UnitName)?;
        if name.is_empty() {
            let read = Ok(code);
            return self.needed(Is::Unit, read);
        }
        let named = self.units.get(&fold(&name)).map_or(&[][..], Vec::as_slice);
        match (code, named) {
            (Some(code), [_, ..]) if !named.contains(&code) => {
                let theirs = &named[0];
                self.fault(Is::UnitName, format!("“{}”是单位 {theirs}，与编码 {code} 不符", said(&name)));
                None
            }
            (Some(code), []) if self.units.values().flatten().any(|other| *other == code) => {
                self.fault(Is::UnitName, format!("单位 {code} 的名称不是“{}”", said(&name)));
                None
            }
            (Some(code), _) => Some(code),
            (None, [code]) => Some(code.clone()),
            (None, []) => {
                self.fault(Is::UnitName, format!("没有名为“{}”的单位，请填单位编码", said(&name)));
                None
            }
            (None, [..]) => {
                self.fault(Is::UnitName, format!("有 {} 个单位名为“{}”，请填单位编码", named.len(), said(&name)));
                None
            }
        }
    }

    pub(super) fn fund(&mut self) -> Option<Fund> {
        self.member(Is::Fund, value::FUNDS)
    }

    /// Where the money of a line comes from.
    fn source(&mut self) -> Option<Source> {
        let text = self.maybe_words(Is::Source)?;
        let folded = fold(&text);
        match folded.as_str() {
            "" | "当年" | "当年预算" | "本年" | "current" => return Some(Source::Current),
            "上年结转" | "结转" | "上年结转结余" | "carried_over" => return Some(Source::CarriedOver),
            "非财政拨款结余" | "使用非财政拨款结余" | "surplus" => return Some(Source::Surplus),
            _ => {}
        }
        let internal = text.split_once([':', '：']).filter(|(word, _)| matches!(word.trim(), "内部" | "internal"));
        let unit = internal.and_then(|(_, code)| UnitCode::new(code.trim()).ok());
        if unit.is_none() {
            let wanted = "只能填：当年、上年结转、非财政拨款结余、内部:单位编码";
            self.fault(Is::Source, format!("“{}”不在列表中，{wanted}", said(&text)));
        }
        unit.map(Source::Internal)
    }

    /// What the money is for: kind, project and counterparty together.
    fn purpose(&mut self) -> Option<Purpose> {
        let kind = self.member(Is::Kind, value::PLATFORM_KINDS);
        let project = self.maybe_name(Is::Project, crate::names::ProjectCode::new);
        let other = self.maybe_name(Is::Counterparty, UnitCode::new);
        let (kind, project, other) = (kind?, project?, other?);
        // On the platform basic expenditure is a project too, with a code that means nothing here.
        let is_platforms = value::member::<Kind>(&self.cell(Is::Kind).words(), &[]).is_none();
        let takes_project = kind == Kind::Project || is_platforms;
        let takes_other = matches!(kind, Kind::RemittanceToSuperior | Kind::SubsidyToAffiliates);
        if let Some(code) = project.as_ref().filter(|_| !takes_project) {
            self.fault(Is::Project, format!("{}不填项目编码，这里填的是“{code}”", kind.term()));
            return None;
        }
        if let Some(code) = other.as_ref().filter(|_| !takes_other) {
            self.fault(Is::Counterparty, format!("{}不填对方单位，这里填的是“{code}”", kind.term()));
            return None;
        }
        match kind {
            Kind::Basic => Some(Purpose::Basic),
            Kind::Business => Some(Purpose::Business),
            Kind::Project => self.given(Is::Project, kind, project).map(Purpose::Project),
            Kind::RemittanceToSuperior => self.given(Is::Counterparty, kind, other).map(Purpose::RemittanceToSuperior),
            Kind::SubsidyToAffiliates => self.given(Is::Counterparty, kind, other).map(Purpose::SubsidyToAffiliates),
        }
    }

    fn given<T>(&mut self, is: Is, kind: Kind, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.fault(is, format!("没有填写，{}必须填", kind.term()));
        }
        value
    }

    pub(super) fn pot(&mut self) -> Option<Pot> {
        let (unit, year, fund) = (self.unit(), self.year(Is::Year), self.fund());
        let function = codes::function(self);
        let purpose = self.purpose();
        Some(Pot { unit: unit?, year: year?, fund: fund?, function: function?, purpose: purpose? })
    }

    pub(super) fn line(&mut self) -> Option<Line> {
        let pot = self.pot();
        let (source, economic) = (self.source(), codes::economic(self));
        let Pot { unit, year, fund, function, purpose } = pot?;
        Some(Line { unit, year, fund, source: source?, function, economic: economic?, purpose })
    }

    pub(super) fn approval(&mut self) -> Option<Approval> {
        let (prepared, approved) = (self.name(Is::Prepared, Person::new), self.name(Is::Approved, Person::new));
        Some(Approval { prepared: prepared?, approved: approved? })
    }
}
