//! The page of a document: what was found, and beside it the pages as they were printed, or the text.
//!
//! A finding that is chosen brings all pages on which it has places, both sides of a contradiction marked. Without
//! one, a page is shown with all that was found on it. Every choice is an address.

use std::sync::Arc;

use maud::{Markup, html};
use mingzhang_desk::entry::{Grant, Id, Mark as Said};
use mingzhang_model::finding::Finding;
use mingzhang_model::rule::Severity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::batches::standing;
use super::examined::{Examined, examined};
use super::finding::{FindingRow, RelatedRow};
use crate::messages::{Lang, Message};
use crate::report::original;
use crate::serve::call::Call;
use crate::serve::drawn;
use crate::serve::interface::severity_chip;
use crate::serve::layout::{crumbs, moment, post_button, token, written};
use crate::serve::problem::Problem;
use crate::serve::reply::{Reply, View};
use crate::shapes::kind_word;

/// The most pages that are shown at once.
const MOST_PAGES: usize = 6;

/// So many places that a finding was compared with are shown at once.
const FEW: usize = 5;

/// What is to be shown of a document.
#[derive(Default, Deserialize, JsonSchema)]
pub(super) struct Shown {
    /// A finding, by its number.
    #[serde(default)]
    finding: Option<usize>,
    /// A page, by its number.
    #[serde(default)]
    page: Option<u32>,
    /// `text` shows the text instead of the drawn pages.
    #[serde(default)]
    view: String,
    /// Findings of these severities only.
    #[serde(default)]
    severity: Vec<String>,
    /// `open`, `confirmed`, `dismissed` or `fixed`: findings that are marked so only.
    #[serde(default)]
    mark: String,
    /// Findings of a rule only.
    #[serde(default)]
    rule: String,
}

/// A document beside what was found in it.
#[derive(Serialize, JsonSchema)]
pub(super) struct DocumentPage {
    batch: Id,
    batch_name: String,
    file: Id,
    name: String,
    body: Option<String>,
    year: Option<u16>,
    /// budget or accounts.
    kind: Option<&'static str>,
    form: Option<&'static str>,
    /// passed, failed, undecided.
    standing: String,
    pages: usize,
    /// Comparisons that held.
    held: usize,
    /// Statutory tables that are not there, by their titles.
    missing_tables: Vec<&'static str>,
    /// The findings that are asked for.
    findings: Vec<FindingRow>,
    /// How many there are in all.
    all_findings: usize,
    /// The file that corrects this one.
    corrected_by: Option<Id>,
    /// The file that this one corrects.
    corrects: Option<Id>,
    /// True where readers may see it.
    open: bool,
    /// Pages as SVG, as far as they are asked for.
    drawn_pages: Vec<DrawnPage>,
    #[serde(skip)]
    text: Option<TextView>,
    #[serde(skip)]
    asked: Shown,
    #[serde(skip)]
    base: String,
    #[serde(skip)]
    is_own: bool,
    #[serde(skip)]
    is_pdf: bool,
    #[serde(skip)]
    may_release: bool,
}

/// The document as text, with places marked.
struct TextView {
    html: String,
    /// The names of the places of the findings, in their order.
    anchors: Vec<Option<String>>,
}

/// A page of the document.
#[derive(Serialize, JsonSchema)]
struct DrawnPage {
    number: u32,
    /// Markup of SVG.
    svg: String,
}

pub(super) fn show(call: &Call<'_>) -> Result<Reply, Problem> {
    let (batch, file) = (call.id("batch")?, call.id("file")?);
    Reply::view(page(call, file, format!("/checks/{batch}"), true)?)
}

