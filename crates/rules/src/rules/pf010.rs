//! PF010: no more projects are monitored or evaluated than have goals.

use super::Verdicts;
use crate::prose::Prose;
use crate::reading::performance::{Told, told};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("PF010");
    for list in told(&prose) {
        for (what, projects, amount) in [
            ("绩效跟踪", Statistic::MonitoredProjects, Statistic::MonitoredAmount),
            ("绩效自评", Statistic::EvaluatedProjects, Statistic::EvaluatedAmount),
        ] {
            let counted = counts(&prose, &mut verdicts, &list, what, projects);
            amounts(&prose, &mut verdicts, &list, (what, amount), counted);
        }
    }
    verdicts.outcome("文中没有同时写出编报绩效目标和跟踪、自评的项目")
}

/// What the numbers of projects say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counted {
    /// No more than have goals.
    Within,
    /// More, or they are not both told.
    Open,
}

fn counts(prose: &Prose<'_>, verdicts: &mut Verdicts, list: &Told, what: &str, projects: Statistic) -> Counted {
    let (Some((goals, set)), Some((at, done))) =
        (list.count(prose, Statistic::GoalProjects), list.count(prose, projects))
    else {
        return Counted::Open;
    };
    if done <= set {
        verdicts.pass();
        return Counted::Within;
    }
    let message = format!("{what}的项目写为 {done} 个，多于编报绩效目标的 {set} 个，请核对");
    prose.fail(verdicts, Severity::Warning, at, &[goals], message);
    Counted::Open
}

/// Goals are set for the budget of the beginning; a project is evaluated by what it had in the end. Where the projects
/// are no more than those with goals, a larger amount is what was added during the year, and only worth a look.
fn amounts(
    prose: &Prose<'_>,
    verdicts: &mut Verdicts,
    list: &Told,
    (what, amount): (&str, Statistic),
    counted: Counted,
) {
    let (Some(goals), Some(at)) = (list.mention(Statistic::GoalAmount), list.mention(amount)) else { return };
    let (Some(set), Some(done)) = (prose.interval(goals), prose.interval(at)) else { return };
    if !done.exceeds(set) {
        return verdicts.pass();
    }
    let (severity, ask) = match counted {
        Counted::Within => (Severity::Hint, "请关注是否因年中追加"),
        Counted::Open => (Severity::Warning, "请核对"),
    };
    let message = format!("{what}的项目涉及 {}，多于编报绩效目标的 {}，{ask}", prose.words(at), prose.words(goals));
    prose.fail(verdicts, severity, at, &[goals], message);
}
