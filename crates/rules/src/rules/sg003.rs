//! SG003: the narrative of accounts speaks of the budget that the note of the table of 三公 says it shows.

use super::Verdicts;
use crate::text::{self, Hit};
use mingzhang_model::document::Document;
use mingzhang_model::fact::{DisclosureKind, Facts};
use mingzhang_model::finding::Related;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("SG003");
    if facts.disclosure.kind != Some(DisclosureKind::Accounts) {
        return verdicts.outcome("不是决算");
    }
    let notes = facts.statements.iter().filter(|statement| statement.concept == "three_public");
    let basis = notes.flat_map(|statement| statement.notes.iter().map(move |note| (statement, note)));
    let basis = basis.filter_map(|(statement, note)| {
        let folded = words::fold(&note.text);
        let whole_year = folded.contains("全年预算") || folded.contains("调整后的预算") || folded.contains("调整预算");
        match (whole_year, folded.contains("年初预算")) {
            (true, false) => Some((statement, note, "全年预算数", "年初预算")),
            (false, true) => Some((statement, note, "年初预算数", "全年预算")),
            _ => None,
        }
    });
    let Some((statement, note, shown, other)) = basis.into_iter().next() else {
        return verdicts.outcome("“三公”经费表没有注明预算数的口径");
    };
    for passage in text::passages(document) {
        let names = ["三公", "因公出国", "公务用车购置", "公务用车运行", "公务接待"];
        let about = names.iter().any(|name| passage.text().contains(name)) && passage.text() != note.text;
        let Some(at) = passage.text().find(other).filter(|_| about) else { continue };
        let bytes = at..at + other.len();
        let message = format!(
            "《{}》注明预算数为{shown}，此处却写“{}”；口径应当一致",
            statement.title.text,
            passage.around(&bytes)
        );
        let bytes = text::neighbours(passage.text(), &bytes);
        text::report(&mut verdicts, facts, &passage, Hit { bytes, message });
        if let Some(finding) = verdicts.last() {
            finding.related.push(Related { label: "表注".into(), location: super::words_of(statement, note) });
        }
    }
    verdicts.pass();
    verdicts.outcome("")
}
