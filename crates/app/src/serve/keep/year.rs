//! A year of a unit in one look: the budget by version, what became of it by fund and line, deadlines, what is next.

use maud::{Markup, html};
use mingzhang_books::entry::{Publication, Step, Version};
use mingzhang_books::pivot::{Scope, differences};
use mingzhang_books::state::{Account, Books};
use mingzhang_model::amount::Amount;
use mingzhang_model::key::Fund;
use mingzhang_model::set::Member;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::money;
use super::place::{Place, unit_path};
use super::units::{ClockRow, clock_chip, clocks, status_term, status_word, today};
use crate::serve::call::Call;
use crate::serve::problem::Problem;
use crate::serve::reply::{Reply, View};

/// How a year is looked at.
#[derive(Deserialize, JsonSchema, Default)]
pub(super) struct Asked {
    /// own: the unit by itself; all: with those below it. All where nothing is said.
    #[serde(default)]
    level: Level,
}

/// Whose money.
#[derive(Deserialize, Serialize, JsonSchema, Default, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Level {
    /// The unit with those below it.
    #[default]
    All,
    /// The unit by itself.
    Own,
}

/// A year. All money in yuan, as words with two decimals.
#[derive(Serialize, JsonSchema)]
pub(super) struct YearPage {
    unit: String,
    name: String,
    year: u16,
    level: Level,
    /// True where units below it keep this year too.
    is_department: bool,
    /// open, closed or approved; none where only units below keep the year.
    status: Option<&'static str>,
    versions: Vec<VersionRow>,
    funds: Vec<Sums>,
    total: Sums,
    lines: Vec<LineRow>,
    clocks: Vec<ClockRow>,
    publications: Vec<PublicationRow>,
    /// What is next, in words, with its address.
    next: Vec<Next>,
    /// Money between two units that one side only has.
    differences: Vec<String>,
    #[serde(skip)]
    place: Place,
}

/// A version of the budget.
#[derive(Serialize, JsonSchema)]
struct VersionRow {
    version: &'static str,
    name: &'static str,
    total: String,
    /// By which document it was submitted or approved; none while it may change.
    document: Option<String>,
    on: Option<String>,
}

/// Sums of budget lines.
#[derive(Serialize, JsonSchema, Clone, Default)]
struct Sums {
    name: String,
    initial: String,
    adjusted: String,
    allotted: String,
    reserved: String,
    paid: String,
    available: String,
    /// Paid of the adjusted budget, in per cent with two decimals; none where there is no budget.
    execution: Option<String>,
}

/// A line of the budget.
#[derive(Serialize, JsonSchema)]
struct LineRow {
    /// Its unit.
    unit: String,
    /// Its place among the unit's lines, from 0.
    at: usize,
    words: String,
    #[serde(flatten)]
    sums: Sums,
}

/// How far a publication is.
#[derive(Serialize, JsonSchema)]
struct PublicationRow {
    publication: &'static str,
    name: &'static str,
    edition: u16,
    /// The word of the last step; none before the first.
    step: Option<&'static str>,
    step_name: &'static str,
}

/// Something to be done.
#[derive(Serialize, JsonSchema)]
struct Next {
    words: String,
    to: String,
}

#[derive(Default, Clone, Copy)]
struct Adding {
    initial: i64,
    adjusted: i64,
    allotted: i64,
    reserved: i64,
    paid: i64,
}

impl Adding {
    fn add(&mut self, account: &Account) {
        self.initial += account.initial.0;
        self.adjusted += account.adjusted().0;
        self.allotted += account.allotted.0;
        self.reserved += account.reserved.0;
        self.paid += account.paid.0;
    }

    fn sums(self, name: impl Into<String>) -> Sums {
        let yuan = |fen: i64| money(Amount(fen));
        Sums {
            name: name.into(),
            initial: yuan(self.initial),
            adjusted: yuan(self.adjusted),
            allotted: yuan(self.allotted),
            reserved: yuan(self.reserved),
            paid: yuan(self.paid),
            available: yuan(self.adjusted - self.reserved - self.paid),
            execution: percent(self.paid, self.adjusted),
        }
    }
}

