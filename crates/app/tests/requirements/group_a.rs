//! A 机构与人员: rows 1 to 5.

use crate::support::{
    BEIJING, CITY, COOPERATION, SHANGHAI, ZHUZHOU, add, bad_row, counts, enter, example, percent, remarks, text,
    with_field,
};
use mingzhang_books::command::Command;
use mingzhang_books::entry::Change;
use mingzhang_books::line::{Line, Purpose, Source};
use mingzhang_books::pivot::{Cell, Pivot, Scope, differences};
use mingzhang_books::store::Memory;
use mingzhang_books::unit::{Nature, Unit};
use mingzhang_model::key::{Fund, Kind, Measure, Stage};
use mingzhang_testkit::office::{Office, adjustment, budget, line, payment, receipt, unit, yuan};
use std::collections::BTreeMap;

/// 按三定登记职责条目，编号连续；驻外机构与本级、主管部门职责可区分.
#[test]
pub(crate) fn r01_duties_are_numbered_and_counted() {
    let levels = [(SHANGHAI, "stationed", "7"), (ZHUZHOU, "stationed", "7"), (CITY, "own_level", "9")];
    for (id, level, count) in levels.into_iter().chain([(BEIJING, "stationed", "7"), (COOPERATION, "own_level", "8")]) {
        let shown = example(id);
        assert_eq!([shown.figure("duties"), shown.figure(&format!("duties_of_{level}"))], [count, count], "{id}");
        assert!(shown.remarks("duties").is_empty(), "{id}");
    }
    let mut office = Office::in_memory();
    let duty = |level: &str, number: u8| {
        format!("level={level}|number={number}|words=职责{number}|basis=编办1号|effective=2019-03-01")
    };
    let rows = [("1", duty("驻外机构", 1)), ("2", duty("驻外机构", 3)), ("3", duty("本级", 1))];
    rows.iter().for_each(|(name, cells)| enter(&mut office, &[("duties", name, cells)]));
    counts(&office, &[("duties_of_stationed", "2"), ("duties_of_own_level", "1")]);
    let told = remarks(office.books(), &Scope::Own(unit("101")), 2024, "duties");
    assert!(told.len() == 1 && told[0].contains("驻外机构职责有2条"), "{told:?}");
    bad_row(&mut office, "duties", &duty("驻外机构", 0), "应从1起编");
    bad_row(&mut office, "duties", &duty("驻外机构", 3), "同一事项只登记一行");
}

/// 名称+个数，个数须等于清单长度（督查室含一、二科只计1）.
#[test]
pub(crate) fn r02_offices_are_as_many_as_their_list_is_long() {
    for (id, count, below) in [(SHANGHAI, 2, 0), (ZHUZHOU, 1, 0), (CITY, 22, 2), (BEIJING, 4, 0)] {
        let shown = example(id);
        let rows: Vec<_> = shown.rows("offices").map(|(_, row)| row).collect();
        let listed = rows.iter().filter(|row| !row.contains_key("parent")).count();
        assert_eq!((listed, rows.len() - listed), (count, below), "{id}");
        assert_eq!(shown.figure("offices"), listed.to_string(), "{id}");
        assert_eq!(shown.figure("suboffices"), below.to_string(), "{id}");
    }
    let city = example(CITY);
    let rows: Vec<_> = city.rows("offices").map(|(_, row)| row).collect();
    let parents: Vec<&str> = rows.iter().filter(|row| row.contains_key("parent")).map(|r| text(r, "parent")).collect();
    assert_eq!(parents, ["督查室", "督查室"]);
    let mut office = Office::in_memory();
    let cells = |name: &str| format!("name={name}|basis=编办1号|established=2019-03-01");
    enter(&mut office, &[("offices", "1", &cells("综合科"))]);
    bad_row(&mut office, "offices", &cells("综合科"), "同一事项只登记一行");
    bad_row(&mut office, "offices", &format!("{}|parent=督查室", cells("督查一科")), "督查室");
}

