//! [`Pivot`]: all money of a unit's or a department's years as cells of the fact space, so that any
//! [`Key`] can be asked for its amount.
//!
//! A cell is a point of the space; a key is a filter on it; the answer is a sum. This is the one place
//! where entries become the dimensions of the disclosures. What goes from one unit of a department to
//! another is left out of the department on both sides: it neither came in nor went out.

use crate::entry::{Known, Pot, Version};
use crate::line::{Line, Purpose, Source};
use crate::names::UnitCode;
use crate::state::{Books, Year};
use mingzhang_model::amount::Amount;
use mingzhang_model::code::{EconomicCode, FunctionalCode};
use mingzhang_model::key::{Function, Fund, Key, Kind, Measure, Stage, UnitKind, fiscal_appropriation};
use mingzhang_model::set::Set;
use mingzhang_standard::filter::Filter;
use std::collections::{BTreeMap, BTreeSet};

/// Whose money is asked for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Scope {
    /// 本级: one unit by itself.
    Own(UnitCode),
    /// 汇总: a unit and all below it, what goes between them left out.
    Consolidated(UnitCode),
}

impl Scope {
    /// The unit that it is named after.
    pub fn unit(&self) -> &UnitCode {
        match self {
            Scope::Own(unit) | Scope::Consolidated(unit) => unit,
        }
    }

    /// The units that it takes in, in any year.
    pub fn units(&self, books: &Books) -> Vec<UnitCode> {
        match self {
            Scope::Own(unit) => vec![unit.clone()],
            Scope::Consolidated(unit) => books.department(unit),
        }
    }

    /// The units that it takes in for a year: a unit whose year is closed stays in it where it was then.
    pub fn units_in(&self, books: &Books, year: u16) -> Vec<UnitCode> {
        match self {
            Scope::Own(unit) => vec![unit.clone()],
            Scope::Consolidated(unit) => books.department_in(unit, year),
        }
    }
}

/// A point of the fact space.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Cell {
    /// The budget year.
    pub year: u16,
    /// Budget, adjusted budget or accounts.
    pub stage: Stage,
    /// Which movement.
    pub measure: Measure,
    /// Whose money.
    pub fund: Fund,
    /// For which function: a 项.
    pub function: FunctionalCode,
    /// Spent as what, or meant to be.
    pub kind: Kind,
    /// On what; only money that is spent has one.
    pub economic: Option<EconomicCode>,
    /// By which kind of unit.
    pub unit: UnitKind,
}

impl Cell {
    /// True when the cell passes the filter.
    pub fn passes(&self, key: &Key) -> bool {
        self.year == key.year
            && self.stage == key.stage
            && key.measures.has(self.measure)
            && key.funds.has(self.fund)
            && key.kinds.has(self.kind)
            && key.units.has(self.unit)
            && match key.function {
                Function::All => true,
                Function::Code(code) => self.function.within(code),
            }
            && match self.economic {
                Some(code) => key.economic.codes().iter().any(|outer| code.within(*outer)),
                None => key.economic.is_all(),
            }
    }
}

/// All money of a scope.
#[derive(Clone, Debug, Default)]
pub struct Pivot {
    cells: BTreeMap<Cell, i64>,
    known: Vec<(Key, Amount)>,
    kept: BTreeSet<u16>,
}

/// Where the money of a cell lies in the books.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Origin {
    /// On a line of a budget.
    Line(Line),
    /// In a pot.
    Pot(Pot),
}

/// Takes a piece of money: its cell, the amount, where it lies.
pub type Taker<'a> = dyn FnMut(Cell, Amount, &dyn Fn() -> Origin) + 'a;

/// Hands every piece of a scope's money to `each`: its cell, the amount, where it lies.
pub fn gather(books: &Books, scope: &Scope, each: &mut Taker<'_>) {
    let units = scope.units(books);
    let mut inside: BTreeMap<u16, BTreeSet<UnitCode>> = BTreeMap::new();
    for (number, _) in units.iter().flat_map(|code| books.years_of(code)) {
        inside.entry(number).or_insert_with(|| scope.units_in(books, number).into_iter().collect());
    }
    let nobody = BTreeSet::new();
    for code in &units {
        let Some(unit) = books.unit(code) else { continue };
        for (number, year) in books.years_of(code) {
            let nature = year.place.as_ref().map_or(unit.nature, |(nature, _)| *nature);
            let inside = inside.get(&number).unwrap_or(&nobody);
            if inside.contains(code) {
                Gather { each, inside, year: number, unit: nature.kind() }.year(year);
            }
        }
    }
}

impl Pivot {
    /// The money of a scope.
    pub fn of(books: &Books, scope: &Scope) -> Pivot {
        let mut pivot = Pivot::default();
        gather(books, scope, &mut |cell, amount, _| *pivot.cells.entry(cell).or_default() += amount.0);
        // Of a department whose first unit did not keep a year, what others kept is a part of it only.
        pivot.kept = books.years_of(scope.unit()).map(|(number, _)| number).collect();
        let theirs = books.known().filter(|(known, _)| known.unit == *scope.unit());
        pivot.known = theirs.filter_map(|(known, amount)| Some((known.key().ok()?, amount))).collect();
        pivot.cells.retain(|_, amount| *amount != 0);
        pivot
    }

