//! A disclosure on its way: the draft as the books have it now, what it lacks, what the rules say of it, the steps
//! that were taken, and those that this person may take.

use maud::{Markup, html};
use mingzhang_books::command::Command;
use mingzhang_books::entry::{Disclosed, Publication, Step};
use mingzhang_books::names::UnitCode;
use mingzhang_books::next_step;
use mingzhang_books::state::Books;
use mingzhang_desk::entry::Upload;
use mingzhang_model::rule::Severity;
use mingzhang_model::set::Member;
use mingzhang_write::pdf::Faces;
use schemars::JsonSchema;
use serde::Serialize;

use super::draft::{InForm, LackRow, Wanted, fitting};
use super::place::Place;
use super::units::{ClockRow, clock_chip, clocks, today};
use crate::pipeline::Checkup;
use crate::serve::call::Call;
use crate::serve::layout::token;
use crate::serve::outgoing::encoded;
use crate::serve::problem::Problem;
use crate::serve::reply::{Attachment, Manner, Reply, View};
use crate::serve::route::XLSX;
use crate::write::Kind;

/// How many findings are shown.
const MOST_FINDINGS: usize = 100;

/// A publication of a unit's year.
#[derive(Serialize, JsonSchema)]
pub(super) struct DisclosurePage {
    unit: String,
    year: u16,
    publication: &'static str,
    publication_name: &'static str,
    form: &'static str,
    form_name: String,
    /// The clock of the publication, where something is approved.
    clock: Option<ClockRow>,
    /// What the draft lacks.
    lacks: Vec<LackRow>,
    /// What the rules say of the draft as it would be printed, the gravest first.
    findings: Vec<FindingRow>,
    /// How many comparisons held.
    held: usize,
    /// The edition that the steps are of.
    edition: u16,
    steps: Vec<StepRow>,
    /// The steps that this person may take now.
    may: Vec<&'static str>,
    /// The files that were laid down for this publication.
    files: Vec<FileRow>,
    /// What was found in the file when it was checked just now and did not pass.
    refused: Vec<FindingRow>,
    #[serde(skip)]
    wanted: Option<Wanted>,
    /// The place that is suggested for readers.
    readers_place: String,
}

/// Something that the rules found.
#[derive(Serialize, JsonSchema)]
pub(super) struct FindingRow {
    rule: String,
    severity: &'static str,
    message: String,
    place: String,
}

/// A step that was taken.
#[derive(Serialize, JsonSchema)]
struct StepRow {
    step: &'static str,
    name: &'static str,
    by: String,
    on: String,
    sha256: String,
    remark: String,
}

/// A file.
#[derive(Serialize, JsonSchema)]
struct FileRow {
    name: String,
    sha256: String,
    size: u64,
    at: u64,
    by: String,
}

pub(super) fn page(call: &Call<'_>) -> Result<Reply, Problem> {
    let wanted = Wanted::of(call, &call.asked::<InForm>()?.form)?;
    Reply::view(shown(call, wanted, Vec::new())?)
}

/// The page, with what was found in a file that did not pass.
pub(super) fn shown(call: &Call<'_>, wanted: Wanted, refused: Vec<FindingRow>) -> Result<DisclosurePage, Problem> {
    let books = call.house.books();
    let (place, publication) = (&wanted.place, wanted.publication);
    let drafted = wanted.drafted(call)?;
    let checkup = drafted.checkup().map_err(Problem::internal)?;
    let edition = books.year(&place.unit, place.year).map_or(1, |year| year.last_edition(publication).max(1));
    let steps = books.year(&place.unit, place.year).map_or(&[][..], |year| year.disclosure(publication, edition));
    let step = |step: &Disclosed| StepRow {
        step: step.step.word(),
        name: step.step.term(),
        by: step.by.to_string(),
        on: step.on.to_string(),
        sha256: step.hash.clone(),
        remark: step.remark.clone(),
    };
    let desk = call.house.desk();
    let filed = desk.filed(&place.unit, place.year).filter(|filed| filed.publication == publication.word());
    let file = |filed: &mingzhang_desk::state::Filed| FileRow {
        name: filed.file.name.clone(),
        sha256: filed.file.sha256.clone(),
        size: filed.file.size,
        at: filed.at,
        by: filed.by.as_ref().map(ToString::to_string).unwrap_or_default(),
    };
    Ok(DisclosurePage {
        unit: place.unit.to_string(),
        year: place.year,
        publication: publication.word(),
        publication_name: publication.term(),
        form: wanted.form.id,
        form_name: wanted.form.name.clone(),
        clock: clocks(&books, &place.unit, place.year, today()?)
            .into_iter()
            .find(|clock| clock.publication == kind_word(publication)),
        lacks: drafted.composed.lacks.iter().map(|lack| LackRow::of(lack, place)).collect(),
        findings: findings(&checkup, Severity::Hint),
        held: checkup.tally.held,
        edition,
        steps: steps.iter().map(step).collect(),
        may: may(call, &books, &wanted)?.into_iter().map(Step::word).collect(),
        files: filed.map(file).collect(),
        refused,
        readers_place: wanted.form.place.clone(),
        wanted: Some(wanted),
    })
}

