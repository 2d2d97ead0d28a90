//! What the server counts, in the text format of Prometheus.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The upper edges of the classes of duration, in milliseconds.
const EDGES: [u64; 8] = [5, 10, 25, 50, 100, 250, 1_000, 10_000];

/// What the server counts.
#[derive(Debug, Default)]
pub(crate) struct Meters {
    by_status: [AtomicU64; 6],
    by_duration: [AtomicU64; EDGES.len() + 1],
    microseconds: AtomicU64,
    pub(crate) denied: AtomicU64,
    pub(crate) checked: AtomicU64,
    pub(crate) unreadable: AtomicU64,
}

impl Meters {
    /// A request was answered.
    pub(crate) fn answered(&self, status: u16, took: Duration) {
        let class = usize::from(status / 100).min(self.by_status.len() - 1);
        self.by_status[class].fetch_add(1, Ordering::Relaxed);
        let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let place = EDGES.iter().position(|edge| milliseconds <= *edge).unwrap_or(EDGES.len());
        self.by_duration[place].fetch_add(1, Ordering::Relaxed);
        self.microseconds.fetch_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// Everything, with what others count.
    pub(crate) fn text(&self, gauges: &[(&str, &str, u64)]) -> String {
        let mut text = String::new();
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        // Writing to a String cannot fail.
        let _ = writeln!(text, "# HELP mingzhang_requests_total Requests answered, by class of status.");
        let _ = writeln!(text, "# TYPE mingzhang_requests_total counter");
        for (class, count) in self.by_status.iter().enumerate().skip(1) {
            let _ = writeln!(text, "mingzhang_requests_total{{status=\"{class}xx\"}} {}", read(count));
        }
        let _ = writeln!(text, "# HELP mingzhang_request_seconds How long requests took.");
        let _ = writeln!(text, "# TYPE mingzhang_request_seconds histogram");
        let mut sum = 0;
        for (count, edge) in self.by_duration.iter().zip(EDGES.iter().map(Some).chain([None])) {
            sum += read(count);
            let edge = edge.map_or_else(|| "+Inf".to_owned(), |edge| seconds(edge * 1_000));
            let _ = writeln!(text, "mingzhang_request_seconds_bucket{{le=\"{edge}\"}} {sum}");
        }
        let _ = writeln!(text, "mingzhang_request_seconds_sum {}", seconds(read(&self.microseconds)));
        let _ = writeln!(text, "mingzhang_request_seconds_count {sum}");
        let counters = [
            ("denied_total", "Requests refused for want of rights, and logged.", &self.denied),
            ("files_checked_total", "Files read and judged.", &self.checked),
            ("files_unreadable_total", "Files that could not be read.", &self.unreadable),
        ];
        for (name, help, counter) in counters {
            let _ = writeln!(text, "# HELP mingzhang_{name} {help}\n# TYPE mingzhang_{name} counter");
            let _ = writeln!(text, "mingzhang_{name} {}", read(counter));
        }
        for (name, help, value) in gauges {
            let _ = writeln!(text, "# HELP mingzhang_{name} {help}\n# TYPE mingzhang_{name} gauge");
            let _ = writeln!(text, "mingzhang_{name} {value}");
        }
        text
    }
}

/// Microseconds as seconds with six decimals.
fn seconds(microseconds: u64) -> String {
    format!("{}.{:06}", microseconds / 1_000_000, microseconds % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_answered_is_counted() {
        let meters = Meters::default();
        meters.answered(200, Duration::from_millis(3));
        meters.answered(404, Duration::from_millis(30));
        meters.answered(200, Duration::from_secs(60));
        let text = meters.text(&[("queue", "Files that wait.", 7)]);
        for line in [
            "mingzhang_requests_total{status=\"2xx\"} 2",
            "mingzhang_requests_total{status=\"4xx\"} 1",
            "mingzhang_request_seconds_bucket{le=\"0.005000\"} 1",
            "mingzhang_request_seconds_bucket{le=\"0.050000\"} 2",
            "mingzhang_request_seconds_bucket{le=\"+Inf\"} 3",
            "mingzhang_request_seconds_sum 60.033000",
            "mingzhang_queue 7",
        ] {
            assert!(text.lines().any(|other| other == line), "{line} in\n{text}");
        }
    }
}
