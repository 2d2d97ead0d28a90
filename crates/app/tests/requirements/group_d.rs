//! D 决算: rows 14 to 17.

use crate::support::{BEIJING, completion_in_books, example, key};
use mingzhang_books::command::Command;
use mingzhang_books::entry::{self, Moved, Movement};
use mingzhang_books::entry::{Change as Changed, Pot};
use mingzhang_books::line::Line;
use mingzhang_books::pivot::{Pivot, Scope};
use mingzhang_model::amount::{Amount, Figure};
use mingzhang_model::fact::{Printed, Slot};
use mingzhang_model::key::{Fund, Stage};
use mingzhang_standard::compare::{Change, NO_RATE, SENTENCE};
use mingzhang_standard::fraction::Fraction;
use mingzhang_standard::performance::Input;
use mingzhang_testkit::office::{
    Office, adjustment, approval, budget, closing, day, line, opening, payment, receipt, unit, yuan,
};

/// 收支总表、收入、支出、财政拨款收支、一般公共支出、基本支出明细、基金、国资、三公；逐表勾稽；表注；部门名；单位.
#[test]
pub(crate) fn r14_the_nine_tables_of_accounts_come_out_and_hold_together() {
    let mut draft = example(BEIJING).draft();
    // 公开07 and 08 are the funds, 09 is 三公.
    let numbers = ["A01", "A02", "A03", "A04", "A05", "A06", "A08", "A09", "A07"];
    assert_eq!(draft.facts.statements.len(), numbers.len());
    for statement in &draft.facts.statements {
        let at = numbers.iter().position(|code| *code == statement.code).unwrap() + 1;
        assert!(statement.title.text.contains(&format!("公开0{at}表")), "{}", statement.title.text);
        assert!(statement.unit_note.as_ref().is_some_and(|note| note.text == "单位：万元"));
        let Slot::Filled(name) = &statement.name_slot else { panic!("{} has no name", statement.code) };
        assert!(name.text.contains("怀化市人民政府驻北京联络处"));
    }
    let codes: std::collections::BTreeSet<&str> = draft.facts.statements.iter().map(|one| one.code).collect();
    assert_eq!(codes.len(), numbers.len());
    let errors = |draft: &mingzhang_books::facts::Draft| {
        let report = mingzhang_rules::check(&draft.document, &draft.facts);
        report.findings().filter(|finding| finding.severity.word() == "error").count()
    };
    assert_eq!(errors(&draft), 0);
    // A ten thousand more in one cell of one table: another table says otherwise.
    let at = draft.facts.statements.iter().position(|statement| statement.code == "A03").unwrap();
    let total = draft.facts.facts.iter_mut().find(|fact| fact.statement == at).unwrap();
    let Printed::Figure(figure) = total.printed else { panic!("the total is blank") };
    total.printed = Printed::Figure(Figure { amount: Amount(figure.amount.0 + 1_000_000), ..figure });
    assert!(errors(&draft) > 0);
}

/// 年初预算、决算、完成率、差异原因；年初0时写无法计算.
#[test]
pub(crate) fn r15_every_item_of_the_accounts_is_measured_by_its_budget() {
    let shown = example(BEIJING);
    let of = |function: &str| (shown.money("fiscal", function), shown.money("final_accounts fiscal", function));
    assert_eq!(of("2010309"), ("63.06".into(), "83.19".into()));
    assert_eq!(shown.completion("fiscal", "2010309", Stage::Initial), "131.92%");
    assert_eq!(of("2080505"), ("14.63".into(), "14.41".into()));
    assert_eq!(shown.completion("fiscal", "2080505", Stage::Initial), "98.50%");
    for function in ["2010399", "2013501"] {
        let (initial, actual) = of(function);
        assert!(initial == "0.00" && actual != "0.00");
        assert_eq!(shown.completion("fiscal", function, Stage::Initial), NO_RATE, "{function}");
    }
    // Of another year nothing is known and nothing is measured.
    assert_eq!(completion_in_books(&shown.pivot, &key(2021, "fiscal", "2010309"), Stage::Initial), None);
    // Why an item differs stands with every change of its budget.
    let year = shown.books().year(&shown.unit(), 2022).unwrap();
    assert!(year.adjustments().count() > 0 && year.adjustments().all(|one| !one.reason.trim().is_empty()));
    let mut office = Office::in_memory();
    let supplies = line("2010301", "30201");
    office.send(budget(&[(&supplies, 100)])).unwrap();
    let mut more = adjustment("a", Changed::Addition, &[(&supplies, 10)]);
    more.reason = " ".into();
    assert_eq!(office.refused(Command::Adjust(more)).0, "needs_reason");
}

