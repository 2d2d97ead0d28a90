//! TX015: nothing that a word processor or a spreadsheet left behind is printed, or kept in the file beside the text.

use crate::rules::Verdicts;
use crate::text::{self, Hit};
use mingzhang_model::document::{Block, Document, Format, Note, NoteKind};
use mingzhang_model::fact::Facts;
use mingzhang_model::finding::Related;
use mingzhang_model::locator::Locator;
use mingzhang_model::rule::{Outcome, Severity};

/// What programs write and no person does.
const RESIDUE: [&str; 14] = [
    "[bookmark:",
    "错误!",
    "错误！未",
    "#REF!",
    "#DIV/0!",
    "#VALUE!",
    "#NAME?",
    "#NUM!",
    "#N/A",
    "\\* MERGEFORMAT",
    "PAGEREF _",
    "HYPERLINK \"",
    "_GoBack",
    "OLE_LINK",
];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("TX015");
    let outcome = text::search("TX015", document, facts, |passage, hits| {
        let places = text::places_of(passage.text(), &RESIDUE);
        let Some(first) = places.first() else { return };
        hits.push(Hit { bytes: whole(passage.text(), first.clone()), message: told(&passage.text()[first.clone()]) });
    });
    for (block, table) in document.blocks.iter().enumerate().filter_map(|(i, block)| match block {
        Block::Table(table) => Some((i, table)),
        Block::Paragraph(_) => None,
    }) {
        for cell in table.cells() {
            let Some(first) = text::places_of(&cell.text, &RESIDUE).into_iter().next() else { continue };
            let statement = facts.statements.iter().find(|statement| statement.blocks.contains(&block));
            let location = Locator {
                place: cell.place,
                table: statement.map(|statement| statement.title.text.clone()),
                quote: Some(cell.text.clone()),
                ..Locator::default()
            };
            let what = format!("{}:{}:{}", statement.map_or("", |s| s.code), cell.row, cell.column);
            verdicts.fail(location, &what, told(&cell.text[first]));
        }
    }
    for note in document.notes.iter().filter(|note| note.kind == NoteKind::Residue) {
        let count = note.detail.matches(']').count();
        let first = &note.detail[whole(&note.detail, 0..1)];
        let more = if count > 1 { format!("（此处共 {count} 个）") } else { String::new() };
        let location = Locator { place: note.place, quote: Some(note.detail.clone()), ..Locator::default() };
        verdicts.fail_as(Severity::Note, location, &note.detail, told(first) + &more);
    }
    // What a web page hides is mostly how it works.
    for (kind, what) in KEPT.into_iter().filter(|_| document.format != Format::Html) {
        kept(&mut verdicts, document, kind, what);
    }
    verdicts.join(outcome)
}

/// What a file of a word processor keeps beside the text, and what is to be done with it.
const KEPT: [(NoteKind, [&str; 3]); 3] = [
    (NoteKind::TrackedChange, ["处修订没有接受或拒绝", "修订前后的文字都能看到", "应接受或拒绝全部修订后再公开"]),
    (NoteKind::Comment, ["条批注", "拿到文件的人都能看到", "应全部删除后再公开"]),
    (NoteKind::Hidden, ["处隐藏的内容", "拿到文件的人可以让它显示出来", "应删除或取消隐藏后再公开"]),
];

/// Other places of one kind that are told with the first.
const TOLD: usize = 20;

/// All that a file keeps of one kind is one finding: it is mended in one go.
fn kept(verdicts: &mut Verdicts, document: &Document, kind: NoteKind, [what, why, mend]: [&str; 3]) {
    let notes: Vec<&Note> = document.notes.iter().filter(|note| note.kind == kind).collect();
    let Some((first, others)) = notes.split_first() else { return };
    let place = |note: &Note| Locator { place: note.place, quote: Some(note.detail.clone()), ..Locator::default() };
    let message = format!("文件里有 {} {what}（例如：{}），{why}；{mend}", notes.len(), short(&first.detail));
    let finding = verdicts.fail(place(first), what, message);
    let told = others.iter().take(TOLD);
    finding.related.extend(told.map(|note| Related { label: short(&note.detail), location: place(note) }));
}

/// So much of a text as a message bears.
fn short(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut chars = text.chars();
    let start: String = chars.by_ref().take(LONGEST).collect();
    if chars.next().is_some() { start + "……" } else { start }
}

fn told(residue: &str) -> String {
    format!("“{residue}”是软件留下的标记或出错提示，应查明原处内容后改正或清除")
}

/// A mark in square brackets up to its end.
fn whole(text: &str, found: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let end = text[found.clone()].starts_with('[').then(|| text[found.start..].find(']')).flatten();
    found.start..end.map_or(found.end, |length| found.start + length + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingzhang_model::document::{Paragraph, Place};

    fn found(format: Format, notes: &[(NoteKind, u32, &str)]) -> Vec<(Severity, Option<u32>, String, usize)> {
        let note = |&(kind, paragraph, detail): &(NoteKind, u32, &str)| {
            let place = Place { paragraph: Some(paragraph), ..Place::default() };
            Note { kind, place, detail: detail.to_owned() }
        };
        let text = Block::Paragraph(Paragraph { text: "各项工作已经完成。".into(), ..Paragraph::default() });
        let notes = notes.iter().map(note).collect();
        let document = Document { format, pages: vec![], blocks: vec![text], notes };
        let outcome = check(&document, &Facts::default());
        let told = |finding: &mingzhang_model::finding::Finding| {
            let place = finding.location.place.paragraph;
            (finding.severity, place, finding.message.clone(), finding.related.len())
        };
        let Outcome::Failed { findings, .. } = outcome else { return Vec::new() };
        findings.iter().map(told).collect()
    }

    #[test]
    fn what_a_file_keeps_beside_the_text_is_told_once_for_each_kind() {
        let found = found(
            Format::Docx,
            &[
                (NoteKind::TrackedChange, 3, "删除“1,240”"),
                (NoteKind::Comment, 5, "数字再核一下"),
                (NoteKind::TrackedChange, 7, "插入“1,243”"),
                (NoteKind::Limit, 9, "段落过多"),
            ],
        );
        let heads: Vec<_> = found.iter().map(|(severity, place, _, related)| (*severity, *place, *related)).collect();
        assert_eq!(heads, [(Severity::Warning, Some(3), 1), (Severity::Warning, Some(5), 0)]);
        assert!(found[0].2.starts_with("文件里有 2 处修订没有接受或拒绝（例如：删除“1,240”）"), "{}", found[0].2);
        assert!(found[1].2.contains("1 条批注（例如：数字再核一下）"), "{}", found[1].2);
    }

    #[test]
    fn a_file_that_keeps_nothing_passes() {
        assert_eq!(found(Format::Docx, &[]), []);
        assert_eq!(found(Format::Html, &[(NoteKind::Hidden, 1, "菜单")]), []);
    }
}
