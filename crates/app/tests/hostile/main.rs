//! Files that mean harm: bombs, circles, endless nesting, sizes that nobody has.
//!
//! Each is made here, given to the program as a person would give it, and has to end in an answer in time and within
//! memory: a refusal that says why, or a document whose notes say what was not read. What the program may take is
//! counted for the process as a whole.

mod packed;
mod pdf;
#[path = "../program/mod.rs"]
mod program;
mod text;

use program::Desk;
use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What a file may take of time, in a program that is built to be fast. One that is built to be debugged gets more, for
/// it is as many times slower.
const TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 40 } else { 10 });

/// What a file may take of memory, in MiB.
const MEMORY: u64 = 200;

/// A file that means harm.
pub(crate) struct Hostile {
    /// What is wrong with it, and its ending: `forms-that-paint-each-other.pdf`.
    pub(crate) name: &'static str,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// Words that the answer holds, one of them.
    pub(crate) says: &'static [&'static str],
}

/// What a run took, and what it said.
struct Taken {
    time: Duration,
    /// The largest resident size, in MiB; none where the system does not tell.
    memory: Option<u64>,
    code: Option<i32>,
    said: String,
}

/// Checks a file, as JSON: its notes and its refusals are in it.
fn check(path: &std::path::Path) -> Taken {
    let begun = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_mingzhang"))
        .args(["check", "--output-format", "json", "--time-limit", "300", "--jobs", "1"])
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let outputs = [
        heard(child.stdout.take().expect("its output is a pipe")),
        heard(child.stderr.take().expect("its errors are a pipe")),
    ];
    let mut memory = None;
    let status = loop {
        memory = peak(&child).max(memory);
        match child.try_wait().expect("the program can be waited for") {
            Some(status) => break Some(status),
            None if begun.elapsed() > 2 * TIME => {
                child.kill().expect("the program can be ended");
                child.wait().expect("the program ends");
                break None;
            }
            None => thread::sleep(Duration::from_millis(2)),
        }
    };
    let time = begun.elapsed();
    let said: String = outputs.into_iter().map(|output| output.join().expect("what it says is read")).collect();
    Taken { time, memory, code: status.and_then(|status| status.code()), said }
}

fn heard(mut pipe: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = pipe.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// The largest resident size of a process so far, in MiB. The system keeps it as `VmHWM`.
fn peak(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kib| kib / 1024)
}

/// Checks files one after the other: their times and sizes are their own.
pub(crate) fn stands(group: &str, files: impl Iterator<Item = Hostile>) {
    let desk = Desk::new(&format!("hostile-{group}"));
    let mut wrong = Vec::new();
    for Hostile { name, bytes, says } in files {
        let path = desk.path(name);
        std::fs::write(&path, bytes).expect("a file for the test");
        let Taken { time, memory, code, said } = check(&path);
        std::fs::remove_file(&path).expect("the file is there");
        let said_words = says.iter().any(|words| said.contains(words));
        let in_bounds = time <= TIME && memory.is_none_or(|mib| mib <= MEMORY);
        let shown: String = said.chars().take(300).collect();
        let line = format!("{name}: {time:.1?}, {memory:?} MiB, exit {code:?}");
        eprintln!("{line}");
        if !in_bounds || !said_words || !matches!(code, Some(0..=2)) || said.contains("程序内部错误") {
            wrong.push(format!("{line}\n    wanted one of {says:?} in: {shown}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
