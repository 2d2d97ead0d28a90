//! One file to read without a network and without a program: each document beside its findings, each finding
//! linked to its place, and both sides of a contradiction marked there.
//!
//! Everything that comes from a file is escaped; there is no script, and the page forbids itself to load
//! anything. The markup is XML as well, so that a test can parse it.

mod document;
mod findings;
mod rule_text;

use std::fmt::Write as _;
use std::io::{self, Write};

use mingzhang_model::document::{Document, Format};
use mingzhang_model::finding::Finding;

use super::concise::undecided;
use super::markup::escaped;
use super::{Closing, Extent, Reporter, in_order_of_place};
use crate::messages::html::{Words, words};
use crate::messages::{Lang, Message};
use crate::pipeline::{Checked, Checkup, Detail, Sheet};
use crate::spots::Spots;
use crate::tally::{Standing, Tally};
use crate::together::{Member, Together};
use document::Original;
use findings::Cards;

pub(crate) use rule_text::html as rule_html;

const STYLE: &str = include_str!("style.css");

/// The page may use its own style, and load nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// One document with the places of findings marked, and for each finding the name of its place. A mark leads to
/// `#d0f0` for the first finding, and so on.
pub(crate) fn original(sheet: &Sheet, findings: &[&Finding], lang: Lang) -> (String, Vec<Option<String>>) {
    let spots = Spots::find(&sheet.document, findings);
    let html = Original { number: 0, lang, words: words(lang), spots: &spots }.html(sheet);
    let anchors = spots.of.iter().map(|found| found.iter().flatten().next().map(|spot| spot.id(0)));
    (html, anchors.collect())
}

/// Prints one page, when every document was checked: their list stands on top.
pub(crate) struct Html {
    lang: Lang,
    extent: Extent,
    words: &'static Words,
    style: String,
    index: String,
    sections: String,
    /// How many documents the run has, and how many were printed.
    expected: usize,
    documents: usize,
}

impl Html {
    /// A reporter that has printed nothing yet.
    pub(crate) fn new(lang: Lang, extent: Extent) -> Html {
        let (style, index, sections) = (STYLE.to_owned(), String::new(), String::new());
        Html { lang, extent, words: words(lang), style, index, sections, expected: 0, documents: 0 }
    }

    fn index_row(&mut self, path: &str, name: &str, standing: Standing, verdict: &str) {
        let (n, path, name, verdict) = (self.documents, escaped(path), escaped(name), escaped(verdict));
        let file = if name == path { String::new() } else { format!("<br/><small>{path}</small>") };
        // Writing to a String cannot fail.
        let _ = writeln!(
            self.index,
            "<tr><td><a href=\"#d{n}\">{name}</a>{file}</td><td class=\"{}\">{verdict}</td></tr>",
            class(standing)
        );
    }

    fn head(&self, path: &str, name: &str, standing: Standing, verdict: &str, facts: &[String]) -> String {
        let facts = facts.iter().map(|fact| format!("<p class=\"facts\">{}</p>", escaped(fact))).collect::<String>();
        let (name, path) = (escaped(name), escaped(path));
        let path = if name == path { String::new() } else { format!("<p class=\"facts\">{path}</p>") };
        // The verdict on the only document is that on the run, which stands on top.
        let verdict = match (self.expected, standing) {
            (1, Standing::Passed | Standing::Failed) => String::new(),
            _ => format!("<p class=\"verdict {}\">{}</p>", class(standing), escaped(verdict)),
        };
        format!("<div class=\"head\"><h2>{name}</h2>{path}{facts}{verdict}</div>\n")
    }

