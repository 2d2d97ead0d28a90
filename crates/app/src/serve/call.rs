//! [`Call`]: one request as a page sees it: who asks, what for, with what.
//!
//! Pages are ordinary functions from a call to a [`Reply`](super::reply::Reply). They do not know HTTP, and they are
//! asked only after it was decided that the caller may.

use mingzhang_books::command::{Command, Request};
use mingzhang_books::names::{Person, RequestId, UnitCode};
use mingzhang_books::state::Done;
use mingzhang_desk::Refused;
use mingzhang_desk::entry::{Event, Id};
use mingzhang_desk::journal::Hand;
use mingzhang_desk::state::Desk;
use serde::de::DeserializeOwned;

use super::access::Who;
use super::house::House;
use super::problem::Problem;
use super::secret;
use crate::messages::Lang;

/// A file that came with a request. It is in the store already.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Brought {
    /// The field of the form.
    pub(crate) field: String,
    /// The name it came with.
    pub(crate) name: String,
    /// The hash of its bytes.
    pub(crate) sha256: String,
    /// How many bytes it has.
    pub(crate) size: u64,
}

/// What came with a request.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Given {
    /// Nothing.
    Nothing,
    /// The fields of a form, as a browser writes them.
    Form(String),
    /// JSON.
    Json(Vec<u8>),
    /// Files, and the other fields of their form.
    Files(Vec<Brought>, Vec<(String, String)>),
}

/// One request.
pub(crate) struct Call<'a> {
    pub(crate) house: &'a House,
    pub(crate) who: &'a Who,
    pub(crate) lang: Lang,
    /// The path, without the query.
    pub(crate) path: String,
    /// The query, as it came.
    pub(crate) query: String,
    /// The values that stand in the path for the names in braces.
    pub(crate) params: Vec<(String, String)>,
    pub(crate) given: Given,
    /// Seconds since 1970-01-01 UTC.
    pub(crate) now: u64,
    /// The address that it came from.
    pub(crate) from: String,
    /// What the forms of this page must carry.
    pub(crate) form_token: String,
    /// What was said at the end of the last request, to be shown once.
    pub(crate) said: Option<String>,
}

impl Call<'_> {
    /// A value of the path; empty where the route has no such name.
    pub(crate) fn param(&self, name: &str) -> &str {
        self.params.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// A number of the path.
    pub(crate) fn id(&self, name: &str) -> Result<Id, Problem> {
        self.param(name).parse().map_err(|_| Problem::missing())
    }

    /// The unit of the path.
    pub(crate) fn unit(&self) -> Result<UnitCode, Problem> {
        UnitCode::new(self.param("unit")).map_err(|_| Problem::missing())
    }

    /// The year of the path.
    pub(crate) fn year(&self) -> Result<u16, Problem> {
        self.param("year").parse().map_err(|_| Problem::missing())
    }

    /// What the query says. Fields that are not there have their default.
    pub(crate) fn asked<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        serde_html_form::from_str(&self.query)
            .map_err(|why| strange_fields("网址中的参数", "parameters", &why.to_string()))
    }

    /// What the form or the JSON says.
    pub(crate) fn input<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let wrong = |why: String| strange_fields("提交的内容", "content", &why);
        match &self.given {
            Given::Nothing => serde_html_form::from_str("").map_err(|why| wrong(why.to_string())),
            Given::Form(fields) => serde_html_form::from_str(fields).map_err(|why| wrong(why.to_string())),
            Given::Json(bytes) => serde_json::from_slice(bytes).map_err(|why| wrong(why.to_string())),
            Given::Files(_, fields) => {
                let fields = serde_html_form::to_string(fields).map_err(|why| wrong(why.to_string()))?;
                serde_html_form::from_str(&fields).map_err(|why| wrong(why.to_string()))
            }
        }
    }

    /// The files that came.
    pub(crate) fn files(&self) -> &[Brought] {
        match &self.given {
            Given::Files(files, _) => files,
            _ => &[],
        }
    }

    /// Who writes, when and from where.
    pub(crate) fn hand(&self) -> Hand {
        Hand { by: self.who.login.clone(), at: self.now, from: self.from.clone() }
    }

    /// Writes on the desk in the name of the caller.
    pub(crate) fn record(
        &self,
        decide: impl FnOnce(&Desk) -> Result<Vec<Event>, Refused>,
    ) -> Result<Vec<Event>, Problem> {
        self.house.record(&self.hand(), decide)
    }

    /// Writes in the books in the name of the caller, whole or not at all.
    pub(crate) fn post(&self, commands: Vec<Command>) -> Result<Done, Problem> {
        let by: Person = self.who.person()?.clone();
        let id = secret::random().map_err(Problem::internal)?;
        let id = RequestId::new(&format!("web-{}", &id[..32])).map_err(|why| Problem::internal(why.to_string()))?;
        self.house.post(&Request { id, by, at: self.now, commands })
    }
}

fn strange_fields(zh: &str, en: &str, why: &str) -> Problem {
    Problem::bad(format!("{zh}不能识别：{why}"), format!("The {en} cannot be understood: {why}"))
}
