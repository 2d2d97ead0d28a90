//! DW012: a total does not fall while none of its parts does, nor rise while none rises.

use super::Verdicts;
use crate::prose::Prose;
use crate::reading::three_public::{Category, Group, groups};
use crate::rules::dw001::word;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Direction;
use mingzhang_model::rule::{Outcome, Severity};

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("DW012");
    for group in groups(&prose) {
        let (Some(total), Some(parts)) = (group.get(&Category::Total), parts(&group)) else { continue };
        let Some(at) = total.mention.filter(|_| is_torn(&group)) else {
            verdicts.pass();
            continue;
        };
        let list: Vec<String> = parts.iter().map(|(name, direction)| format!("{name}{}", word(*direction))).collect();
        let message = format!("“三公”经费总额写的是{}，而{}", word(total.direction), list.join("、"));
        let others: Vec<usize> = group.values().filter_map(|change| change.mention).filter(|m| *m != at).collect();
        prose.fail(&mut verdicts, Severity::Error, at, &others, message);
    }
    verdicts.outcome("文中没有同时写出“三公”经费总额和各分项的增减")
}

/// True when a total goes where none of its parts goes.
pub(crate) fn is_torn(group: &Group) -> bool {
    let (Some(total), Some(parts)) = (group.get(&Category::Total), parts(group)) else { return false };
    total.direction != Direction::Level && parts.iter().all(|(_, direction)| *direction != total.direction)
}

/// The names and directions of the parts; none where one of them is not told.
fn parts(group: &Group) -> Option<Vec<(&'static str, Direction)>> {
    let of = |category| group.get(&category).map(|change| change.direction);
    let mut parts = vec![("因公出国（境）费", of(Category::Trips)?), ("公务接待费", of(Category::Reception)?)];
    match of(Category::Vehicles) {
        Some(vehicles) => parts.push(("公务用车购置及运行费", vehicles)),
        None => {
            parts.push(("公务用车购置费", of(Category::Purchase)?));
            parts.push(("公务用车运行费", of(Category::Running)?));
        }
    }
    Some(parts)
}
