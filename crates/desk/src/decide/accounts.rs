//! Accounts, sessions, tokens.

use super::{Decision, worded};
use crate::Refused;
use crate::entry::{Event, Grant, Id, Sha256};
use crate::state::Desk;
use mingzhang_books::names::Person;
use std::collections::BTreeSet;

/// The most tokens of one account.
const MOST_TOKENS: usize = 20;

impl Desk {
    /// A link with which somebody sets the password of an account, once: of a new one, or of one whose password
    /// was forgotten.
    pub fn invite(&self, link: Sha256, login: Person, grants: BTreeSet<Grant>, until: u64) -> Decision {
        if self.accounts.get(&login).is_some_and(|account| account.closed) {
            return Err(Refused::new(
                format!("账号 {login} 已停用；请换一个账号名"),
                format!("The account {login} is closed; please choose another name"),
            ));
        }
        Ok(vec![Event::Invited { link, login, grants, until }])
    }

    /// Somebody sets a password through a link.
    pub fn enter(&self, link: Sha256, password: String, now: u64) -> Decision {
        let Some(invitation) = self.invitation(&link, now) else {
            return Err(Refused::new(
                "链接无效、已用过或已过期；请向管理员要一个新链接",
                "The link is wrong, used or over; please ask an administrator for a new one",
            ));
        };
        Ok(vec![Event::Entered { link, login: invitation.login.clone(), password }])
    }

    /// An account is opened with a password at once.
    pub fn open_account(&self, login: Person, password: String, grants: BTreeSet<Grant>) -> Decision {
        if self.accounts.contains_key(&login) {
            return Err(Refused::new(format!("已有账号 {login}"), format!("There is an account {login} already")));
        }
        Ok(vec![Event::AccountOpened { login, password, grants }])
    }

    /// A password is changed by its owner, who has shown the old one.
    pub fn change_password(&self, login: Person, password: String) -> Decision {
        self.there(&login)?;
        Ok(vec![Event::PasswordChanged { login, password }])
    }

    /// An account is given other grants. One administrator stays.
    pub fn grant(&self, login: Person, grants: BTreeSet<Grant>) -> Decision {
        self.there(&login)?;
        if !grants.contains(&Grant::Administrator) {
            self.not_the_last_administrator(&login)?;
        }
        Ok(vec![Event::Granted { login, grants }])
    }

    /// An account is closed. One administrator stays.
    pub fn close_account(&self, login: Person) -> Decision {
        self.there(&login)?;
        self.not_the_last_administrator(&login)?;
        Ok(vec![Event::AccountClosed { login }])
    }

    /// A session begins, after the password was right.
    pub fn sign_in(&self, login: Person, session: Sha256, until: u64) -> Decision {
        self.there(&login)?;
        Ok(vec![Event::SignedIn { login, session, until }])
    }

    /// A session ends; one that is over already leaves no trace.
    pub fn sign_out(&self, session: Sha256) -> Decision {
        Ok(if self.sessions.contains_key(&session) { vec![Event::SignedOut { session }] } else { Vec::new() })
    }

    /// A token for programs.
    pub fn issue_token(&self, login: Person, name: &str, secret: Sha256, until: u64) -> Decision {
        self.there(&login)?;
        let name = worded(name, "用途", "purpose")?;
        if self.tokens_of(&login).len() >= MOST_TOKENS {
            return Err(Refused::new(
                format!("每个账号最多 {MOST_TOKENS} 个令牌，请先撤销不用的"),
                format!("An account has at most {MOST_TOKENS} tokens; please revoke those no longer needed"),
            ));
        }
        Ok(vec![Event::TokenIssued { token: self.last_token + 1, login, name, secret, until }])
    }

    /// A token of this account opens nothing any more.
    pub fn revoke_token(&self, login: &Person, token: Id) -> Decision {
        if !self.tokens.values().any(|other| other.id == token && other.login == *login) {
            return Err(Refused::new("没有这个令牌", "There is no such token"));
        }
        Ok(vec![Event::TokenRevoked { token }])
    }

    fn there(&self, login: &Person) -> Result<(), Refused> {
        match self.account(login) {
            Some(_) => Ok(()),
            None => Err(Refused::new(format!("没有账号 {login}"), format!("There is no account {login}"))),
        }
    }

    fn not_the_last_administrator(&self, login: &Person) -> Result<(), Refused> {
        let administers =
            |other: &Person| self.account(other).is_some_and(|account| account.grants.contains(&Grant::Administrator));
        if administers(login) && !self.accounts.keys().any(|other| other != login && administers(other)) {
            return Err(Refused::new(
                "这是最后一个管理员，之后将无人能管理账号；请先授予另一个账号管理员权限",
                "This is the last administrator; please make another account one first",
            ));
        }
        Ok(())
    }
}
