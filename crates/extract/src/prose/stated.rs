//! Numbers that only the narrative states: counts of trips, vehicles and projects, procurement by kind.
//!
//! What a number counts is told by the words that lead to it, by its heading, and for the second number
//! of a pair by the first. The wording with the longest words that fit wins; without one the number is
//! left alone.

use super::named::headings;
use mingzhang_model::document::{Block, Document};
use mingzhang_model::prose::{Claim, Mention, Prose, Quantity};
use mingzhang_model::statistic::Statistic;
use mingzhang_standard::statistic::{Wording, wordings};
use mingzhang_standard::words;

/// The unit by which wordings mean money of any unit.
pub(super) const MONEY: &str = "万元";

/// What each number states that can be told.
pub(super) fn stated(document: &Document, prose: &Prose) -> Vec<Claim> {
    let mut claims = Vec::new();
    let mut before: Option<(usize, Statistic)> = None;
    for (i, mention) in prose.mentions.iter().enumerate() {
        let pair = before.filter(|(b, _)| b + 1 == i && in_one_sentence(document, &prose.mentions[*b], mention));
        let titles = titles(document, prose, mention);
        let lead = words::fold(&mention.lead);
        let behind = behind(document, mention);
        let fits = wordings().iter().filter_map(|wording| {
            let said = Said { lead: &lead, behind: &behind, titles: &titles };
            let length = fit(wording, mention, &said, pair.map(|(_, statistic)| statistic))?;
            Some((length, wording.statistic))
        });
        let found = longest(fits);
        before = found.map(|statistic| (i, statistic));
        claims.extend(found.map(|statistic| Claim::Stated { mention: i, statistic }));
    }
    claims
}

/// The titles over a number, the nearest first. A paragraph may carry its own: (四)政府采购情况:2026年…
pub(super) fn titles(document: &Document, prose: &Prose, mention: &Mention) -> Vec<String> {
    const LONGEST_TITLE: usize = 60;
    let mut titles = headings(prose, mention);
    if let Some(Block::Paragraph(paragraph)) = document.blocks.get(mention.span.block)
        && let Some(end) = paragraph.text.find(['：', ':', '。']).filter(|end| *end <= LONGEST_TITLE)
        && end < mention.span.bytes.start
    {
        let own = words::fold(&paragraph.text[..end]);
        if let Some((_, number)) = super::outline::numbered(&own) {
            titles.insert(0, own[number.len()..].to_string());
        }
    }
    titles
}

/// What the longest words say; the first of equals, as the file lists them.
fn longest(fits: impl Iterator<Item = (usize, Statistic)>) -> Option<Statistic> {
    let longer = |best: Option<(usize, Statistic)>, next: (usize, Statistic)| {
        Some(best.filter(|best| best.0 >= next.0).unwrap_or(next))
    };
    fits.fold(None, longer).map(|(_, statistic)| statistic)
}

/// The words around a number, folded.
#[derive(Clone, Copy)]
struct Said<'a> {
    lead: &'a str,
    behind: &'a str,
    titles: &'a [String],
}

/// Some characters of what stands behind a number and its unit, folded.
fn behind(document: &Document, mention: &Mention) -> String {
    const CHARACTERS: usize = 20;
    let Some(Block::Paragraph(paragraph)) = document.blocks.get(mention.span.block) else { return String::new() };
    let rest = paragraph.text.get(mention.span.bytes.end..).unwrap_or_default();
    words::fold(&rest.chars().take(CHARACTERS).collect::<String>())
}

/// The length of the longest words of a wording that lead to a number; 0 where what stands before it is
/// enough; none where the wording does not fit.
fn fit(wording: &Wording, mention: &Mention, said: &Said<'_>, before: Option<Statistic>) -> Option<usize> {
    let Said { lead, behind, titles } = *said;
    let unit = match &mention.quantity {
        Quantity::Money { .. } => MONEY,
        Quantity::Count { unit, .. } => unit,
        Quantity::Percent(_) => return None,
    };
    let nearest = titles.first().map_or("", String::as_str);
    let fits = wording.units.contains(&unit)
        && (wording.after.is_none() || wording.after == before)
        && wording.under.iter().all(|word| titles.iter().any(|title| title.contains(word.as_str())))
        && !wording.not_under.iter().any(|word| nearest.contains(word.as_str()))
        && !wording.not_names.iter().any(|word| lead.contains(word.as_str()));
    if !fits {
        return None;
    }
    if wording.names.is_empty() && wording.behind.is_empty() {
        return Some(0);
    }
    let before = wording.names.iter().filter(|name| lead.contains(name.as_str())).map(String::len);
    before.chain(wording.behind.iter().filter(|name| behind.starts_with(name.as_str())).map(String::len)).max()
}

