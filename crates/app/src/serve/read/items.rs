//! One item across all bodies, in order of size; and the list of what can be looked for.

use std::collections::BTreeSet;

use std::sync::Arc;

use maud::{Markup, html};
use mingzhang_catalogue::{Concept, Derived, Item, ItemPage, ItemQuery, ItemRow, Part, Period, concepts};
use mingzhang_model::key::Stage;
use mingzhang_model::set::Member;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::search::{page, pages};
use super::{amounts, body_at, period, pictures, stage, year};
use crate::messages::Lang;
use crate::serve::call::Call;
use crate::serve::layout::crumbs;
use crate::serve::outgoing::encoded;
use crate::serve::problem::Problem;
use crate::serve::reply::{Reply, View};

/// How many bodies the chart shows.
const DRAWN: usize = 30;

/// How many bodies a page of the table has.
const PER_PAGE: usize = 100;

/// What can be looked for in every body.
#[derive(Serialize, JsonSchema)]
pub(super) struct Items {
    /// Amounts that every disclosure has.
    concepts: Vec<ConceptRow>,
    /// Functional codes that documents print: digits and name.
    functions: Arc<Vec<(String, String)>>,
}

/// An amount that every disclosure has.
#[derive(Serialize, JsonSchema)]
struct ConceptRow {
    word: &'static str,
    term: &'static str,
    english: &'static str,
    #[serde(skip)]
    part: Part,
}

pub(super) fn list(call: &Call<'_>) -> Result<Reply, Problem> {
    let row = |concept: &'static Concept| ConceptRow {
        word: concept.word,
        term: concept.term,
        english: concept.english,
        part: concept.part,
    };
    Reply::view(Items { concepts: concepts().iter().map(row).collect(), functions: call.house.readers.functions() })
}

impl View for Items {
    fn title(&self, call: &Call<'_>) -> String {
        call.lang.of("按项目查", "By item").to_owned()
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        let parts = [
            (Part::Totals, lang.of("收支总计", "Totals")),
            (Part::Income, lang.of("收入按来源", "Income by source")),
            (Part::Funds, lang.of("支出按资金来源", "Expenditure by fund")),
            (Part::Kinds, lang.of("基本支出与项目支出", "Basic and project expenditure")),
            (Part::GeneralPublic, lang.of("一般公共预算支出", "General public budget")),
            (Part::ThreePublic, lang.of("“三公”经费", "Three public expenses")),
            (Part::OperatingFunds, lang.of("机关运行经费", "Operating funds")),
        ];
        html! {
            (crumbs(lang, &[("/read", lang.of("查阅", "Read")), ("", lang.of("按项目查", "By item"))]))
            h1 { (lang.of("各部门的同一项", "One item of all bodies")) }
            p.lead { (lang.of("选一项，看每个部门用了多少，谁多谁少。", "Choose an item and see what each body has for it.")) }
            div.columns { @for (part, title) in parts { section.card {
                h2 { (title) }
                ul.items { @for concept in self.concepts.iter().filter(|concept| concept.part == part) {
                    li { a href=(format!("/read/items/{}", concept.word)) { (lang.of(concept.term, concept.english)) } }
                } }
            } } }
            @if !self.functions.is_empty() {
                h2 { (lang.of("支出功能分类", "Functional codes")) }
                ul.codes { @for (code, name) in self.functions.iter() {
                    li class=(match code.len() { 3 => "class", 5 => "subclass", _ => "item" }) {
                        a href=(format!("/read/items/{code}")) { span.code { (code) } " " (name) }
                    }
                } }
            }
        }
    }
}

/// The year and stage of the item; the latest that there is where nothing is said.
#[derive(Default, Deserialize, JsonSchema)]
pub(super) struct Asked {
    /// The budget year.
    #[serde(default)]
    year: String,
    /// `initial`, `adjusted` or `final_accounts`.
    #[serde(default)]
    stage: String,
    /// Bodies of a place only.
    #[serde(default)]
    place: String,
    /// Which page of the table, counted from 1.
    #[serde(default)]
    page: String,
}

/// One item across all bodies.
#[derive(Serialize, JsonSchema)]
pub(super) struct ItemView {
    #[serde(flatten)]
    item: ItemPage,
    #[serde(skip)]
    periods: Vec<Period>,
    #[serde(skip)]
    places: Vec<String>,
    #[serde(skip)]
    place: String,
    #[serde(skip)]
    page: usize,
}

pub(super) fn show(call: &Call<'_>) -> Result<Reply, Problem> {
    let asked: Asked = call.asked()?;
    let (asked_year, asked_stage, page) = (year(&asked.year)?, stage(&asked.stage)?, page(&asked.page)?);
    let item = Item::parse(call.param("item")).ok_or_else(Problem::missing)?;
    let catalogue = call.house.readers.catalogue();
    let periods = catalogue.periods();
    let fits = |period: &Period| {
        asked_year.is_none_or(|year| period.year == year) && asked_stage.is_none_or(|stage| period.stage == stage)
    };
    let place = Some(asked.place.clone()).filter(|place| !place.is_empty());
    let of = |period: Period| catalogue.item(&ItemQuery { item, period, place: place.clone() });
    // Where nothing is said, the latest year of which somebody prints it.
    let printed =
        || periods.iter().rev().filter(|period| fits(period)).map(|period| of(*period)).find(|page| page.count > 0);
    let item = match (asked_year, asked_stage) {
        (Some(year), Some(stage)) => of(Period { year, stage }),
        _ => match printed() {
            Some(page) => page,
            None => of(period(asked_year, asked_stage, &periods).ok_or_else(Problem::missing)?),
        },
    };
    let places = catalogue.places();
    Reply::view(ItemView { item, periods, places, place: asked.place, page })
}