    /// The amount of a key.
    pub fn amount(&self, key: &Key) -> Amount {
        if !self.kept.contains(&key.year)
            && let Some((_, amount)) = self.known.iter().find(|(known, _)| known == key)
        {
            return *amount;
        }
        let cells = self.cells.iter().filter(|(cell, _)| cell.passes(key));
        Amount(cells.map(|(_, amount)| *amount).sum())
    }

    /// True when the year is kept in the books, or the very number is known from elsewhere: then a
    /// nothing is a nothing.
    pub fn knows(&self, key: &Key) -> bool {
        self.kept.contains(&key.year) || self.known.iter().any(|(known, _)| known == key)
    }

    /// The cells with money, in order.
    pub fn cells(&self) -> impl Iterator<Item = (&Cell, Amount)> {
        self.cells.iter().map(|(cell, amount)| (cell, Amount(*amount)))
    }

    /// The cells that make up the amount of a key.
    pub fn behind<'a>(&'a self, key: &'a Key) -> impl Iterator<Item = (&'a Cell, Amount)> {
        self.cells().filter(|(cell, _)| cell.passes(key))
    }
}

/// Tells the money of one unit's year.
struct Gather<'a> {
    each: &'a mut Taker<'a>,
    inside: &'a BTreeSet<UnitCode>,
    year: u16,
    unit: UnitKind,
}

impl Gather<'_> {
    fn year(&mut self, year: &Year) {
        // Before approval the newest submission is what there is.
        let drafts = [Version::Approved, Version::SecondSubmission, Version::FirstSubmission];
        let version = drafts.into_iter().find(|version| year.version(*version).next().is_some());
        if let Some(version) = version {
            for (line, amount) in year.version(version) {
                self.budget(line, Stage::Initial, amount);
                // What is approved is adjusted by its accounts, below; a draft of it has none yet.
                if year.frozen(Version::Approved).is_none() {
                    self.budget(line, Stage::Adjusted, amount);
                }
            }
        }
        for account in year.accounts() {
            self.budget(&account.line, Stage::Adjusted, account.adjusted());
            self.spent(&account.line, Stage::FinalAccounts, account.paid);
        }
        for (pot, pile) in year.pots() {
            let cell = self.cell(Stage::FinalAccounts, Measure::Opening, pot.fund, pot.function, &pot.purpose);
            let origin = || Origin::Pot(pot.clone());
            let mut put = |measure, amount: Amount| self.put(Cell { measure, ..cell }, amount, &origin);
            // The published opening is the one after the treasury took back its part.
            put(Measure::Opening, Amount(pile.opening.0 - pile.recovered.0));
            put(Measure::SurplusUse, pile.surplus_used);
            put(Measure::SurplusDistribution, pile.distributed);
            put(Measure::Closing, pile.closing());
            put(Measure::Income, pile.received);
        }
        let internal = year.receipts().map(|(_, receipt)| receipt);
        for receipt in internal.filter(|receipt| !receipt.reversed) {
            if !self.is_inside(receipt.from.as_ref()) {
                continue;
            }
            let pot = &receipt.pot;
            let cell = self.cell(Stage::FinalAccounts, Measure::Income, pot.fund, pot.function, &pot.purpose);
            self.put(cell, Amount(-receipt.amount.0), &|| Origin::Pot(pot.clone()));
        }
    }

    fn is_inside(&self, unit: Option<&UnitCode>) -> bool {
        unit.is_some_and(|unit| self.inside.contains(unit))
    }

    fn cell(&self, stage: Stage, measure: Measure, fund: Fund, function: FunctionalCode, purpose: &Purpose) -> Cell {
        Cell { year: self.year, stage, measure, fund, function, kind: purpose.kind(), economic: None, unit: self.unit }
    }

    /// A budget line is money that is to come in, from its source, and to go out.
    fn budget(&mut self, line: &Line, stage: Stage, amount: Amount) {
        let measure = match &line.source {
            Source::Current => Some(Measure::Income),
            Source::CarriedOver => Some(Measure::Opening),
            Source::Surplus => Some(Measure::SurplusUse),
            Source::Internal(unit) => (!self.is_inside(Some(unit))).then_some(Measure::Income),
        };
        if let Some(measure) = measure {
            let cell = self.cell(stage, measure, line.fund, line.function, &line.purpose);
            self.put(cell, amount, &|| Origin::Line(line.clone()));
        }
        self.spent(line, stage, amount);
    }

    fn spent(&mut self, line: &Line, stage: Stage, amount: Amount) {
        if self.is_inside(line.purpose.counterparty()) {
            return;
        }
        let cell = self.cell(stage, Measure::Expenditure, line.fund, line.function, &line.purpose);
        self.put(Cell { economic: Some(line.economic), ..cell }, amount, &|| Origin::Line(line.clone()));
    }

    fn put(&mut self, cell: Cell, amount: Amount, origin: &dyn Fn() -> Origin) {
        (self.each)(cell, amount, origin);
    }
}

