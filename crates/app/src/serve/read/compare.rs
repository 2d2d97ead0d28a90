//! Several bodies side by side in one year and stage. Bodies are added and taken out by addresses, without script.

use std::collections::BTreeSet;

use maud::{Markup, html};
use mingzhang_catalogue::{BodyHead, ComparedRow, Comparison, MOST_BODIES, Period, Search, concepts};
use mingzhang_charts::Whole;
use mingzhang_model::key::Stage;
use mingzhang_model::set::Member;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{amounts, body_at, period, pictures, stage, year};
use crate::messages::Lang;
use crate::serve::call::Call;
use crate::serve::layout::crumbs;
use crate::serve::outgoing::encoded;
use crate::serve::problem::Problem;
use crate::serve::reply::{Reply, View};

/// How many bodies are offered for a name that several have.
const OFFERED: usize = 12;

/// What is compared.
#[derive(Default, Deserialize, JsonSchema)]
pub(super) struct Asked {
    /// The addresses of the bodies.
    #[serde(default)]
    body: Vec<String>,
    /// Words of the name of one more.
    #[serde(default)]
    add: String,
    /// The budget year.
    #[serde(default)]
    year: String,
    /// `initial`, `adjusted` or `final_accounts`.
    #[serde(default)]
    stage: String,
}

/// Several bodies side by side.
#[derive(Serialize, JsonSchema)]
pub(super) struct ComparePage {
    /// The comparison; none without bodies.
    comparison: Option<Comparison>,
    /// The years and stages of these bodies.
    periods: Vec<Period>,
    /// The bodies that the words of one more fit.
    offered: Vec<BodyHead>,
    #[serde(skip)]
    add: String,
}

pub(super) fn show(call: &Call<'_>) -> Result<Reply, Problem> {
    let Asked { mut body, add, year: asked_year, stage: asked_stage } = call.asked()?;
    let (asked_year, asked_stage) = (year(&asked_year)?, stage(&asked_stage)?);
    let catalogue = call.house.readers.catalogue();
    let mut offered = Vec::new();
    if !add.trim().is_empty() {
        let search = Search { query: add.clone(), per_page: OFFERED, ..Search::default() };
        offered = catalogue.search(&search).bodies;
        offered.retain(|found| !body.contains(&found.address));
        if let [only] = offered.as_slice() {
            body.push(only.address.clone());
            offered.clear();
        }
    }
    let mut periods: Vec<(Period, usize)> = Vec::new();
    for period in body.iter().take(MOST_BODIES).flat_map(|address| catalogue.periods_of(address)) {
        match periods.iter_mut().find(|(other, _)| *other == period) {
            Some((_, many)) => *many += 1,
            None => periods.push((period, 1)),
        }
    }
    // The period that most of them have, and of these the latest, is the one to begin with.
    let most = periods.iter().map(|(_, many)| *many).max().unwrap_or_default();
    let mut common: Vec<Period> = periods.iter().filter(|(_, many)| *many == most).map(|(period, _)| *period).collect();
    let mut periods: Vec<Period> = periods.into_iter().map(|(period, _)| period).collect();
    common.sort();
    periods.sort();
    let is_free = asked_year.is_none() && asked_stage.is_none();
    let chosen = period(asked_year, asked_stage, if is_free { &common } else { &periods });
    let addresses: Vec<&str> = body.iter().map(String::as_str).collect();
    let comparison = chosen.filter(|_| !addresses.is_empty()).map(|chosen| catalogue.compare(&addresses, chosen));
    Reply::view(ComparePage { comparison, periods, offered, add })
}

impl View for ComparePage {
    fn title(&self, call: &Call<'_>) -> String {
        call.lang.of("部门比较", "Compare bodies").to_owned()
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        html! {
            (crumbs(lang, &[("/read", lang.of("查阅", "Read")), ("", lang.of("部门比较", "Compare bodies"))]))
            h1 { (lang.of("部门比较", "Compare bodies")) }
            (self.form(lang))
            @match &self.comparison {
                Some(comparison) if !comparison.bodies.is_empty() => (self.compared(lang, comparison)),
                _ => p {
                    (lang.of(
                        "请写出部门名称中的几个字，加入要比较的部门；最多 12 个。",
                        "Please add bodies by words of their names, 12 at most.",
                    ))
                },
            }
        }
    }
}

