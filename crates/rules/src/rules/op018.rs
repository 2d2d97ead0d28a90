//! OP018: a document counts special equipment above one price, not above several.

use super::Verdicts;
use crate::text::{self, Hit};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("OP018");
    let shanghai = facts.disclosure.form.is_some_and(|form| form.starts_with("shanghai"));
    let mut found = Vec::new();
    for passage in text::passages(document) {
        found.extend(thresholds(passage.text()).into_iter().map(|(bytes, price, kind)| (passage, bytes, price, kind)));
    }
    let high = found.iter().find(|(_, _, price, kind)| *price == 100 && *kind == Kind::Special);
    for (passage, bytes, price, kind) in &found {
        let wrong = match kind {
            Kind::General => None,
            Kind::Special => high.filter(|_| *price == 50).map(|(_, bytes, _, _)| bytes).map(|_| "专用设备"),
            Kind::Any => (shanghai && *price == 50).then_some("大型设备"),
        };
        let Some(name) = wrong else {
            verdicts.pass();
            continue;
        };
        let quote = &passage.text()[bytes.clone()];
        let message = format!("“{quote}”以50万元为界，{name}的口径是单价100万元以上，应当统一");
        text::report(&mut verdicts, facts, passage, Hit { bytes: bytes.clone(), message });
        if let (Some((at, range, _, _)), Some(finding)) = (high, verdicts.last()) {
            finding.related.push(mingzhang_model::finding::Related {
                label: "别处的口径".into(),
                location: at.locate(facts, range.clone()),
            });
        }
    }
    verdicts.outcome("文中没有大型设备的口径")
}

/// What the price is the limit of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    /// 通用设备
    General,
    /// 专用设备, also where it is named beside 通用设备
    Special,
    /// 设备
    Any,
}

/// Every 50万元以上通用设备 and 100万元以上专用设备 of a text: price in 万元 and kind.
fn thresholds(text: &str) -> Vec<(Range<usize>, u32, Kind)> {
    const LONGEST: usize = 24;
    let mut found = Vec::new();
    for price in [50, 100] {
        for (at, digits) in text.match_indices(&price.to_string()) {
            let whole = !text[..at].ends_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
            let rest = text[at + digits.len()..].trim_start();
            let Some(rest) = rest.strip_prefix('万').filter(|_| whole) else { continue };
            let rest = rest.strip_prefix('元').unwrap_or(rest);
            let Some(end) = rest.find("设备") else { continue };
            let between = &rest[..end];
            if between.chars().count() > LONGEST
                || between.contains(['，', '。', '；', ','])
                || !between.contains("以上")
            {
                continue;
            }
            let behind = rest[end + "设备".len()..].split(['，', '。', '；', ',']).next().unwrap_or_default();
            let kind = match (between.contains("通用"), between.contains("专用")) {
                (_, true) => Kind::Special,
                (true, false) if behind.contains("专用设备") && !behind.contains("100") => Kind::Special,
                (true, false) => Kind::General,
                (false, false) => Kind::Any,
            };
            let until = text.len() - rest.len() + end + "设备".len();
            let until = if kind == Kind::Special && !between.contains("专用") {
                until + behind.find("专用设备").map_or(0, |i| i + "专用设备".len())
            } else {
                until
            };
            found.push((at..until, price, kind));
        }
    }
    found.sort_by_key(|(bytes, _, _)| bytes.start);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_and_kinds() {
        let kinds = |text| thresholds(text).into_iter().map(|(_, price, kind)| (price, kind)).collect::<Vec<_>>();
        assert_eq!(
            kinds("单位价值50万元以上通用设备0台，单位价值100万元以上专用设备0台"),
            [(50, Kind::General), (100, Kind::Special)]
        );
        assert_eq!(kinds("无新增50万元以上的通用设备和专用设备"), [(50, Kind::Special)]);
        assert_eq!(kinds("单价100万元（含）以上设备，价值150万元以上设备，安排50万元购置设备"), [(100, Kind::Any)]);
    }
}
