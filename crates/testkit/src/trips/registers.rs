//! The rows that a department has beside its money: offices, duties, vehicles, projects with their indicators, and
//! the row behind every payment that needs one.

use super::plan::{Course, Plan, Project};
use super::{CODE, Shape};
use crate::office::{row_name, unit};
use mingzhang_books::command::Command;
use mingzhang_books::entry::RowName;
use mingzhang_books::line::{Line, Purpose};
use mingzhang_books::names::UnitCode;
use mingzhang_books::register::{Row, parse_value};
use mingzhang_model::amount::Amount;
use mingzhang_standard::performance::system;
use mingzhang_standard::register::register;

/// The indicator system of a whole department.
const WHOLE: &str = "hunan_whole_unit";

/// Which register has the rows behind payments on an economic code.
const PAYING: [(&str, &str); 6] = [
    ("30212", "trips"),
    ("30215", "meetings"),
    ("30216", "trainings"),
    ("30217", "receptions"),
    ("30231", "vehicle_costs"),
    ("31013", "vehicles"),
];

/// A row from the words of its cells.
fn row(id: &str, cells: &[(&str, String)]) -> Row {
    let register = register(id).unwrap();
    let value = |(name, typed): &(&str, String)| {
        let field = register.field(name).unwrap_or_else(|| panic!("{id} has no field {name}"));
        ((*name).to_owned(), parse_value(field, typed).unwrap_or_else(|why| panic!("{id} {name} {typed}: {why:?}")))
    };
    cells.iter().map(value).collect()
}

fn add(unit: &UnitCode, id: &str, name: &str, cells: &[(&str, String)]) -> Command {
    Command::AddRow(unit.clone(), row_name(id, name), row(id, cells))
}

fn s(words: impl ToString) -> String {
    words.to_string()
}

/// Everything that is entered before the budget.
pub(super) fn rows(plan: &Plan) -> Vec<Command> {
    let mut commands = organisation(plan);
    commands.extend(holdings(plan));
    for project in &plan.projects {
        commands.extend(project_rows(plan, project));
    }
    for (at, (line, course)) in plan.lines.iter().enumerate() {
        commands.extend(planned(plan, line, *course, at));
    }
    if plan.shape == Shape::Accounts {
        commands.extend(performance(plan));
    }
    commands
}

/// Offices, duties, staff.
fn organisation(plan: &Plan) -> Vec<Command> {
    const OFFICES: [&str; 4] = ["综合科", "业务科", "财务科", "法规科"];
    const DUTIES: [&str; 4] = ["贯彻有关法律法规和政策", "拟订并组织实施工作规划", "提供公共服务", "指导基层工作"];
    let (mut random, root) = (plan.random.clone(), unit(CODE));
    let mut commands = Vec::new();
    for name in &OFFICES[..1 + random.below(4) as usize] {
        let cells = [("name", s(name)), ("basis", s("编办1号")), ("established", s("2015-03-01"))];
        commands.push(add(&root, "offices", name, &cells));
    }
    for (at, words) in DUTIES[..1 + random.below(4) as usize].iter().enumerate() {
        let cells = [
            ("level", s("own_level")),
            ("number", s(at + 1)),
            ("words", s(words)),
            ("basis", s("编办1号")),
            ("effective", s("2015-03-01")),
        ];
        commands.push(add(&root, "duties", &format!("Z{at}"), &cells));
    }
    if plan.shape == Shape::Accounts || random.once_in(2) {
        for unit in &plan.units {
            let quota = random.from(5, 60);
            let cells = [
                ("counted", format!("{}-12-31", plan.year - u16::from(plan.shape != Shape::Accounts))),
                ("category", s("administrative")),
                ("quota", s(quota)),
                ("actual", s(random.from(3, quota))),
                ("retired", s(random.below(20))),
            ];
            commands.push(add(&unit.code, "staff", "编制", &cells));
        }
    }
    commands
}

