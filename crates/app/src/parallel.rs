//! Does the same work on many items with several threads, and hands the results on in the order of the
//! items. Only so many items are under way or waiting that memory stays bounded.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::mpsc::{SyncSender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// How many results may wait for an earlier item, for each thread.
const WAITING_PER_JOB: usize = 8;

/// Calls `work` on every item with `jobs` threads, and `each` with every result in order, until it breaks.
pub(crate) fn in_order<T: Send, R: Send>(
    items: impl IntoIterator<Item = T>,
    jobs: NonZeroUsize,
    work: impl Fn(T) -> R + Sync,
    mut each: impl FnMut(R) -> ControlFlow<()>,
) {
    let mut items = items.into_iter();
    let (give, take) = channel::<(T, SyncSender<R>)>();
    let take = Mutex::new(take);
    thread::scope(|scope| {
        for _ in 0..jobs.get() {
            scope.spawn(|| {
                loop {
                    let next = take.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((item, reply)) = next else { break };
                    // The receiver is gone when `each` broke: then nobody wants the result.
                    let _ = reply.send(work(item));
                }
            });
        }
        let mut waiting = VecDeque::new();
        loop {
            while waiting.len() < jobs.get() * WAITING_PER_JOB {
                let Some(item) = items.next() else { break };
                let (reply, result) = sync_channel(1);
                if give.send((item, reply)).is_err() {
                    break;
                }
                waiting.push_back(result);
            }
            let Some(result) = waiting.pop_front().and_then(|first| first.recv().ok()) else { break };
            if each(result).is_break() {
                break;
            }
        }
        drop(give);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn jobs(n: usize) -> NonZeroUsize {
        NonZeroUsize::new(n).unwrap()
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let mut seen = Vec::new();
        let slow_first = |n: u64| {
            thread::sleep(Duration::from_millis(if n == 0 { 30 } else { 0 }));
            n * 2
        };
        in_order(0..100, jobs(4), slow_first, |n| {
            seen.push(n);
            ControlFlow::Continue(())
        });
        assert_eq!(seen, (0..100).map(|n| n * 2).collect::<Vec<_>>());
    }

    #[test]
    fn it_stops_when_told_to() {
        let mut seen = 0;
        in_order(
            0..1000,
            jobs(2),
            |n| n,
            |_| {
                seen += 1;
                if seen == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        assert_eq!(seen, 3);
    }
}
