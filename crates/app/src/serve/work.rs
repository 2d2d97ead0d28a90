//! The files that wait to be checked, and the threads that check them.
//!
//! What waits is what the journal says waits: a file without an outcome. So a server that was killed goes on where
//! it was, and a file that was being worked on is taken up again; its outcome is written once, whoever comes second.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use mingzhang_desk::entry::{Checkup, Id, Outcome, Told};
use mingzhang_desk::journal::Hand;
use mingzhang_model::rule::Severity;

use super::house::House;
use super::problem::Problem;
use crate::date;
use crate::messages::Lang;
use crate::pipeline::{self, Checked, Detail, Failure};
use crate::shapes::kind_word;
use crate::tally::Standing;

/// How long a thread sleeps before it looks again, should it have missed a call.
const NAP: Duration = Duration::from_secs(1);

/// How long to wait after a store failed.
const PAUSE: Duration = Duration::from_secs(2);

/// Which files are being worked on.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    taken: Mutex<BTreeSet<Id>>,
    called: Condvar,
    over: AtomicBool,
}

impl Queue {
    /// Files have come.
    pub(crate) fn call(&self) {
        self.called.notify_all();
    }

    /// Nothing more is to be begun.
    pub(crate) fn close(&self) {
        self.over.store(true, Ordering::SeqCst);
        self.called.notify_all();
    }

    /// True when the server ends.
    pub(crate) fn is_over(&self) -> bool {
        self.over.load(Ordering::SeqCst)
    }

    /// Rests for a while; false when the server ends.
    pub(crate) fn rest(&self, time: Duration) -> bool {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over = || self.over.load(Ordering::SeqCst);
        let _rested =
            self.called.wait_timeout_while(taken, time, |_| !is_over()).unwrap_or_else(PoisonError::into_inner);
        !is_over()
    }

    /// The next file, or none when the server ends.
    fn next(&self, house: &House) -> Option<Id> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if self.over.load(Ordering::SeqCst) {
                return None;
            }
            let next = house.desk().waiting().map(|file| file.id).find(|id| !taken.contains(id));
            if let Some(next) = next {
                taken.insert(next);
                return Some(next);
            }
            taken = self.called.wait_timeout(taken, NAP).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn done(&self, file: Id) {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).remove(&file);
    }
}

/// Begins to check what waits, with so many threads.
pub(crate) fn begin(house: &Arc<House>, threads: usize) -> Vec<JoinHandle<()>> {
    let spawn = |n| {
        let house = Arc::clone(house);
        thread::Builder::new().name(format!("check-{n}")).spawn(move || work(&house))
    };
    (0..threads)
        .filter_map(|n| spawn(n).inspect_err(|error| tracing::error!(%error, "no thread to check")).ok())
        .collect()
}

fn work(house: &House) {
    while let Some(file) = house.queue.next(house) {
        if let Err(problem) = check(house, file) {
            tracing::error!(file, problem = problem.words(Lang::Zh), "could not keep what was found");
            thread::sleep(PAUSE);
        }
        house.queue.done(file);
    }
}

/// Checks one file and writes down what came of it.
fn check(house: &House, file: Id) -> Result<(), Problem> {
    let Some((hash, name)) = house.desk().file(file).map(|file| (file.upload.sha256.clone(), file.upload.name.clone()))
    else {
        return Ok(());
    };
    let outcome = match house.files.bytes(&hash) {
        Ok(bytes) => judge(bytes, name, house.settings.time_limit),
        Err(error) => Outcome::Unreadable(format!("文件不在服务器上，请重新上传（{error}）")),
    };
    let counter = match &outcome {
        Outcome::Checked(_) => &house.meters.checked,
        Outcome::Unreadable(_) => &house.meters.unreadable,
    };
    let hand = Hand { by: None, at: date::now(), from: String::new() };
    let events = house.record(&hand, |desk| desk.check_file(file, outcome))?;
    if !events.is_empty() {
        counter.fetch_add(1, Ordering::Relaxed);
    }
    Ok(())
}

/// What comes of the bytes of a file. A panic or an endless loop in a reader is its outcome.
pub(crate) fn judge(bytes: Vec<u8>, name: String, limit: Duration) -> Outcome {
    let examined = pipeline::within(limit, move || {
        let document = mingzhang_read::read(&bytes).map_err(|why| Failure::Unreadable(why.to_string()))?;
        let pages = document.pages.len();
        let facts = mingzhang_extract::extract(&document);
        Ok((pages, pipeline::judged(document, facts, None, Detail::Findings)))
    });
    match examined {
        Ok((pages, checkup)) => {
            let checked = Checked { path: name, result: Ok(checkup) };
            let standing = checked.standing(Severity::Error);
            match checked.result {
                Ok(checkup) => Outcome::Checked(in_short(pages, standing, &checkup)),
                Err(failure) => Outcome::Unreadable(Lang::Zh.failure(&failure)),
            }
        }
        Err(failure) => Outcome::Unreadable(Lang::Zh.failure(&failure)),
    }
}

fn in_short(pages: usize, standing: Standing, checkup: &pipeline::Checkup) -> Checkup {
    let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
    let told = checkup.report.findings().map(|finding| Told {
        rule: finding.rule.clone(),
        severity: finding.severity.word().to_owned(),
        fingerprint: finding.fingerprint.clone(),
        message: finding.message.clone(),
        place: finding.location.words(),
        page: finding.location.place.page,
        suggested: finding.culprit.as_ref().map(|culprit| culprit.suggested.clone()),
    });
    Checkup {
        body: checkup.disclosure.body.clone(),
        year: checkup.disclosure.year,
        kind: checkup.disclosure.kind.map(|kind| kind_word(kind).to_owned()),
        form: checkup.disclosure.form.map(str::to_owned),
        pages: count(pages),
        tables: count(checkup.tables.len()),
        facts: count(checkup.facts),
        held: checkup.tally.held as u64,
        standing: standing_word(standing).to_owned(),
        told: told.collect(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

/// The word under which it is kept how a document came out.
fn standing_word(standing: Standing) -> &'static str {
    match standing {
        Standing::Passed => "passed",
        Standing::Failed => "failed",
        Standing::Undecided => "undecided",
        Standing::Unreadable => "unreadable",
    }
}
