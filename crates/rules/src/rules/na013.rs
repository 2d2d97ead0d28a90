//! NA013: the changes of the parts of 三公 make up the change of the whole.

use super::Verdicts;
use super::dw012::is_torn;
use crate::prose::{Prose, like};
use crate::reading::three_public::{Category, Group, groups};
use mingzhang_model::amount::{Agreement, Amount, Interval};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    use Category::{Purchase, Reception, Running, Total, Trips, Vehicles};
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("NA013");
    for mut group in groups(&prose).into_iter().filter(|group| !is_torn(group)) {
        hold(&prose, &mut verdicts, &group, Vehicles, &[Purchase, Running]);
        let by = |category| group.get(&category).and_then(|change| change.by);
        // Where only purchase and running are told, they stand for vehicles.
        if group.contains_key(&Vehicles) || by(Purchase).is_none() || by(Running).is_none() {
            hold(&prose, &mut verdicts, &group, Total, &[Trips, Vehicles, Reception]);
        } else {
            group.remove(&Vehicles);
            hold(&prose, &mut verdicts, &group, Total, &[Trips, Purchase, Running, Reception]);
        }
    }
    verdicts.outcome("文中没有同时写出“三公”经费总额和各分项的增减额")
}

fn hold(prose: &Prose<'_>, verdicts: &mut Verdicts, group: &Group, whole: Category, parts: &[Category]) {
    // A change is worked out from two printed amounts, so it may be off by twice the half of a last digit.
    let loose = |by: Interval| Interval::around(by.middle(), by.width());
    let by = |category: &Category| group.get(category).and_then(|change| change.by).map(loose);
    let sum: Option<Interval> = parts.iter().map(by).sum();
    let (Some(total), Some(sum)) = (by(&whole), sum) else { return };
    if !matches!(total.agreement(sum), Agreement::Off(_)) {
        return verdicts.pass();
    }
    let mentions = |category: &Category| group.get(category).and_then(|change| change.mention);
    let others: Vec<usize> = parts.iter().filter_map(mentions).collect();
    let Some((at, figure)) =
        mentions(&whole).or_else(|| others.first().copied()).and_then(|at| Some((at, prose.figure(at)?)))
    else {
        return;
    };
    let signed = |amount: Amount| match amount.0 {
        0 => "持平".to_string(),
        up if up > 0 => format!("增加 {}", like(figure, amount)),
        _ => format!("减少 {}", like(figure, Amount(-amount.0))),
    };
    let name = if whole == Category::Total { "“三公”经费" } else { "公务用车购置及运行费" };
    let message = format!("{name}写的是{}，各分项的增减合计却是{}", signed(total.middle()), signed(sum.middle()));
    let others: Vec<usize> = others.into_iter().filter(|other| *other != at).collect();
    prose.fail(verdicts, Severity::Error, at, &others, message);
}
