//! DU008: a budget unit of the second level publishes a unit's document, not a department's.

use super::Verdicts;
use crate::text::{self, Hit};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    const WE: [&str; 5] = ["我单位", "本单位", "我处", "我中心", "我馆"];
    let mut verdicts = Verdicts::of("DU008");
    let said = text::passages(document).find(|passage| {
        text::places_of(passage.text(), &["二级预算单位", "二级单位"]).iter().any(|bytes| {
            let sentence = text::sentence(passage.text(), bytes.start);
            let before = words::fold(&passage.text()[sentence.start..bytes.start]);
            let own = WE.iter().any(|word| before.contains(word)) && before.contains('为') || before.contains('系');
            own && !["下设", "下属有", "没有", "所属的"].iter().any(|word| before.contains(word))
        })
    });
    let Some(passage) = said else {
        return Outcome::NotApplicable("文中没有说自己是二级预算单位".into());
    };
    let Some(at) = passage.text().find("部门预算").or_else(|| passage.text().find("部门决算")) else {
        verdicts.pass();
        return verdicts.outcome("");
    };
    let bytes = at..at + "部门预算".len();
    let message =
        "自称二级预算单位，却把自己的公开文件称为“部门预算（决算）”；二级预算单位公开的是单位预算（决算）".to_string();
    text::report(&mut verdicts, facts, &passage, Hit { bytes, message });
    verdicts.outcome("")
}
