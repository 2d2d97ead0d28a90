//! B 收入: rows 6 to 8.

use crate::support::{
    BEIJING, CITY, COOPERATION, SHANGHAI, ZHUZHOU, change_on_year_before, example, key, share_in_books,
};
use mingzhang_books::command::Command;
use mingzhang_books::entry::Known;
use mingzhang_books::line::{Line, Source};
use mingzhang_books::pivot::{Pivot, Scope};
use mingzhang_model::code::FunctionalCode;
use mingzhang_model::key::{Fund, Measure, Stage};
use mingzhang_model::set::Member;
use mingzhang_standard::compare::NO_RATE;
use mingzhang_standard::fraction::Fraction;
use mingzhang_testkit::office::{Office, approved, budget, line, unit, yuan};

/// A line of a fund, under a function that is the fund's.
fn of_fund(fund: Fund) -> Line {
    let function = match fund {
        Fund::GovernmentManaged => "2082201",
        Fund::StateCapital => "2230103",
        _ => "2010301",
    };
    Line { fund, ..line(function, "30201") }
}

/// 一般公共预算、政府性基金、国有资本经营、财政专户、事业、经营、上级补助、附属单位上缴、其他、上年结转；合计=各来源之和.
#[test]
pub(crate) fn r06_income_is_told_by_its_sources_and_is_their_sum() {
    let mut office = Office::in_memory();
    let mut lines: Vec<(Line, i64)> = (1..).zip(Fund::ALL).map(|(at, fund)| (of_fund(*fund), at * 100)).collect();
    let carried = Line { source: Source::CarriedOver, ..line("2010301", "30211") };
    lines.push((carried, 70));
    office.send(budget(&lines.iter().map(|(line, amount)| (line, *amount)).collect::<Vec<_>>())).unwrap();
    let pivot = Pivot::of(office.books(), &Scope::Own(unit("101")));
    let amount = |words: &str| pivot.amount(&key(2024, words, ""));
    for (at, fund) in (1..).zip(Fund::ALL) {
        assert_eq!(amount(&format!("income {}", fund.word())), yuan(at * 100), "{fund:?}");
    }
    assert_eq!(Fund::ALL.len(), 9);
    assert_eq!([amount("income"), amount("opening"), amount("expenditure")], [yuan(4_500), yuan(70), yuan(4_570)]);
    assert_eq!(amount("income fiscal"), yuan(600));
    let foreign = Line { function: FunctionalCode::parse("2082201").unwrap(), ..of_fund(Fund::GeneralPublic) };
    let (reason, words) = Office::in_memory().refused(approved(&foreign, 1));
    assert!(reason == "bad_line" && words.contains("政府性基金预算"), "{words}");

    let shanghai = example(SHANGHAI);
    let funds = ["income general_public", "income government_managed", "income state_capital"];
    assert_eq!(funds.map(|words| shanghai.money(words, "")), ["130.99", "0.00", "0.00"]);
    let department = example(COOPERATION);
    let funds = ["income fiscal", "income other_revenue", "income"];
    assert_eq!(funds.map(|words| department.money(words, "")), ["8408.14", "20.00", "8428.14"]);
    let beijing = example(BEIJING);
    let funds = ["final_accounts income fiscal", "final_accounts income other_revenue", "final_accounts income"];
    assert_eq!(funds.map(|words| beijing.money(words, "")), ["295.05", "0.07", "295.12"]);
}

/// 增减额、增减率、方向、原因；上年数=本年±额；同口径说明.
#[test]
pub(crate) fn r07_changes_on_the_year_before_have_amount_rate_and_direction() {
    let changes = [
        (SHANGHAI, "income", "-101.68", "减少", "43.70%"),
        (ZHUZHOU, "income", "21.74", "增加", "9.24%"),
        (CITY, "expenditure", "-121.16", "减少", "3.81%"),
        (BEIJING, "final_accounts income", "30.94", "增加", "11.71%"),
        // Printed in whole 万元 as 916.
        (COOPERATION, "income fiscal", "916.14", "增加", "12.23%"),
        (COOPERATION, "fiscal three_public", "0.00", "持平", "0.00%"),
    ];
    for (id, words, difference, direction, rate) in changes {
        let shown = example(id);
        assert_eq!(shown.change(words), (difference.into(), direction, rate.into()), "{id} {words}");
        let change = change_on_year_before(&shown.pivot, &key(shown.office.year, words, "")).unwrap();
        assert_eq!(change.base.amount.0 + change.difference.amount.0, change.current.amount.0, "{id} {words}");
    }
    let shanghai = example(SHANGHAI);
    // Of another scope nothing is known of the year before, and nothing is compared.
    assert_eq!(change_on_year_before(&shanghai.pivot, &key(2024, "income", "201")), None);
    let known = |year: u16| Known {
        unit: shanghai.unit(),
        year,
        stage: Stage::Initial,
        measure: Measure::Income,
        funds: String::new(),
        kind: None,
        function: String::new(),
        economic: String::new(),
    };
    let record = |year: u16, source: &str| Command::RecordAmount(known(year), yuan(1), source.into());
    assert_eq!(shanghai.refused(record(2024, "2024年部门预算")).0, "bad_figure");
    assert_eq!(shanghai.refused(record(2022, "")).0, "needs_document");
    // The reason is a person's words, kept with the year.
    let reason = Command::Explain(shanghai.unit(), 2024, "income_change".into(), "专项经费减少".into());
    let books = shanghai.with(vec![reason]);
    assert_eq!(books.year(&shanghai.unit(), 2024).unwrap().explanation("income_change"), Some("专项经费减少"));
}

/// 各来源/收入合计，合计100%.
#[test]
pub(crate) fn r08_shares_of_the_sources_make_up_the_whole() {
    let shown = example(BEIJING);
    let whole = ("final_accounts income", "");
    assert_eq!(shown.share(("final_accounts income fiscal", ""), whole), "99.98%");
    assert_eq!(shown.share(("final_accounts income other_revenue", ""), whole), "0.02%");
    for id in [SHANGHAI, ZHUZHOU, CITY, BEIJING, COOPERATION] {
        let shown = example(id);
        let whole = key(shown.office.year, "income", "");
        let shares = Fund::ALL.iter().map(|fund| {
            let part = key(shown.office.year, &format!("income {}", fund.word()), "");
            share_in_books(&shown.pivot, &part, &whole).unwrap().rate.exact().unwrap()
        });
        assert_eq!(shares.reduce(|sum, share| sum.plus(share).unwrap()), Some(Fraction::ONE), "{id}");
    }
    let nothing = Pivot::of(Office::in_memory().books(), &Scope::Own(unit("101")));
    let (part, whole) = (key(2024, "income fiscal", ""), key(2024, "income", ""));
    assert_eq!(share_in_books(&nothing, &part, &whole).unwrap().rate.to_string(), NO_RATE);
    // An income of nothing is no income.
    let receipt = mingzhang_testkit::office::receipt("i", &line("2010301", "30201"), 0, "2024-03-01");
    assert_eq!(Office::in_memory().refused(Command::Receive(receipt)).0, "bad_amount");
}
