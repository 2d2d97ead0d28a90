//! [`preview`]: what an import would change, decided against the books; nothing is written.
//!
//! What a row says is compared with what the journal last said of the same thing. A row that says it
//! again is left out, so that a file may be imported twice; a row of a register that differs is a
//! correction; a payment whose number is used for another payment is complained of.

use super::column::Is;
use super::complaint::{Complaint, Complaints};
use super::subject::{Nature, Subject, command_of};
use super::{Place, Reading};
use crate::command::{Command, Request};
use crate::entry::{Event, Version};
use crate::ledger::{Failure, Ledger};
use crate::names::{Person, RequestId, UnitCode};
use crate::refusal::{Reason, Refusal, yuan};
use crate::state::Books;
use crate::store::Store;
use mingzhang_model::amount::Amount;
use mingzhang_model::key::{Fund, Kind};
use mingzhang_model::set::Member;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Why a row of a register is put right, where the sheet does not say.
pub const CORRECTION: &str = "导入更正";

/// How many refusals of one kind are told of one sheet: what follows from the first would bury it.
const ALIKE: usize = 5;

/// How many rows of one table are new, changed, or already there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableChange {
    /// The title of the table.
    pub title: String,
    /// Rows about something that the books do not have.
    pub new: usize,
    /// Rows that change what the books have.
    pub changed: usize,
    /// Rows that say what the books say.
    pub unchanged: usize,
}

/// The sum of a version's budget lines of one fund and kind, before and after. In fen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BudgetChange {
    /// The budget year.
    pub year: u16,
    /// The round.
    pub version: Version,
    /// Whose money.
    pub fund: Fund,
    /// Spent as what.
    pub kind: Kind,
    /// Before the import.
    pub before: Amount,
    /// After it.
    pub after: Amount,
}

/// What an import would change.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// What is to be sent, in order. Empty where something is wrong or nothing is new.
    pub commands: Vec<Command>,
    /// The place of each.
    pub places: Vec<Place>,
    /// What is wrong, with the place. While there is anything, nothing may be sent.
    pub complaints: Complaints,
    /// Table by table.
    pub tables: Vec<TableChange>,
    /// The budgets of the units and years that the import touches.
    pub budgets: Vec<BudgetChange>,
}

impl Preview {
    /// The one request that carries the import out whole or not at all.
    pub fn request(self, id: RequestId, by: Person, at: u64) -> Request {
        Request { id, by, at, commands: self.commands }
    }
}

