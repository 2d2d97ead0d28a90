//! One step of `benches/books_vs_hledger`, which runs each in a process of its own.
//!
//!     books_bench journals COUNT FOLDER     the same payments as x.journal and x.beancount
//!     books_bench import COUNT FILE         new books: a budget, then the payments
//!     books_bench verify FILE               reads, hashes and adds up everything
//!     books_bench singles COUNT FILE        payments, one request each, beside what is there
//!     books_bench close FILE                closes the year
//!
//! Each prints what it took in seconds, as `name seconds`, opening not counted unless it is the step.

use mingzhang_books::command::{Command, Request};
use mingzhang_books::entry::{Freeze, Version};
use mingzhang_books::ledger::Ledger;
use mingzhang_books::line::Line;
use mingzhang_books::names::RequestId;
use mingzhang_model::amount::Amount;
use mingzhang_model::date::Date;
use mingzhang_sqlite::Sqlite;
use mingzhang_testkit::office::{
    allotment, approved, closing, for_project, founding, freeze, line, payment, person, receipt, row_name, unit,
};
use mingzhang_testkit::rows;
use mingzhang_testkit::simulation::Random;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::{Duration, Instant};

const FUNCTIONS: [&str; 4] = ["2010301", "2010302", "2010303", "2010350"];
const ECONOMICS: [&str; 25] = [
    "30101", "30102", "30103", "30107", "30108", "30110", "30112", "30113", "30201", "30202", "30205", "30206",
    "30207", "30209", "30211", "30213", "30214", "30218", "30226", "30227", "30228", "30229", "30239", "30299",
    "31002",
];
const PROJECTS: usize = 9;

/// How many commands of an import make one request.
const REQUEST: usize = 50_000;

/// A thousand lines: basic expenditure and nine projects.
fn lines() -> Vec<Line> {
    let mut lines = Vec::new();
    for function in FUNCTIONS {
        for economic in ECONOMICS {
            lines.push(line(function, economic));
            lines.extend((1..=PROJECTS).map(|nth| for_project(line(function, economic), &format!("P{nth}"))));
        }
    }
    lines
}

/// The nth payment: its line, its fen, its day.
fn nth(nth: usize, lines: &[Line]) -> (&Line, i64, Date) {
    let mut random = Random::new(nth as u64);
    let line = &lines[random.below(lines.len() as u64) as usize];
    let day = Date::new(2024, 1 + random.below(12) as u8, 1 + random.below(28) as u8).unwrap();
    (line, random.from(1, 1_000_000), day)
}

fn pay(number: usize, id: &str, lines: &[Line]) -> Command {
    let (line, fen, day) = nth(number, lines);
    let mut payment = payment(id, line, 1, "2024-01-01");
    (payment.amount, payment.on) = (Amount(fen), day);
    payment.payee = format!("供应商{}", number % 500);
    payment.voucher = format!("记-{number}");
    Command::Pay(payment)
}

fn told(name: &str, since: Instant) {
    println!("{name} {:.6}", since.elapsed().as_secs_f64());
}

fn post(ledger: &mut Ledger<Sqlite>, id: &str, commands: Vec<Command>) {
    let request = Request { id: RequestId::new(id).unwrap(), by: person("审核"), at: 1_700_000_000, commands };
    ledger.post(&request).unwrap();
}

/// The commands before the first payment: the office, its projects, its budget, and money to pay with.
fn beginning(lines: &[Line]) -> Vec<Command> {
    let mut commands = founding();
    commands.push(Command::AddRow(unit("101"), row_name("offices", "综合科"), rows::office()));
    commands.extend((1..=PROJECTS).map(|nth| {
        let code = format!("P{nth}");
        Command::AddRow(unit("101"), row_name("projects", &code), rows::project(&code, 2024, "运行"))
    }));
    const YUAN: i64 = 1_000_000_000;
    commands.extend(lines.iter().map(|line| approved(line, YUAN)));
    commands.push(Command::Freeze(Freeze {
        on: Date::new(2024, 1, 31).unwrap(),
        ..freeze("101", 2024, Version::Approved)
    }));
    commands.extend(lines.iter().map(|line| Command::Allot(allotment(line, YUAN))));
    let mut pots = BTreeSet::new();
    for line in lines {
        let receipt = receipt(&format!("i{}", pots.len()), line, 25 * YUAN, "2024-01-31");
        if pots.insert(receipt.pot.clone()) {
            commands.push(Command::Receive(receipt));
        }
    }
    commands
}