    /// What the document is, what was read of it, and what was not.
    fn facts(&self, checkup: &Checkup) -> Vec<String> {
        let disclosure = &checkup.disclosure;
        let say = |message| self.lang.say(&message);
        let mut parts = vec![say(Message::Disclosure { year: disclosure.year, kind: disclosure.kind })];
        parts.extend(disclosure.form.map(|form| say(Message::Form(form))));
        parts.push(say(Message::Extent { tables: checkup.tables.len(), facts: checkup.facts }));
        parts.extend(checkup.by_words.then(|| say(Message::ByWords(checkup.coverage))));
        let proofs = [checkup.proofs.proven, checkup.proofs.unproven, checkup.proofs.contradicted];
        let proofs = self.words.proofs.iter().zip(proofs).map(|(word, n)| format!("{word} {n}"));
        parts.extend(proofs);
        let mut lines = vec![parts.join(" · ")];
        if !checkup.missing.is_empty() {
            let missing: Vec<&str> = checkup.missing.iter().map(|missing| missing.title).collect();
            lines.push(format!("{}：{}", self.words.missing, missing.join("、")));
        }
        for note in &checkup.notes {
            let page = note.place.page.map(|page| say(Message::Page(page)));
            let words = say(Message::Reading(note.kind, 1));
            lines.push([self.lang.labels().reading.to_owned(), page.unwrap_or_default(), words].join(" "));
        }
        lines.dedup();
        lines
    }

    fn section(&mut self, checked: &Checked, checkup: &Checkup, sheet: &Sheet, standing: Standing) {
        let n = self.documents;
        let name = checkup.disclosure.body.clone().unwrap_or_else(|| file_name(&checked.path));
        let verdict = match standing {
            Standing::Undecided => self.lang.say(&undecided(checkup)),
            _ => self.lang.say(&Message::Verdict(standing, &checkup.tally)),
        };
        self.index_row(&checked.path, &name, standing, &verdict);
        let findings = in_order_of_place(checkup);
        let spots = Spots::find(&sheet.document, &findings);
        let (lang, words) = (self.lang, self.words);
        let document = &sheet.document;
        let cards = Cards { number: n, lang, words, document, findings: &findings, spots: &spots };
        self.style.push_str(&cards.style());
        let original = Original { number: n, lang, words, spots: &spots }.html(sheet);
        let head = self.head(&checked.path, &name, standing, &verdict, &self.facts(checkup));
        let found = self.found(&cards, &findings, checkup, standing);
        let [here, there] = words.legend;
        let legend = format!("<span class=\"here\">{here}</span> <span class=\"there\">{there}</span>");
        let legend = if findings.is_empty() { String::new() } else { format!("<p class=\"legend\">{legend}</p>") };
        let _ = writeln!(
            self.sections,
            "<section class=\"document\" id=\"d{n}\">{head}<div class=\"sides\">\
             <aside class=\"findings\" aria-label=\"{}\">{found}</aside>\n\
             <div class=\"original\" id=\"d{n}original\" role=\"region\" aria-label=\"{}\">{legend}{original}</div>\
             </div></section>",
            words.findings, words.original
        );
    }

    /// Documents that belong together: the findings about several of them, beside the list of the documents.
    fn together(&mut self, together: &Together, standing: Standing) {
        let Some(checkup) = together.checkup() else { return };
        let (n, words) = (self.documents, self.words);
        let name = self.lang.say(&Message::Together { body: together.body(), documents: together.members.len() });
        let verdict = match standing {
            Standing::Undecided => self.lang.say(&Message::NothingTogether),
            _ => self.lang.say(&Message::Verdict(standing, &checkup.tally)),
        };
        self.index_row(&name, &name, standing, &verdict);
        let findings = in_order_of_place(checkup);
        // The places stand in several documents, so the cards lead to their list.
        let document = Document { format: Format::Text, pages: Vec::new(), blocks: Vec::new(), notes: Vec::new() };
        let spots = Spots::find(&document, &findings);
        let cards =
            Cards { number: n, lang: self.lang, words, document: &document, findings: &findings, spots: &spots };
        let head = self.head(&name, &name, standing, &verdict, &[]);
        let found = self.found(&cards, &findings, checkup, standing);
        let item = |member: &Member| format!("<li>{}</li>", escaped(&member.path));
        let list: String = together.members.iter().map(item).collect();
        let _ = writeln!(
            self.sections,
            "<section class=\"document\" id=\"d{n}\">{head}<div class=\"sides\">\
             <aside class=\"findings\" aria-label=\"{}\">{found}</aside>\n\
             <div class=\"original\" id=\"d{n}original\" role=\"region\" aria-label=\"{}\"><ul>{list}</ul></div>\
             </div></section>",
            words.findings, words.documents
        );
    }

