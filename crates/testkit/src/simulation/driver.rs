//! [`run`]: one simulated office from its founding to the last command.
//!
//! Every user has a ledger of their own on the shared store, and its books are stale until they post.
//! After each request the records that are really there are read by the oracle.

use super::faulty::{Failing, Faulty};
use super::generator::Generator;
use super::oracle::{Law, Oracle, Violation};
use super::random::Random;
use mingzhang_books::command::{Command, Request};
use mingzhang_books::entry::{Entry, Event};
use mingzhang_books::ledger::{Failure, Ledger};
use mingzhang_books::line::Line;
use mingzhang_books::names::{Person, RequestId};
use mingzhang_books::refusal::Reason;
use mingzhang_books::state::Done;
use mingzhang_books::store::{Memory, Store};
use mingzhang_model::set::Member;
use std::collections::{BTreeMap, VecDeque};
use std::fmt;

/// How many users there are.
const USERS: u64 = 4;

/// How many requests are remembered, to be sent again or to be told of after a violation.
const REMEMBERED: usize = 1_500;

/// How often somebody who meets a fault tries again before the simulation gives up.
const PATIENCE: usize = 200;

/// What is simulated.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Where chance comes from: the same seed, the same office.
    pub seed: u64,
    /// How many commands are sent.
    pub commands: u64,
    /// The step after which to stop, to look at one that was found.
    pub stop_at: Option<u64>,
    /// In how many turns one fails; 0 for none.
    pub fails_once_in: u64,
    /// In how many commits one is acknowledged and lost, which no store may do; 0 for none.
    pub lies_once_in: u64,
    /// After how many steps everything is compared, not only what was touched.
    pub full_every: u64,
}

impl Options {
    /// So many commands of a seed, with a fault in every twelfth turn.
    pub fn new(seed: u64, commands: u64) -> Options {
        Options { seed, commands, stop_at: None, fails_once_in: 12, lies_once_in: 0, full_every: 1_000 }
    }
}

/// How many commands of one kind were sent and carried out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tried {
    /// Sent.
    pub sent: u64,
    /// Carried out.
    pub accepted: u64,
}

/// What happened.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// By kind of command.
    pub kinds: BTreeMap<&'static str, Tried>,
    /// Refusals by their reason.
    pub reasons: BTreeMap<&'static str, u64>,
    /// Faults of the store.
    pub faults: BTreeMap<Failing, u64>,
    /// Requests.
    pub steps: u64,
    /// Entries.
    pub entries: u64,
    /// Ledgers that were dropped and opened again.
    pub crashes: u64,
    /// Requests that were sent again after they had been carried out.
    pub repeated: u64,
    /// Requests whose sender had not seen all entries.
    pub stale: u64,
    /// Comparisons of everything.
    pub compared: u64,
    /// Years that were closed.
    pub years_closed: u64,
}

impl Report {
    /// All kinds together.
    pub fn total(&self) -> Tried {
        let sum =
            |total: Tried, one: &Tried| Tried { sent: total.sent + one.sent, accepted: total.accepted + one.accepted };
        self.kinds.values().fold(Tried::default(), sum)
    }

    /// Adds another office's.
    pub fn add(&mut self, other: &Report) {
        for (kind, tried) in &other.kinds {
            let mine = self.kinds.entry(kind).or_default();
            mine.sent += tried.sent;
            mine.accepted += tried.accepted;
        }
        other.reasons.iter().for_each(|(reason, count)| *self.reasons.entry(reason).or_default() += count);
        other.faults.iter().for_each(|(failing, count)| *self.faults.entry(*failing).or_default() += count);
        self.steps += other.steps;
        self.entries += other.entries;
        self.crashes += other.crashes;
        self.repeated += other.repeated;
        self.stale += other.stale;
        self.compared += other.compared;
        self.years_closed += other.years_closed;
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |tried: &Tried| tried.accepted * 100 / tried.sent.max(1);
        for (kind, tried) in &self.kinds {
            writeln!(f, "{kind:<18} {:>8} sent {:>8} accepted {:>3}%", tried.sent, tried.accepted, share(tried))?;
        }
        let total = self.total();
        writeln!(f, "{:<18} {:>8} sent {:>8} accepted {:>3}%", "all", total.sent, total.accepted, share(&total))?;
        writeln!(f, "refusals: {:?}", self.reasons)?;
        writeln!(f, "faults: {:?}", self.faults)?;
        write!(
            f,
            "{} requests, {} entries, {} crashes, {} sent again, {} by a stale sender, \
             {} full comparisons, {} years closed",
            self.steps, self.entries, self.crashes, self.repeated, self.stale, self.compared, self.years_closed
        )
    }
}

