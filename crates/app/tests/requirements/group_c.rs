//! C 支出: rows 9 to 13.

use crate::support::{BEIJING, CITY, COOPERATION, SHANGHAI, ZHUZHOU, add, example, owned, row_name};
use mingzhang_books::command::Command;
use mingzhang_books::entry::Version;
use mingzhang_books::facts::{self, Draft};
use mingzhang_books::line::Line;
use mingzhang_books::pivot::Scope;
use mingzhang_model::code::{EconomicCode, FunctionalCode};
use mingzhang_model::document::Block;
use mingzhang_model::fact::RowCode;
use mingzhang_model::key::Fund;
use mingzhang_standard::{codes, form};
use mingzhang_testkit::office::{Office, approved, budget, for_project, line, payment, unit};
use std::collections::BTreeSet;

const ALL: [&str; 5] = [SHANGHAI, ZHUZHOU, CITY, BEIJING, COOPERATION];

/// 类=Σ款=Σ项；占比；预算表与决算表一致；编码+名称.
#[test]
pub(crate) fn r09_functions_add_up_level_by_level_and_have_names() {
    let city = example(CITY);
    let classes = ["201", "208", "210", "221"].map(|code| city.money("", code));
    assert_eq!(classes, ["2589.00", "263.80", "68.81", "133.84"]);
    // The first is printed with 84.74%, which 2,589.00 of 3,055.44 is not.
    assert_eq!(["201", "208"].map(|code| city.share(("", code), ("", ""))), ["84.73%", "8.63%"]);
    let beijing = example(BEIJING);
    assert_eq!(beijing.money("final_accounts fiscal", "201"), "267.43");
    assert_eq!(beijing.share(("final_accounts fiscal", "201"), ("final_accounts fiscal", "")), "90.64%");
    let department = example(COOPERATION);
    assert_eq!(department.amount("", "2080505").0, 336_590_600);
    for (shown, code) in [(&beijing, "A03"), (&department, "B03")] {
        let draft = shown.draft();
        let at = draft.facts.statements.iter().position(|statement| statement.code == code).unwrap();
        let rows = &draft.facts.statements[at].rows;
        let coded: BTreeSet<FunctionalCode> = rows.iter().filter_map(|row| functional(row.code)).collect();
        let year = shown.office.year;
        let stage = if code == "A03" { "final_accounts" } else { "initial" };
        let amount = |code: FunctionalCode| shown.amount(stage, &code.to_string()).0;
        for code in &coded {
            assert!(codes::functional(*code).is_some_and(|entry| !entry.name.is_empty()), "{year} {code}");
            let below: Vec<i64> =
                coded.iter().filter(|other| other.parent() == Some(*code)).map(|other| amount(*other)).collect();
            assert!(below.is_empty() || below.iter().sum::<i64>() == amount(*code), "{year} {code}");
            // A 类 or 款 that is printed has its 项 printed.
            assert!(!below.is_empty() || code.to_string().len() == 7, "{year} {code}");
        }
        let tops: i64 = coded.iter().filter(|code| code.parent().is_none()).map(|code| amount(*code)).sum();
        assert_eq!(tops, shown.amount(stage, "").0);
    }
    let mut office = Office::in_memory();
    let with = |code: &str| Line { function: FunctionalCode::parse(code).unwrap(), ..line("2010301", "30201") };
    assert!(office.refused(approved(&with("20103"), 1)).1.contains("不是项级科目"));
    assert!(office.refused(approved(&with("2010377"), 1)).1.contains("不在科目表中"));
}

fn functional(code: Option<RowCode>) -> Option<FunctionalCode> {
    match code? {
        RowCode::Functional(code) => Some(code),
        RowCode::Economic(_) => None,
    }
}

