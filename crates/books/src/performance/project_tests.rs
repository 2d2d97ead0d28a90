//! Projects and departments that bring their own indicators; many projects together.

use super::*;

fn quantity(wanted: Wanted, target: &str, actual: &str, unit: &str) -> Attainment {
    Attainment::Quantity { wanted, target: f(target), actual: Some(f(actual)), unit: unit.into() }
}

fn quality(level: usize, share: &str) -> Attainment {
    Attainment::Quality(Some(Judgement { level, share: f(share), reason: "见总结报告".into() }))
}

fn row(code: &str, part: &str, level2: &str, weight: &str, attainment: Attainment) -> Row {
    Row {
        code: code.into(),
        level1: part.into(),
        level2: level2.into(),
        name: format!("指标{code}"),
        weight: p(weight),
        attainment,
        explanation: "已说明".into(),
    }
}

/// A project that held 54 of 60 events for less than it was given.
fn project() -> Material {
    let rows = vec![
        row("1", "产出指标", "数量指标", "10", quantity(Wanted::AtLeast, "60", "54", "次")),
        row("2", "产出指标", "质量指标", "20", quantity(Wanted::Exactly, "100", "100", "%")),
        row("3", "产出指标", "时效指标", "10", quality(0, "100%")),
        row("4", "产出指标", "成本指标", "10", quantity(Wanted::AtMost, "80", "100", "万元")),
        row("5", "效益指标", "社会效益指标", "30", quality(1, "75%")),
        row("6", "满意度指标", "服务对象满意度指标", "10", quantity(Wanted::AtLeast, "90", "95.5", "%")),
    ];
    let inputs = BTreeMap::from([(Input::AdjustedBudget, wan("80")), (Input::Paid, wan("70"))]);
    Material { inputs, rows, awards: BTreeMap::new() }
}

fn of(material: &Material) -> Evaluation {
    evaluate(system("project").unwrap(), material)
}

#[test]
fn a_project_is_evaluated_from_end_to_end() {
    let evaluation = of(&project());
    assert_eq!((evaluation.faults().len(), evaluation.notes().len(), evaluation.gaps().len()), (0, 0, 0));
    let scores: Vec<String> = evaluation.items().iter().map(|item| item.score().unwrap().to_string()).collect();
    assert_eq!(scores, ["8.75", "9", "20", "10", "8", "22.5", "10"]);
    assert_eq!((evaluation.score(), evaluation.grade()), (Some(p("88.25")), Some("良")));
    assert_eq!(item(&evaluation, "1").why, "目标 ≥60次、实际完成 54次，未达到目标，按比例 10 × 90.00% 得 9 分");
    assert_eq!(item(&evaluation, "4").why, "目标 ≤80万元、实际完成 100万元，未达到目标，按比例 10 × 80.00% 得 8 分");
    let partly = "部分达成预期指标并具有一定效果，按 75% 得 22.5 分，满分 30 分：见总结报告";
    assert_eq!(item(&evaluation, "5").why, partly);
    assert_eq!(item(&evaluation, "execution").worked, "全年执行数 70.00 万元 ÷ 全年预算数 80.00 万元 = 87.50%");
    let shanghai = Evaluation::new(system("project").unwrap(), scale("shanghai").unwrap(), &project());
    assert_eq!(shanghai.grade(), Some("良"));
    assert_eq!(shanghai.stated(None, Some("中")), ["评价等级写为“中”，应为优、良、合格、不合格之一"]);
}

#[test]
fn a_department_brings_its_own_indicators_to_the_newer_form() {
    let evaluation = evaluate(system("central_whole_unit").unwrap(), &project());
    assert_eq!((evaluation.score(), evaluation.grade()), (Some(p("88.25")), Some("良")));
}

#[test]
fn execution_counts_ten_points_at_most() {
    let mut material = project();
    material.inputs.insert(Input::Paid, wan("81"));
    assert_eq!(item(&of(&material), "execution").score(), Some(p("10")));
    material.inputs.insert(Input::AdjustedBudget, wan("0"));
    assert_eq!(item(&of(&material), "execution").standing, Standing::NotApplicable);
}

