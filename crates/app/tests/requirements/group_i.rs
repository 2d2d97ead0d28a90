//! I 业务（驻外、办公室）: rows 32 to 44.

use crate::support::{
    BEIJING, CITY, COOPERATION, SHANGHAI, ZHUZHOU, add, bad_row, counts, enter, example, owned, percent, remarks, row,
    text, with_field,
};
use mingzhang_books::pivot::Scope;
use mingzhang_books::register::{Row, Weight, check_row, read_row};
use mingzhang_books::state::Books;
use mingzhang_model::sheet::Cell;
use mingzhang_standard::register::{FieldKind, register};
use mingzhang_testkit::office::{Office, unit};

fn figure(books: &Books, code: &str, year: u16, name: &str) -> String {
    crate::support::figure(books, &Scope::Own(unit(code)), year, &format!("{year}-12-31"), name)
}

/// 走访→意向→在谈→落地；数量单调递减；本年实绩与下年目标分列.
#[test]
pub(crate) fn r32_investment_goes_stage_by_stage_and_never_grows() {
    let shown = example(BEIJING);
    let stages = ["leads_visited", "leads_intended", "leads_in_talks", "leads_signed", "leads_landed"];
    let counted = stages.map(|name| shown.figure(name));
    assert_eq!(counted, ["180", "18", "10", "0", "0"]);
    assert!(counted.windows(2).all(|pair| pair[0].parse::<u32>().unwrap() >= pair[1].parse::<u32>().unwrap()));
    assert!(shown.remarks("investment_leads").is_empty());
    assert_eq!(example(ZHUZHOU).projects(), owned(&[("招商专项", "40.00")]));
    // The goal stands beside what was reached, in another field and of its own year.
    let goals: Vec<&Row> = shown.rows("indicators").map(|(_, row)| row).collect();
    let visited = goals.iter().find(|row| text(row, "words") == "走访企业数").unwrap();
    assert_ne!(visited["target"], visited["actual"]);
    let next = "fiscal_year=2023|project=P2022-01|first=产出指标|second=数量指标|words=落地项目数|operator=≥|target=2|\
        unit=个|weight=30|owner=招商引资科";
    let lead = "number=N1|company=示例企业|visited=2023-01-10|owner=招商引资科";
    let books =
        shown.with(vec![add("101009", "indicators", "next", next), add("101009", "investment_leads", "N1", lead)]);
    assert_eq!(["leads_visited", "indicators"].map(|name| figure(&books, "101009", 2022, name)), ["180", "11"]);
    assert_eq!(["leads_visited", "indicators"].map(|name| figure(&books, "101009", 2023, name)), ["1", "1"]);
    let late = lead.replace("2023", "2022");
    assert_eq!(shown.refused(add("101009", "investment_leads", "N1", &late)).0, "year_closed");
    let skipped = format!("{lead}|talking=2023-02-01");
    assert!(shown.refused(add("101009", "investment_leads", "N1", &skipped)).1.contains("应先到达意向阶段"));
    // More in talks than were visited: a person is asked.
    let old = "number=N2|company=示例企业|visited=2022-01-10|intended=2023-01-10|talking=2023-01-11|owner=综合科";
    let mut office = Office::in_memory();
    enter(&mut office, &[("offices", "1", "name=综合科|basis=编办1号|established=2019-03-01")]);
    let old = old.replace("2023", "2024").replace("2022", "2023");
    enter(&mut office, &[("investment_leads", "N2", &old)]);
    let told = remarks(office.books(), &Scope::Own(unit("101")), 2024, "investment_leads");
    assert!(told.iter().any(|words| words.contains("走访0、意向1")), "{told:?}");
}

