//! `books publish`: a disclosure moves on by one step, from draft to publication, with the hash of the very file.
//!
//! At the step of checking the file is read and judged as any other, and held against the books: it has to say what
//! they say. How many errors there are is kept with the step, so nobody types it.

use std::collections::BTreeMap;
use std::fs;

use mingzhang_books::command::{Command, Request};
use mingzhang_books::entry::{Disclosed, Publication, Step};
use mingzhang_books::facts::draft;
use mingzhang_books::ledger::Failure;
use mingzhang_books::pivot::Scope;
use mingzhang_books::state::Books;
use mingzhang_model::fact::{Facts, Printed};
use mingzhang_model::rule::Severity;
use mingzhang_model::set::Member;
use mingzhang_standard::form::form;
use sha2::{Digest, Sha256};

use super::args::PublishArgs;
use super::exchange::{cannot_read, person, request_id};
use crate::cli::{Exit, Stop};
use crate::date;
use crate::messages::Lang;
use crate::messages::books::Message;
use crate::output::aside;
use crate::pipeline::{Checkup, Detail, judged, sha256};

/// Runs the command.
pub(super) fn run(args: &PublishArgs, lang: Lang) -> Result<Exit, Stop> {
    let said = |message: &Message<'_>| Stop::Said(lang.books(message));
    let by = person(&args.by, lang)?;
    let step = member::<Step>(&args.step, lang)?;
    let publication = member::<Publication>(&args.publication, lang)?;
    let bytes = fs::read(&args.file).map_err(|error| cannot_read(&args.file, &error, lang))?;
    let mut ledger = args.keep.open_to_write(lang)?;
    let chosen = args.year.chosen(ledger.books(), lang)?;
    let (unit, year) = (chosen.scope.unit().clone(), chosen.year);
    let errors = match step {
        Step::Checked => {
            let held = hold(ledger.books(), &chosen.scope, year, publication, &bytes);
            told(&held.map_err(|unfit| unfit.stop(publication, lang))?, lang)
        }
        _ => 0,
    };
    let newest = ledger.books().year(&unit, year).map_or(0, |kept| kept.last_edition(publication));
    let on = args.on.map_or_else(date::today, Ok).map_err(Stop::Said)?;
    let disclosed = Disclosed {
        unit,
        year,
        publication,
        edition: args.edition.unwrap_or(newest.max(1)),
        step,
        by: by.clone(),
        on,
        hash: sha256(&bytes),
        remark: args.remark.clone().unwrap_or_default(),
        errors,
    };
    let mut digest = Sha256::new();
    digest.update(format!("{disclosed:?}").as_bytes());
    digest.update(ledger.books().count().to_be_bytes());
    let commands = vec![Command::Disclose(disclosed.clone())];
    let request = Request { id: request_id("publish", digest), by, at: date::now(), commands };
    match ledger.post(&request) {
        Ok(_) => {
            let (step, hash) = (step.term(), disclosed.hash.as_str());
            aside(&lang.books(&Message::SteppedOn { step, edition: disclosed.edition, hash }));
            Ok(Exit::Clean)
        }
        Err(Failure::Refused { refusal, .. }) if errors > 0 => {
            aside(&refusal.to_string());
            Ok(Exit::Findings)
        }
        Err(failure) => Err(said(&Message::NotPublished(&failure.to_string()))),
    }
}

/// What the rules and the books say of a file.
pub(crate) struct Held {
    /// Its numbers that are not those of the books.
    pub(crate) different: Vec<String>,
    /// What the rules say.
    pub(crate) checkup: Checkup,
}

impl Held {
    /// How many errors there are: while there is one, the file does not go on.
    pub(crate) fn errors(&self) -> u32 {
        let errors = self.checkup.tally.at_least(Severity::Error) + self.different.len();
        u32::try_from(errors).unwrap_or(u32::MAX)
    }
}

/// Why a file cannot be held against the books.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Unfit {
    /// The reader's reason.
    Unreadable(String),
    /// It is no disclosure of this kind in a form that is known.
    OfAnother,
}

impl Unfit {
    /// In words.
    pub(crate) fn words(&self, publication: Publication, lang: Lang) -> String {
        match self {
            Unfit::Unreadable(why) => lang.books(&Message::CannotBeChecked(why)),
            Unfit::OfAnother => lang.books(&Message::NoSuchDisclosure(publication.term())),
        }
    }

    fn stop(&self, publication: Publication, lang: Lang) -> Stop {
        Stop::Said(self.words(publication, lang))
    }
}

/// Judges a file by the rules and holds it against the books: what it prints has to be what they say.
pub(crate) fn hold(
    books: &Books,
    scope: &Scope,
    year: u16,
    publication: Publication,
    bytes: &[u8],
) -> Result<Held, Unfit> {
    let document = mingzhang_read::read(bytes).map_err(|why| Unfit::Unreadable(why.to_string()))?;
    let facts = mingzhang_extract::extract(&document);
    let own = facts.disclosure.form.and_then(form).filter(|form| form.kind == publication.kind());
    let own = own.ok_or(Unfit::OfAnother)?;
    let scope = match publication.is_own_level() {
        true => Scope::Own(scope.unit().clone()),
        false => scope.clone(),
    };
    let different = differences(&draft(books, &scope, year, own).facts, &facts);
    Ok(Held { different, checkup: judged(document, facts, None, Detail::Findings) })
}

/// Tells what is wrong, and counts it.
fn told(held: &Held, lang: Lang) -> u32 {
    for line in &held.different {
        aside(&lang.books(&Message::NotOfTheBooks(line)));
    }
    for finding in held.checkup.report.findings().filter(|finding| finding.severity == Severity::Error) {
        aside(&format!("{} {}", finding.rule, finding.message));
    }
    held.errors()
}

/// The numbers that the file prints otherwise than the books, or not at all.
fn differences(books: &Facts, file: &Facts) -> Vec<String> {
    let printed: BTreeMap<_, Printed> =
        file.facts.iter().map(|fact| ((file.statements[fact.statement].code, &fact.key), fact.printed)).collect();
    let differs = |fact: &&mingzhang_model::fact::Fact| {
        let there = printed.get(&(books.statements[fact.statement].code, &fact.key));
        there.map_or(Printed::Blank.amount(), |there| there.amount()) != fact.printed.amount()
    };
    let told = books.facts.iter().filter(differs).map(|fact| {
        let locator = books.locator(fact);
        let (table, row) = (locator.table.unwrap_or_default(), locator.row.unwrap_or_default());
        format!("《{table}》“{row}”“{}”{}", locator.column.unwrap_or_default(), locator.quote.unwrap_or_default())
    });
    told.collect()
}

/// The member of a word or a term.
fn member<M: Member>(words: &str, lang: Lang) -> Result<M, Stop> {
    let found = M::ALL.iter().copied().find(|member| member.word() == words || member.term() == words);
    found.ok_or_else(|| {
        let known: Vec<String> = M::ALL.iter().map(|member| format!("{} {}", member.word(), member.term())).collect();
        Stop::Said(lang.books(&Message::NoSuchWord { asked: words, known: &known.join("、") }))
    })
}