/// True when no sentence ends between two numbers.
fn in_one_sentence(document: &Document, first: &Mention, second: &Mention) -> bool {
    let Some(Block::Paragraph(paragraph)) = document.blocks.get(first.span.block) else { return false };
    first.span.block == second.span.block
        && paragraph.text.get(first.span.bytes.end..second.span.bytes.start).is_some_and(|gap| !gap.contains('。'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingzhang_model::document::{Format, Paragraph};
    use mingzhang_model::fact::Disclosure;

    fn read(lines: &[&str]) -> Vec<Statistic> {
        let paragraph = |text: &&str| Block::Paragraph(Paragraph { text: text.to_string(), ..Paragraph::default() });
        let blocks = lines.iter().map(paragraph).collect();
        let document = Document { format: Format::Text, pages: vec![], blocks, notes: vec![] };
        let claims = crate::prose::prose(&document, &Disclosure::default()).claims;
        let statistic = |claim| match claim {
            Claim::Stated { statistic, .. } => Some(statistic),
            _ => None,
        };
        claims.into_iter().filter_map(statistic).collect()
    }

    #[test]
    fn the_second_number_of_a_pair_follows_the_first() {
        use Statistic::{ReceptionBatches, ReceptionGuests, TripGroups, TripPersons, VehiclesKept};
        assert_eq!(read(&["安排因公出国（境）团组0个、累计0人次。"]), [TripGroups, TripPersons]);
        assert_eq!(read(&["国内公务接待26批次、510人次。"]), [ReceptionBatches, ReceptionGuests]);
        assert_eq!(read(&["公务用车保有量为3辆。另有5人次。"]), [VehiclesKept]);
    }

    #[test]
    fn procurement_is_told_by_its_heading() {
        let lines = ["（二）政府采购情况", "政府采购预算3.00万元，其中：货物1.00万元、服务2.00万元。"];
        let found = read(&lines);
        assert_eq!(found, [Statistic::Procurement, Statistic::ProcurementGoods, Statistic::ProcurementServices]);
        assert_eq!(read(&["购买货物1.00万元。"]), []);
    }

    #[test]
    fn projects_with_goals_are_told_before_or_behind_their_number() {
        use Statistic::{GoalAmount, GoalProjects};
        let before = "编报绩效目标的2024年度项目4个，涉及预算金额598.42万元。";
        let behind = "本部门共4个项目纳入绩效目标管理，涉及财政性资金合计598.42万元。";
        assert_eq!(read(&[before]), [GoalProjects, GoalAmount]);
        assert_eq!(read(&[behind]), [GoalProjects, GoalAmount]);
    }

    #[test]
    fn grades_and_issues_are_told_under_their_heading() {
        use Statistic::{EvaluatedProjects, GradedExcellent, GradedFair, GradedGood, GradedPoor, IssuesFound};
        let found = read(&[
            "（五）预算绩效情况",
            "绩效自评的项目4个（其中，绩效评级为“优”的项目3个；为“良”的项目1个；评级为“合格”的项目0个；为“不合格”的0个）。自评发现问题0个。",
        ]);
        assert_eq!(found, [EvaluatedProjects, GradedExcellent, GradedGood, GradedFair, GradedPoor, IssuesFound]);
    }

    #[test]
    fn staff_is_told_apart() {
        use Statistic::{StaffActual, StaffPresent, StaffQuota, StaffRetired};
        let found = read(&["人员编制52人，其中行政编制44人；实有人数59人，其中在职人员50人，退休人员9人。"]);
        assert_eq!(found, [StaffQuota, StaffActual, StaffPresent, StaffRetired]);
    }
}
