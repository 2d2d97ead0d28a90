//! For programs: the description of the interface (OpenAPI 3.1), health, meters. And the pages of the rules.
//!
//! The description is made from the list of routes, so it cannot tell of an address that is not there.

use maud::{Markup, html};
use mingzhang_books::entry::Publication;
use mingzhang_model::set::Member;
use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::access::Access;
use super::call::Call;
use super::layout::{crumbs, written};
use super::problem::Problem;
use super::reply::{Attachment, Manner, Reply, View};
use super::route::{Answers, Method, Route, Takes, routes};
use crate::report::{basis_list, rule_html};

pub(crate) const ROUTES: &[Route] = &[
    Route::get("/api", Access::Public, about, "How programs use this server").gives::<About>(),
    Route::get("/api/openapi.json", Access::Public, openapi, "This description").gives_file("application/json"),
    Route::get("/health", Access::Public, health, "Whether the server works").gives::<Health>(),
    Route::get("/metrics", Access::Administrator, metrics, "What the server counts, for Prometheus")
        .gives_file("text/plain; version=0.0.4"),
    Route::get("/rules", Access::Public, rules, "Every rule").gives::<Rules>(),
    Route::get("/rules/{code}", Access::Public, rule, "A rule: what it checks, why, how to mend").gives::<RulePage>(),
];

/// How programs use this server.
#[derive(Serialize, JsonSchema)]
struct About {
    openapi: &'static str,
    routes: Vec<RouteRow>,
}

#[derive(Serialize, JsonSchema)]
struct RouteRow {
    method: &'static str,
    path: &'static str,
    about: &'static str,
    access: String,
}

fn about(_: &Call<'_>) -> Result<Reply, Problem> {
    let row = |route: Route| RouteRow {
        method: method(route.method),
        path: route.path,
        about: route.about,
        access: access(route.access),
    };
    Reply::view(About { openapi: "/api/openapi.json", routes: routes().into_iter().map(row).collect() })
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
    }
}

/// Who may ask, in words.
fn access(access: Access) -> String {
    match access {
        Access::Public => "everybody".to_owned(),
        Access::Signed => "every account".to_owned(),
        Access::Batch => "who sees the batch".to_owned(),
        Access::Unit([]) => "any role at the unit or above it".to_owned(),
        Access::Unit(roles) => {
            let words: Vec<&str> = roles.iter().map(|role| role.word()).collect();
            format!("{} at the unit or above it", words.join(", "))
        }
        Access::Administrator => "administrators".to_owned(),
    }
}

impl View for About {
    fn title(&self, call: &Call<'_>) -> String {
        call.lang.of("数据接口", "API").to_owned()
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        html! {
            h1 { (lang.of("数据接口", "API")) }
            p { (lang.of(
                "每个页面在同一网址上也是 JSON：请求时写“Accept: application/json”，或在网址后加 ?format=json。提交表单的网址也接受 JSON。",
                "Every page is JSON at the same address: send “Accept: application/json”, or add ?format=json. \
                 What takes a form takes JSON too.",
            )) }
            p { (lang.of(
                "程序用令牌登录（在“我的账号”中签发）：Authorization: Bearer 令牌。",
                "Programs sign in with a token, made under “My account”: Authorization: Bearer TOKEN.",
            )) }
            p { a href=(self.openapi) { "OpenAPI 3.1" } }
            div.scroll tabindex="0" role="region" aria-label=(lang.of("网址", "Addresses")) { table {
                thead {
                    tr {
                        th scope="col" { (lang.of("网址", "Address")) }
                        th scope="col" { (lang.of("作用", "What")) }
                        th scope="col" { (lang.of("谁可用", "Who")) }
                    }
                }
                tbody { @for row in &self.routes { tr {
                    th scope="row" { code { (row.method) " " (row.path) } }
                    td lang="en" { (row.about) }
                    td lang="en" { (row.access) }
                } } }
            } }
        }
    }
}

fn openapi(_: &Call<'_>) -> Result<Reply, Problem> {
    let bytes = serde_json::to_vec_pretty(&description()).map_err(|why| Problem::internal(why.to_string()))?;
    let media = "application/json";
    Ok(Reply::File(Attachment { name: "openapi.json".to_owned(), media, bytes, manner: Manner::Shown }))
}

/// The description of the interface.
pub(crate) fn description() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut generator = settings.into_generator();
    let mut paths = Map::new();
    for route in routes() {
        let operation = operation(&route, &mut generator);
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        if let Some(path) = path.as_object_mut() {
            path.insert(method(route.method).to_lowercase(), operation);
        }
    }
    let schemas: Map<String, Value> = generator.take_definitions(true).into_iter().collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Mingzhang 明账",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Budgets and accounts of government departments: check, keep, read.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
        },
    })
}

