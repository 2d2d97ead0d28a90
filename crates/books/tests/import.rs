//! Every kind of wrong input is told with its sheet, row and column, and leaves the books as they were.

use mingzhang_books::command::Command;
use mingzhang_books::import::preview::{Preview, preview};
use mingzhang_books::import::{MOST_COMPLAINTS, MOST_ROWS, Need, read, table, tables, template};
use mingzhang_books::names::RequestId;
use mingzhang_books::store::Memory;
use mingzhang_model::amount::Amount;
use mingzhang_model::date::Date;
use mingzhang_model::sheet::{Cell, Sheet};
use mingzhang_testkit::office::{Office, budget, closing, line, payment, person, receipt, unit};

/// A sheet from lines, cells between bars; `=` begins a formula, digits are numbers, `'` makes them text.
fn sheet(name: &str, lines: &[&str]) -> Sheet {
    let cell = |text: &str| match text.trim() {
        "" => Cell::Empty,
        text if text.starts_with('=') => Cell::Formula(text.to_owned()),
        text if text.starts_with('#') => Cell::Fault(text.to_owned()),
        text if text.starts_with('\'') => Cell::Text(text[1..].to_owned()),
        text if text.bytes().all(|byte| byte.is_ascii_digit() || b".-".contains(&byte))
            && Date::parse(text).is_none() =>
        {
            Cell::Number(text.to_owned())
        }
        text => Date::parse(text).map_or_else(|| Cell::Text(text.to_owned()), Cell::Date),
    };
    let rows = lines.iter().map(|line| line.split('|').map(cell).collect()).collect();
    Sheet { name: name.to_owned(), rows }
}

const BUDGET: &str = "版本|单位编码|年度|资金|功能科目|经济科目|支出类别|金额";
const PAYMENTS: &str = "支付编号|单位编码|年度|资金|功能科目|经济科目|支出类别|金额|日期|收款人|经办人|审核人|支付人";
const PAID: &str = "p1|101|2024|一般公共预算|2010301|30201|基本支出|12.50|2024-03-05|某某公司|经办|审核|出纳";

fn approved_office() -> Office<Memory> {
    let mut office = Office::in_memory();
    office.send(budget(&[(&line("2010301", "30201"), 1_000)])).unwrap();
    office
}

fn looked_at(office: &mut Office<Memory>, sheets: &[Sheet]) -> Preview {
    let reading = read(sheets, office.books());
    preview(&mut office.ledger, &reading, &person("审核")).unwrap()
}

/// The complaints about sheets, of which nothing may be carried out.
fn refused(office: &mut Office<Memory>, sheets: &[Sheet]) -> String {
    let before = office.books().hash();
    let preview = looked_at(office, sheets);
    assert!(!preview.complaints.is_empty(), "nothing is wrong with {sheets:?}");
    assert!(preview.commands.is_empty());
    assert_eq!(office.books().hash(), before);
    preview.complaints.to_string()
}

fn carried_out(office: &mut Office<Memory>, sheets: &[Sheet]) -> Preview {
    let preview = looked_at(office, sheets);
    assert!(preview.complaints.is_empty(), "{}", preview.complaints);
    let id = RequestId::new(&format!("import {}", office.books().count())).unwrap();
    office.ledger.post(&preview.clone().request(id, person("审核"), 1)).unwrap();
    preview
}

