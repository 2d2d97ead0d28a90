//! Reading the head of a row without a form: codes, names in the light of the rows above, units, projects.

use super::sheet::{Column, Holds};
use crate::rows::{Codes, code_before_name};
use mingzhang_model::code::{EconomicCode, FunctionalCode, Level};
use mingzhang_model::detail::{Aspect, Details};
use mingzhang_model::document::{Place, Table};
use mingzhang_model::fact::{Row, RowCode};
use mingzhang_model::key::{Economic, Function, Key, Measure};
use mingzhang_model::set::Set;
use mingzhang_standard::filter::Filter;
use mingzhang_standard::vocabulary::{self, Stub};
use mingzhang_standard::{codes, words};
use std::collections::HashSet;

/// What heads a row, and what that says.
pub(crate) struct Head {
    pub(crate) row: Row,
    /// None for a row whose name says nothing known.
    pub(crate) says: Option<Says>,
}

/// Which money a row is about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Says {
    filters: Vec<Filter>,
    function: Option<FunctionalCode>,
    economic: Option<EconomicCode>,
    /// The unit that the row, or a row above, names: code and name.
    pub(crate) unit: Option<Unit>,
    /// The project, good or part that a list names.
    pub(crate) listed: Option<String>,
    pub(crate) total: Total,
    /// How deep the list number of the row is; 9 where it has none.
    pub(crate) level: u8,
    years_back: u16,
    change: bool,
}

/// Whether a row is a total.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Total {
    /// It is not.
    #[default]
    No,
    /// 合计: of this year alone where a grand total follows.
    Sum,
    /// 收入总计: all of its side.
    Grand,
}

/// A unit as a table names it.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub(crate) struct Unit {
    /// Its code; empty where none is printed.
    pub(crate) code: String,
    pub(crate) name: String,
}

impl Says {
    /// Narrows a key; none when nothing is left of it along what has no codes.
    pub(crate) fn narrow(&self, key: &Key, aspect: Aspect) -> Key {
        let mut key = key.clone();
        self.filters.iter().for_each(|filter| filter.narrow(&mut key));
        if let Some(code) = self.function {
            key.function = Function::Code(code);
        }
        if let Some(code) = self.economic {
            key.economic = key.economic.intersection(&Economic::of([code]));
        }
        if let Some(name) = &self.listed {
            key.details = key.details.with(aspect, name);
        }
        key.year = key.year.saturating_sub(self.years_back);
        if self.change {
            key.details = key.details.with(Aspect::Change, "");
        }
        key
    }

    /// The movement that the row itself names.
    pub(crate) fn measures(&self) -> Option<Set<Measure>> {
        self.filters.iter().rev().find_map(|filter| filter.measures)
    }

    /// True when the row names more than a total.
    pub(crate) fn is_specific(&self) -> bool {
        self.filters.iter().any(|filter| filter.funds.is_some())
    }

    fn is_plain(&self) -> bool {
        self.filters.is_empty() && self.function.is_none() && self.economic.is_none() && self.listed.is_none()
    }

    /// True for the total of a unit: nothing but the unit is named.
    pub(crate) fn is_unit_total(&self) -> bool {
        self.unit.is_some() && self.is_plain() && self.total == Total::No
    }
}

/// True for a name that the code is known by, or a code that is known by none.
fn is_name_of(code: RowCode, name: &str) -> bool {
    let entry = match code {
        RowCode::Functional(code) => codes::functional(code),
        RowCode::Economic(code) => codes::economic(code),
    };
    let key = words::label_key(name);
    entry.is_none_or(|entry| entry.name == key || entry.other_names.contains(&key.as_str()))
}

/// What the names of a block's rows are names of, as its headers say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Subject {
    Function,
    Economic,
    Government,
    Any,
}

/// What the rows of a table list whose names say nothing that the vocabulary knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Lists {
    /// Nothing: such a row is not understood.
    Nothing,
    /// Units.
    Units,
    /// Projects, goods, parts.
    Things,
}

