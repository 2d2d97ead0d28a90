//! CM002: the sections that every disclosure has are there, and those that call for each other.

use super::{Verdicts, required};
use crate::body::{Body, Line};
use crate::text::{self, ListNumber};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let outcome = required::check("CM002", document, facts);
    let mut verdicts = Verdicts::of("CM002");
    let body = Body::of(document);
    single_part(&mut verdicts, facts, &body);
    state_capital(&mut verdicts, document, facts, &body);
    no_tables(&mut verdicts, document, facts, &body);
    verdicts.join(outcome)
}

/// 第一部分 without 第二部分.
fn single_part(verdicts: &mut Verdicts, facts: &Facts, body: &Body<'_>) {
    let part = |line: &&Line<'_>, value: u32| {
        ListNumber::of(&line.folded).is_some_and(|number| number.level == 1 && number.value == value)
    };
    let lines = || body.text.iter().chain(&body.terms).chain(&body.titles).chain(&body.contents);
    let first = body.text.iter().find(|line| part(line, 1) && line.is_short());
    if let Some(first) = first
        && !lines().any(|line| line.folded.contains("第二部分") || line.folded.contains("第2部分"))
    {
        let message = "全文只有“第一部分”，没有第二部分；请核对是否漏附，或删去“第一部分”".to_string();
        let location = first.passage.locate(facts, 0..first.passage.text().len());
        verdicts.fail_as(Severity::Warning, location, "part", message);
    }
}

/// A section on the government funds, none on state capital: both are budgets of their own.
fn state_capital(verdicts: &mut Verdicts, document: &Document, facts: &Facts, body: &Body<'_>) {
    const FIRST_YEAR: u16 = 2021;
    let heading = |line: &&Line<'_>, word: &str| line.is_short() && line.folded.contains(word);
    let funds = body.text.iter().find(|line| {
        let titled = line.folded.chars().count() <= 24 && !line.folded.contains(['元', ':', '、']);
        let numbered = ListNumber::of(&line.folded).is_some();
        heading(line, "政府性基金") && line.folded.contains("支出") && (titled || numbered)
    });
    let capital = |line: &Line<'_>| heading(&line, "国有资本");
    let named = body.text.iter().chain(&body.titles).chain(&body.contents).any(capital);
    let said = body.text.iter().any(|line| {
        let about = line.folded.contains("国有资本经营预算");
        about
            && [
                "无国有资本",
                "没有国有资本",
                "没有使用国有资本",
                "未安排国有资本",
                "和国有资本",
                "、国有资本经营预算支出",
            ]
            .iter()
            .any(|word| line.folded.contains(word))
    });
    let in_tables = document.blocks.iter().any(|block| match block {
        Block::Table(table) => table.cells().iter().any(|cell| cell.text.contains("国有资本经营预算")),
        Block::Paragraph(_) => false,
    });
    let asked = facts.disclosure.year.is_some_and(|year| year >= FIRST_YEAR);
    if let Some(funds) = funds.filter(|_| asked && !named && !said && !in_tables) {
        let quote = funds.passage.text().trim();
        let message = format!("有“{quote}”一节，没有国有资本经营预算支出的说明；没有这项支出的，也应写明“无”");
        let location = funds.passage.locate(facts, 0..funds.passage.text().len());
        verdicts.fail_as(Severity::Note, location, "state_capital", message);
    }
}

/// A whole narrative in a document that holds no table at all, and says nothing of where they are.
fn no_tables(verdicts: &mut Verdicts, document: &Document, facts: &Facts, body: &Body<'_>) {
    const ELSEWHERE: [&str; 6] = ["预算报表", "决算报表", "预算表", "决算表", "附件", "附表"];
    let tables = document.blocks.iter().any(|block| matches!(block, Block::Table(_)));
    let lines = || body.text.iter().chain(&body.titles).chain(&body.contents).chain(&body.terms);
    let pointed = lines().any(|line| line.is_short() && ELSEWHERE.iter().any(|word| line.folded.contains(word)));
    let income = body
        .text
        .iter()
        .find(|line| line.is_short() && line.folded.contains("收支") && ListNumber::of(&line.folded).is_some());
    let whole = text::kind(document, facts).is_some() && !crate::body::is_partly_unread(document);
    if let Some(income) = income.filter(|_| whole && !tables && !pointed) {
        let message = "请关注：全文没有预算（决算）表格，文字无法与表核对；表格另行公开的，宜注明在哪里".to_string();
        let location = income.passage.locate(facts, 0..income.passage.text().len());
        verdicts.fail_as(Severity::Hint, location, "tables", message);
    }
}
