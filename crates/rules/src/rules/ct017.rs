//! CT017: a change over last year is counted with the money of the codes that were moved into this one.

use super::Verdicts;
use crate::bundle::{View, bases, overlap};
use crate::wording;
use mingzhang_model::code::FunctionalCode;
use mingzhang_model::finding::Related;
use mingzhang_model::key::{Function, Key};
use mingzhang_model::rule::Outcome;
use mingzhang_standard::codes::{self, Retired};

pub(crate) fn check(view: &View<'_>) -> Outcome {
    let mut verdicts = Verdicts::of("CT017");
    for (earlier, later) in view.successive() {
        let cells = earlier.cells();
        for base in bases(later) {
            let Function::Code(code) = base.key.function else { continue };
            for retired in codes::retired().iter().filter(|retired| retired.since == base.key.year + 1) {
                let Some(old) = former(code, retired) else { continue };
                let old = Key { function: Function::Code(old), ..base.key.clone() };
                let Some(moved) = cells.get(&old).and_then(|prints| prints.first()) else { continue };
                let own = cells.get(&base.key).and_then(|prints| prints.first());
                let own = own.map_or(mingzhang_model::amount::Interval::ZERO, |fact| fact.loosely());
                if moved.printed.amount().is_zero() || !overlap(base.interval, own) {
                    verdicts.pass();
                    continue;
                }
                let place = earlier.place(moved);
                let message = format!(
                    "“{}”（{}）自{}年起并入“{}”，上年{}；与上年比较应当把它计入上年数",
                    retired.name,
                    retired.code,
                    retired.since,
                    retired.now,
                    wording::found(moved)
                );
                let what = format!("{}:{}:{}", later.called(), retired.code, base.key);
                let finding = verdicts.fail(later.said(base.told), &what, message);
                finding.related = vec![Related { label: earlier.called(), location: place }];
            }
        }
    }
    verdicts.outcome("没有相连两年的文件，或上年没有列已经撤并的科目")
}

/// The code that money of a code had before: 行政运行 of a 款 that took in another 款 was 行政运行 there. None where only
/// the name changed, or the code has nothing of the retired one.
fn former(code: FunctionalCode, retired: &Retired) -> Option<FunctionalCode> {
    let now = codes::functional_named(retired.now).into_iter().find(|now| code.within(*now))?;
    let (code, now, old) = (code.to_string(), now.to_string(), retired.code.to_string());
    (now != old && now.len() == old.len()).then(|| FunctionalCode::parse(&format!("{old}{}", &code[now.len()..])))?
}