/// The page of a file, at its own address or below a link.
pub(super) fn page(call: &Call<'_>, id: Id, base: String, is_own: bool) -> Result<DocumentPage, Problem> {
    let asked: Shown = call.asked()?;
    let (file, batch_name) = {
        let desk = call.house.desk();
        let file = desk.file(id).ok_or_else(Problem::missing)?.clone();
        let name = desk.batch(file.batch).map(|batch| batch.name.clone()).unwrap_or_default();
        (file, name)
    };
    if let Some(mingzhang_desk::entry::Outcome::Unreadable(why)) = &file.outcome {
        // What could not be read once is not tried again and again.
        return Err(Problem::bad(why.clone(), why.clone()));
    }
    let examined = examined(call.house, &file.upload.sha256)?;
    let all = || (1..).zip(&examined.findings);
    let rows: Vec<FindingRow> = all().map(|(number, finding)| FindingRow::of(number, finding, &file)).collect();
    let at = format!("{base}/files/{id}");
    let is_text = !examined.is_pdf || asked.view == "text";
    let drawn_pages =
        if is_text { Vec::new() } else { drawn_pages(call, &examined, &file.upload.sha256, &rows, &asked, &at)? };
    let text = is_text.then(|| text_view(&examined, call.lang));
    let disclosure = &examined.checkup.disclosure;
    let outcome = match &file.outcome {
        Some(mingzhang_desk::entry::Outcome::Checked(checkup)) => checkup.standing.clone(),
        _ => String::new(),
    };
    let all_findings = rows.len();
    let findings = rows.into_iter().filter(|row| is_asked(row, &asked)).collect();
    Ok(DocumentPage {
        batch: file.batch,
        batch_name,
        file: id,
        name: file.upload.name.clone(),
        body: disclosure.body.clone(),
        year: disclosure.year,
        kind: disclosure.kind.map(kind_word),
        form: disclosure.form,
        standing: outcome,
        pages: examined.pages(),
        held: examined.checkup.tally.held,
        missing_tables: examined.checkup.missing.iter().map(|missing| missing.title).collect(),
        findings,
        all_findings,
        corrected_by: file.corrected_by,
        corrects: file.upload.corrects,
        open: call.house.desk().is_open(&file.upload.sha256),
        drawn_pages,
        text,
        base,
        is_own,
        is_pdf: examined.is_pdf,
        may_release: is_own && call.who.may(Grant::Inspector),
        asked,
    })
}

fn is_asked(row: &FindingRow, asked: &Shown) -> bool {
    let severity = asked.severity.is_empty() || asked.severity.iter().any(|word| word == row.severity);
    let mark = match asked.mark.as_str() {
        "" => true,
        "open" => row.mark.is_none(),
        word => row.mark == Some(word),
    };
    severity && mark && (asked.rule.is_empty() || asked.rule == row.rule)
}

fn text_view(examined: &Examined, lang: Lang) -> TextView {
    let findings: Vec<&Finding> = examined.findings.iter().collect();
    match &examined.checkup.sheet {
        Some(sheet) => {
            let (html, anchors) = original(sheet, &findings, lang);
            TextView { html, anchors }
        }
        None => TextView { html: String::new(), anchors: Vec::new() },
    }
}

/// The pages that are asked for, with the marks that belong on them.
fn drawn_pages(
    call: &Call<'_>,
    examined: &Examined,
    hash: &str,
    rows: &[FindingRow],
    asked: &Shown,
    at: &str,
) -> Result<Vec<DrawnPage>, Problem> {
    let Some(sheet) = &examined.checkup.sheet else { return Ok(Vec::new()) };
    let chosen = asked.finding.and_then(|number| rows.iter().find(|row| row.number == number));
    let pages = match (asked.page, chosen) {
        (Some(page), _) => vec![page],
        (None, Some(row)) if !row.pages().is_empty() => row.pages(),
        (None, Some(_)) => vec![1],
        (None, None) => vec![rows.iter().find(|row| is_asked(row, asked)).and_then(|row| row.place.page).unwrap_or(1)],
    };
    let findings: Vec<&Finding> = examined.findings.iter().collect();
    let leads_to = |number: usize, _place: usize| match chosen {
        Some(row) if row.number == number => format!("#finding-{number}"),
        _ => format!("{at}?finding={number}#finding-{number}"),
    };
    let mut marks = drawn::marks_of(&sheet.document, &findings, leads_to);
    let bytes = Arc::new(call.house.files.bytes(hash)?);
    let mut drawn_pages = Vec::new();
    for number in pages.into_iter().take(MOST_PAGES) {
        let drawing = drawn::page(call.house, &bytes, number)?;
        let Some(drawing) = drawing else { continue };
        let mut of_page = marks.remove(&number).unwrap_or_default();
        if let Some(row) = chosen {
            of_page.retain(|mark| mark.finding == row.number);
        } else {
            of_page.retain(|mark| rows.get(mark.finding - 1).is_some_and(|row| is_asked(row, asked)));
        }
        let name = call.lang.say(&Message::Page(number));
        drawn_pages.push(DrawnPage { number, svg: drawn::svg(&drawing, &of_page, &name) });
    }
    Ok(drawn_pages)
}