fn kind_word(publication: Publication) -> &'static str {
    match publication {
        Publication::Budget | Publication::UnitBudget => Publication::Budget.word(),
        Publication::Accounts | Publication::UnitAccounts => Publication::Accounts.word(),
    }
}

/// What the rules found, the gravest first.
pub(super) fn findings(checkup: &Checkup, least: Severity) -> Vec<FindingRow> {
    let mut found: Vec<_> = checkup.report.findings().filter(|finding| finding.severity >= least).collect();
    found.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let row = |finding: &mingzhang_model::finding::Finding| FindingRow {
        rule: finding.rule.clone(),
        severity: finding.severity.word(),
        message: finding.message.clone(),
        place: finding.location.words(),
    };
    found.into_iter().take(MOST_FINDINGS).map(row).collect()
}

/// A number of a file that is not that of the books, as a finding.
pub(super) fn different(line: &str) -> FindingRow {
    let message = format!("与账簿不符：{line}");
    FindingRow { rule: String::new(), severity: Severity::Error.word(), message, place: String::new() }
}

/// The step as it would be taken: of the newest edition, or of a new one where that is published.
pub(super) fn stepped(
    call: &Call<'_>,
    books: &Books,
    wanted: &Wanted,
    step: Step,
    hash: Option<String>,
) -> Result<Disclosed, Problem> {
    let Wanted { place, publication, .. } = wanted;
    let year = books.year(&place.unit, place.year).ok_or_else(|| {
        let zh = format!("{} 没有开 {} 年的账，不能公开", place.name, place.year);
        Problem::bad(zh, "The unit itself does not keep this year, so it publishes nothing")
    })?;
    let newest = year.last_edition(*publication);
    let last = year.disclosure(*publication, newest).last();
    let is_new = step == Step::Drafted && last.is_some_and(|last| last.step == Step::Published);
    Ok(Disclosed {
        unit: place.unit.clone(),
        year: place.year,
        publication: *publication,
        edition: if is_new { newest + 1 } else { newest.max(1) },
        step,
        by: call.who.person()?.clone(),
        on: today()?,
        hash: hash.or_else(|| last.map(|last| last.hash.clone())).unwrap_or_else(|| "-".to_owned()),
        remark: String::new(),
        errors: 0,
    })
}

/// The steps that this person may take now: those that the books would not refuse, with a remark.
fn may(call: &Call<'_>, books: &Books, wanted: &Wanted) -> Result<Vec<Step>, Problem> {
    let mut may = Vec::new();
    if books.year(&wanted.place.unit, wanted.place.year).is_none() {
        return Ok(may);
    }
    for step in Step::ALL {
        let disclosed = stepped(call, books, wanted, *step, None)?;
        let disclosed = Disclosed { remark: "—".to_owned(), ..disclosed };
        if books.decide(call.who.person()?, &Command::Disclose(disclosed)).is_ok() {
            may.push(*step);
        }
    }
    Ok(may)
}

