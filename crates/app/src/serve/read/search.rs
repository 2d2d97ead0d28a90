//! The first page of the room: the search, and the bodies that it finds.

use maud::{Markup, html};
use mingzhang_catalogue::{BodyHead, Found, Search};
use mingzhang_model::fact::DisclosureKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{amounts, body_at, year};
use crate::messages::Lang;
use crate::serve::call::Call;
use crate::serve::outgoing::encoded;
use crate::serve::problem::Problem;
use crate::serve::reply::{Reply, View};

/// How many bodies a page of the list has.
const PER_PAGE: usize = 30;

/// What is searched for.
#[derive(Clone, Default, Deserialize, JsonSchema)]
pub(super) struct Asked {
    /// Words of the body's name, in any order.
    #[serde(default)]
    q: String,
    /// The place.
    #[serde(default)]
    place: String,
    /// The year of a document.
    #[serde(default)]
    year: String,
    /// `budget` or `accounts`.
    #[serde(default)]
    kind: String,
    /// Which page of the list, counted from 1.
    #[serde(default)]
    page: String,
}

/// The bodies that are found.
#[derive(Serialize, JsonSchema)]
pub(super) struct SearchPage {
    /// How many documents lie open in all.
    documents: usize,
    /// How many more lie open and are still being read.
    waiting: usize,
    /// The places of documents.
    places: Vec<String>,
    /// The years of documents.
    years: Vec<u16>,
    /// What was found; its pages are counted from 0.
    found: Found,
    #[serde(skip)]
    asked: Asked,
}

pub(super) fn search(call: &Call<'_>) -> Result<Reply, Problem> {
    let asked: Asked = call.asked()?;
    let kind = match asked.kind.as_str() {
        "" => None,
        "budget" => Some(DisclosureKind::Budget),
        "accounts" => Some(DisclosureKind::Accounts),
        other => {
            return Err(Problem::bad(
                format!("没有文件种类“{other}”"),
                format!("There is no kind of document “{other}”"),
            ));
        }
    };
    let search = Search {
        query: asked.q.clone(),
        place: Some(asked.place.clone()).filter(|place| !place.is_empty()),
        year: year(&asked.year)?,
        kind,
        page: page(&asked.page)?,
        per_page: PER_PAGE,
    };
    let catalogue = call.house.readers.catalogue();
    Reply::view(SearchPage {
        documents: catalogue.holdings().count(),
        waiting: call.house.readers.waiting(),
        places: catalogue.places(),
        years: catalogue.years(),
        found: catalogue.search(&search),
        asked,
    })
}

/// The page of a list, counted from 1 in addresses and from 0 in programs.
pub(super) fn page(words: &str) -> Result<usize, Problem> {
    match words {
        "" => Ok(0),
        some => some
            .parse::<usize>()
            .ok()
            .and_then(|page| page.checked_sub(1))
            .ok_or_else(|| Problem::bad(format!("“{some}”不是页码"), format!("“{some}” is no number of a page"))),
    }
}

impl View for SearchPage {
    fn title(&self, call: &Call<'_>) -> String {
        call.lang.of("查阅", "Read").to_owned()
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        html! {
            h1 { (lang.of("查阅部门预算、决算公开", "Budgets and accounts of departments")) }
            p.lead {
                (self.documents)
                (lang.of(" 份公开文件。每一个数都能点开，看到它在原文中的位置。", " documents. Every number opens the place that prints it."))
                @if self.waiting > 0 {
                    " " (lang.of("另有 ", "")) (self.waiting) (lang.of(" 份正在读入。", " more are being read."))
                }
            }
            (self.form(lang))
            nav.filters aria-label=(lang.of("其他查法", "Other ways")) {
                a href="/read/items" { (lang.of("按项目查：各部门的同一项", "By item: the same item of all bodies")) }
                a href="/read/compare" { (lang.of("部门比较", "Compare bodies")) }
            }
            (self.list(lang))
            (downloads(lang, None))
        }
    }
}

