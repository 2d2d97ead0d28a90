//! Accounts and their grants, roles at units, and the trail of who did what.
//!
//! An administrator opens and closes accounts. Roles at units are the books' to give: the command goes to them,
//! in the name of the administrator, and they refuse what the law keeps apart.

use std::collections::BTreeSet;

use maud::{Markup, html};
use mingzhang_books::command::Command;
use mingzhang_books::names::{Person, UnitCode};
use mingzhang_books::unit::Role;
use mingzhang_desk::entry::{Event, Grant};
use mingzhang_model::set::Member;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::access::Access;
use super::account::entrance;
use super::call::Call;
use super::layout::{moment, post_button, token};
use super::outgoing::encoded;
use super::problem::Problem;
use super::reply::{Reply, View};
use super::route::Route;
use super::{secret, session};
use crate::messages::Lang;

pub(crate) const ROUTES: &[Route] = &[
    Route::get("/admin", Access::Administrator, accounts, "Accounts, grants and roles").gives::<Accounts>(),
    Route::post("/admin/accounts", Access::Administrator, invite, "Make a one-time link for a new or forgetful person")
        .takes::<Invitation>()
        .gives::<LinkPage>(),
    Route::post("/admin/accounts/{login}/grants", Access::Administrator, grant, "Change what an account may do")
        .takes::<Grants>(),
    Route::post("/admin/accounts/{login}/close", Access::Administrator, close, "Close an account"),
    Route::post("/admin/roles", Access::Administrator, appoint, "Give an account a role at a unit")
        .takes::<Appointment>(),
    Route::post("/admin/roles/dismiss", Access::Administrator, dismiss, "Take a role at a unit from an account")
        .takes::<Appointment>(),
    Route::get("/admin/trail", Access::Administrator, trail, "Who did what, when and from where")
        .asks::<Since>()
        .gives::<Trail>(),
];

/// The name of a grant.
pub(crate) fn grant_name(lang: Lang, word: &str) -> &'static str {
    match (word, lang) {
        ("inspector", Lang::Zh) => "财政审核（检查各部门公开文件）",
        ("inspector", Lang::En) => "Inspector (checks the disclosures of departments)",
        ("administrator", Lang::Zh) => "管理员（管理账号）",
        (_, Lang::Zh) => "",
        ("administrator", Lang::En) => "Administrator (of accounts)",
        (_, Lang::En) => "",
    }
}

/// Every account.
#[derive(Serialize, JsonSchema)]
struct Accounts {
    accounts: Vec<AccountRow>,
    units: Vec<UnitRow>,
    roles: Vec<RoleRow>,
}

#[derive(Serialize, JsonSchema)]
struct AccountRow {
    login: String,
    grants: Vec<&'static str>,
    since: u64,
    closed: bool,
}

#[derive(Serialize, JsonSchema)]
struct UnitRow {
    code: String,
    name: String,
}

#[derive(Serialize, JsonSchema)]
struct RoleRow {
    person: String,
    unit: String,
    role: &'static str,
    role_name: &'static str,
}

fn accounts(call: &Call<'_>) -> Result<Reply, Problem> {
    let (desk, books) = (call.house.desk(), call.house.books());
    let account = |(login, account): (&Person, &mingzhang_desk::state::Account)| AccountRow {
        login: login.to_string(),
        grants: account.grants.iter().map(|grant| grant.word()).collect(),
        since: account.since,
        closed: account.closed,
    };
    let roles = books.appointments().flat_map(|(unit, person, roles)| {
        let (person, unit) = (person.to_string(), unit.to_string());
        roles.into_iter().map(move |role| RoleRow {
            person: person.clone(),
            unit: unit.clone(),
            role: role.word(),
            role_name: role.term(),
        })
    });
    Reply::view(Accounts {
        accounts: desk.accounts().map(account).collect(),
        units: books.units().map(|unit| UnitRow { code: unit.code.to_string(), name: unit.name.clone() }).collect(),
        roles: roles.collect(),
    })
}