/// The steps of a unit's publications on their way that this person may take next.
pub(super) fn due(call: &Call<'_>, unit: &UnitCode) -> Result<Vec<(u16, Publication, Step)>, Problem> {
    let books = call.house.books();
    let mut due = Vec::new();
    for (year, kept) in books.years_of(unit) {
        for publication in Publication::ALL.iter().copied() {
            let edition = kept.last_edition(publication);
            let Some(last) = kept.disclosure(publication, edition).last() else { continue };
            let next = if last.step == Step::Returned { Some(Step::Drafted) } else { next_step(last.step) };
            let Some(step) = next else { continue };
            let (by, on, remark) = (call.who.person()?.clone(), today()?, "—".to_owned());
            let disclosed = Disclosed { step, by, on, remark, errors: 0, ..last.clone() };
            if books.decide(call.who.person()?, &Command::Disclose(disclosed)).is_ok() {
                due.push((year, publication, step));
            }
        }
    }
    Ok(due)
}

/// A format in which a draft is had, with its media type.
const FORMATS: [(&str, &str); 4] = [
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("pdf", "application/pdf"),
    ("xlsx", XLSX),
    ("html", "text/html; charset=utf-8"),
];

/// The file of a draft in a format.
pub(super) fn written(drafted: &crate::write::Drafted, ending: &str) -> Result<Vec<u8>, Problem> {
    let kind = Kind::of_ending(ending).ok_or_else(Problem::missing)?;
    let faces = Faces::built_in().map_err(|fault| Problem::internal(fault.to_string()))?;
    kind.bytes(&drafted.composed.manuscript, &faces, &drafted.printed).map_err(Problem::internal)
}

pub(super) fn download(call: &Call<'_>) -> Result<Reply, Problem> {
    let wanted = Wanted::of(call, &call.asked::<InForm>()?.form)?;
    let ending = call.param("format");
    let (ending, media) = FORMATS.iter().find(|(own, _)| *own == ending).ok_or_else(Problem::missing)?;
    let drafted = wanted.drafted(call)?;
    let bytes = written(&drafted, ending)?;
    let name = format!("{}（草稿）.{ending}", drafted.composed.manuscript.title);
    let manner = if *ending == "html" { Manner::Page } else { Manner::Saved };
    Ok(Reply::File(Attachment { name, media, bytes, manner }))
}

/// A file that was laid down for this publication.
pub(super) fn file(call: &Call<'_>) -> Result<Reply, Problem> {
    let place = Place::of(call)?;
    let (hash, publication) = (call.param("sha256"), call.param("publication"));
    let filed = {
        let desk = call.house.desk();
        let mut filed = desk.filed(&place.unit, place.year);
        filed.find(|filed| filed.file.sha256 == hash && filed.publication == publication).cloned()
    };
    let Upload { name, sha256, .. } = filed.ok_or_else(Problem::not_theirs)?.file;
    Reply::save(name, "application/octet-stream", call.house.files.bytes(&sha256)?)
}

impl View for DisclosurePage {
    fn title(&self, _: &Call<'_>) -> String {
        let name = self.wanted.as_ref().map_or("", |wanted| wanted.place.name.as_str());
        format!("{}公开 {name} {}", self.publication_name, self.year)
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        let Some(wanted) = &self.wanted else { return html! {} };
        let title =
            lang.of(&format!("{}公开", self.publication_name), &format!("Disclosure: {}", self.publication)).to_owned();
        html! {
            (wanted.place.crumbs(lang, &[("", &title)]))
            h1 { (title) }
            p {
                @if let Some(clock) = &self.clock { (clock_chip(call, clock)) }
                @else { span.chip { (lang.of("尚未批复，公开时限未起算", "not approved yet: no deadline runs")) } }
            }
            (self.refused(call))
            div.columns {
                section { (self.progress(call, wanted)) }
                section { (self.draft(call, wanted)) }
            }
            (self.lacking(call))
            (self.found(call))
        }
    }
}

impl DisclosurePage {
    fn refused(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        if self.refused.is_empty() {
            return html! {};
        }
        html! {
            div.complaint role="alert" {
                p { strong { (lang.of("机检没有通过，这一步没有办理：", "The check did not pass; the step was not taken:")) } }
                (finding_list(&self.refused))
            }
        }
    }