    fn found(&self, cards: &Cards<'_>, findings: &[&Finding], checkup: &Checkup, standing: Standing) -> String {
        let mut html =
            format!("<p class=\"skip\"><a href=\"#d{}original\">{}</a>", self.documents, self.words.to_original);
        if self.expected > 1 {
            let _ = write!(html, " · <a class=\"back\" href=\"#top\">{}</a>", self.words.to_top);
        }
        html.push_str("</p>");
        if findings.is_empty() && standing == Standing::Passed {
            let _ = write!(html, "<p class=\"clean\">{}</p>", self.words.nothing_found);
        }
        html.push_str(&cards.html());
        if self.extent == Extent::All && !checkup.set_aside.is_empty() {
            let heading = self.lang.say(&Message::SetAside(checkup.set_aside.len()));
            let _ = write!(html, "<h3>{heading}</h3>");
            for aside in &checkup.set_aside {
                let why = escaped(&self.lang.say(&Message::WhyAside(&aside.why)));
                let (rule, message) = (escaped(&aside.finding.rule), escaped(&aside.finding.message));
                let _ = write!(html, "<article class=\"card\"><h4>{rule}</h4><p>{message}</p><p>{why}</p></article>");
            }
        }
        html
    }
}

impl Reporter for Html {
    fn detail(&self) -> Detail {
        Detail::Document
    }

    fn begin(&mut self, _out: &mut dyn Write, documents: usize) -> io::Result<()> {
        self.expected = documents;
        Ok(())
    }

    fn document(&mut self, _out: &mut dyn Write, checked: &Checked, standing: Standing) -> io::Result<()> {
        match &checked.result {
            Ok(checkup) => {
                if let Some(sheet) = &checkup.sheet {
                    self.section(checked, checkup, sheet, standing);
                }
            }
            Err(failure) => {
                let words = self.lang.say(&Message::CannotRead(failure));
                self.index_row(&checked.path, &checked.path, standing, &words);
                let head = self.head(&checked.path, &checked.path, standing, &words, &[]);
                let _ =
                    writeln!(self.sections, "<section class=\"document\" id=\"d{}\">{head}</section>", self.documents);
            }
        }
        self.documents += 1;
        Ok(())
    }

    fn bundle(&mut self, _out: &mut dyn Write, together: &Together, standing: Standing) -> io::Result<()> {
        self.together(together, standing);
        self.documents += 1;
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, closing: &Closing<'_>) -> io::Result<()> {
        let Words { language, title, documents, file, verdict, .. } = self.words;
        let (standing, tally) = (closing.totals.standing(), &closing.totals.tally);
        writeln!(out, "<!DOCTYPE html>\n<html lang=\"{language}\"><head><meta charset=\"UTF-8\"/>")?;
        writeln!(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\"/>")?;
        writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>")?;
        writeln!(out, "<title>{title}</title><style>\n{}</style></head>", self.style)?;
        writeln!(out, "<body><header class=\"top\" id=\"top\"><h1>{title}</h1>")?;
        writeln!(out, "<p class=\"verdict {}\">{}</p>", class(standing), self.verdict(standing, tally))?;
        for line in closing.lines(self.lang).iter().filter(|line| !line.is_empty()) {
            writeln!(out, "<p class=\"facts\">{}</p>", escaped(line))?;
        }
        if self.documents > 1 {
            writeln!(out, "<p class=\"facts\">{}</p>", escaped(&self.lang.say(&Message::Summary(closing.totals))))?;
            writeln!(out, "<nav aria-label=\"{documents}\"><table><thead><tr><th scope=\"col\">{file}</th>")?;
            writeln!(out, "<th scope=\"col\">{verdict}</th></tr></thead><tbody>{}</tbody></table></nav>", self.index)?;
        }
        writeln!(out, "</header><main>\n{}</main>", self.sections)?;
        writeln!(out, "<footer>mingzhang {}</footer></body></html>", env!("CARGO_PKG_VERSION"))
    }
}

impl Html {
    fn verdict(&self, standing: Standing, tally: &Tally) -> String {
        escaped(&self.lang.say(&Message::Verdict(standing, tally)))
    }
}

/// The last part of a path.
fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

fn class(standing: Standing) -> &'static str {
    match standing {
        Standing::Passed => "passed",
        Standing::Failed => "failed",
        Standing::Undecided => "undecided",
        Standing::Unreadable => "unreadable",
    }
}
