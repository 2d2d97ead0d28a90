//! [`Oracle`]: what must hold, worked out a second time.
//!
//! It reads the entries and keeps plain sums in maps. It shares the nouns with the books and none of
//! their code: neither what decides nor what adds up. Every entry is held against the laws when it
//! comes, and [`Oracle::compare`] holds the answers of the books against the sums.

mod compare;
mod money;
#[cfg(test)]
mod tests;

use crate::rows::{contract_amount, is_project};
use mingzhang_books::entry::{
    Approval, Disclosed, Entry, Event, Payment, Pot, Publication, Receipt, RowName, Step, Version,
};
use mingzhang_books::line::{Line, Purpose};
use mingzhang_books::names::{
    AdjustmentId, PaymentId, Person, ReceiptId, RegisterId, RequestId, ReservationId, RowId, UnitCode,
};
use mingzhang_books::register::Row;
use mingzhang_books::seal;
use mingzhang_books::store::{Hash, Record};
use mingzhang_books::unit::{Role, Unit};
use mingzhang_model::set::Member;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt;

/// What must hold.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Law {
    /// Records are bound to each other, without gaps.
    Chain,
    /// A request is carried out once, whole, or not at all.
    Once,
    /// I1: paid and reserved stay within the adjusted budget.
    Overspent,
    /// I2: what gives must have, what is moved adds up to nothing.
    Change,
    /// I3: a payment has a line of an approved budget.
    Line,
    /// I3: a payment has an allotment, and an allotment a budget.
    Allotment,
    /// I4: basic money and project money stay apart.
    Purpose,
    /// I5: the money of one fund stays in it.
    Fund,
    /// I6: 三公 are not given more by the way.
    ThreePublic,
    /// I7: a row that is named is there.
    Row,
    /// I8: no contract is paid beyond its amount.
    Contract,
    /// I9: what is frozen stays.
    Frozen,
    /// What came in, went out and is left of a pot.
    Stock,
    /// I10: what a year leaves is what the next begins with.
    Carried,
    /// Those who sign are different persons, each with the role.
    Hands,
    /// A year that is closed takes no entries of money.
    Closed,
    /// Amounts are amounts, days are days of the year, numbers are used once.
    Plain,
    /// The answers of the books are the sums of the entries.
    Answers,
}

/// A law that was broken, and how.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Violation {
    /// Which.
    pub law: Law,
    /// How.
    pub what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.law, self.what)
    }
}

type Held = Result<(), Violation>;

/// Breaks a law unless it holds.
fn hold(holds: impl Into<Option<bool>>, law: Law, what: impl FnOnce() -> String) -> Held {
    if holds.into() == Some(true) { Ok(()) } else { Err(Violation { law, what: what() }) }
}

/// The sums of a line, in fen.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Sums {
    initial: i64,
    changes: i64,
    allotted: i64,
    reserved: i64,
    paid: i64,
    paid_in: [i64; 12],
    plan: BTreeMap<u8, i64>,
}

impl Sums {
    fn adjusted(&self) -> i64 {
        self.initial + self.changes
    }
}

/// The sums of a pot, in fen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Stock {
    opening: i64,
    since: u16,
    received: i64,
    used: i64,
    paid: i64,
    /// Of it, on lines of money carried over.
    paid_old: i64,
    distributed: i64,
    recovered: i64,
}

impl Stock {
    fn left(&self) -> i64 {
        self.opening + self.received + self.used - self.paid - self.distributed - self.recovered
    }
}