/// 一级/二级预算单位、行政/公益一类/参公、下属单位清单与个数.
#[test]
pub(crate) fn r03_units_have_a_nature_and_their_place_in_the_department() {
    let natures = [
        (SHANGHAI, Nature::CivilServiceManaged),
        (ZHUZHOU, Nature::PublicWelfareOne),
        (CITY, Nature::Administrative),
        (BEIJING, Nature::CivilServiceManaged),
    ];
    for (id, nature) in natures {
        let shown = example(id);
        assert_eq!(shown.books().unit(&shown.unit()).unwrap().nature, nature, "{id}");
        assert_eq!(shown.scope().units(shown.books()).len(), 1, "{id}");
    }
    let department = example(COOPERATION);
    let below: Vec<&Unit> = department.books().units().filter(|unit| unit.parent.is_some()).collect();
    assert!(below.iter().all(|unit| unit.parent == Some(department.unit())));
    assert_eq!(below.len(), 5);
    assert_eq!(department.stated("subordinate_units").as_deref(), Some("5"));
    assert_eq!(example(BEIJING).stated("subordinate_units"), None);
    let mut office = Office::in_memory();
    let second = |parent: &str| Unit {
        code: unit("102"),
        name: "云麓市档案服务中心".into(),
        parent: Some(unit(parent)),
        nature: Nature::PublicWelfareOne,
    };
    assert_eq!(office.refused(Command::OpenUnit(second("999"))).0, "no_role");
    office.send_as("管理", vec![Command::OpenUnit(second("999"))]).unwrap_err();
    office.send_as("管理", vec![Command::OpenUnit(second("101"))]).unwrap();
    let mut first = office.books().unit(&unit("101")).unwrap().clone();
    first.parent = Some(unit("102"));
    let failure = office.send_as("管理", vec![Command::ChangeUnit(first)]).unwrap_err();
    assert!(failure.to_string().contains("不能隶属于自己的下级"), "{failure}");
}

/// 编制、实有、在职、退休、全额/差额、劳务派遣；在职人员控制率=在职/编制.
#[test]
pub(crate) fn r04_staff_are_counted_by_kind_and_the_rate_is_present_over_quota() {
    let zhuzhou = example(ZHUZHOU);
    let staff = ["staff_quota", "staff_actual", "staff_retired"].map(|name| zhuzhou.figure(name));
    assert_eq!(staff, ["7", "5", "2"]);
    assert_eq!(zhuzhou.figure("staff_control_rate"), "71.43");
    let beijing = example(BEIJING);
    let staff = ["staff_quota", "quota_full_fund", "present_full_fund", "quota_part_fund", "staff_outside"];
    assert_eq!(staff.map(|name| beijing.figure(name)), ["19", "12", "12", "7", "2"]);
    // 100% is printed: of the quota that is financed in full. Of all 19 it is less.
    assert_eq!(percent(&beijing.figure("present_full_fund"), &beijing.figure("quota_full_fund"), 0), "100%");
    assert_eq!(beijing.figure("staff_control_rate"), "63.16");
    assert_eq!(beijing.stated("staff_quota").as_deref(), Some("19"));
    let mut office = Office::in_memory();
    enter(&mut office, &[("staff", "1", "counted=2024-12-31|category=行政编制|quota=10|actual=11|retired=3")]);
    counts(&office, &[("staff_control_rate", "110.00"), ("staff_retired", "3"), ("staff_actual", "11")]);
    let told = remarks(office.books(), &Scope::Own(unit("101")), 2024, "staff");
    assert!(told.iter().any(|words| words.contains("多于编制10人")), "{told:?}");
    let person = add("101", "staff", "2", "counted=2024-12-30|category=行政编制|quota=10|actual=9");
    assert_eq!(office.refused(with_field(person, "name", "某人")).0, "bad_row");
}

