//! CM014: the explanation of a project has its seven parts.

use super::Verdicts;
use crate::reading::projects::{PARTS, projects};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("CM014");
    for project in projects(document) {
        let missing: Vec<&str> =
            PARTS.iter().enumerate().filter(|(i, _)| project.parts[*i].is_none()).map(|(_, part)| part.name).collect();
        if missing.is_empty() {
            verdicts.pass();
            continue;
        }
        let first = project.parts.iter().flatten().next();
        let Some(heading) = project.title.as_ref().or(first.map(|part| &part.heading)) else { continue };
        let text = heading.text();
        let message = format!("项目说明“{}”缺少：{}（应有七项）", text.trim(), missing.join("、"));
        let location = heading.locate(facts, 0..text.len());
        verdicts.fail(location, text.trim(), message);
    }
    verdicts.outcome("没有按七项写的项目说明")
}
