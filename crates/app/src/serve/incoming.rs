//! What comes in: cookies, who asks, forms, files. Everything is limited before it is read.

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Multipart};
use axum::http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HOST, ORIGIN};
use axum::http::{HeaderMap, Request};
use percent_encoding::percent_decode_str;

use super::access::{Via, Who};
use super::call::{Brought, Given};
use super::house::House;
use super::problem::Problem;
use super::route::Takes;
use super::secret;
use super::store::Incoming;

/// The cookie of a session. Its value is the secret itself.
pub(crate) const SESSION: &str = "mingzhang_session";
/// The cookie of a visitor without a session: what forms for signing in are tied to.
pub(crate) const VISIT: &str = "mingzhang_visit";
/// The cookie of the language.
pub(crate) const LANG: &str = "mingzhang_lang";
/// The cookie of what is to be said once.
pub(crate) const SAID: &str = "mingzhang_said";
/// The field and the header that carry the token of a form.
pub(crate) const FORM_TOKEN: &str = "form_token";
const FORM_TOKEN_HEADER: &str = "x-form-token";

/// The most bytes of a form without files: a year pasted from a spreadsheet.
const LARGEST_FORM: usize = 8 << 20;
/// The most bytes of a field beside files.
const LARGEST_FIELD: usize = 64 << 10;
/// The most files of a request.
const MOST_FILES: usize = 500;

/// The value of a cookie.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// Who asks: the owner of the token, or of the session.
pub(crate) fn who(headers: &HeaderMap, house: &House, now: u64) -> Result<Who, Problem> {
    let bearer = headers.get(AUTHORIZATION).map(|value| value.to_str().unwrap_or_default());
    let desk = house.desk();
    let (login, via) = match (bearer, cookie(headers, SESSION)) {
        (Some(value), _) => {
            let secret = value.strip_prefix("Bearer ").unwrap_or_default().trim();
            let token = desk.token(&secret::known_by(secret), now);
            // A wrong token is not a stranger: who sends one means to be known.
            let token = token.ok_or_else(Problem::sign_in)?;
            (token.login.clone(), Via::Token)
        }
        (None, Some(secret)) => {
            let hash = secret::known_by(secret);
            let Some(session) = desk.session(&hash, now) else { return Ok(Who::nobody()) };
            (session.login.clone(), Via::Session(hash))
        }
        (None, None) => return Ok(Who::nobody()),
    };
    let Some(account) = desk.account(&login) else { return Ok(Who::nobody()) };
    Ok(Who { grants: account.grants.clone(), login: Some(login), via })
}

/// True where JSON is asked for and not a page.
pub(crate) fn wants_json(headers: &HeaderMap, query: &str) -> bool {
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    query.split('&').any(|pair| pair == "format=json")
        || (accept.contains("application/json") && !accept.contains("text/html"))
}

/// Whether a request that changes something came from a page of ours, as far as the browser says.
pub(crate) fn same_origin(headers: &HeaderMap) -> bool {
    let word = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if word("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none") {
        return false;
    }
    let host = word(HOST.as_str()).unwrap_or_default();
    match word(ORIGIN.as_str()) {
        None => true,
        Some(origin) => origin.split_once("://").is_some_and(|(_, from)| from == host),
    }
}

/// The secret that the forms of a caller are tied to.
pub(crate) fn form_secret<'a>(headers: &'a HeaderMap, who: &Who) -> Option<&'a str> {
    match who.via {
        Via::Session(_) => cookie(headers, SESSION),
        Via::Nothing => cookie(headers, VISIT),
        Via::Token => None,
    }
}

/// Reads what comes with a request, and asks for the token of the form before any file is read.
pub(crate) async fn given(
    request: Request<Body>,
    house: &House,
    token: Option<&str>,
    takes: Takes,
) -> Result<Given, Problem> {
    let (of, length) = {
        let word = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
        (
            word(CONTENT_TYPE).unwrap_or_default().to_ascii_lowercase(),
            word(CONTENT_LENGTH).and_then(|n| n.parse::<u64>().ok()),
        )
    };
    let header = request.headers().get(FORM_TOKEN_HEADER).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let is_ours = |sent: Option<&str>| match (token, sent) {
        (None, _) => true,
        (Some(token), Some(sent)) => secret::same(token, sent),
        (Some(_), None) => false,
    };
    if of.starts_with("multipart/form-data") {
        if takes != Takes::Files {
            return Err(Problem::bad("这里不接收文件", "No files are taken here"));
        }
        if length.is_some_and(|length| length > house.settings.largest_request) {
            return Err(too_large(house.settings.largest_request));
        }
        let parts = Multipart::from_request(request, &()).await.map_err(|why| strange(&why.to_string()))?;
        return files(parts, house, &|sent| is_ours(sent.or(header.as_deref()))).await;
    }
    let bytes = to_bytes(request.into_body(), LARGEST_FORM).await.map_err(|_| too_large(LARGEST_FORM as u64))?;
    if of.starts_with("application/json") {
        return if is_ours(header.as_deref()) { Ok(Given::Json(bytes.to_vec())) } else { Err(Problem::strange_form()) };
    }
    let form = String::from_utf8(bytes.to_vec()).map_err(|_| strange("UTF-8"))?;
    let sent = form.split('&').find_map(|pair| pair.strip_prefix(FORM_TOKEN)?.strip_prefix('='));
    if !is_ours(sent.or(header.as_deref())) {
        return Err(Problem::strange_form());
    }
    Ok(if form.is_empty() { Given::Nothing } else { Given::Form(form) })
}

