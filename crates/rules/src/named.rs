//! The narrative against the tables: an amount that the text names is the amount that the table prints.

use crate::prose::{Prose, like, should_be};
use crate::rules::{Verdicts, Wanted};
use crate::tables::Trial;
use mingzhang_model::amount::{Agreement, Amount, Figure, Interval};
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Fact, Facts, Printed};
use mingzhang_model::finding::Related;
use mingzhang_model::key::Key;
use mingzhang_model::prose::Claim;
use mingzhang_model::rule::{Outcome, Severity};

/// Holds every named amount of the tables and keys that `wanted` picks against the table's cell. A cell
/// that the tables themselves prove wrong counts for what it should hold: the text is not blamed for it.
pub(crate) fn hold(code: &'static str, document: &Document, trial: &Trial<'_>, wanted: Wanted) -> Outcome {
    let facts = trial.space.facts;
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of(code);
    for claim in prose.claims() {
        let Claim::Named { mention, table, key } = claim else { continue };
        if !wanted(table, key) {
            continue;
        }
        if let Some(cell) = printed(facts, table, key) {
            compare(&prose, &mut verdicts, *mention, &facts.facts[cell], trial.mended(cell));
        }
    }
    verdicts.outcome("文中没有可与表对应的金额")
}

/// The cell of the table that shows this money.
fn printed(facts: &Facts, table: &str, key: &Key) -> Option<usize> {
    facts.facts.iter().position(|fact| facts.statements[fact.statement].code == table && fact.key == *key)
}

fn compare(prose: &Prose<'_>, verdicts: &mut Verdicts, mention: usize, fact: &Fact, mended: Option<Amount>) {
    let (Some(said), Some(figure)) = (prose.interval(mention), prose.figure(mention)) else { return };
    let shown = mended.map_or_else(|| fact.interval(), |amount| Interval::around(amount, fact.loosely().width() / 2));
    let severity = match said.agreement(shown) {
        Agreement::Exact | Agreement::WithinRounding(_) => return verdicts.pass(),
        Agreement::Touching(_) => Severity::Note,
        // Cut off instead of rounded: less than one last digit is no other number.
        Agreement::Off(by) if by.0.abs() < Figure::last_digit(figure.unit, figure.decimals) => Severity::Note,
        Agreement::Off(_) => Severity::Error,
    };
    let location = prose.facts.locator(fact);
    let decimals = prose.decimals(mention, figure);
    let expected = like(Figure { decimals, ..figure }, shown.middle());
    let cell = crate::wording::cell(&location);
    let blank = matches!(fact.printed, Printed::Blank);
    let message = match (&location.quote, severity) {
        _ if blank => format!("文中写为 {}，{cell}却为空", prose.words(mention)),
        (Some(quote), Severity::Note) => {
            format!("文中写为 {}，{cell}是 {quote}{}，按位数应为 {expected}", prose.words(mention), fact.unit.word())
        }
        (quote, _) => format!(
            "文中写为 {}，{cell}是 {}{}，应为 {expected}",
            prose.words(mention),
            quote.as_deref().unwrap_or_default(),
            fact.unit.word()
        ),
    };
    let related = Related { label: "表内的数".into(), location };
    let finding = prose.fail(verdicts, severity, mention, &[], message);
    finding.related.push(related);
    // Where the cell is blank nobody knows which of the two is right.
    if !blank {
        should_be(finding, expected);
    }
}
