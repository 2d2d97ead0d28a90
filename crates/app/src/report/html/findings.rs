//! The findings of a document as HTML: a card for each, the gravest first, with the ways to its places.

use std::fmt::Write as _;

use mingzhang_model::document::Document;
use mingzhang_model::finding::Finding;
use mingzhang_model::rule::{Rule, Severity};

use super::super::basis_words;
use super::super::full::seen_from;
use super::super::markup::escaped;
use super::document::has_page;
use super::rule_text;
use crate::messages::html::Words;
use crate::messages::{Lang, Message};
use crate::spots::Spots;

/// So many of the places that a finding was compared with are shown at once.
const AT_FIRST: usize = 4;

/// Prints the findings of the document of one number.
pub(super) struct Cards<'a> {
    pub(super) number: usize,
    pub(super) lang: Lang,
    pub(super) words: &'static Words,
    pub(super) document: &'a Document,
    pub(super) findings: &'a [&'a Finding],
    pub(super) spots: &'a Spots,
}

impl Cards<'_> {
    /// The cards, grouped by severity. Numbers are those of the reading order.
    pub(super) fn html(&self) -> String {
        let mut html = String::new();
        for severity in Severity::ALL {
            let these: Vec<(usize, &&Finding)> =
                self.findings.iter().enumerate().filter(|(_, finding)| finding.severity == severity).collect();
            if these.is_empty() {
                continue;
            }
            let heading = self.lang.say(&Message::Heading(severity, these.len()));
            // Writing to a String cannot fail.
            let _ = writeln!(html, "<h3 class=\"{}\">{heading}</h3>", severity.word());
            for (i, finding) in these {
                self.card(&mut html, i, finding);
            }
        }
        html
    }

    /// Which places light up together: those of a finding, when it or its own place is what the address names.
    pub(super) fn style(&self) -> String {
        let mut style = String::new();
        for (i, places) in self.spots.of.iter().enumerate() {
            let finding = format!("d{}f{i}", self.number);
            let own = places.first().and_then(Option::as_ref).map(|spot| spot.id(self.number));
            let own = own.map(|id| format!(",body:has(#{id}:target) .of-{finding}")).unwrap_or_default();
            let _ = writeln!(style, "body:has(#{finding}:target) .of-{finding}{own}{{outline-width:3px}}");
        }
        style
    }

    fn card(&self, html: &mut String, i: usize, finding: &Finding) {
        let labels = self.lang.labels();
        let rule = mingzhang_rules::registry().iter().find(|rule| rule.code == finding.rule);
        let (id, severity) = (format!("d{}f{i}", self.number), finding.severity.word());
        let title = rule.map_or("", |rule| rule.title.as_str());
        let _ = write!(
            html,
            "<article class=\"card {severity}\" id=\"{id}\"><h4><span class=\"tag\">{}</span> {} {}</h4>\
             <p class=\"message\">{}</p><dl>",
            i + 1,
            escaped(&finding.rule),
            escaped(title),
            escaped(&finding.message)
        );
        let href = self.href(i, 0, finding.location.place.page);
        let words =
            if finding.location.words().is_empty() { self.words.to_original.into() } else { finding.location.words() };
        let _ = write!(html, "<dt>{}</dt><dd><a href=\"#{href}\">{}</a></dd>", labels.place, escaped(&words));
        let suggested = finding.culprit.as_ref().map(|culprit| &culprit.suggested);
        let values = [
            (labels.found, finding.found.as_ref(), "found"),
            (labels.expected, finding.expected.as_ref(), "expected"),
            (labels.difference, finding.difference.as_ref(), ""),
            (labels.culprit, suggested.filter(|value| finding.expected.as_ref() != Some(value)), "expected"),
        ];
        for (label, value, class) in values {
            if let Some(value) = value {
                let _ = write!(html, "<dt>{label}</dt><dd class=\"{class}\">{}</dd>", escaped(value));
            }
        }
        self.related(html, i, finding);
        for (label, text) in [(labels.also, finding.also.join("、")), (labels.basis, basis_words(&finding.basis))] {
            if !text.is_empty() {
                let _ = write!(html, "<dt>{label}</dt><dd>{}</dd>", escaped(&text));
            }
        }
        html.push_str("</dl>");
        html.push_str(&self.about(rule));
        html.push_str("</article>\n");
    }

    fn about(&self, rule: Option<&Rule>) -> String {
        let text = rule.map(|rule| rule_text::html(rule, "h5")).filter(|text| !text.is_empty());
        let Some(text) = text else { return String::new() };
        format!("<details><summary>{}</summary><div class=\"rule\">{text}</div></details>", self.words.about_rule)
    }

    fn related(&self, html: &mut String, i: usize, finding: &Finding) {
        let item = |(k, related): (usize, &mingzhang_model::finding::Related)| {
            let href = self.href(i, k + 1, related.location.place.page);
            let quote = related.location.quote.as_deref().unwrap_or_default();
            let words = seen_from(&finding.location, &related.location);
            let quote = if related.label == quote { "" } else { quote };
            format!(
                "<li>{} <b>{}</b> <a href=\"#{href}\">{}</a></li>",
                escaped(&related.label),
                escaped(quote),
                escaped(&words)
            )
        };
        let items: Vec<String> = finding.related.iter().enumerate().map(item).collect();
        if items.is_empty() {
            return;
        }
        let (first, rest) = items.split_at(items.len().min(AT_FIRST));
        let _ = write!(html, "<dt>{}</dt><dd><ul>{}</ul>", self.lang.labels().related, first.concat());
        if !rest.is_empty() {
            let summary = format!("{} {}", self.words.more, rest.len());
            let _ = write!(html, "<details><summary>{summary}</summary><ul>{}</ul></details>", rest.concat());
        }
        html.push_str("</dd>");
    }

    /// The name of a place of a finding; its page, or the document, where nothing closer is known.
    fn href(&self, finding: usize, place: usize, page: Option<u32>) -> String {
        let spot = self.spots.of.get(finding).and_then(|places| places.get(place)?.as_ref());
        match (spot, page) {
            (Some(spot), _) => spot.id(self.number),
            (None, Some(page)) if has_page(self.document, page) => format!("d{}p{page}", self.number),
            _ => format!("d{}original", self.number),
        }
    }
}