/// A violation, and how to see it again.
#[derive(Clone, Debug)]
pub struct Found {
    /// The seed of the office.
    pub seed: u64,
    /// The step.
    pub step: u64,
    /// What was broken.
    pub violation: Violation,
    /// The request, and what came before on its lines.
    pub history: Vec<String>,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "violation: {}", self.violation)?;
        writeln!(f, "see it again: --seed {} --stop-at {}", self.seed, self.step)?;
        self.history.iter().try_for_each(|line| writeln!(f, "  {line}"))
    }
}

/// Simulates an office.
///
/// # Errors
/// The first violation.
pub fn run(options: &Options) -> Result<Report, Box<Found>> {
    let mut office = Office::new(options);
    let found = |office: &Office, violation| {
        Box::new(Found { seed: options.seed, step: office.report.steps, violation, history: office.history() })
    };
    office.found_office().map_err(|violation| found(&office, violation))?;
    while office.report.total().sent < options.commands && options.stop_at.is_none_or(|stop| office.report.steps < stop)
    {
        office.step().map_err(|violation| found(&office, violation))?;
    }
    office.end().map_err(|violation| found(&office, violation))?;
    Ok(office.report)
}

struct Office {
    options: Options,
    store: Faulty,
    truth: Memory,
    users: Vec<Ledger<Faulty>>,
    oracle: Oracle,
    generator: Generator,
    random: Random,
    sent: VecDeque<Sent>,
    report: Report,
}

struct Sent {
    step: u64,
    request: Request,
    outcome: Result<Done, Reason>,
}

fn broken(law: Law, what: String) -> Violation {
    Violation { law, what }
}

impl Office {
    fn new(options: &Options) -> Office {
        let store = Faulty::lying(options.seed ^ 0xfa17, options.fails_once_in, options.lies_once_in);
        Office {
            options: *options,
            truth: store.truth(),
            store,
            users: Vec::new(),
            oracle: Oracle::default(),
            generator: Generator::new(options.seed),
            random: Random::new(options.seed ^ 0x51e9),
            sent: VecDeque::new(),
            report: Report::default(),
        }
    }

    fn open(&self) -> Result<Ledger<Faulty>, Violation> {
        Ledger::open(self.store.clone()).map_err(|failure| broken(Law::Chain, format!("opening: {failure}")))
    }

    fn found_office(&mut self) -> Result<(), Violation> {
        for _ in 0..USERS {
            let ledger = self.open()?;
            self.users.push(ledger);
        }
        let by = Person::new("管理一").map_err(|_| broken(Law::Plain, "no name".into()))?;
        self.send(0, by, Generator::founding())
    }

    fn step(&mut self) -> Result<(), Violation> {
        let user = self.random.below(USERS) as usize;
        if self.random.once_in(3) {
            self.refresh(user)?;
        }
        if self.random.once_in(2_000) {
            self.crash(user)?;
        }
        if self.random.once_in(25) {
            self.repeat(user)?;
        }
        let (by, commands) = self.generator.request(self.users[user].books());
        self.send(user, by, commands)?;
        if self.report.steps.is_multiple_of(self.options.full_every) {
            self.refresh(user)?;
            self.report.compared += 1;
            self.oracle.compare_all(self.users[user].books())?;
        }
        Ok(())
    }

    fn refresh(&mut self, user: usize) -> Result<(), Violation> {
        self.users[user].refresh().map_err(|failure| broken(Law::Chain, format!("refresh: {failure}")))
    }

