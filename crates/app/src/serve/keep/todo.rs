//! What waits for signatures at a unit and below it: sign, send back, take back.

use std::sync::{MutexGuard, PoisonError};

use maud::{Markup, html};
use mingzhang_books::names::UnitCode;
use mingzhang_desk::entry::Settled;
use mingzhang_desk::state::Pending;
use mingzhang_model::set::Member;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::disclosure;
use super::place::{name_of, unit_path};
use super::signing::{Looked, carry_out, entered, glance, look};
use super::tables::rows_table;
use super::trial::Trial;
use crate::serve::call::Call;
use crate::serve::layout::{crumbs, moment, post_button, token};
use crate::serve::outgoing::encoded;
use crate::serve::problem::Problem;
use crate::serve::reply::{Reply, View};

/// How many of those that ended are shown.
const ENDED: usize = 20;

/// What waits.
#[derive(Serialize, JsonSchema)]
pub(super) struct TodoPage {
    unit: String,
    name: String,
    proposals: Vec<ProposalRow>,
    /// The steps of publications that wait for this person.
    steps: Vec<DueRow>,
    /// The last that ended.
    ended: Vec<EndedRow>,
}

/// Rows that wait.
#[derive(Serialize, JsonSchema)]
struct ProposalRow {
    id: u64,
    unit: String,
    unit_name: String,
    year: u16,
    table: &'static str,
    title: String,
    at: u64,
    slots: Vec<SlotRow>,
    /// What they would do now.
    trial: Trial,
    /// True where this person may sign next.
    mine: bool,
    /// True where this person made them.
    own: bool,
    /// True where all have signed, and the books did not take them.
    stuck: bool,
    #[serde(skip)]
    looked: Option<Looked>,
}

/// A step of a publication that waits.
#[derive(Serialize, JsonSchema)]
struct DueRow {
    unit: String,
    unit_name: String,
    year: u16,
    publication: &'static str,
    publication_name: &'static str,
    step: &'static str,
    step_name: &'static str,
}

/// A column that somebody signs.
#[derive(Serialize, JsonSchema)]
struct SlotRow {
    column: String,
    signed: Option<String>,
    /// The terms of the roles that may sign.
    roles: Vec<&'static str>,
}

/// Rows that wait no more.
#[derive(Serialize, JsonSchema)]
struct EndedRow {
    id: u64,
    title: String,
    year: u16,
    by: String,
    /// posted, returned or withdrawn.
    how: &'static str,
    /// Why they were sent back, or which entries they are.
    words: String,
    at: u64,
}

/// How much waits for this person at exactly this unit: rows to be signed, steps of publications.
pub(super) fn waiting(call: &Call<'_>, unit: &UnitCode) -> Result<usize, Problem> {
    let person = call.who.person()?;
    let books = call.house.books();
    let mut count = disclosure::due(call, unit)?.len();
    for pending in pending_at(call, |own| own == unit) {
        count += usize::from(glance(&books, &pending.what, &pending.signed)?.may_sign(person, &books));
    }
    Ok(count)
}

fn pending_at(call: &Call<'_>, is_theirs: impl Fn(&UnitCode) -> bool) -> Vec<Pending> {
    let desk = call.house.desk();
    let open = desk.proposals().filter(|pending| pending.settled.is_none() && is_theirs(&pending.what.unit));
    open.cloned().collect()
}

pub(super) fn page(call: &Call<'_>) -> Result<Reply, Problem> {
    let (unit, books, person) = (call.unit()?, call.house.books(), call.who.person()?.clone());
    let ours = books.department(&unit);
    let mut proposals = Vec::new();
    for pending in pending_at(call, |own| ours.contains(own)) {
        let looked = look(call.house, &pending.what, &pending.signed)?;
        let slot = |slot: &super::signing::Slot| SlotRow {
            column: slot.column.clone(),
            signed: slot.signed.as_ref().map(ToString::to_string),
            roles: slot.roles.iter().map(|role| role.term()).collect(),
        };
        proposals.push(ProposalRow {
            id: pending.id,
            unit: pending.what.unit.to_string(),
            unit_name: looked.place.name.clone(),
            year: pending.what.year,
            table: looked.table.id,
            title: looked.table.title.clone(),
            at: pending.at,
            slots: looked.slots.iter().map(slot).collect(),
            trial: looked.trial.clone(),
            mine: looked.may_sign(&person, &books),
            own: pending.signed.first().is_some_and(|(_, by)| *by == person),
            stuck: looked.next().is_none(),
            looked: Some(looked),
        });
    }
    let mut steps = Vec::new();
    for own in &ours {
        for (year, publication, step) in disclosure::due(call, own)? {
            steps.push(DueRow {
                unit: own.to_string(),
                unit_name: name_of(&books, own),
                year,
                publication: publication.word(),
                publication_name: publication.term(),
                step: step.word(),
                step_name: step.term(),
            });
        }
    }
    let desk = call.house.desk();
    let ended = desk.proposals().rev().filter(|pending| ours.contains(&pending.what.unit)).filter_map(ended);
    let ended = ended.take(ENDED).collect();
    Reply::view(TodoPage { unit: unit.to_string(), name: name_of(&books, &unit), proposals, steps, ended })
}

