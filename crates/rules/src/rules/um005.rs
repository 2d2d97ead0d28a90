//! UM005: the unit that a table prints is the unit of its numbers. A table whose every amount is ten
//! thousand times what other tables or the text say of the same money is in another unit.

use super::{Verdicts, words_of};
use crate::prose::Prose;
use crate::trial::Trial;
use mingzhang_model::amount::Unit;
use mingzhang_model::document::Document;
use mingzhang_model::finding::Related;
use mingzhang_model::prose::Claim;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;

/// How the amounts of a table stand to the same money elsewhere.
#[derive(Default)]
struct Standing {
    /// Those that agree.
    same: usize,
    /// Those that are ten thousand times too much, and too little.
    much: usize,
    little: usize,
    /// The tables that say so, and whether the text does.
    witnesses: Vec<usize>,
    text: Option<usize>,
    /// The first fact that is off, and what is right.
    example: Option<(usize, i64)>,
}

pub(crate) fn check(document: &Document, trial: &Trial<'_>) -> Outcome {
    let facts = trial.space.facts;
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("UM005");
    for (i, statement) in facts.statements.iter().enumerate() {
        let standing = standing(&prose, trial, i);
        let off = standing.much.max(standing.little);
        let witnesses = standing.witnesses.len() + usize::from(standing.text.is_some());
        if off < 2 || standing.same > 0 || witnesses < 2 || standing.much * standing.little > 0 {
            (0..standing.same).for_each(|_| verdicts.pass());
            continue;
        }
        let (Some(unit), Some((fact, right))) = (statement.unit, standing.example) else { continue };
        let meant = if standing.much > 0 { Unit::Yuan } else { Unit::WanYuan };
        let cell = facts.locator(&facts.facts[fact]);
        let right = mingzhang_model::amount::render(mingzhang_model::amount::Amount(right), Unit::Yuan, 2, true);
        let message = format!(
            "《{}》的单位写作“{}”，但{}的 {} 在别处都是 {right}元，相差一万倍，单位应为“{}”",
            statement.title.text,
            unit.word(),
            crate::wording::cell(&cell),
            cell.quote.clone().unwrap_or_default(),
            meant.word()
        );
        let note = statement.unit_note.clone().unwrap_or_else(|| statement.title.clone());
        let finding = verdicts.fail(words_of(statement, &note), statement.code, message);
        finding.related.push(Related { label: "表内的数".into(), location: cell });
        if let Some(mention) = standing.text {
            let mut location = prose.locator(mention);
            location.quote = Some(prose.words(mention).to_string());
            finding.related.push(Related { label: "文中的数".into(), location });
        }
        finding.expected = Some(words::fold(&note.text).replace(unit.word(), meant.word()));
    }
    verdicts.outcome("表里没有在别处也写着的数")
}

fn standing(prose: &Prose<'_>, trial: &Trial<'_>, statement: usize) -> Standing {
    let facts = prose.facts;
    let mut standing = Standing::default();
    for own in (0..facts.facts.len()).filter(|i| facts.facts[*i].statement == statement) {
        let fact = &facts.facts[own];
        let amount = fact.printed.amount().0;
        if amount == 0 {
            continue;
        }
        let twins = trial.space.nodes.get(&trial.space.keys[own]).map_or(&[][..], Vec::as_slice);
        for other in twins.iter().map(|twin| &facts.facts[*twin]).filter(|other| other.statement != statement) {
            let off = weigh(&mut standing, own, amount, other.printed.amount().0);
            if off && !standing.witnesses.contains(&other.statement) {
                standing.witnesses.push(other.statement);
            }
        }
        let code = facts.statements[statement].code;
        for claim in prose.claims() {
            let Claim::Named { mention, table, key } = claim else { continue };
            let named = *table == code && *key == fact.key;
            if let Some(figure) = prose.figure(*mention).filter(|_| named)
                && weigh(&mut standing, own, amount, figure.amount.0)
            {
                standing.text = Some(*mention);
            }
        }
    }
    standing
}

/// Counts one comparison; true where the two are ten thousand times apart.
fn weigh(standing: &mut Standing, own: usize, amount: i64, other: i64) -> bool {
    let near = |a: i64, b: i64| {
        // Within one in a thousand: the text rounds what the table prints in full.
        let (a, b) = (i128::from(a), i128::from(b));
        b != 0 && (a - b).abs() * 1000 <= b.abs()
    };
    if near(amount, other) {
        standing.same += 1;
        return false;
    }
    let (much, little) = (near(amount / 10_000, other), near(amount.saturating_mul(10_000), other));
    standing.much += usize::from(much);
    standing.little += usize::from(little);
    if (much || little) && standing.example.is_none() {
        standing.example = Some((own, other));
    }
    much || little
}
