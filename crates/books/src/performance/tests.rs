//! Cases worked out by hand.

use super::*;
use mingzhang_model::amount::Amount;
use mingzhang_standard::performance::{Band, Slope, Steps, scale, system};

fn f(text: &str) -> Fraction {
    Fraction::parse(text).unwrap()
}

fn p(text: &str) -> Points {
    Points::parse(text).unwrap()
}

/// 万元 as fen.
fn wan(text: &str) -> Fraction {
    f(text).times(Fraction::whole(1_000_000)).unwrap()
}

fn hunan() -> &'static System {
    system("hunan_whole_unit").unwrap()
}

fn evaluate(system: &System, material: &Material) -> Evaluation {
    Evaluation::new(system, system.own_scale(), material)
}

/// Points of a rate, and the reason.
fn scored(scoring: &Scoring, weight: &str, rate: &str) -> (String, String) {
    let (points, why) = score::score(scoring, hunan(), p(weight), f(rate)).unwrap();
    (points.to_string(), why)
}

#[track_caller]
fn scores(scoring: &Scoring, weight: &str, cases: &[(&str, &str)]) {
    for (rate, points) in cases {
        assert_eq!(scored(scoring, weight, rate).0, *points, "{scoring:?} at {rate}");
    }
}

fn slope(full_at: &str, step: &str, minus: &str) -> Slope {
    Slope { full_at: f(full_at), step: f(step), minus: p(minus) }
}

fn bands(limits: &[(&str, &str)]) -> Vec<Band> {
    limits.iter().map(|(limit, points)| Band { limit: f(limit), points: p(points) }).collect()
}

#[test]
fn at_most_takes_off_for_every_full_step_above_the_limit() {
    let scoring = Scoring::AtMost(slope("100%", "1%", "0.5"));
    let cases = [("0%", "5"), ("100%", "5"), ("100.99%", "5"), ("101%", "4.5"), ("102.5%", "4"), ("109.99%", "0.5")];
    scores(&scoring, "5", &cases);
    scores(&scoring, "5", &[("110%", "0"), ("900%", "0"), ("99999999999%", "0")]);
    assert_eq!(scored(&scoring, "5", "63.16%").1, "63.16% 不超过 100%，得满分 5 分");
    let over = "102.50% 超过 100% 共 2.50 个百分点，每满 1 个百分点扣 0.5 分，扣 1 分，得 4 分，满分 5 分";
    assert_eq!(scored(&scoring, "5", "102.5%").1, over);
    assert_eq!(scored(&scoring, "5", "100%").1, "100.00% 不超过 100%，得满分 5 分");
    assert!(scored(&scoring, "5", "120%").1.contains("扣完为止，得 0 分"));
    assert!(scored(&scoring, "5", "100.001%").1.starts_with("100.001% 超过 100%"));
    assert!(scored(&scoring, "5", "100.5%").1.contains("不满 1 个百分点不扣分，得 5 分"));
}

#[test]
fn a_limit_of_nothing_means_no_growth() {
    let scoring = Scoring::AtMost(slope("0%", "1%", "0.5"));
    scores(&scoring, "5", &[("-12%", "5"), ("0%", "5"), ("1%", "4.5"), ("4.2%", "3"), ("10%", "0")]);
    assert_eq!(scored(&scoring, "5", "-12%").1, "-12.00% 不超过 0%，得满分 5 分");
}

#[test]
fn at_least_takes_off_for_every_full_step_below_the_limit() {
    let scoring = Scoring::AtLeast(slope("100%", "5%", "2"));
    scores(&scoring, "5", &[("100%", "5"), ("120%", "5"), ("95.01%", "5"), ("95%", "3"), ("90.01%", "3")]);
    scores(&scoring, "5", &[("90%", "1"), ("85%", "0"), ("-5%", "0")]);
    let below = "92.80% 低于 100% 共 7.20 个百分点，每满 5 个百分点扣 2 分，扣 2 分，得 3 分，满分 5 分";
    assert_eq!(scored(&scoring, "5", "92.8%").1, below);
}