/// 发起企业数、批复进度、计划成立时间.
#[test]
pub(crate) fn r33_a_chamber_has_its_initiators_and_how_far_it_is() {
    let shown = example(BEIJING);
    let figures = ["initiators_preparing", "chambers_preparing", "chambers_approved", "chambers_founded"];
    assert_eq!(figures.map(|name| shown.figure(name)), ["48", "1", "0", "0"]);
    let (_, chamber) = shown.rows("chambers").next().unwrap();
    assert!(chamber.contains_key("planned") && chamber.contains_key("applied") && !chamber.contains_key("approved"));
    let mut office = Office::in_memory();
    let cells = "words=云麓商会|place=外地|initiated=2024-01-10|initiators=20|applied=2024-02-01|planned=2024-09-01";
    bad_row(&mut office, "chambers", &format!("{cells}|founded=2024-09-01"), "应先取得批复");
    bad_row(&mut office, "chambers", &format!("{cells}|approved=2024-03-01"), "应同时填写");
    let founded = format!("{cells}|approved=2024-03-01|approval=民许1号|founded=2024-09-01|members=30");
    enter(&mut office, &[("chambers", "1", &founded)]);
    counts(&office, &[("chambers_founded", "1"), ("chambers_preparing", "0"), ("chamber_members", "30")]);
}

/// 报送条数（年度）、专题调研.
#[test]
pub(crate) fn r34_information_and_research_are_counted_by_the_year() {
    let shown = example(BEIJING);
    assert_eq!(["information_sent", "information_to_government"].map(|name| shown.figure(name)), ["100", "100"]);
    let mut office = Office::in_memory();
    let piece = |number: u8, day: &str| format!("number=X{number}|day={day}|words=信息|channel=政府办");
    enter(
        &mut office,
        &[
            ("information", "1", &piece(1, "2023-12-31")),
            ("information", "2", &format!("{}|adopted=市级|adopted_on=2024-02-01", piece(2, "2024-01-01"))),
            ("information", "3", &piece(3, "2024-12-31")),
            ("research", "1", "number=D1|words=专题|started=2023-10-01|finished=2024-03-01|result=获批示"),
            ("research", "2", "number=D2|words=专题二|started=2024-10-01|visits=3"),
        ],
    );
    counts(
        &office,
        &[
            ("information_sent", "2"),
            ("information_adopted", "1"),
            ("information_adoption_rate", "50.00"),
            ("research_finished", "1"),
            ("research_started", "1"),
            ("research_visits", "3"),
            ("research_use_rate", "100.00"),
        ],
    );
    bad_row(&mut office, "information", &format!("{}|adopted=市级", piece(4, "2024-05-01")), "不一致");
    bad_row(&mut office, "information", &piece(3, "2024-12-31"), "同一事项只登记一行");
    bad_row(&mut office, "research", "number=D3|words=专题|started=2024-03-01|finished=2024-02-01", "早于立题日");
}

/// 批次、人次（与公务接待费团组口径区分）.
#[test]
pub(crate) fn r35_services_to_visitors_are_not_receptions() {
    let shown = example(BEIJING);
    assert_eq!(["service_batches", "service_persons"].map(|name| shown.figure(name)), ["54", "350"]);
    assert_eq!(["reception_batches", "reception_guests"].map(|name| shown.figure(name)), ["60", "510"]);
    let mut office = Office::in_memory();
    let service = |persons: u8, theirs: &str| {
        format!(
            "number=F1|day=2024-03-01|kind=代表团考察|rank=省部级|origin=某省|service=引导|persons={persons}|\
             paid_by_them={theirs}"
        )
    };
    bad_row(&mut office, "service_receptions", &service(9, "否"), "请凭公函登记到公务接待");
    bad_row(&mut office, "service_receptions", &service(0, "是"), "应至少为1");
    enter(&mut office, &[("service_receptions", "F1", &service(9, "是"))]);
    counts(
        &office,
        &[
            ("service_batches_of_delegation", "1"),
            ("service_persons", "9"),
            ("reception_batches", "0"),
            ("reception_cost", "0.00"),
        ],
    );
}

