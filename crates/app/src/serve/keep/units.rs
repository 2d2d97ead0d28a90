//! The units that an account belongs to: their years, their deadlines, what waits for this person.

use maud::{Markup, html};
use mingzhang_books::command::Command;
use mingzhang_books::entry::Publication;
use mingzhang_books::names::UnitCode;
use mingzhang_books::state::{Books, Status};
use mingzhang_model::date::Date;
use mingzhang_model::set::Member;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::place::unit_path;
use super::todo;
use crate::date;
use crate::serve::call::Call;
use crate::serve::layout::token;
use crate::serve::problem::Problem;
use crate::serve::reply::{Reply, View};

/// The units of an account.
#[derive(Serialize, JsonSchema)]
pub(super) struct UnitsPage {
    units: Vec<UnitRow>,
}

/// A unit.
#[derive(Serialize, JsonSchema)]
struct UnitRow {
    code: String,
    name: String,
    nature: &'static str,
    /// The unit above it.
    parent: Option<String>,
    years: Vec<YearRow>,
    /// How many things wait for this person.
    waiting: usize,
    /// The terms of this person's roles.
    roles: Vec<&'static str>,
}

/// A year of a unit.
#[derive(Serialize, JsonSchema)]
struct YearRow {
    year: u16,
    /// open, closed or approved.
    status: &'static str,
    clocks: Vec<ClockRow>,
}

/// The clock of a publication.
#[derive(Clone, Serialize, JsonSchema)]
pub(super) struct ClockRow {
    /// The word of what is published.
    pub(super) publication: &'static str,
    pub(super) name: &'static str,
    /// The day of the approval, day 0.
    pub(super) approved: String,
    /// The last day in time.
    pub(super) due: String,
    /// The day of publication.
    pub(super) published: Option<String>,
    /// Days left until the last day, today included; negative when it has passed.
    pub(super) left: i64,
    /// How many days late it is or was.
    pub(super) late: i64,
}

/// The clocks of a unit's year that run or have run.
pub(super) fn clocks(books: &Books, unit: &UnitCode, year: u16, today: Date) -> Vec<ClockRow> {
    // What a unit publishes of its own level has the clock of the whole.
    let whole = Publication::ALL.iter().filter(|publication| !publication.is_own_level());
    whole
        .filter_map(|publication| {
            let clock = books.clock(unit, year, *publication);
            let (approved, due) = (clock.approved?, clock.due?);
            Some(ClockRow {
                publication: publication.word(),
                name: publication.term(),
                approved: approved.to_string(),
                due: due.to_string(),
                published: clock.published.map(|day| day.to_string()),
                left: due.since_epoch() - today.since_epoch(),
                late: clock.late(today).unwrap_or(0),
            })
        })
        .collect()
}

pub(super) fn today() -> Result<Date, Problem> {
    date::today().map_err(Problem::internal)
}

pub(super) fn page(call: &Call<'_>) -> Result<Reply, Problem> {
    let (books, today, person) = (call.house.books(), today()?, call.who.person()?);
    let mut units = Vec::new();
    for unit in books.units().filter(|unit| call.who.belongs_to(&unit.code, &books)) {
        let year = |(year, kept): (u16, &mingzhang_books::state::Year)| YearRow {
            year,
            status: status_word(&kept.status),
            clocks: clocks(&books, &unit.code, year, today),
        };
        let mut years: Vec<YearRow> = books.years_of(&unit.code).map(year).collect();
        years.reverse();
        let roles = mingzhang_books::unit::Role::ALL.iter().filter(|role| books.may(person, **role, &unit.code));
        units.push(UnitRow {
            code: unit.code.to_string(),
            name: unit.name.clone(),
            nature: unit.nature.term(),
            parent: unit.parent.as_ref().map(ToString::to_string),
            years,
            waiting: todo::waiting(call, &unit.code)?,
            roles: roles.map(|role| role.term()).collect(),
        });
    }
    Reply::view(UnitsPage { units })
}

/// The word of how far a year is.
pub(super) fn status_word(status: &Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Closed(_) => "closed",
        Status::Approved(..) => "approved",
    }
}

