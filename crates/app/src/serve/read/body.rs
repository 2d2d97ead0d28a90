//! The page of a body: in short where its money comes from and goes, then everything, the years side by side.

use maud::{Markup, html};
use mingzhang_catalogue::{Amount, BodyPage, Derived, DocumentHead, Execution, FunctionRow, Period};
use mingzhang_model::set::Member;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::search::{downloads, scope};
use super::{amounts, body_at, period, pictures, stage, tables, year};
use crate::messages::Lang;
use crate::serve::call::Call;
use crate::serve::layout::crumbs;
use crate::serve::outgoing::encoded;
use crate::serve::problem::Problem;
use crate::serve::reply::{Reply, View};

/// The year and stage that the short answer is of; the latest where nothing is said.
#[derive(Default, Deserialize, JsonSchema)]
pub(super) struct Asked {
    /// The budget year.
    #[serde(default)]
    year: String,
    /// `initial`, `adjusted` or `final_accounts`.
    #[serde(default)]
    stage: String,
}

/// A body's page, and the column that its short answer is of.
#[derive(Serialize)]
#[serde(transparent)]
struct Shown {
    page: BodyPage,
    #[serde(skip)]
    at: usize,
}

pub(super) fn show(call: &Call<'_>) -> Result<Reply, Problem> {
    let Asked { year: asked_year, stage: asked_stage } = call.asked()?;
    let (asked_year, asked_stage) = (year(&asked_year)?, stage(&asked_stage)?);
    let page = call.house.readers.catalogue().body(call.param("body")).ok_or_else(Problem::missing)?;
    let telling: Vec<Period> =
        (0..page.periods.len()).filter(|at| tells(&page, *at)).map(|at| page.periods[at]).collect();
    let there = if telling.is_empty() { &page.periods } else { &telling };
    let chosen = period(asked_year, asked_stage, there);
    let at = match chosen {
        Some(chosen) => page.periods.iter().position(|period| *period == chosen),
        None if asked_year.is_none() && asked_stage.is_none() => Some(0),
        None => None,
    };
    let at = at.ok_or_else(Problem::missing)?;
    Reply::view(Shown { page, at })
}

/// True where documents say of a column what was spent, and on what.
fn tells(page: &BodyPage, at: usize) -> bool {
    let by_function = || page.functions.iter().any(|row| stated(row, at).is_some());
    spent(page, at).is_some() && by_function()
}

fn stated(row: &FunctionRow, at: usize) -> Option<&Amount> {
    row.cells.get(at)?.as_ref().filter(|amount| !amount.blank)
}

fn earned(page: &BodyPage, at: usize) -> Option<&Amount> {
    ["income", "incoming"].iter().find_map(|code| pictures::amount(&page.totals, code, at))
}

fn spent(page: &BodyPage, at: usize) -> Option<&Amount> {
    ["expenditure", "outgoing"].iter().find_map(|code| pictures::amount(&page.totals, code, at))
}

impl View for Shown {
    fn title(&self, _: &Call<'_>) -> String {
        self.page.body.name.clone()
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let (lang, page) = (call.lang, &self.page);
        html! {
            (crumbs(lang, &[("/read", lang.of("查阅", "Read")), ("", page.body.name.as_str())]))
            h1 { (page.body.name) " " (scope(lang, page.body.scope)) }
            (self.related(lang))
            (self.in_short(lang))
            (self.periods(lang))
            div.columns.wide-first {
                section aria-labelledby="goes" {
                    h2 #goes { (lang.of("钱到哪里去", "Where the money goes")) }
                    p.muted {
                        (amounts::period(lang, page.periods.get(self.at).copied().unwrap_or(NO_PERIOD)))
                        (lang.of("，按功能分类；点击一格看原文", ", by function; touch an area to see its place"))
                    }
                    (pictures::functions(lang, &page.functions, self.at))
                }
                section aria-labelledby="comes" {
                    h2 #comes { (lang.of("钱从哪里来", "Where the money comes from")) }
                    p.muted { (lang.of("各年度收入按来源", "Income of the years by source")) }
                    (pictures::income(lang, page))
                }
            }
            (self.details(lang))
            (self.documents(lang))
            (downloads(lang, Some(&page.body.address)))
        }
    }
}

const NO_PERIOD: Period = Period { year: 0, stage: mingzhang_model::key::Stage::Initial };

impl Shown {
    fn related(&self, lang: Lang) -> Markup {
        html! {
            @if !self.page.body.places.is_empty() { p.muted { (self.page.body.places.join("、")) } }
            @for other in &self.page.related {
                p {
                    (lang.of("同名的另一主体，款项范围不同：", "Another body of this name, with other money: "))
                    a href=(body_at(&other.address)) { (other.name) } " " (scope(lang, other.scope))
                }
            }
        }
    }

