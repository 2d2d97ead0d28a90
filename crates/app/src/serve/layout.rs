//! What every page has: the head, the ways to the three rooms, what was said, the foot.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use mingzhang_desk::entry::Grant;

use super::assets;
use super::call::Call;
use super::incoming::FORM_TOKEN;
use crate::messages::Lang;

/// A page of the server.
pub(crate) fn page(call: &Call<'_>, title: &str, content: &Markup) -> Markup {
    let lang = call.lang;
    html! {
        (DOCTYPE)
        html lang=(lang.of("zh-CN", "en")) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · " (lang.of("明账", "Mingzhang")) }
                link rel="stylesheet" href=(assets::style());
                link rel="icon" href=(assets::icon()) type="image/svg+xml";
                script src=(assets::script()) defer {}
            }
            body {
                a.skip href="#main" { (lang.of("跳到正文", "Skip to content")) }
                (head(call))
                main #main tabindex="-1" {
                    @if let Some(said) = &call.said { p.said role="status" { (said) } }
                    (content)
                }
                (foot(lang))
            }
        }
    }
}

fn head(call: &Call<'_>) -> Markup {
    let lang = call.lang;
    let mut rooms = vec![("/read", lang.of("查阅", "Read"))];
    if call.who.login.is_some() {
        rooms.push(("/checks", lang.of("检查", "Check")));
        rooms.push(("/units", lang.of("记账", "Keep")));
    }
    if call.who.may(Grant::Administrator) {
        rooms.push(("/admin", lang.of("管理", "Admin")));
    }
    let is_in = |room: &str| call.path == room || call.path.starts_with(&format!("{room}/"));
    html! {
        header.top {
            a.brand href="/" {
                span.seal aria-hidden="true" { "明" }
                span { (lang.of("明账", "Mingzhang")) }
            }
            nav aria-label=(lang.of("主要栏目", "Rooms")) {
                @for (at, name) in rooms {
                    a href=(at) aria-current=[is_in(at).then_some("page")] { (name) }
                }
            }
            div.me {
                a.language href=(other_language(call)) lang=(lang.of("en", "zh-CN")) { (lang.of("English", "中文")) }
                @match &call.who.login {
                    Some(login) => {
                        a href="/account" { (login) }
                        (post_button(call, "/sign-out", lang.of("退出", "Sign out"), "quiet"))
                    }
                    None => { a href="/sign-in" { (lang.of("登录", "Sign in")) } }
                }
            }
        }
    }
}

/// The same address in the other language.
fn other_language(call: &Call<'_>) -> String {
    let kept = call.query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang="));
    let pairs: Vec<&str> = kept.chain([call.lang.of("lang=en", "lang=zh")]).collect();
    format!("{}?{}", call.path, pairs.join("&"))
}

fn foot(lang: Lang) -> Markup {
    html! {
        footer.foot {
            a href="/rules" { (lang.of("检查规则", "Rules")) }
            a href="/api" { (lang.of("数据接口", "API")) }
            span { (lang.of("明账", "Mingzhang")) " " (env!("CARGO_PKG_VERSION")) }
        }
    }
}

/// The hidden field without which no form is taken.
pub(crate) fn token(call: &Call<'_>) -> Markup {
    html! { input type="hidden" name=(FORM_TOKEN) value=(call.form_token); }
}

/// A button that does one thing.
pub(crate) fn post_button(call: &Call<'_>, to: &str, words: &str, class: &str) -> Markup {
    html! { form.inline method="post" action=(to) { (token(call)) button class=(class) { (words) } } }
}

/// The way down to a page: where one is, from the room on.
pub(crate) fn crumbs(lang: Lang, ways: &[(&str, &str)]) -> Markup {
    html! {
        nav.crumbs aria-label=(lang.of("位置", "Where you are")) {
            @for (i, (to, name)) in ways.iter().enumerate() {
                @if i > 0 { span aria-hidden="true" { "›" } }
                @if to.is_empty() { span aria-current="page" { (name) } } @else { a href=(to) { (name) } }
            }
        }
    }
}

/// A moment in Beijing: 2024-03-05 16:20.
pub(crate) fn moment(at: u64) -> String {
    crate::date::beijing(at)
}

/// SVG or HTML that this program has written.
pub(crate) fn written(markup: String) -> PreEscaped<String> {
    PreEscaped(markup)
}