impl View for Accounts {
    fn title(&self, call: &Call<'_>) -> String {
        call.lang.of("账号与职责", "Accounts and roles").to_owned()
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        html! {
            h1 { (lang.of("账号与职责", "Accounts and roles")) }
            p { a href="/admin/trail" { (lang.of("操作记录", "Who did what")) } }
            div.scroll tabindex="0" role="region" aria-label=(lang.of("账号", "Accounts")) { table {
                thead { tr {
                    th scope="col" { (lang.of("账号", "Account")) }
                    th scope="col" { (lang.of("权限", "Grants")) }
                    th scope="col" { (lang.of("单位职责", "Roles at units")) }
                    th scope="col" { (lang.of("开立", "Since")) }
                    td {}
                } }
                tbody { @for row in &self.accounts { tr { (self.account(call, row)) } } }
            } }
            div.columns {
                section { (invite_form(lang, call)) }
                section { (self.role_form(call)) }
            }
        }
    }
}

impl Accounts {
    fn account(&self, call: &Call<'_>, row: &AccountRow) -> Markup {
        let lang = call.lang;
        let at = format!("/admin/accounts/{}", encoded(&row.login));
        html! {
            th scope="row" { (row.login) @if row.closed { " " span.chip { (lang.of("已停用", "closed")) } } }
            td {
                form.row method="post" action=(format!("{at}/grants")) {
                    (token(call))
                    @for grant in Grant::ALL {
                        label {
                            @let has = row.grants.contains(&grant.word());
                            input type="checkbox" name="grants" value=(grant.word()) checked[has];
                            " "
                            (grant_name(lang, grant.word()))
                        }
                    }
                    button.quiet { (lang.of("保存", "Keep")) }
                }
            }
            td { @for role in self.roles.iter().filter(|role| role.person == row.login) {
                div {
                    (role.role_name) " · " (role.unit) " "
                    form.inline method="post" action="/admin/roles/dismiss" {
                        (token(call))
                        input type="hidden" name="person" value=(role.person);
                        input type="hidden" name="unit" value=(role.unit);
                        input type="hidden" name="role" value=(role.role);
                        button.quiet { (lang.of("免去", "Dismiss")) }
                    }
                }
            } }
            td { (moment(row.since)) }
            td { @if !row.closed { (post_button(call, &format!("{at}/close"), lang.of("停用", "Close"), "quiet")) } }
        }
    }

    fn role_form(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        html! {
            h2 { (lang.of("授予单位职责", "Give a role at a unit")) }
            form.stack method="post" action="/admin/roles" {
                (token(call))
                div.field {
                    label for="person" { (lang.of("账号", "Account")) }
                    select #person name="person" { @for row in self.accounts.iter().filter(|row| !row.closed) {
                        option value=(row.login) { (row.login) }
                    } }
                }
                div.field {
                    label for="unit" { (lang.of("单位", "Unit")) }
                    select #unit name="unit" { @for unit in &self.units {
                        option value=(unit.code) { (unit.code) " " (unit.name) }
                    } }
                }
                div.field {
                    label for="role" { (lang.of("职责", "Role")) }
                    select #role name="role" { @for role in Role::ALL { option value=(role.word()) { (role.term()) } } }
                }
                div.actions { button { (lang.of("授予", "Give")) } }
            }
        }
    }
}

fn invite_form(lang: Lang, call: &Call<'_>) -> Markup {
    html! {
        h2 { (lang.of("新账号，或重设密码", "A new account, or a new password")) }
        form.stack method="post" action="/admin/accounts" {
            (token(call))
            div.field {
                label for="login" { (lang.of("账号名", "Name of the account")) }
                input #login name="login" required maxlength="64" autocomplete="off";
                small { (lang.of("与账簿中的人员姓名一致", "The same as the person's name in the books")) }
            }
            fieldset {
                legend { (lang.of("权限", "Grants")) }
                @for grant in Grant::ALL {
                    label {
                        input type="checkbox" name="grants" value=(grant.word()); " " (grant_name(lang, grant.word()))
                    }
                    br;
                }
            }
            div.actions { button { (lang.of("生成一次性链接", "Make a one-time link")) } }
        }
    }
}