#[test]
fn near_takes_off_on_either_side() {
    let scoring = Scoring::Near(slope("100%", "5%", "2"));
    scores(&scoring, "6", &[("100%", "6"), ("104.99%", "6"), ("105%", "4"), ("95%", "4"), ("110%", "2")]);
    scores(&scoring, "6", &[("90%", "2"), ("115%", "0"), ("0%", "0")]);
    assert!(scored(&scoring, "6", "105%").1.contains("超过 100%"));
    assert!(scored(&scoring, "6", "95%").1.contains("低于 100%"));
}

#[test]
fn a_table_that_counts_begun_steps_in_proportion_can_say_so() {
    let system = System { steps: Steps::ProRata, ..hunan().clone() };
    let scoring = Scoring::AtMost(slope("100%", "1%", "0.5"));
    let at = |rate: &str| score::score(&scoring, &system, p("5"), f(rate)).unwrap();
    assert_eq!((at("100.5%").0, at("102.5%").0, at("100%").0), (p("4.75"), p("3.75"), p("5")));
    assert!(at("102.5%").1.contains("按比例每 1 个百分点扣 0.5 分，扣 1.25 分"));
}

#[test]
fn bands_from_below_hold_their_upper_end() {
    let scoring = Scoring::UpTo(bands(&[("0%", "5"), ("10%", "4"), ("20%", "3"), ("30%", "2")]));
    scores(&scoring, "5", &[("-1%", "5"), ("0%", "5"), ("0.01%", "4"), ("10%", "4"), ("10.01%", "3"), ("20%", "3")]);
    scores(&scoring, "5", &[("20.0000001%", "2"), ("30%", "2"), ("30.01%", "0"), ("31.06%", "0")]);
    assert_eq!(scored(&scoring, "5", "31.06%").1, "31.06% 超过 30%，按评分标准得 0 分，满分 5 分");
    assert_eq!(scored(&scoring, "5", "12%").1, "12.00% 超过 10%、不超过 20%，按评分标准得 3 分，满分 5 分");
    assert_eq!(scored(&scoring, "5", "0%").1, "0.00% 不超过 0%，按评分标准得 5 分，满分 5 分");
    assert!(scored(&scoring, "5", "10.001%").1.starts_with("10.001% 超过 10%"), "10.00% would look like 10%");
}

#[test]
fn bands_from_above_hold_their_lower_end() {
    let scoring = Scoring::From(bands(&[("90%", "6"), ("80%", "4"), ("70%", "2")]));
    scores(&scoring, "6", &[("100%", "6"), ("90%", "6"), ("89.99%", "4"), ("80%", "4"), ("79.99%", "2")]);
    scores(&scoring, "6", &[("70%", "2"), ("69.99%", "0"), ("0%", "0")]);
    assert_eq!(scored(&scoring, "6", "85%").1, "85.00% 低于 90%、达到 80%，按评分标准得 4 分，满分 6 分");
    assert_eq!(scored(&scoring, "6", "50%").1, "50.00% 低于 70%，按评分标准得 0 分，满分 6 分");
}

#[test]
fn ratios_are_in_proportion_and_capped() {
    let scoring = Scoring::RatioCapped(f("100%"));
    scores(&scoring, "10", &[("87.5%", "8.75"), ("100%", "10"), ("130%", "10"), ("0%", "0"), ("-3%", "0")]);
    scores(&scoring, "10", &[("33.333%", "3.33"), ("33.35%", "3.34"), ("99.95%", "10")]);
    assert_eq!(scored(&scoring, "10", "87.5%").1, "87.50% 未达到 100%，按比例 10 × 87.50% 得 8.75 分");
    let inverse = Scoring::InverseRatio(f("100%"));
    scores(&inverse, "10", &[("80%", "10"), ("100%", "10"), ("125%", "8"), ("200%", "5"), ("0%", "10")]);
    assert_eq!(scored(&inverse, "10", "125%").1, "125.00% 超过 100%，按比例 10 × 80.00% 得 8 分");
}

