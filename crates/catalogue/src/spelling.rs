//! How a [`Key`] is written down and read back: `2024/initial/expenditure funds=general_public function=2010301`.
//!
//! It is the key's own display, so that what is stored is what tests and programs print.

use mingzhang_model::code::{EconomicCode, FunctionalCode};
use mingzhang_model::detail::{Aspect, Details};
use mingzhang_model::key::{Economic, Function, Fund, Key, Kind, Measure, Stage, UnitKind};
use mingzhang_model::set::{Member, Set};
use mingzhang_standard::filter::members;

/// The key that a spelling names; none for anything that is no spelling of one.
pub(crate) fn key(text: &str) -> Option<Key> {
    let mut groups = text.split(' ');
    let mut head = groups.next()?.split('/');
    let (year, stage, measures) = (head.next()?, head.next()?, head.next()?);
    let stage = Stage::ALL.iter().copied().find(|own| own.word() == stage)?;
    let mut key = Key::everything(year.parse().ok()?, stage, set::<Measure>(measures)?);
    if head.next().is_some() {
        return None;
    }
    for group in groups {
        if let Some(details) = detail(&key, group) {
            key.details = details;
            continue;
        }
        match group.split_once('=')? {
            ("funds", words) => key.funds = set::<Fund>(words)?,
            ("kinds", words) => key.kinds = set::<Kind>(words)?,
            ("units", words) => key.units = set::<UnitKind>(words)?,
            ("function", digits) => key.function = Function::Code(FunctionalCode::parse(digits)?),
            ("economic", codes) => key.economic = economic(codes)?,
            _ => return None,
        }
    }
    Some(key)
}

/// The details of a key with one more: `unit=121001`, `change`.
fn detail(key: &Key, group: &str) -> Option<Details> {
    let (word, path) = group.split_once('=').unwrap_or((group, ""));
    let aspect = Aspect::ALL.iter().copied().find(|aspect| aspect.word() == word)?;
    Some(key.details.with(aspect, path))
}

/// An empty set is spelt as nothing.
fn set<M: Member>(words: &str) -> Option<Set<M>> {
    if words.is_empty() { Some(Set::EMPTY) } else { members(words) }
}

fn economic(codes: &str) -> Option<Economic> {
    if codes.is_empty() {
        return Some(Economic::of([]));
    }
    let codes: Option<Vec<EconomicCode>> = codes.split('+').map(EconomicCode::parse).collect();
    codes.map(Economic::of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_key_displays_is_read_back() {
        for text in [
            "2024/initial/expenditure",
            "2023/final_accounts/income+surplus_use+opening funds=general_public+government_managed",
            "2024/adjusted/expenditure kinds=basic units=administrative function=2010301 economic=30212+31013",
            "2026/initial/expenditure unit=121/121001 project=数字化 change",
            "0/initial/",
        ] {
            assert_eq!(key(text).map(|key| key.to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_is_no_key_is_none() {
        for text in ["", "2024", "2024/initial", "2024/x/income", "2024/initial/income/y", "2024/initial/gold"] {
            assert_eq!(key(text), None, "{text}");
        }
        assert_eq!(key("2024/initial/income function=1"), None);
        assert_eq!(key("2024/initial/income colour=red"), None);
        assert_eq!(key("70000/initial/income"), None);
    }
}
