//! Sentences that stand as a form prescribes them: the form's slots say which money their numbers are, and a wrong
//! digit in one of them is found by the table that shows it.

use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::{Claim, Quantity};
use mingzhang_model::rule::Severity;

/// 60.00 is what two things cost: a class, and an economic item.
const SENTENCES: &str = "\
四、一般公共预算拨款支出
2024年一般公共预算拨款支出预算300.00万元，其中：一般公共服务支出240.00万元，占80.00%；住房保障支出60.00万元，\
占20.00%。具体安排情况如下：
（一）基本支出
2024年基本支出预算数为200.00万元，占66.67%，是为保障机构正常运转、完成日常工作任务安排的支出，包括：\
基本工资90.00万元、津贴补贴50.00万元、办公费60.00万元。
";

const TABLES: &str = "\
2024年部门支出总表
单位：万元
科目编码\t\t\t功能科目\t总计\t基本支出\t项目支出\t事业单位经营支出\t对附属单位补助支出\t上缴上级支出
类\t款\t项\t\t\t\t\t\t\t
合计\t\t\t\t300.00\t200.00\t100.00\t\t\t
201\t\t\t一般公共服务支出\t240.00\t140.00\t100.00\t\t\t
201\t05\t\t统计信息事务\t240.00\t140.00\t100.00\t\t\t
201\t05\t01\t行政运行\t140.00\t140.00\t\t\t\t
201\t05\t05\t专项统计业务\t100.00\t\t100.00\t\t\t
221\t\t\t住房保障支出\t60.00\t60.00\t\t\t\t
221\t02\t\t住房改革支出\t60.00\t60.00\t\t\t\t
221\t02\t01\t住房公积金\t60.00\t60.00\t\t\t\t

2024年一般公共预算支出表
单位：万元
科目编码\t\t\t功能科目\t总计\t基本支出\t项目支出
类\t款\t项\t\t\t\t
合计\t\t\t\t300.00\t200.00\t100.00
201\t\t\t一般公共服务支出\t240.00\t140.00\t100.00
201\t05\t\t统计信息事务\t240.00\t140.00\t100.00
201\t05\t01\t行政运行\t140.00\t140.00\t
201\t05\t05\t专项统计业务\t100.00\t\t100.00
221\t\t\t住房保障支出\t60.00\t60.00\t
221\t02\t\t住房改革支出\t60.00\t60.00\t
221\t02\t01\t住房公积金\t60.00\t60.00\t

2024年一般公共预算基本支出表
单位：万元
经济科目编码\t经济科目名称\t总计\t人员经费\t公用经费
合计\t\t200.00\t140.00\t60.00
301\t工资福利支出\t140.00\t140.00\t
30101\t基本工资\t90.00\t90.00\t
30102\t津贴补贴\t50.00\t50.00\t
302\t商品和服务支出\t60.00\t\t60.00
30201\t办公费\t60.00\t\t60.00

2024年部门收支总表
单位：万元
收入\t\t支出\t
项目\t本年预算\t项目\t本年预算
一、一般公共预算拨款收入\t300.00\t一、一般公共服务支出\t240.00
二、政府性基金预算拨款收入\t\t二、住房保障支出\t60.00
本年收入合计\t300.00\t本年支出合计\t300.00
收入总计\t300.00\t支出总计\t300.00

2024年部门收入总表
单位：万元
科目编码\t\t\t功能科目\t合计\t一般公共预算\t政府性基金预算\t国有资本经营预算\t财政专户管理资金\t事业收入\t\
事业单位经营收入\t上级补助收入\t附属单位上缴收入\t其他收入\t上年结转结余
类\t款\t项\t\t\t\t\t\t\t\t\t\t\t\t
合计\t\t\t\t300.00\t300.00\t\t\t\t\t\t\t\t\t
201\t\t\t一般公共服务支出\t240.00\t240.00\t\t\t\t\t\t\t\t\t
201\t05\t\t统计信息事务\t240.00\t240.00\t\t\t\t\t\t\t\t\t
201\t05\t01\t行政运行\t140.00\t140.00\t\t\t\t\t\t\t\t\t
201\t05\t05\t专项统计业务\t100.00\t100.00\t\t\t\t\t\t\t\t\t
221\t\t\t住房保障支出\t60.00\t60.00\t\t\t\t\t\t\t\t\t
221\t02\t\t住房改革支出\t60.00\t60.00\t\t\t\t\t\t\t\t\t
221\t02\t01\t住房公积金\t60.00\t60.00\t\t\t\t\t\t\t\t\t