#[test]
fn a_system_with_fewer_decimals_rounds_halves_up_and_never_over_the_weight() {
    let coarse = System { decimals: 0, ..hunan().clone() };
    let at = |weight: &str, rate: &str| {
        score::score(&Scoring::RatioCapped(f("100%")), &coarse, p(weight), f(rate)).unwrap().0
    };
    assert_eq!((at("10", "84.9%"), at("10", "85%"), at("9.5", "99%")), (p("8"), p("9"), p("9")));
    assert_eq!(at("9.6", "99.9%"), p("9.6"));
}

/// What the ledger knows of an office that asked for much during the year, in the Hunan table's terms.
fn office() -> Material {
    let inputs = BTreeMap::from([
        (Input::StaffPresent, f("12")),
        (Input::StaffQuota, f("19")),
        (Input::ThreePublicBudget, wan("50.58")),
        (Input::ThreePublicBudgetLastYear, wan("50.58")),
        (Input::ThreePublicPaid, wan("25.12")),
        (Input::InitialBudget, wan("225.18")),
        (Input::Additions, wan("69.94")),
        (Input::Opening, wan("0")),
        (Input::Closing, wan("0")),
        (Input::BuildingsAreaPlanned, f("0")),
        (Input::BuildingsAreaActual, f("0")),
        (Input::BuildingsCostPlanned, wan("0")),
        (Input::BuildingsCostActual, wan("0")),
        (Input::OperatingBudget, wan("43.49")),
        (Input::OperatingPaid, wan("43.49")),
        (Input::ProcurementBudget, wan("8")),
        (Input::ProcurementPaid, wan("8")),
        (Input::KeyWorkPlanned, f("10")),
        (Input::KeyWorkDone, f("10")),
        (Input::Satisfied, f("95")),
        (Input::Surveyed, f("100")),
    ]);
    let judged = [
        ("management_rules", "8"),
        ("funds_compliance", "6"),
        ("disclosure", "5"),
        ("economic_social_benefit", "10"),
        ("administrative_effect", "6"),
    ];
    let award = |points: &str| Award { points: p(points), reason: "资料齐全，见附件".into() };
    let awards = judged.into_iter().map(|(code, points)| (code.to_string(), award(points))).collect();
    Material { inputs, awards, rows: Vec::new() }
}

fn item<'a>(evaluation: &'a Evaluation, code: &str) -> &'a Item {
    evaluation.items().iter().find(|item| item.code == code).unwrap()
}

#[test]
fn an_office_is_evaluated_under_the_hunan_table_from_end_to_end() {
    let evaluation = evaluate(hunan(), &office());
    assert_eq!(evaluation.faults(), [] as [&str; 0]);
    assert_eq!(evaluation.gaps(), [] as [&str; 0]);
    assert_eq!((evaluation.score(), evaluation.grade()), (Some(p("95")), Some("优")));
    let control = item(&evaluation, "budget_control");
    assert_eq!((control.percent().unwrap(), control.score()), ("31.06%".into(), Some(Points::ZERO)));
    assert_eq!(control.why, "31.06% 超过 30%，按评分标准得 0 分，满分 5 分");
    assert_eq!(control.worked, "本年追加预算数 69.94 万元 ÷ 年初预算数 225.18 万元 = 31.06%");
    assert_eq!(item(&evaluation, "staff_control").percent().unwrap(), "63.16%");
    assert_eq!(item(&evaluation, "three_public_control").percent().unwrap(), "49.66%");
    let completion = item(&evaluation, "budget_completion");
    assert_eq!((completion.percent().unwrap(), completion.score()), ("100.00%".into(), Some(p("5"))));
    let sum: i64 = evaluation.items().iter().map(|item| item.score().unwrap().0).sum();
    assert_eq!(sum, 9_500);
}

