//! Charts of a body's page: what the catalogue answers as what the charts draw. Marks lead where their numbers lead.

use maud::PreEscaped;
use mingzhang_catalogue::{Amount, BodyPage, Execution, FunctionRow, Period, Row};
use mingzhang_charts::{
    Bar, Bars, Caption, Datum, Frame, Group, Leaf, Series, Shares, Treemap, Whole, Years, bars, columns, responsive,
    stacked, treemap,
};

use super::amounts::{datum, named, period, stated};
use crate::messages::Lang;

/// A chart as it stands on a page.
pub(super) type Picture = PreEscaped<String>;

fn caption(id: &str, title: &str, description: &str) -> Caption {
    Caption { id: id.to_owned(), title: title.to_owned(), description: description.to_owned() }
}

/// The row of a code.
pub(super) fn row<'a>(rows: &'a [Row], code: &str) -> Option<&'a Row> {
    rows.iter().find(|row| row.code == code)
}

/// The amount of a row in a column, where a number is printed.
pub(super) fn amount<'a>(rows: &'a [Row], code: &str, at: usize) -> Option<&'a Amount> {
    row(rows, code)?.cells.get(at)?.as_ref().filter(|amount| !amount.blank)
}

/// A whole that stands for its parts where these are not printed, or do not add up to it.
struct Split {
    whole: &'static str,
    parts: &'static [&'static str],
}

const INCOME: &[Split] = &[
    Split {
        whole: "income_fiscal",
        parts: &["income_general_public", "income_government_managed", "income_state_capital"],
    },
    Split { whole: "income_special_account", parts: &[] },
    Split { whole: "income_superior_subsidy", parts: &[] },
    Split { whole: "income_service", parts: &[] },
    Split { whole: "income_business", parts: &[] },
    Split { whole: "income_affiliate_remittance", parts: &[] },
    Split { whole: "income_other", parts: &[] },
];

const KINDS: &[Split] = &[
    Split { whole: "basic", parts: &["personnel", "operating"] },
    Split { whole: "project", parts: &[] },
    Split { whole: "remittance_to_superior", parts: &[] },
    Split { whole: "business", parts: &[] },
    Split { whole: "subsidy_to_affiliates", parts: &[] },
];

/// The codes of a column that together are the whole once, none twice.
fn once(rows: &[Row], splits: &[Split], at: usize) -> Vec<&'static str> {
    let fen = |code: &&str| amount(rows, code, at).map(|amount| i128::from(amount.fen));
    let mut codes = Vec::new();
    for split in splits {
        let sum: i128 = split.parts.iter().filter_map(fen).sum();
        let is_split = split.parts.iter().any(|part| fen(part).is_some());
        match fen(&split.whole).filter(|whole| *whole != 0) {
            Some(whole) if !is_split || whole != sum => codes.push(split.whole),
            _ => codes.extend(split.parts.iter().filter(|part| fen(part).is_some_and(|fen| fen != 0))),
        }
    }
    codes
}

/// For each period a bar of what its whole is made of.
fn shares(lang: Lang, rows: &[Row], splits: &[Split], periods: &[Period], caption: Caption) -> Shares {
    let of: Vec<Vec<&str>> = (0..periods.len()).map(|at| once(rows, splits, at)).collect();
    let codes: Vec<&Row> = rows.iter().filter(|row| of.iter().flatten().any(|code| row.code == *code)).collect();
    let whole = |(at, codes_of): (usize, &Vec<&str>)| Whole {
        label: period(lang, periods[at]),
        parts: codes
            .iter()
            .map(|row| codes_of.contains(&row.code.as_str()).then(|| stated(row.cells[at].as_ref())).flatten())
            .collect(),
    };
    let wholes = of.iter().enumerate().filter(|(_, codes)| !codes.is_empty()).map(whole).collect();
    let parts = codes.iter().map(|row| super::amounts::name(lang, row).to_owned()).collect();
    Shares { caption, parts, wholes }
}

/// Where the money comes from, year by year.
pub(super) fn income(lang: Lang, page: &BodyPage) -> Picture {
    let title = lang.of("收入来源", "Income by source");
    let text =
        lang.of("每个年度一条，各来源所占比例；金额见表格。", "A bar for each year with the shares of the sources.");
    let chart = shares(lang, &page.income, INCOME, &page.periods, caption("income", title, text));
    // It stands in a column of its own, which is never wider than a phone is tall.
    PreEscaped(stacked(&chart, Frame::Narrow))
}

/// What the money is spent as, year by year.
pub(super) fn kinds(lang: Lang, page: &BodyPage) -> Picture {
    let title = lang.of("基本支出与项目支出", "Basic and project expenditure");
    let text =
        lang.of("每个年度一条，各类支出所占比例；金额见表格。", "A bar for each year with the shares of the kinds.");
    let chart = shares(lang, &page.kinds, KINDS, &page.periods, caption("kinds", title, text));
    PreEscaped(responsive(|frame| stacked(&chart, frame)))
}

