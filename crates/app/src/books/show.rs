//! `books show`: units, a year's budget and what became of it, the tables of a form, the figures of the
//! registers.

use std::io;

use mingzhang_books::entry::Publication;
use mingzhang_books::facts::draft;
use mingzhang_books::pivot::differences;
use mingzhang_books::state::{Account, Books, Status};
use mingzhang_model::amount::{Amount, Unit, render};
use mingzhang_model::date::Date;
use mingzhang_model::document::{Block, Cell, Table};
use mingzhang_model::set::Member;

use super::args::ShowArgs;
use super::keeper::Chosen;
use crate::cli::{Exit, Stop};
use crate::grid;
use crate::messages::Lang;
use crate::messages::books::Message;
use crate::output::Output;

/// Runs the command.
pub(super) fn run(args: &ShowArgs, lang: Lang) -> Result<Exit, Stop> {
    let ledger = args.keep.open(lang)?;
    let books = ledger.books();
    let asked = args.year.unit.is_some() || args.year.form.is_some() || args.year.year.is_some() || args.figures;
    let cannot_write = |error: io::Error| Stop::writing(&error, None, lang);
    let lines = if !asked {
        units(books, lang)
    } else {
        let chosen = args.year.chosen(books, lang)?;
        match (args.figures, chosen.form) {
            (true, _) => figures(books, &chosen, args.cutoff),
            (false, Some(_)) => tables(books, &chosen, args.table.as_deref(), lang)?,
            (false, None) => year(books, &chosen),
        }
    };
    let mut output = Output::open(None).map_err(cannot_write)?;
    lines.iter().try_for_each(|line| writeln!(output.writer(), "{line}")).map_err(cannot_write)?;
    output.finish().map_err(cannot_write)?;
    Ok(Exit::Clean)
}

fn yuan(amount: Amount) -> String {
    render(amount, Unit::Yuan, 2, true)
}

/// A table with a header, drawn; nothing where it has no rows.
fn table(header: &[&str], rows: Vec<Vec<String>>) -> Vec<String> {
    if rows.is_empty() {
        return Vec::new();
    }
    let head = header.iter().map(|name| (*name).to_owned()).collect();
    let all: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
    let cells = all.iter().enumerate().flat_map(|(r, row)| {
        (0..header.len()).map(move |c| Cell {
            row: r as u32,
            column: c as u32,
            row_span: 1,
            column_span: 1,
            text: row.get(c).cloned().unwrap_or_default(),
            ..Cell::default()
        })
    });
    match Table::tiled(all.len() as u32, header.len() as u32, cells.collect()) {
        Ok(table) => grid::drawn(&table),
        Err(_) => Vec::new(),
    }
}

fn units(books: &Books, lang: Lang) -> Vec<String> {
    let rows: Vec<Vec<String>> = books
        .units()
        .map(|unit| {
            let years: Vec<String> =
                books.years_of(&unit.code).map(|(year, kept)| shown_year(year, &kept.status)).collect();
            let parent = unit.parent.as_ref().map_or_else(String::new, ToString::to_string);
            vec![unit.code.to_string(), unit.name.clone(), unit.nature.term().into(), parent, years.join("、")]
        })
        .collect();
    if rows.is_empty() {
        return vec![lang.books(&Message::Nothing)];
    }
    table(&["编码", "单位", "性质", "上级", "年度"], rows)
}

fn shown_year(year: u16, status: &Status) -> String {
    match status {
        Status::Open => year.to_string(),
        Status::Closed(_) => format!("{year}（已结账）"),
        Status::Approved(..) => format!("{year}（决算已批复）"),
    }
}

/// Every line of the year, then where the money lies, then how far the publications are.
fn year(books: &Books, chosen: &Chosen) -> Vec<String> {
    let mut lines = Vec::new();
    for unit in chosen.scope.units(books) {
        let Some(kept) = books.year(&unit, chosen.year) else { continue };
        let name = books.unit(&unit).map_or("", |unit| unit.name.as_str());
        lines.push(format!("{unit} {name} {}", shown_year(chosen.year, &kept.status)));
        let mut accounts: Vec<&Account> = kept.accounts().iter().collect();
        accounts.sort_by_key(|account| &account.line);
        let row = |account: &&Account| {
            let amounts = [account.initial, account.adjusted(), account.allotted, account.reserved, account.paid];
            let free = account.free();
            // The unit and the year stand above.
            std::iter::once(account.line.words()).chain(amounts.map(yuan)).chain([yuan(free)]).collect()
        };
        let header = ["预算", "年初", "调整后", "指标", "预留", "已付", "可用"];
        lines.extend(table(&header, accounts.iter().map(row).collect()));
        let pots = kept.pots().map(|(pot, pile)| {
            let words = format!("{} {} {}", pot.fund.term(), pot.function, pot.purpose.kind().term());
            let amounts = [pile.opening, pile.received, pile.surplus_used, pile.paid, pile.distributed, pile.closing()];
            std::iter::once(words).chain(amounts.map(yuan)).collect()
        });
        let header = ["资金", "年初", "收入", "使用结余", "支出", "分配", "结存"];
        lines.extend(table(&header, pots.collect()));
    }
    for difference in differences(books, &chosen.scope, chosen.year) {
        let (from, to) = (&difference.from, &difference.to);
        let (given, got) = (yuan(difference.given), yuan(difference.got));
        lines.push(format!("内部往来不符：{from} 付给 {to} {given}，{to} 列收 {got}"));
    }
    lines.extend(publications(books, chosen));
    lines
}

