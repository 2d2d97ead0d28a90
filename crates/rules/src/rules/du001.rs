//! DU001: a department's money is the sum of its units'.

use super::Verdicts;
use crate::bundle::{APART, Department, View, narrowest, overlap};
use crate::wording;
use mingzhang_model::amount::{Amount, Interval};
use mingzhang_model::fact::Fact;
use mingzhang_model::finding::Related;
use mingzhang_model::key::{Key, fiscal_appropriation};
use mingzhang_model::rule::Outcome;

pub(crate) fn check(view: &View<'_>) -> Outcome {
    let mut verdicts = Verdicts::of("DU001");
    let departments = view.departments();
    let mut lacks = None;
    for department in &departments {
        if department.is_complete() {
            sums(&mut verdicts, department);
        } else if !department.lacking.is_empty() && department.only().is_none() {
            lacks.get_or_insert_with(|| department.lacks());
        }
    }
    match lacks.filter(|_| verdicts.is_untouched()) {
        Some(lacks) => Outcome::Undecided(format!("{lacks}，不能核对部门与各单位之和")),
        None => verdicts.outcome("没有部门与它的几家预算单位的文件"),
    }
}

/// A number of the department that is not the sum of its units'.
struct Off<'p> {
    key: &'p Key,
    fact: &'p Fact,
    sum: Interval,
    parts: Vec<Option<&'p Fact>>,
}

impl Off<'_> {
    fn by(&self) -> Amount {
        Amount(self.fact.printed.amount().0 - self.sum.middle().0)
    }
}

fn sums(verdicts: &mut Verdicts, department: &Department<'_>) {
    let units: Vec<_> = department.units.iter().map(|(_, part)| (*part, part.cells())).collect();
    let mut off = Vec::new();
    for (key, whole) in department.whole.cells() {
        // What goes from unit to unit is struck out of the department's sum, and only appropriations never do.
        if !key.funds.within(fiscal_appropriation()) {
            continue;
        }
        let parts: Option<Vec<_>> = units.iter().map(|(part, cells)| summand(part, cells.get(key), key)).collect();
        let Some(parts) = parts else { continue };
        let sum: Interval = parts.iter().map(|(_, interval)| *interval).sum();
        if whole.iter().any(|fact| overlap(fact.loosely(), sum)) {
            verdicts.pass();
        } else {
            off.push(Off { key, fact: whole[0], sum, parts: parts.into_iter().map(|(fact, _)| fact).collect() });
        }
    }
    let told: Vec<(&Key, Amount)> = off.iter().map(|off| (off.key, off.by())).collect();
    let narrowest = narrowest(&told);
    // A department that is off everywhere was summed up from other documents: that is one thing to say.
    let shown = if narrowest.len() > APART { &narrowest[..1] } else { &narrowest[..] };
    for i in shown {
        let others = narrowest.len() - shown.len();
        tell(verdicts, department, &off[*i], others);
    }
}

fn tell(verdicts: &mut Verdicts, department: &Department<'_>, off: &Off<'_>, others: usize) {
    let (fact, place) = (off.fact, department.whole.place(off.fact));
    let quote = |fact: &Fact| wording::amount(fact, fact.printed.amount());
    let printed: Vec<String> = off.parts.iter().flatten().map(|fact| quote(fact)).collect();
    let total = wording::amount(fact, off.sum.middle());
    let more = if others > 0 { format!("；另有 {others} 个数也不等于各单位之和") } else { String::new() };
    let message = format!(
        "部门的{}{}，各预算单位之和为 {total}（{}）{more}",
        wording::cell(&place),
        wording::found(fact),
        wording::listed(&printed, " + ")
    );
    let finding = verdicts.fail(place, &format!("{}:{}", department.whole.called(), off.key), message);
    finding.expected = Some(total);
    finding.difference = Some(wording::difference(fact, off.by()));
    let stand = department.units.iter().zip(&off.parts);
    let related = stand
        .filter_map(|((unit, part), fact)| Some(Related { label: unit.name.clone(), location: part.place((*fact)?) }));
    finding.related = related.collect();
}

/// What a unit adds: its number, or nothing where its table lists every row and has not this one.
fn summand<'p>(
    part: &'p crate::bundle::Part,
    prints: Option<&Vec<&'p Fact>>,
    key: &Key,
) -> Option<(Option<&'p Fact>, Interval)> {
    if let Some(prints) = prints {
        return Some((Some(prints[0]), prints[0].loosely()));
    }
    // A table of the unit whose rows list every code in use, and which holds money of the same kind.
    let total = Key { function: mingzhang_model::key::Function::All, ..key.clone() };
    let listed = part.facts.facts.iter().any(|fact| fact.key == total && part.facts.statements[fact.statement].closed);
    (listed && total != *key).then_some((None, Interval::ZERO))
}