/// What the document says elsewhere.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    /// The names of its units.
    pub(crate) units: &'a HashSet<String>,
    pub(crate) year: u16,
}

/// Reads the heads of one block's rows from top to bottom.
pub(crate) struct Heads<'a> {
    stub: Vec<(u32, Stub)>,
    subject: Subject,
    /// What names that say nothing else are names of.
    lists: Lists,
    units: &'a HashSet<String>,
    /// The document's year.
    year: u16,
    codes: Codes,
    unit: Option<Unit>,
    function: Option<FunctionalCode>,
    economic: Option<EconomicCode>,
    /// The rows of a list that this one may lie under: column, name.
    outer: Vec<(usize, String)>,
    /// The rows above that this one may lie under: level of the list number, what they said.
    above: Vec<(u8, Vec<Filter>)>,
}

impl<'a> Heads<'a> {
    pub(crate) fn new(columns: &[Column], block: &[usize], lists: Lists, known: Known<'a>) -> Heads<'a> {
        let stubs = block.iter().filter_map(|i| match columns[*i].holds {
            Holds::Stub(kind) => Some((*i as u32, kind)),
            _ => None,
        });
        let stub: Vec<(u32, Stub)> = stubs.collect();
        let words: String =
            stub.iter().flat_map(|(i, _)| columns[*i as usize].path.concat().chars().collect::<Vec<_>>()).collect();
        let subject = match (words.contains("功能"), words.contains("经济")) {
            (true, _) => Subject::Function,
            (_, true) if words.contains("政府") && !words.contains("部门") => Subject::Government,
            (_, true) if words.contains("政府预算支出经济") && !words.contains("部门预算支出经济") => {
                Subject::Government
            }
            (_, true) => Subject::Economic,
            _ => Subject::Any,
        };
        Heads {
            stub,
            subject,
            lists,
            units: known.units,
            year: known.year,
            codes: Codes::default(),
            unit: None,
            function: None,
            economic: None,
            outer: Vec::new(),
            above: Vec::new(),
        }
    }

    /// True when the block names its rows.
    pub(crate) fn has_stub(&self) -> bool {
        self.stub.iter().any(|(_, kind)| *kind != Stub::Ordinal)
    }

    /// The head of a row; none where the stub is blank.
    pub(crate) fn head(&mut self, table: &Table, row: u32) -> Option<Head> {
        let cells = Cells::of(table, row, &self.stub);
        if cells.is_blank() {
            return None;
        }
        let mut says = self.says(&cells);
        if let Some(said) = says.as_mut() {
            said.level = level(&cells.name);
        }
        if let Some(said) = says.as_mut() {
            match cells.year.as_deref() {
                Some(text) if text.contains("增减") && !text.contains('率') => said.change = true,
                Some(text) if text.contains("增减") => says = None,
                Some(text) => said.years_back = self.year.saturating_sub(words::year_in(text).unwrap_or(self.year)),
                None => {}
            }
        }
        let code = says.as_ref().and_then(|said| match (said.function, said.economic) {
            (Some(code), _) => Some(RowCode::Functional(code)),
            (_, Some(code)) => Some(RowCode::Economic(code)),
            _ => None,
        });
        let name = [&cells.name, &cells.unit.name, &cells.parts.concat(), &cells.coded.join(" ")];
        let name = name.into_iter().find(|text| !text.is_empty()).cloned().unwrap_or_default();
        // The rows of a list of things have names of their own, which are not those of the codes beside them.
        let code = code.filter(|code| self.lists != Lists::Things || name.is_empty() || is_name_of(*code, &name));
        Some(Head { row: Row { name, code, misprinted_code: None, place: cells.place }, says })
    }

    fn says(&mut self, cells: &Cells) -> Option<Says> {
        let named = !cells.name.is_empty() || !cells.parts.is_empty() || !cells.coded.is_empty();
        let total = [&cells.unit.name, &cells.name].into_iter().find_map(|text| total_of(text));
        if !cells.unit.name.is_empty() && total.is_none() || !cells.unit.code.is_empty() && total.is_none() {
            let mut unit = cells.unit.clone();
            if unit.name.is_empty() {
                unit.name.clone_from(&cells.name);
            }
            let only = !named || cells.unit.name.is_empty();
            self.enter(unit);
            if only {
                return Some(Says { unit: self.unit.clone(), ..Says::default() });
            }
        } else if total.is_some() && (!cells.unit.name.is_empty() || self.unit.is_some() && self.in_unit_column()) {
            self.unit = None;
        }
        let unit = self.unit.clone();
        if let Some(total) = total.filter(|_| cells.name.is_empty()) {
            return Some(self.total(total));
        }
        if !named && cells.year.is_some() {
            return Some(Says { unit, ..Says::default() });
        }
        if !cells.coded.is_empty() {
            return self.all_coded(&cells.coded).map(|said| Says { unit, ..said });
        }
        if let Some(said) = self.codes.join(&cells.parts).and_then(|code| self.coded(&code.digits)) {
            return Some(Says { unit, ..said });
        }
        let said = self.named(&cells.name, cells.depth).or_else(|| self.by_names(&cells.names))?;
        Some(Says { unit: said.unit.clone().or(unit), ..said })
    }

    fn in_unit_column(&self) -> bool {
        self.stub.iter().any(|(_, kind)| matches!(kind, Stub::Unit | Stub::UnitCode))
    }

    /// A new unit begins: what the rows above named does not go on.
    fn enter(&mut self, unit: Unit) {
        if self.unit.as_ref() != Some(&unit) {
            (self.function, self.economic) = (None, None);
            self.above.clear();
            self.outer.clear();
        }
        self.unit = Some(unit);
    }

    fn coded(&mut self, digits: &str) -> Option<Says> {
        if let Some(code) = FunctionalCode::parse(digits) {
            self.function = Some(code);
            return Some(Says { function: Some(code), ..Says::default() });
        }
        if let Some(code) = EconomicCode::parse(digits) {
            self.economic = Some(code);
            return Some(Says { economic: Some(code), ..Says::default() });
        }
        let government = digits.starts_with('5') && matches!(digits.len(), 3 | 5);
        government.then(|| Says { filters: vec![government_code(digits)], ..Says::default() })
    }

    /// What several cells say of which each holds a code and its name: 2101501-行政运行, 30101-基本工资.
    fn all_coded(&mut self, codes: &[String]) -> Option<Says> {
        let mut all = Says::default();
        for code in codes {
            let said = self.coded(code)?;
            all.function = all.function.or(said.function);
            all.economic = all.economic.or(said.economic);
            all.filters.extend(said.filters);
        }
        Some(all)
    }

    fn named(&mut self, name: &str, depth: usize) -> Option<Says> {
        let key = words::label_key(name);
        let level = level(name);
        if self.lists == Lists::Things {
            return self.listed(name, key, depth);
        }
        // 公务用车购置 in a list of economic items is one of them, not the category of 三公.
        let below = (self.subject != Subject::Government).then(|| self.economic_below(&key)).flatten();
        if let Some(code) = below {
            self.economic = Some(code);
            return Some(Says { economic: Some(code), filters: self.around(level), ..Says::default() });
        }
        match vocabulary::row(&key).or_else(|| vocabulary::row(&without_brackets(&key))) {
            Some(vocabulary::Row::Grand) => return Some(self.total(Total::Grand)),
            Some(vocabulary::Row::Sum) => return Some(self.total(Total::Sum)),
            Some(vocabulary::Row::Total) => {
                self.under(level, Vec::new());
                return Some(Says::default());
            }
            Some(vocabulary::Row::Money(filter)) => {
                let filters = self.under(level, vec![filter.clone()]);
                return Some(Says { filters, ..Says::default() });
            }
            None => {}
        }
        if let Some(said) = self.code_named(&key, level) {
            return Some(said);
        }
        if words::fold(name).starts_with("其中") {
            let filters = self.under(UNNUMBERED, vec![part(&key)]);
            let (function, economic) = (self.function, self.economic);
            return Some(Says { filters, function, economic, ..Says::default() });
        }
        let folded = words::fold(name);
        if self.units.contains(&folded) || self.lists == Lists::Units && !key.is_empty() {
            return Some(self.unit_named(folded));
        }
        None
    }

    fn unit_named(&mut self, name: String) -> Says {
        self.enter(Unit { code: String::new(), name });
        Says { unit: self.unit.clone(), ..Says::default() }
    }

    /// A row of a list of projects or goods: a total, a unit, or one of them whatever its name.
    fn listed(&mut self, name: &str, key: String, depth: usize) -> Option<Says> {
        let folded = words::fold(name);
        match total_of(name) {
            Some(total) => Some(self.total(total)),
            None if self.units.contains(&folded) => Some(self.unit_named(folded)),
            None if key.is_empty() => None,
            None => {
                // What stands further right lies under what stands further left.
                self.outer.retain(|(above, _)| *above < depth);
                self.outer.push((depth, key.replace('/', "／")));
                let path: Vec<&str> = self.outer.iter().map(|(_, name)| name.as_str()).collect();
                Some(Says { listed: Some(path.join("/")), ..Says::default() })
            }
        }
    }

    /// Two columns of names: the money of the first, and a total or a part of it in the second.
    fn by_names(&mut self, names: &[String]) -> Option<Says> {
        let [first, rest @ ..] = names else { return None };
        let Some(vocabulary::Row::Money(filter)) = vocabulary::row(&words::label_key(first)) else { return None };
        let rest = rest.concat();
        let key = words::label_key(&rest);
        let inner = match vocabulary::row(&key) {
            Some(vocabulary::Row::Money(inner)) => inner.clone(),
            Some(_) => Filter::default(),
            None if key.is_empty() => Filter::default(),
            None => part(&key),
        };
        Some(Says { filters: vec![filter.clone(), inner], ..Says::default() })
    }

    fn total(&mut self, total: Total) -> Says {
        self.above.clear();
        self.outer.clear();
        (self.function, self.economic) = (None, None);
        Says { total, ..Says::default() }
    }

    /// What a row says together with the rows that it lies under. A row that names another movement, or money
    /// that is none of theirs, lies under none.
    fn under(&mut self, level: u8, own: Vec<Filter>) -> Vec<Filter> {
        while self.above.last().is_some_and(|(above, _)| *above >= level) {
            self.above.pop();
        }
        let moves = own.iter().any(|filter| filter.measures.is_some());
        let above: Vec<Filter> = self.above.last().map(|(_, said)| said.clone()).unwrap_or_default();
        let apart = |outer: &Filter| {
            own.iter().any(|inner| match (inner.funds, outer.funds) {
                (Some(inner), Some(outer)) => inner.disjoint(outer),
                _ => false,
            })
        };
        let free = moves && level == UNNUMBERED || above.iter().any(apart);
        let said: Vec<Filter> = if free { own } else { above.into_iter().chain(own).collect() };
        self.above.push((level, said.clone()));
        said
    }

    /// A name that a code has: in the light of the codes above.
    fn code_named(&mut self, key: &str, level: u8) -> Option<Says> {
        let economic_first = matches!(self.subject, Subject::Economic) || self.economic.is_some();
        let function = |heads: &mut Self| {
            let code = (heads.subject != Subject::Economic && heads.subject != Subject::Government)
                .then(|| heads.function_named(key, level))
                .flatten()?;
            heads.function = Some(code);
            Some(Says { function: Some(code), filters: heads.around(level), ..Says::default() })
        };
        let economic = |heads: &mut Self| {
            let code = (heads.subject != Subject::Government).then(|| heads.economic_named(key)).flatten()?;
            heads.economic = Some(code);
            Some(Says { economic: Some(code), filters: heads.around(level), ..Says::default() })
        };
        if self.subject == Subject::Government {
            let codes: Vec<&str> = GOVERNMENT.iter().filter(|(name, _)| *name == key).map(|(_, code)| *code).collect();
            return codes.first().map(|code| Says {
                filters: self.around(level).into_iter().chain([government_code(code)]).collect(),
                ..Says::default()
            });
        }
        if economic_first {
            economic(self).or_else(|| function(self))
        } else {
            function(self).or_else(|| economic(self))
        }
    }

    /// What the rows say that this one lies under.
    fn around(&mut self, level: u8) -> Vec<Filter> {
        while self.above.last().is_some_and(|(above, _)| *above >= level) {
            self.above.pop();
        }
        self.above.last().map(|(_, said)| said.clone()).unwrap_or_default()
    }

    /// A class, or what lies under the codes above: a name without a list number may be both, 其他支出.
    fn function_named(&self, key: &str, level: u8) -> Option<FunctionalCode> {
        let below = if level == UNNUMBERED { self.function_below(key) } else { None };
        below.or_else(|| codes::class_named(key)).or_else(|| self.function_below(key))
    }

    fn function_below(&self, key: &str) -> Option<FunctionalCode> {
        let above = self.function?;
        let named = codes::functional_named(key);
        let subclass = if above.level() == Level::Item { above.parent()? } else { above };
        let class = if subclass.level() == Level::Subclass { subclass.parent()? } else { subclass };
        let item = named.iter().find(|code| code.level() == Level::Item && code.parent() == Some(subclass));
        let item = item.filter(|_| above.level() != Level::Class);
        let lower = named.iter().find(|code| code.level() == Level::Subclass && code.parent() == Some(class));
        item.or(lower).copied()
    }

    fn economic_named(&self, key: &str) -> Option<EconomicCode> {
        self.economic_below(key).or_else(|| codes::economic_named(key).iter().find(|code| code.is_class()).copied())
    }

    fn economic_below(&self, key: &str) -> Option<EconomicCode> {
        let above = self.economic?;
        let class = above.parent().unwrap_or(above);
        codes::economic_named(key).iter().find(|code| code.parent() == Some(class)).copied()
    }
}

/// The government's classes that share their names with the department's.
const GOVERNMENT: [(&str, &str); 4] =
    [("对个人和家庭的补助", "509"), ("对社会保障基金补助", "510"), ("债务利息及费用支出", "511"), ("其他支出", "599")];

fn government_code(code: &str) -> Filter {
    // 50101 lies under 501.
    let path = if code.len() == 5 { format!("{}/{code}", &code[..3]) } else { code.to_owned() };
    Filter { details: Details::none().with(Aspect::Government, &path), ..Filter::default() }
}

fn part(name: &str) -> Filter {
    Filter { details: Details::none().with(Aspect::Part, name), ..Filter::default() }
}

fn without_brackets(key: &str) -> String {
    match (key.strip_suffix(')'), key.rfind('(')) {
        (Some(_), Some(open)) if open > 0 => key[..open].to_owned(),
        _ => key.to_owned(),
    }
}

/// True for 合计, 收入总计 and their like.
pub(crate) fn is_total(text: &str) -> bool {
    total_of(text).is_some()
}

fn total_of(text: &str) -> Option<Total> {
    match vocabulary::row(&words::label_key(text))? {
        vocabulary::Row::Grand => Some(Total::Grand),
        vocabulary::Row::Sum => Some(Total::Sum),
        vocabulary::Row::Total | vocabulary::Row::Money(_) => None,
    }
}

/// True for the name of a row that the vocabulary or the code tables know.
pub(crate) fn is_known(text: &str) -> bool {
    vocabulary::row(&words::label_key(text)).is_some() || codes::class_named(text).is_some()
}

/// The level of a row without a list number.
pub(crate) const UNNUMBERED: u8 = 9;

/// How deep a row's list number is: 一、 1, （一） 2, 1. 3, （1） 4.
fn level(name: &str) -> u8 {
    let folded = words::fold(name);
    let han = |c: char| "一二三四五六七八九十".contains(c);
    let mut chars = folded.chars();
    match (chars.next(), folded.find(['、', '.', ')'])) {
        (Some('('), Some(_)) if chars.next().is_some_and(han) => 2,
        (Some('('), Some(_)) if folded[1..].starts_with(|c: char| c.is_ascii_digit()) => 4,
        (Some(c), Some(_)) if han(c) && words::label_key(&folded).len() < folded.len() => 1,
        (Some(c), Some(_)) if c.is_ascii_digit() && words::label_key(&folded).len() < folded.len() => 3,
        _ => UNNUMBERED,
    }
}

/// The texts of a row's stub.
#[derive(Default)]
struct Cells {
    /// The parts of a code, in the order of their columns.
    parts: Vec<String>,
    /// Whole codes, each in one cell with its name.
    coded: Vec<String>,
    /// The names, each in a column of its own.
    names: Vec<String>,
    /// The first column of the stub that names anything.
    depth: usize,
    name: String,
    unit: Unit,
    year: Option<String>,
    place: Place,
}

impl Cells {
    fn of(table: &Table, row: u32, stub: &[(u32, Stub)]) -> Cells {
        let mut cells = Cells::default();
        let (mut last, mut placed) = (None, false);
        for (depth, (column, kind)) in stub.iter().enumerate() {
            let Some(cell) = table.cell(row, *column) else { continue };
            let corner = Some((cell.row, cell.column));
            if corner == last {
                continue;
            }
            last = corner;
            let text = words::without_bookmarks(&cell.text);
            let folded = words::fold(&text);
            // The row stands where its own name or code does, not where another classification's is.
            if !folded.is_empty() && !placed && *kind != Stub::Government {
                (cells.place, placed, cells.depth) = (cell.place, true, depth);
            }
            match kind {
                Stub::Ordinal => {}
                Stub::Government => {
                    // A code alone stands beside the department's own and says the same once more.
                    cells.coded.extend(code_before_name(&folded).map(|(code, _)| code.to_owned()));
                }
                Stub::Unit => cells.unit.name.push_str(&folded),
                Stub::UnitCode if total_of(&folded).is_some() => cells.unit.name.push_str(&folded),
                Stub::UnitCode => cells.unit.code.push_str(&folded),
                Stub::Year => cells.year = (!folded.is_empty()).then_some(folded),
                Stub::Name | Stub::Code => cells.name_or_code(&text, &folded),
            }
        }
        while cells.parts.last().is_some_and(String::is_empty) {
            cells.parts.pop();
        }
        cells
    }

    fn name_or_code(&mut self, text: &str, folded: &str) {
        let digits: String = folded.chars().filter(|c| !"-.".contains(*c)).collect();
        if !digits.is_empty() && digits.len() <= 7 && digits.bytes().all(|b| b.is_ascii_digit()) {
            self.parts.push(digits);
        } else if folded.is_empty() || matches!(folded, "类" | "款" | "项") {
            self.parts.push(String::new());
        } else if let Some((code, rest)) = code_before_name(folded) {
            self.coded.push(code.to_owned());
            if self.name.is_empty() {
                self.name.push_str(rest);
            }
        } else {
            let name: String = text.split_whitespace().collect();
            self.name.push_str(&name);
            self.names.push(name);
        }
    }

    fn is_blank(&self) -> bool {
        let nothing = self.parts.iter().all(String::is_empty) && self.coded.is_empty() && self.name.is_empty();
        nothing && self.year.is_none() && self.unit.name.is_empty() && self.unit.code.is_empty()
    }
}
