//! CM007: the terms that the document uses are explained. Terms that the accounts no longer know are TX017's.

use super::Verdicts;
use crate::reading::Reading;
use crate::reading::body::{Body, Line};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::{Facts, Printed};
use mingzhang_model::rule::Outcome;
use mingzhang_standard::term::{Term, terms};
use mingzhang_standard::words;

pub(crate) fn check(reading: &Reading<'_>, facts: &Facts) -> Outcome {
    let document = reading.document;
    let body = reading.body();
    let Some(heading) = body.terms.first().filter(|_| body.terms.len() > 1) else {
        return Outcome::NotApplicable("没有名词解释".into());
    };
    let mut verdicts = Verdicts::of("CM007");
    let mut missing = Vec::new();
    for term in terms() {
        // The whole list is looked through: an explanation of one term may explain another.
        let explained = body.terms.iter().find(|line| term.names.iter().any(|name| explains(line, name)));
        match explained {
            Some(_) => verdicts.pass(),
            None if is_used(document, facts, body, term) => missing.push(term.name),
            None => {}
        }
    }
    // Places differ in what they explain; a glossary that knows neither of a pair was left unfinished.
    const PAIRS: [[&str; 2]; 2] = [["基本支出", "项目支出"], ["“三公”经费", "机关运行经费"]];
    if PAIRS.iter().any(|pair| pair.iter().all(|name| missing.contains(name))) {
        let message = format!("名词解释里没有解释文中用到的：{}", missing.join("、"));
        let location = heading.passage.locate(facts, 0..heading.passage.text().len());
        verdicts.fail(location, "missing", message);
    }
    unused(&mut verdicts, document, facts, body);
    verdicts.outcome("没有应解释的名词")
}

/// A budget that the document explains and never speaks of otherwise.
fn unused(verdicts: &mut Verdicts, document: &Document, facts: &Facts, body: &Body<'_>) {
    for line in &body.terms {
        let Some(head) = line.folded.split(':').next().filter(|head| head.ends_with("预算")) else { continue };
        let number = crate::text::ListNumber::of(head).map_or(0, |number| number.length);
        let name = head[number..].trim();
        let stem = name.trim_end_matches("预算");
        let said = body.text.iter().chain(&body.titles).any(|other| other.folded.contains(stem));
        let in_tables = document.blocks.iter().any(|block| match block {
            Block::Table(table) => table.cells().iter().any(|cell| words::fold(&cell.text).contains(stem)),
            Block::Paragraph(_) => false,
        });
        if said || in_tables || stem.chars().count() < 3 {
            continue;
        }
        let text = line.passage.text();
        let end = text.find(['：', ':']).unwrap_or(text.len());
        let message = format!("名词解释里的“{name}”在文中没有用到，本部门不涉及的可以删去");
        verdicts.fail(line.passage.locate(facts, 0..end), name, message);
    }
}

fn explains(line: &Line<'_>, name: &str) -> bool {
    line.folded.contains(name)
}

/// True when the text puts money under a term, or a table has money in a row or column of that name.
fn is_used(document: &Document, facts: &Facts, body: &Body<'_>, term: &Term) -> bool {
    let named = |text: &str| term.names.iter().any(|name| text.contains(name.as_str()));
    let in_text = facts.prose.mentions.iter().any(|mention| {
        let Some(Block::Paragraph(paragraph)) = document.blocks.get(mention.span.block) else { return false };
        let money = matches!(&mention.quantity, mingzhang_model::prose::Quantity::Money { figure, .. }
            if !figure.amount.is_zero());
        money && !paragraph.text.is_empty() && named(&words::fold(&mention.lead))
    });
    let among_terms = |block: usize| body.terms.iter().any(|line| line.passage.block == block);
    let in_tables = facts.facts.iter().any(|fact| {
        let statement = &facts.statements[fact.statement];
        let money = matches!(fact.printed, Printed::Figure(figure) if !figure.amount.is_zero());
        money
            && !among_terms(fact.cell.block)
            && (named(&words::fold(&statement.rows[fact.row].name))
                || statement.columns[fact.column].path.iter().any(|part| named(&words::fold(part))))
    });
    in_text || in_tables
}
