//! The report in HTML, parsed back: it is balanced, loads nothing, and every way in it leads somewhere.

mod program;

use std::collections::HashSet;

use program::{Desk, clean, faulty};
use roxmltree::{Document, Node, ParsingOptions};

fn page(desk: &Desk, arguments: &[&str]) -> String {
    let done = desk.run(&[&["check", "--output-format", "html"], arguments].concat());
    assert!(done.stdout.starts_with("<!DOCTYPE html>"), "{}{}", done.stdout, done.stderr);
    done.stdout
}

/// The page as XML: it parses only if every tag is closed.
fn parsed(page: &str) -> Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(page, options).unwrap_or_else(|error| panic!("{error}"))
}

fn text(node: Node<'_, '_>) -> String {
    node.descendants().filter_map(|n| if n.is_text() { n.text() } else { None }).collect()
}

/// Nothing is loaded or run, names are unique, and what is linked exists.
fn sound(page: &str) {
    let document = parsed(page);
    let elements = || document.descendants().filter(Node::is_element);
    let ids: Vec<&str> = elements().filter_map(|node| node.attribute("id")).collect();
    let unique: HashSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len());
    for node in elements() {
        let tag = node.tag_name().name();
        assert!(!["script", "img", "link", "iframe", "object", "form", "base"].contains(&tag), "{tag}");
        for attribute in node.attributes() {
            let name = attribute.name();
            assert!(!name.starts_with("on") && !["src", "style", "srcset"].contains(&name), "{name}");
            assert!(!attribute.value().contains("http"), "{name}={}", attribute.value());
        }
        if let Some(href) = node.attribute("href") {
            let id = href.strip_prefix('#').unwrap_or_else(|| panic!("{href} leads away"));
            assert!(unique.contains(id), "{href} leads nowhere");
        }
    }
    let styles = elements().filter(|node| node.has_tag_name("style")).map(text).collect::<String>();
    assert!(!styles.contains("url(") && !styles.contains("@import"));
}

fn by_class<'a, 'd>(document: &'a Document<'d>, class: &str) -> Vec<Node<'a, 'd>> {
    let has = |node: &Node<'_, '_>| node.attribute("class").is_some_and(|all| all.split(' ').any(|one| one == class));
    document.descendants().filter(has).collect()
}

#[test]
fn each_finding_leads_to_both_sides() {
    let desk = Desk::new("html").with("a.txt", &faulty());
    let page = page(&desk, &["a.txt", "--select", "HI,TA,LA,XB"]);
    sound(&page);
    let document = parsed(&page);
    let cards = by_class(&document, "card");
    assert_eq!(cards.len(), 3);
    let here: Vec<String> =
        by_class(&document, "here").iter().filter(|node| node.has_tag_name("td")).map(|n| text(*n)).collect();
    assert_eq!(here, ["10,340,0001", "1,520,0002", "8.003"]);
    let there = by_class(&document, "there").into_iter().filter(|node| node.has_tag_name("td"));
    let of_second: Vec<String> =
        there.filter(|node| node.attribute("class").is_some_and(|c| c.contains("of-d0f1"))).map(text).collect();
    assert_eq!(of_second, ["1,650,000", "400,000", "1,250,000"]);
    let second = text(cards[1]);
    for part in ["TA007 支出总表行合计", "实为1,520,000", "应为1,250,000", "规则说明", "预算法实施条例"]
    {
        assert!(second.contains(part), "{part}: {second}");
    }
    // The whole document is there.
    let all = text(document.root_element());
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    for word in faulty().lines().flat_map(words) {
        assert!(all.contains(&word), "{word}");
    }
}

#[test]
fn several_documents_have_a_list_on_top() {
    let desk = Desk::new("html-several").with("a.txt", &faulty()).with("b.txt", &clean()).with("c.txt", "");
    let page = page(&desk, &["a.txt", "b.txt", "c.txt"]);
    sound(&page);
    let document = parsed(&page);
    let nav = document.descendants().find(|node| node.has_tag_name("nav")).expect("a list of documents");
    // Three files, and the two of one body and year together.
    assert_eq!(nav.descendants().filter(|node| node.has_tag_name("a")).count(), 4);
    assert_eq!(by_class(&document, "document").len(), 4);
    assert!(text(nav).contains("无法读取，因为文件是空的"));
}

#[test]
fn hostile_text_stays_text() {
    let hostile = "<script>alert(1)</script>\"><img src=http://x onerror='alert(1)'>&amp;</td></table></style>";
    let body = faulty().replace("云麓区档案馆", hostile).replace("行政运行", "<b onclick=x>");
    let desk = Desk::new("html-hostile").with("<i>&\"'.txt", &body);
    let page = page(&desk, &["<i>&\"'.txt"]);
    sound(&page);
    let document = parsed(&page);
    assert!(text(document.root_element()).contains(hostile), "{page}");
    assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
}

#[test]
fn what_a_person_answered_for_is_shown_on_demand() {
    let entry = "[[suppress]]\nrule = 'TA027'\ndocument = '*'\nreason = '<已说明>'\nby = '王'\nuntil = 2026-06-30\n";
    let desk = Desk::new("html-aside").with("a.txt", &faulty()).with("mingzhang.toml", entry);
    let without = page(&desk, &["a.txt"]);
    assert!(!without.contains("已说明"));
    let with = page(&desk, &["a.txt", "--show-all"]);
    sound(&with);
    assert!(with.contains("王 豁免至 2026-06-30：&lt;已说明&gt;"));
}