/// Each fault, put into an otherwise good row, is told at its place.
#[test]
fn every_wrong_cell_of_a_budget_is_told_with_row_and_column() {
    let good = "批复|101|2024|一般公共预算|2010301|30201|基本支出|1000";
    carried_out(&mut Office::in_memory(), &[sheet("预算", &[BUDGET, good])]);
    for (column, wrong, said) in [
        (0, "三上", "第 2 行 A 列“版本”：“三上”不在列表中，只能填：一上、二上、批复"),
        (0, "一下", "A 列“版本”：“一下”不在列表中"),
        (1, "", "第 2 行 B 列“单位编码”：没有填写"),
        (1, "999", "第 2 行 B 列“单位编码”：没有编码为 999 的单位"),
        (2, "24", "第 2 行 C 列“年度”：“24”不是年度"),
        (2, "2023", "第 2 行 C 列“年度”：101 没有开 2023 年的账"),
        (3, "公款", "第 2 行 D 列“资金”：“公款”不在列表中，只能填：一般公共预算、"),
        (4, "20103", "第 2 行 E 列“功能科目”：“20103”不是7 位的项级功能科目编码"),
        (4, "2999999", "第 2 行 E 列“功能科目”：功能分类科目 2999999 不在科目表中"),
        (4, "行政运行", "个科目名为“行政运行”"),
        (4, "2010301 一般行政管理事务", "E 列“功能科目”：名称“一般行政管理事务”与编码 2010301（行政运行）不符"),
        (5, "302", "第 2 行 F 列“经济科目”：“302”不是5 位的款级部门经济科目编码"),
        (5, "30288", "第 2 行 F 列“经济科目”：部门经济分类科目 30288 不在科目表中"),
        (6, "吃饭", "第 2 行 G 列“支出类别”：“吃饭”不在列表中"),
        (6, "项目支出", "第 2 行：本表没有“项目编码”一列：没有填写，项目支出必须填"),
        (7, "-5", "第 2 行 H 列“金额”：预算金额不能为负，这里是 -5.00元"),
        (7, "1.234", "第 2 行 H 列“金额”：“1.234”不能精确到分，以元为单位最多 2 位小数"),
        (7, "一千", "第 2 行 H 列“金额”：“一千”不是金额"),
        (7, "=SUM(A1:A9)", "第 2 行 H 列“金额”：公式单元格“=SUM(A1:A9)”，请粘贴为数值"),
        (7, "#REF!", "第 2 行 H 列“金额”：电子表格的错误值“#REF!”"),
        (7, "", "第 2 行 H 列“金额”：没有填写"),
    ] {
        let mut cells: Vec<&str> = good.split('|').collect();
        cells[column] = wrong;
        let told = refused(&mut Office::in_memory(), &[sheet("预算", &[BUDGET, &cells.join("|")])]);
        assert!(told.contains("工作表“预算”") && told.contains(said), "{wrong}: {told}");
        assert_eq!(told.lines().count(), 1, "{wrong}: {told}");
    }
}

#[test]
fn every_fault_of_a_file_is_told_at_once_and_no_more_than_a_hundred() {
    let bad = "四上|101|24|公款|20103|302|吃饭|一千";
    let told = refused(&mut Office::in_memory(), &[sheet("预算", &[BUDGET, bad])]);
    for letter in ["A", "C", "D", "E", "F", "G", "H"] {
        assert!(told.contains(&format!("第 2 行 {letter} 列")), "{letter}: {told}");
    }
    let mut lines = vec![BUDGET];
    lines.extend(std::iter::repeat_n(bad, 50));
    let told = refused(&mut Office::in_memory(), &[sheet("预算", &lines)]);
    assert_eq!(told.lines().count(), MOST_COMPLAINTS + 1);
    assert!(told.ends_with("另有 250 处问题\n"), "{told}");
}

#[test]
fn days_persons_and_what_the_books_refuse_are_told_at_their_cells() {
    let with = |column: usize, wrong: &str| {
        let mut cells: Vec<&str> = PAID.split('|').collect();
        cells[column] = wrong;
        sheet("支付", &[PAYMENTS, &cells.join("|")])
    };
    for (column, wrong, said) in [
        (8, "'2024-02-30", "第 2 行 I 列“日期”：“2024-02-30”：日历上没有这一天"),
        (8, "2023-12-31", "第 2 行 I 列“日期”：日期 2023-12-31 不在 2024 年内"),
        (7, "1000.01", "第 2 行 H 列“金额”：2024 年 101"),
        (7, "0", "第 2 行 H 列“金额”：支付金额应大于 0"),
        (5, "30211", "没有这笔预算"),
        (0, "2024-03-01", "A 列“支付编号”：应填编号，单元格里却是日期 2024-03-01"),
        (11, "经办", "第 2 行：经办和审核都是 经办"),
    ] {
        let told = refused(&mut approved_office(), &[with(column, wrong)]);
        assert!(told.contains(said), "{wrong}: {told}");
    }
    let mut office = approved_office();
    office.must(Command::Receive(receipt("i", &line("2010301", "30201"), 5, "2024-02-01")));
    office.must(Command::CloseYear(closing("101", 2024)));
    let told = refused(&mut office, &[with(0, "p1")]);
    assert!(told.contains("第 2 行 C 列“年度”：101 的 2024 年已经结账"), "{told}");
}

