//! The steps of a publication: drafted, checked, reviewed, secrecy reviewed, signed, published, or sent back.
//!
//! Each step is taken in the name of the account that presses the button, with the hash of the very file. Whether it
//! may be taken, the books decide; that the file passes the rules and says what the books say, is found out here.

use mingzhang_books::command::Command;
use mingzhang_books::entry::{Disclosed, Step};
use mingzhang_books::state::Books;
use mingzhang_desk::entry::{About, Upload};
use mingzhang_model::rule::Severity;
use mingzhang_model::set::Member;
use schemars::JsonSchema;
use serde::Deserialize;

use super::disclosure::{FindingRow, different, findings, shown, stepped, written};
use super::draft::{InForm, Wanted, failed};
use crate::books::publish::{Held, hold};
use crate::pipeline::{Failure, within};
use crate::serve::call::Call;
use crate::serve::problem::Problem;
use crate::serve::reply::Reply;

/// A step to be taken.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Taken {
    /// drafted, checked, reviewed, secrecy_reviewed, signed, published or returned.
    step: String,
    /// The address, the number of the secrecy review, the reason of a return or of a correction.
    #[serde(default)]
    remark: String,
    /// The place under which readers find it, when it is published.
    #[serde(default)]
    place: String,
}

pub(super) fn take(call: &Call<'_>) -> Result<Reply, Problem> {
    let wanted = Wanted::of(call, &call.asked::<InForm>()?.form)?;
    let Taken { step, remark, place } = call.input()?;
    let step = Step::ALL.iter().copied().find(|own| own.word() == step);
    let step = step.ok_or_else(|| Problem::bad("没有这个步骤", "There is no such step"))?;
    let books = call.house.books();
    let disclosed = Disclosed { remark: remark.trim().to_owned(), ..stepped(call, &books, &wanted, step, None)? };
    // What would be refused is refused before any file is written.
    decided(call, &books, &disclosed)?;
    let disclosed = match step {
        Step::Drafted => Disclosed { hash: laid_down(call, &wanted)?, ..disclosed },
        Step::Checked => {
            let held = checked(call, &wanted, &disclosed.hash, books)?;
            if held.errors() > 0 {
                let errors = findings(&held.checkup, Severity::Error);
                let found: Vec<FindingRow> = held.different.iter().map(|line| different(line)).chain(errors).collect();
                return Reply::refused(shown(call, wanted, found)?);
            }
            disclosed
        }
        _ => disclosed,
    };
    let (hash, source) = (disclosed.hash.clone(), disclosed.remark.clone());
    let about = About { body: Some(wanted.place.name.clone()), place: Some(place), source: Some(source) };
    if step == Step::Published {
        // What readers would be refused is refused before the step is taken, which cannot be taken twice.
        call.house.desk().release(&hash, about.clone())?;
    }
    call.post(vec![Command::Disclose(disclosed)])?;
    if step == Step::Published {
        call.record(|desk| desk.release(&hash, about))?;
    }
    let said = call.lang.of(&format!("已办理：{}", step.term()), &format!("Done: {}", step.word())).to_owned();
    Reply::go(format!("{}{}", wanted.path(), wanted.query()), said)
}

fn decided(call: &Call<'_>, books: &Books, disclosed: &Disclosed) -> Result<(), Problem> {
    let refused = books.decide(call.who.person()?, &Command::Disclose(disclosed.clone())).err();
    refused.map_or(Ok(()), |refusal| {
        let words = refusal.to_string();
        Err(Problem::new(axum::http::StatusCode::UNPROCESSABLE_ENTITY, words.clone(), words))
    })
}

/// Lays the file of the disclosure down: the one that was brought, or one written from the books, with its text
/// beside it for those who edit. The hash of what goes on.
fn laid_down(call: &Call<'_>, wanted: &Wanted) -> Result<String, Problem> {
    let mut files: Vec<Upload> = Vec::new();
    if let Some(brought) = call.files().first() {
        let (name, sha256, size) = (brought.name.clone(), brought.sha256.clone(), brought.size);
        let head = call.house.files.bytes(&sha256)?;
        if !head.starts_with(b"%PDF") {
            return Err(Problem::bad(
                "公开的文件应是 PDF；改过的 DOCX 请先另存为 PDF 再上传",
                "What is published is a PDF; please save the revised file as one",
            ));
        }
        files.push(Upload { name, sha256, size, corrects: None });
    } else {
        let drafted = wanted.drafted(call)?;
        let lacks = drafted.composed.lacks.len();
        if lacks > 0 {
            return Err(Problem::new(
                axum::http::StatusCode::UNPROCESSABLE_ENTITY,
                format!("还缺 {lacks} 项内容，不能起草；请先按页面上的清单补齐"),
                format!("{lacks} things are lacking; please supply them first"),
            ));
        }
        for ending in ["docx", "pdf"] {
            let bytes = written(&drafted, ending)?;
            let (size, sha256) = (bytes.len() as u64, call.house.files.keep(&bytes)?);
            let name = format!("{}.{ending}", drafted.composed.manuscript.title);
            files.push(Upload { name, sha256, size, corrects: None });
        }
    }
    let hash = files.last().map(|file| file.sha256.clone()).unwrap_or_default();
    let (place, word) = (&wanted.place, wanted.publication.word());
    for file in files {
        call.record(|desk| desk.file_disclosure(place.unit.clone(), place.year, word, file))?;
    }
    Ok(hash)
}

/// What the rules and the books say of the file of the last step.
fn checked(call: &Call<'_>, wanted: &Wanted, hash: &str, books: std::sync::Arc<Books>) -> Result<Held, Problem> {
    let bytes = call.house.files.bytes(hash).map_err(|error| {
        let zh = format!("服务器上没有这一步的文件（{error}），请退回后重新起草");
        Problem::new(axum::http::StatusCode::CONFLICT, zh, "The file of the last step is not on this server")
    })?;
    let (scope, year, publication) = (wanted.scope(), wanted.place.year, wanted.publication);
    let held = within(call.house.settings.time_limit, move || {
        let held = hold(&books, &scope, year, publication, &bytes);
        held.map_err(|unfit| Failure::Unreadable(unfit.words(publication, crate::messages::Lang::Zh)))
    });
    held.map_err(|failure| failed(&failure))
}