/// 结余分配、年初/年末结转、使用非财政拨款结余；收入+年初=支出+分配+年末.
#[test]
pub(crate) fn r16_what_was_there_and_came_in_is_what_went_out_and_is_left() {
    let shown = example(BEIJING);
    let words = ["income", "surplus_use", "opening", "expenditure", "surplus_distribution", "closing"];
    let flows = words.map(|word| shown.money(&format!("final_accounts {word}"), ""));
    assert_eq!(flows, ["295.12", "0.00", "0.00", "295.11", "0.01", "0.00"]);
    assert!(balances(&shown.pivot, 2022));

    let (mut office, supplies, own) = two_funds();
    let moved = |movement: Movement, line: &Line, amount: i64| {
        let (on, document) = (day("2024-12-30"), "馆字〔2024〕9号".to_owned());
        let pot = Pot::of(line);
        Command::Move(Moved { movement, pot, amount: yuan(amount), on, document, approval: approval("负责人") })
    };
    office.must(moved(Movement::SurplusUsed, &own, 40));
    office.must(moved(Movement::SurplusDistributed, &own, 15));
    assert_eq!(office.refused(moved(Movement::SurplusDistributed, &supplies, 1)).0, "mixes");
    assert_eq!(office.refused(moved(Movement::SurplusDistributed, &own, 999)).0, "pot_short");
    office.must(Command::CloseYear(closing("101", 2024)));
    let pivot = Pivot::of(office.books(), &Scope::Own(unit("101")));
    let amount = |words: &str| pivot.amount(&key(2024, &format!("final_accounts {words}"), ""));
    let flows = words.map(amount);
    assert_eq!(flows, [980, 40, 70, 850, 15, 225].map(yuan));
    assert!(balances(&pivot, 2024));
    // The next year begins with what this one left, and with nothing else.
    let next = Pivot::of(office.books(), &Scope::Own(unit("101")));
    assert_eq!(next.amount(&key(2025, "final_accounts opening", "")), yuan(225));
    let forward = entry::Balance { pot: Pot { year: 2025, ..Pot::of(&supplies) }, amount: yuan(1), since: 2024 };
    assert_eq!(office.refused(Command::BringForward(forward)).0, "not_first_year");
    // More spent than came in: the year is not closed.
    let (mut short, supplies, _) = two_funds();
    short.must(Command::ReverseReceipt(receipt("i1", &supplies, 1, "2024-03-01").id, unit("101"), 2024, "误记".into()));
    let (reason, said) = short.refused(Command::CloseYear(closing("101", 2024)));
    assert!(reason == "pot_short" && said.contains("差 630.00元"), "{said}");
}

fn balances(pivot: &Pivot, year: u16) -> bool {
    let amount = |words: &str| pivot.amount(&key(year, &format!("final_accounts {words}"), ""));
    amount("income+surplus_use+opening") == amount("expenditure+surplus_distribution+closing")
}

/// An office with 70 of last year, 800 of the appropriation and 180 of other income; 850 are spent.
fn two_funds() -> (Office<mingzhang_books::store::Memory>, Line, Line) {
    let (supplies, own) = (line("2010301", "30201"), Line { fund: Fund::Other, ..line("2010301", "30201") });
    let mut office = Office::in_memory();
    office.send(budget(&[(&supplies, 800), (&own, 200)])).unwrap();
    office.must(Command::BringForward(opening(&supplies, 70)));
    office.must(Command::Receive(receipt("i1", &supplies, 800, "2024-03-01")));
    office.must(Command::Receive(receipt("i2", &own, 180, "2024-03-01")));
    office.must(Command::Pay(payment("p1", &supplies, 700, "2024-04-01")));
    office.must(Command::Pay(payment("p2", &own, 150, "2024-04-01")));
    (office, supplies, own)
}

/// 预算调整数/预算数×100%；口径（财政追加 vs 决算收入差）须定义.
#[test]
pub(crate) fn r17_the_rate_of_adjustment_has_two_definitions_and_both_are_computed() {
    let shown = example(BEIJING);
    // Income of the accounts beyond the budget: as the document has it.
    let [budget_year, came] = ["income", "final_accounts income"].map(|words| shown.amount(words, ""));
    let change = Change::of(SENTENCE.figure(came), SENTENCE.figure(budget_year));
    assert_eq!([change.difference.plain(), change.rate.to_string()], ["69.94", "31.06%"]);
    // What the log of changes says: additions by the approved budget, as the indicator systems have it.
    let inputs = shown.books().inputs(&shown.scope(), 2022);
    let rate = inputs[&Input::Additions].over(inputs[&Input::InitialBudget]).unwrap();
    assert!(rate > Fraction::parse("31.06%").unwrap(), "{}", rate.percent());

    let mut office = Office::in_memory();
    let (supplies, travel) = (line("2010301", "30201"), line("2010301", "30211"));
    office.send(budget(&[(&supplies, 600), (&travel, 400)])).unwrap();
    let changes = [
        adjustment("a1", Changed::Addition, &[(&supplies, 200)]),
        adjustment("a2", Changed::Reduction, &[(&travel, -50)]),
        adjustment("a3", Changed::Reallocation, &[(&supplies, -30), (&travel, 30)]),
    ];
    office.send(changes.into_iter().map(Command::Adjust).collect()).unwrap();
    let inputs = office.books().inputs(&Scope::Own(unit("101")), 2024);
    let [added, taken, moved] =
        [Input::Additions, Input::Reductions, Input::Reallocations].map(|input| inputs[&input].to_whole().unwrap());
    assert_eq!([added, taken, moved], [20_000, 5_000, 3_000]);
    assert_eq!(inputs[&Input::AdjustedBudget].to_whole(), Some(115_000));
    let unequal = adjustment("a4", Changed::Reallocation, &[(&supplies, -30), (&travel, 31)]);
    assert_eq!(office.refused(Command::Adjust(unequal)).0, "unbalanced");
    let mut unsigned = adjustment("a5", Changed::Addition, &[(&supplies, 1)]);
    unsigned.document = String::new();
    assert_eq!(office.refused(Command::Adjust(unsigned)).0, "needs_document");
}
