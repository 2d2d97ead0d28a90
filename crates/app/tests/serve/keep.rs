//! The year of a unit: rows typed and pasted, signed by several, registers, explanations, a disclosure from draft to
//! publication by different persons; and what is another unit's.

use mingzhang_testkit::folder::Folder;
use serde_json::Value;

use crate::client::{Answer, Server, Visitor};

const YEAR: &str = "/units/101008/2024";

/// Rows of a table as a form sends them.
fn enter(visitor: &Visitor, at: &str, step: &str, header: &[&str], cells: &[&str]) -> Answer {
    let mut fields = vec![("step", step)];
    fields.extend(header.iter().map(|title| ("header", *title)));
    fields.extend(cells.iter().map(|cell| ("cell", *cell)));
    visitor.post(at, &fields)
}

fn paste(visitor: &Visitor, at: &str, step: &str, block: &str) -> Answer {
    visitor.post(at, &[("step", step), ("paste", block)])
}

/// The line of the budget that the tests pay from: its sums in the overview.
fn line(visitor: &Visitor) -> Value {
    let page = visitor.json(YEAR);
    let lines = page["lines"].as_array().expect("lines").clone();
    let is_it =
        |line: &&Value| line["words"].as_str().is_some_and(|words| words.contains("30201 办公费 项目 P2024-04"));
    lines.iter().find(is_it).expect("the line").clone()
}

const LINE: [&str; 5] = ["资金", "功能科目", "经济科目", "支出类别", "项目编码"];
const OFFICE: [&str; 5] = ["一般公共预算", "2010302", "30201", "项目支出", "P2024-04"];

#[test]
fn a_block_is_pasted_complained_of_put_right_and_entered() {
    let folder = Folder::new("keep-paste");
    let server = Server::demo(&folder, &[]);
    let finance = server.visitor("财政");
    let at = format!("{YEAR}/tables/allotments");
    let block = "资金\t功能科目\t经济科目\t支出类别\t项目编码\t金额\t日期\t文号\n\
        一般公共预算\t2010302\t30201\t项目支出\tP2024-04\t2,0000.00元整\t2024-02-01\t怀财指〔2024〕1号\n\
        一般公共预算\t2010302\t30226\t项目支出\tP2024-04\t30000\t2024-02-01\t怀财指〔2024〕1号\n";
    let refused = paste(&finance, &at, "post", block);
    assert_eq!(refused.status, 422, "{}", refused.text);
    assert!(refused.text.contains("aria-invalid=\"true\""), "the cell is marked");
    assert!(refused.text.contains("2,0000.00元整"), "what was typed is kept");
    assert_eq!(line(&finance)["allotted"], "0.00", "nothing is entered");
    let right = block.replace("2,0000.00元整", "20,000.00");
    let preview = paste(&finance, &at, "preview", &right);
    assert_eq!(preview.status, 200, "{}", preview.text);
    assert!(preview.text.contains("新增"), "{}", preview.text);
    assert_eq!(line(&finance)["allotted"], "0.00", "a preview enters nothing");
    let done = paste(&finance, &at, "post", &right);
    assert_eq!(done.status, 303, "{}", done.text);
    assert_eq!(line(&finance)["allotted"], "20,000.00");
    let page = finance.json(&at);
    assert_eq!(page["count"], 2, "{page}");
    assert_eq!(page["rows"][0]["by"], "财政");
    // Sent again, it changes nothing.
    assert_eq!(paste(&finance, &at, "post", &right).status, 200);
    assert_eq!(finance.json(&at)["count"], 2);
}

/// 20 000 yuan may be paid from the line.
fn allot(server: &Server) {
    let header = [&LINE[..], &["金额", "日期", "文号"]].concat();
    let cells = [&OFFICE[..], &["20000", "2024-02-01", "怀财指〔2024〕1号"]].concat();
    let done = enter(&server.visitor("财政"), &format!("{YEAR}/tables/allotments"), "post", &header, &cells);
    assert_eq!(done.status, 303, "{}", done.text);
}

const PAYMENT: [&str; 5] = ["支付编号", "金额", "日期", "收款人", "经办人"];

