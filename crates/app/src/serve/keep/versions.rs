//! A version of the budget begins with the lines of an earlier one.

use maud::{Markup, html};
use mingzhang_books::command::Command;
use mingzhang_books::entry::Version;
use mingzhang_model::set::Member;
use schemars::JsonSchema;
use serde::Deserialize;

use super::place::Place;
use crate::serve::call::Call;
use crate::serve::layout::token;
use crate::serve::problem::Problem;
use crate::serve::reply::Reply;

/// From which version to which.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Copied {
    /// The word of the version whose lines are taken, such as `first_submission`.
    from: String,
    /// The word of the version that gets them.
    to: String,
}

pub(super) fn copy(call: &Call<'_>) -> Result<Reply, Problem> {
    let (place, Copied { from, to }) = (Place::of(call)?, call.input()?);
    let version = |word: &str| {
        let found = Version::ALL.iter().copied().find(|version| version.word() == word);
        found.ok_or_else(|| Problem::bad("没有这个预算版本", "There is no such version of the budget"))
    };
    let (from, to) = (version(&from)?, version(&to)?);
    call.post(vec![Command::CopyVersion(place.unit.clone(), place.year, from, to)])?;
    let said =
        call.lang.of(&format!("已由“{}”带入“{}”", from.term(), to.term()), "The lines are taken over").to_owned();
    Reply::go(place.table_path("budget"), said)
}

/// The form for it.
pub(super) fn form(call: &Call<'_>, place: &Place) -> Markup {
    let lang = call.lang;
    let choice = |name: &str, words: &str| {
        html! {
            div.field {
                label for=(name) { (words) }
                select id=(name) name=(name) {
                    @for version in Version::ALL.iter().filter(|version| **version != Version::Ceiling) {
                        option value=(version.word()) { (lang.of(version.term(), version.word())) }
                    }
                }
            }
        }
    };
    html! {
        details {
            summary { (lang.of("由另一版本带入", "Take over another version")) }
            form.row method="post" action=(format!("{}/versions", place.path())) {
                (token(call))
                (choice("from", lang.of("从", "From")))
                (choice("to", lang.of("带入", "To")))
                button { (lang.of("带入", "Take over")) }
            }
        }
    }
}