/// 基本+项目=合计；占比；分功能项列示.
#[test]
pub(crate) fn r10_basic_and_project_expenditure_make_up_the_whole() {
    for id in ALL {
        let shown = example(id);
        let stages = if id == BEIJING { vec!["initial", "adjusted", "final_accounts"] } else { vec!["initial"] };
        for stage in stages {
            let of = |kind: &str| shown.amount(&format!("{stage} {kind}"), "").0;
            assert_eq!(of("basic") + of("project"), of("expenditure"), "{id} {stage}");
        }
    }
    assert_eq!(example(ZHUZHOU).share(("basic", ""), ("", "")), "84.44%");
    let city = example(CITY);
    assert_eq!([city.money("project", "2010301"), city.money("project", "2010302")], ["1084.80", "50.00"]);
    assert_eq!(city.money("project", ""), "1134.80");
    let department = example(COOPERATION);
    assert_eq!([department.amount("basic", "").0, department.amount("project", "").0], [6_726_875_700, 1_701_264_300]);
    let beijing = example(BEIJING);
    let share = |kind: &str| {
        let words = format!("final_accounts {kind}");
        (beijing.money(&words, ""), beijing.share((&words, ""), ("final_accounts", "")))
    };
    assert_eq!(share("basic"), ("211.92".into(), "71.81%".into()));
    assert_eq!(share("project"), ("83.19".into(), "28.19%".into()));
    let mut office = Office::in_memory();
    let supplies = line("2010301", "30201");
    assert_eq!(office.refused(approved(&for_project(supplies.clone(), "P1"), 1)).0, "unknown_project");
    office.send(budget(&[(&supplies, 100)])).unwrap();
    let other = payment("p", &for_project(supplies, "P1"), 1, "2024-03-01");
    assert_eq!(office.refused(Command::Pay(other)).0, "no_line");
}

/// 人员经费、公用经费、资本性支出；与功能表对勾（养老、职业年金、医保、公积金）.
#[test]
pub(crate) fn r11_basic_expenditure_is_told_by_economic_items_that_fit_the_functions() {
    let shanghai = example(SHANGHAI);
    let items = ["30101", "30102", "30107", "30113"].map(|code| shanghai.money(&format!("basic {code}"), ""));
    assert_eq!(items, ["20.07", "4.87", "6.58", "3.20"]);
    let department = example(COOPERATION);
    let parts = ["basic", "basic personnel", "basic operating"].map(|words| department.amount(words, "").0 / 100);
    assert_eq!(parts, [67_268_757, 48_475_981, 18_792_776]);
    let beijing = example(BEIJING);
    let (personnel, basic) = ("final_accounts general_public basic personnel", "final_accounts general_public basic");
    assert_eq!([beijing.money(personnel, ""), beijing.share((personnel, ""), (basic, ""))], ["190.00", "89.68%"]);
    for id in ALL {
        let shown = example(id);
        let of = |words: &str| shown.amount(words, "").0;
        assert_eq!(of("basic personnel") + of("basic operating"), of("basic"), "{id}");
        assert!(of("basic 310") <= of("basic operating"), "{id}");
    }
    // Pension, annuity, medical insurance and housing fund: the item of the one table is that of the other.
    let pairs = [("2080505", "30108"), ("2080506", "30109"), ("2210201", "30113")];
    for (function, economic) in pairs {
        let (one, other) = (department.amount("basic", function), department.amount(&format!("basic {economic}"), ""));
        assert!(one == other && one.0 > 0, "{function} {economic}: {one:?} {other:?}");
    }
    assert_eq!(department.amount("basic", "2101101"), department.amount("basic 30110+30111", ""));
    let class = Line { economic: EconomicCode::parse("302").unwrap(), ..line("2010301", "30201") };
    assert!(Office::in_memory().refused(approved(&class, 1)).1.contains("不是款级科目"));
}