#[test]
fn departments_that_go_in_a_circle_are_told_at_the_parent() {
    let mut office = Office::in_memory();
    let header = "单位编码|单位名称|上级单位|单位性质";
    let mut told = |lines: &[&str]| refused(&mut office, &[sheet("单位", &[&[header], lines].concat())]);
    let missing = told(&["101001|甲所|101|参公", "101002|乙所|999|公益一类"]);
    assert_eq!(missing, "工作表“单位”第 3 行 C 列“上级单位”：没有编码为 999 的单位，请核对，或把它加进本表\n");
    let own = told(&["101|云麓市档案馆|101|行政单位"]);
    assert!(own.contains("第 2 行 C 列“上级单位”：单位隶属关系成环：101 → 101"), "{own}");
    let circle = told(&["101001|甲所|101002|参公", "101002|乙所|101003|参公", "101003|丙所|101001|参公"]);
    assert!(circle.contains("第 3 行 C 列“上级单位”：单位隶属关系成环：101002 → 101003 → 101001 → 101002"), "{circle}");
    let kept = told(&["101|云麓市档案馆|101001|行政单位", "101001|甲所|101|参公"]);
    assert!(kept.contains("101 → 101001 → 101"), "{kept}");
}

#[test]
fn units_may_stand_in_any_order() {
    let mut office = Office::in_memory();
    let lines =
        ["单位编码|单位名称|上级单位|单位性质", "101001001|丙队|101001|公益二类事业单位", "101001|甲所|101|参公"];
    let reading = read(&[sheet("单位", &lines)], office.books());
    let seen = preview(&mut office.ledger, &reading, &person("管理")).unwrap();
    assert!(seen.complaints.is_empty(), "{}", seen.complaints);
    assert_eq!((seen.commands.len(), seen.places[0].row, seen.tables[0].new), (2, 2, 2));
}

#[test]
fn a_wrong_sheet_a_wrong_header_a_missing_column_and_two_headers_are_told() {
    let mut office = Office::in_memory();
    let mut told = |name: &str, lines: &[&str]| refused(&mut office, &[sheet(name, lines)]);
    let missing = told("预算", &["版本|单位编码|年度|资金|功能科目|支出类别|金额", "批复|101|2024|x|y|z|1"]);
    assert!(missing.contains("第 1 行：“预算”缺少栏目：经济科目"), "{missing}");
    let unknown =
        told("预算", &[&format!("{BUDGET}|领导意见"), "批复|101|2024|一般公共预算|2010301|30201|基本支出|1|好"]);
    assert!(unknown.contains("第 1 行 I 列“领导意见”：“预算”没有这一栏"), "{unknown}");
    let twice = told("预算", &[&format!("{BUDGET}|年度"), "批复|101"]);
    assert!(twice.contains("I 列“年度”：同一栏目出现两次"), "{twice}");
    let wrong = told("Sheet1", &["姓名|电话", "张三|1"]);
    assert!(wrong.contains("工作表“Sheet1”：认不出是哪张表"), "{wrong}");
    let near = told("Sheet1", &["支付编号|单位编码|年度|资金|功能科目|经济科目|支出类别|金额", "p|101"]);
    assert!(
        near.contains("可能是“支付”（缺少：") || near.contains("、“支付”（缺少：日期、经办人、审核人、支付人）"),
        "{near}"
    );
    let either = told("Sheet1", &["人员|单位编码|职责", "甲|101|经办"]);
    assert!(either.contains("“人员职责”、“免去职责”"), "{either}");
    let none = told("预算", &["说明一|说明二", "1|2"]);
    assert!(none.contains("前 10 行没有找到“预算”的表头，应有栏目：版本、单位编码"), "{none}");
    let two = told("预算", &[BUDGET, BUDGET, "批复|101|2024|一般公共预算|2010301|30201|基本支出|1"]);
    assert!(two.contains("第 1 行和第 2 行都像表头"), "{two}");
    let mut lines = vec![BUDGET];
    let row = "批复|101|2024|一般公共预算|2010301|302{n}|基本支出|1";
    let rows: Vec<String> = (1..=12).map(|n| row.replace("{n}", &format!("{n:02}"))).collect();
    lines.extend(rows.iter().map(String::as_str));
    lines.insert(12, BUDGET);
    let later = told("预算", &lines);
    assert!(later.contains("第 13 行：表头又出现一次"), "{later}");
    let bare = told("预算", &[&format!("{BUDGET}|"), "批复|101|2024|一般公共预算|2010301|30201|基本支出|1|备注"]);
    assert!(bare.contains("第 2 行：I 列没有表头，却有内容"), "{bare}");
}