/// 交办、化解件数与比率等汇总计数作为绩效指标；不登记、不查询任何个人.
#[test]
pub(crate) fn r36_petitions_are_totals_and_no_person_can_be_entered() {
    let shown = example(BEIJING);
    let of = |name: &str| shown.figure(name);
    let totals = ["received_of_backlog", "resolved_of_backlog", "received_of_assigned", "resolved_of_assigned"]
        .map(|name| of(&format!("petitions_{name}")));
    assert_eq!(totals, ["24", "20", "854", "848"]);
    assert_eq!(percent(&totals[1], &totals[0], 1), "83.3%");
    assert_eq!(percent(&totals[3], &totals[2], 1), "99.3%");
    assert_eq!(percent(&of("petitions_repeated"), &totals[2], 1), "0.7%");
    assert_eq!([of("petition_meetings"), of("petition_resolution_rate")], ["4", "98.9"]);
    // As an indicator of performance.
    let goals = shown.rows("indicators").map(|(_, row)| text(row, "words"));
    assert_eq!(goals.filter(|words| words.contains("化解")).count(), 2);

    // No field takes words: a day, a kind from a list, and counts.
    let petitions = register("petitions").unwrap();
    assert!(petitions.totals_only);
    for field in &petitions.fields {
        let is_told = matches!(field.kind, FieldKind::Date | FieldKind::Choice(_) | FieldKind::Count);
        assert!(is_told, "{}: {:?}", field.name, field.kind);
    }
    let cells = "period_end=2024-06-30|category=来访|received=9|closed=8|on_time=8|resolved=7";
    let mut office = Office::in_memory();
    for field in ["name", "姓名", "person", "address"] {
        let (reason, _) = office.refused(with_field(add("101", "petitions", "x", cells), field, "某人"));
        assert_eq!(reason, "bad_row", "{field}");
        assert!(
            check_row(petitions, &Row::from([(field.to_owned(), mingzhang_books::register::Value::Count(1))]))
                .iter()
                .any(|complaint| complaint.weight == Weight::Fault)
        );
    }
    let (name, cell) = ("姓名", Cell::Text("某人".into()));
    let (read, complaints) = read_row(petitions, [(name, &cell)]);
    assert!(read.is_empty() && !complaints.is_empty(), "{read:?}");
    enter(&mut office, &[("petitions", "1", cells)]);
    enter(
        &mut office,
        &[("petitions", "2", "period_end=2024-06-30|category=来信|received=3|closed=2|on_time=2|resolved=2")],
    );
    // Of so few nothing is told.
    counts(&office, &[("petitions_received", "12"), ("petitions_received_of_letters", "*")]);
    bad_row(
        &mut office,
        "petitions",
        &cells.replace("resolved=7", "resolved=10").replace("06-30", "07-31"),
        "化解10件次",
    );
}

/// 收文审核、会议组织、批示督办、落实报告.
#[test]
pub(crate) fn r37_documents_meetings_and_matters_are_handled_and_reported() {
    let mut office = Office::in_memory();
    let matter = |number: u8, due: &str, more: &str| {
        format!("number=M{number}|kind=领导批示|words=事项|assigned=2024-03-01|due={due}|owner=一局{more}")
    };
    enter(
        &mut office,
        &[
            ("documents", "1", "month=2024-01-31|kind=收文|items=100|on_time=98"),
            ("documents", "2", "month=2024-01-31|kind=审核文稿|items=60|on_time=60|returned=4"),
            ("documents", "3", "month=2024-01-31|kind=常务会议|items=2|on_time=2"),
            ("supervision", "1", &matter(1, "2024-04-01", "|closed=2024-03-20|reported=是")),
            ("supervision", "2", &matter(2, "2024-04-01", "|closed=2024-05-20|reported=是")),
            ("supervision", "3", &matter(3, "2024-06-01", "")),
            ("supervision", "4", &matter(4, "2025-06-01", "")),
        ],
    );
    counts(
        &office,
        &[
            ("papers_handled", "160"),
            ("papers_on_time_rate", "98.75"),
            ("paper_incoming", "100"),
            ("meetings_served", "2"),
            ("matters_assigned", "4"),
            ("matters_closing_rate", "50.00"),
            ("matters_on_time_rate", "50.00"),
            ("matters_overdue", "1"),
        ],
    );
    bad_row(&mut office, "supervision", &matter(5, "2024-04-01", "|closed=2024-03-20"), "应报告落实情况");
    bad_row(&mut office, "documents", "month=2024-02-29|kind=收文|items=10|on_time=11", "多于总数10件");
    // Five units of the city office's duties name this work; its project pays for it.
    let city = example(CITY);
    assert!(city.projects().contains(&("省政府真抓实干督查激励工作经费".to_owned(), "20.00".to_owned())));
    let office_names = city.rows("offices").map(|(_, row)| text(row, "name"));
    assert_eq!(office_names.filter(|name| ["文电科", "会议科", "督查室"].contains(name)).count(), 3);
}