/// 每个项目名称、金额、用途；Σ项目=项目支出；项目数=清单长度.
#[test]
pub(crate) fn r12_projects_are_a_list_whose_sum_is_the_project_expenditure() {
    let beijing = example(BEIJING).projects();
    assert_eq!(beijing, owned(&[("专项业务（工作）经费", "54.66"), ("维权维稳（工作）经费", "8.40")]));
    let shanghai = example(SHANGHAI).projects();
    for card in
        owned(&[("招商引资及联络专项经费", "25.00"), ("车辆运行维护经费", "2.50"), ("维权维稳专项经费", "20.00")])
    {
        assert!(shanghai.contains(&card), "{card:?}");
    }
    let city = example(CITY);
    assert_eq!([city.figure("projects"), city.figure("goal_projects")], ["12", "12"]);
    assert!(city.projects().contains(&("市长热线专项经费".to_owned(), "505.80".to_owned())));
    for id in ALL {
        let shown = example(id);
        assert_eq!(shown.figure("projects"), shown.projects().len().to_string(), "{id}");
        assert_eq!(shown.figure("project_budget").replace([',', '.'], ""), shown.amount("project", "").0.to_string());
    }
    let refused = |command: Command| city.refused(command);
    let gone = Command::RemoveRow(city.unit(), row_name("projects", "P2024-01"), "取消".into());
    assert_eq!(refused(gone).0, "row_in_use");
    let card = "fiscal_year=2024|code=P9|words=公用经费|frequency=经常性项目|category=运转类|summary=办公|basis=文件|\
        body=本单位|plan=按月|from=2024-01-01|to=2024-12-31|estimate=定额|goal=正常运转|budget=1万元|appropriation=1万元|\
        goals_reported=是|owner=综合科";
    let (reason, words) = refused(add(city.office.unit, "projects", "P9", card));
    assert!(reason == "bad_row" && words.contains("属于基本支出，不是项目"), "{words}");
}

/// 无则声明“本表无数据/无收支”，有则分基本项目列示.
#[test]
pub(crate) fn r13_empty_funds_are_declared_and_others_are_listed() {
    for (id, codes) in [(BEIJING, ["A08", "A09"]), (COOPERATION, ["B06", "B07"])] {
        let draft = example(id).draft();
        for code in codes {
            assert!(notes(&draft, code).iter().any(|note| note.contains("故本表")), "{id} {code}");
        }
        assert!(texts(&draft).iter().filter(|text| text.contains("故本表")).count() >= 2);
    }
    let mut office = Office::in_memory();
    let managed = Line { fund: Fund::GovernmentManaged, ..line("2082201", "30201") };
    office.send(budget(&[(&managed, 300), (&line("2010301", "30201"), 100)])).unwrap();
    let year = office.books().year(&unit("101"), 2024).unwrap();
    assert_eq!(year.version(Version::Approved).count(), 2);
    let form = form::form("shanghai_budget_unit").unwrap();
    let draft = facts::draft(office.books(), &Scope::Own(unit("101")), 2024, form);
    assert!(notes(&draft, "B06").is_empty() && !notes(&draft, "B07").is_empty());
    let at = draft.facts.statements.iter().position(|statement| statement.code == "B06").unwrap();
    let columns: Vec<&str> =
        draft.facts.statements[at].columns.iter().map(|column| column.path.last().unwrap().as_str()).collect();
    assert_eq!(columns, ["合计", "基本支出", "项目支出"]);
    assert!(draft.facts.statements[at].rows.iter().any(|row| functional(row.code).is_some()));
    let foreign = Line { fund: Fund::GeneralPublic, ..managed };
    assert_eq!(Office::in_memory().refused(approved(&foreign, 1)).0, "bad_line");
}

fn notes<'a>(draft: &'a Draft, code: &str) -> Vec<&'a str> {
    let own = draft.facts.statements.iter().filter(|statement| statement.code == code);
    own.flat_map(|statement| &statement.notes).map(|note| note.text.as_str()).collect()
}

fn texts(draft: &Draft) -> Vec<&str> {
    let paragraphs = draft.document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text.as_str()),
        _ => None,
    });
    paragraphs.collect()
}