fn pay(visitor: &Visitor, amount: &str, day: &str) -> Answer {
    let header = [&LINE[..], &PAYMENT].concat();
    // Whoever the sender names as a hand of the payment is passed over.
    let cells = [&OFFICE[..], &["ZF-1", amount, day, "文具店", "审核"]].concat();
    enter(visitor, &format!("{YEAR}/tables/payments"), "post", &header, &cells)
}

#[test]
fn a_payment_is_one_when_three_have_signed() {
    let folder = Folder::new("keep-signing");
    let server = Server::demo(&folder, &[]);
    allot(&server);
    let [handler, reviewer, cashier] = ["经办", "审核", "出纳"].map(|who| server.visitor(who));
    let todo = "/units/101008/todo";
    // Of another year; more than there is; of nobody who may handle it.
    assert_eq!(pay(&handler, "100", "2023-03-05").status, 422);
    let short = pay(&handler, "20000.01", "2024-03-05");
    assert_eq!(short.status, 422, "{}", short.text);
    assert!(short.text.contains("20,000"), "the refusal says what there is: {}", short.text);
    assert_eq!(pay(&cashier, "100", "2024-03-05").status, 422, "a cashier handles nothing");
    let proposed = pay(&handler, "8000", "2024-03-05");
    assert_eq!((proposed.status, proposed.location.as_str()), (303, todo), "{}", proposed.text);
    assert_eq!(line(&handler)["paid"], "0.00", "one signature is not enough");
    let sign = |who: &Visitor| who.post(&format!("{todo}/1/sign"), &[]);
    assert_eq!(sign(&handler).status, 403, "nobody signs twice");
    assert_eq!(sign(&cashier).status, 403, "and nobody out of turn");
    assert_eq!(server.visitor("广州审核").post(&format!("{todo}/1/sign"), &[]).status, 404);
    let waits = reviewer.json(todo);
    assert_eq!(waits["proposals"][0]["mine"], true, "{waits}");
    assert_eq!(waits["proposals"][0]["slots"][0]["signed"], "经办", "whatever the sender wrote");
    assert_eq!(sign(&reviewer).status, 303);
    assert_eq!(line(&handler)["paid"], "0.00", "nor are two");
    let done = sign(&cashier);
    assert_eq!(done.status, 303, "{}", done.text);
    assert_eq!(line(&handler)["paid"], "8,000.00");
    let payments = handler.json(&format!("{YEAR}/tables/payments"));
    let cells = payments["rows"][0]["cells"].to_string();
    assert!(cells.contains("\"经办\",\"审核\",\"出纳\""), "{cells}");
    let waits = reviewer.json(todo);
    assert_eq!(waits["proposals"], Value::Array(Vec::new()));
    assert_eq!(waits["ended"][0]["how"], "posted");
    assert_eq!(sign(&cashier).status, 403, "it is over");
    // It is taken back with a reason, and stays to be seen.
    let reversal = ["冲销对象", "编号", "原因"];
    let back = format!("{YEAR}/tables/reversals");
    assert_eq!(enter(&reviewer, &back, "post", &reversal, &["支付", "ZF-1", ""]).status, 422);
    assert_eq!(enter(&reviewer, &back, "post", &reversal, &["支付", "ZF-1", "重复报销"]).status, 303);
    assert_eq!(line(&handler)["paid"], "0.00");
    assert_eq!(handler.json(&format!("{YEAR}/tables/payments"))["rows"][0]["reversed"], true);
}

#[test]
fn what_waits_is_sent_back_or_taken_back() {
    let folder = Folder::new("keep-return");
    let server = Server::demo(&folder, &[]);
    allot(&server);
    let [handler, reviewer] = ["经办", "审核"].map(|who| server.visitor(who));
    let todo = "/units/101008/todo";
    assert_eq!(pay(&handler, "1", "2024-03-05").status, 303);
    assert_eq!(reviewer.post(&format!("{todo}/1/withdraw"), &[]).status, 422, "it is not the reviewer's");
    assert_eq!(reviewer.post(&format!("{todo}/1/return"), &[("why", " ")]).status, 422, "a reason is wanted");
    assert_eq!(reviewer.post(&format!("{todo}/1/return"), &[("why", "缺发票")]).status, 303);
    assert_eq!(pay(&handler, "2", "2024-03-05").status, 303);
    assert_eq!(handler.post(&format!("{todo}/2/withdraw"), &[]).status, 303);
    let ended = handler.json(todo)["ended"].clone();
    assert_eq!((&ended[0]["how"], &ended[1]["how"]), (&"withdrawn".into(), &"returned".into()));
    assert_eq!(ended[1]["words"], "缺发票");
    assert_eq!(line(&handler)["paid"], "0.00");
}

