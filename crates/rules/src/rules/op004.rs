//! OP004: a service unit that is not managed as an organ has no operating funds of organs.

use super::Verdicts;
use crate::reading::stated::{Money, Stated};
use crate::text;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic;
use mingzhang_standard::words;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let stated = Stated::of(document, facts);
    let mut verdicts = Verdicts::of("OP004");
    let own = stated.amount(Statistic::OperatingFunds).filter(|mention| stated.is_positive(Money::Said(*mention)));
    if let (Some(mention), Some(passage)) = (own, text::passages(document).find(|p| is_service_unit(p.text()))) {
        if is_managed_as_organ(document) {
            verdicts.pass();
        } else {
            let message = format!(
                "本单位是事业单位，没有写明参照公务员法管理，却列了机关运行经费 {}；机关运行经费只限行政单位和参公事业单位",
                stated.prose.words(mention)
            );
            let finding = stated.fail_at(&mut verdicts, Severity::Warning, mention, &[], message);
            let at = passage.text().find("事业单位").unwrap_or(0);
            let bytes = text::neighbours(passage.text(), &(at..at));
            finding.related.push(mingzhang_model::finding::Related {
                label: "单位性质".into(),
                location: passage.locate(facts, bytes),
            });
        }
    }
    verdicts.outcome("不是写明性质的事业单位，或者没有机关运行经费")
}

/// 我单位属于……公益一类事业单位: what the unit says of itself, not of those below it.
fn is_service_unit(text: &str) -> bool {
    let folded = words::fold(text);
    folded.split(['。', ';']).any(|sentence| {
        let subject = ["我单位", "本单位", "我中心", "本中心", "我处", "我所", "我院", "我馆", "是", "为", "属于"];
        let kind = ["公益一类事业单位", "公益二类事业单位", "公益性事业单位", "全额拨款事业单位", "差额拨款事业单位"];
        let Some(at) = kind.iter().filter_map(|kind| sentence.find(kind)).min() else { return false };
        let before = &sentence[..at];
        let others = ["下属", "所属", "下设", "下辖", "其中", "包括", "家", "指", "直属"];
        subject.iter().any(|word| before.contains(word)) && !others.iter().any(|word| before.contains(word))
    })
}

/// True when some paragraph outside the glossary speaks of management as an organ.
fn is_managed_as_organ(document: &Document) -> bool {
    text::passages(document).any(|passage| {
        let folded = words::fold(passage.text());
        let managed = ["参公", "参照公务员", "参照《中华人民共和国公务员法》"].iter().any(|word| folded.contains(word));
        let glossary =
            folded.contains("机关运行经费:") || folded.contains("为保障行政单位") || folded.contains("指行政单位");
        managed && !glossary
    })
}