impl View for ItemView {
    fn title(&self, _: &Call<'_>) -> String {
        self.item.name.clone()
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let (lang, item) = (call.lang, &self.item);
        let name = amounts::named(lang, &item.code, &item.name);
        html! {
            (crumbs(lang, &[("/read", lang.of("查阅", "Read")), ("/read/items", lang.of("按项目查", "By item")), ("", name)]))
            h1 {
                (name)
                @if item.code.starts_with(|first: char| first.is_ascii_digit()) { " " span.muted { (item.code) } }
            }
            (self.form(lang))
            h2 {
                (amounts::period(lang, item.period))
                span.muted { " · " (item.count) (lang.of(" 个部门、单位有数", " bodies print it")) }
            }
            (self.middle(lang))
            @if item.rows.is_empty() {
                p {
                    (lang.of(
                        "没有部门公开这一年度、这一阶段的这一项。请换一个年度或阶段。",
                        "No body prints it for this year and stage. Please choose another.",
                    ))
                }
            } @else {
                (self.chart(lang, name))
                (self.table(lang, name))
            }
        }
    }
}

impl ItemView {
    fn form(&self, lang: Lang) -> Markup {
        let period = self.item.period;
        html! {
            form.search method="get" action=(format!("/read/items/{}", encoded(&self.item.code))) {
                div.field {
                    label for="year" { (lang.of("年度", "Year")) }
                    select #year name="year" {
                        @let years = self.periods.iter().map(|period| period.year).chain([period.year]);
                        @let years: BTreeSet<u16> = years.collect();
                        @for year in years.iter().rev() {
                            option value=(year) selected[period.year == *year] { (year) }
                        }
                    }
                }
                div.field {
                    label for="stage" { (lang.of("阶段", "Stage")) }
                    select #stage name="stage" {
                        @for stage in Stage::ALL {
                            option value=(stage.word()) selected[period.stage == *stage] {
                                (amounts::stage(lang, *stage))
                            }
                        }
                    }
                }
                div.field {
                    label for="place" { (lang.of("地区", "Place")) }
                    select #place name="place" {
                        option value="" { (lang.of("全部", "All")) }
                        @for place in &self.places { option value=(place) selected[*place == self.place] { (place) } }
                    }
                }
                button.primary { (lang.of("查看", "Show")) }
            }
        }
    }

    /// The median and the quartiles, with the amounts that they lie between.
    fn middle(&self, lang: Lang) -> Markup {
        let item = &self.item;
        let three = [
            (lang.of("下四分位数", "Lower quartile"), &item.lower_quartile),
            (lang.of("中位数", "Median"), &item.median),
            (lang.of("上四分位数", "Upper quartile"), &item.upper_quartile),
        ];
        html! {
            @if item.count > 1 {
                ul.cards.key-numbers aria-label=(lang.of("中位数与四分位数（万元）", "Median and quartiles (10,000 yuan)")) {
                    @for (name, derived) in three { @if let Some(derived) = derived { li.card {
                        div.muted { (name) }
                        div.figure { (amounts::wan_of(&derived.value)) " " small { (lang.of("万元", "×10⁴ yuan")) } }
                        (from(lang, derived))
                    } } }
                }
            }
        }
    }

    fn chart(&self, lang: Lang, name: &str) -> Markup {
        let stated = self.item.rows.iter().filter(|row| !row.amount.blank).take(DRAWN);
        let bars = stated.map(|row| (row.body.name.clone(), amounts::datum(&row.amount))).collect();
        let text = lang.of("从多到少的前 30 个；全部见表格。", "The first 30; all stand in the table.");
        html! { (pictures::labelled("ranking", name, bars, text)) }
    }

    fn table(&self, lang: Lang, name: &str) -> Markup {
        let item = &self.item;
        let caption = format!("{name} {}{}", amounts::period(lang, item.period), lang.of("（万元）", " (10,000 yuan)"));
        let rows = item.rows.iter().skip(self.page.saturating_mul(PER_PAGE)).take(PER_PAGE);
        let place = if self.place.is_empty() { String::new() } else { format!("&place={}", encoded(&self.place)) };
        let here = format!(
            "/read/items/{}?year={}&stage={}{place}",
            encoded(&item.code),
            item.period.year,
            item.period.stage.word()
        );
        html! {
            div.scroll tabindex="0" role="region" aria-label=(caption) { table.money {
                caption { (caption) }
                thead { tr {
                    th.n scope="col" { (lang.of("位次", "Rank")) }
                    th scope="col" { (lang.of("部门、单位", "Body")) }
                    th.n scope="col" { (lang.of("金额", "Amount")) }
                    th scope="col" { (lang.of("地区", "Place")) }
                } }
                tbody { @for row in rows { (line(lang, row)) } }
            } }
            (pages(lang, self.page, item.rows.len().div_ceil(PER_PAGE), &here))
        }
    }
}

fn line(lang: Lang, row: &ItemRow) -> Markup {
    html! { tr {
        td.n { @if row.amount.blank { "—" } @else { (row.rank) } }
        th scope="row" { a href=(body_at(&row.body.address)) { (row.body.name) } }
        (amounts::cell(lang, Some(&row.amount), None))
        td { (row.body.places.join("、")) }
    } }
}

/// The amounts that a number was computed from, each a link to its place.
fn from(lang: Lang, derived: &Derived) -> Markup {
    html! {
        div.muted {
            (lang.of("介于 ", "between "))
            @for (i, operand) in derived.from.iter().enumerate() {
                @if i > 0 { (lang.of(" 与 ", " and ")) }
                @match &operand.source {
                    Some(source) => a.amount href=(amounts::place(source)) { (amounts::wan_of(&operand.yuan)) },
                    None => (amounts::wan_of(&operand.yuan)),
                }
            }
        }
    }
}