#[test]
fn weights_that_do_not_add_up_to_100_give_no_total() {
    let mut material = project();
    material.rows[4].weight = p("28");
    let evaluation = of(&material);
    assert_eq!((evaluation.total(), evaluation.grade()), (None, None));
    assert_eq!(evaluation.faults(), ["权重合计 98 分，应为 100 分，未计总分"]);
    let bare = Material { rows: Vec::new(), ..project() };
    assert_eq!(of(&bare).faults(), ["权重合计 10 分，应为 100 分，未计总分"]);
}

#[test]
fn weights_may_be_shifted_between_the_parts_and_that_is_noted() {
    let mut material = project();
    material.rows[4].weight = p("20");
    material.rows[1].weight = p("30");
    let evaluation = of(&material);
    assert_eq!(evaluation.notes(), ["产出指标权重合计 60 分，一般为 50 分", "效益指标权重合计 20 分，一般为 30 分"]);
    assert_eq!(evaluation.score(), Some(p("90.75")));
    let fixed = System { weighting: Weighting::Fixed, ..system("project").unwrap().clone() };
    assert_eq!(evaluate(&fixed, &material).total(), None);
    assert_eq!(evaluate(&fixed, &material).faults().len(), 2);
}

#[test]
fn rows_that_are_wrong_in_themselves_give_no_total() {
    let mut material = project();
    material.rows[0].level1 = "过程".into();
    material.rows[2].level2 = "速度指标".into();
    material.rows[3].code = "2".into();
    material.rows[5].weight = Points(0);
    let evaluation = of(&material);
    assert_eq!(evaluation.total(), None);
    let faults = evaluation.faults().join("\n");
    assert!(faults.contains("指标1：《项目支出绩效自评表》没有一级指标“过程”"));
    assert!(faults.contains("指标3：“产出指标”下没有二级指标“速度指标”，应为数量指标、质量指标"));
    assert!(faults.contains("指标4：编码“2”与别的指标重复"));
    assert!(faults.contains("指标6：权重应大于 0"));
    let mut many = project();
    let next = |i: usize| row(&format!("x{i}"), "产出指标", "数量指标", "1", Attainment::Quality(None));
    many.rows.extend((0..MAX_ROWS).map(next));
    assert!(of(&many).faults()[0].contains("指标 1006 个，最多 1000 个"));
    assert_eq!((of(&many).items().len(), of(&many).total()), (MAX_ROWS + 1, None));
}

#[test]
fn a_weight_below_nothing_cannot_balance_another() {
    let mut material = project();
    material.rows[0].weight = Points(-1_000);
    material.rows[1].weight = p("40");
    let weights: i64 = material.rows.iter().map(|row| row.weight.0).sum();
    assert_eq!(weights, 9_000, "they add up and are wrong all the same");
    assert_eq!(of(&material).total(), None);
}

#[track_caller]
fn becomes(attainment: Attainment, standing: Standing, part: &str) {
    let mut material = project();
    material.rows[0].attainment = attainment;
    let evaluation = of(&material);
    let item = item(&evaluation, "1");
    assert_eq!(item.standing, standing);
    assert!(item.why.contains(part), "{}", item.why);
}

#[test]
fn numbers_are_scored_in_proportion_and_the_other_way_round_where_less_is_better() {
    let scored = |text: &str| Standing::Scored(p(text));
    becomes(quantity(Wanted::AtLeast, "60", "60", "次"), scored("10"), "达到目标，得满分 10 分");
    becomes(quantity(Wanted::AtLeast, "60", "0", "次"), scored("0"), "按比例 10 × 0.00%");
    becomes(quantity(Wanted::AtLeast, "0", "0", "次"), scored("10"), "达到目标");
    becomes(quantity(Wanted::AtMost, "3", "3", "起"), scored("10"), "目标 ≤3起");
    becomes(quantity(Wanted::AtMost, "3", "7", "起"), scored("4.29"), "10 × 42.86%");
    becomes(quantity(Wanted::AtMost, "0", "2", "起"), scored("0"), "10 × 0.00%");
    becomes(quantity(Wanted::Exactly, "8", "6", "期"), scored("7.5"), "10 × 75.00%");
    becomes(quantity(Wanted::Exactly, "8", "9", "期"), Standing::ToJudge, "不能按比例计分");
    becomes(quantity(Wanted::AtLeast, "-5", "-8", "%"), Standing::ToJudge, "不能按比例计分");
    becomes(quantity(Wanted::AtLeast, "-5", "-4", "%"), scored("10"), "达到目标");
    let unknown = Attainment::Quantity { wanted: Wanted::AtLeast, target: f("60"), actual: None, unit: "次".into() };
    becomes(unknown, Standing::Undecided, "目标 ≥60次，缺少实际完成值");
}

