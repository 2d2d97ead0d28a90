//! TX029: 三公 stands in quotation marks everywhere where it mostly does.

use crate::text;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

/// The words, and what they are the beginning of.
const WORD: &str = "三公";
const OWN: [&str; 2] = ["经费", "”经费"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let quoted: usize = text::passages(document).map(|passage| passage.text().matches("“三公").count()).sum();
    let bare = text::each(document, |passage| {
        let text = passage.text();
        let open = |at: usize| !text[..at].ends_with(['“', '‘', '"', '\'', '＂', '「']);
        let named = |at: usize| OWN.iter().any(|own| text[at + WORD.len()..].starts_with(own));
        let at = text.match_indices(WORD).map(|(at, _)| at).find(|at| open(*at) && named(*at))?;
        Some(at..at + WORD.len() + "经费".len())
    });
    if quoted == 0 && bare.is_empty() {
        return Outcome::NotApplicable("文中没有提到“三公”经费".into());
    }
    // A document that never uses the marks, or mixes them freely, has another style.
    let mostly = quoted > bare.len() * 2;
    let places = if mostly { bare } else { Vec::new() };
    text::habits(
        "TX029",
        document,
        facts,
        |passage| places.iter().find(|(other, _)| other.block == passage.block).map(|(_, bytes)| bytes.clone()),
        |passage, bytes| format!("“{}”处的“三公”没有加引号，文中他处都加了", passage.around(bytes)),
    )
}
