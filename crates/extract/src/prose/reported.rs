//! Amounts of a report that is appended to accounts, 整体支出绩效自评报告: which cells of the tables they repeat.
//!
//! The report is written by other hands than the accounts and tells the same year again. It rarely says
//! whether it means all money or the appropriation, so an amount is held against the nearer of the two, and
//! only where it is near.

use super::named::{class_called, class_key, ends_in, is_of_other_year};
use super::subject;
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::{DisclosureKind, Fact, Facts};
use mingzhang_model::key::{Key, Stage};
use mingzhang_model::prose::{Claim, Quantity};
use mingzhang_standard::filter::Filter;
use mingzhang_standard::words;

/// Words, and tables with the words of a filter.
type Name = (&'static [&'static str], &'static [(&'static str, &'static str)]);

/// What a report calls an amount, and the tables that show it, with the words of its filter.
const NAMES: [Name; 10] = [
    (&["决算支出数", "支出决算数", "支出决算"], &[("A03", "expenditure")]),
    (&["基本支出"], &[("A03", "expenditure basic"), ("A05", "expenditure general_public basic")]),
    (&["项目支出"], &[("A03", "expenditure project"), ("A05", "expenditure general_public project")]),
    (&["人员经费"], &[("A06", "expenditure general_public basic personnel")]),
    (&["三公经费支出", "三公经费", "三公经费预算", "三公经费预算金额"], &[("A07", "expenditure fiscal three_public")]),
    (&["因公出国(境)费", "因公出国(境)费用"], &[("A07", "expenditure fiscal overseas_trips")]),
    (&["公务接待费"], &[("A07", "expenditure fiscal receptions")]),
    (&["公务用车购置及运行维护费", "公务用车购置及运行费"], &[("A07", "expenditure fiscal vehicles")]),
    (&["公务用车购置费"], &[("A07", "expenditure fiscal vehicle_purchase")]),
    (&["公务用车运行维护费", "公务用车运行费", "公务用车维护费"], &[("A07", "expenditure fiscal vehicle_running")]),
];

/// The claims that amounts of an appended report are amounts of tables.
pub(crate) fn reported(document: &Document, facts: &Facts, kind: DisclosureKind) -> Vec<Claim> {
    let Some(from) = begins(document, facts, kind) else { return Vec::new() };
    let mentions = facts.prose.mentions.iter().enumerate();
    mentions.filter(|(_, mention)| mention.span.block > from).filter_map(|(i, _)| claim(document, facts, i)).collect()
}

/// The block of the title of the report that is appended to accounts: it comes behind all tables.
pub(super) fn begins(document: &Document, facts: &Facts, kind: DisclosureKind) -> Option<usize> {
    const LONGEST: usize = 60;
    let statements = Some(&facts.statements).filter(|_| kind == DisclosureKind::Accounts)?;
    let last = statements.iter().flat_map(|statement| &statement.blocks).max()?;
    let is_title = |text: &str| {
        let title = words::fold(text);
        title.ends_with("报告")
            && (title.contains("自评") || title.contains("绩效评价"))
            && title.chars().count() <= LONGEST
    };
    (last + 1..document.blocks.len()).find(|block| match &document.blocks[*block] {
        Block::Paragraph(paragraph) => is_title(&paragraph.text),
        Block::Table(_) => false,
    })
}

fn claim(document: &Document, facts: &Facts, i: usize) -> Option<Claim> {
    let mention = &facts.prose.mentions[i];
    let Quantity::Money { figure, .. } = mention.quantity else { return None };
    let lead = words::fold(&mention.lead);
    let changed = ["增加", "减少", "增长", "下降", "追加", "调整"].iter().any(|word| lead.contains(word));
    if changed || is_of_other_year(&lead, facts.disclosure.year.unwrap_or(0)) {
        return None;
    }
    let stage = stage(document, facts, i)?;
    let said = subject::subject(document, &facts.prose, i, DisclosureKind::Budget);
    let candidates = cells(facts, &said, stage);
    let off = |fact: &&Fact| (fact.printed.amount().0 - figure.amount.0).abs();
    let nearest = candidates.into_iter().min_by_key(off)?;
    let table = facts.statements[nearest.statement].code;
    // What is far from every amount of that name is of another scope; the names of 三公 have one scope only.
    let near = off(&nearest) <= nearest.printed.amount().0.abs() / 10;
    (near || table == "A07").then(|| Claim::Reported { mention: i, table, key: nearest.key.clone() })
}

/// Whether a sentence speaks of the budget or of what was spent.
fn stage(document: &Document, facts: &Facts, i: usize) -> Option<Stage> {
    let span = &facts.prose.mentions[i].span;
    let Some(Block::Paragraph(paragraph)) = document.blocks.get(span.block) else { return None };
    let before = paragraph.text.get(..span.bytes.start)?;
    let sentence = words::fold(before.rsplit('。').next().unwrap_or(before)).replace("公共预算", "");
    match (sentence.contains("预算"), ["支出", "决算", "开支"].iter().any(|word| sentence.contains(word))) {
        (true, _) => Some(Stage::Initial),
        (false, true) => Some(Stage::FinalAccounts),
        (false, false) => None,
    }
}

/// The cells that show what is called so.
fn cells<'f>(facts: &'f Facts, said: &str, stage: Stage) -> Vec<&'f Fact> {
    let named = NAMES.iter().find(|(names, _)| names.iter().any(|name| ends_in(said, name)));
    let keys: Vec<(&str, Key)> = match named {
        Some((_, tables)) => {
            tables.iter().filter_map(|(table, filter)| Some((*table, key(facts, table, filter)?))).collect()
        }
        None => {
            let name = said.trim_start_matches(['、', '(']).trim_start_matches("其中");
            let class = |table| {
                let code = class_called(facts, table, name)?;
                Some((table, class_key(facts, table, code)?))
            };
            ["A03", "A05"].into_iter().filter_map(class).collect()
        }
    };
    let is_of = |fact: &&Fact, table: &str, key: &Key| {
        let own = &fact.key;
        let spent = own.stage == Stage::FinalAccounts;
        facts.statements[fact.statement].code == table
            && spent == (stage == Stage::FinalAccounts)
            && *own == Key { stage: own.stage, ..key.clone() }
    };
    let found = keys.iter().filter_map(|(table, key)| facts.facts.iter().find(|fact| is_of(fact, table, key)));
    found.collect()
}

/// The money that a filter's words mean in a table: its totals count what the table counts.
fn key(facts: &Facts, table: &str, words: &str) -> Option<Key> {
    let own = facts.facts.iter().find(|fact| facts.statements[fact.statement].code == table)?;
    let filter = Filter::parse(words, own.key.measures, own.key.measures).ok()?;
    let mut key = Key::everything(own.key.year, Stage::FinalAccounts, own.key.measures);
    filter.narrow(&mut key);
    Some(key)
}
