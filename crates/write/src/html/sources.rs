//! What the numbers rest on: an appendix of evidence, and of the lines of the ledger and rows of registers behind it.
//!
//! A line that makes up many numbers stands here once. Lists that would be too long to read end with their count.

use super::escape::{line, text};
use crate::manuscript::{Evidence, Part};
use std::collections::BTreeMap;

/// The anchor of the appendix.
pub(super) const ID: &str = "sources";
/// The words over it.
pub(super) const TITLE: &str = "数据来源";

/// Of more places than this only the count is said.
const MAX_PLACES: usize = 8;
/// Of more stretches of entries than this only the count is said.
const MAX_STRETCHES: usize = 40;

/// Where each piece of evidence is used.
pub(super) struct Uses {
    all: Vec<Used>,
    links: usize,
}

/// The places of one piece of evidence.
#[derive(Clone, Default)]
struct Used {
    /// The anchors of the first places, and where they are in words.
    places: Vec<(usize, String)>,
    count: usize,
}

impl Uses {
    pub(super) fn new(evidence: usize) -> Uses {
        Uses { all: vec![Used::default(); evidence], links: 0 }
    }

    /// Text that leads to what it rests on, where it rests on anything.
    pub(super) fn linked(&mut self, html: String, evidence: Option<usize>, place: impl FnOnce() -> String) -> String {
        let used = evidence.and_then(|index| Some((index, self.all.get_mut(index)?)));
        let Some((index, used)) = used.filter(|_| !html.is_empty()) else { return html };
        used.count += 1;
        if used.count > MAX_PLACES {
            return format!("<a class=\"n\" href=\"#e{index}\">{html}</a>");
        }
        self.links += 1;
        used.places.push((self.links, place()));
        format!("<a class=\"n\" id=\"n{}\" href=\"#e{index}\">{html}</a>", self.links)
    }
}

/// The lines and rows behind the numbers, each once, whatever it gave to which number.
struct Parts<'e> {
    /// In the order of their first appearance.
    distinct: Vec<&'e Part>,
    /// For each, which evidence it is part of.
    used: Vec<Vec<usize>>,
    index: BTreeMap<(&'e str, &'e [u64]), usize>,
}

