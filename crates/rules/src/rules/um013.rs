//! UM013: a total that the tables print in 元 or 万元 is not told in 亿元 without them.

use super::Verdicts;
use crate::prose::Prose;
use mingzhang_model::amount::Unit;
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};

/// What the tables print: income and expenditure of the document's own year.
const TOTALS: [&str; 9] =
    ["收入预算", "支出预算", "财政拨款收入", "收入总计", "支出总计", "收入合计", "支出合计", "收入决算", "支出决算"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    if facts.statements.is_empty() {
        return Outcome::NotApplicable("没有识别到法定表格".into());
    }
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("UM013");
    for (i, mention) in facts.prose.mentions.iter().enumerate() {
        let Some(figure) = prose.figure(i) else { continue };
        let clause = mention.lead.rsplit(['，', '；', '。', ',', ';']).next().unwrap_or_default();
        let total = TOTALS.iter().any(|word| clause.trim_end_matches(['为', '共', '约']).ends_with(word));
        if !total {
            continue;
        }
        let Some(Block::Paragraph(paragraph)) = document.blocks.get(mention.span.block) else { continue };
        let behind = paragraph.text[mention.span.bytes.end..].trim_start();
        let converted = behind.starts_with(['（', '(']) && behind.chars().take(24).any(|c| c == '万' || c == '元');
        if figure.unit != Unit::YiYuan || converted {
            verdicts.pass();
            continue;
        }
        let message =
            format!("{clause}写作 {}，表内以元或万元列示，宜写与表一致的单位，或在括号里写明换算", prose.words(i));
        prose.fail(&mut verdicts, Severity::Note, i, &[], message);
    }
    verdicts.outcome("文中没有以文字写出的收支总额")
}
