//! A document that lies open: a page as it was printed with the number that is asked for marked, or the text.
//!
//! The address names a number by its place in reading order; what it is and where it stands the catalogue says. A
//! number that is not on the page that the address names is not marked: the address is of another reading.

use std::sync::Arc;

use maud::{Markup, html};
use mingzhang_catalogue::{Amount, DocumentHead, Source};
use mingzhang_model::document::{Place, Rect};
use mingzhang_model::finding::Finding;
use mingzhang_model::locator::Locator;
use mingzhang_model::rule::Severity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{amounts, body_at};
use crate::messages::{Lang, Message};
use crate::report;
use crate::serve::call::Call;
use crate::serve::check;
use crate::serve::drawn;
use crate::serve::layout::{crumbs, written};
use crate::serve::outgoing::encoded;
use crate::serve::problem::Problem;
use crate::serve::reply::{Reply, View};

/// Where a document is opened.
#[derive(Default, Deserialize, JsonSchema)]
pub(super) struct Asked {
    /// The page, counted from 1.
    #[serde(default)]
    page: Option<u32>,
    /// The number, by its place in reading order from 0.
    #[serde(default)]
    figure: Option<usize>,
}

/// A document, open at a page or a number.
#[derive(Serialize, JsonSchema)]
pub(super) struct DocumentPage {
    document: DocumentHead,
    /// The address of the body that it is about.
    body: Option<String>,
    /// How many pages it has; 0 where its format has none.
    pages: u32,
    /// The page that is shown.
    page: Option<u32>,
    /// The place of the number that is asked for.
    place: Option<Source>,
    /// What that number is, wherever documents of the body print it.
    amount: Option<Amount>,
    /// The tables.
    tables: Vec<TableRow>,
    /// The page as markup of SVG; none where the format has no pages.
    svg: Option<String>,
    #[serde(skip)]
    text: Option<String>,
}

/// A table of a document.
#[derive(Serialize, JsonSchema)]
struct TableRow {
    title: String,
    page: Option<u32>,
    line: Option<u32>,
}

pub(super) fn show(call: &Call<'_>) -> Result<Reply, Problem> {
    let asked: Asked = call.asked()?;
    let hash = open(call)?;
    let (document, body, place, amount, tables) = {
        let catalogue = call.house.readers.catalogue();
        let holding = catalogue.holding(&hash).ok_or_else(Problem::missing)?;
        let place = asked.figure.and_then(|figure| holding.printed_at(figure));
        let place = place.filter(|place| asked.page.is_none() || place.page == asked.page);
        let amount = place.as_ref().and_then(|place| catalogue.figure(&hash, place.figure));
        let row = |(title, page, line): (&str, _, _)| TableRow { title: title.to_owned(), page, line };
        let tables: Vec<TableRow> = holding.tables().into_iter().map(row).collect();
        let document = catalogue.document(&hash).ok_or_else(Problem::missing)?;
        (document, catalogue.address_of(&hash), place, amount, tables)
    };
    let bytes = Arc::new(call.house.files.bytes(&hash)?);
    let pages = drawn::pages(call.house, &bytes)?;
    let (mut page, mut svg, mut text) = (None, None, None);
    if pages > 0 {
        let number = asked.page.or(place.as_ref().and_then(|place| place.page)).unwrap_or(1);
        svg = Some(drawn_page(call, &bytes, number, place.as_ref())?);
        page = Some(number);
    } else {
        text = Some(whole_text(call, &hash, place.as_ref())?);
    }
    Reply::view(DocumentPage { document, body, pages, page, place, amount, tables, svg, text })
}

/// The document of the path, where it lies open.
fn open(call: &Call<'_>) -> Result<String, Problem> {
    let hash = call.param("document");
    if call.house.desk().is_open(hash) { Ok(hash.to_owned()) } else { Err(Problem::missing()) }
}

pub(super) fn original(call: &Call<'_>) -> Result<Reply, Problem> {
    let hash = open(call)?;
    let bytes = call.house.files.bytes(&hash)?;
    let document = call.house.readers.catalogue().document(&hash);
    let name = document.as_ref().map_or_else(|| hash.clone(), |document| title(call.lang, document));
    let extension = mingzhang_read::ending(&bytes);
    Reply::save(format!("{name}.{extension}"), "application/octet-stream", bytes)
}

fn drawn_page(call: &Call<'_>, bytes: &Arc<Vec<u8>>, number: u32, place: Option<&Source>) -> Result<String, Problem> {
    let drawing = drawn::page(call.house, bytes, number)?;
    let drawing = drawing.ok_or_else(Problem::missing)?;
    let name = call.lang.say(&Message::Page(number));
    let rect = place.and_then(|place| place.bbox).map(|bbox| {
        let [x0, y0, x1, y1] = bbox.map(|edge| edge as f32);
        Rect { x0, y0, x1, y1 }
    });
    Ok(match (place, rect) {
        (Some(place), Some(rect)) => drawn::pointing(&drawing, rect, &name, &place.words),
        _ => drawn::svg(&drawing, &[], &name),
    })
}

/// The text with the place marked, as a finding would be.
fn whole_text(call: &Call<'_>, hash: &str, place: Option<&Source>) -> Result<String, Problem> {
    let examined = check::examined(call.house, hash)?;
    let Some(sheet) = &examined.checkup.sheet else { return Ok(String::new()) };
    let asked: Vec<Finding> = place.into_iter().map(pointer).collect();
    let (html, anchors) = report::original(sheet, &asked.iter().collect::<Vec<_>>(), call.lang);
    Ok(match anchors.first().cloned().flatten() {
        Some(anchor) => {
            html.replacen(&format!("id=\"{anchor}\""), "id=\"here\"", 1).replace("href=\"#d0f0\"", "href=\"#asked\"")
        }
        None => html,
    })
}