fn operation(route: &Route, generator: &mut SchemaGenerator) -> Value {
    let mut parameters: Vec<Value> =
        route.names().map(|name| parameter(name, "path", true, &path_schema(name))).collect();
    if let Some(query) = route.query {
        let schema = serde_json::to_value(query(generator)).unwrap_or_default();
        parameters.extend(query_parameters(&schema, generator));
    }
    let mut operation = json!({
        "summary": route.about,
        "description": format!("Open to {}.", access(route.access)),
        "parameters": parameters,
        "responses": responses(route, generator),
    });
    if route.access != Access::Public {
        operation["security"] = json!([{ "token": [] }]);
    }
    if route.method == Method::Post
        && let Some(body) = body(route, generator)
    {
        operation["requestBody"] = body;
    }
    operation
}

/// What may stand in a path for a name in braces.
fn path_schema(name: &str) -> Value {
    let words = |words: Vec<&str>| json!({ "type": "string", "enum": words });
    match name {
        "batch" | "file" | "token" | "proposal" => json!({ "type": "integer", "minimum": 1 }),
        "year" => json!({ "type": "integer", "minimum": 1950, "maximum": 2200 }),
        "publication" => words(Publication::ALL.iter().map(|publication| publication.word()).collect()),
        "table" => words(mingzhang_books::import::tables().iter().map(|table| table.id).collect()),
        "format" => words(vec!["docx", "pdf", "xlsx", "html"]),
        "code" => words(mingzhang_rules::registry().iter().map(|rule| rule.code.as_str()).collect()),
        "sha256" | "document" => json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" }),
        _ => json!({ "type": "string", "minLength": 1 }),
    }
}

fn parameter(name: &str, place: &str, required: bool, schema: &Value) -> Value {
    json!({ "name": name, "in": place, "required": required, "schema": schema })
}

/// The fields of the shape of a query, each a parameter.
fn query_parameters(schema: &Value, generator: &SchemaGenerator) -> Vec<Value> {
    let referred = schema.get("$ref").and_then(Value::as_str).and_then(|at| at.rsplit('/').next());
    let schema = referred.and_then(|name| generator.definitions().get(name)).unwrap_or(schema);
    let required = |name: &str| {
        schema.get("required").and_then(Value::as_array).is_some_and(|names| names.iter().any(|other| other == name))
    };
    let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    properties.map(|(name, schema)| parameter(name, "query", required(name), schema)).collect()
}

fn body(route: &Route, generator: &mut SchemaGenerator) -> Option<Value> {
    let mut schema = match route.input {
        Some(input) => serde_json::to_value(input(generator)).unwrap_or_default(),
        None if route.takes == Takes::Files => json!({ "type": "object" }),
        None => return None,
    };
    if route.takes == Takes::Files {
        schema = json!({ "allOf": [schema, {
            "type": "object",
            "properties": { "files": { "type": "array", "items": { "type": "string", "format": "binary" } } },
        }] });
        return Some(json!({ "required": true, "content": { "multipart/form-data": { "schema": schema } } }));
    }
    let content = json!({
        "application/json": { "schema": schema },
        "application/x-www-form-urlencoded": { "schema": schema },
    });
    Some(json!({ "required": true, "content": content }))
}

fn responses(route: &Route, generator: &mut SchemaGenerator) -> Value {
    let problem = json!({
        "type": "object",
        "required": ["error"],
        "properties": { "error": {
            "type": "object",
            "required": ["status", "message"],
            "properties": { "status": { "type": "integer" }, "message": { "type": "string" } },
        } },
    });
    let done = match route.answers {
        Answers::File(media) => json!({ media.split(';').next().unwrap_or(media): {} }),
        Answers::Elsewhere => json!({ "application/json": { "schema": {
            "type": "object",
            "required": ["location"],
            "properties": { "location": { "type": "string" }, "message": { "type": ["string", "null"] } },
        } } }),
        Answers::View => {
            let schema = route.output.map(|output| serde_json::to_value(output(generator)).unwrap_or_default());
            json!({ "application/json": { "schema": schema.unwrap_or(json!({})) } })
        }
    };
    let mut responses = json!({
        "200": { "description": "Done", "content": done },
        "default": { "description": "Not done, and why", "content": { "application/json": { "schema": problem } } },
    });
    if route.answers == Answers::Elsewhere {
        responses["303"] = json!({ "description": "Done; the result is at the address in Location, for browsers" });
    }
    responses
}

/// Whether the server works.
#[derive(Serialize, JsonSchema)]
struct Health {
    /// Always ok: a server that does not work does not answer.
    status: &'static str,
    version: &'static str,
    /// Files that wait to be checked.
    waiting: usize,
}

