//! CM008: accounts that show money for trips, vehicles or receptions say how many there were.

use super::Verdicts;
use crate::reading::Reading;
use crate::reading::body;
use mingzhang_model::code::EconomicCode;
use mingzhang_model::fact::{DisclosureKind, Fact, Facts};
use mingzhang_model::finding::Related;
use mingzhang_model::key::{Function, Stage};
use mingzhang_model::rule::{Outcome, Severity};

/// A count, the economic codes whose money calls for it, and the words by which it is known.
struct Count {
    name: &'static str,
    codes: &'static [&'static str],
    /// One word of each set must stand in one paragraph.
    words: &'static [&'static [&'static str]],
}

const COUNTS: [Count; 6] = [
    Count {
        name: "因公出国（境）团组数", codes: &["30212"], words: &[&["出国", "出境"], &["团组", "个团", "批"]]
    },
    Count {
        name: "因公出国（境）人次", codes: &["30212"], words: &[&["出国", "出境"], &["人次", "人", "名"]]
    },
    Count {
        name: "公务用车购置数", codes: &["31013", "30913"], words: &[&["购置", "更新"], &["辆", "台"]]
    },
    Count {
        name: "公务用车保有量", codes: &["30231"], words: &[&["保有", "共有", "实有", "用车"], &["辆", "台"]]
    },
    Count {
        name: "国内公务接待批次", codes: &["30217"], words: &[&["接待"], &["批", "个团", "团组", "次"]]
    },
    Count { name: "国内公务接待人次", codes: &["30217"], words: &[&["接待"], &["人次", "人", "名"]] },
];

pub(crate) fn check(reading: &Reading<'_>, facts: &Facts) -> Outcome {
    let document = reading.document;
    if facts.disclosure.kind != Some(DisclosureKind::Accounts) {
        return Outcome::NotApplicable("不是决算".into());
    }
    let body = reading.body();
    let about = |line: &&body::Line<'_>| line.folded.contains("三公") || line.folded.contains("接待费");
    let Some(heading) = body.text.iter().find(about) else {
        return Outcome::Undecided("没有读到“三公”经费的说明".into());
    };
    if body::is_partly_unread(document) {
        return Outcome::Undecided("有的页面未能读出文字".into());
    }
    let mut verdicts = Verdicts::of("CM008");
    // The counts belong to the section of the three; reports behind it count other things.
    let own_section = body.text.iter().any(|line| is_under(facts, line) && line.folded.contains("接待费"));
    let location = || heading.passage.locate(facts, 0..heading.passage.text().len());
    let mut unsaid = Vec::new();
    for count in &COUNTS {
        let said = body.text.iter().filter(|line| !own_section || is_under(facts, line)).any(|line| {
            let digits = line.folded.contains(|c: char| c.is_ascii_digit());
            let words = count.words.iter().all(|set| set.iter().any(|word| line.folded.contains(word)));
            digits && words
        });
        let fact = match (said, spent(facts, count.codes)) {
            (false, Some(fact)) => fact,
            (true, Some(_)) => {
                verdicts.pass();
                continue;
            }
            (said, None) => {
                unsaid.extend((!said).then_some(count.name));
                continue;
            }
        };
        let cell = facts.locator(fact);
        let message = format!(
            "{}有支出 {}{}，说明里没有读到{}；没有的也应写明0",
            crate::wording::cell(&cell),
            cell.quote.clone().unwrap_or_default(),
            fact.unit.word(),
            count.name
        );
        let finding = verdicts.fail(location(), count.name, message);
        finding.related.push(Related { label: "表内的数".into(), location: cell });
    }
    // Where nothing was spent for one thing, nothing is hidden; those who check still look for its zero beside the
    // others. Where nothing was spent at all, there is nothing to count.
    if own_section && !unsaid.is_empty() && !verdicts.is_untouched() {
        let names = unsaid.join("、");
        let message = format!("“三公”经费的说明里没有读到{names}；没有支出的，宜写明0");
        verdicts.fail_as(Severity::Note, location(), &names, message);
    }
    verdicts.outcome("“三公”经费决算表里没有支出")
}

/// True for a line in a section on the three public expenses.
fn is_under(facts: &Facts, line: &body::Line<'_>) -> bool {
    let section = facts.prose.section_of.get(line.passage.block).copied().flatten();
    std::iter::successors(section, |at| facts.prose.sections[*at].parent)
        .any(|at| facts.prose.sections[at].title.contains("三公"))
}

/// The outturn of the table of the three public expenses for some economic codes, where there is any.
fn spent<'f>(facts: &'f Facts, codes: &[&str]) -> Option<&'f Fact> {
    let codes: Vec<EconomicCode> = codes.iter().filter_map(|code| EconomicCode::parse(code)).collect();
    facts.facts.iter().find(|fact| {
        facts.statements[fact.statement].concept == "three_public"
            && fact.key.stage == Stage::FinalAccounts
            && fact.key.function == Function::All
            && !fact.key.economic.is_all()
            && !fact.key.economic.is_empty()
            && fact.key.economic.codes().iter().all(|code| codes.contains(code))
            && !fact.printed.amount().is_zero()
    })
}