#[test]
fn completion_counts_what_was_carried_in_and_left_over() {
    let mut material = office();
    material.inputs.insert(Input::Opening, wan("4.88"));
    material.inputs.insert(Input::Closing, wan("30"));
    // (4.88 + 225.18 + 69.94 − 30) ÷ (4.88 + 225.18 + 69.94) = 270 ÷ 300 = 90%: two steps of 5%.
    let evaluation = evaluate(hunan(), &material);
    let completion = item(&evaluation, "budget_completion");
    assert_eq!((completion.rate, completion.score()), (Some(f("90%")), Some(p("1"))));
    let worked = "（上年结转 4.88 万元 + 年初预算数 225.18 万元 + 本年追加预算数 69.94 万元 - 年末结转结余 30.00 万元）\
                  ÷（上年结转 4.88 万元 + 年初预算数 225.18 万元 + 本年追加预算数 69.94 万元）= 90.00%";
    assert_eq!(completion.worked.replace(' ', ""), worked.replace(' ', ""));
    assert_eq!(evaluation.score(), Some(p("91")));
}

#[test]
fn a_stated_score_that_the_table_cannot_give_is_contradicted() {
    let evaluation = evaluate(hunan(), &office());
    let due = "自评得分写为 98 分，按《部门整体支出绩效评价指标表（湖南）》计算应为 95 分：\
               预算控制率 31.06% 超过 30%，按评分标准得 0 分，满分 5 分\
               （本年追加预算数 69.94 万元 ÷ 年初预算数 225.18 万元 = 31.06%）";
    assert_eq!(evaluation.stated(Some(p("98")), Some("优")), [due]);
    assert_eq!(evaluation.stated(Some(p("95")), Some("优秀")), [] as [&str; 0]);
    assert_eq!(evaluation.stated(None, None), [] as [&str; 0]);
}

#[test]
fn with_the_adjustment_alone_a_stated_score_of_98_is_out_of_reach() {
    let inputs = BTreeMap::from([(Input::InitialBudget, wan("225.18")), (Input::Additions, wan("69.94"))]);
    let evaluation = evaluate(hunan(), &Material { inputs, ..Material::default() });
    assert_eq!(evaluation.total(), Some(Total::Between { low: Points::ZERO, high: p("95") }));
    assert_eq!((evaluation.score(), evaluation.grade()), (None, None));
    let contradictions = evaluation.stated(Some(p("98")), Some("优"));
    assert_eq!(contradictions.len(), 1);
    assert!(contradictions[0].contains("至多 95 分：预算控制率 31.06% 超过 30%，按评分标准得 0 分"));
    assert_eq!(evaluation.stated(Some(p("95")), Some("优")), [] as [&str; 0]);
}

#[test]
fn stated_grades_are_held_against_the_stated_and_the_computed_score() {
    let evaluation = evaluate(hunan(), &office());
    let wrong = evaluation.stated(Some(p("95")), Some("良"));
    assert_eq!(wrong[0], "自评得分写为 95 分，等级应为“优”（90分（含）以上），写为“良”");
    assert!(wrong[1].contains("计算得分 95 分，等级应为“优”") && wrong.len() == 2);
    assert_eq!(evaluation.stated(None, Some("合格")), ["评价等级写为“合格”，应为优、良、中、差之一"]);
    assert_eq!(evaluation.stated(Some(p("102")), None), ["自评得分写为 102 分，超过满分 100 分"]);
    let both = evaluation.stated(Some(p("102")), Some("良"));
    assert!(both.len() == 2 && both[1].contains("计算得分 95 分"), "a score that cannot be has no grade");
    assert!(evaluation.stated(Some(p("90")), None)[0].ends_with("计算应为 95 分"), "nothing lost explains too little");
}

