//! UM003: an amount in 万 says 元.

use super::Verdicts;
use crate::text::{self, Hit, Passage};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::{Mention, Quantity};
use mingzhang_model::rule::Outcome;

/// What may follow 万 where it is the end of an amount.
const ENDS: [char; 9] = ['，', '。', '；', '、', '）', ',', ';', ')', '：'];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("UM003");
    let mut told = None;
    for mention in &facts.prose.mentions {
        let Quantity::Money { bare, .. } = &mention.quantity else { continue };
        if !bare {
            verdicts.pass();
        } else if told != Some(mention.span.block)
            && let Some(passage) = ended(document, mention)
        {
            // A habit of the typist is one fault: it is told once for a paragraph.
            told = Some(mention.span.block);
            let amount = mention.span.bytes.clone();
            let quote = &passage.text()[amount.clone()];
            let message = format!("金额“{quote}”缺少“元”字，应写作“{quote}元”");
            let bytes = named_from(passage.text(), amount.start)..amount.end;
            text::report(&mut verdicts, facts, &passage, Hit { bytes, message });
        }
    }
    verdicts.outcome("正文没有金额")
}

/// Where the words begin that name a threshold, 单位价值50万以上; else where the amount does.
fn named_from(text: &str, at: usize) -> usize {
    let named = ["单位价值", "单价", "价值"].iter().find(|word| text[..at].ends_with(**word));
    at - named.map_or(0, |word| word.len())
}

/// The paragraph of an amount whose end is certain: at the end of a line 元 may stand on the next.
fn ended<'d>(document: &'d Document, mention: &Mention) -> Option<Passage<'d>> {
    let Block::Paragraph(paragraph) = &document.blocks[mention.span.block] else { return None };
    let passage = Passage { block: mention.span.block, paragraph };
    let behind = passage.text()[mention.span.bytes.end..].trim_start();
    // 单位价值50万以上: a threshold of money.
    let threshold = ["以上", "以下", "（含", "(含"].iter().any(|word| behind.starts_with(word));
    // 国内公务接待支出0.39万（含外宾接待支出…): the bracket tells what is in the amount.
    let explained = ["（含外宾", "(含外宾"].iter().any(|word| behind.starts_with(word));
    let priced = ["单价", "价值", "金额", "总额"].iter().any(|word| mention.lead.contains(word));
    (behind.starts_with(ENDS) || explained || threshold && priced).then_some(passage)
}