/// For whom a link is.
#[derive(Deserialize, JsonSchema)]
struct Invitation {
    login: String,
    /// inspector, administrator.
    #[serde(default)]
    grants: Vec<String>,
}

/// A link, shown once.
#[derive(Serialize, JsonSchema)]
struct LinkPage {
    login: String,
    link: String,
    until: u64,
}

fn invite(call: &Call<'_>) -> Result<Reply, Problem> {
    let Invitation { login, grants } = call.input()?;
    let person = person(login.trim())?;
    let (grants, until) = (grants_of(&grants)?, call.now + session::INVITATION);
    let secret = secret::random().map_err(Problem::internal)?;
    let hash = secret::known_by(&secret);
    call.record(|desk| desk.invite(hash, person.clone(), grants, until))?;
    let base = call.house.settings.public_url.clone().unwrap_or_default();
    Reply::view(LinkPage { login: person.to_string(), link: entrance(&base, &secret), until })
}

impl View for LinkPage {
    fn title(&self, call: &Call<'_>) -> String {
        call.lang.of("一次性链接", "A one-time link").to_owned()
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        html! {
            h1 { (lang.of("一次性链接", "A one-time link")) }
            p {
                (lang.of(
                    "请把链接交给本人，用它设置密码；只在这里显示一次：",
                    "Please give it to the person, who sets a password with it; it is shown this once:",
                ))
            }
            pre tabindex="0" { (self.link) }
            p.muted { (self.login) " · " (lang.of("有效期至 ", "good until ")) (moment(self.until)) }
            p { a href="/admin" { (lang.of("返回账号", "Back to the accounts")) } }
        }
    }
}

fn person(login: &str) -> Result<Person, Problem> {
    Person::new(login).map_err(|why| Problem::bad(format!("账号名：{why}"), format!("The name of the account: {why}")))
}

fn grants_of(words: &[String]) -> Result<BTreeSet<Grant>, Problem> {
    let grant = |word: &String| {
        let found = Grant::ALL.into_iter().find(|grant| grant.word() == word);
        found.ok_or_else(|| Problem::bad(format!("没有权限“{word}”"), format!("There is no grant “{word}”")))
    };
    words.iter().map(grant).collect()
}

/// What an account may do.
#[derive(Deserialize, JsonSchema)]
struct Grants {
    #[serde(default)]
    grants: Vec<String>,
}

fn grant(call: &Call<'_>) -> Result<Reply, Problem> {
    let Grants { grants } = call.input()?;
    let (person, grants) = (person(call.param("login"))?, grants_of(&grants)?);
    call.record(|desk| desk.grant(person, grants))?;
    Reply::go("/admin", call.lang.of("权限已保存", "The grants are kept"))
}

fn close(call: &Call<'_>) -> Result<Reply, Problem> {
    let person = person(call.param("login"))?;
    call.record(|desk| desk.close_account(person))?;
    Reply::go("/admin", call.lang.of("账号已停用", "The account is closed"))
}

/// A role at a unit.
#[derive(Deserialize, JsonSchema)]
struct Appointment {
    person: String,
    unit: String,
    /// The word of a role, such as handler.
    role: String,
}

impl Appointment {
    fn parts(&self) -> Result<(Person, UnitCode, Role), Problem> {
        let unit = UnitCode::new(&self.unit).map_err(|_| Problem::bad("没有这个单位", "There is no such unit"))?;
        let role = Role::ALL.iter().copied().find(|role| role.word() == self.role);
        let role = role.ok_or_else(|| Problem::bad("没有这项职责", "There is no such role"))?;
        Ok((person(&self.person)?, unit, role))
    }
}

fn appoint(call: &Call<'_>) -> Result<Reply, Problem> {
    let (person, unit, role) = call.input::<Appointment>()?.parts()?;
    if call.house.desk().account(&person).is_none() {
        return Err(Problem::bad(format!("没有账号 {person}"), format!("There is no account {person}")));
    }
    call.post(vec![Command::Appoint(person, unit, role)])?;
    Reply::go("/admin", call.lang.of("职责已授予", "The role is given"))
}

