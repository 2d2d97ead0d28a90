//! Signatures: rows that go through several hands wait on the desk until all have signed.
//!
//! Whoever enters such rows signs them in the first column; others sign the next ones, each in their own session.
//! The persons that stand in the books are therefore the accounts that signed, and never a sender's word. At every
//! look the rows are tried again against the books, with somebody who may in the columns that are still open, so
//! that nobody signs what would be refused.

use mingzhang_books::command::{Command, Request};
use mingzhang_books::import::{Table, read, table};
use mingzhang_books::names::{Person, RequestId, UnitCode};
use mingzhang_books::state::{Books, Done};
use mingzhang_books::unit::Role;
use mingzhang_books::{ACCOUNTANTS, Hand};
use mingzhang_desk::entry::Proposal;
use mingzhang_desk::state::Pending;
use mingzhang_model::set::Member;

use super::place::{Place, name_of};
use super::trial::{Fault, Fence, Trial, trial};
use super::typed::Typed;
use crate::serve::house::House;
use crate::serve::problem::Problem;

/// A column that somebody signs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Slot {
    pub(super) hand: Hand,
    /// The title of the column.
    pub(super) column: String,
    /// Who may sign: for every row.
    pub(super) roles: Vec<Role>,
    /// True where the rows can be read, so that it is known who may sign.
    is_known: bool,
    /// Who has signed.
    pub(super) signed: Option<Person>,
}

/// Rows that wait, looked at.
pub(super) struct Looked {
    pub(super) place: Place,
    pub(super) table: &'static Table,
    pub(super) typed: Typed,
    pub(super) slots: Vec<Slot>,
    pub(super) trial: Trial,
}

impl Looked {
    /// The column that is signed next.
    pub(super) fn next(&self) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.signed.is_none())
    }

    /// True where this person may sign next: has a role for it, and has not signed before.
    pub(super) fn may_sign(&self, person: &Person, books: &Books) -> bool {
        let has_signed = self.slots.iter().any(|slot| slot.signed.as_ref() == Some(person));
        !has_signed && self.next().is_some_and(|slot| holds_any(books, person, &slot.roles, &self.place.unit))
    }
}

fn holds_any(books: &Books, person: &Person, roles: &[Role], unit: &UnitCode) -> bool {
    roles.iter().any(|role| books.may(person, *role, unit))
}

/// Looks at rows with those who have signed so far, and tries them.
///
/// # Errors
/// Where there is no such table, or the rows are about another unit.
pub(super) fn look(house: &House, what: &Proposal, signed: &[(String, Person)]) -> Result<Looked, Problem> {
    let books = house.books();
    let mut looked = glance(&books, what, signed)?;
    let Looked { place, table, typed, slots, .. } = &looked;
    let (hands, lacking) = candidates(slots, &books, &place.unit);
    let fence = Fence { unit: &place.unit, year: Some(place.year) };
    let sender = sender(&hands, &books, &place.unit);
    let mut trial = trial(house, fence, &[typed.sheet(table, place, &hands)], &sender)?;
    // That nobody may sign is told first: what else is wrong with the open column follows from it.
    trial.complaints.splice(0..0, lacking.map(Fault::whole));
    looked.trial = trial;
    Ok(looked)
}

/// Looks who has signed and who may, without trying the rows.
///
/// # Errors
/// Where there is no such table.
pub(super) fn glance(books: &Books, what: &Proposal, signed: &[(String, Person)]) -> Result<Looked, Problem> {
    let table = table(&what.table).ok_or_else(Problem::missing)?;
    let place = Place { unit: what.unit.clone(), name: name_of(books, &what.unit), year: what.year };
    let typed = Typed { header: what.header.clone(), rows: what.rows.clone() };
    let mut slots: Vec<Slot> = table
        .hands()
        .map(|(hand, column)| Slot {
            hand,
            column: column.title.clone(),
            roles: Vec::new(),
            is_known: false,
            signed: signed.iter().find(|(own, _)| *own == column.title).map(|(_, person)| person.clone()),
        })
        .collect();
    slots.sort_by_key(|slot| slot.hand);
    roles(&mut slots, &typed, table, &place, books);
    Ok(Looked { place, table, typed, slots, trial: Trial::default() })
}

