//! What goes out: pages, JSON, files, with the headers that keep a browser from doing what a document tells it.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, SET_COOKIE,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use http_body::Frame;
use maud::{Markup, html};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use super::call::Call;
use super::incoming::{LANG, SAID, SESSION, VISIT};
use super::layout;
use super::problem::Problem;
use super::reply::{Attachment, Manner, Pieces, Reply, Shown};
use super::session::LONGEST_SESSION;
use crate::messages::Lang;

/// A page loads its style and its script from this server, and nothing else from anywhere.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A page that was written by this program to be read alone: its own style, no script, nothing loaded.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'; sandbox allow-top-navigation-by-user-activation";

/// A file is shown without running or loading anything.
const FILE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// What stays as it is in a part of an address.
const PART: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Words as a part of an address.
pub(crate) fn encoded(words: &str) -> String {
    utf8_percent_encode(words, PART).to_string()
}

/// What the response has to do beside its content.
pub(crate) struct Cookies {
    /// A secret for a visitor who has none yet.
    pub(crate) visit: Option<String>,
    /// The language, where it was changed.
    pub(crate) lang: Option<Lang>,
    /// True where something was said that is not to be said again.
    pub(crate) said: bool,
    /// True where the server is reached by https.
    pub(crate) secure: bool,
}

fn shown(status: StatusCode, view: &dyn Shown, call: &Call<'_>, wants_json: bool) -> Result<Response<Body>, Problem> {
    if wants_json {
        let json = view.json().map_err(|why| Problem::internal(why.to_string()))?;
        return Ok(body(status, "application/json", json));
    }
    let page = layout::page(call, &view.title(call), &view.html(call));
    Ok(body(status, "text/html; charset=utf-8", page.into_string()))
}

/// A reply as a response.
pub(crate) fn response(reply: Reply, call: &Call<'_>, wants_json: bool, cookies: &Cookies) -> Response<Body> {
    let mut response = match reply {
        Reply::View(view) => match shown(StatusCode::OK, view.as_ref(), call, wants_json) {
            Ok(response) => response,
            Err(why) => return problem(&why, call, true, cookies),
        },
        Reply::Refused(view) => match shown(StatusCode::UNPROCESSABLE_ENTITY, view.as_ref(), call, wants_json) {
            Ok(response) => response,
            Err(why) => return problem(&why, call, true, cookies),
        },
        Reply::File(file) => attachment(file),
        Reply::Stream { name, media, pieces } => {
            let mut response = body(StatusCode::OK, media, Body::new(Streamed(Mutex::new(pieces))));
            response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(FILE_POLICY));
            append(&mut response, CONTENT_DISPOSITION, &disposition("attachment", &name));
            response
        }
        Reply::Go { to, said } => go(&to, said.as_deref(), wants_json, cookies),
        Reply::Session { to, secret } => {
            let mut response = go(&to, None, wants_json, cookies);
            let cookie = match secret {
                Some(secret) => baked(SESSION, &secret, Some(LONGEST_SESSION), cookies.secure),
                None => baked(SESSION, "", Some(0), cookies.secure),
            };
            append(&mut response, SET_COOKIE, &cookie);
            append(&mut response, SET_COOKIE, &baked(VISIT, "", Some(0), cookies.secure));
            response
        }
    };
    settle(&mut response, cookies);
    response
}

/// A problem as a response.
pub(crate) fn problem(problem: &Problem, call: &Call<'_>, wants_json: bool, cookies: &Cookies) -> Response<Body> {
    let words = problem.words(call.lang);
    let mut response = if wants_json {
        let json = json!({ "error": { "status": problem.status.as_u16(), "message": words } });
        body(problem.status, "application/json", json.to_string())
    } else if problem.sign_in && call.path != "/sign-in" {
        let query = if call.query.is_empty() { String::new() } else { format!("?{}", call.query) };
        go(&format!("/sign-in?next={}", encoded(&format!("{}{query}", call.path))), None, false, cookies)
    } else {
        let title = call.lang.of("没有办成", "Not done");
        let page = layout::page(call, title, &told(words, call));
        body(problem.status, "text/html; charset=utf-8", page.into_string())
    };
    settle(&mut response, cookies);
    response
}