#[test]
fn a_register_counts_its_rows_and_rows_are_put_right_with_a_reason() {
    let folder = Folder::new("keep-register");
    let server = Server::demo(&folder, &[]);
    let handler = server.visitor("经办");
    let at = format!("{YEAR}/tables/vehicles");
    let before = handler.json(&at);
    let count = before["count"].as_u64().unwrap();
    assert!(before["figures"].as_array().is_some_and(|figures| !figures.is_empty()), "{before}");
    let header = ["编号", "车辆编号", "品牌型号", "用途类别", "取得方式", "取得日", "车价", "财政拨款开支"];
    let row = |price: &'static str| ["CL-77", "CL-77", "小轿车", "一般公务用车", "购置", "2023-05-04", price, "是"];
    let wrong = enter(&handler, &at, "post", &header, &row("十八万"));
    assert_eq!(wrong.status, 422);
    assert!(wrong.text.contains("value=\"十八万\"") && wrong.text.contains("小轿车"), "what was typed is kept");
    assert_eq!(enter(&handler, &at, "post", &header, &row("180000")).status, 303);
    let after = handler.json(&at);
    assert_eq!(after["count"].as_u64(), Some(count + 1));
    assert_ne!(before["figures"], after["figures"], "what is counted changes with the rows");
    let number = after["rows"][0]["number"].as_u64().unwrap();
    let again = handler.get(&format!("{at}?from={number}"));
    assert!(again.text.contains("value=\"CL-77\""), "the form is filled in");
    let corrected = [&header[..], &["更正原因"]].concat();
    let cells = [&row("190000")[..], &["发票金额"]].concat();
    assert_eq!(enter(&handler, &at, "post", &corrected, &cells).status, 303);
    assert_eq!(handler.json(&at)["count"].as_u64(), Some(count + 1), "a row put right is one row");
    let removal = enter(
        &handler,
        &format!("{YEAR}/tables/removals"),
        "post",
        &["台账", "编号", "原因"],
        &["车辆", "CL-77", "重复登记"],
    );
    assert_eq!(removal.status, 303, "{}", removal.text);
    assert_eq!(handler.json(&at)["count"].as_u64(), Some(count));
}