impl View for DocumentPage {
    fn title(&self, _: &Call<'_>) -> String {
        self.body.clone().unwrap_or_else(|| self.name.clone())
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        let checks = if self.is_own { ("/checks", lang.of("检查", "Check")) } else { ("", "") };
        let ways = [checks, (self.base.as_str(), self.batch_name.as_str()), ("", self.name.as_str())];
        html! {
            (crumbs(lang, if self.is_own { &ways } else { &ways[1..] }))
            h1 { (self.body.as_deref().unwrap_or(&self.name)) }
            p {
                span class=(format!("chip {}", self.standing)) { (standing(lang, &self.standing)) } " "
                @if let Some(year) = self.year { (year) " " }
                @if let Some(kind) = self.kind {
                    @if kind == "budget" { (lang.of("预算", "budget")) } @else { (lang.of("决算", "accounts")) } " "
                }
                span.muted {
                    (lang.of("核对相符 ", "held ")) (self.held) (lang.of(" 处", ""))
                    " · " (self.pages) (lang.of(" 页", " pages"))
                }
            }
            @if !self.missing_tables.is_empty() {
                p.complaint {
                    (lang.of("没有找到的法定表格：", "Statutory tables that are not there: ")) (self.missing_tables.join("、"))
                }
            }
            (self.versions(lang))
            (self.filters(lang))
            div.review {
                section.findings-side aria-label=(lang.of("问题", "Findings")) { (self.findings(call)) }
                section.pages-side aria-label=(lang.of("原文", "The document")) { (self.pages_side(lang)) }
            }
            @if self.is_own { (self.further(call)) }
        }
    }
}

impl DocumentPage {
    fn at(&self) -> String {
        format!("{}/files/{}", self.base, self.file)
    }

    fn versions(&self, lang: Lang) -> Markup {
        let base = &self.base;
        html! {
            @if let Some(newer) = self.corrected_by {
                p.said {
                    (lang.of("已有更正稿：", "There is a corrected version: ")) a href=(format!("{base}/files/{newer}")) {
                        (lang.of("查看", "see it"))
                    }
                }
            }
            @if self.corrects.is_some() && self.is_own {
                p {
                    a href=(format!("{}/compare", self.at())) {
                        (lang.of("与上一稿对照：已改正、新出现、仍存在", "Compare with the version before: fixed, new, remaining"))
                    }
                }
            }
        }
    }