impl ComparePage {
    fn bodies(&self) -> &[BodyHead] {
        self.comparison.as_ref().map_or(&[], |comparison| &comparison.bodies)
    }

    /// True where words were looked for and no body has them.
    fn found_nothing(&self) -> bool {
        let words = self.add.trim();
        !words.is_empty() && self.bodies().iter().all(|body| !body.name.contains(words))
    }

    fn period(&self) -> Option<Period> {
        self.comparison.as_ref().map(|comparison| comparison.period)
    }

    /// The address of a comparison of these bodies without one, or with one more.
    fn at(&self, without: Option<&str>, with: Option<&str>) -> String {
        let kept = self.bodies().iter().map(|body| body.address.as_str()).filter(|address| Some(*address) != without);
        let mut pairs: Vec<String> = kept.chain(with).map(|address| format!("body={}", encoded(address))).collect();
        if let Some(period) = self.period() {
            pairs.push(format!("year={}&stage={}", period.year, period.stage.word()));
        }
        format!("/read/compare?{}", pairs.join("&"))
    }

    fn form(&self, lang: Lang) -> Markup {
        html! {
            ul.picked { @for body in self.bodies() { li {
                a href=(body_at(&body.address)) { (body.name) } " "
                @let label = format!("{} {}", lang.of("移除", "Remove"), body.name);
                    a.out href=(self.at(Some(&body.address), None)) aria-label=(label) {
                    "×"
                }
            } } }
            form.search method="get" action="/read/compare" {
                @for body in self.bodies() { input type="hidden" name="body" value=(body.address); }
                div.field.words {
                    label for="add" { (lang.of("加入部门（名称中的字）", "Add a body (words of its name)")) }
                    @let typed = if self.offered.is_empty() { "" } else { self.add.as_str() };
                    input #add type="search" name="add" maxlength="100" value=(typed);
                }
                div.field {
                    label for="year" { (lang.of("年度", "Year")) }
                    select #year name="year" {
                        option value="" { (lang.of("最近", "Latest")) }
                        @let years: BTreeSet<u16> = self.periods.iter().map(|period| period.year).collect();
                        @for year in years.iter().rev() {
                            option value=(year) selected[self.period().is_some_and(|period| period.year == *year)] {
                                (year)
                            }
                        }
                    }
                }
                div.field {
                    label for="stage" { (lang.of("阶段", "Stage")) }
                    select #stage name="stage" {
                        option value="" { (lang.of("任一", "Any")) }
                        @for stage in Stage::ALL {
                            @let is_chosen = self.period().is_some_and(|period| period.stage == *stage);
                            option value=(stage.word()) selected[is_chosen] {
                                (amounts::stage(lang, *stage))
                            }
                        }
                    }
                }
                button.primary { (lang.of("比较", "Compare")) }
            }
            @if !self.offered.is_empty() {
                p {
                    (lang.of("名称中有“", "Bodies with “"))
                    (self.add)
                    (lang.of("”的部门，点击加入：", "” in their names; touch to add:"))
                }
                ul {
                    @for body in &self.offered {
                        li {
                            a href=(self.at(None, Some(&body.address))) { (body.name) }
                            " "
                            span.muted { (body.places.join("、")) }
                        }
                    }
                }
            } @else if self.found_nothing() {
                p.complaint {
                    (lang.of("没有找到名称中有“", "No body was found with “")) (self.add) (lang.of("”的部门。", "” in its name."))
                }
            }
        }
    }

    fn compared(&self, lang: Lang, comparison: &Comparison) -> Markup {
        let title = amounts::period(lang, comparison.period);
        html! {
            @if !comparison.left_out.is_empty() {
                p.complaint { (lang.of("没有列入比较：", "Not compared: ")) (comparison.left_out.join("、")) }
            }
            h2 { (title) }
            @if comparison.rows.is_empty() && comparison.functions.is_empty() {
                p {
                    (lang.of(
                        "这些部门没有公开这一年度、这一阶段的数。请换一个年度或阶段。",
                        "These bodies print no number of this year and stage. Please choose another.",
                    ))
                }
            } @else {
                (pictures_of(lang, comparison))
                @let caption = format!("{title}{}", lang.of("（万元，下为占比）", " (10,000 yuan, with shares)"));
                (table(lang, &caption, comparison, &comparison.rows))
                @if !comparison.functions.is_empty() {
                    h2 { (lang.of("支出按功能分类", "Expenditure by function")) }
                    @let caption = lang.of(
                        "支出按功能分类（万元，占本部门支出）",
                        "By function (10,000 yuan, of the body's expenditure)",
                    );
                    (table(lang, caption, comparison, &comparison.functions))
                }
            }
        }
    }
}