/// A year of a unit.
#[derive(Clone, Debug, Default)]
struct Kept {
    closed: bool,
    approved_accounts: bool,
    /// The version's lines as they were when it was frozen, and the hash in the entry.
    frozen: BTreeMap<&'static str, (BTreeMap<Line, i64>, String)>,
    versions: BTreeMap<&'static str, BTreeMap<Line, i64>>,
    ceilings: BTreeMap<&'static str, i64>,
    lines: BTreeMap<Line, Sums>,
    reservations: HashMap<ReservationId, (Line, i64)>,
    payments: HashMap<PaymentId, (Payment, bool)>,
    receipts: HashMap<ReceiptId, (Receipt, bool)>,
    adjustments: HashSet<AdjustmentId>,
    pots: BTreeMap<Pot, Stock>,
    disclosures: BTreeMap<(&'static str, u16), Vec<Disclosed>>,
    words: BTreeMap<String, String>,
    approved_on: Option<mingzhang_model::date::Date>,
    accounts_on: Option<mingzhang_model::date::Date>,
}

impl Kept {
    fn is_approved(&self) -> bool {
        self.frozen.contains_key(Version::Approved.word())
    }
}

/// What must hold, worked out a second time.
#[derive(Clone, Debug, Default)]
pub struct Oracle {
    count: u64,
    hash: Hash,
    requests: HashMap<RequestId, (u64, u64)>,
    units: BTreeMap<UnitCode, Unit>,
    gone: BTreeSet<UnitCode>,
    roles: BTreeSet<(UnitCode, Person, &'static str)>,
    years: BTreeMap<(UnitCode, u16), Kept>,
    rows: BTreeMap<(UnitCode, RegisterId), BTreeMap<RowId, Row>>,
    /// What is paid under each contract of a unit, whatever the year.
    contracts: BTreeMap<(UnitCode, RowId), i64>,
    /// What was touched since the last comparison.
    lines_touched: BTreeSet<Line>,
    pots_touched: BTreeSet<Pot>,
}

impl Oracle {
    /// How many entries were read.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The numbers of the first and the last entry of a request.
    pub fn request(&self, id: &RequestId) -> Option<(u64, u64)> {
        self.requests.get(id).copied()
    }

    /// How many years are closed.
    pub fn years_closed(&self) -> usize {
        self.years.values().filter(|kept| kept.closed).count()
    }

    /// Reads the next record.
    ///
    /// # Errors
    /// The law that it breaks.
    pub fn read(&mut self, record: &Record) -> Result<Entry, Violation> {
        let number = self.count + 1;
        hold(record.number == number, Law::Chain, || format!("number {} instead of {number}", record.number))?;
        let hash = seal::hash(self.hash, number, &record.body);
        hold(hash == record.hash, Law::Chain, || format!("the hash of {number} is another"))?;
        let entry: Entry = serde_json::from_str(&record.body)
            .map_err(|why| Violation { law: Law::Chain, what: format!("{number}: {why}") })?;
        self.take(&entry)?;
        self.hash = hash;
        Ok(entry)
    }

    /// Takes in the next entry.
    ///
    /// # Errors
    /// The law that it breaks.
    pub fn take(&mut self, entry: &Entry) -> Held {
        self.count += 1;
        let number = self.count;
        let (_, last) = self.requests.entry(entry.request.clone()).or_insert((number, number - 1));
        hold(*last == number - 1, Law::Once, || format!("{} is carried out again at {number}", entry.request))?;
        *last = number;
        self.event(&entry.event)
    }

    fn event(&mut self, event: &Event) -> Held {
        if let Some((unit, year)) = money_of(event) {
            let open = self.years.get(&(unit.clone(), year)).is_some_and(|kept| !kept.closed);
            hold(open, Law::Closed, || format!("{unit} {year} is not open"))?;
            hold(!self.gone.contains(unit), Law::Closed, || format!("{unit} is closed"))?;
        }
        match event {
            Event::UnitOpened(unit) => {
                let new = self.units.insert(unit.code.clone(), unit.clone()).is_none();
                hold(new, Law::Plain, || format!("{} is opened again", unit.code))?;
                self.no_circle(&unit.code)
            }
            Event::UnitChanged(unit) => {
                let was = self.units.insert(unit.code.clone(), unit.clone()).is_some();
                hold(was, Law::Plain, || format!("{} was not there", unit.code))?;
                self.no_circle(&unit.code)
            }
            Event::UnitClosed(unit) => {
                hold(self.gone.insert(unit.clone()), Law::Plain, || format!("{unit} is closed again"))
            }
            Event::Appointed(person, unit, role) => {
                self.roles.insert((unit.clone(), person.clone(), role.word()));
                self.roles_go_together(person, unit)
            }
            Event::Dismissed(person, unit, role) => {
                let had = self.roles.remove(&(unit.clone(), person.clone(), role.word()));
                hold(had, Law::Plain, || format!("{person} was not {}", role.word()))
            }
            Event::YearOpened(unit, year) => {
                let new = self.years.insert((unit.clone(), *year), Kept::default()).is_none();
                hold(new, Law::Plain, || format!("{unit} {year} is opened again"))
            }
            Event::RowAdded(unit, name, row) | Event::RowCorrected(unit, name, row, _) => {
                let rows = self.rows.entry((unit.clone(), name.register.clone())).or_default();
                rows.insert(name.row.clone(), row.clone());
                self.row_still_serves(unit, name)
            }
            Event::RowRemoved(unit, name, _) => self.row_removed(unit, name),
            Event::Explained(unit, year, place, words) => {
                self.kept(unit, *year)?.words.insert(place.clone(), words.clone());
                Ok(())
            }
            Event::Disclosed(disclosed) => self.disclosed(disclosed),
            Event::AmountKnown(known, ..) => self.not_kept(&known.unit, known.year),
            Event::CountKnown(unit, year, ..) => self.not_kept(unit, *year),
            money => self.money(money),
        }
    }