    fn filters(&self, lang: Lang) -> Markup {
        let marks = [
            ("", lang.of("全部标记", "any mark")),
            ("open", lang.of("未标记", "not marked")),
            ("confirmed", lang.of("成立", "confirmed")),
            ("dismissed", lang.of("不成立", "dismissed")),
            ("fixed", lang.of("已改", "fixed")),
        ];
        html! {
            form.row.filters method="get" action=(self.at()) {
                fieldset.plain {
                    legend.visually-hidden { (lang.of("级别", "Severity")) }
                    @for word in Severity::ALL.map(Severity::word) {
                        label {
                            @let is_asked = self.asked.severity.iter().any(|asked| asked == word);
                            input type="checkbox" name="severity" value=(word) checked[is_asked];
                            " "
                            (severity_chip(word))
                        }
                    }
                }
                label for="mark" { span.visually-hidden { (lang.of("标记", "Mark")) } select #mark name="mark" {
                    @for (word, name) in marks { option value=(word) selected[self.asked.mark == word] { (name) } }
                } }
                @if self.asked.view == "text" { input type="hidden" name="view" value="text"; }
                button { (lang.of("筛选", "Filter")) }
                span.muted { (self.findings.len()) " / " (self.all_findings) }
            }
        }
    }

    fn findings(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        html! {
            @if self.findings.is_empty() {
                p.muted {
                    @if self.all_findings == 0 { (lang.of("没有发现问题。", "Nothing was found.")) } @else {
                        (lang.of("没有符合条件的问题。", "No finding is of this kind."))
                    }
                }
            }
            ol.findings data-findings {
                @for row in &self.findings { (self.finding(call, row)) }
            }
            @if !self.findings.is_empty() {
                p.muted.keys { kbd { "J" } " / " kbd { "K" } " " (lang.of("下一个 / 上一个", "next / previous")) }
            }
        }
    }

    fn finding(&self, call: &Call<'_>, row: &FindingRow) -> Markup {
        let lang = call.lang;
        let is_chosen = self.asked.finding == Some(row.number);
        let to = match &self.text {
            Some(view) => {
                let anchor = view.anchors.get(row.number - 1).cloned().flatten();
                anchor.map_or_else(|| format!("#finding-{}", row.number), |anchor| format!("#{anchor}"))
            }
            None => format!("{}?finding={}#{}", self.at(), row.number, drawn::place_id(row.number, 0)),
        };
        html! {
            li id=(format!("finding-{}", row.number)) class=(if is_chosen { "finding chosen" } else { "finding" }) {
                // The marks of the text view lead here by the name that the report gives them.
                span id=(format!("d0f{}", row.number - 1)) {}
                div.head {
                    span.number { (row.number) } " " (severity_chip(row.severity)) " "
                    a href=(format!("/rules/{}", row.rule)) title=(row.name) { (row.rule) }
                    @if let Some(mark) = row.mark {
                        " " span class=(format!("chip {}", mark_class(mark))) { (mark_name(lang, mark)) }
                    }
                }
                p { a.to href=(to) data-finding aria-current=[is_chosen.then_some("true")] { (row.message) } }
                p.muted.place { (row.place.words) }
                @if let (Some(culprit), Some(suggested)) = (&row.culprit, &row.suggested) {
                    p { (lang.of("建议：", "Suggested: ")) del { (culprit) } " → " ins { (suggested) } }
                }
                @if is_chosen || self.text.is_some() { (details(lang, row)) }
                @if self.is_own { (self.mark_form(call, row)) }
            }
        }
    }

    fn mark_form(&self, call: &Call<'_>, row: &FindingRow) -> Markup {
        let lang = call.lang;
        let label = format!("{} {}", lang.of("标记问题", "Mark finding"), row.number);
        html! {
            details.marking open[self.asked.finding == Some(row.number)] {
                summary {
                    (lang.of("标记", "Mark")) @if let Some(by) = &row.marked_by {
                        " " span.muted { (by) " " @if let Some(at) = row.marked_at { (moment(at)) } }
                    }
                }
                form method="post" action=(format!("{}/marks", self.at())) aria-label=(label) {
                    (token(call))
                    input type="hidden" name="fingerprint" value=(row.fingerprint);
                    input type="hidden" name="then" value=(row.number);
                    div.field {
                        label for=(format!("reason-{}", row.number)) {
                            (lang.of("理由（不成立时必填）", "Reason (needed to dismiss)"))
                        }
                        @let reason = row.reason.as_deref().unwrap_or_default();
                        input id=(format!("reason-{}", row.number)) name="reason" maxlength="500" value=(reason);
                    }
                    div.row {
                        @for mark in Said::ALL {
                            button name="mark" value=(mark.word()) { (mark_name(lang, mark.word())) }
                        }
                        @if row.mark.is_some() { button name="mark" value="" { (lang.of("取消标记", "Take back")) } }
                    }
                }
            }
        }
    }

    fn pages_side(&self, lang: Lang) -> Markup {
        let at = self.at();
        let shown = self.drawn_pages.first().map_or(1, |page| page.number);
        let pages = u32::try_from(self.pages).unwrap_or(u32::MAX);
        html! {
            nav.row aria-label=(lang.of("页", "Pages")) {
                @if self.is_pdf && self.text.is_none() {
                    @if shown > 1 {
                        a rel="prev" href=(format!("{at}?page={}", shown - 1)) { (lang.of("上一页", "Previous page")) }
                    }
                    span {
                        (lang.of("第 ", "Page "))
                        @for (i, page) in self.drawn_pages.iter().enumerate() { @if i > 0 { "、" } (page.number) }
                        " / " (self.pages) (lang.of(" 页", ""))
                    }
                    @if shown < pages {
                        a rel="next" href=(format!("{at}?page={}", shown + 1)) { (lang.of("下一页", "Next page")) }
                    }
                    a href=(format!("{at}?view=text")) { (lang.of("看文字", "As text")) }
                } @else if self.is_pdf {
                    a href=(at) { (lang.of("看版面", "As printed")) }
                }
                @if self.is_own { a href=(format!("{at}/original")) { (lang.of("下载原件", "The original")) } }
            }
            @for page in &self.drawn_pages { div.sheet { (written(page.svg.clone())) } }
            @if let Some(view) = &self.text { article.original { (written(view.html.clone())) } }
        }
    }

    /// A corrected version, the checklist, and the way to readers.
    fn further(&self, call: &Call<'_>) -> Markup {
        let (lang, at) = (call.lang, self.at());
        html! {
            div.actions {
                a.button href=(format!("{at}/checklist.xlsx")) {
                    (lang.of("导出检查表（xlsx）", "Export the checklist (xlsx)"))
                }
            }
            div.columns {
                @if self.corrected_by.is_none() {
                    section {
                        h2 { (lang.of("上传更正稿", "Bring a corrected version")) }
                        form.stack method="post" action=(format!("{at}/corrected")) enctype="multipart/form-data" {
                            (token(call))
                            div.field {
                                label for="corrected" { (lang.of("更正后的文件", "The corrected file")) }
                                input #corrected type="file" name="files" required;
                            }
                            div.actions { button { (lang.of("上传并对照", "Upload and compare")) } }
                        }
                    }
                }
                @if self.may_release { section {
                    h2 { (lang.of("公开查阅", "For readers")) }
                    @if self.open {
                        p { (lang.of("这份文件可供公众查阅。", "This document is open to readers.")) }
                        (post_button(call, &format!("{at}/recall"), lang.of("撤回", "Take it back"), ""))
                    } @else {
                        form.stack method="post" action=(format!("{at}/release")) {
                            (token(call))
                            div.field {
                                label for="body" { (lang.of("部门名称", "Name of the body")) }
                                @let body = self.body.as_deref().unwrap_or_default();
                                input #body name="body" maxlength="100" value=(body);
                            }
                            div.field {
                                label for="place" { (lang.of("地区", "Place")) }
                                input #place name="place" maxlength="100";
                            }
                            div.field {
                                label for="source" { (lang.of("公开网址", "Where it was published")) }
                                input #source name="source" maxlength="400";
                            }
                            div.actions { button { (lang.of("放入公开查阅", "Lay it open to readers")) } }
                        }
                    }
                } }
            }
        }
    }
}

