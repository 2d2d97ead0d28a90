//! H 绩效: rows 28 to 31.

use crate::support::{BEIJING, CITY, COOPERATION, SHANGHAI, Shown, ZHUZHOU, add, example, remarks, text};
use mingzhang_books::command::Command;
use mingzhang_books::entry::Change;
use mingzhang_books::export;
use mingzhang_books::pivot::Scope;
use mingzhang_books::store::Memory;
use mingzhang_model::date::Date;
use mingzhang_standard::performance::{self, Points};
use mingzhang_standard::register::register;
use mingzhang_testkit::office::{Office, adjustment, budget, line, unit};
use std::collections::BTreeSet;

/// 金额=部门支出=基本+项目；目标表作附件.
#[test]
pub(crate) fn r28_the_goal_of_the_whole_is_all_expenditure_and_its_table_comes_out() {
    let goals = [
        (SHANGHAI, "130.99", "43.49", "87.50"),
        (ZHUZHOU, "257.00", "217.00", "40.00"),
        (CITY, "3055.44", "1920.64", "1134.80"),
    ];
    for (id, whole, basic, project) in goals {
        let mut shown = example(id);
        assert_eq!(["", "basic", "project"].map(|words| shown.money(words, "")), [whole, basic, project], "{id}");
        let projects: BTreeSet<String> = goals_of(&shown);
        assert_eq!(projects.len().to_string(), shown.figure("indicator_projects"), "{id}");
        assert!(shown.remarks("indicators").is_empty(), "{id}: the weights of every project are 90");
        let sheets = export::sheets(&mut shown.ledger).unwrap();
        let table = sheets.iter().find(|sheet| sheet.name == register("indicators").unwrap().title).unwrap();
        assert!(table.rows.len() > projects.len(), "{id}");
    }
    let beijing = example(BEIJING);
    assert_eq!([beijing.figure("work_planned"), beijing.figure("work_done")], ["8", "8"]);
    let shown = example(ZHUZHOU);
    let goal = |weight: &str| {
        let cells = "fiscal_year=2024|project=P2024-01|first=产出指标|second=质量指标|words=签约率|operator=≥|target=80|\
             unit=%|owner=综合联络科";
        add("101012", "indicators", "more", &format!("{cells}|weight={weight}"))
    };
    assert_eq!(shown.refused(goal("91")).0, "bad_row");
    let books = shown.with(vec![goal("5")]);
    let told = remarks(&books, &shown.scope(), 2024, "indicators");
    assert!(told.len() == 1 && told[0].contains("权重合计95，应为90"), "{told:?}");
}

fn goals_of(shown: &Shown) -> BTreeSet<String> {
    let rows = shown.rows("indicators");
    rows.map(|(_, row)| text(row, "project").to_owned()).collect()
}

/// 编报单位数、项目数、资金额（不大于项目支出）.
#[test]
pub(crate) fn r29_projects_with_goals_are_counted_with_their_units_and_money() {
    let shown = example(COOPERATION);
    assert_eq!([shown.figure("goal_projects"), shown.figure("goal_amount")], ["28", "15,281,500.00"]);
    assert_eq!([shown.stated("goal_projects"), shown.stated("goal_amount")], ["28", "1528.15"].map(|t| Some(t.into())));
    let cutoff = Date::new(2024, 12, 31).unwrap();
    let figures = shown.books().figures(&shown.scope(), register("projects").unwrap(), 2024, cutoff);
    let counted = figures.into_iter().find(|figure| figure.name == "goal_projects").unwrap();
    let units: BTreeSet<_> = counted.rows.iter().map(|(unit, _)| unit).collect();
    assert_eq!((units.len(), counted.rows.len()), (6, 28));
    assert!(shown.amount("project", "").0 > 1_528_150_000);
    // Less than the whole is noticed, and so is every project without goals.
    let told = shown.remarks("projects");
    assert_eq!(told.iter().filter(|words| words.contains("没有编报绩效目标")).count(), 4, "{told:?}");
    assert!(told.iter().any(|words| words.contains("编报绩效目标的项目资金占项目预算的89.82%")), "{told:?}");
    let card = card("P9").replace("goals_reported=是", "goals_reported=否|monitored=是");
    assert_eq!(shown.refused(add("140", "projects", "P9", &card)).0, "bad_row");
}

