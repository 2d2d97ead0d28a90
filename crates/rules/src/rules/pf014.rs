//! PF014: as many projects are listed as are counted.

use super::Verdicts;
use crate::prose::Prose;
use crate::reading::{hints, rates};
use crate::text::{self, Hit, Passage};
use mingzhang_model::amount::{Agreement, Interval};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::{Claim, Quantity};
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic;

/// The words that open a list of all the projects.
const OPENINGS: [&str; 7] = ["分别为", "分别是", "具体为", "具体是", "具体包括", "即：", "即:"];

/// A list that lacks no more than these is meant to be whole.
const LACKING: u64 = 2;

/// How far behind the number a list begins, in characters.
const BETWEEN: usize = 24;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("PF014");
    for mention in &facts.prose.mentions {
        let Quantity::Count { number, unit } = &mention.quantity else { continue };
        let Some(Block::Paragraph(paragraph)) = document.blocks.get(mention.span.block) else { continue };
        let passage = Passage { block: mention.span.block, paragraph };
        let behind = &passage.text()[mention.span.bytes.end..];
        let of_projects = unit == "个" && (behind.starts_with("项目") || ends_in_projects(&mention.lead));
        if !of_projects || *number < 2 {
            continue;
        }
        let end = text::sentence(passage.text(), mention.span.bytes.start).end;
        let Some(list) = list(&passage.text()[mention.span.bytes.end..end]) else { continue };
        let Some((least, most)) = items(list) else { continue };
        if (least..=most).contains(&usize::try_from(*number).unwrap_or(usize::MAX)) {
            verdicts.pass();
            continue;
        }
        let message = format!("写明项目 {number} 个，后面列出的却是 {least} 个（{}），请核对", list.trim());
        text::report(&mut verdicts, facts, &passage, Hit { bytes: mention.span.bytes.clone(), message });
    }
    let prose = Prose { document, facts };
    for claim in prose.claims() {
        if let Claim::Stated { mention, statistic: Statistic::GoalProjects } = claim {
            with_amounts(&prose, &mut verdicts, *mention);
        }
    }
    verdicts.outcome("文中没有写明个数并逐一列出的项目")
}

/// 项目12个，涉及资金100万元，其中甲40万元，乙60万元: as many amounts as projects.
fn with_amounts(prose: &Prose<'_>, verdicts: &mut Verdicts, counted: usize) {
    let sentence = hints::sentence(prose, counted);
    let range = rates::neighbours(&prose.facts.prose.mentions, counted);
    let mentions = &prose.facts.prose.mentions;
    let behind: Vec<usize> =
        (counted + 1..range.end).filter(|i| sentence.contains(&mentions[*i].span.bytes.start)).collect();
    let [total, items @ ..] = behind.as_slice() else { return };
    let listed = items.iter().all(|i| prose.figure(*i).is_some()) && items.len() >= 2;
    let opens = items.first().is_some_and(|first| mentions[*first].lead.contains("其中"));
    let nested = items.iter().skip(1).any(|i| mentions[*i].lead.contains("其中") || mentions[*i].lead.contains("支出"));
    let (Some(whole), Some(number)) = (prose.interval(*total), prose.count(counted)) else { return };
    if !listed || !opens || nested {
        return;
    }
    let count = items.len() as u64;
    if count == number {
        return verdicts.pass();
    }
    let Some(sum) = items.iter().map(|item| prose.interval(*item)).sum::<Option<Interval>>() else { return };
    let complete = !matches!(sum.agreement(whole), Agreement::Off(_));
    // 其中 may list only some; a list that lacks one or two of many is meant to be whole.
    let severity = match (complete || count > number, number - number.min(count) <= LACKING && count > LACKING) {
        (true, _) => Severity::Error,
        (false, true) => Severity::Warning,
        (false, false) => return,
    };
    let sums = if complete { "，金额合计与总额相符" } else { "" };
    let message = format!("写明编报绩效目标的项目 {number} 个，后面逐项列出的却是 {count} 个{sums}，请核对");
    prose.fail(verdicts, severity, counted, &[*total], message);
}

fn ends_in_projects(lead: &str) -> bool {
    lead.trim_end_matches(['共', '为', '有', '计']).ends_with("项目")
}

/// What a sentence lists as all the projects; none where it lists only some of them.
fn list(behind: &str) -> Option<&str> {
    let (at, opening) = OPENINGS.iter().filter_map(|word| Some((behind.find(word)?, word))).min()?;
    let rest = behind[at + opening.len()..].trim_start_matches(['：', ':']);
    let list = rest.trim_end_matches(['。', '；']);
    let some = ["等", "其中", "；", "万元", "%"].iter().any(|word| list.contains(word));
    (behind[..at].chars().count() <= BETWEEN && !behind[..at].contains('。') && !some).then_some(list)
}

/// How many things are listed, at least and at most: 和 may join two of them or stand inside a name.
fn items(list: &str) -> Option<(usize, usize)> {
    const LONGEST: usize = 40;
    let mut depth = 0i32;
    let mut parts: Vec<String> = vec![String::new()];
    for c in list.chars() {
        match c {
            '《' | '（' | '(' | '“' => depth += 1,
            '》' | '）' | ')' | '”' => depth -= 1,
            '、' if depth == 0 => parts.push(String::new()),
            // A comma may part two names or two clauses: the list is not understood.
            '，' | ',' if depth == 0 => return None,
            _ => {}
        }
        parts.last_mut()?.push(c);
    }
    let sound = parts.len() >= 2 && depth == 0 && parts.iter().all(|part| part.chars().count() <= LONGEST);
    let joined = list.matches(['和', '及', '与']).count();
    sound.then_some((parts.len(), parts.len() + joined))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_counted_with_what_and_may_join() {
        assert_eq!(items("甲项目、乙（丙、丁）项目"), Some((2, 2)));
        assert_eq!(items("甲项目、乙项目和丙项目"), Some((2, 3)));
        assert_eq!(items("甲项目，乙项目"), None);
        assert_eq!(list("，分别为甲项目、乙项目等"), None);
        assert_eq!(list("，分别为：甲项目、乙项目。"), Some("甲项目、乙项目"));
    }
}
