//! Whose hands a command goes through: which roles may sign it, one after the other.
//!
//! Deciding asks here, and so does whoever collects the signatures before a command is sent.

use crate::command::Command;
use crate::entry::{Adjustment, Authority, Freeze, Moved, Movement, Step, Version};
use crate::unit::Role;

/// A hand that a command goes through.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Hand {
    /// 经办
    Prepared,
    /// 审核 of a payment.
    Reviewed,
    /// 支付 of a payment.
    Paid,
    /// 审批
    Approved,
}

/// Who may prepare what another approves.
pub(super) const PREPARERS: &[Role] = &[Role::Handler, Role::Reviewer, Role::Bookkeeper];

/// Who may approve that money is set aside.
pub(super) const RESERVERS: &[Role] = &[Role::Head, Role::Reviewer];

/// Who may approve that a year is closed.
pub(super) const CLOSERS: &[Role] = &[Role::Head];

/// Who may approve the accounts.
pub(super) const ACCOUNTS_APPROVERS: &[Role] = &[Role::Finance, Role::Department];

/// The hands of a payment.
pub(super) const PAYERS: [(Hand, &[Role]); 3] =
    [(Hand::Prepared, &[Role::Handler]), (Hand::Reviewed, &[Role::Reviewer]), (Hand::Paid, &[Role::Cashier])];

/// Who keeps accounts: who holds the money enters neither income nor expenditure (会计法), and who reviews secrecy
/// or administers has no business with money.
pub const ACCOUNTANTS: &[Role] =
    &[Role::Handler, Role::Reviewer, Role::Bookkeeper, Role::Head, Role::Department, Role::Finance];

/// Who submits a version or sets it.
pub(super) fn freezers(freeze: &Freeze) -> &'static [Role] {
    match freeze.version {
        Version::FirstSubmission | Version::SecondSubmission => &[Role::Head, Role::Department],
        Version::Ceiling | Version::Approved => &[Role::Finance, Role::Department],
    }
}

/// Who decides a change of the budget.
pub(super) fn adjusters(adjustment: &Adjustment) -> &'static [Role] {
    match adjustment.authority {
        Authority::Unit => &[Role::Head],
        Authority::Department => &[Role::Department],
        Authority::Finance => &[Role::Finance],
    }
}

/// Who decides that money moves without being income or expenditure.
pub(super) fn movers(moved: &Moved) -> &'static [Role] {
    match moved.movement {
        Movement::Recovered => &[Role::Finance],
        Movement::SurplusUsed | Movement::SurplusDistributed => &[Role::Head],
    }
}

/// Who may bring a publication to a step.
pub fn steppers(step: Step) -> &'static [Role] {
    match step {
        Step::Drafted | Step::Checked => &[Role::Handler, Role::Reviewer, Role::Bookkeeper],
        Step::Reviewed => &[Role::Reviewer, Role::Department],
        Step::SecrecyReviewed => &[Role::Secrecy],
        Step::Signed => &[Role::Head],
        Step::Published => &[Role::Handler, Role::Reviewer],
        Step::Returned => &[Role::Reviewer, Role::Secrecy, Role::Head, Role::Department, Role::Finance],
    }
}

impl Command {
    /// The hands that it goes through, in order, and the roles that may sign for each: different persons. None for
    /// what its sender alone answers for.
    pub fn hands(&self) -> Vec<(Hand, &'static [Role])> {
        let approvers = match self {
            Command::Pay(_) | Command::Transfer(..) => return PAYERS.to_vec(),
            Command::Freeze(freeze) => freezers(freeze),
            Command::Adjust(adjustment) => adjusters(adjustment),
            Command::Reserve(_) => RESERVERS,
            Command::Move(moved) => movers(moved),
            Command::CloseYear(_) => CLOSERS,
            Command::ApproveAccounts(_) => ACCOUNTS_APPROVERS,
            _ => return Vec::new(),
        };
        vec![(Hand::Prepared, PREPARERS), (Hand::Approved, approvers)]
    }
}