#[test]
fn a_disclosure_goes_from_draft_to_readers_through_different_hands() {
    let folder = Folder::new("keep-disclosure");
    let server = Server::demo(&folder, &[]);
    let [handler, reviewer, secrecy, head] = ["经办", "审核", "保密", "负责人"].map(|who| server.visitor(who));
    let at = format!("{YEAR}/disclosures/budget");
    let shown = format!("{at}?form=hunan_budget");
    let steps = format!("{at}/steps?form=hunan_budget");
    let step = |who: &Visitor, step: &str, remark: &str| who.post(&steps, &[("step", step), ("remark", remark)]);
    // What a person has to say is asked for with its sentence; without it nothing is drafted.
    let asked = handler.json(&format!("{YEAR}/explanations?publication=budget&form=hunan_budget"));
    let said = asked["places"].as_array().unwrap().iter().find(|place| place["words"] != "").expect("words").clone();
    let (place, words) = (said["place"].as_str().unwrap(), said["words"].as_str().unwrap());
    assert!(said["context"].as_str().unwrap().contains("待填"), "{said}");
    let explain = |words: &str| {
        enter(&handler, &format!("{YEAR}/tables/explanations"), "post", &["位置", "内容"], &[place, words])
    };
    assert_eq!(explain("").status, 303);
    let page = handler.json(&shown);
    assert_eq!(page["lacks"][0]["what"], place, "{page}");
    assert_eq!(step(&handler, "drafted", "").status, 422, "a draft that lacks words is none");
    // Not quite what was said before, so that the file is another one than that of the demonstration.
    assert_eq!(explain(&format!("{words}，其他没有变化")).status, 303);
    let page = handler.json(&shown);
    assert_eq!(page["lacks"], Value::Array(Vec::new()), "{page}");
    assert!(page["findings"].as_array().unwrap().iter().all(|finding| finding["severity"] != "error"), "{page}");
    assert_eq!(page["may"], serde_json::json!(["drafted"]));
    for (format, begin) in [("docx", "PK"), ("pdf", "%PDF"), ("xlsx", "PK"), ("html", "<!DOCTYPE")] {
        let draft = handler.get(&format!("{at}/draft/{format}?form=hunan_budget"));
        assert!(draft.status == 200 && draft.text.starts_with(begin), "{format} {}", draft.status);
    }
    assert_eq!(handler.get(&format!("{at}/draft/exe")).status, 404);
    // The steps, each by whom it belongs to.
    assert_eq!(step(&handler, "signed", "").status, 422, "not out of turn");
    assert_eq!(step(&handler, "drafted", "").status, 303);
    let checked = step(&handler, "checked", "");
    assert_eq!(checked.status, 303, "{}", checked.text);
    assert_eq!(step(&handler, "reviewed", "").status, 422, "a handler reviews nothing");
    assert_eq!(step(&reviewer, "reviewed", "").status, 303);
    assert_eq!(step(&secrecy, "secrecy_reviewed", "").status, 422, "with its number only");
    assert_eq!(step(&secrecy, "secrecy_reviewed", "怀密审〔2024〕5号").status, 303);
    assert_eq!(step(&head, "signed", "").status, 303);
    let open = |who: &Visitor| who.json("/")["open_documents"].as_u64().unwrap();
    let before = open(&handler);
    let published = step(&handler, "published", "https://www.huaihua.gov.cn/ys2024");
    assert_eq!(published.status, 303, "{}", published.text);
    assert_eq!(open(&handler), before + 1, "what is published lies open to readers");
    let page = handler.json(&shown);
    let taken: Vec<&str> = page["steps"].as_array().unwrap().iter().filter_map(|step| step["by"].as_str()).collect();
    assert_eq!(taken, ["经办", "经办", "审核", "保密", "负责人", "经办"]);
    let hash = page["steps"][5]["sha256"].as_str().unwrap();
    let file = handler.get(&format!("{at}/files/{hash}"));
    assert!(file.status == 200 && file.text.starts_with("%PDF"));
    assert_eq!(handler.get(&format!("{at}/files/{}", "0".repeat(64))).status, 404);
    assert!(page["clock"]["published"].is_string(), "{page}");
    let trail = handler.json("/units/101008/trail");
    assert_eq!(trail["entries"][0]["table"], "公开", "{trail}");
    assert!(handler.get("/units/101008/trail.csv").text.contains("已发布"));
}

#[test]
fn a_file_that_does_not_say_what_the_books_say_goes_no_further() {
    let folder = Folder::new("keep-other-file");
    let server = Server::demo(&folder, &[]);
    let handler = server.visitor("经办");
    let at = format!("{YEAR}/disclosures/budget");
    // The disclosure of another office.
    let theirs = "/units/101012/2024/disclosures/budget/draft/pdf?form=hunan_budget";
    let mut answer = handler.agent.get(format!("{}{theirs}", server.base)).call().unwrap();
    assert_eq!(answer.status().as_u16(), 200);
    let bytes = answer.body_mut().read_to_vec().unwrap();
    let steps = format!("{at}/steps?form=hunan_budget");
    let drafted = handler.upload(&steps, &[("step", "drafted")], &[("改过的.pdf", &bytes)]);
    assert_eq!(drafted.status, 303, "{}", drafted.text);
    let checked = handler.post(&steps, &[("step", "checked")]);
    assert_eq!(checked.status, 422, "{}", checked.text);
    assert!(checked.text.contains("与账簿不符"), "{}", checked.text);
    let page = handler.json(&format!("{at}?form=hunan_budget"));
    assert_eq!(page["steps"].as_array().map(Vec::len), Some(1), "it is a draft still");
    let no_pdf = handler.upload(&steps, &[("step", "drafted")], &[("改过的.docx", b"PK")]);
    assert_eq!(no_pdf.status, 400);
}