/// 人大建议、政协提案、市民批评建议办理.
#[test]
pub(crate) fn r38_proposals_and_opinions_are_answered_in_time() {
    let mut office = Office::in_memory();
    let proposal = |kind: &str, number: u8, more: &str| {
        format!("kind={kind}|number={number}|words=案由|assigned=2024-03-01|due=2024-06-01{more}")
    };
    let answered = "|answered=2024-05-20|result=已解决或采纳|satisfied=是";
    enter(
        &mut office,
        &[
            ("proposals", "1", &proposal("人大代表建议", 1, answered)),
            ("proposals", "2", &proposal("政协提案", 1, "|answered=2024-06-02|result=列入计划")),
            ("proposals", "3", &proposal("市民批评意见建议", 1, "")),
        ],
    );
    counts(
        &office,
        &[
            ("proposals_received", "3"),
            ("proposals_of_deputies", "1"),
            ("proposals_of_committee", "1"),
            ("proposals_of_citizens", "1"),
            ("proposals_answer_rate", "66.67"),
            ("proposals_on_time_rate", "50.00"),
            ("proposals_satisfaction_rate", "100.00"),
        ],
    );
    bad_row(&mut office, "proposals", &proposal("政协提案", 2, "|satisfied=是"), "不应有满意度");
    let citizen = add("101", "proposals", "x", &proposal("市民批评意见建议", 2, ""));
    assert_eq!(office.refused(with_field(citizen, "sender", "某人")).0, "bad_row");
}

/// 热线项目经费、培训、值班、突发事件.
#[test]
pub(crate) fn r39_the_hotline_its_training_duty_and_emergencies() {
    let city = example(CITY);
    assert!(city.projects().contains(&("市长热线专项经费".to_owned(), "505.80".to_owned())));
    assert_eq!(["training_budget", "trainings_planned"].map(|name| city.figure(name)), ["180,000.00", "1"]);
    let (_, training) = city.rows("trainings").next().unwrap();
    assert_eq!(text(training, "theme"), "hotline");
    let mut office = Office::in_memory();
    enter(
        &mut office,
        &[
            (
                "hotline",
                "1",
                "day=2024-01-02|channel=电话|calls=120|received=80|closed=60|on_time=57|satisfied=45|dissatisfied=5",
            ),
            ("duty", "1", "month=2024-01-31|level=值班|shifts=62|absences=1|drills=1"),
            ("duty", "2", "month=2024-01-31|level=较大|events=4|in_time=3"),
            (
                "trainings",
                "1",
                "number=T1|words=话务培训|content=系统操作|theme=热线工作人员|plan_year=2024|budget=1000|planned_persons=10|\
             day=2024-02-01|persons=9|days=1|quota=100|amount=900",
            ),
        ],
    );
    counts(
        &office,
        &[
            ("hotline_closing_rate", "75.00"),
            ("hotline_on_time_rate", "95.00"),
            ("hotline_satisfaction_rate", "90.00"),
            ("hotline_trainings", "1"),
            ("duty_shifts", "62"),
            ("emergencies", "4"),
            ("emergency_report_rate", "75.00"),
        ],
    );
    bad_row(
        &mut office,
        "hotline",
        "day=2024-01-03|channel=电话|calls=9|received=10|closed=1|on_time=1",
        "多于来电来信9件",
    );
    bad_row(&mut office, "duty", "month=2024-02-29|level=一般|events=3|in_time=4", "多于突发事件3起");
    enter(&mut office, &[("hotline", "2", "day=2024-01-03|channel=电话|calls=9|received=5|closed=50|on_time=50")]);
    let told = remarks(office.books(), &Scope::Own(unit("101")), 2024, "hotline");
    assert!(told.iter().any(|words| words.contains("全年办结110件多于受理85件")), "{told:?}");
}

