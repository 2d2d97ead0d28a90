//! The year of a unit through several hands: money is allotted, a payment is signed by three, a register gets a row,
//! and the disclosure goes from draft to publication.

use crate::page::Browser;

const YEAR: &str = "/units/101008/2024";

/// The line of the budget that money is paid from.
const LINE: [(&str, &str); 5] = [
    ("资金", "一般公共预算"),
    ("功能科目", "2010302"),
    ("经济科目", "30201"),
    ("支出类别", "项目支出"),
    ("项目编码", "P2024-04"),
];

pub(crate) fn walk(browser: &mut Browser) {
    money_is_allotted_from_a_pasted_block(browser);
    a_payment_goes_through_three_hands(browser);
    a_register_gets_a_row(browser);
    the_disclosure_is_written_and_published(browser);
}

fn money_is_allotted_from_a_pasted_block(browser: &mut Browser) {
    browser.sign_in("财政");
    browser.goto("/units");
    browser.keep("units");
    browser.goto(&format!("{YEAR}/tables/allotments"));
    let line = LINE.map(|(_, words)| words).join("\t");
    let line = line.replacen('\t', "\t\t", 1);
    browser.unfold("details:has(#paste) > summary");
    if browser.paste("#paste", &format!("{line}\t\t两万\t2024-02-01\t怀财指〔2024〕1号")) {
        browser.press("放入表格并检查");
    } else {
        for (label, words) in
            LINE.into_iter().chain([("金额", "两万"), ("日期", "2024-02-01"), ("文号", "怀财指〔2024〕1号")])
        {
            browser.enter(label, words);
        }
        browser.click("form.entry button[value=post]");
    }
    assert!(browser.has("[aria-invalid=true]"), "the cell is marked:\n{}", browser.text());
    browser.keep("complaint");
    browser.fill("[aria-invalid=true]", "20000");
    browser.click("form button[name=step][value=post]");
    browser.goto(YEAR);
    assert!(browser.text().contains("20,000.00"), "{}", browser.text());
    browser.sign_out();
}

fn a_payment_goes_through_three_hands(browser: &mut Browser) {
    browser.sign_in("经办");
    browser.goto(&format!("{YEAR}/tables/payments"));
    let own = [("支付编号", "ZF-1"), ("金额", "8000"), ("日期", "2024-03-05"), ("收款人", "文具店")];
    for (label, words) in LINE.into_iter().chain(own) {
        browser.enter(label, words);
    }
    browser.keep("payment");
    browser.click("form.entry button[value=post]");
    assert!(browser.path().starts_with("/units/101008/todo"), "{}\n{}", browser.path(), browser.text());
    browser.sign_out();
    for who in ["审核", "出纳"] {
        browser.sign_in(who);
        browser.goto("/units/101008/todo");
        browser.keep("todo");
        browser.click("form[action$='/sign'] button");
        browser.goto(YEAR);
        let is_paid = browser.text().contains("8,000.00 12,000.00") || browser.text().contains("1,301,900.00");
        assert_eq!(is_paid, who == "出纳", "{}", browser.text());
        browser.sign_out();
    }
}

fn a_register_gets_a_row(browser: &mut Browser) {
    browser.sign_in("经办");
    browser.goto(&format!("{YEAR}/tables"));
    browser.keep("tables");
    browser.goto(&format!("{YEAR}/tables/vehicles"));
    let row = [
        ("编号", "CL-77"),
        ("车辆编号", "CL-77"),
        ("品牌型号", "小轿车"),
        ("用途类别", "一般公务用车"),
        ("取得方式", "购置"),
        ("取得日", "2023-05-04"),
        ("车价", "180000"),
        ("财政拨款开支", "是"),
    ];
    for (label, words) in row {
        browser.enter(label, words);
    }
    browser.click("form.entry button[value=post]");
    assert!(browser.text().contains("CL-77"), "{}", browser.text());
    browser.keep("register");
    // The example office has one vehicle; what was entered for the look of it is taken back.
    browser.goto(&format!("{YEAR}/tables/removals"));
    for (label, words) in [("台账", "车辆"), ("编号", "CL-77"), ("原因", "重复登记")] {
        browser.enter(label, words);
    }
    browser.click("form.entry button[value=post]");
}

fn the_disclosure_is_written_and_published(browser: &mut Browser) {
    let at = format!("{YEAR}/disclosures/budget?form=hunan_budget");
    browser.goto(&format!("{YEAR}/explanations?publication=budget&form=hunan_budget"));
    browser.keep("explanations");
    browser.goto(&at);
    browser.keep("draft");
    for (who, step, remark) in [
        ("经办", "drafted", ""),
        ("经办", "checked", ""),
        ("审核", "reviewed", ""),
        ("保密", "secrecy_reviewed", "怀密审〔2024〕5号"),
        ("负责人", "signed", ""),
        ("经办", "published", "https://www.huaihua.gov.cn/ys2024"),
    ] {
        browser.sign_out();
        browser.sign_in(who);
        browser.goto(&at);
        let form = format!("form.step:has(input[name=step][value={step}])");
        if !remark.is_empty() {
            browser.fill(&format!("{form} [name=remark]"), remark);
        }
        browser.click(&format!("{form} button"));
    }
    browser.goto(&at);
    assert!(browser.text().contains("已发布"), "{}", browser.text());
    browser.keep("published");
    browser.goto("/units/101008/trail");
    assert!(browser.text().contains("已发布"), "{}", browser.text());
    browser.keep("trail");
    browser.sign_out();
}