fn details(lang: Lang, row: &FindingRow) -> Markup {
    let pairs = [
        (lang.of("应为", "expected"), &row.expected),
        (lang.of("实为", "found"), &row.found),
        (lang.of("相差", "off by"), &row.difference),
    ];
    html! {
        dl.facts {
            @for (name, value) in pairs { @if let Some(value) = value { dt { (name) } dd { (value) } } }
        }
        @if !row.related.is_empty() {
            @let (first, more) = row.related.split_at(row.related.len().min(FEW));
            p { (lang.of("对照：", "Compare:")) }
            (compared(first))
            @if !more.is_empty() {
                details {
                    summary { (lang.of("另有 ", "And ")) (more.len()) (lang.of(" 处", " more")) }
                    (compared(more))
                }
            }
        }
        @if !row.basis.is_empty() { p.muted { (lang.of("依据：", "Basis: ")) (row.basis.join("；")) } }
    }
}

fn compared(places: &[RelatedRow]) -> Markup {
    html! {
        ul {
            @for related in places { li { (related.label) " " span.muted { (related.place.words) } } }
        }
    }
}

/// A mark in words.
fn mark_name(lang: Lang, word: &str) -> &'static str {
    match word {
        "confirmed" => lang.of("成立", "Confirmed"),
        "dismissed" => lang.of("不成立", "Dismissed"),
        _ => lang.of("已改", "Fixed"),
    }
}

fn mark_class(word: &str) -> &'static str {
    match word {
        "confirmed" => "error",
        "fixed" => "passed",
        _ => "hint",
    }
}
