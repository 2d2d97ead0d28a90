//! Signing in and out, one's own password and tokens, and the link with which an account begins.

use std::sync::LazyLock;

use maud::{Markup, html};
use mingzhang_books::names::Person;
use mingzhang_books::unit::Role;
use mingzhang_model::set::Member;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::access::{Access, Via};
use super::call::Call;
use super::layout::{moment, post_button, token};
use super::outgoing::encoded;
use super::problem::Problem;
use super::reply::{Reply, View};
use super::route::Route;
use super::{demo, secret, session};

pub(crate) const ROUTES: &[Route] = &[
    Route::get("/sign-in", Access::Public, sign_in_page, "The form for signing in")
        .asks::<Next>()
        .gives::<SignInPage>(),
    Route::post("/sign-in", Access::Public, sign_in, "Sign in with a password").takes::<SignIn>(),
    Route::post("/sign-out", Access::Signed, sign_out, "End the session"),
    Route::get("/enter/{link}", Access::Public, enter_page, "The form of a one-time link that sets a password")
        .gives::<EnterPage>(),
    Route::post("/enter/{link}", Access::Public, enter, "Set a password with a one-time link").takes::<NewPassword>(),
    Route::get("/account", Access::Signed, account_page, "One's own account").gives::<AccountPage>(),
    Route::post("/account/password", Access::Signed, change_password, "Change one's own password")
        .takes::<ChangedPassword>(),
    Route::post("/account/tokens", Access::Signed, issue_token, "Make a token for programs; it is shown once")
        .takes::<NewToken>()
        .gives::<TokenPage>(),
    Route::post("/account/tokens/{token}/revoke", Access::Signed, revoke_token, "Revoke a token"),
];

/// Where to go afterwards.
#[derive(Deserialize, JsonSchema)]
struct Next {
    /// An address of this server.
    #[serde(default)]
    next: String,
}

/// The form for signing in.
#[derive(Serialize, JsonSchema)]
struct SignInPage {
    next: String,
    /// Accounts that anybody may use; only in a demonstration.
    demo_accounts: Vec<DemoAccount>,
}

/// An account of a demonstration.
#[derive(Serialize, JsonSchema)]
struct DemoAccount {
    login: &'static str,
    password: &'static str,
    about: &'static str,
}

fn sign_in_page(call: &Call<'_>) -> Result<Reply, Problem> {
    let Next { next } = call.asked()?;
    let accounts = if call.house.settings.demo { demo::ACCOUNTS } else { &[] };
    let account = |account: &demo::Account| DemoAccount {
        login: account.login,
        password: demo::PASSWORD,
        about: call.lang.of(account.zh, account.en),
    };
    Reply::view(SignInPage { next, demo_accounts: accounts.iter().map(account).collect() })
}

