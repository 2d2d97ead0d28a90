//! G 采购与资产: rows 24 to 27.

use crate::support::{
    BEIJING, CITY, COOPERATION, SHANGHAI, ZHUZHOU, bad_row, counts, enter, example, remarks, row_name,
};
use mingzhang_books::command::Command;
use mingzhang_books::pivot::Scope;
use mingzhang_testkit::office::{Office, budget, line, payment, unit};

/// 货物/工程/服务分项与合计；预留中小微；授予中小企业合同额及占比.
#[test]
pub(crate) fn r24_procurement_is_the_sum_of_its_kinds_and_small_enterprises_are_counted() {
    let names = ["", "_of_goods", "_of_works", "_of_services"].map(|kind| format!("procurement_budget{kind}"));
    let of = |id: &str| names.each_ref().map(|name| example(id).figure(name));
    assert_eq!(of(ZHUZHOU), ["623,000.00", "88,000.00", "0.00", "535,000.00"]);
    assert_eq!(of(CITY), ["849,000.00", "199,000.00", "0.00", "650,000.00"]);
    let department = example(COOPERATION);
    let stated = ["procurement", "procurement_goods", "procurement_works", "procurement_services"];
    let stated = stated.map(|name| department.stated(name).unwrap());
    assert_eq!(stated, ["87.56", "8.70", "0.00", "78.86"]);
    assert_eq!(department.stated("reserved_for_small").as_deref(), Some("78.86"));
    assert_eq!(department.stated("reserved_for_micro").as_deref(), Some("9.96"));
    assert!(department.remarks("procurement")[0].contains("低于60%"));
    assert_eq!(example(BEIJING).figure("awarded_to_small"), "0.00");

    let mut office = Office::in_memory();
    let contract = |number: &str, kind: &str, amount: u32, size: &str| {
        format!(
            "number={number}|words=采购{number}|kind={kind}|budget_year=2024|budget=1000|plan=1000|reserve=整体预留|\
             reserved=1000|reserved_micro=700|signed=2024-05-01|contract=合{number}|amount={amount}|size={size}"
        )
    };
    enter(
        &mut office,
        &[
            ("procurement", "C1", &contract("C1", "货物", 900, "小型")),
            ("procurement", "C2", &contract("C2", "工程", 600, "中型")),
            ("procurement", "C3", &contract("C3", "服务", 500, "大型")),
        ],
    );
    counts(
        &office,
        &[
            ("procurement", "2,000.00"),
            ("procurement_goods", "900.00"),
            ("procurement_works", "600.00"),
            ("procurement_services", "500.00"),
            ("awarded_to_small", "1,500.00"),
            ("awarded_to_small_rate", "75.00"),
            ("awarded_to_micro", "900.00"),
            ("reserved_rate", "100.00"),
        ],
    );
    let told = remarks(office.books(), &Scope::Own(unit("101")), 2024, "procurement");
    assert!(told.iter().any(|words| words.contains("由大型供应商中标")), "{told:?}");
    bad_row(&mut office, "procurement", &contract("C4", "货物", 1_001, "小型"), "超过采购计划");
    let supplies = line("2010301", "30201");
    office.send(budget(&[(&supplies, 5_000)])).unwrap();
    let mut paid = payment("p", &supplies, 901, "2024-06-01");
    paid.contract = Some(row_name("procurement", "C1").row);
    let (reason, words) = office.refused(Command::Pay(paid));
    assert!(reason == "contract_short" && words.contains("还能付 900.00元"), "{words}");
}

