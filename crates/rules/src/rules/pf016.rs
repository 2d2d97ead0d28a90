//! PF016: the rate of adjustment is what was adjusted over the budget of the beginning of the year.

use super::Verdicts;
use crate::prose::Prose;
use crate::reading::rates::{self, Rate};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) const NAMES: &[&str] = &["预算调整率", "预算调整比率", "预算控制率"];

const RATE: Rate = Rate {
    names: NAMES,
    part: (&["调整数", "追加", "追减", "调增", "调减", "调剂", "调整金额"], &[]),
    whole: (
        &["年初预算", "年初部门预算", "预算数", "预算收入", "支出预算", "收入预算", "预算总额", "年初批复"],
        &["追加", "追减", "调整", "调增", "调减", "调剂"],
    ),
};

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("PF016");
    rates::hold(&prose, &mut verdicts, &RATE, &[]);
    verdicts.outcome("文中没有预算调整率，或没有写出调整数和年初预算数")
}
