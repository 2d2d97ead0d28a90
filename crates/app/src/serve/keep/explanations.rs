//! What only a person can say: every place of a disclosure that asks for words, with the sentence it completes.

use maud::{Markup, html};
use mingzhang_books::entry::Publication;
use mingzhang_model::set::Member;
use mingzhang_write::compose::Missing;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::draft::{Wanted, fitting};
use super::place::Place;
use crate::serve::call::Call;
use crate::serve::layout::token;
use crate::serve::outgoing::encoded;
use crate::serve::problem::Problem;
use crate::serve::reply::{Reply, View};

/// For which publication, in which form.
#[derive(Deserialize, JsonSchema, Default)]
pub(super) struct Asked {
    /// budget, accounts, unit_budget or unit_accounts; budget where nothing is said.
    #[serde(default)]
    publication: String,
    /// The id of the form; the first that fits where nothing is said.
    #[serde(default)]
    form: String,
}

/// The words that a disclosure asks for.
#[derive(Serialize, JsonSchema)]
pub(super) struct ExplanationsPage {
    unit: String,
    year: u16,
    publication: &'static str,
    form: &'static str,
    places: Vec<PlaceRow>,
    /// Words that are given and that this form does not ask for.
    others: Vec<PlaceRow>,
    #[serde(skip)]
    place: Place,
}

/// A place for words.
#[derive(Serialize, JsonSchema)]
struct PlaceRow {
    place: String,
    /// The heading under which it stands.
    section: String,
    /// The words around it, with its mark.
    context: String,
    /// What was said; empty where nothing was.
    words: String,
}

pub(super) fn page(call: &Call<'_>) -> Result<Reply, Problem> {
    let (place, Asked { publication, form }) = (Place::of(call)?, call.asked()?);
    let chosen = Publication::ALL.iter().copied().find(|own| own.word() == publication);
    let chosen = match (chosen, publication.as_str()) {
        (Some(chosen), _) => chosen,
        (None, "") => Publication::Budget,
        (None, _) => return Err(Problem::bad("没有这种公开", "There is no such publication")),
    };
    let wanted = Wanted::in_form(call, place, chosen, &form)?;
    let books = call.house.books();
    let year = books.year(&wanted.place.unit, wanted.place.year);
    let said = |place: &str| year.and_then(|year| year.explanation(place)).unwrap_or_default().to_owned();
    let drafted = wanted.unsaid(call)?;
    let asked = |lack: &mingzhang_write::compose::Lack| match &lack.what {
        Missing::Words(place) => Some(PlaceRow {
            words: said(place),
            place: place.clone(),
            section: lack.section.clone(),
            context: lack.context.clone(),
        }),
        _ => None,
    };
    let places: Vec<PlaceRow> = drafted.composed.lacks.iter().filter_map(asked).collect();
    let is_other = |place: &str| !places.iter().any(|own| own.place == place);
    let others = year.into_iter().flat_map(|year| year.explanations()).filter(|(place, _)| is_other(place));
    let other = |(place, words): (&str, &str)| PlaceRow {
        place: place.to_owned(),
        section: String::new(),
        context: String::new(),
        words: words.to_owned(),
    };
    let others = others.map(other).collect();
    Reply::view(ExplanationsPage {
        unit: wanted.place.unit.to_string(),
        year: wanted.place.year,
        publication: wanted.publication.word(),
        form: wanted.form.id,
        places,
        others,
        place: wanted.place,
    })
}

impl View for ExplanationsPage {
    fn title(&self, call: &Call<'_>) -> String {
        format!("{} {} {}", call.lang.of("公开说明文字", "Explanations"), self.place.name, self.year)
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        let missing = self.places.iter().filter(|place| place.words.is_empty()).count();
        html! {
            (self.place.crumbs(lang, &[("", lang.of("公开说明文字", "Explanations"))]))
            h1 { (lang.of("公开说明文字", "Explanations")) }
            p.lead { (lang.of(
                "数字由账簿生成；只有人才能说明的，逐处在这里填写。",
                "Numbers come from the books; what only a person can say is written here, place by place.",
            )) }
            form.row method="get" {
                div.field {
                    label for="publication" { (lang.of("公开", "Publication")) }
                    select #publication name="publication" {
                        @for one in Publication::ALL {
                            option value=(one.word()) selected[one.word() == self.publication] {
                                (lang.of(one.term(), one.word()))
                            }
                        }
                    }
                }
                button { (lang.of("显示", "Show")) }
            }
            (self.forms(lang))
            p {
                (self.places.len()) (lang.of(" 处，其中 ", " places, of which "))
                strong { (missing) } (lang.of(" 处未填", " are empty"))
            }
            @for (at, place) in self.places.iter().enumerate() { (self.one(call, at, place)) }
            @if !self.others.is_empty() {
                details {
                    summary {
                        (self.others.len()) (lang.of(" 处其他说明（本表式没有用到）", " others that this form does not ask for"))
                    }
                    @for (at, place) in self.others.iter().enumerate() {
                        (self.one(call, self.places.len() + at, place))
                    }
                }
            }
        }
    }
}

impl ExplanationsPage {
    fn forms(&self, lang: crate::messages::Lang) -> Markup {
        let publication = Publication::ALL.iter().find(|own| own.word() == self.publication);
        let forms = publication.map(|own| fitting(*own)).unwrap_or_default();
        html! {
            p.actions {
                span.muted { (lang.of("表式：", "Form: ")) }
                @for form in forms {
                    a href=(format!("?publication={}&form={}", self.publication, encoded(form.id)))
                        aria-current=[(form.id == self.form).then_some("true")] { (form.name) }
                }
            }
        }
    }

    fn one(&self, call: &Call<'_>, at: usize, place: &PlaceRow) -> Markup {
        let lang = call.lang;
        let id = format!("words-{at}");
        let back = format!(
            "{}/explanations?publication={}&form={}#{id}",
            self.place.path(),
            self.publication,
            encoded(self.form)
        );
        html! {
            form.card.words method="post" action=(self.place.table_path("explanations")) data-guard {
                (token(call))
                input type="hidden" name="step" value="post";
                input type="hidden" name="back" value=(back);
                input type="hidden" name="header" value="位置";
                input type="hidden" name="header" value="内容";
                input type="hidden" name="cell" value=(place.place);
                @if !place.section.is_empty() { p.muted { (place.section) } }
                @if !place.context.is_empty() { p.quote { "…" (place.context) "…" } }
                div.field {
                    label for=(id) {
                        (lang.of("说明文字", "Words")) " " code { (place.place) } " "
                        @if place.words.is_empty() { span.chip.warning { (lang.of("未填", "empty")) } }
                    }
                    textarea id=(id) name="cell" rows=(if place.words.chars().count() > 120 { 8 } else { 3 }) {
                        (place.words)
                    }
                }
                div.actions { button { (lang.of("保存", "Save")) } }
            }
        }
    }
}