fn ended(pending: &Pending) -> Option<EndedRow> {
    let (how, by, at) = pending.settled.as_ref()?;
    let (how, words) = match how {
        Settled::Posted(first, last) if first == last => ("posted", format!("{first}")),
        Settled::Posted(first, last) => ("posted", format!("{first}–{last}")),
        Settled::Returned(why) => ("returned", why.clone()),
        Settled::Withdrawn => ("withdrawn", String::new()),
    };
    let title = mingzhang_books::import::table(&pending.what.table).map(|table| table.title.clone());
    Some(EndedRow {
        id: pending.id,
        title: title.unwrap_or_default(),
        year: pending.what.year,
        by: by.as_ref().map(ToString::to_string).unwrap_or_default(),
        how,
        words,
        at: *at,
    })
}

/// The rows of the path, which must wait at the unit of the path or below it.
fn asked(call: &Call<'_>) -> Result<Pending, Problem> {
    let (unit, id) = (call.unit()?, call.id("proposal")?);
    let books = call.house.books();
    let pending = call.house.desk().proposal(id).cloned();
    let pending = pending.filter(|pending| books.department(&unit).contains(&pending.what.unit));
    pending.ok_or_else(Problem::not_theirs)
}

pub(super) fn sign(call: &Call<'_>) -> Result<Reply, Problem> {
    let (pending, person, books) = (asked(call)?, call.who.person()?.clone(), call.house.books());
    let back = format!("{}/todo", unit_path(&call.unit()?));
    let looked = look(call.house, &pending.what, &pending.signed)?;
    if pending.settled.is_none() && looked.next().is_none() {
        // All have signed, and the server ended or the books refused before the rows were entered.
        return finish(call, &pending, back);
    }
    let Some(slot) = looked.next().filter(|_| looked.may_sign(&person, &books)) else {
        return Err(Problem::not_allowed());
    };
    // With this person in the open column: nobody signs what would be refused.
    let mut signed = pending.signed.clone();
    signed.push((slot.column.clone(), person.clone()));
    let tried = look(call.house, &pending.what, &signed)?;
    if let Some(fault) = tried.trial.complaints.first() {
        let (zh, en) = (format!("没有签字：{}", fault.message), format!("Not signed: {}", fault.message));
        return Err(Problem::new(axum::http::StatusCode::UNPROCESSABLE_ENTITY, zh, en));
    }
    let column = slot.column.clone();
    call.record(|desk| desk.sign(pending.id, &person, &column))?;
    match tried.next() {
        Some(next) => Reply::go(
            back,
            call.lang.of(
                &format!("已在“{column}”签字，等待“{}”签字", next.column),
                &format!("Signed ({column}); {} is to sign next", next.column),
            ),
        ),
        None => finish(call, &Pending { signed, ..pending }, back),
    }
}

/// All have signed: the rows go into the books.
fn finish(call: &Call<'_>, pending: &Pending, back: String) -> Result<Reply, Problem> {
    let _settling = settling(call);
    let done = carry_out(call.house, pending, call.now)?;
    call.record(|desk| desk.posted(pending.id, done.first, done.last))?;
    Reply::go(
        back,
        call.lang.of(
            &format!("签字齐全，已记账，第 {} 至 {} 号分录", done.first, done.last),
            &format!("All have signed; entered as {} to {}", done.first, done.last),
        ),
    )
}

/// While this is held no other settles a proposal: what is entered is not taken back at the same moment.
fn settling<'a>(call: &'a Call<'_>) -> MutexGuard<'a, ()> {
    call.house.settling.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is in the books already is neither sent back nor taken back; the desk learns that it is.
fn not_entered(call: &Call<'_>, pending: &Pending) -> Result<(), Problem> {
    let Some(done) = entered(call.house, pending)? else { return Ok(()) };
    call.record(|desk| desk.posted(pending.id, done.first, done.last))?;
    Err(Problem::new(
        axum::http::StatusCode::UNPROCESSABLE_ENTITY,
        format!("已经记账（第 {} 至 {} 号分录），不能退回或撤回；请用冲销更正", done.first, done.last),
        format!("It is entered already ({} to {}); please reverse it instead", done.first, done.last),
    ))
}

/// Why rows are sent back.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Returned {
    #[serde(default)]
    why: String,
}

pub(super) fn send_back(call: &Call<'_>) -> Result<Reply, Problem> {
    let (pending, Returned { why }) = (asked(call)?, call.input()?);
    let (person, books) = (call.who.person()?, call.house.books());
    let looked = glance(&books, &pending.what, &pending.signed)?;
    let has_signed = pending.signed.iter().any(|(_, by)| by == person);
    if !(looked.may_sign(person, &books) || (has_signed && looked.next().is_none())) {
        return Err(Problem::not_allowed());
    }
    let _settling = settling(call);
    not_entered(call, &pending)?;
    call.record(|desk| desk.send_back(pending.id, &why))?;
    Reply::go(format!("{}/todo", unit_path(&call.unit()?)), call.lang.of("已退回", "Sent back"))
}