fn publications(books: &Books, chosen: &Chosen) -> Vec<String> {
    let unit = chosen.scope.unit();
    let clock = |publication: &Publication| {
        let clock = books.clock(unit, chosen.year, *publication);
        let (approved, due) = (clock.approved?, clock.due?);
        let published = clock.published.map_or("尚未公开".to_owned(), |day| format!("{day} 公开"));
        Some(format!("{} {approved} 批复，应在 {due} 前公开，{published}", publication.term()))
    };
    // What a unit publishes of its own level has the clock of the whole.
    let whole = Publication::ALL.iter().filter(|publication| !publication.is_own_level());
    let mut lines: Vec<String> = whole.filter_map(clock).collect();
    for publication in Publication::ALL {
        let Some(kept) = books.year(unit, chosen.year) else { continue };
        for edition in 1..=kept.last_edition(*publication) {
            let steps = kept.disclosure(*publication, edition).iter();
            let steps: Vec<String> =
                steps.map(|step| format!("{} {} {}", step.step.term(), step.on, step.by)).collect();
            lines.push(format!("{} 第 {edition} 版：{}", publication.term(), steps.join("；")));
        }
    }
    lines
}

/// The tables of a form, filled; one of them where it is named.
fn tables(books: &Books, chosen: &Chosen, only: Option<&str>, lang: Lang) -> Result<Vec<String>, Stop> {
    let Some(form) = chosen.form else { return Ok(Vec::new()) };
    if let Some(asked) = only.filter(|asked| !form.tables.iter().any(|table| table.code == **asked)) {
        let known: Vec<&str> = form.tables.iter().map(|table| table.code.as_str()).collect();
        return Err(Stop::Said(lang.books(&Message::UnknownTable { asked, known: &known.join("、") })));
    }
    let draft = draft(books, &chosen.scope, chosen.year, form);
    let mut lines = Vec::new();
    for statement in draft.facts.statements.iter().filter(|statement| only.is_none_or(|code| code == statement.code)) {
        lines.push(format!("{} {}", statement.code, statement.title.text));
        lines.extend(statement.unit_note.iter().map(|note| note.text.clone()));
        for block in &statement.blocks {
            if let Some(Block::Table(table)) = draft.document.blocks.get(*block) {
                lines.extend(grid::drawn(table));
            }
        }
        lines.extend(statement.notes.iter().map(|note| note.text.clone()));
        lines.push(String::new());
    }
    Ok(lines)
}

/// The figures of every register in use, and what a person should look at.
fn figures(books: &Books, chosen: &Chosen, cutoff: Option<Date>) -> Vec<String> {
    let year_end = Date::new(chosen.year, 12, 31).unwrap_or(Date::after_epoch(0));
    let cutoff = cutoff.or(chosen.form.map(|form| form.cutoff(chosen.year))).unwrap_or(year_end);
    let figures = books.all_figures(&chosen.scope, chosen.year, cutoff);
    let rows = figures.iter().map(|figure| {
        let statistic = figure.statistic.map_or("", |statistic| statistic.word());
        vec![figure.title.clone(), figure.value.to_string(), figure.unit.clone(), statistic.to_owned()]
    });
    let mut lines = vec![format!("{} 年，时点 {cutoff}", chosen.year)];
    lines.extend(table(&["数", "值", "单位", "公开指标"], rows.collect()));
    for (register, rows, complaint) in books.remarks(&chosen.scope, chosen.year, cutoff) {
        let rows: Vec<String> = rows.iter().map(|(_, row)| row.to_string()).collect();
        lines.push(format!("请关注：{} {} {}", register.title, rows.join("、"), complaint.message));
    }
    lines
}