impl SearchPage {
    fn form(&self, lang: Lang) -> Markup {
        let asked = &self.asked;
        html! {
            form.search role="search" method="get" action="/read" {
                div.field.words {
                    label for="q" { (lang.of("部门名称", "Name of the body")) }
                    input #q type="search" name="q" maxlength="100" value=(asked.q);
                }
                div.field {
                    label for="place" { (lang.of("地区", "Place")) }
                    select #place name="place" {
                        option value="" { (lang.of("全部", "All")) }
                        @for place in &self.places { option value=(place) selected[*place == asked.place] { (place) } }
                    }
                }
                div.field {
                    label for="year" { (lang.of("年度", "Year")) }
                    select #year name="year" {
                        option value="" { (lang.of("全部", "All")) }
                        @for year in self.years.iter().rev() {
                            option value=(year) selected[year.to_string() == asked.year] { (year) }
                        }
                    }
                }
                div.field {
                    label for="kind" { (lang.of("种类", "Kind")) }
                    select #kind name="kind" {
                        option value="" { (lang.of("全部", "All")) }
                        @for word in ["budget", "accounts"] {
                            option value=(word) selected[word == asked.kind] { (amounts::kind(lang, word)) }
                        }
                    }
                }
                button.primary { (lang.of("查找", "Search")) }
            }
        }
    }

    fn list(&self, lang: Lang) -> Markup {
        let found = &self.found;
        html! {
            section aria-label=(lang.of("查找结果", "Results")) {
                p.muted role="status" { (lang.of("找到 ", "")) (found.total) (lang.of(" 个部门、单位", " bodies")) }
                @if found.total == 0 {
                    p {
                        (lang.of(
                            "没有符合条件的部门。请少写几个字，或放宽地区、年度。",
                            "Nothing was found. Please use fewer words, or any place or year.",
                        ))
                    }
                }
                @if !found.bodies.is_empty() {
                    form method="get" action="/read/compare" {
                        ul.bodies-found { @for body in &found.bodies { (entry(lang, body)) } }
                        div.actions { button { (lang.of("比较所选", "Compare the chosen")) } }
                    }
                }
                (pages(lang, found.page, found.total.div_ceil(found.per_page.max(1)), &self.here()))
            }
        }
    }

    /// The address of this list, without its page.
    fn here(&self) -> String {
        let asked = &self.asked;
        let pairs = [("q", &asked.q), ("place", &asked.place), ("year", &asked.year), ("kind", &asked.kind)];
        let said = pairs.iter().filter(|(_, words)| !words.is_empty());
        let pairs: Vec<String> = said.map(|(name, words)| format!("{name}={}", encoded(words))).collect();
        format!("/read?{}", pairs.join("&"))
    }
}

fn entry(lang: Lang, body: &BodyHead) -> Markup {
    html! {
        li {
            @let label = format!("{} {}", lang.of("选择", "Choose"), body.name);
            input type="checkbox" name="body" value=(body.address) aria-label=(label);
            div {
                a.name href=(body_at(&body.address)) { (body.name) } " " (scope(lang, body.scope))
                div.muted {
                    (body.places.join("、"))
                    @for year in &body.years {
                        " · " (year.year) " "
                        @for (i, kind) in year.kinds.iter().enumerate() {
                            @if i > 0 { (lang.of("、", ", ")) } (amounts::kind(lang, kind))
                        }
                    }
                }
            }
        }
    }
}

/// Whose money a body's documents count, where they say so.
pub(super) fn scope(lang: Lang, word: &str) -> Markup {
    let name = match word {
        "department" => lang.of("部门", "department"),
        "unit" => lang.of("单位", "unit"),
        _ => return html! {},
    };
    html! { span.chip { (name) } }
}

/// The ways to the other pages of a list; `page` counts from 0.
pub(super) fn pages(lang: Lang, page: usize, pages: usize, here: &str) -> Markup {
    let joint = if here.contains('?') && !here.ends_with('?') {
        "&"
    } else if here.ends_with('?') {
        ""
    } else {
        "?"
    };
    html! {
        @if pages > 1 {
            nav.row aria-label=(lang.of("页", "Pages")) {
                @if page > 0 {
                    a rel="prev" href=(format!("{here}{joint}page={page}")) { (lang.of("上一页", "Previous page")) }
                }
                span { (page.saturating_add(1)) " / " (pages) }
                @if page.saturating_add(1) < pages {
                    a rel="next" href=(format!("{here}{joint}page={}", page + 2)) { (lang.of("下一页", "Next page")) }
                }
            }
        }
    }
}

/// Everything to take home, or everything of a body.
pub(super) fn downloads(lang: Lang, body: Option<&str>) -> Markup {
    let query = body.map_or_else(String::new, |body| format!("?body={}", encoded(body)));
    html! {
        section.downloads {
            h2 { (lang.of("下载数据", "Download the data")) }
            p.muted { (lang.of(
                "一数一行：部门、年度、科目、金额、所在页和位置。csv 中可能被当作公式的文字前加有单引号。",
                "One number a row: body, year, code, amount, page and place. In csv, words that could be taken for a \
                 formula have an apostrophe before them.",
            )) }
            div.actions {
                @for format in ["csv", "xlsx", "json", "parquet"] {
                    a.button href=(format!("/read/figures.{format}{query}")) { (format) }
                }
            }
        }
    }
}
