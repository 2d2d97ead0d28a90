//! Runs one piece of work so that neither a panic nor an endless loop in it stops the program.
//!
//! The work gets a thread of its own. A thread that is over its time is left behind: it cannot be
//! stopped from outside, and it ends with the process.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

/// Documents nest, and readers follow them down.
const STACK_BYTES: usize = 16 * 1024 * 1024;

/// Why a piece of work gave no result.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Halted {
    /// It panicked; where, and with which words.
    Panicked(String),
    /// It took longer than it may.
    OverTime,
    /// The system gave no thread for it.
    NoThread(String),
}

thread_local! {
    /// The words and the place of the last panic of this thread.
    static LAST_PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Makes panics silent and remembers their place: [`guarded`] reports them with the file concerned.
/// A panic outside guarded work is printed as ever.
pub(crate) fn remember_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info: &PanicHookInfo<'_>| {
        if thread::current().name() == Some(THREAD_NAME) {
            LAST_PANIC.set(Some(described(info)));
        } else {
            usual(info);
        }
    }));
}

const THREAD_NAME: &str = "guarded";

fn described(info: &PanicHookInfo<'_>) -> String {
    let words = info.payload_as_str().unwrap_or("?");
    match info.location() {
        Some(at) => format!("{}:{}: {words}", at.file(), at.line()),
        None => words.to_owned(),
    }
}

/// The result of `work`, or why there is none.
pub(crate) fn guarded<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Halted> {
    let (done, result) = sync_channel(1);
    let worker = move || {
        let outcome =
            catch_unwind(AssertUnwindSafe(work)).map_err(|_| Halted::Panicked(LAST_PANIC.take().unwrap_or_default()));
        // Nobody listens any more once the time is over.
        let _ = done.send(outcome);
    };
    thread::Builder::new()
        .name(THREAD_NAME.to_owned())
        .stack_size(STACK_BYTES)
        .spawn(worker)
        .map_err(|error| Halted::NoThread(error.to_string()))?;
    match result.recv_timeout(limit) {
        Ok(outcome) => outcome,
        Err(RecvTimeoutError::Timeout) => Err(Halted::OverTime),
        Err(RecvTimeoutError::Disconnected) => Err(Halted::Panicked(String::new())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn work_gives_its_result() {
        assert_eq!(guarded(LONG, || 7), Ok(7));
    }

    #[test]
    fn a_panic_is_an_answer_with_its_place() {
        remember_panics();
        let Err(Halted::Panicked(what)) = guarded(LONG, || -> u8 { panic!("no such column") }) else {
            panic!("the panic got through");
        };
        assert!(what.contains("watch.rs") && what.ends_with("no such column"), "{what}");
    }

    #[test]
    fn work_that_takes_too_long_is_left_behind() {
        let endless = || thread::sleep(Duration::from_secs(3600));
        assert_eq!(guarded(Duration::from_millis(20), endless), Err(Halted::OverTime));
    }
}
