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
const MONEY: &str = "万元";

/// What each number states that can be told.
pub(super) fn stated(document: &Document, prose: &Prose) -> Vec<Claim> {
    let mut claims = Vec::new();
    let mut before: Option<(usize, Statistic)> = None;
    for (i, mention) in prose.mentions.iter().enumerate() {
        let pair = before.filter(|(b, _)| b + 1 == i && in_one_sentence(document, &prose.mentions[*b], mention));
        let titles = titles(document, prose, mention);
        let lead = words::fold(&mention.lead);
        let fits = wordings().iter().filter_map(|wording| {
            let length = fit(wording, mention, &lead, &titles, pair.map(|(_, statistic)| statistic))?;
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

/// The length of the longest words of a wording that lead to a number; 0 where what stands before it is
/// enough; none where the wording does not fit.
fn fit(
    wording: &Wording,
    mention: &Mention,
    lead: &str,
    titles: &[String],
    before: Option<Statistic>,
) -> Option<usize> {
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
    if wording.names.is_empty() {
        return Some(0);
    }
    wording.names.iter().filter(|name| lead.contains(name.as_str())).map(String::len).max()
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
}
