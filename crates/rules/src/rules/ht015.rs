//! HT015: commercial reception stands inside official reception.

use super::Verdicts;
use crate::text::{self, Hit};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

const WORDS: [&str; 2] = ["商务接待", "招商接待"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("HT015");
    for passage in text::passages(document) {
        let text = passage.text();
        if !text.contains("公务接待费") {
            continue;
        }
        let places = text::places_of(text, &WORDS);
        let inside = places.into_iter().find(|bytes| {
            let sentence = text::sentence(text, bytes.start);
            // It is said to be left out, or to have none.
            let rest = &text[sentence.start..sentence.end];
            let apart =
                ["不含", "不包括", "分列", "另列", "单列", "无商务", "没有商务"].iter().any(|word| rest.contains(word));
            text[sentence.start..bytes.start].contains("公务接待费") && !apart
        });
        match inside {
            None => verdicts.pass(),
            Some(bytes) => {
                let message = format!("公务接待费里提到商务接待（{}），请关注两者是否应当分列", passage.around(&bytes));
                text::report(&mut verdicts, facts, &passage, Hit { bytes, message });
            }
        }
    }
    verdicts.outcome("文中没有公务接待费")
}
