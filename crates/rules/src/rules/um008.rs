//! UM008: the amounts of one paragraph are printed with the same number of decimals. A habit of the
//! typist is one fault: it is told once, where it shows most.

use super::Verdicts;
use crate::text::{self, Hit, Passage};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::{Mention, Quantity};
use mingzhang_model::rule::Outcome;
use std::collections::BTreeSet;
use std::ops::Range;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    uneven("UM008", document, facts, |mention| match &mention.quantity {
        // A whole number beside decimals is no slip: 312万元 is 312.00万元.
        Quantity::Money { figure, .. } if figure.decimals > 0 => Some((figure.unit.word(), figure.decimals)),
        _ => None,
    })
}

/// Tells of the paragraph whose numbers of one unit show the most different decimals.
pub(crate) fn uneven(
    code: &'static str,
    document: &Document,
    facts: &Facts,
    precision: impl Fn(&Mention) -> Option<(&'static str, u8)>,
) -> Outcome {
    let mut verdicts = Verdicts::of(code);
    let mut worst: Option<Uneven> = None;
    let mut uneven = 0;
    let mentions = &facts.prose.mentions;
    let mut at = 0;
    while at < mentions.len() {
        let block = mentions[at].span.block;
        let end = at + mentions[at..].iter().take_while(|mention| mention.span.block == block).count();
        let seen: Vec<(usize, (&str, u8))> =
            (at..end).filter_map(|i| precision(&mentions[i]).map(|seen| (i, seen))).collect();
        at = end;
        let Some((_, (unit, _))) = seen.first() else { continue };
        let own = || seen.iter().filter(|(_, (other, _))| other == unit).map(|(i, (_, decimals))| (*i, *decimals));
        let (Some(full), Some(short)) = (own().rev().max_by_key(|s| s.1), own().rev().min_by_key(|s| s.1)) else {
            continue;
        };
        if full.1 == short.1 {
            verdicts.pass();
            continue;
        }
        uneven += 1;
        let kinds = own().map(|(_, decimals)| decimals).collect::<BTreeSet<u8>>().len();
        if worst.as_ref().is_none_or(|worst| kinds > worst.kinds) {
            worst = Some(Uneven { full: full.0, short: short.0, kinds });
        }
    }
    if let Some(worst) = worst {
        report(&mut verdicts, document, facts, &worst, uneven);
    }
    verdicts.outcome("文中没有可比的数")
}

/// A paragraph whose numbers differ in their decimals.
struct Uneven {
    /// The first number with the most decimals, and the first with the fewest.
    full: usize,
    short: usize,
    /// How much they differ.
    kinds: usize,
}

fn report(verdicts: &mut Verdicts, document: &Document, facts: &Facts, worst: &Uneven, paragraphs: usize) {
    let (full, short) = (&facts.prose.mentions[worst.full].span, &facts.prose.mentions[worst.short].span);
    let Some(Block::Paragraph(paragraph)) = document.blocks.get(short.block) else { return };
    let passage = Passage { block: short.block, paragraph };
    let text = passage.text();
    let clause = |bytes: &Range<usize>| {
        let from = text[..bytes.start].rfind(['，', '。', '；', '：', '、']).map_or(0, |at| at + '，'.len_utf8());
        from..bytes.end
    };
    let more = if paragraphs > 1 { format!("；全文有 {paragraphs} 段如此") } else { String::new() };
    let message = format!(
        "“{}”与“{}”在同一段里，小数位数不统一，同一文件应当一致{more}",
        text[clause(&full.bytes)].trim(),
        text[clause(&short.bytes)].trim()
    );
    text::report(verdicts, facts, &passage, Hit { bytes: clause(&short.bytes), message });
}