#[test]
fn what_is_open_bounds_a_stated_grade() {
    let mut material = office();
    material.inputs.insert(Input::OperatingPaid, wan("87"));
    material.inputs.insert(Input::ThreePublicPaid, wan("101.16"));
    material.awards.remove("disclosure");
    // 95 − 8 − 7 = 80 with everything, 75 without what is not yet awarded.
    let evaluation = evaluate(hunan(), &material);
    assert_eq!(evaluation.total(), Some(Total::Between { low: p("75"), high: p("80") }));
    assert_eq!(evaluation.grade(), None);
    assert!(evaluation.stated(None, Some("优"))[0].ends_with("计算得分至多 80 分，等级至多为“良”"));
    assert!(evaluation.stated(None, Some("差"))[0].ends_with("计算得分至少 75 分，等级至少为“中”"));
    assert!(evaluation.stated(Some(p("70")), None)[0].ends_with("计算至少 75 分"));
    assert_eq!(evaluation.stated(Some(p("80")), Some("良")), [] as [&str; 0]);
    material.inputs.insert(Input::StaffPresent, f("20"));
    // One over a quota of 19 is 5.26 points over: 2.5 off, so the range is 72.5 to 77.5 and the grade is sure.
    let evaluation = evaluate(hunan(), &material);
    assert_eq!(evaluation.total(), Some(Total::Between { low: p("72.5"), high: p("77.5") }));
    assert_eq!((evaluation.score(), evaluation.grade()), (None, Some("中")));
}

#[test]
fn what_is_not_known_is_undecided_and_named() {
    let mut material = office();
    material.inputs.remove(&Input::Surveyed);
    material.inputs.remove(&Input::Additions);
    material.awards.remove("disclosure");
    let evaluation = evaluate(hunan(), &material);
    let satisfaction = item(&evaluation, "satisfaction");
    assert_eq!((satisfaction.standing, &*satisfaction.why), (Standing::Undecided, "缺少受访人数，不能计算"));
    assert_eq!(evaluation.missing()[&Input::Additions], ["预算完成率", "预算控制率"]);
    // 95 with an adjustment that scores nothing: without completion 5, satisfaction 6, disclosure 5.
    assert_eq!(evaluation.total(), Some(Total::Between { low: p("79"), high: p("100") }));
    assert_eq!(
        evaluation.gaps(),
        [
            "缺少本年追加预算数，用于预算完成率、预算控制率",
            "缺少受访人数，用于社会公众或服务对象满意度",
            "预决算信息公开性：待评定：由评价人在满分 5 分以内评定并说明理由",
        ]
    );
}

#[test]
fn nothing_to_divide_by_is_not_applicable_until_a_person_says_what_it_means() {
    let mut material = office();
    material.inputs.insert(Input::ProcurementBudget, wan("0"));
    material.inputs.insert(Input::ProcurementPaid, wan("0"));
    let evaluation = evaluate(hunan(), &material);
    assert_eq!(item(&evaluation, "procurement_execution").standing, Standing::NotApplicable);
    assert_eq!(evaluation.total(), Some(Total::Between { low: p("89"), high: p("95") }));
    let nothing = "分母为 0，比率不适用（实际政府采购金额 0.00 万元 ÷ 政府采购预算数 0.00 万元）";
    assert_eq!(evaluation.gaps(), [format!("政府采购执行率：不适用，请说明如何计分：{nothing}")]);
    let award = Award { points: p("6"), reason: "全年无采购任务".into() };
    material.awards.insert("procurement_execution".into(), award);
    let evaluation = evaluate(hunan(), &material);
    assert_eq!(evaluation.score(), Some(p("95")));
    let why = &item(&evaluation, "procurement_execution").why;
    assert_eq!(*why, format!("{nothing}；评定得 6 分，满分 6 分：全年无采购任务"));
}

