//! The files of a batch that belong together, held against each other: the text and the tables of one disclosure, a
//! department and its units, budget and accounts, this year and last.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::ops::ControlFlow;

use maud::{Markup, html};
use mingzhang_desk::entry::{Id, Outcome as Came};
use mingzhang_model::fact::Scope;
use mingzhang_model::finding::Finding;
use mingzhang_model::locator::Locator;
use mingzhang_model::rule::Outcome;
use mingzhang_model::set::Member as _;
use schemars::JsonSchema;
use serde::Serialize;

use super::finding::PlaceRow;
use crate::cli::usual_jobs;
use crate::messages::Lang;
use crate::parallel;
use crate::pipeline;
use crate::report::in_order_of_place;
use crate::serve::call::Call;
use crate::serve::house::House;
use crate::serve::interface::severity_chip;
use crate::serve::layout::crumbs;
use crate::serve::problem::Problem;
use crate::serve::reply::{Reply, View};
use crate::serve::shelf::Shelf;
use crate::shapes::kind_word;
use crate::together::{Kept, Member, Together};
use crate::walk::Source;

/// How many batches are kept in memory.
pub(crate) const KEPT: usize = 4;

/// The files of a batch: their numbers, unlike names, and hashes.
pub(crate) type Files = Vec<(Id, String, String)>;

/// The batches that were looked at last.
pub(crate) type Held = Shelf<Files, Vec<Together>>;

/// Reads the files and holds those that belong together against each other. Files that cannot be read any more are
/// left out: their own pages say so.
fn hold(house: &House, files: &Files) -> Vec<Together> {
    let (limit, jobs) = (house.settings.time_limit, usual_jobs());
    let stored = |(_, name, hash): &(Id, String, String)| {
        house.files.path(hash).map(|path| Source::Stored { name: name.clone(), path })
    };
    let sources: Vec<Source> = files.iter().filter_map(stored).collect();
    let mut kept = Kept::of(&sources);
    parallel::in_order(
        sources,
        jobs,
        |source| pipeline::part(source, limit),
        |part| {
            if let Ok(part) = part {
                kept.add(part, None);
            }
            ControlFlow::Continue(())
        },
    );
    kept.bundles(limit, jobs)
}

/// The files of a batch held against each other.
#[derive(Serialize, JsonSchema)]
pub(super) struct TogetherPage {
    batch: Id,
    batch_name: String,
    /// How many files are not checked yet and so are not among them.
    waiting: usize,
    bundles: Vec<BundleRow>,
    #[serde(skip)]
    base: String,
    #[serde(skip)]
    is_own: bool,
}

/// Documents of one body that belong together.
#[derive(Serialize, JsonSchema)]
struct BundleRow {
    body: String,
    documents: Vec<MemberRow>,
    findings: Vec<FoundRow>,
    /// What could not be decided, each with what is lacking.
    undecided: Vec<UndecidedRow>,
    /// Comparisons that held.
    held: usize,
}