#[test]
fn titles_units_of_money_help_and_empty_rows_are_understood_and_totals_are_not() {
    let row = "批复|101|2024|一般公共预算|2010301|30201|基本支出|'０．１２３４５６";
    let lines = ["2024 年部门预算", "编制单位：云麓市档案馆|||||||金额单位：万元", BUDGET, "说明：示例", "", row];
    let mut office = Office::in_memory();
    carried_out(&mut office, &[sheet("预算", &lines)]);
    let year = office.books().year(&unit("101"), 2024).unwrap();
    let amounts: Vec<Amount> =
        year.version(mingzhang_books::entry::Version::Approved).map(|(_, amount)| amount).collect();
    assert_eq!(amounts, [Amount(123_456)]);
    let conflict = BUDGET.replace("金额", "金额（元）");
    let told = refused(&mut office, &[sheet("预算", &["单位：万元", &conflict, row])]);
    assert!(told.contains("第 2 行：表头上方写金额单位为万元，栏目里写元，请改成一致"), "{told}");
    let told = refused(&mut office, &[sheet("预算", &["单位：万元|单位：元", BUDGET, row])]);
    assert!(told.contains("两种金额单位"), "{told}");
    let total = refused(&mut office, &[sheet("预算", &[BUDGET, row, "|合 计||||||1"])]);
    assert!(total.contains("第 3 行：这是合计行，请删去"), "{total}");
    let grouped = BUDGET.replace("金额", "金额（万元）");
    let told = looked_at(&mut office, &[sheet("预算", &[&grouped, &row.replace("'０．１２３４５６", "'1,234.5")])]);
    assert_eq!(told.budgets[0].words(), "2024 年批复 一般公共预算 基本支出 1,234.56元 → 12,345,000.00元");
}

#[test]
fn what_stands_twice_is_told_at_the_second_row() {
    let mut office = approved_office();
    let row = "二上|101|2024|一般公共预算|2010301|30201|基本支出|1";
    let told = refused(&mut office, &[sheet("预算", &[BUDGET, row, &row.replace("支出|1", "支出|2")])]);
    assert!(told.contains("第 3 行") && told.contains("已在第 2 行，请只留一行"), "{told}");
    let told = refused(&mut office, &[sheet("支付", &[PAYMENTS, PAID, &PAID.replace("12.50", "13")])]);
    assert!(told.contains("第 3 行 A 列“支付编号”：支付编号“p1”已在第 2 行"), "{told}");
    let second = Sheet { name: "支付(2)".into(), ..sheet("", &[PAYMENTS, PAID]) };
    let told = refused(&mut office, &[sheet("支付", &[PAYMENTS, PAID]), second]);
    assert!(told.contains("工作表“支付(2)”第 2 行 A 列“支付编号”：支付编号“p1”已在工作表“支付”第 2 行"), "{told}");
}

#[test]
fn a_number_in_the_books_is_the_same_payment_or_a_complaint() {
    let mut office = approved_office();
    let first = carried_out(&mut office, &[sheet("支付", &[PAYMENTS, PAID])]);
    assert_eq!((first.tables[0].title.as_str(), first.tables[0].new, first.tables[0].unchanged), ("支付", 1, 0));
    let before = office.books().count();
    let more = PAID.replace("p1", "p2");
    let second = carried_out(&mut office, &[sheet("支付", &[PAYMENTS, PAID, &more])]);
    assert_eq!((second.tables[0].new, second.tables[0].unchanged), (1, 1));
    assert_eq!(office.books().count(), before + 1);
    let told = refused(&mut office, &[sheet("支付", &[PAYMENTS, &PAID.replace("某某公司", "另一公司")])]);
    let said = "A 列“支付编号”：支付编号“p1”已在账上，内容不同（账上：2024-03-05 12.50元）";
    assert!(told.contains(said), "{told}");
}

#[test]
fn an_allotment_is_not_made_twice_by_importing_its_file_twice() {
    let mut office = approved_office();
    let header = "单位编码|年度|资金|功能科目|经济科目|支出类别|金额|日期|文号";
    let row = "101|2024|一般公共预算|2010301|30201|基本支出|-10|2024-05-05|财指5号";
    carried_out(&mut office, &[sheet("指标", &[header, row])]);
    let again = carried_out(&mut office, &[sheet("指标", &[header, row, &row.replace("财指5号", "财指6号")])]);
    assert_eq!((again.tables[0].new, again.tables[0].unchanged), (1, 1));
    let year = office.books().year(&unit("101"), 2024).unwrap();
    assert_eq!(year.account(&line("2010301", "30201")).unwrap().allotted, Amount(98_000));
    let told = refused(&mut office, &[sheet("指标", &[header, row, row])]);
    assert!(told.contains("第 3 行：内容完全相同的一行已在第 2 行"), "{told}");
}