/// Which roles may sign: those that may for every row.
fn roles(slots: &mut [Slot], typed: &Typed, table: &Table, place: &Place, books: &Books) {
    let Ok(anybody) = Person::new("待签") else { return };
    let hands: Vec<(Hand, Person)> = slots.iter().map(|slot| (slot.hand, anybody.clone())).collect();
    let reading = read(&[typed.sheet(table, place, &hands)], books);
    let wanted: Vec<Vec<(Hand, &[Role])>> = reading.commands.iter().map(|(_, command)| command.hands()).collect();
    for slot in slots {
        let mut each = wanted.iter().map(|hands| hands.iter().find(|(hand, _)| *hand == slot.hand));
        let Some(Some((_, first))) = each.next() else { continue };
        let in_all = |role: &Role| wanted.iter().flatten().all(|(hand, may)| *hand != slot.hand || may.contains(role));
        slot.is_known = true;
        slot.roles = first.iter().copied().filter(in_all).collect();
    }
}

/// Who has signed, and for the open columns somebody who may; what is lacking where nobody is there.
fn candidates(slots: &[Slot], books: &Books, unit: &UnitCode) -> (Vec<(Hand, Person)>, Option<String>) {
    let mut hands: Vec<(Hand, Person)> =
        slots.iter().filter_map(|slot| Some((slot.hand, slot.signed.clone()?))).collect();
    let mut lacking = None;
    for slot in slots.iter().filter(|slot| slot.signed.is_none()) {
        let is_free = |person: &&Person| {
            !hands.iter().any(|(_, taken)| taken == *person) && holds_any(books, person, &slot.roles, unit)
        };
        match books.appointments().map(|(_, person, _)| person).find(is_free) {
            Some(person) => hands.push((slot.hand, person.clone())),
            None if slot.roles.is_empty() => {
                let what = format!("这些行不能由同一人在“{}”签字，请按决定机关或版本分开提交", slot.column);
                lacking = lacking.or(slot.is_known.then_some(what));
            }
            None => {
                let terms: Vec<&str> = slot.roles.iter().map(|role| role.term()).collect();
                let what = format!(
                    "没有人可以在“{}”签字：须有“{}”职责，且与前面签字的不是同一人；请由系统管理员授予职责",
                    slot.column,
                    terms.join("”或“")
                );
                lacking = lacking.or(Some(what));
            }
        }
    }
    hands.sort_by_key(|(hand, _)| *hand);
    (hands, lacking)
}

/// In whose name the rows are sent: of the last who signed and keeps accounts. A cashier signs and does not send.
fn sender(hands: &[(Hand, Person)], books: &Books, unit: &UnitCode) -> Person {
    let keeps = |person: &&Person| holds_any(books, person, ACCOUNTANTS, unit);
    let people = || hands.iter().map(|(_, person)| person);
    let sender = people().rev().find(keeps).or_else(|| people().next_back());
    sender.cloned().unwrap_or_else(|| unreachable!("whoever enters rows has signed"))
}

/// The number under which a proposal goes into the books: whatever happens, it is entered once.
fn request_id(pending: &Pending) -> Result<RequestId, Problem> {
    let id = RequestId::new(&format!("proposal-{}-{}", pending.id, pending.at));
    id.map_err(|why| Problem::internal(why.to_string()))
}

/// The entries of a proposal that is in the books already, though the desk may not know it yet: the server may have
/// been killed between the two.
pub(super) fn entered(house: &House, pending: &Pending) -> Result<Option<Done>, Problem> {
    Ok(house.books().done(&request_id(pending)?))
}

/// Sends rows that all have signed. Sent twice, they are carried out once.
///
/// # Errors
/// Where they are refused after all, or the store fails.
pub(super) fn carry_out(house: &House, pending: &Pending, at: u64) -> Result<Done, Problem> {
    let looked = look(house, &pending.what, &pending.signed)?;
    let id = request_id(pending)?;
    let books = house.books();
    if let Some(done) = books.done(&id) {
        return Ok(done);
    }
    if let Some(fault) = looked.trial.complaints.first() {
        let words = format!("账簿现在不接受这些行：{}", fault.message);
        return Err(Problem::new(axum::http::StatusCode::UNPROCESSABLE_ENTITY, words.clone(), words));
    }
    let hands: Vec<(Hand, Person)> =
        looked.slots.iter().filter_map(|slot| Some((slot.hand, slot.signed.clone()?))).collect();
    let by = sender(&hands, &books, &looked.place.unit);
    let commands: Vec<Command> = looked.trial.commands;
    house.post(&Request { id, by, at, commands })
}
