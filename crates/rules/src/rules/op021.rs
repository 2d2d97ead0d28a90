//! OP021: meetings and trainings that are listed one by one make up what is budgeted for them, and that is no less
//! than the table of basic expenditure shows.

use super::Verdicts;
use crate::prose::{like, should_be};
use crate::reading::stated::Stated;
use mingzhang_model::amount::{Agreement, Interval};
use mingzhang_model::code::EconomicCode;
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::{Fact, Facts};
use mingzhang_model::finding::Related;
use mingzhang_model::key::Economic;
use mingzhang_model::rule::{Outcome, Severity};

/// What is listed, with its economic code.
pub(crate) const KINDS: [(&str, &str); 2] = [("会议费", "30215"), ("培训费", "30216")];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let stated = Stated::of(document, facts);
    let mut verdicts = Verdicts::of("OP021");
    for (total, kind, code) in totals(&stated) {
        let parts = sessions(&stated, total);
        add_up(&stated, &mut verdicts, kind, total, &parts);
        if let Some(cell) = cell(facts, code) {
            against(&stated, &mut verdicts, kind, total, cell);
        }
    }
    verdicts.outcome("文中没有会议费、培训费")
}

/// 会议费预算1万元: amounts of this year for all meetings or trainings.
pub(crate) fn totals(stated: &Stated<'_>) -> Vec<(usize, &'static str, &'static str)> {
    const TAILS: [&str; 12] =
        ["预算", "支出", "决算", "安排", "为", "共", "数", "经费", "实际", "开支", "总额", "金额"];
    const OTHERS: [&str; 10] = ["上年", "去年", "减少", "增加", "比", "较", "其中", "用于", "占", "结转"];
    let mentions = &stated.prose.facts.prose.mentions;
    let mut found = Vec::new();
    for mention in 0..mentions.len() {
        let lead = stated.lead(mention);
        let clause = lead.rsplit([',', ';', ':', '。', '、']).next().unwrap_or(&lead);
        let mut name = clause;
        while let Some(shorter) = TAILS.iter().find_map(|tail| name.strip_suffix(tail)) {
            name = shorter;
        }
        let Some((kind, code)) = KINDS.iter().find(|(kind, _)| name.ends_with(kind)) else { continue };
        let is_total = stated.prose.figure(mention).is_some() && !OTHERS.iter().any(|word| clause.contains(word));
        let of_accounts = !stated.is_accounts() || !clause.contains("预算");
        // In a list of running costs or of basic expenditure it is a part of those, not all of it.
        let paragraph = stated.paragraph(mention);
        let listed = ["机关运行经费", "基本支出预算数"].iter().any(|whole| paragraph.contains(whole));
        let titled = ["年", "本单位", "本部门", "一般公共预算", "安排", "召开"]
            .iter()
            .any(|word| clause.contains(word))
            || name == *kind
            || name.strip_suffix(kind).is_some_and(|before| before.ends_with(['年', '中', ')']) || before.is_empty());
        if is_total && of_accounts && !listed && titled {
            found.push((mention, *kind, *code));
        }
    }
    found
}

/// The amounts of single meetings behind the total, up to the next total or the end of the sentence.
fn sessions(stated: &Stated<'_>, total: usize) -> Vec<usize> {
    let mentions = &stated.prose.facts.prose.mentions;
    let block = mentions[total].span.block;
    let mut parts = Vec::new();
    for mention in (total + 1..mentions.len()).take_while(|m| mentions[*m].span.block == block) {
        let lead = stated.lead(mention);
        let named = KINDS.iter().any(|(kind, _)| lead.contains(kind));
        let other = ["增加", "减少", "上年", "去年", "节庆", "活动"].iter().any(|word| lead.contains(word));
        if named || other || ends_between(stated, total, mention) {
            break;
        }
        let spent = ["经费", "预算", "费用", "支出", "金额", "安排"].iter().any(|word| lead.contains(word));
        if stated.prose.figure(mention).is_some() {
            if !spent {
                break;
            }
            parts.push(mention);
        }
    }
    parts
}

fn ends_between(stated: &Stated<'_>, first: usize, second: usize) -> bool {
    let mentions = &stated.prose.facts.prose.mentions;
    let Some(Block::Paragraph(paragraph)) = stated.prose.document.blocks.get(mentions[first].span.block) else {
        return true;
    };
    let gap = mentions[first].span.bytes.end..mentions[second].span.bytes.start;
    paragraph.text.get(gap).is_none_or(|gap| gap.contains('。'))
}

fn add_up(stated: &Stated<'_>, verdicts: &mut Verdicts, kind: &str, total: usize, parts: &[usize]) {
    let prose = &stated.prose;
    let sum: Option<Interval> = parts.iter().map(|part| prose.interval(*part)).sum();
    let (Some(sum), Some(whole), Some(figure)) = (sum, prose.interval(total), prose.figure(total)) else { return };
    if parts.is_empty() {
        return;
    }
    let off = matches!(sum.agreement(whole), Agreement::Off(_)) && (parts.len() > 1 || sum.exceeds(whole));
    if !off {
        return verdicts.pass();
    }
    let list: Vec<&str> = parts.iter().map(|part| prose.words(*part)).collect();
    let precise = parts.iter().filter_map(|part| prose.figure(*part)).filter(|f| f.unit == figure.unit);
    let figure = precise.fold(figure, |most, figure| if figure.decimals > most.decimals { figure } else { most });
    let added = like(figure, sum.middle());
    let message = format!("{kind}写为 {}，逐项列出的之和为 {added}（{}）", prose.words(total), list.join(" + "));
    should_be(prose.fail(verdicts, Severity::Error, total, parts, message), added);
}

/// The cell of basic expenditure for an economic item; the whole is no less.
pub(crate) fn cell<'a>(facts: &'a Facts, code: &str) -> Option<&'a Fact> {
    let economic = Economic::of([EconomicCode::parse(code)?]);
    facts.facts.iter().find(|fact| {
        let of_table = matches!(facts.statements[fact.statement].code, "B08" | "A06");
        of_table && fact.key.economic == economic && facts.is_plain(fact)
    })
}

fn against(stated: &Stated<'_>, verdicts: &mut Verdicts, kind: &str, total: usize, cell: &Fact) {
    let Some(whole) = stated.prose.interval(total) else { return };
    if !cell.interval().exceeds(whole) {
        return verdicts.pass();
    }
    let location = stated.prose.facts.locator(cell);
    let message = format!(
        "{kind}写为 {}，基本支出表里的{kind}就有 {}{}",
        stated.prose.words(total),
        location.quote.clone().unwrap_or_default(),
        cell.unit.word()
    );
    let finding = stated.prose.fail(verdicts, Severity::Error, total, &[], message);
    finding.related.push(Related { label: "基本支出表".into(), location });
}
