//! The way of a request: limits, who asks, whether it is open, what came with it, the page, the response.
//!
//! This is the only place with asynchronous code. Pages are worked out on threads that may wait.

use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, DefaultBodyLimit, FromRequestParts, RawPathParams, State};
use axum::http::{Request, Response, StatusCode};
use axum::routing::{MethodFilter, on};
use mingzhang_desk::entry::Event;

use super::access::{Via, Who};
use super::call::{Call, Given};
use super::clock;
use super::house::House;
use super::incoming;
use super::outgoing::{self, Cookies};
use super::problem::Problem;
use super::reply::Reply;
use super::rest::Rest;
use super::route::{Method, Route, routes};
use super::secret;
use crate::date;
use crate::messages::Lang;

/// All addresses of the server.
pub(crate) fn router(house: Arc<House>) -> Router {
    let mut router = Router::new();
    for route in routes() {
        let filter = match route.method {
            Method::Get => MethodFilter::GET,
            Method::Post => MethodFilter::POST,
        };
        let handler = move |state: State<_>, from: ConnectInfo<_>, request: Request<Body>| async move {
            let (mut parts, body) = request.into_parts();
            // A path without names in it has no parameters to give.
            let params = RawPathParams::from_request_parts(&mut parts, &()).await.ok();
            answer(state.0, from.0, Some(route), params, Request::from_parts(parts, body)).await
        };
        router = router.route(route.path, on(filter, handler));
    }
    let other = |state: State<Arc<House>>, from: ConnectInfo<SocketAddr>, request: Request<Body>| async move {
        answer(state.0, from.0, None, None, request).await
    };
    let compressed = tower_http::compression::CompressionLayer::new();
    let assets = super::assets::router();
    let router = router.fallback(other).method_not_allowed_fallback(other);
    router.layer(DefaultBodyLimit::disable()).with_state(house).merge(assets).layer(compressed)
}

/// What is known of a request before it is answered.
struct Asked {
    who: Who,
    lang: Lang,
    path: String,
    query: String,
    params: Vec<(String, String)>,
    from: String,
    wants_json: bool,
    form_token: String,
    said: Option<String>,
    now: u64,
}

