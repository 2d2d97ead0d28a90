//! The first page: the three rooms.

use maud::{Markup, html};
use schemars::JsonSchema;
use serde::Serialize;

use super::access::Access;
use super::call::Call;
use super::problem::Problem;
use super::reply::{Reply, View};
use super::route::Route;

pub(crate) const ROUTES: &[Route] =
    &[Route::get("/", Access::Public, first, "What this server offers").gives::<Home>()];

/// The first page.
#[derive(Serialize, JsonSchema)]
struct Home {
    /// The version of the program.
    version: &'static str,
    /// How many documents lie open to readers.
    open_documents: usize,
    /// How many rules a document is checked with.
    rules: usize,
    /// How many units keep their books here.
    units: usize,
}

fn first(call: &Call<'_>) -> Result<Reply, Problem> {
    Reply::view(Home {
        version: env!("CARGO_PKG_VERSION"),
        open_documents: call.house.desk().open().count(),
        rules: mingzhang_rules::registry().len(),
        units: call.house.books().units().count(),
    })
}

impl View for Home {
    fn title(&self, call: &Call<'_>) -> String {
        call.lang.of("每一笔公开的钱，都对得上", "Public money that adds up").to_owned()
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        let documents = self.open_documents;
        html! {
            section.hero {
                h1 { (lang.of("每一笔公开的钱，都对得上", "Public money that adds up")) }
                p.lead { (lang.of(
                    "部门预算、决算公开：编得出，查得清，看得懂。",
                    "The budgets and accounts of government departments: written, checked and read in one place.",
                )) }
            }
            ul.cards.rooms {
                li.card {
                    h2 { a href="/read" { (lang.of("查阅", "Read")) } }
                    p { (lang.of(
                        "按部门、地区、年度查找，年与年、部门与部门相比较；每一个数都能回到它所在的那一页。",
                        "Search by body, place and year, compare years and bodies; every number leads to its page.",
                    )) }
                    p.muted { (documents) (lang.of(" 份公开文件", " documents")) }
                }
                li.card {
                    h2 { a href="/checks" { (lang.of("检查", "Check")) } }
                    p { (lang.of(
                        "放入一份或一百份公开文件，逐数核对，问题与原文左右对照，导出检查表。",
                        "Drop one disclosure or a hundred; every number is checked, findings stand beside the page.",
                    )) }
                    p.muted { (self.rules) (lang.of(" 条规则", " rules")) }
                }
                li.card {
                    h2 { a href="/units" { (lang.of("记账", "Keep")) } }
                    p { (lang.of(
                        "预算、指标、支付、台账、绩效记在一本账上，公开文件由账生成，签发前先过检查。",
                        "Budget, payments, registers and performance in one ledger; the disclosure is written from it.",
                    )) }
                    p.muted { (self.units) (lang.of(" 个单位", " units")) }
                }
            }
        }
    }
}