    /// The program ends without a word and is started again.
    fn crash(&mut self, user: usize) -> Result<(), Violation> {
        self.report.crashes += 1;
        self.users[user] = self.open()?;
        Ok(())
    }

    /// Sends a request until it is decided, and holds what came of it against the laws.
    fn send(&mut self, user: usize, by: Person, commands: Vec<Command>) -> Result<(), Violation> {
        self.report.steps += 1;
        let step = self.report.steps;
        let id = RequestId::new(&format!("q{step}")).map_err(|_| broken(Law::Plain, "no name".into()))?;
        let request = Request { id, by, at: 1_700_000_000 + step, commands };
        if self.users[user].books().count() < self.oracle.count() {
            self.report.stale += 1;
        }
        let foreseen = if self.random.once_in(50) {
            self.refresh(user)?;
            Some(self.foresee(user, &request)?)
        } else {
            None
        };
        let before = self.oracle.count();
        // Remembered before it is decided, so that a violation tells of it.
        self.remember(Sent { step, request: request.clone(), outcome: Err(Reason::BadName) });
        let (user, outcome) = self.post(user, &request)?;
        let entries = self.read()?;
        self.settled(&request, before, &outcome, &entries)?;
        if let Some(foreseen) = foreseen {
            let came = outcome.as_ref().map(|_| ()).map_err(|(command, reason)| (*command, *reason));
            let same = foreseen == came;
            if !same {
                return Err(broken(Law::Answers, format!("the preview said {foreseen:?}, it came {came:?}")));
            }
        }
        self.count(&request, &outcome);
        if let Some(sent) = self.sent.back_mut() {
            sent.outcome = outcome.map_err(|(_, reason)| reason);
        }
        if self.users[user].books().count() < self.oracle.count() {
            self.refresh(user)?;
        }
        self.oracle.compare(self.users[user].books())
    }

    /// What a preview says of the request: carried out, or the first command that is refused.
    fn foresee(&self, user: usize, request: &Request) -> Result<Result<(), (usize, Reason)>, Violation> {
        let before = (self.users[user].books().count(), self.users[user].books().hash());
        let (_, refusals) = self.users[user].preview(request);
        let after = (self.users[user].books().count(), self.users[user].books().hash());
        if before != after {
            return Err(broken(Law::Once, "a preview has changed the books".into()));
        }
        Ok(refusals.first().map_or(Ok(()), |(command, refusal)| Err((*command, refusal.reason))))
    }

    /// Posts until somebody says what came of it. After a fault the same request is sent again, by the
    /// same program, by one that has crashed in between, or by another user's.
    fn post(&mut self, mut user: usize, request: &Request) -> Result<(usize, Outcome), Violation> {
        for _ in 0..PATIENCE {
            match self.users[user].post(request) {
                Ok(done) => return Ok((user, Ok(done))),
                Err(Failure::Refused { command, refusal }) => return Ok((user, Err((command, refusal.reason)))),
                Err(Failure::Store(_)) => {}
                Err(Failure::Broken(why)) => return Err(broken(Law::Chain, why.to_string())),
            }
            match self.random.below(12) {
                0 => self.crash(user)?,
                1 | 2 => user = self.random.below(USERS) as usize,
                _ => {}
            }
        }
        Err(broken(Law::Once, format!("{} is not decided after {PATIENCE} attempts", request.id)))
    }

    /// The entries that are really there and that the oracle has not read.
    fn read(&mut self) -> Result<Vec<Entry>, Violation> {
        let records = self.truth.after(self.oracle.count(), usize::MAX);
        let records = records.map_err(|fault| broken(Law::Chain, fault.to_string()))?;
        records.iter().map(|record| self.oracle.read(record)).collect()
    }