/// The total of each, and what it is spent on.
fn pictures_of(lang: Lang, comparison: &Comparison) -> Markup {
    let total =
        ["expenditure", "outgoing"].iter().find_map(|code| comparison.rows.iter().find(|row| row.code == *code));
    let classes: Vec<&ComparedRow> = comparison.functions.iter().filter(|row| row.code.len() == 3).collect();
    let of = |row: &ComparedRow, i: usize| {
        row.cells.get(i)?.as_ref().filter(|cell| !cell.amount.blank).map(|cell| amounts::datum(&cell.amount))
    };
    let bars = |row: &ComparedRow| {
        let bars = comparison.bodies.iter().enumerate();
        bars.filter_map(|(i, body)| Some((body.name.clone(), of(row, i)?))).collect::<Vec<_>>()
    };
    let whole = |(i, body): (usize, &BodyHead)| Whole {
        label: body.name.clone(),
        parts: classes.iter().map(|row| of(row, i)).collect(),
    };
    let text = lang.of("数字见下表。", "The numbers stand in the table.");
    html! {
        div.columns.broad {
            @if let Some(row) = total {
                section {
                    h3 { (amounts::named(lang, &row.code, &row.name)) }
                    (pictures::labelled("total", lang.of("支出", "Expenditure"), bars(row), text))
                }
            }
            @if !classes.is_empty() {
                section {
                    h3 { (lang.of("支出用途的比例", "Shares by function")) }
                    @let names = classes.iter().map(|row| row.name.clone()).collect();
                    @let wholes = comparison.bodies.iter().enumerate().map(whole).collect();
                    (pictures::beside("functions", lang.of("支出用途的比例", "Shares by function"), text, names, wholes))
                }
            }
        }
    }
}

fn table(lang: Lang, caption: &str, comparison: &Comparison, rows: &[ComparedRow]) -> Markup {
    let query = format!("?year={}&stage={}", comparison.period.year, comparison.period.stage.word());
    let is_part = |row: &ComparedRow| row.whole.is_some() && concepts().iter().any(|concept| concept.word == row.code);
    html! {
        div.scroll tabindex="0" role="region" aria-label=(caption) { table.money {
            caption { (caption) }
            thead { tr {
                th scope="col" { (lang.of("项目", "Item")) }
                @for body in &comparison.bodies { th.n.wraps scope="col" { (body.name) } }
            } }
            tbody { @for row in rows {
                @let is_class = row.code.len() == 3 && row.code.starts_with('2');
                tr class=[is_class.then_some("class")] {
                th scope="row" class=[is_part(row).then_some("part")] {
                    a.item href=(format!("/read/items/{}{query}", encoded(&row.code))) {
                        @if row.code.starts_with(|first: char| first.is_ascii_digit()) { span.code { (row.code) } " " }
                        (amounts::named(lang, &row.code, &row.name))
                    }
                }
                @for cell in &row.cells {
                    @let share = cell.as_ref().and_then(|cell| cell.share.as_ref());
                    (amounts::cell(lang, cell.as_ref().map(|cell| &cell.amount), share))
                }
            } } }
        } }
    }
}