#[test]
fn a_changed_row_of_a_register_is_a_correction() {
    use mingzhang_books::import::preview::CORRECTION;
    let mut office = Office::in_memory();
    let titles = table("offices").unwrap();
    let header = "单位编码|编号|科室名称|依据文号|设立日";
    let row = "101|1|综合科|编办1号|2019-03-01";
    carried_out(&mut office, &[sheet(&titles.title, &[header, row])]);
    let changed = row.replace("编办1号", "编办2号");
    let seen = carried_out(&mut office, &[sheet(&titles.title, &[header, &changed])]);
    assert_eq!((seen.tables[0].new, seen.tables[0].changed, seen.tables[0].unchanged), (0, 1, 0));
    assert!(matches!(&seen.commands[0], Command::CorrectRow(_, _, _, why) if why == CORRECTION));
    let wrong = refused(&mut office, &[sheet(&titles.title, &[header, &row.replace("2019-03-01", "去年")])]);
    assert!(wrong.contains("第 2 行 E 列“设立日”"), "{wrong}");
}

#[test]
fn rows_of_one_adjustment_are_one_command_and_must_agree() {
    let mut office = approved_office();
    let header =
        "调整编号|调整类型|单位编码|年度|资金|功能科目|经济科目|支出类别|金额|日期|文号|决定机关|原因|经办人|审批人";
    let less =
        "t1|调剂|101|2024|一般公共预算|2010301|30201|基本支出|-100|2024-06-01|财预1号|财政部门|工作需要|经办|财政";
    let more = less.replace("30201", "30211").replace("-100", "100");
    let seen = carried_out(&mut office, &[sheet("预算调整", &[header, less, &more])]);
    assert_eq!(seen.commands.len(), 1);
    let differs = more.replace("财预1号", "财预2号").replace("t1", "t2");
    let told = refused(&mut office, &[sheet("预算调整", &[header, &less.replace("t1", "t2"), &differs])]);
    assert!(told.contains("第 3 行 A 列“调整编号”：调整编号“t2”在第 2 行的"), "{told}");
    let apart = [header, &less.replace("t1", "t2"), &less.replace("t1", "t3"), &more.replace("t1", "t2")];
    let told = refused(&mut office, &[sheet("预算调整", &apart)]);
    assert!(told.contains("第 4 行 A 列“调整编号”：调整编号“t2”已在第 2 行"), "{told}");
}

#[test]
fn a_file_of_the_platform_is_read_by_the_names_of_its_fields() {
    let header = "pay_detail_id|agency_code|agency_name|fiscal_year|fund_type_name|exp_func_code|exp_func_name|\
        dep_bgt_eco_name|pro_kind_name|pro_code|pay_amt|xpay_amt|xpay_date|payee_acct_name|currency_code|经办人|审核人|支付人";
    let row = "p1|101|云麓市档案馆|2024|一般公共预算资金|2010301|行政运行|办公费|公用经费项目|430000|99|12.5|20240305|\
        某某公司|CNY|经办|审核|出纳";
    let mut office = approved_office();
    let reading = read(&[sheet("导出", &[header, row])], office.books());
    assert!(reading.complaints.is_empty(), "{}", reading.complaints);
    let [(_, Command::Pay(read))] = reading.commands.as_slice() else { panic!("{:?}", reading.commands) };
    let mut wanted = payment("p1", &line("2010301", "30201"), 0, "2024-03-05");
    (wanted.amount, wanted.payee) = (Amount(1_250), "某某公司".into());
    assert_eq!(*read, wanted);
    assert_eq!(reading.notes, ["工作表“导出”有 2 栏不需要，已略过：currency_code、pay_amt"]);
    let told = refused(&mut office, &[sheet("支付", &[header, &row.replace("云麓市档案馆", "别的单位")])]);
    assert!(told.contains("C 列“单位名称”：单位 101 的名称不是“别的单位”"), "{told}");
    let told = refused(&mut office, &[sheet("支付", &[header, &row.replace("行政运行", "事业运行")])]);
    assert!(told.contains("G 列“功能科目名称”：名称“事业运行”与编码 2010301（行政运行）不符"), "{told}");
    let code = header.replace("fund_type_name", "fund_type_code");
    let told = refused(&mut office, &[sheet("支付", &[&code, row])]);
    assert!(told.contains("请另加“资金性质名称”一列"), "{told}");
}

