//! Example tables to books: a small reader for these tests, where every column has its title.

use mingzhang_books::command::{Command, Request};
use mingzhang_books::entry::*;
use mingzhang_books::ledger::{Failure, Ledger};
use mingzhang_books::line::{Line, Purpose, Source};
use mingzhang_books::names::*;
use mingzhang_books::offices::{Example, File, SENDER};
use mingzhang_books::register::read_row;
use mingzhang_books::store::Memory;
use mingzhang_books::unit::{Nature, Role, Unit};
use mingzhang_model::amount::Amount;
use mingzhang_model::code::{EconomicCode, FunctionalCode};
use mingzhang_model::date::Date;
use mingzhang_model::key::{Fund, Kind, Measure, Stage};
use mingzhang_model::set::Member;
use mingzhang_model::sheet::Cell;
use mingzhang_standard::register::{Register, registers};
use std::collections::BTreeMap;

/// The ledger of an example, every table carried out. What happens on a day is carried out on that day:
/// an addition of March may be allotted in March and paid in April.
pub(crate) fn load(office: &Example) -> Ledger<Memory> {
    let mut ledger = Ledger::open(Memory::default()).unwrap();
    for (table, row, command) in commands(office) {
        let id = RequestId::new(&format!("{table} {row}")).unwrap();
        let request = Request { id, by: Person::new(SENDER).unwrap(), at: 1_700_000_000, commands: vec![command] };
        if let Err(failure) = ledger.post(&request) {
            let why = match failure {
                Failure::Refused { refusal, .. } => refusal.to_string(),
                other => format!("{other:?}"),
            };
            panic!("{} {table} 第 {row} 行：{why}", office.id);
        }
    }
    ledger
}