/// The key of the money of a year and stage that moves in one way, narrowed by the words of a form's filter.
/// The words are a program's own: its tests parse them, and words that are no filter narrow nothing.
pub(crate) fn worded(year: u16, stage: Stage, measure: Measure, words: &str) -> Key {
    let mut key = Key::everything(year, stage, Set::only(measure));
    if let Ok(filter) = Filter::parse(words, Set::EMPTY, Set::EMPTY) {
        filter.narrow(&mut key);
    }
    key
}

impl Known {
    /// The key of a known number, or what is wrong with its words.
    pub fn key(&self) -> Result<Key, String> {
        let mut key = Key::everything(self.year, self.stage, Set::only(self.measure));
        for words in [&self.funds, &self.economic] {
            Filter::parse(words, Set::EMPTY, Set::EMPTY)
                .map_err(|_| format!("“{words}”不是资金或经济分类科目"))?
                .narrow(&mut key);
        }
        if let Some(kind) = self.kind {
            key.kinds = Set::only(kind.0);
        }
        if !self.function.is_empty() {
            let code =
                FunctionalCode::parse(&self.function).ok_or_else(|| format!("“{}”不是功能分类科目", self.function))?;
            key.function = Function::Code(code);
        }
        Ok(key)
    }
}

/// Money of the treasury that the two-year rule calls back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Due {
    /// Where it lies.
    pub pot: Pot,
    /// How much of the opening is left.
    pub amount: Amount,
    /// The year in which the oldest of it was appropriated.
    pub since: u16,
}

/// 连续两年未用完的结转资金: what of the treasury's money lay in a scope's pots on the first day of a year,
/// was appropriated two years before or earlier, and is still there. It is to be given back.
pub fn to_recover(books: &Books, scope: &Scope, year: u16) -> Vec<Due> {
    let units = scope.units_in(books, year);
    let pots = units.iter().filter_map(|unit| books.year(unit, year)).flat_map(|kept| kept.pots());
    let due = pots.filter(|(pot, pile)| {
        fiscal_appropriation().has(pot.fund) && pile.since != 0 && pile.since.saturating_add(2) <= year
    });
    let due = due.map(|(pot, pile)| Due { pot: pot.clone(), amount: pile.old(), since: pile.since });
    due.filter(|due| due.amount.0 > 0).collect()
}

/// What two units say of the money between them, where they differ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The unit that gives.
    pub from: UnitCode,
    /// The unit that gets.
    pub to: UnitCode,
    /// What is given, as the giver has it.
    pub given: Amount,
    /// What is got, as the getter has it.
    pub got: Amount,
}

/// Where the budgets of a department's units do not agree on what goes between them. Consolidation
/// leaves both sides out, so a difference would be a hole in the department's budget.
pub fn differences(books: &Books, scope: &Scope, year: u16) -> Vec<Difference> {
    let units = scope.units_in(books, year);
    let mut sides: Sides = BTreeMap::new();
    for unit in &units {
        let Some(kept) = books.year(unit, year) else { continue };
        for account in kept.accounts() {
            let line = &account.line;
            if let Some(to) = line.purpose.counterparty().filter(|to| units.contains(to)) {
                sides.entry((unit.clone(), to.clone())).or_default().0 += account.adjusted().0;
            }
            if let Source::Internal(from) = &line.source
                && units.contains(from)
            {
                sides.entry((from.clone(), unit.clone())).or_default().1 += account.adjusted().0;
            }
        }
    }
    unequal(sides)
}

/// Where two units do not agree on what was paid between them in a year.
pub fn flows(books: &Books, year: u16) -> Vec<Difference> {
    let mut sides: Sides = BTreeMap::new();
    for unit in books.units.keys() {
        let Some(kept) = books.year(unit, year) else { continue };
        for account in kept.accounts() {
            if let Some(to) = account.line.purpose.counterparty() {
                sides.entry((unit.clone(), to.clone())).or_default().0 += account.paid.0;
            }
        }
        for (_, receipt) in kept.receipts().filter(|(_, receipt)| !receipt.reversed) {
            if let Some(from) = &receipt.from {
                sides.entry((from.clone(), unit.clone())).or_default().1 += receipt.amount.0;
            }
        }
    }
    unequal(sides)
}

/// What is given and what is got, by giver and getter.
type Sides = BTreeMap<(UnitCode, UnitCode), (i64, i64)>;

fn unequal(sides: Sides) -> Vec<Difference> {
    let unequal = sides.into_iter().filter(|(_, (given, got))| given != got);
    unequal.map(|((from, to), (given, got))| Difference { from, to, given: Amount(given), got: Amount(got) }).collect()
}