/// Where the money of a period goes, by function.
pub(super) fn functions(lang: Lang, tree: &[FunctionRow], at: usize) -> Picture {
    let of = |row: &FunctionRow| row.cells.get(at)?.as_ref().filter(|amount| !amount.blank).map(datum);
    let leaf = |row: &FunctionRow| Some(Leaf { label: row.name.clone(), datum: of(row)? });
    let group = |row: &FunctionRow| {
        let parts = row.children.iter().filter_map(leaf).collect();
        Some(Group { label: row.name.clone(), datum: of(row)?, parts })
    };
    let title = lang.of("支出按功能分类", "Expenditure by function");
    let text =
        lang.of("面积为金额，一格一类，类中为款；金额见表格。", "Areas are amounts: classes, and in them subclasses.");
    let map = Treemap { caption: caption("functions", title, text), groups: tree.iter().filter_map(group).collect() };
    PreEscaped(responsive(|frame| treemap(&map, frame)))
}

/// 三公 over the years.
pub(super) fn three_public(lang: Lang, page: &BodyPage) -> Picture {
    let parts = ["overseas_trips", "vehicle_purchase", "vehicle_running", "vehicle_costs", "receptions"];
    let split = ["vehicle_purchase", "vehicle_running"].iter().any(|code| row(&page.three_public, code).is_some());
    let parts = parts.iter().filter(|code| !split || **code != "vehicle_costs");
    let rows: Vec<&Row> = parts.filter_map(|code| row(&page.three_public, code)).collect();
    let there = |at: &usize| rows.iter().any(|row| row.cells[*at].as_ref().is_some_and(|amount| !amount.blank));
    let ats: Vec<usize> = (0..page.periods.len()).filter(there).collect();
    let series = rows.iter().map(|row| Series {
        name: super::amounts::name(lang, row).to_owned(),
        values: ats.iter().map(|at| stated(row.cells[*at].as_ref())).collect(),
    });
    let title = lang.of("“三公”经费", "Three public expenses");
    let text = lang.of(
        "各年度因公出国（境）、公务用车和公务接待的金额；数字见表格。",
        "Trips abroad, vehicles and receptions over the years.",
    );
    let chart = Years {
        caption: caption("three-public", title, text),
        years: ats.iter().map(|at| period(lang, page.periods[*at])).collect(),
        series: series.collect(),
    };
    PreEscaped(responsive(|frame| columns(&chart, frame)))
}

/// What came of the budgets of a year: the totals and the classes.
pub(super) fn execution(lang: Lang, rows: &[&Execution]) -> Picture {
    let of = |amount: Option<&Amount>| amount.filter(|amount| !amount.blank).map(datum);
    let bar = |row: &&Execution| Bar {
        label: named(lang, &row.code, &row.name).to_owned(),
        budget: of(row.initial.as_ref().or(row.adjusted.as_ref())),
        accounts: of(Some(&row.accounts)),
        rate: row.rate.as_ref().or(row.rate_of_adjusted.as_ref()).map(|rate| rate.value.clone()),
    };
    let is_drawn = |row: &&&Execution| {
        let is_code = row.code.bytes().all(|byte| byte.is_ascii_digit());
        let is_total = ["income", "expenditure", "basic", "project", "three_public"].contains(&row.code.as_str());
        is_total || (is_code && row.code.len() == 3)
    };
    let title = lang.of("预算执行", "Execution of the budget");
    let text = lang.of("框为预算，填充为决算；数字见表格。", "The outline is the budget, the filling the accounts.");
    let chart =
        Bars { caption: caption("execution", title, text), bars: rows.iter().filter(is_drawn).map(bar).collect() };
    PreEscaped(responsive(|frame| bars(&chart, frame)))
}

/// One amount of many bodies.
pub(super) fn labelled(id: &str, title: &str, bars: Vec<(String, Datum)>, text: &str) -> Picture {
    use mingzhang_charts::{Ranked, Ranking, ranking};
    let bars = bars.into_iter().map(|(label, datum)| Ranked { label, datum }).collect();
    let chart = Ranking { caption: caption(id, title, text), bars };
    PreEscaped(responsive(|frame| ranking(&chart, frame)))
}

/// Shares of several bodies: a bar for each.
pub(super) fn beside(id: &str, title: &str, text: &str, parts: Vec<String>, wholes: Vec<Whole>) -> Picture {
    let chart = Shares { caption: caption(id, title, text), parts, wholes };
    PreEscaped(responsive(|frame| stacked(&chart, frame)))
}