#[test]
fn rows_of_another_unit_are_refused_and_written_down() {
    let folder = Folder::new("keep-fence");
    let mut server = Server::demo(&folder, &[]);
    let handler = server.visitor("广州经办");
    let block = "单位编码\t年度\t位置\t内容\n140002\t2024\tnone/trips\t没有\n";
    let refused = paste(&handler, "/units/140001/2024/tables/explanations", "post", block);
    assert_eq!(refused.status, 403, "{}", refused.text);
    assert!(refused.text.contains("140002"));
    server.wait_for(|line| line.contains("\"denied\"").then_some(()));
    let csv = "单位编码,年度,位置,内容\n140002,2024,none/trips,没有\n";
    let refused = handler.upload("/units/140001/import", &[("step", "post")], &[("说明.csv", csv.as_bytes())]);
    assert_eq!(refused.status, 403, "{}", refused.text);
    let others =
        ["/units/140002/2024", "/units/140002/todo", "/units/140/2024/tables/budget", "/units/140002/trail.csv"];
    for path in others {
        assert_eq!(handler.get(path).status, 404, "{path}");
    }
    // Those above the unit may write for it.
    let department = server.visitor("经办");
    let done = paste(&department, "/units/140/2024/tables/explanations", "post", block);
    assert_eq!(done.status, 303, "{}", done.text);
}

#[test]
fn a_workbook_is_tried_and_imported_and_its_signatures_are_asked_for() {
    let folder = Folder::new("keep-import");
    let server = Server::demo(&folder, &[]);
    let finance = server.visitor("财政");
    let template = finance.get("/units/101008/templates.xlsx");
    assert!(template.status == 200 && template.text.starts_with("PK"));
    let csv = "单位编码,年度,资金,功能科目,经济科目,支出类别,项目编码,金额,日期,文号\n\
        101008,2024,一般公共预算,2010302,30201,项目支出,P2024-04,5000,2024-02-01,怀财指〔2024〕2号\n";
    let files: [(&str, &[u8]); 1] = [("指标.csv", csv.as_bytes())];
    let tried = finance.upload("/units/101008/import", &[("step", "preview")], &files);
    assert_eq!(tried.status, 200, "{}", tried.text);
    assert_eq!(line(&finance)["allotted"], "0.00");
    let hash = tried.text.split("name=\"known\" value=\"").nth(1).and_then(|rest| rest.get(..64)).expect("the file");
    let post =
        |who: &Visitor, unit: &str| who.post(&format!("/units/{unit}/import"), &[("step", "post"), ("known", hash)]);
    assert_eq!(post(&server.visitor("昆明经办"), "140002").status, 404, "a hash opens nothing of another unit");
    assert_eq!(post(&finance, "101008").status, 303);
    assert_eq!(line(&finance)["allotted"], "5,000.00");
    // Payments of a file wait for their hands, whoever the file names.
    let csv = "支付编号,单位编码,年度,资金,功能科目,经济科目,支出类别,项目编码,金额,日期,经办人,审核人,支付人\n\
        ZF-9,101008,2024,一般公共预算,2010302,30201,项目支出,P2024-04,10,2024-03-01,负责人,审核,出纳\n";
    let files: [(&str, &[u8]); 1] = [("支付.csv", csv.as_bytes())];
    let handler = server.visitor("经办");
    let sent = handler.upload("/units/101008/import", &[("step", "post")], &files);
    assert_eq!((sent.status, sent.location.as_str()), (303, "/units/101008/todo"), "{}", sent.text);
    assert_eq!(line(&finance)["paid"], "0.00");
    let wrong = handler.upload("/units/101008/import", &[("step", "post")], &[("x.csv", b"a,b\n1,2\n")]);
    assert_eq!(wrong.status, 422, "{}", wrong.text);
}

