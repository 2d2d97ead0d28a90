//! NA006: the shares of parts that make up a whole make up 100%.

use super::Verdicts;

use crate::prose::{Prose, print};
use crate::sayings::{Shares, shares};
use crate::trial::Trial;
use mingzhang_model::amount::{Agreement, Interval};
use mingzhang_model::document::Document;
use mingzhang_model::prose::Percent;
use mingzhang_model::rule::{Outcome, Severity};

pub(crate) fn check(document: &Document, trial: &Trial<'_>) -> Outcome {
    let facts = trial.space.facts;
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("NA006");
    for Shares { whole, shares } in shares(facts, &trial.places).into_iter().filter(|list| list.shares.len() > 1) {
        sum(&prose, &mut verdicts, whole, &shares);
    }
    verdicts.outcome("文中没有凑足整体的占比")
}

fn sum(prose: &Prose<'_>, verdicts: &mut Verdicts, whole: usize, shares: &[(usize, usize)]) {
    let parts: Option<Vec<Interval>> = shares.iter().map(|(part, _)| prose.interval(*part)).collect();
    let (Some(parts), Some(total)) = (parts, prose.interval(whole)) else { return };
    if total == Interval::ZERO {
        return;
    }
    if matches!(parts.into_iter().sum::<Interval>().agreement(total), Agreement::Off(_) | Agreement::Touching(_)) {
        return;
    }
    let printed: Option<Vec<Percent>> = shares.iter().map(|(_, percent)| prose.percent(*percent)).collect();
    let Some(printed) = printed else { return };
    let decimals = printed.iter().map(|p| p.decimals).max().unwrap_or(0);
    let scaled = |p: &Percent| p.digits * 10i64.pow(u32::from(decimals - p.decimals));
    let digits: i64 = printed.iter().map(scaled).sum();
    let hundred = 100 * 10i64.pow(u32::from(decimals));
    // Where the parts as printed do not quite make up the whole as printed, neither do their shares.
    let by = (digits - hundred).abs().min((digits - made_up(prose, whole, shares, hundred)).abs());
    // Each share may be rounded by half of its last digit; one digit more is a tail worth a note.
    let allowed = printed.len() as i64 / 2;
    if by <= allowed {
        return verdicts.pass();
    }
    let severity = if by <= allowed + 1 { Severity::Note } else { Severity::Error };
    let list: Vec<&str> = shares.iter().map(|(_, percent)| prose.words(*percent)).collect();
    let message = format!(
        "{} 的各部分占比之和为 {}（{}），不等于 100%",
        prose.words(whole),
        print(Percent { digits, decimals }),
        list.join(" + ")
    );
    let others: Vec<usize> = shares.iter().skip(1).map(|(_, percent)| *percent).collect();
    prose.fail(verdicts, severity, shares[0].1, &others, message);
}

/// How much of a hundred the printed parts make up; all of it where that cannot be told.
fn made_up(prose: &Prose<'_>, whole: usize, shares: &[(usize, usize)], hundred: i64) -> i64 {
    let amount = |mention: usize| prose.figure(mention).map(|figure| i128::from(figure.amount.0));
    let parts: Option<i128> = shares.iter().map(|(part, _)| amount(*part)).sum();
    let (Some(parts), Some(whole)) = (parts, amount(whole).filter(|whole| *whole > 0)) else { return hundred };
    i64::try_from((parts * i128::from(hundred) + whole / 2).div_euclid(whole)).unwrap_or(hundred)
}