    /// What is there is what was acknowledged, and says what was wanted.
    fn settled(&self, request: &Request, before: u64, outcome: &Outcome, entries: &[Entry]) -> Result<(), Violation> {
        let id = &request.id;
        if let Some(other) =
            entries.iter().find(|entry| entry.request != *id || entry.by != request.by || entry.at != request.at)
        {
            return Err(broken(Law::Once, format!("{id} has left {other:?}")));
        }
        let after = self.oracle.count();
        match outcome {
            Err((_, reason)) if after != before => {
                Err(broken(Law::Once, format!("{id} was refused ({}) and has left entries", reason.word())))
            }
            Ok(done) if (done.first, done.last) != (before + 1, after) => {
                Err(broken(Law::Once, format!("{id} is {done:?}, there are {}..={after}", before + 1)))
            }
            Ok(_) if !says(&request.commands, entries) => {
                Err(broken(Law::Plain, format!("{:?} has become {entries:?}", request.commands)))
            }
            _ => Ok(()),
        }
    }

    /// Sends a request of the past again: it must be told as it was, and leave nothing.
    fn repeat(&mut self, user: usize) -> Result<(), Violation> {
        let past: Vec<&Sent> = self.sent.iter().rev().take(300).collect();
        if past.is_empty() {
            return Ok(());
        }
        let sent = *self.random.pick(&past);
        let Ok(done) = sent.outcome else { return Ok(()) };
        // A request without entries leaves no trace, and may have some when it is sent again.
        if done.last < done.first {
            return Ok(());
        }
        let request = sent.request.clone();
        self.report.repeated += 1;
        let (_, outcome) = self.post(user, &request)?;
        let entries = self.read()?;
        if outcome != Ok(done) || !entries.is_empty() {
            return Err(broken(Law::Once, format!("{} was {done:?} and is {outcome:?}", request.id)));
        }
        Ok(())
    }

    fn count(&mut self, request: &Request, outcome: &Outcome) {
        for command in &request.commands {
            let tried = self.report.kinds.entry(kind(command)).or_default();
            tried.sent += 1;
            tried.accepted += u64::from(outcome.is_ok());
        }
        if let Err((_, reason)) = outcome {
            *self.report.reasons.entry(reason.word()).or_default() += 1;
        }
    }

    fn remember(&mut self, sent: Sent) {
        if self.sent.len() == REMEMBERED {
            self.sent.pop_front();
        }
        self.sent.push_back(sent);
    }

    /// Everything again from the first entry, in a program that has seen nothing.
    fn end(&mut self) -> Result<(), Violation> {
        let ledger = self.open()?;
        self.report.compared += 1;
        self.oracle.compare_all(ledger.books())?;
        self.report.entries = self.oracle.count();
        self.report.years_closed = self.oracle.years_closed() as u64;
        self.report.faults = self.store.failed();
        Ok(())
    }

    /// The last request, and those before it that have a line in common with it; the last few where it
    /// has none.
    fn history(&self) -> Vec<String> {
        let Some(last) = self.sent.back() else { return Vec::new() };
        let lines: Vec<&Line> = last.request.commands.iter().flat_map(lines_of).collect();
        let related = |sent: &&Sent| {
            lines.is_empty() || sent.request.commands.iter().flat_map(lines_of).any(|line| lines.contains(&line))
        };
        let mut told: Vec<String> = (self.sent.iter().rev().filter(related).take(12))
            .map(|sent| {
                let outcome = sent.outcome.map_or_else(|reason| reason.word().to_owned(), |done| format!("{done:?}"));
                format!("step {} {}: {:?} -> {outcome}", sent.step, sent.request.by, sent.request.commands)
            })
            .collect();
        told.reverse();
        told
    }
}

/// What came of a request: the entries, or which command was refused and why.
type Outcome = Result<Done, (usize, Reason)>;

/// The lines that a command is about.
fn lines_of(command: &Command) -> Vec<&Line> {
    match command {
        Command::Budget(budgeted) => vec![&budgeted.line],
        Command::Allot(allotment) => vec![&allotment.line],
        Command::Plan(plan) => vec![&plan.line],
        Command::Reserve(reservation) => vec![&reservation.line],
        Command::Pay(payment) | Command::Transfer(payment, _) => vec![&payment.line],
        Command::Adjust(adjustment) => adjustment.moves.iter().map(|one| &one.line).collect(),
        _ => Vec::new(),
    }
}