/// 按用途分类计数，合计=分类之和；时点；新增.
#[test]
pub(crate) fn r25_vehicles_are_counted_by_purpose_on_a_day() {
    let department = example(COOPERATION);
    let kinds = ["ministerial", "principal", "confidential", "emergency", "other"];
    let held = kinds.map(|kind| department.figure_at(&format!("held_{kind}"), "2023-08-31"));
    assert_eq!(held, ["0", "0", "2", "5", "4"]);
    let held = [(COOPERATION, "11"), (CITY, "15"), (ZHUZHOU, "2"), (BEIJING, "3"), (SHANGHAI, "1")];
    let all = ["confidential", "emergency", "enforcement", "special", "veteran", "other", "leader", "general"];
    for (id, count) in held {
        let shown = example(id);
        let before = format!("{}-12-31", shown.office.year - 1);
        assert_eq!(shown.figure_at("vehicles_held", &before), count, "{id}");
        let kinds = all.iter().chain(&["ministerial", "principal"]);
        let of = |kind: &&str| shown.figure_at(&format!("held_{kind}"), &before).parse::<u32>().unwrap();
        assert_eq!(kinds.map(of).sum::<u32>().to_string(), count, "{id}");
    }
    let city = example(CITY);
    assert_eq!(["held_general", "held_other"].map(|name| city.figure_at(name, "2023-12-31")), ["11", "4"]);
    let mut office = Office::in_memory();
    let car = |number: u8, acquired: &str| {
        format!(
            "number=C{number}|model=轿车|kind=应急保障用车|plan_year=2024|means=购置|reason=新增|acquired={acquired}|\
             price=180000|appropriation=是"
        )
    };
    enter(&mut office, &[("vehicles", "C1", &car(1, "2024-08-31")), ("vehicles", "C2", &car(2, "2024-09-01"))]);
    counts(&office, &[("vehicles_held", "2"), ("vehicles_planned", "2"), ("planned_emergency", "2")]);
    let at = |day: &str| crate::support::figure(office.books(), &Scope::Own(unit("101")), 2024, day, "vehicles_held");
    assert_eq!([at("2024-08-30"), at("2024-08-31"), at("2024-09-01")], ["0", "1", "2"]);
    bad_row(&mut office, "vehicles", &car(1, "2024-10-01"), "同一事项只登记一行");
    bad_row(&mut office, "vehicles", &car(3, "2023-10-01"), "早于安排购置的预算年度");
}

/// 通用50万元以上、专用100万元以上，存量与新增台套.
#[test]
pub(crate) fn r26_large_equipment_is_counted_by_kind_and_price() {
    let city = example(CITY);
    let figures = ["equipment_common_500k", "equipment_dedicated_1m", "equipment_planned"];
    assert_eq!(figures.map(|name| city.figure(name)), ["5", "0", "0"]);
    let department = example(COOPERATION);
    assert_eq!(department.figure_at("equipment_1m", "2023-08-31"), "0");
    let mut office = Office::in_memory();
    let piece = |number: u8, kind: &str, price: &str, held: &str| {
        format!("number=E{number}|words=设备{number}|kind={kind}|price={price}|{held}")
    };
    let used = "acquired=2020-01-01|state=在用";
    enter(
        &mut office,
        &[
            ("equipment", "E1", &piece(1, "通用设备", "50万元", used)),
            ("equipment", "E2", &piece(2, "通用设备", "100万元", used)),
            ("equipment", "E3", &piece(3, "专用设备", "100万元", used)),
            ("equipment", "E4", &piece(4, "专用设备", "120万元", "plan_year=2024|state=拟购置")),
        ],
    );
    counts(
        &office,
        &[
            ("equipment_held", "3"),
            ("equipment_common_500k", "2"),
            ("equipment_dedicated_1m", "1"),
            ("equipment_1m", "2"),
            ("equipment_planned", "1"),
        ],
    );
    bad_row(&mut office, "equipment", &piece(5, "通用设备", "499999.99", used), "不到50万元");
    bad_row(&mut office, "equipment", &piece(5, "专用设备", "999999.99", used), "不到100万元");
}

/// 净值=原值-累计折旧（元，两位小数）；配置处置稽核制度.
#[test]
pub(crate) fn r27_assets_net_is_original_less_depreciation_to_the_fen() {
    let beijing = example(BEIJING);
    let figures = ["assets_original", "assets_depreciation", "assets_net"];
    assert_eq!(figures.map(|name| beijing.figure(name)), ["16,696,586.25", "16,692,961.40", "3,624.85"]);
    assert!(beijing.remarks("assets")[0].contains("成新率只有"), "{:?}", beijing.remarks("assets"));
    let mut office = Office::in_memory();
    let asset = |number: u8, price: &str, worn: &str, more: &str| {
        format!(
            "number=Z{number}|words=资产|category=设备|acquired=2020-01-01|price={price}|depreciation={worn}|state=在用{more}"
        )
    };
    enter(
        &mut office,
        &[
            ("assets", "Z1", &asset(1, "1000.10", "0.15", "|counted=2024-12-20|found=盘亏")),
            ("assets", "Z2", &asset(2, "500", "500", "|disposed=2024-06-30|approval=国资处1号")),
        ],
    );
    // What is disposed of with approval is no longer held; what was not found is told.
    counts(&office, &[("assets_original", "1,000.10"), ("assets_net", "999.95"), ("assets_differing", "1")]);
    let told = remarks(office.books(), &Scope::Own(unit("101")), 2024, "assets");
    assert!(told.iter().any(|words| words.contains("盘亏")), "{told:?}");
    bad_row(&mut office, "assets", &asset(3, "500", "500.01", ""), "大于原值500.00元");
    bad_row(&mut office, "assets", &asset(3, "500", "500", "|disposed=2024-06-30"), "没有处置批准文号");
}
