//! Proposals: rows for the books that wait until all who must sign have signed.

use super::{Decision, worded};
use crate::Refused;
use crate::entry::{Event, Id, Proposal, Settled, Upload};
use crate::state::{Desk, Pending};
use mingzhang_books::names::{Person, UnitCode};

impl Desk {
    /// Rows wait for signatures; who makes the proposal signs in `column`.
    pub fn propose(&self, what: Proposal, column: &str) -> Decision {
        let proposal = self.proposals.last_key_value().map_or(1, |(last, _)| last + 1);
        Ok(vec![Event::Proposed { proposal, what, column: column.to_owned() }])
    }

    /// The same for several at once: all of them or none.
    pub fn propose_all(&self, all: Vec<(String, Proposal)>) -> Decision {
        let first = self.proposals.last_key_value().map_or(1, |(last, _)| last + 1);
        let proposed = |(proposal, (column, what))| Event::Proposed { proposal, what, column };
        Ok((first..).zip(all).map(proposed).collect())
    }

    /// One more signs. Nobody signs twice.
    pub fn sign(&self, proposal: Id, by: &Person, column: &str) -> Decision {
        let pending = self.pending(proposal)?;
        if let Some((signed, _)) = pending.signed.iter().find(|(_, person)| person == by) {
            return Err(Refused::new(
                format!("{by} 已在“{signed}”签字，同一人不能再签"),
                format!("{by} has signed already ({signed}); nobody signs twice"),
            ));
        }
        if pending.signed.iter().any(|(signed, _)| signed == column) {
            return Err(Refused::new(format!("“{column}”已有人签字"), format!("{column} is signed already")));
        }
        Ok(vec![Event::Signed { proposal, column: column.to_owned() }])
    }

    /// The proposal is in the books.
    pub fn posted(&self, proposal: Id, first: u64, last: u64) -> Decision {
        self.pending(proposal)?;
        Ok(vec![Event::Settled { proposal, how: Settled::Posted(first, last) }])
    }

    /// The proposal is sent back.
    pub fn send_back(&self, proposal: Id, why: &str) -> Decision {
        self.pending(proposal)?;
        let why = worded(why, "退回原因", "reason for sending it back")?;
        Ok(vec![Event::Settled { proposal, how: Settled::Returned(why) }])
    }

    /// Whoever made the proposal takes it back.
    pub fn withdraw(&self, proposal: Id, by: &Person) -> Decision {
        let pending = self.pending(proposal)?;
        if pending.signed.first().is_none_or(|(_, person)| person != by) {
            return Err(Refused::new("只有提交人可以撤回", "Only who made the proposal can take it back"));
        }
        Ok(vec![Event::Settled { proposal, how: Settled::Withdrawn }])
    }

    /// The file of a disclosure is laid down for its way to publication.
    pub fn file_disclosure(&self, unit: UnitCode, year: u16, publication: &str, file: Upload) -> Decision {
        Ok(vec![Event::Filed { unit, year, publication: publication.to_owned(), file }])
    }

    fn pending(&self, proposal: Id) -> Result<&Pending, Refused> {
        match self.proposal(proposal) {
            Some(pending) if pending.settled.is_none() => Ok(pending),
            Some(_) => Err(Refused::new("这笔已经办结", "This proposal is settled already")),
            None => Err(Refused::new("没有这笔待办", "There is no such proposal")),
        }
    }
}
