//! CM016: what the text says to be attached is attached.
//!
//! An attachment may well be a file of its own; so this is a doubt, and only where the document holds
//! nothing that could be it.

use super::Verdicts;
use crate::text::{self, Hit, Passage, passages};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_standard::words;

/// How a text points to what is attached to it.
const POINTS: [&str; 6] = ["详见附件", "见附件", "详见附表", "见附表", "详见报表", "见报表"];

/// The tables of budget and accounts are often a file of their own, named or not.
const SEPARATE: [&str; 4] = ["预算报表", "决算报表", "预算表", "公开表"];

/// What tables of goals and grades are called.
const TABLES: [&str; 3] = ["指标表", "评分表", "目标表"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("CM016");
    if crate::reading::body::is_partly_unread(document) {
        return Outcome::Undecided("有的页面未能读出文字".into());
    }
    let goals = has_table_of_goals(document);
    let attached = has_attachment(document);
    for passage in passages(document) {
        let text = passage.text();
        let sentence = |at: usize| text::sentence(text, at);
        let points = text::places_of(text, &POINTS);
        for place in &points {
            let separate = SEPARATE.iter().any(|word| text[sentence(place.start)].contains(word));
            if goals || attached || separate {
                verdicts.pass();
                continue;
            }
            let from = text[..place.start].rfind(['，', '。', '；']).map_or(0, |at| at + '。'.len_utf8());
            let bytes = from..sentence(place.start).end.max(place.end);
            let message =
                format!("“{}”，本文件里没有这样的附件或报表；另行公开的，宜注明在哪里", text[bytes.clone()].trim());
            text::report(&mut verdicts, facts, &passage, Hit { bytes, message });
        }
        if points.is_empty() && !goals {
            named_table(&mut verdicts, document, facts, &passage);
        }
    }
    verdicts.outcome("文中没有提到附件")
}

/// 《…指标表》 on which a grade is based.
fn named_table(verdicts: &mut Verdicts, document: &Document, facts: &Facts, passage: &Passage<'_>) {
    let text = passage.text();
    for (at, _) in text.match_indices('《') {
        let Some(end) = text[at..].find('》').map(|end| at + end + '》'.len_utf8()) else { continue };
        let name = words::fold(&text[at + '《'.len_utf8()..end - '》'.len_utf8()]);
        let sentence = &text[text::sentence(text, at)];
        let graded = ["评分", "自评", "得分", "评价等级"].iter().any(|word| sentence.contains(word));
        if !graded || !TABLES.iter().any(|word| name.ends_with(word)) || is_titled(document, &name) {
            continue;
        }
        let message = format!("评分依据的{}没有附在本文件里；另行公开的，宜注明在哪里", &text[at..end]);
        let location = passage.locate(facts, at..end);
        verdicts.fail_as(Severity::Note, location, &format!("{}:{name}", passage.block), message);
    }
}

/// True when a line of the document is this title.
fn is_titled(document: &Document, name: &str) -> bool {
    document.blocks.iter().any(|block| match block {
        Block::Paragraph(paragraph) => {
            let folded = words::fold(&paragraph.text);
            folded.ends_with(name) && folded.chars().count() <= name.chars().count() + 20
        }
        Block::Table(table) => table.cells().iter().any(|cell| words::fold(&cell.text).contains(name)),
    })
}

/// A table whose cells speak of goals or grades.
fn has_table_of_goals(document: &Document) -> bool {
    document.blocks.iter().any(|block| match block {
        Block::Table(table) => table
            .cells()
            .iter()
            .any(|cell| ["绩效目标", "绩效指标", "绩效评价", "产出指标"].iter().any(|word| cell.text.contains(word))),
        Block::Paragraph(_) => false,
    })
}

/// A line that opens an attachment: 附件1：…, 第五部分 附件.
fn has_attachment(document: &Document) -> bool {
    const LONGEST: usize = 40;
    passages(document).any(|passage| {
        let folded = words::fold(passage.text());
        let short = folded.chars().count() <= LONGEST && !folded.ends_with('。');
        short && (folded.starts_with("附件") || folded.starts_with("附表") || folded.ends_with("部分附件"))
    })
}