fn told(words: &str, call: &Call<'_>) -> Markup {
    html! {
        section.problem {
            h1 { (call.lang.of("没有办成", "Not done")) }
            p { (words) }
            p { a href="/" { (call.lang.of("返回首页", "To the first page")) } }
        }
    }
}

/// Headers that every response has.
fn settle(response: &mut Response<Body>, cookies: &Cookies) {
    let headers = response.headers_mut();
    let fixed: [(HeaderName, &str); 4] = [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("referrer-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if cookies.secure {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    default(headers, CONTENT_SECURITY_POLICY, POLICY);
    default(headers, CACHE_CONTROL, "no-store");
    if let Some(visit) = &cookies.visit {
        append(response, SET_COOKIE, &baked(VISIT, visit, None, cookies.secure));
    }
    if let Some(lang) = cookies.lang {
        append(response, SET_COOKIE, &baked(LANG, lang.of("zh", "en"), Some(31_536_000), cookies.secure));
    }
    let says_more =
        response.headers().get_all(SET_COOKIE).iter().any(|value| value.as_bytes().starts_with(SAID.as_bytes()));
    if cookies.said && !says_more {
        append(response, SET_COOKIE, &baked(SAID, "", Some(0), cookies.secure));
    }
}

fn default(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}

pub(super) fn body(status: StatusCode, media: &'static str, bytes: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(bytes.into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media));
    response
}

fn attachment(file: Attachment) -> Response<Body> {
    let mut response = body(StatusCode::OK, file.media, file.bytes);
    let (how, policy) = match file.manner {
        Manner::Saved => ("attachment", FILE_POLICY),
        Manner::Shown => ("inline", FILE_POLICY),
        Manner::Page => ("inline", PAGE_POLICY),
    };
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    append(&mut response, CONTENT_DISPOSITION, &disposition(how, &file.name));
    response
}

fn disposition(how: &str, name: &str) -> String {
    format!("{how}; filename*=UTF-8''{}", encoded(name))
}

/// A body whose pieces are made as they are sent: no thread waits for a reader who is slow.
struct Streamed(Mutex<Pieces>);

impl HttpBody for Streamed {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let mut pieces = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Poll::Ready(pieces.find(|piece| !piece.is_empty()).map(|piece| Ok(Frame::data(piece.into()))))
    }
}

/// On at another address of this server.
fn go(to: &str, said: Option<&str>, wants_json: bool, cookies: &Cookies) -> Response<Body> {
    // Whatever was asked for, nobody is led to another server.
    let is_ours = to.starts_with('/') && !to.starts_with("//") && !to.contains('\\');
    // A browser leaves out tabs and breaks, so they must not stand between two slashes.
    let to = if is_ours && to.bytes().all(|byte| byte.is_ascii_graphic()) { to } else { "/" };
    if wants_json {
        return body(StatusCode::OK, "application/json", json!({ "location": to, "message": said }).to_string());
    }
    let mut response = body(StatusCode::SEE_OTHER, "text/plain; charset=utf-8", Body::empty());
    append(&mut response, LOCATION, to);
    if let Some(said) = said {
        append(&mut response, SET_COOKIE, &baked(SAID, &encoded(said), Some(60), cookies.secure));
    }
    response
}

fn baked(name: &str, value: &str, seconds: Option<u64>, secure: bool) -> String {
    let age = seconds.map_or_else(String::new, |seconds| format!("; Max-Age={seconds}"));
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}")
}

fn append(response: &mut Response<Body>, name: HeaderName, value: &str) {
    // Everything that comes here is encoded, so it is a value; what were none is left out.
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().append(name, value);
    }
}