/// 处非专项、举报奖励、金融平台.
#[test]
pub(crate) fn r40_finance_risks_rewards_and_the_platform() {
    let city = example(CITY);
    let projects = city.projects();
    for card in owned(&[("处非专项（含非法集资举报奖励）", "55.00"), ("市金融服务平台运营经费", "70.00")])
    {
        assert!(projects.contains(&card), "{card:?}");
    }
    let mut office = Office::in_memory();
    let period = "period_end=2024-12-31|clues=20|checked=15|cases=2|rewarded=5|rewards=2500|enterprises=150|\
        loans=300万元|complaints=10|complaints_closed=9";
    bad_row(&mut office, "finance_risk", &period.replace("rewarded=5", "rewarded=0"), "不一致");
    bad_row(&mut office, "finance_risk", &period.replace("checked=15", "checked=21"), "多于收到线索20件");
    enter(&mut office, &[("finance_risk", "1", period)]);
    counts(
        &office,
        &[
            ("risk_check_rate", "75.00"),
            ("risk_rewarded", "5"),
            ("risk_rewards", "2,500.00"),
            ("finance_enterprises", "150"),
            ("finance_loans", "3,000,000.00"),
            ("environment_closing_rate", "90.00"),
            // Two cases could point at somebody.
            ("risk_cases", "*"),
        ],
    );
    assert!(register("finance_risk").unwrap().totals_only);
}

/// 资金计划、前期审核、考核评估、援外干部保障、联络点.
#[test]
pub(crate) fn r41_assistance_has_a_plan_a_review_an_assessment_and_its_people() {
    let department = example(COOPERATION);
    let guangzhou = unit("140001");
    let mut cards = department.books().rows_in(&guangzhou, "projects").map(|(_, row)| text(row, "summary"));
    assert!(cards.any(|words| words.contains("深圳联络点") && words.contains("援派干部")));
    let mut office = Office::in_memory();
    let project = |number: u8, kind: &str, more: &str| {
        format!("fiscal_year=2024|number=A{number}|words=项目{number}|place=甲州|kind={kind}|plan=1000万元{more}")
    };
    let under_way = "|issued=800万元|spent=700万元|reviewed=2024-01-05|assessed=2024-12-10|assessment=优秀|cadres=6|\
        specialists=10|supported=12";
    bad_row(
        &mut office,
        "assistance",
        &project(1, "东西部协作", &under_way.replace("|reviewed=2024-01-05", "")),
        "前期审核",
    );
    bad_row(&mut office, "assistance", &project(1, "东西部协作", &under_way.replace("=800", "=1800")), "超过资金计划");
    enter(
        &mut office,
        &[
            ("assistance", "1", &project(1, "东西部协作", under_way)),
            ("assistance", "2", &project(2, "联络点运行", "")),
        ],
    );
    counts(
        &office,
        &[
            ("assistance_plan", "20,000,000.00"),
            ("assistance_plan_of_liaison", "10,000,000.00"),
            ("assistance_issue_rate", "40.00"),
            ("assistance_reviewed", "1"),
            ("assistance_assessed", "1"),
            ("assistance_support_rate", "75.00"),
        ],
    );
}

