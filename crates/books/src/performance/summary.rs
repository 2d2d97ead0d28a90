//! [`Summary`]: the self-evaluations of many projects together, as a disclosure tells them.

use super::{Evaluation, Total};
use mingzhang_model::amount::Amount;
use mingzhang_standard::fraction::Fraction;
use mingzhang_standard::performance::{Points, Scale};

/// A project with its money and its evaluation.
#[derive(Clone, Copy, Debug)]
pub struct Evaluated<'a> {
    /// The name of the project.
    pub name: &'a str,
    /// 全年预算数.
    pub budget: Amount,
    /// 全年执行数.
    pub paid: Amount,
    /// Its evaluation.
    pub evaluation: &'a Evaluation,
}

/// What the projects are together. Only projects with a complete score count as evaluated.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Summary {
    /// How many projects there are.
    pub projects: usize,
    /// How many of them have a score.
    pub evaluated: usize,
    /// Every grade of the scale, best first, with the number of projects that have it.
    pub grades: Vec<(String, usize)>,
    /// The average score of those that have one, to two decimals; none where there is none.
    pub average: Option<Points>,
    /// 全年预算数 of all; none where it exceeds what an amount holds.
    pub budget: Option<Amount>,
    /// 全年预算数 of those that have a score.
    pub evaluated_budget: Option<Amount>,
    /// 全年执行数 of those that have a score.
    pub evaluated_paid: Option<Amount>,
    /// The names of those without a score.
    pub open: Vec<String>,
}

impl Summary {
    /// Sums projects up. All are graded by one scale, whichever each was evaluated by.
    pub fn of(scale: &Scale, projects: &[Evaluated<'_>]) -> Summary {
        let mut places = vec![0usize; scale.grades().len()];
        let mut scores = 0i128;
        let mut scored: Vec<&Evaluated<'_>> = Vec::new();
        let mut open = Vec::new();
        for project in projects {
            match project.evaluation.total() {
                Some(Total::Exact(points)) => {
                    places[scale.place(points)] += 1;
                    scores += i128::from(points.0);
                    scored.push(project);
                }
                _ => open.push(project.name.to_string()),
            }
        }
        // Scores are hundredths of a point, so their average has a hundred times as many parts.
        let average = Fraction::new(scores, scored.len() as i128 * 100);
        Summary {
            projects: projects.len(),
            evaluated: scored.len(),
            grades: scale.grades().iter().map(|(_, word)| word.clone()).zip(places).collect(),
            average: average.and_then(|average| Points::rounded(average, 2)),
            budget: sum(projects.iter().map(|project| project.budget)),
            evaluated_budget: sum(scored.iter().map(|project| project.budget)),
            evaluated_paid: sum(scored.iter().map(|project| project.paid)),
            open,
        }
    }
}

fn sum(mut amounts: impl Iterator<Item = Amount>) -> Option<Amount> {
    amounts.try_fold(0i64, |sum, amount| sum.checked_add(amount.0)).map(Amount)
}