/// Whether the entries say what was wanted, where one command was sent.
fn says(commands: &[Command], entries: &[Entry]) -> bool {
    let [command] = commands else { return true };
    let events: Vec<&Event> = entries.iter().map(|entry| &entry.event).collect();
    match (command, &events[..]) {
        (Command::Pay(wanted), [Event::Paid(paid)]) => wanted == paid,
        (Command::Reserve(wanted), [Event::Reserved(reserved)]) => wanted == reserved,
        (Command::Allot(wanted), [Event::Allotted(allotted)]) => wanted == allotted,
        (Command::Plan(wanted), [Event::Planned(planned)]) => wanted == planned,
        (Command::Adjust(wanted), [Event::Adjusted(adjusted)]) => wanted == adjusted,
        (Command::Receive(wanted), [Event::Received(received)]) => wanted == received,
        (Command::Transfer(out, back), [Event::Paid(paid), Event::Received(received)]) => {
            (out, back) == (paid, received)
        }
        (Command::Budget(wanted), [Event::LineBudgeted(budgeted)]) => wanted == budgeted,
        (Command::SetCeiling(wanted), [Event::CeilingSet(set)]) => wanted == set,
        (Command::Freeze(wanted), [Event::VersionFrozen(frozen, _)]) => wanted == frozen,
        (Command::Move(wanted), [Event::Moved(moved)]) => wanted == moved,
        (Command::BringForward(wanted), [Event::BroughtForward(brought)]) => wanted == brought,
        (Command::CloseYear(wanted), [Event::YearClosed(closed, _)]) => wanted == closed,
        (Command::Disclose(wanted), [Event::Disclosed(disclosed)]) => wanted == disclosed,
        (Command::Release(wanted, ..), [Event::Released(id, ..)]) => wanted == id,
        (Command::ReversePayment(wanted, unit, year, why), [Event::PaymentReversed(id, of, number, said)]) => {
            (wanted, unit, year, why) == (id, of, number, said)
        }
        (Command::ReverseReceipt(wanted, unit, year, why), [Event::ReceiptReversed(id, of, number, said)]) => {
            (wanted, unit, year, why) == (id, of, number, said)
        }
        (Command::CopyVersion(.., to), copied) => {
            copied.iter().all(|event| matches!(event, Event::LineBudgeted(budgeted) if budgeted.version == *to))
        }
        // Who has the role already is not given it again.
        (Command::Appoint(..), told) => told.len() <= 1,
        (_, told) => told.len() == 1,
    }
}

/// The kinds of commands, as the report names them.
fn kind(command: &Command) -> &'static str {
    match command {
        Command::OpenUnit(_) => "open unit",
        Command::ChangeUnit(_) => "change unit",
        Command::CloseUnit(_) => "close unit",
        Command::Appoint(..) => "appoint",
        Command::Dismiss(..) => "dismiss",
        Command::OpenYear(..) => "open year",
        Command::SetCeiling(_) => "set ceiling",
        Command::Budget(_) => "budget",
        Command::CopyVersion(..) => "copy version",
        Command::Freeze(_) => "freeze",
        Command::Allot(_) => "allot",
        Command::Plan(_) => "plan",
        Command::Reserve(_) => "reserve",
        Command::Release(..) => "release",
        Command::Pay(payment) if payment.reservation.is_some() => "pay reserved",
        Command::Pay(_) => "pay",
        Command::ReversePayment(..) => "reverse payment",
        Command::Adjust(adjustment) => adjustment.change.word(),
        Command::Receive(_) => "receive",
        Command::ReverseReceipt(..) => "reverse receipt",
        Command::Transfer(..) => "transfer",
        Command::BringForward(_) => "bring forward",
        Command::Move(moved) => moved.movement.word(),
        Command::CloseYear(_) => "close year",
        Command::ApproveAccounts(_) => "approve accounts",
        Command::AddRow(..) => "add row",
        Command::CorrectRow(..) => "correct row",
        Command::RemoveRow(..) => "remove row",
        Command::RecordAmount(..) => "record amount",
        Command::RecordCount(..) => "record count",
        Command::Explain(..) => "explain",
        Command::Disclose(_) => "disclose",
    }
}
