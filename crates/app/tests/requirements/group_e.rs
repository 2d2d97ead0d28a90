//! E 三公: rows 18 to 21.

use crate::support::{BEIJING, CITY, COOPERATION, SHANGHAI, ZHUZHOU, bad_row, counts, enter, example, row_name};
use mingzhang_books::THREE_PUBLIC_REASON;
use mingzhang_books::command::Command;
use mingzhang_books::entry::{Known, Version};
use mingzhang_model::key::{Measure, Stage};
use mingzhang_testkit::office::{Office, approved, budget, freeze, line, payment, unit, yuan};

const PARTS: [&str; 4] =
    ["fiscal overseas_trips", "fiscal vehicle_purchase", "fiscal vehicle_running", "fiscal receptions"];

/// 出国、公车购置、公车运行、接待；合计=分项；预算数、决算数、完成率、同比、占比.
#[test]
pub(crate) fn r18_three_public_is_the_sum_of_its_parts_in_budget_and_accounts() {
    let budgets = [
        (SHANGHAI, ["0.00", "0.00", "2.50", "0.20"], "2.70"),
        (ZHUZHOU, ["0.00", "0.00", "18.00", "22.00"], "40.00"),
        (CITY, ["0.00", "0.00", "110.00", "9.00"], "119.00"),
        (COOPERATION, ["93.60", "0.00", "238.00", "246.00"], "577.60"),
    ];
    for (id, parts, total) in budgets {
        let shown = example(id);
        assert_eq!(PARTS.map(|words| shown.money(words, "")), parts, "{id}");
        assert_eq!(shown.money("fiscal three_public", ""), total, "{id}");
    }
    assert_eq!(example(COOPERATION).change("fiscal three_public").1, "持平");
    let beijing = example(BEIJING);
    for stage in ["initial", "adjusted", "final_accounts"] {
        let of = |words: &str| beijing.amount(&format!("{stage} {words}"), "").0;
        assert_eq!(PARTS.map(of).iter().sum::<i64>(), of("fiscal three_public"), "{stage}");
    }
    let of = |words: &str| beijing.money(&format!("{words} fiscal three_public"), "");
    assert_eq!(["adjusted", "final_accounts"].map(of), ["50.58", "25.12"]);
    assert_eq!(beijing.completion("fiscal three_public", "", Stage::Adjusted), "49.66%");
    assert_eq!([beijing.stated("three_public"), beijing.stated("three_public_budget")], ["25.12", "50.58"].map(some));
    assert_eq!(beijing.change("final_accounts fiscal three_public"), ("-13.66".into(), "减少", "35.22%".into()));
    let whole = ("final_accounts fiscal three_public", "");
    assert_eq!(beijing.share(("final_accounts fiscal vehicles", ""), whole), "58.52%");
    // What is paid beyond the line is refused, and no other line may help out.
    let mut office = Office::in_memory();
    let receptions = line("2010301", "30217");
    office.send(budget(&[(&receptions, 100), (&line("2010301", "30201"), 900)])).unwrap();
    enter(&mut office, &[("receptions", "J1", &reception("1", "国内公务接待", 4, 2))]);
    let mut over = payment("p", &receptions, 101, "2024-03-02");
    over.row = Some(row_name("receptions", "J1"));
    let (reason, words) = office.refused(Command::Pay(over));
    assert!(reason == "short" && words.contains("不得从其他科目调入"), "{words}");
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn reception(letter: &str, kind: &str, guests: u8, companions: u8) -> String {
    format!(
        "letter=函{letter}号|day=2024-03-01|kind={kind}|visitor=来访单位|purpose=对接工作|guests={guests}|\
         companions={companions}|meals=90|meal_count=1|listed=是"
    )
}

/// 公务接待费中单列商务接待.
#[test]
pub(crate) fn r19_business_receptions_are_told_apart_within_receptions() {
    let zhuzhou = example(ZHUZHOU);
    // 22, and 10 of it in the project of investment promotion.
    assert_eq!(zhuzhou.money("fiscal receptions", ""), "22.00");
    assert_eq!(zhuzhou.money("fiscal receptions project", "2011308"), "10.00");
    let mut office = Office::in_memory();
    let rows = [
        ("receptions", "J1", reception("1", "国内公务接待", 4, 2)),
        ("receptions", "J2", reception("2", "商务接待", 9, 3)),
        ("receptions", "J3", reception("3", "商务接待", 2, 1)),
        ("receptions", "J4", reception("4", "外宾接待", 5, 3)),
    ];
    rows.iter().for_each(|(register, name, cells)| enter(&mut office, &[(register, name, cells)]));
    counts(
        &office,
        &[
            ("reception_cost", "360.00"),
            ("domestic_reception", "270.00"),
            ("business_reception", "180.00"),
            ("business_batches", "2"),
            ("business_guests", "11"),
            ("foreign_reception", "90.00"),
        ],
    );
    let beijing = example(BEIJING);
    let [business, all] = ["business_reception", "reception_cost"]
        .map(|name| beijing.figure(name).replace([',', '.'], "").parse::<i64>().unwrap());
    assert!(0 < business && business < all && all == beijing.amount("final_accounts fiscal receptions", "").0);
    bad_row(&mut office, "receptions", &reception("5", "商务接待", 0, 1), "没有来宾不是公务接待");
    bad_row(&mut office, "receptions", &reception("2", "商务接待", 9, 3), "同一事项只登记一行");
}

/// 来访团组数、人次；出国团组、人次；公车保有量、更新数.
#[test]
pub(crate) fn r20_guests_trips_and_vehicles_are_counted_from_their_rows() {
    let beijing = example(BEIJING);
    let stated = ["reception_batches", "reception_guests", "vehicles_kept", "vehicles_purchased"];
    assert_eq!(stated.map(|name| beijing.stated(name)), ["60", "510", "3", "0"].map(some));
    let figures = ["trip_groups", "trip_persons", "vehicles_renewed"];
    assert_eq!(figures.map(|name| beijing.figure(name)), ["0", "0", "0"]);
    let mut office = Office::in_memory();
    let trip = |number: u8, role: &str, persons: u8| {
        format!(
            "number=T{number}|approval=批{number}号|role={role}|purpose=交流|countries=甲国|departure=2024-05-01|\
             arrival=2024-05-05|approved_days=5|persons={persons}|group_size=6|travel=10000"
        )
    };
    let car = "number=C2|model=轿车|kind=其他用车|plan_year=2024|means=购置|reason=更新|replaces=C1|acquired=2024-06-01|\
        price=18万元|tax=1.6万元|appropriation=是";
    let rows = [
        ("trips", "T1", trip(1, "本单位组团", 4)),
        ("trips", "T2", trip(2, "参加其他单位团组", 1)),
        (
            "vehicles",
            "C1",
            "number=C1|model=轿车|kind=其他用车|means=调入|acquired=2012-01-01|appropriation=是|disposed=2024-06-02|\
             disposal=报废"
                .to_owned(),
        ),
        ("vehicles", "C2", car.to_owned()),
    ];
    rows.iter().for_each(|(register, name, cells)| enter(&mut office, &[(register, name, cells)]));
    counts(
        &office,
        &[
            ("trip_groups", "1"),
            ("trip_persons", "5"),
            ("trips_joined", "1"),
            ("trip_cost", "20,000.00"),
            ("vehicles_kept", "1"),
            ("vehicles_purchased", "1"),
            ("vehicles_renewed", "1"),
            ("vehicle_purchase_cost", "196,000.00"),
        ],
    );
    bad_row(&mut office, "trips", &trip(3, "本单位组团", 7), "多于团组总人数6人");
    bad_row(&mut office, "trips", &trip(3, "本单位组团", 6).replace("05-05", "05-06"), "超过批准的5天");
    // Neither a trip nor a reception is paid without its row.
    let trips = line("2010301", "30212");
    office.send(budget(&[(&trips, 50_000)])).unwrap();
    assert_eq!(office.refused(Command::Pay(payment("p", &trips, 1, "2024-05-06"))).0, "row_needed");
}

/// 与上年比较，增加须告警并附理由.
#[test]
pub(crate) fn r21_three_public_grows_only_with_a_reason() {
    let shanghai = example(SHANGHAI);
    assert_eq!(shanghai.change("fiscal three_public"), ("-2.80".into(), "减少", "50.91%".into()));
    let city = example(CITY);
    assert_eq!(city.change("fiscal three_public"), ("4.00".into(), "增加", "3.48%".into()));
    let year = city.books().year(&city.unit(), 2024).unwrap();
    assert!(year.explanation(THREE_PUBLIC_REASON).is_some_and(|words| words.contains("公务用车")));

    let mut office = Office::in_memory();
    let last = Known {
        unit: unit("101"),
        year: 2023,
        stage: Stage::Initial,
        measure: Measure::Expenditure,
        funds: "fiscal".into(),
        kind: None,
        function: String::new(),
        economic: "three_public".into(),
    };
    office.must(Command::RecordAmount(last, yuan(1_000), "2023年部门预算".into()));
    office.must(approved(&line("2010301", "30217"), 1_001));
    let (reason, words) = office.refused(Command::Freeze(freeze("101", 2024, Version::Approved)));
    assert!(reason == "three_public_grows" && words.contains("增加 1.00元") && words.contains("只减不增"), "{words}");
    office.must(Command::Explain(unit("101"), 2024, THREE_PUBLIC_REASON.into(), " ".into()));
    assert_eq!(office.refused(Command::Freeze(freeze("101", 2024, Version::Approved))).0, "three_public_grows");
    office.must(Command::Explain(unit("101"), 2024, THREE_PUBLIC_REASON.into(), "承办全省现场会".into()));
    office.must(Command::Freeze(freeze("101", 2024, Version::Approved)));
}