/// A share in per cent with two decimals, half up.
fn percent(part: i64, whole: i64) -> Option<String> {
    if whole <= 0 {
        return None;
    }
    let (part, whole) = (i128::from(part), i128::from(whole));
    let hundredths = (part * 20_000 + whole).div_euclid(2 * whole);
    Some(format!("{}.{:02}%", hundredths / 100, hundredths % 100))
}

pub(super) fn page(call: &Call<'_>) -> Result<Reply, Problem> {
    let (place, Asked { level }) = (Place::of(call)?, call.asked()?);
    let books = call.house.books();
    let is_department = books.department_in(&place.unit, place.year).len() > 1;
    let scope = match level {
        Level::All => Scope::Consolidated(place.unit.clone()),
        Level::Own => Scope::Own(place.unit.clone()),
    };
    let (mut total, mut funds): (Adding, Vec<(Fund, Adding)>) = Default::default();
    let mut lines = Vec::new();
    for unit in scope.units_in(&books, place.year) {
        for (at, account) in books.year(&unit, place.year).map_or(&[][..], |year| year.accounts()).iter().enumerate() {
            total.add(account);
            match funds.iter_mut().find(|(fund, _)| *fund == account.line.fund) {
                Some((_, sums)) => sums.add(account),
                None => {
                    let mut sums = Adding::default();
                    sums.add(account);
                    funds.push((account.line.fund, sums));
                }
            }
            let mut own = Adding::default();
            own.add(account);
            lines.push(LineRow { unit: unit.to_string(), at, words: account.line.words(), sums: own.sums("") });
        }
    }
    lines.sort_by(|a, b| (&a.unit, &a.words).cmp(&(&b.unit, &b.words)));
    let own = books.year(&place.unit, place.year);
    let difference = |one: mingzhang_books::pivot::Difference| {
        format!("{} 付给 {} {}，对方列收 {}", one.from, one.to, money(one.given), money(one.got))
    };
    Reply::view(YearPage {
        unit: place.unit.to_string(),
        name: place.name.clone(),
        year: place.year,
        level,
        is_department,
        status: own.map(|year| status_word(&year.status)),
        versions: versions(&books, &place),
        funds: funds.into_iter().map(|(fund, sums)| sums.sums(fund.term())).collect(),
        total: total.sums(call.lang.of("合计", "Total")),
        lines,
        clocks: clocks(&books, &place.unit, place.year, today()?),
        publications: publications(&books, &place, is_department),
        next: next(call, &books, &place),
        differences: differences(&books, &scope, place.year).into_iter().map(difference).collect(),
        place,
    })
}

fn versions(books: &Books, place: &Place) -> Vec<VersionRow> {
    let Some(year) = books.year(&place.unit, place.year) else { return Vec::new() };
    let version = |version: &Version| {
        let frozen = year.frozen(*version);
        if frozen.is_none() && year.version(*version).next().is_none() {
            return None;
        }
        Some(VersionRow {
            version: version.word(),
            name: version.term(),
            total: money(year.drafted(*version)),
            document: frozen.map(|frozen| frozen.freeze.document.clone()),
            on: frozen.map(|frozen| frozen.freeze.on.to_string()),
        })
    };
    Version::ALL.iter().filter_map(version).collect()
}

fn publications(books: &Books, place: &Place, is_department: bool) -> Vec<PublicationRow> {
    let Some(year) = books.year(&place.unit, place.year) else { return Vec::new() };
    let row = |publication: &Publication| {
        let edition = year.last_edition(*publication);
        let last = year.disclosure(*publication, edition).last().map(|step| step.step);
        PublicationRow {
            publication: publication.word(),
            name: publication.term(),
            edition,
            step: last.map(Step::word),
            step_name: last.map_or("未起草", Step::term),
        }
    };
    // A unit without others below it has one disclosure, not two.
    Publication::ALL.iter().filter(|publication| is_department || !publication.is_own_level()).map(row).collect()
}