/// 部门预算=各预算单位之和；列示纳入编制范围的单位；行政/参公/事业分类计数.
#[test]
pub(crate) fn r05_a_department_is_its_units_less_what_goes_between_them() {
    let shown = example(COOPERATION);
    let units = shown.scope().units(shown.books());
    assert_eq!(units.len(), 6);
    let natures = units.iter().map(|code| shown.books().unit(code).unwrap().nature);
    assert_eq!(natures.filter(|nature| *nature == Nature::Administrative).count(), 6);
    assert_eq!(cells_of_units(shown.books(), &units), cells(&shown.pivot));

    let (mut office, [subsidy, internal]) = department();
    let units = ["101", "102", "103"].map(unit);
    let whole = Scope::Consolidated(unit("101"));
    assert_eq!(differences(office.books(), &whole, 2024), []);
    let mut expected = cells_of_units(office.books(), &units);
    let between: Vec<Cell> = expected.keys().copied().filter(is_between).collect();
    // The subsidy as it is budgeted, adjusted and paid, and the income that it is for the other unit.
    let amounts: Vec<i64> = between.iter().map(|cell| expected.remove(cell).unwrap() / 100).collect();
    assert_eq!(amounts, [500, 500, 500, 500, 300, 300]);
    let found = cells(&Pivot::of(office.books(), &whole));
    // What is left of the subsidy lies where it is: no movement, and in the department as in its unit.
    assert_eq!(found, expected);
    let stages = [(Stage::Initial, 12_200), (Stage::Adjusted, 12_200), (Stage::FinalAccounts, 9_850)];
    for (stage, amount) in stages {
        let own = found.iter().filter(|(cell, _)| cell.stage == stage && cell.measure == Measure::Expenditure);
        assert_eq!(own.map(|(_, fen)| fen / 100).sum::<i64>(), amount, "{stage:?}");
    }
    let (mut paid, mut got) = (payment("t2", &subsidy, 100, "2024-05-06"), receipt("t2", &internal, 99, "2024-05-06"));
    got.from = Some(unit("101"));
    assert_eq!(office.refused(Command::Transfer(paid.clone(), got.clone())).0, "unbalanced");
    (paid.amount, got.amount) = (yuan(201), yuan(201));
    assert_eq!(office.refused(Command::Transfer(paid, got)).0, "short");
    office.must(Command::Adjust(adjustment("a1", Change::Addition, &[(&subsidy, 60)])));
    let told = differences(office.books(), &whole, 2024);
    assert_eq!(told.iter().map(|one| (one.given, one.got)).collect::<Vec<_>>(), [(yuan(560), yuan(500))]);
}

/// A department of three units: the first gives the second a subsidy, of which 300 of 500 have been paid.
fn department() -> (Office<Memory>, [Line; 2]) {
    let mut office = Office::in_memory();
    let below = |code: &str, name: &str| Unit {
        code: unit(code),
        name: name.into(),
        parent: Some(unit("101")),
        nature: Nature::PublicWelfareOne,
    };
    let units = [below("102", "云麓市档案服务中心"), below("103", "云麓市方志馆")];
    let opened =
        units.iter().flat_map(|one| [Command::OpenUnit(one.clone()), Command::OpenYear(one.code.clone(), 2024)]);
    office.send_as("管理", opened.collect()).unwrap();
    let wages = line("2010301", "30101");
    // What is given on is no appropriation: only other money turns into 上级补助收入.
    let purpose = Purpose::SubsidyToAffiliates(unit("102"));
    let subsidy = Line { fund: Fund::Other, purpose, ..line("2010301", "30299") };
    let own = |code: &str| Line { unit: unit(code), ..line("2010350", "30201") };
    let internal = Line { fund: Fund::SuperiorSubsidy, source: Source::Internal(unit("101")), ..own("102") };
    let (second, third) = (own("102"), own("103"));
    let lines = [(&wages, 9_000), (&subsidy, 500), (&second, 2_000), (&internal, 500), (&third, 700)];
    office.send(budget(&lines)).unwrap();
    let received = lines.iter().filter(|(line, _)| **line != internal).enumerate();
    let received: Vec<Command> = received
        .map(|(at, (line, amount))| Command::Receive(receipt(&format!("i{at}"), line, *amount, "2024-03-01")))
        .collect();
    office.send(received).unwrap();
    let mut got = receipt("t1", &internal, 300, "2024-05-05");
    got.from = Some(unit("101"));
    office.must(Command::Transfer(payment("t1", &subsidy, 300, "2024-05-05"), got));
    let payments = [("p1", &wages, 8_000), ("p2", &second, 1_000), ("p3", &internal, 250), ("p4", &third, 600)];
    for (id, line, amount) in payments {
        office.must(Command::Pay(payment(id, line, amount, "2024-06-01")));
    }
    (office, [subsidy, internal])
}

/// True for the cells of the subsidy, on either side.
fn is_between(cell: &Cell) -> bool {
    let given = cell.measure == Measure::Expenditure && cell.kind == Kind::SubsidyToAffiliates;
    given || (cell.measure == Measure::Income && cell.fund == Fund::SuperiorSubsidy)
}

fn cells(pivot: &Pivot) -> BTreeMap<Cell, i64> {
    pivot.cells().map(|(cell, amount)| (*cell, amount.0)).collect()
}

/// The units' own cells, added up.
fn cells_of_units(
    books: &mingzhang_books::state::Books,
    units: &[mingzhang_books::names::UnitCode],
) -> BTreeMap<Cell, i64> {
    let mut sums = BTreeMap::new();
    for unit in units {
        for (cell, fen) in cells(&Pivot::of(books, &Scope::Own(unit.clone()))) {
            *sums.entry(cell).or_insert(0) += fen;
        }
    }
    sums
}