fn health(call: &Call<'_>) -> Result<Reply, Problem> {
    let waiting = call.house.desk().waiting().count();
    Reply::view(Health { status: "ok", version: env!("CARGO_PKG_VERSION"), waiting })
}

impl View for Health {
    fn title(&self, call: &Call<'_>) -> String {
        call.lang.of("运行状态", "Health").to_owned()
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        html! { h1 { (self.status) } p { (self.version) " · " (call.lang.of("等待检查 ", "waiting ")) (self.waiting) } }
    }
}

fn metrics(call: &Call<'_>) -> Result<Reply, Problem> {
    let (waiting, batches, open) = {
        let desk = call.house.desk();
        (desk.waiting().count() as u64, desk.batches().count() as u64, desk.open().count() as u64)
    };
    let gauges = [
        ("files_waiting", "Files that wait to be checked.", waiting),
        ("batches", "Batches.", batches),
        ("documents_open", "Documents that lie open to readers.", open),
        ("entries", "Entries of the books.", call.house.books().count()),
        ("resident_bytes", "Memory of this process.", resident_bytes()),
    ];
    let text = call.house.meters.text(&gauges);
    let media = "text/plain; version=0.0.4";
    Ok(Reply::File(Attachment { name: "metrics".to_owned(), media, bytes: text.into_bytes(), manner: Manner::Shown }))
}

/// The memory of this process where the system tells it, else 0.
fn resident_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1024
}

/// Every rule.
#[derive(Serialize, JsonSchema)]
struct Rules {
    rules: Vec<RuleRow>,
}

#[derive(Serialize, JsonSchema)]
struct RuleRow {
    code: &'static str,
    name: &'static str,
    title: &'static str,
    severity: &'static str,
}

fn rules(_: &Call<'_>) -> Result<Reply, Problem> {
    let row = |rule: &'static mingzhang_model::rule::Rule| RuleRow {
        code: &rule.code,
        name: &rule.name,
        title: &rule.title,
        severity: rule.severity.word(),
    };
    Reply::view(Rules { rules: mingzhang_rules::registry().iter().map(row).collect() })
}

impl View for Rules {
    fn title(&self, call: &Call<'_>) -> String {
        call.lang.of("检查规则", "Rules").to_owned()
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        html! {
            h1 { (lang.of("检查规则", "Rules")) }
            p.lead {
                (self.rules.len())
                (lang.of(" 条规则，每条说明查什么、为什么、怎样改、依据是什么。", " rules: what each checks, why, how to mend, on which basis."))
            }
            div.scroll tabindex="0" role="region" aria-label=(lang.of("检查规则", "Rules")) { table {
                thead {
                    tr {
                        th scope="col" { (lang.of("代码", "Code")) }
                        th scope="col" { (lang.of("名称", "Title")) }
                        th scope="col" { (lang.of("级别", "Severity")) }
                    }
                }
                tbody { @for row in &self.rules { tr {
                    th scope="row" { a href=(format!("/rules/{}", row.code)) { (row.code) } }
                    td { (row.title) }
                    td { (severity_chip(row.severity)) }
                } } }
            } }
        }
    }
}

/// The severity of a finding or a rule as a chip, by its word.
pub(crate) fn severity_chip(word: &str) -> Markup {
    use mingzhang_model::rule::Severity;
    let term = Severity::ALL.iter().find(|severity| severity.word() == word).map_or("", |severity| severity.term());
    html! { span class=(format!("chip {word}")) { (term) } }
}

/// A rule.
#[derive(Serialize, JsonSchema)]
struct RulePage {
    code: &'static str,
    name: &'static str,
    title: &'static str,
    severity: &'static str,
    basis: Vec<String>,
    /// Its page, as Markdown.
    page: &'static str,
}

fn rule(call: &Call<'_>) -> Result<Reply, Problem> {
    let code = call.param("code");
    let rule = mingzhang_rules::registry().iter().find(|rule| rule.code.eq_ignore_ascii_case(code));
    let rule = rule.ok_or_else(Problem::missing)?;
    Reply::view(RulePage {
        code: &rule.code,
        name: &rule.name,
        title: &rule.title,
        severity: rule.severity.word(),
        basis: basis_list(&rule.basis),
        page: &rule.page,
    })
}

impl View for RulePage {
    fn title(&self, _: &Call<'_>) -> String {
        format!("{} {}", self.code, self.title)
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        let rule = mingzhang_rules::registry().iter().find(|rule| rule.code == self.code);
        html! {
            (crumbs(lang, &[("/rules", lang.of("检查规则", "Rules")), ("", self.code)]))
            h1 { (self.code) " " (self.title) }
            p { (severity_chip(self.severity)) " " @for basis in &self.basis { span.muted { (basis) " " } } }
            @if let Some(rule) = rule { article.prose { (written(rule_html(rule, "h2"))) } }
        }
    }
}