pub(super) fn withdraw(call: &Call<'_>) -> Result<Reply, Problem> {
    let (pending, person) = (asked(call)?, call.who.person()?);
    let _settling = settling(call);
    not_entered(call, &pending)?;
    call.record(|desk| desk.withdraw(pending.id, person))?;
    Reply::go(format!("{}/todo", unit_path(&call.unit()?)), call.lang.of("已撤回", "Taken back"))
}

impl View for TodoPage {
    fn title(&self, call: &Call<'_>) -> String {
        format!("{} {}", call.lang.of("待办", "To do"), self.name)
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        html! {
            (crumbs(lang, &[("/units", lang.of("记账", "Keep")), ("", &self.name)]))
            h1 { (lang.of("待办", "To do")) }
            @if self.proposals.is_empty() && self.steps.is_empty() {
                p.lead { (lang.of("没有等待办理的事项。", "Nothing waits.")) }
            }
            @if !self.steps.is_empty() {
                h2 { (lang.of("公开的下一步等您办理", "Steps of disclosures that wait for you")) }
                ul { @for step in &self.steps { li {
                    a href=(format!("/units/{}/{}/disclosures/{}", encoded(&step.unit), step.year, step.publication)) {
                        (step.unit_name)
                        " "
                        (step.year)
                        " "
                        (lang.of(step.publication_name, step.publication))
                        (lang.of("公开：", " disclosure: ")) (lang.of(step.step_name, step.step))
                    }
                } } }
            }
            @for proposal in &self.proposals { (self.proposal(call, proposal)) }
            @if !self.ended.is_empty() {
                h2 { (lang.of("最近办结", "Lately ended")) }
                ul.plain { @for ended in &self.ended {
                    li {
                        (moment(ended.at)) " " (ended.year) " " (ended.title) " " (ended.by) " "
                        @match ended.how {
                            "posted" => {
                                span.chip.passed { (lang.of("已记账", "entered")) }
                                " " (lang.of("分录 ", "entries ")) (ended.words)
                            }
                            "returned" => { span.chip.warning { (lang.of("退回", "sent back")) } " " (ended.words) }
                            _ => { span.chip { (lang.of("撤回", "taken back")) } }
                        }
                    }
                } }
            }
        }
    }
}

impl TodoPage {
    fn proposal(&self, call: &Call<'_>, proposal: &ProposalRow) -> Markup {
        let lang = call.lang;
        let path = format!("/units/{}/todo/{}", encoded(&self.unit), proposal.id);
        let next = proposal.slots.iter().find(|slot| slot.signed.is_none());
        html! {
            section.card.proposal {
                h2 {
                    (proposal.title) " " span.muted {
                        (proposal.unit_name)
                        " " (proposal.year) " · " (lang.of("第 ", "No. ")) (proposal.id) (lang.of(" 号", ""))
                    }
                }
                p.muted { (lang.of("提交于 ", "Handed in ")) (moment(proposal.at)) }
                ol.steps {
                    @for slot in &proposal.slots {
                        li.done[slot.signed.is_some()] {
                            strong { (slot.column) } " "
                            @match &slot.signed {
                                Some(person) => { (person) }
                                None => { span.muted { (slot.roles.join(lang.of(" 或 ", " or "))) } }
                            }
                        }
                    }
                }
                @if let Some(looked) = &proposal.looked {
                    (rows_table(&looked.typed, looked.table, &proposal.title))
                }
                @for fault in &proposal.trial.complaints {
                    p.complaint {
                        @if fault.row > 1 { (lang.of("第 ", "Row ")) (fault.row - 1) (lang.of(" 行", "")) " " }
                        @if !fault.column.is_empty() { "“" (fault.column) "” " }
                        (fault.message)
                    }
                }
                @for budget in &proposal.trial.budgets { p { (budget) } }
                div.actions {
                    @if proposal.mine && proposal.trial.complaints.is_empty() {
                        @if let Some(next) = next {
                            @let words = format!("{}{}", lang.of("签字：", "Sign: "), next.column);
                            (post_button(call, &format!("{path}/sign"), &words, "primary"))
                        }
                    }
                    @if proposal.stuck {
                        (post_button(call, &format!("{path}/sign"), lang.of("重新记账", "Enter again"), "primary"))
                    }
                    @if proposal.own {
                        (post_button(call, &format!("{path}/withdraw"), lang.of("撤回", "Take back"), ""))
                    }
                    @if proposal.mine || proposal.stuck {
                        form.row method="post" action=(format!("{path}/return")) {
                            (token(call))
                            div.field {
                                label for=(format!("why-{}", proposal.id)) {
                                    (lang.of("退回原因", "Reason for sending back"))
                                }
                                input id=(format!("why-{}", proposal.id)) name="why" required maxlength="500";
                            }
                            button.danger { (lang.of("退回", "Send back")) }
                        }
                    }
                }
            }
        }
    }
}
