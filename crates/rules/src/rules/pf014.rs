//! PF014: as many projects are listed as are counted.

use super::Verdicts;
use crate::text::{self, Hit, Passage};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Quantity;
use mingzhang_model::rule::Outcome;

/// The words that open a list of all the projects.
const OPENINGS: [&str; 7] = ["分别为", "分别是", "具体为", "具体是", "具体包括", "即：", "即:"];

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
    verdicts.outcome("文中没有写明个数并逐一列出的项目")
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