#[test]
fn buildings_score_full_only_where_none_was_built() {
    let mut material = office();
    let evaluation = evaluate(hunan(), &material);
    let area = item(&evaluation, "buildings_area");
    assert_eq!((area.score(), &*area.why), (Some(p("5")), "没有新建楼堂馆所，按评分标准得满分 5 分"));
    material.inputs.insert(Input::BuildingsAreaActual, f("120"));
    let evaluation = evaluate(hunan(), &material);
    let area = item(&evaluation, "buildings_area");
    let why = "分母为 0 而分子不为 0，请核对（楼堂馆所实际建设面积 120 平方米 ÷ 楼堂馆所批准建设面积 0 平方米）";
    assert_eq!((area.standing, &*area.why), (Standing::Undecided, why));
    material.inputs.insert(Input::BuildingsAreaPlanned, f("100"));
    // 120% is four steps of 5% over: 8 points off 5.
    assert_eq!(item(&evaluate(hunan(), &material), "buildings_area").score(), Some(Points::ZERO));
}

#[test]
fn numbers_that_cannot_be_are_refused() {
    let mut material = office();
    material.inputs.insert(Input::OperatingPaid, wan("-3"));
    let evaluation = evaluate(hunan(), &material);
    let operating = item(&evaluation, "operating_control");
    assert_eq!(operating.standing, Standing::Undecided);
    assert_eq!(operating.why, "公用经费实际支出数为负数（-3.00 万元），请核对");
    material.inputs.insert(Input::Satisfied, f("105"));
    let evaluation = evaluate(hunan(), &material);
    assert_eq!(item(&evaluation, "satisfaction").why, "满意人数 105 人，多于受访人数 100 人，请核对");
    let huge = Fraction::new(i128::MAX, 1).unwrap();
    material.inputs.insert(Input::Opening, huge);
    material.inputs.insert(Input::InitialBudget, huge);
    let evaluation = evaluate(hunan(), &material);
    assert_eq!(item(&evaluation, "budget_completion").why, "数字过大，不能计算，请核对");
}

#[test]
fn an_award_may_lower_a_computed_score_and_never_raise_it() {
    let mut material = office();
    let award = |points: &str, reason: &str| Award { points: p(points), reason: reason.into() };
    material.awards.insert("budget_control".into(), award("5", "追加属政策性"));
    material.awards.insert("key_work".into(), award("7", "一项办结质量不高"));
    material.awards.insert("disclosure".into(), award("5", "  "));
    material.awards.insert("funds_compliance".into(), award("7", "无违规"));
    material.awards.insert("charm".into(), award("1", "好"));
    let evaluation = evaluate(hunan(), &material);
    assert_eq!(
        evaluation.faults(),
        [
            "预算控制率：评定 5 分，高于按评分标准计算的 0 分，仍计 0 分",
            "评定的指标“charm”不在《部门整体支出绩效评价指标表（湖南）》里",
            "预决算信息公开性：评定 5 分没有写理由，未计入",
            "资金使用合规性：评定 7 分，应在 0 至 6 分之间，未计入",
        ]
    );
    let key = item(&evaluation, "key_work");
    assert_eq!(
        (key.score(), &*key.why),
        (Some(p("7")), "100.00% 达到 100%，得满分 8 分；核减为 7 分：一项办结质量不高")
    );
    assert_eq!(evaluation.total(), Some(Total::Between { low: p("83"), high: p("94") }));
}

#[test]
fn an_award_does_not_stand_in_for_a_number_that_is_missing() {
    let mut material = office();
    material.inputs.remove(&Input::StaffQuota);
    material.awards.insert("staff_control".into(), Award { points: p("5"), reason: "未超编".into() });
    let evaluation = evaluate(hunan(), &material);
    assert_eq!(evaluation.faults(), ["在职人员控制率：缺少编制数，不能计算，补齐以前不能评定"]);
    assert_eq!(item(&evaluation, "staff_control").standing, Standing::Undecided);
}

