//! CM006: where a change is explained there is an explanation; and what cannot be computed is said so.

use super::Verdicts;
use crate::prose::Prose;
use crate::text::{self, Hit, Passage};
use mingzhang_model::document::Document;
use mingzhang_model::fact::{DisclosureKind, Facts};
use mingzhang_model::prose::Quantity;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_standard::words;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("CM006");
    let accounts = facts.disclosure.kind == Some(DisclosureKind::Accounts);
    let says_so = text::passages(document).any(|passage| passage.text().contains("无法计算"));
    for passage in text::passages(document) {
        empty_reasons(&mut verdicts, facts, &passage);
        if accounts && says_so {
            without_base(&mut verdicts, document, facts, &passage);
        }
        about_level(&mut verdicts, facts, &passage);
    }
    verdicts.outcome("文中没有写变动原因")
}

/// 主要原因是。
fn empty_reasons(verdicts: &mut Verdicts, facts: &Facts, passage: &Passage<'_>) {
    let text = passage.text();
    for (at, word) in text.match_indices("原因") {
        let behind = &text[at + word.len()..];
        let said = behind.trim_start_matches([' ', '是', '为', '：', ':', '系']);
        let link = behind.len() - said.len();
        if link == 0 {
            continue;
        }
        let stop = said.chars().next();
        // At the end of a line the reason may stand on the next.
        if !stop.is_some_and(|c| matches!(c, '。' | '；' | ';')) {
            verdicts.pass();
            continue;
        }
        let bytes = text[..at]
            .rfind(['，', '。', '；', ','])
            .map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8))
            ..at + word.len() + link + stop.map_or(0, char::len_utf8);
        let message = format!("“{}”后面没有写原因，应写明增减变化的具体原因", text[bytes.clone()].trim());
        text::report(verdicts, facts, passage, Hit { bytes, message });
    }
}

/// 年初预算为0万元，支出决算为27.38万元 without 无法计算, where the document says it elsewhere.
fn without_base(verdicts: &mut Verdicts, document: &Document, facts: &Facts, passage: &Passage<'_>) {
    let prose = Prose { document, facts };
    let text = passage.text();
    let own = |i: &usize| facts.prose.mentions[*i].span.block == passage.block;
    let mentions: Vec<usize> = (0..facts.prose.mentions.len()).filter(own).collect();
    for pair in mentions.windows(2) {
        let [budget, outturn] = [&facts.prose.mentions[pair[0]], &facts.prose.mentions[pair[1]]];
        let (Some(planned), Some(spent)) = (prose.figure(pair[0]), prose.figure(pair[1])) else { continue };
        let lead = |lead: &str, word: &str| words::fold(lead).contains(word);
        let fits = planned.amount.is_zero()
            && !spent.amount.is_zero()
            && lead(&budget.lead, "年初预算")
            && lead(&outturn.lead, "支出决算");
        let sentence = text::sentence(text, budget.span.bytes.start);
        let rate = mentions.iter().map(|i| &facts.prose.mentions[*i]).any(|mention| {
            sentence.contains(&mention.span.bytes.start) && matches!(mention.quantity, Quantity::Percent(_))
        });
        if !fits || rate || text[sentence].contains("无法计算") {
            continue;
        }
        let from = text[..budget.span.bytes.start].rfind(['。', '，', '；']).map_or(0, |at| at + '。'.len_utf8());
        let bytes = from..outturn.span.bytes.end;
        let message =
            format!("“{}”没有写“无法计算完成率”；文中其他年初预算为0的地方写了，应当一致", text[bytes.clone()].trim());
        let location = passage.locate(facts, bytes.clone());
        verdicts.fail_as(Severity::Note, location, &words::fold(&text[bytes]), message);
    }
}

/// 与上年预算数基本持平 without an amount: nobody can tell how near.
fn about_level(verdicts: &mut Verdicts, facts: &Facts, passage: &Passage<'_>) {
    let text = passage.text();
    for (at, word) in text.match_indices("基本持平") {
        let sentence = text::sentence(text, at);
        let before = &text[sentence.start..at];
        let last_year = ["上年", "去年"].iter().any(|word| before.contains(word)) || text::years(before).count() > 1;
        let amounts = facts.prose.mentions.iter().filter(|mention| {
            mention.span.block == passage.block
                && sentence.contains(&mention.span.bytes.start)
                && matches!(mention.quantity, Quantity::Money { .. } | Quantity::Percent(_))
        });
        if amounts.count() > 0 || !last_year || !before.contains("预算") && !before.contains("决算") {
            continue;
        }
        let bytes = sentence.start..at + word.len();
        let message = format!("“{}”没有写上年的数或增减额，无法核对“基本持平”", text[bytes.clone()].trim());
        let location = passage.locate(facts, bytes.clone());
        verdicts.fail_as(Severity::Note, location, &words::fold(&text[bytes]), message);
    }
}