fn import(count: usize, file: &Path) {
    let lines = lines();
    let start = Instant::now();
    let mut ledger = Ledger::open(Sqlite::open(file).unwrap()).unwrap();
    post(&mut ledger, "budget", beginning(&lines));
    let mut first = 0;
    while first < count {
        let last = (first + REQUEST).min(count);
        let commands = (first..last).map(|number| pay(number, &format!("p{number}"), &lines)).collect();
        post(&mut ledger, &format!("import {first}"), commands);
        first = last;
    }
    told("import", start);
}

fn open(file: &Path) -> Ledger<Sqlite> {
    Ledger::open(Sqlite::open(file).unwrap()).unwrap()
}

fn verify(file: &Path) {
    let start = Instant::now();
    let ledger = open(file);
    told("verify", start);
    println!("entries {}", ledger.books().count());
}

fn singles(count: usize, file: &Path) {
    let (lines, mut ledger) = (lines(), open(file));
    let mut times: Vec<Duration> = (0..count)
        .map(|number| {
            let id = format!("s{number}");
            let command = pay(number, &id, &lines);
            let start = Instant::now();
            post(&mut ledger, &id, vec![command]);
            start.elapsed()
        })
        .collect();
    times.sort();
    let at = |share: usize| times[(times.len() * share / 1000).min(times.len() - 1)].as_secs_f64();
    println!("p50 {:.6}\np99 {:.6}\nmax {:.6}", at(500), at(990), at(1000));
    // A form of several lines: what one must see of the other.
    let start = Instant::now();
    post(&mut ledger, "two", vec![pay(1, "t1", &lines), pay(2, "t2", &lines)]);
    told("two", start);
}

fn close(file: &Path) {
    let mut ledger = open(file);
    let start = Instant::now();
    post(&mut ledger, "close", vec![Command::CloseYear(closing("101", 2024))]);
    told("close", start);
}

fn journals(count: usize, folder: &Path) {
    let lines = lines();
    let account = |line: &Line| {
        let purpose = match &line.purpose {
            mingzhang_books::line::Purpose::Project(code) => code.to_string(),
            _ => "Basic".to_owned(),
        };
        format!("Expenses:F{}:E{}:{purpose}", line.function, line.economic)
    };
    let mut plain = BufWriter::new(File::create(folder.join("x.journal")).unwrap());
    let mut beans = BufWriter::new(File::create(folder.join("x.beancount")).unwrap());
    for account in lines.iter().map(account).chain(["Assets:Treasury".to_owned()]) {
        writeln!(plain, "account {account}").unwrap();
        writeln!(beans, "2023-12-31 open {account} CNY").unwrap();
    }
    for number in 0..count {
        let (line, fen, day) = nth(number, &lines);
        let (account, amount) = (account(line), format!("{}.{:02}", fen / 100, fen % 100));
        let payee = format!("供应商{}", number % 500);
        writeln!(
            plain,
            "\n{day} (记-{number}) {payee}\n    {account}  {amount} CNY\n    Assets:Treasury  -{amount} CNY"
        )
        .unwrap();
        writeln!(
            beans,
            "\n{day} * \"{payee}\" \"记-{number}\"\n  {account}  {amount} CNY\n  Assets:Treasury  -{amount} CNY"
        )
        .unwrap();
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let number = |text: &str| text.parse().unwrap_or_else(|_| panic!("{text} is no number"));
    match arguments[..] {
        ["journals", count, folder] => journals(number(count), Path::new(folder)),
        ["import", count, file] => import(number(count), Path::new(file)),
        ["verify", file] => verify(Path::new(file)),
        ["singles", count, file] => singles(number(count), Path::new(file)),
        ["close", file] => close(Path::new(file)),
        _ => panic!("see the head of this file"),
    }
}