#[test]
fn a_budget_is_made_round_by_round() {
    let folder = Folder::new("keep-rounds");
    let server = Server::demo(&folder, &[]);
    let [handler, reviewer] = ["经办", "审核"].map(|who| server.visitor(who));
    assert_eq!(handler.post("/units/101008/years", &[("year", "2025")]).status, 303);
    assert_eq!(handler.post("/units/101008/years", &[("year", "2025")]).status, 422, "a year begins once");
    let year = "/units/101008/2025";
    let at = format!("{year}/tables/budget");
    let header = ["版本", "资金", "功能科目", "经济科目", "支出类别", "金额"];
    let cells = ["一上", "一般公共预算", "2010301", "30201", "基本支出", "12,000"];
    let preview = enter(&handler, &at, "preview", &header, &cells);
    assert!(preview.text.contains("12,000.00"), "the budget before and after: {}", preview.text);
    assert_eq!(enter(&handler, &at, "post", &header, &cells).status, 303);
    // What was typed is asked for again row by row where more rows are wanted.
    let more = enter(&handler, &at, "more", &header, &cells);
    assert_eq!((more.status, more.text.matches("<tr><th scope=\"row\">").count() >= 6), (200, true));
    let copied = |from: &str, to: &str| handler.post(&format!("{year}/versions"), &[("from", from), ("to", to)]);
    assert_eq!(copied("first_submission", "second_submission").status, 303);
    assert_eq!(copied("first_submission", "best_submission").status, 400);
    let page = handler.json(year);
    let totals: Vec<&str> =
        page["versions"].as_array().unwrap().iter().filter_map(|one| one["total"].as_str()).collect();
    assert_eq!(totals, ["12,000.00", "12,000.00"], "{page}");
    // The head of the unit submits it after the handler prepared it.
    let freeze = enter(
        &handler,
        &format!("{year}/tables/versions"),
        "post",
        &["版本", "文号", "日期"],
        &["一上", "联络处〔2024〕9号", "2024-11-30"],
    );
    assert_eq!(freeze.status, 303, "{}", freeze.text);
    let todo = "/units/101008/todo/1";
    assert_eq!(reviewer.post(&format!("{todo}/sign"), &[]).status, 403, "a reviewer submits no budget");
    assert_eq!(server.visitor("负责人").post(&format!("{todo}/sign"), &[]).status, 303);
    assert_eq!(handler.json(year)["versions"][0]["document"], "联络处〔2024〕9号");
    assert_eq!(enter(&handler, &at, "post", &header, &[&cells[..5], &["1"]].concat()).status, 422, "it is frozen");
}

#[test]
fn a_block_that_is_far_too_wide_is_refused() {
    let folder = Folder::new("keep-wide");
    let server = Server::demo(&folder, &[]);
    let handler = server.visitor("经办");
    let at = format!("{YEAR}/tables/explanations");
    let block = format!("位置{}\n{}", "\t".repeat(500_000), "a\n".repeat(900));
    let answer = paste(&handler, &at, "preview", &block);
    assert_eq!(answer.status, 400, "{}", answer.text);
}

#[test]
fn what_readers_would_be_refused_is_refused_before_the_step_is_taken() {
    let folder = Folder::new("keep-place");
    let server = Server::demo(&folder, &[]);
    let steps = format!("{YEAR}/disclosures/budget/steps?form=hunan_budget");
    let take = |who: &str, step: &str, remark: &str, place: &str| {
        server.visitor(who).post(&steps, &[("step", step), ("remark", remark), ("place", place)]).status
    };
    for (who, step, remark) in [
        ("经办", "drafted", ""),
        ("经办", "checked", ""),
        ("审核", "reviewed", ""),
        ("保密", "secrecy_reviewed", "怀密审〔2024〕5号"),
        ("负责人", "signed", ""),
    ] {
        assert_eq!(take(who, step, remark, ""), 303, "{step}");
    }
    let address = "https://www.huaihua.gov.cn/ys2024";
    assert_eq!(take("经办", "published", address, &"长".repeat(501)), 422);
    assert_eq!(take("经办", "published", address, "湖南省怀化市"), 303, "the step was not taken before");
}
