//! Pages that are pictures, read by tesseract: `--ocr`.
//!
//! The program is run once for each such page; it gets the picture on its standard input and prints words with boxes
//! and confidences. It is slow and it misreads, so it is asked for, never a matter of course.
//!
//! Absent on purpose: any choice between readings. What tesseract says is taken with the confidence that it has.

use std::io::{self, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use mingzhang_model::document::{Document, Note, NoteKind, Place};
use mingzhang_model::recognition::Recognition;
use mingzhang_read::Unreadable;
use mingzhang_scan::{Pages, Picture, tsv};

use crate::cli::Stop;
use crate::messages::{Lang, Message};

const PROGRAM: &str = "tesseract";
/// The data that it needs: simplified Chinese.
const LANGUAGE: &str = "chi_sim";
/// Data that helps where they are: figures and their commas are read better with them.
const LATIN: &str = "eng";
/// A page of dense text takes some seconds on a slow machine.
const PAGE_LIMIT: Duration = Duration::from_secs(120);
/// What it prints of a page is no longer than this.
const MAX_PRINTED: u64 = 32 * 1024 * 1024;

/// What becomes of pages that are pictures.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) enum Scans {
    /// They are noted as unread.
    #[default]
    Unread,
    /// Their text is recognised.
    Recognised,
}

impl Scans {
    /// What an option asks for, once it is known that this machine can do it.
    pub(crate) fn asked(ocr: bool, lang: Lang) -> Result<Scans, Stop> {
        match ocr {
            false => Ok(Scans::Unread),
            true if languages().is_some() => Ok(Scans::Recognised),
            true => Err(Stop::Said(lang.say(&Message::NoRecogniser))),
        }
    }

    /// Reads a file.
    pub(crate) fn read(self, bytes: &[u8]) -> Result<Document, Unreadable> {
        match self {
            Scans::Unread => mingzhang_read::read(bytes),
            Scans::Recognised => recognised(bytes),
        }
    }
}

/// The languages that the program is asked for; none where it does not answer or lacks the one that it needs.
fn languages() -> Option<String> {
    let listed = Command::new(PROGRAM).arg("--list-langs").stdin(Stdio::null()).output().ok()?;
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let has = |language: &str| listed.lines().any(|line| line == language);
    has(LANGUAGE).then(|| if has(LATIN) { format!("{LANGUAGE}+{LATIN}") } else { LANGUAGE.to_owned() })
}

fn recognised(bytes: &[u8]) -> Result<Document, Unreadable> {
    let languages = languages().unwrap_or_else(|| LANGUAGE.to_owned());
    let mut pages = None;
    let mut failures = Vec::new();
    let mut document = mingzhang_read::read_recognised(bytes, &mut |page| {
        let pages: &Option<Pages> = pages.get_or_insert_with(|| Pages::of(bytes));
        let picture = pages.as_ref().and_then(|pages| pages.picture(page));
        let found = picture.ok_or_else(|| "页面画不出来".to_owned()).and_then(|picture| words(picture, &languages));
        found.map_err(|why| failures.push((page, why))).ok()
    })?;
    document.notes.extend(failures.into_iter().map(|(page, why)| Note {
        kind: NoteKind::Damaged,
        place: Place { page: Some(page), ..Place::default() },
        detail: format!("本页图片未能识别：{why}"),
    }));
    Ok(document)
}

fn words(mut picture: Picture, languages: &str) -> Result<Recognition, String> {
    let rules = picture.take_rules();
    let dots = picture.dots_per_inch().to_string();
    let arguments = ["stdin", "stdout", "-l", languages, "--dpi", &dots, "--psm", "3", "tsv"];
    let mut command = Command::new(PROGRAM);
    // Files are worked on side by side already: its own threads would only wait for each other.
    command.args(arguments).env("OMP_THREAD_LIMIT", "1");
    let table = printed(command, picture.pgm(), PAGE_LIMIT).map_err(|error| format!("{PROGRAM}：{error}"))?;
    Ok(Recognition { words: tsv::words(&table, &picture), rules })
}

/// What a program prints when it is given some bytes, if it ends in time.
fn printed(mut command: Command, input: Vec<u8>, limit: Duration) -> io::Result<String> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    thread::spawn(move || {
        // A program that has seen enough closes its input: that is no failure.
        let _ = stdin.map(|mut stdin| stdin.write_all(&input));
    });
    let (done, output) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = stdout.map_or(Ok(0), |stdout| stdout.take(MAX_PRINTED).read_to_end(&mut bytes));
        // Nobody listens any more once the time is over.
        let _ = done.send(read.map(|_| bytes));
    });
    let bytes = ended(&mut child, &output, limit);
    if bytes.is_err() {
        child.kill()?;
    }
    let status = child.wait()?;
    match bytes {
        Ok(bytes) if status.success() => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Ok(_) => Err(io::Error::other(status.to_string())),
        Err(error) => Err(error),
    }
}

fn ended(child: &mut Child, output: &Receiver<io::Result<Vec<u8>>>, limit: Duration) -> io::Result<Vec<u8>> {
    let bytes = output.recv_timeout(limit).map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
    // It has closed its output; if it goes on all the same, it has what is left of a second.
    for _ in 0..100 {
        if child.try_wait()?.is_some() {
            return Ok(bytes);
        }
        thread::sleep(Duration::from_millis(10));
    }
    Err(io::Error::from(io::ErrorKind::TimedOut))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_program_gets_its_input_and_its_output_comes_back() {
        let long = vec![b'x'; 300_000];
        let printed = printed(shell("cat"), long.clone(), Duration::from_secs(60)).unwrap();
        assert_eq!(printed.as_bytes(), long);
    }

    #[test]
    fn a_program_that_fails_or_does_not_end_is_an_error() {
        assert!(printed(shell("exit 3"), Vec::new(), Duration::from_secs(60)).is_err());
        let begun = std::time::Instant::now();
        let error = printed(shell("exec sleep 60"), Vec::new(), Duration::from_millis(50)).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert!(begun.elapsed() < Duration::from_secs(30));
    }
}