/// Vehicles, equipment, procurement.
fn holdings(plan: &Plan) -> Vec<Command> {
    const KINDS: [&str; 7] = ["principal", "confidential", "emergency", "enforcement", "special", "veteran", "other"];
    let mut random = plan.random.clone();
    let mut commands = Vec::new();
    for unit in &plan.units {
        for at in 0..1 + random.below(4) {
            let number = format!("CL{}-{at}", unit.code);
            let cells = [
                ("number", number.clone()),
                ("model", s("轿车")),
                ("kind", s(random.word(&KINDS))),
                ("means", s("transfer")),
                ("acquired", s("2017-05-06")),
                ("appropriation", s("是")),
            ];
            commands.push(add(&unit.code, "vehicles", &number, &cells));
        }
        for at in 0..random.below(3) {
            let number = format!("SB{}-{at}", unit.code);
            let cells = [
                ("number", number.clone()),
                ("words", s("机房设备")),
                ("kind", s(random.word(&["common", "dedicated"]))),
                ("price", s("1560000")),
                ("acquired", s("2018-05-06")),
                ("state", s("used")),
            ];
            commands.push(add(&unit.code, "equipment", &number, &cells));
        }
        for at in 0..random.below(4) {
            let (number, worth) = (format!("CG{}-{at}", unit.code), random.from(1_000, 900_000));
            let (reserved, micro) = (random.once_in(2), random.once_in(2));
            let mut cells = vec![
                ("number", number.clone()),
                ("words", s("设备和服务")),
                ("kind", s(random.word(&["goods", "works", "services"]))),
                ("budget_year", s(plan.year)),
                ("budget", s(worth)),
                ("reserve", s(if reserved { "whole" } else { "none" })),
                ("reserved", s(if reserved { worth } else { 0 })),
                ("reserved_micro", s(if reserved && micro { worth } else { 0 })),
            ];
            if plan.shape == Shape::Accounts {
                let sizes = if reserved && micro { ["small", "micro"] } else { ["medium", "medium"] };
                let size = random.word(if reserved { &sizes } else { &["large", "medium", "small"] });
                cells.extend([
                    ("signed", format!("{}-04-01", plan.year)),
                    ("amount", s(worth - worth / 10)),
                    ("size", s(size)),
                ]);
            }
            commands.push(add(&unit.code, "procurement", &number, &cells));
        }
    }
    commands
}

fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

fn is_of(line: &Line, project: &Project) -> bool {
    line.unit == project.unit && matches!(&line.purpose, Purpose::Project(code) if code.as_str() == project.code)
}

/// A project with its goal and its indicators.
fn project_rows(plan: &Plan, project: &Project) -> Vec<Command> {
    let own = || plan.lines.iter().filter(|(line, _)| is_of(line, project));
    let budget: i64 = own().map(|(_, course)| course.approved).sum();
    let fiscal: i64 = own().filter(|(line, _)| line.is_appropriation()).map(|(_, course)| course.approved).sum();
    if budget == 0 {
        return Vec::new();
    }
    let (unit, year) = (&project.unit, plan.year);
    let is_described = fiscal > 100_000_000;
    let cells = [
        ("fiscal_year", s(year)),
        ("code", s(&project.code)),
        ("words", s(&project.words)),
        ("frequency", s("recurring")),
        ("category", s("operational")),
        ("summary", format!("保障{}", project.words)),
        ("basis", s("市政府办公室有关文件")),
        ("body", s("本单位")),
        ("plan", s("按季度组织实施，年底前完成")),
        ("from", format!("{year}-01-01")),
        ("to", format!("{year}-12-31")),
        ("estimate", s("数量×标准")),
        ("goal", s("按期完成任务，支出控制在预算以内")),
        ("budget", yuan(budget)),
        ("appropriation", yuan(fiscal)),
        ("goals_reported", s("是")),
        ("described", s(if is_described { "是" } else { "否" })),
        ("owner", s("综合科")),
    ];
    let mut commands = vec![add(unit, "projects", &format!("{year}-{}", project.code), &cells)];
    commands.extend(indicators(plan, project));
    commands
}

fn indicators(plan: &Plan, project: &Project) -> Vec<Command> {
    const INDICATORS: [(&str, &str, &str, &str, &str); 4] = [
        ("output", "quantity", "完成任务数", "at_least", "30"),
        ("output", "timeliness", "按时完成率", "at_least", "20"),
        ("benefit", "social", "工作成效", "qualitative", "30"),
        ("satisfaction", "served", "服务对象满意度", "at_least", "10"),
    ];
    let is_over = plan.shape == Shape::Accounts;
    let row = |at: usize, (first, second, words, operator, weight): (&str, &str, &str, &str, &str)| {
        let mut cells = vec![
            ("fiscal_year", s(plan.year)),
            ("project", s(&project.code)),
            ("first", s(first)),
            ("second", s(second)),
            ("words", s(words)),
            ("operator", s(operator)),
            ("weight", s(weight)),
            ("owner", s("综合科")),
        ];
        let (target, unit) = if at == 0 { ("6", "项") } else { ("95", "%") };
        match operator {
            "qualitative" => cells.push(("wording", s("任务按要求完成"))),
            _ => cells.extend([("target", s(target)), ("unit", s(unit))]),
        }
        if is_over {
            let done = if operator == "qualitative" { ("achieved", s("100")) } else { ("actual", s(target)) };
            cells.extend([done, ("score", s(weight)), ("evidence", s("ZC1"))]);
        }
        add(&project.unit, "indicators", &format!("{}-{at}", project.code), &cells)
    };
    INDICATORS.iter().enumerate().map(|(at, indicator)| row(at, *indicator)).collect()
}