fn pointer(place: &Source) -> Finding {
    Finding {
        rule: String::new(),
        name: String::new(),
        severity: Severity::Note,
        message: place.words.clone(),
        location: Locator {
            document: None,
            place: Place { page: place.page, line: place.line, paragraph: place.paragraph, ..Place::default() },
            section: place.section.clone(),
            table: place.table.clone(),
            row: place.row.clone(),
            column: place.column.clone(),
            quote: Some(place.quote.clone()),
        },
        related: Vec::new(),
        expected: None,
        found: None,
        difference: None,
        basis: Vec::new(),
        culprit: None,
        also: Vec::new(),
        fingerprint: String::new(),
    }
}

/// What a document is called.
fn title(lang: Lang, document: &DocumentHead) -> String {
    let kind = document.kind.map_or(lang.of("文件", "document"), |kind| amounts::kind(lang, kind));
    let year = document.year.map_or_else(String::new, |year| format!("{year}{}", lang.of("年", " ")));
    format!("{} {year}{kind}", document.body.as_deref().unwrap_or_default()).trim().to_owned()
}

impl View for DocumentPage {
    fn title(&self, call: &Call<'_>) -> String {
        title(call.lang, &self.document)
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        let title = title(lang, &self.document);
        let body = self.body.as_deref().map(body_at).unwrap_or_default();
        let name = self.document.body.as_deref().unwrap_or_default();
        let ways = [("/read", lang.of("查阅", "Read")), (body.as_str(), name), ("", title.as_str())];
        html! {
            (crumbs(lang, &ways))
            h1 { (title) }
            div.document {
                aside.document-side { (self.asked(lang)) (self.contents(lang)) }
                section.document-pages aria-label=(lang.of("原文", "The document")) {
                    (self.turning(lang))
                    @if let Some(svg) = &self.svg { div.sheet { (written(svg.clone())) } (self.turning(lang)) }
                    @if let Some(text) = &self.text { article.original { (written(text.clone())) } }
                }
            }
        }
    }
}

impl DocumentPage {
    fn at(&self) -> String {
        format!("/read/documents/{}", encoded(&self.document.id))
    }

    fn asked(&self, lang: Lang) -> Markup {
        let Some(place) = &self.place else { return html! {} };
        let (proof, class) = match place.proof {
            "proven" => (lang.of("与文件中其他数相互印证", "agrees with other numbers"), "passed"),
            "contradicted" => (lang.of("与文件中其他数不符", "does not agree with other numbers"), "error"),
            _ => (lang.of("没有其他数可以印证", "no other number to compare it with"), "hint"),
        };
        let others = self.amount.iter().flat_map(|amount| {
            let contradicting = amount.contradicted.iter().flat_map(|other| &other.sources);
            amount.sources.iter().chain(contradicting)
        });
        let others: Vec<&Source> = others.filter(|other| *other != place).collect();
        html! {
            section.card #asked {
                p.figure {
                    @if place.quote.is_empty() { (lang.of("（空白）", "(blank)")) } @else { (place.quote) }
                    " "
                    small { (place.unit) }
                }
                p { (place.words) }
                p { span class=(format!("chip {class}")) { (proof) } }
                @if !others.is_empty() {
                    p.muted { (lang.of("同一笔钱还印在：", "The same money is also printed at:")) }
                    ul { @for other in others { li {
                        a href=(amounts::place(other)) {
                            (if other.quote.is_empty() { lang.of("（空白）", "(blank)") } else { &other.quote })
                            " "
                            (other.unit)
                        }
                        " "
                        span.muted {
                            (other.words)
                            @if other.document != place.document { " · " (lang.of("另一份文件", "another document")) }
                        }
                    } } }
                }
            }
        }
    }

    fn contents(&self, lang: Lang) -> Markup {
        let at = self.at();
        let source = self.document.source.as_deref();
        html! {
            div.actions { a.button href=(format!("{at}/original")) { (lang.of("下载原件", "The original")) } }
            @let is_web = |source: &&str| source.starts_with("https://") || source.starts_with("http://");
            @if let Some(source) = source.filter(is_web) {
                p { a href=(source) rel="noopener nofollow" { (lang.of("公开网址", "Published at")) } }
            }
            @if !self.tables.is_empty() {
                details.contents open[self.place.is_none()] {
                    summary { (lang.of("表格目录", "Tables")) }
                    ol { @for table in &self.tables { li {
                        @if let Some(page) = table.page {
                            a href=(format!("{at}?page={page}")) { (table.title) }
                            " "
                            span.muted { (lang.say(&Message::Page(page))) }
                        }
                        @else {
                            (table.title)
                            @if let Some(line) = table.line {
                                " " span.muted { (lang.of("第 ", "line ")) (line) (lang.of(" 行", "")) }
                            }
                        }
                    } } }
                }
            }
        }
    }

    fn turning(&self, lang: Lang) -> Markup {
        let at = self.at();
        let Some(page) = self.page else { return html! {} };
        html! {
            nav.row aria-label=(lang.of("页", "Pages")) {
                @if page > 1 {
                    a rel="prev" href=(format!("{at}?page={}", page - 1)) { (lang.of("上一页", "Previous page")) }
                }
                span { (lang.say(&Message::Page(page))) " / " (self.pages) }
                @if page < self.pages {
                    a rel="next" href=(format!("{at}?page={}", page + 1)) { (lang.of("下一页", "Next page")) }
                }
            }
        }
    }
}
