//! F 机关运行、一般性支出: rows 22 and 23.

use crate::support::{BEIJING, CITY, COOPERATION, SHANGHAI, ZHUZHOU, bad_row, counts, enter, example, row_name};
use mingzhang_books::command::Command;
use mingzhang_books::line::Line;
use mingzhang_books::pivot::{Pivot, Scope};
use mingzhang_books::unit::{Nature, Unit};
use mingzhang_testkit::office::{Office, budget, line, payment, unit, yuan};

const OPERATING: &str = "general_public basic operating administrative";

/// =一般公共预算基本支出公用经费；同比；构成；仅行政/参公单位.
#[test]
pub(crate) fn r22_operating_funds_are_those_of_administrative_units() {
    let found = [SHANGHAI, ZHUZHOU, CITY, COOPERATION].map(|id| example(id).money(OPERATING, ""));
    // Printed as 4, whose parts come to 3.20; printed as 217 of an institution, which has none.
    assert_eq!(found, ["3.20", "0.00", "225.40", "1879.28"]);
    let zhuzhou = example(ZHUZHOU);
    assert_eq!(zhuzhou.money("basic", ""), "217.00");
    assert_eq!(zhuzhou.change("general_public basic"), ("-18.26".into(), "减少", "7.76%".into()));
    let city = example(CITY);
    assert_eq!(city.change("general_public basic operating"), ("-63.10".into(), "减少", "21.87%".into()));
    // Its parts, item by item.
    let parts = ["30201", "30211", "30217", "30229", "30231"].map(|code| city.money(&format!("basic {code}"), ""));
    assert_eq!(parts, ["10.00", "20.00", "5.00", "35.00", "20.00"]);
    let beijing = example(BEIJING);
    assert_eq!(beijing.stated("operating_funds").as_deref(), Some("21.86"));
    let change = beijing.change("final_accounts general_public basic operating");
    // Printed with 74.88%: the printed amounts give a hundredth more.
    assert_eq!(change, ("-65.18".into(), "减少", "74.89%".into()));

    let mut office = Office::in_memory();
    let institution = Unit {
        code: unit("102"),
        name: "云麓市档案服务中心".into(),
        parent: Some(unit("101")),
        nature: Nature::PublicWelfareOne,
    };
    let opened = vec![Command::OpenUnit(institution), Command::OpenYear(unit("102"), 2024)];
    office.send_as("管理", opened).unwrap();
    let supplies = line("2010301", "30201");
    let theirs = Line { unit: unit("102"), ..supplies.clone() };
    let wages = line("2010301", "30101");
    let other = Line { fund: mingzhang_model::key::Fund::Other, ..supplies.clone() };
    office.send(budget(&[(&supplies, 100), (&wages, 900), (&other, 50), (&theirs, 70)])).unwrap();
    let key = crate::support::key(2024, OPERATING, "");
    let of = |scope: Scope| Pivot::of(office.books(), &scope).amount(&key);
    assert_eq!(of(Scope::Consolidated(unit("101"))), yuan(100));
    assert_eq!(of(Scope::Own(unit("102"))), yuan(0));
    let over = payment("p", &supplies, 101, "2024-03-01");
    assert_eq!(office.refused(Command::Pay(over)).0, "short");
}

/// 名称、内容、人数、金额；无则声明；预算与实际.
#[test]
pub(crate) fn r23_meetings_trainings_and_events_are_planned_and_held() {
    let zhuzhou = example(ZHUZHOU);
    let figures = ["meeting_budget", "meetings_planned", "meeting_persons_planned", "training_budget", "event_budget"];
    assert_eq!(figures.map(|name| zhuzhou.figure(name)), ["10,000.00", "2", "130", "10,000.00", "0.00"]);
    let exchange = zhuzhou
        .rows("meetings")
        .map(|(_, row)| row)
        .find(|row| crate::support::text(row, "words") == "招商引资工作交流会");
    let exchange = exchange.unwrap();
    assert_eq!(exchange["planned_persons"], mingzhang_books::register::Value::Count(80));
    assert_eq!(exchange["budget"], mingzhang_books::register::Value::Money(yuan(8_000)));
    let city = example(CITY);
    assert_eq!(["training_persons_planned", "training_budget"].map(|name| city.figure(name)), ["60", "180,000.00"]);
    let beijing = example(BEIJING);
    // Neither budgeted nor spent, and no row: there was nothing.
    let meetings = [beijing.money("30215", ""), beijing.money("final_accounts 30215", ""), beijing.figure("meetings")];
    assert_eq!(meetings, ["0.00", "0.00", "0.00"]);
    // Somebody has said that there was none, so it is told as nothing.
    assert_eq!(beijing.stated("meetings").as_deref(), Some("0.00"));
    assert_eq!([example(SHANGHAI).figure("event_count"), example(SHANGHAI).figure("event_budget")], ["0", "0.00"]);

    let mut office = Office::in_memory();
    let meeting = |amount: u16| {
        format!(
            "number=H1|words=年度工作会|content=部署工作|class=四类会议|plan_year=2024|budget=5000|planned_persons=40|\
             day=2024-03-01|designated=是|persons=38|days=1|quota=150|amount={amount}"
        )
    };
    bad_row(&mut office, "meetings", &meeting(5_001), "超过预算5,000.00元");
    bad_row(&mut office, "meetings", &meeting(4_000).replace("persons=38", "persons=20"), "超过综合定额");
    enter(&mut office, &[("meetings", "H1", &meeting(4_000))]);
    counts(&office, &[("meetings", "4,000.00"), ("meeting_count", "1"), ("meeting_persons", "38")]);
    let line = line("2010301", "30215");
    office.send(budget(&[(&line, 5_000)])).unwrap();
    let mut paid = payment("p", &line, 4_000, "2024-03-02");
    assert_eq!(office.refused(Command::Pay(paid.clone())).0, "row_needed");
    paid.row = Some(row_name("meetings", "H1"));
    office.must(Command::Pay(paid));
    let gone = Command::RemoveRow(unit("101"), row_name("meetings", "H1"), "误记".into());
    assert_eq!(office.refused(gone).0, "row_in_use");
}