    fn progress(&self, call: &Call<'_>, wanted: &Wanted) -> Markup {
        let lang = call.lang;
        html! {
            h2 {
                (lang.of("办理进度", "Steps")) @if self.edition > 1 {
                    " " (lang.of("第 ", "edition ")) (self.edition) (lang.of(" 版", ""))
                }
            }
            @if self.steps.is_empty() { p.muted { (lang.of("还没有起草。", "Not drafted yet.")) } }
            ol.steps {
                @for step in &self.steps {
                    li.done[step.step != "returned"] {
                        strong { (lang.of(step.name, step.step)) } " " (step.by) " " (step.on)
                        @if !step.remark.is_empty() { " · " (step.remark) }
                        " " code title=(step.sha256) { (step.sha256.chars().take(12).collect::<String>()) }
                    }
                }
            }
            @for step in &self.may { (self.button(call, wanted, step)) }
            @if self.may.is_empty() { p.muted { (lang.of("现在没有您可以办理的步骤。", "There is no step for you to take now.")) } }
            @if !self.files.is_empty() {
                h3 { (lang.of("文件", "Files")) }
                ul { @for file in &self.files { li {
                    a href=(format!("{}/files/{}", wanted.path(), file.sha256)) { (file.name) }
                    " " span.muted { (file.by) " " (crate::serve::layout::moment(file.at)) }
                } } }
            }
        }
    }

    /// The form of a step.
    fn button(&self, call: &Call<'_>, wanted: &Wanted, word: &str) -> Markup {
        let lang = call.lang;
        let Some(step) = Step::ALL.iter().copied().find(|step| step.word() == word) else { return html! {} };
        let (verb, remark) = match step {
            Step::Drafted => (
                lang.of("起草：由账簿生成文件", "Draft: write the file from the books"),
                (self.edition > 1 || self.steps.last().is_some_and(|last| last.step == "published"))
                    .then_some(lang.of("更正说明", "What is corrected")),
            ),
            Step::Checked => (lang.of("机检并送审", "Check and submit"), None),
            Step::Reviewed => (lang.of("复核通过", "Reviewed"), None),
            Step::SecrecyReviewed => (
                lang.of("保密审查通过", "Secrecy reviewed"),
                Some(lang.of("保密审查编号", "Number of the secrecy review")),
            ),
            Step::Signed => (lang.of("签发", "Sign"), None),
            Step::Published => (lang.of("登记已公开", "Published"), Some(lang.of("公开网址", "Address"))),
            Step::Returned => (lang.of("退回", "Send back"), Some(lang.of("退回原因", "Reason"))),
        };
        let id = format!("remark-{word}");
        let to = format!("{}/steps{}", wanted.path(), wanted.query());
        html! {
            form.card.step method="post" action=(to) enctype="multipart/form-data" {
                (token(call))
                input type="hidden" name="step" value=(word);
                @if let Some(remark) = remark {
                    div.field {
                        label for=(id) { (remark) }
                        input id=(id) name="remark" required[step != Step::Drafted] maxlength="500";
                    }
                }
                @if step == Step::Published {
                    div.field {
                        label for="readers-place" { (lang.of("地区（供公众查阅时归类）", "Place, for readers")) }
                        input #readers-place name="place" value=(self.readers_place) maxlength="100";
                    }
                }
                @if step == Step::Drafted {
                    details {
                        summary { (lang.of("改用自己改过的 PDF", "Use a PDF that was revised by hand")) }
                        div.field {
                            label for="own-file" {
                                (lang.of("PDF 文件（不选则由账簿生成）", "PDF file (none: written from the books)"))
                            }
                            input #own-file type="file" name="file" accept=".pdf";
                        }
                    }
                }
                button.primary[step != Step::Returned].danger[step == Step::Returned] { (verb) }
            }
        }
    }

