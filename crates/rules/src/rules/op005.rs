//! OP005: the organs whose operating funds are summed up are those that the department says it has.

use super::{Verdicts, op003::units};
use crate::text::{self, Hit, Passage};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::finding::Related;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("OP005");
    let listed = text::passages(document).find_map(|passage| {
        let folded = words::fold(passage.text());
        let list = folded[folded.find("本部门中,")?..].split(['。', ';']).next()?.to_string();
        Some((units(&list, "行政单位")?, managed(&list), passage))
    });
    for passage in text::passages(document) {
        let Some((bytes, organs, service, is_managed)) = counted(&passage) else { continue };
        let quote = &passage.text()[bytes.clone()];
        if service > 0 && !is_managed {
            let message = format!("“{quote}”把事业单位计入了机关运行经费；只有行政单位和参公事业单位才有机关运行经费");
            text::report(&mut verdicts, facts, &passage, Hit { bytes, message });
            continue;
        }
        match &listed {
            Some((own, own_managed, at)) if *own != organs || own_managed.unwrap_or(0) != service => {
                let message = format!(
                    "此处写“{quote}”，机构设置写的是行政单位{own}家、参公单位{}家，应当一致",
                    own_managed.unwrap_or(0)
                );
                text::report(&mut verdicts, facts, &passage, Hit { bytes, message });
                let from = at.text().find("行政单位").unwrap_or(0);
                let location = at.locate(facts, text::neighbours(at.text(), &(from..from)));
                if let Some(finding) = verdicts.last() {
                    finding.related.push(Related { label: "机构设置".into(), location });
                }
            }
            Some(_) => verdicts.pass(),
            None => {}
        }
    }
    verdicts.outcome("文中没有写机关运行经费包括几家机关")
}

fn managed(list: &str) -> Option<u64> {
    ["参公事业单位", "参公单位", "参照公务员法管理的事业单位", "参照公务员法管理事业单位"]
        .iter()
        .find_map(|kind| units(list, kind))
}

/// 1家机关和1家参公事业单位财政拨款的机关运行经费: where it stands, the two numbers, and whether the second are
/// managed as organs.
fn counted(passage: &Passage<'_>) -> Option<(std::ops::Range<usize>, u64, u64, bool)> {
    let text = passage.text();
    let at = text.find("家机关和").filter(|_| text.contains("机关运行经费"))?;
    let digits = |text: &str| {
        let from = text.char_indices().rev().take_while(|(_, c)| c.is_ascii_digit()).last()?.0;
        Some((from, text[from..].parse::<u64>().ok()?))
    };
    let (start, organs) = digits(text[..at].trim_end())?;
    let behind = at + "家机关和".len();
    let count = text[behind..].find("家").map(|i| behind + i)?;
    let service = text[behind..count].trim().parse().ok()?;
    let kind = &text[count + "家".len()..];
    let end = count + "家".len() + kind.find("单位")? + "单位".len();
    let name = &text[count..end];
    Some((start..end, organs, service, name.contains("参公") || name.contains("参照")))
}