/// The row that a budget of meetings, trainings or vehicles is made for.
fn planned(plan: &Plan, line: &Line, course: Course, at: usize) -> Option<Command> {
    let (code, budget) = (line.economic.to_string(), yuan(course.approved + course.added.max(0)));
    let name = format!("JH{at}");
    match code.as_str() {
        "30215" | "30216" if plan.shape != Shape::Accounts => {
            Some(add(&line.unit, table_of(&code)?, &name, &occasion(plan, &code, &name, budget)))
        }
        "31013" if plan.shape != Shape::Accounts => Some(add(&line.unit, "vehicles", &name, &vehicle(plan, &name))),
        _ => None,
    }
}

fn table_of(code: &str) -> Option<&'static str> {
    PAYING.iter().find(|(own, _)| *own == code).map(|(_, table)| *table)
}

fn occasion(plan: &Plan, code: &str, name: &str, budget: String) -> Vec<(&'static str, String)> {
    let mut cells = vec![
        ("number", s(name)),
        ("words", s(if code == "30215" { "年度工作会议" } else { "业务培训" })),
        ("content", s("部署年度工作")),
        ("plan_year", s(plan.year)),
        ("budget", budget),
        ("planned_persons", s(60)),
    ];
    if code == "30215" {
        cells.push(("class", s("fourth")));
    }
    cells
}

fn vehicle(plan: &Plan, number: &str) -> Vec<(&'static str, String)> {
    vec![
        ("number", s(number)),
        ("model", s("轿车")),
        ("kind", s("emergency")),
        ("means", s("purchase")),
        ("reason", s("addition")),
        ("plan_year", s(plan.year)),
        ("appropriation", s("是")),
    ]
}

/// The row behind a payment, where its line needs one.
pub(super) fn paid(plan: &Plan, line: &Line, amount: Amount, id: &str) -> Option<(RowName, Row)> {
    let code = line.economic.to_string();
    let (table, worth) = (table_of(&code)?, yuan(amount.0));
    let on = |month: u8, day: u8| format!("{}-{month:02}-{day:02}", plan.year);
    let cells = match table {
        "trips" => vec![
            ("number", s(id)),
            ("approval", s("外办1号")),
            ("role", s("organised")),
            ("purpose", s("交流")),
            ("countries", s("日本")),
            ("departure", on(5, 6)),
            ("arrival", on(5, 10)),
            ("persons", s(3)),
            ("travel", worth),
        ],
        "receptions" => vec![
            ("letter", s(id)),
            ("day", on(5, 6)),
            ("kind", s("domestic")),
            ("visitor", s("邻市")),
            ("purpose", s("考察")),
            ("guests", s(8)),
            ("companions", s(2)),
            ("others", worth),
            ("listed", s("是")),
        ],
        "vehicle_costs" => vec![
            ("entry", s(id)),
            ("vehicle", format!("CL{}-0", line.unit)),
            ("month", on(month_of(plan, line), 28)),
            ("repair", worth),
        ],
        "vehicles" => {
            let mut cells = vehicle(plan, id);
            cells.extend([("acquired", on(5, 6)), ("price", worth)]);
            cells
        }
        _ => {
            let mut cells = occasion(plan, &code, id, worth.clone());
            cells.extend([("day", on(5, 6)), ("amount", worth)]);
            cells
        }
    };
    Some((row_name(table, id), row(table, &cells)))
}

/// A month of its own for each line of a unit on the running of vehicles.
fn month_of(plan: &Plan, line: &Line) -> u8 {
    let alike = |other: &&Line| other.unit == line.unit && other.economic == line.economic;
    let before = plan.lines.keys().filter(alike).take_while(|other| *other != line).count();
    (before % 12) as u8 + 1
}

/// What a self-evaluation asks for.
fn performance(plan: &Plan) -> Vec<Command> {
    let (root, year) = (unit(CODE), plan.year);
    let mut commands = Vec::new();
    for indicator in &system(WHOLE).unwrap().indicators {
        let cells = [
            ("fiscal_year", s(year)),
            ("system", s(WHOLE)),
            ("indicator", s(&indicator.code)),
            ("points", s(5)),
            ("reason", s("资料齐全")),
        ];
        commands.push(add(&root, "awards", &indicator.code, &cells));
    }
    let cells = [
        ("number", s("W1")),
        ("fiscal_year", s(year)),
        ("source", s("self")),
        ("words", s("绩效指标不够细化。")),
        ("found", format!("{year}-12-20")),
        ("measure", s("编制预算时逐项核对指标。")),
        ("owner", s("综合科")),
    ];
    commands.push(add(&root, "issues", "W1", &cells));
    let cells =
        [("day", format!("{year}-12-16")), ("subject", s("served")), ("surveyed", s(120)), ("satisfied", s(116))];
    commands.push(add(&root, "surveys", "MYD", &cells));
    let cells = [
        ("fiscal_year", s(year)),
        ("words", s("重点任务")),
        ("key", s("是")),
        ("due", format!("{year}-12-20")),
        ("done", format!("{year}-12-10")),
        ("evidence", s("ZC2")),
    ];
    commands.push(add(&root, "works", "GZ", &cells));
    commands.push(Command::Explain(root, year, "none/buildings".into(), "没有新建楼堂馆所".into()));
    commands
}
