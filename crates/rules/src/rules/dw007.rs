//! DW007: the reason given for a change does not speak of the opposite.
//!
//! A reason may well name both what rose and what fell. Only one that speaks of nothing but the other
//! direction is told.

use super::Verdicts;
use crate::prose::Prose;
use crate::rules::dw001::word;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::locator::Locator;
use mingzhang_model::prose::{Claim, Direction};
use mingzhang_model::rule::Outcome;

const UP: [&str; 8] = ["增加", "增长", "提高", "上升", "新增", "上调", "增大", "扩大"];
const DOWN: [&str; 19] = [
    "减少", "下降", "降低", "压缩", "压减", "节约", "减", "取消", "未", "不再", "完成", "结束", "调整", "严控", "划转",
    "分流", "调出", "转出", "剥离",
];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("DW007");
    for claim in prose.claims() {
        let Claim::Change { difference, direction, rate, rate_direction, .. } = claim else { continue };
        let Some(last) = rate.or(*difference) else { continue };
        let Some(direction) = direction.or(*rate_direction).filter(|d| *d != Direction::Level) else { continue };
        let Some(reason) = prose.reason_behind(last) else { continue };
        match opposite(&reason, direction) {
            None => verdicts.pass(),
            Some(said) => {
                let location = Locator { quote: Some(reason.clone()), ..prose.locator(last) };
                let message = format!("前面写的是{}，原因却只说“{said}”：{reason}", word(direction));
                verdicts.fail(location, &reason, message);
            }
        }
    }
    verdicts.outcome("文中没有增减的原因")
}

/// The word of the other direction, where the reason holds no word of the right one.
fn opposite(reason: &str, direction: Direction) -> Option<&'static str> {
    let (right, wrong): (&[&str], &[&'static str]) = match direction {
        Direction::Up => (&UP, &DOWN[..5]),
        Direction::Down => (&DOWN, &UP[..4]),
        Direction::Level => return None,
    };
    let holds = |words: &[&str]| words.iter().any(|word| reason.contains(word));
    wrong.iter().copied().find(|word| reason.contains(word)).filter(|_| !holds(right))
}
