//! DU004: the number of subordinate units is that of the list.

use super::Verdicts;
use crate::reading::composition::{Composition, Counted};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::finding::Related;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let composition = Composition::of(document, facts);
    let mut verdicts = Verdicts::of("DU004");
    let (listed, below) = (composition.units.len(), composition.subordinates());
    let Some(first) = composition.units.first() else {
        return Outcome::NotApplicable("没有读到预算单位的清单".into());
    };
    for count in &composition.counts {
        let (expected, words) = match count.what {
            Counted::Subordinate if below < listed => (below, "除本级以外"),
            Counted::Subordinate | Counted::All => (listed, "一共"),
            Counted::Kind => continue,
        };
        if count.number == expected {
            verdicts.pass();
            continue;
        }
        let message = format!("文中写 {} 家，清单{words}列了 {expected} 家", count.number);
        let finding = verdicts.fail(count.location.clone(), &format!("{:?}", count.what), message);
        finding.expected = Some(format!("{expected}家"));
        finding.related = vec![Related { label: "清单".into(), location: first.location.clone() }];
    }
    verdicts.outcome("没有写预算单位的家数")
}