fn dismiss(call: &Call<'_>) -> Result<Reply, Problem> {
    let (person, unit, role) = call.input::<Appointment>()?.parts()?;
    call.post(vec![Command::Dismiss(person, unit, role)])?;
    Reply::go("/admin", call.lang.of("职责已免去", "The role is taken away"))
}

/// From where on.
#[derive(Deserialize, JsonSchema)]
struct Since {
    /// Entries before this number; the newest where nothing is said.
    #[serde(default)]
    before: Option<u64>,
}

/// The trail.
#[derive(Serialize, JsonSchema)]
struct Trail {
    entries: Vec<TrailRow>,
    /// The number to ask for to see earlier ones.
    earlier: Option<u64>,
}

/// An entry of the trail.
#[derive(Serialize, JsonSchema)]
struct TrailRow {
    number: u64,
    at: u64,
    by: Option<String>,
    from: String,
    event: String,
    what: serde_json::Value,
}

/// How many entries a page of the trail has.
const TRAIL_PAGE: u64 = 200;

fn trail(call: &Call<'_>) -> Result<Reply, Problem> {
    let Since { before } = call.asked()?;
    let mut journal = call.house.journal();
    let end = before.unwrap_or(u64::MAX).min(journal.count() + 1);
    let after = end.saturating_sub(TRAIL_PAGE + 1);
    let many = usize::try_from(end.saturating_sub(after + 1)).unwrap_or(0);
    let mut entries = Vec::new();
    for (number, entry) in journal.entries(after, many)?.into_iter().rev() {
        let (event, what) = told(&entry.event);
        let (at, by, from) = (entry.at, entry.by.map(|by| by.to_string()), entry.from);
        entries.push(TrailRow { number, at, by, from, event, what });
    }
    Reply::view(Trail { entries, earlier: (after > 0).then_some(after + 1) })
}

/// An event's name and what it says, without hashes of secrets and what was found in files.
fn told(event: &Event) -> (String, serde_json::Value) {
    let value = serde_json::to_value(event).unwrap_or_default();
    let Some((name, what)) = value.as_object().and_then(|object| object.iter().next()) else {
        return (String::new(), serde_json::Value::Null);
    };
    let mut what = what.clone();
    if let Some(fields) = what.as_object_mut() {
        for hidden in ["password", "secret", "session", "link"] {
            fields.remove(hidden);
        }
        if let Some(outcome) = fields.get_mut("outcome").and_then(|outcome| outcome.get_mut("checked")) {
            let found = outcome.get("told").and_then(|told| told.as_array()).map_or(0, Vec::len);
            *outcome =
                serde_json::json!({ "body": outcome.get("body"), "year": outcome.get("year"), "findings": found });
        }
    }
    (name.clone(), what)
}

impl View for Trail {
    fn title(&self, call: &Call<'_>) -> String {
        call.lang.of("操作记录", "Who did what").to_owned()
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        html! {
            h1 { (lang.of("操作记录", "Who did what")) }
            p.lead { (lang.of("逐条连有校验值，只增不改。", "Each entry is bound to the one before it; none is ever changed.")) }
            div.scroll tabindex="0" role="region" aria-label=(lang.of("操作记录", "Entries")) { table {
                thead { tr {
                    th scope="col" { (lang.of("号", "No.")) }
                    th scope="col" { (lang.of("时间", "When")) }
                    th scope="col" { (lang.of("谁", "Who")) }
                    th scope="col" { (lang.of("来自", "From")) }
                    th scope="col" { (lang.of("何事", "What")) }
                    th scope="col" { (lang.of("详情", "Details")) }
                } }
                tbody { @for row in &self.entries { tr {
                    td.n { (row.number) }
                    td { (moment(row.at)) }
                    td { (row.by.as_deref().unwrap_or(lang.of("（系统）", "(server)"))) }
                    td { (row.from) }
                    td { (row.event) }
                    td { code { (row.what.to_string()) } }
                } } }
            } }
            @if let Some(earlier) = self.earlier {
                p { a href=(format!("/admin/trail?before={earlier}")) { (lang.of("更早的", "Earlier")) } }
            }
        }
    }
}
