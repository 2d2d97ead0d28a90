//! CM002: the sections that every disclosure has are there, and those that call for each other.

use super::{Verdicts, required};
use crate::reading::Reading;
use crate::reading::body::{Body, Line};
use crate::text::{self, ListNumber};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::finding::Related;
use mingzhang_model::rule::{Outcome, Severity};

pub(crate) fn check(reading: &Reading<'_>, facts: &Facts) -> Outcome {
    let document = reading.document;
    let outcome = required::check("CM002", reading, facts);
    let mut verdicts = Verdicts::of("CM002");
    let body = reading.body();
    single_part(&mut verdicts, facts, body);
    state_capital(&mut verdicts, document, facts, body);
    empty_items(&mut verdicts, document, facts, body);
    no_tables(&mut verdicts, document, facts, body);
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
        let finding = verdicts.fail_as(Severity::Note, location, "state_capital", message);
        if let Some(income) = body.text.iter().find(|line| is_income_without(line)) {
            let text = income.passage.text();
            let at = text.find("政府性基金").unwrap_or(0);
            let location = income.passage.locate(facts, at..text::sentence(text, at).end);
            finding.related.push(Related { label: "收入也没有列国有资本经营预算".into(), location });
        }
    }
}

/// The sentence that lists the income by fund, state capital left out.
fn is_income_without(line: &Line<'_>) -> bool {
    let has = |word: &str| line.folded.contains(word);
    has("收入预算") && has("政府性基金") && has("万元") && !has("国有资本")
}

/// The title of an item alone, where every other item of its list goes on to say something.
fn empty_items(verdicts: &mut Verdicts, document: &Document, facts: &Facts, body: &Body<'_>) {
    const TITLE: usize = 16;
    const SAID: usize = 30;
    let items: Vec<(usize, ListNumber)> = body
        .text
        .iter()
        .enumerate()
        .filter_map(|(i, line)| {
            ListNumber::of(&line.folded).filter(|number| number.level >= 3).map(|number| (i, number))
        })
        .collect();
    for at in 0..items.len() {
        let (i, number) = &items[at];
        // The next line is the next item, in the file too: nothing stands between.
        let Some((next, follower)) = items.get(at + 1) else { continue };
        let blocks = (body.text[*i].passage.block, body.text[*next].passage.block);
        let follows = *next == i + 1
            && blocks.0 + 1 == blocks.1
            && follower.level == number.level
            && follower.value == number.value + 1;
        let own = body.text[*i].folded[number.length..].trim_end_matches('。').chars().count();
        if !follows || own > TITLE || !is_title(&body.text[*i].folded[number.length..]) {
            continue;
        }
        let siblings = siblings(&items, at);
        let others = siblings.iter().filter(|other| **other != at);
        let sentence = body.text[*i].folded.ends_with('。');
        let told = others.clone().filter(|other| {
            let other = *other;
            let (i, number) = &items[*other];
            let text = &body.text[*i].folded[number.length.min(body.text[*i].folded.len())..];
            // 坚决完成任务。全年…: a title with its text behind it.
            let headed = text
                .split_once('。')
                .is_some_and(|(title, rest)| title.chars().count() <= TITLE + 4 && rest.chars().count() > SAID);
            let goes_on = body.text.get(i + 1).is_some_and(|line| {
                ListNumber::of(&line.folded).is_none()
                    && line.folded.chars().count() > SAID
                    && line.passage.block == body.text[*i].passage.block + 1
            });
            headed || !sentence && goes_on && text.chars().count() <= TITLE + 4
        });
        let (told, all) = (told.count(), others.count());
        // A list of names has no text either: only under a heading that promises some is a bare title odd.
        const PROMISES: [&str; 6] = ["问题", "原因", "措施", "建议", "成效", "做法"];
        let above = body.text[..*i]
            .iter()
            .rev()
            .find(|line| ListNumber::of(&line.folded).is_some_and(|above| above.level < number.level));
        let promised = above.is_some_and(|line| PROMISES.iter().any(|word| line.folded.contains(word)));
        let full = if sentence { told >= 3 && told * 3 >= all * 2 } else { told == all && promised };
        if all == 0
            || !full
            || is_duty(facts, body.text[*i].passage.block)
            || crate::reading::body::is_partly_unread(document)
        {
            continue;
        }
        let line = &body.text[*i];
        let message = format!("“{}”只有标题，没有内容；同级的其他各项都有内容", line.passage.text().trim());
        let location = line.passage.locate(facts, 0..line.passage.text().len());
        verdicts.fail_as(Severity::Note, location, &format!("{}:{}", line.folded, line.passage.block), message);
    }
}

/// True under a heading of duties, whose items are sentences of any length.
fn is_duty(facts: &Facts, block: usize) -> bool {
    let section = facts.prose.section_of.get(block).copied().flatten();
    std::iter::successors(section, |at| facts.prose.sections[*at].parent).any(|at| {
        let title = &facts.prose.sections[at].title;
        title.contains("职责") || title.contains("职能")
    })
}

/// A title names; it does not list, count or explain.
fn is_title(text: &str) -> bool {
    !text.contains(['：', ':', '、', '，', ',', '；', ';', '《', '元', '%'])
        && !text.contains(|c: char| c.is_ascii_digit())
}

/// The items of the list that an item belongs to: its numbers run on from 1.
fn siblings(items: &[(usize, ListNumber)], at: usize) -> Vec<usize> {
    let level = items[at].1.level;
    let mut list = vec![at];
    let mut value = items[at].1.value;
    for before in (0..at).rev() {
        let number = &items[before].1;
        if number.level < level {
            break;
        }
        if number.level == level && number.value + 1 == value {
            list.push(before);
            value -= 1;
        }
    }
    value = items[at].1.value;
    for (after, (_, number)) in items.iter().enumerate().skip(at + 1) {
        if number.level < level || number.level == level && number.value != value + 1 {
            break;
        }
        if number.level == level {
            list.push(after);
            value += 1;
        }
    }
    list
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
    let whole = facts.disclosure.kind.is_some() && !crate::reading::body::is_partly_unread(document);
    if let Some(income) = income.filter(|_| whole && !tables && !pointed) {
        let message = "全文没有预算（决算）表格，文字无法与表核对；表格另行公开的，宜注明在哪里".to_string();
        let location = income.passage.locate(facts, 0..income.passage.text().len());
        verdicts.fail_as(Severity::Note, location, "tables", message);
    }
}
