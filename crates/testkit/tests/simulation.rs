//! Offices simulated within the time of a test run. A million commands, by the example `simulate`:
//! `cargo run --release -p mingzhang-testkit --example simulate -- --commands 1000000 --seed 1`.

use mingzhang_testkit::simulation::oracle::Law;
use mingzhang_testkit::simulation::{FAILINGS, Options, Report, run};

/// Offices of so many commands, from this seed on.
fn offices(seed: u64, offices: u64, commands: u64) -> Report {
    let mut report = Report::default();
    for seed in seed..seed + offices {
        match run(&Options::new(seed, commands)) {
            Ok(one) => report.add(&one),
            Err(found) => panic!("{found}"),
        }
    }
    report
}

/// The simulation is worth something only where most that an office does comes through, and most that
/// can go wrong does.
fn is_lively(report: &Report) {
    eprintln!("{report}");
    let total = report.total();
    let share = total.accepted * 100 / total.sent;
    assert!((40..=70).contains(&share), "{share}% accepted");
    let idle: Vec<_> =
        report.kinds.iter().filter(|(_, tried)| tried.accepted == 0 || tried.accepted == tried.sent).collect();
    assert!(report.kinds.len() >= 36 && idle.is_empty(), "{} kinds; only one way: {idle:?}", report.kinds.len());
    assert!(FAILINGS.iter().all(|failing| report.faults.contains_key(failing)), "{:?}", report.faults);
    assert!(report.crashes > 50 && report.repeated > 200 && report.stale > 1_000 && report.years_closed > 10);
}

#[test]
fn no_law_is_broken_by_users_faults_and_crashes() {
    is_lively(&offices(1, 3, 10_000));
}

#[test]
fn no_law_is_broken_in_other_offices() {
    is_lively(&offices(1_001, 3, 10_000));
}

#[test]
fn a_seed_brings_the_same_office_again() {
    let options = Options::new(7, 1_500);
    let (one, other) = (run(&options).unwrap(), run(&options).unwrap());
    assert_eq!(one.to_string(), other.to_string());
    let stopped = run(&Options { stop_at: Some(100), ..options }).unwrap();
    assert_eq!(stopped.steps, 100);
    assert_ne!(run(&Options::new(8, 1_500)).unwrap().to_string(), one.to_string());
}

#[test]
fn a_store_that_loses_what_it_acknowledged_is_found_and_found_again() {
    let options = Options { lies_once_in: 300, ..Options::new(9, 3_000) };
    let found = run(&options).expect_err("not found");
    assert_eq!(found.violation.law, Law::Once, "{found}");
    let told = found.to_string();
    assert!(told.contains(&format!("--seed 9 --stop-at {}", found.step)) && told.contains("step"), "{told}");
    let again = run(&Options { stop_at: Some(found.step), ..options }).expect_err("not found again");
    assert_eq!(again.to_string(), told);
}