/// What is to be done next in a year, as far as the books can tell.
fn next(call: &Call<'_>, books: &Books, place: &Place) -> Vec<Next> {
    let lang = call.lang;
    let Some(year) = books.year(&place.unit, place.year) else { return Vec::new() };
    let mut next = Vec::new();
    let mut add = |zh: &str, en: &str, to: String| next.push(Next { words: lang.of(zh, en).to_owned(), to });
    let has_lines = year.version(Version::Approved).next().is_some();
    if year.frozen(Version::Approved).is_none() {
        if !has_lines {
            add("录入或导入批复的预算", "Enter the approved budget", place.table_path("budget"));
        } else {
            add("锁定批复版本", "Freeze the approved version", place.table_path("versions"));
        }
        return next;
    }
    if year.is_open() {
        add("登记支付", "Enter payments", place.table_path("payments"));
        add("登记收入", "Enter receipts", place.table_path("receipts"));
        if year.accounts().iter().any(|account| account.paid.0 > 0) {
            add("年终结账", "Close the year", place.table_path("closings"));
        }
    } else if matches!(year.status, mingzhang_books::state::Status::Closed(_)) {
        add("登记决算批复", "Enter the approval of the accounts", place.table_path("approvals"));
    }
    let whole = Publication::ALL.iter().filter(|publication| !publication.is_own_level());
    for publication in whole {
        let clock = books.clock(&place.unit, place.year, *publication);
        if clock.approved.is_some() && clock.published.is_none() {
            add(
                &format!("办理{}公开", publication.term()),
                &format!("Publish the {}", publication.word()),
                format!("{}/disclosures/{}", place.path(), publication.word()),
            );
        }
    }
    next
}

impl View for YearPage {
    fn title(&self, _: &Call<'_>) -> String {
        format!("{} {}", self.name, self.year)
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        html! {
            (self.place.crumbs(lang, &[]))
            h1 { (self.name) " " (self.year) (lang.of(" 年", "")) }
            p {
                @if let Some(status) = self.status { span.chip { (status_term(call, status)) } " " }
                @for clock in &self.clocks { (clock_chip(call, clock)) " " }
            }
            @if self.is_department {
                p.actions {
                    a href="?level=all" aria-current=[(self.level == Level::All).then_some("true")] {
                        (lang.of("汇总（含下级单位）", "With the units below"))
                    }
                    a href="?level=own" aria-current=[(self.level == Level::Own).then_some("true")] {
                        (lang.of("本级", "Own level"))
                    }
                }
            }
            ul.cards {
                (figure(lang.of("调整后预算（元）", "Adjusted budget (yuan)"), &self.total.adjusted))
                (figure(lang.of("已支付（元）", "Paid (yuan)"), &self.total.paid))
                (figure(lang.of("可用（元）", "Available (yuan)"), &self.total.available))
                (figure(lang.of("预算执行率", "Execution"), self.total.execution.as_deref().unwrap_or("—")))
            }
            (self.ways(call))
            @for difference in &self.differences {
                p.complaint { (lang.of("内部往来不符：", "Between units: ")) (difference) }
            }
            (self.sums(call))
        }
    }
}

fn figure(words: &str, value: &str) -> Markup {
    html! { li.card { p.muted { (words) } p.figure { (value) } } }
}

impl YearPage {
    /// What is next, and where things are done.
    fn ways(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        let path = self.place.path();
        html! {
            div.columns {
                section {
                    h2 { (lang.of("下一步", "Next")) }
                    @if self.next.is_empty() { p.muted { (lang.of("本年没有待办的步骤。", "Nothing is due.")) } }
                    ul { @for next in &self.next { li { a href=(next.to) { (next.words) } } } }
                }
                section {
                    h2 { (lang.of("办理", "Go to")) }
                    ul {
                        li { a href=(format!("{path}/tables")) { (lang.of("账表与台账", "Tables and registers")) } }
                        li { a href=(format!("{path}/explanations")) { (lang.of("公开说明文字", "Explanations")) } }
                        li {
                            a href=(format!("{}/import?year={}", unit_path(&self.place.unit), self.year)) {
                                (lang.of("从文件导入", "Import files"))
                            }
                        }
                        li { a href=(format!("{}/todo", unit_path(&self.place.unit))) { (lang.of("待办", "To do")) } }
                        li {
                            a href=(format!("{}/trail", unit_path(&self.place.unit))) {
                                (lang.of("谁做了什么", "Who did what"))
                            }
                        }
                    }
                }
                section {
                    h2 { (lang.of("公开", "Disclosures")) }
                    ul { @for one in &self.publications {
                        li {
                            a href=(format!("{path}/disclosures/{}", one.publication)) {
                                (one.name) (lang.of("公开", " disclosure"))
                            }
                            " " span.chip {
                                (one.step_name) @if one.edition > 1 {
                                    " " (lang.of("第 ", "edition ")) (one.edition) (lang.of(" 版", ""))
                                }
                            }
                        }
                    } }
                }
            }
        }
    }

