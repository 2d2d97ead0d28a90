//! Whether something may happen on the desk. Nothing here changes it: a decision is events, or a refusal in words.
//!
//! Who may see a batch or a unit is for the caller to ask first; what is decided here is whether it makes sense.

mod accounts;
mod batches;
pub use batches::MOST_FILES;
mod proposals;

use crate::Refused;
use crate::entry::Event;

/// What happens, or why nothing does.
pub type Decision = Result<Vec<Event>, Refused>;

/// The longest name or reason, in characters.
const LONGEST: usize = 500;

/// Words that a person typed, without trimmings.
fn worded(words: &str, zh: &str, en: &str) -> Result<String, Refused> {
    let words = words.trim();
    if words.is_empty() {
        return Err(Refused::new(format!("请填写{zh}"), format!("Please fill in the {en}")));
    }
    if words.chars().count() > LONGEST || words.chars().any(|c| c.is_control() && c != '\n' && c != '\r') {
        return Err(Refused::new(
            format!("{zh}超过 {LONGEST} 个字，或含有控制字符"),
            format!("The {en} is longer than {LONGEST} characters or has control characters in it"),
        ));
    }
    Ok(words.to_owned())
}