impl View for SignInPage {
    fn title(&self, call: &Call<'_>) -> String {
        call.lang.of("登录", "Sign in").to_owned()
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        html! {
            h1 { (lang.of("登录", "Sign in")) }
            form.stack method="post" action="/sign-in" {
                (token(call))
                input type="hidden" name="next" value=(self.next);
                div.field {
                    label for="login" { (lang.of("账号", "Account")) }
                    input #login name="login" autocomplete="username" required maxlength="64";
                }
                div.field {
                    label for="password" { (lang.of("密码", "Password")) }
                    input #password name="password" type="password" autocomplete="current-password" required;
                }
                div.actions { button.primary { (lang.of("登录", "Sign in")) } }
            }
            @if !self.demo_accounts.is_empty() {
                h2 { (lang.of("演示账号", "Accounts of the demonstration")) }
                ul.cards {
                    @for account in &self.demo_accounts {
                        li.card {
                            h3 { (account.login) }
                            p { (account.about) }
                            form.inline method="post" action="/sign-in" {
                                (token(call))
                                input type="hidden" name="next" value=(self.next);
                                input type="hidden" name="login" value=(account.login);
                                input type="hidden" name="password" value=(account.password);
                                button { (lang.of("以此账号登录", "Sign in as this")) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// An account and its password.
#[derive(Deserialize, JsonSchema)]
struct SignIn {
    login: String,
    password: String,
    #[serde(default)]
    next: String,
}

fn sign_in(call: &Call<'_>) -> Result<Reply, Problem> {
    /// What a password is compared with where there is no such account, so that both take the same time.
    static NOBODY: LazyLock<String> = LazyLock::new(|| secret::hashed("nobody").unwrap_or_default());
    let SignIn { login, password, next } = call.input()?;
    let limits = &call.house.limits;
    let exact = super::clock();
    // What is no name at all shares one bucket: whatever is typed is not kept.
    let person = Person::new(login.trim()).ok();
    let key = person.as_ref().map_or("", Person::as_str);
    limits.try_password(key, &call.from, exact).map_err(Problem::too_often)?;
    let kept =
        person.as_ref().and_then(|person| call.house.desk().account(person).map(|account| account.password.clone()));
    let is_right = verified(&password, kept.as_deref().unwrap_or(&NOBODY))? && kept.is_some();
    let (Some(person), true) = (person, is_right) else {
        let problem = Problem::new(
            axum::http::StatusCode::FORBIDDEN,
            "账号或密码不对。请核对后重试；忘记密码请管理员发一个新链接。",
            "The account or the password is wrong. An administrator can send a new link.",
        );
        return Err(problem.logged());
    };
    limits.right(person.as_str(), &call.from);
    let next = if next.is_empty() { "/".to_owned() } else { next };
    begin_session(call, person, next)
}

/// Whether a password is the one of a hash, unless too many are being looked at.
fn verified(password: &str, hash: &str) -> Result<bool, Problem> {
    secret::verifies(password, hash).ok_or_else(|| Problem::too_often(1))
}

/// A new session with a new secret, whatever the browser brought.
fn begin_session(call: &Call<'_>, person: Person, to: String) -> Result<Reply, Problem> {
    let secret = secret::random().map_err(Problem::internal)?;
    let (hash, until) = (secret::known_by(&secret), call.now + session::LONGEST_SESSION);
    let hand = mingzhang_desk::journal::Hand { by: Some(person.clone()), ..call.hand() };
    call.house.record(&hand, |desk| desk.sign_in(person, hash, until))?;
    Ok(Reply::Session { to, secret: Some(secret) })
}

fn sign_out(call: &Call<'_>) -> Result<Reply, Problem> {
    if let Via::Session(hash) = &call.who.via {
        let hash = hash.clone();
        call.record(|desk| desk.sign_out(hash))?;
    }
    Ok(Reply::Session { to: "/".to_owned(), secret: None })
}

/// The form of a one-time link.
#[derive(Serialize, JsonSchema)]
struct EnterPage {
    /// Whose password it sets.
    login: String,
}

fn enter_page(call: &Call<'_>) -> Result<Reply, Problem> {
    let link = secret::known_by(call.param("link"));
    let desk = call.house.desk();
    let invitation = desk.invitation(&link, call.now).ok_or_else(Problem::not_theirs)?;
    Reply::view(EnterPage { login: invitation.login.to_string() })
}

impl View for EnterPage {
    fn title(&self, call: &Call<'_>) -> String {
        call.lang.of("设置密码", "Set a password").to_owned()
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        html! {
            h1 { (lang.of("设置密码", "Set a password")) }
            p.lead { (lang.of("账号：", "Account: ")) strong { (self.login) } }
            form.stack method="post" action=(call.path) {
                (token(call))
                input type="hidden" name="login" value=(self.login) autocomplete="username";
                (password_field(call, "password", lang.of("密码", "Password"), "new-password"))
                div.actions { button.primary { (lang.of("设置并登录", "Set and sign in")) } }
            }
        }
    }
}

fn password_field(call: &Call<'_>, name: &str, words: &str, complete: &str) -> Markup {
    html! {
        div.field {
            label for=(name) { (words) }
            input id=(name) name=(name) type="password" autocomplete=(complete) required;
            @if complete == "new-password" {
                small { (call.lang.of("至少 10 个字符，不要包含账号名", "At least 10 characters, without the name of the account")) }
            }
        }
    }
}

/// A password to be set.
#[derive(Deserialize, JsonSchema)]
struct NewPassword {
    password: String,
}

fn enter(call: &Call<'_>) -> Result<Reply, Problem> {
    let NewPassword { password } = call.input()?;
    let link = secret::known_by(call.param("link"));
    let login = call.house.desk().invitation(&link, call.now).map(|invitation| invitation.login.clone());
    let login = login.ok_or_else(Problem::not_theirs)?;
    let hash = secret::hash_password(&password, login.as_str())?;
    let (hand, now) = (mingzhang_desk::journal::Hand { by: Some(login.clone()), ..call.hand() }, call.now);
    call.house.record(&hand, |desk| desk.enter(link, hash, now))?;
    begin_session(call, login, "/".to_owned())
}

/// One's own account.
#[derive(Serialize, JsonSchema)]
struct AccountPage {
    login: String,
    /// inspector, administrator.
    grants: Vec<&'static str>,
    /// Roles at units, from the books.
    roles: Vec<HeldRole>,
    tokens: Vec<TokenRow>,
}

/// A role at a unit.
#[derive(Serialize, JsonSchema)]
struct HeldRole {
    unit: String,
    unit_name: String,
    role: &'static str,
    role_name: &'static str,
}

/// A token for programs.
#[derive(Serialize, JsonSchema)]
struct TokenRow {
    id: u64,
    name: String,
    since: u64,
    until: u64,
}

fn account_page(call: &Call<'_>) -> Result<Reply, Problem> {
    let login = call.who.person()?;
    let (desk, books) = (call.house.desk(), call.house.books());
    let mine = books.appointments().filter(|(_, person, _)| *person == login);
    let roles = mine.flat_map(|(unit, _, roles)| {
        let name = books.unit(unit).map(|unit| unit.name.clone()).unwrap_or_default();
        roles.into_iter().map(move |role: Role| HeldRole {
            unit: unit.to_string(),
            unit_name: name.clone(),
            role: role.word(),
            role_name: role.term(),
        })
    });
    let token = |token: &&mingzhang_desk::state::Token| TokenRow {
        id: token.id,
        name: token.name.clone(),
        since: token.since,
        until: token.until,
    };
    Reply::view(AccountPage {
        login: login.to_string(),
        grants: call.who.grants.iter().map(|grant| grant.word()).collect(),
        roles: roles.collect(),
        tokens: desk.tokens_of(login).iter().map(token).collect(),
    })
}

impl View for AccountPage {
    fn title(&self, call: &Call<'_>) -> String {
        call.lang.of("我的账号", "My account").to_owned()
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        html! {
            h1 { (self.login) }
            h2 { (lang.of("职责", "Roles")) }
            @if self.roles.is_empty() && self.grants.is_empty() {
                p.muted { (lang.of("还没有职责，请管理员授予。", "No role yet; an administrator can give one.")) }
            }
            ul {
                @for grant in &self.grants { li { (super::admin::grant_name(lang, grant)) } }
                @for role in &self.roles { li { (role.role_name) " · " (role.unit) " " (role.unit_name) } }
            }
            div.columns {
                section {
                    h2 { (lang.of("修改密码", "Change the password")) }
                    form.stack method="post" action="/account/password" {
                        (token(call))
                        (password_field(call, "old", lang.of("现密码", "Present password"), "current-password"))
                        (password_field(call, "new", lang.of("新密码", "New password"), "new-password"))
                        div.actions { button.primary { (lang.of("修改", "Change")) } }
                    }
                }
                section { (self.tokens(call)) }
            }
        }
    }
}

impl AccountPage {
    fn tokens(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        html! {
            h2 { (lang.of("程序用令牌", "Tokens for programs")) }
            p.muted { (lang.of(
                "程序以“Authorization: Bearer 令牌”代您使用本站，权限与您相同。",
                "A program that sends “Authorization: Bearer TOKEN” acts in your name.",
            )) }
            @if !self.tokens.is_empty() {
                div.scroll tabindex="0" role="region" aria-label=(lang.of("令牌", "Tokens")) { table {
                    thead { tr {
                        th scope="col" { (lang.of("用途", "Purpose")) }
                        th scope="col" { (lang.of("签发", "Since")) }
                        th scope="col" { (lang.of("到期", "Until")) }
                        td {}
                    } }
                    tbody { @for row in &self.tokens { tr {
                        th scope="row" { (row.name) }
                        td { (moment(row.since)) }
                        td { (moment(row.until)) }
                        td {
                            @let to = format!("/account/tokens/{}/revoke", row.id);
                            (post_button(call, &to, lang.of("撤销", "Revoke"), "quiet"))
                        }
                    } } }
                } }
            }
            form.stack method="post" action="/account/tokens" {
                (token(call))
                div.field {
                    label for="name" { (lang.of("用途", "Purpose")) }
                    input #name name="name" required maxlength="200";
                }
                div.actions { button { (lang.of("签发令牌", "Make a token")) } }
            }
        }
    }
}

/// The present password and the new one.
#[derive(Deserialize, JsonSchema)]
struct ChangedPassword {
    old: String,
    new: String,
}

fn change_password(call: &Call<'_>) -> Result<Reply, Problem> {
    let ChangedPassword { old, new } = call.input()?;
    let login = call.who.person()?.clone();
    let exact = super::clock();
    call.house.limits.try_password(login.as_str(), &call.from, exact).map_err(Problem::too_often)?;
    let kept = call.house.desk().account(&login).map(|account| account.password.clone()).unwrap_or_default();
    if !verified(&old, &kept)? {
        let problem = Problem::bad("现密码不对，密码没有修改", "The present password is wrong; nothing was changed");
        return Err(problem.logged());
    }
    call.house.limits.right(login.as_str(), &call.from);
    let hash = secret::hash_password(&new, login.as_str())?;
    let person = login.clone();
    call.record(|desk| desk.change_password(person, hash))?;
    // The change ended every session: this one goes on under a new secret.
    begin_session(call, login, "/account".to_owned())
}

/// What a token is for.
#[derive(Deserialize, JsonSchema)]
struct NewToken {
    name: String,
}

/// A token, shown once.
#[derive(Serialize, JsonSchema)]
struct TokenPage {
    token: String,
    until: u64,
}

fn issue_token(call: &Call<'_>) -> Result<Reply, Problem> {
    let NewToken { name } = call.input()?;
    let login = call.who.person()?.clone();
    let secret = format!("mz_{}", secret::random().map_err(Problem::internal)?);
    let (hash, until) = (secret::known_by(&secret), call.now + session::TOKEN);
    call.record(|desk| desk.issue_token(login, &name, hash, until))?;
    Reply::view(TokenPage { token: secret, until })
}

impl View for TokenPage {
    fn title(&self, call: &Call<'_>) -> String {
        call.lang.of("新令牌", "A new token").to_owned()
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        html! {
            h1 { (lang.of("新令牌", "A new token")) }
            p { (lang.of("只在这里显示一次，请立即保存：", "It is shown this once; please keep it now:")) }
            pre tabindex="0" { (self.token) }
            p.muted { (lang.of("有效期至 ", "Good until ")) (moment(self.until)) }
            p { a href="/account" { (lang.of("返回我的账号", "Back to my account")) } }
        }
    }
}

fn revoke_token(call: &Call<'_>) -> Result<Reply, Problem> {
    let (login, id) = (call.who.person()?.clone(), call.id("token")?);
    call.record(|desk| desk.revoke_token(&login, id))?;
    Reply::go("/account", call.lang.of("令牌已撤销", "The token is revoked"))
}

/// The address of a link that sets a password.
pub(crate) fn entrance(base: &str, secret: &str) -> String {
    format!("{base}/enter/{}", encoded(secret))
}