#[test]
fn the_framework_of_2013_gives_rates_and_no_score() {
    let framework = system("ministry_2013").unwrap();
    let mut material = office();
    material.awards.clear();
    material.inputs.extend([
        (Input::Reductions, wan("10")),
        (Input::Reallocations, wan("5.06")),
        (Input::ExcusedAdjustments, wan("20")),
        (Input::AdjustedBudget, wan("285.12")),
        (Input::Paid, wan("213.84")),
        (Input::PlannedPaymentProgress, f("80%")),
        (Input::ClosingLastYear, wan("0")),
        (Input::AssetsInUse, wan("90")),
        (Input::AssetsTotal, wan("120")),
    ]);
    let evaluation = evaluate(framework, &material);
    assert_eq!((evaluation.total(), evaluation.grade(), evaluation.faults().len()), (None, None, 0));
    let percent = |code: &str| item(&evaluation, code).percent();
    // (69.94 + 10 + 5.06 − 20) ÷ 225.18 = 65 ÷ 225.18
    assert_eq!(percent("budget_adjustment").unwrap(), "28.87%");
    assert_eq!(percent("budget_completion").unwrap(), "75.00%");
    // 213.84 ÷ (285.12 × 80%) = 213.84 ÷ 228.096
    assert_eq!(percent("payment_progress").unwrap(), "93.75%");
    assert_eq!((percent("staff_control").unwrap(), percent("asset_use").unwrap()), ("63.16%".into(), "75.00%".into()));
    assert_eq!(item(&evaluation, "carry_over_change").standing, Standing::NotApplicable);
    assert_eq!(item(&evaluation, "work_quality").missing, [Input::WorkUpToStandard, Input::WorkPlanned]);
    assert_eq!(item(&evaluation, "goal_clarity").standing, Standing::Unscored);
    assert!(evaluation.items().iter().all(|item| item.score().is_none() && item.weight.is_none()));
    assert_eq!(evaluation.stated(Some(p("98")), Some("优")), [] as [&str; 0], "nothing was computed to contradict");
    assert_eq!(evaluation.stated(Some(p("88")), Some("优")).len(), 1, "score and grade contradict each other");
}

#[test]
fn no_rate_scores_below_nothing_or_above_the_weight_and_a_worse_rate_never_scores_more() {
    let rates: Vec<Fraction> = (-4_000..=12_000).map(|i| Fraction::new(i, 4_000).unwrap()).collect();
    let mut tried = 0;
    for system in mingzhang_standard::performance::systems() {
        for indicator in system.indicators.iter().filter(|indicator| indicator.rate.is_some()) {
            let (Some(weight), Some(scoring)) = (indicator.weight, &indicator.scoring) else { continue };
            let points = |rate: &Fraction| score::score(scoring, system, weight, *rate).unwrap().0;
            let row: Vec<Points> = rates.iter().map(points).collect();
            assert!(row.iter().all(|points| (Points::ZERO..=weight).contains(points)), "{}", indicator.code);
            let (falls, rises) = (row.is_sorted_by(|a, b| a >= b), row.is_sorted());
            let fits = match scoring {
                Scoring::AtMost(_) | Scoring::UpTo(_) | Scoring::InverseRatio(_) => falls,
                Scoring::AtLeast(_) | Scoring::From(_) | Scoring::RatioCapped(_) => rises,
                Scoring::Near(_) => {
                    let (below, above) = row.split_at(8_001);
                    below.is_sorted() && above.is_sorted_by(|a, b| a >= b) && below.last() == Some(&weight)
                }
                Scoring::Awarded => false,
            };
            assert!(fits, "{} of {}", indicator.code, system.id);
            tried += 1;
        }
    }
    assert_eq!(tried, 14);
}

#[path = "project_tests.rs"]
mod projects;