#[test]
fn a_unique_name_stands_for_its_code() {
    let header = BUDGET.replace("单位编码", "单位名称");
    let row = "批复|云麓市档案馆|2024|一般公共预算|档案馆|办公费|基本支出|1";
    let reading = read(&[sheet("预算", &[&header, row])], Office::in_memory().books());
    assert!(reading.complaints.is_empty(), "{}", reading.complaints);
    let [(_, Command::Budget(read))] = reading.commands.as_slice() else { panic!("{:?}", reading.commands) };
    assert_eq!((read.line.unit.as_str(), read.line.function.to_string().as_str()), ("101", "2012604"));
    assert_eq!(read.line.economic.to_string(), "30201");
}

#[test]
fn more_rows_than_the_limit_are_refused_before_any_is_read() {
    let mut rows = sheet("年度", &["单位编码|年度", "101|2025"]).rows;
    let row = rows.pop().unwrap();
    rows.extend(std::iter::repeat_n(row, MOST_ROWS + 20));
    let reading = read(&[Sheet { name: "年度".into(), rows }], Office::in_memory().books());
    assert!(reading.commands.is_empty());
    assert_eq!(reading.complaints.to_string(), "共有 500021 行，一次最多导入 500000 行，请分几次导入\n");
}

#[test]
fn the_template_of_every_table_is_its_own_and_reads_as_empty() {
    let office = Office::in_memory();
    for table in tables() {
        let template = template(table);
        assert_eq!(template.sheet.rows[0].len(), template.columns.len(), "{}", table.id);
        for name in [template.sheet.name.clone(), "空白".to_owned()] {
            let reading = read(&[Sheet { name: name.clone(), ..template.sheet.clone() }], office.books());
            let unclear = reading.complaints.to_string().contains("认不出是哪张表，可能是");
            assert!(
                reading.complaints.is_empty() || (name == "空白" && unclear),
                "{}: {}",
                table.id,
                reading.complaints
            );
            assert!(reading.commands.is_empty());
        }
        let needed = table.columns.iter().filter(|column| column.need == Need::Always).count();
        assert!(needed > 0 && needed <= template.columns.len(), "{}", table.id);
    }
    let choices = template(table("支付").unwrap()).columns;
    let fund = choices.iter().find(|column| column.title == "资金").unwrap();
    assert_eq!(fund.choices().first().map(String::as_str), Some("一般公共预算"));
}

/// Run by hand in release: how long half a million payments take.
#[test]
#[ignore = "a measurement, not a check"]
fn half_a_million_payments_are_imported() {
    let mut office = Office::in_memory();
    office.send(budget(&[(&line("2010301", "30201"), 1_000_000_000)])).unwrap();
    let mut rows = sheet("支付", &[PAYMENTS, PAID]).rows;
    let row = rows.pop().unwrap();
    rows.extend((0..MOST_ROWS).map(|number| {
        let mut row = row.clone();
        row[0] = Cell::Text(format!("p{number}"));
        row
    }));
    let sheets = [Sheet { name: "支付".into(), rows }];
    let seconds = |since: std::time::Instant| since.elapsed().as_millis();
    let start = std::time::Instant::now();
    let reading = read(&sheets, office.books());
    let read = seconds(start);
    let seen = preview(&mut office.ledger, &reading, &person("审核")).unwrap();
    let previewed = seconds(start);
    assert_eq!(seen.commands.len(), MOST_ROWS, "{}", seen.complaints);
    let request = seen.request(RequestId::new("all").unwrap(), person("审核"), 1);
    office.ledger.post(&request).unwrap();
    let posted = seconds(start);
    eprintln!("read {read} ms, previewed {} ms, posted {} ms, all {posted} ms", previewed - read, posted - previewed);
    let (again, start) = (reading, std::time::Instant::now());
    let seen = preview(&mut office.ledger, &again, &person("审核")).unwrap();
    assert!(seen.commands.is_empty());
    eprintln!("previewed again {} ms; {} bytes a command", seconds(start), std::mem::size_of::<Command>());
}
