//! Secrets: random numbers for sessions, links and tokens; the hashes by which they are known; passwords.
//!
//! What opens something is given out once and kept only as its SHA-256: who reads the journal cannot come in
//! with it. Passwords are hashed with Argon2id, with the parameters that its library recommends.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use mingzhang_desk::Refused;

use crate::pipeline::{hex, sha256};

/// The shortest password, in characters.
const SHORTEST: usize = 10;

/// So many passwords may wait to be looked at.
const MOST_WAITING: usize = 8;

/// The longest one: hashing takes time in proportion.
const LONGEST: usize = 200;

/// 256 random bits, in hexadecimal.
///
/// # Errors
/// In the words of the system, where it has no random numbers to give.
pub(crate) fn random() -> Result<String, String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| error.to_string())?;
    Ok(hex(&bytes))
}

/// What a secret is known by.
pub(crate) fn known_by(secret: &str) -> String {
    sha256(secret.as_bytes())
}

/// The token that the forms of a session carry: who does not know the secret cannot make it.
pub(crate) fn form_token(secret: &str) -> String {
    sha256(format!("form {secret}").as_bytes())
}

/// True where both are the same; takes the same time whatever they are.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

/// The hash of a password that may be one.
pub(crate) fn hash_password(password: &str, login: &str) -> Result<String, Refused> {
    let length = password.chars().count();
    if !(SHORTEST..=LONGEST).contains(&length) {
        return Err(Refused::new(
            format!("密码须为 {SHORTEST} 至 {LONGEST} 个字符"),
            format!("A password has {SHORTEST} to {LONGEST} characters"),
        ));
    }
    let distinct: std::collections::BTreeSet<char> = password.chars().collect();
    if distinct.len() < 5 || (login.chars().count() > 3 && password.to_lowercase().contains(&login.to_lowercase())) {
        return Err(Refused::new(
            "密码过于简单：请用至少 5 种不同的字符，且不要包含账号名",
            "The password is too simple: use at least 5 different characters, and not the name of the account",
        ));
    }
    hashed(password).map_err(|why| Refused::new(format!("无法保存密码：{why}"), format!("Cannot keep it: {why}")))
}

/// The hash of a password, whatever it is.
pub(crate) fn hashed(password: &str) -> Result<String, String> {
    Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(|why| why.to_string())
}

/// Whether a password is the one of a hash. One at a time: hashing is made to cost, and whoever sends many passwords
/// must not take all processors from those who read. None where too many wait already.
pub(crate) fn verifies(password: &str, hash: &str) -> Option<bool> {
    static ONE: Mutex<()> = Mutex::new(());
    static WAITING: AtomicUsize = AtomicUsize::new(0);
    let Ok(hash) = PasswordHash::new(hash) else { return Some(false) };
    if WAITING.fetch_add(1, Ordering::SeqCst) >= MOST_WAITING {
        WAITING.fetch_sub(1, Ordering::SeqCst);
        return None;
    }
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    WAITING.fetch_sub(1, Ordering::SeqCst);
    Some(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_the_one_of_its_hash_and_no_other() {
        let hash = hash_password("晴川历历汉阳树-17", "handler").unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        assert_eq!(verifies("晴川历历汉阳树-17", &hash), Some(true));
        assert_eq!(verifies("晴川历历汉阳树-18", &hash), Some(false));
        assert_eq!(verifies("", "no hash"), Some(false));
    }

    #[test]
    fn simple_passwords_are_refused() {
        for bad in ["short", "aaaaaaaaaaaa", "my-handler-1234", &"长".repeat(300)] {
            assert!(hash_password(bad, "handler").is_err(), "{bad}");
        }
    }

    #[test]
    fn secrets_differ() {
        let (a, b) = (random().unwrap(), random().unwrap());
        assert_eq!(a.len(), 64);
        assert!(!same(&a, &b) && same(&a, &a.clone()));
        assert_ne!(known_by(&a), form_token(&a));
    }
}