    fn draft(&self, call: &Call<'_>, wanted: &Wanted) -> Markup {
        let lang = call.lang;
        let asked = format!("publication={}&form={}", self.publication, encoded(self.form));
        let explanations = format!("{}/explanations?{asked}", wanted.place.path());
        html! {
            h2 { (lang.of("当前草稿", "The draft as it is now")) }
            form.row method="get" action=(wanted.path()) {
                div.field {
                    label for="form" { (lang.of("表式", "Form")) }
                    select #form name="form" {
                        @for form in fitting(wanted.publication) {
                            option value=(form.id) selected[form.id == self.form] { (form.name) "（" (form.place) "）" }
                        }
                    }
                }
                button { (lang.of("换表式", "Use this form")) }
            }
            p.actions {
                a.button href=(format!("{}/draft/html{}", wanted.path(), wanted.query())) { (lang.of("预览", "Preview")) }
                @for (ending, _) in FORMATS.iter().filter(|(ending, _)| *ending != "html") {
                    a.button href=(format!("{}/draft/{ending}{}", wanted.path(), wanted.query())) {
                        (ending.to_uppercase())
                    }
                }
            }
            ul {
                li {
                    @if self.lacks.is_empty() {
                        span.chip.passed { (lang.of("内容齐全", "nothing lacks")) }
                    } @else {
                        span.chip.warning { (lang.of("还缺 ", "lacking: ")) (self.lacks.len()) (lang.of(" 项", "")) }
                    }
                }
                li {
                    @let errors = self.findings.iter().filter(|finding| finding.severity == "error").count();
                    @if errors > 0 {
                        span.chip.error { (errors) (lang.of(" 个错误", " errors")) }
                    } @else { span.chip.passed { (lang.of("没有错误", "no errors")) } }
                    " " span.muted { (self.held) (lang.of(" 项比对相符", " comparisons hold")) }
                }
            }
            p {
                a href=(explanations) {
                    (lang.of("填写说明文字", "Write the explanations"))
                }
            }
        }
    }

    fn lacking(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        if self.lacks.is_empty() {
            return html! {};
        }
        html! {
            h2 { (lang.of("还缺的内容", "What is lacking")) }
            div.scroll tabindex="0" role="region" aria-label=(lang.of("还缺的内容", "What is lacking")) { table {
                thead { tr {
                    th scope="col" { (lang.of("缺什么", "What")) }
                    th scope="col" { (lang.of("所在", "Where")) }
                    th scope="col" { (lang.of("上下文", "Around it")) }
                    th scope="col" { (lang.of("填写", "Supply")) }
                } }
                tbody { @for lack in &self.lacks { tr {
                    th scope="row" { (lack_kind(lang, lack.kind)) " " (lack.what) }
                    td { (lack.section) }
                    td.quote { (lack.context) }
                    td {
                        a href=(lack.to) { (lang.of("填写", "Supply")) }
                        @if let Some(none) = &lack.none {
                            " · " a href=(none) { (lang.of("说明没有", "Say there was none")) }
                        }
                    }
                } } }
            } }
        }
    }

    fn found(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        html! {
            h2 { (lang.of("规则检查", "What the rules say")) }
            @if self.findings.is_empty() { p.said { (lang.of("没有发现问题。", "Nothing was found.")) } }
            @else { (finding_list(&self.findings)) }
        }
    }
}

fn lack_kind(lang: crate::messages::Lang, kind: &str) -> &'static str {
    match kind {
        "words" => lang.of("说明", "words"),
        "amount" => lang.of("以前年度数", "amount"),
        "figure" => lang.of("台账数", "figure"),
        _ => lang.of("台账栏目", "field"),
    }
}

fn finding_list(findings: &[FindingRow]) -> Markup {
    let term = |word: &str| {
        Severity::ALL.iter().find(|severity| severity.word() == word).map_or("", |severity| severity.term())
    };
    html! {
        ul.plain { @for finding in findings {
            li {
                span class=(format!("chip {}", finding.severity)) { (term(finding.severity)) } " "
                @if !finding.rule.is_empty() { a href=(format!("/rules/{}", finding.rule)) { (finding.rule) } " " }
                (finding.message)
                @if !finding.place.is_empty() { " " span.muted { (finding.place) } }
            }
        } }
    }
}
