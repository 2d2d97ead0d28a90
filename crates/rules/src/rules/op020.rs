//! OP020: net value is cost less depreciation.

use super::Verdicts;
use crate::prose::{Prose, like, should_be};
use mingzhang_model::amount::Agreement;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_standard::words;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("OP020");
    let mentions = &facts.prose.mentions;
    for first in 0..mentions.len().saturating_sub(2) {
        let [cost, worn, net] = [first, first + 1, first + 2];
        let ends = |mention: usize, names: &[&str]| {
            let lead = words::fold(&mentions[mention].lead);
            let lead = lead.trim_end_matches(['为', '是', '共', '额', '计', '合']).to_string();
            names.iter().any(|name| lead.ends_with(name))
        };
        let one_list = mentions[cost].span.block == mentions[net].span.block
            && ends(cost, &["原值", "原价", "账面原值"])
            && ends(worn, &["累计折旧", "累计摊销", "累计折旧(摊销)", "折旧", "累计折旧和摊销"])
            && ends(net, &["净值", "账面净值", "净额", "账面价值"]);
        let (true, Some(a), Some(b), Some(c), Some(figure)) =
            (one_list, prose.interval(cost), prose.interval(worn), prose.interval(net), prose.figure(net))
        else {
            continue;
        };
        let expected = a - b;
        if !matches!(expected.agreement(c), Agreement::Off(_)) {
            verdicts.pass();
            continue;
        }
        let right = like(figure, expected.middle());
        let message = format!(
            "净值写为 {}，原值 {} 减累计折旧 {} 是 {right}",
            prose.words(net),
            prose.words(cost),
            prose.words(worn)
        );
        let finding = prose.fail(&mut verdicts, Severity::Error, net, &[cost, worn], message);
        should_be(finding, right);
    }
    verdicts.outcome("文中没有同时写出原值、累计折旧和净值")
}