async fn answer(
    house: Arc<House>,
    peer: SocketAddr,
    route: Option<Route>,
    params: Option<RawPathParams>,
    request: Request<Body>,
) -> Response<Body> {
    let began = Instant::now();
    let method = request.method().clone();
    let from = from(&house, peer, &request);
    let now = date::now();
    let known = match house.limits.request(&from, clock()) {
        Ok(()) => incoming::who(request.headers(), &house, now),
        Err(seconds) => Err(Problem::too_often(seconds)),
    };
    let (who, refused) = match known {
        Ok(who) => (who, None),
        Err(problem) => (Who::nobody(), Some(problem)),
    };
    let (asked, cookies) = asked(&house, who, from, now, params, &request);
    let (rest, request) = Rest::of(request);
    let outcome = match refused {
        Some(problem) => Err(problem),
        None => admitted(&house, &asked, route, request).await,
    };
    if outcome.is_err() {
        rest.discard();
    }
    let login = asked.who.login.clone();
    let (path, from) = (asked.path.clone(), asked.from.clone());
    let responded = {
        let house = Arc::clone(&house);
        tokio::task::spawn_blocking(move || respond(&house, asked, route, outcome, &cookies)).await
    };
    let response = responded.unwrap_or_else(|_| {
        outgoing::body(StatusCode::INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8", "服务器出错 The server failed")
    });
    let took = began.elapsed();
    let status = response.status().as_u16();
    house.meters.answered(status, took);
    let shown = loggable(&path);
    let by = login.as_ref().map_or("-", |login| login.as_str());
    tracing::info!(%method, path = shown, status, ms = took.as_millis() as u64, by, from, "answered");
    response
}

/// A path as a log may show it: what follows the name of a room of links is a secret, whether there is such a page or
/// not.
fn loggable(path: &str) -> &str {
    let rooms = ["/enter/", "/shared/"];
    rooms.into_iter().find(|room| path.starts_with(room)).unwrap_or(path)
}

/// Where a request comes from: what the proxy says, where there is one, else the other end of the connection.
fn from(house: &House, peer: SocketAddr, request: &Request<Body>) -> String {
    let said = || {
        let line = request.headers().get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        // The last is what our proxy saw; those before are what it was told.
        let last = line.rsplit(',').next()?.trim();
        last.parse::<std::net::IpAddr>().ok()
    };
    let address = if house.settings.behind_proxy { said() } else { None };
    address.unwrap_or_else(|| peer.ip()).to_string()
}

fn asked(
    house: &House,
    who: Who,
    from: String,
    now: u64,
    params: Option<RawPathParams>,
    request: &Request<Body>,
) -> (Asked, Cookies) {
    let headers = request.headers();
    let query = request.uri().query().unwrap_or_default().to_owned();
    let wanted = query.split('&').find_map(|pair| pair.strip_prefix("lang="));
    let lang = |word: &str| if word == "en" { Lang::En } else { Lang::Zh };
    let kept = incoming::cookie(headers, incoming::LANG).map(lang);
    let secret = incoming::form_secret(headers, &who).map(str::to_owned);
    // Whoever has no session and no visit yet gets one, so that the form for signing in is tied to it.
    let visit = match (&who.via, &secret) {
        (Via::Nothing, None) => secret::random().ok(),
        _ => None,
    };
    let form_token = secret.as_deref().or(visit.as_deref()).map(secret::form_token).unwrap_or_default();
    let said = incoming::said(headers);
    let secure = house.settings.public_url.as_deref().is_some_and(|url| url.starts_with("https://"));
    let cookies = Cookies { visit, lang: wanted.map(lang), said: said.is_some(), secure };
    let params = params.iter().flatten().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    let asked = Asked {
        who,
        lang: wanted.map(lang).or(kept).unwrap_or_default(),
        path: request.uri().path().to_owned(),
        wants_json: incoming::wants_json(headers, &query),
        query,
        params,
        from,
        form_token,
        said,
        now,
    };
    (asked, cookies)
}

/// Lets a request in, or not, and reads what came with it.
async fn admitted(
    house: &House,
    asked: &Asked,
    route: Option<Route>,
    request: Request<Body>,
) -> Result<Given, Problem> {
    let route = route.ok_or_else(Problem::missing)?;
    route.access.check(&asked.who, house, &asked.params)?;
    if route.method == Method::Get {
        return Ok(Given::Nothing);
    }
    let by_token = asked.who.via == Via::Token;
    if !by_token && (!incoming::same_origin(request.headers()) || asked.form_token.is_empty()) {
        return Err(Problem::strange_form());
    }
    incoming::given(request, house, (!by_token).then_some(asked.form_token.as_str()), route.takes).await
}

/// Works the page out. A page that panics is a problem of this request alone.
fn respond(
    house: &House,
    asked: Asked,
    route: Option<Route>,
    outcome: Result<Given, Problem>,
    cookies: &Cookies,
) -> Response<Body> {
    let (given, refused) = match outcome {
        Ok(given) => (given, None),
        Err(problem) => (Given::Nothing, Some(problem)),
    };
    let call = Call {
        house,
        who: &asked.who,
        lang: asked.lang,
        path: asked.path,
        query: asked.query,
        params: asked.params,
        given,
        now: asked.now,
        from: asked.from,
        form_token: asked.form_token,
        said: asked.said,
    };
    let work = || -> Result<Response<Body>, Problem> {
        let reply = match (refused, route) {
            (Some(problem), _) => return Err(problem),
            (None, Some(route)) => (route.handler)(&call)?,
            (None, None) => Reply::Go { to: "/".to_owned(), said: None },
        };
        Ok(outgoing::response(reply, &call, asked.wants_json, cookies))
    };
    let done = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Problem::internal("程序内部错误")));
    done.unwrap_or_else(|problem| {
        if problem.denied {
            denied(&call, route, &problem);
        }
        if problem.status.is_server_error() {
            tracing::error!(path = call.path, problem = problem.words(Lang::Zh), "failed");
        }
        outgoing::problem(&problem, &call, asked.wants_json, cookies)
    })
}

/// Writes down that somebody tried what is not theirs: each time in the log, and in the journal as often as it keeps
/// readable.
fn denied(call: &Call<'_>, route: Option<Route>, problem: &Problem) {
    let house = call.house;
    house.meters.denied.fetch_add(1, Ordering::Relaxed);
    let path = loggable(&call.path);
    let by = call.who.login.as_ref().map_or("-", |login| login.as_str());
    let status = problem.status.as_u16();
    tracing::warn!(status, path, by, from = call.from, why = problem.words(Lang::En), "denied");
    let Some(times) = house.limits.denied(&format!("{by} {status}"), call.now) else { return };
    let what = format!("{status} {}", route.map_or("", |route| route.path));
    if let Err(problem) = call.record(|_| Ok(vec![Event::Denied { what, times }])) {
        tracing::error!(problem = problem.words(Lang::Zh), "could not write down a refusal");
    }
}