    fn versions(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        html! {
            @if !self.versions.is_empty() {
                h2 { (lang.of("预算版本", "Versions of the budget")) }
                div.scroll tabindex="0" role="region" aria-label=(lang.of("预算版本", "Versions")) { table {
                    thead { tr {
                        th scope="col" { (lang.of("版本", "Version")) }
                        th scope="col" { (lang.of("金额（元）", "Amount (yuan)")) }
                        th scope="col" { (lang.of("文号", "Document")) }
                        th scope="col" { (lang.of("日期", "Day")) }
                    } }
                    tbody { @for version in &self.versions { tr {
                        th scope="row" { (version.name) }
                        td.n { (version.total) }
                        td {
                            @match &version.document {
                                Some(document) => { (document) }
                                None => { span.chip.warning { (lang.of("未锁定", "may change")) } }
                            }
                        }
                        td { (version.on.as_deref().unwrap_or_default()) }
                    } } }
                } }
            }
        }
    }

    fn sums(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        let heads = [
            lang.of("年初", "Initial"),
            lang.of("调整后", "Adjusted"),
            lang.of("指标", "Allotted"),
            lang.of("预留", "Reserved"),
            lang.of("已付", "Paid"),
            lang.of("可用", "Available"),
            lang.of("执行率", "Execution"),
        ];
        html! {
            (self.versions(call))
            h2 { (lang.of("各类资金（元）", "By fund (yuan)")) }
            div.scroll tabindex="0" role="region" aria-label=(lang.of("各类资金", "By fund")) { table {
                thead {
                    tr { th scope="col" { (lang.of("资金", "Fund")) } @for head in heads { th.n scope="col" { (head) } } }
                }
                tbody {
                    @for sums in self.funds.iter().chain([&self.total]) {
                        tr { th scope="row" { (sums.name) } (cells(sums)) }
                    }
                }
            } }
            h2 { (lang.of("预算明细（元）", "Lines of the budget (yuan)")) }
            @if self.lines.is_empty() { p.muted { (lang.of("还没有批复的预算。", "No budget is approved yet.")) } }
            @else {
                div.scroll tabindex="0" role="region" aria-label=(lang.of("预算明细", "Lines")) { table.dense {
                    thead { tr {
                        th scope="col" { (lang.of("预算", "Line")) }
                        @for head in heads { th.n scope="col" { (head) } }
                        th scope="col" { (lang.of("办理", "Do")) }
                    } }
                    tbody { @for line in &self.lines { tr {
                        th scope="row" { @if line.unit != self.unit { code { (line.unit) } " " } (line.words) }
                        (cells(&line.sums))
                        td { @if line.unit == self.unit && self.status == Some("open") {
                            a href=(format!("{}?line={}#enter", self.place.table_path("payments"), line.at)) {
                                (lang.of("支付", "Pay"))
                            }
                            " "
                            a href=(format!("{}?line={}#enter", self.place.table_path("reservations"), line.at)) {
                                (lang.of("预留", "Reserve"))
                            }
                            " "
                            a href=(format!("{}?line={}#enter", self.place.table_path("adjustments"), line.at)) {
                                (lang.of("调整", "Adjust"))
                            }
                        } }
                    } } }
                } }
            }
        }
    }
}

fn cells(sums: &Sums) -> Markup {
    let amounts = [&sums.initial, &sums.adjusted, &sums.allotted, &sums.reserved, &sums.paid, &sums.available];
    html! {
        @for amount in amounts { td.n { (amount) } }
        td.n { (sums.execution.as_deref().unwrap_or("—")) }
    }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn shares_are_rounded_half_up() {
        assert_eq!(percent(1, 3).as_deref(), Some("33.33%"));
        assert_eq!(percent(2, 3).as_deref(), Some("66.67%"));
        assert_eq!(percent(1, 20_000).as_deref(), Some("0.01%"));
        assert_eq!(percent(5, 5).as_deref(), Some("100.00%"));
        assert_eq!(percent(5, 0), None);
    }
}