/// Decides what was read against the books. The journal is read once.
pub fn preview<S: Store>(ledger: &mut Ledger<S>, reading: &Reading, by: &Person) -> Result<Preview, Failure> {
    if !reading.complaints.is_empty() {
        return Ok(Preview { complaints: reading.complaints.clone(), ..Preview::default() });
    }
    let subjects: Vec<Option<Subject>> = reading.commands.iter().map(|(_, command)| Subject::of(command)).collect();
    let kept = kept(ledger, &subjects)?;
    let mut settled = settle(reading, &subjects, kept);
    if !settled.complaints.is_empty() {
        settled.commands.clear();
        settled.places.clear();
        return Ok(settled);
    }
    let Ok(id) = RequestId::new("preview") else { return Ok(settled) };
    let request = Request { id, by: by.clone(), at: 0, commands: std::mem::take(&mut settled.commands) };
    let (after, refusals) = ledger.preview(&request);
    settled.commands = request.commands;
    let mut alike: BTreeMap<(Option<u32>, &'static str), usize> = BTreeMap::new();
    for (command, refusal) in &refusals {
        let layout = settled.places.get(*command).map(|place| place.layout);
        let told = alike.entry((layout, refusal.reason.word())).or_default();
        *told += 1;
        if *told <= ALIKE {
            settled.complaints.push(complaint(reading, &settled, *command, refusal));
        } else {
            settled.complaints.pass_over();
        }
    }
    settled.budgets = budgets(ledger.books(), &after, &settled.commands);
    if !settled.complaints.is_empty() {
        settled.commands.clear();
        settled.places.clear();
    }
    Ok(settled)
}

/// The place of a refusal that came when the request was posted after all, since others wrote meanwhile.
pub fn complaint(reading: &Reading, preview: &Preview, command: usize, refusal: &Refusal) -> Complaint {
    let Some(place) = preview.places.get(command).copied() else {
        return Complaint { sheet: String::new(), row: 0, column: None, message: refusal.to_string() };
    };
    reading.complaint(place, column(refusal, preview.commands.get(command)), refusal.to_string())
}

/// What the journal said last of each thing that the import speaks of.
#[derive(Default)]
struct Kept {
    last: Option<Command>,
    /// How often it was said.
    times: usize,
}

fn kept<S: Store>(ledger: &mut Ledger<S>, subjects: &[Option<Subject>]) -> Result<HashMap<Subject, Kept>, Failure> {
    let mut kept: HashMap<Subject, Kept> =
        subjects.iter().flatten().map(|subject| (subject.clone(), Kept::default())).collect();
    ledger.replay(|_, entry| {
        // The closing of a year opens the next.
        if let Event::YearClosed(closing, _) = &entry.event {
            let next = Command::OpenYear(closing.unit.clone(), closing.year + 1);
            said(&mut kept, next);
        }
        if let Some(command) = command_of(entry.event) {
            said(&mut kept, command);
        }
    })?;
    Ok(kept)
}

fn said(kept: &mut HashMap<Subject, Kept>, command: Command) {
    let found = Subject::of(&command).and_then(|subject| kept.get_mut(&subject));
    if let Some(found) = found {
        found.last = Some(command);
        found.times += 1;
    }
}

/// True when both say the same of one thing.
fn same(a: &Command, b: &Command) -> bool {
    match (a, b) {
        (Command::OpenUnit(a) | Command::ChangeUnit(a), Command::OpenUnit(b) | Command::ChangeUnit(b)) => a == b,
        (
            Command::AddRow(_, _, a) | Command::CorrectRow(_, _, a, _),
            Command::AddRow(_, _, b) | Command::CorrectRow(_, _, b, _),
        ) => a == b,
        // Once is enough, for whatever reason.
        (Command::RemoveRow(..), Command::RemoveRow(..))
        | (Command::ReversePayment(..), Command::ReversePayment(..))
        | (Command::ReverseReceipt(..), Command::ReverseReceipt(..)) => true,
        _ => a == b,
    }
}

/// True when a command leaves nothing of its subject.
fn is_nothing(command: &Command) -> bool {
    match command {
        Command::RemoveRow(..) | Command::Dismiss(..) => true,
        Command::Budget(budgeted) => budgeted.amount.is_zero(),
        _ => false,
    }
}

/// Leaves out what the books have, and says of the rest how it is to be sent.
fn settle(reading: &Reading, subjects: &[Option<Subject>], mut kept: HashMap<Subject, Kept>) -> Preview {
    // What the file leaves each thing at, in the end.
    let mut ends: HashMap<&Subject, usize> = HashMap::new();
    for (at, subject) in subjects.iter().enumerate() {
        if let Some(subject) = subject {
            ends.insert(subject, at);
        }
    }
    let mut preview = Preview::default();
    let mut counts: BTreeMap<usize, [usize; 3]> = BTreeMap::new();
    for (at, ((place, command), subject)) in reading.commands.iter().zip(subjects).enumerate() {
        let Some(subject) = subject else { continue };
        let table = reading.layouts.get(place.layout as usize).map_or(usize::MAX, |layout| super::rank(layout.table));
        let counted = counts.entry(table).or_default();
        let Some(known) = kept.get_mut(subject) else { continue };
        let end = ends.get(subject).map_or(command, |end| &reading.commands[*end].1);
        let is_known = match (subject.nature(), &known.last) {
            (Nature::Repeated, _) if known.times > 0 => {
                known.times -= 1;
                true
            }
            (Nature::Repeated, _) => false,
            (_, None) => is_nothing(command) && !matches!(command, Command::Dismiss(..)),
            (_, Some(last)) => same(end, last) || same(command, last),
        };
        if is_known {
            counted[2] += 1;
            continue;
        }
        let had = known.last.take().filter(|last| !is_nothing(last));
        if let (Nature::Numbered, Some(had)) = (subject.nature(), &had) {
            let message = format!(
                "{}已在账上，内容不同（账上：{}）；同一笔不必再导入，另一笔请换编号",
                subject.words(),
                told(had)
            );
            preview.complaints.push(reading.complaint(*place, Some(Is::Id), message));
            known.last = Some(had.clone());
            continue;
        }
        counted[usize::from(had.is_some())] += 1;
        if subject.nature() != Nature::Repeated && ends.get(subject) != Some(&at) {
            known.last = Some(command.clone());
        }
        preview.commands.push(sent(command, had.is_some()));
        preview.places.push(*place);
    }
    preview.tables = counts
        .into_iter()
        .filter_map(|(table, [new, changed, unchanged])| {
            let title = super::tables().get(table)?.title.clone();
            Some(TableChange { title, new, changed, unchanged })
        })
        .collect();
    preview
}

/// The command as it is sent: what is there is changed, what is not is added.
fn sent(command: &Command, is_there: bool) -> Command {
    match (command.clone(), is_there) {
        (Command::OpenUnit(unit), true) => Command::ChangeUnit(unit),
        (Command::AddRow(unit, name, row), true) => Command::CorrectRow(unit, name, row, CORRECTION.to_owned()),
        (Command::CorrectRow(unit, name, row, _), false) => Command::AddRow(unit, name, row),
        (command, _) => command,
    }
}

/// What the books have, for a complaint about a number that is used.
fn told(command: &Command) -> String {
    match command {
        Command::Pay(payment) => format!("{} {}", payment.on, yuan(payment.amount)),
        Command::Receive(receipt) => format!("{} {}", receipt.on, yuan(receipt.amount)),
        Command::Reserve(reservation) => format!("{} {}", reservation.on, yuan(reservation.amount)),
        Command::Adjust(adjustment) => format!("{} {}", adjustment.on, adjustment.document),
        _ => String::new(),
    }
}

/// The column that a refusal is about, where its reason makes that certain.
fn column(refusal: &Refusal, command: Option<&Command>) -> Option<Is> {
    let other_unit = || {
        let own = command.and_then(Command::unit).map(|unit| format!(" {unit} "));
        let names_own = own.is_some_and(|own| format!("{} ", refusal.what).contains(&own));
        match command {
            Some(Command::OpenUnit(_) | Command::ChangeUnit(_)) => Is::Parent,
            _ if names_own => Is::Unit,
            Some(Command::Receive(_)) => Is::From,
            _ => Is::Counterparty,
        }
    };
    Some(match refusal.reason {
        Reason::UnknownUnit | Reason::UnitClosed => other_unit(),
        Reason::CyclicUnits => Is::Parent,
        Reason::UnknownYear | Reason::YearExists | Reason::YearClosed | Reason::YearOpen => Is::Year,
        Reason::NotApproved => Is::Year,
        Reason::NotInYear => match command {
            Some(Command::BringForward(_)) => Is::Since,
            _ => Is::On,
        },
        Reason::BadLine if refusal.what.starts_with("功能") => Is::Function,
        Reason::BadLine if refusal.what.starts_with("部门经济") => Is::Economic,
        Reason::BadLine => Is::Counterparty,
        Reason::BadAmount | Reason::Short | Reason::NotAllotted | Reason::OverPlan => Is::Amount,
        Reason::ReservationShort | Reason::ContractShort | Reason::PotShort => Is::Amount,
        Reason::Frozen | Reason::VersionOrder | Reason::EmptyVersion => Is::Version,
        Reason::UnknownProject => Is::Project,
        Reason::UnknownReservation => Is::Reservation,
        Reason::RowNeeded => Is::Register,
        Reason::UnknownRow => match command {
            Some(Command::Pay(payment)) if payment.row.is_some() => Is::RegisterRow,
            Some(Command::Pay(_)) => Is::Contract,
            _ => Is::Id,
        },
        Reason::IdTaken | Reason::UnknownId | Reason::AlreadyReversed => Is::Id,
        Reason::NeedsDocument => Is::Document,
        Reason::NeedsReason => Is::Reason,
        Reason::IntoThreePublic => Is::ThreePublic,
        _ => return None,
    })
}

/// The sums of the budgets that the commands touch, before and after.
fn budgets(before: &Books, after: &Books, commands: &[Command]) -> Vec<BudgetChange> {
    let touched: BTreeSet<(&UnitCode, u16, Version)> = commands
        .iter()
        .filter_map(|command| match command {
            Command::Budget(budgeted) => Some((&budgeted.line.unit, budgeted.line.year, budgeted.version)),
            _ => None,
        })
        .collect();
    let mut sums: BTreeMap<(u16, Version, Fund, Kind), [i64; 2]> = BTreeMap::new();
    for (unit, number, version) in touched {
        for (side, books) in [before, after].into_iter().enumerate() {
            let Some(year) = books.year(unit, number) else { continue };
            for (line, amount) in year.version(version) {
                sums.entry((number, version, line.fund, line.purpose.kind())).or_default()[side] += amount.0;
            }
        }
    }
    let change = |((year, version, fund, kind), [before, after]): ((u16, Version, Fund, Kind), [i64; 2])| {
        BudgetChange { year, version, fund, kind, before: Amount(before), after: Amount(after) }
    };
    sums.into_iter().map(change).collect()
}

impl BudgetChange {
    /// As a line that a person reads: 2024 年批复 一般公共预算 基本支出 0.00元 → 1,000.00元.
    pub fn words(&self) -> String {
        let (version, fund, kind) = (self.version.term(), self.fund.term(), self.kind.term());
        format!("{} 年{version} {fund} {kind} {} → {}", self.year, yuan(self.before), yuan(self.after))
    }
}