#[derive(Serialize, JsonSchema)]
struct MemberRow {
    /// The number of the file.
    file: Option<Id>,
    name: String,
    year: Option<u16>,
    /// budget or accounts.
    kind: Option<&'static str>,
    /// unit, department, unstated.
    scope: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct FoundRow {
    rule: String,
    name: String,
    /// error, warning, note, hint.
    severity: &'static str,
    message: String,
    /// Where it stands, and then what it was compared with.
    places: Vec<FoundPlace>,
}

#[derive(Serialize, JsonSchema)]
struct FoundPlace {
    label: Option<String>,
    /// The number and the name of the file.
    file: Option<Id>,
    document: String,
    place: PlaceRow,
}

#[derive(Serialize, JsonSchema)]
struct UndecidedRow {
    rule: String,
    why: String,
}

pub(super) fn show(call: &Call<'_>) -> Result<Reply, Problem> {
    let batch = call.id("batch")?;
    Reply::view(page(call, batch, format!("/checks/{batch}"), true)?)
}

/// The page of a batch, at its own address or below a link.
pub(super) fn page(call: &Call<'_>, batch: Id, base: String, is_own: bool) -> Result<TogetherPage, Problem> {
    let (batch_name, waiting, files) = {
        let desk = call.house.desk();
        let batch = desk.batch(batch).ok_or_else(Problem::missing)?;
        let (mut waiting, mut files, mut names) = (0, Files::new(), BTreeSet::new());
        for file in desk.files_of(batch).filter(|file| file.corrected_by.is_none()) {
            match &file.outcome {
                None => waiting += 1,
                Some(Came::Unreadable(_)) => {}
                Some(Came::Checked(_)) => {
                    let name = unlike(&file.upload.name, &mut names);
                    files.push((file.id, name, file.upload.sha256.clone()));
                }
            }
        }
        (batch.name.clone(), waiting, files)
    };
    let Ok(held) = call.house.held.take(&files, || Ok::<_, Infallible>(hold(call.house, &files)));
    let bundles = held.iter().map(|together| BundleRow::of(together, &files)).collect();
    Ok(TogetherPage { batch, batch_name, waiting, bundles, base, is_own })
}

/// A name that no other file of the batch has: 预算.txt, 预算.txt（2）.
fn unlike(name: &str, names: &mut BTreeSet<String>) -> String {
    let mut own = name.to_owned();
    let mut times = 1;
    while !names.insert(own.clone()) {
        times += 1;
        own = format!("{name}（{times}）");
    }
    own
}

impl BundleRow {
    fn of(together: &Together, files: &Files) -> BundleRow {
        let number = |name: &str| files.iter().find(|(_, own, _)| own == name).map(|(id, ..)| *id);
        let member = |member: &Member| MemberRow {
            file: number(&member.path),
            name: member.path.clone(),
            year: member.disclosure.year,
            kind: member.disclosure.kind.map(kind_word),
            scope: member.disclosure.scope.word(),
        };
        let checkup = together.checkup();
        let place = |label: Option<String>, locator: &Locator, finding: &Finding| {
            let own = locator.document.as_deref().and_then(|path| together.member(path));
            let document = own.or_else(|| together.of(finding)).map_or_else(String::new, |own| own.path.clone());
            // The file is named beside it.
            let locator = Locator { document: None, ..locator.clone() };
            FoundPlace { label, file: number(&document), document, place: PlaceRow::of(&locator) }
        };
        let found = |finding: &Finding| {
            let first = place(None, &finding.location, finding);
            let related = finding.related.iter();
            let related = related.map(|related| place(Some(related.label.clone()), &related.location, finding));
            FoundRow {
                rule: finding.rule.clone(),
                name: finding.name.clone(),
                severity: finding.severity.word(),
                message: finding.message.clone(),
                places: std::iter::once(first).chain(related).collect(),
            }
        };
        let undecided = checkup.into_iter().flat_map(|checkup| &checkup.report.outcomes);
        let undecided = undecided.filter_map(|(rule, outcome)| match outcome {
            Outcome::Undecided(why) => Some(UndecidedRow { rule: rule.clone(), why: why.to_string() }),
            _ => None,
        });
        let mut findings: Vec<&Finding> = checkup.map(in_order_of_place).into_iter().flatten().collect();
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        BundleRow {
            body: together.body().to_owned(),
            documents: together.members.iter().map(member).collect(),
            findings: findings.into_iter().map(found).collect(),
            undecided: undecided.collect(),
            held: checkup.map_or(0, |checkup| checkup.tally.held),
        }
    }
}

impl View for TogetherPage {
    fn title(&self, call: &Call<'_>) -> String {
        call.lang.of("互相核对", "Held against each other").to_owned()
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        let (title, batch) = (lang.of("互相核对", "Held against each other"), (self.base.as_str(), &*self.batch_name));
        html! {
            @if self.is_own { (crumbs(lang, &[("/checks", lang.of("检查", "Check")), batch, ("", title)])) }
            h1 { (title) }
            p.muted { (lang.of(
                "同一单位的文件按文中写明的单位、年度和种类归在一起：文字与表格、部门与所属单位、预算与决算、本年与上年。",
                "Files of one body belong together by what is printed inside: text and tables, a department and its \
                 units, budget and accounts, this year and last.",
            )) }
            @if self.waiting > 0 {
                p role="status" {
                    (lang.of("还在检查、没有参加核对的文件：", "Files not checked yet, and not among these: "))
                    (self.waiting)
                }
            }
            @if self.bundles.is_empty() {
                p { (lang.of(
                    "本批次里没有可以互相核对的文件。",
                    "No files of this batch belong together.",
                )) }
            }
            @for bundle in &self.bundles { (self.bundle(lang, bundle)) }
        }
    }
}

impl TogetherPage {
    fn bundle(&self, lang: Lang, bundle: &BundleRow) -> Markup {
        html! {
            section {
                h2 { (bundle.body) }
                ul { @for member in &bundle.documents { li {
                    (self.link(member.file, &member.name, None))
                    span.muted {
                        @if let Some(year) = member.year { " · " (year) }
                        @if let Some(kind) = member.kind {
                            " " (if kind == "budget" { lang.of("预算", "budget") } else { lang.of("决算", "accounts") })
                        }
                        @if member.scope == Scope::Unit.word() { " · " (lang.of("单位", "unit")) }
                        @if member.scope == Scope::Department.word() { " · " (lang.of("部门", "department")) }
                    }
                } } }
                @if bundle.findings.is_empty() {
                    p { (lang.of("没有发现不一致。", "Nothing differs.")) }
                }
                ol.findings { @for finding in &bundle.findings { li {
                    p {
                        (severity_chip(finding.severity)) " " (finding.message) " "
                        a.muted href=(format!("/rules/{}", finding.rule)) { (finding.rule) " " (finding.name) }
                    }
                    ul { @for found in &finding.places { li {
                        @if let Some(label) = &found.label { (label) "：" }
                        (self.link(found.file, &found.document, found.place.page)) " "
                        span.muted { (found.place.words) }
                    } } }
                } } }
                p.muted {
                    (lang.of("核对相符 ", "Comparisons that hold: ")) (bundle.held) (lang.of(" 项", ""))
                    @if !bundle.undecided.is_empty() {
                        " · " (lang.of("无法判断 ", "undecided: ")) (bundle.undecided.len()) (lang.of(" 项", ""))
                    }
                }
                @if !bundle.undecided.is_empty() {
                    details {
                        summary { (lang.of("无法判断的规则", "Rules that could not be decided")) }
                        ul { @for undecided in &bundle.undecided { li { (undecided.rule) "：" (undecided.why) } } }
                    }
                }
            }
        }
    }

    /// A document by its name, and the page of it that is meant.
    fn link(&self, file: Option<Id>, name: &str, page: Option<u32>) -> Markup {
        let page = page.map_or_else(String::new, |page| format!("?page={page}"));
        html! {
            @match file {
                Some(file) => a href=(format!("{}/files/{file}{page}", self.base)) { (name) },
                None => (name),
            }
        }
    }
}
