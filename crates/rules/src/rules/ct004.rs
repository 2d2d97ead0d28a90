//! CT004: last year's amounts, as this year's document tells them, are those that were disclosed last year.

use super::Verdicts;
use crate::bundle::{Base, Part, View, bases, overlap};
use mingzhang_model::code::FunctionalCode;
use mingzhang_model::fact::Fact;
use mingzhang_model::finding::Related;
use mingzhang_model::key::{Function, Key};
use mingzhang_model::rule::Outcome;
use mingzhang_standard::codes;

pub(crate) fn check(view: &View<'_>) -> Outcome {
    let mut verdicts = Verdicts::of("CT004");
    for (earlier, later) in view.successive() {
        let cells = earlier.cells();
        for base in bases(later).iter().filter(|base| !changed(&base.key, base.key.year + 1)) {
            let Some(prints) = cells.get(&base.key) else { continue };
            if prints.iter().any(|fact| overlap(fact.loosely(), base.interval)) {
                verdicts.pass();
            } else {
                fail(&mut verdicts, (earlier, prints[0]), (later, base));
            }
        }
        columns(&mut verdicts, earlier, later);
    }
    verdicts.outcome("没有同一部门（单位）上年的公开文件，或文中没有与上年公开数比较的数")
}

/// A code that was moved or renamed between the two years counts other money before and after.
fn changed(key: &Key, year: u16) -> bool {
    let Function::Code(code) = key.function else { return false };
    codes::retired().iter().any(|retired| {
        let touches = |other: FunctionalCode| other.within(code) || code.within(other);
        let now = codes::functional_named(retired.now);
        retired.since == year && (touches(retired.code) || now.into_iter().any(touches))
    })
}

fn fail(verdicts: &mut Verdicts, (earlier, fact): (&Part, &Fact), (later, base): (&Part, &Base)) {
    let place = earlier.place(fact);
    let printed = format!("{}{}", place.quote.as_deref().unwrap_or_default(), fact.unit.word());
    let worked = if base.worked.is_empty() { String::new() } else { format!("（{}）", base.worked) };
    let told = crate::tables::in_column(fact, base.interval.middle());
    let message = format!(
        "按{}，上年数为 {told}{}{worked}，而{}公开的是 {printed}；两年口径有变的应当说明",
        later.called(),
        fact.unit.word(),
        earlier.called(),
    );
    let what = format!("{}:{}", later.called(), base.key);
    let finding = verdicts.fail(later.said(base.told), &what, message);
    finding.expected = Some(printed);
    finding.found = Some(format!("{told}{}", fact.unit.word()));
    finding.related = vec![
        Related { label: earlier.called(), location: place },
        Related { label: later.called(), location: later.said(base.current) },
    ];
}

/// Columns that print last year's amounts beside this year's.
fn columns(verdicts: &mut Verdicts, earlier: &Part, later: &Part) {
    let Some(year) = earlier.year() else { return };
    let differences = crate::bundle::differences(later, earlier, |key| key.year == year && !changed(key, year + 1));
    crate::bundle::tell(verdicts, later, earlier, differences, "上年数应当与上年公开的一致");
}