#[test]
fn judgements_stay_within_their_level_and_have_a_reason() {
    let scored = |text: &str| Standing::Scored(p(text));
    becomes(quality(0, "80%"), scored("8"), "达成预期指标，按 80% 得 8 分");
    becomes(quality(0, "79.9%"), Standing::Undecided, "在 80%（含）至 100%（含）之间，所选 79.9% 不在其中");
    becomes(quality(1, "80%"), Standing::Undecided, "在 60%（含）至 80%（不含）之间，所选 80% 不在其中");
    becomes(quality(1, "60%"), scored("6"), "部分达成");
    becomes(quality(2, "59.95%"), scored("6"), "未达成");
    becomes(quality(2, "0%"), scored("0"), "得 0 分");
    becomes(quality(3, "0%"), Standing::Undecided, "没有所选的完成档次");
    becomes(Attainment::Quality(None), Standing::ToJudge, "请选定完成档次");
    let silent = Judgement { level: 0, share: f("100%"), reason: " ".into() };
    becomes(Attainment::Quality(Some(silent)), Standing::ToJudge, "没有写理由");
}

#[test]
fn what_no_proportion_decides_a_person_may_award() {
    let mut material = project();
    material.rows[0].attainment = quantity(Wanted::Exactly, "8", "9", "期");
    material.awards.insert("1".into(), Award { points: p("9"), reason: "多办一期，经批准".into() });
    let evaluation = of(&material);
    assert_eq!((item(&evaluation, "1").score(), evaluation.score()), (Some(p("9")), Some(p("88.25"))));
}

#[test]
fn rows_that_lose_points_without_a_word_are_noted() {
    let mut material = project();
    material.rows.iter_mut().for_each(|row| row.explanation.clear());
    let notes = of(&material).notes().to_vec();
    assert_eq!(notes[0], "指标1：得 9 分，少于满分 10 分，请填写偏差原因和改进措施");
    assert_eq!(notes.len(), 3);
}

#[test]
fn many_projects_are_counted_by_grade_and_averaged_to_two_decimals() {
    let good = of(&project());
    let mut better = project();
    better.inputs.insert(Input::Paid, wan("80"));
    better.rows[4].attainment = quality(0, "100%");
    let better = of(&better);
    assert_eq!((better.score(), better.grade()), (Some(p("97")), Some("优")));
    let mut open = project();
    open.rows[4].attainment = Attainment::Quality(None);
    let open = of(&open);
    let of_wan = |text: &str| Amount(i64::try_from(wan(text).floor()).unwrap());
    let each = |name, paid, evaluation| Evaluated { name, budget: of_wan("80"), paid: of_wan(paid), evaluation };
    let projects = [each("甲", "70", &good), each("乙", "80", &better), each("丙", "70", &open)];
    let summary = Summary::of(scale("ministry").unwrap(), &projects);
    assert_eq!((summary.projects, summary.evaluated), (3, 2));
    let counts: Vec<_> = summary.grades.iter().map(|(word, count)| (word.as_str(), *count)).collect();
    assert_eq!(counts, [("优", 1), ("良", 1), ("中", 0), ("差", 0)]);
    // (88.25 + 97) ÷ 2 = 92.625
    assert_eq!(summary.average, Some(p("92.63")));
    assert_eq!((summary.budget, summary.evaluated_budget), (Some(of_wan("240")), Some(of_wan("160"))));
    assert_eq!((summary.evaluated_paid, summary.open), (Some(of_wan("150")), vec!["丙".to_string()]));
    let none = Summary::of(scale("ministry").unwrap(), &[]);
    assert_eq!((none.average, none.budget, none.projects), (None, Some(Amount::ZERO), 0));
    let huge = Evaluated { name: "丁", budget: Amount(i64::MAX), paid: Amount::ZERO, evaluation: &good };
    assert_eq!(Summary::of(scale("ministry").unwrap(), &[huge, huge]).budget, None);
}