/// The same for a person.
pub(super) fn status_term(call: &Call<'_>, word: &str) -> &'static str {
    match word {
        "open" => call.lang.of("记账中", "open"),
        "closed" => call.lang.of("已结账", "closed"),
        _ => call.lang.of("决算已批复", "accounts approved"),
    }
}

/// A year to begin.
#[derive(Deserialize, JsonSchema)]
pub(super) struct NewYear {
    year: u16,
}

pub(super) fn open_year(call: &Call<'_>) -> Result<Reply, Problem> {
    let (unit, NewYear { year }) = (call.unit()?, call.input()?);
    call.post(vec![Command::OpenYear(unit.clone(), year)])?;
    Reply::go(format!("{}/{year}", unit_path(&unit)), call.lang.of("已开年", "The year is begun"))
}

/// A clock in a few words.
pub(super) fn clock_chip(call: &Call<'_>, clock: &ClockRow) -> Markup {
    let lang = call.lang;
    let (class, words) = match (&clock.published, clock.late) {
        (Some(day), 0) => (
            "passed",
            lang.of(&format!("{} {day} 公开", clock.name), &format!("{} published {day}", clock.publication))
                .to_owned(),
        ),
        (Some(day), late) => (
            "warning",
            lang.of(
                &format!("{} {day} 公开，迟 {late} 天", clock.name),
                &format!("{} published {day}, {late} days late", clock.publication),
            )
            .to_owned(),
        ),
        (None, 0) => (
            "note",
            lang.of(
                &format!("{}还剩 {} 天（{} 前公开）", clock.name, clock.left, clock.due),
                &format!("{}: {} days left, due {}", clock.publication, clock.left, clock.due),
            )
            .to_owned(),
        ),
        (None, late) => (
            "error",
            lang.of(
                &format!("{}应于 {} 前公开，已迟 {late} 天", clock.name, clock.due),
                &format!("{} was due {}, {late} days late", clock.publication, clock.due),
            )
            .to_owned(),
        ),
    };
    html! { span class=(format!("chip {class}")) { (words) } }
}

impl View for UnitsPage {
    fn title(&self, call: &Call<'_>) -> String {
        call.lang.of("记账", "Keep").to_owned()
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        html! {
            h1 { (lang.of("我的单位", "My units")) }
            @if self.units.is_empty() {
                p.lead {
                    (lang.of(
                        "您的账号还没有任何单位的职责，请管理员授予。",
                        "Your account has no role at any unit yet; an administrator can give one.",
                    ))
                }
            }
            ul.cards.broad {
                @for unit in &self.units {
                    @let path = format!("/units/{}", crate::serve::outgoing::encoded(&unit.code));
                    li.card {
                        h2 { (unit.name) }
                        p.muted { (unit.code) " · " (unit.nature) " · " (unit.roles.join("、")) }
                        @if unit.waiting > 0 {
                            p {
                                a.chip.waiting href=(format!("{path}/todo")) {
                                    (unit.waiting) (lang.of(" 件等您办理", " wait for you"))
                                }
                            }
                        }
                        ul.plain {
                            @for year in &unit.years {
                                li {
                                    a href=(format!("{path}/{}", year.year)) { (year.year) (lang.of(" 年", "")) }
                                    " " span.muted { (status_term(call, year.status)) } " "
                                    @for clock in &year.clocks { (clock_chip(call, clock)) " " }
                                }
                            }
                        }
                        p {
                            a href=(format!("{path}/todo")) { (lang.of("待办", "To do")) } " · "
                            a href=(format!("{path}/import")) { (lang.of("导入", "Import")) } " · "
                            a href=(format!("{path}/trail")) { (lang.of("谁做了什么", "Who did what")) }
                        }
                        details {
                            summary { (lang.of("开新年度", "Begin a year")) }
                            form.row method="post" action=(format!("{path}/years")) {
                                (token(call))
                                div.field {
                                    label for=(format!("year-{}", unit.code)) { (lang.of("年度", "Year")) }
                                    input id=(format!("year-{}", unit.code)) name="year" inputmode="numeric" required
                                        maxlength="4";
                                }
                                button { (lang.of("开年", "Begin")) }
                            }
                        }
                    }
                }
            }
        }
    }
}