type Wanted = (&'static str, usize, Command);

fn commands(office: &Example) -> Vec<Wanted> {
    let mut commands = Vec::new();
    let mut table = |name: &str, command: fn(&Row) -> Command| {
        let file = office.files.iter().find(|file| file.table == name);
        commands.extend(file.into_iter().flat_map(rows).map(|row| (row.table, row.number, command(&row))));
    };
    table("units", open_unit);
    table("persons", |row| {
        Command::Appoint(Person::new(row.at("人员")).unwrap(), row.unit(), row.term::<Role>("职责"))
    });
    table("years", |row| Command::OpenYear(row.unit(), row.year()));
    table("known", known);
    for register in registers() {
        let files = office.files.iter().filter(|file| file.table == register.id);
        commands.extend(files.flat_map(rows).map(|row| (row.table, row.number, registered(register, &row))));
    }
    let mut table = |name: &str, command: fn(&Row) -> Command| {
        let file = office.files.iter().find(|file| file.table == name);
        commands.extend(file.into_iter().flat_map(rows).map(|row| (row.table, row.number, command(&row))));
    };
    table("explanations", |row| {
        Command::Explain(row.unit(), row.year(), row.at("位置").to_owned(), row.at("内容").to_owned())
    });
    table("budget", |row| {
        let (version, line, amount) = (row.term("版本"), row.line(), row.amount());
        Command::Budget(Budgeted { version, line, amount })
    });
    commands.extend(dated(office));
    commands
}

/// What happens on a day, in the order of the days.
fn dated(office: &Example) -> Vec<Wanted> {
    let mut dated: Vec<(Date, Wanted)> = Vec::new();
    let mut table = |name: &str, command: fn(&Row) -> Command| {
        let file = office.files.iter().find(|file| file.table == name);
        let rows = file.into_iter().flat_map(rows);
        dated.extend(rows.map(|row| (row.day(), (row.table, row.number, command(&row)))));
    };
    table("versions", |row| {
        let (unit, year, version) = (row.unit(), row.year(), row.term("版本"));
        let (document, on, approval) = (row.document(), row.day(), row.approval());
        Command::Freeze(Freeze { unit, year, version, document, on, approval })
    });
    if let Some(file) = office.files.iter().find(|file| file.table == "adjustments") {
        dated.extend(adjustments(&rows(file)));
    }
    let mut table = |name: &str, command: fn(&Row) -> Command| {
        let file = office.files.iter().find(|file| file.table == name);
        let rows = file.into_iter().flat_map(rows);
        dated.extend(rows.map(|row| (row.day(), (row.table, row.number, command(&row)))));
    };
    table("allotments", |row| {
        let (line, amount, on, document) = (row.line(), row.amount(), row.day(), row.document());
        Command::Allot(Allotment { line, amount, on, document })
    });
    table("receipts", |row| {
        let id = ReceiptId::new(row.at("收入编号")).unwrap();
        let (pot, amount, on) = (row.pot(), row.amount(), row.day());
        Command::Receive(Receipt { id, pot, amount, on, from: None, voucher: row.at("凭证号").to_owned() })
    });
    table("reservations", |row| {
        let id = ReservationId::new(row.at("预留编号")).unwrap();
        let (line, amount, on, approval) = (row.line(), row.amount(), row.day(), row.approval());
        Command::Reserve(Reservation { id, line, amount, on, purpose: row.at("事由").to_owned(), approval })
    });
    table("payments", pay);
    table("movements", |row| {
        let (movement, pot, amount, on) = (row.term("类型"), row.pot(), row.amount(), row.day());
        Command::Move(Moved { movement, pot, amount, on, document: row.document(), approval: row.approval() })
    });
    table("closings", |row| Command::CloseYear(row.closing()));
    table("approvals", |row| Command::ApproveAccounts(row.closing()));
    dated.sort_by_key(|(day, _)| *day);
    dated.into_iter().map(|(_, wanted)| wanted).collect()
}

fn open_unit(row: &Row) -> Command {
    Command::OpenUnit(Unit {
        code: row.unit(),
        name: row.at("单位名称").to_owned(),
        parent: row.some("上级单位").map(|code| UnitCode::new(code).unwrap()),
        nature: row.term::<Nature>("单位性质"),
    })
}

fn known(row: &Row) -> Command {
    let words = |title: &str| row.some(title).unwrap_or_default().to_owned();
    let kind = row.some("支出类别").map(|_| KindWord(row.term::<Kind>("支出类别")));
    let known = Known {
        unit: row.unit(),
        year: row.year(),
        stage: row.term::<Stage>("阶段"),
        measure: row.term::<Measure>("收支"),
        funds: words("资金"),
        kind,
        function: words("功能科目"),
        economic: words("经济科目"),
    };
    Command::RecordAmount(known, row.amount(), row.at("出处").to_owned())
}

fn registered(register: &'static Register, row: &Row) -> Command {
    let name = RowName { register: RegisterId::new(register.id).unwrap(), row: RowId::new(row.at("编号")).unwrap() };
    let typed: Vec<(&str, Cell)> =
        row.cells.iter().map(|(title, text)| (*title, Cell::Text((*text).to_owned()))).collect();
    let cells =
        typed.iter().filter(|(title, cell)| !matches!(*title, "单位编码" | "编号" | "序号") && cell.words() != "");
    let (read, complaints) = read_row(register, cells.map(|(title, cell)| (*title, cell)));
    assert!(complaints.is_empty(), "{} {}: {complaints:?}", register.id, row.number);
    Command::AddRow(row.unit(), name, read)
}

/// Rows of one number that stand together are one adjustment.
fn adjustments(rows: &[Row]) -> Vec<(Date, Wanted)> {
    let groups = rows.chunk_by(|one, other| one.at("调整编号") == other.at("调整编号"));
    let command = |rows: &[Row]| {
        let row = &rows[0];
        let adjustment = Adjustment {
            id: AdjustmentId::new(row.at("调整编号")).unwrap(),
            change: row.term("调整类型"),
            moves: rows.iter().map(|row| Move { line: row.line(), amount: row.amount() }).collect(),
            on: row.day(),
            document: row.document(),
            authority: row.term("决定机关"),
            reason: row.at("原因").to_owned(),
            three_public_approval: String::new(),
            approval: row.approval(),
        };
        (row.day(), (row.table, row.number, Command::Adjust(adjustment)))
    };
    groups.map(command).collect()
}

fn pay(row: &Row) -> Command {
    let name = |register: &str| RowName {
        register: RegisterId::new(register).unwrap(),
        row: RowId::new(row.at("台账编号")).unwrap(),
    };
    let person = |title: &str| Person::new(row.at(title)).unwrap();
    Command::Pay(Payment {
        id: PaymentId::new(row.at("支付编号")).unwrap(),
        line: row.line(),
        amount: row.amount(),
        on: row.day(),
        reservation: row.some("预留编号").map(|id| ReservationId::new(id).unwrap()),
        row: row.some("台账").map(name),
        contract: None,
        payee: row.at("收款人").to_owned(),
        voucher: row.at("凭证号").to_owned(),
        hands: Hands { handled: person("经办人"), reviewed: person("审核人"), paid: person("支付人") },
    })
}

/// A row of a table by its titles.
struct Row {
    table: &'static str,
    number: usize,
    cells: BTreeMap<&'static str, &'static str>,
}

fn rows(file: &File) -> Vec<Row> {
    let table = file.table;
    let mut lines = file.text.lines();
    let titles: Vec<&str> = lines.next().unwrap().split(',').collect();
    let row = |(at, line): (usize, &'static str)| {
        let cells: BTreeMap<_, _> = titles.iter().copied().zip(line.split(',')).collect();
        assert_eq!(cells.len(), titles.len(), "{table}: two columns of one title");
        Row { table, number: at + 2, cells }
    };
    lines.enumerate().map(row).collect()
}

impl Row {
    fn at(&self, title: &str) -> &'static str {
        self.cells.get(title).unwrap_or_else(|| panic!("{} has no column {title}", self.table))
    }

    fn some(&self, title: &str) -> Option<&'static str> {
        self.cells.get(title).copied().filter(|text| !text.is_empty())
    }

    fn term<M: Member>(&self, title: &str) -> M {
        let text = self.at(title);
        let found = M::ALL.iter().find(|member| member.term() == text || member.word() == text);
        *found.unwrap_or_else(|| panic!("{} {}: {title} {text}", self.table, self.number))
    }

    fn unit(&self) -> UnitCode {
        UnitCode::new(self.at("单位编码")).unwrap()
    }

    fn year(&self) -> u16 {
        self.at("年度").parse().unwrap()
    }

    fn day(&self) -> Date {
        Date::parse(self.at("日期")).unwrap()
    }

    fn document(&self) -> String {
        self.at("文号").to_owned()
    }

    /// Yuan with at most two decimals.
    fn amount(&self) -> Amount {
        let text = self.at("金额");
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
        let (whole, cents) = digits.split_once('.').unwrap_or((digits, "00"));
        assert_eq!(cents.len(), 2, "{} {}: {text}", self.table, self.number);
        Amount(sign * (whole.parse::<i64>().unwrap() * 100 + cents.parse::<i64>().unwrap()))
    }

    fn approval(&self) -> Approval {
        let person = |title: &str| Person::new(self.at(title)).unwrap();
        Approval { prepared: person("经办人"), approved: person("审批人") }
    }

    fn closing(&self) -> Closing {
        let document = self.some("文号").unwrap_or_default().to_owned();
        Closing { unit: self.unit(), year: self.year(), on: self.day(), document, approval: self.approval() }
    }

    fn purpose(&self) -> Purpose {
        match self.term::<Kind>("支出类别") {
            Kind::Basic => Purpose::Basic,
            Kind::Project => Purpose::Project(ProjectCode::new(self.at("项目编码")).unwrap()),
            kind => panic!("no example has {}", kind.term()),
        }
    }

    fn line(&self) -> Line {
        let pot = self.pot();
        Line {
            unit: pot.unit,
            year: pot.year,
            fund: pot.fund,
            source: Source::Current,
            function: pot.function,
            economic: EconomicCode::parse(self.at("经济科目")).unwrap(),
            purpose: pot.purpose,
        }
    }

    fn pot(&self) -> Pot {
        Pot {
            unit: self.unit(),
            year: self.year(),
            fund: self.term::<Fund>("资金"),
            function: FunctionalCode::parse(self.at("功能科目")).unwrap(),
            purpose: self.purpose(),
        }
    }
}
