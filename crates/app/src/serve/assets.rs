//! The style, the script and the sign of the pages: compiled in, named after their content, kept by browsers.

use std::sync::LazyLock;

use axum::Router;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, Response};
use axum::routing::get;

use super::drawn;
use crate::pipeline::sha256;

/// The style of pages, of drawn pages and of charts.
static STYLE: LazyLock<String> =
    LazyLock::new(|| [include_str!("assets/style.css"), drawn::STYLE, &mingzhang_charts::stylesheet()].concat());
const SCRIPT: &str = include_str!("assets/script.js");
const ICON: &str = include_str!("assets/icon.svg");

/// The address of the style.
pub(crate) fn style() -> &'static str {
    static AT: LazyLock<String> = LazyLock::new(|| named("style.css", &STYLE));
    &AT
}

/// The address of the script.
pub(crate) fn script() -> &'static str {
    static AT: LazyLock<String> = LazyLock::new(|| named("script.js", SCRIPT));
    &AT
}

/// The address of the sign.
pub(crate) fn icon() -> &'static str {
    static AT: LazyLock<String> = LazyLock::new(|| named("icon.svg", ICON));
    &AT
}

/// An address that changes when the content does, so that it may be kept for ever.
fn named(name: &str, content: &str) -> String {
    format!("/assets/{}/{name}", &sha256(content.as_bytes())[..12])
}

/// The routes of what is compiled in. They need no account and touch nothing.
pub(crate) fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let kept = |media: &'static str, content: &'static str| {
        get(move || async move {
            let mut response = Response::new(Body::from(content));
            let headers = response.headers_mut();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
            headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
            response
        })
    };
    Router::new()
        .route(style(), kept("text/css; charset=utf-8", &STYLE))
        .route(script(), kept("text/javascript; charset=utf-8", SCRIPT))
        .route(icon(), kept("image/svg+xml", ICON))
        .route("/favicon.ico", kept("image/svg+xml", ICON))
}
