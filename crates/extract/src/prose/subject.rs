//! What a number of the narrative is of.
//!
//! Often the words directly before it say so: 财政拨款收入3万元. Often they say only when: 2024年年初预算数为.
//! Then the subject is what stands before: 基本支出：2024年年初预算数为3万元, or a heading of its own,
//! 1.公务接待费。2026年预算数3万元. It is never sought beyond another number.

use super::outline::numbered;
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::DisclosureKind;
use mingzhang_model::prose::Prose;
use mingzhang_standard::words;

/// The words that say what a number is of, folded, without list number and verb.
pub(super) fn subject(document: &Document, prose: &Prose, i: usize, kind: DisclosureKind) -> String {
    let mention = &prose.mentions[i];
    let Some(Block::Paragraph(paragraph)) = document.blocks.get(mention.span.block) else { return String::new() };
    let from = i.checked_sub(1).map(|b| &prose.mentions[b].span).filter(|span| span.block == mention.span.block);
    let before = paragraph.text.get(from.map_or(0, |span| span.bytes.end)..mention.span.bytes.start);
    let before = words::fold(before.unwrap_or_default());
    let mut clauses = before.rsplit([',', ';', ':', '。']);
    let nearest = clauses.next().unwrap_or_default();
    let own = without_verb(nearest);
    if !is_of_time(own, kind) {
        return own.to_string();
    }
    if let Some(named) = clauses.map(without_verb).find(|clause| !is_of_time(clause, kind)) {
        return without_number(named).to_string();
    }
    // The first number of a paragraph right under its heading.
    let section = prose.section_of.get(mention.span.block).copied().flatten().map(|s| &prose.sections[s]);
    let under = section.filter(|section| from.is_none() && section.block + 1 == mention.span.block);
    under.map(|section| section.title.clone()).unwrap_or_default()
}

fn without_verb(clause: &str) -> &str {
    clause.trim_end_matches(['为', '共', '是', '均'])
}

fn without_number(clause: &str) -> &str {
    numbered(clause).map_or(clause, |(_, number)| &clause[number.len()..])
}

/// True when words say of a number only when and at which stage: 2024年年初预算数. In accounts the stage
/// tells the budget from the outturn, so there only the outturn is of the document's own stage.
fn is_of_time(clause: &str, kind: DisclosureKind) -> bool {
    const TIME: [&str; 9] = ["年度", "年初", "年", "当", "本", "安排", "金额", "总额", "数"];
    let stage: &[&str] = match kind {
        DisclosureKind::Budget => &["预算"],
        DisclosureKind::Accounts => &["支出决算", "决算"],
    };
    let mut rest = clause.trim_start_matches(|c: char| c.is_ascii_digit());
    loop {
        let cut = stage.iter().chain(&TIME).find_map(|word| rest.strip_prefix(word));
        match cut {
            Some(after) => rest = after,
            None => return rest.is_empty(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::prose;
    use mingzhang_model::document::{Format, Paragraph};

    fn subjects(lines: &[&str]) -> Vec<String> {
        let paragraph = |text: &&str| Block::Paragraph(Paragraph { text: text.to_string(), ..Paragraph::default() });
        let blocks = lines.iter().map(paragraph).collect();
        let document = Document { format: Format::Text, pages: vec![], blocks, notes: vec![] };
        let prose = prose(&document, &mingzhang_model::fact::Disclosure::default());
        (0..prose.mentions.len()).map(|i| subject(&document, &prose, i, DisclosureKind::Budget)).collect()
    }

    #[test]
    fn the_subject_stands_before_what_only_says_when() {
        assert_eq!(
            subjects(&["2024年收入预算3.00万元，其中：财政拨款收入2.00万元"]),
            ["2024年收入预算", "财政拨款收入"]
        );
        assert_eq!(subjects(&["（1）基本支出：2024年年初预算数为3.00万元"]), ["基本支出"]);
        assert_eq!(subjects(&["2.公务接待费。2026年预算数3.00万元，2025年预算数2.00万元"]), ["公务接待费", ""]);
        assert_eq!(subjects(&["（三）公务接待费", "2026年安排3.00万元"]), ["公务接待费"]);
    }
}
