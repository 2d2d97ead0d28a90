//! OP009: what is reserved for small and micro firms is part of what is reserved for small and medium
//! ones.

use super::Verdicts;
use crate::prose::Prose;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("OP009");
    let mentions = &facts.prose.mentions;
    for (i, pair) in mentions.windows(2).enumerate() {
        let (all, small) = (pair[0].lead.as_str(), pair[1].lead.as_str());
        let reserved = all.contains("中小企业") && all.contains("预留") && small.contains("预留");
        let is_small = small.contains("小微企业") || small.contains("小型和微型企业") || small.contains("小型微型企业");
        if !reserved || !is_small || pair[0].span.block != pair[1].span.block {
            continue;
        }
        let (Some(whole), Some(part)) = (prose.interval(i), prose.interval(i + 1)) else { continue };
        if !part.exceeds(whole) {
            verdicts.pass();
            continue;
        }
        let message = format!("预留给小微企业的 {} 超过了预留给中小企业的 {}", prose.words(i + 1), prose.words(i));
        prose.fail(&mut verdicts, Severity::Error, i + 1, &[i], message);
    }
    verdicts.outcome("文中没有面向中小企业预留采购的金额")
}