    /// Four numbers and a sentence.
    fn in_short(&self, lang: Lang) -> Markup {
        let (page, at) = (&self.page, self.at);
        let (earned, spent) = (earned(page, at), spent(page, at));
        let fiscal = pictures::amount(&page.income, "income_fiscal", at);
        let general = pictures::amount(&page.income, "income_general_public", at);
        let project = pictures::amount(&page.kinds, "project", at);
        let three = pictures::amount(&page.three_public, "three_public", at);
        let operating = pictures::amount(&page.operating_funds, "operating_funds", at);
        let share = |part: Option<&Amount>, whole: Option<&Amount>| Derived::share(part?, whole?);
        let largest = page.functions.iter().filter_map(|row| Some((row, stated(row, at)?))).max_by_key(|(_, a)| a.fen);
        let cards = [
            (
                lang.of("收入", "Income"),
                earned,
                share(fiscal.or(general), earned),
                lang.of("来自财政拨款", "appropriation"),
            ),
            (lang.of("支出", "Expenditure"), spent, share(project, spent), lang.of("为项目支出", "for projects")),
            (lang.of("“三公”经费", "Three public expenses"), three, None, ""),
            (lang.of("机关运行经费", "Operating funds"), operating, None, ""),
        ];
        html! {
            ul.cards.key-numbers aria-label=(lang.of("要点（万元）", "In short (10,000 yuan)")) {
                @for (name, amount, share, words) in cards {
                    @if amount.is_some() {
                        li.card {
                            div.muted { (name) }
                            div.figure { (amounts::linked(lang, amount)) " " small { (lang.of("万元", "×10⁴ yuan")) } }
                            @if let Some(share) = share { div.muted { (amounts::rate(&share)) " " (words) } }
                        }
                    }
                }
            }
            @if let (Some((row, amount)), Some(period)) = (largest, page.periods.get(at)) {
                p.lead {
                    (amounts::period(lang, *period)) (lang.of("，用得最多的是", ": most goes to ")) strong { (row.name) }
                    @if let Some(share) = share(Some(amount), spent) {
                        (lang.of("，占支出的 ", ", ")) (amounts::rate(&share))
                    }
                    (lang.of("。", "."))
                }
            }
        }
    }

    /// The years and stages that the short answer can be of.
    fn periods(&self, lang: Lang) -> Markup {
        let page = &self.page;
        let at = body_at(&page.body.address);
        html! {
            nav.filters aria-label=(lang.of("年度", "Years")) {
                @for (i, period) in page.periods.iter().enumerate().filter(|(i, _)| *i == self.at || tells(page, *i)) {
                    @let to = format!("{at}?year={}&stage={}", period.year, period.stage.word());
                    a href=(to) aria-current=[(i == self.at).then_some("true")] {
                        (amounts::period(lang, *period))
                    }
                }
                a.aside href=(format!("/read/compare?body={}", encoded(&page.body.address))) {
                    (lang.of("与其他部门比较", "Compare with others"))
                }
            }
        }
    }

    fn details(&self, lang: Lang) -> Markup {
        let page = &self.page;
        let parts = [
            (lang.of("收支总计，年与年对照", "Totals, the years side by side"), &page.totals),
            (lang.of("收入按来源", "Income by source"), &page.income),
            (lang.of("支出按资金来源", "Expenditure by fund"), &page.funds),
        ];
        html! {
            @for (title, rows) in parts {
                @if !rows.is_empty() { section { h2 { (title) } (tables::rows(lang, title, &page.periods, rows)) } }
            }
            @if !page.functions.is_empty() {
                @let title = lang.of("支出按功能分类", "Expenditure by function");
                section { h2 { (title) } (tables::functions(lang, title, &page.periods, &page.functions)) }
            }
            @if !page.kinds.is_empty() {
                @let title = lang.of("基本支出与项目支出", "Basic and project expenditure");
                section {
                    h2 { (title) } (pictures::kinds(lang, page)) (tables::rows(lang, title, &page.periods, &page.kinds))
                }
            }
            @if !page.general_public.is_empty() {
                @let title = lang.of("一般公共预算的基本支出与项目支出", "Of the general public budget");
                section { h2 { (title) } (tables::rows(lang, title, &page.periods, &page.general_public)) }
            }
            @if !page.three_public.is_empty() {
                @let title = lang.of("“三公”经费", "Three public expenses");
                section {
                    h2 { (title) }
                    (pictures::three_public(lang, page))
                    (tables::rows(lang, title, &page.periods, &page.three_public))
                }
            }
            @if !page.operating_funds.is_empty() {
                @let title = lang.of("机关运行经费", "Agency operating funds");
                section { h2 { (title) } (tables::rows(lang, title, &page.periods, &page.operating_funds)) }
            }
            (self.execution(lang))
        }
    }

    fn execution(&self, lang: Lang) -> Markup {
        let years: std::collections::BTreeSet<u16> = self.page.execution.iter().map(|row| row.year).collect();
        html! {
            @if !years.is_empty() {
                section {
                    h2 { (lang.of("决算与预算相比", "Accounts against budget")) }
                    @for year in years.iter().rev() {
                        @let of_year = self.page.execution.iter().filter(|row| row.year == *year);
                        @let rows: Vec<&Execution> = of_year.collect();
                        h3 { (year) (lang.of(" 年", "")) }
                        @if Some(year) == years.last() { (pictures::execution(lang, &rows)) }
                        (tables::execution(lang, &format!("{year} {}", lang.of("年预算执行", "execution")), &rows))
                    }
                }
            }
        }
    }

    fn documents(&self, lang: Lang) -> Markup {
        html! {
            section {
                h2 { (lang.of("文件", "Documents")) }
                ul.documents { @for document in &self.page.documents { li { (document_line(lang, document)) } } }
            }
        }
    }
}

fn document_line(lang: Lang, document: &DocumentHead) -> Markup {
    let source = document.source.as_deref();
    html! {
        a href=(format!("/read/documents/{}", document.id)) {
            @if let Some(year) = document.year { (year) (lang.of(" 年", " ")) }
            (document.kind.map_or(lang.of("文件", "document"), |kind| amounts::kind(lang, kind)))
        }
        span.muted {
            @if let Some(place) = &document.place { " · " (place) }
            " · " (document.figures) (lang.of(" 个数", " numbers"))
        }
        @if let Some(source) = source.filter(|source| source.starts_with("https://") || source.starts_with("http://")) {
            " · " a href=(source) rel="noopener nofollow" { (lang.of("公开网址", "Published at")) }
        } @else if let Some(source) = source { " · " span.muted { (source) } }
    }
}
