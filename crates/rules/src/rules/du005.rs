//! DU005: the numbers of units by kind add up to the list.

use super::Verdicts;
use crate::reading::composition::{Composition, Counted};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::finding::Related;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let composition = Composition::of(document, facts);
    let mut verdicts = Verdicts::of("DU005");
    let kinds: Vec<_> = composition.stated(Counted::Kind).collect();
    // One kind alone need not be all of them: 其中行政单位1家.
    let (Some(first), Some(unit)) = (kinds.first().filter(|_| kinds.len() > 1), composition.units.first()) else {
        return Outcome::NotApplicable("没有按类型写预算单位的家数，或没有读到清单".into());
    };
    let (sum, listed): (usize, usize) = (kinds.iter().map(|count| count.number).sum(), composition.units.len());
    if sum == listed {
        verdicts.pass();
    } else {
        let numbers: Vec<String> = kinds.iter().map(|count| count.number.to_string()).collect();
        let message = format!("各类预算单位一共 {sum} 家（{}），清单列了 {listed} 家", numbers.join(" + "));
        let finding = verdicts.fail(first.location.clone(), "kinds", message);
        finding.expected = Some(format!("{listed}家"));
        finding.found = Some(format!("{sum}家"));
        finding.related = vec![Related { label: "清单".into(), location: unit.location.clone() }];
    }
    verdicts.outcome("")
}
