//! [`Drafted`]: a disclosure put together from books, before it is a file.

use mingzhang_books::facts::{Kept, draft};
use mingzhang_books::pivot::Scope;
use mingzhang_books::state::Books;
use mingzhang_books::trail::Trail;
use mingzhang_model::amount::Amount;
use mingzhang_model::code::{EconomicCode, FunctionalCode};
use mingzhang_model::fact::Facts;
use mingzhang_model::key::Key;
use mingzhang_model::supply::{Backing, Counted, Record, Supply};
use mingzhang_standard::form::Form;
use mingzhang_standard::narrative::narrative;
use mingzhang_write::compose::{Composed, Material, compose};
use mingzhang_write::text;

use crate::pipeline::{Checkup, Detail, judged};

/// A disclosure put together from books.
pub(crate) struct Drafted {
    /// The tables, filled.
    pub(crate) facts: Facts,
    /// What is to be printed, and what it lacks.
    pub(crate) composed: Composed,
    /// The same as text.
    pub(crate) printed: String,
}

/// Whether persons' words are used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Words {
    /// As they were entered.
    Kept,
    /// Nobody has said anything: every place that asks for words is lacking.
    Hidden,
}

impl Drafted {
    /// Puts a disclosure together; none where the form says no sentences.
    pub(crate) fn of(
        (books, trail): (&Books, &Trail),
        scope: &Scope,
        year: u16,
        form: &'static Form,
        words: Words,
    ) -> Option<Drafted> {
        let narrative = narrative(form.id)?;
        let facts = draft(books, scope, year, form).facts;
        let kept = Kept::new(books, trail, scope, year, form);
        let hidden = Hidden(&kept);
        let supply: &dyn Supply = match words {
            Words::Kept => &kept,
            Words::Hidden => &hidden,
        };
        let composed = compose(&Material { form, narrative, facts: &facts, supply });
        let printed = text::write(&composed.manuscript);
        Some(Drafted { facts, composed, printed })
    }

    /// What the rules say of it as it is printed.
    ///
    /// # Errors
    /// Why the print cannot be read.
    pub(crate) fn checkup(&self) -> Result<Checkup, String> {
        let document = mingzhang_read::read(self.printed.as_bytes()).map_err(|why| why.to_string())?;
        let facts = mingzhang_extract::extract(&document);
        Ok(judged(document, facts, None, Detail::Findings))
    }
}

/// A supply in which nobody has said anything.
struct Hidden<'a>(&'a dyn Supply);

impl Supply for Hidden<'_> {
    fn body(&self) -> &str {
        self.0.body()
    }

    fn amount(&self, key: &Key) -> Option<Amount> {
        self.0.amount(key)
    }

    fn behind(&self, key: &Key) -> Vec<Backing> {
        self.0.behind(key)
    }

    fn functions(&self, key: &Key) -> Vec<FunctionalCode> {
        self.0.functions(key)
    }

    fn economics(&self, key: &Key) -> Vec<EconomicCode> {
        self.0.economics(key)
    }

    fn figure(&self, name: &str) -> Option<Counted> {
        self.0.figure(name)
    }

    fn rows(&self, list: &str) -> Vec<Record> {
        self.0.rows(list)
    }

    fn words(&self, _: &str) -> Option<String> {
        None
    }
}