    fn not_kept(&self, unit: &UnitCode, year: u16) -> Held {
        hold(!self.years.contains_key(&(unit.clone(), year)), Law::Plain, || format!("{unit} {year} is kept here"))
    }

    fn kept(&mut self, unit: &UnitCode, year: u16) -> Result<&mut Kept, Violation> {
        self.years
            .get_mut(&(unit.clone(), year))
            .ok_or_else(|| Violation { law: Law::Plain, what: format!("{unit} {year} is not kept") })
    }

    fn above<'a>(&'a self, unit: &'a UnitCode) -> impl Iterator<Item = &'a UnitCode> {
        std::iter::successors(Some(unit), |unit| self.units.get(*unit)?.parent.as_ref()).take(20)
    }

    fn no_circle(&self, unit: &UnitCode) -> Held {
        hold(self.above(unit).count() < 20, Law::Plain, || format!("{unit} is above itself"))
    }

    /// One person does not hold the money and keep the accounts, review or approve.
    fn roles_go_together(&self, person: &Person, unit: &UnitCode) -> Held {
        let has = |role: Role| self.roles.contains(&(unit.clone(), person.clone(), role.word()));
        let apart = [
            (Role::Cashier, Role::Reviewer),
            (Role::Cashier, Role::Bookkeeper),
            (Role::Cashier, Role::Head),
            (Role::Bookkeeper, Role::Head),
        ];
        hold(!apart.iter().any(|(one, other)| has(*one) && has(*other)), Law::Hands, || format!("{person} at {unit}"))
    }

    fn signs(&self, person: &Person, unit: &UnitCode, roles: &[Role]) -> Held {
        let has = |unit: &UnitCode| {
            roles.iter().any(|role| self.roles.contains(&(unit.clone(), person.clone(), role.word())))
        };
        hold(self.above(unit).any(has), Law::Hands, || format!("{person} signs as {roles:?} at {unit}"))
    }

    fn approved_by(&self, approval: &Approval, unit: &UnitCode, roles: &[Role]) -> Held {
        hold(approval.prepared != approval.approved, Law::Hands, || format!("{} approves alone", approval.approved))?;
        self.signs(&approval.prepared, unit, &[Role::Handler, Role::Reviewer, Role::Bookkeeper])?;
        self.signs(&approval.approved, unit, roles)
    }

    fn row(&self, unit: &UnitCode, name: &RowName) -> Option<&Row> {
        self.rows.get(&(unit.clone(), name.register.clone()))?.get(&name.row)
    }

    fn row_removed(&mut self, unit: &UnitCode, name: &RowName) -> Held {
        let rows = self.rows.get_mut(&(unit.clone(), name.register.clone()));
        let had = rows.is_some_and(|rows| rows.remove(&name.row).is_some());
        hold(had, Law::Row, || format!("{name:?} was not there"))?;
        let theirs = self.years.iter().filter(|((owner, _), _)| owner == unit);
        let mut payments = theirs.flat_map(|(_, kept)| kept.payments.values());
        let paid = payments.any(|(paid, back)| !back && paid.row.as_ref() == Some(name));
        hold(!paid, Law::Row, || format!("{name:?} is paid for and gone"))?;
        self.row_still_serves(unit, name)
    }

    /// A contract is worth what was paid under it, and a project that lines are for is in the library,
    /// also after a row was put right or taken away.
    fn row_still_serves(&self, unit: &UnitCode, name: &RowName) -> Held {
        if name.register.as_str() == "procurement" {
            let paid = self.contracts.get(&(unit.clone(), name.row.clone())).copied().unwrap_or(0);
            let worth = self.row(unit, name).and_then(contract_amount);
            let fits = paid == 0 || worth.is_some_and(|worth| paid <= worth);
            return hold(fits, Law::Contract, || format!("{paid} paid under {} of {worth:?}", name.row));
        }
        if name.register.as_str() != "projects" {
            return Ok(());
        }
        for ((owner, year), kept) in self.years.iter().filter(|(_, kept)| !kept.closed) {
            let drafted = kept.versions.values().flat_map(BTreeMap::keys);
            for line in drafted.chain(kept.lines.keys()) {
                let there = self.has_project(owner, *year, &line.purpose);
                hold(there, Law::Purpose, || format!("the project is gone: {line}"))?;
            }
        }
        Ok(())
    }

