//! Amounts that are wrong by a slip of the hand: a digit too many or too few, or two digits swapped.
//!
//! What an amount should be is known from elsewhere: from the table that the text names, or from the
//! identities that prove a cell wrong. Whether a slip explains the difference is told from the digits.

use crate::prose::{Prose, like, should_be};
use crate::rules::Verdicts;
use crate::tables::Trial;
use crate::wording;
use mingzhang_model::amount::{Figure, render};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Printed;
use mingzhang_model::finding::{Culprit, Related};
use mingzhang_model::prose::Claim;
use mingzhang_model::rule::{Outcome, Severity};

/// The kinds of slips.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Slip {
    /// A digit was left out, or struck twice, or the point was moved.
    Length,
    /// Two neighbouring digits were swapped.
    Swap,
}

/// Tells of every amount that one kind of slip explains.
pub(crate) fn check(
    code: &'static str,
    document: &Document,
    trial: &Trial<'_>,
    slip: Slip,
    severity: Severity,
) -> Outcome {
    let mut verdicts = Verdicts::of(code);
    in_text(&mut verdicts, document, trial, slip, severity);
    in_tables(&mut verdicts, trial, slip, severity);
    verdicts.outcome("没有可与别处核对的金额")
}

/// Amounts of the narrative that the table prints otherwise.
fn in_text(verdicts: &mut Verdicts, document: &Document, trial: &Trial<'_>, wanted: Slip, severity: Severity) {
    let facts = trial.space.facts;
    let prose = Prose { document, facts };
    for claim in prose.claims() {
        let Claim::Named { mention, table, key } = claim else { continue };
        let Some(figure) = prose.figure(*mention) else { continue };
        let cell =
            facts.facts.iter().position(|fact| facts.statements[fact.statement].code == *table && fact.key == *key);
        let Some(cell) = cell else { continue };
        let fact = &facts.facts[cell];
        let right = trial.mended(cell).unwrap_or_else(|| fact.printed.amount());
        let decimals = prose.decimals(*mention, figure);
        let expected = render(right, figure.unit, decimals, false);
        let said = render(figure.amount, figure.unit, decimals, false);
        if slip(&said, &expected) != Some(wanted) {
            verdicts.pass();
            continue;
        }
        let meant = like(Figure { decimals, ..figure }, right);
        let message = format!("{}：写作 {}，应为 {meant}", describe(wanted, &said, &expected), prose.words(*mention));
        let finding = prose.fail(verdicts, severity, *mention, &[], message);
        finding.related.push(Related { label: "表内的数".into(), location: facts.locator(fact) });
        should_be(finding, meant);
    }
}

/// Cells that the identities of the tables prove wrong.
fn in_tables(verdicts: &mut Verdicts, trial: &Trial<'_>, wanted: Slip, severity: Severity) {
    let facts = trial.space.facts;
    for (i, fact) in facts.facts.iter().enumerate() {
        let (Some(right), Printed::Figure(figure)) = (trial.mended(i), fact.printed) else { continue };
        let expected = render(right, fact.unit, fact.decimals, false);
        let said = render(figure.amount, fact.unit, fact.decimals, false);
        if slip(&said, &expected) != Some(wanted) {
            continue;
        }
        let location = facts.locator(fact);
        let meant = wording::amount(fact, right);
        let cell = wording::cell(&location);
        let message = format!("{cell}{}：写作 {figure}，应为 {meant}", describe(wanted, &said, &expected));
        let statement = &facts.statements[fact.statement];
        let what = format!("{}:{}:{}", statement.code, statement.rows[fact.row].name, fact.column);
        let quote = location.quote.clone().unwrap_or_default();
        let finding = verdicts.fail_as(severity, location, &what, message);
        finding.expected = Some(meant.clone());
        finding.culprit = Some(Culprit { quote, suggested: meant });
    }
}

fn describe(slip: Slip, said: &str, expected: &str) -> &'static str {
    match slip {
        Slip::Swap => "相邻两位数字写颠倒了",
        Slip::Length if digits(said).len() > digits(expected).len() => "多写了一位数字",
        Slip::Length if digits(said).len() < digits(expected).len() => "少写了一位数字",
        Slip::Length => "小数点的位置写错了",
    }
}

/// The slip by which one number became the other; none where the numbers are equal or differ otherwise.
pub(crate) fn slip(said: &str, expected: &str) -> Option<Slip> {
    // Two digits say too little: any two of them are near each other.
    const FEWEST: usize = 3;
    let (a, b) = (digits(said), digits(expected));
    if said == expected || a.len().min(b.len()) < FEWEST {
        return None;
    }
    if a.len() == b.len() {
        let differ: Vec<usize> = (0..a.len()).filter(|i| a[*i] != b[*i]).collect();
        let [first, second] = differ.as_slice() else { return None };
        return (first + 1 == *second && a[*first] == b[*second] && a[*second] == b[*first]).then_some(Slip::Swap);
    }
    let (long, short) = if a.len() > b.len() { (&a, &b) } else { (&b, &a) };
    let one_more = long.len() == short.len() + 1
        && (0..long.len()).any(|skip| long[..skip] == short[..skip] && long[skip + 1..] == short[skip..]);
    one_more.then_some(Slip::Length)
}

/// The digits of a number, without zeros at the front.
fn digits(number: &str) -> Vec<char> {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    let from = digits.iter().position(|digit| *digit != '0').unwrap_or(digits.len());
    digits[from..].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_apart() {
        assert_eq!(slip("8013.00", "8103.00"), Some(Slip::Swap));
        assert_eq!(slip("3213.60", "321.60"), Some(Slip::Length));
        assert_eq!(slip("32.16", "321.60"), Some(Slip::Length));
        assert_eq!(slip("321.60", "321.60"), None);
        assert_eq!(slip("321.60", "321.90"), None);
        assert_eq!(slip("0.30", "0.03"), None);
    }
}