/// 评分、等级（文中98→优）、经济性/效率性/有效性/可持续性、问题、改进；说明与自评报告两处一致.
#[test]
pub(crate) fn r30_the_score_is_computed_and_a_stated_one_is_held_against_it() {
    let shown = example(BEIJING);
    let system = performance::system("hunan_whole_unit").unwrap();
    let scale = performance::scale(&system.scale).unwrap();
    let evaluation = shown.books().evaluation(&shown.scope(), 2022, system, scale);
    assert_eq!(evaluation.total().map(|total| total.high()), Points::parse("93"));
    // 98 is stated, and the grade is right for either.
    assert_eq!(evaluation.stated(Points::parse("98"), Some("优")).len(), 1);
    assert!(!evaluation.stated(Points::parse("98"), Some("良")).is_empty());
    let economic = evaluation.items().iter().any(|item| item.code == "economic_social_benefit");
    let effect = evaluation.items().iter().any(|item| item.code == "administrative_effect");
    assert!(economic && effect);
    let figures = ["issues_found", "issues_open", "graded_excellent", "satisfaction_rate"];
    assert_eq!(figures.map(|name| shown.figure(name)), ["2", "2", "2", "96.67"]);
    // That the rate of adjustment is high is one of the issues, each with what is to be done.
    let issues: Vec<_> = shown.rows("issues").map(|(_, row)| row).collect();
    assert!(issues.iter().any(|row| text(row, "words").contains("调整率偏高")));
    assert!(issues.iter().all(|row| !text(row, "measure").is_empty()));
    let mut office = Office::in_memory();
    let award = |points: &str, reason: &str| {
        let cells =
            format!("fiscal_year=2024|system=部门整体支出绩效评价指标表（湖南）|indicator=disclosure|points={points}");
        if reason.is_empty() { cells } else { format!("{cells}|reason={reason}") }
    };
    bad_row(&mut office, &award("101", "全部公开"));
    bad_row(&mut office, &award("5", ""));
    office.must(add("101", "awards", "1", &award("5", "全部公开")));
    crate::support::counts(&office, &[("awarded_indicators", "1")]);
    // Points that a person types for what the books compute move nothing: 40% were added, which scores none.
    let supplies = line("2010301", "30201");
    office.send(budget(&[(&supplies, 1_000)])).unwrap();
    office.must(Command::Adjust(adjustment("a", Change::Addition, &[(&supplies, 400)])));
    office.must(add("101", "awards", "2", &award("5", "控制良好").replace("disclosure", "budget_control")));
    let own = office.books().evaluation(&Scope::Own(unit("101")), 2024, system, scale);
    let score = |code: &str| own.items().iter().find(|item| item.code == code).unwrap().score();
    assert_eq!([score("budget_control"), score("disclosure")], [Points::parse("0"), Points::parse("5")]);
}

fn bad_row(office: &mut Office<Memory>, cells: &str) {
    assert_eq!(office.refused(add("101", "awards", "bad", cells)).0, "bad_row", "{cells}");
}

/// The seven parts of a card, by their fields: 实施周期 has two.
const CARD: [&str; 8] = ["summary", "basis", "body", "plan", "from", "to", "budget", "goal"];

fn card(code: &str) -> String {
    format!(
        "fiscal_year=2024|code={code}|words=合作交流工作业务费|frequency=经常性项目|category=特定目标类|summary=联络服务|\
         basis=文件1号|body=本单位|plan=按季度|from=2024-01-01|to=2024-12-31|estimate=定额|goal=完成|budget=1000|\
         appropriation=1000|goals_reported=是|owner=综合处"
    )
}

/// 项目概述、立项依据、实施主体、实施方案、实施周期、年度预算安排、绩效目标；名称一致，主体=单位.
#[test]
pub(crate) fn r31_a_project_has_the_seven_parts_of_its_card() {
    let shown = example(COOPERATION);
    let mut amounts = Vec::new();
    for code in shown.scope().units(shown.books()) {
        let name = &shown.books().unit(&code).unwrap().name;
        for (project, row) in shown.books().rows_in(&code, "projects") {
            assert!(CARD.iter().all(|field| row.contains_key(*field)), "{project}");
            assert!(text(row, "body").starts_with(name.as_str()), "{project}: {} of {name}", text(row, "body"));
            assert_eq!(shown.books().project_name(&code, project.as_str()), Some(text(row, "words")));
        }
    }
    for (name, amount) in shown.projects() {
        if name == "合作交流工作业务费" {
            amounts.push(amount);
        }
    }
    assert_eq!(amounts, ["161.05", "50.74", "63.65", "28.88", "23.43", "32.92"]);
    for field in CARD {
        let whole = card("P9");
        let cells: Vec<&str> = whole.split('|').filter(|cell| !cell.starts_with(&format!("{field}="))).collect();
        let (reason, words) = shown.refused(add("140", "projects", "P9", &cells.join("|")));
        assert_eq!(reason, "bad_row", "{field}: {words}");
    }
    shown.with(vec![add("140", "projects", "P9", &card("P9"))]);
    let twice = card("P140-01");
    assert!(shown.refused(add("140", "projects", "twice", &twice)).1.contains("同一事项只登记一行"));
}