impl<'e> Parts<'e> {
    fn of(evidence: &'e [Evidence]) -> Parts<'e> {
        let mut parts = Parts { distinct: Vec::new(), used: Vec::new(), index: BTreeMap::new() };
        for (number, evidence) in evidence.iter().enumerate() {
            for part in &evidence.parts {
                let at = *parts.index.entry((&part.what, &part.entries)).or_insert(parts.distinct.len());
                if at == parts.distinct.len() {
                    parts.distinct.push(part);
                    parts.used.push(Vec::new());
                }
                if parts.used[at].last() != Some(&number) {
                    parts.used[at].push(number);
                }
            }
        }
        parts
    }

    fn at(&self, part: &'e Part) -> usize {
        self.index.get(&(part.what.as_str(), part.entries.as_slice())).copied().unwrap_or(0)
    }
}

/// The appendix; nothing where there is no evidence.
pub(super) fn section(evidence: &[Evidence], uses: &Uses) -> String {
    if evidence.is_empty() {
        return String::new();
    }
    let parts = Parts::of(evidence);
    let mut out = format!(
        "<section id=\"{ID}\" class=\"sources\" aria-labelledby=\"{ID}-title\">\n<h2 id=\"{ID}-title\">{TITLE}</h2>\n\
         <p class=\"note\">正文和表中的数字都可以点开，看它由哪些账目组成。打印时不印本部分。</p>\n\
         <h3>数字的组成</h3>\n<ol class=\"evidence\">\n"
    );
    for (number, (evidence, used)) in evidence.iter().zip(&uses.all).enumerate() {
        out.push_str(&item(number, evidence, used, &parts));
    }
    out.push_str("</ol>\n");
    if !parts.distinct.is_empty() {
        out.push_str(&table(evidence, &parts));
    }
    out.push_str("</section>\n");
    out
}

fn item(number: usize, evidence: &Evidence, used: &Used, parts: &Parts) -> String {
    let mut out = format!("<li id=\"e{number}\" tabindex=\"-1\"><p class=\"what\">{}</p>\n", text(&evidence.what));
    if !evidence.parts.is_empty() {
        out.push_str("<ul>\n");
        for part in &evidence.parts {
            let (at, what, amount) = (parts.at(part), text(&part.what), text(&part.amount));
            out.push_str(&format!("<li><a href=\"#p{at}\">{what}</a> <span class=\"amount\">{amount}</span></li>\n"));
        }
        out.push_str("</ul>\n");
    }
    if used.count > 0 {
        let place = |(id, place): &(usize, String)| format!("<a href=\"#n{id}\">{}</a>", line(place));
        let places: Vec<String> = used.places.iter().map(place).collect();
        out.push_str(&format!("<p class=\"back\">见于：{}</p>\n", limited(places, used.count, "处")));
    }
    out.push_str("</li>\n");
    out
}

fn table(evidence: &[Evidence], parts: &Parts) -> String {
    let mut out = String::from(
        "<h3 id=\"lines\">账目明细</h3>\n<div class=\"box\" role=\"region\" aria-labelledby=\"lines\" tabindex=\"0\">\n\
         <table class=\"lines\">\n<caption class=\"unseen\">组成数字的账目和台账行</caption>\n<thead><tr><th scope=\"col\">序号</th>\
         <th scope=\"col\">账目或台账行</th><th scope=\"col\">分录号</th><th scope=\"col\">用于</th></tr></thead>\n<tbody>\n",
    );
    for (at, (part, used)) in parts.distinct.iter().zip(&parts.used).enumerate() {
        let link = |number: &usize| format!("<a href=\"#e{number}\">{}</a>", line(&evidence[*number].what));
        let links = used.iter().take(MAX_PLACES).map(link).collect();
        out.push_str(&format!(
            "<tr id=\"p{at}\"><td class=\"c\">{}</td><th class=\"r\" scope=\"row\">{}</th>\
             <td class=\"w\">{}</td><td class=\"w\">{}</td></tr>\n",
            at + 1,
            text(&part.what),
            stretches(&part.entries),
            limited(links, used.len(), "个数字"),
        ));
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
    out
}

/// Words one after the other, and the count of all where some were left out.
fn limited(words: Vec<String>, count: usize, unit: &str) -> String {
    let more = if count > words.len() { format!(" 等{count}{unit}") } else { String::new() };
    words.join("、") + &more
}

/// Ascending numbers with those in a row drawn together: 12–14、40.
fn stretches(numbers: &[u64]) -> String {
    let mut stretches: Vec<(u64, u64)> = Vec::new();
    for &number in numbers {
        match stretches.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(number) => *last = number,
            Some((_, last)) if *last == number => {}
            _ => stretches.push((number, number)),
        }
    }
    let written = |&(first, last): &(u64, u64)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}、{last}"),
        _ => format!("{first}–{last}"),
    };
    let words = stretches.iter().take(MAX_STRETCHES).map(written).collect();
    match stretches.len() {
        ..=MAX_STRETCHES => limited(words, 0, ""),
        _ => limited(words, numbers.len().max(MAX_STRETCHES + 1), "笔"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_a_row_are_drawn_together() {
        assert_eq!(stretches(&[12, 13, 14, 40]), "12–14、40");
        assert_eq!(stretches(&[1, 2, 4, 4, 5, 6, u64::MAX]), format!("1、2、4–6、{}", u64::MAX));
        assert_eq!(stretches(&[]), "");
    }

    #[test]
    fn what_is_too_long_to_read_ends_with_its_count() {
        let odd: Vec<u64> = (0..100).map(|i| i * 2 + 1).collect();
        let written = stretches(&odd);
        assert!(written.ends_with("、79 等100笔"), "{written}");
        let mut uses = Uses::new(1);
        let links: Vec<String> = (0..20).map(|_| uses.linked("1".into(), Some(0), || "表".into())).collect();
        assert!(links[7].contains("id=\"n8\"") && !links[8].contains("id="));
        let evidence = [Evidence { what: "甲".into(), parts: Vec::new() }];
        assert!(section(&evidence, &uses).contains(" 等20处</p>"));
    }

    #[test]
    fn a_number_without_evidence_is_no_link() {
        let mut uses = Uses::new(1);
        assert_eq!(uses.linked("1".into(), None, String::new), "1");
        assert_eq!(uses.linked("1".into(), Some(7), String::new), "1");
        assert_eq!(uses.linked(String::new(), Some(0), String::new), "");
    }
}
