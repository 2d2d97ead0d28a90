//! CM028: in Shanghai, the narrative tells of what audits found and how it was put right.

use super::Verdicts;
use crate::reading::Reading;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::form;

pub(crate) fn check(reading: &Reading<'_>, facts: &Facts) -> Outcome {
    let place = facts.disclosure.form.and_then(form::form).map(|form| form.place.as_str());
    if place != Some("上海") {
        return Outcome::NotApplicable("不是上海的公开文件".into());
    }
    let body = reading.body();
    // The other explanations stand there: this is the file of the narrative.
    let other = body.text.iter().find(|line| {
        line.is_short() && ["国有资产占", "其他相关情况", "其他重要事项"].iter().any(|word| line.folded.contains(word))
    });
    let Some(other) = other else { return Outcome::Undecided("没有读到其他事项的说明".into()) };
    let mut verdicts = Verdicts::of("CM028");
    let told =
        |text: &str| text.contains("审计") && (text.contains("整改") || text.contains("查出") || text.contains("发现"));
    if body.text.iter().any(|line| told(&line.folded)) {
        verdicts.pass();
    } else {
        let message = "请关注：说明里没有提到审计查出问题及整改情况；本市条例要求随预算、决算一并公开".to_string();
        let location = other.passage.locate(facts, 0..other.passage.text().len());
        verdicts.fail(location, "audit", message);
    }
    verdicts.outcome("没有说明")
}