2024年财政拨款收支总表
单位：万元
收入\t\t支出\t\t\t\t
项目\t金额\t项目\t合计\t一般公共预算\t政府性基金预算\t国有资本经营预算
一、本年收入\t300.00\t一、一般公共服务支出\t240.00\t240.00\t\t
1、一般公共预算拨款收入\t300.00\t二、住房保障支出\t60.00\t60.00\t\t
收入总计\t300.00\t支出总计\t300.00\t300.00\t\t

2024年一般公共预算“三公”经费支出表
单位：万元
小计\t公务接待费\t因公出国（境）费\t公务用车购置及运行费\t公务用车购置费\t公务用车运行费
0.00\t0.00\t0.00\t0.00\t0.00\t0.00

2024年政府性基金预算支出表
单位：万元
科目编码\t\t\t功能科目\t总计\t基本支出\t项目支出
类\t款\t项\t\t\t\t
合计\t\t\t\t\t\t
注：本部门2024年没有政府性基金预算收支，故本表为空表。
";

fn read(sentences: &str) -> (Document, Facts) {
    let text = format!("青岚市统计局2024年部门预算公开\n\n{sentences}\n{TABLES}");
    let document = mingzhang_read::read(text.as_bytes()).unwrap();
    let facts = mingzhang_extract::extract(&document);
    (document, facts)
}

/// The amounts of the sentences as printed, each with the table and the key that it is named by.
fn named(document: &Document, facts: &Facts) -> Vec<String> {
    let mentions = facts.prose.mentions.iter().enumerate();
    let amounts = mentions.filter(|(_, mention)| matches!(mention.quantity, Quantity::Money { .. }));
    let line = |(i, mention): (usize, &mingzhang_model::prose::Mention)| {
        let Block::Paragraph(paragraph) = &document.blocks[mention.span.block] else { panic!("not a paragraph") };
        let own = facts.prose.claims.iter().filter_map(|claim| match claim {
            Claim::Named { mention, table, key } if *mention == i => Some(format!(" {table} {key}")),
            _ => None,
        });
        format!("{}{}", &paragraph.text[mention.span.bytes.clone()], own.collect::<String>())
    };
    amounts.map(line).collect()
}

#[test]
fn the_slots_say_which_money_each_number_is() {
    let (document, facts) = read(SENTENCES);
    assert_eq!(facts.disclosure.form, Some("hunan_budget"));
    let basic = "B08 2024/initial/expenditure funds=general_public kinds=basic economic=";
    let expected = [
        "300.00万元 B04 2024/initial/expenditure funds=general_public".to_string(),
        "240.00万元 B05 2024/initial/expenditure funds=general_public function=201".to_string(),
        "60.00万元 B05 2024/initial/expenditure funds=general_public function=221".to_string(),
        "200.00万元 B05 2024/initial/expenditure funds=general_public kinds=basic".to_string(),
        format!("90.00万元 {basic}30101"),
        format!("50.00万元 {basic}30102"),
        format!("60.00万元 {basic}30201"),
    ];
    assert_eq!(named(&document, &facts), expected);
    assert_eq!(facts.prose.unresolved(), [] as [usize; 0]);
}

#[test]
fn a_sentence_that_is_only_nearly_the_forms_is_not_read_by_it() {
    let (document, facts) = read(&SENTENCES.replace("包括：", "其中主要包括："));
    let items = &named(&document, &facts)[4..];
    assert_eq!(items, ["90.00万元", "50.00万元", "60.00万元"]);
}

#[test]
fn a_wrong_digit_is_found_by_the_table_that_shows_it() {
    let errors = |sentences: &str| {
        let (document, facts) = read(sentences);
        let report = mingzhang_rules::check(&document, &facts);
        let errors = report.findings().filter(|finding| finding.severity == Severity::Error);
        errors.map(|finding| (finding.rule.to_string(), finding.location.quote.clone())).collect::<Vec<_>>()
    };
    // What the short document lacks is an error too, with and without the wrong digit.
    let usual = errors(SENTENCES);
    for (right, wrong, rule) in [
        ("一般公共服务支出240.00万元", "一般公共服务支出240.70万元", "NT005"),
        ("基本支出预算数为200.00万元", "基本支出预算数为207.00万元", "NT005"),
        ("基本工资90.00万元", "基本工资90.70万元", "NT015"),
        ("办公费60.00万元", "办公费66.00万元", "NT015"),
    ] {
        let mut found = errors(&SENTENCES.replace(right, wrong));
        found.retain(|error| !usual.contains(error));
        let printed = wrong.trim_start_matches(|c: char| !c.is_ascii_digit()).to_string();
        assert_eq!(found, [(rule.to_string(), Some(printed))], "{wrong}");
    }
}