/// 备案、联系、协调、指导；县级驻京办指导.
#[test]
pub(crate) fn r42_agencies_are_recorded_guided_and_served() {
    // The duty itself is registered where it is stated.
    for (id, word) in [(SHANGHAI, "协调指导"), (BEIJING, "业务指导"), (COOPERATION, "备案")] {
        let shown = example(id);
        let duties = shown.rows("duties");
        assert_eq!(duties.into_iter().filter(|(_, row)| text(row, "words").contains(word)).count(), 1, "{id}");
    }
    let mut office = Office::in_memory();
    let agency = |number: u8, level: &str, more: &str| {
        format!(
            "words=驻地机构{number}|sender=派出{number}|level={level}|record_number={number}|recorded=2020-01-01{more}"
        )
    };
    enter(
        &mut office,
        &[
            ("agencies", "1", &agency(1, "县级", "|guidance_year=2024|guidance=3|coordinated=5")),
            ("agencies", "2", &agency(2, "市州级", "|valid_until=2023-01-01")),
            ("agencies", "3", &agency(3, "县级", "|closed=2024-03-01")),
        ],
    );
    counts(
        &office,
        &[
            ("agencies_recorded", "2"),
            ("agencies_recorded_of_county", "1"),
            ("agencies_expired", "1"),
            ("agencies_closed", "1"),
            ("agency_guidance", "3"),
            ("agency_services", "5"),
        ],
    );
    bad_row(&mut office, "agencies", &agency(4, "县级", "|guidance=3"), "应填写所属年度");
    bad_row(&mut office, "agencies", &agency(4, "县级", "|closed=2019-03-01"), "早于备案日");
}

/// 村集体收入目标、贷款额×收益率.
#[test]
pub(crate) fn r43_the_income_of_a_village_is_its_investment_times_the_rate() {
    let shown = example(BEIJING);
    let figures = ["rural_investment", "rural_income", "rural_yield_rate"];
    assert_eq!(figures.map(|name| shown.figure(name)), ["2,000,000.00", "200,000.00", "10.00"]);
    let (_, village) = shown.rows("rural").next().unwrap();
    assert_eq!(village["target"], village["income"]);
    // What was agreed and has not come is noticed.
    assert!(shown.remarks("rural")[0].contains("少于约定的200,000.00"), "{:?}", shown.remarks("rural"));
    let mut office = Office::in_memory();
    let cells = "fiscal_year=2024|village=甲村|words=合建项目|investment=200万元|rate=10|income=20万元|received=20万元|\
        target=20万元|collective=25万元";
    bad_row(&mut office, "rural", &cells.replace("rate=10", "rate=11"), "不等于投资额");
    bad_row(&mut office, "rural", &cells.replace("collective=25", "collective=15"), "大于村集体实际收入");
    enter(&mut office, &[("rural", "1", cells)]);
    counts(&office, &[("rural_income", "200,000.00"), ("rural_receipt_rate", "100.00"), ("rural_villages", "1")]);
}

/// 学习次数、党费、风险点、谈话、承诺书.
#[test]
pub(crate) fn r44_party_work_is_counted_by_the_month() {
    let shown = example(BEIJING);
    let figures = ["party_studies", "party_dues", "party_risk_points", "party_talks", "party_commitments"];
    assert_eq!(figures.map(|name| shown.figure(name)), ["10", "6,354.00", "25", "16", "13"]);
    assert_eq!(shown.figure("party_warnings"), "5");
    // Dues are the party's: none of them is the office's income.
    assert_eq!(shown.money("final_accounts income other_revenue", ""), "0.07");
    let mut office = Office::in_memory();
    enter(
        &mut office,
        &[
            ("party", "1", "month=2024-01-31|studies=2|dues=100.50|talks=1|risk_points=5|risk_measures=5"),
            ("party", "2", "month=2024-02-29|studies=1|dues=99.50|commitments=8|risk_points=4|risk_measures=4"),
        ],
    );
    // Risk points are those of the last month, not their sum.
    counts(&office, &[("party_studies", "3"), ("party_dues", "200.00"), ("party_risk_points", "4")]);
    bad_row(&mut office, "party", "month=2024-03-31|risk_points=4|risk_measures=0", "应有防控措施");
    bad_row(&mut office, "party", "month=2024-03-31|dues=-1", "不能为负");
    assert!(register("party").unwrap().totals_only);
    assert_eq!(row("party", "month=2024-03-31").len(), 1);
}
