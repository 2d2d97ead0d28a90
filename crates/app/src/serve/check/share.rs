//! A link that shows a batch to whoever has it: nothing can be changed there.

use maud::{Markup, html};
use mingzhang_desk::entry::Id;
use schemars::JsonSchema;
use serde::Serialize;

use super::{batches, document, export, together};
use crate::serve::call::Call;
use crate::serve::layout::moment;
use crate::serve::outgoing::encoded;
use crate::serve::problem::Problem;
use crate::serve::reply::{Reply, View};
use crate::serve::{secret, session};

/// A link, shown once.
#[derive(Serialize, JsonSchema)]
pub(super) struct SharePage {
    batch: Id,
    link: String,
    until: u64,
}

pub(super) fn share(call: &Call<'_>) -> Result<Reply, Problem> {
    let batch = call.id("batch")?;
    let secret = secret::random().map_err(Problem::internal)?;
    let (hash, until) = (secret::known_by(&secret), call.now + session::SHARE);
    call.record(|desk| desk.share(batch, hash, until))?;
    let base = call.house.settings.public_url.clone().unwrap_or_default();
    Reply::view(SharePage { batch, link: format!("{base}/shared/{}", encoded(&secret)), until })
}

impl View for SharePage {
    fn title(&self, call: &Call<'_>) -> String {
        call.lang.of("分享链接", "A link to share").to_owned()
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        html! {
            h1 { (lang.of("分享链接", "A link to share")) }
            p {
                (lang.of(
                    "凭此链接不登录即可查看本批次（只读）；只在这里显示一次：",
                    "Whoever has it sees this batch without an account; it is shown this once:",
                ))
            }
            pre tabindex="0" { a href=(self.link) { (self.link) } }
            p.muted { (lang.of("有效期至 ", "Good until ")) (moment(self.until)) }
            p { a href=(format!("/checks/{}", self.batch)) { (lang.of("返回批次", "Back to the batch")) } }
        }
    }
}

pub(super) fn unshare(call: &Call<'_>) -> Result<Reply, Problem> {
    let batch = call.id("batch")?;
    call.record(|desk| desk.unshare(batch))?;
    Reply::go(format!("/checks/{batch}"), call.lang.of("链接已失效", "The link leads nowhere any more"))
}

/// The batch of the link in the path.
fn shared(call: &Call<'_>) -> Result<Id, Problem> {
    let link = secret::known_by(call.param("link"));
    call.house.desk().shared(&link, call.now).map(|batch| batch.id).ok_or_else(Problem::not_theirs)
}

fn base(call: &Call<'_>) -> String {
    format!("/shared/{}", encoded(call.param("link")))
}

pub(super) fn batch(call: &Call<'_>) -> Result<Reply, Problem> {
    Reply::view(batches::page(call, shared(call)?, base(call), false)?)
}

pub(super) fn together(call: &Call<'_>) -> Result<Reply, Problem> {
    Reply::view(together::page(call, shared(call)?, base(call), false)?)
}

pub(super) fn document(call: &Call<'_>) -> Result<Reply, Problem> {
    let (batch, file) = (shared(call)?, call.id("file")?);
    if !call.house.desk().batch(batch).is_some_and(|batch| batch.files.contains(&file)) {
        return Err(Problem::not_theirs());
    }
    Reply::view(document::page(call, file, base(call), false)?)
}

pub(super) fn checklist(call: &Call<'_>) -> Result<Reply, Problem> {
    export::of_batch(call, shared(call)?)
}