/// Files and fields, one after the other, as they come. Nothing is kept before all has come.
async fn files(
    mut parts: Multipart,
    house: &House,
    is_ours: &(dyn Fn(Option<&str>) -> bool + Sync),
) -> Result<Given, Problem> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut brought: Vec<(String, String, Incoming)> = Vec::new();
    let mut total = 0_u64;
    let sent = |fields: &[(String, String)]| {
        fields.iter().find(|(name, _)| name == FORM_TOKEN).map(|(_, value)| value.clone())
    };
    while let Some(mut part) = parts.next_field().await.map_err(|why| strange(&why.to_string()))? {
        let field = part.name().unwrap_or_default().to_owned();
        let Some(name) = part.file_name().map(str::to_owned) else {
            let mut text = Vec::new();
            while let Some(chunk) = part.chunk().await.map_err(|why| strange(&why.to_string()))? {
                if text.len() + chunk.len() > LARGEST_FIELD || fields.len() >= MOST_FILES {
                    return Err(too_large(LARGEST_FIELD as u64));
                }
                text.extend_from_slice(&chunk);
            }
            fields.push((field, String::from_utf8_lossy(&text).into_owned()));
            continue;
        };
        if !is_ours(sent(&fields).as_deref()) {
            return Err(Problem::strange_form());
        }
        if brought.len() >= MOST_FILES {
            let (zh, en) =
                (format!("一次最多上传 {MOST_FILES} 个文件"), format!("At most {MOST_FILES} files at a time"));
            return Err(Problem::too_large(zh, en));
        }
        let mut incoming = house.files.begin()?;
        while let Some(chunk) = part.chunk().await.map_err(|why| strange(&why.to_string()))? {
            total += chunk.len() as u64;
            if incoming.size() + chunk.len() as u64 > house.settings.largest_file {
                return Err(too_large(house.settings.largest_file));
            }
            if total > house.settings.largest_request {
                return Err(too_large(house.settings.largest_request));
            }
            incoming.write(&chunk)?;
        }
        incoming.complete()?;
        // A field for files in which none was chosen comes as one without name and bytes.
        if incoming.size() > 0 || !name.is_empty() {
            brought.push((field, plain_name(&name), incoming));
        }
    }
    if !is_ours(sent(&fields).as_deref()) {
        return Err(Problem::strange_form());
    }
    let mut kept = Vec::new();
    for (field, name, incoming) in brought {
        let (sha256, size) = house.files.finish(incoming)?;
        kept.push(Brought { field, name, sha256, size });
    }
    fields.retain(|(name, _)| name != FORM_TOKEN);
    Ok(Given::Files(kept, fields))
}

/// The last part of a name, without what could lead elsewhere or mislead the eye, and not too long.
pub(crate) fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let misleads = |c: &char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let plain: String = last.chars().filter(|c| !misleads(c)).take(200).collect();
    let plain = plain.trim();
    if plain.is_empty() || plain.chars().all(|c| c == '.') { "未命名".to_owned() } else { plain.to_owned() }
}

/// What is to be said once.
pub(crate) fn said(headers: &HeaderMap) -> Option<String> {
    let value = percent_decode_str(cookie(headers, SAID)?).decode_utf8().ok()?.into_owned();
    Some(value).filter(|words| !words.is_empty())
}

fn too_large(limit: u64) -> Problem {
    let megabytes = (limit >> 20).max(1);
    Problem::too_large(
        format!("上传的内容超过上限（{megabytes} MB）。请分几次上传，或请管理员放宽上限。"),
        format!("What was sent is over the limit of {megabytes} MB. Please send it in parts."),
    )
}

fn strange(why: &str) -> Problem {
    Problem::bad(
        format!("上传没有完成或格式不对（{why}），没有保存任何内容，请重新上传"),
        format!("The upload was broken off or is malformed ({why}); nothing was kept"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_nowhere() {
        for (name, plain) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\files\\预算.pdf", "预算.pdf"),
            ("..", "未命名"),
            ("a\u{202e}fdp.exe", "afdp.exe"),
            ("", "未命名"),
            ("a\0b\nc.pdf", "abc.pdf"),
        ] {
            assert_eq!(plain_name(name), plain);
        }
        assert_eq!(plain_name(&"长".repeat(999)).chars().count(), 200);
    }

    #[test]
    fn cookies_are_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, "a=1; mingzhang_lang=en".parse().unwrap());
        headers.append(COOKIE, "mingzhang_session=xyz".parse().unwrap());
        assert_eq!(cookie(&headers, LANG), Some("en"));
        assert_eq!(cookie(&headers, SESSION), Some("xyz"));
        assert_eq!(cookie(&headers, "b"), None);
    }

    #[test]
    fn another_site_is_told_apart() {
        let headers = |pairs: &[(&'static str, &str)]| {
            pairs.iter().map(|(key, value)| (key.parse().unwrap(), value.parse().unwrap())).collect::<HeaderMap>()
        };
        assert!(same_origin(&headers(&[("host", "a:1"), ("origin", "http://a:1")])));
        assert!(same_origin(&headers(&[("host", "a:1")])), "a program sends no origin");
        assert!(!same_origin(&headers(&[("host", "a:1"), ("origin", "http://b:1")])));
        assert!(!same_origin(&headers(&[("host", "a:1"), ("origin", "null")])));
        assert!(!same_origin(&headers(&[("host", "a:1"), ("sec-fetch-site", "cross-site")])));
    }
}
