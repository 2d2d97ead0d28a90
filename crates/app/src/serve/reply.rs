//! [`Reply`]: what a page answers: a view, a file, or another address.
//!
//! A [`View`] is data that can be shown as HTML and told as JSON. The same address gives either, as it is asked for.

use maud::Markup;
use serde::Serialize;

use super::call::Call;
use super::problem::Problem;

/// Data that is shown as a page and told as JSON.
pub(crate) trait View: Serialize + Send + 'static {
    /// The title of the page.
    fn title(&self, call: &Call<'_>) -> String;
    /// What stands on the page below the head.
    fn html(&self, call: &Call<'_>) -> Markup;
}

/// A view of any kind.
pub(crate) trait Shown: Send {
    fn title(&self, call: &Call<'_>) -> String;
    fn html(&self, call: &Call<'_>) -> Markup;
    fn json(&self) -> Result<Vec<u8>, serde_json::Error>;
}

impl<V: View> Shown for V {
    fn title(&self, call: &Call<'_>) -> String {
        View::title(self, call)
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        View::html(self, call)
    }

    fn json(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }
}

/// How a browser is to treat a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Manner {
    /// It is saved under its name.
    Saved,
    /// It is shown. Only for what this program has written itself.
    Shown,
    /// It is a page of its own, with its own style and no script.
    Page,
}

/// A file.
pub(crate) struct Attachment {
    pub(crate) name: String,
    pub(crate) media: &'static str,
    pub(crate) bytes: Vec<u8>,
    pub(crate) manner: Manner,
}

/// A file piece by piece: each is made when the one before has been sent.
pub(crate) type Pieces = Box<dyn Iterator<Item = Vec<u8>> + Send>;

/// What a page answers.
pub(crate) enum Reply {
    /// A page.
    View(Box<dyn Shown>),
    /// A page that says why nothing was done, with what was typed still on it.
    Refused(Box<dyn Shown>),
    /// A file.
    File(Attachment),
    /// A file to be saved, too large to be in memory at once.
    Stream { name: String, media: &'static str, pieces: Pieces },
    /// Go on at another address of this server; what to say there.
    Go { to: String, said: Option<String> },
    /// The same, with a session that begins or ends.
    Session {
        to: String,
        /// The secret of the new session; none where it ended.
        secret: Option<String>,
    },
}

/// What a page is: a function from a call to a reply.
pub(crate) type Handler = fn(&Call<'_>) -> Result<Reply, Problem>;

impl Reply {
    /// A page.
    pub(crate) fn view(view: impl View) -> Result<Reply, Problem> {
        Ok(Reply::View(Box::new(view)))
    }

    /// A page that says why nothing was done, with what was typed still on it.
    pub(crate) fn refused(view: impl View) -> Result<Reply, Problem> {
        Ok(Reply::Refused(Box::new(view)))
    }

    /// Go on at another address and say something there.
    pub(crate) fn go(to: impl Into<String>, said: impl Into<String>) -> Result<Reply, Problem> {
        Ok(Reply::Go { to: to.into(), said: Some(said.into()) })
    }

    /// A file to be saved.
    pub(crate) fn save(name: impl Into<String>, media: &'static str, bytes: Vec<u8>) -> Result<Reply, Problem> {
        Ok(Reply::File(Attachment { name: name.into(), media, bytes, manner: Manner::Saved }))
    }
}
