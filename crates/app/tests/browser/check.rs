//! A reviewer brings files, looks at what was found, says what they think of it, and compares a corrected version.

use std::io::Write;

use mingzhang_testkit::folder::Folder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::page::Browser;

const FAULTY: &str = include_str!("../../../../examples/yunlu_archives_2025_budget_with_mistakes.txt");
const CLEAN: &str = include_str!("../../../../examples/yunlu_archives_2025_budget.txt");

pub(crate) fn walk(browser: &mut Browser, folder: &Folder) {
    browser.goto("/");
    browser.keep("first");
    browser.sign_in("检查");
    the_batch_of_the_demonstration(browser);
    a_batch_of_ones_own(browser, folder);
}

fn the_batch_of_the_demonstration(browser: &mut Browser) {
    browser.goto("/checks/1");
    browser.wait_for("不通过 1");
    browser.keep("batch");
    browser.press("错误示范");
    browser.keep("document");
    // A finding brings its pages, with both sides marked.
    browser.click("li.finding a.to");
    assert!(browser.path().contains("finding=1"), "{}", browser.path());
    assert!(browser.has("svg.drawn a.mark.here") && browser.has("svg.drawn a.mark.there"), "both sides are marked");
    browser.keep("finding");
    // The rule is one click away.
    browser.click("li.finding.chosen .head a");
    assert!(browser.path().starts_with("/rules/"), "{}", browser.path());
    browser.keep("rule");
}

fn a_batch_of_ones_own(browser: &mut Browser, folder: &Folder) {
    let archive = folder.join("公开文件.zip");
    let mut writer = ZipWriter::new(std::fs::File::create(&archive).expect("an archive"));
    writer.start_file("云麓区档案馆.txt", SimpleFileOptions::default()).expect("a file in it");
    writer.write_all(FAULTY.as_bytes()).expect("written");
    writer.finish().expect("a whole archive");
    let corrected = folder.join("云麓区档案馆（更正）.txt");
    std::fs::write(&corrected, CLEAN).expect("a corrected version");

    browser.goto("/checks");
    browser.fill("#name", "云麓区公开检查");
    browser.fill("#files", archive.to_str().expect("a path"));
    browser.press("上传并检查");
    browser.wait_for("云麓区档案馆.txt");
    browser.wait_for("不通过 1");
    let batch = browser.path();
    browser.press("云麓区档案馆.txt");
    browser.keep("text");
    // To dismiss a finding needs a reason.
    browser.unfold("li.finding summary");
    browser.fill("li.finding input[name=reason]", "口径不同，已核对");
    browser.click("li.finding button[value=dismissed]");
    assert!(browser.text().contains("不成立"), "{}", browser.text());
    // The corrected version.
    browser.fill("#corrected", corrected.to_str().expect("a path"));
    browser.press("上传并对照");
    browser.wait_for("已改正");
    browser.keep("compared");
    // A link for others.
    browser.goto(&batch);
    browser.press("生成分享链接");
    let link = browser.text().split_whitespace().find(|word| word.contains("/shared/")).expect("a link").to_owned();
    browser.sign_out();
    browser.goto(&link);
    assert!(browser.text().contains("云麓区公开检查"), "{}", browser.text());
    browser.keep("shared");
}
