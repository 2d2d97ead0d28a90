//! A citizen looks for an office, sees where its money comes from and goes, compares it with another, and opens the
//! page that prints a number.

use crate::page::Browser;

pub(crate) fn walk(browser: &mut Browser) {
    browser.goto("/read");
    browser.wait_for("怀化市人民政府办公室");
    browser.keep("search");
    browser.fill("main form input[type=search], main form input[name=words]", "怀化 北京");
    browser.click("main form button");
    assert!(
        !browser.text().contains("株洲市人民政府驻北京联络处"),
        "only what is looked for is there:\n{}",
        browser.text()
    );
    browser.press("怀化市人民政府驻北京联络处");
    assert!(browser.path().starts_with("/read/bodies/"), "{}", browser.path());
    assert!(browser.has("svg"), "there are pictures");
    browser.keep("body");
    // A number opens the page that prints it, with a mark on it.
    browser.click("main table a[href*='/read/documents/']");
    assert!(browser.path().starts_with("/read/documents/"), "{}", browser.path());
    assert!(browser.has("svg.drawn #here"), "the number is marked");
    browser.keep("place");
    browser.goto("/read/items");
    browser.keep("items");
    browser.goto("/read/items/three_public?year=2024");
    assert!(browser.text().contains("上海市人民政府合作交流办公室"), "{}", browser.text());
    browser.keep("item");
    browser.goto("/read/compare");
    browser.keep("compare");
}