    /// The steps of a publication come in their order, by different persons, over one document.
    fn disclosed(&mut self, disclosed: &Disclosed) -> Held {
        const ORDER: [Step; 6] =
            [Step::Drafted, Step::Checked, Step::Reviewed, Step::SecrecyReviewed, Step::Signed, Step::Published];
        let place = |step: Step| ORDER.iter().position(|other| *other == step);
        let roles: &[Role] = match disclosed.step {
            Step::Drafted | Step::Checked => &[Role::Handler, Role::Reviewer, Role::Bookkeeper],
            Step::Reviewed => &[Role::Reviewer, Role::Department],
            Step::SecrecyReviewed => &[Role::Secrecy],
            Step::Signed => &[Role::Head],
            Step::Published => &[Role::Handler, Role::Reviewer],
            Step::Returned => Role::ALL,
        };
        self.signs(&disclosed.by, &disclosed.unit, roles)?;
        let kept = self.kept(&disclosed.unit, disclosed.year)?;
        let approved = match disclosed.publication {
            Publication::Budget | Publication::UnitBudget => kept.approved_on,
            Publication::Accounts | Publication::UnitAccounts => kept.accounts_on,
        };
        let steps = kept.disclosures.entry((disclosed.publication.word(), disclosed.edition)).or_default();
        let what = || format!("{:?} of {} {}", disclosed.step, disclosed.unit, disclosed.year);
        let last = steps.last();
        let due = match (last.map(|last| last.step), disclosed.step) {
            (None | Some(Step::Drafted | Step::Returned), Step::Drafted) => true,
            (Some(last), Step::Returned) => last != Step::Published && last != Step::Returned,
            (Some(last), step) => place(last).map(|place| place + 1) == place(step) && place(step).is_some(),
            (None, _) => false,
        };
        hold(due, Law::Plain, || format!("out of turn: {}", what()))?;
        let same = disclosed.step == Step::Drafted || last.is_some_and(|last| last.hash == disclosed.hash);
        hold(same, Law::Frozen, || format!("another document: {}", what()))?;
        hold(disclosed.step != Step::Checked || disclosed.errors == 0, Law::Plain, what)?;
        let apart: &[Step] = match disclosed.step {
            Step::Reviewed | Step::SecrecyReviewed => &[Step::Drafted],
            Step::Signed => &[Step::Drafted, Step::Reviewed],
            _ => &[],
        };
        let draft = steps.iter().rposition(|step| step.step == Step::Drafted).unwrap_or(0);
        let alone =
            steps[draft.min(steps.len())..].iter().any(|step| apart.contains(&step.step) && step.by == disclosed.by);
        hold(!alone, Law::Hands, what)?;
        let early = disclosed.step == Step::Published && approved.is_none_or(|approved| disclosed.on < approved);
        hold(!early, Law::Frozen, || format!("before approval: {}", what()))?;
        steps.push(disclosed.clone());
        Ok(())
    }

    fn has_project(&self, unit: &UnitCode, year: u16, purpose: &Purpose) -> bool {
        let Purpose::Project(code) = purpose else { return true };
        let Ok(register) = RegisterId::new("projects") else { return false };
        self.above(unit).any(|owner| {
            let rows = self.rows.get(&(owner.clone(), register.clone()));
            rows.is_some_and(|rows| rows.values().any(|row| is_project(row, code.as_str(), year)))
        })
    }
}

/// The unit and the year whose money an event moves, or whose budget it changes.
fn money_of(event: &Event) -> Option<(&UnitCode, u16)> {
    match event {
        Event::CeilingSet(ceiling) => Some((&ceiling.unit, ceiling.year)),
        Event::VersionFrozen(freeze, _) => Some((&freeze.unit, freeze.year)),
        Event::Released(_, unit, year, _)
        | Event::PaymentReversed(_, unit, year, _)
        | Event::ReceiptReversed(_, unit, year, _) => Some((unit, *year)),
        Event::Adjusted(adjustment) => adjustment.moves.first().map(|one| (&one.line.unit, one.line.year)),
        Event::Received(receipt) => Some((&receipt.pot.unit, receipt.pot.year)),
        Event::BroughtForward(balance) => Some((&balance.pot.unit, balance.pot.year)),
        Event::Moved(moved) => Some((&moved.pot.unit, moved.pot.year)),
        Event::YearClosed(closing, _) => Some((&closing.unit, closing.year)),
        event => event.line().map(|line| (&line.unit, line.year)),
    }
}
