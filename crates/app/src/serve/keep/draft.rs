//! A draft: the disclosure of a unit's year in a form, put together from the books as they are now, with what it
//! lacks and what the rules say of it as it would be printed.

use mingzhang_books::entry::Publication;
use mingzhang_books::names::UnitCode;
use mingzhang_books::pivot::Scope;
use mingzhang_model::set::Member;
use mingzhang_standard::form::{Form, form, forms};
use mingzhang_standard::narrative::narrative;
use mingzhang_standard::register::registers;
use mingzhang_write::compose::{Lack, Missing};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::place::Place;
use crate::messages::Lang;
use crate::pipeline::{Failure, within};
use crate::serve::call::Call;
use crate::serve::outgoing::encoded;
use crate::serve::problem::Problem;
use crate::write::{Drafted, Words};

/// Which form.
#[derive(Deserialize, JsonSchema, Default)]
pub(super) struct InForm {
    /// The id of the form; the one that lacks the least where nothing is said.
    #[serde(default)]
    pub(super) form: String,
}

/// What is published of a unit's year, in a form.
pub(super) struct Wanted {
    pub(super) place: Place,
    pub(super) publication: Publication,
    pub(super) form: &'static Form,
}

impl Wanted {
    /// The publication of the path in a form.
    pub(super) fn of(call: &Call<'_>, asked: &str) -> Result<Wanted, Problem> {
        let place = Place::of(call)?;
        let word = call.param("publication");
        let publication = Publication::ALL.iter().copied().find(|publication| publication.word() == word);
        let publication = publication.ok_or_else(Problem::missing)?;
        Wanted::in_form(call, place, publication, asked)
    }

    /// A publication in the form that is asked for. Where none is, in the one that lacks the least: each place asks
    /// for words of its own, so it is most likely the form of the unit's place.
    pub(super) fn in_form(
        call: &Call<'_>,
        place: Place,
        publication: Publication,
        asked: &str,
    ) -> Result<Wanted, Problem> {
        let fits = fitting(publication);
        let mut chosen = form(asked).filter(|form| fits.iter().any(|fit| fit.id == form.id));
        if asked.is_empty() {
            let mut least = usize::MAX;
            for &form in &fits {
                let lacks = Wanted { place: place.clone(), publication, form }.drafted(call)?.composed.lacks.len();
                if lacks < least {
                    (least, chosen) = (lacks, Some(form));
                }
            }
        }
        let form = chosen.ok_or_else(|| {
            let known: Vec<&str> = fits.iter().map(|form| form.id).collect();
            Problem::bad(
                format!("没有适合{}的表式“{asked}”；可用：{}", publication.term(), known.join("、")),
                format!("No form “{asked}” fits; there are {}", known.join(", ")),
            )
        })?;
        Ok(Wanted { place, publication, form })
    }

    /// Whose money it shows.
    pub(super) fn scope(&self) -> Scope {
        scope(&self.place.unit, self.publication)
    }

    /// The address of its page.
    pub(super) fn path(&self) -> String {
        format!("{}/disclosures/{}", self.place.path(), self.publication.word())
    }

    /// The query that keeps the form.
    pub(super) fn query(&self) -> String {
        format!("?form={}", encoded(self.form.id))
    }

    /// The disclosure as the books have it now.
    pub(super) fn drafted(&self, call: &Call<'_>) -> Result<Drafted, Problem> {
        self.composed(call, Words::Kept)
    }

    /// The same as if nobody had said anything yet: what a person is asked for.
    pub(super) fn unsaid(&self, call: &Call<'_>) -> Result<Drafted, Problem> {
        self.composed(call, Words::Hidden)
    }

    fn composed(&self, call: &Call<'_>, words: Words) -> Result<Drafted, Problem> {
        let (books, trail) = call.house.traced()?;
        let (scope, year, form) = (self.scope(), self.place.year, self.form);
        let made = within(call.house.settings.time_limit, move || {
            Ok(Drafted::of((&books, &trail), &scope, year, form, words))
        });
        made.map_err(|failure| failed(&failure))?.ok_or_else(Problem::missing)
    }
}

/// Whose money a publication shows.
pub(super) fn scope(unit: &UnitCode, publication: Publication) -> Scope {
    if publication.is_own_level() { Scope::Own(unit.clone()) } else { Scope::Consolidated(unit.clone()) }
}

/// The forms of a publication that say sentences too.
pub(super) fn fitting(publication: Publication) -> Vec<&'static Form> {
    let fits = |form: &&Form| form.kind == publication.kind() && narrative(form.id).is_some();
    forms().iter().filter(fits).collect()
}

/// Work on a document that did not end well.
pub(super) fn failed(failure: &Failure) -> Problem {
    Problem::new(axum::http::StatusCode::UNPROCESSABLE_ENTITY, Lang::Zh.failure(failure), Lang::En.failure(failure))
}

/// Something that a draft lacks.
#[derive(Clone, Serialize, JsonSchema)]
pub(super) struct LackRow {
    /// words, amount, figure or field.
    pub(super) kind: &'static str,
    /// Which: the place of the words, the money, the name of the figure or of the field.
    pub(super) what: String,
    /// The heading under which it stands.
    pub(super) section: String,
    /// The words around it.
    pub(super) context: String,
    /// The address of the form that supplies it.
    pub(super) to: String,
    /// Where to say that there was nothing, for a figure of a register.
    pub(super) none: Option<String>,
}

impl LackRow {
    pub(super) fn of(lack: &Lack, place: &Place) -> LackRow {
        let (section, context) = (lack.section.clone(), lack.context.clone());
        let row = |kind, what: String, to, none| LackRow { kind, what, section, context, to, none };
        match &lack.what {
            Missing::Words(words) => row("words", words.clone(), words_path(place, words), None),
            Missing::Amount(what, year) => {
                row("amount", format!("{year} {what}"), format!("{}#enter", place.table_path("known")), None)
            }
            Missing::Figure(name) => {
                let own = registers().iter().find(|register| register.figure(name).is_some());
                let to = own.map_or_else(|| format!("{}/tables", place.path()), |own| place.table_path(own.id));
                let none = own.map(|own| words_path(place, &format!("none/{}", own.id)));
                row("figure", name.clone(), format!("{to}#enter"), none)
            }
            Missing::Field(name) => row("field", name.clone(), format!("{}/tables", place.path()), None),
        }
    }
}

/// The form for a person's words.
fn words_path(place: &Place, words: &str) -> String {
    format!("{}?place={}#enter", place.table_path("explanations"), encoded(words))
}
