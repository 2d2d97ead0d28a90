//! What the sentences of the five documents state, number by number.
//!
//! Each line is a number as it is printed there and where the books have it. The number is worked out
//! from the books and printed in the same way: money in 万元 with two decimals, a year's change as the
//! difference of the two printed numbers.

use crate::load::load;
use crate::{office, scope};
use mingzhang_books::entry::Version;
use mingzhang_books::facts;
use mingzhang_books::line::Purpose;
use mingzhang_books::offices::Example;
use mingzhang_books::pivot::{Pivot, Scope};
use mingzhang_books::register::{Measured, Value};
use mingzhang_books::state::Books;
use mingzhang_model::amount::{Amount, Unit, render};
use mingzhang_model::code::FunctionalCode;
use mingzhang_model::date::Date;
use mingzhang_model::fact::Printed;
use mingzhang_model::key::{Function, Key, Measure, Stage};
use mingzhang_model::set::{Member, Set};
use mingzhang_standard::filter::Filter;
use mingzhang_standard::form;
use mingzhang_standard::register::registers;
use std::collections::BTreeMap;

/// An amount: the words of a form's filter, a functional code or nothing, what is printed.
type Stated = (&'static str, &'static str, &'static str);

/// The money of an office that a filter and a functional code let through.
struct Money {
    pivot: Pivot,
}

impl Money {
    fn of(books: &Books, scope: &Scope) -> Money {
        Money { pivot: Pivot::of(books, scope) }
    }

    /// In 万元 with two decimals, half away from nothing: hundredths of a 万元.
    fn printed(&self, year: u16, words: &str, function: &str) -> i64 {
        let mut key = Key::everything(year, Stage::Initial, Set::only(Measure::Expenditure));
        Filter::parse(words, Set::EMPTY, Set::EMPTY).unwrap().narrow(&mut key);
        if !function.is_empty() {
            key.function = Function::Code(FunctionalCode::parse(function).unwrap());
        }
        if year != 2024 && year != 2022 {
            assert!(self.pivot.knows(&key), "{key} is not known");
        }
        hundredths(self.pivot.amount(&key))
    }
}

/// 万元 with two decimals as a whole number of the last digit.
fn hundredths(amount: Amount) -> i64 {
    (amount.0 + 5_000).div_euclid(10_000)
}

/// As it is printed: no separators, no zeros at the end.
fn words(hundredths: i64) -> String {
    let text = render(Amount(hundredths * 10_000), Unit::WanYuan, 2, false);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn amounts(office: &Example, stated: &[Stated]) {
    let ledger = load(office);
    let money = Money::of(ledger.books(), &scope(office));
    for (filter, function, printed) in stated {
        let found = words(money.printed(office.year, filter, function));
        assert_eq!(found, *printed, "{} {filter} {function}", office.id);
    }
}

/// Changes on the year before: the filter, by how much, and in per cent of the year before.
fn changes(office: &Example, stated: &[(&str, &str, &str)]) {
    let ledger = load(office);
    let money = Money::of(ledger.books(), &scope(office));
    for (filter, change, rate) in stated {
        let (now, then) = (money.printed(office.year, filter, ""), money.printed(office.year - 1, filter, ""));
        assert_eq!(words(now - then), *change, "{} {filter}", office.id);
        let decimals = rate.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        assert_eq!(percent(now - then, then, decimals), *rate, "{} {filter}", office.id);
    }
}

/// A rate with so many decimals, half away from nothing.
fn percent(part: i64, whole: i64, decimals: usize) -> String {
    let scale = 10i64.pow(decimals as u32);
    let (sign, part) = (if part < 0 { "-" } else { "" }, part.abs());
    let rate = (part * 100 * scale * 2 + whole) / (2 * whole);
    match decimals {
        0 => format!("{sign}{rate}"),
        _ => format!("{sign}{}.{:0decimals$}", rate / scale, rate % scale),
    }
}

/// Figures of the registers at a day: their names and what is printed.
fn figures(office: &Example, cutoff: (u16, u8, u8), stated: &[(&str, &str)]) {
    let ledger = load(office);
    let cutoff = Date::new(cutoff.0, cutoff.1, cutoff.2).unwrap();
    let all = registers().iter().flat_map(|one| ledger.books().figures(&scope(office), one, office.year, cutoff));
    let found: BTreeMap<String, String> = all.map(|figure| (figure.name, figure.value.to_string())).collect();
    for (name, printed) in stated {
        assert_eq!(found.get(*name).map(String::as_str), Some(*printed), "{} {name}", office.id);
    }
}

/// The projects in the order of their codes: what they are called and their amounts in 万元.
fn projects(office: &Example) -> Vec<(String, String)> {
    let ledger = load(office);
    let books = ledger.books();
    let mut found = Vec::new();
    for unit in scope(office).units(books) {
        for (code, row) in books.rows_in(&unit, "projects") {
            let lines = books.year(&unit, office.year).unwrap().version(Version::Approved);
            let own = lines
                .filter(|(line, _)| matches!(&line.purpose, Purpose::Project(own) if own.as_str() == code.as_str()));
            let amount = Amount(own.map(|(_, amount)| amount.0).sum());
            assert_eq!(row.get("budget"), Some(&Value::Money(amount)), "{code}: the card and the lines");
            let Some(Value::Text(name)) = row.get("words") else { panic!("{code} has no name") };
            found.push((name.clone(), words(hundredths(amount))));
        }
    }
    found
}

fn listed(projects: &[(&str, &str)]) -> Vec<(String, String)> {
    projects.iter().map(|(name, amount)| ((*name).to_owned(), (*amount).to_owned())).collect()
}

/// The numbers that the draft of a form states beside its tables.
fn statistics(office: &Example, stated: &[(&str, &str)]) {
    let ledger = load(office);
    let form = form::form(office.form.unwrap()).unwrap();
    let found: BTreeMap<&str, String> = facts::statistics(ledger.books(), &scope(office), office.year, form)
        .into_iter()
        .map(|one| {
            let printed = match one.value {
                Measured::Money(amount) => words(hundredths(amount)),
                other => other.to_string(),
            };
            (one.statistic.word(), printed)
        })
        .collect();
    for (statistic, printed) in stated {
        assert_eq!(found.get(statistic).map(String::as_str), Some(*printed), "{} {statistic}", office.id);
    }
}

#[test]
fn shanghai_of_huaihua_has_the_numbers_of_its_sentences() {
    let office = office("huaihua_shanghai_2024");
    amounts(
        office,
        &[
            ("income", "", "130.99"),
            ("income general_public", "", "130.99"),
            ("expenditure", "", "130.99"),
            ("expenditure", "201", "125.42"),
            ("expenditure", "208", "5.57"),
            ("expenditure", "210", "0"),
            // Once printed as 130.99, twice as 43.49.
            ("expenditure basic", "", "43.49"),
            ("expenditure project", "", "87.5"),
            ("expenditure basic 30101", "", "20.07"),
            ("expenditure basic 30102", "", "4.87"),
            ("expenditure basic 30107", "", "6.58"),
            ("expenditure basic 30113", "", "3.2"),
            ("expenditure basic 30108", "", "3.88"),
            ("expenditure basic 30110", "", "1.69"),
            ("expenditure basic 30201", "", "0.8"),
            ("expenditure basic 30228", "", "0.6"),
            ("expenditure basic 30211", "", "1.6"),
            ("expenditure basic 30299", "", "0.2"),
            ("expenditure fiscal three_public", "", "2.7"),
            ("expenditure fiscal receptions", "", "0.2"),
            ("expenditure fiscal vehicles", "", "2.5"),
            ("expenditure fiscal vehicle_purchase", "", "0"),
            ("expenditure fiscal overseas_trips", "", "0"),
            // Printed as 4; its parts, which are printed too, come to 3.2.
            ("expenditure general_public basic operating administrative", "", "3.2"),
        ],
    );
    changes(
        office,
        &[
            ("income", "-101.68", "-43.7"),
            ("expenditure", "-101.68", "-43.7"),
            ("fiscal three_public", "-2.8", "-50.9"),
        ],
    );
    figures(
        office,
        (2023, 12, 31),
        &[
            ("vehicles_held", "1"),
            ("held_general", "1"),
            ("vehicles_planned", "0"),
            ("equipment_held", "0"),
            ("procurement_budget", "0.00"),
            ("meeting_budget", "0.00"),
            ("training_budget", "0.00"),
            ("event_budget", "0.00"),
            ("offices", "2"),
            ("duties", "7"),
            ("goal_amount", "875,000.00"),
        ],
    );
    let cards = [
        ("重点企业合作专项经费", "10"),
        ("招商引资及联络专项经费", "25"),
        ("车辆运行维护经费", "2.5"),
        ("维权维稳专项经费", "20"),
        ("房租", "30"),
    ];
    assert_eq!(projects(office), listed(&cards));
}

#[test]
fn beijing_of_zhuzhou_has_the_numbers_of_its_sentences() {
    let office = office("zhuzhou_beijing_2024");
    amounts(
        office,
        &[
            ("income general_public", "", "257"),
            ("expenditure", "", "257"),
            ("expenditure", "201", "257"),
            ("expenditure basic", "", "217"),
            ("expenditure project", "", "40"),
            ("expenditure fiscal three_public", "", "40"),
            ("expenditure fiscal vehicles", "", "18"),
            ("expenditure fiscal vehicle_running", "", "18"),
            ("expenditure fiscal receptions", "", "22"),
            // 含商务接待费: what the project of investment promotion has for receptions.
            ("expenditure fiscal receptions project", "", "10"),
            ("expenditure 30215", "", "1"),
            ("expenditure 30216", "", "1"),
            // Printed as 217 under the name of 机关运行经费, which an institution does not have.
            ("expenditure general_public basic operating administrative", "", "0"),
        ],
    );
    changes(
        office,
        &[
            ("income", "21.74", "9.24"),
            ("general_public basic", "-18.26", "-7.76"),
            // Printed as 增加（减少）, with thrift as the reason.
            ("fiscal three_public", "-4", "-9.1"),
        ],
    );
    figures(
        office,
        (2023, 12, 31),
        &[
            ("vehicles_held", "2"),
            ("held_emergency", "2"),
            ("procurement_budget", "623,000.00"),
            ("procurement_budget_of_goods", "88,000.00"),
            ("procurement_budget_of_works", "0.00"),
            ("procurement_budget_of_services", "535,000.00"),
            ("meeting_budget", "10,000.00"),
            ("meetings_planned", "2"),
            ("meeting_persons_planned", "130"),
            ("training_budget", "10,000.00"),
            ("training_persons_planned", "30"),
            ("event_budget", "0.00"),
            ("offices", "1"),
            ("duties", "7"),
            ("goal_projects", "1"),
            ("goal_amount", "400,000.00"),
        ],
    );
    figures(office, (2024, 12, 31), &[("staff_quota", "7"), ("staff_present", "5"), ("staff_retired", "2")]);
    assert_eq!(projects(office), listed(&[("招商专项", "40")]));
}

const CITY_AMOUNTS: &[Stated] = &[
    ("income general_public", "", "3055.44"),
    ("expenditure", "", "3055.44"),
    ("expenditure", "201", "2589"),
    ("expenditure", "208", "263.8"),
    ("expenditure", "210", "68.81"),
    ("expenditure", "221", "133.84"),
    ("expenditure basic", "", "1920.64"),
    ("expenditure project", "", "1134.8"),
    ("expenditure project", "2010301", "1084.8"),
    ("expenditure project", "2010302", "50"),
    ("expenditure basic 30101", "", "477.53"),
    ("expenditure basic 30102", "", "250.48"),
    ("expenditure basic 30201", "", "10"),
    ("expenditure basic 30211", "", "20"),
    ("expenditure basic 30217", "", "5"),
    ("expenditure basic 30229", "", "35"),
    ("expenditure basic 30231", "", "20"),
    ("expenditure fiscal three_public", "", "119"),
    ("expenditure fiscal receptions", "", "9"),
    ("expenditure fiscal vehicle_purchase", "", "0"),
    ("expenditure fiscal vehicle_running", "", "110"),
    ("expenditure fiscal overseas_trips", "", "0"),
    ("expenditure general_public basic operating administrative", "", "225.4"),
    ("expenditure 30216", "", "18"),
    ("expenditure 30215", "", "0"),
];

const CITY_CHANGES: &[(&str, &str, &str)] = &[
    ("income", "-121.16", "-3.8"),
    ("expenditure", "-121.16", "-3.8"),
    // Printed with 3.78%, which 4 of 115 is not.
    ("fiscal three_public", "4", "3.48"),
    ("general_public basic operating", "-63.1", "-21.87"),
];

const CITY_FIGURES: &[(&str, &str)] = &[
    ("vehicles_held", "15"),
    ("held_general", "11"),
    ("held_other", "4"),
    ("equipment_common_500k", "5"),
    ("equipment_dedicated_1m", "0"),
    ("procurement_budget", "849,000.00"),
    ("procurement_budget_of_goods", "199,000.00"),
    ("procurement_budget_of_works", "0.00"),
    ("procurement_budget_of_services", "650,000.00"),
    ("training_budget", "180,000.00"),
    ("training_persons_planned", "60"),
    ("meeting_budget", "0.00"),
    ("offices", "22"),
    ("suboffices", "2"),
    ("duties", "9"),
    ("goal_projects", "12"),
    ("goal_amount", "11,348,000.00"),
];

#[test]
fn the_city_office_has_the_numbers_of_its_sentences() {
    let office = office("huaihua_office_2024");
    amounts(office, CITY_AMOUNTS);
    changes(office, CITY_CHANGES);
    figures(office, (2023, 12, 31), CITY_FIGURES);
    let cards = [
        ("专项业务工作经费", "136.5"),
        ("省政府真抓实干督查激励工作经费", "20"),
        ("处非专项（含非法集资举报奖励）", "55"),
        ("调研经费", "180"),
        ("市长热线专项经费", "505.8"),
        ("临时人员经费", "70"),
        ("文件打印费", "10"),
        ("政府内网租金", "26"),
        ("电视电话会议室租金及维护费", "24"),
        ("周转房专项", "10"),
        ("全省电视电话会议系统迁移改造经费", "27.5"),
        ("市金融服务平台运营经费", "70"),
    ];
    assert_eq!(projects(office), listed(&cards));
}

const BEIJING_AMOUNTS: &[Stated] = &[
    ("income", "", "225.18"),
    ("expenditure", "2010309", "63.06"),
    ("expenditure", "2010350", "139.72"),
    ("expenditure", "2010399", "0"),
    ("expenditure", "2013501", "0"),
    ("expenditure", "2080505", "14.63"),
    ("expenditure", "2080599", "0"),
    ("expenditure", "2101101", "0"),
    ("expenditure", "2101102", "7.77"),
    ("expenditure 301", "", "138.12"),
    ("expenditure 302", "", "87.06"),
    ("expenditure fiscal receptions", "", "20.88"),
    ("expenditure fiscal vehicle_running", "", "29.7"),
    ("final_accounts income", "", "295.12"),
    ("final_accounts income fiscal", "", "295.05"),
    ("final_accounts income other_revenue", "", "0.07"),
    ("final_accounts surplus_distribution", "", "0.01"),
    ("final_accounts closing", "", "0"),
    ("final_accounts expenditure general_public basic personnel", "", "190"),
    ("final_accounts expenditure basic operating", "", "21.92"),
    ("final_accounts expenditure 30215", "", "0"),
    ("final_accounts expenditure 30216", "", "0"),
];

const BEIJING_CHANGES: &[(&str, &str, &str)] = &[
    ("final_accounts income", "30.94", "11.71"),
    ("final_accounts income fiscal", "33.84", "12.96"),
    ("final_accounts fiscal", "33.84", "12.96"),
    ("initial general_public", "34.38", "18.02"),
    // Printed with 36.16%: of 38.78, 13.66 are 35.22%.
    ("final_accounts fiscal three_public", "-13.66", "-35.22"),
    // Printed with 59.20%.
    ("final_accounts fiscal receptions", "-15.12", "-59.18"),
    ("final_accounts fiscal vehicle_running", "1.46", "11.03"),
    // Printed with 74.88%: the printed amounts give 74.89%.
    ("final_accounts general_public basic operating", "-65.18", "-74.89"),
];

const BEIJING_STATISTICS: &[(&str, &str)] = &[
    ("three_public", "25.12"),
    ("three_public_budget", "50.58"),
    ("overseas_trips", "0"),
    ("receptions", "10.43"),
    ("receptions_budget", "20.88"),
    ("vehicle_costs", "14.7"),
    ("vehicle_purchase", "0"),
    ("vehicle_running", "14.7"),
    ("vehicle_running_budget", "29.7"),
    ("reception_batches", "60"),
    ("reception_guests", "510"),
    ("domestic_reception", "10.43"),
    ("vehicles_held", "3"),
    ("vehicles_kept", "3"),
    ("vehicles_purchased", "0"),
    ("operating_funds", "21.86"),
    ("staff_quota", "19"),
    ("staff_present", "12"),
];

const BEIJING_FIGURES: &[(&str, &str)] = &[
    ("trip_groups", "0"),
    ("trip_persons", "0"),
    ("procurement", "0.00"),
    ("equipment_held", "0"),
    ("events", "0.00"),
    ("held_other", "3"),
    ("vehicle_running_cost", "146,960.00"),
    ("reception_cost", "104,260.00"),
    ("assets_original", "16,696,586.25"),
    ("assets_depreciation", "16,692,961.40"),
    ("assets_net", "3,624.85"),
    ("quota_full_fund", "12"),
    ("present_full_fund", "12"),
    ("staff_outside", "2"),
    ("leads_visited", "180"),
    ("leads_intended", "18"),
    ("leads_in_talks", "10"),
    ("information_to_government", "100"),
    ("service_batches", "54"),
    ("service_persons", "350"),
    ("petitions_received_of_backlog", "24"),
    ("petitions_resolved_of_backlog", "20"),
    ("petitions_received_of_assigned", "854"),
    ("petitions_resolved_of_assigned", "848"),
    ("petitions_repeated", "6"),
    ("party_dues", "6,354.00"),
    ("party_studies", "10"),
    ("party_warnings", "5"),
    ("party_talks", "16"),
    ("party_commitments", "13"),
    ("party_risk_points", "25"),
    ("initiators_preparing", "48"),
    ("rural_investment", "2,000,000.00"),
    ("rural_income", "200,000.00"),
    ("offices", "4"),
    ("duties", "7"),
];

#[test]
fn beijing_of_huaihua_has_the_numbers_of_its_sentences() {
    let office = office("huaihua_beijing_2022");
    amounts(office, BEIJING_AMOUNTS);
    changes(office, BEIJING_CHANGES);
    statistics(office, BEIJING_STATISTICS);
    figures(office, (2022, 12, 31), BEIJING_FIGURES);
    // 化解率83.3%, 总审核化解率99.3%, 总再次信访率0.7%.
    assert_eq!([percent(20, 24, 1), percent(848, 854, 1), percent(6, 854, 1)], ["83.3", "99.3", "0.7"]);
    assert_eq!(projects(office), listed(&[("专项业务（工作）经费", "54.66"), ("维权维稳（工作）经费", "8.4")]));
}

#[test]
fn what_was_added_to_the_year_is_what_came_in_beyond_its_budget() {
    let office = office("huaihua_beijing_2022");
    let ledger = load(office);
    let money = Money::of(ledger.books(), &scope(office));
    let (budget, came) = (money.printed(2022, "income", ""), money.printed(2022, "final_accounts income", ""));
    assert_eq!((words(came - budget), percent(came - budget, budget, 2)), ("69.94".into(), "31.06".into()));
    let year = ledger.books().year(scope(office).unit(), 2022).unwrap();
    // Each project's own payments: 74.79 and 8.40.
    let paid = |project: &str| {
        let own = year
            .accounts()
            .iter()
            .filter(|account| matches!(&account.line.purpose, Purpose::Project(code) if code.as_str() == project));
        words(hundredths(Amount(own.map(|account| account.paid.0).sum())))
    };
    assert_eq!([paid("P2022-01"), paid("P2022-02")], ["74.79", "8.4"]);
    // What was allotted in the end, and the office's own income, is the year's income: 295.12.
    let allotted: i64 = year.accounts().iter().map(|account| account.allotted.0).sum();
    assert_eq!(words(hundredths(Amount(allotted))), "295.05");
    // The whole of the budget for 三公 stays in the adjusted budget, and what it left was not allotted.
    assert!(year.open_reservations().is_empty() && !year.is_open());
}

#[test]
fn the_department_has_the_numbers_of_its_sentences() {
    let office = office("shanghai_cooperation_2024");
    amounts(
        office,
        &[
            ("income", "", "8428.14"),
            ("income fiscal", "", "8408.14"),
            ("income other_revenue", "", "20"),
            ("expenditure general_public", "201", "6407.9"),
            ("expenditure general_public", "208", "909.42"),
            ("expenditure general_public", "210", "209.55"),
            ("expenditure general_public", "221", "881.27"),
            ("expenditure basic receptions", "", "39"),
        ],
    );
    changes(
        office,
        &[("income fiscal", "916.14", "12"), ("fiscal three_public", "0", "0"), ("fiscal receptions", "0", "0")],
    );
    statistics(
        office,
        &[
            ("three_public", "577.6"),
            ("overseas_trips", "93.6"),
            ("vehicle_costs", "238"),
            ("vehicle_purchase", "0"),
            ("vehicle_running", "238"),
            ("receptions", "246"),
            ("operating_funds", "1879.28"),
            ("procurement", "87.56"),
            ("procurement_goods", "8.7"),
            ("procurement_works", "0"),
            ("procurement_services", "78.86"),
            ("reserved_for_small", "78.86"),
            ("reserved_for_micro", "9.96"),
            ("goal_projects", "28"),
            ("goal_amount", "1528.15"),
            ("vehicles_held", "11"),
            ("vehicles_planned", "0"),
            ("subordinate_units", "5"),
        ],
    );
    figures(
        office,
        (2023, 8, 31),
        &[
            ("held_confidential", "2"),
            ("held_emergency", "5"),
            ("held_other", "4"),
            ("equipment_1m", "0"),
            ("equipment_planned_1m", "0"),
            ("duties", "8"),
        ],
    );
    let cards: Vec<String> = projects(office)
        .into_iter()
        .filter(|(name, _)| name == "合作交流工作业务费")
        .map(|(_, amount)| amount)
        .collect();
    // The office itself, Guangzhou, Kunming, Xinjiang, Tibet, Xining.
    assert_eq!(cards, ["161.05", "50.74", "63.65", "28.88", "23.43", "32.92"]);
}

#[test]
fn the_two_tables_that_the_text_of_the_department_lacks_are_what_its_sentences_say() {
    let office = office("shanghai_cooperation_2024");
    let ledger = load(office);
    let form = form::form(office.form.unwrap()).unwrap();
    let facts = facts::draft(ledger.books(), &scope(office), office.year, form).facts;
    let printed = |code: &str| -> Vec<String> {
        let own = facts.facts.iter().filter(|fact| facts.statements[fact.statement].code == code);
        let words = own.map(|fact| match fact.printed {
            Printed::Figure(figure) => figure.to_string(),
            _ => String::new(),
        });
        words.filter(|text| !text.is_empty()).collect()
    };
    let summary = [
        // Income: of the general public budget, in all.
        "84,081,400",
        "84,081,400",
        // Expenditure by class, in all and of the general public budget: 6,408, 909, 210, 881 in 万元.
        "64,079,020",
        "64,079,020",
        "9,094,213",
        "9,094,213",
        "2,095,505",
        "2,095,505",
        "8,812,662",
        "8,812,662",
        "84,081,400",
        "84,081,400",
    ];
    assert_eq!(printed("B04"), summary);
    // 合计, 出国, 接待, 购置及运行, （购置 is nothing）, 运行, 机关运行.
    assert_eq!(printed("B09"), ["577.60", "93.60", "246.00", "238.00", "238.00", "1,879.28"]);
}

#[test]
fn the_department_is_the_sum_of_its_six_units() {
    let office = office("shanghai_cooperation_2024");
    let ledger = load(office);
    let books = ledger.books();
    let units = scope(office).units(books);
    assert_eq!(units.len(), 6);
    let mut key = Key::everything(office.year, Stage::Initial, Set::only(Measure::Expenditure));
    Filter::parse("fiscal", Set::EMPTY, Set::EMPTY).unwrap().narrow(&mut key);
    let own: Vec<i64> = units.iter().map(|unit| Pivot::of(books, &Scope::Own(unit.clone())).amount(&key).0).collect();
    assert!(own.iter().all(|amount| *amount > 0));
    assert_eq!(own.iter().sum::<i64>(), Pivot::of(books, &scope(office)).amount(&key).0);
}
