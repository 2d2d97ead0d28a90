//! TX041: the explanation of a project calls the project what its title calls it.

use super::Verdicts;
use crate::reading::projects::{BUDGET, Project, projects};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;

/// The shortest name of which a slip tells anything, in characters.
const SHORTEST: usize = 5;

/// So many characters may be missing or too many for it to be the same name, miswritten.
const SLIPS: usize = 2;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("TX041");
    for project in projects(document) {
        let (Some(name), Some(part)) = (name(&project), &project.parts[BUDGET]) else { continue };
        for line in &part.lines {
            let text = line.text();
            let Some(at) = text.find("预算安排") else { continue };
            let said: Vec<char> = words::fold(&text[..at]).chars().collect();
            let wanted: Vec<char> = name.chars().collect();
            if said.ends_with(&wanted) || said.windows(wanted.len()).any(|window| window == wanted) {
                verdicts.pass();
                continue;
            }
            let Some(near) = near_at_end(&said, &wanted) else { continue };
            let quote: String = near.iter().collect();
            let Some(from) = text.find(&quote) else { continue };
            let message = format!("项目说明的标题写作“{name}”，这里写作“{quote}”，项目名称应当前后一致");
            verdicts.fail(line.locate(facts, from..from + quote.len()), &quote, message);
        }
    }
    verdicts.outcome("没有写明项目名称和年度预算安排的项目说明")
}

/// The name in the title of an explanation: 地契扫描费 in 地契扫描费项目经费情况说明.
fn name(project: &Project<'_>) -> Option<String> {
    let title = words::fold(project.title.as_ref()?.text());
    let name = ["项目经费情况说明", "项目情况说明", "经费情况说明"].iter().find_map(|end| title.strip_suffix(end))?;
    let name = name.trim_start_matches(|c: char| c.is_ascii_digit() || ".、".contains(c));
    (name.chars().count() >= SHORTEST).then(|| name.to_string())
}

/// The end of what is said that is the name but for a slip: it begins and ends as the name does, and has a
/// few characters more or fewer.
fn near_at_end<'s>(said: &'s [char], name: &[char]) -> Option<&'s [char]> {
    let (head, tail) = (&name[..2], &name[name.len() - 2..]);
    if !said.ends_with(tail) {
        return None;
    }
    let lengths = name.len() - SLIPS..=name.len() + SLIPS;
    let ends = lengths.filter(|length| *length != name.len() && *length <= said.len());
    let mut ends = ends.map(|length| &said[said.len() - length..]);
    ends.find(|end| end.starts_with(head) && (is_within(name, end) || is_within(end, name)))
}

/// True when the characters of the shorter stand in the longer in their order.
fn is_within(shorter: &[char], longer: &[char]) -> bool {
    let mut rest = longer.iter();
    shorter.len() < longer.len() && shorter.iter().all(|c| rest.any(|other| other == c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_a_word_more_or_less_is_the_same_name() {
        let near = |said: &str, name: &str| {
            let (said, name): (Vec<char>, Vec<char>) = (said.chars().collect(), name.chars().collect());
            near_at_end(&said, &name).map(|end| end.iter().collect::<String>())
        };
        assert_eq!(near("2025年某局对外联络工作业务费", "对外联络业务费"), Some("对外联络工作业务费".into()));
        assert_eq!(near("2025年某局对外联络业务费", "对外联络工作业务费"), Some("对外联络业务费".into()));
        assert_eq!(near("2025年某局档案保护费", "对外联络业务费"), None);
    }
}
